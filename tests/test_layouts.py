"""What a layout file may say of any table, and that one which cannot do what it says is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from third_region import third_region

from styrmatt.errors import LayoutFileError, NoLayoutError
from styrmatt.extract.grid.heading_names import HeadingNames
from styrmatt.extract.grid.headings_above import HeadingsAbove
from styrmatt.extract.headers.header_words import header_words_of
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout import Layout, by_value
from styrmatt.layout_checks import LONGEST_HEADER
from styrmatt.layout_files import parse_layout, parse_layouts
from styrmatt.printed import ExtractedReport

HEAD = 'name = "mine"\ntitle = "Mine"\nvocabulary = "sv"\n'
ANY = HEAD + "any_table = true\n"
TALLMO = (
    ANY
    + """
columns = [
  { headers = ["Vi spanar på"], role = "measure" },
  { headers = ["Avgång"], role = "previous" },
  { headers = ["Hållplats"], role = "result" },
  { headers = ["Ändstation"], role = "target" },
  { headers = ["Färdläge"], role = "status" },
]
"""
)


def mine(text: str) -> Layout:
    """The layout of this text among those that ship, as a run has it."""
    return next(one for one in parse_layouts((("mine.toml", text),)) if one.name == "mine")


def refusal(text: str) -> str:
    with pytest.raises(LayoutFileError) as error:
        parse_layout(text, "mine.toml")
    return str(error.value)


# --- headers


def reading(columns: str, header: str) -> tuple[str, int | None, str | None, str | None]:
    layout = mine(ANY + f"columns = [{columns}]")
    says = header_words_of(layout).read(header)
    (role,) = says.roles or {""}
    return role, says.year, says.sex, says.area


def test_a_header_that_is_named_has_the_role_that_the_layout_says() -> None:
    assert reading('{headers = ["Färdläge"], role = "status"}', "FÄRD-\nLÄGE")[0] == "status"


def test_a_year_in_place_of_year_is_that_of_the_figures() -> None:
    assert reading('{headers = ["Läget {year}"], role = "result"}', "Läget 2029")[:2] == (
        "result",
        2029,
    )


def test_an_exact_wording_goes_before_one_with_any_year() -> None:
    columns = (
        '{headers = ["Mål {year}"], role = "target"}, {headers = ["Mål 2040"], role = "leave"}'
    )
    assert reading(columns, "Mål 2031")[0] == "target"
    assert reading(columns, "Mål 2040")[0] == "leave"


def test_year_sex_and_area_may_be_given() -> None:
    given = '{headers = ["Grannen"], role = "result", year = 2030, sex = "K", area = "Länet"}'
    assert reading(given, "Grannen") == ("result", 2030, "K", "Länet")


def test_what_is_not_given_is_read_from_the_header() -> None:
    named = '{headers = ["Utfall {year} kvinnor"], role = "forecast"}'
    assert reading(named, "Utfall 2031 kvinnor") == ("forecast", 2031, "K", None)


def test_the_value_before_is_that_of_the_year_before() -> None:
    layout = mine(ANY + 'columns = [{headers = ["Avgång"], role = "previous"}]')
    assert header_words_of(layout).read("Avgång").years_before == 1


def test_other_layouts_do_not_know_the_headers_of_one() -> None:
    mine(TALLMO)
    general = next(one for one in parse_layouts() if one.any_table)
    assert not header_words_of(general).read("Ändstation").roles


# --- words and colours


def test_words_of_a_publisher_go_before_those_of_the_vocabulary() -> None:
    layout = mine(ANY + '[statuses]\nmet = ["I hamn"]\nnot_met = ["Delvis uppnått"]')
    phrases = layout.words.status_phrases
    assert phrases["ihamn"] == "met"
    assert phrases["delvisuppnått"] == "not_met"
    assert phrases["uppnått"] == "met"


def test_a_word_for_a_status_is_no_other_in_a_cell() -> None:
    layout = mine(ANY + '[statuses]\nmet = ["OK"]')
    assert layout.words.status_phrases["ok"] == "met"
    assert "ok" not in layout.words.status_cells["partly_met"]


def test_words_for_trends_are_merged_too() -> None:
    assert mine(ANY + '[trends]\nup = ["Fart"]').words.trend_phrases["fart"] == "up"


def test_colours_of_a_layout_are_a_legend_where_the_report_has_none() -> None:
    layout = mine(ANY + '[colours]\nmet = ["#0000ff"]\nnot_met = ["#ff00ff"]')
    legend = LegendReader(layout.words, by_value(layout.colours)).legend()
    assert legend.palette.status("#0000ff").value == "met"
    assert legend.palette.status("#ff00ff").value == "not_met"
    assert legend.has_statuses


def test_without_own_words_the_vocabulary_is_the_shared_one() -> None:
    assert mine(ANY).words is next(iter(parse_layouts())).words


# --- headings


def line(text: str, top: float, size: float = 14) -> PageLine:
    return PageLine((Word(text, 50, top, 50 + 6 * len(text), top + size, size, True),))


def goal(headings: str, *texts: str) -> str | None:
    """The goal of a table below these headings, by a layout with these lines about headings."""
    layout = mine(f"{ANY}[headings]\n{headings}")
    above = HeadingsAbove(HeadingNames(header_words_of(layout), layout.headings))
    for n, text in enumerate(texts):
        above.add(1, line(text, 50 + 40 * n, 16 - 2 * n))
    return above.context().goal


def test_own_lead_in_words_name_goals() -> None:
    own = 'goal = ["Ledstjärna: {name}"]'
    assert goal(own, "Ledstjärna 2: Alla kommer fram") == "Alla kommer fram"


def test_the_shared_lead_in_words_stay_unless_only_the_own_ones_count() -> None:
    own = 'goal = ["Ledstjärna: {name}"]\nbare = false'
    assert goal(own, "Inriktningsmål: En trygg kommun") == "En trygg kommun"
    assert goal(own + "\nonly = true", "Inriktningsmål: En trygg kommun") is None


def test_a_lead_in_word_names_the_level_that_the_layout_says() -> None:
    headings = mine(ANY + '[headings]\ngoal = ["Delmål: {name}"]').headings
    assert "Delmål: {name}" in headings.goal
    assert "Delmål: {name}" not in headings.success_factor


def test_bare_headings_name_goals_if_the_layout_lets_them() -> None:
    assert goal("bare = true", "Alla kommer fram") == "Alla kommer fram"
    assert goal("bare = false", "Alla kommer fram") is None


def test_bare_headings_may_need_a_number() -> None:
    assert goal("numbered = true", "Alla kommer fram") is None
    assert goal("numbered = true", "2.1 Alla kommer fram") == "Alla kommer fram"


def test_generic_headings_name_no_goal() -> None:
    assert goal('generic = ["Så mår de äldre"]', "Alla kommer fram", "3 Så mår de äldre") == (
        "Alla kommer fram"
    )


# --- what is refused


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ANY + 'columns = [{headers = ["A"], role = "outcome"}]', "'outcome'; "),
        (ANY + 'columns = [{headers = [], role = "goal"}]', "headers is empty"),
        (ANY + 'columns = [{headers = ["–"], role = "goal"}]', "it has no letter"),
        (ANY + 'columns = [{headers = ["Mål {yaer}"], role = "goal"}]', "'{yaer}' stands for"),
        (
            ANY + f'columns = [{{headers = ["{"a" * (LONGEST_HEADER + 1)}"], role = "goal"}}]',
            "more than 90 letters",
        ),
        (
            ANY + 'columns = [{headers = ["Läge"], role = "status"}, '
            '{headers = ["LÄ-GE"], role = "trend"}]',
            "has two roles, status and trend",
        ),
        (
            ANY + 'columns = [{headers = ["Läge"], role = "status"}, '
            '{headers = ["Läge"], role = "status"}]',
            "stands twice",
        ),
        (ANY + 'columns = [{headers = ["A"], role = "goal", year = 2030}]', "a goal has no year"),
        (ANY + 'columns = [{headers = ["A"], role = "target", area = "Riket"}]', "has no area"),
        (HEAD + 'columns = [{headers = ["A"], role = "goal"}]', "no table of kind 'measures'"),
        (ANY + '[headings]\ngoal = ["Mål"]', "it has no {name}"),
        (ANY + '[headings]\ngoal = ["{name}"]', "bare = true"),
        (ANY + '[headings]\ngoal = ["Mål: {name} (KF)"]', "something stands behind it"),
        (ANY + '[headings]\ngoal = ["Mål {n}: {name}"]', "'{n}' stands for nothing"),
        (
            ANY + '[headings]\ngoal = ["Mål: {name}"]\nsuccess_factor = ["MÅL {name}"]',
            "names a goal and a success_factor",
        ),
        (ANY + "[headings]\nbare = false\nnumbered = true", "bare = false says none do"),
        (ANY + '[headings]\ngeneric = ["–"]', "can never match"),
        (ANY + '[statuses]\nmet = ["Klart"]\nnot_met = ["klart"]', "met and not_met"),
        (ANY + '[statuses]\nmet = ["+"]', "it has no letter"),
        (ANY + '[statuses]\ndone = ["Klart"]', "unknown key 'done'"),
        (ANY + '[colours]\nmet = ["green"]', "is no colour; write #00b050"),
        (ANY + '[colours]\nmet = ["#00FF00"]\nnot_met = ["#00ff00"]', "met and not_met"),
        (ANY + '[[tables]]\nkind = "measures"', "of kind 'ignored' only"),
        (ANY + '[[tables]]\nkind = "ignored"\nname = "b"\nwords = ["–"]', "can never match '–'"),
    ],
)
def test_a_layout_that_cannot_do_what_it_says_is_refused_with_the_reason(
    text: str, why: str
) -> None:
    said = refusal(text)
    assert said.startswith("mine.toml")
    assert why in said


FAMILY = (
    HEAD + '[[tables]]\nkind = "measures"\ncolumns = [{field = "measure", headers = ["A"]}, '
    '{field = "target", headers = ["B"]}]\n'
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[headings]\nbare = false", "bare needs any_table = true"),
        ("[headings]\nonly = true", "only needs any_table = true"),
    ],
)
def test_what_only_layouts_of_any_table_know_is_refused_in_others(text: str, why: str) -> None:
    assert why in refusal(FAMILY + text)
    assert parse_layout(FAMILY, "mine.toml").tables


# --- which is chosen, and what it reads


@pytest.fixture(scope="module")
def tallmo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tallmo") / "tallmo.pdf"
    path.write_bytes(third_region())
    return path


def read(path: Path, *texts: str) -> tuple[str, ExtractedReport]:
    own = tuple((f"{n}.toml", text) for n, text in enumerate(texts))
    layout, report = read_pdf(path, parse_layouts(own))
    return layout.name, report


def test_an_own_layout_is_chosen_where_its_headers_are_found(tallmo: Path) -> None:
    name, report = read(tallmo, TALLMO)
    assert name == "mine"
    assert [row.cells["target"].text for row in report.rows][:3] == ["85 %", "65", "75 %"]


def test_it_is_not_chosen_where_others_headers_stand() -> None:
    folder = Path(__file__).parent / "families"
    assert read(folder / "z-standard-report.pdf", TALLMO)[0] == "alla-tabeller"


def test_of_two_the_one_with_more_headers_is_chosen(tallmo: Path) -> None:
    fewer = TALLMO.replace('"mine"', '"fewer"').replace(
        '  { headers = ["Färdläge"], role = "status" },\n', ""
    )
    assert read(tallmo, TALLMO, fewer)[0] == "mine"


def test_two_that_fit_equally_well_are_not_guessed_between(tallmo: Path) -> None:
    with pytest.raises(NoLayoutError, match=r"Two layouts fit tallmo\.pdf .*: mine, other"):
        read(tallmo, TALLMO, TALLMO.replace('"mine"', '"other"'))


def test_half_of_its_headers_have_to_be_there(tallmo: Path) -> None:
    more = "".join(f'  {{ headers = ["Annat {n}"], role = "leave" }},\n' for n in range(5))
    assert read(tallmo, TALLMO.replace("]\n", more + "]\n"))[0] == "mine"
    more += '  { headers = ["Annat 6"], role = "leave" },\n'
    with pytest.raises(NoLayoutError):
        read(tallmo, TALLMO.replace("columns = [\n", "columns = [\n" + more))


def test_a_table_that_is_ignored_by_name_is_left_alone_and_counted(tallmo: Path) -> None:
    named = TALLMO + '[[tables]]\nkind = "ignored"\nname = "care"\nwords = ["Ändstation", "läkare"]'
    name, report = read(tallmo, named)
    assert name == "mine"
    assert dict(report.ignored) == {"care": 3}
    names = [row.cells["measure"].text for row in report.rows]
    assert "Antal resor per invånare" in names
    assert "Andel med fast läkare" not in names


def test_an_own_layout_that_names_no_header_goes_before_the_one_that_ships() -> None:
    folder = Path(__file__).parent / "families"
    assert read(folder / "z-standard-report.pdf", ANY)[0] == "mine"


def test_the_error_without_a_layout_shows_header_rows_and_what_to_do(tallmo: Path) -> None:
    with pytest.raises(NoLayoutError) as error:
        read(tallmo)
    said = str(error.value)
    assert "pages 2, 3: Vi spanar på (measure?) | Avgång (result?)" in said
    assert "Färdläge (status?)" in said
    assert "styrmatt layouts draft tallmo.pdf -o my.toml" in said
    assert "styrmatt layouts check my.toml tallmo.pdf" in said
