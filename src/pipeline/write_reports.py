"""Phases 2 and 3 of a run: reports as read become files, in the order of years and ids."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from styrmatt import __version__
from styrmatt.corrections.rulings import Override, corrections_hash
from styrmatt.errors import OutputError, StyrmattError
from styrmatt.export.store.manifest import Activity
from styrmatt.pipeline.cache.provenance import agent, clock_time
from styrmatt.pipeline.choose_sources import PendingReport, ReportSource
from styrmatt.pipeline.memory import give_back
from styrmatt.pipeline.read_report import defects_told, garbage_left, leaves_pages_out, read_one
from styrmatt.pipeline.read_results import ReadResultCache, check_source
from styrmatt.pipeline.results import Failure, Outcome, Result, result_of, unchanged_result
from styrmatt.records import Extract, Series

if TYPE_CHECKING:
    from styrmatt.export.store.up_to_date import StoredReport, StoredReports
    from styrmatt.export.store.writer import Batch, Linking

_FEWEST: Final = 8
_SHARE: Final = 20
"""So many documents are written together at least, and this share of those that are there: each
time, what tells of all of them is written anew, and so its cost stays in proportion."""
_LONGEST: Final = 2.0
"""Seconds after which what was begun together is finished; others may be waiting. Where finishing
took longer the time before, so long: then at least half of all time goes to documents, however
many there are."""


def write_drafts(
    drafts: Sequence[PendingReport],
    shelf: ReadResultCache,
    root: Path,
    *,
    replace: bool,
    rulings: Sequence[Override] = (),
) -> Iterator[Outcome]:
    """Write each report in the order given, and tell what became of it and of its copies.

    ``rulings`` are what people corrected in any of them.
    """
    from styrmatt.export.store.writer import Writer

    give_back()  # what reading took, before writing takes memory of its own
    writer = Writer(root)
    waiting = []
    for draft in drafts:
        if draft.stands is None:
            waiting.append(draft)
        else:
            yield from _with_copies(draft, draft.stands)
    if not waiting and drafts:
        writer.mend()
    finishing = 0.0
    while waiting:
        done: list[tuple[PendingReport, Outcome]] = []
        try:
            with garbage_left(), writer.together() as batch:
                end = time.monotonic() + max(_LONGEST, finishing)
                count = max(_FEWEST, 1 + writer.document_count // _SHARE)
                for draft in waiting[:count]:
                    done.append((draft, _add(batch, draft, shelf, rulings, replace=replace)))
                    if time.monotonic() > end:
                        break
                added = time.monotonic()
            finishing = time.monotonic() - added
        except OutputError as error:  # nothing of them was written; what was read is kept
            count = max(len(done), 1)
            done = [(draft, Failure(draft.path, error)) for draft in waiting[:count]]
        else:
            for draft, _ in done:
                shelf.drop(draft.source.key)
        del waiting[: len(done)]
        for draft, outcome in done:
            yield from _with_copies(draft, outcome)


def stands_unchanged(
    source: ReportSource, standing: StoredReports, rulings: Sequence[Override]
) -> StoredReport | None:
    """What stands in the output already, made from this very source on the very same basis."""
    return standing.unchanged(
        source.path.name,
        source.sha256,
        __version__,
        source.basis,
        corrections=partial(corrections_hash, rulings),
    )


def _add(
    batch: Batch,
    draft: PendingReport,
    shelf: ReadResultCache,
    rulings: Sequence[Override],
    *,
    replace: bool,
) -> Outcome:
    """Make a report part of the batch; its outcome, should the batch be written."""
    from styrmatt.export.store.up_to_date import StoredReports

    source = draft.source
    try:
        report = shelf.get(source.key, source.sha256)
        if report is None:  # another run was given the same report, too, and may have written it
            stands = stands_unchanged(source, StoredReports(batch.root), rulings)
            if stands is not None:
                return unchanged_result(source.path, stands)
            report = read_one(source.path, source.options)
            check_source(report.document, source.sha256)
        began = time.perf_counter()
        with defects_told(draft.path):
            extract = settled(report.extract, rulings)
            cut = leaves_pages_out(extract, source.options.pages)
            said = corrections_hash(rulings, extract.document.document_id)
            basis = dataclasses.replace(source.basis, corrections_sha256=said)
            link = linking(rulings, source.options.vocabulary(extract.document.layout))
            activity = Activity(
                agent=agent(),
                layout_sha256=source.options.layout_hash(extract.document.layout),
                started_at=report.started_at,
                ended_at=clock_time(),
            )
            extract = batch.add(
                extract,
                replace=replace,
                partial=cut,
                basis=basis,
                link=link,
                activity=activity,
            )
        seconds = {**report.seconds, "write": time.perf_counter() - began}
    except OutputError:
        raise
    except StyrmattError as error:
        return Failure(draft.path, error)
    return result_of(draft.path, extract, seconds, pages_kept=report.pages_kept)


def settled(extract: Extract, rulings: Sequence[Override]) -> Extract:
    """Phase 2: the extract with what does not come from its own report.

    First comes what people corrected. The links to other years are made after it, by
    :func:`linking`, while the root is held: reports come one at a time, earliest year first, and
    the register of series goes from each to the next and is written in the same transaction.
    """
    from styrmatt.normalize.corrections.apply import correct

    return correct(extract, rulings)


def linking(rulings: Sequence[Override], vocabulary: str) -> Linking:
    """How a report gets its series from the register, where people said otherwise as they said.

    ``vocabulary`` is the name of the words by which the report's names are compared.
    """
    from styrmatt.normalize.corrections.links import Decisions, correct_links
    from styrmatt.normalize.series.link import link_report

    def link(
        extract: Extract, register: tuple[Series, ...], replaced: Collection[str]
    ) -> tuple[Extract, tuple[Series, ...]]:
        def as_told(report: Extract, decisions: Decisions) -> tuple[Extract, tuple[Series, ...]]:
            return link_report(
                report, register, decisions, vocabulary=vocabulary, replaced=replaced
            )

        return correct_links(extract, rulings, as_told)

    return link


def _with_copies(draft: PendingReport, outcome: Result | Failure) -> Iterator[Outcome]:
    yield outcome
    for path in draft.copies:
        yield dataclasses.replace(outcome, path=path)
