"""Cells, rows and lines of tables on pages made by hand, in every style of ruling."""

from __future__ import annotations

from paper import cell, grid, page, text

from styrmatt.extract.model.page import Page, Ruling, lines_of
from styrmatt.extract.tables.cells import PageTable
from styrmatt.extract.tables.header_row import find_headers
from styrmatt.extract.tables.read_table import read_fragment, read_table
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


def read(p: Page, layout=LAYOUT) -> PageTable:
    (found,) = find_headers(p, [t for t in layout.tables if t.kind == "measures"])
    return read_table(p, found, lines_of(p.words), 800, reading(layout))


def names(table: PageTable) -> list[str]:
    return [group.text("measure").replace("\n", " ") for group in table.groups]


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
    assert [g.text("board") for g in table.groups] == ["KN", "RS"]
    assert [g.lines[0].text("target") for g in table.groups] == ["Öka", "80 %"]


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


def targets(table: PageTable) -> list[tuple[str, str]]:
    return [(line.text("sex"), line.text("target")) for g in table.groups for line in g.lines]


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
    (group,) = table.groups
    assert [(line.text("sex"), line.text("target")) for line in group.lines] == [
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
    assert [line.text("target") for line in table.groups[0].lines] == ["Öka", "Öka"]


def test_women_and_men_without_rules_and_with_centred_cells() -> None:
    words = (
        header()
        + row(117, "", "", "K", "Minska")
        + row(126.5, "Antal besök", "RS")
        + row(136, "", "", "M", "Minska")
    )
    (group,) = read(page(words)).groups
    assert group.text("measure") == "Antal besök"
    assert [line.text("sex") for line in group.lines] == ["K", "M"]


def test_two_measures_of_women_and_men_without_rules_stay_two() -> None:
    words = header()
    for n, name in enumerate(("Andel rökare", "Andel aktiva")):
        words += row(117 + 40 * n, name, "RS", "K", "10 %") + row(131 + 40 * n, "", "", "M", "12 %")
    table = read(page(words))
    assert names(table) == ["Andel rökare", "Andel aktiva"]
    assert [len(group.lines) for group in table.groups] == [2, 2]


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
    assert [g.text("success_factor") for g in table.groups] == ["Nära vård\ni hela länet"] * 2


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
    table = read_fragment(over, lines_of(over.words), first, 800, reading())
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
    table = read_fragment(over, lines_of(over.words), first, 800, reading())
    assert table is not None and table.groups[0].text("board") == "RS"


def test_narrative_overleaf_is_not_the_table() -> None:
    first = read(page(header() + row(117, "Antal besök", "KN", "", "Öka")))
    over = page(
        text("Under året har resandet ökat kraftigt i hela länet och det är glädjande", 50, 45),
        (),
        2,
    )
    assert read_fragment(over, lines_of(over.words), first, 800, reading()) is None
