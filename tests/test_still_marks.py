"""Marks that point nowhere among arrows: a legend says that they stand for no change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from draw import TRIANGLE, TURNS, Sheet, arrow

from styrmatt.extract.marks.find import find_marks
from styrmatt.extract.marks.legend.meanings import Legend
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.printed import Marker
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
CELL = (20.0, 200.0, 60.0, 240.0)
Draw = Callable[[Sheet, float, float, str], None]


def square(sheet: Sheet, x: float, y: float, colour: str) -> None:
    sheet.rect((x, y, x + 8, y + 8), fill=colour)


def disc(sheet: Sheet, x: float, y: float, colour: str) -> None:
    sheet.circle(x + 4, y + 4, 4, fill=colour)


def ring(sheet: Sheet, x: float, y: float, colour: str) -> None:
    sheet.circle(x + 4, y + 4, 4, stroke=colour, width=1.0)


def pointer(sheet: Sheet, x: float, y: float, way: str, colour: str = "#000000") -> None:
    sheet.path(arrow((x, y, x + 8, y + 8), way, TRIANGLE), fill=colour)


def read(folder: Path, sheet: Sheet) -> tuple[Legend, list[Marker]]:
    """The legend of a page, and the trends of the marks in its cell."""
    page = sheet.page(folder)
    reader = LegendReader(WORDS)
    reader.read_page(page)
    legend = reader.legend()
    return legend, [legend.trend(mark) for mark in find_marks(page, CELL, WORDS)]


def legend_of(still: Draw, words: str, colour: str = "#000000") -> Sheet:
    sheet = Sheet()
    pointer(sheet, 20, 40, "up")
    sheet.text(34, 47, "värdet har ökat")
    still(sheet, 20, 60, colour)
    sheet.text(34, 67, words)
    pointer(sheet, 20, 80, "down")
    sheet.text(34, 87, "värdet har minskat")
    return sheet


@pytest.mark.parametrize("still", [square, disc, ring])
@pytest.mark.parametrize("words", ["värdet är oförändrat", "Oförändrad", "Ingen förändring"])
def test_a_mark_that_the_legend_of_arrows_calls_unchanged_is_flat(
    tmp_path: Path, still: Draw, words: str
) -> None:
    sheet = legend_of(still, words)
    still(sheet, 30, 210, "#000000")
    legend, trends = read(tmp_path, sheet)
    assert legend.arrows == {"up": "up", "down": "down"}
    assert [trend.value for trend in trends] == ["flat"]


@pytest.mark.parametrize(("other", "explained"), [(disc, ring), (ring, disc), (square, ring)])
def test_another_mark_than_the_legend_s_is_in_doubt(
    tmp_path: Path, other: Draw, explained: Draw
) -> None:
    sheet = legend_of(explained, "värdet är oförändrat")
    other(sheet, 30, 210, "#000000")
    _, trends = read(tmp_path, sheet)
    assert [trend.value for trend in trends] == [None]


def test_without_arrows_in_the_legend_a_square_tells_no_trend(tmp_path: Path) -> None:
    sheet = Sheet()
    for n, words in enumerate(("värdet har ökat", "värdet är oförändrat")):
        (square if n else disc)(sheet, 20, 40 + 20 * n, "#000000")
        sheet.text(34, 47 + 20 * n, words)
    square(sheet, 30, 210, "#000000")
    legend, trends = read(tmp_path, sheet)
    assert not legend.beside_arrows
    assert [trend.value for trend in trends] == [None]


def test_a_square_that_the_legend_does_not_name_tells_no_trend(tmp_path: Path) -> None:
    sheet = legend_of(square, "uppgift ur databasen")
    square(sheet, 30, 210, "#000000")
    assert [trend.value for trend in read(tmp_path, sheet)[1]] == [None]


@pytest.mark.parametrize("way", [way for way in TURNS if way in ("up", "down")])
def test_arrows_beside_it_keep_their_meaning(tmp_path: Path, way: str) -> None:
    sheet = legend_of(square, "värdet är oförändrat")
    pointer(sheet, 30, 210, way)
    assert [trend.value for trend in read(tmp_path, sheet)[1]] == [way]
