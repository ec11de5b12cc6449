"""What the picture of a scanned page shows: lines, shading, marks, signs, and how it is turned."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from styrmatt.scans.chains import find_chains
from styrmatt.scans.components import find_components
from styrmatt.scans.evened import MeasuredLine, bold_lines, evened_baselines, evened_sizes
from styrmatt.scans.look import PageLook, look_at
from styrmatt.scans.page_text import settled
from styrmatt.scans.picture import Picture, ink_of, picture_of
from styrmatt.scans.scanned_page import (
    UNSURE,
    ScannedPage,
    ScannedRule,
    ScannedShade,
    ScannedWord,
    Scans,
    from_json,
    to_json,
)
from styrmatt.scans.signs import find_signs
from styrmatt.scans.skew import skew_of, turn_of
from styrmatt.scans.tesseract import ReadWord, words_of_table

SCALE = 300 / 72
"""Pixels per point of the pictures here."""


def paper(width: float = 300, height: float = 200, colour: str = "white") -> Image.Image:
    return Image.new("RGB", (round(width * SCALE), round(height * SCALE)), colour)


def draw(image: Image.Image) -> ImageDraw.ImageDraw:
    return ImageDraw.Draw(image)


def px(*points: float) -> list[float]:
    return [value * SCALE for value in points]


def letters(image: Image.Image, text: str, x: float, top: float, size: float = 10) -> None:
    font = ImageFont.load_default(size=size * SCALE)
    draw(image).text((x * SCALE, top * SCALE), text, fill="black", font=font)


def seen(image: Image.Image) -> PageLook:
    return look_at(picture_of(image, SCALE))


def in_points(box: tuple[int, ...]) -> list[int]:
    return [round(value / SCALE) for value in box]


def test_parts_that_touch_at_a_corner_are_one() -> None:
    mask = np.array([[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 0, 0], [1, 1, 0, 0]], dtype=bool)
    parts = find_components(mask)
    assert sorted(map(tuple, parts.boxes.tolist())) == [(0, 0, 2, 2), (0, 3, 2, 4), (3, 0, 4, 2)]
    assert sorted(parts.sizes.tolist()) == [2, 2, 2]
    assert (parts.labels[~mask] == -1).all() and len(np.unique(parts.labels[mask])) == 3


def test_a_picture_without_ink_has_no_parts_and_is_level() -> None:
    empty = np.zeros((20, 20), dtype=bool)
    assert len(find_components(empty).boxes) == 0 and skew_of(empty) == 0


@pytest.mark.parametrize("turned", [-3.0, -1.0, 0.0, 0.6, 1.0])
def test_a_page_is_turned_back_by_what_it_was_turned(turned: float) -> None:
    image = paper(400, 300)
    for n in range(12):
        letters(image, "Antal nystartade företag per tusen invånare", 30, 20 + 20 * n)
    image = image.rotate(turned, Image.Resampling.BICUBIC, fillcolor="white")
    assert abs(turn_of(picture_of(image, SCALE)) + turned) <= 0.06


def test_grey_paper_is_made_white_and_grey_ink_stays_ink() -> None:
    image = paper(colour="#e4e0d6")
    draw(image).rectangle(px(100, 100, 110, 110), fill="#404040")
    picture = picture_of(image, SCALE)
    assert picture.rgb[0, 0].min() >= 253 and ink_of(picture).sum() > 1000


def grid(image: Image.Image, colour: str = "black", width: float = 0.5) -> None:
    for y in (20, 60, 100):
        draw(image).line(px(20, y, 280, y), fill=colour, width=round(width * SCALE))
    for x in (20, 120, 150, 280):
        draw(image).line(px(x, 20, x, 100), fill=colour, width=round(width * SCALE))


@pytest.mark.parametrize("colour", ["black", "#b0b0b0"])
def test_the_lines_of_a_table_are_found_whole_though_they_cross(colour: str) -> None:
    image = paper()
    grid(image, colour)
    lines = seen(image).lines
    level = sorted(round(line.at / SCALE) for line in lines if line.orientation == "h")
    upright = sorted(round(line.at / SCALE) for line in lines if line.orientation == "v")
    assert (level, upright) == ([20, 60, 100], [20, 120, 150, 280])
    assert all(line.end - line.start > 75 * SCALE for line in lines)


def test_letters_are_no_lines() -> None:
    image = paper()
    for n, size in enumerate((9, 10, 12, 16)):
        letters(image, "FRAMGÅNGSFAKTOR: ETT UTBUD li ll", 10, 10 + 40 * n, size)
    assert seen(image).lines == ()


def test_the_letter_l_is_not_taken_away_as_a_line() -> None:
    image = paper()
    letters(image, "Kollektiv", 20, 20, 14)
    look = seen(image)
    assert len(find_chains(look)) == 1
    assert len(look.text_numbers) == 10  # nine letters and the dot of the i


@pytest.mark.parametrize("colour", ["#d9e2f3", "#f2f2f2", "#3a5f7d", "#ffc000"])
def test_a_shaded_header_is_found_with_its_colour(colour: str) -> None:
    image = paper()
    draw(image).rectangle(px(20, 20, 280, 50), fill=colour)
    letters(image, "Indikator   Utfall   Mål", 30, 30)
    (box,) = seen(image).shading
    assert in_points(box[:4]) == [20, 20, 280, 50]
    assert tuple(box.rgb) == tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))


def test_text_on_dark_shading_is_ink_and_the_shading_is_not() -> None:
    image = paper()
    draw(image).rectangle(px(20, 20, 280, 50), fill="#3a5f7d")
    font = ImageFont.load_default(size=10 * SCALE)
    draw(image).text(tuple(px(30, 30)), "Utfall", fill="white", font=font)
    look = seen(image)
    (chain,) = find_chains(look)
    assert 25 < chain.x0 / SCALE < 35 and chain.height / SCALE < 12 and look.marks == ()


def test_discs_and_arrows_are_marks_and_headings_are_not() -> None:
    image = paper()
    letters(image, "4 Mål 4: Barn", 20, 20, 16)
    draw(image).ellipse(px(100, 100, 110, 110), fill="#00b050")
    draw(image).polygon(px(145, 100, 150, 106, 147, 106, 147, 112, 143, 112, 143, 106, 140, 106))
    marks = [in_points(box) for box in seen(image).marks]
    assert [100, 100, 110, 110] in marks and len(marks) in (1, 2)


def test_an_empty_disc_is_a_mark_and_a_nought_or_an_o_in_a_word_is_not() -> None:
    image = paper()
    draw(image).ellipse(px(100, 100, 110, 110), outline="#808080", width=3)
    letters(image, "OLOF 0 40", 20, 20, 12)
    (box,) = seen(image).marks
    assert in_points(box) == [100, 100, 110, 110]


def shapes(text: str, size: float = 10) -> list[str]:
    image = paper()
    letters(image, text, 20, 20, size)
    look = seen(image)
    boxes = look.text.boxes.tolist()
    return [
        sign.text
        for chain in find_chains(look)
        for sign in find_signs(chain.numbers, boxes, look.text.labels)
    ]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("60%/40%", ["%", "%"]),
        ("85 %", ["%"]),
        ("2023 Z2 8B& SAMHÄLLE", []),
        ("Andel barn 0,8", []),
    ],
)
def test_signs_are_told_by_their_shape(text: str, signs: list[str]) -> None:
    assert shapes(text) == signs


@pytest.mark.parametrize(("point", "open_end", "sign"), [(20, 26, "≤"), (26, 20, "≥")])
def test_at_most_and_at_least_are_a_wedge_over_a_bar(point: int, open_end: int, sign: str) -> None:
    image = paper()
    wedge = px(open_end, 20, point, 23, open_end, 26)
    draw(image).line(wedge, fill="black", width=4)
    draw(image).line(px(20, 28, 26, 28), fill="black", width=4)
    letters(image, "90", 30, 18)
    look = seen(image)
    (chain,) = find_chains(look)
    found = find_signs(chain.numbers, look.text.boxes.tolist(), look.text.labels)
    assert [one.text for one in found] == [sign]


def test_a_ruled_line_and_a_wide_gap_part_two_chains() -> None:
    image = paper()
    letters(image, "RUN K", 20, 20)
    letters(image, "Öka", 200, 20)
    assert len(find_chains(seen(image))) == 2
    draw(image).line(px(41.5, 5, 41.5, 60), fill="black", width=2)
    assert len(find_chains(seen(image))) == 3


def read(text: str, confidence: float = 95) -> ReadWord:
    return ReadWord(text, 0, 0, 10, 10, confidence)


def test_figures_that_two_models_read_differently_are_not_sure() -> None:
    (word,) = settled([read("85,7")], [read("85,1")])
    assert word.text == "85,7" and word.confidence < UNSURE


def test_figures_that_both_read_stay_as_sure_and_words_are_not_compared() -> None:
    assert settled([read("85,7"), read("Öka")], [read("85,7"), read("Oka")]) == [
        read("85,7"),
        read("Öka"),
    ]


def test_a_comma_wins_over_a_point() -> None:
    (word,) = settled([read("5.0")], [read("5,0", 88)])
    assert (word.text, word.confidence) == ("5,0", 88)


def test_a_sign_for_per_cent_that_the_first_model_takes_for_figures_stands() -> None:
    (word,) = settled([read("/4090")], [read("/40%")])
    assert word.text == "/40%" and word.confidence < UNSURE


def test_what_the_first_model_did_not_see_is_taken_and_not_sure() -> None:
    (word,) = settled([], [read("7")])
    assert word.text == "7" and word.confidence < UNSURE


def test_words_are_read_from_the_table_of_tesseract() -> None:
    head = "level page_num block_num par_num line_num word_num left top width height conf text"
    rows = [
        "1 1 0 0 0 0 0 0 90 30 -1 ",
        "5 1 1 1 1 1 5 6 20 12 96.5 Öka",
        "5 2 1 1 1 1 1 2 3 4 9 5",
    ]
    table = [line.replace(" ", "\t") for line in [head, *rows]]
    assert words_of_table(table, 3) == [
        [ReadWord("Öka", 5, 6, 25, 18, 96.5)],
        [ReadWord("5", 1, 2, 4, 6, 9.0)],
        [],
    ]


def lines(*told: tuple[int, float, float, float]) -> list[MeasuredLine]:
    """Lines of so many letters, at a base line, of a size and a weight."""
    return [MeasuredLine(letters, 20, *rest) for letters, *rest in told]


def test_sizes_that_differ_by_measuring_are_made_one() -> None:
    measured = lines((50, 10, 10, 0.1), (15, 20, 9.4, 0.1), (20, 60, 14, 0.1), (14, 80, 13.6, 0.1))
    assert evened_sizes(measured) == [10, 10, 14, 14]


def test_a_dash_or_two_letters_have_a_size_that_the_page_has() -> None:
    measured = lines((50, 10, 10, 0.1), (1, 50, 2.4, 0.1), (20, 90, 14, 0.1), (2, 120, 6.9, 0.1))
    assert evened_sizes(measured) == [10, 10, 14, 10]


def test_a_short_text_has_the_size_of_what_stands_beside_it_if_that_is_near() -> None:
    measured = lines((50, 10, 10, 0.1), (8, 10.5, 8.8, 0.1), (20, 90, 14, 0.1), (8, 90, 9, 0.1))
    assert evened_sizes(measured) == [10, 10, 14, 9]


def test_a_short_text_stands_on_the_base_line_of_what_stands_beside_it() -> None:
    measured = lines((50, 10, 10, 0.1), (5, 12, 10, 0.1), (5, 16, 10, 0.1))
    assert evened_baselines(measured) == [10, 10, 16]


def test_two_letters_below_a_cell_have_its_size_and_its_weight() -> None:
    measured = lines((50, 10, 10, 0.09), (9, 90, 8, 0.14), (2, 101, 6, 0.09))
    assert evened_sizes(measured)[2] == 8 and bold_lines(measured) == [False, True, True]


def test_lines_are_bold_beside_the_usual_weight() -> None:
    measured = lines((80, 10, 10, 0.09), (70, 30, 10, 0.1), (20, 60, 10, 0.15))
    assert bold_lines(measured) == [False, False, True]


def test_a_single_letter_is_as_bold_as_the_text_beside_it() -> None:
    measured = lines(
        (80, 10, 10, 0.09),
        (70, 30, 10, 0.1),
        (20, 60, 10, 0.15),
        (1, 30.5, 10, 0.15),
        (9, 60.5, 10, 0.09),
    )
    assert bold_lines(measured) == [False, False, True, False, True]


PAGE = ScannedPage(
    (
        ScannedWord("Öka", (1.0, 2.0, 3.0, 4.0), 9.5, False, "#000000", 96.5),
        ScannedWord("8S", (5.0, 2.0, 7.0, 4.0), 9.5, True, "#c00000", 20.0),
    ),
    (ScannedRule("h", 5.0, 0.0, 90.0, 0.5),),
    (ScannedShade((0.0, 0.0, 90.0, 20.0), "#d9e2f3"),),
    ((40.0, 2.0, 50.0, 12.0),),
)


def test_a_page_is_the_same_after_json() -> None:
    assert from_json(to_json(PAGE)) == PAGE and to_json(from_json(to_json(PAGE))) == to_json(PAGE)


def test_the_words_that_are_not_sure_are_named_with_their_pages() -> None:
    assert Scans("hash", {3: PAGE}).unsure == ((3, (5.0, 2.0, 7.0, 4.0)),)


def test_a_picture_says_how_many_pixels_a_length_has() -> None:
    assert Picture(np.zeros((1, 1, 3), np.uint8), SCALE).pixels(3) == 12
