"""Headings, sections, running heads, contents pages and the identity of a report."""

from __future__ import annotations

import pytest
from paper import cell, page, text

from styrmatt.extract.model.text_lines import PageLine, lines_of
from styrmatt.extract.report_identity import IdentityReader
from styrmatt.extract.sections.headers_footers import RunningLines
from styrmatt.extract.sections.read_sections import BodyStyle, SectionReader, is_contents_page
from styrmatt.layout_files import load_layouts

LAYOUTS = {layout.name: layout for layout in load_layouts()}
LAYOUT = LAYOUTS["styrmatt-med-namnd"]
BOARD = LAYOUTS["framgangsfaktor-i-tabell"]


def reader() -> SectionReader:
    return SectionReader(LAYOUT.headings, LAYOUT.words, BodyStyle(10, False))


def feed(sections: SectionReader, *pages: list) -> SectionReader:
    for number, words in enumerate(pages, 1):
        for line in lines_of(words):
            sections.add_line(number, line)
    return sections


def test_a_table_stands_under_perspective_goal_and_factor() -> None:
    sections = feed(
        reader(),
        text("Samhälle", 50, 50, 16, bold=True)
        + text("Strategiskt mål: Ett öppet län", 50, 80, 13, bold=True)
        + cell("FRAMGÅNGSFAKTOR: MER TID FÖR ALLA SOM\nBOR I LÄNET", 50, 110, 11, bold=True),
    )
    context = sections.context_at_table()
    assert (context.perspective, context.goal) == ("Samhälle", "Ett öppet län")
    assert context.success_factor == "MER TID FÖR ALLA SOM\nBOR I LÄNET"


def test_headings_at_the_foot_of_a_page_hold_for_the_table_overleaf() -> None:
    sections = feed(
        reader(),
        text("Strategiskt mål: Ett öppet län", 50, 780, 13, bold=True)
        + text("FRAMGÅNGSFAKTOR: MER TID", 50, 800, 11, bold=True),
    )
    assert sections.context_at_table().success_factor == "MER TID"


def test_a_new_goal_ends_the_factor_before_it() -> None:
    sections = feed(
        reader(),
        text("FRAMGÅNGSFAKTOR: MER TID", 50, 50, 11, bold=True)
        + text("Brödtext här.", 50, 80)
        + text("Strategiskt mål: Ett öppet län", 50, 110, 13, bold=True),
    )
    assert sections.context_at_table().success_factor is None


def test_a_known_goal_or_factor_is_a_heading_without_its_lead_in() -> None:
    sections = reader()
    sections.add_known_name("goal", "God livskvalité för alla i länet")
    sections.add_known_name("success_factor", "Mer tid för alla")
    feed(
        sections,
        text("God livskvalitet för alla i länet", 50, 50, 13, bold=True)
        + text("MER TID FÖR ALLA", 50, 90)
        + text("Brödtext om resultatet.", 50, 110),
    )
    kinds = [section.kind for section in sections.finish()]
    assert kinds == ["goal", "success_factor"]


def test_a_perspective_of_any_name_is_known_from_its_sentence() -> None:
    sections = feed(
        reader(),
        text("Klimat", 50, 50, 16, bold=True)
        + text("Perspektivet Klimat beskriver hur länet ställer om.", 50, 80),
    )
    assert sections.context_at_table().perspective == "Klimat"


def test_paragraphs_are_kept_apart_and_go_on_overleaf() -> None:
    one = (
        text("Första stycket är", 50, 50)
        + text("slut här.", 50, 62)
        + text("Andra stycket går", 50, 90)
    )
    (section,) = feed(reader(), one, text("vidare här.", 50, 50)).finish()
    assert section.lines == (
        "Första stycket är",
        "slut här.",
        "",
        "Andra stycket går",
        "vidare här.",
    )
    assert (section.place.page, section.place.page_last) == (1, 2)


def test_the_end_of_a_sentence_set_as_a_heading_stays_text() -> None:
    sections = feed(
        reader(),
        text("Samtalen hölls på flera orter, varav ett som", 50, 50)
        + text("gemensam arbetsdag.", 50, 65, 13, bold=True)
        + text("Årlig uppföljning av planerna", 50, 82, 13, bold=True)
        + text("Uppföljningen är gjord.", 50, 105),
    ).finish()
    assert [section.heading for section in sections] == ["", "Årlig uppföljning av planerna"]
    assert sections[0].lines[-1] == "gemensam arbetsdag."


def test_a_heading_in_lower_case_stays_a_heading_after_a_whole_sentence() -> None:
    sections = feed(
        reader(),
        text("Samtalen hölls på flera orter.", 50, 50)
        + text("i korthet.", 50, 75, 13, bold=True)
        + text("Uppföljningen är gjord.", 50, 105),
    ).finish()
    assert [section.heading for section in sections] == ["", "i korthet."]


def test_a_contents_page_has_no_headings() -> None:
    lines = lines_of(
        [
            w
            for n in range(6)
            for w in text(f"Strategiskt mål: Mål nummer {n} ..... {n + 3}", 50, 80 + 20 * n)
        ]
    )
    assert is_contents_page(lines, ("Innehåll",))
    assert not is_contents_page(
        lines_of(cell("Text.\nMer text.\nAnnan text.\nSlut på text.", 50, 50)), ("Innehåll",)
    )


def test_rows_of_figures_are_no_contents_for_their_last_figures_go_up_and_down() -> None:
    rows = [f"Antal besök i hus {n} {figure}" for n, figure in enumerate((83, 12, 240, 7, 55, 31))]
    assert not is_contents_page(lines_of(cell("\n".join(rows), 50, 50)), ("Innehåll",))
    rows = [f"Mål {n} {page}" for n, page in enumerate((3, 4, 4, 7, 9, 12))]
    assert is_contents_page(lines_of(cell("\n".join(rows), 50, 50)), ("Innehåll",))


def test_a_page_with_a_tables_header_is_one_of_contents_only_below_their_heading() -> None:
    rows = [f"Mål {n} {page}" for n, page in enumerate((3, 4, 4, 7, 9, 12))]
    lines = lines_of(cell("\n".join(rows), 50, 50))
    assert not is_contents_page(lines, ("Innehåll",), has_table=True)
    lines = lines_of(cell("\n".join(["Innehåll", *rows]), 50, 50))
    assert is_contents_page(lines, ("Innehåll",), has_table=True)


def test_half_the_lines_with_page_numbers_are_contents_under_their_heading_alone() -> None:
    entries = "Mål 1 ..... 3\noch mer\nMål 3 ..... 5\noch mera\nMål 5 ..... 7"
    assert is_contents_page(lines_of(cell("Innehåll\n" + entries, 50, 50)), ("Innehåll",))
    assert not is_contents_page(lines_of(cell("Resultat\n" + entries, 50, 50)), ("Innehåll",))


def test_three_lines_are_no_contents() -> None:
    lines = lines_of(cell("Mål 1 ..... 3\nMål 2 ..... 4\nMål 3 ..... 5", 50, 50))
    assert not is_contents_page(lines, ("Innehåll",))


def test_a_heading_is_a_point_larger_or_bold_or_in_capitals() -> None:
    style = BodyStyle(10, bold=False)

    def is_heading(printed: str, size: float = 10, *, bold: bool = False) -> bool:
        (line,) = lines_of(text(printed, 50, 50, size, bold=bold))
        return style.is_heading(line)

    assert is_heading("Resor", 11)
    assert not is_heading("Resor", 10.3)
    assert is_heading("Resor", bold=True)
    assert is_heading("MER TID FÖR ALLA")
    assert not is_heading("SCB, SKR")


def test_a_gap_of_half_a_line_separates_paragraphs() -> None:
    sections = feed(reader(), text("Första stycket.", 50, 50) + text("Andra stycket.", 50, 66))
    assert sections.finish()[0].lines == ("Första stycket.", "", "Andra stycket.")


def test_two_headings_one_below_the_other_are_two() -> None:
    words = text("Resultat", 50, 50, 13, bold=True) + text("Resor", 50, 80, 13, bold=True)
    assert [s.heading for s in feed(reader(), words).finish()] == ["Resultat", "Resor"]


@pytest.mark.parametrize(
    ("above", "below", "one"),
    [
        ("Målet är ett öppet", "län för alla", True),
        ("Mer tid för alla som", "Bor i länet", True),
        ("Mer tid för alla, ", "Var de än bor", True),
        ("Mer tid för alla", "Kortare vägar", False),
        ("Mer tid för", "Hälso- och sjukvården", True),
        ("Vägar som alla kan lita på", "Kortare köer", False),
        ("MER TID FÖR ALLA SOM BOR", "OCH ARBETAR I LÄNET", True),
        ("MER TID FÖR ALLA HOS", "VÅRDEN", True),
        ("MER TID FÖR ALLA", "KORTARE KÖER I LÄNET", False),
        ("Framgångsfaktor:", "Mer tid för alla", True),
        ("Resultat:", "Mer tid för alla", False),
    ],
)
def test_a_heading_that_goes_on_overleaf_is_one(above: str, below: str, one: bool) -> None:
    sections = feed(
        reader(),
        text(above, 50, 800, 13, bold=True),
        text(below, 50, 50, 13, bold=True) + text("Brödtext här.", 50, 80),
    ).finish()
    assert len(sections) == (1 if one else 2)
    if one:
        assert sections[0].heading == f"{above.strip()}\n{below}"
        assert (sections[0].place.page, sections[0].place.page_last) == (1, 2)


@pytest.mark.parametrize(
    ("above", "below", "one"),
    [("Mer tid för", "Hälso- och sjukvården", True), ("Mer tid för alla", "Kortare vägar", False)],
)
def test_a_heading_that_goes_on_in_the_next_column_is_one(
    above: str, below: str, one: bool
) -> None:
    sections = reader()
    feed(sections, text("Brödtext här.", 50, 700) + text(above, 50, 800, 13, bold=True))
    sections.begin_column()
    feed(sections, text(below, 320, 50, 13, bold=True) + text("Brödtext här.", 320, 80))
    found = sections.finish()
    assert [s.heading for s in found[1:]] == [f"{above}\n{below}"] if one else [above, below]
    assert found[-1].lines == ("Brödtext här.",)


def test_a_whole_heading_above_columns_heads_the_first_of_them() -> None:
    sections = reader()
    feed(sections, text("Mer tid för alla", 50, 50, 13, bold=True))
    sections.begin_column()
    feed(sections, text("brödtext som går vidare.", 50, 80))
    assert [(s.heading, s.lines) for s in sections.finish()] == [
        ("Mer tid för alla", ("brödtext som går vidare.",))
    ]


def test_text_between_two_halves_keeps_them_apart() -> None:
    sections = feed(
        reader(),
        text("Mer tid för", 50, 700, 13, bold=True) + text("Brödtext här.", 50, 730),
        text("hälso- och sjukvården", 50, 50, 13, bold=True) + text("Mer text.", 50, 80),
    ).finish()
    assert [section.heading for section in sections] == ["Mer tid för", "hälso- och sjukvården"]


def test_each_line_of_a_section_has_its_box() -> None:
    (section,) = feed(
        reader(),
        text("Rubrik", 50, 50, 13, bold=True)
        + text("Första raden här.", 50, 80)
        + text("Nästa stycke.", 60, 120),
    ).finish()
    assert section.lines == ("Första raden här.", "", "Nästa stycke.")
    boxes = section.line_boxes
    assert boxes[1] == boxes[0]  # of an empty line that of the line before
    assert (boxes[0][0], boxes[2][0]) == (50.0, 60.0)
    assert boxes[0][1] < boxes[2][1]


def test_headings_of_two_ranks_are_two() -> None:
    words = text("Resultat", 50, 50, 14, bold=True) + text("Resor", 50, 66, 13.2, bold=True)
    assert [s.heading for s in feed(reader(), words).finish()] == ["Resultat", "Resor"]


def test_another_heading_is_not_the_known_goal() -> None:
    sections = reader()
    sections.add_known_name("goal", "God livskvalité för alla i länet")
    feed(sections, text("Fler resor med buss och tåg", 50, 50, 13, bold=True))
    assert [s.kind for s in sections.finish()] == ["other"]


def heads(lines: list[PageLine], texts: list[str]) -> tuple[list[str], list[str]]:
    running = RunningLines.learn(texts, LAYOUT.words.running)
    own, furniture = running.split(3, 842, lines, lambda line: False)
    return [x.text for x in own], [x.text for x in furniture]


def test_heads_that_repeat_are_not_text_and_page_numbers_do_not_matter() -> None:
    texts = [f"Årsredovisning i korthet {n}" for n in range(6)]
    lines = lines_of(text("Årsredovisning i korthet 3", 50, 30) + text("Brödtext", 50, 90))
    assert heads(lines, texts) == (["Brödtext"], ["Årsredovisning i korthet 3"])


def test_a_page_number_may_stand_right_behind_a_year_in_the_text_of_some_pages() -> None:
    texts = ["Omslag", "Uppföljning 2022 2", "Uppföljning 20223", "Uppföljning 20224", "Slut"]
    for number in (2, 3):
        foot = text(f"Uppföljning 2022 {number}", 50, 815)
        found = heads(lines_of(text("Brödtext", 50, 90) + foot), texts)
        assert found == (["Brödtext"], [f"Uppföljning 2022 {number}"])


def test_a_row_of_years_at_the_top_of_a_page_is_no_page_number() -> None:
    lines = lines_of(text("2020 2021 2022", 50, 30) + text("Brödtext", 50, 90))
    assert heads(lines, [f"{n}" for n in range(1, 9)])[1] == []


def test_a_head_of_a_chapter_repeats_on_a_tenth_of_the_pages() -> None:
    pages = ["Kapitlet om resor"] * 5 + ["En rubrik"] * 3 + [f"sida {'x' * n}" for n in range(32)]
    lines = lines_of(text("Kapitlet om resor", 50, 30) + text("Brödtext", 50, 90))
    assert heads(lines, pages)[1] == ["Kapitlet om resor"]
    lines = lines_of(text("En rubrik", 50, 30) + text("Brödtext", 50, 90))
    assert heads(lines, pages)[1] == []


def test_what_two_pages_repeat_is_text() -> None:
    texts = ["Årsredovisning i korthet", "Årsredovisning i korthet", "Annat", "Mer"]
    lines = lines_of(text("Årsredovisning i korthet", 50, 30) + text("Brödtext", 50, 90))
    assert heads(lines, texts)[1] == []


def test_what_all_pages_but_one_repeat_is_a_head_of_a_short_report_only() -> None:
    lines = lines_of(text("Årsredovisning i korthet", 50, 30) + text("Brödtext", 50, 90))
    for pages in range(3, 7):
        texts = ["Omslag", *["Årsredovisning i korthet"] * (pages - 1)]
        assert heads(lines, texts)[1] == ["Årsredovisning i korthet"], pages
    assert heads(lines, ["Årsredovisning i korthet"] * 2 + ["Annat"] * 5)[1] == []


def test_a_line_that_ends_in_the_page_s_number_is_a_foot_on_two_pages_behind_a_cover() -> None:
    foot = text("Årsredovisning 3", 50, 815)
    lines = lines_of(text("Brödtext", 50, 90) + foot)
    texts = ["Omslag", "Årsredovisning 2", "Årsredovisning 3"]
    assert heads(lines, texts) == (["Brödtext"], ["Årsredovisning 3"])
    for others in (["Omslag", "Annat", "Årsredovisning 3"], ["", "Årsredovisning 7"] * 2):
        assert heads(lines, others)[1] == []


SPREAD = text("Ekby kommun", 50, 20) + text("Verksamhetsberättelse 2031", 400, 20)
"""The left and right part of a head, far from each other on one line."""


def test_a_head_of_two_lines_may_stand_left_and_right() -> None:
    texts = [f"Ekby kommun\nVerksamhetsberättelse 2031\nVårdnämnden\nSida {n}" for n in (1, 2)]
    below = text("Vårdnämnden", 50, 32) + text("Sida 2 av 2", 400, 32)
    lines = lines_of(SPREAD + below + text("Brödtext", 50, 90))
    own, furniture = heads(lines, texts)
    assert own == ["Brödtext"]
    assert furniture == ["Ekby kommun Verksamhetsberättelse 2031", "Vårdnämnden Sida 2 av 2"]


@pytest.mark.parametrize(
    "texts",
    [
        ["Ekby kommun\nBokslut 2031", "Ekby kommun\nVerksamhetsberättelse 2031"],
        ["Ekby kommun", "Ekby kommun"],
        ["", "Ekby kommun\nVerksamhetsberättelse 2031"],
    ],
)
def test_a_line_of_which_pages_repeat_a_part_is_no_head(texts: list[str]) -> None:
    lines = lines_of(SPREAD + text("Brödtext", 50, 90))
    assert heads(lines, texts)[1] == []


def test_a_row_that_begins_as_others_and_goes_on_in_figures_is_no_head() -> None:
    lines = lines_of(text("Kvinnor", 50, 30) + text("71", 300, 30) + text("Brödtext", 50, 90))
    texts = [f"Kvinnor\n{n}" for n in range(6)]
    assert heads(lines, texts)[1] == []


def test_a_head_may_stand_below_the_edge_but_not_within_the_page() -> None:
    texts = ["Årsredovisning i korthet"] * 6
    for top, running in ((80, True), (220, False)):
        lines = lines_of(text("Årsredovisning i korthet", 50, top) + text("Brödtext", 50, 300))
        assert bool(heads(lines, texts)[1]) == running


def test_a_register_head_goes_with_the_values_below_its_labels() -> None:
    lines = lines_of(
        text("Sida 15 (74)", 400, 20)
        + text("GÄLLER FÖR VERKSAMHET DOKUMENT-ID VERSION", 50, 35, 7)
        + text("Region Ådalen abcdef-4-858 0.7", 50, 45, 8)
        + text("tv-sofforna, som en digital variant", 50, 70)
    )
    own, furniture = heads(lines, [])
    assert own == ["tv-sofforna, som en digital variant"]
    assert len(furniture) == 3


def test_a_label_and_its_value_on_one_line_take_no_line_with_them() -> None:
    lines = lines_of(
        text("DOKUMENT-ID XYZ1-22-333 VERSION 0.2", 50, 20, 7) + text("delaktiga i länet", 50, 60)
    )
    assert heads(lines, [])[0] == ["delaktiga i länet"]


def test_the_printed_page_number_is_kept() -> None:
    running = RunningLines.learn([], LAYOUT.words.running)
    running.split(7, 842, lines_of(text("Sida 9 av 74", 400, 20)), lambda line: False)
    running.split(8, 842, lines_of(text("VERSION 0.14 Sida 10 (9)", 50, 20)), lambda line: False)
    assert running.page_label == {7: "9", 8: "10"}


@pytest.mark.parametrize(
    ("line", "page"),
    [
        ("2 / 14", "2"),
        ("14/14", "14"),
        ("3 av 40", "3"),
        ("– 3 –", "3"),
        ("16/12", None),
        ("0/5", None),
        ("12 av 14 kommuner", None),
        ("- 3", None),
    ],
)
def test_a_page_number_may_stand_before_the_number_of_pages(line: str, page: str | None) -> None:
    running = RunningLines.learn([], LAYOUT.words.running)
    running.split(7, 842, lines_of(text(line, 400, 800)), lambda line: False)
    assert running.page_label == ({} if page is None else {7: page})


def identity(layout, *texts: str, year: int | None = None):
    found = IdentityReader(layout)
    for t in texts:
        found.page(t)
    return found.read(year)


def test_an_organisation_loses_the_genitive_that_other_places_lack() -> None:
    found, _ = identity(
        LAYOUT, "Bilaga till Region Ådalens årsredovisning 2022", "Region Ådalen har under året"
    )
    assert found["organisation"] == "Region Ådalen"
    assert found["fiscal_year"] == "2022"
    assert found["title"] == "Bilaga till Region Ådalens årsredovisning 2022"


def test_the_body_of_a_board_s_report_is_its_nominative() -> None:
    found, _ = identity(BOARD, "Kulturnämndens årsrapport 2023", "Region Ådalen")
    assert found["body"] == "kulturnämnden"


def test_document_number_and_version_are_read_from_the_head() -> None:
    found, _ = identity(LAYOUT, "Region Ådalen abcdef-4-858 0.7 Årsredovisning 2021")
    assert (found["doc_number"], found["doc_version"]) == ("abcdef-4-858", "0.7")
    found, _ = identity(LAYOUT, "Dokument-ID XY-2088-31 Version 0.14 Sida 4 (9)")
    assert (found["doc_number"], found["doc_version"]) == ("XY-2088-31", "0.14")


@pytest.mark.parametrize("number", ["2023/118", "AB-12/7", "RS2023-118", "7", "A1b2-3"])
def test_a_document_number_may_have_letters_dashes_and_slashes(number: str) -> None:
    found, _ = identity(LAYOUT, f"Dnr: {number} Version 2.1 Årsredovisning")
    assert found["doc_number"] == number


@pytest.mark.parametrize("digits", ["1" * 200, "1-" * 100, "a1" * 100])
def test_long_numbers_behind_the_words_for_a_document_number_are_read_on_from(digits: str) -> None:
    """A pattern with a way to split them for each digit never comes to an end."""
    found, _ = identity(LAYOUT, f"Dnr {digits} och Region Ådalen")
    assert "doc_number" not in found
    assert found["organisation"] == "Region Ådalen"


def test_a_year_that_must_be_chosen_is_a_doubt() -> None:
    found, doubts = identity(BOARD, "under 2021 och under 2022, Region Ådalen")
    assert found["fiscal_year"] in ("2021", "2022")
    assert [doubt.kind for doubt in doubts] == ["identity_uncertain"]


def test_the_year_that_stands_twice_as_often_is_no_doubt() -> None:
    found, doubts = identity(BOARD, *["under 2022, Region Ådalen"] * 4, *["under 2021"] * 2)
    assert found["fiscal_year"] == "2022" and not doubts


def test_an_unreadable_report_says_nothing() -> None:
    found, _ = identity(LAYOUT, "hej")
    assert "organisation" not in found and "fiscal_year" not in found
    assert page([]).words == ()
