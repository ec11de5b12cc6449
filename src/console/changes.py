"""A comparison as people read it: by kind, lines that say the same as one, quotes where they tell.

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
FOLDED: Final = frozenset({"not_covered", "goal_not_covered"})
"""Kinds that are counted and, unless asked for by name, not listed."""
_TWO_SIDED: Final = frozenset({"goal_regrouped", "sex_split"})
"""Kinds of which one side has the row alone, while the other still says something of it."""
_DOUBTED: Final = frozenset({"dropped", "added", "goal_dropped", "goal_added"})
"""Kinds that have a reason only where something is not certain."""
_LEAD_IN: Final = 20  # letters that a quote may have more than the name that it repeats
_TOLD: Final = frozenset({"source_name"})
_LONG: Final = 280
_AROUND: Final = 60


@dataclass(frozen=True, slots=True)
class ChangeCell:
    """A value of one side, the quote if it says more, and the pages."""

    value: str | None
    quote: str | None
    pages: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A difference, for all sexes and datasets that it is the same for."""

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
    def alone(self) -> ChangeCell:
        """The side that has it, of a row that one side has alone."""
        return self.old if self.old.pages else self.new

    def cells(self) -> dict[str, str | ChangeCell]:
        """What stands in the columns of a table."""
        return {
            "name": self.name,
            "sex": self.sexes,
            "column": self.field,
            "target": self.alone,
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
    heads: tuple[str, str]
    """What stands over the two sides."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a table of the rows needs, from the left."""
        alone = KINDS[self.kind].one_sided and self.kind not in _TWO_SIDED
        says = any((row.alone.value or row.name) != row.name for row in self.rows)
        wanted = {
            "name": self.kind not in ABOUT_NAMES,
            "sex": any(row.sexes for row in self.rows),
            "column": KINDS[self.kind].mode == "rereading",
            "target": alone and says,
            "A": not alone,
            "B": not alone,
            "pages": True,
        }
        return tuple(name for name, is_wanted in wanted.items() if is_wanted)

    def head(self, column: str) -> str:
        """What stands over a column."""
        return {"A": self.heads[0], "B": self.heads[1]}.get(column, column)

    def reasons(self) -> list[tuple[str, int]]:
        """Why rows are of this kind, and how many are for each reason, the most first."""
        counted = Counter(row.reason or "" for row in self.rows)
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def sections(diff: Diff) -> Iterator[ChangeSection]:
    """The differences by kind, in the order of the kinds."""
    years = (diff.left.fiscal_year, diff.right.fiscal_year)
    heads = ("A", "B") if years[0] == years[1] else (f"A: {years[0]}", f"B: {years[1]}")
    for kind, about in KINDS.items():
        changes = [change for change in diff.changes if change.kind == kind]
        if changes:
            rows = tuple(_rows(changes))
            yield ChangeSection(kind, about.title, about.meaning, len(changes), rows, heads)


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
    tells = first.reason and first.kind in _DOUBTED
    names = [first.old_name, first.new_name, first.old, first.new]
    return ChangeRow(
        name=_short(first.name) + (f" ({first.reason})" if tells else ""),
        sexes="" if list(sexes) == ["T"] else ", ".join(sexes),
        field=field if rereading else first.field or "",
        old=ChangeCell(old, _telling(first.old_quote, names), _pages(c.old_page for c in group)),
        new=ChangeCell(new, _telling(first.new_quote, names), _pages(c.new_page for c in group)),
        reason=first.reason,
    )


def _telling(quote: str | None, shown: Sequence[str | None]) -> str | None:
    """A quote on one line, if it says more than what is shown beside it."""
    if quote is None:
        return None
    bare = squeeze(quote)
    texts = {squeeze(text) for text in shown if text}
    if any(text in bare and len(bare) - len(text) <= _LEAD_IN for text in texts):
        return None
    return _short(single_spaced(quote))


def _pages(pages: Iterable[int | None]) -> str:
    numbers = sorted({page for page in pages if page is not None})
    return f"p. {', '.join(map(str, numbers))}" if numbers else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + "…"


def _excerpts(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Two values; of long ones what differs, with some words around it."""
    if old is None or new is None or max(len(old), len(new)) <= _LONG:
        return (old and _short(old)), (new and _short(new))
    start = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    begin = max(0, start - _AROUND)
    shown = []
    for text in (old, new):
        part = text[begin : begin + _LONG]
        before = "…" if begin else ""
        after = "…" if begin + _LONG < len(text) else ""
        shown.append(before + part + after)
    return shown[0], shown[1]


def sums(diff: Diff) -> list[tuple[str, str, str]]:
    """Dataset, and how its rows add up on either side: ``51 = 48 + 3``."""
    return [
        (
            count.dataset,
            f"{count.left} = {count.common} + {count.left_alone}",
            f"{count.right} = {count.common} + {count.right_alone}",
        )
        for count in diff.counts
    ]


def numbers(diff: Diff) -> list[tuple[str, int, str]]:
    """Kind, number of differences and meaning, in the order of the kinds."""
    counted = Counter(change.kind for change in diff.changes)
    return [(kind, counted[kind], KINDS[kind].meaning) for kind in KINDS if counted[kind]]


def facts(diff: Diff) -> list[tuple[str, str, str]]:
    """What the two extracts are, side by side."""
    one, other = diff.left, diff.right
    boards = [", ".join(side.boards) or "not said" for side in (one, other)]
    return [
        ("report", one.title, other.title),
        ("document", one.document_id, other.document_id),
        ("boards", boards[0], boards[1]),
        ("source", one.source_name, other.source_name),
        *((v.name, v.old or "none", v.new or "none") for v in diff.versions if v.name not in _TOLD),
    ]
