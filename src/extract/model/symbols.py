"""Characters that are signs: which they are, and which sign a symbol font shows for a letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_SIGNS = re.compile(
    "[\u2022\u2190-\u21ff\u2303\u2304\u23e9-\u23fa\u25a0-\u27bf\u27f0-\u27ff\u2900-\u297f\u2b00-\u2bff"
    "\U0001f000-\U0001fbff\ue000-\uf8ff\U000f0000-\U0010fffd]"
)
_NO_CODE = re.compile(r"\(cid:\d+\)")
"""What stands for a character of a font that does not say which it is."""
_SYMBOL_FONT = re.compile("wingdings|webdings|dingbats|symbol", re.IGNORECASE)
_VARIATION = "\ufe0e\ufe0f"


def is_symbol(text: str, font: str = "") -> bool:
    """Whether a character is a sign and not a letter, figure or punctuation mark."""
    if _SIGNS.match(text) or _NO_CODE.fullmatch(text):
        return True
    return bool(_SYMBOL_FONT.search(font)) and bool(text.strip()) and not text.isspace()


@lru_cache(maxsize=65536)
def all_symbols(text: str, font: str) -> bool:
    """Whether a word is made of signs alone."""
    return all(is_symbol(char, font) for char in text)


def shown_symbol(text: str, font: str, fonts: Mapping[str, Mapping[str, str]]) -> str | None:
    """The Unicode sign that a character shows, where that is known by its code or its font.

    ``fonts`` goes from a part of a font's name to signs by letter. A private-use character of
    another font has no known sign: only its looks can tell. A letter that the fonts' list lacks is
    named with its font, to be known again.
    """
    name = re.sub(r"[\W_]", "", font).casefold()
    letter = text.strip(_VARIATION)
    if len(letter) == 1 and 0xF000 <= ord(letter) <= 0xF0FF:
        letter = chr(ord(letter) - 0xF000)
    for part in sorted(fonts, key=len, reverse=True):
        if part in name:
            known = fonts[part].get(letter)
            return known or (letter if _SIGNS.match(letter) else f"{part}:{letter}")
    plain = text.strip(_VARIATION)
    if len(plain) != 1 or unicodedata.category(plain) == "Co":
        return None
    return plain


def likely_symbol(text: str, fonts: Mapping[str, Mapping[str, str]]) -> str | None:
    """The sign of a private-use character in the first font, by which most are numbered."""
    if len(text) != 1 or not 0xF000 <= ord(text) <= 0xF0FF:
        return None
    return next(iter(fonts.values()), {}).get(chr(ord(text) - 0xF000))
