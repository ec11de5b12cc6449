"""Compares two extracts, of one report or of two."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from styrmatt.audit.diff.report_index import ReportIndex
from styrmatt.audit.diff.rereads import RUN_COLUMNS, Columns, diff_rereads
from styrmatt.audit.diff.year_on_year import diff_years
from styrmatt.differences import Change, Diff, ReportSide, RowCounts, VersionChange, sorted_changes
from styrmatt.errors import DefectError
from styrmatt.records import Document, Extract

_NO_COLUMNS: Columns = {}
_COMPARABLE_RUN_COLUMNS: Final = ("tool_version", "schema_version", "layout")
"""Of :data:`RUN_COLUMNS`, those that do not differ between any two reports: all others describe the
source."""


def diff(
    left: Extract,
    right: Extract,
    *,
    predecessors: Mapping[str, str] | None = None,
    left_columns: Columns = _NO_COLUMNS,
    right_columns: Columns = _NO_COLUMNS,
    partial: Collection[str] = (),
) -> Diff:
    """The differences between two extracts: of one report row by row, else year on year.

    ``predecessors`` maps a series with a changed definition to the series that it came from; the
    columns are those of the Parquet files; ``partial`` holds the ids of documents of which only
    chosen pages were read. Raises DefectError where the rows do not add up.
    """
    mode = "rereading" if is_one_report(left.document, right.document) else "years"
    notes: list[str] = []
    changes: list[Change]
    if mode == "years":
        one, other = (ReportIndex(e, e.document.document_id in partial) for e in (left, right))
        changes, counts, notes = diff_years(one, other, predecessors or {})
    else:
        changes, counts = diff_rereads(left, right, left_columns, right_columns)
    _reconcile(counts)
    return Diff(
        mode=mode,
        left=_side(left),
        right=_side(right),
        counts=tuple(counts),
        changes=sorted_changes(changes),
        versions=_versions(mode, left.document, right.document, left_columns, right_columns),
        notes=tuple(notes),
    )


def is_one_report(left: Document, right: Document) -> bool:
    """Whether two documents are one report: the same id, or the same source."""
    return left.document_id == right.document_id or left.source_sha256 == right.source_sha256


def _reconcile(counts: list[RowCounts]) -> None:
    for count in counts:
        if not count.reconciles:
            raise DefectError(
                f"The rows of {count.dataset} do not add up: {count.left} and {count.right}, of "
                f"which {count.common} in both, {count.left_alone} and {count.right_alone} in one.",
                hint="Please report it.",
            )


def _side(extract: Extract) -> ReportSide:
    document = extract.document
    names = [name for name in ReportSide.__dataclass_fields__ if name != "boards"]
    of_document = {name: getattr(document, name) for name in names}
    return ReportSide(**of_document, boards=tuple(sorted(ReportIndex(extract).boards)))


def _versions(
    mode: str, left: Document, right: Document, left_columns: Columns, right_columns: Columns
) -> tuple[VersionChange, ...]:
    """Differences in how the extracts were made: versions, source, columns of the files."""
    names = RUN_COLUMNS if mode == "rereading" else _COMPARABLE_RUN_COLUMNS
    versions = [
        VersionChange(name, getattr(left, name), getattr(right, name))
        for name in names
        if getattr(left, name) != getattr(right, name)
    ]
    for dataset in sorted(set(left_columns) | set(right_columns)):
        before, after = left_columns.get(dataset, {}), right_columns.get(dataset, {})
        if bool(before) != bool(after):
            versions.append(VersionChange(dataset, _dataset_size(before), _dataset_size(after)))
            continue
        versions += [
            VersionChange(f"{dataset}.{name}", before.get(name), after.get(name))
            for name in sorted(set(before) | set(after))
            if before.get(name) != after.get(name)
        ]
    return tuple(versions)


def _dataset_size(columns: Mapping[str, str]) -> str | None:
    return f"a dataset of {len(columns)} columns" if columns else None
