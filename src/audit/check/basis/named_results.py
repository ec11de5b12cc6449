"""Results in sentences that name their measure in full.

The reader of results takes none where a rule of its own stands against it: a unit that it does not
expect, another measure of nearly the same name. Beside the table such a figure can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from styrmatt.audit.check.basis.checked_report import CheckedReport, ReportSentence
from styrmatt.audit.check.basis.quantities import QuantityReader
from styrmatt.records import Outcome
from styrmatt.swedish.numbers import YEAR_ALONE
from styrmatt.swedish.sentences import Phrases, SentenceWord, words_of


def named_results(report: CheckedReport) -> Iterator[Outcome]:
    """The total of a measure as a sentence states it that is not among the outcomes.

    The sentence has one figure beside the name, and names no other year, sex or organisation.
    """
    checks, statements = report.vocabulary.checks, report.vocabulary.statements
    no_result = Phrases(
        [*checks.target_leads, *checks.others, *statements.forecasts, *checks.since]
    )
    sexes = {word.casefold() for sex in ("K", "M") for word in report.vocabulary.sexes.get(sex, ())}
    reader = QuantityReader(report.vocabulary)
    taken = {o.measure_id: o.text for o in report.extract.outcomes if o.source == "narrative"}
    for sentence in report.sentences:
        measure_id = sentence.named_id
        if measure_id is None or sentence.text in taken.get(measure_id, ""):
            continue
        quantities = list(reader.read(sentence.stating))
        words = [w for w in words_of(sentence.text) if not _in_name(sentence, w)]
        said = {word.low for word in words}
        if len(quantities) != 1 or no_result.find(words) or said & sexes:
            continue
        if _is_of_other_time(report, sentence.stating) or said & {*checks.rises, *checks.falls}:
            continue
        before = [word.low for word in words if word.start < quantities[0].start]
        if before and before[-1] in checks.by:
            continue
        yield Outcome(
            outcome_id="",
            document_id=report.document_id,
            fiscal_year=report.fiscal_year,
            measure_id=measure_id,
            sex="T",
            value=quantities[0].value,
            unit=quantities[0].unit,
            outcome_year=report.fiscal_year,
            score=1.0,
            text=sentence.text,
            page=sentence.page,
            bbox=sentence.bbox,
        )


def _in_name(sentence: ReportSentence, word: SentenceWord) -> bool:
    return any(one.start <= word.start < one.end for one in sentence.named)


def _is_of_other_time(report: CheckedReport, text: str) -> bool:
    """Whether a sentence names another year, or a part of one."""
    if {int(year) for year in YEAR_ALONE.findall(text)} - {report.fiscal_year}:
        return True
    return any(pattern.search(text) for pattern in report.vocabulary.values.parts_of_year)
