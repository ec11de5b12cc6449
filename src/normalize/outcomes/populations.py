"""Of whom or where the figures of a sentence are, and whether that is all that a measure counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from styrmatt.normalize.outcomes.compounds import CompoundReader, respelled
from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.sentence.sentence_facts import Statement
from styrmatt.normalize.outcomes.sentence.stated_figure import FlagKind
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.normalize.outcomes.weights import CLOSE
from styrmatt.swedish.lemmas import lemma, likeness
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.sentence_marks import Sentence, Span

_MIN_SIMILARITY: Final = 0.6
"""Similarity from which a measure's name has a word of a population: what a compound shares with
its first part (:data:`styrmatt.swedish.lemmas.FIRST_PART`)."""
_MIN_SIMILARITY_OF_WHOLE: Final = 0.8
"""The same for words that leave a population whole: the noun itself, or its compound."""
_DEDUCTION: Final = 0.2
"""What a population that the measure does not name takes from its score, where none of its words is
in the name. A statement that is otherwise the measure's to the full stays above MIN_SCORE."""
_BASE_DEDUCTION: Final = 0.05
"""What it takes in any case, beside the share above: MIN_LEAD, so that a measure that does name the
population leads."""
_PART_OF_PEOPLE: Final = 0.5
"""Share of the words for a population that a measure may lack: with half of them it is of others,
as newly arrived pupils are of pupils."""
_BEHIND: Final = 40
"""Characters between a figure and the people named behind it, at most: further on they are those
of another part of the sentence."""
_SOME: Final = ("those_who", "people_of_share", "people")
"""Labels of marks in which common words may say that they are but some: "av de nya cheferna"."""
_OF_SHARE: Final = ("people_of_share", "place_of_share")
"""Labels of marks that end with the verb and the share behind it."""
_ORDER: Final = {"those_who": 0, "people_of_share": 1, "place_of_share": 2}
"""The labels of marks that come first of those that begin at one place."""
_PEOPLE: Final = ("people_of_share", "people", "among", "those_who", "subject_people")
"""Labels of marks that name people, not places."""
_TERMS_OF_SHARE: Final = 3
"""Words of which a share is: an adjective or two and the noun."""
_ONE_IS_ENOUGH: Final = ("them", "share")
"""Kinds of which a measure need but name one word."""
_WORDS_OF_NAME: Final = 3
"""Words of a measure's name from which one may say what is counted of its one term."""
_NAMED_BEHIND: Final = slice(1, 3)
"""Words behind a figure that say for whom it is, the preposition left out."""


class Population(NamedTuple):
    """Of whom a sentence or one of its figures is."""

    terms: tuple[str, ...]
    kind: str
    """``people`` or ``place``; ``them``: those named ahead, of whom one word is enough; ``share``:
    what of its subject's own a share is of; ``whole``: what any share is of."""


class PopulationReader:
    """Answers for the statements and measures of one report."""

    def __init__(self, patterns: Patterns, terms: TermIndex, compounds: CompoundReader) -> None:
        words = patterns.words
        self._terms = terms
        self._compounds = compounds
        self._age = patterns.literal(*words.elsewhere.ages)
        self._whole = words.elsewhere.whole
        self._definite = words.elsewhere.definite
        self._occasion = words.elsewhere.occasion
        self._ours = words.elsewhere.ours
        self._everyone = words.elsewhere.everyone
        self._which = words.topics.key_after[0]
        self._some = frozenset(words.elsewhere.some)
        self._language = patterns.language
        self._border = words.clauses.shared
        self._of_part = patterns.compile(words.clauses.of_part)
        self._of_own = patterns.compile(words.clauses.of_own)
        self._phrase_end = re.compile(
            rf"[.,;:()]|{patterns.literal(*words.topics.phrase_ends, *words.topics.verbs).pattern}",
            re.IGNORECASE,
        )
        hedges = patterns.literal(*words.quantities.hedges).pattern
        self._hedge = re.compile(rf"{hedges}\s*$", re.IGNORECASE)

    def of(self, sentence: Sentence, statement: Statement | None = None) -> tuple[Population, ...]:
        """Of whom or where a sentence speaks that opens with it: "Av de inbjudna ...".

        Those of one statement, too: "frånvaron bland lärarna var ...".
        """
        found = []
        starts = {m.start for m in sentence.of("populations") if m.label == "circumstance"}
        marks = reversed(sentence.of("populations"))  # of one start the shortest comes first
        for mark in sorted(marks, key=lambda mark: _ORDER.get(mark.label, len(_ORDER))):
            if mark.start in starts:
                continue
            who = self._who(sentence, mark, statement)
            if who is not None and not self._is_occasion(who, statement):
                starts.add(mark.start)
                found.append(self._population(who, mark.label))
        if statement is not None and statement.results[0].unit == "percent":
            of_whom = self._of_part.match(statement.counted)
            if of_whom is not None and not statement.results[0].has_flag(FlagKind.EQUALS):
                noun = self._noun_phrase(statement.counted[of_whom.end() :])
                ahead = self._terms.terms_in(statement.ahead)
                terms = self._terms.terms_in(noun)[:_TERMS_OF_SHARE]
                found.append(Population(tuple(t for t in terms if t not in ahead), "whole"))
            whole = self._of_own.match(statement.counted)
            if whole is not None:
                noun = self._phrase_end.split(statement.counted[whole.end() :])[0]
                terms = self._population(noun, "share").terms
                found.append(Population(terms[:_TERMS_OF_SHARE], "share"))
        return tuple(found)

    def _is_occasion(self, who: str, statement: Statement | None) -> bool:
        """Whether it says when things were counted: "på trafikdagen delades 430 hjälmar ut"."""
        counts = statement is not None and statement.results[0].unit == "count"
        return counts and self._occasion.match(who.casefold()) is not None

    def _noun_phrase(self, text: str) -> str:
        """The words of a text up to its first noun with an article, or what parts it from others.

        ``barnen känner sig trygga i förskolan``: the children are counted, not those who are safe.
        """
        words = self._phrase_end.split(text)[0]
        noun = self._definite.search(words)
        return words[: noun.end()] if noun else words

    def _up_to_verb(self, who: str) -> str:
        """The words for whom without a verb that no rule knows, right behind a definite noun.

        ``av hushållsavfallet materialåtervanns 51 procent``
        """
        noun = self._definite.search(who)
        rest = who[noun.end() :].strip() if noun else ""
        is_verb = rest[:1].isalpha() and not self._phrase_end.match(rest)
        return who[: noun.end()] if noun and is_verb else who

    def _who(self, sentence: Sentence, mark: Span, statement: Statement | None) -> str | None:
        """The words for whom a mark names; None where the statement is not of these."""
        quote = sentence.quote(mark)
        if mark.label in _OF_SHARE:
            return _within(self._hedge.sub("", self._up_to_figure(sentence, mark)))
        if mark.label in ("people", "place"):
            who = " ".join(quote.split(",")[0].split()[1:]) if "," in quote else _within(quote)
            if who.split()[-1:] == [self._which]:  # the verb is that of "som köptes"
                who = " ".join(quote.split()[1:])
            return self._up_to_verb(who) if mark.label == "people" else who
        if statement is None:
            return None
        if mark.label == "among":
            if any(
                m.label == "rank" and m.start < mark.start < m.end for m in sentence.of("roles")
            ):
                return None  # "plats 41 bland landets 290 kommuner": of how many, not of whom
            behind = quote.split(None, 1)[-1]
            return behind if self._is_of_statement(sentence, mark, statement) else None
        if mark.label == "subject_people":
            return " ".join(quote.split()[:-1])
        if mark.label == "subject_place":
            near = self._is_of_statement(sentence, mark, statement)
            return " ".join(quote.split()[2:-1]) if near else None
        if mark.label == "named_place":
            inside = mark.start <= statement.start < mark.end
            clear = not self._border.search(sentence.text, mark.start, mark.end - 1)
            place = quote.split()[-1 if mark.start == statement.start else 1]
            return place if inside and clear else None
        if mark.label == "genitive":
            near = statement.start > mark.start
            near = near and self._is_of_statement(sentence, mark, statement)
            return quote.split()[0] if near else None
        if mark.label == "of_them":
            return sentence.text[: mark.start] if mark.end <= statement.start else None
        if not mark.start <= statement.start < mark.end:
            return None
        if mark.label == "contrast":
            return " ".join(statement.counted.split()[_NAMED_BEHIND])
        if mark.label == "there":
            return sentence.text[: mark.start]
        if mark.label == "those_who":
            return " ".join(sentence.text[mark.start : statement.start].split()[1:-1])
        if mark.label == "where":
            return " ".join(quote.split(",")[0].split()[1:])
        if mark.label == "clause_place":
            return _within(quote.split(None, 1)[-1])
        if mark.label == "owner":
            first, second = quote.split()[:2]
            return second if second[0].isupper() else first
        return None

    def _up_to_figure(self, sentence: Sentence, mark: Span) -> str:
        """The words of a mark ahead of its first figure."""
        starts = (f.start for f in sentence.of("figures") if mark.start < f.start < mark.end)
        shares = (f.start for f in sentence.of("figures") if f.end == mark.end)
        return sentence.text[mark.start : next(shares, next(starts, mark.end))].rstrip()

    def _is_of_statement(self, sentence: Sentence, mark: Span, statement: Statement) -> bool:
        """Whether the people that a mark names are in one clause with the statement's figure."""
        if mark.start < statement.start:
            return not self._border.search(sentence.text, mark.end - 1, statement.start)
        near = mark.start - statement.end <= _BEHIND
        return near and not self._border.search(sentence.text, statement.end, mark.start)

    def _population(self, who: str, label: str) -> Population:
        terms = [t for t in self._terms.terms_in(who) if not _is_like(t, self._whole)]
        if label in _SOME:
            words = (lemma(word, self._language) for word in who.split())
            terms += [word for word in words if word in self._some]
        if not self._age.search(who):  # of how many is said, not of which
            terms = [term for term in terms if not term[0].isdecimal()]
        if label == "genitive":
            terms = [term for term in terms if term not in self._ours]
        if label in ("among", "share", "genitive"):
            terms = [term for term in terms if not _is_like(term, self._everyone)]
        if label == "of_them":
            return Population(tuple(terms), "them")
        if label in ("there", "clause_place"):  # the first noun says where
            terms = terms[:1]
        if label not in _PEOPLE and who[:1].isupper():  # one of several: "vid Lugnets simhall"
            terms = [t for t in self._terms.terms_in(who.split()[0]) if t in terms] or terms
        return Population(tuple(terms), "people" if label in _PEOPLE else "place")

    def deduction(
        self,
        profile: MeasureProfile,
        populations: Sequence[Population],
        around: Sequence[str],
        said: Sequence[str] = (),
        *,
        of_sex: bool = False,
    ) -> float | None:
        """What a population takes from the score of a measure that does not name it in full.

        ``around`` are the terms of the headings, ``said`` those of the whole statement, which is
        ``of_sex`` if it says how many are women or men. None where
        the measure counts others: of people half is not named, or all of a place.
        """
        deduction = 0.0
        for population in populations:
            terms = self._without_everyone(profile, population)
            known = () if population.kind == "them" else around
            if any(self._is_of_some(profile, term) for term in terms):
                return None
            terms = tuple(term for term in terms if term not in self._some)
            named = sum(
                self._terms.best_similarity(term, profile.term_weights) >= _MIN_SIMILARITY
                or any(likeness(term, other) >= _MIN_SIMILARITY for other in known)
                for term in terms
            )
            if population.kind == "people" and self._is_measure_itself(profile, terms):
                return None
            if self._is_of_share(profile, population, said, of_sex):
                return None
            if named == len(terms) and population.kind != "whole":
                continue
            if named and population.kind in _ONE_IS_ENOUGH:
                continue
            if population.kind == "whole":
                if self._is_reversed(profile, terms):
                    return None
                if self._counts_others(profile, terms):
                    deduction = _DEDUCTION + _BASE_DEDUCTION
                continue
            if population.kind == "share" and not profile.counts_share:
                continue
            if not terms:
                continue
            missing = 1 - named / len(terms)
            if _is_of_others(profile, population, missing):
                return None
            deduction = max(deduction, _DEDUCTION * missing + _BASE_DEDUCTION)
        return deduction

    def _without_everyone(self, profile: MeasureProfile, population: Population) -> tuple[str, ...]:
        """The terms of a population, without all of those of whom a measure names nobody.

        ``av eleverna i årskurs 6 är 95 procent simkunniga``, of "simkunnighet i årskurs 6".
        """
        if population.kind != "people" or profile.counts_share:
            return population.terms
        names = profile.term_weights
        if any(_is_like(term, self._everyone) for term in names):
            return population.terms
        return tuple(term for term in population.terms if not _is_like(term, self._everyone))

    def _is_of_some(self, profile: MeasureProfile, term: str) -> bool:
        """Whether a term says that they are but some, and a measure does not: the new ones."""
        return term in self._some and term not in self._words(profile.name)

    def _words(self, name: str) -> list[str]:
        return [lemma(word, self._language) for word in name.split()]

    def _is_measure_itself(self, profile: MeasureProfile, terms: Sequence[str]) -> bool:
        """Whether those whom a sentence opens with are all that a measure's name says.

        ``av sjukfrånvaron är 40 procent längre än två veckor``: no share of it is the measure.
        """
        if profile.counts_share or profile.sex_named:
            return False
        names = profile.term_weights
        whole = respelled(tuple(terms), self._compounds.said(tuple(terms)), names)
        return bool(names) and all(self._is_among(term, whole, near=True) for term in names)

    def _is_of_share(
        self, profile: MeasureProfile, population: Population, said: Sequence[str], of_sex: bool
    ) -> bool:
        """Whether something else is said of those whose share a measure is.

        ``av de patienter som fått tid var 87 procent nöjda``, of "andel patienter som fått tid".
        """
        told = profile.qualifier or profile.term_weights
        names = [term for term in told if not term[0].isdecimal()]
        is_told = bool(profile.qualifier or len(names) > 1)
        is_told = bool(names) and (is_told or len(profile.name.split()) < _WORDS_OF_NAME)
        whole_too = len(names) == 1 and not profile.qualifier
        kinds = ("people", "whole") if whole_too else ("people",)
        if not (profile.counts_share and is_told and population.kind in kinds):
            return False
        terms = population.terms
        whole = set(
            respelled(tuple(terms), self._compounds.said(tuple(terms)), dict.fromkeys(names, 1.0))
        )
        rest = [term for term in said if term not in terms and not term[0].isdecimal()]
        near = self._terms.best_similarity
        return (
            bool(rest or of_sex)
            and all(self._is_among(name, whole, near=bool(profile.qualifier)) for name in names)
            and not any(near(term, profile.term_weights) >= _MIN_SIMILARITY for term in rest)
        )

    def _counts_others(self, profile: MeasureProfile, terms: Sequence[str]) -> bool:
        """Whether a share is of none of those of whom a measure's share is.

        ``38 procent av föräldrarna``, of "andel lärare som ..."
        """
        near = self._terms.best_similarity
        return (
            bool(profile.counts and profile.qualifier and terms)
            and profile.counts_share
            and not any(near(term, profile.term_weights) >= _MIN_SIMILARITY for term in terms)
            and not any(_is_like(term, self._everyone) for term in terms)
        )

    def _is_among(self, name: str, whole: Iterable[str], *, near: bool) -> bool:
        """Whether terms have a measure's word, or one that is ``near`` it."""
        if not near:
            return name in whole
        return any(self._terms.similarity(name, term) >= CLOSE for term in whole)

    def _is_reversed(self, profile: MeasureProfile, terms: Sequence[str]) -> bool:
        """Whether a share is of what a measure's share has, or of what a measure is itself.

        ``70 procent av anmärkningarna``, of deliveries without remarks; ``41 procent av
        frånvaron``, of a measure of absence.
        """
        near = self._terms.best_similarity
        if not profile.counts_share:
            return any(term in profile.counts[:1] for term in terms)
        of_rest = any(near(term, profile.behind) >= CLOSE for term in terms)
        return of_rest and not any(near(term, profile.counts) >= _MIN_SIMILARITY for term in terms)


def _within(quote: str) -> str:
    """The words of a match between its preposition and its verb."""
    return " ".join(quote.split()[1:-1])


def _is_like(term: str, words: Sequence[str]) -> bool:
    return any(likeness(term, word) >= _MIN_SIMILARITY_OF_WHOLE for word in words)


def _is_of_others(profile: MeasureProfile, population: Population, missing: float) -> bool:
    """Whether so much of a population is not named that the measure counts others."""
    if population.kind != "people":
        return missing >= 1.0
    if profile.sex_named:  # "bland ledamöterna i styrelsen är ...": who they are is named anew
        return missing > _PART_OF_PEOPLE
    return missing >= _PART_OF_PEOPLE
