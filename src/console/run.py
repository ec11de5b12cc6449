"""Prints the summary of a run: a table per report, what failed, what to do next."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from styrmatt.console.progress import failure_sentence
from styrmatt.console.style import plain_table, stdout_console
from styrmatt.pipeline.run import Failure, Outcome, Result
from styrmatt.records import ISSUE_KINDS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from styrmatt.corrections.overrides import Override


_COUNTED: Final = {
    "goals": "goals",
    "factors": "success_factors",
    "measures": "measures",
    "entries": "records",
    "issues": "issues",
}
"""By column of the table, the dataset whose rows it counts."""


def print_summary(outcomes: Sequence[Outcome], out: Path, *, timings: bool) -> None:
    """Print a table per written report, what failed, where the files are and what to do next."""
    every = [outcome for outcome in outcomes if isinstance(outcome, Result)]
    results = [result for result in every if result.copy_of is None]
    written = [result for result in results if not result.unchanged]
    unchanged = [result for result in results if result.unchanged]
    console = stdout_console()
    for result in written:
        _print_report(console, result, timings=timings)
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            console.print(f"failed: {failure_sentence(outcome)}", style="red", soft_wrap=True)
    lines = []
    if written:
        lines.append(f"{_entries(written)} written to {out}.")
    if cached := [result for result in written if result.pages_from_cache]:
        lines.append(f"{_reports(cached)} made from pages read before (--force reads them again).")
    if unchanged:
        lines.append(f"{_entries(unchanged)} unchanged in {out} (--force reads them again).")
    for copy in every:
        if copy.copy_of is not None:
            lines.append(f"{copy.path} is a copy of {copy.copy_of}: it counts once.")
    if results:
        python = _python_command()
        lines += (
            f'Load them:        {python} -c "import styrmatt; print(styrmatt.load({str(out)!r}))"',
            f"What is in them:  {python} -m styrmatt schema records",
            f"Look at them:     {python} -m styrmatt review {out}",
        )
    for line in lines:
        console.print(line, soft_wrap=True)


def _python_command() -> str:
    """How a shell in this folder starts the Python that has styrmatt installed.

    A bare ``python`` is often another one: ``make run`` uses that of .venv, which is not activated.
    """
    python = Path(sys.executable)
    if shutil.which("python") == str(python):
        return "python"
    if python.is_relative_to(Path.cwd()):
        python = python.relative_to(Path.cwd())
    return shlex.quote(str(python))


def print_corrections_without_report(corrections: Sequence[Override]) -> None:
    """Print the corrections of reports that the output does not have.

    Their document_id is wrong, or the report has not been run yet.
    """
    console = stdout_console()
    for correction in corrections:
        console.print(
            f"not applied: {correction.place} is about {correction.document_id}, which is no "
            "report in the output.",
            style="yellow",
            soft_wrap=True,
        )


def _entries(results: Sequence[Result]) -> str:
    records = sum(result.rows["records"] for result in results)
    return f"{records} entries of {_reports(results)}"


def _reports(results: Sequence[Result]) -> str:
    return f"{len(results)} report" + ("s" if len(results) > 1 else "")


def _print_report(console: Console, result: Result, *, timings: bool) -> None:
    document = result.document
    pages = f"{len(document.pages_read)} of {document.page_count} pages"
    console.print(document.document_id, style="bold", soft_wrap=True)
    console.print(f"  {document.source_name}, {pages}, layout {document.layout}", soft_wrap=True)
    counts = {head: result.rows[dataset] for head, dataset in _COUNTED.items()}
    seconds = dict(result.seconds) if timings else {}
    seconds["seconds"] = sum(result.seconds.values())
    table = plain_table()
    for name in (*counts, *seconds):
        table.add_column(name, justify="right")
    shown = {name: f"{value:.1f}" for name, value in seconds.items()}
    if timings and result.pages_from_cache:
        shown["read"] += " (cached)"
    table.add_row(*map(str, counts.values()), *shown.values())
    console.print(table)
    if result.issues:
        console.print(_issue_table(result))
    console.print()


def _issue_table(result: Result) -> Table:
    table = plain_table()
    table.add_column("count", justify="right")
    table.add_column("severity")
    table.add_column("issue")
    table.add_column("meaning", overflow="fold")
    for (severity, kind), count in result.issues.items():
        table.add_row(str(count), severity, kind, ISSUE_KINDS[kind])
    return table
