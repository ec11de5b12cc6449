"""What is in doubt, as a queue: review reasons of rows, and issues, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final

from styrmatt.corrections.fields import CORRECTABLE
from styrmatt.corrections.overrides import Override
from styrmatt.export.store.select_rows import select_rows
from styrmatt.printed import Bbox
from styrmatt.review.decisions.corrections_store import Key
from styrmatt.review.extract_index import ExtractIndex
from styrmatt.review.text_filter import Stamp, stamp_of

_TARGET: Final = ("target_text", "target_value", "target_unit")
_RESULT: Final = ("outcome_value",)
_CELLS: Final = ("measure", *_TARGET, "status", "trend", *_RESULT)
CONCERNED: Final[Mapping[str, tuple[str, ...]]] = {
    "ambiguous_cells": _CELLS,
    "target_unparsed": _TARGET,
    "target_moved": _TARGET,
    "target_unit_unlisted": _TARGET,
    "factor_unlinked": ("success_factor_id",),
    "goal_unlinked": ("goal_id",),
    "row_joined": _CELLS,
    "columns_estimated": (*_TARGET, *_RESULT),
    "header_unclear": (*_TARGET, *_RESULT),
    "header_year_differs": (*_TARGET, *_RESULT),
    "name_cut": ("measure",),
    "duplicate": ("measure",),
    "sex_unclear": ("sex", *_TARGET),
    "unreadable_characters": _CELLS,
    "row_cut": _CELLS,
    "page_missing": ("goal_id", "success_factor_id"),
    "layout_incomplete": _CELLS,
    "status_unread": ("status",),
    "trend_unread": ("trend",),
    "outcome_of_several": _RESULT,
    "outcome_of_other_year": ("outcome_value", "outcome_year"),
    "outcome_compared": ("outcome_value", "previous_value"),
    "outcome_unit_differs": _RESULT,
    "outcome_far": _RESULT,
    "outcome_unparsed": _RESULT,
    "outcome_doubtful": _RESULT,
    "outcome_twice": _RESULT,
    "outcome_year_differs": ("outcome_value", "outcome_year"),
    "outcome_differs": _RESULT,
    "text_differs": (*_TARGET, *_RESULT),
    "ocr_unsure": ("measure", *_TARGET, *_RESULT),
}
"""The fields that a reason is about, by reason: what a person who accepts has looked at."""
_LOOKED_AT: Final = (*_TARGET, "status", "trend", *_RESULT)
"""What a person confirms who looks at a row that is not in doubt."""
_OF_THE_MEASURE: Final = frozenset(CORRECTABLE["measures"])
"""Fields of records that are corrected by the measure's id."""
_RECORD_COLUMNS: Final = (
    *("record_id", "measure_id", "document_id", "fiscal_year", "row_no", "measure", "sex", "board"),
    *("goal", "goal_id", "success_factor", "success_factor_id", "target_text", "target_kind"),
    *("target_value", "target_unit", "target_comparator", "target_direction", "status", "trend"),
    *("outcome_value", "outcome_unit", "outcome_year", "outcome_text", "outcome_page"),
    *("previous_value", "previous_year", "outcome_bbox", "target_bbox", "status_bbox"),
    *("trend_bbox", "page", "page_last", "bbox", "review", "verified", "corrected"),
)
_ISSUE_COLUMNS: Final = (
    *("issue_id", "document_id", "fiscal_year", "row_no", "kind", "severity", "message"),
    *("raw_text", "page", "bbox", "goal_id", "success_factor_id", "measure_id", "record_id"),
    "evidence",
)
_SHOWN_WITH_ROW: Final = frozenset(CONCERNED)
"""Kinds of issues that are about the same as the reason of this name of a row."""
_OF_RESULTS: Final = "outcome_contested"
"""The kind of issue that tells why a result of the text is doubted, whatever the reason."""
_TOLD_TOGETHER: Final = frozenset(
    {
        "outcome_of_several",
        "outcome_of_other_year",
        "outcome_compared",
        "outcome_unit_differs",
        "outcome_far",
    }
)
"""The reasons that such an issue is about."""
_MOST_KNOWN: Final = 200
"""Reports whose doubts are kept: more than the queue reads at a time."""
_MOST_KEPT: Final = 300
"""Doubts of a report that are kept: a few kilobytes each. A report with more is read each time."""
_KNOWN: Final[dict[tuple[Path, ...], tuple[tuple[Stamp | None, ...], tuple[Doubt, ...]]]] = {}
"""Doubts by their files, with how those were when they were read."""
_LOCK: Final = Lock()
LINK_KINDS: Final = frozenset({"series_redefined", "series_doubtful", "series_decision_gone"})
"""Kinds of issues that are about links between years, which have a page of their own."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row or an issue that a person should look at."""

    id: str
    """The record's or the issue's id."""
    document_id: str
    row: Mapping[str, Any] | None
    """The record; None for an issue that is about no one row."""
    reasons: tuple[str, ...]
    """Review reasons of the record; the kind of an issue."""
    messages: tuple[Mapping[str, Any], ...]
    """The issues that say more."""
    page: int | None
    bbox: Bbox | None

    @property
    def is_row(self) -> bool:
        """Whether it is about a row and not an issue alone."""
        return self.row is not None

    def fields(self) -> tuple[str, ...]:
        """The fields in doubt, each once; of a row without a doubt those that people look at."""
        if not self.reasons:
            return _LOOKED_AT
        return tuple(
            dict.fromkeys(field for reason in self.reasons for field in CONCERNED.get(reason, ()))
        )

    def accepting(self) -> Sequence[tuple[str, str, str | None]]:
        """What accepting writes: id and field, and the value; None confirms the machine's."""
        if self.row is None:
            return ((self.id, "severity", "info"),)
        confirmed = [(self.id_of(field), field, None) for field in self.fields()]
        return (*confirmed, *self.settling())

    def settling(self) -> Sequence[tuple[str, str, str | None]]:
        """What says that there is no doubt any more, as :meth:`accepting` says it."""
        if self.row is None:
            return ((self.id, "severity", "info"),)
        if not self.reasons:
            return ()
        issues = [(issue["issue_id"], "severity", "info") for issue in self.messages]
        return (*issues, (self.id, "review", ""))

    def id_of(self, field: str) -> str:
        """The id by which a field of its record is corrected."""
        if self.row is not None and field in _OF_THE_MEASURE:
            return str(self.row["measure_id"])
        return self.id


def doubts_of(index: ExtractIndex, document_id: str) -> tuple[Doubt, ...]:
    """All that is in doubt in a report, in its order: rows first, then issues of no row."""
    files = index.file("records", document_id), index.file("issues", document_id)
    with _LOCK:
        known = _KNOWN.get(files)
    stamps = tuple(map(stamp_of, files))
    if known is not None and known[0] == stamps:
        return known[1]
    found = _read_doubts(*files, document_id)
    if len(found) <= _MOST_KEPT:
        with _LOCK:
            if len(_KNOWN) >= _MOST_KNOWN:
                del _KNOWN[next(iter(_KNOWN))]
            _KNOWN[files] = (stamps, found)
    return found


def _read_doubts(file: Path, issues_file: Path, document_id: str) -> tuple[Doubt, ...]:
    reviewed = select_rows(file, "records", ("record_id", "review")).rows
    wanted = [row["record_id"] for row in reviewed if row["review"]]
    rows = select_rows(file, "records", _RECORD_COLUMNS, where={"record_id": wanted}).rows
    issues = select_rows(
        issues_file,
        "issues",
        _ISSUE_COLUMNS,
        where={"severity": ("warning", "error")},
    ).rows
    taken: set[str] = set()
    found = [_of_row(row, issues, taken) for row in rows]
    return (*found, *_of_issues(document_id, issues, taken))


def record_as_doubt(index: ExtractIndex, document_id: str, record_id: str) -> Doubt | None:
    """A record that a person wants to look at, in doubt or not; None where there is none."""
    found = next((d for d in doubts_of(index, document_id) if d.id == record_id), None)
    if found is not None:
        return found
    rows = select_rows(
        index.file("records", document_id),
        "records",
        _RECORD_COLUMNS,
        where={"record_id": (record_id,)},
    ).rows
    return _of_row(rows[0], (), set()) if rows else None


def is_decided(doubt: Doubt, decided: Mapping[Key, Override] | Collection[Key]) -> bool:
    """Whether people have said something about it that takes it out of the queue."""
    last_id, last_field, _ = doubt.accepting()[-1]
    return (doubt.document_id, last_id, last_field) in decided


def _of_row(row: Mapping[str, Any], issues: Sequence[Mapping[str, Any]], taken: set[str]) -> Doubt:
    about = [issue for issue in issues if _is_about(issue, row)]
    taken.update(issue["issue_id"] for issue in about)
    bbox = next((issue["bbox"] for issue in about if issue["bbox"]), None) or row["bbox"]
    page = row["page"]
    return Doubt(
        row["record_id"], row["document_id"], row, tuple(row["review"]), tuple(about), page, bbox
    )


def _is_about(issue: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether an issue says more about a reason of a row."""
    kind, reasons = issue["kind"], set(row["review"])
    says_why = kind == _OF_RESULTS and bool(reasons & _TOLD_TOGETHER)
    if not says_why and (kind not in reasons or kind not in _SHOWN_WITH_ROW):
        return False
    return any(
        issue[name] is not None and issue[name] == row[name]
        for name in ("record_id", "measure_id", "success_factor_id", "goal_id")
    )


def _of_issues(
    document_id: str, issues: Sequence[Mapping[str, Any]], taken: Collection[str]
) -> Iterator[Doubt]:
    for issue in issues:
        if issue["issue_id"] not in taken and issue["kind"] not in LINK_KINDS:
            reasons = (issue["kind"],)
            yield Doubt(
                *(issue["issue_id"], document_id, None, reasons, (issue,)),
                *(issue["page"], issue["bbox"]),
            )
