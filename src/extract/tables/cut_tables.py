"""Tables that a page's end cut and that go on nowhere: a page may be missing behind them."""

from __future__ import annotations

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import HYPHENS
from styrmatt.extract.tables.cells import TableCell, TableEntry, TablePart
from styrmatt.extract.tables.cut_row_score import name_of
from styrmatt.extract.tables.rows.row_bands import row_rules
from styrmatt.printed import ExtractionWarning, Location
from styrmatt.swedish.phrases import ends_sentence
from styrmatt.whitespace import single_spaced

_ON_BOUND = 3.0
"""Points by which a vertical ruling may miss the bound of its column, as for a table's end."""
_AT_END = 6.0
"""Points by which a ruling may end off the table's end and be at it: a cell's padding."""


_ROOM = 1.5
"""Heights of a line below a table that stands at the end of its page: less than a line and the
padding of its cell, so that no line of the row found room there."""
_NEXT_WORD = 5.0
"""Heights of a line that a name's last line is short of its column's end at most, where the next
word goes to a new one: a long word of Swedish is about ten letters, of half a height each."""
_WHOLE = (")", "%", "]")
"""What a name ends with if it is whole; ends of sentences aside."""


def ends_in_hyphen(entry: TableEntry) -> bool:
    """Whether the entry's name or its last target breaks off in the middle of a word."""
    texts = (name_of(entry), entry.lines[-1].text("target") if entry.lines else "")
    return any(text.rstrip().endswith(HYPHENS) and any(map(str.isalpha, text)) for text in texts)


def is_open_below(page: Page, table: TablePart) -> bool:
    """Whether rules part the rows and close the header of a table, and none closes its last row.

    Its vertical rulings go down to its end, as they do where a page's end cuts a row.
    """
    bottom, last = table.bottom, len(table.columns.fields) - 1
    ends = {
        round(bound)
        for bound in table.columns.bounds
        for ruling in page.rulings
        if ruling.orientation == "v"
        and not ruling.edge_of_fill
        and abs(ruling.at - bound) <= _ON_BOUND
        and abs(ruling.end - bottom) <= _AT_END
    }
    if len(ends) <= 1:
        return False
    closing = [
        row_rules(page, table.columns, column, bottom - _AT_END, bottom + _AT_END)
        for column in (0, last)
    ]
    if any(closing):
        return False
    within = [
        set(row_rules(page, table.columns, column, table.top, bottom - _AT_END))
        for column in (0, last)
    ]
    rows = len(table.entries) + (table.header is not None) - 1
    return len(within[0] & within[1]) >= max(1, rows)


def note_cut_table(table: TablePart, last: TableEntry) -> ExtractionWarning | None:
    """A warning about a table without a rest overleaf whose last row is cut; marks the row."""
    if not (table.is_open_below or ends_in_hyphen(last)):
        return None
    what = "and nothing on the next page goes on with it: a page may be missing."
    return _warning(last, what)


def note_full_page(table: TablePart, last: TableEntry, lowest: float) -> ExtractionWarning | None:
    """A warning about a last row that stands at the very end of a full page; marks the row.

    ``lowest`` is where the report's pages end. A row that ends there is whole as a rule. It may be
    cut where its name fills its last line, and its page has no room for one more.
    """
    size = _line_height(last)
    if table.bottom < lowest - _ROOM * size or not _fills_its_line(table, last, size):
        return None
    return _warning(last, "where its name may go on, and nothing on the next page does.")


def _line_height(entry: TableEntry) -> float:
    """The height of a line of the name, or of one em at least."""
    cell = _name_cell(entry)
    return (cell.bbox[3] - cell.bbox[1]) / max(len(cell.lines), 1) if cell else 0.0


def _name_cell(entry: TableEntry) -> TableCell | None:
    return entry.cells.get("measure")


def _fills_its_line(table: TablePart, last: TableEntry, size: float) -> bool:
    """Whether the next word of a name would not have found room on its last line."""
    cell = _name_cell(last)
    if cell is None or not cell.lines or "measure" not in table.columns.fields:
        return False
    if ends_sentence(cell.lines[-1]) or cell.lines[-1].endswith(_WHOLE):
        return False
    longest = max(map(len, cell.lines))
    reach = cell.bbox[0] + (cell.bbox[2] - cell.bbox[0]) * len(cell.lines[-1]) / longest
    column = table.columns.fields.index("measure")
    return table.columns.bounds[column + 1] - reach < _NEXT_WORD * size


def note_cut_row(last: TableEntry) -> ExtractionWarning | None:
    """A warning about a row that ends in a hyphen, where the table goes on and the row does not."""
    if not ends_in_hyphen(last):
        return None
    return _warning(last, "and no row of the next page goes on with it.")


def _warning(last: TableEntry, what: str) -> ExtractionWarning:
    last.review.add("row_cut")
    text = " | ".join(cell.text for cell in last.cells.values() if cell.text)
    page = last.lines[-1].page_last
    message = f"The row {single_spaced(text)!r} is cut at the end of page {page}, {what}"
    place = Location(page, page, last.lines[-1].bbox)
    return ExtractionWarning("table_cut", message, text, place)
