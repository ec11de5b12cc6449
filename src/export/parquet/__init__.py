"""Rows as Arrow tables and Parquet files."""
