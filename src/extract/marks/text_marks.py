"""Finds words that are marks: a phrase for a status or trend, or a figure in a telling colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.marks.status_phrases import match_phrases
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.symbols import all_symbols
from styrmatt.extract.model.text_lines import Word, lines_of
from styrmatt.geometry import middle_inside, union
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_LINE_GAP = 0.75
"""Lines further apart than this share of their height belong to different cells: a cell's own lines
are closer even where they are set with one and a half spacing."""
_FIGURE_WORDS, _FIGURE_CHARACTERS = 3, 12
"""Words and characters that a figure has at most: a number of thousands and its unit. More is text
in which a figure occurs."""
_RULING_OVERLAP = 1.0
"""Points that a ruling between cells may lack of the word below it: a mark's edge is shorter."""


@dataclass(frozen=True, slots=True)
class TextMark:
    """Words that carry a status or trend by what they say or by their colour."""

    bbox: Bbox
    text: str
    colour: str | None
    first_line: float
    """The height of the middle of its first line."""


def text_marks_in(page: Page, box: Bbox, vocabulary: Vocabulary) -> list[TextMark]:
    """The words in the box that are marks, top to bottom; symbol characters are not among them."""
    words = [
        word
        for word in page.words_at(box[1], box[3])
        if middle_inside(word.bbox, box) and not all_symbols(word.text, word.font)
    ]
    if not words:
        return []
    labels = [label for group in vocabulary.sexes.values() for label in group]
    labels += vocabulary.statements.goals
    labels += [word for adverb in vocabulary.legend.adverbs for word in adverb.split()]
    marks: list[TextMark] = []
    blocks: Iterable[list[Word]] = _blocks(page, words)
    if not _is_ruled(page, words):
        blocks = (cell for block in blocks for cell in _cells_of(block, vocabulary))
    for block in blocks:
        found = match_phrases([word.text for word in block], vocabulary.mark_phrases, labels)
        if found:
            marks += [_mark(block[one.start : one.end]) for one in found]
        elif _is_figure(block) and _has_telling_colour(block, page.usual_colour):
            marks.append(_mark(block))
    return marks


def _is_ruled(page: Page, words: Sequence[Word]) -> bool:
    """Whether a ruling runs between some of the words of a column: rulings part its cells."""
    heights = [word.middle for word in words]
    left = min(word.x0 for word in words)
    return any(
        ruling.start - _RULING_OVERLAP <= left and ruling.end >= left + _RULING_OVERLAP
        for ruling in page.horizontals_within(min(heights), max(heights))
    )


def _cells_of(block: Sequence[Word], vocabulary: Vocabulary) -> Iterator[list[Word]]:
    """The cells of a block without rulings: a line that begins one has a capital, and says all.

    "Reached" and "Partly" on two lines are of two rows, though "reached partly" is a phrase.
    """
    cell: list[Word] = []
    for line in lines_of(block):
        words = list(line.words)
        begins = words[0].text[:1].isupper() and words[0].text[1:2].islower()
        if cell and begins and _says_all(cell, vocabulary) and _says_all(words, vocabulary):
            yield cell
            cell = []
        cell += words
    yield cell


def _says_all(words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Whether words are one phrase for a status or trend."""
    return squeeze("".join(word.text for word in words)) in vocabulary.mark_phrases


def _mark(words: Sequence[Word]) -> TextMark:
    colour = Counter(word.colour for word in words).most_common(1)[0][0]
    text = " ".join(word.text for word in words)
    return TextMark(union(w.bbox for w in words), text, colour, words[0].middle)


def _is_figure(words: Sequence[Word]) -> bool:
    text = "".join(word.text for word in words)
    return (
        len(words) <= _FIGURE_WORDS
        and any(map(str.isdecimal, text))
        and len(text) <= _FIGURE_CHARACTERS
    )


def _has_telling_colour(words: Sequence[Word], usual: str | None) -> bool:
    """Whether all words are of one colour that has a hue and is not that of the page's text."""
    colours = {word.colour for word in words}
    colour = next(iter(colours)) if len(colours) == 1 else None
    return colour is not None and colour != usual and lch(colour).saturated


def _blocks(page: Page, words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words in blocks of one cell each: cut at rulings, wide gaps and changes of colour."""
    block: list[Word] = []
    for line in lines_of(words):
        if block and _new_cell(page, block, line.words):
            yield block
            block = []
        for word in line.words:
            if block and word.colour != block[-1].colour:
                yield block
                block = []
            block.append(word)
    if block:
        yield block


def _new_cell(page: Page, block: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether a line begins another cell than that of the block above it."""
    above, below = block[-1], line[0]
    height = max(above.bottom - above.top, 1.0)
    if below.top - above.bottom > _LINE_GAP * height:
        return True
    low, high = above.middle, below.middle
    return any(
        low < ruling.at < high
        and ruling.start - _RULING_OVERLAP <= below.x0
        and ruling.end >= below.x1 - _RULING_OVERLAP
        for ruling in page.horizontals_within(low, high)
    )
