"""Drafts a layout from what a report prints; what a person has to decide stands in remarks."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

from styrmatt.errors import UsageError
from styrmatt.extract.survey import Survey, survey_report
from styrmatt.layout import Layout
from styrmatt.layout_files import load_layouts
from styrmatt.pipeline.progress import OnPage, ignore_pages
from styrmatt.pipeline.use_cases.draft_columns import column_lines, on_pages, quoted, unbroken
from styrmatt.pipeline.use_cases.draft_words import heading_lines, legend_lines, status_lines

LONGEST_DRAFT: Final = 60
"""Lines of the longest draft: a person reads it in some minutes."""
_NOT_NAME: Final = re.compile(r"[^a-z0-9]+")


def draft_layout(path: Path, *, password: str | None = None, on_page: OnPage = ignore_pages) -> str:
    """The text of a layout for a report; it reads what is read without it.

    Raises UsageError where the report is no PDF, and StyrmattError where it cannot be read.
    """
    survey = survey_report(path, general_layout(), password=password, progress=on_page)
    sure, asked = column_lines(survey.watch.tables)
    headings, marks = heading_lines(survey), [*legend_lines(survey.watch), *status_lines(survey)]
    head = _head_lines(path, survey)
    room = LONGEST_DRAFT - len(head) - len(headings) - len(marks) - 5
    asked = _shortened(asked, max(room - len(sure), 1), "  # ")
    lines = [
        *head,
        "columns = [",
        *_shortened(sure, max(room - len(asked), 1), "  # "),
        *asked,
        "]",
        "",
        "[headings]",
        *headings,
        "",
        *marks,
    ]
    return "\n".join(lines[:LONGEST_DRAFT]) + "\n"


def general_layout() -> Layout:
    """The layout that ships for any table."""
    return next(layout for layout in load_layouts() if layout.any_table)


def check_not_sidecar(report: Path, output: Path) -> None:
    """Raise UsageError where a layout would be written as what a report does not print."""
    if output.resolve() == report.with_suffix(".toml").resolve():
        raise UsageError(
            f"{output} is where styrmatt looks for what {report.name} does not print.",
            hint="Name another file.",
        )


def _head_lines(path: Path, survey: Survey) -> list[str]:
    identity = survey.report.identity
    organisation, year = identity.get("organisation"), identity.get("fiscal_year")
    lines = [
        f"# Drafted from {path.name}. A remark with ? is for you: take away its # or the line.",
        f"# Then try it: styrmatt layouts check THIS_FILE {path.name}",
    ]
    if organisation and year:
        lines.append(f"# The report says whose it is: {organisation}, {year}.")
    else:
        said = [f"organisation = {quoted(organisation or '')}", f"year = {year or ''}".rstrip()]
        lines.append(f"# ? Not all found: say in {path.stem}.toml: {'; '.join(said)}")
    lines.append(f"# {_tables(survey)}")
    name = _NOT_NAME.sub("-", _ascii(organisation or path.stem)).strip("-") or "drafted"
    title = _title(survey) or f"drafted from {path.name}"
    return [
        *lines,
        f"name = {quoted(name)}",
        f"title = {quoted(title)}",
        f"vocabulary = {quoted(survey.layout.vocabulary)}",
        "any_table = true",
        "",
    ]


def _tables(survey: Survey) -> str:
    read = [table for table in survey.watch.tables if table.shape is not None]
    if not read:
        return "No table was read: the headers below are not understood."
    pages = on_pages(sorted({table.page for table in read}))
    many = f"{len(read)} table{'s' if len(read) > 1 else ''}"
    return f"Read without it: {len(survey.report.rows)} rows in {many}, {pages}."


def _title(survey: Survey) -> str:
    """The header of the first table that is read, else of the first one seen."""
    tables = sorted(survey.watch.tables, key=lambda table: table.shape != "measures")
    return unbroken(tables[0].header) if tables else ""


def _ascii(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char))


def _shortened(lines: list[str], most: int, indent: str) -> list[str]:
    """Some of the lines at most, and how many more there are."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{indent}... and {len(lines) - most + 1} more"]
