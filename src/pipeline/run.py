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
from pathlib import Path

from styrmatt.errors import StyrmattError, UnreadableSourceError
from styrmatt.inputs import read_sidecar
from styrmatt.layout import own_layouts
from styrmatt.pipeline.outcomes import Failure, Outcome, Result
from styrmatt.pipeline.reading import Progress, ReadOptions, read_one, unseen
from styrmatt.pipeline.shelf import Shelf
from styrmatt.pipeline.sources import Draft, choose_sources
from styrmatt.pipeline.writing import write_drafts

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
    (0 and 0 as it begins). Raises what :func:`prepare` raises.
    """
    read_options = prepare(options)
    shelf = Shelf(options.out)
    drafts: list[Draft] = []
    for path in paths:
        try:
            drafts.append(_draft(path, read_options, shelf, progress))
        except StyrmattError as error:
            yield Failure(path, error)
    chosen, failures = choose_sources(drafts, {} if options.replace else _standing(options.out))
    yield from failures
    yield from write_drafts(chosen, shelf, options.out, replace=options.replace)


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


def _draft(
    path: Path,
    read_options: ReadOptions,
    shelf: Shelf,
    progress: Callable[[Path, int, int], None] | None,
) -> Draft:
    """The report as read, put on the shelf. Raises StyrmattError."""

    def of_this(done: int, total: int) -> None:
        if progress is not None:
            progress(path, done, total)

    of_this(0, 0)
    asked = read_options.with_sidecar(read_sidecar(path))
    sha256 = source_hash(path)
    key = asked.key(path.name, sha256)
    report = shelf.get(key)
    if report is None:
        report = read_one(path, asked, of_this)
        if report.extract.document.source_sha256 != sha256:
            raise UnreadableSourceError(
                f"{path.name} was changed while it was read.", hint="Run it once more."
            )
        shelf.put(key, report)
    return Draft(path, asked, key, report.extract.document)


def _standing(root: Path) -> dict[str, str]:
    """The hash of the source of each report that is there, by document id."""
    from styrmatt.export.manifest import read_manifest

    return {entry.document_id: entry.source_sha256 for entry in read_manifest(root)}


def source_hash(path: Path) -> str:
    """SHA-256 of a report's file. Raises UnreadableSourceError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableSourceError(f"{path.name} cannot be read: {error.strerror}.") from error
