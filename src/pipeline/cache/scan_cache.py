"""Cache of recognised scans: recognising a page takes a hundred times as long as reading it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from styrmatt.pipeline.cache.fingerprint import canonical, digest, library_version
from styrmatt.pipeline.cache.pickle_store import PickleStore
from styrmatt.scans.recognise import RecognisedPdf
from styrmatt.scans.tools import languages_to_read, tesseract_version

FOLDER: Final = ".styrmatt/scans"
_LIBRARIES: Final = ("ocrmypdf", "pypdfium2", "pillow", "numpy")
"""The libraries that decide what is recognised, besides Tesseract."""
_MAX_AGE: Final = 400 * 24 * 3600.0
"""Seconds (400 days) after which unused scans are dropped: reports come once a year."""


@dataclass(frozen=True, slots=True)
class ScanCache:
    """The recognised scans of a source; its folder may be missing or read-only."""

    folder: Path
    source_sha256: str
    refresh: bool = False
    """Whether to ignore what is cached and replace it."""

    def get(self, pages: Sequence[int], *, force: bool) -> RecognisedPdf | None:
        """The PDF with these pages recognised; None where that has to be done."""
        return None if self.refresh else self._store().get(self._key(pages, force))

    def put(self, pages: Sequence[int], recognised: RecognisedPdf, *, force: bool) -> None:
        """Keep what was recognised; does nothing where the folder cannot be written."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._store().put(self._key(pages, force), recognised)

    def _store(self) -> PickleStore[RecognisedPdf]:
        return PickleStore(self.folder, RecognisedPdf)

    def _key(self, pages: Sequence[int], force: bool) -> str:
        """Two keys are equal only where the same would be recognised by the same tools."""
        tools = {name: library_version(name) for name in _LIBRARIES}
        tools |= {"tesseract": tesseract_version() or "none"}
        read = [self.source_sha256, list(pages), force, tools, list(languages_to_read())]
        return digest(canonical(read), *_code())


def _code() -> list[bytes]:
    """The code that recognises."""
    folder = resources.files("styrmatt.scans")
    files = sorted(folder.iterdir(), key=lambda one: one.name)
    return [one.read_bytes() for one in files if one.name.endswith(".py")]


def scan_cache_of(root: Path, source_sha256: str, *, refresh: bool) -> ScanCache:
    """The scan cache of a source below an output root, by a path that any process finds."""
    return ScanCache(root.resolve() / FOLDER, source_sha256, refresh)


def tidy_scan_cache(root: Path, max_bytes: int) -> None:
    """Drop scans that were not used for 400 days, then those least recently used."""
    PickleStore(root / FOLDER, RecognisedPdf).tidy(max_age=_MAX_AGE, max_bytes=max_bytes)
