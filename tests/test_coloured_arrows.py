"""Arrows in colours are statuses only where something is to be met, and they do not repeat it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_reports import small_report

GREEN, AMBER, RED = "#00b050", "#ffc000", "#ff0000"
NAMES = ("i tid", "i kö", "i staden", "på landet", "för barn", "för äldre")
AGREED = ((GREEN, "up"), (RED, "down"), (GREEN, "up"), (AMBER, "right"), (RED, "down"))
MIXED = ((GREEN, "up"), (RED, "up"), (GREEN, "down"), (AMBER, "right"), (RED, "down"))


def found(
    folder: Path, arrows: tuple[tuple[str, str], ...], head: str, last: str
) -> tuple[list[str | None], list[str | None]]:
    """The statuses and trends of rows with these arrows, and a column of this name beside them."""
    rows = [("Nyckeltal", "2030", "2031", head, "Utveckling")]
    rows += [(f"Besök {NAMES[n]}", "71", "74", last, "") for n in range(len(arrows))]
    extract = small_report(
        folder,
        rows,
        (50.0, 250.0, 320.0, 390.0, 470.0),
        above=("Året var gott för alla.",),
        arrows={(n, 4): one for n, one in enumerate(arrows, 1)},
    )
    records = extract.records
    return [one.status for one in records], [one.trend for one in records]


TRENDS = {"up": "up", "down": "down", "right": "flat"}


@pytest.mark.parametrize("arrows", [(*AGREED, AGREED[0]), (*MIXED, MIXED[0])])
def test_arrows_in_a_table_without_targets_are_no_statuses(
    arrows: tuple[tuple[str, str], ...], tmp_path: Path
) -> None:
    statuses, trends = found(tmp_path, arrows, "Riket", "73 %")
    assert statuses == [None] * len(arrows)
    assert trends == [TRENDS[way] for _, way in arrows]


def test_colours_that_say_again_where_arrows_point_are_no_statuses(tmp_path: Path) -> None:
    statuses, trends = found(tmp_path, (*AGREED, AGREED[0]), "Mål", "73 %")
    assert statuses == [None] * 6
    assert trends == [TRENDS[way] for _, way in (*AGREED, AGREED[0])]


def test_colours_that_differ_from_where_arrows_point_are_statuses(tmp_path: Path) -> None:
    statuses, trends = found(tmp_path, (*MIXED, MIXED[0]), "Mål", "73 %")
    assert statuses == ["met", "not_met", "met", "partly_met", "not_met", "met"]
    assert trends == [TRENDS[way] for _, way in (*MIXED, MIXED[0])]


def test_few_arrows_may_agree_by_chance(tmp_path: Path) -> None:
    statuses, _ = found(tmp_path, AGREED[:3], "Mål", "73 %")
    assert statuses == ["met", "not_met", "met"]
