"""Tables whose columns are measures: each column is read as a measure, or none is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_cards import Pen, entries, said

from styrmatt.extract.model.text_lines import Word

NAMES = (("Nöjda gäster", "i badhuset"), ("Körda mil", "med cykel"), ("Träd längs", "gatorna"))
ROWS = (
    ("Utfall 2018", "81 %", "7 120", "44"),
    ("Utfall 2019", "83 %", "7 260", "–"),
    ("Målvärde", "85 %", "7 500", "50"),
)


def table(rows: Sequence[Sequence[str]] = ROWS, columns: int = 3) -> list[Word]:
    """Names of two lines above columns of values, with labels on the left."""
    pen = Pen(leading=1.6)
    for line in zip(*NAMES[:columns], strict=True):
        pen.words += [w for n, part in enumerate(line) for w in _at(pen, part, n, bold=True)]
        pen.y += 11
    pen.gap(3)
    for label, *values in rows:
        pen.words += _at(pen, label, -1)
        pen.words += [w for n, part in enumerate(values[:columns]) for w in _at(pen, part, n)]
        pen.y += 15
    return pen.words


def _at(pen: Pen, part: str, column: int, *, bold: bool = False) -> list[Word]:
    """Words in the middle of a column."""
    if column < 0:
        return Pen(pen.x, pen.y).line(part).words
    wide = Pen(0.0, 0.0).line(part).words[-1].x1
    return Pen(220 + 110 * column - wide / 2, pen.y).line(f"*{part}" if bold else part).words


def test_columns_with_names_above_rows_of_results_and_targets_are_measures() -> None:
    assert said(entries(table())) == [
        (" ".join(NAMES[n]), *(ROWS[row][n + 1] for row in (2, 0, 1))) for n in range(3)
    ]


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_where_a_row_lacks_a_value_no_column_is_read(missing: int) -> None:
    """It cannot be said whose value is missing, and the rows are no card either."""
    rows = [list(row) for row in ROWS]
    rows[missing].pop()
    assert not entries(table(rows))


def test_a_single_column_is_a_card() -> None:
    assert [name for name, *_ in said(entries(table(columns=1)))] == ["Nöjda gäster i badhuset"]


def test_text_below_such_a_table_stands_apart_from_its_rows() -> None:
    words = table()
    for gap, count in ((30.0, 3), (6.0, 0)):
        line = Pen(60, max(w.bottom for w in words) + gap).line("Fler kom med cykel än förut.")
        assert len(entries([*words, *line.words])) == count
