"""Where the general reader finds the header of a table, and which cells it has."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from flips import Flip, steps
from paper import cell, page, text

from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.grid.headers.header_block import HeaderBlock, find_header_blocks
from styrmatt.extract.grid.headers.header_cells import header_cells
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.model.page import Fill, Glyph, Page, Ruling
from styrmatt.extract.model.text_lines import Word

WORDS = load_header_words("sv")
ROW = "Andel nöjda\t70 %\t64 %"


def paper(*lines: tuple[float, str], rulings: tuple[Ruling, ...] = (), size: float = 10) -> Page:
    """A page of lines at heights; tabs move on to the next multiple of 100."""
    words = [word for top, line in lines for word in text(line, 50, top, size)]
    return page(words, rulings)


def placed(*words: tuple[str, float, float], rulings: tuple[Ruling, ...] = ()) -> Page:
    """A page of texts at x and top."""
    return page([word for t, x, top in words for word in text(t, x, top)], rulings)


def blocks(sheet: Page) -> list[HeaderBlock]:
    return find_header_blocks(sheet, sheet.lines, WORDS)


def headers(sheet: Page) -> list[tuple[str, ...]]:
    return [tuple(" ".join(t.split()) for t in block.texts) for block in blocks(sheet)]


def test_a_line_of_headers_is_one() -> None:
    sheet = paper((100, "Indikator\tMål 2022\tUtfall 2022"), (120, ROW))
    assert headers(sheet) == [("Indikator", "Mål 2022", "Utfall 2022")]
    (block,) = blocks(sheet)
    assert [sorted(cell.reading.roles) for cell in block.cells] == [
        ["measure"],
        ["goal", "target"],
        ["result"],
    ]
    assert (block.size, block.bbox[1], block.bbox[3]) == (10, 100, 110)


def test_rows_and_text_are_no_header() -> None:
    for line in (
        ROW,
        "Målet är uppfyllt och utfallet är bättre än året innan",
        "Indikator",
        "Utfall 2022",
        "Telefon\tRum\tNamn",
        "Utfall\tTelefon\tRum\tNamn",
    ):
        assert headers(paper((100, line), (120, ROW))) == []


def test_broken_labels_are_joined() -> None:
    sheet = placed(
        ("Indikator", 50, 100),
        ("Målvärde", 200, 94),
        ("helår 2022", 200, 106),
        ("Utfall", 300, 94),
        ("2022", 300, 106),
        ("Andel nöjda", 50, 130),
        ("70", 200, 130),
        ("64", 300, 130),
    )
    assert headers(sheet) == [("Indikator", "Målvärde helår 2022", "Utfall 2022")]


def test_a_heading_above_columns_is_part_of_each() -> None:
    sheet = placed(
        ("Utfall", 240, 100),
        ("Indikator", 50, 114),
        ("Kvinnor", 200, 114),
        ("Män", 260, 114),
        ("Totalt", 310, 114),
        ("Mål", 400, 114),
        ("Andel nöjda", 50, 134),
        ("70", 200, 134),
    )
    (found,) = headers(sheet)
    assert found[0] == "Indikator" and found[-1] == "Mål"
    (block,) = blocks(sheet)
    assert [cell.reading.sex for cell in block.cells] == [None, "K", "M", "T", None]


def test_years_below_one_heading_are_columns_of_it() -> None:
    sheet = placed(
        ("Utfall utfall utfall utfall", 200, 100),
        ("Indikator", 50, 114),
        ("2020", 200, 114),
        ("2021", 250, 114),
        ("2022", 300, 114),
        ("Mål", 400, 114),
    )
    (block,) = blocks(sheet)
    assert [cell.reading.year for cell in block.cells] == [None, 2020, 2021, 2022, None]
    assert [sorted(cell.reading.roles) for cell in block.cells][1:4] == [["result"]] * 3


def test_a_line_above_that_adds_nothing_is_no_header() -> None:
    below = paper((100, "Indikator\tMål 2022\tUtfall 2022"), (120, ROW))
    sheet = page([*text("Måluppfyllelse", 50, 88, bold=True), *below.words])
    assert headers(sheet) == [("Indikator", "Mål 2022", "Utfall 2022")]


def test_a_line_below_that_is_no_header_is_a_row() -> None:
    sheet = paper((100, "Indikator\tMål 2022\tUtfall 2022"), (112, ROW))
    assert headers(sheet) == [("Indikator", "Mål 2022", "Utfall 2022")]


def test_every_table_has_its_header() -> None:
    first, second = "Indikator\tMål\tUtfall", "Mått\tPrognos\tStatus"
    sheet = paper((100, first), (120, ROW), (140, ROW), (300, second), (320, ROW))
    assert headers(sheet) == [("Indikator", "Mål", "Utfall"), ("Mått", "Prognos", "Status")]


def test_measures_below_goals_name_the_column() -> None:
    sheet = placed(
        ("Prioriterade mål", 50, 100),
        ("Utfall 2022", 200, 100),
        ("Status", 300, 100),
        ("Indikatorer", 50, 116),
        ("Andel nöjda", 50, 140),
        ("64", 200, 140),
    )
    (block,) = blocks(sheet)
    assert block.cells[0].reading.roles == {"measure"}
    assert block.cells[0].text == "Prioriterade mål\nIndikatorer"


def test_a_ruling_parts_words_that_are_a_space_apart() -> None:
    line = "Mål Utfall"
    (mal, utfall) = text(line, 50, 100)
    ruling = Ruling("v", (mal.x1 + utfall.x0) / 2, 95, 115)
    parted = page([mal, utfall], [ruling])
    assert [[w.text for w in c] for c in chains_of(parted, parted.lines[0])] == [
        ["Mål"],
        ["Utfall"],
    ]
    whole = page([mal, utfall])
    assert [[w.text for w in c] for c in chains_of(whole, whole.lines[0])] == [["Mål", "Utfall"]]


def test_cells_are_read_from_chains_alone() -> None:
    rows = [[text("Utfall", 200, 100)], [text("Indikator", 50, 112), text("2022", 205, 112)]]
    cells = header_cells(rows, WORDS)
    assert [cell.text for cell in cells] == ["Indikator", "Utfall\n2022"]
    assert cells[1].bbox == (200, 100, 230, 122)
    assert [word.text for word in cells[1].words] == ["Utfall", "2022"]


# --- where it flips -------------------------------------------------------------------------------


def three_rows(*, ruled: bool) -> list[tuple[str, ...]]:
    """A header whose narrow headings stand at the left of the cells of several columns."""
    cells = [("Nyckeltal", 53, 100), ("Utfall", 203, 100), ("Målvärde", 363, 100)]
    cells += [("2030", 203, 114), ("2031", 253, 114), ("2031", 363, 114), ("2034", 433, 114)]
    cells += [("Alla", 203, 128), ("Kvinnor", 253, 128), ("Män", 308, 128)]
    whole = [Ruling("v", x, 96, 140) for x in (50, 200, 360, 500)]
    lower = [Ruling("v", x, 111, 140) for x in (250, 430)] + [Ruling("v", 305, 125, 140)]
    return headers(placed(*cells, rulings=tuple(whole + lower) if ruled else ()))


def test_a_ruled_cell_shows_which_columns_its_heading_spans() -> None:
    assert three_rows(ruled=True) == [
        (
            "Nyckeltal",
            "Utfall 2030 Alla",
            "Utfall 2031 Kvinnor",
            "Utfall 2031 Män",
            "Målvärde 2031",
            "Målvärde 2034",
        )
    ]
    assert three_rows(ruled=False) != three_rows(ruled=True)


def last_label(*, first_rule: float, parts: int = 1, bold: bool = True) -> str:
    """The last label of a header whose third line stands above or below the first ruling."""
    words = [
        *cell("Indikator", 50, 100, bold=bold),
        *cell("Mål\n2031", 200, 100, bold=bold),
        *cell("Prognos\nhelår", 300, 100, bold=bold),
        *cell("Bedömning\nhelår\nplåtmätaren", 400, 100, bold=bold),
    ]
    for n in range(3):
        words += text("Andel nöjda\t70 %\t64 %\tJa", 50, 160 + 16 * n)
    edges = [45.0 + 450 / parts * n for n in range(parts + 1)]
    rules = [
        Ruling("h", y, a, b - 1) for y in (95.0, first_rule, 210.0) for a, b in pairwise(edges)
    ]
    (block,) = blocks(page(words, rules))
    return " ".join(block.texts[-1].split())


@pytest.mark.parametrize("parts", [1, 4])
@pytest.mark.parametrize("bold", [True, False])
def test_the_lines_of_a_label_down_to_the_ruling_belong_to_it(*, parts: int, bold: bool) -> None:
    whole = "Bedömning helår plåtmätaren"
    assert last_label(first_rule=140, parts=parts, bold=bold) == whole


@pytest.mark.parametrize(("first_rule", "parts"), [(210.0, 1), (123.0, 1), (123.0, 4)])
def test_a_ruling_below_the_table_or_above_a_line_gives_a_header_no_more_lines(
    first_rule: float, parts: int
) -> None:
    assert "plåtmätaren" not in last_label(first_rule=first_rule, parts=parts)


@pytest.mark.parametrize("ground", ["#1f3864", "#c9d4ea", None, "#ffffff"])
def test_a_line_without_the_ground_of_a_header_is_none_of_its_lines(ground: str | None) -> None:
    words = [
        *text("Indikator\tMål\tUtfall\tUtfall", 50, 100),
        *text("\t2031\t2030\t2031", 50, 116),
        *text("Andel nöjda\t70 %\t64 %\t66 %", 50, 140),
    ]
    grounds = [Fill((45, 96, 500, 113), "#1f3864")]
    if ground is not None:
        grounds.append(Fill((45, 113, 500, 130), ground))
    sheet = replace(page(words), fills=tuple(grounds))
    block = find_header_blocks(sheet, sheet.lines, WORDS)[0]
    shaded = ground not in (None, "#ffffff")
    years = [2031, 2030, 2031] if shaded else [None] * 3
    assert [cell.reading.year for cell in block.cells] == [None, *years]


def test_a_label_with_a_role_of_its_own_says_it_below_a_heading_with_another() -> None:
    cells = [("Nyckeltal", 53, 100), ("Måluppfyllelse", 203, 100)]
    cells += [("Mål 2031", 203, 114), ("Bedömning", 303, 114)]
    rules = [Ruling("v", x, 96, 126) for x in (50, 200, 400)] + [Ruling("v", 300, 111, 126)]
    (block,) = blocks(placed(*cells, rulings=tuple(rules)))
    assert [sorted(cell.reading.roles) for cell in block.cells] == [
        ["measure"],
        ["goal", "target"],
        ["status"],
    ]
    assert WORDS.read("Mål\nVärde").roles == {"target"}


def goes_on(gap: float) -> bool:
    """Whether a line so far below the first one is part of a header of 10 points."""
    sheet = placed(
        ("Indikator", 50, 100), ("Utfall", 200, 100), ("Mål", 300, 100), ("2022", 200, 110 + gap)
    )
    return headers(sheet) == [("Indikator", "Utfall 2022", "Mål")]


def is_alike(size: float) -> bool:
    """Whether a line of another size is part of a header of 10 points."""
    words = text("Indikator", 50, 100) + text("Utfall", 200, 100) + text("Mål", 300, 100)
    sheet = page(words + text("2022", 200, 114, size))
    return headers(sheet) == [("Indikator", "Utfall 2022", "Mål")]


def parts(share: float) -> bool:
    """Whether a ruling that covers a share of a line's height parts its words."""
    words: list[Word] = text("Mål Utfall", 50, 100)
    x = (words[0].x1 + words[1].x0) / 2
    sheet = page(words, [Ruling("v", x, 100, 100 + 10 * share)])
    return len(chains_of(sheet, sheet.lines[0])) == 2


def parts_at(offset: float) -> bool:
    """Whether a ruling so far behind the first word's end parts it from the next one."""
    words: list[Word] = text("Mål Utfall", 50, 100)
    sheet = page(words, [Ruling("v", words[0].x1 + offset, 100, 110)])
    return len(chains_of(sheet, sheet.lines[0])) == 2


def tall(lines: int) -> bool:
    """Whether a label of so many lines is read whole."""
    parts_ = ["Mål", "för", "helår", "per", "december", "2022"][:lines]
    words = [(t, 200.0, 100 + 12.0 * n) for n, t in enumerate(parts_)]
    sheet = placed(("Indikator", 50, 100), *words, ("Status", 300, 100))
    (block,) = blocks(sheet)
    return len(block.lines) == lines


FLIPS = {
    "rows of a header are 2.2 ems apart": Flip(goes_on, steps(1, 26, 0.5), last=22),
    "lines of a header differ by a point in size": Flip(is_alike, steps(8, 12, 0.5), 9, 11),
    "a ruling over half the line's height parts words": Flip(parts, steps(0.1, 1, 0.1), 0.6),
    "a ruling may lie a point within a word": Flip(parts_at, steps(-2, 5, 0.5), -1, 4),
    "a header has five lines at most": Flip(tall, range(1, 7), last=5),
}


@pytest.mark.parametrize("name", FLIPS)
def test_where_decisions_flip(name: str) -> None:
    FLIPS[name].check()


def upwards(label: str, x: float, bottom: float) -> list[Glyph]:
    """A label set upwards from its bottom."""
    at = [bottom - 5 * n for n in range(len(label))]
    return [
        Glyph(sign, (x, y - 5, x + 10, y), "Sans", None, upright=False, turn=90)
        for sign, y in zip(label, at, strict=True)
        if sign != " "
    ]


def downwards(label: str, x: float, top: float) -> list[Glyph]:
    """A label set downwards from its top."""
    at = [top + 5 * n for n in range(len(label))]
    return [
        Glyph(sign, (x, y, x + 10, y + 5), "Sans", None, upright=False, turn=270)
        for sign, y in zip(label, at, strict=True)
        if sign != " "
    ]


@pytest.mark.parametrize("ruled", [True, False])
def test_an_upright_label_at_the_top_of_a_header_of_turned_ones_is_its_first(
    *, ruled: bool
) -> None:
    """Without the ruling above both it may as well be a heading of its own."""
    words = [*text("Framgångsfaktor", 50, 103), *text("En rad", 50, 215)]
    rules = (Ruling("h", 100, 45, 400), Ruling("h", 212, 45, 400)) if ruled else ()
    glyphs = [
        *upwards("Indikator", 150, 210),
        *upwards("Mål 2022", 250, 210),
        *upwards("Utfall 2022", 350, 210),
    ]
    sheet = replace(page(words, rules), glyphs=tuple(glyphs))
    (header,) = headers(sheet)
    labels = ("Indikator", "Mål 2022", "Utfall 2022")
    assert header == (("Framgångsfaktor", *labels) if ruled else labels)


MEASURE = text("Indikator", 50, 103)


def test_the_second_line_of_a_turned_label_belongs_to_it_though_both_are_understood_alone() -> None:
    """ "År 2023" heads a column of its own in other tables; here no padding parts it."""
    label = [*upwards("Målvärde", 150, 210), *upwards("år 2023", 161, 210)]
    glyphs = [*label, *upwards("Utfall 2023", 250, 210), *upwards("Status", 350, 210)]
    (header,) = headers(replace(page(MEASURE), glyphs=tuple(glyphs)))
    assert header == ("Målvärde år 2023", "Utfall 2023", "Status")


def test_the_lines_of_a_label_set_downwards_go_from_right_to_left() -> None:
    label = [*downwards("Målvärde", 161, 103), *downwards("år 2023", 150, 103)]
    glyphs = [*label, *downwards("Utfall 2023", 250, 103), *downwards("Status", 350, 103)]
    (header,) = headers(replace(page(MEASURE), glyphs=tuple(glyphs)))
    assert header == ("Indikator", "Målvärde år 2023", "Utfall 2023", "Status")


def with_ligature(label: list[Glyph], first: int, wider: int) -> list[Glyph]:
    """The label with two letters drawn as one, which begin at one place and end at another."""
    one, other, *rest = label[first:]
    x0, top, x1, bottom = one.bbox
    pair = [replace(one, bbox=one.bbox), replace(other, bbox=one.bbox)]
    box = (x0, top, x1, bottom + 0.4) if one.turn == 270 else (x0, top - 0.4, x1, bottom)
    pair[wider] = replace(pair[wider], bbox=box)
    return [*label[:first], *pair, *rest]


@pytest.mark.parametrize("turned", [upwards, downwards])
@pytest.mark.parametrize("wider", [0, 1])
def test_the_letters_of_a_ligature_in_a_turned_label_stay_in_order(turned: Any, wider: int) -> None:
    at = 210 if turned is upwards else 103
    glyphs = [*with_ligature(turned("Utfall 2023", 150, at), 1, wider), *turned("Mål", 250, at)]
    (header,) = headers(replace(page(MEASURE), glyphs=tuple(glyphs)))
    assert header[-2:] == ("Utfall 2023", "Mål")


def of_two_lines(gap: float, *, ruled: bool = False) -> int:
    """How many columns a turned target and a turned year make that are so many points apart."""
    glyphs = [*upwards("Mål", 150, 210), *upwards("2023", 160 + gap, 210)]
    glyphs += [*upwards("Utfall 2023", 250, 210), *upwards("Status", 350, 210)]
    rules = (Ruling("v", 160 + gap / 2, 100, 220),) if ruled else ()
    (header,) = headers(replace(page(MEASURE, rules), glyphs=tuple(glyphs)))
    return len(header) - 2


def test_a_gap_of_padding_or_a_ruling_parts_turned_labels() -> None:
    assert [of_two_lines(gap) for gap in (1, 3, 7, 12)] == [1, 1, 2, 2]
    assert of_two_lines(3, ruled=True) == 2


def over_turned(*over: tuple[str, float], above: float = 4, ruled: bool = True) -> tuple[str, ...]:
    """The header of turned labels for women and men, each twice, below other words."""
    words = [*text("Nyckeltal", 50, 203), *text("Mål", 130, 203)]
    words += [word for said, x in over for word in text(said, x, 150 - above - 10)]
    places = (200.0, 240.0, 280.0, 320.0)
    labels = zip(("Kvinnor", "Män") * 2, places, strict=True)
    glyphs = [glyph for label, x in labels for glyph in upwards(label, x, 210)]
    rules = [Ruling("h", 150, 190, 350)]
    rules += [Ruling("v", x, 120, 212) for x in (190.0, 270.0, 350.0)]
    rules += [Ruling("v", x, 150, 212) for x in (230.0, 310.0)]
    sheet = replace(page(words, tuple(rules) if ruled else rules[:1]), glyphs=tuple(glyphs))
    (header,) = headers(sheet)
    return header


PAIRS = ("Utfall 2022 Kvinnor", "Utfall 2022 Män", "Utfall 2023 Kvinnor", "Utfall 2023 Män")


@pytest.mark.parametrize("ruled", [True, False])
def test_upright_headings_above_turned_labels_stand_for_those_below_them(*, ruled: bool) -> None:
    header = over_turned(("Utfall 2022", 202.0), ("Utfall 2023", 282.0), ruled=ruled)
    assert header == ("Nyckeltal", "Mål", *PAIRS)


def test_words_above_turned_labels_that_are_none_of_a_header_stand_for_none() -> None:
    plain = ("Nyckeltal", "Mål", *("Kvinnor", "Män") * 2)
    assert over_turned(("Utfall 2022", 202.0), ("Utfall 2023", 282.0), above=30) == plain
    assert over_turned(("Tabell 4", 202.0), ("Utfall 2023", 282.0)) == plain


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("Nivå vi vill åt", {"target"}),
        ("Nivå vi nådde", {"result"}),
        ("Det vi siktar på nu", {"target"}),
        ("Reflektioner", {"comment"}),
        ("Vi väntar oss i december", {"forecast"}),
    ],
)
def test_words_of_an_unknown_header_hint_at_its_role_beside_one_for_measures(
    header: str, roles: set[str]
) -> None:
    sheet = paper((100, f"Indikator\tStatus\t{header}"), (120, "Andel nöjda\tUppnått\t64 %"))
    (block,) = blocks(sheet)
    reading = block.cells[2].reading
    assert reading.roles == roles and reading.guessed and not reading.whole


def test_hints_alone_make_no_header() -> None:
    sheet = paper((100, "Område\tPlanen vi vill nå\tNivå som uppnåddes"), (120, ROW))
    assert headers(sheet) == []


def test_a_hint_gives_way_to_what_another_column_surely_is() -> None:
    sheet = paper((100, "Indikator\tMålvärde\tNivån i år"), (120, ROW))
    (block,) = blocks(sheet)
    assert block.cells[2].reading.roles == {"result"}


def _labels(
    upper: tuple[str, ...], lower: tuple[str, ...], gap: float = 2.0, bold: bool = True
) -> Page:
    """A page of a header whose labels are of two lines each, with a row below it."""
    words = text("Nyckeltal", 50, 100, bold=bold)
    for n, (above, below) in enumerate(zip(upper, lower, strict=True)):
        words += text(above, 200 + 90 * n, 90 - gap, bold=bold)
        words += text(below, 200 + 90 * n, 100, bold=bold)
        words += text(str(60 + n), 200 + 90 * n, 130)
    return page([*words, *text("Andel nöjda", 50, 130)], ())


def test_labels_keep_their_upper_lines_whether_their_words_are_known_or_not() -> None:
    upper = ("Utfall", "Zorbat", "Wixel", "Målvärde")
    years = ("2025", "2025", "2024", "2025")
    (block,) = blocks(_labels(upper, years))
    assert [" ".join(t.split()) for t in block.texts[1:]] == [
        "Utfall 2025",
        "Zorbat 2025",
        "Wixel 2024",
        "Målvärde 2025",
    ]
    assert not any(cell.reading.says_something for cell in block.cells[2:4])
    # Where no word of the upper line is known, years are no results.
    unknown = ("Qwerty", "Zorbat", "Wixel", "Fakur")
    (block,) = blocks(_labels(unknown, years))
    assert [cell.reading.year for cell in block.cells] == [None] * 5
    # Further apart, or plain, the line above is another row or text.
    for apart in (_labels(unknown, years, gap=12), _labels(unknown, years, bold=False)):
        assert headers(apart) == [("Nyckeltal", *years)]


def test_a_bold_row_right_above_a_header_that_is_wider_is_no_part_of_it() -> None:
    words = [
        *text("Summa\t70\t80\t\t90", 150, 88, bold=True),
        *text("Nyckeltal\tMål\tUtfall", 50, 100, bold=True),
        *text("Andel nöjda\t70\t80", 50, 130),
    ]
    assert headers(page(words, ())) == [("Nyckeltal", "Mål", "Utfall")]


def test_a_label_of_two_lines_about_those_of_one_is_whole() -> None:
    sheet = placed(
        ("Indikator", 50, 106),
        ("Senaste", 200, 100),
        ("mätning", 200, 112),
        ("Dit ska vi", 300, 106),
        ("Når vi dit?", 400, 106),
        ("Andel nöjda", 50, 140),
        ("70", 200, 140),
    )
    assert headers(sheet) == [("Indikator", "Senaste mätning", "Dit ska vi", "Når vi dit?")]


def test_a_word_of_no_list_above_a_year_is_part_of_its_label() -> None:
    sheet = placed(
        ("Delmål", 50, 106), ("Ska nå", 200, 106), ("Uppnådda", 300, 100), ("2024", 300, 112)
    )
    assert headers(sheet) == [("Delmål", "Ska nå", "Uppnådda 2024")]


def test_the_rest_of_names_in_small_letters_begins_no_header() -> None:
    assert headers(paper((100, "skolorna\tResultat\tMål"), (120, ROW))) == []
    assert headers(paper((100, "indikator\tresultat\tmål"), (120, ROW))) != []


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("Ska nå", {"target"}),
        ("Nådde 2024", {"result"}),
        ("Nivå vi ska nå", {"target"}),
        ("Når vi dit?", {"status"}),
        ("Nådde vi målet?", {"status"}),
    ],
)
def test_headers_that_ask_or_say_what_is_reached(header: str, roles: set[str]) -> None:
    assert WORDS.header(header).roles == roles
