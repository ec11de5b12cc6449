"""Headings and the text below them, in order, and the headings that a table stands under."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz

from styrmatt.extract.model.page import Page, PageLine, chains, union
from styrmatt.extract.sections.heading_patterns import NUMBER, read_heading
from styrmatt.layout import Headings
from styrmatt.printed import Bbox, Location, Section, SectionKind
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import single_spaced, squeeze

_ENDS_IN_PAGE = re.compile(r"(\.{3,}|\s)\s*\d{1,3}$")
_SAME_NAME = 92.0
"""Names this alike (0 to 100) are one: livskvalité, livskvalitet."""


@dataclass(frozen=True)
class BodyStyle:
    """What running text looks like in this report; headings are larger or bolder."""

    size: float
    bold: bool

    @classmethod
    def learn(cls, pages: Iterable[Page]) -> BodyStyle:
        """From lines that run on for forty characters: table cells are narrower."""
        styles: Counter[tuple[float, bool]] = Counter()
        for page in pages:
            for line in (PageLine(tuple(chain)) for whole in page.lines for chain in chains(whole)):
                if len(line.text) >= 40:
                    styles[(line.size, line.bold)] += len(line.text)
        if not styles:
            return cls(10.0, False)
        (size, bold), _ = max(styles.items(), key=lambda item: (item[1], item[0]))
        return cls(size, bold)

    def is_heading(self, line: PageLine) -> bool:
        """Whether a line's style or its capitals set it off from running text."""
        text = line.text
        if not any(map(str.isalpha, text)):
            return False
        if line.size > self.size + 0.7 or (line.bold and not self.bold):
            return True
        if not text.isupper():
            return False
        letters = [char for char in text if char.isalpha()]
        return len(letters) >= 12 and all(map(str.isupper, letters))


@dataclass
class HeadingContext:
    """The headings that hold at a place, as printed."""

    perspective: str | None = None
    goal: str | None = None
    success_factor: str | None = None
    other: str | None = None
    other_size: float = 0.0

    def path(self) -> tuple[str, ...]:
        """The headings, outermost first."""
        names = (self.perspective, self.goal, self.success_factor, self.other)
        return tuple(single_spaced(name) for name in names if name)


@dataclass
class _OpenSection:
    """A section that is being read."""

    kind: SectionKind
    heading: str
    path: tuple[str, ...]
    page: int
    page_last: int
    bbox: Bbox | None
    lines: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    def part(self) -> None:
        """End the paragraph."""
        self.lines.append("")
        self.pages.append(self.pages[-1])

    def add(self, page: int, text: str) -> None:
        """Add a line."""
        self.lines.append(text)
        self.pages.append(page)
        self.page_last = max(self.page_last, page)


class SectionReader:
    """Takes a report's own lines page by page and gives its sections.

    Call :meth:`page` with what stands on a page, in order; :attr:`context` is what a table there
    stands under. Names that overview tables gave are told by :meth:`know`.
    """

    def __init__(self, headings: Headings, words: Vocabulary, style: BodyStyle) -> None:
        self.headings, self.words, self.style = headings, words, style
        self.context = HeadingContext()
        self.sections: list[Section] = []
        self._open: _OpenSection | None = None
        self._heading: list[PageLine] = []
        self._last: PageLine | None = None
        self._known: dict[str, Literal["goal", "success_factor"]] = {}
        self._perspectives = {squeeze(name) for name in words.perspectives}
        self._labels: dict[int, str] = {}
        self.factors: list[str] = []
        """Factors that headings name, as printed."""

    def know(self, kind: Literal["goal", "success_factor"], name: str) -> None:
        """Tell the name of a goal or factor, so that a heading of just that name is understood."""
        self._known.setdefault(squeeze(name), kind)

    def names(self, line: PageLine) -> bool:
        """Whether a line names a goal, a factor or a perspective and so is a heading of its own."""
        text = line.text
        return bool(
            read_heading(text, self.headings)
            or self._perspective(text)
            or squeeze(text) in self._known
        )

    def line(self, page: int, line: PageLine, label: str | None = None) -> None:
        """Take the next line of running text or heading on a page."""
        if label:
            self._labels[page] = label
        self._learn_perspective(line)
        if self._goes_on_heading(page, line):
            self._heading.append(line)
            return
        self._close_heading(page)
        if self._is_heading(line) and not self._ends_sentence(line):
            self._heading = [line]
            self._heading_page = page
            return
        self._text(page, line)

    def at_table(self, page: int) -> HeadingContext:
        """Tell that a table stands here; gives the headings it stands under."""
        self._close_heading(page)
        self._last = None
        if self._open and self._open.lines and self._open.lines[-1]:
            self._open.part()
        return HeadingContext(**vars(self.context))

    def contents(self, page: int, lines: Sequence[PageLine]) -> None:
        """Take a page of the table of contents: text without headings."""
        self._close_heading(page)
        for line in lines:
            self._text(page, line)

    def finish(self) -> tuple[Section, ...]:
        """All sections, in order."""
        self._close_heading(0)
        self._close_section()
        return tuple(self.sections)

    def _learn_perspective(self, line: PageLine) -> None:
        if match := self.words.perspective_sentence.search(line.text):
            name = match["name"]
            self._perspectives.add(squeeze(name))
            if self.context.perspective is None or squeeze(self.context.perspective) != squeeze(
                name
            ):
                headed = self.context.other and squeeze(self.context.other) == squeeze(name)
                if headed or line.text.startswith(match[0]):
                    self.context = HeadingContext(perspective=name)

    def _is_heading(self, line: PageLine) -> bool:
        return bool(read_heading(line.text, self.headings)) or self.style.is_heading(line)

    def _ends_sentence(self, line: PageLine) -> bool:
        """Whether a line set as a heading is the end of the sentence above it: a slip of styles."""
        above = self._open.lines[-1] if self._open and self._open.lines else ""
        unfinished = bool(above) and above.rstrip()[-1:] not in ".:!?"
        text = line.text.strip()
        return unfinished and text[:1].islower() and text.endswith(".")

    def _goes_on_heading(self, page: int, line: PageLine) -> bool:
        """Whether a line is the next line of a heading that is being read."""
        if not self._heading or page != self._heading_page:
            return False
        above = self._heading[-1]
        if read_heading(line.text, self.headings) or not self.style.is_heading(line):
            return False
        same = abs(line.size - above.size) < 0.4 and line.bold == above.bold
        return same and line.top - above.bottom < 0.9 * line.size and line.x0 - above.x0 < 12

    def _close_heading(self, page: int) -> None:
        if not self._heading:
            return
        text = "\n".join(line.text for line in self._heading)
        size = self._heading[0].size
        box = union(line.bbox for line in self._heading)
        self._heading = []
        kind, name = self._classify(text)
        self._enter(kind, name, size)
        self._close_section()
        self._open = _OpenSection(
            kind, text, self.context.path(), self._heading_page, self._heading_page, box
        )

    def _classify(self, text: str) -> tuple[SectionKind, str]:
        named = read_heading(text, self.headings)
        if named:
            return ("goal" if named.kind == "goal" else "success_factor"), named.name
        perspective = self._perspective(text)
        if perspective:
            return "perspective", perspective
        if kind := self._known_kind(text):
            return kind, text
        return "other", text

    def _perspective(self, text: str) -> str | None:
        text = NUMBER.sub("", text)
        for pattern in self.headings.perspective:
            lead, _, _ = pattern.partition("{name}")
            name = squeeze(text).removeprefix(squeeze(lead)) if lead else squeeze(text)
            if name in self._perspectives:
                words = single_spaced(text).split()
                return words[-1]
        return None

    def _known_kind(self, text: str) -> Literal["goal", "success_factor"] | None:
        squeezed = squeeze(text)
        if squeezed in self._known:
            return self._known[squeezed]
        near = [
            (fuzz.ratio(squeezed, name), kind)
            for name, kind in self._known.items()
            if abs(len(name) - len(squeezed)) < 8
        ]
        best = max(near, default=(0.0, None), key=lambda item: item[0])
        return best[1] if best[0] >= _SAME_NAME and len(squeezed) > 12 else None

    def _enter(self, kind: SectionKind, name: str, size: float) -> None:
        now = self.context
        if kind == "perspective":
            self.context = HeadingContext(perspective=name)
        elif kind == "goal":
            self.context = HeadingContext(perspective=now.perspective, goal=name)
        elif kind == "success_factor":
            self.factors.append(name)
            self.context = HeadingContext(now.perspective, now.goal, name)
        else:
            self.context = HeadingContext(now.perspective, now.goal, now.success_factor, name, size)

    def _text(self, page: int, line: PageLine) -> None:
        if self._open is None:
            self._open = _OpenSection("other", "", (), page, page, None)
        lines = self._open.lines
        if lines and lines[-1] and self._last is not None and self._new_paragraph(page, line):
            self._open.part()
        self._open.add(page, line.text)
        self._last, self._last_page = line, page

    def _new_paragraph(self, page: int, line: PageLine) -> bool:
        above = self._last
        assert above is not None
        if page != self._last_page:
            ended = above.text.rstrip().endswith((".", ":", "!", "?"))
            return ended and not line.text[:1].islower()
        return line.top - above.bottom > 0.45 * line.size

    def _close_section(self) -> None:
        if self._open is None:
            return
        lines = self._open.lines
        while lines and not lines[-1]:
            lines.pop()
        box = self._open.bbox
        place = Location(
            self._open.page, self._open.page_last, box, self._labels.get(self._open.page)
        )
        if lines or self._open.heading:
            pages = tuple(self._open.pages[: len(lines)])
            text, path = "\n".join(lines), self._open.path
            self.sections.append(
                Section(self._open.kind, self._open.heading, path, text, place, pages)
            )
        self._open = None
        self._last = None


def is_contents(lines: Sequence[PageLine], headings: Sequence[str]) -> bool:
    """Whether a page is a table of contents: most of its lines end in a page number."""
    if len(lines) < 4:
        return False
    ending = sum(1 for line in lines if _ENDS_IN_PAGE.search(line.text))
    headed = any(squeeze(lines[0].text) == squeeze(heading) for heading in headings)
    return ending > 0.6 * len(lines) or (headed and ending > 0.3 * len(lines))
