"""Turns upright what is set sideways on a page, so that it is read as anything else is.

A table too wide for an upright page is often set sideways on it, under a heading that is set
upright or with its heading, and so are whole pages of a file that does not say so. What stands
sideways is moved to a flap below the sheet (:class:`styrmatt.extract.model.fold.Fold`); where
nothing stands upright, the sheet itself is turned. Single turned labels, as narrow columns and
charts have them, stay where they are. Lengths are in points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from styrmatt.extract.model.fold import DOWNWARDS, UPSIDE_DOWN, UPWARDS, Fold
from styrmatt.extract.model.page import Fill, Glyph, Page, Ruling
from styrmatt.extract.model.symbols import is_symbol
from styrmatt.extract.model.text_lines import Word, lines_of, split_at_gaps
from styrmatt.extract.sideways.turned_words import words_of_glyphs
from styrmatt.geometry import middle_inside, touches, union
from styrmatt.printed import Bbox

if TYPE_CHECKING:
    from PIL.Image import Image

_FEWEST_LETTERS: Final = 40
"""Turned letters that a page has at least, if any of them are to be turned: a table has more, the
turned labels of its header or of a chart's axis mostly fewer."""
_FEWEST_ROWS: Final = 2
"""Turned lines that hold a name and a figure at least, if they are a table. Labels that are turned
have one such line at most, where two tables stand one above the other."""
_MOST_UPRIGHT: Final = 0.1
"""Upright letters for each turned one up to which a page lies on its side, whatever is on it."""
_FLAP_GAP: Final = 60.0
"""Points between the sheet's end and its flap: more than any mark or row is high."""
_AROUND: Final = 4.0
"""Points around turned text within which lines and marks are its own: a cell's padding."""


def unfolded(page: Page) -> Page:
    """The page with what is set sideways upright on a flap below it; most pages as they are."""
    if len(page.glyphs) < _FEWEST_LETTERS:
        return page
    turn, turned = _turned(page.glyphs)
    letters = sum(_letters(glyph.text) for glyph in turned)
    if letters < _FEWEST_LETTERS:
        return page
    upright = sum(_letters(word.text) for word in page.words)
    fold = Fold(turn, page.width, page.height, page.height + _FLAP_GAP if upright else 0.0)
    glyphs = [_upright(glyph, fold) for glyph in turned]
    words = tuple(words_of_glyphs(glyphs))
    if upright > _MOST_UPRIGHT * letters and not _is_table(words):
        return page
    return _with_flap(page, fold, turned, words)


def _turned(glyphs: Sequence[Glyph]) -> tuple[int, list[Glyph]]:
    """The turn (degrees) of most turned characters, and those that are turned by it."""
    counts = Counter(glyph.turn for glyph in glyphs if glyph.turn)
    turn = counts.most_common(1)[0][0] if counts else 0
    return turn, [glyph for glyph in glyphs if turn and glyph.turn == turn]


def _with_flap(page: Page, fold: Fold, turned: Sequence[Glyph], words: Sequence[Word]) -> Page:
    sheet: Bbox = (0.0, 0.0, page.width, page.height)
    region = union(glyph.bbox for glyph in turned) if fold.begins else sheet
    rest, flap = _without(page, turned, region), _flap(page, fold, region)
    symbols = (_upright(g, fold) for g in turned if is_symbol(g.text, g.font))
    width, height = fold.size
    return replace(
        page,
        width=max(page.width, width) if fold.begins else width,
        height=fold.begins + height,
        words=(*page.words, *words),
        rulings=(*rest.rulings, *flap.rulings),
        fills=(*rest.fills, *flap.fills),
        shapes=(*rest.shapes, *flap.shapes),
        pictures=(*rest.pictures, *flap.pictures),
        glyphs=(*rest.glyphs, *symbols),
        render=None if page.render is None else _rendered(page.render, fold),
        fold=fold,
    )


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _is_table(words: Sequence[Word]) -> bool:
    """Whether lines of words have cells with names and others with figures."""
    rows = 0
    for line in lines_of(words):
        starts = ["".join(word.text for word in chain)[:1] for chain in split_at_gaps(line)]
        rows += any(map(str.isalpha, starts)) and any(map(str.isdecimal, starts))
    return rows >= _FEWEST_ROWS


def _upright(glyph: Glyph, fold: Fold) -> Glyph:
    """A turned character as it stands upright on the flap."""
    return replace(glyph, bbox=fold.box(glyph.bbox), upright=True, turn=0)


def _flap(page: Page, fold: Fold, region: Bbox) -> Page:
    """What is drawn in the region or beside it, as it stands on the flap; without words."""
    taken = (one for one in page.rulings if touches(one.bbox, region, _AROUND))
    return replace(
        page,
        words=(),
        rulings=tuple(_ruling(one, fold) for one in taken),
        fills=tuple(
            Fill(fold.box(one.bbox), one.colour)
            for one in page.fills
            if touches(one.bbox, region, _AROUND)
        ),
        shapes=tuple(
            replace(one, bbox=fold.box(one.bbox), points=tuple(map(fold.point, one.points)))
            for one in page.shapes
            if touches(one.bbox, region, _AROUND)
        ),
        pictures=tuple(
            replace(one, bbox=fold.box(one.bbox))
            for one in page.pictures
            if touches(one.bbox, region, _AROUND)
        ),
        glyphs=(),
    )


def _ruling(one: Ruling, fold: Fold) -> Ruling:
    """A ruling as it runs on the flap."""
    x0, top, x1, bottom = fold.box(one.bbox)
    across = (one.orientation == "h") == (fold.turn == UPSIDE_DOWN)
    if across:
        return one._replace(orientation="h", at=top, start=x0, end=x1)
    return one._replace(orientation="v", at=x0, start=top, end=bottom)


def _without(page: Page, glyphs: Sequence[Glyph], region: Bbox) -> Page:
    """The sheet without what was moved from it; what reaches far out of the region stays."""
    moved = set(map(id, glyphs))

    def stays(box: Bbox) -> bool:
        return not middle_inside(box, region, _AROUND)

    return replace(
        page,
        rulings=tuple(one for one in page.rulings if stays(one.bbox)),
        fills=tuple(one for one in page.fills if stays(one.bbox)),
        shapes=tuple(one for one in page.shapes if stays(one.bbox)),
        pictures=tuple(one for one in page.pictures if stays(one.bbox)),
        glyphs=tuple(one for one in page.glyphs if id(one) not in moved),
    )


def _rendered(render: Callable[[Bbox, float], Image], fold: Fold) -> Callable[[Bbox, float], Image]:
    """A function that renders boxes of the sheet and of its flap, both upright."""

    def rendered(box: Bbox, scale: float) -> Image:
        from PIL.Image import Transpose

        if fold.begins and box[1] < fold.begins - _FLAP_GAP / 2:
            return render(box, scale)
        back = {
            UPWARDS: Transpose.ROTATE_270,
            UPSIDE_DOWN: Transpose.ROTATE_180,
            DOWNWARDS: Transpose.ROTATE_90,
        }
        return render(fold.back(box), scale).transpose(back[fold.turn])

    return rendered
