"""Phase 1 on this machine: in this process, in several, or a single report shared between two.

The pages of a single report are read in another process, while this one loads the dictionaries and
libraries that come after: that takes about as long, so on two cores neither waits for the other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path

from styrmatt.errors import StyrmattError
from styrmatt.files import ReportFile
from styrmatt.pipeline.cache.pickle_store import pack, unpack
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.memory import release_freed_memory
from styrmatt.pipeline.progress import Doing, OnPage, OnProgress, if_special
from styrmatt.pipeline.read_report import (
    ReadOptions,
    ReadPages,
    ReadReport,
    cached_pages,
    infrequent_garbage_collection,
    make_records,
    read_one,
    read_pages,
)
from styrmatt.pipeline.read_results import ReadResults, StoredResult
from styrmatt.pipeline.run_settings import DEFAULT_TRIES, ReadBudget
from styrmatt.pipeline.workers.process_pool import read_in_processes, read_into_cache
from styrmatt.pipeline.workers.time_limit import time_limit
from styrmatt.urls import Url
from styrmatt.whitespace import squeeze


def read_all(
    sources: Iterable[ReportSource],
    jobs: int,
    on_progress: OnProgress,
    tries: int = DEFAULT_TRIES,
    *,
    root: Path,
    has_earlier_reports: bool = False,
    budget: ReadBudget | None = None,
) -> ReadResults:
    """Each source with what was read, or why not, in at most ``jobs`` processes, as it is ready.

    ``sources`` is advanced only when a process is free. One process is this one, unless there is a
    ``budget``, which only another process can be held to; a single source
    is shared with another process. Several processes put what they read into the result cache
    below ``root`` themselves. ``has_earlier_reports`` says whether the output has reports that
    these may be linked to.
    """
    waiting = iter(sources)
    first = list(islice(waiting, 2)) if jobs > 1 or budget is not None else []
    if len(first) == 1 and cached_pages(first[0].file, first[0].options) is not None:
        return _read_in_this_process(first, on_progress, budget)
    if len(first) == 1 and jobs > 1:
        return _read_single(first[0], on_progress, tries, budget)
    if not first:
        return _read_in_this_process(waiting, on_progress, budget)
    return _read_in_several(
        chain(first, waiting), jobs, on_progress, tries, root, has_earlier_reports, budget
    )


def _read_in_this_process(
    sources: Iterable[ReportSource], on_progress: OnProgress, budget: ReadBudget | None
) -> ReadResults:
    for source in sources:
        on_progress(source.path, 0, 0)
        seconds = None if budget is None else budget.seconds_for(0)
        of_processor = budget is not None and budget.seconds is None
        try:
            with time_limit(source.name, seconds, of_processor=of_processor):
                report = read_one(source.file, source.options, partial(on_progress, source.path))
            yield source, report
        except StyrmattError as error:
            yield source, error


def _read_in_several(
    sources: Iterable[ReportSource],
    jobs: int,
    on_progress: OnProgress,
    tries: int,
    root: Path,
    has_earlier_reports: bool,
    budget: ReadBudget | None,
) -> ReadResults:
    writer_warm_up = _WarmUpThread(_steps_to_write)
    linker_warm_up = _WarmUpThread(_steps_to_link)
    organisations: set[str] = set()
    try:
        on_progress = writer_warm_up.starting_with(on_progress)
        reading = read_into_cache(sources, jobs, on_progress, read_one, tries, root, budget)
        for source, result in reading:
            if isinstance(result, StoredResult):
                name = squeeze(result.document.organisation)
                if has_earlier_reports or name in organisations:
                    linker_warm_up.start()
                organisations.add(name)
            yield source, result
    finally:
        writer_warm_up.stop()
        linker_warm_up.stop()


def _read_single(
    source: ReportSource, on_progress: OnProgress, tries: int, budget: ReadBudget | None
) -> ReadResults:
    yield source, read_single(source, on_progress, tries, budget)


def read_single(
    source: ReportSource,
    on_progress: OnProgress,
    tries: int = DEFAULT_TRIES,
    budget: ReadBudget | None = None,
) -> ReadReport | StyrmattError:
    """What was read, or why not: the same as from :func:`read_one`, only sooner."""
    warm_up = _WarmUpThread(partial(_steps_to_normalize, source.options))
    try:
        answers = read_in_processes(
            [source], 1, warm_up.starting_with(on_progress), _read_packed_pages, tries, budget
        )
        (pages,) = [_unpack_pages(answer, source.options) for _, answer in answers]
        if isinstance(pages, StyrmattError):
            return pages
        warm_up.join()
        release_freed_memory()  # the pickle took half as much again as the pages
        count = 0 if pages.extracted is None else pages.extracted.source.page_count
        seconds = None if budget is None else budget.seconds_for(count)
        of_processor = budget is not None and budget.seconds is None
        with time_limit(source.name, seconds, of_processor=of_processor):
            return make_records(source.file, pages, source.options)
    except StyrmattError as error:
        return error
    finally:
        warm_up.stop()


def _read_packed_pages(path: ReportFile, options: ReadOptions, on_page: OnPage) -> bytes:
    """The pages as the other process gets them; it has the layouts, so the name is enough."""
    pages = read_pages(path, options, on_page)
    return pack(
        (pages.layout.name, pages.take(), pages.seconds, pages.started_at, pages.from_cache)
    )


def _unpack_pages(data: bytes | StyrmattError, options: ReadOptions) -> ReadPages | StyrmattError:
    if isinstance(data, StyrmattError):
        return data
    name, *rest = unpack(data)
    (layout,) = (layout for layout in options.layouts() if layout.name == name)
    return ReadPages(layout, *rest)


class _WarmUpThread:
    """Loads in a thread what is needed once other processes have read the pages."""

    def __init__(self, steps: Callable[[], Iterable[Callable[[], object]]]) -> None:
        self._steps = steps
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def starting_with(self, on_progress: OnProgress) -> OnProgress:
        """The same callback, which starts this thread when it is first called.

        Then the other processes are under way; an earlier start would only delay theirs.
        """

        def on_progress_and_start(
            path: Path | Url, done: int, total: int, doing: Doing = "page"
        ) -> None:
            self.start()
            on_progress(path, done, total, *if_special(doing))

        return on_progress_and_start

    def start(self) -> None:
        """Start loading, unless that was started before."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._load, name="warm-up")
            self._thread.start()

    def join(self) -> None:
        """Wait until all is loaded."""
        if self._thread is not None:
            self._thread.join()

    def stop(self) -> None:
        """Skip the steps that have not begun, and wait for the one that has."""
        self._stopped.set()
        self.join()

    def _load(self) -> None:
        # An error here is no matter: whoever needs the library meets it again and reports it.
        with infrequent_garbage_collection(), suppress(Exception):
            for step in self._steps():
                if self._stopped.is_set():
                    return
                step()


def _steps_to_normalize(options: ReadOptions) -> Iterable[Callable[[], object]]:
    """Calls that load what makes records of pages and writes them."""
    from styrmatt.export.store.writer import load_libraries
    from styrmatt.normalize.normalize import steps_to_load

    return (*steps_to_load(options.layouts(), options.user_rules), load_libraries)


def _steps_to_write() -> Iterable[Callable[[], object]]:
    """Calls that load what writes the records of several organisations."""
    from styrmatt.export.store.writer import load_for_many, load_libraries

    return (load_libraries, load_for_many)


def _steps_to_link() -> Iterable[Callable[[], object]]:
    """Calls that load what links records to other years; only some runs have such links."""
    from styrmatt.layout_files import load_layouts
    from styrmatt.normalize.series.link import steps_to_load

    return steps_to_load(load_layouts())
