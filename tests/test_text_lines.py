"""Words that stand on lines: which share a line, and how a line reads."""

from __future__ import annotations

import pytest

from styrmatt.extract.model.text_lines import PageLine, Word, join_words, lines_of, split_at_gaps


def word(text: str, x0: float, x1: float, *, bottom: float = 110.0, size: float = 10.0) -> Word:
    return Word(text, x0, bottom - size, x1, bottom, size)


def test_words_a_space_apart_are_words_and_parts_of_one_are_one():
    assert join_words([word("Andel", 0, 25), word("nöjda", 27.5, 50)]) == "Andel nöjda"
    assert join_words([word("And", 0, 15), word("el", 15.4, 25)]) == "Andel"


@pytest.mark.parametrize(
    ("before", "mark", "text"),
    [
        ("mål", word("1", 15.5, 18, bottom=106, size=6), "mål[1]"),
        ("mål", word("12", 15.5, 21, bottom=106, size=6), "mål[12]"),
        ("m", word("2", 15.5, 18, bottom=106, size=6), "m2"),  # square metres
        ("mål", word("1", 18, 23), "mål 1"),  # a number of the line's own size
        ("mål", word("1", 18, 21, size=7.5), "mål 1"),  # small, but not raised
        ("mål", word("112", 15.5, 24, bottom=106, size=6), "mål112"),  # no mark has as many digits
        ("mål", word("1", 22, 25, bottom=106, size=6), "mål 1"),  # in the next column
    ],
)
def test_a_small_raised_number_right_after_a_word_is_a_footnote_mark(before, mark, text):
    assert join_words([word(before, 0, 15), mark]) == text


def test_a_raised_digit_stays_on_its_line_and_tight_lines_are_two():
    raised = word("1", 30, 33, bottom=104, size=6)
    assert [len(line.words) for line in lines_of([word("mål", 0, 25), raised])] == [2]
    tight = word("under", 0, 25, bottom=119)
    assert [line.text for line in lines_of([tight, word("mål", 0, 25)])] == ["mål", "under"]


def test_a_line_is_split_at_the_gaps_of_columns_and_not_at_wide_spaces():
    words = (word("Andel", 0, 25), word("nöjda", 29, 50), word("RS", 56, 66))
    groups = [[w.text for w in group] for group in split_at_gaps(PageLine(words))]
    assert groups == [["Andel", "nöjda"], ["RS"]]
