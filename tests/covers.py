"""Reads the pages of a made-up report for what they say of its identity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from styrmatt.extract.report_identity import IdentityReader
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.document_identity import identify

LAYOUT = next(layout for layout in load_layouts() if layout.name == "styrmatt-med-namnd")
TEXT = "Inledning\nVerksamheten har under perioden utvecklats, och fler mål än förra gången nås.\n"
"""A page that says nothing of the report's identity."""


@dataclass(frozen=True)
class Found:
    """What was found, with the doubts as messages."""

    organisation: str
    organisation_kind: str | None
    organisation_code: str | None
    body: str | None
    title: str | None
    report_kind: str
    fiscal_year: int
    period: tuple[date | None, date | None]
    document_id: str
    doubts: list[str]


def read_cover(
    *pages: str, properties: Iterable[str] = (), header_year: int | None = None
) -> Found:
    """What pages say, of which the first is the cover. Raises IdentityError."""
    reader = IdentityReader(LAYOUT)
    reader.properties(properties)
    for page in pages:
        reader.page(page)
    printed, warnings = reader.read(header_year)
    found = identify(printed, {}, "report.pdf")
    return Found(
        found.organisation,
        found.organisation_kind,
        found.organisation_code,
        found.body,
        found.title,
        found.report_kind,
        found.fiscal_year,
        (found.period_start, found.period_end),
        found.document_id,
        [warning.message for warning in warnings],
    )
