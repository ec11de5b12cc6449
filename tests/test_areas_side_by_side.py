"""A heading of a general word that names an area of goals, as others beside it do."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from paper import text

from styrmatt.extract.grid.areas_side_by_side import AreasSideBySide
from styrmatt.extract.grid.heading_names import HeadingNames
from styrmatt.extract.grid.headings_above import HeadingsAbove
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.model.text_lines import PageLine, lines_of
from styrmatt.layout_files import load_layouts

LAYOUT = next(layout for layout in load_layouts() if layout.any_table)
NAMES = HeadingNames(load_header_words("sv"), LAYOUT.headings)
CHAPTER, SECTION = 16.0, 12.0
FIELDS = ("measure", "target", "result")


def line(words: str, top: float, size: float) -> PageLine:
    return lines_of(text(words, 50, top, size, bold=True))[0]


def goals(
    *headings: str | tuple[str, float], fields: Sequence[Sequence[str]] = ()
) -> list[str | None]:
    """The goal of the table below each heading; those with a size have none."""
    above, areas, found = HeadingsAbove(NAMES), AreasSideBySide(NAMES), []
    for n, heading in enumerate(headings):
        words, size = heading if isinstance(heading, tuple) else (heading, SECTION)
        above.add(1, line(words, 100.0 + 60 * n, size))
        if isinstance(heading, str):
            context = above.context()
            areas.note(above, context, fields[len(found)] if fields else FIELDS)
            found.append(context)
    areas.settle()
    return [context.goal for context in found]


CHAPTER_HEADING = ("God ekonomisk hushållning", CHAPTER)


@pytest.mark.parametrize("word", ["Resultat", "Ekonomi", "Styrning och ledning"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_general_word_beside_areas_is_one_wherever_it_stands(word: str, at: int) -> None:
    names = ["Investeringar", "Skatt och avgifter"]
    names.insert(at, word)
    assert goals(CHAPTER_HEADING, *names) == names


def test_it_is_none_alone_or_beside_one() -> None:
    assert goals(CHAPTER_HEADING, "Resultat") == ["God ekonomisk hushållning"]
    assert goals(CHAPTER_HEADING, "Resultat", "Investeringar")[0] == "God ekonomisk hushållning"


@pytest.mark.parametrize(
    "word", ["Sammanfattning", "Indikatorer", "Måluppfyllelse", "Resultat 2023"]
)
def test_words_for_kinds_of_text_are_none(word: str) -> None:
    found = goals(CHAPTER_HEADING, word, "Investeringar", "Skatt och avgifter")
    assert found[0] != word


def test_headings_of_another_chapter_look_or_table_do_not_make_one_of_it() -> None:
    chapter = ("Vattnet i sjöarna är rent", CHAPTER)
    beside = ("Investeringar", "Skatt och avgifter")
    assert goals(chapter, "Resultat", ("Ekonomin är god", CHAPTER), *beside)[0] == chapter[0]
    other = ("measure", "result", "result")
    assert goals(chapter, "Resultat", *beside, fields=(FIELDS, other, other))[0] == chapter[0]


def test_below_each_goal_the_results_are_no_goal() -> None:
    """A goal's own section "Results", beside one with a name, stands below that goal."""
    first, second = ("En trygg kommun", CHAPTER), ("Ett rent vatten", CHAPTER)
    assert goals(first, "Resultat", second, "Resultat") == [first[0], second[0]]


@pytest.mark.parametrize("name", ["Öppen förvaltning", "Trygg kommun", "Modig styrelse"])
def test_a_described_body_beside_areas_is_one(name: str) -> None:
    assert goals(CHAPTER_HEADING, name, "Nöjda besökare", "Rena sjöar")[0] == name
    assert goals(CHAPTER_HEADING, name)[0] == CHAPTER_HEADING[0]


@pytest.mark.parametrize(
    "name",
    ["Teknisk förvaltning", "Almviks kommun", "Eksjö kommun", "Tekniska nämnden", "Förvaltning"],
)
def test_the_name_of_a_body_beside_areas_is_none(name: str) -> None:
    assert goals(CHAPTER_HEADING, name, "Nöjda besökare", "Rena sjöar")[0] != name
