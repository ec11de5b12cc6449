"""Columns that a table prints and no layout knows: they are columns all the same."""

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
    VALUES,
    Column,
    Made,
    lines,
    read,
    some_table,
)
from paper import cell, text

from styrmatt.extract.tables.cells import TablePart
from styrmatt.whitespace import squeeze

UTFALL = Column("Utfall\n2022", ("64 %", "9", "87 %"))
NR = Column("Nr", ("1", "2", "3"))


def headers(table: TablePart) -> list[str]:
    return [column.header for column in table.unknown]


def values(table: TablePart) -> list[tuple[str, ...]]:
    return lines(table, "measure", "board", "target")


@pytest.mark.parametrize("style", ["grid", "rules", "booktabs", "shaded", "bare"])
@pytest.mark.parametrize("place", range(6))
def test_a_column_anywhere_stays_out_of_its_neighbours(style: str, place: int) -> None:
    columns = [*KNOWN[:place], UTFALL, *KNOWN[place:]]
    table = read(Made(columns, style))
    assert values(table) == VALUES
    assert headers(table) == ["Utfall 2022"]
    assert table.unknown[0].cells == ("64 %", "9", "87 %")


@pytest.mark.parametrize("style", ["grid", "rules", "bare"])
@pytest.mark.parametrize("bold", [True, False])
def test_two_columns_side_by_side_beside_the_sexes(style: str, bold: bool) -> None:
    sex = replace(SEX, cells=("K", "K", "K"))
    before = Column("Utfall\n2021", ("71 %", "1 204", "3"), align="r")
    table = read(Made((NR, NAME, BOARD, sex, before, UTFALL, TARGET, STATUS), style, bold))
    assert lines(table, "sex", "target") == [("K", target) for target in TARGETS]
    assert headers(table) == ["Nr", "Utfall 2021", "Utfall 2022"]


@pytest.mark.parametrize("seed", range(150))
def test_made_up_tables(seed: int) -> None:
    made, unknown = some_table(seed)
    table = read(made)
    assert values(table) == VALUES
    assert sorted(map(squeeze, headers(table))) == sorted(map(squeeze, unknown))


def test_figures_at_the_right_of_a_wide_column_are_its_own() -> None:
    target = replace(TARGET, width=80, align="r", header_align="l")
    before = Column("Utfall", ("71 %", "1 204", "3"), 70, "r", "l")
    table = read(Made((NAME, BOARD, before, SEX, target, STATUS), "bare"))
    assert values(table) == VALUES


def test_a_header_of_three_lines_beside_ones_of_one_line() -> None:
    long = Column("Utfall\nhelår\n2021", ("1", "2", "3"))
    for at in "tmb":
        table = read(Made((NAME, BOARD, SEX, TARGET, long, STATUS), "shaded", header_at=at))
        assert values(table) == VALUES
        assert headers(table) == ["Utfall helår 2021"]


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
    table = read(Made((NAME, BOARD, SEX, TARGET, status, UTFALL), padding=3, size=8, header_at="b"))
    assert headers(table) == ["Utfall 2022"]
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
        columns = (NAME, BOARD, SEX, TARGET, STATUS, UTFALL)
        table = read(Made(columns, "bare", bold, more=above))
        assert headers(table) == ["Utfall 2022"]


@pytest.mark.parametrize("at", range(3))
def test_cells_over_a_bound_that_words_alone_show_are_null(at: int) -> None:
    wide = list(TARGETS)
    wide[at] = "12-13-eller-högst-15-procent"
    columns = (NAME, BOARD, NR, replace(TARGET, cells=wide, width=46), UTFALL, STATUS)
    table = read(Made(columns, "bare"))
    assert [name for (name,) in lines(table, "measure")] == list(NAMES)
    for n, entry in enumerate(table.entries):
        assert ("ambiguous_cells" in entry.review) == (n == at)
        assert entry.lines[0].text("target") == ("" if n == at else TARGETS[n])


def test_small_letters_in_other_cells_do_not_join_rows() -> None:
    target = replace(TARGET, cells=("öka", "minska", "minst 85 %"))
    for padding in (2.5, 4):
        table = read(Made((NAME, BOARD, target, STATUS), "bare", row_padding=padding))
        assert [name for (name,) in lines(table, "measure")] == list(NAMES)
