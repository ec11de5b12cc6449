"""Results in words, and between two figures: without a value, but with their words."""

from __future__ import annotations

import pytest
from test_outcomes import read, rows

KITCHENS = ("Andel förskolor med egen kock", "T", "100 %")
WAITING = ("Väntetid i receptionen, minuter", "T", "Högst 10")


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        (KITCHENS, "Nästan hälften av förskolorna har egen kock."),
        (KITCHENS, "En dryg tredjedel av förskolorna har egen kock."),
        (KITCHENS, "Samtliga förskolor har egen kock."),
        (("Antal nedladdningar av appen", "T", "Öka"),
         "Antalet nedladdningar av appen har mer än fördubblats."),
        (WAITING, "Väntetiden i receptionen varierade mellan 8 och 15 minuter."),
    ],
)  # fmt: skip
def test_a_result_in_words_has_its_words_and_no_value(
    measure: tuple[str, str, str], text: str
) -> None:
    got = read(rows(measure), text)
    (outcome,) = got.outcomes
    assert (outcome.sex, outcome.value, outcome.text) == ("T", None, text)
    assert outcome.outcome_year == 2022
    (record,) = got.records
    assert (record.outcome_value, record.outcome_text) == (None, text)


@pytest.mark.parametrize(
    "text",
    [
        "Samtliga förskolor ska ha egen kock.",
        "I riket har hälften av förskolorna egen kock.",
        "Hälften av besökarna kom från andra kommuner.",
        "Bland de fristående aktörerna har hälften av förskolorna egen kock.",
    ],
)
def test_plans_others_and_what_no_measure_counts_are_none(text: str) -> None:
    assert read(rows(KITCHENS), text).outcomes == ()


def test_a_figure_wins_over_words() -> None:
    got = read(
        rows(KITCHENS),
        "Nästan hälften av förskolorna har egen kock. Andelen förskolor med egen kock är"
        " 47 procent.",
    )
    assert [(o.value, o.outcome_year) for o in got.outcomes] == [(47.0, 2022)]
