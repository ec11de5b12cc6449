"""Finds the labels in a header row that the layout does not know.

Whatever stands in the row beside the known labels heads a column of its own; whatever stands above
or below a known label within its cell belongs to it. Without rulings, words outside of the known
labels may be narrative beside the table, so they must look like a header and like cells below it.
Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import (
    PageLine,
    Word,
    is_footnote,
    join_words,
    lines_of,
    split_at_gaps,
)
from styrmatt.extract.tables.columns import (
    clustered,
    column_rules,
)
from styrmatt.extract.tables.header_row import UNKNOWN, Header, Label, touches
from styrmatt.extract.tables.table_edges import ruled_edges, table_edges
from styrmatt.geometry import Span, covered_length, union
from styrmatt.printed import Bbox

_BESIDE = 0.2
"""Share of a word's height that lies beside the known labels, if it stands in their row. A label of
two lines beside the middle of one line has up to half of each line there, less with wide leading;
lines of other rows have nothing."""
_REACH = 4.0
"""Ems above and below the known labels within which the lines of another label lie: it may have
three lines more."""
_RULED = 0.6
"""Share of the known labels' width that a rule above or below a header covers: it may be drawn cell
by cell, and merged cells leave out some."""
_RULE_OFF = 3.0
"""Points by which a rule may lie within the labels' boxes, which are larger than the letters."""
_FAR_RULE = 1.5
"""Ems: a rule further below the labels than this may close the first row, and no header."""
_EDGE = 3.0
"""Points by which a header's words may stick out of the table."""
_SAME_SIZE = 1.0
"""Points by which font sizes within a header differ at most."""
_NEXT_LINE_ABOVE, _NEXT_LINE_BELOW = 0.5, 0.9
"""Ems by which a label's next line may begin above or below the end of the one before, as in
:mod:`styrmatt.extract.tables.header_row`."""
_CELL_LEADING = 0.6
"""Ems between the lines of one label where no rule closes the header: a row's padding is more."""
_OVERLAP = 0.5
"""Share of the narrower one's width that two lines of one label overlap sideways at least."""
_RUNNING_TEXT = 45
"""Characters from which words a space apart are running text; cells are narrower."""
_NARROW_TEXT = 25
"""Characters from which they may be running text set in columns, or long cells."""
_MOST_LINES = 3
"""Lines of a label that is neither ruled nor bold: more of them are a paragraph."""
_PAGE_DIGITS = 3
"""Digits of a page number at most; a year has more."""
_PARAGRAPH = 0.5
"""Ems between the lines of narrative at most; below a header is the padding of two cells."""
_RUNNING_LINES = 3
"""Lines of running text that show that what stands below a word is narrative: one or two cells may
be as wide."""
_LINES_SEEN = 12
"""Lines below a header that show whether a word heads a column: some rows."""
_ALIGNED = 0.25
"""Ems by which the middles of cells of one line differ at most."""
_ALIGNED_ROWS = 0.5
"""Share of the rows that have a cell of a column whose header is neither ruled nor bold; lines of
narrative fall beside rows by chance, about one in three."""
_ABOVE = 0.8
"""Ems above a header within which narrative beside the table would go on: more than its leading."""
_FOOTNOTE_GAP = 0.3
"""Ems between a label and its footnote mark at most."""
_NAMES = ("measure", "success_factor", "goal")
"""Fields that name rows: what stands below their label without a rule between is a row."""


def with_unknown_labels(page: Page, header: Header, taken: Iterable[Word] = ()) -> Header:
    """The header with the labels of unknown columns, and unknown words within known labels.

    ``taken`` are words of other headers on the page.
    """
    size = header.size
    _, top, _, bottom = header.bbox
    used = {id(word) for label in header.labels for word in label.words}
    used |= {id(word) for word in taken}
    reach = _REACH * size
    near = [word for word in page.words_at(top - reach, bottom + reach) if id(word) not in used]
    if not near:
        return header
    row = _HeaderRow.of(page, header)
    near = [word for word in near if row.holds(word)]
    if not near:
        return header
    seeds = [word for word in near if row.is_beside_labels(word)]
    drafts = [_Draft(label.field, list(label.words), known=label) for label in header.labels]
    for chain in row.chains(seeds):
        _add_seed(page, drafts, chain, row)
    seeded = {id(word) for word in seeds}
    _grow(page, drafts, [word for word in near if id(word) not in seeded], row)
    drafts = [d for d in drafts if d.known or _is_column(page, d, row)]
    others = sorted((d.label() for d in drafts if not d.known), key=lambda label: label.bbox[0])
    return replace(
        header,
        labels=tuple(d.label() for d in drafts if d.known),
        others=tuple(others),
    )


@dataclass
class _Draft:
    """A label that is being put together; ``known`` is what the layout knows of it."""

    field: str
    words: list[Word]
    known: Label | None = None

    @property
    def bbox(self) -> Bbox:
        return union(word.bbox for word in self.words)

    def label(self) -> Label:
        """The label; footnote marks on its words are none of its unknown words."""
        if self.known is not None and len(self.words) == len(self.known.words):
            return self.known
        known = self.known.words if self.known else ()
        added = self.words[len(known) :]
        unknown = tuple(w for w in added if not any(is_footnote(one, w) for one in self.words))
        words = tuple(word for line in lines_of(self.words) for word in line.words)
        return Label(self.field, self.bbox, words, unknown if self.known else ())


@dataclass(frozen=True)
class _HeaderRow:
    """The row of a header on the page: what bounds it, and the rulings between its cells."""

    header: Header
    box: Bbox
    """Box of the known labels."""
    edges: Span | None
    """Left and right end of its rulings or shading, if it has any."""
    top: float | None
    """The rule or the edge of shading above it."""
    bottom: float | None
    cuts: tuple[float, ...]
    """x of the vertical rulings within it."""
    limits: Span
    """Left and right of which no word is the table's."""

    @classmethod
    def of(cls, page: Page, header: Header) -> _HeaderRow:
        """The row of the header."""
        box = header.bbox
        reach = _REACH * header.size
        edges = ruled_edges(page, box, header.size)
        cuts = column_rules(page, header)
        if edges is not None:
            cuts = [x for x in cuts if edges[0] - _RULE_OFF <= x <= edges[1] + _RULE_OFF]
        elif len(cuts) > 1 and cuts[0] <= box[0] + _RULE_OFF and cuts[-1] >= box[2] - _RULE_OFF:
            edges = (cuts[0], cuts[-1])
        above = _rules(page, box, box[1] - reach, box[1] + _RULE_OFF)
        below = _rules(page, box, box[3] - _RULE_OFF, box[3] + reach)
        top, bottom = (above[-1] if above else None), (below[0] if below else None)
        if bottom is not None and _has_row_above(page, header, bottom):
            bottom = None
        ends = table_edges(page, box, header.size, from_header=True)
        return cls(header, box, edges, top, bottom, tuple(cuts), (ends.left, ends.right))

    @property
    def size(self) -> float:
        """The font size of its labels."""
        return self.header.size

    def is_alike(self, word: Word) -> bool:
        """Whether a word is set as the known labels are."""
        first = self.header.labels[0].words[0]
        return word.bold == first.bold and abs(word.size - first.size) <= _SAME_SIZE

    def holds(self, word: Word) -> bool:
        """Whether a word lies within the row's bounds, as far as it has any."""
        if self.top is not None and word.middle < self.top:
            return False
        if self.bottom is not None and word.middle > self.bottom:
            return False
        middle = (word.x0 + word.x1) / 2
        return self.edges is None or self.edges[0] - _EDGE <= middle <= self.edges[1] + _EDGE

    def is_beside_labels(self, word: Word) -> bool:
        """Whether a word stands at the height of the known labels."""
        shared = min(word.bottom, self.box[3]) - max(word.top, self.box[1])
        if shared < _BESIDE * (word.bottom - word.top):
            return False
        within = self.edges is not None or (word.x1 > self.box[0] and word.x0 < self.box[2])
        return within or self.is_alike(word)

    def chains(self, words: Iterable[Word]) -> Iterator[list[Word]]:
        """The words in groups that are a space apart and that no ruling parts, line by line."""
        for line in lines_of(words):
            for group in split_at_gaps(line):
                chain: list[Word] = []
                for word in group:
                    if chain and self.cell_of(chain[-1].bbox) != self.cell_of(word.bbox):
                        yield chain
                        chain = []
                    chain.append(word)
                yield chain

    def cell_of(self, box: Bbox) -> int:
        """The number of the ruled cell in which the middle of a box lies."""
        return sum(x < (box[0] + box[2]) / 2 for x in self.cuts)

    def share_cell(self, one: Bbox, other: Bbox) -> bool:
        """Whether two boxes stand in one cell that is ruled on both sides.

        The sides of the whole row are none: several known labels stand between them.
        """
        cell = self.cell_of(one)
        return 0 < cell < len(self.cuts) and cell == self.cell_of(other) and cell in self.single

    @cached_property
    def single(self) -> frozenset[int]:
        """The cells that hold one known label at most."""
        held = Counter(self.cell_of(label.bbox) for label in self.header.labels)
        return frozenset(n for n in range(len(self.cuts) + 1) if held[n] <= 1)


def _rules(page: Page, box: Bbox, top: float, bottom: float) -> list[float]:
    """Heights of rules between two heights that run over most of a box's width."""
    pieces = [
        rule
        for rule in page.horizontals
        if top <= rule.at <= bottom and rule.start < box[2] and rule.end > box[0]
    ]
    width = box[2] - box[0]
    return [
        height
        for height in clustered(rule.at for rule in pieces)
        if covered_length(
            (max(r.start, box[0]), min(r.end, box[2]))
            for r in pieces
            if abs(r.at - height) <= _RULE_OFF
        )
        >= _RULED * width
    ]


def _has_row_above(page: Page, header: Header, rule: float) -> bool:
    """Whether a rule closes the first row and not the header: a name stands above it."""
    _, _, _, bottom = header.bbox
    size = header.size
    if rule - bottom <= _FAR_RULE * size:
        return False
    names = [label.bbox for label in header.labels if label.field in _NAMES]
    return any(
        word.x1 > box[0] and word.x0 < box[2]
        for word in page.words_at(bottom, rule)
        for box in names
    )


def _overlap(one: Bbox, other: Bbox) -> float:
    """The share of the narrower box's width by which two boxes overlap sideways."""
    shared = min(one[2], other[2]) - max(one[0], other[0])
    return shared / max(min(one[2] - one[0], other[2] - other[0]), 0.1)


def _add_seed(page: Page, drafts: list[_Draft], chain: list[Word], row: _HeaderRow) -> None:
    """Add words of the row to the label of their cell, or begin a new one."""
    box = union(word.bbox for word in chain)
    for draft in drafts:
        same_cell = row.share_cell(draft.bbox, box)
        mark = draft.known is not None and any(is_footnote(w, chain[0]) for w in draft.words)
        beside = draft.known is not None and (
            touches(page, chain[0], draft.words) or touches(page, chain[-1], draft.words)
        )
        if same_cell or mark or beside or _overlap(draft.bbox, box) >= _OVERLAP:
            draft.words += chain
            return
    if any(char.isalnum() for word in chain for char in word.text):
        drafts.append(_Draft(UNKNOWN, list(chain)))


def _grow(page: Page, drafts: Sequence[_Draft], words: Sequence[Word], row: _HeaderRow) -> None:
    """Add the lines above and below the labels that go on them."""
    chains = list(row.chains(words))
    below = sorted(chains, key=lambda chain: chain[0].top)
    for chain in (*below, *sorted(below, key=lambda chain: -chain[0].bottom)):
        box = union(word.bbox for word in chain)
        onto = [draft for draft in drafts if _goes_on(page, draft, chain, box, row)]
        if len(onto) == 1 and not any(
            other is not onto[0] and _overlap(other.bbox, box) > 0 for other in drafts
        ):
            onto[0].words += [word for word in chain if word not in onto[0].words]


def _goes_on(page: Page, draft: _Draft, chain: Sequence[Word], box: Bbox, row: _HeaderRow) -> bool:
    """Whether words are the next line of a label, above or below it."""
    first = draft.words[0]
    _, top, _, bottom = draft.bbox
    if chain[0].bold != first.bold or abs(chain[0].size - first.size) > _SAME_SIZE:
        return False
    is_below = box[1] > top
    gap = box[1] - bottom if is_below else top - box[3]
    closed = (row.bottom if is_below else row.top) is not None
    most = _NEXT_LINE_BELOW if closed else _CELL_LEADING
    if not -_NEXT_LINE_ABOVE * first.size < gap < most * first.size:
        return False
    if not row.share_cell(draft.bbox, box) and _overlap(draft.bbox, box) < _OVERLAP:
        return False
    return closed or _is_header_line(page, draft, box, row, is_below=is_below)


def _is_header_line(
    page: Page, draft: _Draft, box: Bbox, row: _HeaderRow, *, is_below: bool
) -> bool:
    """Whether a line is the header's where no rule shows it: it is set alike and names no row."""
    line = page.words_at(box[1], box[3])
    if not all(row.is_alike(word) for word in line):
        return False
    first = min(label.bbox[0] for label in row.header.labels)
    if not is_below:
        return draft.known is None and draft.bbox[0] > first
    names = [label.bbox for label in row.header.labels if label.field in _NAMES]
    return not any(w.x1 > name[0] and w.x0 < name[2] for w in line for name in names)


def _is_column(page: Page, draft: _Draft, row: _HeaderRow) -> bool:
    """Whether words in the row head a column of the table and are no narrative beside it."""
    x0, top, x1, bottom = draft.bbox
    if row.edges is not None or (x1 > row.box[0] and x0 < row.box[2]):
        return True
    if x1 <= row.limits[0] or x0 >= row.limits[1]:
        return False
    text = "".join(word.text for word in draft.words)
    if text.isdecimal() and len(text) <= _PAGE_DIGITS:
        return False
    first = row.header.labels[0].words[0]
    below = lines_of(w for w in page.words if w.top > max(bottom, row.box[3]))[:_LINES_SEEN]
    under = [chain for line in below for chain in _under(line, draft.bbox, row)]
    running = sum(len(join_words(chain)) >= _RUNNING_TEXT for chain in under)
    if running >= _RUNNING_LINES:
        return False
    if first.bold:
        return True
    above = lines_of(page.words_at(top - _ABOVE * first.size - first.size, top))
    if any(list(_under(line, draft.bbox, row)) for line in above):
        return False
    if any(chain[0].top - bottom < _PARAGRAPH * first.size for chain in under):
        return False
    if len(lines_of(draft.words)) > _MOST_LINES:
        return False
    if not under:
        return False
    narrative = sum(len(join_words(chain)) >= _NARROW_TEXT for chain in under)
    return narrative < _RUNNING_LINES or _stands_beside_rows(below, under, row)


def _under(line: PageLine, box: Bbox, row: _HeaderRow) -> Iterator[list[Word]]:
    """The words of a line in the column that is headed by a label outside of the known ones."""
    for chain in split_at_gaps(line):
        left = box[2] <= row.box[0]
        beside = chain[-1].x1 <= row.box[0] + _EDGE if left else chain[0].x0 >= row.box[2] - _EDGE
        if beside and chain[-1].x1 > row.limits[0] and chain[0].x0 < row.limits[1]:
            yield chain


def _stands_beside_rows(
    below: Sequence[PageLine], under: Sequence[Sequence[Word]], row: _HeaderRow
) -> bool:
    """Whether there is a cell beside most rows of the table, at one height with them."""
    names = [label.bbox for label in row.header.labels if label.field in _NAMES]
    found = {id(word) for chain in under for word in chain}
    rows = beside = 0
    for line in below:
        known = [w for w in line.words if id(w) not in found and row.box[0] <= w.x1]
        cells = len(list(split_at_gaps(PageLine(tuple(known))))) if known else 0
        if cells < 2 or not any(w.x1 > b[0] and w.x0 < b[2] for w in known for b in names):
            continue
        rows += 1
        beside += any(
            id(w) in found and abs(w.middle - known[0].middle) < _ALIGNED * w.size
            for w in line.words
        )
    return rows > 0 and beside >= _ALIGNED_ROWS * rows
