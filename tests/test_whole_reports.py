"""Whole reports against their truth: the samples, eighteen typesettings, and the shared reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from truth import differences

from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.records import Extract

HERE = Path(__file__).parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
TYPESETTINGS = sorted((HERE / "typesettings").glob("*.pdf"))
SAMPLES = sorted((ROOT / "data" / "raw").glob("*.pdf"))
YEARS = {
    "2020": "region-norrbotten-2020-bilaga-maluppfyllelse",
    "2021": "region-norrbotten-2021-run-arsrapport",
}


def together(paths: list[Path]) -> list[object]:
    """The paths as parameters; tests of one run in one process, so that it is read once."""
    return [
        pytest.param(path, marks=pytest.mark.xdist_group(path.stem), id=path.stem) for path in paths
    ]


@cache
def read(path: Path) -> Extract:
    layout, printed = read_report(path, load_layouts())
    return normalize(printed, layout, {}, "test")


def test_the_typesettings_are_there() -> None:
    assert len(TYPESETTINGS) >= 16
    assert len(SAMPLES) >= 2


@pytest.mark.parametrize("path", together(TYPESETTINGS))
def test_every_typesetting_is_read_without_a_difference(path: Path) -> None:
    truth = path.with_suffix(".truth.json")
    assert differences(read(path), truth, path.with_suffix(".facts.json")) == []


@pytest.mark.parametrize("path", together(SAMPLES))
def test_the_sample_reports_are_read_without_a_difference(path: Path) -> None:
    base = HERE / "truth" / path.stem
    found = differences(read(path), Path(f"{base}.truth.json"), Path(f"{base}.facts.json"))
    assert found == []


@pytest.mark.parametrize("path", together([*TYPESETTINGS, *SAMPLES]))
def test_every_row_found_has_one_fate(path: Path) -> None:
    document = read(path).document
    fates = document.rows_recorded + document.rows_rejected + document.rows_ignored
    assert document.rows_found == fates > 0


@pytest.mark.parametrize("path", together(TYPESETTINGS))
def test_every_status_has_its_evidence(path: Path) -> None:
    for record in read(path).records:
        if record.status is not None:
            assert record.status_read_by is not None
            assert record.status_bbox is not None or record.status_read_by == "text"
        if record.trend is not None:
            assert record.trend_read_by is not None


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
def test_the_shared_reports_are_read_without_a_difference(year: str) -> None:
    path = SHARED / "reports" / f"{YEARS[year]}.pdf"
    truth = SHARED / "truth"
    found = differences(read(path), truth / f"{year}.json", truth / f"{year}.facts.json")
    assert found == []
