"""A status that is printed once beside lines for women, men and both: whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_reports import small_report

XS = (50.0, 220.0, 300.0, 370.0, 440.0)
HEADER = ("Indikator", "Kön", "Målvärde", "2031", "Bedömning")


@pytest.mark.parametrize(
    ("sexes", "results", "statuses"),
    [
        ("Alla\nKvinnor", "78\n79", {"T": "met", "K": None}),
        ("Kvinnor\nMän", "79\n77", {"K": "met", "M": "met"}),
    ],
)
def test_a_status_on_the_line_of_the_total_is_its_alone(
    tmp_path: Path, sexes: str, results: str, statuses: dict[str, str | None]
) -> None:
    rows = [HEADER, ("Nöjda resenärer, index", sexes, "Minst 75", results, "Uppnått")]
    records = small_report(tmp_path, rows, XS).records
    assert {one.sex: one.status for one in records} == statuses
