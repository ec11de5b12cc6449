"""Which files cannot hold what somebody looks for, so that a search opens few of a thousand.

Of each file that was read once it is known which runs of three letters its texts have, in four
kilobytes. A text that holds a word holds all of its runs; a file that lacks one need not be opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import Final

_RUN: Final = 3
"""Letters of a run: two are in every report, and longer ones take more room than they save."""
_BITS: Final = 1 << 15
"""Bits for the runs of a file. A long report has about 8,000 different ones, so that one word in
ten thousand is wrongly thought to be there, and the file is opened in vain."""
Stamp = tuple[int, int]
"""When a file was changed, in nanoseconds, and its size."""


class TextFilter:
    """The runs of letters of files. It may be asked from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[Path, tuple[Stamp, bytes]] = {}

    def knows(self, file: Path) -> bool:
        """Whether the file was read, as it is now."""
        return self._bits(file) is not None

    def may_hold(self, file: Path, text: str) -> bool:
        """Whether the file may hold a text, in whatever case; True for one that was not read."""
        bits = self._bits(file)
        return bits is None or all(_is_set(bits, place) for place in _places([text]))

    def learn(self, file: Path, stamp: Stamp, texts: Iterable[str | None]) -> None:
        """Note what the file holds. ``stamp`` is from before it was read."""
        bits = bytearray(_BITS // 8)
        for place in _places(text for text in texts if text):
            bits[place >> 3] |= 1 << (place & 7)
        with self._lock:
            self._known[file] = (stamp, bytes(bits))

    def _bits(self, file: Path) -> bytes | None:
        known = self._known.get(file)
        return known[1] if known is not None and known[0] == stamp_of(file) else None


def stamp_of(file: Path) -> Stamp | None:
    """When a file was changed and how large it is; None where it is not there."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _places(texts: Iterable[str]) -> Iterator[int]:
    """The bits of the runs in some texts; a run lies within a word."""
    words = {word for text in texts for word in text.casefold().split()}
    runs = {word[at : at + _RUN] for word in words for at in range(len(word) - _RUN + 1)}
    return (hash(run) & (_BITS - 1) for run in runs)


def _is_set(bits: bytes, place: int) -> bool:
    return bool(bits[place >> 3] >> (place & 7) & 1)
