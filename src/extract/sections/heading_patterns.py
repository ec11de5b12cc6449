"""Headings that name a goal or a success factor, by the layout's patterns.

Texts are compared by :func:`styrmatt.whitespace.squeeze`, so breaks, hyphens and case do not
matter: ``FRAMGÅNGS-\\nFAKTOR: MER TID`` names the factor ``MER TID``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from unicodedata import combining

from styrmatt.layout import Headings
from styrmatt.whitespace import squeeze

NUMBER = re.compile(r"^\s*\d+(?:\.\d+)*\.?\s+(?=[^\W\d_])")
"""The number of a section before its heading."""
BOARDS_BEHIND = re.compile(r"\s*[(\[][^\W\d_a-z]{1,6}(?:,\s?[^\W\d_a-z]{1,6})*[)\]]$")
"""Codes of boards in brackets behind a name in an overview: (RS, RUN)."""
_ORDINAL = re.compile(r"^\s*\d+[a-z]?(?=\s*:)")
_YEAR = re.compile(r"20\d\d")


def header_matches(printed: str, header: str) -> bool:
    """Whether a header cell, broken in whatever way, is ``header``; ``{year}`` is any year."""
    wanted = squeeze(header.replace("{year}", ""))
    found = squeeze(printed)
    if "{year}" in header:
        found, years = _YEAR.subn("", found)
        return years == 1 and found == wanted
    return found == wanted


NamedKind = Literal["goal", "success_factor"]


@dataclass(frozen=True)
class NamedHeading:
    """A heading of a goal or factor, with its name as printed."""

    kind: NamedKind
    name: str


@lru_cache(maxsize=8192)
def read_heading(text: str, headings: Headings) -> NamedHeading | None:
    """The goal or factor that a heading's text names after a lead-in; None for other headings.

    ``text`` may hold line breaks; they stay in the name.
    """
    text = NUMBER.sub("", text)
    return _named("goal", headings.goal, text) or _named(
        "success_factor", headings.success_factor, text
    )


def _named(kind: NamedKind, patterns: Sequence[str], text: str) -> NamedHeading | None:
    for pattern in patterns:
        lead, _, rest = pattern.partition("{name}")
        if lead and not rest and (name := _after(text, lead)):
            return NamedHeading(kind, name)
    return None


def _may_begin_with(text: str, wanted: str) -> bool:
    """Whether the first letter of a text is that of ``wanted``; true where accents follow it."""
    first = next((n for n, char in enumerate(text) if char.isalnum()), None)
    if first is None:
        return not wanted
    is_accented = first + 1 < len(text) and combining(text[first + 1])
    return bool(is_accented) or wanted.startswith(squeeze(text[first]))


def _after(text: str, lead: str) -> str | None:
    """What follows ``lead``, however it is broken, at the start of ``text``; None if nothing does.

    A lead-in with a colon may have an ordinal before it ("Goal 2: ...").
    """
    wanted = squeeze(lead)
    if not _may_begin_with(text, wanted) or not squeeze(text).startswith(wanted):  # as most texts
        return None
    for end, char in enumerate(text):
        if not char.isalnum() and not combining(char):
            continue  # leaders and the like add no letter, and there may be thousands of them
        so_far = squeeze(text[: end + 1])
        if len(so_far) > len(wanted) or not wanted.startswith(so_far):
            return None
        if so_far == wanted:
            rest = text[end + 1 :]
            if ":" not in lead:
                return rest.lstrip().lstrip(":").strip() or None
            name = _ORDINAL.sub("", rest).lstrip()
            return name.lstrip(":").strip() or None if name.startswith(":") else None
    return None
