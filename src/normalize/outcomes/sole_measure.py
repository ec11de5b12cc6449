"""The one measure of a section, where a sentence says of it but a noun that stands for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from styrmatt.normalize.outcomes.plausibility import Plausibility
from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.sentence.sentence_facts import Statement
from styrmatt.normalize.outcomes.statement_terms import StatementPlace
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.normalize.outcomes.weights import CLOSE
from styrmatt.swedish.lemmas import lemma, printed_words
from styrmatt.swedish.rules.narrative_patterns import Patterns

_LEAST_SAID: Final = 0.3
"""Share of a measure's words that the sentences before must say, for a result without any."""
_WORDS_OF_PHRASE: Final = 2
"""Words behind "antal" from which a name is told by its phrase."""


class SoleMeasureReader:
    """Answers for the statements of one report."""

    def __init__(
        self,
        patterns: Patterns,
        terms: TermIndex,
        plausibility: Plausibility,
        profiles: Sequence[MeasureProfile],
    ) -> None:
        topics = patterns.words.topics
        self._language = patterns.language
        self._terms = terms
        self._plausibility = plausibility
        self._profiles = profiles
        self._the_noun = topics.the_noun
        names = ((self._forms(p.name)[1:], p) for p in profiles if p.unit == "count")
        self._phrases = [(name, p) for name, p in names if len(name) >= _WORDS_OF_PHRASE]
        self._unfinished = frozenset(topics.unfinished)
        self._apposed = topics.apposed
        self._the_measure = topics.the_measure
        self._the_result = topics.the_result
        self._goes_on = topics.goes_on
        self._changing = patterns.compile(patterns.words.changes.changing)

    def named(
        self,
        statement: Statement,
        terms: tuple[str, ...],
        place: StatementPlace,
        counted: tuple[str, ...] | None,
    ) -> MeasureProfile | None:
        """The measure whose noun, or a general word for it, is all that a statement says."""
        by_phrase = self._counted_whole(statement)
        if by_phrase is not None and self._plausibility.fits(by_phrase, statement, counted):
            return by_phrase
        fit = [p for p in self._of_section(place) if self._plausibility.fits(p, statement, counted)]
        goes_on = self._goes_on.match(statement.words)
        if goes_on is not None:  # what stands between says nothing of what is measured
            terms = (*self._terms.terms_in(goes_on["noun"]), *self._terms.terms_in(goes_on["rest"]))
        apposed = self._apposed.match(statement.words)
        if apposed is not None and self._the_noun.search(apposed["noun"]):
            named = self._terms.terms_in(apposed["noun"])
            whole = [p for p in fit if named and all(term in named for term in p.term_weights)]
            if len(whole) == 1 and whole[0].term_weights:
                return whole[0]
        own = [t for t in terms if not self._changing.search(t)]
        if own:
            with_noun = [p for p in fit if self._is_its_noun(p, statement.words, own, place)]
            alike = [p for p in fit if self._has_noun(p, own)]
            return with_noun[0] if len(with_noun) == len(alike) == 1 else None
        if len(fit) != 1:
            return None
        if self._the_measure.match(statement.words):
            return fit[0]
        if self._the_result.match(statement.words) and self._is_told(fit[0], place):
            return fit[0]
        return None

    def _counted_whole(self, statement: Statement) -> MeasureProfile | None:
        """The measure that counts what a bare figure does, in all words of its name.

        ``97 nya hyresrätter``, of "antal nya hyresrätter"; one word alone counts others, too.
        """
        if statement.results[0].unit != "count":
            return None
        counted = self._forms(statement.counted)
        found = [p for name, p in self._phrases if counted[: len(name)] == name]
        if len(found) != 1 or not self._unfinished.isdisjoint(self._forms(statement.words)):
            return None  # names have no such words, or the sentence would have been their own
        return found[0]

    def _forms(self, text: str) -> list[str]:
        return [lemma(word, self._language) for word in printed_words(text)]

    def _of_section(self, place: StatementPlace) -> Iterator[MeasureProfile]:
        for profile in self._profiles:
            if place.measure_id is not None:
                if profile.measure_id == place.measure_id:
                    yield profile
            elif profile.goal_id == place.goal_id and place.factor_id in (None, profile.factor_id):
                yield profile

    def _is_its_noun(
        self, profile: MeasureProfile, words: str, own: Sequence[str], place: StatementPlace
    ) -> bool:
        """Whether all that is said is a measure's, and its noun has an article: "restiden blev"."""
        near = self._terms.best_similarity
        if not all(near(term, profile.term_weights) >= CLOSE for term in own):
            return False
        of_share = profile.counts_share and profile.qualifier
        noun = tuple(profile.qualifier) if of_share else profile.head[:1]
        for word in printed_words(words):
            if not self._the_noun.search(word.casefold()):
                continue
            for term in self._terms.terms_in(word):
                if term == word.casefold():
                    continue  # no article: "vårdplan" ends so itself
                if term in noun:
                    return True
                around = (*place.heading, *place.run_in, *place.preceding)
                if near(term, noun) >= CLOSE and (of_share or any(one in around for one in noun)):
                    return True
        return False

    def _has_noun(self, profile: MeasureProfile, own: Sequence[str]) -> bool:
        return any(self._terms.best_similarity(term, profile.head) >= CLOSE for term in own)

    def _is_told(self, profile: MeasureProfile, place: StatementPlace) -> bool:
        """Whether what stands before speaks of the measure."""
        said = self._terms.similar_to_any((*place.heading, *place.run_in, *place.preceding))
        weights = profile.term_weights
        whole = sum(weights.values())
        value = sum(weight * said.get(term, 0.0) for term, weight in weights.items())
        is_named = any(said.get(term, 0.0) >= CLOSE for term in profile.head)
        return bool(whole) and is_named and value / whole >= _LEAST_SAID
