"""The entries of manifest.json to and from JSON. The keys are described in docs/RUNS.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Final

from styrmatt.export.store import unreadable_reports
from styrmatt.export.store.files import FileEntry
from styrmatt.export.store.manifest import (
    DocumentBasis,
    ManifestEntry,
    ReadActivity,
    RootContents,
)
from styrmatt.export.store.unreadable_reports import UnreadableReport
from styrmatt.records import SCHEMA_VERSION

_AGENT_ID_DIGITS: Final = 12
"""Hex digits of an agent's id: 48 bits, far more than tell apart the few versions of styrmatt and
its libraries that ever write to one root. Ids of existing manifests have this length."""


def manifest_text(
    entries: Iterable[ManifestEntry],
    cached_texts: dict[str, str] | None = None,
    registers: Iterable[FileEntry] = (),
    unreadable: Iterable[UnreadableReport] = (),
) -> str:
    """The manifest as JSON, documents by year and id.

    ``cached_texts`` holds the JSON of entries by document id and is filled on the way, so that a
    caller who passes the same dict again encodes only new entries. ``registers`` are the files of
    all documents together, ``unreadable`` the reports without a document.
    """
    texts = {} if cached_texts is None else cached_texts
    ordered = sorted(entries, key=lambda entry: (entry.fiscal_year, entry.document_id))
    for entry in ordered:
        if entry.document_id not in texts:
            text = json.dumps(_entry_json(entry), ensure_ascii=False, indent=2)
            texts[entry.document_id] = text.replace("\n", "\n    ")
    agents = sorted({entry.activity.agent for entry in ordered if entry.activity})
    given_up = [
        unreadable_reports.as_json(report)
        for report in sorted(unreadable, key=lambda report: report.document_id)
    ]
    head = {
        "format": "styrmatt-extract",
        "schema_version": SCHEMA_VERSION,
        "agents": {_agent_id(agent): dict(agent) for agent in agents},
        "registers": {file.dataset: asdict(file) for file in registers},
        **({"given_up": given_up} if given_up else {}),
        "documents": [],
    }
    opening, closing = json.dumps(head, ensure_ascii=False, indent=2).split("[]")
    body = ",\n    ".join(texts[entry.document_id] for entry in ordered)
    return f"{opening}[\n    {body}\n  ]{closing}\n" if ordered else f"{opening}[]{closing}\n"


def parse_contents(text: str) -> RootContents:
    """What the text of a manifest lists.

    Raises ValueError, KeyError, TypeError or AttributeError where it is not a manifest.
    """
    content = json.loads(text)
    agents = content.get("agents", {})
    entries = tuple(_parse_entry(document, agents) for document in content["documents"])
    return RootContents(entries, tuple(unreadable_reports.parse(content.get("given_up", ()))))


def parse_registers(text: str) -> tuple[FileEntry, ...]:
    """The files of all documents together that the text of a manifest lists."""
    return tuple(FileEntry(**file) for file in json.loads(text).get("registers", {}).values())


def basis_text(basis: DocumentBasis | None) -> str:
    """A basis as a line of JSON, for the footer of a Parquet file."""
    content = None if basis is None else _basis_json(basis)
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def parse_basis(content: Mapping[str, Any] | None) -> DocumentBasis | None:
    """The basis among the keys of an activity or a footer; None where any of it is missing."""
    if content is None or not {"code_sha256", "layouts_sha256", "asked"} <= set(content):
        return None
    return DocumentBasis(
        code_sha256=content["code_sha256"],
        layouts_sha256=content["layouts_sha256"],
        options=content["asked"],
        corrections_sha256=content.get("corrections_sha256"),
    )


def _basis_json(basis: DocumentBasis) -> dict[str, Any]:
    return {
        "code_sha256": basis.code_sha256,
        "layouts_sha256": basis.layouts_sha256,
        "asked": basis.options,
        "corrections_sha256": basis.corrections_sha256,
    }


def _entry_json(entry: ManifestEntry) -> dict[str, Any]:
    return {
        "document_id": entry.document_id,
        "fiscal_year": entry.fiscal_year,
        "wasGeneratedBy": _activity_id(entry),
        "activity": {
            "id": _activity_id(entry),
            **_activity_json(entry.activity),
            "tool": "styrmatt",
            "tool_version": entry.tool_version,
            "layout": entry.layout,
            "pages": entry.pages,
            **({} if entry.basis is None else _basis_json(entry.basis)),
        },
        "used": {
            "name": entry.source_name,
            "sha256": entry.source_sha256,
            "kind": entry.source_kind,
            "page_count": entry.page_count,
            "doc_version": entry.doc_version,
            "replaces": entry.replaces,
            "layout": {
                "name": entry.layout,
                "sha256": entry.activity.layout_sha256 if entry.activity else None,
            },
            "corrections": {"sha256": entry.basis.corrections_sha256 if entry.basis else None},
        },
        "generated": [asdict(file) for file in entry.files],
    }


def _activity_id(entry: ManifestEntry) -> str:
    return f"extraction-of-{entry.document_id}"


def _activity_json(activity: ReadActivity | None) -> dict[str, str]:
    if activity is None:
        return {}
    return {
        "startedAtTime": activity.started_at,
        "endedAtTime": activity.ended_at,
        "wasAssociatedWith": _agent_id(activity.agent),
    }


@lru_cache
def _agent_id(agent: tuple[tuple[str, str], ...]) -> str:
    digest = hashlib.sha256(json.dumps(agent).encode()).hexdigest()
    return f"agent-{digest[:_AGENT_ID_DIGITS]}"


def _parse_entry(document: dict[str, Any], agents: Mapping[str, Any]) -> ManifestEntry:
    used, activity = document["used"], document["activity"]
    return ManifestEntry(
        document_id=document["document_id"],
        fiscal_year=document["fiscal_year"],
        pages=activity["pages"],
        source_name=used["name"],
        source_sha256=used["sha256"],
        source_kind=used["kind"],
        doc_version=used["doc_version"],
        replaces=used["replaces"],
        tool_version=activity["tool_version"],
        layout=activity["layout"],
        page_count=used["page_count"],
        files=tuple(FileEntry(**file) for file in document["generated"]),
        basis=parse_basis(activity),
        activity=_parse_activity(activity, used, agents),
    )


def _parse_activity(
    activity: dict[str, Any], used: dict[str, Any], agents: Mapping[str, Any]
) -> ReadActivity | None:
    if "wasAssociatedWith" not in activity:
        return None
    return ReadActivity(
        agent=tuple(agents[activity["wasAssociatedWith"]].items()),
        layout_sha256=used["layout"]["sha256"],
        started_at=activity["startedAtTime"],
        ended_at=activity["endedAtTime"],
    )
