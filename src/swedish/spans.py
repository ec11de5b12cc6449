"""The language pipeline: sentences, and the spans in them that tell of results.

The only module that uses spaCy. The pipeline is a blank one of the vocabulary's language, or one
that the user has installed and a layout names; behind it run components that each find one kind of
span by the patterns of the narrative vocabulary and leave it as a span group. The caller gets
:class:`Sentence` objects, which know nothing of spaCy.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import ModuleType
from typing import Any

from styrmatt.errors import LayoutFileError
from styrmatt.swedish.narrative_patterns import CaselessPattern, Patterns, load_patterns
from styrmatt.swedish.sentences import PipelineSplitter

_PREFIX = "styrmatt_"
"""Begins the names of our components, span groups and user data in spaCy."""
_SPLITTER = PipelineSplitter()
_NO_GUARDS: Mapping[str, tuple[str, ...]] = {}


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


def last_year(text: str) -> int:
    """The year of a span of that label; the last one of a school year: 2022 of "2021/22".

    The span is a whole word, of which the year may be a part.
    """
    found = _FIRST_YEARS.search(text)
    if found is None:
        raise ValueError(f"{text!r} has no year")
    first, _, last = found[0].partition("/")
    return int(first[: len(first) - len(last)] + last)


SINGLE, NONE = "single", "none"
"""Labels of a word that counts one thing done, or none: "en konferens har hållits"."""
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_YEARS = rf"{_YEAR.pattern}(?:/(?:{_YEAR.pattern}|\d\d))?"
"""A year, or two with a stroke as school years have them; 2023/208 is the number of a file."""
_FIRST_YEARS = re.compile(_YEARS)
Finder = Callable[[str], Iterable[tuple[str, int, int]]]
"""Finds spans in a sentence: label, start, end."""


class NarrativePipeline:
    """Splits paragraphs into sentences and finds the spans in them, by one vocabulary.

    Without narrative words for the vocabulary ``patterns`` is None, and nothing may be read.
    """

    def __init__(self, vocabulary: str, model: str | None = None) -> None:
        patterns = load_patterns(vocabulary)
        self.patterns = patterns
        self._kinds: tuple[str, ...] = ()
        self._nlp: Any = None
        if patterns is not None:
            finders = _finders(patterns)
            self._kinds = tuple(finders)
            self._nlp = _pipeline(patterns.language, model, finders)

    @property
    def stop_words(self) -> frozenset[str]:
        """Words that spaCy's list for the language calls stop words; none without patterns."""
        return frozenset(self._nlp.Defaults.stop_words) if self._nlp is not None else frozenset()

    def read(self, paragraphs: Iterable[str]) -> Iterator[list[Sentence]]:
        """The sentences of each paragraph, a list for each."""
        for doc in self._nlp.pipe(paragraphs):
            yield list(self._sentences(doc))

    def _sentences(self, doc: Any) -> Iterator[Sentence]:
        spans = sorted(
            (span.start_char, span.end_char, kind, span.label_)
            for kind in self._kinds
            for span in doc.spans.get(_PREFIX + kind) or ()
        )
        for text, offset, _ in doc.user_data[_PREFIX]:
            marks: dict[str, tuple[Span, ...]] = {}
            for start, end, kind, label in spans:
                if offset <= start < offset + len(text):
                    mark = Span(label, start - offset, end - offset)
                    marks[kind] = (*marks.get(kind, ()), mark)
            yield Sentence(text, offset, marks)


@lru_cache(maxsize=4)
def narrative_pipeline(vocabulary: str, model: str | None = None) -> NarrativePipeline:
    """The pipeline for the vocabulary with this name.

    ``model`` is a spaCy pipeline to use instead of a blank one. Raises LayoutFileError where it is
    not installed.
    """
    return NarrativePipeline(vocabulary, model)


def _pipeline(language: str, model: str | None, finders: dict[str, Finder]) -> Any:
    spacy = _spacy()
    from spacy.language import Language as SpacyLanguage

    if model is None:
        nlp = spacy.blank(language)
        _drop_lexical_attributes(nlp)
        _skip_plain_words(nlp.tokenizer)
    else:
        try:
            nlp = spacy.load(model, exclude=["ner"])
        except OSError as error:
            raise LayoutFileError(
                f"The language pipeline {model!r} is not installed.",
                hint="Install it, or leave it out to use the built-in one.",
            ) from error
    if "parser" not in nlp.pipe_names and "senter" not in nlp.pipe_names:
        nlp.add_pipe("sentencizer")
    for kind, finder in finders.items():
        name = _PREFIX + kind
        SpacyLanguage.component(name, func=_component(name, finder))
        nlp.add_pipe(name)
    return nlp


def _spacy() -> Any:
    """The spaCy module, imported without its command line.

    spaCy imports its command line, and with it clients for web and terminal: 19 MB of memory and a
    third of the time to import. A later ``import spacy.cli`` gets the real module.
    """
    if "spacy" not in sys.modules:
        cli, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
        vars(info)["info"] = _spacy_info  # all that spaCy's __init__ imports from there
        stand_ins = {module.__name__: module for module in (cli, info)}
        sys.modules.update(stand_ins)
        try:
            import spacy
        except ImportError:
            pass  # another version imports more from there: the import below is a whole one
        finally:
            for name in stand_ins:
                sys.modules.pop(name, None)
    import spacy

    return spacy


def _spacy_info(*arguments: Any, **options: Any) -> Any:
    """Stands in for ``spacy.info`` and imports the real one when it is called."""
    from spacy.cli.info import info

    return info(*arguments, **options)


def _drop_lexical_attributes(nlp: Any) -> None:
    """Keep spaCy from computing attributes of each new word that nothing here uses.

    They take half of its time. The sentencizer needs to know what is punctuation.
    """
    from spacy.attrs import IS_PUNCT

    getters = nlp.vocab.lex_attr_getters
    for name in set(getters) - {IS_PUNCT}:
        del getters[name]


def _skip_plain_words(tokenizer: Any) -> None:
    """Keep the tokenizer from looking for signs to cut off in words that are letters only.

    None of spaCy's patterns finds any there (a test proves it for the languages that ship), and
    looking takes half of the time of a new word.
    """

    def unless_plain(search: Callable[[str], Any], nothing: Any) -> Callable[[str], Any]:
        return lambda text: nothing if text.isalpha() else search(text)

    tokenizer.prefix_search = unless_plain(tokenizer.prefix_search, None)
    tokenizer.suffix_search = unless_plain(tokenizer.suffix_search, None)
    tokenizer.infix_finditer = unless_plain(tokenizer.infix_finditer, ())
    tokenizer.url_match = unless_plain(tokenizer.url_match, None)


_RESULT_KINDS = ("figures", "statuses", "changes")
"""The kinds of spans that may tell of a result. Their components run first; the others look only at
sentences where one of these was found."""
_FIGURE_KIND = "never"
"""Figures that are no result: looked for only in sentences that have a figure."""


def _component(name: str, finder: Finder) -> Callable[[Any], Any]:
    """A component that finds one kind of span, in sentences that may tell of a result.

    The sentences of a ``Doc`` stand in its ``user_data``, each with the kinds found in it so far.
    """
    from spacy.tokens import Span

    kind = name.removeprefix(_PREFIX)
    first = kind in _RESULT_KINDS
    needs = _RESULT_KINDS[:1] if kind == _FIGURE_KIND else _RESULT_KINDS

    def find(doc: Any) -> Any:
        group = []
        sentences = doc.user_data.get(_PREFIX)
        if sentences is None:
            sentences = doc.user_data[_PREFIX] = [
                (text, start, set()) for text, start in _SPLITTER.split(doc)
            ]
        for text, offset, found in sentences:
            if not first and found.isdisjoint(needs):
                continue
            for label, start, end in finder(text):
                span = doc.char_span(offset + start, offset + end, alignment_mode="expand")
                if span is not None:
                    found.add(kind)
                    group.append(Span(doc, span.start, span.end, label=label))
        if group:
            doc.spans[name] = group
        return doc

    return find


def _labelled(
    pairs: Iterable[tuple[str, re.Pattern[str]]],
    only_with: Mapping[str, tuple[str, ...]] = _NO_GUARDS,
) -> Finder:
    compiled = [
        (label, CaselessPattern(pattern, only_with.get(label, ()))) for label, pattern in pairs
    ]

    def find(text: str) -> Iterator[tuple[str, int, int]]:
        for label, pattern in compiled:
            for match in pattern.finditer(text):
                yield label, match.start(), match.end()

    return find


def _finders(patterns: Patterns) -> dict[str, Finder]:
    """What each component looks for, by the kind of span; the order is that of the pipeline."""
    words, make = patterns.words, patterns.compile
    years = [("year", re.compile(rf"(?<![\w.,/-]){_YEARS}(?![\w-]|[.,/]\d)"))]
    return {
        "figures": _figures(patterns),
        "statuses": _statuses(patterns),
        "changes": _labelled(
            (
                (label, make(getattr(words.changes, label)))
                for label in ("increased", "decreased", "unchanged", "improved", "worsened")
            ),
            words.only_with,
        ),
        "never": _labelled(
            [
                ("never", make(words.quantities.never)),
                ("condition", make(words.quantities.conditions)),
            ]
        ),
        "sexes": _labelled(
            [
                ("each", make(words.sexes.each)),
                ("aside", make(words.sexes.aside)),
                ("K", patterns.literal(*words.sexes.K)),
                ("M", patterns.literal(*words.sexes.M)),
            ]
        ),
        "years": _labelled([*years, ("before", patterns.literal(*words.years.before))]),
        "periods": _labelled(
            [
                ("end", make(words.periods.end)),
                ("span", make(words.periods.span)),
                ("part", make(words.periods.part)),
            ]
        ),
        "comparisons": _labelled(
            [
                ("marker", make(words.comparisons.markers)),
                ("several", make(words.comparisons.several)),
            ]
        ),
        "aims": _labelled([("lead", make(words.targets.leads))]),
        "elsewhere": _labelled(
            (label, make(getattr(words.elsewhere, label)))
            for label in ("national", "extremes", "within", "parts", "split")
        ),
    }


def _figures(patterns: Patterns) -> Finder:
    figures = CaselessPattern(patterns.figures)
    pairs = CaselessPattern(
        patterns.compile(_unnamed(patterns.words.sexes.pairs)),
        patterns.words.only_with.get("pairs", ()),
    )
    quantities = patterns.words.quantities
    whole = [(SINGLE, CaselessPattern(patterns.compile([p]))) for p in quantities.single]
    whole += [(NONE, CaselessPattern(patterns.compile([p]))) for p in quantities.none]
    any_whole = CaselessPattern(patterns.compile(_unnamed([*quantities.single, *quantities.none])))

    def find(text: str) -> Iterator[tuple[str, int, int]]:
        for match in figures.finditer(text):
            unit = match.lastgroup or "figure"
            if unit == "figure" and _YEAR.fullmatch(match["figure"]):
                continue
            yield "count" if unit in ("figure", "sign") else unit, match.start(), match.end()
        for match in pairs.finditer(text):
            yield "pair", match.start(), match.end()
        for label, pattern in whole if any_whole.search(text) else ():
            if found := pattern.search(text):
                yield label, *found.span("one")
                break

    return find


def _unnamed(patterns: Iterable[str]) -> list[str]:
    return [re.sub(r"\?P<\w+>", "?:", pattern) for pattern in patterns]


def _statuses(patterns: Patterns) -> Finder:
    words = patterns.words.statuses
    only_with = patterns.words.only_with
    never, subjects, groups = (
        CaselessPattern(patterns.compile(getattr(words, name)), only_with.get(name, ()))
        for name in ("never", "subjects", "groups")
    )
    kinds = [
        (kind, CaselessPattern(patterns.compile(getattr(words, kind))))
        for kind in ("partly_met", "not_met", "met")
    ]

    def find(text: str) -> Iterator[tuple[str, int, int]]:
        if not subjects.search(text) or never.search(text):
            return
        taken: list[tuple[int, int]] = []
        for label, pattern in kinds:
            for match in pattern.finditer(text):
                if not any(match.start() < end and start < match.end() for start, end in taken):
                    taken.append(match.span())
                    yield label, match.start(), match.end()
        for match in groups.finditer(text):
            yield "group", match.start(), match.end()

    return find
