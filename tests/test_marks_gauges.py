"""Gauges, dials and faces: what only the legend's own marks explain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest
from draw import Sheet
from flips import flips, steps
from PIL import Image, ImageDraw
from shades import grey

from styrmatt.extract.marks.find import find_marks
from styrmatt.extract.marks.gauges import with_rows_as_one
from styrmatt.extract.marks.legend.entries import legend_entries
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.extract.marks.legend.same_look import look_alike
from styrmatt.extract.marks.mark import GaugePart, Mark
from styrmatt.extract.marks.picture.appearance import analyse_crop
from styrmatt.extract.marks.picture.pixels import CropImage
from styrmatt.extract.marks.rising_bars import rising_bars
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
CELL = (100.0, 90.0, 190.0, 130.0)
BLUE, GREEN, GREY = "#1f4e79", "#00b050", "#d0d4d8"
LABELS = {5: "Helt uppfyllt", 3: "Delvis uppfyllt", 1: "Ej uppfyllt"}
STATUSES = {5: "met", 3: "partly_met", 1: "not_met"}
AT = (110.0, 106.0)


def discs(
    sheet: Sheet, filled: int, x: float, y: float, *, of: int = 5, colour: str = BLUE
) -> None:
    """Discs beside each other, the first of them filled."""
    for n in range(of):
        fill = colour if n < filled else "#ffffff"
        sheet.circle(x + 8 * n, y, 3.2, fill=fill, stroke=colour, width=0.6)


def segments(
    sheet: Sheet, filled: int, x: float, y: float, *, high: float = 8, gap: float = 1.0
) -> None:
    """Segments beside each other, the first of them green and the others grey."""
    for n in range(5):
        left = x + n * (7 + gap)
        sheet.rect((left, y - high / 2, left + 7, y + high / 2), fill=GREEN if n < filled else GREY)


def bars(sheet: Sheet, filled: int, x: float, y: float) -> None:
    """Bars on one line, each higher than the one before it, the first of them blue."""
    for n in range(5):
        left = x + 5 * n
        fill = BLUE if n < filled else "#dfe4e6"
        sheet.rect((left, y + 2 - 1.5 * n, left + 3.5, y + 4), fill=fill)


def dial(sheet: Sheet, field: int, x: float, y: float) -> None:
    """Half a ring of five coloured fields, and a needle that points to one of them."""

    def at(degrees: float, r: float) -> tuple[float, float]:
        angle = math.radians(degrees)
        return x + 8 + r * math.cos(angle), y + 4 + r * math.sin(angle)

    for n, colour in enumerate(("#ff0000", "#f39c12", "#ffc000", "#a4c639", "#00b050")):
        angles = [180 + 36 * n + 6 * k for k in range(7)]
        ring = [at(a, 9.5) for a in angles] + [at(a, 5.5) for a in reversed(angles)]
        sheet.path(ring, fill=colour)
    middle = 180 + 36 * (field - 0.5)
    sheet.path([at(middle - 90, 1), at(middle, 8.5), at(middle + 90, 1)], fill="#303030")


def stars(sheet: Sheet, filled: int, x: float, y: float) -> None:
    """Five characters of a symbol font: filled stars, then outlined ones."""
    sheet.text(x, y + 3, "\x48" * filled + "\x49" * (5 - filled), font="ZapfDingbats", colour=BLUE)


DRAWN = {"discs": discs, "segments": segments, "bars": bars, "dial": dial, "stars": stars}


def read(folder: Path, kind: str, level: int, explained: Sequence[int] = (5, 3, 1)) -> str | None:
    """The status of a gauge on a page whose legend has some levels."""
    sheet = Sheet()
    for n, told in enumerate(explained):
        DRAWN[kind](sheet, told, 25, 40 + 15 * n)
        sheet.text(75, 43 + 15 * n, LABELS.get(told, LABELS[5]))
    DRAWN[kind](sheet, level, *AT)
    page = sheet.page(folder)
    reader = LegendReader(WORDS)
    reader.read_page(page)
    (mark,) = find_marks(page, CELL, WORDS)
    assert mark.apparent_direction is None
    return reader.legend().with_marks([mark]).status(mark).value


@pytest.mark.parametrize("level", LABELS)
@pytest.mark.parametrize("kind", DRAWN)
def test_a_gauge_says_what_the_legend_says_of_its_level(
    tmp_path: Path, kind: str, level: int
) -> None:
    assert read(tmp_path, kind, level) == STATUSES[level]


@pytest.mark.parametrize("level", [2, 4])
@pytest.mark.parametrize("kind", DRAWN)
def test_a_level_that_the_legend_lacks_says_nothing(tmp_path: Path, kind: str, level: int) -> None:
    assert read(tmp_path, kind, level) is None


@pytest.mark.parametrize("kind", ["discs", "segments", "stars", "bars"])
def test_without_a_legend_a_green_gauge_says_nothing_and_why(tmp_path: Path, kind: str) -> None:
    sheet = Sheet()
    DRAWN[kind](sheet, 4, *AT)
    (mark,) = find_marks(sheet.page(tmp_path), CELL, WORDS)
    marker = LegendReader(WORDS).legend().with_marks([mark]).status(mark)
    assert marker.value is None
    assert marker.doubt is not None
    assert "none of the marks in the report's legend" in marker.doubt


@pytest.mark.parametrize("gap", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("high", [3.0, 8.0])
def test_segments_that_touch_and_flat_ones_are_one_gauge(
    tmp_path: Path, gap: float, high: float
) -> None:
    sheet = Sheet()
    segments(sheet, 2, *AT, gap=gap, high=high)
    (mark,) = find_marks(sheet.page(tmp_path), CELL, WORDS)
    assert [part.colour for part in mark.gauge] == [GREEN, GREEN, GREY, GREY, GREY]


def test_how_many_discs_are_a_gauge(tmp_path: Path) -> None:
    def found(count: float) -> str:
        sheet = Sheet()
        discs(sheet, 1, 102, 106, of=int(count), colour=GREEN)
        marks = find_marks(sheet.page(tmp_path), (90, 90, 290, 130), WORDS)
        return "gauge" if len(marks) == 1 and marks[0].gauge else "marks"

    assert flips(found, range(2, 14)) == {2: "marks", 4: "gauge", 11: "marks"}


def test_a_frame_around_a_gauge_is_none_of_its_parts(tmp_path: Path) -> None:
    sheet = Sheet()
    corners = [(105, 100), (147, 100), (148, 101), (148, 111), (147, 112), (105, 112)]
    sheet.path([*corners, (104, 111), (104, 101)], fill="#dddddd")
    discs(sheet, 3, 110, 106)
    (mark,) = find_marks(sheet.page(tmp_path), CELL, WORDS)
    assert [part.filled for part in mark.gauge] == [True, True, True, False, False]


def test_boxes_of_a_light_and_of_a_gauge_are_taken_together() -> None:
    def boxes(count: float) -> int:
        return len(with_rows_as_one([(9.0 * n, 0.0, 9.0 * n + 8, 8.0) for n in range(int(count))]))

    assert flips(boxes, range(1, 13)) == {1: 1, 2: 2, 3: 1, 11: 11, 12: 12}


def test_pale_bars_belong_to_a_gauge_up_to_which_gap_and_difference(tmp_path: Path) -> None:
    def parts(gap: float, lower: float = 0.0) -> int:
        sheet = Sheet()
        for n in range(5):
            left = 105 + 11 * n + (gap - 1 if n > 2 else 0)
            down = lower if n > 2 else 0
            box = (left, 104 + down, left + 10, 108 + down)
            sheet.rect(box, fill=GREEN if n < 3 else GREY)
        marks = find_marks(sheet.page(tmp_path), (90, 90, 290, 130), WORDS)
        return sum(len(mark.gauge) for mark in marks)

    assert flips(lambda gap: parts(gap) == 5, steps(1.0, 6.0, 0.5)) == {1.0: True, 3.5: False}
    assert flips(lambda low: parts(1.0, low) == 5, steps(0.0, 2.0, 0.1)) == {0.0: True, 1.1: False}


def face(mouth: str, line: str = "#000000", size: int = 38) -> Image.Image:
    """A face in lines; ``mouth``: up, flat, down."""
    image = Image.new("RGB", (size * 4, size * 4), "white")
    pen, unit = ImageDraw.Draw(image), size * 4 / 38
    pen.ellipse((3 * unit, 3 * unit, 34 * unit, 34 * unit), outline=line, width=round(2 * unit))
    for x in (13, 24):
        pen.ellipse(((x - 2) * unit, 12 * unit, (x + 2) * unit, 16 * unit), fill=line)
    if mouth == "flat":
        pen.line((12 * unit, 25 * unit, 25 * unit, 25 * unit), line, round(2 * unit))
    else:
        low = {"up": 15, "down": 23}[mouth]
        ends = {"up": (20, 160), "down": (200, 340)}[mouth]
        box = (11 * unit, low * unit, 26 * unit, (low + 13) * unit)
        pen.arc(box, *ends, fill=line, width=round(2 * unit))
    return image.resize((size, size), Image.Resampling.LANCZOS)


def mark_of(image: Image.Image) -> Mark:
    look = analyse_crop(image, 2)
    return Mark(1, CELL, "picture", look.colour, look.filled, evidence=look.evidence)


@pytest.mark.parametrize("one", ["up", "flat", "down"])
@pytest.mark.parametrize("other", ["up", "flat", "down"])
def test_faces_are_told_apart_by_their_mouths(one: str, other: str) -> None:
    assert look_alike(mark_of(face(one)), mark_of(face(other))) is (one == other)


def test_a_line_may_lie_a_pixel_elsewhere_and_no_more() -> None:
    def same(by: float) -> bool | None:
        image = Image.new("RGB", (38, 38), "white")
        ImageDraw.Draw(image).rectangle((10, 5, 12, 32), fill="black")
        moved = Image.new("RGB", (38, 38), "white")
        ImageDraw.Draw(moved).rectangle((10 + int(by), 5, 12 + int(by), 32), fill="black")
        return look_alike(mark_of(image), mark_of(moved))

    assert flips(same, range(5)) == {0: True, 2: False}


def test_how_much_of_a_mark_may_be_unlike() -> None:
    def same(odd: float) -> bool | None:
        image = Image.new("RGB", (38, 38), "white")
        ImageDraw.Draw(image).rectangle((2, 2, 35, 35), fill=BLUE)
        other = image.copy()
        ImageDraw.Draw(other).rectangle((10, 10, 12 + int(odd), 12), fill="white")
        return look_alike(mark_of(image), mark_of(other))

    # A hole of three rows, of which all is unlike the whole square: 24 of 1132 pixels.
    assert flips(same, range(30)) == {0: True, 5: False}


def test_from_which_shade_on_marks_are_unlike() -> None:
    def same(by: float) -> bool | None:
        shades = (Image.new("RGB", (38, 38), "white"), Image.new("RGB", (38, 38), "white"))
        for image, red in zip(shades, (0, int(by)), strict=True):
            ImageDraw.Draw(image).rectangle((2, 2, 35, 35), fill=(red, 60, 120))
        return look_alike(mark_of(shades[0]), mark_of(shades[1]))

    assert flips(same, range(0, 256, 10)) == {0: True, 140: False}


def test_pictures_of_another_size_are_unlike() -> None:
    def same(more: float) -> bool | None:
        one = Image.new("RGB", (38, 38), "black")
        other = Image.new("RGB", (38 + int(more), 38), "black")
        pictures = [CropImage(_packed(image), *image.size) for image in (one, other)]
        return look_alike(*(Mark(1, CELL, "picture", evidence=p) for p in pictures))

    assert flips(same, range(5)) == {0: True, 3: False}


def _packed(image: Image.Image) -> bytes:
    import zlib

    return zlib.compress(image.tobytes("raw", "BGRX"))


def test_marks_without_a_picture_cannot_be_compared() -> None:
    assert look_alike(Mark(1, CELL, "vector"), mark_of(face("up"))) is None


def gauge_of(colour: str, *, filled: bool = True) -> Mark:
    return Mark(1, CELL, "vector", gauge=(GaugePart(colour, filled),) * 4)


def test_parts_of_gauges_are_alike_up_to_which_difference() -> None:
    def same(red: float) -> bool | None:
        return look_alike(gauge_of("#1f4e79"), gauge_of(f"#{int(red):02x}4e79"))

    assert flips(same, range(0x1F, 256, 8)) == {0x1F: True, 0x4F: False}
    assert look_alike(gauge_of("#0000c8"), gauge_of("#0000c8", filled=False)) is False


def test_from_which_shade_on_a_part_of_a_gauge_is_empty() -> None:
    def empty(shade: float) -> bool | None:
        return look_alike(gauge_of(grey(shade)), gauge_of("#808080", filled=False))

    assert flips(empty, steps(0.8, 1.0, 0.01)) == {0.8: False, 0.93: True}


@pytest.mark.parametrize("mouth", ["up", "flat", "down"])
def test_a_face_in_lines_that_nothing_explains_has_no_status(tmp_path: Path, mouth: str) -> None:
    sheet = Sheet()
    sheet.picture((110, 100, 122, 112), face(mouth, size=60))
    (mark,) = find_marks(sheet.page(tmp_path), CELL, WORDS)
    assert LegendReader(WORDS).legend().with_marks([mark]).status(mark).value is None


def pie(share: float, side: str) -> str | None:
    """Where a disc seems to point that is filled from a side, to this share of its width."""
    image = Image.new("RGB", (38 * 4, 38 * 4), "white")
    full = image.copy()
    ImageDraw.Draw(full).ellipse((8, 8, 143, 143), fill=BLUE)
    end = round(8 + 135 * share)
    box = {"left": (0, 0, end, 152), "above": (0, 0, 152, end)}[side]
    image.paste(full.crop(box), box[:2])
    ImageDraw.Draw(image).ellipse((8, 8, 143, 143), outline=BLUE, width=5)
    return analyse_crop(image.resize((38, 38), Image.Resampling.LANCZOS), 2).arrow.direction


@pytest.mark.parametrize("side", ["left", "above"])
def test_a_disc_that_is_filled_to_the_half_points_nowhere(side: str) -> None:
    assert pie(0.5, side) is None


def test_an_arrow_of_how_many_hues_is_a_dial() -> None:
    colours = ("#ff0000", "#ffc000", "#00b050", "#0070c0")

    def direction(count: float) -> str | None:
        image = Image.new("RGB", (38, 38), "white")
        pen = ImageDraw.Draw(image)
        pen.polygon([(19, 3), (35, 35), (3, 35)], fill=BLUE)
        for n, colour in enumerate(colours[: int(count)]):
            pen.rectangle((7 + 7 * n, 27, 12 + 7 * n, 35), fill=colour)
        return analyse_crop(image, 2).arrow.direction

    assert direction(1) == "up"
    assert direction(4) is None


def test_bars_that_fall_or_are_high_or_few_are_no_gauge(tmp_path: Path) -> None:
    rising = [(100 + 5.0 * n, 110 - 2.0 * n, 103.5 + 5 * n, 120.0) for n in range(5)]
    assert list(rising_bars(rising)) == [[0, 1, 2, 3, 4]]
    assert not list(rising_bars(rising[:3]))
    assert not list(rising_bars([(x0, 90 - top, x1, 120) for x0, top, x1, _ in rising]))
    assert not list(rising_bars([(x0, top - 40, x1, 120) for x0, top, x1, _ in rising]))
    assert not list(rising_bars([(2 * x0, top, 2 * x0 + 3.5, 120) for x0, top, _, _ in rising]))


def test_gauges_with_a_word_or_nothing_between_share_what_is_said_behind_them(
    tmp_path: Path,
) -> None:
    sheet = Sheet()
    for level, x in ((5, 15), (4, 119), (3, 184)):
        discs(sheet, level, x, 40)
    sheet.text(58, 43, "målet är nått,")
    sheet.text(159, 43, "eller")
    sheet.text(224, 43, "att målet")
    sheet.text(12, 56, "är delvis nått och")
    for level, x in ((2, 99), (1, 144)):
        discs(sheet, level, x, 53)
    sheet.text(186, 56, "att det inte är nått.")
    page = sheet.page(tmp_path)
    found = {
        sum(part.filled and part.colour == BLUE for part in entry.mark.gauge): entry.value
        for entry in legend_entries(page, WORDS)
    }
    assert found == {5: "met", 4: "partly_met", 3: "partly_met", 2: "not_met", 1: "not_met"}


def test_gauges_with_other_words_between_share_nothing(tmp_path: Path) -> None:
    sheet = Sheet()
    for level, x in ((5, 15), (1, 105), (3, 180)):
        discs(sheet, level, x, 40)
    sheet.text(58, 43, "mål nått")
    sheet.text(145, 43, "kallas")
    sheet.text(222, 43, "delvis nått")
    assert len(legend_entries(sheet.page(tmp_path), WORDS)) == 2
