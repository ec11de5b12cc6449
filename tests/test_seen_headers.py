"""What is shown of headers that nobody knows: rows like headers, and the nearest roles."""

from __future__ import annotations

import pytest
from paper import page, text

from styrmatt.extract.grid.content import content_of
from styrmatt.extract.grid.headers.header_like import header_like_blocks
from styrmatt.extract.grid.nearest_role import nearest_roles
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.model.text_lines import Word
from styrmatt.vocabulary import load_vocabulary

WORDS = load_header_words("sv")


def nearest(header: str, *cells: str, marks: int = 0) -> str | None:
    content = content_of(cells, marks, load_vocabulary("sv")) if cells or marks else None
    return next(iter(nearest_roles(header, WORDS, content)), None)


# --- the nearest role


def test_a_known_header_is_its_role() -> None:
    assert nearest("Målvärde 2031") == "target"


def test_a_misspelt_or_inflected_header_is_near_the_word_it_is_like() -> None:
    assert nearest("Nyckeltalen") == "measure"
    assert nearest("Kommentaer") == "comment"


def test_a_word_of_a_header_may_tell() -> None:
    assert nearest("Vår målnivå framöver") == "target"


def test_words_go_before_cells() -> None:
    assert nearest("Vårt trafikljus", "12", "14") == "status"


def test_of_the_roles_that_a_word_may_have_cells_choose() -> None:
    assert nearest("Ny målsättning då", "12 %", "14 %") == "target"
    assert nearest("Ny målsättning då", "Alla i länet mår gott och är trygga hela livet") == "goal"


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (("81 %", "90 %"), "result"),
        (("Uppnått", "Ej uppnått"), "status"),
        (("K", "M", "K", "M"), "sex"),
        (("KS", "BUN"), "board"),
        (("Andel resor", "Antal resor"), "measure"),
        (("2022/2023", "2021/2022"), "period"),
    ],
)
def test_cells_tell_where_no_word_is_known(cells: tuple[str, ...], role: str) -> None:
    assert nearest("Xyz", *cells) == role


def test_marks_are_statuses() -> None:
    assert nearest("Xyz", marks=3) == "status"


def test_a_year_alone_heads_results() -> None:
    assert nearest("2029") == "result"


def test_nothing_is_near_a_word_that_is_like_none() -> None:
    assert nearest("Xyz") is None
    assert nearest("") is None


# --- rows that look like headers


def found(words: list[Word], taken: tuple[tuple[float, float], ...] = ()) -> list[tuple[str, ...]]:
    made = page(words)
    return [block.texts for block in header_like_blocks(made, made.lines, taken, WORDS)]


def line(top: float, *cells: str, bold: bool = False) -> list[Word]:
    return [w for n, cell in enumerate(cells) for w in text(cell, 50 + 150 * n, top, bold=bold)]


HEADER = line(100, "Avgång", "Hållplats", "Flagga", bold=True)
ROWS = line(116, "Tåg", "12", "A") + line(132, "Buss", "14", "B")


def test_labels_over_rows_in_their_columns_are_like_a_header() -> None:
    assert found(HEADER + ROWS) == [("Avgång", "Hållplats", "Flagga")]


def test_a_header_of_two_lines_is_one() -> None:
    second = line(111, "från stan", "i byn", "nu", bold=True)
    rows = line(130, "Tåg", "12", "A") + line(146, "Buss", "14", "B")
    assert found(HEADER + second + rows) == [
        ("Avgång\nfrån stan", "Hållplats\ni byn", "Flagga\nnu")
    ]


def test_two_labels_are_a_label_and_its_text() -> None:
    two = line(100, "Avgång", "Hållplats") + line(116, "Tåg", "12") + line(132, "Buss", "14")
    assert found(two) == []


def test_one_row_is_no_table() -> None:
    assert found(HEADER + line(116, "Tåg", "12", "A")) == []


def test_rows_far_below_are_of_another_table() -> None:
    far = line(160, "Tåg", "12", "A") + line(176, "Buss", "14", "B")
    assert found(HEADER + far) == []


def test_figures_are_no_labels_but_years_are() -> None:
    assert found(line(100, "Avgång", "410", "422") + line(116, "Summa", "1 200", "1 300")) == []
    years = line(100, "Avgång", "2029", "2030", bold=True)
    assert found(years + ROWS) == [("Avgång", "2029", "2030")]


def test_what_is_read_already_is_left_out() -> None:
    assert found(HEADER + ROWS, taken=((95, 150),)) == []
