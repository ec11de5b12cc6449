"""The language pipeline: sentences, and the spans in them that tell of results.

The pipeline is spaCy's, a blank one of the vocabulary's language, or one that a user has installed
and names (:mod:`styrmatt.swedish.rules.language_pipeline`). Its documents are sentences, of which
only those that may hold a result are made one; its tokens are ours
(:mod:`styrmatt.swedish.rules.report_tokens`), and the spans are found by the patterns of the rule
files (:mod:`styrmatt.swedish.rules.token_rules`). The caller gets :class:`Sentence` objects, which
know nothing of spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from styrmatt.swedish.rules.language_pipeline import check_trained, load_pipeline, not_applied
from styrmatt.swedish.rules.narrative_patterns import Patterns, load_patterns
from styrmatt.swedish.rules.sentence_marks import Sentence, Span, better_way
from styrmatt.swedish.rules.text_marks import TextMarks, pieces_of, statuses_among
from styrmatt.swedish.rules.token_rules import OwnRules, TokenRule, load_rules
from styrmatt.swedish.sentences import RuleSplitter
from styrmatt.vocabulary import load_vocabulary

SPANS: Final = "styrmatt"
"""The key of the span group with all spans of a document."""
FIRST_KINDS: Final = frozenset({"statuses", "changes", "counts", "words"})
"""The kinds of spans that may tell of a result without a figure. They are looked for first; the
others only in sentences that have a figure or one of these."""
_KIND_OF: Final = {"conditions": "never"}
"""Kinds whose spans the caller finds under another name: both rule out figures."""


class NarrativePipeline:
    """Splits paragraphs into sentences and finds the spans in them, by one vocabulary.

    Without narrative words for the vocabulary ``patterns`` is None, and nothing may be read.
    """

    def __init__(self, vocabulary: str, model: str | None = None, own: OwnRules = ()) -> None:
        patterns = load_patterns(vocabulary)
        self.patterns = patterns
        self.nlp: Any = None
        """spaCy's pipeline, for single sentences; None without patterns."""
        self.not_applied: str | None = None
        """A sentence about rules that need a trained pipeline, where this is none."""
        self.rules: tuple[TokenRule, ...] = ()
        """The rules that are applied."""
        if patterns is None:
            return
        self._splitter = RuleSplitter(load_vocabulary(vocabulary).statements.abbreviations)
        self._telling = _may_tell(patterns)
        self._text_marks = TextMarks(patterns)
        self._says_better = patterns.literal(*patterns.words.changes.calls_better)
        rules = load_rules(vocabulary, own)
        self.not_applied = None if model else not_applied(rules)
        pipeline = load_pipeline(patterns, model, rules)
        if model is None:
            rules = tuple(rule for rule in rules if not rule.asks_for)
        else:
            check_trained(pipeline, model, rules)
        self.nlp, self._tokenizer, self._attributes = pipeline
        self.language = patterns.language
        """The language's code, by which words are looked up."""
        self.rules = rules
        self._find_with(rules, patterns.language)

    def _find_with(self, rules: Sequence[TokenRule], language: str) -> None:
        """Make what finds the spans of rules."""
        from styrmatt.swedish.rules.rule_finder import RuleFinder

        first = [rule for rule in rules if rule.kind in FIRST_KINDS]
        others = [rule for rule in rules if rule.kind not in FIRST_KINDS]
        own = [rule for rule in first if rule.is_own]
        vocab = self.nlp.vocab
        self._first = RuleFinder(vocab, first, language)
        self._others = RuleFinder(vocab, others, language)
        self._own_first = RuleFinder(vocab, own, language) if own else None
        """Finds the spans of a user's rules of the first kinds, whose words the cheap tests for
        what may tell of a result do not know."""

    @property
    def stop_words(self) -> frozenset[str]:
        """Words that spaCy's list for the language calls stop words; none without patterns."""
        return frozenset(self.nlp.Defaults.stop_words) if self.nlp is not None else frozenset()

    def read(self, paragraphs: Iterable[str]) -> Iterator[list[Sentence]]:
        """The sentences of each paragraph, a list for each."""
        for paragraph in paragraphs:
            yield [self._sentence(*one) for one in self._splitter.split(paragraph)]

    def _sentence(self, text: str, start: int) -> Sentence:
        if not self.may_tell(text):
            return Sentence(text, start)
        return Sentence(text, start, self._marks(text))

    def better_in(self, text: str) -> str | None:
        """Which way a text calls better, "higher" or "lower"; None where it says none or both."""
        if self.nlp is None or not (self._own_first or self._says_better.search(text)):
            return None
        return better_way(
            mark for s in self.read([text]) for one in s for mark in one.of("changes")
        )

    def may_tell(self, text: str) -> bool:
        """Whether a sentence has a figure or a word without which it states no result."""
        if self._telling.search(text.lower()) is not None:
            return True
        own = self._own_first
        return own is not None and own.may_find(own.keys(self._tokenizer.cut(text)))

    def looks_at(self, text: str, kind: str) -> bool:
        """Whether spans of a kind are looked for in one of the sentences of a text."""
        for sentences in self.read([text]):
            if any(sentence.marks for sentence in sentences):
                return True
            if kind in FIRST_KINDS and any(self.may_tell(one.text) for one in sentences):
                return True
        return False

    def matches(self, doc: Any) -> Iterator[tuple[TokenRule, int, int]]:
        """The rules that match a sentence, each with where its match begins and ends."""
        cut = self._tokenizer.cut(doc.text)
        for finder in (self._first, self._others):
            yield from finder.find(doc, finder.keys(cut))

    def document(self, text: str) -> Any:
        """A sentence as a spaCy document whose tokens carry all attributes, lemmas as well."""
        kept, self._attributes.sets_lemmas = self._attributes.sets_lemmas, True
        try:
            return self.nlp(text)
        finally:
            self._attributes.sets_lemmas = kept

    def docs(self, paragraph: str) -> Iterator[Any]:
        """The sentences of a paragraph as spaCy documents.

        The spans that rules find, each with the rule's name as label, and the tokens that are
        figures, years or words of a kind are in the group :data:`SPANS`. So they can be drawn with
        displaCy and kept in a DocBin.
        """
        for text, _ in self._splitter.split(paragraph):
            doc = self.document(text)
            found = [(piece.start, piece.end, piece.kind) for piece in pieces_of(doc)]
            if self.may_tell(text):
                found += [(start, end, rule.name) for rule, start, end in self.matches(doc)]
            spans = (doc.char_span(start, end, label) for start, end, label in sorted(found))
            doc.spans[SPANS] = [span for span in spans if span is not None]
            yield doc

    def _marks(self, text: str) -> dict[str, tuple[Span, ...]]:
        """The spans of a sentence, by kind; none where nothing may tell of a result.

        A document of spaCy is made only where there is a figure or a rule may match: that is half
        of the sentences.
        """
        cut = self._tokenizer.cut(text)
        found = self._text_marks.figures(cut.pieces.values(), text)
        keys = self._first.keys(cut)
        if not found and not self._first.may_find(keys):
            return {}
        doc = self.nlp(self._tokenizer.document(cut))
        first = _by_kind(self._first.find(doc, keys))
        found.update(statuses_among(first.pop("statuses", [])))
        counts = first.pop("counts", [])
        if counts:
            found.setdefault("figures", []).append(self._text_marks.counted(text, counts[0]))
        found.update(first)
        if not any(found.values()):
            return {}
        for kind, spans in _by_kind(self._others.find(doc, self._others.keys(cut))).items():
            found.setdefault(_KIND_OF.get(kind, kind), []).extend(spans)
        self._text_marks.add(cut.pieces.values(), text, found)
        order = {
            kind: sorted(spans, key=lambda s: (s.start, -s.end)) for kind, spans in found.items()
        }
        return {kind: tuple(spans) for kind, spans in order.items() if spans}


@lru_cache(maxsize=4)
def narrative_pipeline(
    vocabulary: str, model: str | None = None, own: OwnRules = ()
) -> NarrativePipeline:
    """The pipeline for the vocabulary with this name.

    ``model`` is a spaCy pipeline to use instead of a blank one, ``own`` are rule files of a user,
    which add to those that are shipped. Raises LayoutFileError where the pipeline is not installed
    or does not set what a rule asks for, or where a rule file is wrong.
    """
    return NarrativePipeline(vocabulary, model, own)


def _by_kind(matches: Iterable[tuple[TokenRule, int, int]]) -> dict[str, list[Span]]:
    """The spans of matches by their kind, each once."""
    found: dict[str, dict[Span, None]] = {}
    for rule, start, end in matches:
        found.setdefault(rule.kind, {})[Span(rule.label, start, end)] = None
    return {kind: list(spans) for kind, spans in found.items()}


def _may_tell(patterns: Patterns) -> re.Pattern[str]:
    """Finds in small letters what a sentence must have to be looked at."""
    numbers = set(patterns.numbers) - set(patterns.words.quantities.shy)
    begin = "|".join(sorted((*patterns.words.may_tell, *numbers), key=len, reverse=True))
    return re.compile(rf"\d|(?<!\w)(?:{begin})|{'|'.join(patterns.words.may_tell_within)}")
