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


CODED = ("*Kod", *HEADER[1:])


def over_two_pages(
    folder: Path, codes: tuple[str, ...], goals_: tuple[str, str], *, bold: bool = True
) -> Report:
    """Two goals with two measures each; the second goal is the last row of its page."""
    report = Report(folder)
    report.row(*CODED, xs=XS)
    star = "*" if bold else ""
    for n, code in enumerate(codes):
        if n % 3 == 0:
            report.row(f"{star}{code}", f"{star}{goals_[n // 3]}", xs=XS)
        else:
            report.row(code, *MEASURES[n // 3 * 2 + n % 3 - 1], xs=XS)
        if n == 3:
            report.page()
            report.row(*CODED, xs=XS)
    return report


LETTERS = ("A", "A1", "A2", "B", "B1", "B2")


def test_a_goal_with_a_code_at_the_end_of_a_page_holds_overleaf(tmp_path: Path) -> None:
    rows = over_two_pages(tmp_path, LETTERS, GOALS).rows()
    assert names(rows) == [measure[0] for measure in MEASURES]
    assert goals(rows) == [GOALS[0]] * 2 + [GOALS[1]] * 2


@pytest.mark.parametrize("codes", [("A", "A1", "A2", "A3", "B1", "B2"), LETTERS])
def test_a_row_at_the_end_of_a_page_that_is_set_as_measures_is_no_goal(
    tmp_path: Path, codes: tuple[str, ...]
) -> None:
    rows = over_two_pages(tmp_path, codes, GOALS, bold=codes != LETTERS).rows()
    assert GOALS[1] in names(rows)


def test_the_code_before_a_goal_that_runs_over_columns_is_none_of_its_name(tmp_path: Path) -> None:
    long = "Kommunens alla barn och unga har en meningsfull fritid i hela kommunen och mår bra"
    rows = over_two_pages(tmp_path, LETTERS, (long, GOALS[1])).rows()
    assert goals(rows) == [long] * 2 + [GOALS[1]] * 2


def test_a_first_word_that_no_gap_parts_is_part_of_the_goal(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.row(*CODED, xs=XS)
    long = "En meningsfull fritid för alla barn och unga i hela kommunen, i stad och på landet"
    report.row(f"*{long}", xs=XS)
    for code, cells in zip(LETTERS[1:3], MEASURES, strict=False):
        report.row(code, *cells, xs=XS)
    assert goals(report.rows()) == [long] * 2
