"""Columns that a table prints and no layout names: they are columns all the same.

Where the header says what they hold, their cells are read; where it does not, it is said that they
are there.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_tables import (
    BOARD,
    KNOWN,
    NAME,
    NAMES,
    SEX,
    STATUS,
    TARGET,
    TARGETS,
    UNDERSTOOD,
    UNKNOWN,
    VALUES,
    Column,
    Made,
    further,
    lines,
    read,
    some_table,
)
from paper import cell, text

from styrmatt.extract.tables.cells import TablePart
from styrmatt.whitespace import squeeze

RESULT = Column("Utfall\n2022", ("64 %", "9", "87 %"))
COST = Column("Kostnad\n2022", ("64 %", "9", "87 %"))
NUMBER = Column("Nr", ("1", "2", "3"))
UNIT = Column("Enhet", ("procent", "antal", "andel"))
RUNNING_NUMBER = Column("Löpnr", ("1", "2", "3"))


def headers(table: TablePart) -> list[str]:
    return [column.header for column in table.unknown]


def values(table: TablePart) -> list[tuple[str, ...]]:
    return lines(table, "measure", "board", "target")


STYLES = ("grid", "rules", "booktabs", "shaded", "bare")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("place", range(6))
def test_a_column_anywhere_stays_out_of_its_neighbours(style: str, place: int) -> None:
    columns = [*KNOWN[:place], COST, *KNOWN[place:]]
    table = read(Made(columns, style))
    assert values(table) == VALUES
    assert headers(table) == ["Kostnad 2022"]
    assert table.unknown[0].cells == ("64 %", "9", "87 %")
    assert table.known == () and not any(line.values for e in table.entries for line in e.lines)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize(
    ("header", "role", "year"),
    [
        ("Utfall\n2022", "result", 2022),
        ("Utfall\n2021", "result", 2021),
        ("Prognos", "forecast", None),
        ("Mål 2025", "target", 2025),
        ("Startvärde", "baseline", None),
        ("Riket\n2021", "result", 2021),
        ("2022", "result", 2022),
    ],
)
def test_figures_below_a_header_that_is_understood_are_values(
    style: str, place: int, header: str, role: str, year: int | None
) -> None:
    column = Column(header, ("64 %", "9", ""))
    table = read(Made([*KNOWN[:place], column, *KNOWN[place:]], style))
    assert values(table) == VALUES
    assert table.unknown == ()
    found = [value for entry in table.entries for value in entry.lines[0].values]
    assert [value.cell.text for value in found] == ["64 %", "9", ""]
    assert {(value.role, value.year) for value in found} == {(role, year)}
    assert {squeeze(value.text) for value in found} == {squeeze(header)}


YEARS = [Column(str(year), ("64 %", "9", "saknas")) for year in (2020, 2021, 2022)]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("target", "read_as"), [("Mål", 3), ("Mål\n2022", 3), ("Mål\n2021", 2)])
def test_years_alone_head_results_up_to_the_year_of_the_targets(
    style: str, target: str, read_as: int
) -> None:
    aims = replace(TARGET, header=target)
    table = read(Made([NAME, *YEARS, BOARD, SEX, aims, STATUS], style), year=None)
    assert values(table) == VALUES
    found = {(v.role, v.year) for entry in table.entries for v in entry.lines[0].values}
    assert found == {("result", 2020 + n) for n in range(read_as)}
    assert headers(table) == [column.header for column in YEARS[read_as:]]


@pytest.mark.parametrize("cells", [("", "", ""), ("Klart", "Pågår 2", "Klart")])
def test_a_year_alone_above_words_or_nothing_is_no_result(cells: tuple[str, ...]) -> None:
    table = read(Made([NAME, BOARD, SEX, TARGET, Column("2021", cells), STATUS], "grid"))
    assert not any(line.values for entry in table.entries for line in entry.lines)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("place", range(6))
def test_a_cell_below_a_header_that_is_understood_is_the_measure_s(style: str, place: int) -> None:
    table = read(Made([*KNOWN[:place], NUMBER, *KNOWN[place:]], style))
    assert values(table) == VALUES
    assert table.unknown == ()
    assert [entry.text("number") for entry in table.entries] == ["1", "2", "3"]


@pytest.mark.parametrize("style", ["booktabs", "bare"])
def test_values_stay_with_their_sex(style: str) -> None:
    names = replace(NAME, cells=(NAMES[0], "", NAMES[1]))
    sexes = replace(SEX, cells=("K", "M", ""))
    boards = replace(BOARD, cells=("RUN", "", "RS"))
    table = read(Made((names, boards, sexes, RESULT, TARGET, STATUS), style))
    assert lines(table, "measure", "sex") == [(NAMES[0], "K"), (NAMES[0], "M"), (NAMES[1], "")]
    assert further(table) == {"Utfall 2022": RESULT.cells}


@pytest.mark.parametrize("style", ["grid", "rules", "bare"])
@pytest.mark.parametrize("bold", [True, False])
def test_columns_side_by_side_beside_the_sexes(style: str, bold: bool) -> None:
    sex = replace(SEX, cells=("K", "K", "K"))
    figures = ("71 %", "1 204", "3")
    for first, second, third, unknown in (
        (RUNNING_NUMBER, "Kostnad\n2021", COST, ["Löpnr", "Kostnad 2021", "Kostnad 2022"]),
        (NUMBER, "Kostnad\n2021", RESULT, ["Kostnad 2021"]),
        (NUMBER, "Utfall\n2021", RESULT, []),
    ):
        before = Column(second, figures, align="r")
        table = read(Made((first, NAME, BOARD, sex, before, third, TARGET, STATUS), style, bold))
        assert lines(table, "sex", "target") == [("K", target) for target in TARGETS]
        assert headers(table) == unknown
        cells = {"Nr": first.cells, "Utfall 2021": figures, "Utfall 2022": third.cells}
        assert further(table) == {name: cells[name] for name in further(table)}
        assert len(further(table)) == 3 - len(unknown)


@pytest.mark.parametrize("seed", range(150))
def test_made_up_tables(seed: int) -> None:
    made, printed = some_table(seed)
    table = read(made)
    assert values(table) == VALUES
    unknown = [header for header in printed if header in UNKNOWN]
    assert sorted(map(squeeze, headers(table))) == sorted(map(squeeze, unknown))
    understood = {
        header.replace("\n", " "): UNDERSTOOD[header] for header in printed if header in UNDERSTOOD
    }
    assert further(table) == understood


def test_figures_at_the_right_of_a_wide_column_are_its_own() -> None:
    target = replace(TARGET, width=80, align="r", header_align="l")
    for header in ("Kostnad", "Utfall"):
        before = Column(header, ("71 %", "1 204", "3"), 70, "r", "l")
        table = read(Made((NAME, BOARD, before, SEX, target, STATUS), "bare"))
        assert values(table) == VALUES
        assert further(table).get("Utfall", before.cells) == before.cells


def test_a_header_of_three_lines_beside_ones_of_one_line() -> None:
    long = Column("Kostnad\nhelår\n2021", ("1", "2", "3"))
    for at in "tmb":
        table = read(Made((NAME, BOARD, SEX, TARGET, long, STATUS), "shaded", header_at=at))
        assert values(table) == VALUES
        assert headers(table) == ["Kostnad helår 2021"]


def test_a_known_header_within_a_longer_one_is_none() -> None:
    difference = Column("Utfall jämfört\nmed mål", ("-6", "0", "2"))
    for place in range(1, 6):
        columns = [*KNOWN[:place], difference, *KNOWN[place:]]
        for style in ("grid", "bare"):
            table = read(Made(columns, style, header_at="b"))
            assert values(table) == VALUES


@pytest.mark.parametrize("own", ["2021", "2022", "2023"])
def test_of_several_years_the_report_s_is_read(own: str) -> None:
    columns = [
        Column(f"Mål {year}", [f"{target} {year}" for target in TARGETS])
        for year in ("2021", "2022", "2023")
    ]
    table = read(Made((NAME, BOARD, SEX, *columns, STATUS)), own)
    assert [target for (target,) in lines(table, "target")] == [f"{t} {own}" for t in TARGETS]
    assert table.header is not None and table.header.years == (int(own),)


def test_the_year_of_the_next_column_is_not_the_label_s() -> None:
    status = replace(STATUS, header="Måluppfyllelse")
    table = read(Made((NAME, BOARD, SEX, TARGET, status, COST), padding=3, size=8, header_at="b"))
    assert headers(table) == ["Kostnad 2022"]
    assert table.header is not None and table.header.years == ()


def test_a_ruled_column_without_a_header_is_said_where_it_holds_something() -> None:
    empty, filled = Column("", ("", "", ""), 20), Column("", ("A", "", "B"), 20)
    for place in range(6):
        table = read(Made([*KNOWN[:place], filled, *KNOWN[place:]]))
        assert values(table) == VALUES
        assert [(c.header, c.cells) for c in table.unknown] == [("", ("A", "B"))]
        assert read(Made([*KNOWN[:place], empty, *KNOWN[place:]])).unknown == ()


def test_a_column_without_a_header_and_without_rulings() -> None:
    between = Column("", ("st", "kr", "st"), 20)
    table = read(Made((NAME, BOARD, between, TARGET, STATUS), "bare"))
    assert values(table) == VALUES
    assert [(c.header, c.cells) for c in table.unknown] == [("", ("st", "kr", "st"))]


def test_wide_spaces_in_names_make_no_column() -> None:
    name = replace(NAME, cells=("Andel  barn", "Antal   kommuner", "Andel    nöjda"), width=150)
    made = Made((name, BOARD, TARGET, STATUS), "bare")
    assert read(made).unknown == ()


@pytest.mark.parametrize("style", ["grid", "rules", "bare"])
def test_words_that_qualify_a_known_header_are_said(style: str) -> None:
    for header in ("Mål\n(procent)", "Mål (procent)", "Mål\nföregående år"):
        table = read(Made((NAME, BOARD, SEX, replace(TARGET, header=header), STATUS), style))
        assert values(table) == VALUES
        (column,) = table.unknown
        assert column.field == "target" and squeeze(column.header) == squeeze(header)


def test_a_footnote_at_a_header_qualifies_nothing() -> None:
    paper = Made(KNOWN).page()
    label = next(word for word in paper.words if word.text == "Mål")
    mark = label._replace(text="1", x0=label.x1, x1=label.x1 + 3, bottom=label.bottom - 4, size=5.0)
    table = read(replace(paper, words=(*paper.words, mark)))
    assert values(table) == VALUES and table.unknown == ()


TEXT = "Under året har\nresandet ökat i\nhela länet och det\när mycket bra för\nalla som reser\ndit"


@pytest.mark.parametrize("style", ["rules", "booktabs", "shaded", "bare"])
@pytest.mark.parametrize("top", [60, 96, 104, 125])
def test_text_beside_the_table_is_no_column(style: str, top: float) -> None:
    made = Made(KNOWN, style, more=cell(TEXT, 470, top, 9))
    table = read(made)
    assert values(table) == VALUES and table.unknown == ()


@pytest.mark.parametrize("bold", [True, False])
def test_a_page_number_beside_the_header_is_no_column(bold: bool) -> None:
    table = read(Made(KNOWN, "bare", bold, more=text("47", 540, 104, 9)))
    assert values(table) == VALUES and table.unknown == ()


def test_text_before_and_behind_the_table_is_no_header() -> None:
    above = text("Text om året och arbetet som har varit svårt i hela länet och bra", 50, 86, 9)
    for bold in (True, False):
        columns = (NAME, BOARD, SEX, TARGET, STATUS, COST)
        table = read(Made(columns, "bare", bold, more=above))
        assert headers(table) == ["Kostnad 2022"]


@pytest.mark.parametrize("at", range(3))
@pytest.mark.parametrize(
    ("first", "last"),
    [(RUNNING_NUMBER, COST), (NUMBER, RESULT), (RUNNING_NUMBER, UNIT), (NUMBER, COST)],
)
def test_cells_over_a_bound_that_words_alone_show_are_null(
    at: int, first: Column, last: Column
) -> None:
    wide = list(TARGETS)
    wide[at] = "12-13-eller-högst-15-procent"
    columns = (NAME, BOARD, first, replace(TARGET, cells=wide, width=46), last, STATUS)
    table = read(Made(columns, "bare"))
    assert [name for (name,) in lines(table, "measure")] == list(NAMES)
    for n, entry in enumerate(table.entries):
        assert ("ambiguous_cells" in entry.review) == (n == at)
        assert entry.lines[0].text("target") == ("" if n == at else TARGETS[n])
    for header, texts in further(table).items():
        emptied = [text for n, text in enumerate(last.cells) if n != at]
        emptied.insert(at, "")
        assert texts == (NUMBER.cells if header == "Nr" else tuple(emptied))


def test_small_letters_in_other_cells_do_not_join_rows() -> None:
    target = replace(TARGET, cells=("öka", "minska", "minst 85 %"))
    for padding in (2.5, 4):
        table = read(Made((NAME, BOARD, target, STATUS), "bare", row_padding=padding))
        assert [name for (name,) in lines(table, "measure")] == list(NAMES)
