"""Differences between colours against published values, and which shades go together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.extract.marks.legend.colour_status import Palette
from styrmatt.extract.marks.picture.colour_difference import (
    as_hex,
    ciede2000,
    difference,
    lch,
    nearest_shade,
    oklab,
    same_hue_shade,
)
from styrmatt.vocabulary import load_vocabulary

SAMPLES = load_vocabulary("sv").colours
HEX = st.tuples(*[st.integers(0, 255)] * 3).map(as_hex)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [  # Sharma, Wu, Dalal: The CIEDE2000 color-difference formula, table 1
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
        ((50.0, -0.0010, 2.4900), (50.0, 0.0009, -2.4900), 4.8045),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
        ((35.0831, -44.1164, 3.7933), (35.0232, -40.0716, 1.5901), 1.8645),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_ciede2000_gives_the_published_differences(one, other, expected):
    assert ciede2000(one, other) == pytest.approx(expected, abs=0.0001)


def test_oklab_gives_the_published_values_of_white_and_red():
    assert oklab((255, 255, 255)) == pytest.approx((1.0, 0.0, 0.0), abs=0.001)
    assert oklab((255, 0, 0)) == pytest.approx((0.628, 0.2249, 0.1258), abs=0.001)


@given(HEX, HEX)
def test_a_difference_is_the_same_both_ways_and_nought_for_one_colour(one, other):
    assert difference(one, other) == pytest.approx(difference(other, one), abs=1e-6)
    assert difference(one, one) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("colour", "status"),
    [
        ("#00a550", "met"),
        ("#1b5e20", "met"),
        ("#c6efce", "met"),
        ("#a8d5a2", "met"),
        ("#8bc34a", "met"),
        ("#ffbf00", "partly_met"),
        ("#fff2a8", "partly_met"),
        ("#ffd966", "partly_met"),
        ("#fdd835", "partly_met"),
        ("#8b0000", "not_met"),
        ("#f4b6c2", "not_met"),
        ("#e53935", "not_met"),
        ("#ffc7ce", "not_met"),
        ("#9e9e9e", "not_assessed"),
        ("#e4e4e4", "not_assessed"),
    ],
)
def test_pale_and_dark_shades_go_with_their_hue(colour, status):
    assert same_hue_shade(colour, SAMPLES) == status


@pytest.mark.parametrize(
    "colour",
    [
        "#ff9800",
        "#ed7d31",
        "#d55e00",
        "#b26a00",  # orange is neither yellow nor red
        "#0072b2",
        "#4472c4",
        "#7030a0",  # blue and purple
        "#c6d820",  # between yellow and green
        "#000000",
        "#ffffff",
        "#303030",
        "#8f9a8c",  # a grey with a touch of green
    ],
)
def test_a_colour_between_two_meanings_has_none(colour):
    assert same_hue_shade(colour, SAMPLES) is None


def test_a_colour_of_the_legend_is_known_in_spite_of_jpeg_noise():
    legend = {"met": ("#4472c4",), "not_met": ("#ed7d31",)}
    assert nearest_shade("#4673c5", legend) == "met"
    assert nearest_shade("#ef8034", legend) == "not_met"
    assert nearest_shade("#00b050", legend) is None


def test_a_colour_half_way_between_two_of_the_legend_is_none_of_them():
    legend = {"partly_met": ("#ffc000",), "not_met": ("#ffa800",)}
    assert nearest_shade("#ffb400", legend) is None


@given(HEX)
def test_a_grey_is_never_read_as_a_coloured_status_nor_a_colour_as_grey(colour):
    value = same_hue_shade(colour, SAMPLES)
    if value == "not_assessed":
        assert lch(colour).neutral
    elif value is not None:
        assert lch(colour).saturated


def test_a_grey_beside_colours_that_mean_nothing_known_means_nothing_either():
    purples = Palette(SAMPLES, mark_colours=("#4b2e83", "#8f6fc9", "#c9b8e8", "#d9d9d9"))
    assert purples.status("#d9d9d9").value is None
    known = Palette(SAMPLES, mark_colours=("#4b2e83", "#00b050", "#d9d9d9"))
    assert known.status("#d9d9d9").value == "not_assessed"
    told = Palette(SAMPLES, {"met": ("#4b2e83",)}, ("#4b2e83", "#8f6fc9", "#d9d9d9"))
    assert told.status("#d9d9d9").value == "not_assessed"
