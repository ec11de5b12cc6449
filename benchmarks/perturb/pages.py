"""Perturbations of order and pages: left out, swapped, twice; tables that a page end cuts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from perturb.draft import Draft, Grid, Key, Row, Typeset
from perturb.kinds import NotHere, kind
from perturb.text import needed


def _rearrange(draft: Draft, order: Callable[[Typeset], list[int]]) -> None:
    """Put the file's pages into another order; pages that are not in it are left out."""

    def finish(writer: Any, done: Typeset) -> None:
        wanted = order(done)
        pages = [writer.pages[number - 1] for number in done.order]
        count = len(writer.pages)
        for number in wanted:
            writer.add_page(pages[number - 1])
        for _ in range(count):
            writer.remove_page(0)
        done.order = wanted
        for row in draft.rows.values():
            on = {place.page for place in done.places if place.key == row.key and place.filled}
            if not on <= set(wanted):
                row.keep(*(name for name in row.values if name != "page"))

    draft.finishers.append(finish)


def pages_of(done: Typeset, keys: list[Key]) -> list[int]:
    """The pages on which rows of these stand."""
    return sorted({place.page for place in done.places if place.key in keys and place.filled})


def _count(done: Typeset) -> int:
    return len(done.order)


@kind("pages", "a page with rows is left out", "page", "row", "table", "name", "link")
def page_left_out(draft: Draft) -> None:
    draft.holes.append("a page is left out")

    def order(done: Typeset) -> list[int]:
        gone = draft.random.choice(pages_of(done, list(draft.rows))[:-1] or [2])
        return [number for number in done.order if number != gone]

    _rearrange(draft, order)


@kind("pages", "the last pages are left out", "page", "row", "table", "name", "link")
def end_left_out(draft: Draft) -> None:
    draft.holes.append("the last pages are left out")
    longest = max(draft.grids, key=lambda grid: len(grid.keys))
    _cut(draft, longest, tail=True)

    def order(done: Typeset) -> list[int]:
        last = pages_of(done, longest.keys)[0]
        return [number for number in done.order if number <= last]

    _rearrange(draft, order)


@kind(
    "pages",
    "two pages have changed places; their numbers say so",
    "page",
    "row",
    "name",
    "table",
    "double",
)
def pages_swapped(draft: Draft) -> None:
    def order(done: Typeset) -> list[int]:
        first = draft.random.choice(pages_of(done, list(draft.rows)))
        first = min(first, _count(done) - 1)
        out = list(done.order)
        out[first - 1], out[first] = out[first], out[first - 1]
        return out

    _rearrange(draft, order)


@kind("pages", "a page with rows is there twice", "page", "double", "row")
def page_twice(draft: Draft) -> None:
    def order(done: Typeset) -> list[int]:
        twice = draft.random.choice(pages_of(done, list(draft.rows)))
        for row in draft.rows.values():
            if twice in pages_of(done, [row.key]):
                row.named = True
        return [n for number in done.order for n in [number] * (1 + (number == twice))]

    _rearrange(draft, order)


@kind("pages", "the pages in reverse", "page", "row", "name", "table", "link", "column")
def pages_reversed(draft: Draft) -> None:
    _rearrange(draft, lambda done: done.order[::-1])


@kind("pages", "a blank page within the report", "page")
def page_blank(draft: Draft) -> None:
    def finish(writer: Any, done: Typeset) -> None:
        at = draft.random.choice(pages_of(done, list(draft.rows)))
        writer.insert_blank_page(*done.page_size, index=at)
        done.order.insert(at, 0)

    draft.finishers.append(finish)


# --- page ends within tables


def _cut(draft: Draft, grid: Grid, *, tail: bool, lines: int = 0) -> Row:
    """Have a page end cut a table before or within one of its rows; returns that row."""
    if len(grid.keys) < 2:
        raise NotHere
    places = [
        at
        for at, row in enumerate(grid.rows)
        if at
        and row[grid.column("measure")] is not None
        and grid.cell(grid.keys[at], "measure").rows == 1
        and (not lines or len(str(draft.rows[grid.keys[at]].values["measure"])) > 45)
    ]
    if not places:
        raise NotHere
    at = draft.random.choice(places)
    grid.cut, grid.tail = (at, lines), tail
    draft.style = replace(draft.style, split_rows=True)
    return draft.rows[grid.keys[at]]


def _some_grid(draft: Draft, *, tail: bool = True, lines: int = 0) -> tuple[Grid, Row]:
    """Cut the first table, in a random order, in which that can be done."""
    for grid in draft.random.sample(draft.grids, len(draft.grids)):
        try:
            return grid, _cut(draft, grid, tail=tail, lines=lines)
        except NotHere:
            continue
    raise NotHere


@kind("pages", "a page end within a row: its name goes on overleaf", "row", "name")
def row_cut(draft: Draft) -> None:
    for _ in range(2):
        _, row = _some_grid(draft, lines=1)
        row.named = True


@kind("pages", "a page end between two rows, without a header overleaf", "row")
def table_goes_on(draft: Draft) -> None:
    draft.style = replace(draft.style, repeat_header=False)
    _some_grid(draft)


@kind("pages", "a page end within a row, with the header again overleaf", "row", "name")
def header_again(draft: Draft) -> None:
    draft.style = replace(draft.style, repeat_header=True)
    _, row = _some_grid(draft, lines=1)
    row.named = True


@kind(
    "pages",
    "a page end cuts a row, and the rest of the table is not printed",
    "row",
    "name",
    "page",
)
def table_ends_in_row(draft: Draft) -> None:
    grid, row = _some_grid(draft, tail=False, lines=1)
    row.keep("measure", "target_text", "target_value", "status", "trend")
    after = grid.keys[grid.keys.index(row.key) + 1 :]
    # The typesetter drops the rest of the group of rows; rows after that are taken out here.
    if after:
        last = grid.keys.index(row.key)
        del grid.rows[last + 1 :]
        del grid.keys[last + 1 :]
        for key in after:
            draft.rows[key].printed = False


@kind(
    "pages",
    "the page with a table's header is left out, and its rows go on overleaf",
    "page",
    "row",
    "table",
    "link",
)
def head_left_out(draft: Draft) -> None:
    draft.style = replace(draft.style, repeat_header=False)
    grid, _ = _some_grid(draft)
    draft.holes.append("a page with the beginning of a table is left out")

    def order(done: Typeset) -> list[int]:
        gone = pages_of(done, grid.keys)[0]
        return [number for number in done.order if number != gone]

    _rearrange(draft, order)


@kind("pages", "the page numbers begin anew in the middle", "page")
def numbers_begin_anew(draft: Draft) -> None:
    needed(list(draft.rows.values()))
    draft.style = replace(draft.style, running="none")

    def number(canvas: Any, page: int, places: object) -> None:
        canvas.setFont(draft.style.font, 8)
        canvas.drawRightString(
            draft.style.page[0] - 70, draft.style.page[1] - 34, str(page if page < 4 else page - 3)
        )

    draft.page_ends.append(number)
