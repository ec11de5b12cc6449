"""Perturbations of geometry: more columns, narrow ones; rows, rules and pages out of place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pypdf import Transformation
from pypdf.generic import RectangleObject
from typeset.tables import PAD

from perturb.draft import Base, Draft, Grid, Place, Typeset
from perturb.drawing import lines_of
from perturb.kinds import NotHere, kind
from perturb.text import needed
from perturb.words import header, words

Texts = Callable[[Draft, Grid], list[str]]


def _ruled(base: Base) -> bool:
    return base.ruled


def _spaced(base: Base) -> bool:
    return not base.ruled


def _numbers(draft: Draft, grid: Grid) -> list[str]:
    """Figures that look like targets, one for each row."""
    return [f"{draft.random.randint(11, 97)}{draft.random.choice(['', ' %'])}" for _ in grid.keys]


def _places(draft: Draft, grid: Grid) -> list[str]:
    """1, 2, 3 ... for each row."""
    return [str(number) for number in range(1, len(grid.keys) + 1)]


def _words(name: str) -> Texts:
    def texts(draft: Draft, grid: Grid) -> list[str]:
        return [draft.random.choice([*words()["cells"][name], ""]) for _ in grid.keys]

    return texts


def _add_column(draft: Draft, name: str, at: str | int, width: float, texts: Texts) -> None:
    """Give every table a column more: before the field `at`, or at that place."""
    text = header(draft, name)
    for grid in draft.grids:
        place = grid.column(at) if isinstance(at, str) else at
        where = len(grid.header) if place < 0 else place
        grid.insert(where, text, texts(draft, grid), width)


@kind("geometry", "a column of numbers more, first, between lines", "column", fits=_ruled)
def column_first_ruled(draft: Draft) -> None:
    _add_column(draft, "first", 0, 7, _places)


@kind("geometry", "a column of numbers more, first, set off by space", "column", fits=_spaced)
def column_first_spaced(draft: Draft) -> None:
    _add_column(draft, "first", 0, 7, _places)


@kind(
    "geometry", "a column of figures more, before the target, between lines", "column", fits=_ruled
)
def column_before_target_ruled(draft: Draft) -> None:
    _add_column(draft, "between", "target", 13, _numbers)


@kind(
    "geometry",
    "a column of figures more, before the target, set off by space",
    "column",
    fits=_spaced,
)
def column_before_target_spaced(draft: Draft) -> None:
    _add_column(draft, "between", "target", 13, _numbers)


@kind(
    "geometry", "a column of figures more, after the target, between lines", "column", fits=_ruled
)
def column_after_target_ruled(draft: Draft) -> None:
    _add_column(draft, "between", "status", 13, _numbers)


@kind(
    "geometry",
    "a column of figures more, after the target, set off by space",
    "column",
    fits=_spaced,
)
def column_after_target_spaced(draft: Draft) -> None:
    _add_column(draft, "between", "status", 13, _numbers)


@kind("geometry", "a column of words more, before the target", "column")
def column_of_words(draft: Draft) -> None:
    _add_column(draft, "words_between", "target", 14, _words("periods"))


@kind("geometry", "a column of figures more, last, between lines", "column", fits=_ruled)
def column_last_ruled(draft: Draft) -> None:
    _add_column(draft, "last", -1, 15, _numbers)


@kind("geometry", "a column of figures more, last, set off by space", "column", fits=_spaced)
def column_last_spaced(draft: Draft) -> None:
    _add_column(draft, "last", -1, 15, _numbers)


@kind("geometry", "a column of comments more, last", "column")
def column_of_comments(draft: Draft) -> None:
    _add_column(draft, "words_last", -1, 20, _words("comments"))


@kind("geometry", "a column of figures more, without a header", "column")
def column_without_header(draft: Draft) -> None:
    for grid in draft.grids:
        grid.insert(grid.column("status"), "", _numbers(draft, grid), 12)


@kind("geometry", "the columns of target and status in each other's place", "column")
def columns_swapped(draft: Draft) -> None:
    for grid in draft.grids:
        _swap(grid, "target", "status", head=True)


@kind(
    "geometry",
    "the headers of target and status in each other's place",
    "column",
    "target",
    "status",
    "table",
)
def headers_swapped(draft: Draft) -> None:
    grid = draft.random.choice(draft.grids)
    one, other = grid.column("target"), grid.column("status")
    first, second = grid.header[one], grid.header[other]
    grid.header[one] = replace(first, text=second.text)
    grid.header[other] = replace(second, text=first.text)
    for key in grid.keys:
        draft.rows[key].keep("target_value", "target_text", "status")


def _swap(grid: Grid, one: str, other: str, *, head: bool) -> None:
    a, b = grid.column(one), grid.column(other)
    for line in [grid.header, grid.widths, *grid.rows]:
        line[a], line[b] = line[b], line[a]  # type: ignore[index]


@kind(
    "geometry",
    "name and target columns so narrow that words are broken anywhere",
    "column",
    "name",
    "target",
)
def narrow_columns(draft: Draft) -> None:
    for grid in draft.grids:
        grid.widths[grid.column("measure")] *= draft.random.uniform(0.55, 0.75)
        grid.widths[grid.column("target")] *= draft.random.uniform(0.6, 0.8)


@kind(
    "geometry",
    "names that run over the border of their column",
    "column",
    "row",
    "name",
    "board",
    "target",
)
def words_over_border(draft: Draft) -> None:
    for row in needed(draft.pick(2, lambda row: row.key[1] == "all")):
        text = draft.grid(row.key).cell(row.key, "measure").text.replace("\n", " ")
        over = draft.random.uniform(12, 25)

        def paint(canvas: Any, place: Place, text: str = text, over: float = over) -> None:
            wide = replace(place, right=place.right + over)
            canvas.setFont(draft.style.font, draft.style.table_size)
            for x, y, line in lines_of(draft, wide, text):
                canvas.drawString(x, y, line)

        draft.put(row, "measure", paint=paint)
        row.keep("measure", "board", "target_text", "target_value")


@kind("geometry", "the targets of a table half a row too low", "column", "row", "target",
      fits=_spaced)  # fmt: skip
def targets_half_a_row_low(draft: Draft) -> None:
    grid = max(draft.grids, key=lambda grid: len(grid.keys))
    if len(grid.keys) < 2:
        raise NotHere
    for key in grid.keys:
        if grid.cell(key, "target").rows > 1:
            continue
        draft.put(draft.rows[key], "target", shift=(0.0, -0.9 * draft.style.table_size))
        draft.rows[key].keep("target_value", "target_text")


@kind("geometry", "the marks of a table half a row too high", "column", "row", "status", "trend",
      fits=lambda base: base.coloured)  # fmt: skip
def marks_half_a_row_high(draft: Draft) -> None:
    grid = max(draft.grids, key=lambda grid: len(grid.keys))
    for key in grid.keys:
        for name in ("status", "trend"):
            draft.put(draft.rows[key], name, shift=(0.0, 0.75 * draft.style.mark_size))
            draft.rows[key].keep(name)


@kind("geometry", "cells here and there without their borders", "column", "row", fits=_ruled)
def borders_missing(draft: Draft) -> None:
    for row in draft.rows.values():
        for cell in draft.grid(row.key).header:
            if draft.random.random() < 0.3:
                draft.put(row, cell.field, ruled=False)


@kind("geometry", "lines between the rows only", "column", fits=_ruled)
def columns_unruled(draft: Draft) -> None:
    draft.style = replace(draft.style, rules="horizontal")


@kind("geometry", "no lines at all", "column", "row", fits=_ruled)
def rules_missing(draft: Draft) -> None:
    draft.style = replace(draft.style, rules="none")


@kind("geometry", "text in the middle of the row's height", "row", "column")
def middle_of_row(draft: Draft) -> None:
    draft.style = replace(draft.style, valign="middle")


@kind("geometry", "targets set to the right of their column", "column", "target")
def targets_right(draft: Draft) -> None:
    for row in draft.rows.values():
        draft.put(row, "target", right=True)


@kind("geometry", "the headers set upright, read from below", "column", "table")
def headers_upright(draft: Draft) -> None:
    for grid in draft.grids:
        for at, cell in enumerate(grid.header[1:], 1):
            text = cell.text.replace("-\n", "").replace("\n", " ")

            def paint(canvas: Any, place: Place, text: str = text) -> None:
                canvas.translate(
                    place.left + (place.right - place.left) / 2 + 3, place.bottom + PAD
                )
                canvas.rotate(90)
                canvas.setFont(f"{draft.style.font}-Bold", draft.style.table_size)
                canvas.drawString(0, 0, text)

            grid.header[at] = replace(cell, paint=paint)
        first = grid.header[0]
        grid.header[0] = replace(first, text=first.text + "\n \n \n \n \n \n ")


# --- whole pages


def _transform(draft: Draft, change: Callable[[Any, int], None]) -> None:
    def finish(writer: Any, done: Typeset) -> None:
        for number, page in enumerate(writer.pages, 1):
            change(page, number)

    draft.finishers.append(finish)


@kind("geometry", "pages that the viewer turns: /Rotate with the content turned against it", "page")
def pages_turned_back(draft: Draft) -> None:
    wide, high = draft.style.page

    def change(page: Any, number: int) -> None:
        page.add_transformation(Transformation().rotate(90).translate(high, 0))
        page.mediabox = RectangleObject((0, 0, high, wide))
        page.cropbox = RectangleObject((0, 0, high, wide))
        page.rotate(90)

    _transform(draft, change)


@kind("geometry", "pages shown on their side", "page", "table", "column")
def pages_on_their_side(draft: Draft) -> None:
    turn = draft.random.choice([90, 180, 270])
    _transform(draft, lambda page, number: page.rotate(turn))


@kind("geometry", "pages printed smaller or larger", "page", "column")
def pages_scaled(draft: Draft) -> None:
    factor = draft.random.choice([0.5, 0.7, 1.4, 2.0])
    _transform(draft, lambda page, number: page.scale_by(factor))


@kind("geometry", "even pages moved to the side", "page", "column", "row")
def even_pages_moved(draft: Draft) -> None:
    by = draft.random.choice([-30, -18, 18, 30])

    def change(page: Any, number: int) -> None:
        if number % 2 == 0:
            page.add_transformation(Transformation().translate(by, 0))

    _transform(draft, change)


@kind(
    "geometry",
    "pages a little askew, as from a scanner with text recognition",
    "page",
    "column",
    "row",
)
def pages_askew(draft: Draft) -> None:
    degrees = draft.random.choice([-1.2, -0.6, 0.6, 1.2])
    _transform(
        draft, lambda page, number: page.add_transformation(Transformation().rotate(degrees))
    )


@kind("geometry", "pages whose corner is not at the origin", "page", "column")
def origin_elsewhere(draft: Draft) -> None:
    dx, dy = draft.random.randint(50, 300), draft.random.randint(-300, -50)
    wide, high = draft.style.page

    def change(page: Any, number: int) -> None:
        page.add_transformation(Transformation().translate(dx, dy))
        page.mediabox = RectangleObject((dx, dy, dx + wide, dy + high))
        page.cropbox = RectangleObject((dx, dy, dx + wide, dy + high))

    _transform(draft, change)
