"""The page as plain files: read only, with relative links, for a disk or any web server."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Final

from styrmatt.export.formats.atomic_output import new_folder
from styrmatt.review.extract_index import ReportSummary
from styrmatt.review.messages import Messages, messages
from styrmatt.review.views.chart_drawings import THEMES
from styrmatt.review.views.charts import chart_svg
from styrmatt.review.views.compare_views import pairs
from styrmatt.review.views.view import NotFoundError, PageView, Workspace
from styrmatt.review.web.addresses import FileAddresses, file_of
from styrmatt.review.web.install import require_charts
from styrmatt.review.web.render import Frame, as_csv, as_html
from styrmatt.review.web.routes import VIEWS

_ALL: Final = sys.maxsize
"""Rows of a list at a time: a file has no next part."""
_WIDTH: Final = 1200
"""Pixels of a page's picture: print of six points can be read, and 74 pages take some megabytes."""
_CONTENTS: Final = "site.json"
"""Lists the files of a site, so that a later export may replace them and nothing else."""
_STATIC: Final = ("style.css", "review.js", "icon.svg")


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """What was written."""

    folder: Path
    reports: int
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class _File:
    """A view and the file that it goes to."""

    name: str
    about: tuple[str, ...]
    query: dict[str, str]
    view: PageView

    def path(self, *, csv: bool = False) -> str:
        return file_of(self.name, *self.about, page=self.query.get("page"), csv=csv)


def write_site(workspace: Workspace, folder: Path, language: str, *, force: bool) -> WrittenSite:
    """Write the site; an earlier one there is replaced with ``force``, and stays if this fails.

    Raises OutputError, and UsageError where the libraries of charts are missing.
    """
    require_charts()
    say = messages(language)
    with new_folder(folder, _contents(folder), force=force) as draft:
        written: list[str] = []
        for file in _files(workspace, say):
            written += _write_view(draft, file, say)
        for report in workspace.index.reports().values():
            written += _write_pictures(draft, workspace, report)
        written += _write_charts(draft, workspace, say)
        written += _write_static(draft)
        names = sorted({*written, _CONTENTS})
        (draft / _CONTENTS).write_text(json.dumps(names, indent=0), encoding="utf-8")
        size = sum((draft / name).stat().st_size for name in names)
    return WrittenSite(folder, len(workspace.index.reports()), len(names), size)


def _contents(folder: Path) -> set[str]:
    """The files and folders of an earlier site."""
    try:
        names = json.loads((folder / _CONTENTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    if not isinstance(names, list):
        return set()
    paths = [PurePosixPath(str(name)) for name in names]
    return {str(p) for path in paths for p in (path, *path.parents) if str(p) != "."}


def _files(workspace: Workspace, say: Messages) -> Iterator[_File]:
    def made(name: str, *about: str, **query: str) -> _File:
        extra = {"at_a_time": _ALL} if name in ("start", "measures", "findings") else {}
        view = VIEWS[name].make(workspace, *about, query, say, **extra)
        return _File(name, about, query, view)

    for name in ("start", "measures", "shares", "sexes", "findings", "diff"):
        yield made(name)
    for report in workspace.index.reports().values():
        id = report.document_id
        yield made("report", id)
        for page in range(1, report.page_count + 1):
            yield made("report", id, page=str(page), only="1")
        for name in ("shares", "sexes"):
            yield made(name, id)
    for left, right in pairs(workspace):
        yield made("diff", left.document_id, right.document_id)
    for series_id in _series_ids(workspace, say):
        yield made("series", series_id)


def _series_ids(workspace: Workspace, say: Messages) -> list[str]:
    """The series that a report of the site has a part in."""
    view = VIEWS["measures"].make(workspace, {}, say, at_a_time=_ALL)
    return [row["series_id"] for row in view.values["series"]]


def _write_view(draft: Path, file: _File, say: Messages) -> Sequence[str]:
    path = file.path()
    rest = {key: value for key, value in file.query.items() if key == "page"}
    frame = Frame(say, FileAddresses(path.count("/")), file.name, file.about, rest)
    _put(draft, path, as_html(file.view, frame).encode())
    if file.view.table is None:
        return [path]
    _put(draft, file.path(csv=True), as_csv(file.view.table))
    return [path, file.path(csv=True)]


def _write_pictures(draft: Path, workspace: Workspace, report: ReportSummary) -> Iterator[str]:
    for page in range(1, report.page_count + 1):
        picture = workspace.images.picture(report, page, _WIDTH, "webp")
        if picture is not None:
            path = file_of("image", report.document_id, page)
            _put(draft, path, picture)
            yield path


def _write_charts(draft: Path, workspace: Workspace, say: Messages) -> Iterator[str]:
    reports = workspace.index.reports()
    wanted: list[tuple[str, str]] = [
        (kind, report.document_id) for report in reports.values() for kind in ("shares", "sexes")
    ]
    view = VIEWS["measures"].make(workspace, {}, say, at_a_time=_ALL)
    kinds = {"measure": "series", "goal": "goal"}
    for row in view.values["series"]:
        found = VIEWS["series"].make(workspace, row["series_id"], {}, say).values
        wanted.append((kinds[row["kind"]], ",".join((row["series_id"], *found["joined"]))))
    for kind, about in wanted:
        for theme in THEMES:
            try:
                svg = chart_svg(workspace, kind, about, theme, say)
            except NotFoundError:  # it has nothing to draw, and its page shows no chart
                break
            path = file_of("chart", kind, about, theme)
            _put(draft, path, svg.encode())
            yield path


def _write_static(draft: Path) -> Iterator[str]:
    folder = resources.files("styrmatt") / "review" / "static"
    for name in _STATIC:
        path = file_of("static", name)
        _put(draft, path, (folder / name).read_bytes())
        yield path


def _put(draft: Path, path: str, content: bytes) -> None:
    target = draft / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
