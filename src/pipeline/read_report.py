"""Phase 1 of a run: one report read and normalized, by a pure function that any process may run.

What goes in (a file and :class:`ReadOptions`) and what comes out (:class:`ReadReport`) can be
pickled. Nothing else counts: no output folder, no clock, no other report.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from styrmatt import __version__
from styrmatt.errors import DefectError, StyrmattError
from styrmatt.export.store.manifest import Basis
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.files import ReportFile
from styrmatt.inputs import Sidecar
from styrmatt.layout import Layout
from styrmatt.layout_files import parse_layouts
from styrmatt.pipeline.cache.fingerprint import canonical, code_hash, digest, layouts_hash
from styrmatt.pipeline.cache.page_cache import PageCache
from styrmatt.pipeline.cache.provenance import clock_time
from styrmatt.pipeline.memory import give_back
from styrmatt.printed import ExtractedReport
from styrmatt.records import Document, Extract

_OBJECTS: Final = 50_000
"""New objects from which on Python looks for garbage among them, while it works on a report."""
Progress = Callable[[int, int], None]
"""Called with the number of pages done and of pages to do."""


def unseen(done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a report's rows depend on besides its bytes and its name."""

    own_layouts: tuple[tuple[str, str], ...] = ()
    """Name and text of the user's own layout files."""
    layout: str | None = None
    pages: tuple[int, ...] | None = None
    identity: Mapping[str, str] = field(default_factory=dict)
    """What sidecar and options say, by the keys of ``ExtractedReport.identity``."""
    password: str | None = field(default=None, repr=False)
    engine: EngineName = DEFAULT_ENGINE
    kept: PageCache | None = field(default=None, repr=False, compare=False)
    """Where its pages may be, from an earlier run. No row depends on it."""

    def with_sidecar(self, sidecar: Sidecar) -> ReadOptions:
        """These options with what the sidecar says where they say nothing themselves."""
        identity = sidecar.identity() | dict(self.identity)
        return replace(self, layout=self.layout or sidecar.layout, identity=identity)

    def layouts(self) -> tuple[Layout, ...]:
        """The layouts to choose from. Raises LayoutFileError."""
        return parse_layouts(self.own_layouts)

    def vocabulary(self, layout: str) -> str:
        """The vocabulary of the layout with this name; of the first one if there is none."""
        vocabularies = {one.name: one.vocabulary for one in self.layouts()}
        return vocabularies.get(layout, next(iter(vocabularies.values())))

    def layout_hash(self, name: str) -> str | None:
        """Hash of the layout with this name, if it is one to choose from."""
        return _layout_hashes(self.own_layouts).get(name)

    def basis(self) -> Basis:
        """What is written down of them, with the code that ran, to tell whether a result holds."""
        asked: dict[str, Any] = dict(sorted(self.identity.items()))
        if self.layout is not None:
            asked["layout"] = self.layout
        if self.pages is not None:
            asked["pages"] = list(self.pages)
        if self.engine != DEFAULT_ENGINE:
            asked["engine"] = self.engine
        return Basis(code_hash(), _layouts_hash(self.own_layouts), asked)

    def key(self, name: str, sha256: str) -> str:
        """Name of the result for a source: equal only where the rows would be."""
        return digest(canonical([name, sha256, __version__, self.basis()]))


@dataclass(frozen=True, slots=True)
class ReadReport:
    """The rows of one report, and when and how long it was read; the rows do not know it."""

    extract: Extract
    seconds: Mapping[str, float]
    started_at: str = ""
    pages_kept: bool = False
    """Whether its pages had been read by an earlier run."""

    @property
    def document(self) -> Document:
        """What to know of the report as a whole."""
        return self.extract.document


@lru_cache(maxsize=8)
def _layouts_hash(own: tuple[tuple[str, str], ...]) -> str:
    return layouts_hash(parse_layouts(own))


@lru_cache(maxsize=8)
def _layout_hashes(own: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {layout.name: layouts_hash([layout]) for layout in parse_layouts(own)}


@dataclass(slots=True)
class ReadPages:
    """What stands on a report's pages, before records are made of it, and how long that took."""

    layout: Layout
    """The one that fits."""
    printed: list[ExtractedReport]
    """The report, until it is taken out: of a long one nobody is to hold more than he needs."""
    seconds: float
    started_at: str
    kept: bool = False
    """Whether they had been read by an earlier run."""


def read_one(path: ReportFile, options: ReadOptions, progress: Progress = unseen) -> ReadReport:
    """Read and normalize one report.

    Raises a StyrmattError; a defect of styrmatt is a DefectError with its cause.
    """
    return make_records(path, read_pages(path, options, progress), options)


@contextmanager
def defects_told(path: ReportFile) -> Iterator[None]:
    """Whatever goes wrong with a report is a StyrmattError outside of this."""
    try:
        yield
    except StyrmattError:
        raise
    except Exception as error:
        raise DefectError(
            f"{path.name} met a defect of styrmatt ({type(error).__name__}: {error}).",
            hint="Please report it with what --debug prints.",
        ) from error


@contextmanager
def garbage_left() -> Iterator[None]:
    """Let Python look for garbage less often: a report leaves little that counting does not find.

    Each time it goes through all that the libraries have loaded, too.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(_OBJECTS, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@garbage_left()
def read_pages(path: ReportFile, options: ReadOptions, progress: Progress = unseen) -> ReadPages:
    """The first half of :func:`read_one`: the pages. Raises what that raises."""
    from styrmatt.extract.read import read_report

    known = kept_pages(path, options)
    if known is not None:
        count = len(known.printed[0].source.pages_read)
        progress(count, count)
        return known
    started_at, started = clock_time(), time.perf_counter()
    layouts = options.layouts()
    with defects_told(path):
        layout, printed = read_report(
            path,
            layouts,
            layout_name=options.layout,
            pages=options.pages,
            engine=options.engine,
            password=options.password,
            progress=progress,
        )
        if options.kept is not None:
            options.kept.put(layout, printed, layouts, _asked(options))
    give_back()
    return ReadPages(layout, [printed], time.perf_counter() - started, started_at)


def kept_pages(path: ReportFile, options: ReadOptions) -> ReadPages | None:
    """The pages as an earlier run has read them; None where they have to be read."""
    if options.kept is None:
        return None
    started_at, started = clock_time(), time.perf_counter()
    found = options.kept.get(path.name, options.layouts(), _asked(options))
    if found is None:
        return None
    layout, printed = found
    return ReadPages(layout, [printed], time.perf_counter() - started, started_at, kept=True)


def _asked(options: ReadOptions) -> Mapping[str, Any]:
    return {"layout_name": options.layout, "pages": options.pages, "engine": options.engine}


@garbage_left()
def make_records(path: ReportFile, pages: ReadPages, options: ReadOptions) -> ReadReport:
    """The second half of :func:`read_one`: what the pages say. Raises what that raises.

    The report is taken out of ``pages``.
    """
    with defects_told(path):
        from styrmatt.normalize.normalize import normalize

        started = time.perf_counter()
        extract = normalize(pages.printed.pop(), pages.layout, options.identity, __version__)
    seconds = {"read": pages.seconds, "normalize": time.perf_counter() - started}
    return ReadReport(extract, seconds, pages.started_at, pages.kept)


def leaves_pages_out(extract: Extract, pages: tuple[int, ...] | None) -> bool:
    """Whether pages were asked for that are not all. A whole run may meet empty pages, too."""
    count = extract.document.page_count
    return pages is not None and not set(pages).issuperset(range(1, count + 1))
