"""Headings that name a goal, a success factor or a perspective, by the layout's patterns.

Comparison goes by :func:`styrmatt.whitespace.squeeze`: breaks, hyphens and case do not matter:
``FRAMGÅNGS-\\nFAKTOR: MER TID`` names the factor ``MER TID``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True)
class NamedHeading:
    """A heading with the name in it, as printed."""

    kind: str
    name: str


@lru_cache(maxsize=8192)
def read_heading(text: str, headings: Headings) -> NamedHeading | None:
    """The goal or factor that a heading's text names after a lead-in; None for other headings.

    ``text`` may hold line breaks; they stay in the name.
    """
    text = NUMBER.sub("", text)
    for kind, patterns in (("goal", headings.goal), ("success_factor", headings.success_factor)):
        for pattern in patterns:
            lead, _, rest = pattern.partition("{name}")
            if lead and not rest and (name := _after(text, lead)):
                return NamedHeading(kind, name)
    return None


def _after(text: str, lead: str) -> str | None:
    """What follows ``lead`` at the start of ``text``, whatever breaks the lead has."""
    wanted = squeeze(lead)
    for end in range(len(text)):
        so_far = squeeze(text[: end + 1])
        if len(so_far) > len(wanted) or not wanted.startswith(so_far):
            return None
        if so_far == wanted:
            rest = text[end + 1 :]
            colon = _ORDINAL.sub("", rest).lstrip() if ":" in lead else rest.lstrip()
            if ":" in lead and not colon.startswith(":"):
                return None
            return colon.lstrip(":").strip() or None
    return None
