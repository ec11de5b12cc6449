"""What was read on a page, printed."""

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
    """What was read on a page as a table, or in one line where it was drawn."""
    console = stdout_console()
    console.print(inspection.title, style="bold", soft_wrap=True)
    if picture is not None:
        counts = Counter(item.kind for item in inspection.items)
        said = ", ".join(f"{kind}: {count}" for kind, count in counts.items()) or "nothing"
        console.print(f"drawn to {picture} ({said})", soft_wrap=True)
        return
    lines = [_inspected(item) for item in inspection.items]
    if not sys.stdout.isatty():  # a line each, however long, for grep and diff
        widths = [max(map(len, column)) for column in zip(_INSPECTED, *lines, strict=True)]
        for line in (_INSPECTED, *lines):
            print("  ".join(map(str.ljust, line, widths)).rstrip())
        return
    table = plain_table()
    for name in _INSPECTED:
        table.add_column(name, no_wrap=name != "read", overflow="fold")
    for line in lines:
        table.add_row(*line)
    console.print(table)


_INSPECTED: Final = ("what", "name", "box", "how", "colour", "read")


def _inspected(item: PageItem) -> tuple[str, ...]:
    """An item as a line; its box in points, or the page on which it began."""
    box = " ".join(f"{value:.0f}" for value in item.bbox or ())
    if item.since is not None:
        box = f"since page {item.since}"
    indent = "  " if item.kind in ("cell", "marker") else ""
    text = item.text.replace("\n", " / ")
    return (indent + item.kind, item.name, box, item.how, item.colour or "", text)
