"""Columns of text on a page are read one after the other; columns of tables are none."""

from __future__ import annotations

import pytest
from made_columns import LEADING, column, prose, rows, wordy_rows
from paper import grid, page, text

from styrmatt.extract.model.page import Fill, Page, Picture, Ruling
from styrmatt.extract.model.text_lines import Word
from styrmatt.extract.sections.page_parts import page_parts

LEFT, RIGHT, WIDE = 57.0, 307.0, 232.0
SEEDS = range(6)
FIGURES = (
    ("Indikator", "2021", "2022", "Mål"),
    ("Andel nöjda brukare", "71", "74", "80"),
    ("Antal lån av böcker", "18", "22", "20"),
    ("Andel behöriga lärare", "64", "66", "70"),
    ("Elever per lärare", "12", "12", "11"),
    ("Antal besök", "40", "44", "50"),
    ("Andel kort väntan", "55", "61", "65"),
)


def parts(words: list[Word], rulings: list[Ruling] | None = None, **more: object) -> list[str]:
    """The first and last word of each part of a page with these words."""
    whole = page(words, rulings or ())
    made = Page(1, whole.width, whole.height, whole.words, whole.rulings, **more)  # type: ignore[arg-type]
    return [_ends(part.page) for part in page_parts(made, made.lines)]


def _ends(part: Page) -> str:
    lines = part.lines
    return f"{lines[0].text.split()[0]} … {lines[-1].text.split()[-1]}"


def marked(lines: list[str], name: str) -> list[str]:
    """The lines with a first and last word that tell which column they are."""
    out = list(lines)
    while not out[-1]:
        out.pop()
    for at, word in ((0, f"{name}början"), (-1, f"{name}slut")):
        width, rest = len(out[at]), out[at].split()
        while rest and len(" ".join([*rest, word])) > width:
            rest.pop()
        out[at] = " ".join([word, *rest] if at == 0 else [*rest, word])
    return out


def two(
    seed: int, top: float = 80, lines: int = 40, name: str = "", shift: float = 0
) -> list[Word]:
    left = marked(prose(lines, WIDE, seed), f"vänster{name}")
    right = marked(prose(lines, WIDE, 100 + seed), f"höger{name}")
    return column(left, LEFT, top) + column(right, RIGHT, top + shift)


TWO = ["vänsterbörjan … vänsterslut", "högerbörjan … högerslut"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shift", [0, 3, 5.5, 30])
def test_two_columns_are_read_one_after_the_other(seed: int, shift: float) -> None:
    assert parts(two(seed, shift=shift)) == TWO


@pytest.mark.parametrize("seed", SEEDS)
def test_three_columns(seed: int) -> None:
    words: list[Word] = []
    for n, x in enumerate((50, 220, 390)):
        words += column(marked(prose(44, 155, 10 * n + seed), "abc"[n]), x, 70)
    assert parts(words) == [f"{c}början … {c}slut" for c in "abc"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("widths", [(330, 140), (140, 330)])
def test_columns_of_unequal_width(seed: int, widths: tuple[float, float]) -> None:
    words = column(marked(prose(45, widths[0], seed), "a"), 50, 70)
    words += column(marked(prose(45, widths[1], seed + 7), "b"), 50 + widths[0] + 16, 70)
    assert parts(words) == ["abörjan … aslut", "bbörjan … bslut"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_heading_over_both_columns_comes_first(seed: int) -> None:
    heading = text("Uppföljning av regionens strategiska mål under året", LEFT, 60, 18, bold=True)
    found = parts(heading + two(seed, 100))
    assert found == ["Uppföljning … året", *TWO]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_short_heading_between_two_pairs_of_columns_parts_them(seed: int) -> None:
    upper, lower = two(seed, 80, 20, "ett"), two(seed + 50, 372, 20, "två")
    found = parts(upper + text("Barn och unga", LEFT, 345, 14, bold=True) + lower)
    assert found == [
        "vänsterettbörjan … vänsterettslut",
        "högerettbörjan … högerettslut",
        "Barn … unga",
        "vänstertvåbörjan … vänstertvåslut",
        "högertvåbörjan … högertvåslut",
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_text_over_the_whole_width_stands_above_and_below(seed: int) -> None:
    above = column(marked(prose(8, 480, seed), "över"), LEFT, 60)
    below = column(marked(prose(8, 480, seed + 3), "under"), LEFT, 480)
    found = parts(above + two(seed, 170, 24) + below)
    assert found == ["överbörjan … överslut", *TWO, "underbörjan … underslut"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("pitch", [13, 18])
def test_a_table_over_the_whole_width_between_columns(seed: int, ruled: bool, pitch: float) -> None:
    xs = (LEFT, RIGHT, 400, 470)
    table = rows(FIGURES, xs, 345, pitch)
    lines = grid([54, 300, 396, 466, 540], [343 + pitch * n for n in range(8)]) if ruled else []
    found = parts(two(seed, 80, 20, "ett") + table + two(seed + 56, 500, 20, "två"), lines)
    assert found == [
        "vänsterettbörjan … vänsterettslut",
        "högerettbörjan … högerettslut",
        "Indikator … 65",
        "vänstertvåbörjan … vänstertvåslut",
        "högertvåbörjan … högertvåslut",
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("pitch", [LEADING, 14, 18])
def test_a_table_in_one_column_and_text_in_the_other(
    seed: int, ruled: bool, side: str, pitch: float
) -> None:
    x = LEFT if side == "left" else RIGHT
    other = RIGHT if side == "left" else LEFT
    xs = (x, x + 110, x + 150, x + 190)
    lines = (
        grid([x - 4, x + 106, x + 146, x + 186, x + 228], [98 + pitch * n for n in range(8)])
        if ruled
        else []
    )
    beside = column(marked(prose(30, WIDE, seed), "text"), other, 80)
    heading = text("Trygga barn och unga", x, 80, 11, bold=True)
    found = parts(heading + rows(FIGURES, xs, 100, pitch) + beside, lines)
    expected = ["Trygga … 65", "textbörjan … textslut"]
    assert found == (expected if side == "left" else expected[::-1])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_picture_stands_beside_the_text(seed: int) -> None:
    words = column(marked(prose(50, WIDE, seed), "a"), LEFT, 80)
    words += column(marked(prose(24, WIDE, seed + 9), "b"), RIGHT, 390)
    words += text("Foto: Anna Ask", RIGHT, 366, 7)
    found = parts(words, pictures=(Picture((RIGHT, 80, RIGHT + WIDE, 360), "one"),))
    assert found == ["abörjan … aslut", "Foto: … bslut"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_picture_over_both_columns_parts_them(seed: int) -> None:
    upper, lower = two(seed, 80, 20, "ett"), two(seed + 50, 500, 20, "två")
    found = parts(upper + lower, pictures=(Picture((LEFT, 330, 539, 480), "one"),))
    assert [one.split()[0] for one in found] == [
        "vänsterettbörjan",
        "högerettbörjan",
        "vänstertvåbörjan",
        "högertvåbörjan",
    ]


# --- what is no column of text


@pytest.mark.parametrize("seed", SEEDS)
def test_one_column_is_one_part(seed: int) -> None:
    assert len(parts(column(prose(55, 480, seed), LEFT, 70))) == 1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("padding", [2, 6, 10])
@pytest.mark.parametrize("ruled", [True, False])
def test_names_beside_comments_are_rows(seed: int, padding: float, ruled: bool) -> None:
    cells = [[["Mått"], ["Kommentar"]]]
    cells += [
        [prose(2 + n % 2, 150, seed + n, 99), prose(3 + n % 4, 300, seed + 9 * n, 99)]
        for n in range(9)
    ]
    words = wordy_rows(cells, (LEFT, 240), 80, padding)
    ys = [78.0]
    for row in cells:
        ys.append(ys[-1] + max(map(len, row)) * LEADING + padding)
    assert len(parts(words, grid([54, 236, 545], ys) if ruled else [])) == 1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("padding", [2, 6, 10])
def test_rows_of_three_wordy_cells_are_a_table(seed: int, padding: float) -> None:
    cells = [[["Åtgärd"], ["Ansvar och tid"], ["Uppföljning"]]]
    cells += [
        [prose(2 + (n + k + seed) % 6, 150, seed + 9 * n + k, 99) for k in range(3)]
        for n in range(7)
    ]
    assert len(parts(wordy_rows(cells, (50, 220, 390), 80, padding))) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_two_wordy_rows_between_rulings_are_a_table(seed: int) -> None:
    cells = [[["Analys"], ["Åtgärder"]], [prose(12, WIDE, seed, 99), prose(9, WIDE, seed + 1, 99)]]
    words = wordy_rows(cells, (LEFT, RIGHT), 80, 6)
    assert len(parts(words, [Ruling("h", y, 54, 540) for y in (78, 95, 236)])) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_labels_in_the_margin_are_no_column(seed: int) -> None:
    words: list[Word] = []
    top = 80.0
    for n, label in enumerate(("Mål", "Resultat", "Analys", "Fortsatt arbete", "Slutsats")):
        words += text(label, LEFT, top, 9, bold=True)
        lines = prose(5 + n, 380, seed + n, 99)
        words += column(lines, 160, top)
        top += len(lines) * LEADING + 9
    assert len(parts(words)) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_beside_long_names_are_a_table(seed: int) -> None:
    cells = [
        [prose(1, 240, seed + n, 99)[0], "71 procent av alla", "74 procent", "80"]
        for n in range(20)
    ]
    assert len(parts(rows(cells, (LEFT, 320, 430, 510), 80, 14))) == 1


NAMES = ("Fritid och kultur", "Vatten och avlopp", "Skola och förskola", "Gator och torg")


@pytest.mark.parametrize("seed", SEEDS)
def test_remarks_that_go_on_below_their_rows_are_no_text_beside_a_tall_cell(seed: int) -> None:
    """One cell is as tall as all rows, and the rulings between these do not cross it."""
    words, rules = text("Trygga dagar", LEFT, 80, 9), []
    top = 80.0
    for n in range(9):
        words += text(NAMES[n % 4], 150, top, 9) + text(f"{40 + n} %", 270, top, 9)
        words += column(prose(2, 200, 20 * seed + n, 99), 330, top)
        top += 2 * LEADING + 8
        rules.append(Ruling("h", top - 6, 146, 545))
    assert len(parts(words, rules)) == 1


def units_beside(lefts: list[str], seed: int, *, late: float = 0) -> int:
    """How many parts names of two lines make beside paragraphs that begin so much lower."""
    words, top = [], 80.0
    for n, name in enumerate(lefts):
        words += column(name.split("|"), LEFT, top)
        words += column([*prose(1, 300, 20 * seed + n, 99), "slut."], 200, top + late * (n % 3))
        top += 2 * LEADING + 3
    return len(parts(words))


@pytest.mark.parametrize("seed", SEEDS)
def test_units_of_two_lines_beside_remarks_are_rows(seed: int) -> None:
    names = ["Gatu- och|parkkontoret", "Skol- och|fritidsenheten", "Plan- och|bygglovet"] * 3
    assert units_beside(names, seed) == 1
    assert units_beside(names, seed, late=5) > 1


@pytest.mark.parametrize("spacing", [0.0, 3.0, 4.5])
def test_goals_beside_rows_of_spaced_cells_are_a_table(spacing: float) -> None:
    """A goal's cell is as tall as its rows; each cell has a ground of its own."""
    words: list[Word] = []
    cells: list[Fill] = []
    for goal in range(3):
        top = 80.0 + 160 * goal
        words += column(prose(3, 150, goal, 99), LEFT, top)
        cells.append(Fill((LEFT - 4, top - 4, 230, top + 150), "#e8f1f1"))
        for n in range(4):
            cell = top + 40 * n
            words += column(prose(3, 270, 9 * goal + n, 99), 240, cell)
            cells.append(Fill((230 + spacing, cell - 4, 540, cell + 30), "#e8f1f1"))
    edges = [
        Ruling("h", y, x0, x1, edge_of_fill=True)
        for x0, top, x1, bottom in (cell.bbox for cell in cells)
        for y in (top, bottom)
    ]
    assert len(parts(words, edges)) > 1
    assert len(parts(words, edges, fills=tuple(cells))) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_shaded_columns_a_gutter_apart_are_columns(seed: int) -> None:
    cells = ((50, 70, RIGHT - 16, 640), (RIGHT - 4, 70, 545, 640))
    fills = tuple(Fill(cell, "#eeeeee") for cell in cells)
    assert parts(two(seed), fills=fills) == TWO


# --- what could be taken for the other one


@pytest.mark.parametrize("seed", SEEDS)
def test_bullets_and_their_text_are_one_column(seed: int) -> None:
    words: list[Word] = []
    for n in range(12):
        words += text("•", LEFT, 80 + 44 * n, 9)
        words += column(prose(3, 420, seed + n, 99), LEFT + 18, 80 + 44 * n)
    assert len(parts(words)) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_numbered_decisions_beside_dates_are_a_table(seed: int) -> None:
    cells = [
        [
            [f"KF 2023-0{1 + n}-1{n}", f"paragraf {40 + n}"],
            prose(2 + (n * seed) % 4, 330, seed + n, 99),
        ]
        for n in range(9)
    ]
    assert len(parts(wordy_rows(cells, (LEFT, 190), 80, 7))) == 1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shade", [True, False])
def test_goals_with_analyses_in_a_grid_are_a_table(seed: int, shade: bool) -> None:
    cells = [[["Mål"], ["Analys av måluppfyllelsen"]]]
    cells += [
        [prose(5 + n, 180, seed + n, 99), prose(9 + n, 280, seed + 7 * n, 99)] for n in range(4)
    ]
    ys = [78.0]
    for row in cells:
        ys.append(ys[-1] + max(map(len, row)) * LEADING + 6)
    lines = [Ruling("h", y, 54, 540, edge_of_fill=shade) for y in ys]
    assert len(parts(wordy_rows(cells, (LEFT, 250), 80, 6), lines)) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_cards_in_two_rows_are_left_to_those_who_know_cards(seed: int) -> None:
    words: list[Word] = []
    for row in range(4):
        for x in (LEFT, RIGHT):
            words += text("Andel nöjda brukare", x, 80 + 120 * row, 11, bold=True)
            words += column(["Mål: 85 %", "Utfall: 82 %", "Trend: ökar"], x, 98 + 120 * row)
    assert len(parts(words)) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rule_between_columns_parts_nothing(seed: int) -> None:
    rule = Ruling("v", 298, 80, 560)
    assert parts(two(seed), [rule]) == TWO


@pytest.mark.parametrize("seed", SEEDS)
def test_where_a_rule_between_columns_stops_a_heading_lies_across(seed: int) -> None:
    """It need not reach the other column, nor do both columns have to begin at one height below."""
    words = two(seed, lines=20, name="uppe")
    words += text("Barn och unga", LEFT, 350, 14, bold=True)
    words += two(seed + 1, top=380, lines=20, name="nere", shift=-8)
    rules = [Ruling("v", 298, 80, 330), Ruling("v", 298, 372, 640)]
    upper, lower = ([f"{side}{name}" for side in ("vänster", "höger")] for name in ("uppe", "nere"))
    assert parts(words, rules) == [
        *(f"{name}början … {name}slut" for name in upper),
        "Barn … unga",
        *(f"{name}början … {name}slut" for name in lower),
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_beside_cards_of_one_column_part_nothing(seed: int) -> None:
    """Text of the other column runs past the space between them."""
    rules = [Ruling("v", 298, 80, 230), Ruling("v", 298, 255, 420)]
    assert parts(two(seed), rules) == TWO


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sides_of_boxes_are_no_rule_between_columns(seed: int) -> None:
    words = two(seed, lines=20, name="uppe") + text("Barn och unga", LEFT, 316, 10, bold=True)
    words += two(seed + 1, top=338, lines=20, name="nere", shift=-6)
    sides = [Ruling("v", 298, 80, 314), Ruling("v", 298, 330, 640)]
    boxes = [*sides, *(Ruling("h", y, 298, 540) for y in (80, 314, 330, 640))]
    assert parts(words, boxes) == [
        "vänsteruppebörjan … vänsternereslut",
        "högeruppebörjan … högernereslut",
    ]
    assert len(parts(words, sides)) > 2


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("blank", "across"), [(90, True), (22, False)])
def test_headings_beside_a_wide_blank_lie_across(seed: int, blank: float, across: bool) -> None:
    """In a column there are paragraphs on both sides of such a blank, and no picture in it."""
    lower = 345 + blank
    words = two(seed, lines=20, name="uppe") + text("Barn och unga", LEFT, 345, 12, bold=True)
    words += two(seed + 1, top=lower, lines=20, name="nere", shift=-6)
    assert (parts(words)[0] == "vänsteruppebörjan … vänsteruppeslut") is across


@pytest.mark.parametrize("seed", SEEDS)
def test_text_beside_a_wide_blank_stays_in_its_column(seed: int) -> None:
    """A blank that holds a picture, say: the paragraph beside it is no heading."""
    left = [*prose(14, WIDE, seed), "", "# Trygga barn", *prose(26, WIDE, seed + 1)]
    right = column(prose(14, WIDE, seed + 2), RIGHT, 80)
    right += column(prose(14, WIDE, seed + 3), RIGHT, 370)
    assert len(parts(column(left, LEFT, 80) + right)) == 2


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_over_and_under_columns_are_no_table(seed: int) -> None:
    rules = [Ruling("h", y, LEFT, 539) for y in (60, 600)]
    assert parts(two(seed), rules) == TWO


@pytest.mark.parametrize("seed", SEEDS)
def test_a_text_that_ends_early_in_its_last_column(seed: int) -> None:
    left = column(marked(prose(50, WIDE, seed), "vänster"), LEFT, 80)
    right = column(marked(prose(9, WIDE, seed + 9), "höger"), RIGHT, 80)
    assert parts(left + right) == TWO


@pytest.mark.parametrize("seed", SEEDS)
def test_two_lines_are_a_last_column_where_it_is_as_wide_as_the_one_beside_it(seed: int) -> None:
    left = column(marked(prose(50, WIDE, seed), "vänster"), LEFT, 80)
    lines = ["högerbörjan som är ett bättre sätt för alla de som", "behöver det än förra högerslut"]
    right = column(lines, RIGHT, 83)
    assert parts(left + right) == TWO


@pytest.mark.parametrize("seed", SEEDS)
def test_headings_in_the_columns_stay_in_them(seed: int) -> None:
    left = [
        "# Trygga barn",
        *prose(14, WIDE, seed),
        "",
        "# Rena vatten",
        *prose(12, WIDE, seed + 1),
    ]
    right = [*prose(9, WIDE, seed + 2), "", "# Fler i arbete", *prose(20, WIDE, seed + 3)]
    made = page(column(left, LEFT, 80) + column(right, RIGHT, 80))
    found = [part.page.lines for part in page_parts(made, made.lines)]
    bold = [[line.text for line in lines if line.bold] for lines in found]
    assert bold == [["Trygga barn", "Rena vatten"], ["Fler i arbete"]]


@pytest.mark.parametrize("seed", SEEDS)
def test_boxes_in_a_column_are_read_behind_its_text(seed: int) -> None:
    left = column(marked(prose(18, WIDE, seed), "övre"), LEFT, 80)
    left += column(marked(prose(18, WIDE, seed + 1), "nedre"), LEFT, 420)
    box = column(["Fakta om kommunen", *prose(5, WIDE - 20, seed + 2, 99)], LEFT + 10, 310)
    right = column(marked(prose(44, WIDE, seed + 3), "höger"), RIGHT, 80)
    whole = page(left + box + right)
    fill = Fill((LEFT, 304, LEFT + WIDE, 384), "#dddddd")
    made = Page(1, whole.width, whole.height, whole.words, fills=(fill,))
    found = page_parts(made, made.lines)
    assert [part.aside for part in found] == [False, True, False]
    assert _ends(found[0].page) == "övrebörjan … nedreslut"
    assert _ends(found[1].page).startswith("Fakta")


def test_a_page_without_words_is_whole() -> None:
    assert len(page_parts(page([]), ())) == 1


def ruled(words: list[Word], *spans: tuple[float, float], heights: tuple[float, ...]) -> list[str]:
    """The parts of a page with these words, and rulings over these spans at these heights."""
    return parts(words, [Ruling("h", y, x0, x1) for y in heights for x0, x1 in spans])


NUMBERS = (("Mått", "2021", "2022"), ("Besök", "71", "74"), ("Lån", "18", "22"), ("Kort", "5", "6"))


def two_tables(seed: int) -> list[Word]:
    """Two columns of text with a table below each, whose rows stand at the same heights."""
    words = two(seed, lines=16)
    for x in (LEFT, RIGHT):
        words += rows(NUMBERS, (x + 3, x + 130, x + 190), 280, 12)
    return words


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_with_rulings_of_their_own_at_one_height_are_in_their_columns(seed: int) -> None:
    over = ((LEFT, LEFT + WIDE), (RIGHT, RIGHT + WIDE))
    found = ruled(two_tables(seed), *over, heights=(278, 290, 328))
    assert found == ["vänsterbörjan … 6", "högerbörjan … 6"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "spans",
    [
        ((LEFT, RIGHT + WIDE),),
        ((LEFT + 126, LEFT + WIDE), (RIGHT + 126, RIGHT + WIDE)),
        ((LEFT, LEFT + WIDE),),
        (),
    ],
)
def test_rulings_across_or_over_some_columns_show_no_two_tables(
    seed: int, spans: tuple[tuple[float, float], ...]
) -> None:
    found = ruled(two_tables(seed), *spans, heights=(278, 290, 328))
    assert "vänsterbörjan … 6" not in found


@pytest.mark.parametrize("seed", SEEDS)
def test_cells_with_edges_of_their_own_below_columns_are_rows_of_one_table(seed: int) -> None:
    words = two(seed, lines=16)
    cells = (
        ("Mått", "Läge"),
        ("Besök på bad", "Fler än förra året"),
        ("Lån", "Färre"),
        ("Kort", "Lika"),
    )
    words += rows(cells, (LEFT + 3, RIGHT + 3), 280, 12)
    over = ((LEFT, LEFT + WIDE), (RIGHT, RIGHT + WIDE))
    assert "vänsterbörjan … Kort" not in ruled(words, *over, heights=(278, 290, 302, 314, 328))
