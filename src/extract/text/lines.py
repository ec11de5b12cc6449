"""The lines of a text file: decoded, with their pages, without running heads.

A text layer has no geometry, but it keeps traces of it: empty lines between cells or paragraphs,
lines of spaces where empty cells were, two and more spaces between cells of one line, and a space
in front of the first line of a page. Each line carries those traces for the cutters to weigh.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from styrmatt.errors import UnreadableSourceError
from styrmatt.extract.sections.page_order import (
    PageOrder,
    PrintedNumbers,
    order_warnings,
    page_order,
    printed_numbers,
)
from styrmatt.extract.text.page_numbers import PageMarks, number_pages
from styrmatt.printed import ExtractionWarning
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
_MOST_CONTROL_CHARACTERS = 1 / 200
"""Share of control characters up to which a file is text: a few stray ones occur in text layers,
binary files are full of them."""
_SHORTEST_TEXT_LINE = 40
"""Characters from which a line may be narrative: cells of tables mostly are narrower."""
_FULL_LINE_QUANTILE = 0.7
"""Quantile of such lines' lengths that is a full line: below it are the last lines of paragraphs
and wide cells, above it the few lines that happen to hold narrow letters."""
_USUAL_TEXT_WIDTH = 75.0
"""Characters of a full line, assumed for a text that has no line of narrative."""
_FEWEST_PAIRS = 5
"""Lines of narrative from which their spacing can be told."""
_DOUBLE_SPACED = 0.6
"""Share of lines within paragraphs that an empty line follows, from which a text is double-spaced:
not all, since page breaks fall between them; elsewhere there are next to none."""
_BLANK_LINE_SHARE = 0.05
"""Share of lines with an empty line before them from which these separate something: fewer are
left over in files from which empty lines were taken."""
_BROKEN_AT_SOFT_HYPHENS = 0.3
"""Share of lines that end in a soft hyphen, from which every one of them broke its line: as line
ends alone they are a tenth at most."""
_FEWEST_BROKEN = 10
"""And so many such lines: in a short text a share says little."""
_EDGE_LINES = 2
"""Lines at each edge of a page that may hold its number, as for running heads."""
_SPACES_PER_TRACE = 2
"""Spaces at a line's end that an empty cell leaves; one is often left after a word."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line that is not empty, and what stands between it and the line before.

    ``blank_lines_before`` counts empty lines, less the one that follows every line of a
    double-spaced text. ``empty_cell_traces`` counts lines of spaces before it and pairs of spaces
    at the end of the line before; ``trailing_traces`` counts the latter alone. ``page_label`` is
    the page's number as printed. ``text`` keeps the spaces within the line; ``indented``: it has
    some in front. ``opens_page``: it is its page's first.
    """

    text: str
    page: int
    page_label: str | None = None
    blank_lines_before: int = 0
    empty_cell_traces: int = 0
    trailing_traces: int = 0
    opens_page: bool = False
    indented: bool = False


@dataclass(frozen=True, slots=True)
class TextLines:
    """The lines of a whole file and what was measured on them."""

    lines: tuple[TextLine, ...]
    running_heads: tuple[str, ...]
    """Lines of running heads and feet: no text, but they hold the document's number."""
    page_count: int
    text_width: float
    """Characters of a full line of narrative."""
    blank_lines_separate: bool
    """Whether empty lines separate paragraphs and cells; in some files none are left."""
    page_warnings: tuple[ExtractionWarning, ...] = ()
    """What a person should know of the order of its pages."""


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
    if len(_CONTROL.findall(text)) > _MOST_CONTROL_CHARACTERS * len(text):
        raise UnreadableSourceError(
            f"{name} is not a text file.", hint="Give the report's PDF or its text."
        )
    text = _without_soft_breaks(_BREAK.sub("\n", unicodedata.normalize("NFC", text))).translate(
        _PLAIN
    )
    return re.sub("\u00ad(?=\\s|$)", "-", text).replace("\u00ad", "")


def _without_soft_breaks(text: str) -> str:
    """The text, with words joined again where an extractor broke lines at every soft hyphen."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    broken = [len(line) for line in lines if line.endswith("\u00ad")]
    many = len(broken) > max(_FEWEST_BROKEN, _BROKEN_AT_SOFT_HYPHENS * len(lines))
    shattered = many and median(broken) < _SHORTEST_TEXT_LINE / 2
    return re.sub("\u00ad[ \t]*\n", "", text) if shattered else text


def read_lines(
    text: str, running: Running, is_content: Callable[[str], bool] = lambda line: False
) -> TextLines:
    """The lines of ``text`` with their pages; running heads apart.

    ``is_content`` says which lines are no running heads however many pages begin with them: the
    header of a table.
    """
    raw = [page.split("\n") for page in _BREAK.sub("\n", text).split("\f")]
    if len(raw) > 1 and not any(line.strip() for line in raw[-1]):
        raw.pop()
    order = page_order(printed_numbers([_margins(page) for page in raw], running))
    raw = [raw[page] for page in order.order]
    flat = [line for page in raw for line in page]
    double = _is_double_spaced(flat)
    marks = number_pages(raw, running, is_content)
    lines = tuple(_lines(flat, marks, 1 if double else 0))
    lengths = [len(line.text) for line in lines if len(line.text) >= _SHORTEST_TEXT_LINE]
    width = _quantile(lengths, _FULL_LINE_QUANTILE) if lengths else _USUAL_TEXT_WIDTH
    gaps = [line.blank_lines_before for line in lines[1:] if not line.opens_page]
    many = bool(gaps) and sum(1 for n in gaps if n) >= _BLANK_LINE_SHARE * len(gaps)
    return TextLines(
        lines,
        marks.running_heads,
        marks.page_count,
        width,
        many and not double,
        tuple(_order_warnings(order, marks)),
    )


def _margins(page: list[str]) -> str:
    """The lines at a page's edges, which may hold its number."""
    filled = [line for line in page if line.strip()]
    return "\n".join(filled[:_EDGE_LINES] + filled[max(_EDGE_LINES, len(filled) - _EDGE_LINES) :])


def _order_warnings(order: PageOrder, marks: PageMarks) -> list[ExtractionWarning]:
    """Warnings about pages that are missing, or were moved to where they belong.

    Where no form feeds part the pages, the page marks do, if they go up by one from page to page.
    """
    if len(order.order) > 1:
        called = {page: marks.numbers[place] for place, page in enumerate(order.order)}
        return order_warnings(order, called)
    numbers = PrintedNumbers(tuple(int(label) if label else None for label in marks.labels))
    if not numbers.are_steady:
        return []
    return order_warnings(page_order(numbers).without_moves(), dict(enumerate(marks.numbers)))


def _lines(flat: list[str], marks: PageMarks, usual: int) -> list[TextLine]:
    """The lines with text; ``usual`` empty lines follow every line and do not count."""
    found: list[TextLine] = []
    blank_lines = traces = trailing = 0
    opens_page = True
    for number, raw in enumerate(flat):
        opens_page = opens_page or number in marks.opens
        if number in marks.running:
            continue
        text = raw.strip()
        if not text:
            blank_lines += 1
            traces += bool(raw)
            continue
        page, label = marks.place(number)
        found.append(
            TextLine(
                text=text,
                page=page,
                page_label=label,
                blank_lines_before=max(0, blank_lines - usual),
                empty_cell_traces=traces + trailing,
                trailing_traces=trailing,
                opens_page=opens_page,
                indented=raw[:1].isspace(),
            )
        )
        blank_lines, opens_page = 0, False
        traces, trailing = 0, (len(raw) - len(raw.rstrip(" "))) // _SPACES_PER_TRACE
    return found


def _is_double_spaced(flat: list[str]) -> bool:
    """Whether an empty line follows nearly every line, also within paragraphs."""
    pairs = [
        not flat[n + 1].strip()
        for n in range(len(flat) - 1)
        if len(flat[n].strip()) >= _SHORTEST_TEXT_LINE and flat[n].strip()[-1] not in ".:!?"
    ]
    return len(pairs) >= _FEWEST_PAIRS and sum(pairs) >= _DOUBLE_SPACED * len(pairs)


def _quantile(values: list[int], share: float) -> float:
    ordered = sorted(values)
    return float(ordered[min(len(ordered) - 1, int(share * len(ordered)))])
