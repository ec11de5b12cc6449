"""Finds the marks in a part of a page and says how each looks; what they mean, the legend knows.

A mark is read from what is drawn (alternative text, symbol, words) and from what a person sees:
every mark is rendered, and its colour, fill and direction are those of the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, get_args

from styrmatt.extract.marks.box_grid import BoxGrid
from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.compound_marks import read_gauge, read_light, seen_colour
from styrmatt.extract.marks.crop import (
    render_and_analyse,
    rendered_shade,
    with_overhang,
)
from styrmatt.extract.marks.gauges import marks_of, parts_of_gauge
from styrmatt.extract.marks.lamps import lamps_of
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.outline_direction import outline_direction
from styrmatt.extract.marks.picture.appearance import NO_INK, CropAppearance
from styrmatt.extract.marks.picture.arrow_direction import NO_ARROW, Direction
from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.marks.picture.unexplained_ink import find_unexplained_ink
from styrmatt.extract.marks.shaded_cells import shaded_cells
from styrmatt.extract.marks.text_marks import TextMark, text_marks_in
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.symbols import all_symbols, is_symbol, likely_symbol, shown_symbol
from styrmatt.extract.model.text_lines import Word
from styrmatt.geometry import middle_height, middle_inside, union
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary

_DARK = 0.45
"""OKLCH lightness up to which a grey dot may be a bullet: bullets are set in the colour of text;
grey status marks are lighter, to be seen as grey."""
_BULLET_GAP = 20.0
"""Points from a bullet to its text at most: an indent, and less than the gap between columns."""
_BESIDE = 2.0
"""Points above and below a mark within which the middle of words beside it may lie."""
_LINE_BELOW = 0.6
"""Share of a mark's height that its words stand below it at most: it is as large as letters."""
_NEXT_ROW = 0.25
"""Share of a mark's height at its lower end where the middle of another mark is on the next row."""
_SIDE_BY_SIDE = 1.0
"""Points by which marks beside each other may overlap across."""


def find_marks(page: Page, box: Bbox, vocabulary: Vocabulary) -> tuple[Mark, ...]:
    """All marks whose middle lies in the box (a cell, a column), top to bottom, left to right."""
    groups = marks_of(page, box)
    drawn = [mark for group in groups if (mark := read_mark(page, group, vocabulary)) is not None]
    texts = text_marks_in(page, box, vocabulary)
    drawn = [mark for mark in drawn if not _is_bullet(page, mark, texts)]
    marks = list(_with_shading(page, shaded_cells(page, box), drawn))
    explained = [mark.bbox for mark in marks] + [
        union(part.bbox for part in group) for group in groups
    ]
    marks += [_rendered_mark(page, bbox) for bbox in find_unexplained_ink(page, box, explained)]
    return in_reading_order(_with_texts(page, marks, texts))


def read_mark(page: Page, group: Sequence[MarkCandidate], vocabulary: Vocabulary) -> Mark | None:
    """The mark that a group of candidates makes; None where nothing of it can be seen."""
    bbox = union(part.bbox for part in group)
    look = render_and_analyse(
        page, with_overhang(bbox) if any(part.kind == "glyph" for part in group) else bbox
    )
    if look is NO_INK and page.render is not None:
        return None
    main = max(
        group,
        key=lambda part: (part.alt is not None, part.kind == "glyph", part.width * part.height),
    )
    fonts = vocabulary.symbol_fonts
    if lamps := lamps_of(group):
        return read_light(page, lamps, Mark(page.number, bbox, "vector", evidence=look.evidence))
    if parts := parts_of_gauge(group):
        return read_gauge(page, parts, Mark(page.number, bbox, main.kind, evidence=look.evidence))
    mark = Mark(
        page=page.number,
        bbox=bbox,
        read_by=main.kind,
        colour=seen_colour(group, look),
        filled=look.filled,
        other_colour=look.other_colour,
        level=look.level,
        inscribed=look.inscribed,
        sign=_sign(page, main, fonts),
        hint=likely_symbol(main.text, fonts) if main.text else None,
        alt=main.alt,
        evidence=look.evidence,
    )
    return _with_checked_fill(_with_direction(mark, group, look, vocabulary), vocabulary)


def _sign(page: Page, main: MarkCandidate, fonts: Mapping[str, Mapping[str, str]]) -> str | None:
    """The symbol with the brackets around it: "(✔)" is another mark than "✔"."""
    if not main.text:
        return None
    sign = shown_symbol(main.text, main.font, fonts)
    bracketed = f"({main.text})"
    is_bracketed = sign is not None and any(
        word.text == bracketed and word.x0 <= main.bbox[0] and word.x1 >= main.bbox[2]
        for word in page.words_at(main.bbox[1], main.bbox[3])
    )
    return f"({sign})" if is_bracketed else sign


def _with_direction(
    mark: Mark, group: Sequence[MarkCandidate], look: CropAppearance, vocabulary: Vocabulary
) -> Mark:
    """The mark with the direction in which its picture, outline and symbol agree to point.

    A tick points nowhere, though its outline tapers.
    """
    bare = (mark.sign or "").strip("()")
    if any(bare and bare in vocabulary.glyphs.get(name, "") for name in STATUS_SIGNS):
        return mark
    sources: dict[Direction, str] = {}
    outline = NO_ARROW if look.arrow.direction else outline_direction(group)
    for found, name in ((look.arrow.direction, "picture"), (outline.direction, "outline")):
        if found is not None:
            sources.setdefault(found, name)
    upright = all(part.upright for part in group if part.kind == "glyph")
    listed = _listed_as(mark.sign or mark.hint, vocabulary.glyphs) if upright else None
    if listed in _DIRECTIONS and (mark.sign or sources):
        sources.setdefault(_DIRECTIONS[listed], "sign")
    if len(sources) == 1:
        by_sign = bool(bare) and bare in vocabulary.glyphs.get("triangles", "")
        triangle = by_sign or look.arrow.triangle or outline.triangle
        return replace(mark, apparent_direction=next(iter(sources)), triangle=triangle)
    if sources:
        found_by = ", ".join(f"{name} {direction}" for direction, name in sources.items())
        return replace(mark, doubt=f"It does not point one way: {found_by}.")
    doubt = look.arrow.doubt or outline.doubt
    return replace(mark, doubt=_unclear(doubt)) if doubt and not listed else mark


STATUS_SIGNS: Final = ("met", "partly_met", "not_met", "not_assessed")
"""The vocabulary's lists of symbols that stand for a status by themselves, by name."""
_DIRECTIONS: dict[str | None, Direction] = {name: name for name in get_args(Direction)}
"""The vocabulary's lists of symbols that are arrows, by name."""


def _unclear(reason: str) -> str:
    return f"It does not point one way: {reason}."


def _listed_as(sign: str | None, glyphs: Mapping[str, str]) -> str | None:
    """The name of the vocabulary's first list that has the symbol."""
    return next((name for name, signs in glyphs.items() if sign and sign in signs), None)


def _with_checked_fill(mark: Mark, vocabulary: Vocabulary) -> Mark:
    """The mark, in doubt where a filled symbol shows as an outline (its font lacks the sign)."""
    if mark.sign is None or mark.filled or mark.sign not in vocabulary.glyphs.get("filled", ""):
        return mark
    return replace(
        mark, doubt=f"The sign {mark.sign} is a filled one, and an outline is what one sees."
    )


def _is_bullet(page: Page, mark: Mark, texts: Sequence[TextMark]) -> bool:
    """Whether a dark dot or square is the bullet of a list: words that are no phrase follow it."""
    if mark.read_by != "glyph" or mark.apparent_direction or mark.colour is None or not mark.filled:
        return False
    shade = lch(mark.colour)
    if not shade.neutral or shade.lightness > _DARK or any(_beside(mark, text) for text in texts):
        return False
    return any(
        0 <= word.x0 - mark.bbox[2] < _BULLET_GAP
        for word in page.words_at(mark.bbox[1], mark.bbox[3])
        if any(map(str.isalpha, word.text)) and not is_symbol(word.text[0], word.font)
    )


def _with_shading(
    page: Page, shaded: Sequence[MarkCandidate], marks: Sequence[Mark]
) -> Iterator[Mark]:
    """The marks and the shaded cells, one mark for both where a dark symbol lies on a colour.

    Shading behind a coloured mark, and grey shading behind any mark, is no mark of its own.
    """
    rest = list(marks)
    for cell in shaded:
        within = [mark for mark in rest if middle_inside(mark.bbox, cell.bbox)]
        shade = read_shading(page, cell)
        if shade is None or any(mark.is_coloured for mark in within):
            continue
        if within and lch(str(shade.colour)).neutral:
            continue
        if len(within) == 1:
            rest.remove(within[0])
            shade = replace(
                shade,
                sign=within[0].sign,
                apparent_direction=within[0].apparent_direction,
                triangle=within[0].triangle,
                alt=within[0].alt,
                doubt=within[0].doubt,
            )
        yield shade
    yield from rest


def read_shading(page: Page, cell: MarkCandidate) -> Mark | None:
    """A shaded cell as a mark; None where it shows no colour, or white."""
    colour = rendered_shade(page, cell)
    if colour is None or lch(colour).white:
        return None
    return Mark(
        page.number,
        cell.bbox,
        "shading",
        colour,
        evidence=render_and_analyse(page, cell.bbox).evidence,
    )


def _rendered_mark(page: Page, bbox: Bbox) -> Mark:
    """A mark that is known only by how the page renders."""
    look = render_and_analyse(page, bbox)
    return Mark(
        page.number,
        bbox,
        "rendering",
        look.colour,
        look.filled,
        look.other_colour,
        look.arrow.direction,
        _unclear(look.arrow.doubt) if look.arrow.doubt else None,
        level=look.level,
        inscribed=look.inscribed,
        triangle=look.arrow.triangle,
        evidence=look.evidence,
    )


def _with_texts(page: Page, marks: Sequence[Mark], texts: Sequence[TextMark]) -> Iterator[Mark]:
    """The marks, each with the words beside it, and the words that stand alone as marks.

    In a narrow cell the words of a mark may stand in the line below it.
    """
    alone = list(texts)
    found = list(marks)
    for is_near in (_beside, _below):
        for n, mark in enumerate(found):
            near = [text for text in alone if mark.text is None and is_near(mark, text)]
            if len(near) == 1:
                alone.remove(near[0])
                found[n] = replace(mark, text=near[0].text)
    yield from found
    for text in alone:
        yield Mark(page.number, text.bbox, "text", text.colour, text=text.text, evidence=None)


def _beside(mark: Mark, text: TextMark) -> bool:
    """Whether words, or the first line of them, stand on a mark's line or in a shaded cell."""
    if mark.read_by == "shading":
        return middle_inside(text.bbox, mark.bbox)
    top, bottom = mark.bbox[1] - _BESIDE, mark.bbox[3] + _BESIDE
    return any(top <= height <= bottom for height in (middle_height(text.bbox), text.first_line))


def _below(mark: Mark, text: TextMark) -> bool:
    """Whether words begin right below a mark, as where a line was broken behind it."""
    x0, top, x1, bottom = mark.bbox
    begins = mark.read_by != "shading" and x0 - _BESIDE <= text.bbox[0] <= x1
    return begins and -_BESIDE <= text.bbox[1] - bottom <= (bottom - top) * _LINE_BELOW


def in_reading_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks top to bottom, those on one line left to right."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda m: middle_height(m.bbox)):
        above = rows[-1][0].bbox if rows else None
        if (
            above is not None
            and middle_height(mark.bbox) < above[3] - _NEXT_ROW * (above[3] - above[1])
            and _is_beside(above, mark.bbox)
        ):
            rows[-1].append(mark)
        else:
            rows.append([mark])
    return tuple(mark for row in rows for mark in sorted(row, key=lambda m: m.bbox[0]))


def _is_beside(one: Bbox, other: Bbox) -> bool:
    """Whether a box lies to the left or right of another, and does not overlap its lower end."""
    return other[0] >= one[2] - _SIDE_BY_SIDE or other[2] <= one[0] + _SIDE_BY_SIDE


def words_of_marks(marks: Sequence[Mark], words: Sequence[Word]) -> set[int]:
    """The ids (``id()``) of the words that are nothing but the marks' own symbols."""
    boxes = [mark.bbox for mark in marks if mark.read_by == "glyph"]
    grid = BoxGrid(boxes)
    return {
        id(word)
        for word in (words if boxes else ())
        if all_symbols(word.text, word.font)
        and any(middle_inside(word.bbox, boxes[n]) for n in grid.near(word.bbox, 0.0))
    }
