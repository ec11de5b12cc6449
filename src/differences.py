"""The result of a comparison of two extracts: kinds of change, changes, and counts of rows.

Help texts, documentation and every output format take names, titles and meanings from here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from styrmatt.records import SEXES, listing, optional, required

MODES: Final[dict[str, str]] = {
    "years": "two reports, measure by measure and goal by goal",
    "rereading": "two extracts of one report, row by row and column by column",
}


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """A kind of change: its title and meaning."""

    title: str
    meaning: str
    mode: str = "years"
    one_sided: bool = False
    """Whether such a change is of a row that one of the two extracts has alone."""
    when_swapped: str | None = None
    """The kind that it becomes where left and right are swapped; None: the same kind."""


KINDS: Final[dict[str, ChangeKind]] = {
    "dropped": ChangeKind(
        "Dropped measures",
        "the measure stands in A alone, and B covers its board",
        one_sided=True,
        when_swapped="added",
    ),
    "added": ChangeKind(
        "Added measures",
        "the measure stands in B alone, and A covers its board",
        one_sided=True,
        when_swapped="dropped",
    ),
    "redefined": ChangeKind(
        "Changed definitions",
        "one measure is the predecessor of the other: the definition changed, so their figures "
        "are not compared",
    ),
    "renamed": ChangeKind("Renamed measures", "the measure is worded differently"),
    "moved": ChangeKind(
        "Moved measures",
        "the measure stands below another success factor, goal or perspective, or is of another "
        "board",
    ),
    "reclassified": ChangeKind(
        "Reclassified measures", "the measure is of another kind: styrmatt, kontrollmatt, aktivitet"
    ),
    "sex_split": ChangeKind(
        "Lines of sexes",
        "the measure stands in both, but the line of this sex in one alone",
        one_sided=True,
    ),
    "target": ChangeKind("Changed targets", "what is aimed at differs"),
    "target_reworded": ChangeKind(
        "Reworded targets", "the target says the same figure and way in other words"
    ),
    "status": ChangeKind("Changed status", "the mark shows another status"),
    "stated": ChangeKind(
        "Changed words about the status", "the narrative says another status in words"
    ),
    "trend": ChangeKind("Changed trend", "the arrow points another way"),
    "result": ChangeKind("Changed results", "the stated result differs, or is stated in one alone"),
    "forecast": ChangeKind("Changed forecasts", "the forecast for the same year differs"),
    "restated": ChangeKind(
        "Restated results",
        "the later report gives a previous value that is not what the earlier report said",
    ),
    "goal_dropped": ChangeKind(
        "Dropped goals",
        "the goal stands in A alone, and B covers its boards",
        one_sided=True,
        when_swapped="goal_added",
    ),
    "goal_added": ChangeKind(
        "Added goals",
        "the goal stands in B alone, and A covers its boards",
        one_sided=True,
        when_swapped="goal_dropped",
    ),
    "goal_regrouped": ChangeKind(
        "Regrouped goals",
        "the goal stands in one alone, and measures of it stand below other goals in the other",
        one_sided=True,
    ),
    "goal_redefined": ChangeKind(
        "Changed definitions of goals",
        "one goal is the predecessor of the other: it says something else, so their assessments "
        "are not compared",
    ),
    "goal_renamed": ChangeKind("Renamed goals", "the goal is worded differently"),
    "goal_moved": ChangeKind("Moved goals", "the goal stands below another perspective"),
    "goal_assessment": ChangeKind("Changed assessments", "the goal is assessed differently"),
    "factor_renamed": ChangeKind(
        "Renamed success factors",
        "the success factor is worded differently, and the same measures stand below it",
    ),
    "not_covered": ChangeKind(
        "Measures not covered",
        "the measure stands in one report, and the other does not cover its board, or does not "
        "say whether it does",
        one_sided=True,
    ),
    "goal_not_covered": ChangeKind(
        "Goals not covered",
        "the goal stands in one report, and the other does not cover all its boards, or does not "
        "say whether it does",
        one_sided=True,
    ),
    "row_removed": ChangeKind(
        "Rows that B lacks",
        "the row is in A alone",
        "rereading",
        one_sided=True,
        when_swapped="row_added",
    ),
    "row_added": ChangeKind(
        "Rows that A lacks",
        "the row is in B alone",
        "rereading",
        one_sided=True,
        when_swapped="row_removed",
    ),
    "value": ChangeKind("Values read differently", "a column of the row differs", "rereading"),
    "id_changed": ChangeKind(
        "Changed ids",
        "the row stands at the same place, but its id differs, because what it is made from does",
        "rereading",
    ),
}
"""By name, in the order in which changes are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: the old and the new value, where they stand, and the words there."""

    kind: str = required("kind of difference", values=tuple(KINDS))
    dataset: str = required("the dataset that holds what differs")
    series_id: str | None = optional("the measure or goal over the years, where both share it")
    old_id: str | None = optional("id of the row in A; null where it stands in B alone")
    new_id: str | None = optional("id of the row in B; null where it stands in A alone")
    old_name: str | None = optional("the measure, goal or row, as A has it")
    new_name: str | None = optional("the measure, goal or row, as B has it")
    sexes: tuple[str, ...] = listing("the lines of the table that it is about", values=SEXES)
    field: str | None = optional("the columns that differ, separated by commas")
    old: str | None = optional("the value in A, in words")
    new: str | None = optional("the value in B, in words")
    old_value: float | None = optional("the value in A, where it is one figure")
    new_value: float | None = optional("the value in B, where it is one figure")
    old_page: int | None = optional("page in A")
    new_page: int | None = optional("page in B")
    old_quote: str | None = optional("what is printed there in A")
    new_quote: str | None = optional("what is printed there in B")
    reason: str | None = optional("why it is of this kind, where that needs saying")

    @property
    def name(self) -> str:
        """The name of what changed: as B has it, else as A has it."""
        return self.new_name or self.old_name or ""

    def swapped(self) -> Change:
        """The change with left and right swapped."""
        return replace(
            self,
            kind=KINDS[self.kind].when_swapped or self.kind,
            **{f"old_{name}": getattr(self, f"new_{name}") for name in _SIDE_FIELDS},
            **{f"new_{name}": getattr(self, f"old_{name}") for name in _SIDE_FIELDS},
            old=self.new,
            new=self.old,
        )


_SIDE_FIELDS: Final = ("id", "name", "value", "page", "quote")


@dataclass(frozen=True, slots=True)
class ReportSide:
    """One of the two extracts."""

    document_id: str
    fiscal_year: int
    organisation: str
    body: str | None
    report_kind: str
    boards: tuple[str, ...]
    source_name: str
    source_sha256: str
    tool_version: str
    schema_version: str

    @property
    def title(self) -> str:
        """Organisation, body, year and, if not annual, kind of the report."""
        body = f", {self.body}" if self.body else ""
        kind = "" if self.report_kind == "annual" else f" ({self.report_kind})"
        return f"{self.organisation}{body} {self.fiscal_year}{kind}"


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How the rows of a dataset add up: left = common + left_alone, right = common + right_alone"""

    dataset: str
    left: int
    right: int
    common: int
    left_alone: int
    right_alone: int

    @property
    def reconciles(self) -> bool:
        """Whether both sums are right."""
        sums = (self.common + self.left_alone, self.common + self.right_alone)
        return sums == (self.left, self.right)

    def swapped(self) -> RowCounts:
        """The counts with left and right swapped."""
        sides = (self.right, self.left, self.common, self.right_alone, self.left_alone)
        return RowCounts(self.dataset, *sides)


@dataclass(frozen=True, slots=True)
class VersionChange:
    """A difference in how the extracts were made: versions, source, columns of the files."""

    name: str
    old: str | None
    new: str | None

    def swapped(self) -> VersionChange:
        """The difference with left and right swapped."""
        return VersionChange(self.name, self.new, self.old)


@dataclass(frozen=True, slots=True)
class Diff:
    """The comparison of two extracts."""

    mode: str
    left: ReportSide
    right: ReportSide
    counts: tuple[RowCounts, ...]
    changes: tuple[Change, ...]
    versions: tuple[VersionChange, ...]
    notes: tuple[str, ...] = ()

    def of_kinds(self, kinds: frozenset[str]) -> Diff:
        """The comparison with the changes of these kinds only; counts and notes are unchanged."""
        return replace(self, changes=tuple(c for c in self.changes if c.kind in kinds))


def sorted_changes(changes: list[Change]) -> tuple[Change, ...]:
    """The changes by kind, page, name and sex, in an order that does not depend on the input's."""
    return tuple(sorted(changes, key=_order))


def swap_sides(diff: Diff) -> Diff:
    """The comparison of B with A, from that of A with B."""
    return Diff(
        mode=diff.mode,
        left=diff.right,
        right=diff.left,
        counts=tuple(count.swapped() for count in diff.counts),
        changes=sorted_changes([change.swapped() for change in diff.changes]),
        versions=tuple(version.swapped() for version in diff.versions),
        notes=diff.notes,
    )


_RANK: Final = {kind: rank for rank, kind in enumerate(KINDS)}


def _order(change: Change) -> tuple[int | float | str, ...]:
    page = change.new_page if change.new_page is not None else change.old_page
    texts = (
        *(change.new_id, change.old_id, change.dataset, change.field),
        *(change.new, change.old, change.new_quote, change.old_quote),
    )
    return (
        _RANK[change.kind],
        page or 0,
        change.name,
        *(SEXES.index(sex) for sex in change.sexes[:1] or SEXES[:1]),
        " ".join(change.sexes),
        *(text or "" for text in texts),
        change.old_page or 0,
    )
