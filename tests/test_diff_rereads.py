"""What another extract of the same report reads differently, row by row."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from conftest import make_extract
from hypothesis import given, settings
from hypothesis import strategies as st

from styrmatt.audit.diff.compare import diff
from styrmatt.differences import Change, Diff, swap_sides
from styrmatt.records import DATASETS, Extract

BASE = make_extract()
TEXT = "Bussen kommer i tid"


def compared(left: Extract, right: Extract, **columns: Any) -> Diff:
    made = diff(left, right, **columns)
    swapped = {"left_columns": columns.get("right_columns", {})}
    swapped["right_columns"] = columns.get("left_columns", {})
    assert swap_sides(made) == diff(right, left, **swapped)
    assert made.mode == "rereading"
    assert [count.dataset for count in made.counts] == list(DATASETS)
    return made


def changed(extract: Extract, dataset: str, /, **values: Any) -> Extract:
    """The extract with other values in the first row of a dataset."""
    if dataset == "documents":
        return replace(extract, document=replace(extract.document, **values))
    first, *rest = extract.rows(dataset)
    return replace(extract, **{dataset: (replace(first, **values), *rest)})


def renamed(extract: Extract, name: str, new_id: str) -> Extract:
    """The extract with its measure's name read differently, so that its ids are others."""
    (measure,) = extract.measures
    old_id = measure.measure_id

    def ids(row: Any) -> dict[str, Any]:
        values = {"measure_id": new_id} if getattr(row, "measure_id", None) == old_id else {}
        if getattr(row, "record_id", None):
            values["record_id"] = row.record_id.replace(old_id, new_id)
        return values

    def mended(row: Any) -> Any:
        name_too = {"measure": name, "measure_raw": name} if hasattr(row, "measure_raw") else {}
        return replace(row, **ids(row), **name_too)

    datasets = ("measures", "records", "targets", "outcomes")
    return replace(extract, **{d: tuple(map(mended, extract.rows(d))) for d in datasets})


def found(made: Diff) -> list[tuple[str, str, str | None]]:
    return [(change.kind, change.dataset, change.field) for change in made.changes]


def test_an_extract_does_not_differ_from_itself() -> None:
    made = compared(BASE, BASE)
    assert made.changes == () and made.versions == ()
    assert {count.common for count in made.counts} == {1, 2}


def test_a_cell_that_is_read_differently_has_page_and_quote() -> None:
    (change,) = compared(BASE, changed(BASE, "targets", target_value=85.0)).changes
    assert (change.kind, change.dataset, change.field) == ("value", "targets", "target_value")
    assert (change.old, change.new) == ("80", "85")
    assert (change.old_value, change.new_value) == (80.0, 85.0)
    assert (change.old_page, change.new_page) == (2, 2)
    assert change.old_quote == "80 %" and change.name == "Andel nöjda åkande"


def test_what_a_narrative_states_has_its_own_page_and_quote() -> None:
    said = {"outcome_page": 3, "outcome_text": "Det blev 78 procent."}
    left = changed(BASE, "records", outcome_value=78.0, **said)
    right = changed(BASE, "records", outcome_value=87.0, **said)
    (change,) = compared(left, right).changes
    assert (change.old_page, change.old_quote) == (3, "Det blev 78 procent.")


def other_value(value: Any, column: Any) -> Any:
    allowed = column.metadata.get("values")
    if allowed and not isinstance(value, tuple):
        return next(item for item in allowed if item != value)
    kinds: dict[type, Any] = {str: "annat", int: 7, float: 7.5, bool: not value}
    if isinstance(value, tuple):
        return () if value else ("annat",)
    return kinds.get(type(value), "annat")


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_column_of_every_dataset_is_compared(dataset: str) -> None:
    kind = DATASETS[dataset]
    owner = {"document_id", "fiscal_year", "row_no"}
    for column in fields(kind):
        if column.metadata.get("key") or column.name in owner:
            continue
        value = getattr(BASE.rows(dataset)[0], column.name)
        right = changed(BASE, dataset, **{column.name: other_value(value, column)})
        made = compared(BASE, right)
        told = {(change.dataset, change.field) for change in made.changes}
        told |= {("documents", version.name) for version in made.versions}
        assert (dataset, column.name) in told


def test_a_row_that_one_extract_lacks_is_removed_or_added() -> None:
    made = compared(BASE, replace(BASE, issues=(), claims=()))
    assert sorted(found(made)) == [
        ("row_removed", "claims", None),
        ("row_removed", "issues", None),
    ]
    (change,) = (change for change in made.changes if change.dataset == "claims")
    assert change.old_quote == "Ett av ett mål är uppnått." and change.old_page == 3


def test_a_name_that_is_read_differently_is_found_by_its_place() -> None:
    made = compared(BASE, renamed(BASE, "Andel nöjda bland de åkande", "m-2"))
    assert not any(change.kind in ("row_added", "row_removed") for change in made.changes)
    values = {(c.dataset, c.field) for c in made.changes if c.kind == "value"}
    names = {(d, f) for d in ("measures", "records") for f in ("measure", "measure_raw")}
    assert values == names
    ids = {change.dataset for change in made.changes if change.kind == "id_changed"}
    assert ids == {"measures", "records", "targets"}


def test_a_name_without_a_place_is_found_by_its_words() -> None:
    left = replace(
        BASE,
        measures=tuple(replace(m, bbox=None) for m in BASE.measures),
        records=tuple(replace(r, bbox=None) for r in BASE.records),
    )
    made = compared(left, renamed(left, "Andel nöjda åkandé", "m-2"))
    assert not any(change.kind in ("row_added", "row_removed") for change in made.changes)


def test_another_measure_at_another_place_is_not_the_same() -> None:
    right = renamed(BASE, "Väntetid i telefon", "m-2")
    right = changed(right, "measures", bbox=(10.0, 320.5, 300.25, 340.0))
    right = replace(
        right, records=tuple(replace(r, bbox=(10.0, 320.5, 300.25, 340.0)) for r in right.records)
    )
    made = compared(BASE, right)
    kinds = {(c.kind, c.dataset) for c in made.changes}
    assert {("row_removed", "measures"), ("row_added", "measures")} <= kinds
    assert {("row_removed", "targets"), ("row_added", "targets")} <= kinds


def test_another_document_id_of_the_same_source_is_one_difference() -> None:
    right = make_extract("region-tallmo-2021-annual", year=2021)
    made = compared(BASE, right)
    told = [c for c in made.changes if c.field in ("document_id", "fiscal_year")]
    assert [(c.kind, c.dataset) for c in told] == [
        ("value", "documents"),
        ("id_changed", "documents"),
    ]
    assert not any(change.kind in ("row_added", "row_removed") for change in made.changes)


def test_versions_are_told_apart_from_data() -> None:
    right = changed(BASE, "documents", tool_version="9.9", source_sha256="b" * 64, layout="annan")
    made = compared(BASE, right)
    assert made.changes == ()
    assert [v.name for v in made.versions] == ["tool_version", "layout", "source_sha256"]


def test_a_column_that_one_file_lacks_is_a_difference_of_schema_and_not_of_data() -> None:
    columns = {"records": {"record_id": "string", "status": "string"}}
    right = replace(BASE, records=tuple(replace(r, trend="up") for r in BASE.records))
    made = compared(
        BASE,
        right,
        left_columns=columns,
        right_columns={"records": {**columns["records"], "trend": "string", "status": "int32"}},
    )
    assert made.changes == ()
    assert [(v.name, v.old, v.new) for v in made.versions] == [
        ("records.status", "string", "int32"),
        ("records.trend", None, "string"),
    ]


def test_a_dataset_that_one_extract_does_not_have_is_one_difference_of_schema() -> None:
    columns = {"records": {"record_id": "string", "status": "string"}}
    made = compared(BASE, BASE, left_columns={}, right_columns=columns)
    assert [(v.name, v.old, v.new) for v in made.versions] == [
        ("records", None, "a dataset of 2 columns")
    ]


def moved_box(box: Any, down: float) -> Any:
    return None if box is None else (box[0], box[1] + down, box[2], box[3] + down)


@st.composite
def rereadings(draw: Any) -> Extract:
    """The base, with measures left out, renamed, moved on the page or said otherwise."""
    extract = BASE
    if draw(st.booleans()):
        name = draw(st.sampled_from(["Andel nöjda", "Helt annat", "Andel nöjda åkande"]))
        extract = renamed(extract, name, draw(st.sampled_from(["m-2", "m-3"])))
    down = draw(st.sampled_from([0.0, 4.0, 200.0]))
    for dataset in ("measures", "records"):
        rows = (replace(row, bbox=moved_box(row.bbox, down)) for row in extract.rows(dataset))
        extract = replace(extract, **{dataset: tuple(rows)})
    for dataset in ("targets", "outcomes", "claims", "narratives", "issues", "records"):
        keep = draw(st.integers(0, 2))
        extract = replace(extract, **{dataset: extract.rows(dataset)[:keep]})
    status = draw(st.sampled_from([None, "met"]))
    records = tuple(replace(row, status=status) for row in extract.records)
    return replace(extract, records=records)


@settings(max_examples=100, deadline=None)
@given(rereadings(), rereadings())
def test_any_two_rereadings_add_up_and_mirror(left: Extract, right: Extract) -> None:
    made = compared(left, right)
    for count in made.counts:
        assert count.reconciles and count.left == len(left.rows(count.dataset))

    def alone(kind: str) -> list[Change]:
        return [change for change in made.changes if change.kind == kind]

    assert len(alone("row_removed")) == sum(count.left_alone for count in made.counts)
    assert len(alone("row_added")) == sum(count.right_alone for count in made.counts)
    assert diff(left, left).changes == ()
