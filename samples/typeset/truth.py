"""Truth and facts of a typeset report, in the form that the scoring script reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typeset.blocks import Probe
from typeset.model import Line, Measure, Report

Pages = dict[Probe, int]


def facts(report: Report, pages: Pages) -> list[dict[str, Any]]:
    """One fact per sex line: the page where it begins and what its markers show."""
    out = []
    tables = table_ids(report)
    for _, factor, measure in report.measures():
        for line in measure.lines:
            out.append(
                {
                    "measure_id": measure.measure_id,
                    "sex": line.sex,
                    "page": pages[("measure", measure.measure_id, line.sex)],
                    "table": tables[factor.factor_id],
                    "status": line.status,
                    "trend": line.trend,
                }
            )
    return out


def table_ids(report: Report) -> dict[str, str]:
    """A number for each factor's table, in the order of the report."""
    with_tables = [factor.factor_id for _, factor in report.factors() if factor.measures]
    return {factor_id: f"t{index:02d}" for index, factor_id in enumerate(with_tables, 1)}


def truth(report: Report, pages: Pages, page_count: int) -> dict[str, Any]:
    """The hand transcription of a report, made from the content that was typeset."""
    out: dict[str, Any] = {
        "document": {
            "title": report.title,
            "organisation": report.organisation,
            "body": report.body,
            "fiscal_year": report.fiscal_year,
            "doc_id": report.doc_id,
            "doc_version": report.doc_version,
            "pages": page_count,
            "boards": list(report.boards),
            "published": report.published or None,
        },
        "claims": [],
        "goals": [],
        "success_factors": [],
        "measures": [],
        "other_tables": [],
        "outcomes": list(report.outcomes),
        "near_misses": list(report.near_misses),
    }
    if report.outcomes_scope is not None:
        out["outcomes_scope"] = list(report.outcomes_scope)
    if report.claim:
        out["claims"] = [
            {
                "page": pages.get(("claim", "", "all")),
                "quote": report.claim,
                "counts": report.claim_counts,
            }
        ]
    for goal in report.goals:
        page = pages.get(("overview", goal.goal_id, "all"))
        out["goals"].append(
            {
                "goal_id": goal.goal_id,
                "perspective": goal.perspective,
                "name": goal.name,
                "boards": list(goal.boards),
                "page": page,
                "assessment": goal.assessment,
                "assessment_page": pages.get(("assessment", goal.goal_id, "all"), page),
                "assessment_heading": goal.heading,
                "assessment_quote": goal.assessment_quote,
                "narrative": " ".join(goal.narrative),
            }
        )
    for goal, factor in report.factors():
        out["success_factors"].append(
            {
                "factor_id": factor.factor_id,
                "goal_id": goal.goal_id,
                "name": factor.name,
                "boards": list(factor.boards),
                "heading": factor.heading,
                "heading_goal": factor.heading_goal
                or (goal.heading if report.family == "a" else None),
                "page": pages.get(("factor", factor.factor_id, "all")),
                "overview_page": pages.get(("listed", factor.factor_id, "all")),
            }
        )
    tables = table_ids(report)
    for goal, factor, measure in report.measures():
        out["measures"].append(
            _measure(
                measure,
                factor.factor_id,
                goal.goal_id,
                tables[factor.factor_id],
                factor.measures.index(measure) + 1,
                pages,
            )
        )
    plain = [table for _, factor in report.factors() for table in factor.tables] + list(
        report.closing_tables
    )
    out["other_tables"] = [
        {
            "what": table.title,
            "header": " | ".join(table.rows[0]),
            "rows": [list(row) for row in table.rows[1:]],
        }
        for table in plain
    ]
    return out


def _measure(
    measure: Measure, factor_id: str, goal_id: str, table: str, row: int, pages: Pages
) -> dict[str, Any]:
    return {
        "measure_id": measure.measure_id,
        "factor_id": factor_id,
        "goal_id": goal_id,
        "page": pages[("measure", measure.measure_id, measure.lines[0].sex)],
        "table": table,
        "row": row,
        "name": measure.name,
        "kind": measure.kind,
        "raw": measure.printed,
        "board": measure.board,
        "footnote": measure.footnote,
        "entries": [_entry(line) for line in measure.lines],
    }


def _entry(line: Line) -> dict[str, Any]:
    out: dict[str, Any] = {
        "sex": line.sex,
        "target_raw": line.target or None,
        "comparator": line.comparator,
        "value": line.value,
        "unit": line.unit,
        "direction": line.direction,
        "baseline_year": line.baseline_year,
        "kind": line.kind,
        "attainment_text": line.status_text,
        "trend_text": line.trend_text,
    }
    if line.components:
        out["components"] = list(line.components)
    return out


def write(
    report: Report, pages: Pages, page_count: int, truth_path: Path, facts_path: Path
) -> None:
    """Write both files, one entry per line in the facts so that a diff shows what moved."""
    truth_path.parent.mkdir(parents=True, exist_ok=True)
    truth_path.write_text(
        json.dumps(truth(report, pages, page_count), ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )
    lines = ",\n".join(json.dumps(fact, ensure_ascii=False) for fact in facts(report, pages))
    facts_path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
