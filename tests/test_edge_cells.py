"""A narrow column of nothing but colour at a table's side is the edges of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from small_reports import small_report

XS = (50.0, 64.0, 300.0, 400.0, 480.0)
GREEN, YELLOW, RED, GREY = "#6aa84f", "#f1c232", "#cc0000", "#b7b7b7"
ROWS = (
    ("", "Nyckeltal", "Utfall 2030", "Utfall 2031", "Mål 2031"),
    ("", "Andel nöjda besökare", "70 %", "71 %", "75 %"),
    ("", "varav kvinnor", "72 %", "73 %", ""),
    ("", "varav män", "68 %", "69 %", ""),
    ("", "Andel besök i tid", "80 %", "81 %", "80 %"),
    ("", "Andel öppna dagar", "61 %", "", "70 %"),
)


def statuses(
    folder: Path, colours: str, of: Mapping[str, str], width: float = 14
) -> list[tuple[str, str | None]]:
    """The sex and status of each record where rows have these colours, each by a letter."""
    fills = {(n, 0): of[letter] for n, letter in enumerate(colours, start=1) if letter in of}
    read = small_report(folder, ROWS, (64.0 - width, *XS[1:]), fills=fills)
    return [(record.sex, record.status) for record in read.records]


COLOURS = {"g": GREEN, "y": YELLOW, "r": RED, "x": GREY}


def test_cells_of_colour_are_statuses_and_one_along_all_lines_is_the_totals(tmp_path: Path) -> None:
    assert statuses(tmp_path, "yyygr", COLOURS) == [
        ("T", "partly_met"), ("K", None), ("M", None), ("T", "met"), ("T", "not_met"),
    ]  # fmt: skip


def test_lines_whose_colours_differ_have_a_status_each(tmp_path: Path) -> None:
    assert statuses(tmp_path, "ygrgg", COLOURS) == [
        ("T", "partly_met"), ("K", "met"), ("M", "not_met"), ("T", "met"), ("T", "met"),
    ]  # fmt: skip


def test_a_grey_cell_among_coloured_ones_is_not_assessed(tmp_path: Path) -> None:
    assert [status for _, status in statuses(tmp_path, "rrrgx", COLOURS)] == [
        "not_met", None, None, "met", "not_assessed",
    ]  # fmt: skip


def test_cells_of_one_colour_are_a_decoration(tmp_path: Path) -> None:
    assert {status for _, status in statuses(tmp_path, "ggggg", COLOURS)} == {None}


@pytest.mark.parametrize(("width", "is_edge"), [(11, True), (17, True), (19, False), (26, False)])
def test_a_strip_of_more_than_18_points_is_no_edge(
    tmp_path: Path, width: float, *, is_edge: bool
) -> None:
    found = statuses(tmp_path, "rrrgy", COLOURS, width)
    wanted = ("not_met", "met", "partly_met") if is_edge else (None, None, None)
    assert tuple(status for sex, status in found if sex == "T") == wanted
