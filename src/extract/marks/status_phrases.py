"""Reads the vocabulary's words for statuses and trends: alone, in a sentence or in pieces."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

Words = Mapping[str, tuple[str, ...]]
"""Phrases by the status or trend that they stand for."""

_TOKEN = re.compile(r"[^\W_]+")
_BROKEN = re.compile(r"\u00ad|(?<=\w)[-\u2010]\s+")
"""A soft hyphen, or a hyphen at the end of a line."""
_CLAUSE_END = re.compile(r"[,.;:(]|\s[–—×✕✖✗✓•|-]\s")
"""What ends a clause; a sign that stands alone is the next entry of a legend in one line."""
_EQUALS = " =–—-"
"""What a legend puts between a mark and its meaning."""


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase in a run of pieces: the value it stands for, its first piece, one past its last."""

    value: str
    start: int
    end: int


def match_phrases(
    pieces: Sequence[str], phrases: Mapping[str, str], skip: Iterable[str] = ()
) -> list[PhraseMatch] | None:
    """The phrases that the pieces consist of; None where they have anything else among them.

    ``phrases`` goes from squeezed phrases to values. Pieces may be parts of words, as at a hyphen.
    Pieces without letters, and those in ``skip``, may stand between phrases.
    """
    found: list[PhraseMatch] = []
    skipped = {squeeze(word) for word in skip}
    max_length = max(map(len, phrases), default=0)
    n = 0
    while n < len(pieces):
        end = _longest_phrase(pieces, n, phrases, max_length)
        if end is not None:
            found.append(PhraseMatch(phrases["".join(map(squeeze, pieces[n:end]))], n, end))
            n = end
        elif squeeze(pieces[n]) in skipped or not any(map(str.isalpha, pieces[n])):
            n += 1
        else:
            return None
    return found


def _longest_phrase(
    pieces: Sequence[str], start: int, phrases: Mapping[str, str], max_length: int
) -> int | None:
    """One past the last piece of the longest phrase that begins at ``start``; None without one."""
    text, best = "", None
    for end in range(start, len(pieces)):
        text += squeeze(pieces[end])
        if len(text) > max_length:
            break
        if text in phrases and squeeze(pieces[end]):
            best = end + 1
    return best


def may_tell(letters: str, vocabulary: Vocabulary) -> bool:
    """Whether squeezed text has a phrase without which it says no status and no trend."""
    return any(any(map(letters.__contains__, told)) for told in vocabulary.telling_phrases)


def stated_value(
    text: str, words: Words, vocabulary: Vocabulary, *, allowed: Collection[str] = ()
) -> str | None:
    """The one value that a sentence or label states in the vocabulary's words.

    None where it states none or several, or where a word that may reverse it (a denial, "nearly")
    stands outside the phrase that was found and is none of the ``allowed`` ones.
    """
    tokens = tokens_of(text)
    spans = sorted(_spans(tokens, words), key=lambda span: (span[0] - span[1], span[0]))
    taken: list[tuple[int, int, str]] = []
    for start, end, value in spans:
        if not any(start < stop and begin < end for begin, stop, _ in taken):
            taken.append((start, end, value))
    covered = {n for start, end, _ in taken for n in range(start, end)}
    qualifiers = {word.casefold() for word in vocabulary.legend.qualifiers} - set(allowed)
    if any(token in qualifiers for n, token in enumerate(tokens) if n not in covered):
        return None
    values = {value for _, _, value in taken}
    return values.pop() if len(values) == 1 else None


def ending_value(text: str, words: Words, vocabulary: Vocabulary) -> str | None:
    """The one value that a text states, if it ends with a phrase for it; else None."""
    value = stated_value(text, words, vocabulary)
    tokens = tokens_of(text)
    phrases = map(tokens_of, words[value]) if value is not None else ()
    return value if any(tokens[-len(one) :] == one for one in phrases if one) else None


def cell_statuses(vocabulary: Vocabulary) -> Mapping[str, str]:
    """The words for a status that are all of a cell, squeezed, with the value of each."""
    return _by_word(tuple(vocabulary.status_cells.items()))


@lru_cache(maxsize=8)
def _by_word(words: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return {squeeze(word): value for value, listed in words for word in listed}


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[str, ...]:
    """The words of a text, casefolded, without the hyphens of line breaks."""
    return tuple(token.casefold() for token in _TOKEN.findall(_BROKEN.sub("", text)))


def _spans(tokens: Sequence[str], words: Words) -> Iterator[tuple[int, int, str]]:
    """Every place of a phrase among the tokens: its start, its end and its value."""
    for value, phrases in words.items():
        for phrase in phrases:
            wanted = tokens_of(phrase)
            for n in range(len(tokens) - len(wanted) + 1):
                if wanted and tokens[n : n + len(wanted)] == wanted:
                    yield n, n + len(wanted), value


def legend_value(text: str, words: Words, vocabulary: Vocabulary) -> str | None:
    """The value that a legend's text gives a mark.

    None unless its first clause consists of a phrase for that value and of filling words alone. A
    first clause that only names the mark ("green arrow:") gives way to a second one with a value.
    """
    clauses = [part for part in _CLAUSE_END.split(text) if part.strip(_EQUALS)]
    if len(clauses) > 1 and _names_mark(clauses[0], vocabulary):
        kinds = (vocabulary.statuses, vocabulary.trends)
        if any(_clause_value(clauses[1], kind, vocabulary) for kind in kinds):
            return _clause_value(clauses[1], words, vocabulary)
    return _clause_value(clauses[0], words, vocabulary) if clauses else None


def has_more_clauses(text: str) -> bool:
    """Whether a text goes on behind its first clause, as comments do, and most legends do not."""
    return len([part for part in _CLAUSE_END.split(text) if part.strip(_EQUALS)]) > 1


def _names_mark(clause: str, vocabulary: Vocabulary) -> bool:
    """Whether a clause only names a mark by its colour and shape, or by how many parts it has."""
    tokens = [token for token in tokens_of(clause) if token not in vocabulary.targets.also]
    named = [token for token in tokens if token in vocabulary.legend.marks]
    counts = (token in vocabulary.numbers for token in tokens if token not in named)
    return bool(named or not tokens) and all(counts)


@lru_cache(maxsize=16)
def _tokens_of_all(phrases: tuple[str, ...]) -> frozenset[str]:
    """The words of all phrases."""
    return frozenset(token for phrase in phrases for token in tokens_of(phrase))


def _clause_value(clause: str, words: Words, vocabulary: Vocabulary) -> str | None:
    legend = vocabulary.legend
    degrees = _tokens_of_all(legend.degrees) if words == vocabulary.trends else frozenset()
    value = stated_value(clause, words, vocabulary, allowed=degrees)
    if value is None:
        return None
    fillers = _tokens_of_all(legend.fillers) | _tokens_of_all(legend.adverbs) | degrees
    expected = fillers.union(*(tokens_of(phrase) for phrase in words[value]))
    only_expected = all(token in expected or token.isdecimal() for token in tokens_of(clause))
    return value if only_expected else None
