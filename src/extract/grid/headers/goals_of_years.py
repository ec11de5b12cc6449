"""Which headings right above headers of nothing but years are goals, though no word says so.

Reports word their goals alike, and set them alike. So one heading alone is no goal, however it is
worded: that of accounts, or of what is new, may be worded so as well. Several that stand side by
side are, where each has such a table of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from styrmatt.extract.grid.headers.header_block import HeaderBlock
from styrmatt.extract.grid.heading_names import HeadingNames
from styrmatt.extract.grid.headings_above import HeadingPlace, HeadingsAbove
from styrmatt.swedish.identity_words import alternatives

_FEWEST: Final = 2
"""Headings side by side that are worded as goals at least."""
_FIRST_NUMBER: Final = 2
"""The first of the numbers that are words."""


@dataclass
class GoalsOfYears:
    """Keeps where a report's goals stand above tables of measures, and how many it says it has."""

    names: HeadingNames
    places: set[HeadingPlace] = field(default_factory=set)
    """Where headings stand that are goals by their wording and by what is below them."""
    _told: int = 0
    """The most goals, or promises, that a text says there are."""

    def read(self, text: str) -> None:
        """Note how many goals a page's text says there are."""
        found = (self._number(match["number"]) for match in self._counts.finditer(text))
        self._told = max([self._told, *found])

    def note(
        self,
        blocks: Sequence[HeaderBlock],
        above: Sequence[HeadingsAbove],
        others: Sequence[HeadingsAbove] = (),
    ) -> None:
        """Note the goals above the headers of years on a page; ``above`` has headings for each.

        ``others`` are headings above other headers of tables on the page.
        Where a heading names a goal by a word for it, others have to as well.
        """
        if any(headings.innermost_names_goal() for headings in above):
            return
        wishes = [(one.text_of_innermost, one.place_of_wish()) for one in above]
        self.places |= {
            place
            for block, (_, place) in zip(blocks, wishes, strict=True)
            if place is not None and any(cell.reading.sex for cell in block.cells)
        }
        for place, texts in _by_place(wishes).items():
            if len(texts) >= _FEWEST:
                self.places.add(place)
        below = [(one.text_of_innermost, one.place_below_goals()) for one in (*above, *others)]
        for place, texts in _by_place(below).items():
            if len(texts) >= _FEWEST:
                self.places.add(place)
        promises = [(one.text_of_innermost, one.place_of_promise()) for one in above]
        for place, texts in _by_place(promises).items():
            if _FEWEST <= len(texts) <= self._told:
                self.places.add(place)

    def hold_at(self, above: HeadingsAbove, others: Set[HeadingPlace | None]) -> bool:
        """Whether the innermost of some headings is a goal, above a header of years.

        ``others`` are places of wishes above tables of measures on the same page.
        """
        if above.innermost_names_goal():
            return True
        wish, promise = above.place_of_wish(), above.place_of_promise()
        own = {wish, promise, above.place_below_goals()} & self.places
        return bool(own) or (wish is not None and wish in others)

    def _number(self, text: str) -> int:
        words = self.names.words.words.headings.numbers
        return int(text) if text.isdecimal() else _FIRST_NUMBER + words.index(text.casefold())

    @cached_property
    def _counts(self) -> re.Pattern[str]:
        """A number, and a noun for goals behind it, or behind one word more."""
        headings = self.names.words.words.headings
        numbers, nouns = alternatives(headings.numbers), alternatives(headings.counted)
        return re.compile(
            rf"(?<![\w.,])(?P<number>{numbers}|\d{{1,2}})\s+(?:[^\W\d_]+\s+)?[^\W\d_]*(?:{nouns})\b",
            re.IGNORECASE,
        )


def _by_place(
    found: Iterable[tuple[str, HeadingPlace | None]],
) -> dict[HeadingPlace, set[str]]:
    """The texts of headings by where they stand."""
    places: dict[HeadingPlace, set[str]] = {}
    for text, place in found:
        if place is not None:
            places.setdefault(place, set()).add(text)
    return places
