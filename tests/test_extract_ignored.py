"""Tables that hold no measures are found by their rules; text between rules is no table."""

from __future__ import annotations

from paper import page, text

from styrmatt.extract.model.page import Ruling
from styrmatt.extract.model.text_lines import Word
from styrmatt.extract.tables.ignored_tables import IgnoredTable, find_ignored_tables


def rows(*tops: float, gap: float = 100.0) -> list[Word]:
    """Rows of a title and a figure that stands ``gap`` points behind it."""
    out: list[Word] = []
    for top in tops:
        title = text("Intäkter", 60, top, 10)
        out += title + text("12", title[-1].x1 + gap, top, 10)
    return out


def rules(*heights: float, width: float = 300.0) -> list[Ruling]:
    return [Ruling("h", y, 55, 55 + width) for y in heights]


def found(words: list[Word], rulings: list[Ruling]) -> list[IgnoredTable]:
    paper = page(words, rulings)
    return find_ignored_tables(paper, paper.lines, [])


def test_three_rules_with_two_rows_between_are_a_table() -> None:
    (table,) = found(rows(105, 125), rules(100, 120, 140))
    assert table.rows == 2


def test_two_rules_frame_a_text() -> None:
    assert found(rows(105, 125), rules(100, 140)) == []


def test_columns_may_stand_close() -> None:
    assert len(found(rows(105, 125, gap=25), rules(100, 120, 140))) == 1


def test_the_wide_spaces_of_justified_text_are_no_columns() -> None:
    assert found(rows(105, 125, gap=10), rules(100, 120, 140)) == []


def test_underlines_are_no_rules() -> None:
    assert found(rows(105, 125), rules(116, 136, 156, width=30)) == []


def test_rules_of_a_narrow_table_are_rules() -> None:
    assert len(found(rows(105, 125, gap=20), rules(100, 120, 140, width=90))) == 1


def test_rules_far_apart_are_those_of_a_page() -> None:
    assert found(rows(105, 125, 390), rules(100, 120, 400)) == []


def test_high_rows_are_still_rows() -> None:
    assert len(found(rows(105, 205), rules(100, 200, 300))) == 1


def test_running_text_separates_two_tables() -> None:
    between = text("Under året har resandet ökat kraftigt i hela länet och staden", 60, 145, 10)
    words = rows(105, 125) + between + rows(165, 185)
    assert [t.rows for t in found(words, rules(100, 120, 140, 160, 180, 200))] == [2, 2]


def test_a_wide_title_is_no_running_text() -> None:
    title = text("Intäkter av biljetter och kort i länet", 60, 125, 10)
    (table,) = found(rows(105) + title + rows(145), rules(100, 120, 140, 160))
    assert table.rows == 3


def test_rules_of_a_measure_table_are_not_counted_again() -> None:
    paper = page(rows(105, 125), rules(97, 120, 143))
    assert find_ignored_tables(paper, paper.lines, [(101, 139)]) == []
