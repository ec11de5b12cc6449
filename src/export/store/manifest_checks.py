"""Whether the manifest says of a report what the report's own files say.

Its hashes are compared elsewhere (:mod:`styrmatt.export.store.verify`); this is about versions,
times, layout, corrections and what else it tells of how a report was read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from styrmatt.export.store.files import file_path
from styrmatt.export.store.manifest import MANIFEST_NAME, ManifestEntry, ReadActivity
from styrmatt.export.store.manifest_json import (
    basis_text,
    manifest_text,
    parse_contents,
    parse_registers,
)
from styrmatt.records import SCHEMA_VERSION, Document

_SAME: Final = (
    "fiscal_year",
    "source_name",
    "source_sha256",
    "source_kind",
    "page_count",
    "doc_version",
    "replaces",
    "tool_version",
    "layout",
)
"""What the manifest repeats of the dataset documents."""
_PREFIX: Final = "styrmatt."
"""What our keys in the footers begin with."""
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
_CLOCKS_DIFFER: Final = timedelta(days=1)
"""By which clocks of two machines may differ; a report that was read later than that was not."""


def manifest_problems(root: Path) -> Iterator[str]:
    """Where the manifest is not as styrmatt writes it: ids, order, keys that nobody knows."""
    path = root / MANIFEST_NAME
    if not path.is_file():
        return
    text = path.read_text(encoding="utf-8")
    version = json.loads(text).get("schema_version")
    if version != SCHEMA_VERSION:
        yield f"{MANIFEST_NAME} is of schema {version}, this is {SCHEMA_VERSION}; run once more"
        return
    contents = parse_contents(text)
    again = manifest_text(
        contents.entries, registers=parse_registers(text), unreadable=contents.unreadable
    )
    if again != text:
        place = next(
            (n for n, lines in enumerate(zip(text.split("\n"), again.split("\n"), strict=False), 1)
             if lines[0] != lines[1]),
            None,
        )  # fmt: skip
        where = "at its end" if place is None else f"from line {place} on"
        yield f"{MANIFEST_NAME} is not as styrmatt writes it, {where}"


def entry_problems(root: Path, entry: ManifestEntry, document: Document) -> Iterator[str]:
    """Where the manifest's entry of a report differs from the report's own files."""
    for name in _SAME:
        listed, stored = getattr(entry, name), getattr(document, name)
        if listed != stored:
            yield f"{MANIFEST_NAME} says {name} {listed!r}; the dataset documents has {stored!r}"
    footer = _footer(root / file_path("documents", entry.fiscal_year, entry.document_id))
    facts = (
        ("pages", entry.pages, footer.get("pages")),
        ("tool_version", entry.tool_version, footer.get("tool_version")),
        ("code, layouts, options or corrections", basis_text(entry.basis), footer.get("basis")),
    )
    for what, listed, stored in facts:
        if stored is not None and listed != stored:
            yield f"{MANIFEST_NAME} says other {what} than the footer of the dataset documents"
    if entry.activity is not None:
        yield from _activity_problems(entry, entry.activity, document)


def _activity_problems(
    entry: ManifestEntry, activity: ReadActivity, document: Document
) -> Iterator[str]:
    agent = dict(activity.agent)
    for name, stored in (("styrmatt", document.tool_version), ("schema", document.schema_version)):
        if agent.get(name) != stored:
            yield f"{MANIFEST_NAME} says that {name} {agent.get(name)} read it; it was {stored}"
    try:
        started, ended = (
            datetime.strptime(text, _TIME).replace(tzinfo=UTC)
            for text in (activity.started_at, activity.ended_at)
        )
    except ValueError:
        yield f"{MANIFEST_NAME} has no times that can be read for {entry.document_id}"
        return
    if ended < started:
        yield f"{MANIFEST_NAME} says that it was read from {activity.started_at} backwards in time"
    if ended > datetime.now(UTC) + _CLOCKS_DIFFER:
        yield f"{MANIFEST_NAME} says that it was read in the future, at {activity.ended_at}"


def _footer(path: Path) -> dict[str, Any]:
    """The metadata of a file by key; empty where it cannot be read, which is told elsewhere."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(path).metadata or {}
    except (pa.ArrowException, OSError):
        return {}
    return {
        key.decode().removeprefix(_PREFIX): value.decode()
        for key, value in metadata.items()
        if key.startswith(_PREFIX.encode())
    }
