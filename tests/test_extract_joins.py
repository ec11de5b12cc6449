"""Rows that a page break cut are whole again, and rows that only look cut stay apart."""

from __future__ import annotations

import pytest

from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry, ValueColumn
from styrmatt.extract.tables.page_breaks import join_cut_row

BOX = (0.0, 0.0, 10.0, 10.0)


def cell(text: str, page: int) -> TableCell:
    return TableCell(text.split("\n") if text else [], BOX, page, page)


def group(
    page: int, name: str, board: str | None = "", *lines: tuple[str, str], factor: str | None = None
) -> TableEntry:
    shared = {"measure": cell(name, page)}
    if board is not None:
        shared["board"] = cell(board, page)
    if factor is not None:
        shared["success_factor"] = cell(factor, page)
    made = [
        EntryLine(
            {"sex": cell(sex, page), "target": cell(target, page), "status": cell("", page)},
            BOX,
            page,
            page,
        )
        for sex, target in lines or (("", ""),)
    ]
    return TableEntry(shared, made)


def join(last: TableEntry, first: TableEntry, known: frozenset[str] = frozenset()) -> bool:
    return join_cut_row(last, first, known, lambda name: name.startswith("Aktivitet:"))


def test_a_name_goes_on_overleaf_in_an_otherwise_empty_row() -> None:
    last, first = (
        group(1, "Utveckla klusterprogram för", "RUN", ("", "Program")),
        group(2, "Norrlands skogar"),
    )
    assert join(last, first)
    assert last.text("measure") == "Utveckla klusterprogram för\nNorrlands skogar"
    assert last.lines[0].page_last == 2


def test_the_line_of_men_goes_to_the_line_of_women_before_the_break() -> None:
    last = group(1, "Andel patienter\nsom väntat", "RS", ("K", "100 %"))
    assert join(last, group(2, "högst 90 dagar", "", ("M", "100 %")))
    assert [(line.text("sex"), line.page) for line in last.lines] == [("K", 1), ("M", 2)]
    assert not last.review


def test_a_word_broken_by_the_page_is_whole() -> None:
    last, first = group(1, "Antal vetenskap-", "RS", ("", "80")), group(2, "liga publikationer")
    assert join(last, first)


def test_a_broken_word_joins_where_no_other_cell_says_anything() -> None:
    last, first = group(1, "Antal vetenskap-", None), group(2, "liga publikationer", None)
    assert join(last, first)
    assert last.text("measure") == "Antal vetenskap-\nliga publikationer"
    assert not last.review, "a word that goes on is no weak evidence"


def test_a_small_letter_alone_joins_but_is_to_be_reviewed() -> None:
    last, first = group(1, "Antal publikationer", None), group(2, "inom vård", None)
    assert join(last, first)
    assert last.review == {"row_joined"}


def test_a_row_without_a_name_belongs_to_the_row_above() -> None:
    last, first = group(1, "Antal besök", None), group(2, "", None)
    first.lines[0].cells["status"].marks.append(Mark(2, BOX, "vector", "#00aa00"))
    assert join(last, first)


def test_a_name_and_a_target_that_go_on_are_no_weak_evidence() -> None:
    last = group(1, "Uppföljning av planer", None, ("", "Överenskommelse med kom-"))
    assert join(last, group(2, "inom vården", None, ("", "munerna")))
    assert last.lines[0].text("target") == "Överenskommelse med kom-\nmunerna"
    assert not last.review


def test_an_activity_without_other_cells_stays_apart() -> None:
    last = marked(1, "Uppföljning av planer", "Planer beslutas", "Fler i arbete")
    last.cells["board"] = cell("RS", 1)
    assert not join(last, group(2, "Aktivitet: Delta", "", factor=""))


def test_two_measures_that_each_name_a_board_stay_apart_whatever_their_sexes() -> None:
    last = group(1, "Andel rökare", "RS", ("K", "10 %"), factor="Folkhälsa")
    assert not join(last, group(2, "Andel aktiva", "RS", ("M", ""), factor=""))


def test_two_targets_are_those_of_two_measures() -> None:
    last = marked(1, "Antal besök", "400", "Digital vård")
    assert not join(last, group(2, "e-tjänster i bruk", None, ("", "12"), factor=""))


def test_two_statuses_are_those_of_two_measures() -> None:
    last = marked(1, "Antal besök", "400", "Digital vård")
    assert not join(last, marked(2, "e-tjänster i bruk", "", ""))


def test_a_factor_that_is_printed_again_begins_a_row() -> None:
    last = marked(1, "Antal besök", "400", "Digital vård")
    assert not join(last, group(2, "e-tjänster i bruk", None, factor="Digital vård"))


def test_a_new_measure_with_a_board_of_its_own_stays_apart() -> None:
    assert not join(
        group(1, "Antal besök", "RS", ("", "Öka")), group(2, "Andel nöjda", "RS", ("", "80 %"))
    )


def test_a_new_activity_stays_apart() -> None:
    last = group(1, "Antal besök", None, ("", "Öka"), factor="Nära vård")
    assert not join(last, group(2, "Aktivitet: Delta", None, ("", "Klart"), factor="Nära vård"))


def test_a_new_pair_of_women_and_men_stays_apart() -> None:
    last = group(1, "Andel rökare", "RS", ("K", "10 %"), ("M", "12 %"))
    assert not join(last, group(2, "Andel aktiva", "RS", ("K", "60 %"), ("M", "60 %")))


def test_the_factor_tells_where_names_do_not() -> None:
    known = frozenset({"näravårdihelalänet"})
    last = group(1, "Antal besök", None, ("", "Öka"), factor="Nära vård")
    assert join(last, group(2, "Digitala", None, factor="i hela länet"), known)
    other = group(1, "Antal besök", None, ("", "Öka"), factor="Nära vård\ni hela länet")
    assert not join(
        other, group(2, "Digitala besök", None, ("", "5"), factor="Nära vård\ni hela länet"), known
    )


def test_a_target_merged_over_women_and_men_is_for_both_when_the_page_cuts_it() -> None:
    last = group(1, "Andel besök", "RS", ("K", "K: 65 % M: 60 %"))
    assert join(last, group(2, "", "", ("M", "")))
    assert last.lines[1].text("target") == "K: 65 % M: 60 %"
    assert "row_joined" in last.review


def test_a_line_without_a_cell_of_its_own_gets_what_goes_on_overleaf() -> None:
    last = group(1, "Andel patienter\nsom väntat", "RS", ("K", "100 %"), ("", "100 %"))
    del last.lines[1].cells["status"]  # it is merged with that of the line before
    first = group(2, "högst 90 dagar", "", ("", ""))
    assert join(last, first)
    assert last.lines[1].cells["status"] is first.lines[0].cells["status"]


def test_weak_evidence_is_said() -> None:
    last = group(1, "Antal EU-", None, ("", "Öka"))
    assert join(last, group(2, "Medel i länet", None))
    assert "row_joined" in last.review


def marked(page: int, name: str, target: str, factor: str) -> TableEntry:
    made = group(page, name, None, ("", target), factor=factor)
    made.lines[0].cells["status"].marks.append(Mark(page, BOX, "vector", "#00aa00"))
    return made


def test_the_end_of_a_name_goes_on_though_it_begins_with_a_capital() -> None:
    last = marked(1, "Uppföljning av planer för arbetet inom", "Planer beslutas", "Fler i arbete")
    assert join(last, group(2, "EU- och näringspolitik", None, factor=""))
    assert "row_joined" in last.review


def test_a_row_with_a_target_of_its_own_stays_apart() -> None:
    last = marked(1, "Uppföljning av planer", "Planer beslutas", "Fler i arbete")
    assert not join(last, group(2, "EU-konferens", None, ("", "En per år"), factor=""))


def lettered(page: int, name: str, board: str, sex: str) -> TableEntry:
    made = group(page, name, board, (sex, "41 %"))
    made.lines[0].cells["status"].marks.append(Mark(page, BOX, "vector", "#00aa00"))
    return made


@pytest.mark.parametrize(("above", "below"), [("", ""), ("K", ""), ("", "M")])
def test_the_rest_of_a_name_goes_on_though_letters_for_women_and_men_are_missing(
    above: str, below: str
) -> None:
    last = lettered(1, "Andel unga 16-24 år\nsom", "RUN", above)
    assert join(last, lettered(2, "varken arbetar eller stude-\nrar", "", below))
    assert last.text("measure").endswith("stude-\nrar")
    assert last.lines[0].text("target") == "41 %\n41 %", "whose is whose nobody knows"
    assert len(last.lines[0].marks("status")) == 2


@pytest.mark.parametrize(
    ("name", "rest", "board"),
    [
        ("Andel unga som", "Varken arbetar", ""),
        ("Andel unga som", "varken arbetar", "RUN"),
        ("Andel unga.", "varken arbetar", ""),
        ("Antal besök", "e-tjänster i bruk", ""),
        ("antal besök", "andel nöjda", ""),
        ("Antal besök", "eHälsa i länet", ""),
    ],
)
def test_two_rows_without_letters_that_may_be_two_measures_stay_apart(
    name: str, rest: str, board: str
) -> None:
    assert not join(lettered(1, name, "RS", ""), lettered(2, rest, board, ""))


def test_two_lines_stay_apart_in_a_table_without_sexes_or_boards() -> None:
    last, first = lettered(1, "Andel unga som", "RS", ""), lettered(2, "varken arbetar", "", "")
    for entry in (last, first):
        del entry.lines[0].cells["sex"]
    assert not join(last, first)
    last, first = lettered(1, "Andel unga som", "", ""), lettered(2, "varken arbetar", "", "")
    assert not join(last, first)


# --- figures in columns ---------------------------------------------------------------------------


def with_figures(entry: TableEntry, *figures: tuple[str, int | None, str]) -> TableEntry:
    """The row with a figure for each role and year in its only line."""
    line = entry.lines[0]
    line.cells.pop("target", None)
    line.values = [
        ValueColumn(role, f"{role} {year}", cell(text, line.page), year)  # type: ignore[arg-type]
        for role, year, text in figures
    ]
    return entry


def test_a_target_that_goes_on_overleaf_is_whole() -> None:
    last = with_figures(group(1, "Antal unga och äldre som", "KN"), ("target", 2022, "200 unga"))
    first = with_figures(group(2, "deltagit i kursen", ""), ("target", 2022, "200 äldre"))
    assert join(last, first)
    assert last.lines[0].values[0].cell.text == "200 unga\n200 äldre"


def test_a_figure_that_stands_overleaf_alone_is_the_row_s() -> None:
    last = with_figures(
        group(1, "Antal unga som", "KN"), ("target", 2022, "200"), ("result", 2022, "")
    )
    first = with_figures(group(2, "deltagit", ""), ("target", 2022, ""), ("result", 2022, "180"))
    assert join(last, first)
    assert [value.cell.text for value in last.lines[0].values] == ["200", "180"]


def test_two_rows_with_a_target_and_a_result_each_are_two_though_the_second_begins_small() -> None:
    both = (("target", 2022, "200"), ("result", 2022, "180"))
    last, first = group(1, "Antal besök", None), group(2, "varav i egen regi", None)
    assert not join(with_figures(last, *both), with_figures(first, *both))
