"""What a first cut of all tables teaches for the second: widths of columns, habits of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from styrmatt.extract.text.cut.best_path import MORE, CutRow
from styrmatt.extract.text.cut.break_scores import TextStatistics
from styrmatt.extract.text.cut.cell_words import CellWords, TextWord, printed_width
from styrmatt.extract.text.cut.end_scores import NAME_LETTERS
from styrmatt.whitespace import squeeze

CutTable = tuple[Sequence[TextWord], Sequence[CutRow]]
"""A table's words and how they were cut."""

_WIDE_SHARE = 0.9
_FEWEST_CELLS = 8


def learn(sheet: TextStatistics, cuts: Sequence[CutTable], cells: CellWords) -> TextStatistics:
    """``sheet`` with what the cuts of all tables of the text teach."""
    return replace(
        sheet,
        widths=column_widths(cuts),
        own_line=_own_lines(cuts),
        empty=_empties(cuts),
        names=_name_starts(cuts, cells),
    )


def _pieces(cuts: Sequence[CutTable]) -> Iterator[tuple[str, Sequence[TextWord]]]:
    """Column and words of every cell that has words."""
    for words, rows in cuts:
        for row in rows:
            for piece in row.pieces:
                if piece.end > piece.start:
                    yield piece.field, words[piece.start : piece.end]


def _own_lines(cuts: Sequence[CutTable]) -> dict[str, float]:
    """For each column, the share of its cells that begin on a line of their own."""
    starts: dict[str, list[bool]] = {}
    for name, words in _pieces(cuts):
        starts.setdefault(name, []).append(words[0].starts_line)
    return {name: sum(own) / len(own) for name, own in starts.items() if len(own) >= _FEWEST_CELLS}


def _empties(cuts: Sequence[CutTable]) -> dict[str, float]:
    """For board and factor, the share of a measure's first lines that have none."""
    seen: dict[str, list[bool]] = {}
    for _, rows in cuts:
        for row in rows:
            for piece in row.pieces:
                if piece.field in ("board", "success_factor") and not row.sub:
                    seen.setdefault(piece.field, []).append(piece.start == piece.end)
    return {
        name: sum(empty) / len(empty) for name, empty in seen.items() if len(empty) >= _FEWEST_CELLS
    }


def _name_starts(cuts: Sequence[CutTable], cells: CellWords) -> frozenset[str]:
    """The first letters of all measures' names without lead-ins, of those that are long enough."""
    found = set()
    for name, words in _pieces(cuts):
        if name == "measure":
            own = words[1:] if cells.is_kind_lead(words[0].text) else words
            start = squeeze(" ".join(word.text for word in own))[:NAME_LETTERS]
            if len(start) == NAME_LETTERS:
                found.add(start)
    return frozenset(found)


def column_widths(cuts: Sequence[CutTable], fewest: int = 1) -> dict[str, float]:
    """Width of each column: what the widest lines take that another line of the cell follows."""
    seen: dict[str, list[float]] = {}
    for name, words in _pieces(cuts):
        seen.setdefault(name.removeprefix(MORE), []).extend(_wrapped(words))
    return {
        name: sorted(widths)[min(len(widths) - 1, int(_WIDE_SHARE * len(widths)))]
        for name, widths in seen.items()
        if len(widths) >= fewest
    }


def _wrapped(words: Sequence[TextWord]) -> list[float]:
    """Widths of the cell's lines that another line of the cell follows."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return [printed_width(" ".join(texts)) for texts in list(lines.values())[:-1]]
