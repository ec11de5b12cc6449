"""Letters in cells are statuses where a text of the report says what they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper import page, text
from small_reports import small_report

from styrmatt.extract.marks.legend.letters import letters_of
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
        (("Skala: 5 = helt uppfyllt, 4 = uppfyllt och 1 = inte", "uppfyllt."),
         {"5": "met", "4": "met", "1": "not_met"}),
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
        ("Mål 1 – uppnått. Mål 2 – delvis uppnått. Mål 3: ej uppnått.",),
        ("I fjol 1 = uppnått, i år 1 = ej uppnått",),
        ("Året var tungt – målet är inte uppnått. Nästa år väntas bättre - delvis uppnått.",),
        ("Tillväxten var +2 procent. Målet är uppnått + lite till.",),
    ],
)
def test_other_letters_and_a_single_meaning_are_no_legend(lines: tuple[str, ...]) -> None:
    assert letters(*lines) == {}


@pytest.mark.parametrize("equals", ["", "= ", "betyder att "])
def test_a_text_gives_plus_and_minus_their_statuses_with_any_kind_of_dash(equals: str) -> None:
    found = letters(
        f"Plus och minus: + {equals}uppnått, +/- {equals}delvis uppnått,", f"- {equals}ej uppnått."
    )
    both = dict.fromkeys(("+/-", "+/–", "+/−"), "partly_met")
    assert found == {"+": "met", **both, **dict.fromkeys("-–−", "not_met")}


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("✓ målet är nått ~ målet är delvis nått ✗ målet är inte nått",), {"~": "partly_met"}),
        (("✔ Nått", "≈ Delvis nått", "✘ Inte nått"), {"≈": "partly_met"}),
        (("~ = delvis uppfyllt, ? = kan inte bedömas, ✓ = uppfyllt",),
         {"~": "partly_met", "?": "not_assessed"}),
        (("Så läses kolumnen: * uppnått, ** delvis uppnått, ! ej uppnått",),
         {"*": "met", "!": "not_met"}),
    ],
)  # fmt: skip
def test_a_text_gives_any_sign_beside_others_its_status(
    lines: tuple[str, ...], wanted: dict[str, str]
) -> None:
    assert letters(*lines) == wanted


@pytest.mark.parametrize(
    "lines",
    [
        ("~ delvis nått",),
        ("~ nått", "~ delvis nått", "✓ nått"),
        ("Antalet är ~ 50. ✓ nått, ✗ inte nått",),
        ("* Målet är uppnått", "* Målet är inte uppnått"),
        ("& uppnått / ej uppnått",),
        ("✓ målet är nått, ✗ målet är inte nått",),
        ("x~ delvis nått ✓ nått",),
    ],
)
def test_signs_that_say_two_things_or_stand_in_a_text_are_no_legend(lines: tuple[str, ...]) -> None:
    assert letters(*lines) == {}


def test_a_cell_of_a_sign_that_is_explained_beside_ticks_has_its_status(tmp_path: Path) -> None:
    rows = (
        ("Nyckeltal", "Utfall 2031", "Mål 2031", "Nått?"),
        *((*row[:3], sign) for row, sign in zip(ROWS[1:], ("~", "!", "~"), strict=True)),
    )
    above = ("~ delvis nått, ! inte nått",)
    read = small_report(tmp_path, rows, XS[:4], above=above)
    assert [record.status for record in read.records] == ["partly_met", "not_met", "partly_met"]
    read = small_report(tmp_path, rows, XS[:4], above=("Året var gott.",))
    assert [record.status for record in read.records] == [None] * 3


SIGNS = (
    ("Nyckeltal", "Utfall 2031", "Mål 2031", "Utfall mot mål"),
    *((*row[:3], sign) for row, sign in zip(ROWS[1:], ("-", "+", "?"), strict=True)),
)


def test_a_column_of_explained_signs_is_the_status_and_its_dashes_are_not_missing(
    tmp_path: Path,
) -> None:
    above = ("Så läses tabellen: + = uppnått, – = ej uppnått.",)
    read = small_report(tmp_path, SIGNS, XS[:4], above=above)
    assert [record.status for record in read.records] == ["not_met", "met", "not_assessed"]
    assert [record.outcome_value for record in read.records] == [71.0, 81.0, 60.0]


def test_signs_that_nothing_explains_are_no_statuses(tmp_path: Path) -> None:
    read = small_report(tmp_path, SIGNS, XS[:4], above=("Året var gott.",))
    assert {record.status for record in read.records} <= {None, "not_assessed"}


def test_a_column_of_explained_grades_is_the_status_and_one_of_other_figures_is_not(
    tmp_path: Path,
) -> None:
    grades = [(*row[:3], grade) for row, grade in zip(ROWS[1:], "242", strict=True)]
    above = ("Omdöme: 4 = uppnått, 2 = delvis uppnått, 1 = ej uppnått.",)
    header = ("Nyckeltal", "Utfall 2031", "Mål 2031", "Omdöme")
    read = small_report(tmp_path, [header, *grades], XS[:4], above=above)
    assert [record.status for record in read.records] == ["partly_met", "met", "partly_met"]
    counts = [(*row[:3], count) for row, count in zip(ROWS[1:], ("2", "4", "17"), strict=True)]
    others = small_report(tmp_path, [header, *counts], XS[:4], above=above)
    assert others.records[2].status is None


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


def cells(*rows: tuple[str, str]) -> dict[str, str]:
    words = [
        word
        for n, row in enumerate(rows)
        for x, cell in zip((50, 200), row, strict=True)
        for word in text(cell, x, 100 + 14 * n)
    ]
    return letters_of(page(words), WORDS)


def test_words_of_a_scale_may_stand_in_cells_beside_their_meanings() -> None:
    found = cells(("Trygg", "Utfallet motsvarar nivån"), ("Sårbar", "Utfallet når inte nivån"))
    assert (found["Trygg"], found["Sårbar"]) == ("met", "not_met")


def test_names_beside_their_statuses_are_no_words_of_a_scale() -> None:
    assert not cells(("Simhallen", "Målet är uppnått"), ("Badplatser", "Målet är inte uppnått"))
    assert not cells(("Barn och unga", "Delvis uppnått"), ("Äldre", "Ej uppnått"))


def test_names_whose_results_a_text_tells_stay_names(tmp_path: Path) -> None:
    """The text explains no scale, though it says of each name whether its level is reached."""
    names = ("Trygghet", "Hälsa", "Trivsel")
    rows = [ROWS[0], *((name, *row[1:]) for name, row in zip(names, ROWS[1:], strict=True))]
    told = "Trygghet – nivån är uppnådd. Hälsa – nivån är inte uppnådd. Trivsel – nivån är uppnådd."
    read = small_report(tmp_path, rows, XS, above=(*EXPLAINED, told))
    assert [record.measure for record in read.records] == list(names)
    assert [record.status for record in read.records] == ["partly_met", "met", "not_met"]
