"""Opens the files of a run ahead of their use: URLs several at a time, local paths lazily."""

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
from styrmatt.whitespace import shown_name

T = TypeVar("T")

_PARALLEL_URLS: Final = 8
"""URLs that are opened at a time, so that reading seldom waits for a server. Each holds a report in
memory until it is read; more would take memory and burden the server for nothing."""


def prefetch(
    paths: Sequence[Path | Url], open_path: Callable[[Path | Url], T]
) -> Iterator[tuple[Path | Url, Callable[[], T]]]:
    """Each path, in order, and a function that returns, or raises, what ``open_path`` does.

    URLs, whose servers take their time, are opened in threads some ahead; local paths when the
    function is called.
    """
    waiting: deque[tuple[Path | Url, Callable[[], T]]] = deque()
    with ThreadPoolExecutor(_PARALLEL_URLS) as pool:
        for path in paths:
            open_this = partial(open_path, path)
            opened = open_this if isinstance(path, Path) else pool.submit(open_this).result
            waiting.append((path, opened))
            if len(waiting) >= _PARALLEL_URLS:
                yield waiting.popleft()
        yield from waiting


def file_hash(path: Path | Url) -> tuple[str, Fetched | None]:
    """SHA-256 of a report's file, and the file where it had to be fetched for that.

    Raises UnreadableSourceError, and UsageError for a URL of an unknown kind.
    """
    if isinstance(path, Url):
        data = path.read_bytes()
        return hashlib.sha256(data).hexdigest(), Fetched(path.name, data)
    if path.exists() and not path.is_file():  # a pipe may never end, a device never does
        raise UnreadableSourceError(
            f"{shown_name(path.name)} is neither a file nor a folder.",
            hint="Give a .pdf or a .txt.",
        )
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), None
    except OSError as error:
        raise UnreadableSourceError(f"{path.name} cannot be read: {error.strerror}.") from error
