"""What happens on a Dask cluster, as events in the order in which its scheduler learnt of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import Any, Final, NamedTuple

from styrmatt.errors import ClusterError

_NEXT_EVENT_WAIT: Final = 1.0
"""Seconds to wait for an event before the caller looks whether scheduler and workers are still
there. Nothing tells of a scheduler that goes away; longer would delay the error about it."""
_ECHO_WAIT: Final = 0.01
"""Seconds between two tests whether the subscription works; it takes a few messages to and fro."""


class ProgressEvent(NamedTuple):
    """A worker has read ``done`` of ``total`` pages of a report; 0 of 0 as it begins."""

    number: int
    """The number of the report's task."""
    done: int
    total: int


class TaskDone(NamedTuple):
    """A task has finished, failed or been cancelled."""

    number: int


class WorkerJoined(NamedTuple):
    """A worker has connected to the scheduler."""

    address: str


class WorkerLeft(NamedTuple):
    """A worker has died or been closed."""

    address: str


Event = ProgressEvent | TaskDone | WorkerJoined | WorkerLeft


class ClusterEvents:
    """A queue of the events of one run, fed by two topics of the scheduler and by :meth:`put`."""

    def __init__(self, client: Any) -> None:
        self.topic = f"styrmatt-{uuid.uuid4().hex}"
        """The topic to which workers log their progress on the run's reports."""
        self._client = client
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._last_event = monotonic()

    def listen(self) -> None:
        """Subscribe to workers joining and leaving, and to their progress.

        Returns once events come through. Raises ClusterError.
        """

        def on_worker_event(event: tuple[float, dict[str, Any]]) -> None:
            action = event[1].get("action")
            if action in ("add-worker", "remove-worker"):
                kind = WorkerJoined if action == "add-worker" else WorkerLeft
                self.put(kind(event[1]["worker"]))

        def on_progress_event(event: tuple[float, Sequence[int]]) -> None:
            self.put(ProgressEvent(*event[1]))

        self._client.subscribe_topic("all", on_worker_event)
        self._client.subscribe_topic(self.topic, on_progress_event)
        while self._events.empty():  # until our own event comes back, others' could be missed
            self._require_scheduler()
            self._client.log_event(self.topic, ProgressEvent(0, 0, 0))
            sleep(_ECHO_WAIT)

    def stop(self) -> None:
        """End both subscriptions."""
        for topic in ("all", self.topic):
            self._client.unsubscribe_topic(topic)

    def put(self, event: Event) -> None:
        """Add an event that did not come from a topic."""
        self._events.put(event)

    def next(self) -> Event | None:
        """The next event; None after a second without one. Raises ClusterError."""
        self._require_scheduler()
        try:
            event = self._events.get(timeout=_NEXT_EVENT_WAIT)
        except Empty:
            return None
        self._last_event = monotonic()
        return event

    def quiet_for(self, seconds: float) -> bool:
        """Whether there was no event for so long; if so, the time is counted anew."""
        now = monotonic()
        if now - self._last_event < seconds:
            return False
        self._last_event = now
        return True

    def _require_scheduler(self) -> None:
        if self._client.status != "running":
            raise scheduler_lost()


def scheduler_lost() -> ClusterError:
    """The error where the scheduler is no longer there."""
    return ClusterError(
        "The connection to the scheduler was lost.",
        hint="Start it and run the same command again: reports that were read are kept.",
    )
