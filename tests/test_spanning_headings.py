"""Years and sexes that stand over several labels of a header, each with labels that come again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from paper import page, text

from styrmatt.extract.grid.headers.header_block import find_header_blocks
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.model.page import Ruling
from styrmatt.extract.model.text_lines import Word

WORDS = load_header_words("sv")
XS = (58.0, 240.0, 296.0, 352.0, 410.0, 464.0, 512.0, 545.0)
"""Where the columns begin: the measures, five columns of figures, the statuses; and their end."""
SIZE = 9.0
UPPER, LOWER, HEADER_END = 104.0, 120.0, 133.0
Heading = tuple[str, int, int]
YEARS: Sequence[Heading] = (("2030", 1, 3), ("2031", 3, 5), ("2032", 5, 6))
"""Each heading with the first of its columns and the one behind its last."""
LABELS = ("Målvärde", "Utfall", "Målvärde", "Utfall", "Målvärde")
READ = ["target 2030", "result 2030", "target 2031", "result 2031", "target 2032"]


def put(words: str, x0: float, x1: float, top: float, side: str, *, bold: bool) -> list[Word]:
    """Words in a cell: "l" at its left, "r" at its right, "c" in its middle."""
    end = text(words, 0, 0, SIZE)[-1].x1
    at = {"l": x0 + 4, "r": x1 - 4 - end, "c": (x0 + x1 - end) / 2}
    return text(words, at[side], top, SIZE, bold=bold)


def header(
    upper: Sequence[Heading] = YEARS,
    labels: Sequence[str] = LABELS,
    *,
    side: str = "c",
    ruled: bool = False,
    first: float = (UPPER + LOWER) / 2,
    bold: bool = True,
    more: Sequence[Word] = (),
) -> list[str]:
    """What the columns of figures say; ``first`` is the height of the labels without a heading."""
    words = [*more, *text("Indikator", XS[0] + 4, first, SIZE, bold=True)]
    words += put("Status", XS[6], XS[7], first, "c", bold=True)
    for heading, start, end in upper:
        words += put(heading, XS[start], XS[end], UPPER, side, bold=bold)
    for n, label in enumerate(labels, 1):
        words += put(label, XS[n], XS[n + 1], LOWER, side, bold=True)
    for row in range(3):
        top = 145 + 16 * row
        words += text("Antal besök", XS[0] + 4, top, SIZE)
        for n in range(1, 6):
            words += put(f"1{n}", XS[n], XS[n + 1], top, side, bold=False)
    rulings = [Ruling("v", x, 100, HEADER_END) for x in (XS[0], XS[1], XS[6], XS[7])]
    edges = {x for _, start, end in upper for x in (XS[start], XS[end])}
    rulings += [Ruling("v", x, 100, 116) for x in sorted(edges)]
    rulings += [Ruling("v", x, 117, HEADER_END) for x in XS[1:7]]
    sheet = page(words, rulings if ruled else ())
    (block,) = find_header_blocks(sheet, sheet.lines, WORDS)
    cells = [cell.reading for cell in block.cells]
    assert [cell.text.split()[-1] for cell in (cells[0], cells[-1])] == ["Indikator", "Status"]
    says = [
        (*sorted(one.roles - {"goal"}), one.sex, str(one.year) if one.year else None)
        for one in cells[1:-1]
    ]
    return [" ".join(filter(None, one)) for one in says]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("first", [UPPER, (UPPER + LOWER) / 2, LOWER])
@pytest.mark.parametrize("bold", [True, False])
def test_a_year_over_targets_and_results_is_that_of_each(
    *, ruled: bool, first: float, bold: bool
) -> None:
    assert header(ruled=ruled, first=first, bold=bold) == READ


@pytest.mark.parametrize("side", ["l", "r"])
@pytest.mark.parametrize("ruled", [True, False])
def test_years_may_be_flush_with_the_first_or_last_of_their_labels(
    side: str, *, ruled: bool
) -> None:
    assert header(ruled=ruled, side=side) == READ


@pytest.mark.parametrize("ruled", [True, False])
def test_years_may_go_down_and_have_words(*, ruled: bool) -> None:
    upper = (("År 2031", 1, 3), ("År 2030", 3, 5), ("Budget 2032", 5, 6))
    labels = ("Utfall", "Mål", "Utfall", "Mål", "Mål")
    found = ["result 2031", "target 2031", "result 2030", "target 2030", "target 2032"]
    assert header(upper, labels, ruled=ruled) == found


@pytest.mark.parametrize("ruled", [True, False])
def test_a_label_may_stand_below_one_of_the_years_alone(*, ruled: bool) -> None:
    upper = (("2030", 1, 3), ("2031", 3, 6))
    labels = ("Mål", "Utfall", "Mål", "Utfall", "Prognos")
    assert header(upper, labels, ruled=ruled) == [*READ[:4], "forecast 2031"]


@pytest.mark.parametrize("ruled", [True, False])
def test_one_year_may_stand_beside_labels_with_their_own(*, ruled: bool) -> None:
    labels = ("Mål 2030", "Utfall 2030", "Mål", "Utfall", "Mål 2032")
    assert header((("2031", 3, 5),), labels, ruled=ruled) == READ


@pytest.mark.parametrize("ruled", [True, False])
def test_a_role_may_stand_over_years(*, ruled: bool) -> None:
    labels = ("2030", "2031", "2029", "2030", "2031")
    found = ["target 2030", "target 2031", "result 2029", "result 2030", "result 2031"]
    assert header((("Mål", 1, 3), ("Utfall", 3, 6)), labels, ruled=ruled) == found


@pytest.mark.parametrize("ruled", [True, False])
def test_a_sex_may_stand_over_targets_and_results(*, ruled: bool) -> None:
    upper = (("Kvinnor", 1, 3), ("Män", 3, 5), ("Totalt", 5, 6))
    labels = ("Mål", "Utfall", "Mål", "Utfall", "Utfall")
    assert header(upper, labels, ruled=ruled) == [
        "target K", "result K", "target M", "result M", "result T"
    ]  # fmt: skip


def test_a_label_between_two_years_of_one_role_is_a_column_of_its_own() -> None:
    """It stands at half the height of labels of two lines, and is no heading over their years."""
    words = [
        *text("Indikator", 62, 112, SIZE),
        *text("Utfall", 250, 104, SIZE),
        *text("2031", 250, 120, SIZE),
        *text("Mål 2031", 310, 112, SIZE),
        *text("Utfall", 380, 104, SIZE),
        *text("2030", 380, 120, SIZE),
        *text("Status", 450, 112, SIZE),
    ]
    for target in ("Mål 2031", "Mål", "Prognos"):
        rest = [word for word in words if not 300 < word.x0 < 370]
        sheet = page([*rest, *text(target, 310, 112, SIZE)])
        (block,) = find_header_blocks(sheet, sheet.lines, WORDS)
        texts = [" ".join(cell.text.split()) for cell in block.cells]
        assert texts == ["Indikator", "Utfall 2031", target, "Utfall 2030", "Status"]


def test_a_label_of_its_own_at_the_height_of_the_headings_stays_one() -> None:
    """Each heading takes its two years, and the target between them stands over neither."""
    words = [
        *text("Indikator", 62, LOWER, SIZE),
        *text("Utfall", 261, UPPER, SIZE),
        *text("2030", 240, LOWER, SIZE),
        *text("2031", 290, LOWER, SIZE),
        *text("Mål", 346, UPPER, SIZE),
        *text("Prognos", 419, UPPER, SIZE),
        *text("2032", 400, LOWER, SIZE),
        *text("2033", 450, LOWER, SIZE),
    ]
    sheet = page(words)
    (block,) = find_header_blocks(sheet, sheet.lines, WORDS)
    texts = [" ".join(cell.text.split()) for cell in block.cells]
    assert texts[1:] == ["Utfall 2030", "Utfall 2031", "Mål", "Prognos 2032", "Prognos 2033"]


@pytest.mark.parametrize("caption", ["2029", "Måluppfyllelse 2029", "Nämndens mål 2029"])
def test_a_caption_above_the_first_column_is_no_year_of_the_figures(caption: str) -> None:
    labels = ("Mål 2030", "Utfall 2030", "Mål 2031", "Utfall 2031", "Mål 2032")
    above = text(caption, XS[0] + 4, UPPER, SIZE, bold=True)
    assert header((), labels, first=LOWER, more=above) == READ
