"""Colours that a text explains as ranks among others are no statuses of goals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from paper import page, text
from small_reports import small_report

from styrmatt.extract.grid.colour_ranks import ranks_line
from styrmatt.extract.headers.header_words import header_words_of
from styrmatt.layout_files import load_layouts

ROWS = (
    ("Nyckeltal", "2029", "2030", "2031", "Mål"),
    ("Andel nöjda besökare (%)", "71", "74", "76", "75"),
    ("Andel besök i tid (%)", "81", "79", "70", "80"),
    ("Andel öppna dagar (%)", "60", "64", "68", "70"),
)
XS = (50.0, 300.0, 360.0, 420.0, 480.0)
GREEN, YELLOW, RED = "#c6efce", "#ffeb9c", "#ffc7ce"
FILLS = {(1, 3): GREEN, (2, 3): RED, (3, 3): YELLOW}


def rank_line(*lines: str) -> str | None:
    """The line of a page that says that colours are ranks."""
    words = next(w for layout in load_layouts() if (w := header_words_of(layout)) is not None)
    made = page([word for n, line in enumerate(lines) for word in text(line, 50, 100 + 14 * n)])
    found = ranks_line(made, words.words.rows)
    return None if found is None else found.text


@pytest.mark.parametrize(
    "lines",
    [
        ("Cellens färg visar i vilken fjärdedel av", "kommunerna värdet ligger: grönt är bland de",
         "25 % bästa och rött bland de sämsta."),
        ("Grön: bästa kvartilen", "Gul: de 50 procenten i mitten", "Röd: sämsta kvartilen"),
        ("Bästa 25 % Mittersta 50 % Sämsta 25 %",),
        ("Rött = sämre värde jämfört med övriga regioner",),
    ],
)  # fmt: skip
def test_a_text_that_gives_colours_a_place_among_others_makes_them_ranks(
    lines: Sequence[str],
) -> None:
    assert rank_line(*lines) == lines[0]


@pytest.mark.parametrize(
    "lines",
    [
        ("Skolorna hör till de 25 procent bästa i landet.", "Det är vi stolta över."),
        ("Grönt betyder att målet är uppnått.", "Rött betyder att det inte är uppnått."),
        ("Gröna områden jämförs med andra.", "Kommunen är nöjd."),
    ],
)
def test_praise_and_an_explanation_of_statuses_make_no_ranks(lines: Sequence[str]) -> None:
    assert rank_line(*lines) is None


def test_values_shaded_by_rank_have_no_status_and_one_issue_says_why(tmp_path: Path) -> None:
    above = (
        "Färgen visar läget bland alla kommuner: grönt är de 25",
        "procent bästa, rött de sämsta.",
    )
    read = small_report(tmp_path, ROWS, XS, above=above, fills=FILLS)
    assert [record.status for record in read.records] == [None] * 3
    assert [record.outcome_value for record in read.records] == [76, 70, 68]
    issues = [issue for issue in read.issues if "ranks" in issue.message]
    assert [(i.kind, i.severity, i.page) for i in issues] == [("unknown_marker", "info", 2)]


def test_values_that_no_text_calls_ranks_keep_the_status_of_their_colour(tmp_path: Path) -> None:
    read = small_report(tmp_path, ROWS, XS, above=("Året var gott.",), fills=FILLS)
    assert [record.status for record in read.records] == ["met", "not_met", "partly_met"]


@pytest.mark.parametrize(
    ("colours", "wanted"),
    [
        ((GREEN, "#d9d9d9", RED), ["met", "not_assessed", "not_met"]),
        (("#d9d9d9", "#d9d9d9", RED), [None, None, "not_met"]),
    ],
)
def test_one_grey_value_among_coloured_ones_is_not_assessed_but_a_grey_column_is_no_mark(
    tmp_path: Path, colours: Sequence[str], wanted: list[str | None]
) -> None:
    fills = {(n, 3): colour for n, colour in enumerate(colours, start=1)}
    read = small_report(tmp_path, ROWS, XS, above=("Året var gott.",), fills=fills)
    assert [record.status for record in read.records] == wanted
