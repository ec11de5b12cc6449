"""A PDF as pages of words, rulings, shapes and pictures; which library reads them is a choice.

pypdfium2 opens the file, looks through its text quickly and renders what a person sees. What is
drawn on a page is read by one of two engines that must agree: pypdfium2
(:mod:`styrmatt.extract.engine.pdfium`, the default), or pdfplumber
(:mod:`styrmatt.extract.engine.pdfplumber_engine`), ten times as slow, as the reference.
Pages come one at a time and are closed when done, so memory does not grow with them.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from styrmatt.errors import EncryptedSourceError, NoTextError, UnreadableSourceError
from styrmatt.extract.engine.coordinates import frame_of
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.extract.engine.page_cache import OpenPages
from styrmatt.extract.model.page import Page
from styrmatt.files import ReportFile
from styrmatt.printed import Bbox

if TYPE_CHECKING:
    from PIL.Image import Image

_AGAIN = "Fetch the report again."
_HAIR = 1e-2
"""What is taken off (pixels) so that whole ones stay whole when they are rounded up."""


class Engine(Protocol):
    """Reads what is drawn on the pages of an open PDF. Pages count from 1."""

    def page(self, number: int) -> Page:
        """The page, without a way to render it."""

    def close(self) -> None:
        """Free what the engine holds."""


class Skim(NamedTuple):
    """The text of a page in the order in which it was written, without places."""

    text: str
    margins: str
    """What stands at the page's top and bottom."""


class PdfDocument:
    """An open PDF. Use as a context manager.

    Raises UnreadableSourceError, EncryptedSourceError or NoTextError with what to do next.
    """

    def __init__(
        self, path: ReportFile, password: str | None = None, engine: EngineName = DEFAULT_ENGINE
    ) -> None:
        self.path = path
        self.name = path.name
        data = _read_bytes(path)
        self.sha256 = hashlib.sha256(data).hexdigest()
        self._pdf = _open(path, data, password)
        self.page_count = len(self._pdf)
        if self.page_count == 0:
            raise UnreadableSourceError(f"{self.name} has no pages.", hint=_AGAIN)
        self._pages = OpenPages(self._pdf)
        self._room: Any = b""
        self._engine = _engine(engine, self._pages, path, data, password)

    def __enter__(self) -> PdfDocument:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.close()
        self._pdf.close()

    def skim(self, share: float) -> Iterator[Skim]:
        """The text of each page; quick. The margins are ``share`` of a page's height."""
        for number in range(1, self.page_count + 1):
            width, height = self._pages.page(number).get_size()
            textpage = self._pages.text(number)
            top = textpage.get_text_bounded(0, height * (1 - share), width, height)
            bottom = textpage.get_text_bounded(0, 0, width, height * share)
            yield Skim(textpage.get_text_bounded(), f"{top}\n{bottom}")
            self._pages.leave(number)

    def require_text(self, texts: list[str]) -> None:
        """Raise NoTextError where no page has letters."""
        if not any(char.isalpha() for text in texts for char in text):
            raise NoTextError(
                f"{self.name} has no text layer: its pages are pictures.",
                hint="Run it through OCR (ocrmypdf) and try again.",
            )

    def page(self, number: int) -> Page:
        """Page ``number``, from 1. It can be rendered while the report is open."""
        return replace(self._engine.page(number), render=self._renderer(number))

    def done(self, number: int) -> None:
        """Free what is held for a page that has been read."""
        self._pages.close(number)

    def picture(self, number: int, scale: float) -> tuple[Image, tuple[float, float]]:
        """Page ``number`` as a person sees it, and where its upper left corner lies (points)."""
        page = self._pages.page(number)
        return page.render(scale=scale).to_pil().convert("RGB"), frame_of(page).corner

    def _renderer(self, number: int) -> Callable[[Bbox, float], Image]:
        """A function that renders a box, whose corner is that of the picture.

        What lies outside of the page is not to be seen, and white.
        """
        corner: list[tuple[float, float]] = []

        def render(box: Bbox, scale: float) -> Image:
            import pypdfium2.raw as raw

            page = self._pages.page(number)
            if not corner:
                corner.append(frame_of(page).corner)
            x, y = box[0] - corner[0][0], box[1] - corner[0][1]
            width, height = (
                max(math.ceil((end - start) * scale - _HAIR), 1)
                for start, end in zip(box[:2], box[2:], strict=True)
            )
            bitmap = self._bitmap(width, height)
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
            moved = raw.FS_MATRIX(scale, 0, 0, scale, -x * scale, -y * scale)
            right, below = (
                min(math.ceil((end - start) * scale), most)
                for start, end, most in zip((x, y), page.get_size(), (width, height), strict=True)
            )
            left, above = (max(math.floor(-start * scale), 0) for start in (x, y))
            if left < right and above < below:
                seen = raw.FS_RECTF(left, above, right, below)
                raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, moved, seen, raw.FPDF_ANNOT)
            picture: Image = bitmap.to_pil()
            return picture

        return render

    def _bitmap(self, width: int, height: int) -> Any:
        """A bitmap in memory that serves one after another; a picture of it is a copy."""
        import ctypes

        import pypdfium2
        import pypdfium2.raw as raw

        size = 4 * width * height
        if len(self._room) < size:
            self._room = (ctypes.c_ubyte * max(size, 2 * len(self._room)))()
        return pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR, False, self._room)


def _engine(
    name: EngineName, pages: OpenPages, path: ReportFile, data: bytes, password: str | None
) -> Engine:
    if name == "pdfium":
        from styrmatt.extract.engine.pdfium import Pdfium

        return Pdfium(pages, data, password)
    from styrmatt.extract.engine.pdfplumber_engine import DamagedFileError, Plumber

    try:
        return Plumber(data, password)
    except DamagedFileError as error:
        raise _broken(path) from error


def _read_bytes(path: ReportFile) -> bytes:
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


def _open(path: ReportFile, data: bytes, password: str | None) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise _encrypted(path, password) from error
        raise _broken(path) from error


def _encrypted(path: ReportFile, password: str | None) -> EncryptedSourceError:
    if password is None:
        return EncryptedSourceError(
            f"{path.name} is encrypted.", hint="Give its password by --password."
        )
    return EncryptedSourceError(
        f"The password does not open {path.name}.", hint="Give another by --password."
    )


def _broken(path: ReportFile) -> UnreadableSourceError:
    return UnreadableSourceError(
        f"{path.name} is damaged or cut off: no PDF reader can open it.",
        hint=_AGAIN,
    )
