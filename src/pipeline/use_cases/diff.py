"""Finds the two sides of a comparison, reads and compares them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from styrmatt.differences import Diff
from styrmatt.errors import UsageError
from styrmatt.records import Document
from styrmatt.whitespace import squeeze

WHOLE_ORGANISATION: Final = "-"
"""Given as the body, it stands for the report of the whole organisation."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences of one pair of extracts or, of two roots, of each report in both."""

    diffs: tuple[Diff, ...]
    left_only: tuple[str, ...] = ()
    """Ids of the documents that only the first of two roots has."""
    right_only: tuple[str, ...] = ()
    """Ids of the documents that only the second of two roots has."""

    @property
    def differs(self) -> bool:
        """Whether there is any difference in the data."""
        return bool(self.left_only or self.right_only or any(d.changes for d in self.diffs))

    def only(self, kinds: frozenset[str]) -> Comparison:
        """The comparison with differences of these kinds only; with all where no kind is given."""
        if not kinds:
            return self
        return Comparison(tuple(diff.of_kinds(kinds) for diff in self.diffs))


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Selects the reports of an organisation and a body; None for any."""

    organisation: str | None = None
    body: str | None = None

    def matches(self, document: Document) -> bool:
        """Whether a document is of this organisation and body."""
        return self._is_organisation(document) and self._is_body(document)

    def _is_organisation(self, document: Document) -> bool:
        if self.organisation is None:
            return True
        wanted = squeeze(self.organisation)
        return wanted in squeeze(document.organisation) or wanted == document.organisation_code

    def _is_body(self, document: Document) -> bool:
        if self.body is None:
            return True
        if self.body == WHOLE_ORGANISATION:
            return document.body is None
        wanted = squeeze(self.body)
        codes = [squeeze(code) for code in document.boards_covered]
        return document.body is not None and (wanted in squeeze(document.body) or [wanted] == codes)


def compare(left: str, right: str, *, data: Path, reports: ReportFilter) -> Comparison:
    """Compare two years, documents or extract roots.

    A year or document is looked for below ``data``. Raises UsageError where there is none or it is
    ambiguous, and OutputError where an extract cannot be read.
    """
    roots = [_root(text) for text in (left, right)]
    if roots[0] is not None and roots[1] is not None:
        return _compare_roots(roots[0], roots[1], reports)
    for text, root in zip((left, right), roots, strict=True):
        if root is not None:
            raise UsageError(
                f"{text} is a folder, and the other is not.",
                hint="Name two folders, or two years or documents with --data FOLDER.",
            )
    before, after = _two_documents(left, right, data, reports)
    return Comparison((_diff(data, before, data, after),))


def _root(text: str) -> Path | None:
    """The folder that a text names; None for a year or a document."""
    if re.fullmatch(r"\d{4}", text):
        return None
    path = Path(text)
    return path if path.is_dir() or "/" in text or "\\" in text else None


def _diff(left_root: Path, left: Document, right_root: Path, right: Document) -> Diff:
    from styrmatt.audit.diff.compare import diff
    from styrmatt.export.store.comparison_inputs import (
        is_partial,
        read_columns,
        read_extract,
        read_predecessors,
    )

    sides = ((left_root, left), (right_root, right))
    return diff(
        read_extract(left_root, left),
        read_extract(right_root, right),
        predecessors=read_predecessors(left_root) | read_predecessors(right_root),
        left_columns=read_columns(left_root, left),
        right_columns=read_columns(right_root, right),
        partial=[d.document_id for r, d in sides if is_partial(r, d)],
    )


def _compare_roots(left: Path, right: Path, reports: ReportFilter) -> Comparison:
    """Compare each report that is in both roots: the same source, else the same id."""
    from styrmatt.export.store.comparison_inputs import read_documents

    before, after = (
        [document for document in read_documents(root) if reports.matches(document)]
        for root in (left, right)
    )
    pairs: list[tuple[Document, Document]] = []
    for name in ("source_sha256", "document_id"):
        by_name = {getattr(document, name): document for document in after}
        for document in list(before):
            other = by_name.get(getattr(document, name))
            if other is not None and other in after:
                pairs.append((document, other))
                before.remove(document)
                after.remove(other)
    if not pairs:
        raise UsageError(
            f"{left} and {right} have no report in common.",
            hint="Two reports of one folder are compared by year or id, with --data FOLDER.",
        )
    pairs.sort(key=lambda pair: (pair[0].fiscal_year, pair[0].document_id))
    return Comparison(
        tuple(_diff(left, old, right, new) for old, new in pairs),
        tuple(sorted(document.document_id for document in before)),
        tuple(sorted(document.document_id for document in after)),
    )


def _two_documents(
    left: str, right: str, data: Path, reports: ReportFilter
) -> tuple[Document, Document]:
    """The two documents that the texts name.

    Of several in one year, the one of the same body and kind as the other document. Raises
    UsageError where a text still names several.
    """
    from styrmatt.export.store.comparison_inputs import read_documents

    documents = read_documents(data)
    before, after = (_matching_documents(text, documents, data, reports) for text in (left, right))
    if len(before) > 1 and len(after) == 1:
        before = _of_same_body(before, after[0]) or before
    if len(after) > 1 and len(before) == 1:
        after = _of_same_body(after, before[0]) or after
    for text, found in ((left, before), (right, after)):
        if len(found) > 1:
            lines = [f"{document.document_id} ({_owner(document)})" for document in found]
            raise UsageError(
                f"{text} fits {len(found)} reports: {'; '.join(lines)}.",
                hint="Choose one by its id, or with --organisation or --body.",
            )
    return before[0], after[0]


def _matching_documents(
    text: str, documents: Sequence[Document], data: Path, reports: ReportFilter
) -> list[Document]:
    """The documents that a year, an id or a part of an id fits. Raises UsageError for none."""
    exact = [document for document in documents if document.document_id == text]
    if exact:
        return exact
    if re.fullmatch(r"\d{4}", text):
        found = [document for document in documents if document.fiscal_year == int(text)]
    else:
        found = [document for document in documents if text in document.document_id]
    chosen = [document for document in found if reports.matches(document)]
    if not chosen:
        listed = found or documents
        raise UsageError(
            f"There is no report {text!r}{' of that body' if found else ''} in {data}.",
            hint="There are: " + ", ".join(f"{d.document_id} ({_owner(d)})" for d in listed) + ".",
        )
    return chosen


def _of_same_body(documents: Sequence[Document], other: Document) -> list[Document]:
    return [document for document in documents if _body(document) == _body(other)]


def _body(document: Document) -> tuple[str, str, str]:
    return (squeeze(document.organisation), squeeze(document.body or ""), document.report_kind)


def _owner(document: Document) -> str:
    body = f", {document.body}" if document.body else ""
    return f"{document.organisation}{body} {document.fiscal_year}"
