"""styrmatt export to CSV, XLSX, Parquet, DuckDB, SQLite and a Data Package."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from extracts import DANGEROUS, rich_root, write_series
from hypothesis import given
from hypothesis import strategies as st

import styrmatt
from styrmatt.cli import cli
from styrmatt.commands.export import FORMATS as NAMES
from styrmatt.errors import OutputError, StyrmattError, UsageError
from styrmatt.export.formats import atomic_output as output
from styrmatt.export.formats.cells import as_json, escape_formula, list_text, number_text
from styrmatt.export.schema.columns import columns
from styrmatt.export.store.scan import ExtractReader, Selection
from styrmatt.pipeline.use_cases.export import FORMATS, ExportRequest, ExportResult, export
from styrmatt.records import DATASETS


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rich_root(tmp_path_factory.mktemp("extract"))


def run(form: str, path: Path, root: Path, **options: Any) -> ExportResult:
    return export(ExportRequest(form, path, root, **options))


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_command_knows_the_formats_of_the_program() -> None:
    assert tuple(FORMATS) == NAMES
    options = {name for form in FORMATS.values() for name in form.options}
    assert options == {"dataset", "decimal", "sources", "config"}


# --- CSV


def test_csv_is_what_excel_in_swedish_opens(root: Path, tmp_path: Path) -> None:
    run("csv", tmp_path / "records.csv", root)
    content = (tmp_path / "records.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfrecord_id;measure_id;")
    assert b"\r\n" in content
    rows = read_csv(tmp_path / "records.csv")
    assert len(rows) == 6
    row = rows[1]
    assert row["target_value"] == "-12,5" and row["fiscal_year"] == "2020"
    assert row["period_end"] == "2020-12-31"
    assert row["measure"] == "Andel nöjda åkande"
    assert row["measure_raw"] == "Andel nöj-\nda åkande"
    assert row["target_text"] == '"Högst" 12,5; ÅÄÖ | é'
    assert row["series_id"] == "" and row["review"] == ""
    assert rows[0]["review"] == "ambiguous_cells | target_unparsed"
    assert rows[0]["status_bbox"] == "[1.1, 2.2, 3.3, 4.4]"
    assert rows[0]["previous_value"] == "0,0000001"
    components = json.loads(row["target_components"])
    assert components[0] == {"label": "personer; ås", "sex": None, "value": 20.0, "unit": "count"}


def test_csv_has_a_decimal_point_where_asked(root: Path, tmp_path: Path) -> None:
    run("csv", tmp_path / "r.csv", root, decimal="point")
    assert read_csv(tmp_path / "r.csv")[1]["target_value"] == "-12.5"


def test_a_folder_of_csv_has_a_file_per_dataset(root: Path, tmp_path: Path) -> None:
    done = run("csv", tmp_path / "tables", root)
    assert {path.stem for path in (tmp_path / "tables").iterdir()} == set(DATASETS)
    assert done.counts["goals"] == 6
    assert read_csv(tmp_path / "tables" / "success_factors.csv")[0]["in_overview"] == "true"


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_csv_runs_as_a_formula(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


def test_a_dangerous_text_of_a_report_is_made_inert(root: Path, tmp_path: Path) -> None:
    run("csv", tmp_path / "issues.csv", root, datasets=("issues",))
    row = read_csv(tmp_path / "issues.csv")[0]
    assert row["message"] == "'=1+1" and row["raw_text"] == "'\ttab\nrad"


@given(st.text())
def test_an_inert_text_never_begins_like_a_formula_and_can_be_undone(text: str) -> None:
    made = escape_formula(text)
    assert not made.lstrip().startswith(
        ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
    )
    assert made.removeprefix("'") == text if made != text else True


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_as_text_is_the_same_number(value: float) -> None:
    assert float(number_text(value, ",").replace(",", ".")) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(80.0, "80"), (-0.5, "-0.5"), (0.1, "0.1"), (1234567.25, "1234567.25"), (1e-7, "0.0000001")],
)
def test_numbers_are_written_as_people_write_them(value: float, text: str) -> None:
    assert number_text(value) == text


def test_a_list_whose_items_hold_a_bar_is_json() -> None:
    assert list_text(["a", "b"]) == "a | b"
    assert list_text([1, 2]) == "1 | 2"
    assert list_text(["a|b", "c"]) == '["a|b", "c"]'
    assert list_text([]) == ""
    assert as_json([373.3909912109375, 20.5]) == "[373.391, 20.5]"


# --- XLSX


def test_a_workbook_has_typed_cells_links_filters_and_a_frozen_head(
    root: Path, tmp_path: Path
) -> None:
    done = run("xlsx", tmp_path / "out.xlsx", root, sources="https://example.se/rapporter/")
    assert done.counts["records"] == 6
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["about", *DATASETS]
    sheet = book["records"]
    names = [cell.value for cell in sheet[1]]
    assert names == [column.name for column in columns("records")]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:") and sheet.auto_filter.ref.endswith("7")
    cells = dict(zip(names, sheet[3], strict=True))
    assert cells["target_value"].value == -12.5
    assert cells["period_end"].value == datetime(2020, 12, 31)
    assert cells["period_end"].number_format == "yyyy-mm-dd"
    assert cells["measure"].value == "Andel nöjda åkande"
    assert cells["series_id"].value is None
    page = cells["page"]
    assert page.value == 2 and page.data_type == "n"
    assert (
        page.hyperlink.target
        == "https://example.se/rapporter/rapport%20%C3%A5%C3%A4%C3%B6%202020.pdf"
    )
    assert page.hyperlink.location == "page=2"
    widths = {d.width for d in sheet.column_dimensions.values()}
    assert min(widths) > 5 and max(widths) < 60


def test_no_cell_of_a_workbook_is_a_formula(root: Path, tmp_path: Path) -> None:
    run("xlsx", tmp_path / "out.xlsx", root)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert not [c for sheet in book for row in sheet for c in row if c.data_type == "f"]
    message = [cell.value for cell in book["issues"][1]].index("message")
    assert book["issues"][2][message].value == "=1+1"  # a text, as in the report


def test_without_an_address_a_link_leads_to_the_report_beside_the_workbook(
    root: Path, tmp_path: Path
) -> None:
    run("xlsx", tmp_path / "out.xlsx", root, datasets=("goals",))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["about", "goals"]
    page = [cell.value for cell in book["goals"][1]].index("page")
    link = book["goals"][2][page].hyperlink
    assert link.target.endswith("2020.pdf") and "://" not in link.target


def test_a_text_that_no_cell_can_hold_is_cut_and_said(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from styrmatt.export.formats import xlsx_file

    monkeypatch.setattr(xlsx_file, "_MAX_CELL_UNITS", 20)
    monkeypatch.setattr(xlsx_file, "_MAX_LINKS", 1)
    done = run("xlsx", tmp_path / "out.xlsx", root, datasets=("narratives",))
    assert any("narratives: " in note and "cut" in note for note in done.notes)
    assert any("without a link" in note for note in done.notes)


def test_a_workbook_of_findings_reads_what_check_wrote(root: Path, tmp_path: Path) -> None:
    copied = tmp_path / "root"
    shutil.copytree(root, copied)
    CliRunner().invoke(cli, ["check", str(copied)], prog_name="styrmatt")
    assert "findings" in run("xlsx", tmp_path / "out.xlsx", copied).counts


# --- databases


def test_duckdb_has_tables_types_comments_and_views(root: Path, tmp_path: Path) -> None:
    run("duckdb", tmp_path / "out.duckdb", root)
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as database:
        rows = database.sql("FROM records ORDER BY record_id").to_arrow_table().to_pylist()
        wanted = [
            r
            for f in ExtractReader(root).files("records")
            for r in pq.ParquetFile(f).read().to_pylist()
        ]
        assert rows == sorted(wanted, key=lambda row: row["record_id"])
        comment = database.sql(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'records'"
            " AND column_name = 'page'"
        ).fetchall()
        assert comment == [("page on which this line begins",)]
        years = database.sql("SELECT fiscal_year, entries, partly_met FROM records_by_year")
        assert years.fetchall() == [(2020, 2, 1), (2020, 2, 1), (2021, 2, 1)]
        series = database.sql("SELECT fiscal_year, outcome_value FROM series_over_years")
        assert series.fetchall() == [(2020, 78.0), (2020, 78.0), (2021, 78.0)]


def test_sqlite_has_tables_lists_as_json_and_the_same_views(root: Path, tmp_path: Path) -> None:
    run("sqlite", tmp_path / "out.sqlite", root)
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as database:
        years = database.execute("SELECT fiscal_year, entries, partly_met FROM records_by_year")
        assert years.fetchall() == [(2020, 2, 1), (2020, 2, 1), (2021, 2, 1)]
        reasons = database.execute(
            "SELECT j.value FROM records, json_each(review) j WHERE fiscal_year = 2021"
        )
        assert reasons.fetchall() == [("ambiguous_cells",), ("target_unparsed",)]
        described = database.execute(
            "SELECT source FROM about_columns WHERE dataset = 'records' AND name = 'corrected'"
        )
        assert described.fetchone() == ("person",)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_without_duckdb_the_error_says_what_to_install(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError, match=r"pip install 'styrmatt\[duckdb\]'"):
        run("duckdb", tmp_path / "out.duckdb", root)
    assert list(tmp_path.iterdir()) == []


def test_one_parquet_file_holds_all_reports(root: Path, tmp_path: Path) -> None:
    run("parquet", tmp_path / "records.parquet", root)
    frame = pd.read_parquet(tmp_path / "records.parquet", dtype_backend="pyarrow")
    assert len(frame) == 6 and set(frame["fiscal_year"]) == {2020, 2021}
    said = pq.read_metadata(tmp_path / "records.parquet").metadata
    assert json.loads(said[b"styrmatt.source_sha256s"])["tallmo-2021"] == "2" * 64
    run("parquet", tmp_path / "all", root)
    assert len(list((tmp_path / "all").iterdir())) == len(DATASETS)


# --- the Data Package


def test_the_data_package_is_valid_and_holds_every_value(root: Path, tmp_path: Path) -> None:
    run("datapackage", tmp_path / "package", root)
    report = frictionless.validate(str(tmp_path / "package" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    package = frictionless.Package(str(tmp_path / "package" / "datapackage.json"))
    rows = package.get_resource("records").read_rows()
    assert rows[1]["target_components"][0]["label"] == "personer; ås"
    assert rows[0]["review"] == ["ambiguous_cells", "target_unparsed"]
    assert float(rows[1]["target_value"]) == -12.5
    issues = package.get_resource("issues").read_rows()
    assert issues[0]["message"] == "=1+1"  # for programs: as it is


def test_a_value_that_breaks_its_declaration_makes_the_package_invalid(
    root: Path, tmp_path: Path
) -> None:
    run("datapackage", tmp_path / "package", root, datasets=("records", "measures"))
    path = tmp_path / "package" / "records.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("threshold", "thresold"), encoding="utf-8"
    )
    assert not frictionless.validate(str(tmp_path / "package" / "datapackage.json")).valid


def test_the_register_of_series_is_in_the_databases_and_the_package(tmp_path: Path) -> None:
    root = rich_root(tmp_path / "root")
    write_series(root)
    run("duckdb", tmp_path / "out.duckdb", root)
    query = "SELECT fiscal_year, first_year, last_year FROM series_over_years"
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as database:
        years = [(2020, 2020, 2021), (2020, 2020, 2021), (2021, 2020, 2021)]
        assert database.sql(query).fetchall() == years
        candidates = database.sql("SELECT members[1].candidates FROM series").fetchall()
        assert candidates == [(["s-1", "s-2"],)]
    run("sqlite", tmp_path / "out.sqlite", root)
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as lite:
        assert lite.execute(query).fetchall() == years
    run("datapackage", tmp_path / "package", root)
    assert frictionless.validate(str(tmp_path / "package" / "datapackage.json")).valid


# --- choosing


def test_dataset_year_and_document_choose(root: Path, tmp_path: Path) -> None:
    done = run("csv", tmp_path / "a", root, datasets=("goals", "records"), years=(2020,))
    assert done.counts == {"goals": 4, "records": 4}
    done = run("csv", tmp_path / "b.csv", root, document="nämnd")
    assert done.counts == {"records": 2}
    done = run("sqlite", tmp_path / "c.sqlite", root, years=(2020, 2021), document="tallmo-2021")
    assert done.counts["documents"] == 1


def test_a_register_without_years_is_exported_whole(root: Path, tmp_path: Path) -> None:
    copied = tmp_path / "root"
    shutil.copytree(root, copied)
    rows = [pq.ParquetFile(f).read() for f in ExtractReader(root).files("goals")]
    import pyarrow as pa

    shutil.rmtree(copied / "goals")
    (copied / "goals").mkdir()
    pq.write_table(pa.concat_tables(rows), copied / "goals" / "goals.parquet")
    assert run("csv", tmp_path / "all.csv", copied, datasets=("goals",)).counts == {"goals": 6}
    chosen = run("csv", tmp_path / "one.csv", copied, datasets=("goals",), years=(2021,))
    assert chosen.counts == {"goals": 2}
    assert len(styrmatt.load(copied, "goals")) == 6


# --- writing


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "sqlite", "datapackage", "stratml"])
def test_the_same_extract_gives_the_same_bytes_anywhere(
    form: str, root: Path, tmp_path: Path
) -> None:
    suffix = "" if FORMATS[form].folder else FORMATS[form].suffixes[0]
    hashes = set()
    for place in ("a", "b"):
        run(form, tmp_path / place / f"out{suffix}", root)
        files = sorted(path for path in (tmp_path / place).rglob("*") if path.is_file())
        assert files
        hashes.add(hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest())
    assert len(hashes) == 1


def test_nothing_is_written_over_unless_told(root: Path, tmp_path: Path) -> None:
    run("csv", tmp_path / "r.csv", root)
    with pytest.raises(OutputError, match=r"there already.*--force"):
        run("csv", tmp_path / "r.csv", root)
    run("csv", tmp_path / "r.csv", root, force=True, years=(2021,))
    assert len(read_csv(tmp_path / "r.csv")) == 2
    run("csv", tmp_path / "folder", root, datasets=("goals",))
    with pytest.raises(OutputError, match="--force"):
        run("csv", tmp_path / "folder", root)
    run("csv", tmp_path / "folder", root, force=True)


def test_force_never_takes_a_folder_with_other_things_in_it(root: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.docx").write_text("dear", encoding="utf-8")
    for form in ("csv", "datapackage", "stratml"):
        with pytest.raises(OutputError, match=r"letter\.docx.*another folder"):
            run(form, tmp_path / "mine", root, force=True)
    assert (tmp_path / "mine" / "letter.docx").exists()


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "dcat"])
def test_a_failure_leaves_the_earlier_file_and_no_leftovers(
    form: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suffix = "" if FORMATS[form].folder else FORMATS[form].suffixes[0]
    path = tmp_path / f"out{suffix}"
    run(form, path, root)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "_sync", full)
    with pytest.raises(OutputError, match="No space left"):
        run(form, path, root, force=True)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


# --- errors


@pytest.mark.parametrize(
    ("form", "name", "options", "why"),
    [
        ("xlsx", "out.csv", {}, r"does not fit the format xlsx.*\.xlsx"),
        ("csv", "out.xlsx", {}, r"\.csv or a folder"),
        ("xlsx", "out.xlsx", {"decimal": "comma"}, "--decimal has no meaning for xlsx.*csv"),
        ("csv", "out.csv", {"sources": "x"}, "--sources-url has no meaning.*xlsx, stratml"),
        ("csv", "out.csv", {"datasets": ("recrods",)}, "no dataset 'recrods'"),
        ("csv", "out.csv", {"datasets": ("goals", "records")}, "one dataset, not 2"),
        ("csv", "out.csv", {"years": (1999,)}, "no such year or document.*tallmo-2021"),
        ("csv", "out.csv", {"document": "x"}, "no such year or document"),
        ("csv", "out.csv", {"datasets": ("findings",)}, "no dataset 'findings'.*styrmatt check"),
        ("stratml", "out", {"datasets": ("goals",)}, "takes no --dataset"),
        ("stratml", "out.xml", {}, "one report, not 3"),
    ],
)
def test_a_request_that_does_not_fit_is_told_why(
    root: Path, tmp_path: Path, form: str, name: str, options: dict[str, Any], why: str
) -> None:
    with pytest.raises(StyrmattError, match=why):
        run(form, tmp_path / name, root, **options)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_an_extract_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no extract"):
        run("csv", tmp_path / "a.csv", tmp_path)
    with pytest.raises(UsageError):
        ExtractReader(rich_root(tmp_path), Selection(("nothing",)))


def test_the_command_says_what_it_wrote(root: Path, tmp_path: Path) -> None:
    arguments = ["export", "csv", "-o", str(tmp_path / "out"), "--data", str(root)]
    result = CliRunner().invoke(cli, arguments, prog_name="styrmatt")
    assert result.exit_code == 0, result.output
    assert "records" in result.output and f"Written to {tmp_path / 'out'}." in result.output


def test_the_command_ends_with_the_right_code_and_no_trace(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "styrmatt", "export"]
    done = subprocess.run(
        [*command, "dcat", "-o", str(tmp_path / "c.ttl"), "--data", str(root)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "[publisher]" in done.stderr and "Traceback" not in done.stderr
