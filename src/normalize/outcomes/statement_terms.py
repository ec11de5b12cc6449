"""The terms of a statement and of what stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class StatementPlace:
    """Where a statement stands: its section, and the terms of headings and sentences around it."""

    goal_id: str | None
    factor_id: str | None
    measure_id: str | None
    heading: tuple[str, ...] = ()
    run_in: tuple[str, ...] = ()
    """Terms of the heading that the paragraph begins with: "Operation: ..."."""
    preceding: tuple[str, ...] = ()
    """Terms of the sentences before."""
    refers_back: bool = False
    """Whether the statement needs what was said before it: "Resultatet var ..."."""


@dataclass(frozen=True)
class StatementTerms:
    """A statement's terms, and the measures' terms similar to those of it and its surroundings.

    Each mapping is from a measure's term to the similarity of the most similar one, times what its
    place is worth.
    """

    terms: tuple[str, ...]
    place: StatementPlace
    with_heading: Mapping[str, float]
    """In the statement and all around it, by the worth of each place."""
    without_heading: Mapping[str, float]
    """The same without the section's heading."""
    stated: Mapping[str, float]
    """In the statement and its run-in heading, at full worth; in all that stands around where the
    statement has no terms of its own."""
    referred: Mapping[str, float]
    """The same with the sentences before where it refers back to them."""
    referred_or_heading: Mapping[str, float]
    """The same with the section's heading."""
    weighted_terms: tuple[tuple[str, float, float], ...]
    """The statement's terms, each with its weight and how far the heading covers it."""
    terms_of_clause: tuple[tuple[str, float, float], ...]
    """Those of the figure's clause, where others stand beside it."""
