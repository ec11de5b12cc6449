"""From reports to their files, in three phases.

1. Each report is read and normalized by itself (:mod:`styrmatt.pipeline.read_report`), in as many
   processes as asked for (:mod:`styrmatt.pipeline.workers.local`). What comes out waits on disk,
   not in memory (:mod:`styrmatt.pipeline.read_results`).
2. What needs more than the one report: whose source counts where two hold the same report, and,
   where the reports are written, what people corrected and what links the years.
3. The reports are written in the order of years and ids, whatever order they came in
   (:mod:`styrmatt.pipeline.write_reports`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt.corrections.rulings import Override, read_corrections
from styrmatt.errors import GivenUpError, OutputError, StyrmattError
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.files import Fetched
from styrmatt.inputs import read_sidecar
from styrmatt.layout_files import own_layouts
from styrmatt.pipeline.cache.page_cache import DEFAULT_MOST, PageCache, pages_of, tidy_pages
from styrmatt.pipeline.choose_sources import PendingReport, ReportSource, choose_sources
from styrmatt.pipeline.cluster.run import Readings, read_on_cluster
from styrmatt.pipeline.cluster.scheduler import Tell
from styrmatt.pipeline.memory import share_arrows
from styrmatt.pipeline.read_report import Progress, ReadOptions, ReadReport, unseen
from styrmatt.pipeline.read_results import ReadResultCache, Receipt
from styrmatt.pipeline.record_unreadable import Lost, tell_given_up
from styrmatt.pipeline.results import Failure, Outcome, Result, unchanged_result
from styrmatt.pipeline.run_settings import TRIES, ClusterSettings
from styrmatt.pipeline.workers.local import read_all
from styrmatt.pipeline.workers.prefetch import file_hash, open_ahead
from styrmatt.pipeline.workers.retry import Watch
from styrmatt.pipeline.write_reports import stands_unchanged, write_drafts
from styrmatt.urls import Url

if TYPE_CHECKING:
    from styrmatt.export.store.up_to_date import StoredReports

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
    corrections: tuple[Path | Fetched, ...] = ()
    """The files that say where people overrule the machine."""
    engine: EngineName = DEFAULT_ENGINE
    jobs: int = 1
    """At most so many processes read; more than this one where there are several reports."""
    cluster: ClusterSettings | None = None
    """The Dask cluster whose workers read, instead of processes of this machine."""
    tries: int = TRIES
    """How often a report is read whose process dies, before it is given up."""
    cache: int = DEFAULT_MOST
    """Bytes that kept pages may take; with 0 none are kept."""

    def identity(self) -> dict[str, str]:
        """What the options say about a report's identity, by the keys of ``Printed.identity``."""
        said = {"fiscal_year": self.year, "organisation": self.organisation}
        return {key: str(value) for key, value in said.items() if value is not None}

    def kept_pages(self, source_sha256: str) -> PageCache | None:
        """Where the pages of a source are kept, if they are."""
        return pages_of(self.out, source_sha256, fresh=self.force) if self.cache else None


def prepare(options: Options) -> ReadOptions:
    """What all reports are read with. Whatever would stop every report does so here.

    Raises LayoutFileError and OutputError.
    """
    from styrmatt.export.store.transaction import check_writable

    read_options = ReadOptions(
        own_layouts=own_layouts(options.layouts),
        layout=options.layout,
        pages=options.pages,
        identity=options.identity(),
        password=options.password,
        engine=options.engine,
    )
    read_options.layouts()
    share_arrows()
    check_writable(options.out)
    return read_options


def run_reports(
    paths: Sequence[Path | Url],
    options: Options,
    progress: Watch | None = None,
    tell: Tell | None = None,
) -> Iterator[Outcome]:
    """Read and write each report; one that fails does not stop the others.

    Outcomes come as they are known, one for each path: failures while reports are read, then the
    reports as they are written, and at the end those that were given up, of which an issue is
    written. ``progress`` is called with the report, pages done and pages to do (0 and 0 as it
    begins), ``tell`` with what else a person should know meanwhile. Raises what :func:`prepare`
    raises, CorrectionsFileError and ClusterError.
    """
    from styrmatt.export.store.up_to_date import StoredReports

    rulings = read_corrections(options.corrections)
    read_options = prepare(options)
    standing = StoredReports(options.out)
    shelf = ReadResultCache(options.out)
    shelf.tidy()
    reading = _ReadPhase(options, read_options, standing, shelf, rulings)
    with closing(reading.run(paths, progress or _nobody, tell or _silent)) as failures:
        yield from failures
    tidy_pages(options.out, options.cache)
    order = {path: number for number, path in enumerate(paths)}
    drafts = sorted(reading.drafts, key=lambda draft: order[draft.path])
    chosen, conflicts = choose_sources(drafts, {} if options.replace else standing.sources())
    yield from conflicts
    read = []
    for outcome in write_drafts(
        chosen, shelf, options.out, replace=options.replace, rulings=rulings
    ):
        yield outcome
        if isinstance(outcome, Result):
            read.append(outcome.document)
    yield from tell_given_up(reading.lost, standing.given_up, read, options.out)


def run_report(path: Path | Url, options: Options, progress: Progress = unseen) -> Result:
    """Read and write one report.

    Raises a StyrmattError; then the report's earlier files are as they were.
    """

    def of_this(_: Path | Url, done: int, total: int) -> None:
        if total:
            progress(done, total)

    (outcome,) = run_reports([path], options, of_this)
    if isinstance(outcome, Failure):
        raise outcome.error
    return outcome


class _ReadPhase:
    """Phase 1: what comes of it are the drafts, and on the shelf what was read."""

    def __init__(
        self,
        options: Options,
        read_options: ReadOptions,
        standing: StoredReports,
        shelf: ReadResultCache,
        rulings: Sequence[Override],
    ) -> None:
        self.drafts: list[PendingReport] = []
        self.lost: list[Lost] = []
        self._failures: list[Failure] = []
        self._options = options
        self._read_options = read_options
        self._standing = standing
        self._shelf = shelf
        self._rulings = rulings

    def run(
        self, paths: Sequence[Path | Url], progress: Watch, tell: Tell
    ) -> Generator[Failure, None, None]:
        """Read what has to be read. The failures come as they are known."""
        options = self._options
        if options.jobs > 1 and options.cluster is None:
            paths = sorted(paths, key=_size, reverse=True)  # lest all wait for a long one
        sources = self._to_read(paths)
        if options.cluster is None:
            readings: Readings = read_all(
                sources,
                options.jobs,
                progress,
                options.tries,
                root=options.out,
                to_be_linked=bool(self._standing.sources()),
            )
        else:
            readings = read_on_cluster(
                sources, options.cluster, options.out, options.tries, progress, tell
            )
        with closing(readings):
            for source, report in readings:
                self._take(source, report)
                yield from self._new_failures()
        yield from self._new_failures()

    def _to_read(self, paths: Sequence[Path | Url]) -> Iterator[ReportSource]:
        """The sources that neither stand in the output nor wait on the shelf."""
        for path, source_of in open_ahead(paths, self._source):
            try:
                source = source_of()
                draft = None if self._options.force else self._found(source)
            except StyrmattError as error:
                self._failures.append(Failure(path, error))
                continue
            if draft is None:
                yield source
            else:
                self.drafts.append(replace(draft, source=replace(source, fetched=None)))

    def _source(self, path: Path | Url) -> ReportSource:
        """The source with its hash; from a URL with its bytes, too, if they are needed here."""
        cluster = self._options.cluster
        sha256, fetched = file_hash(path)
        if cluster is not None and not cluster.ships(path):
            fetched = None
        asked = self._read_options.with_sidecar(read_sidecar(path))
        asked = replace(asked, kept=self._options.kept_pages(sha256))
        return ReportSource(path, sha256, asked, asked.basis(), fetched)

    def _found(self, source: ReportSource) -> PendingReport | None:
        draft = self._unchanged(source, self._standing) or self._kept(source)
        # What is neither may have been both a moment ago: another run wrote it meanwhile.
        return draft or self._unchanged(source, self._standing.now())

    def _unchanged(self, source: ReportSource, standing: StoredReports) -> PendingReport | None:
        """The report where it stands in the output already, made from the very same."""
        stands = stands_unchanged(source, standing, self._rulings)
        if stands is None:
            return None
        self._shelf.drop(source.key)  # a run was killed between writing it and this
        return PendingReport(source, stands.document, unchanged_result(source.path, stands))

    def _kept(self, source: ReportSource) -> PendingReport | None:
        """The report where a run that was cut off has read it."""
        report = self._shelf.get(source.key, source.sha256)
        return None if report is None else PendingReport(source, report.document)

    def _take(self, source: ReportSource, report: ReadReport | Receipt | StyrmattError) -> None:
        """Put a report as read on the shelf, unless it is there already, or note why not."""
        if isinstance(report, GivenUpError):
            self.lost.append(Lost(replace(source, fetched=None), report))
            return
        try:
            if isinstance(report, StyrmattError):
                raise report
            if isinstance(report, ReadReport):
                self._shelf.put(source.key, source.sha256, report)
            elif not self._shelf.has(source.key):
                raise OutputError(
                    f"{source.path.name} was read, but the output folder does not have it.",
                    hint="Is the folder shared? Else let results be sent: --results ship.",
                )
        except StyrmattError as error:
            self._failures.append(Failure(source.path, error))
        else:
            self.drafts.append(PendingReport(replace(source, fetched=None), report.document))

    def _new_failures(self) -> Iterator[Failure]:
        failures, self._failures = self._failures, []
        yield from failures


def _size(path: Path | Url) -> int:
    """Bytes of a file; 0 where that is not known before it is opened."""
    try:
        return path.stat().st_size if isinstance(path, Path) else 0
    except OSError:
        return 0


def _nobody(path: Path | Url, done: int, total: int) -> None:
    """Progress that nobody watches."""


def _silent(sentence: str) -> None:
    """What nobody wants to know."""
