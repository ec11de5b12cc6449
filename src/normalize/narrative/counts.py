"""Sentences that count: how many goals or measures were reached, partly, not, or not assessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from styrmatt.swedish.numbers import YEAR, parse_number_word, whole_number
from styrmatt.swedish.sentences import SentenceWord, lowercase_words, words_of
from styrmatt.swedish.statements import StatementReader
from styrmatt.vocabulary import Vocabulary

Subject = Literal["goals", "measures"]
"""What is counted."""
ALL: Final = -1
"""The count that "samtliga" without a number stands for: as many as there are."""

_LARGEST_COUNT: Final = 500
"""The largest number that may count a report's goals or measures: others count something else."""
_NEAR: Final = 3
"""Words behind a number among which "av" and the whole may begin: "sju har uppnåtts av tio"."""
_PERCENT: Final = re.compile(r"\s*%")
_FOLLOW: Final = ("auxiliaries", "achieved", "partly", "negations", "wholly", "unassessed")


@dataclass(frozen=True, slots=True)
class StatedCounts:
    """How many goals or measures a sentence counts, by status."""

    subject: Subject | None
    """None where only the sentence before says what is counted."""
    by_status: dict[str, int]
    """A number may be :data:`ALL`."""
    total: int | None = None
    """Of how many; None where the sentence does not say."""


@dataclass(slots=True)
class _Mention:
    """A number of a sentence that counts goals or measures."""

    at: int
    value: int
    is_total: bool
    """Whether it is the whole of which others are parts."""
    subject: Subject | None
    status: str | None = None


@dataclass(slots=True)
class CountReader:
    """Reads counts by the words of a vocabulary."""

    vocabulary: Vocabulary
    reader: StatementReader = field(init=False)
    _spelled: dict[str, int | None] = field(init=False, default_factory=dict)
    """Words looked up before, with the numbers that they name."""
    _counting: dict[str, bool] = field(init=False, default_factory=dict)
    """Words looked up before, and whether they may count something."""
    _known: set[str] = field(init=False, default_factory=set)
    """Words looked up before."""
    _telling: set[str] = field(init=False, default_factory=set)
    """Those of them that may tell how something went."""

    def __post_init__(self) -> None:
        self.reader = StatementReader(self.vocabulary.statements)

    def read(self, sentence: str) -> StatedCounts | None:
        """The counts of a sentence; None where it counts no goals or measures, or not clearly."""
        low_words = set(lowercase_words(sentence))
        self._look_up(low_words - self._known)
        if self._telling.isdisjoint(low_words) or not any(map(self._may_count, low_words)):
            return None  # as in most
        words = words_of(sentence)
        numbers = [n for n, word in enumerate(words) if self._may_count(word.low)]
        mentions = [m for n in numbers if (m := self._mention(sentence, words, n))]
        mentions = [m for n, m in enumerate(mentions) if not n or m.at > mentions[n - 1].at]
        totals = [m for m in mentions if m.is_total]
        counts = [m for m in mentions if not m.is_total]
        subjects = {m.subject for m in mentions if m.subject}
        if not counts or len(subjects) > 1 or len({m.value for m in totals}) > 1:
            return None
        if not self._find_statuses(words, counts):
            return None
        by_status = {str(m.status): m.value for m in counts}
        if len(by_status) < len(counts):
            return None
        total = totals[0].value if totals else None
        if total is None and counts[0].value > 0 and self._is_all(words, counts[0].at - 1):
            total = counts[0].value
        return StatedCounts(subjects.pop() if subjects else None, by_status, total)

    def _look_up(self, low_words: set[str]) -> None:
        """Remember which of some words can say the status of what is counted."""
        self._known |= low_words
        self._telling.update(filter(self.reader.may_tell_status, low_words))

    def _may_count(self, low: str) -> bool:
        """Whether a word can be a number here, or begin what stands for one."""
        if low not in self._counting:
            alone = (SentenceWord(low, low, 0, False),)
            begins = any(self.reader.begins(name, low) for name in ("all", "none"))
            self._counting[low] = begins or self._number(alone, 0) is not None
        return self._counting[low]

    def _mention(self, sentence: str, words: Sequence[SentenceWord], at: int) -> _Mention | None:
        """The number at a place, if it counts goals or measures."""
        value, behind = self._value(words, at)
        if value is None or _PERCENT.match(sentence, words[at].start + len(words[at].text)):
            return None
        subject, after = self._subject(words, behind)
        is_total = self._after_of(words, at)
        if is_total or value == ALL:
            return _Mention(at, value, is_total, subject) if subject else None
        counts = subject is not None or self._goes_on(words, after) or self._ends(words, at)
        if words[at].low in self.vocabulary.targets.articles and not subject:
            counts = any(self.reader.is_a(name, words, behind) for name in (*_FOLLOW, "of"))
        return _Mention(at, value, is_total, subject) if counts else None

    def _value(self, words: Sequence[SentenceWord], at: int) -> tuple[int | None, int]:
        """Value of the number at a place, None where there is none, and the place behind it."""
        if self._is_all(words, at):
            number_follows = self._number(words, at + 1) is not None
            return (None, at) if number_follows else (ALL, at + 1)
        if self.reader.is_a("none", words, at):
            return 0, at + 1
        return self._number(words, at), at + 1

    def _number(self, words: Sequence[SentenceWord], at: int) -> int | None:
        if at >= len(words):
            return None
        low = words[at].low
        if low.isdecimal():
            number = whole_number(low)
            return None if YEAR.fullmatch(low) or (number or 0) > _LARGEST_COUNT else number
        if low not in self._spelled:
            self._spelled[low] = parse_number_word(low, self.vocabulary.numbers)
        value = self._spelled[low]
        return value if value is not None and value <= _LARGEST_COUNT else None

    def _subject(self, words: Sequence[SentenceWord], at: int) -> tuple[Subject | None, int]:
        """What a number in front of this place counts, and the place behind the word for it."""
        while any(self.reader.is_a(n, words, at) for n in ("counted_adjectives", "articles")):
            if self._number(words, at + 1) is not None and self.reader.is_a("of", words, at):
                break
            at += 1
        if self._number(words, at) is not None:
            return None, at
        if self.reader.is_a("goals", words, at):
            return "goals", at + 1
        if self.reader.is_a("measures", words, at):
            return "measures", at + 1
        return None, at

    def _after_of(self, words: Sequence[SentenceWord], at: int) -> bool:
        """Whether "av de", "av totalt" stands before a number."""
        before = at - 1
        while self.reader.is_a("articles", words, before) or (
            self.reader.is_a("counted_adjectives", words, before)
            and not self.reader.is_a("of", words, before)
        ):
            before -= 1
        return self.reader.is_a("of", words, before)

    def _goes_on(self, words: Sequence[SentenceWord], at: int) -> bool:
        """Whether what follows a number says how many of what, or how they went."""
        following = (*_FOLLOW, "of")
        return any(self.reader.is_a(name, words, at) for name in following) or self._of_number(
            words, at
        )

    def _ends(self, words: Sequence[SentenceWord], at: int) -> bool:
        """Whether a number ends its clause behind the verb: "av tio mål uppnås fyra, ..."."""
        ends = at + 1 == len(words) or words[at + 1].after_break
        return ends and any(self.reader.is_a(n, words, at - 1) for n in ("achieved", "partly"))

    def _of_number(self, words: Sequence[SentenceWord], at: int) -> bool:
        return any(
            self._number(words, n) is not None and self._after_of(words, n)
            for n in range(at, min(at + _NEAR, len(words)))
        )

    def _is_all(self, words: Sequence[SentenceWord], at: int) -> bool:
        return self.reader.is_a("all", words, at) and not self.reader.is_a("of", words, at - 1)

    def _find_statuses(self, words: Sequence[SentenceWord], counts: list[_Mention]) -> bool:
        """Give each count its status: said behind it, else before it. False where one has none."""
        for n, mention in enumerate(counts):
            end = counts[n + 1].at if n + 1 < len(counts) else self._end(words, mention.at)
            start = counts[n - 1].at + 1 if n else 0
            mention.status = self.reader.status_between(words, mention.at + 1, end)
            if mention.status is None:
                mention.status = self.reader.status_between(words, start, mention.at)
            if mention.status is None:
                return False
        return True

    def _end(self, words: Sequence[SentenceWord], at: int) -> int:
        """The end of the clause that says how the last count went."""
        for start, end in self.reader.clauses(words):
            if end > at and self.reader.status_between(words, max(start, at + 1), end) is not None:
                return end
        return len(words)
