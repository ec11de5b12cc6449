"""Headings and the text below them, in order, and the headings that a table stands under."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, split_at_gaps
from styrmatt.extract.sections.heading_patterns import NUMBER, read_heading
from styrmatt.geometry import union
from styrmatt.layout import Headings
from styrmatt.printed import Bbox, Location, Section, SectionKind, packed_box
from styrmatt.swedish.phrases import goes_on
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import single_spaced, squeeze

_ENDS_IN_PAGE = re.compile(r"(\.{3,}|\s)\s*(?P<page>\d{1,3})$")
"""A page number at the end of an entry of the table of contents, behind leaders or a space."""
_SAME_NAME = 92.0
"""Likeness (0 to 100) from which names are one, such as two spellings of a word in them."""
_FEWEST_NAME_LETTERS = 13
"""Letters from which a name need only be alike: in a shorter one, one letter makes another word."""
_LENGTH_DIFFERENCE = 8
"""Letters by which a heading and a name may differ in length and still be compared."""
_SHORTEST_TEXT_LINE = 40
"""Characters from which words a space apart are running text: cells of tables are narrower."""
_USUAL_SIZE = 10.0
"""Points: the size of running text that is assumed where a report has none."""
_LARGER = 0.7
"""Points by which a heading is larger than running text: sizes within a text differ by rounding
and small words, headings by a point and more."""
_FEWEST_CAPITALS = 12
"""Letters from which a line in capitals is a heading and no abbreviation or code."""
_SAME_SIZE = 0.4
"""Points by which lines of one heading differ in size at most: less than two ranks of headings."""
_HEADING_LEADING = 0.9
"""Ems: a wider gap between two lines in a heading's style parts two headings."""
_HEADING_INDENT = 12.0
"""Points by which the second line of a heading may be indented: by its number."""
_PARAGRAPH_GAP = 0.45
"""Ems: a wider gap between two lines of text parts paragraphs; leading is a fifth to a third."""
_FEWEST_CONTENTS_LINES = 4
"""Lines that a page of contents has at least."""
_CONTENTS_SHARE = 0.6
"""Share of lines that end in a page number on a page of contents; long entries take two lines."""
_HEADED_CONTENTS_SHARE = 0.3
"""The same, where the page has the heading of a table of contents: narrow columns break entries."""

_GROWING_SHARE = 0.8
"""Share of entries whose page number is no smaller than the one before: columns begin anew."""


@dataclass(frozen=True)
class BodyStyle:
    """Font size in points and weight of a report's running text; headings are larger or bolder."""

    size: float
    bold: bool

    @classmethod
    def learn(cls, pages: Iterable[Page]) -> BodyStyle:
        """The style of most characters in lines of running text."""
        styles: Counter[tuple[float, bool]] = Counter()
        for page in pages:
            runs = (PageLine(tuple(chain)) for line in page.lines for chain in split_at_gaps(line))
            for line in runs:
                if len(line.text) >= _SHORTEST_TEXT_LINE:
                    styles[(line.size, line.bold)] += len(line.text)
        if not styles:
            return cls(_USUAL_SIZE, bold=False)
        (size, bold), _ = max(styles.items(), key=lambda item: (item[1], item[0]))
        return cls(size, bold)

    def is_heading(self, line: PageLine) -> bool:
        """Whether a line's style or its capitals set it off from running text."""
        text = line.text
        if not any(map(str.isalpha, text)):
            return False
        if line.size > self.size + _LARGER or (line.bold and not self.bold):
            return True
        return text.isupper() and sum(map(str.isalpha, text)) >= _FEWEST_CAPITALS


@dataclass
class HeadingContext:
    """The headings that hold at a place, as printed; ``other`` names none of the three."""

    perspective: str | None = None
    goal: str | None = None
    success_factor: str | None = None
    other: str | None = None
    goal_is_named: bool = False
    """Whether a word before the goal's name says that it is one."""
    goal_is_group: bool = False
    """Whether the goal is only the name of a group of goals, which other goals may stand below."""
    goal_above: str | None = None
    """The goal of a higher level that the goal stands under, where one does."""

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
    boxes: list[bytes] = field(default_factory=list)

    def end_paragraph(self) -> None:
        """End the paragraph."""
        self.lines.append("")
        self.pages.append(self.pages[-1])
        self.boxes.append(self.boxes[-1])

    def add(self, page: int, line: PageLine) -> None:
        """Add a line."""
        self.lines.append(line.text)
        self.pages.append(page)
        self.boxes.append(packed_box(line.bbox))
        self.page_last = max(self.page_last, page)


class SectionReader:
    """Takes a report's lines outside of tables in order and gives its sections.

    Lines come by :meth:`add_line`. Where a table stands, :meth:`context_at_table` says under which
    headings. Names of goals and factors in overviews are added by :meth:`add_known_name`; a heading
    of just such a name is one of that goal or factor.
    """

    def __init__(self, headings: Headings, words: Vocabulary, style: BodyStyle) -> None:
        self.headings, self.words, self.style = headings, words, style
        self.context = HeadingContext()
        self.sections: list[Section] = []
        self._open: _OpenSection | None = None
        self._heading: list[PageLine] = []
        self._overleaf: list[PageLine] = []
        """The lines of that heading on the next page."""
        self._heading_page = 0
        self._heading_turned = False
        """Whether what follows that heading stands in another column of its page."""
        self._last: PageLine | None = None
        self._last_page = 0
        self._boxed: list[Section] = []
        """Sections of boxes in the open one."""
        self._turned = False
        """Whether the next line of text is the first of another column."""
        self._known_names: dict[str, Literal["goal", "success_factor"]] = {}
        self._perspectives = {squeeze(name) for name in words.perspectives}
        self._page_labels: dict[int, str] = {}
        self.factors: list[str] = []
        """Factors that headings name, as printed."""

    def add_known_name(self, kind: Literal["goal", "success_factor"], name: str) -> None:
        """Add the name of a goal or factor, so that a heading of just that name is understood."""
        self._known_names.setdefault(squeeze(name), kind)

    def is_named_heading(self, line: PageLine) -> bool:
        """Whether a line names a goal, a factor or a perspective and so is a heading of its own."""
        text = line.text
        return bool(
            read_heading(text, self.headings)
            or self._perspective(text)
            or squeeze(text) in self._known_names
        )

    def add_line(self, page: int, line: PageLine, label: str | None = None) -> None:
        """Take the next line of text or heading; ``label`` is the page's printed number."""
        if label:
            self._page_labels[page] = label
        self._learn_perspective(line)
        if self._continues_heading(page, line):
            (self._heading if page == self._heading_page else self._overleaf).append(line)
            return
        self._close_heading()
        if self._is_heading(line) and not self._ends_sentence(line):
            self._heading = [line]
            self._heading_page = page
            return
        self._text(page, line)

    def context_at_table(self) -> HeadingContext:
        """The headings above a table that stands here; it ends the paragraph before it."""
        self._close_heading()
        self._last = None
        if self._open and self._open.lines and self._open.lines[-1]:
            self._open.end_paragraph()
        return HeadingContext(**vars(self.context))

    def begin_column(self) -> None:
        """The next line is that of another column of the page: text and headings may go on."""
        self._turned = True
        self._heading_turned = bool(self._heading)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is read within stands in a box: the text around it goes on behind it.

        The sections of the box come behind the one that goes on.
        """
        self._close_heading()
        around, last, context = self._open, self._last, self.context
        before = len(self.sections)
        self._open, self._last = None, None
        self.context = HeadingContext(**vars(context))
        yield
        self._close_heading()
        self._close_section()
        self._boxed += self.sections[before:]
        del self.sections[before:]
        self._open, self._last, self.context = around, last, context
        if around is None:
            self._add_boxed()

    def _add_boxed(self) -> None:
        self.sections += self._boxed
        self._boxed = []

    def forget_headings(self) -> None:
        """End the section and the headings that hold: pages are missing here."""
        self._close_heading()
        self._close_section()
        self.context = HeadingContext()

    def add_contents_page(self, page: int, lines: Sequence[PageLine]) -> None:
        """Take a page of the table of contents, as text without headings."""
        self._close_heading()
        for line in lines:
            self._text(page, line)

    def finish(self) -> tuple[Section, ...]:
        """All sections, in order."""
        self._close_heading()
        self._close_section()
        return tuple(self.sections)

    def _learn_perspective(self, line: PageLine) -> None:
        """Learn a perspective's name from its sentence, so that headings of that name are known."""
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

    def _continues_heading(self, page: int, line: PageLine) -> bool:
        """Whether a line is the next line of a heading that is being read."""
        turned, self._heading_turned = self._heading_turned, False
        if not self._heading or page not in (self._heading_page, self._heading_page + 1):
            return False
        above = [*self._heading, *self._overleaf][-1]
        if read_heading(line.text, self.headings) or not self.style.is_heading(line):
            return False
        if abs(line.size - above.size) >= _SAME_SIZE or line.bold != above.bold:
            return False
        if turned or (page != self._heading_page and not self._overleaf):
            return self._is_unfinished(line)
        if line.x0 - above.x0 >= _HEADING_INDENT:
            return False
        return line.top - above.bottom < _HEADING_LEADING * line.size

    def _is_unfinished(self, line: PageLine) -> bool:
        """Whether the heading goes on in a line of the next page or column: within a phrase, or
        behind a lead-in that names nothing yet."""
        above = "\n".join(one.text for one in (*self._heading, *self._overleaf))
        if goes_on(above, line.text, self.words.names):
            return True
        joined = f"{above}\n{line.text}"
        names_now = read_heading(joined, self.headings) is not None
        return names_now and read_heading(above, self.headings) is None

    def _close_heading(self) -> None:
        if not self._heading:
            return
        text = "\n".join(line.text for line in (*self._heading, *self._overleaf))
        box = union(line.bbox for line in self._heading)
        last = self._heading_page + 1 if self._overleaf else self._heading_page
        self._heading, self._overleaf = [], []
        kind, name = self._classify(text)
        self._enter(kind, name)
        self._close_section()
        self._open = _OpenSection(kind, text, self.context.path(), self._heading_page, last, box)

    def _classify(self, text: str) -> tuple[SectionKind, str]:
        """What a heading names, and the name without its lead-in."""
        named = read_heading(text, self.headings)
        if named:
            return named.kind, named.name
        perspective = self._perspective(text)
        if perspective:
            return "perspective", perspective
        if kind := self._known_kind(text):
            return kind, text
        return "other", text

    def _perspective(self, text: str) -> str | None:
        """The perspective that a heading names, if it does."""
        text = NUMBER.sub("", text)
        for pattern in self.headings.perspective:
            lead, _, _ = pattern.partition("{name}")
            name = squeeze(text).removeprefix(squeeze(lead)) if lead else squeeze(text)
            if name in self._perspectives:
                words = single_spaced(text).split()
                return words[-1]
        return None

    def _known_kind(self, text: str) -> Literal["goal", "success_factor"] | None:
        """Whether a heading is the name of a known goal or factor, or nearly so."""
        squeezed = squeeze(text)
        if squeezed in self._known_names:
            return self._known_names[squeezed]
        near = [
            (fuzz.ratio(squeezed, name), kind)
            for name, kind in self._known_names.items()
            if abs(len(name) - len(squeezed)) < _LENGTH_DIFFERENCE
        ]
        best = max(near, default=(0.0, None), key=lambda item: item[0])
        alike = best[0] >= _SAME_NAME and len(squeezed) >= _FEWEST_NAME_LETTERS
        return best[1] if alike else None

    def _enter(self, kind: SectionKind, name: str) -> None:
        above = self.context
        if kind == "perspective":
            self.context = HeadingContext(perspective=name)
        elif kind == "goal":
            self.context = HeadingContext(perspective=above.perspective, goal=name)
        elif kind == "success_factor":
            self.factors.append(name)
            self.context = HeadingContext(above.perspective, above.goal, name)
        else:
            self.context = HeadingContext(above.perspective, above.goal, above.success_factor, name)

    def _text(self, page: int, line: PageLine) -> None:
        if self._open is None:
            self._open = _OpenSection("other", "", (), page, page, None)
        lines = self._open.lines
        goes_on = lines and lines[-1] and self._last is not None
        if goes_on and self._new_paragraph(page, line):
            self._open.end_paragraph()
        self._turned = False
        self._open.add(page, line)
        self._last, self._last_page = line, page

    def _new_paragraph(self, page: int, line: PageLine) -> bool:
        above = self._last
        assert above is not None
        if page != self._last_page or self._turned:
            ended = above.text.rstrip().endswith((".", ":", "!", "?"))
            return ended and not line.text[:1].islower()
        return line.top - above.bottom > _PARAGRAPH_GAP * line.size

    def _close_section(self) -> None:
        if self._open is None:
            return
        lines = self._open.lines
        while lines and not lines[-1]:
            lines.pop()
        box = self._open.bbox
        place = Location(
            self._open.page, self._open.page_last, box, self._page_labels.get(self._open.page)
        )
        if lines or self._open.heading:
            pages = tuple(self._open.pages[: len(lines)])
            boxes = b"".join(self._open.boxes[: len(lines)])
            text, path = "\n".join(lines), self._open.path
            self.sections.append(
                Section(self._open.kind, self._open.heading, path, text, place, pages, boxes)
            )
        self._open = None
        self._last = None
        self._add_boxed()


def is_contents_page(
    lines: Sequence[PageLine], headings: Sequence[str], *, has_table: bool = False
) -> bool:
    """Whether a page is a table of contents: most of its lines end in a page number.

    Page numbers grow from entry to entry, other than the last figures of a table's rows. Those may
    grow by chance: a page that ``has_table`` is one of contents only below a heading that says so.
    """
    if len(lines) < _FEWEST_CONTENTS_LINES:
        return False
    ends = [
        found for line in lines
        if line.text[-1:].isdecimal() and (found := _ENDS_IN_PAGE.search(line.text))
    ]  # fmt: skip
    headed = any(squeeze(lines[0].text) == squeeze(heading) for heading in headings)
    if len(ends) <= (_HEADED_CONTENTS_SHARE if headed else _CONTENTS_SHARE) * len(lines):
        return False
    if has_table and not headed:
        return False
    numbers = [int(found["page"]) for found in ends]
    growing = sum(one <= two for one, two in pairwise(numbers))
    return headed or growing >= _GROWING_SHARE * (len(numbers) - 1)
