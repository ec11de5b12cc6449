"""Typesets a draft: the samples' own page layout, with its cells drawn as the draft wants them."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf
from typeset import canvas, tables
from typeset.blocks import Block, Table, groups

from perturb.draft import Draft, Grid, GridCell, Place, Typeset

PAD = tables.PAD
_AFTER_TABLE = 8.0
"""Points below a table, as typeset.canvas leaves them."""


def produce(draft: Draft) -> Typeset:
    """The draft's PDF and the places of its cells; sets the page of every row."""
    total = 0
    for _ in range(2):  # the second pass knows the number of pages
        page = _Page(draft, total)
        for block in draft.blocks:
            page.set_block(block)
        page.end()
        total = page.number
        page.canvas.showPage()
        page.canvas.save()
    done = Typeset(
        page.out.getvalue(), page.all_places, list(range(1, total + 1)), draft.style.page
    )
    if draft.finishers:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(done.pdf))
        for finisher in draft.finishers:
            finisher(writer, done)
        out = io.BytesIO()
        writer.write(out)
        done.pdf = out.getvalue()
    for row in draft.rows.values():
        number = done.page(row.key)
        row.printed = row.printed and number is not None
        row.values["page"] = number
    return done


class _Page(canvas.Page):
    """The page being set, which remembers where cells stand on it."""

    def __init__(self, draft: Draft, total: int) -> None:
        self.draft = draft
        self.places: list[Place] = []
        self.all_places: list[Place] = []
        super().__init__(draft.style, draft.report, total)

    def _open(self) -> None:
        for begin in self.draft.page_begins:
            begin(self.canvas, self.number)
        super()._open()

    def turn(self) -> None:
        self.end()
        super().turn()

    def end(self) -> None:
        """Draw what the draft wants at the end of a page."""
        for end in self.draft.page_ends:
            end(self.canvas, self.number, self.places)
        self.all_places += self.places
        self.places = []

    def set_block(self, block: Block | Grid) -> None:
        if isinstance(block, Grid):
            _Setter(self, block).set()
            self.y -= _AFTER_TABLE
        else:
            super().set_block(block)


class _Setter(tables.TableSetter):
    """Sets one grid."""

    page: _Page

    def __init__(self, page: _Page, grid: Grid) -> None:
        self.grid = grid
        rows = tuple(tuple(row) for row in grid.rows)
        header = () if grid.bare else tuple(cell.text or " " for cell in grid.header)
        super().__init__(page, Table("measures", header, rows, tuple(grid.widths)))

    def set(self) -> None:
        if self.grid.cut is None:
            super().set()
            return
        # Begin so low on the page that its end falls into the row that is to be cut.
        row, lines = self.grid.cut
        heights = [
            height
            for rows in [[self._header()], *groups(self.table.rows)]
            for height in self._group(rows).heights()
        ]
        leading = self.style.table_size * 1.2
        part = PAD * 2 + leading * lines + 1 if lines else 1
        needed = sum(heights[: row + 1]) + part
        bottom = self.style.margins[2]
        if self.page.room < needed:
            self.page.turn()
        self.page.y = bottom + needed
        self._set_header()
        for rows in groups(self.table.rows):
            group = self._group(rows)
            while group.count:
                group = self._set_group(group)
            self.count += len(rows)

    def _set_group(self, group: tables.Group) -> tables.Group:
        before = self.page.number
        rest = super()._set_group(group)
        cut = rest.count and self.page.number > before and rest is not group
        return tables.Group(0, []) if cut and not self.grid.tail else rest

    def _header(self) -> tuple[GridCell, ...]:
        return tuple(self.grid.header)

    def _content(self, box: tables.Box, top: float, bottom: float) -> None:
        cell = box.cell
        if not isinstance(cell, GridCell):
            super()._content(box, top, bottom)
            return
        left = self.lefts[box.column]
        right = left + self.widths[box.column]
        filled = bool(box.pieces) or cell.paint is not None
        place = Place(cell.key, cell.field, self.page.number, left, bottom, right, top, filled)
        self.page.places.append(place)
        sheet: Any = self.page.canvas
        if cell.paint is not None:
            sheet.saveState()
            sheet.setFillColorRGB(0, 0, 0)
            cell.paint(sheet, place)
            sheet.restoreState()
            return
        if cell.shift != (0.0, 0.0):
            sheet.saveState()
            sheet.translate(*cell.shift)
            super()._content(box, top, bottom)
            sheet.restoreState()
            return
        super()._content(box, top, bottom)

    def _rules(self, group: tables.Group, tops: list[float], header: bool) -> None:
        boxes = [box for box in group.boxes if getattr(box.cell, "ruled", True)]
        super()._rules(replace(group, boxes=boxes), tops, header)
