"""Columns of the datasets, and the Arrow schemas made from them.

Everything here comes from the declarations in :mod:`styrmatt.records`; nothing is declared twice.
"""

from __future__ import annotations

import types
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from styrmatt.errors import UsageError
from styrmatt.printed import Bbox
from styrmatt.records import AUDITS, DATASETS, REGISTERS

if TYPE_CHECKING:
    import pyarrow as pa

PAGES = frozenset({"page", "page_last", "page_first", "assessment_page", "outcome_page"})
"""Columns that name a page of the row's own report."""
_TYPE_NAMES = {str: "string", int: "int32", float: "float64", bool: "bool", date: "date32"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a dataset as declared. ``kind`` is the Python type of one value of it."""

    name: str
    kind: Any
    is_list: bool
    nullable: bool
    meaning: str
    unit: str | None = None
    values: tuple[str, ...] | None = None
    source: str = "read"
    key: bool = False

    @property
    def is_page(self) -> bool:
        """Whether the values are pages of the row's own report."""
        return self.kind is int and not self.is_list and self.name in PAGES

    @property
    def type_name(self) -> str:
        """The Arrow type in words: ``string``, ``list<int32>`` ..."""
        if self.kind is Bbox:
            return "list<float32>"
        name = _TYPE_NAMES.get(self.kind) or _struct_name(self.kind)
        return f"list<{name}>" if self.is_list else name


@lru_cache
def columns_of(declaration: type) -> tuple[Column, ...]:
    """The columns that a dataclass of :mod:`styrmatt.records` declares, in its order."""
    hints = get_type_hints(declaration)
    return tuple(_column(f.name, hints[f.name], f.metadata) for f in fields(declaration))


def columns(dataset: str) -> tuple[Column, ...]:
    """The columns of a dataset. Raises UsageError for a name that is no dataset."""
    known = declared()
    if dataset not in known:
        raise UsageError(
            f"There is no dataset {dataset!r}.", hint="Datasets: " + ", ".join(known) + "."
        )
    return columns_of(known[dataset])


def declared() -> dict[str, type]:
    """Every dataset by name, with the dataclass that declares its columns."""
    return DATASETS | AUDITS | REGISTERS


def purpose(dataset: str) -> str:
    """What a row of a dataset is, in a sentence."""
    return " ".join((declared()[dataset].__doc__ or "").split())


def key_columns(dataset: str) -> tuple[str, ...]:
    """Names of the columns that tell the rows of a dataset apart."""
    return tuple(column.name for column in columns(dataset) if column.key)


def arrow_schema(dataset: str) -> pa.Schema:
    """The Arrow schema of a dataset, with meaning, unit and values as field metadata."""
    import pyarrow as pa

    return pa.schema(_fields(columns(dataset)))


def _column(name: str, hint: Any, metadata: Any) -> Column:
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    nullable = type(None) in options
    kind = next(option for option in options if option is not type(None))
    is_list = get_origin(kind) is tuple and kind != Bbox
    return Column(name, get_args(kind)[0] if is_list else kind, is_list, nullable, **metadata)


def _struct_name(kind: type) -> str:
    return "struct<" + ", ".join(f"{c.name}: {c.type_name}" for c in columns_of(kind)) + ">"


def _fields(declared: Iterable[Column]) -> list[pa.Field]:
    import pyarrow as pa

    made = []
    for column in declared:
        values = ", ".join(column.values) if column.values else None
        described = {"meaning": column.meaning, "unit": column.unit, "values": values}
        described["source"] = column.source
        metadata = {name: text for name, text in described.items() if text}
        made.append(pa.field(column.name, _arrow_type(column), column.nullable, metadata))
    return made


def _arrow_type(column: Column) -> pa.DataType:
    import pyarrow as pa

    scalars = {
        str: pa.string(),
        int: pa.int32(),
        float: pa.float64(),
        bool: pa.bool_(),
        date: pa.date32(),
    }
    if column.kind is Bbox:
        return pa.list_(pa.field("element", pa.float32(), nullable=False))
    one = scalars.get(column.kind) or pa.struct(_fields(columns_of(column.kind)))
    return pa.list_(pa.field("element", one, nullable=False)) if column.is_list else one
