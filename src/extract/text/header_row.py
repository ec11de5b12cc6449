"""Header rows of tables in a text: their cells in reading order, broken into lines anywhere.

``Framgångs-\\nfaktor\\nStyrmått Mål  Måluppfyl-\\nlelse\\nUtveckling`` is found by its letters: the
squeezed text of some lines is cut into headers that the layout's table knows, each column once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from styrmatt.extract.choose_layout import LayoutFit
from styrmatt.extract.sections.heading_patterns import read_heading
from styrmatt.extract.text.lines import TextLine
from styrmatt.layout import Layout, LayoutTable
from styrmatt.whitespace import squeeze

_MOST_LINES = 14
"""Lines of a header at most: room for six columns, each broken once or twice."""
_MOST_CHARACTERS = 140
"""Characters of a header at most; the longest headers of six columns have about 95."""
_LONGEST_CELL_LINE = 60
"""Characters of a line in an unknown header at most: a wider one is narrative."""
_FEATURE_WEIGHTS = {
    "measures": 4.0,
    "distinguishing": 3.0,
    "overview": 1.0,
    "goal": 0.5,
    "success_factor": 0.5,
}
"""What of a layout must stand in a text for it to fit, and how much each counts.

The header of measures counts most. The column that no other layout has counts more than overview
and headings together, so that these, which layouts of one family share, do not outweigh it; and it
alone is a clear margin (3 of 9, with 0.15 needed).
"""
_PLACES = "a PDF, whose places on the page it reads tables by"
"""What a text lacks of a layout that takes any table."""
_WITHOUT_MEASURES = 0.2
"""The score at most of a layout whose measure table is not there: far from the 0.5 it needs."""
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class TextHeader:
    """Lines ``first`` to before ``end`` head ``table``; ``columns`` are its fields in order."""

    table: LayoutTable
    columns: tuple[str, ...]
    first: int
    end: int
    printed: str


def read_columns(printed: str, table: LayoutTable) -> tuple[str, ...] | None:
    """The fields of the columns that ``printed`` heads, in order; None where it is no such header.

    All columns that are not optional must be there.
    """
    found = _fields(squeeze(printed), table, frozenset())
    needed = {column.field for column in table.columns if not column.optional}
    return found if found and needed <= set(found) else None


def _fields(text: str, table: LayoutTable, used: frozenset[str]) -> tuple[str, ...] | None:
    """The fields of which ``text`` is the headers, one after the other; None where it is not."""
    if not text:
        return ()
    for column in table.columns:
        if column.field in used:
            continue
        for header, has_year in _squeezed_longest_first(column.headers):
            rest = _after_header(text, header, has_year=has_year)
            if rest is None:
                continue
            following = _fields(rest, table, used | {column.field})
            if following is not None:
                return (column.field, *following)
    return None


@lru_cache
def _squeezed_longest_first(headers: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Each header squeezed and without its year, and whether it has one; the longest first."""
    longest_first = sorted(headers, key=len, reverse=True)
    return tuple((squeeze(one.replace("{year}", "")), "{year}" in one) for one in longest_first)


def _after_header(text: str, header: str, *, has_year: bool) -> str | None:
    """What follows a header at the start of squeezed text; None where it does not start so."""
    if not text.startswith(header):
        return None
    rest = text[len(header) :]
    if not has_year:
        return rest
    return rest[4:] if _YEAR.match(rest) else None


def find_headers(lines: Sequence[TextLine], layout: Layout) -> list[TextHeader]:
    """The header rows of measure and overview tables, in the text's order."""
    found: list[TextHeader] = []
    tables = [table for table in layout.tables if table.kind != "ignored"]
    at = 0
    while at < len(lines):
        header = _header_at(lines, at, tables)
        if header and not _in_order(header):
            later = (_header_at(lines, n, tables) for n in range(at + 1, header.end))
            if any(other and _in_order(other) for other in later):
                header = None
        if header:
            found.append(header)
        at = header.end if header else at + 1
    return found


def _header_at(
    lines: Sequence[TextLine], at: int, tables: Sequence[LayoutTable]
) -> TextHeader | None:
    """The longest header that begins on line ``at``."""
    best: TextHeader | None = None
    for table in tables:
        if not _may_begin(squeeze(lines[at].text), table):
            continue
        printed = ""
        for end in range(at + 1, min(len(lines), at + _MOST_LINES) + 1):
            printed = f"{printed}\n{lines[end - 1].text}".strip()
            if len(printed) > _MOST_CHARACTERS:
                break
            columns = read_columns(printed, table)
            if columns:
                header = TextHeader(table, columns, at, end, printed)
                best = header if best is None else max(best, header, key=_preference)
    return best


def _preference(header: TextHeader) -> tuple[bool, int, int]:
    """A header in the table's own order first, then the longest, then the one with most columns."""
    return _in_order(header), header.end, len(header.columns)


def _in_order(header: TextHeader) -> bool:
    """Whether the columns stand in the order in which the layout lists them."""
    order = [column.field for column in header.table.columns if column.field in header.columns]
    return list(header.columns) == order


@lru_cache
def _squeezed_headers(table: LayoutTable) -> tuple[str, ...]:
    """All headers of a table without breaks and years."""
    return tuple(
        squeeze(h.replace("{year}", "")) for column in table.columns for h in column.headers
    )


def begins_header(line: str, layouts: Sequence[Layout]) -> bool:
    """Whether a header of one of the layouts' tables can begin on this line."""
    text = squeeze(line)
    return any(_may_begin(text, table) for layout in layouts for table in layout.tables)


def _may_begin(text: str, table: LayoutTable) -> bool:
    headers = _squeezed_headers(table)
    return bool(text) and (text.startswith(headers) or any(h.startswith(text) for h in headers))


def find_unknown_headers(
    lines: Sequence[TextLine], layout: Layout, known: Sequence[TextHeader]
) -> list[tuple[int, int]]:
    """Lines (first, end) that look like a measure table's header with a column the layout lacks."""
    taken = {n for header in known for n in range(header.first, header.end)}
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        end = None if at in taken else _unknown_end(lines, at, layout, taken)
        if end:
            found.append((at, end))
        at = end or at + 1
    return found


def _unknown_end(lines: Sequence[TextLine], at: int, layout: Layout, taken: set[int]) -> int | None:
    """Where an unknown header that begins on line ``at`` ends: all needed headers stand in it."""
    for table in layout.tables_of("measures"):
        if not _may_begin(squeeze(lines[at].text), table):
            continue
        text = ""
        for end in range(at + 1, min(len(lines), at + _MOST_LINES) + 1):
            if end - 1 in taken or len(lines[end - 1].text) > _LONGEST_CELL_LINE:
                break
            text += squeeze(lines[end - 1].text)
            if _holds_needed(text, table):
                return end
    return None


def _holds_needed(text: str, table: LayoutTable) -> bool:
    """Whether every needed column's header stands in ``text``, each in a place of its own."""
    rests: list[str] = [text]
    needed = [column for column in table.columns if not column.optional]
    longest = sorted(
        ((squeeze(h.replace("{year}", "")), c.field) for c in needed for h in c.headers),
        key=lambda pair: -len(pair[0]),
    )
    seen: set[str] = set()
    for header, name in longest:
        if name in seen:
            continue
        for n, rest in enumerate(rests):
            before, hit, after = rest.partition(header)
            if hit:
                rests[n : n + 1] = [before, after]
                seen.add(name)
                break
    return len(seen) == len(needed)


def fit_layouts(lines: Sequence[TextLine], layouts: Sequence[Layout]) -> list[LayoutFit]:
    """How well each layout fits, by which of its headers and headings stand in the text."""
    return [_fit_of(lines, layout) for layout in layouts]


def _fit_of(lines: Sequence[TextLine], layout: Layout) -> LayoutFit:
    if layout.any_table:
        return LayoutFit(layout, 0.0, (_PLACES,), False)
    headers = find_headers(lines, layout)
    measures = [h for h in headers if h.table.kind == "measures"]
    distinguished = [h for h in measures if set(h.table.distinguishing) & set(h.columns)]
    overview = any(h.table.kind == "overview" for h in headers)
    kinds = {named.kind for line in lines if (named := read_heading(line.text, layout.headings))}
    features = {
        "measures": (bool(measures), f"a table of {_as_header(layout.tables_of('measures'))}"),
        "distinguishing": (bool(distinguished), f"a column {_distinguishing_columns(layout)}"),
        "overview": (overview, "an overview table of goals"),
        "goal": ("goal" in kinds, "headings that name a goal"),
        "success_factor": ("success_factor" in kinds, "headings that name a success factor"),
    }
    possible = sum(_FEATURE_WEIGHTS.values())
    score = sum(_FEATURE_WEIGHTS[name] for name, (found, _) in features.items() if found) / possible
    missed = tuple(what for found, what in features.values() if not found)
    score = score if measures else min(score, _WITHOUT_MEASURES)
    return LayoutFit(layout, score, missed, bool(measures))


def _as_header(tables: Sequence[LayoutTable]) -> str:
    return " or ".join(
        " | ".join(column.headers[0] for column in table.columns) for table in tables
    )


def _distinguishing_columns(layout: Layout) -> str:
    names = [
        column.headers[0]
        for table in layout.tables_of("measures")
        for column in table.columns
        if column.field in table.distinguishing
    ]
    return " or ".join(names)
