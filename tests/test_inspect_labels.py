"""Labels on drawn pages: over no word, over no other label, in no row but their own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from styrmatt.errors import StyrmattError
from styrmatt.extract.engine.document import PdfDocument
from styrmatt.extract.inspect.draw import SCALE, DrawnLabel, pixels, placed_labels
from styrmatt.extract.inspect.labels import LabelPlaces, Pixels, Wanted
from styrmatt.pipeline.use_cases.inspect import inspect_page

TESTS = Path(__file__).parent
PAGES = [
    *sorted((TESTS / "families").glob("*.pdf"))[::4],
    *sorted((TESTS / "typesettings").glob("*.pdf"))[::2],
]
"""Every fourth family and every other typesetting: each takes half a second to read and draw."""


def meet(one: Pixels, other: Pixels) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def first_table_page(path: Path) -> int | None:
    """The first page with a row of a table; None where there is none."""
    from styrmatt.extract.read import read_report
    from styrmatt.layout_files import load_layouts

    try:
        _, printed = read_report(path, load_layouts())
    except StyrmattError:
        return None
    return min((row.place.page for row in printed.rows), default=None)


def labels_of(path: Path, number: int) -> tuple[list[DrawnLabel], list[Pixels]]:
    """The labels of a page, and the boxes of its words."""
    items = inspect_page(path, number).items
    with PdfDocument(path) as report:
        page, corner = report.render_page(number, SCALE)
        words = [word.bbox for word in report.page(number).words]
    labels, _ = placed_labels(page, items, words, corner)
    return labels, [pixels(box, corner, 0) for box in words]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_label_meets_a_word_or_another_label(path: Path) -> None:
    number = first_table_page(path)
    if number is None:
        pytest.skip("no rows")
    labels, words = labels_of(path, number)
    areas = [label.placed.area for label in labels]
    assert areas
    assert not [(a, w) for a in areas for w in words if meet(a, w)]
    assert not [pair for pair in combinations(areas, 2) if meet(*pair)]
    assert not [label for label in labels if not label.item.text.strip(" ") and not label.text]


def boxes() -> st.SearchStrategy[Pixels]:
    """Boxes on a page of 400 pixels: what is set beyond its edge is not drawn."""
    whole = st.integers(0, 380)
    return st.tuples(whole, whole, st.integers(1, 60), st.integers(1, 20)).map(
        lambda b: (b[0], b[1], min(b[0] + b[2], 400), b[1] + b[3])
    )


@settings(max_examples=60)
@given(st.lists(boxes(), max_size=25), st.lists(boxes(), min_size=1, max_size=25))
def test_wherever_words_stand_labels_find_places(words: list[Pixels], owners: list[Pixels]) -> None:
    places = LabelPlaces(Image.new("L", (400, 400), 255), words, ())
    areas = []
    for n, box in enumerate(owners):
        wanted = Wanted(20 + n, 15, box)
        areas.append((places.near(wanted) or places.in_margin(wanted)).area)
    assert not [(a, w) for a in areas for w in words if meet(a, w)]
    assert not [pair for pair in combinations(areas, 2) if meet(*pair)]
    assert max(area[2] for area in areas) < max(places.width, 401)


def place(words: list[Pixels], box: Pixels, **more: int) -> Iterator[Pixels]:
    rows = ((1, (0, 100, 400, 130)), (2, (0, 130, 400, 160)))
    places = LabelPlaces(Image.new("L", (400, 400), 255), words, rows)
    found = places.near(Wanted(40, 15, box, row=more.get("row", 0)))
    if found is not None:
        yield found.area


def test_a_label_stands_right_of_its_box_where_there_is_room() -> None:
    assert list(place([], (100, 105, 150, 120), row=1)) == [(154, 105, 194, 120)]


def test_a_label_does_not_stand_in_another_row() -> None:
    beside = [(152, 100, 400, 130), (0, 100, 98, 130), (100, 105, 150, 128)]
    (area,) = place(beside, (100, 105, 150, 128), row=1)
    assert area[3] <= 130
    assert list(place([*beside, (0, 0, 400, 98)], (100, 105, 150, 128), row=1)) == []


def test_a_label_that_finds_no_room_goes_to_the_margin_with_a_line() -> None:
    words = [(0, 0, 99, 400), (151, 0, 400, 400), (100, 0, 150, 104), (100, 129, 150, 400)]
    places = LabelPlaces(Image.new("L", (400, 400), 255), words, ())
    wanted = Wanted(60, 15, (100, 105, 150, 128))
    assert places.near(wanted) is None
    placed = places.in_margin(wanted)
    assert placed.area[0] > 400
    assert placed.leader[0][0] in (148, 150) and placed.leader[-1][0] == placed.area[0]


def test_the_line_to_the_margin_runs_between_the_lines_of_text() -> None:
    words = [(160, 100, 390, 120), (160, 124, 390, 144)]
    places = LabelPlaces(Image.new("L", (400, 400), 255), words, ())
    placed = places.in_margin(Wanted(60, 15, (100, 100, 150, 120)))
    assert placed.leader[2] == (400, 122)
