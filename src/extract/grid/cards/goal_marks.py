"""Marks and words of goals that stand in their headings, or right below them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from styrmatt.extract.grid.cards.heading_ends import HeadingEnds
from styrmatt.extract.grid.heading_names import HeadingNames, plain_name
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.marks.find import STATUS_SIGNS, find_marks, read_mark
from styrmatt.extract.marks.gauges import marks_of
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.status_phrases import match_phrases, stated_value
from styrmatt.extract.model.page import Page, drawn_boxes
from styrmatt.extract.model.symbols import all_symbols
from styrmatt.extract.model.text_lines import PageLine, Word, split_at_gaps
from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry, TablePart
from styrmatt.extract.tables.columns import Columns
from styrmatt.geometry import Span, middle_inside, union
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import single_spaced

_LARGEST = 40.0
"""Points: what is drawn larger beside a heading is a picture, and no mark."""
_BELOW = 1.9
"""Ems of the heading between it and the line of its mark at most."""
_BESIDE = 26.0
"""Points before or behind words within which their mark stands."""
_LEADING = 0.9
"""Ems: a wider gap between two lines of one style parts two headings."""
_SAME_SIZE = 0.4
"""Points by which lines of one heading differ in size at most."""
_LONGEST = 220
"""Characters of the longest heading that names a goal."""
_FEWEST_LABELS = 3
"""Labels of the header of a table of measures at least: a measure, a target or result, a status."""
_LONGEST_LABEL = 12
"""Words of a label before a status at most: "Assessment of how far we came this year"."""


@dataclass(frozen=True)
class MarkedGoal:
    """A goal with its mark; ``plain`` are lines as they are without it, by ``id()`` of the line.

    A line that is nothing but a part of the mark is one without words. A line in bold that is a
    sentence about the goal is none of its headings: it has no part.
    """

    part: TablePart | None
    plain: dict[int, PageLine]

    @property
    def span(self) -> Span | None:
        """The heights of a line that says nothing but the status; None where there is none."""
        return (self.part.top, self.part.bottom) if self.part is not None else None


@dataclass(frozen=True)
class GoalMarkReader:
    """Finds the goals of a page that have a mark of their own at their heading."""

    names: HeadingNames
    words: HeaderWords
    vocabulary: Vocabulary
    is_heading: Callable[[PageLine], bool]

    def goals(self, page: Page, lines: Sequence[PageLine]) -> Iterator[MarkedGoal]:
        """The marked goals among the lines of a page that stand outside of its tables."""
        n = 0
        while n < len(lines):
            end = n + 1
            if self.is_heading(lines[n]) and not self._heads_columns(lines[n]):
                while end < len(lines) and self._goes_on(lines[end - 1], lines[end]):
                    end += 1
                found = self._goal(page, lines[n:end], lines[end : end + 2])
                if found is not None:
                    yield found
                elif self._is_judgement(lines[end - 1]):
                    yield MarkedGoal(None, {id(lines[end - 1]): _in_light_type(lines[end - 1])})
            n = end

    @cached_property
    def _ends(self) -> HeadingEnds:
        return HeadingEnds(self.vocabulary, self._status)

    def _heads_columns(self, line: PageLine) -> bool:
        """Whether most parts of a line say what columns hold: it is the header of a table."""
        labels = [" ".join(word.text for word in chain) for chain in split_at_gaps(line)]
        if len(labels) < _FEWEST_LABELS:
            return False
        return 2 * sum(self.words.header(label).says_something for label in labels) > len(labels)

    def _goes_on(self, above: PageLine, line: PageLine) -> bool:
        same_type = above.bold == line.bold or (above.bold and line.words[0].bold)
        same = abs(above.size - line.size) <= _SAME_SIZE and same_type
        near = 0 <= line.top - above.bottom < _LEADING * line.size
        if not (same and near) or self.names.named(line.text) is not None:
            return False
        return not self._is_judgement(line)

    def _goal(
        self, page: Page, heading: Sequence[PageLine], below: Sequence[PageLine]
    ) -> MarkedGoal | None:
        end = self._ends.cut(heading)
        bare = heading if end is None else end.lines
        plain = {
            id(line): self._without_marks(page, one) if one.words else one
            for line, one in zip(heading, bare, strict=True)
        }
        named = [line for line in plain.values() if line.words]
        if not named or (end is None and len(named) < len(heading)):
            return None
        name, is_certain = self._name(" ".join(line.text for line in named))
        if name is None:
            return None
        box = union(line.bbox for line in heading)
        marks = self._beside(page, heading)
        if end is not None:
            marks = self._with_words(page, marks, end.said)
        span = (heading[-1].bottom + 0.2, heading[-1].bottom + 0.2)
        if not marks and below:
            marks, span = self._below(page, heading[-1], below)
        statuses = [mark for mark in marks if mark.apparent_direction is None]
        if len(statuses) != 1:
            return None if end is None else MarkedGoal(None, plain)
        part = _part(page, name, box, statuses[0], span)
        part.only_if_used = not is_certain
        return MarkedGoal(part, plain)

    def _name(self, text: str) -> tuple[str | None, bool]:
        """The goal that a heading names, and whether its words say that it is one."""
        text = single_spaced(text)
        named = self.names.named(text)
        if named is not None:
            return (
                (None, False)
                if named.level == "perspective"
                else (
                    named.name,
                    named.level in ("goal", "area"),
                )
            )
        if len(text) > _LONGEST or not self.names.may_be_bare(text) or self.names.is_generic(text):
            return None, False
        return plain_name(text), False

    def _without_marks(self, page: Page, line: PageLine) -> PageLine:
        """The line without symbols around it and words for a status apart from it."""
        chains = [list(chain) for chain in split_at_gaps(line)]
        while len(chains) > 1 and self._status(chains[-1]):
            chains.pop()
        words = [word for chain in chains for word in chain]
        while words and all_symbols(words[0].text, words[0].font):
            words.pop(0)
        while words and all_symbols(words[-1].text, words[-1].font):
            words.pop()
        return line if len(words) == len(line.words) else PageLine(tuple(words))

    def _status(self, words: Sequence[Word]) -> Sequence[Word]:
        """The words for a status that words are, behind a label or not; empty if they are none."""
        texts = [word.text for word in words]
        if texts[-1:] and texts[-1].endswith("?"):
            return ()  # who asks does not say
        said = self.vocabulary.statements
        around = (*said.goals, *said.auxiliaries)
        if found := match_phrases(texts, self.vocabulary.status_phrases, around):
            return words[found[0].start : found[-1].end]
        for end in range(1, min(len(texts), _LONGEST_LABEL + 1)):
            reading = self.words.read(" ".join(texts[:end]).rstrip(" :"))
            if reading.whole and "status" in reading.roles:
                found = match_phrases(texts[end:], self.vocabulary.status_phrases)
                return words[end:] if found else ()
        return ()

    def _is_judgement(self, line: PageLine) -> bool:
        """Whether a line in bold is a sentence that states a status, and no heading of its own."""
        text = line.text.rstrip()
        if not line.bold or not text.endswith("."):
            return False
        return stated_value(text, self.vocabulary.statuses, self.vocabulary) is not None

    def _beside(self, page: Page, heading: Sequence[PageLine]) -> list[Mark]:
        """The marks in a heading's lines."""
        x0, top, x1, bottom = union(line.bbox for line in heading)
        box = (x0 - _BESIDE, top - 1, max(x1 + _BESIDE, page.width - 20), bottom + 1)
        drawn = self._drawn(page, box)
        if drawn:
            return drawn
        for line in heading:
            *_, last = split_at_gaps(line)
            if len(last) < len(line.words) and (said := self._status(last)):
                return self._texts(page, said)
        return []

    def _with_words(self, page: Page, marks: list[Mark], said: Sequence[Word]) -> list[Mark]:
        """The marks of a heading with the words at its end, which are one where none is drawn."""
        text = " ".join(word.text for word in said)
        if marks:
            return [replace(mark, text=text) for mark in marks]
        box = union(word.bbox for word in said)
        return [Mark(page.number, box, "text", said[0].colour, text=text, evidence=None)]

    def _below(
        self, page: Page, heading: PageLine, below: Sequence[PageLine]
    ) -> tuple[list[Mark], tuple[float, float]]:
        """The mark on the line below a heading, and from where to where that reaches."""
        line, *more = below
        top, reach = heading.bottom, _BELOW * heading.size
        if line.top - top <= reach and (said := self._status(line.words)):
            if any(self._status(other.words) for other in more):
                return [], (top, top)  # an explanation of marks
            x0, _, x1, _ = line.bbox
            box = (x0 - _BESIDE, line.top - 1, x1 + _BESIDE, line.bottom + 1)
            words = " ".join(word.text for word in said)
            drawn = [replace(mark, text=words) for mark in self._drawn(page, box)]
            marks = drawn or self._texts(page, said)
            return marks, (line.top, line.bottom)
        free = (heading.x0 - 4, top, heading.x0 + 90, min(line.top - 1, top + reach + heading.size))
        return (
            (self._drawn(page, free), (top + 0.2, top + 0.2))
            if free[3] > free[1]
            else ([], (top, top))
        )

    def _drawn(self, page: Page, box: Bbox) -> list[Mark]:
        """The marks that are drawn in a box; bullets are none."""
        if not any(middle_inside(drawn, box) for drawn in drawn_boxes(page)):
            return []
        found = (read_mark(page, group, self.vocabulary) for group in marks_of(page, box))
        return [
            mark
            for mark in found
            if mark is not None
            and max(mark.bbox[2] - mark.bbox[0], mark.bbox[3] - mark.bbox[1]) < _LARGEST
            and not self._is_bullet(mark)
        ]

    def _is_bullet(self, mark: Mark) -> bool:
        """Whether a mark is a dot in the colour of text, and no sign of a status."""
        signs = "".join(self.vocabulary.glyphs.get(name, "") for name in STATUS_SIGNS)
        plain = mark.read_by == "glyph" and mark.filled and not mark.is_coloured
        return plain and (mark.sign or "") not in signs

    def _texts(self, page: Page, words: Sequence[Word]) -> list[Mark]:
        """The mark that words are."""
        box = union(word.bbox for word in words)
        around = (box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1)
        found = find_marks(page, around, self.vocabulary)
        return [mark for mark in found if mark.text is not None]


def _in_light_type(line: PageLine) -> PageLine:
    return PageLine(tuple(word._replace(bold=False) for word in line.words))


def _part(page: Page, name: str, box: Bbox, mark: Mark, span: tuple[float, float]) -> TablePart:
    """The goal as an overview of one row."""
    number = page.number
    cell = TableCell([name], box, number, number)
    status = TableCell([], mark.bbox, number, number, [mark])
    line = EntryLine({"status": status}, box, number, number)
    columns = Columns(("goal", "status"), (box[0], box[2], box[2]), False, False)
    part = TablePart("overview", columns, *span, number, [TableEntry({"goal": cell}, [line])], None)
    part.stands_alone = True
    return part
