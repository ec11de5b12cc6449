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
from styrmatt.export.schema.row_checks import check_rows
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
_BEFORE_ALL_YEARS: Final = 0
"""Stands for a year that is not known when rows are put in order."""
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
        check_rows(_NAME, rows)
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
    keys = list(zip(*(_without_null(columns[name]) for name in _KEY), strict=True))
    ranks = list(zip(*_preference(columns), strict=True))
    order = sorted(range(len(keys)), key=lambda n: (keys[n], ranks[n]))
    preferred = [n == 0 or keys[at] != keys[order[n - 1]] for n, at in enumerate(order)]
    comparable = _comparable(columns)
    computed: dict[str, list[Any]] = {
        "preferred": preferred,
        "comparable": [comparable[at] for at in order],
    }
    table = _taken(table, order)
    for name in _COMPUTED:
        at = table.schema.get_field_index(name)
        field = table.schema.field(at)
        table = table.set_column(at, field, array_of(computed[name], field.type))
    return table


def _without_null(values: Sequence[Any]) -> list[Any]:
    """The values of a part of the key, so that they can be put in order: null comes first."""
    if any(isinstance(value, int) for value in values):
        return [_BEFORE_ALL_YEARS if value is None else value for value in values]
    return [value or "" for value in values]


def _preference(columns: Mapping[str, Sequence[Any]]) -> Iterator[list[Any]]:
    """What orders rows of one key: the latest whole report first, the organisation's before a
    board's. Of one report the first row is taken: it is what records show.
    """
    yield [not whole for whole in columns["whole"]]
    yield [-year for year in columns["fiscal_year"]]
    yield [body is not None for body in columns["body"]]
    yield [source != "table" for source in columns["source"]]
    yield list(columns["document_id"])
    yield list(columns["row_no"])


def _comparable(columns: Mapping[str, Sequence[Any]]) -> list[bool | None]:
    """For each row whether it has the unit that most rows of its series have, and is a level."""
    rows = list(zip(columns["series_id"], columns["unit"], columns["is_change"], strict=True))
    units: dict[str, Counter[str]] = {}
    for series, unit, is_change in rows:
        if unit is not None and not is_change:
            units.setdefault(series, Counter())[unit] += 1
    usual = {series: _most_common(count) for series, count in units.items()}
    return [
        False if is_change else None if unit is None else unit == usual[series]
        for series, unit, is_change in rows
    ]


def _most_common(units: Counter[str]) -> str:
    """The unit of most rows; of two the first by name, whatever order the rows came in."""
    return min(units, key=lambda unit: (-units[unit], unit))


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
