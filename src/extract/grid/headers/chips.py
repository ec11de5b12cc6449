"""Headings with a small label on a ground of its own before them: a chip with the perspective."""

from __future__ import annotations

from collections.abc import Sequence
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
_SHORTEST: Final = 3
"""Letters of a chip's first word at least: shorter ones are signs."""


def without_chips(page: Page, vocabulary: Vocabulary) -> dict[int, PageLine]:
    """The page's headings that a chip stands before, without it, by ``id()`` of their line.

    Words for a status, and figures, on a ground are a mark of the goal, and no chip.
    """
    cut = ((line, _without_chip(page, line, vocabulary)) for line in page.lines)
    return {id(line): rest for line, rest in cut if rest is not None}


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
        texts = [word.text for word in on]
        is_word = not any(map(str.isdecimal, "".join(texts))) and len(texts[0]) >= _SHORTEST
        if is_word and not match_phrases(texts, vocabulary.status_phrases):
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
