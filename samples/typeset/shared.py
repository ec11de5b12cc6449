"""A Report from the hand-made truth files of real reports, so that their content can be set in
other ways."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typeset.model import Factor, Goal, Line, Measure, Report, Section
from typeset.words import words


def load(truth_path: Path, facts_path: Path, family: str) -> Report:
    """The report of a truth file and its facts."""
    truth: dict[str, Any] = json.loads(truth_path.read_text(encoding="utf-8"))
    facts = {
        (fact["measure_id"], fact["sex"]): fact
        for fact in json.loads(facts_path.read_text(encoding="utf-8"))
    }
    document = truth["document"]
    claim = truth["claims"][0]
    return Report(
        family=family,
        title=document["title"],
        organisation=document["organisation"],
        body=document["body"],
        fiscal_year=document["fiscal_year"],
        doc_id=document["doc_id"],
        doc_version=document["doc_version"],
        boards=tuple(document.get("boards", ())),
        published=document.get("published") or "",
        goals=tuple(_goal(goal, truth, facts) for goal in truth["goals"]),
        claim=claim["quote"],
        claim_counts=claim["counts"],
        outcomes=tuple(truth["outcomes"]),
        near_misses=tuple(truth["near_misses"]),
        outcomes_scope=tuple(truth.get("outcomes_scope", ())),
    )


def _goal(goal: dict[str, Any], truth: dict[str, Any], facts: dict[tuple[str, str], Any]) -> Goal:
    factors = [
        _factor(factor, truth, facts)
        for factor in truth["success_factors"]
        if factor["goal_id"] == goal["goal_id"]
    ]
    return Goal(
        goal["goal_id"],
        goal["perspective"],
        goal["name"],
        goal.get("assessment_heading") or goal["name"],
        tuple(goal["boards"]),
        goal["assessment"],
        goal["assessment_quote"],
        (goal["narrative"],),
        tuple(factors),
    )


def _factor(
    factor: dict[str, Any], truth: dict[str, Any], facts: dict[tuple[str, str], Any]
) -> Factor:
    measures = tuple(
        _measure(measure, facts)
        for measure in truth["measures"]
        if measure["factor_id"] == factor["factor_id"]
    )
    return Factor(
        factor["factor_id"],
        factor["name"],
        factor["heading"],
        tuple(factor["boards"]),
        factor.get("heading_goal"),
        "without" not in factor.get("note", ""),
        measures,
        tuple(_sections(measures, truth)),
    )


def _sections(measures: tuple[Measure, ...], truth: dict[str, Any]) -> list[Section]:
    """The quoted sentences about the factor's measures, each once, under the measure's name."""
    out = []
    for measure in measures:
        quotes: list[str] = []
        for entry in truth["outcomes"] + truth["near_misses"]:
            if entry["measure_id"] == measure.measure_id:
                quotes += [
                    quote
                    for quote in [entry["quote"], *entry.get("more_quotes", ())]
                    if quote not in quotes
                ]
        if quotes:
            out.append(Section(measure.name, tuple(quotes)))
    return out


def _measure(measure: dict[str, Any], facts: dict[tuple[str, str], Any]) -> Measure:
    lines = tuple(
        _line(entry, facts[(measure["measure_id"], entry["sex"])]) for entry in measure["entries"]
    )
    shared = (
        len(lines) > 1 and len({line.target for line in lines}) == 1 and "M:" in lines[0].target
    )
    printed = words()["prefixes"].get(measure["kind"], "") + measure["name"]
    return Measure(
        measure["measure_id"],
        measure["name"],
        printed,
        measure["kind"],
        measure["board"],
        lines,
        measure["footnote"],
        shared,
    )


def _line(entry: dict[str, Any], fact: dict[str, Any]) -> Line:
    target = entry["target_raw"] or ""
    return Line(
        entry["sex"],
        target,
        target,
        entry["kind"],
        entry["value"],
        entry["unit"],
        entry["comparator"],
        entry["direction"],
        entry["baseline_year"],
        tuple(entry.get("components", ())),
        fact["status"],
        fact["trend"],
        entry.get("attainment_text"),
        entry.get("trend_text"),
    )
