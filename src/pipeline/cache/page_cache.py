"""Cache of what was read on a report's pages, from one run to the next.

Phase 1 reads the pages and then makes records of what they say. Where only the rules of the second
part have changed, the pages need not be read again: they are cached below the output root, each
report under a key of everything that its reading depends on, and of nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from styrmatt.extract.cache_inputs import LAYOUT_READ, WORDS_READ
from styrmatt.layout import Layout
from styrmatt.pipeline.cache.fingerprint import canonical, digest, pages_hash
from styrmatt.pipeline.cache.pickle_store import PickleStore
from styrmatt.printed import ExtractedReport

FOLDER: Final = ".styrmatt/pages"
DEFAULT_CACHE_BYTES: Final = 10_000_000_000
"""10 GB: room for a hundred thousand reports of seventy pages (1.3 kB a page), more than there
are, and little on a disk of today."""
_MAX_AGE: Final = 400 * 24 * 3600.0
"""Seconds (400 days) after which unused pages are dropped. Reports come once a year, and a run with
next year's reads those of this year again; less than a year would drop them shortly before."""


@dataclass(frozen=True, slots=True)
class PageCache:
    """The cache of a source's pages. Its folder may be missing or read-only; then it is empty."""

    folder: Path
    source_sha256: str
    refresh: bool = False
    """Whether to ignore what is cached and replace it."""

    def get(
        self, name: str, layouts: Sequence[Layout], options: Any
    ) -> tuple[Layout, ExtractedReport] | None:
        """The layout that fitted and the report; None where the pages have to be read.

        ``options`` are those that the reading of pages depends on.
        """
        if self.refresh:
            return None
        cached = self._store().get(_key(name, self.source_sha256, layouts, options))
        fitting = [layout for layout in layouts if cached and layout.name == cached.layout]
        return (fitting[0], cached.extracted) if cached and fitting else None

    def put(
        self, layout: Layout, extracted: ExtractedReport, layouts: Sequence[Layout], options: Any
    ) -> None:
        """Cache what was read; does nothing where the folder cannot be written."""
        source = extracted.source
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            key = _key(source.name, source.sha256, layouts, options)
            self._store().put(key, _CachedPages(layout.name, extracted))

    def _store(self) -> PickleStore[_CachedPages]:
        return PickleStore(self.folder, _CachedPages)


@dataclass(frozen=True, slots=True)
class _CachedPages:
    layout: str
    """The name of the layout that fitted."""
    extracted: ExtractedReport


def page_cache_of(root: Path, source_sha256: str, *, refresh: bool) -> PageCache:
    """The page cache of a source below an output root, by a path that any process finds."""
    return PageCache(root.resolve() / FOLDER, source_sha256, refresh)


def tidy_page_cache(root: Path, max_bytes: int) -> None:
    """Drop pages that were not used for 400 days, then those least recently used.

    At most ``max_bytes`` are left.
    """
    PickleStore(root / FOLDER, _CachedPages).tidy(max_age=_MAX_AGE, max_bytes=max_bytes)


def _key(name: str, sha256: str, layouts: Sequence[Layout], options: Any) -> str:
    """Two keys are equal only where the pages would be read the same.

    A password is not part of it: it opens a file or does not, and changes nothing that is read.
    """
    read = [_read_of(_Same(layout), Path(name).suffix.casefold()) for layout in layouts]
    return digest(canonical([name, sha256, read, options]), pages_hash().encode())


class _Same:
    """A layout and its vocabulary as the key of a cache: themselves, not others that are equal."""

    __slots__ = ("layout", "words")

    def __init__(self, layout: Layout) -> None:
        self.layout, self.words = layout, layout.words

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Same) and other.layout is self.layout and other.words is self.words
        )

    def __hash__(self) -> int:
        return id(self.layout)


@lru_cache(maxsize=64)
def _read_of(same: _Same, suffix: str) -> str:
    """SHA-256 over what reading looks at in a layout, for files with a suffix.

    The same few layouts are asked for with each report.
    """
    vocabulary = WORDS_READ.get(suffix, ())
    read = [_attributes(same.layout, LAYOUT_READ), _attributes(same.words, vocabulary)]
    return digest(canonical(read))


def _attributes(value: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}
