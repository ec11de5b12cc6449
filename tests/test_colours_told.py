"""Texts that say what colours mean, with no mark drawn beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper import page, text
from small_reports import small_report
from test_column_of_trends import GREEN, MARKS, NAMES, RED, STATUSES, TRENDS

from styrmatt.extract.marks.legend.colours_told import told_colours
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
JUDGED = {"met": "up", "partly_met": "flat", "not_met": "down"}


def told(*lines: str) -> tuple[dict[str, str], dict[str, str]]:
    words = [word for n, line in enumerate(lines) for word in text(line, 50, 100 + 12.0 * n)]
    return told_colours(page(words), WORDS)


@pytest.mark.parametrize(
    "line",
    [
        "Grön = förbättrats, gul = oförändrat, röd = försämrats.",
        "Grön pil: bättre än förra året. Gul pil: oförändrat. Röd pil: sämre än förra året.",
        "Grönt betyder att värdet har förbättrats, gult att det är oförändrat och rött sämre.",
        "Grön – positiv utveckling; gul – ingen förändring; röd – negativ utveckling",
    ],
)
def test_colours_may_be_trends(line: str) -> None:
    assert told(line) == ({}, JUDGED)


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Färgen visar läget: grön – målet är nått, gul – målet är nått till viss del, röd –",
            "ej nått",
        ),
        ("Grön betyder att målet är uppnått, gul delvis uppnått och röd inte uppnått.",),
    ],
)
def test_colours_may_be_statuses(lines: tuple[str, ...]) -> None:
    statuses, trends = told(*lines)
    assert statuses == {"grön": "met", "gul": "partly_met", "röd": "not_met"}
    assert trends == {}


@pytest.mark.parametrize(
    "line",
    [
        "Grön el har ökat, och gul lök har minskat.",
        "Grön = förbättrats.",
        "Grön cirkel: målet är nått, röd cirkel: målet är inte nått. Grön pil: bättre, röd: sämre.",
        "Röda korset har förbättrats och gula ligan försämrats.",
        "De grönaste stadsdelarna blev bättre, de röda huslängorna sämre.",
    ],
)
def test_other_texts_with_colours_tell_no_trend(line: str) -> None:
    assert told(line)[1] == {}


def found(
    folder: Path, line: str, head: str, *, discs: bool
) -> tuple[list[str | None], list[str | None]]:
    """The statuses and trends of rows with marks in a column, below a text."""
    rows = [("Nyckeltal", "2030", "2031", head)]
    rows += [(f"Besök {NAMES[n]}", "71", "74", "") for n in range(len(MARKS))]
    marks = {(n, 3): colour for n, (colour, _) in enumerate(MARKS, 1)}
    arrows = {(n, 3): one for n, one in enumerate(MARKS, 1)}
    extract = small_report(
        folder,
        rows,
        (50.0, 250.0, 330.0, 470.0),
        above=(line,),
        marks=marks if discs else {},
        arrows={} if discs else arrows,
    )
    return [one.status for one in extract.records], [one.trend for one in extract.records]


@pytest.mark.parametrize("discs", [True, False])
@pytest.mark.parametrize("head", ["", "Läge", "Utveckling"])
def test_marks_in_colours_that_a_text_calls_trends_are_no_statuses(
    tmp_path: Path, head: str, *, discs: bool
) -> None:
    line = "Grön = förbättrats, gul = oförändrat, röd = försämrats."
    assert found(tmp_path, line, head, discs=discs) == ([None] * 5, TRENDS)


@pytest.mark.parametrize("discs", [True, False])
def test_marks_in_colours_that_a_text_calls_statuses_are_these(
    tmp_path: Path, *, discs: bool
) -> None:
    line = "Grön – målet är nått, gul – målet är delvis nått, röd – målet är inte nått."
    assert found(tmp_path, line, "Läge", discs=discs)[0] == STATUSES


def test_an_arrow_against_its_colour_is_in_doubt(tmp_path: Path) -> None:
    rows = [("Nyckeltal", "2030", "2031", "Utveckling")]
    rows += [(f"Besök {NAMES[n]}", "71", "74", "") for n in range(2)]
    extract = small_report(
        tmp_path,
        rows,
        (50.0, 250.0, 330.0, 470.0),
        above=("Grön pil: bättre. Röd pil: sämre.",),
        arrows={(1, 3): (GREEN, "down"), (2, 3): (RED, "down")},
    )
    assert [one.trend for one in extract.records] == [None, "down"]
    assert [one.status for one in extract.records] == [None, None]
