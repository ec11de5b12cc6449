"""Renders parts of a PDF page with pypdfium2."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from styrmatt.extract.engine.coordinates import page_coordinates
from styrmatt.geometry import Point
from styrmatt.printed import Bbox

if TYPE_CHECKING:
    from PIL.Image import Image

_ROUNDING = 1e-2
"""Pixels that a size may exceed a whole number by without getting a pixel more: the error of the
sums that make a box, which must not decide how large its picture is."""
_BYTES_PER_PIXEL = 4
_WHITE = (255, 255, 255, 255)


class BoxRenderer:
    """Renders boxes of one document's pages, one after the other into the same memory."""

    def __init__(self) -> None:
        self._memory: Any = b""

    def renderer(self, open_page: Callable[[], Any]) -> Callable[[Bbox, float], Image]:
        """A function that renders a box of a page (points) with so many pixels per point.

        The picture's top left corner is that of the box. What lies outside of the page is white.
        ``open_page`` gives pypdfium2's page when it is needed.
        """
        corners: list[Point] = []

        def render(box: Bbox, scale: float) -> Image:
            page = open_page()
            if not corners:
                corners.append(page_coordinates(page).corner)
            return self._render(page, corners[0], box, scale)

        return render

    def _render(self, page: Any, corner: Point, box: Bbox, scale: float) -> Image:
        import pypdfium2.raw as raw

        x, y = box[0] - corner[0], box[1] - corner[1]
        width, height = (
            max(math.ceil((end - start) * scale - _ROUNDING), 1)
            for start, end in zip(box[:2], box[2:], strict=True)
        )
        bitmap = self._bitmap(width, height)
        bitmap.fill_rect(_WHITE, 0, 0, width, height)
        matrix = raw.FS_MATRIX(scale, 0, 0, scale, -x * scale, -y * scale)
        right, bottom = (
            min(math.ceil((end - start) * scale), side)
            for start, end, side in zip((x, y), page.get_size(), (width, height), strict=True)
        )
        left, top = (max(math.floor(-start * scale), 0) for start in (x, y))
        if left < right and top < bottom:
            clip = raw.FS_RECTF(left, top, right, bottom)
            raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, raw.FPDF_ANNOT)
        picture: Image = bitmap.to_pil()
        return picture

    def _bitmap(self, width: int, height: int) -> Any:
        """A bitmap in the memory that all share; pictures made of it are copies."""
        import ctypes

        import pypdfium2
        import pypdfium2.raw as raw

        size = _BYTES_PER_PIXEL * width * height
        if len(self._memory) < size:
            self._memory = (ctypes.c_ubyte * max(size, 2 * len(self._memory)))()
        return pypdfium2.PdfBitmap.new_native(
            width, height, raw.FPDFBitmap_BGR, False, self._memory
        )
