"""A run: from reports to Parquet, in three phases.

1. Each report is read and normalized by itself (:mod:`styrmatt.pipeline.read_report`), in as many
   processes as asked for (:mod:`styrmatt.pipeline.workers.local`). The results wait on disk, not in
   memory (:mod:`styrmatt.pipeline.read_results`).
2. What needs more than the one report is settled: which source is written where two hold the same
   report (:mod:`styrmatt.pipeline.choose_sources`), and, as each report is written, people's
   corrections and the links between years.
3. The reports are written in the order of years and ids, whatever order they were read in
   (:mod:`styrmatt.pipeline.write_reports`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt.corrections.overrides import Override, read_corrections
from styrmatt.errors import GivenUpError, OutputError, StyrmattError, UsageError
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.files import Fetched
from styrmatt.inputs import read_sidecar
from styrmatt.layout_files import own_layouts
from styrmatt.pipeline.cache.page_cache import (
    DEFAULT_CACHE_BYTES,
    PageCache,
    page_cache_of,
    tidy_page_cache,
)
from styrmatt.pipeline.cache.scan_cache import tidy_scan_cache
from styrmatt.pipeline.choose_sources import PendingReport, ReportSource, choose_sources
from styrmatt.pipeline.cluster.run import read_on_cluster
from styrmatt.pipeline.memory import use_system_allocator_for_arrow
from styrmatt.pipeline.progress import (
    Doing,
    OnMessage,
    OnPage,
    OnProgress,
    if_special,
    ignore_message,
    ignore_pages,
    ignore_progress,
)
from styrmatt.pipeline.read_report import ReadOptions, ReadReport, defects_as_errors
from styrmatt.pipeline.read_results import ReadResultCache, ReadResults, StoredResult
from styrmatt.pipeline.record_unreadable import GivenUpReport, record_unreadable
from styrmatt.pipeline.results import Failure, Outcome, Result, unchanged_result
from styrmatt.pipeline.run_settings import DEFAULT_TRIES, ClusterSettings, OcrMode, ReadBudget
from styrmatt.pipeline.workers.local import read_all
from styrmatt.pipeline.workers.prefetch import file_hash, prefetch
from styrmatt.pipeline.write_reports import find_unchanged, write_reports
from styrmatt.scans.tools import missing_to_compare
from styrmatt.swedish.rules.token_rules import own_rules
from styrmatt.urls import Url

if TYPE_CHECKING:
    from styrmatt.export.store.up_to_date import StoredReports

__all__ = [
    "Failure",
    "Options",
    "Outcome",
    "Result",
    "prepare",
    "run_report",
    "run_reports",
]


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked for. It takes precedence over a sidecar, and a sidecar over the report.

    ``run_report`` and ``run_reports`` need no more than ``out``.
    """

    out: Path
    pages: tuple[int, ...] | None = None
    layouts: Path | None = None
    """Folder with layouts of the user's own."""
    layout: str | None = None
    rules: tuple[Path, ...] = ()
    """Rule files of the user's own, or folders of them, that add to the rules for text."""
    spacy_model: str | None = None
    """The spaCy pipeline to read text with, by name or path; None for the layout's or ours."""
    year: int | None = None
    organisation: str | None = None
    kind: str | None = None
    """``annual`` or ``interim``."""
    period_start: date | None = None
    period_end: date | None = None
    password: str | None = None
    replace: bool = False
    """Let another source of a report replace the one in the output."""
    force: bool = False
    """Read and write also what is unchanged."""
    corrections: tuple[Path | Fetched, ...] = ()
    """Corrections files: what people overrule."""
    engine: EngineName = DEFAULT_ENGINE
    jobs: int = 1
    """Processes that read at a time; other ones than this where there are several reports."""
    cluster: ClusterSettings | None = None
    """The Dask cluster whose workers read, instead of processes of this machine."""
    budget: ReadBudget | None = None
    """What reading a report may take; None for no limit. It is read in another process then, even
    with one job. A cluster has limits of its own."""
    tries: int = DEFAULT_TRIES
    """How often a report is read whose process dies, before it is given up."""
    ocr: OcrMode = "auto"
    """Whether scanned pages are recognised (auto), all pages are (always), or none is (never)."""
    check_text: bool = False
    """Compare figures of tables with how they look; needs Tesseract."""
    cache_bytes: int = DEFAULT_CACHE_BYTES
    """What the page cache may take; with 0 no pages are cached."""

    def identity(self) -> dict[str, str]:
        """What the options say of a report's identity, by the keys of ExtractedReport.identity."""
        given = {
            "fiscal_year": self.year,
            "organisation": self.organisation,
            "report_kind": self.kind,
            "period_start": self.period_start,
            "period_end": self.period_end,
        }
        return {key: str(value) for key, value in given.items() if value is not None}

    def page_cache(self, source_sha256: str) -> PageCache | None:
        """The cache of a source's pages; None where no pages are cached."""
        if not self.cache_bytes:
            return None
        return page_cache_of(self.out, source_sha256, refresh=self.force)


def prepare(options: Options) -> ReadOptions:
    """What all reports are read with; whatever would stop every report is raised here.

    Raises LayoutFileError, OutputError, and UsageError where a tool is missing that was asked for.
    """
    from styrmatt.export.store.transaction import check_writable

    read_options = ReadOptions(
        user_layouts=own_layouts(options.layouts),
        user_rules=own_rules(options.rules),
        layout=options.layout,
        spacy_model=options.spacy_model,
        pages=options.pages,
        identity=options.identity(),
        password=options.password,
        engine=options.engine,
        ocr=options.ocr,
        check_text=options.check_text,
        scan_cache=options.out if options.cache_bytes else None,
    )
    read_options.layouts()
    if options.check_text and (missing := missing_to_compare()) is not None:
        raise UsageError("The text cannot be checked.", hint=missing)
    use_system_allocator_for_arrow()
    check_writable(options.out)
    return read_options


def run_reports(
    paths: Sequence[Path | Url],
    options: Options,
    on_progress: OnProgress = ignore_progress,
    on_message: OnMessage = ignore_message,
) -> Iterator[Outcome]:
    """Read and write each report; one that fails does not stop the others.

    Yields an outcome for each path as it is known: failures while reports are read, then the
    reports as they are written, and last those that were given up, of which an issue is written.
    Raises what :func:`prepare` raises, CorrectionsFileError and ClusterError.
    """
    from styrmatt.export.store.up_to_date import StoredReports

    overrides = read_corrections(options.corrections)
    read_options = prepare(options)
    not_applied = read_options.rules_not_applied()
    if not_applied is not None:
        on_message(not_applied)
    stored = StoredReports(options.out)
    results = ReadResultCache(options.out)
    results.tidy()
    reading = _ReadPhase(options, read_options, stored, results, overrides)
    with closing(reading.run(paths, on_progress, on_message)) as failures:
        yield from failures
    tidy_page_cache(options.out, options.cache_bytes)
    tidy_scan_cache(options.out, options.cache_bytes)
    order = {path: number for number, path in enumerate(paths)}
    pending = sorted(reading.pending, key=lambda report: order[report.path])
    chosen, conflicts = choose_sources(pending, {} if options.replace else stored.source_hashes())
    yield from conflicts
    read = []
    for outcome in write_reports(
        chosen, results, options.out, replace=options.replace, overrides=overrides
    ):
        yield outcome
        if isinstance(outcome, Result):
            read.append(outcome.document)
    yield from record_unreadable(reading.unreadable, stored.unreadable, read, options.out)


def run_report(path: Path | Url, options: Options, on_page: OnPage = ignore_pages) -> Result:
    """Read and write one report.

    Raises a StyrmattError; then what the output had of the report is as it was.
    """

    def on_progress(_: Path | Url, done: int, total: int, doing: Doing = "page") -> None:
        if total:
            on_page(done, total, *if_special(doing))

    (outcome,) = run_reports([path], options, on_progress)
    if isinstance(outcome, Failure):
        raise outcome.error
    return outcome


class _ReadPhase:
    """Phase 1 of a run.

    Afterwards ``pending`` has the reports to write, whose rows are in the result cache or, of
    unchanged ones, in the output, and ``unreadable`` those that were given up.
    """

    def __init__(
        self,
        options: Options,
        read_options: ReadOptions,
        stored: StoredReports,
        results: ReadResultCache,
        overrides: Sequence[Override],
    ) -> None:
        self.pending: list[PendingReport] = []
        self.unreadable: list[GivenUpReport] = []
        self._failures: list[Failure] = []
        self._options = options
        self._read_options = read_options
        self._stored = stored
        self._results = results
        self._overrides = overrides

    def run(
        self, paths: Sequence[Path | Url], on_progress: OnProgress, on_message: OnMessage
    ) -> Generator[Failure, None, None]:
        """Read what has to be read; yield the failures as they are known."""
        options = self._options
        if options.jobs > 1 and options.cluster is None:
            # The largest first, so that none of them is begun when the other processes are done.
            paths = sorted(paths, key=_file_size, reverse=True)
        sources = self._sources_to_read(paths)
        if options.cluster is None:
            read: ReadResults = read_all(
                sources,
                options.jobs,
                on_progress,
                options.tries,
                root=options.out,
                has_earlier_reports=bool(self._stored.source_hashes()),
                budget=options.budget,
            )
        else:
            read = read_on_cluster(
                sources, options.cluster, options.out, options.tries, on_progress, on_message
            )
        with closing(read):
            for source, result in read:
                self._accept(source, result)
                yield from self._new_failures()
        yield from self._new_failures()

    def _sources_to_read(self, paths: Sequence[Path | Url]) -> Iterator[ReportSource]:
        """The sources that are neither unchanged in the output nor in the result cache."""
        for path, opened in prefetch(paths, self._open):
            try:
                with defects_as_errors(path):
                    source = opened()
                    report = None if self._options.force else self._already_read(source)
            except StyrmattError as error:
                self._failures.append(Failure(path, error))
                continue
            if report is None:
                yield source
            else:
                self.pending.append(replace(report, source=replace(source, fetched=None)))

    def _open(self, path: Path | Url) -> ReportSource:
        """The source with its hash; from a URL with its bytes, too, if they are needed here."""
        cluster = self._options.cluster
        sha256, fetched = file_hash(path)
        if cluster is not None and not cluster.ships(path):
            fetched = None
        options = self._read_options.with_sidecar(read_sidecar(path))
        options = replace(options, page_cache=self._options.page_cache(sha256))
        return ReportSource(path, sha256, options, options.basis(), fetched)

    def _already_read(self, source: ReportSource) -> PendingReport | None:
        report = self._unchanged(source, self._stored) or self._from_cache(source)
        # Another run may have written it between the two look-ups, and dropped its result.
        return report or self._unchanged(source, self._stored.refreshed())

    def _unchanged(self, source: ReportSource, stored: StoredReports) -> PendingReport | None:
        """The report where the output has it, made from the same source on the same basis."""
        report = find_unchanged(source, stored, self._overrides)
        if report is None:
            return None
        self._results.drop(source.key)  # left by a run that was killed after writing the report
        return PendingReport(source, report.document, unchanged_result(source.path, report))

    def _from_cache(self, source: ReportSource) -> PendingReport | None:
        """The report where a run that was interrupted has read it."""
        report = self._results.get(source.key, source.sha256)
        return None if report is None else PendingReport(source, report.document)

    def _accept(
        self, source: ReportSource, result: ReadReport | StoredResult | StyrmattError
    ) -> None:
        """Note what became of a report; put its result into the cache unless it is there."""
        source = replace(source, fetched=None)
        if isinstance(result, GivenUpError):
            self.unreadable.append(GivenUpReport(source, result))
            return
        try:
            if isinstance(result, StyrmattError):
                raise result
            if isinstance(result, ReadReport):
                self._results.put(source.key, source.sha256, result)
            elif not self._results.has(source.key):
                raise OutputError(
                    f"A worker read {source.path.name}, but its result is not in the output "
                    f"folder {self._options.out}.",
                    hint="Let workers see that folder under the same path, or let them send their "
                    "results: --results ship.",
                )
        except StyrmattError as error:
            self._failures.append(Failure(source.path, error))
        else:
            self.pending.append(PendingReport(source, result.document))

    def _new_failures(self) -> Iterator[Failure]:
        failures, self._failures = self._failures, []
        yield from failures


def _file_size(path: Path | Url) -> int:
    """Bytes of a file; 0 for a URL, whose size is not known before it is opened."""
    try:
        return path.stat().st_size if isinstance(path, Path) else 0
    except OSError:
        return 0
