"""Finds what is misprinted in a target cell: whatever is left when figures and words are explained.

A figure with a letter in it, a sign that comes twice, two figures that nothing parts: a reader
stumbles there, so the cell gives no value. Only where the pieces of a broken word have one meaning,
:class:`BrokenWords` puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from styrmatt.normalize.targets.figures import (
    PER_THOUSAND,
    UNITS_OF_RATES,
    TargetCellReading,
    TargetFigure,
)
from styrmatt.normalize.targets.tokens import CellToken
from styrmatt.swedish.dictionary import has_dictionary, is_word

_DIGIT_LIKE: Final = "OoQlISBZ"
"""Letters that are typed or recognised for 0, 1, 5, 8 and 2."""
_SURELY_DIGIT_LIKE: Final = "Ool"
"""Those of them that begin or end no code: "B2" and "S1" are names, "O2" hardly is."""
_MIXED: Final = re.compile(
    rf"(?<![\w.,])(?=[\d{_DIGIT_LIKE}.,]*\d)(?=[\d{_DIGIT_LIKE}.,]*[{_DIGIT_LIKE}])"
    rf"[\d{_DIGIT_LIKE}.,]*[\d{_DIGIT_LIKE}](?!\w)"
)
"""A figure in which such letters stand, as a whole word: neither "CO2" nor "K40"."""
_LETTERS_FOR_DIGITS: Final = re.compile(rf"[{_DIGIT_LIKE}]+")
_LEADING_ZERO: Final = re.compile(r"[^\d]?0\d+.*")
_GROUPED_BY_COMMA: Final = re.compile(r"[^\d]?[1-9]\d{0,2},\d{3}")
"""A figure whose comma may group thousands, as in English, or be the decimal sign."""
_DASHES: Final = "-−–"
_PUNCTUATION: Final = frozenset(",;:/()[]{}-–—−.+*&=±'’´`\"”“„…")
_BULLETS: Final = frozenset("•·▪◦‣●■*§†‡")
_PARTS_NOT_GLUED: Final = frozenset("-–—−/:+(=,")
"""Signs that may stand between two figures without a space: the comma is seen to elsewhere."""
_FOOTNOTE: Final = re.compile(r"\d{1,2}")
_BEFORE_FIGURE: Final = frozenset(
    {"comparator", "direction", "fillers", "by", "to", "since", "sex", "also", "articles"}
)
_SIGNS_BEFORE_FIGURE: Final = frozenset(":,;/=(+~•*") | frozenset(_DASHES)
_WORDY_UNITS: Final = frozenset({"percent", "percentage_points", "mnkr", "tkr", "kr", "days"})
"""Units that nothing but a figure has before it, even where they are words."""
_SHORTEST_MISSPELT: Final = 5
"""Letters of the shortest unit of which a misspelling is seen: of shorter ones, a letter more or
less makes too many other words."""
_SHORTEST_CUT: Final = 4
"""Letters of the shortest beginning of a unit that is seen as one that was cut."""
_MOST_PIECES: Final = 3
_UPPER, _LOWER = frozenset({"le", "lt"}), frozenset({"ge", "gt"})


@dataclass(frozen=True)
class Misprint:
    """Why a cell's figures are not to be trusted."""

    message: str
    several: bool = False
    """Whether the cell seems to hold two targets, so that its words may be of either."""


@dataclass(frozen=True)
class BrokenWords:
    """Joins the pieces of broken units, comparisons and directions: "80 pr ocent", "> = 80"."""

    by_letters: Mapping[str, Mapping[str, str]]
    """What a phrase can be, by the phrase without spaces and hyphens."""

    @classmethod
    def of(cls, roles: Mapping[str, Mapping[str, str]]) -> BrokenWords:
        """The phrases of a vocabulary that are worth joining for; ``roles`` by phrase."""
        kinds = ("unit", "comparator", "direction")
        return cls(
            {
                _without_gaps(phrase): what
                for phrase, what in roles.items()
                if any(kind in what for kind in kinds) and len(_without_gaps(phrase)) > 1
            }
        )

    def mend(self, tokens: Sequence[CellToken]) -> tuple[tuple[CellToken, ...], list[Misprint]]:
        """The tokens with pieces joined, and what was joined."""
        out: list[CellToken] = []
        found: list[Misprint] = []
        at = 0
        while at < len(tokens):
            joined = self._joined(tokens, at, out[-1] if out else None)
            if joined is None:
                out.append(tokens[at])
                at += 1
                continue
            token, pieces = joined
            printed = " ".join(piece.text for piece in tokens[at : at + pieces])
            found.append(Misprint(f"{printed!r} is read as {token.text!r}"))
            out.append(token)
            at += pieces
        return tuple(out), found

    def _joined(
        self, tokens: Sequence[CellToken], at: int, before: CellToken | None
    ) -> tuple[CellToken, int] | None:
        for pieces in range(_MOST_PIECES, 1, -1):
            run = tokens[at : at + pieces]
            if len(run) < pieces or any(t.kind not in ("word", "sign") for t in run):
                continue
            if all("sex" in t.roles for t in run) or any(map(str.isdecimal, _text_of(run))):
                continue
            what = self.by_letters.get(_without_gaps(_text_of(run)))
            if what is None or ("unit" in what and not _is_amount(before)):
                continue
            text = "".join(t.text for t in run)
            kind = run[0].kind
            return replace(run[0], text=text, kind=kind, roles=what, number=None), pieces
        return None


def find_misprints(
    text: str,
    tokens: Sequence[CellToken],
    reading: TargetCellReading,
    unit_words: Mapping[str, str],
    *,
    unit_implied: bool,
) -> Iterator[Misprint]:
    """What is misprinted in a cell.

    ``unit_words`` are the known ones, case folded, with their unit; ``unit_implied`` is whether the
    measure's name says the unit, so that the target is a figure.
    """
    cell = _Cell(text, tokens, reading, unit_implied, unit_words)
    letters = list(cell.letters_for_figures())
    yield from letters
    yield from cell.doubtful_figures()
    yield from cell.signs()
    yield from () if letters else cell.units()  # the unit lacks nothing but that figure
    yield from cell.not_parted()
    yield from cell.directions()


@dataclass(frozen=True)
class _Cell:
    text: str
    tokens: Sequence[CellToken]
    reading: TargetCellReading
    unit_implied: bool
    unit_words: Mapping[str, str]

    def letters_for_figures(self) -> Iterator[Misprint]:
        """Words that hold digits and stand where a figure stands."""
        seen: set[int] = set()
        for match in _MIXED.finditer(self.text):
            if self._stands_for_figure(match):
                seen.update(range(*match.span()))
                yield Misprint(f"{match.group()} may be a figure with a letter in it")
        for at, token in enumerate(self.tokens):
            if token.kind != "word" or token.start in seen or token.number is not None:
                continue
            if self._is_figure_with_letters(at, token):
                yield Misprint(f"{token.text} is no figure and no word")

    def _stands_for_figure(self, match: re.Match[str]) -> bool:
        text = match.group()
        at = next(n for n, t in enumerate(self.tokens) if t.end > match.start())
        after = next((t for t in self.tokens if t.start >= match.end()), None)
        place = self._is_place_of_figure(at)
        if after is not None and "unit" in after.roles:
            return place or not after.text[0].isalpha()
        if not place:
            return False
        if all(c in _SURELY_DIGIT_LIKE or not c.isalpha() for c in text):
            return True
        ends = after is None or not after.text[0].isalnum()
        return ends and (self.unit_implied or text[0].isdecimal())

    def _is_figure_with_letters(self, at: int, token: CellToken) -> bool:
        odd = any(c.isnumeric() and not c.isdecimal() for c in token.text)  # a fraction such as ½
        if "unit" in token.roles or not (odd or any(map(str.isdecimal, token.text))):
            return False
        after = self._token(at + 1)
        place = self._is_place_of_figure(at)
        if odd:
            return place or _is_amount(self._token(at - 1))
        if after is not None and "unit" in after.roles:
            return not after.text[0].isalpha() or place
        return after is None and place and self.unit_implied and "-" not in token.text

    def _is_place_of_figure(self, at: int) -> bool:
        """Whether a figure may stand there: at the cell's beginning, or behind what leads one."""
        before = self._token(at - 1)
        if before is None or before.kind in ("year", "date"):
            return True
        return (
            bool(before.roles.keys() & _BEFORE_FIGURE)
            or before.text in _SIGNS_BEFORE_FIGURE | _BULLETS
        )

    def doubtful_figures(self) -> Iterator[Misprint]:
        """Figures that no reader takes for one: with zeros in front, or a comma for thousands."""
        for figure in self._counted():
            if _LEADING_ZERO.fullmatch(figure.text) or _GROUPED_BY_COMMA.fullmatch(figure.text):
                yield Misprint(f"{figure.text} can be read in more than one way")

    def signs(self) -> Iterator[Misprint]:
        """Signs that are unknown, come twice, stand apart from their figure, or cut one in two."""
        has_figure = any(_is_amount(t) for t in self.tokens)
        yield from self._signs_apart()
        for at, token in enumerate(self.tokens):
            if token.kind != "sign":
                continue
            if has_figure and not token.roles and not self._is_punctuation(at, token):
                yield Misprint(f"the sign {token.text} has no known meaning here")
            elif self._comes_twice(at, token):
                yield Misprint(f"the sign {token.text} comes twice")
            elif self._cuts_figure(at, token):
                yield Misprint(f"{token.text} stands in the middle of a figure")
            elif self._ends_open(at, token):
                yield Misprint(f"nothing follows the sign {token.text}")
        yield from self._contradictions()

    def _signs_apart(self) -> Iterator[Misprint]:
        """A minus with a space behind it may be the figure's or a dash; several are a list."""
        lone = [
            n
            for n, t in enumerate(self.tokens[:-1])
            if t.text in _DASHES
            and self.tokens[n + 1].kind in ("number", "year")
            and not _is_amount(self._token(n - 1))
        ]
        if len(lone) > 1 and lone[0] == 0:
            return
        for at in lone:
            before = self._token(at - 1)
            leads = before is None or before.text == ":"
            if leads or (before is not None and before.roles.keys() & (_BEFORE_FIGURE - {"sex"})):
                figure = self.tokens[at + 1].text
                yield Misprint(f"the sign {self.tokens[at].text} stands apart from {figure}")

    def _is_punctuation(self, at: int, token: CellToken) -> bool:
        if token.text in _PUNCTUATION:
            return True
        first = at == 0 or not _is_amount(self._token(at - 1))
        private = "\ue000" <= token.text <= "\uf8ff"  # a bullet of a symbol font
        return first and (token.text in _BULLETS or private)

    def _comes_twice(self, at: int, token: CellToken) -> bool:
        after = self._token(at + 1)
        if after is None or token.text in "().'\"*[]":
            return False
        if token.text in _DASHES and after.text[0] in _DASHES:
            return True
        if after.text != token.text:
            return False
        return "unit" in token.roles or "comparator" in token.roles or token.text in _PUNCTUATION

    def _cuts_figure(self, at: int, token: CellToken) -> bool:
        """Whether a sign stands between two figures as no list has it: "80;5", "80 ,5", "8 . 5"."""
        before, after = self._token(at - 1), self._token(at + 1)
        if before is None or after is None or token.roles.keys() - {"fillers"}:
            return False
        numbers = before.kind in ("number", "year") and after.kind in ("number", "year")
        if not numbers:
            return self._letter_before_decimals(before, token, after)
        if token.text == ".":
            return True
        glued = before.end == token.start, token.end == after.start
        if token.text == ",":
            short = len(after.text) == 1 < len(before.text)
            return glued == (False, True) or (short and self._is_pair(at))
        return all(glued) and token.text not in _PARTS_NOT_GLUED

    def _letter_before_decimals(
        self, before: CellToken, token: CellToken, after: CellToken
    ) -> bool:
        glued = before.end == token.start and token.end == after.start
        letter = _LETTERS_FOR_DIGITS.fullmatch(before.text)
        return bool(token.text in ".," and glued and letter and after.kind == "number")

    def _is_pair(self, at: int) -> bool:
        """Whether the figures beside a place are the only ones of the cell."""
        return sum(t.kind in ("number", "year", "ratio") for t in self.tokens) == 2

    def _ends_open(self, at: int, token: CellToken) -> bool:
        before = self._token(at - 1)
        last = at == len(self.tokens) - 1 and token.text in _DASHES
        return last and before is not None and _is_amount(before)

    def _contradictions(self) -> Iterator[Misprint]:
        """Two comparisons side by side that do not say the same: "> < 80"."""
        for token, after in pairwise(self.tokens):
            one, two = token.roles.get("comparator"), after.roles.get("comparator")
            if one and two and not ({one, two} <= _UPPER or {one, two} <= _LOWER or one == two):
                yield Misprint(f"{token.text} and {after.text} contradict each other")

    def units(self) -> Iterator[Misprint]:
        """Units without a figure, with another unit behind them, or misspelt."""
        for at, token in enumerate(self.tokens):
            if "unit" not in token.roles:
                continue
            sign = not token.text[0].isalpha()
            if sign and self._lacks_figure(at):
                yield Misprint(f"{token.text} has no figure before it")
            elif not sign and self._lacks_number_word(at, token):
                yield Misprint(f"{self.tokens[at - 1].text} {token.text} has no figure")
            elif self._second_unit(at, token):
                yield Misprint(f"{self.tokens[at - 1].text} and {token.text} are two units")
        for figure in self.reading.figures:
            unit = self._misspelt_unit(figure)
            if unit:
                yield Misprint(f"{unit} may be a misspelt unit")

    def _lacks_figure(self, at: int) -> bool:
        """Whether no figure stands before a unit's sign, though words may explain it: "i %"."""
        before = self._token(at - 1)
        while before is not None and all(c.isdecimal() and not c.isdecimal() for c in before.text):
            at -= 1  # a footnote in superscript
            before = self._token(at - 1)
        if before is None or "comparator" in before.roles:
            return True
        if _is_amount(before):
            return False
        if before.kind == "sign":
            return before.text not in "()]" and "unit" not in before.roles
        if _LETTERS_FOR_DIGITS.fullmatch(before.text):
            return True
        bare = not any(map(_is_amount, self.tokens)) and len(before.text) > 1
        return bare and has_dictionary() and not is_word(before.text)

    def _lacks_number_word(self, at: int, token: CellToken) -> bool:
        """Whether a word that is none stands where a unit has its figure: "tjgofem dagar"."""
        before = self._token(at - 1)
        if token.roles["unit"] not in _WORDY_UNITS or before is None or before.kind != "word":
            return False
        if (
            before.roles
            or any(map(_is_amount, self.tokens))
            or not self._is_place_of_figure(at - 1)
        ):
            return False
        return has_dictionary() and not is_word(before.text)

    def _second_unit(self, at: int, token: CellToken) -> bool:
        before, figure = self._token(at - 1), self._token(at - 2)
        if before is None or "unit" not in before.roles or not _is_amount(figure):
            return False
        if token.roles["unit"] == PER_THOUSAND:
            return before.roles["unit"] not in UNITS_OF_RATES
        return "fillers" not in token.roles and token.text != before.text

    def _misspelt_unit(self, figure: TargetFigure) -> str | None:
        after = self._token(figure.at + 1)
        if after is None or after.kind != "word" or after.roles or not has_dictionary():
            return None
        word = after.text.casefold()
        if len(word) >= _SHORTEST_CUT and self._is_cut_percent(word):
            return after.text
        return after.text if _is_misspelt(word, self.unit_words) and not is_word(word) else None

    def _is_cut_percent(self, word: str) -> bool:
        """Whether a word is the beginning of a word for percent; those of other units are words."""
        return any(u.startswith(word) for u, unit in self.unit_words.items() if unit == "percent")

    def not_parted(self) -> Iterator[Misprint]:
        """Two figures that no word, sex, year or sign parts are two targets, or one that is cut."""
        for one, two in pairwise(self.reading.figures):
            if one.condition or not (one.led or one.unit is not None):
                continue  # the figure of a label or of a term: "Nivå 3 80 %"
            after = self._token(two.at + 1)
            footnote = after is not None and after.text == ")" and _FOOTNOTE.fullmatch(two.text)
            between = [t for t in self.tokens[one.at + 1 : two.at] if "unit" not in t.roles]
            if footnote and not between:
                continue
            term = two.condition and between and between[-1].text[0].isalpha()
            if (
                not between
                or self._begins_anew(between[0])
                or (not term and self._is_no_interval(one, two, between))
            ):
                yield Misprint(f"nothing parts {one.text} and {two.text}", several=True)

    def _begins_anew(self, token: CellToken) -> bool:
        """Whether a capital begins another target: "45 % Högst 165"."""
        leads = token.roles.keys() & {"direction", "comparator"}
        return bool(leads) and token.text[0].isupper()

    def _is_no_interval(
        self, one: TargetFigure, two: TargetFigure, between: Sequence[CellToken]
    ) -> bool:
        """Whether two figures with nothing but comparisons between them are no "min 80 max 90"."""
        if not all("comparator" in t.roles and "sex" not in t.roles for t in between):
            return False
        bounds = {one.comparator: one.value, two.comparator: two.value}
        low = next((bounds[c] for c in bounds if c in _LOWER), None)
        high = next((bounds[c] for c in bounds if c in _UPPER), None)
        return low is None or high is None or low > high

    def directions(self) -> Iterator[Misprint]:
        """Two directions side by side: those of two measures."""
        for token, after in pairwise(self.tokens):
            one, two = token.roles.get("direction"), after.roles.get("direction")
            if one and two and (one != two or after.text[0].isupper()):
                yield Misprint(f"nothing parts {token.text} and {after.text}", several=one != two)

    def _counted(self) -> Iterator[TargetFigure]:
        for figure in self.reading.figures:
            if figure.led or figure.unit is not None:
                yield figure

    def _token(self, at: int) -> CellToken | None:
        return self.tokens[at] if 0 <= at < len(self.tokens) else None


def _is_amount(token: CellToken | None) -> bool:
    """Whether a token is a figure, or a number in words."""
    if token is None:
        return False
    return token.number is not None or token.kind in ("number", "year", "ratio", "date")


def _is_misspelt(word: str, units: Iterable[str]) -> bool:
    """Whether a word is a unit with one letter wrong; its genitive is not."""
    return any(
        OSA.distance(word, unit) == 1 and word != f"{unit}s"
        for unit in units
        if len(unit) >= _SHORTEST_MISSPELT
    )


def _text_of(tokens: Sequence[CellToken]) -> str:
    return "".join(token.text for token in tokens)


def _without_gaps(text: str) -> str:
    return re.sub(r"[\s-]", "", text).casefold()
