"""How everything printed looks: one kind of table, colours on a terminal only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_PLAIN_WIDTH: Final = 140


def plain_table() -> Table:
    """A table without rules."""
    from rich.table import Table

    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 2), header_style="dim")


def stdout_console() -> Console:
    """Standard output; a fixed width where it is no terminal, so that files compare."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _PLAIN_WIDTH
    return Console(width=width, highlight=False, markup=False)
