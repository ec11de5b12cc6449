"""What a sentence says of a goal: reached, partly, not, or nobody could tell.

The words are the vocabulary's (:class:`styrmatt.vocabulary.StatementWords`); here stands only how
negations, weakenings and what is to come turn the meaning of a clause. A clause that leaves the
answer open has no status: better none than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Final, Literal

from styrmatt.swedish.numbers import YEAR
from styrmatt.swedish.sentences import Phrases, SentenceWord, words_of
from styrmatt.vocabulary import StatementWords

Rank = Literal[1, 2, 3]
_OVERALL: Final = 3
_JUDGED: Final = 2
_PLAIN: Final = 1
_NEAR: Final = 4  # words between "måluppfyllelsen" and its degree: "bedöms som helhet vara god"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the clause around a word says; ``status`` is None where it leaves it open."""

    at: int
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


class StatementReader:
    """Reads sentences by the words of a vocabulary."""

    def __init__(self, words: StatementWords) -> None:
        lists = {f.name: getattr(words, f.name) for f in fields(words)}
        self._lists = {n: Phrases(v) for n, v in lists.items() if isinstance(v, tuple)}
        self._degrees = [(status, Phrases(v)) for status, v in words.fulfilment_degrees.items()]

    def is_a(self, name: str, words: Sequence[SentenceWord], at: int) -> bool:
        """Whether a phrase of the named list begins at a place."""
        return 0 <= at < len(words) and self._lists[name].length_at(words, at) > 0

    def begins(self, name: str, word: str) -> bool:
        """Whether a phrase of the named list begins with a word in small letters."""
        return self._lists[name].begin_with(word)

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

    def verdicts(self, words: Sequence[SentenceWord]) -> list[Verdict]:
        """What each clause that speaks of reaching something, or of judging it, says."""
        return [v for start, end in self.clauses(words) for v in self._clause(words, start, end)]

    def status_between(self, words: Sequence[SentenceWord], start: int, end: int) -> str | None:
        """The one status that the words between two places say; None for none or several."""
        found = {v.status for v in self._clause(words, start, end)}
        return found.pop() if len(found) == 1 else None

    def judgement(self, sentence: str) -> Judgement | None:
        """What a sentence says of the goal that its section is about; None where nothing."""
        words = words_of(sentence)
        ended = sentence.rstrip(' "”)').endswith((".", "!"))
        judged = self.has("judged", words)
        overall = self.has("overall", words)
        unclear: Judgement | None = None
        verdicts = (*self.verdicts(words), *self._degree(words, judged=judged or overall))
        for verdict in sorted(verdicts, key=lambda verdict: self._aside(words, verdict)):
            rank = self._rank(words, verdict, judged=judged, overall=overall)
            if rank is None or (rank == _PLAIN and not ended):  # a legend, not a sentence
                continue
            if self._overruled(words, verdict):
                continue
            status = None if self._limited(words, verdict) else verdict.status
            if status is not None:
                return Judgement(rank, status, sentence)
            if rank > _PLAIN:
                unclear = unclear or Judgement(rank, None, sentence)
        return unclear

    def _clause(self, words: Sequence[SentenceWord], start: int, end: int) -> Iterator[Verdict]:
        unable = self._unassessed(words, start, end)
        if unable is not None:
            yield Verdict(unable, start, end, "not_assessed")
            return
        for at in self._lists["achieved"].find(words, start, end):
            status = self._status(words, start, end, at)
            opened = self._opened(words, start, end)
            if opened is not None and status in ("met", "partly_met"):
                joined = (*words[opened[0] : opened[1]], *words[start:end])
                status = self._status(joined, 0, len(joined), at - start + opened[1] - opened[0])
            yield Verdict(at, start, end, status)
            return  # "uppnått och nås fortsatt": the clause says one thing

    def _opened(
        self, words: Sequence[SentenceWord], start: int, end: int
    ) -> tuple[int, int] | None:
        """The clause that this one ends: "målet har inte, trots allt, | uppnåtts"."""
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
        if not self._denied(words, start, end):
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
        denied = self._denied(words, start, end)
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

    def _denied(self, words: Sequence[SentenceWord], start: int, end: int) -> bool:
        return self.has("negations", words, start, end) or self.has("none", words, start, end)

    def _degree(self, words: Sequence[SentenceWord], *, judged: bool) -> Iterator[Verdict]:
        """ "Måluppfyllelsen bedöms vara god": a degree beside the word for it."""
        if not judged or self.has("achieved", words):
            return
        for at in self._lists["fulfilment"].find(words):
            places = [at - 1, at - 2, *range(at + 1, at + 1 + _NEAR)]
            for status, phrases in self._degrees:
                near = [n for n in places if 0 <= n < len(words) and phrases.length_at(words, n)]
                if near and (near[0] != at - 2 or phrases.length_at(words, near[0]) == 2):
                    denied = self._denied(words, 0, len(words))
                    yield Verdict(at, 0, len(words), None if denied else status)
                    return

    def _rank(
        self, words: Sequence[SentenceWord], verdict: Verdict, *, judged: bool, overall: bool
    ) -> Rank | None:
        """How much the verdict is about the goal itself; None where it is about something else."""
        if judged and overall:
            return _OVERALL
        subject = self._subject(words, verdict)
        if subject is None:
            if self.is_a("judged", words, 0) and verdict.start == 1:  # "Bedömning: ej uppnått"
                return _JUDGED
            open_to_tell = judged and verdict.status == "not_assessed" and len(words) > _NEAR
            return _JUDGED if open_to_tell else None
        if self._specific(words, subject, verdict):
            return None
        if judged or overall:
            return _JUDGED
        return _PLAIN if self._opens(words, subject) else None

    def _subject(self, words: Sequence[SentenceWord], verdict: Verdict) -> int | None:
        """The word for the goal that a verdict is about: the nearest before, else in its clause."""
        named = [
            n
            for name in ("goals", "fulfilment")
            for n in self._lists[name].find(words, 0, verdict.end)
        ]
        before = [n for n in named if n <= verdict.at]
        inside = [n for n in named if n >= verdict.start]
        return max(before) if before else min(inside) if inside else None

    def _specific(self, words: Sequence[SentenceWord], subject: int, verdict: Verdict) -> bool:
        """Whether the goal is one for something: "målet för hälsosamtal", "målet om 70 procent"."""
        after = subject + 1
        if after >= len(words) or after > verdict.at or not self.is_a("specifics", words, after):
            return False
        what = after + 1
        if any(self.is_a(name, words, what) for name in ("auxiliaries", "judged", "achieved")):
            return False  # what the goal is for was its name, and has been left out
        period = self.is_a("periods", words, what) or (
            what < len(words) and bool(YEAR.fullmatch(words[what].low))
        )
        return not period or self.is_a("amount_leads", words, after)

    def _aside(self, words: Sequence[SentenceWord], verdict: Verdict) -> bool:
        """Whether it is something else that nobody could tell: "då enkäten inte har mätts"."""
        names = ("goals", "fulfilment", "judged")
        inside = any(self.has(name, words, verdict.start, verdict.end) for name in names)
        return verdict.status == "not_assessed" and not inside

    def _opens(self, words: Sequence[SentenceWord], subject: int) -> bool:
        """Whether the sentence begins with the goal as what it speaks of."""
        lead = ("goal_pronouns", "articles", "counted_adjectives", "breaks", "partly", "achieved")
        follow = ("auxiliaries", "achieved", "partly", "negations", "specifics")
        starts = all(any(self.is_a(name, words, n) for name in lead) for n in range(subject))
        return starts and any(self.is_a(name, words, subject + 1) for name in follow)

    def _overruled(self, words: Sequence[SentenceWord], verdict: Verdict) -> bool:
        """Whether the next clause says what is so instead: "inte uppnått utan delvis uppfyllt"."""
        then = verdict.end
        if verdict.status != "not_met" or not self.is_a("instead", words, then):
            return False
        return any(later.start == then for later in self.verdicts(words))

    def _limited(self, words: Sequence[SentenceWord], verdict: Verdict) -> bool:
        """Whether the verdict is of a part: "men inte för män", "till 80 procent"."""
        behind = words[verdict.at + 1 : verdict.end]
        if any(word.low[0].isdigit() and not YEAR.fullmatch(word.low) for word in behind):
            return True
        then = verdict.end
        contrast = then < len(words) and self.is_a("breaks", words, then)
        return (
            contrast
            and self.is_a("negations", words, then + 1)
            and self.is_a("regards", words, then + 2)
        )
