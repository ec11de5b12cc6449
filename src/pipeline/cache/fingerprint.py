"""Hashes of what a result depends on: styrmatt's own code, its libraries, the layouts.

A version number says what was released; these say what in fact ran. They are part of the manifest
and of the keys of cached results, so that nothing counts as unchanged that is not.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from styrmatt import __version__
from styrmatt.layout import Layout

PAGE_LIBRARIES: Final = ("pdfplumber", "pdfminer.six", "pypdfium2", "pillow", "rapidfuzz", "regex")
"""The libraries that decide what is read on a page."""
LIBRARIES: Final = (*PAGE_LIBRARIES, "chunspell", "hunspell-sv", "spacy", "simplemma")
"""The libraries that decide what is in a row. Those that only write rows are not among them."""
PAGE_CODE: Final = (
    "errors.py",
    "extract/",
    "files.py",
    "geometry.py",
    "layout.py",
    "layout_checks.py",
    "layout_files.py",
    "printed.py",
    "scans/",
    "sole_values.py",
    "swedish/board_codes.py",
    "swedish/numbers.py",
    "swedish/identity_words.py",
    "swedish/periods.py",
    "swedish/phrases.py",
    "swedish/publishers.py",
    "swedish/report_titles.py",
    "toml_records.py",
    "vocabulary.py",
    "whitespace.py",
)
"""The code that decides what is read on a page: files, and folders with everything in them. A test
compares it with what ``styrmatt.extract`` imports."""
PAGE_LISTS: Final = (
    "layouts/vocabulary/headers-",
    "layouts/vocabulary/identity-",
    "layouts/vocabulary/scb.toml",
)
"""The files of words that decide it besides those of the layout's vocabulary."""
_SHOWN_HASH_LENGTH: Final = 12
"""Hexadecimal digits (48 bits) of a hash that people compare: too many to agree by chance."""


@lru_cache
def code_hash() -> str:
    """SHA-256 over every file of the package that runs and the versions of its libraries."""
    return digest(*_version_lines(LIBRARIES), *_hash_lines(_package_hashes()))


@lru_cache
def pages_hash() -> str:
    """SHA-256 over the code that reads pages, the versions of its libraries, and Python's.

    Python's version decides which characters are letters and which are spaces.
    """
    code = {
        name: sha256
        for name, sha256 in _package_hashes().items()
        if name.startswith((*PAGE_CODE, *PAGE_LISTS))
    }
    python = _python_version().encode()
    return digest(python, *_version_lines(PAGE_LIBRARIES), *_hash_lines(code))


@lru_cache
def versions() -> Mapping[str, str]:
    """By name, what has to be equal in two processes so that they read the same rows."""
    libraries = {name: library_version(name) for name in LIBRARIES}
    code = digest(*_hash_lines(_package_hashes()))[:_SHOWN_HASH_LENGTH]
    styrmatt = {"styrmatt": __version__, "code of styrmatt": code}
    return {"python": _python_version(), **styrmatt, **libraries}


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[str, ...]:
    """How their :func:`versions` differ from ours: ``spacy 3.7 instead of 3.8``, by name."""
    names = sorted({*ours, *theirs})
    return tuple(
        f"{name} {theirs.get(name, 'none')} instead of {ours.get(name, 'none')}"
        for name in names
        if ours.get(name) != theirs.get(name)
    )


def layouts_hash(layouts: Iterable[Layout]) -> str:
    """SHA-256 over the content of layouts and their vocabularies, whichever files it came from."""
    return digest(*(canonical([layout, layout.words]) for layout in layouts))


@lru_cache
def model_hash(name: str) -> str:
    """SHA-256 over the files of a spaCy pipeline, by its name or path; ``none`` if there is none.

    A pipeline that is trained anew may keep its name and version, and the size of its files.
    """
    folder = Path(name)
    if not folder.is_dir():
        try:
            found = find_spec(name)
        except (ImportError, ValueError):  # a path that is not there, or no name of a package
            found = None
        places = found.submodule_search_locations if found else None
        if not places:
            return "none"
        folder = Path(next(iter(places)))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest(
        *(
            f"{path.relative_to(folder).as_posix()} {_hash_of(path)}".encode()
            for path in files
            if path.suffix != ".pyc"
        )
    )


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(*parts: bytes) -> str:
    """SHA-256 over parts, each preceded by its length, so that ("ab", "c") is not ("a", "bc")."""
    sha256 = hashlib.sha256()
    for part in parts:
        sha256.update(b"%d:" % len(part) + part)
    return sha256.hexdigest()


def canonical(value: Any) -> bytes:
    """A value of dataclasses, mappings, sequences, patterns and plain values as fixed bytes."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True).encode()


def library_version(name: str) -> str:
    """The installed version of a library; ``none`` where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, re.Pattern):
        return [value.pattern, value.flags]
    return value


@lru_cache
def _package_hashes() -> Mapping[str, str]:
    """SHA-256 of each code and TOML file of the package, by its path in the package."""
    return dict(_file_hashes(resources.files("styrmatt")))


def _file_hashes(folder: Traversable, prefix: str = "") -> Iterable[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{prefix}{item.name}"
        if item.is_dir():
            yield from _file_hashes(item, f"{name}/")
        elif item.name.endswith((".py", ".toml")):
            yield name, hashlib.sha256(item.read_bytes()).hexdigest()


def _hash_lines(hashes: Mapping[str, str]) -> Iterable[bytes]:
    return (f"{name} {sha256}".encode() for name, sha256 in hashes.items())


def _version_lines(libraries: Iterable[str]) -> Iterable[bytes]:
    return (f"{name} {library_version(name)}".encode() for name in libraries)


def _python_version() -> str:
    """Major and minor version: ``3.12``."""
    return "{}.{}".format(*sys.version_info)
