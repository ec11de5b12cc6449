"""Memory that a report's reading leaves with the C library, given back to the system."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Let the C library give back what nobody uses; where it is not glibc nothing is done.

    It keeps what PDFium and the pictures of marks took, and Python, which has memory of its own
    for what comes next, gets none of it: 40 MB of a report of a thousand pages.
    """
    _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    try:
        trim: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # TypeError: Windows asks for a name
        return lambda _: None
    return trim
