"""Rows over a table's whole width: a goal above its measures, a comment below one, a subheading."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.grid.coded_groups import CodedGroups, coded_cells, without_code
from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.group_styles import GroupStyles
from styrmatt.extract.grid.headers.chains import ground_of
from styrmatt.extract.grid.heading_names import HeadingNames, without_number
from styrmatt.extract.grid.roles import TableRoles
from styrmatt.extract.grid.table_span import GridLine
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.tables.cells import TableCell, TableEntry
from styrmatt.geometry import union
from styrmatt.whitespace import squeeze

_SAME_CELL = 0.6
"""Ems: a wider gap between two lines over the whole width parts two rows."""
_FEWEST_SENTENCE = 16
"""Characters of the shortest sentence: shorter texts with a full stop are abbreviations."""
_COMMENT_LENGTH = 90
"""Characters from which a line over the whole width is text, and not the name of a goal."""


@dataclass
class GroupRows:
    """The goal and factor that rows over the whole width have named so far."""

    page: Page
    columns: GridColumns
    roles: TableRoles
    names: HeadingNames
    goal: str | None = None
    factor: str | None = None
    heading: TableCell | None = None
    """The row over the whole width that named the goal without a lead-in word."""
    outer: str | None = None
    """The goal that held above it."""
    styles: GroupStyles = field(init=False)
    _coded: CodedGroups = field(init=False)
    above: str | None = None
    """The goal of a higher level that the goal stands under."""
    goal_is_lower: bool = False
    """Whether the goal is one of a lower level."""
    _is_asked: bool = False
    """Whether the goal is what has to be reported, as nothing else names one."""
    _open: list[PageLine] = field(default_factory=list)
    _below_row: bool = False

    def __post_init__(self) -> None:
        self.styles = GroupStyles(self.page, self.columns, self.roles.index("measure") or 0)
        own = self.roles.index("number"), self.roles.index("measure")
        self._coded = CodedGroups(self.page, self.columns, *own, self.styles.of)

    def learn_styles(
        self,
        body: Sequence[GridLine],
        before: GroupRows | None,
        is_sex: Callable[[str], bool],
    ) -> None:
        """Learn how rows over the whole width are set; ``before``: those of the page before."""
        if before is not None:
            self.styles.goes_on(before.styles)
        if self.roles.shape == "measures":
            self.styles.learn(body, lambda one: self._is_group_line(one, body), is_sex)

    def text_of(self, one: GridLine) -> PageLine:
        """A row of its own without the code in the column before the names."""
        number, name = self.roles.index("number"), self.roles.index("measure")
        if one.wide and number is not None and name == number + 1:
            return without_code(self.columns, one.line, number)
        if not one.is_row or number is None or one.columns != {number, name}:
            return one.line
        return PageLine(tuple(coded_cells(self.columns, one.line, number)[1]))

    def style_of_name(self, one: GridLine) -> Hashable:
        """How the first words of a line in the column of names are set."""
        name = self.roles.index("measure") or 0
        left, right = self.columns.bounds[name], self.columns.bounds[name + 1]
        own = [word for word in one.line.words if left <= (word.x0 + word.x1) / 2 < right]
        return self.styles.of(own or one.line.words)

    def is_group_line(self, one: GridLine, body: Sequence[GridLine]) -> bool:
        """Whether a line is a row of its own over the whole width."""
        if self._is_group_line(one, body):
            return True
        name = self.roles.index("measure")
        return not one.is_row and one.columns == {name} and self.styles.sets_apart(one)

    def _is_group_line(self, one: GridLine, body: Sequence[GridLine]) -> bool:
        """Whether a line is such a row by its width, its bold type or its words."""
        if one.wide:
            return True
        if self.roles.shape == "measures" and self._coded.is_group(one, body):
            return True
        if one.is_row or self.roles.shape == "overview":
            return False
        name = self.roles.index("measure")
        if one.columns != frozenset([name]):
            return False
        if one.line.text.strip(" :").casefold() in self.names.words.words.rows.comment:
            return True
        if one.line.bold and not self._are_names_bold(name or 0, body):
            return True
        return self.names.named(one.line.text) is not None and not any(
            other.is_row and abs(other.line.middle_height - one.line.middle_height) < 1
            for other in body
        )

    def _are_names_bold(self, name: int, body: Sequence[GridLine]) -> bool:
        """Whether names of measures are in bold, or nothing shows that they are not.

        Names of several lines may all stand about their figures, so that no line has both.
        """
        firsts = [
            other.line.words[0] for other in body if other.is_row and min(other.columns) <= name
        ]
        if firsts:
            return any(word.bold for word in firsts)
        names = [other.line for other in body if not other.is_row and other.columns == {name}]
        return all(line.bold for line in names)

    def goes_on(self, above: PageLine, one: GridLine) -> bool:
        """Whether a line in the first column goes on the text over the whole width above it."""
        near = 0 <= one.line.top - above.bottom <= _SAME_CELL * one.line.size
        same = one.line.bold == above.bold and abs(one.line.size - above.size) < 0.3
        return near and same and not one.is_row

    def is_sentence(self, text: str) -> bool:
        """Whether text is a sentence, as a comment is and no name."""
        return len(text) >= _FEWEST_SENTENCE and text.rstrip().endswith((".", "!"))

    def add(self, line: PageLine, below_row: bool) -> None:
        """Take the next line over the whole width; ``below_row``: a measure stands above it."""
        if self._open and (
            line.top - self._open[-1].bottom > _SAME_CELL * line.size
            or line.bold != self._open[-1].bold
            or self._has_other_ground(line)
            or self.styles.is_subheading([line]) != self.styles.is_subheading(self._open)
        ):
            self._close()
        if not self._open:
            self._below_row = below_row
        self._open.append(line)

    def _has_other_ground(self, line: PageLine) -> bool:
        """Whether a line stands on another colour than the one above it: on a row of its own."""
        one, other = (ground_of(self.page, x.words[0]) for x in (line, self._open[-1]))
        return one != other

    def comments(self) -> list[TableCell]:
        """The comments since the last call; goals among the lines hold from here on."""
        if self._open:
            self._close()
        found, self._comments = self._comments, []
        return found

    _comments: list[TableCell] = field(default_factory=list)

    def _close(self) -> None:
        lines, self._open = self._open, []
        text = " ".join(line.text for line in lines)
        if self._begin_named(text):
            return
        box = union(line.bbox for line in lines)
        cell = TableCell([line.text for line in lines], box, self.page.number, self.page.number)
        if self._below_row and self._is_comment(lines, text):
            self._comments.append(cell)
        elif not self.styles.is_subheading(lines):
            self._begin_unnamed(text, cell)

    def _begin_named(self, text: str) -> bool:
        """Let a goal or factor hold from here on, if a lead-in word names it as one."""
        named = self.names.named(text)
        if named is None:
            return False
        if named.is_requirement and self.goal is not None and not self._is_asked:
            return True  # it says more about the goal
        self._is_asked = named.is_requirement
        self.heading = None
        if named.level == "factor" and self.goal is not None:
            self.factor = named.name
            return True
        if named.level == "lower" and not self.goal_is_lower:
            self.above = self.goal
        elif named.level != "lower":
            self.above = None
        self.goal, self.factor = named.name, None
        self.goal_is_lower = named.level == "lower"
        return True

    def give(self, entry: TableEntry) -> None:
        """Let an entry stand under the goal and factor that hold here."""
        entry.goal, entry.factor = self.goal, self.factor
        entry.goal_above, entry.goal_is_lower = self.above, self.goal_is_lower
        entry.heading, entry.outer_goal = self.heading, self.outer

    def _begin_unnamed(self, text: str, cell: TableCell) -> None:
        """Let a goal hold from here on that no lead-in word names."""
        reading = self.names.words.read(text)
        begins_so = reading.roles == {"goal"} and not reading.whole  # a goal may begin as a header
        if (
            self.names.headings.rows
            and len(text) <= 2 * _COMMENT_LENGTH
            and (not reading.roles or begins_so or self.names.is_group(text))
        ):
            self.outer = self.goal if self.heading is None else self.outer
            self.goal, self.factor, self.heading = without_number(text), None, cell
            self.above, self.goal_is_lower = None, False

    def begin(self, cell: TableCell) -> str:
        """Let the goal or factor of a row with a mark of its own hold from here on; its name."""
        text = " ".join(cell.lines)
        if not self._begin_named(text):
            self._begin_unnamed(text, cell)
        return (self.factor or self.goal or text) if self.heading is None else without_number(text)

    def _is_comment(self, lines: Sequence[PageLine], text: str) -> bool:
        """Whether text over the whole width is a comment on the measure above."""
        start = squeeze(text)
        leads = (squeeze(word) for word in self.names.words.words.rows.comment)
        if any(start.startswith(lead) for lead in leads):
            return True
        bold = all(line.bold for line in lines)
        return not bold and (len(text) > _COMMENT_LENGTH or text.rstrip().endswith("."))
