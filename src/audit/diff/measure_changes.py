"""One measure in two reports: changes of its name, place, lines and results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from styrmatt.audit.diff.report_index import ReportIndex, ReportMeasure
from styrmatt.audit.diff.texts import (
    comparison_key,
    equal_when_rounded,
    joined_path,
    quantity_text,
    same_text,
)
from styrmatt.differences import Change
from styrmatt.records import Outcome, Record

_KINDS_IN_WORDS: Final = frozenset({"qualitative", "milestone", "none"})
"""Kinds of target without a figure: another wording is another target."""
_UNREAD_REASONS: Final = {"status": "status_unread", "trend": "trend_unread"}
"""By column: the reason for review of a mark that is there and could not be read."""
_TARGET_COLUMNS: Final = (
    "target_comparator",
    "target_value",
    "target_direction",
    "target_baseline_year",
)

SameGoal = Callable[[str | None, str | None], bool]
SameText = Callable[[str | None, str | None], bool]


def measure_changes(
    one: ReportMeasure, other: ReportMeasure, same_goal: SameGoal, same_factor: SameText
) -> Iterator[Change]:
    """Changes of a measure's name, kind and place."""
    base = measure_change(one, other)
    old, new = one.measure, other.measure
    if not same_text(old.measure, new.measure):
        yield replace(base, kind="renamed", field="measure", old=old.measure, new=new.measure)
    if old.measure_kind != new.measure_kind:
        yield replace(
            base,
            kind="reclassified",
            field="measure_kind",
            old=old.measure_kind,
            new=new.measure_kind,
        )
    if one.first and other.first:
        yield from _moves(base, one.first, other.first, same_goal, same_factor)


def measure_change(one: ReportMeasure, other: ReportMeasure) -> Change:
    """A change of a measure as a whole, for the caller to fill in kind, field and values."""
    old, new = one.measure, other.measure
    return Change(
        kind="renamed",
        dataset="measures",
        series_id=old.series_id if old.series_id == new.series_id else None,
        old_id=old.measure_id,
        new_id=new.measure_id,
        old_name=old.measure,
        new_name=new.measure,
        sexes=one.sexes if one.sexes == other.sexes else (),
        old_page=old.page,
        new_page=new.page,
        old_quote=old.measure_raw,
        new_quote=new.measure_raw,
    )


def _moves(
    base: Change, old: Record, new: Record, same_goal: SameGoal, same_factor: SameText
) -> Iterator[Change]:
    moved = []
    if not same_goal(old.goal_id, new.goal_id):
        moved += [] if _same_if_known(old.perspective, new.perspective) else ["perspective"]
        moved.append("goal")
    if not same_factor(old.success_factor, new.success_factor):
        moved.append("success_factor")
    if moved:
        yield replace(
            base,
            kind="moved",
            field=", ".join(moved),
            old=joined_path(getattr(old, name) for name in moved),
            new=joined_path(getattr(new, name) for name in moved),
        )
    if old.board_code and new.board_code and old.board_code != new.board_code:
        yield replace(base, kind="moved", field="board", old=old.board_code, new=new.board_code)


def _same_if_known(first: str | None, second: str | None) -> bool:
    return first is None or second is None or same_text(first, second)


def line_changes(
    left: ReportIndex, right: ReportIndex, old: Record, new: Record
) -> Iterator[Change]:
    """Changes of the line of one sex: target, marks, stated status and result."""
    base = Change(
        kind="target",
        dataset="records",
        series_id=old.series_id if old.series_id == new.series_id else None,
        old_id=old.record_id,
        new_id=new.record_id,
        old_name=old.measure,
        new_name=new.measure,
        sexes=(new.sex,),
        old_page=old.page,
        new_page=new.page,
        old_quote=old.measure_raw,
        new_quote=new.measure_raw,
    )
    yield from _target_changes(base, old, new)
    for mark in ("status", "trend"):
        if not _is_unmarked(left, old, mark) and not _is_unmarked(right, new, mark):
            before, after = _mark(old, mark), _mark(new, mark)
            if before != after:
                yield replace(base, kind=mark, field=mark, old=before, new=after)
    in_text = replace(
        base,
        old_page=old.outcome_page or old.page,
        new_page=new.outcome_page or new.page,
        old_quote=old.outcome_text,
        new_quote=new.outcome_text,
    )
    if old.status_stated != new.status_stated:
        yield replace(
            in_text,
            kind="stated",
            field="status_stated",
            old=old.status_stated,
            new=new.status_stated,
        )
    if old.outcome_value != new.outcome_value or not _same_unit(old.outcome_unit, new.outcome_unit):
        yield replace(
            in_text,
            kind="result",
            field="outcome_value",
            old=_result(old),
            new=_result(new),
            old_value=old.outcome_value,
            new_value=new.outcome_value,
        )
    yield from _forecast_changes(base, old, new)


def _forecast_changes(base: Change, old: Record, new: Record) -> Iterator[Change]:
    """A forecast of one year that another report gives otherwise, as interim reports do."""
    values = old.forecast_value, new.forecast_value
    if None in values or old.forecast_year != new.forecast_year or values[0] == values[1]:
        return
    yield replace(
        base,
        kind="forecast",
        field="forecast_value",
        old=quantity_text(old.forecast_value, old.forecast_unit),
        new=quantity_text(new.forecast_value, new.forecast_unit),
        old_value=old.forecast_value,
        new_value=new.forecast_value,
    )


def _target_changes(base: Change, old: Record, new: Record) -> Iterator[Change]:
    same_words = same_text(old.target_text, new.target_text)
    names = [name for name in _TARGET_COLUMNS if getattr(old, name) != getattr(new, name)]
    if not _same_unit(old.target_unit, new.target_unit):
        names.append("target_unit")
    if not same_words:
        if old.target_kind != new.target_kind:
            names.insert(0, "target_kind")
        if _components(old) != _components(new):
            names.append("target_components")
        if not names and old.target_kind in _KINDS_IN_WORDS:
            names = ["target_text"]
    if same_words and not names:
        return
    yield replace(
        base,
        kind="target" if names else "target_reworded",
        field=", ".join(names or ["target_text"]),
        old=old.target_text,
        new=new.target_text,
        old_value=old.target_value,
        new_value=new.target_value,
        old_quote=old.target_raw,
        new_quote=new.target_raw,
    )


def _components(line: Record) -> list[tuple[str, str | None, float | None]]:
    return [(comparison_key(c.label or ""), c.sex, c.value) for c in line.target_components]


def _same_unit(first: str | None, second: str | None) -> bool:
    return first is None or second is None or first == second


def _is_unmarked(report: ReportIndex, line: Record, mark: str) -> bool:
    """Whether a line has no mark because its source is a text file, which has none."""
    return report.is_text and getattr(line, mark) is None


def _mark(line: Record, mark: str) -> str | None:
    value: str | None = getattr(line, mark)
    return "unread" if value is None and _UNREAD_REASONS[mark] in line.review else value


def _result(line: Record) -> str | None:
    text = quantity_text(line.outcome_value, line.outcome_unit)
    when = " ".join(str(part) for part in (line.outcome_period, line.outcome_year) if part)
    return f"{text} ({when})" if text and when else text


def restatements(
    left: ReportIndex, right: ReportIndex, old: Record, new: Record
) -> Iterator[Change]:
    """Previous values of the later report that differ from the results of the earlier one."""
    years = left.extract.document.fiscal_year, right.extract.document.fiscal_year
    if years[0] == years[1]:
        return
    before = left.outcomes.get((old.measure_id, old.sex), [])
    after = right.outcomes.get((new.measure_id, new.sex), [])
    is_forward = years[0] < years[1]
    earlier, later = (before, after) if is_forward else (after, before)
    for outcome in sorted(later, key=lambda outcome: outcome.outcome_id):
        reported = _contradicted(outcome, earlier)
        if reported is None:
            continue
        sides = [(reported, reported.value), (outcome, outcome.previous_value)]
        first, second = sides if is_forward else reversed(sides)
        yield _restated(old, new, outcome.previous_year, *first, *second)


def _contradicted(outcome: Outcome, earlier: list[Outcome]) -> Outcome | None:
    """An earlier result for the year of the previous value; None where any of them agrees."""
    if outcome.previous_value is None or outcome.previous_year is None:
        return None
    results = [
        result
        for result in sorted(earlier, key=lambda result: result.outcome_id)
        if result.value is not None and result.outcome_year == outcome.previous_year
        if _same_unit(result.unit, outcome.unit)
    ]
    if any(equal_when_rounded(result.value or 0.0, outcome.previous_value) for result in results):
        return None
    return results[0] if results else None


def _restated(
    old: Record,
    new: Record,
    year: int | None,
    first: Outcome,
    old_value: float | None,
    second: Outcome,
    new_value: float | None,
) -> Change:
    return Change(
        kind="restated",
        dataset="outcomes",
        series_id=old.series_id if old.series_id == new.series_id else None,
        old_id=first.outcome_id,
        new_id=second.outcome_id,
        old_name=old.measure,
        new_name=new.measure,
        sexes=(new.sex,),
        field="previous_value",
        old=f"{quantity_text(old_value, first.unit)} ({year})",
        new=f"{quantity_text(new_value, second.unit)} ({year})",
        old_value=old_value,
        new_value=new_value,
        old_page=first.page,
        new_page=second.page,
        old_quote=first.text,
        new_quote=second.text,
    )
