"""Cells that hold a figure for women and one for men.

Each stands behind its word or letter, also in brackets behind the figure of both (``9,1 % (K 8,8,
M 10,5)``), or the header names them in the cell's order (``Kvinnor/män`` above ``64 / 66``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from styrmatt.extract.tables.cells import ValueColumn

Sexes = Mapping[str, Sequence[str]]
"""Words for sexes by code: T, K, M."""
_Words = tuple[tuple[str, tuple[str, ...]], ...]

_TOTAL: Final = "T"
_OPEN: Final = "(["
_CLOSED: Final = ")]"
_PARTS: Final = re.compile(r"\s*/\s*")
"""What stands between the figures of a cell whose header names the sexes."""
_ONE_FIGURE: Final = re.compile(r"[–—-]|[<>≥≤]?\s*[+−-]?\d[\d\s.,]*[^\d/;()]*")
"""A part of a cell that is a dash, or a figure (or its limit) with or without its unit."""


def by_sex(value: ValueColumn, sexes: Sexes) -> list[ValueColumn]:
    """The value as one for each sex that its cell or header names; itself where they do not.

    Each sex stands once. Before the first stands nothing, or the figure of both with a bracket.
    """
    if value.sex is not None:
        return [value]
    words = tuple((code, tuple(names)) for code, names in sorted(sexes.items()))
    return _named_in_cell(value, words) or _named_in_header(value, words) or [value]


def _named_in_cell(value: ValueColumn, words: _Words) -> list[ValueColumn]:
    """The values of a cell that names its sexes; none where it does not."""
    text = value.cell.text.strip()
    found = list(_pattern(words).finditer(text))
    if len(found) < len("KM"):
        return []
    codes = [_code(match["sex"], words) for match in found]
    head = text[: found[0].start()].strip()
    if head:
        total = _before_bracket(head, text)
        if total is None or _TOTAL in codes:
            return []
        text = text[:-1]
    if len(set(codes)) < len(codes):
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    parts = [text[match.end() : end] for match, end in zip(found, ends, strict=True)]
    if head and not all(_ONE_FIGURE.fullmatch(part.strip(" ,;/\n")) for part in parts):
        return []
    named = [(_TOTAL, head[:-1])] if head else []
    named += zip(codes, parts, strict=True)
    return [_of_sex(value, code, part) for code, part in named]


def _before_bracket(head: str, text: str) -> str | None:
    """The figure of both sexes before the bracket that is the rest of the cell; None without it."""
    before = head[:-1].strip()
    closed = head[-1] in _OPEN and text[-1] == _CLOSED[_OPEN.index(head[-1])]
    return before if closed and _ONE_FIGURE.fullmatch(before) else None


def _named_in_header(value: ValueColumn, words: _Words) -> list[ValueColumn]:
    """The values of a cell of two figures below a header that names two sexes; none otherwise."""
    listed = re.compile(_names(words))
    codes = [_code(w, words) for w in re.findall(r"\w+", value.text) if listed.fullmatch(w)]
    parts = _PARTS.split(value.cell.text.strip())
    if len(set(codes)) != len("KM") or len(codes) != len(parts):
        return []
    if not all(_ONE_FIGURE.fullmatch(part) for part in parts):
        return []
    return [_of_sex(value, code, part) for code, part in zip(codes, parts, strict=True)]


def _of_sex(value: ValueColumn, code: str, text: str) -> ValueColumn:
    cell = replace(value.cell, lines=text.strip(" ,;/\n").split("\n"), marks=[])
    return replace(value, sex=code, cell=cell)


@lru_cache(maxsize=4)
def _pattern(words: _Words) -> re.Pattern[str]:
    """A word or letter for a sex before a figure or a dash."""
    return re.compile(
        rf"(?:(?<=^)|(?<=[\s,;/(\[]))(?P<sex>{_names(words)})(?:[:=]\s*|\.?\s+)(?=[\d–—<>≥≤+-])",
        re.M,
    )


def _names(words: _Words) -> str:
    """A pattern for the words of sexes; letters (K, M) are large, words may begin small."""
    names = sorted((name for _, names in words for name in names), key=lambda n: (-len(n), n))
    return "|".join(
        re.escape(name) if len(name) == 1 else f"(?i:{re.escape(name)})" for name in names
    )


def _code(word: str, words: _Words) -> str:
    folded = word.casefold()
    return next(code for code, names in words if folded in map(str.casefold, names))
