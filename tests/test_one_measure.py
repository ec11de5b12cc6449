"""Tables over years whose rows are the target and the result of one measure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from test_grid_reports import Report

from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.printed import Row

WORDS = load_header_words("sv")
XS = (50.0, 290.0, 350.0, 410.0, 470.0)
YEARS = ("*2031", "*2030", "*2029")
TARGET = ("Finansiellt mål", "49,8", "46,4", "45,1")
RESULT = ("Årets resultat", "104,6", "30,2", "–24,3")
BETWEEN = ("Målavvikelse", "54,8", "-16,2", "-69,4")


def read(
    folder: Path, *rows: Sequence[str], unit: str = "*Mnkr", heading: str = "*Resultat över tid"
) -> Sequence[Row]:
    report = Report(folder)
    report.line(heading, size=13)
    report.line("Målet har nåtts två gånger under de senaste tre åren.", size=10)
    report.row(unit, *YEARS, xs=XS)
    for row in rows:
        report.row(*row, xs=XS, rule=0)
    report.y -= 20
    report.line("*Indikatorer", size=13)
    report.row("*Mått", "*Utfall 2031", "*Mål 2031", "*Prognos", xs=XS)
    report.row("Badare", "1", "2", "3", xs=XS)
    *rest, last = report.rows()
    assert last.cells["measure"].text == "Badare"
    return rest


@pytest.mark.parametrize(
    "rows",
    [
        (TARGET, RESULT, BETWEEN),
        (RESULT, TARGET),
        (("Mål", *TARGET[1:]), ("Soliditet", *RESULT[1:]), ("Avvikelse", *BETWEEN[1:])),
        (("Målnivå", *TARGET[1:]), ("Lån per invånare", *RESULT[1:])),
    ],
)
@pytest.mark.parametrize("unit", ["*Mnkr", "*Procent", ""])
def test_target_and_result_are_one_measure(
    tmp_path: Path, rows: Sequence[Sequence[str]], unit: str
) -> None:
    (row,) = read(tmp_path, *rows, unit=unit)
    name = next(name for name, *values in rows if values == list(RESULT[1:]))
    assert row.cells["measure"].text == name
    assert row.cells["target"].text == "49,8"
    assert [(v.head.role, v.head.year, v.cell.text) for v in row.values] == [
        *(
            ("result", year, text)
            for year, text in zip((2031, 2030, 2029), RESULT[1:], strict=True)
        ),
        *(("target", year, text) for year, text in ((2030, "46,4"), (2029, "45,1"))),
    ]
    assert ("unit" in row.cells) == bool(unit)


@pytest.mark.parametrize(
    "rows",
    [
        (RESULT, BETWEEN),
        (("Intäkter", *RESULT[1:]), ("Kostnader", *TARGET[1:]), ("Resultat", *BETWEEN[1:])),
        (TARGET, ("Utfall", *RESULT[1:])),
        (TARGET, RESULT, ("Soliditet", *BETWEEN[1:])),
        (TARGET, ("Mål 2", *TARGET[1:]), RESULT),
        (("Budget", *TARGET[1:]), RESULT, BETWEEN),
        (("Mål", *TARGET[1:]), ("Budget", *RESULT[1:])),
    ],
)
def test_other_tables_of_accounts_are_left_alone(
    tmp_path: Path, rows: Sequence[Sequence[str]]
) -> None:
    assert not read(tmp_path, *rows)


def test_below_a_goal_it_is_one_measure_of_that_goal(tmp_path: Path) -> None:
    (row,) = read(tmp_path, TARGET, RESULT, BETWEEN, heading="*Mål 1. En stark ekonomi")
    assert (row.goal_heading, row.cells["target"].text) == ("En stark ekonomi", "49,8")


@pytest.mark.parametrize("name", ["Mål", "Finansiellt mål", "Målnivå", "Resultatmål", "Målvärde"])
def test_a_word_for_a_target_names_a_row_of_targets(name: str) -> None:
    assert WORDS.is_aim(name)


@pytest.mark.parametrize("name", ["Årets resultat", "Soliditet", "Antal uppnådda mål", "2031", ""])
def test_other_names_do_not(name: str) -> None:
    assert not WORDS.is_aim(name)
