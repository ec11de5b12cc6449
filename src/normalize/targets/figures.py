"""The figures of a target cell, each with what stands around it: sex, year, comparison, unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from styrmatt.normalize.targets.context import Surroundings, TokenWords
from styrmatt.normalize.targets.tokens import CellToken

_SEPARATORS = frozenset(",;/")


@dataclass
class TargetFigure:
    """A figure and its surroundings; ``led``: its part of the cell begins with it."""

    value: float | None
    text: str
    led: bool
    unit: str | None = None
    sex: str | None = None
    year: int | None = None
    comparator: str | None = None
    direction: str | None = None
    connector: str | None = None
    label: list[str] = field(default_factory=list)
    noun: str | None = None
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
class CellReading:
    """What a cell holds, before it is decided what the target is."""

    figures: list[TargetFigure] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    direction: str | None = None
    comparator: str | None = None
    """A comparison at the head of the cell that no figure follows."""
    sexes: list[str] = field(default_factory=list)


@dataclass
class _State:
    led: bool = True
    comparator: CellToken | None = None
    negated: bool = False
    direction: str | None = None
    connector: str | None = None
    sex: str | None = None
    year: int | None = None
    label: list[str] = field(default_factory=list)


class TargetFigureReader:
    """Walks over one cell's tokens; ``name_counts``: the measure's name says that it counts."""

    def __init__(
        self, tokens: Sequence[CellToken], words: TokenWords, *, name_counts: bool
    ) -> None:
        self._tokens = tokens
        self._around = Surroundings(tokens, words)
        self._name_counts = name_counts
        self._out = CellReading()
        self._now = _State()
        self._sex_first = self._around.marks_stand_first()
        self._since_figure: list[CellToken] = []

    def read(self) -> CellReading:
        """The reading of the cell."""
        for at, token in enumerate(self._tokens):
            if self._out.figures and not self._since_figure and self._around.begins_sentence(at):
                break
            self._take(at, token)
        return self._out

    # -- one token -------------------------------------------------------------------------

    def _take(self, at: int, token: CellToken) -> None:
        if "negated" in token.roles:
            self._now.negated = True
        figure_before = self._out.figures[-1] if self._out.figures else None
        behind = figure_before is not None and not self._since_figure
        if self._is_year(at, token):
            self._year(at, token)
        elif self._is_figure(at, token):
            self._figure(token)
            return
        elif (
            "unit" in token.roles
            and figure_before is not None
            and behind
            and figure_before.unit is None
        ):
            figure_before.unit = token.roles["unit"]
            return
        elif "sex" in token.roles and self._around.marks_figure(at):
            self._sex(token, figure_before)
        elif figure_before is not None and ("ge_after" in token.roles or "le_after" in token.roles):
            figure_before.comparator = figure_before.comparator or (
                "ge" if "ge_after" in token.roles else "le"
            )
        elif "comparator" in token.roles and self._around.compares(at):
            self._comparator(at, token)
        elif "direction" in token.roles and self._may_direct(figure_before):
            self._direction(token, figure_before)
        else:
            self._other(at, token, figure_before)
        self._since_figure.append(token)

    def _figure(self, token: CellToken) -> None:
        now = self._now
        compare = now.comparator
        foreign = not now.led and compare is not None and "figure_only" in compare.roles
        self._out.figures.append(
            TargetFigure(
                None if token.number is None else float(token.number),
                token.text,
                now.led,
                sex=now.sex if self._sex_first else None,
                year=now.year,
                comparator=compare.roles["comparator"]
                if compare is not None and not now.negated
                else None,
                direction=now.direction if now.led else None,
                connector=now.connector,
                label=now.label,
                unit="ratio" if token.kind == "ratio" else None,
                condition=foreign,
                joined=bool(self._since_figure) and all(_joins(t) for t in self._since_figure),
            )
        )
        self._since_figure = []
        self._now = replace(
            now, led=False, comparator=None, negated=False, connector=None, label=[], sex=None
        )

    def _year(self, at: int, token: CellToken) -> None:
        if token.year is None or self._around.year_is_name(at):
            return
        self._out.years.append(token.year)
        self._now.year = token.year

    def _sex(self, token: CellToken, figure_before: TargetFigure | None) -> None:
        code = token.roles["sex"]
        self._out.sexes.append(code)
        if self._sex_first:
            both = self._now.sex is not None and self._now.sex != code
            self._now.sex = None if both else code
            self._now.led = True
        elif figure_before is not None and not figure_before.both:
            figure_before.both = figure_before.sex not in (None, code)
            figure_before.sex = None if figure_before.both else code
            figure_before.counted = len(token.text) > 1
            self._now.led = True

    def _comparator(self, at: int, token: CellToken) -> None:
        now = self._now
        if "direction_behind" in token.roles and self._out.figures and not self._since_figure:
            self._direction(
                CellToken(token.text, "word", roles={"direction": token.roles["direction_behind"]}),
                self._out.figures[-1],
            )
            return
        if (
            token.text == "="
            and at
            and ("sex" in self._tokens[at - 1].roles or self._tokens[at - 1].kind == "word")
        ):
            now.led = True  # "K=80": the sign stands for a colon
            return
        if not self._around.figure_follows(at) and not self._out.figures and now.led:
            if "figure_only" not in token.roles:
                self._out.comparator = token.roles["comparator"]
            now.led = False
            return
        now.comparator = token
        if "figure_only" not in token.roles:
            now.led = True

    def _direction(self, token: CellToken, figure_before: TargetFigure | None) -> None:
        value = token.roles["direction"]
        if figure_before is not None and not self._since_figure and figure_before.direction is None:
            figure_before.direction = value
        self._out.direction = self._out.direction or value
        self._now.direction = value

    def _other(self, at: int, token: CellToken, figure_before: TargetFigure | None) -> None:
        now = self._now
        if "negations" in token.roles:
            now.led = False
        elif token.text == ":":
            now.led = True
        elif token.text in _SEPARATORS or "also" in token.roles:
            self._separate(token)
        elif now.direction is not None and any(
            role in token.roles for role in ("by", "to", "since")
        ):
            now.connector = next(role for role in ("by", "to", "since") if role in token.roles)
            now.led = True
        elif token.kind == "word":
            self._word(token, figure_before)
        elif token.text == "(" and figure_before is None:
            now.led = False

    def _word(self, token: CellToken, figure_before: TargetFigure | None) -> None:
        now = self._now
        if "fillers" in token.roles and now.led:
            return
        now.label.append(token.text)
        now.led = False
        things = all(map(self._around.is_thing, (*self._since_figure, token)))
        if figure_before is not None and things:
            figure_before.noun = f"{figure_before.noun or ''} {token.text}".strip()

    def _separate(self, token: CellToken) -> None:
        now = self._now
        now.led = bool(self._out.figures) or (
            token.text in ",;" and self._out.direction is not None
        )
        now.comparator, now.connector, now.label, now.negated = None, None, [], False
        if self._out.figures or token.text in ",;":
            now.direction = None

    def _is_year(self, at: int, token: CellToken) -> bool:
        """Whether a token is a year; a lone year-like figure of an "antal" measure is a count."""
        if not self._around.looks_like_year(at):
            return False
        first = self._now.led and not self._out.figures and self._out.direction is None
        counted = (
            token.kind == "year" and self._name_counts and first and self._around.is_only_figure(at)
        )
        return not counted

    def _is_figure(self, at: int, token: CellToken) -> bool:
        if token.kind in ("number", "year", "ratio"):
            return not self._is_name(at, token) and not self._around.is_day(at)
        if token.number is None:
            return False
        compared = self._now.comparator is not None
        if "articles" not in token.roles:
            return compared or self._now.led or self._around.has_role(at + 1, "unit")
        rate = any(self._around.has_role(at + n, "rate") for n in (1, 2, 3))
        alone = self._around.token(at + 1) is None and at == 0
        return compared or alone or (self._now.led and rate) or self._now.connector in ("by", "to")

    def _is_name(self, at: int, token: CellToken) -> bool:
        """A figure with a dot behind a word, without a unit, is part of a name: "Nära mat 2.0"."""
        return (
            "." in token.text
            and at > 0
            and not self._now.led
            and not self._around.has_role(at + 1, "unit")
        )

    def _may_direct(self, figure_before: TargetFigure | None) -> bool:
        if figure_before is None:
            return self._now.led or (self._out.direction is None and not self._now.label)
        return not self._since_figure or self._now.led


def _joins(token: CellToken) -> bool:
    return token.text in ",;/-–—:" or bool(token.roles.keys() & {"also", "sex"})
