"""Narratives: the sections of running text, each with the goal, factor and measure it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from styrmatt.normalize.goals.headings import HeadingReader
from styrmatt.normalize.goals.levels import GoalLevels
from styrmatt.normalize.goals.match import SAME, GoalLinks, HeadingNames, likeness
from styrmatt.normalize.goals.overview import FactorEntry, GoalEntry
from styrmatt.normalize.ids import UniqueIds
from styrmatt.normalize.measures.group_rows import MeasureDraft
from styrmatt.normalize.narrative.section_pages import SectionPages
from styrmatt.printed import Location, Section
from styrmatt.records import Narrative
from styrmatt.swedish.dehyphenate import Cleaner, Repair
from styrmatt.whitespace import squeeze


@dataclass(frozen=True)
class PlacedSection:
    """A section, and what its heading and the headings above it name."""

    section: Section
    path: tuple[str, ...]
    """The headings above it and its own, words that a line break cuts put together."""
    names: HeadingNames
    names_itself: bool
    """Whether its own heading is that of a goal or factor."""


def place_sections(
    sections: Sequence[Section],
    name: Callable[[str, str], str | None],
    headings: HeadingReader,
    levels: GoalLevels,
) -> list[PlacedSection]:
    """Each section with the goal and factor that it stands under."""
    kinds = {section.heading_path: section.kind for section in sections}
    bare = [headings.without_lead(section.heading, section.kind) for section in sections]
    spelled = {squeeze(heading): heading for heading in bare if heading}
    placed = [_place(section, kinds, spelled, name, headings) for section in sections]
    return [replace(item, names=levels.nearest(item.names)) for item in placed]


def _place(
    section: Section,
    kinds: Mapping[tuple[str, ...], str],
    spelled: Mapping[str, str],
    name: Callable[[str, str], str | None],
    headings: HeadingReader,
) -> PlacedSection:
    above: dict[str, str | None] = {}
    path = section.heading_path or (section.heading,)
    words = tuple(spelled.get(squeeze(heading), heading) for heading in path)
    for depth in range(1, len(path) + 1):
        kind = kinds.get(path[:depth], "other")
        if kind == "other":
            kind = headings.kind(path[depth - 1]) or "other"
        if kind == "goal":
            above.pop("success_factor", None)
        above[kind] = name(words[depth - 1], kind)
    names = HeadingNames(
        above.get("perspective"), above.get("goal"), above.get("success_factor"), section.place
    )
    return PlacedSection(section, words, names, section.kind in ("goal", "success_factor"))


class NarrativeMaker:
    """Makes the narratives of a document."""

    def __init__(
        self,
        cleaner: Cleaner,
        links: GoalLinks,
        drafts: Sequence[MeasureDraft],
        document_id: str,
        year: int,
    ) -> None:
        self._cleaner = cleaner
        self._links = links
        self._drafts = drafts
        self._document_id = document_id
        self._year = year
        self._ids = UniqueIds(document_id)
        self._goal_by_wording: dict[str, GoalEntry] = {}
        self.repairs: list[tuple[Repair, Location]] = []

    def make(self, placed: Iterable[PlacedSection]) -> Iterator[Narrative]:
        """One narrative per section, in printed order."""
        placed = tuple(placed)
        self._goal_by_wording = self._wordings(placed)
        for number, item in enumerate(placed, 1):
            section = item.section
            text = self._cleaner.paragraphs(section.lines)
            self.repairs.extend((repair, section.place) for repair in text.repairs)
            places = _paragraph_places(section, text.text)
            goal, factor = self._about(item)
            path = tuple(filter(None, (self._cleaner.clean(h).text for h in item.path)))
            yield Narrative(
                section_id=self._ids.of("s", *path, text.text),
                document_id=self._document_id,
                fiscal_year=self._year,
                section_no=number,
                heading=self._cleaner.clean(section.heading).text or None,
                heading_path=path,
                goal_id=goal.id if goal else None,
                success_factor_id=factor.id if factor else None,
                measure_id=self._measure(item, goal, factor),
                text=text.text or None,
                paragraph_pages=tuple(place.page for place in places),
                paragraph_boxes=_flat_boxes(places),
                page_first=section.place.page,
                page_last=section.place.page_last,
            )

    def _about(self, item: PlacedSection) -> tuple[GoalEntry | None, FactorEntry | None]:
        link = self._links.find(item.names)
        if item.names_itself or item.section.kind == "perspective":
            return link.goal, link.factor
        heading = squeeze(item.section.heading)
        goals = [goal for goal in self._links.goals if squeeze(goal.name) == heading]
        if len(goals) == 1:  # a goal's own section, headed without a lead-in
            return goals[0], None
        if item.section.kind == "other" and heading in self._goal_by_wording:
            return self._goal_by_wording[heading], None
        factors = [factor for factor in self._links.factors if squeeze(factor.name) == heading]
        of_goal = [f for f in factors if link.goal is None or f.goal is link.goal] or factors
        if len(of_goal) == 1:
            return of_goal[0].goal, of_goal[0]
        return link.goal, link.factor

    def _wordings(self, placed: Iterable[PlacedSection]) -> dict[str, GoalEntry]:
        """The goals by the letters of the names that headings with a lead-in give them."""
        named = [(item.names.goal, self._links.find(item.names).goal) for item in placed]
        return {squeeze(name): goal for name, goal in named if name and goal}

    def _measure(
        self, item: PlacedSection, goal: GoalEntry | None, factor: FactorEntry | None
    ) -> str | None:
        """The id of the measure that the heading names; None where it names none or several."""
        if item.names_itself or item.section.kind == "perspective":
            return None
        heading = self._cleaner.clean(item.section.heading).text
        pools = [[draft for draft in self._drafts if goal is None or draft.goal is goal]]
        if factor is not None:
            pools.insert(0, [draft for draft in self._drafts if draft.factor is factor])
        for pool in pools:
            exact = {draft.id for draft in pool if squeeze(draft.name.name) == squeeze(heading)}
            named = exact or {d.id for d in pool if likeness(d.name.name, heading) >= SAME}
            if named:
                return named.pop() if len(named) == 1 else None
        return None


def _paragraph_places(section: Section, text: str) -> list[Location]:
    pages = SectionPages(section)
    return [pages.place(paragraph) for paragraph in text.split("\n\n")] if text else []


def _flat_boxes(places: Sequence[Location]) -> tuple[float, ...]:
    """The boxes of paragraphs, one behind the other; empty where one of them has none."""
    boxes = [place.bbox for place in places if place.bbox is not None]
    return tuple(side for box in boxes for side in box) if len(boxes) == len(places) else ()
