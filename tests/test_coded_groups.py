"""Rows that name the goal of the rows below, with its code in a cell of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_grid_reports import Report, goals, names

from styrmatt.extract.grid.coded_groups import is_parent

XS = (50.0, 90.0, 290.0, 350.0, 410.0, 470.0, 545.0)
HEADER = ("", "*Mål och indikator", "*2030", "*2031", "*Målvärde", "*Status")
MEASURES = (
    ("Andel nöjda besökare", "70 %", "72 %", "75 %", "Delvis uppnått"),
    ("Antal öppna dagar", "300", "310", "300", "Uppnått"),
    ("Antal digitala besök", "150", "160", "155", "Uppnått"),
    ("Lån per invånare", "7,1", "7,2", "7,0", "Uppnått"),
)
GOALS = ("Kulturen är öppen för alla", "Fler hittar till biblioteken")


def drawn(
    folder: Path,
    codes: tuple[str, ...],
    *,
    bold: bool = True,
    ground: bool = False,
    merged: bool = True,
) -> Report:
    """Two goals with two measures each; ``codes`` are those of the six rows."""
    report = Report(folder)
    top = report.y
    report.row(*HEADER, xs=XS)
    ends = []
    for n, code in enumerate(codes):
        above = report.y + 12
        if n % 3 == 0:
            if ground:
                report.canvas.setFillGray(0.88)
                report.canvas.rect(XS[0], report.y - 6, XS[-1] - XS[0], 17, stroke=0, fill=1)
                report.canvas.setFillGray(0)
            star = "*" if bold else ""
            report.row(f"{star}{code}", f"{star}{GOALS[n // 3]}", xs=XS)
            if merged:
                ends.append((above, report.y + 12))
        else:
            report.row(code, *MEASURES[n // 3 * 2 + n % 3 - 1], xs=XS)
    bottom = report.y + 12
    for x in XS:
        start = top + 12
        for end, again in ends if x in XS[2:-1] else ():
            report.canvas.line(x, start, x, end)
            start = again
        report.canvas.line(x, start, x, bottom)
    return report


PARENTS = ("A1", "A1.1", "A1.2", "A2", "A2.1", "A2.2")


@pytest.mark.parametrize(
    ("codes", "bold", "ground", "merged"),
    [
        (PARENTS, True, False, True),
        (PARENTS, True, True, False),
        (PARENTS, False, True, True),
        (("S 1", "S 1.1", "S 1.2", "S 2", "S 2.1", "S 2.2"), True, False, False),
        (("S1", "N1", "N2", "S2", "N3", "N4"), True, True, True),
    ],
)
def test_a_row_with_a_code_and_a_name_alone_is_the_goal_of_the_rows_below(
    tmp_path: Path, codes: tuple[str, ...], bold: bool, ground: bool, merged: bool
) -> None:
    rows = drawn(tmp_path, codes, bold=bold, ground=ground, merged=merged).rows()
    assert names(rows) == [measure[0] for measure in MEASURES]
    assert goals(rows) == [GOALS[0]] * 2 + [GOALS[1]] * 2


def test_a_row_set_as_the_measures_is_one_without_figures(tmp_path: Path) -> None:
    rows = drawn(tmp_path, PARENTS, bold=False, merged=False).rows()
    assert len(rows) == 6


def test_a_bold_measure_without_figures_between_others_is_no_goal(tmp_path: Path) -> None:
    codes = ("M1", "M2", "M3", "M4", "M5", "M6")
    rows = drawn(tmp_path, codes, merged=False).rows()
    assert len(rows) == 6


@pytest.mark.parametrize(
    ("code", "below", "expected"),
    [
        ("A1", "A1.1", True),
        ("1", "1.2", True),
        ("1.", "1a", True),
        ("A", "A1", True),
        ("1", "11", False),
        ("A1", "A2", False),
        ("A1", "A1", False),
        ("", "A1", False),
    ],
)
def test_a_code_that_begins_another_one_is_its_parent(
    code: str, below: str, expected: bool
) -> None:
    assert is_parent(code, below) is expected
