"""Assessments of strategic goals: what the narrative says, beside what their marks show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.narrative.section_pages import SectionPages
from styrmatt.printed import Bbox, Location, Section
from styrmatt.records import Goal, Narrative
from styrmatt.swedish.sentences import RuleSplitter
from styrmatt.swedish.statements import PLAIN_STATEMENT, Judgement, StatementReader
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_DOT_LEADERS = re.compile(r"\.{4,}\s*\d*$")
"""The dots between a heading and its page in a table of contents."""


@dataclass(frozen=True, slots=True)
class _PlacedJudgement:
    """A statement about a goal and the page that it stands on."""

    judgement: Judgement
    page: int
    bbox: Bbox | None
    """The sentence's box on that page."""


class AssessmentReader:
    """Reads the assessments of the goals of one document from its sections of running text."""

    def __init__(self, vocabulary: Vocabulary, issues: IssueBook) -> None:
        self._reader = StatementReader(vocabulary.statements)
        self._splitter = RuleSplitter(vocabulary.statements.abbreviations)
        self._issues = issues

    def read(
        self,
        goals: Sequence[Goal],
        narratives: Sequence[Narrative],
        sections: Sequence[Section],
    ) -> tuple[Goal, ...]:
        """The goals with their assessments; ``sections`` are those of the narratives, in order.

        What the text says wins over a mark. Issues note where the two differ, and where the text is
        not clear.
        """
        only_goals = _only_goals(goals)
        found: dict[str, list[_PlacedJudgement]] = {goal.goal_id: [] for goal in goals}
        for narrative, section in zip(narratives, sections, strict=True):
            if narrative.success_factor_id or narrative.measure_id or _is_contents(narrative):
                continue
            about = _perspective_goal(narrative, only_goals)
            for goal, item in self._statements(narrative, section, goals, about):
                found[goal.goal_id].append(item)
        return tuple(self._assessed(goal, found[goal.goal_id]) for goal in goals)

    def _statements(
        self, narrative: Narrative, section: Section, goals: Sequence[Goal], about: Goal | None
    ) -> Iterator[tuple[Goal, _PlacedJudgement]]:
        pages = SectionPages(section)
        named = next((goal for goal in goals if goal.goal_id == narrative.goal_id), None)
        for paragraph in (narrative.text or "").split("\n\n"):
            headed, body = _headed(paragraph, goals)
            named = headed or named
            for sentence, _ in self._splitter.split(body):
                goal = named or _named(sentence, goals) or about
                if goal is None:
                    continue
                judgement = self._reader.judgement(_without(sentence, goal.goal))
                if judgement is not None and (named or judgement.rank > PLAIN_STATEMENT):
                    place = pages.place(sentence)
                    told = replace(judgement, text=sentence)
                    yield goal, _PlacedJudgement(told, place.page, place.bbox)

    def _assessed(self, goal: Goal, found: Sequence[_PlacedJudgement]) -> Goal:
        best = max((item.judgement.rank for item in found), default=0)
        strongest = [item for item in found if item.judgement.rank == best]
        clear = [item for item in strongest if item.judgement.status]
        statuses = {item.judgement.status for item in clear}
        if not strongest:
            return goal
        if len(statuses) != 1:
            self._note_unclear(goal, strongest)
            return goal
        first = clear[0]
        status = first.judgement.status
        if goal.assessment_marker not in (None, status):
            self._note_disagreement(goal, first)
        return replace(
            goal,
            assessment=status,
            assessment_source="narrative",
            assessment_stated=status,
            assessment_text=first.judgement.text,
            assessment_page=first.page,
            assessment_text_bbox=first.bbox,
        )

    def _note_unclear(self, goal: Goal, found: Sequence[_PlacedJudgement]) -> None:
        texts = [item.judgement.text for item in found]
        reason = "says several things" if len(texts) > 1 else "leaves open how it went"
        self._issues.note(
            "assessment_unclear",
            f"The text about the goal {goal.goal!r} {reason}; the words give it no assessment.",
            "\n".join(texts),
            Location(found[0].page, found[0].page, found[0].bbox),
            goal_id=goal.goal_id,
        )

    def _note_disagreement(self, goal: Goal, first: _PlacedJudgement) -> None:
        self._issues.note(
            "marker_disagreement",
            f"The mark of the goal {goal.goal!r} shows {goal.assessment_marker}, "
            f"the text says {first.judgement.status}; the text's words are taken.",
            first.judgement.text,
            Location(first.page, first.page, first.bbox),
            goal_id=goal.goal_id,
        )


def _only_goals(goals: Sequence[Goal]) -> dict[str, Goal]:
    """The only goal of each perspective that has one, by the perspective's letters."""
    of: dict[str, list[Goal]] = {}
    for goal in goals:
        if goal.perspective:
            of.setdefault(squeeze(goal.perspective), []).append(goal)
    return {name: found[0] for name, found in of.items() if len(found) == 1}


def _perspective_goal(narrative: Narrative, only_goals: dict[str, Goal]) -> Goal | None:
    """The goal that a section without one is about: the only one of its perspective."""
    for heading in reversed(narrative.heading_path):
        if goal := only_goals.get(squeeze(heading)):
            return goal
    return None


def _is_contents(narrative: Narrative) -> bool:
    """Whether a section stands below a line of a table of contents that was taken as a heading."""
    return any(_DOT_LEADERS.search(heading) for heading in narrative.heading_path)


def _headed(paragraph: str, goals: Sequence[Goal]) -> tuple[Goal | None, str]:
    """The goal whose name a paragraph begins with, and the rest of the paragraph.

    The name is a heading that extraction took for text: a capital follows it.
    """
    letters = squeeze(paragraph)
    for goal in sorted(goals, key=lambda goal: -len(goal.goal)):
        name = squeeze(goal.goal)
        if letters.startswith(name) and len(name) < len(letters):
            behind = _behind(paragraph, len(name))
            if behind[:1].isupper():
                return goal, behind
    return None, paragraph


def _behind(text: str, letters: int) -> str:
    """What follows the first so many letters and digits of a text."""
    for at, character in enumerate(text):
        letters -= len(squeeze(character))
        if letters <= 0:
            return text[at + 1 :].lstrip(" :–-")
    return ""


def _named(sentence: str, goals: Sequence[Goal]) -> Goal | None:
    """The one goal whose name a sentence holds."""
    letters = squeeze(sentence)
    named = [goal for goal in goals if squeeze(goal.goal) in letters]
    return named[0] if len(named) == 1 else None


def _without(sentence: str, name: str) -> str:
    """The sentence without the goal's name, whose words are no statement about it."""
    at = sentence.casefold().find(name.casefold())
    return sentence if at < 0 else f"{sentence[:at]} {sentence[at + len(name) :]}"
