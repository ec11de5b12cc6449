"""Which fields a person may correct, and how their values are written in a file.

Ids are not among them, nor columns that say how a value was read: page, box, colour, printed text.
"""

from __future__ import annotations

import difflib
import math
import re
import types
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from styrmatt.records import DATASETS
from styrmatt.whitespace import single_spaced

OUTCOME_COLUMNS: Final = {
    "value": "outcome_value",
    "unit": "outcome_unit",
    "outcome_year": "outcome_year",
    "period": "outcome_period",
    "previous_value": "previous_value",
    "previous_year": "previous_year",
    "change": "outcome_change",
    "change_amount": "outcome_change_amount",
    "status_stated": "status_stated",
    "text": "outcome_text",
    "page": "outcome_page",
}
"""Columns of an outcome, and what they are called in records."""
CORRECTABLE: Final[dict[str, tuple[str, ...]]] = {
    "documents": (
        "title",
        "organisation",
        "organisation_code",
        "body",
        "period_start",
        "period_end",
    ),
    "goals": (
        "goal",
        "perspective",
        "boards",
        "assessment",
        "assessment_marker",
        "assessment_stated",
        "goal_series_id",
    ),
    "success_factors": ("success_factor", "goal_id", "boards"),
    "measures": (
        "measure",
        "measure_number",
        "measure_kind",
        "board",
        "goal_id",
        "success_factor_id",
        "series_id",
    ),
    "targets": (
        "sex",
        "target_text",
        "target_kind",
        "target_comparator",
        "target_value",
        "target_unit",
        "target_direction",
        "target_baseline_year",
        "target_is_change",
    ),
    "outcomes": (
        "measure_id",
        "sex",
        "area",
        "value",
        "unit",
        "outcome_year",
        "period",
        "previous_value",
        "previous_year",
        "change",
        "change_amount",
        "status_stated",
    ),
    "narratives": ("heading", "goal_id", "success_factor_id", "measure_id"),
    "claims": ("total", "met", "partly_met", "not_met", "not_assessed"),
    "issues": ("severity",),
    "records": (
        "better",
        "status",
        "status_text",
        "trend",
        "trend_text",
        "trend_means",
        "fulfilment",
        "comment",
        "responsible",
        "forecast_value",
        "forecast_unit",
        "forecast_year",
        "baseline_value",
        "baseline_unit",
        "baseline_year",
        "review",
        *OUTCOME_COLUMNS.values(),
    ),
}
"""The fields that a person may correct, by the dataset where the row has its home."""
LINK_FIELDS: Final = {"series_id": "measures", "goal_series_id": "goals"}
"""The fields that link rows over the years, and the datasets of those rows."""
SOURCES: Final = {
    "assessment": "assessment_source",
    "better": "better_source",
    "board": "board_source",
}
"""Fields with a column that says where the value is from; it is `correction` for corrected ones."""
LIST_MARK: Final = "|"
"""What stands between the items of a list in a file."""

_SPREADSHEET_PRECISION: Final = 1e-9
"""Relative difference up to which two figures are the same.

Spreadsheets keep 15 digits and show about ten; figures of reports that really differ, differ in
far fewer.
"""
_INT32_LIMIT: Final = 2**31
"""Whole numbers are stored in columns of 32 bits with a sign."""
_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009']")


@dataclass(frozen=True, slots=True)
class Field:
    """A field that can be corrected: the type of its values and which are allowed."""

    name: str
    kind: type
    is_list: bool
    nullable: bool
    values: tuple[str, ...] | None


def parse_value(field: Field, text: str) -> Any:
    """The value that ``text`` stands for; None where it is empty, for a list an empty tuple.

    Raises ValueError; its message goes on behind the field's name: "is 'x', no figure; ...".
    """
    if field.is_list:
        return tuple(_one(field, item.strip()) for item in text.split(LIST_MARK) if item.strip())
    return _one(field, text) if text else None


def value_text(value: Any) -> str | None:
    """A value as text that :func:`parse_value` reads back."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return LIST_MARK.join(str(item) for item in value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def same_value(one: Any, other: Any) -> bool:
    """Whether two values are the same; figures may differ by what a spreadsheet rounds off."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=_SPREADSHEET_PRECISION)
    return bool(one == other)


def _one(field: Field, text: str) -> Any:
    if field.kind is float or field.kind is int:
        return _number(field.kind, text)
    if field.kind is date:
        return _date(text)
    if field.kind is bool:
        return _truth(text)
    if field.values is not None and text not in field.values:
        near = difflib.get_close_matches(text, field.values, n=1)
        known = "known: " + ", ".join(field.values) + "."
        suggestion = f"did you mean {near[0]!r}?" if near else known
        raise ValueError(f"is {text!r}; {suggestion}")
    return single_spaced(unicodedata.normalize("NFC", text))


def _number(kind: type, text: str) -> float | int:
    plain = _SPACES.sub("", text).replace("\u2212", "-")
    if "." not in plain:
        plain = plain.replace(",", ".", 1)
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", plain):
        raise ValueError(f"is {text!r}, no figure; write 1234,5 or 1234.5.")
    value = float(plain)
    if kind is float and math.isfinite(value):
        return value
    if not value.is_integer() or not -_INT32_LIMIT <= value < _INT32_LIMIT:
        raise ValueError(f"is {text!r}, no whole number of at most nine digits.")
    return int(value)


def _truth(text: str) -> bool:
    if text.casefold() not in ("true", "false"):
        raise ValueError(f"is {text!r}; write true or false.")
    return text.casefold() == "true"


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"is {text!r}, not a day like 2024-03-31.") from None


def _fields() -> dict[str, Field]:
    """The fields by name; a name has one type in all datasets, which a test checks."""
    by_name: dict[str, list[Field]] = {}
    for dataset, names in CORRECTABLE.items():
        hints = get_type_hints(DATASETS[dataset])
        declared = {f.name: f.metadata for f in fields(DATASETS[dataset])}
        for name in names:
            by_name.setdefault(name, []).append(_field(name, hints[name], declared[name]["values"]))
    return {name: _joined(found) for name, found in by_name.items()}


def _field(name: str, hint: Any, values: tuple[str, ...] | None) -> Field:
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    kind = next(option for option in options if option is not type(None))
    is_list = get_origin(kind) is tuple
    one = get_args(kind)[0] if is_list else kind
    return Field(name, one, is_list, type(None) in options or is_list, values)


def _joined(found: Sequence[Field]) -> Field:
    first = found[0]
    return Field(
        first.name, first.kind, first.is_list, any(f.nullable for f in found), first.values
    )


FIELDS: Final = _fields()
"""The fields of :data:`CORRECTABLE` by name."""
