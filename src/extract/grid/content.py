"""What the cells of a column hold: figures, marks, words for a status, codes, text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from styrmatt.extract.marks.status_phrases import match_phrases, may_tell
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_FIGURE = re.compile(
    r"^[^\w%]{0,3}[<>≥≤=+±–-]{0,2}\s?\d[\d\s.,:/]*\s?[%‰]?(?:\s?[\w/]{1,14}){0,3}[.)*]?(?:\s?\([^)]*\))?$"
)
"""A figure with a sign before it and a unit behind it."""
_DASHES = re.compile(r"^[\s.,*–—‑-]{1,4}$|^(?:i\.?u\.?|n/?a|e/?t)$", re.I)
"""What stands in a cell without a figure."""
_LONG = 28
"""Characters from which a cell is text: figures with their units are shorter."""
_PHRASE_LINES = 3
"""Lines over which a phrase in a narrow cell is broken at most."""
_LONGEST_PHRASE = 60
"""Letters of a phrase with the words around it at most."""
_MOST_GRADES = 5
"""Different words of a scale at most: met, partly, not, not yet, and not assessed."""
_CODE = re.compile(r"^[^\W\d_a-z]{1,5}\d{0,3}(?:[.,/ -]+[^\W_a-z]{1,6})*\.?$|^\d+(?:\.\d+)+\.?$")
"""A board's code or the number of a measure."""
_CODE_PARTS = re.compile(r"[\s,/&+]+")
_CODE_LETTERS = range(2, 6)
"""Letters of a board's code."""
_COMPARISONS = ("<", ">", "≤", "≥")
"""Signs of limits before figures."""
_AROUND = "()[],;:."
_MOST_KINDS = 3
"""Different words for kinds of rows at most: goal, goal of a lower level, measure."""
_LONGEST_KIND = 16
"""Characters of a word for a kind of rows at most."""
_FEWEST_NAMES = 2
"""Names among words for sexes at least."""
_YEAR = re.compile(r"^(?:\w{3,9}\.? )?(?:19|20)\d\d(?:[-/](?:\d\d){1,2})?$")


@dataclass(frozen=True)
class Content:
    """How many cells of a column hold what; ``filled`` are those with words."""

    rows: int
    filled: int
    figures: int
    dashes: int
    long: int
    phrases: int
    """Lines that are words for a status or trend, or part of such words."""
    sexes: int
    codes: int
    years: int
    percents: int
    marks: int
    digits: int
    """Cells that are short and hold a digit: a figure with words around it."""
    distinct: int
    """Cells with words that no other one has."""
    boards: int = 0
    """Cells that are codes of boards, or mean all of them beside such cells."""
    letters: int = 0
    """Cells of nothing but letters to which a text gives a status."""
    small: int = 0
    """Cells that are a number of one figure, as points are."""
    counting: int = 0
    """Lines that say what a measure counts: a share, a number of something, an index."""
    long_kinds: int = 0
    """Cells with words that are too long for the kind of a row."""
    measure_words: int = 0
    """Cells that are a word for measures, as their header may be."""
    returns: int = 0
    """Cells whose words stood further up already, with other words between."""

    limits: int = 0
    """Cells that begin with a word or sign that makes their figure a limit: "at least 65"."""

    @property
    def has_limits(self) -> bool:
        """Whether several of its cells are limits, and at least every other one."""
        return self.limits > 1 and 2 * self.limits >= self.filled

    @property
    def has_figures(self) -> bool:
        """Whether most of its cells are figures, or dashes in their place."""
        return self.figures > 0 and 2 * (self.figures + self.dashes) >= self.filled

    @property
    def are_numbers(self) -> bool:
        """Whether its cells number the rows: codes with digits, "A1", each of them once."""
        return self.distinct == self.filled == self.codes == self.digits > 1

    @property
    def are_grades(self) -> bool:
        """Whether a few short words stand in its cells again and again, one in each."""
        again = self.distinct <= min(_MOST_GRADES, self.filled - 1)
        return self.filled == self.rows and again and not self.long and not self.digits

    @property
    def are_kinds(self) -> bool:
        """Whether its cells may say of what kind each row is: two or three letters that take turns,
        or such words, one of which is a word for measures."""
        takes_turns = 1 < self.distinct <= _MOST_KINDS and self.returns > 0
        return takes_turns and self.names_nothing and not self.digits and not self.long_kinds

    @property
    def has_names_over_sexes(self) -> bool:
        """Whether several names stand among words for sexes, each of them once, as rows of their
        own: in a column of sexes a few words stand again and again."""
        names = self.filled - self.sexes
        return self.sexes > 0 and names >= _FEWEST_NAMES and self.distinct > names

    @property
    def names_nothing(self) -> bool:
        """Whether its cells are codes without digits, or among them words for measures: no goal is
        named so."""
        are_letters = self.codes == self.filled > 0 and not self.digits
        return are_letters or self.measure_words > 0

    @property
    def are_small(self) -> bool:
        """Whether its figures are numbers of one figure, as points are."""
        return 0 < self.small == self.figures

    @property
    def has_marks(self) -> bool:
        """Whether marks stand in it, and few words beside them."""
        return self.marks > 0 and 3 * self.marks >= self.rows

    @property
    def has_digits(self) -> bool:
        """Whether most of its cells are short and hold a digit, as targets with their signs do."""
        return self.digits > 0 and 2 * (self.digits + self.dashes) >= self.filled

    @property
    def has_text(self) -> bool:
        """Whether it holds texts."""
        return self.filled > 0 and 2 * (self.figures + self.dashes + self.phrases) < self.filled

    @property
    def is_long(self) -> bool:
        """Whether its cells are longer than names are."""
        return 2 * self.long >= self.filled > 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.filled == 0 and self.marks == 0


def _says_something(text: str) -> bool:
    """Whether a cell holds more than the symbol of a mark."""
    stripped = text.strip()
    return any(map(str.isalnum, stripped)) or bool(_DASHES.match(stripped)) or stripped == "+"


def _count_phrases(lines: Sequence[str], vocabulary: Vocabulary) -> int:
    """How many lines are words for a status or trend, or part of such words over a few lines."""
    found = n = 0
    while n < len(lines):
        ends = range(min(n + _PHRASE_LINES, len(lines)), n, -1)
        end = next((end for end in ends if _is_phrase(lines[n:end], vocabulary)), None)
        found += 0 if end is None else end - n
        n = n + 1 if end is None else end
    return found


def _is_phrase(lines: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether lines together are a phrase for a status or trend, and words that go with one."""
    letters = squeeze("".join(lines))
    if letters in vocabulary.mark_phrases:
        return True
    if len(letters) > _LONGEST_PHRASE or not may_tell(letters, vocabulary):
        return False
    words = " ".join(lines).split()
    legend = vocabulary.legend
    around = (*legend.fillers, *(word for adverb in legend.adverbs for word in adverb.split()))
    return bool(match_phrases(words, vocabulary.mark_phrases, around))


def content_of(
    cells: Iterable[str],
    marks: int,
    vocabulary: Vocabulary,
    letters: Iterable[str] = (),
    is_measure_word: Callable[[str], bool] = lambda _: False,
) -> Content:
    """What the cells of a column hold; ``marks`` are those drawn in it.

    ``letters`` are those to which the report's text gives a status; ``is_measure_word`` says
    whether a text is a word for measures.
    """
    told = set(letters)
    texts = list(cells)
    filled = [one for text in texts if _says_something(one := text.strip()) or one in told]
    units = vocabulary.units
    counts = {*units.percent, *units.percent_names, *units.count_names, *units.index}
    sexes = {squeeze(name) for names in vocabulary.sexes.values() for name in names}
    figures = [text for text in filled if len(text) <= _LONG and _FIGURE.match(text)]
    return Content(
        rows=len(texts),
        filled=len(filled),
        figures=len(figures),
        dashes=sum(bool(_DASHES.match(text)) for text in filled),
        long=sum(len(text) > _LONG for text in filled),
        phrases=_count_phrases(filled, vocabulary),
        sexes=sum(squeeze(text) in sexes for text in filled),
        codes=sum(bool(_CODE.match(text)) for text in filled),
        years=sum(bool(_YEAR.match(text)) for text in filled),
        percents=sum("%" in text for text in figures),
        marks=marks,
        digits=sum(len(text) <= _LONG and any(map(str.isdecimal, text)) for text in filled),
        distinct=len(set(map(squeeze, filled))),
        boards=_count_boards(filled, vocabulary),
        letters=sum(text in told for text in filled),
        small=sum(len(text) == 1 for text in figures),
        long_kinds=sum(len(text) > _LONGEST_KIND for text in filled),
        measure_words=sum(map(is_measure_word, set(filled))),
        returns=_count_returns(filled),
        limits=sum(_begins_as_limit(text, vocabulary) for text in filled),
        counting=sum(not counts.isdisjoint(_words(text)) for text in filled if text not in figures),
    )


def _begins_as_limit(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text with a figure begins with a word or sign of a limit, as targets do."""
    if not any(map(str.isdecimal, text)):
        return False
    return text.startswith(_COMPARISONS) or text.split()[0].casefold() in vocabulary.targets.limits


def _count_boards(cells: Sequence[str], vocabulary: Vocabulary) -> int:
    """How many cells hold boards in short, one or several: "KS", "KS, BUN".

    Where most do, those for all boards count as well, and codes of another form.
    """
    codes = [[part for part in _CODE_PARTS.split(text) if part] for text in cells]
    sure = sum(all(map(vocabulary.board_code.match, parts)) for parts in codes)
    if 2 * sure <= len(cells):
        return sure
    every = {squeeze(text) for text in vocabulary.board_words.every}
    others = (
        all(part.isupper() and len(part) in _CODE_LETTERS for part in parts)
        or squeeze(text) in every
        for text, parts in zip(cells, codes, strict=True)
    )
    return sum(others)


def _count_returns(texts: Iterable[str]) -> int:
    """How many texts stood further up already, with another one right above them."""
    seen: set[str] = set()
    above = None
    returns = 0
    for text in map(squeeze, texts):
        returns += text in seen and text != above
        seen.add(text)
        above = text
    return returns


def _words(text: str) -> Iterable[str]:
    """The words of a text in small letters, without the signs around them."""
    return (word.strip(_AROUND) for word in text.casefold().split())
