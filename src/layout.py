"""Layouts: what a family of reports looks like, whoever publishes it and whatever the year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from styrmatt.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True)
class LayoutColumn:
    """One column of a table: which field it is and the headers that it goes by.

    ``{year}`` in a header stands for any year. A table without an optional column still fits.
    """

    field: Literal["goal", "success_factor", "measure", "board", "sex", "target", "status", "trend"]
    """What the column holds."""
    headers: tuple[str, ...]
    """The headers it goes by; line breaks, hyphens and case do not matter."""
    optional: bool = False
    """Whether a table without the column still belongs to the family."""


@dataclass(frozen=True)
class LayoutTable:
    """A kind of table: ``measures``, ``overview`` have columns; ``ignored`` a name and words."""

    kind: Literal["measures", "overview", "ignored"]
    """A table of measures, an overview of goals and factors, or one to leave alone by name."""
    columns: tuple[LayoutColumn, ...] = ()
    """The columns, left to right."""
    distinguishing: tuple[str, ...] = ()
    """Fields of which one at least must be there; they tell the family from others."""
    name: str = ""
    """What an ignored table is called in messages."""
    words: tuple[str, ...] = ()
    """Words that all stand in the header or first column of an ignored table."""


@dataclass(frozen=True)
class Headings:
    """How headings name a goal, a factor, a perspective; ``{name}`` stands for the name."""

    goal: tuple[str, ...] = ()
    """Headings that name a strategic goal."""
    success_factor: tuple[str, ...] = ()
    """Headings that name a success factor."""
    perspective: tuple[str, ...] = ()
    """Headings that name a perspective; the names are those of the vocabulary."""


@dataclass(frozen=True)
class Identity:
    """Regular expressions with named groups that read the report's identity from its text."""

    patterns: tuple[re.Pattern[str], ...] = ()
    """Tried in order over each page's lines, joined by spaces; a group's first match counts."""


@dataclass(frozen=True)
class Layout:
    """A family of reports."""

    name: str
    """What the layout is called in --layout and in the dataset documents."""
    title: str
    """A line for `styrmatt layouts`."""
    vocabulary: str
    """The words that it is read with; sv is the one that ships."""
    headings: Headings = field(default_factory=Headings)
    """How headings name what the tables stand under."""
    tables: tuple[LayoutTable, ...] = ()
    """The kinds of tables; one of kind measures is needed, unless ``any_table``."""
    any_table: bool = False
    """Whether tables are found by what their headers say, and not by the columns listed here."""
    identity: Identity = field(default_factory=Identity)
    """Where the report says whose it is."""
    language_pipeline: str | None = None
    """An installed spaCy pipeline to read the narrative with, instead of the built-in one."""

    @property
    def words(self) -> Vocabulary:
        """The vocabulary that the layout names."""
        return load_vocabulary(self.vocabulary)

    def tables_of(self, kind: str) -> tuple[LayoutTable, ...]:
        """The tables of a kind, in the file's order."""
        return tuple(table for table in self.tables if table.kind == kind)
