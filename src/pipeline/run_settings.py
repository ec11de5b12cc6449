"""Where a run can be asked to read: names, defaults and no more, so that --help comes at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from styrmatt.urls import Url

TRIES: Final = 3
"""How often a report is read whose process dies, if nothing else is said."""
Inputs = Literal["auto", "ship", "shared"]
INPUTS: Final[tuple[Inputs, ...]] = get_args(Inputs)
Results = Literal["ship", "shared"]
RESULTS: Final[tuple[Results, ...]] = get_args(Results)


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """An existing Dask cluster, and how reports get there and back."""

    scheduler: str
    """The scheduler's address (``tcp://host:8786``, ``tls://host:8786``), or its file."""
    inputs: Inputs = "auto"
    """What workers get: bytes (ship), the path or URL (shared), or (auto) URLs and bytes of files
    on disk."""
    results: Results = "ship"
    """Whether workers send what they read, or put it in the output folder, which they share."""

    def ships(self, path: Path | Url) -> bool:
        """Whether the coordinator sends this report's bytes."""
        return self.inputs == "ship" or (self.inputs == "auto" and isinstance(path, Path))
