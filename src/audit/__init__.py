"""Asks questions of a finished extract; reads the Parquet files only."""
