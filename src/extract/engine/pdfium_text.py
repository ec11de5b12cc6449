"""Makes words and symbols of the runs of characters that PDFium gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, compress, groupby, islice, pairwise
from operator import gt, itemgetter, lt, sub

from styrmatt.extract.engine.alt_texts import PageAltTexts
from styrmatt.extract.engine.fonts import (
    LINE_TOLERANCE,
    WORD_GAP,
    glyph_box,
    is_bold,
    is_upright,
    quarter_turn,
)
from styrmatt.extract.engine.pdfium_runs import Character, TextRun, TextStyle
from styrmatt.extract.model.page import Glyph
from styrmatt.extract.model.symbols import is_symbol
from styrmatt.extract.model.text_lines import Word

_ROUNDING = 1e-6
"""Points by which sums of places may be off: far below any gap."""
_LETTER_SPACE = 0.3
"""Ems between letters that are set apart at most; cells of a table lie further apart."""
_SPACED_LETTERS = 6
"""Letters of a line, at least, that are set apart: fewer may be cells or initials."""
_MOSTLY = 0.8
"""Share of the words of such a line that are single letters; others are figures and signs."""
_WIDER = 2.0
"""Times as wide as the space between such letters as one between words is at least."""
_YEARS = re.compile(r"((?:19|20)\d\d)+(?!\d)")
"""Years without a space between: labels of narrow columns."""
_YEAR_LENGTH = 4
_LABEL_GAP = 0.05
"""Ems by which such years lie further apart than figures of one, at least: rounding makes less."""
_WITHOUT_SPACE = re.compile(r"\S+")

_SHORTEST_TEXT = 3
"""Characters that an operator draws at once from which they may be a cell's text. Fewer may be any
part of a word: some programs draw each letter by itself."""
_MOST_COVERED = 0.5
"""Share of a text that the next one may cover if it begins another cell: one that covers more is
the same text again, drawn a little to the side."""
_KERNING = 0.25
"""Ems by which letters of one word overlap at most: "AV" by 0.13, "To" by 0.1."""

_bold = cache(is_bold)
_symbol = cache(is_symbol)
_style, _top = itemgetter(TextRun._fields.index("style")), itemgetter(TextRun._fields.index("top"))


def words(runs: Iterable[TextRun]) -> Iterator[Word]:
    """The words of the runs that are read from left to right; a change of style ends a word."""
    readable = (run for run in runs if run.reads_rightwards)
    for style, group in groupby(readable, key=_style):
        for line in _lines(group):
            for part in _apart(line, style):
                yield from _joined(_level_words(part, style) or list(_uneven_words(part, style)))


def _lines(runs: Iterable[TextRun]) -> Iterator[list[TextRun]]:
    """The runs of each line, top to bottom."""
    line: list[TextRun] = []
    for run in sorted(runs, key=_top):
        if line and run.top > line[-1].top + LINE_TOLERANCE:
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _apart(line: list[TextRun], style: TextStyle) -> Iterable[list[TextRun]]:
    """A line cut where one cell's text runs into the next one's: ``23 200 mil`` and ``22 121``.

    A text that is too long for its cell ends where the next begins, or lies below it.
    """
    if len(line) == 1 or any(run.top != line[0].top for run in line):
        return [line]
    ordered = sorted(line, key=lambda run: run.x0s[0])
    touch = WORD_GAP * style.size
    cuts = [
        n
        for n, (one, other) in enumerate(pairwise(ordered), start=1)
        if other.x0s[0] - one.x1s[-1] <= touch and _are_two_texts(one, other, style.size)
    ]
    return [ordered[start:stop] for start, stop in pairwise((0, *cuts, len(ordered)))]


def _are_two_texts(one: TextRun, other: TextRun, size: float) -> bool:
    """Whether two runs that touch are no parts of one word."""
    if min(len(one.texts), len(other.texts)) < _SHORTEST_TEXT:
        return False
    overlap = one.x1s[-1] - other.x0s[0]
    narrower = min(one.x1s[-1] - one.x0s[0], other.x1s[-1] - other.x0s[0])
    if overlap > _MOST_COVERED * narrower:  # printed twice
        return False
    last, first = one.texts[-1], other.texts[0]
    changes = last.isalpha() and (first.isdecimal() or (last.islower() and first.isupper()))
    return changes or (overlap > _KERNING * size and (last.isalnum() and first.isalnum()))


def _level_words(line: Sequence[TextRun], style: TextStyle) -> list[Word] | None:
    """The words of a line at one height whose characters follow each other from left to right.

    Most lines are such, and need no look at each character. None where this one is not.
    """
    top, bottom = line[0].top, line[0].bottom
    if any(run.top != top or run.bottom != bottom for run in line):
        return None
    x0s, x1s, texts = line[0].x0s, line[0].x1s, line[0].texts
    if len(line) > 1:
        ordered = sorted(line, key=lambda run: run.x0s[0])
        x0s = list(chain.from_iterable([run.x0s for run in ordered]))
        x1s = list(chain.from_iterable([run.x1s for run in ordered]))
        texts = list(chain.from_iterable([run.texts for run in ordered]))
    text, max_gap = "".join(texts), WORD_GAP * style.size
    one_code_each = len(text) == len(texts) and "" not in texts
    if not one_code_each or not all(map(lt, x0s, islice(x0s, 1, None))):
        return None
    gaps: set[int] = set()
    if max(map(sub, islice(x0s, 1, None), x1s), default=0.0) > max_gap - _ROUNDING:
        reaches = [x + max_gap for x in x1s]
        gaps = set(compress(range(1, len(x0s)), map(gt, islice(x0s, 1, None), reaches)))
    bold = _bold(style.font)
    found = []
    for part in _WITHOUT_SPACE.finditer(text):
        start, stop = part.span()
        cuts = sorted(gap for gap in gaps if start < gap < stop) if gaps else ()
        if stop - start > _YEAR_LENGTH and _YEARS.search(part[0]):
            ends = _label_ends(text, (start, *cuts, stop), x0s, x1s, style.size)
            cuts = sorted({*cuts, *ends})
        for first, end in pairwise((start, *cuts, stop)):
            x1 = x1s[first] if end - first == 1 else max(x1s[first:end])
            found.append(
                Word(
                    text[first:end], x0s[first], top, x1, bottom,
                    style.size, bold, style.colour, style.font,
                )
            )  # fmt: skip
    return found


def _label_ends(
    text: str, cuts: Sequence[int], x0s: Sequence[float], x1s: Sequence[float], size: float
) -> Iterator[int]:
    """Where years that begin one of the words end, if what follows each is set apart from it."""
    for start, stop in pairwise(cuts):
        years = _YEARS.match(text, start, stop)
        if years is None:
            continue
        for end in range(start + _YEAR_LENGTH, min(years.end() + 1, stop), _YEAR_LENGTH):
            inside = max(x0s[n] - x1s[n - 1] for n in range(end - _YEAR_LENGTH + 1, end))
            if x0s[end] - x1s[end - 1] > max(inside, 0.0) + _LABEL_GAP * size:
                yield end


def _joined(words: list[Word]) -> list[Word]:
    """The words of a line; single letters that are set apart, as in some headings, as words."""
    if len(words) < _SPACED_LETTERS or any(len(word.text) > 1 for word in words[1:3]):
        return words
    letters = sum(len(word.text) == 1 and word.text.isalpha() for word in words)
    gaps = [right.x0 - left.x1 for left, right in pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 2]
    most = letters >= _SPACED_LETTERS and letters > _MOSTLY * len(words)
    if not most or not 0 < usual <= _LETTER_SPACE * words[0].size:
        return words
    joined = [words[0]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap < _WIDER * usual:
            last = joined[-1]
            joined[-1] = last._replace(text=last.text + word.text, x1=word.x1)
        else:
            joined.append(word)
    return joined


def _uneven_words(line: Iterable[TextRun], style: TextStyle) -> Iterator[Word]:
    """The words of any line, character by character."""
    characters = sorted((c for run in line for c in run.characters), key=itemgetter(0, 1))
    for word in _split_at_spaces(characters, style.size):
        yield _word(word, style)


def _split_at_spaces(characters: Iterable[Character], size: float) -> Iterator[list[Character]]:
    """The characters of each word: those between spaces, gaps and changes of height."""
    word: list[Character] = []
    reach = height = 0.0
    for character in characters:
        x0, x1, text, top, _ = character
        if text.isspace():
            if word:
                yield word
                word = []
            continue
        if word and (x0 > reach or abs(top - height) > LINE_TOLERANCE):
            yield word
            word = []
        word.append(character)
        reach, height = x1 + WORD_GAP * size, top
    if word:
        yield word


def _word(characters: Sequence[Character], style: TextStyle) -> Word:
    x0s, x1s, texts, tops, bottoms = zip(*characters, strict=True)
    return Word(
        text="".join(texts),
        x0=x0s[0],
        top=min(tops),
        x1=max(x1s),
        bottom=max(bottoms),
        size=style.size,
        bold=_bold(style.font),
        colour=style.colour,
        font=style.font,
    )


def glyphs(runs: Iterable[TextRun], alt_texts: PageAltTexts) -> Iterator[Glyph]:
    """The characters that are symbols, or are turned or mirrored."""
    no_symbols: dict[str, set[str]] = {}  # characters by font that were found to be none
    for run in runs:
        font, upright = run.style.font, is_upright(run.matrix)
        turn = 0 if upright else quarter_turn(run.matrix)
        if upright:
            known = no_symbols.setdefault(font, set())
            if known.issuperset(run.texts):
                continue
            new = set(run.texts) - known
            if not any(_symbol(text, font) for text in new):
                known |= new
                continue
        for x0, x1, text, top, bottom in run.characters:
            if _symbol(text, font) or not (upright or text.isspace()):
                box = glyph_box((x0, top, x1, bottom), run.matrix)
                alt = alt_texts.get(run.mcid, box)
                yield Glyph(text, box, font, run.style.colour, upright, alt, turn)
