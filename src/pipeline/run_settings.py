"""Defaults and choices of a run; imports nothing slow, so that ``--help`` comes at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from styrmatt.urls import Url

DEFAULT_TRIES: Final = 3
"""How often a report is read whose process dies. Once would give up reports that died because
others took the memory; the last of three is read alone, so that it is judged by itself."""
InputTransfer = Literal["auto", "ship", "shared"]
INPUT_TRANSFERS: Final[tuple[InputTransfer, ...]] = get_args(InputTransfer)
"""The first is the default."""
ResultTransfer = Literal["ship", "shared"]
RESULT_TRANSFERS: Final[tuple[ResultTransfer, ...]] = get_args(ResultTransfer)
"""The first is the default."""


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
