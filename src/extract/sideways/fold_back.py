"""Gives the boxes of what was read on a flap their places on the sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import repeat

from styrmatt.extract.model.fold import Fold
from styrmatt.printed import (
    Cell,
    ExtractedReport,
    Location,
    Marker,
    OverviewGoal,
    Row,
    Section,
    packed_box,
)


def folded_back(report: ExtractedReport, folds: Mapping[int, Fold]) -> ExtractedReport:
    """The report with all its boxes on the sheets; ``folds`` are those of its pages, by number."""
    if not folds:
        return report
    back = _Back(folds)
    return replace(
        report,
        rows=tuple(map(back.row, report.rows)),
        overview=tuple(map(back.goal, report.overview)),
        sections=tuple(map(back.section, report.sections)),
        doubts=tuple(
            one if one.place is None else replace(one, place=back.place(one.place))
            for one in report.doubts
        ),
        ignored_places=tuple((name, back.place(at)) for name, at in report.ignored_places),
        seen_tables=tuple((text, back.place(at)) for text, at in report.seen_tables),
    )


class _Back:
    """Turns places back, by the folds of pages."""

    def __init__(self, folds: Mapping[int, Fold]) -> None:
        self._folds = folds

    def place(self, place: Location) -> Location:
        fold = self._folds.get(place.page)
        if fold is None or place.bbox is None:
            return place
        return replace(place, bbox=fold.on_sheet(place.bbox))

    def marker(self, marker: Marker) -> Marker:
        return replace(marker, place=self.place(marker.place))

    def cell(self, cell: Cell) -> Cell:
        markers = tuple(map(self.marker, cell.markers))
        return replace(cell, place=self.place(cell.place), markers=markers)

    def row(self, row: Row) -> Row:
        return replace(
            row,
            cells={name: self.cell(cell) for name, cell in row.cells.items()},
            place=self.place(row.place),
            values=tuple(replace(value, cell=self.cell(value.cell)) for value in row.values),
        )

    def goal(self, goal: OverviewGoal) -> OverviewGoal:
        return replace(
            goal,
            goal=self.cell(goal.goal),
            factors=tuple(map(self.cell, goal.factors)),
            marker=None if goal.marker is None else self.marker(goal.marker),
            place=self.place(goal.place),
        )

    def section(self, section: Section) -> Section:
        pages = section.pages or repeat(section.place.page)
        boxes = (
            box if (fold := self._folds.get(page)) is None else fold.on_sheet(box)
            for page, box in zip(pages, section.line_boxes, strict=False)
        )
        return replace(
            section, place=self.place(section.place), boxes=b"".join(map(packed_box, boxes))
        )
