"""Cards without a box: the name left, labels below each other, values beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from paper import page, text
from test_cards import LAYOUT, NAMES, SIZE, entries, said

from styrmatt.extract.grid.cards.labels import LabelFinder
from styrmatt.extract.grid.cards.name_at_left import cards_with_names_at_left
from styrmatt.extract.headers.header_words import header_words_of
from styrmatt.extract.model.page import Ruling
from styrmatt.extract.model.text_lines import Word

LABELS = ("Utfall 2031", "Målvärde", "Utfall 2030")
VALUES = (("92 %", "minst 90 %", "88 %"), ("5,9", "högst 6", "6,4"), ("21 %", "30 %", "25 %"))
LEADING = 1.25 * SIZE


def block(
    n: int, top: float, *, labels: Sequence[str] = LABELS, label_x: float = 320, note: str = ""
) -> list[Word]:
    """One card: name and note from 80 on, labels at ``label_x``, values behind them."""
    words = text(NAMES[n], 80, top, SIZE, bold=True)
    if note:
        words += text(note, 80, top + LEADING, SIZE - 2)
    for k, (label, value) in enumerate(zip(labels, VALUES[n], strict=False)):
        words += text(label, label_x, top + k * LEADING, SIZE)
        words += text(value, label_x + 90, top + k * LEADING, SIZE, bold=k == 0)
    return words


def blocks(count: int = 3, apart: float = 60, **how: object) -> list[Word]:
    return [w for n in range(count) for w in block(n, 120 + apart * n, **how)]  # type: ignore[arg-type]


WANTED = [
    (name, values[1], values[0], values[2]) for name, values in zip(NAMES, VALUES, strict=True)
]


@pytest.mark.parametrize("apart", [40, 60, 90])
def test_the_name_stands_beside_the_labels(apart: float) -> None:
    heading = text("Mål 1: En stad för alla", 60, 95, SIZE + 4, bold=True)
    assert said(entries(heading + blocks(apart=apart))) == WANTED


def test_a_note_below_the_name_is_the_comment() -> None:
    found = entries(blocks(note="Enkäten gjordes om under våren."))
    assert said(found) == WANTED
    comments = [entry.cells["comment"].text for entry in found]
    assert comments == ["Enkäten gjordes om under våren."] * len(NAMES)


def test_a_name_may_have_more_lines_than_its_card_has_labels() -> None:
    words = blocks()
    for n in range(3):
        for k in range(1, 4):
            words += text("och ännu fler ord", 80, 120 + 60 * n + k * LEADING, SIZE, bold=True)
    found = said(entries(words))
    assert [one[0] for one in found] == [name + 3 * " och ännu fler ord" for name in NAMES]


def test_a_ruling_parts_the_name_from_the_text_above_it() -> None:
    words = text("Här följer våra tre tal.", 80, 108, SIZE) + blocks()
    found = _regions(words, [Ruling("h", 118.5, 60, 540)])
    assert not any("följer" in one for one in found)


def _regions(words: Sequence[Word], rulings: Sequence[Ruling] = ()) -> list[str]:
    finder = LabelFinder(header_words_of(LAYOUT))
    made = replace(page(words), rulings=tuple(rulings))
    return [" ".join(w.text for w in one.words) for one in cards_with_names_at_left(made, finder)]


def test_one_card_alone_may_be_something_else() -> None:
    assert _regions(blocks(1)) == []


def test_without_names_beside_them_labels_are_no_such_cards() -> None:
    words = blocks()
    assert _regions([word for word in words if word.x0 > 300]) == []


def test_a_larger_line_beside_the_labels_is_a_heading_and_no_name() -> None:
    words = [word for word in blocks() if word.x0 > 300]
    for n in range(3):
        words += text("Kapitel om allt", 80, 120 + 60 * n, 1.4 * SIZE)
    assert _regions(words) == []


def test_labels_far_below_each_other_are_rows_of_a_table() -> None:
    words = [
        word
        for n in range(6)
        for word in (
            *text(NAMES[n % 3], 80, 120 + 30 * n, SIZE),
            *text(LABELS[n % 3], 320, 120 + 30 * n, SIZE),
            *text("92 %", 420, 120 + 30 * n, SIZE),
        )
    ]
    assert _regions(words) == []


def test_cards_side_by_side_are_left_to_others() -> None:
    words = [w for n in range(2) for w in block(n, 120 + 60 * n, label_x=200)]
    other = [Word(w.text, w.x0 + 280, w.top, w.x1 + 280, w.bottom, w.size, w.bold) for w in words]
    assert _regions(words + other) == []
