"""The one module that knows the PDF libraries: a PDF as pages of words, rulings, shapes, pictures.

pdfplumber reads what is drawn; pypdfium2 renders what a person sees and looks through the text
quickly. Pages come one at a time and are closed when done, so memory does not grow with them.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from styrmatt.errors import EncryptedSourceError, NoTextError, UnreadableSourceError
from styrmatt.extract.page import Fill, Glyph, Page, Picture, Ruling, Shape, Word
from styrmatt.extract.symbols import is_symbol
from styrmatt.extract.tags import AlternativeTexts, PageAlternativeTexts
from styrmatt.printed import Bbox

if TYPE_CHECKING:
    from PIL.Image import Image

_AGAIN = "Fetch the report again."
_RULING = 2.0
"""A box at most this thick (points) is a ruling."""
_SHORT = 6.0
"""A straight line shorter than this (points) is part of a drawing, not a ruling."""
_HAIR = 1e-4
"""What is taken off (points) so that whole pixels stay whole when the library rounds up."""
_SPACE = 0.17
"""Characters further apart than this share of the font size are separate words."""


class PdfReport:
    """An open PDF. Use as a context manager.

    Raises UnreadableSourceError, EncryptedSourceError or NoTextError with what to do next.
    """

    def __init__(self, path: Path, password: str | None = None) -> None:
        self.path = path
        self.name = path.name
        data = _read_bytes(path)
        self.sha256 = hashlib.sha256(data).hexdigest()
        self._pdf = _open_plumber(path, data, password)
        self._pdfium = _open_pdfium(path, data, password)
        self._alternatives = _alternatives(self._pdf)
        self.page_count = len(self._pdfium)
        if self.page_count == 0:
            raise UnreadableSourceError(
                f"{self.name} has no pages.", hint="Fetch the report again."
            )
        self.labels = self._page_labels()

    def __enter__(self) -> PdfReport:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()
        self._pdfium.close()

    def texts(self) -> Iterator[str]:
        """The text of each page, in the order in which it was written; quick, without places."""
        for n in range(self.page_count):
            page = self._pdfium[n]
            textpage = page.get_textpage()
            yield textpage.get_text_bounded()
            textpage.close()
            page.close()

    def margin_texts(self, share: float) -> Iterator[str]:
        """The text at the top and bottom of each page, within ``share`` of its height; quick."""
        for n in range(self.page_count):
            page = self._pdfium[n]
            width, height = page.get_size()
            textpage = page.get_textpage()
            top = textpage.get_text_bounded(0, height * (1 - share), width, height)
            bottom = textpage.get_text_bounded(0, 0, width, height * share)
            yield f"{top}\n{bottom}"
            textpage.close()
            page.close()

    def require_text(self, texts: list[str]) -> None:
        """Raise NoTextError where no page has letters."""
        if not any(char.isalpha() for text in texts for char in text):
            raise NoTextError(
                f"{self.name} has no text layer: its pages are pictures.",
                hint="Run it through OCR (ocrmypdf) and try again.",
            )

    def page(self, number: int) -> Page:
        """Page ``number``, from 1."""
        page = self._pdf.pages[number - 1]
        alts = self._alternatives.of(page)
        objects = _objects(page)
        curves = [*objects.get("curve", ()), *objects.get("line", ()), *objects.get("rect", ())]
        result = Page(
            number=number,
            width=float(page.width),
            height=float(page.height),
            words=tuple(_words(objects.get("char", ()))),
            rulings=tuple(_rulings(objects)),
            fills=tuple(_fills(objects)),
            shapes=tuple(_shape(obj, alts) for obj in curves if not _is_ruling(obj)),
            pictures=tuple(_picture(obj, alts) for obj in objects.get("image", ())),
            glyphs=tuple(_glyphs(objects.get("char", ()), alts)),
            render=self._renderer(number, _corner(page)),
        )
        page.close()
        return result

    def picture(self, number: int, scale: float) -> tuple[Image, tuple[float, float]]:
        """Page ``number`` as a person sees it, and where its upper left corner lies (points)."""
        rendered = self._pdfium[number - 1].render(scale=scale).to_pil().convert("RGB")
        return rendered, _corner(self._pdf.pages[number - 1])

    def _renderer(self, number: int, corner: tuple[float, float]) -> Any:
        """A function that renders a box; the page is opened once, when first needed."""
        opened: list[Any] = []

        def render(box: Bbox, scale: float) -> Image:
            page = opened[0] if opened else self._pdfium[number - 1]
            opened[:] = [page]
            width, height = page.get_size()
            x, y = corner
            x, y = x + _HAIR, y + _HAIR
            crop = (
                min(max(box[0] - x, 0.0), width - 1),
                min(max(height - box[3] + y, 0.0), height - 1),
                min(max(width - box[2] + x, 0.0), width - 1),
                min(max(box[1] - y, 0.0), height - 1),
            )
            picture: Image = page.render(scale=scale, crop=crop).to_pil().convert("RGB")
            return picture

        return render

    def _page_labels(self) -> dict[int, str]:
        labels = {n + 1: self._pdfium.get_page_label(n) for n in range(self.page_count)}
        return {n: label for n, label in labels.items() if label}


def _read_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(f"{path.name} cannot be read: {error.strerror}.") from error
    if not data:
        raise UnreadableSourceError(f"{path.name} is empty.", hint=_AGAIN)
    if b"%PDF-" not in data[:1024]:
        raise UnreadableSourceError(
            f"{path.name} is not a PDF: it {_looks_like(data)}.",
            hint="Fetch the report itself, not the page that links to it.",
        )
    return data


def _looks_like(data: bytes) -> str:
    start = data[:512].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "is an HTML page"
    for magic, name in (
        (b"\xff\xd8\xff", "JPEG"),
        (b"\x89png", "PNG"),
        (b"pk\x03\x04", "ZIP or Office"),
    ):
        if start.startswith(magic):
            return f"is a {name} file"
    return "lacks the mark %PDF at its start"


def _open_pdfium(path: Path, data: bytes, password: str | None) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise _encrypted(path, password) from error
        raise _broken(path) from error


def _open_plumber(path: Path, data: bytes, password: str | None) -> Any:
    import io

    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    _open_pdfium(
        path, data, password
    ).close()  # pdfium's verdict on damage and password is the clearer one
    try:
        pdf = pdfplumber.open(io.BytesIO(data), password=password)
        len(pdf.pages)
    except PdfminerException as error:
        raise _broken(path) from error
    return pdf


def _alternatives(pdf: Any) -> AlternativeTexts:
    from pdfplumber.utils.pdfinternals import resolve

    return AlternativeTexts(pdf.doc.catalog, resolve)


def _encrypted(path: Path, password: str | None) -> EncryptedSourceError:
    if password is None:
        return EncryptedSourceError(
            f"{path.name} is encrypted.", hint="Give its password by --password."
        )
    return EncryptedSourceError(
        f"The password does not open {path.name}.", hint="Give another by --password."
    )


def _broken(path: Path) -> UnreadableSourceError:
    return UnreadableSourceError(
        f"{path.name} is damaged or cut off: no PDF reader can open it.",
        hint="Fetch the report again.",
    )


def _objects(page: Any) -> dict[str, list[Any]]:
    """What is drawn on the page, by kind, as pdfplumber gives it.

    Characters are nearly all of it, and pdfplumber's full account of each is half of its time, so
    they are given with the attributes that are used here.
    """
    from pdfminer.layout import LTChar, LTContainer

    left, above = page.mediabox[0], page.mediabox[1] + page.height
    objects: dict[str, list[Any]] = {}
    todo = list(reversed(page.layout._objs))
    while todo:
        item = todo.pop()
        if isinstance(item, LTChar):
            objects.setdefault("char", []).append(_character(item, left, above))
        elif isinstance(item, LTContainer):
            todo.extend(reversed(item._objs))
        else:
            drawn = page.process_object(item)
            objects.setdefault(drawn["object_type"], []).append(drawn)
    return objects


def _character(char: Any, left: float, above: float) -> dict[str, Any]:
    colour = char.graphicstate.ncolor
    font = char.fontname
    return {
        "text": char.get_text(),
        "x0": char.x0 + left,
        "x1": char.x1 + left,
        "top": above - char.y1,
        "bottom": above - char.y0,
        "doctop": above - char.y1,
        "size": char.size,
        "fontname": font.decode("latin-1") if isinstance(font, bytes) else font,
        "upright": char.upright,
        "matrix": char.matrix,
        "mcid": getattr(char, "mcid", None),
        "non_stroking_color": colour if isinstance(colour, tuple) else (colour,),
    }


def _words(chars: Any) -> Iterator[Word]:
    from pdfplumber.utils.text import extract_words

    upright = [char for char in chars if char.get("upright", True)]
    attributes = ["fontname", "size", "non_stroking_color"]
    for word in extract_words(
        upright,
        x_tolerance_ratio=_SPACE,
        y_tolerance=2,
        extra_attrs=attributes,
        use_text_flow=False,
    ):
        font = str(word["fontname"]).rpartition("+")[2]
        yield Word(
            text=str(word["text"]),
            x0=float(word["x0"]),
            top=float(word["top"]),
            x1=float(word["x1"]),
            bottom=float(word["bottom"]),
            size=float(word["size"]),
            bold=_is_bold(font),
            colour=hex_colour(word["non_stroking_color"]),
            font=font,
        )


def _glyphs(chars: Any, alts: PageAlternativeTexts) -> Iterator[Glyph]:
    for char in chars:
        font, text = str(char["fontname"]).rpartition("+")[2], str(char["text"])
        upright = _stands(char.get("matrix"))
        if is_symbol(text, font) or not (upright or text.isspace()):
            colour = hex_colour(char.get("non_stroking_color"))
            box = _glyph_box(char)
            yield Glyph(text, box, font, colour, upright, alts.get(char.get("mcid"), box))


def _glyph_box(char: Any) -> Bbox:
    """The character's box; as long as it is high where its font does not tell its width."""
    x0, top, x1, bottom = _box(char)
    size, matrix = max(x1 - x0, bottom - top), char.get("matrix")
    if min(x1 - x0, bottom - top) >= 0.1 * size or not matrix:
        return (x0, top, x1, bottom)
    a, b = float(matrix[0]), float(matrix[1])
    length = math.hypot(a, b) or 1.0
    right, down = 0.9 * size * a / length, -0.9 * size * b / length
    return (
        min(x0, x0 + right),
        min(top, top + down),
        max(x1, x1 + right),
        max(bottom, bottom + down),
    )


def _stands(matrix: Any) -> bool:
    """Whether a character's matrix neither turns nor mirrors it."""
    if not matrix:
        return True
    a, b, c, d = (float(value) for value in matrix[:4])
    return a > 0 and d > 0 and max(abs(b), abs(c)) < 0.3 * max(a, d)


def _corner(page: Any) -> tuple[float, float]:
    """Where the upper left corner of what is rendered (the crop box) lies on the page."""
    shown = page.cropbox
    return (float(shown[0]), float(shown[1]))


def _is_bold(font: str) -> bool:
    name = font.casefold()
    return any(
        mark in name for mark in ("bold", "black", "heavy", "semibold", "demi")
    ) or name.endswith("-bd")


def _box(obj: Any) -> Bbox:
    return (float(obj["x0"]), float(obj["top"]), float(obj["x1"]), float(obj["bottom"]))


def _is_ruling(obj: Any) -> bool:
    x0, top, x1, bottom = _box(obj)
    width, height = x1 - x0, bottom - top
    return min(width, height) <= _RULING and max(width, height) >= _SHORT


def _is_box(obj: Any) -> bool:
    """Whether a path is an upright rectangle, however it was drawn."""
    if obj["object_type"] == "rect":
        return True
    points = obj.get("pts") or ()
    x0, top, x1, bottom = _box(obj)
    return len(points) in (4, 5) and all(
        min(abs(x - x0), abs(x - x1)) < 0.1 and min(abs(y - top), abs(y - bottom)) < 0.1
        for x, y in points
    )


def _rulings(objects: Any) -> Iterator[Ruling]:
    for kind in ("line", "rect", "curve"):
        for obj in objects.get(kind, ()):
            x0, top, x1, bottom = _box(obj)
            if _is_ruling(obj):
                thick = max(min(x1 - x0, bottom - top), _line_width(obj))
                unseen = _is_white(obj)
                if x1 - x0 >= bottom - top:
                    yield Ruling("h", (top + bottom) / 2, x0, x1, unseen, thick)
                else:
                    yield Ruling("v", (x0 + x1) / 2, top, bottom, unseen, thick)
            elif _is_box(obj) and x1 - x0 >= _SHORT and bottom - top >= _SHORT:
                drawn = bool(obj.get("stroke")) and not _is_white(obj)
                yield from _edges((x0, top, x1, bottom), not drawn, _line_width(obj))


def _is_white(obj: Any) -> bool:
    """Whether a line is white: it can be seen beside shading alone, as an edge of it."""
    colour = obj.get("stroking_color") if obj.get("stroke") else obj.get("non_stroking_color")
    return hex_colour(colour) in (None, "#ffffff", "#fefefe")


def _line_width(obj: Any) -> float:
    """Width of an object's outline in points; 0 where it has none."""
    return float(obj.get("linewidth") or 0.0) if obj.get("stroke") else 0.0


def _edges(box: Bbox, edge_of_fill: bool, thickness: float) -> Iterator[Ruling]:
    x0, top, x1, bottom = box
    yield Ruling("h", top, x0, x1, edge_of_fill, thickness)
    yield Ruling("h", bottom, x0, x1, edge_of_fill, thickness)
    yield Ruling("v", x0, top, bottom, edge_of_fill, thickness)
    yield Ruling("v", x1, top, bottom, edge_of_fill, thickness)


def _fills(objects: Any) -> Iterator[Fill]:
    for kind in ("rect", "curve"):
        for obj in objects.get(kind, ()):
            if obj.get("fill") and _is_box(obj) and not _is_ruling(obj):
                yield Fill(_box(obj), hex_colour(obj.get("non_stroking_color")))


def _shape(obj: Any, alts: PageAlternativeTexts) -> Shape:
    return Shape(
        bbox=_box(obj),
        points=tuple((float(x), float(y)) for x, y in obj.get("pts") or ()),
        fill=hex_colour(obj.get("non_stroking_color")) if obj.get("fill") else None,
        stroke=hex_colour(obj.get("stroking_color")) if obj.get("stroke") else None,
        kind=obj["object_type"],
        alt=alts.get(obj.get("mcid"), _box(obj)),
    )


def _picture(obj: Any, alts: PageAlternativeTexts) -> Picture:
    alt = alts.get(obj.get("mcid"), _box(obj))
    return Picture(bbox=_box(obj), name=str(obj.get("name")), alt=alt)


def hex_colour(colour: Any) -> str | None:
    """A PDF colour (gray, RGB or CMYK in 0..1) as ``#rrggbb``; None for patterns and none."""
    if colour is None:
        return None
    parts = list(colour) if isinstance(colour, (tuple, list)) else [colour]
    if not all(isinstance(part, (int, float)) for part in parts):
        return None
    if len(parts) == 1:
        parts = parts * 3
    elif len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - c) * (1 - black) for c in (cyan, magenta, yellow)]
    elif len(parts) != 3:
        return None
    return "#" + "".join(f"{round(min(max(part, 0), 1) * 255):02x}" for part in parts)
