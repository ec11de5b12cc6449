"""Numbers as Swedish reports print them: ``7 124``, ``9,8``, ``-2``, ``tjugofem``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import isfinite

_SPACES = " \u00a0\u2009\u202f\u2007"
"""What separates thousands: a space, no-break, thin, narrow no-break and figure space."""
_MINUS = "-−–"
_DECIMALS = r"(?:[.,]\d+)?"
_BY_SPACES = rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)"
_BY_DOTS = r"\d{1,3}(?:\.\d{3}){2,}(?!\d)"
"""Two dots at least: ``1.250`` may be a decimal number, see :func:`parse_number`."""

FIGURE = rf"(?:{_BY_SPACES}|{_BY_DOTS}|\d+){_DECIMALS}"
"""A figure without a sign, as part of a regular expression: ``7 124``, ``9,8``, ``1.250.000``.

Every reader of text takes figures by this one. What may stand on either side of a figure (letters,
colons, hyphens) is the reader's own concern.
"""
GROUPED_FIGURE = f"{_BY_SPACES}{_DECIMALS}"
"""Only a figure with spaces in it, for readers to whom other figures are words like any."""
NUMBER = re.compile(rf"(?:(?:\+/[{_MINUS}]|±)[{_SPACES}]?|\+|[{_MINUS}])?{FIGURE}")
"""A figure with its sign, if it has one."""
YEAR = re.compile(r"(?:19|20)\d\d")
"""A year that a report may speak of."""
YEAR_ALONE = re.compile(rf"\b{YEAR.pattern}\b")
"""The same as a word of its own, and no part of a longer figure."""

_DOT_GROUP = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])")
_DOT_DECIMAL = re.compile(r"(?<![\d.,])(?:\d+\.(?:\d{1,2}|\d{4,})|0+\.\d+)(?![\d.,])")
_COMMA_DECIMAL = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d.,])")
_SPACED = re.compile(rf"(?<![\d.,]){_BY_SPACES}")
_FEWEST = 2
"""Figures of a kind that show how a report prints numbers: one may be a slip."""
_UNREADABLE_DIGIT = re.compile("[\\d.,]\\s?\ufffd|\ufffd\\s?[\\d.,%]")
"""A character that cannot be read beside a digit: it may be a digit, too."""
_UNGROUPED = str.maketrans("", "", _SPACES)
_MOST_DIGITS = 12
"""Digits of a whole number that counts something. Python refuses to read some thousands of them."""
_HUNDRED, _THOUSAND = 100, 1000


def without_spaces(figure: str) -> str:
    """A figure without the spaces between its thousands; decimals stay as printed."""
    return figure.translate(_UNGROUPED)


def has_unreadable_figure(text: str) -> bool:
    """Whether a figure in the text may have digits that cannot be read, which are U+FFFD there."""
    return "\ufffd" in text and _UNREADABLE_DIGIT.search(text) is not None


def dots_group(texts: Iterable[str]) -> bool:
    """Whether a dot before three digits groups thousands in cells of one report: ``12.405``.

    It does where a comma is the decimal sign, and neither a dot is one nor spaces group.
    """
    grouped = commas = 0
    for text in texts:
        if _DOT_DECIMAL.search(text) or _SPACED.search(text):
            return False
        commas += len(_COMMA_DECIMAL.findall(text))
        grouped += len(_DOT_GROUP.findall(text))
    return grouped >= _FEWEST and commas >= _FEWEST


def parse_number(text: str, *, dots_group: bool = False) -> float | None:
    """The figure that ``text`` prints; None where it is none or could be read in two ways.

    A comma is the decimal sign and spaces group thousands. A dot is a decimal sign too, except
    before exactly three digits (``1.250``), where it might group: that is None, unless it is known
    that ``dots_group``, see :func:`dots_group`.
    """
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    sign = -1.0 if text.strip()[0] in _MINUS else 1.0
    digits = re.sub(r"[^\d.,]", "", text)
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    whole, dot, fraction = digits.partition(".")
    if dot and len(fraction) == 3 and "," not in fraction and whole.strip("0"):
        if not dots_group or _DOT_GROUP.fullmatch(digits) is None:
            return None
        digits = whole + fraction
    if dot and "," in fraction:
        return None
    number = sign * float(digits.replace(",", "."))
    return number + 0.0 if isfinite(number) else None  # no negative zero, no figure without end


def whole_number(text: str) -> int | None:
    """The whole number that digits print; None where they are none, or more than any count has."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def parse_number_word(word: str, numbers: Mapping[str, int]) -> int | None:
    """The number that a word or compound (``tjugofem``) names; None for other words."""
    folded = word.casefold()
    if folded in numbers:
        return numbers[folded]
    names = tuple(numbers)
    if not (folded.startswith(names) and folded.endswith(names)):
        return None
    parts = _split(folded, numbers)
    return _combine(parts) if parts else None


def _split(word: str, numbers: Mapping[str, int]) -> list[int] | None:
    if not word:
        return []
    for name in sorted(numbers, key=len, reverse=True):
        if word.startswith(name):
            rest = _split(word[len(name) :], numbers)
            if rest is not None and _combine([numbers[name], *rest]) is not None:
                return [numbers[name], *rest]
    return None


def _combine(parts: list[int]) -> int | None:
    """Value of number words in a row: tusen and hundra multiply what precedes them."""
    for scale in (_THOUSAND, _HUNDRED):
        if scale in parts:
            at = parts.index(scale)
            before = _combine(parts[:at]) if at else 1
            after = _combine(parts[at + 1 :]) if parts[at + 1 :] else 0
            if before is None or after is None or not 0 < before < scale or after >= scale:
                return None
            return before * scale + after
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and parts[0] in range(20, 100, 10) and 0 < parts[1] < 10:
        return parts[0] + parts[1]
    return None
