"""Units that a sentence prints once for several figures, and figures in brackets behind others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from styrmatt.normalize.outcomes.sentence.figure_years import bracketed
from styrmatt.normalize.outcomes.sentence.stated_figure import StatedFigure
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.sentence_marks import Sentence

_LARGEST_SHARE: Final = 100
"""A figure above it is no percentage, whatever stands beside it."""
_BETWEEN: Final = re.compile(r"^\s*\(\s*$")


class UnitSharer:
    """Gives bare figures the unit of another one, with the patterns of one language."""

    def __init__(self, patterns: Patterns) -> None:
        self._alone = patterns.compile([patterns.words.quantities.alone])
        self._percent = re.compile(
            "|".join(map(re.escape, patterns.words.quantities.percent)), re.IGNORECASE
        )
        self._joined = patterns.compile([patterns.words.quantities.joined])

    def share(self, sentence: Sentence, figures: Sequence[StatedFigure]) -> None:
        """Set the unit of bare figures that count nothing.

        ``41 (38) procent``, ``51 respektive 48 procent``: that of the next one. ``28 procent 2022
        och 29,5 2023``, ``52 procent, 54 för kvinnor``: that of the one before.
        """
        text = sentence.text
        for one, two in reversed(list(pairwise(figures))):
            between = text[one.end : two.start]
            if one.unit == "count" and two.unit != "count" and self._joined.search(between):
                self._give(one, two.unit)
        for start, end in bracketed(text):
            inside = [f for f in figures if start <= f.start < end]
            ahead = [f for f in figures if f.end <= start and not text[f.end : start].strip()]
            unit = self._unit_behind(text[end:])
            if ahead and inside and unit:
                for figure in (ahead[-1], *inside):
                    self._give(figure, unit)
        for number, figure in enumerate(figures):
            if figure.unit == "count" and self._alone.search(text[figure.end :]):
                known = [
                    f.unit
                    for f in figures[:number]
                    if f.unit != "count" and f.role in ("result", "previous", "target")
                ]
                if known:
                    self._give(figure, known[-1])

    def _give(self, figure: StatedFigure, unit: str) -> None:
        if figure.unit == "count" and (unit != "percent" or figure.value <= _LARGEST_SHARE):
            figure.unit = unit

    def _unit_behind(self, text: str) -> str | None:
        return "percent" if self._percent.match(text.lstrip()) else None


def earlier_in_brackets(
    sentence: Sentence, figures: Sequence[StatedFigure], fiscal_year: int
) -> None:
    """Make a lone figure in brackets behind a result its earlier one.

    ``104 (131)``, ``57 procent av kvinnorna (2022: 55 procent)``: it stands bare and right behind
    the result, or is of an earlier year.
    """
    for start, end in bracketed(sentence.text):
        inside = [f for f in figures if start <= f.start < end]
        ahead = [f for f in figures if f.end <= start and f.role != "denominator"]
        if not inside or not ahead or ahead[-1].role != "result":
            continue
        if len(inside) > 1:
            _older_in_brackets(inside, ahead[-1], fiscal_year)
            continue
        figure, result = inside[0], ahead[-1]
        bare = not sentence.text[start + 1 : figure.start].strip()
        bare = bare and not sentence.text[figure.end : end - 1].strip()
        bare = bare and not sentence.text[result.end : start].strip()
        is_older = figure.year is not None and figure.year < (result.year or fiscal_year)
        if figure.unit == "count" and result.unit != "count" and is_older:
            figure.unit = result.unit
        same = figure.role in ("result", "previous") and figure.unit == result.unit
        if same and (bare or is_older) and not figure.flags:
            figure.role = "previous"
            result.previous = result.previous or figure


def _older_in_brackets(
    inside: Sequence[StatedFigure], result: StatedFigure, fiscal_year: int
) -> None:
    """Make several figures of brackets earlier ones, each of its own year: "(2022: 4 655, ...)"."""
    years = {figure.year for figure in inside}
    older = all(year is not None and year < (result.year or fiscal_year) for year in years)
    units = {figure.unit for figure in inside} <= {"count", result.unit}
    plain = not any(figure.flags or figure.sex for figure in inside)
    if older and units and plain and len(years) == len(inside):
        for figure in inside:
            figure.role, figure.unit = "previous", result.unit
