"""A name of a measure or goal, taken apart: what it says, and what merely words it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from styrmatt.normalize.series.lexis import Lexis
from styrmatt.swedish.numbers import FIGURE, without_spaces
from styrmatt.whitespace import squeeze

_TOKEN = re.compile(rf"{FIGURE}|[%#]|[^\W\d_]+")
_SEGMENT = re.compile(r"[()\[\]]|[,:](?!\d)|;|\.\s|\s[-–—]\s")
_SLASH = re.compile(r"[^\W\d_]\s?/\s?[^\W\d_]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DASHES = str.maketrans("‐‑–—−/", "------")


@dataclass(frozen=True, slots=True)
class NameToken:
    """One word or figure of a name that counts."""

    key: str
    """What it is compared by."""
    raw: str
    """As printed, in small letters."""
    segment: int
    """The clause or parenthesis it stands in; 0 is the first."""
    years: tuple[str, ...] = ()
    """For a year: the year itself, and how far it is from the report's."""
    abbreviation: str | None = None
    """The letters of an abbreviation, in small letters."""

    @property
    def is_number(self) -> bool:
        """Whether it is a figure."""
        return self.key[0].isdigit()


@dataclass(frozen=True, slots=True)
class Segment:
    """A clause or parenthesis of a name."""

    group: int
    """The number of the parenthesis that it is part of; 0 for none."""
    explains: bool
    """Whether it begins with a word that says: here comes an explanation."""
    limits: bool
    """Whether a word or figure in it narrows or widens what is measured."""


@dataclass(frozen=True)
class Wording:
    """What a name says."""

    text: str
    exact: str
    """Letters and digits alone; the report's own year as such."""
    tokens: tuple[NameToken, ...]
    segments: tuple[Segment, ...]
    quantities: frozenset[str] = frozenset()
    sexes: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    order: tuple[tuple[str, str], ...] = ()
    """Relation words and what stands behind each."""
    has_slash: bool = False
    printed: tuple[str, ...] = field(default=(), compare=False)
    """All words in small letters, light ones too, for abbreviations."""

    def __hash__(self) -> int:
        """The text's: names are compared with many others, and each time looked up first."""
        return hash(self.text)


@lru_cache(maxsize=16384)
def take_apart(text: str, year: int, own: str, lexis: Lexis) -> Wording:
    """A name's wording. ``year`` is the report's; ``own`` the organisation, whose name is light."""
    return _NameParser(text, year, own, lexis).read()


class _NameParser:
    def __init__(self, text: str, year: int, own: str, lexis: Lexis) -> None:
        self._text = unicodedata.normalize("NFC", text)
        self._year, self._lexis = year, lexis
        self._own = frozenset(word.casefold() for word in re.findall(r"[^\W\d_]{3,}", own))
        self._own |= {lexis.base(word) for word in self._own}
        self._capitals = frozenset(
            word.casefold()
            for word in re.findall(r"[^\W\d_]+", self._text)
            if word.isupper() and 2 <= len(word) <= 7 and not self._text.isupper()
        )
        self._quantities: set[str] = set()
        self._sexes: set[str] = set()
        self._young: set[str] = set()
        self._directions: set[str] = set()

    def read(self) -> Wording:
        text = self._lexis.plain(self._text).translate(_DASHES)
        tokens: list[NameToken] = []
        segments: list[Segment] = []
        order: list[tuple[str, str]] = []
        printed: list[str] = []
        parts = _segments(text)
        for number, (group, part) in enumerate(parts):
            words = [match.group() for match in _TOKEN.finditer(part)]
            printed += words
            own = list(self._tokens(words, number, order))
            tokens += own
            segments.append(self._segment(group, part, words, own))
        segments = [_in_its_group(segment, segments) for segment in segments]
        both = self._sexes | self._young
        exact = squeeze(re.sub(rf"(?<!\d){self._year}(?!\d)", "", self._text))
        return Wording(
            self._text,
            exact,
            tuple(tokens),
            tuple(segments),
            frozenset(self._quantities),
            frozenset() if both == {"K", "M"} else frozenset(both),
            frozenset(self._directions),
            tuple(order),
            bool(_SLASH.search(self._text)),
            tuple(printed),
        )

    def _tokens(
        self, words: list[str], segment: int, order: list[tuple[str, str]]
    ) -> Iterator[NameToken]:
        relation = None
        for at, raw in enumerate(words):
            bounds = self._bounds(words, at)
            token = self._token(words, at, segment, bounds)
            if raw in self._lexis.relations and not bounds:
                relation = raw
            elif relation and (token is not None or self._sex(raw)):
                order.append((relation, token.key if token else self._lexis.base(raw)))
                relation = None
            if token is not None:
                yield token

    def _token(self, words: list[str], at: int, segment: int, bounds: bool) -> NameToken | None:
        """The word or figure at a place; None where it is light or says a quantity or sex."""
        raw, lexis = words[at], self._lexis
        if raw[0].isdigit():
            return self._number(raw, segment)
        if bounds:
            return NameToken(lexis.base(raw), raw, segment)
        value = lexis.numbers.get(raw)
        if value is not None and (value > 1 or (at and self._bounds(words, at - 1))):
            return NameToken(str(value), raw, segment)
        form = raw if raw in lexis.rigid else lexis.base(raw)
        fresh = not self._young
        if self._said(raw, form):
            base = lexis.words.young_as
            return NameToken(base, base, segment) if fresh and self._young else None
        capital = raw if raw in self._capitals else None
        if capital is None and (raw in lexis.light or form in lexis.light):
            return None
        if self._own & {raw, raw.removesuffix("s"), form}:
            return None
        return NameToken(form, raw, segment, abbreviation=capital)

    def _number(self, raw: str, segment: int) -> NameToken | None:
        value = without_spaces(raw).replace(",", ".")
        if not _YEAR.fullmatch(value):
            return NameToken(value, raw, segment)
        away = int(value) - self._year
        if away == 0:
            return NameToken(value, raw, segment, years=(value, "this"))
        return NameToken(value, raw, segment, years=(value, "last") if away == -1 else (value,))

    def _said(self, raw: str, form: str) -> bool:
        """Note what a word says of quantity, sex or direction; whether it does."""
        lexis = self._lexis
        for table, said in (
            (lexis.quantities, self._quantities),
            (lexis.sexes, self._sexes),
            (lexis.young, self._young),
            (lexis.directions, self._directions),
        ):
            value = table.get(raw) or table.get(form)
            if value is not None:
                said.add(value)
                return True
        return False

    def _sex(self, raw: str) -> bool:
        return raw in self._lexis.sexes or self._lexis.base(raw) in self._lexis.sexes

    def _bounds(self, words: list[str], at: int) -> bool:
        """Whether a word bounds the figure right behind it, which is not the report's year."""
        if words[at] not in self._lexis.bounds:
            return False
        for word in words[at + 1 : at + 3]:
            if word[0].isdigit():
                return word != str(self._year)
            value = self._lexis.numbers.get(word)
            if value is not None:
                return True
            if word not in self._lexis.bounds:
                return False
        return False

    def _segment(self, group: int, part: str, words: list[str], tokens: list[NameToken]) -> Segment:
        lexis = self._lexis
        lead = part.strip()
        explains = any(
            lead == phrase or lead.startswith(phrase + " ") for phrase in lexis.explanations
        )
        limits = any(
            (token.is_number and "this" not in token.years)
            or token.raw in lexis.scopes
            or token.key in lexis.scopes
            for token in tokens
        ) or any(self._bounds(words, at) or self._sex(raw) for at, raw in enumerate(words))
        return Segment(group, explains, limits)


def _in_its_group(segment: Segment, segments: list[Segment]) -> Segment:
    """A part of a parenthesis explains or limits as the whole does."""
    if not segment.group:
        return segment
    group = [other for other in segments if other.group == segment.group]
    return Segment(segment.group, group[0].explains, any(other.limits for other in group))


def _segments(text: str) -> list[tuple[int, str]]:
    """The clauses and parentheses of a name, each with the number of its parenthesis or 0."""
    parts: list[tuple[int, str]] = []
    depth, start, groups = 0, 0, 0
    for mark in _SEGMENT.finditer(text):
        parts.append((groups if depth else 0, text[start : mark.start()]))
        start = mark.end()
        opens = mark.group() in "(["
        groups += opens and not depth
        depth = max(0, depth + opens - (mark.group() in ")]"))
    parts.append((groups if depth else 0, text[start:]))
    kept = [part for part in parts if part[1].strip()]
    return kept or [(0, "")]
