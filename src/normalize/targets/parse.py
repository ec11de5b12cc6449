"""What a target cell aims at: figure, unit, comparison, direction, year.

A figure is a target only where the cell begins with it (comparisons, sex marks, years, directions
and fillers aside) or where it has a unit. Everything else stays text, and a cell with figures that
nothing explains is noted as unparsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from styrmatt.normalize.targets.context import ContextWords
from styrmatt.normalize.targets.figures import TargetCellReading, TargetFigure, TargetFigureReader
from styrmatt.normalize.targets.implausible import (
    beyond_the_whole,
    find_implausible,
    name_units,
)
from styrmatt.normalize.targets.misprints import BrokenWords, Misprint, find_misprints
from styrmatt.normalize.targets.tokens import TargetTokenizer
from styrmatt.normalize.targets.units import (
    PrintedUnit,
    implied_unit,
    is_share,
    whole_words,
)
from styrmatt.records import UNITS, Component
from styrmatt.vocabulary import Vocabulary

_UNREADABLE = "\ufffd"
"""Stands for a character that cannot be read: a digit or a sign may be among them."""
_FIGURES_ALONE = re.compile(r"(?=.*\d)[\W\d]*")
_OF_YEAR = re.compile(r"\b(?:19|20)\d\d\s?:")
_EMPTY_YEAR = re.compile(r"\b((?:19|20)\d\d)\s?:\s*[-–—]\s*(?=(?:19|20)\d\d\s?:|$)")
_SIGN = re.compile(r"\s*(?P<sign>[+−–-])\s?\d")
"""The sign of an amount of change."""
_CHANGES = ("increase", "decrease")


@dataclass(frozen=True)
class TargetReading:
    """The target columns of one record."""

    kind: str
    """One of ``TARGET_KINDS`` in :mod:`styrmatt.records`."""
    comparator: str | None = None
    value: float | None = None
    unit: str | None = None
    direction: str | None = None
    baseline_year: int | None = None
    components: tuple[Component, ...] = ()
    doubt: str | None = None
    review: tuple[str, ...] = ()
    lacks_unit: bool = False
    """Whether it is a bare figure, and neither the cell nor the measure's name says its unit."""
    sexes: tuple[str, ...] = ()
    """The sexes that the cell marks, in its order."""
    several: bool = False
    """Whether the cell seems to hold the targets of two lines."""

    @property
    def better(self) -> tuple[str | None, str | None]:
        """Which way is better (higher, lower), and what says so; two Nones where nothing does."""
        by_direction = {"increase": "higher", "decrease": "lower"}.get(self.direction or "")
        by_comparator = {"ge": "higher", "gt": "higher", "le": "lower", "lt": "lower"}.get(
            self.comparator or ""
        )
        if self.kind == "change":  # "minska med minst 10 %" compares the change, not the level
            by_direction = None if by_comparator == "lower" else by_direction
            by_comparator = None
        if by_comparator and by_direction and by_comparator != by_direction:
            return None, None
        if by_comparator:
            return by_comparator, "comparator"
        return (by_direction, "direction") if by_direction else (None, None)


class TargetReader:
    """Reads the target cells of one report."""

    def __init__(
        self, vocabulary: Vocabulary, fiscal_year: int, *, dots_group: bool = False
    ) -> None:
        """``dots_group`` says that a dot before three digits groups thousands in the report."""
        self._vocabulary = vocabulary
        self._year = fiscal_year
        self._tokenizer = TargetTokenizer(vocabulary, dots_group=dots_group)
        roles = self._tokenizer.roles
        self._broken_words = BrokenWords.of(roles)
        self._unit_words = {
            phrase: what["unit"] for phrase, what in roles.items() if "unit" in what
        }
        words = vocabulary.targets
        self._none = _folded(words.none)
        self._milestones = whole_words(words.milestone)
        self._words = ContextWords.of(words)

    def read(
        self,
        text: str | None,
        sex: str,
        measure_name: str,
        unit: PrintedUnit | None = None,
        *,
        of_change: bool = False,
    ) -> TargetReading:
        """What the clean cell ``text`` says for the sex (T, K or M) of a measure of that name.

        ``unit`` is what the table prints beside the cell; else the name may imply one.
        ``of_change`` says that the header calls the column's figures changes; a sign before one is
        its direction then: "+500".
        """
        if text is None or not text.strip() or text.strip().casefold() in self._none:
            return TargetReading("none")
        if _UNREADABLE in text:
            return TargetReading("qualitative", doubt="characters of it cannot be read")
        text = _without_empty_years(text, self._year)
        implied = unit.code if unit else implied_unit(measure_name, self._vocabulary.units)
        tokens, mended = self._broken_words.mend(self._tokenizer.tokenize(text))
        reading = TargetFigureReader(tokens, self._words, name_counts=implied == "count").read()
        misprints = [
            *find_misprints(
                text, tokens, reading, self._unit_words, unit_implied=implied is not None
            ),
            *find_implausible(tokens, self._tokenizer.roles, is_percent=implied == "percent"),
        ]
        if misprints:
            return self._misprinted(text, reading, misprints)
        name_units(reading.figures)
        self._name_sexes(reading, measure_name)
        _share_units(reading.figures)
        figures = [figure for figure in reading.figures if figure.counts]
        if (
            reading.direction is not None
        ):  # a direction takes the figures that it is joined to, no others
            figures = [figure for figure in figures if figure.led]
        main = self._main(figures, sex)
        share = is_share(measure_name, self._vocabulary.units)
        sign = _SIGN.match(text) if of_change and reading.direction is None else None
        if sign is not None:
            reading.direction = "increase" if sign["sign"] == "+" else "decrease"
        result = self._result(
            text, sex, reading, figures, main, implied, share=share, of_change=of_change
        )
        if unit is not None:
            result = replace(result, lacks_unit=False)
        return _with_mended(result, mended) if mended else result

    def _misprinted(
        self, text: str, reading: TargetCellReading, misprints: Sequence[Misprint]
    ) -> TargetReading:
        """What is certain of a misprinted cell: its words, unless they are of two targets."""
        several = any(misprint.several for misprint in misprints)
        if several:
            reading = TargetCellReading(years=reading.years, sexes=reading.sexes)
        return TargetReading(
            kind=self._kind(text, reading, None),
            comparator=reading.comparator,
            direction=reading.direction,
            baseline_year=next((year for year in reading.years if year != self._year), None),
            doubt="; ".join(dict.fromkeys(misprint.message for misprint in misprints)),
            review=("target_unparsed",),
            sexes=tuple(dict.fromkeys(reading.sexes)),
            several=several,
        )

    def _main(self, figures: list[TargetFigure], sex: str) -> TargetFigure | None:
        """The figure that is this sex's target in the report's year; None where none is."""
        mine = [figure for figure in figures if figure.sex in (None, sex)]
        if sex == "T":
            mine = [figure for figure in figures if figure.sex == "T"] or figures
        elif any(figure.sex == sex for figure in figures):
            mine = [figure for figure in figures if figure.sex == sex]
        of_year = [figure for figure in mine if figure.year == self._year]
        if of_year and len({figure.year for figure in mine}) > 1:
            mine = of_year
        return next(
            (figure for figure in mine if figure.connector == "to"), mine[0] if mine else None
        )

    def _name_sexes(self, reading: TargetCellReading, name: str) -> None:
        """Give two bare figures the sexes that the measure's name has, in the order of the name."""
        figures = reading.figures
        if (
            len(figures) != 2
            or any(f.sex or f.noun or f.label for f in figures)
            or not figures[1].joined
        ):
            return
        places = {
            code: min(
                (m.start() for w in words if (m := re.search(rf"(?<!\w){w}(?!\w)", name, re.I))),
                default=None,
            )
            for code, words in self._vocabulary.sexes.items()
            if code != "T"
        }
        named = sorted((at, code) for code, at in places.items() if at is not None)
        if len(named) == 2:
            for figure, (_, code) in zip(figures, named, strict=True):
                figure.sex = code
            reading.sexes.extend(code for _, code in named)

    def _result(
        self,
        text: str,
        sex: str,
        reading: TargetCellReading,
        figures: list[TargetFigure],
        main: TargetFigure | None,
        implied: str | None,
        *,
        share: bool,
        of_change: bool,
    ) -> TargetReading:
        direction = reading.direction or (main.direction if main else None)
        unit = self._unit(main, implied) if main else None
        kind = self._kind(text, reading, main)
        if main is None and figures:
            kind = "threshold"  # for the other sex
        if of_change and kind == "threshold" and main is not None:
            kind = "change"
        if (
            kind == "change"
            and main is not None
            and main.unit is None
            and unit in ("percent", "index")
        ):
            unit = None  # "öka med 5" of a share: percent or percentage points, nothing says which
        doubt = self._doubt(text, sex, reading, figures, main, kind)
        if doubt is None and share and kind == "threshold":
            units = {figure.at: self._unit(figure, implied) for figure in figures}
            doubt = beyond_the_whole(figures, units)
        if doubt:  # one figure of the cell is not to be trusted without the others
            main, figures = None, []
        return TargetReading(
            kind=kind,
            comparator=main.comparator if main else reading.comparator,
            value=main.value if main else None,
            unit=unit,
            direction=direction,
            baseline_year=next((year for year in reading.years if year != self._year), None),
            components=self._components(figures, main, sex, implied),
            doubt=doubt,
            review=self._review(main, doubt),
            lacks_unit=main is not None and unit is None and main.unit is None and bool(main.value),
            sexes=tuple(dict.fromkeys(reading.sexes)),
        )

    def _kind(self, text: str, reading: TargetCellReading, main: TargetFigure | None) -> str:
        if main is not None:
            if main.direction in _CHANGES and main.connector != "to":
                return "change"
            return "milestone" if main.noun and self._is_milestone(main.noun) else "threshold"
        if reading.comparator is not None:
            return "threshold"
        if reading.direction is not None:
            return "direction"
        return "milestone" if self._is_milestone(text) else "qualitative"

    def _is_milestone(self, text: str) -> bool:
        return self._milestones.search(text) is not None

    def _unit(self, figure: TargetFigure, implied: str | None) -> str | None:
        if figure.unit is not None:
            return figure.unit if figure.unit in UNITS else None
        if figure.noun is not None or figure.counted:
            return "count"
        return None if figure.label else implied

    def _components(
        self, figures: list[TargetFigure], main: TargetFigure | None, sex: str, implied: str | None
    ) -> tuple[Component, ...]:
        if sex != "T":  # the other sex's figure stands in its own record
            figures = [figure for figure in figures if figure.sex in (None, sex)]
        several = len(figures) > 1 or (
            len(figures) == 1 and sex == "T" and figures[0].sex is not None
        )
        if not several:
            return ()
        plain = main is not None and main.sex is None and not _label(main)
        if plain and all(_label(figure) or figure.sex for figure in figures if figure is not main):
            figures = [figure for figure in figures if figure is not main]
        years = len({figure.year for figure in figures}) > 1
        for figure in figures:
            if years and figure.year and not _label(figure):
                figure.label = [str(figure.year)]
        return tuple(
            Component(
                label=_label(figure),
                sex=figure.sex,
                value=figure.value,
                unit=self._unit(figure, implied),
            )
            for figure in figures
        )

    def _doubt(
        self,
        text: str,
        sex: str,
        reading: TargetCellReading,
        figures: list[TargetFigure],
        main: TargetFigure | None,
        kind: str,
    ) -> str | None:
        if main is None and figures:
            return f"the cell has figures for another sex, none for {sex}"
        unread = [figure.text for figure in reading.figures if figure.value is None]
        if unread:
            return f"{', '.join(unread)} can be read in more than one way"
        if not (reading.figures or reading.years) and _FIGURES_ALONE.fullmatch(text.strip()):
            return f"nothing says what {text.strip()} is"
        if reading.comparator and "comparator" in self._tokenizer.roles.get(text.casefold(), ()):
            return f"no figure follows {text}"
        years = {figure.year for figure in figures}
        if len(years) > 1 and not {None, self._year} & years:
            return f"the cell has targets of {_listed(years)}, none of {self._year}"
        left = [figure.text for figure in reading.figures if figure not in figures]
        if main is None and left:
            return f"nothing says that {', '.join(left)} is the target"
        if main is None and reading.years and kind == "qualitative" and _is_bare_year(text):
            return f"{reading.years[0]} may be a year or a figure"
        return None

    def _review(self, main: TargetFigure | None, doubt: str | None) -> tuple[str, ...]:
        reasons = ["target_unparsed"] if doubt else []
        if main is not None and main.unit == "unlisted":
            reasons.append("target_unit_unlisted")
        return tuple(reasons)


def _with_mended(reading: TargetReading, mended: Sequence[Misprint]) -> TargetReading:
    """The reading of a cell whose broken words were put together, flagged."""
    doubts = [*(misprint.message for misprint in mended), *filter(None, [reading.doubt])]
    review = tuple(dict.fromkeys(["target_unparsed", *reading.review]))
    return replace(reading, doubt="; ".join(doubts), review=review)


def _share_units(figures: list[TargetFigure]) -> None:
    """Give joined figures the unit behind the last of them: "75–80 %", "K 60 / M 40 %"."""
    for n in range(len(figures) - 1, 0, -1):
        first, second = figures[n - 1], figures[n]
        if first.unit is None and first.noun is None and second.unit is not None and second.joined:
            first.unit = second.unit


def _without_empty_years(text: str, own: int) -> str:
    """A list of targets by year without the other years that have a dash in place of a target."""
    if len(_OF_YEAR.findall(text)) < len("::"):
        return text
    return _EMPTY_YEAR.sub(lambda found: found[0] if int(found[1]) == own else "", text).strip()


def _listed(years: Iterable[int | None]) -> str:
    return ", ".join(sorted(str(year) for year in years))


def _label(figure: TargetFigure) -> str | None:
    return " ".join(figure.label) or figure.noun


def _is_bare_year(text: str) -> bool:
    return re.match(r"\d{4}\b", text.strip()) is not None


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)
