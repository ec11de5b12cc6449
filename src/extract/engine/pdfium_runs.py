"""Reads the characters of a page with PDFium, as runs that one operator drew on one line.

PDFium adds spaces and line breaks of its own, which belong to no object and are left out, and it
replaces a hyphen at the end of a line by a control character, which is turned back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from ctypes import addressof, create_string_buffer
from itertools import compress, islice, pairwise, repeat
from operator import ne
from typing import NamedTuple

from styrmatt.extract.engine.coordinates import Matrix, PageCoordinates, combined
from styrmatt.extract.engine.fonts import TextMatrix
from styrmatt.extract.engine.pdfium_ctypes import (
    CArray,
    Handle,
    box_of,
    character_codes,
    functions,
    horizontal_extents,
    lacks_unicode,
    text_objects,
)
from styrmatt.extract.engine.pdfium_graphics import PageObject, colour_of
from styrmatt.printed import Bbox

_LINE_END_HYPHEN = "\x02"
"""What PDFium gives for a hyphen, soft or not, at the end of a line."""
_HYPHEN, _SOFT_HYPHEN = "-", "\u00ad"
_SAME_ADVANCE = 0.01
"""Ems up to which an advance is that of a font's hyphen: the rounding of a file. Fonts give their
soft hyphen the width of the plain one or none at all."""
_LEVEL = 1e-4
"""Rise over run up to which a line of text is level: the rounding of a matrix."""
_WIDER_THAN_LETTER = 0.05
"""Ems by which a ligature is wider than its widest letter at least: "fi" is by the "i", 0.2."""
_HIGH_SURROGATES, _LOW_SURROGATES = 0xD800, 0xDC00
"""Where the codes begin of the first and second halves in which UTF-16 writes rarer characters."""
_MAX_FONT_NAME = 256
"""Bytes of a font's name that are read; PDF names have 127 at most."""

Character = tuple[float, float, str, float, float]
"""x0, x1, text, top, bottom on the page."""

_matrix, _origin, _real = CArray("f", 6), CArray("d", 2), CArray("f", 1)
_bounds = CArray("f", 4)


class TextStyle(NamedTuple):
    """What the characters of a word have in common."""

    font: str
    size: float
    """Points."""
    colour: str | None


class TextRun(NamedTuple):
    """Characters on one line that one operator drew, as columns of equal length."""

    style: TextStyle
    x0s: Sequence[float]
    x1s: Sequence[float]
    texts: Sequence[str]
    top: float
    bottom: float
    matrix: TextMatrix
    mcid: int | None
    """Its marked-content identifier."""
    order: int = 0
    """The place of what drew it among the page's objects, in the order of painting."""

    @property
    def reads_rightwards(self) -> bool:
        """Whether its characters are read from left to right, as words are."""
        a, b, c, d = self.matrix
        return a > 0 and d > 0 and b * c <= 0

    @property
    def characters(self) -> Iterator[Character]:
        """Its characters, each with its box."""
        return zip(
            self.x0s, self.x1s, self.texts, repeat(self.top), repeat(self.bottom), strict=False
        )


class PaintedText(NamedTuple):
    """An object that is text: its place in the order of painting, and the box around its ink."""

    order: int
    box: Bbox
    font: str
    colour: str | None


class Font:
    """A font on one page. ``descents`` are those that the file gives, in ems by name."""

    def __init__(self, handle: Handle, descents: Mapping[str, float]) -> None:
        self._handle = handle
        call = functions()
        buffer = create_string_buffer(_MAX_FONT_NAME)
        call.font_name(handle, addressof(buffer), len(buffer))
        name = buffer.value.decode("utf-8", "replace")
        self.name = name.rpartition("+")[2]
        call.descent(handle, 1.0, *_real.addresses)
        self.descent = descents.get(self.name, -abs(float(_real.values[0])))
        self._advances: dict[int, float] = {}

    def advance(self, code: int) -> float:
        """The advance width of a character in ems."""
        if code not in self._advances:
            _real.values[0] = 0.0
            functions().advance(self._handle, code, 1.0, *_real.addresses)
            self._advances[code] = float(_real.values[0])
        return self._advances[code]

    def hyphen(self, advance: float) -> str:
        """The hyphen that has this advance width (ems): a soft one where only that has it."""
        plain, soft = (abs(self.advance(ord(c)) - advance) for c in (_HYPHEN, _SOFT_HYPHEN))
        return _SOFT_HYPHEN if soft < _SAME_ADVANCE < plain else _HYPHEN


class TextReader:
    """Reads the characters of one page."""

    def __init__(
        self,
        textpage: Handle,
        count: int,
        coordinates: PageCoordinates,
        descents: Mapping[str, float],
    ) -> None:
        """``count`` is the number of characters that PDFium counts."""
        self._textpage = textpage
        self._coordinates = coordinates
        self.codes = character_codes(textpage, count)
        self._texts = texts_of(self.codes, lacks_unicode(textpage, count))
        is_hyphen = map({_LINE_END_HYPHEN, _SOFT_HYPHEN}.__contains__, self._texts)
        self._hyphens = list(compress(range(len(self._texts)), is_hyphen))
        self._lefts, self._rights = horizontal_extents(textpage, count)
        self._spans = _spans(text_objects(textpage, count))
        self._descents = descents
        self._fonts: dict[Handle, Font] = {}

    def runs(self, objects: Iterable[PageObject]) -> Iterator[TextRun]:
        """The characters of all objects that are text, in the order of the objects."""
        for order, found in enumerate(objects):
            for start, stop in self._spans.get(found.handle, ()) if found.is_text else ():
                yield from self._runs(found, order, start, stop)

    def painted(self, objects: Iterable[PageObject]) -> Iterator[PaintedText]:
        """All objects that are text, whether PDFium gives their characters or not."""
        call = functions()
        for order, found in enumerate(objects):
            if found.is_text and call.bounds(found.handle, *_bounds.addresses):
                x0, y0, x1, y1 = _bounds.values
                box = self._coordinates.box_to_page((x0, y0, x1, y1), found.form_matrix)
                font = self._font(call.font(found.handle))
                yield PaintedText(order, box, font.name, colour_of(found.handle, call.fill))

    def _runs(self, found: PageObject, order: int, start: int, stop: int) -> Iterator[TextRun]:
        """The characters from ``start`` to before ``stop``: one run if level, else one for each."""
        call = functions()
        font = self._font(call.font(found.handle))
        call.font_size(found.handle, *_real.addresses)
        size = float(_real.values[0])
        call.text_matrix(self._textpage, start, _matrix.addresses[0])
        matrix: Matrix = (*_matrix.values[:4], 0.0, 0.0)
        on_page = combined(matrix, self._coordinates.matrix)[:4]
        a, b, _, _ = on_page
        colour = colour_of(found.handle, call.fill)
        self._restore_hyphens(font, a * size, start, stop)
        if a <= 0 or abs(b) > _LEVEL * a or self._coordinates.is_rotated:
            for at, end, advance in self._glyphs(start, stop, font, size, matrix):
                x0, top, x1, bottom = self._box(at, font, size, matrix, advance)
                style = TextStyle(font.name, round(bottom - top, 3), colour)
                text = ("".join(self._texts[at:end]),)
                yield TextRun(style, (x0,), (x1,), text, top, bottom, on_page, found.mcid, order)
        else:
            x0s, x1s, top, bottom = self._level_boxes(start, stop, font, size, on_page)
            style = TextStyle(font.name, round(bottom - top, 3), colour)
            texts = self._texts[start:stop]
            yield TextRun(style, x0s, x1s, texts, top, bottom, on_page, found.mcid, order)

    def _glyphs(
        self, start: int, stop: int, font: Font, size: float, matrix: Matrix
    ) -> Iterator[tuple[int, int, float]]:
        """The characters from ``start`` to before ``stop``, those of a ligature as one.

        Each with its first character, one past its last and its advance. PDFium gives the letters
        of a ligature one after the other, all at its place.
        """
        origins = [self._origin(at) for at in range(start, stop)]
        at = start
        while at < stop:
            end = at + 1
            advance = font.advance(self.codes[at]) * size
            while end < stop and origins[end - start] == origins[at - start]:
                end += 1
            if end > at + 1:
                letters = "".join(self._texts[at:end]).isalpha() and all(self._texts[at:end])
                widest = max(font.advance(code) for code in self.codes[at:end]) * size
                length = self._length(at, matrix) if letters else 0.0
                if length > widest + _WIDER_THAN_LETTER * size:
                    advance = length
                else:  # letters that are printed on top of each other
                    end = at + 1
            yield at, end, advance
            at = end

    def _length(self, at: int, matrix: Matrix) -> float:
        """How far the box of a character reaches along its line, in units of the text.

        0.0 where the line is turned by anything but quarters of a turn.
        """
        a, b = matrix[:2]
        x0, y1, x1, y0 = box_of(self._textpage, at)
        if abs(b) <= _LEVEL * abs(a):
            return float(x1 - x0) / abs(a)
        return float(y1 - y0) / abs(b) if abs(a) <= _LEVEL * abs(b) else 0.0

    def _box(
        self, at: int, font: Font, size: float, matrix: Matrix, advance: float
    ) -> tuple[float, float, float, float]:
        """The box on the page of one printed character, however it is turned.

        ``advance`` is its own, or that of the ligature which begins with it.
        """
        x, y = self._origin(at)
        low = font.descent * size
        return self._coordinates.box_to_page((0.0, low, advance, low + size), (*matrix[:4], x, y))

    def _level_boxes(
        self, start: int, stop: int, font: Font, size: float, on_page: TextMatrix
    ) -> tuple[list[float], list[float], float, float]:
        """Left ends, right ends, top and bottom on the page of characters on a level line."""
        _, _, c, d = on_page
        _, baseline = self._coordinates.to_page([self._origin(start)])[0]
        low, high = font.descent * size, (font.descent + 1) * size
        left, right = sorted((c * low, c * high))
        shift = self._coordinates.matrix[4]
        x0s, x1s = self._lefts[start:stop].tolist(), self._rights[start:stop].tolist()
        if shift or left or right:
            x0s, x1s = [x + shift + left for x in x0s], [x + shift + right for x in x1s]
        top, bottom = sorted((baseline - d * low, baseline - d * high))
        return x0s, x1s, top, bottom

    def _font(self, handle: Handle) -> Font:
        if handle not in self._fonts:
            self._fonts[handle] = Font(handle, self._descents)
        return self._fonts[handle]

    def _origin(self, at: int) -> tuple[float, float]:
        functions().origin(self._textpage, at, *_origin.addresses)
        return (_origin.values[0], _origin.values[1])

    def _restore_hyphens(self, font: Font, scale: float, start: int, stop: int) -> None:
        """Turn back hyphens at ends of lines; empty the soft ones that share another's place."""
        for at in self._hyphens[bisect_left(self._hyphens, start) :]:
            if at >= stop:
                break
            if self._texts[at] == _LINE_END_HYPHEN:
                advance = (self._rights[at] - self._lefts[at]) / scale if scale else 0.0
                self._texts[at] = font.hyphen(advance)
            elif self._origin(at) == self._origin(at - 1):
                self._texts[at] = ""


def texts_of(codes: Sequence[int], unmapped: Iterable[int]) -> list[str]:
    """The characters with these codes; ``(cid:65)`` for one that its font does not identify.

    Where PDFium gives a character in two halves, the second is empty.
    """
    texts = list(map(chr, codes))
    for at in compress(range(len(texts)), unmapped):
        texts[at] = f"(cid:{codes[at]})"
    if max(codes, default=0) < _HIGH_SURROGATES:
        return texts
    halves = [n for n, c in enumerate(codes[:-1]) if _HIGH_SURROGATES <= c < _LOW_SURROGATES]
    for at in halves:
        pair = texts[at] + texts[at + 1]
        texts[at] = pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        texts[at + 1] = ""
    return texts


def _spans(drawn_by: Sequence[Handle | None]) -> dict[Handle, list[tuple[int, int]]]:
    """Starts and ends of the runs of characters that each object drew."""
    changes = compress(range(1, len(drawn_by)), map(ne, drawn_by, islice(drawn_by, 1, None)))
    spans: dict[Handle, list[tuple[int, int]]] = {}
    for start, stop in pairwise((0, *changes, len(drawn_by))) if drawn_by else ():
        handle = drawn_by[start]
        if handle is not None:
            spans.setdefault(handle, []).append((start, stop))
    return spans
