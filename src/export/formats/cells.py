"""Values as cells of a table without types: CSV files and sheets of a workbook."""

from __future__ import annotations

import json
import struct
from datetime import date
from decimal import Decimal
from typing import Any, Final

from styrmatt.export.schema.columns import Column

_LIST_SEPARATOR: Final = " | "
"""Between the items of a list in one cell."""
_FORMULA_STARTS: Final = (
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
"""Characters at which spreadsheets begin a formula; the last four are full-width forms."""
_FLOAT32_DIGITS: Final = 9
"""Significant digits that tell any two float32 values apart."""


def escape_formula(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would run it as a formula."""
    is_formula = text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
    return f"'{text}" if is_formula else text


def list_text(value: list[Any]) -> str:
    """A list in one cell: its items separated by bars, or JSON where an item holds a bar."""
    if not value:
        return ""
    simple = all(isinstance(item, str | int) and not isinstance(item, bool) for item in value)
    if simple and not any("|" in str(item) for item in value):
        return _LIST_SEPARATOR.join(map(str, value))
    return as_json(value)


def as_json(value: Any) -> str:
    """A value as JSON in one line, not limited to ASCII.

    Coordinates of a box have no more digits than float32 needs.
    """
    if isinstance(value, list) and value and all(isinstance(item, float) for item in value):
        value = [_shortest_float32(item) for item in value]
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), default=_iso)


def number_text(value: float, decimal: str = ".") -> str:
    """A number with all its digits, without an exponent and without a final ``.0``."""
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0").replace(".", decimal)


def holds_text(column: Column) -> bool:
    """Whether the cells of a column are text and not numbers, booleans or dates."""
    return column.is_list or column.kind not in (int, float, bool, date)


def _shortest_float32(value: float) -> float:
    """The shortest number that is the same float32 as ``value``, where it is one."""
    packed = struct.pack("f", value)
    candidates = (float(format(value, f".{digits}g")) for digits in range(1, _FLOAT32_DIGITS + 1))
    return next((number for number in candidates if struct.pack("f", number) == packed), value)


def _iso(value: Any) -> str:
    return str(value.isoformat())
