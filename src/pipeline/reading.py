"""Phase 1 of a run: one report read and normalized, by a pure function that any process may run.

What goes in (a file and :class:`ReadOptions`) and what comes out (:class:`ReadReport`) can be
pickled. Nothing else counts: no output folder, no clock, no other report.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from styrmatt import __version__
from styrmatt.errors import DefectError, StyrmattError
from styrmatt.export.manifest import Basis
from styrmatt.extract.engines import DEFAULT_ENGINE, EngineName
from styrmatt.files import ReportFile
from styrmatt.inputs import Sidecar
from styrmatt.layout import Layout, parse_layouts
from styrmatt.pipeline.fingerprint import canonical, code_hash, digest, layouts_hash
from styrmatt.pipeline.provenance import clock_time
from styrmatt.records import Document, Extract

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
    """What sidecar and options say, by the keys of ``Printed.identity``."""
    password: str | None = field(default=None, repr=False)
    engine: EngineName = DEFAULT_ENGINE

    def with_sidecar(self, sidecar: Sidecar) -> ReadOptions:
        """These options with what the sidecar says where they say nothing themselves."""
        identity = sidecar.identity() | dict(self.identity)
        return replace(self, layout=self.layout or sidecar.layout, identity=identity)

    def layouts(self) -> tuple[Layout, ...]:
        """The layouts to choose from. Raises LayoutFileError."""
        return parse_layouts(self.own_layouts)

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


def read_one(path: ReportFile, options: ReadOptions, progress: Progress = unseen) -> ReadReport:
    """Read and normalize one report.

    Raises a StyrmattError; a defect of styrmatt is a DefectError with its cause.
    """
    with defects_told(path):
        return _read(path, options, progress)


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


def _read(path: ReportFile, options: ReadOptions, progress: Progress) -> ReadReport:
    from styrmatt.extract.read import read_report
    from styrmatt.normalize.build import normalize

    started_at, started = clock_time(), time.perf_counter()
    layout, printed = read_report(
        path,
        options.layouts(),
        layout_name=options.layout,
        pages=options.pages,
        password=options.password,
        engine=options.engine,
        progress=progress,
    )
    read = time.perf_counter()
    extract = normalize(printed, layout, options.identity, __version__)
    seconds = {"read": read - started, "normalize": time.perf_counter() - read}
    return ReadReport(extract, seconds, started_at)


def leaves_pages_out(extract: Extract, pages: tuple[int, ...] | None) -> bool:
    """Whether pages were asked for that are not all. A whole run may meet empty pages, too."""
    count = extract.document.page_count
    return pages is not None and not set(pages).issuperset(range(1, count + 1))
