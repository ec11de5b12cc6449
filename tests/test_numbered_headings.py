"""Long headings in light type: the number of a section shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_grid_reports import Report, goals

HEADER = ("*Mått", "*Utfall 2030", "*Utfall 2031", "*Mål 2031")
LONG = "Alla som bor eller arbetar i kommunen ska ha nära till ett badhus"
TEXT = "Under året har badhusen haft öppet längre på kvällar och helger."


def read(folder: Path, heading: str, size: float) -> list[str | None]:
    """The goals of two measures below a heading in light type of a size."""
    report = Report(folder)
    report.line("*2 Målen och året", size=18)
    report.line(heading, size=size)
    for _ in range(3):
        report.line(TEXT, size=10, down=13)
    report.y -= 6
    report.row(*HEADER)
    report.row("Andel nöjda", "70 %", "72 %", "75 %")
    report.row("Antal besök", "301", "312", "300")
    return list(goals(report.rows()))


@pytest.mark.parametrize("number", ["2.1", "2.1.", "1.2.3"])
def test_a_long_heading_with_a_section_number_in_larger_type_names_a_goal(
    tmp_path: Path, number: str
) -> None:
    assert read(tmp_path, f"{number} {LONG}", 12) == [LONG] * 2


@pytest.mark.parametrize(
    ("heading", "size"),
    [
        (LONG, 12),
        (f"2.1 {LONG}.", 12),
        (f"2.1 {LONG}", 10),
        (f"2.1 {LONG[0].lower()}{LONG[1:]}", 12),
        (f"21 {LONG}", 12),
    ],
)
def test_other_long_lines_in_light_type_are_text(tmp_path: Path, heading: str, size: float) -> None:
    assert LONG not in read(tmp_path, heading, size)
