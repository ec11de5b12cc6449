"""Letters in cells are statuses where a text of the report says what they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper import page, text
from small_reports import small_report

from styrmatt.extract.marks.letter_legend import letters_of
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
XS = (50.0, 270.0, 340.0, 410.0, 480.0)
ROWS = (
    ("Nyckeltal", "Utfall 2031", "Mål 2031", "Läge", "Ansvarig"),
    ("Andel nöjda besökare (%)", "71", "75", "D", "TN"),
    ("Andel besök i tid (%)", "81", "80", "U", "KS"),
    ("Andel öppna dagar (%)", "60", "70", "N", "TN"),
)
EXPLAINED = ("Läge: U - uppnått, D - delvis uppnått och", "N - ej uppnått.")


def letters(*lines: str) -> dict[str, str]:
    words = [word for n, line in enumerate(lines) for word in text(line, 50, 100 + 14 * n)]
    return letters_of(page(words), WORDS)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (EXPLAINED, {"U": "met", "D": "partly_met", "N": "not_met"}),
        (("H = hög måluppfyllelse, B = bristande", "måluppfyllelse, EB = ej bedömd"),
         {"H": "met", "B": "not_met", "EB": "not_assessed"}),
        (("J: Målet är uppnått. N: Målet är inte uppnått.",), {"J": "met", "N": "not_met"}),
    ],
)  # fmt: skip
def test_a_text_gives_letters_their_statuses(
    lines: tuple[str, ...], wanted: dict[str, str]
) -> None:
    assert letters(*lines) == wanted


@pytest.mark.parametrize(
    "lines",
    [
        ("K = kvinnor, M = män", "T = totalt"),
        ("A = uppnått",),
        ("A = uppnått, B = uppfyllt",),
        ("Bilaga A - Uppnått under året. Bilaga B - Kostnader.",),
        ("A = uppnått, B = ej uppnått, A = delvis uppnått",),
    ],
)
def test_other_letters_and_a_single_meaning_are_no_legend(lines: tuple[str, ...]) -> None:
    assert letters(*lines) == {}


def test_a_column_of_explained_letters_is_the_status_whatever_its_header_says(
    tmp_path: Path,
) -> None:
    read = small_report(tmp_path, ROWS, XS, above=EXPLAINED)
    assert [record.status for record in read.records] == ["partly_met", "met", "not_met"]
    assert {record.status_read_by for record in read.records} == {"text"}


def test_letters_that_nothing_explains_are_no_statuses(tmp_path: Path) -> None:
    read = small_report(tmp_path, ROWS, XS, above=("Året var gott.",))
    assert [record.status for record in read.records] == [None] * 3


def test_codes_of_boards_under_who_is_responsible_are_boards(tmp_path: Path) -> None:
    read = small_report(tmp_path, ROWS, XS, above=EXPLAINED)
    assert [(r.board, r.responsible) for r in read.records] == [
        ("TN", None), ("KS", None), ("TN", None),
    ]  # fmt: skip


def test_other_codes_under_who_is_responsible_are_none(tmp_path: Path) -> None:
    rows = [(*row[:4], {"TN": "HR", "KS": "VD"}.get(row[4], row[4])) for row in ROWS]
    read = small_report(tmp_path, rows, XS, above=EXPLAINED)
    assert [(r.board, r.responsible) for r in read.records] == [
        (None, "HR"), (None, "VD"), (None, "HR"),
    ]  # fmt: skip
