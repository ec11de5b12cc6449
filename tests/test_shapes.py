"""Each shape of a report is there in typesettings of two producers, and read to at least 0.98.

``UPDATE_FAMILIES=1`` writes the table of them anew.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from family_scores import truth_of
from test_families import FOLDER, TYPESETTINGS, figures

TABLE = FOLDER / "SHAPES.md"
SHAPES = (
    "cards",
    "edges and grounds",
    "gauges",
    "goal headings",
    "half-filled discs",
    "lamps",
    "lists",
    "pictures of lights",
    "sex columns",
    "sex endings",
    "sex lines",
    "smileys",
    "subheadings",
    "text columns",
    "ticks and crosses",
    "turned headers",
)
FEWEST, BAR = 3, 0.98
pytestmark = pytest.mark.xdist_group("families")


def by_shape() -> dict[str, list[tuple[Path, str]]]:
    """The typesettings of each shape, with their producers."""
    found: dict[str, list[tuple[Path, str]]] = defaultdict(list)
    for path in TYPESETTINGS:
        _, truth = truth_of(path)
        for shape in truth["shapes"]:
            found[shape].append((path, truth["producer"]))
    return dict(sorted(found.items()))


def table() -> str:
    """How many typesettings of each shape there are by whom, and the share that is read right."""
    lines = [
        "# Typesettings by shape",
        "",
        "Written by `UPDATE_FAMILIES=1 pytest tests/test_shapes.py`. Right is the share of values",
        "that are read as the truth has them.",
        "",
        "| shape | reportlab | Chromium | right | silent | typesettings |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for shape, found in by_shape().items():
        makers = Counter(producer for _, producer in found)
        total = sum((Counter(figures(path)) for path, _ in found), Counter())
        names = ", ".join(path.stem for path, _ in found)
        lines.append(
            f"| {shape} | {makers['reportlab']} | {makers['chromium']} | {_share(total):.3f} "
            f"| {total['silent']} | {names} |"
        )
    return "\n".join(lines) + "\n"


def _share(total: Counter[str]) -> float:
    right = total["right"]
    return right / (right + total["missing"] + total["wrong"] + total["false_rows"])


def test_every_shape_is_set_three_times_by_two_producers() -> None:
    found = by_shape()
    assert tuple(found) == SHAPES
    for shape, settings in found.items():
        assert len(settings) >= FEWEST, shape
        assert {producer for _, producer in settings} == {"reportlab", "chromium"}, shape


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_read_right_and_nothing_is_wrong_in_silence(shape: str) -> None:
    total = sum((Counter(figures(path)) for path, _ in by_shape()[shape]), Counter())
    assert _share(total) >= BAR
    assert total["silent"] == 0


def test_the_table_says_how_many_there_are() -> None:
    if "UPDATE_FAMILIES" in os.environ:
        TABLE.write_text(table(), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table()
