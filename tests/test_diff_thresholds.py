"""Where a comparison draws the line between one row and two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conftest import make_extract
from test_diff import compared, measure
from two_reports import GOAL, report

from styrmatt.audit.diff.compare import diff
from styrmatt.printed import Bbox


def test_several_measures_below_a_factor_of_quite_other_words_are_moved() -> None:
    both = [measure(), measure("Antal resor", "s-2")]
    left = report(2020, *({**m, "factor": "Nöjda resenärer"} for m in both))
    right = report(2021, *({**m, "factor": "Tåget går ofta"} for m in both))
    assert [change.kind for change in compared(left, right).changes] == ["moved", "moved"]


def test_a_single_measure_below_a_factor_of_nearly_the_same_words_is_not_moved() -> None:
    left = report(2020, measure(factor="Bussarna kommer i tid"))
    right = report(2021, measure(factor="Bussen kommer i tid"))
    assert [change.kind for change in compared(left, right).changes] == ["factor_renamed"]


class TestGoals:
    """A goal's series says more than its predecessor, and both more than its wording."""

    def changes(self, *later: tuple[str, str | None]) -> list[tuple[str, str | None]]:
        left = report(2020, measure(), goals=({"goal": GOAL, "goal_series_id": "g-1"},))
        goals = tuple({"goal": goal, "goal_series_id": series} for goal, series in later)
        right = report(2021, measure(goal=later[0][0]), goals=goals)
        found = compared(left, right, predecessors={"g-2": "g-1"}).changes
        return [(c.kind, c.new_name) for c in found if c.dataset == "goals"]

    def test_series_before_wording(self) -> None:
        assert self.changes(("Resan är säker", "g-1"), (GOAL, None)) == [
            ("goal_added", GOAL),
            ("goal_renamed", "Resan är säker"),
        ]

    def test_predecessor_before_wording(self) -> None:
        assert self.changes(("Resan är säker", "g-2"), (GOAL, None)) == [
            ("goal_added", GOAL),
            ("goal_redefined", "Resan är säker"),
        ]

    def test_series_before_predecessor(self) -> None:
        assert self.changes(("Resan är säker", "g-1"), (GOAL, "g-2")) == [
            ("goal_added", GOAL),
            ("goal_renamed", "Resan är säker"),
        ]


@pytest.mark.parametrize(
    ("box", "name", "is_same"),
    [
        # The box of one row, a little off; its text is read quite differently.
        ((10.0, 102.0, 200.0, 122.0), "Fler elbussar", True),
        # The row below, whose box begins before that of the row above ends.
        ((10.0, 118.0, 200.0, 138.0), GOAL, False),
        # Without boxes the words decide.
        (None, GOAL.replace("e", "c", 1), True),
        (None, "Fler elbussar i länet", False),
    ],
)
def test_a_row_of_another_id_is_found_again_by_its_place_or_its_words(
    box: Bbox | None, name: str, is_same: bool
) -> None:
    first_box = (10.0, 100.0, 200.0, 120.0) if box else None

    def reading(goal_id: str, **values: Any) -> Any:
        base = make_extract()
        return replace(base, goals=(replace(base.goals[0], goal_id=goal_id, **values),))

    left = reading("g-a", goal=GOAL, bbox=first_box)
    right = reading("g-b", goal=name, bbox=box)
    kinds = {change.kind for change in diff(left, right).changes if change.dataset == "goals"}
    assert ("id_changed" in kinds) is is_same
    assert ("row_removed" in kinds) is not is_same
