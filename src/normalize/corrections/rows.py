"""The rows of a report by dataset and id, as the machine made them and as they are now."""

from __future__ import annotations

import types
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from styrmatt.corrections.fields import CORRECTABLE, SOURCES
from styrmatt.records import DATASETS, Extract

_UNSAID: Final = frozenset({*SOURCES.values(), "board_code", "corrected"})
"""Columns that follow a corrected one and go without saying."""


@dataclass
class ReportRows:
    """Rows by dataset and id. ``before`` stays as the machine made it."""

    before: dict[str, dict[str, Any]]
    now: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, extract: Extract) -> ReportRows:
        """The rows of a report that have fields which can be corrected."""
        made = {
            dataset: {getattr(row, _key(dataset)): row for row in extract.rows(dataset)}
            for dataset in CORRECTABLE
        }
        return cls(made, {dataset: dict(rows) for dataset, rows in made.items()})

    def homes(self, row_id: str) -> list[str]:
        """The datasets that have a row with this id."""
        return [dataset for dataset, rows in self.now.items() if row_id in rows]

    def has(self, dataset: str, row_id: str) -> bool:
        """Whether a dataset has a row with this id."""
        return row_id in self.now[dataset]

    def get(self, dataset: str, row_id: str) -> Any:
        """A row as it is now."""
        return self.now[dataset][row_id]

    def machine(self, dataset: str, row_id: str) -> Any:
        """A row as the machine made it."""
        return self.before[dataset][row_id]

    def all(self, dataset: str) -> list[Any]:
        """The rows of a dataset as they are now."""
        return list(self.now[dataset].values())

    def add(self, dataset: str, row_id: str, row: Any) -> None:
        """A row that the machine does not have."""
        self.now[dataset][row_id] = row

    def change(self, dataset: str, row_id: str, **values: Any) -> None:
        """Give columns of a row other values."""
        self.now[dataset][row_id] = replace(self.now[dataset][row_id], **values)

    def changed(self, dataset: str) -> dict[str, list[str]]:
        """The columns that differ from the machine's, by id of the row; new rows: all filled."""
        found = {}
        for row_id, row in self.now[dataset].items():
            names = _difference(self.before[dataset].get(row_id), row)
            if names:
                found[row_id] = names
        return found

    def nullable(self, dataset: str, column: str) -> bool:
        """Whether a column may be null."""
        hint = _hints(dataset)[column]
        union = get_origin(hint) in (Union, types.UnionType)
        return get_origin(hint) is tuple or (union and type(None) in get_args(hint))


def with_corrected_columns(extract: Extract, rows: ReportRows) -> Extract:
    """The report with the rows as they are now, each saying which of its columns differ."""
    made: dict[str, Any] = {}
    for dataset in CORRECTABLE:
        changed = rows.changed(dataset)
        for row_id, names in changed.items():
            said = tuple(sorted(name for name in names if _is_said(dataset, name)))
            rows.change(dataset, row_id, corrected=said)
        made[dataset] = tuple(rows.all(dataset))
    (document,) = made.pop("documents")
    return replace(extract, document=document, **made)


def _is_said(dataset: str, column: str) -> bool:
    return column not in _UNSAID and (dataset != "claims" or column in CORRECTABLE["claims"])


def _difference(before: Any, now: Any) -> list[str]:
    if before is now:
        return []
    if before is None:  # a row that a person added
        return [name for name in CORRECTABLE["outcomes"] if getattr(now, name) is not None]
    return [f.name for f in fields(now) if getattr(before, f.name) != getattr(now, f.name)]


def _key(dataset: str) -> str:
    return next(f.name for f in fields(DATASETS[dataset]) if f.metadata["key"])


@lru_cache
def _hints(dataset: str) -> dict[str, Any]:
    return get_type_hints(DATASETS[dataset])
