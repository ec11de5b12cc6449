"""The page being set: fonts, lines of text, marks drawn in every way, alternative texts."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageDraw
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from typeset.breaking import SOFT, break_lines, soften
from typeset.fonts import font_file
from typeset.marks import ARROWS, TURN, turned

from goaltables.cells import Sign
from goaltables.columns import Columns
from goaltables.drawings import KINDS, Drawing, drawing, picture, size_of
from goaltables.looks import BALL, DEFAULTS, GLYPHS, LIGHT, PALETTES, stars


def face(family: str, bold: bool = False) -> str:
    """The name by which reportlab knows a face; Helvetica and Times need no file."""
    if family == "Helvetica":
        return "Helvetica-Bold" if bold else "Helvetica"
    if family == "Times":
        return "Times-Bold" if bold else "Times-Roman"
    name = f"{family} Bold" if bold else family
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, font_file(family, bold)))
    return name


def width_of(text: str, font: str, size: float) -> float:
    """The width of a text in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def broken(text: str, width: float, font: str, size: float, soft: bool = False) -> list[str]:
    """The lines of a text: `//` ends a line, `¬` may become a hyphen; `soft`: any syllable may."""
    text = text.replace("//", "\n").replace("¬", SOFT)
    text = soften(text) if soft else text
    return break_lines(text, width, lambda piece: width_of(piece, font, size))


class Sheet:
    """The pages: `y` is the cursor in points from the bottom, `number` the page from 1."""

    def __init__(self, style: dict[str, Any], title: str, foot: str) -> None:
        self.style = {**DEFAULTS, **style}
        self.size = tuple(self.style["page"])
        if self.style["landscape"]:
            self.size = self.size[::-1]
        self.out = io.BytesIO()
        # reportlab takes the size as it is shown, also of a page that lies on its side.
        self.canvas = Canvas(self.out, pagesize=self.size, invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.foot = foot
        self.number = 1
        self.columns: Columns | None = None
        self.alts: list[tuple[Any, int, str]] = []
        self.marked = 0
        self._open()

    def _open(self) -> None:
        if self.style["turned_page"]:  # what is drawn lies on its side; the page says so
            self.canvas.setPageRotation(90)
            self.canvas.transform(0, 1, -1, 0, self.size[1], 0)
        self.y = self.size[1] - self.style["margins"][0]
        self.left = self.style["margins"][3]
        self.width = self.size[0] - self.left - self.style["margins"][1]
        self.empty, self.marked = True, 0
        if self.style["sideways"]:
            self._lay_on_side()
            return
        if self.style["running"] in ("foot", "both"):
            self.string(self.left, 30, self.foot, face(self.style["font"]), 7.5)
            text = self.style["page_label"].format(self.number)
            self.string(self.left + self.width, 30, text, face(self.style["font"]), 7.5, "r")
        if self.style["running"] in ("head", "both") and self.number > 1:
            top = self.size[1] - 32
            self.string(self.left, top, self.foot, face(self.style["font"]), 7.5)
            self.line(self.left, top - 4, self.left + self.width, top - 4, 0.4, "#888888")

    def _lay_on_side(self) -> None:
        """Set what follows sideways, on a sheet whose foot is set upright."""
        wide, high = self.size
        font = face(self.style["font"])
        self.canvas.setPageSize((high, wide))
        self.string(50, 24, self.foot, font, 7.5)
        self.string(high - 50, 24, self.style["page_label"].format(self.number), font, 7.5, "r")
        if self.style["sideways"] == "up":
            self.canvas.transform(0, 1, -1, 0, high, 0)
        else:
            self.canvas.transform(0, -1, 1, 0, 0, wide)

    @property
    def room(self) -> float:
        """Height that is left on the page or in the column."""
        low = float(self.style["margins"][2])
        if self.columns is not None and self.columns.height:
            low = max(low, self.columns.top - self.columns.height)
        return float(self.y - low)

    def turn(self) -> None:
        """Begin the next column, or the next page."""
        columns = self.columns
        if columns is None:
            self.turn_page()
            return
        columns.low = min(columns.low, self.y)
        if columns.is_last:
            self.turn_page()
            columns.top = columns.low = self.y
        columns.at = 0 if columns.is_last else columns.at + 1
        self.y, self.empty = columns.top, True
        self.left, self.width = columns.places[columns.at]

    def turn_page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.number += 1
        self._open()

    def begin_columns(self, told: str) -> None:
        """What follows stands in columns."""
        self.columns = Columns.begun(told, self.left, self.width, self.y)
        self.left, self.width = self.columns.places[0]
        self.empty = True

    def end_columns(self) -> None:
        """What follows stands below all columns."""
        if self.columns is not None:
            (left, _), (last, width) = self.columns.places[0], self.columns.places[-1]
            self.y = min(self.y, self.columns.low)
            self.left, self.width = left, last + width - left
            self.columns, self.empty = None, False

    def string(
        self, x: float, y: float, text: str, font: str, size: float, align: str = "l"
    ) -> None:
        """A line of text at its baseline."""
        if align == "r":
            x -= width_of(text, font, size)
        elif align == "c":
            x -= width_of(text, font, size) / 2
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def filled(self, x: float, y: float, text: str, font: str, size: float, width: float) -> None:
        """A line of text whose spaces are stretched to fill a width."""
        left = width - width_of(text, font, size)
        for word in text.split(" "):
            self.string(x, y, word, font, size)
            x += width_of(f"{word} ", font, size) + left / max(text.count(" "), 1)

    def line(
        self, x0: float, y0: float, x1: float, y1: float, width: float, colour: str = "#000000"
    ) -> None:
        """A ruling."""
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, y0, x1, y1)

    def fill(self, x0: float, y0: float, x1: float, y1: float, colour: str) -> None:
        """A filled rectangle."""
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillColor(HexColor("#000000"))

    def photo(self, x: float, y: float, width: float, height: float) -> None:
        """A picture: hills under a sky."""
        image = Image.new("RGB", (60, 40), "#b9d3e6")
        draw = ImageDraw.Draw(image)
        draw.polygon([(0, 40), (0, 26), (22, 14), (40, 28), (60, 18), (60, 40)], "#6f8f5f")
        self.canvas.drawImage(ImageReader(image), x, y, width, height)

    # --- marks

    def sign_width(self, sign: Sign, look: dict[str, Any]) -> float:
        """The width that a mark takes."""
        kind, size = look["arrows" if sign.trend else "marks"], look["mark_size"]
        if kind == "shade" and not sign.trend:
            return -3.0  # nothing, and no gap after it
        if kind in KINDS:
            return size_of(kind, sign, look, float(size))[0]
        if kind == "stars":
            return width_of(stars(sign), face("DejaVu Sans"), float(size))
        if kind == "word":
            return width_of(self.word(sign, look), face(look["font"]), look["table_size"])
        return float(size)

    def word(self, sign: Sign, look: dict[str, Any]) -> str:
        """What is printed, or is the alternative text, for a mark."""
        words = look["words"]
        return str(words.get(sign.trend or sign.status, sign.trend or sign.status))

    def sign(self, sign: Sign, x: float, y: float, look: dict[str, Any]) -> None:
        """Draw a mark with its lower left corner there."""
        kind, size = look["arrows" if sign.trend else "marks"], look["mark_size"]
        alt = self.word(sign, look) if kind == "alt" else ""
        colour = PALETTES[look["palette"]].get(sign.status or "k", "#404040")
        if kind in KINDS:
            self._drawing(drawing(kind, sign, look), x, y, float(size), raster=look["raster"])
        elif kind == "stars":
            self.canvas.setFillColor(HexColor(look["gauge_colour"]))
            self.string(x, y + 1, stars(sign), face("DejaVu Sans"), size)
            self.canvas.setFillColor(HexColor("#000000"))
        elif kind == "word":
            self.canvas.setFillColor(HexColor(look["word_colour"]))
            self.string(x, y + 2, self.word(sign, look), face(look["font"]), look["table_size"])
            self.canvas.setFillColor(HexColor("#000000"))
        elif kind in GLYPHS:
            self.canvas.setFillColor(
                HexColor("#000000" if kind == "sign" else look["ink"] or colour)
            )
            text = GLYPHS[kind][sign.trend or sign.status]
            font = face(look["font"]) if kind == "sign" else face("DejaVu Sans")
            self.string(x, y + 1, text, font, size * (0.9 if kind == "sign" else 1.15))
            self.canvas.setFillColor(HexColor("#000000"))
        elif kind == "shade":
            return  # the cell's ground, which the table fills
        elif kind == "ball":
            self._ball(sign, x, y, float(size))
        elif kind == "light":
            self._light(sign, x, y, float(size), look)
        elif kind in ("picture", "alt"):
            picture = _picture(sign, look, colour)
            self._begin(alt)
            self.canvas.drawImage(ImageReader(picture), x, y, size, size, mask="auto")
            self._end(alt)
        else:
            self._vector(sign, x, y, look, colour)

    def _vector(self, sign: Sign, x: float, y: float, look: dict[str, Any], colour: str) -> None:
        size = look["mark_size"]
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.setStrokeColor(HexColor(look["outline"] or "#606060"))
        self.canvas.setLineWidth(0.6)
        hollow = sign.status == "w" and not sign.trend
        points = _points(sign, look)
        stroke = int(bool(look["outline"]) or hollow)
        if points is None:
            middle = size / 2
            self.canvas.circle(x + middle, y + middle, middle * 0.92, stroke, int(not hollow))
        else:
            path = self.canvas.beginPath()
            path.moveTo(x + points[0][0] * size, y + points[0][1] * size)
            for px, py in points[1:]:
                path.lineTo(x + px * size, y + py * size)
            path.close()
            self.canvas.drawPath(path, stroke, int(not hollow))
        self.canvas.setFillColor(HexColor("#000000"))

    def _drawing(self, one: Drawing, x: float, y: float, high: float, *, raster: bool) -> None:
        scale, canvas = high / one.height, self.canvas
        if raster:
            canvas.drawImage(ImageReader(picture(one)), x, y, one.width * scale, high)
            return
        for shape in one.shapes:
            points = [(x + u * scale, y + high - v * scale) for u, v in shape.points]
            path = canvas.beginPath()
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            if shape.closed:
                path.close()
            if shape.fill:
                canvas.setFillColor(HexColor(shape.fill))
            if shape.stroke:
                canvas.setStrokeColor(HexColor(shape.stroke))
                canvas.setLineWidth(shape.width * scale)
            canvas.drawPath(path, int(bool(shape.stroke)), int(bool(shape.fill)))
        canvas.setFillColor(HexColor("#000000"))

    def _ball(self, sign: Sign, x: float, y: float, size: float) -> None:
        """A disc of one colour: full, half full or empty."""
        canvas, r = self.canvas, size * 0.45
        canvas.setStrokeColor(HexColor(BALL))
        canvas.setLineWidth(0.8)
        canvas.setFillColor(HexColor(BALL if sign.status == "g" else "#ffffff"))
        canvas.circle(x + size / 2, y + size / 2, r, 1, 1)
        canvas.setFillColor(HexColor(BALL))
        if sign.status == "y":
            middle = (x + size / 2, y + size / 2)
            box = (middle[0] - r, middle[1] - r, middle[0] + r, middle[1] + r)
            canvas.wedge(*box, -90, 180, 0, 1)
        canvas.setFillColor(HexColor("#000000"))

    def _light(self, sign: Sign, x: float, y: float, size: float, look: dict[str, Any]) -> None:
        """A standing traffic light, as high as a mark, with one of its three lamps lit."""
        canvas, r = self.canvas, size * 0.13
        left, width = x + size * 0.3, size * 0.4
        canvas.setFillColor(HexColor(LIGHT["body"]))
        canvas.roundRect(left, y, width, size, size * 0.08, 0, 1)
        for n, status in enumerate("gyr"):
            colour = PALETTES[look["palette"]][status] if status == sign.status else LIGHT["unlit"]
            canvas.setFillColor(HexColor(colour))
            canvas.circle(left + width / 2, y + size * (0.19 + 0.31 * n), r, 0, 1)
        canvas.setFillColor(HexColor("#000000"))

    # --- alternative texts

    def _begin(self, alt: str) -> None:
        if alt:
            self.canvas._code.append(f"/Figure <</MCID {self.marked}>> BDC")
            self.alts.append((self.canvas._doc.thisPageRef(), self.marked, alt))
            self.marked += 1

    def _end(self, alt: str) -> None:
        if alt:
            self.canvas._code.append("EMC")

    def finish(self) -> bytes:
        """The bytes of the file."""
        document = self.canvas._doc
        if self.alts:
            root = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
            reference = document.Reference(root)
            kids = [
                document.Reference(
                    pdfdoc.PDFDictionary(
                        {
                            "Type": pdfdoc.PDFName("StructElem"),
                            "S": pdfdoc.PDFName("Figure"),
                            "P": reference,
                            "Pg": page,
                            "K": number,
                            "Alt": pdfdoc.PDFString(alt),
                        }
                    )
                )
                for page, number, alt in self.alts
            ]
            root.dict["K"] = pdfdoc.PDFArray(kids)
            document.Catalog.StructTreeRoot = reference
        self.canvas.showPage()
        self.canvas.save()
        return self.out.getvalue()


def _points(sign: Sign, look: dict[str, Any]) -> list[tuple[float, float]] | None:
    if sign.trend:
        way = {"u": "up", "f": "flat", "d": "down"}[sign.trend]
        angle = {"up": 45.0, "down": -45.0}.get(way, 0.0) - 90 if look["slanted"] else TURN[way]
        return turned(ARROWS[look["arrow_shape"]], angle)
    if look["shape"] == "square":
        return [(0.06, 0.06), (0.94, 0.06), (0.94, 0.94), (0.06, 0.94)]
    if look["shape"] == "diamond":
        return [(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)]
    return None


def _picture(sign: Sign, look: dict[str, Any], colour: str) -> Image.Image:
    """A mark as a small picture with a soft edge."""
    scale = 96
    image = Image.new("RGBA", (scale, scale), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    points = _points(sign, look)
    if points is None:
        box = (4, 4, scale - 4, scale - 4)
        draw.ellipse(box, None if sign.status == "w" else colour, "#606060", 4)
    else:
        draw.polygon([(x * scale, (1 - y) * scale) for x, y in points], colour)
    return image.resize((24, 24), Image.Resampling.LANCZOS)
