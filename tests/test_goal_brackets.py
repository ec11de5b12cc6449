"""Perspectives in brackets behind goals, and other brackets there."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from styrmatt.extract.tables.goal_brackets import without_perspectives
from styrmatt.printed import Location, Row

PERSPECTIVES = ("Medborgare", "Medarbetare", "Ekonomi")


def parted(*goals: str | None, perspective: str | None = None) -> list[tuple[str | None, ...]]:
    """Goals and perspectives of rows below goals as printed."""
    place = Location(1, 1, (0, 0, 1, 1))
    rows = [
        Row(1, n, MappingProxyType({}), place, perspective, goal) for n, goal in enumerate(goals)
    ]
    found = without_perspectives(rows, PERSPECTIVES)
    return [(row.goal_heading, row.perspective_heading) for row in found]


def test_words_for_perspectives_behind_all_goals_are_these() -> None:
    goals = ("Fler vill bo här (Medborgare)", "Vi mår bra\ni Tallmo (Medarbetare)", "Rent (Miljö)")
    assert parted(*goals, goals[0], None) == [
        ("Fler vill bo här", "Medborgare"),
        ("Vi mår bra\ni Tallmo", "Medarbetare"),
        ("Rent", "Miljö"),
        ("Fler vill bo här", "Medborgare"),
        (None, None),
    ]


def test_a_perspective_that_a_heading_names_stays() -> None:
    found = parted("Fler här (Medborgare)", "Vi mår bra (Ekonomi)", perspective="Tillväxt")
    assert [perspective for _, perspective in found] == ["Tillväxt"] * 2


@pytest.mark.parametrize(
    "goals",
    [
        ("Fler vill bo här (Medborgare)",),
        ("Fler vill bo här (Medborgare)", "Vi mår bra"),
        ("Fler vill bo här (KS)", "Vi mår bra (BUN)"),
        ("Fler vill bo här (medborgare)", "Vi mår bra (medarbetare)"),
        ("Fler vill bo här (Kommunstyrelsen)", "Vi mår bra (Socialnämnden)"),
        ("Fler vill bo här (Medborgare)", "Vi mår bra (Vård)", "Rent (Miljö)"),
        ("Mål 2030 (2031)", "Mål (Ekonomi 2)"),
        ("(Medborgare)", "(Ekonomi)"),
    ],
)
def test_other_brackets_are_part_of_the_goals(goals: tuple[str, ...]) -> None:
    assert parted(*goals) == [(goal, None) for goal in goals]
