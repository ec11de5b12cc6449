"""A value on a line of its own below a measure's name, behind its label.

The year may stand in brackets behind it: "Senaste värdet: 71 % (2020)", "Utfall 2021: saknas".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.tables.cells import TableCell, ValueColumn
from styrmatt.extract.tables.value_columns import role_of, value_of
from styrmatt.layout import VALUE_ROLES
from styrmatt.printed import Bbox

_YEAR_BEHIND: Final = re.compile(r"\s*\((?P<year>(?:19|20)\d\d)\)\s*$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_FIGURE: Final = re.compile(r"(?:\D{0,12}\s)?[<>≤≥~≈±+–−-]*\s?\d[\d\s.,]*(?:\s?\S+){0,4}")
"""A figure with words before it, as "about", and its unit."""
_LONGEST: Final = 40
"""Characters of a value at most: a comment that begins with a figure is longer."""
_SENTENCE: Final = re.compile(r"[^\W\d_]{4,}\.$")


@dataclass(frozen=True)
class ValueNote:
    """A value below a name: its role, what its label says, and its text."""

    role: str
    reading: HeaderReading
    text: str

    def column(self, bbox: Bbox, page: int) -> ValueColumn:
        """The value as if it stood in a column of its own."""
        return value_of(self.role, self.reading, TableCell([self.text], bbox, page, page))


def value_note(text: str, words: HeaderWords, none: Collection[str] = ()) -> ValueNote | None:
    """The value that a line holds behind its label; None where it is no such line.

    ``none`` are the words for a value that there is not, in small letters.
    """
    label, colon, rest = text.partition(":")
    if not colon or not label[:1].isupper():
        return None
    reading = words.read(label)
    role = role_of(reading) if reading.whole else None
    if role not in VALUE_ROLES:
        return None
    value, told = rest.strip(), reading
    if (behind := _YEAR_BEHIND.search(value)) and value[: behind.start()].strip():
        year = int(behind["year"])
        if reading.year not in (None, year):
            return None
        value = value[: behind.start()].strip()
        told = replace(reading, text=f"{label} ({year})", year=year)
    is_figure = len(value) <= _LONGEST and _FIGURE.fullmatch(value) and not _SENTENCE.search(value)
    if _YEAR.fullmatch(value) or not (is_figure or value.casefold() in none):
        return None
    return ValueNote(role, told, value)
