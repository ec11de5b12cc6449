"""Columns of the datasets and their Arrow schemas, both from :mod:`styrmatt.records`."""

from __future__ import annotations

import types
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin, get_type_hints

from styrmatt.errors import UsageError
from styrmatt.printed import Bbox
from styrmatt.records import AUDITS, DATASETS, REGISTERS

if TYPE_CHECKING:
    import pyarrow as pa

_PAGE_COLUMNS: Final = frozenset(
    {"page", "page_last", "page_first", "assessment_page", "outcome_page"}
)
"""Columns that name a page of the row's own report."""
_TYPE_NAMES: Final = {str: "string", int: "int32", float: "float64", bool: "bool", date: "date32"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a dataset as declared."""

    name: str
    kind: Any
    """The Python type of a value; of an item where the column is a list."""
    is_list: bool
    nullable: bool
    meaning: str
    unit: str | None = None
    values: tuple[str, ...] | None = None
    source: str = "read"
    key: bool = False

    @property
    def is_page(self) -> bool:
        """Whether the values are page numbers of the row's own report."""
        return self.kind is int and not self.is_list and self.name in _PAGE_COLUMNS

    @property
    def type_name(self) -> str:
        """The Arrow type in words: ``string``, ``list<int32>`` ..."""
        if self.kind is Bbox:
            return "list<float32>"
        name = _TYPE_NAMES.get(self.kind) or _struct_name(self.kind)
        return f"list<{name}>" if self.is_list else name


@lru_cache
def columns_of(declaration: type) -> tuple[Column, ...]:
    """The columns that a dataclass of :mod:`styrmatt.records` declares, in order of declaration."""
    hints = get_type_hints(declaration)
    return tuple(_column(f.name, hints[f.name], f.metadata) for f in fields(declaration))


def columns(dataset: str) -> tuple[Column, ...]:
    """The columns of a dataset. Raises UsageError for a name that is no dataset."""
    datasets = declared()
    if dataset not in datasets:
        raise UsageError(
            f"There is no dataset {dataset!r}.", hint="Datasets: " + ", ".join(datasets) + "."
        )
    return columns_of(datasets[dataset])


def declared() -> dict[str, type]:
    """The dataclass of each dataset's rows, by name of the dataset."""
    return DATASETS | AUDITS | REGISTERS


def purpose(dataset: str) -> str:
    """What a row of a dataset stands for, in a sentence."""
    return " ".join((declared()[dataset].__doc__ or "").split())


def key_columns(dataset: str) -> tuple[str, ...]:
    """The columns whose values together identify a row of a dataset."""
    return tuple(column.name for column in columns(dataset) if column.key)


@cache
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

    arrow_fields = []
    for column in declared:
        values = ", ".join(column.values) if column.values else None
        described = {
            "meaning": column.meaning,
            "unit": column.unit,
            "values": values,
            "source": column.source,
        }
        metadata = {name: text for name, text in described.items() if text}
        arrow_fields.append(pa.field(column.name, _arrow_type(column), column.nullable, metadata))
    return arrow_fields


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
    item = scalars.get(column.kind) or pa.struct(_fields(columns_of(column.kind)))
    return pa.list_(pa.field("element", item, nullable=False)) if column.is_list else item
