"""Arranges a comparison for people: by kind, equal lines merged, quotes only where they say more.

Text, Markdown and HTML are made from this; JSON and CSV from the changes themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.differences import KINDS, Change, Diff
from styrmatt.whitespace import single_spaced, squeeze

ABOUT_NAMES: Final = frozenset(
    {"renamed", "redefined", "goal_redefined", "goal_renamed", "factor_renamed"}
)
"""Kinds whose values are the names themselves."""
COUNTED_ONLY: Final = frozenset({"not_covered", "goal_not_covered"})
"""Kinds whose rows are counted by reason and not listed, unless they are the only kind."""
_TWO_SIDED: Final = frozenset({"goal_regrouped", "sex_split"})
"""Kinds whose row is on one side only, while the other side still has something to show."""
_WITH_REASON: Final = frozenset({"dropped", "added", "goal_dropped", "goal_added"})
"""Kinds whose reason is shown: they have one only where the difference is uncertain."""
_QUOTE_SLACK: Final = 20
"""Letters that a quote may have beyond a text shown beside it and still be left out: room for a
footnote mark or a number before it, not for another sentence."""
_SHOWN_ELSEWHERE: Final = frozenset({"source_name"})
"""Versions that have a line of their own among the facts."""
_MAX_TEXT: Final = 280
"""Letters of a value or quote that are shown: some lines of a table column. A paragraph would push
the next rows off the screen; the rest is in the JSON and CSV."""
_CONTEXT: Final = 60
"""Letters that are shown before the first difference of two long values: about a line, enough to
find the place, and little of `_MAX_TEXT`."""


@dataclass(frozen=True, slots=True)
class ChangeCell:
    """A value of one side, the quote if it says more, and the pages."""

    value: str | None
    quote: str | None
    pages: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A difference, once for all sexes and datasets in which it is the same."""

    name: str
    sexes: str
    field: str
    old: ChangeCell
    new: ChangeCell
    reason: str | None

    @property
    def pages(self) -> str:
        """Both pages: p. 5 → p. 7."""
        return " → ".join(pages for pages in (self.old.pages, self.new.pages) if pages)

    @property
    def only_side(self) -> ChangeCell:
        """The side that has the row, where only one does."""
        return self.old if self.old.pages else self.new

    def cells(self) -> dict[str, str | ChangeCell]:
        """The row's cells by column."""
        return {
            "name": self.name,
            "sex": self.sexes,
            "column": self.field,
            "target": self.only_side,
            "A": self.old,
            "B": self.new,
            "pages": self.pages,
        }


@dataclass(frozen=True, slots=True)
class ChangeSection:
    """The differences of a kind."""

    kind: str
    title: str
    meaning: str
    count: int
    rows: tuple[ChangeRow, ...]
    headers: tuple[str, str]
    """The headers of the two sides."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a table of the rows needs, from the left."""
        one_sided = KINDS[self.kind].one_sided and self.kind not in _TWO_SIDED
        has_target = any((row.only_side.value or row.name) != row.name for row in self.rows)
        wanted = {
            "name": self.kind not in ABOUT_NAMES,
            "sex": any(row.sexes for row in self.rows),
            "column": KINDS[self.kind].mode == "rereading",
            "target": one_sided and has_target,
            "A": not one_sided,
            "B": not one_sided,
            "pages": True,
        }
        return tuple(name for name, is_wanted in wanted.items() if is_wanted)

    def header(self, column: str) -> str:
        """The header of a column."""
        return {"A": self.headers[0], "B": self.headers[1]}.get(column, column)

    def reasons(self) -> list[tuple[str, int]]:
        """Each reason for which rows are of this kind and their number, the most frequent first."""
        counted = Counter(row.reason or "" for row in self.rows)
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def sections(diff: Diff) -> Iterator[ChangeSection]:
    """The differences by kind, in the order of the kinds."""
    years = (diff.left.fiscal_year, diff.right.fiscal_year)
    headers = ("A", "B") if years[0] == years[1] else (f"A: {years[0]}", f"B: {years[1]}")
    for kind, about in KINDS.items():
        changes = [change for change in diff.changes if change.kind == kind]
        if changes:
            rows = tuple(_rows(changes))
            yield ChangeSection(kind, about.title, about.meaning, len(changes), rows, headers)


def _rows(changes: Sequence[Change]) -> Iterator[ChangeRow]:
    groups: dict[tuple[str | None, ...], list[Change]] = {}
    for change in changes:
        owner = (change.old_name, change.new_name)
        values = (change.old, change.new, change.old_quote, change.new_quote)
        groups.setdefault((*owner, change.field, *values, change.reason), []).append(change)
    for group in groups.values():
        yield _row(group)


def _row(group: Sequence[Change]) -> ChangeRow:
    first = group[0]
    datasets = dict.fromkeys(change.dataset for change in group)
    sexes = dict.fromkeys(sex for change in group for sex in change.sexes)
    rereading = KINDS[first.kind].mode == "rereading"
    field = f"{', '.join(datasets)}.{first.field}" if first.field else ", ".join(datasets)
    old, new = _excerpts(first.old, first.new)
    shows_reason = first.reason and first.kind in _WITH_REASON
    names = [first.old_name, first.new_name, first.old, first.new]
    return ChangeRow(
        name=_shortened(first.name) + (f" ({first.reason})" if shows_reason else ""),
        sexes="" if list(sexes) == ["T"] else ", ".join(sexes),
        field=field if rereading else first.field or "",
        old=ChangeCell(
            old, _quote_worth_showing(first.old_quote, names), _pages(c.old_page for c in group)
        ),
        new=ChangeCell(
            new, _quote_worth_showing(first.new_quote, names), _pages(c.new_page for c in group)
        ),
        reason=first.reason,
    )


def _quote_worth_showing(quote: str | None, shown: Sequence[str | None]) -> str | None:
    """A quote on one line; None where it says no more than what is shown beside it."""
    if quote is None:
        return None
    squeezed = squeeze(quote)
    texts = {squeeze(text) for text in shown if text}
    if any(text in squeezed and len(squeezed) - len(text) <= _QUOTE_SLACK for text in texts):
        return None
    return _shortened(single_spaced(quote))


def _pages(pages: Iterable[int | None]) -> str:
    numbers = sorted({page for page in pages if page is not None})
    return f"p. {', '.join(map(str, numbers))}" if numbers else ""


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 1].rstrip() + "…"


def _excerpts(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Two values; of long ones the part around their first difference."""
    if old is None or new is None or max(len(old), len(new)) <= _MAX_TEXT:
        return (old and _shortened(old)), (new and _shortened(new))
    start = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    begin = max(0, start - _CONTEXT)
    shown = []
    for text in (old, new):
        part = text[begin : begin + _MAX_TEXT]
        before = "…" if begin else ""
        after = "…" if begin + _MAX_TEXT < len(text) else ""
        shown.append(before + part + after)
    return shown[0], shown[1]


def sums(diff: Diff) -> list[tuple[str, str, str]]:
    """Each dataset, and per side, all rows = in both + only there: ``51 = 48 + 3``."""
    return [
        (
            count.dataset,
            f"{count.left} = {count.common} + {count.left_alone}",
            f"{count.right} = {count.common} + {count.right_alone}",
        )
        for count in diff.counts
    ]


def numbers(diff: Diff) -> list[tuple[str, int, str]]:
    """Each kind with its number of differences and its meaning, in the order of the kinds."""
    counted = Counter(change.kind for change in diff.changes)
    return [(kind, counted[kind], KINDS[kind].meaning) for kind in KINDS if counted[kind]]


def facts(diff: Diff) -> list[tuple[str, str, str]]:
    """What the two extracts are: a label, and what it is on either side."""
    left, right = diff.left, diff.right
    boards = [", ".join(side.boards) or "not said" for side in (left, right)]
    return [
        ("report", left.title, right.title),
        ("document", left.document_id, right.document_id),
        ("boards", boards[0], boards[1]),
        ("source", left.source_name, right.source_name),
        *(
            (version.name, version.old or "none", version.new or "none")
            for version in diff.versions
            if version.name not in _SHOWN_ELSEWHERE
        ),
    ]
