"""Reads the vocabulary's words for statuses and trends: alone, in a sentence or in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

Words = Mapping[str, tuple[str, ...]]

_TOKEN = re.compile(r"[^\W_]+")
_BROKEN = re.compile(r"\u00ad|(?<=\w)[-\u2010]\s+")
"""A soft hyphen, or a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase in a run of pieces: the value it stands for, first piece and one past the last."""

    value: str
    start: int
    end: int


def cut(
    pieces: Sequence[str], phrases: Mapping[str, str], skip: Iterable[str] = ()
) -> list[PhraseMatch] | None:
    """The phrases that the pieces are made of; None where anything else is among them.

    Pieces may be broken words. Pieces without letters, and those in ``skip``, may stand between.
    """
    found: list[PhraseMatch] = []
    idle = {squeeze(word) for word in skip}
    longest = max(map(len, phrases), default=0)
    n = 0
    while n < len(pieces):
        end = _longest(pieces, n, phrases, longest)
        if end is not None:
            found.append(PhraseMatch(phrases["".join(map(squeeze, pieces[n:end]))], n, end))
            n = end
        elif squeeze(pieces[n]) in idle or not any(map(str.isalpha, pieces[n])):
            n += 1
        else:
            return None
    return found


def _longest(
    pieces: Sequence[str], start: int, phrases: Mapping[str, str], longest: int
) -> int | None:
    text, best = "", None
    for end in range(start, len(pieces)):
        text += squeeze(pieces[end])
        if len(text) > longest:
            break
        if text in phrases and squeeze(pieces[end]):
            best = end + 1
    return best


def meaning(text: str, words: Words, vocabulary: Vocabulary) -> str | None:
    """The one value that a sentence or label states in the vocabulary's words.

    None where it states none or several, or where a word that may turn it round ("inte", "nästan")
    stands outside the phrase that was found.
    """
    tokens = tokens_of(text)
    spans = sorted(_spans(tokens, words), key=lambda span: (span[0] - span[1], span[0]))
    taken: list[tuple[int, int, str]] = []
    for start, end, value in spans:
        if not any(start < stop and begin < end for begin, stop, _ in taken):
            taken.append((start, end, value))
    covered = {n for start, end, _ in taken for n in range(start, end)}
    turns = {word.casefold() for word in vocabulary.legend.qualifiers}
    if any(token in turns for n, token in enumerate(tokens) if n not in covered):
        return None
    values = {value for _, _, value in taken}
    return values.pop() if len(values) == 1 else None


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[str, ...]:
    """The words of a text, in small letters, without line-break hyphens."""
    return tuple(token.casefold() for token in _TOKEN.findall(_BROKEN.sub("", text)))


def _spans(tokens: Sequence[str], words: Words) -> Iterable[tuple[int, int, str]]:
    for value, phrases in words.items():
        for phrase in phrases:
            wanted = tokens_of(phrase)
            for n in range(len(tokens) - len(wanted) + 1):
                if wanted and tokens[n : n + len(wanted)] == wanted:
                    yield n, n + len(wanted), value


def label(text: str, words: Words, vocabulary: Vocabulary) -> str | None:
    """The value that a legend's text gives a mark: a phrase and fillers are its first clause."""
    clause = next(
        (part for part in re.split(r"[,.;:(]|\s[–—-]\s", text) if part.strip(" =–—-")), ""
    )
    tokens = tokens_of(clause)
    fillers = {
        token.casefold() for word in vocabulary.legend.fillers for token in _TOKEN.findall(word)
    }
    value = meaning(clause, words, vocabulary)
    if value is None:
        return None
    known = {token for phrase in words[value] for token in tokens_of(phrase)}
    return (
        value
        if all(token in fillers or token in known or token.isdigit() for token in tokens)
        else None
    )
