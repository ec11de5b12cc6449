"""A report as printed with its extract, and a contradiction that is to be planted in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from styrmatt.layout import Layout
from styrmatt.printed import Cell, ExtractedReport, Marker, Row, Section, packed_box
from styrmatt.records import Extract, Measure, Narrative, Record

WORDS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Plan:
    """One contradiction: the changed report, and where a finding has to be about."""

    printed: ExtractedReport
    about: tuple[str, ...]
    """Ids of measures and goals, and sentences, of which a finding names one."""
    accept: tuple[str, ...] = ()
    """Other kinds of finding that are as good: one contradiction can be said in two ways."""


@dataclass
class Subject:
    """A report in which something is planted."""

    name: str
    layout: Layout
    printed: ExtractedReport
    extract: Extract
    before: Subject | None = None
    """The report of the year before."""
    rows: dict[Any, Row] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = {(row.place.page, row.place.bbox): row for row in self.printed.rows}

    @property
    def year(self) -> int:
        return self.extract.document.fiscal_year

    def row(self, line: Record) -> Row | None:
        """The printed row of a line."""
        return self.rows.get((line.page, line.bbox))

    def measure(self, measure_id: str) -> Measure:
        return next(m for m in self.extract.measures if m.measure_id == measure_id)

    # -- changes; each gives the changed report

    def with_rows(self, *changed: tuple[Row, Row]) -> ExtractedReport:
        by_id = {id(old): new for old, new in changed}
        rows = tuple(by_id.get(id(row), row) for row in self.printed.rows)
        return replace(self.printed, rows=rows)

    def with_sections(self, *changed: tuple[Section, Section]) -> ExtractedReport:
        by_id = {id(old): new for old, new in changed}
        sections = tuple(by_id.get(id(one), one) for one in self.printed.sections)
        return replace(self.printed, sections=sections)

    def section_of(self, narrative: Narrative) -> Section:
        return self.printed.sections[narrative.section_no - 1]

    def said(self, text: str, measure: Measure) -> ExtractedReport:
        """The report with a sentence where the measure's goal or factor is written of."""
        best = max(
            (n for n in self.extract.narratives if n.text),
            key=lambda n: (
                n.success_factor_id is not None
                and n.success_factor_id == measure.success_factor_id,
                n.goal_id is not None and n.goal_id == measure.goal_id,
            ),
            default=None,
        )
        near = best is not None and best.goal_id == measure.goal_id
        if best is None or not near:
            return self.with_section(text, measure)
        return self.with_sections((self.section_of(best), appended(self.section_of(best), text)))

    def with_section(self, text: str, measure: Measure) -> ExtractedReport:
        """The report with a section more, behind the first row of the measure's page."""
        row = next(r for r in self.printed.rows if r.place.page == measure.page)
        box = row.place.bbox
        path = tuple(" ".join(h.split()) for h in (row.goal_heading,) if h)
        section = Section(
            "goal" if path else "other",
            row.goal_heading or "",
            path,
            text,
            row.place,
            (measure.page,),
            packed_box(box) if box else b"",
        )
        return replace(self.printed, sections=(*self.printed.sections, section))


Planter = Callable[[Subject], Iterator[Plan]]
PLANTERS: dict[str, list[Planter]] = {}
"""By kind of finding, what plants it."""


def plants(kind: str) -> Callable[[Planter], Planter]:
    """Enter a function that gives contradictions of a kind, as many as a report has room for."""

    def enter(planter: Planter) -> Planter:
        PLANTERS.setdefault(kind, []).append(planter)
        return planter

    return enter


# -- text


def appended(section: Section, text: str) -> Section:
    """A section with a sentence more: on its last line if that ends one, else below."""
    if not section.text.rstrip().endswith((".", "!", "?")):
        return with_paragraph(section, text)
    return replace(section, text=f"{section.text} {text}")


def with_paragraph(section: Section, text: str) -> Section:
    """A section with a paragraph of one line more."""
    box = section.boxes[-16:]
    return replace(
        section,
        text=f"{section.text}\n\n{text}",
        pages=(*section.pages, *section.pages[-1:] * 2),
        boxes=section.boxes + box + box,
    )


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, sentence.split())))


def with_text(section: Section, old: str, new: Callable[[str], str]) -> Section | None:
    """A section with a sentence changed; None where a hyphen or a page break is in it."""
    found = _pattern(old).search(section.text)
    if found is None:
        return None
    changed = new(found.group())
    if changed.count("\n") != found.group().count("\n"):
        return None
    return replace(
        section, text=section.text[: found.start()] + changed + section.text[found.end() :]
    )


def number(value: float) -> str:
    """A figure as it is printed."""
    return f"{value:g}".replace(".", ",")


def unit_words(unit: str | None) -> str | None:
    """How a sentence writes a unit; None where it would have to say more."""
    words: dict[str, str] = WORDS["units"]
    return words.get(unit or "count")


def in_sentence(name: str) -> str:
    """A measure's name within a sentence."""
    return name[:1].lower() + name[1:]


def sentence(key: str, turn: int, name: str = "", **parts: Any) -> str:
    """A sentence of a kind about a measure."""
    options = WORDS[key]
    text: str = options[turn % len(options)]
    first, _, rest = name.partition(" ")
    if turn % 2 and rest:
        name = f"{WORDS['definite'].get(first, first)} {rest}"
    filled = text.format(name=in_sentence(name), Name=name, **parts)
    return re.sub(r"\s+([.,])", r"\1", re.sub(r"  +", " ", filled))


# -- cells and marks


def with_cell(row: Row, name: str, **changes: Any) -> Row:
    """A row with a cell changed."""
    cell = row.cells.get(name) or Cell("", row.place)
    return replace(row, cells=MappingProxyType({**row.cells, name: replace(cell, **changes)}))


def with_mark(row: Row, name: str, value: str) -> Row | None:
    """A row whose one mark in a cell shows something else; None where it has none."""
    cell = row.cells.get(name)
    if cell is None or len(cell.markers) != 1 or cell.text.strip():
        return None
    mark: Marker = replace(cell.markers[0], value=value, evidence=None)
    return with_cell(row, name, markers=(mark,))
