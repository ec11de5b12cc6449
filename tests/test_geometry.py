"""Boxes and spans: what they cover, share and touch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt import geometry

SIDE = st.floats(-500, 500, allow_nan=False).map(lambda value: round(value, 2))
BOX = st.tuples(SIDE, SIDE, SIDE, SIDE).map(
    lambda v: (min(v[0], v[2]), min(v[1], v[3]), max(v[0], v[2]), max(v[1], v[3]))
)
SQUARE = (0.0, 0.0, 10.0, 10.0)


@given(st.lists(BOX, min_size=1, max_size=6))
def test_a_union_contains_its_boxes_and_their_corners(boxes):
    whole = geometry.union(boxes)
    assert all(geometry.contains(whole, box) for box in boxes)
    corners = [(x, y) for box in boxes for x in box[::2] for y in box[1::2]]
    assert geometry.bounding_box(corners) == whole


@given(st.lists(BOX, min_size=1, max_size=6))
def test_an_intersection_lies_in_its_boxes_or_has_no_extent(boxes):
    common = geometry.intersection(boxes)
    is_box = common[0] <= common[2] and common[1] <= common[3]
    assert not is_box or all(geometry.contains(box, common) for box in boxes)
    assert is_box or not all(geometry.overlaps(one, two) for one in boxes for two in boxes)


def test_two_squares_share_the_square_between_their_corners():
    assert geometry.intersection([SQUARE, (2.0, 3.0, 99.0, 99.0)]) == (2.0, 3.0, *SQUARE[2:])


@pytest.mark.parametrize(
    ("spans", "gap", "found"),
    [
        ((), 1, []),
        ([(5, 6), (0, 4)], 1, [(0, 6)]),
        ([(5, 6), (0, 4)], 0.9, [(0, 4), (5, 6)]),
        ([(0, 9), (2, 3), (9.5, 10)], 0.5, [(0, 10)]),
        ([(7, 7), (7, 7)], 0, [(7, 7)]),
    ],
)
def test_spans_with_no_wider_gap_between_them_are_one(spans, gap, found):
    assert geometry.clusters(spans, gap) == found


@given(BOX, BOX)
def test_boxes_relate_to_each_other_the_same_both_ways(one, other):
    for relation in (
        geometry.overlaps,
        geometry.touches,
        geometry.gap,
        geometry.shared_area,
        geometry.share_of_smaller,
        geometry.share_of_larger,
        geometry.share_of_both,
    ):
        assert relation(one, other) == relation(other, one)
    assert geometry.touches(one, other) == (geometry.gap(one, other) == 0.0)


def test_half_a_square_shares_all_of_itself_and_half_of_the_square():
    half = (0.0, 0.0, 5.0, 10.0)
    assert geometry.shared_area(SQUARE, half) == 50.0
    assert geometry.share_of_smaller(SQUARE, half) == 1.0
    assert geometry.share_of_larger(SQUARE, half) == 0.5
    assert geometry.share_of_both(SQUARE, half) == 0.5


def test_boxes_side_by_side_touch_and_do_not_overlap():
    beside = (10.0, 0.0, 20.0, 10.0)
    assert geometry.touches(SQUARE, beside) and not geometry.overlaps(SQUARE, beside)
    apart = (13.0, 0.0, 20.0, 10.0)
    assert geometry.gap(SQUARE, apart) == 3.0
    assert geometry.touches(SQUARE, apart, 3.0) and not geometry.touches(SQUARE, apart, 2.9)
    assert geometry.share_of_both(SQUARE, apart) == 0.0


def test_a_box_belongs_to_the_area_of_its_middle():
    assert geometry.middle_inside((8.0, 8.0, 11.0, 11.0), SQUARE)
    assert not geometry.middle_inside((8.0, 8.0, 13.0, 11.0), SQUARE)
    assert geometry.middle_inside((8.0, 8.0, 13.0, 11.0), SQUARE, tolerance=0.5)


@pytest.mark.parametrize(
    ("spans", "length"),
    [((), 0), ([(0, 4)], 4), ([(2, 6), (0, 4)], 6), ([(0, 1), (5, 6)], 2), ([(0, 9), (2, 3)], 9)],
)
def test_what_several_spans_cover_counts_once(spans, length):
    assert geometry.covered_length(spans) == length


def test_four_corners_are_a_rectangle_in_any_order_and_a_diamond_is_none():
    corners = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert geometry.is_upright_rectangle([*corners, corners[0]], SQUARE)
    assert geometry.is_upright_rectangle(corners[::-1], SQUARE)
    diamond = [(5.0, 0.0), (10.0, 5.0), (5.0, 10.0), (0.0, 5.0)]
    assert not geometry.is_upright_rectangle(diamond, SQUARE)
