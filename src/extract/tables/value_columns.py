"""Columns that a layout does not name and whose headers say what they hold: results, forecasts ...

The words of headers are the same as in tables of any family, see
:mod:`styrmatt.extract.headers.header_words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.tables.cells import SINGLE_ROLES, KnownColumn, TableCell, ValueColumn
from styrmatt.extract.tables.header_row import UNKNOWN, Header
from styrmatt.layout import VALUE_ROLES
from styrmatt.printed import ValueRole


def known_columns(
    header: Header, fields: Sequence[str | None], words: HeaderWords
) -> tuple[KnownColumn, ...]:
    """The columns among those that the layout does not know whose headers are understood."""
    return tuple(_known(header, fields, words))


def _known(
    header: Header, fields: Sequence[str | None], words: HeaderWords
) -> Iterator[KnownColumn]:
    labels = iter(header.cells)
    for n, name in enumerate(fields):
        label = next(labels) if name is not None else None
        if label is None or name != UNKNOWN or not label.words:
            continue
        reading = words.read(label.text)
        if reading.whole and (role := role_of(reading)) is not None:
            yield KnownColumn(n, role, reading)


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
