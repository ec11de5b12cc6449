"""Where cards may stand on a page: in drawn boxes, else in columns beside each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from styrmatt.extract.grid.cards.card_lines import chains_of
from styrmatt.extract.grid.cards.labels import Label, LabelFinder
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.geometry import area, clusters, middle_inside, union
from styrmatt.printed import Bbox

_NARROWEST, _LOWEST = 60.0, 24.0
"""Points: sides of a box at least that holds a card: two short lines."""
_OF_PAGE = 0.6
"""Share of the page's area from which a box is its ground, and no card."""
_FEWEST_LABELS = 2
"""Labels of a card at least."""
_BLOCK_GAP = 8.0
"""Ems between two labels from which they belong to cards that have nothing to do with each other.
"""
_ABOVE, _BELOW = 9.0, 12.0
"""Ems above the first label, where its card's name stands, and below the last, with its value."""
_SAME_PLACE = 3.0
"""Points by which labels of one column may begin apart."""
_GUTTER = 6.0
"""Points between two columns of cards at least."""
_SAME_LINE = 3.0
"""Points by which labels on one line differ in height at most."""
_NAME_LINE = 1.8
"""Ems by which labels of cards side by side differ in height: one name has a line more."""


@dataclass(frozen=True)
class Placed:
    """A label with the chain of words in which it stands."""

    label: Label
    chain: tuple[Word, ...]

    @property
    def bbox(self) -> Bbox:
        """The box of the label."""
        return self.label.bbox


@dataclass(frozen=True)
class Region:
    """Words of a page that hold cards one below the other; ``box`` is drawn around them, if any."""

    words: tuple[Word, ...]
    right: float
    """Where it ends."""
    box: Bbox | None = None


def _placed(words: Iterable[Word], finder: LabelFinder) -> list[Placed]:
    """The labels among words, top to bottom."""
    return _placed_on(lines_of(words), finder)


def _placed_on(lines: Iterable[PageLine], finder: LabelFinder) -> list[Placed]:
    return [
        Placed(label, tuple(chain))
        for line in lines
        for chain in chains_of(line)
        for label in finder.labels(chain)
        if label.is_known
    ]


def _years(lines: Iterable[PageLine], finder: LabelFinder) -> Iterator[Placed]:
    """The years alone among words, which are labels where a box holds them."""
    for line in lines:
        for chain in chains_of(line):
            if (label := finder.year(chain)) is not None:
                yield Placed(label, tuple(chain))


def regions_of(page: Page, finder: LabelFinder, without: Collection[int] = ()) -> Iterator[Region]:
    """The parts of a page that may hold cards; words of others are left out.

    ``without`` are words (``id()``) that belong to cards already.
    """
    words = [word for word in page.words if id(word) not in without]
    lines = lines_of(words) if without else page.lines
    placed = [*_placed_on(lines, finder), *_years(lines, finder)]
    if len({one.label.key for one in placed}) < _FEWEST_LABELS:
        return
    taken: set[int] = set()
    for box in _boxes(page, placed):
        inside = tuple(word for word in words if middle_inside(word.bbox, box))
        taken |= {id(word) for word in inside}
        yield from _columns(inside, finder, box, box[2])
    rest = [word for word in words if id(word) not in taken]
    for block in _blocks(page, rest, _without_headers(rest, finder)):
        yield from _columns(block, finder, None, page.width)


def _without_headers(words: Sequence[Word], finder: LabelFinder) -> list[Placed]:
    """The labels among words; those side by side without a value between are a table's header."""
    out: list[Placed] = []
    for line in lines_of(words):
        chains = list(chains_of(line))
        labels = [[one for one in finder.labels(chain) if one.is_known] for chain in chains]
        bare = [len(one) == 1 and one[0].alone and not one[0].colon for one in labels]
        if not any(left and right for left, right in pairwise(bare)):
            out += [
                Placed(label, tuple(chain))
                for chain, found in zip(chains, labels, strict=True)
                for label in found
            ]
    return out


def _boxes(page: Page, placed: Sequence[Placed]) -> list[Bbox]:
    """The smallest boxes around two labels or more, in reading order."""
    most = _OF_PAGE * page.width * page.height
    drawn = {
        tuple(round(side, 1) for side in box): box
        for box in (*(s.bbox for s in page.shapes), *(f.bbox for f in page.fills))
        if box[2] - box[0] >= _NARROWEST and box[3] - box[1] >= _LOWEST and area(box) < most
    }
    holding = []
    for box in drawn.values():
        inside = [one.label for one in placed if middle_inside(one.bbox, box)]
        has_role = any(label.reading.roles for label in inside)
        if has_role and len({label.key for label in inside}) >= _FEWEST_LABELS:
            holding.append(box)
    holding.sort(key=lambda box: (area(box), box))
    chosen: list[Bbox] = []
    for box in holding:
        own = [one for one in placed if middle_inside(one.bbox, box)]
        if not any(middle_inside(one.bbox, inner) for one in own for inner in chosen):
            chosen.append(box)
    return sorted(chosen, key=lambda box: (box[1], box[0]))


def _blocks(
    page: Page, words: Sequence[Word], placed: Sequence[Placed]
) -> Iterator[tuple[Word, ...]]:
    """The words around labels that follow each other closely."""
    groups: list[list[Placed]] = []
    for one in sorted(placed, key=lambda one: one.bbox[1]):
        size = one.label.words[0].size
        if groups and one.bbox[1] - groups[-1][-1].bbox[3] <= _BLOCK_GAP * size:
            groups[-1].append(one)
        else:
            groups.append([one])
    tops = [group[0].bbox[1] - _ABOVE * group[0].label.words[0].size for group in groups]
    ends = [
        max(one.bbox[3] for one in group) + _BELOW * group[0].label.words[0].size
        for group in groups
    ]
    for n, (upper, lower) in enumerate(pairwise(groups)):
        if ends[n] > tops[n + 1]:
            between = max(one.bbox[3] for one in upper), lower[0].bbox[1]
            frames = _rules_between(page, lower[0].bbox[0], *between)
            cut = frames[0] if len(frames) > 1 else _widest_gap(words, *between)
            ends[n] = tops[n + 1] = cut
    for group, top, end in zip(groups, tops, ends, strict=True):
        if len({one.label.key for one in group}) >= _FEWEST_LABELS:
            yield tuple(word for word in words if top <= word.middle <= end)


def _rules_between(page: Page, x: float, top: float, bottom: float) -> list[float]:
    """The heights of rulings at a place across: of two, one ends frames and one begins others."""
    found = {
        round(rule.at)
        for rule in page.horizontals
        if top < rule.at < bottom and rule.start <= x <= rule.end
    }
    return sorted(map(float, found))


def _widest_gap(words: Sequence[Word], top: float, bottom: float) -> float:
    """The middle of the widest space between lines in a span of heights."""
    inside = [w for w in words if top - 1 < w.bottom and w.top < bottom + 1]
    spans = clusters(((word.top, word.bottom) for word in inside), 0.0)
    gaps = [(lower[0] - upper[1], (upper[1] + lower[0]) / 2) for upper, lower in pairwise(spans)]
    return max(gaps, default=(0.0, bottom - 1))[1]


def _columns(
    words: tuple[Word, ...], finder: LabelFinder, box: Bbox | None, end: float
) -> Iterator[Region]:
    """The words as columns of cards, where labels recur beside each other."""
    placed = [one for one in _placed(words, finder) if one.label.start == 0]
    starts = _starts(placed)
    if len(starts) < 2:
        yield Region(words, end, box)
        return
    edges = [float("-inf")]
    for before, start in pairwise(starts):
        edges.append(_edge(words, before, start, placed))
    edges.append(end)
    for left, right in pairwise(edges):
        yield Region(tuple(word for word in words if left <= word.x0 < right), right)


def _starts(placed: Sequence[Placed]) -> list[float]:
    """Where the labels of each column of cards begin.

    Labels that recur further right only behind others on their lines begin none: a column has what
    begins lines in the one before it.
    """
    clusters: list[list[Placed]] = []
    for one in sorted(placed, key=lambda one: one.bbox[0]):
        if clusters and one.bbox[0] - clusters[-1][-1].bbox[0] <= _SAME_PLACE:
            clusters[-1].append(one)
        else:
            clusters.append([one])
    columns: list[list[Placed]] = []
    for n, cluster in enumerate(clusters):
        if columns and not (_recur(columns[-1], cluster) and _has_first(columns[-1], clusters[n:])):
            columns[-1] += cluster
        else:
            columns.append(list(cluster))
    return [min(one.bbox[0] for one in column) for column in columns]


def _has_first(column: Sequence[Placed], clusters: Sequence[Sequence[Placed]]) -> bool:
    """Whether a label that begins a line of a column recurs in clusters to the right of it."""
    behind = {one.label.key for cluster in clusters for one in cluster}
    return any(
        one.label.key in behind
        and not any(
            other.bbox[0] < one.bbox[0] and abs(other.bbox[1] - one.bbox[1]) < _SAME_LINE
            for other in column
        )
        for one in column
    )


def _recur(column: Sequence[Placed], cluster: Sequence[Placed]) -> bool:
    """Whether labels of a column recur in a cluster to its right, beside it."""
    keys = {one.label.key for one in column} & {one.label.key for one in cluster}
    if not keys:
        return False
    tops = [one.bbox[1] for one in column]
    others = [one.bbox[1] for one in cluster if one.label.key in keys]
    slack = _NAME_LINE * cluster[0].label.words[0].size
    return min(others) <= max(tops) + slack and max(others) >= min(tops) - slack


def _edge(words: Sequence[Word], before: float, start: float, placed: Sequence[Placed]) -> float:
    """The left end of a column whose labels begin at ``start``: behind the last gap before it."""
    tops = [one.bbox[1] for one in placed if one.bbox[0] >= start - _SAME_PLACE]
    low, high = min(tops), max(tops)
    boxes = [
        union(word.bbox for word in chain)
        for line in lines_of(word for word in words if low - 40 <= word.middle <= high + 40)
        for chain in chains_of(line)
    ]
    middle = (before + start) / 2  # what begins right of it and crosses the start is set centred
    boxes = [
        box for box in boxes if box[0] > middle or not box[0] < start - _GUTTER < start < box[2]
    ]
    edge = start
    for box in sorted(boxes, key=lambda box: -box[2]):
        if box[0] >= start or box[2] <= before:
            continue
        if edge - box[2] >= _GUTTER:
            break
        edge = min(edge, box[0])
    return edge - 1.0
