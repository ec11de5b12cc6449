"""Reports with columns of text: paragraphs come out whole, results are tied to their measures."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import families
import pytest
from family_scores import read, truth_of

from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.records import Extract

FOLDER = Path(__file__).parent / "families"
CONTENT = families.ROOT / "samples" / "content" / "families"
REPORTS = sorted(FOLDER.glob("columns-*.pdf"))
_HYPHENS = re.compile(r"[-\u00ad\u2010\u2011\s]+")
pytestmark = pytest.mark.xdist_group("families")


@cache
def extract_of(path: Path) -> Extract:
    extract = read(path)
    assert isinstance(extract, Extract), extract
    return extract


def letters(text: str) -> str:
    """The text without space and hyphens, wherever lines and columns end."""
    return _HYPHENS.sub("", text)


def test_they_are_made_by_two_producers() -> None:
    told = [tomllib.loads((CONTENT / f"{path.stem}.toml").read_text()) for path in REPORTS]
    assert len(REPORTS) >= 4
    assert {one.get("producer", "reportlab") for one in told} == {"reportlab", "chromium"}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_paragraph_is_read_whole(path: Path) -> None:
    content = tomllib.loads((CONTENT / f"{path.stem}.toml").read_text(encoding="utf-8"))
    lines = [line.strip() for line in content["flow"].strip().splitlines()]
    paragraphs = [line for line in lines if line and line[0] not in "[=*-"]
    _, printed = read_report(path, load_layouts())
    text = [letters(section.text) for section in printed.sections]
    broken = [line for line in paragraphs if not any(letters(line) in one for one in text)]
    assert not broken


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_results_of_sentences_are_those_of_the_right_measures(path: Path) -> None:
    _, truth = truth_of(path)
    extract = extract_of(path)
    names = {record.measure_id: record.measure for record in extract.records}
    found = {
        (names[one.measure_id], one.outcome_year, one.value)
        for one in extract.outcomes
        if one.value is not None
    }
    stated = [
        (row["measure"], one["year"], one["value"])
        for row in truth["rows"]
        for one in row.get("outcomes_allowed", ())
    ]
    assert len(stated) >= 3
    assert not set(stated) - found
    of_sentences = {(n, y, v) for n, y, v in found if y == extract.document.fiscal_year}
    assert of_sentences == set(stated)
