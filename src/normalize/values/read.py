"""Reads cells of results, forecasts and baselines: what figure they give, and what stays text.

A figure is taken only where the cell can be read in one way. Everything else is null: a cell that
says that there is no figure (``..``), words, and, with a doubt that says why, figures that nothing
puts in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.normalize.values.figures import CellFigures, FigureScanner, PrintedFigure
from styrmatt.normalize.values.periods import Period, PeriodReader
from styrmatt.records import UNITS
from styrmatt.swedish.numbers import has_unreadable_figure
from styrmatt.vocabulary import Vocabulary

_FOOTNOTE: Final = re.compile(r"(?<=\S)(?:\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]+)$")
_WHOLE: Final = 100.0


@dataclass(frozen=True)
class ReadValue:
    """A figure that a cell gives."""

    value: float
    unit: str | None = None
    """Its printed unit, one of the listed ones."""
    has_unit: bool = False
    """Whether a unit is printed, listed or not."""
    sex: str | None = None
    period: Period | None = None
    previous_value: float | None = None
    """The figure behind it in brackets: that of the year before."""
    previous_year: int | None = None


@dataclass(frozen=True)
class CellReading:
    """What a cell of results says."""

    values: tuple[ReadValue, ...] = ()
    doubt: str | None = None
    """Why its figures could not be read."""
    period: Period | None = None
    """The period that the cell names without a figure."""


class ValueReader:
    """Reads the cells of one report."""

    def __init__(self, vocabulary: Vocabulary, *, dots_group: bool = False) -> None:
        """``dots_group`` says that a dot before three digits groups thousands in the report."""
        self.periods = PeriodReader(vocabulary)
        self._scanner = FigureScanner(vocabulary, self.periods, dots_group=dots_group)
        self._none = vocabulary.values.nothing

    def read(self, text: str | None) -> CellReading:
        """What a clean cell gives; no values and no doubt where it holds no figure."""
        text = (text or "").strip()
        if not text or self.says_none(text):
            return CellReading()
        if has_unreadable_figure(text):
            return CellReading(doubt="characters of it cannot be read")
        if not any(char.isdecimal() for char in text):
            return CellReading()
        if (period := self.periods.read(text)) is not None and not _is_bare_year(period):
            return CellReading(period=period)
        return _reading(self._scanner.scan(text))

    def says_none(self, text: str) -> bool:
        """Whether a cell says that there is no figure: ``-``, ``..``, ``i.u.``."""
        folded = text.strip().casefold()
        return folded in self._none or _FOOTNOTE.sub("", folded).strip() in self._none


def _reading(found: CellFigures) -> CellReading:
    main = [figure for figure in found.figures if not figure.in_brackets]
    aside = [figure for figure in found.figures if figure.in_brackets]
    if len(main) == 1 and main[0].sex is None and any(figure.sex for figure in aside):
        return _total_of_sexes(main[0], aside)
    if not main and len(aside) == 1:  # an amount below zero, or all of the cell in brackets
        return CellReading(doubt=f"{aside[0].text} stands in brackets")
    doubt = _doubt(found, main)
    if doubt:
        return CellReading(doubt=doubt)
    if not main:
        return CellReading(period=found.periods[0] if found.periods else None)
    previous = _previous(main, aside)
    return CellReading(tuple(_value(figure, previous) for figure in main))


def _doubt(found: CellFigures, main: Sequence[PrintedFigure]) -> str | None:
    """Why the figures outside of brackets are no values; None where they are."""
    unread = [figure.text for figure in found.figures if figure.value is None]
    if unread:
        return f"{', '.join(unread)} can be read in more than one way"
    bounds = [figure.text for figure in main if figure.bound]
    if bounds:
        return f"{', '.join(bounds)} is a limit and no result"
    keys = [(figure.sex, figure.period.text if figure.period else None) for figure in main]
    if len(set(keys)) < len(keys):
        return f"nothing says which of {', '.join(figure.text for figure in main)} it is"
    if len(main) > 1 and (None, None) in keys:
        return f"nothing says what {', '.join(figure.text for figure in main)} are of"
    unexplained = [f.text for f in main if not f.explained and f.unit is None and not f.rank]
    if unexplained:
        return f"nothing says that {', '.join(unexplained)} is the result"
    if found.remarks and not main:
        return "its figures stand in brackets among words"
    return None


def _total_of_sexes(total: PrintedFigure, aside: Sequence[PrintedFigure]) -> CellReading:
    """The reading of a figure of all with those of each sex in brackets: ``9 % (K 8, M 10)``."""
    every = [total, *aside]
    sexes = [figure.sex for figure in aside]
    plain = all(f.value is not None and not f.bound and f.explained for f in every)
    if not plain or not set(sexes) <= {"K", "M"} or len(set(sexes)) < len(sexes):
        return CellReading(doubt="nothing says whose the figures in brackets are")
    return CellReading(tuple(_value(figure, None) for figure in every))


def _previous(
    main: Sequence[PrintedFigure], aside: Sequence[PrintedFigure]
) -> PrintedFigure | None:
    """The figure in brackets that is of the year before: ``+26,3 mkr (-7,6)``."""
    if len(main) != 1 or len(aside) != 1 or aside[0].bound:
        return None
    one, other = main[0], aside[0]
    if other.unit not in (None, one.unit) or other.of or one.of:
        return None
    beyond = one.unit == "percent" and abs(one.value or 0) <= _WHOLE < abs(other.value or 0)
    return None if beyond else other  # a share of more than a hundred percent counts answers


def _value(figure: PrintedFigure, previous: PrintedFigure | None) -> ReadValue:
    assert figure.value is not None
    unit = "count" if figure.unit is None and (figure.counts or figure.of) else figure.unit
    of_before = previous.period.year if previous and previous.period else None
    return ReadValue(
        figure.value,
        unit if unit in UNITS else None,
        has_unit=unit is not None or figure.rank,
        sex=figure.sex,
        period=figure.period,
        previous_value=previous.value if previous else None,
        previous_year=of_before,
    )


def _is_bare_year(period: Period) -> bool:
    """Whether it may be a figure of four digits as well as a year."""
    return period.text.isdecimal()
