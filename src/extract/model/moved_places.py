"""Moves all places of what was read to where they are on the page as the file has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from styrmatt.printed import Bbox, ExtractedReport, Location, Section, packed_box


@dataclass(slots=True)
class MovedPlaces:
    """Moves boxes; ``box_of`` says where a box of a page, by its number, is."""

    box_of: Callable[[int, Bbox], Bbox]
    _done: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    """What was moved, by ``id()``, with what came of it: cells of several rows stay one cell."""

    def report(self, report: ExtractedReport) -> ExtractedReport:
        """The report with all of its places moved; what words are unsure keeps its boxes."""
        moved: ExtractedReport = self._of(report)
        return moved

    def _of(self, value: Any) -> Any:
        if id(value) in self._done:
            return self._done[id(value)][1]
        found = self._moved(value)
        self._done[id(value)] = (value, found)
        return found

    def _moved(self, value: Any) -> Any:
        if isinstance(value, Location):
            return value if value.bbox is None else self._place(value, value.bbox)
        if isinstance(value, Section):
            return self._section(value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{one.name: self._of(getattr(value, one.name)) for one in fields(value)}
            )
        if isinstance(value, Mapping):
            return {key: self._of(one) for key, one in value.items()}
        return tuple(map(self._of, value)) if isinstance(value, tuple) else value

    def _place(self, place: Location, box: Bbox) -> Location:
        return replace(place, bbox=self.box_of(place.page, box))

    def _section(self, section: Section) -> Section:
        pages = section.pages or (section.place.page,) * len(section.line_boxes)
        boxes = zip(pages, section.line_boxes, strict=True)
        packed = b"".join(packed_box(self.box_of(page, box)) for page, box in boxes)
        return replace(section, place=self._of(section.place), boxes=packed)
