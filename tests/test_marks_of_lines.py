"""A mark beside women's, men's or the total's line is of that line where rulings part its cells."""

from __future__ import annotations

from pathlib import Path

from small_reports import small_report

XS = (50.0, 250.0, 290.0, 390.0, 470.0)
ROWS = (
    ("Nyckeltal", "Kön", "Utfall 2031", "Mål 2031", "Status"),
    ("Andel besökare\nsom är nöjda\nmed öppettiderna", "T", "71 %", "75 %", ""),
    ("", "K", "73 %", "", ""),
    ("", "M", "69 %", "", ""),
    ("Andel besök i tid", "T", "81 %", "80 %", ""),
    ("", "K", "84 %", "", ""),
    ("", "M", "78 %", "", ""),
)
MERGED = dict.fromkeys((1, 2, 4, 5), (0, 3))
RED, GREEN = "#cc0000", "#6aa84f"


def statuses(folder: Path, marks: dict[int, str]) -> list[str | None]:
    """The status of each line, of which some have a disc of a colour in a ruled cell of its own."""
    discs = {(n, 4): colour for n, colour in marks.items()}
    read = small_report(folder, ROWS, XS, marks=discs, merged=MERGED)
    assert [record.sex for record in read.records] == [*"TKM", *"TKM"]
    return [record.status for record in read.records]


def test_a_mark_in_a_lines_own_cell_is_not_that_of_the_other_lines(tmp_path: Path) -> None:
    assert statuses(tmp_path, {1: RED, 4: GREEN}) == ["not_met", None, None, "met", None, None]


def test_a_mark_of_women_alone_is_theirs(tmp_path: Path) -> None:
    assert statuses(tmp_path, {1: RED, 5: GREEN}) == ["not_met", None, None, None, "met", None]
