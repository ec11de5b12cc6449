"""The folder of Parquet files: written all or not at all, with a manifest, and proved."""
