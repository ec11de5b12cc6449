"""What stands on a report's pages, kept from one run to the next.

Reading the pages is one part of phase 1, making records of what they say the other. Where only
the rules of the other part have changed, the pages need not be read again: they are kept below
the output root, each report under the hash of all that its reading depends on, and of nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from styrmatt.extract.cache_inputs import LAYOUT_READ, WORDS_READ
from styrmatt.layout import Layout
from styrmatt.pipeline.cache.fingerprint import canonical, digest, pages_hash
from styrmatt.pipeline.cache.pickle_store import PickleStore
from styrmatt.printed import ExtractedReport

FOLDER: Final = ".styrmatt/pages"
DEFAULT_MOST: Final = 10_000_000_000
"""Bytes: room for a hundred thousand reports of seventy pages (1.3 kB a page)."""
_FORGOTTEN: Final = 400 * 24 * 3600.0
"""Seconds after which pages that nobody used are thrown away: reports are yearly."""


@dataclass(frozen=True, slots=True)
class PageCache:
    """Where the pages of a report are kept. It may be a folder that is not there or read-only."""

    folder: Path
    source_sha256: str
    fresh: bool = False
    """Whether they are to be read anew, and kept instead."""

    def get(
        self, name: str, layouts: Sequence[Layout], asked: Any
    ) -> tuple[Layout, ExtractedReport] | None:
        """The layout that fitted and the report as printed; None where they have to be read."""
        if self.fresh:
            return None
        kept = self._kept().get(_key(name, self.source_sha256, layouts, asked))
        fitting = [layout for layout in layouts if kept and layout.name == kept.layout]
        return (fitting[0], kept.printed) if kept and fitting else None

    def put(
        self, layout: Layout, printed: ExtractedReport, layouts: Sequence[Layout], asked: Any
    ) -> None:
        """Keep what was read, where there is an output folder that can be written."""
        source = printed.source
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            key = _key(source.name, source.sha256, layouts, asked)
            self._kept().put(key, _Pages(layout.name, printed))

    def _kept(self) -> PickleStore[_Pages]:
        return PickleStore(self.folder, _Pages)


@dataclass(frozen=True, slots=True)
class _Pages:
    layout: str
    printed: ExtractedReport


def pages_of(root: Path, source_sha256: str, *, fresh: bool) -> PageCache:
    """Where the pages of a source are kept below an output root, for any process to find."""
    return PageCache(root.resolve() / FOLDER, source_sha256, fresh)


def tidy_pages(root: Path, most: int) -> None:
    """Throw away what nobody used for long, and then what was not used for longest.

    At most ``most`` bytes are left.
    """
    PickleStore(root / FOLDER, _Pages).tidy(forgotten=_FORGOTTEN, most=most)


def _key(name: str, sha256: str, layouts: Sequence[Layout], asked: Any) -> str:
    """Equal only where the pages would be read the same.

    ``asked`` is what options say of it. A password opens a file or does not; it changes nothing.
    """
    words = WORDS_READ.get(Path(name).suffix.casefold(), ())
    said = [[_part(layout, LAYOUT_READ), _part(layout.words, words)] for layout in layouts]
    return digest(canonical([name, sha256, said, asked]), pages_hash().encode())


def _part(value: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}
