"""Prints a comparison, or writes it to a file, in any of its formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from styrmatt.console.changes import (
    COUNTED_ONLY,
    ChangeCell,
    ChangeSection,
    facts,
    numbers,
    sections,
    sums,
)
from styrmatt.console.style import plain_table, stdout_console
from styrmatt.differences import Change, Diff
from styrmatt.errors import OutputError
from styrmatt.pipeline.use_cases.diff import Comparison

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_FILE_WIDTH: Final = 140
"""Columns of a text file: wide enough for two quotes side by side, and not wider than an editor."""


def show(comparison: Comparison, format: str, *, output: Path | None, summary: bool) -> None:
    """Print a comparison in a format (a key of RENDERERS), or write it to a file.

    With ``summary`` only the counts. Raises OutputError.
    """
    if format == "text" and output is None:
        print_text(comparison, stdout_console(), summary=summary)
        return
    text = RENDERERS[format](comparison, summary)
    if output is None:
        print(text, end="")
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(
            f"{output} cannot be written ({error.strerror}).", hint="Name another with -o."
        ) from error


def as_json(comparison: Comparison, summary: bool) -> str:
    """The comparison as JSON, with every column of every difference."""
    data = {
        "diffs": [_data(diff, summary) for diff in comparison.diffs],
        "documents_in_a_alone": comparison.left_only,
        "documents_in_b_alone": comparison.right_only,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(diff: Diff, summary: bool) -> dict[str, Any]:
    data = {
        "mode": diff.mode,
        "a": asdict(diff.left),
        "b": asdict(diff.right),
        "counts": [asdict(count) for count in diff.counts],
        "kinds": {kind: count for kind, count, _ in numbers(diff)},
        "versions": [asdict(version) for version in diff.versions],
        "notes": list(diff.notes),
    }
    return data if summary else data | {"changes": [asdict(change) for change in diff.changes]}


def as_csv(comparison: Comparison, summary: bool) -> str:
    """The comparison as CSV: a line per difference or, of the summary, per kind."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    documents = ("a", "b")
    if summary:
        writer.writerow([*documents, "kind", "count"])
    else:
        writer.writerow([*documents, *(column.name for column in fields(Change))])
    for diff in comparison.diffs:
        ids = (diff.left.document_id, diff.right.document_id)
        if summary:
            writer.writerows([*ids, kind, count] for kind, count, _ in numbers(diff))
            continue
        for change in diff.changes:
            row = asdict(change) | {"sexes": " ".join(change.sexes)}
            writer.writerow([*ids, *row.values()])
    return out.getvalue()


def as_text(comparison: Comparison, summary: bool) -> str:
    """The comparison as a terminal shows it, without colours and in a fixed width."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, width=_FILE_WIDTH, highlight=False, markup=False, no_color=True)
    print_text(comparison, console, summary=summary)
    return out.getvalue()


def as_markdown(comparison: Comparison, summary: bool) -> str:
    """The comparison as Markdown tables."""
    from styrmatt.console.diff_markdown import markdown

    return markdown(comparison, summary)


def as_html(comparison: Comparison, summary: bool) -> str:
    """The comparison as one HTML page that needs no other file."""
    from styrmatt.console.diff_html import html

    return html(comparison, summary)


RENDERERS: Final[dict[str, Callable[[Comparison, bool], str]]] = {
    "text": as_text,
    "json": as_json,
    "csv": as_csv,
    "markdown": as_markdown,
    "html": as_html,
}
"""What renders each format, from a comparison and whether only its counts are wanted."""


def print_text(comparison: Comparison, console: Console, *, summary: bool) -> None:
    """Print what was compared, how it adds up, and the differences by kind."""
    for diff in comparison.diffs:
        _print_head(diff, console)
        if summary:
            continue
        found = list(sections(diff))
        for section in found:
            console.print()
            counted_only = section.kind in COUNTED_ONLY and len(found) > 1
            _print_section(section, console, counted_only=counted_only)
    for which, ids in (("A", comparison.left_only), ("B", comparison.right_only)):
        for document_id in ids:
            console.print(f"The report {document_id} is only in {which}.", soft_wrap=True)


def _print_head(diff: Diff, console: Console) -> None:
    heading = f"{diff.left.title} → {diff.right.title}"
    console.print(heading, style="bold", soft_wrap=True)
    table = plain_table()
    for name, overflow in (("", "fold"), ("A", "fold"), ("B", "fold")):
        table.add_column(name, overflow=overflow)  # type: ignore[arg-type]
    for fact in facts(diff):
        table.add_row(*fact)
    for dataset, left, right in sums(diff):
        table.add_row(f"{dataset}: all = both + alone", left, right)
    console.print(table)
    for note in diff.notes:
        console.print(f"Note: {note}", soft_wrap=True)
    console.print()
    if not diff.changes:
        console.print("No difference.", style="green")
        return
    table = plain_table()
    table.add_column("difference")
    table.add_column("count", justify="right")
    table.add_column("meaning", overflow="fold")
    for kind, count, meaning in numbers(diff):
        table.add_row(kind, str(count), meaning)
    console.print(table)


def _print_section(section: ChangeSection, console: Console, *, counted_only: bool) -> None:
    console.print(f"{section.title} ({section.kind}): {section.count}", style="bold")
    if not counted_only:
        console.print(_table(section))
        return
    table = plain_table()
    table.add_column("", justify="right")
    table.add_column("", overflow="fold")
    for reason, count in section.reasons():
        table.add_row(str(count), reason)
    console.print(table)
    console.print(f"Use --only {section.kind} to list them.", style="dim")


_RATIOS: Final = {"name": 4, "column": 2, "target": 4, "A": 4, "B": 4}
"""Relative widths of the columns that wrap; the others are as wide as what is in them."""


def _table(section: ChangeSection) -> Table:
    table = plain_table()
    for name in section.columns:
        ratio = _RATIOS.get(name)
        table.add_column(section.header(name), overflow="fold", ratio=ratio, no_wrap=ratio is None)
    for row in section.rows:
        cells = row.cells()
        shown = (cells[name] for name in section.columns)
        table.add_row(*(cell if isinstance(cell, str) else _cell(cell) for cell in shown))
    return table


def _cell(cell: ChangeCell) -> Text:
    from rich.text import Text

    text = Text(cell.value or ("–" if cell.pages else ""))
    if cell.quote:
        text.append(f"\n“{cell.quote}”" if text.plain else f"“{cell.quote}”", style="dim italic")
    return text
