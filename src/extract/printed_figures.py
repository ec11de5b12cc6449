"""The figures of a report's tables as text and as pictures, to see whether the two agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from styrmatt.extract.engine.document import PageFailedError, PdfDocument
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import Word
from styrmatt.files import ReportFile
from styrmatt.geometry import middle_inside
from styrmatt.printed import Bbox, ExtractedReport, ExtractionWarning, Location, Row
from styrmatt.scans.compare_figures import only_figures

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE: Final = 300 / 72
"""Pixels per point of the pictures: 300 for each inch, as Tesseract was trained on."""
_AROUND: Final = 0.15
"""Share of a word's height that its picture shows around it: letters stick out of their boxes."""
_FIELDS: Final = ("target", "fulfilment", "change")
"""Cells with figures besides those of results."""
_SWAPPED, _SWAPPED_SHARE = 3, 0.5
"""How often a font shows one figure for another at least, and the share of that figure's places, so
that the font is named: a reader of pictures errs now and then, a wrong font does it everywhere."""
DOUBT: Final = "text_differs"
"""The review reason and the kind of issue."""


@dataclass(frozen=True, slots=True)
class FigureWord:
    """A word with figures in a cell of a row, by the row's place in the report."""

    row: int
    page: int
    bbox: Bbox
    text: str
    font: str
    picture: Image
    """How it looks, with a margin."""


def figure_words(
    path: ReportFile, report: ExtractedReport, password: str | None
) -> Iterator[FigureWord]:
    """The words with figures in the tables' cells of targets and results; scans have none.

    Raises what opening the report raises.
    """
    by_page: dict[int, list[tuple[int, Bbox]]] = {}
    for number, row in enumerate(report.rows):
        for place in _places(row):
            if place.bbox is not None and place.page not in report.source.pages_recognised:
                by_page.setdefault(place.page, []).append((number, place.bbox))
    with PdfDocument(path, password) as document:
        for page_number, boxes in sorted(by_page.items()):
            try:
                page = document.page(page_number)
            except PageFailedError:
                continue
            yield from _on_page(page, boxes)
            document.close_page(page_number)


def _places(row: Row) -> Iterator[Location]:
    yield from (row.cells[name].place for name in _FIELDS if name in row.cells)
    yield from (value.cell.place for value in row.values)


def _on_page(page: Page, boxes: Sequence[tuple[int, Bbox]]) -> Iterator[FigureWord]:
    if page.render is None:
        return
    for number, box in boxes:
        for word in page.words_at(box[1], box[3]):
            if middle_inside(word.bbox, box) and any(map(str.isdecimal, word.text)):
                margin = _AROUND * (word.bottom - word.top)
                area = (
                    word.x0 - margin,
                    word.top - margin,
                    word.x1 + margin,
                    word.bottom + margin,
                )
                picture = page.render(area, _SCALE)
                yield _figure_word(number, page.number, word, picture)


def _figure_word(row: int, page: int, word: Word, picture: Image) -> FigureWord:
    return FigureWord(row, page, word.bbox, word.text, word.font, picture)


def with_differences(
    report: ExtractedReport, words: Sequence[FigureWord], seen: Mapping[int, str]
) -> ExtractedReport:
    """The report with a doubt on each row of which a word looks otherwise than its text says.

    ``seen`` has what is seen in such words, by their place in ``words``. A font that shows one
    figure for another throughout is named in an issue of its own, which stands for its words.
    """
    if not seen:
        return report
    rows = list(report.rows)
    for number in {words[n].row for n in seen}:
        rows[number] = replace(rows[number], review=tuple(sorted({*rows[number].review, DOUBT})))
    swapped = _swapped(words, seen)
    doubts = (*report.doubts, *_font_issues(words, seen, swapped), *_issues(words, seen, swapped))
    return replace(report, rows=tuple(rows), doubts=doubts)


def _swapped(
    words: Sequence[FigureWord], seen: Mapping[int, str]
) -> dict[str, list[tuple[str, str]]]:
    """By font the figures that its text says, each with the one that it shows instead."""
    said: Counter[tuple[str, str]] = Counter()
    shown: Counter[tuple[str, str, str]] = Counter()
    for n, word in enumerate(words):
        figures = only_figures(word.text)
        said.update((word.font, figure) for figure in figures)
        other = only_figures(seen.get(n, ""))
        if len(other) == len(figures):
            shown.update(
                (word.font, one, two) for one, two in zip(figures, other, strict=True) if one != two
            )
    found: dict[str, list[tuple[str, str]]] = {}
    for (font, one, two), count in sorted(shown.items()):
        if count >= _SWAPPED and count >= _SWAPPED_SHARE * said[font, one]:
            found.setdefault(font, []).append((one, two))
    return found


def _font_issues(
    words: Sequence[FigureWord],
    seen: Mapping[int, str],
    swapped: Mapping[str, Sequence[tuple[str, str]]],
) -> Iterator[ExtractionWarning]:
    for font, pairs in swapped.items():
        differing = [n for n in sorted(seen) if words[n].font == font]
        word = words[differing[0]]
        figures = ", ".join(f"{two} for {one}" for one, two in pairs)
        message = (
            f"The font {font} shows other figures than its text says ({figures}), in "
            f"{len(differing)} words of the tables: on page {word.page} the text says {word.text}, "
            f"and one sees {seen[differing[0]]}."
        )
        place = Location(word.page, word.page, word.bbox)
        yield ExtractionWarning(DOUBT, message, word.text, place, "error")


def _issues(
    words: Sequence[FigureWord],
    seen: Mapping[int, str],
    swapped: Mapping[str, Sequence[tuple[str, str]]],
) -> Iterator[ExtractionWarning]:
    """An issue for each word whose font is not named as a whole."""
    for n, figures in sorted(seen.items()):
        word = words[n]
        if word.font in swapped:
            continue
        message = f"The text says {word.text}, and one sees {figures} (font {word.font})."
        place = Location(word.page, word.page, word.bbox)
        yield ExtractionWarning(DOUBT, message, word.text, place)
