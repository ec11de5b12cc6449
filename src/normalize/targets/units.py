"""Which unit a bare figure has by the name of its measure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from styrmatt.vocabulary import UnitWords

_MONEY = ("mnkr", "tkr", "kr")
_PRINTED = ("percentage_points", "percent", "mnkr", "tkr", "kr", "days")


@dataclass(frozen=True)
class PrintedUnit:
    """A unit that a table prints beside a figure; ``code`` is null where none of the list."""

    code: str | None


def implied_unit(name: str, units: UnitWords) -> str | None:
    """The unit that a measure's name says or implies for a figure printed without one.

    ``per 1000`` anywhere; else money by something ("kr/elev"); else a unit that stands apart in the
    name ("(%)", ", tkr"); else what the first of "andel", "antal" and "index" says. None where the
    name says nothing.
    """
    if _find(name, units.per_1000) is not None:
        return "per_1000"
    for unit in _MONEY:
        if _rate_of(getattr(units, unit)).search(name):
            return unit
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


def is_share(name: str, units: UnitWords) -> bool:
    """Whether a measure is a part of a whole, of which there is no more than all."""
    at = _find(name, units.percent_names)
    return at is not None and _leads(name, at)


def _find(name: str, words: tuple[str, ...]) -> int | None:
    match = whole_words(words).search(name)
    return match.start() if match else None


@lru_cache
def whole_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, as a whole word in any case; one that begins with a sign, behind any."""
    lettered = _any_of(word for word in words if word[0].isalnum())
    signed = _any_of(word for word in words if not word[0].isalnum())
    return re.compile(rf"(?:(?<!\w)(?:{lettered})|(?:{signed}))(?!\w)", re.IGNORECASE)


@lru_cache
def _rate_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """One of the words before a slash and what it is counted by."""
    return re.compile(rf"(?<!\w)(?:{_any_of(words)})\s?/\s?[^\W\d_]", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or "(?!)"


def _stands_apart(name: str, words: tuple[str, ...], counted: tuple[str, ...]) -> bool:
    """Whether one of the words is the name's unit and no part of a sentence.

    It stands in brackets, behind a comma at the end ("Resultat, tkr"), or is what the name counts
    ("Antal dagar till beslut"); a sign such as % may also end the name without a comma.
    """
    return _apart(words, counted).search(name) is not None


@lru_cache
def _apart(words: tuple[str, ...], counted: tuple[str, ...]) -> re.Pattern[str]:
    worded = _any_of(word for word in words if word[0].isalpha())
    signs = _any_of(word for word in words if not word[0].isalpha())
    return re.compile(
        rf"\(\s*(?:{_any_of(words)})\s*\)"
        rf"|(?:,\s*(?:{worded})|[\s,](?:{signs}))[\s.]*$"
        rf"|\A(?:{_any_of(counted)})\s+(?:{worded})(?!\w)",
        re.IGNORECASE,
    )


def _leads(name: str, at: int) -> bool:
    """Whether a word at this place begins the name or a part of it."""
    before = name[:at].rstrip()
    return not before or before[-1] in ",:;(-–/."
