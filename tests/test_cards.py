"""Measures that are printed as cards, paragraphs and lines of lists, on pages made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from paper import grid, page, painted, text

from styrmatt.extract.grid.cards.find_cards import CardReader
from styrmatt.extract.grid.cards.labels import LabelFinder
from styrmatt.extract.grid.page_tables import PageTables
from styrmatt.extract.headers.header_words import header_words_of
from styrmatt.extract.model.page import Page, Ruling, Shape
from styrmatt.extract.model.text_lines import Word, lines_of
from styrmatt.extract.sections.read_sections import BodyStyle
from styrmatt.extract.tables.cells import TableEntry
from styrmatt.layout_files import load_layouts

LAYOUT = next(layout for layout in load_layouts() if layout.any_table)
SIZE = 9.0
NAMES = ("Andel nöjda besökare", "Antal utlån per invånare", "Andel barn som sjunger")
VALUES = (("90 %", "92 %"), ("6,5", "5,9"), ("30 %", "21 %"))
Box = tuple[float, float, float, float]


@dataclass
class Pen:
    """Writes lines one below the other; ``y`` is where the next one begins."""

    x: float = 60.0
    y: float = 100.0
    leading: float = 1.3

    def __post_init__(self) -> None:
        self.words: list[Word] = []

    def line(self, *parts: str, size: float = SIZE, dx: float = 0.0) -> Pen:
        """A line; parts behind a star are bold, a tab goes to the next multiple of 100."""
        x = self.x + dx
        for part in parts:
            made = text(part.removeprefix("*"), x, self.y, size, bold=part.startswith("*"))
            self.words += made
            x = made[-1].x1 + 0.3 * size
        self.y += self.leading * size
        return self

    def gap(self, points: float) -> Pen:
        self.y += points
        return self

    def box(self, top: float, width: float = 220.0) -> Shape:
        """A box around what was written since ``top``."""
        return frame((self.x - 6, top - 5, self.x + width, self.y + 5))


def frame(box: Box, fill: str | None = None) -> Shape:
    x0, top, x1, bottom = box
    points = ((x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top))
    return Shape(box, points, fill, None if fill else "#888888", "rect")


def entries(
    words: Sequence[Word], shapes: Sequence[Shape] = (), more: Sequence[Page] = ()
) -> list[TableEntry]:
    """The measures of a page, and of those that follow it."""
    first = replace(page(words), shapes=tuple(shapes))
    reader = PageTables(LAYOUT, BodyStyle(SIZE, bold=False))
    out: list[TableEntry] = []
    for one in (first, *more):
        reader.headers(one)
        parts = reader.tables(one, one.lines, 800, goes_on=False, follows=one is not first)
        out += [e for part in parts if part.kind == "measures" for e in part.entries]
    return out


def said(found: Sequence[TableEntry]) -> list[tuple[str, ...]]:
    """Name and figures of each measure, targets first."""
    out = []
    for entry in found:
        values = [value for line in entry.lines for value in line.values]
        values.sort(key=lambda value: value.role != "target")
        name = " ".join(entry.cells["measure"].lines)
        out.append((name, *(value.cell.text for value in values)))
    return out


WANTED = [(name, *values) for name, values in zip(NAMES, VALUES, strict=True)]


def card(pen: Pen, n: int, colon: str = ":") -> Pen:
    """A card: its name in bold, target and result on lines of their own."""
    target, result = VALUES[n]
    return pen.line(f"*{NAMES[n]}").line(f"Mål{colon} {target}").line(f"Utfall{colon} {result}")


# --- cards ----------------------------------------------------------------------------------------


def test_labelled_lines_below_a_name_are_a_measure() -> None:
    assert said(entries(card(Pen(), 0).words)) == WANTED[:1]


def test_cards_stand_below_each_other() -> None:
    pen = Pen()
    for n in range(3):
        card(pen, n).gap(12)
    assert said(entries(pen.words)) == WANTED


@pytest.mark.parametrize("boxed", [True, False])
@pytest.mark.parametrize("shift", [0.0, 11.0])
def test_cards_stand_beside_each_other(boxed: bool, shift: float) -> None:
    """The labels of one need not be at the heights of the other's."""
    words: list[Word] = []
    shapes: list[Shape] = []
    for n, x in enumerate((60.0, 300.0)):
        pen = card(Pen(x, 100.0 + n * shift), n)
        words += pen.words
        shapes += [pen.box(100.0 + n * shift)]
    assert said(entries(words, shapes if boxed else ())) == WANTED[:2]


def test_a_name_may_have_several_lines() -> None:
    pen = Pen().line("*Andel elever som når", size=10).line("*målen i alla ämnen", size=10)
    pen.line("Mål: 80 %").line("Utfall: 74 %")
    assert said(entries(pen.words)) == [("Andel elever som når målen i alla ämnen", "80 %", "74 %")]


def test_a_name_stands_behind_a_label_for_measures() -> None:
    pen = Pen()
    for n in (0, 1):
        pen.line(f"Indikator: {NAMES[n]}").line(f"Mål: {VALUES[n][0]}")
        pen.line(f"Utfall: {VALUES[n][1]}").gap(10)
    assert said(entries(pen.words)) == WANTED[:2]


def test_a_measure_may_have_its_number_in_the_label() -> None:
    pen = Pen().line(f"Indikator 2.1: {NAMES[0]}").line("Mål: 90 %").line("Utfall: 92 %")
    assert said(entries(pen.words)) == WANTED[:1]


def test_labels_stand_in_a_column_of_their_own() -> None:
    pen = Pen()
    for n in (0, 1):
        pen.line(f"*{NAMES[n]}").line(f"Mål\t{VALUES[n][0]}").line(f"Utfall\t{VALUES[n][1]}").gap(9)
    assert said(entries(pen.words)) == WANTED[:2]


def test_labels_stand_above_their_values() -> None:
    pen = Pen()
    pen.line(f"*{NAMES[0]}", size=11).line("Mål", size=7).line("90 %").line("Utfall", size=7)
    assert said(entries(pen.line("92 %").words)) == WANTED[:1]


def test_labels_in_bold_need_no_colon() -> None:
    pen = Pen().line(f"*{NAMES[0]}").line("*Mål", "90 %").line("*Utfall", "92 %")
    assert said(entries(pen.words)) == WANTED[:1]


def test_labels_side_by_side_in_a_box_have_their_values_below_or_above() -> None:
    for values_first in (False, True):
        pen = Pen().line(f"*{NAMES[0]}")
        rows = ["Mål\tUtfall", "90 %\t92 %"]
        for row in reversed(rows) if values_first else rows:
            pen.line(row)
        assert said(entries(pen.words, [pen.box(100)])) == WANTED[:1]


def test_a_box_may_leave_room_between_a_short_name_and_its_labels() -> None:
    words: list[Word] = []
    shapes: list[Shape] = []
    for n, x in enumerate((60.0, 300.0)):
        pen = Pen(x).line(f"*{NAMES[n]}").gap(30).line(f"Utfall: {VALUES[n][1]}")
        words += pen.line(f"Mål: {VALUES[n][0]}").words
        shapes.append(pen.box(100))
    assert [(name, *values) for name, *values in said(entries(words, shapes))] == WANTED[:2]


def test_a_large_figure_below_a_name_is_the_value_of_the_label_below_it() -> None:
    pen = Pen().line(f"*{NAMES[0]}").gap(12).line("*92 %", size=18).line("Utfall").line("Mål")
    assert said(entries(pen.line("90 %").words, [pen.box(100)])) == WANTED[:1]


@pytest.mark.parametrize("none", ["inte mätt", "Uppgift saknas", "–", "ej mätt"])
def test_words_for_no_result_in_place_of_a_large_figure_are_no_name(none: str) -> None:
    pen = Pen().line(NAMES[0]).line(none, size=18).line("Mål: 90 %").line("Utfall 2021: 89 %")
    assert [one[0] for one in said(entries(pen.words, [pen.box(100)]))] == [NAMES[0]]


def tiles(*large: str) -> list[tuple[str, ...]]:
    """Name and figures of each box, with something large in the middle of each."""
    words: list[Word] = []
    shapes: list[Shape] = []
    for n, (name, words_) in enumerate(zip(NAMES, large, strict=False)):
        pen = Pen(60 + 170 * n).line(name).line(words_, size=18)
        pen.line("Mål: 90 %").line("Föregående år: 88 %")
        words += pen.words
        shapes.append(pen.box(100, width=150))
    return said(entries(words, shapes))


@pytest.mark.parametrize("words", ["Mäts 2026", "Ny mätning", "?", "Redovisas i maj"])
def test_words_set_as_the_large_figures_of_other_boxes_are_no_name(words: str) -> None:
    found = tiles("92 %", words, "90 %")
    assert [name for name, *_ in found] == list(NAMES)
    assert len(found[1]) < len(found[0])


def test_large_names_below_words_are_names_where_no_box_has_a_large_figure() -> None:
    found = tiles("Trygga barn", "Friska barn", "Glada barn")
    assert [name for name, *_ in found] == ["Trygga barn", "Friska barn", "Glada barn"]


def test_a_large_name_below_a_word_stays_the_name() -> None:
    pen = Pen().line("Skola").line(NAMES[0], size=18).line("Mål: 90 %").line("Utfall 2021: 89 %")
    assert [one[0] for one in said(entries(pen.words, [pen.box(100)]))] == [NAMES[0]]


def test_a_large_figure_is_the_result_where_all_labels_have_values_of_their_own() -> None:
    pen = Pen().line(f"*{NAMES[0]}").gap(12).line("*92 %", size=18).line("Mål: 90 %")
    pen.line("Föregående år: 88 %")
    assert said(entries(pen.words, [pen.box(100)])) == [(*WANTED[0][:2], "88 %", "92 %")]


def test_a_year_alone_is_a_label_in_a_box() -> None:
    lines = [f"*{NAMES[0]}", "2021\t88 %", "2022\t92 %", "Mål\t90 %"]
    for boxed in (True, False):
        pen = Pen()
        for line in lines:
            pen.line(line)
        found = entries(pen.words, [pen.box(100)] if boxed else ())
        assert said(found) == ([(*WANTED[0][:2], "88 %", "92 %")] if boxed else [])


def test_years_in_a_box_with_a_chart_are_no_labels() -> None:
    pen = Pen().line(f"*{NAMES[0]}").line("Mål\t90 %").gap(40).line("2020\t2021\t2022")
    assert not entries(pen.words, [pen.box(100, 400)])


def test_the_figure_of_a_limit_may_stand_below_it() -> None:
    pen = Pen().line(f"*{NAMES[0]}").line("Mål\tminst").line("\t90 %").line("Utfall\t92 %")
    (found,) = said(entries(pen.words, [pen.box(100)]))
    assert found == (NAMES[0], "minst\n90 %", "92 %")


def test_of_several_things_high_above_the_labels_of_a_box_none_is_its_name() -> None:
    pen = Pen().line("*Kultur för barn").gap(14).line("*Fritid för unga").gap(30)
    pen.line("Mål: 90 %").line("Utfall: 92 %")
    assert entries(pen.words, [pen.box(100)]) == []


def test_a_status_in_bold_below_its_label_begins_no_other_card() -> None:
    """Nor is it the header of a table, where boxes stand side by side."""
    words: list[Word] = []
    shapes: list[Shape] = []
    for n, x in enumerate((60.0, 230.0, 400.0)):
        pen = Pen(x).line(f"*{NAMES[n]}").gap(9).line("Är målet uppnått?").line("*Målet är uppnått")
        pen.line(f"Utfall: {VALUES[n][1]}").line(f"Mål: {VALUES[n][0]}")
        words += pen.words
        shapes.append(pen.box(100, 150))
    found = entries(words, shapes)
    assert said(found) == WANTED
    assert [e.lines[0].cells["status"].text for e in found] == ["Målet är uppnått"] * 3


def test_words_for_a_status_are_no_name_of_a_measure() -> None:
    pen = Pen().line("*Målet är uppnått").line("Mål: 90 %").line("Utfall: 92 %")
    assert entries(pen.words) == []


def test_a_box_in_which_labels_recur_holds_several_cards() -> None:
    pen = Pen()
    for n in range(3):
        card(pen, n).gap(1)
    assert said(entries(pen.words, [pen.box(100)])) == WANTED


def test_a_value_goes_on_below() -> None:
    pen = card(Pen(), 0).line("Kommentar: Fler är nöjda sedan biblioteket fick nya")
    pen.line("öppettider under våren.").line("Ansvarig: Kulturchefen")
    (entry,) = entries(pen.words)
    assert " ".join(entry.cells["comment"].lines).endswith("nya öppettider under våren.")
    assert entry.text("responsible") == "Kulturchefen"


def test_a_sentence_without_a_label_is_the_comment() -> None:
    pen = card(Pen(), 0).gap(4).line("Fler är nöjda med öppettiderna än förra året.")
    (entry,) = entries(pen.words, [pen.box(100)])
    assert entry.text("comment") == "Fler är nöjda med öppettiderna än förra året."


def test_text_of_the_next_paragraph_is_no_part_of_a_card_without_a_box() -> None:
    pen = card(Pen(), 0).gap(20).line("Biblioteken har öppnat på nya tider under året.")
    (entry,) = entries(pen.words)
    assert "comment" not in entry.cells


def test_text_in_another_column_is_no_part_of_a_value() -> None:
    words = card(Pen(), 0).words
    words += Pen(320, 100).line("Under året har många").line("fler besökt oss,").words
    words += Pen(320, 100 + 2.6 * SIZE).line("och även kvällar").words
    assert said(entries(words)) == WANTED[:1]


def test_years_and_sexes_stand_in_labels() -> None:
    pen = Pen().line(f"*{NAMES[0]}").line("Mål 2023: 90 %").line("Utfall kvinnor 2023: 93 %")
    pen.line("Utfall män 2023: 91 %").line("2022: 89 %")
    (entry,) = entries(pen.words)
    heads = [(v.role, v.year, v.sex, v.cell.text) for v in entry.lines[0].values]
    assert heads == [
        ("target", 2023, None, "90 %"),
        ("result", 2023, "K", "93 %"),
        ("result", 2023, "M", "91 %"),
        ("result", 2022, None, "89 %"),
    ]


def test_the_goal_may_be_a_label_of_the_card() -> None:
    pen = Pen().line(f"*{NAMES[0]}").line("Mål: En levande kultur").line("Målvärde: 90 %")
    (entry,) = entries(pen.line("Utfall: 92 %").words)
    assert entry.goal == "En levande kultur"
    assert said([entry]) == WANTED[:1]


def test_a_label_that_no_header_has_takes_its_value_with_it() -> None:
    pen = Pen().line(f"*{NAMES[0]}").line("Mål: 90 %").line("Snittet bland grannar: 88 %")
    assert said(entries(pen.line("Utfall: 92 %").words)) == WANTED[:1]


def test_the_largest_figure_of_a_box_is_the_result() -> None:
    pen = Pen().line("92 %", size=18).line(NAMES[0]).line("Mål: 90 %   2022: 89 %")
    (entry,) = entries(pen.words, [pen.box(100)])
    results = [(v.year, v.cell.text) for v in entry.lines[0].values if v.role == "result"]
    assert sorted(results, key=str) == [(2022, "89 %"), (None, "92 %")]


# --- edges and pages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("colours", "statuses"), [(("#00b050", "#ff0000"), 2), (("#00b050", "#00b050"), 0)]
)
def test_edges_are_statuses_where_they_differ(colours: tuple[str, str], statuses: int) -> None:
    words: list[Word] = []
    shapes: list[Shape] = []
    for n, colour in enumerate(colours):
        pen = card(Pen(y=100.0 + 100 * n), n)
        words += pen.words
        x0, top, _, bottom = (box := pen.box(100.0 + 100 * n)).bbox
        shapes += [box, frame((x0, top, x0 + 4, bottom), colour)]
    inks = [(shape.points[:4], shape.fill) for shape in shapes if shape.fill]
    drawn = replace(page(words), shapes=tuple(shapes), render=painted(inks))
    reader = PageTables(LAYOUT, BodyStyle(SIZE, bold=False))
    reader.headers(drawn)
    parts = reader.tables(drawn, drawn.lines, 800, goes_on=False)
    lines = [line for part in parts for entry in part.entries for line in entry.lines]
    assert sum(bool(line.marks("status")) for line in lines) == statuses


def overleaf(at: int) -> tuple[list[Word], list[Word]]:
    """Two cards, the second of which a page cuts behind so many of its lines."""
    pen = card(card(Pen(y=600), 0).gap(12), 1).line("Ansvarig: Kulturchefen")
    lines = lines_of(pen.words)
    head = [word for line in lines[: 3 + at] for word in line.words]
    tail = [word for line in lines[3 + at :] for word in line.words]
    lift = min(word.top for word in tail) - 60
    return head, [word._replace(top=word.top - lift, bottom=word.bottom - lift) for word in tail]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_card_goes_on_at_the_top_of_the_next_page(at: int) -> None:
    """Also where the page ends behind the name, or behind one label."""
    head, tail = overleaf(at)
    found = entries(head, more=[page(tail, number=2)])
    assert said(found) == WANTED[:2]
    assert found[1].text("responsible") == "Kulturchefen"
    assert (found[1].lines[0].page, found[1].lines[0].page_last) == (1, 2)
    assert not found[1].review


def test_a_card_whose_rest_is_missing_says_so() -> None:
    head, _ = overleaf(2)
    other = page(Pen(y=60).line("Kommunens verksamhet har haft ett gott år.").words, number=2)
    assert entries(head, more=[other])[1].review == {"row_cut"}


def test_a_line_that_begins_with_a_bold_name_begins_a_measure_whatever_stands_above() -> None:
    """A word on the goal below its heading is no label of the first measure, nor a value's rest."""
    pen = Pen().line("*Kultur för alla", size=12).line("Läget i stort: ganska gott")
    pen.line("Flera bibliotek har bytt öppettider under året.").gap(4)
    for n in (0, 1):
        target, result = VALUES[n]
        pen.line(f"*{NAMES[n]}.", f"Utfall: {result}. Mål:").line(f"{target}.").gap(4)
    names = [name for name, *_ in said(entries(pen.words))]
    assert names == list(NAMES[:2])
    assert {v for _, *values in said(entries(pen.words)) for v in values} >= {"90 %", "6,5"}


def test_bold_labels_in_one_line_are_one_measure() -> None:
    pen = Pen().line(f"*{NAMES[0]}").line("*Mål:", "90 %.", "*Utfall:", "92 %.").gap(12)
    card(pen, 1)
    assert said(entries(pen.words)) == WANTED[:2]


def justified(pen: Pen, words: Sequence[str], gap: float) -> Pen:
    """A line whose words stand ``gap`` ems apart."""
    x = pen.x
    for word in words:
        made = text(word.removeprefix("*"), x, pen.y, SIZE, bold=word.startswith("*"))
        pen.words += made
        x = made[-1].x1 + gap * SIZE
    pen.y += pen.leading * SIZE
    return pen


def test_the_wide_spaces_of_a_justified_line_part_no_values() -> None:
    pen = Pen()
    for n in (0, 1):
        target, result = VALUES[n]
        pen.line(f"*{NAMES[n]}").line(f"Mål: {target}")
        words = ["*Resultat:", result.split()[0], "(2018:", "71).", "*Bedömning:", "Målet"]
        justified(pen, words, 1.4).line("uppnått.").gap(12)
    found = entries(pen.words)
    assert [entry.lines[0].text("status").split() for entry in found] == [["Målet", "uppnått"]] * 2


def test_figures_at_equal_distances_stay_apart() -> None:
    """They are too few for a line of text."""
    pen = Pen().line(f"*{NAMES[0]}").line("Mål: 90 %")
    justified(pen, ["Utfall:", "92", "91", "89"], 3.0)
    assert said(entries(pen.words))[0][:2] == (NAMES[0], "90 %")


def test_a_name_in_bold_may_have_a_colon() -> None:
    pen = Pen()
    for n in (0, 1):
        target, result = VALUES[n]
        pen.line(f"*Badhus: {NAMES[n]}").line("*Mål:", target).line("*Utfall:", result).gap(12)
    assert said(entries(pen.words)) == [(f"Badhus: {WANTED[n][0]}", *VALUES[n]) for n in (0, 1)]


def test_a_name_in_bold_ends_what_is_left_of_a_card_from_the_page_before() -> None:
    pen = Pen().line("*Analys:", "Vi har arbetat vidare med biblioteken")
    pen.line("och badhusen.").line(f"*{NAMES[0]}").line("*Mål:", "90 %").line("*Utfall:", "92 %")
    assert said(entries(pen.words)) == WANTED[:1]


@pytest.mark.parametrize("end", ["–", "—.", "·"])
def test_a_paragraph_at_a_page_s_end_may_have_nothing_but_a_dash_as_its_last_value(
    end: str,
) -> None:
    pen = Pen(y=700)
    for n in (0, 1):
        pen.line(f"*{NAMES[n]}.", f"Mål: {VALUES[n][0]}. Utfall: {VALUES[n][1]}. Trend: {end}")
        pen.gap(8)
    other = page(Pen(y=60).line("och invånarna läser mer än förr.").words, number=2)
    assert said(entries(pen.words, more=[other])) == WANTED[:2]


# --- paragraphs and lists -------------------------------------------------------------------------


def test_labels_stand_within_a_paragraph_whose_name_is_bold() -> None:
    pen = Pen().line(f"*{NAMES[0]}.", "Mål: 90 %. Utfall: 92 %. Trend: ökande.")
    assert said(entries(pen.words)) == WANTED[:1]


def test_paragraphs_with_the_same_labels_are_measures_whatever_their_type() -> None:
    pen = Pen()
    for n in (0, 1):
        pen.line(f"{NAMES[n]}. Mål: {VALUES[n][0]}. Utfall: {VALUES[n][1]}.").gap(8)
    assert said(entries(pen.words)) == WANTED[:2]
    assert not entries(Pen().line(f"{NAMES[0]}. Mål: 90 %. Utfall: 92 %.").words)


@pytest.mark.parametrize(
    "line",
    [
        "• Andel nöjda besökare: 92 % (mål 90 %)",
        "– Andel nöjda besökare: 92 % (mål: 90 %)",
        "Andel nöjda besökare: 92 %, mål 90 %",
        "Andel nöjda besökare: utfall 92 %, mål 90 %",
        "Andel nöjda besökare: mål 90 %, utfall 92 %",
        "Andel nöjda besökare: 92 % (mål 90 %) – uppnått",
    ],
)
def test_a_line_of_a_list_that_names_its_target_is_a_measure(line: str) -> None:
    assert said(entries(Pen().line(line).words)) == WANTED[:1]


@pytest.mark.parametrize(
    "lines",
    [
        ("• Andel nöjda besökare:", "92 % (mål 90 %)"),
        ("• Andel nöjda besökare: 92 %", "(mål 90 %)"),
        ("• Andel nöjda besökare: 92 % (mål", "90 %)"),
    ],
)
def test_an_item_goes_on_with_its_figure_or_its_bracket(lines: tuple[str, str]) -> None:
    pen = Pen().line(lines[0]).line(lines[1]).line("• Antal lån: 12 (mål 14)")
    assert said(entries(pen.words)) == [*WANTED[:1], ("Antal lån", "14", "12")]


@pytest.mark.parametrize(
    "lines",
    [
        ("• Andel nöjda: 92 % (kvinnor 94 %, män 90 %). Mål: lägst", "90 %. Utfall 2021: 91 %."),
        ("• Andel nöjda: 92 % (kvinnor 94 %, män 90 %). Mål: lägst 90 %. Utfall", "2021: 91 %."),
    ],
)
def test_an_item_goes_on_with_the_figure_of_a_limit_or_the_year_of_a_label(
    lines: tuple[str, str],
) -> None:
    (entry,) = entries(Pen().line(lines[0]).line(lines[1]).words)
    values = {(one.sex, one.year): one.cell.text for one in entry.lines[0].values if one.year}
    assert values == {(None, 2021): "91 %"}
    others = {(one.role, one.sex): one.cell.text for one in entry.lines[0].values if not one.year}
    by_sex = {("result", "T"): "92 %", ("result", "K"): "94 %", ("result", "M"): "90 %"}
    assert {key: " ".join(value.split()) for key, value in others.items()} == {
        ("target", None): "lägst 90 %",
        **by_sex,
    }


def test_a_figure_below_other_words_begins_no_rest_of_an_item() -> None:
    pen = Pen().line("• Antal lån: 12 (mål 14) i hela länet").line("2021 års siffror är osäkra.")
    assert said(entries(pen.words))[0][1:] == ("14", "12\ni hela länet")


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("Antal lån: 12 / mål 14", "14"),
        ("Antal lån: 12 – mål 14", "14"),
        ("Antal lån: 12 · mål öka", "öka"),
        ("Antal lån: 12 (mål minska, 2021: 15)", "minska"),
        ("Antal lån: 12 (mål –, 2021: 15)", ""),
        ("Antal lån: 12 / mål –", ""),
    ],
)
def test_a_target_in_a_list_may_be_a_direction_or_a_dash(line: str, target: str) -> None:
    (found,) = said(entries(Pen().line(f"• {line}").words))
    assert found[:3] == ("Antal lån", target, "12")


@pytest.mark.parametrize(
    "line", ["Antal lån: 12 (mål okänt än så länge)", "Antal lån: 12 / mål för nästa år beslutas"]
)
def test_other_words_behind_a_target_s_label_make_no_measure_of_a_line(line: str) -> None:
    assert not entries(Pen().line(line).words)


def test_the_name_of_an_item_may_end_with_a_place_or_a_word_for_a_mean() -> None:
    found = entries(Pen().line("Väntetid till samtal, medel: 4 dagar (mål 3 dagar)").words)
    assert said(found) == [("Väntetid till samtal, medel", "3 dagar", "4 dagar")]
    assert not entries(Pen().line("Väntetid till samtal, utfall: 4 dagar (mål 3 dagar)").words)


@pytest.mark.parametrize("figure", ["10 114", "1,0 %", "3 204 112", "14"])
def test_a_label_with_a_colon_takes_no_digits_from_the_figure_behind_it(figure: str) -> None:
    (entry,) = entries(Pen().line(f"Antal lån: 12 000 (mål: 9 484, 2021: {figure})").words)
    values = {value.year: value.cell.text for value in entry.lines[0].values}
    assert values[2021] == figure


def test_the_earlier_year_of_an_item_stands_on_the_next_line() -> None:
    pen = Pen().line("• Antal lån: 12 / mål 14").line("2021: 15").gap(4)
    pen.line("• Antal besök: 30 / mål 28").line("2021: 29")
    found = entries(pen.words)
    assert said(found) == [("Antal lån", "14", "12", "15"), ("Antal besök", "28", "30", "29")]
    years = [value.year for entry in found for value in entry.lines[0].values]
    assert years == [None, None, 2021] * 2


@pytest.mark.parametrize("line", ["2021: ett år av förändring", "2021 var det 15"])
def test_a_sentence_on_a_year_is_no_result_of_the_item_above_it(line: str) -> None:
    pen = Pen().line("• Antal lån: 12 / mål 14").line(line)
    assert said(entries(pen.words)) == [("Antal lån", "14", "12")]


@pytest.mark.parametrize(
    "lines",
    [
        ["Antal lån: 12. Mål: 14. Föregående år: 15."],
        ["Antal lån: 12.", "Mål: 14. Föregående år: 15."],
        ["Antal lån – utfall 12, mål 14 (föregående år 15)"],
        ["Antal lån | resultat 12 | mål 14 | föregående år 15"],
    ],
)
def test_a_result_behind_a_name_is_no_part_of_it(lines: list[str]) -> None:
    pen = Pen()
    for line in lines:
        pen.line(line)
    assert said(entries(pen.words)) == [("Antal lån", "14", "12", "15")]


@pytest.mark.parametrize(
    "line",
    ["Barn – utfall av valet: många röster", "Skolan är vår framtid – mål och resultat för 2023"],
)
def test_a_stroke_before_other_words_ends_no_name(line: str) -> None:
    assert not entries(Pen().line("*Indikatorer", size=12).line(line).words)


def test_the_sign_of_a_limit_is_part_of_the_target() -> None:
    found = entries(Pen().line("Sjukfrånvaro: 6,1 % (mål ≤ 6 %)").words)
    assert said(found) == [("Sjukfrånvaro", "≤ 6 %", "6,1 %")]
    found = entries(Pen().line("Sjukfrånvaro: 6,1 % (mål minst 6 %)").words)
    assert said(found) == [("Sjukfrånvaro", "minst 6 %", "6,1 %")]


@pytest.mark.parametrize("above", ["Indikatorer", "Mål: En levande kultur"])
def test_a_list_below_a_goal_or_a_word_for_measures_needs_no_targets(above: str) -> None:
    pen = Pen().line(f"*{above}", size=12).line("• Andel nöjda besökare: 92 %")
    assert said(entries(pen.words)) == [("Andel nöjda besökare", "92 %")]


def test_a_goal_with_a_year_in_larger_type_ends_a_card() -> None:
    pen = card(Pen(), 0).gap(8)
    pen = card(pen.line("Mål: Fossilfritt 2030", size=SIZE + 2).gap(8), 1)
    first, second = entries(pen.words)
    assert (first.goal, second.goal) == (None, None) and said([first, second]) == WANTED[:2]


@pytest.mark.parametrize(("x", "statuses"), [(22, 1), (32, 1), (4, 0)])
def test_the_mark_of_an_item_stands_some_way_before_it(x: float, statuses: int) -> None:
    words = Pen().line("Andel nöjda besökare: 92 %, mål 90 %").words
    left, top = words[0].x0 - 50, words[0].top
    disc = frame((left + x, top, left + x + 9, top + 9), fill="#00aa00")
    (entry,) = entries(words, [disc])
    marks = [mark for line in entry.lines for mark in line.marks("status")]
    assert len(marks) == statuses


def test_the_last_line_of_a_name_in_small_letters_is_no_label() -> None:
    pen = Pen().line("*Andel sjöar med god").line("*status").line("Mål: 90 %").line("Utfall: 92 %")
    assert said(entries(pen.words)) == [("Andel sjöar med god status", "90 %", "92 %")]


def test_a_list_elsewhere_needs_targets() -> None:
    pen = Pen().line("*Året i siffror", size=12).line("• Antal invånare: 14 611")
    assert not entries(pen.words)


# --- what is none ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ["Resultatet blev svagt. Mål: resultatet ska vara 2 procent. Utfall: 1,8 procent."],
        ["*Ekonomi", "Mål: Kommunen ska ha en god hushållning.", "Resultat: 34 mnkr"],
        ["*Investeringar", "Utfall: 98 mnkr", "Budget: 120 mnkr", "Prognos: 118 mnkr"],
        ["*Ny simhall", "Budget: 120 mnkr", "Utfall: 98 mnkr", "Status: Pågående"],
        ["*Ny simhall", "Mål: Hallen ska stå klar 2025", "Status: Pågående"],
        ["*Anna Ek", "Telefon: 0123-456", "Ansvarig: Ekonomi"],
        [
            "*Ord och begrepp",
            "Mål: Ett läge som fullmäktige vill nå.",
            "Utfall: Det som har mätts.",
        ],
    ],
)
@pytest.mark.parametrize("boxed", [True, False])
def test_other_boxes_and_prose_are_no_measures(lines: list[str], boxed: bool) -> None:
    pen = Pen()
    for line in lines:
        pen.line(line)
    assert not entries(pen.words, [pen.box(100, 400)] if boxed else ())


def test_the_header_of_a_table_makes_no_card() -> None:
    pen = Pen().line("*Investeringar").line("Mål\tUtfall\tPrognos")
    pen.line("90 mnkr\t92 mnkr\t95 mnkr").line("10 mnkr\t12 mnkr\t15 mnkr")
    assert not entries(pen.words)
    assert not entries(pen.words, [pen.box(100, 400)])


def test_a_table_whose_rows_have_comments_below_them_is_no_card() -> None:
    pen = Pen(leading=1.8).line("Nyckeltal\tUtfall\tMål\tTrend")
    for n in range(3):
        pen.line(f"{NAMES[n]}\t{VALUES[n][1]}\t{VALUES[n][0]}\tStabil")
        pen.line("Analys: Flera insatser har gjorts under våren.")
    for shapes in ((), [pen.box(100, 450)]):
        assert said(entries(pen.words, shapes)) == WANTED


def test_tiles_side_by_side_in_a_box_may_have_a_comment_below_them() -> None:
    pen = Pen().line(f"*{NAMES[0]}").line("Mål\tUtfall").line("90 %\t92 %")
    pen.line("Analys: Flera insatser har gjorts.")
    (entry,) = entries(pen.words, [pen.box(100)])
    assert said([entry]) == WANTED[:1]
    assert entry.text("comment") == "Flera insatser har gjorts."


@pytest.mark.parametrize(("boxes", "are_cards"), [(1, False), (2, True)])
def test_a_line_of_labels_is_no_header_where_boxes_recur_with_it(
    boxes: int, are_cards: bool
) -> None:
    words: list[Word] = []
    shapes: list[Shape] = []
    for n, x in enumerate((60, 330)[:boxes]):
        pen = Pen(x=x).line(f"*{NAMES[n]}").gap(4)
        for k, (label, value) in enumerate(zip(("Målvärde", "Utfall"), VALUES[n], strict=True)):
            pen.words += text(label, x + 90 * k, pen.y, 7.5)
            pen.words += text(value, x + 90 * k, pen.y + 12, 13)
        pen.y += 30
        words += pen.words
        shapes.append(pen.box(100))
    made = replace(page(words), shapes=tuple(shapes))
    reader = CardReader(header_words_of(LAYOUT), LAYOUT.words, lambda _: False, lambda _: False)
    labels = {id(word) for word in made.words if word.text in ("Målvärde", "Utfall")}
    assert (labels <= reader.labels(made)) == are_cards
    assert said(entries(words, shapes)) == WANTED[:boxes]


def gauge_cards(figure: float, gap: float = 3.0) -> list[Word]:
    """Two cards side by side: a figure above the name, labels in one line below it, all centred."""
    words: list[Word] = []
    for n, middle in enumerate((130, 330)):
        target, result = VALUES[n]
        y = 100.0
        lines = [(result, figure), (f"{NAMES[n]} under hela året", 9.0)]
        for line, size in [*lines, (f"Mål: {target} | 2020: 11", 7.5)]:
            wide = text(line, 0, y, size)[-1].x1
            words += text(line, middle - wide / 2, y, size)
            y += size + gap
    return words


def test_the_large_figure_above_a_centred_name_is_the_result() -> None:
    assert said(entries(gauge_cards(16))) == [
        (f"{NAMES[n]} under hela året", VALUES[n][0], "11", VALUES[n][1]) for n in (0, 1)
    ]


@pytest.mark.parametrize(("figure", "gap"), [(9.0, 3.0), (16.0, 14.0)])
def test_a_small_figure_or_one_further_above_a_name_is_none(figure: float, gap: float) -> None:
    for _, *values in said(entries(gauge_cards(figure, gap))):
        assert values[1:] == ["11"]


def test_a_larger_line_with_a_colon_above_labels_is_a_name() -> None:
    pen = Pen()
    for n in (0, 1):
        target, result = VALUES[n]
        pen.line(f"Badhus: {NAMES[n]}", size=10.5).line(f"Mål: {target} | Utfall: {result}").gap(12)
    assert said(entries(pen.words)) == [(f"Badhus: {WANTED[n][0]}", *VALUES[n]) for n in (0, 1)]


# --- labels ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("Mål: 85 %", ["Mål"]),
        ("Mål 2023: 85 %", ["Mål 2023"]),
        ("Utfall (%): 85", ["Utfall (%)"]),
        ("Mål: 85 %. Utfall: 82 %; Trend: ökande", ["Mål", "Utfall", "Trend"]),
        ("Utfall: 82 % (2021: 80 %)", ["Utfall"]),
        ("Utfall 2022", ["Utfall 2022"]),
        ("2022: 80 %", ["2022"]),
        ("Kostnad per elev, kr. Mål: 92 000", ["Mål"]),
        ("Mål 75 % | Utfall 71 % | Status uppnått", ["Mål", "Utfall", "Status"]),
        ("Det är vårt mål: att nå alla", []),
        ("Utfall 124 (120), mål 122", ["Utfall", "mål"]),
        ("Mål 2023 minst 85 %, utfall 82,5 %", ["Mål 2023", "utfall"]),
        ("Utfall 124, mål för alla som bor i byn 2022", []),
        ("Mål 85 %, vilket är högt", []),
        ("Mål öka, utfall 82 %", ["Mål", "utfall"]),
        ("Mål och medel, utfall 82 %", []),
    ],
)
def test_labels_are_found_in_a_chain_of_words(words: str, labels: list[str]) -> None:
    finder = LabelFinder(header_words_of(LAYOUT), aims=frozenset({"öka"}))
    found = [one for one in finder.labels(text(words, 50, 100)) if one.is_known]
    assert [one.reading.text for one in found] == labels


def test_labels_without_colons_below_a_name_in_bold_are_a_measure() -> None:
    pen = Pen()
    for name, (target, result) in zip(NAMES, VALUES, strict=True):
        pen.line(f"*{name}").line(f"Utfall {result}, mål {target}").gap(6)
    assert said(entries(pen.words)) == WANTED


def test_the_large_figure_between_a_name_in_bold_and_its_labels_is_the_result() -> None:
    pen = Pen()
    for (name, target, result), before in zip(WANTED, ("88 %", "5,5", "öka"), strict=True):
        pen.line(f"*{name}").line(result, size=2 * SIZE)
        aim = "öka" if before == "öka" else target
        pen.line(f"mål 2022 {aim}, utfall 2021 {'20 %' if before == 'öka' else before}").gap(8)
    found = entries(pen.words)
    assert [said([one])[0][0] for one in found] == list(NAMES)
    values = [{v.year: v.cell.text for v in e.lines[0].values if v.role == "result"} for e in found]
    assert values == [
        {2021: "88 %", None: "92 %"},
        {2021: "5,5", None: "5,9"},
        {2021: "20 %", None: "21 %"},
    ]


def unboxed(gap: float, *large: str) -> list[tuple[str, ...]]:
    """Name and figures of cards side by side without boxes, their names in light type."""
    words: list[Word] = []
    for n, (name, words_) in enumerate(zip(NAMES, large, strict=False)):
        pen = Pen(60 + 170 * n).line(name).gap(gap).line(words_, size=2 * SIZE)
        words += pen.line("Mål: 90 %").line("Föregående år: 88 %").words
    return said(entries(words))


@pytest.mark.parametrize("gap", [0, 15])
@pytest.mark.parametrize("other", ["–", "Mäts 2026", "71 %"])
def test_large_figures_that_recur_show_names_in_light_type(gap: float, other: str) -> None:
    found = unboxed(gap, "92 %", other, "90 %")
    assert [name for name, *_ in found] == list(NAMES)
    assert ("92 %" in found[0]) and (other in found[1]) == (other != "Mäts 2026")


def test_large_words_alone_show_none() -> None:
    names = ("Trygga barn", "Friska barn", "Glada barn")
    assert [name for name, *_ in unboxed(0, *names)] == list(names)


def test_a_large_figure_below_light_type_gives_no_name_to_a_card() -> None:
    pen = Pen().line(NAMES[0]).line("92 %", size=2 * SIZE).line("mål 2022 90 %, utfall 2021 88 %")
    assert not entries(pen.words)


def test_words_of_a_legend_are_no_label() -> None:
    legend = Pen().line("Målet uppnått").line("Målet delvis uppnått").gap(12)
    assert said(entries(card(legend, 0).words)) == WANTED[:1]


def test_frames_part_rows_of_cards_whose_names_stand_high_above_their_labels() -> None:
    words: list[Word] = []
    rulings: list[Ruling] = []
    for n, (name, target, result) in enumerate(WANTED[:2]):
        top = 100.0 + 110 * n
        pen = Pen(y=top).line(f"*{name}").line(result, size=2.4 * SIZE).gap(16)
        words += pen.line(f"Mål 2022: {target}").line("Föregående år: 5").words
        rulings += grid((54, 300), (top - 8, pen.y + 8))
    made = replace(page(words), rulings=tuple(rulings))
    reader = PageTables(LAYOUT, BodyStyle(SIZE, bold=False))
    reader.headers(made)
    parts = reader.tables(made, made.lines, 800, goes_on=False)
    names = [entry.text("measure") for part in parts for entry in part.entries]
    assert names == list(NAMES[:2])


def test_dots_in_place_of_a_large_figure_are_no_name() -> None:
    pen = Pen().line(f"*{NAMES[0]}").line("..", size=2 * SIZE)
    pen.line("Mål 2022: 90 %").line("Föregående år: 88 %")
    (entry,) = entries(pen.words)
    assert entry.text("measure") == NAMES[0]


# --- words for a status below the last value ------------------------------------------------------


def boxed(word: str, n: int = 0) -> TableEntry:
    """A narrow card in a box whose last line is a word, below the result of the year before."""
    pen = Pen()
    pen.line(f"*{NAMES[n]}").line(f"Mål 2031: {VALUES[n][0]}").line(f"2030: {VALUES[n][1]}")
    pen.line(word)
    (found,) = entries(pen.words, [pen.box(100, 120)])
    return found


@pytest.mark.parametrize("word", ["*Nära", "*Inte klarat", "Klarat", "Delvis uppfyllt"])
def test_a_word_for_a_status_below_a_figure_is_no_part_of_it(word: str) -> None:
    found = boxed(word)
    assert said([found]) == [(NAMES[0], "90 %", "92 %")]
    status = found.lines[0].cells["status"]
    assert word.strip("*") in (status.text, *(mark.text for mark in status.marks))


@pytest.mark.parametrize("word", ["*Biblioteket", "*Åk 9"])
def test_other_words_below_a_figure_are_no_status(word: str) -> None:
    found = boxed(word)
    assert said([found]) == [(NAMES[0], "90 %", "92 %")]
    assert "status" not in found.lines[0].cells
