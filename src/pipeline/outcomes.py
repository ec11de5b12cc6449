"""What became of each report of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from styrmatt.errors import StyrmattError
from styrmatt.records import DATASETS, SEVERITIES, Document, Extract


@dataclass(frozen=True, slots=True)
class Result:
    """A report that stands in the output: how much there is of it, seconds by phase."""

    path: Path
    document: Document
    rows: Mapping[str, int]
    """Number of rows by dataset."""
    issues: Mapping[tuple[str, str], int]
    """Number of issues by severity and kind, the worst first."""
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Failure:
    """A report of which nothing was written, and why."""

    path: Path
    error: StyrmattError


Outcome = Result | Failure


def result_of(path: Path, extract: Extract, seconds: Mapping[str, float]) -> Result:
    """The result of a report with these rows."""
    rows = {name: len(extract.rows(name)) for name in DATASETS}
    counts = Counter((issue.severity, issue.kind) for issue in extract.issues)
    worst_first = sorted(counts, key=lambda pair: (-SEVERITIES.index(pair[0]), pair[1]))
    issues = {pair: counts[pair] for pair in worst_first}
    return Result(path, extract.document, rows, issues, seconds)
