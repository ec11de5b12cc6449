"""The two ways in which styrmatt compares words that were broken or spaced by a typesetter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")


_LONG = 120
"""Texts longer than this do not come again, and are not remembered."""


def squeeze(text: str) -> str:
    """Letters and digits alone, case folded: what is left when every break and hyphen is gone."""
    return _squeezed(text) if len(text) <= _LONG else _squeezed.__wrapped__(text)


@lru_cache(maxsize=8192)
def _squeezed(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    letters = composed if composed.isalnum() else _NOT_WORD.sub("", composed)
    return letters.casefold()


def single_spaced(text: str) -> str:
    """NFC text with every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())
