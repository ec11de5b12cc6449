"""Reads a report's title among the lines of a cover: its words, kind, year and period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from styrmatt.swedish.identity_words import IdentityWords, alternatives, load_identity_words
from styrmatt.swedish.periods import Period, PeriodReader

_LONGEST_TITLE: Final = 120
"""Characters of the longest line that is taken for a title; lines of running text end in a full
stop or are as long, and a title beside its organisation's and its board's name is shorter."""
_LONGEST_COMPOUND: Final = 60
"""Characters of the longest line in which a compound is a title that may name any report."""
_LINES_TO_PERIOD: Final = 3
"""Lines below a title in which its period may stand: organisation and board come between."""
_SHORT_REST: Final = 2
"""Words beside a period on a line that is about nothing else: "avser" and "perioden"."""
_TO_DAY: Final = 12
"""Characters between a title's word and the day on which its period ends: "per den"; further behind
stands the day of a decision."""
_NUMBER: Final = re.compile(r"\s*(?:nr\.?\s*)?([1-9])(?![\w.,]|\s*(?:%|st\b))")
"""The number of an interim report behind the word for it."""
_NUMBER_OF_YEAR: Final = re.compile(r"(?<![0-9])20[0-9]{2}\s?:\s?([1-9])(?![0-9])")

ReportKind = Literal["annual", "interim"]


@dataclass(frozen=True, slots=True)
class ReportTitle:
    """A title, on the lines from ``first_line`` to ``last_line``.

    ``start`` and ``end`` are days ``MM-DD`` and null for a whole year; ``number`` tells interim
    reports apart that say no period.
    """

    text: str
    first_line: int
    last_line: int
    word: tuple[int, int]
    """Where the word that names the report stands in its line."""
    kind: ReportKind
    years: tuple[int, ...] = ()
    """The years that it may be about; more than one where the title does not say which."""
    start: str | None = None
    end: str | None = None
    number: str | None = None
    is_in_text: bool = False
    """Whether it is part of a sentence that names the report."""

    @property
    def year(self) -> int | None:
        """The year where the title says one alone."""
        return self.years[0] if len(self.years) == 1 else None


class TitleReader:
    """Finds the title among lines."""

    def __init__(self, words: IdentityWords) -> None:
        self._titles = words.titles
        self._periods = PeriodReader(words.periods)
        self._part_word = re.compile(rf"(?:{alternatives(words.periods.parts)})", re.IGNORECASE)
        self._parts = {word.casefold(): n for word, n in words.periods.parts.items()}
        beside = [
            *words.titles.before_year,
            *words.titles.after_year,
            *words.periods.until,
        ]
        leads, until = map(alternatives, (words.titles.handed_to, words.periods.until))
        self._handed_to = re.compile(rf"\b(?!(?:{until})\b)(?:{leads}) \w{{3,}}", re.IGNORECASE)
        self._beside = re.compile(rf"\b(?:{alternatives(beside)})(?!\w)", re.IGNORECASE)

    def read(self, lines: Sequence[str]) -> ReportTitle | None:
        """The first title with a year or a period; else the first without; None without one."""
        found = [self._title(lines, n, line, weak=False) for n, line in enumerate(lines)]
        titles = [title for title in found if title is not None]
        for in_text in (False, True):
            for title in titles:
                if title.is_in_text == in_text and (title.years or title.end):
                    return title
        if titles:
            return titles[0]
        weak = (self._title(lines, n, line, weak=True) for n, line in enumerate(lines))
        return next((one for one in weak if one and (one.years or one.end)), None)

    def is_period(self, line: str) -> bool:
        """Whether a line holds a period and nothing else."""
        return bool(self._period_lines([line]))

    def without_periods(self, text: str) -> str:
        """A text without its periods and the words that lead to them."""
        return self._beside.sub(" ", _without(text, self._periods.find(text)))

    def number_matters(self, line: str, shorter: str) -> bool:
        """Whether a number at a line's end or beginning is part of a title or of a period."""
        if line == shorter:
            return True
        if line.startswith(shorter):
            words = list(self._titles.word.finditer(shorter))
            ends_in_title = bool(words) and words[-1].end() == len(shorter)
            periods = self._periods.find(line)
            return ends_in_title or any(p.last > len(shorter) for p in periods)
        return any(p.first < len(line) - len(shorter) for p in self._periods.find(line))

    def names_day(self, text: str) -> bool:
        """Whether a text names a day, as the lines about a decision do."""
        return any(period.form == "day" for period in self._periods.find(text))

    def years_at_end(self, line: str) -> list[int]:
        """The year at the end of a short line of some words, as names of reports have it."""
        if len(line) > _LONGEST_TITLE or self.names_day(line):
            return []
        return [
            period.year
            for period in self._periods.find(line)
            if period.form == "year" and period.year and 0 < period.first < period.last == len(line)
        ]

    def only_period(self, lines: Sequence[str]) -> Period | None:
        """The period that lines name, each on its own: a part of a year if one does, and a year.

        A month alone may as well be that of printing: :attr:`Period.is_bare_month`.
        """
        found = self._period_lines(lines)
        year = next((period.year for period in found if period.year), None)
        part = next((period for period in found if period.end), None)
        if part is None or part.year:
            return part or next((period for period in found if period.year), None)
        return replace(part, year=year)

    def period_among(self, lines: Sequence[str]) -> Period | None:
        """The one part of a year that lines beside the title name, each on its own."""
        found = [p for p in self._period_lines(lines) if p.end and not p.is_whole_year]
        return found[0] if len({(p.start, p.end) for p in found}) == 1 else None

    def spans_in(self, text: str) -> list[Period]:
        """The parts of a year that running text names by their ends."""
        return [
            period
            for period in self._periods.find(text)
            if (period.form == "range" or period.until) and not period.is_whole_year
        ]

    def _title(
        self, lines: Sequence[str], number: int, line: str, *, weak: bool
    ) -> ReportTitle | None:
        if len(line) > _LONGEST_TITLE or line.endswith("."):
            return None
        words = list(self._titles.word.finditer(line))
        words = [word for word in words if (word.lastgroup == "weak") == weak]
        words = [word for word in words if not weak or self._may_be_title(word, line)]
        if not words:
            return None
        word = words[0]
        joined, last = line, number
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if self._goes_on(line, following):
            joined, last = f"{line} {following}", number + 1
        periods = self._own_periods(joined, word, lines[:number])
        if not periods and not weak:
            below = lines[number + 1 : number + 1 + _LINES_TO_PERIOD]
            above = lines[max(number - 1, 0) : number]
            periods = self._period_lines(below) or self._period_lines(above)
        first = number
        if number and line[:1].islower() and len(lines[number - 1]) <= _LONGEST_TITLE:
            joined, first = f"{lines[number - 1]} {joined}", number - 1
        if _is_in_sentence(line, following, word, self._periods.find(line)):
            joined, first, last = (
                _within_sentence(line, word, self._periods.find(line)),
                number,
                number,
            )
            return self._with_period(joined, (first, last), word, periods, line, in_text=True)
        return self._with_period(joined, (first, last), word, periods, line)

    def _own_periods(self, text: str, word: re.Match[str], above: Sequence[str]) -> list[Period]:
        """The periods of a title's lines, but no month in which a report for a year was handed on.

        Such a month stands behind whom the report goes to, or ends a line of sender and date. So
        does one behind a weak word below the report's own name with the year before.
        """
        found = self._periods.find(text)
        if word.lastgroup == "interim":
            return found
        named = {year for line in above for year in self.years_at_end(line)}
        return [
            one
            for one in found
            if one.form != "month"
            or not (
                self._handed_to.search(text[word.end() : one.first])
                or (word.lastgroup == "annual" and _ends_dateline(text, one))
                or (word.lastgroup == "weak" and one.year is not None and one.year - 1 in named)
            )
        ]

    def _may_be_title(self, word: re.Match[str], line: str) -> bool:
        """Whether a weak word may be a title: a compound only with a capital, in a short line."""
        is_whole = word[0].casefold() in {one.casefold() for one in self._titles.weak}
        return is_whole or (word[0][:1].isupper() and len(line) <= _LONGEST_COMPOUND)

    def _goes_on(self, line: str, following: str) -> bool:
        """Whether the line below belongs to a title: a period, or the end of one."""
        if not following:
            return False
        here = self._periods.find(line)
        both = self._periods.find(f"{line} {following}")
        over_the_break = any(p.first < len(line) < p.last for p in both)
        return over_the_break or (not here and self.is_period(following))

    def _period_lines(self, lines: Sequence[str]) -> list[Period]:
        """The periods on lines that hold nothing else; a day alone is the day of a decision."""
        found: list[Period] = []
        for line in lines:
            periods = [p for p in self._periods.find(line) if p.form != "day" or p.until]
            periods = [p for p in periods if not _ends_dateline(line, p)]
            rest = self._beside.sub(" ", _without(line, periods))
            if periods and len(re.findall(r"[^\W\d_]{2,}", rest)) < _SHORT_REST:
                found += periods
        return found

    def _with_period(
        self,
        text: str,
        span: tuple[int, int],
        word: re.Match[str],
        periods: Sequence[Period],
        line: str,
        *,
        in_text: bool = False,
    ) -> ReportTitle:
        in_line = self._periods.find(line)
        spot = (word.start(), word.end())
        part = self._part_of_year(word, periods, in_line)
        group = word.lastgroup
        number = None
        if group in ("interim", "either"):
            behind = _NUMBER.match(line, word.end()) or _NUMBER_OF_YEAR.search(line)
            number = behind[1] if behind else None
        half = self._half(word, number) if part is None and group == "interim" else None
        start, end = half or ((part.start, part.end) if part else (None, None))
        is_interim = group == "interim" or bool(part) or (group == "either" and number is not None)
        return ReportTitle(
            text=text,
            first_line=span[0],
            last_line=span[1],
            word=spot,
            kind="interim" if is_interim else "annual",
            years=self._years(word, periods, part),
            start=start,
            end=end,
            number=number if end is None else None,
            is_in_text=in_text,
        )

    def _part_of_year(
        self, word: re.Match[str], periods: Sequence[Period], in_line: Sequence[Period]
    ) -> Period | None:
        """The part of a year that the report is about, if it is about one."""
        group = word.lastgroup
        for period in periods:
            if period.end is None:
                continue
            is_in_line = period in in_line
            behind = is_in_line and 0 <= period.first - word.end() <= _TO_DAY
            if period.is_whole_year and group != "interim":
                continue
            if period.form in ("range", "part") or period.until:
                return period
            if period.form == "day" and (behind and group != "annual"):
                return period
            if period.form == "month" and group != "annual":
                return period
        return None

    def _half(self, word: re.Match[str], number: str | None) -> tuple[str, str] | None:
        """The part that the title's own word names: "Halvårsrapport" is the first half."""
        part = self._part_word.match(word[0])
        months = self._parts[part[0].casefold()] if part else 0
        if not part or (number is None and months != 6):
            return None
        last = months * int(number or 1)
        return ("01-01", f"{last:02d}-31") if last <= 12 else None

    def _years(
        self, word: re.Match[str], periods: Sequence[Period], part: Period | None
    ) -> tuple[int, ...]:
        if part is not None and part.year is not None:
            return (part.year,)
        pairs = [p for p in periods if p.form == "years" and p.year]
        if pairs:
            return (pairs[0].year or 0, pairs[0].other_year or 0)
        plain = [p.year for p in periods if p.year and p.form in ("year", "range", "part")]
        months = [p.year for p in periods if p.year and (p.form == "month" or p.until)]
        days = [p.year for p in periods if p.year and (p is part or p.is_whole_year)]
        return tuple(dict.fromkeys(plain or months or days))


def _ends_dateline(line: str, period: Period) -> bool:
    """Whether a month ends a line of place or sender and date: "Ekonomikontoret, april 2022"."""
    before = line[: period.first].rstrip()
    return period.is_bare_month and before.endswith(",") and not line[period.last :].strip()


def _is_in_sentence(
    line: str, following: str, word: re.Match[str], periods: Sequence[Period]
) -> bool:
    """Whether a sentence that goes on below the line names the report in passing."""
    end = max([word.end(), *(period.last for period in periods)])
    return following[:1].islower() and line[end:].strip()[:1].islower()


def _within_sentence(line: str, word: re.Match[str], periods: Sequence[Period]) -> str:
    """The title in a sentence: from the capitals before its word to the end of its period."""
    end = max([word.end(), *(period.last for period in periods)])
    start = word.start()
    for before in reversed(list(re.finditer(r"\S+", line[: word.start()]))):
        if not before[0][0].isupper() or before.start() == 0:
            break
        start = before.start()
    return line[start:end]


def _without(line: str, periods: Sequence[Period]) -> str:
    for period in reversed(periods):
        line = line[: period.first] + " " + line[period.last :]
    return line


@lru_cache
def title_reader(language: str) -> TitleReader:
    """The reader for reports in a language. Raises LayoutFileError."""
    return TitleReader(load_identity_words(language))
