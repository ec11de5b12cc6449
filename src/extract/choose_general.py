"""Chooses among the layouts that read any table, where the report is of no family that is listed.

A layout that names headers is taken where they are found, before those that name none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from styrmatt.errors import NoLayoutError
from styrmatt.extract.grid.page_tables import has_tables, watch_tables
from styrmatt.extract.grid.watch import SeenTable
from styrmatt.extract.model.page import Page
from styrmatt.layout import Layout
from styrmatt.layout_files import parse_layouts

_ENOUGH = 0.5
"""Share of the headers that a layout names from which a report is one of its family: fewer are
words that many reports have."""
_SHOWN_HEADERS = 4
"""Header rows that the error about a report without a layout shows."""
_SHOWN_CELL = 40
"""Characters of a header cell in it."""

PagesFor = Callable[[Layout], Mapping[int, Page]]
"""The pages that are most likely to hold tables of a layout, by number."""


@dataclass(frozen=True)
class _GeneralFit:
    """How many of the headers that a layout names are in tables that it reads."""

    layout: Layout
    found: int

    @property
    def share(self) -> float:
        """The same as a share of all that it names."""
        return self.found / len(self.layout.columns)


def general_layout(name: str, layouts: Sequence[Layout], pages_for: PagesFor) -> Layout | None:
    """The layout of any table that fits the report ``name``; None where none reads a measure.

    Raises NoLayoutError where two fit equally well.
    """
    general = [layout for layout in layouts if layout.any_table]
    named = [layout for layout in general if layout.columns]
    fits = [fit for layout in named if (fit := _fit_of(layout, pages_for(layout))) is not None]
    fits = [fit for fit in fits if fit.share >= _ENOUGH]
    if fits:
        best = max((fit.found, fit.share) for fit in fits)
        return _only_one(name, [fit.layout for fit in fits if (fit.found, fit.share) == best])
    open_ones = [layout for layout in general if not layout.columns]
    shipped = {layout.name for layout in parse_layouts()}
    own = [layout for layout in open_ones if layout.name not in shipped]
    for layout in [_only_one(name, own)] if own else open_ones:
        pages = pages_for(layout)
        if has_tables(layout, (pages[n] for n in sorted(pages))):
            return layout
    return None


def _only_one(name: str, layouts: Sequence[Layout]) -> Layout:
    if len(layouts) > 1:
        names = ", ".join(layout.name for layout in layouts)
        raise NoLayoutError(
            f"Two layouts fit {name} equally well: {names}.", hint="Name one by --layout."
        )
    return layouts[0]


def _fit_of(layout: Layout, pages: Mapping[int, Page]) -> _GeneralFit | None:
    """How well a layout fits; None where no table of measures is read by it."""
    tables = watch_tables(layout, (pages[n] for n in sorted(pages))).tables
    if not any(table.shape == "measures" for table in tables):
        return None
    columns = (column for table in tables if table.shape for column in table.columns)
    found = {column.by_layout for column in columns if column.by_layout is not None}
    return _GeneralFit(layout, len(found))


def with_seen_headers(
    error: NoLayoutError, name: str, layouts: Sequence[Layout], pages_for: PagesFor
) -> NoLayoutError:
    """The error that no layout fits a report, with the header rows that it has and what to do."""
    general = [layout for layout in layouts if layout.any_table and not layout.columns]
    if not general:
        return error
    pages = pages_for(general[0])
    tables = watch_tables(general[0], (pages[n] for n in sorted(pages))).tables
    pages_of: dict[str, dict[int, None]] = {}
    for table in sorted(tables, key=lambda table: (-_known(table), table.page)):
        pages_of.setdefault(_shown(table), {})[table.page] = None
    message = error.message
    if pages_of:
        seen = [
            f"page{'s' if len(on) > 1 else ''} {', '.join(map(str, on))}: {row}"
            for row, on in list(pages_of.items())[:_SHOWN_HEADERS]
        ]
        message += f" Header rows seen, with the nearest known role: {'; '.join(seen)}."
    hint = (
        f"Draft a layout by: styrmatt layouts draft {name} -o my.toml ; try it by: "
        f"styrmatt layouts check my.toml {name} . {error.hint or ''}"
    ).strip()
    return NoLayoutError(message, hint=hint)


def _known(table: SeenTable) -> int:
    """How many columns of a table have a role, or are near one."""
    return sum(bool(column.role or column.nearest) for column in table.columns)


def _shown(table: SeenTable) -> str:
    """A header row in one line: ``Name (measure?) | Value 2022 (result?)``."""
    cells = (
        f"{column.text[:_SHOWN_CELL] or '-'} ({column.role or (column.nearest or '') + '?'})"
        for column in table.columns
    )
    return " | ".join(cells)
