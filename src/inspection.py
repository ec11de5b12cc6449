"""A page of a report as it was read, to look at when a new report comes out wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt.errors import OutputError, StyrmattError, UsageError
from styrmatt.inputs import read_sidecar
from styrmatt.layout import Layout, load_layouts
from styrmatt.printed import Doubt, Place, Printed

if TYPE_CHECKING:
    from styrmatt.extract.onpage import Seen


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was read on a page of a report."""

    path: Path
    page: int
    page_count: int
    layout: str
    seen: tuple[Seen, ...]

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
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Inspection:
    """What was read on a page, with the whole report as its context; drawn to ``picture`` if given.

    Raises StyrmattError: the report cannot be read, has no such page, or cannot be drawn.
    """
    from styrmatt.extract.onpage import seen_on
    from styrmatt.extract.read import read_report

    if picture is not None:
        _check_picture(path, picture)
    sidecar = read_sidecar(path)

    def checked(done: int, total: int) -> None:
        _check_page(path, page, total)
        progress(done, total)

    fitted, printed = read_report(
        path,
        load_layouts(layouts),
        layout_name=layout or sidecar.layout,
        pages=None,
        password=password,
        progress=checked,
    )
    _check_page(path, page, printed.source.page_count)
    notes = _issues(printed, fitted, sidecar.identity())
    seen = seen_on(printed, page, notes)
    result = Inspection(path, page, printed.source.page_count, fitted.name, seen)
    if picture is not None:
        _draw(result, picture, password)
    return result


def _check_picture(path: Path, picture: Path) -> None:
    if path.suffix.casefold() != ".pdf":
        raise UsageError(
            f"{path.name} is not a PDF: a text has no places to draw.",
            hint="Leave -o away to print what was read as a table.",
        )
    if picture.suffix.casefold() != ".png":
        raise UsageError(f"The picture {picture} is a PNG.", hint="Give it a name in .png.")
    if not picture.parent.is_dir():
        raise OutputError(f"There is no folder {picture.parent}.", hint="Make it, or name another.")


def _check_page(path: Path, page: int, page_count: int) -> None:
    if page > page_count:
        raise UsageError(
            f"{path.name} has {page_count} pages and no page {page}.",
            hint="Pages count from 1 at the cover, whatever number is printed on them.",
        )


def _issues(printed: Printed, layout: Layout, identity: dict[str, str]) -> tuple[Doubt, ...]:
    """The report's issues; its doubts alone where the report cannot be normalized."""
    from styrmatt.normalize.build import normalize

    try:
        issues = normalize(printed, layout, identity, "").issues
    except StyrmattError:
        return printed.doubts
    return tuple(
        Doubt(i.kind, i.message, i.raw_text or "", Place(i.page, i.page, i.bbox), i.severity)
        for i in issues
        if i.page is not None
    )


def _draw(inspection: Inspection, picture: Path, password: str | None) -> None:
    from styrmatt.extract.picture import draw_page

    drawn = draw_page(
        inspection.path, inspection.page, inspection.seen, inspection.title, password
    )
    try:
        drawn.save(picture, format="PNG", optimize=True)
    except OSError as error:
        raise OutputError(
            f"{picture} cannot be written: {error.strerror or error}.", hint="Name another by -o."
        ) from error
