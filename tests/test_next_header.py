"""Where another table begins below one whose header nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper import page, text

from styrmatt.extract.grid.headers.header_block import find_header_blocks
from styrmatt.extract.grid.headers.next_header import (
    header_look,
    header_top_overleaf,
    next_header_top,
    without_words_of_rows,
)
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.model.page import Fill, Page
from styrmatt.extract.model.text_lines import Word

WORDS = load_header_words("sv")
LIMIT = 700.0
HEADER = "Indikator\tMål 2022\tUtfall 2022"
ROWS = ("Andel nöjda\t70 %\t64 %", "Antal lån\t12\t14")
BLUE = "#1f3864"


def sheet(*lines: tuple[str, str], shaded: tuple[int, ...] = ()) -> Page:
    """Lines 20 points apart, each with its look: bold, white or plain; some on blue shading."""
    words: list[Word] = []
    fills = []
    for n, (words_of, look) in enumerate(lines):
        top = 100 + 20.0 * n
        colour = "#ffffff" if look == "white" else "#000000"
        line = text(words_of, 50, top, bold=look == "bold")
        words += [word._replace(colour=colour) for word in line]
        if n in shaded:
            fills.append(Fill((45, top - 4, 400, top + 14), BLUE))
    return replace(page(words), fills=tuple(fills))


def ends(paper: Page) -> float:
    block = find_header_blocks(paper, paper.lines, WORDS)[0]
    return next_header_top(paper, block, paper.lines, LIMIT, WORDS)


OTHER = "Belopp i mnkr\tBudget\tAvvikelse"
PLAIN = tuple((row, "plain") for row in ROWS)


@pytest.mark.parametrize("look", ["bold", "white"])
def test_labels_set_like_the_header_begin_another_table(look: str) -> None:
    shaded = (0, 3) if look == "white" else ()
    paper = sheet((HEADER, look), *PLAIN, (OTHER, look), *PLAIN, shaded=shaded)
    assert ends(paper) == 160


def test_two_labels_are_a_header_where_both_are_words_of_headers() -> None:
    assert ends(sheet((HEADER, "bold"), *PLAIN, ("Åtgärd\tStatus", "bold"), *PLAIN)) == 160


def test_a_header_of_two_lines_begins_with_the_first() -> None:
    two = (("Belopp\tBudget", "bold"), ("i mnkr\t2022\tAvvikelse", "bold"))
    paper = sheet((HEADER, "bold"), *PLAIN, *two, *PLAIN)
    near = [
        w._replace(top=w.top - 8, bottom=w.bottom - 8) if w.top == 180 else w for w in paper.words
    ]
    assert ends(replace(paper, words=tuple(near))) == 160


@pytest.mark.parametrize(
    "row",
    [
        ("Belopp i mnkr\tBudget\tAvvikelse", "plain"),
        ("Totalt\t38 096\t29 186", "bold"),
        ("En trygg kommun\tDelvis uppnått", "bold"),
        ("En trygg kommun för alla", "bold"),
    ],
)
def test_rows_sums_and_goals_end_no_table(row: tuple[str, str]) -> None:
    assert ends(sheet((HEADER, "bold"), *PLAIN, row, *PLAIN)) == LIMIT


def mixed(*look: bool) -> float:
    """Where a table ends below which stands a row whose cells are bold or not."""
    paper = sheet((HEADER, "bold"), *PLAIN, ("Rena vatten nära\t2 Mbit/s\tuppnås", "plain"), *PLAIN)
    cells = {50: look[0], 150: look[1], 250: look[2]}
    words = [
        w._replace(bold=cells[max(x for x in cells if x <= w.x0)]) if w.top == 160 else w
        for w in paper.words
    ]
    return ends(replace(paper, words=tuple(words)))


def test_a_bold_goal_that_goes_on_beside_plain_cells_is_no_header() -> None:
    assert mixed(True, False, False) == LIMIT
    assert mixed(True, True, False) == LIMIT
    assert mixed(True, True, True) == 160


def test_a_header_that_looks_like_its_rows_shows_nothing() -> None:
    assert ends(sheet((HEADER, "plain"), *PLAIN, (OTHER, "plain"), *PLAIN)) == LIMIT


def test_bold_labels_on_another_shading_begin_another_table() -> None:
    paper = sheet((HEADER, "bold"), *PLAIN, (OTHER, "bold"), *PLAIN, shaded=(0, 3))
    fills = (paper.fills[0], paper.fills[1]._replace(colour="#dddddd"))
    assert ends(replace(paper, fills=fills)) == 160


def test_shading_of_another_colour_is_no_header() -> None:
    paper = sheet((HEADER, "white"), *PLAIN, (OTHER, "white"), *PLAIN, shaded=(0, 3))
    fills = (paper.fills[0], paper.fills[1]._replace(colour="#dddddd"))
    assert ends(replace(paper, fills=fills)) == LIMIT


def test_a_goal_in_a_header_like_look_above_plain_rows_hides_no_alike_header() -> None:
    """The header is set as the rows are; a bold goal stands between them."""
    goal = ("En trygg kommun för alla", "bold")
    rows = (("Antal lån\t1 204st\t1 310st", "plain"), ("Antal köp\t9st\t12st", "plain"))
    assert ends(sheet((HEADER, "plain"), goal, *rows, goal, *rows, shaded=(1, 4))) == LIMIT


@pytest.mark.parametrize("value", ["1 204st", "8,1miljoner", "180 kg", "-3 mnkr"])
def test_figures_with_their_unit_are_no_labels(value: str) -> None:
    assert ends(sheet((HEADER, "bold"), *PLAIN, (f"Summa\t{value}\t{value}", "bold"))) == LIMIT


def blocks_of(look: str, *more: tuple[str, str]) -> list[str]:
    """The first labels of the headers on a page with a table whose header is set in some way."""
    paper = sheet((HEADER, look), *PLAIN, *more)
    found = find_header_blocks(paper, paper.lines, WORDS)
    return [b.cells[0].text for b in without_words_of_rows(paper, found, paper.lines)]


WORDS_OF_ROW = ("\tIndikator\tStatus", "plain")


def test_words_of_headers_in_rows_are_no_header() -> None:
    assert blocks_of("bold", WORDS_OF_ROW) == ["Indikator"]


def test_a_header_set_as_rows_are_stays_where_all_headers_are_so_or_where_it_has_names() -> None:
    assert len(blocks_of("plain", WORDS_OF_ROW)) == 2
    assert len(blocks_of("bold", ("Nyckeltal\tMål 2022\tUtfall 2022", "plain"))) == 2
    assert len(blocks_of("bold", ("\tIndikator\tStatus", "bold"))) == 2


def middle(name: str, *, above: float, below: float) -> list[str]:
    """The headers where a row of words stands between two lines of figures beside it."""
    paper = sheet((HEADER, "bold"), *PLAIN, (f"{name}\tMål saknas\tNegativ trend", "plain"))
    beside = text("högst 780 per 100", 350, 160 - above) + text("000 inv", 350, 160 + below)
    paper = replace(paper, words=(*paper.words, *beside))
    found = find_header_blocks(paper, paper.lines, WORDS)
    return [b.cells[0].text for b in without_words_of_rows(paper, found, paper.lines)]


def test_a_row_in_the_middle_of_cells_of_two_lines_is_no_header() -> None:
    assert middle("Anmälda brott", above=7, below=7) == ["Indikator"]


def test_a_row_of_labels_stays_a_header_beside_nothing_or_with_a_word_for_measures() -> None:
    row = ("Anmälda brott\tMål saknas\tNegativ trend", "plain")
    assert middle("Anmälda brott", above=14, below=14) == blocks_of("bold", row)
    assert middle("Indikator", above=7, below=7)[-1:] == ["Indikator"]


def two_labels(at: float, shading: str = BLUE) -> Page:
    """A shaded header over rows, and two labels that no header has, the second from a place on."""
    paper = sheet((HEADER, "white"), *PLAIN, ("Uppdrag i planen", "white"), *PLAIN, shaded=(0, 3))
    label = [w._replace(colour="#ffffff") for w in text("Så gick det", at, 160)]
    fills = (paper.fills[0], paper.fills[1]._replace(colour=shading))
    return replace(paper, words=(*paper.words, *label), fills=fills)


def test_two_labels_on_the_header_s_ground_in_columns_of_their_own_begin_another_table() -> None:
    block = find_header_blocks(two_labels(0), two_labels(0).lines, WORDS)[0]
    places = [(cell.bbox[0], cell.bbox[2]) for cell in block.cells]
    assert ends(two_labels(places[2][1] + 20)) == 160
    assert ends(two_labels(places[2][1] + 20, "#dddddd")) == LIMIT
    assert [ends(two_labels(x)) for x, _ in places[1:]] == [LIMIT, LIMIT]


def test_such_labels_end_a_table_overleaf_as_well() -> None:
    first, overleaf = two_labels(0), two_labels(370)
    block = find_header_blocks(first, first.lines, WORDS)[0]
    lines = overleaf.lines[1:]
    look = header_look(first, block)
    assert header_top_overleaf(overleaf, (block, look), lines, LIMIT, WORDS) == 160
    plain = sheet((HEADER, "bold"), *PLAIN)
    own = find_header_blocks(plain, plain.lines, WORDS)[0]
    bold = header_look(plain, own)
    assert header_top_overleaf(overleaf, (own, bold), lines, LIMIT, WORDS) == LIMIT
    assert header_top_overleaf(plain, (block, look), plain.lines, LIMIT, WORDS) == LIMIT
