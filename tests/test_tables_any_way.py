"""Tables of measures laid out at random: wrapped names, ruled or not, cells at any height.

What is printed in the cells must come back, however its lines stand.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from made_tables import Column, Made

from styrmatt.extract.grid.page_tables import PageTables, parts_of_pages, running_style
from styrmatt.extract.model.page import Page
from styrmatt.extract.tables.cells import EntryLine, TableEntry
from styrmatt.layout_files import load_layouts
from styrmatt.whitespace import single_spaced

LAYOUT = next(layout for layout in load_layouts() if layout.any_table)
NAMES = (
    "Andel elever i årskurs 6 som når kunskapskraven i alla ämnen",
    "Sjukfrånvaro",
    "Nystartade företag per 1 000 invånare, treårssnitt",
    "Väntetid från beslut till inflyttning på särskilt boende, medelvärde i dagar",
    "Ungdomsarbetslöshet 18–24 år",
    "Antal besök på kommunens bibliotek",
)
COMMENTS = (
    "Resultatet är bättre än föregående år.",
    "",
    "Flera insatser har fått skjutas upp till nästa år på grund av vakanser i två enheter.",
    "Mätningen gjordes i november. Svarsfrekvensen var låg.",
    "Fler medarbetare har anställts under hösten, vilket väntas ge effekt.",
    "Arbetet följer plan.",
)
STATUSES = ("Uppnått", "Delvis uppnått", "Ej uppnått", "Uppnått", "Ej uppnått", "Delvis uppnått")
TARGETS = ("Minst 85 %", "6,0 %", "5,5", "Högst 30", "10 %", "95 000")
RESULTS = (
    ("81 %", "7,1 %", "5,1", "44", "12 %", "93 120"),
    ("83 %", "6,4 %", "5,0", "41", "11,5 %", "saknas"),
    ("84,5 %", "6,2 %", "4,9", "38", "-", "94 010"),
)
SEEDS = 60


def table(chance: random.Random) -> Made:
    """A table with a name, one to three results, and any of target, status, comment."""
    count = chance.choice((1, 2, 3))
    years = range(2023 - count + 1, 2024)
    word = chance.choice(("Utfall {}", "Resultat\n{}", "Utfall\n{}"))
    align = chance.choice("lcr")
    results = [
        Column(word.format(year), cells, 44, align, chance.choice(("", "l")))
        for year, cells in zip(years, RESULTS[-count:], strict=True)
    ]
    target = Column(chance.choice(("Mål 2023", "Målvärde\n2023")), TARGETS, 55, align)
    name = Column(
        chance.choice(("Indikator", "Nyckeltal", "Mått")), NAMES, chance.choice((90, 120))
    )
    columns = [name, *results]
    columns.insert(chance.choice((1, len(columns))), target)
    if chance.random() < 0.7:
        columns.append(Column(chance.choice(("Måluppfyllelse", "Status")), STATUSES, 60))
    if chance.random() < 0.6:
        columns.append(Column(chance.choice(("Kommentar", "Analys")), COMMENTS, 100))
    return Made(
        columns,
        style=chance.choice(("grid", "rules", "booktabs", "shaded", "bare")),
        size=8,
        row_padding=chance.choice((2.5, 4)),
        header_at=chance.choice("tmb"),
        cells_at=chance.choice("tmb"),
    )


def entries_of(page: Page) -> list[TableEntry]:
    """The rows of all tables of a page without a layout of its own."""
    found: list[TableEntry] = []
    reader = PageTables(LAYOUT, running_style([page]))
    for part in parts_of_pages(LAYOUT, [page]):
        reader.headers(part)
        for one in reader.tables(part, part.lines, part.height, goes_on=False):
            found += one.entries
    return found


def texts(lines: Sequence[EntryLine], role: str) -> list[tuple[str, ...]]:
    """The cells of figures with a role, row by row."""
    return [
        tuple(single_spaced(one.cell.text) for one in line.values if one.role == role)
        for line in lines
    ]


def printed(made: Made, *headers: str) -> list[tuple[str, ...]]:
    """The cells below headers that begin with these words, row by row."""
    columns = [column for column in made.columns if column.header.startswith(headers)]
    return list(zip(*(column.cells for column in columns), strict=True))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_printed_comes_back(seed: int) -> None:
    made = table(random.Random(seed))
    entries = entries_of(made.page())
    assert [single_spaced(one.text("measure")) for one in entries] == list(NAMES)
    (lines,) = zip(*(one.lines for one in entries), strict=True)
    assert texts(lines, "result") == printed(made, "Utfall", "Resultat")
    assert texts(lines, "target") == printed(made, "Mål ", "Målvärde")
    if status := printed(made, "Måluppfyllelse", "Status"):
        words = [[mark.text for mark in line.marks("status")] for line in lines]
        assert words == [list(cells) for cells in status]
    if comments := printed(made, "Kommentar", "Analys"):
        assert [(single_spaced(one.text("comment")),) for one in entries] == comments
