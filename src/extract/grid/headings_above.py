"""The headings that hold where a table stands, by their rank, and the goal that they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from styrmatt.extract.grid.heading_names import HeadingNames, NamedGoal, plain_name
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.text_lines import PageLine, split_at_gaps
from styrmatt.extract.sections.read_sections import HeadingContext
from styrmatt.swedish.phrases import goes_on
from styrmatt.vocabulary import NameWords
from styrmatt.whitespace import single_spaced, squeeze

_SECTION = re.compile(r"^\s*(\d+(?:\.\d+)*)\.?\s+\S")
_SAME_SIZE = 0.4
"""Points by which headings of one rank differ in size at most."""
_LEADING = 0.9
"""Ems: a wider gap between two lines of one style parts two headings."""
_LONGEST = 220
"""Characters of the longest heading: a goal may be a whole sentence."""


_APART = 0.8
"""Ems of white space above a heading that is a sentence, at least: lines of a text are closer."""
_MOST_LINES = 2
"""Lines of such a heading at most: a text in larger type that leads in has more."""
_SMALLER = 0.5
"""Points by which what follows such a heading is smaller, at least."""
_LABELS = frozenset({"board", "responsible", "period", "status", "source"})
"""What a label with its value at the end of a heading's line is about."""


def sentence_headings(lines: Sequence[PageLine], size: float) -> dict[int, bool]:
    """Whether lines of sentences in larger type are headings, by ``id()``; other lines are absent.

    A sentence is one that stands alone above smaller text; a longer text that leads in is none.
    ``lines`` are those of a page from top to bottom, ``size`` the font size of its running text.
    """
    found: dict[int, bool] = {}
    n = 0
    while n < len(lines):
        end = n + 1
        while end < len(lines) and _is_next_line(lines[end - 1], lines[end]):
            end += 1
        above, below = lines[n - 1 : n], lines[end : end + 1]
        apart = all(lines[n].top - one.bottom >= _APART * lines[n].size for one in above)
        larger = lines[n].size >= max([size, *(one.size for one in below)]) + _SMALLER
        whole = all(len(list(split_at_gaps(line))) == 1 for line in lines[n:end])
        if larger and below and whole and lines[end - 1].text.rstrip().endswith("."):
            is_heading = apart and end - n <= _MOST_LINES
            if is_heading or (end - n > _MOST_LINES and not lines[n].bold):
                found.update((id(line), is_heading) for line in lines[n:end])
        n = end
    return found


def _is_next_line(above: PageLine, line: PageLine) -> bool:
    near = 0 <= line.top - above.bottom < _APART * line.size
    return near and abs(line.size - above.size) <= _SAME_SIZE and line.bold == above.bold


def without_label(line: PageLine, words: HeaderWords) -> PageLine:
    """A heading's line without a label and its value at the end, set apart: "Responsible: KS"."""
    *rest, last = split_at_gaps(line)
    label, colon, value = " ".join(word.text for word in last).partition(":")
    if not rest or not colon or not value.strip() or not words.read(label).roles & _LABELS:
        return line
    return PageLine(tuple(word for chain in rest for word in chain))


@dataclass(frozen=True)
class HeadingPlace:
    """What headings have in common that stand side by side: those above them, and how they look."""

    above: tuple[tuple[str, int], ...]
    size: float
    bold: bool


@dataclass
class _Heading:
    """A heading: its lines, its size, and how deep its number says that it lies (0: none)."""

    text: str
    size: float
    bold: bool
    depth: int
    page: int
    last: PageLine

    def holds_below(self, other: _Heading) -> bool:
        """Whether this heading still holds below another, later one."""
        if self.depth and other.depth:
            return self.depth < other.depth
        if abs(self.size - other.size) > _SAME_SIZE:
            return self.size > other.size
        return self.bold and not other.bold


@dataclass
class HeadingsAbove:
    """Takes a report's headings in order and says which goal holds at a table."""

    names: HeadingNames
    perspectives: Iterable[str] = ()
    words: NameWords = field(default_factory=NameWords)
    """Words by which the halves of a heading that a page break cuts are known."""
    _stack: list[_Heading] = field(default_factory=list)
    _is_last: bool = False
    """Whether nothing but headings has come since the last heading."""
    _turned: bool = False
    """Whether the next line stands in another column of the page."""

    def add(self, page: int, line: PageLine) -> None:
        """Take the next line that is set as a heading."""
        is_last, self._is_last = self._is_last, True
        turned, self._turned = self._turned, False
        match = _SECTION.match(line.text)
        depth = match[1].count(".") + 1 if match else 0
        if self._stack and self._may_go_on(self._stack[-1], line, depth):
            top = self._stack[-1]
            elsewhere = turned or page != top.page
            goes = self._cut if elsewhere and is_last else self._near
            if goes(top, page, line):
                top.text, top.last, top.page = f"{top.text}\n{line.text}", line, page
                return
        heading = _Heading(line.text, line.size, line.bold, depth, page, line)
        self._stack = [one for one in self._stack if one.holds_below(heading)]
        self._stack.append(heading)

    def interrupt(self) -> None:
        """Note that something else than a heading follows: text, or a table."""
        self._is_last = False

    def begin_column(self) -> None:
        """Note that what follows stands in another column of the page."""
        self._turned = True

    def _may_go_on(self, top: _Heading, line: PageLine, depth: int) -> bool:
        same = abs(top.size - line.size) <= _SAME_SIZE and top.bold == line.bold
        return same and not depth and self.names.named(line.text) is None

    def _near(self, top: _Heading, page: int, line: PageLine) -> bool:
        """Whether a line stands right below the heading."""
        return page == top.page and 0 <= line.top - top.last.bottom < _LEADING * line.size

    def _cut(self, top: _Heading, page: int, line: PageLine) -> bool:
        """Whether the end of a page or column has cut the heading, which goes on in the line."""
        if page - top.page > 1:
            return False
        joined = f"{top.text}\n{line.text}"
        names_now = self.names.named(joined) is not None and self.names.named(top.text) is None
        return names_now or goes_on(top.text, line.text, self.words)

    def copy(self) -> HeadingsAbove:
        """The same headings, which do not change with these."""
        return replace(self, _stack=[replace(heading) for heading in self._stack])

    def forget(self) -> None:
        """Forget all headings: pages are missing here."""
        self._stack = []

    def innermost_names_goal(self) -> bool:
        """Whether the innermost heading names a goal behind a word that says so."""
        named = self.names.named(self.text_of_innermost)
        return named is not None and named.level in ("goal", "lower", "factor")

    def place_of_wish(self) -> HeadingPlace | None:
        """Where the innermost heading stands, if it is worded as a goal without a lead-in word."""
        return self._place_if(self.names.is_wish)

    def place_of_promise(self) -> HeadingPlace | None:
        """Where the innermost heading stands, if it is worded as a promise."""
        return self._place_if(self.names.is_promise)

    def place_below_goals(self) -> HeadingPlace | None:
        """Where the innermost heading stands, if it is a sentence right below one for goals."""
        place = self._place_if(self.names.is_statement)
        if place is None or not place.above:
            return None
        return place if self.names.is_of_goals(place.above[-1][0]) else None

    def _place_if(self, is_worded: Callable[[str], bool]) -> HeadingPlace | None:
        if (found := self.place()) is None:
            return None
        text, place = found
        return place if is_worded(text) and self.names.may_be_bare(text) else None

    @property
    def text_of_innermost(self) -> str:
        """The innermost heading's text, captions aside; empty where there is none."""
        own = self._without_captions()
        return own[-1].text if own else ""

    def _without_captions(self) -> list[_Heading]:
        return [one for one in self._stack if not self.names.is_caption(one.text)]

    def place(self) -> tuple[str, HeadingPlace] | None:
        """The innermost heading and where it stands; None where there is none."""
        if not (headings := self._without_captions()):
            return None
        *above, own = headings
        holds = tuple((one.text, one.page) for one in above)
        return plain_name(own.text), HeadingPlace(holds, round(own.size, 1), own.bold)

    def context(self) -> HeadingContext:
        """The nearest goal, the one above it, the success factor and perspective that hold here.

        A heading with a lead-in word names its level; without any, the innermost heading that says
        more than what follows is the goal. An area of goals is the goal where nothing else is.
        """
        goals: list[NamedGoal] = []
        area = factor = perspective = asked = None
        for heading in reversed(self._stack):
            named = self.names.named(heading.text)
            if named is None:
                if self._is_perspective(heading.text):
                    perspective = perspective or plain_name(heading.text)
            elif named.is_requirement:
                asked = asked or named.name
            elif named.level in ("goal", "lower"):
                goals.append(named)
            elif named.level == "area":
                area = area or named.name
            elif named.level == "factor":
                factor = factor or named.name
            else:
                perspective = perspective or named.name
        goal = goals[0].name if goals else None
        higher = (one.name for one in goals if one.level == "goal" and one is not goals[0])
        above = next(higher, None) if goals and goals[0].level == "lower" else None
        if goal is None and factor is not None:
            goal, factor = factor, None
        goal = goal or asked
        if goal is None:
            goal, is_named = self._bare(), False
        else:
            is_named = True
        if goal is None:
            goal, area = area, None
        is_group = not is_named and goal is not None and self.names.is_group(goal)
        return HeadingContext(
            perspective or area,
            goal,
            factor,
            goal_is_named=is_named,
            goal_is_group=is_group,
            goal_above=above,
        )

    def _bare(self) -> str | None:
        """The goal that a heading names as it is, below the innermost area of goals.

        The caption of a table does where no other heading names one.
        """
        others = self._without_captions()
        captions = [one for one in self._stack if one not in others]
        for heading in (*reversed(others), *reversed(captions)):
            text = single_spaced(heading.text)
            named = self.names.named(text)
            if named is not None and named.level == "area":
                return None
            if not self.names.may_be_bare(text):
                continue
            is_name = not self.names.is_generic(text) and not self._is_perspective(text)
            if is_name and len(text) <= _LONGEST and named is None:
                return plain_name(text)
        groups = (
            one.text
            for one in reversed(self._stack)
            if self.names.is_group(one.text) and self.names.may_be_bare(single_spaced(one.text))
        )
        return next(map(plain_name, groups), None)

    def _is_perspective(self, text: str) -> bool:
        return squeeze(plain_name(text)) in {squeeze(name) for name in self.perspectives}
