"""From a report's content to the blocks that are typeset, for both families of reports."""

from __future__ import annotations

from collections.abc import Iterator

from typeset.blocks import Block, Cell, Heading, Mark, PageBreak, Para, Row, Table
from typeset.model import Factor, Goal, Line, Measure, PlainTable, Report, Section
from typeset.style import STATUSES, TRENDS, Style
from typeset.words import words

SEX_LETTER = {"all": "", "women": "K", "men": "M"}


class Flow:
    """Builds the blocks of one report in one style; `pages` are the goals' pages of an earlier pass, for the contents."""

    def __init__(self, report: Report, style: Style, pages: dict[str, int] | None = None) -> None:
        self.report, self.style, self.pages = report, style, pages or {}
        self.words = words()
        self.tables = 0

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
        claims = Heading(2, head[f"claims_{self.report.family}"])
        claim = [Para(self.report.claim, probe=("claim", "", "all"))] if self.report.claim else []
        yield PageBreak()
        if self.report.family == "a":
            yield Heading(2, head["contents"])
            yield from self._contents()
            yield self._break()
        else:
            yield from (claims, *claim, Heading(2, head["reading"]))
        for section in self.report.intro:
            yield from self._section(section)
        yield self._legend()
        if self.style.extra.get("arrow_is_status"):
            yield Para(self.words["legend"]["combined"])
        if self.report.family == "a":
            yield from (claims, self._summary(), *claim)
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
            rows.append((Cell(marks=(Mark("status", status),)), Cell(legend[status]), arrow, Cell(legend[trend] if trend else "")))
        return Table("legend", (), tuple(rows), (8, 42, 8, 42))

    def _summary(self) -> Table:
        rows = tuple((self._mark_cell(Mark("status", goal.assessment)), Cell(f"{goal.perspective}: {goal.name}"))
                     for goal in self.report.goals if goal.assessment)
        return Table("legend", (), rows, (8, 92))

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
            yield Heading(2, self.words["headings"]["goal"].format(goal.heading), ("goal", goal.goal_id, "all"))
            yield self._overview([goal])
            yield from (Para(text) for text in goal.narrative)
        for index, factor in enumerate(goal.factors):
            if self.report.family == "a":
                heading = self.words["headings"]["goal"].format(factor.heading_goal or goal.heading)
                yield Heading(2, heading, ("goal", goal.goal_id, "all") if index == 0 else None)
            yield from self._factor(factor)

    def _overview(self, goals: list[Goal]) -> Table:
        rows: list[Row] = []
        for goal in goals:
            listed = [factor for factor in goal.factors if factor.name]
            for index, factor in enumerate(listed):
                right = Cell(_with_boards(factor.name or "", factor.boards), probe=("listed", factor.factor_id, "all"))
                if index:
                    rows.append((None, None, right))
                    continue
                left = Cell(_with_boards(goal.name, goal.boards), rows=len(listed), probe=("overview", goal.goal_id, "all"))
                mark = self._mark_cell(Mark("status", goal.assessment), rows=len(listed))
                rows.append((left, mark, right))
        widths = (24, 9, 67) if self.report.family == "a" else (34, 22, 44)
        return Table("overview", tuple(self.words["overview"][self.report.family]), tuple(rows), widths)

    # --- factors and measures

    def _factor(self, factor: Factor) -> Iterator[Block]:
        head = self.words["headings"]
        if self.report.family == "a":
            text = factor.heading.upper()
            heading = Heading(3, head["factor_a"].format(text) if factor.prefixed else text, ("factor", factor.factor_id, "all"))
        else:
            text = head["factor_b"].format(factor.heading) if factor.prefixed else factor.heading
            heading = Heading(3, text, ("factor", factor.factor_id, "all"))
        yield heading
        if factor.measures:
            yield self._measures(factor)
        for section in factor.sections:
            yield from self._section(section)
        for table in factor.tables:
            yield from self._plain(table)
        for measure in factor.measures:
            if measure.footnote and (note := self.report.footnotes.get(measure.footnote)):
                yield Para(f"[{measure.footnote}] {note}", small=True)

    def _measures(self, factor: Factor) -> Table:
        family = self.report.family
        variants = self.words["columns"][family][self.style.headers]
        header = [text.format(year=self.report.fiscal_year) for text in variants[self.tables % len(variants)]]
        self.tables += 1
        rows: list[Row] = []
        for measure in factor.measures:
            rows += self._measure_rows(measure) if family == "a" else self._board_rows(measure)
        widths = self.style.widths or ((29, 9, 7, 22, 17, 16) if family == "a" else (22, 22, 22, 17, 17))
        if family == "b":
            rows = self._factor_cells(factor, rows)
        if self.style.extra.get("arrow_is_status"):
            header, rows, widths = header[:-1], [row[:-1] for row in rows], widths[:-2] + (widths[-2] + widths[-1],)
        return Table("measures", tuple(header), tuple(rows), widths)

    def _factor_cells(self, factor: Factor, rows: list[Row]) -> list[Row]:
        """Put the factor before each row: once for all rows, or again in every row."""
        if not self.style.merge_factor:
            return [(Cell(factor.heading) if row[0] is not None else None,) + row for row in rows]
        first: Cell | None = Cell(factor.heading, rows=len(rows))
        return [(first if index == 0 else None,) + row for index, row in enumerate(rows)]

    def _measure_rows(self, measure: Measure) -> list[Row]:
        rows: list[Row] = []
        merge = self.style.merge_sexes and len(measure.lines) > 1
        span = len(measure.lines) if merge else 1
        for index, line in enumerate(measure.lines):
            first = index == 0 or not merge
            letter = SEX_LETTER[line.sex]
            name = Cell(printed_name(measure, self.style), rows=span, superscript=self._footnote(measure),
                        probe=None if letter else self._probe(measure, line)) if first else None
            board = Cell(measure.board or "", rows=span) if first else None
            sex = Cell(letter, probe=self._probe(measure, line) if letter else None)
            if measure.shared_target and merge:
                target = Cell(line.printed, rows=span) if index == 0 else None
            else:
                target = Cell(line.printed)
            rows.append((name, board, sex, target) + self._marks(measure, line, index, merge))
        return rows

    def _board_rows(self, measure: Measure) -> list[Row]:
        line = measure.lines[0]
        name = Cell(printed_name(measure, self.style), superscript=self._footnote(measure), probe=self._probe(measure, line))
        return [(name, Cell(line.printed)) + self._marks(measure, line, 0, False)]

    def _marks(self, measure: Measure, line: Line, index: int, merge: bool) -> Row:
        if merge and self.style.stack_marks and all(one.status and one.trend for one in measure.lines):
            span = len(measure.lines)
            statuses = tuple(Mark("status", one.status) for one in measure.lines)
            trends = tuple(Mark("trend", trend=one.trend) for one in measure.lines)
            return (None, None) if index else (Cell(marks=statuses, rows=span), Cell(marks=trends, rows=span))
        if self.style.extra.get("arrow_is_status") and line.status:
            return (self._mark_cell(Mark("both", line.status, line.trend)), Cell())
        status = self._mark_cell(Mark("status", line.status)) if line.status else Cell(line.status_text or "")
        trend = self._mark_cell(Mark("trend", trend=line.trend)) if line.trend else Cell(line.trend_text or "")
        return (status, trend)

    def _mark_cell(self, mark: Mark, rows: int = 1) -> Cell:
        empty = mark.status is None and mark.trend is None
        return Cell(marks=() if empty else (mark,), rows=rows)

    def _footnote(self, measure: Measure) -> str:
        return measure.footnote or "" if self.style.extra.get("superscript") else ""

    @staticmethod
    def _probe(measure: Measure, line: Line) -> tuple[str, str, str]:
        return ("measure", measure.measure_id, line.sex)

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
            tuple(Cell(text, right=index > 0 and any(c.isdigit() for c in text)) for index, text in enumerate(row))
            for row in table.rows[1:])
        yield Table("plain", table.rows[0], rows, (40,) + (60 / (width - 1),) * (width - 1))
        if table.note:
            yield Para(table.note)


def _with_boards(name: str, boards: tuple[str, ...]) -> str:
    return f"{name} ({', '.join(boards)})" if boards else name


def printed_name(measure: Measure, style: Style) -> str:
    """The name cell's text, with the footnote mark in brackets unless the style raises it."""
    if measure.footnote and not style.extra.get("superscript"):
        return f"{measure.printed}[{measure.footnote}]"
    return measure.printed
