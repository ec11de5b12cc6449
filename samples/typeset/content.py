"""Reads a report's content from a TOML file of samples/content.

A measure's `lines` are strings of five parts, "sex | target | meaning | status | trend":

- sex: T, K or M
- target: as it reads clean, and after "//" as it is printed, where that differs
- meaning: the target's kind, then its value, unit, comparator, direction and baseline year
(base2018), as far as it has them
- status, trend: the markers; a text in single quotes is printed instead of a marker

A section's `text` holds paragraphs parted by empty lines; "## " begins a heading, "- " a list item.
A result's `says` is the beginning of the sentence that states it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from typeset.model import Factor, Goal, Line, Measure, PlainTable, Report, Section
from typeset.words import words

SEX = {"T": "all", "K": "women", "M": "men"}
UNITS = (
    "percent",
    "percentage_points",
    "count",
    "kr",
    "tkr",
    "mnkr",
    "days",
    "per_1000",
    "ratio",
    "index",
)
COMPARATORS = ("ge", "le", "gt", "lt", "eq")
DIRECTIONS = ("increase", "decrease", "maintain", "follow")


def load(path: Path) -> Report:
    """The report of one file."""
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    reader = _Reader(data["fiscal_year"], data["family"])
    goals = tuple(reader.goal(number, goal) for number, goal in enumerate(data["goal"], 1))
    return Report(
        family=data["family"],
        title=data["title"],
        organisation=data["organisation"],
        body=data.get("body"),
        fiscal_year=data["fiscal_year"],
        doc_id=data["doc_id"],
        doc_version=data["doc_version"],
        boards=tuple(data.get("boards", ())),
        published=data.get("published", ""),
        goals=goals,
        intro=tuple(
            one
            for entry in data.get("intro", ())
            for one in sections(entry["text"], entry["heading"])
        ),
        claim=data["claim"],
        claim_counts=data["claim_counts"],
        perspectives=data.get("perspectives", {}),
        closing=tuple(
            one
            for entry in data.get("closing", ())
            for one in sections(entry["text"], entry["heading"])
        ),
        closing_tables=tuple(_table(table) for table in data.get("tables", ())),
        footnotes=data.get("footnotes", {}),
        outcomes=tuple(reader.outcomes),
        near_misses=tuple(reader.near_misses),
    )


def sections(text: str, heading: str | None = None) -> list[Section]:
    """The sections of a text: what comes before the first heading, then one for each heading."""
    out: list[Section] = []
    for part in re.split(r"^## ", text.strip(), flags=re.M):
        if out or text.strip().startswith("## "):
            heading, _, part = part.partition("\n")
        paragraphs = [
            " ".join(one.split()) for one in re.split(r"\n\s*\n|\n(?=- )", part) if one.strip()
        ]
        if paragraphs or heading:
            out.append(Section(heading, tuple(paragraphs)))
        heading = None
    return out


def _table(table: dict[str, Any]) -> PlainTable:
    return PlainTable(
        table["title"], tuple(tuple(row) for row in table["rows"]), table.get("note", "")
    )


def line(text: str, components: tuple[dict[str, Any], ...] = ()) -> Line:
    """One sex line from its five parts."""
    sex, target, meaning, status, trend = (part.strip() for part in text.split("|"))
    clean, _, printed = (part.strip(" ") for part in target.partition("//"))
    kind, *tokens = meaning.split()
    found: dict[str, Any] = {}
    for token in tokens:
        if token in UNITS:
            found["unit"] = token
        elif token in COMPARATORS:
            found["comparator"] = token
        elif token in DIRECTIONS:
            found["direction"] = token
        elif token.startswith("base"):
            found["baseline_year"] = int(token[4:])
        else:
            found["value"] = float(token)
    marks = {
        name: (None, part[1:-1]) if part.startswith("'") else (part or None, None)
        for name, part in (("status", status), ("trend", trend))
    }
    return Line(
        SEX[sex],
        clean,
        printed or clean,
        kind,
        components=components,
        status=marks["status"][0],
        trend=marks["trend"][0],
        status_text=marks["status"][1],
        trend_text=marks["trend"][1],
        **found,
    )


class _Reader:
    """Numbers goals, factors and measures as it reads them, and gathers what the text states about
    the measures."""

    def __init__(self, year: int, family: str) -> None:
        self.year, self.family = year, family
        self.factors = self.measures = 0
        self.outcomes: list[dict[str, Any]] = []
        self.near_misses: list[dict[str, Any]] = []

    def goal(self, number: int, goal: dict[str, Any]) -> Goal:
        """A goal with its factors; the first sentence of its text states the assessment."""
        narrative = sections(goal["text"])[0].paragraphs
        quote = re.split(r"(?<=[.!?]) ", narrative[0])[0]
        return Goal(
            f"g{number:02d}",
            goal["perspective"],
            goal["name"],
            goal.get("heading", goal["name"]),
            tuple(goal.get("boards", ())),
            goal["status"],
            quote,
            narrative,
            tuple(self._factor(factor) for factor in goal["factor"]),
        )

    def _factor(self, factor: dict[str, Any]) -> Factor:
        self.factors += 1
        parts = sections(factor.get("text", ""))
        measures = tuple(self._measure(measure, parts) for measure in factor.get("measure", ()))
        name = factor.get("name")
        return Factor(
            f"f{self.factors:02d}",
            name,
            factor.get("heading") or name or "",
            tuple(factor.get("boards", ())),
            factor.get("heading_goal"),
            factor.get("prefixed", True),
            measures,
            tuple(parts),
            tuple(_table(table) for table in factor.get("tables", ())),
        )

    def _measure(self, measure: dict[str, Any], parts: list[Section]) -> Measure:
        self.measures += 1
        measure_id = f"m{self.measures:03d}"
        kind = measure.get("kind", "styrmatt")
        prefix = measure.get("prefix", words()["prefixes"].get(kind, ""))
        components = tuple(measure.get("components", ()))
        lines = tuple(line(text, components) for text in measure["lines"])
        for result in measure.get("results", ()):
            self.outcomes.append(
                outcome(measure_id, self.year, result, _sentence(result["says"], parts))
            )
        for sex in measure.get("doubtful", ()):
            self.near_misses.append(
                {
                    "measure_id": measure_id,
                    "sex": SEX[sex],
                    "value": None,
                    "quote": "",
                    "why_not": "reading open",
                }
            )
        return Measure(
            measure_id,
            measure["name"],
            prefix + measure.get("printed", measure["name"]),
            kind,
            measure.get("board"),
            lines,
            measure.get("note"),
            measure.get("shared", False),
        )


def outcome(measure_id: str, year: int, result: dict[str, Any], quote: str) -> dict[str, Any]:
    """What the text of a year's report states about a measure, as the truth files hold it."""
    return {
        "measure_id": measure_id,
        "sex": SEX[result["sex"]],
        "value": result.get("value"),
        "unit": result.get("unit"),
        "year": result.get("year", year),
        "period": result.get("period"),
        "previous_value": result.get("previous_value"),
        "previous_year": result.get("previous_year"),
        "change_text": result.get("change"),
        "status_stated": result.get("status_stated"),
        "quote": quote,
    }


def _sentence(beginning: str, parts: list[Section]) -> str:
    """The sentence that begins so; a KeyError shows a result that its text does not state."""
    for part in parts:
        for paragraph in part.paragraphs:
            for sentence in re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", paragraph):
                if sentence.startswith(beginning):
                    return sentence
    raise KeyError(f"no sentence begins {beginning!r}")
