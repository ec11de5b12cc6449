"""Printed page numbers: which figures are some, what is missing, and in which order they are."""

from __future__ import annotations

import pytest

from styrmatt.extract.sections.page_order import (
    PageOrder,
    PrintedNumbers,
    Repeat,
    order_warnings,
    page_order,
    printed_numbers,
)
from styrmatt.layout_files import load_layouts

RUNNING = load_layouts()[0].words.running


def feet(*numbers: int | None, foot: str = "Region Sjövik 2022 | {}") -> list[str]:
    """The margins of pages with these numbers in a foot; None for a page without one."""
    return ["" if number is None else foot.format(number) for number in numbers]


def order_of(*numbers: int | None) -> PageOrder:
    return page_order(printed_numbers(feet(*numbers), RUNNING))


def gaps(order: PageOrder) -> list[tuple[int, int]]:
    return [(gap.printed_before, gap.printed_after) for gap in order.gaps]


@pytest.mark.parametrize(
    "numbers",
    [
        (1, 2, 3, 4, 5),
        (None, 2, 3, 4),
        (None, None, 1, 2, 3),
        (37, 38, 39, 40),  # cut out of a longer report
        (1, None, 3, None, 5, None, 7, None),  # odd pages only
        (None, 2, None, 4, None, 6),
        (1, 2, 3, 4, 1, 2, 3),  # an annex begins anew
        (1, 2, 3, 4, None, 2, 3),  # and its cover has no number
        (37, 38, 39, 1, 2, 3),
        (1, 2, None, None, 3, 4),  # plates that are not counted
        (2, 4, 6, 8),  # pages that hold two printed ones each
    ],
)
def test_numbers_that_are_in_order_are_not_told(numbers: tuple[int | None, ...]) -> None:
    order = order_of(*numbers)
    assert not order.is_changed and order_warnings(order, dict.fromkeys(range(9), 1)) == []


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ((1, 2, 4, 5, 6), [(2, 4)]),
        ((1, 2, 4), [(2, 4)]),
        ((37, 38, 41, 42), [(38, 41)]),
        ((None, 2, 3, 4, 6, 7), [(4, 6)]),
        ((1, None, 3, None, 5, 7, None, 9), [(5, 7)]),
        ((1, None, 3, None, 5, None, 9, None), [(5, 9)]),
        ((1, 3, 4, 6, 7), [(1, 3), (4, 6)]),
        ((1, 3, 6), [(1, 3), (3, 6)]),
        ((1, 2, 3, 1, 2, 4), [(2, 4)]),  # within the annex
    ],
)
def test_a_gap_is_found(numbers: tuple[int | None, ...], missing: list[tuple[int, int]]) -> None:
    order = order_of(*numbers)
    assert gaps(order) == missing and not order.is_changed


@pytest.mark.parametrize(
    ("numbers", "read"),
    [
        ((1, 2, 4, 3, 5), [1, 2, 4, 3, 5]),
        ((5, 4, 3, 2, 1), [5, 4, 3, 2, 1]),
        ((None, 3, 4, 2, 5), [1, 4, 2, 3, 5]),
        ((4, 5, 6, 1, 2, 3), [4, 5, 6, 1, 2, 3]),
        ((2, 3, 5, 6, 4, None), [1, 2, 5, 3, 4, 6]),
        ((4, 3, None, 5, 2), [3, 5, 2, 1, 4]),  # the cover lies in the middle
    ],
)
def test_pages_are_read_in_the_order_of_their_numbers(
    numbers: tuple[int | None, ...], read: list[int]
) -> None:
    order = order_of(*numbers)
    assert [page + 1 for page in order.order] == read and not order.gaps


def test_a_disorder_that_numbers_do_not_mend_is_told_and_left() -> None:
    order = order_of(1, 2, None, None, 7, 8, 5, 6, 9)
    assert not order.is_changed and [number for _, number in order.disordered] == [5, 6]


def test_a_page_that_is_there_twice_is_told_and_its_copy_known() -> None:
    order = order_of(1, 2, 3, 3, 4)
    assert order.repeated == (Repeat(2, 3, 3),)
    assert order.copies(["a", "b", "c", "c", "d"]) == {3}
    assert order.copies(["a", "b", "c", "another", "d"]) == frozenset()
    (warning,) = order_warnings(order, dict(enumerate(range(1, 6))), copies={3})
    assert warning.kind == "page_order" and warning.severity == "warning"
    assert "page 3" in warning.message and "not read again" in warning.message


@pytest.mark.parametrize(
    "margins",
    [
        feet(*[2022] * 5, foot="Annual report {}"),
        ["Goal 1", "Goal 2", "Goal 4", "", "", "", "", ""],  # headings at the tops of pages
        ["1 Aims", "", "2 Means", "", "", "3 Ends", "4 Sums", "6 Rest"],
        ["12,5", "13,5", "15,5", "16,5"],
        ["9:01", "9:02", "9:04", "9:05"],
        ["3\n8\n1", "4\n1\n9", "6\n2\n7"],  # cells of a table
        ["i", "ii", "iv", "v"],
        ["", "", ""],
        [],
    ],
)
def test_other_figures_are_no_page_numbers(margins: list[str]) -> None:
    order = page_order(printed_numbers(margins, RUNNING))
    assert not order.gaps and not order.is_changed and not order.repeated


def test_two_kinds_of_feet_are_one_numbering() -> None:
    margins = [
        "",
        "2 | Region",
        "Health | 3",
        "4 | Region",
        "Health | 5",
        "8 | Region",
        "Health | 9",
    ]
    assert gaps(page_order(printed_numbers(margins, RUNNING))) == [(5, 8)]


def test_page_marks_need_no_third_page_and_tell_the_last() -> None:
    marks = [f"Sida {n} (5)" for n in (1, 3)]
    assert gaps(page_order(printed_numbers(marks, RUNNING))) == [(1, 3), (3, 5)]
    whole = [f"Sida {n} (3)" for n in (1, 2, 3)]
    assert not page_order(printed_numbers(whole, RUNNING)).gaps
    last_without = [*whole[:2], ""]
    assert not page_order(printed_numbers(last_without, RUNNING)).gaps
    inner = [f"Sida {n} (90)" for n in (37, 38, 39)]
    assert not page_order(printed_numbers(inner, RUNNING)).gaps


def test_documents_in_one_file_have_numberings_of_their_own() -> None:
    marks = ["Sida 1 (2)", "Sida 2 (2)", "Sida 1 (3)", "Sida 2 (3)", "Sida 3 (3)"]
    order = page_order(printed_numbers(marks, RUNNING))
    assert not order.gaps and not order.is_changed


def test_a_gap_is_told_on_every_page_around_it() -> None:
    order = page_order(PrintedNumbers((1, None, 3, None, 6, 7)))
    warnings = order_warnings(order, dict(enumerate(range(11, 17))))
    assert [w.place.page for w in warnings if w.place] == [13, 14, 15]
    assert all(
        "printed number 3" in w.message and "is 6, on page 15" in w.message for w in warnings
    )


def test_steps_say_what_follows_and_where_pages_are_lost() -> None:
    order = page_order(PrintedNumbers((1, 2, None, 5, 6)))
    steps = order.steps(range(1, 6))
    assert [step.number for step in steps if step.lost] == [3, 4]
    assert all(step.follows for step in steps)
    assert [step.follows for step in order.steps({1, 2, 5})] == [True, True, False]


def test_issues_of_pages_that_are_not_read_are_left_out() -> None:
    order = order_of(1, 2, 4, 5)
    called = dict(enumerate(range(1, 5)))
    assert order_warnings(order, called, read={1}) == []
    assert len(order_warnings(order, called, read={3})) == 1


def test_marks_that_part_pages_tell_gaps_only_where_they_are_steady() -> None:
    assert PrintedNumbers((1, 2, 3, 5, 6)).are_steady
    assert not PrintedNumbers((15, 26, 34, 35)).are_steady
    assert not PrintedNumbers((1, 2)).are_steady
