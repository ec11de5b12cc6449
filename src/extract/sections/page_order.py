"""The order of a report's pages by the numbers printed on them, and what is missing between them.

A page number is a figure at a page's edge that goes up by one from page to page while the words
around it stay the same. Not every page has to print one: covers do not, some reports number odd
pages only, annexes begin anew, and a report may be cut out of a longer one. What counts is whether
the numbers go up faster than the pages, down, or not at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

from styrmatt.printed import ExtractionWarning, Location
from styrmatt.vocabulary import Running
from styrmatt.whitespace import single_spaced

Severity = Literal["info", "warning"]
_NUMBER = re.compile(r"(?<![\d.,:])\d{1,4}(?![\d:]|[.,]\d)")
"""A figure that may be a page number: neither part of a decimal number nor of a time."""
_DIGITS = re.compile(r"\d+")
_FEWEST_PAGES = 3
"""Pages on which a number has to stand: two figures may go up by one by chance."""
_FEWEST_MARKED = 2
"""The same for a number that is printed as a page mark ("Page 3 (16)"), which is nothing else."""
_FEWEST_BARE = 4
"""The same for a lone figure whose pages are in disorder: it may be a table's cell."""
_STEADY_SHARE = 0.5
"""Share of pages at least, after one with a number, whose numbers went up as the pages did; the
others have lost pages before them."""
_MARKS_STEADY = 0.75
"""The same where page marks part the pages, and a misread one would make a page of its own."""
_COVERED_SHARE = 0.4
"""Share of the pages that print the number at least, unless it is a page mark: reports that number
odd pages only have nearly one half, numbered headings at the tops of pages are fewer."""
_ORDERED_SHARE = 2 / 3
"""Share of the pages that print the number at least where most are in disorder."""
_SLACK = 4
"""One missing number in so many (and one always) is let pass between numbers that are in disorder:
pages may be missing, too."""
_FEW_MISSING = 3
"""Pages that may be missing at each of many places, where little else says that they are pages."""
_MOST_MISSING = 200
"""Pages that may be missing at one place. A larger step is no page number but a misread one."""


class Gap(NamedTuple):
    """Pages are missing between two pages, which are counted from 0.

    ``after`` is None behind the last page. ``between`` are pages without a number: the missing ones
    may belong before or behind any of them.
    """

    before: int
    after: int | None
    between: tuple[int, ...]
    printed_before: int
    printed_after: int


@dataclass(frozen=True)
class PageOrder:
    """Pages, counted from 0, in the order in which they are to be read.

    ``disordered`` are pages that stand behind a higher number and cannot be put in order, with
    their numbers.
    """

    order: tuple[int, ...]
    gaps: tuple[Gap, ...] = ()
    repeated: tuple[Repeat, ...] = ()
    disordered: tuple[tuple[int, int], ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the order is another than that of the pages."""
        return self.order != tuple(range(len(self.order)))

    def without_moves(self) -> PageOrder:
        """The same for pages that are not moved."""
        return replace(self, order=tuple(range(len(self.order))))

    def copies(self, texts: Sequence[str]) -> frozenset[int]:
        """Pages, counted from 0, that have the number and the text of an earlier one."""
        return frozenset(again for first, again, _ in self.repeated if texts[first] == texts[again])

    def steps(self, numbers: Container[int], copies: Container[int] = ()) -> list[Step]:
        """The pages with these numbers (from 1), in order, without copies of others."""
        lost = {page for gap in self.gaps for page in (gap.after, *gap.between)}
        read = [-1, *(page for page in self.order if page not in copies)]
        return [
            Step(page + 1, before < 0 or before + 1 in numbers, page in lost)
            for before, page in pairwise(read)
            if page + 1 in numbers
        ]


class Repeat(NamedTuple):
    """Two pages have the same number; they are counted from 0."""

    first: int
    again: int
    printed: int


class Step(NamedTuple):
    """A page to read, counted from 1."""

    number: int
    follows: bool
    """Whether the page before it in the report is the one that is read before it."""
    lost: bool
    """Whether pages between it and that page are missing."""


@dataclass(frozen=True)
class PrintedNumbers:
    """The number printed on each page, None where none is; and how many pages there are by it."""

    numbers: tuple[int | None, ...]
    total: int | None = None

    @property
    def are_steady(self) -> bool:
        """Whether most numbers go up as the pages do, and there are some."""
        placed = [(page, n) for page, n in enumerate(self.numbers) if n is not None]
        steady = sum(b[1] - a[1] == b[0] - a[0] for a, b in pairwise(placed))
        return len(placed) >= _FEWEST_PAGES and steady >= _MARKS_STEADY * (len(placed) - 1)


class _Slot(NamedTuple):
    """A place for a number in a line that differs from page to page in its figures alone."""

    line: str
    nth: int
    marked: bool
    """Whether the line is a page mark and not a lone figure."""


def printed_numbers(margins: Sequence[str], running: Running) -> PrintedNumbers:
    """The page numbers in the texts of the pages' margins, one string a page."""
    slots: dict[_Slot, dict[int, list[int]]] = {}
    for page, text in enumerate(margins):
        for slot, number in _numbers_in(text, running):
            slots.setdefault(slot, {}).setdefault(page, []).append(number)
    found = {slot: chosen for slot, pages in slots.items() if (chosen := _chosen(pages))}
    sequences = sorted(
        (
            (slot, pages)
            for slot, pages in found.items()
            if _is_page_number(slot, pages, len(margins))
        ),
        key=lambda item: (-len(item[1]), not item[0].marked, item[0]),
    )
    for slot, pages in sequences:
        merged = dict(pages)
        for _, more in sequences:
            if _fits(more, pages):
                merged = {**more, **merged}
        if slot.marked or len(merged) >= _COVERED_SHARE * len(margins):
            numbers = tuple(merged.get(page) for page in range(len(margins)))
            return PrintedNumbers(numbers, _total(slot, found, merged))
    return PrintedNumbers((None,) * len(margins))


def _numbers_in(text: str, running: Running) -> Iterator[tuple[_Slot, int]]:
    for raw in text.splitlines():
        line = single_spaced(raw)
        if not _DIGITS.search(line):
            continue
        mask = _DIGITS.sub("#", line).casefold()
        marked = mask != "#" and any(p.search(line) for p in running.page_marks)
        for nth, match in enumerate(_NUMBER.finditer(line)):
            yield _Slot(mask, nth, marked), int(match[0])


def _chosen(pages: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """One number for each page: the one that is as far from the page's place as most are.

    None at all where most pages have several: from many figures some always fit.
    """
    if sum(len(set(numbers)) > 1 for numbers in pages.values()) > len(pages) / 2:
        return {}
    offsets = Counter(n - page for page, numbers in pages.items() for n in set(numbers))
    chosen = {}
    for page, numbers in pages.items():
        ranked = sorted(set(numbers), key=lambda n: (-offsets[n - page], n))
        if len(ranked) == 1 or offsets[ranked[0] - page] > 1:
            chosen[page] = ranked[0]
    return chosen


def _is_page_number(slot: _Slot, pages: Mapping[int, int], page_count: int) -> bool:
    numbers = list(pages.values())
    fewest = _FEWEST_MARKED if slot.marked else _FEWEST_PAGES
    if len(numbers) < fewest or len(set(numbers)) < max(2, len(numbers) / 2):
        return False
    placed = sorted(pages.items())
    steady = sum(b[1] - a[1] == b[0] - a[0] for a, b in pairwise(placed))
    if slot.marked or steady >= _STEADY_SHARE * (len(placed) - 1):
        return True
    bare = slot.line == "#"
    if not bare and len(numbers) >= page_count - 1 and _rises_unevenly(placed):
        return True
    enough = len(numbers) >= max(_FEWEST_BARE if bare else fewest, _ORDERED_SHARE * page_count)
    return enough and _is_compact(placed)


def _rises_unevenly(placed: Sequence[tuple[int, int]]) -> bool:
    """Whether the numbers go up everywhere, faster than the pages and not always by the same.

    Numbers that go up by two all the time are those of pages that hold two printed ones each.
    """
    steps = [(b[1] - a[1]) - (b[0] - a[0]) for a, b in pairwise(placed)]
    even = len(set(steps)) == 1 and len(steps) >= _FEWEST_PAGES
    return all(0 <= step <= _FEW_MISSING for step in steps) and not even


def _is_compact(placed: Sequence[tuple[int, int]]) -> bool:
    """Whether the numbers are those of as many pages, in whatever order, none of them twice."""
    numbers = sorted(number for _, number in placed)
    pages = placed[-1][0] - placed[0][0]
    spare = max(1, len(numbers) // _SLACK)
    alike = abs(numbers[-1] - numbers[0] - pages) <= spare
    return alike and len(set(numbers)) == len(numbers)


def _fits(more: Mapping[int, int], pages: Mapping[int, int]) -> bool:
    """Whether other numbers go with these: each is in step with the page before or after it."""
    others = [(page, number) for page, number in more.items() if page not in pages]
    if not others:
        return False

    def in_step(page: int, number: int) -> bool:
        near = [max((p for p in pages if p < page), default=None)]
        near.append(min((p for p in pages if p > page), default=None))
        return any(p is not None and pages[p] - p == number - page for p in near)

    return all(in_step(page, number) for page, number in others)


def _total(
    slot: _Slot, found: Mapping[_Slot, Mapping[int, int]], pages: Mapping[int, int]
) -> int | None:
    """The number of pages that the page marks print behind their numbers: "3 (16)"."""
    if not slot.marked:
        return None
    behind = found.get(slot._replace(nth=slot.nth + 1))
    if behind is None or set(behind) < set(pages):
        return None
    totals = set(behind.values())
    return totals.pop() if len(totals) == 1 and max(totals) >= max(pages.values()) else None


def page_order(printed: PrintedNumbers) -> PageOrder:
    """The order of the pages by their printed numbers, and where pages are missing."""
    count = len(printed.numbers)
    placed = [(page, n) for page, n in enumerate(printed.numbers) if n is not None]
    if len(placed) < _FEWEST_MARKED:
        return PageOrder(tuple(range(count)))
    order: list[int] = list(range(placed[0][0]))
    gaps: list[Gap] = []
    repeated: list[Repeat] = []
    disordered: list[tuple[int, int]] = []
    parts = [placed] if _is_compact(placed) else list(_parts(placed))
    ends = [part[0][0] for part in parts[1:]] + [count]
    for part, end in zip(parts, ends, strict=True):
        pages = _in_order(part, end)
        order += pages or range(part[0][0], end)
        numbers = dict(part)
        if pages is None:
            first: dict[int, int] = {}
            highest = part[0][1]
            for page, number in part:
                if first.setdefault(number, page) != page:
                    repeated.append(Repeat(first[number], page, number))
                elif number < highest:
                    disordered.append((page, number))
                highest = max(highest, number)
        else:
            gaps += _gaps(pages, numbers)
    last, number = placed[-1][0], max(number for _, number in placed)
    begins = placed[0][1] == placed[0][0] + 1
    missing = (printed.total or 0) - number - (count - 1 - last)
    if begins and len(parts) == 1 and not disordered and 0 < missing <= _MOST_MISSING:
        gaps.append(Gap(order[-1], None, (), number, printed.total or 0))
    return PageOrder(tuple(order), tuple(gaps), tuple(repeated), tuple(disordered))


def _parts(placed: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The runs of numbers that each begin anew, as those of annexes do."""
    part = [placed[0]]
    for before, after in pairwise(placed):
        unnumbered = after[0] - before[0] - 1
        if after[1] <= before[1] and after[1] - unnumbered <= 1:
            yield part
            part = []
        part.append(after)
    yield part


def _in_order(part: Sequence[tuple[int, int]], end: int) -> list[int] | None:
    """The pages of a part (up to page ``end``) in the order of their numbers.

    None where they are in a disorder that the numbers do not mend: numbers stand twice, or it is
    not known where pages without a number belong.
    """
    if all(a[1] < b[1] for a, b in pairwise(part)):
        return list(range(part[0][0], end))
    if not _is_compact(part):
        return None
    numbers = {number: page for page, number in part}
    unnumbered = []
    for before, after in pairwise(part):
        between = range(before[0] + 1, after[0])
        in_step = after[1] - before[1] == after[0] - before[0]
        for page in between:
            number = before[1] + page - before[0]
            if not in_step or numbers.setdefault(number, page) != page:
                unnumbered.append(page)
    if unnumbered:
        free = [number for number in range(1, max(numbers)) if number not in numbers]
        if len(unnumbered) != 1 or len(free) != 1:
            return None
        numbers[free[0]] = unnumbered[0]
    return [numbers[n] for n in sorted(numbers)] + list(range(part[-1][0] + 1, end))


def _gaps(pages: Sequence[int], numbers: Mapping[int, int]) -> Iterator[Gap]:
    """Where the numbers go up by more than the pages, which are in order."""
    places = [place for place, page in enumerate(pages) if page in numbers]
    for at, next_at in pairwise(places):
        before, *between, after = pages[at : next_at + 1]
        missing = (numbers[after] - numbers[before]) - (next_at - at)
        if 0 < missing <= _MOST_MISSING:
            yield Gap(before, after, tuple(between), numbers[before], numbers[after])


def order_warnings(
    order: PageOrder,
    called: Mapping[int, int],
    read: Container[int] | None = None,
    copies: Container[int] = (),
) -> list[ExtractionWarning]:
    """What a person should know of it.

    ``called`` are the numbers by which the pages are called, ``read`` those that are read,
    ``copies`` what :meth:`PageOrder.copies` gave.
    """
    found: list[ExtractionWarning] = []

    def note(kind: str, page: int, message: str, severity: Severity = "warning") -> None:
        place = Location(called[page], called[page])
        if read is not None and called[page] not in read:
            return
        found.append(ExtractionWarning(kind, message, "", place, severity))

    for gap in order.gaps:
        before = f"page {called[gap.before]} has the printed number {gap.printed_before}"
        if gap.after is None:
            end = f"{before} of {gap.printed_after}"
            note("page_missing", gap.before, f"Pages are missing at the end: {end}.")
            continue
        after = f"the next number is {gap.printed_after}, on page {called[gap.after]}"
        for page in (gap.before, *gap.between, gap.after):
            note("page_missing", page, f"Pages are missing: {before} and {after}.")
    for first, again, number in order.repeated:
        message = f"Page {called[again]} has the printed number {number} of page {called[first]}"
        end = ", and its text; it was not read again." if again in copies else ", too."
        note("page_order", again, message + end)
    for page, number in order.disordered:
        message = (
            f"Page {called[page]} has the printed number {number} and stands behind higher ones."
        )
        note("page_order", page, message)
    if order.is_changed:
        listed = ", ".join(str(called[page]) for page in order.order)
        first = next(page for place, page in enumerate(order.order) if place != page)
        message = f"Pages were read in the order of their printed numbers: {listed}."
        note("page_order", first, message, "info")
    return found
