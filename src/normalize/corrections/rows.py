"""The rows of a report by dataset and id, as they were read and as they are corrected."""

from __future__ import annotations

import types
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from styrmatt.corrections.fields import CORRECTABLE, SOURCES
from styrmatt.records import DATASETS, Extract

_IMPLIED_COLUMNS: Final = frozenset(
    {
        *SOURCES.values(),
        "board_code",
        "corrected",
        "verified",
        "outcome_source",
        "gap",
        "gap_reason",
    }
)
"""Columns that follow a corrected one, and are not listed as corrected themselves."""


@dataclass
class ReportRows:
    """Rows by dataset and id: ``read`` as the machine read them, ``current`` as corrected."""

    read: dict[str, dict[str, Any]]
    current: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, extract: Extract) -> ReportRows:
        """The rows of all datasets of a report that have fields which can be corrected."""
        read = {
            dataset: {getattr(row, _id_column(dataset)): row for row in extract.rows(dataset)}
            for dataset in CORRECTABLE
        }
        return cls(read, {dataset: dict(rows) for dataset, rows in read.items()})

    def homes(self, row_id: str) -> list[str]:
        """The datasets that have a row with this id."""
        return [dataset for dataset, rows in self.current.items() if row_id in rows]

    def has(self, dataset: str, row_id: str) -> bool:
        """Whether a dataset has a row with this id."""
        return row_id in self.current[dataset]

    def get(self, dataset: str, row_id: str) -> Any:
        """A row as corrected so far."""
        return self.current[dataset][row_id]

    def as_read(self, dataset: str, row_id: str) -> Any:
        """A row as the machine read it."""
        return self.read[dataset][row_id]

    def all(self, dataset: str) -> list[Any]:
        """The rows of a dataset as corrected so far."""
        return list(self.current[dataset].values())

    def add(self, dataset: str, row_id: str, row: Any) -> None:
        """Add a row that the machine did not read."""
        self.current[dataset][row_id] = row

    def change(self, dataset: str, row_id: str, **values: Any) -> None:
        """Set columns of a row."""
        self.current[dataset][row_id] = replace(self.current[dataset][row_id], **values)

    def changed(self, dataset: str) -> dict[str, list[str]]:
        """The columns that differ from what was read, by row id; of an added row all filled."""
        found = {}
        for row_id, row in self.current[dataset].items():
            names = _differing_columns(self.read[dataset].get(row_id), row)
            if names:
                found[row_id] = names
        return found

    def nullable(self, dataset: str, column: str) -> bool:
        """Whether a column may be null."""
        hint = _hints(dataset)[column]
        union = get_origin(hint) in (Union, types.UnionType)
        return get_origin(hint) is tuple or (union and type(None) in get_args(hint))


def with_corrected_columns(extract: Extract, rows: ReportRows) -> Extract:
    """The report with the rows as corrected, each listing in ``corrected`` which columns differ."""
    by_dataset: dict[str, Any] = {}
    for dataset in CORRECTABLE:
        has_column = any(f.name == "corrected" for f in fields(DATASETS[dataset]))
        changed = rows.changed(dataset) if has_column else {}  # an issue has none
        for row_id, names in changed.items():
            listed = tuple(sorted(name for name in names if _is_listed(dataset, name)))
            rows.change(dataset, row_id, corrected=listed)
        by_dataset[dataset] = tuple(rows.all(dataset))
    (document,) = by_dataset.pop("documents")
    return replace(extract, document=document, **by_dataset)


def _is_listed(dataset: str, column: str) -> bool:
    return column not in _IMPLIED_COLUMNS and (
        dataset != "claims" or column in CORRECTABLE["claims"]
    )


def _differing_columns(read: Any, current: Any) -> list[str]:
    if read is current:
        return []
    if read is None:  # a row that a person added; only outcomes can be
        return [name for name in CORRECTABLE["outcomes"] if getattr(current, name) is not None]
    return [f.name for f in fields(current) if getattr(read, f.name) != getattr(current, f.name)]


def _id_column(dataset: str) -> str:
    return next(f.name for f in fields(DATASETS[dataset]) if f.metadata["key"])


@lru_cache
def _hints(dataset: str) -> dict[str, Any]:
    return get_type_hints(DATASETS[dataset])
