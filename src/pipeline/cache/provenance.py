"""What made an extract, and when: the part of the manifest that is not in any row."""

from __future__ import annotations

import os
import platform
import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from styrmatt import __version__
from styrmatt.pipeline.cache.fingerprint import LIBRARIES, library_version
from styrmatt.records import SCHEMA_VERSION

_WRITING_LIBRARIES: Final = ("pyarrow",)
_EPOCH_VARIABLE: Final = "SOURCE_DATE_EPOCH"
"""Environment variable with the seconds since 1970 to record instead of the clock's, as defined for
reproducible builds."""


@lru_cache
def agent() -> tuple[tuple[str, str], ...]:
    """Names and versions of what runs: styrmatt, its schema, Python, the libraries."""
    libraries = (
        (name, library_version(name)) for name in sorted({*LIBRARIES, *_WRITING_LIBRARIES})
    )
    return (
        ("styrmatt", __version__),
        ("schema", SCHEMA_VERSION),
        ("python", platform.python_version()),
        *libraries,
    )


def clock_time() -> str:
    """Now, or the time that SOURCE_DATE_EPOCH sets, in UTC: ``2024-03-01T08:00:00Z``."""
    fixed = os.environ.get(_EPOCH_VARIABLE, "")
    seconds = int(fixed) if fixed.isdecimal() else int(time.time())
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
