"""Headings of a text that name a perspective, a strategic goal or a success factor.

A heading has a lead-in (``Strategiskt mål: ...``), or it is a name that the overview or a lead-in
heading gives, on lines of its own. Both may run over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from styrmatt.extract.sections.heading_patterns import NamedHeading, read_heading
from styrmatt.extract.text.header_row import TextHeader
from styrmatt.extract.text.lines import TextLine, TextLines
from styrmatt.layout import Layout
from styrmatt.printed import SectionKind
from styrmatt.swedish.phrases import goes_on
from styrmatt.vocabulary import NameWords
from styrmatt.whitespace import single_spaced, squeeze

_MOST_LINES = 4
"""Lines of a heading at most."""
_LEADERS = re.compile(r"(?:\.{3,}|…|(?:\. ){3,}|\t| {4,}|_{3,})\s*\d{1,3}$")
"""Leaders (dots, tabs, wide gaps) to a page number, as in a table of contents."""
_SAME_NAME = 93
"""Likeness (0 to 100) from which lines are a known name: a letter of fifteen may be misprinted."""
_LENGTH_DIFFERENCE = 4
"""Letters by which lines and a name may differ in length and still be compared: beyond, not even a
name of four lines is alike enough, and comparing is the slow part."""
_FIRST_LETTERS = 6
"""Letters in which lines and a known name must agree to be compared."""
_FEWEST_NAME_LETTERS = 4
"""Letters from which the start of a name is looked up in the overview; fewer stand in any text."""
_SHORT_LINE = 0.8
"""Share of the text's width below which a line may be a heading that goes on with a small letter;
a longer one is a sentence."""
_FEWEST_CAPITALS = 3
"""Letters from which a line in capitals is a heading and no abbreviation."""
_SENTENCE_WITHIN = 4
"""Lines below a perspective's heading within which its sentence stands: it opens the narrative."""
_OVERVIEW_WITHIN = 10
"""Lines below it within which its overview's header stands, behind a short introduction."""


@dataclass(frozen=True, slots=True)
class TextHeading:
    """Lines ``first`` to before ``end`` are a heading; ``name`` is without its lead-in."""

    kind: SectionKind
    name: str
    first: int
    end: int


def contents_lines(text: TextLines) -> set[int]:
    """Lines of a table of contents: those with leaders to a page number, or broken before one."""
    found = set()
    for at, line in enumerate(text.lines):
        if has_leaders(line.text):
            found.add(at)
            if at - 1 not in found and at - 2 in found:
                found.add(at - 1)
    return found


def has_leaders(printed: str) -> bool:
    """Whether it ends like an entry of a table of contents, in leaders and a page number."""
    return bool(_LEADERS.search(printed))


def find_lead_ins(
    text: TextLines, layout: Layout, headers: Sequence[TextHeader], overview: str
) -> list[TextHeading]:
    """Headings with a lead-in; ``overview`` is the overviews' text, which tells where names end."""
    taken = {n for header in headers for n in range(header.first, header.end)}
    taken |= contents_lines(text)
    found: list[TextHeading] = []
    at = 0
    names = squeeze(overview)
    while at < len(text.lines):
        heading = None if at in taken else _lead_in(text, layout, taken, names, at)
        if heading:
            found.append(heading)
        at = heading.end if heading else at + 1
    return found


def _lead_in(
    text: TextLines, layout: Layout, taken: set[int], names: str, at: int
) -> TextHeading | None:
    """The heading with a lead-in that begins on line ``at``; ``names`` is the overviews' text."""
    named = read_heading(text.lines[at].text, layout.headings)
    if named is None:
        named = _broken_lead_in(text, layout, taken, at)
        if named is None:
            return None
    end = at + 1
    printed = text.lines[at].text
    best = named
    while end < min(len(text.lines), at + _MOST_LINES) and end not in taken:
        line = text.lines[end]
        more = read_heading(f"{printed}\n{line.text}", layout.headings)
        if read_heading(line.text, layout.headings) or more is None:
            break
        so_far = squeeze(best.name)
        in_overview = (
            squeeze(more.name) in names and len(so_far) >= _FEWEST_NAME_LETTERS and so_far in names
        )
        if not in_overview and not _runs_on(text, text.lines[end - 1], line, layout.words.names):
            break
        printed, best, end = f"{printed}\n{line.text}", more, end + 1
    return TextHeading(best.kind, best.name, at, end)


def _broken_lead_in(
    text: TextLines, layout: Layout, taken: set[int], at: int
) -> NamedHeading | None:
    """A lead-in that is itself broken over two lines."""
    if at + 1 >= len(text.lines) or at + 1 in taken or not text.lines[at].text.endswith(("-", ":")):
        return None
    return read_heading(f"{text.lines[at].text}\n{text.lines[at + 1].text}", layout.headings)


def _runs_on(text: TextLines, last: TextLine, line: TextLine, words: NameWords) -> bool:
    """Whether a heading goes on with ``line``: a broken word, capitals, small letters.

    Overleaf it does where the page break cuts a phrase.
    """
    if line.opens_page:
        return len(line.text) < _SHORT_LINE * text.text_width and goes_on(
            last.text, line.text, words
        )
    if text.blank_lines_separate and line.blank_lines_before:
        return False
    if _in_capitals(last.text) and _in_capitals(line.text):
        return True
    broken = last.text.endswith("-") and len(last.text) > 1
    short = len(line.text) < _SHORT_LINE * text.text_width or broken
    return short and line.text[:1].islower()


def _in_capitals(line: str) -> bool:
    """Whether a line, or what follows its lead-in, is in capitals."""
    _, colon, name = line.partition(":")
    letters = [c for c in (name if colon and name.strip() else line) if c.isalpha()]
    return len(letters) >= _FEWEST_CAPITALS and all(c.isupper() for c in letters)


def find_perspectives(
    text: TextLines, layout: Layout, headers: Sequence[TextHeader]
) -> list[TextHeading]:
    """Headings that name a perspective, with a lead-in or alone above its sentence or overview."""
    names = {name.casefold(): name for name in layout.words.perspectives}
    overviews = [header.first for header in headers if header.table.kind == "overview"]
    found = []
    for at, line in enumerate(text.lines):
        name, has_lead_in = _perspective(line.text, layout, names)
        if name is None:
            continue
        sentence = _sentence_below(text, layout, at, name)
        overview = any(at < first <= at + _OVERVIEW_WITHIN for first in overviews)
        if has_lead_in or sentence or overview:
            found.append(TextHeading("perspective", name, at, at + 1))
    return found


def _perspective(printed: str, layout: Layout, names: Mapping[str, str]) -> tuple[str | None, bool]:
    """The perspective that a line names, and whether a lead-in stands before it."""
    for pattern in layout.headings.perspective:
        lead, _, _ = pattern.partition("{name}")
        rest = single_spaced(printed)
        if not rest.casefold().startswith(lead.casefold()):
            continue
        name = rest[len(lead) :].strip().casefold()
        if name in names:
            return names[name], bool(lead)
    return None, False


def _sentence_below(text: TextLines, layout: Layout, at: int, name: str) -> bool:
    """Whether the sentence that says what a perspective is about stands below its heading."""
    for line in text.lines[at + 1 : at + 1 + _SENTENCE_WITHIN]:
        match = layout.words.perspective_sentence.search(line.text)
        if match:
            return match["name"].casefold() == name.casefold()
    return False


def find_names(
    text: TextLines, taken: set[int], names: Mapping[SectionKind, Sequence[str]]
) -> list[TextHeading]:
    """Lines outside of ``taken`` that are a known goal's or factor's name and no more."""
    known = [
        (kind, squeeze(name)) for kind, group in names.items() for name in group if squeeze(name)
    ]
    found: list[TextHeading] = []
    at = 0
    while at < len(text.lines):
        heading = None if at in taken else _name_at(text, taken, known, at)
        if heading:
            found.append(heading)
        at = heading.end if heading else at + 1
    return found


def _name_at(
    text: TextLines, taken: set[int], known: Sequence[tuple[SectionKind, str]], at: int
) -> TextHeading | None:
    if text.lines[at].text[:1].islower() or text.lines[at].text.endswith("."):
        return None
    printed = ""
    best: TextHeading | None = None
    for end in range(at + 1, min(len(text.lines), at + _MOST_LINES) + 1):
        if end - 1 in taken:
            break
        printed = f"{printed}\n{text.lines[end - 1].text}".strip()
        found = squeeze(printed)
        if not any(name.startswith(found[:_FIRST_LETTERS]) for _, name in known):
            break
        for kind, name in known:
            near = abs(len(name) - len(found)) <= _LENGTH_DIFFERENCE
            if near and fuzz.ratio(name, found) >= _SAME_NAME:
                best = TextHeading(kind, printed, at, end)
    return best
