"""The language pipeline: sentences, and the spans in them that tell of results.

The pipeline is spaCy's, a blank one of the vocabulary's language, or one that a user has installed
and a layout names. Its documents are sentences, of which only those that may hold a result are made
one; its tokens are ours (:mod:`styrmatt.swedish.report_tokens`), and the spans are found by the
token patterns of the rule files (:mod:`styrmatt.swedish.token_rules`). The caller gets
:class:`Sentence` objects, which know nothing of spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from styrmatt.errors import LayoutFileError
from styrmatt.swedish.narrative_patterns import (
    YEARS,
    CaselessPattern,
    Patterns,
    load_patterns,
    without_names,
)
from styrmatt.swedish.pieces import BEFORE, FIGURE, MEN, PIECES, WOMEN, YEAR, Piece
from styrmatt.swedish.sentences import RuleSplitter
from styrmatt.swedish.token_rules import TokenRule, load_rules
from styrmatt.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from styrmatt.swedish.report_tokens import AttributeSetter
    from styrmatt.swedish.rule_finder import RuleFinder

SINGLE, NONE = "single", "none"
"""Labels of a word that counts one thing done, or none: "en konferens har hållits"."""
SPANS: Final = "styrmatt"
"""The key of the span group with all spans of a document."""
_FIRST_YEARS = re.compile(YEARS)
_FIRST_KINDS: Final = frozenset({"statuses", "changes", "counts"})
"""The kinds of spans that may tell of a result without a figure. They are looked for first; the
others only in sentences that have a figure or one of these."""
_FIRST, _OTHERS = 0, 1
"""The groups of rules: those of the first kinds, and the others."""
_STATUSES: Final = ("partly_met", "not_met", "met")
"""In the order in which words are taken: what one has taken no other has."""
_BETTER: Final = "_better"
"""Ends the labels of spans that say which way is better: "lower_better"."""
_KIND_OF: Final = {"conditions": "never"}
"""Kinds whose spans the caller finds under another name: both rule out figures."""


@dataclass(frozen=True, slots=True)
class Span:
    """A span of a sentence: its label, and where it begins and ends in the sentence's text."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, where it begins in its paragraph, and its spans by kind, in printed order."""

    text: str
    start: int
    marks: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[Span, ...]:
        """The spans of a kind."""
        return self.marks.get(kind, ())

    def quote(self, mark: Span) -> str:
        """The text of a span."""
        return self.text[mark.start : mark.end]


def better_way(marks: Iterable[Span]) -> str | None:
    """The way that is called better among spans of changes; None where there is none, or two."""
    ways = {mark.label.removesuffix(_BETTER) for mark in marks if mark.label.endswith(_BETTER)}
    return ways.pop() if len(ways) == 1 else None


def last_year(text: str) -> int:
    """The year of a span of that label; the last one of a school year: 2022 of "2021/22".

    The span is a whole word, of which the year may be a part.
    """
    found = _FIRST_YEARS.search(text)
    if found is None:
        raise ValueError(f"{text!r} has no year")
    first, _, last = found[0].partition("/")
    return int(first[: len(first) - len(last)] + last)


class NarrativePipeline:
    """Splits paragraphs into sentences and finds the spans in them, by one vocabulary.

    Without narrative words for the vocabulary ``patterns`` is None, and nothing may be read.
    """

    def __init__(self, vocabulary: str, model: str | None = None) -> None:
        patterns = load_patterns(vocabulary)
        self.patterns = patterns
        self.nlp: Any = None
        """spaCy's pipeline, for single sentences; None without patterns."""
        if patterns is None:
            return
        self._splitter = RuleSplitter(load_vocabulary(vocabulary).statements.abbreviations)
        self._telling = _may_tell(patterns)
        self._text_marks = _TextMarks(patterns)
        self._says_better = patterns.literal(*patterns.words.changes.calls_better)
        self.nlp, self._attributes = _pipeline(patterns, model)
        rules = load_rules(vocabulary)
        groups = (
            [rule for rule in rules if rule.kind in _FIRST_KINDS],
            [rule for rule in rules if rule.kind not in _FIRST_KINDS],
        )
        self._finder = _finder(self.nlp.vocab, groups, patterns.language)
        self._attributes.sets_lemmas = self._finder.asks_for_lemmas

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
        return Sentence(text, start, self._marks(self.nlp(text), text))

    def better_in(self, text: str) -> str | None:
        """Which way a text calls better, "higher" or "lower"; None where it says none or both."""
        if self.nlp is None or not self._says_better.search(text):
            return None
        return better_way(
            mark for s in self.read([text]) for one in s for mark in one.of("changes")
        )

    def may_tell(self, text: str) -> bool:
        """Whether a sentence has a figure or a word without which it states no result."""
        return self._telling.search(text.lower()) is not None

    def matches(self, doc: Any) -> Iterator[tuple[TokenRule, int, int]]:
        """The rules that match a sentence, each with where its match begins and ends."""
        keys = self._finder.keys(doc)
        for group in (_FIRST, _OTHERS):
            yield from self._finder.find(doc, keys, group)

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
            found = [(piece.start, piece.end, piece.kind) for piece in _pieces_of(doc)]
            if self.may_tell(text):
                found += [(start, end, rule.name) for rule, start, end in self.matches(doc)]
            spans = (doc.char_span(start, end, label) for start, end, label in sorted(found))
            doc.spans[SPANS] = [span for span in spans if span is not None]
            yield doc

    def _marks(self, doc: Any, text: str) -> dict[str, tuple[Span, ...]]:
        """The spans of a sentence, by kind; none where nothing may tell of a result.

        ``text`` is the document's, which spaCy puts together anew each time that it is asked for.
        """
        found = self._text_marks.figures(doc, text)
        keys = self._finder.keys(doc)
        first = _by_kind(self._finder.find(doc, keys, _FIRST))
        found.update(_statuses(first.pop("statuses", [])))
        counts = first.pop("counts", [])
        if counts:
            found.setdefault("figures", []).append(self._text_marks.counted(text, counts[0]))
        found.update(first)
        if not any(found.values()):
            return {}
        for kind, spans in _by_kind(self._finder.find(doc, keys, _OTHERS)).items():
            found.setdefault(_KIND_OF.get(kind, kind), []).extend(spans)
        self._text_marks.add(doc, text, found)
        order = {
            kind: sorted(spans, key=lambda s: (s.start, -s.end)) for kind, spans in found.items()
        }
        return {kind: tuple(spans) for kind, spans in order.items() if spans}


@lru_cache(maxsize=4)
def narrative_pipeline(vocabulary: str, model: str | None = None) -> NarrativePipeline:
    """The pipeline for the vocabulary with this name.

    ``model`` is a spaCy pipeline to use instead of a blank one. Raises LayoutFileError where it is
    not installed, or where a rule file is wrong.
    """
    return NarrativePipeline(vocabulary, model)


def _finder(vocab: Any, groups: Sequence[Sequence[TokenRule]], language: str) -> RuleFinder:
    from styrmatt.swedish.rule_finder import RuleFinder

    return RuleFinder(vocab, groups, language)


def _by_kind(matches: Iterable[tuple[TokenRule, int, int]]) -> dict[str, list[Span]]:
    """The spans of matches by their kind, each once."""
    found: dict[str, dict[Span, None]] = {}
    for rule, start, end in matches:
        found.setdefault(rule.kind, {})[Span(rule.label, start, end)] = None
    return {kind: list(spans) for kind, spans in found.items()}


def _pipeline(patterns: Patterns, model: str | None) -> tuple[Any, AttributeSetter]:
    """spaCy's pipeline, and the component of it that sets our attributes."""
    import spacy
    from spacy.language import Language

    from styrmatt.swedish.report_tokens import (
        AttributeSetter,
        ReportTokenizer,
        TokenWords,
        make_vocab,
        register_attributes,
    )

    name = "styrmatt_attributes"
    if model is None:
        nlp = spacy.blank(patterns.language, vocab=make_vocab())
    else:
        try:
            nlp = spacy.load(model, exclude=["ner"])
        except OSError as error:
            raise LayoutFileError(
                f"The language pipeline {model!r} is not installed.",
                hint="Install it, or leave it out to use the built-in one.",
            ) from error
    register_attributes()
    nlp.tokenizer = ReportTokenizer(nlp.vocab, patterns)
    setter = AttributeSetter(TokenWords.of(patterns), patterns.language)
    Language.component(name, func=setter)
    nlp.add_pipe(name)
    return nlp, setter


def _may_tell(patterns: Patterns) -> re.Pattern[str]:
    """Finds in small letters what a sentence must have to be looked at."""
    numbers = set(patterns.numbers) - set(patterns.words.quantities.shy)
    begin = "|".join(sorted((*patterns.words.may_tell, *numbers), key=len, reverse=True))
    return re.compile(rf"\d|(?<!\w)(?:{begin})|{'|'.join(patterns.words.may_tell_within)}")


_NAMED: Final = {
    WOMEN: ("sexes", "K"),
    MEN: ("sexes", "M"),
    YEAR: ("years", "year"),
    BEFORE: ("years", "before"),
}
"""Kind and label of the spans that single tokens are."""


def _pieces_of(doc: Any) -> Iterable[Piece]:
    """The tokens of a document that are figures, years or words of a kind, in no order."""
    found: dict[int, Piece] = doc.user_data.get(PIECES, {})
    return found.values()


class _TextMarks:
    """Spans that are found in the text or in single tokens, without rules."""

    def __init__(self, patterns: Patterns) -> None:
        words = patterns.words
        self._pairs = CaselessPattern(
            patterns.compile(without_names(words.sexes.pairs)), words.only_with.get("pairs", ())
        )
        self._one_or_none = patterns.literal(*words.quantities.one_or_none)
        self._never = CaselessPattern(patterns.compile(words.quantities.never))
        self._spans = CaselessPattern(patterns.compile(words.periods.span))

    def figures(self, doc: Any, text: str) -> dict[str, list[Span]]:
        """The figures of a document and its pairs of sexes."""
        found = [
            Span(piece.unit, piece.start, piece.end)
            for piece in _pieces_of(doc)
            if piece.kind == FIGURE
        ]
        found += [Span("pair", m.start(), m.end()) for m in self._pairs.finditer(text)]
        return {"figures": found} if found else {}

    def counted(self, text: str, span: Span) -> Span:
        """The word for one or none in a span of the rules for these."""
        found = self._one_or_none.search(text, span.start, span.end)
        return span if found is None else Span(span.label, found.start(), found.end())

    def add(self, doc: Any, text: str, found: dict[str, list[Span]]) -> None:
        """Add sexes, years, spans of months, and figures that are no results."""
        for piece in _pieces_of(doc):
            named = _NAMED.get(piece.kind)
            if named is not None:
                kind, label = named
                found.setdefault(kind, []).append(Span(label, piece.start, piece.end))
        for match in self._spans.finditer(text):
            found.setdefault("periods", []).append(Span("span", *match.span()))
        if found.get("figures"):
            for match in self._never.finditer(text):
                found.setdefault("never", []).append(Span("never", *match.span()))


def _statuses(spans: Iterable[Span]) -> dict[str, list[Span]]:
    """The statuses among the spans of that kind; none without what has been met."""
    spans = list(spans)
    labels = {span.label for span in spans}
    if "subject" not in labels or "never" in labels:
        return {}
    taken: list[Span] = []
    for label in _STATUSES:
        for span in spans:
            if span.label == label and not any(
                span.start < other.end and other.start < span.end for other in taken
            ):
                taken.append(span)
    return {"statuses": [*taken, *(span for span in spans if span.label == "group")]}
