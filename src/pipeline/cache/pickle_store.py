"""Checksummed key/value store of pickled dataclasses: one file per key in a folder.

Writes are atomic, a damaged entry counts as missing, and only styrmatt's own data is unpickled.
Several runs may use a folder at once: what one of them drops, another reads anew.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import os
import pickle
import socket
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import is_dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Generic, NoReturn, TypeVar

from styrmatt.printed import Section

T = TypeVar("T")

_SUFFIX: Final = ".kept"
_HASH_BYTES: Final = hashlib.sha256().digest_size
_COMPRESSION_LEVEL: Final = 4
"""Of zlib: a report's pages take 1.3 kB each, and level 6 takes twice the time for 5 % less."""
_CHUNK_BYTES: Final = 1 << 16
"""Compressed bytes (64 kB) that are decompressed at a time: far less than a report, so that it is
never in memory twice, and enough that the number of calls does not matter."""
_PICKLE_PROTOCOL: Final = 5
"""The newest that all supported Pythons write."""
_TEMP_PREFIX: Final = f"new-{socket.gethostname()}-"
"""Names of files that are being written begin so; the number of the writing process follows."""


class PickleStore(Generic[T]):
    """Values of one dataclass in a folder. A file is a SHA-256 and the compressed pickle."""

    def __init__(self, folder: Path, kind: type[T]) -> None:
        self.folder = folder
        self._kind = kind

    def put(self, key: str, value: T) -> None:
        """Store a value, atomically. Raises OSError, also where there is no folder."""
        data = _pack_compressed(value)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=f"{_TEMP_PREFIX}{os.getpid()}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(data).digest() + data)
            Path(name).replace(self._path(key))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def get(self, key: str) -> T | None:
        """The value, which counts as used now; None where there is none or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        recorded, body = data[:_HASH_BYTES], memoryview(data)[_HASH_BYTES:]
        if hashlib.sha256(body).digest() != recorded:
            self.drop(key)
            return None
        try:
            value = _Unpickler(io.BufferedReader(_Decompressing(body), _CHUNK_BYTES)).load()
        except Exception:  # intact, but of code that no longer exists
            return None
        with suppress(OSError):
            os.utime(path)
        return value if isinstance(value, self._kind) else None

    def has(self, key: str) -> bool:
        """Whether there is a value, intact or damaged."""
        return self._path(key).is_file()

    def drop(self, key: str) -> None:
        """Remove a value; nothing happens where there is none or it cannot be removed."""
        with suppress(OSError):  # Windows removes no open file; the folder may be read-only
            self._path(key).unlink()

    def tidy(self, *, max_age: float, max_bytes: int | None = None) -> None:
        """Remove what killed processes left half written, and values unused for ``max_age``.

        ``max_age`` is in seconds. Of the rest those least recently used are removed until at most
        ``max_bytes`` are left.
        """
        now, total = time.time(), 0
        for used_at, size, path in sorted(self._files(), reverse=True):
            total += size
            too_much = max_bytes is not None and total > max_bytes
            if now - used_at > max_age or too_much or _is_orphaned(path.name):
                with suppress(OSError):
                    path.unlink()

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each file was last used, its size in bytes, and its path."""
        found = []
        for path in self.folder.glob("*"):
            with suppress(OSError):
                stat = path.stat()
                found.append((stat.st_mtime, stat.st_size, path))
        return found

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_SUFFIX}"


def _is_orphaned(name: str) -> bool:
    """Whether a file was being written by a process of this machine that no longer exists."""
    process = name.removeprefix(_TEMP_PREFIX).partition("-")[0]
    if os.name != "posix" or not name.startswith(_TEMP_PREFIX) or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it exists and is another user's
        return False
    return False


# --- pickling


def pack(value: object) -> bytes:
    """Pickle data of styrmatt's own, to be sent to another process."""
    file = io.BytesIO()
    _pickle_into(file, value)
    return file.getvalue()


def unpack(data: bytes) -> Any:
    """What :func:`pack` was given. Raises UnpicklingError for anything but styrmatt's own data."""
    return _Unpickler(io.BytesIO(data)).load()


def frozen_mapping(items: dict[Any, Any]) -> Mapping[Any, Any]:
    """A read-only mapping; called when one is unpickled."""
    return MappingProxyType(items)


def section_from_bytes(
    kind: Any, heading: str, path: tuple[str, ...], text: bytes, *rest: Any
) -> Section:
    """A section whose text is in UTF-8; called when one is unpickled."""
    return Section(kind, heading, path, text.decode("utf-8", "surrogatepass"), *rest)


def _reduce_section(section: Section) -> tuple[Callable[..., Section], tuple[Any, ...]]:
    """How a section is pickled: with its text as bytes.

    Pickling the string itself would leave a copy of it in UTF-8 in memory for as long as it lives.
    """
    text = section.text.encode("utf-8", "surrogatepass")
    heading = (section.kind, section.heading, section.heading_path)
    return section_from_bytes, (*heading, text, section.place, section.pages, section.boxes)


def _pickle_into(file: Any, value: object) -> None:
    pickler = pickle.Pickler(file, protocol=_PICKLE_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table.copy()
    pickler.dispatch_table[MappingProxyType] = lambda items: (frozen_mapping, (dict(items),))
    pickler.dispatch_table[Section] = _reduce_section
    pickler.dump(value)


def _pack_compressed(value: object) -> bytes:
    """Pickle straight into zlib: the pickle itself takes ten times as much memory."""
    compressor = zlib.compressobj(_COMPRESSION_LEVEL)
    chunks: list[bytes] = []

    class Compressing:
        def write(self, data: bytes) -> None:
            chunks.append(compressor.compress(data))

    _pickle_into(Compressing(), value)
    return b"".join((*chunks, compressor.flush()))


class _Decompressing(io.RawIOBase):
    """Reads compressed data in chunks: the whole pickle would take ten times as much memory."""

    def __init__(self, data: memoryview) -> None:
        self._compressed = io.BytesIO(data)
        self._decompressor = zlib.decompressobj()

    def readable(self) -> bool:
        """True; a BufferedReader asks."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the data goes. Raises zlib.error where the data is damaged."""
        found = b""
        while not found:
            data = self._decompressor.unconsumed_tail or self._compressed.read(_CHUNK_BYTES)
            found = self._decompressor.decompress(data, len(buffer))
            if not data:
                break
        buffer[: len(found)] = found
        return len(found)


_CALLED_BY_PICKLES: Final = {
    (__name__, function.__name__): function for function in (frozen_mapping, section_from_bytes)
}


class _Unpickler(pickle.Unpickler):
    """Makes styrmatt's own data only, so that a file in the folder cannot run other code."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return date
        if (module, name) in _CALLED_BY_PICKLES:
            return _CALLED_BY_PICKLES[module, name]
        found = None
        if module.startswith("styrmatt.") and "." not in name:
            found = super().find_class(module, name)
        return found if is_dataclass(found) else _refuse(module, name)


def _refuse(module: str, name: str) -> NoReturn:
    raise pickle.UnpicklingError(f"{module}.{name} is not data of styrmatt")
