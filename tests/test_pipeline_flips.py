"""Where decisions about boxes, figures and files flip: one thing varied, all else left alone.

Each row of FLIPS says in a sentence from where to where the answer is yes; the others are no.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flips import Flip

from styrmatt import geometry
from styrmatt.corrections.fields import same_value
from styrmatt.export.formats.xlsx_file import _Sheet
from styrmatt.export.store.manifest_json import _agent_id
from styrmatt.export.store.unreadable_reports import unread_id
from styrmatt.normalize.ids import content_id
from styrmatt.pipeline.record_unreadable import _issue
from styrmatt.pipeline.run import Options

SQUARE = (0.0, 0.0, 10.0, 10.0)


def is_rectangle(missed: float) -> bool:
    """Whether four points are a rectangle's corners, one of them so far beside it."""
    points = [(0.0, 0.0), (10.0, missed), (10.0, 10.0), (0.0, 10.0)]
    return geometry.is_upright_rectangle(points, SQUARE)


def fits_a_cell(letters: int) -> bool:
    sheet: Any = SimpleNamespace(cut=0)
    return _Sheet._fitting(sheet, "n" * letters) == "n" * letters


def is_linked(links: int) -> bool:
    """Whether a page is linked on a sheet that has so many links."""
    documents = {"d": {"source_kind": "pdf", "source_name": "r.pdf", "source_uri": None}}
    sheet: Any = SimpleNamespace(links=links, unlinked=0, documents=documents, sources=None)
    return _Sheet._link(sheet, {"document_id": "d"}, 3) is not None


FLIPS = {
    "a corner may lie less than 0.1 points beside its box": Flip(
        is_rectangle, (0, 0.02, 0.03, 0.05, 0.09, 0.11, 0.2, 0.24, 0.3), last=0.09
    ),
    "a box within another has all of itself in it where it covers 0.01 square points": Flip(
        lambda area: geometry.share_of_smaller((1.0, 1.0, 2.0, 1.0 + area), SQUARE) > 0.999,
        (0, 0.003, 0.005, 0.009, 0.011, 0.02, 0.024, 0.03, 1),
        first=0.011,
    ),
    "figures are the same that differ by a billionth": Flip(
        lambda apart: same_value(1e6, 1e6 * (1 + apart * 1e-9)),
        (0, 0.3, 0.5, 0.9, 1.1, 1.5, 2.4, 3),
        last=0.9,
    ),
    "a cell holds 32767 letters": Flip(
        fits_a_cell, (1, 13_000, 14_000, 32_766, 32_767, 32_768, 50_000, 90_000), last=32_767
    ),
    "a sheet holds 65,000 links": Flip(
        is_linked, (0, 25_000, 27_000, 64_999, 65_000, 65_530, 100_000, 170_000), last=64_999
    ),
}


@pytest.mark.parametrize("what", FLIPS)
def test_a_decision_flips_where_it_is_said_to(what: str) -> None:
    FLIPS[what].check()


def test_ids_are_those_of_existing_files() -> None:
    """Rows of other years refer to them, and files are named by them."""
    assert content_id("m", "region-tallmo-2022", "Antal resor") == "m-fd27b35c91c262"
    assert unread_id("0123456789abcdef" * 4) == "unread-0123456789ab"
    assert _agent_id((("name", "styrmatt"), ("version", "1"))) == "agent-f591cc3aade6"


def test_a_report_is_tried_as_often_as_the_documentation_says() -> None:
    text = (Path(__file__).parents[1] / "docs" / "RUNS.md").read_text("utf-8")
    stated = re.search(r"`--tries` deaths \((\d+) by default\)", text)
    assert stated and Options(Path("out")).tries == int(stated[1])


def test_a_report_that_nobody_dates_is_of_year_0() -> None:
    """Its issue lies in the folder year=0, where no report that was read is."""
    options = SimpleNamespace(identity={})
    source = SimpleNamespace(options=options, path=Path("r.pdf"), name="r.pdf")
    given_up: Any = SimpleNamespace(source=source, error=SimpleNamespace(message="It died."))
    assert _issue(given_up, "unread-1").fiscal_year == 0
