"""The figures of a sentence: which are results, and how the others relate to these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from styrmatt.normalize.outcomes.sentence.figure_aims import AimReader, stating
from styrmatt.normalize.outcomes.sentence.figure_roles import (
    clause_bounds,
    correct,
    own_periods,
    roles_by_rule,
)
from styrmatt.normalize.outcomes.sentence.figure_units import UnitSharer, earlier_in_brackets
from styrmatt.normalize.outcomes.sentence.figure_years import FigureDater
from styrmatt.normalize.outcomes.sentence.small_tables import SmallTableReader
from styrmatt.normalize.outcomes.sentence.stated_figure import (
    FigureFlag,
    FigureRole,
    FlagKind,
    StatedFigure,
)
from styrmatt.swedish.numbers import parse_number, parse_number_word
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.sentence_marks import NONE, SINGLE, Sentence, Span

_UNIT_OF: Final = {"time": "unlisted"}
"""Units that rules tell apart and the datasets do not."""
_BREAK: Final = 3
"""Characters of a break between clauses, at most."""
_COMPARISON_OPENING: Final = 3
"""A comparison that begins within so many characters of a sentence's start opens it: the main
clause, and with it the result, follows behind the comma. Quotation marks may stand before it."""


_BOTH: Final = ("first", "second")
"""Groups of a pattern that names both sexes."""
_OF_CLAUSE: Final = ("national", "named", "extremes", "stage", "each_one")
"""Labels of words that make all figures of their clause those of others."""


class StatedFigureReader:
    """Reads the figures of sentences, with the patterns of one language."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        words, make = patterns.words, patterns.compile
        self._from_to = make([words.comparisons.from_to], "any")
        self._aims = AimReader(patterns)
        self._dater = FigureDater(patterns)
        self._units = UnitSharer(patterns)
        self._tables = SmallTableReader(patterns)
        self._per_1000 = make(words.quantities.per_1000)
        self._sex_pair_patterns = [
            make([pattern]) for pattern in (*words.sexes.pairs, *words.sexes.compared)
        ]
        self._goes_on = words.clauses.goes_on
        self._states = words.clauses.states
        self._changing = make(words.changes.changing)
        self._of_whom = make(words.clauses.of_whom)
        self._of_part = make(words.clauses.of_part)
        ends = patterns.literal(*words.topics.phrase_ends).pattern
        of_part = words.clauses.of_part[0].lstrip("^")
        self._noun_behind = make([rf"\s+(?!{ends})[^\W\d_]{{3}}|{of_part}"])
        self._of_all = words.clauses.of_all
        self._average = patterns.literal(*words.quantities.averages)
        self._phrase = make([rf"^\s+{ends}\s+$"])
        self._clauses = words.clauses

    @cached_property
    def _number_words(self) -> dict[str, int]:
        return dict(self._patterns.numbers)

    def read(self, sentence: Sentence, fiscal_year: int) -> list[StatedFigure]:
        """The figures from left to right, each with its role, year and flags.

        Years, dates, ages and the like are left out. Sexes are not assigned yet, save those of
        pairs such as "women/men 26/74 percent".
        """
        table = self._tables.read(sentence.text, fiscal_year)
        if table is not None:
            return list(table.figures)
        figures = self._plain_figures(sentence)
        figures = self._sex_pairs(sentence, figures)
        figures = self._from_to_pairs(sentence, figures)
        excluded = [m for m in sentence.of("never") if not self._is_average(sentence, m)]
        figures = [
            f
            for f in figures
            if f.previous or f.role == "previous" or f.sex or not _overlaps_any(f, excluded)
        ]
        years = _years_of(sentence)
        figures = [f for f in figures if not _lies_within_any(f, years)]
        figures.sort(key=lambda f: f.start)
        for mark in sentence.of("roles"):
            ranks = [f for f in figures if mark.start <= f.start < mark.end]
            for figure in ranks[1:] if mark.label == "rank" else ():
                figure.role = "denominator"
        per_1000 = list(self._per_1000.finditer(sentence.text))
        figures = [f for f in figures if not any(m.start() <= f.start < m.end() for m in per_1000)]
        for one, two in pairwise(figures):
            if two.unit in ("count", "unlisted") and self._of_all.search(
                sentence.text[one.end : two.start]
            ):
                two.role = "denominator"
        if per_1000:
            for figure in figures:
                if figure.unit == "count":
                    figure.unit = "per_1000"
        self._units.share(sentence, figures)
        self._dater.assign(sentence, figures, fiscal_year)
        by_rule = self._roles_by_rule(sentence, figures)
        for figure in figures:
            if figure.role == "result" and figure.sex is None:
                figure.role = self._role(sentence, figure, figures, by_rule.get(figure.start))
            self._add_flags(sentence, figure, figures)
        self._describe(sentence, figures)
        earlier_in_brackets(sentence, figures, fiscal_year)
        correct(sentence, figures, fiscal_year)
        self._demote_earlier_results(figures)
        return figures

    def _roles_by_rule(self, sentence: Sentence, figures: Sequence[StatedFigure]) -> dict[int, str]:
        border = self._clauses.shared
        return roles_by_rule(sentence, figures, self._noun_behind, border, self._changing)

    # -- finding -----------------------------------------------------------------------------

    def _plain_figures(self, sentence: Sentence) -> list[StatedFigure]:
        years = _years_of(sentence)
        figures = []
        for mark in sentence.of("figures"):
            if mark.label == "pair" or (mark.label == "count" and _lies_within_any(mark, years)):
                continue
            if mark.label in (SINGLE, NONE):
                number = float(mark.label == SINGLE)
                flags = {FigureFlag(FlagKind.SINGLE)}
                figures.append(StatedFigure(number, "count", mark.start, mark.end, flags=flags))
                continue
            match = self._patterns.figures.match(sentence.text, mark.start)
            value = self._value(match["figure"]) if match else None
            if match and value is not None:
                value = -value if match["sign"] else value
                unit = _UNIT_OF.get(mark.label, mark.label)
                figures.append(StatedFigure(value, unit, match.start(), match.end()))
        return figures

    def _value(self, text: str) -> float | None:
        if text[0].isdecimal():
            return parse_number(text.replace("\u202f", " "))
        number = parse_number_word(text, self._number_words)
        return None if number is None else float(number)

    def _sex_pairs(self, sentence: Sentence, figures: list[StatedFigure]) -> list[StatedFigure]:
        """Replace figures such as "män/kvinnor 26/74 procent" by one result for each sex."""
        if not sentence.of("sexes"):
            return figures
        for pattern in self._sex_pair_patterns:
            for match in pattern.finditer(sentence.text):
                women = self._patterns.literal(*self._patterns.words.sexes.K)
                first, second = ("K" if women.fullmatch(match[n]) else "M" for n in _BOTH)
                if first == second:
                    continue
                figures = [f for f in figures if not match.start() <= f.start < match.end()]
                for sex, name in ((first, "one"), (second, "two")):
                    value = self._value(match[name])
                    if value is not None:
                        start, end = match.span(name)
                        figures.append(StatedFigure(value, "percent", start, end, sex=sex))
        return figures

    def _from_to_pairs(self, sentence: Sentence, figures: list[StatedFigure]) -> list[StatedFigure]:
        """Join "from 40 to 52 percent" to a result with its previous one."""
        years = _years_of(sentence)
        for match in self._from_to.finditer(sentence.text):
            low, high = match.span("from"), match.span("to")
            if any(m.start <= low[0] < m.end or m.start <= high[0] < m.end for m in years):
                continue
            old = self._figure_at(sentence, figures, low)
            new = self._figure_at(sentence, figures, high)
            if old is None or new is None:
                continue
            only = [f for f in figures if f is old]
            roles = self._roles_by_rule(sentence, only)
            if "previous" in roles.values() and match.start() > 0:
                continue  # "till 74 procent från 71 procent, andelen män till ..."
            if "count" in (old.unit, new.unit) and old.unit != new.unit:
                old.unit = new.unit = new.unit if old.unit == "count" else old.unit
            if old.unit != new.unit:
                continue
            figures = [f for f in figures if f.start not in (old.start, new.start)]
            old.role, new.previous = "previous", old
            for between in figures:  # "från 59 via 62 till 64 procent"
                if old.end <= between.start < new.start and between.unit == new.unit:
                    between.role = "previous"
            figures += [old, new]
        return figures

    def _figure_at(
        self, sentence: Sentence, figures: list[StatedFigure], span: tuple[int, int]
    ) -> StatedFigure | None:
        """The figure that begins the span; a number word that was not counted as one, too."""
        found = next((f for f in figures if f.start == span[0]), None)
        if found is not None:
            return found
        value = self._value(sentence.text[slice(*span)])
        return None if value is None else StatedFigure(value, "count", *span)

    # -- roles -------------------------------------------------------------------------------

    def _role(
        self,
        sentence: Sentence,
        figure: StatedFigure,
        figures: Sequence[StatedFigure],
        by_rule: str | None,
    ) -> FigureRole:
        if figure.previous is not None or by_rule == "result":
            return "result"
        if by_rule == "target" or self._aims.is_target(sentence, figure):
            return "target"
        if by_rule == "change_amount":
            return "change_amount"
        if by_rule == "previous" or self._is_compared_with(sentence, figure, figures):
            return "previous"
        if by_rule == "equals":
            ahead_of_it = [f for f in figures if f.end <= figure.start]
            if ahead_of_it and ahead_of_it[-1].role == "change_amount":
                return "change_amount"
            figure.flags.add(FigureFlag(FlagKind.EQUALS))
            return "result"
        ahead = {m.label for m in sentence.of("elsewhere") if m.end <= figure.start}
        is_share = figure.unit == "percent" and not _is_share_of_sex(sentence, figure)
        if "those" in ahead and not is_share:
            figure.flags.add(FigureFlag(FlagKind.SPLIT))
        if "parts" in ahead or ("those" in ahead and not is_share):
            return "part"
        if figure.unit == "count" and not is_share and self._is_of_part(sentence, figure, figures):
            figure.flags.add(FigureFlag(FlagKind.SPLIT))
            return "part"
        if "split" in ahead:
            figure.flags.add(FigureFlag(FlagKind.SPLIT))
        return "increment" if by_rule == "increment" else "result"

    def _is_of_part(
        self, sentence: Sentence, figure: StatedFigure, figures: Sequence[StatedFigure]
    ) -> bool:
        """Whether it counts a part of those a sentence opens with: "Av hushållen hade 310 barn"."""
        first = next((f for f in figures if f.role != "denominator"), None)
        return first is figure and any(
            mark.label == "people"
            and not any(mark.start < f.start < mark.end for f in sentence.of("figures"))
            and self._of_part.match(sentence.text)
            and mark.end <= figure.start
            for mark in sentence.of("populations")
        )

    def _describe(self, sentence: Sentence, figures: Sequence[StatedFigure]) -> None:
        """Make counts within the words for what a share is of no results.

        ``73 procent av cheferna har högst 30 medarbetare``
        """
        for one, two in pairwise(figures):
            between = sentence.text[one.end : two.start]
            if (
                one.unit == "percent"
                and one.role in ("result", "denominator")
                and (two.role, two.unit in ("count", "unlisted")) == ("result", True)
                and self._of_whom.match(between)
                and not self._clauses.borders.search(between)
                and not self._clauses.shared.search(between)
            ):
                two.role = "denominator"

    def _is_compared_with(
        self, sentence: Sentence, figure: StatedFigure, figures: Sequence[StatedFigure]
    ) -> bool:
        """Whether the figure is what the result is compared with."""
        stated = stating(sentence, figure)
        for mark in sentence.of("comparisons"):
            if mark.label != "marker" or mark.start >= figure.start:
                continue
            if any(whole.start < mark.start and mark.end < figure.start for whole in stated):
                continue  # "ett underskott jämfört med budget på 8,7 mnkr"
            end = min(mark.end, figure.start)  # "mot 25 procent" holds the figure
            between = sentence.text[end : figure.start]
            others = [f for f in figures if end <= f.start < figure.start]
            if self._dater.is_source(sentence.quote(mark), sentence.text[: mark.start]):
                continue  # "siffrorna är från 2021"
            if mark.start < _COMPARISON_OPENING and "," in between:
                continue  # "Jämfört med 2019, då ...": the main clause follows
            known = [f.end for f in figures if mark.start <= f.start < figure.start]
            since = sentence.text[known[-1] : figure.start] if known else ""
            if self._states.search(since):
                continue  # "Mot 3,4 procent året innan är andelen nu 2,9 procent"
            if not self._goes_on.search(between) and (
                not others or all(o.role in ("previous", "change_amount") for o in others)
            ):
                return True
        return False

    def _add_flags(
        self, sentence: Sentence, figure: StatedFigure, figures: Sequence[StatedFigure]
    ) -> None:
        start, end = clause_bounds(sentence.text, figure.start, self._clauses)
        if start > 0 and not sentence.text[start : figure.start].strip():
            start, _ = clause_bounds(sentence.text, max(start - _BREAK, 0), self._clauses)
        if figure.role != "previous":  # what it is compared with may be of others
            compared = [m.start for m in sentence.of("comparisons") if m.start >= figure.end]
            end = min([end, *compared])
        ranked = any(
            m.label == "rank" and m.start <= figure.start < m.end for m in sentence.of("roles")
        )
        for mark in sentence.of("elsewhere"):
            if mark.label == "national" and (
                ranked or self._is_origin(sentence, figure, figures, mark)
            ):
                continue
            in_clause = start <= mark.start < end and mark.label in _OF_CLAUSE
            opens = mark.label == "extremes" and mark.start == 0
            if in_clause or opens or (figure.end <= mark.start and mark.label == "within"):
                kind = FlagKind(mark.label)
                figure.flags.add(FigureFlag(kind, sentence.quote(mark).casefold()))
        if figure.role == "previous" and self._is_of_other_number(sentence, figure):
            figure.flags.add(FigureFlag(FlagKind.NAMED))
        for mark in sentence.of("roles"):
            if mark.label == "negative" and mark.start <= figure.start < mark.end:
                figure.flags.add(FigureFlag(FlagKind.NEGATIVE, sentence.quote(mark).casefold()))
        for mark in own_periods(sentence, figure, figures, start, end, self._clauses.opens):
            if mark.label == "part":
                text = sentence.quote(mark).casefold()
                figure.flags.add(FigureFlag(FlagKind.PERIOD, text))

    def _is_average(self, sentence: Sentence, mark: Span) -> bool:
        """Whether a time is no condition, but the average that the words ahead of it speak of."""
        start, _ = clause_bounds(sentence.text, mark.start, self._clauses)
        average = self._average.search(sentence.text, start, mark.start)
        return (
            mark.label == "condition"
            and average is not None
            and not any(average.end() <= f.start < mark.start for f in sentence.of("figures"))
        )

    def _is_of_other_number(self, sentence: Sentence, figure: StatedFigure) -> bool:
        """Whether an earlier value is of another of its kind: "mot 95 procent för linje 5"."""
        return any(
            self._phrase.search(sentence.text[figure.end : mark.start])
            and sentence.quote(mark).casefold() not in sentence.text[: figure.start].casefold()
            for mark in sentence.of("never")
            if mark.start > figure.end and mark.label == "never"
        )

    def _is_origin(
        self, sentence: Sentence, figure: StatedFigure, figures: Sequence[StatedFigure], mark: Span
    ) -> bool:
        """Whether words for others say where those come from that the figure counts.

        ``17 ledamöter från nio kommuner och grannkommuner``
        """
        return any(
            other.end <= mark.start and self._clauses.origin.match(between)
            for other in figures
            if (between := sentence.text[figure.end : other.start])
        )

    def _demote_earlier_results(self, figures: Sequence[StatedFigure]) -> None:
        """Make results previous ones where a later year's result of the same kind stands too."""
        dated = [f for f in figures if f.role == "result" and f.year is not None]
        if len(dated) < 2:
            return
        for figure in dated:
            if any(
                other.role == "result"
                and other.unit == figure.unit
                and (other.year or 0) > (figure.year or 0)
                and other.sex == figure.sex
                for other in dated
            ):
                figure.role = "previous"


def _is_share_of_sex(sentence: Sentence, figure: StatedFigure) -> bool:
    """Whether a figure says how many of them are women or men: "40 procent kvinnor"."""
    return any(0 < mark.start - figure.end <= 1 for mark in sentence.of("sexes"))


def _years_of(sentence: Sentence) -> list[Span]:
    """The years that a sentence names in figures."""
    return [mark for mark in sentence.of("years") if mark.label == "year"]


def _overlaps_any(figure: StatedFigure, marks: Iterable[Span]) -> bool:
    return any(
        (m.start <= figure.start and figure.end <= m.end + 1) or m.start <= figure.start < m.end
        for m in marks
    )


def _lies_within_any(mark: Span | StatedFigure, others: Iterable[Span]) -> bool:
    return any(o.start <= mark.start and mark.end <= o.end for o in others)
