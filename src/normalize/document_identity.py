"""The identity of a report: whose it is, for which year and part of it, under which number."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from styrmatt.errors import IdentityError
from styrmatt.normalize.ids import slug
from styrmatt.records import ORGANISATION_KINDS
from styrmatt.swedish.numbers import whole_number
from styrmatt.swedish.publishers import Publisher, publisher_names
from styrmatt.whitespace import single_spaced

_YEARS: Final = range(1970, 2101)
"""Fiscal years that are believed; another number is a slip."""
_MONTH_AND_DAY: Final = re.compile(r"(\d\d)-(\d\d)")
_INTERIM: Final = "interim"
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
    organisation_kind: str | None
    organisation_code: str | None
    kolada_id: str | None
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
    and the organisation, or where they name a year or a period that is none.
    """
    given = _texts(overrides)
    known = _texts(printed) | given
    if "organisation" in given:
        known["organisation_kind"] = given.get("organisation_kind", "")
    if "fiscal_year" not in known:
        raise IdentityError(
            f"{source} does not say which year it is about.", hint="Name it with --year."
        )
    if "organisation" not in known:
        raise IdentityError(
            f"{source} does not name the organisation whose report it is.",
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
    kind, start, end = _period(known, given, year)
    organisation, body = known["organisation"], known.get("body")
    publisher = publisher_names().publisher(organisation)
    return DocumentIdentity(
        document_id=slug(
            organisation,
            _telling_code(publisher),
            body,
            str(year),
            kind,
            _period_part(known, kind, start, end),
            known.get("doc_number"),
        ),
        organisation=organisation,
        organisation_kind=_organisation_kind(known, publisher),
        organisation_code=publisher.code if publisher else None,
        kolada_id=publisher.kolada_id if publisher else None,
        body=body,
        board_code=known.get("board_code"),
        title=known.get("title"),
        report_kind=kind,
        fiscal_year=year,
        period_start=start,
        period_end=end,
        doc_number=known.get("doc_number"),
        doc_version=known.get("doc_version"),
    )


def organisation_code(organisation: str) -> str | None:
    """Statistics Sweden's code of a region or municipality; None where it is not listed."""
    known = publisher_names().known(organisation)
    return known.code if known else None


def _texts(mapping: Mapping[str, str]) -> dict[str, str]:
    return {key: single_spaced(text) for key, text in mapping.items() if text and text.strip()}


def _organisation_kind(known: Mapping[str, str], publisher: Publisher | None) -> str | None:
    kind = known.get("organisation_kind") or (publisher.kind if publisher else None)
    return kind if kind in ORGANISATION_KINDS else None


def _period(
    known: Mapping[str, str], given: Mapping[str, str], year: int
) -> tuple[str, date | None, date | None]:
    """Kind, first and last day. A period that is given makes the kind, if that is not given."""
    start = _day(known.get("period_start"), year)
    end = _day(known.get("period_end"), year)
    kind = known.get("report_kind", "annual")
    is_given = bool({"period_start", "period_end"} & given.keys())
    if is_given and "report_kind" not in given:
        is_year = (start or date(year, 1, 1), end) == (date(year, 1, 1), date(year, 12, 31))
        kind = "annual" if is_year else _INTERIM
    if kind == "annual" and not is_given:
        return kind, date(year, 1, 1), date(year, 12, 31)
    start = start or date(year, 1, 1)
    if kind == "annual":
        end = end or date(year, 12, 31)
    if end is not None and end < start:
        raise IdentityError(
            f"The period ends on {end}, before it begins on {start}.",
            hint="Say both with --period-start and --period-end.",
        )
    return kind, start, end


def _period_part(
    known: Mapping[str, str], kind: str, start: date | None, end: date | None
) -> str | None:
    """What tells interim reports of a year apart: the period's last day, or the report's number.

    The first day is part of it where that is not the first of the year.
    """
    if kind != _INTERIM:
        return None
    if end is None:
        return known.get("period_number")
    begins_later = start is not None and (start.month, start.day) != (1, 1)
    return f"{start:%m-%d}-{end:%m-%d}" if begins_later else f"{end:%m-%d}"


def _telling_code(publisher: Publisher | None) -> str | None:
    """The code of a listed organisation whose name would give the same slug as another's."""
    if publisher is None or publisher.code is None:
        return None
    return publisher.code if slug(publisher.name) in _shared_slugs() else None


@lru_cache
def _shared_slugs() -> frozenset[str]:
    """The slugs of listed names that more than one organisation has: Habo and Håbo."""
    codes: dict[str, set[str]] = defaultdict(set)
    for listed in publisher_names().all_listed():
        if listed.code is not None:
            codes[slug(listed.name)].add(listed.kind + listed.code)
    return frozenset(one for one, of in codes.items() if len(of) > 1)


def _year(text: str) -> int:
    year = whole_number(text)
    if year is None or year not in _YEARS:
        raise IdentityError(
            f"{text[:_LONGEST_NAME]!r} is not a year.", hint="Name the report's year with --year."
        )
    return year


def _day(text: str | None, year: int) -> date | None:
    """A day as ``YYYY-MM-DD``, or ``MM-DD`` of the year; one behind a month's end is its last."""
    if text is None:
        return None
    month_and_day = _MONTH_AND_DAY.fullmatch(text)
    try:
        if month_and_day:
            month, day = int(month_and_day[1]), int(month_and_day[2])
            return date(year, month, min(day, calendar.monthrange(year, month)[1]))
        return date.fromisoformat(text)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise IdentityError(
            f"{text!r} is not a day.", hint="Write the period's days as 2023-08-31."
        ) from error
