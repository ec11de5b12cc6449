"""Links the names in headings and cells to the goals and success factors of the overview.

Names that are equal are linked first, over the whole report: a factor that one heading names word
for word is not open to another wording. Then each other name gets the entry most like it, each
factor once. A name that is like no entry becomes a goal or factor of its own.

Likeness goes from 0 to 1, see :func:`likeness`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from rapidfuzz import fuzz

from styrmatt.normalize.goals.overview import FactorEntry, GoalEntry
from styrmatt.printed import Location
from styrmatt.whitespace import squeeze

Entry = TypeVar("Entry", GoalEntry, FactorEntry)

REWORDED: Final = 0.70
"""Likeness from which on two names word one factor or goal, where few could be meant: factors of
one goal, or goals that no heading names exactly. Below, neighbours about one subject match."""
REWORDED_ANYWHERE: Final = 0.80
"""The same, where any factor or goal of the report could be meant: more by chance are alike."""
SOMEWHAT_LIKE: Final = 0.5
"""Likeness that a goal's heading needs where the factors below it say already which goal it is: it
only has to exclude a heading about something else."""
SAME: Final = 0.93
"""Likeness from which on two names differ by a misprint only, as in one letter of fifteen."""
_LEAD: Final = 0.04
"""By how much the best entry must be more like a name than the next: with less it is not clear
which of the two is meant."""
_TRUNCATED_FROM: Final = 0.6
"""Share of a name's letters from which on its beginning alone counts as the name, cut short."""
_TRUNCATED: Final = 0.95
"""Likeness of a name and its beginning: more than :data:`SAME`, for nothing in it differs."""


@dataclass(frozen=True)
class HeadingNames:
    """Perspective, goal and factor that a row or section stands under, by name.

    The names come from headings or cells, on one line and without lead-in words.
    """

    perspective: str | None
    goal: str | None
    factor: str | None
    place: Location

    @property
    def goal_key(self) -> tuple[str, str]:
        """By what the goal is looked up."""
        return squeeze(self.perspective or ""), squeeze(self.goal or "")

    @property
    def factor_key(self) -> tuple[str, str, str]:
        """By what the factor is looked up."""
        return *self.goal_key, squeeze(self.factor or "")


@dataclass(frozen=True)
class GoalLink:
    """The goal and factor that are meant; None where there is none.

    ``mismatch`` says that the factor belongs to another goal than the one named.
    """

    goal: GoalEntry | None = None
    factor: FactorEntry | None = None
    mismatch: bool = False


@dataclass
class GoalLinks:
    """The goals and factors of a report, and which of them names mean."""

    goals: list[GoalEntry]
    factors: list[FactorEntry]
    _goal_of: dict[tuple[str, str], GoalEntry] = field(default_factory=dict)
    _link_of: dict[tuple[str, str, str], GoalLink] = field(default_factory=dict)

    def find(self, names: HeadingNames) -> GoalLink:
        """What these names mean; an empty link for names that :func:`link_goals` was not given."""
        found = self._link_of.get(names.factor_key)
        return found or GoalLink(self._goal_of.get(names.goal_key))


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1; that one is the beginning of the other counts for little."""
    a, b = sorted((squeeze(one), squeeze(other)), key=len)
    if not a:
        return 0.0
    if b.startswith(a) and len(a) >= _TRUNCATED_FROM * len(b):
        return max(_TRUNCATED, fuzz.ratio(a, b) / 100)
    return fuzz.ratio(a, b) / 100


def link_goals(goals: Sequence[GoalEntry], *pools: Sequence[HeadingNames]) -> GoalLinks:
    """Link all names of a report to the overview's goals, and add those that it lacks.

    Each pool holds the names of one kind of place (cells, headings). Within a pool two wordings are
    two factors; in two pools they may be one factor in other words.
    """
    links = GoalLinks(list(goals), [factor for goal in goals for factor in goal.factors])
    all_names = [names for pool in pools for names in pool]
    for names in all_names:
        if names.goal and names.goal_key not in links._goal_of:
            goal = _goal(names, links, all_names) or _new_goal(names, links)
            links._goal_of[names.goal_key] = goal
    for pool in pools:
        _link_factors(links, pool)
    return links


# -- goals ---------------------------------------------------------------------------------


def _goal(
    names: HeadingNames, links: GoalLinks, all_names: Sequence[HeadingNames]
) -> GoalEntry | None:
    """The goal that is named: exactly, by the factors below it, or in other words."""
    assert names.goal is not None
    exact = [goal for goal in links.goals if squeeze(goal.name) == squeeze(names.goal)]
    if exact:
        here = [
            goal
            for goal in exact
            if squeeze(goal.perspective or "") == squeeze(names.perspective or "")
        ]
        return (here or exact)[0]
    if (goal := _goal_by_factors(names, links.goals, all_names)) is not None:
        return goal
    named = {squeeze(other.goal or "") for other in all_names}
    free = [goal for goal in links.goals if squeeze(goal.name) not in named]
    listed = [goal for goal in links.goals if goal.in_overview]
    return (
        _best(names.goal, free, REWORDED)
        or _best(names.goal, listed, REWORDED_ANYWHERE)
        or _best(names.goal, links.goals, SAME)  # two headings word two goals
    )


def _goal_by_factors(
    names: HeadingNames, goals: Sequence[GoalEntry], all_names: Sequence[HeadingNames]
) -> GoalEntry | None:
    """The one goal whose factors stand below the heading.

    None where another heading names that goal and this one is not like it.
    """
    below = {squeeze(n.factor) for n in all_names if n.factor and n.goal_key == names.goal_key}
    owners = [goal for goal in goals if any(squeeze(f.name) in below for f in goal.factors)]
    if len(owners) != 1:
        return None
    elsewhere = any(
        squeeze(n.goal or "") == squeeze(owners[0].name) and n.factor for n in all_names
    )
    like = likeness(names.goal or "", owners[0].name) >= SOMEWHAT_LIKE
    return owners[0] if like or not elsewhere else None


def _new_goal(names: HeadingNames, links: GoalLinks) -> GoalEntry:
    assert names.goal is not None
    goal = GoalEntry(names.goal, names.perspective, names.place, in_overview=False)
    links.goals.append(goal)
    return goal


# -- factors -------------------------------------------------------------------------------


def _link_factors(links: GoalLinks, all_names: Sequence[HeadingNames]) -> None:
    unlinked: dict[tuple[str, str, str], HeadingNames] = {}
    claimed: set[int] = set()
    for names in all_names:
        if not names.factor or names.factor_key in links._link_of:
            continue
        goal = links._goal_of.get(names.goal_key)
        factor = _exact(names.factor, goal.factors) if goal else _exact(names.factor, links.factors)
        if factor is None:
            unlinked.setdefault(names.factor_key, names)
        else:
            claimed.add(id(factor))
            links._link_of[names.factor_key] = GoalLink(factor.goal or goal, factor)
    _link_reworded(links, unlinked, claimed)
    for key, names in unlinked.items():
        links._link_of[key] = _elsewhere(names, links, claimed) or _new_factor(names, links)


def _exact(wording: str, factors: Iterable[FactorEntry]) -> FactorEntry | None:
    found = [factor for factor in factors if squeeze(factor.name) == squeeze(wording)]
    return found[0] if len(found) == 1 else None


def _link_reworded(
    links: GoalLinks, unlinked: dict[tuple[str, str, str], HeadingNames], claimed: set[int]
) -> None:
    """Give each name that is still open the free factor most like it, the most alike pair first."""
    pairs = []
    for key, names in unlinked.items():
        goal = links._goal_of.get(names.goal_key)
        for factor in goal.factors if goal else links.factors:
            score = likeness(names.factor or "", factor.name)
            if score >= (REWORDED if goal else REWORDED_ANYWHERE) and (
                id(factor) not in claimed or score >= SAME
            ):
                pairs.append((score, key, factor))
    taken: dict[int, float] = {}
    for score, key, factor in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].name)):
        if key not in unlinked or (id(factor) in taken and score < SAME):
            continue
        rivals = [s for s, k, f in pairs if k == key and f is not factor and id(f) not in taken]
        if any(score - rival < _LEAD for rival in rivals):
            continue
        taken[id(factor)] = score
        links._link_of[key] = GoalLink(factor.goal or links._goal_of.get(key[:2]), factor)
        del unlinked[key]


def _elsewhere(names: HeadingNames, links: GoalLinks, claimed: set[int]) -> GoalLink | None:
    """A factor printed word for word under one other goal of the overview."""
    goal = links._goal_of.get(names.goal_key)
    factor = _exact(names.factor or "", links.factors) if goal is not None else None
    if factor is None:
        return None
    claimed.add(id(factor))
    return GoalLink(factor.goal, factor, mismatch=factor.goal is not goal)


def _new_factor(names: HeadingNames, links: GoalLinks) -> GoalLink:
    goal = links._goal_of.get(names.goal_key)
    assert names.factor is not None
    known = _exact(names.factor, goal.factors) if goal else None
    if known is None:
        known = FactorEntry(names.factor, goal, names.place, in_overview=False)
        links.factors.append(known)
        if goal is not None:
            goal.factors.append(known)
    return GoalLink(goal, known)


def _best(wording: str, entries: Sequence[Entry], at_least: float) -> Entry | None:
    """The entry that is clearly most like the name; None where none is, or two are as much."""
    scored = sorted(
        ((likeness(wording, entry.name), n) for n, entry in enumerate(entries)), reverse=True
    )
    if not scored or scored[0][0] < at_least:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _LEAD:
        return None
    return entries[scored[0][1]]
