"""What a report says of its own totals: sentences made up, and the shared truth."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import make_extract
from hypothesis import given
from hypothesis import strategies as st
from shared_reports import each_year, extract_of_text

from styrmatt.normalize.narrative.claims import ClaimReader, agreement
from styrmatt.normalize.narrative.counts import ALL, CountReader
from styrmatt.printed import Location, Section
from styrmatt.records import CLAIM_COUNTS, Claim, Goal
from styrmatt.vocabulary import load_vocabulary

SHARED = Path(__file__).parent.parent.parent / "shared"
VOCABULARY = load_vocabulary("sv")
READER = CountReader(VOCABULARY)


def counts(sentence: str) -> tuple[str | None, dict[str, int], int | None] | None:
    got = READER.read(sentence)
    return (got.subject, got.by_status, got.total) if got else None


@pytest.mark.parametrize(
    ("sentence", "subject", "by_status", "total"),
    [
        (
            "Resultatet visar att tre av de 12 strategiska målen helt har nåtts, sex har delvis "
            "nåtts, två har inte nåtts och ett mål har inte kunnat bedömas.",
            "goals",
            {"met": 3, "partly_met": 6, "not_met": 2, "not_assessed": 1},
            12,
        ),
        ("Samtliga fyra mål är delvis uppnådda.", "goals", {"partly_met": 4}, 4),
        ("Av 12 styrmått är 7 uppnådda.", "measures", {"met": 7}, 12),
        (
            "Av 12 styrmått är 7 uppnådda, 3 delvis uppnådda och 2 ej uppnådda.",
            "measures",
            {"met": 7, "partly_met": 3, "not_met": 2},
            12,
        ),
        ("Ett av de fyra målen är uppnått.", "goals", {"met": 1}, 4),
        ("Under året uppnåddes sju av tolv mål.", "goals", {"met": 7}, 12),
        ("Sju av tolv mål uppnås inte.", "goals", {"not_met": 7}, 12),
        ("Tjugofem av trettio styrmått har nåtts.", "measures", {"met": 25}, 30),
        ("Samtliga mått har uppfyllts.", "measures", {"met": ALL}, None),
        ("Alla mål är delvis uppnådda.", "goals", {"partly_met": ALL}, None),
        ("Inget av målen har uppnåtts.", "goals", {"met": 0}, None),
        (
            "Tre av målen nås, ett nås delvis och två nås inte.",
            "goals",
            {"met": 3, "partly_met": 1, "not_met": 2},
            None,
        ),
        (
            "Av de totalt tio målen uppnås fyra, fem uppnås delvis och ett uppnås inte.",
            "goals",
            {"met": 4, "partly_met": 5, "not_met": 1},
            10,
        ),
    ],
)
def test_a_sentence_counts(
    sentence: str, subject: str, by_status: dict[str, int], total: int | None
) -> None:
    assert counts(sentence) == (subject, by_status, total)


@pytest.mark.parametrize(
    "sentence",
    [
        "Regionen prioriterar åtta mål.",
        "Målet om 75 procent uppnåddes av 3 av 14 kommuner.",
        "För 2020 har 15 kommuner nått målet.",
        "Målet att 100 procent ska ha uppnått detta nås inte.",
        "Knappt hälften av vårdcentralerna uppnådde målet.",
        "Två mål uppnås och två mål uppnås.",
    ],
)
def test_other_numbers_are_no_counts(sentence: str) -> None:
    assert counts(sentence) is None


NUMBERS = st.integers(min_value=2, max_value=40)


@given(met=NUMBERS, partly=NUMBERS, missed=NUMBERS)
def test_figures_come_back_as_they_were_put_in(met: int, partly: int, missed: int) -> None:
    total = met + partly + missed
    sentence = (
        f"Av {total} mål är {met} uppnådda, {partly} delvis uppnådda och {missed} inte uppnådda."
    )
    assert counts(sentence) == (
        "goals",
        {"met": met, "partly_met": partly, "not_met": missed},
        total,
    )


STATUS = st.sampled_from([*CLAIM_COUNTS, "unknown"])


@given(st.lists(STATUS, max_size=30))
def test_a_true_claim_is_never_said_to_differ(statuses: list[str]) -> None:
    own = Counter(statuses)
    stated = {status: own[status] for status in CLAIM_COUNTS}
    assert agreement(stated, len(statuses), own) is True


@given(st.lists(STATUS, min_size=1, max_size=30), st.data())
def test_what_is_unknown_never_makes_a_claim_differ(
    statuses: list[str], data: st.DataObject
) -> None:
    """Statuses that the extract lacks may be what the claim says."""
    hidden = data.draw(st.sets(st.integers(0, len(statuses) - 1)))
    known = [status for status in statuses if status != "unknown"]
    stated = {status: known.count(status) for status in CLAIM_COUNTS}
    seen = ["unknown" if n in hidden else status for n, status in enumerate(known)]
    assert agreement(stated, None, Counter(seen)) is not False


def goals(*statuses: str | None) -> tuple[Goal, ...]:
    return tuple(
        Goal(
            goal_id=f"g{number}",
            document_id="region-tallmo-2020-annual",
            fiscal_year=2020,
            perspective="Samhälle" if number < 2 else "Ekonomi",
            goal=f"Mål {number}",
            assessment=status,
            page=1,
        )
        for number, status in enumerate(statuses)
    )


def claims(text: str, *statuses: str | None, heading: str = "Sammanfattning") -> list[Claim]:
    extract = make_extract()
    narrative = replace(
        extract.narratives[0],
        goal_id=None,
        success_factor_id=None,
        heading_path=(heading,),
        text=text,
    )
    reader = ClaimReader(VOCABULARY, goals(*statuses), extract.measures, extract.records)
    section = Section("other", heading, (heading,), text, Location(2, 2), (2,))
    return list(reader.read([narrative], [section]))


def test_a_claim_is_compared_with_the_count_of_the_goals() -> None:
    text = "Två av tre mål är uppnådda och ett mål är delvis uppnått."
    (claim,) = claims(text, "met", "met", "partly_met")
    assert (claim.subject, claim.total, claim.met, claim.partly_met) == ("goals", 3, 2, 1)
    assert (claim.own_total, claim.own_met, claim.own_partly_met) == (3, 2, 1)
    assert claim.agrees is True and claim.text == text and claim.page == 2
    (other,) = claims(text, "met", "not_met", "partly_met")
    assert other.agrees is False


def test_counts_of_neighbouring_sentences_are_one_claim() -> None:
    text = "Ett av de tre målen är uppnått. Två mål har inte uppnåtts."
    (claim,) = claims(text, "met", "not_met", "not_met")
    assert (claim.met, claim.not_met, claim.text) == (1, 2, text)


def test_a_claim_about_a_perspective_is_compared_with_its_goals() -> None:
    text = "Inom perspektivet Samhälle är båda delar klara: samtliga två mål är uppnådda."
    (claim,) = claims(text, "met", "met", "not_met")
    assert (claim.perspective, claim.own_total, claim.agrees) == ("Samhälle", 2, True)
    (below,) = claims("Samtliga mål är uppnådda.", "met", "met", "not_met", heading="Samhälle")
    assert (below.perspective, below.met, below.agrees) == ("Samhälle", 2, True)


def test_with_nothing_known_a_claim_neither_agrees_nor_differs() -> None:
    (claim,) = claims("Samtliga tre mål är uppnådda.", None, None, None)
    assert claim.agrees is None and claim.own_unknown == 3


def test_a_claim_about_another_year_is_none_of_this_report() -> None:
    assert claims("Under 2017 uppnåddes två av tre mål.", "met", "met", "met") == []


def test_a_wrong_total_differs() -> None:
    (claim,) = claims("Två av fem mål är uppnådda.", "met", "met", "not_met")
    assert claim.agrees is False


@pytest.mark.skipif(not (SHARED / "truth").exists(), reason="the shared truth is not here")
@each_year()
def test_the_reports_own_totals_are_as_transcribed(year: str) -> None:
    truth = json.loads((SHARED / "truth" / f"{year}.json").read_text(encoding="utf-8"))
    found = [c for c in extract_of_text(year).claims if c.subject == "goals"]
    assert len(found) == len(truth["claims"])
    for claim, wanted in zip(found, truth["claims"], strict=True):
        assert claim.page == wanted["page"] and claim.agrees is True
        for status, count in wanted["counts"].items():
            assert getattr(claim, status) in (count, None if count == 0 else count)
