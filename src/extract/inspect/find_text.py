"""Finds a text on a page, however its lines are broken, and gives the box around its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from styrmatt.extract.engine.document import PageFailedError, PdfDocument
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import Word
from styrmatt.extract.sideways.unfold import unfolded
from styrmatt.geometry import union
from styrmatt.printed import Bbox
from styrmatt.whitespace import squeeze

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_FEWEST_LETTERS: Final = 12
"""Letters of a sentence that is looked for by itself: shorter ones stand in other places, too."""


def find_text(path: Path, page: int, text: str, password: str | None = None) -> Bbox | None:
    """The box around a text on a page of a PDF; None where it cannot be found there.

    Letters and digits count alone. Where the text as a whole does not stand on the page, its
    sentences are looked for, one by one. Raises what opening a PDF raises.
    """
    with PdfDocument(path, password) as document:
        if not 1 <= page <= document.page_count:
            return None
        try:
            read = unfolded(document.page(page))
        except PageFailedError:
            return None
        in_lines = [word for line in read.lines for word in line.words]
        for words in (in_lines, list(read.words)):
            if found := _words_of(text, words):
                return _box(read, found)
            parts = [part for part in _SENTENCE_END.split(text) if _is_long(part)]
            if found := [word for part in parts for word in _words_of(part, words)]:
                return _box(read, found)
    return None


def _box(page: Page, words: Iterable[Word]) -> Bbox:
    """The box on the sheet around words of a page, of which some may stand sideways."""
    box = union(word.bbox for word in words)
    return box if page.fold is None else page.fold.on_sheet(box)


def _is_long(text: str) -> bool:
    return len(squeeze(text)) >= _FEWEST_LETTERS


def _words_of(text: str, words: Sequence[Word]) -> list[Word]:
    """The words that hold a text, which may begin and end within a word; none where it is not."""
    letters, starts = _letters(words)
    wanted = squeeze(text)
    at = letters.find(wanted) if wanted else -1
    if at < 0:
        return []
    first, last = bisect_right(starts, at) - 1, bisect_right(starts, at + len(wanted) - 1)
    return list(words[first:last])


def _letters(words: Iterable[Word]) -> tuple[str, list[int]]:
    """The letters of the words, and where among them each word begins."""
    letters, starts = "", []
    for word in words:
        starts.append(len(letters))
        letters += squeeze(word.text)
    return letters, starts
