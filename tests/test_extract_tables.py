"""Cells, rows and lines of tables on pages made by hand, in every style of ruling."""

from __future__ import annotations

from paper import cell, grid, page, text

from styrmatt.extract.model.page import Page, Ruling
from styrmatt.extract.model.text_lines import lines_of
from styrmatt.extract.tables.cells import TablePart
from styrmatt.extract.tables.columns import Columns
from styrmatt.extract.tables.header_row import find_headers
from styrmatt.extract.tables.read_table import read_continuation, read_table
from styrmatt.extract.tables.rows.entry_bands import goal_spans
from styrmatt.extract.tables.rows.row_bands import TableBody, continues_line, split_at
from styrmatt.extract.tables.table_end import TableVocabulary
from styrmatt.layout_files import load_layouts

LAYOUT = next(layout for layout in load_layouts() if layout.name == "styrmatt-med-namnd")
BY_FACTOR = next(layout for layout in load_layouts() if layout.name == "framgangsfaktor-i-tabell")
XS = (50, 170, 220, 260, 350, 440, 520)


def reading(layout=LAYOUT) -> TableVocabulary:
    return TableVocabulary(layout.words, layout.headings)


def header(
    top: float = 100, names=("Styrmått", "Nämnd", "K/M", "Mål", "Måluppfyllelse", "Utveckling")
) -> list:
    return [
        w for x, name in zip(XS, names, strict=False) for w in text(name, x + 3, top, 9, bold=True)
    ]


def row(top: float, name: str, board: str = "", sex: str = "", target: str = "") -> list:
    return [
        w
        for x, t in zip(XS, (name, board, sex, target), strict=False)
        if t
        for w in cell(t, x + 3, top, 9)
    ]


def read(p: Page, layout=LAYOUT) -> TablePart:
    (found,) = find_headers(p, [t for t in layout.tables if t.kind == "measures"])
    return read_table(p, found, lines_of(p.words), 800, reading(layout))


def names(table: TablePart) -> list[str]:
    return [entry.text("measure").replace("\n", " ") for entry in table.entries]


NARRATIVE = text(
    "Under året har resandet ökat kraftigt i hela länet och det är mycket glädjande", 50, 300
)


def test_a_table_in_a_full_grid() -> None:
    words = (
        header()
        + row(115, "Antal besök på\nmuseet", "KN", "", "Öka")
        + row(145, "Andel nöjda", "RS", "", "80 %")
    )
    table = read(page(words, grid(XS, (98, 112, 142, 160))))
    assert names(table) == ["Antal besök på museet", "Andel nöjda"]
    assert [g.text("board") for g in table.entries] == ["KN", "RS"]
    assert [g.lines[0].text("target") for g in table.entries] == ["Öka", "80 %"]


def test_a_table_with_rules_between_rows_alone() -> None:
    words = (
        header()
        + row(115, "Antal besök på\nmuseet", "KN", "", "Öka")
        + row(145, "Andel nöjda", "RS", "", "80 %")
    )
    rules = [Ruling("h", y, 50, 520) for y in (98, 112, 142, 160)]
    table = read(page(words + NARRATIVE, rules))
    assert names(table) == ["Antal besök på museet", "Andel nöjda"]
    assert table.columns.estimated


def test_a_table_ends_with_its_rulings_though_they_are_drawn_cell_by_cell() -> None:
    words = header() + row(115, "Antal besök", "KN", "", "Öka")
    words += row(147, "Andel nöjda", "RS", "", "80 %") + text("Källa: SCB", 53, 166, 9)
    pieces = [
        Ruling("v", x, top, bottom)
        for x in XS
        for top, bottom in ((98, 111), (114, 142), (145, 160))
    ]
    assert names(read(page(words, pieces))) == ["Antal besök", "Andel nöjda"]


def test_a_heading_that_is_a_little_larger_ends_a_table_without_rules() -> None:
    words = header() + row(117, "Antal besök", "KN", "", "Öka")
    words += row(147, "Andel nöjda", "RS", "", "80 %")
    assert names(read(page(words + text("Fler besök", 53, 175, 10)))) == names(read(page(words)))


def test_measures_stand_a_little_further_apart_than_lines() -> None:
    columns = ("Framgångsfaktor", "Styrmått", "Mål", "Måluppfyllelse", "Utveckling")
    xs = (50, 150, 260, 350, 440)
    words = [w for x, t in zip(xs, columns, strict=True) for w in text(t, x, 100, 9, bold=True)]
    for top, name in ((117, "Antal besök på\nmuseet"), (140.5, "Andel nöjda\nresenärer")):
        words += cell(name, 150, top, 9) + cell("Öka", 260, top, 9)
    assert names(read(page(words), BY_FACTOR)) == ["Antal besök på museet", "Andel nöjda resenärer"]


def test_measures_of_one_line_half_a_line_apart_are_several() -> None:
    columns = ("Framgångsfaktor", "Styrmått", "Mål", "Måluppfyllelse", "Utveckling")
    xs = (50, 150, 260, 350, 440)
    words = [w for x, t in zip(xs, columns, strict=True) for w in text(t, x, 100, 9, bold=True)]
    for n, name in enumerate(("Antal besök", "Andel nöjda", "Antal resor")):
        words += cell(name, 150, 117 + 14.4 * n, 9) + cell("Öka", 260, 117 + 14.4 * n, 9)
    assert names(read(page(words), BY_FACTOR)) == ["Antal besök", "Andel nöjda", "Antal resor"]


def test_without_space_between_measures_each_begins_beside_its_board() -> None:
    words = header()
    for top, name in ((117, "Antal besök på\nmuseet"), (138.6, "Andel nöjda\nresenärer")):
        words += row(top, name, "", "", "Öka") + text("KN", XS[1] + 3, top + 3, 9)
    assert names(read(page(words))) == ["Antal besök på museet", "Andel nöjda resenärer"]


def test_a_double_rule_holds_no_row_but_small_print_does() -> None:
    assert split_at(100, 140, [120, 122.8]) == [(100, 120), (122.8, 140)]
    assert split_at(100, 114, [107]) == [(100, 107), (107, 114)]
    assert split_at(100, 140, [101.5]) == [(100, 140)]


def test_the_next_line_goes_on_a_line_when_it_begins_with_a_small_letter() -> None:
    upper, near, far = (
        lines_of(text(t, 50, top))[0]
        for t, top in (("Antal besök", 50), ("på museet", 66), ("på museet", 81))
    )
    assert continues_line(upper, near) and not continues_line(upper, far)


def test_goals_stand_further_apart_than_their_lines() -> None:
    goals = cell("Ett öppet\nlän", 53, 100) + cell("God vård\nför alla", 53, 131)
    columns = Columns(("goal", "success_factor"), (50, 200, 400), estimated=True, ruled=False)
    body = TableBody(columns, 95, 160, (tuple(goals), ()), ((), ()))
    assert len(goal_spans(page(goals), body)) == 2


def test_an_underlined_name_is_one_measure() -> None:
    words = (
        header()
        + row(115, "Antal besök på\nmuseet", "KN", "", "Öka")
        + row(145, "Andel nöjda", "RS", "", "80 %")
    )
    first_line = [word for word in words if word.top == 115 and word.x0 < XS[1]]
    underline = Ruling("h", 124.5, first_line[0].x0, first_line[-1].x1)
    table = read(page(words, [*grid(XS, (98, 112, 142, 160)), underline]))
    assert names(table) == ["Antal besök på museet", "Andel nöjda"]


def test_a_rule_that_is_drawn_in_pieces_separates_rows() -> None:
    words = header()
    for n, name in enumerate(("Antal besök", "Andel nöjda", "Antal resor")):
        words += row(114 + 10.5 * n, name, "KN", "", "Öka")  # no room for space between rows
    dashes = [
        Ruling("h", y, x, x + 8) for y in (112.5, 123.25, 133.75, 145) for x in range(50, 520, 10)
    ]
    table = read(page(words, dashes + [Ruling("v", x, 98, 145) for x in XS]))
    assert names(table) == ["Antal besök", "Andel nöjda", "Antal resor"]


def test_a_table_without_any_rule_ends_where_narrative_begins() -> None:
    words = (
        header()
        + row(117, "Antal besök på\nmuseet", "KN", "", "Öka")
        + row(147, "Andel nöjda", "RS", "", "80 %")
        + text("Fler besök", 50, 180, 12, bold=True)
        + text(
            "Under året har resandet ökat kraftigt i hela länet och det är mycket glädjande",
            50,
            200,
        )
    )
    assert names(read(page(words))) == ["Antal besök på museet", "Andel nöjda"]


def test_long_targets_stay_in_their_column_where_marks_alone_follow() -> None:
    words = (
        header(names=("Styrmått", "Nämnd", "K/M", "Mål", "Måluppfyllelse", "Utveckling"))
        + row(117, "Antal besök", "KN", "", "Öka")
        + row(147, "Planer", "RS", "", "Överenskommelsen antas")
    )
    table = read(page(words))
    width = text("Överenskommelsen antas", XS[3] + 3, 147, 9)[-1].x1
    assert table.columns.bounds[4] > min(width, XS[4])


CENTRED = (90, 172, 228, 320, 380, 460)
"""Where the labels begin that stand centred over cells that begin at XS, or end at ENDS."""
ENDS = 372


def centred_header(top: float = 100) -> list:
    names = ("Styrmått", "Nämnd", "K/M", "Mål", "Måluppfyllelse", "Utveckling")
    return [w for x, t in zip(CENTRED, names, strict=True) for w in text(t, x, top, 9, bold=True)]


def targets(table: TablePart) -> list[tuple[str, str]]:
    return [(line.text("sex"), line.text("target")) for g in table.entries for line in g.lines]


def test_cells_may_begin_left_of_their_centred_label() -> None:
    words = centred_header() + [
        w
        for top, name, sex, target in (
            (117, "Antal nya företag", "", "5,2"),
            (137, "Andel nöjda", "", "80 %"),
            (157, "Antal resor", "", "Öka"),
        )
        for w in row(top, name, "RUN", sex) + text(target, 272, top, 9)
    ]
    table = read(page(words))
    assert names(table) == ["Antal nya företag", "Andel nöjda", "Antal resor"]
    assert targets(table) == [("", "5,2"), ("", "80 %"), ("", "Öka")]


def test_cells_may_end_right_of_their_centred_label() -> None:
    def flush_right(target: str, top: float) -> list:
        width = text(target, 0, top, 9)[-1].x1
        return text(target, ENDS - width, top, 9)

    words = centred_header() + [
        w
        for top, name, target in (
            (117, "Antal nya företag", "5,2"),
            (137, "Andel av stödet", "60 % till 40 %"),
            (157, "Antal resor", "Öka"),
        )
        for w in row(top, name, "RUN") + flush_right(target, top)
    ]
    assert targets(read(page(words))) == [("", "5,2"), ("", "60 % till 40 %"), ("", "Öka")]


def test_women_and_men_are_lines_of_one_measure() -> None:
    words = (
        header()
        + row(115, "Andel besök\ninom tre\ndagar", "RS", "K", "K 40")
        + row(133, "", "", "M", "M 45")
    )
    ys = [Ruling("h", y, 50, 520) for y in (98, 112, 160)]
    inner = [Ruling("h", 131, 220, 520)]
    table = read(page(words, ys + inner + [Ruling("v", x, 98, 160) for x in XS]))
    (entry,) = table.entries
    assert [(line.text("sex"), line.text("target")) for line in entry.lines] == [
        ("K", "K 40"),
        ("M", "M 45"),
    ]


def test_a_target_cell_merged_over_women_and_men_belongs_to_both() -> None:
    words = (
        header()
        + row(115, "Andel besök\ninom tre\ndagar", "RS", "K", "Öka")
        + row(133, "", "", "M")
    )
    rulings = [Ruling("h", y, 50, 520) for y in (98, 112, 160)] + [Ruling("h", 131, 220, 260)]
    table = read(page(words, rulings + [Ruling("v", x, 98, 160) for x in XS]))
    assert [line.text("target") for line in table.entries[0].lines] == ["Öka", "Öka"]


def test_women_and_men_without_rules_and_with_centred_cells() -> None:
    words = (
        header()
        + row(117, "", "", "K", "Minska")
        + row(126.5, "Antal besök", "RS")
        + row(136, "", "", "M", "Minska")
    )
    (entry,) = read(page(words)).entries
    assert entry.text("measure") == "Antal besök"
    assert [line.text("sex") for line in entry.lines] == ["K", "M"]


def test_two_measures_of_women_and_men_without_rules_stay_two() -> None:
    words = header()
    for n, name in enumerate(("Andel rökare", "Andel aktiva")):
        words += row(117 + 40 * n, name, "RS", "K", "10 %") + row(131 + 40 * n, "", "", "M", "12 %")
    table = read(page(words))
    assert names(table) == ["Andel rökare", "Andel aktiva"]
    assert [len(entry.lines) for entry in table.entries] == [2, 2]


def test_a_factor_cell_merged_over_measures_goes_with_each() -> None:
    names_ = ("Framgångsfaktor", "Styrmått", "Mål", "Måluppfyllelse", "Utveckling")
    xs = (50, 150, 260, 350, 440, 520)
    words = [w for x, n in zip(xs, names_, strict=False) for w in text(n, x + 3, 100, 9, bold=True)]
    words += (
        cell("Nära vård\ni hela länet", 53, 115, 9)
        + cell("Antal besök", 153, 115, 9)
        + cell("Öka", 263, 115, 9)
    )
    words += cell("Andel nöjda", 153, 145, 9) + cell("80 %", 263, 145, 9)
    rulings = [Ruling("h", y, 50, 520) for y in (98, 112, 165)] + [Ruling("h", 140, 150, 520)]
    table = read(page(words, rulings + [Ruling("v", x, 98, 165) for x in xs]), BY_FACTOR)
    assert [g.text("success_factor") for g in table.entries] == ["Nära vård\ni hela länet"] * 2


def test_a_table_goes_on_overleaf_without_a_header() -> None:
    first = read(
        page(header() + row(115, "Antal besök på", "KN", "", "Öka"), grid(XS, (98, 112, 142)))
    )
    first.at_page_end = True
    over = page(
        row(45, "museet i staden") + row(65, "Andel nöjda", "RS", "", "80 %"),
        grid(XS, (43, 62, 80)),
        2,
    )
    table = read_continuation(over, lines_of(over.words), first, 800, reading())
    assert table is not None
    assert names(table) == ["museet i staden", "Andel nöjda"]


def test_a_table_goes_on_overleaf_with_mirrored_margins() -> None:
    first = read(
        page(header() + row(115, "Antal besök", "KN", "", "Öka"), grid(XS, (98, 112, 142)))
    )
    moved = [x + 28 for x in XS]
    words = [
        w
        for x, t in zip(moved, ("Andel nöjda", "RS", "", "80 %"), strict=False)
        for w in text(t, x + 3, 45, 9)
    ]
    over = page(words, grid(moved, (43, 62)), 2)
    table = read_continuation(over, lines_of(over.words), first, 800, reading())
    assert table is not None and table.entries[0].text("board") == "RS"


def test_narrative_overleaf_is_not_the_table() -> None:
    first = read(page(header() + row(117, "Antal besök", "KN", "", "Öka")))
    over = page(
        text("Under året har resandet ökat kraftigt i hela länet och det är glädjande", 50, 45),
        (),
        2,
    )
    assert read_continuation(over, lines_of(over.words), first, 800, reading()) is None
