"""Applies the corrections of one report to its rows.

Every fact has one home: the name of a measure in ``measures``, its target in ``targets``, a result
in ``outcomes``. A correction changes the home, and the copies in other datasets follow. Ids do not
change. A correction that cannot be applied leaves an issue; applied or not, it leaves a row in
``corrections``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from styrmatt.corrections.fields import (
    CORRECTABLE,
    LINK_FIELDS,
    OUTCOME_COLUMNS,
    SOURCES,
    same_value,
    value_text,
)
from styrmatt.corrections.overrides import Override, concerning
from styrmatt.errors import CorrectionsFileError
from styrmatt.normalize.corrections.propagate import propagate
from styrmatt.normalize.corrections.rows import ReportRows, with_corrected_columns
from styrmatt.normalize.ids import content_id
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.shown_outcome import may_be_shown, shown_outcome
from styrmatt.records import Correction, Extract, Measure, Outcome, Record

_REFERENCED: Final = {
    "goal_id": "goals",
    "success_factor_id": "success_factors",
    "measure_id": "measures",
}
"""The dataset that each field refers to by an id."""
_UNUSED: Final = "correction_unused"
_OUTDATED: Final = "correction_outdated"


def correct(extract: Extract, overrides: Iterable[Override]) -> Extract:
    """The report with those corrections applied that are of it; the same one where none is.

    The order of ``overrides`` does not matter. Corrections of links between years are left to
    :func:`styrmatt.normalize.corrections.links.correct_links`. Raises CorrectionsFileError for a
    field that the row does not have, and for two corrections of one fact.
    """
    of_rows = [
        override
        for override in sorted(
            concerning(overrides, extract.document.document_id), key=lambda o: o.key
        )
        if override.field not in LINK_FIELDS
    ]
    if not of_rows:
        return extract
    context = CorrectionContext(extract, ReportRows.of(extract))
    cells = list(filter(None, map(context.find_cell, of_rows)))
    for cell in context.without_duplicate_sexes(cells):
        context.set_cell(cell)
    return context.corrected_extract()


@dataclass(frozen=True, slots=True)
class CorrectedCell:
    """A field of a row in the dataset where it has its home, and what it is to be."""

    dataset: str
    row_id: str
    field: str
    override: Override


@dataclass
class CorrectionContext:
    """The rows of a report while corrections change them."""

    extract: Extract
    rows: ReportRows
    corrections: list[Correction] = field(default_factory=list)
    _applied: dict[tuple[str, str, str], Override] = field(default_factory=dict)
    """By dataset, row and field, what has been applied."""

    def __post_init__(self) -> None:
        document = self.extract.document
        self.issues = IssueBook(document.document_id, document.fiscal_year)

    def find_cell(self, override: Override) -> CorrectedCell | None:
        """The cell that an override is about; None, and an issue, where it cannot be applied.

        Raises CorrectionsFileError where the row does not have the field.
        """
        homes = self.rows.homes(override.row_id)
        if not homes:
            reason = f"No row of the report has the id {override.row_id}"
            return self.refuse(override, None, None, _UNUSED, reason)
        dataset = next((d for d in homes if override.field in CORRECTABLE.get(d, ())), None)
        if dataset is None:
            raise no_such_field(override, homes)
        machine_value = getattr(self.rows.get(dataset, override.row_id), override.field)
        reads = f"The machine reads {_quoted(machine_value)} now"
        if same_value(machine_value, override.value):
            if same_value(override.machine_value, override.value):
                self.confirm(override, dataset, machine_value)
                return None
            reason = f"{reads}, as the correction says"
            return self.refuse(override, dataset, machine_value, _UNUSED, reason, severity="info")
        if not same_value(machine_value, override.machine_value):
            reason = f"{reads}, not {_quoted(override.machine_value)}"
            return self.refuse(override, dataset, machine_value, _OUTDATED, reason)
        referenced = _REFERENCED.get(override.field)
        if (
            referenced
            and override.value is not None
            and not self.rows.has(referenced, override.value)
        ):
            reason = f"The report has no {referenced} with the id {override.value}"
            return self.refuse(override, dataset, machine_value, _UNUSED, reason)
        return CorrectedCell(dataset, override.row_id, override.field, override)

    def confirm(self, override: Override, dataset: str, machine_value: Any) -> None:
        """Note in the records concerned that a person looked at a field and found it right."""
        self.corrections.append(
            row_of(override, self.extract, dataset, machine_value, applied=True)
        )
        row = self.rows.get(dataset, override.row_id)
        field = (
            OUTCOME_COLUMNS.get(override.field, override.field)
            if dataset == "outcomes"
            else override.field
        )
        for record in self.rows.all("records"):
            if _is_of(record, row) and hasattr(record, field):
                verified = tuple(sorted({*record.verified, field}))
                self.rows.change("records", record.record_id, verified=verified)

    def without_duplicate_sexes(self, cells: Sequence[CorrectedCell]) -> Iterator[CorrectedCell]:
        """The cells without those that would give two lines of a measure the same sex."""
        left = list(cells)
        while True:
            sexes = {c.row_id: c.override.value for c in left if _is_sex(c)}
            after = {
                target.record_id: (target.measure_id, sexes.get(target.record_id, target.sex))
                for target in self.rows.all("targets")
            }
            counts = Counter(after.values())
            duplicates = [c for c in left if _is_sex(c) and counts[after[c.row_id]] > 1]
            if not duplicates:
                yield from sorted(left, key=_order)
                return
            for cell in duplicates:
                reason = f"The measure would have two lines for {cell.override.value}"
                machine_value = self.rows.get(cell.dataset, cell.row_id).sex
                self.refuse(cell.override, cell.dataset, machine_value, _UNUSED, reason)
            left = [cell for cell in left if cell not in duplicates]

    def set_cell(self, cell: CorrectedCell) -> None:
        """Give the cell its value; a result of a record is set at the outcome it comes from."""
        row = self.rows.get(cell.dataset, cell.row_id)
        machine_value = getattr(self.rows.as_read(cell.dataset, cell.row_id), cell.field)
        correction = row_of(cell.override, self.extract, cell.dataset, machine_value, applied=True)
        self.corrections.append(correction)
        if isinstance(row, Record) and cell.field in OUTCOME_COLUMNS.values():
            base = next(n for n, column in OUTCOME_COLUMNS.items() if column == cell.field)
            cell = CorrectedCell(
                "outcomes", self._outcome_of(row, cell.override), base, cell.override
            )
        self._check_settable(cell)
        self.rows.change(cell.dataset, cell.row_id, **{cell.field: cell.override.value})
        source = SOURCES.get(cell.field)
        if source and hasattr(self.rows.get(cell.dataset, cell.row_id), source):
            says = None if cell.override.value is None else "correction"
            self.rows.change(cell.dataset, cell.row_id, **{source: says})

    def refuse(
        self,
        override: Override,
        dataset: str | None,
        machine_value: Any,
        kind: str,
        reason: str,
        *,
        severity: str = "warning",
    ) -> CorrectedCell | None:
        """Add an issue and a row for an override that is not applied; None, as it has no cell."""
        row = self.rows.get(dataset, override.row_id) if dataset else None
        about = {name: getattr(row, name, None) for name in (*_REFERENCED, "record_id")}
        self.issues.note(
            kind,
            not_applied(override, reason),
            severity=severity,
            **about,
        )
        self.corrections.append(
            row_of(override, self.extract, dataset, machine_value, applied=False)
        )
        return None

    def corrected_extract(self) -> Extract:
        """The report with its changed rows, what follows from them, and the new issues."""
        propagate(self.rows)
        extract = with_corrected_columns(self.extract, self.rows)
        return with_corrections(extract, self.corrections, self.issues)

    def _outcome_of(self, record: Record, override: Override) -> str:
        """The id of the outcome whose values a record shows; a new one where there is none."""
        sex = self.rows.get("targets", record.record_id).sex
        key = (record.measure_id, sex)
        as_now = replace(record, sex=sex)
        outcomes = self.rows.all("outcomes")
        shown = shown_outcome(record, outcomes) or next(
            (one for one in reversed(outcomes) if may_be_shown(one, as_now)), None
        )
        if shown is not None and shown.sex == sex:
            return shown.outcome_id
        outcome = Outcome(
            outcome_id=content_id("o", record.document_id, *key, "correction"),
            document_id=record.document_id,
            fiscal_year=record.fiscal_year,
            measure_id=key[0],
            sex=key[1],
            outcome_year=record.fiscal_year,
            score=1.0,
            text=override.why,
            page=record.page,
            bbox=record.bbox,
        )
        self.rows.add("outcomes", outcome.outcome_id, outcome)
        return outcome.outcome_id

    def _check_settable(self, cell: CorrectedCell) -> None:
        """Raise CorrectionsFileError if a fact is corrected twice, or emptied that must not be."""
        place = cell.override.place
        other = self._applied.setdefault((cell.dataset, cell.row_id, cell.field), cell.override)
        if other is not cell.override:
            raise CorrectionsFileError(
                f"{place}: {cell.field} of {cell.row_id} is corrected there and in {other.place}, "
                f"as {other.field} of {other.row_id}.",
                hint="Keep one of the two lines.",
            )
        if cell.override.value is None and not self.rows.nullable(cell.dataset, cell.field):
            raise CorrectionsFileError(
                f"{place}: value is empty, but {cell.field} of {cell.dataset} is never empty."
            )


def with_corrections(
    extract: Extract, corrections: Iterable[Correction], issues: IssueBook
) -> Extract:
    """The report with these rows of the dataset ``corrections`` and these issues added."""
    rows = sorted((*extract.corrections, *corrections), key=lambda row: row.correction_id)
    return replace(extract, corrections=tuple(rows), issues=(*extract.issues, *issues.rows()))


def row_of(
    override: Override, extract: Extract, dataset: str | None, machine_value: Any, *, applied: bool
) -> Correction:
    """The row of ``corrections`` for an override; ``machine_value`` is what the machine reads."""
    return Correction(
        correction_id=content_id("k", *override.key),
        document_id=override.document_id,
        fiscal_year=extract.document.fiscal_year,
        dataset=dataset,
        row_id=override.row_id,
        field=override.field,
        machine_value=value_text(machine_value),
        made_against=value_text(override.machine_value),
        value=value_text(override.value),
        why=override.why,
        who=override.who,
        decided_on=override.when,
        applied=applied,
    )


def _is_of(record: Record, row: Any) -> bool:
    """Whether a record shows what a row of targets, records, measures or outcomes holds."""
    if isinstance(row, Outcome):
        return shown_outcome(record, (row,)) is not None
    if hasattr(row, "record_id"):
        return bool(row.record_id == record.record_id)
    return isinstance(row, Measure) and row.measure_id == record.measure_id


def _is_sex(cell: CorrectedCell) -> bool:
    return cell.dataset == "targets" and cell.field == "sex"


def _order(cell: CorrectedCell) -> tuple[bool, bool, tuple[str, str, str]]:
    """The key by which cells are set: whom a result is of first, then the result, then the rest."""
    return cell.field not in ("sex", "measure_id"), cell.field != "outcome_value", cell.override.key


def _quoted(value: Any) -> str:
    text = value_text(value)
    return "nothing" if text is None else f'"{text}"' if isinstance(value, str) else text


def not_applied(override: Override, reason: str) -> str:
    """The message of an issue: the reason, and what was not applied."""
    return (
        f"{reason}: the correction of {override.field} to {_quoted(override.value)} "
        f"(id {override.row_id}, {override.who}, {override.when}) was not applied."
    )


def no_such_field(override: Override, homes: Sequence[str]) -> CorrectionsFileError:
    """The error for a field that a row of these datasets does not have."""
    elsewhere = [dataset for dataset, names in CORRECTABLE.items() if override.field in names]
    here = sorted({name for dataset in homes for name in CORRECTABLE.get(dataset, ())})
    return CorrectionsFileError(
        f"{override.place}: {override.field} is no field to correct of a row of {homes[0]}; "
        f"it is one of {' and '.join(elsewhere)}, by their ids.",
        hint=f"To correct here: {', '.join(here) or 'nothing'}.",
    )
