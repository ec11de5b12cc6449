"""What a reader of the page sees is read, and what nobody sees is left out with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from draw import Sheet
from PIL import Image

from styrmatt.extract.left_out import left_out_warnings
from styrmatt.extract.model.page import Page


def read(sheet: Sheet, folder: Path) -> tuple[list[str], dict[str, str]]:
    """The words of the page, and what was left out by reason."""
    page = sheet.page(folder)
    left: dict[str, str] = {}
    for one in page.left_out:
        left[one.reason] = (left.get(one.reason, "") + " " + one.text).strip()
    return [word.text for word in page.words], left


def test_a_layer_that_is_off_is_not_read_and_one_that_is_on_is(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "Seen")
    sheet.in_layer("Draft", sheet.words(60, 50, "60 %"), on=False)
    sheet.in_layer("Final", sheet.words(100, 50, "80 %"), on=True)
    assert read(sheet, tmp_path) == (["Seen", "80", "%"], {"layer_off": "60 %"})


def test_of_two_layers_of_one_name_only_both_off_hide_their_text(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.in_layer("Layer 1", sheet.words(20, 50, "Off"), on=False)
    sheet.in_layer("Layer 1", sheet.words(80, 50, "On"), on=True)
    words, left = read(sheet, tmp_path)
    assert words == ["Off", "On"] and not left


def test_text_without_ink_is_not_read(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "80 %")
    sheet.ops.append("q " + sheet.words(60, 50, "75 %", how="3 Tr") + " Q")
    assert read(sheet, tmp_path) == (["80", "%"], {"no_ink": "75 %"})


def test_text_without_ink_over_a_picture_is_the_text_of_a_scan(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.picture((10, 10, 200, 200), Image.new("RGB", (40, 40), "#f4f4f4"))
    sheet.ops.append("q " + sheet.words(60, 50, "75 %", how="3 Tr") + " Q")
    assert read(sheet, tmp_path) == (["75", "%"], {})


def test_text_without_ink_beneath_text_that_is_seen_is_not_read_though_on_a_picture(
    tmp_path: Path,
) -> None:
    sheet = Sheet()
    sheet.picture((10, 10, 200, 200), Image.new("RGB", (40, 40), "#f4f4f4"))
    sheet.text(60, 50, "80 %")
    sheet.ops.append("q " + sheet.words(60, 50, "1975", how="3 Tr") + " Q")
    assert read(sheet, tmp_path) == (["80", "%"], {"no_ink": "1975"})


def test_fully_transparent_text_is_not_read_and_pale_text_is(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.see_through(0.0, sheet.words(20, 50, "gone"))
    sheet.see_through(0.6, sheet.words(80, 50, "pale"))
    assert read(sheet, tmp_path) == (["pale"], {"transparent": "gone"})


def test_text_outside_of_its_clip_path_is_not_read(tmp_path: Path) -> None:
    sheet = Sheet()
    clip = "q 0 200 100 100 re W n "  # from the page's upper left corner 100 points each way
    sheet.ops.append(clip + sheet.words(20, 50, "inside") + sheet.words(20, 150, "below") + " Q")
    sheet.ops.append(clip + sheet.words(80, 80, "outwards") + " Q")
    words, left = read(sheet, tmp_path)
    assert words[0] == "inside" and "outwards".startswith(words[1]) and len(words) == 2
    assert left["clipped"].startswith("below") and left["clipped"].endswith("ards")


def test_text_off_the_page_is_not_read(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "here")
    sheet.text(20, 340, "below")
    sheet.text(-80, 50, "left")
    words, left = read(sheet, tmp_path)
    assert words == ["here"] and sorted(left["off_page"].split()) == ["below", "left"]


def test_text_under_a_shape_that_was_painted_later_is_not_read(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "75 %")
    sheet.text(20, 90, "beside")
    sheet.rect((10, 40, 100, 55), fill="#ffffff")
    sheet.text(20, 50, "80 %")
    assert read(sheet, tmp_path) == (["80", "%", "beside"], {"covered": "75 %"})


def test_half_a_word_under_a_shape_is_left_out_and_the_other_half_is_read(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "1234567890", size=10)
    sheet.rect((48, 40, 100, 55), fill="#ffffff")
    assert read(sheet, tmp_path) == (["12345"], {"covered": "67890"})


def test_text_under_a_tint_or_a_frame_is_read(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "tinted")
    sheet.text(20, 90, "framed")
    sheet.text(20, 130, "underlined")
    sheet.see_through(0.3, "1 1 0 rg 10 240 100 20 re f")
    sheet.rect((10, 80, 100, 95), stroke="#000000")
    sheet.rect((20, 131, 100, 133), fill="#000000")
    words, left = read(sheet, tmp_path)
    assert words == ["tinted", "framed", "underlined"] and not left


def test_white_text_is_read_on_a_dark_ground_and_left_out_on_the_page(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rect((10, 35, 150, 60), fill="#003366")
    sheet.text(20, 50, "Header", colour="#ffffff")
    sheet.text(20, 90, "hidden", colour="#ffffff")
    sheet.text(20, 130, "pale", colour="#c8c8c8")
    assert read(sheet, tmp_path) == (["Header", "pale"], {"same_colour": "hidden"})


def test_text_in_the_colour_of_its_shaded_cell_is_left_out(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rect((10, 35, 150, 60), fill="#00a651")
    sheet.text(20, 50, "3", colour="#00a651")
    sheet.text(60, 50, "80 %")
    assert read(sheet, tmp_path) == (["80", "%"], {"same_colour": "3"})


@pytest.mark.parametrize("clip", ["0 200 300 2 re W n", "0 200 m 300 200 l 150 300 l h W n"])
def test_text_in_the_colour_of_its_cell_is_read_where_only_a_border_is_painted(
    tmp_path: Path, clip: str
) -> None:
    sheet = Sheet()
    sheet.ops.append(f"q {clip} 0 0.5 0 rg 0 200 300 100 re f Q")
    sheet.ops.append("0 0.5 0 rg " + sheet.words(20, 30, "header"))
    texts, left = read(sheet, tmp_path)
    assert texts == ["header"] and not left


def test_white_text_on_a_shape_that_is_no_box_is_read(tmp_path: Path) -> None:
    """A pill, say: an octagon here. One that is as white as the text changes nothing."""
    octagon = ((20, 45), (25, 40), (95, 40), (100, 45), (100, 55), (95, 60), (25, 60), (20, 55))
    sheet = Sheet()
    sheet.path(octagon, fill="#2e7d32")
    sheet.text(30, 54, "Met", colour="#ffffff")
    sheet.path([(x, y + 100) for x, y in octagon], fill="#ffffff")
    sheet.text(30, 154, "hidden", colour="#ffffff")
    assert read(sheet, tmp_path) == (["Met"], {"same_colour": "hidden"})


def test_white_text_on_a_box_with_cut_corners_is_read_and_within_a_frame_it_stays_hidden(
    tmp_path: Path,
) -> None:
    corners = "20 240 m 25 245 l 95 245 l 100 240 l 100 230 l 20 230 l h"
    frame = "20 140 80 15 re 22 142 76 11 re"
    sheet = Sheet()
    sheet.ops.append(f"q {corners} W n 0 0.3 0.5 rg 20 230 80 15 re f Q")
    sheet.text(30, 62, "Target", colour="#ffffff")
    sheet.ops.append(f"q {frame} W* n 0 0.3 0.5 rg 20 140 80 15 re f Q")
    sheet.text(30, 152, "hidden", colour="#ffffff")
    assert read(sheet, tmp_path) == (["Target"], {"same_colour": "hidden"})


def test_white_text_on_a_picture_is_read(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.picture((10, 30, 200, 70), Image.new("RGB", (40, 40), "#003366"))
    sheet.text(20, 50, "Title", colour="#ffffff")
    assert read(sheet, tmp_path) == (["Title"], {})


def table(sheet: Sheet) -> None:
    for n in range(6):
        sheet.text(20, 60 + 30 * n, f"Row {n} of it")
        sheet.text(150, 60 + 30 * n, f"{n}0 %")


@pytest.mark.parametrize(("turn", "y"), [(30, 220), (45, 220), (-35, 60)])
def test_a_tilted_watermark_is_left_out_and_the_table_is_read(
    tmp_path: Path, turn: int, y: int
) -> None:
    sheet = Sheet()
    sheet.text(60, y, "DRAFT", size=60, colour="#dddddd", turn=turn)
    table(sheet)
    words, left = read(sheet, tmp_path)
    assert words[:6] == ["Row", "0", "of", "it", "00", "%"] and len(words) == 36
    assert sorted(left["watermark"].replace(" ", "")) == sorted("DRAFT")


def test_a_large_level_watermark_across_rows_is_left_out_and_a_large_heading_is_read(
    tmp_path: Path,
) -> None:
    sheet = Sheet()
    sheet.text(20, 30, "Heading", size=24)
    sheet.text(20, 160, "DRAFT", size=80, colour="#eeeeee")
    table(sheet)
    words, left = read(sheet, tmp_path)
    assert "Heading" in words and left == {"watermark": "DRAFT"} and len(words) == 37


def test_a_header_written_upwards_is_no_watermark(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(100, 200, "Target", size=10, turn=90)
    table(sheet)
    assert read(sheet, tmp_path)[1] == {}


def test_an_arrow_that_was_turned_is_no_watermark(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(100, 200, "\xe8", size=14, font="Wingdings", turn=45)
    table(sheet)
    page = sheet.page(tmp_path)
    assert page.glyphs and not page.left_out


def test_values_of_form_fields_and_texts_put_on_the_page_are_read(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "Target")
    sheet.field((80, 40, 160, 54), "80 %")
    sheet.note((180, 40, 260, 54), "draft")
    words, left = read(sheet, tmp_path)
    assert words == ["Target", "80", "%", "draft"] and not left


@pytest.mark.parametrize("offset", [0.2, 0.5, 0.85])
def test_bold_by_printing_twice_is_read_once(tmp_path: Path, offset: float) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "Allmill 11 %")
    sheet.text(20 + offset, 50, "Allmill 11 %")
    assert read(sheet, tmp_path)[0] == ["Allmill", "11", "%"]


def test_the_same_word_in_two_cells_is_read_twice(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "ll")
    sheet.text(24.5, 50, "ll")
    sheet.text(20, 62, "ll")
    assert sorted(read(sheet, tmp_path)[0]) == ["ll", "llll"]


def test_accents_drawn_onto_their_letters_are_part_of_them(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "Mal", size=10)
    sheet.text(29.5, 48.5, "\xb0", size=10)  # over the a
    sheet.text(100, 50, "20 \xb0C")
    assert read(sheet, tmp_path)[0] == ["Mål", "20", "°C"]


def test_an_accent_that_is_typed_for_an_apostrophe_stays_one(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "Let\xb4s rock\xb4n")
    assert read(sheet, tmp_path)[0] == ["Let\xb4s", "rock\xb4n"]


def warnings(page: Page) -> list[tuple[str, str]]:
    return [(one.severity, one.raw_text) for one in left_out_warnings(page, None)]


def test_what_was_left_out_is_told_by_reason_with_its_text(tmp_path: Path) -> None:
    sheet = Sheet()
    table(sheet)
    sheet.text(20, 260, "one", colour="#ffffff")
    sheet.text(20, 280, "two", colour="#ffffff")
    assert warnings(sheet.page(tmp_path)) == [("info", "one two")]


def test_a_page_of_which_much_is_not_seen_is_a_warning(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 50, "little")
    sheet.text(20, 280, "much of what is here", colour="#ffffff")
    assert warnings(sheet.page(tmp_path)) == [("warning", "much of what is here")]


def test_single_letters_at_the_edge_are_not_told(tmp_path: Path) -> None:
    sheet = Sheet()
    table(sheet)
    sheet.text(20, 340, "x")
    assert warnings(sheet.page(tmp_path)) == []


@pytest.mark.parametrize(("old", "new"), [("60 %", "80 %"), ("75 %", "75 %"), ("88", "81")])
def test_text_over_hidden_text_keeps_the_characters_that_both_have(
    tmp_path: Path, old: str, new: str
) -> None:
    """PDFium drops the second of two equal characters at one place, whoever sees the first."""
    sheet = Sheet()
    sheet.text(20, 50, old)
    sheet.rect((10, 40, 100, 55), fill="#ffffff")
    sheet.text(20, 50, new)
    assert read(sheet, tmp_path) == (new.split(), {"covered": old})


def test_hidden_text_in_a_gap_of_later_text_stays_hidden(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 50, "75")
    sheet.rect((10, 40, 200, 55), fill="#ffffff")
    sheet.text(20, 50, "Mål" + " " * 30 + "80")
    assert read(sheet, tmp_path) == (["Mål", "80"], {"covered": "75"})


@pytest.mark.parametrize(("apart", "joined"), [(2.0, True), (2.6, True), (4.0, False)])
def test_letters_that_are_set_apart_are_words_and_cells_of_one_letter_are_none(
    tmp_path: Path, apart: float, joined: bool
) -> None:
    """A heading with wide spaces between its letters; two ems and more are cells."""
    sheet = Sheet()
    sheet.ops.append(sheet.words(20, 50, "Levande bygder", how=f"{apart} Tc"))
    words, _ = read(sheet, tmp_path)
    assert (words == ["Levande", "bygder"]) == joined


def test_few_letters_and_figures_that_stand_apart_stay_apart(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.ops.append(sheet.words(20, 50, "K M T", how="2 Tc"))
    sheet.ops.append(sheet.words(20, 90, "1 2 3 4 5 6 7 8", how="2 Tc"))
    assert read(sheet, tmp_path)[0] == ["K", "M", "T", *"12345678"]
