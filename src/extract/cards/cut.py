"""Cuts the lines of a region into cards: a name, then labels with their values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.cards.labels import Label, LabelFinder
from styrmatt.extract.cards.regions import Region
from styrmatt.extract.model.symbols import all_symbols
from styrmatt.extract.model.text_lines import PageLine, Word, join_words, lines_of, split_at_gaps
from styrmatt.geometry import union
from styrmatt.printed import Bbox

_MOST_NAME_LINES = 5
"""Lines of the longest name."""
_TO_NAME = 2.2
"""Ems between a name and the first label below it at most."""
_LEADING = 0.8
"""Ems between two lines of one name, or of one value, at most."""
_PARAGRAPH = 1.0
"""Ems from which a line below a value is no part of it."""
_SAME_SIZE = 0.4
"""Points by which lines of one name differ in size at most."""
_LARGER = 0.7
"""Points by which a line is larger than values if it is a heading."""
_ENDS = " .,;:|·•–—-"
"""Signs at the end of a name or value that part it from what follows."""
_BULLETS = ("•", "·", "–", "-", "▪", "■", "○", "*", "►", "‣", "◦")
_BESIDE = 2.5
"""Ems between two parts of one value at most; what stands further off is another column."""
_TO_VALUE = 1.5
"""Ems below the last line of a card where a mark that is its last value ends at most."""
_ONE_LINE = 3.0
"""Points by which labels on one line differ in height at most."""
_FULL = 8.0
"""Ems that a full line of text is short of the widest one at most."""


HeadingTest = Callable[[PageLine], bool]
"""Says whether a line names a goal, so that its words are no label with a value."""


@dataclass
class CardField:
    """A label with the lines of its value."""

    label: Label
    lines: list[list[Word]] = field(default_factory=list)
    reach: tuple[float, float] = (0.0, 0.0)
    """From where to where across its value may stand."""
    run_in: bool = False
    """Whether it stands within a line of text."""
    floor: float = 0.0
    """Down to where its value may stand."""

    @property
    def bbox(self) -> Bbox:
        """The box of its value; of its label, where it has none."""
        words = [word for line in self.lines for word in line]
        return union(word.bbox for word in words) if words else self.label.bbox

    @property
    def bottom(self) -> float:
        """Its lower end."""
        return max(self.bbox[3], self.label.bbox[3])

    @property
    def texts(self) -> list[str]:
        """Its value's lines as printed."""
        texts = [join_words(line) for line in self.lines]
        if self.run_in and texts:
            texts[-1] = _closed(texts[-1].rstrip(_ENDS))
        return [text for text in texts if text]


@dataclass
class Card:
    """A card on one page: the words of its name, its labelled values, and its other text."""

    name: list[list[Word]]
    fields: list[CardField]
    free: list[list[Word]] = field(default_factory=list)
    """Chains of words that are neither: beside the name, or below the values."""
    box: Bbox | None = None
    """The box drawn around it."""
    run_in: bool = False
    """Whether its labels stand within running text."""
    named_overleaf: bool = False
    """Whether its name stands on the page before."""
    has_rows: bool = False
    """Whether labels on one line have values on several below, as the header of a table has."""

    @property
    def keys(self) -> set[str]:
        """Its labels."""
        return {one.label.key for one in self.fields}

    @property
    def is_header(self) -> bool:
        """Whether all its labels stand on one line, and no colon behind them, as in a table."""
        alone = all(one.label.alone and not one.label.colon for one in self.fields)
        heights = [one.label.bbox[1] for one in self.fields]
        return alone and len(heights) > 1 and max(heights) - min(heights) < _ONE_LINE

    @property
    def words(self) -> list[Word]:
        """All its words."""
        chains = [*(() if self.named_overleaf else self.name), *self.free]
        chains += [line for one in self.fields for line in (list(one.label.words), *one.lines)]
        return [word for chain in chains for word in chain]

    @property
    def bbox(self) -> Bbox:
        """Its box, or the box of its words."""
        return self.box or union(word.bbox for word in self.words)

    @property
    def has_bold_name(self) -> bool:
        """Whether its name is in bold and its values are not."""
        values = [word for one in self.fields for line in one.lines for word in line]
        named = [word for line in self.name for word in line if any(map(str.isalnum, word.text))]
        return all(word.bold for word in named) and not all(word.bold for word in values)

    @property
    def name_lines(self) -> list[str]:
        """The lines of its name, without signs at its end and bullets before it."""
        texts = [join_words(without_bullet(line)) for line in self.name]
        texts = [text for text in texts if text]
        if texts:
            texts[-1] = texts[-1].rstrip(_ENDS) if self.run_in else texts[-1].rstrip(" :")
        return texts


@dataclass
class _Line:
    line: PageLine
    chains: list[list[Word]]
    labels: list[list[Label]]
    above: list[list[Word]] = field(default_factory=list)
    """The values of its labels, where they stand on the line above it."""

    def __post_init__(self) -> None:
        self.has_labels = any(self.labels)

    @property
    def is_known(self) -> bool:
        """Whether words of headers are among its labels."""
        return any(label.is_known for labels in self.labels for label in labels)

    @property
    def keys(self) -> set[str]:
        return {label.key for labels in self.labels for label in labels}

    @property
    def is_measure(self) -> bool:
        """Whether it names the measure behind a label."""
        roles = [label.reading.roles for labels in self.labels for label in labels]
        return any("measure" in one and not one & {"target", "result"} for one in roles)


def cards_of(region: Region, finder: LabelFinder, is_heading: HeadingTest) -> list[Card]:
    """The cards of a region, top to bottom; a lone one in a drawn box has all that is in the box."""
    lines = [_parted(line, finder, is_heading) for line in lines_of(region.words)]
    groups = _groups(lines, framed=region.box is not None)
    out = [
        _card(name, body, framed=len(groups) == 1 and region.box is not None, right=region.right)
        for name, body in groups
    ]
    if len(out) == 1 and region.box is not None:
        out[0].box = region.box
        first = lines.index(groups[0][1][0])
        taken = [*groups[0][0], *(one for one in lines[:first] if one.chains is lines[first].above)]
        above = [one for one in lines[:first] if one not in taken]
        out[0].free += [chain for one in above for chain in one.chains]
    return out


def _parted(line: PageLine, finder: LabelFinder, is_heading: HeadingTest) -> _Line:
    chains = [list(chain) for chain in split_at_gaps(line)]
    if is_heading(line):
        return _Line(line, chains, [[] for _ in chains])
    return _Line(line, chains, [finder.labels(chain) for chain in chains])


def _groups(lines: Sequence[_Line], *, framed: bool) -> list[tuple[list[_Line], list[_Line]]]:
    """The lines of each card: those of its name, and those with its labels and below."""
    out: list[tuple[list[_Line], list[_Line]]] = []
    waiting: list[_Line] = []
    keys: set[str] = set()
    for one in lines:
        if not one.has_labels or not (out or one.is_known):
            waiting.append(one)
            continue
        top = one
        if waiting and _holds_values(waiting[-1], one):
            top = waiting.pop()
            one.above = top.chains
        lead: list[_Line] = []
        while waiting and waiting[-1].has_labels:
            top = waiting.pop()
            lead.insert(0, top)
        named = [] if one.is_measure else _name_of(waiting, top)
        begins = not out or bool(one.keys & keys) or (one.is_measure and bool(keys))
        if named and not begins:
            begins = _is_other_name(named, out[-1]) or (not framed and _is_apart(waiting, out[-1]))
        if begins:
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


def _holds_values(above: _Line, one: _Line) -> bool:
    """Whether a line has a figure right above each of the labels on the line below it."""
    labels = [label for labels in one.labels for label in labels]
    if len(labels) < 2 or len(labels) != len(above.chains) or not all(x.alone for x in labels):
        return False
    near = one.line.top - above.line.bottom < _LEADING * above.line.size
    return near and all(
        chain[0].x0 < label.bbox[2]
        and chain[-1].x1 > label.bbox[0]
        and any(char.isdecimal() for word in chain for char in word.text)
        for label, chain in zip(labels, above.chains, strict=True)
    )


def _is_apart(waiting: Sequence[_Line], above: tuple[list[_Line], list[_Line]]) -> bool:
    """Whether lines stand apart from the card above them."""
    first = waiting[0].line
    return first.top - above[1][-1].line.bottom > _PARAGRAPH * first.size


def _is_other_name(named: Sequence[_Line], above: tuple[list[_Line], list[_Line]]) -> bool:
    """Whether lines are set as the name of the card above, and so begin another."""
    if not above[0]:
        return False
    name, line = above[0][0].line, named[0].line
    values = above[1][0].line
    differs = name.bold != values.bold or abs(name.size - values.size) > _SAME_SIZE
    return differs and name.bold == line.bold and abs(name.size - line.size) <= _SAME_SIZE


def _name_of(waiting: Sequence[_Line], first: _Line) -> list[_Line]:
    """The lines right above a card's first label that name it."""
    below: PageLine = first.line
    out: list[_Line] = []
    for one in reversed(waiting):
        size = one.line.size
        gap = below.top - one.line.bottom
        if not out:
            if gap > _TO_NAME * size:
                break
        else:
            last = out[0].line
            same = abs(last.size - size) <= _SAME_SIZE and _is_bold(last) == _is_bold(one.line)
            if not same or gap > _LEADING * size or len(out) >= _MOST_NAME_LINES:
                break
        out.insert(0, one)
        below = one.line
    return out


def _is_bold(line: PageLine) -> bool:
    """Whether the first word of a line with a letter is bold."""
    return next((w.bold for w in line.words if any(map(str.isalnum, w.text))), False)


def _card(
    name: Sequence[_Line], body: Sequence[_Line], *, framed: bool, right: float
) -> Card:
    """The card of a name's lines and those below them; ``right`` is where its region ends."""
    first = body[0]
    lead = _lead_in(first)
    card = Card([], [], run_in=bool(lead) or _is_run_in(body))
    if not lead:
        for one in name:
            chains = [c for c in one.chains if not _is_symbols(c)] or one.chains
            card.name.append(chains[0])
            card.free += [chain for chain in one.chains if chain is not chains[0]]
    else:
        above = [one.line.words for one in name if _is_text_above(one, first)]
        card.name = [*map(list, above), lead]
    values = _Values(card, framed, max((one.line.x1 for one in body), default=0.0), right)
    values.read(body, len(lead))
    return card


def _is_symbols(words: Sequence[Word]) -> bool:
    return all(all_symbols(word.text, word.font) for word in words)


def _lead_in(first: _Line) -> list[Word]:
    """The words before the first label in its own chain."""
    for chain, labels in zip(first.chains, first.labels, strict=True):
        if labels:
            return list(chain[: labels[0].start])
    return []


def _is_run_in(body: Sequence[_Line]) -> bool:
    """Whether labels stand in running text: several in a chain of words."""
    return any(len(labels) > 1 for one in body for labels in one.labels)


def _is_text_above(one: _Line, first: _Line) -> bool:
    """Whether a line is the text before a label's own line."""
    gap = first.line.top - one.line.bottom
    return gap < _LEADING * one.line.size and abs(one.line.size - first.line.size) <= _SAME_SIZE


@dataclass
class _Values:
    """Gives the words below and beside labels to them."""

    card: Card
    framed: bool
    right: float
    """Where the widest line of it ends."""
    limit: float
    """Where the region of the card ends."""
    _row: list[CardField] = field(default_factory=list)
    """The labels of the last line that has any."""
    _last: PageLine | None = None
    _has_row: bool = False
    """Whether a line of several cells stands below labels that stand side by side."""

    def read(self, body: Sequence[_Line], lead: int) -> None:
        """Take the lines of a card; ``lead`` words of the first are its name."""
        for n, one in enumerate(body):
            if one.has_labels:
                self._labelled(one, lead if n == 0 else 0)
            elif not self._below(one):
                break
            self._last = one.line
        for made in self._row:
            made.floor = self._last.bottom + _TO_VALUE * self._last.size if self._last else 0.0

    def _labelled(self, one: _Line, lead: int) -> None:
        """A line with labels."""
        before, self._row = self._row, []
        for made in before:
            made.floor = one.line.top
        for chain, labels in zip(one.chains, one.labels, strict=True):
            if not labels:
                self._beside(chain, before)
                continue
            if prefix := list(chain[: labels[0].start]):
                if lead:
                    lead = 0
                elif before:
                    before[-1].lines.append(prefix)
            ends = [label.start for label in labels[1:]] + [len(chain)]
            for label, end in zip(labels, ends, strict=True):
                made = CardField(label, run_in=self.card.run_in)
                if value := list(chain[label.end : end]):
                    made.lines.append(value)
                self.card.fields.append(made)
                self._row.append(made)
        for made, chain in zip(self._row, one.above, strict=False):
            made.lines.append(chain)
        self._reaches()

    def _reaches(self) -> None:
        """Say of the labels of a line how far across their values reach."""
        for n, made in enumerate(self._row):
            left = float("-inf") if n == 0 else made.label.bbox[0] - 1
            more = self._row[n + 1 :]
            right = more[0].label.bbox[0] - 1 if more else self.limit
            made.reach = (left, right)

    def _beside(self, chain: list[Word], before: Sequence[CardField]) -> None:
        """Words on a line with labels that stand apart from them."""
        if self._row:
            last = self._row[-1]
            if not last.lines:
                last.lines.append(chain)
            elif chain[0].x0 - last.lines[-1][-1].x1 < _BESIDE * chain[0].size:
                last.lines[-1] += chain
            elif self.framed:
                self.card.free.append(chain)
        elif before:
            self._add(before[-1], chain)
        else:
            self.card.free.append(chain)

    def _below(self, one: _Line) -> bool:
        """Words on a line without labels; False where they are no part of the card."""
        assert self._last is not None
        size = one.line.size
        gap = one.line.top - self._last.bottom
        if not self.framed and (gap > _PARAGRAPH * size or self._is_heading(one)):
            return False
        tiles = len(self._row) > 1 and all(made.label.alone for made in self._row)
        if tiles and len(one.chains) > 1:
            self.card.has_rows, self._has_row = self._has_row, True
        for chain in one.chains:
            made = self._of(chain, tiles=tiles)
            if made is not None and self._goes_on(made, chain, size):
                self._add(made, chain)
            elif self.framed or chain is one.chains[0]:
                self.card.free.append(chain)
        return True

    def _is_heading(self, one: _Line) -> bool:
        """Whether a line below values is larger than they are, or in bold as they are not."""
        values = [word for made in self.card.fields for line in made.lines for word in line]
        if not values or all(not made.lines for made in self._row):
            return False
        usual = max(word.size for word in values)
        return one.line.size > usual + _LARGER or (
            one.line.bold and not any(word.bold for word in values)
        )

    def _of(self, chain: Sequence[Word], *, tiles: bool) -> CardField | None:
        """The label of the last line to which words below it belong."""
        if self.card.run_in:
            return self._row[-1]
        if tiles:
            middle = (chain[0].x0 + chain[-1].x1) / 2
            return min(
                self._row,
                key=lambda made: (
                    not made.label.bbox[0] - 1 <= chain[0].x0 < made.reach[1],
                    abs((made.label.bbox[0] + made.label.bbox[2]) / 2 - middle),
                ),
            )
        for made in self._row:
            if made.reach[0] <= chain[0].x0 < made.reach[1]:
                return made
        return None

    def _goes_on(self, made: CardField, chain: Sequence[Word], size: float) -> bool:
        """Whether words on the next line belong to a value that has begun."""
        if not made.lines:
            return True
        if chain[0].top - made.bottom > _LEADING * size:
            return False
        last, text = made.lines[-1], chain[0].text
        if join_words(last).count("(") > join_words(last).count(")"):
            return True
        if self.card.run_in or text[:1].islower() or text.startswith("("):
            return True
        return last[-1].x1 > self.right - _FULL * size and not text[:1].isdecimal()

    def _add(self, made: CardField, chain: list[Word]) -> None:
        made.lines.append(chain)


def _closed(text: str) -> str:
    """The text without the end of a bracket that begins before it."""
    return text[:-1] if text.endswith(")") and text.count(")") > text.count("(") else text


def without_bullet(words: Sequence[Word]) -> list[Word]:
    """The words of a line without a bullet before them."""
    first = words[0] if words else None
    if first is not None and (
        first.text in _BULLETS or (len(first.text) == 1 and all_symbols(first.text, first.font))
    ):
        return list(words[1:])
    return list(words)


def chains_as_lines(chains: Iterable[Sequence[Word]]) -> Iterator[str]:
    """Chains of words as text, in the order of their lines."""
    words = [word for chain in chains for word in chain]
    for line in lines_of(words):
        yield line.text
