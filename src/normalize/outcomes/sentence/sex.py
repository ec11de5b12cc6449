"""For which sex each figure of a sentence is stated."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from styrmatt.normalize.outcomes.sentence.stated_figure import StatedFigure
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.sentence_marks import Sentence, Span

_MAX_SEX_DISTANCE: Final = 60
"""Characters between a figure and the sex named behind it, at most.

The noun that is counted fits between. With more, a sex that is named in another part of the
sentence is taken for that of a total.
"""


_BOTH: Final = {"K", "M"}


class SexAssigner:
    """Assigns sexes to figures, with the patterns of one language."""

    def __init__(self, patterns: Patterns) -> None:
        self._joins = patterns.compile(patterns.words.sexes.joins)
        self._respectively = patterns.literal(*patterns.words.sexes.words_for_each)
        self._clauses = patterns.words.clauses

    def assign(self, sentence: Sentence, figures: Sequence[StatedFigure]) -> None:
        """Set ``sex`` or ``for_each_sex`` of the results and previous results, where named.

        Figures keep None where they are totals.
        """
        marks = sentence.of("sexes")
        each = [m for m in marks if m.label == "each"]
        masks = [m for m in marks if m.label in ("each", "aside")]
        named = [
            m
            for m in marks
            if m.label in "KM" and not any(x.start <= m.start < x.end for x in masks)
        ]
        unassigned = [f for f in figures if f.role in ("result", "previous") and f.sex is None]
        if not named:
            for figure in unassigned if each else ():
                outside = any(m.start >= figure.end or m.end <= figure.start for m in each)
                figure.for_each_sex = outside and figure.role == "result"
            return
        if not self._assign_in_order(sentence, unassigned, named):
            self._assign_by_nearness(sentence, unassigned, named)

    def tell_apart(self, sentence: Sentence, figures: Sequence[StatedFigure]) -> None:
        """Make what is compared a result where it is that of the other sex, and of no other year.

        ``87 procent av flickorna, mot 82 procent av pojkarna``
        """
        marks = [m for m in sentence.of("sexes") if m.label in ("K", "M")]
        if len(marks) != len(_BOTH) or {m.label for m in marks} != _BOTH or sentence.of("years"):
            return
        for one, two in pairwise(figures):
            stop = min(
                (f.start for f in figures if f.start > two.start), default=len(sentence.text)
            )
            in_turn = one.end <= marks[0].start < two.start and two.end <= marks[1].start < stop
            ahead = marks[0].end <= one.start and one.end <= marks[1].start < two.start
            roles = (one.role, two.role) == ("result", "previous") and one.unit == two.unit
            if roles and (in_turn or ahead) and one.previous is None:
                two.role = "result"

    def _assign_in_order(
        self, sentence: Sentence, figures: Sequence[StatedFigure], named: Sequence[Span]
    ) -> bool:
        """Read "39 respektive 37 procent för kvinnor och män"; whether the sentence is so built."""
        values = [f for f in figures if f.role == "result"]
        if len(values) != 2 or len(named) != 2 or named[0].label == named[1].label:
            return False
        grouped = values[1].end <= named[0].start or named[1].end <= values[0].start
        if not grouped:
            return False
        between = sentence.text[values[0].end : values[1].start]
        if not (self._respectively.search(between) or self._clauses.in_a_row.search(between)):
            return False
        for figure, mark in zip(values, named, strict=True):
            figure.sex = mark.label
        unit = values[1].unit
        if values[0].unit == "count" and unit != "count":
            values[0].unit = unit
        return True

    def _assign_by_nearness(
        self, sentence: Sentence, figures: Sequence[StatedFigure], named: Sequence[Span]
    ) -> None:
        """Assign the sex right behind a figure, else the one ahead of it in its clause."""
        pairs = self._named_together(sentence, named)
        single = [m for m in named if m not in pairs]
        behind = self._sexes_behind(sentence, figures, single)
        if behind:
            for figure, mark in behind:
                figure.sex = mark.label
            self._copy_to_previous(figures)
            return
        for n, figure in enumerate(figures):
            start = max((f.end for f in figures[:n] if f.role == "result"), default=0)
            if figure.role == "previous" and n and figures[n - 1].role == "result":
                figure.sex = figures[n - 1].sex
                continue
            ahead = [m for m in single if start <= m.start and m.end <= figure.start]
            if ahead:
                figure.sex = ahead[-1].label
                continue
            stop = figures[n + 1].start if n + 1 < len(figures) else len(sentence.text)
            after = [m for m in single if figure.end <= m.start < stop]
            if after and n and self._joins.search(sentence.text[figure.end : after[0].start]):
                figure.sex = after[0].label

    def _named_together(self, sentence: Sentence, named: Sequence[Span]) -> list[Span]:
        """Both marks of each "kvinnor och män": such a figure is a total."""
        found: list[Span] = []
        for one, two in pairwise(named):
            between = sentence.text[one.end : two.start]
            if one.label != two.label and self._clauses.together.search(between):
                found += [one, two]
        return found

    def _sexes_behind(
        self, sentence: Sentence, figures: Sequence[StatedFigure], named: Sequence[Span]
    ) -> list[tuple[StatedFigure, Span]]:
        """Figures with the sex behind them; empty unless the whole sentence is built so."""
        found: list[tuple[StatedFigure, Span]] = []
        values = [f for f in figures if f.role == "result"]
        for figure, following in zip(values, [*values[1:], None], strict=False):
            stop = following.start if following else len(sentence.text)
            marks = [m for m in named if figure.end <= m.start < stop]
            if not marks and not any(m.end <= figure.start for m in named):
                continue  # "140 deltagare, varav 57 procent kvinnor ..."
            if not marks:
                return []
            gap = sentence.text[figure.end : marks[0].start]
            close = bool(self._joins.search(gap)) or not (
                self._clauses.shared.search(gap) or ":" in gap
            )
            if not close or len(gap) > _MAX_SEX_DISTANCE:
                return []
            found.append((figure, marks[0]))
        labels = [m.label for _, m in found]
        if len(found) == 1 and not self._joins.search(
            sentence.text[found[0][0].end : found[0][1].start]
        ):
            ahead = [m for m in named if m.end <= found[0][0].start]
            return [] if ahead or len(named) > 1 else found
        return found if len(set(labels)) == len(labels) or len(labels) > 2 else []

    def _copy_to_previous(self, figures: Sequence[StatedFigure]) -> None:
        """Give each previous result the sex of the result it stands behind."""
        sex: str | None = None
        for figure in figures:
            if figure.role == "result":
                sex = figure.sex
            elif figure.sex is None:
                figure.sex = sex
