"""The workers of a Dask cluster, and which report each of them has.

Dask would hand out tasks by itself, and would give those of a worker that died to others until it
takes all of them for deadly. Here each report is given to one worker by name, few at a time. So it
is known which report a worker was reading when it died, and no other is blamed for it; and memory
does not grow with the number of reports, neither here nor on the scheduler.
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
from styrmatt.pipeline.cluster.worker import Answer, Refused, Task, perform
from styrmatt.pipeline.read_report import ReadReport
from styrmatt.pipeline.read_results import Receipt
from styrmatt.pipeline.workers.retry import Failed, Watch, WorkerDied

Tell = Callable[[str], None]
"""Called with a sentence for the person who waits."""
MakeTask = Callable[[ReportSource, int, str], Task]
"""Called with a report, the number and the topic of its task."""
_Told = tuple[ReportSource, ReadReport | Receipt | StyrmattError | WorkerDied]

_IN_FLIGHT: Final = 2
"""Reports that a worker has at a time: one that it reads, and one not to wait for the next."""
_FETCH: Final = 15.0
"""Seconds in which an answer is fetched that is there, unless its worker has just died."""
_WORKERS: Final = 300.0
"""Seconds that a run waits for a worker where there is none."""
_SILENCE: Final = 60.0
"""Seconds without a word after which workers are counted, and a person told what is waited for."""
_SHOWN: Final = 5
"""Workers with other versions that are named."""


@dataclass(slots=True)
class _Flight:
    """A report that a worker was given."""

    source: ReportSource
    address: str
    future: Any


@dataclass(slots=True)
class _ClusterWorker:
    """The numbers of the reports that a worker has, and of the one that it began last."""

    flights: set[int] = field(default_factory=set)
    reading: int | None = None


class ClusterScheduler:
    """The workers of a cluster. Use as a context manager; afterwards none of them has a report.

    Raises ClusterError where a worker has other versions than this process, the scheduler goes
    away or no worker comes.
    """

    def __init__(self, client: Any, make_task: MakeTask, watch: Watch, tell: Tell) -> None:
        self._client = client
        self._make_task = make_task
        self._watch = watch
        self._tell = tell
        self._news = ClusterEvents(client)
        self._workers: dict[str, _ClusterWorker] = {}
        self._flights: dict[int, _Flight] = {}
        self._again: deque[ReportSource] = deque()
        """Reports that came back unread through no fault of theirs."""
        self._count = 0
        self._without: float | None = None
        """Since when there is no worker."""

    def __enter__(self) -> ClusterScheduler:
        self._news.listen()
        found = self._versions_differ(None)
        wrong = [_sentence(address, how) for address, how in found.items() if how]
        if wrong:
            more = f" So have {len(wrong) - _SHOWN} more." if len(wrong) > _SHOWN else ""
            raise ClusterError(
                " ".join(wrong[:_SHOWN]) + more,
                hint="Install the same styrmatt and libraries for all (requirements.lock lists "
                "them) and start the workers again.",
            )
        self._workers = {address: _ClusterWorker() for address in found}
        return self

    def __exit__(self, *_: object) -> None:
        for number in list(self._flights):
            self._land(number)
        self._news.stop()

    def answers(self, sources: Iterable[ReportSource], alone: bool) -> Iterator[_Told]:
        """Each source with what became of it, as it is known; ``alone``: one at a time.

        ``sources`` is asked for the next when there is a worker for it.
        """
        waiting = iter(sources)
        while True:
            yield from self._hand_out(waiting, alone)
            if not self._flights:
                source = self._next(waiting)
                if source is None:
                    return
                self._again.appendleft(source)  # there is no worker for it
            yield from self._take(self._event())

    def _hand_out(self, waiting: Iterator[ReportSource], alone: bool) -> Iterator[_Told]:
        while (address := self._free(alone)) is not None:
            source = self._next(waiting)
            if source is None:
                return
            self._count += 1
            try:
                task = self._make_task(source, self._count, self._news.topic)
            except StyrmattError as error:
                yield source, error
            else:
                self._give(address, source, task)

    def _free(self, alone: bool) -> str | None:
        """The worker that has the least to do, if it has time."""
        if not self._workers or (alone and self._flights):
            return None
        address = min(self._workers, key=lambda address: len(self._workers[address].flights))
        return address if len(self._workers[address].flights) < _IN_FLIGHT else None

    def _next(self, waiting: Iterator[ReportSource]) -> ReportSource | None:
        return self._again.popleft() if self._again else next(waiting, None)

    def _give(self, address: str, source: ReportSource, task: Task) -> None:
        number = task.number
        future = self._client.submit(
            perform,
            task,
            key=f"{self._news.topic}-{number}",
            workers=[address],
            allow_other_workers=False,
            pure=False,
        )
        self._flights[number] = _Flight(source, address, future)
        self._workers[address].flights.add(number)
        future.add_done_callback(lambda _: self._news.put(TaskDone(number)))

    def _land(self, number: int) -> ReportSource:
        """Take a report back from its worker, and all that the cluster holds of it."""
        flight = self._flights.pop(number)
        if worker := self._workers.get(flight.address):
            worker.flights.discard(number)
        flight.future.release()
        return flight.source

    def _take(self, event: Event | None) -> Iterator[_Told]:
        """What follows from an event."""
        if isinstance(event, ProgressEvent):
            self._hear(event)
        elif isinstance(event, TaskDone) and event.number in self._flights:
            yield from self._fetch(event.number)
        elif isinstance(event, WorkerJoined):
            self._welcome(event.address)
        elif isinstance(event, WorkerLeft):
            yield from self._part(event.address)

    def _hear(self, word: ProgressEvent) -> None:
        flight = self._flights.get(word.number)
        if flight is not None:
            self._workers[flight.address].reading = word.number
            self._watch(flight.source.path, word.done, word.total)

    def _fetch(self, number: int) -> Iterator[_Told]:
        """What came of a report whose task is over."""
        future, address = self._flights[number].future, self._flights[number].address
        if future.status == "error":
            yield from self._failed(number, future.exception())
        elif future.status == "finished":
            try:
                answer: Answer = future.result(timeout=_FETCH)
            except TimeoutError:
                self._news.put(TaskDone(number))  # meanwhile one may hear that its worker left
                return
            except Exception as error:  # what was sent cannot be made out
                yield from self._failed(number, error)
                return
            source = self._land(number)
            if isinstance(answer, Refused):
                self._again.append(source)
                self._tell(_sentence(address, answer.differences) + " It gets nothing to read.")
                yield from self._part(address)
            else:
                yield source, answer.here() if isinstance(answer, Failed) else answer
        elif future.status != "pending":  # somebody has cancelled it
            self._again.append(self._land(number))

    def _failed(self, number: int, error: Exception) -> Iterator[_Told]:
        """Errors of reports are answers; this one is of the cluster."""
        last = getattr(error, "last_worker", None)  # KilledWorker, where no death is forgiven
        if last is not None:
            yield from self._part(last.address)
            return
        source = self._land(number)
        told = DefectError(
            f"{source.path.name} could not be read on the cluster "
            f"({type(error).__name__}: {error}).",
            hint="Run it once more; the workers' logs may tell more.",
        )
        told.__cause__ = error
        yield source, told

    def _part(self, address: str) -> Iterator[_Told]:
        """Take back what a worker has. The report that it was reading is told as its death."""
        worker = self._workers.pop(address, None)
        if worker is None:
            return
        for number in sorted(worker.flights):
            source = self._land(number)
            if number == worker.reading:
                yield source, WorkerDied(f"on the worker {address}")
            else:
                self._again.append(source)

    def _welcome(self, address: str) -> None:
        if address in self._workers:
            return
        for joined, how in self._versions_differ([address]).items():
            if how:
                self._tell(_sentence(joined, how) + " It gets nothing to read.")
            else:
                self._workers[joined] = _ClusterWorker()

    def _versions_differ(self, addresses: Sequence[str] | None) -> dict[str, tuple[str, ...]]:
        """By worker what is different there; all workers, or these."""
        ours, found = versions(), {}
        answers = self._client.run(versions, workers=addresses, on_error="return")
        for address, theirs in answers.items():
            if isinstance(theirs, Mapping):
                found[address] = differences(ours, theirs)
            elif not isinstance(theirs, OSError):  # which is that it has just left
                found[address] = (f"no styrmatt like this one ({theirs})",)
        return found

    def _event(self) -> Event | None:
        """The next event, or None after a second without one. Raises ClusterError."""
        self._need_worker()
        event = self._news.next()
        if event is None and self._flights and self._news.silent(_SILENCE):
            self._look_around()
        return event

    def _need_worker(self) -> None:
        """Raise ClusterError where there has been none for long."""
        now = monotonic()
        if self._workers:
            self._without = None
        elif self._without is None:
            self._without = now
            self._tell(f"The cluster has no worker; waiting up to {_WORKERS:.0f} seconds for one.")
        elif now - self._without > _WORKERS:
            raise ClusterError(
                f"The cluster has had no worker for {_WORKERS:.0f} seconds.",
                hint="Start some (dask worker ADDRESS) and run the same again: what was read is "
                "kept.",
            )

    def _look_around(self) -> None:
        """Say what is waited for; part from workers whose leaving was not heard."""
        gone = self._workers.keys() - self._client.nthreads().keys()
        for address in sorted(gone):
            self._news.put(WorkerLeft(address))
        waited = sorted(f"{f.source.path.name} ({f.address})" for f in self._flights.values())
        self._tell(f"Nothing heard for a minute. Waiting for {', '.join(waited[:_SHOWN])}.")


def _sentence(address: str, how: Sequence[str]) -> str:
    return f"The worker {address} has {', '.join(how)}."
