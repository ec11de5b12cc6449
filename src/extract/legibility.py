"""What kind of page this is where its text cannot be read, in sentences for a person.

A report may have pages that are scanned pictures, whose letters are drawn as curves, or whose font
does not say which letters it shows. A reader sees text there, and has to be told that it was not
read and why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, Literal

from styrmatt.errors import NoLayoutError, NoTextError
from styrmatt.extract.model.page import Page, Shape
from styrmatt.geometry import area
from styrmatt.printed import ExtractionWarning, Location
from styrmatt.scans.tools import missing_tools

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

_UNREADABLE: Final = ("holes", "curves", "picture", "drawing")
"""Kinds of pages on which a reader may see text that is not there for a program."""
_WHY: Final[Mapping[PageKind, str]] = {
    "holes": "fonts do not say which letters they show",
    "curves": "text is drawn as curves",
    "picture": "pages are pictures",
    "drawing": "pages hold drawings without text",
    "blank": "pages are blank",
}
"""Why pages give no text, as the end of "its ..."."""
_OCR: Final = "Read it with --ocr auto, or run it through OCR (ocrmypdf) and try again."
_OCR_ANEW: Final = (
    "Ask for a PDF whose text can be copied, or run it through OCR anew "
    "(ocrmypdf --force-ocr) and try again."
)
_NOT_THE_REPORT: Final = "Fetch the report itself again, from where it is published."
_HINTS: Final[Mapping[PageKind, str]] = {
    "holes": _OCR_ANEW,
    "curves": _OCR_ANEW,
    "picture": _OCR,
    "drawing": _OCR_ANEW,
    "blank": _NOT_THE_REPORT,
}
_USE_ATTACHMENT: Final = "Save the report from it and run that."
_SHOWN_NAMES: Final = 6
"""Attached files that an error names; a portfolio may hold hundreds."""
_UNREADABLE_SIGN: Final = "\ufffd"
"""What stands in all texts for a character that a font does not name."""


def page_kind(page: Page) -> PageKind:
    """What the page holds for somebody who wants its text."""
    text = "\n".join([word.text for word in page.words])
    holes = 0
    if "(cid:" in text or _UNREADABLE_SIGN in text:
        text, holes = HOLE.sub("", text), holes_on(page)
    letters = filter(str.isalnum, text)
    named = sum(1 for _ in (letters if holes else islice(letters, _LITTLE_TEXT)))
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


def with_one_sign(text: str) -> str:
    """The text with U+FFFD for each character that its font does not name."""
    return HOLE.sub(_UNREADABLE_SIGN, text) if "(cid:" in text else text


def has_holes(text: str) -> bool:
    """Whether a text that :func:`with_one_sign` gave lacks a character."""
    return _UNREADABLE_SIGN in text


def with_marked_holes(page: Page) -> Page:
    """The page with U+FFFD in words of which the font does not name a letter.

    Lone signs stay as they are: they may be marks, which are told apart by font and code.
    """
    if "(cid:" not in "\n".join([word.text for word in page.words]):
        return page
    words = tuple(
        word._replace(text=with_one_sign(word.text)) if _holes_in(word.text) else word
        for word in page.words
    )
    return replace(page, words=words)


def unreadable_warnings(page: Page, label: str | None) -> list[ExtractionWarning]:
    """What a person should know of a page that was not read, or not whole; mostly nothing."""
    kind = page_kind(page)
    if kind not in _UNREADABLE:
        return []
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
    name, sentence = sentences[kind]
    fonts = sorted({word.font for word in page.words if HOLE.search(word.text)})
    place = Location(page.number, page.number, None, label)
    return [ExtractionWarning(name, sentence, ", ".join(fonts), place)]


def no_text_error(
    name: str, kinds: Sequence[PageKind], attached_files: Sequence[str]
) -> NoTextError:
    """The error about a report without a letter; ``kinds`` are those of its first pages."""
    if attached_files:
        return NoTextError(
            f"{name} has no text of its own; files are attached to it: {_listed(attached_files)}.",
            hint=_USE_ATTACHMENT,
        )
    kind = _main_kind(kinds)
    if kind == "text":
        return NoTextError(f"{name} has figures and no words.", hint=_NOT_THE_REPORT)
    what = "text" if kind == "blank" else "text layer"
    return NoTextError(f"{name} has no {what}: its {_WHY[kind]}.", hint=_hint(kind))


def _hint(kind: PageKind) -> str:
    """What to do about pages of a kind; for scans what to install, where that is missing."""
    return (missing_tools() if kind == "picture" else None) or _HINTS[kind]


def with_unreadable_pages(
    error: NoLayoutError, name: str, kinds: Mapping[int, PageKind], attached_files: Sequence[str]
) -> NoLayoutError | NoTextError:
    """The error that no layout fits, with what speaks for another cause said first.

    ``kinds`` are those of the pages that were looked at, by number. Where none of them can be read,
    that is the error, and no layout has been missed.
    """
    if attached_files:
        return NoLayoutError(
            f"Files are attached to {name}: {_listed(attached_files)}. {error.message}",
            hint=f"If one of them is the report: {_USE_ATTACHMENT[0].lower()}{_USE_ATTACHMENT[1:]} "
            f"{error.hint or ''}".rstrip(),
        )
    main = _main_kind(tuple(kinds.values()))
    unreadable = [number for number, kind in kinds.items() if kind in _UNREADABLE]
    pages = _pages(unreadable)
    if main in _UNREADABLE and len(unreadable) == sum(kind != "blank" for kind in kinds.values()):
        return NoTextError(f"{name} cannot be read: its {_WHY[main]} ({pages}).", hint=_hint(main))
    pictures = sum(kind == "picture" for kind in kinds.values())
    if not unreadable or (pictures == len(unreadable) < len(kinds) / 2):
        return error  # a cover is a picture, too
    main = _main_kind([kinds[number] for number in unreadable])
    return NoLayoutError(
        f"Part of {name} cannot be read ({pages}): its {_WHY[main]}. {error.message}",
        hint=f"{_hint(main)} {error.hint or ''}".rstrip(),
    )


def _main_kind(kinds: Sequence[PageKind]) -> PageKind:
    """What most of the pages are, blank ones aside."""
    counts = Counter([kind for kind in kinds if kind != "blank"] or kinds)
    return counts.most_common(1)[0][0] if counts else "blank"


def _listed(names: Sequence[str]) -> str:
    """Some of the names, and how many more there are."""
    more = len(names) - _SHOWN_NAMES
    return ", ".join(names[:_SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")


def _pages(numbers: Sequence[int]) -> str:
    """The numbers with the word before them: ``pages 3, 4``."""
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
