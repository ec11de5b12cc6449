"""Checks whether reports contradict themselves or earlier reports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from styrmatt.layout_files import load_layouts
from styrmatt.records import Extract, Finding


@dataclass(frozen=True, slots=True)
class Check:
    """The reports that were checked and the findings, the most severe of each report first."""

    root: Path
    extracts: tuple[Extract, ...]
    findings: tuple[Finding, ...]


def check_reports(root: Path, *, document: str | None = None, write: bool = True) -> Check:
    """Check the reports below ``root`` against themselves and against earlier reports.

    With ``document``, only reports whose id contains it; all are read, because a report is compared
    with earlier ones. The findings are written below ``root`` unless ``write`` is False. Raises
    UsageError and OutputError.
    """
    from styrmatt.audit.check.all_checks import check
    from styrmatt.export.store.extracts import read_extracts, write_findings

    extracts = read_extracts(root)
    chosen = extracts if document is None else read_extracts(root, document=document)
    layouts = {layout.name: layout for layout in load_layouts()}
    fallback = next(iter(layouts.values()))  # for a report read with a layout of the user's own
    pairs = [
        (extract, layouts.get(extract.document.layout, fallback).words) for extract in extracts
    ]
    ids = {extract.document.document_id for extract in chosen}
    findings = tuple(finding for finding in check(pairs) if finding.document_id in ids)
    if write:
        write_findings(root, chosen, findings)
    return Check(root, chosen, findings)
