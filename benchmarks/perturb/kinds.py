"""The list of perturbations: what each does, to which typesettings, and which flags are right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from perturb.draft import BASES, Base, Draft

GROUPS = ("text", "ink", "geometry", "colour", "marks", "pages", "tables")

SUBJECTS: dict[str, tuple[str, ...]] = {
    "target": (
        "target_unparsed",
        "target_without_unit",
        "target_unit_unlisted",
        "ambiguous_cells",
        "target_moved",
        "header_unclear",
        "header_year_differs",
        "unreadable_characters",
    ),
    "name": (
        "name_repaired",
        "row_joined",
        "row_rejected",
        "hyphen_repaired",
        "name_cut",
        "row_cut",
        "page_missing",
        "unreadable_characters",
    ),
    "double": ("duplicate", "duplicate_measure"),
    "sex": (
        "unknown_sex",
        "row_rejected",
        "duplicate",
        "duplicate_measure",
        "sex_unclear",
    ),
    "board": ("unknown_board",),
    "status": (
        "status_unread",
        "unknown_marker",
        "unknown_status_text",
        "marker_disagreement",
    ),
    "trend": (
        "trend_unread",
        "unknown_marker",
        "unknown_status_text",
        "marker_disagreement",
    ),
    "column": (
        "ambiguous_cells",
        "columns_estimated",
        "unknown_header",
        "unknown_table",
        "header_unclear",
        "header_year_differs",
        "layout_incomplete",
        "outcome_unparsed",
        "outcome_doubtful",
        "outcome_twice",
        "outcome_year_differs",
    ),
    "row": (
        "row_rejected",
        "row_joined",
        "rows_not_reconciled",
        "ambiguous_cells",
        "row_cut",
        "table_cut",
        "target_moved",
        "name_cut",
        "sex_unclear",
        "rows_without_header",
    ),
    "table": (
        "unknown_table",
        "unknown_header",
        "row_rejected",
        "rows_without_header",
        "layout_incomplete",
        "header_unclear",
    ),
    "page": (
        "empty_page",
        "page_failed",
        "page_missing",
        "page_order",
        "table_cut",
        "row_cut",
        "rows_without_header",
        "text_as_curves",
    ),
    "link": (
        "factor_unlinked",
        "goal_unlinked",
        "goal_mismatch",
        "no_overview",
        "page_missing",
        "page_order",
    ),
    "hidden": ("text_left_out",),
    "result": (
        "outcome_of_several",
        "outcome_of_other_year",
        "outcome_compared",
        "outcome_unit_differs",
        "outcome_far",
        "outcome_contested",
        "outcome_unparsed",
        "outcome_doubtful",
        "outcome_twice",
        "outcome_year_differs",
        "outcome_differs",
    ),
    "never": (
        "ocr_unsure",
        "text_differs",
        "factor_reworded",
        "goal_reworded",
        "goal_without_measures",
        "factor_without_measures",
        "assessment_unclear",
        "identity_uncertain",
        "organisation_unlisted",
        "outcome_unlinked",
        "report_given_up",
        "correction_unused",
        "correction_outdated",
        "series_doubtful",
        "series_redefined",
        "series_decision_gone",
    ),
}
"""By subject, the review reasons and kinds of issues that say something about it. A perturbation
names the subjects that it touches. "never": what no perturbation here is a reason for."""


@dataclass(frozen=True)
class Kind:
    """A way of perturbing a report."""

    name: str
    group: str
    does: str
    subjects: tuple[str, ...]
    fits: Callable[[Base], bool]
    apply: Callable[[Draft], None]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The review reasons and kinds of issues that are right for it."""
        found = [reason for subject in self.subjects for reason in SUBJECTS[subject]]
        return tuple(dict.fromkeys(found))

    def bases(self) -> list[str]:
        """The names of the typesettings that it can be done to."""
        return [name for name, base in BASES.items() if self.fits(base)]


KINDS: dict[str, Kind] = {}
"""All perturbations by name, in the order in which they are listed."""


class NotHere(Exception):
    """A perturbation finds nothing in this report that it could be done to."""


def kind(
    group: str, does: str, *subjects: str, fits: Callable[[Base], bool] = lambda base: True
) -> Callable[[Callable[[Draft], None]], Callable[[Draft], None]]:
    """Enter a function as a perturbation; `subjects` say which flags are right."""

    def enter(function: Callable[[Draft], None]) -> Callable[[Draft], None]:
        name = function.__name__.strip("_")
        assert group in GROUPS and name not in KINDS
        KINDS[name] = Kind(name, group, does, subjects, fits, function)
        return function

    return enter
