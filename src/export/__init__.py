"""Writes datasets: one schema, Parquet files that change together or not at all."""
