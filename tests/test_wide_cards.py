"""Cards whose names stand beside their labels, and labels that recur behind others on a line."""

from __future__ import annotations

from collections.abc import Sequence

from test_cards import NAMES, SIZE, VALUES, WANTED, Pen, entries, frame, said

from styrmatt.extract.model.page import Shape
from styrmatt.extract.model.text_lines import Word

COLUMNS = (330.0, 420.0)


def wide(n: int, name: Sequence[str], top: float, start: float = 60.0) -> tuple[list[Word], Shape]:
    """A box with a name at the left, and labels above their values at the right."""
    pen = Pen(start, top + 2)
    for line in name:
        pen.line(line)
    words = pen.words
    for x, label, value in zip(COLUMNS, ("Mål", "Utfall"), VALUES[n], strict=True):
        words = words + Pen(x, top).line(label, size=7).line(value, size=11).words
    return words, frame((54, top - 5, 520, top + 30))


def test_a_name_left_of_all_labels_of_a_box_is_the_cards() -> None:
    found = [wide(n, [f"*{NAMES[n]}"], 100.0 + 50 * n) for n in range(3)]
    words = [word for one, _ in found for word in one]
    assert said(entries(words, [shape for _, shape in found])) == WANTED


def test_such_a_name_may_have_two_lines() -> None:
    found = [wide(n, [f"*{NAMES[n]} i", "*hela länet"], 100.0 + 50 * n) for n in range(2)]
    words = [word for one, _ in found for word in one]
    names = [one[0] for one in said(entries(words, [shape for _, shape in found]))]
    assert names == [f"{name} i hela länet" for name in NAMES[:2]]


def test_values_at_the_left_of_their_labels_are_no_name() -> None:
    """A name above the labels is the card's, and what stands lower at the left is none of it."""
    words: list[Word] = []
    shapes: list[Shape] = []
    for n in range(2):
        top = 100.0 + 70 * n
        words += Pen(60.0, top - 16).line(f"*{NAMES[n]}").words
        below, _ = wide(n, ["Nämnden"], top, 64.0)
        words += below
        shapes.append(frame((54, top - 20, 520, top + 30)))
    assert [one[0] for one in said(entries(words, shapes))] == list(NAMES[:2])


def on_one_line(pen: Pen, n: int, gap: float = 14.0) -> Pen:
    """A card whose result stands behind its target, wherever that ends."""
    pen.line(f"*{NAMES[n]}")
    target = Pen(pen.x, pen.y).line(f"Mål: {VALUES[n][0]}")
    result = Pen(target.words[-1].x1 + gap, pen.y).line(f"Utfall: {VALUES[n][1]}")
    pen.words += [*target.words, *result.words]
    pen.y = target.y
    return pen.line("Ansvar: nämnden").gap(12)


def test_labels_behind_others_on_their_lines_begin_no_columns_of_cards() -> None:
    pen = Pen()
    for n in range(3):
        on_one_line(pen, n)
    assert len({word.x0 for word in pen.words if word.text == "Utfall:"}) > 1
    assert said(entries(pen.words)) == WANTED


def test_cards_with_such_lines_beside_each_other_are_columns() -> None:
    words = [word for n, x in enumerate((60.0, 330.0)) for word in on_one_line(Pen(x), n).words]
    assert said(entries(words)) == WANTED[:2]


def test_cards_beside_each_other_whose_names_differ_by_a_line_are_columns() -> None:
    words: list[Word] = []
    for n, x in enumerate((60.0, 330.0)):
        pen = Pen(x).line("*I hela kommunen:" if n else "*I kommunen", size=SIZE)
        if n == 0:
            pen.line("*och dess bolag")
        words += pen.line(f"Mål: {VALUES[n][0]}", dx=9.0 * n).line(f"Utfall: {VALUES[n][1]}").words
    names = ("I kommunen och dess bolag", "I hela kommunen")
    assert said(entries(words)) == [(name, *VALUES[n]) for n, name in enumerate(names)]
