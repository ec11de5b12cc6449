"""Where the general reader finds the columns of a table, its end, and lines that are no rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from flips import Flip, steps
from paper import grid, page, text

from styrmatt.extract.grid.columns.grid_columns import (
    GridColumns,
    find_grid_columns,
    words_by_column,
)
from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.grid.headers.header_block import find_header_blocks
from styrmatt.extract.grid.headers.legend_lines import without_explanations, without_legend
from styrmatt.extract.grid.table_span import GridLine, frame_bottom, grid_lines, table_bottom
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.model.page import Fill, Page, Picture, Ruling, Shape
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.vocabulary import load_vocabulary

WORDS = load_header_words("sv")
VOCABULARY = load_vocabulary("sv")
HEADER = [("Indikator", 50.0), ("Mål", 200.0), ("Utfall", 300.0)]
ROWS = [
    [("Andel nöjda", 50.0), ("70 %", 200.0), ("64 %", 300.0)],
    [("Antal besök", 50.0), ("1 200", 200.0), ("1 250", 300.0)],
    [("Kostnad per plats", 50.0), ("90", 200.0), ("92", 300.0)],
]
Cells = Sequence[tuple[str, float]]


def words_at(top: float, cells: Cells, size: float = 10, *, bold: bool = False) -> list[Word]:
    return [word for t, x in cells for word in text(t, x, top, size, bold=bold)]


def table(
    rows: Sequence[Cells] = ROWS,
    header: Cells = HEADER,
    rulings: Sequence[Ruling] = (),
    more: Sequence[Word] = (),
    step: float = 20,
) -> Page:
    """A header at 100 and rows below it."""
    words = words_at(100, header)
    for n, row in enumerate(rows, 1):
        words += words_at(100 + step * n, row)
    return page([*words, *more], list(rulings))


def columns_of(sheet: Page) -> tuple[GridColumns, list[PageLine]]:
    (block,) = find_header_blocks(sheet, sheet.lines, WORDS)
    body = [line for line in sheet.lines if line.top > block.bbox[3] - 1]
    return find_grid_columns(sheet, block, body), body


def heads(columns: GridColumns) -> list[str | None]:
    return [head.text if head is not None else None for head in columns.heads]


def cells(sheet: Page) -> list[list[str]]:
    """The cells of each line below the header."""
    columns, body = columns_of(sheet)
    return [
        [" ".join(w.text for w in c) for c in words_by_column(columns, chains_of(sheet, line))]
        for line in body
    ]


TEXTS = [[t for t, _ in row] for row in ROWS]


# --- columns --------------------------------------------------------------------------------------


def test_white_space_parts_columns() -> None:
    columns, _ = columns_of(table())
    assert heads(columns) == ["Indikator", "Mål", "Utfall"]
    assert not columns.unsure and not columns.ruled
    assert cells(table()) == TEXTS


def test_rulings_part_columns_wherever_words_stand() -> None:
    rulings = grid([45, 195, 215, 360], [95, 115, 135, 155, 175])
    header = [("Indikator", 50.0), ("Mål", 198.0), ("Utfall", 218.0)]
    rows = [[("Andel nöjda", 50.0), ("70", 198.0), ("64", 218.0)]] * 3
    columns, _ = columns_of(table(rows, header, rulings))
    assert columns.bounds == (45, 195, 215, 360)
    assert columns.ruled and not columns.unsure
    assert cells(table(rows, header, rulings)) == [["Andel nöjda", "70", "64"]] * 3


@pytest.mark.parametrize("shift", [-20.0, 0.0, 15.0])
def test_cells_beside_their_label_are_below_it(shift: float) -> None:
    rows = [[(t, x + shift * (x > 50)) for t, x in row] for row in ROWS]
    assert cells(table(rows)) == TEXTS


def test_a_column_without_a_header_between_two_is_a_column() -> None:
    rows = [[*row[:2], ("st", 250.0), row[2]] for row in ROWS]
    columns, _ = columns_of(table(rows))
    assert heads(columns) == ["Indikator", "Mål", None, "Utfall"]
    assert [row[2] for row in cells(table(rows))] == ["st"] * 3


def test_a_column_without_a_header_before_the_first_is_a_column() -> None:
    header = [("Indikator", 90.0), ("Mål", 200.0), ("Utfall", 300.0)]
    rows = [[(f"{n}", 50.0), ("Andel nöjda", 90.0), *row[1:]] for n, row in enumerate(ROWS, 1)]
    columns, _ = columns_of(table(rows, header))
    assert heads(columns) == [None, "Indikator", "Mål", "Utfall"]
    assert [row[0] for row in cells(table(rows, header))] == ["1", "2", "3"]


def test_a_ruled_column_without_a_header_behind_the_last_is_a_column() -> None:
    rulings = grid([45, 195, 295, 345, 400], [95, 115, 135, 155, 175])
    columns, _ = columns_of(table(rulings=rulings))
    assert heads(columns) == ["Indikator", "Mål", "Utfall", None]


def test_words_over_every_place_between_two_columns_make_the_bound_unsure() -> None:
    rows = [
        [("Andel nöjda", 50.0), ("minst 70 procent av alla som svarat", 200.0)],
        [("Antal besök", 50.0), ("7", 200.0), ("resultatet är 1 250 i år", 255.0)],
    ]
    columns, _ = columns_of(table(rows))
    assert columns.unsure


def test_lines_over_the_whole_width_say_nothing_of_columns() -> None:
    wide = [("Inriktningsmål 1: Alla som bor i kommunen har nära till det som de behöver", 50.0)]
    columns, _ = columns_of(table([wide, *ROWS]))
    plain, _ = columns_of(table())
    assert heads(columns) == heads(plain) and not columns.unsure


def test_a_span_belongs_to_the_column_that_holds_most_of_it() -> None:
    columns = GridColumns((None, None), (0, 100, 200))
    assert columns.column_of(80, 110) == 0
    assert columns.column_of(90, 120) == 1
    assert columns.column_of(210, 220) is None
    assert columns.width == 200


def test_words_that_run_over_a_bound_are_parted_there() -> None:
    columns = GridColumns((None, None), (0, 100, 200))
    chain = text("aaaa bbbb", 78, 0)
    assert columns.crossed_by(chain) == [1]
    assert [[w.text for w in c] for c in words_by_column(columns, [chain])] == [["aaaa"], ["bbbb"]]
    moved = columns.shifted(30)
    assert moved.bounds == (30, 130, 230) and moved.heads == columns.heads


# --- where a table ends ---------------------------------------------------------------------------


def lines_and_columns(sheet: Page) -> tuple[list[GridLine], GridColumns]:
    columns, body = columns_of(sheet)
    return grid_lines(sheet, columns, body), columns


def bottom(sheet: Page, *, headings: bool = False) -> float:
    lines, columns = lines_and_columns(sheet)
    return table_bottom(sheet, columns, lines, 110, 800, lambda _: headings)


LAST = 160 + 10
"""Lower end of the last row's words."""


def test_lines_say_which_columns_they_have_words_in() -> None:
    more = [*words_at(180, [("Kommentar: detta är en mening som går över hela tabellen här", 50)])]
    lines, _ = lines_and_columns(table(more=more))
    assert [sorted(line.columns) for line in lines[:3]] == [[0, 1, 2]] * 3
    assert [line.wide for line in lines] == [False, False, False, True]
    assert [line.is_row for line in lines] == [True, True, True, False]


def test_a_name_with_a_mark_beside_it_is_a_row() -> None:
    sheet = table([*ROWS, [("Antal lån", 50.0)]])
    picture = Picture((300, 180, 310, 190), "disc")
    for pictures, is_row in ((), False), ((picture,), True):
        marked = Page(1, 595, 842, sheet.words, (), (), (), pictures)
        lines, _ = lines_and_columns(marked)
        assert lines[-1].is_row == is_row


def test_a_frame_ends_where_its_rulings_end() -> None:
    sheet = table(rulings=grid([45, 195, 295, 360], [95, 115, 135, 155, 190]))
    _, columns = lines_and_columns(sheet)
    assert frame_bottom(sheet, columns, 110, 800) == 190
    assert frame_bottom(sheet, columns, 110, 180) == 180
    assert bottom(sheet) == 190
    plain = table()
    assert frame_bottom(plain, columns, 110, 800) is None


def test_a_frame_of_pieces_is_one_frame() -> None:
    ys = [95, 115, 135, 155, 175]
    pieces = [Ruling("v", x, a, b) for x in (45, 195, 295, 360) for a, b in pairwise(ys)]
    sheet = table(rulings=pieces)
    _, columns = lines_and_columns(sheet)
    assert frame_bottom(sheet, columns, 110, 800) == 175


@pytest.mark.parametrize(
    ("fill", "height", "end"),
    [
        ((45, 360, "#e0e8d0"), 30.0, 205.0),
        ((45, 360, "#ffffff"), 30.0, 155.0),
        ((45, 250, "#e0e8d0"), 30.0, 155.0),
        ((45, 360, "#e0e8d0"), 39.0, 214.0),
        ((45, 360, "#e0e8d0"), 41.0, 155.0),
        (None, 30.0, 155.0),
    ],
)
def test_a_frame_goes_on_below_a_row_that_is_shaded_over_its_whole_width(
    fill: tuple[float, float, str] | None, height: float, end: float
) -> None:
    """A goal's name stands in it, and no ruling; other gaps are the end of a frame."""
    pieces = [(95.0, 155.0), (155.0 + height, 175.0 + height)]
    rules = [Ruling("v", x, *piece) for x in (45, 195, 295, 360) for piece in pieces]
    sheet = table(rulings=rules)
    _, columns = lines_and_columns(sheet)
    if fill is not None:
        x0, x1, colour = fill
        sheet = replace(sheet, fills=(Fill((x0, 155.0, x1, 155.0 + height), colour),))
    assert frame_bottom(sheet, columns, 110, 800) == end


def test_without_rulings_a_table_ends_below_its_last_row() -> None:
    assert LAST <= bottom(table()) <= LAST + 2


def test_text_far_below_is_no_row() -> None:
    below = words_at(260, [("Telefon", 50), ("08-12", 200), ("Rum 4", 300)])
    assert LAST <= bottom(table(more=below)) <= LAST + 2


def test_the_rest_of_the_last_name_is_part_of_the_table() -> None:
    rest = words_at(172, [("och år", 50)])
    assert 182 <= bottom(table(more=rest)) <= 184
    bold = words_at(172, [("och år", 50)], bold=True)
    assert LAST <= bottom(table(more=bold)) <= LAST + 2


def test_rows_below_a_line_over_the_whole_width_are_rows() -> None:
    wide = [("Inriktningsmål 2: Alla som bor i kommunen har nära till det de behöver", 50.0)]
    sheet = table([*ROWS, wide, ROWS[0]])
    assert bottom(sheet) > 200
    assert bottom(sheet, headings=True) > 200  # no larger than the rows


def test_a_heading_that_is_larger_than_the_rows_ends_the_table() -> None:
    def below(size: float) -> float:
        words = words_at(
            180, [("Inriktningsmål 2: Alla i kommunen har nära till allt", 50.0)], size
        )
        return bottom(table([*ROWS, [], ROWS[0]], more=words), headings=True)

    assert below(10.5) > 200
    assert LAST <= below(11) <= LAST + 2


def test_a_ruling_below_the_last_row_ends_the_table() -> None:
    sheet = table(rulings=[Ruling("h", 176, 45, 340)])
    assert bottom(sheet) == 176
    short = table(rulings=[Ruling("h", 176, 45, 120)])
    assert bottom(short) < 173


# --- explanations of marks ------------------------------------------------------------------------


def icons(*xs: float) -> tuple[float, ...]:
    """The bounds of columns whose rows have a mark of 9 points at each x before their name."""
    rows = [[(name, 90.0), ("70 %", 260.0), ("75 %", 360.0)] for name in ("Andel nöjda", "Antal")]
    sheet = table([*rows, [("Andel digitala", 90.0), ("5", 260.0), ("6", 360.0)]])
    tops = sorted({w.top for w in sheet.words})[1:]
    shapes = [
        Shape((x, top, x + 9, top + 9), ((x, top), (x + 9, top + 9)), "#00aa00", None, "curve")
        for top in tops
        for x in xs
    ]
    return columns_of(replace(sheet, shapes=tuple(shapes)))[0].bounds


def test_several_marks_right_before_a_name_are_part_of_its_cell() -> None:
    assert len(icons(66, 78)) == len(icons(78)) == len(icons())


def test_marks_apart_from_those_before_a_name_are_a_column() -> None:
    assert len(icons(52, 78)) == len(icons()) + 1


def legend(*texts: tuple[str, float], marks: Sequence[float] = ()) -> bool:
    """Whether a line of texts is an explanation of marks at the given x."""
    words = words_at(100, texts)
    pictures = tuple(Picture((x, 100, x + 10, 110), f"disc{x}") for x in marks)
    sheet = Page(1, 595, 842, tuple(words), (), (), (), pictures)
    return without_legend(sheet, sheet.lines, VOCABULARY) == []


def test_explanations_side_by_side_are_no_row() -> None:
    assert legend(("Målet är uppnått", 50), ("Delvis uppnått", 200), ("Ej uppnått", 300))
    assert legend(("Grönt läge", 70), ("Rött läge", 270), marks=[55, 255])


def test_the_same_words_side_by_side_explain_nothing() -> None:
    assert not legend(("saknas", 50.0), ("saknas", 300.0))
    assert legend(("Uppnått", 50.0), ("Delvis uppnått", 300.0))


def test_marks_with_their_meanings_are_no_header_and_columns_of_statuses_are() -> None:
    texts = (("Markeras med:", 50), ("Målet är uppnått", 132), ("Delvis uppnått", 252))
    words = words_at(100, texts)
    discs = tuple(Picture((x, 100, x + 10, 110), f"disc{x}") for x in (120, 240))
    explained = Page(1, 595, 842, tuple(words), (), (), (), discs)
    assert without_explanations(explained, explained.lines, VOCABULARY) == []
    header = Page(1, 595, 842, tuple(words), (), (), (), ())
    assert len(without_explanations(header, header.lines, VOCABULARY)) == 1


@pytest.mark.parametrize(
    ("lead", "xs", "kept"),
    [("Symboler", (120, 240), 0), ("Indikator", (120, 240), 1), ("Symboler", (120,), 1)],
)
def test_a_line_that_names_its_marks_explains_them_whatever_their_words(
    lead: str, xs: tuple[float, ...], kept: int
) -> None:
    words = words_at(100, [(lead, 50), ("bättre än snittet 2020", 132), ("samma värde", 252)])
    marks = tuple(Picture((x, 100, x + 10, 110), f"arrow{x}") for x in xs)
    sheet = Page(1, 595, 842, tuple(words), (), (), (), marks)
    assert len(without_explanations(sheet, sheet.lines, VOCABULARY)) == kept


def test_directions_side_by_side_are_no_row_and_a_row_with_one_is() -> None:
    row = (("Trend", 50), ("Ökande", 90), ("Minskande", 160))
    assert legend(*row, marks=[78, 148])
    assert not legend(("Antal elever", 50), ("Uppfyllt", 190), ("Ökande", 290), marks=[178, 278])


def test_rows_with_a_status_are_no_explanation() -> None:
    assert not legend(("Andel nöjda", 50), ("70 %", 200), ("Uppnått", 300))
    assert not legend(("Andel nöjda", 50), ("70 %", 200), marks=[300])
    assert not legend(("Målet är uppnått", 50))


# --- where it flips -------------------------------------------------------------------------------


def reaches(gap: float) -> bool:
    """Whether a row so far below the last one, in ems, is part of the table."""
    row = words_at(170 + 10 * gap, ROWS[0])
    return bottom(table(more=row)) > 172


def continues(gap: float) -> bool:
    """Whether the rest of a name so far below its row, in ems, is part of the table."""
    rest = words_at(170 + 10 * gap, [("och år", 50)])
    return bottom(table(more=rest)) > 172


def covers(share: float) -> bool:
    """Whether a ruling over a share of the width ends the table."""
    _, columns = lines_and_columns(table())
    end = columns.bounds[0] + share * columns.width
    return bottom(table(rulings=[Ruling("h", 176, columns.bounds[0], end)])) == 176


def explains(gap: float) -> bool:
    """Whether marks so far before words are explained by them."""
    return legend(("Bra", 70 + gap), ("Sämre", 270 + gap), marks=[60, 260])


FLIPS = {
    "rows are 3.6 ems apart at most": Flip(reaches, steps(0.5, 5, 0.1), last=3.6),
    "the rest of a name is 0.65 ems below": Flip(continues, steps(0.1, 1.2, 0.05), last=0.65),
    "a ruling that ends a table covers six tenths": Flip(covers, steps(0.3, 1, 0.05), 0.65),
    "a mark is explained from 14 points": Flip(explains, steps(0, 20, 1), last=14),
}


@pytest.mark.parametrize("name", FLIPS)
def test_where_decisions_flip(name: str) -> None:
    FLIPS[name].check()


@pytest.mark.parametrize("gap", [3.0, 5.0, 7.0])
def test_a_ruling_parts_discs_from_the_names_right_behind_them(gap: float) -> None:
    xs = [45.0, 60.0, 195.0, 295.0, 400.0]
    rulings = grid(xs, [95, 115, 135, 155, 175])
    header = [("Indikator", 60 + gap), ("Mål", 200.0), ("Utfall", 300.0)]
    rows = [[(row[0][0], 60 + gap), *row[1:]] for row in ROWS]
    discs = [disc(52.5, 125 + 20 * n) for n in range(3)]
    sheet = replace(table(rows, header, rulings), shapes=tuple(discs))
    columns, _ = columns_of(sheet)
    assert heads(columns) == [None, "Indikator", "Mål", "Utfall"]
    assert columns.bounds == tuple(xs)


def test_discs_before_names_in_one_cell_are_no_column() -> None:
    rulings = grid([45, 195, 295, 400], [95, 115, 135, 155, 175])
    header = [("Indikator", 67.0), ("Mål", 200.0), ("Utfall", 300.0)]
    rows = [[(row[0][0], 67.0), *row[1:]] for row in ROWS]
    discs = [disc(58, 125 + 20 * n) for n in range(3)]
    for drawn in (rulings, [r for r in rulings if r.orientation == "h"]):
        sheet = replace(table(rows, header, drawn), shapes=tuple(discs))
        assert heads(columns_of(sheet)[0]) == ["Indikator", "Mål", "Utfall"]


def disc(x: float, y: float) -> Shape:
    """A small disc about a point."""
    box = (x - 3, y - 3, x + 3, y + 3)
    return Shape(box, (box[:2], box[2:]), "#00aa00", None, "curve")
