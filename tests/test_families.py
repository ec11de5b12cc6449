"""Goal tables of every family, and tables to be left alone, against a floor that only rises.

``UPDATE_FAMILIES=1`` writes what is read now as the floor; a commit shows what it changed.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import families
import pytest
from family_scores import Score, read, score, truth_of

FOLDER = Path(__file__).parent / "families"
FLOOR = FOLDER / "floor.json"
TYPESETTINGS = sorted(FOLDER.glob("*.pdf"))
PUBLISHERS = sorted((FOLDER.parent / "publishers").glob("*.pdf"))
REPORTS = [*TYPESETTINGS, *PUBLISHERS]
LARGEST = 60 * 1024
"""Bytes of a typesetting: the repository keeps them all."""
WITHOUT_FONT_FILES = (
    "h-years-alone-no-lines",
    "s-set-sideways-read-downwards",
    "s-set-sideways-read-upwards",
    "t-financial-goals-yes-no",
    "v-coloured-edges",
    "v-full-half-full-empty",
    "v-standing-lights",
    "v-traffic-lights-of-three-lamps",
    "z-goal-rows-with-their-own-marks",
    "z-header-under-each-goal",
    "z-large-raised-footnotes",
    "z-name-overleaf",
    "z-subheadings-below-goals",
)
"""Typesettings that come out the same wherever they are made."""
pytestmark = pytest.mark.xdist_group("families")


@cache
def measured(path: Path) -> Score:
    year, truth = truth_of(path)
    return score(read(path), truth, year)


def figures(path: Path) -> dict[str, int]:
    """What the floor holds of a report: how much is right, and how much is not."""
    counts = measured(path).counts
    right = sum(count for name, count in counts.items() if name.endswith(".right"))
    missing = sum(count for name, count in counts.items() if name.endswith(".missing"))
    return {
        "right": right,
        "missing": missing,
        "wrong": counts["wrong"],
        "silent": counts["silent"],
        "false_rows": counts["rows.invented"],
    }


def floor() -> dict[str, dict[str, int]]:
    return dict(json.loads(FLOOR.read_text(encoding="utf-8")))


@pytest.mark.skipif("UPDATE_FAMILIES" not in os.environ, reason="asked for by UPDATE_FAMILIES=1")
def test_the_floor_is_written_anew() -> None:
    lines = (f" {json.dumps(p.stem)}: {json.dumps(figures(p))}" for p in REPORTS)
    FLOOR.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def test_every_report_has_its_truth_and_its_floor() -> None:
    assert list(floor()) == [path.stem for path in REPORTS]
    truths = {path.name.removesuffix(".truth.json") for path in FOLDER.glob("*.truth.json")}
    assert truths == {path.stem for path in TYPESETTINGS}
    assert all(
        (families.ROOT / "tests" / "truth" / f"{p.stem}.truth.json").exists() for p in PUBLISHERS
    )


def test_the_typesettings_are_many_and_small() -> None:
    told = [truth_of(path)[1] for path in TYPESETTINGS]
    assert len([truth for truth in told if truth["rows"]]) >= 30
    assert len({family for truth in told for family in truth["families"] if truth["rows"]}) >= 14
    assert sum(truth["left_alone"] for truth in told) >= 30
    assert max(path.stat().st_size for path in TYPESETTINGS) < LARGEST


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_no_report_is_read_worse_than_before(path: Path) -> None:
    now, before = figures(path), floor()[path.stem]
    assert now["right"] >= before["right"], measured(path).log
    # What was not read at all had nothing wrong: the first that is read of it may be.
    first = truth_of(path)[1]["rows"] and not before["right"]
    names = ("wrong", "silent", "false_rows") if not first else ("silent",)
    for name in names:
        assert now[name] <= before[name], (name, measured(path).log)


@pytest.mark.parametrize("name", WITHOUT_FONT_FILES)
def test_a_content_file_gives_the_same_bytes_and_the_truth_that_is_kept(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(families.ROOT / "samples"))
    from goaltables.make import make

    content = families.ROOT / "samples" / "content" / "families" / f"{name}.toml"
    for part in ("one", "two"):
        (tmp_path / part).mkdir()
        make(content, tmp_path / part / f"{name}.pdf", tmp_path / part / "truth.json")
    one, two = ((tmp_path / part / f"{name}.pdf").read_bytes() for part in ("one", "two"))
    assert one == two
    kept = (FOLDER / f"{name}.truth.json").read_text(encoding="utf-8")
    assert (tmp_path / "one" / "truth.json").read_text(encoding="utf-8") == kept


def test_what_is_wrong_missing_invented_and_silent_is_counted() -> None:
    path = next(p for p in REPORTS if p.stem == "t-financial-goals-yes-no")
    year, truth = truth_of(path)
    extract = read(path)
    assert not isinstance(extract, Exception)
    before = score(extract, truth, year).counts
    first, second, *_ = extract.records
    others = [record for record in extract.records if record not in (first, second)]
    changed = [replace(first, status="partly_met", review=()), replace(second, trend="up")]
    extract = replace(extract, records=[*changed, *others], issues=[])
    after = score(extract, truth, year).counts
    assert after["status.wrong"] == before["status.wrong"] + 1
    assert after["trend.invented"] == before["trend.invented"] + 1
    assert after["silent"] >= before["silent"] + 1
    without = score(replace(extract, records=others), truth, year).counts
    assert without["rows.missing"] == before["rows.missing"] + 2


def test_the_table_has_a_line_for_each_report_and_one_for_all() -> None:
    few = {path: measured(path) for path in REPORTS[:2]}
    lines = families.table(few).splitlines()
    assert [line.split()[0] for line in lines[1:]] == [*(path.stem for path in few), "all"]
