"""Words that are marks: a phrase for a status or trend, or a figure in a telling colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from styrmatt.extract.marks.colour_difference import lch
from styrmatt.extract.marks.status_phrases import cut
from styrmatt.extract.model.page import Page, Word, inside, lines_of, union
from styrmatt.extract.model.symbols import all_symbols
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary

_LINE_GAP = 0.75
"""Lines further apart than this share of their height belong to different cells."""


@dataclass(frozen=True, slots=True)
class TextMark:
    """Words that carry a status or trend, by what they say or by their colour."""

    bbox: Bbox
    text: str
    colour: str | None


def texts_in(page: Page, box: Bbox, vocabulary: Vocabulary) -> list[TextMark]:
    """The words in the box that are marks, top to bottom."""
    words = [
        word
        for word in page.words_at(box[1], box[3])
        if inside(word.bbox, box) and not all_symbols(word.text, word.font)
    ]
    if not words:
        return []
    phrases = {**vocabulary.trend_phrases, **vocabulary.status_phrases}
    labels = [label for group in vocabulary.sexes.values() for label in group]
    marks: list[TextMark] = []
    for block in _blocks(page, words):
        found = cut([word.text for word in block], phrases, labels)
        if found:
            marks += [_mark(block[one.start : one.end]) for one in found]
        elif _figures(block) and _telling(block, page.usual_colour):
            marks.append(_mark(block))
    return marks


def _mark(words: Sequence[Word]) -> TextMark:
    colour = Counter(word.colour for word in words).most_common(1)[0][0]
    return TextMark(union(w.bbox for w in words), " ".join(w.text for w in words), colour)


def _figures(words: Sequence[Word]) -> bool:
    text = "".join(word.text for word in words)
    return len(words) <= 3 and any(map(str.isdigit, text)) and len(text) <= 12


def _telling(words: Sequence[Word], usual: str | None) -> bool:
    """Whether all words are of one colour that has a hue and is not that of the page's text."""
    colours = {word.colour for word in words}
    colour = next(iter(colours)) if len(colours) == 1 else None
    return colour is not None and colour != usual and lch(colour).saturated


def _blocks(page: Page, words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of one cell each: cut at rulings, gaps between lines, and new colours."""
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
    above, below = block[-1], line[0]
    height = max(above.bottom - above.top, 1.0)
    if below.top - above.bottom > _LINE_GAP * height:
        return True
    low, high = above.middle, below.middle
    return any(
        low < ruling.at < high and ruling.start - 1 <= below.x0 and ruling.end >= below.x0 + 1
        for ruling in page.horizontals
    )
