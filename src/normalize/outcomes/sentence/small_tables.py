"""Small tables and lists within the text, which come as a run of labels, years and figures.

``Andel lärare med examen 2022 2023 Totalt 76 78 Kvinnor 79 81 Män 70 71`` and ``2022: 41 2023: 37``
have no verb; what a figure is is said by its place. The unit is that of the words ahead, or else
the measure's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.normalize.outcomes.sentence.stated_figure import FigureFlag, FlagKind, StatedFigure
from styrmatt.swedish.numbers import FIGURE, parse_number
from styrmatt.swedish.rules.narrative_patterns import YEARS, Patterns
from styrmatt.swedish.rules.sentence_marks import last_year

_LEAST_COLUMNS: Final = 2
"""Years in a row that head a table; a single one dates a sentence."""
_LEAST_ROWS: Final = 2
"""Labels with a figure each that make a list; a single one is a sentence without a verb."""
_BEHIND_ROWS: Final = " .,\n\t\u00a0\u202f"
"""What may stand behind the last figure of a list."""
_SINGLE: Final = rf"(?:\d{{1,3}}(?:[.,]\d+)?|{FIGURE})"
"""In a row of several years each figure of three digits stands for itself: ``76 78``."""


@dataclass(frozen=True)
class SmallTable:
    """The figures of a small table, and where its words end."""

    figures: tuple[StatedFigure, ...]
    start: int
    """Where the words ahead of it end in the sentence's text."""


class SmallTableReader:
    """Finds small tables in sentences, with the words of one language."""

    def __init__(self, patterns: Patterns) -> None:
        sexes = patterns.words.sexes
        self._women = patterns.literal(*sexes.K)
        self._men = patterns.literal(*sexes.M)
        total = "|".join(map(re.escape, patterns.words.sexes.totals))
        both = "|".join(map(re.escape, (*sexes.K, *sexes.M)))
        sign = r"(?:[•*–-]\s*)?"
        flags = re.IGNORECASE
        percent = "|".join(map(re.escape, patterns.words.quantities.percent))
        unit = rf"(?:\s*(?:{percent}))?"
        label = rf"(?P<label>(?:{total})(?:[^\S\n]+[^\W\d_]+)?|{both})"
        self._head = re.compile(rf"(?<!\S)(?:{YEARS}\s+){{{_LEAST_COLUMNS - 1},}}{YEARS}(?!\S)")
        plain = rf"(?:{total}|{both})"
        self._columns = re.compile(
            rf"(?<!\S)(?P<labels>(?:{plain}\s+)+{plain})\s+(?={YEARS}:?\s)", flags
        )
        self._label = re.compile(rf"(?<!\S){plain}(?!\S)", flags)
        self._unit = unit
        self._row = re.compile(
            rf"{sign}(?:{label}:?\s+)?(?P<figures>(?:{_SINGLE}{unit}\s*)+)", flags
        )
        self._dated = re.compile(rf"{sign}(?P<year>{YEARS}):?\s+(?P<value>{FIGURE}){unit},?\s*")
        self._named = re.compile(rf"{sign}{label}:?\s+(?P<value>{FIGURE}){unit},?\s*", flags)
        self._single = re.compile(_SINGLE)
        self._percent = re.compile(percent, flags)
        self._is_row_start = re.compile(rf"{sign}(?:{label}|{YEARS}):?\s+{FIGURE}", flags)
        self._ends_of_rows = tuple(patterns.words.quantities.percent) + tuple("0123456789")
        """What the last row of a list ends with; few sentences do."""

    def read(self, text: str, fiscal_year: int) -> SmallTable | None:
        """The small table that the sentence ends with; None where it has none."""
        head = self._head.search(text)
        if head is not None:
            figures = self._under_years(text, head, fiscal_year)
            return SmallTable(tuple(figures), head.start()) if figures else None
        if not text.rstrip(_BEHIND_ROWS).lower().endswith(self._ends_of_rows):
            return None
        columns = self._columns.search(text)
        if columns is not None:
            figures = self._under_labels(text, columns, fiscal_year)
            return SmallTable(tuple(figures), columns.start()) if figures else None
        start = self._is_row_start.search(text)
        return None if start is None else self._list(text, start.start(), fiscal_year)

    def _under_years(self, text: str, head: re.Match[str], fiscal_year: int) -> list[StatedFigure]:
        years = [last_year(found) for found in head[0].split()]
        figures: list[StatedFigure] = []
        at = head.end()
        while at < len(text.rstrip(" .")):
            at += len(text[at:]) - len(text[at:].lstrip())
            row = self._row.match(text, at)
            if row is None:
                return []
            values = list(self._single.finditer(text, *row.span("figures")))
            if len(values) != len(years):
                return []
            found = [
                self._figure(text, m, self._sex(row["label"]), year)
                for m, year in zip(values, years, strict=True)
            ]
            figures += _with_previous([f for f in found if f is not None], fiscal_year)
            at = row.end()
        return figures

    def _under_labels(self, text: str, head: re.Match[str], fiscal_year: int) -> list[StatedFigure]:
        """The figures of a table with a row for each year, below its labels."""
        labels = self._label.findall(head["labels"])
        values = r"\s+".join(rf"({_SINGLE}){self._unit}" for _ in labels)
        row = re.compile(
            rf"(?P<year>{YEARS}):?\s+{values}(?=\s+{YEARS}:?\s|\s*\.?\s*$)\s*", re.IGNORECASE
        )
        columns: list[list[StatedFigure]] = [[] for _ in labels]
        at = head.end()
        while at < len(text.rstrip(" .")):
            found = row.match(text, at)
            if found is None:
                return []
            first = row.groupindex["year"] + 1
            for number, label in enumerate(labels):
                figure = self._figure(
                    text, found, self._sex(label), last_year(found["year"]), first + number
                )
                columns[number] += [figure] if figure is not None else []
            at = found.end()
        return [f for column in columns for f in _with_previous(column, fiscal_year)]

    def _list(self, text: str, start: int, fiscal_year: int) -> SmallTable | None:
        for pattern in (self._dated, self._named):
            rows: list[re.Match[str]] = []
            at = start
            while row := pattern.match(text, at):
                rows.append(row)
                at = row.end()
            if len(rows) < _LEAST_ROWS or text[at:].strip(" ."):
                continue
            figures = [
                self._figure(
                    text,
                    row,
                    self._sex(row["label"]) if pattern is self._named else None,
                    last_year(row["year"]) if pattern is self._dated else None,
                    "value",
                )
                for row in rows
            ]
            known = [figure for figure in figures if figure is not None]
            return SmallTable(tuple(_with_previous(known, fiscal_year)), start)
        return None

    def _sex(self, label: str | None) -> str | None:
        if label is None:
            return None
        return "K" if self._women.fullmatch(label) else "M" if self._men.fullmatch(label) else None

    def _figure(
        self,
        text: str,
        match: re.Match[str],
        sex: str | None,
        year: int | None,
        group: str | int = "",
    ) -> StatedFigure | None:
        start, end = match.span(group or 0)
        value = parse_number(text[start:end])
        if value is None:
            return None
        unit = (
            "percent"
            if self._percent.search(text[:start]) or self._percent.match(text[end:].lstrip())
            else "count"
        )
        flags = {FigureFlag(FlagKind.TABLE)}
        return StatedFigure(value, unit, start, end, year=year, sex=sex, flags=flags)


def _with_previous(figures: Sequence[StatedFigure], fiscal_year: int) -> list[StatedFigure]:
    """The figures of one row, those of earlier years made the earlier results of the latest."""
    dated = [f for f in figures if f.year is not None and f.year <= fiscal_year]
    if not dated:
        return list(figures)
    dated.sort(key=lambda figure: figure.year or 0)
    latest = dated[-1]
    for figure in dated[:-1]:
        figure.role = "previous"
    latest.previous = dated[-2] if len(dated) > 1 else None
    return sorted(dated, key=lambda figure: figure.start)
