"""The name of a measure: without lead-in word, footnote marks and line breaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from styrmatt.swedish.dehyphenate import Cleaner, Repair, strip_invisible
from styrmatt.swedish.dictionary import is_word
from styrmatt.swedish.document_words import DocumentWords
from styrmatt.whitespace import squeeze

DEFAULT_KIND = "styrmatt"
"""The kind of a measure that neither a lead-in word nor the table's header tells."""
_LEAD = re.compile(r"\s*([^\W\d_]+)\s*:\s*(?=\S)")
_LEAD_LINE = re.compile(r"\s*([^\W\d_]+)\s*:?[ \t]*\n\s*(?=[^\W\d_])")
_BRACKETED = re.compile(r"\s*\[(\d{1,2}|\*{1,3})\]")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = re.compile(r"(?<!\b[a-z]m)(?<!\bm)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
"""A footnote mark; not the exponent of m² or km³."""
_MARK_AT_END = re.compile(r"(?<=[^\W\d_]|[)%])\s?(?:(\d{1,2})\)|(\*{1,3})\)?)$")
_GLUED_DIGITS = re.compile(r"(?<![^\W_])([^\W\d_]{3,})(\d{1,2})(\.?)$")
_MISPRINT_FROM = 6
"""Letters of the shortest lead-in word in which a misprint of one letter is understood: one letter
away from a shorter one lie too many other words."""


@dataclass(frozen=True)
class MeasureName:
    """A measure's name and kind, its footnote marks joined by commas, and the hyphens removed."""

    name: str
    kind: str
    footnote: str | None = None
    repairs: tuple[Repair, ...] = ()


class MeasureReader:
    """Reads measure cells; ``kinds`` goes from a kind to its lead-in words."""

    def __init__(
        self, cleaner: Cleaner, words: DocumentWords, kinds: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._cleaner = cleaner
        self._words = words
        self._kinds = {squeeze(word): kind for kind, words_ in kinds.items() for word in words_}

    def read(self, raw: str, table_kind: str | None = None) -> MeasureName:
        """The name printed in a cell; ``table_kind`` is what the table's header calls measures."""
        text = strip_invisible(raw).strip()
        kind = self._kind_named(table_kind) or DEFAULT_KIND
        for pattern in (_LEAD, _LEAD_LINE):
            match = pattern.match(text)
            found = self._kind_of_lead(match[1]) if match else None
            if match and found and (pattern is _LEAD or text[match.end()].isupper()):
                kind, text = found, text[match.end() :]
                break
        text, marks = self._footnotes(text)
        clean = self._cleaner.clean(text)
        return MeasureName(clean.text, kind, ", ".join(marks) or None, clean.repairs)

    def _kind_of_lead(self, word: str) -> str | None:
        """The kind that a lead-in word says, a misprint allowed; None for other words."""
        key = squeeze(word)
        if key in self._kinds or len(key) < _MISPRINT_FROM:
            return self._kinds.get(key)
        return next(
            (kind for known, kind in self._kinds.items() if OSA.distance(key, known) == 1), None
        )

    def _kind_named(self, header: str | None) -> str | None:
        key = squeeze(header or "")
        return key if key in self._kinds.values() else self._kinds.get(key)

    def _footnotes(self, text: str) -> tuple[str, list[str]]:
        """The text without footnote marks, and the marks."""
        marks = _BRACKETED.findall(text)
        text = _BRACKETED.sub("", text)
        marks += [mark.translate(_SUPERSCRIPTS) for mark in _SUPERSCRIPT.findall(text)]
        text = _SUPERSCRIPT.sub("", text).rstrip()
        if (match := _MARK_AT_END.search(text)) and text[: match.start()].count("(") <= text[
            : match.start()
        ].count(")"):
            marks.append(match[1] or match[2])
            text = text[: match.start()]
        elif (match := _GLUED_DIGITS.search(text)) and self._is_plain_word(match[1]):
            marks.append(match[2])
            text = text[: match.start()] + match[1] + match[3]
        return text, marks

    def _is_plain_word(self, word: str) -> bool:
        """Whether letters before a digit are a word of their own and no formula such as CO2."""
        return word[1:].islower() and (self._words.count(word) > 0 or is_word(word))
