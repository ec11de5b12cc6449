"""Memory that libraries keep to themselves when they need it no more."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from functools import cache


def share_arrows() -> None:
    """Let Arrow use the C library's memory, unless the user chose; before it is first imported.

    Of its own it keeps what it needed: 10 MB after a report, 50 after fifty. It writes as fast.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


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
