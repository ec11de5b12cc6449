"""Issues: collects what a person should know of a report, each with its place and id."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from styrmatt.normalize.ids import UniqueIds
from styrmatt.printed import ExtractionWarning, Location
from styrmatt.records import Issue
from styrmatt.swedish.dehyphenate import Repair
from styrmatt.whitespace import single_spaced

_SEVERITY: Final = {
    "hyphen_repaired": "info",
    "goal_reworded": "info",
    "factor_reworded": "info",
    "goal_without_measures": "info",
    "factor_without_measures": "info",
    "no_overview": "info",
    "target_without_unit": "info",
    "duplicate_measure": "info",
    "organisation_unlisted": "info",
    "report_given_up": "error",
    "rows_not_reconciled": "error",
}
"""By kind; the other kinds are warnings."""


@dataclass
class IssueBook:
    """The issues of one document, in the order in which they were noted."""

    document_id: str
    fiscal_year: int
    _noted: list[Issue] = field(default_factory=list)

    def note(
        self,
        kind: str,
        message: str,
        raw: str | None = None,
        place: Location | None = None,
        **ids: Any,
    ) -> None:
        """Note an issue; ``ids`` are further columns: ids of rows, evidence, severity."""
        severity = ids.pop("severity", None) or _SEVERITY.get(kind, "warning")
        self._noted.append(
            Issue(
                issue_id="",
                document_id=self.document_id,
                fiscal_year=self.fiscal_year,
                kind=kind,
                severity=severity,
                message=_with_one_stop(single_spaced(message)),
                raw_text=raw or None,
                page=place.page if place else None,
                bbox=place.bbox if place else None,
                **ids,
            )
        )

    def repairs(self, repairs: tuple[Repair, ...], place: Location | None, **ids: Any) -> None:
        """Note an issue for each hyphen that was removed at a place."""
        for repair in repairs:
            message = f"A stray hyphen was removed: {repair.raw} is read as {repair.mended}."
            self.note("hyphen_repaired", message, repair.raw, place, **ids)

    def doubts(self, doubts: tuple[ExtractionWarning, ...]) -> None:
        """Note the warnings of the extract stage."""
        for doubt in doubts:
            self.note(
                doubt.kind, doubt.message, doubt.raw_text, doubt.place, severity=doubt.severity
            )

    def rows(self) -> tuple[Issue, ...]:
        """The issues with their ids."""
        ids = UniqueIds(self.document_id)
        return tuple(
            replace(
                issue,
                issue_id=ids.of(
                    "i",
                    issue.kind,
                    issue.raw_text,
                    issue.goal_id,
                    issue.success_factor_id,
                    issue.measure_id,
                    issue.record_id,
                    issue.message,
                ),
            )
            for issue in self._noted
        )


def _with_one_stop(message: str) -> str:
    """A message that quotes a sentence, with the one full stop that ends both; not an ellipsis."""
    return message[:-1] if message.endswith("..") and not message.endswith("...") else message
