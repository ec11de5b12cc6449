"""What is set sideways on a page is read as if it stood upright, and found where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from flips import flips, steps
from paper import page, text
from PIL import Image

from styrmatt.extract.model.fold import Fold
from styrmatt.extract.model.page import Glyph, Page, Picture, Ruling, Shape
from styrmatt.extract.model.text_lines import Word
from styrmatt.extract.sideways.fold_back import folded_back
from styrmatt.extract.sideways.unfold import unfolded
from styrmatt.printed import (
    Cell,
    ExtractedReport,
    ExtractionWarning,
    Location,
    Marker,
    OverviewGoal,
    Row,
    Section,
    SourceFile,
    packed_box,
)

TURNS = pytest.mark.parametrize("turn", [90, 180, 270])
SHEET = (595.0, 842.0)
ROWS = [
    "Indikator\t\t\tUtfall 2021\tMål 2022",
    "Andel nöjda brukare i hemtjänsten\t82 %\t85 %",
    "Antal besök per invånare i kommunen\t4,2\t5,0",
]
HEADING = text("En rubrik över tabellen som står upprätt", 60, 60)


def table() -> list[Word]:
    """The words of a table as they stand on a page of landscape format."""
    return [w for n, row in enumerate(ROWS) for w in text(row, 100, 150 + 20 * n)]


def sideways(words: Sequence[Word], turn: int) -> list[Glyph]:
    """The characters of upright words as they stand on a sheet on which they are turned."""
    fold = Fold(turn, *SHEET)
    return [
        Glyph(sign, fold.back(box), "Sans", None, upright=False, turn=turn)
        for word in words
        for n, sign in enumerate(word.text)
        for box in [(word.x0 + 5 * n, word.top, word.x0 + 5 * n + 5, word.bottom)]
    ]


def sheet(turn: int, upright: Sequence[Word] = HEADING, more: Sequence[Glyph] = ()) -> Page:
    """A sheet with the table turned on it, and words that are not."""
    return replace(page(upright), glyphs=(*sideways(table(), turn), *more))


def lines(one: Page) -> list[str]:
    return [line.text for line in one.lines]


@TURNS
def test_a_table_set_sideways_is_read_below_what_stands_upright(turn: int) -> None:
    heading = " ".join(word.text for word in HEADING)
    assert lines(unfolded(sheet(turn))) == [heading, *(" ".join(row.split()) for row in ROWS)]


@TURNS
def test_a_page_with_nothing_upright_is_turned_as_a_whole(turn: int) -> None:
    seen = unfolded(sheet(turn, upright=()))
    assert (seen.width, seen.height) == (SHEET if turn == 180 else SHEET[::-1])
    assert [(w.text, w.x0, w.top) for w in sorted(seen.words, key=lambda w: (w.top, w.x0))] == [
        (w.text, pytest.approx(w.x0), pytest.approx(w.top)) for w in table()
    ]


def test_what_is_drawn_near_a_table_goes_with_it_up_to_the_padding_of_a_cell() -> None:
    def goes_along(away: float) -> bool:
        fold = Fold(90, *SHEET)
        left = min(word.x0 for word in table())
        box = fold.back((left - away - 8, 172.0, left - away, 180.0))
        corners = tuple((x, y) for x in box[::2] for y in box[1::2])
        shape = Shape(box, corners, "#00b050", None, "curve")
        seen = unfolded(replace(sheet(90), shapes=(shape,)))
        return any(one.bbox[1] > seen.sheet_height for one in seen.shapes)

    assert flips(goes_along, steps(0.0, 12.0, 0.5)) == {0.0: True, 4.5: False}


@TURNS
def test_rulings_shapes_and_symbols_go_with_the_table(turn: int) -> None:
    fold = Fold(turn, *SHEET)
    _, top, x1, _ = fold.back((100.0, 165.0, 500.0, 165.0))
    x0, _, _, bottom = fold.back((100.0, 165.0, 500.0, 165.0))
    lying = turn == 180
    rule = Ruling("h", top, x0, x1) if lying else Ruling("v", x0, top, bottom)
    head = Ruling("h", 45, 50, 500)
    disc = fold.back((400.0, 172.0, 408.0, 180.0))
    corners = tuple((x, y) for x in disc[::2] for y in disc[1::2])
    tick = Glyph("✔", fold.back((420.0, 172.0, 430.0, 182.0)), "Sans", None, False, turn=turn)
    drawn = replace(
        sheet(turn, more=[tick]),
        rulings=(rule, head),
        shapes=(Shape(disc, corners, "#00b050", None, "curve"),),
        pictures=(Picture((60.0, 70.0, 70.0, 80.0), "logo"),),
    )
    seen = unfolded(drawn)
    assert seen.fold is not None
    begins = seen.fold.begins
    moved = [one for one in seen.rulings if one != head]
    assert [(r.orientation, r.at, r.start, r.end) for r in moved] == [
        ("h", pytest.approx(begins + 165), pytest.approx(100), pytest.approx(500))
    ]
    assert head in seen.rulings
    assert seen.shapes[0].bbox == pytest.approx((400, begins + 172, 408, begins + 180))
    assert [p.bbox for p in seen.pictures] == [(60.0, 70.0, 70.0, 80.0)]
    assert [(g.text, g.upright, g.turn) for g in seen.glyphs] == [("✔", True, 0)]


@TURNS
def test_a_box_on_the_flap_is_that_on_the_sheet_again(turn: int) -> None:
    for begins in (0.0, 900.0):
        fold = Fold(turn, *SHEET, begins)
        assert fold.on_sheet(fold.box((10, 20, 40, 80))) == pytest.approx((10, 20, 40, 80))
    fold = Fold(turn, *SHEET, 900.0)
    assert fold.on_sheet((10, 20, 40, 80)) == (10, 20, 40, 80)
    assert fold.on_sheet((10, 700, 640, 1200)) == (10, 700, 595, 842)


@TURNS
def test_a_mark_on_the_flap_is_rendered_upright(turn: int) -> None:
    """A picture whose upper left corner is red, seen upright, has it in another on the sheet."""
    asked: list[tuple[float, ...]] = []

    def render(box: tuple[float, float, float, float], scale: float) -> Image.Image:
        asked.append(box)
        picture = Image.new("RGB", (2, 2), "white")
        corner = {90: (0, 1), 180: (1, 1), 270: (1, 0)}[turn]
        picture.putpixel(corner, (255, 0, 0))
        return picture

    seen = unfolded(replace(sheet(turn), render=render))
    assert seen.fold is not None
    assert seen.render is not None
    picture = seen.render(seen.fold.box((200, 300, 210, 320)), 1.0)
    assert picture.getpixel((0, 0)) == (255, 0, 0)
    assert asked == [pytest.approx((200, 300, 210, 320))]
    assert seen.render((60, 60, 70, 70), 1.0).getpixel((0, 0)) != (255, 0, 0) or turn == 0
    assert asked[1] == (60, 60, 70, 70)


def test_turned_labels_of_an_upright_table_stay() -> None:
    labels = sideways([w for n in range(6) for w in text("Utfall 2021", 300, 100 + 40 * n)], 90)
    rows = [w for n in range(9) for w in text("Andel nöjda\t\t82\t84\t85", 60, 300 + 20 * n)]
    drawn = replace(page(rows), glyphs=tuple(labels))
    assert unfolded(drawn) is drawn


def test_a_heading_sideways_at_the_edge_of_a_page_stays() -> None:
    edge = sideways(text("Kapitel fem om en ekonomi i balans och dess uppföljning", 60, 10), 90)
    drawn = replace(page([w for n in range(20) for w in text("Löpande text", 60, 100 + 15 * n)]))
    drawn = replace(drawn, glyphs=tuple(edge))
    assert unfolded(drawn) is drawn


def _is_unfolded(rows: int = 2, letters: int = 200, upright: int = 60) -> bool:
    names = ["n" * ((letters - 20) // rows) for _ in range(rows)]
    words = [w for n, name in enumerate(names) for w in text(f"{name} 0", 20, 150 + 20 * n, 2)]
    words += [Word("7", 500, 150 + 20 * n, 505, 152 + 20 * n, 2.0) for n in range(rows)]
    fillers = [Word("n" * 20, 20, 400, 60, 402, 2.0)]
    fold = Fold(90, *SHEET)
    glyphs = [
        Glyph(sign, fold.back((w.x0 + n, w.top, w.x0 + n + 1, w.bottom)), "S", None, False, turn=90)
        for w in [*words, *fillers]
        for n, sign in enumerate(w.text)
    ]
    drawn = replace(page([Word("u" * upright, 50, 50, 300, 60, 10.0)]), glyphs=tuple(glyphs))
    return unfolded(drawn) is not drawn


def test_from_what_on_turned_text_is_a_table() -> None:
    """Two rows with a figure; or ten turned letters for each that is upright."""
    assert flips(lambda n: _is_unfolded(rows=int(n)), [1, 2, 3]) == {1: False, 2: True}
    ways = flips(lambda n: _is_unfolded(rows=1, upright=int(n)), steps(12, 30, 2))
    assert ways == {12: True, 22: False}
    assert flips(lambda n: _is_unfolded(letters=int(n)), steps(30, 60, 2)) == {30: False, 40: True}


def test_every_box_of_a_report_is_folded_back() -> None:
    fold = Fold(90, *SHEET, 900.0)
    there = (10.0, 20.0, 40.0, 80.0)
    place = Location(2, 2, fold.box(there))
    mark = Marker("met", "vector", place)
    cell = Cell("Mål", place, (mark,))
    section = Section("other", "R", ("R",), "en\ntvå", place, (1, 2), packed_box(there) * 2)
    section = replace(section, boxes=packed_box(there) + packed_box(fold.box(there)))
    report = ExtractedReport(
        SourceFile("a.pdf", "0", "pdf", 2, (1, 2)),
        (Row(1, 1, {"goal": cell}, place),),
        (OverviewGoal(None, cell, (cell,), mark, place),),
        (section,),
        (ExtractionWarning("table_cut", "", "", place), ExtractionWarning("x", "", "", None)),
        ignored_places=(("budget", place),),
        seen_tables=(("A | B", place),),
    )
    back = folded_back(report, {2: fold})
    boxes = [
        back.rows[0].place.bbox,
        back.rows[0].cells["goal"].markers[0].place.bbox,
        back.overview[0].goal.place.bbox,
        back.overview[0].factors[0].place.bbox,
        back.overview[0].place.bbox,
        *back.sections[0].line_boxes,
        back.sections[0].place.bbox,
        back.doubts[0].place and back.doubts[0].place.bbox,
        back.ignored_places[0][1].bbox,
        back.seen_tables[0][1].bbox,
    ]
    assert boxes == [pytest.approx(there)] * len(boxes)
    assert folded_back(report, {}) is report
