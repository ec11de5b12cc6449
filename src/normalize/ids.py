"""Ids made from content alone: the same on every machine and in every run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from typing import Final

from styrmatt.whitespace import single_spaced, squeeze

_DIGITS = 14
"""Hexadecimal digits of a hash in an id, 56 bits: among a million rows two would have the same with
a chance of one in 100,000."""
_SLUG_DIGITS: Final = 8
"""Hexadecimal digits of a hash in a slug, 32 bits: only names that lose something have one, and two
of a hundred thousand such names would have the same with a chance of one half."""
_LONGEST_PART: Final = 60
"""Characters of the longest part of a slug: with body and number a file name still holds it."""
_FOLDED: Final = frozenset("\u0300\u0301\u0308\u030a")
"""Accents that a slug leaves out as Swedish addresses do, of the letters below."""
_FOLDED_LETTERS: Final = frozenset("aeo")


def slug(*parts: str | None) -> str:
    """Lower-case ASCII words of the parts, joined by hyphens: å and ä become a, ö becomes o.

    A part that loses more than that (letters of another script, all of ``..``, what is too long)
    has a hash of itself behind it, so that no other has the same.
    """
    return "-".join(_slug_part(part) for part in parts if part)


def _slug_part(part: str) -> str:
    decomposed = unicodedata.normalize("NFKD", part)
    plain = decomposed.encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if words and len(words) <= _LONGEST_PART and not _loses_letters(decomposed):
        return words
    key = single_spaced(part).casefold().encode()
    digits = hashlib.sha256(key).hexdigest()[:_SLUG_DIGITS]
    return "-".join(filter(None, (words[:_LONGEST_PART].strip("-"), f"x{digits}")))


def _loses_letters(decomposed: str) -> bool:
    """Whether more than the accents of Swedish letters is no ASCII: letters, digits, signs."""
    before = ""
    for char in decomposed:
        if not char.isascii():
            is_accent = char in _FOLDED and before.lower() in _FOLDED_LETTERS
            is_between = unicodedata.category(char)[0] in "PZC"
            if not (is_accent or is_between):
                return True
        before = char
    return False


def content_id(prefix: str, *parts: str | None) -> str:
    """``prefix`` and a hash of the parts, compared without case, breaks and hyphens."""
    joined = "\x1f".join(squeeze(part) if part else "" for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode()).hexdigest()[:_DIGITS]}"


class UniqueIds:
    """Content ids of one document's rows; rows with the same content get an ordinal behind it."""

    def __init__(self, document_id: str) -> None:
        self._document = document_id
        self._seen: Counter[str] = Counter()

    def of(self, prefix: str, *parts: str | None) -> str:
        """An id that no other call on this object returned."""
        base = content_id(prefix, self._document, *parts)
        self._seen[base] += 1
        return base if self._seen[base] == 1 else f"{base}-{self._seen[base]}"
