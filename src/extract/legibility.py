"""What kind of page this is where its text cannot be read, in sentences for a person.

A report may have pages that are scanned pictures, whose letters are drawn as curves, or whose font
does not say which letters it shows. A reader sees text there, and has to be told that it was not
read and why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from styrmatt.extract.model.page import Page, Shape
from styrmatt.geometry import area
from styrmatt.printed import ExtractionWarning, Location

PageKind = Literal["text", "holes", "curves", "picture", "drawing", "blank"]

HOLE: Final = re.compile(r"\(cid:\d+\)|\ufffd")
"""A character that a font does not name: PDFium's and pdfplumber's sign for it, or Unicode's."""
_FEW_HOLES: Final = 0.01
"""Share of unnamed characters that a page may have in odd signs; without its three extra vowels
Swedish text lacks one letter in twenty."""
_WORD: Final = 3
"""Unnamed characters side by side from which they are a word; marks in a cell are one or two."""
_LITTLE_TEXT: Final = 20
"""Letters and figures: a page with fewer has a page number or a heading and no text."""
_LETTER_HEIGHTS: Final = (2.0, 30.0)
"""Points: how high letters are that were turned into curves."""
_LETTERS_IN_LINE: Final = 8
"""Shapes on one base line from which they are letters; a row of a table has some marks."""
_LINES: Final = 5
"""Lines of such shapes from which a page has text as curves; a logotype has one or two."""
_PAGE_SHARE: Final = 0.3
"""Share of a page that pictures cover where the page is a scan and not an illustrated one."""


def page_kind(page: Page) -> PageKind:
    """What the page holds for somebody who wants its text."""
    named = sum(sum(map(str.isalnum, HOLE.sub("", word.text))) for word in page.words)
    holes = holes_on(page)
    if holes > _FEW_HOLES * (named + holes):
        return "holes"
    if _has_lines_of_curves(page.shapes):
        return "curves"
    if named >= _LITTLE_TEXT:
        return "text"
    if sum(area(picture.bbox) for picture in page.pictures) >= _PAGE_SHARE * _page_area(page):
        return "picture"
    if page.shapes or page.rulings or page.pictures:
        return "text" if named else "drawing"
    return "text" if named else "blank"


def _page_area(page: Page) -> float:
    return page.width * page.height


def holes_on(page: Page) -> int:
    """How many characters of the page's words the fonts do not name; lone signs are no words."""
    return sum(_holes_in(word.text) for word in page.words)


def _holes_in(text: str) -> int:
    found = len(HOLE.findall(text))
    rest = HOLE.sub("", text) if found else ""
    return found if found >= _WORD or any(map(str.isalpha, rest)) else 0


def _has_lines_of_curves(shapes: Iterable[Shape]) -> bool:
    """Whether many small filled curves stand side by side on base lines, as letters do."""
    low, high = _LETTER_HEIGHTS
    baselines = Counter(
        round(shape.bbox[3])
        for shape in shapes
        if shape.kind == "curve"
        and shape.fill is not None
        and low <= shape.bbox[3] - shape.bbox[1] <= high
    )
    return sum(count >= _LETTERS_IN_LINE for count in baselines.values()) >= _LINES


def unreadable_warnings(page: Page, label: str | None) -> list[ExtractionWarning]:
    """What a person should know of a page that was not read, or not whole; mostly nothing."""
    sentences: dict[PageKind, tuple[str, str]] = {
        "holes": (
            "unreadable_characters",
            f"On page {page.number}, {holes_on(page)} characters could not be read: "
            "their font does not say which letters it shows.",
        ),
        "curves": (
            "text_as_curves",
            f"On page {page.number}, text is drawn as curves; it was not read.",
        ),
        "picture": (
            "empty_page",
            f"Page {page.number} is a picture without a text layer; nothing was read from it.",
        ),
        "drawing": (
            "empty_page",
            f"Page {page.number} has a drawing and no text; nothing was read from it.",
        ),
    }
    kind = page_kind(page)
    if kind not in sentences:
        return []
    name, sentence = sentences[kind]
    fonts = sorted({word.font for word in page.words if HOLE.search(word.text)})
    place = Location(page.number, page.number, None, label)
    return [ExtractionWarning(name, sentence, ", ".join(fonts), place)]


def why_unreadable(kinds: Sequence[PageKind]) -> str | None:
    """Why pages of these kinds give no text, as the end of "its ..."; None where they do."""
    counts = Counter(kinds)
    sentences: dict[PageKind, str] = {
        "holes": "fonts do not say which letters they show",
        "curves": "text is drawn as curves",
        "picture": "pages are pictures",
        "drawing": "pages hold drawings without text",
        "blank": "pages are blank",
    }
    kind, _ = counts.most_common(1)[0] if counts else ("text", 0)
    return sentences.get(kind)
