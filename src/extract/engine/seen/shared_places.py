"""Gives characters back to text that was printed over equal ones which nobody sees.

Where two equal characters of one font stand at one place, PDFium gives the first and drops the
second. If the first is hidden (an older target below a white box, say) and the second is seen, it
would be missing: "80 %" printed over "60 %" would be read as "8".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from styrmatt.extract.engine.pdfium_runs import Character, PaintedText, TextRun

_HAIR: Final = 0.02
"""Ems by which characters at one place differ: the rounding of a file. PDFium drops nothing that
is further off."""
_ON_LINE: Final = 0.5
"""Ems by which the middle of a text's ink is off the middle of its line at most: small letters and
commas are low, the next line is more than an em away."""
_NEXT: Final = 0.2
"""Ems between a character and the next one, or the end of the ink, where nothing is missing
between them: a letter's bearing and the space that justified text adds between letters."""


def with_shared_characters(
    every: Sequence[TextRun],
    seen: Sequence[TextRun],
    painted: Callable[[], Sequence[PaintedText]],
) -> list[TextRun]:
    """Runs of the characters that a later text has in common with a hidden one at their place.

    ``every`` are the page's runs, ``seen`` those of them (or parts) that a reader sees, ``painted``
    gives all objects that are text; it is asked only where something is hidden.
    """
    shown = {(run.order, x0, run.top) for run in seen for x0 in run.x0s}
    found: list[TextRun] = []
    texts: list[PaintedText] | None = None
    own: dict[int, list[TextRun]] = {}
    for run in every:
        own.setdefault(run.order, []).append(run)
    for run in every:
        hidden = [c for c in run.characters if (run.order, c[0], run.top) not in shown]
        if not any(text.strip() for _, _, text, _, _ in hidden):
            continue
        texts = sorted(painted(), key=_middle) if texts is None else texts
        for later in _at_height(texts, run):
            chosen = list(_missing(hidden, run, own.get(later.order, ()), later))
            if chosen:
                x0s, x1s, signs, _, _ = zip(*chosen, strict=True)
                found.append(
                    run._replace(
                        style=run.style._replace(colour=later.colour),
                        x0s=x0s,
                        x1s=x1s,
                        texts=signs,
                        order=later.order,
                    )
                )
    return found


def _middle(text: PaintedText) -> float:
    return (text.box[1] + text.box[3]) / 2


def _at_height(texts: Sequence[PaintedText], run: TextRun) -> Iterator[PaintedText]:
    """The texts, sorted by height, that stand on the line of a run and were painted after it."""
    middle, reach = (run.top + run.bottom) / 2, _ON_LINE * run.style.size
    first = bisect_left(texts, middle - reach, key=_middle)
    for text in texts[first : bisect_right(texts, middle + reach, key=_middle)]:
        if text.order > run.order and text.font == run.style.font:
            yield text


def _missing(
    hidden: Sequence[Character], run: TextRun, own: Sequence[TextRun], later: PaintedText
) -> Iterator[Character]:
    """The hidden characters that fill a hole in a later text without a gap."""
    x0, _, x1, _ = later.box
    size = run.style.size
    if any(o.style.size != size or abs(o.top - run.top) > _HAIR * size for o in own):
        return
    known = [character for other in own for character in other.characters]
    free = [c for c in hidden if x0 <= (c[0] + c[1]) / 2 <= x1 and not _taken(c, known)]
    near = _NEXT * size
    starts, ends = [x0, *(c[1] for c in known)], [x1, *(c[0] for c in known)]
    for stretch in _stretches(free, near):
        before = min(abs(stretch[0][0] - start) for start in starts)
        after = min(abs(stretch[-1][1] - end) for end in ends)
        if before <= near and after <= near:
            yield from stretch


def _taken(character: Character, own: Sequence[Character]) -> bool:
    middle = (character[0] + character[1]) / 2
    return any(x0 <= middle <= x1 for x0, x1, _, _, _ in own)


def _stretches(characters: Sequence[Character], near: float) -> Iterator[list[Character]]:
    """The characters, those together that follow each other without a gap."""
    stretch: list[Character] = []
    for character in sorted(characters):
        if stretch and character[0] - stretch[-1][1] > near:
            yield stretch
            stretch = []
        stretch.append(character)
    if stretch:
        yield stretch
