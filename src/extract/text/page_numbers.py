"""The pages of a text file: where they begin, their numbers, and their running heads.

Form feeds end pages where the file has them. Elsewhere a line that begins with a space, right
below another line, opens a page; so does a printed page mark. Printed page marks decide the
numbers: the pages between two marks are counted from the first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from styrmatt.swedish.numbers import whole_number
from styrmatt.vocabulary import Running
from styrmatt.whitespace import single_spaced, squeeze

_FEW_SPACES = re.compile(r" {1,3}\S")
_DIGITS = re.compile(r"\d+")
_REPEATED_SHARE = 0.5
"""Share of pages that a line must begin or end to be a running head: chapters may change it."""
_FEWEST_PAGES = 4
"""Pages from which a repeated line is told from chance: on three, a heading may stand twice."""
_EDGE_LINES = 2
"""Lines at each edge of a page that may be running heads or feet."""
_FEWEST_BARE_MARKS = 1 / 3
"""Share of pages that must have a bare figure at an edge for these to be page numbers."""
_INDENTED_LINES = 1 / 4
"""Share of lines with a space in front, from which such a space says nothing about pages."""
_VALUE_WITHIN = 3
"""Lines below a register's labels within which their values stand."""


@dataclass(frozen=True, slots=True)
class PageMarks:
    """The pages of a file.

    ``starts``, ``numbers``, ``labels``: for each page its first line, its number and the number as
    printed, if it is. ``opens``: the ``starts`` as a set; ``running``: lines of heads, feet and
    page marks, whose texts are ``running_heads``.
    """

    starts: tuple[int, ...]
    numbers: tuple[int, ...]
    labels: tuple[str | None, ...]
    opens: frozenset[int]
    running: frozenset[int]
    running_heads: tuple[str, ...]
    page_count: int

    def place(self, line: int) -> tuple[int, str | None]:
        """Page number and printed label of a line."""
        at = max(0, bisect_right(self.starts, line) - 1)
        return self.numbers[at], self.labels[at]


def number_pages(
    pages: list[list[str]],
    running: Running,
    is_content: Callable[[str], bool] = lambda line: False,
) -> PageMarks:
    """Pages of a file that was split at form feeds (one item: it has none).

    Lines of which ``is_content`` is true are no running heads, however many pages begin with them.
    """
    flat = [line for page in pages for line in page]
    marks = _page_marks(flat, running, pages)
    heads = _head_lines(flat, running) | _repeated_lines(pages, is_content)
    starts = _feed_starts(pages) if len(pages) > 1 else _space_starts(flat, marks, heads)
    numbers, labels = _number(starts, marks)
    opens = frozenset(starts)
    return PageMarks(
        starts=tuple(starts),
        numbers=tuple(numbers),
        labels=tuple(labels),
        opens=opens,
        running=frozenset(heads | set(marks)),
        running_heads=tuple(single_spaced(flat[n]) for n in sorted(heads | set(marks))),
        page_count=max(numbers),
    )


def _page_marks(flat: list[str], running: Running, pages: list[list[str]]) -> dict[int, int]:
    """Line number -> printed page. A bare figure is a mark at a page's edge only, and in order."""
    strong: dict[int, int] = {}
    bare: dict[int, int] = {}
    edges = _edges(pages)
    for number, line in enumerate(flat):
        for pattern in running.page_marks:
            match = pattern.match(line.strip())
            page = whole_number(match["page"]) if match else None
            if page is not None:
                sure = not line.strip().isdecimal()
                if sure or number in edges:
                    (strong if sure else bare)[number] = page
                break
    if (
        bare
        and len(pages) > 1
        and _rising(bare.values())
        and len(bare) >= _FEWEST_BARE_MARKS * len(pages)
    ):
        strong |= bare
    return strong


def _rising(values: Iterable[int]) -> bool:
    return all(a < b for a, b in pairwise(values))


def _edges(pages: list[list[str]]) -> set[int]:
    """Numbers of the first and the last line with text of each page."""
    edges, offset = set(), 0
    for page in pages:
        filled = [n for n, line in enumerate(page) if line.strip()]
        edges |= {offset + filled[0], offset + filled[-1]} if filled else set()
        offset += len(page)
    return edges


def _head_lines(flat: list[str], running: Running) -> set[int]:
    """Lines of the document register's head: labels, and the values on the line below each."""
    labels = [squeeze(label) for label in running.head_labels]
    heads: set[int] = set()
    for number, line in enumerate(flat):
        if _only_labels(squeeze(line), labels):
            heads.add(number)
            below = next(
                (n for n in range(number + 1, len(flat))[:_VALUE_WITHIN] if flat[n].strip()), None
            )
            if below is not None and not _only_labels(squeeze(flat[below]), labels):
                heads.add(below)
    return heads


def _only_labels(text: str, labels: list[str]) -> bool:
    """Whether a squeezed text is made of squeezed labels alone."""
    if not text:
        return False
    for label in sorted(labels, key=len, reverse=True):
        text = text.replace(label, " ")
    return not text.strip()


def _repeated_lines(pages: list[list[str]], is_content: Callable[[str], bool]) -> set[int]:
    """First and last lines that most pages share, figures apart; a figure alone is none."""
    if len(pages) < _FEWEST_PAGES:
        return set()
    found: list[tuple[str, int]] = []
    offset = 0
    for page in pages:
        filled = [n for n, line in enumerate(page) if line.strip()]
        for n in {*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]}:
            if any(c.isalpha() for c in page[n]) and not is_content(page[n]):
                found.append((_DIGITS.sub("#", single_spaced(page[n])), offset + n))
        offset += len(page)
    count = Counter(text for text, _ in found)
    common = {text for text, n in count.items() if n >= _REPEATED_SHARE * len(pages)}
    return {n for text, n in found if text in common}


def _feed_starts(pages: list[list[str]]) -> list[int]:
    """Line numbers that open a page, where form feeds end pages."""
    starts, offset = [], 0
    for page in pages:
        starts.append(offset)
        offset += len(page)
    return starts


def _space_starts(flat: list[str], marks: dict[int, int], heads: set[int]) -> list[int]:
    """Line numbers that open a page by a leading space right below a line, or by a page mark."""
    indented = sum(1 for line in flat if line[:1] == " " and line.strip())
    filled = sum(1 for line in flat if line.strip())
    starts = {0, *marks}
    if indented < _INDENTED_LINES * filled:
        for number in range(1, len(flat)):
            if (
                _FEW_SPACES.match(flat[number])
                and flat[number - 1].strip()
                and number - 1 not in heads
            ):
                starts.add(number)
    return sorted(starts)


def _number(starts: list[int], marks: dict[int, int]) -> tuple[list[int], list[str | None]]:
    """Page numbers and printed labels of the pages: marked ones as printed, others counted."""
    marked = {}
    for line, page in marks.items():
        marked[max(0, bisect_right(starts, line) - 1)] = page
    numbers = list(range(1, len(starts) + 1))
    if marked:
        first = min(marked)
        offset = max(0, marked[first] - (first + 1))
        numbers = [max(1, n + offset) for n in numbers]
        for at in sorted(marked):
            if marked[at] >= numbers[max(0, at - 1)]:
                numbers[at:] = range(marked[at], marked[at] + len(numbers) - at)
    labels = [str(marked[n]) if n in marked else None for n in range(len(starts))]
    return numbers, labels
