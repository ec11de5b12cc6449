"""Reading an extract back as pandas frames, with the declared types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from styrmatt.errors import OutputError
from styrmatt.export.changes import read_steadily
from styrmatt.export.schema import arrow_schema, columns
from styrmatt.records import REGISTERS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def load(root: str | Path, dataset: str = "records", *, year: int | None = None) -> pd.DataFrame:
    """A dataset of all documents below ``root``, or of those of one fiscal year.

    Of series, those that a report of that year, or of years around it, has.

    Types are pandas' own nullable ones: string, Int32, Float64, boolean; dates and lists are
    Python objects; missing is ``pandas.NA`` (None in object columns). A column that older files
    lack is missing there. Raises UsageError for an unknown dataset and OutputError for a folder
    that holds no extract or one that is half written.
    """
    import pyarrow.dataset as ds

    root = Path(root)
    columns(dataset)  # an unknown name is told before a missing folder

    def read() -> pa.Table:
        if not (root / dataset).is_dir():
            raise OutputError(
                f"{root} holds no extract.", hint="Make one: styrmatt run --out FOLDER."
            )
        folders = f"year={'*' if year is None else year}/" if dataset not in REGISTERS else ""
        files = sorted((root / dataset).glob(f"{folders}*.parquet"))
        schema = arrow_schema(dataset)
        return ds.dataset([str(file) for file in files], schema=_lenient(schema)).to_table()

    frame: pd.DataFrame = read_steadily(root, read).to_pandas(types_mapper=_pandas_type)
    if dataset in REGISTERS and year is not None:
        frame = frame[(frame.first_year <= year) & (frame.last_year >= year)]
    return frame


def _lenient(schema: pa.Schema) -> pa.Schema:
    """The schema with every column nullable, for files from before a column was added."""
    import pyarrow as pa

    return pa.schema([field.with_nullable(True) for field in schema])


def _pandas_type(arrow_type: pa.DataType) -> Any:
    import pandas as pd
    import pyarrow as pa

    return {
        pa.string(): pd.StringDtype(),
        pa.int32(): pd.Int32Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }.get(arrow_type)
