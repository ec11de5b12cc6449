"""Leaves out text that a reader of the page does not see, and says why.

A PDF can hold text that is not to be seen: without ink (render mode 3), fully transparent, in a
layer that is off, outside of its clip path or of the page, below a shape that was painted later,
or in the colour of what lies behind it. A reader of such a file must not find that text in a cell.
A watermark is seen, but it belongs to the page and not to the table that it crosses.

Most of this is asked once of each text object, not of each character. Characters are looked at
one by one only where a clip path, a shape or a colour may hide a part of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import compress
from operator import attrgetter
from typing import Final, NamedTuple

from styrmatt.extract.engine.coordinates import PageCoordinates
from styrmatt.extract.engine.graphics import PaintedPath
from styrmatt.extract.engine.pdfium_ctypes import CArray, functions
from styrmatt.extract.engine.pdfium_graphics import MOVE_TO, PageObject
from styrmatt.extract.engine.pdfium_runs import TextRun
from styrmatt.extract.model.page import LeftOut, LeftOutReason
from styrmatt.extract.model.symbols import is_symbol
from styrmatt.geometry import (
    Point,
    bounding_box,
    contains,
    intersection,
    is_upright_rectangle,
    middle_inside,
    overlaps,
    union,
)
from styrmatt.printed import Bbox

_INVISIBLE_MODES: Final = (3, 7)
"""Render modes of text that leave no ink: neither filled nor stroked, and clipping alone."""
_TRANSPARENT: Final = 8
"""Alpha (of 255) up to which ink cannot be told from paper; the faintest print is near 40."""
_SEE_THROUGH: Final = 150
"""Alpha (of 255) below which text is see-through as watermarks are; body text is above 200."""
_SAME_COLOUR: Final = 12
"""Largest difference of a channel (of 255) at which text cannot be told from what lies behind it.

Light grey on white that people still read differs by 40 and more.
"""
_LARGE: Final = 2.0
"""A watermark is at least so many times as large as the text that it crosses; headings are not
printed across other text at all."""
_CROSSED: Final = 2
"""A watermark crosses at least so many other pieces of text; two letters that touch cross one."""
_TILT: Final = 0.1
"""Rise per step (6 degrees) from which a line of text is tilted; scans lean by less."""
_UPRIGHT_TURN: Final = 0.02
"""Rise per step (1 degree) by which text that is turned to the side may miss 90 degrees."""
_OPAQUE_COVER: Final = 0.7
"""Share of a character's height that a shape must cover to hide it: half letters can be read."""

_mode = CArray("I", 4)
_clip_point = CArray("f", 2)


class TextFacts(NamedTuple):
    """What is asked once of a text object."""

    has_ink: bool
    """Whether its render mode paints it."""
    alpha: int
    """How opaque it is filled, of 255."""
    clip: Bbox | None
    """The box around its clip path, on the page; None where nothing clips it."""


def facts_of(found: PageObject, coordinates: PageCoordinates) -> TextFacts:
    """What decides whether the object's text can be seen."""
    call = functions()
    has_ink = call.text_mode(found.handle) not in _INVISIBLE_MODES
    alpha = _mode.values[3] if call.fill(found.handle, *_mode.addresses) else 255
    return TextFacts(has_ink, alpha, clip_box(found, coordinates))


def clip_box(found: PageObject, coordinates: PageCoordinates) -> Bbox | None:
    """The box to which an object's clip paths confine it, on the page; None without a clip path."""
    boxes = [bounding_box(path.points) for path in _clip_paths(found, coordinates)]
    return intersection(boxes) if boxes else None


class _ClipPath(NamedTuple):
    """A path to which an object is confined: its corners on the page, and its outlines."""

    points: list[Point]
    outlines: int
    """One of a box with round corners, two of a frame."""


def _clip_paths(found: PageObject, coordinates: PageCoordinates) -> Iterator[_ClipPath]:
    """Each path to which an object is confined."""
    call = functions()
    clip = call.clip_path(found.handle)
    for number in range(max(call.clip_paths(clip), 0) if clip else 0):
        points, outlines = [], 0
        for n in range(call.clip_segments(clip, number)):
            segment = call.clip_segment(clip, number, n)
            outlines += call.segment_kind(segment) == MOVE_TO
            call.segment_point(segment, *_clip_point.addresses)
            points.append((_clip_point.values[0], _clip_point.values[1]))
        if points:
            yield _ClipPath(list(coordinates.to_page(points, found.form_matrix)), outlines)


class Cover(NamedTuple):
    """A filled box of one opaque colour, in the order in which the page is painted."""

    order: int
    bbox: Bbox
    colour: str


def covers_of(
    paths: Sequence[PaintedPath], objects: Sequence[PageObject], coordinates: PageCoordinates
) -> tuple[list[Cover], list[Cover]]:
    """The opaque filled boxes of a page, and its other filled shapes, each as it is painted.

    Clip paths confine boxes: some producers paint a cell's border as a box of which all else is cut
    away, and a cell with round corners as a box that an outline cuts. Such an outline hides nothing
    for certain, like all shapes that are no boxes, but text may stand on it, as on a pill. Of a box
    that is cut to a frame nobody knows what it covers.
    """
    boxes, others = [], []
    for path in paths:
        if not (path.filled and path.fill and path.opaque):
            continue
        if not path.is_box:
            others.append(Cover(path.order, path.bbox, path.fill))
        elif not path.is_ruling:
            clips = list(_clip_paths(objects[path.order], coordinates))
            cuts = [bounding_box(clip.points) for clip in clips]
            box = intersection([path.bbox, *cuts])
            if not (box[0] < box[2] and box[1] < box[3]):
                continue
            if all(map(is_upright_rectangle, (clip.points for clip in clips), cuts)):
                boxes.append(Cover(path.order, box, path.fill))
            elif all(clip.outlines == 1 for clip in clips):
                others.append(Cover(path.order, box, path.fill))
    return boxes, others


class PageVisibility:
    """Parts the text of one page into what is seen and what is not."""

    def __init__(
        self,
        facts: dict[int, TextFacts],
        covers: Sequence[Cover],
        pictures: Sequence[tuple[int, Bbox]],
        page_box: Bbox,
        layers_off: Collection[int] = (),
        other_grounds: Sequence[Cover] = (),
    ) -> None:
        """``facts`` by the order of the text object; ``pictures`` with their order and box.

        ``other_grounds`` are filled shapes that are no boxes: they hide nothing. ``layers_off`` are
        the orders of the objects that lie in a layer that is off.
        """
        self._facts = facts
        self._covers = covers
        self._orders = [cover.order for cover in covers]
        self._grounds = {_WHITE, *(cover.colour for cover in covers)}
        self._like_a_ground: dict[str, bool] = {}
        """By colour of ink, whether any ground of the page has it: most pages have two or three."""
        self._pictures = pictures
        self._page_box = page_box
        self._layers_off = layers_off
        self._other_grounds = other_grounds

    def split(self, runs: Sequence[TextRun]) -> tuple[list[TextRun], list[LeftOut]]:
        """The runs of characters that are seen, and the texts that are left out."""
        seen: list[TextRun] = []
        left_out: list[LeftOut] = []
        inkless: list[TextRun] = []
        for run in runs:
            facts = self._facts[run.order]
            if run.order in self._layers_off:
                left_out.append(_left_out(run, "layer_off"))
            elif facts.alpha <= _TRANSPARENT:
                left_out.append(_left_out(run, "transparent"))
            elif not facts.has_ink:
                inkless.append(run)
            else:
                kept, gone = self._by_place(run, facts)
                seen += kept
                left_out += gone
        visible_boxes = [box_of(run) for run in seen] if inkless else []
        for run in inkless:
            if self._is_recognised_text(run, visible_boxes):
                seen.append(run)
            else:
                left_out.append(_left_out(run, "no_ink"))
        marked = watermarks(seen, self._facts)
        if marked:
            left_out += [_left_out(run, "watermark") for run in seen if id(run) in marked]
            seen = [run for run in seen if id(run) not in marked]
        seen.sort(key=attrgetter("order"))
        return seen, [one for one in left_out if one.text.strip()]

    def _is_recognised_text(self, run: TextRun, visible: Sequence[Bbox]) -> bool:
        """Whether text without ink is the text layer of a scan: it lies on a picture, alone."""
        box = box_of(run)
        on_picture = any(middle_inside(box, picture) for _, picture in self._pictures)
        return on_picture and not any(overlaps(box, other) for other in visible)

    def _by_place(self, run: TextRun, facts: TextFacts) -> tuple[list[TextRun], list[LeftOut]]:
        """The parts of a run that are seen, and those that something hides."""
        box = box_of(run)
        hiders: list[tuple[LeftOutReason, Callable[[Bbox], bool]]] = []
        if not contains(self._page_box, box):
            hiders.append(("off_page", lambda one: not middle_inside(one, self._page_box)))
        if facts.clip is not None and not contains(clip := facts.clip, box):
            hiders.append(("clipped", lambda one: not middle_inside(one, clip)))
        later = self._covers[bisect_left(self._orders, run.order) :]
        if over := [cover.bbox for cover in later if overlaps(cover.bbox, box)]:
            hiders.append(("covered", lambda one: any(_is_covered(one, c) for c in over)))
        if self._is_like_a_ground(run.style.colour):
            hiders.append(("same_colour", lambda one: self._is_on_its_colour(one, run)))
        return _parted(run, hiders) if hiders else ([run], [])

    def _is_like_a_ground(self, colour: str | None) -> bool:
        """Whether the page has a ground on which ink of this colour could not be seen."""
        if colour is None:
            return False
        if colour not in self._like_a_ground:
            alike = any(same_colour(colour, ground) for ground in self._grounds)
            self._like_a_ground[colour] = alike
        return self._like_a_ground[colour]

    def _is_on_its_colour(self, box: Bbox, run: TextRun) -> bool:
        """Whether a character has the colour of the box, or of the white page, that it stands on.

        On a picture that was painted after that nobody knows: then it counts as seen. So it does
        within a shape of another colour that is no box.
        """
        ground, order = _WHITE, -1
        for cover in self._covers[: bisect_left(self._orders, run.order)]:
            if middle_inside(box, cover.bbox):
                ground, order = cover.colour, cover.order
        if any(order < n < run.order and overlaps(box, place) for n, place in self._pictures):
            return False
        colour = run.style.colour or ""
        return same_colour(colour, ground) and not any(
            order < other.order < run.order
            and middle_inside(box, other.bbox)
            and not same_colour(colour, other.colour)
            for other in self._other_grounds
        )


_WHITE: Final = "#ffffff"


def same_colour(one: str, other: str) -> bool:
    """Whether ink of one colour cannot be seen on the other; both as ``#rrggbb``."""
    pairs = ((one[n : n + 2], other[n : n + 2]) for n in (1, 3, 5))
    return all(abs(int(a, 16) - int(b, 16)) <= _SAME_COLOUR for a, b in pairs)


def box_of(run: TextRun) -> Bbox:
    """The box around a run's characters."""
    return (min(run.x0s), run.top, max(run.x1s), run.bottom)


def _is_covered(box: Bbox, cover: Bbox) -> bool:
    x = (box[0] + box[2]) / 2
    height = min(box[3], cover[3]) - max(box[1], cover[1])
    return cover[0] <= x <= cover[2] and height >= _OPAQUE_COVER * (box[3] - box[1])


def _parted(
    run: TextRun, hiders: Sequence[tuple[LeftOutReason, Callable[[Bbox], bool]]]
) -> tuple[list[TextRun], list[LeftOut]]:
    """The run without the characters that are hidden, and these; a space goes with its word."""
    reasons: list[LeftOutReason | None] = []
    for x0, x1, text, top, bottom in run.characters:
        if text.isspace() and reasons:
            reasons.append(reasons[-1])
            continue
        box = (x0, top, x1, bottom)
        reasons.append(next((reason for reason, hides in hiders if hides(box)), None))
    if not any(reasons):
        return [run], []
    seen = [reason is None for reason in reasons]
    kept = _selected(run, seen)
    found: list[LeftOut] = []
    for reason in dict.fromkeys(reason for reason in reasons if reason):
        found.append(_left_out(_selected(run, [r == reason for r in reasons]), reason))
    has_text = any(text.strip() for text in kept.texts)
    return ([kept] if has_text else []), found


def _selected(run: TextRun, chosen: Sequence[bool]) -> TextRun:
    return run._replace(
        x0s=list(compress(run.x0s, chosen)),
        x1s=list(compress(run.x1s, chosen)),
        texts=list(compress(run.texts, chosen)),
    )


def _left_out(run: TextRun, reason: LeftOutReason) -> LeftOut:
    return LeftOut("".join(run.texts), reason, box_of(run))


def watermarks(runs: Sequence[TextRun], facts: dict[int, TextFacts]) -> set[int]:
    """The ids of the runs that are watermarks: tilted, see-through or large text across others.

    A drawn watermark may be one run or one run a letter; each letter crosses what it stands on.
    """
    suspects = [run for run in runs if _is_tilted(run) or facts[run.order].alpha < _SEE_THROUGH]
    sizes = sorted(run.style.size for run in runs)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    suspects += [run for run in runs if run.style.size >= _LARGE * usual and run not in suspects]
    marked: set[int] = set()
    for order in dict.fromkeys(run.order for run in suspects):
        parts = [run for run in suspects if run.order == order]
        box, size = union(map(box_of, parts)), max(run.style.size for run in parts)
        crossed = sum(
            1
            for run in runs
            if run.order != order and run.style.size * _LARGE <= size and overlaps(box, box_of(run))
        )
        tilted = any(map(_is_tilted, parts)) and any(map(_has_letters, parts))
        if tilted or crossed >= _CROSSED:
            marked |= {id(run) for run in parts}
    return marked


def _has_letters(run: TextRun) -> bool:
    return any(text.isalpha() and not is_symbol(text, run.style.font) for text in run.texts)


def _is_tilted(run: TextRun) -> bool:
    """Whether its line neither runs across the page nor straight up or down."""
    a, b, _, _ = run.matrix
    across, down = abs(a), abs(b)
    return down > _TILT * across and across > _UPRIGHT_TURN * down


def in_layers(objects: Sequence[PageObject], names_off: frozenset[str]) -> Iterator[int]:
    """The orders of the objects that lie in a layer of one of these names."""
    if not names_off:
        return
    for order, found in enumerate(objects):
        if names_off & set(found.layers):
            yield order
