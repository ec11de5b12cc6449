"""The figures of a target cell, each with what stands around it: sex, year, comparison, unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from styrmatt.normalize.targets.context import ContextWords, TokenContext
from styrmatt.normalize.targets.tokens import CellToken

_SEPARATORS = frozenset(",;/")
PER_THOUSAND: Final = "per_1000"
"""The unit of a rate of a thousand."""
UNITS_OF_RATES: Final = frozenset({"count", "kr", "tkr", "mnkr", "days", "unlisted"})
"""Units before such a rate, of what is counted by the thousand."""


@dataclass
class TargetFigure:
    """A figure of a target cell, and what the words around it say of it."""

    value: float | None
    text: str
    led: bool
    """Whether its part of the cell begins with it, marks and fillers aside."""
    at: int
    """Its place among the tokens of the cell."""
    unit: str | None = None
    sex: str | None = None
    year: int | None = None
    comparator: str | None = None
    direction: str | None = None
    connector: str | None = None
    """by, to or since: what stands between a direction and the figure."""
    label: list[str] = field(default_factory=list)
    """Words before it."""
    noun: str | None = None
    """The things that it counts."""
    condition: bool = False
    """A comparison that stands in the middle of a sentence: "tid inom 3 dagar"."""
    both: bool = False
    """Marked for women and men alike."""
    counted: bool = False
    """The word for a sex is what is counted: "200 kvinnor"."""
    joined: bool = False
    """Only a separator stands between this figure and the one before."""

    @property
    def counts(self) -> bool:
        """Whether the figure may be a target: the cell is led by it, or it carries a unit."""
        return self.value is not None and not self.condition and (self.led or self.unit is not None)


@dataclass
class TargetCellReading:
    """All that a target cell holds; which of it is the target is decided later."""

    figures: list[TargetFigure] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    direction: str | None = None
    comparator: str | None = None
    """A comparison at the head of the cell that no figure follows."""
    sexes: list[str] = field(default_factory=list)


@dataclass
class _State:
    """What the tokens since the last figure say of the next one."""

    led: bool = True
    comparator: CellToken | None = None
    negated: bool = False
    direction: str | None = None
    connector: str | None = None
    sex: str | None = None
    year: int | None = None
    label: list[str] = field(default_factory=list)


class TargetFigureReader:
    """Reads one cell, token by token.

    ``name_counts`` is whether the measure's name says that it counts something.
    """

    def __init__(
        self, tokens: Sequence[CellToken], words: ContextWords, *, name_counts: bool
    ) -> None:
        self._tokens = tokens
        self._around = TokenContext(tokens, words)
        self._name_counts = name_counts
        self._reading = TargetCellReading()
        self._state = _State()
        self._sex_first = self._around.marks_stand_first()
        self._since_figure: list[CellToken] = []

    def read(self) -> TargetCellReading:
        """The reading of the cell."""
        for at, token in enumerate(self._tokens):
            if (
                self._reading.figures
                and not self._since_figure
                and self._around.begins_sentence(at)
            ):
                break
            self._take(at, token)
        return self._reading

    def _take(self, at: int, token: CellToken) -> None:
        if "negated" in token.roles:
            self._state.negated = True
        last_figure = self._reading.figures[-1] if self._reading.figures else None
        behind = last_figure is not None and not self._since_figure
        if self._is_year(at, token):
            self._year(at, token)
        elif self._is_figure(at, token):
            self._figure(at, token)
            return
        elif (
            "unit" in token.roles
            and last_figure is not None
            and behind
            and last_figure.unit is None
        ):
            last_figure.unit = token.roles["unit"]
            return
        elif self._is_rate_of_count(at, token):
            assert last_figure is not None
            last_figure.unit = PER_THOUSAND
            return
        elif "sex" in token.roles and self._around.marks_figure(at):
            self._sex(token, last_figure)
        elif last_figure is not None and ("ge_after" in token.roles or "le_after" in token.roles):
            last_figure.comparator = last_figure.comparator or (
                "ge" if "ge_after" in token.roles else "le"
            )
        elif "comparator" in token.roles and self._around.compares(at):
            self._comparator(at, token)
        elif "direction" in token.roles and self._may_direct(last_figure):
            self._direction(token, last_figure)
        else:
            self._other(at, token, last_figure)
        self._since_figure.append(token)

    def _is_rate_of_count(self, at: int, token: CellToken) -> bool:
        """Whether a rate of a thousand stands right behind a count: "250 st/1 000 inv"."""
        before = self._around.token(at - 1)
        is_rate = token.roles.get("unit") == PER_THOUSAND and not self._since_figure
        return is_rate and before is not None and before.roles.get("unit") == "count"

    def _figure(self, at: int, token: CellToken) -> None:
        state = self._state
        compare = state.comparator
        foreign = not state.led and compare is not None and "figure_only" in compare.roles
        self._reading.figures.append(
            TargetFigure(
                None if token.number is None else float(token.number),
                token.text,
                state.led,
                at,
                sex=state.sex if self._sex_first else None,
                year=state.year,
                comparator=compare.roles["comparator"]
                if compare is not None and not state.negated
                else None,
                direction=state.direction if state.led else None,
                connector=state.connector,
                label=state.label,
                unit="ratio" if token.kind == "ratio" else None,
                condition=foreign,
                joined=bool(self._since_figure) and all(_joins(t) for t in self._since_figure),
            )
        )
        self._since_figure = []
        self._state = replace(
            state, led=False, comparator=None, negated=False, connector=None, label=[], sex=None
        )

    def _year(self, at: int, token: CellToken) -> None:
        if token.year is None or self._around.year_is_name(at):
            return
        self._reading.years.append(token.year)
        last = self._reading.figures[-1] if self._reading.figures else None
        if last is not None and self._stands_behind_figure(at):
            last.year = token.year
            self._state.led = True
            return
        self._state.year = token.year

    def _stands_behind_figure(self, at: int) -> bool:
        """Whether a year stands alone in brackets behind a figure: ``14 % (2024) 15 % (2025)``."""
        behind = self._around.token(at + 1)
        in_brackets = behind is not None and behind.text == ")"
        return in_brackets and [token.text for token in self._since_figure] == ["("]

    def _sex(self, token: CellToken, last_figure: TargetFigure | None) -> None:
        code = token.roles["sex"]
        self._reading.sexes.append(code)
        if self._sex_first:
            both = self._state.sex is not None and self._state.sex != code
            self._state.sex = None if both else code
            self._state.led = True
        elif last_figure is not None and not last_figure.both:
            last_figure.both = last_figure.sex not in (None, code)
            last_figure.sex = None if last_figure.both else code
            last_figure.counted = len(token.text) > 1
            self._state.led = True

    def _comparator(self, at: int, token: CellToken) -> None:
        state = self._state
        if "direction_behind" in token.roles and self._reading.figures and not self._since_figure:
            self._direction(
                CellToken(token.text, "word", roles={"direction": token.roles["direction_behind"]}),
                self._reading.figures[-1],
            )
            return
        if (
            token.text == "="
            and at
            and ("sex" in self._tokens[at - 1].roles or self._tokens[at - 1].kind == "word")
        ):
            state.led = True  # "K=80": the sign stands for a colon
            return
        if not self._around.figure_follows(at) and not self._reading.figures and state.led:
            if "figure_only" not in token.roles:
                self._reading.comparator = token.roles["comparator"]
            state.led = False
            return
        state.comparator = token
        if "figure_only" not in token.roles:
            state.led = True

    def _direction(self, token: CellToken, last_figure: TargetFigure | None) -> None:
        value = token.roles["direction"]
        if last_figure is not None and not self._since_figure and last_figure.direction is None:
            last_figure.direction = value
        self._reading.direction = self._reading.direction or value
        self._state.direction = value

    def _other(self, at: int, token: CellToken, last_figure: TargetFigure | None) -> None:
        state = self._state
        if "negations" in token.roles:
            state.led = False
        elif token.text == ":":
            state.led = True
        elif token.text in _SEPARATORS or "also" in token.roles:
            self._separate(token)
        elif state.direction is not None and any(
            role in token.roles for role in ("by", "to", "since")
        ):
            state.connector = next(role for role in ("by", "to", "since") if role in token.roles)
            state.led = True
        elif token.kind == "word":
            self._word(token, last_figure)
        elif token.text == "(" and last_figure is None:
            state.led = False

    def _word(self, token: CellToken, last_figure: TargetFigure | None) -> None:
        state = self._state
        if "fillers" in token.roles and state.led:
            return
        state.label.append(token.text)
        state.led = False
        things = all(map(self._around.is_thing, (*self._since_figure, token)))
        if last_figure is not None and things:
            last_figure.noun = f"{last_figure.noun or ''} {token.text}".strip()

    def _separate(self, token: CellToken) -> None:
        state = self._state
        state.led = bool(self._reading.figures) or (
            token.text in ",;" and self._reading.direction is not None
        )
        state.comparator, state.connector, state.label, state.negated = None, None, [], False
        if self._reading.figures or token.text in ",;":
            state.direction = None

    def _is_year(self, at: int, token: CellToken) -> bool:
        """Whether a token is a year; for a measure that counts, a lone figure is never one."""
        if not self._around.looks_like_year(at):
            return False
        first = self._state.led and not self._reading.figures and self._reading.direction is None
        counted = (
            token.kind == "year" and self._name_counts and first and self._around.is_only_figure(at)
        )
        return not counted

    def _is_figure(self, at: int, token: CellToken) -> bool:
        if token.kind in ("number", "year", "ratio"):
            return not self._is_name(at, token) and not self._around.is_day(at)
        if token.number is None:
            return False
        compared = self._state.comparator is not None
        if "articles" not in token.roles:
            return compared or self._state.led or self._around.has_role(at + 1, "unit")
        rate = any(self._around.has_role(at + n, "rate") for n in (1, 2, 3))
        alone = self._around.token(at + 1) is None and at == 0
        return (
            compared or alone or (self._state.led and rate) or self._state.connector in ("by", "to")
        )

    def _is_name(self, at: int, token: CellToken) -> bool:
        """Whether a figure is part of a name: "Nära mat 2.0" has a dot and no unit."""
        return (
            "." in token.text
            and at > 0
            and not self._state.led
            and not self._around.has_role(at + 1, "unit")
        )

    def _may_direct(self, last_figure: TargetFigure | None) -> bool:
        if last_figure is None:
            return self._state.led or (self._reading.direction is None and not self._state.label)
        return not self._since_figure or self._state.led


def _joins(token: CellToken) -> bool:
    return token.text in ",;/-–—:" or bool(token.roles.keys() & {"also", "sex"})
