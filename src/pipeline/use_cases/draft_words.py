"""The lines of a drafted layout about headings, and about words and colours for statuses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from styrmatt.extract.grid.heading_names import HeadingNames, plain_name, with_lead
from styrmatt.extract.grid.watch import TableWatch
from styrmatt.extract.headers.header_words import header_words_of
from styrmatt.extract.marks.status_phrases import match_phrases
from styrmatt.extract.survey import Survey
from styrmatt.layout import Headings
from styrmatt.pipeline.use_cases.draft_columns import on_pages, quoted, worth_asking
from styrmatt.printed import Row
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import single_spaced, squeeze

_LEAD: Final = re.compile(r"^([^\W\d_][^\d:–—]{2,39}?)\s*\d*\s*[:–—]\s+\S")
"""A heading with something before a colon or dash that may be a lead-in: "Goal 2: A safe town"."""
_OFTEN: Final = 2
"""Headings with the same words before a colon from which these may be lead-in words."""
_MOST: Final = 5
"""Lines of one kind: more would not be read."""
_SHOWN: Final = 50
"""Characters of a text that a remark quotes."""
_OPEN_STATUS: Final = "? of which status: met, partly_met, not_met, not_assessed"


def heading_lines(survey: Survey) -> list[str]:
    """The lines of the table ``[headings]``, with the headings that each was found in."""
    headings, watch = survey.layout.headings, survey.watch
    names = HeadingNames(header_words_of(survey.layout), headings)
    found: dict[str, Counter[str]] = {}
    examples: dict[str, tuple[str, int]] = {}
    other: list[tuple[int, str]] = []
    for page, text in watch.headings:
        pattern = _pattern_of(text, headings) if names.named(text) else None
        if pattern is None:
            other.append((page, text))
            continue
        level, wording = pattern
        found.setdefault(level, Counter())[wording] += 1
        examples.setdefault(level, (single_spaced(text)[:_SHOWN], page))
    lines = []
    for level, patterns in found.items():
        text, page = examples[level]
        listed = ", ".join(quoted(pattern) for pattern in patterns)
        count = sum(patterns.values())
        lines.append(
            f"{level} = [{listed}]  # {_times(count, 'heading')}, as {quoted(text)} (page {page})"
        )
    fewest = _OFTEN if survey.report.rows else 1
    lines += _other_leads([one for one in other if not names.is_generic(one[1])], fewest)
    return lines + _bare_lines(survey, other, names)


def _pattern_of(text: str, headings: Headings) -> tuple[str, str] | None:
    """The level and the longest pattern whose lead-in a heading begins with."""
    start = squeeze(with_lead(text))
    fits = [
        (level, pattern)
        for level in ("goal", "success_factor", "perspective")
        for pattern in getattr(headings, level)
        if (lead := squeeze(pattern.partition("{name}")[0])) and start.startswith(lead)
    ]
    return max(fits, key=lambda fit: len(fit[1]), default=None)


def _other_leads(headings: Sequence[tuple[int, str]], fewest: int) -> list[str]:
    """Words before a colon that ``fewest`` headings have and that name no level."""
    leads: dict[str, list[tuple[int, str]]] = {}
    for page, text in headings:
        if match := _LEAD.match(with_lead(text)):
            leads.setdefault(match[1].strip(), []).append((page, text))
    often = [(lead, seen) for lead, seen in leads.items() if len(seen) >= fewest]
    return [
        f"# goal = [{quoted(lead + ': {name}')}]  # ? or success_factor; "
        f"{_times(len(seen), 'heading')}, {on_pages(sorted({page for page, _ in seen}))}"
        for lead, seen in often[:_MOST]
    ]


def _times(count: int, name: str) -> str:
    return f"{count} {name}{'s' if count > 1 else ''}"


def _bare_lines(
    survey: Survey, headings: Sequence[tuple[int, str]], names: HeadingNames
) -> list[str]:
    """What headings without lead-in words name goals, so that a person can say which do not."""
    goals = {squeeze(row.goal_heading) for row in survey.report.rows if row.goal_heading}
    goals -= {squeeze(one.name) for _, text in survey.watch.headings if (one := names.named(text))}
    texts = {plain_name(text): page for page, text in headings}
    bare = {text: page for text, page in texts.items() if squeeze(text) in goals}
    if not bare:
        return ["bare = true  # whether headings without lead-in words name goals; none does here"]
    shown = [f"{quoted(text[:_SHOWN])} (page {page})" for text, page in list(bare.items())[:_MOST]]
    lines = [f"bare = true  # headings that name goals as they are: {', '.join(shown)}"]
    listed = ", ".join(quoted(text) for text in list(bare)[:_MOST])
    return [*lines, f"# generic = [{listed}]  # ? those of them that name no goal"]


def legend_lines(watch: TableWatch) -> list[str]:
    """What the report's own legend says, as remarks: it needs no line in a layout."""
    seen: dict[tuple[str, str], str] = {}
    for entry in watch.legend:
        look = entry.mark.colour or entry.mark.sign or ""
        if entry.kind == "trend":
            look = f"arrow {entry.mark.direction}"
        said = f"{look} {quoted(single_spaced(entry.text)[:_SHOWN])} = {entry.value}"
        seen.setdefault((entry.kind, said.casefold()), said)
    if not seen:
        return ["# Legend: none was found; colours have their usual meaning."]
    return [f"# Legend: {said}" for said in list(seen.values())[: 2 * _MOST]]


def status_lines(survey: Survey) -> list[str]:
    """Words in status cells that nobody knows, and colours without a meaning, as questions."""
    words, rows = survey.layout.words, survey.report.rows
    printed = (row.cells["status"] for row in rows if "status" in row.cells)
    texts = Counter(_unknown_texts([cell.text for cell in printed if not cell.markers], words))
    asked = {table.header for table in worth_asking(survey.watch.tables)}
    for table in (one for one in survey.watch.tables if one.header in asked):
        texts.update(_unknown_texts([w for c in table.columns for w in c.words], words))
    colours = Counter(_unknown_colours(rows))
    lines = []
    if texts:
        lines.append("# [statuses]  # words that are not known")
        lines += [
            f"# met = [{quoted(text)}]  # {_times(count, 'cell')}; {_OPEN_STATUS}"
            for text, count in texts.most_common(_MOST)
        ]
    if colours:
        lines.append("# [colours]  # colours without a meaning")
        lines += [
            f"# met = [{quoted(colour)}]  # {_times(count, 'mark')}; {_OPEN_STATUS}"
            for colour, count in colours.most_common(_MOST)
        ]
    return lines


def _unknown_texts(texts: Iterable[str], words: Vocabulary) -> Iterator[str]:
    whole = {squeeze(text) for text in _listed(words.status_cells)}
    whole |= {text.casefold() for text in _listed(words.status_cells)}
    for text in map(single_spaced, texts):
        if not any(map(str.isalpha, text)) or any(map(str.isdecimal, text)):
            continue
        if squeeze(text) in whole or text.casefold() in whole:
            continue
        if not match_phrases(text.split(), words.status_phrases, words.legend.fillers):
            yield text[:_SHOWN]


def _listed(words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    return (word for listed in words.values() for word in listed)


def _unknown_colours(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        cell = row.cells.get("status")
        for marker in cell.markers if cell else ():
            if marker.value is None and marker.colour:
                yield marker.colour
