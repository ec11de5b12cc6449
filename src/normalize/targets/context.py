"""What stands around a token of a target cell, and what that says of the token.

A *place* is the index of a token in its cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from styrmatt.normalize.targets.tokens import CellToken
from styrmatt.vocabulary import TargetWords

_BETWEEN_MARK_AND_FIGURE = frozenset({"sex", "comparator", "fillers", "also", "unit"})
_BEFORE_FIGURE = frozenset({"sex", "fillers", "comparator", "articles"})


@dataclass(frozen=True)
class ContextWords:
    """Words that decide what a figure or year belongs to, case folded."""

    not_things: frozenset[str]
    year_leads: frozenset[str]
    months: frozenset[str]

    @classmethod
    def of(cls, words: TargetWords) -> ContextWords:
        """The words of a vocabulary."""
        months = (month.rstrip(".") for month in words.months)
        return cls(
            *(frozenset(map(str.casefold, w)) for w in (words.not_things, words.year_leads, months))
        )


class TokenContext:
    """Answers questions about the places of one cell."""

    def __init__(self, tokens: Sequence[CellToken], words: ContextWords) -> None:
        self._tokens = tokens
        self._words = words

    def token(self, at: int) -> CellToken | None:
        """The token at a place; None outside the cell."""
        return self._tokens[at] if 0 <= at < len(self._tokens) else None

    def has_role(self, at: int, role: str) -> bool:
        """Whether the token at a place, if there is one, can be that."""
        token = self.token(at)
        return token is not None and role in token.roles

    def is_thing(self, token: CellToken) -> bool:
        """Whether a token is a word for things that are counted."""
        small = token.kind == "word" and token.text[0].islower() and not token.roles
        return small and token.text.casefold() not in self._words.not_things

    def looks_like_year(self, at: int) -> bool:
        """Whether the token is a date, or a year without a unit or a comparison of amounts."""
        token = self._tokens[at]
        if token.kind != "year":
            return token.kind == "date"
        if self.has_role(at + 1, "unit"):
            return False
        before, behind = self.token(at - 1), self.token(at + 1)
        if before is None or "comparator" not in before.roles or "figure_only" in before.roles:
            return True
        than = before.roles["comparator"] in ("gt", "lt") and before.text[0].isalpha()
        return than and (behind is None or not self.is_thing(behind))

    def is_only_figure(self, at: int) -> bool:
        """Whether no other token is a figure, a year or a date."""
        return not any(
            t.number is not None or t.kind == "date" for n, t in enumerate(self._tokens) if n != at
        )

    def is_day(self, at: int) -> bool:
        """Whether a month follows."""
        behind = self.token(at + 1)
        return behind is not None and behind.text.casefold().rstrip(".") in self._words.months

    def year_is_name(self, at: int) -> bool:
        """Whether a year belongs to the capitalised word before it: "Agenda 2030"."""
        before = self.token(at - 1)
        if before is None or before.kind != "word" or before.roles or not before.text[0].isupper():
            return False
        return before.text.casefold() not in self._words.year_leads

    def figure_follows(self, at: int) -> bool:
        """Whether a figure comes next, marks and fillers aside."""
        return self._figure_follows[at]

    @cached_property
    def _figure_follows(self) -> list[bool]:
        """Of each place whether a figure comes next; from the last place to the first."""
        follows = [False] * len(self._tokens)
        for at in reversed(range(len(follows) - 1)):
            token = self._tokens[at + 1]
            if token.kind in ("year", "date"):
                follows[at] = not self.looks_like_year(at + 1)
            elif token.number is not None:
                follows[at] = True
            elif _BEFORE_FIGURE & token.roles.keys() or token.text == ":":
                follows[at] = follows[at + 1]
        return follows

    def compares(self, at: int) -> bool:
        """Whether a comparison compares: "under" does before a figure only, and no year."""
        token = self._tokens[at]
        if "figure_only" not in token.roles:
            return True
        behind = self.token(at + 1)
        if behind is not None and behind.kind in ("year", "date") and token.text[0].isalpha():
            return self.has_role(at + 2, "unit")
        return behind is not None and (behind.kind == "year" or self.figure_follows(at))

    def marks_figure(self, at: int) -> bool:
        """Whether a sex mark belongs to a figure: one stands next to it, other marks aside."""
        return self._reaches_figure(at, 1) or self._reaches_figure(at, -1)

    def _reaches_figure(self, at: int, step: int) -> bool:
        while (token := self.token(at := at + step)) is not None:
            if token.number is not None or token.kind == "ratio":
                return True
            if not (_BETWEEN_MARK_AND_FIGURE & token.roles.keys() or token.text in ":/,+&="):
                return False
        return False

    def marks_stand_first(self) -> bool:
        """Whether the cell's sex marks stand before their figures."""
        for token in self._tokens:
            if "sex" in token.roles:
                return True
            if token.kind in ("number", "ratio"):
                return False
        return True

    def begins_sentence(self, at: int) -> bool:
        """Whether a capitalised word begins a sentence of its own: "4 En uppföljning av ..."."""
        token = self._tokens[at]
        if (
            token.kind != "word"
            or not token.text[0].isupper()
            or token.roles.keys() & {"sex", "direction", "unit"}
        ):
            return False
        ahead = [self.token(at + 1), self.token(at + 2)]
        return not any(t is not None and t.kind != "word" and t.number is not None for t in ahead)
