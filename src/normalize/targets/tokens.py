"""A target cell cut into figures, years, sex marks, comparisons, directions, units and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from styrmatt.swedish.numbers import NUMBER, parse_number, parse_number_word
from styrmatt.vocabulary import Vocabulary

TokenKind = Literal["number", "year", "date", "ratio", "word", "sign"]
_COMPARATORS = ("ge", "le", "gt", "lt", "eq")
_DIRECTIONS = ("increase", "decrease", "maintain", "follow")
_PLAIN_ROLES = (
    "negations",
    "fillers",
    "by",
    "to",
    "since",
    "also",
    "rate",
    "articles",
    "parts",
    "ge_after",
    "le_after",
)
_UNITS = (
    "percent",
    "percentage_points",
    "per_1000",
    "mnkr",
    "tkr",
    "kr",
    "days",
    "index",
    "count",
    "unlisted",
    "scales",
)
_YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d")
"""Years that targets speak of; other figures of four digits are amounts."""
_DATE = re.compile(r"((?:19|20)\d\d)-\d\d(?:-\d\d)?(?!\d)")
_RATIO = re.compile(r"(\d+):(\d+)(?![\w:]|-\w)")
_WORD = re.compile(r"[^\W\d_](?:\w|[.:-](?=[^\W\d_])|-(?=\d))*|\d[\w.:,/+-]*\w|\w+")
_CONTINUED = re.compile(r"-?[^\W\d_]|-,|-$|-\s|:\d")
_SEPARATED = re.compile(r"[.,]+\d[\d.,]*(?<![.,])")
"""What goes on a figure that has its decimals already: the rest of ``8,5.0`` or ``31.12.2022``."""
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Footnote marks where they stand apart from a word: behind a figure or its unit."""
_NO_ROLES: Mapping[str, str] = {}


@dataclass(frozen=True)
class CellToken:
    """A piece of a target cell."""

    text: str
    kind: TokenKind
    number: float | None = None
    """The value of a figure or number word; None where it could be read in two ways."""
    roles: Mapping[str, str] = field(default_factory=lambda: _NO_ROLES)
    """What the token can be by the vocabulary (comparator, direction, unit, sex, fillers ...), each
    with its value."""
    year: int | None = None
    start: int = 0
    """Where it begins in the cell's text."""

    @property
    def end(self) -> int:
        """Where it ends in the cell's text."""
        return self.start + len(self.text)


class TargetTokenizer:
    """Cuts target cells into tokens by the phrases of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, *, dots_group: bool = False) -> None:
        """``dots_group`` says that a dot before three digits groups thousands in the report."""
        self._dots_group = dots_group
        self._numbers = vocabulary.numbers
        self._roles = _roles(vocabulary)
        self._phrase = _alternatives(self._roles)
        units = {phrase for phrase, roles in self._roles.items() if "unit" in roles}
        self._unit = _alternatives(units)

    @property
    def roles(self) -> Mapping[str, Mapping[str, str]]:
        """What each phrase can be in a target cell, by the phrase, case folded."""
        return self._roles

    def tokenize(self, text: str) -> tuple[CellToken, ...]:
        """The tokens of a clean cell, in order; white space and footnote marks are dropped."""
        tokens: list[CellToken] = []
        at = 0
        while at < len(text):
            if text[at].isspace() or text[at] in _SUPERSCRIPTS:
                at += 1
                continue
            token, end = self._next(text, at, tokens[-1] if tokens else None)
            tokens.append(replace(token, start=at))
            at = end
        return tuple(tokens)

    def _next(self, text: str, at: int, before: CellToken | None) -> tuple[CellToken, int]:
        if match := _DATE.match(text, at):
            return CellToken(match.group(), "date", year=int(match[1])), match.end()
        if match := _RATIO.match(text, at):
            one = match[2] == "1"
            return CellToken(match.group(), "ratio", float(match[1]) if one else None), match.end()
        if (match := self._number(text, at, before)) is not None:
            if rest := _SEPARATED.match(text, match.end()):
                return CellToken(text[at : rest.end()], "number"), rest.end()
            return self._number_token(match.group()), match.end()
        if match := self._phrase.match(text, at):
            roles = self._roles.get(_key(match.group()), _NO_ROLES)
            number = parse_number_word(match.group(), self._numbers)
            kind: TokenKind = "word" if match.group()[0].isalpha() else "sign"
            return CellToken(match.group(), kind, number, roles), match.end()
        if match := _WORD.match(text, at):
            number = parse_number_word(match.group(), self._numbers)
            return CellToken(match.group(), "word", number), match.end()
        return CellToken(text[at], "sign"), at + 1

    def _number(self, text: str, at: int, before: CellToken | None) -> re.Match[str] | None:
        """A figure at this place, unless letters are glued to it that are no unit."""
        match = NUMBER.match(text, at)
        if match is None:
            return None
        if not text[at].isdecimal() and before is not None and _ends_figure(before):
            return None  # the dash of a range
        if not text[at].isdecimal() and at > 0 and text[at - 1].isalnum():
            return None
        rest = text[match.end() :].lstrip(_SUPERSCRIPTS)
        if _CONTINUED.match(rest) and not self._unit.match(text, match.end()):
            return None
        return match

    def _number_token(self, printed: str) -> CellToken:
        year = int(printed) if _YEAR.fullmatch(printed) else None
        number = parse_number(printed, dots_group=self._dots_group)
        return CellToken(printed, "number" if year is None else "year", number, year=year)


def _ends_figure(token: CellToken) -> bool:
    return token.kind in ("number", "year", "ratio") or "unit" in token.roles


def _roles(vocabulary: Vocabulary) -> dict[str, dict[str, str]]:
    """What each phrase of the vocabulary can be in a target cell, by the phrase, case folded."""
    roles: dict[str, dict[str, str]] = {}

    def note(phrases: Iterable[str], role: str, value: str) -> None:
        for phrase in phrases:
            roles.setdefault(_key(phrase), {})[role] = value

    words = vocabulary.targets
    for name in _COMPARATORS:
        note(getattr(words, name), "comparator", name)
    for name in _DIRECTIONS:
        note(getattr(words, name), "direction", name)
    for name in _PLAIN_ROLES:
        note(getattr(words, name), name, name)
    for name in _UNITS:
        note(getattr(vocabulary.units, name), "unit", name)
    for code, phrases in vocabulary.sexes.items():
        note(phrases, "sex", code)
    note(words.figure_only, "figure_only", "")
    for phrase, values in list(roles.items()):
        first = phrase.split()[0]
        if first in _folded(words.negations) and "comparator" not in values:
            values["negated"] = ""
        if (
            "comparator" in values
            and phrase != first
            and "direction" in roles.get(first, _NO_ROLES)
        ):
            values["direction_behind"] = roles[first]["direction"]  # "5 % lägre än 2019"
    return roles


def _alternatives(phrases: Iterable[str]) -> re.Pattern[str]:
    return _one_of(tuple(sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))))


@lru_cache
def _one_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for the first of the phrases; cached, for every report has the same."""
    return re.compile("|".join(map(_bounded, phrases)) or r"(?!)", re.IGNORECASE)


def _bounded(phrase: str) -> str:
    """A phrase as a pattern; where it begins or ends in a letter, no other letter may adjoin."""
    body = r"\s+".join(re.escape(part) for part in phrase.split())
    start = r"(?<![^\W\d_])(?<![^\W\d_]-)" if phrase[0].isalpha() else ""
    end = r"(?!-?[^\W\d_])" if phrase[-1].isalpha() else ""
    return f"{start}{body}{end}"


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_key, words))


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
