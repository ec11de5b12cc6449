"""The reference engine: pages as pdfplumber reads them, slowly and by code that many use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from styrmatt.extract.engine.alt_texts import DocumentAltTexts, PageAltTexts
from styrmatt.extract.engine.fonts import (
    LINE_TOLERANCE,
    WORD_GAP,
    TextMatrix,
    glyph_box,
    is_bold,
    is_upright,
    quarter_turn,
)
from styrmatt.extract.engine.graphics import PaintedPath, fills, hex_colour, rulings, shapes
from styrmatt.extract.engine.pdf_objects import PdfObjects
from styrmatt.extract.model.page import Glyph, Page, Picture
from styrmatt.extract.model.symbols import is_symbol
from styrmatt.extract.model.text_lines import Word
from styrmatt.printed import Bbox


class PdfplumberEngine:
    """A PDF through pdfplumber. Raises DamagedFileError where it cannot be opened."""

    def __init__(self, data: bytes, password: str | None) -> None:
        import io

        import pdfplumber
        from pdfplumber.utils.exceptions import PdfminerException

        try:
            self._pdf = pdfplumber.open(io.BytesIO(data), password=password)
            self._pages = self._pdf.pages
        except PdfminerException as error:
            raise DamagedFileError from error
        self._alt_texts = DocumentAltTexts(
            data,
            partial(PdfObjects, data, password),
            tagged="StructTreeRoot" in self._pdf.doc.catalog,
        )

    def close(self) -> None:
        """Close the file."""
        self._pdf.close()

    def page(self, number: int) -> Page:
        """Page ``number``, from 1, without a way to render it."""
        page = self._pages[number - 1]
        alt_texts = self._alt_texts.on_page(number, _to_page(page))
        objects = _objects(page)
        paths = [_path(obj) for kind in ("line", "rect", "curve") for obj in objects.get(kind, ())]
        characters = objects.get("char", ())
        result = Page(
            number=number,
            width=float(page.width),
            height=float(page.height),
            words=tuple(_words(characters)),
            rulings=tuple(rulings(paths)),
            fills=tuple(fills(paths)),
            shapes=tuple(shapes(paths, alt_texts.get)),
            pictures=tuple(_picture(obj, alt_texts) for obj in objects.get("image", ())),
            glyphs=tuple(_glyphs(characters, alt_texts)),
        )
        page.close()
        return result


class DamagedFileError(Exception):
    """pdfplumber cannot open what pdfium can."""


def _to_page(page: Any) -> Callable[[Bbox], Bbox]:
    """A function from boxes in the page's coordinates to places on it; not for rotated pages."""
    left, _, _, top = page.page_obj.mediabox

    def to_page(box: Bbox) -> Bbox:
        return (box[0] - left, top - box[3], box[2] - left, top - box[1])

    return to_page


def _objects(page: Any) -> dict[str, list[Any]]:
    """What is on the page, by kind, as pdfplumber's dictionaries.

    Characters are nearly all of it, and to make pdfplumber's full dictionaries of them is half of
    its time, so theirs have only the keys that are used here. Places count from the top left corner
    of the media box, not from where the box's coordinates begin as pdfplumber's do.
    """
    from pdfminer.layout import LTChar, LTContainer

    objects: dict[str, list[Any]] = {}
    box, page.mediabox = page.mediabox, (0, 0, page.width, page.height)
    todo = list(reversed(list(page.layout)))
    while todo:
        item = todo.pop()
        if isinstance(item, LTChar):
            objects.setdefault("char", []).append(_character(item, page.height))
        elif isinstance(item, LTContainer):
            todo.extend(reversed(list(item)))
        else:
            found = page.process_object(item)
            objects.setdefault(found["object_type"], []).append(found)
    page.mediabox = box
    return objects


def _character(char: Any, height: float) -> dict[str, Any]:
    colour = char.graphicstate.ncolor
    font = char.fontname
    return {
        "text": char.get_text(),
        "x0": char.x0,
        "x1": char.x1,
        "top": height - char.y1,
        "bottom": height - char.y0,
        "doctop": height - char.y1,
        "size": char.size,
        "fontname": font.decode("latin-1") if isinstance(font, bytes) else font,
        "upright": char.upright and char.matrix[0] > 0,
        "matrix": char.matrix,
        "mcid": getattr(char, "mcid", None),
        "non_stroking_color": colour if isinstance(colour, tuple) else (colour,),
    }


def _words(chars: Iterable[Any]) -> Iterator[Word]:
    from pdfplumber.utils.text import extract_words

    upright = [char for char in chars if char.get("upright", True)]
    attributes = ["fontname", "size", "non_stroking_color"]
    for word in extract_words(
        upright,
        x_tolerance_ratio=WORD_GAP,
        y_tolerance=LINE_TOLERANCE,
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
            bold=is_bold(font),
            colour=hex_colour(word["non_stroking_color"]),
            font=font,
        )


def _glyphs(chars: Iterable[Any], alt_texts: PageAltTexts) -> Iterator[Glyph]:
    for char in chars:
        font, text = str(char["fontname"]).rpartition("+")[2], str(char["text"])
        matrix = _matrix(char)
        upright = is_upright(matrix)
        if is_symbol(text, font) or not (upright or text.isspace()):
            colour = hex_colour(char.get("non_stroking_color"))
            box = glyph_box(_box(char), matrix)
            alt = alt_texts.get(char.get("mcid"), box)
            turn = 0 if upright else quarter_turn(matrix)
            yield Glyph(text, box, font, colour, upright, alt, turn)


def _matrix(char: Any) -> TextMatrix:
    a, b, c, d = (float(value) for value in char["matrix"][:4])
    return (a, b, c, d)


def _box(obj: Any) -> Bbox:
    return (float(obj["x0"]), float(obj["top"]), float(obj["x1"]), float(obj["bottom"]))


def _path(obj: Any) -> PaintedPath:
    return PaintedPath(
        kind=obj["object_type"],
        bbox=_box(obj),
        points=tuple((float(x), float(y)) for x, y in obj.get("pts") or ()),
        filled=bool(obj.get("fill")),
        stroked=bool(obj.get("stroke")),
        fill=hex_colour(obj.get("non_stroking_color")),
        stroke=hex_colour(obj.get("stroking_color")),
        line_width=float(obj.get("linewidth") or 0.0),
        mcid=obj.get("mcid"),
    )


def _picture(obj: Any, alt_texts: PageAltTexts) -> Picture:
    box = _box(obj)
    return Picture(box, str(obj.get("name")), alt_texts.get(obj.get("mcid"), box))
