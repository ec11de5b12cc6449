"""Whether a statement can be a measure's result at all: unit, year, population, what is counted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.sentence.sentence_facts import StatedResult, Statement
from styrmatt.normalize.outcomes.sentence.stated_figure import OF_OTHERS, FlagKind
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.normalize.outcomes.weights import CLOSE
from styrmatt.swedish.lemmas import likeness
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.sentence_marks import Sentence

_MILLION: Final = 1_000_000
_MONEY: Final = frozenset({"kr", "tkr", "mnkr"})
_MIN_COUNTED_SIMILARITY: Final = 0.6
"""Similarity of what a bare figure counts to what the measure counts, at least.

As much as a compound shares with its first part (:data:`styrmatt.swedish.lemmas.FIRST_PART`): the
statement may name either. Below, words that are spelled alike would do.
"""
_MIN_COUNTED_SIMILARITY_OF_WORD: Final = 0.8
"""The same where the figure is the word for one or for none: the noun itself, or its compound.

"Ett nätverk ..." begins many sentences that count nothing.
"""
_UNKNOWN_UNIT_DEDUCTION: Final = 0.06
"""What is taken from a measure of which neither name nor target tells the unit, where the statement
has one. A little more than MIN_LEAD: a measure that is known to have this unit leads."""
_MOST_OF_SHARE, _MOST_PERCENT = 100, 300
"""Percent that a share may be, and a rate of one thing to another, such as liquidity."""
_LEAST_OTHER_PART: Final = 3
"""Letters that a compound has besides a noun, at least: "inhyra" is none of "hyra"."""
_COUNTED_WORDS: Final = 4
"""Words behind a bare figure among which the noun that it counts stands: adjectives precede it."""
_COUNTED_TERMS: Final = 2
"""Content terms of these that are compared: an adjective and the noun."""
_STEM_LETTERS: Final = 4
"""First letters by which a word of another population is looked for in a measure's name: its forms
have these in common ("nationellt", "nationella")."""


class Plausibility:
    """Answers for the statements and measures of one report."""

    def __init__(
        self, patterns: Patterns, terms: TermIndex, fiscal_year: int, interim: bool
    ) -> None:
        """In an ``interim`` report a part of the year is what the results are of."""
        self._terms = terms
        self._year = fiscal_year
        self._interim = interim
        sexes = patterns.words.sexes
        self._begins_with_sex = re.compile(
            rf"\W*(?:{patterns.literal(*sexes.leads).pattern}\W+)?"
            + patterns.literal(*sexes.K, *sexes.M).pattern,
            re.IGNORECASE,
        )
        days = sorted(patterns.words.quantities.days, key=len, reverse=True)
        self._days = re.compile(rf"\w(?:{'|'.join(map(re.escape, days))})\b")
        self._sex_behind = re.compile(
            r"\s+" + patterns.literal(*sexes.K, *sexes.M).pattern, re.IGNORECASE
        )
        self._room = patterns.words.quantities.capacity
        pieces = patterns.literal(*patterns.words.quantities.pieces).pattern
        self._pieces = re.compile(rf"\s*{pieces}", re.IGNORECASE)
        self._verb = patterns.literal(*patterns.words.topics.verbs)
        ends = patterns.literal(*patterns.words.topics.phrase_ends)
        self._phrase_end = ends
        self._of_each = patterns.literal(*patterns.words.elsewhere.of_each)
        self._kinds = tuple(map(frozenset, patterns.words.topics.kinds))
        self._all_kinds = frozenset().union(*self._kinds)
        self._kinds_of: dict[str, frozenset[str]] = {}
        self._everyone = patterns.words.elsewhere.everyone
        self._of_all = patterns.compile([patterns.words.quantities.of_all], "any")
        self._counts_nothing = re.compile(rf"\s*(?:$|[^\w\s]|(?:{ends.pattern}))", re.IGNORECASE)

    def fits(
        self, profile: MeasureProfile, statement: Statement, counted: tuple[str, ...] | None
    ) -> bool:
        """Whether unit, year and flags allow any of the statement's results for the measure.

        ``counted`` is what :meth:`counted_terms` returns for the statement.
        """
        if not (profile.is_measure and self.usable_results(profile, statement)):
            return False
        if self._is_of_other_kind(profile, statement):
            return False
        if counted is None:
            return True
        if not counted and _is_named(profile, self._behind(statement)):
            return True
        if self._counts_people(profile, statement, counted):
            return True
        if self._is_room(profile, statement) or self._is_of_each(profile, statement):
            return True
        by_word = any(result.has_flag(FlagKind.SINGLE) for result in statement.results)
        needed = _MIN_COUNTED_SIMILARITY_OF_WORD if by_word else _MIN_COUNTED_SIMILARITY
        counts = profile.counts or profile.head
        if any(self._terms.best_similarity(term, counts) >= needed for term in counted):
            return True
        of_what = counted[:1] if statement.results[0].unit == "unlisted" else ()  # "2 350 MWh el"
        return any(term.startswith(of_what) for term in profile.term_weights) and bool(of_what)

    def _is_of_other_kind(self, profile: MeasureProfile, statement: Statement) -> bool:
        """Whether a statement is of the fee for what a measure has the cost of."""
        ours = self._kinds_in(profile.name, tuple(profile.term_weights))
        if not ours:
            return False
        said = self._kinds_in(statement.words, self._terms.terms_in(statement.words))
        return any(ours & kind and said & kind and not ours & said & kind for kind in self._kinds)

    def _kinds_in(self, text: str, terms: tuple[str, ...]) -> frozenset[str]:
        """The nouns of a kind that the terms of a text have."""
        if text not in self._kinds_of:
            self._kinds_of[text] = frozenset(
                noun for term in terms for noun in self._all_kinds if _has_noun(term, noun)
            )
        return self._kinds_of[text]

    def _counts_people(
        self, profile: MeasureProfile, statement: Statement, counted: tuple[str, ...]
    ) -> bool:
        """Whether a figure counts those of a measure, and what it counts of them is said with it.

        ``1 940 patienter skrevs in``, of "antal inskrivna i ...".
        """
        if any(self._terms.best_similarity(t, profile.term_weights) >= CLOSE for t in counted):
            ahead = self._terms.terms_in(statement.ahead)[-1:]
            if any(self._terms.best_similarity(term, profile.counts) >= CLOSE for term in ahead):
                return True  # "planeringssamtal med 478 arbetssökande"
        everyone = any(
            likeness(term, word) >= _MIN_COUNTED_SIMILARITY_OF_WORD
            for term in counted[:1]
            for word in self._everyone
        )
        return everyone and any(
            self._terms.best_similarity(term, profile.participles)
            >= _MIN_COUNTED_SIMILARITY_OF_WORD
            for term in self._terms.terms_in(statement.words)
        )

    def _is_room(self, profile: MeasureProfile, statement: Statement) -> bool:
        """Whether a figure says for how many there are of what a measure counts.

        ``förskolan har plats för 1 362 barn``, of "antal platser i förskolan".
        """
        noun = self._room.search(statement.ahead)
        return noun is not None and any(
            self._terms.best_similarity(term, profile.counts) >= CLOSE
            for term in self._terms.terms_in(noun[0])
        )

    def _is_of_each(self, profile: MeasureProfile, statement: Statement) -> bool:
        """Whether a figure is for each of those for whom a measure counts something, which is said.

        ``varje invånare lånade 5,7 böcker``, of "antal lån per invånare".
        """
        near = self._terms.best_similarity
        each = [flag for result in statement.results for flag in result.flags]
        named = [
            term
            for flag in each
            if flag.kind is FlagKind.EACH_ONE
            for term in self._terms.terms_in(flag.text)
        ]
        return any(near(term, profile.term_weights) >= CLOSE for term in named) and any(
            near(term, profile.counts[:1]) >= CLOSE and term not in named
            for term in self._terms.terms_in(statement.words)
        )

    def is_of_sex(self, statement: Statement) -> bool:
        """Whether a figure says how many are women or men: "är 58 procent pojkar"."""
        return self._sex_behind.match(statement.counted) is not None

    def _behind(self, statement: Statement) -> str:
        """What stands behind a figure, without the whole of which it is a part: "8 av 12"."""
        return self._of_all.sub(" ", statement.counted)

    def usable_results(
        self, profile: MeasureProfile, statement: Statement
    ) -> tuple[StatedResult, ...]:
        """The results of a statement that the measure may have.

        What is said of the one sex that a measure names becomes its total.
        """
        return tuple(
            self._as_measured(profile, result)
            for result in statement.results
            if (profile.sex_named is None or result.sex in ("T", profile.sex_named))
            and self._unit_fits(profile, result)
            and (result.year is None or result.year <= self._year)
            and self._flags_fit(profile, result)
        )

    def _as_measured(self, profile: MeasureProfile, result: StatedResult) -> StatedResult:
        """The result with the measure's sex and scale, and with the sign that words give it."""
        if result.sex == profile.sex_named:
            result = replace(result, sex="T")
        if result.unit in ("millions", "count") and result.value is not None:
            result = self._scaled(profile, result, result.value)
        for flag in result.flags:
            if (
                flag.kind is FlagKind.NEGATIVE
                and flag.text[:_STEM_LETTERS] not in profile.name.casefold()
            ):
                return replace(result, value=None if result.value is None else -abs(result.value))
        return result

    def _scaled(self, profile: MeasureProfile, result: StatedResult, value: float) -> StatedResult:
        """A count in the measure's own scale: 1,1 million trips are 1 100 000, or 1,1 if it counts
        millions; an amount is in millions."""
        known = _known_units(profile)
        if result.unit == "millions" and known & _MONEY:
            return replace(result, unit="mnkr")
        if result.unit == "millions":
            previous = result.previous_value
            factor = _MILLION / profile.scale
            return replace(
                result,
                unit="count",
                value=round(value * factor, 3),
                previous_value=None if previous is None else round(previous * factor, 3),
            )
        if profile.scale > 1 and value >= profile.scale and not known & _MONEY:
            return replace(result, value=value / profile.scale)
        return result

    def unit_to_write(self, profile: MeasureProfile, result: StatedResult) -> str | None:
        """The unit stated, or the measure's where a bare figure is stated; None if unlisted."""
        known = profile.unit or profile.target_unit
        if result.has_flag(FlagKind.TABLE) and result.unit == "count":
            return known or "count"
        if result.unit == "count" and known in ("index", "ratio", "days", "per_1000"):
            return known
        if result.unit == "unlisted":
            return "count" if known == "count" else None
        return result.unit

    def _unit_fits(self, profile: MeasureProfile, result: StatedResult) -> bool:
        known = _known_units(profile)
        unit = result.unit
        if unit == "percent":
            most = _MOST_PERCENT if not profile.counts_share else _MOST_OF_SHARE
            is_share = result.value is not None and -most <= result.value <= most
            return is_share and (not known or "percent" in known)
        if unit == "percentage_points":
            return profile.is_difference
        if unit == "per_1000":
            return "per_1000" in known
        if unit in _MONEY:
            of_each = not known and result.has_flag(FlagKind.EACH_ONE)  # "varje krona gav 2 kronor"
            return of_each or bool(known & (_MONEY | {"ratio"}))
        if result.has_flag(FlagKind.TABLE) and unit == "count" and known:
            is_share = result.value is not None and 0 <= result.value <= 100
            return is_share if "percent" in known else True
        if result.has_flag(FlagKind.SINGLE) and "days" in known:
            return True
        if unit in ("count", "unlisted", "millions"):
            if unit == "millions" and known & _MONEY:
                return True
            return not known or bool(known & {"count", "index", "ratio"})
        if unit == "days" and known == {"count"}:  # "antal sjukdagar"
            return self._days.search(profile.name.casefold()) is not None
        return not known or unit in known

    def _flags_fit(self, profile: MeasureProfile, result: StatedResult) -> bool:
        name = profile.name.casefold()
        known = _known_units(profile)
        for flag in result.flags:
            if flag.kind is FlagKind.PERIOD and not self._interim:
                if not self._is_of_season(profile, flag.text):
                    return False
                continue
            if flag.kind is FlagKind.NAMED:
                if self._terms.terms_in(flag.text):
                    return False
                continue
            if flag.kind is FlagKind.EACH_ONE:
                if not (self._of_each.search(name) or "ratio" in known):
                    return False
                continue
            if flag.kind is FlagKind.STAGE:
                named = self._terms.terms_in(flag.text)
                if not any(self._terms.best_similarity(t, profile.term_weights) for t in named):
                    return False
                continue
            if flag.kind in OF_OTHERS and flag.text[:_STEM_LETTERS] not in name:
                return False
            if flag.kind is FlagKind.SINGLE and known and not known & {"count", "days"}:
                return False
        return True

    def _is_of_season(self, profile: MeasureProfile, period: str) -> bool:
        """Whether a measure is of the part of the year that is named: "sommarlovsaktiviteter"."""
        named = self._terms.terms_in(period.split()[-1])
        near = self._terms.best_similarity
        return bool(named) and all(
            near(term, profile.term_weights) >= _MIN_COUNTED_SIMILARITY for term in named
        )

    def is_of_others(self, profile: MeasureProfile, sentence: Sentence) -> bool:
        """Whether a sentence speaks of another population than the measure, or part of the year."""
        name = profile.name.casefold()
        for mark in sentence.of("elsewhere"):
            text = sentence.quote(mark).casefold()
            if (
                mark.label not in ("split", "stage", "each_one")
                and text[:_STEM_LETTERS] not in name
            ):
                return True
        return any(m.label == "part" for m in sentence.of("periods")) and not self._interim

    def counted_terms(self, statement: Statement) -> tuple[str, ...] | None:
        """The terms right behind a bare figure, which must be what the measure counts.

        None where they need not: the figure has a unit, or stands behind its verb, or no noun
        stands behind it, as what it counts is said ahead: "antalet kom upp i 5 230".
        """
        first = statement.results[0]
        if first.unit not in ("count", "unlisted") or statement.is_predicate:
            return None
        if first.has_flag(FlagKind.TABLE):
            return None
        if first.sex != "T" and self._begins_with_sex.match(statement.counted):
            return None
        clause = re.split(r"[.,;:()]", self._behind(statement))[0]
        if self._counts_nothing.match(clause):
            return None
        noun = self._phrase_end.split(self._verb.split(clause)[0])[0]
        found = self._counted_in(noun)
        if not found and noun.split() and noun.split()[0].isalpha():
            return None  # "personer": said of whatever is counted
        found = found or self._counted_in(clause)
        return None if not found and self._pieces.match(clause) else found

    def _counted_in(self, text: str) -> tuple[str, ...]:
        words = " ".join(text.split()[:_COUNTED_WORDS])
        return self._terms.terms_in(words)[:_COUNTED_TERMS]

    def unit_deduction(self, profile: MeasureProfile, statement: Statement) -> float:
        """What is taken from the score of a measure whose unit nothing says."""
        known = profile.unit or profile.target_unit
        has_unit = statement.results[0].unit != "count"
        return _UNKNOWN_UNIT_DEDUCTION if known is None and has_unit else 0.0


def _has_noun(term: str, noun: str) -> bool:
    """Whether a term is a noun, or a compound with it."""
    is_compound = len(term) - len(noun) >= _LEAST_OTHER_PART
    return term == noun or (is_compound and (term.endswith(noun) or term.startswith(noun)))


def _is_named(profile: MeasureProfile, counted: str) -> bool:
    """Whether a name has the common word that a figure counts: "antal personer i kö"."""
    name = profile.name.casefold().split()
    words = re.split(r"[.,;:()]", counted.casefold())[0].split()[:_COUNTED_WORDS]
    return any(word in name for word in words if len(word) >= _STEM_LETTERS)


def _known_units(profile: MeasureProfile) -> set[str]:
    return {unit for unit in (profile.unit, profile.target_unit) if unit is not None}
