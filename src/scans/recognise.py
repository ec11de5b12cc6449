"""Recognises the pages of a PDF that have no text, by OCRmyPDF."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from styrmatt.errors import NoTextError, UnreadableSourceError
from styrmatt.scans.scanned_page import Scans, from_json
from styrmatt.scans.tools import languages_to_read, missing_tools

_PLUGIN: Final = "styrmatt.scans.ocrmypdf_plugin"
_PAGES_FOLDER: Final = "STYRMATT_OCR_PAGES"
_LEAST_DPI: Final = 300
"""Resolution to which coarser pages are enlarged: Tesseract was trained on such letters."""
_LOOK_EVERY: Final = 0.5
"""Seconds between two looks at how many pages are done."""


@dataclass(frozen=True, slots=True)
class RecognisedPdf:
    """A PDF whose scanned pages have text now."""

    pdf: bytes
    pages: Mapping[int, str]
    """What each page shows that was recognised, by its number, as JSON."""
    turned: Mapping[int, float] = field(default_factory=dict)
    """Degrees by which each was turned anticlockwise to be level."""
    middles: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """The middle of each, about which it was turned, in points."""

    def scans(self, source_sha256: str) -> Scans:
        """What the pages show, as the extract stage takes it."""
        pages = {n: from_json(page) for n, page in self.pages.items()}
        return Scans(source_sha256, pages, self.turned, self.middles)


def check_tools(name: str) -> None:
    """Raise NoTextError where a tool is missing that a scan needs, and say what to install."""
    if (missing := missing_tools()) is not None:
        raise NoTextError(f"{name} has pages that are scans.", hint=missing)


def recognise(
    name: str,
    data: bytes,
    pages: Iterable[int],
    *,
    force: bool,
    on_page: Callable[[int, int], None] = lambda done, total: None,
) -> RecognisedPdf:
    """The PDF with a text layer on these pages, which are turned level.

    ``force`` recognises also what has text. ``on_page`` is called with pages done and in all.
    Raises NoTextError where a tool is missing, UnreadableSourceError where OCRmyPDF fails.
    """
    wanted = sorted(pages)
    check_tools(name)
    with tempfile.TemporaryDirectory(prefix="styrmatt-ocr-") as made:
        folder = Path(made)
        source, target = folder / "source.pdf", folder / "recognised.pdf"
        source.write_bytes(data)
        shown = folder / "pages"
        shown.mkdir()
        command = [sys.executable, "-m", "ocrmypdf", "--plugin", _PLUGIN, "--deskew", "--quiet"]
        command += ["--output-type", "pdf", "--optimize", "0", "-l", "+".join(languages_to_read())]
        command += ["--oversample", str(_LEAST_DPI), "--pages", ",".join(map(str, wanted))]
        command += ["--force-ocr" if force else "--skip-text", str(source), str(target)]
        _run(command, shown, name, lambda done: on_page(done, len(wanted)))
        found = {int(path.stem): path.read_text("utf-8") for path in sorted(shown.glob("*.json"))}
        return RecognisedPdf(target.read_bytes(), found)


def _run(command: list[str], pages: Path, name: str, on_page: Callable[[int], None]) -> None:
    """Run OCRmyPDF, saying now and then how many pages are done."""
    environment = {**os.environ, _PAGES_FOLDER: str(pages), "PYTHONPATH": os.pathsep.join(sys.path)}
    log = pages.parent / "log.txt"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors, env=environment
        )
        done = 0
        try:
            while process.poll() is None:
                time.sleep(_LOOK_EVERY)
                if (now := len(list(pages.glob("*.json")))) > done:
                    done = now
                    on_page(done)
        finally:
            process.kill()  # nothing is left of it where reading is given up
            process.wait()
    if process.returncode:
        lines = log.read_text("utf-8", "replace").strip().splitlines()
        why = lines[-1] if lines else f"exit code {process.returncode}"
        raise UnreadableSourceError(f"{name} could not be recognised: {why}")
