"""From a report to its files: the only module that knows every stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt import __version__
from styrmatt.errors import ConflictError, DefectError, OutputError, StyrmattError, UsageError
from styrmatt.inputs import read_sidecar
from styrmatt.layout import Layout, load_layouts
from styrmatt.printed import Printed
from styrmatt.records import Extract, Finding

if TYPE_CHECKING:
    from styrmatt.extract.onpage import Seen

Progress = Callable[[int, int], None]
"""Called with the number of pages done and of pages to do."""


def _unseen(done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked for. It wins over a sidecar, and a sidecar over the report."""

    out: Path
    pages: tuple[int, ...] | None = None
    layouts: Path | None = None
    layout: str | None = None
    year: int | None = None
    organisation: str | None = None
    password: str | None = None
    replace: bool = False

    def identity(self) -> dict[str, str]:
        """What the options say about a report's identity, by the keys of ``Printed.identity``."""
        said = {"fiscal_year": self.year, "organisation": self.organisation}
        return {key: str(value) for key, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Result:
    """A report that was written: its rows, the layout that fitted, seconds by stage."""

    path: Path
    extract: Extract
    layout: str
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Failure:
    """A report of which nothing was written, and why."""

    path: Path
    error: StyrmattError


Outcome = Result | Failure


@dataclass(slots=True)
class _Stopwatch:
    seconds: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = now - self.started
        self.started = now


def prepare(options: Options) -> tuple[Layout, ...]:
    """The layouts of a run. Before anything is read, whatever would stop every report does so here.

    Raises LayoutFileError and OutputError.
    """
    from styrmatt.export.changes import check_writable

    layouts = load_layouts(options.layouts)
    check_writable(options.out)
    return layouts


def run_reports(
    paths: Sequence[Path],
    options: Options,
    progress: Callable[[Path, int, int], None] | None = None,
) -> Iterator[Outcome]:
    """Write each report in turn; one that fails does not stop the others.

    ``progress`` is called with the report, pages done and pages to do (0 and 0 as it begins).
    Raises what :func:`prepare` raises.
    """
    layouts = prepare(options)
    written: dict[str, Result] = {}
    for path in paths:
        outcome = _attempt(path, options, layouts, written, progress)
        if isinstance(outcome, Result):
            written[outcome.extract.document.document_id] = outcome
        yield outcome


def run_report(
    path: Path,
    options: Options,
    progress: Progress = _unseen,
    *,
    layouts: tuple[Layout, ...] | None = None,
    written: Mapping[str, Result] | None = None,
) -> Result:
    """Read, normalize and write one report. ``written`` are the results of the run so far, by id.

    Raises a StyrmattError; then the report's earlier files are as they were.
    """
    from styrmatt.export.parquet import write_extract
    from styrmatt.extract.read import read_report
    from styrmatt.normalize.build import normalize

    sidecar = read_sidecar(path)
    watch = _Stopwatch()
    layout, printed = read_report(
        path,
        load_layouts(options.layouts) if layouts is None else layouts,
        layout_name=options.layout or sidecar.layout,
        pages=options.pages,
        password=options.password,
        progress=progress,
    )
    watch.lap("read")
    identity = sidecar.identity() | options.identity()
    extract = normalize(printed, layout, identity, __version__)
    watch.lap("normalize")
    _check_once(path, extract, written or {})
    partial = _leaves_pages_out(options.pages, printed.source.page_count)
    write_extract(extract, options.out, replace=options.replace, partial=partial)
    watch.lap("write")
    return Result(path, extract, layout.name, watch.seconds)


def _attempt(
    path: Path,
    options: Options,
    layouts: tuple[Layout, ...],
    written: Mapping[str, Result],
    progress: Callable[[Path, int, int], None] | None,
) -> Outcome:
    def report_progress(done: int, total: int) -> None:
        if progress is not None:
            progress(path, done, total)

    report_progress(0, 0)
    try:
        return run_report(path, options, report_progress, layouts=layouts, written=written)
    except StyrmattError as error:
        return Failure(path, error)
    except Exception as error:
        defect = DefectError(
            f"{path.name} met a defect of styrmatt ({type(error).__name__}: {error}).",
            hint="Please report it with what --debug prints.",
        )
        defect.__cause__ = error
        return Failure(path, defect)


def _leaves_pages_out(pages: tuple[int, ...] | None, page_count: int) -> bool:
    """Whether pages were asked for that are not all. A whole run may meet empty pages, too."""
    return pages is not None and not set(pages).issuperset(range(1, page_count + 1))


def _check_once(path: Path, extract: Extract, written: Mapping[str, Result]) -> None:
    """A report's second source is never meant to replace the first within one run."""
    document = extract.document
    earlier = written.get(document.document_id)
    if earlier and earlier.extract.document.source_sha256 != document.source_sha256:
        raise ConflictError(
            f"{path.name} is the same report as {earlier.path.name} ({document.document_id}).",
            hint="Run with one of the two, or write them to folders of their own with --out.",
        )


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
    progress: Progress = _unseen,
) -> Inspection:
    """What was read on a page, with the whole report as context; drawn to ``picture`` if given.

    Raises a StyrmattError: the report cannot be read, has no such page, or cannot be drawn.
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
    printed: Printed, page: int, layout: Layout, identity: Mapping[str, str]
) -> list[Seen] | None:
    """The issues that a run would write for the page; None where it could not write any."""
    from styrmatt.extract.onpage import note
    from styrmatt.normalize.build import normalize

    try:
        issues = normalize(printed, layout, identity, __version__).issues
    except StyrmattError:
        return None
    return [note(i.kind, i.severity, i.message, i.bbox) for i in issues if i.page == page]


def _draw(inspection: Inspection, picture: Path, password: str | None) -> None:
    from styrmatt.extract.picture import draw_page

    drawn = draw_page(inspection.path, inspection.page, inspection.seen, inspection.title, password)
    try:
        drawn.save(picture, format="PNG", optimize=True)
    except OSError as error:
        raise OutputError(
            f"{picture} cannot be written: {error.strerror or error}.", hint="Name another by -o."
        ) from error


@dataclass(frozen=True, slots=True)
class Check:
    """What checking a folder found: the reports, and the findings, the worst of each first."""

    root: Path
    extracts: tuple[Extract, ...]
    findings: tuple[Finding, ...]


def check_reports(root: Path, *, document: str | None = None, write: bool = True) -> Check:
    """Whether the reports below ``root`` agree with themselves and with those before them.

    With ``document``, only findings of reports whose id holds it; all are read, because a report
    is compared with earlier ones. The findings are written below ``root`` unless ``write`` is
    False. Raises UsageError and OutputError.
    """
    from styrmatt.audit.check import check
    from styrmatt.export.audits import read_extracts, write_findings

    every = read_extracts(root)
    chosen = every if document is None else read_extracts(root, document=document)
    layouts = {layout.name: layout for layout in load_layouts()}
    fallback = next(iter(layouts.values())).words
    pairs = [
        (e, layouts[e.document.layout].words if e.document.layout in layouts else fallback)
        for e in every
    ]
    ids = {extract.document.document_id for extract in chosen}
    findings = tuple(finding for finding in check(pairs) if finding.document_id in ids)
    if write:
        write_findings(root, chosen, findings)
    return Check(root, chosen, findings)
