"""Cells that hold a figure for women and one for men, each behind its word or letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from styrmatt.extract.tables.cells import ValueColumn

Sexes = Mapping[str, Sequence[str]]
"""Words for sexes by code: T, K, M."""


def by_sex(value: ValueColumn, sexes: Sexes) -> list[ValueColumn]:
    """The value as one for each sex that its cell names before a figure; itself where it does not.

    Each sex stands once, and nothing stands before the first.
    """
    if value.sex is not None:
        return [value]
    words = tuple((code, tuple(names)) for code, names in sorted(sexes.items()))
    text = value.cell.text
    found = list(_pattern(words).finditer(text))
    if len(found) < len("KM") or text[: found[0].start()].strip():
        return [value]
    codes = [_code(match["sex"], words) for match in found]
    if len(set(codes)) < len(codes):
        return [value]
    ends = [match.start() for match in found[1:]] + [len(text)]
    out = []
    for code, match, end in zip(codes, found, ends, strict=True):
        lines = text[match.end() : end].strip(" ,;\n").split("\n")
        cell = replace(value.cell, lines=lines, marks=[])
        out.append(replace(value, sex=code, cell=cell))
    return out


@lru_cache(maxsize=4)
def _pattern(words: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    """A word or letter for a sex before a figure or a dash."""
    names = sorted((name for _, names in words for name in names), key=lambda n: (-len(n), n))
    listed = "|".join(map(re.escape, names))
    return re.compile(rf"(?:(?<=^)|(?<=[\s,;/]))(?P<sex>{listed})[:.]?\s+(?=[\d–—<>≥≤+-])", re.M)


def _code(word: str, words: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return next(code for code, names in words if word in names)
