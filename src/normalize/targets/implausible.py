"""Finds targets that are read, and are hardly what was meant: 800 % of a share, "2/3 of", "Mnist".

What :mod:`styrmatt.normalize.targets.misprints` finds stops a reader who looks at the signs; this
stops one who thinks about what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from styrmatt.normalize.targets.figures import TargetFigure
from styrmatt.normalize.targets.misprints import Misprint
from styrmatt.normalize.targets.tokens import CellToken
from styrmatt.swedish.dictionary import has_dictionary, is_word

_OF_ONE_SEX: Final = ("K", "M")
_WHOLE: Final = 100.0
"""Percent of which no share is more."""
_GREATEST_DENOMINATOR: Final = 12
"""Greatest number below a bar that makes a fraction where nothing else says so: thirds, eighths,
twelfths. Larger ones are two targets of one cell ("60/40")."""
_SHORTEST_MISSPELT: Final = 4
"""Letters of the shortest comparison of which a misspelling is seen; shorter ones are too near to
other words."""
_LONGEST_ABBREVIATION: Final = 3
"""Letters of the longest word behind a figure that is an abbreviation if no dictionary has it."""


def find_implausible(
    tokens: Sequence[CellToken],
    phrases: Mapping[str, Mapping[str, str]],
    *,
    is_percent: bool,
) -> Iterator[Misprint]:
    """Fractions, and comparisons or directions that are misspelt.

    ``phrases`` are those of the vocabulary with what each can be; ``is_percent``: the measure's
    name says that a bare figure is a percentage.
    """
    yield from _fractions(tokens, is_percent=is_percent)
    yield from _misspelt(tokens, phrases)


def _fractions(tokens: Sequence[CellToken], *, is_percent: bool) -> Iterator[Misprint]:
    """Two figures that are parts of one: "2/3 of them", and "3 of 4" or "2/3" of a share."""
    if any("unit" in token.roles or token.roles.get("sex") in _OF_ONE_SEX for token in tokens):
        return
    for at, (one, between, other) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if one.kind != "number" or other.kind != "number":
            continue
        after = tokens[at + 3] if at + 3 < len(tokens) else None
        of = after is not None and "parts" in after.roles
        if "parts" in between.roles and is_percent:
            yield Misprint(f"{one.text} {between.text} {other.text} is a part and not a percentage")
        elif between.text == "/" and (of or (is_percent and _is_fraction(one, other))):
            yield Misprint(f"{one.text}/{other.text} may be a fraction")


def _is_fraction(one: CellToken, other: CellToken) -> bool:
    if one.number is None or other.number is None:
        return False
    return 0 < one.number < other.number <= _GREATEST_DENOMINATOR


def _misspelt(
    tokens: Sequence[CellToken], phrases: Mapping[str, Mapping[str, str]]
) -> Iterator[Misprint]:
    """Words that are nothing, and a comparison before a figure or a direction with one slip."""
    comparisons = _words(phrases, "comparator")
    directions = _words(phrases, "direction") if has_dictionary() else []
    for token, after in pairwise([*tokens, CellToken("", "sign")]):
        if token.kind != "word" or token.roles or token.number is not None:
            continue
        word = token.text.casefold()
        before_figure = after.kind == "number"
        if (before_figure and _is_near(word, comparisons)) or (
            token is tokens[0] and not is_word(word) and _is_near(word, directions)
        ):
            yield Misprint(f"{token.text} seems to be misspelt")


def _words(phrases: Mapping[str, Mapping[str, str]], role: str) -> list[str]:
    return [
        phrase
        for phrase, what in phrases.items()
        if role in what and phrase.isalpha() and len(phrase) >= _SHORTEST_MISSPELT
    ]


def _is_near(word: str, phrases: Iterable[str]) -> bool:
    """Whether a word is one of the phrases but for one letter or the order of two."""
    return any(OSA.distance(word, phrase) == 1 for phrase in phrases)


def name_units(figures: Iterable[TargetFigure]) -> None:
    """Take what seems to be a unit in short behind a figure as one, and not as things counted."""
    for figure in figures:
        if figure.unit is None and figure.noun is not None and is_abbreviation(figure.noun):
            figure.unit, figure.noun = "unlisted", None


def beyond_the_whole(
    figures: Iterable[TargetFigure], unit_of: Mapping[int, str | None]
) -> str | None:
    """What is wrong with the targets of a share; None where all are between nothing and the whole.

    ``unit_of`` has the unit of each figure by its place among the cell's tokens.
    """
    for figure in figures:
        if figure.value is None or unit_of.get(figure.at) != "percent":
            continue
        if not 0 <= figure.value <= _WHOLE:
            return f"{figure.text} percent is no share"
    return None


def is_abbreviation(noun: str) -> bool:
    """Whether what stands behind a figure may be a unit in short, and no thing that is counted."""
    word = noun.rstrip(".")
    if not has_dictionary() or word.isupper() or not word.isalpha():
        return not any(map(str.isalnum, word))
    return len(word) <= _LONGEST_ABBREVIATION and not is_word(word)
