"""What comes back of a report that another process was given to read, and how often it is given.

It is what was read, or the error that it met there, or nothing, because the process died.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from styrmatt.errors import GivenUpError, StyrmattError
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.urls import Url

R = TypeVar("R")
Watch = Callable[[Path | Url, int, int], None]
"""Called with a report, pages done and pages to do; 0 and 0 as it begins."""


class Failed(NamedTuple):
    """What a report's reading raised, and where, which an error does not carry with it."""

    error: StyrmattError
    trace: str

    def here(self) -> StyrmattError:
        """The error, with where it arose as its cause."""
        self.error.__cause__ = OtherTraceback(self.trace)
        return self.error


class WorkerDied(NamedTuple):
    """The end of a process that was reading, and how it came: ``by signal SIGKILL``."""

    how: str


class OtherTraceback(Exception):
    """The traceback of an error in another process, as its cause here."""

    def __str__(self) -> str:
        return f'\n"""\n{self.args[0]}"""'


def call_captured(read: Callable[[], R]) -> R | Failed:
    """What ``read`` returns, or the error that it raises, to be sent to another process."""
    try:
        return read()
    except StyrmattError as error:
        return Failed(error, "".join(traceback.format_exception(error)))


def with_retries(
    sources: Iterable[ReportSource],
    tries: int,
    read: Callable[
        [Iterable[ReportSource], bool],
        Iterable[tuple[ReportSource, R | StyrmattError | WorkerDied]],
    ],
) -> Generator[tuple[ReportSource, R | StyrmattError], None, None]:
    """Each source with what was read or why not; one whose process dies is read so many times.

    ``read`` tells what became of the sources it is given. It is called anew, when all others are
    done, with those whose processes died; for their last try it is told to read each alone, lest
    one be given up for what another did. Then the error is a GivenUpError.
    """
    for number in range(1, tries + 1):
        died: list[ReportSource] = []
        for source, answer in read(sources, 1 < number == tries):
            if not isinstance(answer, WorkerDied):
                yield source, answer
            elif number < tries:
                died.append(source)
            else:
                yield source, GivenUpError(source.path.name, tries, answer.how)
        if not died:
            return
        sources = died
