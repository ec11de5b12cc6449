"""The words of a part of a sentence, without figures and what says nothing of what is measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from styrmatt.normalize.outcomes.sentence.stated_figure import StatedFigure
from styrmatt.swedish.rules.sentence_marks import Sentence, Span


def with_source(sentence: Sentence, start: int, stop: int, figures: Sequence[StatedFigure]) -> str:
    """The words of a part with where its figures come from; empty where none is named."""
    if not any(m.label == "source" for m in sentence.of("populations")):
        return ""
    blanked: list[StatedFigure | Span] = [*figures, *sentence.of("years")]
    return _blanked(sentence.text, blanked)[start:stop]


def without(sentence: Sentence, start: int, stop: int, figures: Sequence[StatedFigure]) -> str:
    """A part of the sentence without figures, years, and where its figures come from."""
    sources = [
        _ahead_of_verb(sentence, m)
        for m in sentence.of("populations")
        if m.label in ("source", "whole", "circumstance")
    ]
    equals = [
        m for m in sentence.of("roles") if m.label == "equals"
    ]  # "närmare bestämt 76 procent"
    blanked: list[StatedFigure | Span] = [*figures, *sentence.of("years"), *sources, *equals]
    return _blanked(sentence.text, blanked)[start:stop]


def _ahead_of_verb(sentence: Sentence, mark: Span) -> Span:
    """A mark without the verb that a circumstance ends with."""
    if mark.label != "circumstance":
        return mark
    last = sentence.quote(mark).rsplit(None, 1)[-1]
    return Span(mark.label, mark.start, mark.end - len(last))


def unit_words(sentence: Sentence, figure: StatedFigure) -> str:
    """The words for a figure's unit, where no dataset has a name for it; else empty."""
    if figure.unit != "unlisted":
        return ""
    return sentence.text[figure.start : figure.end].lstrip("0123456789.,\u00a0\u202f ")


def splits_behind(sentence: Sentence, figure: StatedFigure) -> list[int]:
    """Where words that divide what a figure counts begin: "varav"."""
    return [
        mark.start
        for mark in sentence.of("elsewhere")
        if mark.label == "split" and mark.start >= figure.end
    ]


def _blanked(text: str, spans: Iterable[StatedFigure | Span]) -> str:
    """A text with spaces where the spans are."""
    letters = list(text)
    for span in spans:
        letters[span.start : span.end] = " " * (span.end - span.start)
    return "".join(letters)
