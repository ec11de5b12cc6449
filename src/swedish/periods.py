"""Reads periods of time from titles: a year, a span of months, a day, a third of a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from styrmatt.swedish.identity_words import PeriodWords, alternatives

_YEAR: Final = r"(?:19[7-9][0-9]|20[0-9][0-9])"
_DASH: Final = r"[-–—/]"
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_MONTHS: Final = 12
_FIRST_DAY: Final = "01-01"
_LAST_DAY: Final = "12-31"
_LAST_OF_MONTH: Final = "31"
"""Stands for the last day of any month: who makes a date of it takes the last that there is."""

PeriodForm = Literal["range", "part", "day", "month", "years", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """A period in a text. Days are ``MM-DD``; day 31 is the last day of any month.

    ``start`` and ``end`` are null for a year, ``year`` where none stands beside it.
    """

    form: PeriodForm
    first: int
    """Where it begins in the text."""
    last: int
    """Where it ends."""
    year: int | None = None
    start: str | None = None
    end: str | None = None
    until: bool = False
    """Whether a word before a day says that the period ends on it."""
    other_year: int | None = None
    """The first of two years: 2022/2023."""

    @property
    def is_whole_year(self) -> bool:
        """Whether it goes from the first to the last day of a year."""
        return (self.start, self.end) in ((None, None), (_FIRST_DAY, _LAST_DAY))

    @property
    def is_bare_month(self) -> bool:
        """Whether it is a month alone, which may be the end of a period or the day of printing."""
        return self.form == "month" and not self.until


class PeriodReader:
    """Finds periods by the words of a language."""

    def __init__(self, words: PeriodWords) -> None:
        self._months = {
            name.casefold(): number
            for number, names in enumerate(words.months, 1)
            for name in names
        }
        self._part_months = {word.casefold(): months for word, months in words.parts.items()}
        self._letter_months = {word.casefold(): months for word, months in words.letters.items()}
        self._ordinals = {word.casefold(): number for word, number in words.ordinals.items()}
        month = rf"(?:{alternatives(self._months)})(?![^\W\d_])\.?"
        day = r"(?:3[01]|[12][0-9]|0?[1-9])(?::?[ae](?!\w))?"
        article = rf"(?:(?:{alternatives(words.before_day)}) )?"
        until = rf"(?P<until>(?:{alternatives(words.until)}) )?{article}"
        to = rf"(?:\s?{_DASH}\s?|\s(?:{alternatives(words.to)})\s)"
        iso = r"-(?P<m{0}>0[1-9]|1[0-2])(?:-(?P<d{0}>3[01]|[12][0-9]|0[1-9]))?"
        digits = r"(?P<m{0}>0[1-9]|1[0-2])(?P<d{0}>3[01]|[12][0-9]|0[1-9])"
        short_year = r"(?:20)?[0-9][0-9]"
        number = r"(?P<n>[1-4]|I{1,3}|IV)(?!\w)"
        year = rf"(?:[ ,/:–-]+(?P<y>{_YEAR})\b)?"
        forms: tuple[tuple[PeriodForm, str], ...] = (
            ("range", rf"(?P<y1>{_YEAR}){iso.format(1)}{to}(?P<y>{_YEAR}){iso.format(2)}"),
            (
                "range",
                rf"(?P<y1>{short_year}){digits.format(1)}{to}"
                rf"(?P<y>{short_year}){digits.format(2)}",
            ),
            (
                "range",
                rf"(?:(?P<d1>{day}) )?(?P<m1>{month})(?:\s(?P<y1>{_YEAR}))?{to}"
                rf"{article}(?:(?P<d2>{day}) )?(?P<m2>{month}){year}",
            ),
            ("day", rf"{until}(?P<d2>{day}) (?P<m2>{month}){year}"),
            ("day", rf"{until}(?P<y>{_YEAR})-(?P<m2>0[1-9]|1[0-2])-(?P<d2>3[01]|[12][0-9]|0[1-9])"),
            ("month", rf"{until}(?P<m2>{month}){year}"),
            ("month", rf"{until}(?P<y>{_YEAR})-(?P<m2>0[1-9]|1[0-2])"),
            (
                "part",
                rf"(?P<part>{alternatives(self._part_months)})\w*\s+(?:nr\.?\s*)?{number}{year}",
            ),
            (
                "part",
                rf"(?P<ordinal>{alternatives(self._ordinals)}) "
                rf"(?P<part>{alternatives(self._part_months)})\w*{year}",
            ),
            ("part", rf"(?P<letter>{alternatives(self._letter_months)})\s?{number}{year}"),
            ("years", rf"(?P<y1>{_YEAR})\s?{_DASH}\s?(?P<y>(?:20)?[0-9][0-9])"),
            ("year", rf"(?P<y>{_YEAR})"),
        )
        self._forms = [
            (form, re.compile(rf"(?<![\w/.:])(?:{pattern})(?![\w]|[-/][0-9])", re.IGNORECASE))
            for form, pattern in forms
        ]

    def find(self, text: str) -> list[Period]:
        """The periods in a text, in its order; what is part of a longer one is none."""
        found: list[Period] = []
        taken = bytearray(len(text))
        for form, pattern in self._forms:
            for match in pattern.finditer(text):
                if not any(taken[match.start() : match.end()]):
                    periods = list(self._period(form, match))
                    found += periods
                    if periods:
                        length = match.end() - match.start()
                        taken[match.start() : match.end()] = b"\1" * length
        return sorted(found, key=lambda period: period.first)

    def _period(self, form: PeriodForm, match: re.Match[str]) -> Iterator[Period]:
        groups = match.groupdict()
        year = _full_year(groups.get("y") or groups.get("y1"))
        first_year = _full_year(groups.get("y1"))
        start: str | None = None
        end: str | None = None
        if form == "range":
            first, last = self._month(groups["m1"]), self._month(groups["m2"])
            if (first_year or year) == year and first > last:
                return
            start = f"{first:02d}-{_two_digits(groups['d1']) or '01'}"
            end = f"{last:02d}-{_two_digits(groups['d2']) or _LAST_OF_MONTH}"
        elif form in ("day", "month"):
            start = _FIRST_DAY
            end = (
                f"{self._month(groups['m2']):02d}-{_two_digits(groups.get('d2')) or _LAST_OF_MONTH}"
            )
        elif form == "part":
            months = self._part_length(groups)
            last = months * self._number(groups)
            if last > _MONTHS:
                return
            start, end = _FIRST_DAY, f"{last:02d}-{_LAST_OF_MONTH}"
        elif form == "years" and (first_year is None or year is None or year != first_year + 1):
            return
        yield Period(
            form,
            match.start(),
            match.end(),
            year,
            start,
            end,
            bool(groups.get("until")),
            first_year if first_year != year else None,
        )

    def _month(self, text: str) -> int:
        return int(text) if text.isdecimal() else self._months[text.rstrip(".").casefold()]

    def _part_length(self, groups: dict[str, str]) -> int:
        if groups.get("letter"):
            return self._letter_months[groups["letter"].casefold()]
        return self._part_months[groups["part"].casefold()]

    def _number(self, groups: dict[str, str]) -> int:
        if groups.get("ordinal"):
            return self._ordinals[groups["ordinal"].casefold()]
        number = groups["n"]
        return int(number) if number.isdecimal() else _ROMAN[number.upper()]


def _full_year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _two_digits(day: str | None) -> str | None:
    return f"{int(re.sub(r'[^0-9]', '', day)):02d}" if day else None
