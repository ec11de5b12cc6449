"""Links headings and cells to the goals and success factors of the overview.

Exact wording first, over the whole report: what some heading names exactly is not free for
another wording. Then the best wording match, each factor once. What matches nothing becomes a
goal or factor of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rapidfuzz import fuzz

from styrmatt.normalize.goals.overview import FactorEntry, GoalEntry
from styrmatt.printed import Location
from styrmatt.whitespace import squeeze

Entry = TypeVar("Entry", GoalEntry, FactorEntry)

REWORDED = 0.70
"""Likeness from which on a heading is taken as another wording within its goal."""
REWORDED_FREELY = 0.80
"""The same, for factors of any goal."""
SOMEWHAT_LIKE = 0.5
"""Likeness that a goal's heading needs where its factors say that it is the goal."""
SAME = 0.93
"""Likeness from which on two wordings are one with a misprint."""
_CLEARLY = 0.04
_CUT = 0.6


@dataclass(frozen=True)
class Naming:
    """A goal and a factor as a row or section names them, clean and without lead-in."""

    perspective: str | None
    goal: str | None
    factor: str | None
    place: Location

    @property
    def goal_key(self) -> tuple[str, str]:
        """What tells this goal heading from others."""
        return squeeze(self.perspective or ""), squeeze(self.goal or "")

    @property
    def factor_key(self) -> tuple[str, str, str]:
        """What tells this factor heading from others."""
        return *self.goal_key, squeeze(self.factor or "")


@dataclass(frozen=True)
class Link:
    """Where a naming leads; ``mismatch``: the factor belongs to another goal than named."""

    goal: GoalEntry | None = None
    factor: FactorEntry | None = None
    mismatch: bool = False


@dataclass
class Links:
    """The goals and factors of a report and the way to them."""

    goals: list[GoalEntry]
    factors: list[FactorEntry]
    _goal_of: dict[tuple[str, str], GoalEntry] = field(default_factory=dict)
    _link_of: dict[tuple[str, str, str], Link] = field(default_factory=dict)

    def find(self, naming: Naming) -> Link:
        """The link of a naming that was among those the links were made from; empty for others."""
        found = self._link_of.get(naming.factor_key)
        return found or Link(self._goal_of.get(naming.goal_key))


def likeness(one: str, other: str) -> float:
    """How alike two wordings are, 0 to 1; a cut or a stray last word makes little difference."""
    a, b = sorted((squeeze(one), squeeze(other)), key=len)
    if not a:
        return 0.0
    if b.startswith(a) and len(a) >= _CUT * len(b):
        return max(0.95, fuzz.ratio(a, b) / 100)
    return fuzz.ratio(a, b) / 100


def link(goals: Sequence[GoalEntry], *pools: Sequence[Naming]) -> Links:
    """Link all namings of a report to the overview's goals, adding those that it lacks.

    Each pool is one kind of place (cells, headings): within it two wordings are two factors, from
    one to the other they may be the same in other words.
    """
    links = Links(list(goals), [factor for goal in goals for factor in goal.factors])
    namings = [naming for pool in pools for naming in pool]
    for naming in namings:
        if naming.goal and naming.goal_key not in links._goal_of:
            goal = _goal(naming, links, namings) or _new_goal(naming, links)
            links._goal_of[naming.goal_key] = goal
    for pool in pools:
        _link_factors(links, pool)
    return links


# -- goals ---------------------------------------------------------------------------------


def _goal(naming: Naming, links: Links, namings: Sequence[Naming]) -> GoalEntry | None:
    """The goal that a heading names: exactly, in other words, or by the factors below it."""
    assert naming.goal is not None
    exact = [goal for goal in links.goals if squeeze(goal.name) == squeeze(naming.goal)]
    if exact:
        here = [
            goal
            for goal in exact
            if squeeze(goal.perspective or "") == squeeze(naming.perspective or "")
        ]
        return (here or exact)[0]
    if (goal := _goal_by_factors(naming, links.goals, namings)) is not None:
        return goal
    named = {squeeze(other.goal or "") for other in namings}
    free = [goal for goal in links.goals if squeeze(goal.name) not in named]
    return _best(naming.goal, free, REWORDED) or _best(naming.goal, links.goals, REWORDED_FREELY)


def _goal_by_factors(
    naming: Naming, goals: Sequence[GoalEntry], namings: Sequence[Naming]
) -> GoalEntry | None:
    """The one goal whose factors stand below the heading, unless the report names it apart."""
    below = {squeeze(n.factor) for n in namings if n.factor and n.goal_key == naming.goal_key}
    owners = [goal for goal in goals if any(squeeze(f.name) in below for f in goal.factors)]
    if len(owners) != 1:
        return None
    elsewhere = any(squeeze(n.goal or "") == squeeze(owners[0].name) and n.factor for n in namings)
    like = likeness(naming.goal or "", owners[0].name) >= SOMEWHAT_LIKE
    return owners[0] if like or not elsewhere else None


def _new_goal(naming: Naming, links: Links) -> GoalEntry:
    assert naming.goal is not None
    goal = GoalEntry(naming.goal, naming.perspective, naming.place, in_overview=False)
    links.goals.append(goal)
    return goal


# -- factors -------------------------------------------------------------------------------


def _link_factors(links: Links, namings: Sequence[Naming]) -> None:
    open_: dict[tuple[str, str, str], Naming] = {}
    claimed: set[int] = set()
    for naming in namings:
        if not naming.factor or naming.factor_key in links._link_of:
            continue
        goal = links._goal_of.get(naming.goal_key)
        factor = (
            _exact(naming.factor, goal.factors) if goal else _exact(naming.factor, links.factors)
        )
        if factor is None:
            open_.setdefault(naming.factor_key, naming)
        else:
            claimed.add(id(factor))
            links._link_of[naming.factor_key] = Link(factor.goal or goal, factor)
    _link_reworded(links, open_, claimed)
    for key, naming in open_.items():
        links._link_of[key] = _elsewhere(naming, links, claimed) or _new_factor(naming, links)


def _exact(wording: str, factors: Iterable[FactorEntry]) -> FactorEntry | None:
    found = [factor for factor in factors if squeeze(factor.name) == squeeze(wording)]
    return found[0] if len(found) == 1 else None


def _link_reworded(
    links: Links, open_: dict[tuple[str, str, str], Naming], claimed: set[int]
) -> None:
    """Give each open wording its likest free factor, the surest pair first."""
    pairs = []
    for key, naming in open_.items():
        goal = links._goal_of.get(naming.goal_key)
        for factor in goal.factors if goal else links.factors:
            score = likeness(naming.factor or "", factor.name)
            if score >= (REWORDED if goal else REWORDED_FREELY) and (
                id(factor) not in claimed or score >= SAME
            ):
                pairs.append((score, key, factor))
    taken: dict[int, float] = {}
    for score, key, factor in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].name)):
        if key not in open_ or (id(factor) in taken and score < SAME):
            continue
        rivals = [s for s, k, f in pairs if k == key and f is not factor and id(f) not in taken]
        if any(score - rival < _CLEARLY for rival in rivals):
            continue
        taken[id(factor)] = score
        links._link_of[key] = Link(factor.goal or links._goal_of.get(key[:2]), factor)
        del open_[key]


def _elsewhere(naming: Naming, links: Links, claimed: set[int]) -> Link | None:
    """A factor printed word for word under one other goal of the overview."""
    goal = links._goal_of.get(naming.goal_key)
    factor = _exact(naming.factor or "", links.factors) if goal is not None else None
    if factor is None:
        return None
    claimed.add(id(factor))
    return Link(factor.goal, factor, mismatch=factor.goal is not goal)


def _new_factor(naming: Naming, links: Links) -> Link:
    goal = links._goal_of.get(naming.goal_key)
    assert naming.factor is not None
    known = _exact(naming.factor, goal.factors) if goal else None
    if known is None:
        known = FactorEntry(naming.factor, goal, naming.place, in_overview=False)
        links.factors.append(known)
        if goal is not None:
            goal.factors.append(known)
    return Link(goal, known)


def _best(wording: str, entries: Sequence[Entry], at_least: float) -> Entry | None:
    """The entry that is clearly likest; None where none is like enough or two are."""
    scored = sorted(
        ((likeness(wording, entry.name), n) for n, entry in enumerate(entries)), reverse=True
    )
    if not scored or scored[0][0] < at_least:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _CLEARLY:
        return None
    return entries[scored[0][1]]
