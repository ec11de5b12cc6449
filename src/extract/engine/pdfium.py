"""The default engine: pages as PDFium reads them, ten times as fast as the reference.

It gives what :mod:`styrmatt.extract.engine.pdfplumber_engine` gives; tests hold the two to equal
records. It reads better than the reference where a colour is not plain gray, RGB or CMYK, and where
text is drawn twice on one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any

from styrmatt.extract.engine.alt_texts import DocumentAltTexts
from styrmatt.extract.engine.coordinates import page_coordinates
from styrmatt.extract.engine.font_descents import read_descents
from styrmatt.extract.engine.graphics import PaintedPath, fills, rulings, shapes
from styrmatt.extract.engine.layers import layers_off
from styrmatt.extract.engine.page_cache import OpenPages
from styrmatt.extract.engine.pdf_objects import PdfObjects
from styrmatt.extract.engine.pdfium_ctypes import handle_of
from styrmatt.extract.engine.pdfium_graphics import (
    PageObject,
    page_objects,
    painted_paths,
    picture_boxes,
)
from styrmatt.extract.engine.pdfium_runs import TextReader, TextRun
from styrmatt.extract.engine.pdfium_text import glyphs, words
from styrmatt.extract.engine.seen.overprint import composed, has_accents, printed_once
from styrmatt.extract.engine.seen.shared_places import with_shared_characters
from styrmatt.extract.engine.seen.visibility import (
    PageVisibility,
    covers_of,
    facts_of,
    in_layers,
)
from styrmatt.extract.model.page import Page, Picture


class PdfiumEngine:
    """The pages of a document of pypdfium2 as an engine. Who opened the document closes it."""

    def __init__(self, pages: OpenPages, data: bytes, password: str | None) -> None:
        """``data`` are the file's bytes, for what PDFium does not report."""
        import pypdfium2.raw as raw

        self._pages = pages
        tagged = bool(raw.FPDFCatalog_IsTagged(pages.document))
        self._descents = read_descents(data)
        objects = cache(partial(PdfObjects, data, password))  # the file is parsed once, if at all
        self._layers_off = layers_off(data, objects)
        self._alt_texts = DocumentAltTexts(data, objects, tagged=tagged)

    def close(self) -> None:
        """Do nothing: there is nothing to free but the document."""

    def page(self, number: int) -> Page:
        """Page ``number``, from 1, without a way to render it."""
        return self._read(self._pages.page(number), self._pages.text(number), number)

    def _read(self, page: Any, textpage: Any, number: int) -> Page:
        coordinates = page_coordinates(page)
        objects = page_objects(handle_of(page), with_layers=bool(self._layers_off))
        paths = painted_paths(objects, coordinates)
        alt_texts = self._alt_texts.on_page(number, coordinates.box_to_page)
        count = textpage.count_chars()
        text = TextReader(handle_of(textpage), count, coordinates, self._descents)
        placed = list(picture_boxes(objects, coordinates))
        facts = {n: facts_of(one, coordinates) for n, one in enumerate(objects) if one.is_text}
        covers, other_grounds = covers_of(paths, objects, coordinates)
        visibility = PageVisibility(
            facts,
            covers,
            [(order, box) for box, _, order in placed],
            (0.0, 0.0, coordinates.width, coordinates.height),
            frozenset(in_layers(objects, self._layers_off)),
            other_grounds,
        )
        every = list(text.runs(objects))
        runs, left_out = visibility.split(every)
        if left_out:
            shared = with_shared_characters(every, runs, lambda: list(text.painted(objects)))
            runs = sorted([*runs, *visibility.split(shared)[0]], key=attrgetter("order"))
        runs = printed_once(runs)
        if has_accents(text.codes):
            runs = composed(runs)
        return Page(
            number=number,
            width=coordinates.width,
            height=coordinates.height,
            words=tuple(words(runs)),
            rulings=tuple(rulings(paths)),
            fills=tuple(fills(paths)),
            shapes=tuple(shapes(paths, alt_texts.get)),
            pictures=tuple(
                Picture(box, str(n), alt_texts.get(mcid, box))
                for n, (box, mcid, _) in enumerate(placed)
            ),
            glyphs=tuple(glyphs(runs, alt_texts)),
            left_out=tuple(left_out),
            may_hide_ink=bool(left_out) or _may_hide_ink(objects, paths, every),
        )


def _may_hide_ink(
    objects: Sequence[PageObject], paths: Sequence[PaintedPath], runs: Sequence[TextRun]
) -> bool:
    """Whether an object shows something that neither its kind nor its colours tell.

    Such are shadings, patterns, what is seen through, and text whose characters PDFium lacks.
    """
    if any(one.is_other for one in objects):
        return True
    for path in paths:
        if not path.opaque or (path.filled and path.fill is None):
            return True
        if path.stroked and path.stroke is None:
            return True
    read = {run.order for run in runs}
    return any(one.is_text and order not in read for order, one in enumerate(objects))
