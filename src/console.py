"""What a run shows: progress on standard error, the summary on standard output.

On a terminal this is a bar per report, elsewhere plain lines without control characters.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, TextIO

from styrmatt.pipeline import Check, Failure, Inspection, Outcome, Result
from styrmatt.records import FINDING_KINDS, ISSUE_KINDS, SEVERITIES, Finding

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID
    from rich.table import Table

    from styrmatt.extract.onpage import Seen

_PAGES_PER_LINE: Final = 20
_PLAIN_WIDTH: Final = 140


class BarDisplay:
    """A progress bar per report, for terminals."""

    def __init__(self, console: Console) -> None:
        from rich import progress

        self._progress: Progress = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.TextColumn("page {task.completed:.0f} of {task.total:.0f}"),
            progress.TimeElapsedColumn(),
            console=console,
        )
        self._tasks: dict[Path, TaskID] = {}

    def __enter__(self) -> BarDisplay:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def progress(self, path: Path, done: int, total: int) -> None:
        """Move the report's bar."""
        if path not in self._tasks:
            self._tasks[path] = self._progress.add_task(path.name, total=max(total, 1))
        self._progress.update(self._tasks[path], completed=done, total=max(total, 1))

    def finished(self, outcome: Outcome) -> None:
        """The bar of a report that was written stays; that of one that failed gives way to why."""
        if isinstance(outcome, Failure) and outcome.path in self._tasks:
            self._progress.remove_task(self._tasks[outcome.path])
            self._progress.console.print(failure_line(outcome), markup=False, highlight=False)


class LineDisplay:
    """Plain lines, for pipes and logs. ``quiet`` leaves those of failures only."""

    def __init__(self, stream: TextIO, *, quiet: bool = False) -> None:
        self._stream = stream
        self._quiet = quiet

    def __enter__(self) -> LineDisplay:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.flush()

    def progress(self, path: Path, done: int, total: int) -> None:
        """A line as a report begins and one every few pages."""
        if self._quiet or (done and (done % _PAGES_PER_LINE or done == total)):
            return
        print(
            f"{path.name}: " + (f"page {done} of {total}" if done else "reading"), file=self._stream
        )

    def finished(self, outcome: Outcome) -> None:
        """A line that says how it went."""
        if isinstance(outcome, Failure):
            print(failure_line(outcome), file=self._stream)
        elif not self._quiet:
            count = len(outcome.extract.records)
            print(f"{outcome.path.name}: done, {count} records", file=self._stream)


Display = BarDisplay | LineDisplay


def display(*, quiet: bool) -> Display:
    """Bars where standard error is a terminal, else lines."""
    if quiet or not sys.stderr.isatty():
        return LineDisplay(sys.stderr, quiet=quiet)
    from rich.console import Console

    return BarDisplay(Console(stderr=True))


def failure_line(failure: Failure) -> str:
    """The sentence about a report that failed."""
    return f"Error: {_sentence(failure)}"


def print_summary(outcomes: Sequence[Outcome], out: Path, *, timings: bool) -> None:
    """A table per report, what was not done, where the files are and what to do next."""
    results = [outcome for outcome in outcomes if isinstance(outcome, Result)]
    console = _stdout_console()
    for result in results:
        _print_report(console, result, timings=timings)
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            console.print(f"not done: {_sentence(outcome)}", style="red", soft_wrap=True)
    if results:
        records = sum(len(result.extract.records) for result in results)
        reports = f"{len(results)} report" + ("s" if len(results) > 1 else "")
        lines = (
            f"{records} entries of {reports} written to {out}.",
            f'Load them:        python -c "import styrmatt; print(styrmatt.load({str(out)!r}))"',
            "What is in them:  styrmatt schema records",
        )
        for line in lines:
            console.print(line, soft_wrap=True)


def print_inspection(inspection: Inspection, picture: Path | None) -> None:
    """What was read on a page as a table, or in one line where it was drawn."""
    console = _stdout_console()
    console.print(inspection.title, style="bold", soft_wrap=True)
    if picture is not None:
        counts = Counter(item.kind for item in inspection.seen)
        said = ", ".join(f"{kind}: {count}" for kind, count in counts.items()) or "nothing"
        console.print(f"drawn to {picture} ({said})", soft_wrap=True)
        return
    lines = [_inspected(item) for item in inspection.seen]
    if not sys.stdout.isatty():  # a line each, however long, for grep and diff
        widths = [max(map(len, column)) for column in zip(_INSPECTED, *lines, strict=True)]
        for line in (_INSPECTED, *lines):
            print("  ".join(map(str.ljust, line, widths)).rstrip())
        return
    table = _table()
    for name in _INSPECTED:
        table.add_column(name, no_wrap=name != "read", overflow="fold")
    for line in lines:
        table.add_row(*line)
    console.print(table)


_INSPECTED: Final = ("what", "name", "box", "how", "colour", "read")


def _inspected(item: Seen) -> tuple[str, ...]:
    """An item as a line; its box in points, or the page on which it began."""
    box = " ".join(f"{value:.0f}" for value in item.bbox or ())
    if item.since is not None:
        box = f"since page {item.since}"
    indent = "  " if item.kind in ("cell", "marker") else ""
    text = item.text.replace("\n", " / ")
    return (indent + item.kind, item.name, box, item.how, item.colour or "", text)


def print_findings(check: Check, form: str) -> None:
    """The findings of a check as text, JSON or CSV, on standard output."""
    if form == "json":
        rows = [asdict(finding) for finding in check.findings]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([column.name for column in fields(Finding)])
        writer.writerows(asdict(finding).values() for finding in check.findings)
        return
    console = _stdout_console()
    for extract in check.extracts:
        document_id = extract.document.document_id
        own = [finding for finding in check.findings if finding.document_id == document_id]
        count = f"{len(own)} finding" + ("" if len(own) == 1 else "s")
        console.print(f"{document_id}: {count}", style="bold", soft_wrap=True)
        if own:
            console.print(_finding_table(own))
            console.print()


def _finding_table(findings: Sequence[Finding]) -> Table:
    table = _table()
    table.add_column("severity")
    table.add_column("what", overflow="fold", ratio=3)
    table.add_column("page", justify="right")
    table.add_column("quote", overflow="fold", ratio=5)
    for finding in findings:
        meaning = f"{FINDING_KINDS[finding.kind]} ({finding.kind}). {finding.message}"
        table.add_row(finding.severity, meaning, str(finding.page), finding.text)
        if finding.other_text is not None:
            where = str(finding.other_page or "")
            named = f"{finding.other_document_id}: " if finding.other_document_id else ""
            table.add_row("", "", where, f"{named}{finding.other_text}")
    return table


def issue_counts(result: Result) -> dict[tuple[str, str], int]:
    """How many issues a report has by (severity, kind), the worst first."""
    counts = Counter((issue.severity, issue.kind) for issue in result.extract.issues)
    worst_first = sorted(counts, key=lambda pair: (-SEVERITIES.index(pair[0]), pair[1]))
    return {pair: counts[pair] for pair in worst_first}


def _sentence(failure: Failure) -> str:
    """The error's sentence, with the file before it where it does not name it itself."""
    said = str(failure.error)
    return said if failure.path.name in said else f"{failure.path}: {said}"


def _print_report(console: Console, result: Result, *, timings: bool) -> None:
    extract = result.extract
    document = extract.document
    pages = f"{len(document.pages_read)} of {document.page_count} pages"
    console.print(document.document_id, style="bold", soft_wrap=True)
    console.print(f"  {document.source_name}, {pages}, layout {result.layout}", soft_wrap=True)
    counts = {
        "goals": len(extract.goals),
        "factors": len(extract.success_factors),
        "measures": len(extract.measures),
        "entries": len(extract.records),
        "issues": len(extract.issues),
    }
    seconds = dict(result.seconds) if timings else {}
    seconds["seconds"] = sum(result.seconds.values())
    table = _table()
    for name in (*counts, *seconds):
        table.add_column(name, justify="right")
    table.add_row(*map(str, counts.values()), *(f"{value:.1f}" for value in seconds.values()))
    console.print(table)
    if extract.issues:
        console.print(_issue_table(result))
    console.print()


def _issue_table(result: Result) -> Table:
    table = _table()
    table.add_column("count", justify="right")
    table.add_column("severity")
    table.add_column("issue")
    table.add_column("meaning", overflow="fold")
    for (severity, kind), count in issue_counts(result).items():
        table.add_row(str(count), severity, kind, ISSUE_KINDS[kind])
    return table


def _table() -> Table:
    from rich.table import Table

    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 2), header_style="dim")


def _stdout_console() -> Console:
    from rich.console import Console

    width = None if sys.stdout.isatty() else _PLAIN_WIDTH
    return Console(width=width, highlight=False, markup=False)
