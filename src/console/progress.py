"""Shows the progress of a run on standard error.

On a terminal this is a bar per report, elsewhere plain lines without control characters.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, TextIO

from styrmatt.pipeline.progress import Doing
from styrmatt.pipeline.run import Failure, Outcome
from styrmatt.urls import Url

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

_PAGES_PER_LINE: Final = 20
"""Pages between two lines of progress: often enough to see that it goes on, few lines a report."""


class BarDisplay:
    """A progress bar per report, for terminals."""

    def __init__(self, console: Console) -> None:
        from rich import progress

        self._progress: Progress = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.TextColumn("{task.fields[doing]} {task.completed:.0f} of {task.total:.0f}"),
            progress.TimeElapsedColumn(),
            console=console,
        )
        self._tasks: dict[Path | Url, TaskID] = {}

    def __enter__(self) -> BarDisplay:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def on_progress(self, path: Path | Url, done: int, total: int, doing: Doing = "page") -> None:
        """Move the report's bar."""
        if path not in self._tasks:
            self._tasks[path] = self._progress.add_task(path.name, total=max(total, 1), doing=doing)
        self._progress.update(self._tasks[path], completed=done, total=max(total, 1), doing=doing)

    def on_message(self, sentence: str) -> None:
        """Print a line above the bars."""
        self._progress.console.print(sentence, markup=False, highlight=False)

    def finished(self, outcome: Outcome) -> None:
        """Leave the bar of a report that was written; replace that of a failed one by the error."""
        if outcome.path in self._tasks and (isinstance(outcome, Failure) or outcome.unchanged):
            self._progress.remove_task(self._tasks.pop(outcome.path))
        if isinstance(outcome, Failure):
            self._progress.console.print(failure_line(outcome), markup=False, highlight=False)


class LineDisplay:
    """Plain lines, for pipes and logs; with ``quiet`` only those of failures."""

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

    def on_progress(self, path: Path | Url, done: int, total: int, doing: Doing = "page") -> None:
        """Print a line as a report begins, one every few pages, and one a page recognised."""
        few = doing == "page" and (done % _PAGES_PER_LINE or done == total)
        if self._quiet or (done and few):
            return
        print(
            f"{path.name}: " + (f"{doing} {done} of {total}" if done else "reading"),
            file=self._stream,
        )

    def on_message(self, sentence: str) -> None:
        """Print a line, unless quiet."""
        if not self._quiet:
            print(sentence, file=self._stream)

    def finished(self, outcome: Outcome) -> None:
        """Print a line that says what became of the report."""
        if isinstance(outcome, Failure):
            print(failure_line(outcome), file=self._stream)
        elif not self._quiet:
            count = outcome.rows["records"]
            status = "unchanged" if outcome.unchanged else "done"
            status = "copy" if outcome.copy_of is not None else status
            print(f"{outcome.path.name}: {status}, {count} records", file=self._stream)


Display = BarDisplay | LineDisplay


def display(*, quiet: bool) -> Display:
    """Progress bars where standard error is a terminal, else lines."""
    if quiet or not sys.stderr.isatty():
        return LineDisplay(sys.stderr, quiet=quiet)
    from rich.console import Console

    return BarDisplay(Console(stderr=True))


def failure_line(failure: Failure) -> str:
    """The line about a report that failed."""
    return f"Error: {failure_sentence(failure)}"


def failure_sentence(failure: Failure) -> str:
    """The error's message, preceded by the report's path where it does not name the file."""
    message = str(failure.error)
    return message if failure.path.name in message else f"{failure.path}: {message}"
