"""Phase 1 in other processes, each of which reads one report at a time.

Each worker is a fresh process with a pipe of its own. So it is known which report a process was
reading that died, no lock is shared that it might have held, and there is nothing in flight but
one report for each worker.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, Final, Generic, NamedTuple

from styrmatt.errors import StyrmattError
from styrmatt.files import ReportFile
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.read_report import Progress, ReadOptions, ReadReport
from styrmatt.pipeline.read_results import ReadResultCache, Receipt
from styrmatt.pipeline.run_settings import TRIES
from styrmatt.pipeline.workers.retry import (
    Failed,
    R,
    Watch,
    WorkerDied,
    call_captured,
    with_retries,
)

Read = Callable[[ReportFile, ReadOptions, Progress], R]
"""What reads a report; for other processes a function of a module."""


class _Task(NamedTuple):
    """A source, as a worker gets it."""

    file: ReportFile
    options: ReadOptions
    sha256: str
    key: str


_Work = Callable[[_Task, Progress], R]
"""What a worker does with a source."""
_REPORTS: Final = 50
"""Reports after which a worker gives way to a fresh one, and gives back what memory it gathered."""
_PATIENCE: Final = 5.0
"""Seconds that a worker has to end by itself."""


def cores() -> int:
    """Number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_apart(
    sources: Iterable[ReportSource], jobs: int, watch: Watch, read: Read[R], tries: int = TRIES
) -> Generator[tuple[ReportSource, R | StyrmattError], None, None]:
    """Each source with what ``read`` returned or raised, in at most so many other processes.

    One whose process dies is read again, ``tries`` times in all, as :func:`with_retries` has it. No
    process is left when this ends, however it ends.
    """
    return _answers(sources, jobs, watch, partial(_just, read), tries)


def read_onto_shelf(
    sources: Iterable[ReportSource],
    jobs: int,
    watch: Watch,
    read: Read[ReadReport],
    tries: int,
    root: Path,
) -> Generator[tuple[ReportSource, Receipt | StyrmattError], None, None]:
    """As :func:`read_apart`, but what was read stands on the shelf below ``root`` afterwards.

    So it need not come here, to be packed once more.
    """
    return _answers(sources, jobs, watch, partial(_put, read, root), tries)


def _just(read: Read[R], task: _Task, progress: Progress) -> R:
    return read(task.file, task.options, progress)


def _put(read: Read[ReadReport], root: Path, task: _Task, progress: Progress) -> Receipt:
    return ReadResultCache(root).put(task.key, task.sha256, read(task.file, task.options, progress))


def _answers(
    sources: Iterable[ReportSource], jobs: int, watch: Watch, work: _Work[R], tries: int
) -> Generator[tuple[ReportSource, R | StyrmattError], None, None]:
    pool = _Pool(watch, work)

    def answers(
        sources: Iterable[ReportSource], alone: bool
    ) -> Iterator[tuple[ReportSource, R | StyrmattError | WorkerDied]]:
        if alone:
            pool.end()  # it shall have all the memory
        return pool.answers(sources, 1 if alone else jobs)

    try:
        yield from with_retries(sources, tries, answers)
    finally:
        pool.end()


class _PagesTask(NamedTuple):
    """How far a worker is."""

    done: int
    total: int


@dataclass(slots=True, eq=False)
class _PoolProcess:
    process: SpawnProcess
    pipe: Connection[Any, Any]
    source: ReportSource | None = None
    """What it is reading."""
    served: int = 0


class _Pool(Generic[R]):
    """The processes, started when there is something for them to do."""

    def __init__(self, watch: Watch, work: _Work[R]) -> None:
        self._watch = watch
        self._work = work
        self._workers: list[_PoolProcess] = []

    def answers(
        self, sources: Iterable[ReportSource], jobs: int
    ) -> Iterator[tuple[ReportSource, R | StyrmattError | WorkerDied]]:
        """Each source with what became of it, as it is known."""
        waiting = iter(sources)
        self._hand_out(waiting, jobs)
        while busy := {worker.pipe: worker for worker in self._workers if worker.source}:
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]
                source, answer = worker.source, self._hear(worker)
                if source is not None and not isinstance(answer, _PagesTask):
                    worker.source = None
                    self._hand_out(waiting, jobs)
                    yield source, answer

    def end(self) -> None:
        """End all processes, also in the middle of a report."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in workers:
            _see_out(worker.process)

    def _hand_out(self, waiting: Iterator[ReportSource], jobs: int) -> None:
        while sum(worker.source is not None for worker in self._workers) < jobs:
            source = next(waiting, None)
            if source is None:
                return
            worker = self._idle()
            worker.source = source
            worker.served += 1
            self._watch(source.path, 0, 0)
            with suppress(OSError):  # it has died; that will be heard
                worker.pipe.send(_Task(source.file, source.options, source.sha256, source.key))

    def _idle(self) -> _PoolProcess:
        for worker in [worker for worker in self._workers if worker.source is None]:
            if worker.served < _REPORTS:
                return worker
            self._workers.remove(worker)
            worker.pipe.close()  # and so it ends
        self._workers.append(_started(self._work))
        return self._workers[-1]

    def _hear(self, worker: _PoolProcess) -> R | StyrmattError | _PagesTask | WorkerDied:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.pipe.close()
            _see_out(worker.process)
            return _death(worker.process.exitcode)
        if isinstance(answer, _PagesTask) and worker.source is not None:
            self._watch(worker.source.path, *answer)
        if isinstance(answer, Failed):
            return answer.here()
        told: R | _PagesTask = answer
        return told


def _started(work: _Work[Any]) -> _PoolProcess:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work), daemon=True)
    with _interrupts_held(), _main_hidden():
        process.start()
    theirs.close()  # the worker has the only other end, so that its death ends the pipe
    return _PoolProcess(process, ours)


@contextmanager
def _main_hidden() -> Iterator[None]:
    """A process started here does not import what this one began with: that may be a script that
    runs as it is imported, as some installers make them."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits meanwhile, and for ever in a process started here: it is for its parent."""
    if threading.current_thread() is not threading.main_thread():
        yield  # interrupts are told to the main thread alone
        return
    held: list[FrameType | None] = []
    before = signal.signal(signal.SIGINT, lambda _, frame: held.append(frame))
    try:
        with _interrupts_masked():
            yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held and callable(before):
        before(signal.SIGINT, held[0])


@contextmanager
def _interrupts_masked() -> Iterator[None]:
    """This thread gets no interrupt, nor does a process that it starts."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which lets interrupts through again as it begins
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _see_out(process: SpawnProcess) -> None:
    process.join(_PATIENCE)
    if process.exitcode is None:
        process.kill()
        process.join()


def _serve(pipe: Connection[Any, Any], work: _Work[Any]) -> None:
    """A worker's life: read what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where there is no mask
    with pipe, suppress(EOFError, OSError):
        while True:
            task = pipe.recv()
            pipe.send(call_captured(partial(work, task, partial(_tell, pipe))))


def _tell(pipe: Connection[Any, Any], done: int, total: int) -> None:
    pipe.send(_PagesTask(done, total))


def _death(code: int | None) -> WorkerDied:
    """How a process ended with this exit code, which is negative for a signal."""
    if code is not None and code < 0:
        with suppress(ValueError):
            return WorkerDied(f"by signal {signal.Signals(-code).name}")
    return WorkerDied(f"with exit code {code}")
