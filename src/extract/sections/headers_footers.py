"""Running heads and feet: what stands on many pages in the same words is not part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.model.page import PageLine
from styrmatt.vocabulary import Running
from styrmatt.whitespace import single_spaced, squeeze

_DIGITS = re.compile(r"\d+")
_MARGIN = 0.16
"""Heads and feet stand in this share of the page's height at its top and bottom."""
LEARNED_MARGIN = 0.1
"""Lines in this share of the page's height, repeated over pages, are learned as heads and feet."""


def masked(text: str) -> str:
    """A line with every number as ``#``, so that page numbers do not tell heads apart."""
    return _DIGITS.sub("#", single_spaced(text)).casefold()


@dataclass
class RunningLines:
    """What the report's running heads and feet are, learned from its pages' texts.

    ``repeated`` are masked lines that stand on at least three pages and a tenth of all.
    """

    patterns: Running
    repeated: frozenset[str] = frozenset()
    page_label: dict[int, str] = field(default_factory=dict)
    _own: Callable[[PageLine], bool] = field(default=lambda line: False)

    @classmethod
    def learn(cls, texts: Iterable[str], patterns: Running) -> RunningLines:
        """Learn from the texts of the pages' margins, one string a page."""
        counts: Counter[str] = Counter()
        pages = 0
        for text in texts:
            pages += 1
            counts.update({masked(line) for line in text.splitlines() if line.strip()})
        bar = max(3, pages // 10)
        return cls(patterns, frozenset(line for line, n in counts.items() if n >= bar))

    def split(
        self, number: int, height: float, lines: Sequence[PageLine], own: Callable[[PageLine], bool]
    ) -> tuple[list[PageLine], list[PageLine]]:
        """The page's own lines and its running lines; notes the printed page number.

        ``own`` says which lines are the page's own however often they repeat: headings, headers.
        """
        self._own = own
        above = [line for line in lines if line.bottom < _MARGIN * height]
        below = [line for line in lines if line.top > (1 - _MARGIN) * height][::-1]
        running = {id(x) for x in (*self._at_edge(number, above), *self._at_edge(number, below))}
        own_lines = [x for x in lines if id(x) not in running]
        return own_lines, [x for x in lines if id(x) in running]

    def _at_edge(self, number: int, lines: Sequence[PageLine]) -> list[PageLine]:
        """Running lines among the lines at an edge of the page, outermost first."""
        found: list[PageLine] = []
        labels_above = False
        for line in lines[: self.patterns.head_lines + 3]:
            mark = self._page_mark(line.text)
            label = self._has_label(line.text)
            if mark:
                self.page_label.setdefault(number, mark)
            repeated = masked(line.text) in self.repeated and not self._own(line)
            if mark or label or labels_above or repeated:
                found.append(line)
                labels_above = label and self._labels_alone(line.text)
            else:
                break
        return found

    def _page_mark(self, text: str) -> str | None:
        for pattern in self.patterns.page_marks:
            if match := pattern.search(single_spaced(text)):
                return match["page"]
        return None

    def _labels_alone(self, text: str) -> bool:
        """Whether a line holds labels only, so that their values stand on the next line."""
        rest = squeeze(text)
        for label in sorted(map(squeeze, self.patterns.head_labels), key=len, reverse=True):
            rest = rest.replace(label, "")
        return len(rest) <= 2

    def _has_label(self, text: str) -> bool:
        squeezed = squeeze(text)
        return any(
            squeeze(label) in squeezed for label in self.patterns.head_labels if len(label) > 7
        )
