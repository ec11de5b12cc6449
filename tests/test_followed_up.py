"""Measures that are followed up during a year, below a first header that is empty."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from paper import page, text
from test_grid_roles import names, roles

from styrmatt.extract.grid.headers.header_block import find_header_blocks
from styrmatt.extract.headers.header_words import load_header_words

WORDS = load_header_words("sv")
NAMES = ("Andel nöjda besökare (%)", "Antal lån per invånare", "Öppettimmar per vecka")
MONEY = ("Intäkter", "Personalkostnader", "Nettokostnad")
FIGURES = ("81,4", "6,2", "44")
HEADERS = ("Ackumulerat t.o.m. april 2031", "Samma tid förra året", "Helårsprognos 2031")


def of(rows: Sequence[str], headers: Sequence[str] = HEADERS) -> list[str]:
    return names((None, rows), *((header, FIGURES) for header in headers))


def test_names_that_say_what_they_count_are_measures_below_an_empty_header() -> None:
    assert of(NAMES) == ["measure", "result", "same_period_before", "forecast"]
    assert of(NAMES, (*HEADERS, "Helår 2030"))[-1] == "result"


@pytest.mark.parametrize(
    "rows",
    [
        MONEY,
        ("Andel av moderbolaget", "Personalkostnader", "Nettokostnad"),
        ("Intäkter, mnkr", "Kostnader, mnkr", "Netto, mnkr"),
        ("Procentuella avdrag", "Antalsbaserade avgifter", "Indexerade hyror"),
    ],
)
def test_sums_of_money_below_an_empty_header_are_no_measures(rows: Sequence[str]) -> None:
    assert roles((None, rows), *((header, FIGURES) for header in HEADERS)) is None


@pytest.mark.parametrize(
    "headers",
    [
        ("Utfall 2030", "Utfall 2031"),
        ("Budget jan-apr 2031", "Utfall jan-apr 2031"),
        ("Utfall jan-apr 2031",),
    ],
)
def test_values_that_follow_nothing_up_need_a_header_for_the_names(headers: Sequence[str]) -> None:
    assert roles((None, NAMES), *((header, FIGURES) for header in headers)) is None


@pytest.mark.parametrize(
    ("header", "year", "period"),
    [
        ("Ackumulerat t.o.m. augusti 2031", 2031, "augusti"),
        ("Utfall till och med april 2031", 2031, "april"),
        ("Ackumulerat utfall t.o.m. mars", None, "mars"),
        ("T.o.m. oktober 2030", 2030, "oktober"),
    ],
)
def test_a_header_may_say_up_to_which_month(header: str, year: int | None, period: str) -> None:
    reading = WORDS.header(header)
    assert (reading.whole, reading.year, reading.period) == (True, year, period)


def labels(*cells: tuple[str, float], side: str = "r") -> list[str]:
    """What a bold header of labels says that end, begin or lie at x and stand on the same foot."""
    words = []
    for label, x in cells:
        lines = label.split("\n")
        for n, line in enumerate(lines):
            width = text(line, 0, 0)[-1].x1
            at = x - {"r": width, "l": 0.0, "c": width / 2}[side]
            words += text(line, at, 100 + 12 * (n + 3 - len(lines)), bold=True)
    sheet = page(words)
    (block,) = find_header_blocks(sheet, sheet.lines, WORDS)
    return [" ".join(t.split()) for t in block.texts]


RIGHT = (
    ("Ackumulerat\nt.o.m. april\n2031", 260.0),
    ("Samma tid\nförra året", 340.0),
    ("Helårsprognos\n2031", 430.0),
    ("Helår 2030", 500.0),
)


def test_a_line_of_a_label_that_is_set_right_is_no_heading_of_the_next_label() -> None:
    assert labels(*RIGHT) == [label.replace("\n", " ") for label, _ in RIGHT]
    one = ("Utfall\njan-apr\n2031", 260.0), ("Helårsprognos\n2031", 360.0), ("2030", 420.0)
    assert labels(("Indikator", 120.0), *one)[1:] == [
        "Utfall jan-apr 2031",
        "Helårsprognos 2031",
        "2030",
    ]


def test_a_heading_in_the_middle_of_its_columns_still_stands_for_all() -> None:
    words = [*text("Indikator", 50, 112, bold=True), *text("Utfall", 215, 100, bold=True)]
    for year, x in (("2029", 180.0), ("2030", 220.0), ("2031", 260.0)):
        words += text(year, x, 112, bold=True)
    words += text("Mål", 320, 112, bold=True)
    sheet = page(words)
    (block,) = find_header_blocks(sheet, sheet.lines, WORDS)
    said = [" ".join(t.split()) for t in block.texts]
    assert said == ["Indikator", "Utfall 2029", "Utfall 2030", "Utfall 2031", "Mål"]
