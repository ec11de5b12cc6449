"""Parts goals from the perspectives that stand in brackets behind them.

"A town that more want to live in (Citizens)": where all goals of a report end so, and most of what
the brackets hold are words for perspectives, none of it is of a goal's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from styrmatt.printed import Row
from styrmatt.whitespace import single_spaced, squeeze

_BRACKET: Final = re.compile(r"(?P<goal>.*[^\s(])\s+\((?P<words>[^\W\d_a-z][^()\d]{3,40})\)$", re.S)
"""A goal's name, and words with a capital in brackets at its end."""
_FEWEST: Final = 2
"""Goals with a bracket at least: a single one may be part of its name."""


def without_perspectives(rows: Sequence[Row], perspectives: Iterable[str]) -> tuple[Row, ...]:
    """The rows with perspectives behind their goals parted from these, where the report has any."""
    goals = {row.goal_heading for row in rows if row.goal_heading}
    found = {goal: match for goal in goals if (match := _BRACKET.match(goal.strip())) is not None}
    words = {squeeze(match["words"]) for match in found.values()}
    known = words & {squeeze(name) for name in perspectives}
    if len(found) < max(_FEWEST, len(goals)) or 2 * len(known) <= len(words):
        return tuple(rows)
    return tuple(_parted(row, found[row.goal_heading]) if row.goal_heading else row for row in rows)


def _parted(row: Row, match: re.Match[str]) -> Row:
    perspective = row.perspective_heading or single_spaced(match["words"])
    return replace(row, goal_heading=match["goal"], perspective_heading=perspective)
