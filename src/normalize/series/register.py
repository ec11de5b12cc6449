"""The register of series while one report is put into it.

A series is kept for good: a member that its report no longer has, or that a person put into another
series, stays as one that is not present. What a person decided leaves no trace once the decision
is withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from styrmatt.normalize.ids import content_id
from styrmatt.normalize.series.items import GOAL, MEASURE, Item
from styrmatt.normalize.series.match import SeriesMatch
from styrmatt.records import Series, SeriesMember
from styrmatt.whitespace import squeeze

_PREFIX: Final = {MEASURE: "ms", GOAL: "gs"}


class RegisterUpdate:
    """The register of series with the changes that one report makes."""

    def __init__(
        self,
        register: Iterable[Series],
        organisation: str,
        document_id: str,
        replaced: Collection[str],
    ) -> None:
        """``replaced`` are ids of reports that this one takes the place of."""
        self.organisation = organisation
        self._document_id = document_id
        self._rows: dict[str, Series] = {}
        self._memberships: dict[str, tuple[str, SeriesMember]] = {}
        """By item id, what the register has for the report's items."""
        self._changed_ids: set[str] = set()
        documents = {document_id, *replaced}
        for row in register:
            if row.predecessor_decided_in in documents:
                row = _as_found(row)
                self._changed_ids.add(row.series_id)
            if any(member.document_id in documents for member in row.members):
                row = self._without_documents(row, documents)
                self._changed_ids.add(row.series_id)
            if row.members:
                self._rows[row.series_id] = row

    def _without_documents(self, row: Series, documents: Collection[str]) -> Series:
        """The row with the members of these reports not present, and without decided ones."""
        members = []
        for member in row.members:
            if member.document_id not in documents:
                members.append(member)
            elif member.reason != "decided":
                members.append(replace(member, present=False))
                if member.document_id == self._document_id:
                    self._memberships[member.item_id] = (row.series_id, member)
        return replace(row, members=tuple(members))

    def has(self, series_id: str, kind: str) -> bool:
        """Whether there is such a series of this organisation and kind."""
        row = self._rows.get(series_id)
        return row is not None and row.kind == kind and self._is_ours(row)

    def can_follow(self, item: Item, series_id: str) -> bool:
        """Whether an item's series may take the place of that one, which earlier reports have."""
        year = item.member.fiscal_year
        return self.has(series_id, item.kind) and any(
            member.present and member.fiscal_year < year for member in self._rows[series_id].members
        )

    def name(self, series_id: str) -> str:
        """The name that a series was registered with."""
        return self._rows[series_id].name if series_id in self._rows else series_id

    def membership(self, item_id: str) -> tuple[str, SeriesMember] | None:
        """The series that the register has for an item, and its membership."""
        return self._memberships.get(item_id)

    def is_only_member(self, series_id: str, item_id: str) -> bool:
        """Whether an item is the only one that a series has."""
        return {member.item_id for member in self._rows[series_id].members} == {item_id}

    def of_organisation(self) -> list[Series]:
        """The series of the report's organisation."""
        return [row for row in self._rows.values() if self._is_ours(row)]

    def add_member(self, series_id: str, item: Item, match: SeriesMatch) -> None:
        """Make an item a member of a series."""
        row = self._rows[series_id]
        member = replace(
            item.member,
            reason=match.reason,
            score=match.score,
            candidates=match.candidates,
            present=True,
        )
        self._changed_ids.add(series_id)
        others = [m for m in row.members if m.item_id != item.id]
        self._rows[series_id] = replace(row, members=(*others, member))

    def add_series(self, item: Item, match: SeriesMatch, is_repeated: bool) -> str:
        """Add a series with the item as its first member; its id.

        ``is_repeated`` says that the report prints the name more than once.
        """
        series_id = self._new_id(item, is_repeated)
        member = replace(
            item.member, reason=match.reason, score=match.score, candidates=match.candidates
        )
        year = member.fiscal_year
        self._changed_ids.add(series_id)
        self._rows[series_id] = Series(
            series_id=series_id,
            kind=item.kind,
            organisation=self.organisation,
            name=member.name,
            first_year=year,
            last_year=year,
            predecessor_series_id=match.predecessor,
            members=(member,),
        )
        if match.successor is not None:
            later = self._rows[match.successor]
            if later.predecessor_decided_in is None:
                later = replace(later, predecessor_series_id=series_id)
            else:
                later = replace(later, predecessor_found=series_id)
            self._rows[match.successor] = later
        return series_id

    def take_out(self, series_id: str, item: Item) -> None:
        """Take an item out of a series that has others."""
        row = self._rows[series_id]
        left = tuple(member for member in row.members if member.item_id != item.id)
        self._changed_ids.add(series_id)
        self._rows[series_id] = replace(row, members=left)

    def decide_predecessor(self, series_id: str, predecessor: str | None) -> bool:
        """Make a series follow another one, or none, because a person says so.

        False, and nothing is changed, where that one follows the series itself.
        """
        if series_id in self._followed_by(predecessor):
            return False
        row = _as_found(self._rows[series_id])
        self._changed_ids.add(series_id)
        self._rows[series_id] = replace(
            row,
            predecessor_series_id=predecessor,
            predecessor_found=row.predecessor_series_id,
            predecessor_decided_in=self._document_id,
        )
        return True

    def _followed_by(self, series_id: str | None) -> set[str]:
        """A series, the one that it took the place of, and so on."""
        found: set[str] = set()
        while series_id in self._rows and series_id not in found:
            found.add(series_id)
            series_id = self._rows[series_id].predecessor_series_id
        return found

    def _new_id(self, item: Item, is_repeated: bool) -> str:
        """An id from the item's name; from its place or report, too, if another series has that."""
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
        """The register, by series id; changed rows with names and years from their members."""
        for series_id in self._changed_ids & self._rows.keys():
            self._rows[series_id] = _summarized(self._rows[series_id])
        return tuple(self._rows[series_id] for series_id in sorted(self._rows))


def _as_found(row: Series) -> Series:
    """The row with the predecessor that the machine found."""
    if row.predecessor_decided_in is None:
        return row
    return replace(
        row,
        predecessor_series_id=row.predecessor_found,
        predecessor_found=None,
        predecessor_decided_in=None,
    )


def _summarized(row: Series) -> Series:
    """The row with sorted members, and the names and years of those that are present."""
    members = sorted(row.members, key=lambda m: (m.fiscal_year, m.document_id, m.item_id))
    current = [member for member in members if member.present] or members
    return replace(
        row,
        members=tuple(members),
        names=tuple(dict.fromkeys(member.name for member in current)),
        first_year=current[0].fiscal_year,
        last_year=current[-1].fiscal_year,
    )
