"""The two ways in which styrmatt compares words that were broken or spaced by a typesetter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def squeeze(text: str) -> str:
    """Letters and digits alone, case folded: what is left when every break and hyphen is gone."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFC", text)).casefold()


def single_spaced(text: str) -> str:
    """NFC text with every run of white space as one space."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
