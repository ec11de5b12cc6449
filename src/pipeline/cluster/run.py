"""Phase 1 on a Dask cluster that is there already: the workers read, the coordinator writes."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from styrmatt.errors import (
    ClusterError,
    OutputError,
    StyrmattError,
    UnreadableSourceError,
    UsageError,
)
from styrmatt.files import Fetched
from styrmatt.pipeline.cache.fingerprint import versions
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.cluster.events import gone_away
from styrmatt.pipeline.cluster.scheduler import ClusterScheduler, Tell
from styrmatt.pipeline.cluster.worker import SharedResults, Task
from styrmatt.pipeline.read_report import ReadReport
from styrmatt.pipeline.read_results import FOLDER, Receipt
from styrmatt.pipeline.run_settings import ClusterSettings
from styrmatt.pipeline.workers.retry import Watch, with_retries
from styrmatt.urls import INSTALL, Url

Readings = Generator[tuple[ReportSource, ReadReport | Receipt | StyrmattError], None, None]
"""Each source with what was read, or where it is kept, or why it was not."""

_CONNECT: Final = 15.0
"""Seconds in which a scheduler has to answer."""


def read_on_cluster(
    sources: Iterable[ReportSource],
    cluster: ClusterSettings,
    root: Path,
    tries: int,
    watch: Watch,
    tell: Tell,
) -> Readings:
    """Each source with what a worker of the cluster read, or why not, as they are ready.

    One whose worker dies is read again, ``tries`` times in all, as :func:`with_retries` has it.
    With shared results what was read is in the result cache below ``root`` already. Nothing is
    left on the cluster when this ends, however it ends; where there is nothing to read, it is not
    asked. Raises ClusterError and UsageError.
    """
    waiting = iter(sources)
    for first in waiting:
        with _connected(cluster) as client, _mark(cluster, root) as mark:
            make = _Tasks(cluster, root, mark)
            with ClusterScheduler(client, make, watch, tell) as crew:
                told: Readings = with_retries(chain([first], waiting), tries, crew.answers)
                yield from told


class _Tasks:
    """Makes of a source what a worker is given."""

    def __init__(self, cluster: ClusterSettings, root: Path, mark: Path | None) -> None:
        self._cluster = cluster
        self._root = root.absolute()
        self._mark = mark
        self._versions = versions()

    def __call__(self, source: ReportSource, number: int, topic: str) -> Task:
        """The task of this number. Raises UnreadableSourceError."""
        shared = SharedResults(self._root, self._mark, source.key) if self._mark else None
        file, options = self._file(source), source.options
        if not shared:
            options = replace(options, kept=None)  # the pages are kept where only this process sees
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
        raise UsageError("A cluster needs the package distributed.", hint=INSTALL) from error
    with _quiet():
        try:
            address = _address(cluster.scheduler)
            with ThreadPoolExecutor(1) as thread:  # this one may have an event loop
                thread.submit(asyncio.run, _knock(address)).result()
            client = Client(address, timeout=_CONNECT, set_as_default=False, name="styrmatt")
        except Exception as error:  # each kind of address has its own
            tls = " For tls:// Dask has to know its certificates."
            raise ClusterError(
                f"There is no Dask scheduler at {cluster.scheduler}: {error}".rstrip(".") + ".",
                hint="Start one (dask scheduler), or give its address: --scheduler "
                f"tcp://HOST:8786.{tls * cluster.scheduler.startswith('tls://')}",
            ) from error
        try:
            yield client
        except CommClosedError as error:
            raise gone_away() from error
        finally:
            client.close(timeout=5)


def _address(scheduler: str) -> str:
    """The address that was given, or that stands in the file that was given."""
    if "://" in scheduler:
        return scheduler
    if Path(scheduler).is_file():
        return str(json.loads(Path(scheduler).read_text(encoding="utf-8"))["address"])
    return f"tcp://{scheduler}"


async def _knock(address: str) -> None:
    """Raise where nobody answers: a client that does not get through does not end well, either."""
    from distributed.comm import connect
    from distributed.security import Security

    asked = Security().get_connection_args("client")
    comm = await connect(address, timeout=_CONNECT, **asked)
    await comm.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """What the library would log is told here, by events and errors."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _by_file_or_name(address: str) -> dict[str, str]:
    if Path(address).is_file():
        return {"scheduler_file": address}
    return {"address": f"tcp://{address}"}


@contextmanager
def _mark(cluster: ClusterSettings, root: Path) -> Iterator[Path | None]:
    """With shared results a file on the shelf, by which workers know that it is the same."""
    if cluster.results != "shared":
        yield None
        return
    mark = root.absolute() / FOLDER / f"run-{uuid.uuid4().hex}"
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    except OSError as error:
        raise OutputError(f"{mark.parent} cannot be written: {error.strerror}.") from error
    try:
        yield mark
    finally:
        mark.unlink(missing_ok=True)
