"""Errors that stop a report or a whole command, and the exit codes that go with them.

What the user should know about one row, cell or sentence is no error but an
:class:`styrmatt.records.Issue`: it is written beside the data, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command. The table in docs/COMMANDS.md is made from this."""

    DONE = 0, "done; nothing to report"
    FINDINGS = 1, "done, and there are findings, differences or (with --strict) warnings"
    USAGE = 2, "the command line is wrong: unknown option, missing file"
    UNREADABLE = 3, "a source is not a PDF or text, is empty, cut off or damaged"
    ENCRYPTED = 4, "a PDF needs a password (--password)"
    NO_TEXT = 5, "a PDF has no text layer, or none that can be read; for scans see docs/SCANS.md"
    NO_LAYOUT = 6, "no layout fits a report, or two fit equally well"
    BAD_LAYOUT = 7, "a layout, rule, sidecar or corrections file is wrong"
    NO_IDENTITY = 8, "a report does not say its year or organisation, and no option does"
    OUTPUT = 9, "the output folder cannot be written or read"
    CONFLICT = 10, "the output has the document from another source, or with more pages"
    CLUSTER = 11, "the cluster cannot be reached, has other versions or lost all its workers"
    NO_MEASURES = 12, "no measure was found in a report whose layout is known"
    GIVEN_UP = 13, "a report ended its process, or took more time or memory than it may"
    INTERNAL = 70, "a defect of styrmatt itself; please report it"

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """An exit code with its meaning, which the help shows."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class StyrmattError(Exception):
    """An error for the user: a sentence about what happened, a hint what to do, an exit code."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class UsageError(StyrmattError):
    """The command line asks for something that cannot be done."""

    exit_code = ExitCode.USAGE


class UnreadableSourceError(StyrmattError):
    """The source is not a PDF or text, is empty, cut off or damaged, or cannot be opened."""

    exit_code = ExitCode.UNREADABLE


class EncryptedSourceError(StyrmattError):
    """The PDF needs a password."""

    exit_code = ExitCode.ENCRYPTED


class NoTextError(StyrmattError):
    """The PDF has no text layer, or one of which nothing can be read."""

    exit_code = ExitCode.NO_TEXT


class NoLayoutError(StyrmattError):
    """No layout fits the report, or two fit equally well."""

    exit_code = ExitCode.NO_LAYOUT


class NoMeasuresError(StyrmattError):
    """No measure was found in the report, though a layout fits it or was named."""

    exit_code = ExitCode.NO_MEASURES


class LayoutFileError(StyrmattError):
    """A layout, vocabulary, rule or sidecar file is not valid, or a language pipeline not there."""

    exit_code = ExitCode.BAD_LAYOUT


class CorrectionsFileError(StyrmattError):
    """A corrections file is not valid."""

    exit_code = ExitCode.BAD_LAYOUT


class IdentityError(StyrmattError):
    """Neither the report nor an option says its year or organisation."""

    exit_code = ExitCode.NO_IDENTITY


class OutputError(StyrmattError):
    """The output root cannot be written or read."""

    exit_code = ExitCode.OUTPUT


class ConflictError(StyrmattError):
    """The output has the document from another source, or with more pages."""

    exit_code = ExitCode.CONFLICT


class ClusterError(StyrmattError):
    """The cluster cannot be reached, has other versions or lost all its workers."""

    exit_code = ExitCode.CLUSTER


class DefectError(StyrmattError):
    """A defect of styrmatt: an unexpected exception, or rows that its own schema forbids."""

    exit_code = ExitCode.INTERNAL


WORST_FIRST = (
    ExitCode.INTERNAL,
    ExitCode.GIVEN_UP,
    ExitCode.OUTPUT,
    ExitCode.CLUSTER,
    ExitCode.UNREADABLE,
    ExitCode.ENCRYPTED,
    ExitCode.NO_TEXT,
    ExitCode.NO_LAYOUT,
    ExitCode.NO_MEASURES,
    ExitCode.NO_IDENTITY,
    ExitCode.BAD_LAYOUT,
    ExitCode.CONFLICT,
    ExitCode.USAGE,
    ExitCode.FINDINGS,
    ExitCode.DONE,
)
"""The codes from the worst on: what is wrong with styrmatt or the machine, with a file, with what
one said of it, with nothing. The code of several reports is the worst of theirs."""


def worst(codes: Iterable[int]) -> ExitCode:
    """The worst of these exit codes; DONE where there is none."""
    found = {int(code) for code in codes}
    return next((code for code in WORST_FIRST if int(code) in found), ExitCode.DONE)


class GivenUpError(StyrmattError):
    """Every process that read a report died; ``cause`` says how the last one ended."""

    exit_code = ExitCode.GIVEN_UP

    def __init__(self, name: str, tries: int, cause: str) -> None:
        times = "once" if tries == 1 else f"{tries} times"
        super().__init__(
            f"{name} was given up: the process that read it was ended {times}, the last time "
            f"{cause}.",
            hint="Did the machine run out of memory? If not, please report it.",
        )
        self.name = name
        self.tries = tries
        self.cause = cause

    def __reduce__(self) -> tuple[type[GivenUpError], tuple[str, int, str]]:
        return type(self), (self.name, self.tries, self.cause)


class BudgetError(GivenUpError):
    """Reading a report took more than it may: ``limit`` is so many seconds, or so much memory."""

    def __init__(self, name: str, limit: str) -> None:
        StyrmattError.__init__(
            self,
            f"{name} was given up: reading it took more than {limit}.",
            hint="If it is a report, allow more with --timeout or --memory.",
        )
        self.name = name
        self.limit = limit

    def __reduce__(self) -> tuple[type[BudgetError], tuple[str, str]]:  # type: ignore[override]
        return type(self), (self.name, self.limit)
