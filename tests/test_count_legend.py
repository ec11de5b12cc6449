"""A text that says what gauges stand for by how many of their parts are filled."""

from __future__ import annotations

from pathlib import Path

import pytest
from draw import Sheet
from flips import flips, steps
from test_marks_segments import gauge

from styrmatt.extract.marks.find import find_marks
from styrmatt.extract.marks.legend.counts import counts_in, counts_of
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
FIVE = {5: "met", 4: "partly_met", 3: "partly_met", 2: "not_met", 1: "not_met"}


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (
            ["Fem ifyllda rutor: målet är nått", "Tre eller fyra ifyllda rutor: delvis nått",
             "En eller två ifyllda rutor: målet är inte nått"],
            FIVE,
        ),
        (["Fem fyllda prickar innebär att målet är nått, tre eller fyra att det är delvis nått och "
          "en eller två att det inte är nått."], FIVE),
        (["5 fyllda streck = uppnått, 3–4 = delvis uppnått, 1–2 = ej uppnått."], FIVE),
        (["5 av 5 stjärnor: uppnått. 3 till 4 av 5 stjärnor: delvis uppnått. 1-2 av 5 stjärnor: "
          "ej uppnått."], FIVE),
        (["Tre ringar = uppnått", "Två ringar = delvis uppnått", "Inga ringar = ej bedömt"],
         {3: "met", 2: "partly_met", 0: "not_assessed"}),
        (["Minst nio fyllda fält: uppnått. Minst sju: delvis uppnått. Högst två: ej uppnått"],
         {9: "met", 10: "met", 7: "partly_met", 8: "partly_met",
          0: "not_met", 1: "not_met", 2: "not_met"}),
        (["Fler än åtta fält: uppnått", "Färre än två fält: ej uppnått"],
         {9: "met", 10: "met", 0: "not_met", 1: "not_met"}),
        (["Nio eller fler fält: uppnått", "Ett fält eller färre: ej uppnått"],
         {9: "met", 10: "met", 0: "not_met", 1: "not_met"}),
    ],
)  # fmt: skip
def test_a_text_gives_numbers_of_parts_their_statuses(
    texts: list[str], told: dict[int, str]
) -> None:
    assert counts_in(texts, WORDS) == told


@pytest.mark.parametrize(
    "texts",
    [
        ["Av nämndens tio mål är sex uppnådda, tre delvis uppnådda och ett inte uppnått."],
        ["Fem fyllda fält: målet är uppnått"],
        ["Fem fyllda fält: uppnått", "Fyra fyllda fält: målet uppnått"],
        ["Fyra fält: uppnått", "Två fält: delvis uppnått", "Fyra fält: ej uppnått"],
        ["Tre rutor återstår: målet är delvis uppnått", "Två rutor saknas."],
        ["2 av 5: uppnått, 1 av 5: ej uppnått"],
        ["Mål 3: uppnått. Mål 4: delvis uppnått. Två cirklar har startat."],
        ["Fem fält visar läget. Två mål är uppnådda, tre mål är inte uppnådda."],
        ["Fyra fält: nästan uppnått", "Två fält: knappt uppnått"],
    ],
)
def test_other_numbers_and_a_single_meaning_are_no_legend(texts: list[str]) -> None:
    assert counts_in(texts, WORDS) == {}


def found(
    folder: Path, *, wide: float = 100, gap: float = 3.0, indent: float = 0
) -> dict[int, str]:
    """What a legend says of which each text stands on two lines, all beside each other."""
    sheet = Sheet(500, 200)
    for n, (first, second) in enumerate(
        (("Fem fyllda fält:", "målet uppnått"), ("Två fyllda fält:", "målet ej uppnått"))
    ):
        sheet.text(20 + wide * n, 40, first)
        sheet.text(20 + wide * n + indent, 49 + gap, second)
    return counts_of(sheet.page(folder), WORDS)


def test_texts_in_columns_are_read_one_by_one(tmp_path: Path) -> None:
    both = {5: "met", 2: "not_met"}

    def read(**how: float) -> bool:
        return found(tmp_path, **how) == both

    assert flips(lambda wide: read(wide=wide), steps(75, 120, 5)) == {75: False, 80: True}
    assert flips(lambda gap: read(gap=gap), steps(0, 12, 1)) == {0: True, 7: False}
    assert flips(lambda indent: read(indent=indent), steps(0, 5, 0.5)) == {0: True, 2.5: False}


@pytest.mark.parametrize(("level", "status"), FIVE.items())
def test_a_gauge_without_a_drawn_legend_is_read_by_the_text(
    tmp_path: Path, level: int, status: str
) -> None:
    sheet = Sheet(400, 200)
    sheet.text(20, 30, "Fem fyllda fält betyder att målet är uppnått, tre eller fyra att det är")
    sheet.text(20, 42, "delvis uppnått och ett eller två att det inte är uppnått.")
    gauge(sheet, level, (20, 100))
    page = sheet.page(tmp_path)
    reader = LegendReader(WORDS)
    reader.read_page(page)
    (mark,) = find_marks(page, (10, 80, 200, 120), WORDS)
    assert reader.legend().with_marks([mark]).status(mark).value == status


def test_a_text_and_a_drawn_legend_that_say_two_things_leave_a_gauge_without_a_status(
    tmp_path: Path,
) -> None:
    sheet = Sheet(400, 200)
    sheet.text(20, 30, "Fem fyllda fält: uppnått, tre fyllda fält: ej uppnått.")
    for y, level, words in ((60, 5, "Målet är uppnått"), (80, 3, "Målet är delvis uppnått")):
        end = gauge(sheet, level, (20, y))
        sheet.text(end + 5, y + 3, words)
    for n, level in enumerate((5, 3)):
        gauge(sheet, level, (20, 120 + 20 * n))
    page = sheet.page(tmp_path)
    reader = LegendReader(WORDS)
    reader.read_page(page)
    marks = find_marks(page, (10, 105, 200, 160), WORDS)
    markers = [reader.legend().with_marks(marks).status(mark) for mark in marks]
    assert [marker.value for marker in markers] == ["met", None]
    assert markers[1].doubt is not None
    assert "another status" in markers[1].doubt
