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
def time_limit(name: str, seconds: float | None, *, of_processor: bool = False) -> Iterator[None]:
    """Raise a BudgetError about a report in what runs within, once the seconds have passed.

    They pass by the clock, or are those that the processor works for this process.

    Only the main thread can be interrupted, and only where there are signals; elsewhere, and
    without ``seconds``, nothing is limited.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if seconds is None or math.isinf(seconds) or not is_main or not hasattr(signal, "setitimer"):
        yield
        return

    def give_up(*_: object) -> None:
        raise BudgetError(name, f"{seconds:.0f} seconds")

    timer = signal.ITIMER_PROF if of_processor else signal.ITIMER_REAL
    sent = signal.SIGPROF if of_processor else signal.SIGALRM
    before = signal.signal(sent, give_up)
    signal.setitimer(timer, max(seconds, 0.001), _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(sent, before)
