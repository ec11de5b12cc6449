"""Whether OCRmyPDF and Tesseract are there, and what to install where they are not."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from typing import Final

_INSTALL_LIBRARY: Final = "pip install 'styrmatt[ocr]'"
_TESSERACT: Final = "tesseract-ocr"
"""Debian's package."""


@dataclass(frozen=True, slots=True)
class Models:
    """Tesseract's models for the language of the reports, by name."""

    reads: str
    """Reads all text."""
    compares: str
    """Reads figures once more where it is installed."""
    package: str
    """Debian's package with the first."""


@lru_cache
def models() -> Models:
    """The models of the vocabulary."""
    folder = resources.files("styrmatt") / "layouts" / "vocabulary"
    return Models(**tomllib.loads((folder / "ocr.toml").read_text(encoding="utf-8")))


def missing_tools() -> str | None:
    """What to install so that scans can be read, as a sentence; None where nothing is missing."""
    library = [] if find_spec("ocrmypdf") else [f"OCRmyPDF ({_INSTALL_LIBRARY})"]
    steps = [*library, *_missing_tesseract()]
    return f"To read scans, install {' and '.join(steps)}." if steps else None


def missing_to_compare() -> str | None:
    """What to install so that text can be compared with how it looks; None where nothing is."""
    steps = _missing_tesseract()
    return f"To check text, install {' and '.join(steps)}." if steps else None


def _missing_tesseract() -> list[str]:
    package = models().package
    if shutil.which("tesseract") is None:
        return [f"Tesseract with its Swedish model (apt-get install {_TESSERACT} {package})"]
    if models().reads not in languages_installed():
        return [f"Tesseract's Swedish model (apt-get install {package})"]
    return []


def languages_to_read() -> tuple[str, ...]:
    """The model that reads, and the one that reads figures again if it is there."""
    wanted = models()
    if wanted.compares in languages_installed():
        return (wanted.reads, wanted.compares)
    return (wanted.reads,)


@lru_cache
def languages_installed() -> tuple[str, ...]:
    """Tesseract's models, sorted; none where Tesseract is missing."""
    listed = _output("tesseract", "--list-langs").splitlines()
    return tuple(sorted(line.strip() for line in listed[1:] if line.strip()))


@lru_cache
def tesseract_version() -> str | None:
    """Tesseract's version; None where it is missing."""
    first = _output("tesseract", "--version").split("\n", 1)[0]
    return first.removeprefix("tesseract ").strip() or None


def _output(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout or done.stderr
