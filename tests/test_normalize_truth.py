"""The shared hand transcriptions, put in as printed and compared with what comes out."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.printed import Cell, ExtractedReport, Location, OverviewGoal, Row, Section, SourceFile
from styrmatt.records import Extract, Record

SHARED = Path(__file__).parent.parent.parent / "shared"
TEXTS = {
    2020: "region-norrbotten-2020-bilaga-maluppfyllelse.txt",
    2021: "region-norrbotten-2021-run-arsrapport.txt",
}
LAYOUTS = {2020: "styrmatt-med-namnd", 2021: "framgangsfaktor-i-tabell"}
SEXES = {"all": "T", "women": "K", "men": "M"}

pytestmark = pytest.mark.skipif(
    not (SHARED / "truth").exists(), reason="the shared truth is not here"
)


def cell(text: str | None) -> Cell:
    return Cell(text or "", Location(1, 1))


def wrapped(name: str, boards: list[str], width: int = 60) -> str:
    codes = f" ({', '.join(boards)})" if boards else ""
    return "\n".join(textwrap.wrap(name + codes, width, break_long_words=False))


def printed_report(year: int) -> tuple[dict[str, Any], ExtractedReport]:
    truth = json.loads((SHARED / "truth" / f"{year}.json").read_text(encoding="utf-8"))
    goals = {goal["goal_id"]: goal for goal in truth["goals"]}
    factors = {factor["factor_id"]: factor for factor in truth["success_factors"]}
    overview = tuple(
        OverviewGoal(
            goal["perspective"],
            cell(wrapped(goal["name"], goal["boards"], 16)),
            tuple(
                cell(wrapped(factor["name"], factor["boards"]))
                for factor in factors.values()
                if factor["goal_id"] == goal["goal_id"] and factor["name"]
            ),
            None,
            Location(goal["page"], goal["page"]),
        )
        for goal in truth["goals"]
    )
    rows = []
    for number, measure in enumerate(truth["measures"]):
        factor = factors[measure["factor_id"]]
        for entry in measure["entries"]:
            cells = {
                "measure": cell(measure["raw"]),
                "target": cell(measure.get("target_cell_raw") or entry["target_raw"]),
                "status": cell(entry["attainment_text"]),
                "trend": cell(entry["trend_text"]),
            }
            if year == 2020:
                cells["board"] = cell(measure["board"])
                cells["sex"] = cell({"all": "", "women": "K", "men": "M"}[entry["sex"]])
            else:
                cells["success_factor"] = cell(measure["factor_cell_raw"])
            rows.append(
                Row(
                    1,
                    number,
                    cells,
                    Location(measure["page"], measure["page"]),
                    perspective_heading=goals[measure["goal_id"]]["perspective"]
                    if year == 2020
                    else None,
                    goal_heading=factor["heading_goal"],
                    factor_heading=factor["heading"].upper() if year == 2020 else None,
                )
            )
    lines = (SHARED / "reports" / TEXTS[year]).read_text(encoding="utf-8").splitlines()
    section = Section(
        "other", "", (), "\n".join(line for line in lines if line.strip()), Location(1, 1)
    )
    identity = {"organisation": "Region Norrbotten", "fiscal_year": str(year)}
    if year == 2021:
        identity |= {"body": "regionala utvecklingsnämnden", "board_code": "RUN"}
    source = SourceFile("report.pdf", "0" * 64, "pdf", 74, tuple(range(1, 75)))
    return truth, ExtractedReport(source, tuple(rows), overview, (section,), (), identity=identity)


@pytest.fixture(scope="module", params=[2020, 2021])
def report(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Extract]:
    truth, printed = printed_report(request.param)
    layout = next(layout for layout in load_layouts() if layout.name == LAYOUTS[request.param])
    return truth, normalize(printed, layout, {}, "test")


def pairs(
    report: tuple[dict[str, Any], Extract],
) -> list[tuple[dict[str, Any], dict[str, Any], Record]]:
    """Truth measure, truth entry and record: normalize keeps the printed order."""
    truth, extract = report
    wanted = [(measure, entry) for measure in truth["measures"] for entry in measure["entries"]]
    assert len(wanted) == len(extract.records)
    return [(m, e, record) for (m, e), record in zip(wanted, extract.records, strict=True)]


def test_every_name_kind_and_board_is_as_transcribed(
    report: tuple[dict[str, Any], Extract],
) -> None:
    for measure, entry, record in pairs(report):
        got = (record.measure, record.measure_kind, record.board, record.sex)
        assert got == (measure["name"], measure["kind"], measure["board"], SEXES[entry["sex"]])


def test_every_target_is_as_transcribed(report: tuple[dict[str, Any], Extract]) -> None:
    for _, entry, record in pairs(report):
        assert record.target_text == entry["target_raw"]
        assert record.target_value == entry["value"]
        assert record.target_direction == entry["direction"]
        assert record.target_comparator == entry["comparator"]
        assert record.target_baseline_year == entry["baseline_year"]
        assert record.target_kind == entry["kind"]
        if (
            record.target_unit != entry["unit"]
        ):  # the transcribers counted where nothing says a unit
            assert {record.target_unit, entry["unit"]} <= {None, "count", "ratio"}


def test_every_measure_is_linked_to_its_goal_and_factor(
    report: tuple[dict[str, Any], Extract],
) -> None:
    truth, _ = report
    goals = {goal["goal_id"]: goal for goal in truth["goals"]}
    factors = {factor["factor_id"]: factor for factor in truth["success_factors"]}
    for measure, _, record in pairs(report):
        goal, factor = goals[measure["goal_id"]], factors[measure["factor_id"]]
        assert (record.goal, record.perspective) == (goal["name"], goal["perspective"])
        assert record.success_factor == (factor["name"] or factor["heading"])


def test_every_goal_has_its_boards(report: tuple[dict[str, Any], Extract]) -> None:
    truth, extract = report
    assert [(g.goal, list(g.boards)) for g in extract.goals] == [
        (g["name"], g["boards"]) for g in truth["goals"]
    ]


def test_the_overview_factors_have_their_boards(report: tuple[dict[str, Any], Extract]) -> None:
    truth, extract = report
    wanted = [(f["name"], f["boards"]) for f in truth["success_factors"] if f["name"]]
    assert [
        (f.success_factor, list(f.boards)) for f in extract.success_factors if f.in_overview
    ] == wanted


def test_nothing_is_in_doubt_about_the_targets(report: tuple[dict[str, Any], Extract]) -> None:
    _, extract = report
    assert [
        i
        for i in extract.issues
        if i.kind in ("target_unparsed", "unknown_board", "rows_not_reconciled")
    ] == []
