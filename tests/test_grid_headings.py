"""Which goal headings name, and which of them hold where a table stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flips import Flip, steps
from paper import text

from styrmatt.extract.grid.heading_names import (
    HeadingNames,
    NamedGoal,
    plain_name,
    without_number,
)
from styrmatt.extract.grid.headings_above import HeadingsAbove
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.model.text_lines import PageLine, lines_of
from styrmatt.extract.sections.read_sections import HeadingContext
from styrmatt.layout_files import load_layouts
from styrmatt.whitespace import single_spaced

LAYOUT = next(layout for layout in load_layouts() if layout.any_table)
NAMES = HeadingNames(load_header_words("sv"), LAYOUT.headings)
LIBRARY = "Alla barn ska ha nära till ett bibliotek"
WATER = "Vattnet i kommunens sjöar är rent"


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("Inriktningsmål: En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("Inriktningsmål 2: En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("INRIKTNINGSMÅL 2. En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("3.1 Inriktningsmål 2 – En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("Strategiskt mål En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("Mål 1: En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("Förbundets mål: En trygg kommun", NamedGoal("lower", "En trygg kommun")),
        ("Stadens inriktning: Renare luft", NamedGoal("goal", "Renare luft")),
        ("Inriktningen är renare luft", None),
        ("Förbundets mål 2 – En trygg kommun", NamedGoal("lower", "En trygg kommun")),
        ("Ägarnas gemensamma mål: Trygghet", NamedGoal("goal", "Trygghet")),
        ("Avdelningsmål: En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("Kulturnämndens mål: En trygg kommun", NamedGoal("lower", "En trygg kommun")),
        ("Samhällsmål 3. En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("Samhällsmål 3 En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("Samhällsmål 2030 En trygg kommun", None),
        ("Så nås våra mål: se nästa sida", None),
        ("Arbetet med att nå mål: En trygg kommun", None),
        ("Mål: En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("Målområde B: En trygg kommun", NamedGoal("area", "En trygg kommun")),
        ("Målområde 2: En trygg kommun", NamedGoal("area", "En trygg kommun")),
        ("Framgångsfaktor: God kultur", NamedGoal("factor", "God kultur")),
        ("Nämndmål 2: En trygg kommun", NamedGoal("lower", "En trygg kommun")),
        ("Enhetsmål Skolan: Alla lyckas", NamedGoal("lower", "Alla lyckas")),
        ("Enhetsmål för KS: Alla lyckas", NamedGoal("lower", "Alla lyckas")),
        ("Bolagsmål Vatten & Avfall AB: Rent vatten", NamedGoal("lower", "Rent vatten")),
        ("Nämndens mål Kultur: Alla läser", NamedGoal("lower", "Alla läser")),
        ("Avdelningsmål Norr: Alla lyckas", NamedGoal("goal", "Alla lyckas")),
        ("Enhetsmål Trygg skola: alla trivs", NamedGoal("lower", "Trygg skola: alla trivs")),
        ("Enhetsmål: Skolan: Alla lyckas", NamedGoal("lower", "Skolan: Alla lyckas")),
        ("Strategiskt mål Skola: Alla lyckas", NamedGoal("goal", "Skola: Alla lyckas")),
        ("Perspektiv: Medborgare", NamedGoal("perspective", "Medborgare")),
        ("Strategiskt mål:\nEn trygg\nkommun", NamedGoal("goal", "En trygg kommun")),
        ("Mål En trygg kommun", None),
        ("MÅL En trygg kommun", NamedGoal("goal", "En trygg kommun")),
        ("MÅL EN TRYGG KOMMUN", None),
        ("MÅL Resultat", None),
        ("Mål för en trygg kommun", None),
        ("Inriktningsmål", None),
        ("Inriktningsmål 2", None),
        ("Inriktningsmål 2:", None),
        ("En trygg kommun", None),
    ],
)
def test_a_lead_in_word_names_a_goal(heading: str, named: NamedGoal | None) -> None:
    """The shortest lead-in, ``mål``, begins names, too: it needs a number or a colon behind it."""
    assert NAMES.named(heading) == named


@pytest.mark.parametrize(
    "heading",
    [
        "Måluppfyllelse",
        "4.2 Nämndens mål och indikatorer",
        "Årsredovisning 2022",
        "Kommunstyrelsen",
        "Barn- och utbildningsnämnden",
        "Almviks kommun",
        "Tekniska förvaltningen",
        "12",
        "Kommunfullmäktige maj 2031",
        "Regionfullmäktige",
        "Miljönämnden 14 mars 2031",
        "Förbundsstyrelsen, 2031-03-14",
        "Avsnitt 4. Måluppfyllelse",
        "Kvalitets- och miljöredovisning",
        "Personalberättelsen 2031",
        "Trygghetsrapport",
        "Samtliga mått",
        "Våra indikatorer 2031",
        "Målen och måtten",
        "Utvalda nyckeltal",
    ],
)
def test_headings_that_say_what_follows_are_no_goals(heading: str) -> None:
    assert NAMES.is_generic(heading)


@pytest.mark.parametrize(
    "heading",
    [
        LIBRARY,
        WATER,
        "1. En trygg kommun",
        "Ett hållbart Almvik",
        "Kommun för alla",
        "En öppen förvaltning",
        "Fossilfri kommun år 2030",
        "Rent vatten före maj 2030",
        "Kommunfullmäktige når alla",
        "Öppen rapportering till alla",
        "Samtliga barn lär sig simma",
        "God utveckling för alla",
        "Alla",
        "Frågor och svar för alla",
    ],
)
def test_headings_that_say_more_may_be_goals(heading: str) -> None:
    assert not NAMES.is_generic(heading)


def test_a_group_of_goals_is_known_with_its_number() -> None:
    assert NAMES.is_group("3.2 Finansiella mål")
    assert not NAMES.is_group("Finansiella mål för vatten")


@pytest.mark.parametrize(
    ("text_", "name"),
    [
        ("1. En trygg kommun", "En trygg kommun"),
        ("1.2.3 En trygg kommun", "En trygg kommun"),
        ("M2: En trygg kommun", "En trygg kommun"),
        ("A. En trygg kommun", "En trygg kommun"),
        ("95 procent av alla", "procent av alla"),
        ("En trygg kommun", "En trygg kommun"),
        ("2022", "2022"),
    ],
)
def test_the_number_before_a_name_is_taken_off(text_: str, name: str) -> None:
    assert plain_name(text_) == name
    assert without_number(text_) == name


@pytest.mark.parametrize(
    ("text_", "name"),
    [
        ("Löfte 3. En trygg kommun", "En trygg kommun"),
        ("Löfte 12: En trygg kommun", "En trygg kommun"),
        ("Löfte 3 – En trygg\nkommun", "En trygg\nkommun"),
        ("Agenda 2030: En trygg kommun", "Agenda 2030: En trygg kommun"),
        ("Klimatneutrala 30. mars", "Klimatneutrala 30. mars"),
        ("Vi minskar 3. Alla", "Vi minskar 3. Alla"),
        ("Noll 40 En trygg kommun", "Noll 40 En trygg kommun"),
    ],
)
def test_whatever_word_a_level_has_is_taken_off_with_its_number(text_: str, name: str) -> None:
    """Without a mark behind the number, or with a year, the words may be the name itself."""
    assert without_number(text_) == name


def test_a_name_keeps_its_line_breaks_where_it_is_printed() -> None:
    assert without_number("1. En trygg\nkommun") == "En trygg\nkommun"
    assert plain_name("1. En trygg\nkommun") == "En trygg kommun"


def test_a_layout_may_say_that_bare_headings_name_no_goal() -> None:
    for bare, numbered, plain, with_number in (
        (True, False, True, True),
        (True, True, False, True),
        (False, False, False, False),
    ):
        headings = replace(LAYOUT.headings, bare=bare, numbered=numbered)
        names = HeadingNames(NAMES.words, headings)
        assert names.may_be_bare(LIBRARY) == plain
        assert names.may_be_bare(f"1. {LIBRARY}") == with_number


# --- headings above a table -----------------------------------------------------------------------


def line(words: str, size: float = 14, top: float = 100, *, bold: bool = True) -> PageLine:
    return lines_of(text(words, 50, top, size, bold=bold))[0]


def holds(*headings: PageLine, names: HeadingNames = NAMES) -> HeadingContext:
    """What holds below headings that stand far from each other."""
    above = HeadingsAbove(names, ("Medborgare", "Ekonomi"))
    for heading in headings:
        above.add(1, heading)
    return above.context()


def spread(*headings: tuple[str, float]) -> list[PageLine]:
    return [line(words, size, 100 + 60 * n) for n, (words, size) in enumerate(headings)]


def test_the_innermost_heading_that_says_something_is_the_goal() -> None:
    headings = spread(("Årsredovisning 2022", 20), (LIBRARY, 14), ("Indikatorer", 11))
    assert holds(*headings) == HeadingContext(None, LIBRARY, None)


def test_a_heading_of_the_same_rank_takes_the_place_of_the_one_before() -> None:
    headings = spread((LIBRARY, 14), ("Indikatorer", 11), (WATER, 14))
    assert holds(*headings).goal == WATER


def test_a_larger_heading_ends_what_stood_below_the_one_before() -> None:
    headings = spread((LIBRARY, 14), ("Nämndens verksamhet", 18), ("Indikatorer", 11))
    assert holds(*headings).goal is None


def test_levels_are_those_of_the_lead_in_words() -> None:
    headings = spread(
        ("Perspektiv: Medborgare", 18), ("Inriktningsmål 1: " + WATER, 14), ("Nämndmål: Sjöar", 12)
    )
    found = holds(*headings)
    assert (found.perspective, found.goal_above, found.goal) == ("Medborgare", WATER, "Sjöar")


def test_the_nearest_goal_has_only_those_of_a_higher_level_above_it() -> None:
    two_boards = spread(("Mål: " + WATER, 16), ("Nämndmål: Sjöar", 14), ("Nämndmål: Åar", 14))
    found = holds(*two_boards)
    assert (found.goal_above, found.goal) == (WATER, "Åar")
    assert holds(*spread(("Nämndmål: Sjöar", 16), ("Mål: " + WATER, 14))).goal_above is None
    new_goal = spread(("Mål: " + WATER, 16), ("Nämndmål: Sjöar", 14), ("Mål: " + LIBRARY, 16))
    assert (holds(*new_goal).goal_above, holds(*new_goal).goal) == (None, LIBRARY)


def test_a_success_factor_stands_under_the_goal() -> None:
    found = holds(*spread(("Nämndmål: Sjöar", 16), ("Framgångsfaktor: Rena bäckar", 14)))
    assert (found.goal, found.success_factor) == ("Sjöar", "Rena bäckar")


def test_a_goal_of_a_lower_level_alone_is_the_goal() -> None:
    found = holds(*spread(("Framgångsfaktor: God kultur", 14)))
    assert (found.goal, found.success_factor) == ("God kultur", None)


def test_a_perspective_is_no_goal() -> None:
    found = holds(*spread(("Medborgare", 18), (LIBRARY, 14)))
    assert (found.perspective, found.goal) == ("Medborgare", LIBRARY)
    assert holds(*spread((LIBRARY, 18), ("Medborgare", 14))).goal == LIBRARY


def test_an_area_of_goals_is_the_goal_where_no_heading_below_it_is_one() -> None:
    area = ("Fokusområde Trygghet", 16)
    assert holds(*spread((LIBRARY, 20), area)).goal == "Trygghet"
    assert holds(*spread(area, ("Indikatorer", 12))).goal == "Trygghet"
    found = holds(*spread(area, (WATER, 14), ("Indikatorer", 12)))
    assert (found.perspective, found.goal) == ("Trygghet", WATER)


def test_a_group_of_goals_is_named_where_nothing_else_is() -> None:
    assert holds(*spread(("Finansiella mål", 14))).goal == "Finansiella mål"
    assert holds(*spread((LIBRARY, 16), ("Finansiella mål", 14))).goal == LIBRARY


def test_numbers_rank_before_sizes() -> None:
    deeper = spread(("2.1 " + WATER, 14), ("2.1.1 Indikatorer", 16))
    assert holds(*deeper).goal == WATER
    beside = spread(("2.1 " + WATER, 14), ("2.2 Indikatorer", 12))
    assert holds(*beside).goal is None


def test_bold_ranks_before_light_of_the_same_size() -> None:
    light = line("Indikatorer", 14, 160, bold=False)
    assert holds(line(LIBRARY, 14, 100), light).goal == LIBRARY
    assert holds(line(LIBRARY, 14, 100, bold=False), line("Indikatorer", 14, 160)).goal is None


def test_lines_of_one_heading_are_joined() -> None:
    headings = (line("Alla barn ska ha", 14, 100), line("nära till ett bibliotek", 14, 117))
    assert holds(*headings).goal == LIBRARY


def test_a_layout_without_bare_headings_takes_those_with_lead_in_words_alone() -> None:
    names = HeadingNames(NAMES.words, replace(LAYOUT.headings, bare=False))
    assert holds(*spread((LIBRARY, 14)), names=names).goal is None
    assert holds(*spread(("Mål 1: " + LIBRARY, 14)), names=names).goal == LIBRARY


def test_headings_are_forgotten_where_pages_are_missing() -> None:
    above = HeadingsAbove(NAMES)
    above.add(1, line(LIBRARY))
    above.forget()
    assert above.context() == HeadingContext(None, None, None)


@pytest.mark.parametrize(
    ("above", "below", "goal"),
    [
        ("Alla barn ska ha", "nära till ett bibliotek", LIBRARY),
        ("Trygghet för", "Alla i kommunen", "Trygghet för Alla i kommunen"),
        ("ALLA BARN SKA HA NÄRA TILL BÖCKER", "OCH BIBLIOTEK", None),
        ("Rent vatten i alla sjöar", "Levande landsbygd", "Levande landsbygd"),
        ("Mål 1: Rent vatten i", "Alla sjöar", "Rent vatten i Alla sjöar"),
        ("Inriktningsmål:", "Rent vatten", "Rent vatten"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_heading_that_a_page_or_column_break_cuts_is_one(
    above: str, below: str, goal: str | None, turned: bool
) -> None:
    headings = HeadingsAbove(NAMES, words=LAYOUT.words.names)
    headings.add(1, line(above, top=800))
    if turned:
        headings.begin_column()
    headings.add(1 if turned else 2, line(below, top=50))
    whole = goal or f"{above} {below}"
    assert single_spaced(headings.context().goal or "") == whole


@pytest.mark.parametrize("between", ["text", "page"])
def test_halves_with_something_between_them_are_two_headings(between: str) -> None:
    headings = HeadingsAbove(NAMES, words=LAYOUT.words.names)
    headings.add(1, line("Alla barn ska ha", top=700))
    if between == "text":
        headings.interrupt()
    headings.add(3 if between == "page" else 2, line("nära till ett bibliotek", top=50))
    assert headings.context().goal == "nära till ett bibliotek"


def joined(gap: float) -> bool:
    """Whether two lines of 10 points so far apart are one heading."""
    first = line("Alla barn ska ha", 10, 100)
    return holds(first, line("nära till ett bibliotek", 10, 110 + gap)).goal == LIBRARY


def outranks(size: float) -> bool:
    """Whether a heading of a size still holds below one of 14 points."""
    return holds(line(LIBRARY, size, 100), line("Indikatorer", 14, 200)).goal == LIBRARY


def is_goal(length: int) -> bool:
    """Whether a heading of so many characters names a goal."""
    words = ("Vatten " * length)[: length - 1] + "n"
    return holds(line(words)).goal == words


FLIPS = {
    "lines up to 0.9 ems apart are one heading": Flip(joined, steps(0, 14, 0.5), last=8.5),
    "a heading holds below smaller ones": Flip(outranks, steps(13, 15, 0.25), first=14.5),
    "a goal may be a whole sentence": Flip(is_goal, range(190, 240), last=220),
}


@pytest.mark.parametrize("name", FLIPS)
def test_where_decisions_flip(name: str) -> None:
    FLIPS[name].check()


def test_the_limit_of_a_target_names_no_goal() -> None:
    assert NAMES.named("Mål 2023: ≥ 77 %") is None
    assert NAMES.named("Mål 2023: < 4 dagar Mål 2023: öka") is None
    assert NAMES.named("Mål 2: 100 procent förnybart") == NamedGoal("goal", "100 procent förnybart")


@pytest.mark.parametrize(
    ("below", "goal"),
    [
        ("Återrapporteringskrav: antal deltagare under året", LIBRARY),
        ("Återrapportering: Antal deltagare", LIBRARY),
        ("Strategiskt mål: Alla deltar", "Alla deltar"),
    ],
)
def test_what_has_to_be_reported_is_the_goal_only_where_nothing_else_is(
    below: str, goal: str
) -> None:
    above = line(f"Mål 1. {LIBRARY}", 14, 100)
    plain = line(below, 10, 130, bold=False)
    assert holds(above, plain).goal == goal
    assert holds(plain).goal == below.partition(": ")[2]
    assert holds(line("Indikatorer", 14, 100), plain).goal == below.partition(": ")[2]
