"""The callbacks by which a run tells its caller what it is doing.

The run calls them in the thread that iterates over its outcomes, never from another one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Protocol

from styrmatt.urls import Url

Doing = Literal["page", "recognising page"]
"""What is done with a page, as the first words of "page 3 of 12"."""


def if_special(doing: Doing) -> tuple[Doing, ...]:
    """What a callback is told besides the numbers: nothing where pages are read, as mostly."""
    return () if doing == "page" else (doing,)


class OnPage(Protocol):
    """Called as the pages of one report are read."""

    def __call__(self, done: int, total: int, doing: Doing = "page", /) -> None:
        """``done`` of ``total`` pages have been read, or recognised, as ``doing`` says."""


class OnProgress(Protocol):
    """Called as the pages of any report of a run are read."""

    def __call__(self, path: Path | Url, done: int, total: int, doing: Doing = "page", /) -> None:
        """``done`` of ``total`` pages of a report have been read, or recognised, as ``doing`` says.

        0 of 0 as it begins.
        """


class OnMessage(Protocol):
    """Called with what the user should know while the run goes on."""

    def __call__(self, sentence: str, /) -> None:
        """``sentence`` is complete, in English, and fit to be printed on a line of its own."""


def ignore_pages(done: int, total: int, doing: Doing = "page") -> None:
    """An :class:`OnPage` that does nothing."""


def ignore_progress(path: Path | Url, done: int, total: int, doing: Doing = "page") -> None:
    """An :class:`OnProgress` that does nothing."""


def ignore_message(sentence: str) -> None:
    """An :class:`OnMessage` that does nothing."""
