"""Which extracts this version of styrmatt can read: docs/SCHEMA.md has the rules."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

from styrmatt.errors import OutputError
from styrmatt.records import SCHEMA_VERSION

RENAMED = {"outcomes": {"outcome_year": "year"}}
"""Columns that had another name in an older minor version: dataset, name now, name then."""
_FOOTER_KEY = b"styrmatt.schema_version"
"""Where a Parquet file names the version of its schema."""


def check_version(found: str | None, where: object) -> None:
    """Raises OutputError where data of schema ``found`` cannot be read by this version.

    An older or newer minor version can; a newer one may hold columns that are unknown here, and a
    warning says so. None, a file that names no version, is taken as it is.
    """
    if found is None:
        return
    ours, theirs = _parts(SCHEMA_VERSION), _parts(found)
    if theirs is None or ours is None or theirs[0] != ours[0]:
        newer = theirs is not None and ours is not None and theirs > ours
        raise OutputError(
            f"{where} has schema {found}; this styrmatt reads {SCHEMA_VERSION.split('.')[0]}.x.",
            hint="Install the newer styrmatt that wrote it."
            if newer
            else "Read the reports once more with styrmatt run, or load it with the version of "
            "styrmatt that wrote it.",
        )
    if theirs > ours:
        warnings.warn(
            f"{where} has schema {found}, this styrmatt knows {SCHEMA_VERSION}: "
            "columns that were added since are left out. Install a newer styrmatt to see them.",
            stacklevel=3,
        )


def version_of(footer: Mapping[bytes, bytes] | None) -> str | None:
    """The schema version that a Parquet file's key-value metadata name, if they do."""
    found = (footer or {}).get(_FOOTER_KEY)
    return found.decode() if found is not None else None


def _parts(version: str) -> tuple[int, int] | None:
    major, _, minor = version.partition(".")
    return (int(major), int(minor)) if major.isdigit() and minor.isdigit() else None
