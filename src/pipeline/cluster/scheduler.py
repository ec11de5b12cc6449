"""Hands out reports to the workers of a Dask cluster, and knows which report each of them has.

Dask would hand out tasks by itself; but it would give the tasks of a worker that died to others
until it took all of them for deadly. Here each report is submitted to one worker by name, few at a
time. So it is known which report a worker was reading when it died, and no other is blamed for it;
and memory does not grow with the number of reports, neither here nor on the scheduler.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

from styrmatt.errors import ClusterError, DefectError, StyrmattError
from styrmatt.pipeline.cache.fingerprint import differences, versions
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.cluster.events import (
    ClusterEvents,
    Event,
    ProgressEvent,
    TaskDone,
    WorkerJoined,
    WorkerLeft,
)
from styrmatt.pipeline.cluster.worker import Task, TaskResult, VersionMismatch, run_task
from styrmatt.pipeline.progress import OnMessage, OnProgress
from styrmatt.pipeline.read_report import ReadReport
from styrmatt.pipeline.read_results import StoredResult
from styrmatt.pipeline.workers.retry import CapturedError, WorkerDied

MakeTask = Callable[[ReportSource, int, str], Task]
"""Called with a report, and the number and the topic of its task."""
_SourceResult = tuple[ReportSource, ReadReport | StoredResult | StyrmattError | WorkerDied]

_REPORTS_PER_WORKER: Final = 2
"""Reports that a worker has at a time: one that it reads, and one so that it need not wait for the
next. More would wait at a busy worker while another one is idle."""
_FETCH_TIMEOUT: Final = 15.0
"""Seconds to wait for a result that is ready. It comes at once unless its worker has just died, of
which an event tells meanwhile; a slow network needs some seconds for a long report."""
_WORKER_WAIT: Final = 300.0
"""Seconds (5 minutes) that a run waits where the cluster has no worker: as long as clusters that
grow on demand may take to start one. A run without workers would else wait for ever."""
_QUIET_TIME: Final = 60.0
"""Seconds without an event after which the user is told what is waited for, and workers are counted
in case one has left unnoticed. A long report sends events all the time; shorter would only repeat
the message."""
_MAX_NAMED: Final = 5
"""Workers or reports that a message names, so that it stays readable with hundreds of them."""


@dataclass(slots=True)
class _Assignment:
    """A report that was submitted to a worker."""

    source: ReportSource
    address: str
    future: Any


@dataclass(slots=True)
class _ClusterWorker:
    """The numbers of the tasks that a worker has."""

    tasks: set[int] = field(default_factory=set)
    reading: int | None = None
    """The task that it began last."""


class ClusterScheduler:
    """Assigns reports to workers. Use as a context manager; afterwards no worker has a report.

    Raises ClusterError where a worker has other versions than this process, the scheduler goes
    away, or no worker comes.
    """

    def __init__(
        self, client: Any, make_task: MakeTask, on_progress: OnProgress, on_message: OnMessage
    ) -> None:
        self._client = client
        self._make_task = make_task
        self._on_progress = on_progress
        self._on_message = on_message
        self._events = ClusterEvents(client)
        self._workers: dict[str, _ClusterWorker] = {}
        """By address."""
        self._assignments: dict[int, _Assignment] = {}
        """By the number of the task."""
        self._returned: deque[ReportSource] = deque()
        """Reports that came back unread for no fault of theirs, to be assigned first."""
        self._last_number = 0
        self._without_worker_since: float | None = None
        """On the monotonic clock; None where there is a worker."""

    def __enter__(self) -> ClusterScheduler:
        self._events.listen()
        found = self._version_differences(None)
        mismatches = [
            _mismatch(address, differing) for address, differing in found.items() if differing
        ]
        if mismatches:
            more = len(mismatches) - _MAX_NAMED
            rest = f" {more} more workers differ." if more > 0 else ""
            raise ClusterError(
                " ".join(mismatches[:_MAX_NAMED]) + rest,
                hint="Install the same styrmatt and libraries everywhere (requirements.lock lists "
                "them) and restart the workers.",
            )
        self._workers = {address: _ClusterWorker() for address in found}
        return self

    def __exit__(self, *_: object) -> None:
        for number in list(self._assignments):
            self._release(number)
        self._events.stop()

    def read(self, sources: Iterable[ReportSource], one_at_a_time: bool) -> Iterator[_SourceResult]:
        """Each source with what became of it, as it is known.

        ``sources`` is advanced only when there is a worker for the next.
        """
        waiting = iter(sources)
        while True:
            yield from self._assign(waiting, one_at_a_time)
            if not self._assignments:
                source = self._next(waiting)
                if source is None:
                    return
                self._returned.appendleft(source)  # there is no worker for it
            yield from self._handle(self._next_event())

    def _assign(
        self, waiting: Iterator[ReportSource], one_at_a_time: bool
    ) -> Iterator[_SourceResult]:
        """Submit reports until no worker is free; yields those of which no task can be made."""
        while (address := self._free_worker(one_at_a_time)) is not None:
            source = self._next(waiting)
            if source is None:
                return
            self._last_number += 1
            try:
                task = self._make_task(source, self._last_number, self._events.topic)
            except StyrmattError as error:
                yield source, error
            else:
                self._submit(address, source, task)

    def _free_worker(self, one_at_a_time: bool) -> str | None:
        """The address of the worker with the fewest reports; None where none can take another."""
        if not self._workers or (one_at_a_time and self._assignments):
            return None
        address = min(self._workers, key=lambda address: len(self._workers[address].tasks))
        return address if len(self._workers[address].tasks) < _REPORTS_PER_WORKER else None

    def _next(self, waiting: Iterator[ReportSource]) -> ReportSource | None:
        return self._returned.popleft() if self._returned else next(waiting, None)

    def _submit(self, address: str, source: ReportSource, task: Task) -> None:
        number = task.number
        future = self._client.submit(
            run_task,
            task,
            key=f"{self._events.topic}-{number}",
            workers=[address],
            allow_other_workers=False,
            pure=False,
        )
        self._assignments[number] = _Assignment(source, address, future)
        self._workers[address].tasks.add(number)
        future.add_done_callback(lambda _: self._events.put(TaskDone(number)))

    def _release(self, number: int) -> ReportSource:
        """End an assignment: the worker has the report no more, the cluster drops its result."""
        assignment = self._assignments.pop(number)
        if worker := self._workers.get(assignment.address):
            worker.tasks.discard(number)
        assignment.future.release()
        return assignment.source

    def _handle(self, event: Event | None) -> Iterator[_SourceResult]:
        """Yields the sources that an event decides."""
        if isinstance(event, ProgressEvent):
            self._handle_progress(event)
        elif isinstance(event, TaskDone) and event.number in self._assignments:
            yield from self._fetch(event.number)
        elif isinstance(event, WorkerJoined):
            self._add_worker(event.address)
        elif isinstance(event, WorkerLeft):
            yield from self._drop_worker(event.address)

    def _handle_progress(self, event: ProgressEvent) -> None:
        assignment = self._assignments.get(event.number)
        if assignment is not None:
            self._workers[assignment.address].reading = event.number
            self._on_progress(assignment.source.path, event.done, event.total)

    def _fetch(self, number: int) -> Iterator[_SourceResult]:
        """Yields what became of a report whose task is over."""
        future, address = self._assignments[number].future, self._assignments[number].address
        if future.status == "error":
            yield from self._task_failed(number, future.exception())
        elif future.status == "finished":
            try:
                result: TaskResult = future.result(timeout=_FETCH_TIMEOUT)
            except TimeoutError:
                # Try again after the events that have come meanwhile: the worker may have left.
                self._events.put(TaskDone(number))
                return
            except Exception as error:  # the result cannot be unpickled
                yield from self._task_failed(number, error)
                return
            source = self._release(number)
            if isinstance(result, VersionMismatch):
                self._returned.append(source)
                self._reject(address, result.differences)
                yield from self._drop_worker(address)
            elif isinstance(result, CapturedError):
                yield source, result.restored()
            else:
                yield source, result
        elif future.status != "pending":  # cancelled, by another client of the cluster
            self._returned.append(self._release(number))

    def _task_failed(self, number: int, error: Exception) -> Iterator[_SourceResult]:
        """Yields a report whose task raised; errors of a report itself are returned, not raised."""
        last = getattr(error, "last_worker", None)  # KilledWorker, where Dask allows no retry
        if last is not None:
            yield from self._drop_worker(last.address)
            return
        source = self._release(number)
        failure = DefectError(
            f"{source.path.name} could not be read on the cluster "
            f"({type(error).__name__}: {error}).",
            hint="Run it once more; the workers' logs may say more.",
        )
        failure.__cause__ = error
        yield source, failure

    def _add_worker(self, address: str) -> None:
        """Let a worker that has joined have reports, if it has the same versions."""
        if address in self._workers:
            return
        for joined, differing in self._version_differences([address]).items():
            if differing:
                self._reject(joined, differing)
            else:
                self._workers[joined] = _ClusterWorker()

    def _drop_worker(self, address: str) -> Iterator[_SourceResult]:
        """Take back the reports of a worker that is gone.

        The one that it was reading is yielded as having killed it; the others are assigned anew.
        """
        worker = self._workers.pop(address, None)
        if worker is None:
            return
        for number in sorted(worker.tasks):
            source = self._release(number)
            if number == worker.reading:
                yield source, WorkerDied(f"on the worker {address}")
            else:
                self._returned.append(source)

    def _reject(self, address: str, differing: Sequence[str]) -> None:
        self._on_message(_mismatch(address, differing) + " It gets nothing to read.")

    def _version_differences(self, addresses: Sequence[str] | None) -> dict[str, tuple[str, ...]]:
        """How the versions of these workers (None: of all) differ, by address; workers that have
        just left are missing."""
        ours, found = versions(), {}
        answers = self._client.run(versions, workers=addresses, on_error="return")
        for address, theirs in answers.items():
            if isinstance(theirs, Mapping):
                found[address] = differences(ours, theirs)
            elif not isinstance(theirs, OSError):  # an OSError is that it has left
                found[address] = (f"no styrmatt like this one ({theirs})",)
        return found

    def _next_event(self) -> Event | None:
        """The next event; None after a second without one. Raises ClusterError."""
        self._require_worker()
        event = self._events.next()
        if event is None and self._assignments and self._events.quiet_for(_QUIET_TIME):
            self._check_workers()
        return event

    def _require_worker(self) -> None:
        """Raise ClusterError where there has been no worker for too long."""
        now = monotonic()
        if self._workers:
            self._without_worker_since = None
        elif self._without_worker_since is None:
            self._without_worker_since = now
            self._on_message(
                f"The cluster has no worker; waiting up to {_WORKER_WAIT:.0f} seconds for one."
            )
        elif now - self._without_worker_since > _WORKER_WAIT:
            raise ClusterError(
                f"The cluster has had no worker for {_WORKER_WAIT:.0f} seconds.",
                hint="Start some (dask worker ADDRESS) and run the same command again: reports "
                "that were read are kept.",
            )

    def _check_workers(self) -> None:
        """Find workers that have left without an event, and say what is waited for."""
        gone = self._workers.keys() - self._client.nthreads().keys()
        for address in sorted(gone):
            self._events.put(WorkerLeft(address))
        waited_for = sorted(
            f"{assignment.source.path.name} ({assignment.address})"
            for assignment in self._assignments.values()
        )
        self._on_message(
            f"No progress for {_QUIET_TIME:.0f} seconds. "
            f"Waiting for {', '.join(waited_for[:_MAX_NAMED])}."
        )


def _mismatch(address: str, differing: Sequence[str]) -> str:
    return f"The worker {address} has {', '.join(differing)}."
