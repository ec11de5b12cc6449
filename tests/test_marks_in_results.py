"""A mark beside the figure of the latest result is the status, where no other mark is one."""

from __future__ import annotations

from pathlib import Path

from small_reports import small_report

XS = (50.0, 250.0, 330.0, 410.0, 490.0)
GREEN, AMBER, RED = "#00b050", "#ffc000", "#ff0000"
ROWS = (
    ("Nyckeltal", "2030", "Mål 2031", "2031", "Riket"),
    ("Andel nöjda besökare (%)", "71 %", "75 %", "74 %", "72 %"),
    ("Andel besök i tid (%)", "81 %", "80 %", "81 %", "79 %"),
    ("Andel öppna dagar (%)", "61 %", "70 %", "60 %", "66 %"),
)
DISCS = (AMBER, GREEN, RED)


def statuses(folder: Path, marks: dict[tuple[int, int], str]) -> list[str | None]:
    """The statuses of rows with these discs, by row and column; the figures have to be right."""
    records = small_report(folder, ROWS, XS, above=("Året var gott.",), marks=marks).records
    assert [one.outcome_value for one in records] == [74, 81, 60]
    return [one.status for one in records]


def test_discs_beside_the_latest_results_are_statuses(tmp_path: Path) -> None:
    discs = {(n, 3): disc for n, disc in enumerate(DISCS, 1)}
    assert statuses(tmp_path, discs) == ["partly_met", "met", "not_met"]


def test_discs_beside_figures_of_others_are_none(tmp_path: Path) -> None:
    discs = {(n, 4): disc for n, disc in enumerate(DISCS, 1)}
    assert statuses(tmp_path, discs) == [None] * 3


def test_discs_beside_older_results_are_none(tmp_path: Path) -> None:
    discs = {(n, 1): disc for n, disc in enumerate(DISCS, 1)}
    assert statuses(tmp_path, discs) == [None] * 3


def test_a_mark_beside_the_name_goes_before_one_beside_a_result(tmp_path: Path) -> None:
    discs = {(n, 3): disc for n, disc in enumerate(DISCS, 1)}
    discs |= {(n, 0): disc for n, disc in enumerate((RED, RED, GREEN), 1)}
    assert statuses(tmp_path, discs) == ["not_met", "not_met", "met"]


def test_grey_discs_beside_results_say_something_only_beside_coloured_ones(tmp_path: Path) -> None:
    grey = "#a6a6a6"
    discs = {(1, 3): grey, (2, 3): GREEN, (3, 3): grey}
    assert statuses(tmp_path, discs) == ["not_assessed", "met", "not_assessed"]
    assert statuses(tmp_path, dict.fromkeys(discs, grey)) == [None] * 3
