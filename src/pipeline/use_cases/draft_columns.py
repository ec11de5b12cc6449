"""The lines of a drafted layout that say what the columns of a report's tables hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from styrmatt.extract.grid.watch import SeenColumn, SeenTable
from styrmatt.whitespace import squeeze

_YEAR: Final = re.compile(r"(?<![\w/–-])(?:19|20)\d\d(?![\w/–-])")
"""A year that stands alone; one of a span is part of what the header says."""
_BROKEN: Final = re.compile(r"(?<=[^\W\d_])- (?=[^\W\d_])")
"""A hyphen at the end of a line, before the rest of a word."""
_LEAVE: Final = "leave"
_AIMS: Final = frozenset({"target", "status", "result"})
"""Roles of which one is near in a row that may head a table of measures."""
_MOST_TABLES: Final = 3
"""Header rows that are not understood that a draft lists: more is a report of budgets."""
_MOST_PAGES: Final = 4
"""Pages that a remark names."""


@dataclass
class _Wording:
    """A header as it is worded, whatever the year, in all tables where it stands."""

    header: str
    roles: Counter[str] = field(default_factory=Counter)
    """What its columns were read as."""
    nearest: Counter[str] = field(default_factory=Counter)
    pages: dict[int, None] = field(default_factory=dict)
    known: bool = True
    elsewhere: bool = False
    """Whether it stands over a table that was left alone, too."""

    @property
    def role(self) -> str | None:
        """The one role that it has; None where tables differ, or nothing was read below it."""
        return next(iter(self.roles)) if len(self.roles) == 1 and "" not in self.roles else None


def column_lines(tables: Sequence[SeenTable]) -> tuple[list[str], list[str]]:
    """Lines of ``columns = [...]``: those that hold, and those that a person has to decide."""
    read = [table for table in tables if table.shape is not None]
    wordings = _wordings(tables)
    sure = [one for one in wordings if one.role is not None and (one.known or not one.elsewhere)]
    lines: list[str] = []
    for role in dict.fromkeys(one.role for one in sure if one.role != _LEAVE):
        for known in (True, False):
            alike = [one for one in sure if one.role == role and one.known == known]
            if alike and role is not None:
                how = "its header says so" if known else "? told by its cells"
                lines.append(f"  {_entry(alike, role)}  # {_on(alike)}; {how}")
    of_read = {_key(column.text) for table in read for column in table.columns}
    open_ones = [one for one in wordings if one not in sure and _key(one.header) in of_read]
    asked = [_question(one) for one in open_ones]
    for table in worth_asking(tables):
        asked.append(f"  # ? not read, page {table.page}: {_shown(table)}")
        for column in table.columns:
            if column.text and _key(column.text) not in of_read and column.nearest:
                alike = [_Wording(_pattern(column.text), pages={table.page: None})]
                asked.append(f"  # {_entry(alike, column.nearest)}  # ?")
    return lines, list(dict.fromkeys(asked))


def _wordings(tables: Iterable[SeenTable]) -> list[_Wording]:
    """The headers of all tables, in their order; those that hold no letter are left out."""
    found: dict[str, _Wording] = {}
    for table in tables:
        for column in table.columns:
            if not _key(column.text):
                continue
            one = found.setdefault(_key(column.text), _Wording(_pattern(column.text)))
            if table.shape is None:
                one.elsewhere = True
            else:
                one.roles[column.role] += 1
                one.known &= column.known
            if column.nearest:
                one.nearest[column.nearest] += 1
            one.pages[table.page] = None
    return list(found.values())


def _pattern(text: str) -> str:
    """A header as a layout words it: any year, and not broken."""
    return _YEAR.sub("{year}", unbroken(text))


def unbroken(text: str) -> str:
    """A header without hyphens at the ends of lines, and spaces behind a stroke."""
    return _BROKEN.sub("", text).replace("/ ", "/")


def _key(text: str) -> str:
    """What is the same for headers that differ by year, case, hyphens and breaks alone."""
    pattern = _pattern(text)
    return " ".join(squeeze(part) for part in pattern.split("{year}")) if squeeze(pattern) else ""


def _question(one: _Wording) -> str:
    """The line for a header whose role is open."""
    roles = [role for role, _ in one.roles.most_common() if role] or list(one.nearest)
    if len(roles) > 1:
        remark = f"? read as {' or '.join(sorted(roles))}, by what stands in its column"
    elif one.elsewhere and any(one.roles):
        remark = "? stands over a table that was not read, too"
    else:
        remark = "? not known; nearest role" if roles else "? not known"
    return f"  # {_entry([one], roles[0] if roles else _LEAVE)}  # {_on([one])}; {remark}"


def worth_asking(tables: Sequence[SeenTable]) -> list[SeenTable]:
    """The header rows that may be of measures, the likeliest first.

    Where other tables are read, a row has to be near a target or a status: figures alone are those
    of budgets.
    """
    some_are_read = any(table.shape is not None for table in tables)
    needed = _AIMS - {"result"} if some_are_read else _AIMS
    found: dict[str, SeenTable] = {}
    for table in tables:
        near = {column.nearest for column in table.columns}
        if table.shape is None and near & needed and near & {"measure", "goal", "success_factor"}:
            found.setdefault(squeeze(table.header), table)
    ranked = sorted(found.values(), key=lambda table: -len(needed & set(_nearest(table))))
    return ranked[:_MOST_TABLES]


def _nearest(table: SeenTable) -> list[str]:
    return [column.nearest for column in table.columns if column.nearest]


def _shown(table: SeenTable) -> str:
    return " | ".join(_cell(column) for column in table.columns)


def _cell(column: SeenColumn) -> str:
    return f"{column.text or '-'} ({column.nearest or ''}?)"


def _entry(wordings: Sequence[_Wording], role: str) -> str:
    headers = ", ".join(quoted(one.header) for one in wordings)
    return f"{{ headers = [{headers}], role = {quoted(role)} }},"


def _on(wordings: Sequence[_Wording]) -> str:
    return on_pages(sorted({page for one in wordings for page in one.pages}))


def on_pages(pages: Sequence[int]) -> str:
    """The pages in words, some of them at most: ``pages 3, 4, 7 and 5 more``."""
    shown = ", ".join(map(str, pages[:_MOST_PAGES]))
    more = f" and {len(pages) - _MOST_PAGES} more" if len(pages) > _MOST_PAGES else ""
    return f"page{'s' if len(pages) > 1 else ''} {shown}{more}"


def quoted(text: str) -> str:
    """A text as TOML has it."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(char if char.isprintable() else " " for char in plain)}"'
