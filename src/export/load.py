"""Loads datasets of an extract as pandas frames with the declared types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from styrmatt.export.schema.columns import arrow_schema, columns
from styrmatt.export.store.scan import (
    all_nullable,
    check_dataset_exists,
    check_readable,
    dataset_files,
    read_batches,
)
from styrmatt.export.store.transaction import read_consistently
from styrmatt.records import REGISTERS

if TYPE_CHECKING:
    import pandas as pd


def load(root: str | Path, dataset: str = "records", *, year: int | None = None) -> pd.DataFrame:
    """A dataset of all documents below ``root``, or of those of one fiscal year.

    Of series with ``year``: those whose first year is not later and whose last is not earlier.

    Types are pandas' own nullable ones: string, Int32, Float64, boolean; dates and lists are
    Python objects; missing is ``pandas.NA`` (None in object columns). A column that older files
    lack is missing there. Raises UsageError for an unknown dataset and OutputError for a folder
    that holds no extract, one that is half written, or one of another major schema version.
    """
    import pyarrow as pa

    root = Path(root)
    columns(dataset)  # raises UsageError; an unknown name matters more than a missing folder
    check_readable(root)
    check_dataset_exists(root, dataset)
    schema = all_nullable(arrow_schema(dataset))

    def read() -> pa.Table:
        batches = read_batches(dataset_files(root, dataset, year), dataset)
        return pa.Table.from_batches(batches, schema=schema)

    frame: pd.DataFrame = read_consistently(root, read).to_pandas(types_mapper=_pandas_type)
    if dataset == "series" and year is not None:
        frame = frame[(frame.first_year <= year) & (frame.last_year >= year)]
    elif dataset in REGISTERS and year is not None:
        frame = frame[frame.fiscal_year == year]
    return frame


def import_pandas() -> None:
    """Import pandas, which takes a moment.

    Arrow imports it when it first needs it. A library that looks whether pandas is there must not
    find it half imported by another thread.
    """
    import pandas  # noqa: F401


def _pandas_type(arrow_type: Any) -> Any:
    import pandas as pd
    import pyarrow as pa

    return {
        pa.string(): pd.StringDtype(),
        pa.int32(): pd.Int32Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }.get(arrow_type)
