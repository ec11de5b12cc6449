"""Where columns begin and end, and which rulings and gaps separate them."""

from __future__ import annotations

from paper import cell, page, text

from styrmatt.extract.model.page import Ruling
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.extract.tables.columns import Columns, clustered, find_columns
from styrmatt.extract.tables.header_row import find_headers
from styrmatt.layout_files import load_layouts

LAYOUT = next(layout for layout in load_layouts() if layout.name == "styrmatt-med-namnd")
TWO = Columns(("measure", "target"), (50, 200, 300), estimated=True, ruled=False)
XS = (50, 170, 220, 260, 350, 440, 520)
NAMES = ("Styrmått", "Nämnd", "K/M", "Mål", "Måluppfyllelse", "Utveckling")


def line(*words: tuple[str, float, float]) -> PageLine:
    """Words of size 10 from x0 to x1."""
    return PageLine(tuple(Word(t, x0, 100, x1, 110, 10) for t, x0, x1 in words))


def columns(body: list[Word], rulings: list[Ruling]) -> Columns:
    """The columns below a header whose labels stand at XS, from 100 to 109."""
    labels = [w for x, t in zip(XS, NAMES, strict=False) for w in text(t, x + 3, 100, 9, bold=True)]
    paper = page(labels + body, rulings)
    (header,) = find_headers(paper, [t for t in LAYOUT.tables if t.kind == "measures"])
    below = [x for x in lines_of(paper.words) if x.top > 109]
    return find_columns(paper, header, below)


def body(*tops: float) -> list[Word]:
    return [
        w
        for top in tops
        for x, t in zip(XS, ("Antal besök", "KN", "K", "Öka"), strict=False)
        for w in cell(t, x + 3, top, 9)
    ]


def test_narrative_crosses_a_bound_though_a_space_falls_on_it() -> None:
    assert TWO.are_crossed_by(line(("Resandet", 150, 198.5), ("ökade", 201.5, 230)))


def test_a_word_over_a_bound_crosses_it() -> None:
    assert TWO.are_crossed_by(line(("Resandeutvecklingen", 150, 240)))


def test_cells_that_nearly_touch_do_not_cross_the_bound_between_them() -> None:
    assert not TWO.are_crossed_by(line(("resenärer", 150, 198), ("Öka", 202, 220)))


def test_a_word_that_sticks_out_by_a_hair_does_not_cross() -> None:
    assert not TWO.are_crossed_by(line(("resenärer", 150, 201), ("Öka", 230, 250)))


def test_a_double_rule_is_one_and_low_rows_stay_apart() -> None:
    assert clustered([100, 102]) == [101]
    assert clustered([100, 106]) == [100, 106]


def test_rulings_beside_the_labels_separate_columns() -> None:
    found = columns(body(115, 130), [Ruling("v", x, 98, 145) for x in XS])
    assert found.ruled and found.bounds[1:-1] == XS[1:-1]


def test_rulings_of_what_stands_above_do_not_separate_columns() -> None:
    above = [Ruling("v", x, 60, 103) for x in (205, 300)]
    assert columns(body(115, 130), above) == columns(body(115, 130), [])


def test_rulings_may_begin_below_the_header() -> None:
    assert columns(body(118, 133), [Ruling("v", x, 115, 146) for x in XS]).ruled


def test_rulings_of_one_low_row_are_enough() -> None:
    assert columns(body(113), [Ruling("v", x, 111, 123) for x in XS]).ruled


def test_what_is_drawn_in_the_rows_further_down_does_not_separate_columns() -> None:
    drawn = [Ruling("v", 400, 134, 160)]
    assert columns(body(115, 135, 150), drawn).bounds == columns(body(115, 135, 150), []).bounds


def test_a_tick_below_a_label_does_not_separate_columns() -> None:
    tick = [Ruling("v", 400, 112, 117)]
    assert columns(body(115, 130), tick).bounds == columns(body(115, 130), []).bounds


def test_a_table_ends_where_the_rules_of_its_header_do() -> None:
    beside = text("i marginalen", 540, 130, 9)
    rules = [Ruling("h", y, 50, 520) for y in (92, 112)]
    found = columns(body(115, 130) + beside, rules)
    assert (found.bounds[0], found.bounds[-1]) == (50, 520)


def test_a_rule_over_text_far_above_is_not_the_header_s() -> None:
    far = [Ruling("h", 60, 20, 590)]
    assert columns(body(115, 130), far) == columns(body(115, 130), [])
