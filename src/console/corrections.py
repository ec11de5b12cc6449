"""Prints the corrections in an extract, and lines for a corrections file."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, astuple, fields

from styrmatt.console.style import plain_table, stdout_console
from styrmatt.corrections.fields import FIELDS
from styrmatt.corrections.overrides import KEYS
from styrmatt.pipeline.use_cases.corrections import CorrectionDraft
from styrmatt.records import Correction


def print_corrections(rows: Sequence[Correction], format: str) -> None:
    """Print corrections as text, JSON or CSV."""
    if format == "json":
        data = [asdict(row) | {"decided_on": row.decided_on.isoformat()} for row in rows]
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([column.name for column in fields(Correction)])
        writer.writerows(astuple(row) for row in rows)
        return
    console = stdout_console()
    for document_id in dict.fromkeys(row.document_id for row in rows):
        console.print(document_id, style="bold", soft_wrap=True)
        table = plain_table()
        for name in ("id", "field", "machine", "corrected", "why", "who", "when", ""):
            table.add_column(name, overflow="fold")
        for row in rows:
            if row.document_id == document_id:
                values = (row.machine_value or "-", row.value or "-")
                decision = (row.why, row.who, str(row.decided_on))
                status = "" if row.applied else "not applied"
                style = None if row.applied else "yellow"
                table.add_row(row.row_id, row.field, *values, *decision, status, style=style)
        console.print(table)
    applied = sum(row.applied for row in rows)
    console.print(f"{applied} applied, {len(rows) - applied} not applied.")


def print_template(lines: Sequence[CorrectionDraft], *, header: bool) -> None:
    """Print lines of a corrections file, with semicolons and a decimal comma."""
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    if header:
        writer.writerow(KEYS)
    for line in lines:
        values = list(astuple(line))
        if FIELDS[line.field].kind is float:
            values[KEYS.index("machine_value")] = line.machine_value.replace(".", ",")
        writer.writerow(values)
