"""Whether a statement can be a measure's result at all: unit, year, population, what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from styrmatt.normalize.measures.group_rows import MeasureDraft
from styrmatt.normalize.outcomes.score import Profile
from styrmatt.normalize.outcomes.statement import StatedResult, Statement
from styrmatt.normalize.outcomes.terms import Terms
from styrmatt.normalize.targets.units import implied_unit
from styrmatt.swedish.narrative_patterns import Patterns
from styrmatt.swedish.spans import SINGLE, Sentence
from styrmatt.vocabulary import UnitWords

_MONEY = frozenset({"kr", "tkr", "mnkr"})
_COUNTED_ALIKE = 0.6
_SAME_NOUN = 0.8
"""How near what is counted must be to what the measure counts; nearer where "en" is the figure."""
_STRANGE = 0.2
"""What a population of its own takes from a score."""
_GUESSED = 0.06
_FIRST_WORDS = 4


def profile_of(draft: MeasureDraft, units: UnitWords, patterns: Patterns) -> Profile:
    """What the linker has to know of a measure."""
    name = draft.name.name
    targets = {
        line.target.unit
        for line in draft.lines
        if line.target.unit and line.target.kind == "threshold"
    }
    difference = patterns.literal(*patterns.words.topics.differences)
    return Profile(
        draft.id,
        name,
        implied_unit(name, units),
        targets.pop() if len(targets) == 1 else None,
        draft.goal.id if draft.goal else None,
        draft.factor.id if draft.factor else None,
        frozenset(line.sex for line in draft.lines),
        bool(difference.search(name)),
        draft.name.kind != "aktivitet",
        _sex_named(name, patterns) if all(line.sex == "T" for line in draft.lines) else None,
    )


def _sex_named(name: str, patterns: Patterns) -> str | None:
    """The one sex that a measure counts by its name: "Andel kvinnor i ledningsgrupper"."""
    sexes = patterns.words.sexes
    named = [s for s, w in (("K", sexes.K), ("M", sexes.M)) if patterns.literal(*w).search(name)]
    return named[0] if len(named) == 1 else None


class Plausibility:
    """Answers for one document."""

    def __init__(self, patterns: Patterns, terms: Terms, fiscal_year: int, interim: bool) -> None:
        self._terms = terms
        self._year = fiscal_year
        self._interim = interim
        sexes = patterns.words.sexes
        self._sexed = re.compile(
            rf"\W*(?:{patterns.literal(*sexes.leads).pattern}\W+)?"
            + patterns.literal(*sexes.K, *sexes.M).pattern,
            re.IGNORECASE,
        )
        self._who = [patterns.compile([p]) for p in patterns.words.elsewhere.population]

    def fits(self, profile: Profile, statement: Statement, counted: tuple[str, ...] | None) -> bool:
        """Whether unit, year and clause allow any of the statement's results for the measure.

        ``counted`` is what :meth:`counted` answers for the statement.
        """
        if not (profile.plain and self.usable(profile, statement)):
            return False
        if counted is None:
            return True
        single = any(SINGLE in result.flags for result in statement.results)
        least = _SAME_NOUN if single else _COUNTED_ALIKE
        return any(self._terms.best(term, profile.head) >= least for term in counted)

    def usable(self, profile: Profile, statement: Statement) -> tuple[StatedResult, ...]:
        """The results of a statement that the measure may have.

        What is said of the one sex that a measure names is its total.
        """
        return tuple(
            replace(result, sex="T") if result.sex == profile.sex_named else result
            for result in statement.results
            if (profile.sex_named is None or result.sex in ("T", profile.sex_named))
            and self._unit_fits(profile, result)
            and (result.year is None or result.year <= self._year)
            and self._flags_fit(profile, result)
        )

    def unit(self, profile: Profile, result: StatedResult) -> str | None:
        """The unit to write: the one stated, or the measure's where a bare figure is stated."""
        known = profile.unit or profile.target_unit
        if result.unit == "count" and known in ("index", "ratio", "days", "per_1000"):
            return known
        return (
            "count"
            if result.unit == "unlisted" and known == "count"
            else (None if result.unit == "unlisted" else result.unit)
        )

    def _unit_fits(self, profile: Profile, result: StatedResult) -> bool:
        known = {profile.unit, profile.target_unit} - {None}
        unit = result.unit
        if unit == "percent":
            whole = result.value is not None and -100 <= result.value <= 100
            return whole and (not known or "percent" in known)
        if unit == "percentage_points":
            return profile.difference
        if unit == "per_1000":
            return "per_1000" in known
        if unit in _MONEY:
            return bool(known & (_MONEY | {"ratio"}))
        if unit in ("count", "unlisted"):
            return not known or bool(known & {"count", "index", "ratio"})
        return not known or unit in known

    def _flags_fit(self, profile: Profile, result: StatedResult) -> bool:
        name = profile.name.casefold()
        known = {profile.unit, profile.target_unit} - {None}
        for flag in result.flags:
            kind, _, word = flag.partition(":")
            if kind == "period" and not self._interim:
                return False
            if kind in ("national", "extremes", "within") and word[:4] not in name:
                return False
            if kind == SINGLE and "count" not in known and known:
                return False
        return True

    def elsewhere(self, profile: Profile, sentence: Sentence) -> bool:
        """Whether a sentence speaks of another population or a part of the year."""
        name = profile.name.casefold()
        for mark in sentence.of("elsewhere"):
            if mark.label != "split" and sentence.quote(mark).casefold()[:4] not in name:
                return True
        return any(m.label == "part" for m in sentence.of("periods")) and not self._interim

    def counted(self, statement: Statement) -> tuple[str, ...] | None:
        """The first words of what a bare figure counts; None where that says nothing.

        What stands right behind such a figure has to be what the measure counts.
        """
        if statement.results[0].unit not in ("count", "unlisted") or statement.predicate:
            return None
        if statement.results[0].sex != "T" and self._sexed.match(statement.counted):
            return None
        words = " ".join(re.split(r"[.,;:()]", statement.counted)[0].split()[:_FIRST_WORDS])
        return self._terms.of(words)[:2]

    def guessed_unit(self, profile: Profile, statement: Statement) -> float:
        """What is taken from the score of a measure whose unit nothing says."""
        known = profile.unit or profile.target_unit
        return _GUESSED if known is None and statement.results[0].unit != "count" else 0.0

    def populations(self, text: str) -> tuple[tuple[str, ...], ...]:
        """The words for populations of its own: "Av de inbjudna ..."."""
        matches = (pattern.search(text) for pattern in self._who)
        return tuple(self._terms.of(match["who"]) for match in matches if match)

    def strange(self, profile: Profile, populations: Sequence[Sequence[str]]) -> float:
        """What a population takes from the score of a measure that names no such people."""
        for who in populations:
            known = sum(self._terms.best(term, profile.terms) >= _COUNTED_ALIKE for term in who)
            if known < len(who):
                return _STRANGE * (1 - known / len(who)) + 0.05
        return 0.0
