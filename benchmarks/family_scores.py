"""Scores what was read of a report of any family against its truth, field by field.

A truth file holds, by fiscal year, the report's organisation, kind, goals and rows. A row is one
measure and sex (T, K, M); what the report does not print is absent. Counted per field: right, wrong
(another value), missing (null where the truth has one), invented (a value where the truth has
none). A wrong or invented value is silent where the record has no review reason and no warning or
error stands on its pages.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from measuring import ROOT

from styrmatt.errors import StyrmattError
from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.records import Extract
from styrmatt.whitespace import squeeze

TRUTH = ROOT / "tests" / "truth"
SCORED = {
    "goal": "goal",
    "target_text": "target_text",
    "target_value": "target_value",
    "status": "status",
    "trend": "trend",
    "board": "board",
    "page": "page",
    "forecast": "forecast_value",
    "baseline_value": "baseline_value",
    "fulfilment": "fulfilment",
    "previous_value": "previous_value",
    "comment": "comment",
}
"""Fields of the truth, and the columns of records that hold them."""
NEVER_INVENTED = ("target_value", "status", "trend")
"""Fields for which a value is a mistake where the report prints none: what people compare by."""
IDENTITY = ("organisation", "report_kind", "period_end")
_COMMENT = 60
"""Letters of a comment that are compared: enough to know it by, before a page break can cut it."""
_TINY = 1e-6
"""Two figures are the same within this share of them: they are told apart by what is printed."""


@dataclass
class Score:
    """Counts by field and fate (``status.right``), and a line for all that is not right."""

    counts: Counter[str] = field(default_factory=Counter)
    log: list[str] = field(default_factory=list)

    def share(self, name: str) -> float | None:
        """The share of a field's values that are right; None where the truth has none."""
        right = self.counts[f"{name}.right"]
        whole = right + self.counts[f"{name}.wrong"] + self.counts[f"{name}.missing"]
        return right / whole if whole else None

    def __add__(self, other: Score) -> Score:
        return Score(self.counts + other.counts, self.log + other.log)


def read(path: Path) -> Extract | StyrmattError:
    """What the program reads of a report, or why it refuses it."""
    try:
        layout, printed = read_report(path, load_layouts())
        return normalize(printed, layout, {}, "benchmark")
    except StyrmattError as error:
        return error


def truth_of(path: Path) -> tuple[int, dict[str, Any]]:
    """The fiscal year and the truth of a report, from the file beside it or in tests/truth."""
    beside = path.with_suffix(".truth.json")
    file = beside if beside.exists() else TRUTH / beside.name
    told = json.loads(file.read_text(encoding="utf-8"))
    ((year, truth),) = told.items()
    return int(year), truth


def score(extract: Extract | StyrmattError, truth: dict[str, Any], year: int) -> Score:
    """The score of what was read of one report."""
    done = Score()
    if isinstance(extract, StyrmattError):
        done.log.append(f"refused: {extract}")
        _refused(done, truth)
        return done
    _Scorer(extract, done).all(truth, year)
    return done


def _refused(done: Score, truth: dict[str, Any]) -> None:
    """A report that is refused has nothing right; where nothing is to be read that is as it
    should be."""
    for row in truth["rows"]:
        _missing(done, row)
    done.counts["goals.missing"] += len(truth["goals"])
    if truth["rows"]:
        done.counts["refused"] += 1
        done.counts["fiscal_year.missing"] += 1
        done.counts.update(f"{name}.missing" for name in IDENTITY if truth.get(name))


def _missing(done: Score, row: dict[str, Any]) -> None:
    done.counts["rows.missing"] += 1
    done.counts.update(f"{name}.missing" for name in SCORED if row.get(name) is not None)
    done.counts["outcomes.missing"] += len(row.get("outcomes") or ())


class _Scorer:
    def __init__(self, extract: Extract, done: Score) -> None:
        self.extract, self.done = extract, done
        self.loud = {
            issue.page for issue in extract.issues if issue.severity in ("warning", "error")
        }

    def all(self, truth: dict[str, Any], year: int) -> None:
        """Score rows, goals and identity."""
        found: dict[tuple[str, str], Any] = {}
        for record in self.extract.records:
            found.setdefault((squeeze(record.measure), record.sex), record)
        for row in truth["rows"]:
            record = found.pop((squeeze(row["measure"]), row["sex"]), None)
            if record is None:
                _missing(self.done, row)
                self.done.log.append(f"missing row: {row['measure']} {row['sex']}")
            else:
                self._row(row, record)
        allowed = {squeeze(name) for name in truth.get("allowed", ())}
        for (name, _), record in found.items():
            if name not in allowed:
                self._put("rows", "invented", record, record.measure)
        self._goals(truth)
        self._identity(truth, year)

    def _row(self, row: dict[str, Any], record: Any) -> None:
        self.done.counts["rows.right"] += 1
        for name, column in SCORED.items():
            want, got = row.get(name), getattr(record, column, None)
            if want is None:
                if name in NEVER_INVENTED and got is not None:
                    self._put(name, "invented", record, f"{got!r}")
            elif got is None:
                self._put(name, "missing", record, f"{want!r}")
            elif _same(name, want, got) or (name == "goal" and _also(row, got)):
                self.done.counts[f"{name}.right"] += 1
            else:
                self._put(name, "wrong", record, f"want {want!r}, got {got!r}")
        self._outcomes(row, record)

    def _outcomes(self, row: dict[str, Any], record: Any) -> None:
        mine = [
            one
            for one in self.extract.outcomes
            if (one.measure_id, one.sex) == (record.measure_id, record.sex)
            and getattr(one, "kind", None) in (None, "outcome")
            and getattr(one, "area", None) is None
            and one.value is not None
        ]
        for want in row.get("outcomes") or ():
            same = [one for one in mine if _is_outcome(want, one)]
            if same:
                mine.remove(same[0])
                self.done.counts["outcomes.right"] += 1
            else:
                self._put("outcomes", "missing", record, f"{want}")
        # The text may state what the table has: both are kept, and neither is a mistake.
        for want in [*(row.get("outcomes") or ()), *(row.get("outcomes_allowed") or ())]:
            mine = [one for one in mine if not _is_outcome(want, one)]
        for one in mine:
            self._put("outcomes", "wrong", record, f"extra {one.outcome_year} {one.value}")

    def _goals(self, truth: dict[str, Any]) -> None:
        have = {squeeze(goal.goal): goal for goal in self.extract.goals}
        for goal in truth["goals"]:
            names = {squeeze(goal["goal"]), squeeze(goal.get("goal_also", goal["goal"]))}
            found = [have[name] for name in names if name in have]
            fate = "right" if found else "missing"
            self.done.counts[f"goals.{fate}"] += 1
            if want := goal.get("status"):
                said = found[0].assessment if found else None
                kind = "right" if said == want else "wrong" if said else "missing"
                self.done.counts[f"goal_status.{kind}"] += 1
            if fate == "missing":
                self.done.log.append(f"missing goal: {goal['goal']}")

    def _identity(self, truth: dict[str, Any], year: int) -> None:
        document = self.extract.document
        for name, want in (("fiscal_year", year), *((n, truth.get(n)) for n in IDENTITY)):
            if want:
                got = getattr(document, name)
                right = str(got) == str(want)
                self.done.counts[f"{name}.{'right' if right else 'wrong'}"] += 1
                if not right:
                    self.done.log.append(f"{name}: want {want}, got {got}")

    def _put(self, name: str, fate: str, record: Any, what: str) -> None:
        """Count a value that is not right, and whether it says so."""
        self.done.counts[f"{name}.{fate}"] += 1
        pages = range(record.page, record.page_last + 1)
        silent = fate != "missing" and not record.review and not self.loud.intersection(pages)
        if fate != "missing":
            self.done.counts["wrong"] += 1
            self.done.counts["silent"] += silent
        said = "SILENT " if silent else ""
        self.done.log.append(f"{said}{fate} {name}: {record.measure} {record.sex}: {what}")


def _is_outcome(want: dict[str, Any], got: Any) -> bool:
    return (
        got.outcome_year == want["year"]
        and _near(want["value"], got.value)
        and bool(got.period or not want.get("period"))
    )


def _also(told: dict[str, Any], got: str) -> bool:
    """Whether a goal is the one of the heading above, which may be taken for it."""
    return "goal_also" in told and squeeze(told["goal_also"]) == squeeze(got)


def _near(want: float, got: float) -> bool:
    return abs(want - got) < _TINY * max(1, abs(want))


def _same(name: str, want: Any, got: Any) -> bool:
    if name == "target_text":  # figures, signs and words; space aside
        return _signs(want) == _signs(got)
    if name == "comment":
        return squeeze(want)[:_COMMENT] == squeeze(got)[:_COMMENT]
    if isinstance(want, float):
        return _near(want, got)
    return squeeze(want) == squeeze(got) if isinstance(want, str) else bool(want == got)


def _signs(text: str) -> str:
    return "".join(text.split()).casefold().replace("–", "-")


def total(scores: Iterable[Score]) -> Score:
    """Several reports scored as one."""
    return sum(scores, Score())
