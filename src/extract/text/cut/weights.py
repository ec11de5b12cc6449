"""The points of the plain-text cutter: every weight that decides how a table's words are cut.

A point is a weight like a log-likelihood: evidence for a cut counts above zero, evidence against
it below, and the points of all cells, breaks and the table's end add up along a path through the
words (:mod:`styrmatt.extract.text.cut.best_path`). Only differences between paths matter, so the
scale is free. On the scale used here

- 0.2 to 0.5 tips the balance between cuts that are alike otherwise,
- about 1 is one ordinary cue (an empty line, a capital at the start of a line),
- 2 to 3 is a strong cue, which one ordinary cue does not outweigh (a break-hyphen, a status word),
- 4 to 9 is nearly a rule: two or three strong cues are needed against it,
- NEG_INF in place of a number forbids a cut.

A row is certain where the best other cut of its words is ``SURE_MARGIN`` worse (in
:mod:`styrmatt.extract.text.tables`).

The points are no probabilities. They were set by hand, one against the other, on texts of reports;
no program fitted them and no training data stands behind them. The tests of plain text hold the
decisions that they lead to. Each reason below therefore says what a value must outweigh, or must
leave to other cues; a value may move as long as that stays true.
"""

from __future__ import annotations

# --- going on in a cell, or beginning one, at the break before a word ------------------------

SAME_LINE_ONE_SPACE_STAYS = 0.3
"""A single space: most words go on in their cell. Small, since cells also share lines."""
SAME_LINE_FEW_SPACES_STAYS = -2.0
"""Two or three spaces are rarely typed inside of a cell."""
SAME_LINE_WIDE_GAP_STAYS = -4.0
"""A gap of four spaces or a tab is left between columns: twice as strong as a few spaces."""
REPEATED_HEADER_STAYS = -9.0
"""A cell does not run on over a repeated header: only a cut with no other way would have it so.

Rests of cells below such a header are spans of their own, so nothing is lost.
"""
NEW_PAGE_STAYS = -3.0
"""A cell may run on over a page break, but a break-hyphen there (+3) no more than makes up."""
EMPTY_LINE_STAYS = -6.0
"""Where empty lines separate cells, one inside of a cell outweighs even a break-hyphen (+3)."""
EMPTY_CELL_TRACE_STAYS = -2.5
"""A line of spaces before a word is what an empty cell left, so a cell ended there."""
TRAILING_SPACES_STAY = -1.2
"""Spare spaces at a line's end: the same trace, but some files have them behind any line."""
BREAK_HYPHEN_STAYS = 3.0
"""A word broken by a hyphen goes on in its cell: more than any one cue of shape against it."""
SMALL_LETTER_STAYS = 0.8
"""A line that begins with a small letter mostly goes on; targets begin so as well, hence < 1."""
FIGURE_STAYS = -0.2
"""A line that begins with a figure may be a target or part of a name: nearly even."""
CAPITAL_STAYS = -0.9
"""A line that begins with a capital, or with a sign, mostly begins a cell."""
UNFINISHED_LINE_STAYS = 1.0
"""After "and", "or" or a comma the cell goes on; it outweighs a capital (-0.9)."""

FULL_LINE_STARTS = -3.0
"""A line too wide for a cell is narrative: no cell begins in its middle."""
SMALL_LETTER_SAME_LINE_STARTS = -2.5
"""Within a line, a cell seldom begins with a small letter after a single space."""
ONE_SPACE_STARTS = -1.0
"""A single space parts cells in some files only; the cells' own words must speak for it."""
FEW_SPACES_STARTS = 0.8
"""Two or three spaces part cells: with ``SAME_LINE_FEW_SPACES_STAYS`` a difference of 2.8."""
WIDE_GAP_STARTS = 2.0
"""Four spaces or a tab part cells: with ``SAME_LINE_WIDE_GAP_STAYS`` a difference of 6."""
REPEATED_HEADER_STARTS = 1.0
"""Below a repeated header mostly a row begins; a rest of a cell from the page before may, too."""
BREAK_HYPHEN_STARTS = -7.0
"""No cell begins with the second half of a word: stronger than any lead-in (at most 2.5)."""
SMALL_LETTER_STARTS = -2.0
"""Cells begin with capitals and figures; a target phrase with a small letter still may (+2.5)."""
AFTER_UNFINISHED_LINE_STARTS = -1.5
"""After "and", "or" or a comma no cell begins, unless a known word does it (2 and more)."""
EMPTY_LINE_STARTS = 1.0
"""Where empty lines separate cells, one ordinary cue."""
NO_EMPTY_LINE_STARTS = -0.7
"""There, a line without one before it goes on; less than 1, since rows are set tightly, too."""
EMPTY_CELL_TRACE_STARTS = 0.8
"""Behind the trace of an empty cell another cell begins; below an empty line's weight."""
UNUSUAL_LINE_START = -2.0
"""A cell begins a line although hardly any of its column do: like a small letter."""

# --- the width of a cell's lines -------------------------------------------------------------

TOO_WIDE_FOR_A_CELL = -25.0
"""For each text width that a line is wider than cells are: a tenth too wide costs 2.5.

Steep, so that a line of narrative (0.3 and more too wide) costs more than any lead-in gives.
"""
TOO_WIDE_FOR_ITS_COLUMN = -8.0
"""For each column's width that a line is wider than its column: a quarter too wide costs 2.

A third of the weight above, since columns' widths are learned from a first cut and differ by table.
"""
ROOM_LEFT_SMALL_LETTER = -0.8
"""The next word would have fitted into the line, yet the cell is said to go on with it: a cue that
the line was its cell's last. With a small letter it undoes ``SMALL_LETTER_STAYS`` and no more."""
ROOM_LEFT = -1.8
"""The same with a capital or figure: together with ``CAPITAL_STAYS`` a strong cue."""

# --- empty cells ------------------------------------------------------------------------------

EMPTY_FIRST_FACTOR = -9.0
"""A table's first row names its success factor: merged cells hold it for the rows below."""
EMPTY_FACTOR = -3.5
"""No factor in another row: more than an unknown word as a factor gives (below -5)."""
EMPTY_BOARD = -5.0
"""No board: larger than what a known board gives (4), so that boards are not skipped."""
EMPTY_IN_FULL_COLUMN = -3.0
"""On top of either, where the first cut found (nearly) every cell of the column filled."""
EMPTY_IN_MERGED_COLUMN = -1.0
"""No factor, where the first cut found many rows without: cells merged over rows."""
EMPTY_TARGET = -2.0
"""No target: most measures have one, yet an empty one must stay possible among clear cells."""
EMPTY_MARK_WITH_TRACE = 0.3
"""No status or trend, with the trace of an empty cell at hand: a slight preference."""
EMPTY_MARK_WITHOUT_TRACE = -0.2
"""No status or trend and no trace, in a file that keeps such traces."""

# --- the first words of a cell -----------------------------------------------------------------

CONTINUATION = -2.0
"""The rest of a cell overleaf: rarer than a new row, so the words must speak for it."""
CONTINUATION_SMALL_LETTER = 2.5
"""A rest that begins with a small letter: makes up for ``CONTINUATION`` and a little more."""
TARGET_CONTINUATION_OTHER = -3.0
"""A rest of a target that begins otherwise: it looks like a target of its own."""
MEASURE_SMALL_LETTER = -3.0
"""Names begin with a capital or a figure; on top of ``SMALL_LETTER_STARTS`` nearly a rule."""
MEASURE_ODD_SIGN = -4.0
"""No name begins with a sign that is neither quote nor bracket."""
MEASURE_KIND_LEAD = 2.0
"""A lead-in word with its colon ("Activity:") begins a measure."""
MEASURE_COUNT_NAME = 1.5
"""So does "number of", "share of", though targets hold such words, too."""
TARGET_PHRASE = 2.5
"""A target phrase of the vocabulary: the surest beginning of a target."""
TARGET_FIGURE = 2.0
"""A figure; names hold figures as well, hence less than a phrase."""
TARGET_OPENING = 1.5
"""A word that targets often begin with, or that says that something is done."""
TARGET_NUMBER_WORD = 0.6
"""A number in words: weak, since names hold them."""
TARGET_PHRASE_SMALL_LETTER = 1.0
"""A target phrase with a small letter may as well stand within a sentence of a name."""
TARGET_SMALL_LETTER = -1.5
"""Any other small letter speaks against a target's beginning."""
TARGET_OTHER = 0.3
"""Any other word: a little above nothing, so that a target is rather filled than left empty."""

# --- what stands in a cell ---------------------------------------------------------------------

SENTENCE_END_INSIDE = -1.5
"""Each full stop inside of a cell: cells are phrases, narrative is sentences."""
UNBALANCED_BRACKET = -2.0
"""Each bracket that a cell opens and does not close, or the other way round."""
BOARD_INSIDE_APART = -4.0
"""A known board at the start of a line or behind a gap, inside of a name or target: the equal of
``KNOWN_BOARD``, which a cut that keeps it apart earns."""
BOARD_INSIDE = -1.5
"""A known board right after a word: names mention boards now and then."""
SEX_INSIDE = -2.5
"""A line inside of a cell that begins with a sex: the equal of ``SEX_LETTER``."""
KIND_LEAD_INSIDE = -5.0
"""A line inside of a cell that begins with a measure's lead-in: another row was swallowed."""
COUNT_NAME_INSIDE = -2.0
"""A line inside of a cell that begins with "number of", which also goes on a name: weaker."""
SYMBOL_IN_TARGET = -2.0
"""A drawn sign inside of a target belongs into a cell of marks behind it."""
DASH_IN_TARGET = -2.0
"""So does a dash alone."""
MARKER_TEXT_IN_TARGET = -1.5
"""So does the period of a measurement on a line of its own; targets name years, too."""
SYMBOL_IN_NAME = -3.0
"""A drawn sign inside of a name: a whole row's cells were swallowed."""
NAME_IS_KIND_LEAD = -4.0
"""A name is never its lead-in alone."""
NAME_IS_MARKER_WORD = -6.0
"""A name is never a status or trend word: outweighs the 3 that the word gets as a mark."""
LONE_FIGURE_IN_NAME = -2.5
"""A line that is one figure is a target; inside of a name it outweighs ``TARGET_FIGURE``."""
NAME_WITHOUT_LETTERS = -3.0
"""Figures alone are no name."""
NEXT_CELL_ON_LAST_LINE = -2.0
"""A cell of several lines does not share its last line with the next cell, after one space."""
KNOWN_FACTOR = 2.0
"""A success factor as the overview or a heading names it, just alike enough."""
KNOWN_FACTOR_EXACT = 8.0
"""On top, in proportion, up to a name that is letter by letter the same: nearly a rule."""
UNKNOWN_FACTOR = -5.0
"""Words that no list of factors has: worse than an empty cell (-3.5)."""
UNKNOWN_FACTOR_SMALL_LETTER = -3.0
"""On top, where they begin with a small letter: the end of some other cell."""
KNOWN_BOARD = 4.0
"""A board that the report uses: nothing else looks like one."""
KNOWN_BOARD_LINE_START = 0.5
"""A board's cell rather begins its line than stands behind a name that mentions a board."""
KNOWN_BOARD_EACH_MORE = 0.5
"""Several boards rather fill one cell than one cell and part of the next."""
UNKNOWN_BOARD = -2.5
"""Capitals as boards have them, not known as one: still better than no board (-5)."""
UNKNOWN_BOARD_EACH = -1.0
"""For each of them: two unknown boards in one cell are less likely than one."""
SEX_LETTER = 2.5
"""A lone capital that stands for a sex."""
SEX_WORD = 1.5
"""A sex in full may begin a name or a target as well."""
SEX_WORD_IN_SENTENCE = -2.0
"""A sex in full with a small letter behind it on its line is part of a phrase."""
COMPLETE_TARGET = 1.0
"""A figure with at most a unit, or words for "no target": nothing is lacking."""
MILESTONE_IN_TARGET = 1.5
"""A word that says that something is done or exists: the end of many targets."""
TARGET_EACH_WORD_BEYOND_SIX = -0.15
"""Long targets are rare: ten words more weigh like a sentence's end."""
LONE_FIGURE_IN_TARGET = -1.0
"""A line that is one figure, after a target's first word, rather is another target."""

# --- marks and dashes ----------------------------------------------------------------------------

MARKER_WORD = 3.0
"""A status or trend word alone in its cell: the vocabulary's own word, a strong cue."""
MARKER_TEXT_STATUS = 1.4
"""The period of a measurement stands in status cells; above ``COMPLETE_TARGET``."""
MARKER_TEXT_TREND = 1.0
"""It stands in trend cells more rarely."""
SYMBOL = 2.0
"""A drawn sign in a cell of marks."""
SYMBOL_IN_ITS_COLUMN = 0.9
"""An arrow as trend, a filled shape as status; as much against the other column.

Below ``SYMBOL``, so that a sign in the unusual column remains a mark.
"""
DASH_TARGET_UNTRACED = -1.2
"""A dash as target in a file without traces of empty cells: marks are dashes more often."""
DASH_TARGET_EACH_TRACE_BEFORE = -1.2
"""For each trace of an empty cell before the dash beyond two: it stands further right."""
DASH_TARGET_TRACE_BEHIND = 0.8
"""Empty cells behind the dash are those of status and trend."""
DASH_TARGET_NO_TRACE_BEHIND = -1.0
"""Nothing behind it: the dash is in the last column."""
DASH_TREND_EACH_TRACE_BEFORE = 0.6
"""For each of at most two empty cells before the dash beyond one: those of target and status."""
DASH_TREND_TRACE_BEHIND = -2.0
"""The trend is the last column; an empty cell behind it is another row's at most."""
DASH_TREND_NO_TRACE_BEHIND = 1.0
"""The last column, so nothing behind it."""
DASH_STATUS = -0.8
"""Statuses are dashes least often of the three."""
DASH_STATUS_TRACE_BEHIND = 0.3
"""An empty trend behind it speaks a little for a status."""
DASH_STATUS_NO_TRACE_BEHIND = -0.3
"""None behind it speaks as much against it."""

# --- where the table ends ----------------------------------------------------------------------

END_OF_OPEN_REGION = -1.0
"""Rows up to the end of a region that running text, not a heading, ends: most likely too many."""
NO_ROWS = -4.0
"""A header without any row below it."""
END_IN_BROKEN_WORD = -5.0
"""The table does not end within a word."""
END_BEFORE_SMALL_LETTER = -3.0
"""Narrative and headings begin with capitals."""
END_AT_EMPTY_LINE = 0.8
"""Where empty lines separate paragraphs, one stands between table and narrative."""
END_WITHOUT_EMPTY_LINE = -3.0
"""There, no end without one: outweighs the first full line (3.0) no more than evenly."""
END_AT_MEASURE_NAME = 3.0
"""A line wider than the column that begins with a measure's name is a heading of the narrative."""
END_AT_PAGE = 0.5
"""Tables end at a page's end rather than in its middle."""
FULL_LINE_AFTER = (3.0, 2.5, 2.0, 0.5, -1.0, -2.0)
"""The first full line of narrative is the first, second ... sixth line behind the end.

One or two headings may stand before it; more short lines are rather rows of the table.
"""
HYPHEN_BEFORE_FULL_LINE = -4.0
"""Each short line that a hyphen ends before the full line: cells break words, headings do not."""
SYMBOLS_BEFORE_FULL_LINE = -4.0
"""Each line of drawn signs alone: cells of marks."""
BOARD_BEFORE_FULL_LINE = -5.0
"""Each line that a known board leads, in a table with boards: a row."""
EACH_LINE_WITHOUT_FULL_LINE = -1.5
"""For each of up to six lines, where no full line comes: nothing shows that narrative begins."""
