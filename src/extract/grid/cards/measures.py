"""Which cards are measures: those with a target or status of their own, and a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from styrmatt.extract.grid.cards.card import Card
from styrmatt.extract.grid.cards.card_entries import CardRoles, name_of
from styrmatt.layout import FIGURE_ROLES

_LONGEST_NAME = 220
"""Characters of the longest name of a measure."""
_AIMS = frozenset({"target", "status", "fulfilment"})
"""Roles of labels of which a card has one, and be it without a value."""
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:-\d\d)*\b")
_WITH_VALUE = re.compile(r":\s+[^\w\s]?\d")
_ENDS_IN_VALUE = re.compile(_WITH_VALUE.pattern + r"[\d\s.,]*(?:%|\w{1,12})?\.?$")
"""A colon in a name with a figure behind it; the same at its end."""
_LONGEST_FIGURE = 45
"""Characters of a value at most that is a figure with its unit, earlier years and sexes."""
_SAYING = frozenset({*FIGURE_ROLES, "status", "trend", "fulfilment"})
"""Roles of labels that say how a measure went."""
ALIKE = 2
"""Paragraphs, or boxes, with the same labels from which they are cards."""
FEWEST = 2
"""Labels of such roles that a card has at least."""


def has_name(card: Card, generic: frozenset[str]) -> bool:
    """Whether a card has a name that may be that of a measure.

    ``generic`` are words of headings: a name of nothing else is one, and names no measure.
    """
    name = " ".join(name_of(card))
    pattern = _WITH_VALUE if card.name_in_text else _ENDS_IN_VALUE
    if pattern.search(name):
        return False  # a line of a list, with its result behind the name
    if card.name and not card.run_in and not card.has_bold_name and name.endswith("."):
        return False  # the end of a paragraph
    if all(word.casefold() in generic for word in _WORD.findall(name)):
        return False
    return any(map(str.isalpha, name)) and len(name) <= _LONGEST_NAME


def is_measure(card: Card, roles: CardRoles, fewest: int) -> bool:
    """Whether a card says of a measure how it went: with a figure, and by two labels at least."""
    saying = [
        one
        for one in card.fields
        if one.label.key in roles.keys and roles.role(one.label.key) in _SAYING
    ]
    figures = [
        one
        for one in saying
        if roles.role(one.label.key) in FIGURE_ROLES and _is_figure(" ".join(one.texts))
    ]
    is_table = card.has_rows or card.has_columns or (card.is_header and card.box is None)
    known = {roles.role(key) for key in card.keys if key in roles.keys}
    if fewest > 1 and (not known & _AIMS or _is_of_money(card, roles, known)):
        return False
    return len(saying) >= fewest and bool(figures) and not is_table


def _is_of_money(card: Card, roles: CardRoles, known: set[str]) -> bool:
    """Whether a card without a target has figures that no header explains: a budget, most often."""
    if "target" in known or any("measure" in one.label.reading.roles for one in card.fields):
        return False
    return any(
        not one.label.is_known and any(map(str.isdecimal, " ".join(one.texts)))
        for one in card.fields
    )


def is_set_off(card: Card, keys: Mapping[frozenset[str], int]) -> bool:
    """Whether labels in running text are those of a measure: its name is in bold, or stands above
    them in a box, or others have the same."""
    if card.box is not None and not card.name_in_text:
        return True
    return card.has_bold_name or keys[frozenset(card.keys)] >= ALIKE


def _is_figure(text: str) -> bool:
    """Whether a value is short and has a figure that is no year."""
    return len(text) <= _LONGEST_FIGURE and any(map(str.isdecimal, _YEAR.sub("", text)))
