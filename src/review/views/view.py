"""What every view of the page is made of, for the server and for the site of plain files alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from styrmatt.review.decisions.corrections_store import CorrectionsStore
from styrmatt.review.extract_index import ExtractIndex, ReportSummary
from styrmatt.review.messages import Messages
from styrmatt.review.pictures.page_images import PageImages
from styrmatt.review.text_filter import TextFilter

Query = Mapping[str, str]
"""The part of an address behind the question mark."""


class NotFoundError(Exception):
    """There is no such report, row or series."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a view shows as rows, for CSV."""

    name: str
    """The file's name without its ending."""
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]
    """What is read for CSV alone comes when it is asked for, once."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A template and what it shows."""

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Workspace:
    """The extract that is shown, its pictures, and the file that decisions are written to."""

    root: Path
    index: ExtractIndex
    images: PageImages
    corrections: CorrectionsStore
    texts: TextFilter = field(default_factory=TextFilter)
    """What is known of the texts of files that were searched."""

    def report(self, document_id: str) -> ReportSummary:
        """A report. Raises NotFoundError."""
        try:
            return self.index.reports()[document_id]
        except KeyError:
            raise NotFoundError(document_id) from None


def report_name(report: ReportSummary, say: Messages) -> str:
    """A report by organisation, body and year."""
    body = f", {report.body}" if report.body else ""
    kind = "" if report.report_kind == "annual" else f" ({say.word('kind', report.report_kind)})"
    return f"{report.organisation}{body} {report.fiscal_year}{kind}"


def whole_number(text: str | None, otherwise: int | None = None) -> int | None:
    """The whole number above 0 that a text is; ``otherwise`` where it is none."""
    plain = (text or "").strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and 0 < len(plain) < 7 else otherwise
