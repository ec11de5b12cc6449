"""Finds the header rows on a page: lines whose cells say what a table's columns hold.

A header may be one line or several, with headings that span columns above others. Of all blocks of
adjacent lines around one that may be a header, the one whose cells are understood best is taken.
Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter

from styrmatt.extract.grid.headers.chains import chain_text, chains_of, ground_of, ruled_cell
from styrmatt.extract.grid.headers.close_labels import with_close_labels
from styrmatt.extract.grid.headers.header_cells import HeaderCell, header_cells
from styrmatt.extract.grid.headers.stretched_labels import with_stretched_labels
from styrmatt.extract.grid.headers.turned_labels import TurnedLabel, turned_labels
from styrmatt.extract.grid.headers.turned_spans import as_word, line_above
from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, split_at_gaps
from styrmatt.extract.tables.value_notes import value_note
from styrmatt.geometry import union
from styrmatt.layout import FIGURE_ROLES
from styrmatt.printed import Bbox

_MOST_LINES = 5
"""Lines of the tallest header: a span, and labels that are broken into four lines."""
_LEADING = 1.1
"""Ems: a wider gap between two lines is no leading of a header; two header rows have padding."""
_BROKEN_LEADING = 0.5
"""Ems between two lines of one label at most: rows of a table have padding."""
_ROW_GAP = 2.2
"""Ems between two rows of a header at most, if the upper one has several cells: their padding."""
_OVERLAP = 1.0
"""Points by which parts of one header cell overlap sideways at least: rounding makes less."""
_NAMED, _MODIFIER, _UNKNOWN = 2.0, 1.2, -2.5
"""What a header cell counts that has a role, that only modifies one, and that is not understood."""
_IN_PART = 1.0
"""What a cell counts of which only the beginning is understood."""
_SAYS_WHEN = 0.1
"""What it counts besides that a cell for figures says of what year, part of one or sex they are: a
line of years above two labels is worth more than it costs."""
_WHOLE_ROW = 1.2
"""What it counts besides that a header ends where a ruling parts its row from the table: more than
a label whose last words are not understood costs."""
_RULE_GAP = 3.0
"""Points between the parts of one ruling at most."""
_LINE_ABOVE, _LINE_BELOW = -0.15, 0.05
"""What each line above and below the first one that may be a header counts: where it adds nothing,
a line above is a heading of its own, and one below the rest of a broken label."""
_FEWEST_ROLES = 2
"""Cells with a role, or that modify one, that a header has at least."""
_TURNED_BELOW = 2.0
"""Points below the lowest turned label where upright labels beside it end."""
_NAMING = frozenset({"measure", "goal", "success_factor", "perspective", "board", "number"})
"""Roles of columns that name rows: a header with cells that are not understood has one."""
_TARGET_AND_RESULT = frozenset({"target", "result"})
"""What shows a header as well: both stand beside names of whatever kind."""
_FEWEST_WITHOUT_NAMES = 3
"""The same, in a header without a word for what its rows are: two such words stand in a row, too.
"""
_FIGURE = re.compile(r"[<>≤≥=+±–−-]{0,2}\s?\d[\d\s.,]*\s?%?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[\s–/-]+(?:19|20)?\d\d)*|\d\d?")
"""Years, or figures so short that they may count columns or be part of a date."""
_SENTENCE = 5
"""Words of the shortest sentence: labels with a full stop are shorter."""
_OTHER_SIZE = 1.0
"""Points by which the lines of one header may differ in font size."""


@dataclass(frozen=True)
class HeaderBlock:
    """The header of a table: its cells from left to right."""

    cells: tuple[HeaderCell, ...]
    lines: tuple[PageLine, ...]
    of_years: bool = False
    """Whether it is nothing but years, which name no rows: a goal's heading stands above it."""
    of_one: bool = False
    """Whether such a table is one of goals only if its rows are target and result of one measure:
    no goal's heading stands above, or a unit of money before the years."""
    unit: tuple[Word, ...] = ()
    """The unit that stands before such years."""

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
        for rule in page.horizontals_within(reach, top)
        if min(rule.end, right) - max(rule.start, left) > _OVERLAP
    ]
    return max(above, default=top)


def _beside(one: Bbox, other: Bbox) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > _OVERLAP


def _is_seed(chains: Sequence[Sequence[Word]], words: HeaderWords) -> bool:
    """Whether a line may be part of a header: one of its cells has a role, and is not alone."""
    if len(chains) < 2:
        return False
    readings = [words.header(chain_text(chain)) for chain in chains]
    if any(value_note(reading.text, words) for reading in readings):
        return False  # a row, with a value below its name
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
    row_end = _row_end(page, lines, seed)
    for first in range(seed, max(lowest, seed - _MOST_LINES + 1) - 1, -1):
        if first < seed and not (
            goes_on(lines[first], lines[first + 1])
            or _is_on_ground(page, lines[first], lines[first + 1])
        ):
            break
        if first < seed and any(map(_is_sentence, chains[first])):
            break
        for last in range(seed, min(len(lines), first + _MOST_LINES)):
            if last > seed and not (
                goes_on(lines[last - 1], lines[last]) and _is_set_as(lines[last], lines[seed])
            ):
                break
            if last > seed and any(map(_is_figure, chains[last])):
                break  # the first row
            if last > seed and len(chains[last]) == 1 and _is_ruled_off(page, lines, seed, last):
                break  # the first row, which names a goal
            if last > seed and _is_first_group(lines[first : last + 1], chains[last], words):
                break
            if last > seed and _leaves_ground(page, lines[seed], lines[last]):
                break
            cells = header_cells(chains[first : last + 1], words, partial(ruled_cell, page))
            cells = _with_hints(cells, words)
            alike = _are_labels(lines, chains, first, (seed, last))
            above = _LINE_BELOW if alike else _LINE_ABOVE
            score = _score(cells) + above * (seed - first) + _LINE_BELOW * (last - seed)
            rank = score + (_WHOLE_ROW if last == row_end else 0.0)
            if score > 0 and (best is None or rank > best[0]):
                best = (rank, first, last, HeaderBlock(cells, tuple(lines[first : last + 1])))
    if best is None:
        return None
    _, first, last, block = best
    highest = max(lowest, last - _MOST_LINES + 1)
    top = _top_of_labels(page, lines, chains, (first, last), highest)
    if top < first:
        cells = header_cells(chains[top : last + 1], words, partial(ruled_cell, page))
        block = HeaderBlock(_with_hints(cells, words), tuple(lines[top : last + 1]))
        if any(_names_measures(cell.reading) for cell in cells):
            return top, last, block  # whose table is told, where it cannot be read
    return (top, last, block) if _is_header(block.cells) else None


def _is_sentence(chain: Sequence[Word]) -> bool:
    """Whether words are a sentence of running text, and no label."""
    return len(chain) >= _SENTENCE and chain[-1].text.endswith((".", "!", "?"))


def _is_figure(chain: Sequence[Word]) -> bool:
    """Whether a cell is a figure and no year: no header has one."""
    text = " ".join(word.text for word in chain)
    return _FIGURE.fullmatch(text) is not None and _YEARS.fullmatch(text) is None


def _top_of_labels(
    page: Page,
    lines: Sequence[PageLine],
    chains: Sequence[list[list[Word]]],
    header: tuple[int, int],
    highest: int,
) -> int:
    """The first line of the labels that go on in a header, be their words known or not.

    Years below words that are not known are no years of results. ``header`` are its first and last
    line; between two lines of labels, those of one line may stand in the middle of their cells.
    """
    top, last = header
    while (
        top > highest
        and lines[top - 1].bold
        and len(chains[top - 1]) > 1
        and lines[top].top - lines[top - 1].bottom <= _BROKEN_LEADING * lines[top].size
        and _are_labels(lines, chains, top - 1, (top, _end_of_row(lines, top, last)))
        and not _is_ruled_off(page, lines, top, top)
    ):
        top -= 1
    return top


def _end_of_row(lines: Sequence[PageLine], top: int, last: int) -> int:
    """The last line of a header whose labels may begin in the line above its first one.

    That is the line itself, or the next one where the line above reaches below the first one's top.
    """
    interleaved = top < last and lines[top - 1].bottom > lines[top].top + _OVERLAP
    return top + 1 if interleaved else top


def _row_end(page: Page, lines: Sequence[PageLine], seed: int) -> int | None:
    """The last line of a seed's row, where that is not the seed: a ruling is right below it.

    The ruling is as wide as the seed, and may be drawn in parts, one below each cell.
    """
    left, right = lines[seed].x0 + _OVERLAP, lines[seed].x1 - _OVERLAP
    height = lines[seed].middle_height
    for last in range(seed + 1, min(len(lines), seed + _MOST_LINES)):
        above, height = height, lines[last].middle_height
        reach = left
        for rule in sorted(page.horizontals, key=attrgetter("start")):
            if above < rule.at < height and rule.start <= reach + _RULE_GAP:
                reach = max(reach, rule.end)
        if reach >= right:
            return last - 1 if last - 1 > seed else None
    return None


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


def goes_on(upper: PageLine, lower: PageLine) -> bool:
    """Whether a line may be the next one of a header."""
    size = max(upper.size, lower.size)
    alike = abs(upper.size - lower.size) <= _OTHER_SIZE
    several = len(list(split_at_gaps(upper))) > 1
    return alike and lower.top - upper.bottom <= (_ROW_GAP if several else _LEADING) * size


def _is_first_group(
    lines: Sequence[PageLine], chains: Sequence[list[Word]], words: HeaderWords
) -> bool:
    """Whether the last of some lines names the goal of the first rows, set as the header is.

    It has nothing but words that no header has, at the table's left end, and stands apart.
    """
    *above, line = lines
    at_left = line.x0 <= min(one.x0 for one in above) + _OVERLAP
    apart = line.top - max(one.bottom for one in above) > _BROKEN_LEADING * line.size
    if len(chains) > 1 or not at_left or not apart:
        return False
    return not words.header(chain_text(chains[0])).says_something


def _is_on_ground(page: Page, upper: PageLine, lower: PageLine) -> bool:
    """Whether two lines stand on one coloured ground, as near as two rows of a header."""
    above, below = (ground_of(page, line.words[0]) for line in (upper, lower))
    if above is None or above != below or lch(above).white:
        return False
    return lower.top - upper.bottom <= _ROW_GAP * max(upper.size, lower.size)


def _is_set_as(line: PageLine, seed: PageLine) -> bool:
    """Whether a line is as bold as the seed, of which some words may be lighter: the years."""
    return line.bold == seed.bold or (line.bold and any(word.bold for word in seed.words))


def _leaves_ground(page: Page, seed: PageLine, line: PageLine) -> bool:
    """Whether a line has no ground behind it, while the header above it is on a coloured one."""
    above, below = (ground_of(page, one.words[0]) for one in (seed, line))
    return above is not None and not lch(above).white and (below is None or lch(below).white)


def _is_ruled_off(page: Page, lines: Sequence[PageLine], seed: int, last: int) -> bool:
    """Whether a line is parted from those above it by a ruling as wide as the header."""
    left, right = lines[seed].x0, lines[seed].x1
    high, low = lines[last - 1].middle_height, lines[last].middle_height
    return any(
        high < rule.at < low and rule.start <= left + _OVERLAP and rule.end >= right - _OVERLAP
        for rule in page.horizontals_within(high, low)
    )


def _score(cells: Sequence[HeaderCell]) -> float:
    """How well a header's cells are understood together."""
    total = 0.0
    for cell in cells:
        reading = cell.reading
        if reading.roles:
            total += _NAMED if reading.whole else _MODIFIER if reading.year else _IN_PART
            of_figures = not reading.roles.isdisjoint(FIGURE_ROLES)
            says_when = reading.year or reading.period or reading.sex
            total += _SAYS_WHEN if of_figures and says_when else 0.0
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
    others = any(cell.text[:1].isupper() for cell in cells[1:])
    names_rows = first.reading.whole and not first.reading.roles.isdisjoint(_NAMING)
    if first.text[:1].islower() and (not first.reading.whole or (others and not names_rows)):
        return False  # the rest of a name
    named = [cell for cell in cells if cell.reading.says_something]
    unknown = [n for n, cell in enumerate(cells) if not cell.reading.says_something]
    names = any(cell.reading.roles & _NAMING for cell in cells)
    if unknown and not names and unknown != [0]:
        return False  # cells of a row that hold words of headers
    sure = frozenset().union(*(c.reading.roles for c in cells if c.reading.whole))
    names = names or sure >= _TARGET_AND_RESULT
    fewest = _FEWEST_ROLES if names else _FEWEST_WITHOUT_NAMES
    return len(named) >= fewest and any(cell.reading.roles for cell in cells)
