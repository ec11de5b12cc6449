"""The benchmarks measure what they say: their reports are read as made, their sections are written.

Nothing is timed here: what the scripts print is checked for what it tells, not for how much.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import bench
import check
import collection
import compare
import growth
import jobs
import measuring
import pytest
import scoring
from test_whole_reports import TYPESETTINGS, read
from truth import differences, expected

from styrmatt.records import FINDING_KINDS

SMALL = next(path for path in TYPESETTINGS if path.stem == "words")
KIND = collection.Kind(goals=1, years=2)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Reports of five organisations, two years each: all ways to draw markers, both families."""
    return collection.make(tmp_path_factory.mktemp("made"), 10, KIND)


@pytest.mark.xdist_group("benchmarks")
def test_made_up_reports_are_read_as_made(made: list[Path]) -> None:
    extracts = [read(path) for path in made]
    for path, extract in zip(made, extracts, strict=True):
        truth, facts = (path.with_suffix(f".{part}.json") for part in ("truth", "facts"))
        assert differences(extract, truth, facts) == []
        said = json.loads(truth.read_text(encoding="utf-8"))["outcomes"]
        assert sorted(o["value"] for o in said) == sorted(o.value for o in extract.outcomes)
    documents = [extract.document for extract in extracts]
    assert len({document.document_id for document in documents}) == len(made)
    assert len({document.organisation for document in documents}) == 5


@pytest.mark.xdist_group("benchmarks")
def test_no_two_made_up_reports_are_alike(made: list[Path]) -> None:
    told = []
    for path in made:
        names = (path.with_suffix(f".{part}.json") for part in ("truth", "facts"))
        told.append({(row["measure"], row["target_text"]) for row in expected(*names)})
    for number, rows in enumerate(told):
        assert all(rows != other for other in told[:number])
    for first, second in zip(told[::2], told[1::2], strict=True):  # the years of an organisation
        assert {name for name, _ in first} & {name for name, _ in second}


@pytest.mark.xdist_group("benchmarks")
def test_the_same_seed_makes_the_same_reports(made: list[Path], tmp_path: Path) -> None:
    again = collection.make(tmp_path / "again", 2, KIND)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in made[:2]]
    other = collection.make(tmp_path / "other", 2, collection.Kind(goals=1, years=2, seed=8))
    assert other[0].read_bytes() != made[0].read_bytes()


def printed(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    """The first cells of the bars, and all that was printed."""
    text = capsys.readouterr().out
    return re.findall(r"^\| (\w+) \| [^|]+ \| at (?:most|least)", text, re.MULTILINE), text


@pytest.mark.slow
def test_the_comparison_sets_all_readers_beside_each_other(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "WARM", [])
    compare.main([str(SMALL), "--rounds", "1", "--cold-rounds", "1", "--only", "none"])
    bars, text = printed(capsys)
    assert set(bars) == {"compare"} and len(bars) >= 5
    for name in (*compare.MEASURED_OFTEN, "### In one process", "### Cold"):
        assert name in text
    rows = len(expected(*scoring.truth_of(SMALL) or ()))
    assert f"| styrmatt | {rows} | {rows} |" in text


@pytest.mark.slow
def test_several_processes_are_compared_by_what_they_write(
    capsys: pytest.CaptureFixture[str],
) -> None:
    jobs.main(["--reports", "2", "--goals", "1,1", "--rounds", "1"])
    bars, text = printed(capsys)
    assert bars == ["jobs", "jobs"]
    assert "Files that are not the same, byte for byte: 0." in text


@pytest.mark.slow
def test_growth_is_told_with_what_follows_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    growth.main(["--counts", "1,2", "--jobs", "1", "--pages", "3", "--known", str(SMALL)])
    bars, text = printed(capsys)
    assert set(bars) == {"growth"}
    for part in (
        "### Many reports",
        "### Long reports",
        "### 100,000 reports",
        "with 16 such cores",
    ):
        assert part in text


def test_every_part_has_its_section_and_can_be_run_quickly() -> None:
    assert set(bench.PARTS) == set(bench.QUICK) == set(measuring.SECTIONS) - {"bars"}


def test_a_section_is_written_without_touching_the_others() -> None:
    first = measuring.with_section(
        "", "growth", "## Growth\n\nold", ["| growth | a | 1 | 2 | met |"]
    )
    both = measuring.with_section(first, "jobs", "## Jobs", ["| jobs | b | 1 | 2 | met |"])
    assert both.index("| jobs |") < both.index("| growth |") < both.index("## Jobs")
    again = measuring.with_section(
        both, "growth", "## Growth\n\nnew", ["| growth | c | 1 | 2 | met |"]
    )
    assert "## Jobs" in again and "| jobs | b |" in again
    assert "new" in again and "old" not in again
    assert again.count("| growth |") == 1 and "| growth | c |" in again


@pytest.mark.parametrize(
    ("bar", "told"),
    [
        (measuring.Bar("a", 0.7, 0.35), "**not met**, 100% above"),
        (measuring.Bar("a", 0.28, 0.35), "met, 20% below"),
        (measuring.Bar("a", 1.36, 1.7, at_least=True), "**not met**, 20% below"),
        (measuring.Bar("a", 0, 0), "met"),
        (measuring.Bar("a", 2, 0), "**not met**"),
    ],
)
def test_a_bar_tells_whether_it_is_met_and_by_how_much(bar: measuring.Bar, told: str) -> None:
    assert bar.row("compare").endswith(f"| {told} |")


def test_a_process_that_fails_says_why() -> None:
    spent, text = measuring.measure([sys.executable, "-c", "print('fine')"])
    assert text == "fine\n" and spent.memory > 1
    with pytest.raises(measuring.ProcessFailed, match="out of paper"):
        measuring.measure([sys.executable, "-c", "raise SystemExit('out of paper')"])


def cells(row: dict[str, Any]) -> list[str]:
    """A row of a table as a reader would give it, with a lead-in and broken words."""
    arrow = {"up": "↑", "flat": "→", "down": "↓", None: ""}[row["trend"]]
    sex = "" if row["sex"] == "T" else row["sex"]
    name = f"Styrmått: {row['measure'][:9]}-\n{row['measure'][9:]}"
    return [name, sex, row["target_text"] or "", "Delvis uppnått", arrow]


def test_what_fits_all_readers_counts_whole_rows_and_markers_told() -> None:
    truth = scoring.truth_of(SMALL)
    assert truth is not None
    rows = expected(*truth)
    told = scoring.count_in_cells(truth, map(cells, rows))
    assert told["whole"] == told["rows"] == len(rows)
    partly = sum(row["status"] == "partly_met" for row in rows)
    trends = sum(row["trend"] is not None for row in rows)
    assert told["marks_right"] == partly + trends
    assert told["marks_wrong"] == len(rows) - partly
    without_targets = [[name, sex] for name, sex, *_ in map(cells, rows)]
    assert scoring.count_in_cells(truth, without_targets)["whole"] == 0
    assert scoring.count_in_cells(truth, [])["marks_right"] == 0


def test_scores_of_several_reports_are_weighed_by_their_rows() -> None:
    one = {"rows_truth": 30, "rows_extract": 30, "recall": 1.0, "precision": 1.0}
    other = {"rows_truth": 10, "rows_extract": 5, "recall": 0.5, "precision": 0.8}
    outcomes = ({"outcome_tp": 3, "outcome_fp": 1, "outcome_fn": 0}, {"outcome_tp": 1})
    pooled = scoring.pooled([one | outcomes[0], other | outcomes[1]])
    assert pooled["recall"] == pytest.approx(0.875)
    assert pooled["precision"] == pytest.approx(34 / 35)
    assert pooled["outcome_precision"] == pytest.approx(0.8)
    assert pooled["rows_truth"] == 40


def test_the_benchmark_of_the_check_finds_what_it_plants(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["--report", "hagsjo-kommun-2023", "--times", "1", "--jobs", "1"]
    check.main(arguments)
    printed = capsys.readouterr().out
    rows = re.findall(r"\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", printed)
    assert [kind for kind, *_ in rows] == list(FINDING_KINDS)
    planted = {kind: int(count) for kind, count, *_ in rows if count != "0"}
    assert {"result_differs", "year_differs", "restated", "targets_differ"} <= planted.keys()
    assert all(found == count and false == "0" for _, count, found, _, false, _ in rows)
    assert "0 false" in printed


def test_every_kind_of_finding_has_something_that_plants_it() -> None:
    assert check.PLANTERS.keys() == FINDING_KINDS.keys()
