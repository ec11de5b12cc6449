"""Puts together rows of a table that a page break cut.

Whether the first row overleaf continues the last row of the page before is decided by the score of
:mod:`styrmatt.extract.tables.cut_row_score`. One near to the bar, on either side of it, marks the
row for review.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry, share_target
from styrmatt.extract.tables.cut_row_score import (
    ENOUGH,
    WEAK,
    one_shading,
    same_column,
    score_of,
)
from styrmatt.whitespace import squeeze


def join_cut_row(
    last: TableEntry,
    first: TableEntry,
    known_factors: Container[str],
    is_lead_in: Callable[[str], bool],
) -> bool:
    """Join ``first`` to ``last`` where it continues it; True if so.

    ``known_factors`` are squeezed names of the overview; ``is_lead_in`` says whether a name begins
    with a lead-in word such as "Aktivitet:".
    """
    score = score_of(last, first, known_factors, is_lead_in)
    if score < ENOUGH:
        if score > ENOUGH - WEAK:
            first.review.add("row_joined")
        return False
    if score < ENOUGH + WEAK:
        last.review.add("row_joined")
    _join(last, first)
    return True


def share_cut_factor(
    last: TableEntry, entries: Sequence[TableEntry], known: Container[str], *, joined: str
) -> None:
    """Join a success factor's cell that is merged over measures and was cut by the page break.

    ``entries`` are the measures overleaf, without one that was joined to ``last``, whose factor's
    text is ``joined``. Where the text overleaf is the end of the factor, all of them get the whole
    cell. ``known`` are squeezed names of factors.
    """
    if "success_factor" not in last.cells:
        return
    cell = last.cells["success_factor"]
    rest = joined or (entries[0].text("success_factor") if entries else "")
    if not rest:
        return
    if not joined:
        joined_name = squeeze(cell.text) + squeeze(rest)
        if squeeze(rest) in known or squeeze(cell.text) in known or joined_name not in known:
            return
        cell.extend(entries[0].cells["success_factor"])
    for entry in entries:
        if entry.text("success_factor") == rest:
            entry.cells["success_factor"] = cell


def distribute_marks(entry: TableEntry) -> None:
    """Give each line of a measure one mark, where a page break cut a cell merged over its lines.

    Nothing happens unless there are as many marks as lines.
    """
    for name in ("status", "trend"):
        cells = [line.cells[name] for line in entry.lines if name in line.cells]
        marks = [mark for cell in cells for mark in cell.marks]
        if len(cells) == len(entry.lines) == len(marks) and any(len(c.marks) != 1 for c in cells):
            for cell, mark in zip(cells, marks, strict=True):
                cell.marks = [mark]


def is_other_sex(last: TableEntry, entry: TableEntry) -> bool:
    """Whether a row repeats the name before it for the other sex, as a line of that measure."""
    if not all(
        squeeze(last.text(name)) == squeeze(entry.text(name))
        for name in ("measure", "board", "success_factor")
    ):
        return False
    sexes = [squeeze(line.text("sex")) for line in (*last.lines, *entry.lines)]
    return all(sexes) and len(set(sexes)) == len(sexes)


def _extend_cells(cells: dict[str, TableCell], overleaf: Mapping[str, TableCell]) -> None:
    """Append to each cell its rest overleaf; cells without a part on the page before are added."""
    for name, cell in overleaf.items():
        if name in cells:
            cells[name].extend(cell)
        else:
            cells[name] = cell


def _extend_values(line: EntryLine, overleaf: EntryLine) -> None:
    """Append to each figure its rest overleaf; those of columns without one before are added."""
    for value in overleaf.values:
        above = same_column(value, line.values)
        if above is None:
            line.values.append(value)
        else:
            above.cell.extend(value.cell)


def _join(last: TableEntry, first: TableEntry) -> None:
    _extend_cells(last.cells, first.cells)
    head, *rest = first.lines
    tail = last.lines[-1]
    if head.text("sex") and tail.text("sex"):
        last.lines.append(head)
        if tail.text("target") and not head.text("target"):
            head.cells["target"] = tail.cells["target"]  # one target cell for both, cut in two
            last.review.add("row_joined")
    else:
        if one_shading(tail, head):
            head.cells["status"].marks.clear()
        _extend_cells(tail.cells, head.cells)
        _extend_values(tail, head)
        tail.page_last = head.page_last
    last.lines += rest
    share_target(last)
    distribute_marks(last)
