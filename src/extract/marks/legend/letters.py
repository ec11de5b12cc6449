"""Finds what letters in cells stand for, where a text says so: each with a sign of equality.

Grades of one digit are explained so as well, and the signs plus and minus, with or without a sign
of equality before the words; so is any other sign that is no mark, as "~", beside other signs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from styrmatt.extract.marks.legend.colours_told import told_colours
from styrmatt.extract.marks.legend.explained_scale import scale_of
from styrmatt.extract.marks.legend.words import middles_of, words_of
from styrmatt.extract.marks.status_phrases import cell_statuses, legend_value
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.symbols import is_symbol
from styrmatt.extract.model.text_lines import PageLine, join_words, split_at_gaps
from styrmatt.sole_values import sole_values
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_LETTER: Final = re.compile(
    r"(?<![\w.-])(?P<letter>[^\W\d_]{1,2})\s?[=:–-]\s?(?P<words>[^\W\d_][^,;.:=()]{1,60}?)"
    r"(?=\s?(?:[,;.()]|$)|\s(?:\w{2,5}\s)?[^\W\d_]{1,2}\s?[=:–-]\s)"
)
"""A letter or two, a sign that explains them, and the words up to what parts them from the next
entry: a stop, a short word such as a conjunction, or nothing."""
_GRADE: Final = re.compile(
    r"(?<![\w.,-])(?P<letter>\d)\s?=\s?(?P<words>[^\W\d_][^,;.:=()\d]{1,60}?)"
    r"(?=\s?(?:[,;.()]|$)|\s(?:\w{2,5}\s)?\d\s?=)"
)
"""A digit, which only a sign of equality explains, and the words behind it."""
_SIGN: Final = r"(?:\+/[–−-]|[+–−-])"
_SIGNED: Final = re.compile(
    rf"(?<![\w+/–−-])(?P<letter>{_SIGN})\s?(?:[=:]\s?)?(?P<words>[^\W\d_][^,;.:=()+–−-]{{1,60}}?)"
    rf"(?=\s?(?:[,;.()]|$)|\s(?:\w{{2,5}}\s)?{_SIGN}\s)"
)
"""A plus, a minus or both, and the words behind it."""
_OTHER: Final = re.compile(
    r"(?<!\S)(?P<letter>[^\w\s.,:;()\[\]{}\"'”’«»%&/\\|§·•+=<>≤≥–—−-])\s?(?:[=:–-]\s)?"
    r"(?P<words>[^\W\d_][^,;.:=()+]{1,60}?)(?=\s?(?:[,;.()]|$)|\s(?:\w{2,5}\s)?[^\w\s]\s)"
)
"""Any other sign that stands alone, and the words behind it up to a stop or the next sign."""
_DASH: Final = re.compile("[–−-]")
_PLUS: Final = "+"
"""The sign that a legend of signs has: dashes alone stand in any text."""
_MOST_WORDS: Final = 3
_FEWEST_BEHIND: Final = 2
"""Words at most of a cell that the one beside it explains, with so many words at least."""
_FEWEST: Final = 2
"""Different meanings that make a legend: a single letter with one may be an abbreviation."""


def letters_of(page: Page, vocabulary: Vocabulary) -> dict[str, str]:
    """The statuses that a page's text gives letters, digits, signs or words of its own.

    Those of one kind have to have two different meanings. Signs come with each kind of dash.
    """
    text = " ".join(line.text for line in page.lines)
    letters = _meanings(_LETTER, text, vocabulary)
    grades = _meanings(_GRADE, text, vocabulary)
    signs = _meanings(_SIGNED, text, vocabulary) if _PLUS in text else {}
    if _PLUS not in signs:
        signs = {}
    others = _other_signs(page, vocabulary)
    alike = {_DASH.sub(dash, sign): value for sign, value in signs.items() for dash in "-–−"}
    scale = scale_of("\n".join(_with_joint(line, vocabulary) for line in page.lines), vocabulary)
    colours = told_colours(page, vocabulary).statuses
    words = {**colours, **middles_of(text, vocabulary), **scale, **words_of(text, vocabulary)}
    return {**words, **letters, **grades, **others, **alike}


def _with_joint(line: PageLine, vocabulary: Vocabulary) -> str:
    """A line's text, with a dash in the gap between a few words and a text, as between cells.

    A text that is nothing but a status is that of a row, and explains nothing.
    """
    word, *more = split_at_gaps(line)
    if len(more) != 1 or len(word) > _MOST_WORDS or len(more[0]) < _FEWEST_BEHIND:
        return line.text
    text = join_words(more[0])
    is_status = _value(text, cell_statuses(vocabulary), vocabulary) is not None
    return line.text if is_status else f"{join_words(word)} – {text}"


def _other_signs(page: Page, vocabulary: Vocabulary) -> dict[str, str]:
    """The statuses of signs such as "~" that are no symbols; those are marks, and count with them.

    Of entries on one line of the page: a sign in a text may be anything.
    """
    whole = cell_statuses(vocabulary)
    found = [
        (match["letter"], value)
        for line in page.lines
        for match in _OTHER.finditer(line.text)
        if (value := _value(match["words"], whole, vocabulary)) is not None
    ]
    if len({value for _, value in found}) < _FEWEST:
        return {}
    return {sign: value for sign, value in sole_values(found).items() if not is_symbol(sign)}


def _meanings(entry: re.Pattern[str], text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """What a text's entries of one kind mean; empty where they have fewer than two meanings."""
    whole = cell_statuses(vocabulary)
    meanings = sole_values(
        (_DASH.sub("–", match["letter"]), value)
        for match in entry.finditer(text)
        if match["letter"].isupper() or not match["letter"].isalpha()
        if (value := _value(match["words"], whole, vocabulary)) is not None
    )
    return meanings if len(set(meanings.values())) >= _FEWEST else {}


def _value(words: str, whole: Mapping[str, str], vocabulary: Vocabulary) -> str | None:
    """The status that an entry's words state; None where they state none."""
    squeezed = squeeze(words)
    value = vocabulary.status_phrases.get(squeezed) or whole.get(squeezed)
    value = value or legend_value(words, vocabulary.statuses, vocabulary)
    return value if value in vocabulary.statuses else None
