"""Things kept in files of a folder, by key: whole or not at all, and known when damaged.

Several runs may use a folder at once. What one throws away another one makes anew.
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

_ENDING: Final = ".kept"
_HASH_LENGTH: Final = 32
_LEVEL: Final = 4
"""Of compression: a report's pages take 1.3 kB each, and 6 takes twice the time for a twentieth."""
_PIECE: Final = 1 << 16
"""Bytes that are decompressed at a time."""
_NEW: Final = f"new-{socket.gethostname()}-"
"""How names of files that are being written begin; the number of the process follows."""


class PickleStore(Generic[T]):
    """Things of a kind in a folder. Every file begins with the hash of the rest."""

    def __init__(self, folder: Path, kind: type[T]) -> None:
        self.folder = folder
        self._kind = kind

    def put(self, key: str, thing: T) -> None:
        """Keep a thing; whole or not at all. Raises OSError, also where there is no folder."""
        data = _compressed(thing)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=f"{_NEW}{os.getpid()}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(data).digest() + data)
            Path(name).replace(self._path(key))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def get(self, key: str) -> T | None:
        """The thing, now the last one used; None where there is none or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        head, body = data[:_HASH_LENGTH], memoryview(data)[_HASH_LENGTH:]
        if hashlib.sha256(body).digest() != head:
            self.drop(key)
            return None
        try:
            thing = _Unpickler(io.BufferedReader(_Decompressing(body), _PIECE)).load()
        except Exception:  # whole, and yet from code that is no longer there
            return None
        with suppress(OSError):
            os.utime(path)
        return thing if isinstance(thing, self._kind) else None

    def has(self, key: str) -> bool:
        """Whether there is a thing, be it damaged or not."""
        return self._path(key).is_file()

    def drop(self, key: str) -> None:
        """Forget a thing."""
        with suppress(OSError):  # it may be looked at, or the folder be read-only
            self._path(key).unlink()

    def tidy(self, *, forgotten: float, most: int | None = None) -> None:
        """Throw away what killed processes left half written and what was not used for so long.

        ``forgotten`` is in seconds. Of the rest go those not used for longest until at most
        ``most`` bytes are left.
        """
        now, size = time.time(), 0
        for used, length, path in sorted(self._files(), reverse=True):
            size += length
            too_much = most is not None and size > most
            if now - used > forgotten or too_much or _is_left(path.name):
                with suppress(OSError):
                    path.unlink()

    def _files(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self.folder.glob("*"):
            with suppress(OSError):
                stat = path.stat()
                found.append((stat.st_mtime, stat.st_size, path))
        return found

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"


def _is_left(name: str) -> bool:
    """Whether a file was being written by a process of this machine that is no more."""
    process = name.removeprefix(_NEW).partition("-")[0]
    if os.name != "posix" or not name.startswith(_NEW) or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def frozen(items: dict[Any, Any]) -> Mapping[Any, Any]:
    """A mapping that cannot be changed, as pickles make it."""
    return MappingProxyType(items)


def section(kind: Any, heading: str, path: tuple[str, ...], text: bytes, *rest: Any) -> Section:
    """A section from what it is packed as."""
    return Section(kind, heading, path, text.decode("utf-8", "surrogatepass"), *rest)


def _parts(one: Section) -> tuple[Callable[..., Section], tuple[Any, ...]]:
    """What a section is packed as: a text that is packed as it is keeps a copy in UTF-8 since."""
    text = one.text.encode("utf-8", "surrogatepass")
    return section, (one.kind, one.heading, one.heading_path, text, one.place, one.pages)


def packed(thing: object) -> bytes:
    """Data of styrmatt's own as bytes, to be kept or sent to another process."""
    file = io.BytesIO()
    _pack(thing, file)
    return file.getvalue()


def _pack(thing: object, file: Any) -> None:
    pickler = pickle.Pickler(file, protocol=5)
    pickler.dispatch_table = copyreg.dispatch_table.copy()
    pickler.dispatch_table[MappingProxyType] = lambda items: (frozen, (dict(items),))
    pickler.dispatch_table[Section] = _parts
    pickler.dump(thing)


def _compressed(thing: object) -> bytes:
    """A thing packed and compressed, piece by piece: a long report's takes ten times as much."""
    compressor = zlib.compressobj(_LEVEL)
    pieces: list[bytes] = []

    class Compressing:
        def write(self, data: bytes) -> None:
            pieces.append(compressor.compress(data))

    _pack(thing, Compressing())
    return b"".join((*pieces, compressor.flush()))


class _Decompressing(io.RawIOBase):
    """What was compressed, piece by piece: whole it takes ten times as much, beside the thing."""

    def __init__(self, data: memoryview) -> None:
        self._rest = io.BytesIO(data)
        self._decompressor = zlib.decompressobj()

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, room: Any) -> int:
        """Fill the room as far as the data goes. Raises zlib.error where they are damaged."""
        found = b""
        while not found:
            data = self._decompressor.unconsumed_tail or self._rest.read(_PIECE)
            found = self._decompressor.decompress(data, len(room))
            if not data:
                break
        room[: len(found)] = found
        return len(found)


def unpacked(data: bytes) -> Any:
    """What was packed. Raises an error of pickle, or of what is in it, where it is none of ours."""
    return _Unpickler(io.BytesIO(data)).load()


_MADE: Final = {(__name__, function.__name__): function for function in (frozen, section)}


class _Unpickler(pickle.Unpickler):
    """Makes styrmatt's own data only: whoever can write to the folder runs no code by it."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return date
        if (module, name) in _MADE:
            return _MADE[module, name]
        found = None
        if module.startswith("styrmatt.") and "." not in name:
            found = super().find_class(module, name)
        return found if is_dataclass(found) else _refuse(module, name)


def _refuse(module: str, name: str) -> NoReturn:
    raise pickle.UnpicklingError(f"{module}.{name} is no data of styrmatt")
