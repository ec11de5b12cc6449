"""The identity of a report: whose it is, for which year and under which number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from styrmatt.errors import IdentityError
from styrmatt.normalize.ids import slug
from styrmatt.swedish.numbers import whole_number
from styrmatt.toml_records import read_toml
from styrmatt.vocabulary import vocabulary_file
from styrmatt.whitespace import single_spaced, squeeze

_YEARS: Final = range(1970, 2101)
"""Fiscal years that are believed; another number is a slip."""
_NAMES: Final = ("organisation", "body", "board_code", "doc_number", "report_kind")
"""What a report is known by, and its files are called by."""
_LONGEST_NAME: Final = 150
"""Characters of a name. Names of boards and companies have up to 100; file systems allow 255 bytes
for the whole id."""
_SHOWN: Final = 40
"""Characters of a longer one that a message shows: enough to find it."""


@dataclass(frozen=True)
class DocumentIdentity:
    """What identifies a report, and the period it covers."""

    document_id: str
    organisation: str
    organisation_code: str | None
    body: str | None
    board_code: str | None
    title: str | None
    report_kind: str
    fiscal_year: int
    period_start: date | None
    period_end: date | None
    doc_number: str | None
    doc_version: str | None


def identify(
    printed: Mapping[str, str], overrides: Mapping[str, str], source: str
) -> DocumentIdentity:
    """The identity as printed, where options do not say otherwise.

    ``source`` is the file's name, for messages. Raises IdentityError where neither names the year
    and the organisation.
    """
    known = {
        key: single_spaced(value)
        for key, value in {**printed, **overrides}.items()
        if value and value.strip()
    }
    if "fiscal_year" not in known:
        raise IdentityError(
            f"{source} does not say which year it is about.", hint="Name it with --year."
        )
    if "organisation" not in known:
        raise IdentityError(
            f"{source} does not name its region or municipality.",
            hint="Name it with --organisation.",
        )
    for key in _NAMES:
        if len(known.get(key, "")) > _LONGEST_NAME:
            raise IdentityError(
                f"{source}: {key} is given as {known[key][:_SHOWN]}…, {len(known[key])} characters "
                "long, which is no name.",
                hint="Name the region or municipality with --organisation, others in a sidecar.",
            )
    year = _year(known["fiscal_year"])
    kind = known.get("report_kind", "annual")
    organisation, body = known["organisation"], known.get("body")
    return DocumentIdentity(
        document_id=slug(organisation, body, str(year), kind, known.get("doc_number")),
        organisation=organisation,
        organisation_code=organisation_code(organisation),
        body=body,
        board_code=known.get("board_code"),
        title=known.get("title"),
        report_kind=kind,
        fiscal_year=year,
        period_start=_date(known.get("period_start")) or date(year, 1, 1),
        period_end=_date(known.get("period_end"))
        or (date(year, 12, 31) if kind == "annual" else None),
        doc_number=known.get("doc_number"),
        doc_version=known.get("doc_version"),
    )


def organisation_code(organisation: str) -> str | None:
    """Statistics Sweden's code of a region or municipality; None where it is not listed."""
    return _codes().get(squeeze(organisation))


@cache
def _codes() -> dict[str, str]:
    listed = read_toml(vocabulary_file("scb"))
    return {
        squeeze(name): code
        for group in listed.values()
        for code, names in group.items()
        for name in names
    }


def _year(text: str) -> int:
    year = whole_number(text)
    if year is None or year not in _YEARS:
        raise IdentityError(
            f"{text[:_LONGEST_NAME]!r} is not a year.", hint="Name the report's year with --year."
        )
    return year


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
