"""What the text says: of results, changes and targets, against the tables and against itself."""

from __future__ import annotations

from collections.abc import Iterator

from contradictions.plan import (
    Plan,
    Subject,
    appended,
    number,
    plants,
    sentence,
    unit_words,
    with_paragraph,
    with_text,
)
from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.records import Outcome, Record

_FAR = 7.0
"""By how much a figure is changed, in its unit: more than rounding, less than a misprint."""
_LONG_NAME = 12
"""Letters of a name of which sentences are made: nobody knows what "Women was 55" is about."""
_LONG_PARAGRAPH = 250
"""Characters of a paragraph that is copied: two sentences and more."""


def _lines_with_result(subject: Subject) -> Iterator[Record]:
    """Lines of the total whose result of the year the table has, in a unit that text can say."""
    for line in subject.extract.records:
        in_table = line.outcome_source == "table" and line.outcome_value is not None
        whole = line.sex == "T" and line.outcome_period is None and not line.review
        long_name = sum(map(str.isalpha, line.measure)) >= _LONG_NAME
        if in_table and whole and long_name and unit_words(line.outcome_unit) is not None:
            yield line


def _stated(subject: Subject) -> Iterator[tuple[Record, Outcome]]:
    """Lines with the one sentence that states their result, and the result."""
    by_id = {(r.measure_id, r.sex): r for r in subject.extract.records}
    for outcome in subject.extract.outcomes:
        line = by_id.get((outcome.measure_id, outcome.sex))
        if line and outcome.source == "narrative" and outcome.value is not None:
            yield line, outcome


@plants("result_differs")
def other_result(subject: Subject) -> Iterator[Plan]:
    """The text gives another result than the table."""
    for turn, line in enumerate(_lines_with_result(subject)):
        value = (line.outcome_value or 0) + _FAR
        taken = {o.value for o in subject.extract.outcomes if o.measure_id == line.measure_id}
        if value in taken or (line.outcome_unit == "percent" and value > 100):
            continue
        unit = unit_words(line.outcome_unit)
        text = sentence(
            "result", turn, line.measure, value=number(value), unit=unit, year=subject.year
        )
        yield Plan(subject.said(text, subject.measure(line.measure_id)), (line.measure_id, text))


@plants("year_differs")
def other_year(subject: Subject) -> Iterator[Plan]:
    """The text gives the result of the year before as this year's."""
    for turn, line in enumerate(_lines_with_result(subject)):
        value, before = line.outcome_value, line.previous_value
        if value is None or before is None or abs(value - before) < 1:
            continue
        unit = unit_words(line.outcome_unit)
        text = sentence(
            "of_two_years", turn, line.measure, value=number(before), unit=unit, year=subject.year
        )
        yield Plan(subject.said(text, subject.measure(line.measure_id)), (line.measure_id, text))


@plants("figure_differs")
def two_results(subject: Subject) -> Iterator[Plan]:
    """A sentence on a result stands in the goal's summary, too, with another figure."""
    words = CheckedReport(subject.extract, subject.layout.words).words
    for line, outcome in _stated(subject):
        figure = number(outcome.value or 0)
        if outcome.text.count(figure) != 1 or ". " in outcome.text:
            continue
        if not words.words_in(line.measure_id, outcome.text):  # "For boys it fell to ..."
            continue
        text = outcome.text.replace(figure, number((outcome.value or 0) - 3))
        for narrative in subject.extract.narratives:
            is_summary = narrative.goal_id == line.goal_id and not narrative.success_factor_id
            if narrative.text and is_summary and narrative.page_first != outcome.page:
                section = subject.section_of(narrative)
                changed = subject.with_sections((section, appended(section, text)))
                yield Plan(changed, (line.measure_id, text))
                break


@plants("figure_differs")
def two_amounts(subject: Subject) -> Iterator[Plan]:
    """Two sections give nearly the same amount for one receiver."""
    filled = [n for n in subject.extract.narratives if n.text and n.goal_id]
    if len(filled) > 1:
        first, last = (subject.section_of(n) for n in (filled[0], filled[-1]))
        texts = sentence("grant", 0, value="13,8"), sentence("grant", 1, value="13,7")
        changed = subject.with_sections(
            (first, appended(first, texts[0])), (last, appended(last, texts[1]))
        )
        yield Plan(changed, texts)


@plants("target_differs")
def other_target(subject: Subject) -> Iterator[Plan]:
    """The text gives another target than the table."""
    lines = [r for r in subject.extract.records if r.target_kind == "threshold" and r.sex == "T"]
    for turn, line in enumerate(lines):
        unit = unit_words(line.target_unit)
        if line.target_unit != "percent" or line.target_value is None or line.target_components:
            continue
        value = number(line.target_value - 11)
        text = sentence("target", turn, line.measure, value=value, unit=unit)
        yield Plan(subject.said(text, subject.measure(line.measure_id)), (line.measure_id, text))


@plants("difference_differs")
def other_change(subject: Subject) -> Iterator[Plan]:
    """A change that the two figures beside it do not have, or of the other way."""
    for turn, line in enumerate(subject.extract.records):
        unit = unit_words(line.outcome_unit)
        if line.outcome_unit != "percent" or line.outcome_value is None or line.sex != "T":
            continue
        after = line.outcome_value
        key = ("from_to", "wrong_way")[turn % 2]
        parts = {"before": number(after - 4), "after": number(after), "unit": unit}
        text = sentence(key, turn // 2, line.measure, change="9", points="procentenheter", **parts)
        yield Plan(
            subject.said(text, subject.measure(line.measure_id)),
            (line.measure_id, text),
            ("trend_against_change", "figure_differs") if key == "wrong_way" else (),
        )


@plants("share_impossible")
def too_large_share(subject: Subject) -> Iterator[Plan]:
    """The figure of a share in a sentence has a digit too many."""
    for line, outcome in _stated(subject):
        figure = number(outcome.value or 0)
        if outcome.unit != "percent" or not 10 <= (outcome.value or 0) < 100:
            continue
        if not line.measure.startswith("Andel") or outcome.text.count(figure) != 1:
            continue
        for narrative in subject.extract.narratives:
            if outcome.text not in (narrative.text or "") or "ndel" not in outcome.text:
                continue
            section = subject.section_of(narrative)
            changed = with_text(
                section,
                outcome.text,
                lambda text, figure=figure: text.replace(figure, f"1{figure}"),
            )
            if changed:
                wrong = outcome.text.replace(figure, f"1{figure}")
                yield Plan(subject.with_sections((section, changed)), (line.measure_id, wrong))
            break


@plants("total_outside_sexes")
def other_total(subject: Subject) -> Iterator[Plan]:
    """A sentence gives women, men and a total that neither allows."""
    by_key = {(r.measure_id, r.sex): r for r in subject.extract.records}
    for (measure_id, sex), women in by_key.items():
        men = by_key.get((measure_id, "M"))
        if sex != "K" or men is None or men.outcome_text != women.outcome_text:
            continue
        text = women.outcome_text or ""
        figure = number(women.outcome_value or 0)
        if women.outcome_unit != "percent" or text.count(figure) != 1 or ". " in text:
            continue
        total = number(max(women.outcome_value or 0, men.outcome_value or 0) + 4)
        for narrative in subject.extract.narratives:
            if text not in (narrative.text or ""):
                continue
            section = subject.section_of(narrative)
            new = f"{total} procent, {figure}"
            changed = with_text(section, text, lambda said, f=figure, new=new: said.replace(f, new))
            if changed:
                wrong = text.replace(figure, new)
                yield Plan(subject.with_sections((section, changed)), (measure_id, wrong))
            break


@plants("text_repeated")
def copied_paragraph(subject: Subject) -> Iterator[Plan]:
    """A long paragraph stands in another section as well."""
    filled = [n for n in subject.extract.narratives if n.text]
    for narrative in filled:
        for paragraph in (narrative.text or "").split("\n\n"):
            others = [n for n in filled if n.page_first > narrative.page_last]
            if len(paragraph) >= _LONG_PARAGRAPH and others:
                section = subject.section_of(others[-1])
                changed = subject.with_sections((section, with_paragraph(section, paragraph)))
                yield Plan(changed, (paragraph,))
