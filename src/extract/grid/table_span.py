"""Where a table ends: at the end of its rulings, else below its last row.

Lines below a header are rows as long as words or marks stand in more than one column. Lines over
the whole width belong to the table where more rows follow: they are goals or comments. Lengths are
in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.grid.rows.notes import is_smaller
from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.model.page import Page, drawn_boxes
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.geometry import middle_height

_AT_BOUND = 3.0
"""Points by which a ruling may miss the bound that it stands at."""
_TOUCH = 4.0
"""Points by which two pieces of one ruling may lie apart, and a ruling from the header."""
_HIGHEST_BAND = 40.0
"""Points between two pieces of a ruling that a shaded row over the whole width may fill: a goal's
name has two lines at most, and padding."""
_HEADER_ONLY = 8.0
"""Points below the header down to which vertical rulings are its own: the edges of its shading."""
_FEWEST_RULES = 2
"""Bounds at which rulings stand in a table with a frame."""
_MOST_BETWEEN = 7
"""Lines over the whole width between two rows: a comment or a goal's name is no longer."""
_WIDEST_GAP = 3.6
"""Ems without a word between two rows of a table at most."""
_LEADING = 0.65
"""Ems: a wider gap parts the last row's cells from what follows the table."""
_NO_LEADING = 0.97
"""Ems: lines of one text are never set nearer to each other."""
_MIDDLE_LEADING, _IN_MIDDLE = 1.5, 1.0
"""Ems to the lines above and below for a name in the middle of two lines at most, and the points by
which the two distances may differ."""
_SAME_SIZE = 0.6
"""Points by which the lines of one cell may differ in font size."""
_FEWEST_CELLS = 2
"""Cells of a line that show a row."""
_TEXT_WIDTH = 0.6
"""Share of a table's width from which words a space apart are text beside something else."""
_PARTED = 0.5
"""Share of a table's lines beside which rulings part the columns, if they do so in each row."""
_FEWEST_COMMENTS = 2
"""Comments below rows that show that the last row may have one, too; of one in small type a
single one shows it."""
_MOST_GROUP_LINES = 2
"""Lines of a goal's name in a row of its own at the end of a page."""
_BELOW_TEXT = 1.5
"""Points below the last line of a table without rulings where it ends."""
_BELOW_ROW = 0.7
"""Ems of padding that a row may have above the ground of its comment, besides half a line's."""
_RULES_COVER = 0.95
"""Share of the table's width that rulings between a row and its comment cover."""
_RULE_COVERS = 0.6
"""Share of the table's width that a ruling below its last row covers."""


@dataclass(frozen=True)
class GridLine:
    """A line of text in a table: the columns where it has words, and whether it runs over bounds.

    ``has_marks`` says that something is drawn on its height in another column than the first.
    """

    line: PageLine
    columns: frozenset[int]
    wide: bool
    has_marks: bool = False
    note: str = ""
    """The role of what it says below a measure's name, in the same cell: "comment", "source"."""
    has_note: bool = False
    """Whether it is a name, or the end of one, with such a text below it."""

    @property
    def is_row(self) -> bool:
        """Whether it shows a row of cells."""
        if self.wide or self.note:
            return False
        return len(self.columns) > 1 or (self.has_marks and bool(self.columns))


def grid_lines(page: Page, columns: GridColumns, lines: Sequence[PageLine]) -> list[GridLine]:
    """The lines with the columns that they have words in."""
    marks = _mark_heights(page, columns)
    merged = _in_merged_cells(page, columns, lines)
    out = []
    for line in lines:
        chains = chains_of(page, line)
        inside = [c for c in chains if columns.column_of(c[0].x0, c[-1].x1) is not None]
        found = frozenset(
            n for c in inside if (n := columns.column_of(c[0].x0, c[-1].x1)) is not None
        )
        wide = _is_wide(columns, inside) or (found == {0} and id(line) in merged)
        drawn = any(line.top - 2 < y < line.bottom + 2 for y in marks)
        out.append(GridLine(line, found, wide, drawn))
    return [replace(one, wide=one.wide and not _is_beside(out, n)) for n, one in enumerate(out)]


def _is_beside(lines: Sequence[GridLine], n: int) -> bool:
    """Whether a line is a name beside the lines of its row, and not a row of its own.

    Either it stands so near to a row's line that they cannot be below each other, or it stands in
    the middle between two that have no name.
    """
    top, size = lines[n].line.top, lines[n].line.size
    rows = [
        (other, abs(other.line.top - top))
        for other in (*lines[max(n - 1, 0) : n], *lines[n + 1 : n + 2])
        if other.is_row
    ]
    if any(gap < _NO_LEADING * size for _, gap in rows):
        return True
    if len(rows) < len("KM") or any(0 in other.columns for other, _ in rows):
        return False
    (_, above), (_, below) = rows
    return max(above, below) < _MIDDLE_LEADING * size and abs(above - below) < _IN_MIDDLE


def _is_wide(columns: GridColumns, chains: Sequence[Sequence[Word]]) -> bool:
    """Whether a line is text over several columns, and no row of cells one of which is overfull."""
    crossing = [chain for chain in chains if columns.crossed_by(chain)]
    if len(chains) < _FEWEST_CELLS:
        return bool(crossing)
    if len(chains) > _FEWEST_CELLS:
        return False
    return any(chain[-1].x1 - chain[0].x0 > _TEXT_WIDTH * columns.width for chain in crossing)


def _in_merged_cells(page: Page, columns: GridColumns, lines: Sequence[PageLine]) -> set[int]:
    """The lines (``id()``) whose cell runs over the table's width, where rulings part the others.

    No ruling stands at their height between any two columns. Edges of shading do not count: rows
    without shading between shaded ones have none.
    """
    inner = columns.bounds[1:-1]
    rules = [
        ruling
        for ruling in page.verticals
        if not ruling.edge_of_fill and any(abs(ruling.at - x) <= _AT_BOUND for x in inner)
    ]
    parted = {
        id(line)
        for line in (lines if rules else ())
        if any(rule.start <= line.middle_height <= rule.end for rule in rules)
    }
    rest = {id(line) for line in lines} - parted
    return rest if len(parted) > _PARTED * len(lines) else set()


def _mark_heights(page: Page, columns: GridColumns) -> list[float]:
    """The heights of what is drawn, small, right of the first column."""
    left, right = columns.bounds[min(1, len(columns.bounds) - 2)], columns.bounds[-1]
    return [
        middle_height(box)
        for box in drawn_boxes(page)
        if left < (box[0] + box[2]) / 2 < right and box[3] - box[1] < 60 and box[2] - box[0] < 120
    ]


def frame_bottom(page: Page, columns: GridColumns, top: float, limit: float) -> float | None:
    """The lower end of the vertical rulings that begin at the header; None where there are none."""
    ends = []
    for x in columns.bounds:
        pieces = sorted(
            (r.start, r.end)
            for r in page.rulings
            if r.orientation == "v"
            and not r.edge_of_fill
            and abs(r.at - x) <= _AT_BOUND
            and r.end > top
        )
        reach = None
        for start, end in pieces:
            if reach is None:
                if start > top + 4 * _TOUCH:
                    break
                reach = end
            elif start <= reach + _TOUCH or _is_band(page, columns, reach, start):
                reach = max(reach, end)
            else:
                break
        if reach is not None:
            ends.append(min(reach, limit))
    below = [end for end in ends if end > top + _HEADER_ONLY]
    return max(below) if len(below) >= _FEWEST_RULES else None


def _is_band(page: Page, columns: GridColumns, top: float, bottom: float) -> bool:
    """Whether one shaded row over the table's whole width fills the gap between two rulings."""
    if bottom - top > _HIGHEST_BAND:
        return False
    covered = sum(
        max(min(fill.bbox[2], columns.bounds[-1]) - max(fill.bbox[0], columns.bounds[0]), 0.0)
        for fill in page.fills
        if fill.colour is not None
        and not lch(fill.colour).white
        and abs(fill.bbox[1] - top) <= _TOUCH
        and abs(fill.bbox[3] - bottom) <= _TOUCH
    )
    return covered > _RULES_COVER * columns.width


def table_bottom(
    page: Page,
    columns: GridColumns,
    lines: Sequence[GridLine],
    top: float,
    limit: float,
    ends_table: Callable[[PageLine], bool],
    is_comment: Callable[[PageLine], bool] = lambda _: False,
) -> float:
    """Where the table ends; ``lines`` are those below its header, down to ``limit``.

    ``ends_table`` says of a line over the whole width that it begins something else: a heading that
    cannot be part of a table; ``is_comment`` that a line begins as comments below rows do.
    """
    framed = frame_bottom(page, columns, top, limit)
    if framed is not None:
        return framed
    last = _last_row(lines, ends_table)
    if last is None:
        return top
    end = _with_rest_of_row(lines, last)
    end = _with_last_comment(lines, end, is_comment)
    end = _with_ruled_comment(page, columns, lines, end)
    end = _with_shaded_comment(page, columns, lines, end)
    end = _with_last_group(lines, end)
    bottom = lines[end].line.bottom + _BELOW_TEXT
    after = lines[end + 1].line.top if end + 1 < len(lines) else limit
    rules = [
        at
        for at in _rules_as_wide(page, columns, _RULE_COVERS)
        if bottom - 2 * _BELOW_TEXT <= at <= after
    ]
    return max(bottom, min(rules)) if rules else bottom


def _last_row(lines: Sequence[GridLine], ends_table: Callable[[PageLine], bool]) -> int | None:
    """The last line that shows a row of the table."""
    last: int | None = None
    between = 0
    previous: GridLine | None = None
    rows = sorted(line.line.size for line in lines if line.is_row)
    usual = rows[len(rows) // 2] if rows else 0.0
    for n, line in enumerate(lines):
        if previous is not None:
            gap = line.line.top - previous.line.bottom
            if gap > _WIDEST_GAP * line.line.size:
                break
        previous = line
        if line.is_row:
            last, between = n, 0
            continue
        if ends_table(line.line) and line.line.size > usual + _SAME_SIZE:
            break
        between += 1
        if between > _MOST_BETWEEN and line.wide:
            break
    return last


def _with_rest_of_row(lines: Sequence[GridLine], last: int) -> int:
    """The last line of the row that ``lines[last]`` is part of: cells may have more lines."""
    end = last
    row = lines[last]
    names = [line.line.size for line in lines[: last + 1] if line.is_row]
    for n in range(last + 1, len(lines)):
        line = lines[n]
        if line.note:
            end = n
            continue
        near = line.line.top - lines[end].line.bottom <= _LEADING * line.line.size
        alike = any(abs(line.line.size - size) <= _SAME_SIZE for size in names)
        if not near or line.wide or not alike or line.line.bold != _is_bold_there(row, line):
            break
        end = n
    return end


def _with_last_comment(
    lines: Sequence[GridLine], end: int, is_comment: Callable[[PageLine], bool]
) -> int:
    """The last line of the comment below the last row, where rows above have such comments.

    It stands as near to its row as the others, begins where they begin, and is set alike. One that
    begins as comments did in tables before has to be near alone.
    """
    if end + 1 >= len(lines):
        return end
    first = lines[end + 1].line
    gap = first.top - lines[end].line.bottom
    if is_comment(first) and gap < _WIDEST_GAP / 2 * first.size:
        return _with_rest_of_text(lines, end + 1)
    gaps = [
        line.line.top - above.line.bottom
        for above, line in pairwise(lines[: end + 1])
        if _is_set_like(line, first) and not _is_set_like(above, first)
    ]
    if len(gaps) < (1 if is_smaller(first, lines[end].line) else _FEWEST_COMMENTS):
        return end
    farthest = max(gaps)
    for n in range(end + 1, len(lines)):
        near = lines[n].line.top - lines[n - 1].line.bottom <= farthest + 1
        if not near or not _is_set_like(lines[n], first):
            return n - 1
    return len(lines) - 1


def _with_rest_of_text(lines: Sequence[GridLine], first: int) -> int:
    """The last line of a text that begins with a line, and is set as that is."""
    end = first
    for n in range(first + 1, min(len(lines), first + _MOST_BETWEEN)):
        gap = lines[n].line.top - lines[end].line.bottom
        if gap > _LEADING * lines[n].line.size or not _is_set_like(lines[n], lines[first].line):
            break
        end = n
    return end


def _with_last_group(lines: Sequence[GridLine], end: int) -> int:
    """The last line of a row that names the goal of rows overleaf, where the page ends with it.

    It is set as a row of the table that stands above others, bold and where those begin.
    """
    rest = lines[end + 1 :]
    if not rest or len(rest) > _MOST_GROUP_LINES:
        return end
    is_group = any(
        _is_set_alike(above.line, rest[0].line) and not above.is_row and below.is_row
        for above, below in pairwise(lines[: end + 1])
    )
    same = all(one.line.bold and _is_set_alike(one.line, rest[0].line) for one in rest)
    return len(lines) - 1 if is_group and same and not any(one.is_row for one in rest) else end


def _is_set_alike(one: PageLine, other: PageLine) -> bool:
    begins = abs(one.x0 - other.x0) <= _AT_BOUND
    return begins and one.bold == other.bold and abs(one.size - other.size) < _SAME_SIZE


def _is_set_like(one: GridLine, first: PageLine) -> bool:
    """Whether a line may be of a comment that is set as another one's first line."""
    line = one.line
    begins = abs(line.x0 - first.x0) <= _AT_BOUND
    if one.is_row or one.note or line.bold:
        return False
    return begins and abs(line.size - first.size) < _SAME_SIZE


def _with_ruled_comment(
    page: Page, columns: GridColumns, lines: Sequence[GridLine], end: int
) -> int:
    """The last line of the comment below the last row, where rulings as wide as the table show it.

    One parts it from the row, and one ends it.
    """
    wide = _rules_as_wide(page, columns, _RULES_COVER)
    row = lines[end].line
    above = next((y for y in wide if y >= row.middle_height), None)
    if above is None or above - row.bottom > _WIDEST_GAP / 2 * row.size:
        return end
    below = next((y for y in wide if y > above + row.size), None)
    inside = [n for n in range(end + 1, len(lines)) if below and lines[n].line.bottom < below + 1]
    if below is None or not inside or len(inside) > _MOST_BETWEEN:
        return end
    first, last = lines[inside[0]].line, lines[inside[-1]].line
    room = max(row.size, above - row.bottom + 1)  # as below the row itself
    near = first.top - above < row.size and below - last.bottom < room
    alike = all(
        not lines[n].line.bold and abs(lines[n].line.size - row.size) <= _SAME_SIZE for n in inside
    )
    return inside[-1] if near and alike else end


def _with_shaded_comment(
    page: Page, columns: GridColumns, lines: Sequence[GridLine], end: int
) -> int:
    """The last line of the comment below the last row, on a ground as wide as the table.

    The ground begins where the row ends, with no ruling before it, and has sentences in light type.
    """
    row = lines[end].line
    left, right = columns.bounds[0], columns.bounds[-1]
    ends = [y for y in _rules_as_wide(page, columns, _RULE_COVERS) if y > row.middle_height]
    for fill in page.fills:
        x0, top, x1, bottom = fill.bbox
        as_wide = abs(x0 - left) <= 2 * _TOUCH and abs(x1 - right) <= 2 * _TOUCH
        parted = any(y < top - _AT_BOUND for y in ends)
        reach = _BELOW_ROW * row.size if not parted else 0.0
        if not as_wide or fill.colour is None:
            continue
        if not 0 <= top + 1 - row.middle_height <= row.size + reach:
            continue
        inside = [n for n in range(end + 1, len(lines)) if lines[n].line.middle_height < bottom]
        if not inside or len(inside) > _MOST_BETWEEN:
            continue
        whole = lines[inside[-1]].line.text.rstrip().endswith((".", "!"))
        if whole and not any(lines[n].line.bold or lines[n].is_row for n in inside):
            return inside[-1]
    return end


def _rules_as_wide(page: Page, columns: GridColumns, share: float) -> list[float]:
    """The heights of rulings that cover a share of the table's width, piece by piece or whole."""
    covered: dict[float, float] = {}
    for rule in page.horizontals:
        at = round(rule.at, 1)
        length = min(rule.end, columns.bounds[-1]) - max(rule.start, columns.bounds[0])
        covered[at] = covered.get(at, 0.0) + max(length, 0.0)
    return sorted(at for at, length in covered.items() if length > share * columns.width)


def _is_bold_there(row: GridLine, line: GridLine) -> bool:
    """Whether the row's words above a line are bold: a bold line below others is a heading."""
    above = [w for w in row.line.words if w.x1 > line.line.x0 and w.x0 < line.line.x1]
    return bool(above) and all(word.bold for word in above)
