"""What a sentence states: its results, by sex, with the earlier ones and the change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from styrmatt.normalize.outcomes.figures import StatedFigure, StatedFigureReader
from styrmatt.normalize.outcomes.judgement import Judge
from styrmatt.normalize.outcomes.sex import SexGiver
from styrmatt.normalize.outcomes.status import StatusReader
from styrmatt.swedish.narrative_patterns import Patterns
from styrmatt.swedish.spans import Sentence

_AIMED = 30
"""Letters behind a word for a target within which a word for a change tells what is aimed at."""
_NEGATED = 12


@dataclass(frozen=True)
class StatedResult:
    """One figure that a sentence states."""

    value: float | None
    unit: str | None
    sex: str
    year: int | None = None
    previous_value: float | None = None
    previous_year: int | None = None
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Statement:
    """Results of one thing: one total, or one per sex; ``words`` tell of what."""

    results: tuple[StatedResult, ...]
    words: str
    counted: str
    """What stands right behind the figure: what is counted."""
    period: str | None
    predicate: bool
    """Whether the figure stands behind a verb: "antalet var 389"."""


@dataclass(frozen=True)
class SentenceFacts:
    """All that a sentence tells."""

    sentence: Sentence
    statements: tuple[Statement, ...] = ()
    differences: tuple[Statement, ...] = ()
    """By how much something is higher or lower: results of measures of a difference."""
    change: str | None = None
    changes: dict[str, str] = field(default_factory=dict)
    """Change by sex, where the sexes differ."""
    amount: float | None = None
    better: str | None = None
    good: bool | None = None
    """Whether the sentence calls a change good, or bad."""
    statuses: dict[str, str] = field(default_factory=dict)
    """Status by sex; "" is for whichever sex."""
    group: bool = False
    previous: tuple[StatedResult, ...] = ()
    """Earlier results in a sentence without one of its own."""
    anaphoric: bool = False
    several: bool = False
    targets: tuple[float, ...] = ()


class StatementFactsReader:
    """Reads sentences."""

    def __init__(self, patterns: Patterns, fiscal_year: int) -> None:
        self._figures = StatedFigureReader(patterns)
        self._year = fiscal_year
        words = patterns.words
        self._sexes = SexGiver(patterns)
        self._anaphor = patterns.compile(words.comparisons.anaphors)
        self._predicate = patterns.compile(words.topics.predicates)
        self._hedge = re.compile(patterns.literal(*words.quantities.hedges).pattern + r"\s*$", re.I)
        self._statuses = StatusReader(patterns)
        self._no = patterns.literal(*words.clauses.negations)
        self._clauses = words.clauses
        self._judge = Judge(patterns)

    def tell(self, sentence: Sentence) -> SentenceFacts:
        """What the sentence tells."""
        figures = self._figures.read(sentence, self._year)
        self._sexes.give(sentence, figures)
        for figure in figures:
            if "split" in figure.flags and figure.role == "result" and figure.sex is None:
                figure.role = "part"
        period = self._period(sentence, figures)
        results = [f for f in figures if f.role == "result"]
        statements = tuple(self._statements(sentence, results, figures, period))
        leaps = [f for f in figures if f.role == "amount"]
        differences = tuple(self._statements(sentence, leaps, figures, period))
        change, changes = self._changes(sentence, results)
        amounts = [f.value for f in figures if f.role == "amount"]
        olds = [f for f in figures if f.role == "previous"]
        pairs = [(r.value, r.previous_value) for s in statements for r in s.results]
        return SentenceFacts(
            sentence,
            statements,
            differences,
            change,
            changes,
            amount=amounts[0] if amounts and change else None,
            better=self._judge.better(sentence, pairs) if len(statements) < 2 else None,
            good=self._judge.good(sentence),
            statuses=self._statuses.read(sentence),
            group=any(m.label == "group" for m in sentence.of("statuses")),
            previous=() if results else tuple(map(_earlier, olds)),
            anaphoric=bool(self._anaphor.search(sentence.text)),
            several=any(m.label == "several" for m in sentence.of("comparisons")),
            targets=tuple(f.value for f in figures if f.role == "target"),
        )

    # -- statements --------------------------------------------------------------------------

    def _statements(
        self,
        sentence: Sentence,
        results: Sequence[StatedFigure],
        figures: Sequence[StatedFigure],
        period: str | None,
    ) -> list[Statement]:
        groups: list[list[StatedFigure]] = []
        for figure in results:
            last = groups[-1] if groups else None
            sexes = {f.sex for f in last} if last else set()
            if (
                last
                and figure.sex
                and None not in sexes
                and figure.sex not in sexes
                and last[0].unit == figure.unit
            ):
                last.append(figure)
            else:
                groups.append([figure])
        out: list[Statement] = []
        for n, group in enumerate(groups):
            start = self._split(sentence, groups[n - 1][-1], group[0]) if n else 0
            following = groups[n + 1][0] if n + 1 < len(groups) else None
            stop = self._split(sentence, group[-1], following) if following else len(sentence.text)
            words = self._words(sentence, start, stop, figures)
            if n and "split" in group[0].flags:
                words = sentence.text[: groups[0][0].start] + words
            if n and not sentence.text[groups[n - 1][-1].end : group[0].start].strip(" ,(") and out:
                words = out[-1].words + words  # "202 mnkr, 54 procent": one thing in two units
            counted = sentence.text[group[0].end : group[0].end + 60]
            for figure in group:
                figure.year = figure.year or group[0].year
            made = [r for f in group for r in self._results(f, group, figures)]
            ahead = sentence.text[: group[0].start].rstrip()
            predicate = bool(self._predicate.search(self._hedge.sub("", ahead).rstrip()))
            out.append(Statement(tuple(made), words, counted, period, predicate))
        return out

    def _split(self, sentence: Sentence, one: StatedFigure, two: StatedFigure) -> int:
        between = sentence.text[one.end : two.start]
        cuts = [m.start() for m in self._clauses.shared.finditer(between)]
        return one.end + (cuts[-1] if cuts else len(between.split(" ", 2)[0]))

    def _words(
        self, sentence: Sentence, start: int, stop: int, figures: Sequence[StatedFigure]
    ) -> str:
        """What tells of what is measured: comparisons, tails and the figures themselves cut out."""
        text = list(sentence.text)
        for figure in figures:
            if figure.role != "condition":
                for n in range(figure.start, figure.end):
                    text[n] = " "
        for mark in sentence.of("years"):
            for n in range(mark.start, mark.end):
                text[n] = " "
        cut = "".join(text)[start:stop]
        marker = [
            m for m in sentence.of("comparisons") if m.label == "marker" and start <= m.start < stop
        ]
        after = [f.start for f in figures if f.role == "result"]
        for mark in marker:
            if after and mark.start > min(after):
                cut = cut[: mark.start - start]
                break
        tail = self._clauses.tail.search(cut)
        if tail and after and start + tail.start() > min(f for f in after):
            cut = cut[: tail.start()]
        return cut

    def _results(
        self, figure: StatedFigure, group: Sequence[StatedFigure], figures: Sequence[StatedFigure]
    ) -> list[StatedResult]:
        old = figure.previous or self._previous(figure, group, figures)
        year = figure.year
        base = StatedResult(
            figure.value,
            figure.unit,
            figure.sex or "T",
            year,
            old.value if old else None,
            old.year if old else None,
            frozenset(figure.flags),
        )
        if figure.each:
            return [replace(base, sex=sex) for sex in "KM"]
        return [base]

    def _previous(
        self, figure: StatedFigure, group: Sequence[StatedFigure], figures: Sequence[StatedFigure]
    ) -> StatedFigure | None:
        same = [
            f
            for f in figures
            if f.role == "previous"
            and (f.unit == figure.unit or f.unit == "count")
            and (f.sex == figure.sex or (len(group) == 1))
        ]
        claimed = {id(f.previous) for f in figures if f.previous}
        same = [f for f in same if id(f) not in claimed]
        behind = [f for f in same if f.start > figure.start]
        found = behind or same
        dated = [f for f in found if f.year is not None]
        newest = max((f.year or 0 for f in dated), default=None)
        return next((f for f in dated if f.year == newest), found[0] if found else None)

    # -- the rest ----------------------------------------------------------------------------

    def _period(self, sentence: Sentence, figures: Sequence[StatedFigure]) -> str | None:
        for mark in sentence.of("periods"):
            if mark.label in ("end", "span"):
                if mark.label == "span":
                    for figure in figures:
                        if figure.role == "result":
                            years = re.findall(r"(?:19|20)\d\d", sentence.quote(mark))
                            figure.year = int(years[-1]) if years else figure.year
                return sentence.quote(mark)
        return None

    def _changes(
        self, sentence: Sentence, results: Sequence[StatedFigure]
    ) -> tuple[str | None, dict[str, str]]:
        aims = sentence.of("aims")
        marks = [
            m
            for m in sentence.of("changes")
            if m.label in ("increased", "decreased", "unchanged")
            and not any(0 <= m.start - a.end < _AIMED for a in aims)
            and not self._no.search(sentence.text, max(m.start - _NEGATED, 0), m.start)
        ]
        labels = {m.label for m in marks}
        if "unchanged" in labels:
            marks = [m for m in marks if m.label == "unchanged"]
            labels = {"unchanged"}
        if len(labels) == 1:
            return labels.pop(), {}
        cuts = [
            0,
            *(m.start() for m in self._clauses.shared.finditer(sentence.text)),
            len(sentence.text),
        ]
        by_sex: dict[str, str] = {}
        for start, end in pairwise(cuts):
            here = {m.label for m in marks if start <= m.start < end}
            sexes = {m.label for m in sentence.of("sexes") if start <= m.start < end}
            if len(here) == len(sexes) == 1:
                by_sex |= {sex: label for sex in sexes & {"K", "M"} for label in here}
        return None, by_sex if len(by_sex) == 2 else {}


def _earlier(figure: StatedFigure) -> StatedResult:
    """An earlier result that stands alone."""
    return StatedResult(figure.value, figure.unit, figure.sex or "T", figure.year)
