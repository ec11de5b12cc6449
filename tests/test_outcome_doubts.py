"""Which results of the narrative a person should look at, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_outcomes import read, rows

from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.normalize.outcomes.doubts import outcome_doubts

SHOWN = OutcomeCandidate("m-1", "T", 0.9, 3, 0, ["Andelen är 80 procent."], 1, value=80.0)


def reasons(*candidates: OutcomeCandidate) -> list[str]:
    found = outcome_doubts(candidates, 2022)
    return [doubt.reason for doubt in found.get(("m-1", "T"), [])]


def test_one_result_of_the_report_s_year_is_in_no_doubt() -> None:
    assert reasons(SHOWN) == [] and reasons(replace(SHOWN, year=2022)) == []


def test_another_figure_of_the_measure_is_a_doubt_and_the_same_again_is_none() -> None:
    further = replace(SHOWN, is_primary=False, sentences=["Den är 70 procent."])
    assert reasons(SHOWN, further) == []
    assert reasons(SHOWN, replace(further, value=70.0)) == ["outcome_of_several"]
    assert reasons(SHOWN, replace(further, value=70.0, sex="K")) == []


def test_a_result_of_another_year_is_a_doubt() -> None:
    assert reasons(replace(SHOWN, year=2021)) == ["outcome_of_other_year"]


@pytest.mark.parametrize(
    ("change", "before", "doubted"),
    [
        ("increased", 90.0, True), ("increased", 70.0, False), ("decreased", 70.0, True),
        ("decreased", 90.0, False), ("unchanged", 79.0, False), (None, 90.0, False),
        ("increased", None, False), ("increased", 80.0, False),
    ],
)  # fmt: skip
def test_figures_that_differ_the_other_way_than_the_words_say_are_a_doubt(
    change: str | None, before: float | None, doubted: bool
) -> None:
    found = reasons(replace(SHOWN, change=change, previous_value=before))
    assert found == (["outcome_compared"] if doubted else [])


def test_a_status_without_a_figure_is_in_no_doubt() -> None:
    assert reasons(replace(SHOWN, value=None, status="met", year=2021)) == []


@pytest.mark.parametrize(
    ("target", "text", "doubts"),
    [
        ("90 %", "Andelen nöjda gäster var 85 procent.", ()),
        ("90 %", "Andelen nöjda gäster var 39 procent.", ("outcome_far",)),
        ("90 %", "Andelen nöjda gäster var 41 procent.", ()),
        (
            "90 %",
            "Andelen nöjda gäster var 85 procent, jämfört med 31 procent 2021.",
            ("outcome_far",),
        ),
        ("Öka", "Andelen nöjda gäster var 9 procent.", ()),
    ],
)
def test_a_share_far_from_its_target_or_the_year_before_is_a_doubt(
    target: str, text: str, doubts: tuple[str, ...]
) -> None:
    got = read(rows(("Andel nöjda gäster", "T", target)), text)
    assert got.records[0].review == doubts
    assert got.outcomes[0].review == doubts
    assert [i.kind for i in got.issues if i.kind == "outcome_contested"] == [
        "outcome_contested" for _ in doubts
    ]


@pytest.mark.parametrize(
    ("target", "text", "doubts"),
    [
        ("200", "Antalet gäster på festen var 900.", ()),
        ("200", "Antalet gäster på festen var 1 100.", ("outcome_far",)),
        ("200", "Antalet gäster på festen var 39.", ("outcome_far",)),
        ("0", "Antalet gäster på festen var 39.", ()),
    ],
)
def test_a_count_many_times_its_target_is_a_doubt(
    target: str, text: str, doubts: tuple[str, ...]
) -> None:
    assert read(rows(("Antal gäster på festen", "T", target)), text).records[0].review == doubts


def test_a_result_in_another_unit_than_the_target_is_a_doubt() -> None:
    got = read(
        rows(("Kostnad för festen", "T", "Högst 40 tkr")), "Kostnaden för festen var 2 mnkr."
    )
    assert got.records[0].review == ("outcome_unit_differs",)
