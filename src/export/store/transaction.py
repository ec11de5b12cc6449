"""Transactions: changes of several files below a root that happen together or not at all.

New files are first written to a staging folder and flushed to the disk. Then a redo journal is put
in place by one rename; it lists which staged files go where and which old files are removed. Before
that rename nothing has changed. After it the change counts as done: the next process to take the
lock finishes what is left (:func:`replay_journal`). One process at a time may change a root
(:func:`root_lock`).
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
"""Folder below a root for lock, journal and staged files. Readers skip names with a dot first."""
LOCK_WAIT: Final = 60.0
"""Seconds to wait for another process that writes. A batch is written in seconds; a process that
holds the lock for a minute is stuck or writes to a very slow disk, and its user should hear of
it."""
_LOCK_POLL: Final = 0.01
"""Seconds between attempts to take the lock: short beside a commit, and no load on the file
system."""
_READ_WAIT: Final = 1.0
"""Seconds in which a reader expects a commit to finish, which is renames only. A journal that
stands longer was left by an interrupted run."""
_READ_POLL: Final = 0.02
"""Seconds between the attempts of a reader."""
_WINDOWS_MOVE_ATTEMPTS: Final = 20
_WINDOWS_MOVE_WAIT: Final = 0.1
"""Seconds between attempts to replace a file that another program has open on Windows: two seconds
in all, after which virus scanners and indexers have let go of it."""
_WORK_NAMES: Final = frozenset({"lock", "holder.json", "journal.json", "read", "pages"})
"""Names that may exist in the work folder between transactions; others are left over and
removed."""

T = TypeVar("T")


@contextmanager
def root_lock(root: Path, *, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Lock ``root`` for this process, after finishing a transaction that was interrupted.

    Raises OutputError where the folder cannot be written, or where another process still holds it
    after ``wait`` seconds; the message says which and since when.
    """
    import filelock

    work = root / WORK_FOLDER
    with output_errors(root):
        work.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(work / "lock", timeout=wait)
        try:
            held = lock.acquire(poll_interval=_LOCK_POLL)
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
    """File changes below a root that are staged until :meth:`commit`.

    Paths are relative to the root, with slashes.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = Path(tempfile.mkdtemp(dir=root / WORK_FOLDER, prefix="staging-"))
        self._put: dict[str, str] = {}
        self._remove: dict[str, None] = {}

    def put(self, path: str) -> Path:
        """The staged file to write the new content of ``path`` to."""
        self._put.setdefault(path, f"{len(self._put):06}")
        self._remove.pop(path, None)
        return self.folder / self._put[path]

    def staged(self, path: str) -> Path | None:
        """The staged file with the new content of ``path``; None where there is none."""
        return self.folder / self._put[path] if path in self._put else None

    def remove(self, path: str) -> None:
        """Remove the file ``path`` on commit, unless new content is staged for it."""
        if path not in self._put:
            self._remove[path] = None

    def commit(self) -> None:
        """Make all changes. They are final once the journal is in place. Raises OSError."""
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
        """The journal: a line of JSON below its SHA-256, by which a truncated one is recognised."""
        content = {"staging": self.folder.name, "put": self._put, "remove": [*self._remove]}
        line = json.dumps(content)
        return f"{hashlib.sha256(line.encode()).hexdigest()}\n{line}\n"

    def _prepare_targets(self) -> None:
        """Make the folders; raises OSError now for what would else fail half-way."""
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
    """A transaction; what is not committed when the block ends is discarded."""
    with output_errors(root):
        transaction = Transaction(root)
        try:
            yield transaction
        finally:
            if not has_journal(root):
                shutil.rmtree(transaction.folder, ignore_errors=True)


def replay_journal(root: Path) -> None:
    """Finish the transaction of a journal, if there is one; remove leftovers of others.

    Only the holder of the lock may call it. Every step can be repeated.
    """
    work = root / WORK_FOLDER
    journal = _read_journal(root)
    if journal is not None:
        _apply(root, journal)
    if has_journal(root):
        _journal(root).unlink()
        _sync_folder(work)
    for path in work.iterdir():
        if path.name not in _WORK_NAMES:
            _delete(path)


def has_journal(root: Path) -> bool:
    """Whether a transaction below ``root`` is committed and not finished."""
    return _journal(root).exists()


def read_consistently(root: Path, read: Callable[[], T], *, wait: float = _READ_WAIT) -> T:
    """The result of ``read``, repeated until nothing below ``root`` changed meanwhile.

    Where others keep writing, the first result after ``wait`` seconds is returned. Raises
    OutputError where a transaction is not finished by then: a run was interrupted.
    """
    deadline = time.monotonic() + wait
    while True:
        before = _state(root)
        if before is not None:
            try:
                result = read()
            except (OSError, OutputError):
                if _state(root) == before:
                    raise
            else:
                if _state(root) == before or time.monotonic() > deadline:
                    return result
        elif time.monotonic() > deadline:
            raise OutputError(
                f"A run was interrupted while it wrote to {root}.",
                hint="Run styrmatt with this folder as --out once more: it finishes what is left.",
            )
        time.sleep(_READ_POLL)


def check_writable(root: Path) -> None:
    """Make ``root`` where it is missing. Raises OutputError where it cannot be made or written."""
    with root_lock(root):
        probe = root / WORK_FOLDER / "probe"
        probe.write_bytes(b"")
        probe.unlink()


@contextmanager
def output_errors(root: Path) -> Iterator[None]:
    """Turns an OSError of the block into an OutputError: the folder cannot be written."""
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
        if staged.exists():  # else it had been moved before the interruption
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
    """Make a folder and its parents, and flush each new entry to the disk."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _move(staged: Path, target: Path) -> None:
    """Replace ``target``, with retries on Windows, where an open file cannot be replaced."""
    for _ in range(_WINDOWS_MOVE_ATTEMPTS if os.name == "nt" else 0):
        try:
            staged.replace(target)
            return
        except PermissionError:
            time.sleep(_WINDOWS_MOVE_WAIT)
    staged.replace(target)


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _journal(root: Path) -> Path:
    return root / WORK_FOLDER / "journal.json"


def _read_journal(root: Path) -> dict[str, Any] | None:
    """The journal; None without one, or where it is truncated and so never took effect."""
    try:
        checksum, line = _journal(root).read_bytes().split(b"\n")[:2]
        if hashlib.sha256(line).hexdigest().encode() != checksum:
            return None
        journal: dict[str, Any] = json.loads(line)
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    for path in (*journal["put"], *journal["put"].values(), *journal["remove"]):
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            return None
    return journal


def _state(root: Path) -> tuple[int, int, int] | None:
    """Inode, mtime and size of the manifest, which every transaction of documents replaces.

    None while a transaction is being finished, zeros without a manifest.
    """
    if has_journal(root):
        return None
    try:
        stat = (root / "manifest.json").stat()
    except OSError:
        return (0, 0, 0)
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


def _write_holder(work: Path) -> None:
    """Note who holds the lock, for the message of those who wait; errors are ignored."""
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    holder = {"process": os.getpid(), "host": socket.gethostname(), "since": since}
    with suppress(OSError):
        (work / "holder.json").write_text(json.dumps(holder), encoding="utf-8")


def _read_holder(work: Path) -> str:
    try:
        holder = json.loads((work / "holder.json").read_text(encoding="utf-8"))
        return "process {process} on {host} since {since}".format(**holder)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "another process"


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """Flush the entries of a folder; only POSIX systems can."""
    if os.name != "posix" or not path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
