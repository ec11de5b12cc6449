"""Lines that explain marks beside a table: no rows of it, though they may look like one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.marks.status_phrases import legend_value, match_phrases
from styrmatt.extract.model.page import Page, drawn_boxes
from styrmatt.extract.model.text_lines import PageLine, Word, join_words
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_BEFORE_TEXT = 14.0
"""Points from a mark to the words that explain it at most."""
_LARGEST_MARK = 40.0
"""Points: what is drawn larger is no mark."""


def without_legend(page: Page, lines: Sequence[PageLine], vocabulary: Vocabulary) -> list[PageLine]:
    """The lines without those that hold several explanations of marks beside each other."""
    marks = _marks_of(page)
    return [line for line in lines if not _is_legend(page, line, marks, vocabulary)]


def without_explanations(
    page: Page, lines: Sequence[PageLine], vocabulary: Vocabulary
) -> list[PageLine]:
    """The lines without those that have several marks with their meanings: no header has."""
    marks = _marks_of(page)
    return [
        line
        for line in lines
        if not _explains_several(line, marks, vocabulary)
        and not _names_marks(line, marks, vocabulary)
    ]


def _marks_of(page: Page) -> list[Bbox]:
    return [
        box
        for box in drawn_boxes(page)
        if box[3] - box[1] < _LARGEST_MARK and box[2] - box[0] < _LARGEST_MARK
    ]


def _is_legend(page: Page, line: PageLine, marks: Sequence[Bbox], vocabulary: Vocabulary) -> bool:
    if _explains_several(line, marks, vocabulary):
        return True
    chains = chains_of(page, line)
    if len(chains) < 2:
        return False
    phrases = vocabulary.status_phrases
    told = [c for c in chains if match_phrases([w.text for w in c], phrases)]
    figures = any(chain[0].text[:1].isdecimal() for chain in chains)  # of a row
    if chains[0] in told and len({squeeze(join_words(c)) for c in told}) > 1 and not figures:
        return True  # else it is the rest of cells, as "data missing" on two lines
    return all(_has_mark(chain, line, marks) for chain in chains)


def _behind_marks(line: PageLine, marks: Sequence[Bbox]) -> list[int]:
    """The words of a line, by number, that stand right behind a mark."""
    return [n for n, word in enumerate(line.words) if _has_mark((word,), line, marks)]


def _explains_several(line: PageLine, marks: Sequence[Bbox], vocabulary: Vocabulary) -> bool:
    """Whether words for several values of one kind stand behind marks: a row has one value."""
    behind = _behind_marks(line, marks)
    if len(behind) < 2:
        return False
    parts = pairwise((*behind, len(line.words)))
    texts = [join_words(line.words[start:end]) for start, end in parts]
    for words in (vocabulary.statuses, vocabulary.trends):
        values = {legend_value(text, words, vocabulary) for text in texts} - {None}
        if len(values) > 1:
            return True
    return False


def _names_marks(line: PageLine, marks: Sequence[Bbox], vocabulary: Vocabulary) -> bool:
    """Whether a line begins with a word for its marks, and several of them have words behind."""
    behind = _behind_marks(line, marks)
    lead = [squeeze(word.text) for word in line.words[: behind[0]]] if len(behind) > 1 else []
    return bool(lead) and all(word in vocabulary.legend.marks for word in lead)


def _has_mark(chain: Sequence[Word], line: PageLine, marks: Sequence[Bbox]) -> bool:
    """Whether a mark stands right before words."""
    return any(
        line.top <= (box[1] + box[3]) / 2 <= line.bottom
        and 0 <= chain[0].x0 - box[2] <= _BEFORE_TEXT
        for box in marks
    )
