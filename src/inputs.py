"""Which reports a run reads, and what a small TOML file beside a report says about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from styrmatt.errors import UsageError
from styrmatt.layout import build, read_toml

SUFFIXES: Final = (".pdf", ".txt")
"""What is taken from a folder. Of one report's files the PDF, which says more, comes first."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What ``REPORT.toml`` says about the ``REPORT.pdf`` beside it. Every key is optional."""

    year: int | None = None
    organisation: str | None = None
    body: str | None = None
    board: str | None = None
    document_number: str | None = None
    layout: str | None = None

    def identity(self) -> dict[str, str]:
        """What it says about the report's identity, by the keys of ``Printed.identity``."""
        said = {
            "fiscal_year": None if self.year is None else str(self.year),
            "organisation": self.organisation,
            "body": self.body,
            "board_code": self.board,
            "doc_number": self.document_number,
        }
        return {key: value for key, value in said.items() if value is not None}


def read_sidecar(report: Path) -> Sidecar:
    """The sidecar of a report; an empty one where there is none. Raises LayoutFileError."""
    path = report.with_suffix(".toml")
    if not path.is_file():
        return Sidecar()
    sidecar: Sidecar = build(Sidecar, read_toml(path), path.name)
    return sidecar


def find_reports(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files named and the reports in the folders named, each once, in a fixed order.

    Folders are searched to the bottom for PDF and text files; names with a leading dot are
    skipped. Raises UsageError where a path is missing or nothing is found.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(
                f"There is no file or folder {path}.",
                hint="Name the reports: styrmatt run REPORT.pdf.",
            )
        for report in _reports_in(path) if path.is_dir() else (path,):
            found.setdefault(report.resolve(), report)
    if not found:
        names = ", ".join(str(path) for path in paths)
        raise UsageError(
            f"There is no report (*.pdf, *.txt) in {names}.",
            hint="Put the reports there, or name them: styrmatt run REPORT.pdf.",
        )
    return tuple(found.values())


def _reports_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*"), key=_order):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in SUFFIXES and path.is_file() and not hidden:
            yield path


def _order(path: Path) -> tuple[str, str, str]:
    return (str(path.parent), path.stem, path.suffix.lower())
