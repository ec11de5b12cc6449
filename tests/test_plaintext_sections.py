"""Headings, overviews and sections of a text."""

from __future__ import annotations

import pytest

from styrmatt.extract.text.header_row import find_headers
from styrmatt.extract.text.headings import (
    TextHeading,
    find_lead_ins,
    find_names,
    find_perspectives,
)
from styrmatt.extract.text.ignored_tables import find_ignored_tables
from styrmatt.extract.text.lines import TextLines, read_lines
from styrmatt.extract.text.overview import OverviewTable, read_overview
from styrmatt.extract.text.sections import read_sections
from styrmatt.layout import Layout
from styrmatt.layout_files import load_layouts
from styrmatt.whitespace import squeeze

BOARDS: Layout = next(x for x in load_layouts() if x.name == "styrmatt-med-namnd")
FACTORS: Layout = next(x for x in load_layouts() if x.name == "framgangsfaktor-i-tabell")
TEXT = (
    "Här följer en rad löpande text som fyller hela bredden på sidan som vanligt.\n"
    "Den går vidare på nästa rad med lika många bokstäver som den första hade och\n"
    "slutar sedan."
)


def lines_of(text: str) -> TextLines:
    return read_lines(text, BOARDS.words.running)


def overview_of(text: str, goals: list[str], factors: list[str]) -> OverviewTable:
    read = lines_of(text)
    header = find_headers(read.lines, FACTORS)[0]
    stop = len(read.lines)
    return read_overview(
        header, stop, read, FACTORS, perspective="Kund", goals=goals, factors=factors
    )


def test_a_heading_with_a_lead_in_runs_over_lines() -> None:
    goal = "Strategiskt mål: Trygga resor i hela\nlänet"
    text = f"{goal}\nFRAMGÅNGSFAKTOR: BUSSAR SOM KOMMER I\nTID\n{TEXT}\n"
    found = find_lead_ins(lines_of(text), BOARDS, [], "")
    assert [(h.kind, squeeze(h.name)) for h in found] == [
        ("goal", "tryggaresorihelalänet"),
        ("success_factor", "bussarsomkommeritid"),
    ]


@pytest.mark.parametrize(
    ("above", "below", "name"),
    [
        ("Trygga resor i hela", "länet", "Trygga resor i hela\nlänet"),
        ("Trygga resor för", "Alla i länet", "Trygga resor för\nAlla i länet"),
        ("BUSSAR SOM KOMMER", "OCH GÅR I TID", "BUSSAR SOM KOMMER\nOCH GÅR I TID"),
        ("BUSSAR I TID", "RESULTAT", "BUSSAR I TID"),
        ("Trygga resor", "Resor i länet", "Trygga resor"),
    ],
)
def test_a_heading_that_a_page_break_cuts_is_one(above: str, below: str, name: str) -> None:
    text = f"{TEXT}\nStrategiskt mål: {above}\f{below}\n{TEXT}\n"
    (found,) = find_lead_ins(lines_of(text), BOARDS, [], "")
    assert found.name == name


def test_a_heading_without_a_lead_in_that_a_page_break_cuts_is_one() -> None:
    text = f"{TEXT}\n\nNya bussar för\fFolket i fjällen\n\n{TEXT}\n"
    sections = read_sections(lines_of(text), [], set(), BOARDS.words.names)
    assert [s.heading for s in sections] == ["", "Nya bussar för\nFolket i fjällen"]
    text = text.replace("för\f", "till fjällen\f")
    sections = read_sections(lines_of(text), [], set(), BOARDS.words.names)
    assert "Nya bussar till fjällen\nFolket i fjällen" not in [s.heading for s in sections]


def test_the_overview_tells_where_a_name_ends_that_goes_on_with_a_capital() -> None:
    text = f"Framgångsfaktor: Resor i\nÅdalen\n{TEXT}\n"
    assert (
        find_lead_ins(lines_of(text), BOARDS, [], "Resor i Ådalen (TN)")[0].name
        == "Resor i\nÅdalen"
    )
    assert find_lead_ins(lines_of(text), BOARDS, [], "")[0].name == "Resor i"


def test_a_name_alone_on_its_lines_is_a_heading_and_a_sentence_is_not() -> None:
    text = f"Trygga resor i hela länet\n{TEXT}\nTrygga resor i hela länet är ett mål.\n"
    text += f"KORTA\nKÖER\n{TEXT}\n"
    names = {"goal": ["Trygga resor i hela länet"], "success_factor": ["Korta köer"]}
    found = find_names(lines_of(text), set(), names)  # type: ignore[arg-type]
    assert [(h.kind, h.first) for h in found] == [("goal", 0), ("success_factor", 5)]


def test_a_perspective_needs_its_sentence_or_overview() -> None:
    text = (
        f"Medarbetare\n{TEXT}\nEkonomi\nPerspektivet Ekonomi visar hur pengarna räcker.\n{TEXT}\n"
    )
    assert [h.name for h in find_perspectives(lines_of(text), BOARDS, [])] == ["Ekonomi"]


def test_an_overview_with_one_goal_and_its_status_in_words() -> None:
    header = "Strategiskt mål Måluppfyllelse Framgångsfaktor"
    text = f"{header}\nNöjda kunder Delvis uppnått Korta köer\nÖppet varje dag\n{TEXT}\n"
    found = overview_of(text, ["Nöjda kunder"], ["Korta köer", "Öppet varje dag"])
    goal = found.goals[0]
    assert (goal.goal.text, [c.text for c in goal.factors]) == (
        "Nöjda kunder",
        ["Korta köer", "Öppet varje dag"],
    )
    assert goal.marker is not None and goal.marker.value == "partly_met"
    assert found.end == 3


def test_narrative_below_an_overview_is_not_a_factor() -> None:
    text = f"Strategiskt mål Framgångsfaktor\nNöjda kunder\nKorta köer\n\nNöjda kunder\n{TEXT}\n"
    assert len(overview_of(text, ["Nöjda kunder"], ["Korta köer"]).goals) == 1


def sections_of(text: str, headings: list[TextHeading]) -> list[tuple[str, int]]:
    """Heading and number of paragraphs of each section."""
    sections = read_sections(lines_of(text), headings, set())
    return [(s.heading, s.lines.count("") + 1 if s.lines else 0) for s in sections]


def test_a_short_line_above_text_is_a_heading_with_and_without_empty_lines() -> None:
    text = f"{TEXT}\n\nNya bussar i fjällen\n{TEXT}\n\n{TEXT}\n"
    assert sections_of(text, []) == [("", 1), ("Nya bussar i fjällen", 2)]
    assert sections_of(text.replace("\n\n", "\n"), []) == [("", 1), ("Nya bussar i fjällen", 2)]


def test_lists_numbers_and_lone_words_are_no_headings() -> None:
    items = "• Första punkten\n• Andra punkten\n1. En not till tabellen\n"
    assert [heading for heading, _ in sections_of(f"{TEXT}\n\n{items}\n{TEXT}\n", [])] == [""]
    names = "Mölle\n\nArild\n\nViken\n\nDomsten\n\n"
    assert [heading for heading, _ in sections_of(f"{TEXT}\n\n{names}{TEXT}\n", [])] == [""]


def test_the_heading_path_goes_from_the_perspective_inwards() -> None:
    text = f"Kund\nStrategiskt mål: Nöjda kunder\nFramgångsfaktor: Korta köer\nNya kassor\n{TEXT}\n"
    headings = [
        TextHeading("perspective", "Kund", 0, 1),
        TextHeading("goal", "Nöjda kunder", 1, 2),
        TextHeading("success_factor", "Korta köer", 2, 3),
    ]
    sections = read_sections(lines_of(text), headings, set())
    assert sections[-1].heading_path == ("Kund", "Nöjda kunder", "Korta köer", "Nya kassor")


def test_runs_of_figures_are_tables_and_lists_are_not() -> None:
    budget = "Årsbudget\nPersonal 12,5\nLokaler 3,1\nResor 0,4\nSumma 16,0\n"
    items = "\n".join(f"• Punkt {word}" for word in ("ett", "två", "tre", "fyra", "fem"))
    read = lines_of(f"{TEXT}\n{budget}{TEXT}\n{items}\n{TEXT}\n")
    found, lines = find_ignored_tables(read, FACTORS, set(), [], [])
    assert [(table.ignored, table.rows) for table in found] == [("budget", 4)]
    assert {read.lines[n].text for n in lines} == set(budget.strip().split("\n"))
