"""Vocabularies: the words, figures and marks of reports in one language, as TOML files say them.

No Swedish word, colour or organisation stands in code: a file of ``layouts/vocabulary`` holds them,
and :class:`Vocabulary` is what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import product

from styrmatt.errors import LayoutFileError
from styrmatt.toml_records import build_record, read_toml
from styrmatt.whitespace import squeeze


@dataclass(frozen=True)
class GuardedPattern:
    """A pattern with a cheap test that comes first: most texts hold no match.

    Python tries a pattern at every character of a text, which takes ten times as long as to see
    whether the text holds a word. ``only_with`` are texts of which every match holds one; where it
    is empty every text is searched.
    """

    pattern: re.Pattern[str]
    only_with: tuple[str, ...] = ()

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a text."""
        return self.pattern.finditer(text) if self._may_match(text) else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text; None where there is none."""
        return self.pattern.search(text) if self._may_match(text) else None

    def _may_match(self, text: str) -> bool:
        return not self.only_with or any(word in text for word in self.only_with)


@dataclass(frozen=True)
class Hyphens:
    """Words and patterns that decide whether a hyphen at the end of a line stays."""

    suspend_before: tuple[str, ...] = ()
    real: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True)
class Running:
    """What page headers and footers hold."""

    page_marks: tuple[re.Pattern[str], ...] = ()
    page_of_all: tuple[re.Pattern[str], ...] = ()
    head_labels: tuple[str, ...] = ()
    head_lines: int = 0
    document_numbers: tuple[re.Pattern[str], ...] = ()
    contents_heading: tuple[str, ...] = ()


@dataclass(frozen=True)
class TargetWords:
    """Phrases of target cells."""

    increase: tuple[str, ...] = ()
    decrease: tuple[str, ...] = ()
    maintain: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    ge: tuple[str, ...] = ()
    le: tuple[str, ...] = ()
    gt: tuple[str, ...] = ()
    lt: tuple[str, ...] = ()
    eq: tuple[str, ...] = ()
    ge_after: tuple[str, ...] = ()
    le_after: tuple[str, ...] = ()
    figure_only: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    rate: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    year_leads: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    not_things: tuple[str, ...] = ()
    milestone: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()

    @cached_property
    def limits(self) -> frozenset[str]:
        """The words of comparison that a figure follows, in small letters."""
        return frozenset(word.casefold() for word in (*self.ge, *self.le, *self.gt, *self.lt))


@dataclass(frozen=True)
class UnitWords:
    """Words and signs for units; ``*_names`` are words of a measure's name that imply one."""

    percent: tuple[str, ...] = ()
    percentage_points: tuple[str, ...] = ()
    per_1000: tuple[str, ...] = ()
    mnkr: tuple[str, ...] = ()
    tkr: tuple[str, ...] = ()
    kr: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    index: tuple[str, ...] = ()
    count: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    count_names: tuple[str, ...] = ()
    percent_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ValueWords:
    """What cells of results hold beside figures and units.

    ``none`` are the whole texts of cells without a figure. ``about`` may stand before a figure
    without changing it, ``bounds`` make it a limit. ``ranks`` say that a place in a list follows;
    behind one of ``of`` stands of how many. ``rates`` come before what a figure is counted by, of
    which ``thousands`` are those of a thousand. Sentences with one of ``brackets`` say what figures
    in brackets are; those with one of ``signs`` and one of ``places`` say that signs before figures
    are places among others. ``parts_of_year`` find a part of a year: their
    group ``n`` is which one, of as many as ``year_has`` says for the pattern at that place.
    """

    none: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    brackets: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    thousands: tuple[re.Pattern[str], ...] = ()
    parts_of_year: tuple[re.Pattern[str], ...] = ()
    year_has: tuple[int, ...] = ()

    @property
    def nothing(self) -> frozenset[str]:
        """The words for a value that there is not (``none``), in small letters."""
        return frozenset(map(str.casefold, self.none))


@dataclass(frozen=True)
class NameWords:
    """Words of measures' names, by which halves of names and missing sexes are noticed.

    ``open_ends`` end no name; ``stranded`` do only in a clause that one of ``relatives`` opens.
    ``open_starts`` begin none.
    ``about`` finds, by sex, that a name is about that sex alone; ``totals`` finds names of rows
    that sum up other measures.
    """

    open_ends: tuple[str, ...] = ()
    open_starts: tuple[str, ...] = ()
    stranded: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    totals: re.Pattern[str] = re.compile(r"(?!)")
    about: Mapping[str, re.Pattern[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class LegendWords:
    """Words around the phrases for statuses and trends in legends and alternative texts.

    ``adverbs`` say since when or until when a phrase holds, which leaves it as it is. ``degrees``
    say how strong a trend is, and stand beside no status. ``joints`` lead from a word to its
    meaning in a text that explains it, and ``nearing`` says in a meaning that a level is not
    reached and gets nearer; ``reaching`` are verbs that say that it is reached, or with one of
    ``denials`` that it is not. ``levels`` are words for how much of a mark is filled; they are
    explained also behind ``level_leads``. ``parts`` are words for the parts of a gauge and their
    looks, ``no_parts`` say that there are none of them. ``spans`` stand between the ends of a span
    of numbers, ``out_of`` between how many are filled and how many there are.
    """

    fillers: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    nearing: tuple[str, ...] = ()
    reaching: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    level_leads: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    no_parts: tuple[str, ...] = ()
    spans: tuple[str, ...] = ()
    out_of: tuple[str, ...] = ()
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class NoChange:
    """Words of which one each, in this order, says that nothing changed by much: a flat trend."""

    denials: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()

    def phrases(self) -> tuple[str, ...]:
        """All phrases that the words make."""
        return tuple(map(" ".join, product(self.denials, self.sizes, self.nouns)))


@dataclass(frozen=True)
class StatementWords:
    """How sentences say whether a goal was met, and how many were.

    Lists hold words or phrases. ``achieved`` are the verb forms that say so. In the same clause
    ``negations`` reverse them, ``partly`` (and ``wholly`` when denied) weakens them, and ``hedges``
    and ``forecasts`` leave open whether it is so.
    """

    abbreviations: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    goal_pronouns: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    counted_adjectives: tuple[str, ...] = ()
    achieved: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    wholly: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    forecasts: tuple[str, ...] = ()
    deniable_forecasts: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    overall: tuple[str, ...] = ()
    unassessable: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    unassessed: tuple[str, ...] = ()
    whether: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    regards: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    specifics: tuple[str, ...] = ()
    amount_leads: tuple[str, ...] = ()
    fulfilment: tuple[str, ...] = ()
    fulfilment_degrees: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckWords:
    """Words by which ``styrmatt check`` compares what a report says with its tables.

    ``stock`` words say nothing of what a sentence is about. ``rises`` and ``falls`` are said of a
    figure, ``unmoved`` that it stayed; ``since``, ``up_to`` and ``by`` stand before the old figure,
    the new one and the difference. ``hedges`` before a figure make it an approximate one.
    ``distances`` are words of names of which those of women and men say nothing about the total,
    ``boundless`` beginnings of words of names that are no part of a whole.
    """

    target_leads: tuple[str, ...] = ()
    not_targets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    stock: tuple[str, ...] = ()
    rises: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()
    unmoved: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    up_to: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    distances: tuple[str, ...] = ()
    boundless: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeriesWords:
    """Words by which names of measures and goals are compared over the years.

    A word in none of the lists counts: two names of which one lacks it define different measures.
    """

    light: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    opposites: Mapping[str, str] = field(default_factory=dict)
    rigid: tuple[str, ...] = ()
    explanations: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsaid: tuple[str, ...] = ()
    sexes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    young: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    young_as: str = ""
    directions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class BoardWords:
    """Boards in short and in words.

    ``known`` are codes that stand for a board wherever a name of a goal ends in one in brackets.
    ``endings`` end the names of boards, ``bodies`` those of others that answer for a measure;
    ``every`` are whole cells that mean all of them.
    """

    known: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    every: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Words, figures and marks that reports of one language share. Word lists: value -> words."""

    language: str
    perspectives: tuple[str, ...]
    sexes: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    statuses: Mapping[str, tuple[str, ...]]
    trends: Mapping[str, tuple[str, ...]]
    colours: Mapping[str, tuple[str, ...]]
    status_cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words for a status only where they are all of a cell."""
    trend_cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The same for trends."""
    trend_means: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What words for a trend say: of the figure where it went, or a judgement."""
    change_means: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words of a column of changes: increased, decreased, unchanged."""
    no_change: tuple[NoChange, ...] = ()
    """Phrases in parts for a flat trend; they are among the ``trends`` as well."""
    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    glyphs: Mapping[str, str] = field(default_factory=dict)
    symbol_fonts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    legend: LegendWords = field(default_factory=LegendWords)
    perspective_sentence: re.Pattern[str] = re.compile(r"(?!)")
    marker_texts: tuple[re.Pattern[str], ...] = ()
    board_code: re.Pattern[str] = re.compile(r"(?!)")
    board_words: BoardWords = field(default_factory=BoardWords)
    hyphens: Hyphens = field(default_factory=Hyphens)
    running: Running = field(default_factory=Running)
    targets: TargetWords = field(default_factory=TargetWords)
    units: UnitWords = field(default_factory=UnitWords)
    values: ValueWords = field(default_factory=ValueWords)
    names: NameWords = field(default_factory=NameWords)
    statements: StatementWords = field(default_factory=StatementWords)
    checks: CheckWords = field(default_factory=CheckWords)

    @cached_property
    def status_phrases(self) -> Mapping[str, str]:
        """The phrases for statuses, squeezed, with the value that each stands for."""
        return _by_phrase(self.statuses)

    @cached_property
    def trend_phrases(self) -> Mapping[str, str]:
        """The phrases for trends, squeezed, with the value that each stands for."""
        return _by_phrase(self.trends)

    @cached_property
    def mark_phrases(self) -> Mapping[str, str]:
        """The phrases for statuses and trends, squeezed, with the value that each stands for."""
        return {**self.status_phrases, **self.trend_phrases}

    @cached_property
    def telling_phrases(self) -> tuple[tuple[str, ...], ...]:
        """For each status and trend the phrases of which a text that has it holds one.

        They are squeezed; one that holds a shorter one of the same value is left out. For those of
        :class:`NoChange` their noun stands.
        """
        nouns = {squeeze(noun): "flat" for words in self.no_change for noun in words.nouns}
        by_value: dict[str, list[str]] = {}
        for phrases in (self.status_phrases, {**self.trend_phrases, **nouns}):
            for phrase, value in sorted(phrases.items(), key=lambda item: len(item[0])):
                shorter = by_value.setdefault(value, [])
                if not any(other in phrase for other in shorter):
                    shorter.append(phrase)
        return tuple(map(tuple, by_value.values()))


def _by_phrase(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return {squeeze(phrase): value for value, phrases in words.items() for phrase in phrases}


@lru_cache
def load_vocabulary(name: str) -> Vocabulary:
    """The vocabulary with this name. Raises LayoutFileError."""
    path = vocabulary_file(name)
    if not path.is_file():
        raise LayoutFileError(
            f"There is no vocabulary {name!r}.", hint=f"Shipped: {', '.join(_shipped())}."
        )
    vocabulary: Vocabulary = build_record(Vocabulary, read_toml(path), path.name)
    return _with_no_change(vocabulary)


def _with_no_change(vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary with the phrases that say that nothing changed by much among its trends."""
    listed = vocabulary.trends.get("flat", ())
    made = (phrase for words in vocabulary.no_change for phrase in words.phrases())
    flat = tuple(dict.fromkeys((*listed, *made)))
    return replace(vocabulary, trends={**vocabulary.trends, "flat": flat})


def vocabulary_file(name: str) -> Traversable:
    """The file ``layouts/vocabulary/<name>.toml`` of the package, whether it is there or not."""
    return _folder() / f"{name}.toml"


def _shipped() -> Iterator[str]:
    """The names of the vocabularies; the other files of the folder belong to one of them."""
    for path in sorted(_folder().iterdir(), key=lambda path: path.name):
        if "language" in read_toml(path):
            yield path.name.removesuffix(".toml")


def _folder() -> Traversable:
    return resources.files("styrmatt") / "layouts" / "vocabulary"
