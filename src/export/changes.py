"""Changes of several files below a root that happen together or not at all.

New files are written to a staging folder first. A journal, put in place by one rename, says which
of them go where and which old files go away. Before the journal stands nothing has changed; from
then on the change counts as done, and whoever comes next finishes what is left of it
(:func:`recover`). One process at a time may change a root (:func:`locked`).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from styrmatt.errors import OutputError

WORK: Final = ".styrmatt"
"""Folder below a root for the lock, the journal and staged files. Readers skip dotted names."""
LOCK_WAIT: Final = 30.0
"""Seconds to wait for another process to finish one document."""


@contextmanager
def locked(root: Path, *, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Hold ``root`` alone, with an earlier interrupted change completed or undone first.

    Raises OutputError where the folder cannot be written, or where another process still holds it
    after ``wait`` seconds; the message says which and since when.
    """
    import filelock

    work = root / WORK
    with _as_output_error(root):
        work.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(work / "lock", timeout=wait)
        try:
            held = lock.acquire()
        except filelock.Timeout:
            raise OutputError(
                f"{root} is being written by {_read_holder(work)}.",
                hint="Wait until it is done, or choose another --out.",
            ) from None
        with held:
            try:
                _write_holder(work)
                recover(root)
                yield
            finally:
                (work / "holder.json").unlink(missing_ok=True)


class Staging:
    """A set of file changes below a root on its way. Paths are relative, with slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / WORK / f"staging-{os.getpid()}"
        self._put: list[str] = []
        self._remove: list[str] = []

    def put(self, path: str) -> Path:
        """Where to write the new content of the file ``path``."""
        staged = self.folder / path
        staged.parent.mkdir(parents=True, exist_ok=True)
        self._put.append(path)
        return staged

    def remove(self, path: str) -> None:
        """Take the file ``path`` away."""
        self._remove.append(path)

    def commit(self) -> None:
        """Make every change, for good once the journal stands."""
        for path in self._put:
            _sync_file(self.folder / path)
        for folder in sorted({(self.folder / path).parent for path in self._put}):
            _sync_folder(folder)
        journal = {"staging": self.folder.name, "put": self._put, "remove": self._remove}
        draft = self.folder / "journal.json"
        draft.write_text(json.dumps(journal), encoding="utf-8")
        _sync_file(draft)
        draft.replace(_journal(self.root))
        _sync_folder(self.root / WORK)
        recover(self.root)


@contextmanager
def staging(root: Path) -> Iterator[Staging]:
    """A staging folder; what is in it and not committed at the end is thrown away."""
    stage = Staging(root)
    with _as_output_error(root):
        try:
            yield stage
        finally:
            if not _journal(root).exists():
                shutil.rmtree(stage.folder, ignore_errors=True)


def recover(root: Path) -> None:
    """Finish the change that a journal describes; throw away staged files that have none.

    To be called by the holder of the lock only. Every step may be done again.
    """
    journal = _journal(root)
    if journal.exists():
        _apply(root, json.loads(journal.read_text(encoding="utf-8")))
        journal.unlink()
        _sync_folder(root / WORK)
    for left in (root / WORK).glob("staging-*"):
        shutil.rmtree(left, ignore_errors=True)


def interrupted(root: Path) -> bool:
    """Whether a change has begun below ``root`` and is not finished."""
    return _journal(root).exists()


def check_writable(root: Path) -> None:
    """Raises OutputError where ``root`` cannot be made or written; makes it where it is missing."""
    with locked(root):
        probe = root / WORK / f"probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()


def _apply(root: Path, journal: dict[str, list[str]]) -> None:
    folder = root / WORK / str(journal["staging"])
    touched = set()
    for path in journal["put"]:
        target, staged = root / path, folder / path
        touched.add(target.parent)
        if staged.exists():  # else it was moved before the interruption
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
    for path in journal["remove"]:
        target = root / path
        target.unlink(missing_ok=True)
        if target.parent.is_dir() and not any(target.parent.iterdir()):
            target.parent.rmdir()
        else:
            touched.add(target.parent)
    for parent in sorted(touched):
        _sync_folder(parent)


def _journal(root: Path) -> Path:
    return root / WORK / "journal.json"


def _write_holder(work: Path) -> None:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    holder = {"process": os.getpid(), "host": socket.gethostname(), "since": since}
    (work / "holder.json").write_text(json.dumps(holder), encoding="utf-8")


def _read_holder(work: Path) -> str:
    try:
        holder = json.loads((work / "holder.json").read_text(encoding="utf-8"))
        return "process {process} on {host} since {since}".format(**holder)
    except (OSError, ValueError, KeyError):
        return "another process"


@contextmanager
def _as_output_error(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"The output folder {root} cannot be written: {error.strerror or error}.",
            hint="Make room or give rights there, or choose another folder with --out.",
        ) from error


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """Folders can be flushed on POSIX systems only."""
    if os.name != "posix" or not path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
