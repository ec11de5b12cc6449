"""Goals of two levels: the nearest is the measure's, and the one above is a goal, too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from styrmatt.extract.pdf_report import read_pdf
from styrmatt.extract.sections.read_sections import HeadingContext
from styrmatt.extract.tables.cells import TableEntry
from styrmatt.extract.tables.goal_levels import GoalLevels, goals_of
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.records import Extract

CITY, BOARD = "En stad att växa i", "Korta köer"
XS = (40.0, 140.0, 240.0, 370.0, 430.0, 490.0, 555.0)
ROWS = (
    ("Barn lär sig simma", "Alla bad är öppna", "Antal öppna bad", "9", "11", "Ja"),
    ("", "", "Andel elever som kan simma", "90 %", "93 %", "Ja"),
    ("", "Bad har god kvalitet", "Andel prov med rent vatten", "100 %", "97 %", "Nej"),
    ("Nära till natur", "Stigar är hela", "Antal lagade stigar", "12", "14", "Ja"),
)


def report(folder: Path, headers: Sequence[str], rows: Sequence[Sequence[str]] = ROWS) -> Extract:
    """The extract of a report with a table whose first two columns are merged over rows."""
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(50, 700, "Tallmo kommun")
    canvas.drawString(50, 670, "Årsredovisning 2031")
    canvas.showPage()
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(50, 780, "Måluppfyllelse")
    for n, row in enumerate((headers, *rows)):
        canvas.setFont("Helvetica-Bold" if n == 0 else "Helvetica", 8)
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x + 3, 721 - 20 * n, text)
        begin = next(x for x, text in zip(XS, row, strict=False) if text)
        canvas.line(begin, 735 - 20 * n, XS[-1], 735 - 20 * n)
    canvas.line(XS[0], 635, XS[-1], 635)
    for x in XS:
        canvas.line(x, 735, x, 635)
    canvas.save()
    layout, found = read_pdf(path, load_layouts())
    return normalize(found, layout, {}, "1")


AIMS = ("Indikator", "Mål 2031", "Utfall 2031", "Uppnått")


@pytest.mark.parametrize("lower", ["Nämndens mål", "Delmål", "Enhetsmål"])
def test_the_nearest_of_two_columns_of_goals_is_the_goal(tmp_path: Path, lower: str) -> None:
    extract = report(tmp_path, ("Fullmäktiges mål", lower, *AIMS))
    assert [(r.perspective, r.goal) for r in extract.records] == [
        ("Barn lär sig simma", "Alla bad är öppna"),
        ("Barn lär sig simma", "Alla bad är öppna"),
        ("Barn lär sig simma", "Bad har god kvalitet"),
        ("Nära till natur", "Stigar är hela"),
    ]
    assert {row[n] for row in ROWS for n in (0, 1)} - {""} == {g.goal for g in extract.goals}
    assert all(record.success_factor is None for record in extract.records)
    kinds = {issue.kind for issue in extract.issues}
    assert not kinds & {"goal_without_measures", "goal_unlinked", "factor_unlinked"}


@pytest.mark.parametrize("header", ["Så här mäter vi", "Fundering", "Det som räknas"])
def test_names_behind_parts_of_goals_are_the_measures(tmp_path: Path, header: str) -> None:
    extract = report(tmp_path, ("Strategiskt mål", "Delmål", header, *AIMS[1:]))
    assert [r.measure for r in extract.records] == [row[2] for row in ROWS]
    assert {r.goal for r in extract.records} == {row[1] for row in ROWS} - {""}


def test_parts_of_goals_with_notes_of_their_own_are_the_measures(tmp_path: Path) -> None:
    rows = [(row[0] or "Nära till natur", row[2], "Vi räknar", *row[3:]) for row in ROWS]
    extract = report(tmp_path, ("Strategiskt mål", "Delmål", "Så gör vi", *AIMS[1:]), rows)
    assert [r.measure for r in extract.records] == [row[2] for row in ROWS]


def test_a_success_factor_beside_a_goal_is_none(tmp_path: Path) -> None:
    extract = report(tmp_path, ("Strategiskt mål", "Framgångsfaktor", *AIMS))
    assert {r.goal for r in extract.records} == {"Barn lär sig simma", "Nära till natur"}
    assert {r.success_factor for r in extract.records} == {row[1] for row in ROWS} - {""}


NAMED = HeadingContext("Perspektiv", CITY, goal_is_named=True)


@pytest.mark.parametrize(
    ("entry", "context", "want"),
    [
        ({}, NAMED, ("Perspektiv", None, CITY)),
        ({"goal": BOARD}, NAMED, ("Perspektiv", None, BOARD)),
        ({"goal": BOARD, "goal_is_lower": True}, NAMED, ("Perspektiv", CITY, BOARD)),
        ({"goal": BOARD, "goal_is_lower": True}, HeadingContext(goal=CITY), (CITY, None, BOARD)),
        (
            {"goal": BOARD, "goal_is_lower": True},
            HeadingContext(goal="Finansiella mål", goal_is_group=True),
            (None, None, BOARD),
        ),
        (
            {"goal": BOARD, "goal_is_lower": True, "goal_above": "Nära"},
            NAMED,
            ("Perspektiv", "Nära", BOARD),
        ),
    ],
)
def test_what_a_measure_stands_under(
    entry: dict[str, object], context: HeadingContext, want: tuple[str | None, ...]
) -> None:
    found = goals_of(TableEntry({}, [], **entry), context)  # type: ignore[arg-type]
    assert found == GoalLevels(*want, None)
