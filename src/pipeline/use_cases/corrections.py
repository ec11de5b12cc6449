"""People's corrections: what an extract has of them, and lines to start a corrections file with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from styrmatt.corrections.fields import CORRECTABLE, value_text
from styrmatt.corrections.overrides import Override, read_corrections
from styrmatt.errors import UsageError
from styrmatt.files import Fetched
from styrmatt.records import Correction, Extract


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """A line of a corrections file, without what only a person can fill in."""

    document_id: str
    id: str
    field: str
    machine_value: str
    value: str = ""
    why: str = ""
    who: str = ""
    when: str = ""


def corrections_without_report(files: Sequence[Path | Fetched], root: Path) -> tuple[Override, ...]:
    """The lines of these files whose report is not below ``root``."""
    from styrmatt.export.store.manifest_file import read_manifest

    if not files:
        return ()
    known = {entry.document_id for entry in read_manifest(root)}
    return tuple(line for line in read_corrections(files) if line.document_id not in known)


def corrections_in(root: Path, *, document: str | None = None) -> tuple[Correction, ...]:
    """The corrections in the extracts below ``root``, applied or not.

    With ``document``, only those of reports whose id contains it. Raises UsageError, OutputError.
    """
    from styrmatt.export.store.extracts import read_extracts

    extracts = read_extracts(root, document=document)
    return tuple(row for extract in extracts for row in extract.corrections)


def draft_lines(
    root: Path, ids: Sequence[str], names: Sequence[str] = (), *, document: str | None = None
) -> tuple[CorrectionDraft, ...]:
    """A line for each of these fields of the rows with these ids, with the machine's value.

    Without ``names``, for every field that can be corrected. A field that was corrected before
    gets the machine's value, not the corrected one. With ``document`` only reports whose id
    contains it are read. Raises UsageError for an id without a row or without such a field.
    """
    from styrmatt.export.store.extracts import read_extracts

    today = date.today().isoformat()
    found: dict[str, list[CorrectionDraft]] = {row_id: [] for row_id in ids}
    for extract in read_extracts(root, document=document):
        for dataset, fields in CORRECTABLE.items():
            for row in extract.rows(dataset):
                row_id = getattr(row, _key(dataset))
                if row_id in found:
                    found[row_id] += [
                        CorrectionDraft(
                            extract.document.document_id,
                            row_id,
                            name,
                            _machine_text(extract, row, row_id, name),
                            when=today,
                        )
                        for name in fields
                        if not names or name in names
                    ]
    for row_id, lines in found.items():
        if not lines:
            what = f" with a field {' or '.join(names)} to correct" if names else ""
            raise UsageError(
                f"There is no row {row_id}{what} in {root}.",
                hint="Ids are in the columns record_id, measure_id, goal_id ... of the datasets.",
            )
    return tuple(line for lines in found.values() for line in lines)


def _machine_text(extract: Extract, row: object, row_id: str, name: str) -> str:
    for correction in extract.corrections:
        if (correction.row_id, correction.field, correction.applied) == (row_id, name, True):
            return correction.machine_value or ""
    return value_text(getattr(row, name)) or ""


def _key(dataset: str) -> str:
    from styrmatt.export.schema.columns import key_columns

    return key_columns(dataset)[0]
