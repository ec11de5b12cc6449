"""The words and signs of a page, by PDFium's account of its characters.

PDFium adds spaces and line breaks of its own, which belong to no object and are left out, and it
marks a hyphen at the end of a line by a control character, which is turned back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from ctypes import addressof, create_string_buffer
from functools import cache
from itertools import compress, groupby, islice, pairwise, repeat
from operator import gt, itemgetter, lt, ne
from typing import NamedTuple

from styrmatt.extract.engine.alt_texts import PageAlternativeTexts
from styrmatt.extract.engine.coordinates import Frame, times
from styrmatt.extract.engine.fonts import SAME_LINE, SPACE, Turn, glyph_box, is_bold, stands
from styrmatt.extract.engine.pdfium_ctypes import (
    Handle,
    Slots,
    boxes,
    calls,
    codes_of,
    owners,
    unmapped,
)
from styrmatt.extract.engine.pdfium_graphics import PageObject, colour_of
from styrmatt.extract.model.page import Glyph
from styrmatt.extract.model.symbols import is_symbol
from styrmatt.extract.model.text_lines import Word

_BROKEN_OFF = "\x02"
"""What PDFium gives for a hyphen, soft or not, at the end of a line."""
_HYPHEN, _SOFT_HYPHEN = "-", "\u00ad"
_LEVEL = 1e-4
"""Share by which a line of text may rise and still be level."""

_STRETCH = re.compile(r"\S+")
Character = tuple[float, float, str, float, float]
"""x0, x1, text, top, bottom on the page."""

_matrix, _origin, _real = Slots("f", 6), Slots("d", 2), Slots("f", 1)


class Style(NamedTuple):
    """What the characters of a word have in common."""

    font: str
    size: float
    colour: str | None


class Run(NamedTuple):
    """Characters on one line that one operation drew, as columns of equal length."""

    style: Style
    x0s: Sequence[float]
    x1s: Sequence[float]
    texts: Sequence[str]
    top: float
    bottom: float
    turn: Turn
    content: int | None
    order: int = 0
    """The place of what drew them among the page's objects, in the order of painting."""

    @property
    def upright(self) -> bool:
        """Whether they are read from left to right, as words are."""
        a, b, c, d = self.turn
        return a * d > 0 and b * c <= 0

    @property
    def characters(self) -> Iterator[Character]:
        """Each with its box."""
        return zip(
            self.x0s, self.x1s, self.texts, repeat(self.top), repeat(self.bottom), strict=False
        )


class Font:
    """A font on one page. ``descents`` are those that the file gives, by name."""

    def __init__(self, handle: Handle, descents: Mapping[str, float]) -> None:
        self._handle = handle
        call = calls()
        room = create_string_buffer(256)
        call.font_name(handle, addressof(room), len(room))
        name = room.value.decode("utf-8", "replace")
        self.name = name.rpartition("+")[2]
        call.descent(handle, 1.0, *_real.at)
        self.descent = descents.get(self.name, -abs(float(_real.values[0])))
        self._advances: dict[int, float] = {}

    def advance(self, code: int) -> float:
        """How far a character moves on, in sizes of the font."""
        if code not in self._advances:
            _real.values[0] = 0.0
            calls().advance(self._handle, code, 1.0, *_real.at)
            self._advances[code] = float(_real.values[0])
        return self._advances[code]

    def hyphen(self, advance: float) -> str:
        """The hyphen that moves on so far; a soft one where that alone fits."""
        plain, soft = (abs(self.advance(ord(c)) - advance) for c in (_HYPHEN, _SOFT_HYPHEN))
        return _SOFT_HYPHEN if soft < 0.01 < plain else _HYPHEN


class TextReader:
    """Reads the characters of one page."""

    def __init__(
        self, textpage: Handle, count: int, frame: Frame, descents: Mapping[str, float]
    ) -> None:
        """``count`` is the number of characters that PDFium counts."""
        self._textpage = textpage
        self._frame = frame
        self.codes = codes_of(textpage, count)
        self._texts = texts_of(self.codes, unmapped(textpage, count))
        self._lefts, self._rights = boxes(textpage, count)
        self._spans = _spans(owners(textpage, count))
        self._descents = descents
        self._fonts: dict[Handle, Font] = {}

    def runs(self, objects: Iterable[PageObject]) -> Iterator[Run]:
        """The characters of all objects that are text, in the order of the objects."""
        for order, found in enumerate(objects):
            for start, stop in self._spans.get(found.handle, ()) if found.is_text else ():
                yield from self._runs(found, order, start, stop)

    def _runs(self, found: PageObject, order: int, start: int, stop: int) -> Iterator[Run]:
        """The characters from ``start`` to before ``stop``, as one run where they are level."""
        call = calls()
        font = self._font(call.font(found.handle))
        call.font_size(found.handle, *_real.at)
        size = float(_real.values[0])
        call.turn(self._textpage, start, _matrix.at[0])
        own = (*_matrix.values[:4], 0.0, 0.0)
        a, b, c, d, _, _ = times(own, self._frame.matrix)
        colour = colour_of(found.handle, call.fill)
        self._mend_hyphens(font, a * size, start, stop)
        if a <= 0 or abs(b) > _LEVEL * a or self._frame.turned:
            for at in range(start, stop):
                x, y = self._origin(at)
                low, advance = font.descent * size, font.advance(self.codes[at]) * size
                x0, top, x1, bottom = self._frame.place(
                    (0.0, low, advance, low + size), (*own[:4], x, y)
                )
                style = Style(font.name, round(bottom - top, 3), colour)
                text = (self._texts[at],)
                yield Run(
                    style, (x0,), (x1,), text, top, bottom, (a, b, c, d), found.content, order
                )
            return
        _, baseline = self._frame.places([self._origin(start)])[0]
        low, high = font.descent * size, (font.descent + 1) * size
        left, right = sorted((c * low, c * high))
        shift = self._frame.matrix[4]
        x0s, x1s = self._lefts[start:stop].tolist(), self._rights[start:stop].tolist()
        if shift or left or right:
            x0s, x1s = [x + shift + left for x in x0s], [x + shift + right for x in x1s]
        top, bottom = sorted((baseline - d * low, baseline - d * high))
        style = Style(font.name, round(bottom - top, 3), colour)
        texts = self._texts[start:stop]
        yield Run(style, x0s, x1s, texts, top, bottom, (a, b, c, d), found.content, order)

    def _font(self, handle: Handle) -> Font:
        if handle not in self._fonts:
            self._fonts[handle] = Font(handle, self._descents)
        return self._fonts[handle]

    def _origin(self, at: int) -> tuple[float, float]:
        calls().origin(self._textpage, at, *_origin.at)
        return (_origin.values[0], _origin.values[1])

    def _mend_hyphens(self, font: Font, scale: float, start: int, stop: int) -> None:
        """Turn back hyphens at ends of lines, and leave out those within a sign, not to be seen."""
        if {_BROKEN_OFF, _SOFT_HYPHEN}.isdisjoint(self._texts[start:stop]):
            return
        for at in range(start, stop):
            if self._texts[at] == _BROKEN_OFF:
                advance = (self._rights[at] - self._lefts[at]) / scale if scale else 0.0
                self._texts[at] = font.hyphen(advance)
            elif self._texts[at] == _SOFT_HYPHEN and self._origin(at) == self._origin(at - 1):
                self._texts[at] = ""


def texts_of(codes: Sequence[int], unmapped: Iterable[int]) -> list[str]:
    """The characters of these codes; those that a font does not tell are named by number.

    Where PDFium gives a character in two halves, the second is empty.
    """
    texts = list(map(chr, codes))
    for at in compress(range(len(texts)), unmapped):
        texts[at] = f"(cid:{codes[at]})"
    if max(codes, default=0) < 0xD800:
        return texts
    for at in [n for n, code in enumerate(codes[:-1]) if 0xD800 <= code < 0xDC00]:
        both = texts[at] + texts[at + 1]
        texts[at] = both.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        texts[at + 1] = ""
    return texts


def _spans(owners: Sequence[Handle | None]) -> dict[Handle, list[tuple[int, int]]]:
    """Where the characters of each object stand: starts and ends."""
    changes = compress(range(1, len(owners)), map(ne, owners, islice(owners, 1, None)))
    spans: dict[Handle, list[tuple[int, int]]] = {}
    for start, stop in pairwise((0, *changes, len(owners))) if owners else ():
        owner = owners[start]
        if owner is not None:
            spans.setdefault(owner, []).append((start, stop))
    return spans


def words(runs: Iterable[Run]) -> Iterator[Word]:
    """The words of upright runs; a change of style ends one."""
    upright = (run for run in runs if run.upright)
    for style, group in groupby(upright, key=_style):
        for line in _lines(group):
            yield from _level_words(line, style) or _uneven_words(line, style)


_style, _top = itemgetter(Run._fields.index("style")), itemgetter(Run._fields.index("top"))


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in sorted(runs, key=_top):
        if line and run.top > line[-1].top + SAME_LINE:
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _level_words(line: Sequence[Run], style: Style) -> list[Word] | None:
    """The words of a line at one height that is written from left to right, sign by sign.

    Most lines are such, and need no look at each character. None where this one is not.
    """
    top, bottom = line[0].top, line[0].bottom
    if any(run.top != top or run.bottom != bottom for run in line):
        return None
    x0s, x1s, texts = line[0].x0s, line[0].x1s, line[0].texts
    if len(line) > 1:
        ordered = sorted(line, key=lambda run: run.x0s[0])
        x0s = [x for run in ordered for x in run.x0s]
        x1s = [x for run in ordered for x in run.x1s]
        texts = [text for run in ordered for text in run.texts]
    text, space = "".join(texts), SPACE * style.size
    single = len(text) == len(texts) and "" not in texts
    if not single or not all(map(lt, x0s, islice(x0s, 1, None))):
        return None
    gaps = set(
        compress(range(1, len(x0s)), map(gt, islice(x0s, 1, None), [x + space for x in x1s]))
    )
    bold = _bold(style.font)
    found = []
    for stretch in _STRETCH.finditer(text):
        start, stop = stretch.span()
        cuts = sorted(gap for gap in gaps if start < gap < stop) if gaps else ()
        for first, end in pairwise((start, *cuts, stop)):
            x1 = x1s[first] if end - first == 1 else max(x1s[first:end])
            found.append(
                Word(
                    text[first:end], x0s[first], top, x1, bottom,
                    style.size, bold, style.colour, style.font,
                )
            )  # fmt: skip
    return found


def _uneven_words(line: Iterable[Run], style: Style) -> Iterator[Word]:
    """The words of any line, character by character."""
    characters = sorted((c for run in line for c in run.characters), key=itemgetter(0, 1))
    for word in _split(characters, style.size):
        yield _word(word, style)


def _split(characters: Iterable[Character], size: float) -> Iterator[list[Character]]:
    """The characters of a line in the groups that neither a space nor a gap keeps apart."""
    word: list[Character] = []
    reach = height = 0.0
    for character in characters:
        x0, x1, text, top, _ = character
        if text.isspace():
            if word:
                yield word
                word = []
            continue
        if word and (x0 > reach or abs(top - height) > SAME_LINE):
            yield word
            word = []
        word.append(character)
        reach, height = x1 + SPACE * size, top
    if word:
        yield word


def _word(characters: Sequence[Character], style: Style) -> Word:
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


_bold = cache(is_bold)
_symbol = cache(is_symbol)


def glyphs(runs: Iterable[Run], alternatives: PageAlternativeTexts) -> Iterator[Glyph]:
    """The characters that are signs, or do not stand as their font has them."""
    plain: dict[str, set[str]] = {}
    for run in runs:
        font, upright = run.style.font, stands(run.turn)
        if upright:
            known = plain.setdefault(font, set())
            new = set(run.texts) - known
            if not any(_symbol(text, font) for text in new):
                known |= new
                continue
        for x0, x1, text, top, bottom in run.characters:
            if _symbol(text, font) or not (upright or text.isspace()):
                box = glyph_box((x0, top, x1, bottom), run.turn)
                alt = alternatives.get(run.content, box)
                yield Glyph(text, box, font, run.style.colour, upright, alt)
