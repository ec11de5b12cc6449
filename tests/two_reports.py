"""Made-up reports for comparisons: measures by a few words each, any number of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conftest import make_extract

from styrmatt.records import Extract, Goal, Measure, Outcome, Record, SuccessFactor, Target

GOAL = "Resan är trygg"
FACTOR = "Bussen kommer i tid"


def line_of(**values: Any) -> dict[str, Any]:
    """A line of a table: the columns of a record that are given, the others as in most lines."""
    return {"sex": "T", "target_text": "80 %", "target_value": 80.0, "status": "met", **values}


def report(
    year: int,
    *measures: dict[str, Any],
    body: str | None = None,
    boards: tuple[str, ...] = ("RS",),
    goals: tuple[dict[str, Any], ...] = (),
    **document: Any,
) -> Extract:
    """A report with these measures.

    A measure is a dict with ``name`` and, where wanted, ``series``, ``goal``, ``factor``,
    ``board``, ``page``, ``kind``, ``lines`` (of :func:`line_of`), ``said`` (of outcomes).
    """
    identity = f"region-tallmo-{body}-{year}" if body else f"region-tallmo-{year}"
    document_id = document.pop("document_id", identity)
    base = make_extract(document_id, year=year, source_sha256=f"{hash_of(identity):064x}")
    names = dict.fromkeys([*(g["goal"] for g in goals), *(m.get("goal", GOAL) for m in measures)])
    given = {goal["goal"]: goal for goal in goals}
    made_goals = tuple(_goal(base, name, given.get(name, {})) for name in names)
    factors = dict.fromkeys((m.get("factor", FACTOR), m.get("goal", GOAL)) for m in measures)
    rows = [_measure(base, number, measure) for number, measure in enumerate(measures)]
    return replace(
        base,
        document=replace(base.document, body=body, boards_covered=boards, **document),
        goals=made_goals,
        success_factors=tuple(_factor(base, *names) for names in factors),
        measures=tuple(row[0] for row in rows),
        records=tuple(record for row in rows for record in row[1]),
        targets=tuple(_target(record) for row in rows for record in row[1]),
        outcomes=tuple(outcome for row in rows for outcome in row[2]),
        claims=(),
        narratives=(),
        issues=(),
    )


def hash_of(text: str) -> int:
    return sum(ord(letter) * 257**number for number, letter in enumerate(text)) % 2**200


def _ours(base: Extract) -> dict[str, Any]:
    return {"document_id": base.document.document_id, "fiscal_year": base.document.fiscal_year}


def _goal(base: Extract, name: str, given: dict[str, Any]) -> Goal:
    values = {"boards": ("RS",), "page": 1, **given, "goal": name}
    return Goal(**_ours(base), goal_id=_id(base, "g", name), **values)


def _factor(base: Extract, name: str, goal: str) -> SuccessFactor:
    return SuccessFactor(
        **_ours(base),
        success_factor_id=_id(base, "f", f"{goal}/{name}"),
        goal_id=_id(base, "g", goal),
        success_factor=name,
        in_overview=True,
        page=1,
    )


def _id(base: Extract, kind: str, name: str) -> str:
    return f"{base.document.document_id}-{kind}-{name}"


def _measure(
    base: Extract, number: int, given: dict[str, Any]
) -> tuple[Measure, list[Record], list[Outcome]]:
    goal, factor = given.get("goal", GOAL), given.get("factor", FACTOR)
    measure_id = _id(base, "m", given.get("id", f"{number}-{given['name']}"))
    page = given.get("page", 2)
    shared = {
        "measure_id": measure_id,
        "series_id": given.get("series"),
        "goal_id": _id(base, "g", goal),
        "success_factor_id": _id(base, "f", f"{goal}/{factor}"),
        "measure": given["name"],
        "measure_raw": given["name"],
        "measure_kind": given.get("kind", "styrmatt"),
        "board": given.get("board", "RS"),
        "page": page,
        "page_last": page,
    }
    measure = Measure(**_ours(base), **shared, bbox=given.get("bbox"))
    records = [
        replace(
            base.records[0],
            **shared,
            goal=goal,
            success_factor=factor,
            perspective=given.get("perspective"),
            board_code=given.get("board", "RS"),
            record_id=f"{measure_id}-{line['sex']}",
            target_components=(),
            bbox=given.get("bbox"),
            **{"target_raw": line["target_text"], **line},
        )
        for line in given.get("lines", [line_of()])
    ]
    outcomes = [
        Outcome(
            **_ours(base),
            outcome_id=f"{measure_id}-o{place}",
            measure_id=measure_id,
            **{"sex": "T", "unit": "percent", "score": 1.0, "page": 3, "text": "Det blev så."}
            | said,
        )
        for place, said in enumerate(given.get("said", []))
    ]
    return measure, records, outcomes


def _target(record: Record) -> Target:
    names = [name for name in Target.__dataclass_fields__ if name in Record.__dataclass_fields__]
    return Target(**{name: getattr(record, name) for name in names})
