"""Notes what is not known of a report's identity."""

from __future__ import annotations

from typing import Final

from styrmatt.normalize.document_identity import DocumentIdentity
from styrmatt.normalize.issues import IssueBook

_CODED_KINDS: Final = ("region", "municipality")
"""Kinds of organisations that SCB has codes for."""


def note_identity(identity: DocumentIdentity, issues: IssueBook) -> None:
    """Note an organisation without a code, and an interim report without a period."""
    if identity.organisation_code is None:
        issues.note("organisation_unlisted", _without_code(identity), identity.organisation)
    if identity.report_kind == "interim" and identity.period_end is None:
        message = "Nothing says which part of the year this interim report is about."
        issues.note("identity_uncertain", message, identity.title)


def _without_code(identity: DocumentIdentity) -> str:
    name, kind = identity.organisation, identity.organisation_kind
    if kind is None:
        return f"SCB's list does not have {name}, and its name does not say what kind it is."
    if kind in _CODED_KINDS:
        return f"SCB's list has no {kind} by the name of {name}, so there is no code."
    return f"{name} is no region or municipality, so SCB has no code for it."
