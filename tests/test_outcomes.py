"""Results of the narrative and the measures they are linked to, in made-up reports."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.printed import Cell, ExtractedReport, Location, OverviewGoal, Row, Section, SourceFile
from styrmatt.records import Extract, Outcome

LAYOUT = next(layout for layout in load_layouts() if layout.name == "styrmatt-med-namnd")
HERE = Location(4, 4)
GOAL, FACTOR = "God hälsa", "Nära vård"
PATH = (GOAL, FACTOR)
IDENTITY = {"organisation": "Region Sjödal", "fiscal_year": "2022"}


def rows(*measures: tuple[str, str, str], factor: str = FACTOR, first: int = 1) -> list[Row]:
    """Measures as (name, sexes, target): one row for each sex, "T" for a row without."""
    made = []
    for number, (name, sexes, target) in enumerate(measures, first):
        for sex in sexes:
            texts = {"measure": name, "board": "RS", "sex": sex.strip("T"), "target": target}
            cells = {key: Cell(text, HERE) for key, text in texts.items()}
            made.append(Row(1, number, cells, HERE, "Samhälle", GOAL, factor))
    return made


def read(
    measures: Sequence[Row], *paragraphs: str, heading: str | None = None, factor: str = FACTOR
) -> Extract:
    """A report with the measures, and one section of text below their success factor."""
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [*([""] if lines else []), *paragraph.splitlines()]
    path = (GOAL, factor, heading) if heading else (GOAL, factor)
    own = Section(
        "other" if heading else "success_factor",
        heading or f"FRAMGÅNGSFAKTOR: {factor}",
        path,
        "\n".join(lines),
        HERE,
        tuple(4 for _ in lines),
    )
    above = (
        Section("goal", f"Strategiskt mål: {GOAL}", (GOAL,), "", HERE),
        Section("success_factor", f"FRAMGÅNGSFAKTOR: {factor}", (GOAL, factor), "", HERE),
    )
    names = dict.fromkeys(row.factor_heading or "" for row in measures)
    overview = OverviewGoal(
        "Samhälle", Cell(GOAL, HERE), tuple(Cell(n, HERE) for n in names), None, HERE
    )
    sections = (*above, own) if heading else (above[0], own)
    source = SourceFile("r.pdf", "ab" * 32, "pdf", 9, (1,))
    printed = ExtractedReport(source, tuple(measures), (overview,), sections, (), identity=IDENTITY)
    return normalize(printed, LAYOUT, {}, "test")


def values(got: Extract) -> list[tuple[str, str, float | None]]:
    names = {measure.measure_id: measure.measure for measure in got.measures}
    return [(names[o.measure_id], o.sex, o.value) for o in got.outcomes if o.value is not None]


def outcome(got: Extract) -> Outcome:
    (only,) = got.outcomes
    return only


BUSES = ("Andel bussturer i rätt tid", "T", "90 %")
CALLS = ("Andel patienter som får kontakt med vårdcentralen samma dag", "KM", "80 %")
VISITS = ("Antal hembesök hos nyblivna föräldrar", "T", "Öka")


def test_a_result_is_linked_to_the_measure_that_it_names() -> None:
    got = read(
        rows(BUSES, CALLS, VISITS),
        "Andelen bussturer som gick i rätt tid uppgick till 87,5 procent,"
        " jämfört med 85 procent 2021.",
    )
    assert values(got) == [(BUSES[0], "T", 87.5)]
    record = next(r for r in got.records if r.measure == BUSES[0])
    assert (record.outcome_value, record.outcome_unit, record.outcome_year) == (
        87.5,
        "percent",
        2022,
    )
    assert (record.previous_value, record.previous_year, record.outcome_page) == (85.0, 2021, 4)


def test_women_and_men_have_their_own_results_where_the_table_has_a_total_only() -> None:
    got = read(
        rows(BUSES), "Andelen bussturer i rätt tid var 80 procent för kvinnor och 90 för män."
    )
    assert {sex for _, sex, _ in values(got)} <= {"K", "M"}
    assert all(r.outcome_value is None for r in got.records)


def test_what_the_next_sentences_say_belongs_to_the_result() -> None:
    got = read(
        rows(BUSES, VISITS),
        "Andelen bussturer i rätt tid var 87 procent. Det är en minskning med 3 procentenheter"
        " jämfört med föregående år. Målet nåddes därmed inte.",
    )
    only = outcome(got)
    assert (only.value, only.change, only.change_amount) == (87.0, "decreased", 3.0)
    assert only.status_stated == "not_met"


def test_a_neighbouring_statistic_is_left_alone() -> None:
    got = read(
        rows(CALLS),
        "Andelen patienter som fick kontakt med vårdcentralen samma dag var 81 procent för kvinnor"
        " och 84 procent för män. Andelen besökare som var nöjda med väntrummet var 66 procent."
        " Bland de nöjda besökarna var 12 procent män.",
    )
    assert values(got) == [(CALLS[0], "K", 81.0), (CALLS[0], "M", 84.0)]


def test_a_figure_of_another_unit_is_no_result() -> None:
    got = read(rows(VISITS), "Andelen hembesök hos nyblivna föräldrar var 44 procent.")
    assert values(got) == []


def test_a_figure_of_the_country_is_no_result() -> None:
    got = read(rows(BUSES), "I riket var andelen bussturer i rätt tid 91 procent.")
    assert values(got) == []


def test_a_target_in_the_text_is_no_result() -> None:
    got = read(rows(BUSES), "Målet är att andelen bussturer i rätt tid ska vara 92 procent.")
    assert values(got) == []


def test_a_part_of_the_year_is_no_result() -> None:
    got = read(rows(BUSES), "Under första kvartalet var andelen bussturer i rätt tid 71 procent.")
    assert values(got) == []


def test_a_bare_subject_takes_its_measure_from_the_sentence_before() -> None:
    got = read(
        rows(BUSES, VISITS),
        "Punktligheten mäts som andelen bussturer i rätt tid. Resultatet för året var 86 procent.",
    )
    assert values(got) == [(BUSES[0], "T", 86.0)]


def test_a_heading_of_the_measure_is_not_enough() -> None:
    got = read(
        rows(("Antal kommuner med samverkan om odling", "T", "Öka")),
        "7 av 14 kommuner har deltagit i en utbildning om upphandling.",
        heading="Antal kommuner med samverkan om odling",
    )
    assert values(got) == []


def test_the_run_in_heading_tells_which_measure_is_meant() -> None:
    waits = [
        ("Andel patienter som väntat 90 dagar eller kortare på första besök", "T", "100 %"),
        ("Andel patienter som väntat 90 dagar eller kortare på operation", "T", "100 %"),
    ]
    got = read(
        rows(*waits),
        "Första besök: Andelen patienter som väntat 90 dagar eller kortare var 55 procent.",
        "Operation: Andelen patienter som väntat 90 dagar eller kortare var 47 procent.",
    )
    assert values(got) == [(waits[0][0], "T", 55.0), (waits[1][0], "T", 47.0)]


def test_two_measures_alike_give_an_issue_and_no_value() -> None:
    waits = [
        ("Andel patienter som väntat 90 dagar eller kortare på första besök", "T", "100 %"),
        ("Andel patienter som väntat 90 dagar eller kortare på operation", "T", "100 %"),
    ]
    got = read(rows(*waits), "Andelen patienter som väntat 90 dagar eller kortare var 55 procent.")
    assert values(got) == []
    (issue,) = [i for i in got.issues if i.kind == "outcome_unlinked"]
    assert waits[0][0] in issue.message and waits[1][0] in issue.message


def test_all_measures_of_a_section_may_be_met_at_once() -> None:
    got = read(rows(BUSES, CALLS), "Samtliga styrmått har uppfyllts under året.")
    assert {(o.sex, o.status_stated, o.value) for o in got.outcomes} == {
        ("T", "met", None),
        ("K", "met", None),
        ("M", "met", None),
    }


def test_a_total_that_women_and_men_rule_out_is_left_out() -> None:
    asked = ("Antal patienter som fått fråga om tobak", "KM", "Öka")
    got = read(
        rows(asked),
        "Under 2022 fick 410 kvinnor och 380 män fråga om tobak. Enligt listan fick 3 patienter"
        " fråga om tobak i ambulansen.",
    )
    assert values(got) == [(asked[0], "K", 410.0), (asked[0], "M", 380.0)]


def test_ids_of_outcomes_come_from_their_content() -> None:
    text = "Andelen bussturer i rätt tid var 87 procent."
    one, two = read(rows(BUSES), text), read(rows(VISITS, BUSES), "Året var bra.", text)
    assert outcome(one).outcome_id == outcome(two).outcome_id


def test_each_sentence_has_its_page() -> None:
    measures = rows(BUSES)
    text = "Året var bra och\nmycket hände.\nAndelen bussturer i rätt\ntid var 87 procent."
    section = Section(
        "success_factor", f"FRAMGÅNGSFAKTOR: {FACTOR}", PATH, text, Location(4, 5), (4, 4, 5, 5)
    )
    above = Section("goal", f"Strategiskt mål: {GOAL}", (GOAL,), "", HERE)
    overview = OverviewGoal("Samhälle", Cell(GOAL, HERE), (Cell(FACTOR, HERE),), None, HERE)
    source = SourceFile("r.pdf", "ab" * 32, "pdf", 9, (1,))
    printed = ExtractedReport(
        source, tuple(measures), (overview,), (above, section), (), identity=IDENTITY
    )
    assert outcome(normalize(printed, LAYOUT, {}, "test")).page == 5


def test_a_result_elsewhere_in_the_report_needs_more_words() -> None:
    measures = [*rows(BUSES), *rows(VISITS, factor="Trygg start", first=2)]
    got = read(measures, "Det gjordes 310 hembesök under året.")
    assert values(got) == []
    got = read(measures, "Antalet hembesök hos nyblivna föräldrar var 310.")
    assert values(got) == [(VISITS[0], "T", 310.0)]
