"""Legends in running text whose marks stand behind their words, and those that only look so."""

from __future__ import annotations

import pytest
from draw import Sheet, arrow

from styrmatt.extract.marks.legend.meanings import Legend
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.extract.marks.mark import Mark
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
WAYS = ("up", "right", "down")
COLOURS = {"BLUE": "#0072b2", "AMBER": "#e69f00", "RUST": "#d55e00"}
EM = 9


def legend_of(folder, *lines: str, left: float = 30) -> Legend:
    """The legend of a page with these lines: UP, DOWN and RIGHT are arrows, colours are discs."""
    sheet = Sheet(width=560)
    for n, line in enumerate(lines):
        x, y = left, 60 + 12 * n
        for word in line.split(" "):
            bare = word.strip("(),.;")
            if bare.lower() in WAYS:
                sheet.path(arrow((x, y - 8, x + 8, y), bare.lower()), fill="#404040")
                x += 12
            elif bare in COLOURS:
                sheet.circle(x + 4, y - 3, 4, fill=COLOURS[bare])
                x += 12
            else:
                sheet.text(x, y, word, size=EM)
                x += 0.52 * EM * len(word) + 4
    reader = LegendReader(WORDS)
    reader.read_page(sheet.page(folder))
    return reader.legend()


def trends(legend: Legend) -> list[str | None]:
    box = (0.0, 0.0, 10.0, 10.0)
    marks = (Mark(1, box, "vector", "#404040", apparent_direction=way) for way in WAYS)
    return [legend.trend(mark).value for mark in marks]


def statuses(legend: Legend) -> list[str | None]:
    marks = (Mark(1, (0.0, 0.0, 10.0, 10.0), "vector", colour) for colour in COLOURS.values())
    return [legend.status(mark).value for mark in marks]


@pytest.mark.parametrize(
    "lines",
    [
        ["Tecknet anger om resultatet har ökat UP , minskat DOWN eller är oförändrat RIGHT ."],
        ["Bättre UP sämre DOWN oförändrat RIGHT"],
        ["Pilarna används när värdet ökat UP , när det minskat DOWN och då det är lika RIGHT ."],
        ["Förbättring UP , ingen förändring RIGHT respektive försämring DOWN jämfört med 2020."],
        ["Så går det: positiv trend UP , negativ trend DOWN samt oförändrad RIGHT ."],
        [
            "Tecknet visar om det har förbättrats UP , är oförändrat RIGHT",
            "eller försämrats DOWN .",
        ],
        [
            "Tecknet visar om det har förbättrats UP , är",
            "oförändrat RIGHT eller försämrats DOWN .",
        ],
    ],
)
def test_arrows_in_a_text_mean_the_words_before_them(tmp_path, lines):
    legend = legend_of(tmp_path, *lines)
    assert legend.arrows == {"up": "up", "right": "flat", "down": "down"}
    assert trends(legend) == ["up", "flat", "down"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Färgen visar om målet är uppnått BLUE , delvis uppnått AMBER eller inte uppnått RUST ."],
        ["Uppnått BLUE delvis uppnått AMBER ej uppnått RUST"],
        ["Ett mål kan vara uppfyllt BLUE ; delvis uppfyllt AMBER ; ej uppfyllt RUST ."],
    ],
)
def test_discs_in_a_text_mean_the_words_before_them(tmp_path, lines):
    assert statuses(legend_of(tmp_path, *lines)) == ["met", "partly_met", "not_met"]


@pytest.mark.parametrize(
    "lines",
    [
        ["BLUE målet är uppnått, AMBER delvis uppnått, RUST inte uppnått."],
        ["Färgen visar: BLUE målet är uppnått, AMBER delvis uppnått, RUST inte uppnått."],
        ["Målen som är uppnått: BLUE uppnått, AMBER delvis uppnått, RUST inte uppnått."],
        ["Detta är uppnått: BLUE uppnått, AMBER delvis", "uppnått, RUST inte uppnått."],
        ["Nedan visas mål som nås", "BLUE uppnått AMBER delvis uppnått RUST ej uppnått"],
    ],
)
def test_marks_before_their_words_keep_them_whatever_leads_to_them(tmp_path, lines):
    assert statuses(legend_of(tmp_path, *lines)) == ["met", "partly_met", "not_met"]


@pytest.mark.parametrize(
    "line",
    [
        "Andelen har ökat UP sedan 2019 och RIGHT visar inget",
        "Andelen nöjda har inte ökat UP men kostnaden är minskat DOWN i år",
        "Antalet har ökat UP och är uppnått DOWN i år",
    ],
)
def test_words_before_marks_that_are_no_scale_are_no_legend(tmp_path, line):
    assert not legend_of(tmp_path, line).arrows


def test_names_in_rows_that_end_as_a_trend_are_no_legend(tmp_path):
    rows = ["Andelen elever vars resultat förbättrats DOWN", "Andelen som försämrats UP"]
    assert not legend_of(tmp_path, *rows).arrows


def test_words_for_a_trend_before_an_arrow_and_for_a_status_before_a_disc_are_no_scale(tmp_path):
    legend = legend_of(tmp_path, "Andelen har ökat UP uppnått RUST")
    assert not legend.arrows and not legend.has_statuses


def test_a_text_that_turns_arrows_round_leaves_them_in_doubt(tmp_path):
    legend = legend_of(tmp_path, "Pilen visar om värdet är sämre UP , bättre DOWN i år")
    assert trends(legend) == [None, "flat", None]
