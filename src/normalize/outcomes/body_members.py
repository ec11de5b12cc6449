"""Figures that count the members of a body, where a measure counts people in it."""

from __future__ import annotations

from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.normalize.outcomes.weights import CLOSE
from styrmatt.swedish.rules.narrative_patterns import Patterns


class BodyMembers:
    """Knows the words for members and for people of one language."""

    def __init__(self, patterns: Patterns, terms: TermIndex) -> None:
        words = patterns.words.elsewhere
        self._members = frozenset(words.members)
        self._people = frozenset((*words.people, *words.everyone))
        self._terms = terms

    def named(
        self, profile: MeasureProfile, terms: tuple[str, ...], counted: tuple[str, ...] | None
    ) -> tuple[str, ...] | None:
        """The statement's terms with the measure's people for the members; None if they are not.

        ``ungdomsrådet har 17 ledamöter``, of "antal unga i ungdomsrådet": the body is named.
        """
        if not counted or counted[0] not in self._members:
            return None
        people = profile.counts[:1]
        if not people or people[0] not in self._people:
            return None
        bodies = [term for term in profile.term_weights if term not in profile.counts]
        if not any(self._terms.best_similarity(term, bodies) >= CLOSE for term in terms):
            return None
        return tuple(people[0] if term == counted[0] else term for term in terms)
