"""Phases 2 and 3 of a run: corrects, links and writes what was read, by year and id."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from styrmatt import __version__
from styrmatt.corrections.overrides import Override, corrections_hash
from styrmatt.errors import OutputError, StyrmattError
from styrmatt.export.store.manifest import ReadActivity
from styrmatt.pipeline.cache.provenance import agent, clock_time
from styrmatt.pipeline.choose_sources import PendingReport, ReportSource
from styrmatt.pipeline.memory import release_freed_memory
from styrmatt.pipeline.read_report import (
    defects_as_errors,
    infrequent_garbage_collection,
    omits_pages,
    read_one,
)
from styrmatt.pipeline.read_results import ReadResultCache, check_source
from styrmatt.pipeline.results import Failure, Outcome, Result, result_of, unchanged_result
from styrmatt.records import Extract, Series

if TYPE_CHECKING:
    from styrmatt.export.store.up_to_date import StoredReport, StoredReports
    from styrmatt.export.store.writer import DocumentBatch, LinkSeries

_MIN_BATCH: Final = 8
"""Reports that are written in one transaction, where there are as many. Each transaction writes
the manifest and the register anew and waits for the disk several times; fewer would mostly wait."""
_BATCH_SHARE: Final = 20
"""A batch grows to one in so many of the documents in the output (5 %). Manifest and register
tell of all documents, so their cost grows with these; batches that grew less would make the whole
of a long run cost the square of its reports, larger ones keep other runs waiting."""
_BATCH_SECONDS: Final = 2.0
"""After so long a batch is committed although it is not full: other runs may wait for the lock.
Where the last commit took longer than this, the next batch may last as long as that commit did, so
that commits never take more than half of the time, however many documents there are."""


def write_reports(
    reports: Sequence[PendingReport],
    results: ReadResultCache,
    root: Path,
    *,
    replace: bool,
    overrides: Sequence[Override] = (),
) -> Iterator[Outcome]:
    """Write the reports in the order given; yield an outcome for each and for each of its copies.

    ``overrides`` are the corrections that people made in any of them.
    """
    from styrmatt.export.store.writer import StoreWriter

    release_freed_memory()  # what reading took, before writing needs memory of its own
    writer = StoreWriter(root)
    waiting = []
    for report in reports:
        if report.unchanged is None:
            waiting.append(report)
        else:
            yield from _with_copies(report, report.unchanged)
    if not waiting and reports:
        writer.restore_manifest()
    commit_seconds = 0.0
    while waiting:
        batched: list[tuple[PendingReport, Outcome]] = []
        try:
            with infrequent_garbage_collection(), writer.batch() as batch:
                end = time.monotonic() + max(_BATCH_SECONDS, commit_seconds)
                size = max(_MIN_BATCH, 1 + writer.document_count // _BATCH_SHARE)
                for report in waiting[:size]:
                    outcome = _add_to_batch(batch, report, results, overrides, replace=replace)
                    batched.append((report, outcome))
                    if time.monotonic() > end:
                        break
                commit_started = time.monotonic()
            commit_seconds = time.monotonic() - commit_started
        except OutputError as error:  # none of the batch was written; its results stay cached
            size = max(len(batched), 1)
            batched = [(report, Failure(report.path, error)) for report in waiting[:size]]
        else:
            for report, _ in batched:
                results.drop(report.source.key)
        del waiting[: len(batched)]
        for report, outcome in batched:
            yield from _with_copies(report, outcome)


def find_unchanged(
    source: ReportSource, stored: StoredReports, overrides: Sequence[Override]
) -> StoredReport | None:
    """The report in the output, if it was written from this very source on an equal basis."""
    return stored.find_unchanged(
        source.name,
        source.sha256,
        __version__,
        source.basis,
        corrections=partial(corrections_hash, overrides),
    )


def _add_to_batch(
    batch: DocumentBatch,
    pending: PendingReport,
    results: ReadResultCache,
    overrides: Sequence[Override],
    *,
    replace: bool,
) -> Outcome:
    """Add a report to the batch; what its outcome is once the batch has been written."""
    from styrmatt.export.store.up_to_date import StoredReports

    source = pending.source
    try:
        report = results.get(source.key, source.sha256)
        if report is None:  # another run that was given the same report may have written it
            stored = find_unchanged(source, StoredReports(batch.root), overrides)
            if stored is not None:
                return unchanged_result(source.path, stored)
            report = read_one(source.path, source.options)
            check_source(report.document, source.sha256)
        started = time.perf_counter()
        with defects_as_errors(pending.path):
            extract = apply_corrections(report.extract, overrides)
            overrides_hash = corrections_hash(overrides, extract.document.document_id)
            vocabulary = source.options.vocabulary(extract.document.layout)
            activity = ReadActivity(
                agent=agent(),
                layout_sha256=source.options.layout_hash(extract.document.layout),
                started_at=report.started_at,
                ended_at=clock_time(),
            )
            extract = batch.add(
                extract,
                replace=replace,
                partial=omits_pages(extract, source.options.pages),
                basis=dataclasses.replace(source.basis, corrections_sha256=overrides_hash),
                link=make_linker(overrides, vocabulary),
                activity=activity,
            )
        seconds = {**report.seconds, "write": time.perf_counter() - started}
    except OutputError:
        raise
    except StyrmattError as error:
        return Failure(pending.path, error)
    return result_of(pending.path, extract, seconds, pages_from_cache=report.pages_from_cache)


def apply_corrections(extract: Extract, overrides: Sequence[Override]) -> Extract:
    """Phase 2: the extract with people's corrections to its rows.

    The links to other years come after it, from :func:`make_linker`, while the root is locked:
    reports are linked one at a time, the earliest year first, and the register of series goes from
    each to the next and is written in the same transaction.
    """
    from styrmatt.normalize.corrections.apply import correct

    return correct(extract, overrides)


def make_linker(overrides: Sequence[Override], vocabulary: str) -> LinkSeries:
    """What links a report to the series of the register, except where people decided otherwise.

    ``vocabulary`` is the name of the words by which the names in the report are compared.
    """
    from styrmatt.normalize.corrections.links import correct_links
    from styrmatt.normalize.series.decisions import Decisions
    from styrmatt.normalize.series.link import link_report

    def link(
        extract: Extract, register: tuple[Series, ...], replaced: Collection[str]
    ) -> tuple[Extract, tuple[Series, ...]]:
        def link_with(report: Extract, decisions: Decisions) -> tuple[Extract, tuple[Series, ...]]:
            return link_report(
                report, register, decisions, vocabulary=vocabulary, replaced=replaced
            )

        return correct_links(extract, overrides, link_with)

    return link


def _with_copies(report: PendingReport, outcome: Result | Failure) -> Iterator[Outcome]:
    yield outcome
    for path in report.copies:
        if isinstance(outcome, Result):
            yield dataclasses.replace(outcome, path=path, copy_of=report.path)
        else:
            yield dataclasses.replace(outcome, path=path)
