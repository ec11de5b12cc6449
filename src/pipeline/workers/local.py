"""Phase 1 as far as it happens in this process: all of it, or the half of a single report.

The pages of a single report are read in another process, while this one loads dictionaries and
libraries: that takes about as long, and so on two cores nobody waits for both.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path

from styrmatt.errors import StyrmattError
from styrmatt.files import ReportFile
from styrmatt.pipeline.cache.pickle_store import packed, unpacked
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.memory import give_back
from styrmatt.pipeline.read_report import (
    Progress,
    ReadOptions,
    ReadPages,
    ReadReport,
    garbage_left,
    kept_pages,
    make_records,
    read_one,
    read_pages,
)
from styrmatt.pipeline.read_results import Receipt
from styrmatt.pipeline.run_settings import TRIES
from styrmatt.pipeline.workers.process_pool import read_apart, read_onto_shelf
from styrmatt.pipeline.workers.retry import Watch
from styrmatt.urls import Url
from styrmatt.whitespace import squeeze

Answers = Generator[tuple[ReportSource, ReadReport | Receipt | StyrmattError], None, None]


def read_all(
    sources: Iterable[ReportSource],
    jobs: int,
    watch: Watch,
    tries: int = TRIES,
    *,
    root: Path,
    to_be_linked: bool = False,
) -> Answers:
    """Each source with what was read, or why not, in at most so many processes.

    They come as they are ready; ``sources`` is asked for the next when there is a process for it.
    With one process that is this one; a single source it shares with another. Where there are
    several, they put what they have read on the shelf below ``root`` themselves. ``to_be_linked``
    says whether there are earlier reports with which these may be linked.
    """
    waiting = iter(sources)
    first = list(islice(waiting, 2)) if jobs > 1 else []
    if len(first) == 1 and kept_pages(first[0].file, first[0].options) is None:
        return _read_one_beside(first[0], watch, tries)
    if len(first) < 2:
        return _read_here(chain(first, waiting), watch)
    return _read_many(chain(first, waiting), jobs, watch, tries, root, to_be_linked)


def _read_here(sources: Iterable[ReportSource], watch: Watch) -> Answers:
    for source in sources:
        watch(source.path, 0, 0)
        try:
            yield source, read_one(source.file, source.options, partial(watch, source.path))
        except StyrmattError as error:
            yield source, error


def _read_many(
    sources: Iterable[ReportSource],
    jobs: int,
    watch: Watch,
    tries: int,
    root: Path,
    to_be_linked: bool,
) -> Answers:
    loading, linking = _WarmUpThread(_steps_to_write), _WarmUpThread(_steps_to_link)
    known: set[str] = set()
    try:
        watch = loading.watching(watch)
        for source, answer in read_onto_shelf(sources, jobs, watch, read_one, tries, root):
            if isinstance(answer, Receipt):
                name = squeeze(answer.document.organisation)
                if to_be_linked or name in known:
                    linking.begin()
                known.add(name)
            yield source, answer
    finally:
        loading.stop()
        linking.stop()


def _read_one_beside(source: ReportSource, watch: Watch, tries: int) -> Answers:
    yield source, read_beside(source, watch, tries)


def read_beside(
    source: ReportSource, watch: Watch, tries: int = TRIES
) -> ReadReport | StyrmattError:
    """What was read, or why not: what reading it here gives, too, and only sooner."""
    loading = _WarmUpThread(partial(_steps_to_normalize, source.options))
    try:
        apart = read_apart([source], 1, loading.watching(watch), _packed_pages, tries)
        (pages,) = [_unpacked_pages(answer, source.options) for _, answer in apart]
        if isinstance(pages, StyrmattError):
            return pages
        loading.finish()
        give_back()  # as they came they took half as much again
        return make_records(source.file, pages, source.options)
    except StyrmattError as error:
        return error
    finally:
        loading.stop()


def _packed_pages(path: ReportFile, options: ReadOptions, progress: Progress) -> bytes:
    """The pages on their way to the other process, which has the layouts, too."""
    pages = read_pages(path, options, progress)
    return packed((pages.layout.name, pages.printed, pages.seconds, pages.started_at, pages.kept))


def _unpacked_pages(data: bytes | StyrmattError, options: ReadOptions) -> ReadPages | StyrmattError:
    if isinstance(data, StyrmattError):
        return data
    name, *rest = unpacked(data)
    (layout,) = (layout for layout in options.layouts() if layout.name == name)
    return ReadPages(layout, *rest)


class _WarmUpThread:
    """Loads in a thread what is needed when other processes have read the pages."""

    def __init__(self, steps: Callable[[], Iterable[Callable[[], object]]]) -> None:
        self._steps = steps
        self._enough = threading.Event()
        self._thread: threading.Thread | None = None

    def watching(self, watch: Watch) -> Watch:
        """The same watch, which begins to load when the other processes are under way."""

        def watching(path: Path | Url, done: int, total: int) -> None:
            self.begin()
            watch(path, done, total)

        return watching

    def begin(self) -> None:
        """Load, unless that has begun."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._load, name="loading")
            self._thread.start()

    def finish(self) -> None:
        """Wait until all is loaded."""
        if self._thread is not None:
            self._thread.join()

    def stop(self) -> None:
        """Leave out what has not begun to load, and wait for what has."""
        self._enough.set()
        self.finish()

    def _load(self) -> None:
        with (
            garbage_left(),
            suppress(Exception),
        ):  # whatever is wrong will be told where it is needed
            for step in self._steps():
                if self._enough.is_set():
                    return
                step()


def _steps_to_normalize(options: ReadOptions) -> Iterable[Callable[[], object]]:
    """What loads all that makes records of pages and writes them."""
    from styrmatt.export.store.writer import load_libraries
    from styrmatt.normalize.normalize import steps_to_load

    return (*steps_to_load(options.layouts()), load_libraries)


def _steps_to_write() -> Iterable[Callable[[], object]]:
    """What loads all that writes the records of several organisations."""
    from styrmatt.export.store.writer import load_for_many, load_libraries

    return (load_libraries, load_for_many)


def _steps_to_link() -> Iterable[Callable[[], object]]:
    """What loads all that links records to those of other years: only some runs have such."""
    from styrmatt.layout_files import load_layouts
    from styrmatt.normalize.series.link import steps_to_load

    return steps_to_load(load_layouts())
