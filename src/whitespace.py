"""Text as it is compared: without what a typesetter adds, or with single spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")
_BETWEEN = "\x1f"
"""The code that ASCII has for what stands between units of text."""
_NOT_WORD_OR_BETWEEN = re.compile(rf"[^\w{_BETWEEN}]+|_+")
_NOT_SHOWN = ("Cc", "Cs")
"""Categories of characters that are no letters: control codes, and halves of a character."""
_CACHED_LENGTH = 120
"""Characters of the longest text that is cached: names and headings recur, paragraphs do not."""


def squeeze(text: str) -> str:
    """The letters and digits of a text alone, case folded; breaks, spaces and hyphens are gone."""
    return _squeezed(text) if len(text) <= _CACHED_LENGTH else _squeezed.__wrapped__(text)


def squeeze_words(words: Sequence[str]) -> tuple[str, ...]:
    """Each of many short texts squeezed, as :func:`squeeze` does, all at once."""
    composed = unicodedata.normalize("NFC", _BETWEEN.join(words))
    found = _NOT_WORD_OR_BETWEEN.sub("", composed).casefold().split(_BETWEEN)
    # words that hold the code which stands between them are taken one by one
    return tuple(found) if len(found) == len(words) else tuple(map(_squeezed, words))


@lru_cache(maxsize=8192)
def _squeezed(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    letters = composed if composed.isalnum() else _NOT_WORD.sub("", composed)
    return letters.casefold()


def shown_name(name: str) -> str:
    """A file's name as it is recorded and shown: NFC, single-spaced, each letter one that prints.

    Names may hold anything: line breaks, codes that a terminal obeys, bytes that are no UTF-8
    (which Python gives as surrogates). U+FFFD stands for what no text can hold.
    """
    return "".join(
        "\ufffd" if unicodedata.category(char) in _NOT_SHOWN else char
        for char in single_spaced(name)
    )


def single_spaced(text: str) -> str:
    """The text in NFC, with a single space for each run of white space and none at its ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())
