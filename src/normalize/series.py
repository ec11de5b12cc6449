"""Links the measures and goals of reports to their series over the years.

The register of series is what earlier runs wrote; it is carried from one report to the next. A
report's own measures keep the series that the register has for them. A new series takes its id
from its first member: organisation and name, and its place or report where another series has
that id. So an id never changes, whatever is added before, between or after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from styrmatt.normalize.ids import content_id
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.series_items import GOAL, MEASURE, Item, items_of
from styrmatt.normalize.series_linking import Found, Linker
from styrmatt.normalize.series_words import Lexis, load_lexis
from styrmatt.printed import Place
from styrmatt.records import Extract, Series, SeriesMember
from styrmatt.words import squeeze

OWN: Final = "own"
"""As a decision: the item begins a series of its own, or has one that nothing else is put in."""
_PREFIX: Final = {MEASURE: "ms", GOAL: "gs"}

Decisions = Sequence[tuple[str, str | None]]
"""(measure or goal id, series id or None or "own"): what people said."""


def link(
    extracts: Iterable[Extract],
    register: Iterable[Series] = (),
    decisions: Decisions = (),
    *,
    vocabulary: str = "sv",
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
    replaced: Collection[str] = (),
    vocabulary: str = "sv",
) -> tuple[Extract, tuple[Series, ...]]:
    """One report with its series, and the register with the report in it.

    ``replaced`` are ids of reports that this one takes the place of. Raises LayoutFileError.
    """
    lexis = load_lexis(vocabulary)
    document = extract.document
    items = items_of(extract, lexis)
    keeper = _Keeper(register, document.organisation, document.document_id, replaced)
    issues = IssueBook(document.document_id, document.fiscal_year)
    series_of: dict[str, str] = {}
    for kind in (MEASURE, GOAL):
        own = [item for item in items if item.kind == kind]
        decided = {item_id: target for item_id, target in decisions}
        series_of |= _link_kind(kind, own, keeper, decided, issues, lexis)
    return _with_series(extract, series_of, issues), keeper.rows()


def is_registered(extract: Extract, register: Iterable[Series]) -> bool:
    """Whether every measure and goal of a report has its series, and the register knows it."""
    known = {member.item_id: s.series_id for s in register for member in s.members}
    return all(m.series_id and known.get(m.measure_id) == m.series_id for m in extract.measures) and (
        all(g.goal_series_id and known.get(g.goal_id) == g.goal_series_id for g in extract.goals)
    )


def _link_kind(
    kind: str,
    items: Sequence[Item],
    keeper: _Keeper,
    decided: Mapping[str, str | None],
    issues: IssueBook,
    lexis: Lexis,
) -> dict[str, str]:
    """The series of each item of a kind: decided, kept, found, or new."""
    series_of: dict[str, str] = {}
    rest = []
    for item in items:
        target = decided.get(item.id, "")
        if target == "":
            continue
        if target in (None, OWN):
            rest.append(item)
        elif keeper.has(str(target), kind):
            keeper.put(str(target), item, Found(str(target), "decided", 1.0))
            series_of[item.id] = str(target)
        else:
            _note_gone(issues, item, str(target))
    alone = [item for item in rest]
    for item in items:
        kept = keeper.kept(item.id)
        if item.id in series_of or item in alone or kept is None:
            continue
        series_id, member = kept
        if series_id in series_of.values():
            continue
        keeper.put(series_id, item, Found(series_id, member.reason, member.score, member.candidates))
        series_of[item.id] = series_id
        _note(issues, item, member.reason, member.candidates, keeper)
    open_ = [item for item in items if item.id not in series_of and item not in alone]
    linker = Linker(kind, keeper.organisation, keeper.of_organisation(), lexis)
    found = linker.link(open_, set(series_of.values()), items)
    for item in open_:
        one = found.get(item.id) or Found(None, "founding", 1.0)
        if one.series_id is not None:
            keeper.put(one.series_id, item, one)
            series_of[item.id] = one.series_id
    names = Counter(squeeze(item.member.name) for item in items)
    for item in [i for i in items if i.id not in series_of]:
        one = found.get(item.id) or Found(None, "founding", 1.0)
        if item in alone:
            one = Found(None, "decided", 1.0)
        series_of[item.id] = keeper.found(item, one, names[squeeze(item.member.name)] > 1)
        _note(issues, item, one.reason, one.candidates, keeper)
    return series_of


def _note(
    issues: IssueBook, item: Item, reason: str, candidates: Sequence[str], keeper: _Keeper
) -> None:
    """An issue for an item that could be of other series, or is one of them redefined."""
    if not candidates:
        return
    named = "; ".join(f"{keeper.name(one)} ({one})" for one in candidates)
    if reason == "changed_definition":
        kind = "series_redefined"
        message = f"It is like {named}, but says something else: it has a series of its own."
    else:
        kind = "series_doubtful"
        message = f"It may be the same as {named}; it has a series of its own until someone says."
    issues.note(kind, message, item.raw, Place(item.page, None), **_about(item))


def _note_gone(issues: IssueBook, item: Item, target: str) -> None:
    message = f"A decision puts it in the series {target}, which is not there."
    issues.note("series_decision_gone", message, item.raw, Place(item.page, None), **_about(item))


def _about(item: Item) -> dict[str, Any]:
    return {"measure_id" if item.kind == MEASURE else "goal_id": item.id}


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


class _Keeper:
    """The register while one report is put into it."""

    def __init__(
        self,
        register: Iterable[Series],
        organisation: str,
        document_id: str,
        replaced: Collection[str],
    ) -> None:
        self.organisation = organisation
        self._document_id = document_id
        self._rows: dict[str, Series] = {}
        self._kept: dict[str, tuple[str, SeriesMember]] = {}
        for row in register:
            self._rows[row.series_id] = self._without(row, {document_id, *replaced})

    def _without(self, row: Series, documents: Collection[str]) -> Series:
        """The row with the members of these reports marked as gone, until they come back."""
        members = []
        for member in row.members:
            if member.document_id not in documents:
                members.append(member)
            elif member.reason != "decided":
                members.append(replace(member, present=False))
                if member.document_id == self._document_id:
                    self._kept[member.item_id] = (row.series_id, member)
        return replace(row, members=tuple(members))

    def has(self, series_id: str, kind: str) -> bool:
        """Whether there is such a series of this organisation and kind."""
        row = self._rows.get(series_id)
        return row is not None and row.kind == kind and self._is_ours(row)

    def name(self, series_id: str) -> str:
        """The name that a series was registered with."""
        return self._rows[series_id].name if series_id in self._rows else series_id

    def kept(self, item_id: str) -> tuple[str, SeriesMember] | None:
        """The series that the register has for an item, and its membership."""
        return self._kept.get(item_id)

    def of_organisation(self) -> list[Series]:
        """The series of the report's organisation."""
        return [row for row in self._rows.values() if self._is_ours(row)]

    def put(self, series_id: str, item: Item, found: Found) -> None:
        """Make an item a member of a series."""
        row = self._rows[series_id]
        member = replace(
            item.member,
            reason=found.reason,
            score=found.score,
            candidates=found.candidates,
            present=True,
        )
        others = [m for m in row.members if m.item_id != item.id]
        self._rows[series_id] = replace(row, members=(*others, member))

    def found(self, item: Item, found: Found, is_repeated: bool) -> str:
        """A new series with the item as its first member; its id."""
        series_id = self._new_id(item, is_repeated)
        member = replace(
            item.member, reason=found.reason, score=found.score, candidates=found.candidates
        )
        year = member.fiscal_year
        self._rows[series_id] = Series(
            series_id=series_id,
            kind=item.kind,
            organisation=self.organisation,
            name=member.name,
            first_year=year,
            last_year=year,
            predecessor_series_id=found.predecessor,
            members=(member,),
        )
        if found.successor is not None:
            later = self._rows[found.successor]
            self._rows[found.successor] = replace(later, predecessor_series_id=series_id)
        return series_id

    def _new_id(self, item: Item, is_repeated: bool) -> str:
        """An id from the item's name; from its place, too, where the name alone is not enough."""
        member, prefix = item.member, _PREFIX[item.kind]
        name = (squeeze(self.organisation), member.name)
        place = (*name, member.board, member.perspective, member.goal, member.success_factor)
        options = [place, (*place, self._document_id), (*name, member.item_id)]
        for parts in options if is_repeated else [name, *options]:
            series_id = content_id(prefix, *parts)
            if series_id not in self._rows:
                return series_id
        number = sum(row.startswith(series_id) for row in self._rows)
        return f"{series_id}-{number + 1}"

    def _is_ours(self, row: Series) -> bool:
        return squeeze(row.organisation) == squeeze(self.organisation)

    def rows(self) -> tuple[Series, ...]:
        """The register: each row with what follows from its members."""
        kept = {m.item_id for row in self._rows.values() for m in row.members if m.present}
        rows = []
        for row in self._rows.values():
            members = sorted(
                (m for m in row.members if m.present or m.item_id not in kept),
                key=lambda m: (m.fiscal_year, m.document_id, m.item_id),
            )
            if not members:
                continue
            rows.append(
                replace(
                    row,
                    members=tuple(members),
                    names=tuple(dict.fromkeys(member.name for member in members)),
                    first_year=members[0].fiscal_year,
                    last_year=members[-1].fiscal_year,
                )
            )
        return tuple(sorted(rows, key=lambda row: row.series_id))
