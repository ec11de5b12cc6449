"""The folder (root) of Parquet files with its manifest: written, read back and verified."""
