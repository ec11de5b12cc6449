"""The words of a vocabulary, made ready for comparing names over the years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from styrmatt.swedish.lemmas import lemma
from styrmatt.toml_records import build_record, read_toml
from styrmatt.vocabulary import SeriesWords, load_vocabulary, vocabulary_file

_SHORTEST_STEM = 3


class Lexis:
    """What the words of names say: the questions that :mod:`series_names` asks."""

    def __init__(self, words: SeriesWords, numbers: Mapping[str, int], language: str) -> None:
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
        self.quantities = self._values(words.quantities)
        self.sexes = self._values(words.sexes)
        self.young = self._values(words.young)
        self.directions = self._values(words.directions)
        self._same = self._values({word: (word, *others) for word, others in words.same.items()})
        self._bases: dict[str, str] = {}

    @cached_property
    def phrase(self) -> re.Pattern[str]:
        """A phrase that stands for something shorter."""
        longest = sorted(self.words.phrases, key=lambda phrase: (-len(phrase), phrase))
        return re.compile("|".join(map(_whole, longest)) or r"(?!)")

    def plain(self, text: str) -> str:
        """The text in small letters with its phrases as one word each; "EU:s" is "eu"."""
        phrases = self.words.phrases
        folded = self._colon_ending.sub("", text.casefold())
        return self.phrase.sub(lambda match: f" {phrases[match.group()]} ", folded)

    @cached_property
    def _colon_ending(self) -> re.Pattern[str]:
        return re.compile(rf"(?<=[^\W\d_]):(?:{'|'.join(self.words.endings) or '(?!)'})\b")

    def base(self, raw: str) -> str:
        """The form by which a word is compared; words that mean the same have one."""
        if raw not in self._bases:
            form = raw if raw in self.rigid else self._lemma(raw)
            self._bases[raw] = self._same.get(raw) or self._same.get(form) or form
        return self._bases[raw]

    def one_word(self, one: str, other: str) -> bool:
        """Whether two words, as printed in small letters, are forms of one."""
        if one == other or self.base(one) == self.base(other):
            return True
        if one[:_SHORTEST_STEM] != other[:_SHORTEST_STEM]:
            return False
        if self.rigid & {one, other} or (self._lemma(one) == one and self._lemma(other) == other):
            return False
        return bool(self._stems(one) & self._stems(other))

    def joined(self, word: str, first: str) -> str | None:
        """What is left of a compound that begins with a word; None where it does not."""
        if word[:_SHORTEST_STEM] != first[:_SHORTEST_STEM]:
            return None
        for stem in sorted(self._stems(first) | {first}, key=lambda s: (-len(s), s)):
            if len(stem) >= _SHORTEST_STEM and word.startswith(stem):
                return word[len(stem) :]
        return None

    def _lemma(self, word: str) -> str:
        return lemma(word, self._language)

    def _stems(self, word: str) -> frozenset[str]:
        return _stems(word, self.words.endings)

    def _with_lemmas(self, words: Iterable[str]) -> frozenset[str]:
        found = set(words)
        return frozenset(found | {w if w in self.words.rigid else self._lemma(w) for w in found})

    def _values(self, table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        return {
            form: value
            for value, words in table.items()
            for word in words
            for form in (word, word if word in self.words.rigid else self._lemma(word))
        }


@lru_cache(maxsize=65536)
def _stems(word: str, endings: tuple[str, ...]) -> frozenset[str]:
    stems = {word[: -len(e)] for e in endings if word.endswith(e)} | {word}
    return frozenset(stem for stem in stems if len(stem) > _SHORTEST_STEM)


def _whole(phrase: str) -> str:
    start = r"(?<!\w)" if phrase[0].isalnum() else ""
    end = r"(?!\w)" if phrase[-1].isalnum() else ""
    return start + r"\s+".join(map(re.escape, phrase.split())) + end


@lru_cache
def load_lexis(vocabulary: str) -> Lexis:
    """The words for a vocabulary; empty lists where none are shipped. Raises LayoutFileError."""
    path = vocabulary_file(f"series-{vocabulary}")
    words = (
        build_record(SeriesWords, read_toml(path), path.name) if path.is_file() else SeriesWords()
    )
    shared = load_vocabulary(vocabulary)
    return Lexis(words, shared.numbers, shared.language)
