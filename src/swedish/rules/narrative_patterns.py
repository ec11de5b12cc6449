"""The narrative vocabulary: words and patterns by which running text states results.

The classes are the tables of ``layouts/vocabulary/narrative-*.toml``, where each list is explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest

from styrmatt.errors import LayoutFileError
from styrmatt.swedish.numbers import FIGURE
from styrmatt.toml_records import build_record, read_toml
from styrmatt.vocabulary import GuardedPattern, load_vocabulary, vocabulary_file

_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
YEARS = rf"{_YEAR.pattern}(?:/(?:{_YEAR.pattern}|\d\d))?"
"""A year, or two with a stroke as school years have them; 2023/208 is the number of a file."""
_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"
"""Raised figures, which are marks of footnotes: no part of the word before them."""
COUNTED = (
    "percent",
    "percentage_points",
    "mnkr",
    "tkr",
    "kr",
    "days",
    "index",
    "time",
    "millions",
    "unlisted",
)


@dataclass(frozen=True)
class QuantityWords:
    """Figures and their units, and figures that are no result."""

    hedges: tuple[str, ...]
    percent: tuple[str, ...]
    percentage_points: tuple[str, ...]
    mnkr: tuple[str, ...]
    tkr: tuple[str, ...]
    kr: tuple[str, ...]
    days: tuple[str, ...]
    index: tuple[str, ...]
    time: tuple[str, ...]
    millions: tuple[str, ...]
    scales: Mapping[str, int]
    unlisted: tuple[str, ...]
    pieces: tuple[str, ...]
    of_all: str
    capacity: re.Pattern[str]
    per_1000: tuple[str, ...]
    ranked: tuple[str, ...]
    nouns: Mapping[str, tuple[str, ...]]
    alone: str
    joined: str
    averages: tuple[str, ...]
    shy: tuple[str, ...]
    one_or_none: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True)
class SexWords:
    """Women and men, and how a figure is stated for one of them, for each, or for neither."""

    K: tuple[str, ...]
    M: tuple[str, ...]
    totals: tuple[str, ...]
    leads: tuple[str, ...]
    pairs: tuple[str, ...]
    compared: tuple[str, ...]
    words_for_each: tuple[str, ...]
    joins: tuple[str, ...]


@dataclass(frozen=True)
class ClauseWords:
    """Where sentences are cut."""

    shared: re.Pattern[str]
    parts: re.Pattern[str]
    tail: re.Pattern[str]
    together: re.Pattern[str]
    in_a_row: re.Pattern[str]
    borders: re.Pattern[str]
    inserted: re.Pattern[str]
    subordinate: re.Pattern[str]
    opens: re.Pattern[str]
    only_place: re.Pattern[str]
    origin: re.Pattern[str]
    goes_on: re.Pattern[str]
    main: re.Pattern[str]
    of_all: re.Pattern[str]
    states: re.Pattern[str]
    of_whom: tuple[str, ...]
    has: tuple[str, ...]
    of_part: tuple[str, ...]
    of_own: tuple[str, ...]
    negations: tuple[str, ...]


@dataclass(frozen=True)
class YearWords:
    """The year before, and what stands between a figure and its year."""

    before: tuple[str, ...]
    after: str
    since: tuple[str, ...]
    listed: re.Pattern[str]
    opens: re.Pattern[str]
    then: re.Pattern[str]
    aside: re.Pattern[str]
    of_paper: re.Pattern[str]
    ahead: str
    source: str
    turn: tuple[str, ...]


@dataclass(frozen=True)
class PeriodWords:
    """The months, and twelve months by name."""

    months: tuple[str, ...]
    span: tuple[str, ...]


@dataclass(frozen=True)
class ComparisonWords:
    """What a result is compared with."""

    from_to: str
    anaphors: tuple[str, ...]


@dataclass(frozen=True)
class ChangeWords:
    """How changes are judged."""

    changing: tuple[str, ...]
    no_judgement: tuple[str, ...]
    calls_better: tuple[str, ...]


@dataclass(frozen=True)
class AimWords:
    """Words between one for a target and a figure that say the figure is none."""

    passed: tuple[str, ...]


@dataclass(frozen=True)
class ElsewhereWords:
    """Words that leave a population whole."""

    of_each: tuple[str, ...]
    ours: tuple[str, ...]
    everyone: tuple[str, ...]
    whole: tuple[str, ...]
    ages: tuple[str, ...]
    definite: re.Pattern[str]
    occasion: re.Pattern[str]
    members: tuple[str, ...]
    some: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True)
class TopicWords:
    """Words for telling which measure a sentence is about."""

    generic: tuple[str, ...]
    anaphors: tuple[str, ...]
    joins: tuple[str, ...]
    verbs: tuple[str, ...]
    having: tuple[str, ...]
    share_names: tuple[str, ...]
    phrase_ends: tuple[str, ...]
    plurals: re.Pattern[str]
    differences: tuple[str, ...]
    run_in: re.Pattern[str]
    short_name: re.Pattern[str]
    empty: tuple[str, ...]
    key_after: tuple[str, ...]
    asides: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...]
    empty_heads: tuple[str, ...]
    added_heads: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...]
    unfinished: tuple[str, ...]
    apposed: re.Pattern[str]
    the_noun: re.Pattern[str]
    goes_on: re.Pattern[str]
    the_measure: re.Pattern[str]
    the_result: re.Pattern[str]
    particles: tuple[str, ...]


@dataclass(frozen=True)
class NumberedWords:
    """Words with which a number is part of a name."""

    nouns: tuple[str, ...]
    behind: str
    up_to: re.Pattern[str]
    lengths: Mapping[str, int]
    forms: Mapping[str, str]


@dataclass(frozen=True)
class NarrativeWords:
    """The words and patterns of one language."""

    quantities: QuantityWords
    sexes: SexWords
    clauses: ClauseWords
    years: YearWords
    periods: PeriodWords
    comparisons: ComparisonWords
    changes: ChangeWords
    targets: AimWords
    elsewhere: ElsewhereWords
    topics: TopicWords
    numbered: NumberedWords
    may_tell_within: tuple[str, ...]
    """Patterns of which one is found in such a sentence, wherever it stands."""
    may_tell: tuple[str, ...]
    """Beginnings of words of which a sentence without a figure must have one to be looked at."""
    only_with: Mapping[str, tuple[str, ...]]
    """By the name of a list of patterns: texts of which each of its matches holds one."""


class Patterns:
    """The compiled patterns of a language, ``{figure}``, ``{K}`` ... in them replaced."""

    def __init__(
        self, words: NarrativeWords, numbers: Mapping[str, int], language: str = ""
    ) -> None:
        self.words = words
        self.numbers = numbers
        self.language = language
        spelled = "|".join(sorted(set(numbers) - set(words.quantities.shy), key=len, reverse=True))
        shy = "|".join(words.quantities.shy)
        self._fill = {
            "figure": rf"(?:{FIGURE}|(?:{spelled}|(?<=[^\W\d_])(?:{shy}))+(?![^\W\d_]))",
            "any": rf"(?:{FIGURE}|(?:{spelled}|{shy})+(?![^\W\d_]))",
            "digits": FIGURE,
            "hedge": _words(words.quantities.hedges),
            "K": _words(words.sexes.K),
            "M": _words(words.sexes.M),
        }

    def compile(self, patterns: Iterable[str], figure: str = "figure") -> re.Pattern[str]:
        """The patterns as one, alternatives in their order.

        ``figure`` says what ``{figure}`` stands for: "figure", or "any", which takes number words
        that are mostly articles, too.
        """
        fill = self._fill | {"figure": self._fill[figure]}
        text = "|".join(f"(?:{_filled(pattern, fill)})" for pattern in patterns)
        return _compiled(text or "(?!)")

    def literal(self, *words: str) -> re.Pattern[str]:
        """A pattern for any of the words, as whole words."""
        return _compiled(_words(words))

    @cached_property
    def years(self) -> re.Pattern[str]:
        """A year, or a school year, as a word of its own."""
        return re.compile(rf"(?<![\w.,/-]){YEARS}(?![\w-]|[.,/]\d)")

    @cached_property
    def _caseless_figures(self) -> CaselessPattern:
        return CaselessPattern(self.figures)

    def figure_matches(self, text: str) -> Iterator[re.Match[str]]:
        """The figures of a text with their units, as matches of :attr:`figures`; no years."""
        for match in self._caseless_figures.finditer(text):
            alone = (match.lastgroup or "figure") in ("figure", "sign")
            if not (alone and _YEAR.fullmatch(match["figure"])):
                yield match

    @cached_property
    def figures(self) -> re.Pattern[str]:
        """A figure with its unit, if it has one: groups ``sign``, ``figure``, one for each unit."""
        units = "|".join(
            f"(?P<{name}>{_alternatives(getattr(self.words.quantities, name))})" for name in COUNTED
        )
        ranked = _alternatives(self.words.quantities.ranked)
        begin = "".join(sorted({re.escape(word[0]) for word in self.numbers}))
        return _compiled(
            rf"(?<![\w.,:/–-])(?=[\d\-−–{begin}])(?P<sign>(?<=\s)[-−–](?=\d))?(?P<figure>{self._fill['figure']})(?::[ae](?=\s+{ranked}))?(?:[\s\u00a0-]*(?:{units})(?![^\W{_RAISED}]))?"
            rf"(?![^\W{_RAISED}]|[/:]\w|[.,]\d|-\w|–\d)"
        )


_NOT_LOWERED = re.compile(r"\\.|\(\?P[<=]\w+[>)]")
"""Parts of a pattern whose capitals are no letters to find: escapes and names of groups."""
_BY_NUMBER = re.compile(r"\\(?:x(\w{2})|u(\w{4})|U(\w{8}))")
"""A character that a pattern writes by its number."""


class CaselessPattern:
    """A pattern that is looked for without regard to case; its matches are in small letters.

    It takes half the time where both pattern and text are put in small letters before. A text that
    holds none of ``only_with`` (in small letters) is not searched, see :class:`GuardedPattern`.
    """

    def __init__(self, pattern: re.Pattern[str], only_with: tuple[str, ...] = ()) -> None:
        self._pattern = pattern
        coded = (chr(int("".join(code), 16)) for code in _BY_NUMBER.findall(pattern.pattern))
        if any(map(str.isupper, coded)):
            self._small = GuardedPattern(pattern, only_with)
        else:
            small = re.compile(_in_small_letters(pattern.pattern))
            self._small = GuardedPattern(small, only_with)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a text."""
        small = _lowered(text)
        if len(small) == len(text):  # else a small letter is two characters, and places differ
            return self._small.finditer(small)
        return self._pattern.finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return next(self.finditer(text), None)


_lowered = lru_cache(maxsize=64)(str.lower)
"""Cached: many patterns in turn are looked for in one sentence."""


def _in_small_letters(pattern: str) -> str:
    kept = _NOT_LOWERED.findall(pattern)
    parts = [part.lower() for part in _NOT_LOWERED.split(pattern)]
    return "".join(part + after for part, after in zip_longest(parts, kept, fillvalue=""))


def _filled(pattern: str, fill: Mapping[str, str]) -> str:
    for name, text in fill.items():
        pattern = pattern.replace("{" + name + "}", text)
    return pattern


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise LayoutFileError(
            f"A pattern of the narrative words is wrong: {error}: {pattern}"
        ) from error


def _alternatives(words: Iterable[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)


def _words(words: Iterable[str]) -> str:
    return rf"(?<!\w)(?:{_alternatives(words)})(?!\w)"


@lru_cache
def load_patterns(vocabulary: str) -> Patterns | None:
    """The patterns for a vocabulary; None where no narrative words are shipped for it.

    Raises LayoutFileError.
    """
    path = vocabulary_file(f"narrative-{vocabulary}")
    if not path.is_file():
        return None
    words: NarrativeWords = build_record(NarrativeWords, read_toml(path), path.name)
    shared = load_vocabulary(vocabulary)
    return Patterns(words, shared.numbers, shared.language)


def without_names(patterns: Iterable[str]) -> list[str]:
    """Patterns whose groups have no names, so that several can be joined to one."""
    return [re.sub(r"\?P<\w+>", "?:", pattern) for pattern in patterns]
