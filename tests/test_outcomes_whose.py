"""Of whom a figure is, what a measure is called for short, and lists: where each decision turns."""

from __future__ import annotations

import pytest

from styrmatt.normalize.outcomes.compounds import CompoundReader
from styrmatt.normalize.outcomes.names.short_names import spelled_out
from styrmatt.normalize.outcomes.populations import PopulationReader
from styrmatt.normalize.outcomes.sentence.figure_roles import own_periods
from styrmatt.normalize.outcomes.sentence.sentence_facts import StatedResult, Statement
from styrmatt.normalize.outcomes.sentence.stated_figure import StatedFigure
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.swedish.rules.narrative_patterns import load_patterns
from styrmatt.swedish.rules.spans import narrative_pipeline
from styrmatt.swedish.sentences import RuleSplitter

PATTERNS = load_patterns("sv")
PIPELINE = narrative_pipeline("sv")


def named(text: str, figure: str) -> list[tuple[str, ...]]:
    """The words for whom a figure of a sentence is."""
    assert PATTERNS is not None
    ((sentence,),) = PIPELINE.read([text])
    start = text.index(figure)
    end = start + len(figure)
    result = StatedResult(5.0, "percent", "T")
    statement = Statement((result,), text, text[end:], None, True, start, end)
    terms = TermIndex(PATTERNS, ("i", "på", "som"), ())
    reader = PopulationReader(PATTERNS, terms, CompoundReader(terms, {}, (), ()))
    return [population.terms for population in reader.of(sentence, statement) if population.terms]


@pytest.mark.parametrize(
    ("text", "figure", "who"),
    [
        (
            "Frånvaron bland lärare var 7 procent och bland rektorer 2 procent.",
            "7 procent",
            "lärare",
        ),
        (
            "Frånvaron bland lärare var 7 procent och bland rektorer 2 procent.",
            "2 procent",
            "rektor",
        ),
        ("På Lindskolan, stadens äldsta, var 92 procent nöjda.", "92 procent", "lindskola"),
        ("Björkskolan hade 99 procent närvaro.", "99 procent", "björkskola"),
        ("Kliniken har växt, och där besvarades 96 procent.", "96 procent", "klinik"),
        ("Bland dem som gått på Lindskolan är 91 procent nöjda.", "91 procent", "lindskola"),
    ],
)
def test_of_whom_a_figure_is(text: str, figure: str, who: str) -> None:
    assert who in named(text, figure)[0]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Frånvaron bland kommunens medarbetare var 7 procent.", "7 procent"),
        ("Nöjdheten var 84 procent bland besökarna.", "84 procent"),
        ("Frånvaron var 7 procent, främst bland lärare.", "7 procent"),
        ("Trots den milda vintern var förbrukningen 7 procent.", "7 procent"),
    ],
)
def test_a_figure_of_all_names_nobody(text: str, figure: str) -> None:
    assert named(text, figure) == []


@pytest.mark.parametrize(("letters", "is_named"), [(10, True), (38, True), (39, False)])
def test_people_behind_a_figure_are_near(letters: int, is_named: bool) -> None:
    """40 characters between, at most."""
    text = f"Frånvaron var 7 procent {'x' * letters} hos lärare."
    assert bool(named(text, "7 procent")) is is_named


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Nöjd-kund-index (NKI) för bygglov", [("NKI", "Nöjd-kund-index")]),
        ("Hållbart medarbetarengagemang (HME)", [("HME", "Hållbart medarbetarengagemang")]),
        ("Barn som bor i hus (BBH)", []),
        ("Barn bor i hus (BBIH)", [("BBIH", "Barn bor i hus")]),
        ("Barn bor i ett hus (BBIEH)", []),
        ("Antal resor (TKM)", []),
    ],
)
def test_what_a_short_name_stands_for(name: str, found: list[tuple[str, str]]) -> None:
    """Four words at most, which begin with its first letter and have its letters in order."""
    assert list(spelled_out(name)) == found


def test_items_of_a_list_with_dashes_are_sentences() -> None:
    text = "Året: – antal besök: 12 (9) – antal lån: 5"
    found = RuleSplitter(()).split(text)
    assert [one.text for one in found] == ["Året:", "antal besök: 12 (9)", "antal lån: 5"]
    assert all(text[one.start :].startswith(one.text) for one in found)
    assert len(RuleSplitter(()).split("Antalet var 12 – fler än 2022 – under året.")) == 1


@pytest.mark.parametrize(
    ("joined", "is_own"), [("och ", False), ("men ", False), ("", True), ("och sammanlagt ", False)]
)
def test_a_period_is_not_of_the_figure_that_opens_the_next_clause(
    joined: str, is_own: bool
) -> None:
    assert PATTERNS is not None
    text = f"Kursen hölls i maj {joined}54 deltog."
    ((sentence,),) = PIPELINE.read([text])
    figure = StatedFigure(54.0, "count", text.index("54"), text.index("54") + 2)
    opens = PATTERNS.words.clauses.opens
    found = own_periods(sentence, figure, [figure], 0, len(text), opens)
    assert bool(found) is is_own
