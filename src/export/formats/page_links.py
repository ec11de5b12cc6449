"""Links from rows to the pages of their reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote


def source_link(document: Mapping[str, Any], sources: str | None) -> str:
    """The address of a report below ``sources`` (a folder or address); without it the file name."""
    name = quote(document["source_name"])
    if sources is None:
        return name
    return f"{sources.replace(chr(92), '/').rstrip('/')}/{name}"


def page_link(document: Mapping[str, Any] | None, page: int, sources: str | None) -> str | None:
    """The address of a page of a report; None for a text file, which has no pages to open."""
    if document is None or document["source_kind"] != "pdf":
        return None
    return f"{source_link(document, sources)}#page={page}"
