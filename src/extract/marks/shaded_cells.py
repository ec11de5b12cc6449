"""Finds the shaded cells of a column: ground whose colour may be a mark."""

from __future__ import annotations

from collections.abc import Iterator

from styrmatt.extract.marks.candidates import COVERS_COLUMN, MarkCandidate
from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.model.page import Fill, Page
from styrmatt.geometry import (
    covered_length,
    middle_height,
    share_of_smaller,
    union,
)
from styrmatt.printed import Bbox

_MIN_SHADING = 5.0
"""Points: the height of a shaded cell at least, less than a line of the smallest print. Also what a
ruling has to be away from a shading's end to cut it in two."""


_WIDER_THAN_COLUMN = 1.5
"""Times the column's width from which shading belongs to several columns, and to none by itself."""


_CELL_SLACK = 1.0
"""Points by which the middle of a cell's shading may lie outside of the part that is searched."""


_SAME_SHADING = 0.5
"""Share of the smaller area from which shading that is painted later hides what lies below."""


_ROW_WIDE = 0.6
"""Share of a row's width from which shading of one colour is that of the row (a striped table) and
no mark of a cell."""


_BESIDE = 0.5
"""Share of the lower one's height in which areas have to overlap to be cells of one row."""


_CUTS_SHADING = 0.6
"""Share of a shading's width from which a ruling divides it into cells."""


def shaded_cells(page: Page, box: Bbox) -> list[MarkCandidate]:
    """A column's shaded cells, cut at its rulings; neither white nor the shading of whole rows."""
    column_width = box[2] - box[0]
    chosen: list[Fill] = []
    for fill in page.fills:
        x0, top, x1, bottom = fill.bbox
        overlap = min(x1, box[2]) - max(x0, box[0])
        if (
            overlap < COVERS_COLUMN * column_width
            or bottom - top < _MIN_SHADING
            or not box[1] - _CELL_SLACK <= middle_height(fill.bbox) <= box[3] + _CELL_SLACK
        ):
            continue
        if fill.colour is not None and lch(fill.colour).white:
            continue
        if x1 - x0 > _WIDER_THAN_COLUMN * column_width or _is_row_wide(page, fill):
            continue
        chosen = [o for o in chosen if share_of_smaller(o.bbox, fill.bbox) < _SAME_SHADING]
        chosen.append(fill)
    return [cell for fill in chosen for cell in _cells(page, fill)]


def _is_row_wide(page: Page, fill: Fill) -> bool:
    """Whether cells of the same colour beside this one make up most of the row."""
    top, bottom = fill.bbox[1], fill.bbox[3]

    def beside(box: Bbox) -> bool:
        lower = min(box[3] - box[1], bottom - top)
        return min(box[3], bottom) - max(box[1], top) > _BESIDE * lower

    alike = [
        other.bbox for other in page.fills if other.colour == fill.colour and beside(other.bbox)
    ]
    covered = covered_length((box[0], box[2]) for box in alike)
    words = [word.bbox for word in page.words_at(top, bottom)]
    row = union([fill.bbox, *words, *alike])
    return covered >= _ROW_WIDE * (row[2] - row[0]) and len(alike) > 1


def _cells(page: Page, fill: Fill) -> Iterator[MarkCandidate]:
    """The cells into which rulings cut a shaded area."""
    x0, top, x1, bottom = fill.bbox
    cuts = sorted(
        ruling.at
        for ruling in page.horizontals
        if not ruling.edge_of_fill
        and top + _MIN_SHADING < ruling.at < bottom - _MIN_SHADING
        and min(ruling.end, x1) - max(ruling.start, x0) > _CUTS_SHADING * (x1 - x0)
    )
    shading = MarkCandidate("shading", fill.bbox, fill.colour)
    for start, end in zip([top, *cuts], [*cuts, bottom], strict=True):
        if end - start >= _MIN_SHADING:
            yield shading._replace(bbox=(x0, start, x1, end))
