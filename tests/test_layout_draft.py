"""`styrmatt layouts draft` and `styrmatt layouts check`: a layout from a report, tried on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from test_cli import Command, command
from test_layouts import TALLMO
from third_region import third_region

from styrmatt.extract.grid.watch import SeenColumn, SeenTable
from styrmatt.extract.pdf_report import read_pdf
from styrmatt.extract.survey import survey_report
from styrmatt.layout import Layout
from styrmatt.layout_files import parse_layouts
from styrmatt.pipeline.use_cases.check_layout import TriedLayout, check_layout_on
from styrmatt.pipeline.use_cases.draft_columns import column_lines, on_pages, quoted, unbroken
from styrmatt.pipeline.use_cases.draft_layout import LONGEST_DRAFT, draft_layout, general_layout
from styrmatt.pipeline.use_cases.draft_words import status_lines
from styrmatt.printed import Cell, ExtractedReport, Location, Marker

__all__ = ["command"]

FAMILIES = Path(__file__).parent / "families"
DRAFTED = (
    "i-women-men-country",
    "j-board-by-goal-year-is-status",
    "l-smileys",
    "r-board-annual",
    "t-financial-goals-yes-no",
    "z-narrow-hyphenated",
    "z-standard-report",
)
"""Typesettings of different families, with sexes, areas, years alone, boards and several tables."""


@cache
def draft(name: str) -> str:
    return draft_layout(FAMILIES / f"{name}.pdf")


def loaded(text: str) -> Layout:
    shipped = {layout.name for layout in parse_layouts()}
    (own,) = (one for one in parse_layouts((("my.toml", text),)) if one.name not in shipped)
    return own


def read(path: Path, layout: Layout) -> ExtractedReport:
    return read_pdf(path, [layout], layout_name=layout.name)[1]


# --- drafts


@pytest.mark.parametrize("name", DRAFTED)
def test_a_draft_reads_the_report_as_it_is_read_without_it(name: str) -> None:
    path = FAMILIES / f"{name}.pdf"
    own = loaded(draft(name))
    assert own.columns
    with_draft, without = read(path, own), read(path, general_layout())
    assert with_draft.rows == without.rows
    assert with_draft.overview == without.overview
    assert without.rows


@pytest.mark.parametrize("name", DRAFTED)
def test_a_draft_is_short(name: str) -> None:
    assert 10 < len(draft(name).splitlines()) <= LONGEST_DRAFT


def test_a_draft_says_how_sure_each_role_is() -> None:
    lines = draft("j-board-by-goal-year-is-status").splitlines()
    told = {line.split('"')[1]: line for line in lines if line.startswith("  { headers")}
    assert told["Strategiska mål"].endswith('role = "goal" },  # page 1; its header says so')
    assert told["{year}"].endswith('role = "status" },  # page 1; ? told by its cells')


def test_a_draft_words_headers_for_any_year_and_without_hyphens() -> None:
    assert '["Utfall {year}"]' in draft("z-narrow-hyphenated")
    assert '["Måluppfyllelse"]' in draft("z-narrow-hyphenated")


def test_a_draft_has_the_headings_the_legend_and_whose_report_it_is() -> None:
    text = draft("z-narrow-hyphenated")
    assert 'goal = ["Inriktningsmål: {name}"]  # 2 headings' in text
    assert '# Legend: #ffc000 "Delvis uppnått" = partly_met' in text
    assert "Rånsta kommun, 2022" in text


def test_bare_headings_that_name_goals_are_shown_so_that_a_person_can_say_which_do_not() -> None:
    text = draft("z-standard-report")
    assert 'bare = true  # headings that name goals as they are: "Den enskilde' in text
    assert '# generic = ["Den enskilde' in text


def test_words_for_a_status_that_are_not_known_are_asked_for(tallmo: Path) -> None:
    lines = status_lines(survey_report(tallmo, loaded(TALLMO)))
    assert '# met = ["I hamn"]  # 3 cells; ? of which status' in "\n".join(lines)
    assert len(lines) == 4


def test_colours_without_a_meaning_are_asked_for(tallmo: Path) -> None:
    survey = survey_report(tallmo, loaded(TALLMO))
    place = Location(2, 2, (1, 1, 2, 2))
    marker = Marker(None, "vector", place, "#123456", "It stands for nothing.")
    row = replace(survey.report.rows[0], cells={"status": Cell("", place, (marker,))})
    lines = status_lines(replace(survey, report=replace(survey.report, rows=(row, row))))
    assert lines[1].startswith('# met = ["#123456"]  # 2 marks; ? of which status')


def test_a_report_that_is_not_understood_gets_its_headers_with_the_nearest_roles(
    tallmo: Path,
) -> None:
    text = draft_layout(tallmo)
    assert not loaded(text).columns
    assert '  # { headers = ["Vi spanar på"], role = "measure" },  # ?' in text
    assert '  # { headers = ["Färdläge"], role = "status" },  # ?' in text
    assert '# goal = ["Ledstjärna: {name}"]  # ? or success_factor; 2 headings, pages 2, 3' in text
    assert '# met = ["I hamn"]  # 3 cells; ? of which status' in text


def test_from_draft_to_layout_it_is_some_lines(tallmo: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "LAYOUTS.md").read_text("utf-8")
    edited = page.partition("```toml\n")[2].partition("```")[0]
    drafted = {line.lstrip(" #").partition("  # ")[0] for line in draft_layout(tallmo).splitlines()}
    typed = [line for line in edited.splitlines() if line.strip() not in drafted]
    assert 0 < len(typed) <= 8


def test_a_report_that_does_not_say_whose_it_is_gets_the_lines_of_its_sidecar(
    tmp_path: Path,
) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(third_region(cover=()))
    assert '# ? Not all found: say in r.toml: organisation = ""; year =' in draft_layout(path)


def column(text: str, role: str, known: bool = True, nearest: str | None = None) -> SeenColumn:
    return SeenColumn(text, role, known, nearest)


def table(page: int, *columns: SeenColumn, read: bool = True) -> SeenTable:
    return SeenTable(page, columns, "measures" if read else None, [(page, 0, 99)])


def test_a_header_of_two_roles_is_asked_for() -> None:
    one = table(1, column("Mått", "measure"), column("Mål", "target", known=False))
    two = table(2, column("Mått", "measure"), column("Mål", "goal", known=False))
    sure, asked = column_lines([one, two])
    assert [line.split("#")[1].strip() for line in sure] == ["pages 1, 2; its header says so"]
    assert "read as goal or target, by what stands in its column" in asked[0]


def test_the_role_that_most_tables_have_is_proposed() -> None:
    goal, target = (column("Mål", role, known=False) for role in ("goal", "target"))
    tables = [table(1, goal), table(2, target), table(3, target)]
    assert 'headers = ["Mål"], role = "target"' in column_lines(tables)[1][0]


def test_a_broken_header_is_worded_whole() -> None:
    assert unbroken("Måluppfyl- lelse | K/ M | Kultur-mål") == "Måluppfyllelse | K/M | Kultur-mål"


def test_a_column_that_was_not_understood_is_asked_for_with_the_nearest_role() -> None:
    _, asked = column_lines([table(1, column("Mått", "measure"), column("Ä", "", False, "status"))])
    assert asked == [
        '  # { headers = ["Ä"], role = "status" },  # page 1; ? not known; nearest role'
    ]


def test_a_role_that_cells_told_is_asked_for_where_the_header_heads_other_tables_too() -> None:
    read_one = table(1, column("Namn", "measure", known=False), column("Mål", "target"))
    other = table(2, column("Namn", "", False, "measure"), column("Kr", "", False), read=False)
    sure, asked = column_lines([read_one, other])
    assert not any("Namn" in line for line in sure)
    assert "stands over a table that was not read, too" in asked[0]


def test_tables_of_figures_alone_are_not_asked_for_where_others_are_read() -> None:
    budget = [column("Nämnd", "", False, "measure"), column("2031", "", False, "result")]
    alone, beside = table(2, *budget, read=False), table(1, column("Mått", "measure"))
    assert column_lines([beside, alone])[1] == []
    assert len(column_lines([alone])[1]) == 3


def test_texts_of_a_report_are_texts_of_toml() -> None:
    assert quoted('a "b" \\ c\n') == '"a \\"b\\" \\\\ c "'


def test_many_pages_are_counted() -> None:
    assert on_pages([3]) == "page 3"
    assert on_pages([1, 2, 3, 4, 5, 6]) == "pages 1, 2, 3, 4 and 2 more"


# --- checks


@pytest.fixture(scope="module")
def tallmo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tallmo") / "tallmo.pdf"
    path.write_bytes(third_region())
    return path


Check = Callable[..., TriedLayout]


@pytest.fixture
def checked(tallmo: Path, tmp_path: Path) -> Check:
    def check(text: str, report: Path = tallmo) -> TriedLayout:
        path = tmp_path / "my.toml"
        path.write_text(text, encoding="utf-8")
        return check_layout_on(path, [report])

    return check


WORDS = (
    '[[tables]]\nkind = "ignored"\nname = "money"\nwords = ["Vi betalade"]\n'
    '[statuses]\nmet = ["I hamn"]\npartly_met = ["På god väg"]\nnot_met = ["Långt kvar"]\n'
    '[headings]\ngoal = ["Ledstjärna: {name}"]\n'
)


def test_a_layout_whose_parts_are_all_found_has_matched(checked: Check) -> None:
    tried = checked(TALLMO + WORDS)
    assert tried.all_matched
    (report,) = tried.reports
    counts = report.counts
    assert (counts.rows, counts.goals, counts.results, counts.statuses) == (6, 2, 12, 6)
    assert [t.counts.rows for t in report.tables if t.seen.shape] == [3, 3]


def test_statuses_that_are_not_understood_are_counted(checked: Check) -> None:
    tried = checked(TALLMO)
    assert not tried.all_matched
    assert "6 statuses are not understood" in tried.reports[0].problems


def test_what_no_report_has_is_listed(checked: Check) -> None:
    more = 'success_factor = ["Löfte: {name}"]\n[[tables]]\nkind = "ignored"\nname = "tax"\n'
    text = TALLMO.replace("columns = [", 'columns = [{headers = ["Pil"], role = "trend"},')
    tried = checked(text + WORDS + more + 'words = ["Skatt"]\n')
    assert tried.not_found == (
        "a column Pil (trend)",
        "a heading Löfte: {name} (success_factor)",
        "a table tax to leave alone",
    )
    assert not tried.all_matched


def test_a_column_that_is_not_understood_is_told(checked: Check) -> None:
    text = TALLMO.replace('  { headers = ["Avgång"], role = "previous" },\n', "")
    (report,) = checked(text + WORDS).reports
    assert "page 2: the column Avgång is not understood" in report.problems


def test_a_report_without_rows_has_not_matched(checked: Check) -> None:
    tried = checked(TALLMO + WORDS, FAMILIES / "alone-lists.pdf")
    assert "no row was read" in tried.reports[0].problems


def test_layouts_of_listed_columns_are_checked_as_wholes(checked: Check) -> None:
    family = (
        'name = "mine"\ntitle = "Mine"\nvocabulary = "sv"\n[[tables]]\nkind = "measures"\n'
        'columns = [{field = "measure", headers = ["Indikator"]}, '
        '{field = "target", headers = ["Målvärde"]}, {field = "trend", headers = ["Pil"]}]\n'
    )
    tried = checked(family, FAMILIES / "z-narrow-hyphenated.pdf")
    assert tried.reports[0].counts.rows > 0
    assert not tried.all_matched


# --- the commands


def test_the_commands_draft_and_check(command: Command, tallmo: Path) -> None:
    ended = command("layouts", "draft", tallmo, "-o", "my.toml")
    assert ended.code == 0
    assert "Next: styrmatt layouts check my.toml" in ended.out
    assert command("layouts", "draft", tallmo).out == (command.folder / "my.toml").read_text(
        "utf-8"
    )
    assert command("layouts", "check", "my.toml", tallmo, "--quiet").code == 1
    command.write("my.toml", TALLMO + WORDS)
    ended = command("layouts", "check", "my.toml", tallmo, "--quiet")
    assert ended.code == 0
    assert "page 2, measures: 3 rows, 1 goal, 6 results, 3 statuses" in ended.out
    assert "left alone by its name money: 2 rows" in ended.out
    assert ended.out.endswith("All matched.\n")


def test_a_draft_writes_over_nothing_without_force(command: Command, tallmo: Path) -> None:
    command.write("my.toml", "mine")
    assert command("layouts", "draft", tallmo, "-o", "my.toml").code == 9
    assert command("layouts", "draft", tallmo, "-o", "my.toml", "--force").code == 0


def test_a_draft_is_not_written_where_the_sidecar_is(tallmo: Path, command: Command) -> None:
    ended = command("layouts", "draft", tallmo, "-o", tallmo.with_suffix(".toml"))
    assert ended.code == 2
    assert not tallmo.with_suffix(".toml").exists()


def test_a_text_gets_no_draft(command: Command) -> None:
    command.write("r.txt", "Mål")
    ended = command("layouts", "draft", "r.txt")
    assert ended.code == 2
    assert "is not a PDF" in ended.err


def test_layouts_alone_lists_them(command: Command) -> None:
    assert "styrmatt-med-namnd" in command("layouts").out
