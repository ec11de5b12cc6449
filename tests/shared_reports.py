"""The two real reports as text, each read once by a process: tests of one year run in one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from test_whole_reports import SHARED, YEARS

from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.printed import ExtractedReport
from styrmatt.records import Extract


def text_of(year: str) -> Path:
    """The text file of the report of a year."""
    return SHARED / "reports" / f"{YEARS[year]}.txt"


@cache
def printed_text(year: str) -> tuple[Any, ExtractedReport]:
    """The layout of a year's text and what is printed in it."""
    return read_report(text_of(year), load_layouts())


@cache
def extract_of_text(year: str) -> Extract:
    """The records of a year's text."""
    layout, printed = printed_text(year)
    return normalize(printed, layout, {}, "test")


def each_year() -> pytest.MarkDecorator:
    """A test for each year, beside the others that read the report of that year."""
    return pytest.mark.parametrize(
        "year",
        [pytest.param(y, marks=pytest.mark.xdist_group(f"text-{y}"), id=y) for y in YEARS],
    )
