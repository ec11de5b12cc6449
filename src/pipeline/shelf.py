"""Results of phase 1 on disk, from when a report is read until it is written.

A long run holds none of them in memory, and one that was cut off finds them again. They stand
below the output root, in styrmatt's own folder there, each under the hash of what it depends on.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import socket
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from styrmatt.errors import OutputError
from styrmatt.pipeline.reading import ReadReport

FOLDER: Final = ".styrmatt/read"
_HASH_LENGTH: Final = 32
_FORGOTTEN: Final = 30 * 24 * 3600.0
"""Seconds after which a kept result is thrown away."""
_NEW: Final = f"new-{socket.gethostname()}-"
"""How names of files that are being written begin; the number of the process follows."""


class Shelf:
    """Results of phase 1 by key. Every file begins with the hash of the rest."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER

    def put(self, key: str, report: ReadReport) -> None:
        """Keep a result; whole or not at all. Raises OutputError."""
        data = pickle.dumps(report, protocol=5)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=f"{_NEW}{os.getpid()}-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(data).digest() + data)
                Path(name).replace(self._path(key))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise OutputError(
                f"The output folder {self.folder.parents[1]} cannot be written: "
                f"{error.strerror or error}.",
                hint="Make room or give rights there, or choose another folder with --out.",
            ) from error

    def get(self, key: str) -> ReadReport | None:
        """The result, or None where there is none or it is damaged."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        head, body = data[:_HASH_LENGTH], data[_HASH_LENGTH:]
        if hashlib.sha256(body).digest() != head:
            self.drop(key)
            return None
        try:
            report = pickle.loads(body)
        except Exception:  # whole, and yet from code that is no longer there
            return None
        return report if isinstance(report, ReadReport) else None

    def has(self, key: str) -> bool:
        """Whether there is a result, be it whole or not."""
        return self._path(key).is_file()

    def drop(self, key: str) -> None:
        """Forget a result."""
        self._path(key).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Throw away what killed runs left half written, and what nobody came back for."""
        for path in self.folder.glob("*"):
            with suppress(OSError):
                age = time.time() - path.stat().st_mtime
                if age > _FORGOTTEN or (path.name.startswith(_NEW) and _is_left(path.name)):
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.pickle"


def _is_left(name: str) -> bool:
    """Whether the process of this machine that was writing the file is no more."""
    process = name.removeprefix(_NEW).partition("-")[0]
    if os.name != "posix" or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
