"""How the general reader cuts a table into rows, whatever its cells are aligned to."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

import pytest
from flips import Flip, steps
from hypothesis import given
from hypothesis import strategies as st
from paper import page, text

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.group_rows import GroupRows
from styrmatt.extract.grid.heading_names import HeadingNames
from styrmatt.extract.grid.roles import ColumnRole, TableRoles
from styrmatt.extract.grid.rows.row_block import RowBlock
from styrmatt.extract.grid.rows.row_blocks import RowCutter
from styrmatt.extract.grid.table_span import GridLine
from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.model.text_lines import PageLine, lines_of
from styrmatt.layout_files import load_layouts

SIZE, LEADING = 10.0, 12.0
Place = Literal["top", "middle", "bottom"]
PLACES: tuple[Place, ...] = ("top", "middle", "bottom")
NAMES = [
    ["Andel barn som når", "kulturskolan i tid"],
    ["Antal kommuner"],
    ["Andel av alla besökare", "som är nöjda med", "öppettiderna"],
    ["Kostnad per plats"],
]


def line(words: str, top: float, x: float = 50) -> PageLine:
    return lines_of(text(words, x, top, SIZE))[0]


def drawn(
    rows: Sequence[Sequence[Sequence[str]]], place: Place, padding: float
) -> tuple[list[list[PageLine]], list[float]]:
    """The lines of each column, and the rulings between rows; each row is cells of lines.

    ``place`` is how cells stand in their row, ``padding`` is that above and below the tallest.
    """
    columns: list[list[PageLine]] = [[] for _ in rows[0]]
    rules, top = [100.0], 100.0
    for row in rows:
        height = LEADING * (max(map(len, row)) - 1) + SIZE
        for n, cell in enumerate(row):
            free = height - (LEADING * (len(cell) - 1) + SIZE if cell else 0)
            y = top + padding + {"top": 0.0, "middle": free / 2, "bottom": free}[place]
            columns[n] += [line(t, y + LEADING * k, 50 + 150 * n) for k, t in enumerate(cell)]
        top += height + 2 * padding
        rules.append(top)
    return columns, rules


def cut(
    columns: list[list[PageLine]], rules: Sequence[float] = (), **more: object
) -> list[RowBlock]:
    """The rows; the first column has names, the others figures."""
    spans = list(itertools.pairwise(rules)) or [(90.0, 800.0)]
    figures = list(range(1, len(columns)))
    cutter = RowCutter(columns, figures=figures, names=[0], **more)  # type: ignore[arg-type]
    return cutter.rows(spans)


def texts(rows: Sequence[RowBlock]) -> list[list[str]]:
    return [[" ".join(line.text for line in lines) for lines in row.lines] for row in rows]


FIGURES = [["70 %"], ["12"], ["85 %"], ["92"]]
TABLE = [[name, figure, figure] for name, figure in zip(NAMES, FIGURES, strict=True)]
WANTED = [
    [" ".join(name), figure[0], figure[0]] for name, figure in zip(NAMES, FIGURES, strict=True)
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("padding", [0.8, 1.5, 3.0, 6.0])
@pytest.mark.parametrize("ruled", [True, False])
def test_names_stay_with_their_figures(place: Place, padding: float, *, ruled: bool) -> None:
    columns, rules = drawn(TABLE, place, padding)
    assert texts(cut(columns, rules if ruled else ())) == WANTED


@pytest.mark.parametrize("place", PLACES)
def test_rows_as_tight_as_lines_are_parted_by_their_figures(place: Place) -> None:
    """Nothing but figures and capitals shows here where a row begins."""
    columns, _ = drawn(TABLE, place, (LEADING - SIZE) / 2)
    assert texts(cut(columns)) == WANTED


@pytest.mark.parametrize("place", PLACES)
def test_a_word_broken_over_two_lines_stays_whole(place: Place) -> None:
    names = [["Andel bibliotek och kultur-", "hus som är öppna"], ["Antal lån"], ["Antal besök"]]
    rows = [[name, ["7"], ["8"]] for name in names]
    columns, _ = drawn(rows, place, (LEADING - SIZE) / 2)
    assert [row[0] for row in texts(cut(columns))] == [" ".join(name) for name in names]


@pytest.mark.parametrize("place", PLACES)
def test_empty_cells_take_nothing_from_their_neighbours(place: Place) -> None:
    rows = [[NAMES[0], ["70 %"], []], [NAMES[1], [], ["12"]], [NAMES[2], ["85 %"], ["84 %"]]]
    for padding in (1.5, 4):
        columns, _ = drawn(rows, place, padding)
        assert texts(cut(columns)) == [
            [" ".join(NAMES[0]), "70 %", ""],
            [" ".join(NAMES[1]), "", "12"],
            [" ".join(NAMES[2]), "85 %", "84 %"],
        ]


def test_a_dash_is_a_figure() -> None:
    rows = [[NAMES[0], ["-"], ["–"]], [NAMES[1], ["12"], ["-"]]]
    columns, _ = drawn(rows, "middle", 1)
    assert texts(cut(columns)) == [[" ".join(NAMES[0]), "-", "–"], [NAMES[1][0], "12", "-"]]


def test_marks_alone_show_rows() -> None:
    columns, _ = drawn([[name, []] for name in NAMES], "middle", 1)
    heights = []
    top = 100.0
    for name in NAMES:
        height = LEADING * (len(name) - 1) + SIZE + 2
        heights.append(top + height / 2)
        top += height
    rows = cut(columns, marks=[heights])
    assert [row[0] for row in texts(rows)] == [" ".join(name) for name in NAMES]
    assert [row.anchor for row in rows] == pytest.approx(heights)


def test_lines_for_women_and_men_are_one_row() -> None:
    name, other = NAMES[0], NAMES[1]
    rows: list[Sequence[Sequence[str]]] = [
        [name, ["K", "M"], ["70 %", "68 %"]],
        [other, [], ["12"]],
    ]
    for place in PLACES:
        columns, _ = drawn(rows, place, 1)
        got = texts(cut(columns, sex=1))
        assert got == [[" ".join(name), "K M", "70 % 68 %"], [other[0], "", "12"]]


def test_the_same_sex_again_is_another_row() -> None:
    rows: list[Sequence[Sequence[str]]] = [
        [["Andel nöjda"], ["K"], ["70 %"]],
        [["Andel lugna"], ["K"], ["68 %"]],
    ]
    columns, _ = drawn(rows, "top", 1)
    assert len(cut(columns, sex=1)) == 2


def test_a_goal_over_several_rows_is_given_to_the_first_of_them() -> None:
    columns, rules = drawn([[name, ["7"]] for name in NAMES], "top", 3)
    goal = [line("En trygg kommun", rules[0] + 4, 300), line("Ett rent vatten", rules[2] + 4, 300)]
    cutter = RowCutter(
        [*columns, goal], figures=[1], names=[0], loose={2: [rules[0], rules[2], rules[4]]}
    )
    rows = cutter.rows(list(itertools.pairwise(rules)))
    assert [row[2] for row in texts(rows)] == ["En trygg kommun", "", "Ett rent vatten", ""]


def test_a_row_between_rulings_says_its_height() -> None:
    columns, rules = drawn(TABLE, "top", 3)
    rows = cut(columns, rules)
    assert [row.span for row in rows] == list(itertools.pairwise(rules))
    assert all(row.span is None for row in cut(columns))


@given(
    st.lists(st.integers(1, 4), min_size=2, max_size=6),
    st.sampled_from(PLACES),
    st.floats(1.5, 6),
)
def test_made_up_tables_are_cut_at_their_rows(
    counts: list[int], place: Place, padding: float
) -> None:
    names = [
        [f"Mått {n}", *("som går vidare" for _ in range(count - 1))]
        for n, count in enumerate(counts)
    ]
    columns, rules = drawn([[name, ["7"], ["8"]] for name in names], place, padding)
    wanted = [[" ".join(name), "7", "8"] for name in names]
    assert texts(cut(columns, rules)) == wanted
    assert texts(cut(columns)) == wanted


# --- rows over the whole width --------------------------------------------------------------------

LAYOUT = next(layout for layout in load_layouts() if layout.any_table)
HEADINGS = HeadingNames(load_header_words("sv"), LAYOUT.headings)
COLUMNS = GridColumns((None, None, None), (45, 195, 295, 395))
ROLES = TableRoles(
    tuple(ColumnRole(role, HeaderReading("")) for role in ("measure", "target", "result")),
    "measures",
    has_aims=True,
)


def groups() -> GroupRows:
    return GroupRows(page([]), COLUMNS, ROLES, HEADINGS)


def wide(words: str, top: float, *, bold: bool = False) -> PageLine:
    return lines_of(text(words, 50, top, SIZE, bold=bold))[0]


def test_a_row_with_a_lead_in_word_names_the_goal_from_there_on() -> None:
    rows = groups()
    rows.add(wide("Inriktningsmål 1: En trygg kommun", 100), below_row=False)
    assert rows.comments() == []
    assert (rows.goal, rows.factor) == ("En trygg kommun", None)
    rows.add(wide("Framgångsfaktor: God kultur", 160), below_row=True)
    rows.comments()
    assert (rows.goal, rows.factor) == ("En trygg kommun", "God kultur")
    rows.add(wide("Inriktningsmål 2: Rent vatten", 220), below_row=True)
    rows.comments()
    assert (rows.goal, rows.factor) == ("Rent vatten", None)


def test_rows_of_lower_goals_follow_each_other_under_one_goal() -> None:
    rows, found = groups(), []
    names = (
        "Inriktningsmål 1: En trygg kommun",
        "Enhetsmål A: Ljusa vägar",
        "Enhetsmål B: Rena hus",
    )
    for n, words in enumerate((*names, "Inriktningsmål 2: Rent vatten")):
        rows.add(wide(words, 100 + 60 * n), below_row=n > 1)
        rows.comments()
        found.append((rows.above, rows.goal, rows.goal_is_lower))
    assert found == [
        (None, "En trygg kommun", False),
        ("En trygg kommun", "Ljusa vägar", True),
        ("En trygg kommun", "Rena hus", True),
        (None, "Rent vatten", False),
    ]


def test_a_row_of_other_words_is_a_goal_above_and_a_comment_below() -> None:
    rows = groups()
    rows.add(wide("Alla barn når skolan", 100, bold=True), below_row=False)
    assert rows.comments() == [] and rows.goal == "Alla barn når skolan"
    rows.add(wide("Resultatet beror på att flera skolor har byggts ut.", 160), below_row=True)
    (comment,) = rows.comments()
    assert comment.lines == ["Resultatet beror på att flera skolor har byggts ut."]
    assert rows.comments() == [] and rows.goal == "Alla barn når skolan"


def test_a_word_for_a_comment_makes_one_however_short() -> None:
    rows = groups()
    rows.add(wide("Kommentar: se nedan", 100, bold=True), below_row=True)
    assert [cell.text for cell in rows.comments()] == ["Kommentar: se nedan"]
    assert rows.goal is None


def test_lines_near_each_other_are_one_row() -> None:
    rows = groups()
    rows.add(wide("Resultatet beror på att flera", 100), below_row=True)
    rows.add(wide("skolor har byggts ut.", 112), below_row=True)
    rows.add(wide("Inget annat har hänt.", 140), below_row=True)
    assert [len(cell.lines) for cell in rows.comments()] == [2, 1]


def test_words_of_headers_name_no_goal() -> None:
    rows = groups()
    rows.add(wide("Indikatorer", 100, bold=True), below_row=False)
    rows.comments()
    assert rows.goal is None
    rows.add(wide("God ekonomisk hushållning", 100, bold=True), below_row=False)
    rows.comments()
    assert rows.goal == "God ekonomisk hushållning"


@pytest.mark.parametrize(
    ("line", "goal"),
    [
        ("Politiska mål som alla förstår", "Politiska mål som alla förstår"),
        ("Politiska mål", None),
        ("Utfall som alla förstår", None),
    ],
)
def test_a_goal_may_begin_with_words_of_a_header_for_goals(line: str, goal: str | None) -> None:
    rows = groups()
    rows.add(wide(line, 100, bold=True), below_row=False)
    rows.comments()
    assert rows.goal == goal


def grid_line(words: str, columns: Sequence[int], *, bold: bool, is_wide: bool = False) -> GridLine:
    return GridLine(wide(words, 100, bold=bold), frozenset(columns), is_wide)


def test_which_lines_are_rows_of_their_own() -> None:
    light = [grid_line("Andel nöjda 70 64", [0, 1, 2], bold=False)]
    bold = [grid_line("Andel nöjda 70 64", [0, 1, 2], bold=True)]
    rows = groups()
    assert rows.is_group_line(grid_line("Text över allt", [0], bold=False, is_wide=True), light)
    assert rows.is_group_line(grid_line("Rent vatten", [0], bold=True), light)
    assert not rows.is_group_line(grid_line("Rent vatten", [0], bold=True), bold)
    assert not rows.is_group_line(grid_line("som går vidare", [0], bold=False), light)
    assert not rows.is_group_line(grid_line("Rent vatten", [1], bold=True), light)
    assert not rows.is_group_line(light[0], light)


def test_a_word_for_comments_on_a_line_of_its_own_begins_one() -> None:
    light = [grid_line("Andel nöjda 70 64", [0, 1, 2], bold=False)]
    rows = groups()
    assert rows.is_group_line(grid_line("Kommentar:", [0], bold=False), light)
    assert not rows.is_group_line(grid_line("Kommentarer per inlägg", [0], bold=False), light)
    assert not rows.is_group_line(grid_line("Analys 3 4", [0, 1, 2], bold=False), light)


def test_sentences_are_told_from_names() -> None:
    rows = groups()
    assert rows.is_sentence("Resultatet är bättre än i fjol.")
    assert not rows.is_sentence("Andel nöjda besökare")
    assert not rows.is_sentence("Antal inv. m.m.")


# --- where it flips -------------------------------------------------------------------------------


def is_one_row(offset: float) -> bool:
    """Whether two figures so far from each other in height are of one row."""
    columns = [[line("Andel nöjda", 100)], [line("7", 100, 200)], [line("8", 100 + offset, 300)]]
    return len(cut(columns)) == 1


def is_one_cell(gap: float) -> bool:
    """Whether two lines of a table without other lines, so far apart, are of one row."""
    columns = [[line("Andel nöjda", 100), line("Besökare", 110 + gap)], [line("7", 100, 200)]]
    return len(cut(columns)) == 1


def is_comment(length: int) -> bool:
    """Whether a line of so many characters below a row is a comment."""
    rows = groups()
    words = ("Vatten " * length)[: length - 1] + "n"
    rows.add(wide(words, 100), below_row=True)
    return len(rows.comments()) == 1


def is_same_cell(gap: float) -> bool:
    """Whether two lines over the whole width, so far apart in points, are one row."""
    rows = groups()
    rows.add(wide("Kommentar till", 100), below_row=True)
    rows.add(wide("utfallet är.", 110 + gap), below_row=True)
    return len(rows.comments()) == 1


FLIPS = {
    "figures of one row differ by 0.6 ems in height": Flip(is_one_row, steps(0, 11, 0.5), last=6),
    "lines half an em apart may be one cell": Flip(is_one_cell, steps(0, 12, 0.5), last=5),
    "a name of a goal has 90 characters at most": Flip(is_comment, range(60, 120), 91),
    "lines 0.6 ems apart are one comment": Flip(is_same_cell, steps(0, 12, 0.5), last=6),
}


@pytest.mark.parametrize("name", FLIPS)
def test_where_decisions_flip(name: str) -> None:
    FLIPS[name].check()


def test_goals_at_the_top_of_their_rows_hold_from_there_on() -> None:
    columns, rules = drawn([[name, ["7"]] for name in NAMES], "top", 3)
    tops = [(rules[n] + 3) for n in (0, 3)]
    goal = [line("En trygg kommun", tops[0], 300), line("Ett rent vatten", tops[1], 300)]
    cutter = RowCutter([*columns, goal], figures=[1], names=[0], loose={2: []})
    rows = cutter.rows(list(itertools.pairwise(rules)))
    assert [row[2] for row in texts(rows)] == ["En trygg kommun", "", "", "Ett rent vatten"]


def goals_of_two_lines(first: str, second: str, gap: float, *, rules: Sequence[float]) -> list[str]:
    """The goals of four rows beside one whose second line lies so many points below its first."""
    columns, heights = drawn([[name, ["7"]] for name in NAMES], "top", 3)
    top = heights[0] + 3
    goal = [line(first, top, 300), line(second, top + SIZE + gap, 300)]
    loose = {2: [heights[int(n)] for n in rules]}
    cutter = RowCutter([*columns, goal], figures=[1], names=[0], loose=loose)
    return [row[2] for row in texts(cutter.rows(list(itertools.pairwise(heights))))]


@pytest.mark.parametrize("rules", [(), (0, 4)])
def test_a_goal_beside_a_mark_goes_on_where_its_line_is_taller(rules: Sequence[float]) -> None:
    whole = goals_of_two_lines("En stad att leka", "och lära i", 9.0, rules=rules)
    assert whole == ["En stad att leka och lära i", "", "", ""]
    assert goals_of_two_lines("En stad att leka i", "Rent vatten", 9.0, rules=rules)[0] == (
        "En stad att leka i"
    )
    assert goals_of_two_lines("trygga barn", "nöjda äldre", 9.0, rules=rules)[0] == "trygga barn"
    assert goals_of_two_lines("En stad att leka", "och lära i", 14.0, rules=rules)[0] == (
        "En stad att leka"
    )


def goals_on_shaded_rows(*lines: tuple[str, float], drawn_lines: bool = False) -> list[str]:
    """The goals of four rows of one line, each of which ends where a ground of a colour ends."""
    columns, heights = drawn([[[name], ["7"]] for name in ("A", "B", "C", "D")], "top", 3)
    goal = [line(words, top, 300) for words, top in lines]
    shown = heights if drawn_lines else []
    cutter = RowCutter([*columns, goal], figures=[1], names=[0], loose={2: heights}, drawn=shown)
    return [row[2] for row in texts(cutter.rows(list(itertools.pairwise(heights))))]


def test_the_edge_of_a_ground_that_runs_through_a_goal_parts_it_not() -> None:
    """The second line begins beside no row; one that does is a goal of its own, however near."""
    lines = (("En stad för", 103.0), ("Alla Åldrar", 115.0), ("Rent vatten", 151.0))
    assert goals_on_shaded_rows(*lines) == ["En stad för Alla Åldrar", "", "", "Rent vatten"]
    parted = ["En stad för", "Alla Åldrar", "", "Rent vatten"]
    assert goals_on_shaded_rows(*lines, drawn_lines=True) == parted
    assert goals_on_shaded_rows(("Lugn", 103), ("Ordning", 119)) == ["Lugn", "Ordning", "", ""]
    apart = goals_on_shaded_rows(("En stad för", 103), ("Alla Åldrar", 125))
    assert apart == ["En stad för", "Alla Åldrar", "", ""]


def test_goals_in_each_row_are_none_that_span_rows_however_near_their_lines_are() -> None:
    goals = (["Lugn i", "hela stan"], ["Rent", "vatten"], ["Jobb åt", "alla"])
    columns, rules = drawn([[["Antal"], ["7"], goal] for goal in goals], "middle", 1)
    cutter = RowCutter(columns, figures=[1], names=[0], loose={2: rules})
    found = texts(cutter.rows(list(itertools.pairwise(rules))))
    assert [row[2] for row in found] == ["Lugn i hela stan", "Rent vatten", "Jobb åt alla"]


@pytest.mark.parametrize(("top", "is_one"), [(115.5, True), (116.5, False)])
def test_a_line_up_to_three_tenths_of_an_em_off_a_row_stands_beside_it(
    top: float, *, is_one: bool
) -> None:
    found = goals_on_shaded_rows(("En stad för", 103), ("Alla Åldrar", top))
    assert (found[0] == "En stad för Alla Åldrar") == is_one


def rows_beside_status(gap: float, second: str) -> list[list[str]]:
    """Rows of two names between rulings, the status of the first of which is in two lines."""
    columns, rules = drawn([[["Andel i kö", "9–12"], ["7"]], [["Antal barn"], ["8"]]], "top", 12)
    top = rules[0] + 12
    status = [line("Väntas inte", top, 300), line(second, top + SIZE + gap, 300)]
    status.append(line("Väntas nås", rules[1] + 12, 300))
    cutter = RowCutter([*columns, status], figures=[1, 2], names=[0])
    return texts(cutter.rows(list(itertools.pairwise(rules))))


def test_a_status_beside_a_mark_goes_on_where_its_line_is_taller() -> None:
    wanted = [["Andel i kö 9–12", "7", "Väntas inte nås"], ["Antal barn", "8", "Väntas nås"]]
    assert rows_beside_status(6.0, "nås") == wanted
    assert rows_beside_status(6.0, "Nås")[0][2] != "Väntas inte Nås"


@pytest.mark.parametrize("sign", ["> –", "3 tkr (–", "≥", "5 kr –"])
def test_figures_below_signs_that_lack_theirs_make_no_second_row(sign: str) -> None:
    columns, _ = drawn([[["Antal barn"], [sign, "4 tkr"], [sign, "2 tkr"]]], "top", 2)
    assert texts(cut(columns)) == [["Antal barn", f"{sign} 4 tkr", f"{sign} 2 tkr"]]


@pytest.mark.parametrize(("word", "rows"), [("Som mest", 1), ("Därav", 2)])
def test_figures_below_words_for_a_limit_make_no_second_row(word: str, rows: int) -> None:
    """Two columns of targets, for this year and the next, are broken at the same height."""
    columns, _ = drawn([[["Antal barn"], [word, "4 tkr"], ["5 tkr"], [word, "3 tkr"]]], "top", 2)
    cutter = RowCutter(columns, figures=[1, 2, 3], names=[0], limits=frozenset({"som mest"}))
    found = texts(cutter.rows([(0.0, 800.0)]))
    assert len(found) == rows
    assert rows > 1 or found == [["Antal barn", f"{word} 4 tkr", "5 tkr", f"{word} 3 tkr"]]


@pytest.mark.parametrize("sign", ["–", "5", "3 tkr"])
def test_figures_below_others_or_dashes_are_a_row(sign: str) -> None:
    columns, _ = drawn([[["Antal barn"], [sign, "4 tkr"], [sign, "2 tkr"]]], "top", 2)
    assert len(cut(columns)) == 2


def test_goals_in_the_middle_of_their_rows_hold_for_those_around_them() -> None:
    columns, rules = drawn([[["Andel nöjda"], ["7"]]] * 6, "top", 3)
    goal = [line("En trygg kommun", rules[1] + 3, 300), line("Ett rent vatten", rules[4] + 3, 300)]
    cutter = RowCutter([*columns, goal], figures=[1], names=[0], loose={2: []})
    rows = cutter.rows(list(itertools.pairwise(rules)))
    wanted = ["En trygg kommun", "", "", "Ett rent vatten", "", ""]
    assert [row[2] for row in texts(rows)] == wanted


def test_a_broken_figure_in_the_middle_of_a_row_makes_no_second_one() -> None:
    rows = [[["Andel elever som klarat", "proven i svenska"], ["89"], ["98"], ["98,7", "%"]]]
    columns, _ = drawn(rows, "middle", 2)
    assert len(cut(columns)) == 1


def test_two_rows_of_which_one_lacks_figures_stay_two() -> None:
    rows = [
        [["Andel elever"], ["89"], [], ["70"]],
        [["Antal lärare"], ["12"], ["13"], ["14"]],
    ]
    columns, _ = drawn(rows, "middle", 1)
    assert len(cut(columns)) == 2


def test_marks_in_the_middle_of_rows_whose_texts_begin_at_the_top_make_no_rows() -> None:
    columns, rules = drawn([[name, ["7"]] for name in NAMES], "top", 3)
    middles = [(top + bottom) / 2 for top, bottom in itertools.pairwise(rules)]
    tops = [top + 8 for top in rules[:-1]]
    for marks in ([middles], [middles, tops], [tops, middles]):
        assert len(cut(columns, rules, marks=marks)) == len(NAMES)


# --- one row though it shows several heights ------------------------------------------------------

ON_ITS_WAY = ["Antal unga och äldre som", "deltagit i kursen"]


def marks_beside(rules: Sequence[float]) -> list[list[float]]:
    return [[top + 3 + SIZE / 2 for top in rules[:-1]]]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_name_that_goes_on_with_a_small_letter_is_one_row_with_a_target_of_two_lines(
    *, ruled: bool
) -> None:
    rows = [[ON_ITS_WAY, ["200 unga", "200 äldre"]], [["Antal kurser"], ["12"]]]
    columns, rules = drawn(rows, "top", 3)
    got = texts(cut(columns, rules if ruled else (), marks=marks_beside(rules)))
    assert got == [[" ".join(ON_ITS_WAY), "200 unga 200 äldre"], ["Antal kurser", "12"]]


def test_a_name_that_begins_anew_is_another_row() -> None:
    rows = [[["Antal unga som kom", "Antal äldre som kom"], ["200 unga", "200 äldre"]]]
    columns, rules = drawn(rows, "top", 3)
    assert len(cut(columns, rules, marks=marks_beside(rules))) == 2


def test_a_line_for_a_part_of_the_measure_begins_a_row_though_its_letter_is_small() -> None:
    rows = [[["Antal som kom", "varav kvinnor"], ["90", "50"]]]
    columns, rules = drawn(rows, "top", 3)
    begins = {"varav kvinnor"}.__contains__
    assert len(cut(columns, rules, marks=marks_beside(rules), begins_row=begins)) == 2


def test_two_marks_are_of_two_rows() -> None:
    columns, rules = drawn([[ON_ITS_WAY, ["200 unga", "200 äldre"]]], "top", 3)
    marks = [[rules[0] + 8, rules[0] + 8 + LEADING]]
    assert len(cut(columns, rules, marks=marks)) == 2


def test_a_shaded_cell_in_the_middle_is_of_the_row_whose_target_is_at_the_top() -> None:
    rows = [[["Månadsvis genomgång", "av alla planer", "och program"], ["Hålla budget"]]]
    columns, rules = drawn(rows, "top", 3)
    assert len(cut(columns, rules, marks=[[(rules[0] + rules[1]) / 2]])) == 1


def test_a_line_that_begins_with_a_percent_sign_goes_on_the_cell_above_it() -> None:
    """The cell of both sexes, whose second line stands beside the letter for the second one."""
    shared = ["4,8 %, kort: 49", "%, lång: 51 %"]
    rows = [[NAMES[0], ["K", "M"], shared], [["Antal kurser"], [], ["12"]]]
    columns, rules = drawn(rows, "top", 3)
    got = cut(columns, rules, sex=1)
    assert texts(got)[0][2] == "4,8 %, kort: 49 %, lång: 51 %"


def test_a_bracket_alone_goes_on_the_cell_above_unless_its_row_has_figures() -> None:
    names = [[["En trygg kommun"], ["Fler lån"]], [["(KS)"], ["Fler besök"]]]
    columns, _ = drawn(names, "top", 6)
    rows = RowCutter(columns, figures=[], names=[1]).rows([(90.0, 800.0)])
    assert texts(rows) == [["En trygg kommun (KS)", "Fler lån"], ["", "Fler besök"]]
    rows = RowCutter(columns, figures=[1], names=[0]).rows([(90.0, 800.0)])
    assert texts(rows)[1] == ["(KS)", "Fler besök"]


def test_a_year_on_the_second_line_of_a_target_makes_no_row() -> None:
    rows = [
        [["Bostadsbränder"], ["Minska jämfört med", "2021"], ["0,61"]],
        [["Antal larm"], ["280"], ["307"]],
    ]
    for padding in (1.0, 3.0):
        columns, rules = drawn(rows, "top", padding)
        for some in (rules, ()):
            assert texts(cut(columns, some))[0][1] == "Minska jämfört med 2021"


def test_a_row_with_one_figure_below_one_with_words_is_a_row_where_it_has_a_name() -> None:
    rows = [[["Antal bränder"], ["Minska"], ["0,61"]], [["Antal larm"], ["280"], []]]
    columns, _ = drawn(rows, "top", 1)
    assert len(cut(columns)) == 2


@pytest.mark.parametrize(
    "name", [["Hemtjänsttid av arbe-", "tad tid"], ["Hemtjänsttid hos", "brukaren"]]
)
def test_a_figure_behind_a_word_on_the_line_above_makes_no_row(name: list[str]) -> None:
    rows = [[name, ["minst", "67 %"], ["66 %"]], [["Antal lån"], ["12"], ["13"]]]
    for padding in (1.0, 3.0):
        columns, rules = drawn(rows, "top", padding)
        for some in (rules, ()):
            assert texts(cut(columns, some))[0] == [" ".join(name), "minst 67 %", "66 %"]


def test_the_middle_of_a_shaded_cell_beside_a_sex_is_no_row_of_its_own() -> None:
    name = ["Andel som väntat", "90 dagar eller", "kortare på", "sin tid"]
    rows: list[Sequence[Sequence[str]]] = [[name, ["K", "M"], ["80 %", "80 %"]]]
    columns, rules = drawn(rows, "top", 3)
    top = rules[0] + 3 + SIZE / 2
    cutter = RowCutter(columns, figures=[2], names=[0], sex=1, marks=[[top, top + 2 * LEADING]])
    assert len(cutter.rows([(rules[0], rules[1])])) == 1


@pytest.mark.parametrize("leading", [12.0, 15.0, 19.0])
def test_a_wrapped_target_about_the_middle_of_one_line_is_of_its_row(leading: float) -> None:
    one = 100.0
    columns = [
        [line("Soliditet", one)],
        [line("2019 9 %", one - leading / 2, 200), line("2022 12 %", one + leading / 2, 200)],
        [line("8,1 %", one, 350)],
        [line("9,6 %", one, 500)],
    ]
    assert len(cut(columns)) == 1


def test_figures_of_three_rows_one_of_which_lacks_others_are_not_one_row() -> None:
    columns = [
        [line("Soliditet", 112)],
        [line("9 %", 100, 200), line("12 %", 124, 200)],
        [line("8,1 %", 112, 350)],
        [line("9,6 %", 112, 500)],
    ]
    assert len(cut(columns)) > 1


NAME_IN_THE_MIDDLE = [
    [["Elåtgång per plats"], ["11 240", "(2020)"], ["10 500 kWh", "2030"], ["Öka"]],
    [["Andel förnybart i", "alla lokaler"], ["98 %", "(2021)"], ["högst", "12 %", "2030"], ["Öka"]],
    [["Antal par"], ["Mätning", "saknas"], ["Mål saknas"], ["Uppgift", "saknas"]],
]


def test_cells_about_the_middle_of_one_name_are_one_row() -> None:
    columns, _ = drawn(NAME_IN_THE_MIDDLE, "middle", 6.0)
    wanted = [[" ".join(cell) for cell in row] for row in NAME_IN_THE_MIDDLE]
    assert texts(cut(columns)) == wanted


def test_two_figures_about_the_middle_of_one_name_are_two_rows() -> None:
    rows = [[["Andel nöjda"], ["70 %", "72 %"], ["75 %", "78 %"]], *NAME_IN_THE_MIDDLE[:1]]
    columns, _ = drawn([row[:3] for row in rows], "middle", 6.0)
    assert len(cut(columns)) == 3


def test_two_names_in_one_block_are_two_rows() -> None:
    rows = [[["Antal lån", "Antal köp"], ["12", "14"], ["10", "2030"]]]
    columns, _ = drawn(rows, "middle", 6.0)
    assert len(cut(columns)) == 2


def beside_one_name(first: list[str], second: list[str], leading: float = 14.0) -> int:
    """The rows of a name and a status in the middle of two cells of two lines."""
    high, low = 100 - leading / 2, 100 + leading / 2
    columns = [
        [line("Anmälda brott", 100)],
        [line(text, y, 150) for text, y in zip(first, (high, low), strict=True)],
        [line(text, y, 260) for text, y in zip(second, (high, low), strict=True)],
        [line("Mål saknas", 100, 400)],
    ]
    return len(cut(columns))


@pytest.mark.parametrize("leading", [11.0, 14.0, 17.0])
@pytest.mark.parametrize("broken", ["780 per 100", "högst 780 st./100", "1,5 av 10"])
def test_figures_with_broken_thousands_beside_one_name_are_one_row(
    broken: str, leading: float
) -> None:
    second = ["827 st./100 000 inv", "2022"]
    assert beside_one_name([broken, "000 inv"], second, leading) == 1
    assert beside_one_name(["högst", "12 %"], second, leading) == 1


@pytest.mark.parametrize("first", [["780 st", "800 st"], ["12 %", "14 %"], ["70 st.", "000 inv"]])
def test_two_figures_beside_one_name_are_two_rows_whatever_thousands_stand_beside(
    first: list[str],
) -> None:
    assert beside_one_name(first, ["827 st./100 000 inv", "830 st./100 000 inv"]) > 1


# --- figures by year in one cell ------------------------------------------------------------------

BY_YEAR = [
    [NAMES[0], ["2029: 5", "2030: 6", "2031: 7"], ["2029: 4", "2030: -", "2031: 9"]],
    [NAMES[1], ["2029: 50 %", "2030: 60 %"], ["2029: 40 %", "2030: 44 %"]],
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("ruled", [True, False])
def test_figures_by_year_below_each_other_are_one_cell(place: Place, ruled: bool) -> None:
    columns, rules = drawn(BY_YEAR, place, 5)
    found = texts(cut(columns, rules if ruled else ()))
    assert found == [[" ".join(cell) for cell in row] for row in BY_YEAR]


def test_the_same_year_below_a_year_begins_another_row() -> None:
    columns, _ = drawn([[[name], ["2031: 5"], ["2031: 4"]] for name in ("En", "Två")], "top", 0.5)
    assert texts(cut(columns)) == [["En", "2031: 5", "2031: 4"], ["Två", "2031: 5", "2031: 4"]]
