"""Every reader that data teams use sees the same rows, types, nulls, letters, lists and years."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from extracts import rich_root, write_series

import styrmatt
from styrmatt.export.schema.columns import arrow_schema, columns
from styrmatt.records import DATASETS, SCHEMA_VERSION

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rich_root(tmp_path_factory.mktemp("extract"))


def plain(value: Any) -> Any:
    """A reader's value as plain Python: its own nulls, arrays and numbers away."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if hasattr(value, "tolist") and not isinstance(value, str):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def fingerprint(rows: Rows, dataset: str) -> tuple[int, str]:
    """Row count, and a hash of the sorted values of the declared columns."""
    names = [column.name for column in columns(dataset)]
    lines = sorted(
        json.dumps([plain(row[name]) for name in names], ensure_ascii=False) for row in rows
    )
    return len(rows), hashlib.sha256("\n".join(lines).encode()).hexdigest()


def by_pandas(path: Path) -> Rows:
    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    return frame.to_dict("records")  # type: ignore[return-value]


def by_pyarrow(path: Path) -> Rows:
    return ds.dataset(path, format="parquet", partitioning="hive").to_table().to_pylist()


def by_polars(path: Path) -> Rows:
    return pl.scan_parquet(path, hive_partitioning=path.is_dir()).collect().to_dicts()


def by_duckdb(path: Path) -> Rows:
    found = f"{path}/*/*.parquet" if path.is_dir() else str(path)
    query = f"SELECT * FROM read_parquet('{found}', hive_partitioning = {path.is_dir()})"
    return duckdb.sql(query).to_arrow_table().to_pylist()


def by_styrmatt(path: Path) -> Rows:
    return styrmatt.load(path.parent, path.name).to_dict("records")  # type: ignore[return-value]


READERS = {
    "pandas": by_pandas,
    "pyarrow": by_pyarrow,
    "polars": by_polars,
    "duckdb": by_duckdb,
}
Reader = Callable[[Path], Rows]


def written(root: Path, dataset: str) -> Rows:
    """The rows as they were written, read file by file."""
    files = sorted((root / dataset).rglob("*.parquet"))
    return [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]


@pytest.mark.parametrize("reader", [*READERS.values(), by_styrmatt], ids=[*READERS, "styrmatt"])
@pytest.mark.parametrize("dataset", DATASETS)
def test_every_reader_gets_the_same_rows_from_a_folder(
    root: Path, dataset: str, reader: Reader
) -> None:
    rows = written(root, dataset)
    assert fingerprint(reader(root / dataset), dataset) == fingerprint(rows, dataset)
    assert len(rows) >= 3


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_every_reader_gets_the_same_rows_from_a_single_file(root: Path, reader: Reader) -> None:
    (file,) = (root / "records" / "year=2021").glob("*.parquet")
    rows = pq.ParquetFile(file).read().to_pylist()
    assert fingerprint(reader(file), "records") == fingerprint(rows, "records")


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_every_reader_gets_the_register_of_series(tmp_path: Path, reader: Reader) -> None:
    root = rich_root(tmp_path)
    write_series(root)
    file = root / "series" / "series.parquet"
    rows = pq.ParquetFile(file).read().to_pylist()
    assert fingerprint(reader(file), "series") == fingerprint(rows, "series")
    frame = styrmatt.load(root, "series", year=2021)
    assert frame["names"].tolist()[0].tolist() == ["Andel nöjda åkande", "Nöjda åkande"]
    assert styrmatt.load(root, "series", year=1999).empty


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_two_years_load_as_one_table_with_the_year_twice(root: Path, reader: Reader) -> None:
    rows = reader(root / "records")
    assert {int(row["year"]) for row in rows} == {2020, 2021}
    assert all(int(row["year"]) == row["fiscal_year"] for row in rows)


def test_swedish_letters_nulls_lists_and_structs_are_what_was_written(root: Path) -> None:
    row = next(r for r in by_duckdb(root / "records") if r["sex"] == "M" and r["year"] == 2021)
    assert row["measure_raw"] == "Andel nöj-\nda åkande"
    assert row["target_text"] == '"Högst" 12,5; ÅÄÖ | é'
    assert row["series_id"] is None and row["review"] == [] and row["status_bbox"] is None
    components = row["target_components"]
    assert components[0] == {"label": "personer; ås", "sex": None, "value": 20.0, "unit": "count"}
    assert set(components[1].values()) == {None}
    other = next(r for r in by_polars(root / "records") if r["sex"] == "K")
    assert other["review"] == ["ambiguous_cells", "target_unparsed"]
    assert other["previous_value"] == 1e-7


# --- types


def test_pandas_has_the_declared_types(root: Path) -> None:
    frame = pd.read_parquet(root / "records", dtype_backend="pyarrow")
    for field in arrow_schema("records"):
        found = frame[field.name].dtype.pyarrow_dtype
        assert found == field.type or pa.types.is_large_string(found), field.name


def test_pyarrow_has_one_schema_for_all_years(root: Path) -> None:
    for dataset in DATASETS:
        found = ds.dataset(root / dataset, format="parquet", partitioning="hive").schema
        wanted = arrow_schema(dataset)
        assert [found.field(field.name).type for field in wanted] == wanted.types
        assert found.field("year").type == pa.int32()
        schemas = {
            pq.read_schema(file).remove_metadata() for file in (root / dataset).rglob("*.parquet")
        }
        assert len(schemas) == 1


def test_polars_has_the_declared_types(root: Path) -> None:
    schema = pl.scan_parquet(root / "records", hive_partitioning=True).collect_schema()
    wanted = {
        "fiscal_year": pl.Int32,
        "target_value": pl.Float64,
        "period_end": pl.Date,
        "measure": pl.String,
        "review": pl.List(pl.String),
        "bbox": pl.List(pl.Float32),
        "target_components": pl.List(
            pl.Struct(
                {"label": pl.String, "sex": pl.String, "value": pl.Float64, "unit": pl.String}
            )
        ),
    }
    assert {name: schema[name] for name in wanted} == wanted
    goals = pl.scan_parquet(root / "success_factors").collect_schema()
    assert goals["in_overview"] == pl.Boolean


def test_duckdb_has_the_declared_types(root: Path) -> None:
    relation = duckdb.sql(f"SELECT * FROM read_parquet('{root}/records/*/*.parquet')")
    found = dict(zip(relation.columns, map(str, relation.types), strict=True))
    assert found["fiscal_year"] == "INTEGER"
    assert found["target_value"] == "DOUBLE"
    assert found["period_end"] == "DATE"
    assert found["review"] == "VARCHAR[]"
    assert found["bbox"] == "FLOAT[]"
    assert found["target_components"].startswith("STRUCT(")


# --- metadata


def test_key_value_metadata_say_what_a_file_is_without_styrmatt(root: Path) -> None:
    (file,) = (root / "records" / "year=2021").glob("*.parquet")
    rows = duckdb.sql(
        f"SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('{file}')"
    ).fetchall()
    said = dict(rows)
    assert said["styrmatt.schema_version"] == SCHEMA_VERSION
    assert said["styrmatt.source_sha256"] == "2" * 64
    assert len(said["styrmatt.content_sha256"]) == 64
    assert said["styrmatt.purpose"].startswith("One row per measure and sex line")
    descriptions = json.loads(said["styrmatt.descriptions"])
    assert descriptions == {column.name: column.meaning for column in columns("records")}
