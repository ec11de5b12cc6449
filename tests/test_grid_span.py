"""Where a table of the general reader ends, and which of its lines are rows of their own."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from paper import page, text

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.comment_leads import CommentLeads
from styrmatt.extract.grid.content import Content
from styrmatt.extract.grid.headers.header_cells import HeaderCell
from styrmatt.extract.grid.roles import ColumnRole, TableRoles
from styrmatt.extract.grid.roles_overleaf import may_hold, roles_before
from styrmatt.extract.grid.table_span import grid_lines, table_bottom
from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.model.page import Ruling
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.layout_files import load_layouts

COLUMNS = GridColumns((None, None, None), (50.0, 250.0, 350.0, 450.0))
SIZE = 10.0


def row(top: float, name: str = "Andel nöjda", figures: Sequence[str] = ("70", "64")) -> list[Word]:
    words = text(name, 50, top, SIZE) if name else []
    for n, figure in enumerate(figures):
        words += text(figure, 260 + 100 * n, top, SIZE)
    return list(words)


def rulings(*heights: float, pieces: int = 1) -> list[Ruling]:
    width = 400 / pieces
    return [
        Ruling("h", y, 50 + n * width, 50 + (n + 1) * width) for y in heights for n in range(pieces)
    ]


def bottom_of(words: Sequence[Word], rules: Sequence[Ruling] = ()) -> float:
    paper = page(words, rules)
    lines = grid_lines(paper, COLUMNS, lines_of(words))
    return table_bottom(paper, COLUMNS, lines, 90.0, 800.0, lambda line: line.size > 12)


COMMENT = "Resultatet beror på att skolor har byggts ut."


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_a_comment_between_rulings_as_wide_as_the_table_belongs_to_it(pieces: int) -> None:
    words = [*row(100), *text(COMMENT, 50, 118, SIZE)]
    assert bottom_of(words, rulings(114, 132, pieces=pieces)) > 128
    assert bottom_of(words, rulings(114, pieces=pieces)) < 118
    assert bottom_of(words) < 118


@pytest.mark.parametrize(("above", "below", "is_in"), [(126, 152, True), (114, 152, False)])
def test_a_comment_has_as_much_room_above_its_ruling_as_the_row(
    above: float, below: float, is_in: bool
) -> None:
    """A text far above the next ruling is one below the table, where rows have little room."""
    words = [*row(100), *text(COMMENT, 50, above + 2, SIZE)]
    assert (bottom_of(words, rulings(above, below)) > above + 10) == is_in


def told(*below: str) -> CommentLeads:
    """How comments of a report began that has one such line between each two rows."""
    words = list(row(100))
    for n, line in enumerate(below):
        words += [*text(line, 50, 116 + 32 * n, SIZE), *row(132 + 32 * n)]
    leads = CommentLeads(("kommentar", "analys"))
    leads.note(grid_lines(page(words), COLUMNS, lines_of(words)))
    return leads


def end_with(below: str, leads: CommentLeads, gap: float = 9.0) -> float:
    """Where a table of one row ends below which stand two lines, the first one this."""
    words = [*row(100), *text(below, 50, 110 + gap, SIZE), *text("och mer", 50, 122 + gap, SIZE)]
    lines = grid_lines(page(words), COLUMNS, lines_of(words))
    return table_bottom(page(words), COLUMNS, lines, 90.0, 800.0, lambda _: False, leads.begin)


def test_a_text_that_begins_as_comments_of_rows_did_is_that_of_the_last_row() -> None:
    leads = told("Kommentar: Det gick bra.", "Mål: Trygga barn")
    assert end_with("Kommentar: Det gick illa", leads) > 138
    assert end_with("Kommentar: Det gick illa", leads, gap=20) < 112
    assert end_with("Kommentar: Det gick illa", told("Analys: Det gick bra.")) < 112
    assert end_with("Mål: Rent vatten", leads) < 112


def test_text_between_two_tables_is_no_comment() -> None:
    below = [*row(100), *text("Vi är en attraktiv arbetsgivare", 50, 140, SIZE, bold=True)]
    assert bottom_of(below, rulings(114, 160)) < 118
    far = [*row(100), *text(COMMENT, 50, 150, SIZE)]
    assert bottom_of(far, rulings(114, 164)) < 118


def test_the_last_comment_is_found_by_those_above_it_though_names_have_second_lines() -> None:
    words: list[Word] = []
    for n in range(4):
        top = 100 + 50 * n
        words += [*row(top), *text("bland besökare", 50, top + 12, SIZE)]
        words += text(COMMENT, 62, top + 30, SIZE)
    assert bottom_of(words) > 290
    below = [word for word in words if word.top < 280]
    assert bottom_of([*below, *text(COMMENT, 50, 300, SIZE)]) < 280


@pytest.mark.parametrize("bold", [True, False])
def test_a_goal_at_the_end_of_a_page_belongs_to_the_table_where_others_are_set_like_it(
    bold: bool,
) -> None:
    words = [*text("En trygg kommun", 50, 100, SIZE, bold=True), *row(116), *row(132)]
    last = text("Ett rent vatten", 50, 152, SIZE, bold=bold)
    assert (bottom_of([*words, *last]) > 160) == bold
    assert bottom_of([*words, *last, *text("Text under tabellen.", 50, 180, SIZE)]) < 152
    assert bottom_of([*row(116), *row(132), *last]) < 152


def wide_lines(words: Sequence[Word]) -> list[str]:
    found: list[PageLine] = lines_of(words)
    return [one.line.text for one in grid_lines(page(words), COLUMNS, found) if one.wide]


LONG = "Utredningstid för barn och unga från noll till tjugo år, medelvärde"


@pytest.mark.parametrize(("middle", "is_row"), [(107, False), (109, False), (120, True)])
def test_a_long_name_in_the_middle_of_two_lines_is_no_row(middle: float, *, is_row: bool) -> None:
    words = [*row(100, ""), *text(LONG, 50, middle, SIZE), *row(2 * middle - 100, "")]
    assert bool(wide_lines(words)) == is_row


def test_a_long_name_below_a_row_with_a_name_is_a_row() -> None:
    words = [*row(100), *text(LONG, 50, 112, SIZE), *row(124)]
    assert wide_lines(words) == [LONG]


def content(**counts: int) -> Content:
    names = (
        "rows", "filled", "figures", "dashes", "long", "phrases", "sexes", "codes", "years",
        "percents", "marks", "digits", "distinct",
    )  # fmt: skip
    return Content(**{name: counts.get(name, 0) for name in names})


@pytest.mark.parametrize(
    ("role", "counts", "may"),
    [
        ("status", {"filled": 3}, False),
        ("status", {"filled": 3, "phrases": 1}, True),
        ("status", {"filled": 3, "marks": 1}, True),
        ("status", {"filled": 2}, True),
        ("result", {"filled": 3}, False),
        ("result", {"filled": 3, "dashes": 1}, True),
        ("result", {"filled": 3, "figures": 1}, True),
        ("comment", {"filled": 9}, True),
    ],
)
def test_cells_overleaf_are_those_of_a_column_if_a_few_fit(
    role: str, counts: dict[str, int], *, may: bool
) -> None:
    column = ColumnRole(role, HeaderReading(""))
    assert may_hold(column, content(rows=counts["filled"], **counts)) == may


def roles_overleaf(lines: int, marks: int = 3, header: str = "Mål") -> TableRoles | None:
    """The roles of a goal and a status overleaf, of so many lines, which has eight lines before."""
    columns, others = (
        GridColumns((HeaderCell(text, (0, 0, 9, 9), (), HeaderReading(text)), None), (0, 9, 18))
        for text in ("Mål", header)
    )
    names = ("goal", "status")
    roles = TableRoles(
        tuple(ColumnRole(name, HeaderReading("")) for name in names), "measures", has_aims=True
    )
    contents = (content(rows=3, filled=3, digits=3), content(rows=3, filled=3, marks=marks))
    return roles_before((others, contents, lines), (columns, roles, 8))


def test_columns_with_the_same_header_overleaf_are_what_more_rows_showed() -> None:
    found = roles_overleaf(3)
    assert found is not None and [column.role for column in found.columns] == ["goal", "status"]
    assert roles_overleaf(8) is None
    assert roles_overleaf(3, marks=0) is None
    assert roles_overleaf(3, header="Målvärde") is None


def test_the_general_layout_ships() -> None:
    assert any(layout.any_table for layout in load_layouts())
