"""Phase 1 in other processes of this machine, each of which reads one report at a time.

Each worker is a fresh process with a pipe of its own, rather than one of an executor. So it is
known which report a process was reading when it died, no lock is shared that it might have held,
and no more than one report for each worker is under way.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
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

from styrmatt.errors import BudgetError, StyrmattError
from styrmatt.files import ReportFile
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.memory import memory_of, processor_seconds_of
from styrmatt.pipeline.progress import Doing, OnPage, OnProgress, if_special
from styrmatt.pipeline.read_report import ReadOptions, ReadReport
from styrmatt.pipeline.read_results import ReadResultCache, StoredResult
from styrmatt.pipeline.run_settings import DEFAULT_TRIES, ReadBudget
from styrmatt.pipeline.workers.retry import (
    CapturedError,
    R,
    WorkerDied,
    call_captured,
    with_retries,
)

ReadFunction = Callable[[ReportFile, ReadOptions, OnPage], R]
"""Reads a report. It is pickled for other processes, and so has to be a module's function."""


class _Task(NamedTuple):
    """A source, as a worker gets it."""

    file: ReportFile
    options: ReadOptions
    sha256: str
    key: str


_Work = Callable[[_Task, OnPage], R]
"""What a worker does with a task."""
_REPORTS_PER_PROCESS: Final = 50
"""Reports after which a worker is replaced by a fresh one, which returns the memory that libraries
hold on to. Starting one takes seconds of processor time, which fewer reports would not spread; over
many more reports a worker would come to hold much more memory than it needs."""
_LOOK_AT_BUDGET: Final = 0.5
"""Seconds between two looks at what the workers take. Memory can be filled by a gigabyte or two
between them; looking more often would keep this process from what else it does."""
_EXIT_WAIT: Final = 5.0
"""Seconds that a worker has to exit after it was told to, before it is killed. It ends at once
unless it is stuck in a library; longer would keep the user waiting after Ctrl-C."""


def available_cores() -> int:
    """Number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_in_processes(
    sources: Iterable[ReportSource],
    jobs: int,
    on_progress: OnProgress,
    read: ReadFunction[R],
    tries: int = DEFAULT_TRIES,
    budget: ReadBudget | None = None,
) -> Generator[tuple[ReportSource, R | StyrmattError], None, None]:
    """Each source with what ``read`` returned or raised, in at most ``jobs`` other processes.

    One whose process dies is read again, ``tries`` times in all (see :func:`with_retries`); one
    that takes more than its ``budget`` is a BudgetError at once, and its process is killed. No
    process is left when this ends, however it ends.
    """
    work = partial(_read_and_return, read)
    return _read_with_pool(sources, jobs, on_progress, work, tries, budget)


def read_into_cache(
    sources: Iterable[ReportSource],
    jobs: int,
    on_progress: OnProgress,
    read: ReadFunction[ReadReport],
    tries: int,
    root: Path,
    budget: ReadBudget | None = None,
) -> Generator[tuple[ReportSource, StoredResult | StyrmattError], None, None]:
    """As :func:`read_in_processes`, but the workers put what they read into the cache below root.

    So it is not sent to this process, which would only pickle it once more.
    """
    work = partial(_read_and_store, read, root)
    return _read_with_pool(sources, jobs, on_progress, work, tries, budget)


def _read_and_return(read: ReadFunction[R], task: _Task, on_page: OnPage) -> R:
    return read(task.file, task.options, on_page)


def _read_and_store(
    read: ReadFunction[ReadReport], root: Path, task: _Task, on_page: OnPage
) -> StoredResult:
    report = read(task.file, task.options, on_page)
    return ReadResultCache(root).put(task.key, task.sha256, report)


def _read_with_pool(
    sources: Iterable[ReportSource],
    jobs: int,
    on_progress: OnProgress,
    work: _Work[R],
    tries: int,
    budget: ReadBudget | None,
) -> Generator[tuple[ReportSource, R | StyrmattError], None, None]:
    pool = _Pool(on_progress, work, budget)

    def read_round(
        sources: Iterable[ReportSource], one_at_a_time: bool
    ) -> Iterator[tuple[ReportSource, R | StyrmattError | WorkerDied]]:
        if one_at_a_time:
            pool.end()  # the one report gets all the memory
        return pool.read(sources, 1 if one_at_a_time else jobs)

    try:
        yield from with_retries(sources, tries, read_round)
    finally:
        pool.end()


class _PagesDone(NamedTuple):
    """A worker's message about the report that it is reading."""

    done: int
    total: int
    doing: Doing = "page"


@dataclass(slots=True, eq=False)
class _PoolProcess:
    process: SpawnProcess
    pipe: Connection[Any, Any]
    source: ReportSource | None = None
    """What it is reading; None where it is idle."""
    tasks: int = 0
    """How many sources it was given."""
    started: float = 0.0
    """When it was given this one, by the monotonic clock."""
    processor: float = 0.0
    """Seconds of the processor that its process had taken then."""
    pages: int = 0
    """How many pages this one has; 0 until the worker says so."""


class _Pool(Generic[R]):
    """The worker processes; each is started when there is a source for it."""

    def __init__(self, on_progress: OnProgress, work: _Work[R], budget: ReadBudget | None) -> None:
        self._on_progress = on_progress
        self._work = work
        self._budget = budget
        self._workers: list[_PoolProcess] = []

    def read(
        self, sources: Iterable[ReportSource], jobs: int
    ) -> Iterator[tuple[ReportSource, R | StyrmattError | WorkerDied]]:
        """Each source with what became of it, as it is known."""
        waiting = iter(sources)
        self._assign(waiting, jobs)
        while busy := {worker.pipe: worker for worker in self._workers if worker.source}:
            for pipe in wait(list(busy), None if self._budget is None else _LOOK_AT_BUDGET):
                worker = busy[pipe]  # type: ignore[index]
                source, answer = worker.source, self._receive(worker)
                if source is not None and not isinstance(answer, _PagesDone):
                    worker.source = None
                    self._assign(waiting, jobs)
                    yield source, answer
            for worker in busy.values():
                source, error = worker.source, self._over_budget(worker)
                if source is not None and error is not None:
                    self._kill(worker)
                    self._assign(waiting, jobs)
                    yield source, error

    def _over_budget(self, worker: _PoolProcess) -> BudgetError | None:
        """The error about what a worker is reading, where that took more than it may."""
        if self._budget is None or worker.source is None:
            return None
        seconds = self._budget.seconds_for(worker.pages)
        clock = time.monotonic() - worker.started
        processor = processor_seconds_of(worker.process.pid)
        if processor is not None:
            processor -= worker.processor
        if self._budget.is_over(worker.pages, clock, processor):
            return BudgetError(worker.source.name, f"{seconds:.0f} seconds")
        if self._budget.memory and memory_of(worker.process.pid) > self._budget.memory:
            return BudgetError(worker.source.name, f"{self._budget.memory / 1e9:.1f} GB of memory")
        return None

    def _kill(self, worker: _PoolProcess) -> None:
        """End a worker that is reading; what it reads is not read again."""
        self._workers.remove(worker)
        worker.source = None
        worker.process.kill()
        worker.pipe.close()
        worker.process.join()

    def end(self) -> None:
        """End all processes, even one that is reading a report."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in workers:
            _join_or_kill(worker.process)

    def _assign(self, waiting: Iterator[ReportSource], jobs: int) -> None:
        """Give sources to workers until ``jobs`` of them are reading."""
        while sum(worker.source is not None for worker in self._workers) < jobs:
            source = next(waiting, None)
            if source is None:
                return
            worker = self._idle_worker()
            worker.source = source
            worker.tasks += 1
            worker.started, worker.pages = time.monotonic(), 0
            worker.processor = processor_seconds_of(worker.process.pid) or 0.0
            self._on_progress(source.path, 0, 0)
            with suppress(OSError):  # the worker has died; receiving from it will tell
                worker.pipe.send(_Task(source.file, source.options, source.sha256, source.key))

    def _idle_worker(self) -> _PoolProcess:
        for worker in [worker for worker in self._workers if worker.source is None]:
            if worker.tasks < _REPORTS_PER_PROCESS:
                return worker
            self._workers.remove(worker)
            worker.pipe.close()  # which ends the process
        self._workers.append(_start_process(self._work))
        return self._workers[-1]

    def _receive(self, worker: _PoolProcess) -> R | StyrmattError | _PagesDone | WorkerDied:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.pipe.close()
            _join_or_kill(worker.process)
            return _worker_died(worker.process.exitcode)
        if isinstance(answer, _PagesDone) and worker.source is not None:
            worker.pages = answer.total
            doing = if_special(answer.doing)
            self._on_progress(worker.source.path, answer.done, answer.total, *doing)
        if isinstance(answer, CapturedError):
            return answer.restored()
        result: R | _PagesDone = answer
        return result


def _start_process(work: _Work[Any]) -> _PoolProcess:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_worker_main, args=(theirs, work), daemon=True)
    with _interrupts_deferred(), _main_module_hidden():
        process.start()
    theirs.close()  # the worker holds the only other end, so its death closes the pipe
    return _PoolProcess(process, ours)


@contextmanager
def _main_module_hidden() -> Iterator[None]:
    """Keep a process started meanwhile from importing this process's main module.

    That may be a script that runs a command as it is imported, as some installers write them.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _interrupts_deferred() -> Iterator[None]:
    """Handle a Ctrl-C that comes meanwhile at the end, and block it in processes started here.

    A terminal sends it to all processes of the group; only this one is to react to it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signal handlers run only in the main thread
        return
    deferred: list[FrameType | None] = []
    before = signal.signal(signal.SIGINT, lambda _, frame: deferred.append(frame))
    try:
        with _interrupts_blocked():
            yield
    finally:
        signal.signal(signal.SIGINT, before)
    if deferred and callable(before):
        before(signal.SIGINT, deferred[0])


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block SIGINT in this thread, and for good in a process that it starts."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it later would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _join_or_kill(process: SpawnProcess) -> None:
    """Wait for a process that was told to exit, and kill it where it does not."""
    process.join(_EXIT_WAIT)
    if process.exitcode is None:
        process.kill()
        process.join()


def _worker_main(pipe: Connection[Any, Any], work: _Work[Any]) -> None:
    """What a worker process runs: do what comes through the pipe until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # for systems that cannot block a signal
    with pipe, suppress(EOFError, OSError):
        while True:
            task = pipe.recv()
            pipe.send(call_captured(partial(work, task, partial(_send_progress, pipe))))


def _send_progress(
    pipe: Connection[Any, Any], done: int, total: int, doing: Doing = "page"
) -> None:
    pipe.send(_PagesDone(done, total, doing))


def _worker_died(code: int | None) -> WorkerDied:
    """How a process ended with this exit code, which is negative where a signal ended it."""
    if code is not None and code < 0:
        with suppress(ValueError):
            return WorkerDied(f"by signal {signal.Signals(-code).name}")
    return WorkerDied(f"with exit code {code}")
