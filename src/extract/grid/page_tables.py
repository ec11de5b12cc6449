"""The tables of a report's pages, read by what their headers say, as parts that go on overleaf."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from styrmatt.extract.grid.areas_side_by_side import AreasSideBySide
from styrmatt.extract.grid.cards.find_cards import CardReader
from styrmatt.extract.grid.cards.goal_marks import GoalMarkReader, MarkedGoal
from styrmatt.extract.grid.colour_ranks import ranks_line
from styrmatt.extract.grid.goals_overleaf import (
    add_rest,
    hold_on,
    is_rest_of,
    names_goal_below,
)
from styrmatt.extract.grid.headers.chips import top_of_chipped, without_chips
from styrmatt.extract.grid.headers.goals_of_years import GoalsOfYears
from styrmatt.extract.grid.headers.header_block import HeaderBlock, find_header_blocks
from styrmatt.extract.grid.headers.legend_lines import without_explanations
from styrmatt.extract.grid.headers.next_header import next_header_top, without_words_of_rows
from styrmatt.extract.grid.headers.year_headers import year_headers
from styrmatt.extract.grid.heading_names import HeadingNames
from styrmatt.extract.grid.headings_above import HeadingsAbove, sentence_headings, without_label
from styrmatt.extract.grid.read_grid import GridReader, GridTable
from styrmatt.extract.grid.rows.sex_rows import SexRows
from styrmatt.extract.grid.tables_across import tables_across
from styrmatt.extract.grid.watch import TableWatch
from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import HeaderWords, header_words_of
from styrmatt.extract.marks.legend.colours_told import told_colours
from styrmatt.extract.marks.legend.letters import letters_of
from styrmatt.extract.marks.legend.levels import levels_of
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, split_at_gaps
from styrmatt.extract.sections.beside_gutter import Crossed
from styrmatt.extract.sections.page_parts import PagePart, page_parts
from styrmatt.extract.sections.read_sections import BodyStyle, HeadingContext
from styrmatt.extract.tables.cells import TablePart
from styrmatt.extract.tables.columns import Columns
from styrmatt.layout import Layout
from styrmatt.printed import Bbox
from styrmatt.swedish.numbers import YEAR_ALONE
from styrmatt.whitespace import single_spaced, squeeze

_SHORTEST_LINE = 20
"""Characters from which a line that is no row of cells is running text or a heading."""
_SECTION = re.compile(r"\d+(?:\.\d+)+\.?\s+[^\W\d_a-z]")
"""The number of a section within a chapter, before its heading, which may be of any length."""
_TEXT_LINE = 60
"""Characters from which such a line is running text: the cells of tables are narrower."""
_SENTENCE = 40
"""Characters from which a line with a full stop at its end is a sentence."""
_LARGER = 1.0
"""Points by which a heading that names a goal with a year is larger than text: no value is."""
_HEADING_SIZE = 2.5
"""Points by which a heading in light type is larger than text at least, if it is a sentence: text
beside tables in small print is a little larger, too."""
_ABOVE_NEXT = 1.0
"""Points above the next table's header where a table ends at the latest."""


@dataclass
class PageTables:
    """Reads the tables of pages in order, and keeps the headings above them."""

    layout: Layout
    style: BodyStyle
    ranks: tuple[int, PageLine] | None = None
    """The page and line that say that the report's colours are ranks among others."""
    watch: TableWatch | None = None
    """Where what is seen is noted, for a person who writes a layout."""
    left_alone: list[tuple[str, int, Bbox]] = field(default_factory=list)
    """Name, rows and place of the tables of the last page that the layout ignores by name."""
    unread: list[HeaderBlock] = field(default_factory=list)
    """Headers of the last page that name measures, and below which none could be read."""
    _open: GridTable | None = None
    _last_heading: tuple[int, float] = (0, 0.0)
    """Page and top of the last heading of the pages before."""
    _headings: HeadingsAbove = field(init=False)
    _year_goals: GoalsOfYears = field(init=False)

    def __post_init__(self) -> None:
        self._words = header_words_of(self.layout)
        self._names = HeadingNames(self._words, self.layout.headings)
        self._headings = HeadingsAbove(
            self._names, self.layout.words.perspectives, self.layout.words.names
        )
        self._areas = AreasSideBySide(self._names)
        self._year_goals = GoalsOfYears(self._names)
        self._reader = GridReader(self._names, self.layout.words, self._ends_table)
        self._cards = CardReader(
            self._words,
            self.layout.words,
            self._is_goal_heading,
            lambda text: self._names.named(text) is not None,
        )
        self._goal_marks = GoalMarkReader(
            self._names, self._words, self.layout.words, self._names_something
        )
        self._goals: list[MarkedGoal] = []
        """The marked goals of the last page, those in its tables included."""
        self._plain: dict[int, PageLine] = {}
        self._chips: dict[int, PageLine] = {}
        """The headings of the last page that a chip stands before, without it, by ``id()``."""
        self._sentences: dict[int, bool] = {}
        """Whether sentences in larger type of the last page are headings, by ``id()`` of a line."""
        self._sexes = SexRows.of(self.layout.words, self._words)
        self._blocks: list[HeaderBlock] = []
        self.levels: dict[str, str] = {}
        """The statuses that the pages' text gives marks by how much of them is filled."""
        self.colour_trends: dict[str, str] = {}
        """The trends that the pages' text gives colours, by the status each usually stands for."""

    def headers(self, page: Page) -> list[HeaderBlock]:
        """The headers of tables on a page; some may be of tables that hold no measures."""
        self._note_ranks(page)
        self._reader.letters.update(letters_of(page, self.layout.words))
        self.levels.update(levels_of(page, self.layout.words))
        self.colour_trends.update(told_colours(page, self.layout.words).trends)
        self._chips = without_chips(page, self.layout.words)
        marked = self._goal_marks.goals(page, page.lines)
        self._goals = [goal for goal in marked if not goal.plain.keys() & self._chips.keys()]
        spans = [goal.span for goal in self._goals if goal.span is not None]
        lines = [
            line
            for line in without_explanations(page, page.lines, self.layout.words)
            if id(line) not in self._chips
            and not any(top <= line.middle_height <= bottom for top, bottom in spans)
        ]
        found = find_header_blocks(page, lines, self._words)
        found += self._years_below_goals(page, lines, found)
        found.sort(key=lambda block: block.bbox[1])
        self._blocks = without_words_of_rows(page, found, lines)
        return self._blocks

    def across(self, page: Page, lines: Sequence[PageLine]) -> Iterator[Crossed]:
        """Where the tables of the last page lie across it; ``lines`` are its lines."""
        return tables_across(page, self._blocks, lines)

    def read_label(self, text: str) -> HeaderReading:
        """What a label of a header means."""
        return self._words.read(text)

    def _years_below_goals(
        self, page: Page, lines: Sequence[PageLine], found: Sequence[HeaderBlock]
    ) -> list[HeaderBlock]:
        """The headers of nothing but years right below a heading that names a goal.

        One that is only worded as a goal does where such a one stands above a table of measures,
        or others beside it are worded alike. Elsewhere a table with rows of targets is one of a
        single measure.
        """
        blocks = list(year_headers(page, lines, found, self._words))
        self._year_goals.read(" ".join(line.text for line in lines))
        if not blocks:
            return []
        above = [self._above(page, lines, block) for block, _ in blocks]
        beside = [self._above(page, lines, one) for one in found]
        self._year_goals.note([block for block, _ in blocks], above, beside)
        named = zip(found, beside, strict=True)
        others = {above.place_of_wish() for one, above in named if one.names_measures}
        headers: list[HeaderBlock] = []
        for (block, has_aims), headings in zip(blocks, above, strict=True):
            if self._year_goals.hold_at(headings, others):
                headers.append(block)
            elif has_aims:
                headers.append(replace(block, of_one=True))
        return headers

    def note_columns(self, columns: Sequence[Page]) -> None:
        """Note the goals above tables of years in the columns of a page, before each is read."""
        seen: list[tuple[HeaderBlock, HeadingsAbove]] = []
        with self.aside():
            for page in columns:
                lines = page.lines
                found = find_header_blocks(page, lines, self._words)
                blocks = [block for block, _ in year_headers(page, lines, found, self._words)]
                seen += [(block, self._above(page, lines, block)) for block in blocks]
                for line in lines:
                    if self._names_something(line):
                        self._headings.add(page.number, line)
                self._headings.begin_column()
        self._year_goals.note([one for one, _ in seen], [above for _, above in seen])

    def _above(self, page: Page, lines: Sequence[PageLine], block: HeaderBlock) -> HeadingsAbove:
        """The headings above a header; bold rows are none."""
        above = self._headings.copy()
        for line in lines:
            if line.bottom > block.bbox[1] or not self._names_something(line):
                continue
            is_large = line.size > self.style.size + _LARGER
            if is_large or self._names.named(line.text) is not None:
                above.add(page.number, line)
        return above

    @property
    def letters(self) -> Mapping[str, str]:
        """The statuses that the pages' text gives letters."""
        return self._reader.letters

    def _note_ranks(self, page: Page) -> None:
        """Note the first line that says that colours are ranks among others."""
        if self.ranks is None:
            line = ranks_line(page, self._words.words.rows)
            self.ranks = None if line is None else (page.number, line)

    def tables(
        self,
        page: Page,
        lines: Sequence[PageLine],
        end: float,
        *,
        goes_on: bool,
        follows: bool = False,
    ) -> list[TablePart]:
        """The tables of measures and goals on a page, top to bottom, and its cards.

        ``lines`` are those between running head and foot, which begins at ``end``; ``goes_on`` says
        that the last table of the page before may go on, ``follows`` that the page is the next one.
        """
        if self._blocks:
            labels = self._cards.labels(page)
            self._blocks = [
                block
                for block in self._blocks
                if block.names_measures
                or not any(id(word) in labels for cell in block.cells for word in cell.words)
            ]
        self._sentences = sentence_headings(lines, self.style.size)
        tops = [block.bbox[1] for block in self._blocks]
        parts: list[GridTable] = []
        self.left_alone, self.unread = [], []
        repeated = bool(self._blocks) and self._repeats(page, self._blocks[0], lines)
        if goes_on and self._open is not None and not repeated:
            limit = min([*tops, end]) - _ABOVE_NEXT
            rest = self._reader.continuation(page, self._open, lines, limit)
            if rest is not None:
                parts.append(rest)
                if self.watch is not None:
                    self.watch.goes_on(rest)
        for block in self._blocks:
            below = [top for top in tops if top > block.bbox[3]]
            limit = min([end, *(top - _ABOVE_NEXT for top in below)])
            limit = next_header_top(page, block, lines, limit, self._words)
            limit = top_of_chipped(lines, self._chips, block.bbox[3], limit)
            if any(part.top <= block.bbox[1] <= part.bottom for part in parts):
                continue
            may_go_on = goes_on and not parts
            before = self._open if may_go_on and self._repeats(page, block, lines) else None
            table = self._reader.table(page, block, lines, limit, before)
            if table is not None and before is None and self._lacks_names(table):
                table = None
                self.unread.append(block)
            elif table is None and any("measure" in c.reading.roles for c in block.cells):
                self.unread.append(block)
            name = table and self._ignored_name(block, table)
            if table is not None and name:
                self.left_alone.append((name, len(table.entries), table.bbox))
                if self.watch is not None:
                    self.watch.ignored.append((name, page.number, table.top, table.bottom))
            elif table is not None:
                parts.append(table)
            if self.watch is not None and not name:
                look = self._reader.look(page, block, lines, limit)
                self.watch.seen(page, block, look, table, self._words)
        if self.watch is not None:
            self.watch.headers_not_known(page, lines, self._reader.look, self._words)
        taken = [(part.top, part.bottom) for part in parts]
        cards = self._cards.parts(page, lines, taken, goes_on=follows)
        found = [*(part for table in parts for part in self._parts(table, page, lines)), *cards]
        return [*found, *self._marked_goals(lines, found)]

    def _lacks_names(self, table: GridTable) -> bool:
        """Whether all rows of a table are for a sex, or both: their measure stands elsewhere."""
        names = (single_spaced(entry.text("measure")) for entry in table.entries)
        return all(self._sexes.whole(name) is not None for name in names)

    def _marked_goals(
        self, lines: Sequence[PageLine], parts: Sequence[TablePart]
    ) -> list[TablePart]:
        """The goals outside of tables whose headings have a mark; notes these without it."""
        spans = [(part.top, part.bottom) for part in parts]
        outside = {
            id(line)
            for line in lines
            if not any(top <= line.middle_height <= bottom for top, bottom in spans)
        }
        goals = [goal for goal in self._goals if goal.plain.keys() <= outside]
        self._plain = {key: line for goal in goals for key, line in goal.plain.items()}
        return [goal.part for goal in goals if goal.part is not None]

    def plain(self, line: PageLine) -> PageLine:
        """A line of the last page without the mark or board of the goal that it names."""
        if (found := self._plain.get(id(line))) is not None:
            return found
        line = self._chips.get(id(line), line)
        if not line.words:
            return line
        return without_label(line, self._words) if self._names_something(line) else line

    def _ignored_name(self, block: HeaderBlock, table: GridTable) -> str | None:
        """The name by which the layout leaves a table alone, if it does."""
        text = squeeze(" ".join([*block.texts, table.left_words]))
        for one in self.layout.tables_of("ignored"):
            if all(squeeze(word) in text for word in one.words):
                return one.name
        return None

    def _repeats(self, page: Page, block: HeaderBlock, lines: Sequence[PageLine]) -> bool:
        """Whether a header is that of the last table again, with no heading between them."""
        before = self._open
        if before is None or before.header is None or block.texts != before.header.texts:
            return False
        end = (before.page, before.bottom)
        return self._last_heading < end and not any(
            end < (page.number, line.middle_height) < (page.number, block.bbox[1])
            and self._names_something(line)
            for line in lines
        )

    def _parts(
        self, table: GridTable, page: Page, lines: Sequence[PageLine]
    ) -> Iterator[TablePart]:
        """The table, below the overview of goals that stand among its rows with their marks."""
        part = self._part(table, page, lines)
        if table.goal_rows:
            yield TablePart(
                "overview",
                part.columns,
                part.top,
                part.bottom,
                part.page,
                list(table.goal_rows),
                None,
            )
        yield part

    def _part(self, table: GridTable, page: Page, lines: Sequence[PageLine]) -> TablePart:
        """The table as a part of one that may go on; goals of its last rows hold overleaf."""
        goes_on = table.header is None or self._repeats(page, table.header, lines)
        before, self._open = self._open, table
        if goes_on and before is not None and before.entries:
            if table.entries and is_rest_of(table.entries[0], before.entries[-1]):
                add_rest(before.entries[-1], table.entries.pop(0))
            self._sexes.take_rest(before.entries[-1], table.entries)
            hold_on(table.entries, before)
        elif before is not None and names_goal_below(before, table):
            hold_on(table.entries, before)
        fields = tuple(column.role or None for column in table.roles.columns)
        columns = Columns(
            fields, table.columns.bounds, bool(table.columns.unsure), table.columns.ruled
        )
        part = TablePart(
            table.roles.shape, columns, table.top, table.bottom, table.page, table.entries, None
        )
        part.unknown = table.unknown
        part.lower_goals = any(
            c.role == "goal" and "success_factor" in c.reading.roles for c in table.roles.columns
        )
        part.unheaded_marks = _unheaded_marks(table)
        results = (c.reading.year for c in table.roles.columns if c.role == "result")
        part.result_year = max((year for year in results if year is not None), default=None)
        return part

    def add_line(self, page: int, line: PageLine) -> None:
        """Take the next line outside of tables: headings hold for the tables below them."""
        if self._is_header(line):
            self._headings.interrupt()
        elif self._names_something(line):
            self._headings.add(page, line)
            self._last_heading = (page, line.top)
            if self.watch is not None:
                self.watch.headings.append((page, line.text))
        else:
            self._headings.interrupt()

    def _is_header(self, line: PageLine) -> bool:
        """Whether a line is of a header all of whose labels are known, and no heading."""
        return any(
            all(cell.reading.whole and cell.reading.says_something for cell in block.cells)
            and any(word is line.words[0] for one in block.lines for word in one.words)
            for block in self._blocks
        )

    def _names_something(self, line: PageLine) -> bool:
        """Whether a line is a heading, or worded as the name of a goal."""
        return self._is_heading(line) or self._names.named(line.text) is not None

    def _is_goal_heading(self, line: PageLine) -> bool:
        """Whether a line is set as a heading, or names a goal, and is no label with its value."""
        named = self._names.named(line.text)
        is_large = line.size > self.style.size + _HEADING_SIZE
        figures = "" if named is None else named.name
        if line.size > self.style.size + _LARGER:  # a goal may name a year
            figures = YEAR_ALONE.sub("", figures)
        is_name = named is not None and not any(map(str.isdecimal, figures))
        is_title = is_large and self._words.read(line.text).whole
        return (is_name and self._is_heading(line)) or is_title

    def _is_heading(self, line: PageLine) -> bool:
        """Whether a line is set as a heading; a sentence that is only larger is text."""
        if (found := self._sentences.get(id(line))) is not None:
            return found
        if _is_row_of_years(line):
            return False
        plain = not line.bold and line.size < self.style.size + _HEADING_SIZE
        sentence = len(line.text) > _SENTENCE and line.text.rstrip().endswith(".")
        numbered = line.size > self.style.size + _LARGER and _SECTION.match(line.text)
        is_long = len(line.text) >= _TEXT_LINE and not numbered
        running = sentence or is_long or line.text[:1].islower()
        return self.style.is_heading(line) and not (plain and running)

    def context(self, fields: Sequence[str | None] = ()) -> HeadingContext:
        """The headings that hold for a table that stands here, with columns of these fields.

        When all is read, :meth:`settle_areas` may name its goal.
        """
        self._headings.interrupt()
        found = self._headings.context()
        if "measure" in fields and (place := self._headings.place_of_wish()) is not None:
            self._year_goals.places.add(place)
        self._areas.note(self._headings, found, fields)
        return found

    def settle_areas(self) -> None:
        """Name the goals of tables whose headings are areas among others."""
        self._areas.settle()

    def begin_column(self) -> None:
        """What follows stands in another column of the page: no table goes on there."""
        self._open = None
        self._headings.begin_column()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is read within stands in a box: its headings hold for nothing else."""
        kept = self._headings.copy()
        yield
        self._headings = kept

    def forget_headings(self) -> None:
        """Forget the headings: pages are missing here."""
        self._headings.forget()
        self._open = None

    def _ends_table(self, line: PageLine) -> bool:
        """Whether a line over the whole width is larger than the text of any table."""
        return line.size > self.style.size + 1.5


def _is_row_of_years(line: PageLine) -> bool:
    """Whether a line is years, with a word before them at most: the header of a table."""
    years = sum(YEAR_ALONE.fullmatch(word.text) is not None for word in line.words)
    return years > 1 and len(line.words) - years <= 1


def _unheaded_marks(table: GridTable) -> tuple[Mark, ...]:
    """The marks that are read as statuses though their column has no header."""
    column = table.roles.index("status")
    head = None if column is None else table.columns.heads[column]
    if column is None or (head is not None and head.text.strip()):
        return ()
    lines = (line for entry in table.entries for line in entry.lines)
    return tuple(mark for line in lines for mark in line.marks("status"))


def running_style(pages: Iterable[Page]) -> BodyStyle:
    """The style of running text: of lines that are no row of cells, and not bold."""
    long: Counter[float] = Counter()
    running: Counter[float] = Counter()
    every: Counter[float] = Counter()
    for page in (part.page for whole in pages for part in page_parts(whole, whole.lines)):
        for line in page.lines:
            if not line.bold:
                every[line.size] += len(line.text)
                if len(line.text) >= _SHORTEST_LINE and len(list(split_at_gaps(line))) == 1:
                    running[line.size] += len(line.text)
                    if len(line.text) >= _TEXT_LINE:
                        long[line.size] += len(line.text)
    styles = long or running or every
    if not styles:
        return BodyStyle.learn(())
    return BodyStyle(max(styles, key=lambda size: (styles[size], -size)), bold=False)


def parts_of_pages(layout: Layout, pages: Iterable[Page]) -> list[Page]:
    """The pages, those with columns of text in parts."""
    words = header_words_of(layout)
    return [part.page for page in pages for part in _parts_of_page(page, words)]


def _parts_of_page(page: Page, words: HeaderWords) -> tuple[PagePart, ...]:
    lines = page.lines
    return page_parts(
        page, lines, lambda: tables_across(page, find_header_blocks(page, lines, words), lines)
    )


def has_tables(layout: Layout, pages: Iterable[Page]) -> bool:
    """Whether the pages have a table of measures that can be read without a layout of its own."""
    every = parts_of_pages(layout, pages)
    reader = PageTables(layout, running_style(every))
    for page in every:
        reader.headers(page)
        parts = reader.tables(page, page.lines, page.height, goes_on=False)
        if any(part.kind == "measures" for part in parts):
            return True
    return False


def watch_tables(layout: Layout, pages: Iterable[Page]) -> TableWatch:
    """What a layout of any table sees on single pages, none of which goes on overleaf."""
    every = parts_of_pages(layout, pages)
    reader = PageTables(layout, running_style(every), watch=(watch := TableWatch()))
    for page in every:
        reader.headers(page)
        reader.tables(page, page.lines, page.height, goes_on=False)
    return watch
