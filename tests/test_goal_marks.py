"""Marks and words of goals at their headings, on pages made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from paper import page, painted, text

from styrmatt.extract.grid.page_tables import PageTables
from styrmatt.extract.model.page import Page, Shape
from styrmatt.extract.model.text_lines import Word
from styrmatt.extract.sections.read_sections import BodyStyle
from styrmatt.extract.tables.cells import TablePart
from styrmatt.layout_files import load_layouts

LAYOUT = next(layout for layout in load_layouts() if layout.any_table)
GOAL = "Mål 1: En trygg kommun"
GREEN = "#00b050"


def disc(x: float, y: float, colour: str = GREEN, size: float = 9.0) -> Shape:
    """An octagon, which looks like a disc."""
    r, c = size / 2, 0.4 * size / 2
    ring = [(-c, -r), (c, -r), (r, -c), (r, c), (c, r), (-c, r), (-r, c), (-r, -c)]
    points = tuple((x + r + dx, y + r + dy) for dx, dy in ring)
    return Shape((x, y, x + size, y + size), points, colour, None, "curve")


def read(words: Sequence[Word], shapes: Sequence[Shape] = ()) -> tuple[PageTables, Page]:
    inks = [(shape.points, str(shape.fill)) for shape in shapes]
    made = replace(page(words), shapes=tuple(shapes), render=painted(inks))
    reader = PageTables(LAYOUT, BodyStyle(10.0, bold=False))
    reader.headers(made)
    return reader, made


def goals(words: Sequence[Word], shapes: Sequence[Shape] = ()) -> list[TablePart]:
    reader, made = read(words, shapes)
    parts = reader.tables(made, made.lines, 800, goes_on=False)
    return [part for part in parts if part.kind == "overview"]


def said(found: Sequence[TablePart]) -> list[tuple[str, str | None]]:
    """Each goal, and the words or the colour of its mark."""
    marks = [part.entries[0].lines[0].marks("status") for part in found]
    names = [part.entries[0].text("goal") for part in found]
    return [(name, one.text or one.colour) for name, (one,) in zip(names, marks, strict=True)]


def heading(line: str = GOAL, y: float = 100.0, x: float = 70.0) -> list[Word]:
    return text(line, x, y, 14, bold=True)


def test_a_disc_before_or_behind_the_heading_is_its_mark() -> None:
    for x in (56.0, 330.0):
        assert said(goals(heading(), [disc(x, 102)])) == [("En trygg kommun", GREEN)]


def test_a_disc_alone_below_the_heading_is_its_mark() -> None:
    words = [*heading(), *text("Arbetet har pågått under året.", 70, 150)]
    assert said(goals(words, [disc(70, 120)])) == [("En trygg kommun", GREEN)]


@pytest.mark.parametrize("line", ["Uppnått", "Status: Uppnått", "Måluppfyllelse: Uppnått"])
def test_a_word_below_the_heading_is_its_mark(line: str) -> None:
    words = [*heading(), *text(line, 70, 122)]
    (part,) = goals(words)
    assert said([part]) == [("En trygg kommun", "Uppnått")]
    assert part.top == 122
    assert part.bottom == 132


def test_a_disc_beside_the_word_is_the_mark_with_what_the_word_says() -> None:
    words = [*heading(), *text("Delvis uppnått", 84, 122)]
    (part,) = goals(words, [disc(70, 122, "#ffc000")])
    (mark,) = part.entries[0].lines[0].marks("status")
    assert (mark.colour, mark.text) == ("#ffc000", "Delvis uppnått")


def test_a_word_at_the_end_of_the_headings_line_is_its_mark() -> None:
    words = [*heading(), *text("Ej uppnått", 430, 102)]
    assert said(goals(words)) == [("En trygg kommun", "Ej uppnått")]


def test_the_heading_is_read_without_its_mark() -> None:
    reader, made = read([*heading(), *text("Ej uppnått", 430, 102)])
    reader.tables(made, made.lines, 800, goes_on=False)
    reader.add_line(1, reader.plain(made.lines[0]))
    assert reader.context().goal == "En trygg kommun"


def test_an_explanation_of_marks_below_a_heading_is_no_mark_of_it() -> None:
    lines = ("Uppnått", "Delvis uppnått", "Ej uppnått")
    words = heading()
    for n, line in enumerate(lines):
        words += text(line, 84, 122 + 13 * n)
    assert not goals(words, [disc(70, 122 + 13 * n) for n in range(3)])


def test_a_status_further_below_is_no_mark_of_the_heading() -> None:
    assert not goals([*heading(), *text("Uppnått", 70, 142)])


def test_two_marks_at_a_heading_are_none() -> None:
    assert not goals(heading(), [disc(330, 102), disc(360, 102, "#ff0000")])


def test_a_heading_that_names_no_goal_counts_only_above_measures() -> None:
    (named,) = goals(heading(), [disc(56, 102)])
    (bare,) = goals(heading("En trygg kommun"), [disc(56, 102)])
    assert not named.only_if_used
    assert bare.only_if_used
    assert not goals(heading("Sammanfattning"), [disc(56, 102)])


def test_a_sentence_in_bold_about_the_goal_is_no_heading() -> None:
    sentence = text("Målet bedöms vara uppnått.", 70, 122, 10, bold=True)
    reader, made = read([*heading(), *sentence])
    reader.tables(made, made.lines, 800, goes_on=False)
    for line in made.lines:
        reader.add_line(1, reader.plain(line))
    assert reader.context().goal == "En trygg kommun"


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("Mål 1: En trygg kommun – målet är delvis uppnått", "delvis uppnått"),
        ("Mål 1: En trygg kommun (inte uppfyllt)", "inte uppfyllt"),
        ("Mål 1: En trygg kommun. Status: uppfyllt", "uppfyllt"),
    ],
)
def test_words_for_a_status_at_a_headings_end_are_its_mark_and_no_part_of_its_name(
    line: str, stated: str
) -> None:
    reader, made = read(heading(line))
    (part,) = [p for p in reader.tables(made, made.lines, 800, goes_on=False) if p.entries]
    assert said([part]) == [("En trygg kommun", stated)]
    reader.add_line(1, reader.plain(made.lines[0]))
    assert reader.context().goal == "En trygg kommun"


def test_what_a_heading_says_of_its_goal_may_go_on_on_its_next_line_or_be_set_lighter() -> None:
    for words in (
        [*heading("Mål 1: En trygg kommun – målet"), *heading("är uppfyllt", 116)],
        [*heading("Mål 1: En trygg"), *heading("kommun", 116), *text("helt uppnått", 125, 116, 14)],
    ):
        reader, made = read(words, [disc(56, 102)])
        reader.tables(made, made.lines, 800, goes_on=False)
        for line in map(reader.plain, made.lines):
            if line.words:
                reader.add_line(1, line)
        assert reader.context().goal == "En trygg kommun"


@pytest.mark.parametrize("end", ["– grön", "– stark och klar", "– inte nära målet", "– för alla"])
def test_other_ends_of_a_heading_are_part_of_its_name(end: str) -> None:
    (part,) = goals(heading(f"{GOAL} {end}"), [disc(56, 102)])
    assert part.entries[0].text("goal") == f"En trygg kommun {end}"
