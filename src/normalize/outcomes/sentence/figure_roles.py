"""What rules and periods say of the figures of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from styrmatt.normalize.outcomes.sentence.stated_figure import StatedFigure
from styrmatt.swedish.rules.narrative_patterns import ClauseWords
from styrmatt.swedish.rules.sentence_marks import Sentence, Span

_ROLE_ORDER: Final = ("result", "target", "previous", "change_amount", "equals", "increment")
"""The roles that rules give; where two match one figure the first of these holds."""


_WITH, _AMOUNT = "with", "change_amount"
"""The label of figures behind "med", and what they are where a verb of change is ahead."""
_JOINED: Final = 12
"""Characters between a period and the figure that opens the next clause, at most: a word that
leaves the figure what it is fits behind the joining one."""


def roles_by_rule(
    sentence: Sentence,
    figures: Iterable[StatedFigure],
    noun_behind: re.Pattern[str],
    border: re.Pattern[str],
    changing: re.Pattern[str],
) -> dict[int, str]:
    """The roles that rules give to figures, by where a figure begins.

    A rule's role is that of the last figure of its match. ``noun_behind`` finds what a figure
    counts, right behind it: "hann med 574 hembesök" is no change, as no verb of one is ahead.
    """
    starts = [figure.start for figure in figures]
    roles: dict[int, str] = {}
    for mark in sentence.of("roles"):
        inside = [start for start in starts if mark.start <= start < mark.end]
        label = mark.label
        if label == _WITH:
            changes = any(
                m.start() < mark.end
                and not border.search(sentence.text, m.end(), max(m.end(), mark.start))
                for m in changing.finditer(sentence.text, 0, mark.end)
            )
            in_digits = bool(inside) and sentence.text[inside[-1]].isdecimal()
            counts = in_digits and noun_behind.match(
                sentence.text, mark.end
            )  # "med två" is whom with
            label = "" if counts and not changes else _AMOUNT
        if inside and label in _ROLE_ORDER:
            first = roles.get(inside[-1])
            if first is None or _ROLE_ORDER.index(label) < _ROLE_ORDER.index(first):
                roles[inside[-1]] = label
    return roles


def correct(sentence: Sentence, figures: Sequence[StatedFigure], fiscal_year: int) -> None:
    """In a sentence that puts earlier figures right: earlier results, and those that were wrong."""
    marks = sentence.of("corrections")
    if not marks:
        return
    for figure in figures:
        if figure.year == fiscal_year:
            continue
        inside = [m for m in marks if m.label == "corrected" and m.start <= figure.start < m.end]
        is_last = inside and not any(
            figure.start < other.start < inside[0].end for other in figures
        )
        if figure.role in ("result", "previous", "target", "change_amount"):
            figure.role = "previous" if is_last else "superseded"
            figure.previous = None
            if is_last and figure.year is None:
                figure.year = fiscal_year - 1


def own_periods(
    sentence: Sentence,
    figure: StatedFigure,
    figures: Sequence[StatedFigure],
    start: int,
    end: int,
    opens: re.Pattern[str],
) -> list[Span]:
    """The periods of a figure among those between two places, its clause.

    All of them, unless periods and figures of the clause take turns: then the one behind it, or the
    last one ahead where the clause begins with a period. None that is of the clause before:
    ``opens`` finds that a clause begins right ahead of the figure.
    """
    marks = [
        m
        for m in sentence.of("periods")
        if m.label in ("part", "end") and start <= m.start < end and m.end <= len(sentence.text)
    ]
    marks = [m for m in marks if not _is_of_clause_before(sentence, m, figure, opens)]
    marks = [m for m in marks if not any(m is not o and o.start <= m.start < o.end for o in marks)]
    inside = [f for f in figures if start <= f.start < end]
    if len(inside) < 2 or len(marks) < 2:
        return [
            m
            for m in sentence.of("periods")
            if start <= m.start < end and not _is_of_clause_before(sentence, m, figure, opens)
        ]
    if marks[0].start < inside[0].start:
        ahead = [m for m in marks if m.start < figure.start]
        return ahead[-1:]
    following = min((f.start for f in inside if f.start > figure.start), default=end)
    return [m for m in marks if figure.end <= m.start < following]


def _is_of_clause_before(
    sentence: Sentence, mark: Span, figure: StatedFigure, opens: re.Pattern[str]
) -> bool:
    """Whether the figure opens the clause behind that of a period: "hölls i maj och 54 kom"."""
    near = mark.start < figure.start <= mark.end + _JOINED
    return near and opens.search(sentence.text[mark.start : figure.start]) is not None


def clause_bounds(text: str, position: int, clauses: ClauseWords) -> tuple[int, int]:
    """Start and end of the part between two borders of clauses that holds the position.

    What is inserted between a subject and its verb parts none: "I Norge, som ..., var ...". Behind
    a clause that a conjunction opens the main clause begins with its verb: "Medan andra har 14
    procent är andelen här 22 procent".
    """
    inserted = clauses.inserted.match(text)
    first = inserted.end() if inserted else 0
    breaks = [m.end() for m in clauses.borders.finditer(text) if m.end() > first]
    breaks += [m.end("figure") for m in clauses.subordinate.finditer(text)]
    start = max((b for b in breaks if b <= position), default=0)
    end = min((b for b in breaks if b > position), default=len(text))
    return start, end
