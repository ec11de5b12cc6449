"""The marks of cards: their edges and grounds, and words for a status below another's label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flips import flips, steps
from paper import corners, page, painted
from test_cards import LAYOUT, SIZE, Pen, card, frame

from styrmatt.extract.grid.page_tables import PageTables
from styrmatt.extract.model.page import Page, Ruling, Shape
from styrmatt.extract.model.text_lines import Word
from styrmatt.extract.sections.read_sections import BodyStyle
from styrmatt.extract.tables.cells import TableEntry

GREEN, RED, BLUE, GREY = "#00b050", "#ff0000", "#0070c0", "#c0c4c8"
WIDE, THIN = 4.0, 1.0


def edged(number: int, *edges: tuple[str, float]) -> Page:
    """A page of cards in boxes, each with an edge in a colour and of a width."""
    words: list[Word] = []
    shapes: list[Shape] = []
    for n, (colour, width) in enumerate(edges):
        pen = card(Pen(y=100.0 + 100 * n), n)
        words += pen.words
        x0, top, _, bottom = (box := pen.box(100.0 + 100 * n)).bbox
        shapes += [box, frame((x0, top, x0 + width, bottom), colour)]
    inks = [(shape.points[:4], shape.fill) for shape in shapes if shape.fill]
    made = replace(page(words, number=number), shapes=tuple(shapes))
    return replace(made, render=painted(inks))


def read(*pages: Page) -> list[TableEntry]:
    reader = PageTables(LAYOUT, BodyStyle(SIZE, bold=False))
    out: list[TableEntry] = []
    for n, one in enumerate(pages):
        reader.headers(one)
        parts = reader.tables(one, one.lines, 800, goes_on=False, follows=n > 0)
        out += [entry for part in parts for entry in part.entries]
    return out


def colours(found: Sequence[TableEntry]) -> list[str | None]:
    """The colour of each entry's status."""
    marks = [entry.lines[0].marks("status") for entry in found]
    return [one[0].colour if one else None for one in marks]


def test_edges_in_one_colour_are_statuses_where_they_differ_on_another_page() -> None:
    varied = edged(1, (GREEN, WIDE), (RED, WIDE))
    plain = edged(2, (GREEN, WIDE), (GREEN, WIDE))
    assert colours(read(varied, plain)) == [GREEN, RED, GREEN, GREEN]
    assert colours(read(plain, varied)) == [GREEN, GREEN, GREEN, RED]
    assert colours(read(plain, edged(3, (GREEN, WIDE)))) == [None, None, None]


def test_a_grey_edge_among_coloured_ones_is_a_status_and_a_frame_is_none() -> None:
    varied = edged(1, (GREEN, WIDE), (RED, WIDE))
    assert colours(read(varied, edged(2, (GREY, WIDE), (GREEN, WIDE)))) == [GREEN, RED, GREY, GREEN]
    assert colours(read(varied, edged(2, (GREY, THIN), (GREEN, WIDE))))[2] is None
    assert colours(read(edged(1, (GREY, WIDE), (GREY, WIDE)))) == [None, None]


def grounded(*colours: str) -> Page:
    """A page of cards whose grounds are in colours."""
    words: list[Word] = []
    shapes: list[Shape] = []
    for n, colour in enumerate(colours):
        pen = card(Pen(y=100.0 + 100 * n), n)
        words += pen.words
        shapes.append(frame(pen.box(100.0 + 100 * n).bbox, colour))
    inks = [(shape.points[:4], shape.fill) for shape in shapes if shape.fill]
    return replace(page(words), shapes=tuple(shapes), render=painted(inks))


def test_pale_and_grey_grounds_among_coloured_ones_are_statuses() -> None:
    pale, grey = "#dcebe0", "#e6e6e6"
    assert colours(read(grounded("#fff0c0", "#f6c8c2", pale))) == ["#fff0c0", "#f6c8c2", pale]
    assert colours(read(grounded("#fff0c0", "#f6c8c2", grey)))[2] == grey
    assert colours(read(grounded(grey, grey))) == [None, None]


def test_words_for_a_status_in_a_card_may_say_that_it_is_the_goals() -> None:
    words: list[Word] = []
    for n, said in enumerate(("Målet delvis nått", "Nästan nått", "Fritid")):
        pen = Pen(y=100.0 + 120 * n).line(said, size=7).gap(10)
        words += card(pen, n).words
    boxes = [frame((54, 95 + 120 * n, 280, 170 + 120 * n)) for n in range(3)]
    made = replace(page(words), shapes=tuple(boxes))
    marks = [entry.lines[0].marks("status") for entry in read(made)]
    assert [[mark.text for mark in found] for found in marks] == [
        ["delvis nått"],
        ["Nästan nått"],
        [],
    ]


def test_words_for_a_status_below_the_label_of_the_trend_are_the_status() -> None:
    words: list[Word] = []
    arrows: list[Shape] = []
    for n in range(2):
        pen = card(Pen(y=100.0 + 120 * n), n)
        y = pen.y
        pen.line("Trend:").line("Delvis nått")
        words += pen.words
        arrows.append(frame((100, y, 108, y + 8), "#333333"))
        arrows.append(pen.box(100.0 + 120 * n))
    inks = [(shape.points[:4], shape.fill) for shape in arrows if shape.fill]
    made = replace(page(words), shapes=tuple(arrows), render=painted(inks))
    for entry in read(made):
        line = entry.lines[0]
        assert [mark.text for mark in line.marks("status")] == ["Delvis nått"]
        assert not line.cells["trend"].lines


def test_words_for_a_trend_below_its_label_stay_its_value() -> None:
    words: list[Word] = []
    for n in range(2):
        pen = card(Pen(y=100.0 + 120 * n), n).line("Trend:").line("Positiv")
        words += pen.words
    for entry in read(page(words)):
        assert entry.lines[0].cells["trend"].lines == ["Positiv"]
        assert not entry.lines[0].marks("status")


def figured(*discs: float) -> list[int]:
    """How many statuses cards with a large figure have, each with discs at these places across."""
    words: list[Word] = []
    shapes: list[Shape] = []
    for n, name in enumerate(("Trygga gator", "Rena vatten")):
        pen = Pen(y=100.0 + 80 * n).line(f"*{name}").line("92 %", size=2 * SIZE)
        top = pen.y - 20
        pen.line("mål 2022 90 %, utfall 2021 88 %")
        words += pen.words
        shapes += [frame((x, top, x + 14, top + 14), GREEN) for x in discs]
    inks = [(shape.points[:4], shape.fill) for shape in shapes if shape.fill]
    made = replace(page(words), shapes=tuple(shapes), render=painted(inks))
    return [len(entry.lines[0].marks("status")) for entry in read(made)]


def test_the_one_mark_right_of_a_card_with_a_large_figure_is_its_status() -> None:
    assert figured(300.0) == [1, 1]
    assert figured(300.0, 340.0) == [0, 0]


def barred(
    *looks: str, left: float = 50.0, width: float = WIDE, short: float = 0.0, line: bool = False
) -> Page:
    """Two columns of cards without boxes, each with a bar left of it."""
    words: list[Word] = []
    bars: list[tuple[tuple[float, float, float, float], str]] = []
    for n, colour in enumerate(looks):
        x, y = 300.0 * (n % 2), 100.0 + 70 * (n // 2)
        pen = card(Pen(x=60.0 + x, y=y), n % 3)
        words += pen.words
        bars.append(((left + x, y + short, left + x + width, pen.y - short), colour))
    shapes = () if line else tuple(frame(box, colour) for box, colour in bars)
    rules = tuple(
        Ruling("v", (b[0] + b[2]) / 2, b[1], b[3], thickness=width, colour=c) for b, c in bars
    )
    inks = [(corners(box), colour) for box, colour in bars]
    made = page(words, rules if line else ())
    return replace(made, shapes=shapes, render=painted(inks))


def test_bars_left_of_cards_without_boxes_are_statuses_where_they_differ() -> None:
    assert colours(read(barred(GREEN, RED, GREY, RED))) == [GREEN, RED, GREY, RED]
    assert colours(read(barred(GREEN, GREEN))) == [None, None]
    assert colours(read(barred(GREEN, RED, width=2.0, line=True))) == [GREEN, RED]


def test_how_thick_a_bar_is_and_how_far_from_its_card() -> None:
    def known(**how: float) -> bool:
        return colours(read(barred(GREEN, RED, **how))) == [GREEN, RED]

    def is_edge(width: float) -> bool:
        """A mark of its own is a status even where all are alike."""
        return colours(read(barred(GREEN, GREEN, width=width, left=44.0))) == [None, None]

    assert flips(is_edge, range(3, 14)) == {3: True, 10: False}
    assert flips(lambda x: known(left=float(x)), range(20, 64)) == {20: False, 34: True, 59: False}

    def along(by: float) -> bool:
        return colours(read(barred(GREEN, GREEN, short=by))) == [None, None]

    assert flips(along, steps(-6, 8, 1)) == {-6: True, 3: False}

    def thin(width: float) -> bool:
        return colours(read(barred(GREEN, RED, width=width, line=True))) == [GREEN, RED]

    assert flips(thin, steps(0.5, 2.0, 0.25)) == {0.5: False, 1.5: True}


def test_a_bar_along_several_cards_or_other_words_is_no_edge_of_one() -> None:
    words: list[Word] = []
    bars: list[Shape] = []
    for x, colour in ((60.0, GREEN), (360.0, RED)):
        pen = card(card(Pen(x=x), 0).gap(10), 1)
        words += pen.words
        bars.append(frame((x - 10, 98.0, x - 6, pen.y), colour))
    inks = [(shape.points[:4], shape.fill) for shape in bars if shape.fill]
    made = replace(page(words), shapes=tuple(bars), render=painted(inks))
    assert colours(read(made)) == [None] * 4
