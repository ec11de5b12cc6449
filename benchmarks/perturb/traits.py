"""Perturbations of how tables are made: headers, merged cells, rows that are no measures."""

from __future__ import annotations

from dataclasses import replace

from perturb.draft import Draft, Grid, GridCell
from perturb.kinds import NotHere, kind
from perturb.text import needed, sex_pairs
from perturb.words import header, words


def _rename(draft: Draft, grids: list[Grid], name: str, text: str) -> None:
    for grid in grids:
        at = grid.column(name)
        grid.header[at] = replace(grid.header[at], text=text)


@kind(
    "tables",
    "a header of the target's column that no layout knows, in one table",
    "table",
    "column",
    "target",
)
def target_header_unknown(draft: Draft) -> None:
    grid = draft.random.choice(draft.grids)
    _rename(draft, [grid], "target", header(draft, "target_unknown"))
    for key in grid.keys:
        draft.rows[key].keep("target_value", "target_text")
        draft.rows[key].named = True


@kind(
    "tables",
    "a header of the target's column that no layout knows, in all tables",
    "table",
    "column",
    "target",
)
def target_headers_unknown(draft: Draft) -> None:
    _rename(draft, draft.grids, "target", header(draft, "target_unknown"))
    for row in draft.rows.values():
        row.keep("target_value", "target_text")


@kind(
    "tables",
    "a header of the names' column that no layout knows, in one table",
    "table",
    "column",
    "name",
)
def name_header_unknown(draft: Draft) -> None:
    grid = draft.random.choice(draft.grids)
    _rename(draft, [grid], "measure", header(draft, "measure_unknown"))
    for key in grid.keys:
        draft.rows[key].named = True


@kind(
    "tables",
    "a header of the names' column that no layout knows, in all tables",
    "table",
    "column",
    "name",
)
def name_headers_unknown(draft: Draft) -> None:
    _rename(draft, draft.grids, "measure", header(draft, "measure_unknown"))
    for row in draft.rows.values():
        row.named = True


@kind("tables", "a header of the boards' column that no layout knows", "table", "column", "board",
      fits=lambda base: base.family == "a")  # fmt: skip
def board_header_unknown(draft: Draft) -> None:
    _rename(draft, draft.grids, "board", header(draft, "board_unknown"))
    for row in draft.rows.values():
        row.keep("board")


@kind("tables", "a table of measures without a header", "table", "row", "column")
def header_missing(draft: Draft) -> None:
    grid = draft.random.choice(draft.grids[1:] or draft.grids)
    grid.bare = True
    for key in grid.keys:
        draft.rows[key].named = True


@kind("tables", "a header cell that is empty, that of the target", "table", "column", "target")
def target_header_empty(draft: Draft) -> None:
    grid = draft.random.choice(draft.grids)
    _rename(draft, [grid], "target", "")
    for key in grid.keys:
        draft.rows[key].keep("target_value", "target_text")


@kind("tables", "a row of words across the table, below a measure", "row", "column", "name")
def note_below_row(draft: Draft) -> None:
    grid = max(draft.grids, key=lambda grid: len(grid.keys))
    ends = [
        at for at in range(1, len(grid.rows) + 1)
        if at == len(grid.rows) or all(cell is not None for cell in grid.rows[at])
    ]  # fmt: skip
    at = draft.random.choice(ends)
    note = GridCell(words()["cells"]["note"], key=("", "note"), field="measure")
    others = [GridCell(key=("", "note"), field=cell.field) for cell in grid.header]
    others[grid.column("measure")] = note
    grid.rows.insert(at, list(others))
    grid.keys.insert(at, ("", "note"))
    if at:
        draft.rows[grid.keys[at - 1]].named = True


@kind("tables", "one target cell for two measures", "target", "row", "column")
def target_shared(draft: Draft) -> None:
    for grid in draft.random.sample(draft.grids, len(draft.grids)):
        at = grid.column("target")
        for number, (first, second) in enumerate(zip(grid.keys, grid.keys[1:], strict=False)):
            cells = grid.rows[number][at], grid.rows[number + 1][at]
            if first[0] == second[0] or None in cells or any(c.rows > 1 for c in cells if c):
                continue
            if any(cell is not None and cell.rows > 1 for cell in grid.rows[number]):
                continue
            one, other = draft.rows[first], draft.rows[second]
            grid.rows[number][at] = replace(cells[0], rows=2)
            grid.rows[number + 1][at] = None
            for name in ("target_value", "target_text"):
                other.values[name] = one.values[name]
                other.doubt(name, accept=(one.values[name],))
            return
    raise NotHere


@kind("tables", "cells of women and men that are not merged", "sex", "row", "name",
      fits=lambda base: base.family == "a")  # fmt: skip
def sexes_not_merged(draft: Draft) -> None:
    for grid in draft.grids:
        if any(cell is None for row in grid.rows for cell in row):
            shared = grid.column("target")
            if any(row[shared] is None for row in grid.rows):
                continue
            grid.split()


@kind("tables", "targets of women and men that take two lines each", "target", "row", "column",
      fits=lambda base: base.family == "a")  # fmt: skip
def targets_of_two_lines(draft: Draft) -> None:
    for women, men in sex_pairs(draft)[:2]:
        for row in (women, men):
            value = float(draft.random.randint(21, 94))
            text = words()["targets"]["long"].format(f"{value:g}", draft.random.randint(1, 20))
            draft.put(women, "target", rows=1)
            column = draft.grid(row.key).column("target")
            at = draft.grid(row.key).keys.index(row.key)
            cells = draft.grid(row.key).rows[at]
            cells[column] = GridCell(text, key=row.key, field="target")
            row.values["target_text"], row.values["target_value"] = text, value


@kind("tables", "empty rows between the measures", "row")
def rows_empty(draft: Draft) -> None:
    for grid in draft.grids:
        at = len(grid.rows)
        grid.rows.insert(at, [GridCell(key=("", "empty"), field=c.field) for c in grid.header])
        grid.keys.insert(at, ("", "empty"))


@kind("tables", "a target that is left empty", "target")
def target_empty(draft: Draft) -> None:
    for row in needed(draft.figures(2)):
        draft.put(row, "target", text="")
        row.values["target_text"] = row.values["target_value"] = None
        row.named = True
