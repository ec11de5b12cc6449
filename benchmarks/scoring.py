"""Scores what a reader got right, by score.py, where it is at hand, and by one measure for all.

The measure for all readers asks of a table reader no more than it promises: a row of the truth is
whole where one row of a table holds the measure's name, its target and, for women or men, K or M,
each as the text of a cell. Hyphens, spaces and capitals make no difference, and the name may have a
lead-in before it. A marker counts as read where such a row has its word or its arrow.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from measuring import ROOT, SHARED

sys.path.append(str(ROOT / "tests"))

Truth = tuple[Path, Path]
"""The files of a report's truth: rows, and facts on where they stand."""
_ARROWS = {
    "up": "↑⬆▲🡅⇧\uf0e9",
    "flat": "→➡►➔⇨\uf0e8",
    "down": "↓⬇▼🡇⇩\uf0ea",
}
"""Arrows of text fonts, and those of the symbol font that office suites use."""


def truth_of(report: Path) -> Truth | None:
    """The truth of a report: beside it, in the project's tests, or beside the real reports."""
    for folder in (report.parent, ROOT / "tests" / "truth"):
        files = tuple(folder / f"{report.stem}.{part}.json" for part in ("truth", "facts"))
        if all(file.exists() for file in files):
            return files  # type: ignore[return-value]
    for rows in (report.parents[1] / "truth").glob("*.json"):
        facts = rows.with_suffix(".facts.json")
        if rows.stem in report.stem.split("-") and facts.exists():
            return rows, facts
    return None


def score(root: Path, document_id: str, truth: Truth) -> dict[str, float]:
    """What score.py prints for a report of an extract; nothing where score.py is not at hand."""
    script = _score_py()
    if script is None:
        return {}
    said, printed = sys.argv, io.StringIO()
    rows, facts = map(str, truth)
    asked = ["--data", str(root), "--truth", rows, "--facts", facts, "--document", document_id]
    sys.argv = ["score.py", *asked, "--json"]
    try:
        with contextlib.redirect_stdout(printed):
            script.main()
    finally:
        sys.argv = said
    return {
        name: value for name, value in json.loads(printed.getvalue()).items() if value is not None
    }


@cache
def _score_py() -> ModuleType | None:
    path = SHARED / "score" / "score.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pooled(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """The scores of several reports as of one: shares weighed by what they are shares of."""
    of = {
        "precision": "rows_extract",
        "goals_found": "goals_truth",
        "goal_assessment": "goals_truth",
    }
    out: Counter[str] = Counter()
    for name in {name for one in scores for name in one}:
        if all(isinstance(one.get(name, 0), int) for one in scores):
            out[name] = sum(int(one.get(name, 0)) for one in scores)
            continue
        weights = [one[of.get(name, "rows_truth")] for one in scores if name in one]
        values = [one[name] for one in scores if name in one]
        out[name] = sum(v * w for v, w in zip(values, weights, strict=True)) / (sum(weights) or 1)  # type: ignore[assignment]
    for name, missed in (("outcome_precision", "outcome_fp"), ("outcome_recall", "outcome_fn")):
        if all_of_them := out["outcome_tp"] + out[missed]:
            out[name] = out["outcome_tp"] / all_of_them  # type: ignore[assignment]
    return dict(out)


def count_in_records(truth: Truth, records: Iterable[dict[str, Any]]) -> Counter[str]:
    """Count rows, whole rows, and markers read right and wrong, in records."""
    free: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for record in records:
        free.setdefault(_key(record), []).append(record)
    told: Counter[str] = Counter()
    for row in _expected(truth):
        same = sorted(free.get(_key(row), ()), key=lambda one: abs(one["page"] - row["page"]))
        mine = same[0] if same else None
        if mine is not None:
            free[_key(row)].remove(mine)
        told.update(rows=1, whole=mine is not None)
        for mark in ("status", "trend"):
            said = mine.get(mark) if mine else None
            _count_mark(told, row[mark], said)
    return told


def count_in_cells(truth: Truth, rows: Iterable[Sequence[str]]) -> Counter[str]:
    """Count the same as :func:`count_in_records` in rows of cells."""
    free = [([_squeeze(cell) for cell in row], row) for row in rows]
    told: Counter[str] = Counter()
    for row in _expected(truth):
        place = next((n for n, (keys, _) in enumerate(free) if _holds(keys, _key(row))), None)
        mine = None if place is None else free.pop(place)[1]
        told.update(rows=1, whole=mine is not None)
        for mark in ("status", "trend"):
            _count_mark(told, row[mark], _marker(mark, mine or ()))
    return told


def _count_mark(told: Counter[str], printed: str | None, said: str | None) -> None:
    told.update(
        marks=printed is not None,
        marks_right=printed is not None and said == printed,
        marks_wrong=said is not None and said != printed,
    )


def _expected(truth: Truth) -> list[dict[str, Any]]:
    from truth import expected

    return expected(*truth)


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return _squeeze(row["measure"]), _squeeze(row.get("target_text") or ""), row["sex"]


def _holds(cells: Sequence[str], key: tuple[str, str, str]) -> bool:
    measure, target, sex = key
    has_measure = any(cell.endswith(measure) for cell in cells)
    has_sex = sex == "T" or sex.casefold() in cells
    return has_measure and has_sex and (not target or target in cells)


def _marker(mark: str, cells: Sequence[str]) -> str | None:
    """The value of a marker that a row's text tells."""
    words = _words()[mark]
    values = {words[cell] for cell in map(_squeeze, cells) if cell in words}
    if mark == "trend":
        text = "".join(cells)
        values |= {value for value, arrows in _ARROWS.items() if any(a in text for a in arrows)}
    return values.pop() if len(values) == 1 else None


@cache
def _words() -> dict[str, dict[str, str]]:
    """The words that stand for markers in the cells of the samples, by what they mark."""
    from styrmatt.records import STATUSES

    path = ROOT / "samples" / "content" / "words.toml"
    said = tomllib.loads(path.read_text(encoding="utf-8"))["cell_words"]
    words: dict[str, dict[str, str]] = {"status": {}, "trend": {}}
    for value, word in said.items():
        words["status" if value in STATUSES else "trend"][_squeeze(word)] = value
    return words


def _squeeze(text: str) -> str:
    from styrmatt.whitespace import squeeze

    return squeeze(text)
