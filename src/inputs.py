"""Finds the reports that a run reads, and reads the TOML files beside them (sidecars)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath, PurePosixPath
from typing import Literal

from styrmatt.errors import UsageError
from styrmatt.files import SUFFIXES, Fetched
from styrmatt.toml_records import build_record, read_toml
from styrmatt.urls import Url


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What ``REPORT.toml`` says about the ``REPORT.pdf`` beside it; every key is optional."""

    year: int | None = None
    organisation: str | None = None
    body: str | None = None
    board: str | None = None
    document_number: str | None = None
    kind: Literal["annual", "interim"] | None = None
    period_start: date | None = None
    period_end: date | None = None
    layout: str | None = None

    def identity(self) -> dict[str, str]:
        """What it says of a report's identity, by the keys of ``ExtractedReport.identity``."""
        given = {
            "fiscal_year": None if self.year is None else str(self.year),
            "organisation": self.organisation,
            "body": self.body,
            "board_code": self.board,
            "doc_number": self.document_number,
            "report_kind": self.kind,
            "period_start": None if self.period_start is None else str(self.period_start),
            "period_end": None if self.period_end is None else str(self.period_end),
        }
        return {key: value for key, value in given.items() if value is not None}


def read_sidecar(report: Path | Url) -> Sidecar:
    """The sidecar of a report; an empty one where there is none.

    Raises LayoutFileError, and what fetching it from a URL raises.
    """
    path: Path | Fetched | None
    if isinstance(report, Url):
        beside = report.sidecar()
        path = None if beside is None else beside.fetched()
    else:
        path = report.with_suffix(".toml")
        path = path if path.is_file() else None
    if path is None:
        return Sidecar()
    sidecar: Sidecar = build_record(Sidecar, read_toml(path), path.name)
    return sidecar


def find_reports(paths: Sequence[Path | Url]) -> tuple[Path | Url, ...]:
    """The files named and the reports in the folders named, each once, in a fixed order.

    Folders are searched recursively for PDF and text files; names with a leading dot are skipped.
    A URL names a folder unless it ends like a report's name. Raises UsageError where a path is
    missing or nothing is found, and what fetching from a URL raises.
    """
    found: dict[Path | Url, Path | Url] = {}
    for path in paths:
        for report in _reports_of(path):
            found.setdefault(report if isinstance(report, Url) else report.resolve(), report)
    if not found:
        names = ", ".join(str(path) for path in paths)
        raise UsageError(
            f"There is no report (*.pdf, *.txt) in {names}.",
            hint="Put reports there, or name others: styrmatt run REPORT.pdf.",
        )
    return tuple(found.values())


def _reports_of(path: Path | Url) -> Iterable[Path | Url]:
    """The report itself, or the reports in the folder."""
    if isinstance(path, Url):
        return _reports_below(path) if path.is_folder else (path,)
    if not path.exists():
        raise UsageError(
            f"There is no file or folder {path}.",
            hint="Name the reports: styrmatt run REPORT.pdf.",
        )
    return _reports_in(path) if path.is_dir() else (path,)


def _reports_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*"), key=_sort_key):
        if _is_report(path.relative_to(folder)) and path.is_file():
            yield path


def _reports_below(folder: Url) -> Iterator[Url]:
    found = {PurePosixPath(name): url for name, url in folder.files().items()}
    return (found[path] for path in sorted(found, key=_sort_key) if _is_report(path))


def _is_report(path: PurePath) -> bool:
    """Whether a file with this path in a folder is taken as a report."""
    hidden = any(part.startswith(".") for part in path.parts)
    return path.suffix.lower() in SUFFIXES and not hidden


def _sort_key(path: PurePath) -> tuple[str, str, str]:
    """By folder and name; of one report's files the PDF comes before the text."""
    return (str(path.parent), path.stem, path.suffix.lower())
