"""Reads a report and collects what was read on one of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt import __version__
from styrmatt.errors import OutputError, StyrmattError, UsageError
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.inputs import read_sidecar
from styrmatt.layout import Layout
from styrmatt.layout_files import own_layouts
from styrmatt.pipeline.cache.page_cache import page_cache_of
from styrmatt.pipeline.progress import Doing, OnMessage, OnPage, ignore_message, ignore_pages
from styrmatt.pipeline.read_report import ReadOptions, cached_pages, read_pages
from styrmatt.pipeline.workers.prefetch import file_hash
from styrmatt.printed import ExtractedReport
from styrmatt.swedish.rules.token_rules import OwnRules, own_rules

if TYPE_CHECKING:
    from PIL.Image import Image

    from styrmatt.export.store.manifest import DocumentBasis
    from styrmatt.extract.inspect.page_items import PageItem


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was read on one page of a report."""

    path: Path
    page: int
    page_count: int
    layout: str
    """The name of the layout that fitted."""
    items: tuple[PageItem, ...]

    @property
    def title(self) -> str:
        """The report, the page and the layout that fitted."""
        return f"{self.path.name}, page {self.page} of {self.page_count}, layout {self.layout}"


def inspect_page(
    path: Path,
    page: int,
    *,
    picture: Path | None = None,
    layouts: Path | None = None,
    layout: str | None = None,
    rules: tuple[Path, ...] = (),
    spacy_model: str | None = None,
    password: str | None = None,
    engine: EngineName = DEFAULT_ENGINE,
    data: Path | None = None,
    on_page: OnPage = ignore_pages,
) -> Inspection:
    """What was read on a page of a report, which is read as a whole; drawn to ``picture`` if given.

    ``data`` is a folder that a run has written: what it read of this file's pages is not read
    again, as long as nothing has changed that reading depends on.
    Raises a StyrmattError: the report cannot be read, has no such page, or cannot be drawn.
    """
    from styrmatt.extract.inspect.page_items import items_on_page

    if picture is not None:
        check_picture(path, picture)
    sidecar = read_sidecar(path)
    sha256, _ = file_hash(path)
    options = ReadOptions(
        user_layouts=own_layouts(layouts),
        user_rules=own_rules(rules),
        spacy_model=spacy_model,
        layout=layout,
        password=password,
        engine=engine,
        page_cache=None if data is None else page_cache_of(data, sha256, refresh=False),
    ).with_sidecar(sidecar)

    def on_page_checked(done: int, total: int, doing: Doing = "page", /) -> None:
        if doing == "page":  # of the pages that are recognised, the total is another
            _check_page(path, page, total)
        on_page(done, total, doing)

    pages = cached_pages(path, options) or read_pages(
        path, replace(options, page_cache=None), on_page_checked
    )
    extracted = pages.take()
    page_count = extracted.source.page_count
    _check_page(path, page, page_count)
    notes = _kept_issues(data, sha256, page, options) if pages.from_cache and data else None
    if notes is None:
        notes = _issues_on(extracted, page, pages.layout, sidecar.identity(), options.user_rules)
    items = items_on_page(extracted, page, notes)
    inspection = Inspection(path, page, page_count, pages.layout.name, items)
    if picture is not None:
        _draw(inspection, picture, password)
    return inspection


def inspect_narrative(
    path: Path,
    page: int,
    drawing: Path,
    *,
    layouts: Path | None = None,
    layout: str | None = None,
    rules: tuple[Path, ...] = (),
    spacy_model: str | None = None,
    password: str | None = None,
    engine: EngineName = DEFAULT_ENGINE,
    on_page: OnPage = ignore_pages,
    on_message: OnMessage = ignore_message,
) -> int:
    """Write the sentences that begin on a page, with what rules find in them, as an HTML page.

    The report is read as a whole. Returns how many paragraphs of running text begin on the page.
    Raises a StyrmattError: the report cannot be read, has no such page, or the file cannot be
    written.
    """
    from styrmatt.normalize.normalize import normalize
    from styrmatt.swedish.rules.draw_spans import draw_spans
    from styrmatt.swedish.rules.spans import narrative_pipeline

    _check_file(drawing, ".html", "The sentences are drawn as a page for a browser")
    sidecar = read_sidecar(path)
    options = ReadOptions(
        user_layouts=own_layouts(layouts),
        user_rules=own_rules(rules),
        spacy_model=spacy_model,
        layout=layout,
        password=password,
        engine=engine,
    ).with_sidecar(sidecar)
    pages = read_pages(path, options, on_page)
    extracted = pages.take()
    _check_page(path, page, extracted.source.page_count)
    pipeline = narrative_pipeline(
        pages.layout.vocabulary, pages.layout.language_pipeline, options.user_rules
    )
    if pipeline.not_applied is not None:
        on_message(pipeline.not_applied)
    found = normalize(extracted, pages.layout, sidecar.identity(), __version__, options.user_rules)
    paragraphs = [
        text
        for narrative in found.narratives
        for text, begins in zip(
            (narrative.text or "").split("\n\n"), narrative.paragraph_pages, strict=False
        )
        if begins == page
    ]
    html = draw_spans(pipeline, f"{path.name}, page {page}", paragraphs)
    with _writing(drawing):
        drawing.write_text(html, encoding="utf-8")
    return len(paragraphs)


def _kept_issues(data: Path, sha256: str, page: int, options: ReadOptions) -> list[PageItem] | None:
    """The issues of a page that a run has written; None where a run would now write others."""
    from styrmatt.export.parquet.rows import read_rows
    from styrmatt.export.store.files import file_path
    from styrmatt.export.store.manifest_file import read_manifest
    from styrmatt.extract.inspect.page_items import note_item

    basis = options.basis()
    for entry in read_manifest(data):
        if entry.source_sha256 != sha256 or entry.is_partial or entry.basis is None:
            continue
        if _same_reading(entry.basis, basis):
            file = data / file_path("issues", entry.fiscal_year, entry.document_id)
            return [
                note_item(issue.kind, issue.severity, issue.message, issue.bbox)
                for issue in read_rows(file, "issues")
                if issue.page == page
            ]
    return None


def _same_reading(written: DocumentBasis, now: DocumentBasis) -> bool:
    """Whether the same code, layouts and rules read a report."""
    return (
        written.code_sha256 == now.code_sha256
        and written.layouts_sha256 == now.layouts_sha256
        and all(
            written.options.get(key) == now.options.get(key) for key in ("rules", "spacy_models")
        )
    )


def check_picture(path: Path, picture: Path) -> None:
    """Raise a StyrmattError where a page of this report cannot be drawn to this file."""
    if path.suffix.casefold() != ".pdf":
        raise UsageError(
            f"{path.name} is not a PDF, so there is no page to draw on.",
            hint="Leave out -o to print what was read as a table.",
        )
    _check_file(picture, ".png", "The picture is a PNG")


def _check_file(file: Path, ending: str, what: str) -> None:
    """Raise a StyrmattError where a file of another ending is asked for, or in no folder."""
    if file.suffix.casefold() != ending:
        raise UsageError(f"{file} does not end in {ending}.", hint=f"{what}: give it that ending.")
    if not file.parent.is_dir():
        raise OutputError(
            f"There is no folder {file.parent}.", hint="Create it, or name another with -o."
        )


def _check_page(path: Path, page: int, page_count: int) -> None:
    if page > page_count:
        raise UsageError(
            f"{path.name} has {page_count} pages and no page {page}.",
            hint="The first page is 1, whatever number is printed on it.",
        )


def _issues_on(
    extracted: ExtractedReport,
    page: int,
    layout: Layout,
    identity: Mapping[str, str],
    rules: OwnRules,
) -> list[PageItem] | None:
    """The issues that a run would write for the page; None where a run would fail."""
    from styrmatt.extract.inspect.page_items import note_item
    from styrmatt.normalize.normalize import normalize

    try:
        issues = normalize(extracted, layout, identity, __version__, rules).issues
    except StyrmattError:
        return None
    return [
        note_item(issue.kind, issue.severity, issue.message, issue.bbox)
        for issue in issues
        if issue.page == page
    ]


def _draw(inspection: Inspection, picture: Path, password: str | None) -> None:
    from styrmatt.extract.inspect.draw import draw_page

    drawn = draw_page(
        inspection.path, inspection.page, inspection.items, inspection.title, password
    )
    save_picture(drawn, picture)


def save_picture(drawn: Image, picture: Path) -> None:
    """Write a picture as PNG. Raises OutputError."""
    with _writing(picture):
        drawn.save(picture, format="PNG")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn the failure to write a file that the user named into an OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}.", hint="Name another with -o."
        ) from error
