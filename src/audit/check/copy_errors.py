"""Slips of the pen: a paragraph that stands twice, a target that stands beside another measure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from styrmatt.audit.check.checked_report import CheckedReport
from styrmatt.audit.check.findings import FindingPlace, finding, table_place
from styrmatt.audit.check.measure_words import MeasureWords, same_word
from styrmatt.records import Finding, Narrative, Record
from styrmatt.whitespace import squeeze

_LONG: Final = 150  # letters from which a paragraph is not said twice by chance
_STEM: Final = 5  # letters that a telling word of a target has at least
_ROOT: Final = 4  # letters that are enough to hold a target for its own measure's


def check_copy_errors(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each repeated paragraph, and for each target that fits the row before it."""
    yield from _repeated(report)
    yield from _shifted(report)


def _repeated(report: CheckedReport) -> Iterator[Finding]:
    """Long paragraphs that stand in the sections of two measures or factors, word for word."""
    first: dict[str, tuple[Narrative, int]] = {}
    for narrative in sorted(report.extract.narratives, key=lambda n: n.section_no):
        paragraphs = (narrative.text or "").split("\n\n")
        pages = narrative.paragraph_pages or (narrative.page_first,) * len(paragraphs)
        for paragraph, page in zip(paragraphs, pages, strict=False):
            letters = squeeze(paragraph)
            if len(letters) < _LONG:
                continue
            before = first.setdefault(letters, (narrative, page))
            if before[0].section_id == narrative.section_id or before[1] == page:
                continue
            yield finding(
                report,
                "text_repeated",
                "info",
                "The same paragraph stands in two sections.",
                FindingPlace(paragraph, page),
                FindingPlace(paragraph, before[1]),
                goal_id=narrative.goal_id,
                measure_id=narrative.measure_id,
            )


def _shifted(report: CheckedReport) -> Iterator[Finding]:
    """Rows without a target above one whose target speaks of them, and of nothing in its own."""
    words = MeasureWords(report.extract.measures, report.vocabulary.checks)
    rows = [line for lines in report.lines.values() for line in lines[:1] if line.bbox]
    for above, row in pairwise(sorted(rows, key=_place)):
        if above.goal_id != row.goal_id or above.target_text:
            continue
        if row.target_text and _speaks_of(words, row, above):
            yield finding(
                report,
                "target_shifted",
                "warning",
                "The target has the words of the row above, which has none.",
                table_place(row),
                table_place(above),
                goal_id=row.goal_id,
                measure_id=row.measure_id,
                record_id=row.record_id,
            )


def _place(row: Record) -> tuple[int, float]:
    return row.page, row.bbox[1] if row.bbox else 0.0


def _speaks_of(words: MeasureWords, row: Record, above: Record) -> bool:
    target = [word for word in words.telling(row.target_text or "") if len(word) >= _STEM]
    own, other = words.telling(row.measure), words.telling(above.measure)
    return (
        bool(target)
        and any(same_word(word, name) for word in target for name in other)
        and not any(word[:_ROOT] == name[:_ROOT] for word in target for name in own)
        and not any(same_word(word, name) for word in target for name in own)
    )
