"""Cards, lists and marked goals: how far apart, how long and how large their parts may be.

One length or count is varied in each sweep; where the answer changes is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from flips import flips, steps
from paper import page, painted, text
from test_cards import LAYOUT, NAMES, SIZE, VALUES, Pen, card, entries, frame, said
from test_goal_marks import GOAL, disc, goals

from styrmatt.extract.grid.page_tables import PageTables
from styrmatt.extract.model.page import Shape
from styrmatt.extract.model.text_lines import Word
from styrmatt.extract.sections.read_sections import BodyStyle
from styrmatt.extract.tables.cells import TableEntry

Answer = Callable[[float], object]
LONG = "Fler är nöjda med öppettiderna än året innan."


def pair(pen: Pen) -> Pen:
    return pen.line("Mål: 90 %").line("Utfall: 92 %")


def first(words: Iterable[Word], shapes: Iterable[Shape] = ()) -> TableEntry | None:
    found = entries([*words], [*shapes])
    return found[0] if found else None


def name(words: Iterable[Word], shapes: Iterable[Shape] = ()) -> str | None:
    entry = first(words, shapes)
    return entry and " ".join(entry.cells["measure"].lines)


def comment(words: Iterable[Word], shapes: Iterable[Shape] = ()) -> bool:
    entry = first(words, shapes)
    return entry is not None and "comment" in entry.cells


def lines(words: Iterable[Word], role: str = "measure") -> int:
    """The lines of the first measure's name, or of another of its cells."""
    entry = first(words)
    return len(entry.cells[role].lines) if entry and role in entry.cells else 0


def value(words: Iterable[Word], shapes: Iterable[Shape] = (), role: str = "result") -> str | None:
    entry = first(words, shapes)
    values = [v for line in entry.lines for v in line.values] if entry else []
    return next((v.cell.text for v in values if v.role == role), None)


def statuses(words: Iterable[Word], shapes: Iterable[Shape]) -> int:
    drawn = [*shapes]
    inks = [(shape.points[:4], shape.fill) for shape in drawn if shape.fill]
    made = replace(page([*words]), shapes=tuple(drawn), render=painted(inks))
    reader = PageTables(LAYOUT, BodyStyle(SIZE, bold=False))
    reader.headers(made)
    parts = reader.tables(made, made.lines, 800, goes_on=False)
    lines = [line for part in parts for entry in part.entries for line in entry.lines]
    return sum(bool(line.marks("status")) for line in lines)


def tiles(apart: float = 60.0, values_at: float = 12.0, box: tuple[float, ...] = ()) -> int:
    """A box with labels side by side and the values below them: how many measures it makes."""
    pen = Pen().line(f"*{NAMES[0]}")
    x, y = pen.x, pen.y
    words = pen.words
    for n, (label, figure) in enumerate((("Mål", "90 %"), ("Utfall", "92 %"))):
        words += text(label, x + n * apart, y, SIZE) + text(figure, x + n * apart, y + 12, SIZE)
    x0, top, x1, bottom = box or (54.0, 95.0, 280.0, y + 28)
    return len(entries(words, [frame((x0, top, x1, bottom))]))


def named_by(lines: float) -> int:
    pen = Pen(leading=1.25)
    for n in range(int(lines)):
        pen.line(f"*Besökare på bibliotek nummer {n}")
    entry = first(pair(pen).words)
    return len(entry.cells["measure"].lines) if entry else 0


def large_name(size: float) -> Pen:
    pen = Pen(y=60)
    for line in ("*Antal besök", "*på bibliotek", "*i kommunen", "*under året", "*per dag"):
        pen.line(line, size=size)
    return pen


def short_of_widest(letters: int) -> list[Word]:
    """A comment whose second line begins with a capital, and a line of so many letters below."""
    pen = card(Pen(), 0).line("Kommentar: Fler är nöjda nu").line("Besöken ökade.")
    return pen.gap(60).line("x" * letters).words


def long_comment(lines: int) -> list[Word]:
    pen = card(Pen(y=60), 0).line("Kommentar: Fler är nöjda sedan biblioteket fick nya")
    for _ in range(lines - 1):
        pen.line("öppettider och fler medarbetare som har tid för")
    return pen.words


def two_lined(gap: float, larger: float = 0.0) -> str:
    """The goal of a heading of two lines, so many ems apart."""
    words = text(GOAL, 70, 100, 14, bold=True)
    words += text("för unga och gamla", 70, 114 + gap * 14, 14 + larger, bold=True)
    return goals(words, [disc(330, 102)])[0].entries[0].text("goal")


def about(size: float) -> Pen:
    """A card whose result is a large figure above its name."""
    return Pen().line("92 %", size=size).line(NAMES[0]).line("Mål: 90 %   2022: 89 %")


def unknown(words: int) -> Pen:
    """A card with a label of so many words, which are those of no header."""
    label = " ".join(
        ["Snittet", *["bland", "grannar", "i", "hela", "vårt", "närområde"] * 2][:words]
    )
    return Pen().line(f"*{NAMES[0]}").line("Mål: 90 %").line("Utfall: 92 %").line(f"{label}: 88 kr")


def apart(by: float) -> int:
    """Labels side by side without a box, one of them lower: how many measures they make."""
    words = Pen().line(f"*{NAMES[0]}").words
    for n, (label, figure) in enumerate((("Mål", "90 %"), ("Utfall", "92 %"))):
        y = 120 + n * by
        words += text(label, 60 + 100 * n, y, SIZE) + text(figure, 60 + 100 * n, y + 12, SIZE)
    return len(entries(words))


def item_mark(before: float) -> int:
    words = Pen(x=120).line("Andel nöjda besökare: 92 %, mål 90 %").words
    left, top = words[0].x0 - before - 9, words[0].top
    return statuses(words, [frame((left, top, left + 9, top + 9), "#00aa00")])


def edge(thickness: float, share: float = 1.0) -> int:
    words: list[Word] = []
    shapes: list[Shape] = []
    for n, colour in enumerate(("#00b050", "#ff0000")):
        pen = card(Pen(y=100.0 + 100 * n), n)
        words += pen.words
        x0, top, _, bottom = (box := pen.box(100.0 + 100 * n)).bbox
        if share < 1.0:
            shapes += [box, frame((x0, top, x0 + share * (box.bbox[2] - x0), top + 4), colour)]
        else:
            shapes += [box, frame((x0, top, x0 + thickness, bottom), colour)]
    return statuses(words, shapes)


def beside(gap: float, shift: float = 0.0, dx: float = 0.0) -> list[tuple[str, ...]]:
    """Two cards side by side, so many points apart."""
    words = card(Pen(60.0, 100.0), 0).words
    end = max(word.x1 for word in words)
    pen = Pen(end + gap, 100.0 + shift)
    pen.line(f"*{NAMES[1]}").line(f"Mål: {VALUES[1][0]}")
    pen.line(f"Utfall: {VALUES[1][1]}", dx=dx)
    return said(entries(words + pen.words))


def marked(size: float) -> int:
    """A card with a disc so large behind its label."""
    pen = card(Pen(), 0)
    y = pen.y
    pen.line("Status:")
    return statuses(pen.words, [frame((100, y, 100 + size, y + size), "#00aa00")])


def goal_found(x: float = 56.0, y: float = 102.0, size: float = 9.0) -> int:
    return len(goals(text(GOAL, 70, 100, 14, bold=True), [disc(x, y, size=size)]))


def overleaf(lines: float, size: float = SIZE, gap: float = 0.0) -> str | None:
    """The name of a card that the end of a page cuts behind so many lines of it."""
    pen = card(Pen(y=560), 0).gap(12)
    count = len(pen.words)
    for n in range(int(lines)):
        pen.line(f"*Besökare på bibliotek nummer {n}", size=size)
    rest = Pen(y=60)
    rest.line("Mål: 90 %").gap(gap).line("Utfall: 92 %")
    found = entries(pen.words, more=[page(rest.words, number=2)])
    assert count
    return " ".join(found[1].cells["measure"].lines)[:8] if len(found) > 1 else None


def goes_on_overleaf(gap: float, more: float = 0.0) -> int:
    """The lines of a comment that goes on at the top of the next page."""
    pen = card(Pen(y=600), 0).line("Kommentar: Fler är nöjda sedan biblioteket fick")
    rest = Pen(y=60).line("nya öppettider under våren").gap(gap)
    rest.line("och fler kvällar därtill.", size=SIZE + more)
    (entry,) = entries(pen.words, more=[page(rest.words, number=2)])
    return len(entry.cells["comment"].lines)


SWEEPS: dict[str, tuple[Answer, Iterable[float], dict[float, object]]] = {
    # --- the name of a card
    "lines of a name": (named_by, range(1, 15), {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}),
    "gap below the name, in ems": (
        lambda gap: name(pair(Pen().line(f"*{NAMES[0]}").gap(gap * SIZE)).words),
        steps(0.0, 7.0, 0.2),
        {0.0: "Andel nöjda besökare", 2.0: None},
    ),
    "gap between two lines of a name, in ems": (
        lambda gap: name(pair(Pen().line("*Andel elever").gap(gap * SIZE).line("*i tid")).words),
        steps(-0.2, 2.0, 0.05),
        {-0.2: "Andel elever i tid", 0.5: "i tid"},
    ),
    "difference in size of two lines of a name": (
        lambda d: name(pair(Pen().line("*Andel elever", size=9 + d).line("*i tid")).words),
        steps(0.0, 1.2, 0.05),
        {0.0: "Andel elever i tid", 0.4: "i tid"},
    ),
    "size of a name of five lines": (
        lambda size: lines(pair(large_name(size)).words),
        range(9, 60, 3),
        {9: 5, 15: 4, 18: 3, 24: 2, 39: 1},
    ),
    "letters of a name": (
        lambda n: bool(first(pair(Pen().line("*" + "Andel " + "a" * (int(n) - 6))).words)),
        range(60, 700, 20),
        {60: True, 240: False},
    ),
    # --- below and beside the values
    "gap above a line below the values, in ems": (
        lambda gap: comment(card(Pen(), 0).gap(gap * SIZE).line(LONG).words),
        steps(0.0, 3.0, 0.1),
        {0.0: True, 0.8: False},
    ),
    "how much larger a line below the values is": (
        lambda d: comment(card(Pen(), 0).line(LONG, size=SIZE + d).words),
        steps(0.0, 2.4, 0.05),
        {0.0: True, 0.75: False},
    ),
    "space within a value, in ems": (
        lambda gap: value(
            [
                *Pen().line(f"*{NAMES[0]}").line("Mål: 90 %").line("Utfall: 92").words,
                *text("procent", 60 + 46 + gap * SIZE, 100 + 2 * 1.3 * SIZE, SIZE),
            ]
        ),
        steps(0.5, 8.0, 0.25),
        {0.5: "92 procent", 2.25: "92"},
    ),
    "how short of the widest line one may be that goes on, in ems": (
        lambda short: lines(short_of_widest(int(short)), "comment"),
        range(10, 60, 2),
        {10: 2, 42: 1},
    ),
    "letters of a comment without a label": (
        lambda n: comment(
            (pen := card(Pen(), 0).gap(4).line("Fler " + "a" * (int(n) - 5))).words,
            [pen.box(100, 400)],
        ),
        range(6, 60),
        {6: False, 28: True},
    ),
    "size of a figure that is what the card is about": (
        lambda size: "92 %" in str(said(entries((pen := about(size)).words, [pen.box(100)]))),
        steps(9.0, 24.0, 0.2),
        {9.0: False, 12.6: True},
    ),
    "letters of a figure with its unit": (
        lambda n: len(
            entries(
                Pen().line(f"*{NAMES[0]}").line("Mål: öka").line("Utfall: 9 " + "k" * int(n)).words
            )
        ),
        range(1, 130, 3),
        {1: 1, 46: 0},
    ),
    # --- where cards stand
    "ems between two labels": (
        lambda gap: len(
            entries(
                Pen(y=60)
                .line(f"*{NAMES[0]}")
                .line("Mål: 90 %")
                .gap(gap * SIZE)
                .line("Utfall: 92 %")
                .words
            )
        ),
        steps(0.0, 24.0, 0.5),
        {0.0: 1, 8.0: 0},
    ),
    "lines of the last value": (
        lambda n: lines(long_comment(int(n)), "comment"),
        range(1, 40),
        {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 10},
    ),
    "points between two columns of cards": (
        lambda gap: len(beside(gap)),
        range(2, 40, 1),
        {2: 2, 5: 1, 6: 2},
    ),
    "points by which cards beside each other differ in height": (
        lambda dy: len(beside(40, shift=dy)),
        steps(0.0, 40.0, 1.0),
        {0.0: 2},
    ),
    "width of a box": (
        lambda w: tiles(apart=18.0, box=(55.0, 95.0, 55.0 + w, 140.0)),
        range(20, 200, 5),
        {20: 0, 60: 1},
    ),
    "height of a box": (
        lambda h: tiles(box=(54.0, 104.0, 280.0, 104.0 + h)),
        range(8, 120, 2),
        {8: 0, 26: 1},
    ),
    "share of the page that a box covers": (
        lambda share: tiles(box=(10.0, 95 - 85.0, 585.0, 10 + share * 595 * 842 / 575)),
        steps(0.2, 0.95, 0.05),
        {0.2: 1, 0.6: 0},
    ),
    # --- marks
    "thickness of an edge": (edge, range(2, 30), {2: 2, 10: 0}),
    "share of a side that an edge covers": (
        lambda share: edge(4, share),
        steps(0.3, 0.95, 0.05),
        {0.3: 0, 0.85: 2},
    ),
    "size of a mark behind a label": (marked, range(6, 110, 2), {6: 1, 46: 0}),
    "points between a goal and its mark": (
        lambda d: goal_found(x=70 - 9 - d),
        range(0, 62, 2),
        {0: 1, 22: 0},
    ),
    "size of a goal's mark": (
        lambda s: goal_found(x=330, y=107 - s / 2, size=s),
        range(6, 46, 2),
        {6: 1, 40: 0},
    ),
    "gap between two lines of a goal's heading, in ems": (
        lambda gap: two_lined(gap),
        steps(0.1, 2.0, 0.1),
        {0.1: "En trygg kommun för unga och gamla", 1.0: "En trygg kommun"},
    ),
    "difference in size of two lines of a goal's heading": (
        lambda d: two_lined(4 / 14, d),
        steps(0.0, 1.2, 0.05),
        {0.0: "En trygg kommun för unga och gamla", 0.4: "En trygg kommun"},
    ),
    "gap between a goal and the word below it, in ems": (
        lambda gap: len(
            goals(
                text(GOAL, 70, 100, 14, bold=True)
                + text("Delvis uppnått", 70, 114 + gap * 14, 10)
                + text("Fler är trygga.", 70, 160 + gap * 14, 10)
            )
        ),
        steps(0.1, 5.5, 0.1),
        {0.1: 1, 2.0: 0},
    ),
    "points between an item and its mark": (item_mark, range(0, 90, 2), {0: 1, 32: 0}),
    "points by which labels side by side differ in height": (
        apart,
        steps(0.0, 12.0, 0.5),
        {0.0: 0, 5.0: 1},
    ),
    # --- labels
    "words of a label that no header has": (
        lambda n: comment((pen := unknown(int(n))).words, [pen.box(100, 400)]),
        range(1, 14),
        {1: False, 5: True},
    ),
    "words of a label for a measure": (
        lambda n: (
            NAMES[0]
            == name(
                Pen()
                .line(" ".join(["Indikator", *["A"] * (int(n) - 1)]) + f": {NAMES[0]}")
                .line("Mål: 90 %")
                .line("Utfall: 92 %")
                .words
            )
        ),
        range(1, 8),
        {1: True, 3: False},
    ),
    # --- lists
    "gap between two lines of an item, in ems": (
        lambda gap: len(
            entries(
                Pen().line("• Andel nöjda besökare:").gap(gap * SIZE).line("92 % (mål 90 %)").words
            )
        ),
        steps(-0.2, 3.0, 0.1),
        {-0.2: 1, 0.8: 0},
    ),
    "gap between a list and what stands above it, in ems": (
        lambda gap: len(
            entries(
                Pen()
                .line("*Indikatorer")
                .gap(gap * SIZE)
                .line("• Andel nöjda besökare: 92 %")
                .words
            )
        ),
        steps(0.0, 7.0, 0.2),
        {0.0: 1, 2.4: 0},
    ),
    "letters of an item's name": (
        lambda n: len(entries(Pen().line(f"• {'Xyzåäö'[: int(n)]}: 92 % (mål 90 %)").words)),
        range(1, 7),
        {1: 0, 4: 1},
    ),
    "letters of an item's result": (
        lambda n: len(
            entries(Pen().line(f"• Andel nöjda: 92 {'k' * (int(n) - 3)} (mål 90 %)").words)
        ),
        range(5, 120, 3),
        {5: 1, 41: 0},
    ),
    "words of an item's label": (
        lambda n: value(
            Pen().line(f"• Andel nöjda: 92 % ({' '.join(_LABEL[: int(n)])} 90 %)").words,
            role="target",
        ),
        range(1, 9),
        {
            1: "90 %",
            5: "i 90 %",
            6: "i hela 90 %",
            7: "i hela kommunen 90 %",
            8: "i hela kommunen nu 90 %",
        },
    ),
    # --- overleaf
    "lines of a begun card at the end of a page": (
        overleaf,
        range(1, 24),
        {1: "Besökare", 8: None},
    ),
    "how much larger a name at the end of a page is": (
        lambda d: overleaf(1, SIZE + d),
        steps(0.0, 1.2, 0.05),
        {0.0: "Besökare", 0.4: None},
    ),
    "gap between lines at the top of the next page, in points": (
        goes_on_overleaf,
        steps(-3.0, 12.0, 0.5),
        {-3.0: 3, 4.5: 2},
    ),
    "difference in size of lines at the top of the next page": (
        lambda d: goes_on_overleaf(0.0, d),
        steps(0.0, 1.2, 0.05),
        {0.0: 3, 0.4: 2},
    ),
}
_LABEL = ("mål", "för", "året", "2023", "i", "hela", "kommunen", "nu")


@pytest.mark.parametrize("sweep", SWEEPS)
def test_where_the_answer_flips(sweep: str) -> None:
    answer, values, expected = SWEEPS[sweep]
    assert flips(answer, values) == expected
