"""Rows that are halves of others, or whose target or sex went astray, are flagged."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from test_normalize_build import HERE, extract, mark

from styrmatt.printed import Cell, Location, Marker, Row
from styrmatt.records import Extract

MET = {"status": (mark("met"),), "trend": (mark("up"),)}
TWO = {"status": (mark("met"), mark("met")), "trend": (mark("up"), mark("up"))}


def row(
    number: int,
    measure: str,
    target: str = "80 %",
    sex: str | None = "",
    *,
    board: str | None = "RS",
    marks: Mapping[str, tuple[Marker, ...]] = MET,
    page: int = 3,
    table: int = 1,
) -> Row:
    texts = {"measure": measure, "target": target, "status": "", "trend": ""}
    texts |= {} if sex is None else {"sex": sex}
    texts |= {} if board is None else {"board": board}
    place = Location(page, page, HERE.bbox, str(page))
    cells = {key: Cell(text, place, marks.get(key, ())) for key, text in texts.items()}
    return Row(table, number, cells, place, "Samhälle", "God hälsa", "Nära vård")


REST = (
    row(90, "Andel nöjda"), row(91, "Antal möten", "5"), row(92, "Andel som röker", "7 %", "K"),
    row(92, "Andel som röker", "8 %", "M"),
)  # fmt: skip


def reasons(got: Extract) -> dict[str, set[str]]:
    """The reasons of each measure that has one, targets without unit aside."""
    found: dict[str, set[str]] = {}
    for record in got.records:
        why = set(record.review) - {"target_without_unit"}
        if why:
            found.setdefault(record.measure, set()).update(why)
    return found


def kinds(got: Extract) -> set[str]:
    return {issue.kind for issue in got.issues if issue.severity == "warning"}


# -- sexes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sex", ["K", "M"])
def test_a_line_of_one_sex_without_the_other_is_flagged(sex: str) -> None:
    got = extract(row(1, "Andel fallskador", sex=sex), *REST)
    assert reasons(got) == {"Andel fallskador": {"sex_unclear"}}
    assert kinds(got) == {"sex_unclear"}


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Andel kvinnor som deltar", "K"), ("Andel nystartade företag med kvinnlig ägare", "K"), ("Flickors skolresultat", "K"),
        ("Andel män i vården", "M"), ("Pojkars läsförmåga", "M"),
    ],
)  # fmt: skip
def test_a_measure_that_is_about_one_sex_has_one_line(name: str, sex: str) -> None:
    assert reasons(extract(row(1, name, sex=sex), *REST)) == {}


def test_a_sex_that_the_name_does_not_mean_is_flagged() -> None:
    got = extract(row(1, "Andel kvinnor som deltar", sex="M"), *REST)
    assert reasons(got) == {"Andel kvinnor som deltar": {"sex_unclear"}}
    got = extract(row(1, "Andel mandat", sex="M"), *REST)
    assert reasons(got) == {"Andel mandat": {"sex_unclear"}}, "a word that begins like men"


def test_letters_that_are_printed_twice_are_flagged() -> None:
    got = extract(row(1, "Andel fallskador", "3 %", "K"), row(1, "Andel fallskador", "4 %", "K"))
    assert reasons(got) == {"Andel fallskador": {"sex_unclear", "duplicate"}}
    got = extract(row(1, "Andel fallskador", "3 %", "KK"), *REST)
    assert reasons(got) == {"Andel fallskador": {"sex_unclear"}}


def test_two_marks_in_a_line_without_a_letter_are_flagged_where_lines_have_letters() -> None:
    got = extract(row(1, "Andel fallskador", "63 %\n63 %", marks=TWO), *REST)
    assert reasons(got) == {"Andel fallskador": {"sex_unclear", "target_unparsed"}}
    assert next(r for r in got.records if r.measure == "Andel fallskador").target_value is None
    got = extract(row(1, "Antal möten i", "40\n250", marks=TWO), *REST)
    assert next(r for r in got.records if r.measure == "Antal möten i").target_value is None
    got = extract(row(1, "Andel fallskador", "Öka\nÖka", marks=TWO), *REST)
    assert reasons(got) == {"Andel fallskador": {"sex_unclear", "target_unparsed"}}


def test_marks_of_both_sexes_in_a_table_without_their_column_are_no_missing_letters() -> None:
    rest = tuple(row(n, f"Andel {n}", sex=None) for n in (5, 6))
    got = extract(row(1, "Andel fallskador", sex=None, marks=TWO), *rest)
    assert reasons(got) == {}
    got = extract(row(1, "Andel fallskador", "K 3 % M 4 %", marks=TWO), *REST)
    assert reasons(got) == {}
    got = extract(row(1, "Andel fallskador", "3 %", "K/M", marks=TWO), *REST)
    assert reasons(got) == {}
    total = row(1, "Andel", "3 %", "T"), row(1, "Andel", "3 %", "K"), row(1, "Andel", "3 %", "M")
    assert reasons(extract(*total)) == {}


def test_a_measure_is_flagged_below_which_a_row_without_a_name_was_left_out() -> None:
    got = extract(row(1, "Andel fallskador"), row(2, "", board=""), *REST)
    assert reasons(got) == {"Andel fallskador": {"sex_unclear"}}
    assert kinds(got) == {"row_rejected"}
    got = extract(row(1, "Andel fallskador"), row(2, "", "", board="", marks={}), *REST)
    assert reasons(got) == {}, "nothing is lost"


# -- names --------------------------------------------------------------------------------------


def test_a_name_that_begins_in_the_middle_of_a_phrase_and_the_one_above_are_flagged() -> None:
    got = extract(
        row(1, "Andel unga 16-24 år som"), row(2, "varken arbetar eller studerar", board=""), *REST
    )
    assert reasons(got) == {
        "Andel unga 16-24 år som": {"name_cut"},
        "varken arbetar eller studerar": {"name_cut"},
    }
    assert kinds(got) == {"name_cut"}


def test_a_half_at_the_top_of_a_table_is_flagged_alone() -> None:
    got = extract(*REST, row(1, "varken arbetar eller studerar", table=2, page=9))
    assert reasons(got) == {"varken arbetar eller studerar": {"name_cut"}}


@pytest.mark.parametrize(
    "name", ["Andel unga som", "Antal vårdplatser och", "Andel patienter som fått tid inom", "Antal forsknings-",
             "Andel invånare med förtroende för", "Öppna jämförelser av"],
)  # fmt: skip
def test_a_name_that_ends_in_the_middle_of_a_phrase_is_flagged(name: str) -> None:
    got = extract(row(1, name), *REST)
    assert list(reasons(got).values()) == [{"name_cut"}]


@pytest.mark.parametrize(
    "name",
    [
        "Andel ärenden som följs upp", "Möten som regionen deltar i", "e-tjänster i vården", "eHälsa i länet", "pH-värde i sjöar",
        "Antal resor per år", "”öppna dörrar” i skolan", "1177 på nätet", "Tid till vård och stöd", "Besök hos läkare i specialiserad vård",
        "Aktiviteter som ställs in", "Kostnad per år och invånare", "Andel kvinnor och män", "Projekt som arbetas med", "Plan A och B",
        "Insatser mot våld", "Vitamin D", "Grupp A", "Andel som är nöjda med det",
    ],
)  # fmt: skip
def test_whole_names_are_not_flagged(name: str) -> None:
    assert reasons(extract(row(1, name), *REST)) == {}


def test_reports_that_print_names_in_small_letters_are_not_flagged() -> None:
    rows = (row(1, "andel nöjda"), row(2, "antal möten"), row(3, "kostnad per år"), row(4, "Index"))
    assert reasons(extract(*rows)) == {}


def test_a_name_without_anything_beside_it_is_half_of_the_one_above() -> None:
    bare = row(2, "Region Exempel", "", board="", marks={})
    got = extract(row(1, "Andel invånare i hela"), bare, *REST)
    assert reasons(got) == {"Andel invånare i hela": {"name_cut"}, "Region Exempel": {"name_cut"}}


def test_a_table_in_which_rows_lack_cells_is_not_flagged() -> None:
    bare = [row(n, f"Aktivitet {n}", "", board="", marks={}) for n in (1, 2, 3)]
    assert reasons(extract(*bare)) == {}


# -- targets ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "both",
    [
        "Minska med 10 %\n13 %", "Högst 165\n45 %", "80 %\n90 %", "80 % 90 %", "Framtagen och beslutad\n31 %", "31 %\nFramtagen och beslutad",
        "Öka\n13 %", "Öka\nFramtagen", "12 mnkr\nÖka", "250\nK40", "12\n300", "K40\n250", "Minskad skillnad jmf 2018\n350 kr", "Öka\n200 kvinnor\n200 män", "2 program\nMinst 5 möten",
    ],
)  # fmt: skip
@pytest.mark.parametrize("above", [True, False])
def test_a_target_in_the_neighbours_cell_flags_both_rows(both: str, above: bool) -> None:
    rows = [row(1, "Andel först", both), row(2, "Andel sedan", "")]
    if above:
        rows = [replace(rows[1], measure_no=1), replace(rows[0], measure_no=2)]
    got = extract(*rows, *REST)
    assert all("target_moved" in why for why in reasons(got).values())
    assert reasons(got).keys() == {"Andel först", "Andel sedan"}
    assert {r.target_value for r in got.records if r.measure in ("Andel först", "Andel sedan")} == {
        None
    }
    assert "target_moved" in kinds(got)


@pytest.mark.parametrize(
    "text",
    [
        "80 %", "Minska med\n10 %", "Minst\n80 %", "Framtagen och\nbeslutad", "2022: 4,8 %,\nKort: 49 %,\nLång: 51 %", "K: 65 %\nM: 60 %",
        "Högst\n165", "Öka med\n5 procent", "Öka 5 %", "20 personer/ 12\nkommuner", "80–\n90 %", "Andelen ska vara\n80 %", "Minskad skillnad jmf\n2018",
        "80\n%", "Öka till\n8,5 %", "Minst 3\nav 5", "Före\n2025", "200 kvinnor\n200 män", "2018\nK: 55 %\nM: 57 %", "Utfall 2018\n80 %", "T: 60 %\nK: 62 %\nM: 58 %", "Öka (från\n80 %)",
    ],
)  # fmt: skip
def test_one_target_beside_an_empty_cell_is_not_flagged(text: str) -> None:
    got = extract(row(1, "Utfall först", text), row(2, "Utfall sedan", ""), *REST)
    assert {why for whys in reasons(got).values() for why in whys} == set()


def test_two_targets_far_from_an_empty_cell_or_in_another_table_are_no_moved_ones() -> None:
    got = extract(row(1, "Andel först", "Öka\nBeslutad"), *REST, row(2, "Andel sedan", ""))
    assert reasons(got) == {}
    got = extract(row(1, "Andel först", "Öka\nBeslutad"), row(2, "Andel sedan", "", table=2), *REST)
    assert reasons(got) == {}


# -- equal names --------------------------------------------------------------------------------


def test_measures_of_one_name_are_flagged_and_their_ids_do_not_hang_on_the_target() -> None:
    one = extract(row(1, "Andel nöjda", "80 %"), row(2, "Andel nöjda", "90 %"), *REST[1:])
    assert reasons(one) == {"Andel nöjda": {"duplicate"}}
    assert [r.review for r in one.records[:2]] == [("duplicate",), ("duplicate",)]
    other = extract(row(1, "Andel nöjda", "8O %"), row(2, "Andel nöjda", "95 %"), *REST[1:])
    assert [m.measure_id for m in one.measures] == [m.measure_id for m in other.measures]
    alone = extract(row(1, "Andel nöjda", "80 %"))
    assert alone.measures[0].measure_id == one.measures[0].measure_id


def test_measures_of_one_name_and_another_board_or_kind_are_none() -> None:
    got = extract(row(1, "Andel nöjda"), row(2, "Andel nöjda", board="RUN"), *REST[1:])
    assert reasons(got) == {}
    got = extract(row(1, "Handlingsplan"), row(2, "Aktivitet: Handlingsplan"), *REST)
    assert reasons(got) == {}


def test_a_status_in_the_target_cell_beside_other_words_for_a_status_is_flagged() -> None:
    swapped = row(1, "Antal resor", "Uppnått", marks={})
    cells = {**swapped.cells, "status": Cell("Högst 60 dagar", swapped.place, ())}
    got = extract(replace(swapped, cells=cells), *REST)
    assert "ambiguous_cells" in reasons(got)["Antal resor"]


def test_a_target_that_is_a_word_for_a_status_beside_a_mark_is_a_target() -> None:
    assert reasons(extract(row(1, "Ny plan", "Uppnått"), *REST)) == {}
