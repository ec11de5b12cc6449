"""From a report to its files: the only module that knows every stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt import __version__
from styrmatt.errors import ConflictError, DefectError, StyrmattError
from styrmatt.extract.engines import DEFAULT_ENGINE, EngineName
from styrmatt.inputs import read_sidecar
from styrmatt.layout import Layout, load_layouts
from styrmatt.records import Extract

if TYPE_CHECKING:
    pass

Progress = Callable[[int, int], None]
"""Called with the number of pages done and of pages to do."""


def unseen(done: int, total: int) -> None:
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
    engine: EngineName = DEFAULT_ENGINE

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
    progress: Progress = unseen,
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
        engine=options.engine,
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
