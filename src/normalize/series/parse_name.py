"""Takes the name of a measure or goal apart: what it says, and what merely words it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from styrmatt.normalize.series.name_vocabulary import NameVocabulary
from styrmatt.swedish.numbers import FIGURE, without_spaces
from styrmatt.whitespace import squeeze

_TOKEN: Final = re.compile(rf"{FIGURE}|[%#]|[^\W\d_]+")
_SEGMENT_BREAK: Final = re.compile(r"[()\[\]]|[,:](?!\d)|;|\.\s|\s[-–—]\s")
_SLASH: Final = re.compile(r"[^\W\d_]\s?/\s?[^\W\d_]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_DASHES: Final = str.maketrans("‐‑–—−/", "------")
_ABBREVIATION_LETTERS: Final = range(2, 8)
"""Lengths of an abbreviation in capitals: one letter is a label (board A), eight or more are a word
that is set in capitals for emphasis."""
_WORDS_TO_BOUNDED_FIGURE: Final = 2
"""Words behind a word that bounds a figure ("minst", "högst") of which one is that figure: another
bounding word may stand between ("till minst 5")."""


@dataclass(frozen=True, slots=True)
class NameToken:
    """One word or figure of a name that counts."""

    key: str
    """What it is compared by: the base form of a word, the plain value of a figure."""
    raw: str
    """As printed, in small letters."""
    segment: int
    """The index of its clause or parenthesis; 0 is the first."""
    years: tuple[str, ...] = ()
    """For a year: the year, and "this" or "last" where it is the report's own or the one before.
    Two years are the same if they have one of these in common."""
    abbreviation: str | None = None
    """The letters of an abbreviation, in small letters."""

    @property
    def is_number(self) -> bool:
        """Whether it is a figure."""
        return self.key[0].isdecimal()


@dataclass(frozen=True, slots=True)
class Segment:
    """A clause or parenthesis of a name."""

    group: int
    """The number of the parenthesis that it is part of; 0 for none."""
    explains: bool
    """Whether it begins with a word that introduces an explanation: "t.ex.", "enligt"."""
    limits: bool
    """Whether a word or figure in it narrows or widens what is measured."""


@dataclass(frozen=True)
class ParsedName:
    """What a name says."""

    text: str
    exact: str
    """Its letters and digits alone, without the report's own year."""
    tokens: tuple[NameToken, ...]
    segments: tuple[Segment, ...]
    quantities: frozenset[str] = frozenset()
    """Kinds of quantity that it names, such as a number or a share."""
    sexes: frozenset[str] = frozenset()
    """The sex that it names, "K" or "M"; empty where it names both or none."""
    directions: frozenset[str] = frozenset()
    """Ways of change that it names."""
    relations: tuple[tuple[str, str], ...] = ()
    """Relation words ("bland", "per"), each with the key of what stands behind it."""
    has_slash: bool = False
    words: tuple[str, ...] = field(default=(), compare=False)
    """All words in small letters, light ones too, which abbreviations may stand for."""

    def __hash__(self) -> int:
        """The hash of the text alone: each name is looked up in caches for every comparison."""
        return hash(self.text)


@lru_cache(maxsize=16384)  # bounds the memory of runs over many organisations
def parse_name(text: str, year: int, organisation: str, vocabulary: NameVocabulary) -> ParsedName:
    """The parts of a name. ``year`` is the report's; words of ``organisation`` do not count."""
    return _NameParser(text, year, organisation, vocabulary).parse()


class _NameParser:
    def __init__(self, text: str, year: int, organisation: str, vocabulary: NameVocabulary) -> None:
        self._text = unicodedata.normalize("NFC", text)
        self._year, self._vocabulary = year, vocabulary
        own = frozenset(word.casefold() for word in _LONG_WORD.findall(organisation))
        self._organisation_words = own | {vocabulary.base(word) for word in own}
        self._abbreviations = frozenset(
            word.casefold()
            for word in _WORD.findall(self._text)
            if word.isupper() and len(word) in _ABBREVIATION_LETTERS and not self._text.isupper()
        )
        self._quantities: set[str] = set()
        self._sexes: set[str] = set()
        self._young: set[str] = set()
        self._directions: set[str] = set()
        self._relations: list[tuple[str, str]] = []

    def parse(self) -> ParsedName:
        text = self._vocabulary.normalized(self._text).translate(_DASHES)
        tokens: list[NameToken] = []
        segments: list[Segment] = []
        all_words: list[str] = []
        for number, (group, part) in enumerate(_segments(text)):
            words = [match.group() for match in _TOKEN.finditer(part)]
            all_words += words
            of_segment = list(self._tokens(words, number))
            tokens += of_segment
            segments.append(self._segment(group, part, words, of_segment))
        segments = [_as_its_parenthesis(segment, segments) for segment in segments]
        sexes = self._sexes | self._young
        exact = squeeze(re.sub(rf"(?<!\d){self._year}(?!\d)", "", self._text))
        return ParsedName(
            self._text,
            exact,
            tuple(tokens),
            tuple(segments),
            frozenset(self._quantities),
            frozenset() if sexes == {"K", "M"} else frozenset(sexes),
            frozenset(self._directions),
            tuple(self._relations),
            bool(_SLASH.search(self._text)),
            tuple(all_words),
        )

    def _tokens(self, words: Sequence[str], segment: int) -> Iterator[NameToken]:
        """The words and figures that count; notes what stands behind relation words."""
        relation = None
        for at, raw in enumerate(words):
            bounds = self._is_bound(words, at)
            token = self._token(words, at, segment, bounds)
            if raw in self._vocabulary.relations and not bounds:
                relation = raw
            elif relation and (token is not None or self._names_sex(raw)):
                self._relations.append(
                    (relation, token.key if token else self._vocabulary.base(raw))
                )
                relation = None
            if token is not None:
                yield token

    def _token(self, words: Sequence[str], at: int, segment: int, bounds: bool) -> NameToken | None:
        """The word or figure at an index; None where it is light or names a quantity or sex."""
        raw, vocabulary = words[at], self._vocabulary
        if raw[0].isdecimal():
            return self._number(raw, segment)
        if bounds:
            return NameToken(vocabulary.base(raw), raw, segment)
        value = vocabulary.numbers.get(raw)
        if value is not None and (value > 1 or (at and self._is_bound(words, at - 1))):
            return NameToken(str(value), raw, segment)
        form = raw if raw in vocabulary.rigid else vocabulary.base(raw)
        no_young_yet = not self._young
        if self._note_meaning(raw, form):
            young = vocabulary.words.young_as
            return NameToken(young, young, segment) if no_young_yet and self._young else None
        abbreviation = raw if raw in self._abbreviations else None
        if abbreviation is None and (raw in vocabulary.light or form in vocabulary.light):
            return None
        if self._organisation_words & {raw, raw.removesuffix("s"), form}:
            return None
        return NameToken(form, raw, segment, abbreviation=abbreviation)

    def _number(self, raw: str, segment: int) -> NameToken:
        value = without_spaces(raw).replace(",", ".")
        if not _YEAR.fullmatch(value):
            return NameToken(value, raw, segment)
        years_ahead = int(value) - self._year
        if years_ahead == 0:
            return NameToken(value, raw, segment, years=(value, "this"))
        return NameToken(
            value, raw, segment, years=(value, "last") if years_ahead == -1 else (value,)
        )

    def _note_meaning(self, raw: str, form: str) -> bool:
        """Note the quantity, sex or direction that a word names; whether it names one."""
        vocabulary = self._vocabulary
        for table, noted in (
            (vocabulary.quantities, self._quantities),
            (vocabulary.sexes, self._sexes),
            (vocabulary.young, self._young),
            (vocabulary.directions, self._directions),
        ):
            value = table.get(raw) or table.get(form)
            if value is not None:
                noted.add(value)
                return True
        return False

    def _names_sex(self, raw: str) -> bool:
        return raw in self._vocabulary.sexes or self._vocabulary.base(raw) in self._vocabulary.sexes

    def _is_bound(self, words: Sequence[str], at: int) -> bool:
        """Whether a word bounds the figure right behind it, which is not the report's year."""
        if words[at] not in self._vocabulary.bounds:
            return False
        for word in words[at + 1 : at + 1 + _WORDS_TO_BOUNDED_FIGURE]:
            if word[0].isdecimal():
                return word != str(self._year)
            if word in self._vocabulary.numbers:
                return True
            if word not in self._vocabulary.bounds:
                return False
        return False

    def _segment(
        self, group: int, part: str, words: Sequence[str], tokens: Sequence[NameToken]
    ) -> Segment:
        vocabulary = self._vocabulary
        text = part.strip()
        explains = any(
            text == phrase or text.startswith(phrase + " ") for phrase in vocabulary.explanations
        )
        limits = any(
            (token.is_number and "this" not in token.years)
            or token.raw in vocabulary.scopes
            or token.key in vocabulary.scopes
            for token in tokens
        ) or any(self._is_bound(words, at) or self._names_sex(raw) for at, raw in enumerate(words))
        return Segment(group, explains, limits)


def _as_its_parenthesis(segment: Segment, segments: list[Segment]) -> Segment:
    """A part of a parenthesis explains or limits as the whole parenthesis does."""
    if not segment.group:
        return segment
    group = [other for other in segments if other.group == segment.group]
    return Segment(segment.group, group[0].explains, any(other.limits for other in group))


def _segments(text: str) -> list[tuple[int, str]]:
    """The clauses and parentheses of a name, each with the number of its parenthesis or 0."""
    parts: list[tuple[int, str]] = []
    depth, start, groups = 0, 0, 0
    for mark in _SEGMENT_BREAK.finditer(text):
        parts.append((groups if depth else 0, text[start : mark.start()]))
        start = mark.end()
        opens = mark.group() in "(["
        groups += opens and not depth
        depth = max(0, depth + opens - (mark.group() in ")]"))
    parts.append((groups if depth else 0, text[start:]))
    return [part for part in parts if part[1].strip()] or [(0, "")]
