"""Which words of a name an abbreviation stands for: LUR, länsungdomsrådet."""

from __future__ import annotations

from functools import lru_cache

from styrmatt.normalize.series.name_vocabulary import MIN_PART, NameVocabulary
from styrmatt.swedish.dictionary import has_dictionary, is_word


@lru_cache(maxsize=65536)  # bounds the memory of runs over many organisations
def abbreviated(
    letters: str, words: tuple[str, ...], vocabulary: NameVocabulary
) -> tuple[str, ...]:
    """The words in a row that an abbreviation stands for; empty where there are none.

    Each word gives its first letter or letters, a compound also those of its parts; light words
    such as "och" may give none.
    """
    for start in range(len(words)):
        if words[start] == letters or words[start] in vocabulary.light:
            continue
        end = _end_of_spelling(letters, words, start, vocabulary, first=True)
        if end is not None:
            return words[start:end]
    return ()


def _end_of_spelling(
    letters: str,
    words: tuple[str, ...],
    at: int,
    vocabulary: NameVocabulary,
    *,
    first: bool = False,
) -> int | None:
    """The index behind the words that spell the letters, beginning with word ``at``."""
    if not letters:
        return at
    if at >= len(words) or len(words[at]) < 2:
        return None
    for used in _letters_given(words[at], letters):
        end = _end_of_spelling(letters[used:], words, at + 1, vocabulary)
        if end is not None:
            return end
    if not first and words[at] in vocabulary.light:
        return _end_of_spelling(letters, words, at + 1, vocabulary)
    return None


def _letters_given(word: str, letters: str) -> list[int]:
    """How many of the letters a word can give, most first: by its beginning and its parts'."""
    if word[0] != letters[0] or word == letters:
        return []
    counts = [1]
    at = 0
    for used, letter in enumerate(letters[1:], start=2):
        at = next(
            (
                start
                for start in range(at + MIN_PART, len(word) - MIN_PART + 1)
                if word[start] == letter and (not has_dictionary() or is_word(word[start:]))
            ),
            0,
        )
        if not at:
            break
        counts.append(used)
    if len(letters) > 1 and word.startswith(letters[:2]):
        counts.append(2)
    return sorted(set(counts), reverse=True)
