"""Short tables have the columns of longer ones with the same header in the same place."""

from __future__ import annotations

from paper import page, text

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.columns.of_headers import ColumnsOfHeaders
from styrmatt.extract.grid.headers.header_block import find_header_blocks
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.model.text_lines import Word

WORDS = load_header_words("sv")
HEADER = (("Nyckeltal", 50), ("Utfall", 230), ("Mål", 300), ("Avvikelse", 380))
LONG = [
    [("Besök i simhallen", 50), ("82 %", 270), ("83 %", 345), ("-1", 420)],
    [("Lån per invånare", 50), ("6,1", 275), ("minst 5,9", 320), ("+2", 420)],
    [("Nöjda besökare", 50), ("45 %", 270), ("42 %", 345), ("+3", 420)],
]
SHORT = [[("Förtroende", 50), ("45 %", 270), ("42 %", 345), ("+3", 420)]]


def columns(
    known: ColumnsOfHeaders, rows: list[list[tuple[str, float]]], dx: float = 0
) -> GridColumns:
    words: list[Word] = []
    for n, row in enumerate([HEADER, *rows]):
        words += [word for t, x in row for word in text(t, x + dx, 100 + 20 * n)]
    sheet = page(words)
    (block,) = find_header_blocks(sheet, sheet.lines, WORDS)
    return known.columns(sheet, block, [line for line in sheet.lines if line.top > 110])


def test_a_table_of_one_row_has_the_columns_of_a_longer_one() -> None:
    known = ColumnsOfHeaders()
    alone = columns(known, SHORT)
    longer = columns(known, LONG)
    assert columns(known, SHORT).bounds == longer.bounds != alone.bounds


def test_a_header_in_another_place_is_another() -> None:
    known = ColumnsOfHeaders()
    longer = columns(known, LONG)
    assert columns(known, SHORT, dx=9).bounds != longer.bounds


def test_words_over_a_bound_show_that_the_columns_are_others() -> None:
    known = ColumnsOfHeaders()
    longer = columns(known, LONG)
    wide = [[("Förtroende för dem som styr", 50), ("en mycket lång cell här", 230), ("+3", 420)]]
    assert columns(known, wide).bounds != longer.bounds
