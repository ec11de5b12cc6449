"""A result or status found in the narrative, before it becomes a row of ``outcomes``."""

from __future__ import annotations

from dataclasses import dataclass

from styrmatt.printed import Bbox


@dataclass
class OutcomeCandidate:
    """A result or status of one measure and sex, with the sentences that state it."""

    measure_id: str
    sex: str
    """The total ("T"), women ("K") or men ("M")."""
    score: float
    """How surely it is the measure's, 0 to 1."""
    page: int
    order: int
    """Its place among all candidates of the report, in reading order."""
    sentences: list[str]
    section: int
    """The number of its section in the report."""
    value: float | None = None
    unit: str | None = None
    year: int | None = None
    period: str | None = None
    previous_value: float | None = None
    previous_year: int | None = None
    change: str | None = None
    """How it changed: "increased", "decreased" or "unchanged"."""
    change_amount: float | None = None
    status: str | None = None
    better: str | None = None
    """Which way is better, "higher" or "lower", where a sentence says so."""
    in_words: bool = False
    """Whether it states a result in words that has no value: "nearly half of"."""
    is_sum: bool = True
    """Whether its total is the sum of women and men, where its unit is a count: not of an index."""
    bbox: Bbox | None = None
    """The box of the sentence that states it, on the page where it begins."""
    is_primary: bool = True
    """Whether records show it; of several results of one measure and sex one is."""

    def add_sentence(self, sentence: str) -> None:
        """Add a sentence that says more about it, unless it is there already."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)
