"""Columns that a layout does not name and whose headers say what they hold: results, forecasts ...

The words of headers are the same as in tables of any family, see
:mod:`styrmatt.extract.headers.header_words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.tables.cells import SINGLE_ROLES, KnownColumn, TableCell, ValueColumn
from styrmatt.extract.tables.columns import Columns
from styrmatt.extract.tables.header_row import UNKNOWN, Header
from styrmatt.geometry import Span
from styrmatt.layout import VALUE_ROLES
from styrmatt.printed import ValueRole


def known_columns(
    header: Header, columns: Columns, words: HeaderWords, below: Sequence[PageLine]
) -> tuple[KnownColumn, ...]:
    """The columns among those that the layout does not know whose headers are understood.

    ``below`` are the lines under the header: a year alone heads results where figures stand there.
    """
    return tuple(_known(header, columns, words, below))


def _known(
    header: Header, columns: Columns, words: HeaderWords, below: Sequence[PageLine]
) -> Iterator[KnownColumn]:
    labels = iter(header.cells)
    for n, name in enumerate(columns.fields):
        label = next(labels) if name is not None else None
        if label is None or name != UNKNOWN or not label.words:
            continue
        reading = words.read(label.text)
        role = role_of(reading)
        if role is None and _is_reached(reading, header.year):
            span = columns.bounds[n], columns.bounds[n + 1]
            role = "result" if _has_figures(below, span) else None
        if reading.whole and role is not None:
            yield KnownColumn(n, role, reading)


def _is_reached(reading: HeaderReading, year: int | None) -> bool:
    """Whether a header is nothing but a year that is over when the targets' ``year`` is."""
    if reading.roles or reading.planned or reading.year is None:
        return False
    return year is None or reading.year <= year


def _has_figures(lines: Sequence[PageLine], span: Span) -> bool:
    """Whether most of the lines in a column hold figures, and no texts."""
    cells = [
        [word.text for word in line.words if span[0] <= (word.x0 + word.x1) / 2 < span[1]]
        for line in lines
    ]
    filled = [cell for cell in cells if any(any(map(str.isalnum, text)) for text in cell)]
    figures = [cell for cell in filled if any(any(map(str.isdecimal, text)) for text in cell)]
    return bool(figures) and 2 * len(figures) > len(filled)


def role_of(reading: HeaderReading) -> str | None:
    """The one role that a header says; None where it may say several, or none."""
    if reading.roles & {"target"} and reading.year is not None and not reading.area:
        return "target"
    of_values = reading.roles & frozenset(VALUE_ROLES)
    if of_values:
        return next(iter(of_values)) if len(reading.roles) == 1 else None
    if not reading.roles and reading.area and reading.year:
        return "result"
    found = reading.roles & frozenset(SINGLE_ROLES)
    return next(iter(found)) if len(found) == 1 and len(reading.roles) == 1 else None


_AS_PRINTED: dict[str, ValueRole] = {
    "target": "target",
    "forecast": "forecast",
    "baseline": "baseline",
}
"""Roles of columns of figures; every other is a result."""


def value_of(role: str, reading: HeaderReading, cell: TableCell) -> ValueColumn:
    """A cell of a column of figures, with what its header says."""
    return ValueColumn(
        _AS_PRINTED.get(role, "result"),
        reading.text,
        cell,
        reading.year,
        reading.years_before,
        reading.period,
        reading.sex,
        reading.area,
        reading.of_change,
    )
