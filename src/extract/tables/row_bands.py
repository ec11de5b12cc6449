"""Cuts the body of a table into measures and lines: by rulings, and where there are none, by space.

A band is the height of one measure; its lines are the sub-bands of women and men where the sex
column says so. All heights are points from the top of the page.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from styrmatt.extract.marks.find import Mark
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.extract.sections.heading_patterns import BOARDS_BEHIND
from styrmatt.extract.tables.columns import Columns, clustered
from styrmatt.geometry import Span, covered_length
from styrmatt.printed import Bbox

_CLOSED = (".", ")", ":", "!", "?")


@dataclass(frozen=True)
class TableBody:
    """What stands below a header and belongs to the table: its words by column, and mark boxes."""

    columns: Columns
    top: float
    bottom: float
    words: tuple[tuple[Word, ...], ...]
    """Words of each column."""
    marks: tuple[tuple[Mark, ...], ...]
    """Marks of each column."""

    def lines(self, field: str) -> list[PageLine]:
        """The text lines of a field's column."""
        if field not in self.columns.fields:
            return []
        return self.columns_of_lines[self.columns.fields.index(field)]

    @cached_property
    def columns_of_lines(self) -> list[list[PageLine]]:
        """The text lines of each column."""
        return [lines_of(words) for words in self.words]

    def mark_boxes(self, field: str) -> tuple[Bbox, ...]:
        """The marks of a field's column."""
        if field not in self.columns.fields:
            return ()
        return tuple(mark.bbox for mark in self.marks[self.columns.fields.index(field)])


def separators(page: Page, columns: Columns, column: int, top: float, bottom: float) -> list[float]:
    """Heights of the horizontal rulings that run under most of a column, between top and bottom."""
    x0, x1 = columns.bounds[column], columns.bounds[column + 1]
    pieces: dict[float, list[Span]] = {}
    heights = clustered(
        r.at
        for r in page.horizontals
        if top - 2 <= r.at <= bottom + 2 and r.end > x0 and r.start < x1
    )
    for ruling in page.horizontals if heights else ():
        if ruling.end > x0 and ruling.start < x1:
            near = [height for height in heights if abs(height - ruling.at) <= 3]
            if near:
                key = min(near, key=lambda height: abs(height - ruling.at))
                pieces.setdefault(key, []).append((max(ruling.start, x0), min(ruling.end, x1)))
    return [
        height for height in heights if covered_length(pieces.get(height, [])) >= 0.7 * (x1 - x0)
    ]


def split_at(top: float, bottom: float, cuts: Iterable[float]) -> list[Span]:
    """The spans between top, the cuts inside, and bottom; slivers thinner than 3 points dropped."""
    edges = [top, *(cut for cut in sorted(cuts) if top + 2 < cut < bottom - 2), bottom]
    return [(a, b) for a, b in pairwise(edges) if b - a > 3]


def measure_bands(page: Page, body: TableBody) -> list[Span]:
    """The height of each measure (or overview goal's factor) in the body, top to bottom."""
    main = "measure" if "measure" in body.columns.fields else "success_factor"
    column = body.columns.fields.index(main)
    cuts = separators(page, body.columns, column, body.top, body.bottom)
    bands = split_at(body.top, body.bottom, cuts)
    if main == "success_factor":
        return [
            part
            for band in bands
            for cell in split_by_space(body, band, main)
            for part in _split_at_boards(body, cell)
        ]
    if len(bands) > 1 and _drawn(page, cuts):
        return _with_names(bands, body)
    parts = [part for band in bands for part in split_by_space(body, band, main)]
    return _with_anchor(parts, body, main) if len(bands) > 1 else parts


def _with_names(bands: Sequence[Span], body: TableBody) -> list[Span]:
    """Drawn rows, a row that names no measure and has a sex joined to the row above."""
    out: list[Span] = []
    for band in bands:
        if out and _sexes(body, band) and not _holds(body, "measure", band):
            out[-1] = (out[-1][0], band[1])
        else:
            out.append(band)
    return out


def _split_at_boards(body: TableBody, band: Span) -> list[Span]:
    """A factor's name in an overview ends where its boards are named; the next line is another."""
    lines = [x for x in body.lines("success_factor") if band[0] <= x.middle_height <= band[1]]
    cuts = [
        (upper.bottom + lower.top) / 2
        for upper, lower in pairwise(lines)
        if BOARDS_BEHIND.search(upper.text)
    ]
    return split_at(band[0], band[1], cuts)


def _drawn(page: Page, cuts: Sequence[float]) -> bool:
    """Whether a line is drawn at any of the cuts; stripes of shading may hold several measures."""
    return any(
        r.orientation == "h" and not r.edge_of_fill and abs(r.at - cut) <= 3
        for r in page.rulings
        for cut in cuts[1:-1]
    )


def split_by_space(body: TableBody, band: Span, main: str) -> list[Span]:
    """Parts of a band that white space over the table's width tells apart.

    Cells merged over several measures bridge that space, so the goal's column is left out, and the
    success factor's where the parts are more without it.
    """
    merged = {"goal", "status", None} if main == "success_factor" else set()
    groups = _parts(body, band, main, merged)
    if main == "measure":
        without = _parts(body, band, main, {"success_factor"})
        groups = without if len(without) > len(groups) else groups
    cuts = [(a[1] + b[0]) / 2 for a, b in pairwise(groups)]
    spans = split_at(band[0], band[1], cuts)
    if main == "measure":
        return [part for span in spans for part in _split_at_anchors(body, span)]
    return spans


def _split_at_anchors(body: TableBody, span: Span) -> list[Span]:
    """Parts of a span whose measures have no space between them: each begins beside its board.

    Where no board is printed its mark tells. It takes cells that are aligned at their tops, and
    spans without lines for women and men, whose marks are several for one measure.
    """
    if _sexes(body, span):
        return [span]
    held = [x for x in body.lines("measure") if span[0] <= x.middle_height <= span[1]]
    tops = [x.top for x in body.lines("board") if span[0] <= x.middle_height <= span[1]]
    if "board" not in body.columns.fields:
        boxes = [b for b in body.mark_boxes("status") if span[0] <= (b[1] + b[3]) / 2 <= span[1]]
        tops = sorted(box[1] for box in boxes)
    if len(tops) < 2 or not held:
        return [span]
    beside = [min(held, key=lambda x: abs(x.top - top)) for top in tops]
    aligned = all(abs(x.top - top) < 0.7 * x.size for x, top in zip(beside, tops, strict=True))
    if not aligned or beside[0] is not held[0] or len({x.top for x in beside}) < len(beside):
        return [span]
    return split_at(span[0], span[1], [x.top - 0.5 for x in beside[1:]])


def _parts(body: TableBody, band: Span, main: str, leave_out: Container[str | None]) -> list[Span]:
    columns = [n for n, name in enumerate(body.columns.fields) if name not in leave_out]
    boxes = sorted(
        span
        for n in columns
        for span in [
            *map(_height, body.columns_of_lines[n]),
            *((m.bbox[1], m.bbox[3]) for m in body.marks[n]),
        ]
        if band[0] <= (span[0] + span[1]) / 2 <= band[1]
    )
    return _with_anchor(_groups(boxes, _widest_leading(body)), body, main)


def _height(line: PageLine) -> Span:
    """A line's height; that of a symbol is cut down, since symbol fonts are taller than text."""
    if any(map(str.isalnum, line.text)):
        return line.top, line.bottom
    half = 0.25 * min(line.size, line.bottom - line.top)
    return line.middle_height - half, line.middle_height + half


def _widest_leading(body: TableBody) -> float:
    """The gap between two lines of one cell; a wider gap parts two measures.

    It is the smallest gap between lines of the same column, where some cell has two lines at all:
    otherwise lines lie further apart than any typesetter's leading, and every gap parts.
    """
    gaps: list[float] = []
    going_on: list[float] = []
    size = 9.0
    for upper, lower in _neighbours(body):
        gaps.append(lower.top - upper.bottom)
        size = lower.size
        if goes_on(upper, lower):
            going_on.append(gaps[-1])
    close = going_on or [gap for gap in gaps if gap <= 0.5 * size]
    return min(close) + max(0.1 * size, 0.8) if close else 0.15 * size


def _neighbours(body: TableBody) -> Iterator[tuple[PageLine, PageLine]]:
    """Lines that stand one below the other in a column; those of symbols alone are left out."""
    for lines in body.columns_of_lines:
        yield from pairwise(x for x in lines if any(map(str.isalnum, x.text)))


def goes_on(upper: PageLine, lower: PageLine) -> bool:
    """Whether the lower line surely goes on the upper one: it begins with a small letter."""
    near = lower.top - upper.bottom < 1.2 * lower.size
    return near and lower.text[:1].islower() and not upper.text.endswith(_CLOSED)


def _groups(boxes: Sequence[Span], leading: float) -> list[Span]:
    groups: list[Span] = []
    for top, bottom in boxes:
        if groups and top - groups[-1][1] <= leading:
            groups[-1] = (groups[-1][0], max(groups[-1][1], bottom))
        else:
            groups.append((top, bottom))
    return groups


def _with_anchor(groups: list[Span], body: TableBody, main: str) -> list[Span]:
    """Groups of one measure each: a group without a name, or with nothing but a name, joins."""
    out: list[Span] = []
    sexes: set[str] = set()
    for group in groups:
        named = _holds(body, main, group)
        other = any(
            _holds(body, field, group) or _marked(body, field, group)
            for field in body.columns.fields
            if field not in (None, main, "success_factor", "goal")
        )
        alone = main == "measure" and not other
        own = _sexes(body, group)
        second_sex = (
            bool(own) and bool(sexes) and not own & sexes and not _holds(body, "board", group)
        )
        if second_sex and out and _text(body, main, group) == _text(body, main, out[-1]):
            second_sex = False  # the name is printed for each sex
        after_unnamed = bool(out) and not _holds(body, main, out[-1]) and not own & sexes
        if out and (not named or alone or second_sex or after_unnamed):
            out[-1] = (out[-1][0], group[1])
            sexes |= own
        else:
            out.append(group)
            sexes = own
    return out


def _text(body: TableBody, field: str, span: Span) -> str:
    return " ".join(
        x.text for x in body.lines(field) if span[0] - 1 <= x.middle_height <= span[1] + 1
    )


def _sexes(body: TableBody, span: Span) -> set[str]:
    lines = body.lines("sex")
    return {line.text for line in lines if span[0] - 1 <= line.middle_height <= span[1] + 1}


def _holds(body: TableBody, field: str | None, span: Span) -> bool:
    return field is not None and any(
        span[0] - 1 <= (line.top + line.bottom) / 2 <= span[1] + 1 for line in body.lines(field)
    )


def _marked(body: TableBody, field: str | None, span: Span) -> bool:
    return field is not None and any(
        span[0] - 1 <= (box[1] + box[3]) / 2 <= span[1] + 1 for box in body.mark_boxes(field)
    )


def goal_spans(page: Page, body: TableBody) -> list[Span]:
    """The height of each goal of an overview table: by rulings, else by the space between names."""
    column = body.columns.fields.index("goal")
    cuts = separators(page, body.columns, column, body.top, body.bottom)
    spans = split_at(body.top, body.bottom, cuts)
    if len(spans) > 1 and _drawn(page, cuts):
        return spans
    lines = body.lines("goal")
    gaps = [lower.top - upper.bottom for upper, lower in pairwise(lines)]
    if not gaps:
        return split_at(body.top, body.bottom, [])
    size = lines[0].size
    sure = [b.top - a.bottom for a, b in _neighbours(body) if goes_on(a, b)]
    close = min(sure, default=min(gaps))
    leading = close + 0.35 * size if sure or close <= 0.5 * size else 0.0
    starts = [
        lower.top - min(2.0, gap / 2)
        for gap, (upper, lower) in zip(gaps, pairwise(lines), strict=True)
        if gap > leading or BOARDS_BEHIND.search(upper.text)
    ]
    return split_at(body.top, body.bottom, starts)


def sex_bands(page: Page, body: TableBody, band: Span) -> list[Span]:
    """The height of each sex's line in a measure's band; the band itself where there is one."""
    marks = [line for line in body.lines("sex") if band[0] <= line.middle_height <= band[1]]
    if len(marks) < 2:
        return [band]
    column = body.columns.fields.index("sex")
    ruled = [
        y for y in separators(page, body.columns, column, *band) if band[0] + 2 < y < band[1] - 2
    ]
    cuts: list[float] = []
    targets = body.lines("target")
    for upper, lower in pairwise(marks):
        between = [y for y in ruled if upper.middle_height < y < lower.middle_height]
        if between:
            cuts.append(between[0])
        elif any(abs(line.top - lower.top) < 2 for line in targets):
            cuts.append(lower.top - 1)
        else:
            cuts.append((upper.bottom + lower.top) / 2)
    return split_at(band[0], band[1], cuts)
