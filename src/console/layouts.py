"""Prints what a layout finds in reports."""

from __future__ import annotations

from styrmatt.extract.grid.watch import SeenColumn
from styrmatt.pipeline.use_cases.check_layout import Counts, TriedLayout, TriedReport, TriedTable


def print_tried_layout(tried: TriedLayout) -> None:
    """Print, for each report and table, what matched and what did not, and counts."""
    for report in tried.reports:
        print(f"{report.path.name} by {tried.layout.name}: {_counted(report.counts)}")
        _print_tables(report)
        for name, rows in report.ignored:
            print(f"  left alone by its name {name}: {rows} rows")
        for problem in report.problems:
            print(f"  not matched: {problem}")
    for what in tried.not_found:
        print(f"not found in any report: {what}")
    print("All matched." if tried.all_matched else "Not all matched.")


def _print_tables(report: TriedReport) -> None:
    for table in report.tables:
        if table.seen.shape is None:
            print(f"  page {table.seen.page}, left alone: {table.seen.header}")
            continue
        pages = sorted({page for page, _, _ in table.seen.spans})
        where = f"page {pages[0]}" if len(pages) == 1 else f"pages {pages[0]}-{pages[-1]}"
        print(f"  {where}, {table.seen.shape}: {_counted(table.counts)}")
        _print_columns(table)


def _print_columns(table: TriedTable) -> None:
    width = max(len(column.text) for column in table.seen.columns)
    for column in table.seen.columns:
        text = column.text or "(no header)"
        print(f"    {text.ljust(width)}  {column.role or '-':<16}  {_how(column)}")


def _how(column: SeenColumn) -> str:
    """How a column was matched."""
    if column.by_layout is not None:
        return "by the layout"
    if column.role:
        return "by its header" if column.known else "by its cells"
    return f"not matched; nearest: {column.nearest or 'none'}"


def _counted(counts: Counts) -> str:
    parts = {
        "row": counts.rows,
        "goal": counts.goals,
        "result": counts.results,
        "status": counts.statuses,
    }
    plural = {"status": "statuses"}
    return ", ".join(
        f"{count} {name if count == 1 else plural.get(name, name + 's')}"
        for name, count in parts.items()
    )
