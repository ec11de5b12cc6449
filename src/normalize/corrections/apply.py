"""Applies what people say where the machine is wrong to the rows of one report.

Every fact has one home: the name of a measure is the measure's, its target the target's, a result
the outcome's. A correction changes the home; what other datasets hold of it follows. Ids stay the
machine's. A correction that cannot be applied leaves an issue, and all of them leave a row.
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
from styrmatt.records import Correction, Extract, Outcome, Record

_LINKS: Final = {
    "goal_id": "goals",
    "success_factor_id": "success_factors",
    "measure_id": "measures",
}
_GONE: Final = "correction_unused"
_CHANGED: Final = "correction_outdated"


def correct(extract: Extract, rulings: Iterable[Override]) -> Extract:
    """The report with the corrections that concern it; others leave it as it is.

    The order of ``rulings`` does not matter. Corrections of links between years are left to
    :func:`styrmatt.normalize.corrections.links.correct_links`. Raises CorrectionsFileError for a
    field that the row does not have, and for two corrections of one fact.
    """
    ours = [
        ruling
        for ruling in sorted(concerning(rulings, extract.document.document_id), key=_key)
        if ruling.field not in LINK_FIELDS
    ]
    if not ours:
        return extract
    bench = CorrectionContext(extract, ReportRows.of(extract))
    cells = list(filter(None, map(bench.find, ours)))
    for cell in bench.without_twin_sexes(cells):
        bench.set(cell)
    return bench.done()


@dataclass(frozen=True, slots=True)
class CorrectedCell:
    """A field of a row in the dataset where it has its home."""

    dataset: str
    row_id: str
    field: str
    ruling: Override


@dataclass
class CorrectionContext:
    """The rows of a report while corrections change them."""

    extract: Extract
    rows: ReportRows
    corrections: list[Correction] = field(default_factory=list)
    _set: dict[tuple[str, str, str], Override] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.extract.document
        self.issues = IssueBook(document.document_id, document.fiscal_year)

    def find(self, ruling: Override) -> CorrectedCell | None:
        """The cell that a ruling is about; None, and an issue, where it cannot be applied."""
        homes = self.rows.homes(ruling.row_id)
        if not homes:
            said = f"No row of the report has the id {ruling.row_id}"
            return self.refuse(ruling, None, None, _GONE, said)
        dataset = next((d for d in homes if ruling.field in CORRECTABLE.get(d, ())), None)
        if dataset is None:
            raise no_such_field(ruling, homes)
        now = getattr(self.rows.get(dataset, ruling.row_id), ruling.field)
        if same_value(now, ruling.value):
            said = f"The machine reads {_quoted(now)} now, as the correction says"
            return self.refuse(ruling, dataset, now, _GONE, said, severity="info")
        if not same_value(now, ruling.machine_value):
            said = f"The machine reads {_quoted(now)} now, not {_quoted(ruling.machine_value)}"
            return self.refuse(ruling, dataset, now, _CHANGED, said)
        named = _LINKS.get(ruling.field)
        if named and ruling.value is not None and not self.rows.has(named, ruling.value):
            said = f"The report has no {named} with the id {ruling.value}"
            return self.refuse(ruling, dataset, now, _GONE, said)
        return CorrectedCell(dataset, ruling.row_id, ruling.field, ruling)

    def without_twin_sexes(self, cells: Sequence[CorrectedCell]) -> Iterator[CorrectedCell]:
        """The cells without those that would give two lines of a measure the same sex."""
        left = list(cells)
        while True:
            sexes = {c.row_id: c.ruling.value for c in left if _is_sex(c)}
            after = {
                target.record_id: (target.measure_id, sexes.get(target.record_id, target.sex))
                for target in self.rows.all("targets")
            }
            times = Counter(after.values())
            twins = [c for c in left if _is_sex(c) and times[after[c.row_id]] > 1]
            if not twins:
                yield from sorted(left, key=_order)
                return
            for cell in twins:
                said = f"The measure would have two lines for {cell.ruling.value}"
                now = self.rows.get(cell.dataset, cell.row_id).sex
                self.refuse(cell.ruling, cell.dataset, now, _GONE, said)
            left = [cell for cell in left if cell not in twins]

    def set(self, cell: CorrectedCell) -> None:
        """Give the cell its value; a result of a record is set at the outcome it comes from."""
        row = self.rows.get(cell.dataset, cell.row_id)
        now = getattr(self.rows.machine(cell.dataset, cell.row_id), cell.field)
        self.corrections.append(row_of(cell.ruling, self.extract, cell.dataset, now, applied=True))
        if isinstance(row, Record) and cell.field in OUTCOME_COLUMNS.values():
            base = next(n for n, column in OUTCOME_COLUMNS.items() if column == cell.field)
            cell = CorrectedCell("outcomes", self._outcome_of(row, cell.ruling), base, cell.ruling)
        self._check(cell)
        self.rows.change(cell.dataset, cell.row_id, **{cell.field: cell.ruling.value})
        source = SOURCES.get(cell.field)
        if source and hasattr(self.rows.get(cell.dataset, cell.row_id), source):
            said = None if cell.ruling.value is None else "correction"
            self.rows.change(cell.dataset, cell.row_id, **{source: said})

    def refuse(
        self,
        ruling: Override,
        dataset: str | None,
        now: Any,
        kind: str,
        said: str,
        *,
        severity: str = "warning",
    ) -> CorrectedCell | None:
        """Note why a ruling is not applied, and that it has no cell."""
        row = self.rows.get(dataset, ruling.row_id) if dataset else None
        about = {name: getattr(row, name, None) for name in (*_LINKS, "record_id")}
        self.issues.note(
            kind,
            not_applied(ruling, said),
            severity=severity,
            **about,
        )
        self.corrections.append(row_of(ruling, self.extract, dataset, now, applied=False))
        return None

    def done(self) -> Extract:
        """The report with its changed rows, what follows from them, and the new issues."""
        propagate(self.rows)
        return with_corrections(with_corrected_columns(self.extract, self.rows), self.corrections, self.issues)

    def _outcome_of(self, record: Record, ruling: Override) -> str:
        """The id of the outcome whose values a record shows; a new one where there is none."""
        key = (record.measure_id, self.rows.get("targets", record.record_id).sex)
        ids = [o.outcome_id for o in self.rows.all("outcomes") if (o.measure_id, o.sex) == key]
        if ids:
            return str(ids[-1])
        outcome = Outcome(
            outcome_id=content_id("o", record.document_id, *key, "correction"),
            document_id=record.document_id,
            fiscal_year=record.fiscal_year,
            measure_id=key[0],
            sex=key[1],
            outcome_year=record.fiscal_year,
            score=1.0,
            text=ruling.why,
            page=record.page,
        )
        self.rows.add("outcomes", outcome.outcome_id, outcome)
        return outcome.outcome_id

    def _check(self, cell: CorrectedCell) -> None:
        """Raises CorrectionsFileError where a fact is corrected twice, or must not be empty."""
        place = cell.ruling.place
        other = self._set.setdefault((cell.dataset, cell.row_id, cell.field), cell.ruling)
        if other is not cell.ruling:
            raise CorrectionsFileError(
                f"{place}: {cell.field} of {cell.row_id} is corrected there and in {other.place}, "
                f"as {other.field} of {other.row_id}.",
                hint="Keep one of the two lines.",
            )
        if cell.ruling.value is None and not self.rows.nullable(cell.dataset, cell.field):
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
    ruling: Override, extract: Extract, dataset: str | None, now: Any, *, applied: bool
) -> Correction:
    """The row of the dataset for a ruling; ``now`` is what the machine has."""
    return Correction(
        correction_id=content_id("k", *ruling.key),
        document_id=ruling.document_id,
        fiscal_year=extract.document.fiscal_year,
        dataset=dataset,
        row_id=ruling.row_id,
        field=ruling.field,
        machine_value=value_text(now),
        made_against=value_text(ruling.machine_value),
        value=value_text(ruling.value),
        why=ruling.why,
        who=ruling.who,
        decided_on=ruling.when,
        applied=applied,
    )


def _key(ruling: Override) -> tuple[str, str, str]:
    return ruling.key


def _is_sex(cell: CorrectedCell) -> bool:
    return cell.dataset == "targets" and cell.field == "sex"


def _order(cell: CorrectedCell) -> tuple[bool, bool, tuple[str, str, str]]:
    """Whom a result is for comes before the result, and that before what else is said of it."""
    return cell.field not in ("sex", "measure_id"), cell.field != "outcome_value", cell.ruling.key


def _quoted(value: Any) -> str:
    text = value_text(value)
    return "nothing" if text is None else f'"{text}"' if isinstance(value, str) else text


def not_applied(ruling: Override, said: str) -> str:
    """The message of an issue: why, and what was not applied."""
    return (
        f"{said}: the correction of {ruling.field} to {_quoted(ruling.value)} "
        f"(id {ruling.row_id}, {ruling.who}, {ruling.when}) was not applied."
    )


def no_such_field(ruling: Override, homes: Sequence[str]) -> CorrectionsFileError:
    """The error for a field that a row of these datasets does not have."""
    elsewhere = [dataset for dataset, names in CORRECTABLE.items() if ruling.field in names]
    here = sorted({name for dataset in homes for name in CORRECTABLE.get(dataset, ())})
    return CorrectionsFileError(
        f"{ruling.place}: {ruling.field} is no field to correct of a row of {homes[0]}; "
        f"it is one of {' and '.join(elsewhere)}, by their ids.",
        hint=f"To correct here: {', '.join(here) or 'nothing'}.",
    )
