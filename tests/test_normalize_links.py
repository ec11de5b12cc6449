from __future__ import annotations

from styrmatt.normalize.goals.match import GoalLinks, HeadingNames, likeness, link_goals
from styrmatt.normalize.goals.overview import FactorEntry, GoalEntry
from styrmatt.printed import Location

HERE = Location(1, 1)


def goal(name: str, *factors: str, perspective: str | None = None) -> GoalEntry:
    entry = GoalEntry(name, perspective, HERE)
    entry.factors = [FactorEntry(factor, entry, HERE) for factor in factors]
    return entry


def naming(
    goal_name: str | None, factor: str | None, perspective: str | None = None
) -> HeadingNames:
    return HeadingNames(perspective, goal_name, factor, HERE)


def found(links: GoalLinks, *of: str | None) -> tuple[str | None, str | None, bool]:
    got = links.find(naming(*of))
    in_overview = bool(got.factor and got.factor.in_overview)
    return got.goal and got.goal.name, got.factor and got.factor.name, in_overview


def test_breaks_hyphens_and_case_do_not_matter() -> None:
    links = link_goals([goal("God hälsa", "Nära vård")], [naming("GOD HÄLSA", "Nära-vård")])
    assert found(links, "GOD HÄLSA", "Nära-vård") == ("God hälsa", "Nära vård", True)


def test_what_another_heading_names_exactly_is_not_free() -> None:
    goals = [goal("God ekonomi", "Kostnadseffektiva processer", "Stark budget")]
    namings = [
        naming("God ekonomi", "Effektiva processer"),
        naming("God ekonomi", "Kostnadseffektiva processer"),
    ]
    links = link_goals(goals, namings)
    assert found(links, "God ekonomi", "Effektiva processer") == (
        "God ekonomi",
        "Effektiva processer",
        False,
    )
    assert found(links, "God ekonomi", "Kostnadseffektiva processer")[2]


def test_a_reworded_factor_takes_the_likest_free_one() -> None:
    goals = [
        goal("Goda resor", "En väg som möter dagens och morgondagens behov", "En väg som håller")
    ]
    links = link_goals(goals, [naming("Goda resor", "En väg som möter morgondagens behov")])
    assert found(links, "Goda resor", "En väg som möter morgondagens behov") == (
        "Goda resor",
        "En väg som möter dagens och morgondagens behov",
        True,
    )


def test_two_wordings_do_not_share_a_factor() -> None:
    goals = [goal("Mål", "Beslut om skolor i länet", "Trygga barn")]
    namings = [
        naming("Mål", "Beslut på skolor i länet"),
        naming("Mål", "Beslut om skolor i landet"),
    ]
    links = link_goals(goals, namings)
    linked = [found(links, "Mål", n.factor)[2] for n in namings]
    assert (
        linked.count(True) <= 1
        or links.find(namings[0]).factor is not links.find(namings[1]).factor
    )


def test_a_cut_or_overlong_goal_heading_is_the_goal() -> None:
    goals = [
        goal("En säker verksamhet med god kvalitet oavsett leverantör", "A"),
        goal("En rik kultur", "B"),
    ]
    for heading in (
        "En säker verksamhet med god kvalitet oavsett leverantör UTV",
        "En säker verksamhet med god kvalitet",
        "EN SÄKER VERKSAMHET MED GOD KVALITET OAVSETT LEVERANTÖR",
    ):
        assert found(link_goals(goals, [naming(heading, "A")]), heading, "A") == (
            goals[0].name,
            "A",
            True,
        )


def test_a_goal_in_quite_other_words_is_known_by_its_factors() -> None:
    goals = [
        goal("Trygghet", "Fler mötesplatser för unga", "Upplysta gångvägar"),
        goal("Arbete", "Nya jobb"),
    ]
    links = link_goals(goals, [naming("Säkra gator och torg", "Upplysta gångvägar")])
    assert found(links, "Säkra gator och torg", "Upplysta gångvägar") == (
        "Trygghet",
        "Upplysta gångvägar",
        True,
    )


def test_the_same_factor_name_under_two_goals_follows_the_goal() -> None:
    goals = [goal("Ett", "Effektiv verksamhet"), goal("Två", "Effektiv verksamhet")]
    namings = [
        naming("Ett", "Effektiv verksamhet"),
        naming("Två", "Effektiv verksamhet"),
        naming(None, "Effektiv verksamhet"),
    ]
    links = link_goals(goals, namings)
    assert [found(links, n.goal, n.factor)[0] for n in namings] == ["Ett", "Två", None]


def test_the_same_goal_name_in_two_perspectives_follows_the_perspective() -> None:
    goals = [
        goal("Nöjda", "A", perspective="Medborgare"),
        goal("Nöjda", "B", perspective="Medarbetare"),
    ]
    namings = [naming("Nöjda", "A", "Medborgare"), naming("Nöjda", "B", "Medarbetare")]
    links = link_goals(goals, namings)
    assert [links.find(n).goal for n in namings] == goals


def test_a_factor_without_a_goal_heading_brings_its_goal() -> None:
    goals = [goal("Ett", "Beslut om nationell nivå är gynnsamma"), goal("Två", "Kultur för alla")]
    wording = "Beslut på nationell nivå är gynnsamma"
    assert found(link_goals(goals, [naming(None, wording)]), None, wording) == (
        "Ett",
        "Beslut om nationell nivå är gynnsamma",
        True,
    )


def test_a_factor_of_another_goal_word_for_word_is_a_mismatch() -> None:
    goals = [goal("Ett", "Kultur för alla"), goal("Två", "Nya jobb")]
    links = link_goals(goals, [naming("Två", "Kultur för alla")])
    got = links.find(naming("Två", "Kultur för alla"))
    assert (got.goal, got.mismatch) == (goals[0], True)


def test_what_the_overview_lacks_becomes_an_entry_of_its_own_once() -> None:
    namings = [naming("Nytt mål", "Ny faktor"), naming("NYTT MÅL", "Ny faktor")]
    links = link_goals([goal("Ett", "A")], namings)
    assert [entry.name for entry in links.goals] == ["Ett", "Nytt mål"]
    assert [entry.name for entry in links.factors] == ["A", "Ny faktor"]
    assert not links.goals[1].in_overview
    assert links.find(namings[0]).goal is links.find(namings[1]).goal


def test_without_an_overview_headings_make_the_goals() -> None:
    namings = [naming("Ett", "A"), naming("Ett", "B"), naming("Två", None)]
    links = link_goals([], namings)
    assert [(g.name, [f.name for f in g.factors]) for g in links.goals] == [
        ("Ett", ["A", "B"]),
        ("Två", []),
    ]
    assert links.find(naming(None, None)).goal is None


def test_likeness_is_about_letters() -> None:
    assert likeness("", "x") == 0
    assert likeness("God hälsa", "god-\nhälsa") == 1
    assert likeness("Effektiv verksamhet", "En effektiv, säker och hälsofrämjande verksamhet") < 0.7


def test_a_goal_named_in_its_own_section_may_be_reworded_above_its_tables() -> None:
    goals = [
        goal("God vård för kvinnor och män", "Korta köer"),
        goal("Nöjda patienter och invånare", "Medskapare"),
    ]
    tables = [
        naming("God vård för kvinnor, män, flickor och pojkar", "Korta köer"),
        naming("Nöjda patienter och medborgare", "Medskapare"),
    ]
    links = link_goals(goals, [*tables, naming(goals[0].name, None), naming(goals[1].name, None)])
    assert [links.find(n).goal for n in tables] == goals
    assert len(links.goals) == 2


def test_a_cell_may_word_a_factor_differently_from_its_heading() -> None:
    goals = [goal("Ett", "Beslut om nationell nivå är gynnsamma", "Korta köer")]
    cells = [naming(None, "Beslut på nationell nivå är gynnsamma")]
    headings = [naming("Ett", "Beslut om nationell nivå är gynnsamma")]
    links = link_goals(goals, cells, headings)
    assert links.find(cells[0]).factor is links.find(headings[0]).factor is goals[0].factors[0]
