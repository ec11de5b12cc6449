"""Finds the header rows on a page: lines whose cells say what a table's columns hold.

A header may be one line or several, with headings that span columns above others. Of all blocks of
adjacent lines around one that may be a header, the one whose cells are understood best is taken.
Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from styrmatt.extract.grid.headers.chains import chain_text, chains_of, ruled_cell
from styrmatt.extract.grid.headers.close_labels import with_close_labels
from styrmatt.extract.grid.headers.narrow_spans import Column, column_extent, narrow_spans
from styrmatt.extract.grid.headers.stretched_labels import with_stretched_labels
from styrmatt.extract.grid.headers.turned_labels import TurnedLabel, turned_labels
from styrmatt.extract.grid.headers.turned_spans import as_word, line_above
from styrmatt.extract.header_words import HeaderReading, HeaderWords
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, split_at_gaps
from styrmatt.geometry import Span, union
from styrmatt.printed import Bbox

_MOST_LINES = 5
"""Lines of the tallest header: a span, and labels that are broken into four lines."""
_LEADING = 1.1
"""Ems: a wider gap between two lines is no leading of a header; two header rows have padding."""
_ROW_GAP = 2.2
"""Ems between two rows of a header at most, if the upper one has several cells: their padding."""
_OVERLAP = 1.0
"""Points by which parts of one header cell overlap sideways at least: rounding makes less."""
_BETWEEN = 2.0
"""Points between a heading and the labels on both of its sides that it stands for."""
_NAMED, _MODIFIER, _UNKNOWN = 2.0, 1.2, -2.5
"""What a header cell counts that has a role, that only modifies one, and that is not understood."""
_IN_PART = 1.0
"""What a cell counts of which only the beginning is understood."""
_LINE_ABOVE, _LINE_BELOW = -0.15, 0.05
"""What each line above and below the first one that may be a header counts: where it adds nothing,
a line above is a heading of its own, and one below the rest of a broken label."""
_FEWEST_ROLES = 2
"""Cells with a role, or that modify one, that a header has at least."""
_TURNED_BELOW = 2.0
"""Points below the lowest turned label where upright labels beside it end."""
_NAMING = frozenset({"measure", "goal", "success_factor", "perspective", "board", "number"})
"""Roles of columns that name rows: a header with cells that are not understood has one."""
_FEWEST_WITHOUT_NAMES = 3
"""The same, in a header without a word for what its rows are: two such words stand in a row, too.
"""
_OTHER_SIZE = 1.0
"""Points by which the lines of one header may differ in font size."""


@dataclass(frozen=True)
class HeaderCell:
    """One header cell: its text with the headings that span it, and what that says."""

    text: str
    bbox: Bbox
    words: tuple[Word, ...]
    reading: HeaderReading


@dataclass(frozen=True)
class HeaderBlock:
    """The header of a table: its cells from left to right."""

    cells: tuple[HeaderCell, ...]
    lines: tuple[PageLine, ...]

    @property
    def bbox(self) -> Bbox:
        """The box around its cells and lines."""
        return union([*(c.bbox for c in self.cells), *(line.bbox for line in self.lines)])

    @property
    def size(self) -> float:
        """The font size of its first line, in points; of turned labels, their width."""
        if self.lines:
            return self.lines[0].size
        return min(cell.bbox[2] - cell.bbox[0] for cell in self.cells)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its cells."""
        return tuple(cell.text for cell in self.cells)

    @property
    def names_measures(self) -> bool:
        """Whether its first cell is surely for measures, and most others for what a table says.

        The labels of a card have the measure's own name above them.
        """
        first, *others = self.cells
        said = sum(cell.reading.says_something and cell.reading.whole for cell in others)
        return _names_measures(first.reading) and 2 * said > len(others) > 1


def find_header_blocks(
    page: Page, lines: Sequence[PageLine], words: HeaderWords
) -> list[HeaderBlock]:
    """The headers on a page, top to bottom; they do not overlap."""
    parted = [with_close_labels(chains_of(page, line), words) for line in lines]
    chains = with_stretched_labels(parted, words)
    found: list[tuple[int, int, HeaderBlock]] = []
    taken = -1
    for n in range(len(lines)):
        if n <= taken or not _is_seed(chains[n], words):
            continue
        best = _best_block(page, lines, chains, n, taken + 1, words)
        if best is not None:
            first, last, block = _with_measure_below(best, lines, chains, words)
            found.append((first, last, block))
            taken = last
    blocks = [block for _, _, block in found]
    for labels in turned_labels(page, words):
        turned = _turned_block(page, lines, labels, words)
        if turned is None:
            continue
        _, top, _, bottom = turned.bbox
        blocks = [b for b in blocks if b.bbox[3] <= top or b.bbox[1] >= bottom]
        blocks.append(turned)
    return sorted(blocks, key=lambda block: block.bbox[1])


def _turned_block(
    page: Page, lines: Sequence[PageLine], labels: Sequence[TurnedLabel], words: HeaderWords
) -> HeaderBlock | None:
    """The header of turned labels, with the upright ones beside them; None where it is none."""
    bottom = max(label.bbox[3] for label in labels)
    top = _ruling_above(page, labels)
    beside = [line for line in lines if top <= line.middle_height <= bottom + _TURNED_BELOW]
    upright_rows = [chains_of(page, line) for line in beside]
    cells = [HeaderCell(label.text, label.bbox, (), words.header(label.text)) for label in labels]
    if (over := line_above(page, lines, labels, top, words)) is not None:
        rows = [over.chains, [[as_word(label)] for label in labels]]
        spanned = header_cells(rows, words, partial(ruled_cell, page))
        if len(spanned) == len(labels):
            ordered_labels = sorted(labels, key=lambda label: label.bbox[0])
            pairs = zip(spanned, ordered_labels, strict=True)
            cells = [replace(cell, bbox=label.bbox, words=()) for cell, label in pairs]
            beside = [over.line, *beside]
    upright = header_cells(upright_rows, words) if upright_rows else ()
    cells += [c for c in upright if not any(_beside(c.bbox, x.bbox) for x in cells)]
    ordered = tuple(sorted(cells, key=lambda cell: cell.bbox[0]))
    return HeaderBlock(ordered, tuple(beside)) if _is_header(ordered) else None


def _ruling_above(page: Page, labels: Sequence[TurnedLabel]) -> float:
    """The height of the ruling over turned labels, else of the highest label.

    Labels stand at the bottom of their cells, and upright ones beside them at the top.
    """
    left, top, right, bottom = union(label.bbox for label in labels)
    reach = top - (bottom - top)
    above = [
        rule.at
        for rule in page.horizontals
        if reach <= rule.at <= top and min(rule.end, right) - max(rule.start, left) > _OVERLAP
    ]
    return max(above, default=top)


def _beside(one: Bbox, other: Bbox) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > _OVERLAP


def _is_seed(chains: Sequence[Sequence[Word]], words: HeaderWords) -> bool:
    """Whether a line may be part of a header: one of its cells has a role, and is not alone."""
    if len(chains) < 2:
        return False
    readings = [words.header(chain_text(chain)) for chain in chains]
    if any(map(_names_measures, readings)):
        hinted = sum(r.says_something or bool(words.hint(r.text)) for r in readings)
        return hinted * 2 >= len(readings)
    return any(r.roles or r.area or r.sex for r in readings) and sum(
        bool(r.says_something) for r in readings
    ) * 2 >= len(readings)


def _names_measures(reading: HeaderReading) -> bool:
    """Whether a header is surely one of measures: others beside it may be guessed."""
    return reading.whole and "measure" in reading.roles


def _with_hints(cells: tuple[HeaderCell, ...], words: HeaderWords) -> tuple[HeaderCell, ...]:
    """The cells with what unknown ones hint at, where one of them is known to name measures."""
    if not any(_names_measures(cell.reading) for cell in cells):
        return cells
    known = frozenset[str]().union(*(c.reading.roles for c in cells if c.reading.whole))
    out = []
    for cell in cells:
        hint = None if cell.reading.says_something else words.hint(cell.text)
        if hint is not None:  # what another column surely is, this one hardly is as well
            cell = replace(cell, reading=replace(hint, roles=hint.roles - known or hint.roles))
        out.append(cell)
    return tuple(out)


def _best_block(
    page: Page,
    lines: Sequence[PageLine],
    chains: Sequence[list[list[Word]]],
    seed: int,
    lowest: int,
    words: HeaderWords,
) -> tuple[int, int, HeaderBlock] | None:
    best: tuple[float, int, int, HeaderBlock] | None = None
    for first in range(seed, max(lowest, seed - _MOST_LINES + 1) - 1, -1):
        if first < seed and not _goes_on(lines[first], lines[first + 1]):
            break
        for last in range(seed, min(len(lines), first + _MOST_LINES)):
            if last > seed and not (
                _goes_on(lines[last - 1], lines[last]) and lines[last].bold == lines[seed].bold
            ):
                break
            if last > seed and len(chains[last]) == 1 and _is_ruled_off(page, lines, seed, last):
                break  # the first row, which names a goal
            cells = header_cells(chains[first : last + 1], words, partial(ruled_cell, page))
            cells = _with_hints(cells, words)
            alike = _are_labels(lines, chains, first, (seed, last))
            above = _LINE_BELOW if alike else _LINE_ABOVE
            score = _score(cells) + above * (seed - first) + _LINE_BELOW * (last - seed)
            if score > 0 and (best is None or score > best[0]):
                best = (score, first, last, HeaderBlock(cells, tuple(lines[first : last + 1])))
    if best is None or not _is_header(best[3].cells):
        return None
    return best[1], best[2], best[3]


def _are_labels(
    lines: Sequence[PageLine],
    chains: Sequence[list[list[Word]]],
    first: int,
    header: tuple[int, int],
) -> bool:
    """Whether lines above are set as the seed is, each of their cells above one of the header.

    ``header`` are the seed and the last line: cells of two lines may stand about those of one.
    """
    seed, last = header
    labels = [chain for n in range(seed, last + 1) for chain in chains[n]]
    return all(
        lines[n].bold == lines[seed].bold
        and abs(lines[n].size - lines[seed].size) < _OTHER_SIZE / 2
        and all(any(_overlap_chains(c, low) for low in labels) for c in chains[n])
        for n in range(first, seed)
    )


def _overlap_chains(one: Sequence[Word], other: Sequence[Word]) -> bool:
    return min(one[-1].x1, other[-1].x1) - max(one[0].x0, other[0].x0) > _OVERLAP


def _with_measure_below(
    found: tuple[int, int, HeaderBlock],
    lines: Sequence[PageLine],
    chains: Sequence[list[list[Word]]],
    words: HeaderWords,
) -> tuple[int, int, HeaderBlock]:
    """The header with a line below it that names the measures, where it names goals above them.

    Goals are rows over the whole width of such a table, and its header names both, one below the
    other.
    """
    first, last, block = found
    if last + 1 >= len(lines) or len(chains[last + 1]) != 1:
        return found
    chain = chains[last + 1][0]
    reading = words.header(chain_text(chain))
    top = block.cells[0]
    is_below = min(top.bbox[2], chain[-1].x1) - max(top.bbox[0], chain[0].x0) > _OVERLAP
    if not (reading.whole and reading.roles == {"measure"} and is_below):
        return found
    if "measure" in top.reading.roles or not top.reading.roles & {"goal", "success_factor"}:
        return found
    own = (*top.words, *chain)
    cell = HeaderCell(f"{top.text}\n{reading.text}", union(w.bbox for w in own), own, reading)
    return first, last + 1, HeaderBlock((cell, *block.cells[1:]), (*block.lines, lines[last + 1]))


def _goes_on(upper: PageLine, lower: PageLine) -> bool:
    """Whether a line may be the next one of a header."""
    size = max(upper.size, lower.size)
    alike = abs(upper.size - lower.size) <= _OTHER_SIZE
    several = len(list(split_at_gaps(upper))) > 1
    return alike and lower.top - upper.bottom <= (_ROW_GAP if several else _LEADING) * size


def _is_ruled_off(page: Page, lines: Sequence[PageLine], seed: int, last: int) -> bool:
    """Whether a line is parted from those above it by a ruling as wide as the header."""
    left, right = lines[seed].x0, lines[seed].x1
    return any(
        lines[last - 1].middle_height < rule.at < lines[last].middle_height
        and rule.start <= left + _OVERLAP
        and rule.end >= right - _OVERLAP
        for rule in page.horizontals
    )


def _score(cells: Sequence[HeaderCell]) -> float:
    """How well a header's cells are understood together."""
    total = 0.0
    for cell in cells:
        reading = cell.reading
        if reading.roles:
            total += _NAMED if reading.whole else _MODIFIER if reading.year else _IN_PART
        elif reading.whole and reading.says_something:
            total += _MODIFIER
        elif reading.whole:
            total += _MODIFIER / 2
        else:
            total += _UNKNOWN
    return total


def _is_header(cells: Sequence[HeaderCell]) -> bool:
    """Whether the cells can be a header: two have a role, or a year or sex to go with one."""
    first = cells[0]
    if not first.reading.whole and first.text[:1].islower():
        return False  # the rest of a name
    named = [cell for cell in cells if cell.reading.says_something]
    unknown = [n for n, cell in enumerate(cells) if not cell.reading.says_something]
    names = any(cell.reading.roles & _NAMING for cell in cells)
    if unknown and not names and unknown != [0]:
        return False  # cells of a row that hold words of headers
    fewest = _FEWEST_ROLES if names else _FEWEST_WITHOUT_NAMES
    return len(named) >= fewest and any(cell.reading.roles for cell in cells)


def header_cells(
    rows: Sequence[Sequence[Sequence[Word]]],
    words: HeaderWords,
    cell_of: Callable[[Sequence[Word]], Span | None] = lambda _: None,
) -> tuple[HeaderCell, ...]:
    """The cells of header lines, each line in chains of words, from left to right.

    Chains above each other are one cell; one above several chains of a line below spans them, and
    its words are part of each. ``cell_of`` gives the ruled cell of a chain, which shows what it
    spans, if there is one.
    """
    spans: list[tuple[int, Sequence[Word]]] = []
    between: list[set[int]] = []
    columns: list[Column] = []
    in_cells: set[int] = set()  # columns of which rulings show what stands over them
    for n in range(len(rows) - 1, -1, -1):
        for chain in rows[n]:
            under = [column for column in columns if _overlaps_column(chain, column)]
            sides = _in_cell(chain, n, columns, cell_of)
            in_cells |= {id(column) for column in sides}
            if not (sides or under):
                sides = _on_both_sides(chain, n, columns)
            under = sides or under
            beside = [column for column in under if any(m == n for m, _ in column)]
            if len(under) > 1 and not beside:
                spans.append((n, chain))
                between.append({id(column) for column in sides})
            elif under:
                under[0].append((n, chain))
            else:
                columns.append([(n, chain)])
    spanned = narrow_spans([c for c in columns if id(c) not in in_cells], spans, words)
    for ids, more in zip(spanned, between, strict=False):  # those that it finds come behind
        ids |= more
    cells = []
    for column in columns:
        own = [word for _, chain in sorted(column, key=lambda item: item[0]) for word in chain]
        x0, x1 = min(w.x0 for w in own), max(w.x1 for w in own)
        above = [
            chain
            for k, (n, chain) in sorted(enumerate(spans), key=lambda item: item[1][0])
            if (min(x1, chain[-1].x1) - max(x0, chain[0].x0) > _OVERLAP or id(column) in spanned[k])
            and n < min(m for m, _ in column)
        ]
        upper = "\n".join(map(chain_text, above))
        reading = (
            _spanned(upper, chain_text(own), words) if above else words.header(chain_text(own))
        )
        text = reading.text
        cells.append(HeaderCell(text, union(w.bbox for w in own), tuple(own), reading))
    return tuple(sorted(cells, key=lambda cell: cell.bbox[0]))


def _spanned(upper: str, lower: str, words: HeaderWords) -> HeaderReading:
    """What a label says below a heading that spans it and others.

    Where the heading's own role is that of both together, a label with another role says its own:
    a target below a heading for how targets are met.
    """
    text = f"{upper}\n{lower}"
    reading, own = words.header(text), words.header(lower)
    if not reading.whole and not own.whole:
        return HeaderReading(text)  # what spans it says nothing of a cell of its own
    of_heading = bool(reading.roles) and reading.roles == words.header(upper).roles
    if own.whole and own.roles and of_heading and not own.roles & reading.roles:
        return replace(own, text=text, year=own.year or reading.year)
    return reading


def _in_cell(
    chain: Sequence[Word],
    line: int,
    columns: Sequence[Column],
    cell_of: Callable[[Sequence[Word]], Span | None],
) -> list[Column]:
    """The columns below a heading's ruled cell, if it is as wide as several ruled cells below."""
    cell = cell_of(chain)
    if cell is None:
        return []
    inside = [
        column
        for column in columns
        if all(n > line for n, _ in column)
        and cell[0] <= column_extent(column)[0]
        and column_extent(column)[1] <= cell[1]
    ]
    own = [cell_of(column[0][1]) for column in inside]
    parted = len({one for one in own if one is not None and one != cell}) == len(inside)
    return inside if parted and len(inside) > 1 else []


def _on_both_sides(chain: Sequence[Word], line: int, columns: Sequence[Column]) -> list[Column]:
    """The two columns between whose labels a narrow heading over both stands.

    A column of its own would be as far from both as cells are.
    """
    x0, x1 = chain[0].x0, chain[-1].x1
    sides: tuple[list[Column], list[Column]] = ([], [])
    for column in columns:
        if all(n > line for n, _ in column):
            left, right = column_extent(column)
            if abs(right - x0) < _BETWEEN:
                sides[0].append(column)
            elif abs(left - x1) < _BETWEEN:
                sides[1].append(column)
    return [*sides[0], *sides[1]] if all(len(side) == 1 for side in sides) else []


def _overlaps_column(chain: Sequence[Word], column: Column) -> bool:
    x0 = min(part[0].x0 for _, part in column)
    x1 = max(part[-1].x1 for _, part in column)
    return min(x1, chain[-1].x1) - max(x0, chain[0].x0) > _OVERLAP
