"""Renders a comparison as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
        lines += [f"The report {document_id} is only in {which}.\n" for document_id in ids]
    return "\n".join(lines).rstrip() + "\n"


def _head(diff: Diff) -> Iterator[str]:
    yield f"## {diff.left.title} → {diff.right.title}\n"
    totals = [(f"{name}: all = both + alone", left, right) for name, left, right in sums(diff)]
    yield from _table(("", "A", "B"), [*facts(diff), *totals])
    yield from (f"{note}\n" for note in diff.notes)
    if not diff.changes:
        yield "No difference.\n"
        return
    rows = [(f"`{kind}`", str(count), meaning) for kind, count, meaning in numbers(diff)]
    yield from _table(("difference", "count", "meaning"), rows)


def _section(section: ChangeSection, *, counted_only: bool) -> Iterator[str]:
    yield f"### {section.title}: {section.count}\n"
    if counted_only:
        reasons = [(str(count), reason) for reason, count in section.reasons()]
        yield from _table(("count", "why"), reasons)
        return
    rows = [
        [cell if isinstance(cell, str) else _cell(cell) for cell in shown]
        for row in section.rows
        for shown in ([row.cells()[name] for name in section.columns],)
    ]
    yield from _table([section.header(name) for name in section.columns], rows)


def _cell(cell: ChangeCell) -> str:
    value = cell.value or ("–" if cell.pages else "")
    quote = f"“{cell.quote}”" if cell.quote else ""
    return "<br>".join(part for part in (value, quote) if part)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield "| --- " * len(header) + "|"
    for row in rows:
        yield f"| {' | '.join(map(_escaped, row))} |"
    yield ""


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
