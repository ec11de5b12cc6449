"""What a sentence states: its results, by sex, with the earlier ones and the change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from styrmatt.normalize.outcomes.sentence.earlier_results import previous_result
from styrmatt.normalize.outcomes.sentence.figure_roles import clause_bounds
from styrmatt.normalize.outcomes.sentence.figures import StatedFigureReader
from styrmatt.normalize.outcomes.sentence.improvement import ImprovementReader
from styrmatt.normalize.outcomes.sentence.own_words import OwnWords
from styrmatt.normalize.outcomes.sentence.sentence_facts import (
    SentenceFacts,
    StatedResult,
    Statement,
)
from styrmatt.normalize.outcomes.sentence.sex import SexAssigner
from styrmatt.normalize.outcomes.sentence.stated_figure import (
    FlagKind,
    StatedFigure,
)
from styrmatt.normalize.outcomes.sentence.statement_words import (
    splits_behind,
    unit_words,
    with_source,
    without,
)
from styrmatt.normalize.outcomes.sentence.status import StatusReader
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.sentence_marks import Sentence

_TARGET_REACH: Final = 30
"""Characters behind a word for a target within which a word for a change is what is aimed at.

"The target of reduced overtime" tells of no change; further on, a clause of its own begins.
"""
_NEGATION_REACH: Final = 12
"""Characters ahead of a word for a change in which a negation denies it: "inte har ökat".

The negation and an auxiliary verb fit. With more, one that belongs to another clause denies it.
"""
_COUNTED_WINDOW: Final = 60
"""Characters behind a figure that are kept for what it counts; the first words of them matter."""


class SentenceReader:
    """Reads what sentences state about results, with the patterns of one language."""

    def __init__(self, patterns: Patterns, fiscal_year: int) -> None:
        self._figures = StatedFigureReader(patterns)
        self._year = fiscal_year
        words = patterns.words
        self._sexes = SexAssigner(patterns)
        self._anaphor = patterns.compile(words.comparisons.anaphors)
        self._own_words = OwnWords(patterns)
        self._respectively = patterns.literal(*words.sexes.words_for_each)
        self._statuses = StatusReader(patterns)
        self._negation = patterns.literal(*words.clauses.negations)
        self._clauses = words.clauses
        self._has = patterns.literal(*words.clauses.has)
        self._phrase_end = patterns.literal(*words.topics.phrase_ends)
        self._improvements = ImprovementReader(patterns)

    def read(self, sentence: Sentence) -> SentenceFacts:
        """What the sentence states; empty facts where it states nothing."""
        figures = self._figures.read(sentence, self._year)
        if not any(figure.has_flag(FlagKind.TABLE) for figure in figures):
            self._sexes.tell_apart(sentence, figures)
            self._sexes.assign(sentence, figures)
        for figure in figures:
            if figure.has_flag(FlagKind.SPLIT) and figure.role == "result" and figure.sex is None:
                figure.role = "part"
        period = self._period(sentence, figures)
        results = [f for f in figures if f.role == "result"]
        statements = tuple(self._statements(sentence, results, figures, period))
        parts = tuple(self._parts(sentence, figures))
        change_figures = [f for f in figures if f.role == "change_amount"]
        differences = tuple(self._statements(sentence, change_figures, figures, period))
        change, change_by_sex = self._changes(sentence)
        earlier = [f for f in figures if f.role == "previous"]
        steps = [(r.value, r.previous_value) for s in statements for r in s.results]
        return SentenceFacts(
            sentence,
            statements,
            differences,
            parts,
            change,
            change_by_sex,
            change_amount=change_figures[0].value if change_figures and change else None,
            better=self._improvements.better(sentence, steps) if len(statements) < 2 else None,
            is_improvement=self._improvements.is_improvement(sentence),
            statuses=self._statuses.read(sentence),
            is_about_all_measures=any(m.label == "group" for m in sentence.of("statuses")),
            previous=() if results else tuple(map(_as_result, earlier)),
            is_anaphoric=bool(self._anaphor.search(sentence.text)),
            in_words=bool(sentence.of("words")) and not sentence.of("aims"),
            is_correction=bool(sentence.of("corrections")),
            is_about_several=any(m.label == "several" for m in sentence.of("comparisons")),
            targets=tuple(f.value for f in figures if f.role == "target"),
            in_turn=self._is_in_turn(sentence, statements),
        )

    def _is_in_turn(self, sentence: Sentence, statements: Sequence[Statement]) -> bool:
        """Whether there are two totals, one of each of two that were named before."""
        stated = [result.sex for statement in statements for result in statement.results]
        return stated == ["T", "T"] and bool(self._respectively.search(sentence.text))

    # -- statements --------------------------------------------------------------------------

    def _statements(
        self,
        sentence: Sentence,
        results: Sequence[StatedFigure],
        figures: Sequence[StatedFigure],
        period: str | None,
    ) -> list[Statement]:
        groups = _one_per_sex(results)
        statements: list[Statement] = []
        for n, group in enumerate(groups):
            start = self._boundary(sentence, groups[n - 1][-1], group[0]) if n else 0
            following = groups[n + 1][0] if n + 1 < len(groups) else None
            stop = (
                self._boundary(sentence, group[-1], following) if following else len(sentence.text)
            )
            stop = min([stop, *splits_behind(sentence, group[-1])])
            words = self._topic_words(sentence, start, stop, group[0].start, figures)
            goes_on = bool(n) and group[0].has_flag(FlagKind.SPLIT)
            if not goes_on and group[0].has_flag(FlagKind.EQUALS):
                words = without(sentence, 0, stop, figures)
            elif n and not self._own_words.any_in(words):
                goes_on = True  # "52 procent, 54 för kvinnor"
            if n and not sentence.text[groups[n - 1][-1].end : group[0].start].strip(" ,("):
                goes_on = True  # "202 mnkr, 54 procent": two units
            if not n and _is_total_of_next(groups) and not self._own_words.any_in(words):
                words = without(sentence, 0, len(sentence.text), figures)
            telling = words if goes_on else ""
            if goes_on:  # once: rows of figures would double the words with each
                words = statements[-1].words + words
            counted = sentence.text[group[0].end : group[0].end + _COUNTED_WINDOW]
            for figure in group:
                figure.year = figure.year or group[0].year
            stated = [r for f in group for r in self._results(f, group, figures)]
            is_predicate = any(
                mark.label in ("stated", "rank")
                and mark.start <= group[0].start < mark.end
                and not self._has.match(sentence.quote(mark))
                for mark in sentence.of("roles")
            )
            place = (group[0].start, group[0].end)
            ahead = without(sentence, start, group[0].start, figures)
            opens = bool(n) and not goes_on and self._goes_on(sentence, start, group[0], ahead)
            statements.append(
                Statement(
                    tuple(stated),
                    words,
                    counted,
                    period,
                    is_predicate,
                    *place,
                    clause=""
                    if goes_on or group[0].has_flag(FlagKind.EQUALS)
                    else self._clause_words(sentence, start, stop, group, figures),
                    telling=telling,
                    ahead=ahead,
                    is_attribute=any(
                        mark.label == "with" and mark.start <= group[0].start < mark.end
                        for mark in sentence.of("roles")
                    ),
                    inherited=statements[-1].words if opens else "",
                    unit_words=unit_words(sentence, group[0]),
                    part=(start, stop),
                    with_source=with_source(sentence, start, stop, figures),
                )
            )
        return statements

    def _goes_on(self, sentence: Sentence, start: int, figure: StatedFigure, ahead: str) -> bool:
        """Whether a figure has no subject and verb ahead of it, but at most where it is of.

        ``i årskurs 6 trivs 94 procent och i årskurs 9 87 procent``
        """
        place = sentence.text[start : figure.start]
        return not self._own_words.any_in(ahead) or bool(self._clauses.only_place.match(place))

    def _clause_words(
        self,
        sentence: Sentence,
        start: int,
        stop: int,
        group: Sequence[StatedFigure],
        figures: Sequence[StatedFigure],
    ) -> str:
        """The words of a part of the sentence that stand in the clause of its figures."""
        first, _ = clause_bounds(sentence.text, group[0].start, self._clauses)
        _, last = clause_bounds(sentence.text, group[-1].start, self._clauses)
        inserted = self._clauses.inserted.match(sentence.text)
        first, last = max(first, start), min(last, stop)
        if inserted is None or first > 0:
            return without(sentence, first, last, figures)
        comma = sentence.text.index(",")  # what is inserted behind the subject is a clause apart
        return " ".join(
            without(sentence, *part, figures) for part in ((first, comma), (inserted.end(), last))
        )

    def _parts(self, sentence: Sentence, figures: Sequence[StatedFigure]) -> Iterator[Statement]:
        """The counts behind words that divide what was counted: "varav 540 via video"."""
        for number, figure in enumerate(figures):
            if figure.role != "part" or not figure.has_flag(FlagKind.SPLIT):
                continue
            following = figures[number + 1] if number + 1 < len(figures) else None
            stop = self._boundary(sentence, figure, following) if following else None
            own = sentence.text[figure.end : stop]
            words = without(sentence, 0, figure.end + len(own), figures)
            place = (figure.start, figure.end)
            results = tuple(self._results(figure, [figure], figures))
            yield Statement(results, words, own, None, True, *place, own)

    def _boundary(self, sentence: Sentence, one: StatedFigure, two: StatedFigure) -> int:
        """Where the words for the first of two figures end and those for the second begin."""
        between = sentence.text[one.end : two.start]
        if "(" in between and ")" not in between:
            return one.end + between.index("(")  # the words between are those of the first
        if ": " in between:
            return one.end + between.index(": ")
        cuts = [
            m.end() if m[0].startswith(";") else m.start()
            for m in self._clauses.shared.finditer(between)
        ]
        if cuts:
            return one.end + cuts[-1]
        ends = list(self._phrase_end.finditer(between))
        if (
            ends
            and one.unit == two.unit == "count"
            and not self._own_words.any_in(between[ends[-1].end() :])
        ):
            return one.end + ends[-1].start()  # what the first counts: "fem seminarier med 260 ..."
        return one.end + len(between.split(" ", 2)[0])

    def _topic_words(
        self,
        sentence: Sentence,
        start: int,
        stop: int,
        figure: int,
        figures: Sequence[StatedFigure],
    ) -> str:
        """The words that tell what is measured: figures, years, comparisons and tails cut out.

        ``figure`` is where the first one begins; the tail is behind it.
        """
        cut = without(sentence, start, stop, figures)
        first_result = min((f.start for f in figures if f.role == "result"), default=None)
        if first_result is None:
            return cut
        comparisons = [
            m.start
            for m in sentence.of("comparisons")
            if m.label == "marker" and max(start, first_result + 1) <= m.start < stop
        ]
        if comparisons:
            cut = cut[: comparisons[0] - start]
        least = max(first_result, figure) - start
        tails = (m.start() for m in self._clauses.tail.finditer(cut) if m.start() > least)
        return cut[: next(tails, len(cut))]

    def _results(
        self, figure: StatedFigure, group: Sequence[StatedFigure], figures: Sequence[StatedFigure]
    ) -> list[StatedResult]:
        """The result that a figure is; two where it holds for each sex."""
        previous = previous_result(figure, group, figures)
        result = StatedResult(
            figure.value,
            figure.unit,
            figure.sex or "T",
            figure.year,
            previous.value if previous else None,
            previous.year if previous else None,
            frozenset(figure.flags),
        )
        if figure.for_each_sex:
            return [replace(result, sex=sex) for sex in "KM"]
        return [result]

    # -- period and change -------------------------------------------------------------------

    def _period(self, sentence: Sentence, figures: Sequence[StatedFigure]) -> str | None:
        """The words for the period of the results; a span of months also dates them."""
        for mark in sentence.of("periods"):
            if mark.label in ("end", "span"):
                if mark.label == "span":
                    for figure in figures:
                        if figure.role == "result":
                            years = re.findall(r"(?:19|20)\d\d", sentence.quote(mark))
                            figure.year = int(years[-1]) if years else figure.year
                return sentence.quote(mark)
        return None

    def _changes(self, sentence: Sentence) -> tuple[str | None, dict[str, str]]:
        """The one change that is stated, or else the change of each sex."""
        aims = sentence.of("aims")
        marks = [
            m
            for m in sentence.of("changes")
            if m.label in ("increased", "decreased", "unchanged")
            and not any(0 <= m.start - a.end < _TARGET_REACH for a in aims)
            and not self._negation.search(sentence.text, max(m.start - _NEGATION_REACH, 0), m.start)
        ]
        labels = {m.label for m in marks}
        if "unchanged" in labels:
            return "unchanged", {}
        if len(labels) == 1:
            return labels.pop(), {}
        cuts = [
            0,
            *(m.start() for m in self._clauses.shared.finditer(sentence.text)),
            len(sentence.text),
        ]
        by_sex: dict[str, str] = {}
        for start, end in pairwise(cuts):
            changes = {m.label for m in marks if start <= m.start < end}
            sexes = {m.label for m in sentence.of("sexes") if start <= m.start < end}
            if len(changes) == len(sexes) == 1:
                by_sex |= {sex: label for sex in sexes & {"K", "M"} for label in changes}
        return None, by_sex if len(by_sex) == 2 else {}


def _one_per_sex(results: Sequence[StatedFigure]) -> list[list[StatedFigure]]:
    """Results in groups of one statement each: different sexes in a row, in one unit."""
    groups: list[list[StatedFigure]] = []
    for figure in results:
        last = groups[-1] if groups else []
        sexes = {f.sex for f in last}
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
    return groups


def _is_total_of_next(groups: Sequence[Sequence[StatedFigure]]) -> bool:
    """Whether the first figure is the total of women and men that stand behind it."""
    first, *others = groups
    return bool(others) and first[0].sex is None and all(figure.sex for figure in others[0])


def _as_result(figure: StatedFigure) -> StatedResult:
    return StatedResult(figure.value, figure.unit, figure.sex or "T", figure.year)
