"""Chooses the layout that clearly fits a report best, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from styrmatt.errors import NoLayoutError, UsageError
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.legibility import page_kind, with_unreadable_pages
from styrmatt.extract.model.page import Page
from styrmatt.extract.sections.heading_patterns import read_heading
from styrmatt.extract.tables.header_row import Header, find_headers
from styrmatt.extract.tables.unknown_labels import with_unknown_labels
from styrmatt.layout import Layout, LayoutTable
from styrmatt.printed import ExtractionWarning

_CLEAR_MARGIN = 0.15
"""By how much the best layout must score above the next one, or the report could be read by either.

Missing columns cost a measure table at most half of its 3 of 5: half of that (0.15) must separate
two layouts whose measure tables both are there.
"""
_ENOUGH = 0.5
"""The score from which a layout fits at all: above what headings and an overview give together
without a measure table (2 of 5), below a measure table with all its columns (3 of 5)."""
_MEASURES_WEIGHT, _OVERVIEW_WEIGHT, _HEADINGS_WEIGHT = 3.0, 1.0, 0.5
"""What a measure table, an overview and headings of a goal or of a factor count in the score.

Measures are what a layout is for; the others are alike in layouts of one family.
"""
_MISSING_COLUMN = 0.5
"""What a table's share would lose if all its columns were missing; each missing one costs its part.

Columns may be missing only where they are optional, so a header without them still is the table's.
"""


@dataclass(frozen=True)
class LayoutFit:
    """How well a layout fits: 0 to 1, and what of it the report lacks."""

    layout: Layout
    score: float
    missed: tuple[str, ...]
    has_measures: bool = True
    """Whether a measure table of the layout is there."""


@dataclass(frozen=True)
class ChosenLayout:
    """The layout that a report is read by, with what a person should know of the choice."""

    layout: Layout
    warnings: tuple[ExtractionWarning, ...] = ()
    is_eased: bool = False
    """Whether its tables may lack columns that they need: nothing else of it was found."""


def choose(fits: Sequence[LayoutFit], name: str) -> Layout:
    """The best fit. Raises NoLayoutError for the report ``name`` where none is clearly best."""
    ranked = sorted(fits, key=lambda fit: (-fit.score, fit.layout.name))
    best = ranked[0]
    clear = len(ranked) == 1 or best.score - ranked[1].score >= _CLEAR_MARGIN
    if best.score >= _ENOUGH and clear:
        return best.layout
    what = "No layout fits" if best.score < _ENOUGH else "Two layouts fit equally well"
    tried = "; ".join(
        f"{fit.layout.name} ({fit.score:.0%}"
        + (f", missed: {', '.join(fit.missed)})" if fit.missed else ")")
        for fit in ranked
    )
    raise NoLayoutError(
        f"{what} {name}: {tried}.",
        hint="Name one by --layout, or add a layout for this family by --layouts DIR.",
    )


def named_layout(layouts: Sequence[Layout], name: str) -> Layout:
    """The layout of that name. Raises UsageError that lists the names."""
    for layout in layouts:
        if layout.name == name:
            return layout
    known = ", ".join(layout.name for layout in layouts)
    raise UsageError(f"There is no layout {name!r}.", hint=f"Known: {known}.")


def layout_of_pages(
    name: str,
    pages: Mapping[int, Page],
    layouts: Sequence[Layout],
    wanted: str | None,
    attached_files: Callable[[], Sequence[str]],
) -> ChosenLayout:
    """The layout that is ``wanted``, or else the one that fits the pages of the report ``name``.

    Raises UsageError where there is no such layout, NoLayoutError where none fits, and NoTextError
    where the pages cannot be read; ``attached_files`` may be what was meant to be read.
    """
    if wanted is not None:
        if (named := named_layout(layouts, wanted)).any_table:
            return ChosenLayout(named)
        return override(layouts, wanted, lambda layout: fit_pages([layout], pages.values())[0])
    try:
        return ChosenLayout(choose(fit_pages(layouts, pages.values()), name))
    except NoLayoutError as error:
        kinds = {number: page_kind(page) for number, page in pages.items()}
        raise with_unreadable_pages(error, name, kinds, attached_files()) from error


def override(
    layouts: Sequence[Layout], name: str, fit: Callable[[Layout], LayoutFit]
) -> ChosenLayout:
    """The layout of that name, whatever family the report is of; and a note of what it lacks.

    What tells families apart is not asked for. Where no measure table is found so, a table needs
    no more than its measures and one of targets and statuses. ``fit`` says how well a layout fits
    the report. Raises UsageError.
    """
    named = named_layout(layouts, name)
    missed = fit(named).missed
    tried = [replace(named, tables=tuple(map(ease, named.tables))) for ease in _EASED]
    layout = next((layout for layout in tried if fit(layout).has_measures), tried[0])
    if not missed:
        return ChosenLayout(layout)
    message = f"The layout {name} was named; the report lacks of it: {', '.join(missed)}."
    severity: Literal["info", "warning"] = "info" if fit(named).has_measures else "warning"
    note = ExtractionWarning("layout_incomplete", message, "", None, severity)
    return ChosenLayout(layout, (note,), is_eased=layout is not tried[0])


def _of_any_family(table: LayoutTable) -> LayoutTable:
    """The table without the need for a column that tells its family from others."""
    columns = tuple(
        replace(column, optional=column.optional or column.field in table.distinguishing)
        for column in table.columns
    )
    return replace(table, columns=columns, distinguishing=())


def _with_few_columns(table: LayoutTable) -> LayoutTable:
    """A measure table that needs only its measures and one of targets and statuses."""
    if table.kind != "measures":
        return _of_any_family(table)
    columns = tuple(replace(c, optional=c.field != "measure") for c in table.columns)
    return replace(table, columns=columns, distinguishing=("target", "status"))


_EASED = (_of_any_family, _with_few_columns)
"""How much less a table has to have where a person named the layout: first less, then least."""


def fit_pages(layouts: Sequence[Layout], pages: Iterable[Page]) -> list[LayoutFit]:
    """How well each layout fits the given pages (those that may hold tables)."""
    pages = list(pages)
    return [_fit_of(layout, pages) for layout in layouts if not layout.any_table]


def fits_by_tables_alone(layout: Layout, pages: Iterable[Page]) -> bool:
    """Whether nothing but its measure tables speaks for a layout: no overview and no heading.

    Another family may have such a table, under headings that the layout does not know.
    """
    every = list(pages)
    lines = [line.text for page in every for line in page.lines]
    if any(read_heading(line, layout.headings) for line in lines):
        return False
    has_factors = any(
        "success_factor" in header.fields
        for page in every
        for header in find_headers(page, layout.tables_of("measures"))
    )
    overview = layout.tables_of("overview")
    return not has_factors and not any(find_headers(page, overview) for page in every)


def _fit_of(layout: Layout, pages: Sequence[Page]) -> LayoutFit:
    missed: list[str] = []
    got = possible = 0.0
    has_measures = False
    for kind, weight in (("measures", _MEASURES_WEIGHT), ("overview", _OVERVIEW_WEIGHT)):
        for table in layout.tables_of(kind):
            possible += weight
            share = _table_share(table, pages, missed, layout.vocabulary)
            got += weight * share
            has_measures |= kind == "measures" and share > 0
    lines = [line.text for page in pages for line in page.lines]
    kinds = {named.kind for line in lines if (named := read_heading(line, layout.headings))}
    for kind in ("goal", "success_factor"):
        possible += _HEADINGS_WEIGHT
        got += _HEADINGS_WEIGHT * (kind in kinds)
        if kind not in kinds:
            missed.append(f"headings that name a {kind.replace('_', ' ')}")
    return LayoutFit(layout, got / possible, tuple(missed), has_measures)


def _has_other_target(page: Page, header: Header, vocabulary: str) -> bool:
    """Whether a header that the layout does not know is that of targets or goals, and no year's.

    The table is of another family, which has a column for goals, or calls its targets otherwise.
    """
    others = with_unknown_labels(page, header).others
    words = load_header_words(vocabulary)
    return any(
        (says := words.read(label.text)).whole
        and says.year is None
        and (
            says.roles == {"target"} or says.roles & {"goal", "perspective"} == says.roles != set()
        )
        for label in others
    )


def _table_share(
    table: LayoutTable, pages: Sequence[Page], missed: list[str], vocabulary: str
) -> float:
    """How much of the table is in the best of its headers on the pages, 0 to 1.

    Appends to ``missed`` what is not there.
    """
    found = [(page, header) for page in pages for header in find_headers(page, (table,))]
    headers: list[Header] = [header for _, header in found]
    is_other = table.kind == "measures" and all(
        _has_other_target(page, header, vocabulary) for page, header in found
    )
    if not headers or is_other:
        missed.append(f"a table of {' | '.join(column.headers[0] for column in table.columns)}")
        return 0.0
    best = max(headers, key=lambda header: len(header.fields))
    lacking = [c for c in table.columns if c.field not in best.fields]
    missed += [f"the column {column.headers[0]}" for column in lacking]
    return 1 - _MISSING_COLUMN * len(lacking) / len(table.columns)
