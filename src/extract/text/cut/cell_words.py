"""The words of a table's text, and what the layout's words say about runs of them as cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from styrmatt.extract.text.cut import weights
from styrmatt.extract.text.lines import TextLine
from styrmatt.swedish.board_codes import is_board_code
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"[<>=≥≤~±+-]{0,2}\s?(?!\d+\.\d\b|(?:19|20)\d\d ?[-–] ?\d)\d")
_FIGURE = re.compile(r"[<>=≥≤~±+-]{0,2}\s?\d[\d ]*(?:,\d+)?\s?")
_NARROW = set("iljtfrI.,:;'!|()[]-/”\"")
_WIDE = set("mwMW%@Æ")
_NARROW_WIDTH, _SPACE_WIDTH, _CAPITAL_WIDTH, _WIDE_WIDTH = 0.55, 0.5, 1.25, 1.5
"""Widths of such letters, in letters of medium width, as in the usual proportional fonts.

They only have to rank lines of one column: a text file does not say which font its report had.
"""
_SIGNS = {"So", "Sm", "Co", "Cn"}
_COMPARING = set("<>=+±~≥≤−")
_POINTING = ("ARROW", "TRIANGLE", "POINTER")
_FILLED = ("CIRCLE", "SQUARE", "DIAMOND", "LOZENGE")
KNOWN_NAME = 0.88
"""Likeness (0 to 1) from which words are a known success factor's name.

An overview and a table may word a name a little differently and break it anywhere; names of two
factors differ by more.
"""
_LEAD_LIKENESS = 88
"""Likeness (0 to 100) to a lead-in word: one letter of eight or more may be misprinted."""
_LENGTH_DIFFERENCE = 0.25
"""Share of a factor's letters by which words may be longer or shorter and still be compared.

Beyond it they cannot reach ``KNOWN_NAME``, and comparing is the slow part.
"""
_INDEX_LETTERS = 3
"""First letters by which factors are looked up; a misprint there is not forgiven."""
WIDE_GAP = 4
"""Spaces in a line that only a tab or a column's edge leaves; text is typed with one or two."""


@dataclass(frozen=True, slots=True)
class TextWord:
    """One word: its line (an index into the table's lines) and the gap before it."""

    text: str
    line: int
    starts_line: bool
    ends_line: bool
    spaces: int
    """Spaces before it on its line; a tab counts as four."""

    @property
    def starts_lower(self) -> bool:
        """Whether it begins with a small letter."""
        return self.text[:1].islower()


def read_words(lines: Sequence[TextLine]) -> tuple[TextWord, ...]:
    """The words of ``lines`` in order."""
    words: list[TextWord] = []
    for number, line in enumerate(lines):
        hits = list(_WORD.finditer(line.text))
        for n, hit in enumerate(hits):
            gap = line.text[hits[n - 1].end() : hit.start()] if n else ""
            spaces = len(gap.replace("\t", "    "))
            words.append(TextWord(hit.group(), number, n == 0, n == len(hits) - 1, spaces))
    return tuple(words)


def printed_width(text: str) -> float:
    """Rough width of text in a proportional font, in letters of medium width."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_WIDTH
    if letter == " ":
        return _SPACE_WIDTH
    if letter in _WIDE:
        return _WIDE_WIDTH
    return _CAPITAL_WIDTH if letter.isupper() else 1.0


def is_sign(char: str) -> bool:
    """Whether a character is a drawn sign, such as an arrow, and no comparison."""
    return unicodedata.category(char) in _SIGNS and char not in _COMPARING


@dataclass(frozen=True)
class CellLexicon:
    """What kinds of cell a run of words can be, by the vocabulary and the names in the report."""

    words: Vocabulary
    boards: frozenset[str] = frozenset()
    factors: tuple[str, ...] = ()
    """Names of success factors that stand in the overview or in headings."""

    @cached_property
    def _factors(self) -> dict[str, tuple[str, ...]]:
        """The names by their first letters."""
        found: dict[str, tuple[str, ...]] = {}
        for name in dict.fromkeys(squeeze(name) for name in self.factors):
            start = name[:_INDEX_LETTERS]
            found[start] = (*found.get(start, ()), name)
        return found

    @cached_property
    def _sexes(self) -> frozenset[str]:
        return frozenset(w.casefold() for words in self.words.sexes.values() for w in words)

    @cached_property
    def _sex_code(self) -> re.Pattern[str]:
        codes = "|".join(re.escape(w) for words in self.words.sexes.values() for w in words)
        return re.compile(rf"(?:{codes})\s?:?\s?\d|(?:{codes}):")

    @cached_property
    def _phrases(self) -> tuple[str, ...]:
        targets = self.words.targets
        groups: Iterable[Sequence[str]] = (
            targets.increase,
            targets.decrease,
            targets.maintain,
            targets.follow,
            targets.ge,
            targets.le,
            targets.gt,
            targets.lt,
            targets.eq,
        )
        return tuple(p.casefold() for group in groups for p in group)

    @cached_property
    def _milestones(self) -> frozenset[str]:
        return frozenset(squeeze(w) for w in self.words.targets.milestone)

    @cached_property
    def _counts(self) -> frozenset[str]:
        units = self.words.units
        return frozenset(w.casefold() for w in (*units.count_names, *units.percent_names))

    @cached_property
    def _units(self) -> frozenset[str]:
        u = self.words.units
        groups = (u.percent, u.percentage_points, u.per_1000, u.mnkr, u.tkr, u.kr, u.days, u.index)
        return frozenset(w.casefold() for group in groups for w in group)

    @cached_property
    def _dashes(self) -> frozenset[str]:
        return frozenset(w for w in self.words.targets.none if not squeeze(w))

    @cached_property
    def _kinds(self) -> tuple[str, ...]:
        return tuple(w.casefold() for words in self.words.kinds.values() for w in words)

    @cached_property
    def _unfinished_words(self) -> frozenset[str]:
        return frozenset(self.words.hyphens.suspend_before)

    @cached_property
    def _statuses(self) -> dict[str, frozenset[str]]:
        return {
            "status": frozenset(
                squeeze(w) for words in self.words.statuses.values() for w in words
            ),
            "trend": frozenset(squeeze(w) for words in self.words.trends.values() for w in words),
        }

    def is_unfinished(self, word: str) -> bool:
        """Whether a cell is unlikely to end in ``word``: and, or, with a comma."""
        return word.endswith((",", "/")) or word.casefold() in self._unfinished_words

    def is_board_code(self, word: str) -> bool:
        """Whether it is made of capitals as boards' codes are, whether known or not."""
        return all(is_board_code(part) for part in re.split("[,/]", word.rstrip(",/")))

    def is_known_board(self, word: str) -> bool:
        """Whether it is a board's code that the report uses, or several joined."""
        if not word[:1].isupper() or word[1:].islower():
            return False
        return all(part in self.boards for part in re.split("[,/]", word.rstrip(",/")))

    def is_sex(self, word: str) -> bool:
        """Whether it stands for women, men or total; a lone letter must be a capital."""
        return word.casefold() in self._sexes and word[:1].isupper()

    def is_target_start(self, text: str) -> bool:
        """Whether a target phrase of the vocabulary begins here."""
        low = text.casefold()
        return any(
            low.startswith(p) and not low[len(p) : len(p) + 1].isalpha() for p in self._phrases
        )

    def is_figure_start(self, text: str) -> bool:
        """Whether it begins with a figure, a sign and a figure, or a sex and a figure."""
        return bool(_NUMBER.match(text) or self._sex_code.match(text))

    def is_figure(self, text: str) -> bool:
        """Whether it is one figure and at most a unit, no more."""
        match = _FIGURE.match(text)
        rest = text[match.end() :].casefold() if match else "?"
        return not rest or rest in self._units

    def is_number_word(self, word: str) -> bool:
        """Whether it is a number in words."""
        return word.casefold() in self.words.numbers

    def is_opening(self, word: str) -> bool:
        """Whether target cells often begin with it, or it says that something is done."""
        return word in self.words.targets.openings or squeeze(word) in self._milestones

    def is_milestone(self, word: str) -> bool:
        """Whether the word says that something is done or exists."""
        return squeeze(word) in self._milestones

    def is_no_target(self, text: str) -> bool:
        """Whether it says that there is no target: a dash, words."""
        return text in self.words.targets.none

    def is_dash(self, text: str) -> bool:
        """Whether it is a dash alone."""
        return text in self._dashes

    def is_count_name(self, word: str) -> bool:
        """Whether a measure's name begins like this: number of, share of."""
        return word.casefold() in self._counts and word[:1].isupper()

    def is_kind_lead(self, word: str) -> bool:
        """Whether it is a measure's lead-in word with its colon, one letter misprinted or not."""
        head, colon, _ = word.partition(":")
        return bool(colon) and any(
            fuzz.ratio(head.casefold(), kind) >= _LEAD_LIKENESS for kind in self._kinds
        )

    def is_marker_word(self, field: str, text: str) -> bool:
        """Whether it is the vocabulary's word for a status or trend, all of it."""
        words = text.split()
        return all(word[:1].isalnum() for word in words) and squeeze(text) in self._statuses[field]

    def is_marker_text(self, text: str) -> bool:
        """Whether it is what else stands in cells of marks: the period that was measured."""
        return any(pattern.search(text) for pattern in self.words.marker_texts)

    def is_symbol(self, text: str) -> bool:
        """Whether it is signs without letters and figures, such as an arrow, and no dash."""
        return all(map(is_sign, text))

    def symbol_points(self, field: str, text: str) -> float:
        """Points for a sign in a cell of ``field``: arrows are trends, filled shapes statuses."""
        names = " ".join(unicodedata.name(c, "") for c in text)
        if any(shape in names for shape in _POINTING):
            return _points_in("trend", field)
        if any(shape in names for shape in _FILLED):
            return _points_in("status", field)
        return 0.0

    def likeness_to_factor(self, text: str) -> float:
        """How like the nearest known success factor it is, 0 to 1."""
        found = squeeze(text)
        near = [
            name
            for name in self._factors.get(found[:_INDEX_LETTERS], ())
            if abs(len(found) - len(name)) <= _LENGTH_DIFFERENCE * len(name)
        ]
        return max((fuzz.ratio(found, name) / 100 for name in near), default=0.0)


def _points_in(column: str, field: str) -> float:
    """Points for a sign of ``column`` that stands in the column of ``field``."""
    return weights.SYMBOL_IN_ITS_COLUMN if column == field else -weights.SYMBOL_IN_ITS_COLUMN
