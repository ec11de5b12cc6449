"""Finds what gauges stand for by how many of their parts are filled, where a text says so.

"Five filled fields: met, three or four: partly met": a number or some, perhaps with a limit, words
for parts of a gauge, a sign or words that lead to the meaning, and the meaning up to a stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Final, NamedTuple

from styrmatt.extract.marks.segments import STEPS
from styrmatt.extract.marks.status_phrases import legend_value
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, join_words
from styrmatt.sole_values import sole_values
from styrmatt.swedish.identity_words import alternatives
from styrmatt.vocabulary import Vocabulary

_FEWEST: Final = 2
"""Different meanings that make a legend: one alone may be a sentence about something else."""
_MOST: Final = STEPS.stop
"""One more than a gauge has parts."""
_GAP: Final = 2.2
"""A gap of so many ems ends the words of an entry: the next column begins."""
_NEXT_LINE: Final = 0.7
"""Ems between two lines of one entry at most: entries are set further apart than their lines."""
_FLUSH: Final = 2.0
"""Points by which the starts of an entry's lines may differ."""
_STOP: Final = re.compile(r"[,;.():=]")
"""What ends a meaning."""
_WORD: Final = re.compile(r"\w+|[–—-]")
_ENDS: Final = 2
"""The numbers at the ends of a span."""


class _Entry(NamedTuple):
    """Numbers of filled parts, and the status that they have."""

    limit: str
    counts: tuple[int, ...]
    value: str


def counts_of(page: Page, vocabulary: Vocabulary) -> dict[int, str]:
    """The statuses that a page's text gives gauges by how many parts are filled; mostly empty."""
    letters = "".join(page.letters)
    told = sum(any(map(letters.__contains__, one)) for one in vocabulary.telling_phrases)
    if told < _FEWEST or not any(map(letters.__contains__, vocabulary.legend.parts)):
        return {}
    return counts_in(_texts(page.lines), vocabulary)


def counts_in(texts: Iterable[str], vocabulary: Vocabulary) -> dict[int, str]:
    """The same of some texts; empty where a number has two meanings, or all have one."""
    parts = vocabulary.legend.parts
    naming = (text for text in texts if any(map(text.casefold().__contains__, parts)))
    entries = [entry for text in naming for entry in _entries(text, vocabulary)]
    pairs = [(count, value) for value, counts in _spread(entries) for count in counts]
    told = sole_values(pairs)
    is_clear = len(told) == len({count for count, _ in pairs})
    return told if is_clear and len(set(told.values())) >= _FEWEST else {}


def _entries(text: str, vocabulary: Vocabulary) -> Iterator[_Entry]:
    """The entries of a text: the first names the parts, those that follow at once need not."""
    heads = list(_head(vocabulary).finditer(text))
    joined = re.compile(rf"[\s,;.]*(?:\b(?:{alternatives(vocabulary.targets.also)})\s+)?")
    end = -1
    for head, following in zip_longest(heads, heads[1:]):
        goes_on = end >= 0 and joined.fullmatch(text, end, head.start()) is not None
        end = -1
        if head["parts"] is None and not goes_on:
            continue
        until = following.start() if following else len(text)
        stop = _STOP.search(text, head.end(), until)
        end = stop.start() if stop else until
        meaning = text[head.end() : end].split()
        while meaning and meaning[-1].casefold() in vocabulary.targets.also:
            meaning.pop()
        value = legend_value(" ".join(meaning), vocabulary.statuses, vocabulary)
        if value is not None:
            yield _Entry(_limit(head, vocabulary), _counts(head["counts"], vocabulary), value)


def _counts(text: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """The numbers of a list such as "three or four", or from one to another as "3-4"."""
    numbers = {**vocabulary.numbers, **dict.fromkeys(vocabulary.legend.no_parts, 0)}
    words = _WORD.findall(text.casefold())
    counts = tuple(
        int(word) if word.isdecimal() else numbers[word]
        for word in words
        if word.isdecimal() or word in numbers
    )
    is_span = any(word in vocabulary.legend.spans for word in words)
    if is_span and len(counts) == _ENDS and counts[0] < counts[1]:
        return tuple(range(counts[0], counts[1] + 1))
    return counts


def _limit(head: re.Match[str], vocabulary: Vocabulary) -> str:
    """The comparison that words before or behind the numbers make; "" where there are none."""
    targets = vocabulary.targets
    before, after = (
        (head["before"] or "").casefold(),
        (head["after"] or head["behind"] or "").casefold(),
    )
    words = {"ge": targets.ge, "le": targets.le, "gt": targets.gt, "lt": targets.lt}
    behind = {"ge": targets.ge_after, "le": targets.le_after}
    found = [name for name, listed in words.items() if before in listed]
    found += [name for name, listed in behind.items() if after in listed]
    return found[0] if found else ""


def _spread(entries: Sequence[_Entry]) -> Iterator[tuple[str, Iterable[int]]]:
    """Each entry's status and all numbers that it is about: a limit ends where the next begins."""
    least = sorted({_least(one) for one in entries if one.limit in ("ge", "gt")})
    most = sorted({_most(one) for one in entries if one.limit in ("le", "lt")})
    for one in entries:
        if one.limit in ("ge", "gt"):
            start = _least(one)
            yield one.value, range(start, min([n for n in least if n > start], default=_MOST))
        elif one.limit in ("le", "lt"):
            end = _most(one)
            yield one.value, range(max([n for n in most if n < end], default=-1) + 1, end + 1)
        else:
            yield one.value, one.counts


def _least(entry: _Entry) -> int:
    return min(entry.counts) + (entry.limit == "gt")


def _most(entry: _Entry) -> int:
    return max(entry.counts) - (entry.limit == "lt")


def _head(vocabulary: Vocabulary) -> re.Pattern[str]:
    legend, targets = vocabulary.legend, vocabulary.targets
    small = (word for word, number in vocabulary.numbers.items() if number < _MOST)
    return _pattern(
        (*small, *legend.no_parts),
        (
            legend.parts,
            (*legend.joints, *legend.level_leads),
            legend.out_of,
            targets.also,
            legend.spans,
        ),
        (*targets.ge, *targets.le, *targets.gt, *targets.lt),
        (*targets.ge_after, *targets.le_after),
    )


@lru_cache(maxsize=8)
def _pattern(
    numbers: tuple[str, ...],
    words: tuple[tuple[str, ...], ...],
    before: tuple[str, ...],
    after: tuple[str, ...],
) -> re.Pattern[str]:
    """The head of an entry: the numbers with what stands beside them, up to the meaning."""
    number = rf"(?:\d{{1,2}}|{alternatives(numbers)})(?!\w)"
    part, lead, out_of, also, span = map(alternatives, words)
    counts = rf"{number}(?:\s*(?:[,/]|(?:{span}|\b(?:{also})\b))\s*{number})*"
    more = rf"(?:\s+(?P<{{}}>{alternatives(after)})(?!\w))?"
    return re.compile(
        rf"(?<![\w.,%–-])(?:(?P<before>{alternatives(before)})\s*)?(?P<counts>{counts})"
        rf"{more.format('after')}(?:\s+(?:{out_of})\s+{number})?"
        rf"(?P<parts>(?:\s+(?:{part})(?!\w))+)?{more.format('behind')}\s*(?:[=:(–-]|\b(?:{lead})(?!\w))\s*",
        re.IGNORECASE,
    )


def _texts(lines: Sequence[PageLine]) -> Iterator[str]:
    """The page's texts, those of columns apart: lines right below each other are one."""
    open_: list[tuple[Word, list[str]]] = []
    for line in lines:
        going: list[tuple[Word, list[str]]] = []
        for chain in _chains(line.words):
            first = chain[0]
            above = next((n for n, (word, _) in enumerate(open_) if _is_below(word, first)), None)
            texts = [] if above is None else open_.pop(above)[1]
            going.append((first, [*texts, join_words(chain)]))
        yield from (" ".join(texts) for _, texts in open_)
        open_ = going
    yield from (" ".join(texts) for _, texts in open_)


def _is_below(above: Word, word: Word) -> bool:
    gap = word.top - above.bottom
    return abs(word.x0 - above.x0) <= _FLUSH and gap <= _NEXT_LINE * above.size


def _chains(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of a line, parted at wide gaps."""
    chain: list[Word] = []
    for word in words:
        if chain and word.x0 - chain[-1].x1 > _GAP * word.size:
            yield chain
            chain = []
        chain.append(word)
    if chain:
        yield chain
