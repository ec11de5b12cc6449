"""Finds the files that the reports of an extract were read from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from styrmatt.errors import UsageError
from styrmatt.files import SUFFIXES
from styrmatt.whitespace import shown_name

_SOURCE_FOLDERS: Final = ("../raw", "..", ".")
"""Where the sources of an extract are looked for, relative to its folder: `styrmatt run` reads
data/raw and writes data/parquet, and other folders hold both or lie beside the reports."""


class SourceFiles:
    """Finds the source of a report, by name and hash, in some folders and files."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._hashes: dict[Path, str] = {}

    def find(self, name: str, sha256: str) -> tuple[Path | None, str | None]:
        """The file with this hash, whatever its name, and None; or None and what is wrong."""
        named = self._by_name.get(name, [])
        for path in (*named, *self._all):
            if self._hash(path) == sha256:
                return path, None
        if named:
            return None, f"the source {name} is not the file that was read (SHA-256 differs)"
        return None, f"the source {name} was not found; name its folder with --sources"

    def named(self, names: Iterable[str]) -> list[Path]:
        """The first file of each of these names that is there, whatever it holds."""
        return [self._by_name[name][0] for name in names if name in self._by_name]

    def has_namesake(self, name: str) -> bool:
        """Whether there is a file of this name, whatever it holds."""
        return name in self._by_name

    @cached_property
    def _all(self) -> list[Path]:
        found: dict[Path, None] = {}
        for path in self._paths:
            files = [path] if path.is_file() else sorted(path.rglob("*"))
            reports = (file for file in files if file.suffix.lower() in SUFFIXES)
            found |= {file.resolve(): None for file in reports if file.is_file()}
        return list(found)

    @cached_property
    def _by_name(self) -> Mapping[str, list[Path]]:
        named: dict[str, list[Path]] = {}
        for path in self._all:
            named.setdefault(shown_name(path.name), []).append(path)
        return named

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            with path.open("rb") as file:
                self._hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._hashes[path]


def source_folders(root: Path, sources: Sequence[Path]) -> Sequence[Path]:
    """Where sources are looked for: those folders and files, else the folders around the root.

    Raises UsageError for one that is not there.
    """
    for path in sources:
        if not path.exists():
            raise UsageError(
                f"There is no file or folder {path}.", hint="Name the reports with --sources."
            )
    if sources:
        return sources
    folders = [root / folder for folder in _SOURCE_FOLDERS]
    return [folder.resolve() for folder in folders if folder.is_dir()]
