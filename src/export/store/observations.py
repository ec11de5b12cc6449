"""The register of observations: every figure of every report, and which of them to take.

It is made from the reports' own rows and written with each batch. The rows of one organisation
stand together in the file; those of organisations that a batch does not touch are copied as they
are, so that the cost of a report does not grow with the number of other organisations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from styrmatt.export.parquet.arrays import array_of
from styrmatt.export.parquet.footer import footer
from styrmatt.export.parquet.tables import content_hash, to_table, write_file
from styrmatt.export.schema.columns import arrow_schema
from styrmatt.export.schema.row_checks import check_row
from styrmatt.export.store.observation_rows import observations_of
from styrmatt.export.store.transaction import Transaction
from styrmatt.records import Extract, Observation
from styrmatt.whitespace import squeeze

if TYPE_CHECKING:
    import pyarrow as pa

OBSERVATIONS_PATH: Final = "observations/observations.parquet"
"""Path of the register below a root."""
_NAME: Final = "observations"
_KEY: Final = ("series_id", "sex", "observation_year", "period", "kind", "area")
"""Of the rows that have these in common one is preferred."""
_COMPUTED: Final = ("preferred", "comparable")
"""Columns that depend on the other reports."""
_USED: Final = (
    *_KEY, "document_id", "fiscal_year", "body", "whole", "source", "row_no", "unit", "is_change",
)  # fmt: skip
"""Columns by which rows are ordered and compared."""


class ObservationRegister:
    """The observations below a root while a batch of reports is written."""

    def __init__(self, root: Path) -> None:
        self._table = _stored(root / OBSERVATIONS_PATH)
        self._added: dict[str, tuple[Observation, ...]] = {}
        self._gone: set[str] = set()

    def put(self, extract: Extract, *, partial: bool, replaced: Iterable[str] = ()) -> None:
        """Take the figures of a report in place of its earlier ones, and of those it replaces."""
        document_id = extract.document.document_id
        rows = observations_of(extract, partial=partial)
        for number, row in enumerate(rows):
            check_row(_NAME, row, f"{_NAME}, row {number}")
        gone = {document_id, *replaced}
        self._gone |= gone
        self._added = {one: kept for one, kept in self._added.items() if one not in gone}
        self._added[document_id] = rows

    def write(self, transaction: Transaction) -> None:
        """Stage the file of the register."""
        import pyarrow as pa

        new: dict[str, list[Observation]] = {}
        for rows in self._added.values():
            for row in rows:
                new.setdefault(squeeze(row.organisation), []).append(row)
        blocks = dict(self._blocks())
        stale = self._stale_blocks(blocks)
        for name in {*new, *stale}:
            kept = self._kept(blocks[name]) if name in blocks else None
            added = to_table(_NAME, tuple(new.get(name, ())))
            both = [added] if kept is None or not kept.num_rows else [kept, added]
            blocks[name] = _settled(pa.concat_tables(both))
        parts = [blocks[name] for name in sorted(blocks) if blocks[name].num_rows]
        table = pa.concat_tables(parts or [self._table.slice(0, 0)]).combine_chunks()
        write_file(
            table.replace_schema_metadata(footer(_NAME, content_hash(table))),
            transaction.put(OBSERVATIONS_PATH),
        )

    def _blocks(self) -> Iterator[tuple[str, pa.Table]]:
        """The rows of each organisation, which stand together."""
        start = 0
        for name, rows in groupby(map(squeeze, self._table["organisation"].to_pylist())):
            length = sum(1 for _ in rows)
            yield name, self._table.slice(start, length)
            start += length

    def _stale_blocks(self, blocks: Mapping[str, pa.Table]) -> set[str]:
        """The organisations that have rows of a report that is gone or written anew."""
        return {
            name
            for name, block in blocks.items()
            if not self._gone.isdisjoint(block["document_id"].to_pylist())
        }

    def _kept(self, block: pa.Table) -> pa.Table:
        """The rows of a block whose reports stay."""
        documents = block["document_id"].to_pylist()
        return _taken(block, [n for n, one in enumerate(documents) if one not in self._gone])


def _settled(table: pa.Table) -> pa.Table:
    """The rows of one organisation in their order, with what depends on all of them."""
    columns = {name: table[name].to_pylist() for name in _USED}
    rows = [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]
    order = sorted(range(len(rows)), key=lambda n: (_key_order(rows[n]), _preference(rows[n])))
    ordered = [rows[n] for n in order]
    keys = [tuple(row[name] for name in _KEY) for row in ordered]
    preferred = [n == 0 or keys[n] != keys[n - 1] for n in range(len(keys))]
    computed: dict[str, list[Any]] = {"preferred": preferred, "comparable": _comparable(ordered)}
    table = _taken(table, order)
    for name in _COMPUTED:
        at = table.schema.get_field_index(name)
        field = table.schema.field(at)
        table = table.set_column(at, field, array_of(computed[name], field.type))
    return table


def _key_order(row: Mapping[str, Any]) -> tuple[tuple[bool, Any], ...]:
    """The place of a row's key among the keys; null comes first."""
    return tuple((row[name] is not None, row[name]) for name in _KEY)


def _preference(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Orders rows of one key: the latest whole report first, the organisation's before a board's.

    Of one report the first row is taken: it is what records show.
    """
    return (
        not row["whole"],
        -row["fiscal_year"],
        row["body"] is not None,
        row["source"] != "table",
        row["document_id"],
        row["row_no"],
    )


def _comparable(rows: Sequence[Mapping[str, Any]]) -> list[bool | None]:
    """For each row whether it has the unit that most rows of its series have, and is a level."""
    units: dict[str, Counter[str]] = {}
    for row in rows:
        if row["unit"] is not None and not row["is_change"]:
            units.setdefault(row["series_id"], Counter())[row["unit"]] += 1
    usual = {series: count.most_common(1)[0][0] for series, count in units.items()}
    return [_is_comparable(row, usual.get(row["series_id"])) for row in rows]


def _is_comparable(row: Mapping[str, Any], usual_unit: str | None) -> bool | None:
    if row["is_change"]:
        return False
    return None if row["unit"] is None else row["unit"] == usual_unit


def _taken(table: pa.Table, places: Sequence[int]) -> pa.Table:
    """The rows at these places; the library for computing is imported only where they differ."""
    if list(places) == list(range(table.num_rows)):
        return table
    import pyarrow as pa

    return table.take(array_of(places, pa.int32()))


def _stored(path: Path) -> pa.Table:
    """The register as a table; empty where there is none, or one of other columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(_NAME)
    try:
        if path.exists() and pq.read_schema(path).remove_metadata().equals(schema):
            with pq.ParquetFile(path) as file:  # pq.read_table would import pandas
                return pa.Table.from_arrays(file.read().columns, schema=schema)
    except (pa.ArrowException, OSError):
        pass  # it is made anew from what the next runs read
    return to_table(_NAME, ())
