"""The figures of a sentence: which are results, and what the others are to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from styrmatt.swedish.narrative_patterns import Patterns
from styrmatt.swedish.numbers import parse_number, parse_number_word
from styrmatt.swedish.spans import NONE, SINGLE, Sentence, Span

_BREAK = re.compile(r"[;:]|, (?=\w)|\s[–-]\s")
_BRIEF = re.compile(r"^[\s(]*\w*\s*$")
_NEAR = 90
"""Letters between a word for a target and its figure at most."""
_YEAR_BETWEEN = 45


@dataclass
class StatedFigure:
    """A figure of a sentence; ``role`` is result, previous, amount, or why it is none."""

    value: float
    unit: str
    start: int
    end: int
    role: str = "result"
    year: int | None = None
    sex: str | None = None
    each: bool = False
    flags: set[str] = field(default_factory=set)
    """Words of another population in its clause: national, extremes."""
    previous: StatedFigure | None = None


class StatedFigureReader:
    """Reads the figures of sentences, with the patterns of one language."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        words, make = patterns.words, patterns.compile
        self._number = re.compile(r"^[\d  \u202f.,]+")
        self._hedge = re.compile(patterns.literal(*words.quantities.hedges).pattern + r"\s*$", re.I)
        self._from_to = make([words.comparisons.from_to], "any")
        self._amount_after = make(words.changes.amounts_after)
        self._amount_before = make(words.changes.amounts_before)
        self._passed = make(words.targets.passed)
        self._aimed_behind = make(words.targets.behind)
        self._year_after = make([words.years.after])
        self._year_ahead = make([words.years.ahead])
        self._per_1000 = make(words.quantities.per_1000)
        self._pairs = [make([pattern]) for pattern in words.sexes.pairs]
        self._goes_on, self._main = words.clauses.goes_on, words.clauses.main
        self._of_all = words.clauses.of_all
        self._increment = patterns.literal(*words.elsewhere.increments)

    @cached_property
    def _spelled(self) -> dict[str, int]:
        return dict(self._patterns.numbers)

    def read(self, sentence: Sentence, fiscal_year: int) -> list[StatedFigure]:
        """The figures in their order, each with its role; years and conditions left out."""
        figures = self._bare(sentence)
        figures = self._from_pairs(sentence, figures)
        figures = self._from_to_pairs(sentence, figures)
        masked = sentence.of("never")
        figures = [
            f
            for f in figures
            if f.previous or f.role == "previous" or f.sex or not _inside(f, masked)
        ]
        figures.sort(key=lambda f: f.start)
        per_1000 = list(self._per_1000.finditer(sentence.text))
        figures = [f for f in figures if not any(m.start() <= f.start < m.end() for m in per_1000)]
        for one, two in pairwise(figures):
            if two.unit == "count" and self._of_all.search(sentence.text[one.end : two.start]):
                two.role = "whole"
        self._per_thousand(sentence, figures, [m.start() for m in per_1000])
        self._years(sentence, figures, fiscal_year)
        for figure in figures:
            if figure.role == "result":
                figure.role = self._role(sentence, figure, figures)
            self._flag(sentence, figure)
        self._older(figures)
        return figures

    def _bare(self, sentence: Sentence) -> list[StatedFigure]:
        years = [m for m in sentence.of("years") if m.label == "year"]
        figures = []
        for mark in sentence.of("figures"):
            if mark.label == "pair" or (mark.label == "count" and _inside_mark(mark, years)):
                continue
            if mark.label in (SINGLE, NONE):
                one = float(mark.label == SINGLE)
                figures.append(StatedFigure(one, "count", mark.start, mark.end, flags={SINGLE}))
                continue
            match = self._patterns.figures.match(sentence.text, mark.start)
            value = self._value(match["figure"]) if match else None
            if match and value is not None:
                value = -value if match["sign"] else value
                figures.append(StatedFigure(value, mark.label, match.start(), match.end()))
        return figures

    def _value(self, text: str) -> float | None:
        if text[0].isdigit():
            return parse_number(text.replace("\u202f", " "))
        word = parse_number_word(text, self._spelled)
        return None if word is None else float(word)

    def _from_pairs(self, sentence: Sentence, figures: list[StatedFigure]) -> list[StatedFigure]:
        """ "män/kvinnor 26/74 procent": two results."""
        for pattern in self._pairs:
            for match in pattern.finditer(sentence.text):
                women = self._patterns.literal(*self._patterns.words.sexes.K)
                first = "K" if women.fullmatch(match["first"]) else "M"
                figures = [f for f in figures if not match.start() <= f.start < match.end()]
                for sex, name in ((first, "one"), ("M" if first == "K" else "K", "two")):
                    value = self._value(match[name])
                    if value is not None:
                        start, end = match.span(name)
                        figures.append(StatedFigure(value, "percent", start, end, sex=sex))
        return figures

    def _from_to_pairs(self, sentence: Sentence, figures: list[StatedFigure]) -> list[StatedFigure]:
        for match in self._from_to.finditer(sentence.text):
            years = [m for m in sentence.of("years") if m.label == "year"]
            low, high = match.span("from"), match.span("to")
            if any(m.start <= low[0] < m.end or m.start <= high[0] < m.end for m in years):
                continue
            old, new = self._at(sentence, figures, low), self._at(sentence, figures, high)
            if old is None or new is None:
                continue
            if "count" in (old.unit, new.unit) and old.unit != new.unit:
                old.unit = new.unit = new.unit if old.unit == "count" else old.unit
            if old.unit != new.unit:
                continue
            figures = [f for f in figures if f.start not in (old.start, new.start)]
            old.role, new.previous = "previous", old
            figures += [old, new]
        return figures

    def _at(
        self, sentence: Sentence, figures: list[StatedFigure], span: tuple[int, int]
    ) -> StatedFigure | None:
        found = next((f for f in figures if f.start == span[0]), None)
        if found is not None:
            return found
        value = self._value(sentence.text[slice(*span)])
        return None if value is None else StatedFigure(value, "count", *span)

    def _per_thousand(
        self, sentence: Sentence, figures: list[StatedFigure], at: Sequence[int]
    ) -> None:
        for place in at:
            before = [f for f in figures if f.end <= place and f.unit == "count"]
            if before and place - before[-1].end < _YEAR_BETWEEN:
                before[-1].unit = "per_1000"
        if at:
            for figure in figures:
                if figure.unit == "count":
                    figure.unit = "per_1000"

    # -- years -------------------------------------------------------------------------------

    def _years(self, sentence: Sentence, figures: list[StatedFigure], fiscal_year: int) -> None:
        marks = [m for m in sentence.of("years") if not _inside_mark(m, sentence.of("never"))]
        years = [
            (m, int(sentence.quote(m)) if m.label == "year" else fiscal_year - 1) for m in marks
        ]
        for figure, following in zip(figures, [*figures[1:], None], strict=False):
            stop = following.start if following else len(sentence.text)
            for mark, year in years:
                gap = sentence.text[figure.end : mark.start]
                pattern = self._year_after if mark.label == "year" else _BRIEF
                if figure.end <= mark.start < stop and pattern.search(gap):
                    figure.year = year
                    break
        for n, figure in enumerate(figures):
            if figure.year is not None:
                continue
            start = figures[n - 1].end if n else 0
            for mark, year in years:
                if start <= mark.start and mark.end <= figure.start:
                    gap = sentence.text[mark.end : figure.start]
                    taken = any(f.year == year and f.end <= mark.start for f in figures)
                    if not taken and (
                        mark.start < 12 or self._year_ahead.search(self._no_hedge(gap))
                    ):
                        figure.year = year

    def _no_hedge(self, text: str) -> str:
        return self._hedge.sub("", text)

    # -- roles -------------------------------------------------------------------------------

    def _role(
        self, sentence: Sentence, figure: StatedFigure, figures: Sequence[StatedFigure]
    ) -> str:
        ahead = sentence.text[: figure.start]
        behind = sentence.text[figure.end :]
        bare = self._no_hedge(ahead.rstrip()).rstrip()
        if figure.previous is not None:
            return "result"
        if self._aimed(sentence, figure, ahead) or self._aimed_behind.search(behind):
            return "target"
        if self._amount_after.search(bare) or self._amount_before.search(behind[:60]):
            return "amount"
        if self._compared(sentence, figure, figures):
            return "previous"
        if any(m.label == "parts" and m.end <= figure.start for m in sentence.of("elsewhere")):
            return "part"
        if any(m.label == "split" and m.end <= figure.start for m in sentence.of("elsewhere")):
            figure.flags.add("split")
        first = behind.split(None, 1)[0] if behind.split() else ""
        last = bare.rsplit(None, 1)[-1] if bare.split() else ""
        if self._increment.fullmatch(first.strip(",.")) or self._increment.fullmatch(last):
            return "increment"
        return "result"

    def _aimed(self, sentence: Sentence, figure: StatedFigure, ahead: str) -> bool:
        for mark in sentence.of("aims"):
            between = ahead[mark.end : figure.start]
            near = mark.end <= figure.start and len(between) <= _NEAR
            if near and not self._passed.search(between) and not self._main.search(between):
                return True
        return False

    def _compared(
        self, sentence: Sentence, figure: StatedFigure, figures: Sequence[StatedFigure]
    ) -> bool:
        for mark in sentence.of("comparisons"):
            if mark.label != "marker" or mark.end > figure.start:
                continue
            between = sentence.text[mark.end : figure.start]
            others = [f for f in figures if mark.end <= f.start < figure.start]
            if mark.start < 3 and "," in between:
                continue  # "Jämfört med 2019, då ...": the main clause follows
            if not self._goes_on.search(between) and (
                not others or all(o.role in ("previous", "amount") for o in others)
            ):
                return True
        return False

    def _flag(self, sentence: Sentence, figure: StatedFigure) -> None:
        start, end = clause(sentence.text, figure.start)
        for mark in sentence.of("elsewhere"):
            if start <= mark.start < end and mark.label in ("national", "extremes"):
                figure.flags.add(mark.label + ":" + sentence.quote(mark).casefold())
            if figure.end <= mark.start and mark.label == "within":
                figure.flags.add(mark.label + ":" + sentence.quote(mark).casefold())
        for mark in sentence.of("periods"):
            if mark.label == "part" and start <= mark.start < end:
                figure.flags.add("period:" + sentence.quote(mark).casefold())

    def _older(self, figures: Sequence[StatedFigure]) -> None:
        """Of two results of different years the later is the result."""
        dated = [f for f in figures if f.role == "result" and f.year is not None]
        for figure in dated:
            later = [
                f
                for f in figures
                if f.role == "result"
                and f.unit == figure.unit
                and (f.year or 9999) > (figure.year or 0)
                and f.year is not None
                and f.sex == figure.sex
            ]
            if later and len(dated) > 1:
                figure.role = "previous"


def clause(text: str, at: int) -> tuple[int, int]:
    """The part of a sentence between commas, colons and dashes that holds the place."""
    breaks = [m.end() for m in _BREAK.finditer(text)]
    start = max((b for b in breaks if b <= at), default=0)
    end = min((b for b in breaks if b > at), default=len(text))
    return start, end


def _inside(figure: StatedFigure, marks: Iterable[Span]) -> bool:
    return any(
        (m.start <= figure.start and figure.end <= m.end + 1) or m.start <= figure.start < m.end
        for m in marks
    )


def _inside_mark(mark: Span, others: Iterable[Span]) -> bool:
    return any(o.start <= mark.start and mark.end <= o.end for o in others)
