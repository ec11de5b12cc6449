"""Signs before figures that are marks: a plus for one of the best, a minus for one of the worst."""

from __future__ import annotations

import pytest

from styrmatt.normalize.values.read import ValueReader
from styrmatt.normalize.values.sign_marks import SignMarks, read_without_mark, sign_marks
from styrmatt.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary("sv")
READER = ValueReader(VOCABULARY)
SAID = (
    "Plustecken anger att kommunen är en av de tio bästa, minustecken att den är en av de sämsta."
)


def read(text: str, marks: SignMarks) -> tuple[float | None, bool]:
    found = read_without_mark(text, marks, READER.read)
    return (found.values[0].value if found.values else None, found.doubt is not None)


@pytest.mark.parametrize(
    ("text", "cells", "marks"),
    [
        (SAID, ["- 58,0", "61"], SignMarks.APART),
        (SAID, ["-58,0", "+61"], SignMarks.JOINED),
        (SAID, [], SignMarks.JOINED),
        ("Ett minus före\nsiffran visar att vi hör till\nde fem sämsta.", ["- 5"], SignMarks.APART),
        ("Minustecken betyder underskott.", ["- 58,0"], SignMarks.NONE),
        ("Skolan är en av de bästa. Minustecken visar underskott.", ["- 58"], SignMarks.NONE),
        ("Ett stort plus: vi är bland de tio bästa.", ["- 58,0"], SignMarks.NONE),
        ("Bäst i landet.", ["- 58,0"], SignMarks.NONE),
    ],
)
def test_a_sentence_says_that_signs_are_places_among_others(
    text: str, cells: list[str], marks: SignMarks
) -> None:
    assert sign_marks(["Inget om tecken.", text], VOCABULARY.values, cells) is marks


@pytest.mark.parametrize(
    ("text", "marks", "value", "doubt"),
    [
        ("- 58,0", SignMarks.APART, 58.0, False),
        ("− 1 205 kr", SignMarks.APART, 1205.0, False),
        ("+ 70,4", SignMarks.APART, 70.4, False),
        ("-0,4", SignMarks.APART, -0.4, False),
        ("- 58,0", SignMarks.NONE, -58.0, False),
        ("+70,4", SignMarks.JOINED, 70.4, False),
        ("-58,0", SignMarks.JOINED, None, True),
        ("58,0", SignMarks.JOINED, 58.0, False),
        ("–", SignMarks.APART, None, False),
        ("-", SignMarks.JOINED, None, False),
    ],
)
def test_a_mark_is_no_sign_and_a_minus_that_may_be_either_is_in_doubt(
    text: str, marks: SignMarks, value: float | None, *, doubt: bool
) -> None:
    assert read(text, marks) == (value, doubt)
