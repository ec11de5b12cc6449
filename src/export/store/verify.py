"""Verifies a root: files against the manifest, rows against their declarations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from styrmatt.errors import DefectError, OutputError
from styrmatt.export.parquet.rows import read_rows
from styrmatt.export.parquet.tables import content_hash, to_table
from styrmatt.export.schema.columns import arrow_schema, key_columns
from styrmatt.export.schema.row_checks import check_extract, check_row
from styrmatt.export.store.files import FileEntry, file_path
from styrmatt.export.store.manifest import MANIFEST_NAME, ManifestEntry, RootContents
from styrmatt.export.store.manifest_checks import entry_problems, manifest_problems
from styrmatt.export.store.manifest_file import read_registers
from styrmatt.export.store.signature import SIGNATURE_NAME
from styrmatt.export.store.transaction import WORK_FOLDER, has_journal
from styrmatt.export.store.unreadable_reports import UnreadableReport
from styrmatt.records import AUDITS, DATASETS, REGISTERS, SCHEMA_VERSION, Extract, Series

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN_ROWS: Final = 10
"""Rows that a difference names: all of a forgery by hand; of another reading enough to look at."""
_RUN_COLUMNS: Final = ("replaces", "tool_version", "schema_version", "source_name")
"""Columns of a document that depend on the run, not on the content of its source."""


def root_problems(root: Path, contents: RootContents) -> Iterator[str]:
    """What is wrong with the folder: an unfinished transaction, no manifest, unknown files."""
    if has_journal(root):
        yield "a run was interrupted while it wrote; the next run finishes what is left"
    if not (root / MANIFEST_NAME).exists():
        yield f"there is no {MANIFEST_NAME}; the next run makes it anew"
    for folder in sorted((root / WORK_FOLDER).glob("staging-*")):
        yield f"{WORK_FOLDER}/{folder.name} was left by a run that was cut off"
    yield from manifest_problems(root)
    expected = set(_expected_paths(contents))
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if path.is_file() and not hidden and name not in expected:
            yield f"{name} belongs to no report of the manifest"


def register_problems(root: Path) -> Iterator[str]:
    """What is wrong with the files of all reports together."""
    listed = {file.dataset: file for file in read_registers(root)}
    for dataset in REGISTERS:
        path = f"{dataset}/{dataset}.parquet"
        file = listed.get(dataset)
        if file is None:
            yield f"{path} is not in the manifest; run the reports once more"
        elif not (root / file.path).is_file():
            yield f"{file.path} is missing"
        else:
            yield from _content_problems(root / file.path, file)


def forgotten_problems(contents: RootContents, register: Iterable[Series]) -> Iterator[str]:
    """Which reports the register of series has and the manifest does not list."""
    listed = {entry.document_id for entry in contents.entries}
    members = {m.document_id for row in register for m in row.members if m.present}
    for document_id in sorted(members - listed):
        yield f"the register has measures of {document_id}, which the manifest does not list"


def series_problems(extract: Extract, register: Iterable[Series]) -> Iterator[str]:
    """Where the series of a report's measures and goals differ from those of the register."""
    registered = {m.item_id: row.series_id for row in register for m in row.members if m.present}
    items = {row.measure_id: row.series_id for row in extract.measures}
    items |= {row.goal_id: row.goal_series_id for row in extract.goals}
    for item_id, series_id in sorted(items.items()):
        if series_id is not None and registered.get(item_id) != series_id:
            known = registered.get(item_id)
            yield f"{item_id} is of {series_id}; the register has it as of {known}"
    document_id = extract.document.document_id
    members = {m.item_id for row in register for m in row.members if m.document_id == document_id}
    for item_id in sorted(members & registered.keys() - items.keys()):
        yield f"the register has {item_id}, which the report does not have"


def file_problems(root: Path, entry: ManifestEntry) -> Iterator[str]:
    """What is wrong with the files of a report: missing, changed, of another schema."""
    listed = {file.dataset for file in entry.files}
    for dataset in DATASETS:
        if dataset not in listed:
            yield f"the dataset {dataset} is missing from the manifest; run the report once more"
    if not any((root / file.path).is_file() for file in entry.files):
        yield "all its files are missing"
        return
    for file in entry.files:
        if file.dataset not in DATASETS:
            yield f"{file.path} is of no dataset that this version of styrmatt knows"
        elif not (root / file.path).is_file():
            yield f"{file.path} is missing"
        elif file.path != file_path(file.dataset, entry.fiscal_year, entry.document_id):
            yield f"{file.path} is not where the file of this report stands"
        else:
            yield from _file_problems(root / file.path, file, entry)
    for dataset in AUDITS:
        path = file_path(dataset, entry.fiscal_year, entry.document_id)
        if (root / path).is_file():
            yield from _footer_problems(root / path, path, dataset)


def unread_problems(root: Path, report: UnreadableReport) -> Iterator[str]:
    """What is wrong with the file that says that a report could not be read."""
    path = root / report.issue_file.path
    if not path.is_file():
        yield f"{report.issue_file.path} is missing"
        return
    yield from _content_problems(path, report.issue_file)
    try:
        for number, row in enumerate(read_rows(path, "issues")):
            check_row("issues", row, f"issues, row {number}")
    except (OutputError, DefectError) as error:
        yield error.message


def row_problems(root: Path, entry: ManifestEntry, register: Sequence[Series]) -> Iterator[str]:
    """What is wrong with the rows of a report: types, closed lists, ids, links, joins, series."""
    try:
        extract = stored_extract(root, entry)
        check_extract(extract)
    except (OutputError, DefectError) as error:
        yield error.message
        return
    document = extract.document
    if (document.document_id, document.source_sha256) != (entry.document_id, entry.source_sha256):
        yield f"the documents file is of {document.document_id}, source {document.source_sha256}"
    yield from entry_problems(root, entry, document)
    yield from _join_problems(extract)
    yield from series_problems(extract, register)


def stored_extract(root: Path, entry: ManifestEntry) -> Extract:
    """The rows of a report as they are stored. Raises OutputError."""
    rows = {
        dataset: read_rows(root / file_path(dataset, entry.fiscal_year, entry.document_id), dataset)
        for dataset in DATASETS
    }
    documents = rows.pop("documents")
    if len(documents) != 1:
        raise OutputError(f"the documents file of {entry.document_id} holds {len(documents)} rows")
    return Extract(document=documents[0], **rows)


def reread_differences(stored: Extract, again: Extract) -> Iterator[str]:
    """How rows that were read again differ from the stored ones, a sentence per dataset."""
    from_run = {name: getattr(stored.document, name) for name in _RUN_COLUMNS}
    again = replace(again, document=replace(again.document, **from_run))
    for dataset in DATASETS:
        old, new = (to_table(dataset, extract.rows(dataset)) for extract in (stored, again))
        if content_hash(old) != content_hash(new):
            yield f"{dataset}: {_difference(dataset, old.to_pylist(), new.to_pylist())}"


def _file_problems(path: Path, file: FileEntry, entry: ManifestEntry) -> Iterator[str]:
    yield from _content_problems(path, file)
    table = _table(path)
    footer = (table.schema.metadata if table is not None else None) or {}
    source_sha256 = footer.get(b"styrmatt.source_sha256", b"").decode()
    if table is not None and source_sha256 != entry.source_sha256:
        yield f"{file.path} says that it was made from another source"


def _content_problems(path: Path, file: FileEntry) -> Iterator[str]:
    """Where the bytes, rows or columns of a file differ from the manifest or the declaration."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
        yield f"{file.path} is not the file that the manifest names (SHA-256 differs)"
    table = _table(path)
    if table is None:
        yield f"{file.path} is not a Parquet file that can be read"
        return
    if content_hash(table) != file.content_sha256:
        yield f"{file.path} does not hold the rows that the manifest names (content hash differs)"
    if table.num_rows != file.rows:
        yield f"{file.path} has {table.num_rows} rows, the manifest says {file.rows}"
    yield from _schema_problems(table, file.path, file.dataset)


def _footer_problems(path: Path, name: str, dataset: str) -> Iterator[str]:
    """What is wrong with a file of an audit, which only its own footer describes."""
    table = _table(path)
    if table is None:
        yield f"{name} is not a Parquet file that can be read"
        return
    footer = table.schema.metadata or {}
    if content_hash(table) != footer.get(b"styrmatt.content_sha256", b"").decode():
        yield f"{name} does not hold the rows that its footer names (content hash differs)"
    yield from _schema_problems(table, name, dataset)


def _schema_problems(table: pa.Table, name: str, dataset: str) -> Iterator[str]:
    declared = arrow_schema(dataset)
    if table.schema.equals(declared):
        return
    version = (table.schema.metadata or {}).get(b"styrmatt.schema_version", b"?").decode()
    if version != SCHEMA_VERSION:
        yield f"{name} has schema {version}, this is {SCHEMA_VERSION}; run the report once more"
        return
    expected = {field.name: field for field in declared}
    found = {field.name: field for field in table.schema}
    wrong = [n for n in {**expected, **found} if n not in expected or n not in found]
    wrong = wrong or [n for n in expected if not expected[n].equals(found[n])]
    wrong = wrong or ["the columns' order"]
    yield f"{name} has not the declared columns: {', '.join(wrong)}"


def _table(path: Path) -> pa.Table | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            return file.read()
    except (pa.ArrowException, OSError):
        return None


def _join_problems(extract: Extract) -> Iterator[str]:
    """Where the wide records differ from the rows that they are joined from."""
    for record in extract.records:
        for name in _OF_DOCUMENT:
            if getattr(record, name) != getattr(extract.document, name):
                yield f"{record.record_id}: {name} in records is not that of the document"
    targets = {target.record_id: target for target in extract.targets}
    records = {record.record_id: record for record in extract.records}
    for record_id in sorted(targets.keys() ^ records.keys()):
        yield f"{record_id} is in one of targets and records only"
    sources: dict[str, dict[str, Any]] = {
        "record_id": targets,
        "measure_id": {row.measure_id: row for row in extract.measures},
        "goal_id": {row.goal_id: row for row in extract.goals},
        "success_factor_id": {row.success_factor_id: row for row in extract.success_factors},
    }
    for record in extract.records:
        for key, rows in sources.items():
            row = rows.get(getattr(record, key))
            for name in _JOINED_COLUMNS[key] if row is not None else ():
                if getattr(record, name) != getattr(row, name):
                    yield f"{record.record_id}: {name} in records is not that of its {key}"


_OF_DOCUMENT: Final = (
    "organisation",
    "organisation_code",
    "body",
    "report_kind",
    "fiscal_year",
    "period_end",
)
"""Columns of records that are those of their document."""
_JOINED_COLUMNS: Final = {
    "record_id": (
        "measure_id",
        "sex",
        "target_text",
        "target_kind",
        "target_comparator",
        "target_value",
        "target_unit",
        "target_direction",
        "target_baseline_year",
        "target_is_change",
        "target_components",
        "target_bbox",
    ),
    "measure_id": (
        "series_id",
        "goal_id",
        "success_factor_id",
        "measure",
        "measure_number",
        "measure_kind",
        "board",
    ),
    "goal_id": ("goal", "perspective"),
    "success_factor_id": ("success_factor",),
}
"""Columns of records by the key of the row that they are joined from."""


def _difference(dataset: str, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> str:
    """The rows that are gone, new and changed, with one changed value as an example."""
    (key,) = key_columns(dataset)
    before, after = ({row[key]: row for row in rows} for rows in (old, new))
    gone, new_ids = before.keys() - after.keys(), after.keys() - before.keys()
    changed = {
        row_id: [n for n in before[row_id] if before[row_id][n] != after[row_id][n]]
        for row_id in sorted(before.keys() & after.keys())
        if before[row_id] != after[row_id]
    }
    parts = [f"{len(rows)} rows {how}" for rows, how in ((gone, "gone"), (new_ids, "new")) if rows]
    if changed:
        row_id, names = next(iter(changed.items()))
        values = f"{before[row_id][names[0]]!r} was stored, {after[row_id][names[0]]!r} is read"
        parts.append(f"{len(changed)} rows differ, as {names[0]} of {row_id}: {values}")
        if len(changed) > 1:
            parts.append(f"they are {_named(changed)}")
    parts += [f"{how}: {_named(rows)}" for rows, how in ((gone, "gone"), (new_ids, "new")) if rows]
    return "; ".join(parts)


def _named(ids: Iterable[str]) -> str:
    """The first of some ids, and how many more there are."""
    listed = sorted(ids)
    more = f" and {len(listed) - _SHOWN_ROWS} more" if len(listed) > _SHOWN_ROWS else ""
    return ", ".join(listed[:_SHOWN_ROWS]) + more


def _expected_paths(contents: RootContents) -> Iterator[str]:
    """The paths of all files that may stand below a root of these contents."""
    yield from (MANIFEST_NAME, SIGNATURE_NAME)
    yield from (f"{dataset}/{dataset}.parquet" for dataset in REGISTERS)
    yield from (report.issue_file.path for report in contents.unreadable)
    for entry in contents.entries:
        yield from (file.path for file in entry.files)
        for dataset in AUDITS:
            yield file_path(dataset, entry.fiscal_year, entry.document_id)
