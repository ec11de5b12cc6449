"""The reference engine: pages as pdfplumber reads them. Slow and well tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from styrmatt.extract.engine.alt_texts import AlternativeTexts, PageAlternativeTexts
from styrmatt.extract.engine.fonts import SAME_LINE, SPACE, Turn, glyph_box, is_bold, stands
from styrmatt.extract.engine.graphics import Drawn, fills, hex_colour, rulings, shapes
from styrmatt.extract.model.page import Glyph, Page, Picture
from styrmatt.extract.model.symbols import is_symbol
from styrmatt.extract.model.text_lines import Word
from styrmatt.printed import Bbox


class Plumber:
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
        self._alternatives = AlternativeTexts(
            data, password, tagged="StructTreeRoot" in self._pdf.doc.catalog
        )

    def close(self) -> None:
        """Close the file."""
        self._pdf.close()

    def page(self, number: int) -> Page:
        """Page ``number``, from 1, without a way to render it."""
        page = self._pages[number - 1]
        alternatives = self._alternatives.of(number, _place_on(page))
        objects = _objects(page)
        drawn = [_drawn(obj) for kind in ("line", "rect", "curve") for obj in objects.get(kind, ())]
        characters = objects.get("char", ())
        result = Page(
            number=number,
            width=float(page.width),
            height=float(page.height),
            words=tuple(_words(characters)),
            rulings=tuple(rulings(drawn)),
            fills=tuple(fills(drawn)),
            shapes=tuple(shapes(drawn, alternatives.get)),
            pictures=tuple(_picture(obj, alternatives) for obj in objects.get("image", ())),
            glyphs=tuple(_glyphs(characters, alternatives)),
        )
        page.close()
        return result


class DamagedFileError(Exception):
    """pdfplumber cannot open what pdfium can."""


def _place_on(page: Any) -> Callable[[Bbox], Bbox]:
    """From a box in the page's coordinates to its place on the page; turned pages have none."""
    left, _, _, top = page.page_obj.mediabox

    def place(box: Bbox) -> Bbox:
        return (box[0] - left, top - box[3], box[2] - left, top - box[1])

    return place


def _objects(page: Any) -> dict[str, list[Any]]:
    """What is drawn on the page, by kind, as pdfplumber gives it.

    Characters are nearly all of it, and pdfplumber's full account of each is half of its time, so
    they are given with the attributes that are used here. Places count from the upper left corner
    of the media box, not (as pdfplumber has it) from where the box's coordinates begin.
    """
    from pdfminer.layout import LTChar, LTContainer

    objects: dict[str, list[Any]] = {}
    box, page.mediabox = page.mediabox, (0, 0, page.width, page.height)
    todo = list(reversed(page.layout._objs))
    while todo:
        item = todo.pop()
        if isinstance(item, LTChar):
            objects.setdefault("char", []).append(_character(item, page.height))
        elif isinstance(item, LTContainer):
            todo.extend(reversed(item._objs))
        else:
            drawn = page.process_object(item)
            objects.setdefault(drawn["object_type"], []).append(drawn)
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
        "upright": char.upright,
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
        x_tolerance_ratio=SPACE,
        y_tolerance=SAME_LINE,
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


def _glyphs(chars: Iterable[Any], alternatives: PageAlternativeTexts) -> Iterator[Glyph]:
    for char in chars:
        font, text = str(char["fontname"]).rpartition("+")[2], str(char["text"])
        turn = _turn(char)
        upright = stands(turn)
        if is_symbol(text, font) or not (upright or text.isspace()):
            colour = hex_colour(char.get("non_stroking_color"))
            box = glyph_box(_box(char), turn)
            yield Glyph(text, box, font, colour, upright, alternatives.get(char.get("mcid"), box))


def _turn(char: Any) -> Turn:
    a, b, c, d = (float(value) for value in char["matrix"][:4])
    return (a, b, c, d)


def _box(obj: Any) -> Bbox:
    return (float(obj["x0"]), float(obj["top"]), float(obj["x1"]), float(obj["bottom"]))


def _drawn(obj: Any) -> Drawn:
    return Drawn(
        kind=obj["object_type"],
        bbox=_box(obj),
        points=tuple((float(x), float(y)) for x, y in obj.get("pts") or ()),
        filled=bool(obj.get("fill")),
        stroked=bool(obj.get("stroke")),
        fill=hex_colour(obj.get("non_stroking_color")),
        stroke=hex_colour(obj.get("stroking_color")),
        line_width=float(obj.get("linewidth") or 0.0),
        content=obj.get("mcid"),
    )


def _picture(obj: Any, alternatives: PageAlternativeTexts) -> Picture:
    box = _box(obj)
    return Picture(box, str(obj.get("name")), alternatives.get(obj.get("mcid"), box))
