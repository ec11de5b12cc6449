"""Running heads and feet: lines at the edges of pages that are not part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.model.text_lines import PageLine, split_at_gaps
from styrmatt.vocabulary import Running
from styrmatt.whitespace import single_spaced, squeeze

_DIGITS = re.compile(r"\d+")
_SEVERAL = re.compile(r"\d+(?:\s*\d+)*")
"""Numbers, with those a space behind: the space is lost in the text of pages with turned words."""
_MARGIN = 0.16
"""Share of the page's height, at its top and at its bottom, in which heads and feet may stand: a
register's head takes several lines."""
LEARNED_MARGIN = 0.1
"""Share of the page's height in which lines that pages repeat are learned as heads and feet.

Less than ``_MARGIN``: a table's header may stand right below the head of many pages.
"""
_FEWEST_REPEATS = 3
"""Pages that a line must stand on at least to be a head or foot; on two it may be a heading."""
_SHORT_REPORT = 6
"""Pages of a report in which a line that stands on all of them, one aside, is a head or foot."""
_REPEATED_SHARE = 10
"""And one page in so many: chapters of long reports have heads of their own."""
_LINES_BESIDE_HEAD = 3
"""Lines at an edge that may be heads or feet besides those of the document register's head."""
_LABEL_REST = 2
"""Letters that may be left of a line of labels, such as a stray sign or number."""
_LONG_LABEL = 8
"""Letters from which a label makes its line a head; shorter ones stand in sentences as well."""


def masked(text: str) -> str:
    """A line with its numbers as ``#``: heads that differ in the page number alone are alike.

    Behind words several numbers are one; a row of nothing but years stays apart from a page number.
    """
    numbers = _SEVERAL if any(map(str.isalpha, text)) else _DIGITS
    return numbers.sub("#", single_spaced(text)).casefold()


def _ends_in(line: str, page: int) -> bool:
    """Whether a line ends in the number of its page, behind other words."""
    words = line.split()
    return len(words) > 1 and words[-1] == str(page)


@dataclass
class RunningLines:
    """The report's running heads and feet, learned from its pages' texts.

    ``repeated`` are masked lines that stand on at least three pages and a tenth of all; in a short
    report, those that stand on all pages but one word for word, or end in the page's number on
    each.
    ``page_label`` goes from a page's number to the number printed on it, for pages split so far.
    """

    patterns: Running
    repeated: frozenset[str] = frozenset()
    page_label: dict[int, str] = field(default_factory=dict)

    @classmethod
    def learn(cls, texts: Iterable[str], patterns: Running) -> RunningLines:
        """Learn from the texts of the pages' margins, one string a page."""
        counts: Counter[str] = Counter()
        numbered: Counter[str] = Counter()
        alike: Counter[str] = Counter()
        pages = 0
        for text in texts:
            pages += 1
            lines = [line for line in text.splitlines() if line.strip()]
            counts.update({masked(line) for line in lines})
            alike.update(set(map(single_spaced, lines)))
            numbered.update({masked(line) for line in lines if _ends_in(line, pages)})
        fewest = max(_FEWEST_REPEATS, pages // _REPEATED_SHARE)
        found = {line for line, n in counts.items() if n >= fewest}
        if pages <= _FEWEST_REPEATS:
            found |= {line for line, n in numbered.items() if n >= max(min(2, pages), pages - 1)}
        if pages <= _SHORT_REPORT:
            found |= {masked(line) for line, n in alike.items() if n >= max(2, pages - 1)}
        return cls(patterns, frozenset(found))

    def split(
        self,
        number: int,
        height: float,
        lines: Sequence[PageLine],
        is_content: Callable[[PageLine], bool],
    ) -> tuple[list[PageLine], list[PageLine]]:
        """The page's content and its running lines; notes the printed page number.

        ``height`` is the page's, in points. ``is_content`` says which lines are content however
        often they repeat: headings and headers of tables.
        """
        above = [line for line in lines if line.bottom < _MARGIN * height]
        below = [line for line in lines if line.top > (1 - _MARGIN) * height][::-1]
        at_edges = [
            line
            for edge in (above, below)
            for line in self._running_at_edge(number, edge, is_content)
        ]
        running = {id(line) for line in at_edges}
        content = [line for line in lines if id(line) not in running]
        return content, [line for line in lines if id(line) in running]

    def _running_at_edge(
        self, number: int, lines: Sequence[PageLine], is_content: Callable[[PageLine], bool]
    ) -> list[PageLine]:
        """Running lines among the lines at an edge of the page, outermost first."""
        found: list[PageLine] = []
        labels_above = False
        for line in lines[: self.patterns.head_lines + _LINES_BESIDE_HEAD]:
            mark = self._page_mark(line.text)
            label = self._has_label(line.text)
            if mark:
                self.page_label.setdefault(number, mark)
            repeated = self._is_repeated(line) and not is_content(line)
            if mark or label or labels_above or repeated:
                found.append(line)
                labels_above = label and self._labels_alone(line.text)
            else:
                break
        return found

    def _is_repeated(self, line: PageLine) -> bool:
        """Whether pages repeat a line, or all of its parts that stand apart: left and right."""
        if masked(line.text) in self.repeated:
            return True
        parts = [" ".join(word.text for word in part) for part in split_at_gaps(line)]
        return len(parts) > 1 and all(
            masked(part) in self.repeated and any(map(str.isalpha, part)) for part in parts
        )

    def _page_mark(self, text: str) -> str | None:
        """The page number that a line prints, if it does."""
        for pattern in self.patterns.page_marks:
            if match := pattern.search(single_spaced(text)):
                return match["page"]
        for pattern in self.patterns.page_of_all:
            match = pattern.search(single_spaced(text))
            if match and 0 < int(match["page"]) <= int(match["pages"]):
                return match["page"]
        return None

    def _labels_alone(self, text: str) -> bool:
        """Whether a line holds labels only, so that their values stand on the next line."""
        rest = squeeze(text)
        for label in sorted(map(squeeze, self.patterns.head_labels), key=len, reverse=True):
            rest = rest.replace(label, "")
        return len(rest) <= _LABEL_REST

    def _has_label(self, text: str) -> bool:
        """Whether one of the register's longer labels stands in a line."""
        squeezed = squeeze(text)
        return any(
            squeeze(label) in squeezed
            for label in self.patterns.head_labels
            if len(label) >= _LONG_LABEL
        )
