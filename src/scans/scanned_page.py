"""What a scanned page holds once it is recognised, in points of the levelled page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from styrmatt.geometry import Point
from styrmatt.printed import Bbox

UNSURE: Final = 60.0
"""Confidence (of 100) below which a word is looked at by a person: wrong figures mostly have less,
right words mostly more."""


class ScannedWord(NamedTuple):
    """A recognised word. Its box is as high as its letters may be, from the base line."""

    text: str
    bbox: Bbox
    size: float
    """Font size in points, from the height of its letters."""
    bold: bool
    colour: str
    """Of its ink, ``#rrggbb``."""
    confidence: float
    """From 0 to 100: how sure the reading is."""


class ScannedRule(NamedTuple):
    """A ruled line: y of a level one, x of an upright one, and where it begins and ends."""

    orientation: Literal["h", "v"]
    at: float
    start: float
    end: float
    thickness: float


class ScannedShade(NamedTuple):
    """A shaded box and its colour."""

    bbox: Bbox
    colour: str


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page that was recognised."""

    words: tuple[ScannedWord, ...]
    rules: tuple[ScannedRule, ...]
    shades: tuple[ScannedShade, ...]
    marks: tuple[Bbox, ...]


@dataclass(frozen=True, slots=True)
class Scans:
    """The pages of a report that were recognised, and the file that they are pages of."""

    source_sha256: str
    """SHA-256 of the file as it came."""
    pages: Mapping[int, ScannedPage] = field(default_factory=lambda: MappingProxyType({}))
    turned: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    """Degrees by which each page was turned anticlockwise to be level."""

    middles: Mapping[int, Point] = field(default_factory=lambda: MappingProxyType({}))
    """The middle of each page, about which it was turned, in points."""

    @property
    def unsure(self) -> tuple[tuple[int, Bbox], ...]:
        """Page and box of each word that is to be looked at by a person."""
        return tuple(
            (number, word.bbox)
            for number, page in sorted(self.pages.items())
            for word in page.words
            if word.confidence < UNSURE
        )


def to_json(page: ScannedPage) -> str:
    """The page as JSON, the same for the same page."""
    value = {
        "words": page.words,
        "rules": page.rules,
        "shades": page.shades,
        "marks": page.marks,
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> ScannedPage:
    """The page that :func:`to_json` wrote."""
    value: dict[str, Any] = json.loads(text)
    return ScannedPage(
        tuple(ScannedWord(one[0], _box(one[1]), *one[2:]) for one in value["words"]),
        tuple(ScannedRule(*one) for one in value["rules"]),
        tuple(ScannedShade(_box(one[0]), one[1]) for one in value["shades"]),
        tuple(_box(one) for one in value["marks"]),
    )


def _box(numbers: list[float]) -> Bbox:
    x0, top, x1, bottom = numbers
    return (x0, top, x1, bottom)
