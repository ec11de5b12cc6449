"""Makes the rows of the datasets from goals, factors and measures that were read and linked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from styrmatt.geometry import union
from styrmatt.normalize.document_identity import DocumentIdentity
from styrmatt.normalize.goals.overview import FactorEntry, GoalEntry
from styrmatt.normalize.measures.group_rows import MeasureDraft, MeasureEntry, values_of
from styrmatt.normalize.measures.own_values import OwnValues, own_values
from styrmatt.normalize.targets.parse import TargetReading
from styrmatt.printed import Bbox, Row
from styrmatt.records import Goal, Measure, Record, SuccessFactor, Target


@dataclass(frozen=True)
class RowMaker:
    """Makes the rows of one document."""

    identity: DocumentIdentity

    def goal(self, goal: GoalEntry) -> Goal:
        """The row of a goal; its mark gives the assessment until the narrative is read."""
        marker = goal.marker
        value = marker.value if marker else None
        return Goal(
            goal_id=goal.id,
            document_id=self.identity.document_id,
            fiscal_year=self.identity.fiscal_year,
            perspective=goal.perspective,
            goal=goal.name,
            boards=goal.boards,
            assessment=value,
            assessment_source="marker" if value else None,
            assessment_marker=value,
            assessment_colour=marker.colour if marker else None,
            assessment_read_by=marker.read_by if marker else None,
            assessment_bbox=marker.place.bbox if marker else None,
            page=goal.place.page,
            bbox=goal.place.bbox,
        )

    def factor(self, factor: FactorEntry) -> SuccessFactor:
        """The row of a success factor."""
        return SuccessFactor(
            success_factor_id=factor.id,
            document_id=self.identity.document_id,
            fiscal_year=self.identity.fiscal_year,
            goal_id=factor.goal.id if factor.goal else None,
            success_factor=factor.name,
            boards=factor.boards,
            in_overview=factor.in_overview,
            page=factor.place.page,
            bbox=factor.place.bbox,
        )

    def measure(self, draft: MeasureDraft) -> Measure:
        """The row of a measure."""
        rows = [line.row for line in draft.lines]
        return Measure(
            measure_id=draft.id,
            document_id=self.identity.document_id,
            fiscal_year=self.identity.fiscal_year,
            goal_id=draft.goal.id if draft.goal else None,
            success_factor_id=draft.factor.id if draft.factor else None,
            measure=draft.name.name,
            measure_raw=draft.raw,
            measure_kind=draft.name.kind,
            board=draft.board,
            measure_number=draft.number,
            footnote=draft.name.footnote,
            page=min(row.place.page for row in rows),
            page_last=max(row.place.page_last for row in rows),
            bbox=_box_on_first_page(rows),
        )

    def target(self, draft: MeasureDraft, line: MeasureEntry) -> Target:
        """The target of one line."""
        reading = line.target
        return Target(
            record_id=line.id,
            document_id=self.identity.document_id,
            fiscal_year=self.identity.fiscal_year,
            measure_id=draft.id,
            sex=line.sex,
            target_text=line.target_text,
            target_raw=line.target_raw,
            target_kind=reading.kind,
            target_comparator=reading.comparator,
            target_value=reading.value,
            target_unit=reading.unit,
            target_direction=reading.direction,
            target_baseline_year=reading.baseline_year,
            target_is_change=_is_change(reading),
            target_components=reading.components,
            target_bbox=line.target_bbox,
        )

    def record(self, draft: MeasureDraft, line: MeasureEntry) -> Record:
        """The wide row of one line."""
        document, target = self.identity, line.target
        better, better_source = target.better
        board_code = draft.board or document.board_code
        own = own_values(values_of(draft), line.sex, document.fiscal_year)
        record = Record(
            record_id=line.id,
            measure_id=draft.id,
            goal_id=draft.goal.id if draft.goal else None,
            success_factor_id=draft.factor.id if draft.factor else None,
            document_id=document.document_id,
            organisation=document.organisation,
            organisation_code=document.organisation_code,
            body=document.body,
            fiscal_year=document.fiscal_year,
            report_kind=document.report_kind,
            period_end=document.period_end,
            perspective=draft.goal.perspective if draft.goal else None,
            goal=draft.goal.name if draft.goal else None,
            success_factor=draft.factor.name if draft.factor else None,
            measure=draft.name.name,
            measure_raw=draft.raw,
            measure_number=draft.number,
            measure_kind=draft.name.kind,
            board=draft.board,
            board_code=board_code,
            board_source="printed" if draft.board else "body" if board_code else None,
            sex=line.sex,
            target_text=line.target_text,
            target_raw=line.target_raw,
            target_kind=target.kind,
            target_comparator=target.comparator,
            target_value=target.value,
            target_unit=target.unit,
            target_direction=target.direction,
            target_baseline_year=target.baseline_year,
            target_is_change=_is_change(target),
            target_components=target.components,
            target_bbox=line.target_bbox,
            better=better,
            better_source=better_source,
            status=line.status.value,
            status_text=line.status.text,
            status_read_by=line.status.read_by,
            status_colour=line.status.colour,
            status_bbox=line.status.bbox,
            trend=line.trend.value,
            trend_means=line.trend.means if line.trend.value else None,
            trend_text=line.trend.text,
            trend_read_by=line.trend.read_by,
            trend_colour=line.trend.colour,
            trend_bbox=line.trend.bbox,
            fulfilment=line.fulfilment,
            comment=line.comment,
            responsible=line.responsible,
            outcome_change=line.change,
            outcome_change_amount=line.change_amount,
            page=line.row.place.page,
            page_last=line.row.place.page_last,
            page_label=line.row.place.label,
            bbox=line.row.place.bbox,
            review=tuple(dict.fromkeys([*draft.review, *line.review, *own.review])),
        )
        return _with_own_values(record, own)


def _with_own_values(record: Record, own: OwnValues) -> Record:
    """The record with what its table states of results, forecast and baseline."""
    outcome, forecast, baseline = own.outcome, own.forecast, own.baseline
    previous_value, previous_year = own.previous_value
    unit = outcome.unit if outcome and outcome.value is not None else None
    if unit is None and own.previous is not None:
        unit = own.previous.unit
    if outcome is not None:
        record = replace(
            record,
            outcome_value=outcome.value,
            outcome_year=outcome.year,
            outcome_period=outcome.period,
            outcome_source="table",
            outcome_text=outcome.text,
            outcome_page=outcome.place.page,
            outcome_bbox=outcome.place.bbox,
        )
    return replace(
        record,
        outcome_unit=unit,
        previous_value=previous_value,
        previous_year=previous_year if previous_value is not None else None,
        forecast_value=forecast.value if forecast else None,
        forecast_unit=forecast.unit if forecast else None,
        forecast_year=forecast.year if forecast else None,
        baseline_value=baseline.value if baseline else None,
        baseline_unit=baseline.unit if baseline else None,
        baseline_year=baseline.year if baseline else None,
    )


def _is_change(target: TargetReading) -> bool | None:
    """Whether the figure of a target is an amount of change; None where it has none."""
    return None if target.value is None else target.kind == "change"


def boards_covered(
    drafts: Iterable[MeasureDraft], goals: Iterable[GoalEntry], factors: Iterable[FactorEntry]
) -> tuple[str, ...]:
    """The codes of all boards that the measures and the overview print, sorted."""
    entries: list[GoalEntry | FactorEntry] = [*goals, *factors]
    return tuple(
        sorted(
            {c for d in drafts for c in d.codes} | {c for entry in entries for c in entry.boards}
        )
    )


def _box_on_first_page(rows: Sequence[Row]) -> Bbox | None:
    """The box around the rows on the first of their pages; None where they have no places."""
    first = min(row.place.page for row in rows)
    boxes = [row.place.bbox for row in rows if row.place.page == first and row.place.bbox]
    return union(boxes) if boxes else None
