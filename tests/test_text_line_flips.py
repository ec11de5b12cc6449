"""From which gap, height, size and tilt on characters are words, words lines, digits footnotes."""

from __future__ import annotations

from collections.abc import Callable
from math import radians, tan
from pathlib import Path
from typing import Any

import pytest
from draw import Sheet
from flips import flips, steps

from styrmatt.extract.engine.fonts import glyph_box, is_upright
from styrmatt.extract.engine.pdfium_runs import Font, TextRun, TextStyle
from styrmatt.extract.engine.pdfium_text import words
from styrmatt.extract.model.text_lines import PageLine, Word, join_words, lines_of, split_at_gaps

UPRIGHT = (1.0, 0.0, 0.0, 1.0)


def word(text: str, x0: float, x1: float, *, bottom: float = 110.0, size: float = 10.0) -> Word:
    return Word(text, x0, bottom - size, x1, bottom, size)


def joined(*parts: Word) -> str:
    return join_words(parts)


def characters(places: list[tuple[str, float, float]], size: float = 10.0) -> list[str]:
    """The words of characters that are each half an em wide: (character, x0, top)."""
    style = TextStyle("Alfa", size, "#000000")
    runs = [
        TextRun(style, (x,), (x + size / 2,), (text,), top, top + size, UPRIGHT, None)
        for text, x, top in places
    ]
    return [found.text for found in words(runs)]


def texts(*places: tuple[str, float], size: float = 10.0) -> list[str]:
    """The words of texts that one operator each draws, half an em a character: (text, x0)."""
    style, half = TextStyle("Alfa", size, "#000000"), size / 2
    runs = [
        TextRun(style, starts, [start + half for start in starts], text, 100, 110, UPRIGHT, None)
        for text, x in places
        for starts in [[x + half * n for n in range(len(text))]]
    ]
    return [found.text for found in words(runs)]


def lines(*parts: Word) -> int:
    return len(lines_of(parts))


def columns(gap: float, size: float) -> int:
    line = PageLine((word("RS", 0, 20, size=size), word("HSN", 20 + gap, 60 + gap, size=size)))
    return len(list(split_at_gaps(line)))


def footnote(text: str = "1", *, gap: float = 0.5, size: float = 6.0, raised: float = 4.0) -> str:
    """How a word of 10 points and a digit behind it are joined."""
    return joined(word("mål", 0, 15), word(text, 15 + gap, 18, bottom=110 - raised, size=size))


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        ([("19 300 mil", 0), ("18 250", 50)], ["19", "300", "mil", "18", "250"]),
        ([("7,1 mnkr", 0), ("Inget", 38)], ["7,1", "mnkr", "Inget"]),
        ([("2,4 miljoner", 0), ("2,6 miljoner", 52)], ["2,4", "miljoner", "2,6", "miljoner"]),
        ([("Tillgäng", 0), ("lighet", 40)], ["Tillgänglighet"]),  # a word in two pieces
        ([("14 9", 0), ("3700", 20)], ["14", "93700"]),  # a figure in two pieces
        ([("CO", 0), ("2", 10)], ["CO2"]),
    ],
)  # fmt: skip
def test_a_text_that_runs_into_the_next_cell_is_no_word_with_it(
    places: list[tuple[str, float]], wanted: list[str]
) -> None:
    assert texts(*places) == wanted


def test_a_text_that_is_drawn_twice_is_not_cut() -> None:
    assert len(texts(("Utfall", 0), ("Utfall", 0.3))) == 1


@pytest.mark.parametrize(
    ("answer", "values", "expected"),
    [
        pytest.param(
            lambda over: texts(("besök", 0), ("antal", 25 - over)),
            steps(0.1, 6.0, 0.2),
            {0.1: ["besökantal"], 2.7: ["besök", "antal"]},
            id="texts of 10 points that overlap by more than 2.5 points are two",
        ),
    ],
)
def test_overlaps_up_to_which_texts_may_be_one_word(
    answer: Callable[[Any], Any], values: list[Any], expected: dict[Any, Any]
) -> None:
    assert flips(answer, values) == expected


@pytest.mark.parametrize(
    ("answer", "values", "expected"),
    [
        pytest.param(
            lambda gap: characters([("a", 0, 100), ("b", 5 + gap, 100)]),
            steps(0.1, 5.0, 0.2),
            {0.1: ["ab"], 1.9: ["a", "b"]},
            id="characters of 10 points are a word up to 1.7 points apart",
        ),
        pytest.param(
            lambda gap: characters([("a", 0, 100), ("b", 10 + gap, 100)], size=20),
            steps(0.1, 9.0, 0.2),
            {0.1: ["ab"], 3.5: ["a", "b"]},
            id="characters of 20 points are a word up to 3.4 points apart",
        ),
        pytest.param(
            lambda gap: characters([("a", 0, 100), ("b", 5 + gap, 100.1)]),
            steps(0.1, 5.0, 0.2),
            {0.1: ["ab"], 1.9: ["a", "b"]},
            id="so are those at slightly different heights",
        ),
        pytest.param(
            lambda down: characters([("a", 0, 100), ("b", 5, 100 + down)]),
            steps(0.1, 6.0, 0.2),
            {0.1: ["ab"], 2.1: ["a", "b"]},
            id="characters whose tops differ by more than 2 points are on two lines",
        ),
        pytest.param(
            lambda down: characters([("a", 0, 100), ("c", 10, 101.0), ("b", 5, 101.0 + down)]),
            steps(0.1, 6.0, 0.2),
            {0.1: ["abc"], 1.1: ["a", "bc"], 2.1: ["a", "c", "b"]},
            id="tops that lie on a way of small steps are on one line, and neighbours are words",
        ),
        pytest.param(
            lambda down: lines(word("Mål", 0, 20), word("RS", 30, 40, bottom=110 + down)),
            steps(0.5, 10, 0.5),
            {0.5: 1, 5.5: 2},
            id="words share a line where half of their height overlaps",
        ),
        pytest.param(
            lambda down: lines(word("Mål", 0, 20), word("1", 30, 40, bottom=104 - down, size=6)),
            steps(0.5, 8, 0.5),
            {0.5: 1, 1.5: 2},
            id="a raised digit shares the line where half of its own height overlaps",
        ),
        pytest.param(
            lambda gap: joined(word("And", 0, 15), word("el", 15 + gap, 25)),
            steps(0.15, 3.95, 0.1),
            {0.15: "Andel", 1.05: "And el"},
            id="words less than a tenth of an em apart are one",
        ),
        pytest.param(
            lambda gap: columns(gap, 10),
            steps(0.25, 9, 0.5),
            {0.25: 1, 4.75: 2},
            id="words of 10 points are in two columns from 4.5 points apart",
        ),
        pytest.param(
            lambda gap: columns(gap, 5),
            steps(0.1, 9, 0.2),
            {0.1: 1, 3.3: 2},
            id="words of 5 points are in two columns from 3.2 points apart",
        ),
        pytest.param(
            lambda gap: footnote(gap=gap),
            steps(0.25, 8, 0.5),
            {0.25: "mål[1]", 3.25: "mål 1"},
            id="a footnote mark is less than 3 points away from a word of 10 points",
        ),
        pytest.param(
            lambda size: footnote(size=size, raised=2.0),
            steps(2.5, 10, 0.5),
            {2.5: "mål[1]", 8.0: "mål1"},
            id="a footnote mark is smaller than 8 points behind a word of 10 points",
        ),
        pytest.param(
            lambda size: footnote(size=size, raised=4.0),
            steps(2.5, 10, 0.25),
            {2.5: "mål[1]", 9.5: "mål1"},
            id="a footnote mark that stands high is smaller than 9.5 points behind 10 points",
        ),
        pytest.param(
            lambda raised: footnote(raised=raised, size=9.0),
            steps(0.25, 4, 0.25),
            {0.25: "mål1", 3.25: "mål[1]"},
            id="a footnote mark of 9 points stands 3 points high behind a word of 10 points",
        ),
        pytest.param(
            lambda raised: footnote(raised=raised),
            steps(0.25, 4, 0.25),
            {0.25: "mål1", 1.25: "mål[1]"},
            id="a footnote mark is raised by more than 1 point behind a word of 10 points",
        ),
        pytest.param(
            lambda digits: footnote("1234567"[: int(digits)]),
            range(1, 8),
            {1: "mål[1]", 2: "mål[12]", 3: "mål123", 4: "mål1234", 5: "mål12345"}
            | {6: "mål123456", 7: "mål1234567"},
            id="a footnote mark has one or two digits",
        ),
        pytest.param(
            lambda slant: is_upright((1.0, 0.0, slant, 1.0)),
            steps(0.05, 1.0, 0.05),
            {0.05: True, 0.3: False},
            id="a character is upright up to a slant of 0.3",
        ),
        pytest.param(
            lambda turn: is_upright((1.0, tan(radians(turn)), -tan(radians(turn)), 1.0)),
            steps(2, 45, 2),
            {2: True, 18: False},
            id="a character is turned from 17 degrees on",
        ),
        pytest.param(
            lambda width: round(glyph_box((0.0, 0.0, width, 10.0), UPRIGHT)[2] - width, 3),
            [0.0, 0.3, 0.5, 0.9, 1.1, 2.0, 3.0],
            {0.0: 9.0, 1.1: 0.0},
            id="a symbol of 10 points gets 9 wider where its font gives it less than 1 point",
        ),
    ],
)
def test_where_the_answer_flips(
    answer: Callable[[float], Any], values: list[float], expected: dict[float, Any]
) -> None:
    assert flips(answer, values) == expected


class MadeFont(Font):
    """A font whose plain hyphen is 0.33 ems wide; ``soft`` is the width of its soft hyphen."""

    def __init__(self, soft: float) -> None:
        self.soft = soft

    def advance(self, code: int) -> float:
        return 0.33 if chr(code) == "-" else self.soft


def test_a_hyphen_is_soft_where_its_width_is_that_of_the_fonts_soft_hyphen_alone() -> None:
    """The width may be off by a hundredth of an em."""
    off = [0.0005, 0.003, 0.006, 0.009, 0.011, 0.02, 0.03]
    assert flips(lambda by: MadeFont(0.5).hyphen(0.5 + by), off) == {0.0005: "\u00ad", 0.011: "-"}
    assert flips(lambda by: MadeFont(0.33 + by).hyphen(0.33 + by), off) == {
        0.0005: "-",
        0.011: "\u00ad",
    }


def test_a_line_that_rises_by_more_than_a_ten_thousandth_is_read_character_by_character(
    tmp_path: Path,
) -> None:
    """A level line is as high as its font; of a rising one each character has a height."""
    sheet = Sheet()
    rises = [3e-5, 6e-5, 8e-5, 12e-5, 20e-5, 30e-5]
    for n, rise in enumerate(rises):
        matrix = f"1 {rise:.6f} {-rise:.6f} 1 20 {280 - 20 * n}"
        sheet.ops.append(f"BT /Helvetica 10 Tf {matrix} Tm (nnnnn) Tj ET")
    found = sheet.page(tmp_path).words
    assert [one.text for one in found] == ["nnnnn"] * len(rises)
    assert [one.bottom - one.top > 10.0003 for one in found] == [False] * 3 + [True] * 3
