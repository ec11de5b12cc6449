"""A result or status that was found, on its way to becoming a row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class OutcomeCandidate:
    """A result or status of one measure and sex, with the sentences that state it."""

    measure_id: str
    sex: str
    score: float
    page: int
    order: int
    text: list[str]
    section: int
    value: float | None = None
    unit: str | None = None
    year: int | None = None
    period: str | None = None
    previous_value: float | None = None
    previous_year: int | None = None
    change: str | None = None
    amount: float | None = None
    status: str | None = None
    better: str | None = None
    best: bool = True
    """Whether it is the one of its measure and sex that a record shows."""

    def add(self, sentence: str) -> None:
        """Note a further sentence that tells of it."""
        if sentence not in self.text:
            self.text.append(sentence)
