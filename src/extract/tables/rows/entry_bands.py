"""The bands of a table's entries: of its measures, of an overview's goals and factors, of sexes.

Rulings are used where they are drawn, and the space between cells where they are not. Heights are
in points from the top of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from styrmatt.extract.model.page import Page
from styrmatt.extract.sections.heading_patterns import BOARDS_BEHIND
from styrmatt.extract.tables.rows.missing_rules import missing_rules
from styrmatt.extract.tables.rows.row_bands import (
    BEYOND_BAND,
    WIDEST_LEADING,
    TableBody,
    continues_line,
    has_drawn_rule,
    has_text,
    line_pairs,
    merge_unnamed_bands,
    row_rules,
    sexes_in,
    split_at,
    split_by_space,
)
from styrmatt.geometry import Span

_GOAL_LEADING_SLACK = 0.35
"""Ems by which leading within a goal's name differs. More than for measures: goals are set larger,
and the gap between two goals is that of the factors beside them, several lines."""
_ABOVE_GOAL = 2.0
"""Points above a goal's first line where it begins, or half of the gap above."""
_ONE_LINE = 2.0
"""Points by which the tops of a target and a sex differ at most if they stand on one line."""
_ABOVE_SEX = 1.0
"""Points above a sex's line where its band begins, if its target stands on the same line."""


def measure_bands(page: Page, body: TableBody) -> list[Span]:
    """The height of each measure (or overview goal's factor) in the body, top to bottom."""
    main = "measure" if "measure" in body.columns.fields else "success_factor"
    column = body.columns.fields.index(main)
    cuts = row_rules(page, body.columns, column, body.top, body.bottom)
    bands = split_at(body.top, body.bottom, cuts)
    if main == "success_factor":
        return [
            part
            for band in bands
            for cell in split_by_space(body, band, main)
            for part in _split_at_boards(body, cell)
        ]
    if len(bands) > 1 and has_drawn_rule(page, cuts):
        if more := missing_rules(page, body, cuts):
            bands = split_at(body.top, body.bottom, [*cuts, *more])
        return _merge_unnamed_rows(bands, body)
    parts = [part for band in bands for part in split_by_space(body, band, main)]
    return merge_unnamed_bands(parts, body, main) if len(bands) > 1 else parts


def _merge_unnamed_rows(bands: Sequence[Span], body: TableBody) -> list[Span]:
    """Drawn rows; one that names no measure and has a sex belongs to the row above."""
    out: list[Span] = []
    for band in bands:
        if out and sexes_in(body, band) and not has_text(body, "measure", band):
            out[-1] = (out[-1][0], band[1])
        else:
            out.append(band)
    return out


def _split_at_boards(body: TableBody, band: Span) -> list[Span]:
    """A band of an overview, cut behind each line that ends in boards, as names of factors do."""
    lines = [x for x in body.lines("success_factor") if band[0] <= x.middle_height <= band[1]]
    cuts = [
        (upper.bottom + lower.top) / 2
        for upper, lower in pairwise(lines)
        if BOARDS_BEHIND.search(upper.text)
    ]
    return split_at(band[0], band[1], cuts)


def goal_spans(page: Page, body: TableBody) -> list[Span]:
    """The height of each goal of an overview table: by rulings, else by the space between names."""
    column = body.columns.fields.index("goal")
    cuts = row_rules(page, body.columns, column, body.top, body.bottom)
    spans = split_at(body.top, body.bottom, cuts)
    if len(spans) > 1 and has_drawn_rule(page, cuts):
        return spans
    lines = body.lines("goal")
    gaps = [lower.top - upper.bottom for upper, lower in pairwise(lines)]
    if not gaps:
        return split_at(body.top, body.bottom, [])
    size = lines[0].size
    sure = [b.top - a.bottom for a, b in line_pairs(body) if continues_line(a, b)]
    close = min(sure, default=min(gaps))
    has_leading = bool(sure) or close <= WIDEST_LEADING * size
    leading = close + _GOAL_LEADING_SLACK * size if has_leading else 0.0
    starts = [
        lower.top - min(_ABOVE_GOAL, gap / 2)
        for gap, (upper, lower) in zip(gaps, pairwise(lines), strict=True)
        if gap > leading or BOARDS_BEHIND.search(upper.text)
    ]
    return split_at(body.top, body.bottom, starts)


def sex_bands(page: Page, body: TableBody, band: Span) -> list[Span]:
    """The height of each sex's line in a measure's band; the band itself where there is one."""
    sexes = [line for line in body.lines("sex") if band[0] <= line.middle_height <= band[1]]
    if len(sexes) < 2:
        return [band]
    column = body.columns.fields.index("sex")
    ruled = [
        y
        for y in row_rules(page, body.columns, column, *band)
        if band[0] + BEYOND_BAND < y < band[1] - BEYOND_BAND
    ]
    cuts: list[float] = []
    targets = body.lines("target")
    for upper, lower in pairwise(sexes):
        between = [y for y in ruled if upper.middle_height < y < lower.middle_height]
        if between:
            cuts.append(between[0])
        elif any(abs(line.top - lower.top) < _ONE_LINE for line in targets):
            cuts.append(lower.top - _ABOVE_SEX)
        else:
            cuts.append((upper.bottom + lower.top) / 2)
    return split_at(band[0], band[1], cuts)
