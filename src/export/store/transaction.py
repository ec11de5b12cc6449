"""Changes of several files below a root that happen together or not at all.

New files are written to a staging folder first and flushed to the disk. A journal, put in place by
one rename, says which of them go where and which old files go away. Before the journal stands
nothing has changed; from then on the change counts as done, and whoever comes next finishes what is
left of it (:func:`replay_journal`). One process at a time may change a root (:func:`root_lock`).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeVar

from styrmatt.errors import OutputError

WORK_FOLDER: Final = ".styrmatt"
"""Folder below a root for the lock, the journal and staged files. Readers skip dotted names."""
LOCK_WAIT: Final = 60.0
"""Seconds to wait for another process to finish what it writes."""
_POLL: Final = 0.01
_KEPT: Final = frozenset({"lock", "holder.json", "journal.json", "read", "pages"})
"""What may stand in the work folder while nothing is written; the rest is left over."""

T = TypeVar("T")


@contextmanager
def root_lock(root: Path, *, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Hold ``root`` alone, with an earlier interrupted change completed or undone first.

    Raises OutputError where the folder cannot be written, or where another process still holds it
    after ``wait`` seconds; the message says which and since when.
    """
    import filelock

    work = root / WORK_FOLDER
    with output_errors(root):
        work.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(work / "lock", timeout=wait)
        try:
            held = lock.acquire(poll_interval=_POLL)
        except filelock.Timeout:
            raise OutputError(
                f"{root} is being written by {_read_holder(work)}.",
                hint="Wait until it is done, or choose another --out.",
            ) from None
        except NotImplementedError:
            raise OutputError(
                f"{root} is on a file system without locks.", hint="Choose another --out."
            ) from None
        with held:
            _write_holder(work)
            try:
                replay_journal(root)
                yield
            finally:
                with suppress(OSError):
                    (work / "holder.json").unlink()


class Transaction:
    """A set of file changes below a root on its way. Paths are relative, with slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = Path(tempfile.mkdtemp(dir=root / WORK_FOLDER, prefix="staging-"))
        self._put: dict[str, str] = {}
        self._remove: dict[str, None] = {}

    def put(self, path: str) -> Path:
        """Where to write the new content of the file ``path``."""
        self._put.setdefault(path, f"{len(self._put):06}")
        self._remove.pop(path, None)
        return self.folder / self._put[path]

    def staged(self, path: str) -> Path | None:
        """Where the new content of a file waits; None where it has none."""
        return self.folder / self._put[path] if path in self._put else None

    def remove(self, path: str) -> None:
        """Take the file ``path`` away, unless new content is put there."""
        if path not in self._put:
            self._remove[path] = None

    def commit(self) -> None:
        """Make every change, for good once the journal stands."""
        if not (self._put or self._remove):
            return
        self._prepare_targets()
        draft = self.folder / "journal.json"
        draft.write_text(self._journal(), encoding="utf-8")
        for name in (*self._put.values(), draft.name):
            _sync_file(self.folder / name)
        _sync_folder(self.folder)
        _sync_folder(self.root / WORK_FOLDER)
        draft.replace(_journal(self.root))
        _sync_folder(self.root / WORK_FOLDER)
        replay_journal(self.root)

    def _journal(self) -> str:
        """The journal as a line of JSON below its hash, so that one cut short is known as such."""
        content = {"staging": self.folder.name, "put": self._put, "remove": [*self._remove]}
        line = json.dumps(content)
        return f"{hashlib.sha256(line.encode()).hexdigest()}\n{line}\n"

    def _prepare_targets(self) -> None:
        """Make the folders. What would stop the change half-way stops it here: raises OSError."""
        for path in self._put:
            target = self.root / path
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            _make_folder(target.parent)
        for folder in {(self.root / path).parent for path in (*self._put, *self._remove)}:
            if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


@contextmanager
def open_transaction(root: Path) -> Iterator[Transaction]:
    """A staging folder; what is in it and not committed at the end is thrown away."""
    with output_errors(root):
        stage = Transaction(root)
        try:
            yield stage
        finally:
            if not has_journal(root):
                shutil.rmtree(stage.folder, ignore_errors=True)


def replay_journal(root: Path) -> None:
    """Finish the change that a journal describes; throw away what has none.

    To be called by the holder of the lock only. Every step may be done again.
    """
    work = root / WORK_FOLDER
    journal = _read_journal(root)
    if journal is not None:
        _apply(root, journal)
    if has_journal(root):
        _journal(root).unlink()
        _sync_folder(work)
    for left in work.iterdir():
        if left.name not in _KEPT:
            _throw_away(left)


def has_journal(root: Path) -> bool:
    """Whether a change has begun below ``root`` and is not finished."""
    return _journal(root).exists()


def read_consistently(root: Path, read: Callable[[], T], *, wait: float = 1.0) -> T:
    """What ``read`` gives where nothing was changed below ``root`` meanwhile; tried until then.

    Raises OutputError where a change is not finished after ``wait`` seconds: a run was cut off.
    """
    end = time.monotonic() + wait
    while True:
        before = _state(root)
        if before is not None:
            try:
                result = read()
            except (OSError, OutputError):
                if _state(root) == before:
                    raise
            else:
                if _state(root) == before or time.monotonic() > end:
                    return result
        elif time.monotonic() > end:
            raise OutputError(
                f"A run was interrupted while it wrote to {root}.",
                hint="Run styrmatt with this folder as --out once more: it finishes what is left.",
            )
        time.sleep(0.02)


def check_writable(root: Path) -> None:
    """Raises OutputError where ``root`` cannot be made or written; makes it where it is missing."""
    with root_lock(root):
        probe = root / WORK_FOLDER / "probe"
        probe.write_bytes(b"")
        probe.unlink()


@contextmanager
def output_errors(root: Path) -> Iterator[None]:
    """Raises OutputError for an OSError: the folder cannot be written."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"The output folder {root} cannot be written: {error.strerror or error}.",
            hint="Make room or give rights there, or choose another folder with --out.",
        ) from error


def _apply(root: Path, journal: dict[str, Any]) -> None:
    touched = set()
    for path, name in journal["put"].items():
        target, staged = root / path, root / WORK_FOLDER / journal["staging"] / name
        touched.add(target.parent)
        if staged.exists():  # else it was moved before the interruption
            _make_folder(target.parent)
            _move(staged, target)
    for path in journal["remove"]:
        target = root / path
        target.unlink(missing_ok=True)
        touched.add(target.parent)
        with suppress(OSError):  # it is not empty, or stands in a folder that is read-only
            target.parent.rmdir()
            touched.add(target.parent.parent)
    for parent in sorted(touched):
        _sync_folder(parent)


def _make_folder(folder: Path) -> None:
    """Make a folder with those above it, and see that each is on the disk."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _move(staged: Path, target: Path) -> None:
    """Windows refuses while another program has the target open; most let go soon."""
    for _ in range(20 if os.name == "nt" else 0):
        try:
            staged.replace(target)
            return
        except PermissionError:
            time.sleep(0.1)
    staged.replace(target)


def _throw_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _journal(root: Path) -> Path:
    return root / WORK_FOLDER / "journal.json"


def _read_journal(root: Path) -> dict[str, Any] | None:
    """The journal; None where there is none, or one that was cut short and so never stood."""
    try:
        checksum, line = _journal(root).read_bytes().split(b"\n")[:2]
        if hashlib.sha256(line).hexdigest().encode() != checksum:
            return None
        journal: dict[str, Any] = json.loads(line)
    except (FileNotFoundError, ValueError):
        return None
    for path in (*journal["put"], *journal["put"].values(), *journal["remove"]):
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            return None
    return journal


def _state(root: Path) -> tuple[int, int, int] | None:
    """Something that every finished change of documents changes; None during a change."""
    if has_journal(root):
        return None
    try:
        stat = (root / "manifest.json").stat()
    except OSError:
        return (0, 0, 0)
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


def _write_holder(work: Path) -> None:
    """For the message of those who wait; a full disk is no reason to fail already here."""
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    holder = {"process": os.getpid(), "host": socket.gethostname(), "since": since}
    with suppress(OSError):
        (work / "holder.json").write_text(json.dumps(holder), encoding="utf-8")


def _read_holder(work: Path) -> str:
    try:
        holder = json.loads((work / "holder.json").read_text(encoding="utf-8"))
        return "process {process} on {host} since {since}".format(**holder)
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


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
