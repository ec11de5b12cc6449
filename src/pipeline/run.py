"""From reports to their files, in three phases.

1. Each report is read and normalized by itself (:mod:`styrmatt.pipeline.reading`). What comes out
   waits on disk, not in memory (:mod:`styrmatt.pipeline.shelf`).
2. What needs more than the one report: whose source counts where two hold the same report, and,
   where the reports are written, what people corrected and what links the years.
3. The reports are written in the order of years and ids, whatever order they came in
   (:mod:`styrmatt.pipeline.writing`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt.corrections.rulings import Ruling, read_corrections
from styrmatt.errors import StyrmattError, UnreadableSourceError
from styrmatt.extract.engines import DEFAULT_ENGINE, EngineName
from styrmatt.inputs import read_sidecar
from styrmatt.layout import own_layouts
from styrmatt.pipeline.outcomes import Failure, Outcome, Result, unchanged_result
from styrmatt.pipeline.reading import Progress, ReadOptions, read_one, unseen
from styrmatt.pipeline.shelf import Shelf
from styrmatt.pipeline.sources import Draft, Source, choose_sources
from styrmatt.pipeline.writing import stands_unchanged, write_drafts

if TYPE_CHECKING:
    from styrmatt.export.standing import Standing

__all__ = [
    "Failure",
    "Options",
    "Outcome",
    "Progress",
    "Result",
    "prepare",
    "run_report",
    "run_reports",
    "unseen",
]


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
    force: bool = False
    """Read and write also what is unchanged."""
    corrections: tuple[Path, ...] = ()
    """The files that say where people overrule the machine."""
    engine: EngineName = DEFAULT_ENGINE

    def identity(self) -> dict[str, str]:
        """What the options say about a report's identity, by the keys of ``Printed.identity``."""
        said = {"fiscal_year": self.year, "organisation": self.organisation}
        return {key: str(value) for key, value in said.items() if value is not None}


def prepare(options: Options) -> ReadOptions:
    """What all reports are read with. Whatever would stop every report does so here.

    Raises LayoutFileError and OutputError.
    """
    from styrmatt.export.changes import check_writable

    read_options = ReadOptions(
        own_layouts=own_layouts(options.layouts),
        layout=options.layout,
        pages=options.pages,
        identity=options.identity(),
        password=options.password,
        engine=options.engine,
    )
    read_options.layouts()
    check_writable(options.out)
    return read_options


def run_reports(
    paths: Sequence[Path],
    options: Options,
    progress: Callable[[Path, int, int], None] | None = None,
) -> Iterator[Outcome]:
    """Read and write each report; one that fails does not stop the others.

    Outcomes come as they are known, one for each path: failures while reports are read, then the
    reports as they are written. ``progress`` is called with the report, pages done and pages to do
    (0 and 0 as it begins). Raises what :func:`prepare` raises, and CorrectionsFileError.
    """
    from styrmatt.export.standing import Standing

    rulings = read_corrections(options.corrections)
    read_options = prepare(options)
    standing = Standing(options.out)
    shelf = Shelf(options.out)
    shelf.tidy()
    drafts: list[Draft] = []
    for path in paths:
        try:
            asked = read_options.with_sidecar(read_sidecar(path))
            source = Source(path, source_hash(path), asked, asked.basis())
            draft = None
            if not options.force:
                draft = _unchanged(source, standing, shelf, rulings) or _kept(source, shelf)
                # What is neither may have been both a moment ago: another run wrote it meanwhile.
                draft = draft or _unchanged(source, standing.now(), shelf, rulings)
            drafts.append(draft or _read(source, shelf, partial(progress or _nobody, path)))
        except StyrmattError as error:
            yield Failure(path, error)
    chosen, failures = choose_sources(drafts, {} if options.replace else standing.sources())
    yield from failures
    yield from write_drafts(chosen, shelf, options.out, replace=options.replace, rulings=rulings)


def run_report(path: Path, options: Options, progress: Progress = unseen) -> Result:
    """Read and write one report.

    Raises a StyrmattError; then the report's earlier files are as they were.
    """

    def of_this(_: Path, done: int, total: int) -> None:
        if total:
            progress(done, total)

    (outcome,) = run_reports([path], options, of_this)
    if isinstance(outcome, Failure):
        raise outcome.error
    return outcome


def _unchanged(
    source: Source, standing: Standing, shelf: Shelf, rulings: Sequence[Ruling]
) -> Draft | None:
    """The report where it stands in the output already, made from the very same."""
    stands = stands_unchanged(source, standing, rulings)
    if stands is None:
        return None
    shelf.drop(source.key)  # a run was killed between writing it and this
    return Draft(source, stands.document, unchanged_result(source.path, stands))


def _kept(source: Source, shelf: Shelf) -> Draft | None:
    """The report where a run that was cut off has read it."""
    report = shelf.get(source.key)
    return None if report is None else Draft(source, report.extract.document)


def _read(source: Source, shelf: Shelf, progress: Progress) -> Draft:
    """The report as read, put on the shelf. Raises StyrmattError."""
    progress(0, 0)
    report = read_one(source.path, source.options, progress)
    if report.extract.document.source_sha256 != source.sha256:
        raise UnreadableSourceError(
            f"{source.path.name} was changed while it was read.", hint="Run it once more."
        )
    shelf.put(source.key, report)
    return Draft(source, report.extract.document)


def _nobody(path: Path, done: int, total: int) -> None:
    """Progress that nobody watches."""


def source_hash(path: Path) -> str:
    """SHA-256 of a report's file. Raises UnreadableSourceError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableSourceError(f"{path.name} cannot be read: {error.strerror}.") from error
