"""Who made an extract, and when: what the manifest says beside the rows, never in them."""

from __future__ import annotations

import os
import platform
import time
from datetime import UTC, datetime
from functools import lru_cache
from importlib import metadata
from typing import Final

from styrmatt import __version__
from styrmatt.pipeline.cache.fingerprint import LIBRARIES
from styrmatt.records import SCHEMA_VERSION

_WRITERS: Final = ("pyarrow",)
_EPOCH: Final = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 that stand for every clock time, as reproducible builds have it."""


@lru_cache
def agent() -> tuple[tuple[str, str], ...]:
    """Names and versions of what runs: styrmatt, its schema, Python, the libraries."""
    libraries = ((name, _version(name)) for name in sorted({*LIBRARIES, *_WRITERS}))
    return (
        ("styrmatt", __version__),
        ("schema", SCHEMA_VERSION),
        ("python", platform.python_version()),
        *libraries,
    )


def clock_time() -> str:
    """The time in UTC to the second; that of SOURCE_DATE_EPOCH where it is set."""
    said = os.environ.get(_EPOCH, "")
    seconds = int(said) if said.isdecimal() else int(time.time())
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"
