"""What a sentence states, as it is handed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from styrmatt.normalize.outcomes.sentence.stated_figure import FigureFlag, FlagKind
from styrmatt.swedish.rules.sentence_marks import Sentence


@dataclass(frozen=True)
class StatedResult:
    """One result that a sentence states, for one sex or ("T") in total."""

    value: float | None
    unit: str | None
    sex: str
    year: int | None = None
    previous_value: float | None = None
    previous_year: int | None = None
    flags: frozenset[FigureFlag] = frozenset()

    def has_flag(self, kind: FlagKind) -> bool:
        """Whether its figure has a flag of this kind."""
        return any(flag.kind is kind for flag in self.flags)


@dataclass(frozen=True)
class Statement:
    """Results of one thing, one total or one per sex, and the words that say of what."""

    results: tuple[StatedResult, ...]
    words: str
    """The part of the sentence that tells what is measured, figures and years left out."""
    counted: str
    """What stands right behind the figure: what is counted."""
    period: str | None
    is_predicate: bool
    """Whether the figure stands behind a verb: "antalet var 389"."""
    start: int = 0
    end: int = 0
    """Where its first figure begins and ends in the sentence's text."""
    own: str = ""
    """Of a part the words that tell it from the whole: "varav 540 via video"."""
    clause: str = ""
    """Of the words those of the figure's own clause: what others say beside it speaks against no
    measure."""
    is_attribute: bool = False
    """Whether its figure stands behind "med", and may say what another has."""
    ahead: str = ""
    """Of the words those ahead of the figure."""
    telling: str = ""
    """Its own words, where its words go on from the statement before: these tell measures apart."""
    inherited: str = ""
    """The words of the statement before, where this one goes on without a subject and a verb of its
    own: "58 procent har fått faktura via e-post men bara 17 procent via app"."""
    unit_words: str = ""
    """The words for its unit, where that is none that the datasets have a name for: "ton"."""
    part: tuple[int, int] = (0, 0)
    """Where the part of the sentence begins and ends that is about its figures."""
    with_source: str = ""
    """The words with those for where its figures come from; empty where none are named."""


@dataclass(frozen=True)
class SentenceFacts:
    """All that a sentence states about results."""

    sentence: Sentence
    statements: tuple[Statement, ...] = ()
    differences: tuple[Statement, ...] = ()
    """By how much something is higher or lower: results of measures of a difference."""
    parts: tuple[Statement, ...] = ()
    """Counts of parts behind "of which": results of measures that count such parts."""
    change: str | None = None
    change_by_sex: dict[str, str] = field(default_factory=dict)
    """The changes where those of women and men differ."""
    change_amount: float | None = None
    better: str | None = None
    """Which way is better, "higher" or "lower"."""
    is_improvement: bool | None = None
    """Whether the sentence calls a change good (True) or bad (False)."""
    statuses: dict[str, str] = field(default_factory=dict)
    """Status by sex; the key "" means that no sex is named."""
    is_about_all_measures: bool = False
    """Whether the status is said of all measures of the section."""
    previous: tuple[StatedResult, ...] = ()
    """Earlier results in a sentence without one of its own."""
    is_anaphoric: bool = False
    """Whether it begins by referring to the sentence before: "Det är en minskning ..."."""
    in_words: bool = False
    """Whether it states a result in words, "nearly half of", or between two figures."""
    is_correction: bool = False
    """Whether it puts figures of earlier reports right."""
    is_about_several: bool = False
    """Whether it speaks of several results at once: "i båda fallen"."""
    targets: tuple[float, ...] = ()
    in_turn: bool = False
    """Whether its two results are of the sexes that the sentence before names, in that order:
    "motsvarande siffror är 62 respektive 70 procent"."""


def of_year(facts: SentenceFacts, year: int) -> SentenceFacts:
    """The facts with a year for the results that have none."""
    dated = tuple(
        replace(
            statement,
            results=tuple(
                result if result.year is not None else replace(result, year=year)
                for result in statement.results
            ),
        )
        for statement in facts.statements
    )
    return replace(facts, statements=dated)


def of_sexes(facts: SentenceFacts, sexes: Sequence[str]) -> SentenceFacts:
    """The facts with the two results that it has in turn as one statement of two sexes."""
    first = facts.statements[0]
    results = [result for statement in facts.statements for result in statement.results]
    named = tuple(replace(r, sex=sex) for r, sex in zip(results, sexes, strict=True))
    return replace(facts, statements=(replace(first, results=named),), in_turn=False)
