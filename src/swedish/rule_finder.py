"""Finds the spans of token rules in documents, trying only those whose words are there.

spaCy's Matcher looks at every pattern for every token, and at sets and regular expressions in
Python. So each pattern has a Matcher of its own, which is asked only where the sentence has a word
that the pattern cannot do without: two or three of some hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from styrmatt.swedish.lemmas import lemma
from styrmatt.swedish.token_rules import TokenPattern, TokenRule

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

_NEEDED: Final = (None, "+")
"""The operators of tokens that must be there."""
_SHORT_WORD: Final = 3
"""Letters of words that most sentences have: by these a pattern is looked up only for want of
others."""
_COMMON: Final = 100
"""By how much such a word counts more than another when the rarest token is looked for."""

Key = tuple[str, str]
"""An attribute and a value that a token has."""


class _Entry:
    """A pattern; ``needs`` holds for each token that must be there its keys."""

    def __init__(
        self, vocab: Any, rule: TokenRule, pattern: TokenPattern, needs: Sequence[frozenset[Key]]
    ) -> None:
        self._vocab = vocab
        self._pattern = pattern
        self.rule = rule
        self.needs = tuple(needs)

    @cached_property
    def matcher(self) -> Matcher:
        """Its Matcher, made when it is first needed: a report uses half of them."""
        from spacy.matcher import Matcher

        matcher = Matcher(self._vocab)
        greedy = None if self.rule.shortest else "LONGEST"
        tokens = [dict(token) for token in self._pattern]
        matcher.add(self.rule.name, [tokens], greedy=greedy)
        return matcher


class RuleFinder:
    """Finds the spans of some groups of rules."""

    def __init__(self, vocab: Any, groups: Sequence[Sequence[TokenRule]], language: str) -> None:
        self._language = language
        self._forms: dict[str, re.Pattern[str]] = {}
        self._entries: list[_Entry] = []
        self._by_key: list[dict[Key, list[int]]] = [{} for _ in groups]
        """For each group the numbers of patterns by the keys of the token that the fewest sentences
        have."""
        self._keys_of_word: dict[str, tuple[Key, ...]] = {}
        for by_key, rules in zip(self._by_key, groups, strict=True):
            for rule in rules:
                for pattern in rule.patterns:
                    self._add(vocab, rule, pattern, by_key)
        self._any_form = re.compile("|".join(f"(?:{form})" for form in self._forms) or "(?!)")
        self.asks_for_lemmas = any(
            "LEMMA" in token
            for rules in groups
            for rule in rules
            for pattern in rule.patterns
            for token in pattern
        )
        """Whether a rule compares lemmas, for which words have to be looked up in a dictionary."""

    def _add(
        self, vocab: Any, rule: TokenRule, pattern: TokenPattern, by_key: dict[Key, list[int]]
    ) -> None:
        needed = [token for token in pattern if token.get("OP") in _NEEDED]
        needs = [keys for token in needed if (keys := self._keys(token))]
        for key in min(needs, key=_commonness, default=frozenset({_ANY})):
            by_key.setdefault(key, []).append(len(self._entries))
        self._entries.append(_Entry(vocab, rule, pattern, needs))

    def _keys(self, token: Mapping[str, Any]) -> frozenset[Key]:
        """The keys of which a token must have one; none where the pattern does not list any."""
        for attribute in ("LOWER", "LEMMA", "ENT_TYPE"):
            wanted = token.get(attribute)
            if isinstance(wanted, str):
                return frozenset({(attribute, wanted)})
            if isinstance(wanted, Mapping) and "IN" in wanted:
                return frozenset((attribute, value) for value in wanted["IN"])
            if isinstance(wanted, Mapping) and "REGEX" in wanted and attribute == "LOWER":
                self._forms.setdefault(wanted["REGEX"], re.compile(wanted["REGEX"]))
                return frozenset({(_FORM, wanted["REGEX"])})
        return frozenset()

    def keys(self, doc: Doc) -> set[Key]:
        """The keys of a document's tokens, by which :meth:`find` knows what may match."""
        keys = {_ANY}
        for token in doc:
            low = token.lower_
            of_word = self._keys_of_word.get(low)
            if of_word is None:
                of_word = self._keys_of_word[low] = tuple(self._each_key(low))
            keys.update(of_word)
            if token.ent_type:
                keys.add(("ENT_TYPE", token.ent_type_))
        return keys

    def find(self, doc: Doc, keys: set[Key], group: int) -> Iterator[tuple[TokenRule, int, int]]:
        """The rules of a group that match, each with where its match begins and ends in the text.

        ``keys`` are the document's.
        """
        by_key = self._by_key[group]
        for number in sorted({number for key in keys for number in by_key.get(key, ())}):
            entry = self._entries[number]
            if any(keys.isdisjoint(need) for need in entry.needs):
                continue
            matches = entry.matcher(doc)
            if entry.rule.shortest:
                first = {start: (start, end) for _, start, end in sorted(matches, reverse=True)}
                matches = [(0, *span) for span in first.values()]
            for _, start, end in matches:
                last = doc[end - 1]
                yield entry.rule, doc[start].idx, last.idx + len(last)

    def _each_key(self, word: str) -> Iterator[Key]:
        yield "LOWER", word
        if self.asks_for_lemmas:
            yield "LEMMA", lemma(word, self._language)
        if self._any_form.search(word):
            for text, form in self._forms.items():
                if form.search(word):
                    yield _FORM, text


_FORM: Final = "REGEX"
_ANY: Final = ("", "")


def _commonness(keys: frozenset[Key]) -> int:
    """How many sentences may have one of the keys, roughly: for choosing between tokens."""
    return sum(
        _COMMON if attribute == "ENT_TYPE" or len(value) <= _SHORT_WORD else 1
        for attribute, value in keys
    )
