"""Compares two reports: measures by series, lines by sex, goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from styrmatt.audit.diff.goals import NEW_SERIES_REASON, FactorPairing, goal_changes, pair_goals
from styrmatt.audit.diff.measure_changes import (
    line_changes,
    measure_change,
    measure_changes,
    restatements,
)
from styrmatt.audit.diff.pairing import (
    PREDECESSOR_SCORE,
    SAME_SERIES_SCORE,
    Pairing,
    best_pairs,
    candidates_by_key,
    is_predecessor,
)
from styrmatt.audit.diff.report_index import ReportIndex, ReportMeasure
from styrmatt.audit.diff.texts import comparison_key, same_text
from styrmatt.differences import KINDS, Change, RowCounts
from styrmatt.records import Goal, Record


def diff_years(
    one: ReportIndex, other: ReportIndex, predecessors: Mapping[str, str]
) -> tuple[list[Change], list[RowCounts], list[str]]:
    """The changes between two reports, the counts of rows, and notes on what was not compared.

    ``predecessors`` maps a series with a changed definition to the series that it came from.
    """
    entries = _pair_entries(one, other, predecessors)
    goals = pair_goals(one, other, predecessors)
    changes = list(_changes(one, other, entries, goals))
    return changes, _counts(one, other, entries, goals, changes), _notes(one, other)


def _pair_entries(
    left: ReportIndex, right: ReportIndex, predecessors: Mapping[str, str]
) -> Pairing[ReportMeasure]:
    """Measures of one series, of a series and its predecessor, or without series of one name."""

    def series(entry: ReportMeasure) -> str | None:
        return entry.measure.series_id

    def name(entry: ReportMeasure) -> str:
        return comparison_key(entry.measure.measure)

    def likeness(one: ReportMeasure, other: ReportMeasure) -> float | None:
        return SAME_SERIES_SCORE + _likeness(one, other)

    def by_name(one: ReportMeasure, other: ReportMeasure) -> float | None:
        return None if series(one) and series(other) else _likeness(one, other)

    candidates = [
        *candidates_by_key(left.entries, right.entries, series, series, likeness),
        *_redefined(left.entries, right.entries, predecessors),
        *candidates_by_key(left.entries, right.entries, name, name, by_name),
    ]
    return best_pairs(left.entries, right.entries, candidates, lambda entry: entry.entry_id)


def _redefined(
    left: Sequence[ReportMeasure], right: Sequence[ReportMeasure], predecessors: Mapping[str, str]
) -> Iterator[tuple[float, ReportMeasure, ReportMeasure]]:
    for one in left:
        for other in right:
            if is_predecessor(one.measure.series_id, other.measure.series_id, predecessors):
                yield PREDECESSOR_SCORE + _likeness(one, other), one, other


def _likeness(one: ReportMeasure, other: ReportMeasure) -> float:
    """The share of name, place, sexes and target that two measures have in common, 0 to 1."""
    first, second = one.first, other.first
    if first is None or second is None:
        return 0.0
    shared = [
        same_text(first.measure, second.measure),
        same_text(first.goal, second.goal),
        same_text(first.success_factor, second.success_factor),
        first.board_code == second.board_code,
        one.sexes == other.sexes,
        same_text(first.target_text, second.target_text),
    ]
    return sum(shared) / len(shared)


def _changes(
    left: ReportIndex, right: ReportIndex, entries: Pairing[ReportMeasure], goals: Pairing[Goal]
) -> Iterator[Change]:
    goal_ids = {one.goal_id: other.goal_id for one, other in goals.pairs}
    factors = FactorPairing(left, right, entries.pairs)

    def same_goal(first: str | None, second: str | None) -> bool:
        return first is None or second is None or goal_ids.get(first) == second

    for one, other in entries.pairs:
        if _definition_changed(one, other):
            yield _redefinition(one, other)
        else:
            yield from measure_changes(one, other, same_goal, factors.same_factor)
            for old, new in _lines(one, other):
                yield from line_changes(left, right, old, new)
                yield from restatements(left, right, old, new)
        yield from _sex_splits(one, other)
    for entry in entries.left:
        yield _one_sided_change(entry, left, right, is_left=True)
    for entry in entries.right:
        yield _one_sided_change(entry, right, left, is_left=False)
    yield from goal_changes(left, right, goals, entries.pairs)
    yield from factors.changes()


def _definition_changed(one: ReportMeasure, other: ReportMeasure) -> bool:
    """Whether two paired measures are of two series."""
    first, second = one.measure.series_id, other.measure.series_id
    return first is not None and second is not None and first != second


def _redefinition(one: ReportMeasure, other: ReportMeasure) -> Change:
    return replace(
        measure_change(one, other),
        kind="redefined",
        field="series_id",
        old=_with_target(one),
        new=_with_target(other),
        reason=NEW_SERIES_REASON,
    )


def _with_target(entry: ReportMeasure) -> str:
    target = entry.first.target_text if entry.first else None
    return entry.measure.measure + (f": {target}" if target else "")


def _lines(one: ReportMeasure, other: ReportMeasure) -> Iterator[tuple[Record, Record]]:
    after = {line.sex: line for line in other.lines}
    for line in one.lines:
        if line.sex in after:
            yield line, after[line.sex]


def _sex_splits(one: ReportMeasure, other: ReportMeasure) -> Iterator[Change]:
    """A change for each sex whose line one of the two measures has alone."""
    base = measure_change(one, other)
    for line in one.lines:
        if line.sex not in other.sexes:
            yield replace(
                base,
                kind="sex_split",
                dataset="records",
                sexes=(line.sex,),
                field="sex",
                old_id=line.record_id,
                new_id=None,
                old=", ".join(one.sexes),
                new=", ".join(other.sexes) or None,
                old_page=line.page,
            )
    for line in other.lines:
        if line.sex not in one.sexes:
            yield replace(
                base,
                kind="sex_split",
                dataset="records",
                sexes=(line.sex,),
                field="sex",
                old_id=None,
                new_id=line.record_id,
                old=", ".join(one.sexes) or None,
                new=", ".join(other.sexes),
                new_page=line.page,
            )


def _one_sided_change(
    entry: ReportMeasure, report: ReportIndex, other: ReportIndex, *, is_left: bool
) -> Change:
    """The change of a measure that ``report`` has alone: not covered, dropped or added."""
    measure = entry.measure
    why = other.why_not_covered(entry.boards, report)
    kind = "not_covered" if why else "dropped" if is_left else "added"
    targets = dict.fromkeys(line.target_text for line in entry.lines if line.target_text)
    side = "old" if is_left else "new"
    values = {
        "id": measure.measure_id,
        "name": measure.measure,
        "page": measure.page,
        "quote": measure.measure_raw,
    }
    return Change(
        kind=kind,
        dataset="measures",
        series_id=measure.series_id,
        sexes=entry.sexes,
        field="measure",
        reason=why or report.doubts.get(measure.measure_id),
        **{side: "; ".join(targets) or None},  # type: ignore[arg-type]
        **{f"{side}_{name}": value for name, value in values.items()},  # type: ignore[arg-type]
    )


def _counts(
    left: ReportIndex,
    right: ReportIndex,
    entries: Pairing[ReportMeasure],
    goals: Pairing[Goal],
    changes: list[Change],
) -> list[RowCounts]:
    """Rows of both reports, rows in both, and the rows that ``changes`` lists as one-sided."""
    common = {
        "goals": len(goals.pairs),
        "measures": len(entries.pairs),
        "records": sum(1 for pair in entries.pairs for _ in _lines(*pair)),
    }
    alone: Counter[tuple[str, bool]] = Counter()
    for change in changes:
        if KINDS[change.kind].one_sided:
            is_left = change.new_id is None
            alone[change.dataset, is_left] += 1
            if change.dataset == "measures":
                alone["records", is_left] += len(change.sexes)
    return [
        RowCounts(
            name,
            len(left.extract.rows(name)),
            len(right.extract.rows(name)),
            both,
            alone[name, True],
            alone[name, False],
        )
        for name, both in common.items()
    ]


def _notes(left: ReportIndex, right: ReportIndex) -> list[str]:
    notes = []
    if left.is_text != right.is_text:
        notes.append("One of the two was read from a text, which has no marks: they are left out.")
    for report in (left, right):
        document = report.extract.document
        without = sum(1 for measure in report.extract.measures if measure.series_id is None)
        if without:
            notes.append(
                f"{without} of {len(report.extract.measures)} measures of {document.document_id} "
                "have no series_id; they are matched by name alone."
            )
        if report.is_partial:
            notes.append(f"Not all pages of {document.document_id} were read.")
    return sorted(set(notes))
