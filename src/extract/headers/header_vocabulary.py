"""The words of headers and of what stands around tables, as ``layouts/vocabulary/headers-*.toml``
lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from styrmatt.extract.headers.header_grammar import GrammarWords


@dataclass(frozen=True)
class Modifiers:
    """What besides a role stands in a header."""

    years_before: tuple[str, ...] = ()
    whole_year: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    """Those of the units that are of money."""
    plans: tuple[str, ...] = ()
    """Words for what is planned, which make no result of a value for a year."""
    fillers: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    """What stands between two things that a header names."""


@dataclass(frozen=True)
class HeadingWords:
    """Words of headings that name no goal, and those that lead to a goal's name (``leads``)."""

    generic: tuple[str, ...] = ()
    every: tuple[str, ...] = ()
    """Words before such words that say that all of them follow."""
    months: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    title_endings: tuple[str, ...] = ()
    """Words for reports and chapters, and what compounds end in that are such words, too."""
    groups: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    """Of words that name no goal, those that name an area beside headings of other areas."""
    bodies: tuple[str, ...] = ()
    kinds_of_body: tuple[str, ...] = ()
    of_bodies: tuple[str, ...] = ()
    """Common nouns for bodies, and the words before them with which they are names of bodies."""
    leads: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    """Beginnings of words that say which unit or board has a goal, before a word of ``leads``."""
    wishes: tuple[str, ...] = ()
    """Words by which a heading that is a sentence is worded as a goal."""
    promisers: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    """Who a heading worded as a promise begins with, and the endings of the verb behind that."""
    states: tuple[str, ...] = ()
    """Verbs by which a heading that is a sentence says how things are."""
    captions: tuple[str, ...] = ()
    """Words for tables and pictures, which with a number begin a caption."""
    counted: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    """Nouns of which a text says how many goals there are, and the numbers from two on."""
    requirements: tuple[str, ...] = ()
    """Words that lead to what has to be reported, which is a goal where nothing else names one."""

    @property
    def no_names(self) -> frozenset[str]:
        """Words of which a heading alone names no goal."""
        return frozenset((*self.generic, *self.months))


@dataclass(frozen=True)
class RowWords:
    """Words that rows over a table's whole width begin with, and of texts beside tables.

    ``definition`` are labels below a measure's name in its cell, above what it counts.
    ``ranks`` find places among others that colours stand for; ``colours`` are beginnings of words
    for colours, by which a text with such a place is about them.
    """

    comment: tuple[str, ...] = ()
    definition: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    ranks: tuple[re.Pattern[str], ...] = ()
    colours: tuple[str, ...] = ()
    sex_leads: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    """Names of measures that may head results as well: the year's result, in accounts."""
    sex_endings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class HeaderVocabulary:
    """The words of headers, in the file's own lists."""

    roles: Mapping[str, tuple[str, ...]]
    modifiers: Modifiers = field(default_factory=Modifiers)
    headings: HeadingWords = field(default_factory=HeadingWords)
    rows: RowWords = field(default_factory=RowWords)
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By role, beginnings of words that hint at it."""
    grammar: GrammarWords = field(default_factory=GrammarWords)
