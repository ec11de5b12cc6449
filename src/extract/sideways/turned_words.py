"""Makes words of turned characters, once each has its place on an upright page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from styrmatt.extract.engine.fonts import LINE_TOLERANCE, WORD_GAP, is_bold
from styrmatt.extract.model.page import Glyph
from styrmatt.extract.model.text_lines import Word
from styrmatt.geometry import union


def words_of_glyphs(glyphs: Iterable[Glyph]) -> Iterator[Word]:
    """The words of characters that stand upright; a change of font, size or colour ends a word."""
    for _, group in groupby(sorted(glyphs, key=_style), key=_style):
        for line in _lines(group):
            yield from map(_word, _parted(line))


def _style(glyph: Glyph) -> tuple[str, str, float]:
    return glyph.font, glyph.colour or "", round(glyph.bbox[3] - glyph.bbox[1], 2)


def _lines(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """The characters of each line, from left to right."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.bbox[1]):
        if line and glyph.bbox[1] > line[-1].bbox[1] + LINE_TOLERANCE:
            yield sorted(line, key=lambda glyph: glyph.bbox[0])
            line = []
        line.append(glyph)
    if line:
        yield sorted(line, key=lambda glyph: glyph.bbox[0])


def _parted(line: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The characters of each word of a line: those between gaps."""
    word: list[Glyph] = []
    reach = 0.0
    for glyph in line:
        if word and glyph.bbox[0] > reach:
            yield word
            word = []
        word.append(glyph)
        reach = glyph.bbox[2] + WORD_GAP * (glyph.bbox[3] - glyph.bbox[1])
    if word:
        yield word


def _word(glyphs: Sequence[Glyph]) -> Word:
    x0, top, x1, bottom = union(glyph.bbox for glyph in glyphs)
    first = glyphs[0]
    text = "".join(glyph.text for glyph in glyphs)
    size = round(bottom - top, 3)
    return Word(text, x0, top, x1, bottom, size, is_bold(first.font), first.colour, first.font)
