"""Where the decisions about names and sentences flip: one thing varied, everything else left alone.

Each row of FLIPS says in a sentence from where to where the answer is yes; the others are no.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from flips import Flip
from series_reports import report
from test_outcomes import BUSES, VISITS, read, rows

from styrmatt.errors import IdentityError
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.document_identity import identify
from styrmatt.normalize.goals.headings import HeadingReader
from styrmatt.normalize.goals.match import HeadingNames, likeness, link_goals
from styrmatt.normalize.goals.overview import FactorEntry, GoalEntry, OverviewReader
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.measures.name import MeasureReader
from styrmatt.normalize.narrative.counts import CountReader
from styrmatt.normalize.narrative.section_pages import SectionPages
from styrmatt.normalize.normalize import _factor_text
from styrmatt.normalize.outcomes.body_members import BodyMembers
from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.normalize.outcomes.compounds import CompoundReader
from styrmatt.normalize.outcomes.follow_up import FollowUpRecorder
from styrmatt.normalize.outcomes.ledger import OutcomeLedger, ReadingPosition
from styrmatt.normalize.outcomes.linking import MeasureLinker
from styrmatt.normalize.outcomes.names.numbered_names import numbered_names
from styrmatt.normalize.outcomes.plausibility import Plausibility
from styrmatt.normalize.outcomes.populations import PopulationReader
from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.rows import choose_results
from styrmatt.normalize.outcomes.score import MeasureScorer
from styrmatt.normalize.outcomes.sentence.sentence_facts import (
    SentenceFacts,
    StatedResult,
    Statement,
)
from styrmatt.normalize.outcomes.sentence.stated_figure import FigureFlag, FlagKind
from styrmatt.normalize.outcomes.sentence.statement import SentenceReader
from styrmatt.normalize.outcomes.sole_measure import SoleMeasureReader
from styrmatt.normalize.outcomes.statement_terms import StatementPlace
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.normalize.series.items import MEASURE, items_of
from styrmatt.normalize.series.link import link
from styrmatt.normalize.series.match import SeriesLinker
from styrmatt.normalize.series.search import search
from styrmatt.printed import Cell, Location, OverviewGoal, Section
from styrmatt.records import Extract
from styrmatt.swedish.board_codes import BoardReader, is_board_code
from styrmatt.swedish.dehyphenate import Cleaner
from styrmatt.swedish.dictionary import is_compound
from styrmatt.swedish.document_words import DocumentWords, sentence_case
from styrmatt.swedish.lemmas import lemma
from styrmatt.swedish.lemmas import likeness as words_alike
from styrmatt.swedish.rules.narrative_patterns import load_patterns
from styrmatt.swedish.rules.spans import narrative_pipeline
from styrmatt.swedish.statements import StatementReader
from styrmatt.vocabulary import load_vocabulary

LAYOUT = next(layout for layout in load_layouts() if layout.name == "styrmatt-med-namnd")
WORDS = load_vocabulary("sv")
PATTERNS = load_patterns("sv")
HERE = Location(4, 4)
LETTERS = "brkupamodilsentovägj"
NOUNS = ("buss", "båt", "tåg", "flyg", "cykel", "bibliotek", "museum", "teater")


def changed(name: str, count: int) -> str:
    """A name of letters with so many of them, from its end, replaced."""
    return name[: len(name) - count] + "x" * count


# --- sentences ------------------------------------------------------------------------------------


def facts_of(text: str) -> SentenceFacts:
    language = narrative_pipeline("sv")
    (sentence,) = (s for sentences in language.read([text]) for s in sentences)
    assert PATTERNS is not None
    return SentenceReader(PATTERNS, 2022).read(sentence)


def results(text: str) -> list[StatedResult]:
    return [result for statement in facts_of(text).statements for result in statement.results]


def between(first: str, length: int, last: str) -> str:
    """Two parts of a sentence with so many characters between them: a word, and spaces."""
    return f"{first} {'n' * (length - 2)} {last}"


SENTENCES = {
    "a word for a target is of a figure up to 90 characters behind it": Flip(
        lambda n: bool(facts_of(between("Målet", n, "95 procent.")).targets),
        (10, 40, 60, 85, 90, 91, 100, 150, 225),
        last=90,
    ),
    "a year that begins in the first 12 characters dates what stands far behind": Flip(
        lambda n: (
            results(f"{'N' * (n - 1)} 2021 gick bussarna i tid i 87 procent.")[0].year == 2021
        ),
        (3, 6, 9, 11, 12, 13, 20, 30),
        last=11,
    ),
    "a comparison that begins in the first 3 characters opens the sentence": Flip(
        lambda n: bool(results(f"{'”' * n}Jämfört med våren, gick 87 procent av bussarna i tid.")),
        range(10),
        last=2,
    ),
    "a change up to 30 characters behind a word for a target is what is aimed at": Flip(
        lambda n: facts_of(between("Målet", n, "minskning av frånvaron.")).change is None,
        (5, 12, 13, 20, 29, 30, 31, 50, 75, 80),
        last=29,
    ),
    "a negation that begins up to 12 characters ahead denies a change": Flip(
        lambda n: facts_of(f"Antalet har inte {'n' * (n - 6)} ökat.").change is None,
        range(7, 36),
        last=12,
    ),
    "what a figure counts is looked for in the 60 characters behind it": Flip(
        lambda n: (
            "hus" in facts_of(between("I regionen finns 87", n, "hus.")).statements[0].counted
        ),
        (10, 20, 30, 50, 57, 58, 70, 100, 150),
        last=57,
    ),
    "a sex is of the figure up to 60 characters ahead of it": Flip(
        lambda n: results(between("Andelen var 87 procent", n, "kvinnor."))[0].sex == "K",
        (10, 24, 30, 50, 60, 61, 80, 100, 150, 160),
        last=60,
    ),
}


# --- which measure --------------------------------------------------------------------------------


def profile(number: int, name: str = "", **known: Any) -> MeasureProfile:
    nobody: frozenset[str] = frozenset()
    made = MeasureProfile(f"m{number}", name, None, None, "g", "f", nobody, False, True)
    return replace(made, **{"sexes": frozenset("T"), **known})


class FixedScores:
    """Stands in for the scorer: the scores of as many measures, all of them enough."""

    def __init__(self, *scores: float) -> None:
        assert PATTERNS is not None
        self.terms = TermIndex(PATTERNS, (), ())
        self.profiles = [profile(n, f"Mått {n}", unit="percent") for n in range(len(scores))]
        self.scores = scores
        self.compounds = CompoundReader(self.terms, {}, (), ())
        self.places: list[StatementPlace] = []

    def prepare(
        self, terms: tuple[str, ...], place: StatementPlace, clause: tuple[str, ...] = ()
    ) -> None:
        self.places.append(place)

    def candidates(self, statement: None, above: float, also: object = ()) -> list[MeasureProfile]:
        return self.profiles

    def score(self, one: MeasureProfile, statement: None) -> tuple[float, bool]:
        return self.scores[int(one.measure_id[1:])], True

    def tells_apart(self, *_: Any) -> bool:
        return False


@pytest.mark.parametrize(
    ("message", "noted"),
    [("It says nothing..", "It says nothing."), ("It says nothing.", "It says nothing."),
     ("It goes on...", "It goes on..."), ("Why?", "Why?")],
)  # fmt: skip
def test_a_message_that_quotes_a_sentence_ends_in_one_full_stop(message: str, noted: str) -> None:
    issues = IssueBook("d", 2022)
    issues.note("unknown_marker", message)
    assert [issue.message for issue in issues.rows()] == [noted]


def ledger_of(*scores: float) -> tuple[OutcomeLedger, ReadingPosition, IssueBook]:
    assert PATTERNS is not None
    scorer: Any = FixedScores(*scores)
    plausibility = Plausibility(PATTERNS, scorer.terms, 2022, interim=False)
    issues = IssueBook("d", 2022)
    refers_back = PATTERNS.compile(PATTERNS.words.topics.anaphors[:1])
    populations = PopulationReader(PATTERNS, scorer.terms, scorer.compounds)
    members = BodyMembers(PATTERNS, scorer.terms)
    sole = SoleMeasureReader(PATTERNS, scorer.terms, plausibility, scorer.profiles)
    linker = MeasureLinker(
        scorer, plausibility, populations, members, numbered_names(PATTERNS), sole
    )
    ledger = OutcomeLedger(linker, issues, refers_back)
    narrative: Any = SimpleNamespace(goal_id="g", success_factor_id="f", measure_id=None)
    section = Section("other", "", (), "", HERE)
    return ledger, ReadingPosition(0, narrative, SectionPages(section), ()), issues


def linked(text: str, *scores: float) -> list[str]:
    """The measures that a sentence is linked to, with these scores."""
    ledger, position, _ = ledger_of(*scores)
    ledger.add_statements(position, facts_of(text))
    return [candidate.measure_id for candidate in ledger.candidates]


def place_of(text: str, before: Sequence[str] = ()) -> StatementPlace:
    """The place for which a sentence's terms are scored."""
    ledger, position, _ = ledger_of(0.9)
    position.preceding = list(before)
    ledger.add_statements(position, facts_of(text))
    scorer: Any = ledger.scorer
    return scorer.places[0]


def remembers(back: int) -> bool:
    """Whether the words count of the sentence that is so many before the statement."""
    before = ["Bussar rullar.", *["Det är så."] * (back - 1)]
    place = place_of("Andelen var 87 procent.", before)
    return any(term.startswith("buss") for term in place.preceding)


def names_in_message(count: int) -> int:
    ledger, position, issues = ledger_of(*[0.9] * count)
    ledger.add_statements(position, facts_of("Andelen var 87 procent."))
    (issue,) = issues.rows()
    return issue.message.count("Mått")


def follow_ups(text: str, *scores: float) -> list[OutcomeCandidate]:
    """What a sentence without a figure adds, with these scores of the measures."""
    ledger, position, _ = ledger_of(*scores)
    recorder, facts = FollowUpRecorder(ledger), facts_of(text)
    if facts.is_about_all_measures:
        recorder.add_status_of_all(position, facts)
    elif facts.statuses:
        recorder.add_status(position, facts)
    else:
        recorder.add_change(position, facts)
    return ledger.candidates


def outcome(text: str) -> tuple[float | None, str | None, str | None] | None:
    """Value, change and status of the one result of a report with two measures."""
    got: Extract = read(rows(BUSES, VISITS), text)
    return (got.outcomes[0].value, got.outcomes[0].change, got.outcomes[0].status_stated)


def candidate(value: float, score: float = 0.9, **known: Any) -> OutcomeCandidate:
    made = {"unit": "percent", "sex": "T", **known}
    sentence = f"{value} {made}"
    return OutcomeCandidate("m", made.pop("sex"), score, 1, 0, [sentence], 0, value, **made)


def keeps(*candidates: OutcomeCandidate) -> list[float | None]:
    return [c.value for c in choose_results(candidates, 2022)]


def total_is_kept(total: float, unit: str = "percent") -> bool:
    women, men = (candidate(v, sex=s, unit=unit) for v, s in ((50.0, "K"), (52.0, "M")))
    return total in keeps(women, men, candidate(total, unit=unit))


def scorer_of(*names: str, **known: Any) -> MeasureScorer:
    assert PATTERNS is not None
    terms = TermIndex(PATTERNS, (), ())
    return MeasureScorer([profile(n, name) for n, name in enumerate(names)], terms, PATTERNS)


def remark_counts_less(length: int) -> bool:
    """Whether what stands behind a name of so many letters, and a full stop, is a remark."""
    (one,) = scorer_of(f"{LETTERS[:length]}. Mäts dagligen bland resenärer").profiles
    return min(one.term_weights.values()) < max(one.term_weights.values())


def flag_is_in_name(letters: int) -> bool:
    """Whether a national figure is of a measure whose name has so many letters of the word."""
    assert PATTERNS is not None
    allowed = Plausibility(PATTERNS, TermIndex(PATTERNS, (), ()), 2022, interim=False)
    flag = FigureFlag(FlagKind.NATIONAL, "nationell")
    result = StatedResult(5.0, "percent", "T", flags=frozenset({flag}))
    statement = Statement((result,), "", "", None, is_predicate=True)
    name = "Prov i " + "nationell"[:letters]
    return bool(allowed.usable_results(profile(0, name), statement))


def one_counts(alike: str) -> bool:
    """Whether "one" counts what the measure counts, where the words are so much alike."""
    assert PATTERNS is not None
    terms = TermIndex(PATTERNS, (), ())
    terms.add(("konsert",))
    allowed = Plausibility(PATTERNS, terms, 2022, interim=False)
    flag = frozenset({FigureFlag(FlagKind.SINGLE)})
    statement = Statement((StatedResult(1.0, "count", "T", flags=flag),), "", "", None, False)
    return allowed.fits(profile(0, "Antal konserter", head=("konsert",)), statement, (alike,))


def found_elsewhere(said: int) -> bool:
    """Whether so many of ten words of a measure link a sentence of another factor's section."""
    nouns = (*NOUNS, "konsert", "simhall")
    scorer = scorer_of(" ".join(nouns))
    terms = scorer.terms.terms_in(" ".join(nouns[:said]))
    prepared = scorer.prepare(terms, StatementPlace("g", "other", None))
    return scorer.score(scorer.profiles[0], prepared)[1]


def tells_apart(said: int) -> bool:
    """Whether so many words of eight that only one of two measures has tell it from the other."""
    others = "konsert simhall skola förskola sjukhus butik restaurang kiosk"
    scorer = scorer_of(" ".join(NOUNS), others)
    terms = scorer.terms.terms_in(" ".join(NOUNS[:said]))
    prepared = scorer.prepare(terms, StatementPlace("g", "f", None))
    return scorer.tells_apart(*scorer.profiles, prepared)


def terms_alike(letters: int) -> bool:
    assert PATTERNS is not None
    index = TermIndex(PATTERNS, (), ())
    index.add((LETTERS[:letters],))
    return bool(index.similar(changed(LETTERS[:letters], 1)))


MEASURES = {
    "a measure is linked that leads by 0.05": Flip(
        lambda lead: bool(linked("Andelen var 87 procent.", 0.9, 0.9 - lead)),
        (0.0, 0.02, 0.04, 0.06, 0.1, 0.12, 0.2),
        first=0.06,
    ),
    "a measure is linked that has more than 0.5 left": Flip(
        lambda score: bool(linked("Andelen var 87 procent.", score)),
        (0.1, 0.2, 0.3, 0.4, 0.49, 0.51, 0.6, 0.7, 0.79, 0.9),
        first=0.51,
    ),
    "words of the 2 sentences before may tell what a statement is about": Flip(
        remembers, range(1, 7), last=2
    ),
    "a statement with fewer than 2 terms refers back": Flip(
        lambda n: place_of(f"Andelen {' '.join(NOUNS[:n])} var 87 procent.").refers_back,
        range(1, 5),
        last=1,
    ),
    "a message names up to 4 measures": Flip(
        lambda n: names_in_message(n) == n, range(2, 15), last=4
    ),
    "a change without a figure is of a measure from a score of 0.7": Flip(
        lambda score: bool(follow_ups("Antalet besök minskade.", score)),
        (0.2, 0.3, 0.5, 0.6, 0.69, 0.71, 0.8, 0.87, 0.95),
        first=0.71,
    ),
    "a status of all measures is as sure as one of a measure with a score of 0.6": Flip(
        lambda score: (
            follow_ups("Samtliga styrmått har uppnåtts.", 0.0)[0].score
            <= follow_ups("Målet för besöken nåddes.", score)[0].score
        ),
        (0.1, 0.2, 0.3, 0.5, 0.59, 0.6, 0.7, 0.8, 0.9),
        first=0.6,
    ),
    "a status is that of the result fewer than 3 sentences ahead": Flip(
        lambda n: (
            outcome(
                f"Andelen bussturer i rätt tid var 87 procent. {'Vintern var hård. ' * n}"
                "Målet nåddes inte."
            )
            == (87.0, None, "not_met")
        ),
        range(10),
        last=2,
    ),
    "what refers back adds to the result fewer than 2 sentences ahead": Flip(
        lambda n: (
            outcome(
                f"Andelen bussturer i rätt tid var 87 procent. {'Vintern var hård. ' * n}"
                "Det är en minskning."
            )
            == (87.0, "decreased", None)
        ),
        range(7),
        last=1,
    ),
    "a further result of a measure scores less than 0.05 less": Flip(
        lambda less: len(keeps(candidate(50.0), candidate(60.0, 0.9 - less))) == 2,
        (0.0, 0.01, 0.03, 0.04, 0.06, 0.1, 0.12, 0.2),
        last=0.04,
    ),
    "a share may be 0.5 below those of women and men": Flip(
        lambda below: total_is_kept(50 - below), (0, 0.1, 0.3, 0.5, 0.6, 0.7, 1, 2), last=0.5
    ),
    "a share may be 0.5 above those of women and men": Flip(
        lambda above: total_is_kept(52 + above), (0, 0.1, 0.3, 0.5, 0.6, 0.7, 1, 2), last=0.5
    ),
    "a count may be 0.5 below that of women or men": Flip(
        lambda below: total_is_kept(52 - below, "count"), (0, 0.3, 0.5, 0.6, 0.7, 1, 1.5), last=0.5
    ),
    "a remark is cut off a name of more than 4 letters": Flip(
        remark_counts_less, range(2, 14), first=5
    ),
    "the 2 first terms of a name say what is counted": Flip(
        lambda n: len(scorer_of(" ".join(NOUNS[:n])).profiles[0].head) == n,
        range(1, 6),
        last=2,
    ),
    "a national figure is of a measure that names the word by 4 letters": Flip(
        flag_is_in_name, range(1, 10), first=4
    ),
    "the word for one counts what is meant from its compounds on": Flip(
        lambda alike: one_counts({0.6: "konsertbesök", 0.85: "rockkonsert", 1.0: "konsert"}[alike]),
        (0.6, 0.85, 1.0),
        first=0.85,
    ),
    "words of at least 5 letters are alike that differ in the last": Flip(
        terms_alike, range(4, 13), first=5
    ),
    "a word of 3 letters has other forms, a word of 2 has none": Flip(
        lambda n: (
            lemma({1: "d", 2: "er", 3: "tog", 4: "åren"}[n], "sv") not in ("d", "er", "tog", "åren")
        ),
        (1, 2, 3, 4),
        first=3,
    ),
    "spellings are alike that have 7 of 10 letters at their beginning in common": Flip(
        lambda n: words_alike("brkupamodi", changed("brkupamodi", 10 - n)) > 0,
        range(1, 10),
        first=7,
    ),
    "a measure of another factor is meant from 5 of its 10 words on": Flip(
        found_elsewhere, range(1, 10), first=5
    ),
    "more than 2 words of 8 that only one measure has tell it from another": Flip(
        tells_apart, range(9), first=3
    ),
}


# --- goals, factors, measures ---------------------------------------------------------------------

NAME = "brukupamodilsentovägjydhfosanerimulatbekopidusavel"
"""Fifty letters: one is two percent."""


def goal(name: str, *factors: str) -> GoalEntry:
    made = GoalEntry(name, None, HERE)
    made.factors = [FactorEntry(factor, made, HERE) for factor in factors]
    return made


def under(goal_name: str | None, factor: str | None = None) -> HeadingNames:
    return HeadingNames(None, goal_name, factor, HERE)


def goal_is_found(changes: int, *, named: bool = False) -> bool:
    """Whether a heading with so many other letters means the goal, which another may name."""
    names = under(changed(NAME, changes))
    pool = [under(NAME), names] if named else [names]
    links = link_goals([goal(NAME)], pool)
    found = links.find(names).goal
    return found is not None and found.name == NAME


def factor_is_found(changes: int, *, in_goal: bool = True, claimed: bool = False) -> bool:
    names = under("Mål" if in_goal else None, changed(NAME, changes))
    pool = [under("Mål", NAME)] if claimed else []
    links = link_goals([goal("Mål", NAME)], [*pool, names])
    found = links.find(names).factor
    return found is not None and found.in_overview


def goal_by_factors(changes: int) -> bool:
    """Whether the factors below tell the goal, though another heading names it exactly."""
    names = under(changed(NAME, changes), "Faktor ett")
    links = link_goals([goal(NAME, "Faktor ett", "Faktor två")], [under(NAME, "Faktor två"), names])
    return not links.find(names).mismatch


def leads(letters: int) -> bool:
    """Whether of two goals that differ the one is found that has so many more letters right."""
    names = under(changed(NAME, 8))
    links = link_goals([goal(NAME), goal("y" * letters + NAME[letters:])], [names])
    found = links.find(names).goal
    return found is not None and found.name == NAME


def boards_are_learnt(coded: int) -> bool:
    """Whether codes are taken for boards where so many of ten cells end in some."""
    cleaner = Cleaner(DocumentWords(()), WORDS.hyphens)
    boards = BoardReader(("och",))
    reader = OverviewReader(
        cleaner, HeadingReader(cleaner, DocumentWords(()), LAYOUT.headings), boards, frozenset()
    )
    cells = [Cell(f"Resor {n}{' (TN)' if n < coded else ''}", HERE) for n in range(10)]
    reader.read((OverviewGoal(None, cells[0], tuple(cells[1:]), None, HERE),))
    return reader.name_and_boards("Bad (TN)") == ("Bad", ("TN",))


def believes(year: float) -> bool:
    try:
        identify({"organisation": "Region A", "fiscal_year": f"{year:.0f}"}, {}, "r.pdf")
    except IdentityError:
        return False
    return True


def understands_misprint(letters: int) -> bool:
    """Whether a lead-in word of so many letters is understood with one of them wrong."""
    document = DocumentWords(())
    word = LETTERS[:letters]
    reader = MeasureReader(Cleaner(document, WORDS.hyphens), document, {"aktivitet": (word,)})
    return reader.read(f"{changed(word, 1)}: Ta fram en plan").kind == "aktivitet"


def counted(number: int) -> bool:
    """Whether a number of that size may count goals."""
    return CountReader(WORDS).read(f"{number} mål har uppnåtts.") is not None


def of_total(words_between: int) -> bool:
    """Whether a whole is found with so many words between it and the number."""
    between = " ".join(["under", "förra", "sena", "hela", "året"][:words_between])
    return CountReader(WORDS).read(f"Sju {between} av tio mål har uppnåtts.") is not None


def has_degree(distance: int) -> bool:
    """Whether a degree is read that is the 2nd, 3rd ... word behind what it is of."""
    words = ("bedöms", "vara", "som", "helhet", "nu", "i", "år", "rätt")
    between = " ".join(words[: distance - 1])
    sentence = f"Måluppfyllelsen {between} god."
    return StatementReader(WORDS.statements).judgement(sentence) is not None


GOALS = {
    "a heading means a goal that none names from 35 of 50 letters": Flip(
        lambda n: goal_is_found(50 - n), range(10, 51), first=35
    ),
    "a heading means any goal from 40 of 50 letters": Flip(
        lambda n: goal_is_found(50 - n, named=True), range(10, 50), first=40
    ),
    "the factors below a heading say the goal from 25 of 50 letters": Flip(
        lambda n: goal_by_factors(50 - n), range(5, 50), first=25
    ),
    "a factor of the goal is meant from 35 of 50 letters": Flip(
        lambda n: factor_is_found(50 - n), range(10, 51), first=35
    ),
    "a factor of any goal is meant from 40 of 50 letters": Flip(
        lambda n: factor_is_found(50 - n, in_goal=False), range(10, 51), first=40
    ),
    "a factor that another heading names is meant from 47 of 50 letters": Flip(
        lambda n: factor_is_found(50 - n, claimed=True), range(10, 50), first=47
    ),
    "a goal is meant that has 3 of 50 letters more in common than another": Flip(
        leads, range(11), first=3
    ),
    "the beginning of a name is the name from 30 of 50 letters": Flip(
        lambda n: likeness(NAME, NAME[: int(n)]) >= 0.93, (5, 12, 20, 29, 30, 35, 40, 42), first=30
    ),
    "the beginning of a name is as like it as one with less than 3 of 50 letters wrong": Flip(
        lambda n: likeness(NAME, NAME[:30]) >= likeness(NAME, changed(NAME, int(n))),
        (0, 1, 2, 3, 10, 20, 30, 40),
        first=3,
    ),
    "codes are boards where half of the cells end in them": Flip(
        boards_are_learnt, range(1, 11), first=5
    ),
    "years from 1970 to 2100 are believed": Flip(
        believes, (700, 850, 900, 1500, 1969, 1970, 2000, 2100, 2101, 3000, 5000), 1970, 2100
    ),
    "a misprint is understood in a word of 6 letters": Flip(
        understands_misprint, range(2, 16), first=6
    ),
    "a cell of 6 letters may be a part of the heading": Flip(
        lambda n: _factor_text(Cell(NAME[: int(n)], HERE), NAME) == NAME, range(1, 17), first=6
    ),
    "numbers up to 500 count goals": Flip(
        counted, (5, 150, 200, 201, 499, 500, 501, 1000, 1250), last=500
    ),
    "one word may stand between a number and what it is of": Flip(of_total, range(6), last=1),
    "a degree is at most the 4th word behind what it is of": Flip(has_degree, range(2, 10), last=4),
}


# --- series ---------------------------------------------------------------------------------------


def is_known(later: int) -> bool:
    """Whether a series is known by a name that it had so many names ago."""
    names = ["Antal cyklar", *(f"Nöjda {LETTERS[n : n + 5]}" for n in range(later))]
    _, register = link([report(2022, names[0])], vocabulary="sv")
    series = next(series for series in register if series.kind == MEASURE)
    first = series.members[0]
    members = tuple(replace(first, name=name) for name in names)
    items = [i for i in items_of(report(2023, names[0]), "sv") if i.kind == MEASURE]
    linker = SeriesLinker(MEASURE, "Region Tallmo", [replace(series, members=members)], "sv")
    return items[0].id in linker.link(items, (), items)


def searched(text: str, *names: str) -> list[str]:
    _, series = link([report(2022, *names)], vocabulary="sv")
    return [s.name for s in search([s for s in series if s.kind == "measure"], text)]


SERIES = {
    "a series is known by its 8 latest names": Flip(is_known, range(22), last=7),
    "a series is found from 16 of 20 letters": Flip(
        lambda n: bool(searched(changed(LETTERS, 20 - n), LETTERS)), range(4, 21), first=16
    ),
    "one series is meant that has 8 percent more letters right": Flip(
        lambda n: len(searched(changed(NAME, 6), NAME, "z" * n + NAME[n:])) == 1,
        range(1, 12),
        first=4,
    ),
    "up to 12 series are listed": Flip(
        lambda n: len(searched("x" + LETTERS, *(LETTERS + 2 * LETTERS[k] for k in range(n)))) == n,
        range(2, 18),
        last=12,
    ),
}


# --- words ----------------------------------------------------------------------------------------


def cut_is_joined(letters: int) -> bool:
    """Whether a word of the report that a line cuts behind so many letters is joined."""
    word = "brkupamodi"
    cleaner = Cleaner(DocumentWords([word]), WORDS.hyphens)
    return cleaner.clean(f"{word[:letters]}\n{word[letters:]}").text == word


def in_capitals(letters: int) -> bool:
    """Whether a line in capitals tells no case, with a longest word of so many letters."""
    word = LETTERS[:letters].upper()
    return DocumentWords([f"AB {word}"]).casing(word) is None


TEXTS = {
    "a code of a board has 2 to 5 letters": Flip(
        lambda n: is_board_code("KTNRSHBADEFGIJ"[: int(n)]), range(1, 15), 2, 5
    ),
    "a cut word is joined from 3 letters before the cut": Flip(cut_is_joined, range(1, 9), first=3),
    "a word is a compound of parts of 4 letters": Flip(
        lambda n: is_compound(
            2 * {2: "öl", 3: "hus", 4: "vård", 5: "skola", 6: "sommar", 8: "trafiken"}[n]
        ),
        (2, 3, 4, 5, 6, 8),
        first=4,
    ),
    "a line is in capitals with a word of 6 letters": Flip(in_capitals, range(2, 17), first=6),
    "a text in capitals gets small letters from 4 letters": Flip(
        lambda n: (
            sentence_case(LETTERS[: int(n)].upper(), DocumentWords(())).islower()
            or sentence_case(LETTERS[: int(n)].upper(), DocumentWords(()))[1:].islower()
        ),
        range(2, 12),
        first=4,
    ),
}

FLIPS = SENTENCES | MEASURES | GOALS | SERIES | TEXTS


@pytest.mark.parametrize("what", FLIPS)
def test_a_decision_flips_where_it_is_said_to(what: str) -> None:
    FLIPS[what].check()


# --- what stands for something else ---------------------------------------------------------------


def test_an_overall_assessment_counts_more_than_another_and_that_more_than_a_statement() -> None:
    reader = StatementReader(WORDS.statements)
    overall, assessment, statement = (
        reader.judgement(sentence)
        for sentence in (
            "Den samlade bedömningen är att målet är uppnått.",
            "Målet bedöms vara uppnått.",
            "Målet är uppnått.",
        )
    )
    assert overall and assessment and statement
    assert overall.rank > assessment.rank > statement.rank


def test_all_is_no_number_of_goals() -> None:
    counts = [CountReader(WORDS).read(f"{n} mål har uppnåtts.") for n in ("Samtliga", "Inga", 7)]
    first, *others = [list(found.by_status.values()) for found in counts if found]
    assert len(others) == 2 and first not in others
