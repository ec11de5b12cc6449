"""Headings with a label on a ground of its own before them: a chip, or a box of several lines.

It names the perspective, or an area of goals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.marks.status_phrases import match_phrases
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, split_at_gaps
from styrmatt.geometry import union
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary

_AROUND: Final = 1.3
"""Ems of ground left and right of a chip's words at most: the ground of a cell is wider."""
_HIGHEST: Final = 2.4
"""Ems: a higher ground is a box."""
_BEHIND: Final = 2.5
"""Ems between a chip and the heading behind it at most."""
_LARGER: Final = 1.08
"""Times the size of a chip's words from which those of a heading in light type are larger."""
_MOST_WORDS: Final = 4
"""Words of a chip at most."""
_FEWEST_LINES: Final = 2
"""Lines of a box at least."""
_HIGH: Final = 12.0
"""Points from which a ground may be a box of several lines."""
_MOST_IN_BOX: Final = 8
"""Words of a box at most."""
_SAME: Final = 1.0
"""Points by which a box may end below or beside what stands in it."""
_MOST_BEHIND: Final = 2
"""Lines of a heading below its last one with a label at most."""
_SHORTEST: Final = 3
"""Letters of a chip's longest word at least: shorter ones are signs."""


def without_chips(page: Page, vocabulary: Vocabulary) -> dict[int, PageLine]:
    """The page's headings that a chip stands before, without it, by ``id()`` of their line.

    Words for a status, and figures, on a ground are a mark of the goal, and no chip.
    """
    cut = ((line, _without_chip(page, line, vocabulary)) for line in page.lines)
    found = {id(line): rest for line, rest in cut if rest is not None}
    for fill in page.fills:
        is_high = fill.bbox[3] - fill.bbox[1] >= _HIGH
        if is_high and fill.colour is not None and not lch(fill.colour).white:
            found.update(_beside_box(page, fill.bbox, vocabulary))
    return found


def _beside_box(page: Page, box: Bbox, vocabulary: Vocabulary) -> dict[int, PageLine]:
    """What stands right of a box of several lines, by ``id()`` of its lines; empty if it is none.

    Its words are alike and of another colour than the heading beside it, which is set larger or
    bolder and is one text in each line: a cell of a table has cells beside it, or text set alike.
    """
    left, top, right, bottom = box
    inside = [line for line in page.lines if top <= line.middle_height <= bottom]
    parts = [([w for w in line.words if left <= w.x0 and w.x1 <= right], line) for line in inside]
    beside = {
        id(line): PageLine(tuple(line.words[len(on) :]))
        for on, line in parts
        if on and len(on) < len(line.words)
    }
    label = [word for on, _ in parts for word in on]
    if len([on for on, _ in parts if on]) < _FEWEST_LINES or len(label) > _MOST_IN_BOX:
        return {}
    others = [word for one in beside.values() for word in one.words]
    starts_line = all(line.words[0] is on[0] for on, line in parts if on)
    near = beside and all(
        right - _SAME <= one.words[0].x0 <= right + _BEHIND * one.size
        and len(list(split_at_gaps(one))) == 1
        for one in beside.values()
    )
    heading = max(beside.values(), key=lambda one: (one.bold, one.size), default=None)
    if heading is None or not near or not starts_line or not _is_word(label, vocabulary):
        return {}
    alike = len({(word.colour, word.bold) for word in label}) == 1
    other = all(word.colour != label[0].colour for word in others)
    size = max(word.size for word in label)
    stands_out = heading.size >= _LARGER * size or (heading.bold and not label[0].bold)
    stands_out = stands_out and heading.bold >= label[0].bold
    alone = {id(line): PageLine(()) for on, line in parts if len(on) == len(line.words)}
    return beside | alone if alike and other and stands_out else {}


def _is_word(label: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Whether a label is a word: neither a sign or a figure, nor a status."""
    texts = [word.text for word in label]
    is_word = not any(map(str.isdecimal, "".join(texts))) and max(map(len, texts)) >= _SHORTEST
    return is_word and not match_phrases(texts, vocabulary.status_phrases)


def top_of_chipped(
    lines: Sequence[PageLine], chipped: Mapping[int, PageLine], above: float, limit: float
) -> float:
    """Where a heading with a label before it begins right above ``limit``; that where none does.

    ``chipped`` are the lines of such headings by ``id()``, ``above`` is where the search ends. The
    heading may end in some lines without a label.
    """
    before = [line for line in lines if above < line.middle_height < limit]
    rest = 0
    top = limit
    for line in reversed(before):
        if id(line) in chipped:
            top, rest = line.top - _SAME, 0
        elif rest == _MOST_BEHIND or len(list(split_at_gaps(line))) > 1:
            break
        else:
            rest += 1
    return top


def _without_chip(page: Page, line: PageLine, vocabulary: Vocabulary) -> PageLine | None:
    """A heading's line without the chip before it; None where it has none.

    The heading is one text, larger than the chip or bold beside it, in another colour, and on no
    such ground.
    """
    for fill in page.fills_at(line.middle_height):
        if fill.colour is None or lch(fill.colour).white:
            continue
        on = [w for w in line.words if fill.bbox[0] <= w.x0 and w.x1 <= fill.bbox[2]]
        rest = line.words[len(on) :]
        if not on or not rest or line.words[0] is not on[0] or not _is_chip(on, rest, fill.bbox):
            continue
        if _is_word(on, vocabulary):
            return PageLine(tuple(rest))
    return None


def _is_chip(chip: Sequence[Word], rest: Sequence[Word], ground: Bbox) -> bool:
    """Whether the first words of a line are on a ground of their own, and a heading follows."""
    size, box = max(word.size for word in chip), union(word.bbox for word in chip)
    fits = max(box[0] - ground[0], ground[2] - box[2]) <= _AROUND * size
    if not fits or ground[3] - ground[1] > _HIGHEST * size or len(chip) > _MOST_WORDS:
        return False
    heading = PageLine(tuple(rest))
    near = 0 <= rest[0].x0 - box[2] <= _BEHIND * rest[0].size
    larger = all(word.size >= _LARGER * size for word in rest)
    bolder = all(word.bold for word in rest) and not any(word.bold for word in chip)
    is_text = any(map(str.isalpha, heading.text)) and len(list(split_at_gaps(heading))) == 1
    other = all(word.colour != chip[0].colour for word in rest)
    return near and is_text and other and (larger or bolder)
