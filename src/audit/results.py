"""Results against targets: whether mark and words say what the figures say."""

from __future__ import annotations

from collections.abc import Iterator

from styrmatt.audit.extracts import Report
from styrmatt.audit.findings import Place, finding, table_place
from styrmatt.audit.marks import readable, severity
from styrmatt.records import Finding, Outcome, Record

_HIGHER = {"ge": True, "gt": True, "le": False, "lt": False}
_WAYS = {
    "increase": {"increased": True, "decreased": False, "unchanged": False},
    "decrease": {"increased": False, "decreased": True, "unchanged": False},
}


def check_results(report: Report) -> Iterator[Finding]:
    """A finding for each line where result and target say another thing than mark or words."""
    for lines in report.lines.values():
        for line in lines:
            for outcome in _of_line(report, line):
                yield from _compare(report, line, outcome)


def _of_line(report: Report, line: Record) -> list[Outcome]:
    """The results of a line for its own year; none where the report gives several."""
    own = [
        o
        for o in report.outcomes[line.measure_id]
        if o.sex == line.sex and o.year in (None, line.fiscal_year)
    ]
    return own if len({(o.value, o.unit) for o in own if o.value is not None}) <= 1 else []


def _compare(report: Report, line: Record, outcome: Outcome) -> Iterator[Finding]:
    words = outcome.status_stated
    sides = (
        ("result_against_marker", "mark", line.status, None),
        ("result_against_words", "text", words, words),
    )
    for kind, side, status, said in sides:
        reached = is_reached(line, outcome, said or _words(report, line))
        if reached is None or status not in ("met", "not_met"):
            continue
        if reached == (status == "met"):
            continue
        result = f"{outcome.value:g}" if outcome.value is not None else str(outcome.change)
        yield finding(
            report,
            kind,
            severity("met" if reached else "not_met", status),
            f"The result {result} {'reaches' if reached else 'does not reach'} the target "
            f"{line.target_text}, but the {side} says {readable(status)}.",
            Place(outcome.text, outcome.page),
            table_place(line, f"mark {readable(line.status)}" if side == "mark" else None),
            goal_id=line.goal_id,
            measure_id=line.measure_id,
            record_id=line.record_id,
            sex=line.sex,
        )


def is_reached(line: Record, outcome: Outcome, words: str | None) -> bool | None:
    """Whether a result reaches its target; None where nothing says which way is better."""
    if line.target_kind == "direction" and line.target_direction in _WAYS:
        return _WAYS[line.target_direction].get(outcome.change or "")
    comparable = (
        line.target_kind == "threshold"
        and line.target_value is not None
        and outcome.value is not None
        and line.target_unit == outcome.unit
        and len(line.target_components) <= 1
    )
    if not comparable or line.target_value is None or outcome.value is None:
        return None
    higher = _HIGHER.get(line.target_comparator or "")
    if higher is None and line.better is not None:
        higher = line.better == "higher"
    if higher is None and words == "not_met" and outcome.value != line.target_value:
        higher = outcome.value < line.target_value  # missed on this side: the other is better
    if higher is None:
        return None
    if outcome.value == line.target_value:
        return line.target_comparator not in ("gt", "lt")
    return (outcome.value > line.target_value) == higher


def _words(report: Report, line: Record) -> str | None:
    """What the text says of the measure, whatever the sex, where it says one thing."""
    said = {o.status_stated for o in report.outcomes[line.measure_id] if o.status_stated}
    return said.pop() if len(said) == 1 else None
