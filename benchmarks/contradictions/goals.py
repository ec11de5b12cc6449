"""What a report says of its goals: totals, assessments and summaries against the measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from contradictions.plan import Plan, Subject, appended, plants, sentence, with_mark
from styrmatt.audit.check.basis.movements import of_record
from styrmatt.records import Goal

_OPPOSITE = {"met": "not_met", "not_met": "met"}


@plants("claim_differs")
def other_count(subject: Subject) -> Iterator[Plan]:
    """A sentence counts one goal more as met than there are."""
    goals = subject.extract.goals
    if not goals or any(goal.assessment is None for goal in goals):
        return
    met = Counter(goal.assessment for goal in goals)["met"]
    for turn, narrative in enumerate(n for n in subject.extract.narratives if n.text):
        if narrative.goal_id is None and met + 1 < len(goals):
            text = sentence("claim", turn, total=len(goals), met=met + 1)
            section = subject.section_of(narrative)
            yield Plan(subject.with_sections((section, appended(section, text))), (text,))


@plants("measure_without_table")
def unknown_measure(subject: Subject) -> Iterator[Plan]:
    """A goal's summary speaks of the target of a measure that no table has."""
    for turn, narrative in enumerate(subject.extract.narratives):
        of_goal = narrative.goal_id and not narrative.success_factor_id
        if of_goal and narrative.text and not narrative.measure_id:
            text = sentence("no_table", turn)
            section = subject.section_of(narrative)
            yield Plan(subject.with_sections((section, appended(section, text))), (text,))


@plants("goal_against_measures")
def other_marks(subject: Subject) -> Iterator[Plan]:
    """Each measure of a goal is marked otherwise than the goal is judged."""
    for goal in subject.extract.goals:
        marks = _all_marked_otherwise(subject, goal)
        if marks is not None:
            yield marks


def _all_marked_otherwise(subject: Subject, goal: Goal) -> Plan | None:
    other = _OPPOSITE.get(goal.assessment or "")
    lines = [line for line in subject.extract.records if line.goal_id == goal.goal_id]
    if other is None or len({line.measure_id for line in lines if line.status}) < 2:
        return None
    changed = []
    for line in lines:
        row = subject.row(line)
        new = with_mark(row, "status", other) if row else None
        if row is not None and new is not None:
            changed.append((row, new))
        elif line.status not in (None, "not_assessed", other):
            return None
    about = (goal.goal_id, *(line.measure_id for line in lines))
    return Plan(subject.with_rows(*changed), about)


@plants("goal_against_measures")
def other_way_in_summary(subject: Subject) -> Iterator[Plan]:
    """A goal's summary says that a measure's result went the other way."""
    for turn, line in enumerate(subject.extract.records):
        moved = of_record(line)
        if moved not in ("increased", "decreased") or line.sex != "T":
            continue
        text = sentence("fell" if moved == "increased" else "rose", turn, line.measure)
        for narrative in subject.extract.narratives:
            is_summary = narrative.goal_id == line.goal_id and not narrative.success_factor_id
            if line.goal_id and is_summary and narrative.text and not narrative.measure_id:
                section = subject.section_of(narrative)
                changed = subject.with_sections((section, appended(section, text)))
                accept = ("difference_differs", "figure_differs", "trend_against_change")
                yield Plan(changed, (line.measure_id, text), accept)
                break


@plants("claim_differs")
def other_goal_mark(subject: Subject) -> Iterator[Plan]:
    """The overview marks a goal otherwise, so that the report's own count is wrong."""
    if not any(claim.agrees and claim.met is not None for claim in subject.extract.claims):
        return
    for number, goal in enumerate(subject.printed.overview):
        known = [g for g in subject.extract.goals if g.page == goal.place.page]
        mark = goal.marker
        if mark is None or mark.value not in _OPPOSITE or not known:
            continue
        changed = replace(goal, marker=replace(mark, value=_OPPOSITE[mark.value]))
        overview = (
            *subject.printed.overview[:number],
            changed,
            *subject.printed.overview[number + 1 :],
        )
        about = tuple(g.goal_id for g in known if g.assessment_bbox == mark.place.bbox)
        texts = tuple(claim.text for claim in subject.extract.claims)
        plan = replace(subject.printed, overview=overview)
        yield Plan(plan, (*about, *texts), ("marker_against_words",))
