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
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, Final, Generic, NamedTuple, TypeVar

from styrmatt.errors import GivenUpError, StyrmattError
from styrmatt.pipeline.reading import Progress, ReadOptions
from styrmatt.pipeline.sources import Source

R = TypeVar("R")
Watch = Callable[[Path, int, int], None]
"""Called with a report, pages done and pages to do; 0 and 0 as it begins."""
Read = Callable[[Path, ReadOptions, Progress], R]
"""What reads a report; for other processes a function of a module."""

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
    sources: Iterable[Source], jobs: int, watch: Watch, read: Read[R]
) -> Generator[tuple[Source, R | StyrmattError], None, None]:
    """Each source with what ``read`` returned or raised, in at most so many other processes.

    One whose process dies is read again at the end, with no other beside it; should it die again,
    that is the source's error. No process is left when this ends, however it ends.
    """
    pool = _Pool(watch, read)
    lost = []
    try:
        for source, answer in pool.answers(sources, jobs):
            if isinstance(answer, _Death):
                lost.append(source)
            else:
                yield source, answer
        pool.end()  # what is read again shall have all the memory
        for source, answer in pool.answers(lost, 1):
            yield source, answer.error(source) if isinstance(answer, _Death) else answer
    finally:
        pool.end()


class _Pages(NamedTuple):
    """How far a worker is."""

    done: int
    total: int


class _Failed(NamedTuple):
    """What a report's reading raised, and where, which an error does not carry with it."""

    error: StyrmattError
    trace: str


class _Death(NamedTuple):
    """The end of a process that was reading: its exit code, negative for a signal."""

    code: int | None

    def error(self, source: Source) -> GivenUpError:
        """What to tell of a report that this happened to twice."""
        how = f"with exit code {self.code}"
        if self.code is not None and self.code < 0:
            with suppress(ValueError):
                how = f"by signal {signal.Signals(-self.code).name}"
        return GivenUpError(source.path.name, 2, how)


class WorkerTraceback(Exception):
    """The traceback of an error in another process, as its cause here."""

    def __str__(self) -> str:
        return f'\n"""\n{self.args[0]}"""'


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    pipe: Connection[Any, Any]
    source: Source | None = None
    """What it is reading."""
    served: int = 0


class _Pool(Generic[R]):
    """The processes, started when there is something for them to do."""

    def __init__(self, watch: Watch, read: Read[R]) -> None:
        self._watch = watch
        self._read = read
        self._workers: list[_Worker] = []

    def answers(
        self, sources: Iterable[Source], jobs: int
    ) -> Iterator[tuple[Source, R | StyrmattError | _Death]]:
        """Each source with what became of it, as it is known."""
        waiting = iter(sources)
        self._hand_out(waiting, jobs)
        while busy := {worker.pipe: worker for worker in self._workers if worker.source}:
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]
                source, answer = worker.source, self._hear(worker)
                if source is not None and not isinstance(answer, _Pages):
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

    def _hand_out(self, waiting: Iterator[Source], jobs: int) -> None:
        while sum(worker.source is not None for worker in self._workers) < jobs:
            source = next(waiting, None)
            if source is None:
                return
            worker = self._idle()
            worker.source = source
            worker.served += 1
            self._watch(source.path, 0, 0)
            with suppress(OSError):  # it has died; that will be heard
                worker.pipe.send((source.path, source.options))

    def _idle(self) -> _Worker:
        for worker in [worker for worker in self._workers if worker.source is None]:
            if worker.served < _REPORTS:
                return worker
            self._workers.remove(worker)
            worker.pipe.close()  # and so it ends
        self._workers.append(_started(self._read))
        return self._workers[-1]

    def _hear(self, worker: _Worker) -> R | StyrmattError | _Pages | _Death:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.pipe.close()
            _see_out(worker.process)
            return _Death(worker.process.exitcode)
        if isinstance(answer, _Pages) and worker.source is not None:
            self._watch(worker.source.path, *answer)
        if isinstance(answer, _Failed):
            answer.error.__cause__ = WorkerTraceback(answer.trace)
            return answer.error
        told: R | _Pages = answer
        return told


def _started(read: Read[Any]) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, read), daemon=True)
    with _interrupts_held(), _main_hidden():
        process.start()
    theirs.close()  # the worker has the only other end, so that its death ends the pipe
    return _Worker(process, ours)


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


def _serve(pipe: Connection[Any, Any], read: Read[Any]) -> None:
    """A worker's life: read what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where there is no mask
    with pipe, suppress(EOFError, OSError):
        while True:
            path, options = pipe.recv()
            pipe.send(_answer(pipe, path, options, read))


def _answer(pipe: Connection[Any, Any], path: Path, options: ReadOptions, read: Read[Any]) -> Any:
    def tell(done: int, total: int) -> None:
        pipe.send(_Pages(done, total))

    try:
        return read(path, options, tell)
    except StyrmattError as error:
        return _Failed(error, "".join(traceback.format_exception(error)))
