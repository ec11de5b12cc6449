"""Columns of cards are read one after the other; cards in rows below headings over all are not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from paper import page, text

from styrmatt.extract.model.page import Fill, Page
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.extract.sections.labelled_columns import labels_of
from styrmatt.extract.sections.page_parts import page_parts

LEFT, RIGHT = 57.0, 310.0
LABELS = ("Riktvärde: minst 70 %", "Nuläge: 68 %", "Året innan: 71 %")
NAMES = ("Nöjda gäster i badhuset", "Körda mil med cykel", "Träd längs gatorna")
PITCH = 14.0


def card(name: str, x: float, y: float, labels: Sequence[str] = LABELS) -> list[Word]:
    """A name in bold, and its labels below it."""
    words = text(name, x, y - 1, 10, bold=True)
    for n, label in enumerate(labels, 1):
        words += text(label, x, y + n * PITCH, 9)
    return words


def cards(x: float, tops: Sequence[float]) -> list[Word]:
    return [word for top, name in zip(tops, NAMES, strict=False) for word in card(name, x, top)]


def begins(words: Sequence[Word], fills: Sequence[Fill] = ()) -> list[str]:
    """The first line of each part of a page."""
    made = page(list(words))
    made = Page(1, made.width, made.height, made.words, fills=tuple(fills))
    return [part.page.lines[0].text for part in page_parts(made, made.lines)]


def test_cards_that_run_down_in_columns_with_headings_of_their_own_are_columns() -> None:
    words = text("En grön stad", LEFT, 80, 13, bold=True) + cards(LEFT, (110, 180, 250))
    words += cards(RIGHT, (84,)) + text("Ett rikt friluftsliv", RIGHT, 160, 13, bold=True)
    words += cards(RIGHT, (188, 258))
    assert begins(words) == ["En grön stad", NAMES[0]]


@pytest.mark.parametrize("more", [0.0, 20.0])
def test_cards_in_rows_below_headings_over_all_of_them_are_no_columns(more: float) -> None:
    """Also where one card of a row is longer, and its name is larger than its labels."""
    words: list[Word] = []
    for n, goal in enumerate(("En grön stad", "Ett rikt friluftsliv")):
        top = 80 + n * 160
        words += text(goal, LEFT, top, 13, bold=True)
        words += card(NAMES[n], LEFT, top + 30)
        words += text("i hela", RIGHT, top + 30, 10, bold=True) if more else []
        words += card("kommunen", RIGHT, top + 30 + more)
    assert len(begins(words)) == 1


@pytest.mark.parametrize("kept", [1, 2])
def test_two_labels_at_least_stand_in_both_columns(kept: int) -> None:
    words = text("En grön stad", LEFT, 80, 13, bold=True) + cards(LEFT, (110, 180, 250))
    labels = [*LABELS[:kept], "Ansvar: nämnden", "Källa: enkät"]
    words += card("Skor", RIGHT, 84, labels)
    words += text("Ett rikt friluftsliv", RIGHT, 174, 13, bold=True)
    words += card("Stigar", RIGHT, 202, labels) + card("Leder", RIGHT, 272, labels)
    assert (len(begins(words)) == 2) == (kept == 2)


def test_boxes_with_labels_and_values_are_no_text_aside() -> None:
    words = text("En grön stad", LEFT, 80, 13, bold=True) + cards(LEFT, (110, 180, 250))
    words += cards(RIGHT, (84,)) + text("Ett rikt friluftsliv", RIGHT, 160, 13, bold=True)
    words += cards(RIGHT, (188, 258))
    boxes = [Fill((RIGHT - 4, top - 4, RIGHT + 230, top + 60), "#eeeeee") for top in (84, 188)]
    assert begins(words, boxes) == ["En grön stad", NAMES[0]]


def test_headings_below_the_columns_belong_to_what_follows_them() -> None:
    words = text("En grön stad", LEFT, 80, 13, bold=True) + cards(LEFT, (110, 180, 250))
    words += cards(RIGHT, (84,)) + text("Ett rikt friluftsliv", RIGHT, 160, 13, bold=True)
    words += cards(RIGHT, (188, 258)) + text("Personal", LEFT, 350, 16, bold=True)
    for n in range(3):
        line = (
            "Under året har arbetet med en ny organisation fortsatt och flera enheter har flyttat."
        )
        words += text(line, LEFT, 380 + n * 14, 10)
    assert begins(words) == ["En grön stad", NAMES[0], "Personal"]


def test_labels_before_figures_between_commas_are_labels_as_well() -> None:
    lines = ("Nuläge 68 (71), riktvärde 70", "Nuläge 4,2 km (4,0 km), riktvärde minst 5 km")
    words = text("En grön stad", LEFT, 80, 13, bold=True)
    words += [w for top in (110, 150, 190) for w in card("Nöjda", LEFT, top, lines[:1])]
    words += card("Körda mil", RIGHT, 84, lines[1:])
    words += text("Ett rikt friluftsliv", RIGHT, 124, 13, bold=True)
    words += card("Träd", RIGHT, 150, lines[:1]) + card("Leder", RIGHT, 190, lines[1:])
    assert begins(words) == ["En grön stad", "Körda mil"]


@pytest.mark.parametrize(
    "line", ["I staden bor 68, och i byn 70", "Nuläge 68 (71)", "Vi är 14, ni är fler"]
)
def test_other_figures_between_commas_are_none(line: str) -> None:
    assert labels_of(PageLine(tuple(text(line, LEFT, 80)))) == ()
