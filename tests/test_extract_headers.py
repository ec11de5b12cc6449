"""Header rows, however their cells are broken."""

from __future__ import annotations

import pytest
from paper import cell, page, text

from styrmatt.extract.tables.header_row import find_headers
from styrmatt.extract.tables.unknown_labels import with_unknown_labels
from styrmatt.layout import Layout
from styrmatt.layout_files import load_layouts

LAYOUTS = {layout.name: layout for layout in load_layouts()}
WITH_BOARD: Layout = LAYOUTS["styrmatt-med-namnd"]
BY_FACTOR: Layout = LAYOUTS["framgangsfaktor-i-tabell"]


def headers(words, layout=WITH_BOARD, year=None):
    return find_headers(page(words), [t for t in layout.tables if t.columns], year)


def header_row(*cells: str, top: float = 100) -> list:
    return [w for n, c in enumerate(cells) for w in cell(c, 50 + 80 * n, top, 9, bold=True)]


@pytest.mark.parametrize(
    "status", ["Måluppfyllelse", "Målupp-\nfyl-\nlelse", "Målupp\nfyllelse", "Målupp-fyl-lelse"]
)
@pytest.mark.parametrize(
    "board", ["Styrelse/nämnd", "Sty-\nrelse/\nnämnd", "Styrelse/\nnäm\nnd", "Nämnd"]
)
def test_header_cells_are_found_however_they_are_broken(status: str, board: str) -> None:
    row = header_row("Styrmått", board, "K/\nM", "Mål 2020", status, "Utveckl-\ning")
    (header,) = headers(row)
    assert header.fields == ("measure", "board", "sex", "target", "status", "trend")
    assert header.year == 2020


def test_columns_may_stand_in_another_order() -> None:
    (header,) = headers(header_row("Nämnd", "Styrmått", "Mål", "K/M", "Måluppfyllelse"))
    assert header.fields == ("board", "measure", "target", "sex", "status")


def test_the_first_row_is_not_part_of_the_header() -> None:
    row = header_row("Framgångsfaktor", "Styrmått", "Mål", "Måluppfyllelse", "Utveckling")
    body = cell("Aktivitet: Delta i\nmässan", 130, 113, 9, bold=True)
    (header,) = headers(row + body, BY_FACTOR)
    assert header.bbox[3] < 112


def test_the_longer_header_is_taken_where_it_is_printed() -> None:
    (header,) = headers(
        header_row("Styrmått/\naktivitet", "Nämnd", "K/M", "Mål\n2024", "Måluppfyllelse")
    )
    assert [w.text for w in header.labels[0].words] == ["Styrmått/", "aktivitet"]
    assert header.year == 2024


def test_a_sentence_with_the_same_words_is_no_header() -> None:
    line = "Varje Styrmått har en Nämnd och ett Mål samt Måluppfyllelse och Utveckling här"
    assert headers(text(line, 50, 100)) == []


def test_a_table_without_the_columns_that_tell_the_family_is_not_of_it() -> None:
    row = header_row("Styrmått", "Mål", "Måluppfyllelse", "Utveckling")
    assert headers(row, WITH_BOARD) == []
    assert headers(row, BY_FACTOR) == []


def test_a_column_that_the_layout_does_not_know_is_told() -> None:
    row = header_row("Styrmått", "Nämnd", "Mål", "Utfall", "Måluppfyllelse")
    (header,) = headers(row)
    (label,) = with_unknown_labels(page(row), header).others
    assert label.text == "Utfall"


def test_two_tables_on_a_page_are_two_headers() -> None:
    one = header_row("Styrmått", "Nämnd", "K/M", "Mål", "Måluppfyllelse")
    two = header_row("Styrmått", "Nämnd", "K/M", "Mål", "Måluppfyllelse", top=300)
    assert [round(h.bbox[1]) for h in headers(one + two)] == [100, 300]
