"""Finds the marks in a part of a page and says how each looks; what they mean, the legend knows.

A mark is read from what is drawn (alternative text, sign, words) and from what a person sees: every
mark is rendered, and its colour, fill and direction are those of the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from styrmatt.extract.marks.appearance import NOTHING, CropAppearance, DrawingClues
from styrmatt.extract.marks.arrow_direction import NOWHERE, Way
from styrmatt.extract.marks.candidates import MarkCandidate, mark_candidates, shading_in
from styrmatt.extract.marks.colour_difference import difference, lch
from styrmatt.extract.marks.crop import SAME_INK, render_and_analyse, shade_seen, with_overhang
from styrmatt.extract.marks.outline_direction import drawn_direction
from styrmatt.extract.marks.text_marks import TextMark, texts_in
from styrmatt.extract.marks.unexplained_ink import find_unexplained_ink
from styrmatt.extract.model.page import Page, Word, union
from styrmatt.extract.model.symbols import all_symbols, hint_of, is_symbol, sign_of
from styrmatt.printed import Bbox, MarkerReading
from styrmatt.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as it looks. ``bbox`` may stick out over the cell in which it stands."""

    page: int
    bbox: Bbox
    read_by: MarkerReading
    colour: str | None = None
    filled: bool = True
    way: Way | None = None
    """Where it points."""
    doubt: str | None = None
    """Why ``way`` or ``colour`` is in doubt."""
    sign: str | None = None
    """The Unicode sign, of a symbol character."""
    hint: str | None = None
    """The sign that a private-use character has in most symbol fonts: no proof, but a check."""
    alt: str | None = None
    text: str | None = None
    """Words that are the mark or stand beside it in the cell."""
    evidence: DrawingClues | str | None = None
    """What it looks like; as text, a small PNG as a data URI."""

    @property
    def direction(self) -> Way | None:
        """Where it points; None where that is nowhere, or in doubt."""
        return None if self.doubt else self.way


def find_marks(page: Page, box: Bbox, vocabulary: Vocabulary) -> tuple[Mark, ...]:
    """All marks whose middle lies in the box (a cell, a column), top to bottom, left to right."""
    groups = mark_candidates(page, box)
    drawn = [mark for group in groups if (mark := read_mark(page, group, vocabulary)) is not None]
    texts = texts_in(page, box, vocabulary)
    drawn = [mark for mark in drawn if not _is_bullet(page, mark, texts)]
    marks = list(_on_shading(page, shading_in(page, box), drawn))
    seen = [mark.bbox for mark in marks] + [union(ink.bbox for ink in group) for group in groups]
    marks += [_stray(page, bbox) for bbox in find_unexplained_ink(page, box, seen)]
    return in_reading_order(_with_texts(page, marks, texts))


def read_mark(page: Page, group: Sequence[MarkCandidate], vocabulary: Vocabulary) -> Mark | None:
    """The mark that a group of inks makes; None where nothing of it is to be seen."""
    bbox = union(ink.bbox for ink in group)
    look = render_and_analyse(
        page, with_overhang(bbox) if any(ink.kind == "glyph" for ink in group) else bbox
    )
    if look is NOTHING and page.render is not None:
        return None
    first = max(
        group, key=lambda ink: (ink.alt is not None, ink.kind == "glyph", ink.width * ink.height)
    )
    sign = sign_of(first.text, first.font, vocabulary.symbol_fonts) if first.text else None
    mark = Mark(
        page=page.number,
        bbox=bbox,
        read_by="glyph" if first.kind == "glyph" else first.kind,
        colour=_colour(group, look),
        filled=look.filled,
        sign=sign,
        hint=hint_of(first.text, vocabulary.symbol_fonts) if first.text else None,
        alt=first.alt,
        evidence=look.evidence,
    )
    mark = _pointed(mark, group, look, vocabulary)
    return _checked_fill(mark, vocabulary)


def _colour(group: Sequence[MarkCandidate], look: CropAppearance) -> str | None:
    """The colour that is seen, by its exact value where a drawing primitive has it."""
    given = [colour for ink in group for colour in (ink.fill, ink.stroke) if colour is not None]
    if look.colour is None:
        return given[0] if given else None
    near = min(given, key=lambda colour: difference(colour, str(look.colour)), default=None)
    return near if near is not None and difference(near, look.colour) <= SAME_INK else look.colour


def _pointed(
    mark: Mark, group: Sequence[MarkCandidate], look: CropAppearance, vocabulary: Vocabulary
) -> Mark:
    """The mark with the way in which its picture, its outline and its sign agree to point."""
    ways: dict[Way, str] = {}
    outline = NOWHERE if look.pointing.way else drawn_direction(group)
    for found, name in ((look.pointing.way, "picture"), (outline.way, "outline")):
        if found is not None:
            ways.setdefault(found, name)
    upright = all(ink.upright for ink in group if ink.kind == "glyph")
    known = _listed(mark.sign or mark.hint, vocabulary.glyphs) if upright else None
    if known in _WAYS and (mark.sign or ways):
        ways.setdefault(_WAYS[known], "sign")
    if len(ways) == 1:
        return replace(mark, way=next(iter(ways)))
    if ways:
        told = ", ".join(f"{name} {way}" for way, name in ways.items())
        return replace(mark, doubt=f"It does not point one way: {told}.")
    doubt = look.pointing.doubt or outline.doubt
    return (
        replace(mark, doubt=f"It does not point one way: {doubt}.") if doubt and not known else mark
    )


_WAYS: dict[str | None, Way] = {
    "up": "up", "down": "down", "left": "left", "right": "right", "up_right": "up_right",
    "up_left": "up_left", "down_right": "down_right", "down_left": "down_left",
    "left_right": "left_right", "up_down": "up_down",
}  # fmt: skip


def _listed(sign: str | None, glyphs: Mapping[str, str]) -> str | None:
    """The first list of the vocabulary that has the sign."""
    return next((name for name, signs in glyphs.items() if sign and sign in signs), None)


def _checked_fill(mark: Mark, vocabulary: Vocabulary) -> Mark:
    """A sign that should be filled and shows an outline (a missing character) is in doubt."""
    if mark.sign is None or mark.filled or mark.sign not in vocabulary.glyphs.get("filled", ""):
        return mark
    return replace(
        mark, doubt=f"The sign {mark.sign} is a filled one, and an outline is what one sees."
    )


def _is_bullet(page: Page, mark: Mark, texts: Sequence[TextMark]) -> bool:
    """Whether a dark dot or square is the bullet of a list: words that are no phrase follow it."""
    if mark.read_by != "glyph" or mark.way or mark.colour is None or not mark.filled:
        return False
    shade = lch(mark.colour)
    if not shade.neutral or shade.lightness > 0.45 or any(_beside(mark, text) for text in texts):
        return False
    return any(
        0 <= word.x0 - mark.bbox[2] < 20
        for word in page.words_at(mark.bbox[1], mark.bbox[3])
        if any(map(str.isalpha, word.text)) and not is_symbol(word.text[0], word.font)
    )


def _on_shading(
    page: Page, shades: Sequence[MarkCandidate], marks: Sequence[Mark]
) -> Iterator[Mark]:
    """The marks, and the shaded cells; shading behind a mark of a colour of its own is none."""
    left = list(marks)
    for ink in shades:
        within = [mark for mark in left if _holds(ink.bbox, mark.bbox)]
        shade = read_shading(page, ink)
        if shade is None or any(_coloured(mark) for mark in within):
            continue
        if within and lch(str(shade.colour)).neutral:
            continue
        if len(within) == 1:
            left.remove(within[0])
            shade = replace(
                shade,
                sign=within[0].sign,
                way=within[0].way,
                alt=within[0].alt,
                doubt=within[0].doubt,
            )
        yield shade
    yield from left


def read_shading(page: Page, ink: MarkCandidate) -> Mark | None:
    """A shaded cell as a mark; None where it shows no colour, or white."""
    colour = shade_seen(page, ink)
    if colour is None or lch(colour).white:
        return None
    return Mark(
        page.number,
        ink.bbox,
        "shading",
        colour,
        evidence=render_and_analyse(page, ink.bbox).evidence,
    )


def _coloured(mark: Mark) -> bool:
    return mark.colour is not None and lch(mark.colour).saturated


def _holds(area: Bbox, box: Bbox) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _stray(page: Page, bbox: Bbox) -> Mark:
    """A mark of which nothing but the rendering tells."""
    look = render_and_analyse(page, bbox)
    return Mark(
        page.number, bbox, "rendering", look.colour, look.filled, look.pointing.way,
        f"It does not point one way: {look.pointing.doubt}." if look.pointing.doubt else None,
        evidence=look.evidence,
    )  # fmt: skip


def _with_texts(page: Page, marks: Sequence[Mark], texts: Sequence[TextMark]) -> Iterator[Mark]:
    """The marks, each with the words beside it, and the words that stand alone as marks."""
    free = list(texts)
    for mark in marks:
        beside = [text for text in free if _beside(mark, text)]
        if len(beside) == 1:
            free.remove(beside[0])
            yield replace(mark, text=beside[0].text)
        else:
            yield mark
    for text in free:
        yield Mark(page.number, text.bbox, "text", text.colour, text=text.text, evidence=None)


def _beside(mark: Mark, text: TextMark) -> bool:
    middle = (text.bbox[1] + text.bbox[3]) / 2
    if mark.read_by == "shading":
        return _holds(mark.bbox, text.bbox)
    return mark.bbox[1] - 2 <= middle <= mark.bbox[3] + 2


def in_reading_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Top to bottom; marks on one line left to right."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda m: (m.bbox[1] + m.bbox[3]) / 2):
        above = rows[-1][0].bbox if rows else None
        middle = (mark.bbox[1] + mark.bbox[3]) / 2
        if (
            above is not None
            and middle < above[3] - 0.25 * (above[3] - above[1])
            and _not_below(above, mark.bbox)
        ):
            rows[-1].append(mark)
        else:
            rows.append([mark])
    return tuple(mark for row in rows for mark in sorted(row, key=lambda m: m.bbox[0]))


def _not_below(above: Bbox, box: Bbox) -> bool:
    """Whether a box stands beside another one, and is not one that overlaps its lower end."""
    return box[0] >= above[2] - 1 or box[2] <= above[0] + 1


def words_of_marks(marks: Sequence[Mark], words: Sequence[Word]) -> set[int]:
    """The ids of the words that are nothing but the marks' own signs."""
    return {
        id(word)
        for word in words
        for mark in marks
        if mark.read_by == "glyph"
        and _holds(mark.bbox, word.bbox)
        and all_symbols(word.text, word.font)
    }
