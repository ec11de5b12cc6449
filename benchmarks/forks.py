"""Work in forks of this process, some at once: what one changes or leaves behind ends with it."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

PLACE = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None
"""Where forks write: in memory if possible. Tests write thousands of small files."""


def in_forks(
    tasks: list[Any], work: Callable[[Any], Any], jobs: int, longest: float
) -> Iterator[tuple[Any, Any | None]]:
    """(task, what ``work`` returned for it) as they end; nothing for a fork that crashed.

    One that runs for longer than ``longest`` seconds by the clock is killed: it hangs.
    """
    waiting = list(reversed(tasks))
    running: dict[int, tuple[float, Any, Path]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                task, folder = waiting.pop(), Path(tempfile.mkdtemp(prefix="mutants-", dir=PLACE))
                pid = os.fork()
                if pid == 0:
                    _work(folder, work, task)
                running[pid] = time.monotonic(), task, folder
            pid = _ended(running, longest)
            _, task, folder = running[pid]
            result = folder / "result"
            yield task, pickle.loads(result.read_bytes()) if result.exists() else None
            _clear(pid, folder)
            del running[pid]
    finally:  # interrupted
        for pid, (_, _, folder) in running.items():
            _clear(pid, folder)


def _clear(pid: int, folder: Path) -> None:
    """End a fork, if it runs, and the processes that it has started; remove what they wrote."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def _work(folder: Path, work: Callable[[Any], Any], task: Any) -> None:
    """In the fork: write the result, and end without what Python does at its end."""
    try:
        os.setpgid(0, 0)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder)  # tests' folders go there
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        result = pickle.dumps(work(task))
        (folder / "part").write_bytes(result)
        (folder / "part").rename(folder / "result")
    finally:
        os._exit(0)


def _ended(running: dict[int, tuple[float, Any, Path]], longest: float) -> int:
    """The first fork that ends, or that takes too long and is killed."""
    while True:
        for pid, (begun, _, _) in running.items():
            late = time.monotonic() - begun > longest
            if late:
                os.kill(pid, signal.SIGKILL)
            if os.waitpid(pid, 0 if late else os.WNOHANG)[0]:
                return pid
        time.sleep(0.01)
