"""What became of each report of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt.errors import StyrmattError
from styrmatt.records import DATASETS, SEVERITIES, Document, Extract, Issue
from styrmatt.urls import Url

if TYPE_CHECKING:
    from styrmatt.export.store.up_to_date import StoredReport


@dataclass(frozen=True, slots=True)
class Result:
    """A report that stands in the output: how much there is of it, seconds by phase."""

    path: Path | Url
    document: Document
    rows: Mapping[str, int]
    """Number of rows by dataset."""
    issues: Mapping[tuple[str, str], int]
    """Number of issues by severity and kind, the worst first."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    unchanged: bool = False
    """Whether it stood there already, made from the same source on the same basis."""
    pages_kept: bool = False
    """Whether its pages had been read by an earlier run, and only their rows were made anew."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A report of which nothing was written, and why."""

    path: Path | Url
    error: StyrmattError


Outcome = Result | Failure


def result_of(
    path: Path | Url, extract: Extract, seconds: Mapping[str, float], *, pages_kept: bool
) -> Result:
    """The result of a report that was written with these rows."""
    rows = {name: len(extract.rows(name)) for name in DATASETS}
    issues = _counted(extract.issues)
    return Result(path, extract.document, rows, issues, seconds, pages_kept=pages_kept)


def unchanged_result(path: Path | Url, stands: StoredReport) -> Result:
    """The result of a report that stood there already."""
    issues = _counted(stands.issues)
    return Result(path, stands.document, stands.rows, issues, unchanged=True)


def _counted(issues: Iterable[Issue]) -> dict[tuple[str, str], int]:
    counts = Counter((issue.severity, issue.kind) for issue in issues)
    worst_first = sorted(counts, key=lambda pair: (-SEVERITIES.index(pair[0]), pair[1]))
    return {pair: counts[pair] for pair in worst_first}
