"""Prints what was read on a page."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from styrmatt.console.style import plain_table, stdout_console
from styrmatt.pipeline.use_cases.inspect import Inspection

if TYPE_CHECKING:
    from styrmatt.extract.inspect.page_items import PageItem


def print_inspection(inspection: Inspection, picture: Path | None) -> None:
    """Print what was read on a page as a table, or one line where it was drawn to ``picture``."""
    console = stdout_console()
    console.print(inspection.title, style="bold", soft_wrap=True)
    if picture is not None:
        counts = Counter(item.kind for item in inspection.items)
        summary = ", ".join(f"{kind}: {count}" for kind, count in counts.items()) or "nothing"
        console.print(f"drawn to {picture} ({summary})", soft_wrap=True)
        return
    lines = [_cells(item) for item in inspection.items]
    if not sys.stdout.isatty():  # one line for each item, however long, for grep and diff
        widths = [max(map(len, column)) for column in zip(_COLUMNS, *lines, strict=True)]
        for line in (_COLUMNS, *lines):
            print("  ".join(map(str.ljust, line, widths)).rstrip())
        return
    table = plain_table()
    for name in _COLUMNS:
        table.add_column(name, no_wrap=name != "read", overflow="fold")
    for line in lines:
        table.add_row(*line)
    console.print(table)


def print_narrative(report: Path, page: int, paragraphs: int, drawing: Path) -> None:
    """Print how much running text of a page was drawn, and where to."""
    console = stdout_console()
    console.print(f"{report.name}, page {page}", style="bold", soft_wrap=True)
    console.print(f"drawn to {drawing} (paragraphs: {paragraphs})", soft_wrap=True)


_COLUMNS: Final = ("what", "name", "box", "how", "colour", "read")


def _cells(item: PageItem) -> tuple[str, ...]:
    """The cells of an item's line: its box in points, or the page on which it began."""
    box = " ".join(f"{value:.0f}" for value in item.bbox or ())
    if item.since is not None:
        box = f"since page {item.since}"
    indent = "  " if item.kind in ("cell", "marker") else ""
    text = item.text.replace("\n", " / ")
    return (indent + item.kind, item.name, box, item.how, item.colour or "", text)
