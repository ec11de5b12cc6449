"""Sex marks, and what the status and trend cells show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from styrmatt.printed import Bbox, Cell, Marker

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_UNLIT: Final = "not_assessed"
"""What a grey lamp of a traffic light would mean if it stood alone."""
_FEWEST_LAMPS: Final = 3
_LAMPS_DIFFER: Final = 0.2
"""Widths of a lamp by which lamps of one traffic light may differ in size and height."""
_SIGN: Final = re.compile(r"[^\w\s.,:;()\[\]/*†‡\-‐‑–—−]")
"""A sign that is no dash, bracket, full stop or footnote mark: it may stand for something."""
"""A word of a status or trend cell; one or two letters may be a quarter or a footnote."""
NO_VALUE: Final = "none"
"""In the vocabulary, stands for words that are known and give no value."""
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
    means: str | None = None
    """Of an arrow: figure or judgement, where the legend or the words say which."""


class MarkReader:
    """Reads status or trend cells.

    ``words`` goes from a value to the words for it, ``whole`` to those that count only as all of a
    cell; of these ``none`` are words that are known to say nothing. One of ``qualifiers`` beside a
    word turns it round: such a cell is not read. ``meanings`` are the words that say what a trend
    means.
    """

    def __init__(
        self,
        what: str,
        words: Mapping[str, tuple[str, ...]],
        whole: Mapping[str, tuple[str, ...]] | None = None,
        qualifiers: Iterable[str] = (),
        meanings: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._what = what
        phrases = _by_length(words)
        self._value = dict(reversed(phrases))
        self._pattern = _any_phrase(tuple(word for word, _ in phrases))
        self._whole = {w.casefold(): value for value, ws in (whole or {}).items() for w in ws}
        self._qualifiers = _any_phrase(tuple(word.casefold() for word in qualifiers))
        said = _by_length(meanings or {})
        self._meaning = dict(reversed(said))
        self._meanings = _any_phrase(tuple(word for word, _ in said))

    def read(self, cell: Cell | None, text: str | None, markers: tuple[Marker, ...]) -> MarkReading:
        """The reading of a cell with this clean text and these of its marks."""
        if cell is None:
            return MarkReading()
        stated, problem = self._in_words(text)
        if not markers:
            if stated is None:
                return MarkReading(text=text, problem=problem)
            means = self._means(text)
            return MarkReading(stated, text, "text", bbox=cell.place.bbox, means=means)
        markers = (lit,) if (lit := lit_lamp(markers)) is not None else markers
        shown = {marker.value for marker in markers}
        first = markers[0]
        if None in shown:
            unread = next(marker for marker in markers if marker.value is None)
            why = (unread.doubt or MEANS_NOTHING).removesuffix(".")
            message = f"A mark in the {self._what} cell could not be read: {why}."
            return _unread(unread, text, "unknown_marker", message)
        if len(shown) > 1:
            values = ", ".join(str(marker.value) for marker in markers)
            message = f"The {self._what} cell shows several marks: {values}."
            return _unread(first, text, "unknown_marker", message)
        if stated is not None and stated != first.value and not _is_explained_sign(first, text):
            message = (
                f"The mark in the {self._what} cell shows {first.value}, its words say {stated}."
            )
            return _unread(first, text, "marker_disagreement", message)
        means = first.means or self._means(text)
        return MarkReading(
            first.value, text, first.read_by, first.colour, first.place.bbox, means=means
        )

    def _in_words(self, text: str | None) -> tuple[str | None, CellProblem | None]:
        """The value that the cell's words say, and the problem where they say none or several."""
        if not text:
            return None, None
        whole = self._whole.get(_bare(text))
        if whole is not None:
            return (None if whole == NO_VALUE else whole), None
        values = {self._value[match.group().casefold()] for match in self._pattern.finditer(text)}
        if len(values) == 1 and not self._qualifiers.search(self._pattern.sub(" ", text)):
            return values.pop(), None
        if len(values) == 1:
            message = f"The words of the {self._what} cell may be turned round: {text}."
            return None, CellProblem("unknown_status_text", message, text)
        if values:
            message = f"The words of the {self._what} cell mean several things: {text}."
            return None, CellProblem("unknown_status_text", message, text)
        if _WORD.search(text) or _SIGN.search(text):
            message = f"The words of the {self._what} cell have no known meaning: {text}."
            return None, CellProblem("unknown_status_text", message, text)
        return None, None

    def _means(self, text: str | None) -> str | None:
        """What the words say that a trend means; None where they say nothing, or both."""
        said = {self._meaning[m.group().casefold()] for m in self._meanings.finditer(text or "")}
        return said.pop() if len(said) == 1 else None


def lit_lamp(markers: Sequence[Marker]) -> Marker | None:
    """The one mark of a colour in a row of equal grey ones, as a traffic light lies on its side."""
    lit = [marker for marker in markers if marker.value != _UNLIT]
    if len(markers) < _FEWEST_LAMPS or len(lit) != 1 or lit[0].value is None:
        return None
    boxes = sorted(m.place.bbox for m in markers if m.place.bbox is not None)
    if len(boxes) != len(markers):
        return None
    width = boxes[0][2] - boxes[0][0]
    for left, right in pairwise(boxes):
        alike = abs(right[2] - right[0] - width) < _LAMPS_DIFFER * width
        level = abs(left[1] - right[1]) < _LAMPS_DIFFER * width
        if not (alike and level and right[0] - left[2] < width):
            return None
    return lit[0]


def _is_explained_sign(marker: Marker, text: str | None) -> bool:
    """Whether a cell is a sign without letters that the report itself explains: "–" for not met."""
    return marker.read_by == "text" and not any(map(str.isalnum, text or ""))


def _by_length(words: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Each phrase, case folded, with what it stands for, the longest first."""
    pairs = ((word.casefold(), value) for value, phrases in words.items() for word in phrases)
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=64)  # the lists of some vocabularies: each report has readers of its own
def _any_phrase(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these phrases as whole words; at one place the first of them that stands there."""
    words = "|".join(map(re.escape, phrases))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE)


def _bare(text: str) -> str:
    """A cell's text as words of the vocabulary are: case folded, without a full stop."""
    folded = " ".join(text.casefold().split())
    return folded.rstrip(".:;,") if any(char.isalpha() for char in folded) else folded


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
