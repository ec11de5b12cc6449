"""Prints the findings of a check."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from styrmatt.console.style import plain_table, stdout_console
from styrmatt.pipeline.use_cases.check import Check
from styrmatt.records import FINDING_KINDS, Finding

if TYPE_CHECKING:
    from rich.table import Table


def print_findings(check: Check, format: str) -> None:
    """Print the findings of a check as text, JSON or CSV."""
    if format == "json":
        rows = [asdict(finding) for finding in check.findings]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([column.name for column in fields(Finding)])
        writer.writerows(asdict(finding).values() for finding in check.findings)
        return
    console = stdout_console()
    for extract in check.extracts:
        document_id = extract.document.document_id
        findings = [finding for finding in check.findings if finding.document_id == document_id]
        count = f"{len(findings)} finding" + ("" if len(findings) == 1 else "s")
        console.print(f"{document_id}: {count}", style="bold", soft_wrap=True)
        if findings:
            console.print(_finding_table(findings))
            console.print()


def _finding_table(findings: Sequence[Finding]) -> Table:
    table = plain_table()
    table.add_column("severity")
    table.add_column("what", overflow="fold", ratio=3)
    table.add_column("page", justify="right")
    table.add_column("quote", overflow="fold", ratio=5)
    for finding in findings:
        meaning = f"{FINDING_KINDS[finding.kind]} ({finding.kind}). {finding.message}"
        table.add_row(finding.severity, meaning, str(finding.page), finding.text)
        if finding.other_text is not None:
            where = str(finding.other_page or "")
            named = f"{finding.other_document_id}: " if finding.other_document_id else ""
            table.add_row("", "", where, f"{named}{finding.other_text}")
    return table
