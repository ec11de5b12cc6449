"""Links the measures and goals of reports to their series over the years.

The register of series is what earlier runs wrote; it is carried from one report to the next. A
report's own measures keep the series that the register has for them. A new series takes its id
from its first member: organisation and name, and its place or report where another series has
that id. So an id never changes, whatever is added before, between or after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from styrmatt.layout import Layout
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.series.items import GOAL, MEASURE, Item, items_of
from styrmatt.normalize.series.lexis import load_lexis
from styrmatt.normalize.series.match import SeriesLinker, SeriesMatch
from styrmatt.normalize.series.register import Keeper
from styrmatt.printed import Location
from styrmatt.records import Extract, Series
from styrmatt.swedish.dictionary import has_dictionary
from styrmatt.whitespace import squeeze

OWN: Final = "own"
"""As a decision: the item begins a series of its own, or has one that nothing else is put in."""

Decisions = Sequence[tuple[str, str | None]]
"""(measure or goal id, series id or None or "own"): what people said."""


def steps_to_load(layouts: Iterable[Layout]) -> tuple[Callable[[], object], ...]:
    """What loads the dictionaries of :func:`link_report`, which else does so itself."""
    vocabularies = sorted({layout.vocabulary for layout in layouts})
    return (has_dictionary, *(partial(load_lexis, name) for name in vocabularies))


def link(
    extracts: Iterable[Extract],
    register: Iterable[Series] = (),
    decisions: Decisions = (),
    *,
    vocabulary: str,
) -> tuple[tuple[Extract, ...], tuple[Series, ...]]:
    """The reports with their series, by year and id, and the register as it is then.

    The order of ``extracts`` makes no difference.
    """
    standing = tuple(register)
    linked = []
    for extract in sorted(extracts, key=_order):
        done, standing = link_report(extract, standing, decisions, vocabulary=vocabulary)
        linked.append(done)
    return tuple(linked), standing


def link_report(
    extract: Extract,
    register: Iterable[Series] = (),
    decisions: Decisions = (),
    *,
    vocabulary: str,
    replaced: Collection[str] = (),
) -> tuple[Extract, tuple[Series, ...]]:
    """One report with its series, and the register with the report in it.

    ``replaced`` are ids of reports that this one takes the place of. Raises LayoutFileError.
    """
    document = extract.document
    keeper = Keeper(register, document.organisation, document.document_id, replaced)
    report = _Report(keeper, dict(decisions), vocabulary)
    report.issues = IssueBook(document.document_id, document.fiscal_year)
    items = items_of(extract, vocabulary)
    for kind in (MEASURE, GOAL):
        report.link([item for item in items if item.kind == kind])
    return _with_series(extract, report.series_of, report.issues), keeper.rows()


def is_registered(extract: Extract, register: Iterable[Series]) -> bool:
    """Whether every measure and goal of a report has its series, and the register knows it."""
    known = {m.item_id: s.series_id for s in register for m in s.members if m.present}
    return all(
        m.series_id and known.get(m.measure_id) == m.series_id for m in extract.measures
    ) and (
        all(g.goal_series_id and known.get(g.goal_id) == g.goal_series_id for g in extract.goals)
    )


class _Report:
    """One report on its way into the register."""

    def __init__(self, keeper: Keeper, decided: Mapping[str, str | None], vocabulary: str) -> None:
        self._keeper, self._decided, self._vocabulary = keeper, decided, vocabulary
        self.issues: IssueBook
        self.series_of: dict[str, str] = {}

    def link(self, items: Sequence[Item]) -> None:
        """Give each item of a kind its series: decided, kept, found, or new."""
        if not items:
            return
        alone = self._follow_decisions(items)
        self._keep([item for item in items if item not in alone])
        open_ = [item for item in items if item.id not in self.series_of and item not in alone]
        found = self._found(open_, items)
        found |= {item.id: SeriesMatch(None, "decided", 1.0) for item in alone}
        for item in open_:
            one = found.setdefault(item.id, SeriesMatch(None, "founding", 1.0))
            if one.series_id is not None:
                self._put(one.series_id, item, one)
        names = Counter(squeeze(item.member.name) for item in items)
        for item in [item for item in items if item.id not in self.series_of]:
            repeated = names[squeeze(item.member.name)] > 1
            self.series_of[item.id] = self._keeper.found(item, found[item.id], repeated)
            self._note(item, found[item.id])

    def _found(self, open_: Sequence[Item], items: Sequence[Item]) -> dict[str, SeriesMatch]:
        """What becomes of items that have no series yet, ``items`` being all of the report."""
        keeper = self._keeper
        series = [row for row in keeper.of_organisation() if row.kind == items[0].kind]
        if not open_ or not series:
            return {}
        linker = SeriesLinker(items[0].kind, keeper.organisation, series, self._vocabulary)
        return linker.link(open_, set(self.series_of.values()), items)

    def _follow_decisions(self, items: Sequence[Item]) -> list[Item]:
        """Put items where people said; those that people want apart come back."""
        alone = []
        for item in (item for item in items if item.id in self._decided):
            target = self._decided[item.id]
            kept = self._keeper.kept(item.id)
            if target is None or target == OWN:
                if kept is None or not self._keeper.is_alone(kept[0], item.id):
                    alone.append(item)
            elif not self._keeper.has(target, item.kind):
                message = f"A decision puts it in the series {target}, which is not there."
                self._issue("series_decision_gone", message, item)
            elif kept is None or kept[0] != target:
                self._put(target, item, SeriesMatch(target, "decided", 1.0))
        return alone

    def _keep(self, items: Sequence[Item]) -> None:
        """Give items the series that the register has for them."""
        for item in items:
            kept = self._keeper.kept(item.id)
            if kept is None or item.id in self.series_of or kept[0] in self.series_of.values():
                continue
            series_id, member = kept
            found = SeriesMatch(series_id, member.reason, member.score, member.candidates)
            self._put(series_id, item, found)
            self._note(item, found)

    def _put(self, series_id: str, item: Item, found: SeriesMatch) -> None:
        self._keeper.put(series_id, item, found)
        self.series_of[item.id] = series_id

    def _note(self, item: Item, found: SeriesMatch) -> None:
        """An issue for an item that could be of other series, or is one of them redefined."""
        if not found.candidates:
            return
        named = "; ".join(f"{self._keeper.name(one)} ({one})" for one in found.candidates)
        if found.reason == "changed_definition":
            message = f"It is like {named}, but says something else: it has a series of its own."
            self._issue("series_redefined", message, item)
        else:
            message = f"It may be the same as {named}; until someone says, it is a series apart."
            self._issue("series_doubtful", message, item)

    def _issue(self, kind: str, message: str, item: Item) -> None:
        about = {"measure_id" if item.kind == MEASURE else "goal_id": item.id}
        self.issues.note(
            kind, message, item.raw, Location(item.page, item.page, item.bbox), **about
        )


def _with_series(extract: Extract, series_of: Mapping[str, str], issues: IssueBook) -> Extract:
    return replace(
        extract,
        measures=tuple(replace(m, series_id=series_of[m.measure_id]) for m in extract.measures),
        records=tuple(replace(r, series_id=series_of[r.measure_id]) for r in extract.records),
        goals=tuple(replace(g, goal_series_id=series_of[g.goal_id]) for g in extract.goals),
        issues=(*extract.issues, *issues.rows()),
    )


def _order(extract: Extract) -> tuple[int, str]:
    return extract.document.fiscal_year, extract.document.document_id
