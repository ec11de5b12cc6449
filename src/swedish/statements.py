"""What a sentence says of a goal: met, partly met, not met, or not assessed.

The words are the vocabulary's (:class:`styrmatt.vocabulary.StatementWords`). This module knows how
negations, words like "partly" and forecasts change the meaning of a clause. A clause that leaves
open whether the goal is met has no status: none is better than a wrong one.

A *place* is the index of a word in its sentence; a clause goes from its first place up to its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Final, Literal

from styrmatt.swedish.numbers import YEAR
from styrmatt.swedish.sentences import Phrases, SentenceWord, words_of
from styrmatt.vocabulary import StatementWords

Rank = Literal[1, 2, 3]
"""How much a statement counts where several differ: the constants below."""
OVERALL_ASSESSMENT: Final = 3
"""An assessment said to be the overall one."""
ASSESSMENT: Final = 2
"""An assessment, or an overall statement without a word for assessing."""
PLAIN_STATEMENT: Final = 1
"""A sentence that says so with the goal as its subject."""
_NEAR: Final = 4
"""Words from "måluppfyllelsen" to its degree: "bedöms som helhet vara god" has four. A sentence of
so few words that says nobody could tell does not say of what."""


@dataclass(frozen=True, slots=True)
class ClauseStatus:
    """What a clause says of reaching something; ``status`` is None where it leaves it open."""

    at: int
    """The place of the word that says so."""
    start: int
    end: int
    status: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sentence's statement about the goal under whose heading it stands.

    ``rank`` is 3 for an overall assessment, 2 for an assessment, 1 for a plain statement.
    """

    rank: Rank
    status: str | None
    text: str


_TELL_STATUS = ("achieved", "unassessed", "made", "unassessable")


class StatementReader:
    """Reads sentences by the words of a vocabulary."""

    def __init__(self, words: StatementWords) -> None:
        lists = {f.name: getattr(words, f.name) for f in fields(words)}
        self._lists = {n: Phrases(v) for n, v in lists.items() if isinstance(v, tuple)}
        self._degrees = [(status, Phrases(v)) for status, v in words.fulfilment_degrees.items()]

    def is_a(self, name: str, words: Sequence[SentenceWord], at: int) -> bool:
        """Whether a phrase of the list with this name begins at a place."""
        return 0 <= at < len(words) and self._lists[name].length_at(words, at) > 0

    def begins(self, name: str, word: str) -> bool:
        """Whether a phrase of the named list begins with a word in small letters."""
        return self._lists[name].begin_with(word)

    def may_tell_status(self, word: str) -> bool:
        """Whether a clause with this word, in small letters, may say a status; none does without.

        A clause's status is said by a phrase of one of these lists, see :meth:`_read_clause`.
        """
        return any(self.begins(name, word) for name in _TELL_STATUS)

    def has(
        self, name: str, words: Sequence[SentenceWord], start: int = 0, end: int | None = None
    ) -> bool:
        """Whether a phrase of the named list stands between two places."""
        return bool(self._lists[name].find(words, start, end))

    def clauses(self, words: Sequence[SentenceWord]) -> list[tuple[int, int]]:
        """First place and end of each clause."""
        starts = [
            n
            for n, word in enumerate(words)
            if n and (word.after_break or self.is_a("breaks", words, n))
        ]
        return list(zip([0, *starts], [*starts, len(words)], strict=True))

    def clause_statuses(self, words: Sequence[SentenceWord]) -> list[ClauseStatus]:
        """What the clauses say that speak of reaching something, or of assessing it."""
        return [
            v for start, end in self.clauses(words) for v in self._read_clause(words, start, end)
        ]

    def status_between(self, words: Sequence[SentenceWord], start: int, end: int) -> str | None:
        """The one status that these words say; None where they say none or several."""
        found = {v.status for v in self._read_clause(words, start, end)}
        return found.pop() if len(found) == 1 else None

    def judgement(self, sentence: str) -> Judgement | None:
        """What a sentence says of the goal that its section is about; None if nothing."""
        words = words_of(sentence)
        ended = sentence.rstrip(' "”)').endswith((".", "!"))
        judged = self.has("judged", words)
        overall = self.has("overall", words)
        unclear: Judgement | None = None
        statements = (
            *self.clause_statuses(words),
            *self._read_degree(words, judged=judged or overall),
        )
        for clause in sorted(statements, key=lambda clause: self._is_about_another(words, clause)):
            rank = self._rank(words, clause, judged=judged, overall=overall)
            if rank is None or (rank == PLAIN_STATEMENT and not ended):  # a legend, not a sentence
                continue
            if self._is_overruled(words, clause):
                continue
            status = None if self._is_of_a_part(words, clause) else clause.status
            if status is not None:
                return Judgement(rank, status, sentence)
            if rank > PLAIN_STATEMENT:
                unclear = unclear or Judgement(rank, None, sentence)
        return unclear

    def _read_clause(
        self, words: Sequence[SentenceWord], start: int, end: int
    ) -> Iterator[ClauseStatus]:
        unable = self._unassessed(words, start, end)
        if unable is not None:
            yield ClauseStatus(unable, start, end, "not_assessed")
            return
        for at in self._lists["achieved"].find(words, start, end):
            status = self._status(words, start, end, at)
            begun = self._clause_begun_before(words, start, end)
            if begun is not None and status in ("met", "partly_met"):
                joined = (*words[begun[0] : begun[1]], *words[start:end])
                status = self._status(joined, 0, len(joined), at - start + begun[1] - begun[0])
            yield ClauseStatus(at, start, end, status)
            return  # "uppnått och nås fortsatt": the clause says one thing

    def _clause_begun_before(
        self, words: Sequence[SentenceWord], start: int, end: int
    ) -> tuple[int, int] | None:
        """First place and end of the clause that this one finishes, if an insertion parts them.

        "Målet har inte, trots allt, | uppnåtts": the clause before has the goal and the negation.
        """
        if self.has("auxiliaries", words, start, end) or self.has("goals", words, start, end):
            return None
        for first, last in reversed(self.clauses(words[:start])):
            if self.has("achieved", words, first, last):
                return None
            if self.has("goals", words, first, last):
                return first, last
        return None

    def _unassessed(self, words: Sequence[SentenceWord], start: int, end: int) -> int | None:
        plain = self._lists["unassessed"].find(words, start, end)
        if plain:
            return plain[0]
        if not self._is_denied(words, start, end):
            return None
        if self.has("judged", words, start, end) and not self.has("achieved", words, start, end):
            made = self._lists["made"].find(words, start, end)
            if made:
                return made[0]
        for at in self._lists["unassessable"].find(words, start, end):
            behind = at + self._lists["unassessable"].length_at(words, at)
            achieved = self.has("achieved", words, start, end)
            if not achieved or (behind < end and self.is_a("whether", words, behind)):
                return at
        return None

    def _status(self, words: Sequence[SentenceWord], start: int, end: int, at: int) -> str | None:
        denied = self._is_denied(words, start, end)
        if denied and self.has("deniable_forecasts", words, start, at):
            return "not_met"
        if self.has("forecasts", words, start, at) or self.has(
            "deniable_forecasts", words, start, at
        ):
            return None
        partly = self._lists["partly"].find(words, start, end)
        if denied and self.has("wholly", words, start, end) and not partly:
            return "partly_met"
        if denied:
            no = self._lists["negations"].find(words, start, end)
            return "partly_met" if partly and no and partly[0] < no[0] else "not_met"
        if partly:
            return "partly_met"
        return None if self.has("hedges", words, start, end) else "met"

    def _is_denied(self, words: Sequence[SentenceWord], start: int, end: int) -> bool:
        return self.has("negations", words, start, end) or self.has("none", words, start, end)

    def _read_degree(
        self, words: Sequence[SentenceWord], *, judged: bool
    ) -> Iterator[ClauseStatus]:
        """What a degree says beside the word for it: "måluppfyllelsen bedöms vara god"."""
        if not judged or self.has("achieved", words):
            return
        for at in self._lists["fulfilment"].find(words):
            places = [at - 1, at - 2, *range(at + 1, at + 1 + _NEAR)]
            for status, phrases in self._degrees:
                near = [n for n in places if 0 <= n < len(words) and phrases.length_at(words, n)]
                if near and (near[0] != at - 2 or phrases.length_at(words, near[0]) == 2):
                    denied = self._is_denied(words, 0, len(words))
                    yield ClauseStatus(at, 0, len(words), None if denied else status)
                    return

    def _rank(
        self, words: Sequence[SentenceWord], clause: ClauseStatus, *, judged: bool, overall: bool
    ) -> Rank | None:
        """How much the statement counts; None where it is about something else than the goal."""
        if judged and overall:
            return OVERALL_ASSESSMENT
        subject = self._subject(words, clause)
        if subject is None:
            if self.is_a("judged", words, 0) and clause.start == 1:  # "Bedömning: ej uppnått"
                return ASSESSMENT
            open_to_tell = judged and clause.status == "not_assessed" and len(words) > _NEAR
            return ASSESSMENT if open_to_tell else None
        if self._is_specific_goal(words, subject, clause):
            return None
        if judged or overall:
            return ASSESSMENT
        return PLAIN_STATEMENT if self._begins_with_goal(words, subject) else None

    def _subject(self, words: Sequence[SentenceWord], clause: ClauseStatus) -> int | None:
        """Place of the word for the goal that a statement is about.

        It is the nearest one before the statement, else the first in its clause.
        """
        named = [
            n
            for name in ("goals", "fulfilment")
            for n in self._lists[name].find(words, 0, clause.end)
        ]
        before = [n for n in named if n <= clause.at]
        inside = [n for n in named if n >= clause.start]
        return max(before) if before else min(inside) if inside else None

    def _is_specific_goal(
        self, words: Sequence[SentenceWord], subject: int, clause: ClauseStatus
    ) -> bool:
        """Whether the goal is one for something: "målet för hälsosamtal", "målet om 70 procent"."""
        after = subject + 1
        if after >= len(words) or after > clause.at or not self.is_a("specifics", words, after):
            return False
        what = after + 1
        if any(self.is_a(name, words, what) for name in ("auxiliaries", "judged", "achieved")):
            return False  # what the goal is for was its name, and has been left out
        period = self.is_a("periods", words, what) or (
            what < len(words) and bool(YEAR.fullmatch(words[what].low))
        )
        return not period or self.is_a("amount_leads", words, after)

    def _is_about_another(self, words: Sequence[SentenceWord], clause: ClauseStatus) -> bool:
        """Whether what nobody could tell is something else: "då enkäten inte har mätts"."""
        names = ("goals", "fulfilment", "judged")
        inside = any(self.has(name, words, clause.start, clause.end) for name in names)
        return clause.status == "not_assessed" and not inside

    def _begins_with_goal(self, words: Sequence[SentenceWord], subject: int) -> bool:
        """Whether the sentence begins with the goal as what it speaks of."""
        lead = ("goal_pronouns", "articles", "counted_adjectives", "breaks", "partly", "achieved")
        follow = ("auxiliaries", "achieved", "partly", "negations", "specifics")
        starts = all(any(self.is_a(name, words, n) for name in lead) for n in range(subject))
        return starts and any(self.is_a(name, words, subject + 1) for name in follow)

    def _is_overruled(self, words: Sequence[SentenceWord], clause: ClauseStatus) -> bool:
        """Whether the next clause says what is so instead: "inte uppnått utan delvis uppfyllt"."""
        then = clause.end
        if clause.status != "not_met" or not self.is_a("instead", words, then):
            return False
        return any(later.start == then for later in self.clause_statuses(words))

    def _is_of_a_part(self, words: Sequence[SentenceWord], clause: ClauseStatus) -> bool:
        """Whether the statement holds for a part only: "men inte för män", "till 80 procent"."""
        behind = words[clause.at + 1 : clause.end]
        if any(word.low[0].isdecimal() and not YEAR.fullmatch(word.low) for word in behind):
            return True
        then = clause.end
        contrast = then < len(words) and self.is_a("breaks", words, then)
        return (
            contrast
            and self.is_a("negations", words, then + 1)
            and self.is_a("regards", words, then + 2)
        )
