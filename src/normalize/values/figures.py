"""The figures that a cell of results prints, each with its unit, sex, period and what else it says.

The cell is gone through from left to right. What stands between figures is a unit, a period, a sex,
a word that changes nothing, or a word that nothing explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from styrmatt.normalize.values.periods import Period, PeriodReader
from styrmatt.swedish.numbers import NUMBER, parse_number
from styrmatt.vocabulary import UnitWords, Vocabulary

_SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NO_EXPONENT: Final = r"(?<!\bm)(?<!\dm)(?<!\b[cdkN]m)(?<!\d[cdkN]m)"
_FOOTNOTE: Final = re.compile(rf"\s?(?:\*{{1,3}}|{_NO_EXPONENT}[¹²³⁴⁵⁶⁷⁸⁹]+|\s\d\))(?=\s|$)")
"""A footnote mark behind a figure or its unit: ``82,5*``, ``82,5 1)``; not that of ``m²``."""
_DASHES: Final = "-–−"
_RANGE: Final = re.compile(rf"\s?[{_DASHES}]\s?(?=\d)")
_SIGN_APART: Final = re.compile(rf"(?:^|(?<=[(\[]))([{_DASHES}+])\s(?=\d)")
"""The sign of a cell, or of a bracket in it, with a space behind it: ``- 13,6 % (- 12,0 %)``."""
_BY: Final = re.compile(r"\s*(?:\d[\d\s.]*)?[^\W\d_][\w./-]*\.?(?:\s?\d+[–-]\d+\s?[^\W\d_]+)?")
"""What a figure is counted by, behind the sign of a rate: ``/elev``, ``/100 000 inv 0-20 år``."""
_WORD: Final = re.compile(r"[^\W\d_](?:\w|[.:-](?=\w))*\.?|\d\S*|\w+")
_LEAD: Final = re.compile(r"[:=.]?\s*")
"""What may stand between the word for a sex and its figure."""
_UNITS: Final = (
    "scales", "unlisted", "count", "index", "days", "kr", "tkr", "mnkr", "per_1000", "percent",
    "percentage_points",
)  # fmt: skip
"""Where two units have a phrase in common, the later one here has it."""


@dataclass
class PrintedFigure:
    """A figure of a cell."""

    value: float | None
    """None where it can be read in two ways."""
    text: str
    unit: str | None = None
    """Its printed unit; ``unlisted`` where the list of units lacks it."""
    sex: str | None = None
    period: Period | None = None
    in_brackets: bool = False
    of: bool = False
    """Whether behind it stands of how many it is: ``9 av 14``."""
    bound: bool = False
    """Whether it is a limit: ``< 5``, or one end of a range."""
    rank: bool = False
    """Whether it is a place in a list: ``plats 6``."""
    counts: bool = False
    """Whether a word behind it says what is counted."""
    explained: bool = True
    """Whether nothing but words that change nothing stand before it."""


@dataclass
class CellFigures:
    """All figures of a cell, and whether words stand in it that nothing explains."""

    figures: list[PrintedFigure] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    """Periods that belong to no figure."""
    remarks: int = 0
    """Figures in brackets among words: ``(n = 124)``. They are no results."""


class FigureScanner:
    """Goes through cells by the words of one vocabulary."""

    def __init__(
        self, vocabulary: Vocabulary, periods: PeriodReader, *, dots_group: bool = False
    ) -> None:
        """``dots_group`` says that a dot before three digits groups thousands in the report."""
        self.dots_group = dots_group
        values, units = vocabulary.values, vocabulary.units
        self._periods = periods
        self._unit_of = dict(_unit_phrases(units))
        self._sex_of = {
            word.casefold(): code for code, words in vocabulary.sexes.items() for word in words
        }
        self._unit = _phrases(tuple(self._unit_of))
        self._sex = _phrases(tuple(self._sex_of))
        self._about = _phrases(values.about)
        self._bound = _phrases(values.bounds)
        self._rank = _phrases(values.ranks)
        self._of = _phrases(values.of)
        self._rate = _phrases(values.rates)
        self._thousands = values.thousands

    def scan(self, text: str) -> CellFigures:
        """The figures of a clean cell."""
        return _Scan(self, _SIGN_APART.sub(r"\1", _without_footnotes(text.strip()))).run()


class _Scan:
    """One cell on its way from left to right."""

    def __init__(self, words: FigureScanner, text: str) -> None:
        self._words = words
        self._text = text
        self._found = CellFigures()
        self._at = 0
        self._waiting = PrintedFigure(None, "")
        """What has been said of the next figure."""
        self._open = False
        """Whether the place is within brackets."""
        self._since: list[str] = []
        """Kinds of what stands behind the last figure."""
        self._sexes_first: bool | None = None
        self._years_first: bool | None = None
        self._bracket_starts = (0, 0)

    def run(self) -> CellFigures:
        while self._at < len(self._text):
            if self._text[self._at].isspace() or self._text[self._at] in _SUPERSCRIPTS:
                self._at += 1
                continue
            self._step()
        if self._waiting.period is not None:
            self._found.periods.append(self._waiting.period)
        _share_units(self._found.figures)
        return self._found

    @property
    def _last(self) -> PrintedFigure | None:
        return self._found.figures[-1] if self._found.figures else None

    def _step(self) -> None:
        text, at, words = self._text, self._at, self._words
        if period := self._period():
            self._at = period.end
            self._take_period(period)
        elif match := self._number():
            self._take_figure(match)
        elif self._adjoins() and (match := words._rate.match(text, at)):
            self._take_rate(match)
        elif self._adjoins() and (match := words._of.match(text, at)):
            self._take_denominator(match)
        elif match := words._bound.match(text, at):
            self._take_bound(match)
        elif match := words._unit.match(text, at):
            self._take_unit(match)
        elif (match := words._sex.match(text, at)) and self._is_unit_letter(match):
            self._take_unit_letter(match)
        elif match := words._sex.match(text, at):
            self._take_sex(words._sex_of[match.group().casefold()], match.end())
        elif match := words._rank.match(text, at):
            self._waiting.rank = True
            self._go(match.end(), "rank")
        elif match := words._about.match(text, at):
            self._go(match.end(), "about")
        elif text[at] in "([":
            self._open, self._bracket_starts = (
                True,
                (len(self._found.figures), len(self._found.words)),
            )
            self._go(at + 1, "bracket")
        elif text[at] in ")]":
            self._close()
        elif match := _WORD.match(text, at):
            self._take_word(match)
        else:
            self._go(at + 1, "sign")

    def _go(self, end: int, kind: str) -> None:
        self._at = end
        self._since.append(kind)

    def _adjoins(self) -> bool:
        """Whether nothing but units stand between the last figure and this place."""
        return self._last is not None and set(self._since) <= {"unit", "noun"}

    # -- figures ------------------------------------------------------------------------------

    def _number(self) -> re.Match[str] | None:
        text, at = self._text, self._at
        match = NUMBER.match(text, at)
        if match is None or (at and text[at - 1].isalnum() and self._since[-1:] != ["unit"]):
            return None
        if not text[at].isdecimal() and self._adjoins() and at and not text[at - 1].isspace():
            return None  # the dash of a range
        rest = text[match.end() :].lstrip(_SUPERSCRIPTS)
        if rest[:1].isalpha() and not self._words._unit.match(text, match.end()):
            return None
        if re.match(r"[.,:]\d", rest):
            return None
        return match

    def _take_figure(self, match: re.Match[str]) -> None:
        figure = self._waiting
        figure.text = match.group()
        figure.value = parse_number(figure.text, dots_group=self._words.dots_group)
        figure.in_brackets = self._open
        before = self._last
        if before is not None and self._since == ["range"]:
            before.bound = figure.bound = True
        figure.explained = not {"word"} & set(self._since)
        self._found.figures.append(figure)
        self._waiting = PrintedFigure(None, "")
        self._at, self._since = match.end(), []
        if ranged := _RANGE.match(self._text, self._at):
            self._go(ranged.end(), "range")

    def _take_rate(self, match: re.Match[str]) -> None:
        by = _BY.match(self._text, match.end())
        if by is None:
            self._go(match.end(), "sign")
            return
        last = self._last
        assert last is not None
        rate = self._text[self._at : by.end()]
        if any(pattern.search(rate) for pattern in self._words._thousands):
            last.unit = "per_1000"
        elif last.unit in (None, "count"):
            last.unit = "unlisted"
        self._go(by.end(), "unit")

    def _take_denominator(self, match: re.Match[str]) -> None:
        behind = (
            match.end() + len(self._text[match.end() :]) - len(self._text[match.end() :].lstrip())
        )
        number = NUMBER.match(self._text, behind)
        last = self._last
        if number is None or last is None:
            self._found.words.append(match.group())
            self._go(match.end(), "word")
            return
        last.of = not last.rank
        self._go(number.end(), "unit")

    def _take_bound(self, match: re.Match[str]) -> None:
        behind = match.group()[0].isalpha() and self._adjoins()
        if behind and self._last is not None and not NUMBER.match(self._text, match.end() + 1):
            self._last.bound = True
        else:
            self._waiting.bound = True
        self._go(match.end(), "about")

    # -- what stands beside them --------------------------------------------------------------

    def _take_unit(self, match: re.Match[str]) -> None:
        phrase = " ".join(match.group().casefold().split())
        last = self._last
        if not self._adjoins() or last is None:
            self._waiting.unit = self._waiting.unit or self._words._unit_of[phrase]
            self._go(match.end(), "about")
            return
        if last.unit is None:
            last.unit = self._words._unit_of[phrase]
        self._go(match.end(), "unit")
        ranged = _RANGE.match(self._text, self._at)
        if ranged and (phrase == "%" or ranged.group().strip() != ranged.group()):
            self._at, self._since = ranged.end(), ["range"]

    def _is_unit_letter(self, match: re.Match[str]) -> bool:
        """Whether a letter for a sex is a unit: small, behind a figure, in a cell of no other sex.

        "3 262 m" are metres, "12 t" tonnes; of two sexes each has its letter.
        """
        letter = match.group()
        if len(letter) > 1 or not letter.islower() or not self._adjoins():
            return False
        found = {word.casefold() for word in self._words._sex.findall(self._text)}
        return len({self._words._sex_of[word] for word in found}) == 1

    def _take_unit_letter(self, match: re.Match[str]) -> None:
        if self._last is not None and self._last.unit is None:
            self._last.unit = "unlisted"
        self._go(match.end(), "unit")

    def _take_sex(self, code: str, end: int) -> None:
        if self._open and self._leads(end):
            self._waiting.sex = code
            self._go(end, "sex")
            return
        if self._sexes_first is None:
            self._sexes_first = not self._found.figures
        if self._sexes_first or self._last is None:
            self._waiting.sex = code
        elif self._last.sex is None:
            self._last.sex = code
        self._go(end, "sex")

    def _leads(self, end: int) -> bool:
        """Whether a figure, and no year, follows at once: ``9,1 % (K 8,8, M 10,5; 2021: 8,9)``."""
        behind = _LEAD.match(self._text, end)
        at = behind.end() if behind else end
        found = NUMBER.match(self._text, at)
        return found is not None and self._words._periods.match(self._text, at) is None

    def _period(self) -> Period | None:
        if self._at and self._text[self._at - 1].isalnum():
            return None
        period = self._words._periods.match(self._text, self._at)
        if period is None or period.text.strip() == self._text.strip():
            return None
        behind = self._text[period.end :].lstrip()
        if period.text.isdecimal() and self._words._unit.match(behind):
            return None  # 2 000 of something, printed without a space
        return period

    def _take_period(self, period: Period) -> None:
        self._since.append("period")
        if self._years_first is None:
            self._years_first = not self._found.figures
        leads = self._open and self._leads(period.end)
        if leads or self._years_first or self._last is None:
            self._waiting.period = period
        elif self._last.period is None:
            self._last.period = period
        else:
            self._found.periods.append(period)

    def _take_word(self, match: re.Match[str]) -> None:
        small = match.group()[0].islower() or match.group().isupper()
        if self._adjoins() and small and not self._open and self._last is not None:
            self._last.counts = True
            self._go(match.end(), "noun")
            return
        self._found.words.append(match.group())
        self._go(match.end(), "word")

    def _close(self) -> None:
        figures, words = self._bracket_starts
        if self._open and len(self._found.words) > words:
            self._found.remarks += len(self._found.figures) - figures
            del self._found.figures[figures:]
            del self._found.words[words:]
        self._open = False
        self._go(self._at + 1, "bracket")


def _without_footnotes(text: str) -> str:
    """The text without footnote marks; the end of a bracket that was opened is none: ``(M 9)``."""

    def kept(match: re.Match[str]) -> str:
        before = text[: match.start()]
        is_end = match[0].endswith(")") and before.count("(") > before.count(")")
        return match[0] if is_end else ""

    return _FOOTNOTE.sub(kept, text)


def _share_units(figures: list[PrintedFigure]) -> None:
    """Give a figure without a unit that of the next one: ``64 / 51 %``."""
    for first, second in zip(reversed(figures[:-1]), reversed(figures[1:]), strict=True):
        if first.unit is None and not first.counts and not second.in_brackets:
            first.unit = second.unit


def _unit_phrases(units: UnitWords) -> Iterable[tuple[str, str]]:
    """Each phrase for a unit, case folded, with the unit that it stands for."""
    for unit in _UNITS:
        for phrase in getattr(units, unit):
            yield " ".join(phrase.casefold().split()), unit


@lru_cache
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for the longest of the phrases; no letter may adjoin where one begins or ends."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(_bounded, ordered)) or r"(?!)", re.IGNORECASE)


def _bounded(phrase: str) -> str:
    body = r"\s+".join(map(re.escape, phrase.split()))
    start = r"(?<![^\W\d_])" if phrase[0].isalpha() else ""
    end = r"(?![^\W\d_])" if phrase[-1].isalpha() else ""
    return f"{start}{body}{end}"
