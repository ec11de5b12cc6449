"""The long table of figures over all reports: which rows there are, and which to take."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from conftest import make_extract

import styrmatt
from styrmatt.export.store.observation_rows import observations_of
from styrmatt.export.store.observations import ObservationRegister
from styrmatt.export.store.transaction import open_transaction, root_lock
from styrmatt.records import Extract, Outcome

KEY = ["series_id", "sex", "observation_year", "period", "kind", "area"]


def stated(value: float, year: int, **columns: Any) -> dict[str, Any]:
    return {"value": value, "outcome_year": year, "source": "table", "unit": "percent", **columns}


def report(
    document_id: str, year: int, *outcomes: dict[str, Any], body: str | None = None, **document: Any
) -> Extract:
    """A report whose one measure has these outcomes, and a target of 80 percent for K and M."""
    made = make_extract(document_id, year=year)
    base = dataclasses.replace(made.outcomes[0], sex="T", previous_value=None)
    rows: list[Outcome] = [
        dataclasses.replace(base, outcome_id=f"{document_id}-o{n}", **columns)
        for n, columns in enumerate(outcomes)
    ]
    return dataclasses.replace(
        made,
        document=dataclasses.replace(made.document, body=body, **document),
        measures=tuple(dataclasses.replace(m, series_id="s-1") for m in made.measures),
        outcomes=tuple(rows),
    )


def written(root: Path, *batches: Sequence[Extract], **options: Any) -> Any:
    """The register after these batches, as a table."""
    for batch in batches:
        register = ObservationRegister(root)
        for extract in batch:
            register.put(extract, partial=options.get("partial", False))
        with root_lock(root), open_transaction(root) as stage:
            register.write(stage)
            stage.commit()
    root.joinpath("documents", "year=2020").mkdir(parents=True, exist_ok=True)
    (root / "documents" / "year=2020" / "x.parquet").touch()
    return styrmatt.load(root, "observations")


def preferred(frame: Any, kind: str = "outcome") -> list[tuple[int, float, str]]:
    chosen = frame[frame["preferred"] & (frame["kind"] == kind)]
    return list(
        zip(chosen["observation_year"], chosen["value"], chosen["document_id"], strict=True)
    )


def test_every_figure_is_a_row_with_its_year_kind_and_report(tmp_path: Path) -> None:
    frame = written(
        tmp_path,
        [report("a", 2021, stated(70, 2020), stated(75, 2021), stated(90, 2021, kind="forecast"))],
    )
    assert sorted(zip(frame["kind"], frame["sex"], frame["value"], strict=True)) == [
        ("forecast", "T", 90), ("outcome", "T", 70), ("outcome", "T", 75),
        ("target", "K", 80), ("target", "M", 80),
    ]  # fmt: skip
    assert set(frame["document_id"]) == {"a"} and frame["comparable"].all()


def test_the_earlier_figure_of_a_sentence_is_a_row_of_its_own(tmp_path: Path) -> None:
    row = stated(75, 2021, previous_value=71.0, previous_year=2020, source="narrative")
    frame = written(tmp_path, [report("a", 2021, row)])
    assert preferred(frame, "previous") == [(2020, 71, "a")]


def test_a_measure_without_a_series_and_a_cell_without_a_figure_are_no_rows() -> None:
    extract = report("a", 2021, {**stated(0, 2021), "value": None, "text": ".."})
    assert {row.kind for row in observations_of(extract, partial=False)} == {"target"}
    bare = dataclasses.replace(extract, measures=make_extract("a").measures)
    assert observations_of(bare, partial=False) == ()


def test_the_latest_report_is_preferred_and_exactly_one_row_of_a_key(tmp_path: Path) -> None:
    older, newer = report("a", 2020, stated(70, 2020)), report("b", 2021, stated(71, 2020))
    frame = written(tmp_path, [older], [newer])
    assert preferred(frame) == [(2020, 71, "b")]
    assert (frame.groupby(KEY, dropna=False)["preferred"].sum() == 1).all()


def test_the_organisations_own_report_comes_before_a_boards(tmp_path: Path) -> None:
    own, boards = report("z", 2021, stated(70, 2021)), report("a", 2021, stated(71, 2021), body="X")
    assert preferred(written(tmp_path, [boards, own])) == [(2021, 70, "z")]


def test_a_report_of_a_whole_year_comes_before_an_interim_one(tmp_path: Path) -> None:
    whole = report("a", 2020, stated(70, 2020))
    interim = report("b", 2021, stated(71, 2020), report_kind="interim")
    assert preferred(written(tmp_path, [whole, interim])) == [(2020, 70, "a")]


def test_the_table_comes_before_the_text(tmp_path: Path) -> None:
    text, table = stated(70, 2021, source="narrative", score=0.9), stated(71, 2021)
    assert preferred(written(tmp_path, [report("a", 2021, text, table)])) == [(2021, 71, "a")]


def test_parts_of_the_year_and_other_areas_have_a_row_of_their_own(tmp_path: Path) -> None:
    rows = stated(70, 2021), stated(60, 2021, period="T1"), stated(65, 2021, area="Riket")
    frame = written(tmp_path, [report("a", 2021, *rows)])
    assert sorted(value for _, value, _ in preferred(frame)) == [60, 65, 70]


def test_another_unit_and_an_amount_of_change_are_not_comparable(tmp_path: Path) -> None:
    rows = (
        stated(70, 2020),
        stated(71, 2021),
        stated(700, 2022, unit="count"),
        stated(5, 2019, unit=None),
    )
    extract = report("a", 2022, *rows)
    change = dataclasses.replace(extract.records[0], target_is_change=True)
    extract = dataclasses.replace(extract, records=(change, *extract.records[1:]))
    frame = written(tmp_path, [extract])
    outcome = frame[frame["kind"] == "outcome"].sort_values("observation_year")
    assert outcome["comparable"].astype(object).where(
        outcome["comparable"].notna(), None
    ).tolist() == [None, True, True, False]
    assert frame[frame["kind"] == "target"]["comparable"].tolist() == [False, True]


def test_a_report_that_is_written_again_takes_the_place_of_its_rows(tmp_path: Path) -> None:
    first, again = report("a", 2020, stated(70, 2020)), report("a", 2020, stated(72, 2020))
    other = report("b", 2019, stated(68, 2019))
    frame = written(tmp_path, [first, other], [again])
    assert preferred(frame) == [(2019, 68, "b"), (2020, 72, "a")]
    assert len(frame) == 6


def test_how_reports_are_divided_into_batches_changes_no_byte(tmp_path: Path) -> None:
    reports = [
        report(f"d{n}", 2020 + n, stated(70 + n, 2020), stated(5, 2020 + n)) for n in range(4)
    ]
    elsewhere = report("e", 2021, stated(1, 2021), organisation="Region Annan")
    written(tmp_path / "one", [*reports, elsewhere])
    written(tmp_path / "many", *([one] for one in (elsewhere, *reversed(reports))))
    one, many = (
        (tmp_path / name / "observations" / "observations.parquet").read_bytes()
        for name in ("one", "many")
    )
    assert one == many
