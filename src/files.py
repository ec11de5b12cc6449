"""Where a report's bytes come from, as far as reading needs to know it.

``pathlib.Path`` is a :class:`ReportFile` as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, Protocol

SUFFIXES: Final = (".pdf", ".txt")
"""What is taken from a folder. Of one report's files the PDF, which says more, comes first."""


class ReportFile(Protocol):
    """What reading needs of a report's file."""

    @property
    def name(self) -> str:
        """The file's name, without folders."""

    @property
    def suffix(self) -> str:
        """The end of the name that says what it is: ``.pdf``."""

    def read_bytes(self) -> bytes:
        """All that is in it. Raises OSError or UnreadableSourceError."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is here already, wherever it came from."""

    name: str
    data: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        """The end of the name that says what it is."""
        return PurePosixPath(self.name).suffix

    def read_bytes(self) -> bytes:
        """All that is in it."""
        return self.data

    def read_text(self, encoding: str = "utf-8") -> str:
        """All that is in it, as text. Raises UnicodeDecodeError."""
        return self.data.decode(encoding)
