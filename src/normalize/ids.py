"""Ids made from content alone: the same on every machine and in every run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter

from styrmatt.whitespace import squeeze

_DIGITS = 14
"""Hexadecimal digits of a hash in an id, 56 bits: among a million rows two would have the same with
a chance of one in 100,000."""


def slug(*parts: str | None) -> str:
    """Lower-case ASCII words of the parts, joined by hyphens: å and ä become a, ö becomes o."""
    text = "-".join(part for part in parts if part)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


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
