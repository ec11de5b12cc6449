"""Worker side of a run on a Dask cluster: reads one report and logs progress to the scheduler.

The start of a report is logged, and has reached the scheduler, before the report is opened. So it
is known which report a worker was reading when it died.
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
from styrmatt.pipeline.progress import Doing
from styrmatt.pipeline.read_report import ReadOptions, ReadReport, defects_as_errors, read_one
from styrmatt.pipeline.read_results import ReadResultCache, StoredResult
from styrmatt.pipeline.workers.retry import CapturedError, call_captured
from styrmatt.urls import Url

_READ_LOCK: Final = threading.Lock()
"""Held while a report is read. A worker may have many threads, but PDFium is not thread-safe; and
with one report at a time in each process it is clear which one is to blame where it dies."""
_PROGRESS_INTERVAL: Final = 0.5
"""Seconds between two progress events of a report, beside the last one: often enough for a progress
bar, and few enough that hundreds of workers do not burden the scheduler."""


@dataclass(frozen=True, slots=True)
class SharedResults:
    """The output folder of a run that workers share, and the key of a report's result there."""

    root: Path
    marker: Path
    """A file that is in the result cache for as long as the run: a worker that does not see it has
    another folder under this path, or none."""
    key: str


@dataclass(frozen=True, slots=True)
class Task:
    """One report for a worker."""

    number: int
    """Identifies the task in progress events."""
    topic: str
    """The topic of the run's progress events."""
    file: Path | Url | Fetched
    sha256: str
    options: ReadOptions
    versions: Mapping[str, str]
    """Those of the coordinator; a worker with others reads nothing."""
    shared: SharedResults | None = None
    """Where to put the result; None for sending it."""


class VersionMismatch(NamedTuple):
    """The worker has other versions than the coordinator, and has read nothing."""

    differences: tuple[str, ...]


class _CancelledError(BaseException):
    """The run was stopped, so nobody waits for the report any more."""


TaskResult = ReadReport | StoredResult | CapturedError | VersionMismatch


def run_task(task: Task) -> TaskResult:
    """Read a report, on a worker of the cluster. Errors of the report are returned, not raised."""
    from distributed import get_worker

    found = differences(task.versions, versions())
    if found:
        return VersionMismatch(found)
    worker = get_worker()
    with _READ_LOCK:
        _announce_start(worker, task)
        return call_captured(partial(_read, worker, task))


def _read(worker: Any, task: Task) -> ReadReport | StoredResult:
    key = worker.get_current_task()
    last_event = time.monotonic()

    def on_page(done: int, total: int, doing: Doing = "page") -> None:
        nonlocal last_event
        state = worker.state.tasks.get(key)
        if state is None or state.state == "cancelled":
            raise _CancelledError
        if done == total or time.monotonic() - last_event > _PROGRESS_INTERVAL:
            last_event = time.monotonic()
            worker.log_event(task.topic, [task.number, done, total])

    with defects_as_errors(task.file):
        if task.shared is not None and not task.shared.marker.is_file():
            raise OutputError(
                f"The worker {worker.address} does not see the output folder "
                f"{task.shared.root} of this run.",
                hint="Share it under the same path, or let workers send their results: "
                "--results ship.",
            )
        report = read_one(_verified_file(task, worker.address), task.options, on_page)
        if task.shared is None:
            return report
        return ReadResultCache(task.shared.root).put(task.shared.key, task.sha256, report)


def _announce_start(worker: Any, task: Task) -> None:
    """Log the start of a report; returns when the scheduler has it."""
    from distributed.utils import sync

    sync(worker.loop, worker.scheduler.log_event, topic=task.topic, msg=[task.number, 0, 0])


def _verified_file(task: Task, address: str) -> ReportFile:
    """The report's file with the hash that the coordinator knows. Raises UnreadableSourceError."""
    if isinstance(task.file, Fetched):
        return task.file
    try:
        data = task.file.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(
            f"{task.file} cannot be read on the worker {address}: {error.strerror}.",
            hint="Share the folder under the same path, or send the reports: --inputs ship.",
        ) from error
    if hashlib.sha256(data).hexdigest() != task.sha256:
        raise UnreadableSourceError(
            f"{task.file} is another file on the worker {address}, or has changed.",
            hint="Run it once more, or send the reports: --inputs ship.",
        )
    return Fetched(task.file.name, data)
