"""Header labels that are set upwards or downwards, as narrow columns have them.

Turned characters come from the engine one by one. Those above each other are a label; two labels
side by side are one of two lines where only both together are understood. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from styrmatt.extract.header_words import HeaderWords
from styrmatt.extract.model.page import Glyph, Page
from styrmatt.geometry import union
from styrmatt.printed import Bbox

_SAME_STRIP = 2.0
"""Points by which the characters of a turned line may lie beside each other."""
_WORD_SPACE = 0.15
"""Ems along a turned line from which a gap is a space; the narrowest space is twice as wide."""
_LABEL_GAP = 1.2
"""Ems along a turned line from which two labels stand above each other."""
_NEXT_LINE = 0.6
"""Ems between two lines of one turned label at most."""
_FEWEST_LABELS = 2
"""Turned labels that make a header: a single one may be an axis' title."""


@dataclass(frozen=True)
class TurnedLabel:
    """A label set upwards or downwards: its text and its box on the page."""

    text: str
    bbox: Bbox


def turned_labels(page: Page, words: HeaderWords) -> list[list[TurnedLabel]]:
    """The turned labels of each header on a page that may have any, from left to right."""
    glyphs = [g for g in page.glyphs if not g.upright and any(map(str.isprintable, g.text))]
    if sum(any(map(str.isalpha, g.text)) for g in glyphs) < 2 * _FEWEST_LABELS:
        return []
    lines = [line for strip in _strips(glyphs) for line in _lines(strip)]
    headers = _side_by_side([_read(line, words) for line in lines])
    joined = [_joined(labels, words) for labels in headers]
    return [labels for labels in joined if _count_known(labels, words) >= _FEWEST_LABELS]


def _count_known(labels: Sequence[TurnedLabel], words: HeaderWords) -> int:
    return sum(words.read(label.text).says_something for label in labels)


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


def _lines(strip: Sequence[Glyph]) -> list[list[Glyph]]:
    """The labels of a strip, each with its characters from top to bottom."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(strip, key=lambda g: g.bbox[1]):
        em = glyph.bbox[2] - glyph.bbox[0]
        if lines and glyph.bbox[1] - lines[-1][-1].bbox[3] <= _LABEL_GAP * em:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return lines


def _read(line: Sequence[Glyph], words: HeaderWords) -> TurnedLabel:
    """A turned line as text: upwards, unless only downwards is understood."""
    box = union(glyph.bbox for glyph in line)
    down = _text(line)
    up = _text(list(reversed(line)))
    is_down = words.read(down).whole and not words.read(up).whole
    return TurnedLabel(down if is_down else up, box)


def _text(line: Sequence[Glyph]) -> str:
    out = ""
    before: Glyph | None = None
    for glyph in line:
        if before is not None:
            em = glyph.bbox[2] - glyph.bbox[0]
            gap = max(glyph.bbox[1] - before.bbox[3], before.bbox[1] - glyph.bbox[3])
            if gap > _WORD_SPACE * em:
                out += " "
        out += glyph.text
        before = glyph
    return out


def _joined(labels: Sequence[TurnedLabel], words: HeaderWords) -> list[TurnedLabel]:
    """The labels with those of two lines as one: where only both together are understood."""
    out: list[TurnedLabel] = []
    for label in sorted(labels, key=lambda label: label.bbox[0]):
        if out:
            above = out[-1]
            em = label.bbox[2] - label.bbox[0]
            both = f"{above.text}\n{label.text}"
            near = label.bbox[0] - above.bbox[2] <= _NEXT_LINE * em
            alone = words.read(above.text), words.read(label.text)
            whole = all(reading.whole and reading.roles for reading in alone)
            if near and not whole and words.read(both).whole:
                out[-1] = TurnedLabel(both, union((above.bbox, label.bbox)))
                continue
        out.append(label)
    return out
