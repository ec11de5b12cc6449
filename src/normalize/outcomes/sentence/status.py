"""Whether a sentence says that a measure's target was met, and for which sex."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.sentence_marks import Sentence, Span


class StatusReader:
    """Reads statuses, with the patterns of one language."""

    def __init__(self, patterns: Patterns) -> None:
        clauses = patterns.words.clauses
        self._negation = patterns.literal(*clauses.negations)
        self._parts = clauses.parts

    def read(self, sentence: Sentence) -> dict[str, str]:
        """Status by sex; the key "" means that no sex is named.

        Empty where the sentence states no status, or where it could mean two.
        """
        marks = [m for m in sentence.of("statuses") if m.label != "group"]
        if not marks:
            return {}
        labels = [m.label for m in marks]
        sexes = [m for m in sentence.of("sexes") if m.label in ("K", "M")]
        if {m.label for m in sexes} == {"K", "M"}:
            by_sex = self._split_by_sex(sentence, sexes)
            if by_sex:
                return by_sex
        if len(set(labels)) > 1 or (
            labels[0] == "met" and self._negation.search(sentence.text, marks[0].end)
        ):
            return {}
        if len(sexes) == 1:
            return {sexes[0].label: labels[0]}
        return {"": labels[0]}

    def _split_by_sex(self, sentence: Sentence, sexes: Sequence[Span]) -> dict[str, str] | None:
        """Read "nås för män men inte för kvinnor", "För kvinnor är målet uppnått, för män inte"."""
        first, last = sexes[0], sexes[-1]
        parts = [
            (p.start(), p.end())
            for p in self._parts.finditer(sentence.text)
            if first.end <= p.start() and p.end() <= last.end
        ]
        if not parts:
            return None
        second = sentence.text[parts[-1][0] :]
        if not self._negation.search(second):
            return None
        return {first.label: "met", last.label: "not_met"}
