"""A row "Totalt" behind those for women and men gives the measure's own line what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from styrmatt.extract.grid.rows.sex_rows import SexRows
from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry, ValueColumn
from styrmatt.vocabulary import load_vocabulary

BOX = (0.0, 0.0, 10.0, 10.0)
ROWS = SexRows(load_vocabulary("sv").sexes)
NAME = ("Trygga elever", "85 %", "", "")
SEXES = [("Kvinnor", "", "80 %", "82 %"), ("Män", "", "84 %", "86 %")]
TOTAL = ("Totalt", "", "82 %", "84 %")


def cell(text: str) -> TableCell:
    return TableCell([text] if text else [], BOX, 1, 1)


def entry(name: str, target: str, *results: str) -> TableEntry:
    values = [ValueColumn("target", "Mål", cell(target))]
    values += [ValueColumn("result", "Utfall", cell(text)) for text in results]
    return TableEntry({"measure": cell(name)}, [EntryLine({}, BOX, 1, 1, values)])


def joined(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Each measure with the sex and the values of its lines."""
    found = ROWS.joined([entry(*row) for row in rows])
    return [
        (
            one.text("measure"),
            [(line.text("sex"), [v.cell.text for v in line.values]) for line in one.lines],
        )
        for one in found
    ]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_the_total_row_fills_the_measures_own_line_wherever_it_stands(at: int) -> None:
    rows = [NAME, *SEXES]
    rows.insert(at, TOTAL)
    ((name, lines),) = joined(rows)
    assert name == "Trygga elever"
    assert dict(lines) == {
        "T": ["85 %", "82 %", "84 %"],
        "K": ["85 %", "80 %", "82 %"],
        "M": ["85 %", "84 %", "86 %"],
    }


def test_a_total_row_beside_results_of_the_measure_itself_is_none_of_its_lines() -> None:
    found = joined([("Trygga elever", "85 %", "", "90 %"), *SEXES, TOTAL])
    assert [name for name, _ in found] == ["Trygga elever", "Totalt"]
    assert dict(found[0][1])["T"] == ["85 %", "", "90 %"]


def test_the_total_row_overleaf_is_the_last_measures() -> None:
    (last,) = ROWS.joined([entry(*NAME), *(entry(*row) for row in SEXES)])
    overleaf = [entry(*TOTAL), entry("Antal lån", "5", "4", "3")]
    ROWS.take_rest(last, overleaf)
    assert [one.text("measure") for one in overleaf] == ["Antal lån"]
    assert [value.cell.text for value in last.lines[0].values] == ["85 %", "82 %", "84 %"]
