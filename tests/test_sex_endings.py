"""Names that end in an abbreviation for a sex, with and without the other sex beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_total_rows import entry

from styrmatt.extract.grid.rows.sex_rows import SexRows
from styrmatt.vocabulary import load_vocabulary

ENDINGS = {"K": ("kv.", "kv", "K", "kvinna"), "M": ("M.", "M", "man"), "T": ("tot.",)}
PAIR = ("Väntetid, dagar Kv.", "Väntetid, dagar M.")


def rows() -> SexRows:
    return SexRows(load_vocabulary("sv").sexes, ENDINGS)


def joined(reader: SexRows, names: Sequence[str]) -> list[tuple[str, str]]:
    """The name and the sex of each line."""
    found = reader.joined([entry(name, "10", "9", "8") for name in names])
    return [(one.text("measure"), line.text("sex")) for one in found for line in one.lines]


@pytest.mark.parametrize("alone", ["Screening Kv.", "Screening, Kv.", "Screening (Kv.)"])
@pytest.mark.parametrize("first", [True, False])
def test_an_abbreviation_that_parts_two_rows_is_a_sex_without_another_row(
    alone: str, *, first: bool
) -> None:
    names = [alone, *PAIR] if first else [*PAIR, alone]
    assert ("Screening", "K") in joined(rows(), names)


def test_it_holds_for_later_tables_of_the_report() -> None:
    reader = rows()
    assert joined(reader, ["Screening Kv."]) == [("Screening Kv.", "")]
    joined(reader, PAIR)
    assert joined(reader, ["Screening Kv."]) == [("Screening", "K")]


@pytest.mark.parametrize(
    "alone",
    ["Screening K", "Gång- och cykelväg, m", "Sysselsatta, kvinnor", "Insatser per man"],
)
def test_other_endings_are_parts_of_names(alone: str) -> None:
    pairs = [*PAIR, "Frånvaro, kvinnor", "Frånvaro, män", "Insatser per kvinna"]
    assert (alone, "") in joined(rows(), [*pairs, "Lön", "Avgift", alone])
