"""How much was met: by year and perspective, and for women against men."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from styrmatt.export.store.select_rows import select_rows
from styrmatt.records import STATUSES
from styrmatt.review.extract_index import ReportSummary
from styrmatt.review.views.view import NotFoundError, PageView, Table, Workspace, report_name

_SEX_COLUMNS: Final = (
    *("record_id", "measure_id", "measure", "sex", "status", "target_text", "outcome_value"),
    *("outcome_unit", "series_id", "page", "outcome_page", "better"),
)
_JUDGED: Final = STATUSES[:3]
"""The marks that count: a line that is not assessed says nothing of how much was met."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many lines of a year and perspective have which mark."""

    report: ReportSummary
    perspective: str | None
    statuses: Mapping[str | None, int]

    @property
    def judged(self) -> int:
        """Lines with a mark that says met, partly met or not met."""
        return sum(self.statuses.get(status, 0) for status in _JUDGED)

    @property
    def met(self) -> int:
        """Lines that are met."""
        return self.statuses.get("met", 0)


@dataclass(frozen=True, slots=True)
class SexPair:
    """The lines of women and men of one measure."""

    women: Mapping[str, Any]
    men: Mapping[str, Any]

    @property
    def difference(self) -> float | None:
        """Women less men, where both have a result in one unit."""
        women, men = self.women["outcome_value"], self.men["outcome_value"]
        same = self.women["outcome_unit"] == self.men["outcome_unit"]
        return women - men if women is not None and men is not None and same else None


def shares(workspace: Workspace, *about: Any) -> PageView:
    """Shares met per year and perspective, of one publisher: that of the report that is named.

    Raises NotFoundError.
    """
    *ids, query, say = about
    reports = workspace.index.reports()
    asked = ids[0] if ids else query.get("report")
    chosen = workspace.report(asked) if asked else next(iter(reports.values()), None)
    if chosen is None:
        raise NotFoundError("no report")
    found = shares_of(workspace, chosen)
    values = {
        "shares": found,
        "perspectives": tuple(dict.fromkeys(share.perspective for share in found)),
        "of_years": tuple({s.report.document_id: s.report for s in found}.values()),
        "publishers": _publishers(reports, chosen),
        "chosen": chosen,
        "by_place": {(s.report.document_id, s.perspective): s for s in found},
        "statuses": STATUSES,
    }
    header = ("document_id", "fiscal_year", "perspective", *STATUSES, "no_status", "judged")
    rows = [
        (
            *(s.report.document_id, s.report.fiscal_year, s.perspective),
            *(s.statuses.get(status, 0) for status in (*STATUSES, None)),
            s.judged,
        )
        for s in found
    ]
    return PageView("shares.html.j2", say("shares.title"), values, Table("shares", header, rows))


def shares_of(workspace: Workspace, report: ReportSummary) -> tuple[Share, ...]:
    """The shares of a report and its siblings: of all lines (None) and of each perspective."""
    return tuple(
        share
        for sibling in workspace.index.siblings(report.document_id)
        for share in (
            Share(sibling, None, sibling.statuses),
            *(Share(sibling, p, n) for p, n in sibling.by_perspective.items() if p is not None),
        )
    )


def sexes(workspace: Workspace, *about: Any) -> PageView:
    """Women and men in the report that is named, else in the latest one that has both.

    Raises NotFoundError.
    """
    *ids, query, say = about
    reports = workspace.index.reports()
    asked = ids[0] if ids else query.get("report")
    chosen = workspace.report(asked) if asked else _first_with_sexes(workspace)
    pairs = pairs_of(workspace, chosen) if chosen else ()
    values = {
        "pairs": pairs,
        "chosen": chosen,
        "name": report_name(chosen, say) if chosen else "",
        "choices": {key: report_name(report, say) for key, report in reports.items()},
        "has_chart": any(pair.difference is not None for pair in pairs),
    }
    header = ("measure", "unit", "women", "men", "difference", "status_women", "status_men", "page")
    rows = [
        (
            *(p.women["measure"], p.women["outcome_unit"], p.women["outcome_value"]),
            *(p.men["outcome_value"], p.difference, p.women["status"], p.men["status"]),
            p.women["page"],
        )
        for p in pairs
    ]
    return PageView("sexes.html.j2", say("sexes.title"), values, Table("sexes", header, rows))


def pairs_of(workspace: Workspace, report: ReportSummary) -> tuple[SexPair, ...]:
    """The measures of a report that have a line for women and one for men."""
    file = workspace.index.file("records", report.document_id)
    rows = select_rows(file, "records", _SEX_COLUMNS, where={"sex": ("K", "M")}).rows
    by_measure: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        by_measure.setdefault(row["measure_id"], {})[row["sex"]] = row
    return tuple(SexPair(of["K"], of["M"]) for of in by_measure.values() if len(of) == 2)


def _first_with_sexes(workspace: Workspace) -> ReportSummary | None:
    """The latest report with lines of women and men; else the first of all."""
    reports = list(workspace.index.reports().values())
    latest = sorted(reports, key=lambda r: -r.fiscal_year)[:20]
    return next((r for r in latest if pairs_of(workspace, r)), reports[0] if reports else None)


def _publishers(
    reports: Mapping[str, ReportSummary], chosen: ReportSummary
) -> list[tuple[str, str, bool]]:
    """Of each publisher the id of its latest report, its name, and whether it is the chosen one."""
    latest = {report.publisher: report for report in reports.values()}
    return [
        (
            report.document_id,
            ", ".join(filter(None, (report.organisation, report.body))),
            report.publisher == chosen.publisher,
        )
        for report in latest.values()
    ]
