"""Marks in every way of drawing, and what is drawn but no mark."""

from __future__ import annotations

import pytest
from draw import (
    BLOCK,
    CHEVRON,
    NOTCHED,
    SLIM,
    TRIANGLE,
    Sheet,
    arrow,
    circle_path,
    picture_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from styrmatt.extract.marks.crop import render_and_analyse
from styrmatt.extract.marks.find import find_marks, words_of_marks
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
CELL = (100.0, 100.0, 170.0, 130.0)
SPOT = (110.0, 108.0, 122.0, 120.0)
SHAPES = {
    "block": BLOCK,
    "slim": SLIM,
    "triangle": TRIANGLE,
    "chevron": CHEVRON,
    "notched": NOTCHED,
}


@pytest.fixture
def sheet() -> Sheet:
    sheet = Sheet()
    sheet.text(20, 40, "Made-up words of a page whose letters are black")
    sheet.grid((20, 100, 170, 240), (100, 130, 160))
    return sheet


def marks(sheet, tmp_path, box=CELL):
    return find_marks(sheet.page(tmp_path), box, WORDS)


def only(sheet, tmp_path, box=CELL):
    found = marks(sheet, tmp_path, box)
    assert len(found) == 1, found
    return found[0]


# --- status marks


@pytest.mark.parametrize("stroke", [None, "#000000", "#7f7f7f"])
def test_a_disc_with_or_without_outline_is_one_mark_of_its_fill(sheet, tmp_path, stroke):
    sheet.circle(116, 114, 5, fill="#00b050", stroke=stroke)
    mark = only(sheet, tmp_path)
    assert (mark.read_by, mark.colour, mark.filled) == ("vector", "#00b050", True)
    assert mark.apparent_direction is None


def test_a_disc_and_its_outline_drawn_apart_are_one_mark(sheet, tmp_path):
    sheet.circle(116, 114, 5, fill="#ffc000")
    sheet.circle(116, 114, 5, stroke="#333333")
    assert only(sheet, tmp_path).colour == "#ffc000"


def test_a_white_disc_over_a_coloured_one_hides_it(sheet, tmp_path):
    sheet.circle(116, 114, 5, fill="#ff0000")
    sheet.circle(116, 114, 5.2, fill="#ffffff", stroke="#555555")
    mark = only(sheet, tmp_path)
    assert not mark.filled


def test_what_is_hidden_wholly_is_no_mark(sheet, tmp_path):
    sheet.circle(116, 114, 5, fill="#ff0000")
    sheet.circle(116, 114, 6, fill="#ffffff")
    assert marks(sheet, tmp_path) == ()


@pytest.mark.parametrize("shape", ["circle", "square", "diamond"])
def test_an_outline_alone_is_not_filled(sheet, tmp_path, shape):
    if shape == "circle":
        sheet.circle(116, 114, 5, stroke="#333333")
    elif shape == "square":
        sheet.rect(SPOT, stroke="#333333")
    else:
        sheet.path([(116, 108), (122, 114), (116, 120), (110, 114)], stroke="#333333")
    assert not only(sheet, tmp_path).filled


def test_a_filled_square_and_a_pill_are_marks(sheet, tmp_path):
    sheet.rect(SPOT, fill="#c00000", stroke="#000000")
    sheet.rect((128, 110, 160, 119), fill="#92d050")
    first, second = marks(sheet, tmp_path)
    assert (first.colour, second.colour) == ("#c00000", "#92d050")


def test_a_form_object_is_read_as_what_is_drawn_in_it(sheet, tmp_path):
    sheet.form(f"0 0.69 0.314 rg {circle_path(0, 0, 5)} f", 116, 114)
    assert only(sheet, tmp_path).colour in ("#00b050", "#00b04f")


@pytest.mark.parametrize("ground", [None, "#ffffff"])
def test_a_picture_with_a_soft_mask_or_on_white_paper_has_the_colour_that_one_sees(
    sheet, tmp_path, ground
):
    sheet.picture(SPOT, picture_of(None, "#ff0000", ground))
    mark = only(sheet, tmp_path)
    assert (mark.read_by, mark.colour, mark.filled) == ("picture", "#ff0000", True)


def test_a_picture_on_white_paper_over_a_striped_row_has_its_own_colour(sheet, tmp_path):
    sheet.rect((20, 100, 240, 130), fill="#e2e2e2")
    sheet.picture(SPOT, picture_of(None, "#ffd966", "#ffffff"))
    mark = only(sheet, tmp_path)
    assert (mark.colour, mark.filled) == ("#ffd966", True)


def test_a_mark_that_sticks_out_over_the_border_belongs_to_the_cell_of_its_middle(sheet, tmp_path):
    sheet.circle(102, 103, 6, fill="#00b050")
    assert only(sheet, tmp_path).colour == "#00b050"
    assert marks(sheet, tmp_path, (20, 100, 100, 130)) == ()


@pytest.mark.parametrize("code", ["l", "n"])
def test_a_symbol_character_is_read_by_its_colour(sheet, tmp_path, code):
    sheet.text(110, 120, code, font="ZapfDingbats", size=11, colour="#ff0000")
    mark = only(sheet, tmp_path)
    assert (mark.read_by, mark.colour) == ("glyph", "#ff0000")


def test_the_words_of_marks_are_those_of_their_signs_alone(sheet, tmp_path):
    sheet.text(110, 120, "l", font="ZapfDingbats", size=11, colour="#ff0000")
    sheet.text(130, 120, "Q3")
    page = sheet.page(tmp_path)
    gone = words_of_marks(find_marks(page, CELL, WORDS), page.words)
    assert [
        word.text
        for word in page.words
        if word.x0 > 100 and id(word) not in gone and word.top > 100
    ] == ["Q3"]


def test_the_bullets_of_a_list_are_no_marks(sheet, tmp_path):
    sheet.text(104, 112, "l", font="ZapfDingbats", size=5)
    sheet.text(112, 112, "Trygga byar")
    assert marks(sheet, tmp_path) == ()


# --- shading


def test_a_shaded_cell_is_a_mark(sheet, tmp_path):
    sheet.rect(CELL, fill="#c6efce")
    mark = only(sheet, tmp_path)
    assert (mark.read_by, mark.colour) == ("shading", "#c6efce")


def test_a_striped_row_and_white_cells_are_no_marks(sheet, tmp_path):
    for x0, x1 in ((20, 100), (100, 170), (170, 240)):
        sheet.rect((x0, 100, x1, 130), fill="#d9d9d9")
        sheet.rect((x0, 130, x1, 160), fill="#ffffff")
    assert marks(sheet, tmp_path, (100, 100, 170, 160)) == ()


def test_one_shaded_area_over_two_ruled_rows_is_two_marks(sheet, tmp_path):
    sheet.ops.insert(0, "0.75 0.9 0.75 rg 100 140 70 60 re f")
    found = marks(sheet, tmp_path, (100, 100, 170, 160))
    assert [round(mark.bbox[1]) for mark in found] == [100, 130]


def test_a_disc_on_a_grey_cell_is_the_mark(sheet, tmp_path):
    sheet.rect(CELL, fill="#d9d9d9")
    sheet.circle(116, 114, 5, fill="#00b050")
    assert only(sheet, tmp_path).colour == "#00b050"


def test_a_black_sign_on_a_coloured_cell_is_one_mark_of_the_cells_colour(sheet, tmp_path):
    sheet.rect(CELL, fill="#ffc7ce")
    sheet.text(110, 120, "8", font="ZapfDingbats", size=11)
    mark = only(sheet, tmp_path)
    assert (mark.read_by, mark.colour, mark.sign) == ("shading", "#ffc7ce", "✘")


# --- arrows


@pytest.mark.parametrize("way", ["up", "right", "down", "left", "up_right", "down_right"])
@pytest.mark.parametrize("shape", SHAPES)
def test_drawn_arrows_point_where_they_point(sheet, tmp_path, way, shape):
    sheet.path(arrow(SPOT, way, SHAPES[shape]), fill="#404040")
    assert only(sheet, tmp_path).direction == way


@pytest.mark.parametrize("way", ["up", "right", "down", "left"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("colour", ["#404040", "#00b050"])
def test_of_all_arrows_triangles_alone_are_a_plain_shape(sheet, tmp_path, way, shape, colour):
    sheet.path(arrow(SPOT, way, SHAPES[shape]), fill=colour)
    assert only(sheet, tmp_path).triangle == (shape == "triangle")


@pytest.mark.parametrize("sign", ["3", "4", "8"])
def test_a_tick_points_nowhere_though_its_outline_tapers(sheet, tmp_path, sign):
    sheet.text(112, 120, sign, font="ZapfDingbats", size=12)
    mark = only(sheet, tmp_path)
    assert mark.sign and (mark.apparent_direction, mark.doubt) == (None, None)


@pytest.mark.parametrize(("sign", "is_one"), [("s", True), ("t", True), ("\xd4", False)])
def test_a_sign_that_is_a_triangle_is_a_plain_shape(sheet, tmp_path, sign, is_one):
    sheet.text(112, 120, sign, font="ZapfDingbats", size=12)
    mark = only(sheet, tmp_path)
    assert mark.apparent_direction and mark.triangle == is_one


@pytest.mark.parametrize("way", ["up", "right", "down"])
def test_pictures_of_arrows_point_where_they_point(sheet, tmp_path, way):
    unit = arrow((0, 0, 1, 1), way)
    sheet.picture(SPOT, picture_of(unit, "#4472c4"))
    assert only(sheet, tmp_path).direction == way


@pytest.mark.parametrize("way", ["up", "right", "down"])
def test_rulings_through_an_arrow_do_not_turn_it(sheet, tmp_path, way):
    sheet.path(arrow((96, 110, 110, 124), way), fill="#000000")
    sheet.path(arrow((140, 95, 154, 109), way), fill="#000000")
    assert [mark.direction for mark in marks(sheet, tmp_path)] == [way, way]


def test_a_shaft_and_a_head_are_one_arrow(sheet, tmp_path):
    sheet.line([(116, 120), (116, 112)], width=1.2)
    sheet.path([(112, 113), (120, 113), (116, 108)], fill="#000000")
    mark = only(sheet, tmp_path)
    assert mark.direction == "up"
    assert mark.bbox[3] - mark.bbox[1] > 10


def test_an_arrow_of_three_lines_is_one_arrow(sheet, tmp_path):
    sheet.line([(110, 114), (122, 114)], width=1)
    sheet.line([(118, 110), (122, 114)], width=1)
    sheet.line([(118, 118), (122, 114)], width=1)
    assert only(sheet, tmp_path).direction == "right"


def test_marks_below_one_another_are_two_even_where_they_touch(sheet, tmp_path):
    sheet.path(arrow((110, 102, 122, 114), "up"), fill="#404040")
    sheet.path(arrow((110, 114.2, 122, 126.2), "right"), fill="#404040")
    assert [mark.direction for mark in marks(sheet, tmp_path)] == ["up", "right"]


def test_marks_beside_one_another_go_from_left_to_right(sheet, tmp_path):
    sheet.path(arrow((140, 108, 152, 120), "down"), fill="#404040")
    sheet.circle(116, 115, 5, fill="#00b050")
    assert [mark.apparent_direction for mark in marks(sheet, tmp_path)] == [None, "down"]


def test_a_turned_character_points_where_it_was_turned(sheet, tmp_path):
    sheet.text(112, 122, "\xd4", font="ZapfDingbats", size=12)
    sheet.text(150, 112, "\xd4", font="ZapfDingbats", size=12, turn=90)
    found = marks(sheet, tmp_path)
    assert {mark.direction for mark in found} == {"right", "up"}
    assert all(mark.read_by == "glyph" for mark in found)


def test_a_white_arrow_on_a_disc_gives_the_discs_colour_and_the_arrows_way(sheet, tmp_path):
    sheet.circle(116, 114, 8, fill="#00b050")
    sheet.path(arrow((111, 109, 121, 119), "down"), fill="#ffffff")
    mark = only(sheet, tmp_path)
    assert (mark.colour, mark.direction) == ("#00b050", "down")


def test_a_face_on_a_disc_points_nowhere(sheet, tmp_path):
    sheet.circle(116, 114, 8, fill="#ffc000")
    for x in (113, 119):
        sheet.circle(x, 111.5, 1.2, fill="#000000")
    sheet.line([(112, 117), (116, 119), (120, 117)], width=1)
    assert only(sheet, tmp_path).apparent_direction is None


@pytest.mark.parametrize("narrow", [0.45, 0.6, 0.8])
@pytest.mark.parametrize("turn", ["up", "right", "down", "left"])
def test_a_trapezoid_has_no_tip_and_points_nowhere(sheet, tmp_path, narrow, turn):
    left, right = (1 - narrow) / 2, (1 + narrow) / 2
    trapezoid = ((left, 0.0), (right, 0.0), (1.0, 1.0), (0.0, 1.0))
    sheet.path(arrow(SPOT, turn, trapezoid), fill="#00b050")
    assert only(sheet, tmp_path).apparent_direction is None


@pytest.mark.parametrize("way", ["up", "right", "down", "left"])
def test_an_arrow_with_a_blunt_tip_points_where_it_points(sheet, tmp_path, way):
    blunt = ((0.42, 0.0), (0.58, 0.0), (1.0, 0.5), (0.65, 0.5))
    shaft = ((0.65, 1.0), (0.35, 1.0), (0.35, 0.5), (0.0, 0.5))
    sheet.path(arrow(SPOT, way, (*blunt, *shaft)), fill="#404040")
    assert only(sheet, tmp_path).direction == way


def test_an_arrow_with_two_heads_points_both_ways_and_a_diamond_nowhere(sheet, tmp_path):
    half = ((0.5, 0.0), (1.0, 0.3), (0.65, 0.3), (0.65, 0.7), (1.0, 0.7))
    other = ((0.5, 1.0), (0.0, 0.7), (0.35, 0.7), (0.35, 0.3), (0.0, 0.3))
    sheet.path(arrow((110, 104, 121, 126), "up", (*half, *other)), fill="#404040")
    diamond = ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))
    sheet.path(arrow((134, 104, 145, 126), "up", diamond), fill="#404040")
    assert [mark.direction for mark in marks(sheet, tmp_path)] == ["up_down", None]


@pytest.mark.parametrize(("hole", "filled"), [(5.5, False), (4.2, False), (3.0, True), (2.0, True)])
def test_a_ring_is_an_outline_and_a_disc_with_a_small_hole_is_not(sheet, tmp_path, hole, filled):
    sheet.circle(116, 114, 6, fill="#c00000")
    sheet.circle(116, 114, hole, fill="#ffffff")
    assert only(sheet, tmp_path).filled is filled


def test_a_coloured_disc_with_a_wide_grey_rim_is_of_its_colour(sheet, tmp_path):
    sheet.circle(116, 114, 6, fill="#00b050", stroke="#7f7f7f", width=2)
    assert only(sheet, tmp_path).colour == "#00b050"


@pytest.mark.parametrize("colour", ["#fff2cc", "#e2f0d9", "#fce4d6", "#ddebf7"])
def test_the_palest_tints_of_office_programs_are_seen(sheet, tmp_path, colour):
    sheet.circle(116, 114, 6, fill=colour)
    mark = only(sheet, tmp_path)
    assert (mark.colour, mark.filled) == (colour, True)


def test_a_square_that_fills_the_cell_is_its_border_and_a_tick_box_is_a_mark(sheet, tmp_path):
    sheet.rect((100.4, 102, 126, 128), stroke="#000000")
    sheet.rect((140, 110, 149, 119), stroke="#000000")
    assert [round(mark.bbox[0]) for mark in marks(sheet, tmp_path)] == [140]


def test_a_disc_on_the_last_line_of_a_cell_comes_after_the_one_above_it(sheet, tmp_path):
    sheet.circle(150, 106, 4, fill="#00b050")
    sheet.circle(110, 122, 4, fill="#ff0000")
    assert [mark.colour for mark in marks(sheet, tmp_path)] == ["#00b050", "#ff0000"]


def test_a_large_picture_and_a_dot_of_a_leader_are_no_marks(sheet, tmp_path):
    sheet.circle(110, 114, 1, fill="#404040")
    sheet.picture((102, 132, 168, 200), picture_of(None, "#ff0000"))
    assert marks(sheet, tmp_path, (100, 100, 170, 240)) == ()


def test_what_points_both_ways_up_and_down_has_no_direction_of_a_trend(sheet, tmp_path):
    sheet.text(112, 122, "\xd7", font="ZapfDingbats", size=12)
    assert only(sheet, tmp_path).direction not in ("up", "down", "right")


@settings(max_examples=60, deadline=None)
@given(
    head=st.floats(0.25, 0.75),
    shaft=st.floats(0.12, 0.6),
    size=st.floats(7, 20),
    stretch=st.floats(0.6, 1.6),
    way=st.sampled_from(["up", "right", "down", "left"]),
    shift=st.floats(0, 1),
)
def test_an_arrow_of_any_build_never_points_another_way(
    tmp_path_factory, head, shaft, size, stretch, way, shift
):
    half = shaft / 2
    built = (
        (0.5, 0.0),
        (1.0, head),
        (0.5 + half, head),
        (0.5 + half, 1.0),
        (0.5 - half, 1.0),
        (0.5 - half, head),
        (0.0, head),
    )
    sheet = Sheet()
    wide, high = (size, size * stretch) if way in ("up", "down") else (size * stretch, size)
    sheet.path(
        arrow((110 + shift, 102, 110 + shift + wide, 102 + high), way, built), fill="#404040"
    )
    found = marks(sheet, tmp_path_factory.mktemp("arrow"), (90, 90, 200, 200))
    assert [mark.direction for mark in found] == [way]


# --- words, alternative texts, what nobody draws as a path


@pytest.mark.parametrize("words", ["Uppnått", "Delvis uppnått", "Ej uppnått", "Oförändrat"])
def test_a_phrase_is_a_mark_with_its_colour(sheet, tmp_path, words):
    sheet.text(104, 112, words, colour="#c00000")
    mark = only(sheet, tmp_path)
    assert (mark.read_by, mark.text, mark.colour) == ("text", words, "#c00000")


def test_phrases_broken_over_lines_and_those_of_rows_below_are_told_apart(sheet, tmp_path):
    sheet.text(104, 110, "Delvis")
    sheet.text(104, 120, "upp-")
    sheet.text(104, 129, "nått")
    sheet.text(104, 142, "Uppnått")
    found = marks(sheet, tmp_path, (100, 100, 170, 160))
    assert [mark.text for mark in found] == ["Delvis upp- nått", "Uppnått"]


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("Redan uppnått", "uppnått"),
        ("Nu delvis uppnått", "delvis uppnått"),
        ("Ingen tydlig förändring", "Ingen tydlig förändring"),
    ],
)
def test_an_adverb_beside_a_phrase_is_no_part_of_it(sheet, tmp_path, words, phrase):
    sheet.text(104, 112, words, size=4)
    assert only(sheet, tmp_path).text == phrase


@pytest.mark.parametrize("words", ["Redan", "Ännu uppnått", "Ingen positiv förändring"])
def test_an_adverb_alone_and_one_that_may_deny_are_no_mark(sheet, tmp_path, words):
    sheet.text(104, 112, words, size=4)
    assert marks(sheet, tmp_path) == ()


@pytest.mark.parametrize("words", ["-", "Q3", "85 %", "Se bilaga", "Inte riktigt uppnått"])
def test_other_black_words_are_no_mark(sheet, tmp_path, words):
    sheet.text(104, 112, words)
    assert marks(sheet, tmp_path) == ()


def test_a_red_figure_among_black_words_is_a_mark(sheet, tmp_path):
    sheet.text(104, 112, "85 %", colour="#ff0000")
    mark = only(sheet, tmp_path)
    assert (mark.read_by, mark.colour) == ("text", "#ff0000")


def test_words_beside_a_disc_belong_to_it(sheet, tmp_path):
    sheet.circle(108, 114, 4, fill="#00b050")
    sheet.text(116, 117, "Uppnått")
    mark = only(sheet, tmp_path)
    assert (mark.read_by, mark.text) == ("vector", "Uppnått")


@pytest.mark.parametrize("how", ["content", "box"])
def test_an_alternative_text_is_found_by_content_or_by_place(sheet, tmp_path, how):
    sheet.picture(SPOT, picture_of(None, "#ff0000"))
    sheet.tagged("Röd cirkel", how, SPOT)
    assert only(sheet, tmp_path).alt == "Röd cirkel"


def test_a_disc_of_a_shading_pattern_is_seen(sheet, tmp_path):
    sheet.shadings.append(
        f"<</ShadingType 3/ColorSpace/DeviceRGB/Coords[116 {300 - 114} 0 116 {300 - 114} 6]"
        "/Function<</FunctionType 2/Domain[0 1]/C0[0 0.7 0.3]/C1[0 0.69 0.31]/N 1>>>>"
    )
    sheet.ops.append("q /S0 sh Q")
    mark = only(sheet, tmp_path)
    assert mark.read_by == "rendering"
    assert mark.colour is not None


@pytest.mark.parametrize("shaded", [False, True])
def test_only_a_page_that_may_hide_ink_is_looked_at_once_more(sheet, tmp_path, shaded):
    """Text, lines and areas in plain colours tell all that they show; a shading does not."""
    sheet.text(104, 112, "85 %")
    sheet.rect((100, 100, 170, 130), stroke="#000000")
    if shaded:
        sheet.shadings.append(
            "<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 9 9]"
            "/Function<</FunctionType 2/Domain[0 1]/C0[1 1 1]/C1[1 1 1]/N 1>>>>"
        )
        sheet.ops.append("q /S0 sh Q")
    assert sheet.page(tmp_path).may_hide_ink is shaded


def test_an_empty_cell_a_dash_and_borders_are_no_marks(sheet, tmp_path):
    sheet.rect((100, 100, 170, 130), stroke="#000000")
    sheet.text(104, 112, "-")
    assert marks(sheet, tmp_path) == ()


def test_a_page_with_a_crop_box_is_seen_where_it_lies(tmp_path):
    sheet = Sheet()
    sheet.boxes = "/CropBox[20 30 280 260]"
    sheet.circle(116, 114, 5, fill="#00b050", stroke="#000000")
    assert only(sheet, tmp_path).colour == "#00b050"


def test_what_lies_outside_of_the_page_is_not_seen(tmp_path):
    sheet = Sheet()
    sheet.boxes = "/CropBox[100 0 300 260]"
    sheet.rect((80, 100, 90, 110), fill="#0000ff")
    sheet.rect((98, 140, 110, 150), fill="#0000ff")
    page = sheet.page(tmp_path)
    assert page.render is not None
    assert page.render((80, 100, 90, 110), 3.0).getcolors() == [(900, (255, 255, 255))]
    edge = page.render((98, 140, 108, 150), 1.0)
    assert [edge.getpixel((x, 5)) for x in (0, 1, 2, 9)] == [(255, 255, 255)] * 2 + [
        (0, 0, 255)
    ] * 2


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_marks_of_a_rotated_page_are_seen_as_they_stand_on_the_screen(tmp_path, rotation):
    sheet = Sheet()
    sheet.boxes = f"/Rotate {rotation}"
    sheet.path(arrow((144, 144, 156, 156), "up"), fill="#ff0000")
    mark = only(sheet, tmp_path, (100, 100, 200, 200))
    assert mark.colour == "#ff0000"
    assert mark.direction == {90: "right", 180: "down", 270: "left"}[rotation]


def test_equal_marks_look_equal_wherever_they_stand(tmp_path):
    """To a thousandth of a pixel: places are rounded in a file, and sums of them are, too."""
    dots = Image.new("RGB", (21, 21), "#ffffff")
    dots.paste("#c00000", (4, 4, 17, 17))
    sheet = Sheet()
    places = [(100 + 11.37 * n, 40 + 23.719 * n) for n in range(9)]
    for x, y in places:
        sheet.picture((x, y, x + 13.05, y + 13.05), dots)
    page = sheet.page(tmp_path)
    looks = {render_and_analyse(page, picture.bbox) for picture in page.pictures}
    assert len(page.pictures) == 9 and len(looks) == 1


def test_a_shape_shows_the_very_colour_that_it_was_drawn_in(sheet, tmp_path):
    for n in range(7):
        x, y = 30.3 + 17.17 * n, 200.6 + 7.31 * n
        sheet.path([(x + 5, y), (x + 10, y + 5), (x + 5, y + 10), (x, y + 5)], fill="#333333")
    page = sheet.page(tmp_path)
    assert {render_and_analyse(page, shape.bbox).colour for shape in page.shapes} == {"#333333"}


def test_a_page_that_cannot_be_rendered_is_read_by_what_is_drawn(sheet, tmp_path):
    from dataclasses import replace

    sheet.circle(116, 114, 5, fill="#00b050")
    page = replace(sheet.page(tmp_path), render=None)
    assert [mark.colour for mark in find_marks(page, CELL, WORDS)] == ["#00b050"]


def test_a_mark_in_doubt_has_a_picture_as_evidence(sheet, tmp_path):
    sheet.picture(SPOT, Image.new("RGB", (9, 9), "#7030a0"))
    evidence = only(sheet, tmp_path).evidence
    assert evidence is not None
    assert str(evidence).startswith("data:image/png;base64,")
