"""What a first cut of all tables teaches for the second: columns' widths and usual contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from styrmatt.extract.text.cut.best_path import CutRow, SpanKind
from styrmatt.extract.text.cut.break_scores import TextStatistics
from styrmatt.extract.text.cut.cell_words import CellLexicon, TextWord, printed_width
from styrmatt.extract.text.cut.end_scores import NAME_LETTERS
from styrmatt.whitespace import squeeze

CutTable = tuple[Sequence[TextWord], Sequence[CutRow]]
"""A table's words and how they were cut."""

_WIDTH_QUANTILE = 0.9
"""Quantile of a column's line widths that is its width: the widest lines may be cut wrongly."""
_FEWEST_CELLS = 8
"""Cells from which a share of them is learned: with fewer, one wrong cut decides the share."""


def learn_statistics(
    statistics: TextStatistics, cuts: Sequence[CutTable], lexicon: CellLexicon
) -> TextStatistics:
    """``statistics`` with what the cuts of all tables of the text teach."""
    return replace(
        statistics,
        column_widths=column_widths(cuts),
        line_start_share=_line_start_shares(cuts),
        empty_share=_empty_shares(cuts),
        measure_names=_name_starts(cuts, lexicon),
    )


def _cells(cuts: Sequence[CutTable]) -> Iterator[tuple[str, SpanKind, Sequence[TextWord]]]:
    """Column, kind and words of every cell that has words."""
    for words, rows in cuts:
        for row in rows:
            for span in row.spans:
                if span.end > span.start:
                    yield span.field, span.kind, words[span.start : span.end]


def _line_start_shares(cuts: Sequence[CutTable]) -> dict[str, float]:
    """For each column, the share of its cells that begin on a line of their own."""
    starts: dict[str, list[bool]] = {}
    for name, kind, words in _cells(cuts):
        if kind == SpanKind.CELL:
            starts.setdefault(name, []).append(words[0].starts_line)
    return _shares(starts)


def _empty_shares(cuts: Sequence[CutTable]) -> dict[str, float]:
    """For board and factor, the share of a measure's first lines that have none."""
    empty: dict[str, list[bool]] = {}
    for _, rows in cuts:
        for row in rows:
            for span in row.spans:
                if span.field in ("board", "success_factor") and not row.continues_measure:
                    empty.setdefault(span.field, []).append(span.start == span.end)
    return _shares(empty)


def _shares(cases: dict[str, list[bool]]) -> dict[str, float]:
    return {
        name: sum(values) / len(values)
        for name, values in cases.items()
        if len(values) >= _FEWEST_CELLS
    }


def _name_starts(cuts: Sequence[CutTable], lexicon: CellLexicon) -> frozenset[str]:
    """The first letters of all measures' names without lead-ins, of those that are long enough."""
    found = set()
    for field, kind, words in _cells(cuts):
        if field == "measure" and kind == SpanKind.CELL:
            name = words[1:] if lexicon.is_kind_lead(words[0].text) else words
            start = squeeze(" ".join(word.text for word in name))[:NAME_LETTERS]
            if len(start) == NAME_LETTERS:
                found.add(start)
    return frozenset(found)


def column_widths(cuts: Sequence[CutTable], fewest: int = 1) -> dict[str, float]:
    """Width of each column, in letters of medium width.

    Only lines that another line of their cell follows show it: the last one may end anywhere.
    Columns with fewer than ``fewest`` such lines are left out.
    """
    widths: dict[str, list[float]] = {}
    for name, _, words in _cells(cuts):
        widths.setdefault(name, []).extend(_wrapped_widths(words))
    return {
        name: sorted(values)[min(len(values) - 1, int(_WIDTH_QUANTILE * len(values)))]
        for name, values in widths.items()
        if len(values) >= fewest
    }


def _wrapped_widths(words: Sequence[TextWord]) -> list[float]:
    """Widths of the cell's lines that another line of the cell follows."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return [printed_width(" ".join(texts)) for texts in list(lines.values())[:-1]]
