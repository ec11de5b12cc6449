"""Which words exist, by the Swedish dictionary of Hunspell.

The only module that uses Hunspell, which is optional: without it no word is known, and the report's
own words and the rules of :mod:`styrmatt.swedish.dehyphenate` decide.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

_DICTIONARY: Final = "hunspell-sv"
"""The distribution that holds the dictionary."""
_SHORTEST_PART: Final = 4
"""Letters of the shortest part of a compound: of shorter words anything can be put together."""
_LINKING_LETTER: Final = "s"
"""Stands between the parts of many compounds and belongs to neither."""


@lru_cache(maxsize=65536)
def is_word(word: str) -> bool:
    """Whether the dictionary knows the word, or can build it as a compound, in any case."""
    speller = _speller()
    if speller is None or len(word) < 2:
        return False
    # Hunspell takes a capitalized word also where it knows it in small letters.
    forms = dict.fromkeys((word, word.capitalize()))
    return any(speller.spell(form) for form in forms)


@lru_cache(maxsize=4096)
def is_common(word: str) -> bool:
    """Whether the dictionary knows the word in small letters, too, and not as a name alone.

    It makes compounds of names and any other word, which tell nothing of how they are written.
    """
    speller = _speller()
    return speller is not None and len(word) > 1 and bool(speller.spell(word.lower()))


@lru_cache(maxsize=4096)
def is_compound(word: str) -> bool:
    """Whether the word is made of words that the dictionary knows, with or without linking letters.

    Each part has at least four letters. :func:`is_word` knows many compounds itself, but not all.
    """
    for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        first, rest = word[:cut], word[cut:]
        linked = first.removesuffix(_LINKING_LETTER) if len(first) > _SHORTEST_PART else first
        if is_word(rest) and (is_word(first) or is_word(linked) or is_compound(linked)):
            return True
    return False


def has_dictionary() -> bool:
    """Whether a dictionary is installed."""
    return _speller() is not None


@cache
def _speller() -> Any:
    """The dictionary, loaded once; None where it or Hunspell is missing or does not load."""
    try:
        import hunspell

        path = _dictionary_file()
        return path and hunspell.Hunspell(path.stem, hunspell_data_dir=str(path.parent))
    except Exception:  # optional: whatever is wrong with it, the rules alone decide
        return None


def _dictionary_file() -> Path | None:
    try:
        files = metadata.files(_DICTIONARY) or []
    except metadata.PackageNotFoundError:
        return None
    found = sorted(Path(str(f.locate())) for f in files if f.name.endswith(".dic"))
    return min(found, key=lambda path: len(path.name)).resolve() if found else None
