"""Puts together rows of a table that a page break cut.

Whether the first row overleaf continues the last row of the page before is decided by a score: the
sum of points for (above zero) and against it from each cell. They are on one scale and were set by
hand, one against the other:

- 0.5 to 1 is a hint, which alone joins nothing,
- 1.5 is one cue that joins where nothing speaks against it (it is the bar, ``_ENOUGH``),
- 3 is a cue that joins against a hint, but not against another such cue,
- 4 against a join outweighs any one cue for it.

A score near to the bar, on either side of it, marks the row for review.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from styrmatt.extract.model.text_lines import HYPHENS
from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry
from styrmatt.swedish.phrases import begins_with_capital, begins_within_phrase, ends_sentence
from styrmatt.whitespace import squeeze

_ENOUGH = 1.5
"""The score from which a row is joined: one cue and nothing against it."""
_WEAK = 1.0
"""A score less than this from the bar is weak evidence: one more hint might have decided otherwise.
"""
_NO_NAME = 3.0
"""The row overleaf has no name: rows have one, unless it stands on the page before."""
_LEAD_IN = -4.0
"""Its name begins with a lead-in ("Activity:"), as only whole names do."""
_HYPHEN_GOES_ON = 3.0
"""The name was broken by a hyphen and goes on with a small letter or a figure: it is one word.

That joins without any other cue and without a review (1.5 and 1.0), unlike a small letter alone.
"""
_HYPHEN_THEN_CAPITAL = 1.0
"""After the hyphen follows a capital: "EU-" may end a name or go on ("EU-Medel"), a hint only."""
_SMALL_LETTER = 1.5
"""The name overleaf begins with a small letter, as no name does: one cue."""
_CAPITAL = -1.0
"""It begins with a capital: most likely a name of its own, but names hold capitals as well."""
_BOTH_HAVE_BOARDS = -4.0
"""Each row names a board: two measures."""
_BOARD_ABOVE_ALONE = 1.5
"""Only the row before has a board, in a table with boards: the second row lacks its own."""
_TARGET_IN_ONE = 1.0
"""Only one of the rows has a target: together they have what a row has."""
_TARGET_GOES_ON = 1.5
"""Both have one, and the second goes on the first: after a hyphen, or with a small letter."""
_TWO_TARGETS = -2.0
"""Both have one of their own."""
_TWO_STATUSES = -3.0
"""Both have a status, and not one shaded cell cut in two."""
_STATUS_ABOVE_ALONE = 0.5
"""Only the row before has a status: a hint, since statuses are left out now and then."""
_OTHER_SEX = 3.0
"""The row overleaf is for another sex than the one before: lines of one measure."""
_SAME_SEX = -2.0
"""It is for the same sex, or the one before for none: another measure's first line. Weaker, since a
name may go on in it."""
_NO_FACTOR = 0.5
"""The row overleaf has no success factor: cells merged over rows leave it empty, too."""
_OWN_FACTOR = -3.0
"""Its factor is a known one, or again that of the row before: printed for a row of its own."""
_FACTOR_CUT = 3.0
"""Both factors together are a known one and neither is alone: the cell was cut."""
_NAME_ALONE = 1.0
"""It holds nothing but part of a name, and the row before lacks nothing: makes up for a capital."""


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
    score = _score(last, first, known_factors, is_lead_in)
    if score < _ENOUGH:
        if score > _ENOUGH - _WEAK:
            first.review.add("row_joined")
        return False
    if score < _ENOUGH + _WEAK:
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


def _score(
    last: TableEntry,
    first: TableEntry,
    known_factors: Container[str],
    is_lead_in: Callable[[str], bool],
) -> float:
    second_sex = _is_second_sex_without_letter(last, first)
    return (
        _by_name(last, first, is_lead_in)
        + _by_board(last, first)
        + (0.0 if second_sex else _by_line(last.lines[-1], first.lines[0]))
        + _by_factor(last, first, known_factors)
        + _by_name_alone(last, first)
    )


def _is_second_sex_without_letter(last: TableEntry, first: TableEntry) -> bool:
    """Whether two rows are lines for women and men of which one at least lacks its letter.

    The name overleaf is surely the rest of the one before: it begins within a phrase and has no
    board, where the row before has one. Then a second target or status is no sign of a second
    measure, since a line for the other sex has its own.
    """
    above, below = last.lines[-1], first.lines[0]
    if "sex" not in above.cells or (above.text("sex") and below.text("sex")):
        return False
    if not last.text("board") or "board" not in first.cells or first.text("board"):
        return False
    name, rest = name_of(last), name_of(first)
    return begins_within_phrase(rest) and begins_with_capital(name) and not ends_sentence(name)


def _by_line(last: EntryLine, first: EntryLine) -> float:
    return _by_target(last, first) + _by_marks(last, first) + _by_sex(last, first)


def name_of(entry: TableEntry) -> str:
    """The name of the measure, or of an overview's factor."""
    return entry.text("measure") if "measure" in entry.cells else entry.text("success_factor")


def _by_name(last: TableEntry, first: TableEntry, is_lead_in: Callable[[str], bool]) -> float:
    before, after = name_of(last), name_of(first)
    if not after:
        return _NO_NAME
    if is_lead_in(after):
        return _LEAD_IN
    if before.endswith(HYPHENS):
        goes_on = after[:1].islower() or after[:1].isdecimal()
        return _HYPHEN_GOES_ON if goes_on else _HYPHEN_THEN_CAPITAL
    start = after.lstrip("([”\"'")[:1]
    return _SMALL_LETTER if start.islower() else _CAPITAL


def _by_board(last: TableEntry, first: TableEntry) -> float:
    if "board" not in first.cells:
        return 0.0
    before, after = last.text("board"), first.text("board")
    if before and after:
        return _BOTH_HAVE_BOARDS
    return _BOARD_ABOVE_ALONE if before and not after else 0.0


def _by_target(last: EntryLine, first: EntryLine) -> float:
    before, after = last.text("target"), first.text("target")
    if not after:
        return _TARGET_IN_ONE if before else 0.0
    if not before:
        return _TARGET_IN_ONE
    goes_on = before.endswith(HYPHENS) or after[:1].islower()
    return _TARGET_GOES_ON if goes_on else _TWO_TARGETS


def _by_marks(last: EntryLine, first: EntryLine) -> float:
    if first.text("sex"):
        return 0.0
    if last.marks("status") and first.marks("status") and not _one_shading(last, first):
        return _TWO_STATUSES
    return _STATUS_ABOVE_ALONE if last.marks("status") and not first.marks("status") else 0.0


def _one_shading(last: EntryLine, first: EntryLine) -> bool:
    """Whether both status cells are shaded alike: a cell that is cut is shaded twice."""
    colours = {m.colour for line in (last, first) for m in line.marks("status")}
    shaded = all(m.read_by == "shading" for line in (last, first) for m in line.marks("status"))
    return shaded and len(colours) == 1


def _by_sex(last: EntryLine, first: EntryLine) -> float:
    before, after = squeeze(last.text("sex")), squeeze(first.text("sex"))
    if not after:
        return 0.0
    return _OTHER_SEX if before and before != after else _SAME_SEX


def _by_factor(last: TableEntry, first: TableEntry, known: Container[str]) -> float:
    if "success_factor" not in first.cells or "measure" not in first.cells:
        return 0.0
    before, after = squeeze(last.text("success_factor")), squeeze(first.text("success_factor"))
    if not after:
        return _NO_FACTOR
    if after in known or after == before:
        return _OWN_FACTOR
    if before not in known and before + after in known:
        return _FACTOR_CUT
    return 0.0


def _by_name_alone(last: TableEntry, first: TableEntry) -> float:
    """Points for a row that holds only part of a name, after a row with a target and a status."""
    if "measure" not in first.cells:
        return 0.0
    bare = len(first.lines) == 1 and not any(
        cell.text or cell.marks for cell in first.lines[0].cells.values()
    )
    others = any(cell.text for name, cell in first.cells.items() if name != "measure")
    complete = bool(last.lines[-1].text("target") and last.lines[-1].marks("status"))
    return _NAME_ALONE if bare and not others and complete else 0.0


def _extend_cells(cells: dict[str, TableCell], overleaf: Mapping[str, TableCell]) -> None:
    """Append to each cell its rest overleaf; cells without a part on the page before are added."""
    for name, cell in overleaf.items():
        if name in cells:
            cells[name].extend(cell)
        else:
            cells[name] = cell


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
        if _one_shading(tail, head):
            head.cells["status"].marks.clear()
        _extend_cells(tail.cells, head.cells)
        tail.page_last = head.page_last
    last.lines += rest
    distribute_marks(last)
