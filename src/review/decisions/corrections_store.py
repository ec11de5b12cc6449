"""The corrections file as the page writes it: one line at a time, none ever lost.

Whoever writes takes the extract's lock, reads the file as it is then, puts lines in or takes them
out, has the result read as a run would, and only then puts it in place by one rename. A page that
was made before another window's line for the same field is told so, and nothing is written.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from styrmatt.corrections.fields import FIELDS, parse_value, same_value
from styrmatt.corrections.files import csv_lines
from styrmatt.corrections.overrides import KEYS, Override, read_corrections
from styrmatt.errors import CorrectionsFileError, OutputError, UsageError
from styrmatt.export.store.transaction import root_lock

_LOCK_WAIT: Final = 10.0
"""Seconds to wait for a run or another window that writes; a person does not wait longer."""
_SEPARATOR: Final = ";"
"""Of Swedish spreadsheets, as `styrmatt corrections template` writes."""
_ENCODING: Final = "utf-8-sig"
"""With a byte order mark, so that spreadsheets read it as UTF-8."""
Key = tuple[str, str, str]
"""Report, row and field."""


class DecidedMeanwhileError(Exception):
    """Another window or person has written the same fields since the page was made."""

    def __init__(self, lines: Sequence[CorrectionLine]) -> None:
        super().__init__("the fields have another line now")
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A line of the file, each cell as text."""

    document_id: str
    id: str
    field: str
    machine_value: str
    value: str
    why: str
    who: str
    when: str

    @property
    def key(self) -> Key:
        """Report, row and field, which no two lines share."""
        return self.document_id, self.id, self.field

    @property
    def confirms(self) -> bool:
        """Whether it says that the machine's value is right."""
        field = FIELDS[self.field]
        return same_value(parse_value(field, self.machine_value), parse_value(field, self.value))


@dataclass(frozen=True, slots=True)
class CorrectionsStore:
    """The file that is written, and others that a run reads beside it."""

    root: Path
    """The extract, whose lock is taken to write."""
    path: Path
    others: tuple[Path, ...] = ()

    def lines(self) -> Mapping[Key, CorrectionLine]:
        """The lines of the file that is written, by report, row and field.

        Raises CorrectionsFileError for a file that is wrong.
        """
        if not self.path.is_file():
            return {}
        found = [CorrectionLine(**line.values) for line in csv_lines(self.path, KEYS)]
        return {line.key: line for line in found}

    def decided(self) -> Mapping[Key, Override]:
        """What people have decided, in this file and the others. Raises CorrectionsFileError."""
        files = [path for path in (self.path, *self.others) if path.is_file()]
        return {override.key: override for override in read_corrections(files)}

    def put(
        self, lines: Iterable[CorrectionLine], *, seen: Mapping[Key, str] | None = None
    ) -> None:
        """Write these lines in place of those about the same fields.

        ``seen`` are the values that the page showed for fields that had a line, so that what
        another window has written since is not lost. Raises DecidedMeanwhileError where it has,
        OutputError where the file cannot be written, and CorrectionsFileError for a line that a run
        would refuse; then nothing is changed.
        """
        new = {line.key: line for line in lines}

        def change(old: Mapping[Key, CorrectionLine]) -> Mapping[Key, CorrectionLine]:
            conflicting = [
                old[key]
                for key, line in new.items()
                if key in old
                and old[key].value != line.value
                and old[key].value != (seen or {}).get(key)
            ]
            if conflicting:
                raise DecidedMeanwhileError(conflicting)
            kept = {key: old[key] for key, line in new.items() if _says_the_same(old, line)}
            return {**old, **new, **kept}

        self._change(change)

    def take_out(self, keys: Iterable[Key]) -> None:
        """Remove the lines about these fields. Raises what :meth:`put` raises."""
        gone = set(keys)
        self._change(lambda old: {key: line for key, line in old.items() if key not in gone})

    def _change(
        self, change: Callable[[Mapping[Key, CorrectionLine]], Mapping[Key, CorrectionLine]]
    ) -> None:
        with root_lock(self.root, wait=_LOCK_WAIT):
            old = self.lines()
            new = change(old)
            if new != old:
                self._write(new.values())

    def _write(self, lines: Iterable[CorrectionLine]) -> None:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=_SEPARATOR, lineterminator="\r\n")
        writer.writerow(KEYS)
        writer.writerows([getattr(line, key) for key in KEYS] for line in lines)
        draft = self.path.with_name(f".{self.path.name}.part-{os.getpid()}.csv")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(text.getvalue().encode(_ENCODING))
                file.flush()
                os.fsync(file.fileno())
            read_corrections([draft, *(path for path in self.others if path.is_file())])
            draft.replace(self.path)
        except OSError as error:
            raise OutputError(
                f"{self.path} cannot be written: {error.strerror or error}.",
                hint="Name another file with --corrections.",
            ) from error
        except CorrectionsFileError as error:
            raise CorrectionsFileError(str(error).replace(draft.name, self.path.name)) from error
        finally:
            draft.unlink(missing_ok=True)


def choose_file(named: Path | None, sources: Sequence[Path], found: Sequence[Path]) -> Path:
    """The corrections file to write: the one named, else one that is there, else a new one.

    ``sources`` are folders or files of the reports, ``found`` the corrections files that a run
    would apply. Raises UsageError for a file that is no CSV.
    """
    if named is not None:
        if named.suffix.lower() != ".csv":
            raise UsageError(f"{named} does not end in .csv.", hint="Lines are written as CSV.")
        return named
    tables = [path for path in found if path.suffix.lower() == ".csv"]
    if tables:
        return tables[0]
    folder = next((path if path.is_dir() else path.parent for path in sources), Path())
    return folder / "corrections.csv"


def _says_the_same(old: Mapping[Key, CorrectionLine], line: CorrectionLine) -> bool:
    """Whether the file has this very decision already: then who made it first stays."""
    return line.key in old and (old[line.key].machine_value, old[line.key].value) == (
        line.machine_value,
        line.value,
    )
