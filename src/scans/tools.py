"""Whether OCRmyPDF and Tesseract are there, and what to install where they are not."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from importlib.util import find_spec
from typing import Final

SWEDISH: Final = "swe"
SECOND: Final = "eng"
"""A second model that reads figures again where it is installed, to compare."""
_INSTALL_LIBRARY: Final = "pip install 'styrmatt[ocr]'"
_INSTALL_TESSERACT: Final = "apt-get install tesseract-ocr tesseract-ocr-swe"

_INSTALL_SWEDISH: Final = "apt-get install tesseract-ocr-swe"


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
    if shutil.which("tesseract") is None:
        return [f"Tesseract with its Swedish model ({_INSTALL_TESSERACT})"]
    if SWEDISH not in languages_installed():
        return [f"Tesseract's Swedish model ({_INSTALL_SWEDISH})"]
    return []


def languages_to_read() -> tuple[str, ...]:
    """The model that reads, and the one that reads figures again if it is there."""
    return (SWEDISH, SECOND) if SECOND in languages_installed() else (SWEDISH,)


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
