"""Traffic lights of three lamps: the one that is lit is the mark."""

from __future__ import annotations

from pathlib import Path

import pytest
from draw import Sheet
from flips import flips, steps
from PIL import Image, ImageDraw

from styrmatt.extract.marks.find import find_marks
from styrmatt.extract.marks.gauges import with_rows_as_one
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.extract.marks.mark import Mark
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
CELL = (100.0, 100.0, 170.0, 140.0)
RED, YELLOW, GREEN = "#d93025", "#f4c20d", "#2e9e4f"
COLOURS = (RED, YELLOW, GREEN)
PALE = ("#f6cfcc", "#fdf3c8", "#cfe8d6")
DARK = ("#4a1512", "#4d400c", "#123a1e")
STATUSES = ("not_met", "partly_met", "met")


def light(
    sheet: Sheet,
    lit: int | None,
    unlit: str,
    *,
    standing: bool = True,
    body: str = "",
    at: tuple[float, float] = (120, 108),
    radius: float = 2.2,
    gap: float = 1.0,
) -> None:
    """A traffic light whose lamps are red, yellow, green; ``lit`` is the number of one."""
    x, y = at
    step = 2 * radius + gap
    long, thin = 2 * step + 2 * radius + 2, 2 * radius + 2
    if body == "box":
        ends = (x + thin, y + long) if standing else (x + long, y + thin)
        sheet.rect((x, y, *ends), fill="#333333")
    elif body == "round":
        across, down = (thin, long) if standing else (long, thin)
        corners = [(1, 0), (across - 1, 0), (across, 1), (across, down - 1)]
        corners += [(across - 1, down), (1, down), (0, down - 1), (0, 1)]
        sheet.path([(x + u, y + v) for u, v in corners], fill="#333333")
    for n, colour in enumerate(COLOURS):
        along, mid = 1 + radius + n * step, 1 + radius
        place = (x + mid, y + along) if standing else (x + along, y + mid)
        if n == lit:
            sheet.circle(*place, radius, fill=colour, stroke="#888888", width=0.3)
        elif unlit == "ring":
            sheet.circle(*place, radius, stroke="#888888", width=0.3)
        elif unlit == "own ring":
            sheet.circle(*place, radius, stroke=colour, width=0.3)
        else:
            fill = {"pale": PALE[n], "dark": DARK[n]}.get(unlit, unlit)
            sheet.circle(*place, radius, fill=fill)


def marks(sheet: Sheet, folder: Path) -> tuple[Mark, ...]:
    return find_marks(sheet.page(folder), CELL, WORDS)


@pytest.mark.parametrize("standing", [True, False])
@pytest.mark.parametrize("lit", [0, 1, 2])
@pytest.mark.parametrize(
    ("unlit", "body"),
    [
        ("#6b6b6b", "round"),
        ("#6b6b6b", "box"),
        ("#c8c8c8", ""),
        ("#ffffff", "round"),
        ("ring", ""),
        ("own ring", ""),
        ("pale", ""),
        ("dark", "round"),
    ],
)
def test_the_lamp_that_is_lit_is_the_mark(
    tmp_path: Path, standing: bool, lit: int, unlit: str, body: str
) -> None:
    sheet = Sheet()
    light(sheet, lit, unlit, standing=standing, body=body)
    (mark,) = marks(sheet, tmp_path)
    assert (mark.colour, mark.filled, mark.other_colour) == (COLOURS[lit], True, None)
    assert LegendReader(WORDS).legend().status(mark).value == STATUSES[lit]


def test_a_light_of_which_none_is_lit_says_nothing_or_that_nothing_is_assessed(
    tmp_path: Path,
) -> None:
    for unlit, body in (("#6b6b6b", "round"), ("#c8c8c8", "round")):
        sheet = Sheet()
        light(sheet, None, unlit, body=body)
        (mark,) = marks(sheet, tmp_path)
        assert LegendReader(WORDS).legend().status(mark).value in (None, "not_assessed")


def test_two_lamps_that_are_lit_say_two_things(tmp_path: Path) -> None:
    sheet = Sheet()
    light(sheet, 0, "#6b6b6b", body="round")
    sheet.circle(120 + 1 + 2.2, 108 + 1 + 2.2 + 5.4, 2.2, fill=YELLOW)
    (mark,) = marks(sheet, tmp_path)
    assert LegendReader(WORDS).legend().status(mark).value is None


def test_a_legend_of_lights_gives_each_its_meaning(tmp_path: Path) -> None:
    labels = ("Målet är inte uppnått", "Målet är delvis uppnått", "Målet är uppnått")
    sheet = Sheet()
    for n, label in enumerate(labels):
        light(sheet, n, "ring", standing=False, at=(40, 50 + 20 * n))
        sheet.text(70, 56 + 20 * n, label)
    reader = LegendReader(WORDS)
    reader.read_page(sheet.page(tmp_path))
    assert [(e.value, e.mark.colour) for e in reader.entries] == list(
        zip(STATUSES, COLOURS, strict=True)
    )


@pytest.mark.parametrize("lit", [0, 1, 2])
def test_lamps_that_are_lit_faintly_are_not_lit(tmp_path: Path, lit: int) -> None:
    sheet = Sheet()
    sheet.alphas += [0.2, 1.0]
    for n, colour in enumerate(COLOURS):
        sheet.ops.append(f"q /G{int(n == lit)} gs")
        sheet.circle(120 + 8 * n, 115, 3, fill=colour)
        sheet.ops.append("Q")
    (mark,) = marks(sheet, tmp_path)
    assert LegendReader(WORDS).legend().status(mark).value == STATUSES[lit]


def _count(folder: Path, gap: float) -> int:
    sheet = Sheet()
    light(sheet, 1, "ring", gap=gap, at=(120, 101), radius=4)
    return len(marks(sheet, folder))


@pytest.mark.parametrize("colours", [COLOURS, (GREEN, "#c8c8c8", "#c8c8c8")])
def test_marks_close_above_each_other_are_no_light_where_each_has_its_line(
    tmp_path: Path, colours: tuple[str, ...]
) -> None:
    """A legend, or the rows of a table that is set tight."""
    sheet = Sheet()
    for n, colour in enumerate(colours):
        sheet.circle(120, 105 + 11 * n, 4.5, fill=colour)
        sheet.text(20, 108 + 11 * n, "Andel nöjda")
    assert [mark.colour for mark in marks(sheet, tmp_path)] == list(colours)


def test_marks_of_three_rows_are_no_light(tmp_path: Path) -> None:
    """Lamps are less than two fifths of their width apart."""
    found = flips(lambda gap: _count(tmp_path, gap), steps(1, 6, 0.5))
    assert found == {1.0: 1, 3.5: 3}


def test_a_picture_of_a_light_shows_its_lamp(tmp_path: Path) -> None:
    for lit, colour in enumerate(COLOURS):
        image = Image.new("RGB", (40, 100), "white")
        pen = ImageDraw.Draw(image)
        pen.rounded_rectangle((1, 1, 38, 98), 6, fill="#222222")
        for n in range(3):
            pen.ellipse((8, 6 + 31 * n, 31, 29 + 31 * n), fill=colour if n == lit else "#666666")
        sheet = Sheet()
        sheet.picture((120, 105, 130, 130), image)
        (mark,) = marks(sheet, tmp_path)
        assert LegendReader(WORDS).legend().status(mark).value == STATUSES[lit]


def test_three_lamps_beside_each_other_are_one_box_where_columns_are_found() -> None:
    lamps = [(100.0 + 12 * n, 50.0, 109.0 + 12 * n, 59.0) for n in range(3)]
    apart = [(100.0 + 30 * n, 80.0, 109.0 + 30 * n, 89.0) for n in range(3)]
    two = [(100.0 + 12 * n, 110.0, 109.0 + 12 * n, 119.0) for n in range(2)]
    found = with_rows_as_one([*lamps, *lamps, *apart, *two])
    assert found == [(100.0, 50.0, 133.0, 59.0), *apart, *two]
