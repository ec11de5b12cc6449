"""What was read on one page of a report."""

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
from styrmatt.pipeline.run import Progress, unseen
from styrmatt.printed import ExtractedReport

if TYPE_CHECKING:
    from styrmatt.extract.inspect.page_items import Seen


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
    engine: EngineName = DEFAULT_ENGINE,
    progress: Progress = unseen,
) -> Inspection:
    """What was read on a page, with the whole report as context; drawn to ``picture`` if given.

    Raises a StyrmattError: the report cannot be read, has no such page, or cannot be drawn.
    """
    from styrmatt.extract.inspect.page_items import seen_on
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
        engine=engine,
        progress=checked,
    )
    page_count = printed.source.page_count
    _check_page(path, page, page_count)
    seen = seen_on(printed, page, _notes(printed, page, fitted, sidecar.identity()))
    inspection = Inspection(path, page, page_count, fitted.name, seen)
    if picture is not None:
        _draw(inspection, picture, password)
    return inspection


def _check_picture(path: Path, picture: Path) -> None:
    if path.suffix.casefold() != ".pdf":
        raise UsageError(
            f"{path.name} is not a PDF: in a text there is nothing to draw on.",
            hint="Leave out -o to print what was read as a table.",
        )
    if picture.suffix.casefold() != ".png":
        raise UsageError(f"The picture {picture} would be a PNG.", hint="Give it a name in .png.")
    if not picture.parent.is_dir():
        raise OutputError(f"There is no folder {picture.parent}.", hint="Make it, or name another.")


def _check_page(path: Path, page: int, page_count: int) -> None:
    if page > page_count:
        raise UsageError(
            f"{path.name} has {page_count} pages and no page {page}.",
            hint="Pages count from 1 at the first, whatever number is printed on them.",
        )


def _notes(
    printed: ExtractedReport, page: int, layout: Layout, identity: Mapping[str, str]
) -> list[Seen] | None:
    """The issues that a run would write for the page; None where it could not write any."""
    from styrmatt.extract.inspect.page_items import note
    from styrmatt.normalize.normalize import normalize

    try:
        issues = normalize(printed, layout, identity, __version__).issues
    except StyrmattError:
        return None
    return [note(i.kind, i.severity, i.message, i.bbox) for i in issues if i.page == page]


def _draw(inspection: Inspection, picture: Path, password: str | None) -> None:
    from styrmatt.extract.inspect.draw import draw_page

    drawn = draw_page(inspection.path, inspection.page, inspection.seen, inspection.title, password)
    try:
        drawn.save(picture, format="PNG", optimize=True)
    except OSError as error:
        raise OutputError(
            f"{picture} cannot be written: {error.strerror or error}.", hint="Name another by -o."
        ) from error
