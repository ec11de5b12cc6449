"""One declaration: a dataset or column added in records.py is seen everywhere, and nowhere else."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import frictionless
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from extracts import rich_root

import styrmatt
from styrmatt.cli import cli
from styrmatt.errors import DefectError
from styrmatt.export.formats.datapackage import table_schema
from styrmatt.export.formats.publisher import TEMPLATE
from styrmatt.export.parquet.footer import footer
from styrmatt.export.schema.columns import arrow_schema, columns, declared
from styrmatt.export.schema.describe import as_data, column_table
from styrmatt.export.schema.row_checks import check_row
from styrmatt.pipeline.use_cases.export import ExportRequest, export
from styrmatt.records import AUDITS, DATASETS, SCHEMA_VERSION, SOURCES, listing, optional, required

DOCS = Path(__file__).parents[1] / "docs"
SCHEMAS = Path(__file__).parent / "schemas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ferry:
    """One row per ferry of the archipelago."""

    ferry_id: str = required("the ferry", key=True, source="registry")
    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    speed: float | None = optional("how fast it goes", unit="knots", source="printed")
    kind: str | None = optional("what it carries", values=("cars", "people"))
    harbours: tuple[str, ...] = listing("where it calls")
    built: date | None = optional("when it was built", source="person")
    afloat: bool | None = optional("whether it floats")
    page: int | None = optional("its page")


FERRY = Ferry(
    ferry_id="f-1",
    document_id="tallmo-2020",
    fiscal_year=2020,
    speed=12.5,
    kind="cars",
    harbours=("Öregrund", "Gräsö"),
    built=date(1990, 5, 1),
    afloat=True,
    page=3,
)


@pytest.fixture
def ferries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An extract with a dataset that was declared in one place, and a row of it."""
    root = rich_root(tmp_path / "root")
    monkeypatch.setitem(DATASETS, "ferries", Ferry)
    row = dataclasses.asdict(FERRY) | {"harbours": list(FERRY.harbours)}
    table = pa.Table.from_pylist([row], schema=arrow_schema("ferries"))
    path = root / "ferries" / "year=2020" / "tallmo-2020.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(table, path)
    return root


def test_a_made_up_dataset_has_an_arrow_schema_checks_and_metadata(ferries: Path) -> None:
    schema = arrow_schema("ferries")
    assert schema.field("speed").type == pa.float64()
    assert schema.field("speed").metadata == {
        b"meaning": b"how fast it goes",
        b"unit": b"knots",
        b"source": b"printed",
    }
    check_row("ferries", FERRY, "ferries")
    with pytest.raises(DefectError, match="not among cars, people"):
        check_row("ferries", dataclasses.replace(FERRY, kind="geese"), "ferries")
    said = json.loads(footer("ferries", "")["styrmatt.descriptions"])
    assert said["built"] == "when it was built"


def test_a_made_up_dataset_is_in_every_form_of_styrmatt_schema(ferries: Path) -> None:
    def shown(*arguments: str) -> str:
        return CliRunner().invoke(cli, ["schema", *arguments], prog_name="styrmatt").output

    assert re.search(r"speed +float64\? +printed +how fast it goes, in knots", shown("ferries"))
    assert "| `kind` | `string` | yes | read | what it carries: `cars`, `people` |" in shown(
        "--format", "markdown"
    )
    data = json.loads(shown("--format", "json"))["datasets"]["ferries"]
    assert data["purpose"] == "One row per ferry of the archipelago."
    speed = next(column for column in data["columns"] if column["name"] == "speed")
    assert (speed["unit"], speed["source"], speed["nullable"]) == ("knots", "printed", True)


def test_a_made_up_dataset_loads_and_is_in_every_export(ferries: Path, tmp_path: Path) -> None:
    frame = styrmatt.load(ferries, "ferries")
    assert frame["speed"].tolist() == [12.5] and str(frame["afloat"].dtype) == "boolean"

    def run(form: str, name: str, **options: Path) -> Path:
        path = tmp_path / name
        done = export(ExportRequest(form, path, ferries, **options))  # type: ignore[arg-type]
        assert form == "dcat" or done.counts["ferries"] == 1
        return path

    text = (run("csv", "csv") / "ferries.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1] == (
        "f-1;tallmo-2020;2020;12,5;cars;Öregrund | Gräsö;1990-05-01;true;3"
    )
    package = run("datapackage", "package")
    assert frictionless.validate(str(package / "datapackage.json")).valid
    row = openpyxl.load_workbook(run("xlsx", "out.xlsx"))["ferries"][2]
    assert row[8].value == 3 and row[8].hyperlink.location == "page=3"
    for form, name in (("duckdb", "o.duckdb"), ("sqlite", "o.sqlite"), ("parquet", "parquet")):
        run(form, name)
    turtle = run("dcat", "c.ttl", config=TEMPLATE).read_text(encoding="utf-8")
    assert "speed: how fast it goes, in knots" in turtle


def test_a_made_up_dataset_is_missing_from_the_documentation(
    ferries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What tests/test_readme.py would find: docs/COLUMNS.md has no block for it."""
    page = (DOCS / "COLUMNS.md").read_text(encoding="utf-8")
    for dataset in (*DATASETS, *AUDITS):
        assert (f"<!-- made: columns of {dataset} -->" in page) == (dataset != "ferries")
        assert (column_table([dataset]) in page) == (dataset != "ferries")


def test_a_table_schema_says_what_the_declaration_says(ferries: Path) -> None:
    made = table_schema("ferries")
    assert made["primaryKey"] == ["ferry_id"]
    fields = {field["name"]: field for field in made["fields"]}
    assert fields["harbours"]["type"] == "array"
    assert fields["built"]["type"] == "date"
    assert fields["kind"]["constraints"] == {"enum": ["cars", "people"]}
    assert fields["ferry_id"]["constraints"] == {"required": True}
    assert fields["speed"]["unit"] == "knots" and fields["speed"]["source"] == "printed"
    links = [link["reference"]["resource"] for link in made["foreignKeys"]]
    assert links == ["documents"]


@pytest.mark.parametrize("dataset", [*DATASETS, *AUDITS])
def test_every_column_says_where_its_values_come_from(dataset: str) -> None:
    for column in columns(dataset):
        assert column.source in SOURCES, column.name
        if column.name.endswith("_id"):
            assert column.source in ("computed", "registry"), column.name
        if column.name.endswith("_raw"):
            assert column.source == "printed", column.name
    assert set(as_data()["sources"]) == set(SOURCES)


@pytest.mark.parametrize("dataset", [*DATASETS, *AUDITS])
def test_no_column_has_the_name_of_the_folders_key(dataset: str) -> None:
    """Most readers put the folder's year in its place, without a word."""
    assert "year" not in {column.name for column in columns(dataset)}


@pytest.mark.parametrize("dataset", [*DATASETS, *AUDITS])
def test_a_figure_with_a_unit_column_names_it(dataset: str) -> None:
    found = {column.name: column for column in columns(dataset)}
    for name, column in found.items():
        unit = "unit" if name == "value" else name.removesuffix("value") + "unit"
        if column.kind is float and name.endswith("value") and unit in found:
            assert column.unit == f"the unit of {unit}"


# --- the schema version


def shape(dataset: str) -> dict[str, dict[str, object]]:
    return {
        c.name: {"type": c.type_name, "null": c.nullable}
        | ({"key": True} if c.key else {})
        | ({"values": list(c.values)} if c.values else {})
        for c in columns(dataset)
    }


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_a_version_that_is_still_read_lacks_nothing_but_what_was_added(path: Path) -> None:
    """docs/SCHEMA.md has the rules; a file here is the schema of a version that data exist in."""
    from styrmatt.export.schema.versions import READABLE, RENAMED

    assert int(path.stem.split(".")[0]) in READABLE
    then = json.loads(path.read_text(encoding="utf-8"))
    for dataset, before in then.items():
        assert dataset in declared(), f"{dataset} is gone: that is a new major version"
        now = shape(dataset)
        renamed = {old: new for new, old in RENAMED.get(dataset, {}).items()}
        for name, was in before.items():
            is_now = now.get(renamed.get(name, name))
            assert is_now, f"{dataset}.{name} is gone: that is a new major version"
            for what in ("type", "null", "key"):
                assert is_now.get(what) == was.get(what), f"{dataset}.{name}: {what} changed"
            assert set(was.get("values", ())) <= set(is_now.get("values", ()))  # type: ignore[call-overload]
    same = then == {dataset: shape(dataset) for dataset in then} and set(then) == set(declared())
    assert same == (path.stem == SCHEMA_VERSION), "raise SCHEMA_VERSION; see docs/SCHEMA.md"


def test_the_history_of_versions_ends_with_this_one() -> None:
    history = (DOCS / "SCHEMA.md").read_text(encoding="utf-8")
    versions = re.findall(r"^\| (\d+\.\d+) \|", history, re.MULTILINE)
    assert versions[0] == SCHEMA_VERSION
    assert versions == sorted(versions, key=lambda v: tuple(map(int, v.split("."))), reverse=True)
