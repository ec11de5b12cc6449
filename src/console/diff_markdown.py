"""Renders a comparison as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from styrmatt.console.changes import (
    COUNTED_ONLY,
    ChangeCell,
    ChangeSection,
    facts,
    numbers,
    sections,
    sums,
)
from styrmatt.differences import Diff
from styrmatt.pipeline.use_cases.diff import Comparison

_MARKUP: Final = re.compile(
    r"[\\`*\[\]<>|~$]|(?<![^\W_])_|_(?![^\W_])|!(?=\[)|&(?=#?\w+;)|:(?=//)|(?<=www)\.",
    re.IGNORECASE,
)
"""What Markdown acts on within a line. A backslash before punctuation makes it text everywhere."""


def markdown(comparison: Comparison, summary: bool) -> str:
    """The comparison as Markdown: what was compared, the sums, a table per kind."""
    lines: list[str] = []
    for diff in comparison.diffs:
        lines += _head(diff)
        found = [] if summary else list(sections(diff))
        for section in found:
            counted_only = section.kind in COUNTED_ONLY and len(found) > 1
            lines += _section(section, counted_only=counted_only)
    for which, ids in (("A", comparison.left_only), ("B", comparison.right_only)):
        lines += [
            f"The report {_escaped(document_id)} is only in {which}.\n" for document_id in ids
        ]
    return "\n".join(lines).rstrip() + "\n"


def _head(diff: Diff) -> Iterator[str]:
    yield f"## {_escaped(diff.left.title)} → {_escaped(diff.right.title)}\n"
    totals = [(f"{name}: all = both + alone", left, right) for name, left, right in sums(diff)]
    rows = [[_escaped(cell) for cell in row] for row in (*facts(diff), *totals)]
    yield from _table(("", "A", "B"), rows)
    yield from (f"{_escaped(note)}\n" for note in diff.notes)
    if not diff.changes:
        yield "No difference.\n"
        return
    counted = [[f"`{kind}`", str(count), meaning] for kind, count, meaning in numbers(diff)]
    yield from _table(("difference", "count", "meaning"), counted)


def _section(section: ChangeSection, *, counted_only: bool) -> Iterator[str]:
    yield f"### {section.title}: {section.count}\n"
    if counted_only:
        reasons = [(str(count), _escaped(reason)) for reason, count in section.reasons()]
        yield from _table(("count", "why"), reasons)
        return
    rows = [
        [_escaped(cell) if isinstance(cell, str) else _cell(cell) for cell in shown]
        for row in section.rows
        for shown in ([row.cells()[name] for name in section.columns],)
    ]
    yield from _table([section.header(name) for name in section.columns], rows)


def _cell(cell: ChangeCell) -> str:
    value = cell.value or ("–" if cell.pages else "")
    quote = f"“{cell.quote}”" if cell.quote else ""
    return "<br>".join(_escaped(part) for part in (value, quote) if part)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield "| --- " * len(header) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _escaped(text: str) -> str:
    """Text of a report, which nobody vouches for, so that no reader of Markdown acts on it.

    Neither HTML, links, pictures, formulas nor cells come of it, and addresses stay text.
    """
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
