"""What can go wrong for a whole report or run, and the exit code that says so.

A thing that a person should know about one row, cell or sentence is not an error but an
:class:`styrmatt.records.Issue`: it is written beside the data and the run goes on.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command. The table in docs/COMMANDS.md is made from this."""

    DONE = 0, "done; nothing to report"
    FINDINGS = 1, "done, and there are findings, differences or (with --strict) warnings"
    USAGE = 2, "the command line is wrong: unknown option, missing file"
    UNREADABLE = 3, "a source is not a PDF or text, is empty, cut off or damaged"
    ENCRYPTED = 4, "a PDF needs a password (--password)"
    NO_TEXT = 5, "a PDF has no text layer: it has to go through OCR first"
    NO_LAYOUT = 6, "no layout fits a report, or two fit equally well"
    BAD_LAYOUT = 7, "a layout, sidecar or corrections file is wrong"
    NO_IDENTITY = 8, "a report does not say its year or organisation, and no option does"
    OUTPUT = 9, "the output folder cannot be written or read"
    CONFLICT = 10, "the document is there from another source, or whole where this run is partial"
    CLUSTER = 11, "the cluster cannot be reached, has other versions or lost all its workers"
    INTERNAL = 70, "a defect of styrmatt itself; please report it"

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """A code with its meaning beside it."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class StyrmattError(Exception):
    """One sentence about what is wrong, what to do next, and the exit code that goes with it."""

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
    """The source is not what its name says, is empty, or breaks off."""

    exit_code = ExitCode.UNREADABLE


class EncryptedSourceError(StyrmattError):
    """The PDF needs a password."""

    exit_code = ExitCode.ENCRYPTED


class NoTextError(StyrmattError):
    """The PDF holds pictures of pages only."""

    exit_code = ExitCode.NO_TEXT


class NoLayoutError(StyrmattError):
    """No layout is a clear best match."""

    exit_code = ExitCode.NO_LAYOUT


class LayoutFileError(StyrmattError):
    """A layout, language or sidecar file does not hold what it must."""

    exit_code = ExitCode.BAD_LAYOUT


class CorrectionsFileError(StyrmattError):
    """A corrections file does not hold what it must."""

    exit_code = ExitCode.BAD_LAYOUT


class IdentityError(StyrmattError):
    """The report's year or organisation is not known."""

    exit_code = ExitCode.NO_IDENTITY


class OutputError(StyrmattError):
    """The output root cannot be written or read."""

    exit_code = ExitCode.OUTPUT


class ConflictError(StyrmattError):
    """Writing would overwrite something that only --replace may overwrite."""

    exit_code = ExitCode.CONFLICT


class ClusterError(StyrmattError):
    """The cluster that was to read the reports cannot do so."""

    exit_code = ExitCode.CLUSTER


class DefectError(StyrmattError):
    """styrmatt was about to write something that its own declarations forbid."""

    exit_code = ExitCode.INTERNAL


class GivenUpError(StyrmattError):
    """A report ended every process that read it; ``cause`` says how the last one ended."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, name: str, tries: int, cause: str) -> None:
        often = "once" if tries == 1 else f"{tries} times"
        super().__init__(
            f"{name} was given up: the process that read it was ended {often}, the last time "
            f"{cause}.",
            hint="Has the machine run out of memory? Else please report it.",
        )
        self.name = name
        self.tries = tries
        self.cause = cause

    def __reduce__(self) -> tuple[type[GivenUpError], tuple[str, int, str]]:
        return type(self), (self.name, self.tries, self.cause)
