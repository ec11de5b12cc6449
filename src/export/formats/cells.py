"""Values as cells of a table without types: CSV and the sheets of a workbook."""

from __future__ import annotations

import json
import struct
from datetime import date
from decimal import Decimal
from typing import Any, Final

from styrmatt.export.schema.columns import Column

_LIST_SEPARATOR: Final = " | "
"""Between the items of a list in one cell."""
_STARTS_FORMULA: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)
"""With which spreadsheets begin a formula; the last four are the full-width forms."""


def escape_formula(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    begins = text.startswith(_STARTS_FORMULA) or text.lstrip().startswith(_STARTS_FORMULA)
    return f"'{text}" if begins else text


def list_text(value: list[Any]) -> str:
    """A list in one cell: its items between bars, as JSON where that would not be clear."""
    if not value:
        return ""
    plain = all(isinstance(item, str | int) and not isinstance(item, bool) for item in value)
    if plain and not any("|" in str(item) for item in value):
        return _LIST_SEPARATOR.join(map(str, value))
    return as_json(value)


def as_json(value: Any) -> str:
    """A value as JSON in one line, with its letters as they are.

    Numbers of a box have no more digits than float32 has.
    """
    if isinstance(value, list) and value and all(isinstance(item, float) for item in value):
        value = [_short(item) for item in value]
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), default=_iso)


def number_text(value: float, decimal: str = ".") -> str:
    """A number with all its digits, as people write it: no exponent, no ``.0`` at the end."""
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0").replace(".", decimal)


def holds_text(column: Column) -> bool:
    """Whether the cells of a column are text: neither numbers nor truths nor dates."""
    return column.is_list or column.kind not in (int, float, bool, date)


def _short(value: float) -> float:
    """The shortest number that is the same float32 as ``value``, where it is one."""
    packed = struct.pack("f", value)
    shorter = (float(format(value, f".{digits}g")) for digits in range(1, 10))
    return next((number for number in shorter if struct.pack("f", number) == packed), value)


def _iso(value: Any) -> str:
    return str(value.isoformat())
