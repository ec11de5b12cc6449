"""Tables over years whose rows are the target and the result of one measure.

One row has the targets of the years, one the results under the measure's name; a row for what is
between them may follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from styrmatt.extract.grid.headers.header_block import HeaderBlock
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.tables.cells import TableCell, TableEntry
from styrmatt.geometry import union
from styrmatt.whitespace import single_spaced

_SHORTEST_NAME = 4
"""Letters of a measure's name at least: shorter ones say whose a row is, as "we" does."""
_BETWEEN = frozenset({"change", "status", "fulfilment", "trend"})
"""Roles of words for rows that say how far results are from targets."""


def as_one_measure(
    entries: Sequence[TableEntry], block: HeaderBlock, words: HeaderWords
) -> TableEntry | None:
    """The measure whose rows these are, with its targets; None where they are of several."""
    targets: list[TableEntry] = []
    named: list[TableEntry] = []
    for entry in entries:
        name = single_spaced(entry.text("measure"))
        reading = words.header(name)
        if len(entry.lines) != 1:
            return None
        if words.is_aim(name):
            targets.append(entry)
        elif words.is_own_name(name) or (_is_long(name) and not (reading.roles or reading.whole)):
            named.append(entry)
        elif not (reading.whole and reading.roles <= _BETWEEN):
            return None
    if len(targets) != 1 or len(named) != 1:
        return None
    (aim,), (measure,) = targets, named
    head = single_spaced(aim.text("measure"))
    line = measure.lines[0]
    line.values += [
        replace(value, role="target", text=f"{head}\n{value.text}") for value in aim.lines[0].values
    ]
    measure.review |= aim.review
    if block.unit and "unit" not in measure.cells:
        text = " ".join(word.text for word in block.unit)
        box = union(word.bbox for word in block.unit)
        measure.cells["unit"] = TableCell([text], box, line.page, line.page)
    return measure


def _is_long(name: str) -> bool:
    return sum(map(str.isalpha, name)) >= _SHORTEST_NAME
