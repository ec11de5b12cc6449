"""From a report's content to the blocks that are typeset, for both families of reports."""

from __future__ import annotations

from collections.abc import Iterator

from typeset.blocks import Block, Cell, Figure, Heading, Mark, PageBreak, Para, Row, Table
from typeset.grids import MeasureTables, mark_cell
from typeset.model import Factor, Goal, PlainTable, Report, Section
from typeset.style import STATUSES, TRENDS, Style
from typeset.words import words


class Flow:
    """Builds the blocks of one report in one style; `pages` are the goals' pages of an earlier
    pass, for the contents."""

    def __init__(self, report: Report, style: Style, pages: dict[str, int] | None = None) -> None:
        self.report, self.style, self.pages = report, style, pages or {}
        self.words = words()
        self.grids = MeasureTables(report, style)

    def blocks(self) -> list[Block]:
        """The whole report, front page to last."""
        out: list[Block] = [Heading(0, self.report.title), Heading(2, self.report.organisation)]
        out += self._front()
        perspective = None
        for goal in self.report.goals:
            if goal.perspective != perspective:
                perspective = goal.perspective
                out += self._perspective(perspective)
            out += self._goal(goal)
        for section in self.report.closing:
            out += self._section(section)
        for table in self.report.closing_tables:
            out += self._plain(table)
        return out

    # --- front matter

    def _front(self) -> Iterator[Block]:
        head = self.words["headings"]
        claims: Block = Heading(2, head[f"claims_{self.report.family}"])
        claim: list[Block] = (
            [Para(self.report.claim, probe=("claim", "", "all"))] if self.report.claim else []
        )
        yield PageBreak()
        if self.report.family == "a":
            yield Heading(2, head["contents"])
            yield from self._contents()
            yield self._break()
        else:
            yield claims
            yield from claim
            yield Heading(2, head["reading"])
        for section in self.report.intro:
            yield from self._section(section)
        yield self._legend()
        if self.style.arrow_is_status:
            yield Para(self.words["legend"]["combined"])
        if self.report.family == "a":
            yield claims
            yield self._summary()
            yield from claim
        else:
            yield Heading(2, head["perspectives_b"])

    def _contents(self) -> Iterator[Block]:
        for goal in self.report.goals:
            title = self.words["headings"]["goal"].format(goal.heading)
            page = self.pages.get(goal.goal_id, 10)
            yield Para(f"{title} {'.' * max(3, 76 - len(title))} {page}")

    def _legend(self) -> Table:
        legend = self.words["legend"]
        rows: list[Row] = []
        for index, status in enumerate(STATUSES):
            trend = TRENDS[index] if index < len(TRENDS) else None
            arrow = Cell(marks=(Mark("trend", trend=trend),)) if trend else Cell()
            rows.append(
                (
                    Cell(marks=(Mark("status", status),)),
                    Cell(legend[status]),
                    arrow,
                    Cell(legend[trend] if trend else ""),
                )
            )
        return Table("legend", (), tuple(rows), (self._mark_width, 42, self._mark_width, 42))

    def _summary(self) -> Table:
        rows = tuple(
            (
                mark_cell(Mark("status", goal.assessment)),
                Cell(f"{goal.perspective}: {goal.name}"),
            )
            for goal in self.report.goals
            if goal.assessment
        )
        return Table("legend", (), rows, (self._mark_width, 92))

    @property
    def _mark_width(self) -> float:
        """The width of a column of markers that has no header: words need more than shapes."""
        return 18 if "word" in (self.style.markers, self.style.trend_kind()) else 9

    # --- goals

    def _break(self) -> Block:
        return PageBreak() if self.style.page_breaks else Para("")

    def _perspective(self, perspective: str) -> Iterator[Block]:
        yield self._break()
        yield Heading(1, perspective)
        if text := self.report.perspectives.get(perspective):
            yield Para(text)
        goals = [goal for goal in self.report.goals if goal.perspective == perspective]
        if self.report.family == "a":
            yield self._overview(goals)
            for goal in goals:
                yield Heading(2, goal.heading, ("assessment", goal.goal_id, "all"))
                yield from (Para(text) for text in goal.narrative)

    def _goal(self, goal: Goal) -> Iterator[Block]:
        if self.report.family == "b":
            yield Heading(
                2,
                self.words["headings"]["goal"].format(goal.heading),
                ("goal", goal.goal_id, "all"),
            )
            yield self._overview([goal])
            yield from (Para(text) for text in goal.narrative)
        for index, factor in enumerate(goal.factors):
            if height := self.style.figures.get(factor.factor_id):
                yield Figure(height)
            if self.report.family == "a":
                heading = self.words["headings"]["goal"].format(factor.heading_goal or goal.heading)
                yield Heading(2, heading, ("goal", goal.goal_id, "all") if index == 0 else None)
            yield from self._factor(factor)

    def _overview(self, goals: list[Goal]) -> Table:
        rows: list[Row] = []
        for goal in goals:
            listed = [factor for factor in goal.factors if factor.name]
            for index, factor in enumerate(listed):
                right = Cell(
                    _with_boards(factor.name or "", factor.boards),
                    probe=("listed", factor.factor_id, "all"),
                )
                if index:
                    rows.append((None, None, right))
                    continue
                left = Cell(
                    _with_boards(goal.name, goal.boards),
                    rows=len(listed),
                    probe=("overview", goal.goal_id, "all"),
                )
                mark = mark_cell(Mark("status", goal.assessment), rows=len(listed))
                rows.append((left, mark, right))
        widths = (24, self._mark_width, 67) if self.report.family == "a" else (34, 22, 44)
        return Table(
            "overview", tuple(self.words["overview"][self.report.family]), tuple(rows), widths
        )

    # --- factors and measures

    def _factor(self, factor: Factor) -> Iterator[Block]:
        head = self.words["headings"]
        if self.report.family == "a":
            text = factor.heading.upper()
            heading = Heading(
                3,
                head["factor_a"].format(text) if factor.prefixed else text,
                ("factor", factor.factor_id, "all"),
            )
        else:
            text = head["factor_b"].format(factor.heading) if factor.prefixed else factor.heading
            heading = Heading(3, text, ("factor", factor.factor_id, "all"))
        yield heading
        if factor.measures:
            yield self.grids.table(factor)
        for section in factor.sections:
            yield from self._section(section)
        for table in factor.tables:
            yield from self._plain(table)
        for measure in factor.measures:
            if measure.footnote and (note := self.report.footnotes.get(measure.footnote)):
                yield Para(f"[{measure.footnote}] {note}", small=True)

    # --- text

    def _section(self, section: Section) -> Iterator[Block]:
        if section.heading:
            yield Heading(4, section.heading)
        for text in section.paragraphs:
            yield Para(text[2:], bullet=True) if text.startswith("- ") else Para(text)

    def _plain(self, table: PlainTable) -> Iterator[Block]:
        if table.title:
            yield Heading(4, table.title)
        width = len(table.rows[0])
        rows: tuple[Row, ...] = tuple(
            tuple(
                Cell(text, right=index > 0 and any(c.isdigit() for c in text))
                for index, text in enumerate(row)
            )
            for row in table.rows[1:]
        )
        yield Table("plain", table.rows[0], rows, (40,) + (60 / (width - 1),) * (width - 1))
        if table.note:
            yield Para(table.note)


def _with_boards(name: str, boards: tuple[str, ...]) -> str:
    return f"{name} ({', '.join(boards)})" if boards else name
