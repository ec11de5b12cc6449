"""Gauges that are drawn in any way: outlined, touching, pale or empty segments, of three to ten."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from draw import Sheet
from flips import flips, steps
from shades import grey, shade, vivid

from styrmatt.extract.marks.even_rows import even_rows, is_nearly_square
from styrmatt.extract.marks.find import find_marks
from styrmatt.extract.marks.gauges import with_rows_as_one
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.extract.marks.legend.same_look import filled_parts
from styrmatt.extract.marks.mark import GaugePart, Mark
from styrmatt.extract.marks.segments import is_gauge_of_three
from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
PLUM, GREEN, BLACK = "#7a3b6d", "#2e9e4f", "#202020"
LABELS = {
    "met": "Målet är uppnått",
    "partly_met": "Målet är delvis uppnått",
    "not_met": "Målet är inte uppnått",
}
SIZES = {"bar": (11.0, 8.0), "flat": (12.0, 4.0), "square": (8.0, 8.0), "disc": (7.0, 7.0)}
EMPTY = {"white": "#ffffff", "outline": None, "grey": "#d9d9d9", "pale": "#e6d3e2"}


def gauge(
    sheet: Sheet,
    filled: int,
    at: tuple[float, float],
    of: int = 5,
    shape: str = "bar",
    empty: str = "white",
    gap: float = 1.2,
    colour: str = PLUM,
) -> float:
    """Draw like parts, the first of them filled; where the last one ends."""
    width, height = SIZES[shape]
    x, y = at
    stroke = "#555555" if empty in ("white", "outline") else None
    for n in range(of):
        left = x + n * (width + gap)
        fill = colour if n < filled else EMPTY[empty]
        if shape == "disc":
            sheet.circle(left + width / 2, y, width / 2, fill=fill, stroke=stroke)
        else:
            box = (left, y - height / 2, left + width, y + height / 2)
            sheet.rect(box, fill=fill, stroke=stroke)
    return x + of * (width + gap) - gap


def statuses(
    folder: Path, level: int, levels: dict[str, Sequence[int]], **looks: object
) -> list[str | None]:
    """What the marks of a cell with a gauge mean, whose levels a legend on the page explains."""
    sheet = Sheet(400, 300)
    y = 30.0
    for status, explained in levels.items():
        for each in explained:
            end = gauge(sheet, each, (25, y), **looks)  # type: ignore[arg-type]
            sheet.text(end + 6, y + 3, LABELS[status])
            y += 16
    end = gauge(sheet, level, (25, 210), **looks)  # type: ignore[arg-type]
    page = sheet.page(folder)
    reader = LegendReader(WORDS)
    reader.read_page(page)
    marks = find_marks(page, (15, 195, end + 40, 225), WORDS)
    legend = reader.legend().with_marks(marks)
    return [legend.status(mark).value for mark in marks]


@pytest.mark.parametrize("gap", [0.0, 1.2, 4.0])
@pytest.mark.parametrize("empty", EMPTY)
@pytest.mark.parametrize("shape", SIZES)
def test_a_gauge_is_read_by_its_legend_however_it_is_drawn(
    tmp_path: Path, shape: str, empty: str, gap: float
) -> None:
    for of, levels in (
        (3, {3: "met", 2: "partly_met", 1: "not_met"}),
        (6, {6: "met", 2: "not_met"}),
    ):
        for level, status in levels.items():
            explained = {status: [level] for level, status in levels.items()}
            for colour in (PLUM, GREEN, BLACK):
                looks = {"of": of, "shape": shape, "empty": empty, "gap": gap, "colour": colour}
                assert statuses(tmp_path, level, explained, **looks) == [status]


@pytest.mark.parametrize("colour", [PLUM, GREEN, BLACK])
def test_two_gauges_beside_each_other_share_words_and_stay_two(tmp_path: Path, colour: str) -> None:
    sheet = Sheet(400, 200)
    end = gauge(sheet, 5, (20, 40), colour=colour)
    sheet.text(end + 4, 43, "Fullt ut uppnått")
    for y, levels, words in ((55, (4, 3), "Delvis uppnått"), (70, (2, 1), "Ej uppnått")):
        end = 15.0
        for level in levels:
            end = gauge(sheet, level, (end + 5, y), colour=colour)
        sheet.text(end + 4, y + 3, words)
    wanted = {5: "met", 4: "partly_met", 3: "partly_met", 2: "not_met", 1: "not_met"}
    for n, level in enumerate(wanted):
        gauge(sheet, level, (20, 100 + 15 * n), colour=colour)
    page = sheet.page(tmp_path)
    reader = LegendReader(WORDS)
    reader.read_page(page)
    marks = find_marks(page, (10, 90, 110, 190), WORDS)
    legend = reader.legend().with_marks(marks)
    found = [legend.status(mark).value for mark in marks]
    # "Fullt ut" is none of the words that may stand beside a status, so that five is unexplained.
    assert found == [None, *list(wanted.values())[1:]]


def test_a_filled_part_of_a_gauge_is_no_shaded_box_of_a_legend(tmp_path: Path) -> None:
    sheet = Sheet(400, 200)
    for n, (level, label) in enumerate(zip((5, 3, 1), LABELS.values(), strict=True)):
        end = gauge(sheet, level, (20, 40 + 16 * n), colour=GREEN)
        sheet.text(end + 4, 43 + 16 * n, label)
    reader = LegendReader(WORDS)
    reader.read_page(sheet.page(tmp_path))
    assert [bool(entry.mark.gauge) for entry in reader.entries] == [True] * 3
    assert not reader.legend().palette.legend


LIGHTS = (("#c8c8c8",) * 2, ("#6b6b6b",) * 2, (None, None))


@pytest.mark.parametrize("unlit", LIGHTS)
@pytest.mark.parametrize("lit", [0, 1, 2])
def test_a_lamp_that_is_lit_alone_makes_no_gauge(lit: int, unlit: Sequence[str | None]) -> None:
    for colour in ("#d93025", "#f4c20d", "#2e9e4f"):
        fills = [*unlit[:lit], colour, *unlit[lit:]]
        assert not is_gauge_of_three(fills, may_be_lamps=True)


@pytest.mark.parametrize(
    ("fills", "lamps", "flat"),
    [
        ((GREEN, GREEN, None), True, True),
        ((None, GREEN, GREEN), True, True),
        ((GREEN, GREEN, GREEN), True, True),
        ((BLACK, BLACK, BLACK), True, True),
        ((BLACK, None, None), True, True),
        ((None, None, BLACK), False, False),
        ((None, None, GREEN), False, False),
        ((GREEN, None, None), False, True),
        ((GREEN, GREEN, "#f4c20d"), False, False),
        ((GREEN, None, GREEN), False, False),
        (("#c8c8c8",) * 3, False, False),
        (("#6b6b6b",) * 3, False, False),
        (("#6b6b6b", "#6b6b6b", "#f4c20d"), False, False),
        (("#d93025", "#f4c20d", "#2e9e4f"), False, False),
        ((None, None, None), False, False),
    ],
)
def test_three_parts_are_a_gauge_where_one_colour_fills_them_from_an_end(
    fills: Sequence[str | None], lamps: bool, flat: bool
) -> None:
    assert is_gauge_of_three(fills, may_be_lamps=True) is lamps
    assert is_gauge_of_three(fills, may_be_lamps=False) is flat


def test_how_much_lighter_the_empty_part_of_three_is() -> None:
    def grey_is(lightness: float) -> bool:
        dark = grey(0.4)
        return is_gauge_of_three([dark, dark, grey(lightness)], may_be_lamps=True)

    def tint_is(by: float) -> bool:
        colours = [vivid(150, 0.5), vivid(150, 0.5), vivid(150 + by, 0.7)]
        return is_gauge_of_three(colours, may_be_lamps=True)

    def filled_is(lightness: float) -> bool:
        return is_gauge_of_three([grey(lightness)] * 3, may_be_lamps=True)

    assert flips(grey_is, steps(0.44, 0.7, 0.01)) == {0.44: False, 0.53: True}
    assert flips(tint_is, range(40)) == {0: True, 26: False}
    assert flips(filled_is, steps(0.2, 0.9, 0.05)) == {0.2: True, 0.5: False}


def test_a_light_is_a_gauge_where_another_mark_is_one(tmp_path: Path) -> None:
    """One filled disc of three is one of three, once two or three of others are filled."""

    def found(levels: Sequence[int]) -> list[str | None]:
        sheet = Sheet(400, 200)
        for n, level in enumerate(levels):
            gauge(sheet, level, (20, 40 + 20 * n), 3, "disc", "grey", colour=GREEN)
        marks = find_marks(sheet.page(tmp_path), (10, 25, 120, 190), WORDS)
        legend = LegendReader(WORDS).legend().with_marks(marks)
        return [legend.status(mark).value for mark in marks]

    assert found([1, 1]) == ["met", "met"]
    assert found([1, 2]) == [None, None]
    assert found([3, 1]) == [None, None]


def test_signs_of_three_are_a_gauge_and_arrows_of_several_ways_are_none(tmp_path: Path) -> None:
    def count(signs: str) -> list[int]:
        sheet = Sheet()
        sheet.text(20, 40, signs, font="ZapfDingbats", colour=PLUM)
        return [len(m.gauge) for m in find_marks(sheet.page(tmp_path), (10, 20, 200, 60), WORDS)]

    assert count("\x6c\x6c\x6d") == [3]
    assert count("\x48\x49\x49") == [3]
    assert count("\x48\x48\x49\x49") == [4]
    assert count("\x6c\x6e\x75") == [0, 0, 0]


def test_boxes_with_words_in_them_are_cells_and_no_gauge(tmp_path: Path) -> None:
    sheet = Sheet()
    for n in range(4):
        sheet.rect((20 + 20 * n, 40, 38 + 20 * n, 50), fill="#dddddd")
        sheet.text(23 + 20 * n, 48, f"{n + 11}", size=8)
    marks = find_marks(sheet.page(tmp_path), (10, 30, 200, 60), WORDS)
    assert not any(mark.gauge for mark in marks)


def test_empty_cells_that_touch_are_no_gauge_and_empty_parts_are_one(tmp_path: Path) -> None:
    def parts(gap: float) -> int:
        sheet = Sheet()
        gauge(sheet, 0, (20, 40), shape="flat", empty="outline", gap=gap)
        marks = find_marks(sheet.page(tmp_path), (10, 20, 200, 60), WORDS)
        return sum(len(mark.gauge) for mark in marks)

    assert flips(parts, steps(0.0, 1.0, 0.1)) == {0.0: 0, 0.4: 5}


def test_how_small_and_large_the_parts_of_a_gauge_are(tmp_path: Path) -> None:
    def parts(width: float, height: float) -> int:
        sheet = Sheet(400, 200)
        for n in range(4):
            left = 20 + n * (width + 1)
            sheet.rect((left, 40, left + width, 40 + height), fill=BLACK if n < 2 else "#d0d0d0")
        marks = find_marks(sheet.page(tmp_path), (10, 20, 390, 190), WORDS)
        return max((len(mark.gauge) for mark in marks), default=0)

    assert flips(lambda w: parts(w, 5), steps(11, 36, 1)) == {11: 4, 31: 0}
    assert flips(lambda h: parts(14, h), steps(1.4, 5, 0.2)) == {1.4: 0, 2.6: 4}
    assert flips(lambda h: parts(30, h), steps(8, 17.5, 0.5)) == {8: 4, 16.5: 0}


def test_a_gauge_that_sticks_out_of_its_column_keeps_all_its_parts(tmp_path: Path) -> None:
    sheet = Sheet()
    gauge(sheet, 6, (20, 40), of=8)
    page = sheet.page(tmp_path)

    def parts(right: float) -> list[int]:
        return [len(mark.gauge) for mark in find_marks(page, (10, 20, right, 60), WORDS)]

    assert parts(90) == parts(130) == [8]
    assert 8 not in parts(60)


def test_marks_under_labels_of_their_own_are_cells_and_those_under_one_are_a_gauge() -> None:
    boxes = [(20.0 + 20 * n, 40.0, 32.0 + 20 * n, 52.0) for n in range(4)]
    labels = [(16.0 + 20 * n, 36.0 + 20 * n) for n in range(4)]
    assert len(with_rows_as_one(boxes, labels)) == 4
    assert len(with_rows_as_one(boxes, labels[:1])) == 1
    assert len(with_rows_as_one(boxes, [(0.0, 10.0), (16.0, 60.0), (110.0, 140.0)])) == 1


@pytest.mark.parametrize(("shape", "gap"), [("disc", 6.0), ("bar", 0.0), ("bar", 4.0)])
@pytest.mark.parametrize("legend", ["drawn", "text"])
def test_a_report_whose_table_has_gauges_is_read(
    tmp_path: Path, shape: str, gap: float, legend: str
) -> None:
    rows = {5: "Andel nöjda besökare (%)", 3: "Andel besök i tid (%)", 1: "Andel öppna dagar (%)"}
    sheet = Sheet(595, 842)
    sheet.text(50, 40, "Region Tallmo", size=16)
    sheet.text(50, 60, "Årsredovisning 2031", size=16)
    for n, (level, label) in enumerate(zip(rows, LABELS.values(), strict=True)):
        if legend == "drawn":
            end = gauge(sheet, level, (50, 100 + 16 * n), shape=shape, gap=gap)
            sheet.text(end + 6, 103 + 16 * n, label)
        else:
            sheet.text(50, 103 + 16 * n, f"{level} fyllda fält: {label[0].lower()}{label[1:]}")
    for x, head in (
        (50, "Nyckeltal"),
        (250, "Måluppfyllelse"),
        (400, "Utfall 2031"),
        (480, "Mål 2031"),
    ):
        sheet.text(x, 200, head)
    for n, (level, name) in enumerate(rows.items()):
        sheet.text(50, 222 + 22 * n, name)
        gauge(sheet, level, (250, 219 + 22 * n), shape=shape, gap=gap)
        sheet.text(400, 222 + 22 * n, f"7{n}")
        sheet.text(480, 222 + 22 * n, "80")
    path = tmp_path / "report.pdf"
    path.write_bytes(sheet.pdf())
    layout, found = read_pdf(path, load_layouts())
    records = normalize(found, layout, {}, "test").records
    assert [record.status for record in records] == ["met", "partly_met", "not_met"]
    assert [record.outcome_value for record in records] == [70.0, 71.0, 72.0]


def test_the_fill_and_the_outline_of_a_part_lie_on_one_place(tmp_path: Path) -> None:
    def parts(by: float) -> list[int]:
        sheet = Sheet()
        for n in range(4):
            box = (20 + 12 * n, 40, 30 + 12 * n, 50)
            sheet.rect(box, fill=GREEN if n < 2 else "#e0e0e0")
            sheet.rect((box[0] + by, box[1], box[2] + by, box[3]), stroke="#333333")
        marks = find_marks(sheet.page(tmp_path), (10, 20, 200, 60), WORDS)
        return [len(mark.gauge) for mark in marks]

    assert parts(0.0) == parts(0.5) == [4]
    assert parts(3.0) != [4]


def test_the_sides_of_outlined_boxes_do_not_join_a_box_and_what_is_beside_it(
    tmp_path: Path,
) -> None:
    sheet = Sheet()
    sheet.rect((20, 40, 31, 48), fill=GREEN, stroke="#333333")
    sheet.rect((32, 40, 43, 48), fill=PLUM, stroke="#333333")
    marks = find_marks(sheet.page(tmp_path), (10, 30, 200, 60), WORDS)
    assert [mark.colour for mark in marks] == [GREEN, PLUM]


def test_a_line_that_is_longer_than_the_box_it_touches_is_a_shaft(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.path([(20, 44), (26, 38), (26, 50)], fill=PLUM)
    sheet.line([(26, 44), (38, 44)], PLUM, 2)
    (mark,) = find_marks(sheet.page(tmp_path), (10, 30, 200, 60), WORDS)
    assert mark.apparent_direction == "left"


def row(*lefts: float, width: float = 10.0, height: float = 8.0) -> list[tuple[float, ...]]:
    return [(left, 0.0, left + width, height) for left in lefts]


def lengths(boxes: Sequence[tuple[float, ...]]) -> list[int]:
    return [len(one) for one in even_rows(boxes)]  # type: ignore[arg-type]


def test_even_rows_end_at_a_wider_gap() -> None:
    assert lengths(row(0, 11, 22, 38, 49, 60)) == [3, 3]
    assert lengths(row(0, 16, 27, 38, 49)) == [1, 4]
    assert lengths(row(0, 11, 22, 33, 49)) == [4, 1]
    assert flips(lambda x: lengths(row(0, 11, 22, x)), steps(33, 37, 0.5)) == {
        33: [4],
        35.5: [3, 1],
    }


def test_even_rows_are_of_one_size_and_on_one_line() -> None:
    apart = flips(lambda gap: lengths(row(0, 10 + gap, 20 + 2 * gap)), steps(-3, 14, 0.5))
    assert apart == {-3: [1, 1, 1], -1.5: [3], 12.5: [1, 1, 1]}

    def changed(*by: float) -> list[int]:
        boxes = row(0, 11, 22)
        boxes[2] = tuple(value + more for value, more in zip(boxes[2], by, strict=True))
        return lengths(boxes)

    assert flips(lambda by: changed(0, 0, by, 0), steps(0, 4, 0.5)) == {0: [3], 2.0: [2, 1]}
    assert flips(lambda by: changed(0, 0, 0, by), steps(0, 4, 0.5)) == {0: [3], 2.0: [2, 1]}
    assert flips(lambda by: changed(0, by, 0, by), steps(0, 4, 0.25)) == {0: [3], 1.25: [2, 1]}


def test_how_nearly_square_a_box_is() -> None:
    def square(width: float) -> bool:
        return is_nearly_square((0.0, 0.0, width, 10.0))

    assert flips(square, steps(6, 14, 0.25)) == {6: False, 8: True, 12.75: False}


FILLED, PALER, OUTLINE = GaugePart(PLUM, True), GaugePart("#e6d3e2", True), GaugePart(PLUM, False)


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        ((FILLED,) * 4, 4),
        ((FILLED, FILLED, OUTLINE, OUTLINE), 2),
        ((FILLED, PALER, PALER, PALER), 1),
        ((OUTLINE,) * 4, 0),
        ((OUTLINE, FILLED, FILLED, FILLED), None),
        ((FILLED, OUTLINE, FILLED, FILLED), None),
        ((GaugePart("#c0c0c0", True),) * 4, None),
        ((GaugePart(BLACK, True),) * 4, 4),
        ((PALER, FILLED, FILLED, FILLED), None),
    ],
)
def test_how_many_parts_are_filled(parts: Sequence[GaugePart], count: int | None) -> None:
    assert filled_parts(parts) == count


def test_a_colour_of_several_statuses_in_the_legend_tells_none(tmp_path: Path) -> None:
    """A ring and a disc in one colour: the disc is told by its look, and a square by nothing."""
    sheet = Sheet()
    sheet.circle(30, 40, 4, fill=GREEN)
    sheet.text(45, 43, "Målet är uppnått")
    sheet.circle(30, 55, 4, stroke=GREEN, width=1.5)
    sheet.text(45, 58, "Målet är delvis uppnått")
    sheet.circle(30, 100, 4, fill=GREEN)
    sheet.circle(30, 120, 4, stroke=GREEN, width=1.5)
    sheet.path([(26, 144), (30, 136), (34, 144), (32, 146), (28, 146)], fill=GREEN)
    page = sheet.page(tmp_path)
    reader = LegendReader(WORDS)
    reader.read_page(page)
    marks = find_marks(page, (10, 90, 60, 160), WORDS)
    legend = reader.legend().with_marks(marks)
    markers = [legend.status(mark) for mark in marks]
    assert [marker.value for marker in markers] == ["met", "partly_met", None]
    assert shade(0.5, 0.0, 0.0) is not None
    assert isinstance(marks[2], Mark)
