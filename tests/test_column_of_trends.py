"""Marks of a status column that the legend explains as trends in colours are no statuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_reports import small_report

GREEN, AMBER, RED, GREY, BLACK = "#00b050", "#ffc000", "#ff0000", "#808080", "#000000"
NAMES = ("i tid", "i kö", "i staden", "på landet", "för barn", "för äldre")
MARKS = ((GREEN, "up"), (RED, "down"), (AMBER, "right"), (GREEN, "up"), (RED, "down"))
TRENDS = ["up", "down", "flat", "up", "down"]
STATUSES = ["met", "not_met", "partly_met", "met", "not_met"]
WORDS = [
    ("Grön pil: har förbättrats", "Gul pil: oförändrad", "Röd pil: har försämrats"),
    ("bättre än förra året", "ingen skillnad", "sämre än förra året"),
    ("positiv utveckling", "ingen förändring", "negativ utveckling"),
]
Marks = tuple[tuple[str, str], ...]
Legend = tuple[tuple[str, str, str], ...]


def in_colours(words: tuple[str, str, str]) -> Legend:
    ways = ((GREEN, "up"), (AMBER, "right"), (RED, "down"))
    return tuple((*look, text) for look, text in zip(ways, words, strict=True))


def found(
    folder: Path, legend: Legend, marks: Marks = MARKS, head: str = "", last: str = "2031"
) -> tuple[list[str | None], list[str | None], set[str]]:
    """The statuses and trends of rows with these marks, and the kinds of warnings."""
    rows = [("Nyckeltal", "2030", last, head)]
    rows += [(f"Besök {NAMES[n]}", "71", "74", "") for n in range(len(marks))]
    extract = small_report(
        folder,
        rows,
        (50.0, 250.0, 330.0, 470.0),
        arrows={(n, 3): one for n, one in enumerate(marks, 1) if one[1]},
        marks={(n, 3): one[0] for n, one in enumerate(marks, 1) if not one[1]},
        legend=legend,
    )
    records = extract.records
    issues = {one.severity for one in extract.issues if one.kind == "unknown_marker"}
    return [one.status for one in records], [one.trend for one in records], issues


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("last", ["2031", "Mål 2031"])
def test_arrows_whose_colours_a_legend_of_trends_explains_are_trends(
    tmp_path: Path, words: tuple[str, str, str], last: str
) -> None:
    assert found(tmp_path, in_colours(words), last=last) == ([None] * 5, TRENDS, set())


@pytest.mark.parametrize("head", ["Läge", "Status", "Måluppfyllelse"])
def test_a_header_of_statuses_over_them_is_noted(tmp_path: Path, head: str) -> None:
    assert found(tmp_path, in_colours(WORDS[0]), head=head) == ([None] * 5, TRENDS, {"info"})


def test_one_of_three_arrows_may_be_left_out(tmp_path: Path) -> None:
    legend = in_colours(("bättre", "ungefär som sist", "sämre"))
    marks = tuple((GREY, way) if way == "right" else (colour, way) for colour, way in MARKS)
    assert found(tmp_path, legend, marks) == ([None] * 5, TRENDS, set())


def test_discs_in_colours_may_be_trends(tmp_path: Path) -> None:
    legend = tuple((colour, "", words) for colour, _, words in in_colours(WORDS[0]))
    marks = tuple((colour, "") for colour, _ in MARKS)
    assert found(tmp_path, legend, marks) == ([None] * 5, TRENDS, set())


@pytest.mark.parametrize("way", ["", "up"])
def test_colours_with_statuses_in_the_legend_are_statuses(tmp_path: Path, way: str) -> None:
    words = ("Målet är uppnått", "Målet är delvis uppnått", "Målet är inte uppnått")
    legend = tuple(
        (colour, way, text) for (colour, *_), text in zip(in_colours(words), words, strict=True)
    )
    marks = tuple((colour, way) for colour, _ in MARKS)
    assert found(tmp_path, legend, marks, head="Status")[0] == STATUSES


def test_discs_beside_a_legend_of_arrows_are_statuses(tmp_path: Path) -> None:
    marks = tuple((colour, "") for colour, _ in MARKS)
    assert found(tmp_path, in_colours(WORDS[0]), marks, head="Status")[0] == STATUSES


def test_the_legend_of_a_column_of_trends_is_not_that_of_one_of_statuses(tmp_path: Path) -> None:
    legend = tuple((colour, "", words) for colour, _, words in in_colours(WORDS[0]))
    rows = [("Nyckeltal", "2031", "Status", "Utveckling")]
    rows += [(f"Besök {NAMES[n]}", "71", "", "") for n in range(3)]
    discs = {(1, 2): RED, (2, 2): GREEN, (1, 3): GREEN, (2, 3): GREEN, (3, 3): AMBER}
    extract = small_report(tmp_path, rows, (50.0, 250.0, 330.0, 470.0), marks=discs, legend=legend)
    assert [one.status for one in extract.records] == ["not_met", "met", None]
    assert [one.trend for one in extract.records] == ["up", "up", "flat"]


def test_a_legend_of_black_arrows_explains_no_colours(tmp_path: Path) -> None:
    legend = tuple((BLACK, way, words) for _, way, words in in_colours(WORDS[0]))
    marks = ((RED, "up"), (GREEN, "down"), (AMBER, "right"), (GREEN, "up"), (RED, "down"))
    statuses, trends, _ = found(tmp_path, legend, marks, head="Måluppfyllelse")
    assert statuses == ["not_met", "met", "partly_met", "met", "not_met"]
    assert trends == ["up", "down", "flat", "up", "down"]


def test_arrows_in_other_colours_than_the_legend_s_are_not_taken_for_its_own(
    tmp_path: Path,
) -> None:
    marks = ((RED, "up"), (GREEN, "down"), (AMBER, "right"), (GREEN, "up"), (RED, "down"))
    statuses, _, _ = found(tmp_path, in_colours(WORDS[0]), marks, head="Måluppfyllelse")
    assert statuses == ["not_met", "met", "partly_met", "met", "not_met"]
