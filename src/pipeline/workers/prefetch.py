"""The files of a run's reports, opened one after the other, or some URLs at a time."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from styrmatt.errors import UnreadableSourceError
from styrmatt.files import Fetched
from styrmatt.urls import Url

T = TypeVar("T")

_AHEAD: Final = 8
"""URLs that are opened at a time."""


def open_ahead(
    paths: Sequence[Path | Url], opened: Callable[[Path | Url], T]
) -> Iterator[tuple[Path | Url, Callable[[], T]]]:
    """Each path and what gives, or raises, what ``opened`` makes of it.

    URLs, whose servers take their time, are opened some ahead; paths when they are asked for.
    """
    waiting: deque[tuple[Path | Url, Callable[[], T]]] = deque()
    with ThreadPoolExecutor(_AHEAD) as pool:
        for path in paths:
            of_this = partial(opened, path)
            waiting.append(
                (path, of_this if isinstance(path, Path) else pool.submit(of_this).result)
            )
            if len(waiting) >= _AHEAD:
                yield waiting.popleft()
        yield from waiting


def file_hash(path: Path | Url) -> tuple[str, Fetched | None]:
    """SHA-256 of a report's file, and the file where it had to be fetched for that.

    Raises UnreadableSourceError, and UsageError for a URL of an unknown kind.
    """
    if isinstance(path, Url):
        data = path.read_bytes()
        return hashlib.sha256(data).hexdigest(), Fetched(path.name, data)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), None
    except OSError as error:
        raise UnreadableSourceError(f"{path.name} cannot be read: {error.strerror}.") from error
