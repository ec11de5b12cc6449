"""The lines of a region, and which of them make a card: its name, its labels and what is below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from styrmatt.extract.grid.cards.card import FIGURE
from styrmatt.extract.grid.cards.labels import Label, LabelFinder
from styrmatt.extract.model.text_lines import PageLine, Word, split_at_gaps

_TO_FIGURE = 1.5
"""Ems of a large figure between it and its name above at most, where room for longer names is."""
_MOST_NAME_LINES = 5
"""Lines of the longest name."""
_TO_NAME = 2.2
"""Ems between a name and the first label below it at most."""
LEADING = 0.8
"""Ems between two lines of one name, or of one value, at most."""
PARAGRAPH = 1.0
"""Ems from which a line below a value is no part of it."""
LARGE = 1.4
"""Times the size of labels from which a figure without one is what the card is about."""
SAME_SIZE = 0.4
"""Points by which lines of one name differ in size at most."""
FEWEST_ALIKE = 2
"""Figures as large between a name and labels at least that show what such a line is."""
_FEWEST_JUSTIFIED = 5
"""Words of a justified line at least."""
_WIDEST, _ALIKE = 2.5, 0.2
"""Ems of the widest gap in a justified line, and by which its gaps differ."""
HeadingTest = Callable[[PageLine], bool]
"""Says whether a line names a goal, so that its words are no label with a value."""


@dataclass
class CardLine:
    """A line in chains of words that are a space apart, each with its labels."""

    line: PageLine
    chains: list[list[Word]]
    labels: list[list[Label]]
    above: list[list[Word]] = field(default_factory=list)
    """The values of its labels, where they stand on the line above it."""
    is_heading: bool = False
    """Whether it is a heading, or names a goal."""

    def __post_init__(self) -> None:
        self.has_labels = any(self.labels)

    @property
    def is_known(self) -> bool:
        """Whether words of headers are among its labels."""
        return any(label.is_known for labels in self.labels for label in labels)

    @property
    def keys(self) -> set[str]:
        """Its labels."""
        return {label.key for labels in self.labels for label in labels}

    @property
    def is_measure(self) -> bool:
        """Whether it names the measure behind a label."""
        roles = [label.reading.roles for labels in self.labels for label in labels]
        return any("measure" in one and not one & {"target", "result"} for one in roles)

    @property
    def begins_with_name(self) -> bool:
        """Whether it begins with words in bold before labels that are not."""
        if not self.has_labels or not self.labels[0]:
            return False
        first = self.labels[0][0]
        lead = [w for w in self.chains[0][: first.start] if any(map(str.isalnum, w.text))]
        return bool(lead) and all(w.bold for w in lead) and not any(w.bold for w in first.words)


def chains_of(line: PageLine) -> list[list[Word]]:
    """The words of a line in chains, parted by wide gaps; a justified line of text is one.

    Its gaps are wide, but alike, and it has more words than a row has cells.
    """
    words = line.words
    if len(words) >= _FEWEST_JUSTIFIED and any(word.text.endswith(":") for word in words):
        gaps = [word.x0 - before.x1 for before, word in pairwise(words)]
        if max(gaps) <= _WIDEST * line.size and max(gaps) - min(gaps) <= _ALIKE * line.size:
            return [list(words)]
    return [list(chain) for chain in split_at_gaps(line)]


def parted(
    line: PageLine, finder: LabelFinder, is_heading: HeadingTest, *, framed: bool
) -> CardLine:
    """A line in chains of words, each with its labels; a heading has none.

    In a drawn box (``framed``) a year alone before a figure is a label as well.
    """
    chains = chains_of(line)
    if is_heading(line):
        return CardLine(line, chains, [[] for _ in chains], is_heading=True)
    labels = [finder.labels(chain) for chain in chains]
    if framed and len(chains) == len(("label", "value")) and not any(labels):
        year = finder.year(chains[0])
        if year is not None and any(map(str.isdecimal, chains[1][0].text)):
            labels[0] = [year]
    return CardLine(line, chains, labels)


def groups_of(
    lines: Sequence[CardLine],
    *,
    framed: bool,
    is_value: Callable[[str], bool] = lambda text: False,
    large: Sequence[float] = (),
) -> list[tuple[list[CardLine], list[CardLine]]]:
    """The lines of each card: those of its name, and those with its labels and below.

    A drawn box (``framed``) in which no label recurs holds one card. ``large`` are the sizes of
    large figures right above the labels of cards on the page.
    """
    _names_with_colons(lines)
    is_one = framed and _is_one(lines)
    out: list[tuple[list[CardLine], list[CardLine]]] = []
    waiting: list[CardLine] = []
    keys: set[str] = set()
    for one in lines:
        if not one.has_labels or not (out or one.is_known):
            waiting.append(one)
            continue
        top = one
        if waiting and _holds_values(waiting[-1], one):
            top = waiting.pop()
            one.above = top.chains
        lead: list[CardLine] = []
        while waiting and waiting[-1].has_labels:
            top = waiting.pop()
            lead.insert(0, top)
        figure = _figure_below(waiting, top, is_value, large)
        above = waiting[: len(waiting) - len(figure)]
        named = [] if one.is_measure else _name_of(above, figure[0] if figure else top)
        if one.begins_with_name:
            named = [line for line in named if _all_bold([line])]
        begins = not out or bool(one.keys & keys) or (one.is_measure and bool(keys))
        begins |= one.begins_with_name or any(line.is_heading for line in waiting)
        if named and not begins and not is_one:
            begins = _is_other_name(named, out[-1]) or (not framed and _is_apart(waiting, out[-1]))
        if begins:
            if not framed:
                named = [*(figure or _figure_above(waiting, named, one)), *named]
            if out:
                out[-1][1].extend(line for line in waiting if line not in named)
            out.append((named, [*lead, one]))
            keys = {key for line in (*lead, one) for key in line.keys}
        else:
            out[-1][1].extend([*waiting, one])
            keys |= one.keys
        waiting = []
    if out:
        out[-1][1].extend(waiting)
    return out


def _names_with_colons(lines: Sequence[CardLine]) -> None:
    """Take from larger lines right above labels what seems to be one: it is part of a name."""
    for above, one in pairwise(lines):
        larger = above.line.size > one.line.size + SAME_SIZE
        if larger and above.has_labels and not above.is_known and one.is_known:
            above.labels, above.has_labels = [[] for _ in above.chains], False


def _figure_above(
    waiting: Sequence[CardLine], named: Sequence[CardLine], first: CardLine
) -> list[CardLine]:
    """The figure right above a name, set so large that it is what the card is about."""
    if not named or len(waiting) <= len(named):
        return []
    one = waiting[-len(named) - 1]
    near = named[0].line.top - one.line.bottom < LEADING * one.line.size
    large = one.line.size >= LARGE * first.line.size
    return [one] if near and large and FIGURE.match(one.line.text) else []


def _figure_below(
    waiting: Sequence[CardLine],
    first: CardLine,
    is_value: Callable[[str], bool],
    large: Sequence[float] = (),
) -> list[CardLine]:
    """The figure right above labels and below a smaller line, which is then the name.

    The name is in bold, or others have such a figure, of a size that recurs (``large``). Dots or
    words (``is_value``) may stand in its place: that there is none.
    """
    if len(waiting) < 2:
        return []
    name, one = waiting[-2:]
    recurs = sum(abs(one.line.size - size) <= SAME_SIZE for size in large) >= FEWEST_ALIKE
    most = _TO_FIGURE if recurs else LEADING
    if not _is_large_below_name(name, one, first, most) or not (recurs or _all_bold([name])):
        return []
    text = one.line.text
    said = bool(FIGURE.match(text)) or not any(map(str.isalnum, text)) or is_value(text)
    return [one] if said or recurs else []


def _is_large_below_name(name: CardLine, one: CardLine, first: CardLine, most: float) -> bool:
    """Whether a line is large, and a smaller one with letters stands ``most`` ems above it."""
    near = one.line.top - name.line.bottom < most * one.line.size
    large = one.line.size >= LARGE * max(first.line.size, name.line.size)
    return near and large and any(map(str.isalpha, name.line.text))


def _is_one(lines: Sequence[CardLine]) -> bool:
    """Whether no label recurs in lines, and none of them is a heading."""
    keys = [key for one in lines for key in one.keys]
    return len(keys) == len(set(keys)) and not any(one.is_heading for one in lines)


def name_at_top(lines: Sequence[CardLine]) -> list[CardLine]:
    """The name at the top of a box, where room for longer names is left below it.

    Figures above it are none; empty where several things stand there, of which any may be it.
    """
    named: list[CardLine] = []
    for one in lines:
        if not any(map(str.isalpha, one.line.text)) or FIGURE.match(one.line.text):
            continue
        if named and not _follows(one, named[-1]):
            return []
        named.append(one)
    return named if len(named) <= _MOST_NAME_LINES else []


def first_of_one_type(lines: Sequence[CardLine]) -> Sequence[CardLine]:
    """The lines at the beginning that are set alike, without wide gaps between them."""
    end = 1
    while end < len(lines) and _follows(lines[end], lines[end - 1]):
        end += 1
    return lines[:end]


def _follows(one: CardLine, above: CardLine) -> bool:
    """Whether a line goes on with the name above it."""
    line, last = one.line, above.line
    same = abs(last.size - line.size) <= SAME_SIZE and _is_bold(last) == _is_bold(line)
    return same and line.top - last.bottom <= LEADING * line.size


def _holds_values(above: CardLine, one: CardLine) -> bool:
    """Whether a line has a figure right above each of the labels on the line below it."""
    labels = [label for labels in one.labels for label in labels]
    if len(labels) < 2 or len(labels) != len(above.chains) or not all(x.alone for x in labels):
        return False
    near = one.line.top - above.line.bottom < LEADING * above.line.size
    return near and all(
        chain[0].x0 < label.bbox[2]
        and chain[-1].x1 > label.bbox[0]
        and any(char.isdecimal() for word in chain for char in word.text)
        for label, chain in zip(labels, above.chains, strict=True)
    )


def _is_apart(waiting: Sequence[CardLine], above: tuple[list[CardLine], list[CardLine]]) -> bool:
    """Whether lines stand apart from the card above them."""
    first = waiting[0].line
    return first.top - above[1][-1].line.bottom > PARAGRAPH * first.size


def _is_other_name(named: Sequence[CardLine], above: tuple[list[CardLine], list[CardLine]]) -> bool:
    """Whether lines are set as the name of the card above, and so begin another.

    Above the first name of a page stands what is left of a card that begins on the one before.
    """
    if not above[0]:
        return _all_bold(named) and not _all_bold(above[1])
    name, line = above[0][0].line, named[0].line
    values = above[1][0].line
    differs = name.bold != values.bold or abs(name.size - values.size) > SAME_SIZE
    return differs and name.bold == line.bold and abs(name.size - line.size) <= SAME_SIZE


def _name_of(waiting: Sequence[CardLine], first: CardLine) -> list[CardLine]:
    """The lines right above a card's first label that name it."""
    below: PageLine = first.line
    out: list[CardLine] = []
    for one in reversed(waiting):
        size = one.line.size
        gap = below.top - one.line.bottom
        if not out:
            if gap > _TO_NAME * max(size, below.size):
                break
        else:
            last = out[0].line
            same = abs(last.size - size) <= SAME_SIZE and _is_bold(last) == _is_bold(one.line)
            if not same or gap > LEADING * size or len(out) >= _MOST_NAME_LINES:
                break
        out.insert(0, one)
        below = one.line
    return out


def _all_bold(lines: Sequence[CardLine]) -> bool:
    return all(w.bold for one in lines for w in one.line.words if any(map(str.isalnum, w.text)))


def _is_bold(line: PageLine) -> bool:
    """Whether the first word of a line with a letter is bold."""
    return next((w.bold for w in line.words if any(map(str.isalnum, w.text))), False)
