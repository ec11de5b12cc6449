"""The narrative of a text: its sections with their headings, paths and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from styrmatt.extract.text.headings import TextHeading, has_leaders
from styrmatt.extract.text.lines import TextLine, TextLines
from styrmatt.printed import Location, Section, SectionKind
from styrmatt.swedish.phrases import goes_on
from styrmatt.vocabulary import NameWords
from styrmatt.whitespace import single_spaced

_BULLETS = ("•", "◦", "▪", "‣", "\uf0b7", "\uf0a7", "* ", "o ", "- ", "– ")
_ROOM = 0.88
"""Share of the text's width into which the next word would have fitted, so that a paragraph ended:
below 1, since lines of proportional letters differ in their number of characters."""
_MOST_HEADING_LINES = 3
"""Lines of a heading at most; longer paragraphs are text."""
_MOST_HEADING_LETTERS = 190
"""Characters of a heading at most: between two and three full lines."""
_LONGEST_WITH_COLON = 20
"""Characters of a heading that ends in a colon: longer ones lead in a list."""
_FEWEST_LISTED = 3
"""Paragraphs like headings in a row that are a list; a heading and its sub-heading are two."""
_LONGEST_ABBREVIATION = 3
"""Characters, full stop included: a longer word with one ends a sentence."""
_LISTED = re.compile(r"\W*(?:\d+|[a-z])[.)]\s")


@dataclass(frozen=True, slots=True)
class TextContext:
    """The headings that hold at a place."""

    perspective: str | None = None
    goal: str | None = None
    factor: str | None = None
    other: str | None = None

    def enter(self, kind: SectionKind, name: str) -> TextContext:
        """The headings that hold below a heading of this kind."""
        if kind == "perspective":
            return TextContext(perspective=name)
        if kind == "goal":
            return TextContext(self.perspective, name)
        if kind == "success_factor":
            return TextContext(self.perspective, self.goal, name)
        return replace(self, other=name)

    def path(self) -> tuple[str, ...]:
        """The headings, outermost first."""
        return tuple(
            single_spaced(n) for n in (self.perspective, self.goal, self.factor, self.other) if n
        )


def contexts(headings: Sequence[TextHeading]) -> list[tuple[int, TextContext]]:
    """The line from which each heading holds, with all headings that hold there."""
    found, context = [], TextContext()
    for heading in sorted(headings, key=lambda h: h.first):
        context = context.enter(heading.kind, heading.name)
        found.append((heading.first, context))
    return found


def context_at(contexts: Sequence[tuple[int, TextContext]], at: int) -> TextContext:
    """The headings that hold at line ``at``, of those that :func:`contexts` gives."""
    return next((context for first, context in reversed(contexts) if first <= at), TextContext())


@dataclass(frozen=True, slots=True)
class _Paragraph:
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """The lines as printed."""
        return "\n".join(line.text for line in self.lines)


def read_sections(
    text: TextLines,
    headings: Sequence[TextHeading],
    taken: set[int],
    words: NameWords | None = None,
) -> tuple[Section, ...]:
    """The sections of all lines that are not ``taken`` by tables, in the text's order.

    By ``words`` headings are known that a page break cuts.
    """
    sections: list[Section] = []
    marks = sorted(headings, key=lambda h: h.first)
    context = TextContext()
    start = 0
    current = _OpenTextSection("other", "", (), None)
    for mark in [*marks, None]:
        stop = mark.first if mark else len(text.lines)
        for paragraph, is_heading in _paragraphs(text, taken, start, stop, words or NameWords()):
            if is_heading:
                sections += current.close()
                context = context.enter("other", paragraph.text)
                current = _OpenTextSection(
                    "other", paragraph.text, context.path(), _place(paragraph.lines)
                )
            else:
                current.add(paragraph)
        if mark:
            sections += current.close()
            context = context.enter(mark.kind, mark.name)
            lines = text.lines[mark.first : mark.end]
            printed = "\n".join(line.text for line in lines)
            current = _OpenTextSection(mark.kind, printed, context.path(), _place(lines))
            start = mark.end
    return (*sections, *current.close())


class _OpenTextSection:
    """A section that is being filled."""

    def __init__(
        self, kind: SectionKind, heading: str, path: tuple[str, ...], place: Location | None
    ) -> None:
        self.kind, self.heading, self.path, self.place = kind, heading, path, place
        self.lines: list[str] = []
        self.pages: list[int] = []

    def add(self, paragraph: _Paragraph) -> None:
        """Add a paragraph."""
        if self.lines:
            self.lines.append("")
            self.pages.append(self.pages[-1])
        self.lines += [line.text for line in paragraph.lines]
        self.pages += [line.page for line in paragraph.lines]
        place = _place(paragraph.lines)
        self.place = replace(self.place, page_last=place.page_last) if self.place else place

    def close(self) -> list[Section]:
        """The section; none where nothing stands in it."""
        if self.place is None or not (self.lines or self.heading):
            return []
        text, pages = "\n".join(self.lines), tuple(self.pages)
        return [Section(self.kind, self.heading, self.path, text, self.place, pages)]


def _place(lines: Sequence[TextLine]) -> Location:
    return Location(lines[0].page, lines[-1].page, None, lines[0].page_label)


def _paragraphs(
    text: TextLines, taken: set[int], start: int, stop: int, words: NameWords
) -> Iterator[tuple[_Paragraph, bool]]:
    """Paragraphs of the free lines before ``stop``, and whether each is a heading."""
    paragraphs: list[_Paragraph] = []
    within_paragraph = False
    for at in range(start, stop):
        if at in taken:
            within_paragraph = False
            continue
        if (
            not within_paragraph
            or _starts_paragraph(text, text.lines[at - 1], text.lines[at], words)
            or _is_unmarked_heading(text, at, stop)
        ):
            within_paragraph = True
            paragraphs.append(_Paragraph((text.lines[at],)))
        else:
            paragraphs[-1] = _Paragraph((*paragraphs[-1].lines, text.lines[at]))
    like_heading = [_is_heading_like(paragraph) for paragraph in paragraphs]
    for n, paragraph in enumerate(paragraphs):
        yield paragraph, like_heading[n] and _heads_text(like_heading, n)


def _starts_paragraph(text: TextLines, last: TextLine, line: TextLine, words: NameWords) -> bool:
    """Whether a new paragraph begins with ``line``, right below ``last``."""
    if is_bullet(line):
        return True
    ended = last.text.endswith((".", ":", "!", "?"))
    if line.opens_page:
        cut = goes_on(last.text, line.text, words)
        return not cut and (ended or _has_room(text, last, line))
    if text.blank_lines_separate and line.blank_lines_before:
        return True
    if line.text[:1].islower():
        return False
    return _has_room(text, last, line) and not last.text.endswith(("-", ","))


def _is_unmarked_heading(text: TextLines, at: int, stop: int) -> bool:
    """Whether line ``at`` is a heading without an empty line before it.

    It stands behind a full stop, has room behind it, and a capital follows.
    """
    last, line = text.lines[at - 1], text.lines[at]
    if at + 1 >= stop or not last.text.endswith((".", "!", "?")) or line.text.endswith("."):
        return False
    following = text.lines[at + 1]
    return (
        line.text[:1].isupper()
        and following.text[:1].isupper()
        and _has_room(text, line, following)
    )


def is_bullet(line: TextLine) -> bool:
    """Whether the line begins an item of a list; some files keep only a space of the bullet."""
    return line.text.startswith(_BULLETS) or (line.indented and not line.opens_page)


def _has_room(text: TextLines, last: TextLine, line: TextLine) -> bool:
    """Whether the next line's first word would have fitted into ``last``."""
    return len(last.text) + 1 + len(line.text.split()[0]) <= _ROOM * text.text_width


def _is_heading_like(paragraph: _Paragraph) -> bool:
    """A few short lines without a full stop that begin with a capital or a figure."""
    printed = paragraph.text
    if len(paragraph.lines) > _MOST_HEADING_LINES or len(printed) > _MOST_HEADING_LETTERS:
        return False
    if (
        is_bullet(paragraph.lines[0])
        or has_leaders(printed)
        or "://" in printed
        or printed.startswith("www.")
    ):
        return False
    if printed.endswith(":") and len(printed) > _LONGEST_WITH_COLON:
        return False
    if _LISTED.match(printed) or not any(char.isalpha() for char in printed):
        return False
    if printed.endswith((".", ",", ";", "-", "!")):
        return False
    return (printed[:1].isupper() or printed[:1].isdecimal()) and not _is_sentence(printed)


def _is_sentence(printed: str) -> bool:
    """Whether more than one sentence stands in it."""
    words = printed.split()
    return any(
        a.endswith(".") and len(a) > _LONGEST_ABBREVIATION and b[:1].isupper()
        for a, b in pairwise(words)
    )


def _heads_text(like_heading: Sequence[bool], n: int) -> bool:
    """Whether text follows paragraph ``n``, which is like a heading, and it is no item of a list.

    Three and more such paragraphs in a row are a list.
    """
    first = last = n
    while first > 0 and like_heading[first - 1]:
        first -= 1
    while last + 1 < len(like_heading) and like_heading[last + 1]:
        last += 1
    return last + 1 < len(like_heading) and last - first + 1 < _FEWEST_LISTED
