"""What tables show: marks, arrows, targets and results against each other and against the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from contradictions.plan import (
    WORDS,
    Plan,
    Subject,
    appended,
    number,
    plants,
    with_cell,
    with_mark,
    with_text,
)
from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.measure_words import same_word
from styrmatt.audit.check.results import is_reached
from styrmatt.audit.check.trends import moved_lines
from styrmatt.printed import Location, Row, ValueCell
from styrmatt.records import Outcome, Record

_OTHER_WAY = {"met": "not_met", "not_met": "met", "up": "down", "down": "up"}


def _outcomes(subject: Subject, line: Record) -> list[Outcome]:
    return [
        o
        for o in subject.extract.outcomes
        if (o.measure_id, o.sex, o.area, o.kind) == (line.measure_id, line.sex, None, "outcome")
        and o.outcome_year in (None, subject.year)
    ]


def _flipped(subject: Subject, line: Record, name: str) -> Row | None:
    row, value = subject.row(line), line.status if name == "status" else line.trend
    return with_mark(row, name, _OTHER_WAY[value]) if row and value in _OTHER_WAY else None


def _plan(subject: Subject, line: Record, changed: Row | None, *accept: str) -> Iterator[Plan]:
    row = subject.row(line)
    if changed is not None and row is not None:
        yield Plan(subject.with_rows((row, changed)), (line.measure_id,), accept)


@plants("marker_against_words")
def other_mark(subject: Subject) -> Iterator[Plan]:
    """A mark is the opposite of what the text says."""
    for line in subject.extract.records:
        if line.status_stated and line.status_stated == line.status:
            yield from _plan(
                subject, line, _flipped(subject, line, "status"), "result_against_marker"
            )


@plants("result_against_marker")
def mark_against_result(subject: Subject) -> Iterator[Plan]:
    """A mark is the opposite of what result and target say."""
    for line in subject.extract.records:
        reached = {is_reached(line, outcome) for outcome in _outcomes(subject, line)} - {None}
        free = line.status_stated is None and not line.review
        if free and reached == {line.status == "met"}:
            yield from _plan(subject, line, _flipped(subject, line, "status"))


@plants("result_against_words")
def words_against_result(subject: Subject) -> Iterator[Plan]:
    """Behind a result that reaches its target the text says that it does not, or the reverse."""
    for line in subject.extract.records:
        for outcome in _outcomes(subject, line):
            reached = is_reached(line, outcome)
            if outcome.source != "narrative" or outcome.status_stated or reached is None:
                continue
            says = str(WORDS["not_met" if reached else "met"])
            for narrative in subject.extract.narratives:
                if outcome.text not in (narrative.text or "") or line.sex != "T":
                    continue
                section = subject.section_of(narrative)
                changed = with_text(section, outcome.text, lambda text, says=says: text + says)
                if changed:
                    plan = subject.with_sections((section, changed))
                    yield Plan(plan, (line.measure_id,), ("marker_against_words",))
                break


@plants("trend_against_change")
def other_arrow(subject: Subject) -> Iterator[Plan]:
    """An arrow points the other way than the result went, where more is better or figures count."""
    report = CheckedReport(subject.extract, subject.layout.words)
    for moved in moved_lines(report):
        known = moved.better == "higher" or moved.line.trend_means == "figure"
        points = {"up": "increased", "down": "decreased"}.get(moved.line.trend or "")
        if known and moved.movement == points:
            yield from _plan(subject, moved.line, _flipped(subject, moved.line, "trend"))


@plants("target_shifted")
def target_a_row_lower(subject: Subject) -> Iterator[Plan]:
    """A target that names its measure stands one row lower."""
    words = CheckedReport(subject.extract, subject.layout.words).words
    lines = [line for line in subject.extract.records if line.bbox]
    for above, below in pairwise(lines):
        rows = subject.row(above), subject.row(below)
        if rows[0] is None or rows[1] is None or above.goal_id != below.goal_id:
            continue
        if above.sex != "T" or below.sex != "T" or rows[0].table_no != rows[1].table_no:
            continue
        if not all(row and "target" in row.cells for row in rows):
            continue
        target = [w for w in words.content_words(above.target_text or "") if len(w) > 5]
        names = [words.content_words(line.measure) for line in (above, below)]
        own = any(same_word(t, n) for t in target for n in names[0])
        other = any(t[:4] == n[:4] or same_word(t, n) for t in target for n in names[1])
        if own and not other:
            text = rows[0].cells["target"].text
            changed = (
                (rows[0], with_cell(rows[0], "target", text="")),
                (rows[1], with_cell(rows[1], "target", text=text)),
            )
            yield Plan(subject.with_rows(*changed), (below.measure_id,))


@plants("targets_differ")
def twice_with_two_targets(subject: Subject) -> Iterator[Plan]:
    """A measure stands in a second table, with another target."""
    for line in subject.extract.records:
        row = subject.row(line)
        figure = number(line.target_value or 0)
        if row is None or line.target_kind != "threshold" or line.sex != "T" or line.review:
            continue
        if "target" not in row.cells:  # the target of the year is one of several columns
            continue
        others = [r for r in subject.extract.records if r.measure_id == line.measure_id]
        if len(others) > 1 or line.target_components or (line.target_text or "").count(figure) != 1:
            continue
        rows = subject.printed.rows
        last = rows[-1]
        other = (line.target_value or 0) + (-4 if line.target_unit == "percent" else 4)
        text = row.cells["target"].text.replace(figure, number(other), 1)
        more = replace(
            with_cell(row, "target", text=text),
            table_no=last.table_no + 1,
            measure_no=last.measure_no + 1,
            place=_below(last.place),
        )
        yield Plan(replace(subject.printed, rows=(*rows, more)), (line.measure_id, line.measure))


def _below(place: Location) -> Location:
    if place.bbox is None:
        return place
    x0, top, x1, bottom = place.bbox
    return replace(place, bbox=(x0, bottom, x1, 2 * bottom - top))


@plants("share_impossible")
def too_large_figure(subject: Subject) -> Iterator[Plan]:
    """A cell of a share has a digit too many: its result, or its target."""
    for line in subject.extract.records:
        if not line.measure.startswith("Andel") or line.review:
            continue
        row = subject.row(line)
        for value in row.values if row else ():
            read = value.head.role == "result" and value.cell.text[:2].isdigit()
            if row and read and line.outcome_unit == "percent" and value.head.area is None:
                yield from _plan(subject, line, _with_value(row, value, f"1{value.cell.text}"))
                break
        else:
            text = line.target_text or ""
            if (
                row
                and "target" in row.cells
                and line.target_unit == "percent"
                and text[:2].isdigit()
            ):
                yield from _plan(subject, line, with_cell(row, "target", text=f"1{text}"))


def _with_value(row: Row, value: ValueCell, text: str) -> Row:
    changed = replace(value, cell=replace(value.cell, text=text))
    return replace(row, values=tuple(changed if one is value else one for one in row.values))


@plants("unit_impossible")
def other_unit(subject: Subject) -> Iterator[Plan]:
    """The target of a share is in another unit."""
    for turn, line in enumerate(subject.extract.records):
        row, text = subject.row(line), line.target_text or ""
        is_percent = line.target_unit == "percent" and line.target_kind == "threshold"
        if row is None or "target" not in row.cells or not line.measure.startswith("Andel"):
            continue
        if not (is_percent and text.endswith("%")):
            continue
        unit = WORDS["other_unit"][turn % len(WORDS["other_unit"])]
        changed = with_cell(row, "target", text=f"{text.rstrip('% ')} {unit}")
        yield from _plan(subject, line, changed)


@plants("total_outside_sexes")
def other_total_in_cell(subject: Subject) -> Iterator[Plan]:
    """The cell of the total is outside of those of women and men."""
    groups: dict[tuple[str, int | None], dict[str, Outcome]] = {}
    for outcome in subject.extract.outcomes:
        own = outcome.source == "table" and outcome.kind == "outcome" and outcome.area is None
        if own and outcome.value is not None and outcome.period is None:
            key = outcome.measure_id, outcome.outcome_year
            groups.setdefault(key, {})[outcome.sex] = outcome
    for (measure_id, _), by_sex in groups.items():
        if set(by_sex) != {"T", "K", "M"}:
            continue
        total, other = by_sex["T"], max(by_sex["K"].value or 0, by_sex["M"].value or 0)
        wrong = other + 3 if total.unit == "percent" else other * 1.4
        if total.unit == "percent" and wrong > 100:
            continue
        for row in subject.printed.rows:
            for value in row.values:
                if value.cell.place.bbox == total.bbox and value.cell.place.page == total.page:
                    changed = _with_value(row, value, number(round(wrong, 1)))
                    yield Plan(subject.with_rows((row, changed)), (measure_id,))


@plants("marker_against_words")
def said_otherwise(subject: Subject) -> Iterator[Plan]:
    """Behind a stated result the text says the opposite of the mark."""
    for line in subject.extract.records:
        stated = [o for o in _outcomes(subject, line) if o.source == "narrative"]
        if len(stated) != 1 or stated[0].status_stated or line.status not in ("met", "not_met"):
            continue
        says = str(WORDS["not_met" if line.status == "met" else "met"])
        for narrative in subject.extract.narratives:
            if line.sex != "T" or not (narrative.text or "").endswith(stated[0].text):
                continue
            section = subject.section_of(narrative)
            changed = appended(section, says.strip())
            plan = subject.with_sections((section, changed))
            yield Plan(plan, (line.measure_id,), ("result_against_words",))
