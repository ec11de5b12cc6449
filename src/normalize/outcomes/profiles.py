"""What linking statements has to know of each measure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from styrmatt.normalize.measures.group_rows import MeasureDraft
from styrmatt.normalize.outcomes.names.numbered_names import Numbers, numbered_names
from styrmatt.normalize.targets.units import implied_unit
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.vocabulary import UnitWords

_LONG: Final = 6
"""Letters of a word for a difference that may end another word, more than so many."""


@dataclass(frozen=True)
class MeasureProfile:
    """What linking has to know of a measure."""

    measure_id: str
    name: str
    unit: str | None
    """The unit that its name implies."""
    target_unit: str | None
    """The unit of its targets, where they have one."""
    goal_id: str | None
    factor_id: str | None
    sexes: frozenset[str]
    is_difference: bool
    """Whether it measures a difference, such as that between women and men."""
    is_measure: bool
    """False for an activity, which has no results."""
    scale: float = 1.0
    """What a one of its figures stands for: a million where it is counted in millions."""
    sex_named: str | None = None
    """The sex that the measure is of by its name, where it has no lines for women and men."""
    term_weights: Mapping[str, float] = field(default_factory=dict)
    """Its terms, by how much each tells: rare ones among the report's measures weigh more."""
    qualifier: frozenset[str] = frozenset()
    """The terms behind "som", "med" ...: what is said of those who are counted."""
    head: tuple[str, ...] = ()
    """The first terms: what is counted, and its kind."""
    told_by: frozenset[str] = frozenset()
    """Of a share the adjectives that say which are counted: "andel nöjda besökare"."""
    behind: frozenset[str] = frozenset()
    """Of a share of those who have something, or not, what that is: "andel leveranser utan ..."."""
    participles: frozenset[str] = frozenset()
    """Those of what is counted that are participles: "antal inskrivna i ..." counts people."""
    counts_share: bool = False
    """Whether it is a share of those whom its name names: "andel elever som ..."."""
    numbers: Numbers = field(default_factory=dict)
    """The numbers that are parts of its name: "linje 7"."""
    counts: tuple[str, ...] = ()
    """Those of them ahead of the first preposition: what is counted alone."""


def make_profile(draft: MeasureDraft, units: UnitWords, patterns: Patterns) -> MeasureProfile:
    """The profile of a measure, without its terms, which depend on all measures of the report."""
    name = draft.name.name
    target_units = {
        line.target.unit
        for line in draft.lines
        if line.target.unit and line.target.kind == "threshold"
    }
    difference = patterns.literal(*patterns.words.topics.differences)
    return MeasureProfile(
        measure_id=draft.id,
        name=name,
        unit=implied_unit(name, units),
        target_unit=target_units.pop() if len(target_units) == 1 else None,
        goal_id=draft.goal.id if draft.goal else None,
        factor_id=draft.factor.id if draft.factor else None,
        sexes=frozenset(line.sex for line in draft.lines),
        is_difference=bool(difference.search(name)) or _ends_as_difference(name, patterns),
        is_measure=draft.name.kind != "aktivitet",
        scale=_scale(draft, patterns),
        numbers=numbered_names(patterns).numbers(name),
        sex_named=_sex_named(name, patterns) if all(li.sex == "T" for li in draft.lines) else None,
    )


def _ends_as_difference(name: str, patterns: Patterns) -> bool:
    """Whether the first word of a name ends with one for a difference: "befolkningstillväxt"."""
    ends = tuple(word for word in patterns.words.topics.differences if len(word) > _LONG)
    return name.split()[:1] != [] and name.casefold().split()[0].rstrip(",").endswith(ends)


def _scale(draft: MeasureDraft, patterns: Patterns) -> float:
    """What a one of a count stands for, as its name or its targets say."""
    texts = [draft.name.name, *(line.target_text or "" for line in draft.lines)]
    for words, scale in patterns.words.quantities.scales.items():
        if any(re.search(rf"\b{words}", text.casefold()) for text in texts):
            return float(scale)
    return 1.0


def _sex_named(name: str, patterns: Patterns) -> str | None:
    """The one sex that a measure counts by its name: "Andel kvinnor i ledningsgrupper"."""
    sexes = patterns.words.sexes
    named = [s for s, w in (("K", sexes.K), ("M", sexes.M)) if patterns.literal(*w).search(name)]
    return named[0] if len(named) == 1 else None
