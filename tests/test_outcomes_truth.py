"""Outcomes of whole reports against hand-made truth: the project's samples, and the shared ones."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from shared_reports import extract_of_text

from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.records import Extract
from styrmatt.whitespace import squeeze

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SEXES = {"all": "T", "women": "K", "men": "M"}
SAMPLES = [
    "region-adalen-2022-bilaga-maluppfyllelse",
    "region-adalen-2022-run-arsrapport",
    "region-adalen-2023-bilaga-maluppfyllelse",
    "region-adalen-2023-run-arsrapport",
]
REPORTS = [
    (ROOT / "data" / "raw" / f"{name}.pdf", ROOT / "tests" / "truth" / f"{name}.truth.json")
    for name in SAMPLES
]


def wanted_of(truth: dict[str, Any]) -> tuple[dict[tuple[str, str], list[Any]], set[str]]:
    """Stated results by squeezed name and sex, and the names of measures open to doubt."""
    names = {m["measure_id"]: squeeze(m["name"]) for m in truth["measures"]}
    scope = set(truth.get("outcomes_scope") or names)
    wanted: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for stated in truth["outcomes"]:
        if stated.get("value") is not None and stated["measure_id"] in scope:
            wanted[names[stated["measure_id"]], SEXES[stated["sex"]]].append(stated)
    doubtful = {names[o["measure_id"]] for o in truth.get("near_misses", [])}
    return wanted, doubtful | {name for i, name in names.items() if i not in scope}


@pytest.mark.parametrize(("report", "truth"), REPORTS, ids=lambda path: path.stem)
def test_stated_results_are_found_and_no_others(report: Path, truth: Path) -> None:
    layout, printed = read_report(report, load_layouts())
    found_as_stated(normalize(printed, layout, {}, "test"), truth)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared reports are not here")
@pytest.mark.xdist_group("text-2020")
def test_stated_results_of_the_real_report_are_found_and_no_others() -> None:
    found_as_stated(extract_of_text("2020"), SHARED / "truth" / "2020.json")


def found_as_stated(got: Extract, truth: Path) -> None:
    wanted, doubtful = wanted_of(json.loads(truth.read_text(encoding="utf-8")))
    names = {measure.measure_id: squeeze(measure.measure) for measure in got.measures}
    right, wrong, previous = set(), [], []
    for row in got.outcomes:
        key = (names[row.measure_id], row.sex)
        if row.value is None or (key not in wanted and key[0] in doubtful):
            continue
        hits = [o for o in wanted.get(key, ()) if abs(o["value"] - row.value) < 1e-9]
        if not hits:
            wrong.append((*key, row.value, row.text))
            continue
        right.add(key)
        if hits[0].get("previous_value") is not None:
            previous.append(row.previous_value == hits[0]["previous_value"])
    missed = [key for key in wanted if key not in right and key[0] not in doubtful]
    assert right and not wrong
    assert not missed
    assert all(previous)
