"""Finds the spans of token rules in documents, trying only those whose words are there.

spaCy's Matcher looks at every pattern for every token, and at sets and regular expressions in
Python. So each pattern has a Matcher of its own, which is asked only where the sentence has a word
that the pattern cannot do without: two or three of some hundred.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from styrmatt.swedish.lemmas import token_lemma
from styrmatt.swedish.rules.pieces import KINDS
from styrmatt.swedish.rules.report_tokens import set_lemmas
from styrmatt.swedish.rules.token_rules import TokenPattern, TokenRule

if TYPE_CHECKING:
    from spacy.matcher import DependencyMatcher, Matcher
    from spacy.tokens import Doc

    from styrmatt.swedish.rules.report_tokens import CutSentence

_NEEDED: Final = (None, "+")
"""The operators of tokens that must be there."""
_SHORT_WORD: Final = 3
"""Letters of words that most sentences have: by these a pattern is looked up only for want of
others."""
_COMMON: Final = 100
"""By how much such a word counts more than another when the rarest token is looked for."""

Key = tuple[str, str]
"""An attribute and a value that a token has."""


class _Entry(ABC):
    """A pattern; ``needs`` holds for each token that must be there its keys.

    Its Matcher is made when it is first needed: a report uses half of them.
    """

    def __init__(
        self, vocab: Any, rule: TokenRule, pattern: TokenPattern, needs: Sequence[frozenset[Key]]
    ) -> None:
        self.vocab = vocab
        self.pattern = [dict(token) for token in pattern]
        self.rule = rule
        self.needs = tuple(needs)
        self.has_lemma = any("LEMMA" in token.get("RIGHT_ATTRS", token) for token in pattern)
        """Whether it compares lemmas, which have to be looked up in a dictionary."""

    @abstractmethod
    def matches(self, doc: Doc) -> Iterable[tuple[int, int]]:
        """The first token of each match, and the one behind its last."""


class _TokenEntry(_Entry):
    """A pattern of tokens that follow each other."""

    @cached_property
    def _matcher(self) -> Matcher:
        from spacy.matcher import Matcher

        matcher = Matcher(self.vocab)
        greedy = None if self.rule.shortest else "LONGEST"
        matcher.add(self.rule.name, [self.pattern], greedy=greedy)
        return matcher

    def matches(self, doc: Doc) -> Iterable[tuple[int, int]]:
        """The longest match that begins at each token, or the shortest."""
        found = self._matcher(doc, allow_missing=True)
        if not self.rule.shortest:
            return [(start, end) for _, start, end in found]
        return {start: end for _, start, end in sorted(found, reverse=True)}.items()


class _DependencyEntry(_Entry):
    """A pattern over what depends on what; it matches only what a trained pipeline has parsed."""

    @cached_property
    def _matcher(self) -> DependencyMatcher:
        from spacy.matcher import DependencyMatcher

        matcher = DependencyMatcher(self.vocab)
        matcher.add(self.rule.name, [self.pattern])
        return matcher

    @cached_property
    def _annotations(self) -> frozenset[str]:
        """What the Matcher asks of a document; without it, it raises an error."""
        return self.rule.asks_for - {"ENT_TYPE"}

    def matches(self, doc: Doc) -> Iterable[tuple[int, int]]:
        """The spans over the tokens that the rule names, or over all."""
        if not all(map(doc.has_annotation, self._annotations)):
            return []
        ids = [node["RIGHT_ID"] for node in self.pattern]
        wanted = [ids.index(name) for name in self.rule.span or ids]
        found = ([tokens[n] for n in wanted] for _, tokens in self._matcher(doc))
        return sorted({(min(tokens), max(tokens) + 1) for tokens in found})


class RuleFinder:
    """Finds the spans of rules that are looked for together."""

    def __init__(self, vocab: Any, rules: Sequence[TokenRule], language: str) -> None:
        self._language = language
        self._forms: dict[str, dict[str, None]] = {"LOWER": {}, "TEXT": {}}
        """The regular expressions of words, by the attribute, each once."""
        self._entries: list[_Entry] = []
        self._by_key: dict[Key, list[int]] = {}
        """The numbers of patterns by the keys of the token that the fewest sentences have."""
        self._keys_of_word: dict[str, tuple[Key, ...]] = {}
        self._keys_of_first: dict[str, tuple[Key, ...]] = {}
        for rule in rules:
            for pattern in rule.patterns:
                needs = self._needs_of(t for t in pattern if t.get("OP") in _NEEDED)
                self._add(_TokenEntry(vocab, rule, pattern, needs))
            for pattern in rule.dependencies:
                needs = self._needs_of(node["RIGHT_ATTRS"] for node in pattern)
                self._add(_DependencyEntry(vocab, rule, pattern, needs))
        self._known = {key for entry in self._entries for need in entry.needs for key in need}
        """The keys that a pattern needs; most words have none of them."""
        self._forms_in = [
            (attribute, _forms_in_one(tuple(forms)))
            for attribute, forms in self._forms.items()
            if forms
        ]
        self._has_lemma_keys = any(attribute == _LEMMA for attribute, _ in self._known)

    def _add(self, entry: _Entry) -> None:
        for key in min(entry.needs, key=_commonness, default=frozenset({_ANY})):
            self._by_key.setdefault(key, []).append(len(self._entries))
        self._entries.append(entry)

    def _needs_of(self, tokens: Iterable[Mapping[str, Any]]) -> list[frozenset[Key]]:
        """For each attribute of the tokens that lists some the keys of which there must be one.

        Where a pattern has a word of another kind that few sentences have, lemmas are no keys: so
        they are looked up for these sentences alone.
        """
        needs = [keys for token in tokens for keys in self._needs(token)]
        others = [keys for keys in needs if not any(name == _LEMMA for name, _ in keys)]
        return others if min(map(_commonness, others), default=_COMMON) < _COMMON else needs

    def _needs(self, token: Mapping[str, Any]) -> Iterator[frozenset[Key]]:
        """The keys of which a token must have one, for each of its attributes that list some."""
        for attribute in ("LOWER", _LEMMA):
            if values := _values(token.get(attribute)):
                first = attribute == "LOWER" and token.get("IS_SENT_START") is True
                yield frozenset((_FIRST if first else attribute, value) for value in values)
        kinds = _values(token.get("ENT_TYPE"))
        if kinds and KINDS.issuperset(kinds):  # other kinds are set by a pipeline of the user's
            yield frozenset(("ENT_TYPE", kind) for kind in kinds)
            if units := _values(token.get("ENT_ID")):
                yield frozenset(("ENT_ID", unit) for unit in units)
        for attribute, forms in self._forms.items():
            wanted = token.get(attribute)
            if isinstance(wanted, Mapping) and "REGEX" in wanted:
                forms[wanted["REGEX"]] = None
                first = attribute == "LOWER" and token.get("IS_SENT_START") is True
                kind = _FIRST_FORM if first else f"{attribute} {_FORM}"
                yield frozenset({(kind, wanted["REGEX"])})

    def keys(self, cut: CutSentence) -> set[Key]:
        """The keys of a sentence's words, by which :meth:`find` knows what may match."""
        keys = {_ANY}
        for text in cut.words:
            of_word = self._keys_of_word.get(text)
            if of_word is None:
                of_word = tuple(key for key in self._each_key(text) if key in self._known)
                self._keys_of_word[text] = of_word
            if of_word:
                keys.update(of_word)
        if cut.words:
            keys.add((_FIRST, cut.words[0].lower()))
            keys.update(self._of_first_word(cut.words[0].lower()))
        for piece in cut.pieces.values():
            keys.add(("ENT_TYPE", piece.kind))
            keys.add(("ENT_ID", piece.unit))
        return keys

    def _of_first_word(self, word: str) -> tuple[Key, ...]:
        """The keys of the forms that a sentence's first word has."""
        if word not in self._keys_of_first:
            self._keys_of_first[word] = tuple(
                (_FIRST_FORM, form)
                for attribute, forms_in in self._forms_in
                for form in (forms_in(word) if attribute == "LOWER" else ())
            )
        return self._keys_of_first[word]

    def may_find(self, keys: set[Key]) -> bool:
        """Whether a rule may match the sentence with these keys."""
        return next(self._likely(keys), None) is not None

    def _likely(self, keys: set[Key]) -> Iterator[_Entry]:
        """The patterns whose every needed word is there, in order."""
        by_key = self._by_key
        for number in sorted({number for key in keys for number in by_key.get(key, ())}):
            entry = self._entries[number]
            if not any(keys.isdisjoint(need) for need in entry.needs):
                yield entry

    def find(self, doc: Doc, keys: set[Key]) -> Iterator[tuple[TokenRule, int, int]]:
        """The rules that match, each with where its match begins and ends in the text.

        ``keys`` are the document's.
        """
        has_lemmas = False
        for entry in self._likely(keys):
            if entry.has_lemma and not has_lemmas:
                set_lemmas(doc, self._language)
                has_lemmas = True
            for start, end in entry.matches(doc):
                last = doc[end - 1]
                yield entry.rule, doc[start].idx, last.idx + len(last)

    def _each_key(self, text: str) -> Iterator[Key]:
        word = text.lower()
        yield "LOWER", word
        if self._has_lemma_keys:
            yield _LEMMA, token_lemma(word, self._language)
        for attribute, forms_in in self._forms_in:
            for form in forms_in(word if attribute == "LOWER" else text):
                yield f"{attribute} {_FORM}", form


def _values(wanted: object) -> Sequence[str]:
    """The values that a pattern lists for an attribute; none where it lists no one."""
    if isinstance(wanted, str):
        return (wanted,)
    return wanted.get("IN", ()) if isinstance(wanted, Mapping) else ()


def _forms_in_one(forms: Sequence[str]) -> Callable[[str], list[str]]:
    """What tells which of some regular expressions are found in a word, all looked for at once.

    Each is a look ahead that may fail, with an empty group behind it that is set where it does not.
    """
    tries = (
        f"(?:(?={form if _is_anchored(form) else f'.*?(?:{form})'})(?P<form{n}>)|)"
        for n, form in enumerate(forms)
    )
    pattern = re.compile("".join(tries))
    numbers = [(pattern.groupindex[f"form{n}"] - 1, form) for n, form in enumerate(forms)]

    def found_in(word: str) -> list[str]:
        match = pattern.match(word)
        groups = match.groups() if match else ()
        return [form for number, form in numbers if groups[number] is not None]

    return found_in


def _is_anchored(form: str) -> bool:
    """Whether a regular expression surely matches at the beginning of a word alone."""
    if any(sign in form for sign in ("\\(", "\\)", "[")):
        return False
    outside = form
    while (rest := _GROUP.sub("", outside)) != outside:
        outside = rest
    return outside.startswith("^") and "|" not in outside


_FORM: Final = "REGEX"
_LEMMA: Final = "LEMMA"
_OF_PIECES: Final = ("ENT_TYPE", "ENT_ID")
"""Attributes of figures and the like, which most sentences have that are looked at."""
_FIRST, _FIRST_FORM = "FIRST", "FIRST REGEX"
"""The attributes of keys that the sentence's first word has: itself, and the forms that it has."""
_GROUP: Final = re.compile(r"\([^()]*\)")
_ANY: Final = ("", "")


def _commonness(keys: frozenset[Key]) -> int:
    """How many sentences may have one of the keys, roughly: for choosing between tokens."""
    return sum(
        _COMMON
        if attribute in _OF_PIECES or (attribute != _FIRST and len(value) <= _SHORT_WORD)
        else 1
        for attribute, value in keys
    )
