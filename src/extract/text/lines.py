"""The lines of a text file: decoded, counted into pages, without running heads.

A text layer has no geometry, but it keeps traces of it: empty lines between cells or paragraphs,
lines of spaces where empty cells were, two and more spaces between cells of one line, and a space
in front of the first line of a page. They are kept beside each line, for the cutters to weigh.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from styrmatt.errors import UnreadableSourceError
from styrmatt.extract.text.page_numbers import PageMarks, number_pages
from styrmatt.vocabulary import Running

_BREAK = re.compile(r"\r\n?|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip or Office file"),
    (b"\xff\xd8\xff", "a JPEG"),
    (b"\x89PNG", "a PNG"),
)
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-"})
"""Spaces and hyphens that differ in where a line may break only."""
_LONG_LINES = 0.7
_DOUBLE_SPACED = 0.6
_SHATTERED = 0.3
_FEWEST_BROKEN = 10
_SHORTEST_TEXT_LINE = 40


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line that is not empty, and what stands between it and the line before.

    ``blanks`` counts empty lines before it, less the one that follows every line of a
    double-spaced text; ``runs`` counts traces of empty cells before it (lines of spaces, pairs of
    spaces at the end of the line before, which ``spare`` counts alone). ``text`` keeps the spaces
    within the line; ``indented``: it has some in front. ``opens_page``: it is its page's first.
    """

    text: str
    page: int
    label: str | None = None
    blanks: int = 0
    runs: int = 0
    spare: int = 0
    opens_page: bool = False
    indented: bool = False


@dataclass(frozen=True, slots=True)
class TextLines:
    """The lines of a whole file and what was measured on them."""

    lines: tuple[TextLine, ...]
    heads: tuple[str, ...]
    """Lines of running heads, which are not text but tell the document's number."""
    page_count: int
    text_width: float
    """Characters of a full line of narrative."""
    blanks_tell: bool
    """Whether empty lines separate paragraphs and cells; in some files none are left."""


def decode(data: bytes, name: str) -> str:
    """The file's text: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252.

    Raises UnreadableSourceError for an empty file and for one that is no text.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableSourceError(
                f"{name} is {what}, not a text file.", hint="Rename it to what it is."
            )
    if data[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnreadableSourceError(f"{name} is a web page.", hint="Save the report itself.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if not text.strip():
        raise UnreadableSourceError(f"{name} is empty.", hint="Extract the report's text again.")
    if len(_CONTROL.findall(text)) > len(text) / 200:
        raise UnreadableSourceError(
            f"{name} is not a text file.", hint="Give the report's PDF or its text."
        )
    text = _mended(_BREAK.sub("\n", unicodedata.normalize("NFC", text))).translate(_PLAIN)
    return re.sub("\u00ad(?=\\s|$)", "-", text).replace("\u00ad", "")


def _mended(text: str) -> str:
    """The text, with its words whole where an extractor broke the line at every soft hyphen."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    broken = [len(line) for line in lines if line.endswith("\u00ad")]
    many = len(broken) > max(_FEWEST_BROKEN, _SHATTERED * len(lines))
    shattered = many and median(broken) < _SHORTEST_TEXT_LINE / 2
    return re.sub("\u00ad[ \t]*\n", "", text) if shattered else text


def read_lines(
    text: str, running: Running, is_own: Callable[[str], bool] = lambda line: False
) -> TextLines:
    """The lines of ``text`` with their pages; running heads apart.

    ``is_own`` tells lines that are none however often pages begin with them: a table's header.
    """
    raw = [page.split("\n") for page in _BREAK.sub("\n", text).split("\f")]
    if len(raw) > 1 and not any(line.strip() for line in raw[-1]):
        raw.pop()
    flat = [line for page in raw for line in page]
    double = _is_double_spaced(flat)
    marks = number_pages(raw, running, is_own)
    lines = tuple(_lines(flat, marks, 1 if double else 0))
    lengths = [len(line.text) for line in lines if len(line.text) >= _SHORTEST_TEXT_LINE]
    width = _percentile(lengths, _LONG_LINES) if lengths else 75.0
    gaps = [line.blanks for line in lines[1:] if not line.opens_page]
    tell = bool(gaps) and sum(1 for n in gaps if n) >= 0.05 * len(gaps) and not double
    return TextLines(lines, marks.heads, marks.page_count, width, tell)


def _lines(flat: list[str], marks: PageMarks, usual: int) -> list[TextLine]:
    """The lines with text; ``usual`` empty lines follow every line and do not count."""
    found: list[TextLine] = []
    blanks = runs = spare = 0
    opened = True
    for number, raw in enumerate(flat):
        opened = opened or number in marks.opens
        if number in marks.running:
            continue
        text = raw.strip()
        if not text:
            blanks += 1
            runs += bool(raw)
            continue
        place = marks.place(number)
        found.append(
            TextLine(
                text=text,
                page=place[0],
                label=place[1],
                blanks=max(0, blanks - usual),
                runs=runs + spare,
                spare=spare,
                opens_page=opened,
                indented=raw[:1].isspace(),
            )
        )
        blanks, opened = 0, False
        runs, spare = 0, (len(raw) - len(raw.rstrip(" "))) // 2
    return found


def _is_double_spaced(flat: list[str]) -> bool:
    """Whether an empty line follows nearly every line, also within paragraphs."""
    pairs = [
        not flat[n + 1].strip()
        for n in range(len(flat) - 1)
        if len(flat[n].strip()) >= _SHORTEST_TEXT_LINE and flat[n].strip()[-1] not in ".:!?"
    ]
    return len(pairs) >= 5 and sum(pairs) >= _DOUBLE_SPACED * len(pairs)


def _percentile(values: list[int], share: float) -> float:
    ordered = sorted(values)
    return float(ordered[min(len(ordered) - 1, int(share * len(ordered)))])
