"""Which row of one extract is which row of another extract of the same report.

Rows are found again by their ids, which come from what was read. Where a name is read differently
the id differs, too: then by the place where the row stands, else by what else it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from rapidfuzz import fuzz

from styrmatt.audit.diff.pairing import Pairing, best_pairs
from styrmatt.records import DATASETS

_NAMES: Final = (
    *("measure", "goal", "success_factor", "raw_text", "text", "heading", "target_text"),
    *("message", "title", "name"),
)
"""Columns that say what a row is about, the most telling first."""
_OVERLAP: Final = 0.5
_ALIKE: Final = 0.6


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
    """What a row is about, in its own words."""
    texts = (getattr(row, name, None) for name in _NAMES)
    return next((text for text in texts if text), None)


def page_of(row: Any) -> int | None:
    """The page where a row stands; None for a dataset without pages."""
    page: int | None = getattr(row, "page", None) or getattr(row, "page_first", None)
    return page


class IdMapping:
    """Ids of the left extract that are other ids in the right one."""

    def __init__(self) -> None:
        self._to: dict[str, dict[Any, Any]] = {}

    def learn(self, pairs: Sequence[tuple[Any, Any]]) -> None:
        """Take what became of the keys of rows that are the same."""
        for one, other in pairs:
            for name in key_names(type(one)):
                self._to.setdefault(name, {})[getattr(one, name)] = getattr(other, name)

    def same(self, name: str, first: Any, second: Any) -> bool:
        """Whether two values of a reference column name the same row."""
        return bool(first == second or self._to.get(name, {}).get(first, first) == second)


def pair_rows(left: Sequence[Any], right: Sequence[Any], ids: IdMapping) -> Pairing[Any]:
    """The rows of one dataset that are the same in both extracts."""
    by_key = {key_of(row): row for row in right}
    known = [(row, by_key[key_of(row)]) for row in left if key_of(row) in by_key]
    taken = {key_of(row) for row, _ in known}
    rest = [[row for row in rows if key_of(row) not in taken] for rows in (left, right)]
    more = best_pairs(rest[0], rest[1], _candidates(rest[0], rest[1], ids), key_of)
    pairs = tuple(sorted((*known, *more.pairs), key=lambda pair: key_of(pair[0])))
    return Pairing(pairs, more.left, more.right)


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
    """How surely two rows of one page are the same; None where they are not.

    A row of a measure and sex is the row of that measure and sex; else boxes that overlap by half
    decide, else names that are alike or, of rows that stand on no page, columns.
    """
    share = _share(one, other, ids)
    owner, other_owner = (getattr(row, "measure_id", None) for row in (one, other))
    if "measure_id" not in key_names(type(one)) and hasattr(one, "sex"):
        if ids.same("measure_id", owner, other_owner) and one.sex == other.sex:
            return 3 + share
        if page_of(one) is None:
            return None
    overlap = _overlap(getattr(one, "bbox", None), getattr(other, "bbox", None))
    if overlap is not None:
        return 1 + overlap + share if overlap >= _OVERLAP else None
    names = (name_of(one) or "", name_of(other) or "")
    alike = fuzz.ratio(*names) / 100 if all(names) else 0.0
    likest = max(alike, share if page_of(one) is None else 0.0)
    return alike + share if likest >= _ALIKE else None


def _share(one: Any, other: Any, ids: IdMapping) -> float:
    """The share of columns in which two rows are equal, references by what they refer to."""
    names = [f.name for f in fields(one) if f.name not in key_names(type(one))]
    return sum(is_equal(name, one, other, ids) for name in names) / max(len(names), 1)


def is_equal(name: str, one: Any, other: Any, ids: IdMapping) -> bool:
    """Whether two rows have the same value in a column, a reference the same row."""
    first, second = getattr(one, name), getattr(other, name)
    return ids.same(name, first, second) if name in _REFERENCES else first == second


def _overlap(first: Any, second: Any) -> float | None:
    """The shared part of two boxes, 0 to 1; None where one is not known."""
    if not first or not second:
        return None
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (first, second)]
    shared: float = width * height / (sum(areas) - width * height)
    return shared


def rows_with_places(extract_rows: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Records by record_id and measures by measure_id: where rows without a page stand."""
    places: dict[str, Any] = {}
    for name, key in (("measures", "measure_id"), ("records", "record_id")):
        places.update((getattr(row, key), row) for row in extract_rows.get(name, ()))
    return places
