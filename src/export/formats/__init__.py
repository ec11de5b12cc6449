"""An extract in other formats: CSV, XLSX, DuckDB, SQLite, DCAT, StratML."""
