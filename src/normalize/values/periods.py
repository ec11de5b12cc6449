"""Years and parts of years as cells and headers print them: ``Dec 2022``, ``T1``, ``2021/2022``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from styrmatt.vocabulary import Vocabulary

_MONTHS: Final = 12
_A_YEAR: Final = r"(?:19[5-9]|20[0-6])\d"
_YEAR: Final = re.compile(
    rf"(?<![\d.,])(?P<first>{_A_YEAR})"
    rf"(?:\s?/\s?(?P<short>\d\d)(?!\d)|\s?[/–-]\s?(?P<last>{_A_YEAR}))?(?!\d|[.,]\d)"
)
"""A year, or two with a slash or a dash between: a school year, or the years of a mean."""
_DAY: Final = re.compile(r"(?P<year>(?:19[5-9]|20[0-6])\d)-(?P<month>[01]\d)(?:-[0-3]\d)?(?!\d)")
_SPACE: Final = re.compile(r"[\s,]*")


@dataclass(frozen=True)
class Period:
    """A year or a part of one, as printed from ``start`` to ``end`` of a text."""

    text: str
    start: int
    end: int
    year: int | None
    """The year; of two the last one; None where a part alone is printed."""
    first_year: int | None
    last_month: float | None
    """The month that it ends with, 1 to 12, for putting parts in order; None where not known."""

    @property
    def label(self) -> str | None:
        """The period as printed; None for a whole year."""
        return None if self.text == str(self.year) else self.text


class PeriodReader:
    """Finds periods by the words of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary.values
        months = [month.casefold().rstrip(".") for month in vocabulary.targets.months]
        self._month_of = dict(_numbered(months))
        name = "|".join(sorted(map(re.escape, self._month_of), key=len, reverse=True))
        self._months = re.compile(
            rf"(?:\d{{1,2}}\s)?(?P<first>{name})\b\.?(?:\s?[-–/]\s?(?:\d{{1,2}}\s)?(?P<last>{name})\b\.?)?",
            re.IGNORECASE,
        )
        self._parts = tuple(zip(words.parts_of_year, words.year_has, strict=True))

    def read(self, text: str | None) -> Period | None:
        """The period that a text is; None where it is none, or holds more."""
        text = (text or "").strip()
        found = self.match(text, 0) if text else None
        return found if found is not None and found.end == len(text) else None

    def find(self, text: str) -> Period | None:
        """The first period in a text; None where it has none."""
        starts = (at for at in range(len(text)) if not at or not text[at - 1].isalnum())
        return next((found for at in starts if (found := self.match(text, at))), None)

    def match(self, text: str, at: int) -> Period | None:
        """The period that begins at a place of a text; None where none does."""
        if day := _DAY.match(text, at):
            return _period(text, at, day.end(), int(day["year"]), None, float(day["month"]))
        part = self._part(text, at)
        if part is not None:
            end, month = part
            year = _YEAR.match(text, _skip(text, end))
            if year is None:
                return _period(text, at, end, None, None, month)
            return _of_years(text, at, year.end(), year, month)
        year = _YEAR.match(text, at)
        if year is None:
            return None
        behind = _skip(text, year.end())
        part = self._part(text, behind) if behind > year.end() else None
        if part is not None and _YEAR.match(text, _skip(text, part[0])) is None:
            return _of_years(text, at, part[0], year, part[1])
        return _of_years(text, at, year.end(), year, None)

    def _part(self, text: str, at: int) -> tuple[int, float | None] | None:
        """Where a part of a year that begins at a place ends, and its last month."""
        if at >= len(text) or (at and text[at - 1].isalnum()):
            return None
        if match := self._months.match(text, at):
            last = (match["last"] or match["first"]).casefold()
            return match.end(), self._month_of[last]
        for pattern, count in self._parts:
            match = pattern.match(text, at)
            if match is not None and not text[match.end() : match.end() + 1].isalnum():
                n = match.groupdict().get("n")
                months = _MONTHS / count
                return match.end(), float(n) * months if n else months
        return None


def _numbered(months: Iterable[str]) -> Iterable[tuple[str, float]]:
    """Each name of a month with its number: full names come first, in order of the year."""
    full: list[str] = []
    for month in months:
        if len(full) < _MONTHS:
            full.append(month)
        number = next(n for n, name in enumerate(full, 1) if name.startswith(month[:3]))
        yield month, float(number)


def _of_years(text: str, at: int, end: int, years: re.Match[str], month: float | None) -> Period:
    first = int(years["first"])
    if years["short"]:
        return _period(text, at, end, first // 100 * 100 + int(years["short"]), first, month)
    if years["last"]:
        return _period(text, at, end, int(years["last"]), first, month)
    return _period(text, at, end, first, None, month)


def _period(
    text: str, at: int, end: int, year: int | None, first_year: int | None, month: float | None
) -> Period:
    return Period(text[at:end].rstrip("., "), at, end, year, first_year, month)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
