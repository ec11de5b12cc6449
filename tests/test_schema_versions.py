"""Extracts of older and newer schemas: they load, or the error says what to do."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from extracts import rich_extract, write_extract

import styrmatt
from styrmatt.errors import OutputError
from styrmatt.export.schema.columns import arrow_schema
from styrmatt.export.schema.versions import check_version
from styrmatt.export.store.extracts import read_extracts
from styrmatt.pipeline.use_cases.export import ExportRequest, export
from styrmatt.records import SCHEMA_VERSION


def write_old(root: Path, dataset: str, rows: list[dict[str, Any]], version: str | None) -> None:
    """A file made by hand with few columns, as an older styrmatt might have written it."""
    path = root / dataset / "year=2019" / "gammal-2019.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    kinds = {"fiscal_year": pa.int32(), "year": pa.int32(), "value": pa.float64()}
    table = pa.table(
        {
            name: pa.array([row[name] for row in rows], kinds.get(name, pa.string()))
            for name in rows[0]
        }
    )
    said = {} if version is None else {"styrmatt.schema_version": version}
    pq.write_table(table.replace_schema_metadata(said), path)


def old_root(root: Path, version: str | None = "1.0") -> Path:
    ours: dict[str, Any] = {"document_id": "gammal-2019", "fiscal_year": 2019}
    write_old(root, "documents", [ours | {"source_name": "a.pdf", "source_kind": "pdf"}], version)
    write_old(root, "records", [ours | {"record_id": "m-T", "measure": "Åkande"}], version)
    outcome = ours | {"outcome_id": "o", "measure_id": "m", "sex": "T", "value": 1.5, "year": 2018}
    write_old(root, "outcomes", [outcome], version)
    return root


@pytest.mark.parametrize("version", ["1.0", "1.1", SCHEMA_VERSION, None])
def test_columns_that_an_older_extract_lacks_come_as_null_of_their_type(
    tmp_path: Path, version: str | None
) -> None:
    frame = styrmatt.load(old_root(tmp_path, version))
    assert frame["measure"].tolist() == ["Åkande"]
    assert list(frame.columns) == arrow_schema("records").names
    assert str(frame["target_value"].dtype) == "Float64"
    assert str(frame["previous_year"].dtype) == "Int32"
    assert (
        frame.drop(columns=["document_id", "fiscal_year", "record_id", "measure"])
        .isna()
        .all(axis=None)
    )


def test_a_column_that_was_renamed_is_found_under_its_old_name(tmp_path: Path) -> None:
    frame = styrmatt.load(old_root(tmp_path), "outcomes")
    assert frame["outcome_year"].tolist() == [2018]
    assert frame["value"].tolist() == [1.5]


def test_old_and_new_files_load_as_one_table(tmp_path: Path) -> None:
    write_extract(rich_extract("ny-2021", 2021, "1"), tmp_path, replace=False, partial=False)
    old_root(tmp_path)
    frame = styrmatt.load(tmp_path)
    assert frame["fiscal_year"].tolist() == [2019, 2021, 2021]
    assert frame["target_value"].isna().tolist()[0]
    assert styrmatt.load(tmp_path, "outcomes")["outcome_year"].tolist() == [2018, 2020]


def test_an_older_extract_can_be_exported(tmp_path: Path) -> None:
    root = old_root(tmp_path / "root")
    done = export(ExportRequest("sqlite", tmp_path / "o.sqlite", root))
    assert done.counts == {"documents": 1, "outcomes": 1, "records": 1}
    export(ExportRequest("xlsx", tmp_path / "o.xlsx", root))
    export(ExportRequest("csv", tmp_path / "o.csv", root))


def test_a_dataset_that_an_older_extract_lacks_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no dataset 'goals'.*Run the reports once more"):
        styrmatt.load(old_root(tmp_path), "goals")


@pytest.mark.parametrize("version", ["3.0", "0.9", "banana"])
def test_another_major_version_is_refused_with_what_to_do(tmp_path: Path, version: str) -> None:
    root = old_root(tmp_path, version)
    with pytest.raises(OutputError, match=rf"has schema {version}; this .* reads 1\.x and 2\.x"):
        styrmatt.load(root)
    with pytest.raises(OutputError, match=f"has schema {version}"):
        export(ExportRequest("csv", tmp_path / "o.csv", root))
    with pytest.raises(OutputError, match=f"has schema {version}"):
        read_extracts(root)


def test_the_hint_tells_newer_from_older() -> None:
    with pytest.raises(OutputError, match="Install the newer styrmatt"):
        check_version("3.0", "x")
    with pytest.raises(OutputError, match="once more with styrmatt run"):
        check_version("0.9", "x")


def test_a_newer_minor_version_loads_with_a_warning(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match=r"has schema 2\.99.*left out"):
        frame = styrmatt.load(old_root(tmp_path, "2.99"))
    assert isinstance(frame, pd.DataFrame) and len(frame) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_version(SCHEMA_VERSION, "x")
