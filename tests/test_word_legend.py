"""A text that explains the words of a report's own scale gives these their statuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_reports import small_report

from styrmatt.extract.marks.legend.words import middles_of, words_of
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Betyget är stark (målet nått), lagom (målet delvis nått) eller svag (inte nått).",
            {"stark": "met", "lagom": "partly_met", "svag": "not_met"},
        ),
        (
            "Så läses ordet: Framme när målet är nått, Nästan framme när målet är delvis nått.",
            {"framme": "met", "nästan framme": "partly_met"},
        ),
        (
            "Läget är ett ord. Solsken betyder att målet är uppnått. Regn betyder ej uppnått.",
            {"solsken": "met", "regn": "not_met"},
        ),
    ],
)
def test_a_text_gives_words_their_statuses(text: str, told: dict[str, str]) -> None:
    found = words_of(text, WORDS)
    assert {word: found.get(word) for word in told} == told
    assert {word: found.get(word.capitalize()) for word in told} == told


@pytest.mark.parametrize(
    "text",
    [
        "Betyget är stark (målet är uppnått) i alla fall.",
        "Stark (målet är uppnått), lagom (målet är uppnått).",
        "Trygghet (uppnått) och Miljö (ej uppnått) är två av målen.",
        "Kommunen är nöjd om målet är uppnått, och mindre nöjd om målet inte är uppnått.",
        "Svag (uppnått) i fjol, svag (ej uppnått) i år.",
        "Kostnaden (i kronor) och andelen (i procent).",
    ],
)
def test_one_meaning_names_and_sentences_are_no_legend(text: str) -> None:
    assert words_of(text, WORDS) == {}


@pytest.mark.parametrize(
    ("text", "middle"),
    [
        ("Läget anges som Uppnått, Snudd på eller Ej uppnått i tabellen: läs mer.", None),
        ("Läget anges som Uppnått, Snudd på eller Ej uppnått.", "Snudd på"),
        ("Stegen är underkänt, snart där och godkänt; streck är ej mätt.", "snart där"),
        ("Läget är ej uppnått, vet inte eller uppnått.", None),
        ("Läget är ej uppnått, saknas eller uppnått.", None),
        ("Läget är inte uppnått, snudd på eller ej uppnått.", None),
        ("Uppnått, långt ifrån alla mål och ej uppnått.", None),
        ("Barnen är trygga, skolan växer och Nått.", None),
    ],
)
def test_the_middle_of_three_steps_is_partly_met_where_the_others_are_known(
    text: str, middle: str | None
) -> None:
    found = middles_of(text, WORDS)
    assert found == (
        dict.fromkeys((middle.lower(), middle.capitalize()), "partly_met") if middle else {}
    )


def test_a_column_of_explained_words_is_the_status(tmp_path: Path) -> None:
    rows = [
        ("Nyckeltal", "2030", "2031", "Mål", "Status"),
        ("Andel nöjda besökare (%)", "71 %", "74 %", "75 %", "Lagom"),
        ("Andel besök i tid (%)", "81 %", "81 %", "80 %", "Stark"),
        ("Andel öppna dagar (%)", "61 %", "60 %", "70 %", "Klen"),
    ]
    told = (
        "Ordet är: stark (målet är uppnått), lagom (målet är",
        "delvis uppnått), klen (ej nått).",
    )
    xs = (50.0, 250.0, 330.0, 410.0, 490.0)
    records = small_report(tmp_path, rows, xs, above=told).records
    assert [one.status for one in records] == ["partly_met", "met", "not_met"]
    plain = small_report(tmp_path, rows, xs, above=("Året var gott.",)).records
    assert [one.status for one in plain] == [None, None, None]


def test_a_word_between_two_known_ones_is_read_in_cells(tmp_path: Path) -> None:
    rows = [
        ("Nyckeltal", "2030", "2031", "Mål", "Status"),
        ("Andel nöjda besökare (%)", "71 %", "74 %", "75 %", "Snudd på"),
        ("Andel besök i tid (%)", "81 %", "81 %", "80 %", "Uppnått"),
    ]
    xs = (50.0, 250.0, 330.0, 410.0, 490.0)
    told = ("Ordet är Uppnått, Snudd på eller Ej uppnått.",)
    records = small_report(tmp_path, rows, xs, above=told).records
    assert [one.status for one in records] == ["partly_met", "met"]
