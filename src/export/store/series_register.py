"""The register of series: one file for all reports below a root, written with each batch."""

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
"""Path of the register below a root."""
_NAME_BATCH_ROWS: Final = 1 << 16
"""Rows whose organisation is turned into Python strings at a time: it bounds the memory for a
register of many organisations, and a batch is large enough not to cost time."""


def read_register(root: Path) -> tuple[Series, ...]:
    """The registered series below ``root``; empty where there is no register.

    Raises OutputError for a file that cannot be read.
    """
    return tuple(read_rows(root / REGISTER_PATH, "series"))


def load_register(root: Path) -> tuple[Series, ...]:
    """The register, for commands that need one.

    Raises OutputError where there is none, or where a run was interrupted while it wrote.
    """
    if not (root / REGISTER_PATH).exists():
        raise OutputError(
            f"{root} holds no register of series.",
            hint=f"Run its reports once more: styrmatt run --force --out {root}.",
        )
    return read_consistently(root, lambda: read_register(root))


def series_beside(root: Path, series_id: str) -> tuple[Series, ...]:
    """A series, the one that it took the place of, and those that took its place.

    Empty where there is no such series. Raises OutputError.
    """
    import pyarrow.compute as pc

    def read() -> tuple[Series, ...]:
        table = _stored_table(root / REGISTER_PATH)
        own = table.filter(pc.equal(table["series_id"], series_id))
        before = own["predecessor_series_id"].combine_chunks()
        near = pc.or_kleene(
            pc.equal(table["predecessor_series_id"], series_id),
            pc.is_in(table["series_id"], pc.drop_null(before)),
        )
        there = own.num_rows > 0
        return (*as_rows(own, "series"), *as_rows(table.filter(near), "series")) if there else ()

    return read_consistently(root, read)


def registered_documents(root: Path) -> frozenset[str]:
    """Ids of the reports that are members of any series below ``root``. Raises OutputError."""
    if not (root / REGISTER_PATH).exists():
        return frozenset()
    import pyarrow.compute as pc

    members = pc.list_flatten(_stored_table(root / REGISTER_PATH)["members"])
    return frozenset(pc.struct_field(members, "document_id").unique().to_pylist())


class SeriesRegister:
    """The series below a root, by organisation.

    Only the series of the organisations that are written become Python objects. All others stay in
    an Arrow table, which needs far less memory, so that the cost of a report does not grow with the
    number of other organisations in the root.
    """

    def __init__(self, root: Path) -> None:
        """Raises OutputError for a register that cannot be read."""
        self._table = _stored_table(root / REGISTER_PATH)
        self._spellings: dict[str, list[str]] = {}
        for name in _distinct(self._table.select(["organisation"])):
            self._spellings.setdefault(squeeze(name), []).append(name)
        """Names of organisations as the table has them, by their squeezed form."""
        self._series: dict[str, tuple[Series, ...]] = {}

    def series_of(self, organisation: str) -> tuple[Series, ...]:
        """The series of an organisation."""
        name = squeeze(organisation)
        if name not in self._series:
            self._series[name] = as_rows(self._rows_of(name), "series")
        return self._series[name]

    def _rows_of(self, name: str) -> pa.Table:
        """The table's rows of one organisation; pyarrow.compute is imported for several only."""
        if name not in self._spellings:
            return self._table.slice(0, 0)
        return self._table if len(self._spellings) == 1 else self._table.filter(self._is_of([name]))

    def put(self, organisation: str, series: tuple[Series, ...]) -> None:
        """Replace the series of an organisation. Raises DefectError for a bad row."""
        unchanged = set(map(id, self.series_of(organisation)))
        for number, row in enumerate(series):
            if id(row) not in unchanged:
                check_row("series", row, f"series, row {number}")
        self._series[squeeze(organisation)] = series

    def write(self, transaction: Transaction) -> None:
        """Stage the file of the register."""
        table = self._with_others(
            to_table("series", tuple(row for rows in self._series.values() for row in rows))
        )
        write_file(
            table.replace_schema_metadata(footer("series", content_hash(table))),
            transaction.put(REGISTER_PATH),
        )

    def _with_others(self, changed: pa.Table) -> pa.Table:
        """The given rows with those of all other organisations, by series id."""
        if not self._spellings.keys() - self._series.keys():
            return changed
        import pyarrow as pa
        import pyarrow.compute as pc

        others = self._table.filter(pc.invert(self._is_of(self._series)))
        return pa.concat_tables([others, changed]).sort_by("series_id").combine_chunks()

    def _is_of(self, names: Iterable[str]) -> pa.ChunkedArray:
        """For each row of the table whether it belongs to one of these organisations."""
        import pyarrow as pa
        import pyarrow.compute as pc

        spellings = [spelling for name in names for spelling in self._spellings.get(name, ())]
        return pc.is_in(self._table["organisation"], array_of(spellings, pa.string()))


def _distinct(names: pa.Table) -> Iterable[str]:
    """The distinct values of the only column of a table."""
    batches = names.to_batches(max_chunksize=_NAME_BATCH_ROWS)
    return dict.fromkeys(name for batch in batches for name in batch.column(0).to_pylist())


def _stored_table(path: Path) -> pa.Table:
    """The register as a table with the declared columns; empty where there is none.

    A file of another schema version is read row by row, which fills in defaults.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema("series")
    try:
        if path.exists() and pq.read_schema(path).remove_metadata().equals(schema):
            with pq.ParquetFile(path) as file:  # pq.read_table would import pandas
                return pa.Table.from_arrays(file.read().columns, schema=schema)
    except (pa.ArrowException, OSError):
        pass  # read_rows raises OutputError that names the file
    return to_table("series", read_rows(path, "series"))
