"""Arrow arrays built from Python values by way of their buffers.

``pa.array`` is not used because it imports pandas where pandas is installed, to check whether the
values are pandas' own. That import takes a tenth of the time and memory of a run of one report.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pyarrow as pa

_EPOCH: Final = date(1970, 1, 1).toordinal()
"""Day 0 of Arrow's date32."""


def array_of(values: Sequence[Any], arrow_type: pa.DataType) -> pa.Array:
    """The array of a column; None becomes null.

    ``arrow_type`` is one that schemas of datasets have: string, int32, float32, float64, bool,
    date32, and lists and structs of these; another raises TypeError. The value of a list is a
    sequence, that of a struct a mapping with all its fields. Values of the wrong type raise one of
    Python's own errors: rows are checked before (:mod:`styrmatt.export.schema.row_checks`).
    """
    import pyarrow as pa

    buffers, children = _parts(values, arrow_type)
    valid = [value is not None for value in values]
    nulls = valid.count(False)
    validity = _bits(valid) if nulls else None
    return pa.Array.from_buffers(
        arrow_type, len(values), [validity, *buffers], nulls, children=children
    )


def _parts(
    values: Sequence[Any], arrow_type: pa.DataType
) -> tuple[list[pa.Buffer], list[pa.Array]]:
    """The buffers after the validity bitmap, and the child arrays of lists and structs."""
    import pyarrow as pa

    is_a = pa.types
    if is_a.is_string(arrow_type):
        texts = [b"" if value is None else value.encode() for value in values]
        return [_offsets(texts), pa.py_buffer(b"".join(texts))], []
    if is_a.is_boolean(arrow_type):
        return [_bits([bool(value) for value in values])], []
    if is_a.is_date32(arrow_type):
        return [_numbers("i", [v and v.toordinal() - _EPOCH for v in values])], []
    if is_a.is_int32(arrow_type):
        return [_numbers("i", values)], []
    if is_a.is_float32(arrow_type):
        return [_numbers("f", values)], []
    if is_a.is_float64(arrow_type):
        return [_numbers("d", values)], []
    if is_a.is_list(arrow_type):
        lists = [() if value is None else value for value in values]
        return [_offsets(lists)], [
            array_of([item for items in lists for item in items], arrow_type.value_type)
        ]
    if is_a.is_struct(arrow_type):
        names = [
            (arrow_type.field(n).name, arrow_type.field(n).type)
            for n in range(arrow_type.num_fields)
        ]
        return [], [
            array_of([None if value is None else value[name] for value in values], inner)
            for name, inner in names
        ]
    raise TypeError(f"No column of a dataset has the type {arrow_type}.")


def _numbers(code: str, values: Sequence[Any]) -> pa.Buffer:
    import pyarrow as pa

    return pa.py_buffer(array(code, [0 if value is None else value for value in values]))


def _offsets(values: Sequence[Any]) -> pa.Buffer:
    """Where each value begins in the concatenation of all, and where the last one ends."""
    import pyarrow as pa

    return pa.py_buffer(array("i", accumulate(map(len, values), initial=0)))


def _bits(flags: Sequence[bool]) -> pa.Buffer:
    """One bit per flag, the least significant of each byte first."""
    import pyarrow as pa

    text = "".join("1" if flag else "0" for flag in reversed(flags))
    return pa.py_buffer(int(text or "0", 2).to_bytes((len(flags) + 7) // 8, "little"))
