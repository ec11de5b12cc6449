"""Header labels that are set upwards or downwards, as narrow columns have them.

Turned characters come from the engine one by one. Those above each other are a label; two labels
side by side are one of two lines where they stand as close as lines do, or where only both together
are understood. Lengths are in points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from operator import itemgetter

from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.page import Glyph, Page, Ruling
from styrmatt.geometry import Span, union
from styrmatt.printed import Bbox

_SAME_STRIP = 2.0
"""Points by which the characters of a turned line may lie beside each other."""
_WORD_SPACE = 0.15
"""Ems along a turned line from which a gap is a space; the narrowest space is twice as wide."""
_ONE_PLACE = 0.1
"""Points by which the letters of one ligature may begin apart: the engine's rounding."""
_LABEL_GAP = 1.2
"""Ems along a turned line from which two labels stand above each other."""
_LEADING = 0.4
"""Ems between two lines of one turned label at most; the padding of two columns is wider."""
_NEXT_LINE = 0.6
"""The same where neither line is understood without the other."""
_RULE_HEIGHT = 0.5
"""Share of a label's length along which a vertical ruling parts it from the next."""
DOWNWARDS = 270
_FEWEST_LABELS = 2
"""Turned labels that make a header: a single one may be an axis' title."""


@dataclass(frozen=True)
class TurnedLabel:
    """A label set upwards or downwards: its text and its box on the page."""

    text: str
    bbox: Bbox
    turn: int
    """Degrees: 90 is set upwards, 270 downwards."""

    @property
    def em(self) -> float:
        """Its font's size, which is its width on the page."""
        return self.bbox[2] - self.bbox[0]


def turned_labels(page: Page, words: HeaderWords) -> list[list[TurnedLabel]]:
    """The turned labels of each header on a page that may have any, from left to right."""
    glyphs = [g for g in page.glyphs if not g.upright and any(map(str.isprintable, g.text))]
    if sum(any(map(str.isalpha, g.text)) for g in glyphs) < 2 * _FEWEST_LABELS:
        return []
    headers = _side_by_side(turned_lines(glyphs))
    joined = [_joined(labels, words, page.verticals) for labels in headers]
    return [labels for labels in joined if _count_known(labels, words) >= _FEWEST_LABELS]


def _count_known(labels: Sequence[TurnedLabel], words: HeaderWords) -> int:
    return sum(words.header(label.text).says_something for label in labels)


def _side_by_side(labels: Sequence[TurnedLabel]) -> list[list[TurnedLabel]]:
    """The labels of each table's header: those of one stand beside each other."""
    groups: list[list[TurnedLabel]] = []
    bottom = 0.0
    for label in sorted(labels, key=lambda label: label.bbox[1]):
        if groups and label.bbox[1] < bottom:
            groups[-1].append(label)
            bottom = max(bottom, label.bbox[3])
        else:
            groups.append([label])
            bottom = label.bbox[3]
    return groups


def _strips(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters in strips of one turned line each, left to right."""
    strips: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.bbox[0], g.bbox[1])):
        middle = (glyph.bbox[0] + glyph.bbox[2]) / 2
        found = next((s for s in strips if abs(_middle(s) - middle) <= _SAME_STRIP), None)
        if found is None:
            strips.append([glyph])
        else:
            found.append(glyph)
    return strips


def _middle(strip: Sequence[Glyph]) -> float:
    return sum((g.bbox[0] + g.bbox[2]) / 2 for g in strip) / len(strip)


def turned_lines(
    glyphs: Sequence[Glyph], are_parted: Callable[[Bbox, Bbox], bool] = lambda above, below: False
) -> list[TurnedLabel]:
    """The turned lines of characters, by strips from left to right.

    ``are_parted`` says of two characters, the upper one first, whether they are of different lines
    however near they stand.
    """
    drawn = {id(glyph): place for place, glyph in enumerate(glyphs)}
    return [
        _read(sorted(line, key=lambda glyph: drawn[id(glyph)]))
        for strip in _strips(glyphs)
        for line in _lines(strip, are_parted)
    ]


def _lines(
    strip: Sequence[Glyph], are_parted: Callable[[Bbox, Bbox], bool]
) -> Iterator[list[Glyph]]:
    """The labels of a strip, each with its characters from top to bottom."""
    line: list[Glyph] = []
    for glyph in sorted(strip, key=lambda g: g.bbox[1]):
        em = glyph.bbox[2] - glyph.bbox[0]
        far = bool(line) and glyph.bbox[1] - line[-1].bbox[3] > _LABEL_GAP * em
        if line and (far or are_parted(line[-1].bbox, glyph.bbox)):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _read(line: Sequence[Glyph]) -> TurnedLabel:
    """A turned line as text, from its first character."""
    turn = Counter(glyph.turn for glyph in line).most_common(1)[0][0]
    return TurnedLabel(_text(line, turn), union(glyph.bbox for glyph in line), turn)


def _text(line: Sequence[Glyph], turn: int) -> str:
    """The text of a turned line.

    The letters of a ligature begin at one place, and stand as they were drawn: each has a box of
    its own width.
    """
    placed = sorted(((*_along(glyph.bbox, turn), glyph) for glyph in line), key=itemgetter(0))
    out, began, reach = "", -inf, inf
    for start, end, glyph in placed:
        em = glyph.bbox[2] - glyph.bbox[0]
        if start - began <= _ONE_PLACE:
            reach += end - start
        else:
            out += " " if start - reach > _WORD_SPACE * em else ""
            began, reach = start, end
        out += glyph.text
    return out


def _along(bbox: Bbox, turn: int) -> Span:
    """From where to where a turned character reaches in the direction of reading."""
    return (bbox[1], bbox[3]) if turn == DOWNWARDS else (-bbox[3], -bbox[1])


def _joined(
    labels: Sequence[TurnedLabel], words: HeaderWords, rules: Sequence[Ruling]
) -> list[TurnedLabel]:
    """The labels from left to right, with those of several lines as one."""
    out: list[TurnedLabel] = []
    for label in sorted(labels, key=lambda label: label.bbox[0]):
        both = _as_one(out[-1], label) if out else None
        if both is not None and _is_one(out[-1], label, both, words, rules):
            out[-1] = both
        else:
            out.append(label)
    return out


def _as_one(left: TurnedLabel, right: TurnedLabel) -> TurnedLabel:
    """Two lines of a label: of one set downwards the first line stands on the right."""
    first, second = (right, left) if left.turn == DOWNWARDS else (left, right)
    text = f"{first.text}\n{second.text}"
    return TurnedLabel(text, union((left.bbox, right.bbox)), left.turn)


def _is_one(
    left: TurnedLabel,
    right: TurnedLabel,
    both: TurnedLabel,
    words: HeaderWords,
    rules: Sequence[Ruling],
) -> bool:
    """Whether two labels beside each other are two lines of one."""
    gap = right.bbox[0] - left.bbox[2]
    if left.turn != right.turn or not words.header(both.text).whole:
        return False
    one, other = words.header(left.text), words.header(right.text)
    if gap <= _LEADING * right.em and not one.roles & other.roles:
        return not any(_parts(rule, left, right) for rule in rules)
    alone = all(reading.whole and reading.roles for reading in (one, other))
    return gap <= _NEXT_LINE * right.em and not alone


def _parts(rule: Ruling, left: TurnedLabel, right: TurnedLabel) -> bool:
    """Whether a vertical ruling runs between two labels."""
    top, bottom = max(left.bbox[1], right.bbox[1]), min(left.bbox[3], right.bbox[3])
    between = left.bbox[2] - _SAME_STRIP <= rule.at <= right.bbox[0] + _SAME_STRIP
    return between and min(rule.end, bottom) - max(rule.start, top) > _RULE_HEIGHT * (bottom - top)
