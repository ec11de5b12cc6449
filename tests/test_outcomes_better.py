"""Which way is better, where nothing but the words of the narrative says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_outcomes import read, rows

from styrmatt.normalize.better import with_better

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


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Sjukfrånvaron i procent av ordinarie arbetstid var 6,2 procent. Låg är bra.", "lower"),
        (
            "Sjukfrånvaron i procent av ordinarie arbetstid var 6,2 procent. Ett lägre värde är"
            " bättre.",
            "lower",
        ),
        (
            "Sjukfrånvaron i procent av ordinarie arbetstid har försämrats till 6,2 procent från"
            " 5,9 procent 2021.",
            "lower",
        ),
        # a target that was missed says it, one that was met does not
        (
            "Sjukfrånvaron i procent av ordinarie arbetstid var 6,2 procent. Målet nåddes inte.",
            "lower",
        ),
        ("Sjukfrånvaron i procent av ordinarie arbetstid var 4,2 procent. Målet nåddes.", None),
        ("Sjukfrånvaron i procent av ordinarie arbetstid var 5 procent. Målet nåddes inte.", None),
    ],
)
def test_words_and_a_missed_target_say_which_way_is_better(text: str, better: str | None) -> None:
    found, source = said(LEAVE, text)
    assert found == better
    assert source in ((None,) if better is None else ("stated", "result"))


def test_a_name_may_say_which_way_is_better() -> None:
    name = "Andel återfall inom ett år (lägre värde är bättre)"
    assert said((name, "T", "Följa"), "Arbetet fortsätter.") == ("lower", "stated")


@pytest.mark.parametrize(
    ("changes", "better"),
    [
        ({}, "higher"),
        ({"status": "met"}, None),
        ({"status": "partly_met"}, None),
        ({"outcome_source": "narrative"}, None),  # the mark may be another line's
        ({"outcome_source": "narrative", "status_stated": "not_met"}, "higher"),
        ({"status_stated": "met"}, None),
        ({"outcome_value": 95.0}, "lower"),
        ({"outcome_value": 90.0}, None),
        ({"outcome_unit": "count"}, None),
        ({"target_is_change": True}, None),
        ({"review": ("outcome_far",)}, None),
    ],
)
def test_a_result_tells_only_where_it_surely_missed_its_target(
    changes: dict[str, Any], better: str | None
) -> None:
    (record,) = read(rows(("Andel nöjda gäster", "T", "90 %"))).records
    shown = replace(
        record,
        status="not_met",
        outcome_value=85.0,
        outcome_unit="percent",
        outcome_source="table",
    )
    (got,) = with_better([replace(shown, **changes)], {})
    assert (got.better, got.better_source) == (better, "result" if better else None)


def test_lines_that_tell_different_ways_fill_none() -> None:
    women, men = read(rows(("Andel nöjda gäster", "KM", "90 %"))).records
    missed = {"status": "not_met", "outcome_unit": "percent", "outcome_source": "table"}
    women = replace(women, outcome_value=85.0, **missed)
    men = replace(men, outcome_value=95.0, **missed)
    assert [record.better for record in with_better([women, men], {})] == [None, None]
