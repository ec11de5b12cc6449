"""Drawing markers on a reportlab canvas: paths, form objects, pictures, glyphs, words."""

from __future__ import annotations

import io

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from typeset import fonts, marks
from typeset.blocks import Mark
from typeset.style import Style
from typeset.words import cell_word


class Pens:
    """Draws marks in a style; pictures and forms are embedded once and used again."""

    def __init__(self, canvas: Canvas, style: Style) -> None:
        self.canvas, self.style = canvas, style
        self.readers: dict[Mark, ImageReader] = {}
        self.forms: set[str] = set()
        self.symbols = style.glyph_font

    def width(self, mark: Mark) -> float:
        """The width that the mark takes."""
        if marks.kind(self.style, mark) == "word":
            return 0.0
        return self.style.mark_size

    def draw(self, mark: Mark, x: float, y: float) -> None:
        """Draw the mark with its lower left corner at x, y."""
        x, y = x + self.style.mark_shift[0], y + self.style.mark_shift[1]
        kind = marks.kind(self.style, mark)
        size = self.style.mark_size
        self.canvas.saveState()
        if kind in ("picture", "jpeg"):
            if mark not in self.readers:
                self.readers[mark] = ImageReader(
                    io.BytesIO(marks.picture_bytes(self.style, mark)[0])
                )
            mask = "auto" if kind == "picture" else None
            self.canvas.drawImage(self.readers[mark], x, y, size, size, mask=mask)
        elif kind == "form":
            self._form(mark, x, y, size)
        elif kind in ("glyph", "symbol"):
            self._glyph(mark, x, y, size)
        elif kind == "word":
            self._word(mark, x, y, size)
        else:
            self.canvas.translate(x, y)
            self._path(mark, size)
        self.canvas.restoreState()

    def _path(self, mark: Mark, size: float) -> None:
        canvas = self.canvas
        paint, stroke = marks.fill(self.style, mark), marks.outline(self.style, mark)
        if paint:
            canvas.setFillColor(HexColor(paint))
        if stroke:
            canvas.setStrokeColor(HexColor(stroke))
            canvas.setLineWidth(0.6)
        points = marks.shape(self.style, mark)
        if points is None:
            canvas.circle(
                size / 2, size / 2, size * 0.46, stroke=int(bool(stroke)), fill=int(bool(paint))
            )
            return
        if self.style.rotate_arrows and mark.role != "status" and mark.trend:
            canvas.translate(size / 2, size / 2)
            canvas.rotate(marks.TURN[mark.trend])
            canvas.translate(-size / 2, -size / 2)
            points = marks.turned(points, -marks.TURN[mark.trend])
        path = canvas.beginPath()
        path.moveTo(points[0][0] * size, points[0][1] * size)
        for px, py in points[1:]:
            path.lineTo(px * size, py * size)
        path.close()
        canvas.drawPath(path, stroke=int(bool(stroke)), fill=int(bool(paint)))

    def _form(self, mark: Mark, x: float, y: float, size: float) -> None:
        name = f"mark_{mark.role}_{mark.status}_{mark.trend}"
        if name not in self.forms:
            self.canvas.beginForm(name, 0, 0, size, size)
            self._path(mark, size)
            self.canvas.endForm()
            self.forms.add(name)
        self.canvas.translate(x, y)
        self.canvas.doForm(name)

    def _glyph(self, mark: Mark, x: float, y: float, size: float) -> None:
        if marks.kind(self.style, mark) == "symbol":
            name = fonts.SYMBOL_FAMILY
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, io.BytesIO(fonts.symbol_font())))
        else:
            name = self.symbols
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, fonts.font_file(name)))
        self.canvas.setFont(name, size)
        self.canvas.setFillColor(
            HexColor(marks.fill(self.style, mark) or self.style.colours().outline or "#333333")
        )
        self.canvas.drawString(x, y + size * 0.1, marks.glyph(self.style, mark))

    def _word(self, mark: Mark, x: float, y: float, size: float) -> None:
        colour = marks.fill(self.style, mark) or "#333333"
        self.canvas.setFont(self.style.table_font or self.style.font, self.style.table_size)
        self.canvas.setFillColor(HexColor(colour if mark.role != "trend" else "#000000"))
        self.canvas.drawString(
            x,
            y + size * 0.2,
            cell_word(mark),
        )


def chart(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """A bar chart, which is no marker."""
    for left, bottom, wide, high, colour in marks.chart_bars(width, height):
        canvas.setFillColor(HexColor(colour))
        canvas.rect(x + left, y + bottom, wide, high, stroke=0, fill=1)
