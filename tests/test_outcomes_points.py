"""What each cue of a statement is worth: scores of made-up sentences for made-up measures.

golden/outcomes-points.json shows the scores; after a wanted change of weights write it anew with
``UPDATE_GOLDEN=1 pytest -n0 tests/test_outcomes_points.py`` and read the difference.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from flips import check_golden

from styrmatt.normalize.outcomes.plausibility import Plausibility
from styrmatt.normalize.outcomes.populations import PopulationReader
from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.score import MeasureScorer
from styrmatt.normalize.outcomes.sentence.sentence_facts import StatedResult, Statement
from styrmatt.normalize.outcomes.statement_terms import StatementPlace
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.swedish.dictionary import has_dictionary
from styrmatt.swedish.rules.narrative_patterns import load_patterns
from styrmatt.swedish.rules.spans import narrative_pipeline

GOLDEN = "outcomes-points.json"
PATTERNS = load_patterns("sv")
NOBODY: frozenset[str] = frozenset()

MEASURES = (
    # goal, factor, unit, name
    (
        "health",
        "care",
        "percent",
        "Andel patienter som fått återbesök, vårdplan och rehabilitering",
    ),
    ("health", "care", "percent", "Andel patienter som fått återbesök samma dag"),
    ("health", "care", "count", "Antal hembesök hos nyblivna föräldrar"),
    ("health", "queues", "days", "Väntetid till operation"),
    ("health", "queues", None, "Väntetider till operation på sjukhus"),
    ("travel", "buses", "percent", "Andel bussturer i rätt tid"),
    ("travel", "buses", "percent", "Andel nöjda resenärer (enligt busstrafikens egen enkät)"),
    ("travel", "trains", "percent", "Andel nöjda resenärer på pendeltåg. Mäts av trafikbolaget"),
    ("culture", "library", "count", "Antal besökare på bibliotek, museer, teatrar och konserter"),
    ("culture", "library", "count", "SFI. Mäts av skolan"),
    ("culture", "music", "count", "Antal elever"),
    ("culture", "music", "count", "Antal öppna konserter i musikskolan och dansen"),
)
"""Measures of a made-up report; the last factors of a goal have one or several."""


@dataclass(frozen=True)
class Example:
    """The words of a statement, and where it stands: "goal factor", and a measure's number."""

    said: str
    section: str = ""
    of_measure: int | None = None
    heading: str = ""
    run_in: str = ""
    before: str = ""
    refers_back: bool = False
    counted: str = ""
    """What stands behind a figure without a unit."""
    sentence: str = ""
    """The whole sentence, where it names a population."""
    unit: str = "percent"

    def points(self) -> dict[str, Any]:
        """For each measure that has words in common: score, whether that is enough, deductions."""
        assert PATTERNS is not None
        terms = TermIndex(PATTERNS, ("på", "i", "hos", "till", "av", "och"), ("Region Sjödal",))
        profiles = [
            MeasureProfile(f"m{n}", name, unit, None, goal, factor, NOBODY, False, True)
            for n, (goal, factor, unit, name) in enumerate(MEASURES)
        ]
        scorer = MeasureScorer(profiles, terms, PATTERNS)
        allowed = Plausibility(PATTERNS, terms, 2022, interim=False)
        reader = PopulationReader(PATTERNS, terms, scorer.compounds)
        goal, _, factor = self.section.partition(" ")
        place = StatementPlace(
            goal or None,
            factor or None,
            None if self.of_measure is None else f"m{self.of_measure}",
            terms.terms_in(self.heading),
            terms.terms_in(self.run_in),
            terms.terms_in(self.before),
            self.refers_back,
        )
        prepared = scorer.prepare(terms.terms_in(self.said), place)
        result = StatedResult(5.0, self.unit, "T")
        statement = Statement((result,), self.said, self.counted, None, is_predicate=False)
        language = narrative_pipeline("sv")
        sentences = [one for found in language.read([self.sentence]) for one in found]
        populations = [who for one in sentences for who in reader.of(one)]
        counts = allowed.counted_terms(statement) if self.counted else None
        found: dict[str, Any] = {}
        scored = [(*scorer.score(profile, prepared), profile) for profile in scorer.profiles]
        for score, enough, profile in scored:
            if not score:
                continue
            parts = [f"{score:.3f}", "enough" if enough else "too little"]
            others = reader.deduction(profile, populations, ())
            parts += ["of others"] if others is None else []
            for what, points in (
                ("unit unknown", allowed.unit_deduction(profile, statement)),
                ("others", others or 0.0),
            ):
                parts += [f"{what} -{points:.3f}"] if points else []
            if counts is not None:
                fits = allowed.fits(profile, statement, counts)
                parts += ["is counted" if fits else "is not counted"]
            apart = [
                other.measure_id
                for value, _, other in scored
                if value and scorer.tells_apart(profile, other, prepared)
            ]
            parts += [f"apart from {' '.join(apart)}"] if apart else []
            found[f"{profile.measure_id} {profile.name}"] = ", ".join(parts)
        return found

    def printed(self) -> str:
        """The example in a line."""
        where = {
            "section": self.section,
            "section of": "" if self.of_measure is None else f"m{self.of_measure}",
            "heading": self.heading,
            "paragraph": self.run_in,
            "before": self.before,
            "refers back": "yes" if self.refers_back else "",
            "counted": self.counted,
            "sentence": self.sentence,
            "unit": self.unit if self.unit != "percent" else "",
        }
        return "; ".join([self.said, *(f"{key}: {text}" for key, text in where.items() if text)])


BUSES, RIDERS, LIBRARY = "bussturer i rätt tid", "nöjda resenärer", "besökare på bibliotek"

EXAMPLES = {
    # where it stands
    "all words, in the factor's section": Example(BUSES, "travel buses"),
    "all words, in the goal's section": Example(BUSES, "travel"),
    "all words, in another factor's section": Example(BUSES, "travel trains"),
    "all words, in another goal's section": Example(BUSES, "culture library"),
    "all words, in no goal's section": Example(BUSES),
    "all words, in its own section": Example(BUSES, "travel buses", 5),
    "all words, in another measure's section": Example(BUSES, "travel buses", 6),
    "the factor has this measure only": Example("nöjda resenärer på pendeltåg", "travel trains"),
    # where the words stand
    "in the paragraph's heading": Example("vintern", "travel buses", run_in=BUSES),
    "in the section's heading": Example("vintern", "travel buses", heading=BUSES),
    "in the sentence before": Example("vintern", "travel buses", before=BUSES),
    "in the sentence that it refers to": Example(
        "vintern", "travel buses", before=BUSES, refers_back=True
    ),
    "nothing but the paragraph's heading": Example("", "travel buses", run_in=BUSES),
    "nothing but the section's heading": Example("", "travel buses", heading=BUSES),
    "nothing but the sentence before": Example("", "travel buses", before=BUSES),
    "nothing but the sentence it refers to": Example(
        "", "travel buses", before=BUSES, refers_back=True
    ),
    "half in the heading": Example("turer i rätt tid", "travel buses", heading="bussturer"),
    "half before": Example("rätt tid", "travel buses", before="bussturer"),
    "half in what it refers to": Example(
        "rätt tid", "travel buses", before="bussturer", refers_back=True
    ),
    "half in the paragraph's heading": Example("rätt tid", "travel buses", run_in="bussturer"),
    "a section of a measure, other words": Example("vinter", "travel buses", 5),
    "a section of a measure, no words": Example("", "travel buses", 5),
    "a section of a measure, one word": Example("bussturer", "travel buses", 5),
    # how much is said, and of how much
    "one word of three": Example("bussturer", "travel buses"),
    "two words of three": Example("bussturer i tid", "travel buses"),
    "one word of three elsewhere": Example("bussturer", "health care"),
    "two words of three elsewhere": Example("bussturer i tid", "health care"),
    "and one of its own": Example(f"{BUSES} vintern", "travel buses"),
    "and two of its own": Example(f"{BUSES} vintern snöfall", "travel buses"),
    "and four of its own": Example(f"{BUSES} vintern snöfall halka förare", "travel buses"),
    "and eight of its own": Example(
        f"{BUSES} vintern snöfall halka förare däck vägar salt verkstad", "travel buses"
    ),
    "and one of the heading's": Example(f"{BUSES} vintern", "travel buses", heading="vintern"),
    "two of six words": Example(LIBRARY, "culture library"),
    "two of six words elsewhere": Example(LIBRARY, "travel buses"),
    "three of six words elsewhere": Example(f"{LIBRARY} och museer", "travel buses"),
    "four of six words elsewhere": Example(f"{LIBRARY}, museer och teatrar", "travel buses"),
    "a single common word": Example("elever", "travel buses"),
    "a single common word in its section": Example("elever", "culture music"),
    # remarks
    "without the remark": Example(RIDERS, "travel"),
    "with the remark": Example(f"{RIDERS} busstrafikens enkät", "travel"),
    "a remark behind a full stop": Example(f"{RIDERS} på pendeltåg trafikbolaget", "travel"),
    "the remark alone": Example("busstrafikens enkät", "travel buses"),
    "a remark behind an abbreviation": Example("skolan", "culture library"),
    "an abbreviation": Example("SFI", "culture library"),
    # what is said of those who are counted
    "the qualifier": Example("fått återbesök samma dag", "health care"),
    "the qualifier elsewhere": Example("fått återbesök samma dag", "travel buses"),
    "two of three of the qualifier": Example("patienter fått återbesök, vårdplan", "health care"),
    "one of three of the qualifier": Example("patienter rehabilitering", "health care"),
    "the qualifier and who": Example("patienter fått återbesök samma dag", "health care"),
    "who alone": Example("patienter", "health care"),
    # which of two
    "what both have": Example("väntetid till operation", "health queues"),
    "what one has": Example("väntetid till operation på sjukhus", "health queues"),
    "one word in which they differ": Example("patienter återbesök vårdplan", "health care"),
    "two words in which they differ": Example(
        "patienter återbesök vårdplan rehabilitering", "health care"
    ),
    "words of both": Example("patienter återbesök vårdplan dag", "health care"),
    # words alike
    "a compound's last part": Example("turer i rätt tid", "travel buses"),
    "a compound's first part": Example("buss i rätt tid", "travel buses"),
    "a word that means the same": Example("hembesök hos familjer, nybesök", "health care"),
    "synonyms": Example("väntetid till åtgärd", "health queues"),
    "spelled alike": Example("bibliotekarie", "culture library"),
    "a compound with a part of four letters": Example("gångtidsbussturer rätt", "travel buses"),
    # deductions
    "an unknown unit": Example("väntetid till operation på sjukhus", "health queues", unit="days"),
    "people of the measure": Example(
        "fått återbesök", "health care", sentence="Av patienterna har 5 procent fått återbesök."
    ),
    "other people": Example(
        "fått återbesök", "health care", sentence="Av lärarna har 5 procent fått återbesök."
    ),
    "some of the measure's people": Example(
        "fått återbesök",
        "health care",
        sentence="Av patienterna på landet har 5 procent fått återbesök.",
    ),
    "people nearly the measure's": Example(
        "fått återbesök",
        "health care",
        sentence="Av hjärtpatienterna har 5 procent fått återbesök.",
    ),
    # what is counted
    "counted: the noun": Example("hembesök", "health care", unit="count", counted=" hembesök"),
    "counted: behind an adjective": Example(
        "hembesök", "health care", unit="count", counted=" långa hembesök"
    ),
    "counted: behind two adjectives": Example(
        "hembesök", "health care", unit="count", counted=" långa dyra hembesök"
    ),
    "counted: behind words without content": Example(
        "hembesök", "health care", unit="count", counted=" av de långa hembesök"
    ),
    "counted: far behind": Example(
        "hembesök", "health care", unit="count", counted=" i de av på hembesök"
    ),
    "counted: a compound's first part": Example(
        "konserter", "culture music", unit="count", counted=" konsertbesök"
    ),
    "counted: what stands second in the name": Example(
        "konserter", "culture music", unit="count", counted=" öppna"
    ),
    "counted: what stands third in the name": Example(
        "konserter", "culture music", unit="count", counted=" musikskolan"
    ),
    "counted: another thing": Example(
        "hembesök", "health care", unit="count", counted=" sköterskor"
    ),
}


@pytest.mark.skipif(not has_dictionary(), reason="no hunspell-sv: other words are compounds")
def test_each_cue_is_worth_its_points() -> None:
    """The golden file lists, for each example, what is said and where, and for each measure that
    has anything in common with it the score, whether that links it, and what is taken off.

    A weight that moves is seen at every example in which its cue stands.
    """
    found = {what: {"said": e.printed(), **e.points()} for what, e in EXAMPLES.items()}
    check_golden(GOLDEN, json.dumps(found, ensure_ascii=False, indent=1))
