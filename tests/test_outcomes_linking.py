"""Which measures a statement is scored against: none that could be meant is passed over."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.score import MeasureScorer
from styrmatt.normalize.outcomes.statement_terms import StatementPlace
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.swedish.rules.narrative_patterns import load_patterns

WORDS = (
    "andel", "patienter", "besök", "vårdcentral", "väntetid", "sjukfrånvaro", "medarbetare",
    "bussar", "resenärer", "kollektivtrafik", "patientbesök", "utbildning", "företag",
    "bredband", "hushåll",
)  # fmt: skip
NAMES = st.lists(st.sampled_from((*WORDS, "som", "med")), min_size=1, max_size=5).map(" ".join)
SAID = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
IDS = st.sampled_from((None, "a", "b"))
PATTERNS = load_patterns("sv")


def profile(number: int, name: str, goal: str | None, factor: str | None) -> MeasureProfile:
    nobody: frozenset[str] = frozenset()
    return MeasureProfile(f"m{number}", name, "percent", None, goal, factor, nobody, False, True)


@settings(max_examples=60, deadline=None)
@given(
    measures=st.lists(st.tuples(NAMES, IDS, IDS), min_size=1, max_size=12),
    said=st.tuples(SAID, SAID, SAID, SAID),
    placed=st.tuples(IDS, IDS, st.sampled_from((None, "m0", "m3"))),
    leans=st.booleans(),
    least=st.sampled_from((0.0, 0.2, 0.45, 0.6)),
)
def test_a_measure_that_scores_enough_is_among_the_likely_ones(
    measures: list[tuple[str, str | None, str | None]],
    said: tuple[str, str, str, str],
    placed: tuple[str | None, str | None, str | None],
    leans: bool,
    least: float,
) -> None:
    assert PATTERNS is not None
    terms = TermIndex(PATTERNS, (), ())
    linker = MeasureScorer([profile(n, *one) for n, one in enumerate(measures)], terms, PATTERNS)
    own, heading, run_in, near = map(terms.terms_in, said)
    words = linker.prepare(own, StatementPlace(*placed, heading, run_in, near, leans))
    likely = [one.measure_id for one in linker.candidates(words, least)]
    enough = [p.measure_id for p in linker.profiles if linker.score(p, words)[0] > least]
    assert set(enough) <= set(likely)
    assert likely == sorted(likely, key=lambda name: int(name[1:])) and len(likely) == len(
        {*likely}
    )


def test_measures_of_which_nothing_is_said_are_passed_over() -> None:
    assert PATTERNS is not None
    terms = TermIndex(PATTERNS, (), ())
    names = ("Andel patienter", "Bredband till hushåll", "Sjukfrånvaro")
    linker = MeasureScorer(
        [profile(n, name, None, None) for n, name in enumerate(names)], terms, PATTERNS
    )
    words = linker.prepare(
        terms.terms_in("bredband i hushåll"), StatementPlace(None, None, None, (), (), (), False)
    )
    assert [one.name for one in linker.candidates(words, 0.45)] == ["Bredband till hushåll"]
