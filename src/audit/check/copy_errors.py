"""Copying errors: a paragraph in two sections, a target one row below the measure it is for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport, Paragraph, paragraphs_of
from styrmatt.audit.check.basis.findings import FindingPlace, finding, table_place
from styrmatt.audit.check.basis.measure_words import MeasureWords, same_word
from styrmatt.records import Finding, Narrative, Record
from styrmatt.whitespace import squeeze

_MIN_REPEATED_LETTERS: Final = 150
"""Letters of a paragraph, spaces left out, that count as copied where it occurs twice: about two
sentences. Shorter ones are stock phrases that sections rightly share."""
_COPIES: Final = 1
"""Times that a paragraph stands elsewhere, too, and is a copying error. One that stands more often
is stock text, which the sections share on purpose."""
_MIN_TARGET_WORD_LETTERS: Final = 5
"""Letters of a target's word that can name a measure; shorter ones are units and fillers."""
_OWN_ROOT_LETTERS: Final = 4
"""Equal first letters by which a word of a target is taken for one of its own measure. Fewer than
two forms of one word share (:mod:`measure_words`), since the doubt must speak for the table."""


def check_copy_errors(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each repeated paragraph, and for each target that fits the row above it."""
    yield from _repeated_paragraphs(report)
    yield from _shifted_targets(report)


def _repeated_paragraphs(report: CheckedReport) -> Iterator[Finding]:
    """Long paragraphs that occur word for word in two sections, on two pages."""
    places: dict[str, list[tuple[Narrative, Paragraph]]] = {}
    for narrative in sorted(report.extract.narratives, key=lambda n: n.section_no):
        for paragraph in paragraphs_of(narrative):
            letters = squeeze(paragraph.text)
            if len(letters) >= _MIN_REPEATED_LETTERS:
                places.setdefault(letters, []).append((narrative, paragraph))
    for (section, first), *others in places.values():
        if len(others) != _COPIES:
            continue
        narrative, paragraph = others[0]
        if section.section_id != narrative.section_id and first.page != paragraph.page:
            yield finding(
                report,
                "text_repeated",
                "info",
                "The same paragraph stands in two sections.",
                FindingPlace(*paragraph),
                FindingPlace(*first),
                goal_id=narrative.goal_id,
                measure_id=narrative.measure_id,
            )


def _shifted_targets(report: CheckedReport) -> Iterator[Finding]:
    """Rows below one without a target whose target names the row above and not their measure."""
    words = report.words
    rows = [line for lines in report.lines.values() for line in lines[:1] if line.bbox]
    for above, row in pairwise(sorted(rows, key=_page_and_top)):
        if above.goal_id != row.goal_id or above.target_text:
            continue
        if row.target_text and _target_names_other(words, row, above):
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


def _page_and_top(row: Record) -> tuple[int, float]:
    return row.page, row.bbox[1] if row.bbox else 0.0


def _target_names_other(words: MeasureWords, row: Record, other: Record) -> bool:
    """Whether a row's target has a word of another row's measure and none of its own."""
    target = [
        word
        for word in words.content_words(row.target_text or "")
        if len(word) >= _MIN_TARGET_WORD_LETTERS
    ]
    own_name, other_name = words.content_words(row.measure), words.content_words(other.measure)
    return any(same_word(word, name) for word in target for name in other_name) and not any(
        same_word(word, name) or word[:_OWN_ROOT_LETTERS] == name[:_OWN_ROOT_LETTERS]
        for word in target
        for name in own_name
    )
