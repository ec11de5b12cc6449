"""Recognises pictures of single lines with the Tesseract that the system has."""

from __future__ import annotations

import csv
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

_ONE_LINE: Final = "7"
"""Tesseract's page segmentation mode for a picture of one line."""
_WORD_LEVEL: Final = "5"


class ReadWord(NamedTuple):
    """A word as Tesseract reads it; the box in pixels of its picture."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float
    """From 0 to 100."""


def read_lines(
    images: Sequence[Image], language: str, dpi: int, *options: str
) -> list[list[ReadWord]]:
    """The words of each picture of a line, from left to right. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory(prefix="styrmatt-ocr-") as name:
        folder = Path(name)
        paths = []
        for number, image in enumerate(images):
            paths.append(folder / f"{number:05}.png")
            image.save(paths[-1], compress_level=1)
        (folder / "list.txt").write_text("\n".join(map(str, paths)) + "\n", encoding="utf-8")
        command = ("tesseract", str(folder / "list.txt"), str(folder / "read"), "-l", language)
        subprocess.run(
            (*command, "--psm", _ONE_LINE, "--dpi", str(dpi), *options, "tsv"),
            check=True,
            capture_output=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
        table = (folder / "read.tsv").read_text(encoding="utf-8")
    return words_of_table(table.splitlines(), len(images))


def words_of_table(lines: Iterable[str], pictures: int) -> list[list[ReadWord]]:
    """The words of each picture in Tesseract's TSV, whose pages are the pictures."""
    words: list[list[ReadWord]] = [[] for _ in range(pictures)]
    for page, word in _rows(lines):
        if 1 <= page <= pictures and word.text.strip():
            words[page - 1].append(word)
    return words


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, ReadWord]]:
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") != _WORD_LEVEL:
            continue
        x0, y0 = int(row["left"]), int(row["top"])
        x1, y1 = x0 + int(row["width"]), y0 + int(row["height"])
        yield int(row["page_num"]), ReadWord(row["text"] or "", x0, y0, x1, y1, float(row["conf"]))
