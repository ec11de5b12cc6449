"""Where the decisions about a plain text flip: one thing varied, everything else left alone.

Each row of FLIPS says in a sentence from where to where the answer is yes; the others are no.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from flips import Flip

from styrmatt.errors import UnreadableSourceError
from styrmatt.extract.text import overview, tables, text_report
from styrmatt.extract.text.cut.best_path import CellSpan, CutRow, Segmentation, segment
from styrmatt.extract.text.cut.break_scores import TextStatistics
from styrmatt.extract.text.cut.cell_scores import TableScores
from styrmatt.extract.text.cut.cell_words import CellLexicon, TextWord, read_words
from styrmatt.extract.text.cut.learned_widths import column_widths, learn_statistics
from styrmatt.extract.text.header_row import find_headers, find_unknown_headers
from styrmatt.extract.text.headings import find_lead_ins, find_names, find_perspectives
from styrmatt.extract.text.ignored_tables import find_ignored_tables
from styrmatt.extract.text.lines import TextLines, decode, read_lines
from styrmatt.extract.text.overview import read_overview
from styrmatt.extract.text.rows import rows_of
from styrmatt.extract.text.sections import read_sections
from styrmatt.extract.text.table_regions import (
    TableRegion,
    find_regions,
    known_boards,
    leading_codes,
)
from styrmatt.extract.text.tables import TextRow, TextTable, read_tables
from styrmatt.layout import Layout
from styrmatt.layout_files import load_layouts
from styrmatt.printed import Cell, Location, OverviewGoal
from styrmatt.whitespace import squeeze

BOARDS: Layout = next(x for x in load_layouts() if x.name == "styrmatt-med-namnd")
FACTORS: Layout = next(x for x in load_layouts() if x.name == "framgangsfaktor-i-tabell")
WORDS = BOARDS.words
WIDTH = 80
"""Characters of a full line in all texts here."""
FULL = "En full rad med löpande text, lika lång som de allra flesta andra på sidan, och" + " i"
HEADER = "Styrmått Nämnd K/M Mål Måluppfyllelse Trend\n"
OVERVIEW = "Strategiskt mål Måluppfyllelse Framgångsfaktor\n"
LETTERS = "abcdefghijklmnopqrstuvwyåäö"
NAME = "Bussar och båtar som går i tid hela vägen till havet"


def text_of(text: str, **measured: Any) -> TextLines:
    return replace(read_lines(text, WORDS.running), **{"text_width": WIDTH, **measured})


def line_of(length: int, start: str = "", end: str = "", letter: str = "n") -> str:
    """A line of ``length`` characters in words."""
    between = length - len(start) - len(end)
    filler = (f"{letter * 7} " * length)[: max(0, between)]
    return f"{start}{filler[:-1]}{letter if filler else ''}{end}"


def in_pieces(text: str, count: int, between: str) -> str:
    """A text in ``count`` pieces of about the same length."""
    ends = [round(n * len(text) / count) for n in range(count + 1)]
    return between.join(text[a:b].strip() for a, b in pairwise(ends))


def misprinted(name: str, count: int, start: int = 0) -> str:
    """A name with ``count`` of its letters replaced, from letter ``start`` on."""
    letters = [n for n, letter in enumerate(name) if letter.isalpha() and n >= start][::2][:count]
    return "".join("x" if n in letters else letter for n, letter in enumerate(name))


# --- the cutter -----------------------------------------------------------------------------------


def scores_of(text: str, **statistics: Any) -> TableScores:
    lines = read_lines(text, WORDS.running).lines
    measured = TextStatistics(**{"text_width": 80.0, "blank_lines_separate": False, **statistics})
    lexicon = CellLexicon(WORDS, frozenset({"TN"}), (NAME,))
    columns = ("success_factor", "measure", "board", "sex", "target", "status", "trend")
    return TableScores(lines, read_words(lines), lexicon, measured, columns=columns)


def is_one_cell(field: str, text: str) -> bool:
    """Whether the whole text may be one cell."""
    scores = scores_of(text, text_width=10_000.0)
    return max(end for end, _ in scores.spans(field, 0)) == scores.word_count


def points_of(field: str, text: str, **statistics: Any) -> float:
    """Points of the longest cell."""
    return scores_of(text, **statistics).spans(field, 0)[-1][1]


def empty_points(field: str, share: float | None) -> float:
    """Points of an empty cell in a column of which this share is empty."""
    return scores_of("", empty_share={} if share is None else {field: share}).spans(field, 0)[0][1]


def has_other_cut(points: float) -> bool:
    """Whether a row is unsure because of a cut that is worse by ``points``."""
    spans = {("measure", 0): [(1, 0.0), (2, -points)], ("target", 1): [(2, 0.0)]}
    scorer = SimpleNamespace(
        word_count=2,
        spans=lambda field, at, **_: spans.get((field, at), [(2, 0.0)] if at == 2 else []),
        table_end=lambda at: 0.0 if at == 2 else -math.inf,
        opens_page=lambda at: False,
        opens_line=lambda at: False,
    )
    found = segment(("measure", "target"), scorer)  # type: ignore[arg-type]
    assert found is not None
    return found.rows[0].margin < math.inf


def cell_of(*lines: str) -> tuple[tuple[TextWord, ...], list[CutRow]]:
    """A table of one cell with these lines."""
    words = read_words(text_of("\n".join(lines)).lines)
    return words, [CutRow((CellSpan("measure", 0, len(words)),), False, 9.0)]


def is_wide(wide: int) -> bool:
    """Whether a column counts as wide in which so many of 20 lines are."""
    lines = ["nnnnnnnnnn"] * wide + ["nnn"] * (20 - wide)
    return column_widths([cell_of(*lines, "end")])["measure"] == 10


def learns_line_starts(cells: int) -> bool:
    statistics = TextStatistics(80.0, False)
    cuts = [cell_of("Antal")] * cells
    return "measure" in learn_statistics(statistics, cuts, CellLexicon(WORDS)).line_start_share


STATUS_WORDS = ["", "Klart", "Delvis uppnått", "Målet är uppnått", "Till stor del uppnått"]

CUTTER = {
    "a cut that is worse by more than 8 points is no alternative": Flip(
        has_other_cut, [1, 4, 7.5, 8, 8.5, 10, 15, 25], last=8
    ),
    "a name has at most 60 words": Flip(
        lambda n: is_one_cell("measure", "Ny " + "i " * (n - 1)), [20, 30, 60, 61, 100], last=60
    ),
    "a factor has at most 40 words": Flip(
        lambda n: is_one_cell("success_factor", "Ny " + "i " * (n - 1)), [10, 30, 40, 41], last=40
    ),
    "a target has at most 40 words": Flip(
        lambda n: is_one_cell("target", "Ny " + "i " * (n - 1)), [10, 30, 40, 41, 60], last=40
    ),
    "a cell of boards has at most 4 words": Flip(
        lambda n: is_one_cell("board", "TN, " * n), range(1, 9), last=4
    ),
    "a status is broken into at most 4 words": Flip(
        lambda n: is_one_cell("status", in_pieces("Uppfyllt", n, " ")),
        range(1, 8),
        last=4,
    ),
    "a trend is broken into at most 4 words": Flip(
        lambda n: is_one_cell("trend", in_pieces("Oförändrad", n, " ")), range(1, 8), last=4
    ),
    "below 4 % of rows without a factor each row has one": Flip(
        lambda percent: (
            empty_points("success_factor", percent / 100) < empty_points("success_factor", None)
        ),
        range(1, 30),
        last=3,
    ),
    "from 15 % of rows without a factor its cells are merged": Flip(
        lambda percent: (
            empty_points("success_factor", percent / 100) > empty_points("success_factor", None)
        ),
        range(1, 60),
        first=15,
    ),
    "below 25 % of rows without a board each row has one": Flip(
        lambda percent: empty_points("board", percent / 100) < empty_points("board", None),
        range(1, 100, 2),
        last=24,
    ),
    "a status of one or two words is no name": Flip(
        lambda n: points_of("measure", STATUS_WORDS[n]) < 0, range(1, 5), last=2
    ),
    "a next word has room where nine tenths of its column hold both, 9.2 letters": Flip(
        lambda tenths: (
            points_of("measure", "Antal\nTurer", column_widths={"measure": tenths / 10})
            == points_of("measure", "Antal\nTurer", column_widths={"measure": 20})
        ),
        range(80, 130),
        first=103,
    ),
    "a lead-in may have one misprint": Flip(
        lambda n: CellLexicon(WORDS).is_kind_lead(misprinted("Aktiviteter:", n, 2)),
        range(5),
        last=1,
    ),
    "a name of 20 letters is compared with words that have up to 5 fewer": Flip(
        lambda n: (
            CellLexicon(WORDS, factors=(LETTERS[:20],)).likeness_to_factor(LETTERS[: 20 - n]) > 0
        ),
        range(16),
        last=5,
    ),
    "a name is compared with words that differ from the fourth letter on": Flip(
        lambda n: (
            CellLexicon(WORDS, factors=(LETTERS,)).likeness_to_factor(misprinted(LETTERS, 1, n - 1))
            > 0
        ),
        range(1, 13),
        first=4,
    ),
    "a column is as wide as the second widest of 20 lines": Flip(is_wide, range(1, 20), first=2),
    "a share of cells is learned from 8 of them": Flip(learns_line_starts, range(1, 25), first=8),
}


# --- headers and headings -------------------------------------------------------------------------


def is_header(printed: str) -> bool:
    """Whether all of this is one header."""
    found = find_headers(text_of(printed).lines, BOARDS)
    return [squeeze(header.printed) for header in found] == [squeeze(printed)]


def spaced_header(length: int) -> str:
    words = HEADER.split()
    gap = length - len("".join(words[:-1])) - len(words[-1]) - len(words) + 2
    return f"{' '.join(words[:-1])}{gap * ' '}{words[-1]}"


def is_unknown_header(length: int) -> bool:
    strange = line_of(length, "Ansvarig chef ")
    lines = text_of(f"Styrmått\nNämnd\nMål\n{strange}\nMåluppfyllelse\n").lines
    return find_unknown_headers(lines, BOARDS, []) == [(0, 5)]


def lead_in(printed: str, in_overview: str = "", more: str = "") -> str:
    """The printed name of the first heading with a lead-in."""
    return find_lead_ins(text_of(f"{printed}\n{more}"), BOARDS, [], in_overview)[0].name


def is_name(printed: str, name: str) -> bool:
    """Whether these lines are a heading, where the overview has this name."""
    found = find_names(text_of(printed), set(), {"success_factor": [name]})
    return [heading.name for heading in found] == [printed]


def is_perspective(below: str) -> bool:
    read = text_of(f"Ekonomi\n{below}")
    return bool(find_perspectives(read, FACTORS, find_headers(read.lines, FACTORS)))


HEADINGS = {
    "a header is broken into at most 14 lines": Flip(
        lambda n: is_header(in_pieces(HEADER.replace(" ", ""), n, "\n")), range(1, 36), last=14
    ),
    "a header has at most 140 characters": Flip(
        lambda n: is_header(spaced_header(n)), range(45, 400, 5), last=140
    ),
    "a line of an unknown header has at most 60 characters": Flip(
        is_unknown_header, range(20, 200, 5), last=60
    ),
    "a heading has at most 4 lines": Flip(
        lambda n: lead_in("Strategiskt mål: Resor" + "\nav nu" * (n - 1)).count("\n") == n - 1,
        range(1, 12),
        last=4,
    ),
    "a heading goes on with a capital, as in the overview, behind 4 letters": Flip(
        lambda n: (
            lead_in(f"Strategiskt mål: {LETTERS[:n]}\nÖar", f"{LETTERS[:n]} öar") != LETTERS[:n]
        ),
        range(1, 13),
        first=4,
    ),
    "a heading goes on with a small letter in a line below 80 % of the text's width": Flip(
        lambda n: "\n" in lead_in(f"Strategiskt mål: Resor\n{line_of(n)}"),
        range(20, WIDTH),
        last=63,
    ),
    "a heading in capitals goes on in 3 capitals": Flip(
        lambda n: "\n" in lead_in(f"STRATEGISKT MÅL: RESOR\n{LETTERS[:n].upper()}"),
        range(1, 10),
        first=3,
    ),
    "a name as a heading has at most 4 lines": Flip(
        lambda n: is_name(in_pieces(NAME.replace(" ", ""), n, "\n"), NAME), range(1, 12), last=4
    ),
    "a name of 30 letters as a heading has at most 2 other letters": Flip(
        lambda n: is_name(misprinted("Abcdef" * 5, n, 7), "Abcdef" * 5), range(10), last=2
    ),
    "a name as a heading is at most 4 letters longer": Flip(
        lambda n: is_name("Abcdef" * 20 + "x" * n, "Abcdef" * 20), range(12), last=4
    ),
    "a name as a heading has its first 6 letters": Flip(
        lambda n: is_name(misprinted(LETTERS.title(), 1, n - 1), LETTERS.title()),
        range(1, 20),
        first=7,
    ),
    "a perspective's sentence stands within 4 lines": Flip(
        lambda n: is_perspective("Resor\n" * (n - 1) + "Perspektivet Ekonomi visar"),
        range(1, 13),
        last=4,
    ),
    "a perspective's overview stands within 10 lines": Flip(
        lambda n: is_perspective("Resor\n" * (n - 1) + OVERVIEW), range(1, 30), last=10
    ),
}


# --- lines and pages ------------------------------------------------------------------------------


def is_text(controls: int) -> bool:
    """Whether a file of 1000 characters is text with so many control characters."""
    try:
        return bool(decode(b"\x01" * controls + b"a" * (1000 - controls), "a.txt"))
    except UnreadableSourceError:
        return False


def joins_soft_breaks(broken: int, of: int) -> bool:
    data = "verk\u00ad\n" * broken + "verk\n" * (of - broken)
    return "verkverk" in decode(data.encode(), "a.txt")


def is_double_spaced(text: str) -> bool:
    return all(line.blank_lines_before == 0 for line in read_lines(text, WORDS.running).lines)


def texts_of(pages: Sequence[str]) -> list[str]:
    """The texts of all lines that are no running heads."""
    return [line.text for line in read_lines("\f".join(pages), WORDS.running).lines]


def page_count(text: str) -> int:
    return read_lines(text, WORDS.running).page_count


def in_words(number: int) -> str:
    return "".join(LETTERS[int(digit)] for digit in str(number))


def pages_with_line_at(depth: int) -> list[str]:
    """Ten pages of 20 lines, one of which is the same on each page."""
    pages = [[f"{in_words(page)} {in_words(line)}" for line in range(19)] for page in range(10)]
    for lines in pages:
        lines.insert(depth - 1, "Årsrapport")
    return ["\n".join(lines) for lines in pages]


LINES = {
    "a text has at most 5 control characters in 1000": Flip(is_text, range(16), last=5),
    "a line of narrative has 40 characters": Flip(
        lambda n: read_lines(line_of(n), WORDS.running).text_width == n,
        [10, 15, 20, 39, 40, 60, 90, 110],
        first=40,
    ),
    "lines up to 39 characters are short in a text without longer ones": Flip(
        lambda n: bool(
            find_ignored_tables(
                read_lines(f"{line_of(n, 'Lokaler ', ' 12')}\n" * 6, WORDS.running),
                FACTORS,
                set(),
                [],
                [],
            )[0]
        ),
        [12, 16, 20, 30, 39],
    ),
    "a full line is one that 6 of 20 lines reach": Flip(
        lambda n: (
            read_lines(f"{FULL}\n" * n + f"{line_of(50)}\n" * (20 - n), WORDS.running).text_width
            > 60
        ),
        range(1, 20),
        first=6,
    ),
    "a text is double-spaced from 5 lines with an empty one behind them": Flip(
        lambda n: is_double_spaced(f"{FULL}\n\n" * n + "slut"), range(1, 15), first=5
    ),
    "a text is double-spaced from 6 of 10 lines with an empty one behind them": Flip(
        lambda n: (
            not read_lines(
                f"{FULL}\n\n" * n + f"{FULL}\n" * (10 - n) + "slut", WORDS.running
            ).blank_lines_separate
        ),
        range(1, 11),
        first=6,
    ),
    "empty lines part something from 5 of 100 lines": Flip(
        lambda n: (
            read_lines(
                "Resor" + "\n\nResor" * n + "\nResor" * (100 - n), WORDS.running
            ).blank_lines_separate
        ),
        range(1, 20),
        first=5,
    ),
    "more than 30 % of lines with a soft hyphen are broken at them": Flip(
        lambda n: joins_soft_breaks(n, 100), range(11, 90), first=31
    ),
    "more than 10 lines with a soft hyphen are broken at them": Flip(
        lambda n: joins_soft_breaks(n, n), range(2, 30), first=11
    ),
    "a line that begins 5 of 10 pages is a running head": Flip(
        lambda n: (
            "Årsrapport"
            not in texts_of([f"Årsrapport\n{in_words(p)}" for p in range(n)] + ["i\nav"] * (10 - n))
        ),
        range(1, 11),
        first=5,
    ),
    "a line that begins 4 pages is a running head": Flip(
        lambda n: (
            "Årsrapport" not in texts_of([f"Årsrapport\n{in_words(page)}" for page in range(n)])
        ),
        range(1, 12),
        first=4,
    ),
    "a running head stands on the first or second line": Flip(
        lambda n: "Årsrapport" not in texts_of(pages_with_line_at(n)), range(1, 11), last=2
    ),
    "figures alone are page numbers from 4 of 12 pages": Flip(
        lambda n: "3" not in texts_of([f"Resor\n{p + 3}" for p in range(n)] + ["Resor"] * (12 - n)),
        range(1, 13),
        first=4,
    ),
    "a space in front opens pages where less than 5 of 20 lines have one": Flip(
        lambda n: page_count(" Resor\n" * n + "Resor\n" * (20 - n)) > 1, range(2, 16), last=4
    ),
    "the value below a register's label stands within 3 lines": Flip(
        lambda n: "värde" not in texts_of(["VERSION" + "\n" * n + "värde\nResor"]),
        range(1, 12),
        last=3,
    ),
}


# --- overviews ------------------------------------------------------------------------------------


def goals_of(below: str, factors: Sequence[str], goals: Sequence[str]) -> tuple[OverviewGoal, ...]:
    read = text_of(f"{OVERVIEW}{below}\n{FULL}\n{FULL}")
    header = find_headers(read.lines, FACTORS)[0]
    return read_overview(
        header, len(read.lines), read, FACTORS, perspective=None, goals=goals, factors=factors
    ).goals


def begins_within_line(rest: str, name: str) -> bool:
    """Whether a factor begins in a line behind a goal, where the line goes on with ``rest``."""
    cutter = cutter_of(f"Trygga resor {rest}", factors=[name])
    return len(cutter.pieces) > 1


def cutter_of(
    text: str, goals: Sequence[str] = (), factors: Sequence[str] = ()
) -> overview._OverviewCutter:
    read = text_of(text)
    return overview._OverviewCutter(read.lines, read, FACTORS, goals, factors)


def is_like(name: str, printed: str) -> bool:
    """Whether a cell is like a heading's name at all."""
    known, unknown = cutter_of(printed, [name]), cutter_of(printed)
    goal = overview._ItemKind.GOAL
    return known._points(goal, 0, 1) > unknown._points(goal, 0, 1)


def is_headed(heading: str, goal: str) -> bool:
    """Whether a goal's heading follows the overview."""
    text = f"{heading}\n{FULL}"
    return cutter_of(text, [goal])._end(0) > cutter_of(text)._end(0)


OVERVIEWS = {
    "a cell has at most 10 lines": Flip(
        lambda n: any(
            squeeze(cell.text) == squeeze(NAME)
            for goal in goals_of(
                "Trygga resor\n" + in_pieces(NAME, n, "\n"), [NAME], ["Trygga resor"]
            )
            for cell in goal.factors
        ),
        [1, 3, 5, 9, 10, 11, 12, 20],
        last=10,
    ),
    "a name begins within a line by its first 12 letters": Flip(
        lambda n: begins_within_line(LETTERS[:n] + "xxxxxxxxxxxxxxx", LETTERS),
        range(1, 25),
        first=12,
    ),
    "a name begins within a line that ends behind its first 6 letters": Flip(
        lambda n: begins_within_line(LETTERS[:n], LETTERS), range(1, 20), first=6
    ),
    "a name begins within a line by its first 8 words": Flip(
        lambda n: begins_within_line(" ".join(LETTERS[:n]) + " xx xx xx xx", LETTERS),
        range(1, 12),
        first=8,
    ),
    "a status within a line has at most 3 words": Flip(
        lambda n: (
            [
                goal.goal.text
                for goal in goals_of(
                    f"Trygga resor {STATUS_WORDS[n]} Bussar i tid",
                    ["Bussar i tid"],
                    ["Trygga resor"],
                )
            ]
            == ["Trygga resor"]
        ),
        range(1, 5),
        last=3,
    ),
    "a cell is like a name of 20 letters up to 6 fewer": Flip(
        lambda n: is_like(LETTERS[:20], LETTERS[: 20 - n]), range(10), last=6
    ),
    "a name of 40 letters stands in a heading with at most 2 others": Flip(
        lambda n: is_headed(misprinted("abcde" * 8, n), "abcde" * 8), range(8), last=2
    ),
    "a line from 85 % of the text's width is narrative": Flip(
        lambda n: cutter_of(line_of(n))._end(0) > 0, range(20, WIDTH), first=68
    ),
    "a goal's heading has at most 3 lines": Flip(
        lambda n: is_headed(in_pieces(LETTERS, n, "\n"), LETTERS), range(1, 5), last=3
    ),
    "the overview is read to 80 lines below its header": Flip(
        lambda n: is_in_overview("Resor\n" * (n - 1)), [1, 20, 40, 79, 80, 81, 100, 199], last=80
    ),
    "the overview is read to the first line from 85 % of the text's width": Flip(
        lambda n: is_in_overview(line_of(n) + "\n"), range(20, WIDTH), last=67
    ),
}


def is_in_overview(above: str) -> bool:
    """Whether a name counts as one of the overview's with these lines between header and it."""
    read = text_of(f"{OVERVIEW}{above}Mätta barn\n")
    reader = text_report._TextReportReader(FACTORS, read, None)
    return "Mätta barn" in reader._overview_text(find_headers(read.lines, FACTORS))


# --- tables and rows ------------------------------------------------------------------------------


def is_table(lines: Sequence[str]) -> bool:
    """Whether these lines between narrative are a table without measures."""
    between = "\n".join(lines)
    read = text_of(f"{FULL}\n{between}\n{FULL}")
    return bool(find_ignored_tables(read, FACTORS, set(), [], [])[0])


def region_of(below: str) -> TableRegion:
    read = text_of(HEADER + below)
    return find_regions(find_headers(read.lines, BOARDS), [], read)[0]


def boards_in(text: str) -> frozenset[str]:
    read = text_of(text)
    return known_boards(find_regions(find_headers(read.lines, BOARDS), [], read), read)


def rows_in(text: str) -> list[TextRow]:
    read = text_of(HEADER + text)
    regions = find_regions(find_headers(read.lines, BOARDS), [], read)
    cells = CellLexicon(WORDS, frozenset({"TN"}))
    return [row for _, table in read_tables(regions, read, cells) for row in table.rows]


PLACE = Location(1, 1)


def rows_left(unsure: int) -> bool:
    """Whether all of ten rows are given, so many of which are unsure."""
    cells = {"measure": Cell("Resor", PLACE), "target": Cell("Öka", PLACE)}
    rows = tuple(TextRow(cells, False, PLACE, n >= unsure) for n in range(10))
    read = text_of(HEADER + "Resor")
    region = find_regions(find_headers(read.lines, BOARDS), [], read)[0]
    return len(rows_of([(region, TextTable(0, 2, rows))], [], read, unknown_headers=0)[0]) == 10


TABLES = {
    "a table without measures has lines below 60 % of the text's width": Flip(
        lambda n: is_table([line_of(n, "Lokaler ", " 12")] * 6), range(12, WIDTH), last=47
    ),
    "a table without measures has 5 lines": Flip(
        lambda n: is_table(["Lokaler 12"] * n), range(1, 15), first=5
    ),
    "4 of 10 lines of a table without measures have figures": Flip(
        lambda n: is_table(["Lokaler"] * (10 - n) + ["Lokaler 12"] * n), [1, 2, 3, 4, 6, 8], first=4
    ),
    "lines from 75 % of the text's width may end a table": Flip(
        lambda n: not region_of(f"{line_of(n)}\n" * 4).closed, range(20, WIDTH), first=60
    ),
    "three full lines in a row end a table": Flip(
        lambda n: not region_of(f"Resor\n{FULL}\n" * 3 + f"{FULL}\n" * (n - 1)).closed,
        range(1, 10),
        first=3,
    ),
    "a code leads the cells of a row in a line below 40 characters": Flip(
        lambda n: bool(leading_codes(line_of(n, "TN "))), range(10, 120), last=39
    ),
    "a name with its boards is below 85 % of the text's width": Flip(
        lambda n: bool(boards_in(line_of(n, end=" (TN)\n") * 3)), range(20, WIDTH), last=68
    ),
    "a board's code occurs twice": Flip(
        lambda n: "TN" in boards_in("Resor (TN)\n" * n), range(1, 7), first=2
    ),
    "a row is sure that has no gap of 3 spaces in a cell": Flip(
        lambda n: rows_in(f"Antal turer\nTN\n1{n * ' '}200 kr\n")[0].sure, range(1, 11), last=2
    ),
    "a row is sure that has no gap of 6 spaces before a cell of two lines": Flip(
        lambda n: rows_in(f"Antal turer\nTN{n * ' '}Plan\nantagen\n")[0].sure, range(4, 20), last=5
    ),
    "a row is left out where more than 5 of 10 are unsure": Flip(rows_left, range(11), last=5),
}


# --- narrative ------------------------------------------------------------------------------------


def paragraphs_of(text: str) -> int:
    """How many paragraphs without a heading."""
    sections = read_sections(text_of(text, blank_lines_separate=True), [], set())
    return sum(section.lines.count("") + 1 for section in sections if section.lines)


def has_heading(printed: str) -> bool:
    """Whether a heading stands here between paragraphs."""
    text = text_of(f"{FULL}\nSlut.\n\n{printed}\n\n{FULL}\nslut.\n", blank_lines_separate=True)
    return any(section.heading for section in read_sections(text, [], set()))


NARRATIVE = {
    "a paragraph ends where 'Resor' fits into 88 % of the text's width": Flip(
        lambda n: paragraphs_of(f"{line_of(n, end='.')}\nResor görs.") == 2,
        range(20, WIDTH),
        last=64,
    ),
    "a heading of the narrative has at most 3 lines": Flip(
        lambda n: has_heading("\n".join([line_of(74, "Nya ")] + ["hamnar"] * (n - 1))),
        range(1, 11),
        last=3,
    ),
    "a heading of the narrative has at most 190 characters": Flip(
        lambda n: has_heading(line_of(n, "Nya ")), range(20, 600, 10), last=190
    ),
    "a heading with a colon has at most 20 characters": Flip(
        lambda n: has_heading(line_of(n, "Nya ", ":")), range(6, 60), last=20
    ),
    "three headings in a row are a list": Flip(
        lambda n: not has_heading("\n\n".join(f"Nya {LETTERS[k] * 5}" for k in range(n))),
        range(1, 10),
        first=3,
    ),
    "a word of 3 letters with a full stop ends a sentence": Flip(
        lambda n: not has_heading(f"Nya {LETTERS[:n]}. Hamnar"), range(1, 12), first=3
    ),
}


FLIPS = CUTTER | HEADINGS | LINES | OVERVIEWS | TABLES | NARRATIVE


@pytest.mark.parametrize("what", FLIPS)
def test_a_decision_flips_where_it_is_said_to(what: str) -> None:
    FLIPS[what].check()


# --- decisions whose ground has to be put in the code's hands -------------------------------------


def test_a_row_is_sure_from_a_margin_of_a_point_and_a_half(monkeypatch: pytest.MonkeyPatch) -> None:
    margin = 0.0

    def with_margin(columns: Sequence[str], scores: TableScores) -> Segmentation | None:
        found = segment(columns, scores)
        return found and replace(found, rows=tuple(replace(r, margin=margin) for r in found.rows))

    monkeypatch.setattr(tables, "segment", with_margin)
    sure = []
    for margin in (0.5, 1.0, 1.4, 1.5, 2.0, 3.0):
        sure += [margin for row in rows_in("Antal turer\nTN\nÖka\n") if row.sure]
    assert sure == [1.5, 2.0, 3.0]


def statistics_of_cuts(monkeypatch: pytest.MonkeyPatch, text: str) -> list[TextStatistics]:
    """What was known of the text at each cut of each of its tables."""
    known: list[TextStatistics] = []
    cut = tables._cut

    def noting(*given: Any) -> Any:
        known.append(given[3])
        return cut(*given)

    with monkeypatch.context() as patch:
        patch.setattr(tables, "_cut", noting)
        rows_in(text)
    return known


def test_a_table_has_its_own_widths_from_4_wrapped_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = f"{line_of(30, 'Antal ')}\nper dag\nTN\nÖka\n" * 6
    own = []
    for lines in range(1, 7):
        narrow = "Antal\nturer\nTN\nÖka\n" * lines
        last = statistics_of_cuts(monkeypatch, f"{wide}{HEADER}{narrow}")[-1]
        own += [lines] if last.column_widths["measure"] < 10 else []
    assert own == [4, 5, 6]


def test_a_file_keeps_traces_of_empty_cells_from_2_of_50_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keeps = []
    for traces in range(1, 6):
        text = "Resor  \n" * traces + "Resor\n" * (50 - traces)
        first = statistics_of_cuts(monkeypatch, text)[0]
        keeps += [traces] if first.empty_cells_leave_traces else []
    assert keeps == [2, 3, 4, 5]
