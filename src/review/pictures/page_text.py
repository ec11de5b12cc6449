"""The running text of a page, cut where a result of a measure is stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from styrmatt.export.store.select_rows import select_rows
from styrmatt.review.extract_index import ExtractIndex

_MOST_SECTIONS: Final = 60
"""Sections of a page that are shown: a page of print has at most some ten."""
_SECTIONS: Final = ("section_id", "heading", "text", "paragraph_pages", "page_first", "page_last")
_RESULTS: Final = ("measure_id", "sex", "text")


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of text; ``record_id`` is of the record whose result it states."""

    text: str
    record_id: str | None = None
    page: int | None = None
    """The page on which that record's line begins."""


@dataclass(frozen=True, slots=True)
class TextSection:
    """A section's paragraphs that begin on the page."""

    heading: str | None
    paragraphs: tuple[tuple[TextSpan, ...], ...]


def text_on(index: ExtractIndex, document_id: str, page: int) -> tuple[TextSection, ...]:
    """The sections with text on a page of a report."""
    file = index.file("narratives", document_id)
    pages = select_rows(file, "narratives", ("section_id", "page_first", "page_last")).rows
    here = [row["section_id"] for row in pages if row["page_first"] <= page <= row["page_last"]]
    sections = select_rows(
        file, "narratives", _SECTIONS, where={"section_id": here[:_MOST_SECTIONS]}
    ).rows
    stated = select_rows(
        index.file("outcomes", document_id), "outcomes", _RESULTS, where={"source": ("narrative",)}
    ).rows
    results = tuple(_results(index, document_id, stated))
    found = [
        TextSection(row["heading"], tuple(_paragraphs(row, page, results))) for row in sections
    ]
    return tuple(section for section in found if section.paragraphs or section.heading)


def _results(
    index: ExtractIndex, document_id: str, stated: Sequence[Mapping[str, Any]]
) -> Iterator[TextSpan]:
    """What states a result, with the record of its measure and sex, else another of the measure."""
    file = index.file("records", document_id)
    measures = {row["measure_id"] for row in stated}
    lines = select_rows(
        file, "records", ("record_id", "measure_id", "sex", "page"), where={"measure_id": measures}
    ).rows
    by_sex = {(line["measure_id"], line["sex"]): line for line in lines}
    by_measure = {line["measure_id"]: line for line in reversed(lines)}
    for row in stated:
        line = by_sex.get((row["measure_id"], row["sex"])) or by_measure.get(row["measure_id"])
        if line is not None:
            yield TextSpan(row["text"], line["record_id"], line["page"])


def _paragraphs(
    section: Mapping[str, Any], page: int, results: Sequence[TextSpan]
) -> Iterator[tuple[TextSpan, ...]]:
    paragraphs = (section["text"] or "").split("\n\n")
    pages = section["paragraph_pages"]
    for number, paragraph in enumerate(paragraphs):
        on = pages[number] if number < len(pages) else section["page_first"]
        if on == page and paragraph:
            yield tuple(_spans(paragraph, results))


def _spans(paragraph: str, results: Sequence[TextSpan]) -> Iterator[TextSpan]:
    """The paragraph cut at the first mention of each result that stands in it."""
    places = sorted(
        (at, at + len(result.text), number)
        for number, result in enumerate(results)
        if (at := paragraph.find(result.text)) >= 0
    )
    done = 0
    for start, end, number in places:
        if start < done:
            continue
        if start > done:
            yield TextSpan(paragraph[done:start])
        yield results[number]
        done = end
    if done < len(paragraph):
        yield TextSpan(paragraph[done:])
