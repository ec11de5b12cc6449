"""Header labels whose words are set apart to fill their column."""

from __future__ import annotations

import pytest
from test_grid_headers import headers, placed

WIDTH = 5.0
"""Points of a letter of the drawn pages, whose lines are 10 points high."""


def labels(
    gap: float, *, word: str = "helår", below: str = "2021", behind: float = 11.0
) -> tuple[str, ...]:
    """The labels of a header with a word so many points behind another in the same line.

    ``behind`` is the gap to the next label, ``below`` what stands under the other word.
    """
    start = 200 + WIDTH * len("Resultat") + gap
    end = start + WIDTH * len(word)
    (header,) = headers(
        placed(
            ("Indikator", 50, 100),
            ("Resultat", 200, 100),
            (word, start, 100),
            ("Målvärde", end + behind, 100),
            *([(below, 200, 112)] if below else []),
            ("2021", end + behind, 112),
        )
    )
    return header


def test_a_word_set_apart_that_adds_nothing_is_part_of_the_label_that_goes_on_below() -> None:
    assert labels(8.0) == ("Indikator", "Resultat helår 2021", "Målvärde 2021")
    assert labels(8.0, word="år") == ("Indikator", "Resultat år 2021", "Målvärde 2021")


@pytest.mark.parametrize("word", ["Trend", "Riket", "Kvinnor", "2020"])
def test_a_word_that_says_something_is_a_label_of_its_own(word: str) -> None:
    assert labels(8.0, word=word)[1:3] == ("Resultat 2021", word)


def test_a_word_beside_a_label_of_one_line_is_a_label_of_its_own() -> None:
    assert labels(8.0, word="år", below="")[1:3] == ("Resultat", "år")


def test_the_space_in_a_label_is_below_nine_tenths_of_an_em_and_a_point_narrower_than_gaps() -> (
    None
):
    assert [len(labels(gap, behind=20.0)) for gap in (8.9, 9.1)] == [3, 4]
    assert [len(labels(8.0, behind=gap)) for gap in (9.1, 8.9)] == [3, 4]
