"""Defaults and choices of a run; imports nothing slow, so that ``--help`` comes at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from styrmatt.urls import Url

DEFAULT_TRIES: Final = 3
"""How often a report is read whose process dies. Once would give up reports that died because
others took the memory; the last of three is read alone, so that it is judged by itself."""
DEFAULT_MEMORY: Final = 4 * 1000**3
"""Bytes that a process may hold while it reads a report. A thousand pages take 0.4 GB; a file that
is made to unfold takes whatever there is."""
_SECONDS_AT_ALL: Final = 50.0
"""Seconds that any report may take: a hundred times as long as a report of a few pages does on a
slow machine, and less than the minute after which a person thinks that it hangs."""
_SECONDS_PER_PAGE: Final = 1.0
"""Seconds more for each page. An ordinary page takes 0.03, with pdfplumber 0.3."""
_WAITING: Final = 10.0
"""So many times as long by the clock as of the processor: ten processes for each core, or a report
that waits for something that never comes."""
InputTransfer = Literal["auto", "ship", "shared"]
INPUT_TRANSFERS: Final[tuple[InputTransfer, ...]] = get_args(InputTransfer)
"""The first is the default."""
ResultTransfer = Literal["ship", "shared"]
RESULT_TRANSFERS: Final[tuple[ResultTransfer, ...]] = get_args(ResultTransfer)
"""The first is the default."""


OcrMode = Literal["auto", "always", "never"]
OCR_MODES: Final[tuple[OcrMode, ...]] = get_args(OcrMode)
"""The first is the default."""


@dataclass(frozen=True, slots=True)
class ReadBudget:
    """What reading one report may take, after which it is given up and the others go on."""

    seconds: float | None = None
    """By the clock. None for a time of the processor that grows with the report's pages, which no
    real report needs, however busy the machine is."""
    memory: int = DEFAULT_MEMORY
    """Bytes of memory of the process that reads it; 0 for no limit."""

    def seconds_for(self, pages: int) -> float:
        """The seconds that a report of so many pages may take; 0 pages where nobody knows yet."""
        if self.seconds is not None:
            return self.seconds
        return _SECONDS_AT_ALL + _SECONDS_PER_PAGE * pages

    def is_over(self, pages: int, clock: float, processor: float | None) -> bool:
        """Whether that took too long, in seconds by the clock and of the processor.

        ``processor`` is None where the system does not tell; then the clock alone counts.
        """
        limit = self.seconds_for(pages)
        if self.seconds is not None or processor is None:
            return clock > limit
        return processor > limit or clock > _WAITING * limit


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """An existing Dask cluster, and how reports get there and results come back."""

    scheduler: str
    """The scheduler's address (``tcp://host:8786``, ``tls://host:8786``), or the path of the file
    that the scheduler wrote it to."""
    inputs: InputTransfer = "auto"
    """What workers get: the report's bytes (ship), its path or URL (shared), or (auto) the URL of
    what has one and the bytes of files on disk."""
    results: ResultTransfer = "ship"
    """Whether workers send what they read (ship) or store it in the output folder (shared), which
    they see under the same path."""

    def ships(self, path: Path | Url) -> bool:
        """Whether the coordinator sends this report's bytes."""
        return self.inputs == "ship" or (self.inputs == "auto" and isinstance(path, Path))
