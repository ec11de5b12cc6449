"""Tries a layout on reports: what of it was found, what was not, and how much is read by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from styrmatt.extract.grid.watch import SeenTable, TableWatch
from styrmatt.extract.survey import survey_report
from styrmatt.layout import Layout
from styrmatt.layout_files import parse_layout, with_shared_headings
from styrmatt.pipeline.progress import OnPage, ignore_pages
from styrmatt.pipeline.use_cases.draft_layout import general_layout
from styrmatt.printed import Cell, ExtractedReport, Row
from styrmatt.toml_records import read_text
from styrmatt.whitespace import single_spaced, squeeze

_PROBLEMS = ("layout_incomplete", "unknown_header")
"""Kinds of warnings by which a layout of listed columns does not match a report whole."""


@dataclass(frozen=True)
class Counts:
    """How much was read of a table, or of a report."""

    rows: int
    goals: int
    results: int
    statuses: int
    unread_statuses: int
    """Cells that hold a status which was not understood."""


@dataclass(frozen=True)
class TriedTable:
    """A table of a report with what was read of it."""

    seen: SeenTable
    counts: Counts

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headers of columns that were not understood, where the table was read."""
        if self.seen.shape is None:
            return ()
        return tuple(column.text for column in self.seen.columns if not column.role)


@dataclass(frozen=True)
class TriedReport:
    """A report as a layout reads it; ``problems`` say what of it does not match, in sentences."""

    path: Path
    counts: Counts
    tables: tuple[TriedTable, ...]
    ignored: tuple[tuple[str, int], ...]
    """Name and rows of the tables that the layout leaves alone by name."""
    problems: tuple[str, ...]


@dataclass(frozen=True)
class TriedLayout:
    """A layout with the reports that it was tried on."""

    layout: Layout
    reports: tuple[TriedReport, ...]
    not_found: tuple[str, ...]
    """What the layout names and no report has, in words."""

    @property
    def all_matched(self) -> bool:
        """Whether everything that the layout names was found, and every column understood."""
        return not self.not_found and not any(report.problems for report in self.reports)


@dataclass
class _Found:
    """What of a layout the reports have."""

    headers: set[int] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    ignored: set[str] = field(default_factory=set)


def check_layout_on(
    path: Path,
    reports: Sequence[Path],
    *,
    password: str | None = None,
    on_page: OnPage = ignore_pages,
) -> TriedLayout:
    """What the layout in a file finds in reports.

    Raises LayoutFileError where the file cannot be used, and StyrmattError where a report cannot
    be read.
    """
    own = parse_layout(read_text(path), path.name)
    found, tried = _Found(), []
    for report in reports:
        if own.any_table:
            layout = with_shared_headings(own, general_layout())
            survey = survey_report(report, layout, password=password, progress=on_page)
            tried.append(_tried(report, layout, survey.report, survey.watch))
            _note(found, own, survey.watch)
            found.ignored |= {name for name, _ in survey.report.ignored}
        else:
            tried.append(_tried_family(report, own, password, on_page))
    return TriedLayout(own, tuple(tried), _not_found(own, found) if own.any_table else ())


def _tried(path: Path, layout: Layout, report: ExtractedReport, watch: TableWatch) -> TriedReport:
    tables = []
    for seen in watch.tables:
        rows = [row for row in report.rows if seen.holds(row.place.page, row.place.bbox)]
        tables.append(TriedTable(seen, _counts(rows, layout)))
    counts = _counts(report.rows, layout)
    problems = [
        f"page {table.seen.page}: the column {header or 'without a header'} is not understood"
        for table in tables
        for header in table.unknown
    ]
    problems += _general_problems(counts)
    return TriedReport(path, counts, tuple(tables), report.ignored, tuple(problems))


def _tried_family(path: Path, layout: Layout, password: str | None, on_page: OnPage) -> TriedReport:
    """A report as a layout reads it that lists the columns of its tables."""
    from styrmatt.extract.read import read_report

    _, report = read_report(
        path, [layout], layout_name=layout.name, password=password, progress=on_page
    )
    counts = _counts(report.rows, layout)
    problems = [doubt.message for doubt in report.doubts if doubt.kind in _PROBLEMS]
    problems += _general_problems(counts)
    return TriedReport(path, counts, (), report.ignored, tuple(problems))


def _general_problems(counts: Counts) -> list[str]:
    problems = []
    if not counts.rows:
        problems.append("no row was read")
    if counts.unread_statuses:
        problems.append(f"{counts.unread_statuses} statuses are not understood")
    return problems


def _counts(rows: Sequence[Row], layout: Layout) -> Counts:
    from styrmatt.normalize.measures.mark_cells import TableMarkReader

    reader = TableMarkReader(layout.words)
    reader.look_at(rows)
    readings = [(row, reader.status(row, _plain, None)) for row in rows if "status" in row.cells]
    return Counts(
        rows=len(rows),
        goals=len({squeeze(row.goal_heading) for row in rows if row.goal_heading}),
        results=sum(
            value.head.role == "result" and bool(value.cell.text.strip())
            for row in rows
            for value in row.values
        ),
        statuses=sum(reading.value is not None for _, reading in readings),
        unread_statuses=sum(
            reading.unread or reading.problem is not None for _, reading in readings
        ),
    )


def _plain(cell: Cell | None) -> str | None:
    return single_spaced(cell.text) if cell is not None else None


def _note(found: _Found, own: Layout, watch: TableWatch) -> None:
    """Note what of the layout a report has."""
    columns = [column for table in watch.tables if table.shape for column in table.columns]
    matched = [column.by_layout for column in columns if column.by_layout is not None]
    found.headers |= {n for n, column in enumerate(own.columns) if column in matched}
    found.ignored |= {name for name, *_ in watch.ignored}
    texts = [squeeze(text) for _, text in watch.headings]
    for level in ("goal", "success_factor", "perspective"):
        leads = _leads(getattr(own.headings, level))
        if any(lead in text for lead in leads for text in texts):
            found.headings.add(level)


def _leads(patterns: Iterable[str]) -> list[str]:
    return [lead for one in patterns if (lead := squeeze(one.partition("{name}")[0]))]


def _not_found(own: Layout, found: _Found) -> tuple[str, ...]:
    """What the layout names and no report has."""
    missing = [
        f"a column {' | '.join(column.headers)} ({column.role})"
        for n, column in enumerate(own.columns)
        if n not in found.headers
    ]
    missing += [
        f"a heading {' | '.join(getattr(own.headings, level))} ({level})"
        for level in ("goal", "success_factor", "perspective")
        if _leads(getattr(own.headings, level)) and level not in found.headings
    ]
    missing += [
        f"a table {table.name} to leave alone"
        for table in own.tables_of("ignored")
        if table.name not in found.ignored
    ]
    return tuple(missing)
