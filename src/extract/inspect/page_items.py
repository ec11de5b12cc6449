"""Lists what an extracted report holds on one of its pages, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from styrmatt.printed import (
    Bbox,
    Cell,
    ColumnHead,
    ExtractedReport,
    Location,
    Marker,
    OverviewGoal,
    Row,
    Section,
)
from styrmatt.whitespace import single_spaced

Kind = Literal["section", "goal", "row", "cell", "marker", "left alone", "note"]

_HEADING_LENGTH = 44
"""Characters of a heading that are shown on a label: about half of a page's width."""
_ELLIPSIS = "..."


@dataclass(frozen=True, slots=True)
class PageItem:
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
    """How a marker was read; the severity of a note."""
    colour: str | None = None
    """The colour of a marker, ``#rrggbb``."""
    short: str = ""
    """A shorter label, for where there is no room."""
    since: int | None = None
    """The page on which it began, if that is an earlier one."""


class _Part(NamedTuple):
    """Where something is on the page: its box, or the earlier page on which it began."""

    bbox: Bbox | None
    since: int | None


def items_on_page(
    printed: ExtractedReport, page: int, notes: Iterable[PageItem] | None = None
) -> tuple[PageItem, ...]:
    """Everything on a page from top to bottom, after what goes on from the page before.

    ``notes`` are what a person should know about the page; the report's warnings if not given.
    """
    noted = _warnings(printed, page) if notes is None else notes
    groups = [*_groups(printed, page), *([note] for note in noted)]
    return tuple(item for group in _ordered(groups) for item in group)


def note_item(kind: str, severity: str, message: str, bbox: Bbox | None) -> PageItem:
    """Something that a person should know, as an item of the page."""
    return PageItem("note", kind, message, kind, bbox, severity)


def _warnings(printed: ExtractedReport, page: int) -> Iterator[PageItem]:
    for doubt in printed.doubts:
        if doubt.place is not None and doubt.place.page == page:
            yield note_item(doubt.kind, doubt.severity, doubt.message, doubt.place.bbox)


def _ordered(groups: Iterable[list[PageItem]]) -> list[list[PageItem]]:
    """The groups from top to bottom; those without any box first."""

    def top_left(group: list[PageItem]) -> tuple[float, float]:
        boxes = [item.bbox for item in group if item.bbox is not None]
        box = group[0].bbox or (min(boxes, key=lambda b: b[1]) if boxes else None)
        return (box[1], box[0]) if box else (-1.0, 0.0)

    return sorted((group for group in groups if group), key=top_left)


def _groups(printed: ExtractedReport, page: int) -> Iterator[list[PageItem]]:
    """What stays together in the list: a section, a goal or row with its cells, a table."""
    for section in printed.sections:
        if _touches(section.place, page):
            yield [_section(section, page)]
    for number, goal in enumerate(printed.overview, 1):
        yield list(_overview_goal(goal, number, page))
    listed: set[tuple[str, Bbox | None]] = set()
    for row, number_of_row in _numbered(printed.rows):
        yield list(_row(row, number_of_row, page, listed))
    for name, place in printed.ignored_places:
        if place.page == page:
            label = f"left alone: {name}"
            yield [PageItem("left alone", name, "ignored by name", label, place.bbox)]


def _touches(place: Location, page: int) -> bool:
    return place.page <= page <= place.page_last


def _part_on(place: Location, page: int) -> _Part:
    return _Part(place.bbox, None) if place.page == page else _Part(None, place.page)


def _section(section: Section, page: int) -> PageItem:
    bbox, since = _part_on(section.place, page)
    heading = single_spaced(section.heading)
    if len(heading) > _HEADING_LENGTH:
        heading = heading[: _HEADING_LENGTH - len(_ELLIPSIS)] + _ELLIPSIS
    path = " > ".join(map(single_spaced, section.heading_path))
    label = f"{section.kind}: {heading}"
    return PageItem("section", section.kind, path, label, bbox, short=section.kind, since=since)


def _overview_goal(goal: OverviewGoal, number: int, page: int) -> Iterator[PageItem]:
    if _touches(goal.place, page):
        bbox, since = _part_on(goal.place, page)
        name = f"goal {number}"
        yield PageItem("goal", name, goal.goal.text, name, bbox, since=since)
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


def _row(
    row: Row, number: str, page: int, listed: set[tuple[str, Bbox | None]]
) -> Iterator[PageItem]:
    """A row and its cells; cells that are ``listed`` (merged over lines) are only named."""
    if not _touches(row.place, page):
        return
    cells: list[PageItem] = []
    shared: list[str] = []
    values = ((_value_name(value.head), value.cell) for value in row.values)
    for field, cell in (*row.cells.items(), *values):
        key = (field, cell.place.bbox)
        if _touches(cell.place, page) and key in listed and cell.place.bbox is not None:
            shared.append(field)
            continue
        listed.add(key)
        cells += _cell(field, cell, page)
    bbox, since = _part_on(row.place, page)
    facts = [f"table {row.table_no}"]
    facts += [f"{name}: {single_spaced(text)}" for name, text in _headings(row) if text]
    facts += [f"cells of the line above: {', '.join(shared)}"] if shared else []
    facts += [f"review: {', '.join(row.review)}"] if row.review else []
    yield PageItem("row", f"measure {number}", "; ".join(facts), number, bbox, since=since)
    yield from cells


def _value_name(head: ColumnHead) -> str:
    """What a column of figures holds: ``result 2022 K``."""
    said = (head.role, head.year, head.period, head.sex, head.area)
    return " ".join(str(part) for part in said if part is not None)


def _headings(row: Row) -> tuple[tuple[str, str | None], ...]:
    return (
        ("perspective", row.perspective_heading),
        ("goal", row.goal_heading),
        ("factor", row.factor_heading),
    )


def _cell(field: str, cell: Cell, page: int) -> Iterator[PageItem]:
    """A cell and its marks; a cell without text has no label, and its marks say whose they are."""
    is_empty = not cell.text.strip()
    if _touches(cell.place, page):
        bbox, since = _part_on(cell.place, page)
        label = "" if is_empty else field
        yield PageItem("cell", field, cell.text, label, bbox, since=since)
    for marker in cell.markers:
        if marker.place.page == page:
            yield _marker(field, marker, f"{field}: " if is_empty else "")


def _marker(field: str, marker: Marker, lead: str = "") -> PageItem:
    value = marker.value or "not read"
    text = value if marker.doubt is None else f"{value}: {marker.doubt}"
    short = f"{lead}{value}"
    label = f"{short}\n{' '.join(filter(None, (marker.read_by, marker.colour)))}"
    box, how = marker.place.bbox, marker.read_by
    return PageItem("marker", field, text, label, box, how, marker.colour, short)
