"""Headers for the lowest and the highest value: a limit that is wanted, or those of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from styrmatt.extract.headers.header_reading import HeaderReading


def with_extremes(readings: Sequence[HeaderReading]) -> list[HeaderReading]:
    """The readings, where the lowest or highest value may be that of others and no target.

    It is, beside a column of others. A level may be the lowest that is wanted all the same, unless
    the highest one stands beside it.
    """
    beside_others = any(one.area and not one.of_publisher for one in readings)
    both = len({one.extreme for one in readings} - {""}) > 1
    return [
        replace(one, roles=frozenset({"result"}), area=one.text)
        if one.extreme and beside_others and (both or not one.is_open)
        else one
        for one in readings
    ]
