"""A dot before three digits: thousands where the report shows that it groups so, else unknown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from small_reports import small_report

from styrmatt.records import Extract
from styrmatt.swedish.numbers import dots_group, parse_number

HEADER = ("Nyckeltal", "Utfall 2031", "Utfall 2030", "Mål 2031")
XS = (50.0, 290.0, 380.0, 470.0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.405", 12405),
        ("-1.250", -1250),
        ("1.250.000", 1250000),
        ("0.125", 0.125),
        ("5.5", 5.5),
        ("96,8", 96.8),
        ("01.250", None),
        ("1234.567", None),
    ],
)
def test_a_dot_that_groups_is_no_decimal_sign(text: str, value: float | None) -> None:
    assert parse_number(text, dots_group=True) == value


@pytest.mark.parametrize(
    ("cells", "groups"),
    [
        (["12.405", "9.810", "96,8 %", "5,9"], True),
        (["12.405 ton", "2.000-3.000", "96,8 (95,1)"], True),
        (["12.405", "9.810", "96,8 %", "5,9", "31.12.2031"], True),
        (["12.405", "96,8 %", "5,9"], False),
        (["12.405", "9.810", "96,8 %"], False),
        (["12.405", "9.810", "97 %", "6"], False),
        (["12.405", "9.810", "96,8 %", "5,9", "5.9"], False),
        (["12.405", "9.810", "96,8 %", "5,9", "0.405"], False),
        (["12.405", "9.810", "96,8 %", "5,9", "1.2345"], False),
        (["12.405", "9.810", "96,8 %", "5,9", "1 405"], False),
        (["12.405", "9.810", "12,405", "9,810"], False),
    ],
)
def test_a_report_shows_that_its_dots_group(cells: Sequence[str], groups: bool) -> None:
    assert dots_group(cells) is groups


def read(folder: Path, other: str) -> Extract:
    rows = [
        HEADER,
        ("Antal besök på biblioteken", "12.405", "9.810", "12.000"),
        ("Andel nöjda besökare (%)", "96,8", "95,1", other),
    ]
    return small_report(folder, rows, XS)


def values(extract: Extract) -> list[tuple[float | None, float | None]]:
    return [(record.outcome_value, record.target_value) for record in extract.records]


def test_thousands_with_dots_are_read_beside_decimals_with_commas(tmp_path: Path) -> None:
    assert values(read(tmp_path, "95")) == [(12405.0, 12000.0), (96.8, 95.0)]


@pytest.mark.parametrize("other", ["95.5", "1 095"])
def test_where_dots_may_be_decimal_signs_they_stay_unread_with_an_issue(
    tmp_path: Path, other: str
) -> None:
    extract = read(tmp_path, other)
    assert values(extract)[0] == (None, None)
    assert "12.405" in " ".join(f"{one.message} {one.raw_text}" for one in extract.issues)
