"""Which schema versions this version of styrmatt can read; docs/SCHEMA.md has the rules."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Final

from styrmatt.errors import OutputError
from styrmatt.records import SCHEMA_VERSION

READABLE: Final = (1, 2)
"""Major versions whose files are read: 2.0 added columns to 1.1 and changed none that is read."""
RENAMED: Final = {"outcomes": {"outcome_year": "year"}}
"""Columns that were renamed in a minor version: dataset to current name to older name."""
_FOOTER_KEY: Final = b"styrmatt.schema_version"
"""Key of the schema version in the metadata of a Parquet file."""


def check_version(found: str | None, where: object) -> None:
    """Raises OutputError where data of schema version ``found`` cannot be read.

    Those of :data:`READABLE` can; a newer minor version may hold columns that are unknown here and
    are left out, with a warning. None (a file that names no version) is accepted.
    """
    if found is None:
        return
    ours, theirs = _parts(SCHEMA_VERSION), _parts(found)
    if theirs is None or ours is None or theirs[0] not in READABLE:
        newer = theirs is not None and ours is not None and theirs > ours
        readable = " and ".join(f"{major}.x" for major in READABLE)
        raise OutputError(
            f"{where} has schema {found}; this styrmatt reads {readable}.",
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
    """The schema version in the key-value metadata of a Parquet file; None without one."""
    version = (footer or {}).get(_FOOTER_KEY)
    return version.decode() if version is not None else None


def _parts(version: str) -> tuple[int, int] | None:
    """Major and minor version; None where the text is no version."""
    major, _, minor = version.partition(".")
    return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else None
