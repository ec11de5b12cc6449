"""Phase 1 of a run: reads and normalizes one report; a pure function that any process may run.

What goes in (a file and :class:`ReadOptions`) and what comes out (:class:`ReadReport`) can be
pickled. The rows depend on nothing else: no output folder, no clock, no other report.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from styrmatt import __version__
from styrmatt.errors import BudgetError, DefectError, IdentityError, NoMeasuresError, StyrmattError
from styrmatt.export.store.manifest import DocumentBasis
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.extract.scanned_pages import Recogniser
from styrmatt.files import ReportFile
from styrmatt.inputs import Sidecar
from styrmatt.layout import Layout
from styrmatt.layout_files import parse_layouts
from styrmatt.pipeline.cache.fingerprint import (
    canonical,
    code_hash,
    digest,
    layouts_hash,
    model_hash,
)
from styrmatt.pipeline.cache.page_cache import PageCache
from styrmatt.pipeline.cache.provenance import clock_time
from styrmatt.pipeline.memory import release_freed_memory
from styrmatt.pipeline.progress import OnPage, ignore_pages
from styrmatt.pipeline.recognise_scans import CachedRecogniser, checked_text
from styrmatt.pipeline.run_settings import OcrMode
from styrmatt.printed import ExtractedReport, Location
from styrmatt.records import Document, Extract
from styrmatt.swedish.rules.language_pipeline import not_applied
from styrmatt.swedish.rules.token_rules import OwnRules, load_rules
from styrmatt.whitespace import shown_name, single_spaced

_GC_THRESHOLD: Final = 200_000
"""New objects after which Python's cycle collector runs while a report is worked on. Python's own
number (700, in newer versions 2000) starts it all the time, now and then over everything that the
libraries have loaded, and it finds almost nothing. Without any limit the few cyclic references
would add up in a long run."""
_SHOWN_TABLES: Final = 8
"""Tables that the error about a report without measures names; long reports have dozens."""
_SHOWN_ROW: Final = 120
"""Characters of each one's first row: enough for the headers of eight columns."""
_LOOK_AT_TABLES: Final = (
    "If one of its tables holds measures, add a layout with its headers by --layouts DIR, or name "
    "another layout by --layout."
)
_LAYOUT_SETS: Final = 8
"""Sets of user layouts whose hashes a process remembers. A run has one; tests have a few."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a report's rows depend on besides its bytes and its name."""

    user_layouts: tuple[tuple[str, str], ...] = ()
    """Name and text of the user's own layout files."""
    user_rules: OwnRules = ()
    """Name and text of the user's own rule files for results in words."""
    spacy_model: str | None = None
    """The spaCy pipeline to read text with; None for the layout's, or the built-in one."""
    layout: str | None = None
    """The layout to use; None for the one that fits best."""
    pages: tuple[int, ...] | None = None
    """The pages to read, from 1; None for all."""
    identity: Mapping[str, str] = field(default_factory=dict)
    """What sidecar and options say, by the keys of ``ExtractedReport.identity``."""
    password: str | None = field(default=None, repr=False)
    engine: EngineName = DEFAULT_ENGINE
    ocr: OcrMode = "auto"
    """Whether scanned pages are recognised, and whether others are, too."""
    check_text: bool = False
    """Whether figures of tables are compared with how they look."""
    scan_cache: Path | None = field(default=None, repr=False, compare=False)
    """The output root below which recognised scans are kept. No row depends on it."""
    page_cache: PageCache | None = field(default=None, repr=False, compare=False)
    """Where its pages may be from an earlier run. No row depends on it."""

    def with_sidecar(self, sidecar: Sidecar) -> ReadOptions:
        """These options, completed by what the sidecar says where they say nothing."""
        identity = sidecar.identity() | dict(self.identity)
        return replace(self, layout=self.layout or sidecar.layout, identity=identity)

    def layouts(self) -> tuple[Layout, ...]:
        """The layouts to choose from. Raises LayoutFileError."""
        return _layouts(self.user_layouts, self.spacy_model)

    def rules_not_applied(self) -> str | None:
        """A sentence about rules of the user's that need a trained pipeline, where there is none.

        Raises LayoutFileError where a rule file is wrong.
        """
        if not self.user_rules:
            return None
        layouts = [one for one in self.layouts() if self.layout in (None, one.name)]
        without = sorted({one.vocabulary for one in layouts if one.language_pipeline is None})
        rules = (rule for name in without for rule in load_rules(name, self.user_rules))
        return not_applied(rules)

    def vocabulary(self, layout: str) -> str:
        """The vocabulary of the layout with this name; of the first one if there is none."""
        vocabularies = {one.name: one.vocabulary for one in self.layouts()}
        return vocabularies.get(layout, next(iter(vocabularies.values())))

    def layout_hash(self, name: str) -> str | None:
        """SHA-256 of the layout with this name; None where there is no such layout."""
        return _layout_hashes(self.user_layouts).get(name)

    def basis(self) -> DocumentBasis:
        """What the manifest records of them and of the code that ran.

        Rows written on an equal basis from the same file need not be read again.
        """
        recorded: dict[str, Any] = dict(sorted(self.identity.items()))
        if self.layout is not None:
            recorded["layout"] = self.layout
        if self.pages is not None:
            recorded["pages"] = list(self.pages)
        if self.engine != DEFAULT_ENGINE:
            recorded["engine"] = self.engine
        if self.ocr != "auto":
            recorded["ocr"] = self.ocr
        if self.check_text:
            recorded["check_text"] = True
        if self.user_rules:
            recorded["rules"] = _rules_hash(self.user_rules)
        if self.spacy_model is not None:
            recorded["spacy_model"] = self.spacy_model
        if models := sorted(filter(None, {one.language_pipeline for one in self.layouts()})):
            recorded["spacy_models"] = {name: model_hash(name) for name in models}
        return DocumentBasis(code_hash(), _layouts_hash(self.user_layouts), recorded)

    def key(self, name: str, sha256: str) -> str:
        """Key of the result of reading a source; two are equal only where the rows would be."""
        return digest(canonical([name, sha256, __version__, self.basis()]))


@dataclass(frozen=True, slots=True)
class ReadReport:
    """The rows of one report, and when and how long it was read; the rows hold no time."""

    extract: Extract
    seconds: Mapping[str, float]
    """Seconds by stage: ``read`` and ``normalize``."""
    started_at: str = ""
    """When reading began, in UTC: ``2024-03-01T08:00:00Z``."""
    pages_from_cache: bool = False
    """Whether an earlier run had read its pages."""

    @property
    def document(self) -> Document:
        """The report's row in the dataset documents."""
        return self.extract.document


@lru_cache(maxsize=_LAYOUT_SETS)
def _layouts(user_layouts: tuple[tuple[str, str], ...], model: str | None) -> tuple[Layout, ...]:
    """The layouts, each with the pipeline that the user names instead of its own."""
    layouts = parse_layouts(user_layouts)
    if model is None:
        return layouts
    return tuple(replace(layout, language_pipeline=model) for layout in layouts)


@lru_cache(maxsize=_LAYOUT_SETS)
def _rules_hash(user_rules: OwnRules) -> str:
    return digest(*(text.encode() for _, text in user_rules))


@lru_cache(maxsize=_LAYOUT_SETS)
def _layouts_hash(user_layouts: tuple[tuple[str, str], ...]) -> str:
    return layouts_hash(parse_layouts(user_layouts))


@lru_cache(maxsize=_LAYOUT_SETS)
def _layout_hashes(user_layouts: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {layout.name: layouts_hash([layout]) for layout in parse_layouts(user_layouts)}


@dataclass(slots=True)
class ReadPages:
    """What was read on a report's pages, before records are made of it."""

    layout: Layout
    """The one that fits."""
    extracted: ExtractedReport | None
    """The report; None once :meth:`take` has been called."""
    seconds: float
    """How long reading took."""
    started_at: str
    from_cache: bool = False
    """Whether an earlier run had read them."""

    def take(self) -> ExtractedReport:
        """The report, which this object lets go of, so that a long one can be freed early."""
        extracted, self.extracted = self.extracted, None
        if extracted is None:
            raise ValueError("the report was taken before")
        return extracted


def read_one(path: ReportFile, options: ReadOptions, on_page: OnPage = ignore_pages) -> ReadReport:
    """Read and normalize one report.

    Raises a StyrmattError; a defect of styrmatt is a DefectError with its cause.
    """
    return make_records(path, read_pages(path, options, on_page), options)


@contextmanager
def defects_as_errors(path: ReportFile) -> Iterator[None]:
    """Turn any exception that is not a StyrmattError into a DefectError about this report."""
    try:
        yield
    except StyrmattError:
        raise
    except MemoryError as error:
        raise BudgetError(shown_name(path.name), "the memory that there is") from error
    except Exception as error:
        raise DefectError(
            f"{path.name} could not be read because of a defect in styrmatt "
            f"({type(error).__name__}: {error}).",
            hint="Please report it with what --debug prints.",
        ) from error


@contextmanager
def infrequent_garbage_collection() -> Iterator[None]:
    """Run Python's cycle collector less often: reference counting frees almost everything.

    Leaves a collector alone that was turned off or set to run even less often.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(_GC_THRESHOLD, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@infrequent_garbage_collection()
def read_pages(path: ReportFile, options: ReadOptions, on_page: OnPage = ignore_pages) -> ReadPages:
    """The first half of :func:`read_one`: the pages. Raises what that raises."""
    from styrmatt.extract.read import read_report

    cached = cached_pages(path, options)
    if cached is not None and cached.extracted is not None:
        count = len(cached.extracted.source.pages_read)
        on_page(count, count)
        return cached
    started_at, started = clock_time(), time.perf_counter()
    layouts = options.layouts()
    with defects_as_errors(path):
        layout, extracted = read_report(
            path,
            layouts,
            layout_name=options.layout,
            pages=options.pages,
            engine=options.engine,
            password=options.password,
            progress=on_page,
            recogniser=_recogniser(path, options, on_page),
        )
        if options.check_text:
            extracted = checked_text(path, extracted, options.password)
        by_tools = options.check_text or extracted.source.pages_recognised
        if options.page_cache is not None and not by_tools:  # whose versions it does not know
            options.page_cache.put(layout, extracted, layouts, _page_options(options))
    release_freed_memory()
    return ReadPages(layout, extracted, time.perf_counter() - started, started_at)


def _recogniser(path: ReportFile, options: ReadOptions, on_page: OnPage) -> Recogniser | None:
    """What recognises the report's scans; None where they are not to be."""
    if options.ocr == "never":
        return None
    return CachedRecogniser(
        path,
        force=options.ocr == "always",
        root=options.scan_cache,
        refresh=options.page_cache is not None and options.page_cache.refresh,
        on_page=on_page,
    )


def cached_pages(path: ReportFile, options: ReadOptions) -> ReadPages | None:
    """The pages as an earlier run read them; None where they have to be read."""
    if options.page_cache is None:
        return None
    started_at, started = clock_time(), time.perf_counter()
    found = options.page_cache.get(shown_name(path.name), options.layouts(), _page_options(options))
    if found is None:
        return None
    layout, extracted = found
    seconds = time.perf_counter() - started
    return ReadPages(layout, extracted, seconds, started_at, from_cache=True)


def _page_options(options: ReadOptions) -> Mapping[str, Any]:
    """The options that the reading of pages depends on."""
    given: dict[str, Any] = {
        "layout_name": options.layout,
        "pages": options.pages,
        "engine": options.engine,
    }
    if options.ocr != "auto":
        given["ocr"] = options.ocr
    if options.check_text:
        given["check_text"] = True
    return given


@infrequent_garbage_collection()
def make_records(path: ReportFile, pages: ReadPages, options: ReadOptions) -> ReadReport:
    """The second half of :func:`read_one`: the records. Raises what that raises.

    Takes the report out of ``pages``.
    """
    with defects_as_errors(path):
        from styrmatt.normalize.normalize import normalize

        started = time.perf_counter()
        seen = () if pages.extracted is None else pages.extracted.seen_tables
        has_rows = pages.extracted is None or bool(pages.extracted.rows)
        try:
            extract = normalize(
                pages.take(), pages.layout, options.identity, __version__, options.user_rules
            )
        except IdentityError:
            if has_rows:
                raise
            raise _no_measures(path.name, pages.layout, seen, options) from None
        if not extract.records:
            raise _no_measures(path.name, pages.layout, seen, options)
    seconds = {"read": pages.seconds, "normalize": time.perf_counter() - started}
    return ReadReport(extract, seconds, pages.started_at, pages.from_cache)


def _no_measures(
    name: str, layout: Layout, seen_tables: Iterable[tuple[str, Location]], options: ReadOptions
) -> NoMeasuresError:
    """The error about a report without a measure, with the tables that it has."""
    where = name if options.pages is None else f"the pages of {name} that were read"
    message = f"No measure was found in {where}, which was read by the layout {layout.name}."
    pages: dict[str, dict[int, None]] = {}
    for row, place in seen_tables:
        pages.setdefault(single_spaced(row)[:_SHOWN_ROW], {})[place.page] = None
    seen = [f"{row} (page {', '.join(map(str, on))})" for row, on in pages.items()]
    more = f"; and {len(seen) - _SHOWN_TABLES} more" if len(seen) > _SHOWN_TABLES else ""
    if seen:
        message += f" Its tables begin with: {'; '.join(seen[:_SHOWN_TABLES])}{more}."
    else:
        message += " No table was seen."
    return NoMeasuresError(message, hint=_LOOK_AT_TABLES)


def omits_pages(extract: Extract, pages: tuple[int, ...] | None) -> bool:
    """Whether the pages asked for are not all of the report's.

    ``pages_read`` would not tell: reading all pages leaves out empty ones.
    """
    count = extract.document.page_count
    return pages is not None and not set(pages).issuperset(range(1, count + 1))
