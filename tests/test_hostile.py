"""Input that is hostile or merely odd ends well: no defect, no minute, and the others are read."""

from __future__ import annotations

import os
import pickle
import signal
import time
from hashlib import sha256
from pathlib import Path

import hostile
import pytest
from conftest import make_extract

from styrmatt.cli import main
from styrmatt.commands import run as run_module
from styrmatt.commands.run import exit_code
from styrmatt.errors import (
    WORST_FIRST,
    BudgetError,
    ExitCode,
    IdentityError,
    LayoutFileError,
    StyrmattError,
    UnreadableSourceError,
    worst,
)
from styrmatt.export.store import verify as verify_rows
from styrmatt.extract import pattern_limit
from styrmatt.extract.engine import alt_texts
from styrmatt.extract.engine.seen import overprint
from styrmatt.extract.marks import box_grid
from styrmatt.extract.tables.rows import straddling_marks
from styrmatt.normalize.document_identity import identify
from styrmatt.normalize.outcomes import read as outcomes
from styrmatt.pipeline import run_settings
from styrmatt.pipeline.memory import memory_of, processor_seconds_of
from styrmatt.pipeline.progress import OnPage
from styrmatt.pipeline.read_report import ReadOptions, ReadReport, defects_as_errors
from styrmatt.pipeline.run import Failure, Options, Outcome, Result, run_reports
from styrmatt.pipeline.run_settings import ReadBudget
from styrmatt.pipeline.workers import local, process_pool
from styrmatt.pipeline.workers.time_limit import time_limit
from styrmatt.swedish.numbers import whole_number
from styrmatt.whitespace import shown_name

SLOW = (
    "forms that unfold without end",
    "a stream that unfolds to gigabytes",
    "5,000 rows on a long page",
)
"""Kinds that only a limit ends, and one that takes half a minute."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else [])
        for name in hostile.KINDS
    ],
)
def test_hostile_input_ends_well(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kind = hostile.KINDS[name]

    def run_here(arguments: list[str]) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        return int(ended.value.code or 0), capsys.readouterr().err

    if kind.needs_limit:
        for name_of_limit in ("STYRMATT_TIMEOUT", "STYRMATT_MEMORY"):
            monkeypatch.delenv(name_of_limit)
        ended = hostile.run_kind(kind, tmp_path)
    else:  # without a budget nothing needs another process; conftest.py sets that
        ended = hostile.run_kind(kind, tmp_path, run_here)
    assert hostile.wrong_with(kind, ended) == []


# --- the budget


FOREVER = b"%forever"
"""What a report holds at its end whose reading never ends."""
GREEDY = b"%greedy"


def read_or_hang(path: Path, options: ReadOptions, on_page: OnPage) -> ReadReport:
    data = path.read_bytes()
    while data.endswith(FOREVER):
        pass
    if data.endswith(GREEDY):
        filled = bytearray(b"x") * 700_000_000
        time.sleep(3600 + len(filled))
    made = make_extract("fine", source_sha256=sha256(data).hexdigest(), source_name=path.name)
    return ReadReport(made, {})


def run(raw: Path, out: Path, budget: ReadBudget, jobs: int) -> list[Outcome]:
    return [*run_reports(sorted(raw.glob("*.pdf")), Options(out, jobs=jobs, budget=budget))]


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report that is fine."""
    monkeypatch.setattr(local, "read_one", read_or_hang)
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / hostile.GOOD).write_bytes(hostile.pdf())
    return folder


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_report_that_takes_too_long_is_given_up_and_the_others_are_read(
    raw: Path, tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_settings, "_SECONDS_AT_ALL", 6.0)
    (raw / "a.pdf").write_bytes(hostile.report() + FOREVER)
    outcomes = run(raw, tmp_path / "out", ReadBudget(), jobs)
    good, bad = outcomes
    assert isinstance(good, Result) and isinstance(bad, Failure)
    assert isinstance(bad.error, BudgetError) and "6 seconds" in bad.error.message
    assert exit_code(outcomes, strict=False) == ExitCode.GIVEN_UP


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell")
def test_a_report_that_takes_too_much_memory_is_given_up(raw: Path, tmp_path: Path) -> None:
    (raw / "a.pdf").write_bytes(hostile.report() + GREEDY)
    good, bad = run(raw, tmp_path / "out", ReadBudget(None, 500_000_000), 1)
    assert isinstance(good, Result) and isinstance(bad, Failure)
    assert "0.5 GB of memory" in bad.error.message


def test_one_report_is_read_in_another_process_even_with_one_job(raw: Path, tmp_path: Path) -> None:
    (raw / hostile.GOOD).unlink()
    (raw / "a.pdf").write_bytes(hostile.report() + FOREVER)
    (bad,) = run(raw, tmp_path / "out", ReadBudget(4.0), 1)
    assert isinstance(bad, Failure) and isinstance(bad.error, BudgetError)


def test_the_time_grows_with_the_pages_unless_it_is_given() -> None:
    assert ReadBudget().seconds_for(0) == 50
    assert ReadBudget().seconds_for(1000) == 1050
    assert ReadBudget(7.0).seconds_for(1000) == 7
    assert ReadBudget().memory == 4_000_000_000


def test_a_busy_machine_is_no_reason_to_give_a_report_up() -> None:
    usual = ReadBudget()
    assert not usual.is_over(10, clock=599, processor=59) and usual.is_over(10, 61, 61)
    assert usual.is_over(10, clock=601, processor=1)  # it waits for what never comes
    assert usual.is_over(10, clock=61, processor=None)
    asked = ReadBudget(7.0)
    assert asked.is_over(10, clock=8, processor=1) and not asked.is_over(10, 6, 6)
    took = processor_seconds_of(os.getpid())
    assert took is None or 0 < took <= time.process_time() + 1
    assert processor_seconds_of(None) is None


def test_the_processor_ends_what_this_process_does() -> None:
    with pytest.raises(BudgetError), time_limit("a.pdf", 0.1, of_processor=True):
        while True:
            pass


def test_what_this_process_does_is_ended_too() -> None:
    with pytest.raises(BudgetError), time_limit("a.pdf", 0.05):
        time.sleep(5)
    began = time.monotonic()
    with pytest.raises(BudgetError), time_limit("a.pdf", 0.05):
        try:
            time.sleep(5)
        except StyrmattError:  # a library that catches whatever comes
            time.sleep(5)
    assert time.monotonic() - began < 3
    assert signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, None)
    with time_limit("a.pdf", None):
        pass


def test_memory_that_runs_out_is_no_defect() -> None:
    with pytest.raises(BudgetError), defects_as_errors(Path("a.pdf")):
        raise MemoryError
    error = pickle.loads(pickle.dumps(BudgetError("a.pdf", "5 seconds")))
    assert isinstance(error, BudgetError) and "a.pdf was given up" in error.message


def test_memory_is_that_of_the_process() -> None:
    assert memory_of(os.getpid()) > 10_000_000 or not Path("/proc/self/statm").exists()
    assert memory_of(None) == 0


# --- exit codes, names, patterns, boxes


def failed(error: StyrmattError) -> Failure:
    return Failure(Path("a.pdf"), error)


def test_the_code_of_a_run_is_the_worst_of_its_reports() -> None:
    assert set(WORST_FIRST) == set(ExitCode)
    unreadable = failed(UnreadableSourceError("a.pdf is empty."))
    bad_layout = failed(LayoutFileError("a.toml is wrong."))
    given_up = failed(BudgetError("a.pdf", "5 seconds"))
    defect = failed(StyrmattError("a defect"))
    assert exit_code([bad_layout, unreadable], strict=True) == ExitCode.UNREADABLE
    assert exit_code([unreadable, given_up], strict=True) == ExitCode.GIVEN_UP
    assert exit_code([given_up, defect, unreadable], strict=False) == ExitCode.INTERNAL
    assert worst([]) == ExitCode.DONE
    assert worst([0, 1]) == ExitCode.FINDINGS


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bo\u0308rs  a.pdf ", "Börs a.pdf"),
        ("a\nb\tc.pdf", "a b c.pdf"),
        ("a\x1b[31m.pdf", "a\ufffd[31m.pdf"),
        ("rapport-\udce5r.pdf", "rapport-\ufffdr.pdf"),
    ],
)
def test_names_are_recorded_as_text_that_can_be_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_pattern_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    assert pattern_limit._SECONDS == 3
    monkeypatch.setattr(pattern_limit, "_SECONDS", 0.2)
    text = "Region " + "a" * 60
    with pytest.raises(LayoutFileError, match="still searching"):
        pattern_limit.search_limited(re.compile(r"(?:a|aa)+\$"), text, "egen")
    found = pattern_limit.search_limited(re.compile(r"(?P<a>Region) (?P<b>x)?"), text, "egen")
    assert found == {"a": "Region"}
    assert pattern_limit.search_limited(re.compile("Kommun"), text, "egen") is None


def test_boxes_are_found_by_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    assert box_grid._FEW == 12
    monkeypatch.setattr(box_grid, "_FEW", 1)
    boxes = [(0.0, 0.0, 3.0, 3.0), (50.0, 50.0, 60.0, 60.0), (-9.0, -9.0, -5.0, -5.0)]
    grid = box_grid.BoxGrid(boxes)
    assert grid.near((1.0, 1.0, 2.0, 2.0), 0.5) == [0]
    assert grid.near((60.5, 55.0, 70.0, 56.0), 1.0) == [1]
    assert grid.near((-20.0, -20.0, 100.0, 100.0), 0.0) == [0, 1, 2]
    assert grid.near((200.0, 200.0, 201.0, 201.0), 1.0) == []
    assert box_grid._CELL == 4.0


def test_all_of_a_few_boxes_are_near() -> None:
    grid = box_grid.BoxGrid([(0.0, 0.0, 3.0, 3.0), (50.0, 50.0, 60.0, 60.0)])
    assert grid.near((200.0, 200.0, 201.0, 201.0), 1.0) == [0, 1]
    for number in range(2, box_grid._FEW + 1):
        grid.add(number, (80.0, 80.0, 81.0, 81.0))
    assert grid.near((1.0, 1.0, 2.0, 2.0), 0.5) == [0]


def test_no_figure_is_tested_by_a_method_that_takes_superscripts_for_digits() -> None:
    source = Path(run_module.__file__).parents[1]
    users = [
        path.name for path in source.rglob("*.py") if ".isdigit" in path.read_text(encoding="utf-8")
    ]
    assert users == []


def test_a_page_that_cannot_be_loaded_is_listed_and_cannot_be_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile.KINDS["a page that cannot be loaded"].make(tmp_path)
    arguments = ["inspect", str(tmp_path / "odd.pdf"), "--page", "2", "--quiet"]
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert not ended.value.code and "page_failed" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "-o", str(tmp_path / "page.png")])
    assert ended.value.code == ExitCode.UNREADABLE
    assert "Page 2 of odd.pdf cannot be loaded" in capsys.readouterr().err


def test_tables_do_not_go_on_across_a_page_that_is_lost(tmp_path: Path) -> None:
    hostile.KINDS["a page that cannot be loaded"].make(tmp_path)
    (result,) = run_reports([tmp_path / "odd.pdf"], Options(tmp_path / "out"))
    assert isinstance(result, Result)
    assert result.document.pages_read == (1, 3) and result.document.page_count == 3
    assert ("error", "page_failed") in result.issues


@pytest.mark.parametrize(("digits", "is_read"), [(12, True), (13, False), (5000, False)])
def test_whole_numbers_have_twelve_digits_at_most(digits: int, is_read: bool) -> None:
    assert (whole_number("7" * digits) is not None) == is_read


def test_no_name_of_an_organisation_has_more_than_150_letters() -> None:
    named = {"fiscal_year": "2022", "organisation": f"Region {'a' * 143}"}
    assert identify(named, {}, "a.pdf").organisation.endswith("aaa")
    with pytest.raises(IdentityError, match="151 characters") as raised:
        identify({**named, "organisation": named["organisation"] + "a"}, {}, "a.pdf")
    assert "a" * 33 in raised.value.message and "a" * 34 not in raised.value.message


def test_limits_against_what_has_no_end() -> None:
    """Far beyond what reports have; their reasons stand beside them."""
    assert outcomes._LONGEST_SENTENCE == 5_000
    assert alt_texts._MAX_STEPS == 1_000_000
    assert overprint._SQUARE == 4.0
    assert straddling_marks._NEAR == 3
    assert process_pool._LOOK_AT_BUDGET == 0.5
    assert verify_rows._SHOWN_ROWS == 10
