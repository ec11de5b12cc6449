"""The figures of a target cell, each with what stands around it: sex, year, comparison, unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from styrmatt.normalize.lexicon import Token

_SEPARATORS = frozenset(",;/")


@dataclass
class Figure:
    """A figure and its surroundings. ``led``: nothing before it in its part of the cell is foreign."""

    value: float | None
    text: str
    led: bool
    unit: str | None = None
    sex: str | None = None
    year: int | None = None
    comparator: str | None = None
    direction: str | None = None
    connector: str | None = None
    connector_text: str | None = None
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
class Reading:
    """What a cell holds, before it is decided what the target is."""

    figures: list[Figure] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    direction: str | None = None
    comparator: str | None = None
    """A comparison at the head of the cell that no figure follows."""
    sexes: list[str] = field(default_factory=list)
    names_figures: list[str] = field(default_factory=list)
    """Figures that are part of a name ("Nära mat 2.0") or an article that might be a number."""


@dataclass
class _State:
    led: bool = True
    comparator: Token | None = None
    negated: bool = False
    direction: str | None = None
    connector: str | None = None
    sex: str | None = None
    year: int | None = None
    label: list[str] = field(default_factory=list)


class FigureReader:
    """Walks over the tokens of one cell. Use :func:`read_figures`."""

    def __init__(
        self, tokens: Sequence[Token], *, name_counts: bool, not_things: frozenset[str],
        year_leads: frozenset[str], months: frozenset[str],
    ) -> None:
        self._tokens = tokens
        self._name_counts = name_counts
        self._not_things = not_things
        self._year_leads = year_leads
        self._months = months
        self._out = Reading()
        self._now = _State()
        self._sex_first = self._marks_stand_first()
        self._since_figure: list[Token] = []

    def read(self) -> Reading:
        """The reading of the cell."""
        for at, token in enumerate(self._tokens):
            if self._sentence_ends(at):
                break
            self._take(at, token)
        return self._out

    # -- one token -------------------------------------------------------------------------

    def _take(self, at: int, token: Token) -> None:
        if "negated" in token.roles:
            self._now.negated = True
        figure_before = self._out.figures[-1] if self._out.figures else None
        behind = figure_before is not None and not self._since_figure
        if self._is_year(at, token):
            self._year(at, token)
        elif self._is_figure(at, token):
            self._figure(token)
            return
        elif "unit" in token.roles and figure_before is not None and behind and figure_before.unit is None:
            figure_before.unit = token.roles["unit"]
            return
        elif "sex" in token.roles and self._marks_figure(at):
            self._sex(token, figure_before)
        elif figure_before is not None and ("ge_after" in token.roles or "le_after" in token.roles):
            figure_before.comparator = figure_before.comparator or ("ge" if "ge_after" in token.roles else "le")
        elif "comparator" in token.roles and self._compares(at, token):
            self._comparator(at, token)
        elif "direction" in token.roles and self._may_direct(token, figure_before):
            self._direction(token, figure_before)
        else:
            self._other(at, token, figure_before)
        self._since_figure.append(token)

    def _figure(self, token: Token) -> None:
        now = self._now
        compare = now.comparator
        foreign = not now.led and compare is not None and "figure_only" in compare.roles
        self._out.figures.append(
            Figure(
                None if token.number is None else float(token.number), token.text, now.led, sex=now.sex if self._sex_first else None, year=now.year,
                comparator=compare.roles["comparator"] if compare is not None and not now.negated else None,
                direction=now.direction if now.led else None, connector=now.connector, label=now.label,
                unit="ratio" if token.kind == "ratio" else None, condition=foreign,
                joined=bool(self._since_figure) and all(_joins(t) for t in self._since_figure),
            )
        )
        self._since_figure = []
        self._now = replace(now, led=False, comparator=None, negated=False, connector=None, label=[], sex=None)

    def _year(self, at: int, token: Token) -> None:
        if token.year is None or self._belongs_to_name(at):
            return
        self._out.years.append(token.year)
        self._now.year = token.year

    def _sex(self, token: Token, figure_before: Figure | None) -> None:
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

    def _comparator(self, at: int, token: Token) -> None:
        now = self._now
        if "direction_behind" in token.roles and self._out.figures and not self._since_figure:
            self._direction(Token(token.text, "word", roles={"direction": token.roles["direction_behind"]}), self._out.figures[-1])
            return
        if token.text == "=" and at and ("sex" in self._tokens[at - 1].roles or self._tokens[at - 1].kind == "word"):
            now.led = True  # "K=80": the sign stands for a colon
            return
        if not self._figure_follows(at) and not self._out.figures and now.led:
            if "figure_only" not in token.roles:
                self._out.comparator = token.roles["comparator"]
            now.led = False
            return
        now.comparator = token
        if "figure_only" not in token.roles:
            now.led = True

    def _direction(self, token: Token, figure_before: Figure | None) -> None:
        value = token.roles["direction"]
        if figure_before is not None and not self._since_figure and figure_before.direction is None:
            figure_before.direction = value
        self._out.direction = self._out.direction or value
        self._now.direction = value

    def _other(self, at: int, token: Token, figure_before: Figure | None) -> None:
        now = self._now
        if "negations" in token.roles:
            now.led = False
        elif token.text == ":":
            now.led = True
        elif token.text in _SEPARATORS or "also" in token.roles:
            self._separate(token)
        elif now.direction is not None and any(role in token.roles for role in ("by", "to", "since")):
            now.connector = next(role for role in ("by", "to", "since") if role in token.roles)
            now.led = True
        elif token.kind == "word":
            self._word(token, figure_before)
        elif token.text == "(" and figure_before is None:
            now.led = False

    def _word(self, token: Token, figure_before: Figure | None) -> None:
        now = self._now
        if "fillers" in token.roles and now.led:
            return
        now.label.append(token.text)
        now.led = False
        if figure_before is not None and self._only_things_since() and self._is_thing(token):
            figure_before.noun = f"{figure_before.noun or ''} {token.text}".strip()
        if any(char.isdigit() for char in token.text) and not self._out.figures:
            self._out.names_figures.append(token.text)

    def _separate(self, token: Token) -> None:
        now = self._now
        now.led = bool(self._out.figures) or (token.text in ",;" and self._out.direction is not None)
        now.comparator, now.connector, now.label, now.negated = None, None, [], False
        if self._out.figures or token.text in ",;":
            now.direction = None

    # -- looking around --------------------------------------------------------------------

    def _is_year(self, at: int, token: Token) -> bool:
        if token.kind == "date":
            return True
        if token.kind != "year":
            return False
        follower = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        if follower is not None and "unit" in follower.roles:
            return False
        compare = self._tokens[at - 1].roles if at else {}
        if "comparator" in compare and "figure_only" not in compare:
            than = compare["comparator"] in ("gt", "lt") and self._tokens[at - 1].text[0].isalpha()
            return than and (follower is None or not self._is_thing(follower))
        return not (self._name_counts and self._now.led and not self._out.figures and self._only_figure(at))

    def _only_figure(self, at: int) -> bool:
        """Whether a year-like figure is the only one in a cell: then an "antal" makes it a count."""
        others = [t for n, t in enumerate(self._tokens) if n != at and (t.number is not None or t.kind == "date")]
        return not others and self._out.direction is None

    def _is_figure(self, at: int, token: Token) -> bool:
        if token.kind in ("number", "year", "ratio"):
            return not self._names(at, token) and not self._is_day(at)
        if token.number is None:
            return False
        followers = self._tokens[at + 1 : at + 4]
        unit_follows = bool(followers) and "unit" in followers[0].roles
        compared = self._now.comparator is not None
        if "articles" in token.roles:
            rate = any("rate" in follower.roles for follower in followers)
            whole = len(self._tokens) == 1
            return compared or whole or (self._now.led and rate) or self._now.connector in ("by", "to")
        return compared or unit_follows or self._now.led

    def _names(self, at: int, token: Token) -> bool:
        """A figure with a dot behind a word, without a unit, is part of a name: "Nära mat 2.0"."""
        follower = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        unit = follower is not None and "unit" in follower.roles
        if "." in token.text and at and not self._now.led and not unit:
            self._out.names_figures.append(token.text)
            return True
        return False

    def _is_day(self, at: int) -> bool:
        follower = self._tokens[at + 1].text.casefold().rstrip(".") if at + 1 < len(self._tokens) else ""
        return follower in self._months

    def _belongs_to_name(self, at: int) -> bool:
        if at == 0:
            return False
        before = self._tokens[at - 1]
        plain = before.kind == "word" and not before.roles and before.text[0].isupper()
        return plain and before.text.casefold() not in self._year_leads

    def _figure_follows(self, at: int) -> bool:
        """Whether a figure comes next, marks and fillers aside."""
        for token in self._tokens[at + 1 :]:
            if token.kind == "year":
                return not self._is_year(self._tokens.index(token, at), token)
            if token.number is not None:
                return True
            if not ({"sex", "fillers", "comparator", "articles"} & token.roles.keys()) and token.text != ":":
                return False
        return False

    def _compares(self, at: int, token: Token) -> bool:
        """A word such as "under" compares only before a figure that is no year."""
        if "figure_only" not in token.roles:
            return True
        follower = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        if follower is not None and follower.kind in ("year", "date"):
            after = self._tokens[at + 2] if at + 2 < len(self._tokens) else None
            return not token.text[0].isalpha() or (after is not None and "unit" in after.roles)
        return self._figure_follows(at)

    def _may_direct(self, token: Token, figure_before: Figure | None) -> bool:
        if figure_before is None:
            return self._now.led or self._out.direction is None and self._now.label == []
        return not self._since_figure or self._now.led

    def _marks_figure(self, at: int) -> bool:
        """Whether a sex mark belongs to a figure: one stands next to it, other marks aside."""
        for step in (1, -1):
            n = at + step
            while 0 <= n < len(self._tokens):
                token = self._tokens[n]
                if token.number is not None or token.kind == "ratio":
                    return True
                skip = token.roles.keys() & {"sex", "comparator", "fillers", "also", "unit"}
                if not (skip or token.text in ":/,+&="):
                    break
                n += step
        return False

    def _marks_stand_first(self) -> bool:
        for token in self._tokens:
            if "sex" in token.roles:
                return True
            if token.kind in ("number", "ratio"):
                return False
        return True

    def _only_things_since(self) -> bool:
        return all(self._is_thing(token) for token in self._since_figure)

    def _is_thing(self, token: Token) -> bool:
        small = token.kind == "word" and token.text[0].islower() and not token.roles
        return small and token.text.casefold() not in self._not_things

    def _sentence_ends(self, at: int) -> bool:
        """Whether a new sentence begins behind a figure: "4 En uppföljning av ..."."""
        token = self._tokens[at]
        if not self._out.figures or token.kind != "word" or not token.text[0].isupper() or self._since_figure:
            return False
        if "sex" in token.roles or "direction" in token.roles or "unit" in token.roles:
            return False
        ahead = self._tokens[at + 1 : at + 3]
        return not any(t.number is not None and "articles" not in t.roles for t in ahead if t.kind != "word")


def _joins(token: Token) -> bool:
    return token.text in ",;/-–—:" or bool(token.roles.keys() & {"also", "sex"})
