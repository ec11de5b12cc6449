"""Opens a PDF and gives its pages, read by the engine of choice.

pypdfium2 opens the file, extracts its plain text quickly and renders what a person sees. What is
on a page is read by one of two engines that must agree: pypdfium2
(:mod:`styrmatt.extract.engine.pdfium`, the default), or pdfplumber
(:mod:`styrmatt.extract.engine.pdfplumber_engine`), ten times as slow, as the reference.
Pages are read one at a time and then closed, so that memory does not grow with their number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from styrmatt.errors import EncryptedSourceError, StyrmattError, UnreadableSourceError
from styrmatt.extract.engine.coordinates import page_coordinates
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.extract.engine.page_cache import OpenPages
from styrmatt.extract.engine.render import BoxRenderer
from styrmatt.extract.engine.scan_page import with_scan
from styrmatt.extract.model.page import Page
from styrmatt.files import ReportFile
from styrmatt.geometry import Point
from styrmatt.printed import Bbox
from styrmatt.scans.scanned_page import Scans
from styrmatt.whitespace import shown_name

if TYPE_CHECKING:
    from PIL.Image import Image

_AGAIN = "Fetch the report again."
_HEADER = 1024
"""Bytes at a file's start within which readers look for ``%PDF-``; some servers put a line before
it."""


_PROPERTIES = ("Title", "Author", "Subject")
"""What a PDF may say of itself that names a report or an organisation."""


def load_pdfium() -> None:
    """Load the library that opens and draws PDFs, so that the first report need not wait for it."""
    import pypdfium2  # noqa: F401


class Engine(Protocol):
    """Reads what is drawn on the pages of an open PDF. Pages count from 1."""

    def page(self, number: int) -> Page:
        """Page ``number``, without a way to render it."""

    def close(self) -> None:
        """Free what the engine holds."""


class PageText(NamedTuple):
    """The text of a page in the order in which the file has it, without places."""

    text: str
    margins: str
    """The text at the page's top and bottom."""


class PageFailedError(Exception):
    """A page cannot be loaded; others of the report can."""


class PdfDocument:
    """An open PDF. Use as a context manager.

    Opening raises UnreadableSourceError or EncryptedSourceError, which say what to do next.
    """

    def __init__(
        self,
        path: ReportFile,
        password: str | None = None,
        engine: EngineName = DEFAULT_ENGINE,
        scans: Scans | None = None,
        *,
        only_drawn: bool = False,
    ) -> None:
        """``scans`` are its pages that were recognised; then it stands for the file as it came.

        With ``only_drawn`` its pages are to be rendered: what reading them needs is not looked for
        before one is read, so that a long report opens in a fifth of the time.
        """
        self.path = path
        self.name = shown_name(path.name)
        data = _read_bytes(path)
        self.sha256 = scans.source_sha256 if scans else hashlib.sha256(data).hexdigest()
        self._scanned = scans.pages if scans else {}
        self._pdf = _open(path, data, password)
        self.page_count = len(self._pdf)
        if self.page_count == 0:
            raise UnreadableSourceError(f"{self.name} has no pages.", hint=_AGAIN)
        self._pages = OpenPages(self._pdf)
        self.failed: dict[int, str] = {}
        """Why a page could not be loaded, by its number."""
        self._boxes = BoxRenderer()
        self._make_engine = partial(_engine, engine, self._pages, path, data, password)
        if not only_drawn:
            _ = self._engine

    @cached_property
    def _engine(self) -> Engine:
        return self._make_engine()

    def __enter__(self) -> PdfDocument:
        return self

    def __exit__(self, *_: object) -> None:
        if "_engine" in self.__dict__:
            self._engine.close()
        self._pdf.close()

    def page_texts(self, margin_share: float) -> Iterator[PageText]:
        """The text of each page; quick. A margin is ``margin_share`` of a page's height.

        A page that cannot be loaded has none and is noted in ``failed``.
        """
        for number in range(1, self.page_count + 1):
            with suppress(PageFailedError), self._noting_failure(number):
                yield self._page_text(number, margin_share)
                self._pages.release(number)
            if number in self.failed:
                yield PageText("", "")

    def _page_text(self, number: int, margin_share: float) -> PageText:
        width, height = self._pages.page(number).get_size()
        textpage = self._pages.text(number)
        top = textpage.get_text_bounded(0, height * (1 - margin_share), width, height)
        bottom = textpage.get_text_bounded(0, 0, width, height * margin_share)
        return PageText(textpage.get_text_bounded(), f"{top}\n{bottom}")

    @contextmanager
    def _noting_failure(self, number: int) -> Iterator[None]:
        """Turn what a library raises over one page into a PageFailedError, and note it."""
        try:
            yield
        except (StyrmattError, MemoryError):
            raise
        except Exception as error:  # whatever a damaged page makes of a library
            self.failed[number] = f"{type(error).__name__}: {error}".rstrip(".")
            raise PageFailedError(f"page {number} of {self.name} cannot be loaded") from error

    def properties(self) -> tuple[str, ...]:
        """What the file says of itself: title, author and subject, those that it has."""
        return tuple(text for text in map(self._property, _PROPERTIES) if text.strip())

    def _property(self, name: str) -> str:
        try:
            return str(self._pdf.get_metadata_value(name))
        except UnicodeDecodeError:  # half of a pair of surrogates
            return ""

    def attached_files(self) -> tuple[str, ...]:
        """The names of the files that are attached to the PDF; a portfolio has its reports there.

        An attachment without a readable name is left out.
        """
        names = [
            self._pdf.get_attachment(n).get_name() for n in range(self._pdf.count_attachments())
        ]
        return tuple(name for name in names if name)

    def page(self, number: int) -> Page:
        """Page ``number``, from 1. It can be rendered while the report is open.

        Raises PageFailedError, and notes it in ``failed``, where the page cannot be loaded.
        """
        render = self._boxes.renderer(lambda: self._pages.page(number))
        with self._noting_failure(number):
            page = replace(self._engine.page(number), render=render)
            scan = self._scanned.get(number)
            return page if scan is None else with_scan(page, scan)

    def close_page(self, number: int) -> None:
        """Close a page that has been read; it can still be rendered."""
        self._pages.close(number)

    def sheet(self, number: int) -> Bbox:
        """The box of what is shown of page ``number``, in points, as boxes on it are.

        Raises UnreadableSourceError where the page cannot be loaded.
        """
        with self._loading(number):
            page = self._pages.page(number)
            (left, top), (width, height) = page_coordinates(page).corner, page.get_size()
            return (left, top, left + width, top + height)

    def render_page(self, number: int, scale: float) -> tuple[Image, Point]:
        """Page ``number`` with ``scale`` pixels per point, and the place of its top left corner.

        Raises UnreadableSourceError where the page cannot be loaded.
        """
        with self._loading(number):
            page = self._pages.page(number)
            drawn = page.render(scale=scale).to_pil().convert("RGB")
            return drawn, page_coordinates(page).corner

    @contextmanager
    def _loading(self, number: int) -> Iterator[None]:
        """Raise UnreadableSourceError for a page that cannot be loaded."""
        try:
            with self._noting_failure(number):
                yield
        except PageFailedError as error:
            raise UnreadableSourceError(
                f"Page {number} of {self.name} cannot be loaded, and so not drawn.", hint=_AGAIN
            ) from error


def _engine(
    name: EngineName, pages: OpenPages, path: ReportFile, data: bytes, password: str | None
) -> Engine:
    if name == "pdfium":
        from styrmatt.extract.engine.pdfium import PdfiumEngine

        return PdfiumEngine(pages, data, password)
    from styrmatt.extract.engine.pdfplumber_engine import DamagedFileError, PdfplumberEngine

    try:
        return PdfplumberEngine(data, password)
    except DamagedFileError as error:
        raise _broken(path) from error


def _read_bytes(path: ReportFile) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(f"{path.name} cannot be read: {error.strerror}.") from error
    if not data:
        raise UnreadableSourceError(f"{path.name} is empty.", hint=_AGAIN)
    if b"%PDF-" not in data[:_HEADER]:
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
