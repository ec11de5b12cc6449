"""Scores what is read in made-up passages of running text, by kind, tuned on and held back.

    python benchmarks/passage_scores.py [--wrong] [--kind KIND] [--file held-back]

``tests/passages/*.toml`` hold the passages, a table for each, below the name of its kind:

    measures   each "Name | sexes | target"; sexes are the lines of the table: T, KM, TKM
    text       the passage; an empty line parts paragraphs
    heading    the heading above it, below that of the success factor (optional)
    year       the fiscal year of the report (2023 where absent)
    results    what the passage states: "T 68.2 percent", with "2:" ahead for the second measure and
               "?" for a unit that the datasets have no name for
    before     results of earlier years that it states: "T 66.9 2022"
    also       what may be read besides, as a result of a part of the year: "T 84 percent"

*Right* is a row of outcomes with the value, sex, unit and year of ``results``, which the record of
the measure and sex shows, too, where it has one. *Wrong* is everything else that was read: another
value, sex, year or unit, an earlier value that ``before`` does not have, a result in a record that
is not of the report's year, a result without its place, or a text that does not stand in the
passage. Recall counts ``results`` alone; earlier values have a recall of their own.

With --wrong each mistake and miss is printed; of the passages held back only totals are.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.printed import (
    Cell,
    ExtractedReport,
    Location,
    OverviewGoal,
    Row,
    Section,
    SourceFile,
    packed_box,
)
from styrmatt.records import Extract
from styrmatt.whitespace import squeeze

PASSAGES: Final = Path(__file__).resolve().parents[1] / "tests" / "passages"
HELD_BACK: Final = "held-back"
_GOAL, _FACTOR = "God kvalitet", "Uppföljda verksamheter"
_LAYOUT: Final = "styrmatt-med-namnd"
_HERE: Final = Location(4, 4, (60.0, 100.0, 500.0, 700.0))
_YEAR: Final = 2023

Stated = tuple[int, str, int, float]
"""Number of the measure, sex, year, value."""


@dataclass(frozen=True)
class Passage:
    """A passage and what it states."""

    file: str
    kind: str
    year: int
    measures: tuple[tuple[str, str, str], ...]
    text: str
    heading: str | None
    results: dict[Stated, str]
    before: frozenset[Stated]
    also: frozenset[Stated]

    @classmethod
    def of(cls, file: str, kind: str, entry: dict[str, Any]) -> Passage:
        """The passage of a table of the file."""
        year = int(str(entry.get("year", _YEAR)))
        listed: dict[str, list[str]] = {
            key: [str(item) for item in entry.get(key, [])]
            for key in ("measures", "results", "before", "also")
        }
        measures = []
        for measure in listed["measures"]:
            name, sexes, target = measure.split(" | ")
            measures.append((name, sexes, target))
        heading = entry.get("heading")
        return cls(
            file,
            kind,
            year,
            tuple(measures),
            str(entry["text"]).strip(),
            None if heading is None else str(heading),
            {(n, sex, year, value): last for n, sex, value, last in map(_parts, listed["results"])},
            frozenset(
                (n, sex, int(last), value) for n, sex, value, last in map(_parts, listed["before"])
            ),
            frozenset((n, sex, year, value) for n, sex, value, _ in map(_parts, listed["also"])),
        )


@dataclass
class Score:
    """Counts of what was read, and a line for each mistake."""

    counts: Counter[str] = field(default_factory=Counter)
    log: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of right ones of what was read."""
        right = self.counts["right"] + self.counts["allowed"]
        return right / max(right + self.counts["wrong"], 1)

    @property
    def recall(self) -> float:
        """The share of results that were read."""
        stated = self.counts["right"] + self.counts["missed"]
        return self.counts["right"] / stated if stated else 1.0


def passages(file: str | None = None) -> list[Passage]:
    """All passages, or those of one file."""
    paths = sorted(PASSAGES.glob("*.toml")) if file is None else [PASSAGES / f"{file}.toml"]
    return [
        Passage.of(path.stem, kind, entry)
        for path in paths
        for kind, entries in tomllib.loads(path.read_text("utf-8")).items()
        for entry in entries
    ]


def _parts(item: str) -> tuple[int, str, float, str]:
    number, _, rest = item.rpartition(":")
    sex, value, last = rest.split()
    return int(number or 1), sex, float(value), last


def read(passage: Passage) -> Extract:
    """A report of one page with the measures and the passage, as it is read."""
    rows = []
    for number, (name, sexes, target) in enumerate(passage.measures, 1):
        for sex in sexes:
            texts = {"measure": name, "board": "RS", "sex": sex.strip("T"), "target": target}
            cells = {key: Cell(text, _HERE) for key, text in texts.items()}
            rows.append(Row(1, number, cells, _HERE, "Samhälle", _GOAL, _FACTOR))
    lines = passage.text.splitlines()
    boxes = [(60.0, 100.0 + 12 * n, 500.0, 110.0 + 12 * n) for n in range(len(lines))]
    path = (_GOAL, _FACTOR, *([passage.heading] if passage.heading else []))
    own = Section(
        "other" if passage.heading else "success_factor",
        passage.heading or _FACTOR,
        path,
        "\n".join(lines),
        _HERE,
        tuple(4 for _ in lines),
        b"".join(map(packed_box, boxes)),
    )
    above = [Section("goal", _GOAL, (_GOAL,), "", _HERE)]
    if passage.heading:
        above.append(Section("success_factor", _FACTOR, (_GOAL, _FACTOR), "", _HERE))
    overview = OverviewGoal("Samhälle", Cell(_GOAL, _HERE), (Cell(_FACTOR, _HERE),), None, _HERE)
    source = SourceFile("r.pdf", "ab" * 32, "pdf", 9, (1,))
    identity = {"organisation": "Region Sjödal", "fiscal_year": str(passage.year)}
    printed = ExtractedReport(
        source, tuple(rows), (overview,), (*above, own), (), identity=identity
    )
    layout = next(layout for layout in load_layouts() if layout.name == _LAYOUT)
    return normalize(printed, layout, {}, "benchmark")


def score(all_of_them: Iterable[Passage]) -> dict[tuple[str, str], Score]:
    """The scores by file and kind."""
    scores: dict[tuple[str, str], Score] = {}
    for passage in all_of_them:
        one = scores.setdefault((passage.file, passage.kind), Score())
        for fate, what in _fates(passage, read(passage)):
            one.counts[fate] += 1
            if fate in ("wrong", "missed", "missed_before"):
                one.log.append(f"{fate:14}{what}\n              {passage.text}")
    return scores


def _fates(passage: Passage, got: Extract) -> Iterator[tuple[str, str]]:
    numbers = {
        m.measure_id: [n for n, *_ in passage.measures].index(m.measure) for m in got.measures
    }
    letters = squeeze(passage.text)
    shown = {
        (numbers[r.measure_id] + 1, r.sex): r.outcome_value
        for r in got.records
        if r.outcome_source == "narrative"
    }
    with_record = {(numbers[r.measure_id] + 1, r.sex) for r in got.records}
    found: set[Stated] = set()
    earlier: set[Stated] = set()
    for row in got.outcomes:
        number = numbers[row.measure_id] + 1
        if row.value is not None:
            stated = (number, row.sex, row.outcome_year or passage.year, row.value)
            fault = _fault(passage, stated, row.unit)
            if fault is None and (row.bbox is None or row.page is None):
                fault = "no place"
            sentences = re.split(r"(?<=[.!?:])\s+", row.text or "")
            if fault is None and not all(squeeze(one) in letters for one in sentences):
                fault = "not a quote"
            if fault:
                yield "wrong", f"{stated} {row.unit}: {fault}"
            elif stated in passage.results:
                found.add(stated)
            elif stated in passage.before:
                earlier.add(stated)
            else:
                yield "allowed", f"{stated}"
        if row.previous_value is not None:
            year = row.previous_year or passage.year - 1
            stated = (number, row.sex, year, row.previous_value)
            if stated in passage.before:
                earlier.add(stated)
            else:
                yield "wrong", f"{stated}: not stated as an earlier value"
    for stated in passage.results:
        key = stated[:2]
        if stated in found and key in with_record and shown.get(key) != stated[3]:
            yield "wrong", f"{stated}: the record shows {shown.get(key)}"
        yield ("right" if stated in found else "missed"), f"{stated}"
    of_year = {stated[:2] for stated in passage.results}
    for key, value in shown.items():
        if value is not None and key not in of_year:
            yield "wrong", f"{key}: the record shows {value}"
    for stated in passage.before:
        yield ("allowed" if stated in earlier else "missed_before"), f"{stated}"


def _fault(passage: Passage, stated: Stated, unit: str | None) -> str | None:
    if stated in passage.before or stated in passage.also:
        return None
    if stated not in passage.results:
        return "not stated"
    wanted = passage.results[stated]
    return None if wanted in ("?", unit) else f"the unit is {wanted}"


def main() -> None:
    """Prints the scores."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--wrong", action="store_true", help="print each mistake")
    parser.add_argument("--kind", help="score this kind only")
    parser.add_argument("--file", help="score this file only")
    options = parser.parse_args()
    chosen = [p for p in passages(options.file) if options.kind in (None, p.kind)]
    scores = score(chosen)
    print(f"{'passages':20}{'kind':18}right missed wrong  precision recall  earlier")
    for file in dict.fromkeys(file for file, _ in scores):
        whole = Score()
        for (own, kind), one in scores.items():
            if own == file:
                print(_line(file, kind, one))
                whole.counts += one.counts
                if options.wrong and not file.startswith(HELD_BACK):
                    print("\n".join(one.log))
        print(_line(file, "all", whole))


def _line(file: str, kind: str, one: Score) -> str:
    counts = one.counts
    return (
        f"{file:20}{kind:18}{counts['right']:5}{counts['missed']:7}{counts['wrong']:6}"
        f"  {one.precision:9.3f}{one.recall:7.3f}   -{counts['missed_before']}"
    )


if __name__ == "__main__":
    main()
