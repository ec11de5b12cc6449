"""What reading needs of a report's file; ``pathlib.Path`` is a :class:`ReportFile`, too."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, Protocol

SUFFIXES: Final = (".pdf", ".txt")
"""Endings of the files that are taken from a folder. A PDF comes first, as it has more to read than
a text of the same report."""


class ReportFile(Protocol):
    """What reading needs of a report's file."""

    @property
    def name(self) -> str:
        """The file's name, without folders."""

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot: ``.pdf``."""

    def read_bytes(self) -> bytes:
        """The file's content. Raises OSError or UnreadableSourceError."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file in memory, wherever it came from."""

    name: str
    data: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot."""
        return PurePosixPath(self.name).suffix

    def read_bytes(self) -> bytes:
        """The file's content."""
        return self.data

    def read_text(self, encoding: str = "utf-8") -> str:
        """The file's content as text. Raises UnicodeDecodeError."""
        return self.data.decode(encoding)
