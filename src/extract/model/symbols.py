"""Tells which characters are symbols, and which symbol a symbol font shows for a letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from styrmatt.extract.model.text_lines import Word

_SYMBOLS = re.compile(
    "[\u2022\u2190-\u21ff\u2303\u2304\u23e9-\u23fa\u25a0-\u27bf\u27f0-\u27ff\u2900-\u297f\u2b00-\u2bff"
    "\U0001f000-\U0001fbff\ue000-\uf8ff\U000f0000-\U0010fffd]"
)
"""Bullets, arrows, geometric shapes, dingbats, emoji, and what is for private use."""
_CUT_OFF = re.compile("[\u1f00-\u1fff]")
"""Letters of ancient Greek: what is left of an emoji's code (U+1F610) in a font whose map has room
for four digits only. Which emoji it was, it no longer tells."""
_UNMAPPED = re.compile(r"\(cid:\d+\)")
"""What the engines give for a character that its font does not identify."""
_SYMBOL_FONT = re.compile("wingdings|webdings|dingbats|symbol", re.IGNORECASE)
_VARIATION_SELECTORS = "\ufe0e\ufe0f"
"""They ask for a symbol to be drawn as text or as emoji."""
_SYMBOL_FONT_CODES = range(0xF000, 0xF100)
"""The private-use codes at which Microsoft's symbol fonts have their 256 characters."""


def is_symbol(text: str, font: str = "") -> bool:
    """Whether a character is a symbol and not a letter, digit or punctuation mark."""
    if _SYMBOLS.match(text) or _CUT_OFF.match(text) or _UNMAPPED.fullmatch(text):
        return True
    return bool(_SYMBOL_FONT.search(font)) and bool(text.strip()) and not text.isspace()


@lru_cache(maxsize=65536)
def all_symbols(text: str, font: str) -> bool:
    """Whether a word consists of symbols only."""
    return all(is_symbol(char, font) for char in text)


def may_hold_symbols(words: Sequence[Word]) -> bool:
    """Whether any of the words may consist of symbols: of most pages none does, and this is quick.

    False means that :func:`all_symbols` is false for each word that has a character.
    """
    text = "".join([word.text for word in words])
    return bool(_SYMBOLS.search(text) or _CUT_OFF.search(text)) or any(
        map(_SYMBOL_FONT.search, {word.font for word in words})
    )


def shown_symbol(text: str, font: str, fonts: Mapping[str, Mapping[str, str]]) -> str | None:
    """The Unicode symbol that a character shows, where its code or its font tells.

    ``fonts`` goes from a part of a font's name to symbols by letter. A letter that such a font's
    list lacks is given as ``font:letter``, so that a legend can still explain it. None for a
    private-use character of any other font: only its looks can tell.
    """
    name = re.sub(r"[\W_]", "", font).casefold()
    letter = text.strip(_VARIATION_SELECTORS)
    if len(letter) == 1 and ord(letter) in _SYMBOL_FONT_CODES:
        letter = chr(ord(letter) - _SYMBOL_FONT_CODES.start)
    for part in sorted(fonts, key=len, reverse=True):
        if part in name:
            known = fonts[part].get(letter)
            return known or (letter if _SYMBOLS.match(letter) else f"{part}:{letter}")
    plain = text.strip(_VARIATION_SELECTORS)
    if len(plain) != 1 or unicodedata.category(plain) == "Co" or _CUT_OFF.match(plain):
        return None
    return plain


def likely_symbol(text: str, fonts: Mapping[str, Mapping[str, str]]) -> str | None:
    """The symbol of a private-use character if its font is numbered like the first of ``fonts``.

    None for any other character. Most symbol fonts are numbered so.
    """
    if len(text) != 1 or ord(text) not in _SYMBOL_FONT_CODES:
        return None
    return next(iter(fonts.values()), {}).get(chr(ord(text) - _SYMBOL_FONT_CODES.start))
