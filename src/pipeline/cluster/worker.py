"""What a worker of a Dask cluster does with a report: the same as any process, and a word of it.

A word goes to the scheduler before a report is begun, and reaches it before the report is opened,
so that it is known which report a worker was reading that died.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from styrmatt.errors import OutputError, UnreadableSourceError
from styrmatt.files import Fetched, ReportFile
from styrmatt.pipeline.cache.fingerprint import differences, versions
from styrmatt.pipeline.read_report import ReadOptions, ReadReport, defects_told, read_one
from styrmatt.pipeline.read_results import ReadResultCache, Receipt
from styrmatt.pipeline.workers.retry import Failed, call_captured
from styrmatt.urls import Url

_ONE: Final = threading.Lock()
"""A worker may have many threads, and pdfium allows one: each process reads one report at a time,
and so it is one report that is to blame if it dies."""
_TELL_EVERY: Final = 0.5
"""Seconds between two words about a report's pages."""


@dataclass(frozen=True, slots=True)
class SharedResults:
    """An output folder that workers see, too, and the key of a report on the shelf there."""

    root: Path
    mark: Path
    """A file that stands on the shelf for as long as the run."""
    key: str


@dataclass(frozen=True, slots=True)
class Task:
    """One report for a worker."""

    number: int
    """By which the worker tells of it."""
    topic: str
    """Under which the worker tells of it."""
    file: Path | Url | Fetched
    sha256: str
    options: ReadOptions
    versions: Mapping[str, str]
    """Those of the coordinator, without which nothing is read."""
    shared: SharedResults | None = None


class Refused(NamedTuple):
    """The worker has other versions than the coordinator."""

    differences: tuple[str, ...]


class _UnwantedError(BaseException):
    """Nobody waits for the report any more: the run was stopped."""


Answer = ReadReport | Receipt | Failed | Refused


def perform(task: Task) -> Answer:
    """Read a report, on a worker of the cluster. Errors of the report are answers."""
    from distributed import get_worker

    refused = differences(task.versions, versions())
    if refused:
        return Refused(refused)
    worker = get_worker()
    with _ONE:
        _tell_of_beginning(worker, task)
        return call_captured(partial(_read, worker, task))


def _read(worker: Any, task: Task) -> ReadReport | Receipt:
    key, told = worker.get_current_task(), [time.monotonic()]

    def tell(done: int, total: int) -> None:
        state = worker.state.tasks.get(key)
        if state is None or state.state == "cancelled":
            raise _UnwantedError
        if done == total or time.monotonic() - told[0] > _TELL_EVERY:
            told[0] = time.monotonic()
            worker.log_event(task.topic, [task.number, done, total])

    with defects_told(task.file):
        if task.shared is not None and not task.shared.mark.is_file():
            raise OutputError(
                f"The worker {worker.address} does not see the output folder "
                f"{task.shared.root} of this run.",
                hint="Share it under the same path, or let results be sent: --results ship.",
            )
        report = read_one(_here(task, worker.address), task.options, tell)
        if task.shared is None:
            return report
        return ReadResultCache(task.shared.root).put(task.shared.key, task.sha256, report)


def _tell_of_beginning(worker: Any, task: Task) -> None:
    """Returns when the scheduler knows."""
    from distributed.utils import sync

    sync(worker.loop, worker.scheduler.log_event, topic=task.topic, msg=[task.number, 0, 0])


def _here(task: Task, address: str) -> ReportFile:
    """The report's file, the very one that the coordinator knows. Raises UnreadableSourceError."""
    if isinstance(task.file, Fetched):
        return task.file
    try:
        data = task.file.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(
            f"{task.file} cannot be read on the worker {address}: {error.strerror}.",
            hint="Share the folder under the same path, or ship the reports: --inputs ship.",
        ) from error
    if hashlib.sha256(data).hexdigest() != task.sha256:
        raise UnreadableSourceError(
            f"{task.file} is another file on the worker {address}, or was changed.",
            hint="Run it once more, or ship the reports: --inputs ship.",
        )
    return Fetched(task.file.name, data)
