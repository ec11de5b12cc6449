"""The words of a vocabulary, made ready for comparing names over the years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Final

from styrmatt.swedish.lemmas import lemma
from styrmatt.toml_records import build_record, read_toml
from styrmatt.vocabulary import SeriesWords, load_vocabulary, vocabulary_file

MIN_PART: Final = 3
"""Letters that a part of a compound has at least; the stem of an inflected word has more.

Many compounds have parts of three letters. Two letters begin or end too many words that have
nothing to do with each other.
"""


class NameVocabulary:
    """What the words in names of measures and goals mean for comparing them.

    The lists are those of :class:`styrmatt.vocabulary.SeriesWords`, with lemmas added where other
    forms of a word mean the same.
    """

    def __init__(self, words: SeriesWords, numbers: Mapping[str, int], language: str) -> None:
        """``numbers`` are number words with their values, ``language`` the code of its lemmas."""
        self.words = words
        self._language = language
        self.numbers = {word.casefold(): number for word, number in numbers.items()}
        self.rigid = frozenset(words.rigid)
        self.bounds = frozenset(words.bounds)
        self.relations = frozenset(words.relations)
        self.alternatives = frozenset(words.alternatives)
        self.opposites = {**words.opposites, **{b: a for a, b in words.opposites.items()}}
        self.scopes = self._with_lemmas(words.scopes)
        self.light = frozenset(words.light)
        self.explanations = frozenset(words.explanations)
        self.unsaid = frozenset(words.unsaid)
        self.quantities = self._by_form(words.quantities)
        self.sexes = self._by_form(words.sexes)
        self.young = self._by_form(words.young)
        self.directions = self._by_form(words.directions)
        self._same = self._by_form({word: (word, *others) for word, others in words.same.items()})
        self._bases: dict[str, str] = {}

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        longest_first = sorted(self.words.phrases, key=lambda phrase: (-len(phrase), phrase))
        return re.compile("|".join(map(_as_whole_words, longest_first)) or r"(?!)")

    @cached_property
    def _colon_ending(self) -> re.Pattern[str]:
        return re.compile(rf"(?<=[^\W\d_]):(?:{'|'.join(self.words.endings) or '(?!)'})\b")

    def normalized(self, text: str) -> str:
        """The text in small letters with its phrases as one word each; "EU:s" is "eu"."""
        phrases = self.words.phrases
        folded = self._colon_ending.sub("", text.casefold())
        return self._phrases.sub(lambda match: f" {phrases[match.group()]} ", folded)

    def base(self, word: str) -> str:
        """The form by which a word is compared; words that mean the same have one."""
        if word not in self._bases:
            form = word if word in self.rigid else self._lemma(word)
            self._bases[word] = self._same.get(word) or self._same.get(form) or form
        return self._bases[word]

    def are_forms_of_one(self, one: str, other: str) -> bool:
        """Whether two words, as printed in small letters, are forms of one."""
        if one == other or self.base(one) == self.base(other):
            return True
        if one[:MIN_PART] != other[:MIN_PART]:
            return False
        if self.rigid & {one, other} or (self._lemma(one) == one and self._lemma(other) == other):
            return False
        return bool(self._stems(one) & self._stems(other))

    def rest_of_compound(self, word: str, first: str) -> str | None:
        """What is left of a compound that begins with a word; None where it does not."""
        if word[:MIN_PART] != first[:MIN_PART]:
            return None
        for stem in sorted(self._stems(first) | {first}, key=lambda s: (-len(s), s)):
            if len(stem) >= MIN_PART and word.startswith(stem):
                return word[len(stem) :]
        return None

    def _lemma(self, word: str) -> str:
        return lemma(word, self._language)

    def _stems(self, word: str) -> frozenset[str]:
        return _stems(word, self.words.endings)

    def _with_lemmas(self, words: Iterable[str]) -> frozenset[str]:
        found = set(words)
        return frozenset(found | {w if w in self.words.rigid else self._lemma(w) for w in found})

    def _by_form(self, table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        """The table turned around, with the lemma of each word, too."""
        return {
            form: value
            for value, words in table.items()
            for word in words
            for form in (word, word if word in self.words.rigid else self._lemma(word))
        }


@lru_cache(maxsize=65536)  # bounds the memory of runs over many organisations
def _stems(word: str, endings: tuple[str, ...]) -> frozenset[str]:
    """The word itself and without each of its possible endings, where enough letters are left."""
    stems = {word[: -len(e)] for e in endings if word.endswith(e)} | {word}
    return frozenset(stem for stem in stems if len(stem) > MIN_PART)


def _as_whole_words(phrase: str) -> str:
    start = r"(?<!\w)" if phrase[0].isalnum() else ""
    end = r"(?!\w)" if phrase[-1].isalnum() else ""
    return start + r"\s+".join(map(re.escape, phrase.split())) + end


@lru_cache
def load_name_vocabulary(vocabulary: str) -> NameVocabulary:
    """The words for a vocabulary; empty lists where none are shipped. Raises LayoutFileError."""
    path = vocabulary_file(f"series-{vocabulary}")
    words = (
        build_record(SeriesWords, read_toml(path), path.name) if path.is_file() else SeriesWords()
    )
    shared = load_vocabulary(vocabulary)
    return NameVocabulary(words, shared.numbers, shared.language)
