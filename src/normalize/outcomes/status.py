"""Whether a sentence says that a target was met, and for which sex."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.swedish.narrative_patterns import Patterns
from styrmatt.swedish.spans import Sentence, Span


class StatusReader:
    """Reads statuses."""

    def __init__(self, patterns: Patterns) -> None:
        clauses = patterns.words.clauses
        self._no = patterns.literal(*clauses.negations)
        self._parts = clauses.parts

    def read(self, sentence: Sentence) -> dict[str, str]:
        """Status by sex; "" is for whichever sex. Empty where the words could mean either."""
        marks = [m for m in sentence.of("statuses") if m.label != "group"]
        if not marks:
            return {}
        labels = [m.label for m in marks]
        sexes = [m for m in sentence.of("sexes") if m.label in ("K", "M")]
        if {m.label for m in sexes} == {"K", "M"}:
            split = self._split_by_sex(sentence, marks[0], sexes)
            if split:
                return split
        if len(set(labels)) > 1 or (
            labels[0] == "met" and self._no.search(sentence.text, marks[0].end)
        ):
            return {}
        only = {m.label for m in sexes}
        if len(only) == 1 and len(sexes) == 1:
            return {only.pop(): labels[0]}
        return {"": labels[0]}

    def _split_by_sex(
        self, sentence: Sentence, mark: Span, sexes: Sequence[Span]
    ) -> dict[str, str] | None:
        """ "nås för män men inte för kvinnor", "För kvinnor är målet uppnått, för män inte"."""
        one, two = sexes[0], sexes[-1]
        parts = [
            (p.start(), p.end())
            for p in self._parts.finditer(sentence.text)
            if one.end <= p.start() and p.end() <= two.end
        ]
        if not parts:
            return None
        second = sentence.text[parts[-1][0] :]
        if not self._no.search(second):
            return None
        return {one.label: "met", two.label: "not_met"}
