"""Sex marks, and what the status and trend cells show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from styrmatt.printed import Bbox, Cell, Marker

_HAS_WORD = re.compile(r"[^\W\d_]{3,}")


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
class MarkReading:
    """What a status or trend cell shows; ``problem`` is an issue kind with a sentence, if any."""

    value: str | None = None
    text: str | None = None
    read_by: str | None = None
    colour: str | None = None
    bbox: Bbox | None = None
    problem: tuple[str, str] | None = None
    evidence: str | None = None
    unread: bool = False


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
        said, problem = self._said(text)
        if not markers:
            if said is None:
                return MarkReading(text=text, problem=problem)
            return MarkReading(said, text, "text", bbox=cell.place.bbox)
        shown = {marker.value for marker in markers}
        first = markers[0]
        reading = MarkReading(
            None,
            text,
            first.read_by,
            first.colour,
            first.place.bbox,
            evidence=first.evidence,
            unread=True,
        )
        if None in shown:
            unread = next(marker for marker in markers if marker.value is None)
            why = unread.doubt or "its colour or shape means nothing known"
            return _with(
                reading,
                unread,
                ("unknown_marker", f"A mark in the {self._what} cell could not be read: {why}."),
            )
        if len(shown) > 1:
            values = ", ".join(str(marker.value) for marker in markers)
            return _with(
                reading,
                first,
                ("unknown_marker", f"The {self._what} cell shows several marks: {values}."),
            )
        if said is not None and said != first.value:
            sentence = (
                f"The mark in the {self._what} cell shows {first.value}, its words say {said}."
            )
            return _with(reading, first, ("marker_disagreement", sentence))
        return MarkReading(
            first.value,
            text,
            first.read_by,
            first.colour,
            first.place.bbox,
            evidence=first.evidence,
        )

    def _said(self, text: str | None) -> tuple[str | None, tuple[str, str] | None]:
        if not text:
            return None, None
        values = {self._value[match.group().casefold()] for match in self._pattern.finditer(text)}
        if len(values) == 1:
            return values.pop(), None
        if values:
            return None, (
                "unknown_status_text",
                f"The words of the {self._what} cell mean several things: {text}.",
            )
        if _HAS_WORD.search(text):
            return None, (
                "unknown_status_text",
                f"The words of the {self._what} cell have no known meaning: {text}.",
            )
        return None, None


def _with(reading: MarkReading, marker: Marker, problem: tuple[str, str]) -> MarkReading:
    return MarkReading(
        None,
        reading.text,
        marker.read_by,
        marker.colour,
        marker.place.bbox,
        problem,
        marker.evidence,
        True,
    )
