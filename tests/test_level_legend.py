"""A text that explains marks of one colour by how much of them is filled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from styrmatt.extract.marks.legend.levels import levels_in
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.extract.marks.mark import Mark
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
DISC = Mark(1, (0.0, 0.0, 8.0, 8.0), "vector", "#333366", level="full")
RING = replace(DISC, filled=False, level="empty")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "I sista kolumnen visar fylld ring att målet är uppnått, halvfylld ring betyder delvis "
            "uppnått och ofylld ring betyder ej uppnått.",
            {"full": "met", "half": "partly_met", "empty": "not_met"},
        ),
        (
            "Helfylld = uppnått, halv = delvis uppnått, tom = inte uppnått.",
            {"full": "met", "half": "partly_met", "empty": "not_met"},
        ),
        (
            "Tomma cirklar är ej bedömda mål och fyllda cirklar är uppnådda mål.",
            {"empty": "not_assessed", "full": "met"},
        ),
    ],
)
def test_a_text_gives_levels_their_statuses(text: str, told: dict[str, str]) -> None:
    assert levels_in(text, WORDS) == told


@pytest.mark.parametrize(
    "text",
    [
        "Fylld cirkel betyder uppnått mål.",
        "Fylld cirkel betyder uppnått, och tom cirkel betyder också uppnått.",
        "Fylld cirkel är uppnått, fylld ring är ej uppnått, tom ring är delvis uppnått.",
        "Kassan är tom, och målet är inte uppnått. En hel dag ägnades åt uppnådda mål.",
        "Bussen är fylld för det mesta och tom när målet är nära.",
    ],
)
def test_one_meaning_two_meanings_and_other_sentences_explain_no_level(text: str) -> None:
    assert levels_in(text, WORDS) == {}


def test_levels_are_statuses_where_all_marks_are_of_one_colour_and_no_legend_is_drawn() -> None:
    levels = {"full": "met", "empty": "not_met"}
    plain = LegendReader(WORDS).legend()
    legend = plain.with_levels(levels, [DISC, RING])
    assert [legend.status(mark).value for mark in (DISC, RING)] == ["met", "not_met"]
    assert legend.status(replace(DISC, level="half")).value is None
    green = replace(DISC, colour="#00b050")
    assert plain.with_levels(levels, [DISC, RING, green]) == plain
    drawn = replace(plain, outline="not_assessed")
    assert drawn.with_levels(levels, [DISC, RING]) == drawn
