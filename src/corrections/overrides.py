"""Reads corrections files: the values that people give where the machine is wrong.

A line names a report, a row of it by its id and a field; the machine's value that it was made
against; the right value; why, who (a role) and when. Where both values are the same, the line
confirms what the machine reads. A file is CSV as any spreadsheet saves it, or TOML.
:mod:`styrmatt.normalize.corrections.apply` changes the rows.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from styrmatt.corrections.fields import FIELDS, parse_value, value_text
from styrmatt.corrections.files import CorrectionsLine, csv_lines, toml_lines
from styrmatt.errors import CorrectionsFileError, UsageError
from styrmatt.files import Fetched
from styrmatt.urls import Url

NAMES: Final = ("corrections.csv", "corrections.toml")
"""What a corrections file is called where it is found without being named."""
KEYS: Final = ("document_id", "id", "field", "machine_value", "value", "why", "who", "when")
"""The columns of a CSV file and the keys of a TOML table, all of them needed."""
_NEVER_EMPTY: Final = ("document_id", "id", "field", "why", "who", "when")


@dataclass(frozen=True, slots=True)
class Override:
    """One line of a corrections file: a field of a row, and the value that a person gives it."""

    document_id: str
    row_id: str
    field: str
    machine_value: Any
    value: Any
    why: str
    who: str
    when: date
    place: str
    """File and line, for messages."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Report, row and field, which no two lines share."""
        return self.document_id, self.row_id, self.field


def read_corrections(paths: Sequence[Path | Fetched]) -> tuple[Override, ...]:
    """The lines of these files, in an order that does not depend on theirs.

    Raises UsageError for a missing file and CorrectionsFileError, with file and line, for
    whatever is wrong: an unknown column or field, a value that the field does not take, two lines
    about the same field of a row.
    """
    overrides: dict[tuple[str, str, str], Override] = {}
    for path in paths:
        for line in _lines(path):
            override = _override(line)
            if override.key in overrides:
                raise CorrectionsFileError(
                    f"{override.place}: {override.field} of {override.row_id} is corrected there "
                    f"and in {overrides[override.key].place}.",
                    hint="Keep one of the two lines.",
                )
            overrides[override.key] = override
    return tuple(overrides[key] for key in sorted(overrides))


def find_corrections(inputs: Iterable[Path | Url]) -> tuple[Path | Fetched, ...]:
    """The corrections files in the folders of a run's inputs and in the folders above those.

    For ``data/raw`` that is ``data/raw/corrections.csv`` and ``data/corrections.csv``, or
    ``.toml``. For a folder's URL it is what that folder holds, and for a report's URL none:
    nothing is fetched that was not named. Raises what fetching raises.
    """
    found: dict[Path | Fetched, None] = {}
    for path in inputs:
        if isinstance(path, Url):
            if path.is_folder:
                files = (path.child(name).fetched() for name in NAMES)
                found |= {file: None for file in files if file is not None}
            continue
        folder = path.resolve() if path.is_dir() else path.resolve().parent
        for place in (folder, folder.parent):
            found |= {place / name: None for name in NAMES if (place / name).is_file()}
    return tuple(found)


def concerning(overrides: Iterable[Override], document_id: str) -> tuple[Override, ...]:
    """The corrections of one report."""
    return tuple(override for override in overrides if override.document_id == document_id)


def corrections_hash(overrides: Iterable[Override], document_id: str) -> str | None:
    """Hexadecimal SHA-256 of the corrections of one report; None where there are none.

    Their order and the file's name, kind and spelling of numbers do not change it.
    """
    lines = [
        [*r.key, value_text(r.machine_value), value_text(r.value), r.why, r.who, str(r.when)]
        for r in sorted(concerning(overrides, document_id), key=lambda r: r.key)
    ]
    if not lines:
        return None
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


def _lines(path: Path | Fetched) -> Iterator[CorrectionsLine]:
    if isinstance(path, Path) and not path.is_file():
        raise UsageError(
            f"There is no corrections file {path}.",
            hint="Make one: styrmatt corrections template ID FIELD > corrections.csv.",
        )
    return toml_lines(path, KEYS) if path.suffix.lower() == ".toml" else csv_lines(path, KEYS)


def _override(line: CorrectionsLine) -> Override:
    values, place = line.values, line.place
    for key in _NEVER_EMPTY:
        if not values[key]:
            raise CorrectionsFileError(
                f"{place}: {key} is empty.", hint=f"Every line says {', '.join(_NEVER_EMPTY)}."
            )
    name = values["field"]
    field = FIELDS.get(name)
    if field is None:
        near = difflib.get_close_matches(name, FIELDS, n=1)
        suggestion = (
            f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(FIELDS))}."
        )
        raise CorrectionsFileError(f"{place}: no field {name!r} can be corrected; {suggestion}")
    override = Override(
        document_id=values["document_id"],
        row_id=values["id"],
        field=name,
        machine_value=_parsed(line, "machine_value", name),
        value=_parsed(line, "value", name),
        why=values["why"],
        who=values["who"],
        when=_day(line),
        place=place,
    )
    if override.value is None and not field.nullable:
        raise CorrectionsFileError(f"{place}: value is empty, but {name} is never empty.")
    return override


def _parsed(line: CorrectionsLine, key: str, name: str) -> Any:
    try:
        return parse_value(FIELDS[name], line.values[key])
    except ValueError as error:
        raise CorrectionsFileError(f"{line.place}: {key} of {name} {error}") from error


def _day(line: CorrectionsLine) -> date:
    try:
        return date.fromisoformat(line.values["when"])
    except ValueError as error:
        raise CorrectionsFileError(
            f"{line.place}: when is {line.values['when']!r}, not a day like 2024-03-31."
        ) from error
