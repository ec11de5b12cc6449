"""What a report as printed holds on one of its pages, as a flat list for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from styrmatt.printed import (
    Bbox,
    Cell,
    ExtractedReport,
    Location,
    Marker,
    OverviewGoal,
    Row,
    Section,
)
from styrmatt.whitespace import single_spaced

Kind = Literal["section", "goal", "row", "cell", "marker", "left alone", "note"]

_LONGEST = 44
"""Characters of a heading that fit on a label."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing on a page. ``bbox`` is None where it only goes on from the page ``since``."""

    kind: Kind
    name: str
    """Kind of section, number of the measure, field of the cell, kind of the note."""
    text: str
    """What was read, line breaks as printed."""
    label: str
    """The few words that stand beside its box on a picture."""
    bbox: Bbox | None = None
    how: str = ""
    """How a marker was read; how bad it is what a note says."""
    colour: str | None = None
    """The colour of a marker, ``#rrggbb``."""
    since: int | None = None


def seen_on(
    printed: ExtractedReport, page: int, notes: Iterable[Seen] | None = None
) -> tuple[Seen, ...]:
    """All that stands on a page in the order of its height; what goes on from before comes first.

    ``notes`` are what a person should know about the page; the report's doubts if not given.
    """
    noted = _doubts(printed, page) if notes is None else notes
    groups = [*_groups(printed, page), *([note] for note in noted)]
    return tuple(item for group in _ordered(groups) for item in group)


def note(kind: str, severity: str, message: str, bbox: Bbox | None) -> Seen:
    """Something that a person should know."""
    return Seen("note", kind, message, kind, bbox, severity)


def _doubts(printed: ExtractedReport, page: int) -> Iterator[Seen]:
    for doubt in printed.doubts:
        if doubt.place is not None and doubt.place.page == page:
            yield note(doubt.kind, doubt.severity, doubt.message, doubt.place.bbox)


def _ordered(groups: Iterable[list[Seen]]) -> list[list[Seen]]:
    def height(group: list[Seen]) -> tuple[float, float]:
        boxes = [item.bbox for item in group if item.bbox is not None]
        box = group[0].bbox or (min(boxes, key=lambda b: b[1]) if boxes else None)
        return (box[1], box[0]) if box else (-1.0, 0.0)

    return sorted((group for group in groups if group), key=height)


def _groups(printed: ExtractedReport, page: int) -> Iterator[list[Seen]]:
    for section in printed.sections:
        if _touches(section.place, page):
            yield [_section(section, page)]
    for number, goal in enumerate(printed.overview, 1):
        yield list(_overview_goal(goal, number, page))
    shown: set[tuple[str, Bbox | None]] = set()
    for row, line in _numbered(printed.rows):
        yield list(_row(row, line, page, shown))
    for name, place in printed.ignored_places:
        if place.page == page:
            yield [Seen("left alone", name, "ignored by name", f"left alone: {name}", place.bbox)]


def _touches(place: Location, page: int) -> bool:
    return place.page <= page <= place.page_last


def _here(place: Location, page: int) -> tuple[Bbox | None, int | None]:
    """The box on this page, or the page on which it began."""
    return (place.bbox, None) if place.page == page else (None, place.page)


def _section(section: Section, page: int) -> Seen:
    bbox, since = _here(section.place, page)
    heading = single_spaced(section.heading)
    short = heading if len(heading) <= _LONGEST else heading[: _LONGEST - 3] + "..."
    path = " > ".join(map(single_spaced, section.heading_path))
    return Seen("section", section.kind, path, f"{section.kind}: {short}", bbox, since=since)


def _overview_goal(goal: OverviewGoal, number: int, page: int) -> Iterator[Seen]:
    if _touches(goal.place, page):
        bbox, since = _here(goal.place, page)
        yield Seen("goal", f"goal {number}", goal.goal.text, f"goal {number}", bbox, since=since)
    for factor in goal.factors:
        yield from _cell("success_factor", factor, page)
    if goal.marker is not None and goal.marker.place.page == page:
        yield _marker("assessment", goal.marker)


def _numbered(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    """Each row with its number: that of its measure, and of its line where there are several."""
    lines: dict[int, int] = {}
    for row in rows:
        lines[row.measure_no] = lines.get(row.measure_no, 0) + 1
    number = 0
    for before, row in zip((None, *rows), rows, strict=False):
        same = before is not None and before.measure_no == row.measure_no
        number = number + 1 if same else 1
        several = lines[row.measure_no] > 1
        yield row, f"{row.measure_no}.{number}" if several else str(row.measure_no)


def _row(row: Row, number: str, page: int, shown: set[tuple[str, Bbox | None]]) -> Iterator[Seen]:
    if not _touches(row.place, page):
        return
    cells: list[Seen] = []
    shared: list[str] = []
    for field, cell in row.cells.items():
        key = (field, cell.place.bbox)
        if _touches(cell.place, page) and key in shown and cell.place.bbox is not None:
            shared.append(field)
            continue
        shown.add(key)
        cells += _cell(field, cell, page)
    bbox, since = _here(row.place, page)
    said = [f"table {row.table_no}"]
    said += [f"{name}: {single_spaced(text)}" for name, text in _headings(row) if text]
    said += [f"cells of the line above: {', '.join(shared)}"] if shared else []
    said += [f"review: {', '.join(row.review)}"] if row.review else []
    yield Seen("row", f"measure {number}", "; ".join(said), number, bbox, since=since)
    yield from cells


def _headings(row: Row) -> tuple[tuple[str, str | None], ...]:
    return (
        ("perspective", row.perspective_heading),
        ("goal", row.goal_heading),
        ("factor", row.factor_heading),
    )


def _cell(field: str, cell: Cell, page: int) -> Iterator[Seen]:
    if _touches(cell.place, page):
        bbox, since = _here(cell.place, page)
        yield Seen("cell", field, cell.text, field, bbox, since=since)
    for marker in cell.markers:
        if marker.place.page == page:
            yield _marker(field, marker)


def _marker(field: str, marker: Marker) -> Seen:
    value = marker.value or "not read"
    text = value if marker.doubt is None else f"{value}: {marker.doubt}"
    label = f"{value}\n{' '.join(filter(None, (marker.read_by, marker.colour)))}"
    return Seen("marker", field, text, label, marker.place.bbox, marker.read_by, marker.colour)
