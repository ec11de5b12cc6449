"""Compares an extract with a truth file, field by field: gives a list of differences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from styrmatt.records import Extract, Record
from styrmatt.whitespace import single_spaced, squeeze

SEX = {"all": "T", "women": "K", "men": "M"}


def expected(truth: Path, facts: Path) -> list[dict[str, Any]]:
    """The lines that a truth file and its facts give, with the names of our columns."""
    told = json.loads(truth.read_text(encoding="utf-8"))
    goals = {goal["goal_id"]: goal for goal in told["goals"]}
    factors = {factor["factor_id"]: factor for factor in told["success_factors"]}
    marks = {(f["measure_id"], f["sex"]): f for f in json.loads(facts.read_text(encoding="utf-8"))}
    out = []
    for measure in told["measures"]:
        factor, goal = factors[measure["factor_id"]], goals[measure["goal_id"]]
        for entry in measure["entries"]:
            fact = marks[(measure["measure_id"], entry["sex"])]
            out.append(
                {
                    "measure": measure["name"],
                    "measure_kind": measure["kind"],
                    "board": measure["board"],
                    "sex": SEX[entry["sex"]],
                    "perspective": goal["perspective"],
                    "goal": (goal["name"], goal.get("heading_goal")),
                    "success_factor": (factor["name"], factor.get("heading")),
                    "target_text": entry["target_raw"],
                    "target_value": entry["value"],
                    "target_direction": entry["direction"],
                    "target_comparator": entry["comparator"],
                    "status": fact["status"],
                    "trend": fact["trend"],
                    "page": fact["page"],
                }
            )
    return out


def differences(extract: Extract, truth: Path, facts: Path) -> list[str]:
    """What the extract has otherwise than the truth; an empty list where nothing."""
    left = list(extract.records)
    out: list[str] = []
    for want in expected(truth, facts):
        found = [r for r in left if _key(r) == (squeeze(want["measure"]), want["sex"])]
        found.sort(key=lambda r: (r.success_factor not in want["success_factor"], r.page))
        if not found:
            out.append(f"missing: p{want['page']} {want['sex']} {want['measure']}")
            continue
        left.remove(found[0])
        out += [
            f"p{want['page']} {want['measure'][:40]} {want['sex']} {name}: {value!r}, got {got!r}"
            for name, value in want.items()
            if not _same(value, got := getattr(found[0], name))
        ]
    return out + [f"too many: p{r.page} {r.sex} {r.measure}" for r in left]


def _key(record: Record) -> tuple[str, str]:
    return squeeze(record.measure), record.sex


def _same(want: Any, got: Any) -> bool:
    if isinstance(want, tuple):
        return any(_same(one, got) for one in want if one is not None or got is None)
    if isinstance(want, str) and isinstance(got, str):
        return single_spaced(want).casefold() == single_spaced(got).casefold()
    return bool(want == got) or (want in (None, "") and got is None)
