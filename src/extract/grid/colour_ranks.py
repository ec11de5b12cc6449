"""Finds where a report says that its colours are ranks among others, and no statuses.

Kolada's green is the best quarter of all municipalities, whether or not the goal was reached.
"""

from __future__ import annotations

from styrmatt.extract.headers.header_vocabulary import RowWords
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine

_LINES = 3
"""Lines that such an explanation stands on at most, from its word for a colour to its rank."""
_SEVERAL = 2
"""Ranks that explain colours without naming one: those of a legend stand beside its colours."""


def ranks_line(page: Page, words: RowWords) -> PageLine | None:
    """The first line of a page that says that colours are ranks; None where none says so.

    The sentence may go on below. A rank alone is none: "one of the best 25 per cent" is praise.
    """
    lines = page.lines
    texts = [line.text.casefold() for line in lines]
    page_text = " ".join(texts)
    if not any(pattern.search(page_text) for pattern in words.ranks):
        return None
    for n, line in enumerate(lines):
        text = " ".join(texts[n : n + _LINES])
        found = sum(len(pattern.findall(text)) for pattern in words.ranks)
        if found >= _SEVERAL or (found and any(word in text for word in words.colours)):
            return line
    return None
