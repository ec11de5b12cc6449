"""Exports of an extract: CSV, XLSX, Parquet, DuckDB, SQLite, Data Package, DCAT, StratML."""
