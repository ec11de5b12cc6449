"""The headings that hold where a table stands, by their rank, and the goal that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from styrmatt.extract.grid.heading_names import HeadingNames, plain_name
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.sections.read_sections import HeadingContext
from styrmatt.whitespace import single_spaced, squeeze

_SECTION = re.compile(r"^\s*(\d+(?:\.\d+)*)\.?\s+\S")
_SAME_SIZE = 0.4
"""Points by which headings of one rank differ in size at most."""
_LEADING = 0.9
"""Ems: a wider gap between two lines of one style parts two headings."""
_LONGEST = 220
"""Characters of the longest heading: a goal may be a whole sentence."""


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
    _stack: list[_Heading] = field(default_factory=list)

    def add(self, page: int, line: PageLine) -> None:
        """Take the next line that is set as a heading."""
        match = _SECTION.match(line.text)
        depth = match[1].count(".") + 1 if match else 0
        if self._stack and self._goes_on(self._stack[-1], page, line, depth):
            top = self._stack[-1]
            top.text, top.last = f"{top.text}\n{line.text}", line
            return
        heading = _Heading(line.text, line.size, line.bold, depth, page, line)
        self._stack = [one for one in self._stack if one.holds_below(heading)]
        self._stack.append(heading)

    def _goes_on(self, top: _Heading, page: int, line: PageLine, depth: int) -> bool:
        near = 0 <= line.top - top.last.bottom < _LEADING * line.size
        same = abs(top.size - line.size) <= _SAME_SIZE and top.bold == line.bold
        named = self.names.named(line.text) is not None
        return page == top.page and near and same and not depth and not named

    def copy(self) -> HeadingsAbove:
        """The same headings, which do not change with these."""
        return replace(self, _stack=[replace(heading) for heading in self._stack])

    def forget(self) -> None:
        """Forget all headings: pages are missing here."""
        self._stack = []

    def innermost_names_goal(self) -> bool:
        """Whether the innermost heading names a goal behind a word that says so."""
        named = self.names.named(self._stack[-1].text) if self._stack else None
        return named is not None and named.level in ("goal", "lower")

    def place(self) -> tuple[str, HeadingPlace] | None:
        """The innermost heading and where it stands; None where there is none."""
        if not self._stack:
            return None
        *above, own = self._stack
        holds = tuple((one.text, one.page) for one in above)
        return plain_name(own.text), HeadingPlace(holds, round(own.size, 1), own.bold)

    def context(self) -> HeadingContext:
        """The goal, the goal of a lower level and the perspective that hold here.

        A heading with a lead-in word names its level; without any, the innermost heading that says
        more than what follows is the goal. An area of goals is the goal where nothing else is.
        """
        goal = area = factor = perspective = None
        for heading in reversed(self._stack):
            named = self.names.named(heading.text)
            if named is None:
                if self._is_perspective(heading.text):
                    perspective = perspective or plain_name(heading.text)
            elif named.level == "goal":
                goal = goal or named.name
            elif named.level == "area":
                area = area or named.name
            elif named.level == "lower":
                factor = factor or named.name
            else:
                perspective = perspective or named.name
        if goal is None and factor is not None:
            goal, factor = factor, None
        if goal is None:
            goal, is_named = self._bare(), False
        else:
            is_named = True
        if goal is None:
            goal, area = area, None
        is_group = not is_named and goal is not None and self.names.is_group(goal)
        return HeadingContext(
            perspective or area, goal, factor, goal_is_named=is_named, goal_is_group=is_group
        )

    def _bare(self) -> str | None:
        """The goal that a heading names as it is, below the innermost area of goals."""
        for heading in reversed(self._stack):
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
