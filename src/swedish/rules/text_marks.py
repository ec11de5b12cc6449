"""Spans that are found in a sentence's text or its tokens, and statuses among those of rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from styrmatt.swedish.rules.narrative_patterns import CaselessPattern, Patterns, without_names
from styrmatt.swedish.rules.pieces import BEFORE, FIGURE, MEN, PIECES, WOMEN, YEAR, Piece
from styrmatt.swedish.rules.sentence_marks import Span

_STATUSES: Final = ("partly_met", "not_met", "met")
"""In the order in which words are taken: what one has taken no other has."""
_NAMED: Final = {
    WOMEN: ("sexes", "K"),
    MEN: ("sexes", "M"),
    YEAR: ("years", "year"),
    BEFORE: ("years", "before"),
}
"""Kind and label of the spans that single tokens are."""


def pieces_of(doc: Any) -> Iterable[Piece]:
    """The tokens of a document that are figures, years or words of a kind, in no order."""
    found: dict[int, Piece] = doc.user_data.get(PIECES, {})
    return found.values()


class TextMarks:
    """Spans that are found in the text or in single tokens, without rules."""

    def __init__(self, patterns: Patterns) -> None:
        words = patterns.words
        self._pairs = CaselessPattern(
            patterns.compile(without_names(words.sexes.pairs)), words.only_with.get("pairs", ())
        )
        self._one_or_none = patterns.literal(*words.quantities.one_or_none)
        self._never = CaselessPattern(patterns.compile(words.quantities.never))
        self._spans = CaselessPattern(patterns.compile(words.periods.span))

    def figures(self, pieces: Iterable[Piece], text: str) -> dict[str, list[Span]]:
        """The figures among the pieces of a text and its pairs of sexes."""
        found = [
            Span(piece.unit, piece.start, piece.end) for piece in pieces if piece.kind == FIGURE
        ]
        found += [Span("pair", m.start(), m.end()) for m in self._pairs.finditer(text)]
        return {"figures": found} if found else {}

    def counted(self, text: str, span: Span) -> Span:
        """The word for one or none in a span of the rules for these."""
        found = self._one_or_none.search(text, span.start, span.end)
        return span if found is None else Span(span.label, found.start(), found.end())

    def add(self, pieces: Iterable[Piece], text: str, found: dict[str, list[Span]]) -> None:
        """Add sexes, years, spans of months, and figures that are no results."""
        for piece in pieces:
            named = _NAMED.get(piece.kind)
            if named is not None:
                kind, label = named
                found.setdefault(kind, []).append(Span(label, piece.start, piece.end))
        for match in self._spans.finditer(text):
            found.setdefault("periods", []).append(Span("span", *match.span()))
        if found.get("figures"):
            for match in self._never.finditer(text):
                found.setdefault("never", []).append(Span("never", *match.span()))


def statuses_among(spans: Iterable[Span]) -> dict[str, list[Span]]:
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
