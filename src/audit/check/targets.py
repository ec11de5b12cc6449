"""Targets that sentences state, against the targets in the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport, ReportSentence
from styrmatt.audit.check.basis.findings import finding, sentence_place, table_place
from styrmatt.audit.check.basis.measure_words import MeasureWords
from styrmatt.audit.check.basis.named_measures import NamedMeasure, without_figures
from styrmatt.audit.check.basis.quantities import Quantity, QuantityReader
from styrmatt.records import Finding, Record
from styrmatt.swedish.numbers import YEAR_ALONE
from styrmatt.swedish.sentences import Phrases, words_of

_MAX_WORDS_TO_FIGURE: Final = 14
"""Words between the word for a target and its figure, in which the measure may be named. Over a
longer stretch the figure belongs to another clause."""
_YEAR_DISTANCE_CHARS: Final = 25
"""Characters behind a figure in which a year dates it ("75 per cent by the end of 2025"). Years
further on are of something else."""
_MIN_COVERAGE_IN_SECTION: Final = 0.34
"""Share of a measure's name, by weight, that a sentence in the section of its success factor has: a
third, as sentences name measures by their main noun."""
_MIN_COVERAGE_ELSEWHERE: Final = 0.38
"""The same anywhere else: more, since all measures of the report are candidates there."""
_MIN_MARGIN: Final = 0.1
"""How much more of its name the best measure must have than the next one (share of the name). With
less the choice between measures of similar names is chance."""
_OWN_SCORE_SHARE: Final = 0.8
"""Share of a measure's best coverage from which on another statement is taken for its own target,
too. Statements that fit clearly worse are of a measure that the report does not list."""
_LEADERS: Final = re.compile(r"\.{4,}")
"""Dots of a table of contents or a form, whose figures state nothing."""
_BARE_UNITS: Final = (None, "count", "per_1000", "ratio")
"""Units of targets that sentences state without a unit."""


@dataclass(frozen=True, slots=True)
class StatedTarget:
    """A target that a sentence states."""

    quantity: Quantity
    set_by_others: bool
    """Whether another authority has set it, such as the state."""


@dataclass(frozen=True, slots=True)
class _LinkedTarget:
    """A stated target with the measure it is of."""

    sentence: ReportSentence
    stated: StatedTarget
    measure_id: str
    coverage: float
    """Share of the measure's name that the sentence itself has, 0 to 1."""


class TargetStatements:
    """Reads the targets that sentences state."""

    def __init__(self, report: CheckedReport) -> None:
        words = report.vocabulary.checks
        self._leads = Phrases(words.target_leads)
        self._stops = Phrases([*words.not_targets, *report.vocabulary.statements.achieved])
        self._other_setters = Phrases(words.others)
        self._quantities = QuantityReader(report.vocabulary)
        self._year = report.fiscal_year

    def read(self, sentence: str, named: Sequence[NamedMeasure] = ()) -> Iterator[StatedTarget]:
        """The targets of a sentence for the report's own year.

        Neither the figures nor the words of the measures that it names in full count.
        """
        sentence = without_figures(sentence, named)
        words = words_of(sentence)
        in_names = [
            n for n, w in enumerate(words) if any(o.start <= w.start < o.end for o in named)
        ]
        leads = self._leads.find(words)
        if not leads:
            return
        previous_end = 0
        for quantity in self._quantities.read(sentence):
            preceding = [n for n in leads if previous_end <= words[n].start < quantity.start]
            previous_end = quantity.end
            if not preceding:
                continue
            lead = preceding[-1]
            until = sum(word.start < quantity.start for word in words)
            of_names = sum(lead < n < until for n in in_names)
            too_far = until - (lead + 1) - of_names > _MAX_WORDS_TO_FIGURE
            if too_far or self._stops.find(words, lead + 1, until):
                continue
            near = sentence[words[lead].start : quantity.end + _YEAR_DISTANCE_CHARS]
            if any(int(year) != self._year for year in YEAR_ALONE.findall(near)):
                continue
            yield StatedTarget(quantity, bool(self._other_setters.find(words)))


def check_targets(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each target of the text that the measure's table does not have.

    Of several statements about one measure, only those that name it best count.
    """
    linked = list(_linked_targets(report))
    best: dict[str, float] = {}
    for link in linked:
        best[link.measure_id] = max(best.get(link.measure_id, 0.0), link.coverage)
    seen: set[tuple[str, float]] = set()
    for link in linked:
        value = link.stated.quantity.value
        lines = _lines_of_unit(report.lines[link.measure_id], link.stated.quantity)
        known = {figure for line in lines for figure in target_figures(line)}
        if value in known or (link.measure_id, value) in seen:
            continue
        if link.coverage >= _OWN_SCORE_SHARE * best[link.measure_id]:
            seen.add((link.measure_id, value))
            yield _finding(report, link, lines)


def _linked_targets(report: CheckedReport) -> Iterator[_LinkedTarget]:
    statements = TargetStatements(report)
    index = report.words
    for sentence in report.sentences:
        if _LEADERS.search(sentence.text):
            continue
        for stated in statements.read(sentence.text, sentence.named):
            measure_id = _measure_of(report, index, sentence, stated.quantity)
            if measure_id is not None:
                coverage = index.coverage(measure_id, index.content_words(sentence.text))
                yield _LinkedTarget(sentence, stated, measure_id, coverage)


def _finding(report: CheckedReport, link: _LinkedTarget, lines: list[Record]) -> Finding:
    sentence, stated = link.sentence, link.stated
    set_by = "a target that another has set" if stated.set_by_others else "the target"
    printed = " / ".join(dict.fromkeys(str(line.target_text) for line in lines))
    return finding(
        report,
        "target_differs",
        "warning" if stated.set_by_others else "error",
        f"The text gives {set_by} as {stated.quantity.printed}, the table as {printed}.",
        sentence_place(sentence),
        table_place(lines[0]),
        goal_id=lines[0].goal_id,
        measure_id=link.measure_id,
        record_id=lines[0].record_id if len(lines) == 1 else None,
        sex=lines[0].sex if len(lines) == 1 else None,
    )


def target_figures(line: Record) -> set[float]:
    """Every figure of a line's target."""
    components = {c.value for c in line.target_components if c.value is not None}
    return components | ({line.target_value} if line.target_value is not None else set())


def _lines_of_unit(lines: list[Record], quantity: Quantity) -> list[Record]:
    """The lines whose targets have a figure in the unit of a quantity."""
    return [
        line
        for line in lines
        if target_figures(line)
        and (
            line.target_unit == quantity.unit
            or (quantity.unit is None and line.target_unit in _BARE_UNITS)
        )
    ]


def _measure_of(
    report: CheckedReport, index: MeasureWords, sentence: ReportSentence, quantity: Quantity
) -> str | None:
    """The id of the measure whose target a sentence states; None where none stands out.

    Measures of the section's success factor come first, then all; a figure without a unit counts
    only below a goal's heading.
    """
    narrative = sentence.narrative
    ids = [
        m.measure_id
        for m in report.extract.measures
        if _lines_of_unit(report.lines[m.measure_id], quantity)
    ]
    if sentence.named_id in ids:
        return sentence.named_id
    if quantity.unit is None and narrative.goal_id is None:
        return None
    if narrative.measure_id is not None:
        return narrative.measure_id if narrative.measure_id in ids else None
    factor = narrative.success_factor_id
    ids_in_section = [
        id for id in ids if factor and report.measures[id].success_factor_id == factor
    ]
    words = index.content_words(sentence.text)
    heading: tuple[str, ...] = ()
    if not _has_factor_heading(report, sentence):
        heading = index.content_words(narrative.heading or "")
    context = (*words, *heading, *index.content_words(" ".join(sentence.preceding)))
    attempts = [
        (ids_in_section, words, _MIN_COVERAGE_IN_SECTION),
        (ids_in_section, context, _MIN_COVERAGE_IN_SECTION),
    ]
    if quantity.unit is not None:
        attempts.append((ids, (*words, *heading), _MIN_COVERAGE_ELSEWHERE))
    for candidates, known_words, min_coverage in attempts:
        best = index.best_match(
            candidates, known_words, min_coverage=min_coverage, min_margin=_MIN_MARGIN
        )
        if best is not None:
            return best
    return None


def _has_factor_heading(report: CheckedReport, sentence: ReportSentence) -> bool:
    """Whether the section's heading is the success factor's, which all its measures share."""
    narrative = sentence.narrative
    same_heading = [n for n in report.extract.narratives if n.heading == narrative.heading]
    return narrative.success_factor_id is not None and (
        len(same_heading) > 1
        or any(f.success_factor == narrative.heading for f in report.extract.success_factors)
    )
