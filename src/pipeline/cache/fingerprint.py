"""Hashes of what a result depends on: styrmatt's own code, its libraries, the layouts.

A number of a version says what was released; these say what in fact ran. They stand in the
manifest and in the names of kept results, so that nothing is taken for unchanged that is not.
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
from typing import Any, Final

from styrmatt import __version__
from styrmatt.layout import Layout

PAGE_LIBRARIES: Final = ("pdfplumber", "pdfminer.six", "pypdfium2", "pillow", "rapidfuzz")
"""What the reading of pages rests on."""
LIBRARIES: Final = (*PAGE_LIBRARIES, "chunspell", "hunspell-sv", "spacy", "simplemma")
"""What reading and normalizing rest on. Those that only write do not change a row."""
PAGE_CODE: Final = (
    "errors.py",
    "extract/",
    "files.py",
    "layout.py",
    "printed.py",
    "swedish/board_codes.py",
    "toml_records.py",
    "vocabulary.py",
    "whitespace.py",
)
"""The code that reads pages: files, and folders with all that is in them. A test knows whether
something is missing."""


@lru_cache
def code_hash() -> str:
    """SHA-256 over every file of the package that ran and the versions of its libraries."""
    return digest(*_versions(LIBRARIES), *_said(_files()))


@lru_cache
def pages_hash() -> str:
    """SHA-256 over the code that reads pages, the versions of its libraries and Python's.

    Python decides what a letter is and what a space.
    """
    python = "{}.{}".format(*sys.version_info).encode()
    files = {name: sha256 for name, sha256 in _files().items() if name.startswith(PAGE_CODE)}
    return digest(python, *_versions(PAGE_LIBRARIES), *_said(files))


@lru_cache
def versions() -> Mapping[str, str]:
    """What has to be the same where two processes are to read the same rows, by name."""
    python = "{}.{}".format(*sys.version_info)
    libraries = {name: _version(name) for name in LIBRARIES}
    code = {"styrmatt": __version__, "code of styrmatt": digest(*_said(_files()))[:12]}
    return {"python": python, **code, **libraries}


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[str, ...]:
    """What differs between the versions here and those elsewhere, in words."""
    names = sorted({*ours, *theirs})
    return tuple(
        f"{name} {theirs.get(name, 'none')} instead of {ours.get(name, 'none')}"
        for name in names
        if ours.get(name) != theirs.get(name)
    )


def layouts_hash(layouts: Iterable[Layout]) -> str:
    """SHA-256 over what layouts and their vocabularies say, whatever files say it."""
    return digest(*(canonical([layout, layout.words]) for layout in layouts))


def digest(*parts: bytes) -> str:
    """SHA-256 over parts, each with its length, so that none can run into the next."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(b"%d:" % len(part) + part)
    return whole.hexdigest()


def canonical(value: Any) -> bytes:
    """A value of dataclasses, mappings, sequences, patterns and plain values as fixed bytes."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True).encode()


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
def _files() -> Mapping[str, str]:
    """The hash of each file of the package, by its path there."""
    return dict(_file_hashes(resources.files("styrmatt")))


def _file_hashes(folder: Traversable, above: str = "") -> Iterable[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{above}{item.name}"
        if item.is_dir():
            yield from _file_hashes(item, f"{name}/")
        elif item.name.endswith((".py", ".toml")):
            yield name, hashlib.sha256(item.read_bytes()).hexdigest()


def _said(files: Mapping[str, str]) -> Iterable[bytes]:
    return (f"{name} {sha256}".encode() for name, sha256 in files.items())


def _versions(libraries: Iterable[str]) -> Iterable[bytes]:
    return (f"{name} {_version(name)}".encode() for name in libraries)


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"
