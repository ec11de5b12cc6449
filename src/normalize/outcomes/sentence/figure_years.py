"""Which year each figure of a sentence is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from styrmatt.normalize.outcomes.sentence.stated_figure import StatedFigure
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.sentence_marks import Sentence, Span, last_year

_ONE_WORD: Final = re.compile(r"^[\s(]*\w*\s*$")
_SENTENCE_OPENING: Final = 12
"""A year that begins within so many characters of a sentence's start dates its first figure,
whatever stands between ("During 2022 ..."); a later one only by words that lead to the figure."""
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_LAST_YEAR: Final = re.compile(r"\d{4}$")
_WORDS_OF_SOURCE: Final = 2
"""Words for where a figure is from: "från 2021". With more it is what is compared with."""
_DIGITS_OF_YEAR: Final = 4
_LEAST_IN_TURN: Final = 2
"""Figures and years that take turns from so many on belong together in pairs."""

DatedMark = tuple[Span, int]
"""A year or a word for the year before, and the year."""


class FigureDater:
    """Gives figures their years, with the patterns of one language."""

    def __init__(self, patterns: Patterns) -> None:
        words = patterns.words
        self._behind = patterns.compile([words.years.after])
        self._ahead = patterns.compile([words.years.ahead])
        self._source = patterns.compile([words.years.source])
        self._since = re.compile(
            patterns.literal(*words.years.since).pattern + r"\s*$", re.IGNORECASE
        )
        self._listed = words.years.listed
        self._opens, self._then = words.years.opens, words.years.then
        self._aside, self._of_paper = words.years.aside, words.years.of_paper
        turn = patterns.literal(*words.years.turn).pattern
        self._turn = re.compile(turn + "$", re.IGNORECASE)
        self._hedge = re.compile(patterns.literal(*words.quantities.hedges).pattern + r"\s*$", re.I)

    def assign(self, sentence: Sentence, figures: Sequence[StatedFigure], fiscal_year: int) -> None:
        """Set the year of the figures that the sentence dates.

        A year in brackets dates the figures of the brackets, or else the one ahead of them. Where
        figures and years take turns each has its own; else a figure has the year behind it, or one
        ahead that no other figure has.
        """
        excluded = sentence.of("never")
        years = [
            (mark, self._year(sentence, mark) if mark.label == "year" else fiscal_year - 1)
            for mark in sentence.of("years")
            if "/" in sentence.quote(mark) or not _lies_within_any(mark, excluded)
        ]
        since = [d for d in years if self._since.search(sentence.text[: d[0].start])]
        for figure in figures if len(since) == 1 else ():
            if figure.role == "previous" and figure.year is None:
                figure.year = since[0][1]
        years = [dated for dated in years if dated not in since]
        brackets = bracketed(sentence.text)
        for start, end in brackets:
            inside = [f for f in figures if start <= f.start < end]
            dates = [year for mark, year in years if start <= mark.start < end]
            if len(inside) == len(dates) > 1:
                self._in_turn(sentence, inside, [d for d in years if start <= d[0].start < end])
            if inside and len(dates) == 1:
                for figure in inside:
                    figure.year = dates[0]
        outer_years = [
            (mark, year)
            for mark, year in years
            if not any(
                start <= mark.start < end and any(start <= f.start < end for f in figures)
                for start, end in brackets
            )
        ]
        outer = [f for f in figures if not any(start <= f.start < end for start, end in brackets)]
        stated = [f for f in outer if f.role != "denominator"]
        if not (
            self._in_lists(sentence, stated, outer_years)
            or self._in_turn(sentence, stated, outer_years)
        ):
            self._one_by_one(sentence, outer, outer_years)
        _by_year_end(sentence, outer, outer_years)

    def _year(self, sentence: Sentence, mark: Span) -> int:
        text = sentence.quote(mark)
        first, stroke, _ = text.partition("/")
        is_turn = stroke and self._turn.search(sentence.text[: mark.start].rstrip())
        return int(first[-_DIGITS_OF_YEAR:]) if is_turn else last_year(text)

    def is_source(self, marker: str, ahead: str) -> bool:
        """Whether words such as "från 2021" say which year what is named ahead of them is of."""
        year = _LAST_YEAR.search(marker)
        is_comparison = len(marker.split()) > _WORDS_OF_SOURCE
        return (
            year is not None
            and not is_comparison
            and bool(self._source.search(ahead + marker[: year.start()]))
        )

    def _in_lists(
        self, sentence: Sentence, figures: Sequence[StatedFigure], years: Sequence[DatedMark]
    ) -> bool:
        """Pair a list of years with a list of as many figures, all of the last one's unit.

        ``för 2021, 2022 och 2023 är andelen 50, 60 respektive 68 procent``
        """
        if len(figures) != len(years) or len(figures) < _LEAST_IN_TURN:
            return False
        marks = [mark for mark, _ in years if mark.label == "year"]
        lists: tuple[Sequence[Span | StatedFigure], ...] = (marks, figures)
        if len(marks) != len(years) or not all(
            self._listed.match(sentence.text[one.end : two.start])
            for items in lists
            for one, two in pairwise(items)
        ):
            return False
        for figure, (_, year) in zip(figures, years, strict=True):
            figure.year = year
            figure.unit = figures[-1].unit if figure.unit == "count" else figure.unit
        return True

    def _in_turn(
        self, sentence: Sentence, figures: Sequence[StatedFigure], years: Sequence[DatedMark]
    ) -> bool:
        """Pair figures and years that take turns; whether they do, and the sentence is so built."""
        if len(figures) != len(years) or len(figures) < _LEAST_IN_TURN:
            return False
        places = sorted(
            [(f.start, "figure") for f in figures] + [(mark.start, "year") for mark, _ in years]
        )
        kinds = [kind for _, kind in places]
        if any(one == two for one, two in pairwise(kinds)):
            return False
        if kinds[0] == "year" and any(
            ";" in sentence.text[mark.end : figure.start]
            for (mark, _), figure in zip(years, figures, strict=True)
        ):
            return False
        for figure, (_, year) in zip(figures, years, strict=True):
            figure.year = year
        return True

    def _one_by_one(
        self, sentence: Sentence, figures: Sequence[StatedFigure], years: Sequence[DatedMark]
    ) -> None:
        for figure, following in zip(figures, [*figures[1:], None], strict=False):
            stop = following.start if following else len(sentence.text)
            for mark, year in years:
                gap = sentence.text[figure.end : mark.start]
                pattern = self._behind if mark.label == "year" else _ONE_WORD
                if figure.end <= mark.start < stop and pattern.search(gap):
                    figure.year = figure.year or year
                    break
        for n, figure in enumerate(figures):
            if figure.year is not None:
                continue
            start = figures[n - 1].end if n else 0
            for mark, year in years:
                ahead = sentence.text[: mark.start]
                if start <= mark.start and mark.end <= figure.start:
                    gap = sentence.text[mark.end : figure.start]
                    if self._of_paper.search(ahead) or ("," in gap and self._aside.search(ahead)):
                        continue
                    taken = any(f.year == year and f.end <= mark.start for f in figures)
                    if not taken and (
                        mark.start < _SENTENCE_OPENING
                        or self._opens.search(ahead)
                        or self._ahead.search(self._hedge.sub("", gap))
                        or self._then.search(gap)
                        or self._source.search(ahead)
                    ):
                        figure.year = year


def _by_year_end(
    sentence: Sentence, figures: Sequence[StatedFigure], years: Sequence[DatedMark]
) -> None:
    """Date a lone figure by the one year of a sentence whose end is named in it."""
    ends = [mark for mark in sentence.of("periods") if mark.label == "end"]
    if len(years) == len(figures) == 1 and _lies_within_any(years[0][0], ends):
        figures[0].year = figures[0].year or years[0][1]


def bracketed(text: str) -> list[tuple[int, int]]:
    """Where the brackets of a text begin and end, the signs themselves included."""
    return [match.span() for match in _BRACKETS.finditer(text)] if "(" in text else []


def _lies_within_any(mark: Span, others: Sequence[Span]) -> bool:
    return any(o.start <= mark.start and mark.end <= o.end for o in others)
