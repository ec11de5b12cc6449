"""The plain-text cutter's points: breaks in clear texts, and what one point must outweigh."""

from __future__ import annotations

import pytest

from styrmatt.extract.text.cut import overview_weights
from styrmatt.extract.text.cut import weights as w
from styrmatt.extract.text.cut.break_scores import BreakScores, TextStatistics
from styrmatt.extract.text.cut.cell_words import CellLexicon, read_words
from styrmatt.extract.text.lines import read_lines
from styrmatt.extract.text.tables import SURE_MARGIN
from styrmatt.layout import load_vocabulary

WORDS = load_vocabulary("sv")


def goes_on(text: str, word: str) -> bool:
    """Whether ``word`` rather goes on in the cell of the word before it than begins a cell."""
    lines = read_lines(text, WORDS.running).lines
    words = read_words(lines)
    statistics = TextStatistics(75, blank_lines_separate=True)
    breaks = BreakScores(lines, words, CellLexicon(WORDS), statistics, frozenset())
    at = next(n for n, found in enumerate(words) if found.text == word)
    return breaks.stay[at] > breaks.start[at]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Antal vetenskap-\nliga publikationer", "liga", True),
        ("Antal vetenskap-\n\nliga publikationer", "liga", True),
        ("Antal vetenskap-\fliga publikationer", "liga", True),
        ("Antal besök\npå museet", "på", True),
        ("Andel besök för kvinnor och\nMän", "Män", True),
        ("Antal besök TN", "TN", True),
        ("Antal besök  TN", "TN", False),
        ("Antal besök\tTN", "TN", False),
        ("Antal besök\n\nAndel nöjda", "Andel", False),
        ("Antal besök\n\n   \n\nökar", "ökar", False),
        ("Antal besök\fAndel nöjda", "Andel", False),
    ],
)
def test_a_break_joins_or_parts(text: str, word: str, expected: bool) -> None:
    assert goes_on(text, word) == expected


OUTWEIGHED = {
    "an empty line in a cell: a break-hyphen": w.EMPTY_LINE_STAYS + w.BREAK_HYPHEN_STAYS,
    "a new page in a cell: a small letter": w.NEW_PAGE_STAYS + w.SMALL_LETTER_STAYS,
    "room left in a line: a small letter": w.ROOM_LEFT_SMALL_LETTER + w.SMALL_LETTER_STAYS,
    "half a word as a cell: any lead": w.BREAK_HYPHEN_STARTS + w.TARGET_PHRASE + w.WIDE_GAP_STARTS,
    "a capital after 'and': the same": w.AFTER_UNFINISHED_LINE_STARTS + w.EMPTY_LINE_STARTS,
    "a full line of narrative: any lead": 0.3 * w.TOO_WIDE_FOR_A_CELL + w.TARGET_PHRASE,
    "no board: a known board skipped": w.EMPTY_BOARD + w.KNOWN_BOARD,
    "unknown words as a factor: none": w.UNKNOWN_FACTOR - w.EMPTY_FACTOR,
    "no board: unknown capitals as one": w.EMPTY_BOARD - w.UNKNOWN_BOARD - w.UNKNOWN_BOARD_EACH,
    "a factor left out in the first row: unknown words": w.EMPTY_FIRST_FACTOR - w.UNKNOWN_FACTOR,
    "a board swallowed: kept apart": w.BOARD_INSIDE_APART + w.KNOWN_BOARD,
    "a lead-in swallowed: a long name": w.KIND_LEAD_INSIDE + w.MEASURE_KIND_LEAD,
    "a status word as a name: as a mark": w.NAME_IS_MARKER_WORD + w.MARKER_WORD,
    "a lead-in as a name: its lead": w.NAME_IS_KIND_LEAD + w.MEASURE_KIND_LEAD,
    "a figure in a name: as a target": w.LONE_FIGURE_IN_NAME + w.TARGET_FIGURE,
    "a sign in the wrong column: no sign at all": -w.SYMBOL + w.SYMBOL_IN_ITS_COLUMN,
    "an end within a word: a full line": w.END_IN_BROKEN_WORD + w.FULL_LINE_AFTER[0],
    "a header without rows: a full line": w.NO_ROWS + w.FULL_LINE_AFTER[0],
    "a board before the text: the text": w.BOARD_BEFORE_FULL_LINE + w.FULL_LINE_AFTER[0],
    "a broken line before the text: the text": w.HYPHEN_BEFORE_FULL_LINE + w.FULL_LINE_AFTER[0],
    "two cells as one: one end in brackets": overview_weights.BRACKET_INSIDE
    + overview_weights.BRACKET_AT_END,
    "a full line in a goal: a like name": overview_weights.EACH_FULL_LINE
    - overview_weights.UNKNOWN_NAME,
}
"""What must weigh more than what speaks for the opposite: the sum of both is not above zero."""


@pytest.mark.parametrize("case", OUTWEIGHED)
def test_what_is_nearly_a_rule_outweighs_what_speaks_against_it(case: str) -> None:
    assert OUTWEIGHED[case] <= 0


def test_a_rest_overleaf_that_begins_with_a_small_letter_is_possible() -> None:
    assert w.CONTINUATION + w.CONTINUATION_SMALL_LETTER > 0


def test_a_row_is_sure_by_a_strong_cue_and_not_by_an_ordinary_one() -> None:
    assert max(w.EMPTY_LINE_STARTS, w.UNFINISHED_LINE_STAYS, w.COMPLETE_TARGET) < SURE_MARGIN
    assert min(w.BREAK_HYPHEN_STAYS, w.MARKER_WORD, w.KNOWN_BOARD, w.TARGET_PHRASE) > SURE_MARGIN
