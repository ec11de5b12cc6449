"""Which role a column has: by its header, by its cells, and by the columns beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flips import Flip

from styrmatt.extract.grid.content import Content, content_of
from styrmatt.extract.grid.headers.header_cells import HeaderCell
from styrmatt.extract.grid.roles import TableRoles, assign_roles
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.layout import LayoutHeader
from styrmatt.vocabulary import load_vocabulary

WORDS = load_header_words("sv")
VOCABULARY = load_vocabulary("sv")
NAMES = ("Andel nöjda besökare", "Antal lån per invånare", "Kostnad per plats i förskolan")
FIGURES = ("70 %", "12", "1 250")
LONG = ("Resultatet är bättre än i fjol, eftersom fler har svarat",) * 3
WORDED = ("Uppnått", "Ej uppnått", "Delvis uppnått")
MARKS = 3


def content(cells: Sequence[str], marks: int = 0) -> Content:
    return content_of(cells, marks, VOCABULARY)


def head(text: str | None) -> HeaderCell | None:
    return None if text is None else HeaderCell(text, (0, 0, 1, 1), (), WORDS.header(text))


def roles(*columns: tuple[str | None, Sequence[str] | int]) -> TableRoles | None:
    """The roles of columns with a header and cells; a number of marks in place of words."""
    contents = [
        content(("",) * 3, cells) if isinstance(cells, int) else content(cells)
        for _, cells in columns
    ]
    return assign_roles([head(text) for text, _ in columns], contents)


def names(*columns: tuple[str | None, Sequence[str] | int]) -> list[str]:
    found = roles(*columns)
    assert found is not None
    return [column.role for column in found.columns]


def test_headers_that_say_one_role() -> None:
    assert names(
        ("Nr", ("1", "2", "3")),
        ("Indikator", NAMES),
        ("Mål 2022", FIGURES),
        ("Utfall 2021", FIGURES),
        ("Utfall 2022", FIGURES),
        ("Status", MARKS),
        ("Kommentar", LONG),
    ) == ["number", "measure", "target", "result", "result", "status", "comment"]


def test_a_column_of_names_under_goal_is_one_and_of_figures_a_target() -> None:
    assert names(("Mål", NAMES), ("Indikator", NAMES), ("Mål 2022", FIGURES)) == [
        "goal",
        "measure",
        "target",
    ]


@pytest.mark.parametrize(
    ("cells", "role"),
    [(MARKS, "status"), (WORDED, "status"), (("98 %", "102 %", "50 %"), "fulfilment")],
)
def test_fulfilment_is_a_figure_or_a_mark(cells: Sequence[str] | int, role: str) -> None:
    got = names(("Indikator", NAMES), ("Mål", FIGURES), ("Måluppfyllelse", cells))
    assert got == ["measure", "target", role]


EXPECTED = ("Bedöms", "delvis nås", "Bedöms nås", "Bedöms inte", "nås", "Målet", "bedöms nås")
"""Words for a status in lines of narrow cells, some of them broken."""


@pytest.mark.parametrize("header", ["Nämndens mål i slutet av året", "Mål vid årets slut", "Mål"])
@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (EXPECTED, "status"),
        (("Alla barn når", "målen", "Ett tryggt", "centrum", "Kloka hus"), "goal"),
        (("Delvis", "öppna data", "Nått ut i hela", "kommunen", "Ej mer svinn"), "goal"),
    ],
)
def test_words_for_a_status_under_goals_are_one_however_they_are_broken(
    header: str, cells: Sequence[str], role: str
) -> None:
    mark = content(cells)
    columns = [("Indikator", NAMES), ("Mål 2022", FIGURES), ("Utfall 2022", FIGURES)]
    heads = [head(text) for text, _ in columns]
    last = HeaderCell(header, (0, 0, 1, 1), (), WORDS.header(header))
    found = assign_roles([*heads, last], [*(content(c) for _, c in columns), mark])
    assert found is not None
    assert [column.role for column in found.columns][-1] == role


@pytest.mark.parametrize(("cells", "role"), [(MARKS, "trend"), (("-2", "3", "+1"), "change")])
def test_a_development_is_an_arrow_or_a_figure(cells: Sequence[str] | int, role: str) -> None:
    assert names(("Indikator", NAMES), ("Utfall", FIGURES), ("Utveckling", cells))[-1] == role


def test_years_and_sexes_alone_are_results() -> None:
    assert names(("Indikator", NAMES), ("2021", FIGURES), ("2022", FIGURES), ("Mål", FIGURES)) == [
        "measure",
        "result",
        "result",
        "target",
    ]
    assert names(("Indikator", NAMES), ("Kvinnor", FIGURES), ("Män", FIGURES))[1:] == ["result"] * 2


def test_a_year_over_marks_is_a_status_and_the_latest_is_the_report_s() -> None:
    got = names(("Indikator", NAMES), ("Mål", FIGURES), ("2021", MARKS), ("2022", MARKS))
    assert got == ["measure", "target", "leave", "status"]


def test_a_column_of_marks_without_a_header_is_the_status() -> None:
    assert names(("Indikator", NAMES), ("Utfall", FIGURES), (None, MARKS))[-1] == "status"
    assert names(("Indikator", NAMES), ("Utfall", FIGURES), (None, WORDED))[-1] == "status"


def test_codes_without_a_header_are_numbers_where_each_stands_once() -> None:
    rest = (("Indikator", NAMES), ("Mål 2022", FIGURES))
    assert names((None, ("M1", "M2", "K1")), *rest)[0] == "number"
    assert names((None, ("KF1", "KF1", "KF2")), *rest)[0] != "number"
    assert names((None, ("BUN", "KS", "SN")), *rest)[0] != "number"
    assert names((None, ("En trygg stad", "Rent vatten", "Jobb")), *rest)[0] == "goal"


def test_names_that_stand_once_under_a_header_for_targets_are_measures_before_the_targets() -> None:
    figures = ("Mål 2022", FIGURES)
    assert names(("Måltal", NAMES), figures, ("Utfall", FIGURES))[:2] == ["measure", "target"]
    ways = ("Ska öka", "Ska minska", "Ska öka")
    assert roles(("Måltal", ways), figures, ("Utfall", FIGURES)) is None
    assert roles(("Måltal", NAMES), ("Utfall", FIGURES)) is None


def of_grades(cells: Sequence[str], marks: int) -> str:
    """The role of a column with an unknown header and words that so many colours lie behind."""
    heads = [head("Vid årets slut"), head("Indikator"), head("Mål 2022")]
    contents = [content(cells, marks), content(NAMES), content(FIGURES)]
    found = assign_roles(heads, contents)
    assert found is not None
    return found.columns[0].role


def test_a_few_words_that_stand_on_colours_again_and_again_are_the_status() -> None:
    assert of_grades(("Solsken", "Regn", "Solsken"), MARKS) == "status"
    assert of_grades(("Solsken", "Regn", "Solsken"), 0) == "goal"
    assert of_grades(("Solsken", "Regn", "Storm"), MARKS) == ""


@pytest.mark.parametrize(("words", "are_grades"), [("ABCDE", True), ("ABCDEF", False)])
def test_a_scale_has_up_to_five_words(words: str, *, are_grades: bool) -> None:
    cells = [f"Läge {word}" for word in words]
    assert content(cells * 2).are_grades == are_grades
    assert not content(cells).are_grades


def test_a_column_of_letters_for_sexes_is_one() -> None:
    got = names(("Indikator", NAMES), (None, ("K", "M", "K")), ("Utfall", FIGURES))
    assert got == ["measure", "sex", "result"]


def test_names_without_a_header_are_measures() -> None:
    assert names((None, NAMES), ("Mål", FIGURES), ("Utfall", FIGURES))[0] == "measure"


def test_names_under_an_unknown_header_behind_goals_over_several_of_them_are_measures() -> None:
    over = ("En trygg stad", "En trygg stad", "Ett rent vatten")
    target = ("Mål 2022", FIGURES)
    behind = ("Det här räknar vi", NAMES)
    assert names(("Strategiskt mål", over), behind, target) == ["goal", "measure", "target"]
    assert names(("Strategiskt mål", over), ("Så gör vi", LONG), target)[1] != "measure"
    assert names(("Strategiskt mål", NAMES), behind, target)[0] == "measure"


def test_an_unknown_header_behind_goals_that_might_be_targets_is_one_of_measures() -> None:
    over = ("En trygg stad", "En trygg stad", "Ett rent vatten")
    got = names(("Mål", over), ("Det här räknar vi", NAMES), ("Målnivå", FIGURES))
    assert got == ["goal", "measure", "target"]
    got = names(("Mål", NAMES), ("Det här räknar vi", LONG), ("Målnivå", FIGURES))
    assert got[0] == "measure"


def test_columns_of_named_places_are_results_whose_owner_the_report_says_later() -> None:
    found = roles(
        ("Mått", NAMES), ("Mora 2021", FIGURES), ("Riket 2021", FIGURES), ("Mål", FIGURES)
    )
    assert found is not None
    assert [c.reading.area for c in found.columns] == [None, "Mora", "Riket", None]
    assert [c.role for c in found.columns] == ["measure", "result", "result", "target"]


@pytest.mark.parametrize(
    ("header", "area", "role", "year"),
    [
        ("Dalarna 2020", "Dalarna", None, 2020),
        ("Region Skåne 2020", "Region Skåne", None, 2020),
        ("Jämtland Härjedalen", "Jämtland Härjedalen", None, None),
        ("Utfall Mora 2021", "Mora", "result", 2021),
        ("Mora utfall 2021", "Mora", "result", 2021),
        ("2021 Upplands Väsby", "Upplands Väsby", None, 2021),
        ("Gotlands 2021", "Gotlands", None, 2021),
    ],
)
def test_a_header_may_name_a_place(
    header: str, area: str, role: str | None, year: int | None
) -> None:
    said = WORDS.read(header)
    assert (said.area, said.year, said.of_publisher) == (area, year, True)
    assert said.roles == ({role} if role else frozenset())


@pytest.mark.parametrize("header", ["Snitt Dalarna 2020", "Medel Skåne"])
def test_an_average_over_a_place_is_not_that_place(header: str) -> None:
    said = WORDS.read(header)
    assert not said.of_publisher and said.area == header.removesuffix(" 2020")


@pytest.mark.parametrize("header", ["dalarna 2020", "Dalarnas skogar 2020", "Mål Mora 2020"])
def test_other_headers_with_a_place_are_not_of_it(header: str) -> None:
    assert WORDS.read(header).area is None


def test_a_header_for_how_it_is_measured_heads_the_names_where_nothing_else_does() -> None:
    over = ("En trygg stad", "En trygg stad", "Ett rent vatten")
    long = tuple(f"{name} bland alla som har svarat på enkäten" for name in NAMES)
    got = names(("Fullmäktiges mål", over), ("Mäts genom", long), ("Mål", FIGURES))
    assert got == ["goal", "measure", "target"]
    got = names(("Indikator", NAMES), ("Mäts genom", long), ("Mål", FIGURES))
    assert got == ["measure", "source", "target"]


def test_success_factors_have_no_targets_where_a_column_of_names_stands_behind_them() -> None:
    got = names(("Framgångsfaktor", NAMES), ("Det vi räknar", NAMES), ("Mål 2022", FIGURES))
    assert got[1:] == ["measure", "target"]
    got = names(("Framgångsfaktor", NAMES), ("Uppföljning", NAMES), ("Mål 2022", FIGURES))
    assert got[1:] == ["measure", "target"]


def test_a_header_that_may_be_a_goal_or_a_measure_is_the_goal_beside_one_that_is_a_measure() -> (
    None
):
    over = ("En trygg stad", "", "Ett rent vatten")
    got = names(("Resultatmål", over), ("Indikatorer", NAMES), ("Utfall 2021", FIGURES))
    assert got == ["goal", "measure", "result"]
    assert names(("Resultatmål", NAMES), ("Mål 2021", FIGURES))[0] == "measure"


def test_a_wished_state_behind_the_measures_is_a_target_and_before_them_a_goal() -> None:
    wishes = ("Säkra framdrift", "Öka", "Alla enheter")
    assert names(("Indikator", NAMES), ("Önskat läge", wishes), ("Status", MARKS))[1] == "target"
    got = names(("Önskat läge", NAMES), ("Indikator", NAMES), ("Mål 2022", FIGURES))
    assert got == ["goal", "measure", "target"]


def test_the_present_state_is_the_result_where_no_other_column_is() -> None:
    now = ("Nuläge 2022", FIGURES)
    assert names(("Indikator", NAMES), now, ("Mål 2022", FIGURES))[1] == "result"
    found = names(("Indikator", NAMES), now, ("Utfall 2022", FIGURES), ("Mål 2022", FIGURES))
    assert found[1] == "baseline"


def test_goals_with_results_of_their_own_are_the_measures() -> None:
    assert names(("Mål", NAMES), ("Utfall 2022", FIGURES), ("Status", MARKS))[0] == "measure"
    assert (
        names(("Framgångsfaktor", NAMES), ("Utfall 2022", FIGURES), ("Status", MARKS))[0]
        == "measure"
    )


def test_goals_without_figures_are_an_overview() -> None:
    found = roles(("Strategiskt mål", NAMES), ("Framgångsfaktor", NAMES), ("Status", MARKS))
    assert found is not None and found.shape == "overview" and found.has_aims


def test_tables_of_other_things_have_no_roles() -> None:
    assert roles(("Indikator", NAMES), ("Kommentar", LONG)) is None
    assert roles(("Indikator", FIGURES), ("Utfall", FIGURES)) is None
    assert roles((None, NAMES), ("Budget 2022", FIGURES)) is None
    assert roles(("Nämnd", NAMES), ("Budget", FIGURES), ("Avvikelse", FIGURES)) is None
    assert roles(("Strategiskt mål", NAMES), ("Kommentar", LONG)) is None


def test_targets_of_an_area_are_left() -> None:
    assert names(("Indikator", NAMES), ("Mål", FIGURES), ("Målvärde max", FIGURES))[-1] == "leave"


def test_what_nothing_explains_has_no_role() -> None:
    assert names(("Indikator", NAMES), ("Utfall", FIGURES), ("Kanal", NAMES))[-1] == ""


def test_a_table_of_results_alone_has_no_aims() -> None:
    found = roles(("Nyckeltal", NAMES), ("Utfall 2022", FIGURES))
    assert found is not None and not found.has_aims
    assert found.index("result") == 1 and found.index("target") is None
    assert found.indexes("measure", "result") == (0, 1)
    assert [column.is_value for column in found.columns] == [False, True]


def test_what_a_layout_says_of_a_header_holds_whatever_the_cells_are() -> None:
    words = load_header_words("sv", (LayoutHeader(("Kanal",), role="target"),))
    heads = [head("Indikator"), HeaderCell("Kanal", (0, 0, 1, 1), (), words.read("Kanal"))]
    found = assign_roles(heads, [content(NAMES), content(LONG)])
    assert found is not None and [column.role for column in found.columns] == ["measure", "target"]


# --- what cells hold ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "70",
        "70 %",
        "70%",
        "1 250",
        "12,5",
        "-3",
        "−3",
        "> 90 %",
        "≥90",
        "minst",
        "1 250 kr",
        "12,5 mnkr",
        "3,2 (2,9)",
        "98.",
        "45 000 kr/elev",
        "+2,1 %",
        "3:1",
    ],
)
def test_figures_with_signs_and_units(text: str) -> None:
    assert content((text,)).has_figures == (text != "minst")


@pytest.mark.parametrize("text", ["-", "–", "..", ".", "*", "i.u.", "N/A", "e/t"])
def test_dashes_stand_in_the_place_of_figures(text: str) -> None:
    found = content((text, "12"))
    assert (found.dashes, found.figures, found.has_figures) == (1, 1, True)
    assert not content((text,)).has_figures


def test_what_else_cells_hold() -> None:
    assert content(NAMES).has_text and not content(NAMES).has_figures
    assert content(("Minst 70 %", "Högst 3", "Öka")).has_digits
    assert content(("RUN", "HSN", "KS/BN")).codes == 3
    assert content(("1.1", "1.2", "2.1")).codes == 3
    assert content(("2021", "Dec 2022", "2021/2022", "2021-08")).years == 4
    assert content(("K", "M", "Totalt")).sexes == 3
    assert content(WORDED).phrases == 3 and not content(WORDED).has_text
    assert content(("98 %", "50 %", "3")).percents == 2
    assert content(("", " ")).is_empty and not content(("",), 1).is_empty
    assert content(LONG).long == 3


def is_text(length: int) -> bool:
    """Whether a cell that begins with a figure and has so many characters is text."""
    return content(("1" * length,)).figures == 0


FLIPS = {
    "cells of more than 28 characters are text": Flip(is_text, range(10, 40), 29),
    "marks in a third of the rows make a column of marks": Flip(
        lambda marks: content(("",) * 12, marks).has_marks, range(13), 4
    ),
    "half of the cells are figures in a column of figures": Flip(
        lambda n: content(("7",) * n + ("Nöjda",) * (10 - n)).has_figures, range(11), 5
    ),
}


@pytest.mark.parametrize("name", FLIPS)
def test_where_decisions_flip(name: str) -> None:
    FLIPS[name].check()


@pytest.mark.parametrize("word", ["Nivå", "Värde", "Nivå 2019"])
def test_a_word_for_a_value_beside_results_is_the_target(word: str) -> None:
    years = (("Utfall 2018", FIGURES), ("Utfall 2019", FIGURES))
    assert names(("Målsättning", NAMES), (word, FIGURES), *years)[1:] == [
        "target",
        "result",
        "result",
    ]
    assert names(("Mått", NAMES), (word, FIGURES), ("2018", FIGURES), ("2019", FIGURES))[1] == (
        "target"
    )


def test_a_word_for_a_value_is_a_result_where_targets_have_a_column_or_no_results() -> None:
    mark = ("Status", MARKS)
    got = names(("Mått", NAMES), ("Mål", FIGURES), ("Utfall 2018", FIGURES), ("Nivå", FIGURES))
    assert got == ["measure", "target", "result", "result"]
    assert names(("Mått", NAMES), ("Nivå", FIGURES), mark)[1] == "result"
    assert names(("Mått", NAMES), ("Nivå 2018", FIGURES), ("Nivå 2019", FIGURES), mark)[1:3] == [
        "result",
        "result",
    ]
    got = names(("Mått", NAMES), ("Utfall 2018", FIGURES), ("Värde 2019", FIGURES), mark)
    assert got[2] == "result"
    got = names(("Mått", NAMES), ("Uppmätt nivå", FIGURES), ("Utfall 2018", FIGURES), mark)
    assert got[1] == "result"


def test_questions_with_own_values_beside_the_best_and_worst_of_others() -> None:
    others = [(word, FIGURES) for word in ("Snitt", "Bäst", "Sämst")]
    found = roles(
        ("Nr", ("1", "2", "3")),
        ("Fråga", NAMES),
        ("Vårt värde 2018", FIGURES),
        ("Vårt\nvärde 2019", FIGURES),
        *others,
    )
    assert found is not None
    assert [c.role for c in found.columns] == ["number", "measure", *["result"] * 5]
    assert [(c.reading.year, c.reading.area) for c in found.columns[2:]] == [
        (2018, None),
        (2019, None),
        (None, "Snitt"),
        (None, "Bäst"),
        (None, "Sämst"),
    ]


def test_a_question_is_a_measure_only_in_a_header() -> None:
    assert "measure" in WORDS.header("Fråga").roles and not WORDS.read("Fråga").roles
    assert roles(("Fråga", NAMES), ("Svar", LONG)) is None
    got = names(("Fråga", LONG), ("Indikator", NAMES), ("Utfall", FIGURES))
    assert got == ["goal", "measure", "result"]


@pytest.mark.parametrize("header", ["Lägst", "Högst 2023", "Bästa möjliga"])
def test_limits_and_wishes_are_no_areas(header: str) -> None:
    assert not WORDS.header(header).area


def test_an_assessment_in_figures_is_a_forecast() -> None:
    heads = ("Indikator", "Utfall 2024", "Helårsbedömning")

    def last(*columns: Sequence[str] | int) -> str:
        return names(*zip(heads, (NAMES, FIGURES, *columns), strict=True))[-1]

    assert last(("91 %", "688 000", "64")) == "forecast"
    assert last(("91 %", "-", "64")) == "forecast"
    assert last(WORDED) == "status"
    assert last(MARKS) == "status"
    assert last(("3", "2", "3")) == "status"  # points
    assert last(("", "", "")) == "status"
    assert last(("Bättre", "Sämre", "Som i fjol")) == "status"
    beside = names(("Indikator", NAMES), ("Mål", FIGURES), ("Status", MARKS), ("Bedömning", WORDED))
    assert "forecast" not in beside


def test_a_column_of_years_holds_no_targets() -> None:
    columns = (("Mått", NAMES), ("Utfall 2024", FIGURES))
    assert names(*columns, ("Mål", ("2 000", "2 100", "1 950")))[-1] == "target"
    found = names(*columns, ("Mål", ("70", "80", "90")), ("Målsättning", ("2026", "2027", "2026")))
    assert found[2] == "target" and found[3] != "target"


def test_values_that_are_named_are_measures_and_areas_before_them_no_goals() -> None:
    areas = ("Skola", "", "Vatten")
    years = [("2023", FIGURES), ("2022", FIGURES)]
    for area in ("Verksamhet", "Verksamhetsområde"):
        assert names((area, areas), ("Mätvärde", NAMES), *years) == [
            "perspective",
            "measure",
            "result",
            "result",
        ]
    assert names(("Indikator", NAMES), ("Mätvärde", FIGURES), ("Mål", FIGURES)) == [
        "measure",
        "result",
        "target",
    ]
    # Without other names the areas are what is measured.
    assert names(("Verksamhet", NAMES), ("Mål", FIGURES), ("Utfall", FIGURES))[0] == "measure"
    assert roles(("Ansvarig", NAMES), ("Prognos", FIGURES), ("Utfall", FIGURES)) is None
    # An unknown header of names beside values.
    assert names(("Fråga", NAMES), ("Mätvärde", FIGURES), ("Mål", FIGURES))[0] == "measure"
    # A budget of areas has no measures.
    assert roles(("Verksamhet", NAMES), ("Prognos 2023", FIGURES), ("Utfall", FIGURES)) is None


def test_values_of_others_beside_are_no_results_of_one_s_own() -> None:
    found = roles(
        ("Mätvärde", NAMES),
        ("2023", FIGURES),
        ("Liknande kommuner 2023", FIGURES),
    )
    assert found is not None
    assert [column.reading.area for column in found.columns] == [None, None, "Liknande kommuner"]


MIXED = ("70 %", "12", "1 250")
MONEY = ("70", "12", "1 250")
SUMS = ("Intäkter", "Personalkostnader", "Kostnad per plats i förskolan")


@pytest.mark.parametrize(
    ("first", "heads", "cells", "read"),
    [
        (None, ("Jan–aug 2025", "Samma period 2024", "Prognos 2025"), MIXED, True),
        ("", ("Utfall jan-aug 2025", "Årsprognos 2025"), MIXED, True),
        # In money alone; headed by its unit; with a budget; or of whole years.
        (None, ("Jan–aug 2025", "Samma period 2024", "Prognos 2025"), MONEY, False),
        ("Mnkr", ("Jan–aug 2025", "Samma period 2024", "Prognos 2025"), MIXED, False),
        (None, ("Budget 2025", "Prognos 2025"), MIXED, False),
        (None, ("2025", "2024", "2023"), MIXED, False),
        (None, ("Prognos 2025",), MIXED, False),
        (None, ("Jan–aug 2025", "Prognos 2025", "Kontaktperson"), MIXED, False),
    ],
)
def test_rows_below_an_empty_header_are_measures_that_are_followed_up_during_a_year(
    first: str | None, heads: Sequence[str], cells: Sequence[str], read: bool
) -> None:
    rows = SUMS if cells is MONEY else NAMES
    found = roles((first, rows), *((text, cells) for text in heads))
    assert (found is not None) == read
    assert found is None or found.columns[0].role == "measure"


def test_what_is_planned_for_a_year_is_a_target_beside_measures() -> None:
    assert names(("Nyckeltal", NAMES), ("Planerat 2024", FIGURES), ("Utfall 2024", FIGURES)) == [
        "measure",
        "target",
        "result",
    ]


CHANGES = ("-4,2 %", "5 %", "-")


@pytest.mark.parametrize(
    ("columns", "read"),
    [
        ((("Mått", NAMES), ("Förändring mot föregående år", CHANGES)), True),
        ((("Mått", NAMES), ("Avvikelse", CHANGES), ("Kommentar", LONG)), True),
        (
            (
                ("Nyckeltal", NAMES),
                ("Förändring mot föregående år", CHANGES),
                ("Prognos helår jämfört med helår föregående år", CHANGES),
            ),
            True,
        ),
        # Sums of a budget, and measures beside what nothing says to be a change.
        ((("Projekt", NAMES), ("Avvikelse", CHANGES)), False),
        (((None, NAMES), ("Avvikelse", CHANGES)), False),
        ((("Mått", NAMES), ("Kommentar", LONG)), False),
        ((("Mått", NAMES), ("Ansvarig", ("Rektor", "Chef", "KS"))), False),
        ((("Mått", NAMES), ("Avvikelse", CHANGES), ("Källa", ("SCB", "Kolada", "SKR"))), False),
    ],
)
def test_measures_of_which_only_changes_are_told_are_read(
    columns: Sequence[tuple[str | None, Sequence[str]]], read: bool
) -> None:
    found = roles(*columns)
    assert (found is not None and found.shape == "measures") == read
    if found is not None:
        assert [column.role for column in found.columns][:2] == ["measure", "change"]


# --- comments and measures below headers that no list has -----------------------------------------


def test_long_texts_that_stand_last_below_an_unknown_header_are_guessed_to_be_comments() -> None:
    found = roles(("Indikator", NAMES), ("Mål 2022", FIGURES), ("Hösten i backspegeln", LONG))
    assert found is not None
    last = found.columns[-1]
    assert (last.role, last.reading.guessed) == ("comment", True)


@pytest.mark.parametrize(
    "columns",
    [
        (("Indikator", NAMES), ("Hösten i backspegeln", LONG), ("Mål 2022", FIGURES)),
        (("Indikator", NAMES), ("Mål 2022", FIGURES), ("Hösten i backspegeln", NAMES)),
        (("Indikator", NAMES), ("Mål 2022", FIGURES), (None, LONG)),
    ],
)
def test_other_texts_below_an_unknown_header_are_no_comments(
    columns: Sequence[tuple[str | None, Sequence[str]]],
) -> None:
    assert "comment" not in names(*columns)


def test_of_two_columns_of_texts_the_one_that_says_so_is_the_comment() -> None:
    got = names(
        ("Indikator", NAMES), ("Mål", FIGURES), ("Kommentar", LONG), ("I backspegeln", LONG)
    )
    assert got[2:] == ["comment", ""]


@pytest.mark.parametrize("header", ["Hela 2025", "Hela året 2025", "Hela året\n2025"])
def test_all_of_a_year_is_that_year(header: str) -> None:
    reading = WORDS.header(header)
    assert (reading.year, reading.period, reading.whole) == (2025, None, True)


def test_names_behind_parts_of_goals_are_the_measures() -> None:
    over = ("En trygg stad", "", "Ett rent vatten")
    got = names(("Delmål", over), ("Att räkna", NAMES), ("Utfall 2021", FIGURES))
    assert got == ["goal", "measure", "result"]
    got = names(("Delmål", NAMES), ("Att göra", NAMES), ("Utfall 2021", FIGURES))
    assert got[0] == "measure"
