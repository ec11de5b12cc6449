"""Targets in the text against those in the tables: of which measure is "75 per cent" the target?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from styrmatt.audit.check.checked_report import CheckedReport, ReportSentence
from styrmatt.audit.check.findings import FindingPlace, finding, table_place
from styrmatt.audit.check.measure_words import MeasureWords
from styrmatt.audit.check.quantities import Quantity, QuantityReader
from styrmatt.records import Finding, Record
from styrmatt.swedish.sentences import Phrases, words_of

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_REACH: Final = 14  # words between the word for a target and its figure
_BEHIND: Final = 25  # characters behind a figure in which a year dates it
_HERE: Final = 0.34  # of a measure's name, in its own section
_THERE: Final = 0.38  # and anywhere else
_MARGIN: Final = 0.1
_CLOSE: Final = 0.8  # of the best score, from which on a statement is the measure's own, too
_LEADERS: Final = re.compile(r"\.{4,}")


@dataclass(frozen=True, slots=True)
class StatedTarget:
    """A target that a sentence states; ``foreign`` where another has set it."""

    quantity: Quantity
    foreign: bool


@dataclass(frozen=True, slots=True)
class _Link:
    """A stated target with the measure it is of; ``score`` is how well the sentence itself fits."""

    said: ReportSentence
    stated: StatedTarget
    measure_id: str
    score: float


class TargetStatements:
    """Reads the targets that sentences state."""

    def __init__(self, report: CheckedReport) -> None:
        words = report.vocabulary.checks
        self._leads = Phrases(words.target_leads)
        self._stops = Phrases([*words.not_targets, *report.vocabulary.statements.achieved])
        self._others = Phrases(words.others)
        self._quantities = QuantityReader(report.vocabulary)
        self._year = report.fiscal_year

    def read(self, sentence: str) -> Iterator[StatedTarget]:
        """The targets of a sentence for the report's own year."""
        words = words_of(sentence)
        leads = self._leads.find(words)
        if not leads:
            return
        before = 0
        for quantity in self._quantities.read(sentence):
            behind = [n for n in leads if before <= words[n].start < quantity.start]
            before = quantity.end
            if not behind:
                continue
            until = sum(word.start < quantity.start for word in words)
            between = range(behind[-1] + 1, until)
            if len(between) > _REACH or self._stops.find(words, behind[-1] + 1, until):
                continue
            near = sentence[words[behind[-1]].start : quantity.end + _BEHIND]
            if any(int(year) != self._year for year in _YEAR.findall(near)):
                continue
            yield StatedTarget(quantity, bool(self._others.find(words)))


def check_targets(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each target of the text that the measure's table does not have.

    Of several statements that fit a measure, those that fit it best are its own.
    """
    linked = list(_linked(report))
    best: dict[str, float] = {}
    for link in linked:
        best[link.measure_id] = max(best.get(link.measure_id, 0.0), link.score)
    seen: set[tuple[str, float]] = set()
    for link in linked:
        value = link.stated.quantity.value
        lines = _comparable(report.lines[link.measure_id], link.stated.quantity)
        known = {figure for line in lines for figure in target_figures(line)}
        if value in known or (link.measure_id, value) in seen:
            continue
        if link.score >= _CLOSE * best[link.measure_id]:
            seen.add((link.measure_id, value))
            yield _finding(report, link, lines)


def _linked(report: CheckedReport) -> Iterator[_Link]:
    statements = TargetStatements(report)
    index = MeasureWords(report.extract.measures, report.vocabulary.checks)
    for said in report.sentences:
        if _LEADERS.search(said.text):
            continue
        for stated in statements.read(said.text):
            found = _measure(report, index, said, stated.quantity)
            if found:
                yield _Link(said, stated, *found)


def _finding(report: CheckedReport, link: _Link, lines: list[Record]) -> Finding:
    said, stated = link.said, link.stated
    set_by = "a target that another has set" if stated.foreign else "the target"
    printed = " / ".join(dict.fromkeys(str(line.target_text) for line in lines))
    return finding(
        report,
        "target_differs",
        "warning" if stated.foreign else "error",
        f"The text gives {set_by} as {stated.quantity.printed}, the table as {printed}.",
        FindingPlace(said.text, said.page),
        table_place(lines[0]),
        goal_id=lines[0].goal_id,
        measure_id=link.measure_id,
        record_id=lines[0].record_id if len(lines) == 1 else None,
        sex=lines[0].sex if len(lines) == 1 else None,
    )


def target_figures(line: Record) -> set[float]:
    """Every figure of a line's target."""
    inside = {c.value for c in line.target_components if c.value is not None}
    return inside | ({line.target_value} if line.target_value is not None else set())


def _comparable(lines: list[Record], quantity: Quantity) -> list[Record]:
    """The lines whose targets have a figure of the same kind."""
    plain = (None, "count", "per_1000", "ratio")
    return [
        line
        for line in lines
        if target_figures(line)
        and (
            line.target_unit == quantity.unit
            or (quantity.unit is None and line.target_unit in plain)
        )
    ]


def _measure(
    report: CheckedReport, index: MeasureWords, said: ReportSentence, quantity: Quantity
) -> tuple[str, float] | None:
    """The measure whose target a sentence states, and how well its own words fit.

    It is looked for in the sentence's own section first, then anywhere; a bare figure only below
    a goal's heading.
    """
    narrative = said.narrative
    if quantity.unit is None and narrative.goal_id is None:
        return None
    ids = [
        m.measure_id
        for m in report.extract.measures
        if _comparable(report.lines[m.measure_id], quantity)
    ]
    own = index.telling(said.text)
    if narrative.measure_id is not None:
        name = narrative.measure_id
        return (name, index.coverage(name, own)) if name in ids else None
    factor = narrative.success_factor_id
    here = [n for n in ids if factor and report.measures[n].success_factor_id == factor]
    heading = () if _names_factor(report, said) else index.telling(narrative.heading or "")
    context = (*own, *heading, *index.telling(" ".join(said.before)))
    tries = [(here, own, _HERE), (here, context, _HERE)]
    if quantity.unit is not None:
        tries.append((ids, (*own, *heading), _THERE))
    for pool, words, least in tries:
        found = index.best(pool, words, least, _MARGIN)
        if found:
            return found[0], index.coverage(found[0], own)
    return None


def _names_factor(report: CheckedReport, said: ReportSentence) -> bool:
    """Whether the heading is the success factor's own, which all its measures share."""
    narrative = said.narrative
    nested = [n for n in report.extract.narratives if n.heading == narrative.heading]
    return narrative.success_factor_id is not None and (
        len(nested) > 1
        or any(f.success_factor == narrative.heading for f in report.extract.success_factors)
    )
