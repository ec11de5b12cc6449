"""Tables whose columns are measures and whose rows are results, targets and statuses.

They are read as cards that share their labels: each column has a name at its top.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from statistics import mean

from styrmatt.extract.grid.cards.card import Card, CardField
from styrmatt.extract.grid.cards.card_lines import CardLine
from styrmatt.extract.model.text_lines import Word

_FEWEST_ROWS = 3
"""Rows of such a table at least: with fewer, labels and values stand beside each other by chance.
"""
_APART = 1.5
"""Times the widest gap between two rows from which a line below them is none."""
_FEWEST_COLUMNS = 2
"""Columns with measures at least; with one it is a card."""


def columns_as_cards(name: Sequence[CardLine], body: Sequence[CardLine]) -> list[Card]:
    """The columns of a table as cards, left to right; none where lines are no such table.

    ``name`` are the lines above its first label, ``body`` those with labels and below. Each row has
    as many values as the others, so that none of them can be that of another column.
    """
    rows = [(one.labels[0][0], one.chains[1:]) for one in takewhile(_is_row, body)]
    counts = {len(values) for _, values in rows}
    if len(rows) < _FEWEST_ROWS or len(counts) != 1 or not _ends(body, len(rows)):
        return []
    (count,) = counts
    if count < _FEWEST_COLUMNS or len({label.key for label, _ in rows}) < len(rows):
        return []
    middles = [mean(_middle(values[n]) for _, values in rows) for n in range(count)]
    names: list[list[list[Word]]] = [[] for _ in middles]
    for chain in (chain for one in name for chain in one.chains):
        nearest = min(range(count), key=lambda n: abs(middles[n] - _middle(chain)))
        names[nearest].append(chain)
    if not all(names):
        return []
    return [
        Card(names[n], [CardField(label, [list(values[n])]) for label, values in rows])
        for n in range(count)
    ]


def _ends(body: Sequence[CardLine], count: int) -> bool:
    """Whether nothing follows the first lines, or stands apart from them as they do not."""
    if count == len(body):
        return True
    gaps = [below.line.top - one.line.bottom for one, below in pairwise(body[: count + 1])]
    return gaps[-1] > _APART * max(gaps[:-1]) and not any(one.has_labels for one in body[count:])


def _is_row(one: CardLine) -> bool:
    """Whether a line is a label alone in its chain, with others behind it that have none."""
    first = one.labels[0] if one.labels else []
    alone = len(first) == 1 and first[0].alone and first[0].is_known
    return alone and not any(one.labels[1:])


def _middle(chain: Sequence[Word]) -> float:
    return (chain[0].x0 + chain[-1].x1) / 2
