"""Arrows between two of the four directions: up and down, or steps of their own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from styrmatt.extract.marks.legend.slanting import slanting_arrows


@dataclass(frozen=True)
class Arrow:
    """All of a mark that counts here."""

    apparent_direction: str | None


@pytest.mark.parametrize(
    ("ways", "told"),
    [
        (("up_right", "right", "down_right"), True),
        (("up_right", "left_right", "down_right", None), True),
        (("up_right", "down_right"), False),
        (("up_right", "right"), False),
        (("up", "up_right", "right", "down_right", "down"), False),
        (("up_right", "down_right", "down_left", "right"), False),
        (("up", "right", "down"), False),
        ((), False),
    ],
)
def test_slanting_arrows_tell_where_they_slant_both_ways_and_none_stands_upright(
    ways: tuple[str | None, ...], told: bool
) -> None:
    found = slanting_arrows(Arrow(way) for way in ways)  # type: ignore[misc]
    assert found == ({"up_right": "up", "down_right": "down"} if told else {})
