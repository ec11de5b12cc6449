"""Phase 1 on an existing Dask cluster: its workers read, this process writes."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from styrmatt.errors import ClusterError, OutputError, UnreadableSourceError, UsageError
from styrmatt.files import Fetched
from styrmatt.pipeline.cache.fingerprint import versions
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.cluster.events import scheduler_lost
from styrmatt.pipeline.cluster.scheduler import ClusterScheduler
from styrmatt.pipeline.cluster.worker import SharedResults, Task
from styrmatt.pipeline.progress import OnMessage, OnProgress
from styrmatt.pipeline.read_results import FOLDER, ReadResults
from styrmatt.pipeline.run_settings import ClusterSettings
from styrmatt.pipeline.workers.retry import with_retries
from styrmatt.urls import INSTALL_HINT, Url

_CONNECT_TIMEOUT: Final = 15.0
"""Seconds in which a scheduler has to answer. A busy one may take several; a wrong address never
answers, and the user waits for the error."""
_CLOSE_TIMEOUT: Final = 5
"""Seconds to close the connection at the end; what the run has read is safe by then."""


def read_on_cluster(
    sources: Iterable[ReportSource],
    cluster: ClusterSettings,
    root: Path,
    tries: int,
    on_progress: OnProgress,
    on_message: OnMessage,
) -> ReadResults:
    """Each source with what a worker of the cluster read, or why not, as they are ready.

    One whose worker dies is read again, ``tries`` times in all (see :func:`with_retries`). With
    shared results what was read is in the result cache below ``root`` already. Nothing is left on
    the cluster when this ends, however it ends; without sources it is not contacted. Raises
    ClusterError and UsageError.
    """
    waiting = iter(sources)
    first = next(waiting, None)
    if first is None:
        return
    with _connected(cluster) as client, _run_marker(cluster, root) as marker:
        make_task = _TaskMaker(cluster, root, marker)
        with ClusterScheduler(client, make_task, on_progress, on_message) as scheduler:
            read: ReadResults = with_retries(chain([first], waiting), tries, scheduler.read)
            yield from read


class _TaskMaker:
    """Makes the task for a source, as the cluster settings say."""

    def __init__(self, cluster: ClusterSettings, root: Path, marker: Path | None) -> None:
        self._cluster = cluster
        self._root = root.absolute()
        self._marker = marker
        self._versions = versions()

    def __call__(self, source: ReportSource, number: int, topic: str) -> Task:
        """The task with this number. Raises UnreadableSourceError."""
        shared = SharedResults(self._root, self._marker, source.key) if self._marker else None
        file, options = self._file(source), source.options
        if not shared:
            options = replace(options, page_cache=None)  # workers do not see the page cache
        return Task(number, topic, file, source.sha256, options, self._versions, shared)

    def _file(self, source: ReportSource) -> Path | Url | Fetched:
        path = source.path
        if source.fetched is not None:
            return source.fetched
        if not self._cluster.ships(path):
            return path.absolute() if isinstance(path, Path) else path
        try:
            return Fetched(path.name, path.read_bytes())
        except OSError as error:
            raise UnreadableSourceError(f"{path.name} cannot be read: {error.strerror}.") from error


@contextmanager
def _connected(cluster: ClusterSettings) -> Iterator[Any]:
    """A client of the scheduler. Raises ClusterError and UsageError."""
    try:
        from distributed import Client
        from distributed.comm import CommClosedError
    except ModuleNotFoundError as error:
        raise UsageError("A cluster needs the package distributed.", hint=INSTALL_HINT) from error
    with _library_logs_silenced():
        try:
            address = _address(cluster.scheduler)
            with ThreadPoolExecutor(1) as thread:  # this thread may have an event loop
                thread.submit(asyncio.run, _check_answers(address)).result()
            client = Client(
                address, timeout=_CONNECT_TIMEOUT, set_as_default=False, name="styrmatt"
            )
        except Exception as error:  # each kind of address has errors of its own
            tls = " For tls:// Dask has to know its certificates."
            raise ClusterError(
                f"There is no Dask scheduler at {cluster.scheduler}: {error}".rstrip(".") + ".",
                hint="Start one (dask scheduler), or give its address: --scheduler "
                f"tcp://HOST:8786.{tls if cluster.scheduler.startswith('tls://') else ''}",
            ) from error
        try:
            yield client
        except CommClosedError as error:
            raise scheduler_lost() from error
        finally:
            client.close(timeout=_CLOSE_TIMEOUT)


def _address(scheduler: str) -> str:
    """The address that was given, or that is in the file that was given."""
    if "://" in scheduler:
        return scheduler
    if Path(scheduler).is_file():
        return str(json.loads(Path(scheduler).read_text(encoding="utf-8"))["address"])
    return f"tcp://{scheduler}"


async def _check_answers(address: str) -> None:
    """Raise where nobody answers; a Client that cannot connect leaves threads behind."""
    from distributed.comm import connect
    from distributed.security import Security

    arguments = Security().get_connection_args("client")
    comm = await connect(address, timeout=_CONNECT_TIMEOUT, **arguments)
    await comm.close()


@contextmanager
def _library_logs_silenced() -> Iterator[None]:
    """Silence Dask's log: events and errors say the same to the user."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def _run_marker(cluster: ClusterSettings, root: Path) -> Iterator[Path | None]:
    """A file in the result cache by which workers know the folder; None where they send results."""
    if cluster.results != "shared":
        yield None
        return
    marker = root.absolute() / FOLDER / f"run-{uuid.uuid4().hex}"
    try:
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
    except OSError as error:
        raise OutputError(f"{marker.parent} cannot be written: {error.strerror}.") from error
    try:
        yield marker
    finally:
        marker.unlink(missing_ok=True)
