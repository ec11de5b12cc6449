"""Sex marks, and what the status and trend cells show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from styrmatt.printed import Bbox, Cell, Marker

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
"""A word of a status or trend cell; one or two letters may be a quarter or a footnote."""
MEANS_NOTHING: Final = "its colour or shape means nothing known"
"""Why a mark could not be read that was not in doubt otherwise."""


class SexReader:
    """Reads sex cells by the vocabulary's words; ``conjunctions`` may stand between two of them."""

    def __init__(self, sexes: Mapping[str, tuple[str, ...]], conjunctions: Iterable[str]) -> None:
        self._codes = {word.casefold(): code for code, words in sexes.items() for word in words}
        self._between = frozenset(word.casefold() for word in conjunctions)

    def read(self, text: str | None) -> tuple[str, ...] | None:
        """The sexes that a cell names, in its order; () for an empty cell, None for other words."""
        words = [word.casefold() for word in re.findall(r"\w+", text or "")]
        codes = [self._codes.get(word) for word in words if word not in self._between]
        known = [code for code in codes if code is not None]
        return tuple(dict.fromkeys(known)) if len(known) == len(codes) else None


@dataclass(frozen=True)
class CellProblem:
    """What a person should know of a cell, on its way to becoming an issue of its row."""

    kind: str
    """The kind of the issue."""
    message: str
    raw_text: str | None = None
    evidence: str | None = None
    """A small PNG of the mark as a data URI, where a mark is in doubt."""


@dataclass(frozen=True)
class MarkReading:
    """What a status or trend cell shows."""

    value: str | None = None
    """The status or trend; None where the cell shows none, or none that can be read."""
    text: str | None = None
    """The cell's words."""
    read_by: str | None = None
    """How the mark was recognised, see ``MarkerReading`` in :mod:`styrmatt.printed`."""
    colour: str | None = None
    bbox: Bbox | None = None
    problem: CellProblem | None = None
    unread: bool = False
    """Whether there is a mark that could not be read."""


class MarkReader:
    """Reads status or trend cells; ``words`` goes from a value to the words for it."""

    def __init__(self, what: str, words: Mapping[str, tuple[str, ...]]) -> None:
        self._what = what
        phrases = sorted(
            ((w.casefold(), value) for value, ws in words.items() for w in ws),
            key=lambda p: -len(p[0]),
        )
        self._value = dict(reversed(phrases))
        self._pattern = re.compile(
            "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word, _ in phrases) or r"(?!)",
            re.IGNORECASE,
        )

    def read(self, cell: Cell | None, text: str | None, markers: tuple[Marker, ...]) -> MarkReading:
        """The reading of a cell with this clean text and these of its marks."""
        if cell is None:
            return MarkReading()
        stated, problem = self._in_words(text)
        if not markers:
            if stated is None:
                return MarkReading(text=text, problem=problem)
            return MarkReading(stated, text, "text", bbox=cell.place.bbox)
        shown = {marker.value for marker in markers}
        first = markers[0]
        if None in shown:
            unread = next(marker for marker in markers if marker.value is None)
            why = unread.doubt or MEANS_NOTHING
            message = f"A mark in the {self._what} cell could not be read: {why}."
            return _unread(unread, text, "unknown_marker", message)
        if len(shown) > 1:
            values = ", ".join(str(marker.value) for marker in markers)
            message = f"The {self._what} cell shows several marks: {values}."
            return _unread(first, text, "unknown_marker", message)
        if stated is not None and stated != first.value:
            message = (
                f"The mark in the {self._what} cell shows {first.value}, its words say {stated}."
            )
            return _unread(first, text, "marker_disagreement", message)
        return MarkReading(first.value, text, first.read_by, first.colour, first.place.bbox)

    def _in_words(self, text: str | None) -> tuple[str | None, CellProblem | None]:
        """The value that the cell's words say, and the problem where they say none or several."""
        if not text:
            return None, None
        values = {self._value[match.group().casefold()] for match in self._pattern.finditer(text)}
        if len(values) == 1:
            return values.pop(), None
        if values:
            message = f"The words of the {self._what} cell mean several things: {text}."
            return None, CellProblem("unknown_status_text", message, text)
        if _WORD.search(text):
            message = f"The words of the {self._what} cell have no known meaning: {text}."
            return None, CellProblem("unknown_status_text", message, text)
        return None, None


def _unread(marker: Marker, text: str | None, kind: str, message: str) -> MarkReading:
    """The reading of a cell with a mark that gives no value."""
    return MarkReading(
        None,
        text,
        marker.read_by,
        marker.colour,
        marker.place.bbox,
        CellProblem(kind, message, text, marker.evidence),
        unread=True,
    )
