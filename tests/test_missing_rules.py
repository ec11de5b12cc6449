"""Rows whose borders are missing, texts over women's and men's lines, marks on a border of rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flips import Flip
from paper import page, text

from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.model.page import Page, Ruling
from styrmatt.extract.model.text_lines import Word
from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry
from styrmatt.extract.tables.columns import Columns
from styrmatt.extract.tables.rows.entry_bands import measure_bands
from styrmatt.extract.tables.rows.missing_rules import (
    beside_one_letter,
    each_beside_its_letter,
    goes_over_lines,
    has_two_names,
)
from styrmatt.extract.tables.rows.row_bands import TableBody
from styrmatt.extract.tables.rows.straddling_marks import without_straddling

FIELDS = ("measure", "board", "sex", "target")
BOUNDS = (50.0, 200.0, 250.0, 300.0, 400.0)
LEFT = dict(zip(FIELDS, BOUNDS, strict=False))
STATUS = Columns(("measure", "status"), (50.0, 200.0, 300.0), estimated=False, ruled=True)


def table(*cells: tuple[str, float, str], bottom: float = 180) -> TableBody:
    """A body of words of 10 points; each cell is a field, a height and a text."""
    words: dict[str, list[Word]] = {field: [] for field in FIELDS}
    for field, top, printed in cells:
        words[field] += text(printed, LEFT[field] + 4, top)
    columns = Columns(FIELDS, BOUNDS, estimated=False, ruled=True)
    return TableBody(columns, 90, bottom, tuple(map(tuple, words.values())), ((),) * len(FIELDS))


def ruled(body: TableBody, *rules: tuple[float, Sequence[str]]) -> Page:
    """A page with rules at heights, each below the cells of some fields."""
    words = [word for column in body.words for word in column]
    ends = dict(zip(FIELDS, BOUNDS[1:], strict=True))
    return page(words, [Ruling("h", y, LEFT[f], ends[f]) for y, fields in rules for f in fields])


TWO_ROWS = (
    ("measure", 100, "Andel besök"), ("board", 100, "RS"), ("target", 100, "80 %"),
    ("measure", 130, "Antal resor"), ("board", 130, "RS"), ("target", 130, "90"),
    ("measure", 160, "Antal turer"), ("board", 160, "RS"), ("target", 160, "70"),
)  # fmt: skip


def bands(body: TableBody, *fields: str) -> int:
    """How many measures there are where the rule behind the first stands below these cells."""
    rules = ((90, FIELDS), (120, fields), (150, FIELDS), (180, FIELDS))
    return len(measure_bands(ruled(body, *rules), body))


def test_a_row_ends_where_the_other_columns_are_ruled() -> None:
    assert bands(table(*TWO_ROWS), "board", "sex", "target") == 3


def test_a_row_does_not_end_where_half_of_the_other_columns_are_ruled_at_most() -> None:
    assert bands(table(*TWO_ROWS), "target") == 2


def test_a_name_that_goes_on_with_a_small_letter_is_not_parted() -> None:
    cells = [("measure", 130, "i vården") if cell[1] == 130 else cell for cell in TWO_ROWS[:4]]
    assert bands(table(*cells, *TWO_ROWS[6:]), "board", "sex", "target") == 2


def test_a_rule_between_women_and_men_parts_no_measure() -> None:
    body = table(
        ("measure", 100, "Andel besök"), ("measure", 130, "Region Ådalen"), ("board", 100, "RS"),
        ("sex", 100, "K"), ("sex", 130, "M"), *TWO_ROWS[6:],
    )  # fmt: skip
    assert bands(body, "sex", "target") == 2


def test_a_rule_between_men_and_the_next_women_parts_measures() -> None:
    body = table(
        ("measure", 100, "Andel besök"), ("board", 100, "RS"), ("sex", 100, "M"),
        ("measure", 130, "Antal resor"), ("board", 130, "RS"), ("sex", 130, "K"), *TWO_ROWS[6:],
    )  # fmt: skip
    assert bands(body, "board", "sex", "target") == 3


def two_names(gap: float, second: str = "Kommentar") -> bool:
    """Whether a name has two parts where so many points stand between lines of ten points.

    Lines of other names are two points apart, so that a cell's are up to three.
    """
    below = 100 + 10 + gap
    cells = (("measure", 100, "Andel besök"), ("measure", below, second))
    other = (("measure", 300, "Antal resor"), ("measure", 312, "med buss"))
    return has_two_names(table(*cells, *other, bottom=400), (90, below + 15))


def test_a_second_part_of_a_name_that_begins_with_a_small_letter_goes_on_the_first() -> None:
    assert two_names(8) and not two_names(8, "kommentar")


LINES = ((90.0, 120.0), (120.0, 150.0))


def goes_over(top: float) -> bool:
    """Whether a target is one of women and men whose second line is so far down."""
    letters = (("sex", 100, "K"), ("sex", top + 9, "M"))
    lines = (("target", 100, "2022: 4,8 %,"), ("target", top, "Kort: 49 %"))
    name = (("measure", 100, "Andel"), ("measure", 112, "besök"))
    return goes_over_lines(
        table(*letters, *lines, *name), "target", ((90, top - 1), (top - 1, 150))
    )


def beside(off: float) -> bool:
    """Whether each line has a target of its own that stands so far off its letter."""
    letters = (("sex", 100, "K"), ("sex", 130, "M"))
    lines = (("target", 100, "80 %"), ("target", 130 + off, "90 %"))
    return each_beside_its_letter(table(*letters, *lines), "target", LINES)


def on_border(share: float) -> bool:
    """Whether a mark of ten points is of nobody of which so much lies in the row below."""
    mark = Mark(1, (210, 110 + 10 * share, 220, 120 + 10 * share), "vector", "#00b050")
    entry, other = (
        TableEntry(
            {}, [EntryLine({"status": TableCell([], (0, 0, 1, 1), 1, 1, marks)}, (0,) * 4, 1, 1)]
        )
        for marks in ([mark], [])
    )
    body = TableBody(STATUS, 90, 150, ((), ()), ((), (mark,)))
    without_straddling(body, [((90, 120), entry), ((120, 150), other)])
    flagged = [one.review == {"ambiguous_cells"} for one in (entry, other)]
    assert flagged[0] == flagged[1] == (not entry.lines[0].cells["status"].marks)
    return flagged[0]


FLIPS = {
    "two parts of a name are further apart than lines of a cell": Flip(
        two_names, (1, 2, 2.9, 3.1, 4, 8), first=3.1
    ),
    "lines of a target over women and men are as close as those of a cell": Flip(
        goes_over, (111, 111.5, 112, 112.7, 113.2, 114, 118), last=112.7
    ),
    "a target stands up to 2 points off its own letter": Flip(
        beside, (0, 0.5, 1, 1.5, 1.9, 2.1, 3, 4, 6), last=1.9
    ),
    "a mark on the border has 35 % of its height in each row": Flip(
        on_border, (0.1, 0.2, 0.3, 0.34, 0.36, 0.5, 0.64, 0.66, 0.8), first=0.36, last=0.64
    ),
}


@pytest.mark.parametrize("flip", FLIPS.values(), ids=FLIPS.keys())
def test_a_decision_flips_where_it_is_said_to(flip: Flip) -> None:
    flip.check()


def test_a_shaded_cell_stands_on_no_border() -> None:
    mark = Mark(1, (200, 105, 300, 135), "shading", "#00b050")
    entries = [TableEntry({}, []), TableEntry({}, [])]
    body = TableBody(STATUS, 90, 150, ((), ()), ((), (mark,)))
    without_straddling(body, [((90, 120), entries[0]), ((120, 150), entries[1])])
    assert not entries[0].review and not entries[1].review


@pytest.mark.parametrize(("top", "line"), [(100, 0), (130, 1), (115, None)])
def test_the_only_target_of_two_lines_stands_beside_a_letter_or_between_them(
    top: float, line: int | None
) -> None:
    body = table(("sex", 100, "K"), ("sex", 130, "M"), ("target", top, "80 %"))
    assert beside_one_letter(body, "target", [(95, 120), (120, 145)]) == line


def test_two_targets_are_each_of_their_line() -> None:
    body = table(
        ("sex", 100, "K"), ("sex", 130, "M"), ("target", 100, "80 %"), ("target", 130, "70 %")
    )
    assert beside_one_letter(body, "target", [(95, 120), (120, 145)]) is None
