"""Cells whose lines stand anywhere in their rows, labels beside figures, grounds and marks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_tables import Column, Made
from paper import page, text
from test_tables_any_way import LAYOUT, entries_of, texts

from styrmatt.extract.grid.cards.card_lines import CardLine, name_at_top
from styrmatt.extract.grid.cards.name_beside import with_words_beside
from styrmatt.extract.grid.columns.clusters import Matched, match_labels
from styrmatt.extract.grid.columns.grid_columns import _without_grounds
from styrmatt.extract.grid.headers.header_block import find_header_blocks
from styrmatt.extract.grid.page_tables import PageTables
from styrmatt.extract.grid.rows.merged_cells import merged_cells, share_out
from styrmatt.extract.grid.rows.one_row import goes_on
from styrmatt.extract.grid.rows.row_block import RowBlock
from styrmatt.extract.headers.header_words import header_words_of
from styrmatt.extract.marks.legend.entries import LegendEntry, without_comments
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.model.page import Fill, Page
from styrmatt.extract.model.text_lines import PageLine, lines_of
from styrmatt.extract.sections.read_sections import BodyStyle
from styrmatt.whitespace import single_spaced

DARK = "#1f4e79"


# --- labels and their columns


def spans(*pairs: tuple[float, float]) -> list[tuple[float, float]]:
    return list(pairs)


def test_figures_at_the_right_of_wide_columns_belong_to_the_labels_at_their_left() -> None:
    labels = spans((50, 100), (230, 250), (300, 350), (450, 510), (630, 670))
    columns = spans((50, 225), (230, 240), (420, 444), (595, 624), (632, 780))
    assert match_labels(labels, columns) == [Matched(n, one) for n, one in enumerate(columns)]


def test_a_column_beside_the_label_of_another_is_not_shifted() -> None:
    labels = spans((50, 100), (300, 350), (450, 510))
    columns = spans((50, 120), (302, 330), (455, 480), (600, 640))
    found = match_labels(labels, columns)
    assert found is not None
    assert [one.label for one in found] == [0, 1, 2, None]


def test_grounds_of_cells_touch_and_marks_do_not() -> None:
    ground = [(50.0, 100.0, 120.0, 112.0), (120.0, 100.0, 180.0, 112.0)]
    disc = [(200.0, 102.0, 208.0, 110.0)]
    gauge = [(220.0 + 8 * n, 102.0, 228.0 + 8 * n, 110.0) for n in range(3)]
    assert _without_grounds([*ground, *disc, *gauge]) == [*disc, *gauge]


# --- rows


@pytest.mark.parametrize("at", "tmb")
def test_figures_broken_in_narrow_cells_of_a_grid_are_of_one_row(at: str) -> None:
    made = Made(
        [
            Column("Mått", ("Bränslen", "Antal besök på biblioteket under året", "Resor"), 90),
            Column("Mål 2023", ("3 250", "87 000", "12 500"), 30),
            Column("Utfall\n2023", ("2 908", "95 042", "11 683"), 26),
            Column("Kommentar", ("Arbetet följer plan.", "", "Fler reser med buss."), 90),
        ],
        style="grid",
        size=8,
        cells_at=at,
    )
    entries = entries_of(made.page())
    names = [single_spaced(one.text("measure")) for one in entries]
    assert names == list(made.columns[0].cells)
    lines = [one.lines[0] for one in entries]
    assert texts(lines, "result") == [(cell,) for cell in made.columns[2].cells]
    assert texts(lines, "target") == [(cell,) for cell in made.columns[1].cells]


def test_a_name_that_ends_in_the_dash_of_a_span_is_no_figure() -> None:
    made = Made(
        [
            Column("Mått", ("Arbetslöshet 18–\n24 år",), 90),
            Column("Utfall 2023", ("7,1 %",), 50),
            Column("Mål 2023", ("6 %",), 40),
        ],
        style="grid",
        size=8,
    )
    (entry,) = entries_of(made.page())
    assert entry.text("measure").split("\n") == ["Arbetslöshet 18–", "24 år"]


@pytest.mark.parametrize(
    ("line", "is_rest"), [("..", False), (".", False), (", treårssnitt", True), ("%", True)]
)
def test_dots_alone_are_a_cell(line: str, is_rest: bool) -> None:
    assert goes_on(PageLine(tuple(text(line, 50, 100)))) is is_rest


def lines_at(*cells: tuple[str, float]) -> list[PageLine]:
    return [PageLine(tuple(text(words, 50, top))) for words, top in cells]


def goals_of(goals: list[PageLine], tops: list[float], *, goes_on: bool = False) -> list[str]:
    """The goal that stands in each row, empty where the one above holds."""
    rows = [RowBlock(top + 5, [[], [PageLine(tuple(text("Mått", 150, top)))]]) for top in tops]
    share_out(rows, 0, merged_cells(goals, [], 3.0), ruled=False, goes_on=goes_on)
    return [" ".join(line.text for line in row.lines[0]) for row in rows]


TOPS = [100.0, 120.0, 140.0, 160.0, 180.0]


@pytest.mark.parametrize("heights", [(100, 140), (120, 170), (128, 180)])
def test_goals_at_top_middle_or_bottom_hold_for_their_rows(heights: tuple[float, float]) -> None:
    one, other = heights
    lift = 0 if heights[0] != 128 else -8.0  # the last line of a goal stands beside the last row
    goals = lines_at(("Trygga hem", one + lift), ("Friska barn", other))
    assert goals_of(goals, TOPS) in (
        ["Trygga hem", "", "Friska barn", "", ""],
        ["Trygga hem", "", "", "Friska barn", ""],
    )


def test_goals_printed_in_each_row_are_as_many_cells() -> None:
    goals = lines_at(
        ("En trygg", 100), ("kommun", 110),
        ("En trygg", 120), ("kommun", 130),
        ("Friska", 140), ("barn", 150),
        ("Friska", 160), ("barn", 170),
    )  # fmt: skip
    assert goals_of(goals, TOPS[:4]) == ["En trygg kommun"] * 2 + ["Friska barn"] * 2


# --- headers


def headers(made: Page) -> list[tuple[str, ...]]:
    words = header_words_of(LAYOUT)
    return [block.texts for block in find_header_blocks(made, made.lines, words)]


def labels(top: float, *, bold: bool = True) -> list:  # type: ignore[type-arg]
    return [
        *text("Mått", 60, top, bold=bold),
        *text("2022", 300, top, bold=bold),
        *text("2023", 360, top, bold=bold),
        *text("Mål 2023", 420, top, bold=bold),
    ]


def test_a_span_far_above_labels_is_of_their_header_on_one_ground() -> None:
    words = [*text("Utfall", 300, 100, bold=True), *labels(122)]
    row = text("Nöjda besökare", 60, 150) + text("71", 300, 150) + text("75", 360, 150)
    made = replace(page([*words, *row]), fills=(Fill((50, 95, 500, 138), DARK),))
    assert headers(made) == [("Mått", "Utfall\n2022", "Utfall\n2023", "Mål 2023")]


def test_the_goal_of_the_first_rows_is_no_part_of_the_header() -> None:
    goal = text("Ett rikt kulturliv", 60, 122, bold=True)
    rows = text("Nöjda besökare", 60, 144) + text("71", 300, 144) + text("75", 360, 144)
    ((first, *_),) = headers(page([*labels(100), *goal, *rows]))
    assert first == "Mått"


def test_a_header_of_labels_is_no_goal_with_its_status_below() -> None:
    words = [
        *text("Mått", 60, 100, bold=True),
        *text("Resultat", 200, 100, bold=True),
        *text("Målet", 300, 100, bold=True),
        *text("Kommentar", 400, 100, bold=True),
        *text("2023", 200, 112, bold=True),
        *text("uppnått?", 300, 112, bold=True),
    ]
    made = page(words)
    reader = PageTables(LAYOUT, BodyStyle(10.0, bold=False))
    ((*found, last),) = [block.texts for block in reader.headers(made)]
    assert found == ["Mått", "Resultat\n2023", "Målet\nuppnått?"]
    assert last == "Kommentar"


# --- legends


def entry(value: str, colour: str, words: str) -> LegendEntry:
    mark = Mark(1, (50, 50, 58, 58), "vector", colour)
    return LegendEntry("status", value, mark, words)


def test_a_comment_beside_a_colour_gives_way_to_the_legend() -> None:
    green, red = entry("met", "#00a651", "Uppnått"), entry("not_met", "#d23b3b", "Ej uppnått")
    comment = entry("not_met", "#00a651", "Målet nås inte, främst på grund av vakanser")
    agreeing = entry("met", "#00a651", "Uppnått, med god marginal")
    assert without_comments([green, red, comment, agreeing]) == [green, red, agreeing]


def test_two_short_entries_that_differ_both_stay() -> None:
    pair = [entry("met", "#00a651", "Uppnått"), entry("partly_met", "#00a651", "Delvis")]
    assert without_comments(pair) == pair


@pytest.mark.parametrize("gap", [5.5, 7.0])
def test_two_known_labels_a_wide_space_apart_are_two(gap: float) -> None:
    prognosis = text("Prognos", 420, 100, bold=True)
    status = text("Bedömning", prognosis[-1].x1 + gap, 100, bold=True)
    words = [*text("Mått", 60, 100, bold=True), *text("Utfall", 300, 100, bold=True)]
    below = text("2023", 300, 112, bold=True) + text("2023", 425, 112, bold=True)
    assert headers(page([*words, *prognosis, *status, *below])) == [
        ("Mått", "Utfall\n2023", "Prognos\n2023", "Bedömning")
    ]


# --- boxes


def corner(top: float, x: float = 300) -> list[str]:
    """The lines of a box with a name of two lines, and a word at its right."""
    lines = [*text("Nöjda besökare på", 60, 100), *text("UPPNÅTT", x, top)]
    lines += [*text("återvinningen", 60, 112), *text("Resultat 2023", 60, 140)]
    return [line.text for line in with_words_beside(lines_of(lines))]


def test_a_word_in_the_middle_beside_a_name_of_two_lines_parts_it_not() -> None:
    name = ["Nöjda besökare på UPPNÅTT", "återvinningen", "Resultat 2023"]
    assert corner(106) == corner(100) == name


def test_a_line_between_two_names_stays() -> None:
    assert corner(106, x=80) != corner(106)
    assert corner(126) == ["Nöjda besökare på", "återvinningen", "UPPNÅTT", "Resultat 2023"]


@pytest.mark.parametrize(
    ("figure", "is_figure"),
    [("82,4", True), ("486 MWh", True), ("112 kWh/m²", True), ("1 284 l/m²", True), ("A12", False)],
)
def test_a_figure_with_its_unit_above_a_name_is_no_part_of_it(figure: str, is_figure: bool) -> None:
    lines = [(figure, 100.0, 20.0), ("Egen solel", 124.0, 10.0)]
    above = [
        CardLine(PageLine(tuple(text(words, 60, top, size, bold=True))), [], [])
        for words, top, size in lines
    ]
    named = [one.line.text for one in name_at_top(above)]
    assert named == (["Egen solel"] if is_figure else [])


def test_overleaf_the_first_rows_may_be_of_a_goal_on_the_page_before() -> None:
    goals = lines_at(("Friska barn", 140))
    assert goals_of(goals, TOPS, goes_on=True) == ["", "", "Friska barn", "", ""]
    assert goals_of(goals, TOPS, goes_on=False) == ["Friska barn", "", "", "", ""]
