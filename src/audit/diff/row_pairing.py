"""Pairs the rows of two extracts of one report.

Rows have the same id where they were read alike, since ids are made from what was read. Where a
name is read differently, rows are paired by their place on the page, else by their other columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from rapidfuzz import fuzz

from styrmatt.audit.diff.pairing import Pairing, best_pairs
from styrmatt.geometry import share_of_both
from styrmatt.records import DATASETS

_NAMES: Final = (
    *("measure", "goal", "success_factor", "raw_text", "text", "heading", "target_text"),
    *("message", "title", "name"),
)
"""Columns that name what a row is about, the most specific first."""
_MIN_BOX_OVERLAP: Final = 0.5
"""Shared area of two boxes over the area of both together, from which on rows with boxes are the
same. Two readings of one row share nearly all of it, rows of one table share none."""
_MIN_LIKENESS: Final = 0.6
"""Share of letters (of names), or of equal columns (where there are neither pages nor names), from
which on rows without boxes are the same. A misread name keeps most of its letters; with less, two
entries of one page that share a stock phrase are paired."""
_SAME_LINE_SCORE: Final = 3
"""Base score of rows of the same measure and sex; above every score of boxes and names."""
_SAME_BOX_SCORE: Final = 1
"""Base score of rows in the same place; it lifts most of them above rows with like names."""

_KEYS: Final = {
    kind: tuple(f.name for f in fields(kind) if f.metadata.get("key")) for kind in DATASETS.values()
}
_REFERENCES: Final = frozenset(name for names in _KEYS.values() for name in names)


def key_names(declaration: type) -> tuple[str, ...]:
    """The columns that tell the rows of a dataset apart."""
    return _KEYS[declaration]


def key_of(row: Any) -> str:
    """A row's key as one text."""
    return "\x1f".join(str(getattr(row, name)) for name in key_names(type(row)))


def name_of(row: Any) -> str | None:
    """The name or text of a row; None where it has neither."""
    texts = (getattr(row, name, None) for name in _NAMES)
    return next((text for text in texts if text), None)


def page_of(row: Any) -> int | None:
    """The page of a row; None for a dataset without pages."""
    page: int | None = getattr(row, "page", None) or getattr(row, "page_first", None)
    return page


class IdMapping:
    """Which id of the right extract each id of the left one is."""

    def __init__(self) -> None:
        self._right_ids: dict[str, dict[Any, Any]] = {}

    def add(self, pairs: Sequence[tuple[Any, Any]]) -> None:
        """Add the keys of rows that are the same."""
        for one, other in pairs:
            for name in key_names(type(one)):
                self._right_ids.setdefault(name, {})[getattr(one, name)] = getattr(other, name)

    def same_row(self, name: str, first: Any, second: Any) -> bool:
        """Whether two values of a reference column name the same row."""
        return bool(first == second or self._right_ids.get(name, {}).get(first, first) == second)


def pair_rows(left: Sequence[Any], right: Sequence[Any], ids: IdMapping) -> Pairing[Any]:
    """The rows of one dataset that are the same in both extracts."""
    by_key = {key_of(row): row for row in right}
    same_key = [(row, by_key[key_of(row)]) for row in left if key_of(row) in by_key]
    taken = {key_of(row) for row, _ in same_key}
    rest = [[row for row in rows if key_of(row) not in taken] for rows in (left, right)]
    others = best_pairs(rest[0], rest[1], _candidates(rest[0], rest[1], ids), key_of)
    pairs = tuple(sorted((*same_key, *others.pairs), key=lambda pair: key_of(pair[0])))
    return Pairing(pairs, others.left, others.right)


def _candidates(
    left: Sequence[Any], right: Sequence[Any], ids: IdMapping
) -> Iterator[tuple[float, Any, Any]]:
    by_page: dict[int | None, list[Any]] = {}
    for row in right:
        by_page.setdefault(page_of(row), []).append(row)
    for row in left:
        for other in by_page.get(page_of(row), ()):
            score = _likeness(row, other, ids)
            if score is not None:
                yield score, row, other


def _likeness(one: Any, other: Any, ids: IdMapping) -> float | None:
    """How surely two rows of one page are the same, as a score; None where they are not.

    Rows of the same measure and sex are the same. Otherwise boxes decide where both rows have one,
    then names and, for rows without a page, the share of equal columns.
    """
    share = _equal_share(one, other, ids)
    owner, other_owner = (getattr(row, "measure_id", None) for row in (one, other))
    if "measure_id" not in key_names(type(one)) and hasattr(one, "sex"):
        if ids.same_row("measure_id", owner, other_owner) and one.sex == other.sex:
            return _SAME_LINE_SCORE + share
        if page_of(one) is None:
            return None
    overlap = _overlap(getattr(one, "bbox", None), getattr(other, "bbox", None))
    if overlap is not None:
        return _SAME_BOX_SCORE + overlap + share if overlap >= _MIN_BOX_OVERLAP else None
    names = (name_of(one) or "", name_of(other) or "")
    name_likeness = fuzz.ratio(*names) / 100 if all(names) else 0.0
    likeness = max(name_likeness, share if page_of(one) is None else 0.0)
    return name_likeness + share if likeness >= _MIN_LIKENESS else None


def _equal_share(one: Any, other: Any, ids: IdMapping) -> float:
    """The share of columns in which two rows are equal, 0 to 1; keys are left out."""
    names = [f.name for f in fields(one) if f.name not in key_names(type(one))]
    return sum(is_equal(name, one, other, ids) for name in names) / max(len(names), 1)


def is_equal(name: str, one: Any, other: Any, ids: IdMapping) -> bool:
    """Whether two rows have the same value in a column; references: whether to the same row."""
    first, second = getattr(one, name), getattr(other, name)
    return ids.same_row(name, first, second) if name in _REFERENCES else first == second


def _overlap(first: Any, second: Any) -> float | None:
    """Shared area of two boxes over the area of both together, 0 to 1; None if one is missing."""
    if not first or not second:
        return None
    return share_of_both(first, second)


def rows_with_places(extract_rows: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Records and measures by id: they have the pages and quotes of rows that lack them."""
    places: dict[str, Any] = {}
    for name, key in (("measures", "measure_id"), ("records", "record_id")):
        places.update((getattr(row, key), row) for row in extract_rows.get(name, ()))
    return places
