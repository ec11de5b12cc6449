"""Whether the reports below a root agree with themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from styrmatt.layout_files import load_layouts
from styrmatt.records import Extract, Finding


@dataclass(frozen=True, slots=True)
class Check:
    """What checking a folder found: the reports, and the findings, the worst of each first."""

    root: Path
    extracts: tuple[Extract, ...]
    findings: tuple[Finding, ...]


def check_reports(root: Path, *, document: str | None = None, write: bool = True) -> Check:
    """Whether the reports below ``root`` agree with themselves and with those before them.

    With ``document``, only findings of reports whose id holds it; all are read, because a report
    is compared with earlier ones. The findings are written below ``root`` unless ``write`` is
    False. Raises UsageError and OutputError.
    """
    from styrmatt.audit.check.all_checks import check
    from styrmatt.export.store.extracts import read_extracts, write_findings

    every = read_extracts(root)
    chosen = every if document is None else read_extracts(root, document=document)
    layouts = {layout.name: layout for layout in load_layouts()}
    fallback = next(iter(layouts.values())).words
    pairs = [
        (e, layouts[e.document.layout].words if e.document.layout in layouts else fallback)
        for e in every
    ]
    ids = {extract.document.document_id for extract in chosen}
    findings = tuple(finding for finding in check(pairs) if finding.document_id in ids)
    if write:
        write_findings(root, chosen, findings)
    return Check(root, chosen, findings)
