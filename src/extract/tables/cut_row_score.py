"""How much speaks for it that the first row overleaf goes on the last row of the page before.

A score is the sum of points for (above zero) and against it from each cell. They are on one scale
and were set by hand, one against the other:

- 0.5 to 1 is a hint, which alone joins nothing,
- 1.5 is one cue that joins where nothing speaks against it (it is the bar, ``ENOUGH``),
- 3 is a cue that joins against a hint, but not against another such cue,
- 4 against a join outweighs any one cue for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence

from styrmatt.extract.model.text_lines import HYPHENS
from styrmatt.extract.tables.cells import EntryLine, TableEntry, ValueColumn
from styrmatt.swedish.phrases import begins_with_capital, begins_within_phrase, ends_sentence
from styrmatt.whitespace import squeeze

ENOUGH = 1.5
"""The score from which a row is joined: one cue and nothing against it."""
WEAK = 1.0
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
_FIGURE_GOES_ON = 1.5
"""The name ends with a figure of which three digits go on overleaf ("per 1", "000 inhabitants")."""
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
_TWO_RESULTS = -2.0
"""Both have a result in one column, of which the second does not go on the first."""
_TWO_STATUSES = -3.0
"""Both have a status, and not one shaded cell cut in two."""
_STATUS_ABOVE_ALONE = 0.5
"""Only the row before has a status: a hint, since statuses are left out now and then."""
_OTHER_SEX = 3.0
"""The row overleaf is for another sex than the one before: lines of one measure."""
_SAME_SEX = -2.0
"""The row before has a line for that sex, or is for none: another measure's first line. Weaker, as
a name may go on in it."""
_NO_FACTOR = 0.5
"""The row overleaf has no success factor: cells merged over rows leave it empty, too."""
_OWN_FACTOR = -3.0
"""Its factor is a known one, or again that of the row before: printed for a row of its own."""
_FACTOR_CUT = 3.0
"""Both factors together are a known one and neither is alone: the cell was cut."""
_NAME_ALONE = 1.0
"""It holds nothing but part of a name, and the row before lacks nothing: makes up for a capital."""

_ENDS_WITH_FIGURE = re.compile(r"(?<![\d,.])[1-9]\d{0,2}$")
_THREE_DIGITS = re.compile(r"\d{3}(?![\d,.])")


def score_of(
    last: TableEntry,
    first: TableEntry,
    known_factors: Container[str],
    is_lead_in: Callable[[str], bool],
) -> float:
    """The points for it that ``first`` is the rest of ``last``: from ``ENOUGH`` on it is.

    ``known_factors`` are squeezed names of the overview; ``is_lead_in`` says whether a name begins
    with a lead-in word such as "Aktivitet:".
    """
    second_sex = _is_second_sex_without_letter(last, first)
    return (
        _by_name(last, first, is_lead_in)
        + _by_board(last, first)
        + (0.0 if second_sex else _by_line(last.lines, first.lines[0]))
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


def _by_line(lines: Sequence[EntryLine], first: EntryLine) -> float:
    last = lines[-1]
    return (
        _by_target(last, first)
        + _by_results(last, first)
        + _by_marks(last, first)
        + _by_sex(lines, first)
    )


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
    if _ENDS_WITH_FIGURE.search(before) and _THREE_DIGITS.match(after):
        return _FIGURE_GOES_ON
    start = after.lstrip("([”\"'")[:1]
    return _SMALL_LETTER if start.islower() else _CAPITAL


def _by_board(last: TableEntry, first: TableEntry) -> float:
    before, after = last.text("board"), first.text("board")
    if before and after:
        return _BOTH_HAVE_BOARDS
    return _BOARD_ABOVE_ALONE if before and not after else 0.0


def _by_target(last: EntryLine, first: EntryLine) -> float:
    before, after = _target_of(last), _target_of(first)
    if not after:
        return _TARGET_IN_ONE if before else 0.0
    if not before:
        return _TARGET_IN_ONE
    return _TARGET_GOES_ON if _text_goes_on(before, after) else _TWO_TARGETS


def _target_of(line: EntryLine) -> str:
    columns = (value.cell.text for value in line.values if value.role == "target")
    return line.text("target") or next(filter(None, columns), "")


def _by_results(last: EntryLine, first: EntryLine) -> float:
    """Points against a join where a column of results has a figure in both rows."""
    for value in first.values:
        above = same_column(value, last.values)
        if value.role == "target" or above is None or not (value.cell.text and above.cell.text):
            continue
        if not _text_goes_on(above.cell.text, value.cell.text):
            return _TWO_RESULTS
    return 0.0


def _text_goes_on(before: str, after: str) -> bool:
    return before.endswith(HYPHENS) or after[:1].islower()


def same_column(value: ValueColumn, values: Sequence[ValueColumn]) -> ValueColumn | None:
    """The value of the row before that stands in the column of one overleaf."""
    return next((one for one in values if _says(one) == _says(value)), None)


def _says(value: ValueColumn) -> tuple[object, ...]:
    return value.role, value.year, value.years_before, value.period, value.sex, value.area


def _by_marks(last: EntryLine, first: EntryLine) -> float:
    if first.text("sex"):
        return 0.0
    if last.marks("status") and first.marks("status") and not one_shading(last, first):
        return _TWO_STATUSES
    return _STATUS_ABOVE_ALONE if last.marks("status") and not first.marks("status") else 0.0


def one_shading(last: EntryLine, first: EntryLine) -> bool:
    """Whether both status cells are shaded alike: a cell that is cut is shaded twice."""
    colours = {m.colour for line in (last, first) for m in line.marks("status")}
    shaded = all(m.read_by == "shading" for line in (last, first) for m in line.marks("status"))
    return shaded and len(colours) == 1


def _by_sex(lines: Sequence[EntryLine], first: EntryLine) -> float:
    before, after = [squeeze(line.text("sex")) for line in lines], squeeze(first.text("sex"))
    if not after:
        return 0.0
    return _OTHER_SEX if before[-1] and after not in before else _SAME_SEX


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
