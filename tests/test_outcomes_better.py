"""Which way is better, where nothing but the words of the narrative says it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_outcomes import read, rows

LEAVE = ("Sjukfrånvaro i procent av ordinarie arbetstid", "T", "5 %")
SEEN = ("Andel patienter som fått besök inom 90 dagar", "T", "80 %")


def said(measure: tuple[str, str, str], *text: str) -> tuple[str | None, str | None]:
    (record,) = read(rows(measure), *text).records
    return record.better, record.better_source


@pytest.mark.parametrize(
    ("measure", "text", "better"),
    [
        (
            LEAVE,
            "Sjukfrånvaron i procent av ordinarie arbetstid minskade till 5,8 procent,"
            " vilket är en förbättring.",
            "lower",
        ),
        (
            LEAVE,
            "Sjukfrånvaron i procent av ordinarie arbetstid var 6,2 procent jämfört med 5,8 procent"
            " 2021, vilket är en försämring.",
            "lower",
        ),
        (
            SEEN,
            "Andelen patienter som fått besök inom 90 dagar var 74 procent, en förbättring från"
            " 70 procent 2021.",
            "higher",
        ),
        (
            SEEN,
            "Andelen patienter som fått besök inom 90 dagar har sjunkit från 81 procent till"
            " 74 procent, vilket är en tydlig försämring.",
            "higher",
        ),
        (
            SEEN,
            "Andelen patienter som fått besök inom 90 dagar var 74 procent. Det är en försämring"
            " jämfört med 81 procent 2021.",
            "higher",
        ),
    ],
)
def test_a_change_that_is_called_good_or_bad_says_which_way_is_better(
    measure: tuple[str, str, str], text: str, better: str
) -> None:
    assert said(measure, text) == (better, "stated")


@pytest.mark.parametrize(
    "text",
    [
        # no change is told
        "Andelen patienter som fått besök inom 90 dagar var 74 procent, vilket är en förbättring.",
        # what improved is something else
        "Tack vare förbättrade rutiner har andelen patienter som fått besök inom 90 dagar ökat till"
        " 74 procent.",
        "Andelen patienter som fått besök inom 90 dagar var 74 procent. Det har förbättrat"
        " arbetsmiljön att antalet resor minskat.",
        # it is none
        "Andelen patienter som fått besök inom 90 dagar ökade till 74 procent, vilket är ingen"
        " förbättring.",
        # two changes
        "Andelen patienter som fått besök inom 90 dagar ökade först men minskade sedan till"
        " 74 procent, vilket är en försämring.",
        # word and figures differ
        "Antalet remisser ökade och andelen patienter som fått besök inom 90 dagar var 74 procent"
        " jämfört med 81 procent 2021, vilket är en försämring.",
        # what is aimed at
        "Målet är en förbättring av andelen patienter som fått besök inom 90 dagar.",
    ],
)
def test_words_that_leave_it_open_say_nothing(text: str) -> None:
    assert said(SEEN, text) == (None, None)


def test_what_the_table_says_stands() -> None:
    measure = (SEEN[0], "T", "Minst 80 %")
    text = (
        "Andelen patienter som fått besök inom 90 dagar minskade till 74 procent,"
        " vilket är en förbättring."
    )
    assert said(measure, text) == ("higher", "comparator")


def test_two_statements_that_differ_say_nothing() -> None:
    first = "Andelen patienter som fått besök inom 90 dagar ökade till 74 procent"
    text = f"{first}, vilket är en förbättring.", f"{first}, vilket är en försämring."
    assert said(SEEN, *text) == (None, None)


@settings(max_examples=20, deadline=None)
@given(st.integers(10, 90), st.integers(10, 90), st.booleans())
def test_figures_and_judgement_decide_together(value: int, previous: int, good: bool) -> None:
    word = "förbättring" if good else "försämring"
    text = (
        f"Andelen patienter som fått besök inom 90 dagar var {value} procent jämfört med"
        f" {previous} procent 2021, vilket är en {word}."
    )
    wanted = None if value == previous else "higher" if (value > previous) == good else "lower"
    assert said(SEEN, text)[0] == wanted
