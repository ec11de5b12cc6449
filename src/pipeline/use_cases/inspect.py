"""Reads a report and collects what was read on one of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt import __version__
from styrmatt.errors import OutputError, StyrmattError, UsageError
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.inputs import read_sidecar
from styrmatt.layout import Layout
from styrmatt.layout_files import load_layouts
from styrmatt.pipeline.progress import OnPage, ignore_pages
from styrmatt.printed import ExtractedReport

if TYPE_CHECKING:
    from PIL.Image import Image

    from styrmatt.extract.inspect.page_items import PageItem


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was read on one page of a report."""

    path: Path
    page: int
    page_count: int
    layout: str
    """The name of the layout that fitted."""
    items: tuple[PageItem, ...]

    @property
    def title(self) -> str:
        """The report, the page and the layout that fitted."""
        return f"{self.path.name}, page {self.page} of {self.page_count}, layout {self.layout}"


def inspect_page(
    path: Path,
    page: int,
    *,
    picture: Path | None = None,
    layouts: Path | None = None,
    layout: str | None = None,
    password: str | None = None,
    engine: EngineName = DEFAULT_ENGINE,
    on_page: OnPage = ignore_pages,
) -> Inspection:
    """What was read on a page of a report, which is read as a whole; drawn to ``picture`` if given.

    Raises a StyrmattError: the report cannot be read, has no such page, or cannot be drawn.
    """
    from styrmatt.extract.inspect.page_items import items_on_page
    from styrmatt.extract.read import read_report

    if picture is not None:
        check_picture(path, picture)
    sidecar = read_sidecar(path)

    def on_page_checked(done: int, total: int) -> None:
        _check_page(path, page, total)
        on_page(done, total)

    fitted, extracted = read_report(
        path,
        load_layouts(layouts),
        layout_name=layout or sidecar.layout,
        pages=None,
        password=password,
        engine=engine,
        progress=on_page_checked,
    )
    page_count = extracted.source.page_count
    _check_page(path, page, page_count)
    items = items_on_page(extracted, page, _issues_on(extracted, page, fitted, sidecar.identity()))
    inspection = Inspection(path, page, page_count, fitted.name, items)
    if picture is not None:
        _draw(inspection, picture, password)
    return inspection


def check_picture(path: Path, picture: Path) -> None:
    """Raise a StyrmattError where a page of this report cannot be drawn to this file."""
    if path.suffix.casefold() != ".pdf":
        raise UsageError(
            f"{path.name} is not a PDF, so there is no page to draw on.",
            hint="Leave out -o to print what was read as a table.",
        )
    if picture.suffix.casefold() != ".png":
        raise UsageError(
            f"{picture} does not end in .png.", hint="The picture is a PNG: give it that ending."
        )
    if not picture.parent.is_dir():
        raise OutputError(
            f"There is no folder {picture.parent}.", hint="Create it, or name another with -o."
        )


def _check_page(path: Path, page: int, page_count: int) -> None:
    if page > page_count:
        raise UsageError(
            f"{path.name} has {page_count} pages and no page {page}.",
            hint="The first page is 1, whatever number is printed on it.",
        )


def _issues_on(
    extracted: ExtractedReport, page: int, layout: Layout, identity: Mapping[str, str]
) -> list[PageItem] | None:
    """The issues that a run would write for the page; None where a run would fail."""
    from styrmatt.extract.inspect.page_items import note_item
    from styrmatt.normalize.normalize import normalize

    try:
        issues = normalize(extracted, layout, identity, __version__).issues
    except StyrmattError:
        return None
    return [
        note_item(issue.kind, issue.severity, issue.message, issue.bbox)
        for issue in issues
        if issue.page == page
    ]


def _draw(inspection: Inspection, picture: Path, password: str | None) -> None:
    from styrmatt.extract.inspect.draw import draw_page

    drawn = draw_page(
        inspection.path, inspection.page, inspection.items, inspection.title, password
    )
    save_picture(drawn, picture)


def save_picture(drawn: Image, picture: Path) -> None:
    """Write a picture as PNG. Raises OutputError."""
    try:
        drawn.save(picture, format="PNG", optimize=True)
    except OSError as error:
        raise OutputError(
            f"{picture} cannot be written: {error.strerror or error}.", hint="Name another with -o."
        ) from error
