"""Where decisions about a table's header, columns, rows and ends flip: one thing is varied.

Each row of FLIPS says in a sentence from where to where the answer is yes; the others are no.
Texts are of 10 points unless a row says otherwise, so that a tenth of an em is a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from flips import Flip
from paper import page

from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.model.page import Ruling
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.extract.tables import read_table as reading
from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry, TablePart
from styrmatt.extract.tables.columns import Columns, clustered, find_columns
from styrmatt.extract.tables.factor_cells import factors_in
from styrmatt.extract.tables.header_row import Header, Label, find_headers
from styrmatt.extract.tables.ignored_tables import IgnoredTable, find_ignored_tables
from styrmatt.extract.tables.rows.entry_bands import goal_spans, sex_bands
from styrmatt.extract.tables.rows.row_bands import (
    TableBody,
    continues_line,
    has_text,
    row_rules,
    split_at,
    split_by_space,
)
from styrmatt.extract.tables.table_end import TableVocabulary, body_bottom
from styrmatt.geometry import Span
from styrmatt.layout import Layout, LayoutColumn, LayoutTable
from styrmatt.layout_files import load_layouts

LAYOUT: Layout = next(x for x in load_layouts() if x.name == "styrmatt-med-namnd")
VOCABULARY = TableVocabulary(LAYOUT.words, LAYOUT.headings)
TABLE = LayoutTable(
    "measures", (LayoutColumn("measure", ("Antal",)), LayoutColumn("target", ("Mål",)))
)
TWO = Columns(("measure", "target"), (50, 200, 300), estimated=True, ruled=False)


def word(letters: str, x0: float, x1: float, top: float = 100, size: float = 10, **other) -> Word:
    """A word from x0 to x1; its box is as high as its font size, unless ``bottom`` is given."""
    bottom = other.pop("bottom", top + size)
    return Word(letters, x0, top, x1, bottom, size, **other)


def line(*words: Word) -> PageLine:
    return PageLine(words)


def across(*heights: float, x0: float = 50, x1: float = 300) -> list[Ruling]:
    return [Ruling("h", y, x0, x1) for y in heights]


def down(*xs: float, top: float = 100, bottom: float = 200) -> list[Ruling]:
    return [Ruling("v", x, top, bottom) for x in xs]


def header(*labels: Word, fields: Sequence[str] = ("measure", "target")) -> Header:
    made = [Label(field, x.bbox, (x,)) for field, x in zip(fields, labels, strict=True)]
    return Header(TABLE, tuple(made))


# --- header rows ----------------------------------------------------------------------------------


def is_header(*words: Word, first: str = "Antal") -> bool:
    """Whether a page with the words, and with "Mål" beside them, has the table's header."""
    columns = (LayoutColumn("measure", (first,)), LayoutColumn("target", ("Mål",)))
    return bool(
        find_headers(page([*words, word("Mål", 400, 420)]), [LayoutTable("measures", columns)])
    )


def has_label(first: Word, second: Word) -> bool:
    """Whether two words make up the label "Antal resor"."""
    return is_header(first, second, first="Antal resor")


def is_row(*words: Word) -> bool:
    """Whether the words make a header of the columns "Antal" and "Mål"."""
    return bool(find_headers(page(words), [TABLE]))


ANTAL = word("Antal", 50, 90)

HEADERS = {
    "a label is in 8 pieces at most": Flip(
        lambda n: is_header(
            *(
                word(letter, 50 + 5 * k, 55 + 5 * k)
                for k, letter in enumerate("abcdefghijklmnopqrstuvwxyz"[: n - 1] + "z")
            ),
            first="abcdefghijklmnopqrstuvwxyz"[: n - 1] + "z",
        ),
        range(1, 25),
        last=8,
    ),
    "labels of a row lie one em apart in height": Flip(
        lambda n: is_row(ANTAL, word("Mål", 200, 220, 110 + 10 * n)),
        (0.1, 0.3, 0.6, 0.9, 1.1, 1.5, 2.0, 3.0),
        last=0.9,
    ),
    "labels overlap sideways by a point": Flip(
        lambda n: is_row(ANTAL, word("Mål", 90 - n, 120, 111)),
        (0.2, 0.6, 0.9, 1.1, 1.5, 2.0, 3.0),
        last=0.9,
    ),
    "words on a line of a label differ by less than 0.4 ems in height": Flip(
        lambda n: has_label(ANTAL, word("resor", 93, 120, 100 + 10 * n)),
        (0.0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.9),
        last=0.3,
    ),
    "a word 0.6 ems from a label makes it a sentence": Flip(
        lambda n: is_row(ANTAL, word("och", 90 + 10 * n, 120), word("Mål", 300, 320)),
        (0.1, 0.2, 0.4, 0.5, 0.7, 0.8, 1.0, 1.5),
        first=0.7,
    ),
    "the next word of a label is less than 0.8 ems away": Flip(
        lambda n: has_label(ANTAL, word("resor", 90 + 10 * n, 130)),
        (0.1, 0.3, 0.5, 0.7, 0.85, 0.9, 1.2),
        last=0.7,
    ),
    "the next word of a label begins half a point before the end of the one before": Flip(
        lambda n: has_label(ANTAL, word("resor", 90 - n, 130)),
        (0.0, 0.1, 0.3, 0.4, 0.6, 0.7, 0.9, 1.5),
        last=0.4,
    ),
    "the next line of a label overlaps the one above by half an em": Flip(
        lambda n: has_label(ANTAL, word("resor", 50, 90, 110 - 10 * n)),
        (0.0, 0.1, 0.3, 0.4, 0.48, 0.52, 0.58),
        last=0.48,
    ),
    "the next line of a label is less than 0.9 ems below": Flip(
        lambda n: has_label(ANTAL, word("resor", 50, 90, 110 + 10 * n)),
        (0.0, 0.2, 0.5, 0.7, 0.85, 0.94, 1.2, 2.0),
        last=0.85,
    ),
    "the next line of a label begins less than a point right of the line above": Flip(
        lambda n: has_label(ANTAL, word("resor", 90 + n, 130, 112)),
        (0.0, 0.3, 0.6, 0.9, 1.1, 1.5, 2.0, 3.0),
        last=0.9,
    ),
    "fonts within a label differ by a point": Flip(
        lambda n: has_label(ANTAL, word("resor", 93, 130, size=10 + n, bottom=110)),
        (0.0, 0.3, 0.6, 0.9, 1.1, 1.5, 2.0, 3.0),
        last=0.9,
    ),
}


# --- columns --------------------------------------------------------------------------------------

MAL = word("Mål", 200, 230)


def columns(
    labels: Header, *below: PageLine, rulings: Sequence[Ruling] = (), others: Sequence[Word] = ()
) -> Columns:
    words = [w for label in labels.labels for w in label.words]
    words += [w for x in below for w in x.words]
    return find_columns(page([*words, *others], rulings), labels, below)


def cells(n: int, *places: tuple[float, float], letters: str = "ord") -> PageLine:
    """The n-th line below the header, with words at these places."""
    return line(*(word(letters, x0, x1, 100 + 15 * n) for x0, x1 in places))


def bound(*below: PageLine, rulings: Sequence[Ruling] = ()) -> float:
    """The bound between columns with labels from 50 to 90 and from 200 to 230."""
    return columns(header(ANTAL, MAL), *below, rulings=rulings).bounds[1]


def right_end(*rulings: Ruling) -> float:
    return columns(header(ANTAL, MAL), rulings=rulings).bounds[-1]


def is_ruled(*rulings: Ruling) -> bool:
    return columns(header(ANTAL, MAL), rulings=rulings).ruled


def bound_by_space(gap: float) -> bool:
    """Whether columns with flush cells so far apart are parted in the middle between them."""
    found = bound(cells(1, (50, 200 - gap)), cells(2, (200, 220)))
    return found == 200 - gap / 2


THREE = header(ANTAL, MAL, word("Utfall", 300, 330), fields=("measure", "target", "status"))


def is_centred(filler: int, apart: float = 0.0) -> bool:
    """Whether labels count as centred that have two cells left of them, which begin ``apart``,
    below lines that only the first column has: the cells are of the label to the right then.
    """
    lines = [cells(1 + n, (50, 90)) for n in range(filler)]
    lines += [cells(1 + filler + n, (170 + apart * n, 190), (300, 320)) for n in range(2)]
    return columns(THREE, *lines).bounds[1] < 170


def is_centred_first(indent: float) -> bool:
    """Whether labels count as centred of which the first is this far right of its cells."""
    labels = header(ANTAL, MAL, fields=("measure", "status"))
    row = line(word("ord", 50 - indent, 80, 115), word("12", 150, 160, 115))
    return columns(labels, row).bounds[1] > 160


COLUMNS = {
    "rulings up to 2.5 points apart are one": Flip(
        lambda n: len(clustered([100, 100 + n])) == 1,
        (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0),
        last=2.5,
    ),
    "a word crosses a bound by more than 1.5 points": Flip(
        lambda n: TWO.are_crossed_by(line(word("Resandet", 100, 200 + n))),
        (0.3, 0.7, 1.0, 1.4, 1.6, 2.0, 3.0, 4.0),
        first=1.6,
    ),
    "a space of less than 0.32 ems on a bound parts no cells": Flip(
        lambda n: TWO.are_crossed_by(
            line(word("Resandet", 100, 200 - 5 * n), word("ökar", 200 + 5 * n, 250))
        ),
        (0.1, 0.2, 0.3, 0.35, 0.4, 0.44, 0.5, 0.8),
        last=0.3,
    ),
    "pieces of a header's ruling lie 3 points apart": Flip(
        lambda n: (
            right_end(*across(95, x1=200), *across(95, x0=200 + n, x1=400)) == 400
            and columns(
                header(ANTAL, MAL), rulings=[*across(95, x1=200), *across(95, x0=200 + n, x1=400)]
            ).bounds[0]
            == 49
        ),
        (0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 9.0),
        last=3,
    ),
    "cells begin at a label that is up to 1.5 points left of them": Flip(
        lambda n: bound(cells(1, (50, 90), (200 + n, 220))) == 197.5,
        (0.0, 0.5, 1.0, 1.4, 1.6, 2.0, 3.0, 4.0),
        last=1.4,
    ),
    "cells begin at a label that is up to 2 points right of them": Flip(
        lambda n: bound(cells(1, (50, 90), (200, 220)), cells(2, (200 - n, 220))) == 197.5 - n,
        (0.5, 1.0, 1.5, 1.9, 2.1, 3.0, 4.0, 6.0),
        last=1.9,
    ),
    "cells on 2 lines begin less than a point apart": Flip(
        lambda n: is_centred(0, n), (0.0, 0.3, 0.6, 0.9, 1.1, 1.5, 2.0, 3.0), last=0.9
    ),
    "a ruling between columns lies up to 2 points within a label": Flip(
        lambda n: is_ruled(*down(90 - n, top=98, bottom=112)),
        (0.0, 0.5, 1.0, 1.5, 1.9, 2.1, 3.0, 4.0, 6.0),
        last=1.9,
    ),
    "columns less than 5 points apart are parted in the middle": Flip(
        bound_by_space, (1, 2, 3, 4, 6, 9, 12, 15), last=4
    ),
    "words overlap a column by more than half a point": Flip(
        lambda n: bound(cells(1, (170, 200 + n))) == (90 + 170) / 2,
        (0.1, 0.3, 0.4, 0.6, 0.7, 0.9, 1.5),
        first=0.6,
    ),
    "8 lines show that labels are centred": Flip(is_centred, range(24), last=6),
    "6 lines show that cells begin at their labels": Flip(
        lambda n: (
            bound(*(cells(1 + k, (50, 90)) for k in range(n)), cells(1 + n, (200, 220))) == 197.5
        ),
        range(20),
        last=5,
    ),
    "a label 8 points right of its cells is centred": Flip(
        is_centred_first, (1, 3, 4, 6, 7, 9, 12, 19, 25), first=9
    ),
    "a header's ruling is up to 2.5 ems away": Flip(
        lambda n: right_end(*across(100 - 10 * n, x1=400)) == 400,
        (0.5, 0.9, 1.5, 2.0, 2.4, 2.6, 4.0, 6.0, 7.0),
        last=2.4,
    ),
    "a table without rulings reaches 3 points left of its words": Flip(
        lambda n: columns(header(ANTAL, MAL)).bounds[0] <= 50 - n,
        (0.5, 1.0, 1.5, 2.5, 3.0, 3.5, 5.0, 7.0, 9.0),
        last=3,
    ),
    "a table without rulings reaches 12 points right of its words": Flip(
        lambda n: columns(header(ANTAL, MAL)).bounds[-1] >= 230 + n,
        (1, 3, 6, 9, 12, 13, 18, 25, 32),
        last=12,
    ),
    "a table reaches a point beyond its labels, and its ruling no less": Flip(
        lambda n: columns(header(ANTAL, MAL), rulings=across(95, x0=50 - n)).bounds[0] == 50 - n,
        (0.0, 0.3, 0.6, 0.9, 1.0, 1.5, 2.0, 3.0),
        first=1,
    ),
    "a ruling between labels covers half of their height": Flip(
        lambda n: is_ruled(*down(150, top=60, bottom=100 + 10 * n)),
        (0.1, 0.3, 0.4, 0.6, 0.7, 0.9, 1.0),
        first=0.6,
    ),
    "rulings begin up to 12 points below the labels": Flip(
        lambda n: is_ruled(*down(150, top=110 + n)), (1, 3, 6, 9, 11, 13, 18, 25, 32), last=11
    ),
    "a ruling below the labels is longer than 8 points": Flip(
        lambda n: is_ruled(*down(150, top=112, bottom=112 + n)),
        (1, 2, 4, 7, 9, 12, 19, 25),
        first=9,
    ),
}


# --- rows -----------------------------------------------------------------------------------------


def body(*lines: PageLine, marks: Sequence[Mark] = (), fields=("measure", "target")) -> TableBody:
    """A table from 0 to 400; words from 200 on are of the second column, marks too."""
    words = [w for x in lines for w in x.words]
    halves = tuple(w for w in words if w.x0 < 200), tuple(w for w in words if w.x0 >= 200)
    return TableBody(replace(TWO, fields=fields), 0, 400, halves, ((), tuple(marks)))


def row(top: float, first: str = "Antal", second: str = "Öka", **other) -> PageLine:
    """A line with a word in each column; an empty one is left out."""
    size = other.get("size", 10)
    high = other.get("high", size)
    places = ((first, 60, 100), (second, 210, 240))
    return line(*(word(t, a, b, top, size, bottom=top + high) for t, a, b in places if t))


def is_one_row(*lines: PageLine) -> bool:
    return len(split_by_space(body(*lines), (0, 400), "measure")) == 1


def steps(count: int) -> list[Ruling]:
    """A slanting rule under the first column, drawn in pieces that step 2 points down."""
    width = 150 / count
    return [Ruling("h", 100 + 2 * n, 50 + width * n, 50 + width * (n + 1)) for n in range(count)]


def ruled_at(*rulings: Ruling) -> list[float]:
    return row_rules(page([], rulings), TWO, 0, 80, 150)


def are_parted_at_boards(lower: float) -> bool:
    """Whether measures without space between are parted beside boards that are so much lower."""
    lines = [
        line(word(t, 60, 100, 100 + 20 * n, bottom=120 + 20 * n))
        for n, t in enumerate(("Antal", "besök", "Andel", "nöjda"))
    ]
    boards = [
        line(word("KN", 210, 220, 100 + 40 * n + lower, bottom=120 + 40 * n + lower))
        for n in (0, 1)
    ]
    between = body(*lines, *boards, fields=("measure", "board"))
    return len(split_by_space(between, (0, 400), "measure")) == 2


def parted_at_board() -> float:
    """How far above its first line a measure begins that is told by its board alone."""
    lines = [row(100, "Antal", "KN"), row(110, "besök", ""), row(120, "Andel", "RS")]
    bands = split_by_space(body(*lines, fields=("measure", "board")), (0, 400), "measure")
    return 120 - bands[1][0]


def is_bridged_by_symbol(apart: float) -> bool:
    """Whether a symbol in the middle between two lines makes them one row."""
    middle = 110 + apart / 2
    symbol = line(word("●", 210, 220, middle - 5))
    lines = [row(100, "Antal", ""), symbol, row(110 + apart, "Andel", "")]
    return (
        len(
            split_by_space(
                body(*lines, row(100, "", "Öka"), row(110 + apart, "", "80")), (0, 400), "measure"
            )
        )
        == 1
    )


def goals_parted(gap: float) -> bool:
    """Whether names of goals are parted by a gap so many ems wider than that of their lines."""
    lines = [row(100, "Ett öppet", ""), row(112, "län", ""), row(124 + 10 * gap, "God vård", "")]
    named = body(*lines, fields=("goal", "success_factor"))
    return len(goal_spans(page([]), named)) == 2


def goal_start(gap: float) -> float:
    """How far above its name a goal begins, so far below the name before, which ends in boards."""
    lines = [row(100, "län (RS)", ""), row(110 + gap, "God vård", "")]
    return 110 + gap - goal_spans(page([]), body(*lines, fields=("goal", "success_factor")))[1][0]


def sexes_part(lower: float) -> float:
    """How far above the men's line its band begins, where its target is so much lower."""
    lines = [row(100, "K", "Öka"), row(130, "M", ""), row(130 + lower, "", "80 %")]
    bands = sex_bands(page([]), body(*lines, fields=("sex", "target")), (0, 400))
    return 130 - bands[1][0]


NAMES = ("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnn", "oooooooooooooooooooooooooooooo")


def are_two_factors(misprints: int) -> bool:
    """Whether lines that have so many of a name's 30 letters wrong are a factor each."""
    lines = [name[misprints:] + "x" * misprints for name in NAMES]
    return len(factors_in(TableCell(lines, (0, 0, 1, 1), 1, 1), NAMES)) == 2


ROWS = {
    "a rule covers 70 % of a column": Flip(
        lambda n: bool(ruled_at(*across(100, x1=50 + 1.5 * n))),
        (10, 25, 35, 50, 65, 75, 85, 95),
        first=75,
    ),
    "pieces of a rule are up to 3 points off its middle": Flip(
        lambda n: bool(ruled_at(*steps(n))), range(1, 10), last=4
    ),
    "a rule up to 2 points within a band is the band's end": Flip(
        lambda n: split_at(100, 140, [100 + n, 120]) == [(100, 120), (120, 140)],
        (0.5, 1.0, 1.5, 2.0, 2.5, 4.0, 6.0),
        last=2,
    ),
    "rules more than 3 points apart have a row between": Flip(
        lambda n: len(split_at(100, 140, [120, 120 + n])) == 3,
        (0.5, 1.0, 1.5, 2.5, 3.5, 5.0, 7.0, 8.0),
        first=3.5,
    ),
    "a line of a band is up to a point outside": Flip(
        lambda n: has_text(body(row(145 + n)), "measure", (100, 150)),
        (0.2, 0.5, 0.9, 1.1, 1.5, 2.0, 3.0),
        last=0.9,
    ),
    "a measure's board is less than 0.7 ems lower": Flip(
        lambda n: are_parted_at_boards(10 * n), (0.0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.95), last=0.6
    ),
    "a measure begins half a point above its line": Flip(
        lambda n: parted_at_board() <= n, (0.1, 0.3, 0.4, 0.6, 0.7, 0.9), first=0.6
    ),
    "a symbol half an em high bridges 8 points": Flip(
        is_bridged_by_symbol, (6, 7, 7.5, 9, 10, 12, 15, 20), last=7.5
    ),
    "lines half an em apart are of one measure": Flip(
        lambda n: is_one_row(row(100), row(110 + 10 * n, "Andel")),
        (0.1, 0.3, 0.45, 0.55, 0.7, 0.9),
        last=0.45,
    ),
    "a gap of 0.1 ems more than that of lines parts measures": Flip(
        lambda n: is_one_row(
            row(100, size=20), row(122, "besök", "", size=20), row(144 + 20 * n, "Andel", size=20)
        ),
        (0.02, 0.05, 0.09, 0.12, 0.2, 0.3, 0.4),
        last=0.09,
    ),
    "a gap of 0.8 points more than that of lines parts measures in small print": Flip(
        lambda n: is_one_row(
            row(100, size=5), row(106, "besök", "", size=5), row(112 + n, "Andel", size=5)
        ),
        (0.1, 0.3, 0.4, 0.6, 0.7, 0.85, 0.9, 1.2),
        last=0.7,
    ),
    "a line up to 1.2 ems lower goes on the one above": Flip(
        lambda n: continues_line(row(100), row(110 + 10 * n, "besök")),
        (0.1, 0.4, 0.6, 0.9, 1.1, 1.3, 2.0, 2.9, 3.5),
        last=1.1,
    ),
    "goals are parted by 0.35 ems more than their lines": Flip(
        goals_parted, (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9), first=0.4
    ),
    "a goal begins in the middle of a gap of up to 4 points": Flip(
        lambda n: goal_start(n) == n / 2, (1, 1.5, 2, 3, 4, 5, 7, 9, 12), last=4
    ),
    "a target up to 2 points lower is on its sex's line": Flip(
        lambda n: sexes_part(n) == 1, (0.0, 0.5, 1.0, 1.5, 1.9, 2.1, 3.0, 4.0, 6.0), last=1.9
    ),
    "the men's line begins a point above": Flip(
        lambda n: sexes_part(0) <= n, (0.3, 0.6, 0.9, 1.0, 1.5, 2.0, 3.0), first=1
    ),
    "factors have 4 of 30 letters wrong": Flip(are_two_factors, range(16), last=4),
}


# --- where a table begins and ends ----------------------------------------------------------------


def end(*below: PageLine, rulings: Sequence[Ruling] = (), limit: float = 700) -> float:
    """Where a table ends that begins at 100."""
    words = [w for x in below for w in x.words]
    return body_bottom(page(words, rulings), TWO, 100, below, limit, VOCABULARY)


FIRST_LINE = line(word("Antal", 60, 90, 104), word("Öka", 210, 230, 104))
"""Ends at 114."""


def is_in_table(*words: Word) -> bool:
    """Whether the words are a line of the table below its first one."""
    return end(FIRST_LINE, line(*words)) > words[0].middle


def test_lines_of_a_larger_or_bolder_cell_end_no_table() -> None:
    """Cells of one column may be set in several faces; a heading stands out from all of them."""
    for more in ({"size": 12}, {"bold": True}):
        cell = line(word("Andel", 60, 90, 120, **more), word("Öka", 210, 230, 120))
        assert end(FIRST_LINE, cell, line(word("besök", 60, 90, 132, **more))) > 140
        assert end(FIRST_LINE, line(word("besök", 60, 90, 132, **more))) < 132


def ends_at(height: float, *, beside: float) -> bool:
    """Whether a line that begins at this height is part of a row whose rulings end at 150."""
    cut = line(word("Antal", 60, 90, height, bottom=height + 20))
    return end(cut, rulings=down(50, 200, 300, bottom=150)) > beside


ENDS = {
    "rulings that reach less than 6 points below the header are its own": Flip(
        lambda n: end(rulings=down(50, 200, 300, bottom=100 + n)) == 100 + n,
        (1, 2, 3, 5, 7, 9, 12, 16),
        first=7,
    ),
    "a table ends up to 6 points below its last line": Flip(
        lambda n: end(FIRST_LINE, limit=114 + n) == 114 + n, (1, 2, 3, 5, 7, 10, 14, 20), last=5
    ),
    "pieces of a ruling lie up to 4 points apart": Flip(
        lambda n: end(rulings=[*down(200, bottom=150), *down(200, top=150 + n, bottom=220)]) == 220,
        (0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 9.0, 12.0),
        last=3,
    ),
    "a ruling misses the bound of a column by up to 3 points": Flip(
        lambda n: end(rulings=down(200 + n)) == 200, (0, 1, 2, 2.5, 3.5, 5, 7, 8), last=2.5
    ),
    "a line whose middle is up to half an em above the end of the rulings is cut": Flip(
        lambda n: ends_at(140 - 10 * n, beside=152),
        (0.1, 0.25, 0.4, 0.6, 0.7, 0.9),
        last=0.4,
    ),
    "a line up to 0.4 ems below the end of the rulings is cut": Flip(
        lambda n: ends_at(150 + 10 * n, beside=160), (0.1, 0.2, 0.3, 0.5, 0.7, 0.9), last=0.3
    ),
    "a table's line begins up to 4 points left of it": Flip(
        lambda n: is_in_table(word("Andel", 50 - n, 90, 120)),
        (0, 1, 2, 3, 3.9, 4.1, 6, 8, 11),
        last=3.9,
    ),
    "a table's line ends up to 6 points right of it": Flip(
        lambda n: is_in_table(word("Andel", 270, 300 + n, 120)),
        (0, 1, 2, 4, 5.9, 6.1, 9, 13, 16),
        last=5.9,
    ),
    "a bold line of the first column ends up to 2 points right of it": Flip(
        lambda n: (
            not is_in_table(
                word("Andel", 60, 90, 120, bold=True), word("2", 199, 200 + n, 120, bold=True)
            )
        ),
        (0.5, 0.9, 1.5, 1.9, 2.1, 3, 4, 6),
        last=1.9,
    ),
    "a heading is more than 0.6 points larger than cells": Flip(
        lambda n: not is_in_table(word("Andel", 60, 90, 120, 10 + n)),
        (0.1, 0.3, 0.5, 0.7, 0.8, 1.0, 2.0),
        first=0.7,
    ),
    "a table ends half a point above a heading": Flip(
        lambda n: end(FIRST_LINE, line(word("Andel", 60, 90, 117, 14))) >= 117 - n,
        (0.1, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9),
        first=0.5,
    ),
}


def head_end(*rulings: Ruling) -> float:
    """How far below its labels a header ends."""
    labels = header(ANTAL, MAL)
    return round(reading._body_top(page([ANTAL, MAL], rulings), labels, TWO) - 110, 3)


def last_line_read(below: float) -> bool:
    """Whether a line is read that reaches so far below where the next table begins."""
    lines = [FIRST_LINE, line(word("Andel", 60, 90, 140), word("Öka", 210, 230, 140))]
    labels = header(replace_top(ANTAL, 88), replace_top(MAL, 88))
    words = [w for x in lines for w in x.words] + [w for x in labels.labels for w in x.words]
    table = reading.read_table(page(words), labels, lines, 150 - below, VOCABULARY)
    return any("Andel" in entry.text("measure") for entry in table.entries)


def replace_top(moved: Word, top: float) -> Word:
    return moved._replace(top=top, bottom=top + moved.size)


def overleaf(*lines: PageLine, rulings: Sequence[Ruling] = ()) -> TablePart | None:
    """What goes on, at the top of a page, of a table without rows."""
    before = TablePart("measures", TWO, 100, 800, 1, [], None, at_page_end=True)
    paper = page([w for x in lines for w in x.words], rulings, 2)
    return reading.read_continuation(paper, lines, before, 700, VOCABULARY)


TEXT_LINE = line(word("Antal", 60, 90, 60))
"""Could be text as well as a cell; the page's table begins at 58."""


def part_top(*lines: PageLine, rulings: Sequence[Ruling] = ()) -> float:
    found = overleaf(*lines, rulings=rulings)
    assert found is not None
    return found.top


def has_goal(below: float) -> bool:
    """Whether a factor has the goal beside it whose middle is so far above the factor."""
    names = body(row(105, "God vård", ""), fields=("goal", "success_factor"))
    paper = page([], across(100, 120, 400, x1=200))
    box = (0.0, 0.0, 1.0, 1.0)
    factor = TableEntry({}, [EntryLine({}, box, 1, 1)])
    reading._place_goals(paper, replace(names, top=100), [((110 + below, 300), factor)])
    return "goal" in factor.cells


def share_target(off: float) -> bool:
    """Whether women and men share a target where a rule under the sex alone is so far off."""
    both = body(
        row(100, "K", "Öka"), row(124, "", "80"), row(130, "M", ""), fields=("sex", "target")
    )
    paper = page([], across(120 + off, x1=200))
    return reading._merged(paper, both, "target", [(100, 120), (120, 150)])


PARTS = {
    "a word reaches up to a point over the edge of its table": Flip(
        last_line_read, (0.0, 0.3, 0.6, 0.9, 1.1, 1.5, 2.0, 3.0), last=0.9
    ),
    "a header's ruling is up to 1.7 ems below its labels": Flip(
        lambda n: head_end(*across(110 + 10 * n)) == round(10 * n, 3),
        (0.3, 0.6, 0.9, 1.2, 1.6, 1.8, 2.5, 3.6, 4.0),
        last=1.6,
    ),
    "a header's ruling is up to 1.5 points above the end of its labels": Flip(
        lambda n: head_end(*across(110 - n)) == -n, (0.3, 0.5, 1.0, 1.4, 1.6, 2.0, 2.5), last=1.4
    ),
    "a header without a ruling ends half a point below its labels": Flip(
        lambda n: head_end() <= n, (0.1, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9), first=0.5
    ),
    "a table overleaf begins 2 points above its first line": Flip(
        lambda n: part_top(FIRST_LINE) >= 104 - n, (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0), first=2
    ),
    "or with its rulings, if these begin up to 16 points above": Flip(
        lambda n: part_top(FIRST_LINE, rulings=down(50, 200, 300, top=102 - n)) == 102 - n,
        (1, 3, 6, 9, 12, 15, 17, 25, 35, 42),
        last=15,
    ),
    "rulings that begin up to 12 points below are those of a table": Flip(
        lambda n: overleaf(TEXT_LINE, rulings=down(50, 200, 300, top=58 + n)) is not None,
        (1, 3, 6, 9, 11, 13, 20, 28, 32),
        last=11,
    ),
    "rulings overleaf miss the columns by up to 3 points": Flip(
        lambda n: (
            overleaf(TEXT_LINE, rulings=[*down(50, 200 + n, 300, top=50, bottom=90)]) is not None
        ),
        (0, 1, 2, 2.5, 3.5, 5, 7, 8),
        last=2.5,
    ),
    "a line that begins less than 2 points within the first column is not of it": Flip(
        lambda n: overleaf(line(word("a", 200 - n, 201, 60))) is not None,
        (0.3, 0.7, 1.2, 1.9, 2.1, 3.0, 4.0, 6.0),
        last=1.9,
    ),
    "a line that ends more than 4 points right of the first column is not of it": Flip(
        lambda n: overleaf(line(word("a", 60, 90, 60), word("2", 199, 200 + n, 60))) is not None,
        (1, 1.5, 2, 3, 3.9, 4.1, 6, 8, 11),
        first=4.1,
    ),
    "a goal's middle is up to 2 points outside of its factor": Flip(
        has_goal, (0.0, 0.5, 1.0, 1.5, 1.9, 2.1, 3.0, 4.0, 6.0), last=1.9
    ),
    "a rule parts women and men up to 6 points off the middle between": Flip(
        share_target, (0, 1, 2, 3, 4, 5.5, 6.5, 9, 11, 13), last=5.5
    ),
}


# --- tables without measures ----------------------------------------------------------------------


def tables(words: Sequence[Word], rulings: Sequence[Ruling], *taken: Span) -> list[IgnoredTable]:
    paper = page(words, rulings)
    return find_ignored_tables(paper, paper.lines, taken)


def rows(*tops: float, gap: float = 40, x: float = 60) -> list[Word]:
    """Rows of two words."""
    return [
        made
        for top in tops
        for made in (word("Kostnad", x, x + 30, top), word("12", x + 30 + gap, x + 40 + gap, top))
    ]


def in_steps(count: int) -> float:
    """The right end of a table with a rule in pieces that step 2 points down, 50 to the right."""
    slanting = [Ruling("h", 100 + 2 * n, 50 + 50 * n, 150 + 50 * n) for n in range(count)]
    (table,) = tables(rows(125, 145), [*slanting, *across(140, 160, x1=150)])
    return table.bbox[2]


def is_wide_enough(width: float) -> bool:
    words = [
        made for top in (105, 125) for made in (word("a", 48, 53, top), word("1", 69, 72, top))
    ]
    return bool(tables(words, across(100, 120, 140, x1=50 + width)))


def is_parted_by(length: int) -> bool:
    """Whether a line of so many letters parts two tables."""
    between = word("n" * length, 60, 190, 145)
    return len(tables([*rows(105, 125, 165, 185), between], across(*range(100, 201, 20)))) == 2


def names_table(place: float) -> bool:
    """Whether a word so far to the right (a share of the width) is among those that name it."""
    words = [
        *rows(105, 145),
        *rows(125, gap=200),
        word("Bro", 50 + 250 * place, 60 + 250 * place, 125),
    ]
    (table,) = tables(words, across(100, 120, 140, 160))
    return "Bro" in table.text


def is_one_label(right: float) -> bool:
    """Whether a header's second line goes on the first, so far right of the first one's end."""
    label = [word("Kost", 60, 90, 103, 6), word("nader", 90 + right, 120, 111, 6)]
    (table,) = tables([*label, word("2", 200, 210, 103, 6), *rows(125)], across(100, 120, 140))
    return "Kostnader" in table.text


IGNORED = {
    "pieces of a table's rule are up to 3 points off its middle": Flip(
        lambda n: in_steps(n) == 100 + 50 * n, range(1, 10), last=4
    ),
    "rules of a table are up to 130 points apart": Flip(
        lambda n: bool(tables(rows(105, 105 + n), across(100, 100 + n, 100 + 2 * n))),
        (20, 40, 60, 100, 129, 131, 200, 300, 330),
        last=129,
    ),
    "a rule is longer than 40 points": Flip(
        is_wide_enough, (24, 30, 39, 41, 60, 90, 110), first=41
    ),
    "rules up to 6 points below a known table are its own": Flip(
        lambda n: tables(rows(105, 125), across(100, 120, 140), (0, 100 - n)) == [],
        (0, 1, 2, 3, 5, 7, 10, 14, 16),
        last=5,
    ),
    "45 letters are running text": Flip(is_parted_by, range(5, 130, 5), first=45),
    "words stick out by up to 3 points over the rules": Flip(
        lambda n: bool(tables(rows(105, 125, x=50 - n), across(100, 120, 140))),
        (0, 1, 2, 2.9, 3.1, 5, 7, 8),
        last=2.9,
    ),
    "a table has 2 rows": Flip(
        lambda n: bool(
            tables(rows(*range(105, 105 + 20 * n, 20)), across(*range(100, 101 + 20 * n, 20)))
        ),
        range(1, 9),
        first=2,
    ),
    "a table has 2 rows with columns": Flip(
        lambda n: bool(
            tables(
                [*rows(*range(105, 105 + 20 * n, 20)), *rows(225, 245, 265, gap=1)],
                across(*range(100, 101 + 20 * n, 20), 240, 260, 280),
            )
        ),
        range(0, 6),
        first=2,
    ),
    "words in the left 40 % name a table": Flip(
        names_table, (0.2, 0.3, 0.38, 0.42, 0.5, 0.6, 0.7, 0.8, 0.9), last=0.38
    ),
    "a gap of more than 1.5 ems parts columns": Flip(
        lambda n: bool(tables(rows(105, 125, gap=10 * n), across(100, 120, 140))),
        (0.3, 0.5, 0.7, 1.0, 1.4, 1.6, 2.0, 3.0, 4.0),
        first=1.6,
    ),
    "a label's second line begins up to a point right of the first": Flip(
        is_one_label, (-5, 0, 0.3, 0.6, 0.9, 1.1, 1.5, 2.0, 3.0), last=0.9
    ),
    "words reach up to 2 points over a ruling that parts them": Flip(
        lambda n: bool(
            tables(rows(105, 125, gap=3), [*across(100, 120, 140), *down(90 - n, bottom=140)])
        ),
        (0, 0.5, 1.0, 1.5, 1.9, 2.1, 3.0, 4.0, 6.0),
        last=1.9,
    ),
}


FLIPS = HEADERS | COLUMNS | ROWS | ENDS | PARTS | IGNORED


@pytest.mark.parametrize("what", FLIPS)
def test_a_decision_flips_where_it_is_said_to(what: str) -> None:
    FLIPS[what].check()
