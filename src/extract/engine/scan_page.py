"""Makes a page of what was recognised in its picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from styrmatt.extract.model.page import Fill, Page, Picture, Ruling
from styrmatt.extract.model.text_lines import Word
from styrmatt.scans.scanned_page import ScannedPage, ScannedWord


def with_scan(page: Page, scan: ScannedPage) -> Page:
    """The page with the words, lines, shading and marks that its picture shows.

    The picture of the whole page goes; marks become pictures of their own, which are read as those
    of any page.
    """
    edges = [edge for shade in scan.shades for edge in _edges(shade.bbox)]
    return replace(
        page,
        words=tuple(_word(word) for word in scan.words),
        rulings=(
            *(
                Ruling(rule.orientation, rule.at, rule.start, rule.end, False, rule.thickness)
                for rule in scan.rules
            ),
            *edges,
        ),
        fills=tuple(Fill(shade.bbox, shade.colour) for shade in scan.shades),
        shapes=(),
        pictures=tuple(Picture(box, str(n)) for n, box in enumerate(scan.marks)),
        glyphs=(),
        left_out=(),
    )


def _word(word: ScannedWord) -> Word:
    x0, top, x1, bottom = word.bbox
    return Word(word.text, x0, top, x1, bottom, word.size, word.bold, word.colour)


def _edges(box: tuple[float, float, float, float]) -> Iterator[Ruling]:
    """The sides of a shaded box, which part rows as those of any shading do."""
    x0, top, x1, bottom = box
    yield Ruling("h", top, x0, x1, True, 0.0)
    yield Ruling("h", bottom, x0, x1, True, 0.0)
    yield Ruling("v", x0, top, bottom, True, 0.0)
    yield Ruling("v", x1, top, bottom, True, 0.0)
