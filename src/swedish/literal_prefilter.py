"""What a text must hold for a pattern to match in it: most texts are found wanting at a glance.

Python tries a pattern at every character, which takes a hundred times as long as to look whether
a text holds some letters at all. So the letters without which a pattern matches nowhere are taken
from the pattern itself, and it is tried only where some of them stand.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

_MOST: Final = 40
"""With more needles than this a text is as soon searched by the pattern."""
_INSIDE: Final = {
    "SUBPATTERN": 3,
    "BRANCH": 1,
    "MAX_REPEAT": 2,
    "MIN_REPEAT": 2,
    "POSSESSIVE_REPEAT": 2,
    "ASSERT": 1,
}
"""The parts of a pattern that hold others, and where among their arguments these stand."""
_Parse = Callable[[str, int], Any]


class PrefilteredPattern:
    """A pattern that is tried only in texts in which it may match; its matches are the same."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._needles = required_literals(pattern)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a text."""
        return iter(()) if self._is_out(text) else self._pattern.finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return None if self._is_out(text) else self._pattern.search(text)

    def _is_out(self, text: str) -> bool:
        needle = None
        for needle in self._needles:
            if needle in text:
                return False
        return needle is not None


def required_literals(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Strings of which every text holds one in which the pattern matches; none if not known."""
    parse = _parser()
    if parse is None or pattern.flags & re.IGNORECASE:
        return ()
    found = _of_sequence(parse(pattern.pattern, pattern.flags)) or frozenset()
    return tuple(sorted(found)) if len(found) <= _MOST else ()


@lru_cache(maxsize=1)
def _parser() -> _Parse | None:
    """Python's own parser of patterns, which is not promised to stay where it is."""
    try:
        parse: _Parse = importlib.import_module("re._parser").parse
    except (ImportError, AttributeError):
        return None
    return parse


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The needles of the part of a sequence that tells most."""
    found: list[frozenset[str] | None] = []
    letters = ""
    for kind, arguments in parts:
        if str(kind) == "LITERAL":
            letters += chr(arguments)
            continue
        if letters:
            found.append(frozenset([letters]))
            letters = ""
        found.append(_of_part(str(kind), arguments))
    if letters:
        found.append(frozenset([letters]))
    return max((one for one in found if one), key=_worth, default=None)


def _worth(one: frozenset[str]) -> tuple[int, int]:
    return min(map(len, one)), -len(one)


def _of_part(kind: str, arguments: Any) -> frozenset[str] | None:
    if kind == "ATOMIC_GROUP":
        return _of_sequence(arguments)
    if kind not in _INSIDE:
        return None
    inner = arguments[_INSIDE[kind]]
    if kind == "BRANCH":
        branches = [_of_sequence(branch) for branch in inner]
        whole = [one for one in branches if one is not None]
        return _shortest(frozenset().union(*whole)) if len(whole) == len(branches) else None
    if "REPEAT" in kind and arguments[0] == 0:
        return None
    if kind == "SUBPATTERN" and arguments[1] & re.IGNORECASE:
        return None
    return _of_sequence(inner)


def _shortest(found: frozenset[str]) -> frozenset[str]:
    """Without those that hold another one."""
    return frozenset(
        one for one in found if not any(other in one for other in found if other != one)
    )
