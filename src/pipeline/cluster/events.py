"""What is heard from a Dask cluster, in the order in which its scheduler heard it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import Any, NamedTuple

from styrmatt.errors import ClusterError


class ProgressEvent(NamedTuple):
    """What a worker says of a report: pages done and to do; 0 and 0 as it begins."""

    number: int
    done: int
    total: int


class TaskDone(NamedTuple):
    """A task is over."""

    number: int


class WorkerJoined(NamedTuple):
    """There is a worker."""

    address: str


class WorkerLeft(NamedTuple):
    """A worker is no more."""

    address: str


Event = ProgressEvent | TaskDone | WorkerJoined | WorkerLeft


class ClusterEvents:
    """What a scheduler tells its client, under its own topic and that of a run."""

    def __init__(self, client: Any) -> None:
        self.topic = f"styrmatt-{uuid.uuid4().hex}"
        """Under which workers tell of the run's reports."""
        self._client = client
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._heard = monotonic()

    def listen(self) -> None:
        """Hear of the workers' coming and going, and what they tell of reports."""

        def of_workers(event: tuple[float, dict[str, Any]]) -> None:
            action = event[1].get("action")
            if action in ("add-worker", "remove-worker"):
                kind = WorkerJoined if action == "add-worker" else WorkerLeft
                self.put(kind(event[1]["worker"]))

        def of_reports(event: tuple[float, Sequence[int]]) -> None:
            self.put(ProgressEvent(*event[1]))

        self._client.subscribe_topic("all", of_workers)
        self._client.subscribe_topic(self.topic, of_reports)
        while self._events.empty():  # until one hears oneself, one might miss others
            self._need_scheduler()
            self._client.log_event(self.topic, ProgressEvent(0, 0, 0))
            sleep(0.01)

    def stop(self) -> None:
        """Hear no more."""
        for topic in ("all", self.topic):
            self._client.unsubscribe_topic(topic)

    def put(self, event: Event) -> None:
        """Add what was found out otherwise."""
        self._events.put(event)

    def next(self) -> Event | None:
        """The next event, or None after a second without one. Raises ClusterError."""
        self._need_scheduler()
        try:
            event = self._events.get(timeout=1)
        except Empty:
            return None
        self._heard = monotonic()
        return event

    def silent(self, seconds: float) -> bool:
        """Whether nothing was heard for so long; if so, that time begins anew."""
        now = monotonic()
        if now - self._heard < seconds:
            return False
        self._heard = now
        return True

    def _need_scheduler(self) -> None:
        if self._client.status != "running":
            raise gone_away()


def gone_away() -> ClusterError:
    """The error where the scheduler is no longer there."""
    return ClusterError(
        "The scheduler has gone away.",
        hint="Start it and run the same again: what was read is kept.",
    )
