"""Which way a result went: by its figures, or by the verbs of the sentences that state it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from styrmatt.audit.check.basis.rounding import agree
from styrmatt.records import Outcome, Record
from styrmatt.swedish.sentences import lowercase_words, words_of
from styrmatt.vocabulary import CheckWords, StatementWords

Movement = Literal["increased", "decreased", "unchanged"]
OPPOSITE: Final[dict[str, Movement]] = {"increased": "decreased", "decreased": "increased"}


def by_figures(value: float | None, previous: float | None) -> Movement | None:
    """How a result changed; None where a figure is missing, or rounding may be all of it."""
    if value is None or previous is None:
        return None
    if value == previous:
        return "unchanged"
    if agree(value, previous):
        return None
    return "increased" if value > previous else "decreased"


def first_clause(sentence: str, words: StatementWords) -> str:
    """A sentence up to its first comma or conjunction: what it says of its subject."""
    found = words_of(sentence)
    ends = [word.start for word in found[1:] if word.after_break or word.low in words.breaks]
    return sentence[: ends[0]] if ends else sentence


def by_words(sentence: str, words: CheckWords) -> Movement | None:
    """How a sentence says that something changed; None where it says nothing, or both ways."""
    said: list[Movement] = []
    low = lowercase_words(sentence)
    lists: Iterable[tuple[Movement, tuple[str, ...]]] = (
        ("increased", words.rises),
        ("decreased", words.falls),
        ("unchanged", words.unmoved),
    )
    for movement, known in lists:
        if any(word in known for word in low):
            said.append(movement)
    return said[0] if len(said) == 1 else None


def of_outcome(outcome: Outcome, words: CheckWords) -> Movement | None:
    """How a stated result changed: by its two figures, else by its words if verbs say so."""
    moved = by_figures(outcome.value, outcome.previous_value)
    if moved is not None:
        return moved
    said = by_words(outcome.text, words)
    return said if said is not None and said == outcome.change else None


def of_record(record: Record) -> Movement | None:
    """How a line's result changed by its two figures, of this year and the year before."""
    years = record.outcome_year, record.previous_year
    if None not in years and years[0] != (years[1] or 0) + 1:
        return None
    return by_figures(record.outcome_value, record.previous_value)
