"""Made-up reports in any number, no two alike, each with its truth: what the benchmarks read.

    python benchmarks/collection.py FOLDER --count 100          a hundred reports of some pages
    python benchmarks/collection.py FOLDER --count 1 --goals 100 --like-real    a long one

The reports are of many organisations and several years each. From one year to the next an
organisation drops some of its measures for new ones and brings its goals in another order;
targets, outcomes, markers and texts are of the report alone. The words are those of
collection.toml; the typesetter is that of samples/. The same seed makes the same reports.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "samples"))

if TYPE_CHECKING:
    from typeset.model import Factor, Goal, Line, Measure, Report
    from typeset.style import Style

FIRST_YEAR = 2004
_FACTORS = (2, 3)
_MEASURES = (2, 5)
"""How many factors a goal has, and how many measures a factor."""
LIKE_REAL = (14, 26)
"""Paragraphs of a factor that make a report as dense in measures as real ones, two rows a page."""
_DROPPED = 0.15
"""Share of the measures that another year has others instead of."""
_MARKERS = ("vector", "word", "form", "shade", "picture")
_PALETTES = ("bright", "flat", "office")


@dataclass(frozen=True)
class Kind:
    """What the reports of a collection have in common."""

    goals: int = 3
    """Of each report; a goal takes two pages or more."""
    filling: tuple[int, int] = (1, 3)
    """How many paragraphs each factor has that tell of no measure; few make short reports."""
    years: int = 10
    """Of each organisation."""
    seed: int = 7


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=10, help="how many reports")
    parser.add_argument("--goals", type=int, default=Kind.goals, help="goals in each of them")
    parser.add_argument("--like-real", action="store_true", help="with as much text as real ones")
    parser.add_argument("--seed", type=int, default=Kind.seed)
    arguments = parser.parse_args()
    filling = LIKE_REAL if arguments.like_real else Kind.filling
    kind = Kind(goals=arguments.goals, filling=filling, seed=arguments.seed)
    print(f"{len(make(arguments.folder, arguments.count, kind))} reports in {arguments.folder}")


def make(folder: Path, count: int, kind: Kind, *, first: int = 0, jobs: int = 2) -> list[Path]:
    """Typeset so many reports, each with .truth.json and .facts.json beside it.

    ``first`` is the number of the first organisation; every number is another one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    starts = range(0, count, kind.years)
    shares = [(folder, first + n, min(kind.years, count - at), kind) for n, at in enumerate(starts)]
    if len(shares) == 1:
        return _make_years(*shares[0])
    with ProcessPoolExecutor(jobs) as pool:
        return [
            path for paths in pool.map(_make_years, *zip(*shares, strict=True)) for path in paths
        ]


def _make_years(folder: Path, number: int, years: int, kind: Kind) -> list[Path]:
    from typeset.produce import produce

    paths = []
    for report, style in islice(reports_of(number, kind), years):
        path = folder / f"report-{number:04}-{report.fiscal_year}.pdf"
        truth, facts = (path.with_suffix(f".{part}.json") for part in ("truth", "facts"))
        produce(report, style, path, truth, facts)
        paths.append(path)
    return paths


def reports_of(number: int, kind: Kind) -> Iterator[tuple[Report, Style]]:
    """The reports of an organisation, year by year, and how they are typeset."""
    organisation = _Organisation(number, kind)
    for year in range(FIRST_YEAR, FIRST_YEAR + kind.years):
        yield organisation.report(year), organisation.style
        organisation.next_year()


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((ROOT / "benchmarks" / "collection.toml").read_text(encoding="utf-8"))


class _Draw:
    """Chance, and the words to draw from."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self._used: set[str] = set()

    def between(self, least: int, most: int) -> range:
        """A range of so many numbers."""
        return range(self.random.randint(least, most))

    def words(self, **pools: Sequence[str]) -> dict[str, str]:
        """One of each of the words that fill texts; from these ``pools`` where they are given."""
        plain = _content()["words"]
        names = ("aim", "area", "group", "relation", "work")
        given = {name: plain[f"{name}s"] for name in names} | pools
        return {name: self.random.choice(pool) for name, pool in given.items()}

    def unused(self, text: str, **pools: Sequence[str]) -> dict[str, str]:
        """Words that fill a text as it was never filled before."""
        while True:
            words = self.words(**pools)
            filled = text.format(**words)
            if filled not in self._used:
                self._used.add(filled)
                return words


@dataclass(frozen=True)
class _Item:
    """A goal, a factor or a measure as it is from year to year."""

    form: dict[str, Any]
    words: dict[str, str]
    parts: list[_Item]

    @property
    def name(self) -> str:
        return str(self.form["name"].format(**self.words))


class _Organisation:
    """What an organisation has in the year that it has come to."""

    def __init__(self, number: int, kind: Kind) -> None:
        self.filling = kind.filling
        self.draw = _Draw(f"{kind.seed}/{number}")
        self.names = _names(number)
        self.goals = [self._new_goal(place) for place in range(kind.goals)]
        self.style = _style(number)

    def _new_goal(self, place: int) -> _Item:
        perspectives = _content()["perspective"]
        perspective = perspectives[place % len(perspectives)]
        form = {"name": _content()["words"]["goal"], "perspective": perspective["name"]}
        words = self.draw.unused(form["name"], goal=perspective["goals"])
        factors = [self._new_factor(words["area"]) for _ in self.draw.between(*_FACTORS)]
        return _Item(form, words, factors)

    def _new_factor(self, area: str) -> _Item:
        form = {"name": _content()["words"]["factor"]}
        words = self.draw.unused(form["name"], area=[area])
        measures = [self._new_measure(area) for _ in self.draw.between(*_MEASURES)]
        return _Item(form, words, measures)

    def _new_measure(self, area: str) -> _Item:
        form = self.draw.random.choice(_content()["measure"])
        return _Item(form, self.draw.unused(form["name"], area=[area]), [])

    def next_year(self) -> None:
        """Come to the next year."""
        random = self.draw.random
        random.shuffle(self.goals)
        for factor in (factor for goal in self.goals for factor in goal.parts):
            for place in range(len(factor.parts)):
                if random.random() < _DROPPED:
                    factor.parts[place] = self._new_measure(factor.words["area"])
            random.shuffle(factor.parts)

    def report(self, year: int) -> Report:
        """The report of the year that it has come to."""
        return _Writing(self, year).report()


class _Writing:
    """The content of one report."""

    def __init__(self, organisation: _Organisation, year: int) -> None:
        self._draw, self._names = organisation.draw, organisation.names
        self._goals, self._filling_of = organisation.goals, organisation.filling
        self._year = year
        self._sentences = _content()["sentences"]
        self._factors = self._measures = 0
        self._outcomes: list[dict[str, Any]] = []

    def report(self) -> Report:
        from typeset.model import Report, Section

        family, content = self._names["family"], _content()
        order = [perspective["name"] for perspective in content["perspective"]]
        goals = sorted(self._goals, key=lambda goal: order.index(goal.form["perspective"]))
        made = tuple(self._goal(number, goal) for number, goal in enumerate(goals, 1))
        reading = Section(self._sentences["heading"], tuple(self._sentences["reading"]))
        return Report(
            family=family,
            title=content["title"][family].format(year=self._year, **self._names),
            organisation=self._names["organisation"],
            fiscal_year=self._year,
            doc_id="",
            doc_version="",
            goals=made,
            boards=tuple(content["boards"]) if family == "a" else (),
            intro=(reading,),
            perspectives={
                p["name"]: p["text"].format(**self._names) for p in content["perspective"]
            },
            outcomes=tuple(self._outcomes),
        )

    def _goal(self, number: int, goal: _Item) -> Goal:
        from typeset.model import Goal

        status = self._draw.random.choice(list(self._sentences["assessment"]))
        assessment = self._sentences["assessment"][status]
        return Goal(
            goal_id=f"g{number:03}",
            perspective=goal.form["perspective"],
            name=goal.name,
            heading=goal.name,
            boards=(),
            assessment=status,
            assessment_quote=assessment,
            narrative=(f"{assessment} {self._filling(goal.words['area'])}",),
            factors=tuple(self._factor(factor) for factor in goal.parts),
        )

    def _factor(self, factor: _Item) -> Factor:
        from typeset.model import Factor, Section

        self._factors += 1
        told: list[str] = []
        measures = tuple(self._measure(measure, told) for measure in factor.parts)
        area = factor.words["area"]
        told += [self._filling(area) for _ in self._draw.between(*self._filling_of)]
        sections = (Section(None, tuple(told)),)
        number = f"f{self._factors:03}"
        return Factor(number, factor.name, factor.name, measures=measures, sections=sections)

    def _filling(self, area: str) -> str:
        sentences = self._draw.random.sample(self._sentences["filling"], 3)
        return " ".join(s.format(**self._draw.words(area=[area])) for s in sentences)

    def _measure(self, measure: _Item, told: list[str]) -> Measure:
        """A measure; the sentence that states its outcome, if any, is added to what is ``told``."""
        from typeset.model import Measure
        from typeset.words import words

        self._measures += 1
        number, form = f"m{self._measures:04}", measure.form
        by_board = self._names["family"] == "a"
        kind = form.get("kind", "styrmatt")
        sexes = "KM" if form.get("sexes") and by_board else "T"
        if "says" in form:
            told.append(self._outcome(number, measure))
        return Measure(
            measure_id=number,
            name=measure.name,
            printed=words()["prefixes"].get(kind, "") + measure.name,
            kind=kind,
            board=self._draw.random.choice(_content()["boards"]) if by_board else None,
            lines=tuple(self._line(sex, measure) for sex in sexes),
        )

    def _line(self, sex: str, measure: _Item) -> Line:
        from typeset.content import line
        from typeset.style import STATUSES, TRENDS

        random = self._draw.random
        words = measure.words | {"target": str(random.randint(5, 95))}
        parts = [measure.form[part].format(**words) for part in ("target", "meaning")]
        return line(" | ".join([sex, *parts, random.choice(STATUSES[:3]), random.choice(TRENDS)]))

    def _outcome(self, number: str, measure: _Item) -> str:
        from typeset.content import outcome

        value, previous = (self._draw.random.randint(5, 95) for _ in range(2))
        says = measure.form["says"]
        quote = str(says.format(value=value, previous=previous, **measure.words))
        result = {"sex": "T", "value": value, "unit": measure.form["meaning"].split()[2]}
        if "{previous}" in says:
            result |= {"previous_value": previous, "previous_year": self._year - 1}
        self._outcomes.append(outcome(number, self._year, result, quote))
        return quote


def _names(number: int) -> dict[str, str]:
    """The family of an organisation's reports, its place and its name."""
    content, family = _content(), "ab"[number % 2]
    beginnings, ends = content["beginnings"], content["ends"]
    if number >= len(beginnings) * len(ends):
        raise ValueError(f"There are names for {len(beginnings) * len(ends)} organisations.")
    place = beginnings[number % len(beginnings)] + ends[number // len(beginnings)]
    name = content["organisation"][family].format(place=place)
    return {"family": family, "place": place, "organisation": name}


def _style(number: int) -> Style:
    """How an organisation has its reports typeset, with faces that need no file."""
    from typeset.style import Style

    return Style(
        name=f"collection-{number}",
        producer="reportlab",
        markers=_MARKERS[number // 2 % len(_MARKERS)],
        palette=_PALETTES[number % len(_PALETTES)],
        font="Helvetica",
        heading_font="Helvetica",
        size=10.0,
        table_size=8.5,
        rules=("full", "horizontal")[number // 3 % 2],
        hyphenate="none",
    )


if __name__ == "__main__":
    main()
