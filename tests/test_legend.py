"""What marks mean: the report's own legend, and colours, signs and words without one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from draw import TRIANGLE, Sheet, arrow, picture_of
from flips import flips

from styrmatt.extract.marks.find import find_marks
from styrmatt.extract.marks.legend.colour_status import count_hues
from styrmatt.extract.marks.legend.meanings import Legend, colour_carries_status, shapes_tell
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.status_phrases import legend_value
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
BOX = (0.0, 0.0, 10.0, 10.0)
BLIND = {"met": "#0072b2", "partly_met": "#e69f00", "not_met": "#d55e00"}
LABELS = {
    "met": "Målet är uppnått",
    "partly_met": "Målet är delvis uppnått",
    "not_met": "Målet är inte uppnått",
    "not_assessed": "Kan inte bedömas",
}
TRENDS = {
    "up": "Positiv utveckling",
    "right": "Oförändrad utveckling",
    "down": "Negativ utveckling",
}


def disc(colour, **more):
    return Mark(1, BOX, "vector", colour, **more)


def pointer(way, colour="#404040"):
    return Mark(1, BOX, "vector", colour, apparent_direction=way)


def plain(marks=()) -> Legend:
    return LegendReader(WORDS).legend().with_marks(marks)


def read(sheet: Sheet, folder) -> Legend:
    reader = LegendReader(WORDS)
    reader.read_page(sheet.page(folder))
    return reader.legend()


def column_legend(colours, *, gap=20, labels=LABELS, left=40) -> Sheet:
    sheet = Sheet()
    for n, (status, colour) in enumerate(colours.items()):
        y = 50 + 18 * n
        if colour is None:
            sheet.circle(left, y, 5, stroke="#333333")
        else:
            sheet.circle(left, y, 5, fill=colour)
        sheet.text(left + gap, y + 3, labels[status])
    return sheet


def row_legend(rest: str, *, under: float = 0.0, lead: str = "Så här:") -> Sheet:
    """Two marks on a line whose last words go on in the next line, which begins at ``under``."""
    sheet = Sheet()
    sheet.text(20, 53, lead)
    for x, colour, label in ((80, "#0072b2", "Målet är uppnått"), (220, "#d55e00", "Målet är")):
        sheet.circle(x, 50, 5, fill=colour)
        sheet.text(x + 12, 53, label)
    sheet.text(20 + under, 65, rest)
    return sheet


# --- with a legend


def test_the_legends_colours_are_the_marks_colours(tmp_path):
    legend = read(column_legend({**BLIND, "not_assessed": None}), tmp_path)
    for status, colour in BLIND.items():
        assert legend.status(disc(colour)).value == status
    assert legend.status(disc("#333333", filled=False)).value == "not_assessed"


def test_how_strong_a_change_is_takes_nothing_from_its_direction(tmp_path):
    sheet = Sheet()
    for n, (way, label) in enumerate({"up": "Tydlig ökning", "down": "Svag minskning"}.items()):
        sheet.path(arrow((34, 44 + 30 * n, 46, 56 + 30 * n), way), fill="#404040")
        sheet.text(60, 53 + 30 * n, label)
    legend = read(sheet, tmp_path)
    assert [legend.trend(pointer(way)).value for way in ("up", "down")] == ["up", "down"]


def test_words_that_go_on_right_below_their_mark_are_read_to_their_end(tmp_path):
    sheet = Sheet()
    for y, colour, first in ((50, "#0072b2", "Bedöms nås"), (90, "#d55e00", "Bedöms inte")):
        sheet.circle(40, y, 5, fill=colour)
        sheet.text(50, y + 3, first)
    sheet.text(35, 104, "kunna nås")
    assert read(sheet, tmp_path).status(disc("#d55e00")).value == "not_met"


def test_words_below_a_mark_that_begin_anew_are_no_part_of_its_meaning(tmp_path):
    sheet = column_legend(BLIND)
    sheet.text(35, 102, "Nämnden har fattat beslut")
    legend = read(sheet, tmp_path)
    assert legend.status(disc("#d55e00")).value == "not_met"


def test_the_last_entry_of_a_legend_goes_on_at_the_margin_of_the_next_line(tmp_path):
    legend = read(row_legend("inte uppnått."), tmp_path)
    assert legend.status(disc("#d55e00")).value == "not_met"
    assert legend.status(disc("#0072b2")).value == "met"


def test_a_legend_may_begin_with_a_mark_above_what_its_last_entry_leaves(tmp_path):
    legend = read(row_legend("inte uppnått.", under=55, lead=""), tmp_path)
    assert legend.status(disc("#d55e00")).value == "not_met"


@pytest.mark.parametrize("sheet", [row_legend("inte uppnått.", under=30), row_legend("av vikt.")])
def test_other_words_below_a_legend_are_no_part_of_its_last_entry(sheet, tmp_path):
    assert not read(sheet, tmp_path).has_statuses


def text_with_marks(before: str, *, last: str = "") -> Sheet:
    """A text whose second mark ends a line, with all of its words on the next one."""
    sheet = Sheet(width=400)
    sheet.text(20, 53, "Tecknet visar hur det gick:")
    sheet.circle(170, 50, 5, fill="#0072b2")
    sheet.text(178, 53, f"målet är nått{before}")
    sheet.circle(290, 50, 5, fill="#d55e00")
    if last:
        sheet.text(298, 53, last)
    sheet.text(20, 65, "målet är inte nått.")
    return sheet


@pytest.mark.parametrize("before", [",", " och", ";"])
def test_a_mark_that_ends_a_line_of_text_has_its_words_on_the_next(before, tmp_path):
    legend = read(text_with_marks(before), tmp_path)
    assert legend.status(disc("#0072b2")).value == "met"
    assert legend.status(disc("#d55e00")).value == "not_met"


@pytest.mark.parametrize("sheet", [text_with_marks(""), text_with_marks(",", last="Sida")])
def test_words_below_a_mark_that_nothing_leads_to_are_none_of_its(sheet, tmp_path):
    assert not read(sheet, tmp_path).has_statuses


def test_a_legend_turns_usual_colours_round(tmp_path):
    legend = read(column_legend({"met": "#ffc000", "not_met": "#00b050"}), tmp_path)
    assert legend.status(disc("#ffc000")).value == "met"
    assert legend.status(disc("#00b050")).value == "not_met"


def test_a_usual_colour_that_is_not_the_legends_own_is_in_doubt(tmp_path):
    legend = read(column_legend({"met": "#0072b2", "not_met": "#e69f00"}), tmp_path)
    marker = legend.status(disc("#00b050", evidence="data:image/png;base64,x"))
    assert marker.value is None
    assert "#00b050" in (marker.doubt or "")
    assert marker.evidence == "data:image/png;base64,x"


def test_grey_is_not_assessed_beside_a_legend_that_does_not_say_so(tmp_path):
    legend = read(column_legend({"met": "#00b050", "not_met": "#ff0000"}), tmp_path)
    assert legend.status(disc("#bfbfbf")).value == "not_assessed"


def test_a_legend_on_one_line_is_read(tmp_path):
    sheet = Sheet(width=500)
    for n, (status, colour) in enumerate(BLIND.items()):
        sheet.circle(30 + 150 * n, 50, 5, fill=colour)
        sheet.text(40 + 150 * n, 53, "= " + LABELS[status])
    legend = read(sheet, tmp_path)
    assert [legend.status(disc(colour)).value for colour in BLIND.values()] == list(BLIND)


def test_a_legend_whose_words_go_over_two_lines_is_read(tmp_path):
    sheet = Sheet()
    for n, (status, colour) in enumerate(BLIND.items()):
        first, _, rest = LABELS[status].partition(" är ")
        sheet.circle(40, 50 + 40 * n, 5, fill=colour)
        sheet.text(60, 48 + 40 * n, first + " är")
        sheet.text(60, 58 + 40 * n, rest)
    legend = read(sheet, tmp_path)
    assert [legend.status(disc(colour)).value for colour in BLIND.values()] == list(BLIND)


def test_a_legend_of_shaded_boxes_with_words_in_them_is_read(tmp_path):
    sheet = Sheet()
    for n, (status, colour) in enumerate(BLIND.items()):
        sheet.rect((40, 40 + 20 * n, 180, 58 + 20 * n), fill=colour)
        sheet.text(50, 52 + 20 * n, LABELS[status])
    legend = read(sheet, tmp_path)
    assert [legend.status(disc(colour)).value for colour in BLIND.values()] == list(BLIND)


def test_words_in_a_shaded_box_explain_it_and_not_the_box_before(tmp_path):
    """Boxes in a line of text are as small as marks; one in pale grey is none by itself."""
    sheet, x = Sheet(), 60
    sheet.text(20, 50, "Färgen:")
    shades = {**BLIND, "not_assessed": "#e4e4e4"}
    words = ("nått", "delvis nått", "ej nått", "ej bedömt")
    for colour, width, text in zip(shades.values(), (30, 57, 40, 57), words, strict=True):
        sheet.rect((x, 40, x + width, 52), fill=colour)
        sheet.text(x + 2, 50, text)
        x += width + 3
    legend = read(sheet, tmp_path)
    assert {(e.mark.colour, e.value) for e in legend.looks} == {(c, s) for s, c in shades.items()}
    assert legend.status(disc(BLIND["not_met"])).value == "not_met"


def test_shaded_ground_looks_as_its_colour_does_and_not_as_its_words(tmp_path):
    """A cell in a colour of its own, with words that are nearly those of another, is in doubt."""
    sheet = Sheet()
    cells = (("#b7dfc0", "Nått"), ("#f2aea0", "Inte nått"), ("#fbe7a0", "Delvis nått"))
    for n, (colour, label) in enumerate((*cells, ("#d9c6ee", "Snart nått"))):
        sheet.rect((40, 40 + 20 * n, 100, 58 + 20 * n), fill=colour)
        sheet.text(48, 52 + 20 * n, label)
    page = sheet.page(tmp_path)
    reader = LegendReader(WORDS)
    reader.read_page(page)
    legend = reader.legend()
    boxes = [(40, 40 + 20 * n, 100, 58 + 20 * n) for n in range(4)]
    marks = [mark for box in boxes for mark in find_marks(page, box, WORDS)]
    assert [mark.colour for mark in marks][-1] == "#d9c6ee"
    values = [legend.status(replace(mark, text=None)).value for mark in marks]
    assert values == ["met", "not_met", "partly_met", None]


def test_a_usual_colour_is_read_beside_a_legend_whose_middle_words_are_not_understood(tmp_path):
    """Grey makes three colours, and no whole scale of them."""
    shades = {"met": "#00b050", "not_met": "#ff0000", "not_assessed": "#bfbfbf"}
    legend = read(column_legend(shades), tmp_path)
    assert legend.status(disc("#ffc000")).value == "partly_met"
    assert legend.status(disc("#8000ff")).value is None


def outlines(*colours):
    return [disc(colour, filled=False, inscribed=True) for colour in colours]


def test_outlines_in_the_colours_of_a_scale_tell_by_them_where_no_mark_is_filled():
    faces = outlines("#2e8b57", "#e0a020", "#c0392b")
    assert [plain(faces).status(face).value for face in faces] == list(BLIND)
    for marks in (faces[:2], [*faces, disc("#2e8b57")]):
        assert plain(marks).status(faces[0]).value is None


def test_words_in_the_past_tense_are_a_legend(tmp_path):
    labels = {
        "met": "målet nåddes",
        "partly_met": "målet nåddes delvis",
        "not_met": "målet nåddes inte",
    }
    legend = read(column_legend(BLIND, labels=labels), tmp_path)
    assert [legend.status(disc(colour)).value for colour in BLIND.values()] == list(BLIND)


def test_nearly_met_is_partly_met(tmp_path):
    sheet = Sheet()
    for n, label in enumerate(("Målet är nått", "Målet är nästan nått", "Målet är inte nått")):
        sheet.circle(40, 50 + 18 * n, 5, fill=list(BLIND.values())[n])
        sheet.text(60, 53 + 18 * n, label)
    legend = read(sheet, tmp_path)
    assert [legend.status(disc(colour)).value for colour in BLIND.values()] == list(BLIND)


def test_longer_legend_texts_are_read_by_their_first_clause(tmp_path):
    labels = {
        "met": "Målet uppnått, utfallet är minst lika bra som målvärdet",
        "not_met": "Målet ej uppnått: avvikelsen är större än tio procent",
    }
    legend = read(column_legend({"met": "#0072b2", "not_met": "#e69f00"}, labels=labels), tmp_path)
    assert legend.status(disc("#0072b2")).value == "met"


@pytest.mark.parametrize("colour", ["#7fba00", "#006b2d", "#ff8080", "#ffe599", "#0070c0"])
def test_a_colour_beside_a_whole_legend_is_in_doubt_though_its_hue_is_near(tmp_path, colour):
    shades = {"met": "#00b050", "partly_met": "#ffc000", "not_met": "#ff0000"}
    marker = read(column_legend(shades), tmp_path).status(disc(colour))
    assert marker.value is None and "none of those in the report's legend" in marker.doubt


@pytest.mark.parametrize(("colour", "value"), [("#2ec4b6", None), ("#a9b4c2", "not_assessed")])
def test_a_mark_in_a_colour_of_its_own_is_none_of_a_legend_that_looks_much_alike(
    tmp_path, colour, value
):
    """The legend's words for it may be none that are known: nothing else says what it means."""
    shown = {"partly_met": "#ffbf69", "not_assessed": "#a9b4c2"}
    legend = read(column_legend(shown), tmp_path)
    sheet = Sheet()
    sheet.circle(50, 50, 5, fill=colour)
    (mark,) = find_marks(sheet.page(tmp_path), (0, 0, 100, 100), WORDS)
    assert legend.status(mark).value == value


@pytest.mark.parametrize(("paint", "value"), [("fill", "not_assessed"), ("stroke", None)])
def test_an_outline_is_not_the_pale_disc_of_a_legend(tmp_path, paint, value):
    """A pale grey is nearly as light as the paper within a ring."""
    shown = {"met": "#00b050", "partly_met": "#ffc000", "not_met": "#ff0000"}
    legend = read(column_legend(shown | {"not_assessed": "#bfbfbf"}), tmp_path)
    sheet = Sheet()
    sheet.circle(50, 50, 5, **{paint: {"fill": "#bfbfbf", "stroke": "#8f8f8f"}[paint]})
    (mark,) = find_marks(sheet.page(tmp_path), (0, 0, 100, 100), WORDS)
    assert legend.status(mark).value == value


def test_a_print_of_a_legend_colour_that_is_a_little_off_is_read(tmp_path):
    shades = {"met": "#00b050", "partly_met": "#ffc000", "not_met": "#ff0000"}
    legend = read(column_legend(shades), tmp_path)
    for colour, status in (("#05ad4e", "met"), ("#fbc20a", "partly_met"), ("#f60505", "not_met")):
        assert legend.status(disc(colour)).value == status


def marks_of(counts) -> list[Mark]:
    return [disc(colour) for colour, count in counts.items() for _ in range(count)]


def test_one_mark_in_a_shade_of_its_own_is_in_doubt_and_the_others_are_not():
    legend = plain(marks_of({"#00b050": 12, "#ffc000": 6, "#ff0000": 5, "#a8d08d": 1}))
    assert legend.status(disc("#a8d08d")).value is None
    assert legend.status(disc("#00b050")).value == "met"


def test_a_second_shade_that_is_used_as_often_is_a_habit_of_the_report():
    legend = plain(marks_of({"#00b050": 6, "#92d050": 5, "#ffc000": 6, "#ff0000": 5}))
    assert legend.status(disc("#92d050")).value == legend.status(disc("#00b050")).value == "met"


def test_few_marks_make_no_palette():
    legend = plain(marks_of({"#00b050": 2, "#92d050": 1, "#ffc000": 2, "#ff0000": 2}))
    assert legend.status(disc("#92d050")).value == "met"


def test_a_legend_says_what_slanting_arrows_mean(tmp_path):
    sheet = Sheet()
    for n, (way, words) in enumerate({"up_right": "Förbättring", "right": "Oförändrat"}.items()):
        sheet.path(arrow((30, 40 + 20 * n, 42, 52 + 20 * n), way), fill="#404040")
        sheet.text(60, 50 + 20 * n, words)
    assert read(sheet, tmp_path).trend(pointer("up_right")).value == "up"


STRENGTHS = {
    "up": "mycket bättre",
    "up_right": "lite bättre",
    "right": "i stort sett oförändrat",
    "down_right": "viss försämring",
    "down": "klart sämre",
}


def test_slanting_arrows_are_trends_that_a_legend_calls_weak(tmp_path):
    sheet = Sheet()
    for n, (way, words) in enumerate(STRENGTHS.items()):
        sheet.path(arrow((30, 40 + 20 * n, 42, 52 + 20 * n), way), fill="#404040")
        sheet.text(50, 50 + 20 * n, words)
    legend = read(sheet, tmp_path)
    trends = [legend.trend(pointer(way)).value for way in STRENGTHS]
    assert trends == ["up", "up", "flat", "down", "down"]


@pytest.mark.parametrize(
    "text", ["inte bättre", "varken bättre eller sämre", "mindre bra", "delvis förbättrat"]
)
def test_other_words_beside_a_trend_say_nothing(text):
    assert legend_value(text, WORDS.trends, WORDS) is None


@pytest.mark.parametrize("text", ["något uppnått", "lite uppfyllt", "mycket uppnått"])
def test_a_status_has_no_strength(text):
    assert legend_value(text, WORDS.statuses, WORDS) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Redan uppnått", "met"),
        ("Målet är nu uppnått", "met"),
        ("Fortfarande inte uppnått", "not_met"),
        ("Numera delvis uppfyllt", "partly_met"),
        ("Ännu inte bedömt", None),
        ("Ännu uppnått", None),
        ("Knappt uppnått", None),
        ("Nästan uppnått", "partly_met"),
        ("Redan", None),
    ],
)
def test_an_adverb_of_time_takes_nothing_from_a_status_and_other_adverbs_may(text, value):
    assert legend_value(text, WORDS.statuses, WORDS) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ingen nämnvärd förändring", "flat"),
        ("Inga större skillnader", "flat"),
        ("Inte någon tydlig förändring", "flat"),
        ("Ingen statistiskt säkerställd förändring", "flat"),
        ("Ingen positiv förändring", None),
        ("Ingen negativ förändring", None),
        ("Tydlig förändring", None),
        ("Ingen tydlig trend", None),
        ("Tydlig positiv utveckling", "up"),
    ],
)
def test_no_change_of_any_size_is_flat_and_none_for_the_better_is_not(text, value):
    assert legend_value(text, WORDS.trends, WORDS) == value


def test_a_legend_that_turns_a_slanting_arrow_round_leaves_it_in_doubt(tmp_path):
    sheet = Sheet()
    for n, (way, words) in enumerate({"up_right": "något sämre", "down": "sämre"}.items()):
        sheet.path(arrow((30, 40 + 20 * n, 42, 52 + 20 * n), way), fill="#404040")
        sheet.text(60, 50 + 20 * n, words)
    sheet.path(arrow((30, 100, 42, 112), "right"), fill="#404040")
    sheet.text(60, 110, "oförändrat")
    marker = read(sheet, tmp_path).trend(pointer("up_right"))
    assert (marker.value, bool(marker.doubt)) == (None, True)


def test_a_legend_that_contradicts_an_arrow_leaves_it_in_doubt(tmp_path):
    sheet = Sheet()
    for n, (way, words) in enumerate(
        {"up": "Negativ utveckling", "down": "Positiv utveckling"}.items()
    ):
        sheet.path(arrow((30, 40 + 20 * n, 42, 52 + 20 * n), way), fill="#404040")
        sheet.text(60, 50 + 20 * n, words)
    marker = read(sheet, tmp_path).trend(pointer("up"))
    assert (marker.value, bool(marker.doubt)) == (None, True)


def test_two_legends_that_differ_leave_their_colours_in_doubt(tmp_path):
    reader = LegendReader(WORDS)
    reader.read_page(column_legend({"met": "#0072b2", "not_met": "#e69f00"}).page(tmp_path))
    reader.read_page(column_legend({"not_met": "#0072b2", "met": "#e69f00"}).page(tmp_path))
    assert reader.legend().status(disc("#0072b2")).value is None


@pytest.mark.parametrize(
    "texts",
    [
        ("Samhälle: Klok användning av mark", "Samhälle: Trygga byar"),
        ("Målet är uppnått för kvinnor men inte för män", "Målet är delvis uppnått enligt nämnden"),
        ("Klart", "Klart"),
        ("Handlingsplan klar", "Ökar med tio procent"),
    ],
)
def test_a_summary_a_table_row_and_narrative_are_no_legend(tmp_path, texts):
    sheet = Sheet(width=500)
    for n, (colour, words) in enumerate(zip(("#0072b2", "#e69f00"), texts, strict=True)):
        sheet.circle(40, 50 + 20 * n, 5, fill=colour)
        sheet.text(60, 53 + 20 * n, words)
    legend = read(sheet, tmp_path)
    assert not legend.palette.legend


def test_black_arrows_beside_status_words_define_no_colour(tmp_path):
    sheet = Sheet()
    for n, (way, words) in enumerate({"up": "Uppnått", "down": "Ej uppnått"}.items()):
        sheet.path(arrow((30, 40 + 20 * n, 42, 52 + 20 * n), way), fill="#000000")
        sheet.text(60, 50 + 20 * n, words)
    assert not read(sheet, tmp_path).palette.legend


def test_a_legend_of_signs_gives_signs_their_meaning(tmp_path):
    sheet = Sheet()
    for n, (sign, words) in enumerate(
        {"S": "Uppnått", "T": "Delvis uppnått", "U": "Ej uppnått"}.items()
    ):
        sheet.text(40, 50 + 20 * n, sign, font="ZapfDingbats", size=11)
        sheet.text(60, 50 + 20 * n, words)
    legend = read(sheet, tmp_path)
    sign = legend.signs
    assert set(sign.values()) == {"met", "partly_met", "not_met"}


def sign_legend(folder, *, letters="nlu", colours=("#000000",) * 3) -> Legend:
    """A legend of symbols of a dingbats font: a square, a disc and a diamond."""
    sheet = Sheet()
    texts = ("Uppnått", "Delvis uppnått", "Ej uppnått")
    for n, (sign, colour, words) in enumerate(zip(letters, colours, texts, strict=True)):
        sheet.text(40, 50 + 20 * n, sign, font="ZapfDingbats", size=11, colour=colour)
        sheet.text(60, 50 + 20 * n, words)
    return read(sheet, folder)


def symbol(sign, colour, **more):
    return Mark(1, BOX, "glyph", colour, sign=sign, **more)


def test_a_legend_without_colours_tells_by_shapes_though_the_tables_marks_are_coloured(tmp_path):
    legend = sign_legend(tmp_path)
    marks = (symbol("■", "#2b6cb0"), symbol("●", "#d53f8c"), symbol("◆", "#000000"))
    read_as = [legend.with_marks(marks).status(mark).value for mark in marks]
    assert read_as == ["met", "partly_met", "not_met"]
    private = replace(marks[0], sign=None, hint="■")
    assert legend.status(private).value == "met"
    assert legend.status(symbol("▪", "#d53f8c")).value is None


@pytest.mark.parametrize(
    ("letters", "colours"),
    [("nlu", ("#00b050", "#ffc000", "#ff0000")), ("nnu", ("#000000",) * 3)],
)
def test_shapes_tell_nothing_where_colours_do_or_where_one_has_two_meanings(
    tmp_path, letters, colours
):
    assert not sign_legend(tmp_path, letters=letters, colours=colours).shapes


# --- without a legend


@pytest.mark.parametrize(
    "palette",
    [
        ("#00b050", "#ffc000", "#ff0000"),
        ("#4caf50", "#ff9800", "#e53935"),
        ("#a8d5a2", "#fff2a8", "#f4b6c2"),
        ("#1b5e20", "#b26a00", "#8b0000"),
        ("#0072b2", "#e69f00", "#d55e00"),
        ("#2166ac", "#fdae61", "#d7191c"),
        ("#009e73", "#f0e442", "#d55e00"),
        ("#70ad47", "#ed7d31", "#c00000"),
    ],
)
def test_three_colours_of_a_report_are_read_by_usage_or_by_their_order(palette):
    legend = plain([disc(colour) for colour in palette])
    assert [legend.status(disc(colour)).value for colour in palette] == [
        "met",
        "partly_met",
        "not_met",
    ]


@pytest.mark.parametrize(
    ("palette", "doubtful"),
    [
        (("#00b050", "#ff9800"), "#ff9800"),  # yellow or red?
        (("#0072b2", "#e69f00"), "#e69f00"),
        (("#0072b2", "#e69f00"), "#0072b2"),
        (("#00b050", "#ffff00", "#ff9800", "#ff0000"), "#ff9800"),  # four steps
        (("#7030a0", "#ff9800", "#ff0000"), "#7030a0"),
        (("#00b050", "#0070c0", "#ff0000"), "#0070c0"),
    ],
)
def test_a_colour_that_its_company_does_not_explain_is_in_doubt(palette, doubtful):
    marker = plain([disc(colour) for colour in palette]).status(disc(doubtful))
    assert (marker.value, bool(marker.doubt)) == (None, True)


@pytest.mark.parametrize(("dark", "light"), [("#1b5e20", "#8bc34a"), ("#548235", "#a9d18e")])
def test_dark_and_light_green_beside_red_may_be_three_steps_and_are_in_doubt(dark, light):
    palette = (dark, light, "#ff0000")
    legend = plain([disc(colour) for colour in palette])
    assert [legend.status(disc(colour)).value for colour in palette] == [None, None, "not_met"]
    assert "two shades of met" in (legend.status(disc(light)).doubt or "")


@pytest.mark.parametrize(
    ("palette", "statuses"),
    [
        (("#00b050", "#e69f00"), ["met", "partly_met"]),  # beside green, orange is the middle
        (("#0070c0", "#ffc000"), [None, "partly_met"]),  # amber is so beside any colour
        (("#0070c0", "#ff0000"), [None, "not_met"]),
        (("#00b050", "#ed7d31", "#ff9800"), ["met", None, None]),  # which orange is the worse?
    ],
)
def test_orange_needs_its_company_and_amber_and_red_do_not(palette, statuses):
    legend = plain([disc(colour) for colour in palette])
    assert [legend.status(disc(colour)).value for colour in palette] == statuses


@pytest.mark.parametrize("other", ["#00a550", "#70ad47", "#92d050"])
def test_two_prints_of_one_green_are_one_step(other):
    legend = plain([disc(colour) for colour in ("#00b050", other, "#ff0000")])
    assert [legend.status(disc(colour)).value for colour in ("#00b050", other)] == ["met", "met"]


def test_three_statuses_leave_no_step_for_a_second_green():
    palette = ("#1b5e20", "#8bc34a", "#ffc000", "#ff0000")
    legend = plain([disc(colour) for colour in palette])
    assert [legend.status(disc(colour)).value for colour in palette] == [
        "met",
        "met",
        "partly_met",
        "not_met",
    ]


def test_a_grey_beside_another_is_in_doubt_and_beside_its_own_print_is_not():
    two = plain([disc("#00b050"), disc("#a6a6a6"), disc("#d9d9d9")])
    assert two.status(disc("#a6a6a6")).value is None
    one = plain([disc("#00b050"), disc("#a6a6a6"), disc("#bfbfbf")])
    assert one.status(disc("#a6a6a6")).value == "not_assessed"


def test_a_report_in_greys_is_in_doubt():
    greys = [disc("#404040"), disc("#8c8c8c"), disc("#d9d9d9")]
    assert {plain(greys).status(mark).value for mark in greys} == {None}


def test_grey_and_unfilled_marks_are_not_assessed():
    legend = plain([disc("#00b050"), disc("#ff0000"), disc("#bfbfbf")])
    assert legend.status(disc("#bfbfbf")).value == "not_assessed"
    assert legend.status(disc("#333333", filled=False)).value == "not_assessed"


def test_an_outline_that_is_not_in_a_whole_legend_is_in_doubt(tmp_path):
    legend = read(column_legend(BLIND), tmp_path)
    marker = legend.status(disc("#333333", filled=False))
    assert marker.value is None and "legend" in str(marker.doubt)


def test_a_disc_of_two_hues_is_in_doubt(tmp_path):
    for legend in (plain(), read(column_legend(BLIND), tmp_path)):
        marker = legend.status(disc("#0072b2", other_colour="#d55e00"))
        assert marker.value is None and "two colours" in str(marker.doubt)


def test_an_arrow_both_ways_is_in_doubt_where_the_legend_has_another_for_no_change():
    assert plain().trend(pointer("left_right")).value == "flat"
    legend = Legend(WORDS, plain().palette, arrows={"right": "flat"})
    assert legend.trend(pointer("left_right")).value is None
    assert legend.trend(pointer("up")).value == "up"


def test_a_coloured_outline_is_in_doubt():
    assert plain().status(disc("#00b050", filled=False)).value is None


@pytest.mark.parametrize(
    ("way", "trend"),
    [
        ("up", "up"),
        ("down", "down"),
        ("right", "flat"),
        ("left_right", "flat"),
        ("up_right", None),
        ("down_right", None),
        ("left", None),
        ("up_down", None),
        ("down_left", None),
        (None, None),
    ],
)
def test_ways_are_trends(way, trend):
    marker = plain().trend(pointer(way))
    assert marker.value == trend
    assert bool(marker.doubt) == (trend is None)


@pytest.mark.parametrize(
    ("colours", "hues"),
    [
        (("#ffc000", "#ffd966"), 1),  # amber and its tint
        (("#70ad47", "#a9d18e", "#548235"), 1),
        (("#ff0000", "#c00000"), 1),
        (("#ff0000", "#ff9800"), 2),
        (("#ff9800", "#ffc000"), 2),
        (("#00b050", "#ffff00", "#ff0000"), 3),
        (("#00b050", "#ff3399"), 2),  # pink is warm
        (("#00b050", "#7030a0"), 1),  # purple is neither warm nor cool
        (("#404040", "#a6a6a6", None), 0),
    ],
)
def test_tints_of_one_colour_are_one_hue_and_orange_is_neither_red_nor_amber(colours, hues):
    assert count_hues(colours) == hues


def test_a_grey_arrow_is_no_status_and_a_disc_is_no_trend():
    assert plain().status(pointer("up", "#808080")).value is None
    assert plain().trend(disc("#00b050")).value is None


def test_the_colour_of_arrows_carries_the_status_where_they_have_several():
    arrows = [pointer("up", "#00b050"), pointer("down", "#ff0000"), pointer("right", "#a6a6a6")]
    assert colour_carries_status(arrows)
    assert not colour_carries_status([pointer("up"), pointer("down"), pointer("right", "#4472c4")])
    legend = plain(arrows)
    assert [legend.status(mark).value for mark in arrows] == ["met", "not_met", "not_assessed"]
    assert [legend.trend(mark).value for mark in arrows] == ["up", "down", "flat"]


def test_colours_of_arrows_that_follow_their_directions_carry_a_status_where_a_legend_says_so():
    arrows = [pointer("up", "#00b050"), pointer("down", "#ff0000"), pointer("right", "#ffc000")]
    assert colour_carries_status(arrows)
    assert not colour_carries_status(2 * arrows)
    assert colour_carries_status(2 * arrows, explained=True)
    assert colour_carries_status([*arrows, *arrows, pointer("up", "#ff0000")])
    assert colour_carries_status([*arrows, *arrows, pointer("up_right", "#00b050")])


def test_a_triangle_among_statuses_is_no_arrow_unless_the_legend_says_so():
    triangle = replace(pointer("up", "#00b050"), triangle=True)
    square, black = disc("#ffc000"), replace(pointer("up"), triangle=True)
    assert shapes_tell([triangle, square]) and shapes_tell([black, disc("#404040")])
    assert not shapes_tell([black, black]) and not shapes_tell([Mark(1, BOX, "text", text="Ja")])
    legend = plain()
    assert not legend.points(triangle, shapes_tell=True)
    assert legend.points(black, shapes_tell=False)
    assert legend.points(pointer("down", "#ff0000"), shapes_tell=True)
    assert not legend.points(square, shapes_tell=False)
    explained = replace(legend, arrows={"up": "up"})
    assert explained.points(triangle, shapes_tell=True)
    assert not explained.points(replace(triangle, apparent_direction="down"), shapes_tell=True)


NAMED = {"grön": "met", "gul": "partly_met", "röd": "not_met", "grå": "not_assessed"}


@pytest.mark.parametrize(
    ("colour", "status"),
    [
        ("#f0ad4e", "partly_met"),
        ("#ed7d31", None),  # between yellow and red
        ("#5cb85c", "met"),
        ("#7030a0", None),
        ("#cccccc", "not_assessed"),
    ],
)
def test_an_orange_is_the_yellow_that_a_text_names_beside_red(colour, status):
    marks = [disc(colour), disc("#5cb85c")]
    assert plain(marks).with_words(NAMED).status(marks[0]).value == status
    assert plain(marks).status(marks[0]).value in (status, None)
    assert (
        plain([disc("#f0ad4e")]).with_words({"gul": "partly_met"}).status(disc("#f0ad4e")).value
        is None
    )


def test_a_text_may_give_a_named_colour_another_status_than_is_usual():
    words = {"grön": "met", "gul": "not_met", "röd": "not_met"}
    marks = [disc("#00b050"), disc("#ffc000"), disc("#ff0000")]
    legend = plain(marks).with_words(words)
    assert [legend.status(mark).value for mark in marks] == ["met", "not_met", "not_met"]
    unclear = plain(marks).with_words({"gul": "not_met", "gult": "partly_met"})
    assert unclear.status(marks[1]).value == "partly_met"


def test_a_drawn_legend_goes_before_a_text_about_colours(tmp_path):
    legend = read(column_legend(BLIND), tmp_path).with_words({"blå": "not_met", "gul": "met"})
    assert legend.status(disc(BLIND["met"])).value == "met"
    assert legend.palette.told == {}


# --- words, signs, alternative texts


@pytest.mark.parametrize(
    ("alt", "status"),
    [
        ("Grön cirkel: målet uppnått", "met"),
        ("Målet är delvis uppnått", "partly_met"),
        ("Röd", "not_met"),
        ("Målet är inte uppnått", "not_met"),
        ("Kan inte bedömas", "not_assessed"),
        ("Målet är ännu inte helt uppnått", None),
        ("Bild 7", None),
        ("Grön eller gul", None),
    ],
)
def test_alternative_texts_are_read_where_they_say_one_thing(alt, status):
    marker = plain().status(Mark(1, BOX, "picture", "#7030a0", alt=alt))
    assert marker.value == status
    assert marker.read_by == ("alt_text" if status else "picture")


def test_an_alternative_text_that_the_colour_contradicts_is_in_doubt():
    marker = plain().status(Mark(1, BOX, "picture", "#ff0000", alt="Målet är uppnått"))
    assert (marker.value, bool(marker.doubt)) == (None, True)


def test_an_alternative_text_of_an_arrow_is_its_trend():
    assert plain().trend(Mark(1, BOX, "picture", "#404040", alt="Pil nedåt")).value == "down"
    contradicted = Mark(1, BOX, "picture", "#404040", apparent_direction="up", alt="Pil nedåt")
    assert plain().trend(contradicted).value is None


@pytest.mark.parametrize(
    ("text", "colour", "status"),
    [
        ("Uppnått", "#000000", "met"),
        ("Delvis uppnått", "#b26a00", "partly_met"),
        ("Ej uppnått", "#ff0000", "not_met"),
        ("Ej mätbart", "#000000", "not_assessed"),
        ("Uppnått", "#ff0000", None),
        ("85 %", "#ff0000", "not_met"),
        ("Ökar", "#000000", None),
    ],
)
def test_words_are_read_by_what_they_say_and_checked_by_their_colour(text, colour, status):
    assert plain().status(Mark(1, BOX, "text", colour, text=text)).value == status


def test_signs_need_no_colour_and_colours_must_not_contradict_them():
    def sign(mark, colour="#000000"):
        return plain().status(Mark(1, BOX, "glyph", colour, sign=mark)).value

    assert (sign("✓"), sign("✗"), sign("☺")) == ("met", "not_met", "met")
    assert sign("✓", "#00b050") == "met"
    assert sign("✓", "#ff0000") is None
    assert sign("●", "#000000") is None


def test_a_disc_and_the_words_beside_it_must_agree():
    assert plain().status(disc("#00b050", text="Uppnått")).value == "met"
    assert plain().status(disc("#00b050", text="Ej uppnått")).value is None


def test_a_summary_page_costs_no_rendering(tmp_path):
    sheet = Sheet()
    sheet.picture((40, 40, 52, 52), picture_of(TRIANGLE, "#00b050"))
    sheet.text(60, 50, "Samhälle: Trygga byar")
    page = sheet.page(tmp_path)
    reader = LegendReader(WORDS)
    reader.read_page(page)
    assert not reader.legend().palette.legend


@pytest.mark.parametrize("before", ["året innan", "föregående år", "i fjol", "senast"])
def test_a_legend_in_one_line_may_compare_with_what_went_before(tmp_path, before):
    sheet = Sheet(width=900)
    texts = {
        "up_right": f"utfallet är bättre än {before}",
        "right": "utfallet är oförändrat",
        "down_right": f"utfallet är sämre än {before} × går inte att jämföra .. uppgift saknas",
    }
    for n, (way, words) in enumerate(texts.items()):
        sheet.path(arrow((30 + 250 * n, 40, 42 + 250 * n, 52), way), fill="#404040")
        sheet.text(46 + 250 * n, 50, words)
    legend = read(sheet, tmp_path)
    assert [legend.trend(pointer(way)).value for way in texts] == ["up", "flat", "down"]


def test_what_is_better_than_a_target_is_no_trend(tmp_path):
    sheet = Sheet(width=500)
    for n, (way, words) in enumerate(
        {
            "up_right": "utfallet är bättre än målet",
            "down_right": "utfallet är sämre än riket",
        }.items()
    ):
        sheet.path(arrow((30, 40 + 20 * n, 42, 52 + 20 * n), way), fill="#404040")
        sheet.text(60, 50 + 20 * n, words)
    assert read(sheet, tmp_path).trend(pointer("up_right")).value is None


OWN = {"met": "#2454a6", "partly_met": "#8e44ad", "not_met": "#7a4a21"}


def bars(sheet, width, height=12.0):
    """A legend of upright bars left of words, in colours that nobody knows without it."""
    for n, (status, colour) in enumerate(OWN.items()):
        sheet.rect((30, 40 + 20 * n, 30 + width, 40 + 20 * n + height), fill=colour)
        sheet.text(40, 49 + 20 * n, LABELS[status])


def test_bars_of_a_legend_may_be_as_thin_as_the_edge_of_a_card(tmp_path):
    def read_all(width):
        sheet = Sheet()
        bars(sheet, width)
        legend = read(sheet, tmp_path)
        return {legend.status(disc(colour)).value for colour in OWN.values()} == set(OWN)

    assert flips(read_all, [1.0, 1.25, 1.5, 1.75, 2.25, 3.0, 4.5]) == {1.0: False, 1.5: True}


def test_a_coloured_line_along_several_lines_of_text_is_no_bar_of_a_legend(tmp_path):
    def high(height):
        sheet = Sheet()
        bars(sheet, 2.2, height)
        return len(read(sheet, tmp_path).palette.legend)

    assert flips(high, [4.0, 4.5, 5.5, 8.0, 18.0]) == {4.0: 0, 5.5: 3}
    sheet = Sheet()
    for n, (status, colour) in enumerate(list(OWN.items())[:2]):
        sheet.rect((30 + 140 * n, 40, 32.2 + 140 * n, 78), fill=colour)
        sheet.text(36 + 140 * n, 62, LABELS[status])
    assert not read(sheet, tmp_path).palette.legend
