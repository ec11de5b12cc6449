"""Which unit a bare figure has by the name of its measure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from styrmatt.layout import UnitWords

_PRINTED = ("percentage_points", "percent", "mnkr", "tkr", "kr", "days")


def implied_unit(name: str, units: UnitWords) -> str | None:
    """The unit that a measure's name says or implies for a figure printed without one.

    ``per 1000`` anywhere; else a unit that stands apart in the name ("(%)", ", tkr"); else what the
    first of "andel", "antal" and "index" says. None where the name says nothing.
    """
    if _find(name, units.per_1000) is not None:
        return "per_1000"
    for unit in _PRINTED:
        if _stands_apart(name, getattr(units, unit), units.count_names):
            return unit
    found = [
        (at, unit)
        for unit, words in (
            ("percent", units.percent_names),
            ("count", units.count_names),
            ("index", units.index),
        )
        if (at := _find(name, words)) is not None and (unit != "percent" or _leads(name, at))
    ]
    return min(found)[1] if found else None


def _find(name: str, words: Iterable[str]) -> int | None:
    places = [
        match.start()
        for word in words
        if (match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", name, re.I))
    ]
    return min(places, default=None)


def _stands_apart(name: str, words: Iterable[str], counted: Iterable[str]) -> bool:
    """Whether one of the words is the name's unit and no part of a sentence.

    It stands in brackets, behind a comma at the end ("Resultat, tkr"), or is what the name counts
    ("Antal dagar till beslut"); a sign such as % may also end the name without a comma.
    """
    count = "|".join(map(re.escape, counted))
    for word in words:
        unit = re.escape(word)
        end = r",\s*" if word[0].isalpha() else r"[\s,]"
        if re.search(rf"\(\s*{unit}\s*\)|{end}{unit}[\s.]*$", name, re.IGNORECASE):
            return True
        if word[0].isalpha() and re.match(rf"(?:{count})\s+{unit}(?!\w)", name, re.IGNORECASE):
            return True
    return False


def _leads(name: str, at: int) -> bool:
    """Whether a word at this place begins the name or a part of it."""
    before = name[:at].rstrip()
    return not before or before[-1] in ",:;(-–/."
