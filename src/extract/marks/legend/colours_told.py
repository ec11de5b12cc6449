"""What a report's text says of colours: "green means that the value has improved, yellow ...".

The colours of a text may stand for statuses, or for how things went. Two of them at least have to
have different meanings of one kind; a text that gives both kinds explains two sorts of marks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from styrmatt.extract.marks.status_phrases import legend_value
from styrmatt.extract.model.page import Page
from styrmatt.sole_values import sole_values
from styrmatt.swedish.identity_words import alternatives
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_FEWEST: Final = 2
"""Colours with different meanings at least."""
_LONGEST: Final = 80
"""Characters of the longest meaning of a colour."""


class ToldColours(NamedTuple):
    """What colours mean by a text: names of colours with statuses, or trends by usual status."""

    statuses: dict[str, str]
    trends: dict[str, str]


def told_colours(page: Page, vocabulary: Vocabulary) -> ToldColours:
    """What the text of a page says of colours; empty where it explains none."""
    names = _colour_names(vocabulary)
    text = " ".join(line.text for line in page.lines)
    if len({usual for name, usual in names.items() if name in text.casefold()}) < _FEWEST:
        return ToldColours({}, {})
    statuses: list[tuple[str, str]] = []
    trends: list[tuple[str, str]] = []
    for match in _entry(vocabulary).finditer(text):
        status = legend_value(match["words"], vocabulary.statuses, vocabulary)
        trend = legend_value(match["words"], vocabulary.trends, vocabulary)
        if status is not None and trend is None:
            statuses.append((match["colour"].casefold(), status))
        elif trend is not None and status is None:
            trends.append((names[match["colour"].casefold()], trend))
    by_name, by_usual = _told(statuses), _told(trends)
    if by_name:
        return ToldColours(by_name, {})
    return ToldColours({}, by_usual)


def _told(found: list[tuple[str, str]]) -> dict[str, str]:
    told = sole_values(found)
    return told if len(set(told.values())) >= _FEWEST else {}


def _colour_names(vocabulary: Vocabulary) -> dict[str, str]:
    """The names of colours with the status that each usually stands for."""
    usual = vocabulary.status_phrases
    return {
        word.casefold(): value
        for word in vocabulary.legend.marks
        if (value := usual.get(squeeze(word))) is not None
    }


def _entry(vocabulary: Vocabulary) -> re.Pattern[str]:
    legend = vocabulary.legend
    leads = (*legend.joints, *legend.level_leads)
    return _pattern(
        tuple(_colour_names(vocabulary)), legend.marks, leads, tuple(vocabulary.targets.also)
    )


@lru_cache(maxsize=8)
def _pattern(
    colours: tuple[str, ...], marks: tuple[str, ...], leads: tuple[str, ...], also: tuple[str, ...]
) -> re.Pattern[str]:
    """A colour, words for marks behind it, what leads to its meaning, and that meaning.

    The meaning ends at a stop, or before the next colour.
    """
    colour, joining = alternatives(colours), alternatives(also)
    return re.compile(
        rf"(?<![\w-])(?P<colour>{colour})(?:\s+(?:{alternatives(marks)}))*"
        rf"(?:\s*[=:–-]\s*|(?:\s+(?:{alternatives(leads)})(?!\w))+\s+|\s+)"
        rf"(?P<words>[^\W\d_][^.,;:()=]{{2,{_LONGEST}}}?)"
        rf"(?=\s*(?:[.,;()]|$)|\s+(?:{joining})\s+(?:{colour})(?!\w)|\s+(?:{colour})(?!\w))",
        re.IGNORECASE,
    )
