"""Tables below a goal whose header is nothing but years, or years over women, men and total."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from test_grid_reports import Report

from styrmatt.printed import Row

YEARS = ("", "2030", "2031")
SIX = (50.0, 220.0, 275.0, 330.0, 385.0, 440.0, 495.0)
GOAL = "*Återrapporteringskrav 1: Fler ska lära sig simma"
ROWS = (("Simkurser, antal", "31", "34"), ("Deltagare per kurs", "8,1", "7,9"))


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return Report(tmp_path)


def heading(report: Report, text: str, size: float = 12) -> None:
    report.line(text, size=size)
    report.line("Under året har fler kurser hållits i fler simhallar än förut.", size=10)
    report.y -= 6


def table(report: Report, *rows: Sequence[str], header: Sequence[str] = YEARS) -> None:
    report.row(*header)
    for row in rows:
        report.row(*row, rule=0)
    report.y -= 20


def printed(rows: Sequence[Row]) -> list[tuple[object, ...]]:
    """Name, sex, goal, and the figures with year and sex of their columns."""
    return [
        (
            row.cells["measure"].text,
            row.cells["sex"].text if "sex" in row.cells else None,
            row.goal_heading,
            [(v.head.year, v.head.sex, v.cell.text) for v in row.values],
        )
        for row in rows
    ]


def test_rows_below_years_are_measures_where_a_goal_stands_above(report: Report) -> None:
    heading(report, GOAL)
    table(report, *ROWS)
    assert printed(report.rows()) == [
        (name, None, "Fler ska lära sig simma", [(2030, None, a), (2031, None, b)])
        for name, a, b in ROWS
    ]


def test_rows_for_sexes_below_bold_names_are_lines_of_these(report: Report) -> None:
    heading(report, GOAL)
    sexes = (("   Samtliga", "70", "71"), ("   Kvinnor", "76", "77"), ("   Män", "63", "64"))
    table(report, ("*Simkunniga, procent",), *sexes, ("*Godkända, procent",), *sexes)
    found = printed(report.rows())
    assert [(name, sex) for name, sex, *_ in found] == [
        (name, sex) for name in ("Simkunniga, procent", "Godkända, procent") for sex in "TKM"
    ]
    assert found[1][3] == [(2030, None, "76"), (2031, None, "77")]


@pytest.mark.parametrize("at", [0.0, 27.0, 55.0])
def test_each_year_is_above_all_sexes_below_it_wherever_it_stands(
    report: Report, at: float
) -> None:
    heading(report, GOAL)
    top = report.y
    for n, year in enumerate(("*2030", "*2031")):
        report.y = top
        report.line(year, SIX[1 + 3 * n] + 3 + at)
    report.y = top - 13
    report.row("", *("Samtliga", "Kvinnor", "Män") * 2, xs=SIX)
    report.row("Simkurser, antal", "31", "20", "11", "34", "22", "12", xs=SIX, rule=0)
    report.row("Ledare, antal", "16", "10", "6", "17", "10", "7", xs=SIX, rule=0)
    found = printed(report.rows())
    assert found[0][3] == [
        (2030, "T", "31"),
        (2030, "K", "20"),
        (2030, "M", "11"),
        (2031, "T", "34"),
        (2031, "K", "22"),
        (2031, "M", "12"),
    ]


@pytest.mark.parametrize("text", ["*Finansiering", "*Fler ska lära sig simma", "*Resultaträkning"])
def test_without_a_word_for_a_goal_above_such_a_table_is_left_alone(
    report: Report, text: str
) -> None:
    heading(report, GOAL)
    table(report, *ROWS)
    heading(report, text)
    table(report, ("Intäkter", "310", "340"), ("Kostnader", "290", "330"))
    assert len(report.rows()) == len(ROWS)


def test_a_heading_below_the_goals_is_right_above_the_table_and_names_none(report: Report) -> None:
    heading(report, GOAL, 14)
    table(report, *ROWS)
    heading(report, "*Resultaträkning")
    table(report, ("Intäkter", "310", "340"), ("Kostnader", "290", "330"))
    assert len(report.rows()) == len(ROWS)


@pytest.mark.parametrize(
    "header", [("", "2030", "2030"), ("", "2031", "2029 2030"), ("", "12", "14"), ("", "2031", "")]
)
def test_what_is_no_row_of_years_heads_nothing(report: Report, header: tuple[str, ...]) -> None:
    heading(report, GOAL)
    table(report, *ROWS, header=header)
    heading(report, "*Mått i övrigt")
    table(report, ("Bad", "1", "2", "3"), header=("Mått", "Utfall 2031", "Mål 2031", "Prognos"))
    assert [name for name, *_ in printed(report.rows())] == ["Bad"]


def test_sexes_that_differ_from_year_to_year_are_not_guessed(report: Report) -> None:
    heading(report, GOAL)
    top = report.y
    report.line("*2030", SIX[1] + 3)
    report.y = top
    report.line("*2031", SIX[4] + 3)
    report.y = top - 13
    report.row("", "Samtliga", "Kvinnor", "Män", "Kvinnor", "Män", xs=SIX)
    for name in ("Simkurser, antal", "Ledare, antal"):
        report.row(name, "31", "20", "11", "34", "22", xs=SIX, rule=0)
    heading(report, "*Mått i övrigt")
    table(report, ("Bad", "1", "2", "3"), header=("Mått", "Utfall 2031", "Mål 2031", "Prognos"))
    assert [name for name, *_ in printed(report.rows())] == ["Bad"]


def test_the_table_goes_on_overleaf(report: Report) -> None:
    heading(report, GOAL)
    report.y = 120
    table(report, *ROWS)
    report.page()
    table(report, ("Badhus, antal", "2", "3"), ("Badare, antal", "210", "230"))
    assert [(name, goal) for name, _, goal, _ in printed(report.rows())][2:] == [
        ("Badhus, antal", "Fler ska lära sig simma"),
        ("Badare, antal", "Fler ska lära sig simma"),
    ]


WISHED = "*Alla barn ska kunna simma"


@pytest.mark.parametrize("wish", ["*Badhusen ska vara öppna för alla", "*Vi skall ha roligt"])
def test_below_a_heading_worded_as_those_of_goals_before_it_years_head_measures(
    report: Report, wish: str
) -> None:
    heading(report, WISHED)
    table(report, *ROWS, header=("Mått", "Utfall 2030", "Utfall 2031"))
    heading(report, wish)
    table(report, ("Besök per invånare", "3,1", "2,9"), ("Öppna dagar", "301", "322"))
    found = printed(report.rows())
    assert [goal for _, _, goal, _ in found[2:]] == [wish[1:]] * 2
    assert found[2][3] == [(2030, None, "3,1"), (2031, None, "2,9")]


@pytest.mark.parametrize("text", ["*Badhusens ekonomi", "*Ska badet löna sig", "*Nämnden för bad"])
def test_a_heading_that_wishes_nothing_names_no_goal_above_years(report: Report, text: str) -> None:
    heading(report, WISHED)
    table(report, *ROWS, header=("Mått", "Utfall 2030", "Utfall 2031"))
    heading(report, text)
    table(report, ("Intäkter", "310", "340"), ("Kostnader", "290", "330"))
    assert len(report.rows()) == len(ROWS)


def test_a_wish_where_no_goals_are_worded_so_names_none_above_years(report: Report) -> None:
    heading(report, WISHED)
    table(report, ("Intäkter", "310", "340"), ("Kostnader", "290", "330"))
    heading(report, "*Mått i övrigt")
    table(report, *ROWS, header=("Mått", "Utfall 2030", "Utfall 2031"))
    assert [name for name, *_ in printed(report.rows())] == [name for name, *_ in ROWS]


@pytest.mark.parametrize("unit", ["Procent", "*Procent", "Antal", "%"])
def test_a_unit_may_stand_before_the_years(report: Report, unit: str) -> None:
    heading(report, GOAL)
    table(report, *ROWS, header=(unit, *YEARS[1:]))
    assert printed(report.rows()) == [
        (name, None, "Fler ska lära sig simma", [(2030, None, a), (2031, None, b)])
        for name, a, b in ROWS
    ]


@pytest.mark.parametrize("lower", [True, False])
def test_a_unit_may_stand_before_years_over_sexes(report: Report, *, lower: bool) -> None:
    heading(report, GOAL)
    units = ("", "Procent") if lower else ("Procent", "")
    top = report.y
    for n, text in enumerate((units[0], "*2030", "*2031")):
        report.y = top
        report.line(text, SIX[max(0, 3 * n - 2)] + 30 * bool(n))
    report.y = top - 13
    report.row(units[1], *("Samtliga", "Kvinnor", "Män") * 2, xs=SIX)
    for name, third in (("Trygga barn", "59"), ("Nöjda barn", "..")):
        report.row(name, "70", "71", third, "60", "61", "62", xs=SIX, rule=0)
    found = printed(report.rows())
    assert [name for name, *_ in found] == ["Trygga barn", "Nöjda barn"]
    assert found[1][3] == [
        (2030, "T", "70"),
        (2030, "K", "71"),
        (2030, "M", ".."),
        (2031, "T", "60"),
        (2031, "K", "61"),
        (2031, "M", "62"),
    ]


@pytest.mark.parametrize("unit", ["Mkr", "Tkr", "Mnkr", "Konto"])
def test_accounts_and_other_words_before_years_head_nothing(report: Report, unit: str) -> None:
    heading(report, GOAL)
    table(report, *ROWS, header=(unit, *YEARS[1:]))
    heading(report, "*Mått i övrigt")
    table(report, ("Bad", "1", "2", "3"), header=("Mått", "Utfall 2031", "Mål 2031", "Prognos"))
    assert [name for name, *_ in printed(report.rows())] == ["Bad"]


def test_a_broken_name_may_reach_further_than_those_of_one_line(report: Report) -> None:
    heading(report, GOAL)
    xs = (50.0, 178.0, 230.0)
    report.row("Procent", "2030", "2031", xs=xs)
    report.row("Nöjda elever", "70", "71", xs=xs, rule=0)
    report.line("Barn och unga som simmar i tid", xs[0] + 3, down=11)
    report.row("under läsåret", "80", "81", xs=xs, rule=0)
    report.row("Trygga elever", "90", "91", xs=xs, rule=0)
    found = [(" ".join(name.split()), goal) for name, _, goal, _ in printed(report.rows())]
    assert [name for name, _ in found] == [
        "Nöjda elever",
        "Barn och unga som simmar i tid under läsåret",
        "Trygga elever",
    ]
    assert {goal for _, goal in found} == {"Fler ska lära sig simma"}


@pytest.mark.parametrize("thousands", ["1 126", "540", "12 030"])
def test_words_for_sexes_below_names_have_figures_of_their_own(
    report: Report, thousands: str
) -> None:
    heading(report, GOAL)
    report.row(*YEARS)
    for name, figure in (("Anställda", thousands), ("   kvinnor", thousands), ("   män", "292")):
        report.row(name, figure, figure, rule=0)
        report.y += 7
    report.row("Heltid, procent", "71", "72", rule=0)
    found = printed(report.rows())
    assert [(name, sex) for name, sex, *_ in found] == [
        *(("Anställda", sex) for sex in "TKM"),
        ("Heltid, procent", None),
    ]
    assert [one[3][1][2] for one in found] == [thousands, thousands, "292", "72"]


@pytest.mark.parametrize("last", ["Nivå 2031", "Mål 2031"])
def test_names_over_sexes_are_measures_where_a_target_stands_behind_the_years(
    report: Report, last: str
) -> None:
    heading(report, "*Friska medarbetare")
    report.row("", "2031", "2030", last)
    for name in ("Sjukfrånvaro, procent", "Långtidsfrånvaro, procent"):
        for row in (
            (name, "8,2", "7,4", "6,5"),
            ("   kvinnor", "8,9", "8,1"),
            ("   män", "5", "4"),
        ):
            report.row(*row, rule=0)
    rows = report.rows()
    assert [row.cells["sex"].text for row in rows] == list("TKMTKM")
    assert [row.cells["target"].text for row in rows] == ["6,5"] * 6
