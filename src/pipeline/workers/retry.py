"""What comes back from a call in another process: results, errors, deaths; and retries."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import NamedTuple, TypeVar

from styrmatt.errors import GivenUpError, StyrmattError
from styrmatt.pipeline.choose_sources import ReportSource

R = TypeVar("R")


class CapturedError(NamedTuple):
    """An error raised in another process, with its traceback, which pickling would lose."""

    error: StyrmattError
    trace: str

    def restored(self) -> StyrmattError:
        """The error, with the other process's traceback as its cause."""
        self.error.__cause__ = RemoteTraceback(self.trace)
        return self.error


class WorkerDied(NamedTuple):
    """A process died while it was reading a report."""

    cause: str
    """Completes the sentence "it was ended ...": ``by signal SIGKILL``."""


class RemoteTraceback(Exception):
    """The traceback of an error in another process, as the cause of that error here."""

    def __str__(self) -> str:
        return f'\n"""\n{self.args[0]}"""'


def call_captured(read: Callable[[], R]) -> R | CapturedError:
    """What ``read`` returns, or the StyrmattError that it raises, ready to be pickled."""
    try:
        return read()
    except StyrmattError as error:
        return CapturedError(error, "".join(traceback.format_exception(error)))


ReadRound = Callable[
    [Iterable[ReportSource], bool], Iterator[tuple[ReportSource, R | StyrmattError | WorkerDied]]
]
"""Called with sources and whether to read them one at a time; yields each source with what was
read, the error, or that its process died."""


def with_retries(
    sources: Iterable[ReportSource], tries: int, read: ReadRound[R]
) -> Generator[tuple[ReportSource, R | StyrmattError], None, None]:
    """Each source with what was read or why not; one whose process dies is read ``tries`` times.

    ``read`` is called anew, when all others are done, with the sources whose processes died. For
    their last try it reads one at a time, so that a report is not blamed for a crash that another
    one caused, such as running out of memory. One that dies then is a GivenUpError.
    """
    for number in range(1, tries + 1):
        died: list[ReportSource] = []
        for source, answer in read(sources, 1 < number == tries):
            if not isinstance(answer, WorkerDied):
                yield source, answer
            elif number < tries:
                died.append(source)
            else:
                yield source, GivenUpError(source.name, tries, answer.cause)
        if not died:
            return
        sources = died
