"""The register of series: one file for all reports below a root, written with each of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from styrmatt.errors import OutputError
from styrmatt.export.parquet.arrays import array_of
from styrmatt.export.parquet.footer import footer
from styrmatt.export.parquet.rows import as_rows, read_rows
from styrmatt.export.parquet.tables import content_hash, to_table, write_file
from styrmatt.export.schema.columns import arrow_schema
from styrmatt.export.schema.row_checks import check_row
from styrmatt.export.store.transaction import Transaction, read_consistently
from styrmatt.records import Series
from styrmatt.whitespace import squeeze

if TYPE_CHECKING:
    import pyarrow as pa

REGISTER_PATH: Final = "series/series.parquet"
"""Where the register stands below a root."""
_AT_ONCE: Final = 1 << 16
"""Rows whose names are looked at together."""


def read_register(root: Path) -> tuple[Series, ...]:
    """The series that are registered below ``root``; none where no run has written any.

    Raises OutputError for a file that cannot be read.
    """
    return tuple(read_rows(root / REGISTER_PATH, "series"))


def load_register(root: Path) -> tuple[Series, ...]:
    """The register for readers. Raises OutputError where there is none or a run was cut off."""
    if not (root / REGISTER_PATH).exists():
        raise OutputError(
            f"{root} holds no register of series.",
            hint=f"Run its reports once more: styrmatt run --force --out {root}.",
        )
    return read_consistently(root, lambda: read_register(root))


def registered_documents(root: Path) -> frozenset[str]:
    """Ids of the reports that the register below ``root`` knows. Raises OutputError."""
    if not (root / REGISTER_PATH).exists():
        return frozenset()
    import pyarrow.compute as pc

    members = pc.list_flatten(_standing(root / REGISTER_PATH)["members"])
    return frozenset(pc.struct_field(members, "document_id").unique().to_pylist())


class SeriesRegister:
    """The series below a root, by organisation: only those of one are ever linked.

    All others stay a table, which takes a tenth of the memory of their rows and is not gone through
    row by row: what a report costs must not grow with what other organisations have.
    """

    def __init__(self, root: Path) -> None:
        """Raises OutputError for a register that cannot be read."""
        self._table = _standing(root / REGISTER_PATH)
        self._spelled: dict[str, list[str]] = {}
        for name in _all_of(self._table.select(["organisation"])):
            self._spelled.setdefault(squeeze(name), []).append(name)
        self._series: dict[str, tuple[Series, ...]] = {}

    def series_of(self, organisation: str) -> tuple[Series, ...]:
        """The series of an organisation."""
        name = squeeze(organisation)
        if name not in self._series:
            self._series[name] = as_rows(self._rows_of(name), "series")
        return self._series[name]

    def _rows_of(self, name: str) -> pa.Table:
        """The table's rows of one organisation. Where it has no others, no library is needed."""
        if name not in self._spelled:
            return self._table.slice(0, 0)
        return self._table if len(self._spelled) == 1 else self._table.filter(self._is_of([name]))

    def put(self, organisation: str, series: tuple[Series, ...]) -> None:
        """Let these be the series of an organisation. Raises DefectError for a bad row."""
        known = set(map(id, self.series_of(organisation)))
        for number, row in enumerate(series):
            if id(row) not in known:  # those that are as they were have been checked
                check_row("series", row, f"series, row {number}")
        self._series[squeeze(organisation)] = series

    def write(self, stage: Transaction) -> None:
        """Stage the register beside the files of reports."""

        table = self._with_others(
            to_table("series", tuple(row for rows in self._series.values() for row in rows))
        )
        write_file(
            table.replace_schema_metadata(footer("series", content_hash(table))),
            stage.put(REGISTER_PATH),
        )

    def _with_others(self, changed: pa.Table) -> pa.Table:
        """The rows of the organisations that changed with those of all others, in order."""
        if not self._spelled.keys() - self._series.keys():
            return changed
        import pyarrow as pa
        import pyarrow.compute as pc

        others = self._table.filter(pc.invert(self._is_of(self._series)))
        return pa.concat_tables([others, changed]).sort_by("series_id").combine_chunks()

    def _is_of(self, names: Iterable[str]) -> pa.ChunkedArray:
        """For each row of the table whether it is of one of these organisations."""
        import pyarrow as pa
        import pyarrow.compute as pc

        spelled = [spelling for name in names for spelling in self._spelled.get(name, ())]
        return pc.is_in(self._table["organisation"], array_of(spelled, pa.string()))


def _all_of(names: pa.Table) -> Iterable[str]:
    """The names in the only column of a table, each once."""
    batches = names.to_batches(max_chunksize=_AT_ONCE)
    return dict.fromkeys(name for batch in batches for name in batch.column(0).to_pylist())


def _standing(path: Path) -> pa.Table:
    """The register as a table with the declared columns; empty where there is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema("series")
    try:
        if path.exists() and pq.read_schema(path).remove_metadata().equals(schema):
            with pq.ParquetFile(path) as file:  # pq.read_table imports pandas
                return pa.Table.from_arrays(file.read().columns, schema=schema)
    except (pa.ArrowException, OSError):
        pass  # what is wrong with it is told below
    return to_table("series", read_rows(path, "series"))
