"""Ends what this process does after a time, where nobody else can end it."""

from __future__ import annotations

import math
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from styrmatt.errors import BudgetError

_AGAIN: Final = 1.0
"""Seconds after which the error is raised again: a library that caught it goes on for no longer."""


@contextmanager
def time_limit(name: str, seconds: float | None) -> Iterator[None]:
    """Raise a BudgetError about a report in what runs within, once the seconds have passed.

    Only the main thread can be interrupted, and only where there are signals; elsewhere, and
    without ``seconds``, nothing is limited.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if seconds is None or math.isinf(seconds) or not is_main or not hasattr(signal, "setitimer"):
        yield
        return

    def give_up(*_: object) -> None:
        raise BudgetError(name, f"{seconds:.0f} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
