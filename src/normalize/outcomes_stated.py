"""What a sentence states: its results, by sex, with the earlier ones and the change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from styrmatt.normalize.language import Mark, Sentence
from styrmatt.normalize.outcomes_figures import Figure, FigureReader
from styrmatt.normalize.outcomes_words import Patterns

_TAIL = re.compile(r", (?:vilket|något som|som)\b|; ")
_AIMED = 30
"""Letters behind a word for a target within which a word for a change tells what is aimed at."""
_NEGATED = 12
_SHARED = re.compile(r", | (?:och|samt|medan|men) ")


@dataclass(frozen=True)
class Result:
    """One figure that a sentence states."""

    value: float | None
    unit: str | None
    sex: str
    year: int | None = None
    previous_value: float | None = None
    previous_year: int | None = None
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Statement:
    """Results of one thing: one total, or one per sex; ``words`` tell of what."""

    results: tuple[Result, ...]
    words: str
    counted: str
    """What stands right behind the figure: what is counted."""
    period: str | None
    predicate: bool
    """Whether the figure stands behind a verb: "antalet var 389"."""


@dataclass(frozen=True)
class Told:
    """All that a sentence tells."""

    sentence: Sentence
    statements: tuple[Statement, ...] = ()
    differences: tuple[Statement, ...] = ()
    """By how much something is higher or lower: results of measures of a difference."""
    change: str | None = None
    changes: dict[str, str] = field(default_factory=dict)
    """Change by sex, where the sexes differ."""
    amount: float | None = None
    better: str | None = None
    statuses: dict[str, str] = field(default_factory=dict)
    """Status by sex; "" is for whichever sex."""
    group: bool = False
    previous: tuple[Result, ...] = ()
    """Earlier results in a sentence without one of its own."""
    anaphoric: bool = False
    several: bool = False
    targets: tuple[float, ...] = ()


class Teller:
    """Reads sentences."""

    def __init__(self, patterns: Patterns, fiscal_year: int) -> None:
        self._figures = FigureReader(patterns)
        self._year = fiscal_year
        words = patterns.words
        self._joins = patterns.compile(words.sexes.joins)
        self._respective = patterns.literal(*words.sexes.words_for_each)
        self._anaphor = patterns.compile(words.comparisons.anaphors)
        self._predicate = patterns.compile(words.topics.predicates)
        self._hedge = re.compile(patterns.literal(*words.quantities.hedges).pattern + r"\s*$", re.I)
        self._no = re.compile(r"\b(?:inte|ej)\b")

    def tell(self, sentence: Sentence) -> Told:
        """What the sentence tells."""
        figures = self._figures.read(sentence, self._year)
        self._give_sexes(sentence, figures)
        for figure in figures:
            if "split" in figure.flags and figure.role == "result" and figure.sex is None:
                figure.role = "part"
        period = self._period(sentence, figures)
        results = [f for f in figures if f.role == "result"]
        statements = tuple(self._statements(sentence, results, figures, period))
        leaps = [f for f in figures if f.role == "amount"]
        differences = tuple(self._statements(sentence, leaps, figures, period))
        change, changes = self._changes(sentence, results)
        amounts = [f.value for f in figures if f.role == "amount"]
        olds = [f for f in figures if f.role == "previous"]
        return Told(
            sentence,
            statements,
            differences,
            change,
            changes,
            amounts[0] if amounts and change else None,
            self._better(sentence),
            self._statuses(sentence),
            any(m.label == "group" for m in sentence.of("statuses")),
            () if results else tuple(Result(f.value, f.unit, f.sex or "T", f.year) for f in olds),
            bool(self._anaphor.search(sentence.text)),
            any(m.label == "several" for m in sentence.of("comparisons")),
            tuple(f.value for f in figures if f.role == "target"),
        )

    # -- sexes -------------------------------------------------------------------------------

    def _give_sexes(self, sentence: Sentence, figures: Sequence[Figure]) -> None:
        marks = sentence.of("sexes")
        each = [m for m in marks if m.label == "each"]
        masks = [m for m in marks if m.label in ("each", "aside")]
        named = [
            m
            for m in marks
            if m.label in "KM" and not any(x.start <= m.start < x.end for x in masks)
        ]
        open_ = [f for f in figures if f.role in ("result", "previous") and f.sex is None]
        if not named:
            for figure in open_ if each else ():
                near = [m for m in each if m.start >= figure.end or m.end <= figure.start]
                figure.each = bool(near) and figure.role == "result"
            return
        if self._in_order(sentence, open_, named):
            return
        self._nearest(sentence, open_, named)

    def _in_order(
        self, sentence: Sentence, figures: Sequence[Figure], named: Sequence[Mark]
    ) -> bool:
        """ "39 respektive 37 procent för kvinnor och män": figures and sexes in their order."""
        values = [f for f in figures if f.role == "result"]
        if len(values) != 2 or len(named) != 2 or named[0].label == named[1].label:
            return False
        together = values[1].end <= named[0].start or named[1].end <= values[0].start
        if not together:
            return False
        between = sentence.text[values[0].end : values[1].start]
        if not (self._respective.search(between) or re.fullmatch(r"\W*(?:och)?\W*", between)):
            return False
        for figure, mark in zip(values, named, strict=True):
            figure.sex = mark.label
        unit = values[1].unit
        if values[0].unit == "count" and unit != "count":
            values[0].unit = unit
        return True

    def _nearest(
        self, sentence: Sentence, figures: Sequence[Figure], named: Sequence[Mark]
    ) -> None:
        """The sex right behind a figure, or ahead of it in its clause."""
        both = self._both(sentence, named)
        free = [m for m in named if m not in both]
        behind = self._behind(sentence, figures, free)
        if behind:
            for figure, mark in behind:
                figure.sex = mark.label
            self._lend(figures)
            return
        for n, figure in enumerate(figures):
            start = max((f.end for f in figures[:n] if f.role == "result"), default=0)
            if figure.role == "previous" and n and figures[n - 1].role == "result":
                figure.sex = figures[n - 1].sex
                continue
            ahead = [m for m in free if start <= m.start and m.end <= figure.start]
            if ahead:
                figure.sex = ahead[-1].label

    def _both(self, sentence: Sentence, named: Sequence[Mark]) -> list[Mark]:
        """ "kvinnor och män": both sexes named in one breath are no sex at all."""
        found: list[Mark] = []
        for one, two in zip(named, named[1:], strict=False):
            between = sentence.text[one.end : two.start]
            if one.label != two.label and re.fullmatch(
                r"\s*(?:och|eller|samt|,|/)\s*(?:för |bland )?", between
            ):
                found += [one, two]
        return found

    def _behind(
        self, sentence: Sentence, figures: Sequence[Figure], named: Sequence[Mark]
    ) -> list[tuple[Figure, Mark]]:
        """Figures with a sex behind them, where every named sex is behind a figure."""
        found: list[tuple[Figure, Mark]] = []
        values = [f for f in figures if f.role == "result"]
        for figure, following in zip(values, [*values[1:], None], strict=False):
            stop = following.start if following else len(sentence.text)
            marks = [m for m in named if figure.end <= m.start < stop]
            if not marks and not any(m.end <= figure.start for m in named):
                continue  # "140 deltagare, varav 57 procent kvinnor ..."
            if not marks:
                return []
            gap = sentence.text[figure.end : marks[0].start]
            close = bool(self._joins.search(gap)) or not re.search(
                r"[,;:]| och | medan | men ", gap
            )
            if not close or len(gap) > 60:
                return []
            found.append((figure, marks[0]))
        labels = [m.label for _, m in found]
        if (
            found
            and len(found) == 1
            and not self._joins.search(sentence.text[found[0][0].end : found[0][1].start])
        ):
            ahead = [m for m in named if m.end <= found[0][0].start]
            return [] if ahead or len(named) > 1 else found
        return found if len(set(labels)) == len(labels) or len(labels) > 2 else []

    def _lend(self, figures: Sequence[Figure]) -> None:
        """An earlier figure has the sex of the result it stands behind."""
        last: str | None = None
        for figure in figures:
            if figure.role == "result":
                last = figure.sex
            elif figure.sex is None:
                figure.sex = last

    # -- statements --------------------------------------------------------------------------

    def _statements(
        self,
        sentence: Sentence,
        results: Sequence[Figure],
        figures: Sequence[Figure],
        period: str | None,
    ) -> list[Statement]:
        groups: list[list[Figure]] = []
        for figure in results:
            last = groups[-1] if groups else None
            sexes = {f.sex for f in last} if last else set()
            if (
                last
                and figure.sex
                and None not in sexes
                and figure.sex not in sexes
                and last[0].unit == figure.unit
            ):
                last.append(figure)
            else:
                groups.append([figure])
        out = []
        for n, group in enumerate(groups):
            start = self._split(sentence, groups[n - 1][-1], group[0]) if n else 0
            following = groups[n + 1][0] if n + 1 < len(groups) else None
            stop = self._split(sentence, group[-1], following) if following else len(sentence.text)
            words = self._words(sentence, start, stop, figures)
            if n and "split" in group[0].flags:
                words = sentence.text[: groups[0][0].start] + words
            if n and not sentence.text[groups[n - 1][-1].end : group[0].start].strip(" ,(") and out:
                words = out[-1].words + words  # "202 mnkr, 54 procent": one thing in two units
            counted = sentence.text[group[0].end : group[0].end + 60]
            for figure in group:
                figure.year = figure.year or group[0].year
            made = [r for f in group for r in self._results(f, group, figures)]
            ahead = sentence.text[: group[0].start].rstrip()
            predicate = bool(self._predicate.search(self._hedge.sub("", ahead).rstrip()))
            out.append(Statement(tuple(made), words, counted, period, predicate))
        return out

    def _split(self, sentence: Sentence, one: Figure, two: Figure) -> int:
        between = sentence.text[one.end : two.start]
        cuts = [m.start() for m in _SHARED.finditer(between)]
        return one.end + (cuts[-1] if cuts else len(between.split(" ", 2)[0]))

    def _words(self, sentence: Sentence, start: int, stop: int, figures: Sequence[Figure]) -> str:
        """What tells of what is measured: comparisons, tails and the figures themselves cut out."""
        text = list(sentence.text)
        for figure in figures:
            if figure.role != "condition":
                for n in range(figure.start, figure.end):
                    text[n] = " "
        for mark in sentence.of("years"):
            for n in range(mark.start, mark.end):
                text[n] = " "
        cut = "".join(text)[start:stop]
        marker = [
            m for m in sentence.of("comparisons") if m.label == "marker" and start <= m.start < stop
        ]
        after = [f.start for f in figures if f.role == "result"]
        for mark in marker:
            if after and mark.start > min(after):
                cut = cut[: mark.start - start]
                break
        tail = _TAIL.search(cut)
        if tail and after and start + tail.start() > min(f for f in after):
            cut = cut[: tail.start()]
        return cut

    def _results(
        self, figure: Figure, group: Sequence[Figure], figures: Sequence[Figure]
    ) -> list[Result]:
        old = figure.previous or self._previous(figure, group, figures)
        year = figure.year
        base = Result(
            figure.value,
            figure.unit,
            figure.sex or "T",
            year,
            old.value if old else None,
            old.year if old else None,
            frozenset(figure.flags),
        )
        if figure.each:
            return [Result(**{**_fields(base), "sex": sex}) for sex in "KM"]
        return [base]

    def _previous(
        self, figure: Figure, group: Sequence[Figure], figures: Sequence[Figure]
    ) -> Figure | None:
        same = [
            f
            for f in figures
            if f.role == "previous"
            and (f.unit == figure.unit or f.unit == "count")
            and (f.sex == figure.sex or (len(group) == 1))
        ]
        claimed = {id(f.previous) for f in figures if f.previous}
        same = [f for f in same if id(f) not in claimed]
        behind = [f for f in same if f.start > figure.start]
        found = behind or same
        dated = [f for f in found if f.year is not None]
        newest = max((f.year or 0 for f in dated), default=None)
        return next((f for f in dated if f.year == newest), found[0] if found else None)

    # -- the rest ----------------------------------------------------------------------------

    def _period(self, sentence: Sentence, figures: Sequence[Figure]) -> str | None:
        for mark in sentence.of("periods"):
            if mark.label in ("end", "span"):
                if mark.label == "span":
                    for figure in figures:
                        if figure.role == "result":
                            years = re.findall(r"(?:19|20)\d\d", sentence.quote(mark))
                            figure.year = int(years[-1]) if years else figure.year
                return sentence.quote(mark)
        return None

    def _changes(
        self, sentence: Sentence, results: Sequence[Figure]
    ) -> tuple[str | None, dict[str, str]]:
        aims = [m for m in sentence.of("aims")]
        marks = [
            m
            for m in sentence.of("changes")
            if m.label in ("increased", "decreased", "unchanged")
            and not any(0 <= m.start - a.end < _AIMED for a in aims)
            and not self._no.search(sentence.text, max(m.start - _NEGATED, 0), m.start)
        ]
        labels = {m.label for m in marks}
        if "unchanged" in labels:
            marks = [m for m in marks if m.label == "unchanged"]
            labels = {"unchanged"}
        if len(labels) == 1:
            return labels.pop(), {}
        cuts = [0, *(m.start() for m in _SHARED.finditer(sentence.text)), len(sentence.text)]
        by_sex: dict[str, str] = {}
        for start, end in zip(cuts, cuts[1:], strict=False):
            here = {m.label for m in marks if start <= m.start < end}
            sexes = {m.label for m in sentence.of("sexes") if start <= m.start < end}
            if len(here) == len(sexes) == 1:
                by_sex |= {sex: label for sex in sexes & {"K", "M"} for label in here}
        return None, by_sex if len(by_sex) == 2 else {}

    def _better(self, sentence: Sentence) -> str | None:
        labels = {m.label for m in sentence.of("changes")}
        if len(labels) == 2 and labels & {"improved", "worsened"}:
            rising, good = "increased" in labels, "improved" in labels
            if rising or "decreased" in labels:
                return "higher" if rising == good else "lower"
        return None

    def _statuses(self, sentence: Sentence) -> dict[str, str]:
        marks = [m for m in sentence.of("statuses") if m.label != "group"]
        if not marks:
            return {}
        labels = [m.label for m in marks]
        sexes = [m for m in sentence.of("sexes") if m.label in ("K", "M")]
        if {m.label for m in sexes} == {"K", "M"}:
            split = self._split_by_sex(sentence, marks[0], sexes)
            if split:
                return split
        if len(set(labels)) > 1 or (
            labels[0] == "met" and self._no.search(sentence.text, marks[0].end)
        ):
            return {}
        only = {m.label for m in sexes}
        if len(only) == 1 and len(sexes) == 1:
            return {only.pop(): labels[0]}
        return {"": labels[0]}

    def _split_by_sex(
        self, sentence: Sentence, mark: Mark, sexes: Sequence[Mark]
    ) -> dict[str, str] | None:
        """ "nås för män men inte för kvinnor", "För kvinnor är målet uppnått, för män inte"."""
        one, two = sexes[0], sexes[-1]
        parts = [
            (p.start(), p.end())
            for p in re.finditer(r", | men | medan ", sentence.text)
            if one.end <= p.start() and p.end() <= two.end
        ]
        if not parts:
            return None
        second = sentence.text[parts[-1][0] :]
        if not self._no.search(second):
            return None
        return {one.label: "met", two.label: "not_met"}


def _fields(result: Result) -> dict[str, object]:
    return {name: getattr(result, name) for name in result.__dataclass_fields__}
