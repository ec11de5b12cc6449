"""Layouts: what a family of reports looks like, whoever publishes it and whatever the year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Final, Literal

from styrmatt.vocabulary import Vocabulary, load_vocabulary
from styrmatt.whitespace import squeeze

VALUE_ROLES: Final = ("result", "previous", "same_period_before", "forecast", "baseline")
"""Roles of columns that hold figures for a year: a table may have several of each."""
FIGURE_ROLES: Final = (*VALUE_ROLES, "target")
"""These and targets: columns of figures, which may be of a year, period, sex or area."""


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
class LayoutHeader:
    """What a column holds whose header is worded so, in any table (``any_table``).

    ``{year}`` in a header stands for any year, which the column's figures are of. An exact wording
    goes before one with ``{year}``. What is not given here is read from the header.
    """

    headers: tuple[str, ...]
    """The headers, with the headings that span them; line breaks, hyphens and case do not matter.
    """
    role: Literal[
        "measure",
        "goal",
        "success_factor",
        "perspective",
        "board",
        "responsible",
        "number",
        "unit",
        "sex",
        "baseline",
        "result",
        "previous",
        "same_period_before",
        "forecast",
        "target",
        "fulfilment",
        "status",
        "trend",
        "change",
        "comment",
        "period",
        "source",
        "leave",
    ]
    """What the column holds; ``leave``: nothing that is read."""
    year: int | None = None
    """The year that its figures are of."""
    period: str | None = None
    """The part of the year, as it is to be written: ``T1``."""
    sex: Literal["T", "K", "M"] | None = None
    """Whom its figures are about: all, women, men."""
    area: str | None = None
    """Whose figures they are, if not the organisation's own."""


@dataclass(frozen=True)
class OwnStatuses:
    """What one publisher has for each status. It goes before what the vocabulary says."""

    met: tuple[str, ...] = ()
    """For a goal that is met."""
    partly_met: tuple[str, ...] = ()
    """For one that is met in part, or nearly."""
    not_met: tuple[str, ...] = ()
    """For one that is not met."""
    not_assessed: tuple[str, ...] = ()
    """For one that was not or cannot be assessed."""


@dataclass(frozen=True)
class OwnTrends:
    """Words of one publisher for trends. They go before those of the vocabulary."""

    up: tuple[str, ...] = ()
    """For a rise, or what the legend has an arrow up for."""
    flat: tuple[str, ...] = ()
    """For no change."""
    down: tuple[str, ...] = ()
    """For a fall, or what the legend has an arrow down for."""


@dataclass(frozen=True)
class Headings:
    """How headings name a goal, a factor, a perspective; ``{name}`` stands for the name.

    With ``any_table``, what is listed here goes before the lead-in words that all such layouts
    share, and the keys from ``only`` on count.
    """

    goal: tuple[str, ...] = ()
    """Headings that name a strategic goal."""
    area: tuple[str, ...] = ()
    """Headings that name an area of goals: the goal, where no other heading stands below it."""
    success_factor: tuple[str, ...] = ()
    """Headings that name a success factor."""
    perspective: tuple[str, ...] = ()
    """Headings that name a perspective; the names are those of the vocabulary."""
    only: bool = False
    """Whether no other lead-in words than those listed here name anything."""
    bare: bool = True
    """Whether a heading without lead-in words names the goal of the tables below it."""
    numbered: bool = False
    """Whether it does so only with a number before it."""
    rows: bool = True
    """Whether a row over a table's whole width names the goal of the rows below it, without lead-in
    words, too."""
    generic: tuple[str, ...] = ()
    """Headings that name no goal, in full and without their number."""


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
    """Whether tables are found by what their headers say, and not by the columns of ``tables``."""
    columns: tuple[LayoutHeader, ...] = ()
    """Headers and what their columns hold, where headers do not say it themselves."""
    statuses: OwnStatuses = field(default_factory=OwnStatuses)
    """Words for a status, in a cell or a legend."""
    trends: OwnTrends = field(default_factory=OwnTrends)
    """Words for a trend, in a cell or a legend."""
    colours: OwnStatuses = field(default_factory=OwnStatuses)
    """Colours (`#rrggbb`) of marks for a status, where the report has no legend."""
    identity: Identity = field(default_factory=Identity)
    """Where the report says whose it is."""
    language_pipeline: str | None = None
    """A trained spaCy pipeline to read the narrative with: an installed one, or its folder."""

    @property
    def words(self) -> Vocabulary:
        """The vocabulary that the layout names, with the layout's own words."""
        return _words_with(self.vocabulary, self.statuses, self.trends)

    def tables_of(self, kind: str) -> tuple[LayoutTable, ...]:
        """The tables of a kind, in the file's order."""
        return tuple(table for table in self.tables if table.kind == kind)


@lru_cache
def _words_with(vocabulary: str, statuses: OwnStatuses, trends: OwnTrends) -> Vocabulary:
    """A vocabulary with a layout's own words; itself where it has none. Raises LayoutFileError."""
    shared = load_vocabulary(vocabulary)
    of_status, of_trend = by_value(statuses), by_value(trends)
    if not (of_status or of_trend):
        return shared
    return replace(
        shared,
        statuses=_merged(shared.statuses, of_status),
        status_cells=_without(shared.status_cells, of_status),
        trends=_merged(shared.trends, of_trend),
        trend_cells=_without(shared.trend_cells, of_trend),
    )


def by_value(own: OwnStatuses | OwnTrends) -> dict[str, tuple[str, ...]]:
    """What a layout lists, by status or trend; those without anything are absent."""
    listed = {f.name: getattr(own, f.name) for f in fields(own)}
    return {value: texts for value, texts in listed.items() if texts}


def _merged(
    shared: Mapping[str, tuple[str, ...]], own: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The words of the vocabulary and the layout's; a word stands where the layout has it."""
    rest = _without(shared, own)
    return {value: (*own.get(value, ()), *rest.get(value, ())) for value in {**rest, **own}}


def _without(
    shared: Mapping[str, tuple[str, ...]], own: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    taken = {squeeze(word) for words in own.values() for word in words}
    return {
        value: tuple(word for word in words if squeeze(word) not in taken or not squeeze(word))
        for value, words in shared.items()
    }
