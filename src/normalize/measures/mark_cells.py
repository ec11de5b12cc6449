"""The status and the trend of a row, from whichever of its cells holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from styrmatt.normalize.measures.marks import MarkReader, MarkReading
from styrmatt.printed import Cell, Marker, Row
from styrmatt.vocabulary import Vocabulary

ONCE: Final = ("status", "trend", "fulfilment")
"""Cells that are of the total where they are printed once for women, men and total."""
_SIGNED: Final = frozenset("+=±")
"""Signs beside which a dash of a column of trends is a sign, too, and no missing value."""
_DASHES: Final = frozenset("-–−")
_PLAIN_SIGNS: Final = frozenset("=±")
"""Signs of a trend that mean nothing else: a dash or a nought may stand for no value, too."""
_Clean = Callable[[Cell | None], str | None]


class TableMarkReader:
    """Reads the status and trend of rows by the words of one vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        qualifiers, means = words.legend.qualifiers, words.trend_means
        unsigned = {
            value: tuple(w for w in listed if any(map(str.isalpha, w)) or set(w) <= _PLAIN_SIGNS)
            for value, listed in words.trend_cells.items()
        }
        self._status = MarkReader("status", words.statuses, words.status_cells, qualifiers)
        self._trend = MarkReader("trend", words.trends, unsigned, qualifiers, means)
        self._signs = MarkReader("trend", words.trends, words.trend_cells, qualifiers, means)
        self._signed: set[int] = set()

    def look_at(self, rows: Iterable[Row]) -> None:
        """Note which tables print trends as signs: a dash is one only beside another sign.

        Where a report has both in one table, a dash is a sign in all of its tables.
        """
        printed: dict[int, set[str]] = {}
        for row in rows:
            if (cell := row.cells.get("trend")) and (text := cell.text.strip()):
                printed.setdefault(row.table_no, set()).add(text[0])
        self._signed = {no for no, signs in printed.items() if signs & _SIGNED}
        if any(signs & _SIGNED and signs & _DASHES for signs in printed.values()):
            self._signed = set(printed)

    def status(self, row: Row, clean: _Clean, nth: int | None) -> MarkReading:
        """The status of a row; in words it may stand in the column of the degree of fulfilment.

        A dash there says that no degree is given, and nothing of a status.
        """
        cell = row.cells.get("status")
        if _is_empty(cell) and not _is_empty(other := row.cells.get("fulfilment")):
            cell = other
            if other is not None and not other.markers and set(other.text.strip()) <= _DASHES:
                return MarkReading()
        text = clean(cell)
        if cell is not None and not cell.markers and _is_figure(text):
            return MarkReading()
        return self._status.read(cell, text, _nth(cell, nth))

    def trend(self, row: Row, clean: _Clean, nth: int | None) -> MarkReading:
        """The trend of a row."""
        cell = row.cells.get("trend")
        reader = self._signs if row.table_no in self._signed else self._trend
        return reader.read(cell, clean(cell), _nth(cell, nth))


def change_in(
    cell: Cell | None, text: str | None, words: Mapping[str, tuple[str, ...]]
) -> str | None:
    """What a column of changes says: increased, decreased, unchanged."""
    shown = {marker.value for marker in cell.markers} if cell else set()
    if len(shown) == 1:
        return {"up": "increased", "flat": "unchanged", "down": "decreased"}.get(shown.pop() or "")
    folded = (text or "").casefold().strip(" .")
    return next((value for value, listed in words.items() if folded in listed), None)


def _is_empty(cell: Cell | None) -> bool:
    return cell is None or not (cell.text.strip() or cell.markers)


def _is_figure(text: str | None) -> bool:
    return text is not None and text[-1:] == "%" and text[:1].isdecimal()


def _nth(cell: Cell | None, nth: int | None) -> tuple[Marker, ...]:
    """The marks of a cell, or of one of two sexes where the cell holds a mark for each."""
    if cell is None:
        return ()
    return (cell.markers[nth],) if nth is not None and len(cell.markers) == 2 else cell.markers
