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
    """A report that is in the output, written by this run or unchanged since an earlier one."""

    path: Path | Url
    document: Document
    rows: Mapping[str, int]
    """Number of rows by dataset."""
    issues: Mapping[tuple[str, str], int]
    """Number of issues by severity and kind, the most severe first."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Seconds by stage: ``read``, ``normalize`` and ``write``; empty where it is unchanged."""
    unchanged: bool = False
    """Whether an earlier run wrote it from the same source on the same basis."""
    pages_from_cache: bool = False
    """Whether an earlier run had read its pages, and only its records were made anew."""
    copy_of: Path | Url | None = None
    """The file of the run whose bytes it has, too; then it is no further report."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A report of which nothing was written, and why."""

    path: Path | Url
    error: StyrmattError


Outcome = Result | Failure


def result_of(
    path: Path | Url, extract: Extract, seconds: Mapping[str, float], *, pages_from_cache: bool
) -> Result:
    """The result of a report that this run wrote."""
    rows = {name: len(extract.rows(name)) for name in DATASETS}
    issues = _count_issues(extract.issues)
    return Result(path, extract.document, rows, issues, seconds, pages_from_cache=pages_from_cache)


def unchanged_result(path: Path | Url, stored: StoredReport) -> Result:
    """The result of a report that an earlier run wrote."""
    issues = _count_issues(stored.issues)
    return Result(path, stored.document, stored.rows, issues, unchanged=True)


def _count_issues(issues: Iterable[Issue]) -> dict[tuple[str, str], int]:
    counts = Counter((issue.severity, issue.kind) for issue in issues)
    worst_first = sorted(counts, key=lambda pair: (-SEVERITIES.index(pair[0]), pair[1]))
    return {pair: counts[pair] for pair in worst_first}
