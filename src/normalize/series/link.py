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

from styrmatt.layout import Layout
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.series.decisions import (
    NOTHING,
    OWN_SERIES,
    Decisions,
    followed_series,
)
from styrmatt.normalize.series.items import GOAL, MEASURE, Item, items_of
from styrmatt.normalize.series.match import SeriesLinker, SeriesMatch
from styrmatt.normalize.series.name_vocabulary import load_name_vocabulary
from styrmatt.normalize.series.register import RegisterUpdate
from styrmatt.printed import Location
from styrmatt.records import Extract, Series
from styrmatt.swedish.dictionary import has_dictionary
from styrmatt.whitespace import squeeze


def steps_to_load(layouts: Iterable[Layout]) -> tuple[Callable[[], object], ...]:
    """Functions that load what :func:`link_report` needs; else its first call takes that time."""
    vocabularies = sorted({layout.vocabulary for layout in layouts})
    return (has_dictionary, *(partial(load_name_vocabulary, name) for name in vocabularies))


def link(
    extracts: Iterable[Extract],
    register: Iterable[Series] = (),
    decisions: Decisions = (),
    *,
    vocabulary: str,
) -> tuple[tuple[Extract, ...], tuple[Series, ...]]:
    """The reports with their series, by year and id, and the register with them in it.

    The order of ``extracts`` makes no difference.
    """
    rows = tuple(register)
    linked = []
    for extract in sorted(extracts, key=_order):
        with_series, rows = link_report(extract, rows, decisions, vocabulary=vocabulary)
        linked.append(with_series)
    return tuple(linked), rows


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
    update = RegisterUpdate(register, document.organisation, document.document_id, replaced)
    issues = IssueBook(document.document_id, document.fiscal_year)
    linker = _ReportLinker(update, dict(decisions), vocabulary, issues)
    items = items_of(extract, vocabulary)
    for kind in (MEASURE, GOAL):
        linker.link([item for item in items if item.kind == kind])
    return _with_series(extract, linker.series_of, issues), update.rows()


class _ReportLinker:
    """Puts one report into the register."""

    def __init__(
        self,
        register: RegisterUpdate,
        decisions: Mapping[str, str | None],
        vocabulary: str,
        issues: IssueBook,
    ) -> None:
        self._register, self._decisions, self._vocabulary = register, decisions, vocabulary
        self._issues = issues
        self.series_of: dict[str, str] = {}
        """Series ids by item id."""

    def link(self, items: Sequence[Item]) -> None:
        """Give each item of one kind its series: decided, as before, matched, or new."""
        if not items:
            return
        on_their_own = self._apply_decisions(items)
        self._restore_memberships([item for item in items if item not in on_their_own])
        open_items = [
            item for item in items if item.id not in self.series_of and item not in on_their_own
        ]
        matches = self._matches(open_items, items)
        matches |= {item.id: SeriesMatch(None, "decided", 1.0) for item in on_their_own}
        for item in open_items:
            match = matches.setdefault(item.id, SeriesMatch(None, "founding", 1.0))
            if match.series_id is not None:
                self._add_member(match.series_id, item, match)
        names = Counter(squeeze(item.member.name) for item in items)
        repeated = {item.id for item in items if names[squeeze(item.member.name)] > 1}
        for item in [item for item in items if item.id not in self.series_of]:
            match = matches[item.id]
            is_repeated = item.id in repeated
            self.series_of[item.id] = self._register.add_series(item, match, is_repeated)
            self._note_candidates(item, match)
        for item in items:
            self._apply_predecessor(item, is_repeated=item.id in repeated)

    def _matches(
        self, open_items: Sequence[Item], all_items: Sequence[Item]
    ) -> dict[str, SeriesMatch]:
        """What becomes of items that have no series yet, by id; of all items of the report."""
        series = [r for r in self._register.of_organisation() if r.kind == all_items[0].kind]
        if not open_items or not series:
            return {}
        linker = SeriesLinker(
            all_items[0].kind, self._register.organisation, series, self._vocabulary
        )
        return linker.link(open_items, set(self.series_of.values()), all_items)

    def _apply_decisions(self, items: Sequence[Item]) -> list[Item]:
        """Put items where people said; those that are to begin a series of their own."""
        on_their_own = []
        for item in (item for item in items if item.id in self._decisions):
            target = self._decisions[item.id]
            if followed_series(target) is not None:
                continue  # when all have their series
            membership = self._register.membership(item.id)
            if target is None or target == OWN_SERIES:
                if membership is None or not self._register.is_only_member(membership[0], item.id):
                    on_their_own.append(item)
            elif not self._register.has(target, item.kind):
                message = f"A decision puts it in the series {target}, which is not there."
                self._issue("series_decision_gone", message, item)
            elif membership is None or membership[0] != target:
                self._add_member(target, item, SeriesMatch(target, "decided", 1.0))
        return on_their_own

    def _apply_predecessor(self, item: Item, *, is_repeated: bool) -> None:
        """Let an item's series follow the one that a person named, or none."""
        followed = followed_series(self._decisions.get(item.id))
        if followed is None:
            return
        if followed == NOTHING:
            self._register.decide_predecessor(self.series_of[item.id], None)
            return
        if self._register.can_follow(item, followed):
            if self.series_of[item.id] == followed:  # to the machine they are the same
                self._register.take_out(followed, item)
                apart = SeriesMatch(None, "decided", 1.0)
                self.series_of[item.id] = self._register.add_series(item, apart, is_repeated)
            if self._register.decide_predecessor(self.series_of[item.id], followed):
                return
        message = f"A decision says that it took the place of {followed}, which is not before it."
        self._issue("series_decision_gone", message, item)

    def _restore_memberships(self, items: Sequence[Item]) -> None:
        """Give items the series that the register has for them."""
        for item in items:
            membership = self._register.membership(item.id)
            if membership is None or item.id in self.series_of:
                continue
            series_id, member = membership
            if series_id in self.series_of.values():
                continue
            match = SeriesMatch(series_id, member.reason, member.score, member.candidates)
            self._add_member(series_id, item, match)
            self._note_candidates(item, match)

    def _add_member(self, series_id: str, item: Item, match: SeriesMatch) -> None:
        self._register.add_member(series_id, item, match)
        self.series_of[item.id] = series_id

    def _note_candidates(self, item: Item, match: SeriesMatch) -> None:
        """Note an issue for an item that could be of other series, or is one of them redefined."""
        if not match.candidates or followed_series(self._decisions.get(item.id)) is not None:
            return
        named = "; ".join(f"{self._register.name(one)} ({one})" for one in match.candidates)
        if match.reason == "changed_definition":
            message = f"It is like {named}, but says something else: it has a series of its own."
            self._issue("series_redefined", message, item)
        else:
            message = f"It may be the same as {named}; until someone says, it is a series apart."
            self._issue("series_doubtful", message, item)

    def _issue(self, kind: str, message: str, item: Item) -> None:
        about = {"measure_id" if item.kind == MEASURE else "goal_id": item.id}
        self._issues.note(
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
