"""Whether a layout can do what it says: a header, word or pattern that can never match is refused.

Each function raises LayoutFileError with the place in the file and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from styrmatt.errors import LayoutFileError
from styrmatt.layout import (
    FIGURE_ROLES,
    Headings,
    Layout,
    LayoutHeader,
    LayoutTable,
    OwnStatuses,
    OwnTrends,
    by_value,
)
from styrmatt.toml_records import suggestion
from styrmatt.whitespace import squeeze

LONGEST_HEADER: Final = 90
"""Letters of the longest header cell: longer ones are text, and never read as headers."""
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}|[{}]")
_NEEDED: Final = {"measures": ("measure", "target"), "overview": ("goal", "success_factor")}
"""Columns that tables of a family have to have."""
_OF_ANY_TABLE: Final = {"only": False, "bare": True, "numbered": False, "rows": True, "generic": ()}
"""Keys of ``[headings]`` that tables of listed columns do not know, as they are by default."""


def check_layout(layout: Layout, where: str) -> None:
    """Check a layout; ``where`` is its file, for messages."""
    for table in layout.tables:
        _check_table(table, layout, where)
    if not layout.tables_of("measures") and not layout.any_table:
        raise LayoutFileError(f"{where} has no table of kind 'measures'.")
    _check_headings(layout, where)
    _check_headers(layout, where)
    for name, own in (("statuses", layout.statuses), ("trends", layout.trends)):
        _check_listed(own, f"{where}: {name}")
        _check_words(own, f"{where}: {name}")
    _check_listed(layout.colours, f"{where}: colours")
    for value, colours in by_value(layout.colours).items():
        for colour in colours:
            if not _COLOUR.fullmatch(colour):
                raise LayoutFileError(
                    f"{where}: colours: {value}: {colour!r} is no colour; write #00b050."
                )


def _check_table(table: LayoutTable, layout: Layout, where: str) -> None:
    if table.kind == "ignored":
        if not (table.name and table.words):
            raise LayoutFileError(f"{where}: an ignored table needs a name and words.")
        for word in table.words:
            if not squeeze(word):
                raise LayoutFileError(
                    f"{where}: the ignored table {table.name!r} can never match {word!r}, which "
                    "has no letter."
                )
        return
    if layout.any_table:
        raise LayoutFileError(
            f"{where}: with any_table, [[tables]] are of kind 'ignored' only: tables are found by "
            "their headers. Name headers under [[columns]]."
        )
    present = [column.field for column in table.columns]
    for name in _NEEDED[table.kind]:
        if name not in present:
            raise LayoutFileError(f"{where}: the {table.kind} table needs a column {name!r}.")
    for name in table.distinguishing:
        if name not in present:
            raise LayoutFileError(
                f"{where}: distinguishing names {name!r}, no column; {suggestion(name, present)}"
            )


def _check_headings(layout: Layout, where: str) -> None:
    headings = layout.headings
    where = f"{where}: headings"
    if not layout.any_table:
        for key, default in _OF_ANY_TABLE.items():
            if getattr(headings, key) != default:
                raise LayoutFileError(f"{where}: {key} needs any_table = true.")
    if headings.numbered and not headings.bare:
        raise LayoutFileError(
            f"{where}: numbered says which bare headings name goals, but bare = false says none do."
        )
    leads: dict[str, str] = {}
    for level, patterns in _patterns(headings):
        for pattern in patterns:
            _check_pattern(pattern, level, where)
            lead = squeeze(pattern.partition("{name}")[0])
            if lead and leads.setdefault(lead, level) != level:
                raise LayoutFileError(
                    f"{where}: {pattern!r} names a {leads[lead]} and a {level}; keep one."
                )
    for heading in headings.generic:
        if not squeeze(heading):
            raise LayoutFileError(f"{where}: generic can never match {heading!r}, no heading.")


def _patterns(headings: Headings) -> Iterable[tuple[str, tuple[str, ...]]]:
    return (
        ("goal", headings.goal),
        ("area", headings.area),
        ("success_factor", headings.success_factor),
        ("perspective", headings.perspective),
    )


def _check_pattern(pattern: str, level: str, where: str) -> None:
    lead, name, rest = pattern.partition("{name}")
    why = None
    if not name:
        why = "it has no {name}"
    elif odd := _PLACEHOLDER.search(lead + rest):
        why = f"{odd[0]!r} stands for nothing"
    elif squeeze(rest):
        why = "a heading is known by what stands before {name}, and something stands behind it"
    elif not squeeze(lead) and level != "perspective":
        why = "nothing stands before {name}; headings without lead-in words are bare = true"
    if why:
        raise LayoutFileError(f"{where}: {level}: {pattern!r} can never match: {why}.")


def _check_headers(layout: Layout, where: str) -> None:
    if layout.columns and not layout.any_table:
        raise LayoutFileError(f"{where}: [[columns]] needs any_table = true.")
    seen: dict[str, LayoutHeader] = {}
    for n, column in enumerate(layout.columns):
        place = f"{where}: columns[{n}]"
        if not column.headers:
            raise LayoutFileError(f"{place}: headers is empty, so it can never match.")
        for header in column.headers:
            _check_header(header, place)
            key = " ".join(squeeze(part) for part in header.split("{year}"))
            other = seen.setdefault(key, column)
            if other is not column:
                roles = sorted({other.role, column.role})
                said = f"has two roles, {' and '.join(roles)}" if len(roles) > 1 else "stands twice"
                raise LayoutFileError(f"{place}: the header {header!r} {said}; keep one.")
        _check_figures(column, place)


def _check_header(header: str, place: str) -> None:
    parts = header.split("{year}")
    why = None
    if odd := _PLACEHOLDER.search("".join(parts)):
        why = f"{odd[0]!r} stands for nothing; {{year}} stands for a year"
    elif len(parts) == 1 and not squeeze(header):
        why = "it has no letter"
    elif len(squeeze("".join(parts))) > LONGEST_HEADER:
        why = f"it has more than {LONGEST_HEADER} letters, as no header does"
    if why:
        raise LayoutFileError(f"{place}: {header!r} can never match: {why}.")


def _check_figures(column: LayoutHeader, place: str) -> None:
    """Check that a year, period, sex or area is given for figures only."""
    for key in ("year", "period", "sex", "area"):
        if getattr(column, key) is None:
            continue
        if column.role not in FIGURE_ROLES:
            raise LayoutFileError(
                f"{place}: a {column.role} has no {key}; {key} goes with {', '.join(FIGURE_ROLES)}."
            )
        if key == "area" and column.role == "target":
            raise LayoutFileError(f"{place}: a target is the organisation's own and has no area.")


def _check_listed(own: OwnStatuses | OwnTrends, where: str) -> None:
    """Check that nothing is listed under two values."""
    seen: dict[str, str] = {}
    for value, texts in by_value(own).items():
        for text in texts:
            key = squeeze(text) or text
            if seen.setdefault(key, value) != value:
                raise LayoutFileError(
                    f"{where}: {text!r} stands under {seen[key]} and {value}; keep one."
                )


def _check_words(own: OwnStatuses | OwnTrends, where: str) -> None:
    for value, words in by_value(own).items():
        for word in words:
            if not squeeze(word):
                raise LayoutFileError(
                    f"{where}: {value}: {word!r} can never match: it has no letter. Signs are read "
                    "by their shape; [colours] says what their colours mean."
                )
