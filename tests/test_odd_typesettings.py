"""Whole reports whose tables are set as few are: close labels, notes below names, merged marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from styrmatt.errors import NoLayoutError
from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts
from styrmatt.printed import ExtractedReport, Row

NOTE = "Mätningen gjordes i oktober bland alla."
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"


class Sheet:
    """A report of a cover and one page that is drawn by hand; y is from the top, in points."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "report.pdf"
        self.canvas = Canvas(str(self.path), pagesize=(595, 842), invariant=True)
        self.put("Tallmo kommun", 50, 60, 20, BOLD)
        self.put("Årsredovisning 2031", 50, 90, 20, BOLD)
        self.canvas.showPage()
        self.put("Uppföljning av målen", 50, 60, 16, BOLD)
        self.put("Året präglades av mycket snö, och många reste kollektivt ändå.", 50, 85)

    def put(self, text: str, x: float, y: float, size: float = 9, font: str = PLAIN) -> None:
        """A text whose line begins at x, y."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, 842 - y - size, text)

    def row(
        self,
        y: float,
        xs: Sequence[float],
        cells: Sequence[str],
        size: float = 9,
        font: str = PLAIN,
    ) -> None:
        """Cells beside each other."""
        for x, text in zip(xs, cells, strict=True):
            self.put(text, x, y, size, font)

    def read(self) -> ExtractedReport:
        """What is read from it."""
        self.canvas.save()
        return read_pdf(self.path, load_layouts())[1]


def name(row: Row) -> str:
    return " ".join(row.cells["measure"].text.split())


def field(row: Row, role: str) -> str:
    cell = row.cells.get(role)
    return cell.text if cell is not None else ""


def results(row: Row) -> list[str]:
    return [value.cell.text for value in row.values if value.head.role == "result"]


def goal_of(row: Row) -> str | None:
    return " ".join(row.goal_heading.split()) if row.goal_heading else None


XS = (50.0, 330.0, 400.0, 480.0)
HEADER = ("Indikator", "Mål 2031", "Utfall 2031", "Status")


def with_notes(sheet: Sheet, size: float, note: str, note_size: float) -> None:
    """A table with goals as rows, and a note in the first column below each measure."""
    sheet.row(110, XS, HEADER, 9, BOLD)
    rows = (
        ("Fler far mår bra", "70 %", "72 %", "Ja"),
        ("Kortare köer i vården", "60 %", "51 %", "Nej"),
    )
    y = 126.0
    for goal, row in zip(("Alla ska må bra i kommunen", "Vården finns nära"), rows, strict=True):
        sheet.put(goal, 50, y, size, BOLD)
        sheet.row(y + 18, XS, row, size)
        sheet.put(note, 50, y + 21 + size, note_size)
        y += 52


@pytest.mark.parametrize("size", [9, 12, 13])
def test_a_sentence_in_small_type_below_a_name_is_its_comment(tmp_path: Path, size: int) -> None:
    sheet = Sheet(tmp_path)
    with_notes(sheet, size, NOTE, 0.75 * size)
    rows = sheet.read().rows
    assert [name(row) for row in rows] == ["Fler far mår bra", "Kortare köer i vården"]
    assert [field(row, "comment") for row in rows] == [NOTE] * 2


@pytest.mark.parametrize(
    ("note", "note_size"),
    [("(andel av alla som svarat)", 7), ("andel av alla som svarat.", 9), ("enl. enkät.", 7)],
)
def test_what_is_as_large_as_the_name_or_no_sentence_is_part_of_it(
    tmp_path: Path, note: str, note_size: float
) -> None:
    sheet = Sheet(tmp_path)
    with_notes(sheet, 9, note, note_size)
    rows = sheet.read().rows
    assert name(rows[0]) == f"Fler far mår bra {note}"
    assert not field(rows[0], "comment")


def test_goals_of_a_table_may_be_larger_than_running_text_as_its_rows_are(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    with_notes(sheet, 13, NOTE, 9)
    report = sheet.read()
    assert [goal_of(row) for row in report.rows] == [
        "Alla ska må bra i kommunen",
        "Vården finns nära",
    ]


def test_a_larger_heading_ends_a_table_all_the_same(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.row(110, XS, HEADER, 9, BOLD)
    sheet.row(126, XS, ("Nöjda resenärer", "70 %", "72 %", "Ja"))
    sheet.put("Ekonomi", 50, 150, 14, BOLD)
    sheet.row(176, XS, ("Personalkostnader", "12 %", "13 %", "Nej"))
    assert [name(row) for row in sheet.read().rows] == ["Nöjda resenärer"]


def of_two_goals(sheet: Sheet, lead: str, apart: float) -> None:
    """Two tables with headings whose number stands apart from the goal's name."""
    y = 110.0
    goals = ("Alla når längre i skolan", "Fler trivs på fritids")
    for n, goal in enumerate(goals, start=1):
        sheet.put(f"{lead} {n}", 50, y, 11, BOLD)
        sheet.put(goal, 50 + stringWidth(f"{lead} {n}", BOLD, 11) + apart, y, 11, BOLD)
        sheet.row(y + 16, XS, HEADER, 9, BOLD)
        sheet.row(y + 32, XS, (f"Nöjda elever {n}:a terminen", "70 %", "72 %", "Ja"))
        sheet.row(y + 48, XS, (f"Behöriga lärare i spår {n}", "60 %", "51 %", "Nej"))
        y += 78


@pytest.mark.parametrize("apart", [3.0, 9.0, 25.0])
@pytest.mark.parametrize("lead", ["Nämndmål", "Mål"])
def test_the_number_of_a_goal_may_stand_apart_from_its_name(
    tmp_path: Path, lead: str, apart: float
) -> None:
    sheet = Sheet(tmp_path)
    of_two_goals(sheet, lead, apart)
    rows = sheet.read().rows
    assert [goal_of(row) for row in rows] == ["Alla når längre i skolan"] * 2 + [
        "Fler trivs på fritids"
    ] * 2
    assert len({name(row) for row in rows}) == 4


def test_a_name_may_run_over_the_middle_between_two_columns(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    xs = (50.0, 130.0, 330.0, 400.0, 480.0)
    sheet.row(110, xs, ("Målvärde", "Indikator", "Utfall 2030", "Utfall 2031", "Status"), 9, BOLD)
    rows = (
        ("90 %", "Kontroller av", "95 %", "93 %", "Ja"),
        ("12 st", "Projekt", "8 st", "9 st", "Nej"),
    )
    for n, row in enumerate(rows):
        sheet.row(126 + 34 * n, xs, row)
    sheet.put("dricksvattenanläggningar under hela året", 130, 137)
    found = sheet.read().rows
    assert [name(row) for row in found] == [
        "Kontroller av dricksvattenanläggningar under hela året",
        "Projekt",
    ]
    assert {goal_of(row) for row in found} == {None}


SEXES = ("Kvinnor", "Män", "Totalt")


def split_by_sex(
    sheet: Sheet, order: Sequence[str], status_beside: Sequence[Sequence[int]]
) -> None:
    """Two measures with lines for the sexes; targets stand beside the second line of each."""
    sheet.row(110, XS, HEADER, 9, BOLD)
    y = 126.0
    names = ("Sjukfrånvaro i procent", "Nöjda medarbetare i procent")
    for measure, beside in zip(names, status_beside, strict=True):
        sheet.put(measure, 50, y, 9, BOLD)
        for n, sex in enumerate(order):
            y += 15
            sheet.row(y, (XS[0] + 10, XS[2]), (sex, f"{70 + n},5"))
            if n == 1:
                sheet.put("75,0", XS[1], y)
            if n in beside:
                sheet.put("Uppnått", XS[3], y)
        y += 22


@pytest.mark.parametrize("order", [SEXES, ("Totalt", "Kvinnor", "Män")])
def test_what_stands_once_for_all_lines_is_the_totals_but_a_target_is_each_ones(
    tmp_path: Path, order: Sequence[str]
) -> None:
    sheet = Sheet(tmp_path)
    split_by_sex(sheet, order, ([1], [1]))
    rows = sheet.read().rows
    status = {(name(row), field(row, "sex")): field(row, "status") for row in rows}
    assert len(status) == 6 and {sex for (_, sex), said in status.items() if said} == {"T"}
    targets = [field(row, "target") for row in rows]
    assert targets == ["75,0"] * 6


def test_a_mark_that_lines_have_of_their_own_stays_with_its_line(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    split_by_sex(sheet, SEXES, ([1], [0, 1, 2]))
    rows = sheet.read().rows
    said = [field(row, "sex") for row in rows if field(row, "status")]
    assert said == ["M", "K", "M", "T"]


def test_a_heading_with_a_number_and_a_status_is_no_header(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    y = 110.0
    for n, goal in enumerate(("Alla trivs i kommunen", "Vi är nära"), start=1):
        sheet.put(f"Mål {n}. {goal}", 50, y, 11, BOLD)
        sheet.put("Uppfyllt", 60 + stringWidth(f"Mål {n}. {goal}", BOLD, 11), y, 9)
        sheet.put(f"• Nöjda invånare i del {n}: 61 % (mål 60 %; 2030: 59 %)", 70, y + 20)
        sheet.put(f"• Svar i tid i del {n}: 93 % (mål 90 %; 2030: 87 %)", 70, y + 34)
        y += 70
    rows = sheet.read().rows
    assert [goal_of(row) for row in rows] == ["Alla trivs i kommunen"] * 2 + ["Vi är nära"] * 2


@pytest.mark.parametrize("gap", [0.7, 1.2, 2.5, 6.0])
def test_years_a_hair_apart_are_labels_of_their_own(tmp_path: Path, gap: float) -> None:
    sheet = Sheet(tmp_path)
    sheet.put("Indikator", 50, 110, 9, BOLD)
    x = 330.0
    for label in ("2029", "2030", "2031", "Mål"):
        sheet.put(label, x, 110, 9, BOLD)
        x += stringWidth(label, BOLD, 9) + gap
    step = stringWidth("2029", BOLD, 9) + gap
    xs = (50.0, *(330.0 + n * step for n in range(4)))
    sheet.row(126, xs, ("Nöjda resenärer, procent", "61", "64", "66", "70"))
    sheet.row(141, xs, ("Tåg i tid, procent", "91", "94", "96", "95"))
    rows = sheet.read().rows
    assert [results(row) for row in rows] == [["61", "64", "66"], ["91", "94", "96"]]


def test_a_number_of_eight_figures_is_no_two_years(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.row(110, XS, HEADER, 9, BOLD)
    sheet.row(126, XS, ("Lån i kronor", "20202030", "20212031", "Ja"))
    (row,) = sheet.read().rows
    assert results(row) == ["20212031"]


def test_a_table_whose_last_figures_grow_is_no_page_of_contents(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    xs = (50.0, 330.0, 400.0)
    sheet.row(110, xs, ("Indikator", "Mål 2031", "Utfall 2031"), 9, BOLD)
    for n in range(8):
        cells = (f"Antal besök i bibliotek {n}", f"{20 + n}", f"{21 + 3 * n}")
        sheet.row(126 + 16 * n, xs, cells)
    assert len(sheet.read().rows) == 8


def with_discs(sheet: Sheet, header: str, *, legend: bool) -> None:
    """A table with a green and a red disc in its last column."""
    sheet.row(110, XS, (*HEADER[:3], header), 9, BOLD)
    rows = (("Nöjda resenärer", "70 %", "72 %", ""), ("Tåg i tid", "95 %", "92 %", ""))
    colours = (HexColor("#2e9e4f"), HexColor("#d0342c"))
    for n, (row, colour) in enumerate(zip(rows, colours, strict=True)):
        sheet.row(126 + 18 * n, XS, row)
        sheet.canvas.setFillColor(colour)
        sheet.canvas.circle(490, 842 - 131 - 18 * n, 4, stroke=0, fill=1)
        if legend:
            sheet.canvas.circle(54, 842 - 205 - 18 * n, 4, stroke=0, fill=1)
        sheet.canvas.setFillColor(HexColor("#000000"))
        if legend:
            sheet.put(("Målet är uppnått", "Målet är inte uppnått")[n], 64, 200 + 18 * n)


@pytest.mark.parametrize(
    ("header", "legend", "said"), [("", False, 1), ("", True, 0), ("Status", False, 0)]
)
def test_marks_that_neither_a_header_nor_a_legend_explains_are_told(
    tmp_path: Path, header: str, legend: bool, said: int
) -> None:
    sheet = Sheet(tmp_path)
    with_discs(sheet, header, legend=legend)
    report = sheet.read()
    assert [row.cells["status"].markers[0].value for row in report.rows] == ["met", "not_met"]
    doubts = [one for one in report.doubts if one.kind == "unknown_marker"]
    assert [(one.severity, one.place.page) for one in doubts] == [("warning", 2)] * said


def below_sentences(sheet: Sheet, sizes: float, lines: Sequence[str], apart: float) -> None:
    """Two tables, the second one below a text of some lines that are a little larger."""
    sheet.put("Fler ska känna sig trygga i hela vår kommun.", 50, 110, 11.5)
    sheet.put("Utvecklingen är positiv, men går för långsamt.", 50, 128)
    sheet.row(144, XS, HEADER, 9, BOLD)
    sheet.row(160, XS, ("Nöjda resenärer", "70 %", "72 %", "Ja"))
    y = 170.0 + apart
    for line in lines:
        sheet.put(line, 50, y, sizes)
        y += 1.3 * sizes
    sheet.put("Utvecklingen är svår att bedöma.", 50, y + 4)
    sheet.row(y + 20, XS, HEADER, 9, BOLD)
    sheet.row(y + 36, XS, ("Tåg i tid", "95 %", "92 %", "Nej"))


ONE_LINE = ["Alla resor ska göras utan utsläpp av koldioxid."]
FIRST_GOAL = "Fler ska känna sig trygga i hela vår kommun."


@pytest.mark.parametrize(
    ("size", "lines", "apart", "second"),
    [
        (11.5, ONE_LINE, 14, None),
        (11.5, ["Alla resor som görs av oss ska", "göras utan utsläpp av koldioxid."], 14, None),
        (11.5, ["Texten berättar om resor,", "om bussar och tåg,", "och om året."], 14, FIRST_GOAL),
        (9, ONE_LINE, 14, FIRST_GOAL),
    ],
)
def test_a_sentence_in_larger_type_alone_above_text_is_a_heading(
    tmp_path: Path, size: float, lines: list[str], apart: float, second: str | None
) -> None:
    sheet = Sheet(tmp_path)
    below_sentences(sheet, size, lines, apart)
    wanted = [FIRST_GOAL, second or " ".join(lines)]
    assert [goal_of(row) for row in sheet.read().rows] == wanted


@pytest.mark.parametrize(
    ("label", "goal"),
    [
        ("Ansvar: KS", "Vi har nöjda invånare"),
        ("Huvudansvarig: Kommunstyrelsen", "Vi har nöjda invånare"),
        ("Trygghet: hela dygnet", "Vi har nöjda invånare Trygghet: hela dygnet"),
    ],
)
def test_who_answers_for_a_goal_at_the_end_of_its_line_is_no_part_of_its_name(
    tmp_path: Path, label: str, goal: str
) -> None:
    sheet = Sheet(tmp_path)
    sheet.put("Mål: Vi har nöjda invånare", 50, 110, 11, BOLD)
    sheet.put(label, 400, 110, 11)
    sheet.row(144, XS, HEADER, 9, BOLD)
    sheet.row(160, XS, ("Nöjda resenärer", "70 %", "72 %", "Ja"))
    assert [goal_of(row) for row in sheet.read().rows] == [goal]


def test_triangles_among_discs_beside_names_are_statuses_and_no_arrows(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    xs = (70.0, *XS[1:3])
    sheet.row(110, xs, HEADER[:3], 9, BOLD)
    legend = (("#2e9e4f", "Uppfyllt"), ("#f2c014", "Delvis uppfyllt"), ("#2e9e4f", ""))
    for n, (colour, said) in enumerate(legend):
        for x, y in ((54, 842 - 131 - 18 * n), (104 * n + 54, 842 - 300)):
            sheet.canvas.setFillColor(HexColor(colour))
            if n == 1:
                path = sheet.canvas.beginPath()
                path.moveTo(x - 4, y - 3)
                path.lineTo(x + 4, y - 3)
                path.lineTo(x, y + 4)
                path.close()
                sheet.canvas.drawPath(path, stroke=0, fill=1)
            elif said or x == 54:
                sheet.canvas.circle(x, y, 4, stroke=0, fill=1)
        sheet.canvas.setFillColor(HexColor("#000000"))
        sheet.put(said, 104 * n + 62, 295)
        sheet.row(126 + 18 * n, xs, (f"Nöjda resenärer på linje {n}", "70 %", "72 %"))
    rows = sheet.read().rows
    assert [row.cells["status"].markers[0].value for row in rows] == ["met", "partly_met", "met"]
    assert not any("trend" in row.cells and row.cells["trend"].markers for row in rows)


def judged(sheet: Sheet, *, bold: bool) -> None:
    """Goals with a word for their status and no figures above their measures, in one table."""
    xs = (50.0, 80.0, 330.0, 400.0, 480.0)
    sheet.row(110, xs, ("Nr", "Område och mått", "2030", "2031", "Omdöme"), 9, BOLD)
    rows = (
        ("A", "Trygga barn", "", "", "Uppnått"),
        ("A1", "Nöjda föräldrar, index", "84", "85", "Uppnått"),
        ("A2", "Barn per årsarbetare", "5,3", "5,2", "Delvis"),
        ("B", "Livslångt lärande", "", "", "Delvis"),
        ("B1", "Meritvärde i årskurs 9", "239", "244", "Delvis"),
    )
    for n, row in enumerate(rows):
        font = BOLD if bold and not row[2] else PLAIN
        sheet.row(126 + 16 * n, xs, row, 9, font)


def test_bold_rows_with_a_judgement_and_no_figures_are_goals(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    judged(sheet, bold=True)
    rows = sheet.read().rows
    assert [goal_of(row) for row in rows] == ["Trygga barn"] * 2 + ["Livslångt lärande"]


def test_rows_with_a_judgement_that_are_set_like_others_are_measures(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    judged(sheet, bold=False)
    assert len(sheet.read().rows) == 5


@pytest.mark.parametrize(("apart", "rows"), [(16, 3), (19, 3), (25, 2)])
def test_bold_labels_further_below_in_another_colour_begin_another_table(
    tmp_path: Path, apart: float, rows: int
) -> None:
    sheet = Sheet(tmp_path)
    sheet.row(110, XS, HEADER, 9, BOLD)
    sheet.row(126, XS, ("Nöjda resenärer", "70 %", "72 %", "Ja"))
    sheet.row(142, XS, ("Tåg i tid", "95 %", "92 %", "Nej"))
    sheet.canvas.setFillColor(HexColor("#555555"))
    sheet.row(142 + apart, XS[:3], ("Insats", "Start", "Klart"), 9, BOLD)
    sheet.canvas.setFillColor(HexColor("#000000"))
    sheet.row(158 + apart, XS[:3], ("Ny hållplats", "2030", "2031"))
    found = [name(row) for row in sheet.read().rows]
    assert ("Ny hållplats" in found) == (rows == 3) and found[:2] == [
        "Nöjda resenärer",
        "Tåg i tid",
    ]


@pytest.mark.parametrize("said", ["Målet kan nås", "Målet blir svårt att nå", "Målet är uppnått"])
def test_a_bold_line_that_judges_the_goal_above_is_no_goal(tmp_path: Path, said: str) -> None:
    sheet = Sheet(tmp_path)
    sheet.put("Målområde 1. Alla barn får en bra start", 50, 105, 13, BOLD)
    sheet.put(said, 50, 122, 9, BOLD)
    sheet.row(144, XS, HEADER, 9, BOLD)
    sheet.row(160, XS, ("Nöjda resenärer", "70 %", "72 %", "Ja"))
    assert [goal_of(row) for row in sheet.read().rows] == ["Alla barn får en bra start"]


def test_a_target_and_a_result_beside_names_of_any_kind_make_a_table(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.put("Bolagen ska ge avkastning", 50, 105, 11, BOLD)
    sheet.row(124, XS[:3], ("Bolag", "Ägarens krav", "Resultat 2031"), 9, BOLD)
    sheet.row(140, XS[:3], ("Tallmo Energi AB", "minst 18 mnkr", "26,3 mnkr"))
    sheet.row(156, XS[:3], ("Tallmo Hamn AB", "minst 2 mnkr", "2,5 mnkr"))
    assert [name(row) for row in sheet.read().rows] == ["Tallmo Energi AB", "Tallmo Hamn AB"]


def test_a_budget_of_boards_is_no_table_of_measures(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.row(124, XS[:3], ("Nämnd", "Budget", "Utfall"), 9, BOLD)
    sheet.row(140, XS[:3], ("Kulturnämnden", "61,7", "60,2"))
    sheet.row(156, XS[:3], ("Socialnämnden", "690,8", "702,6"))
    with pytest.raises(NoLayoutError):
        sheet.read()


@pytest.mark.parametrize("note", ["Utbudet har byggts ut under året.", "andel av alla som svarat."])
def test_a_sentence_in_italics_below_a_name_is_its_comment(tmp_path: Path, note: str) -> None:
    sheet = Sheet(tmp_path)
    sheet.row(110, XS, HEADER, 9, BOLD)
    for n, measure in enumerate(("Nöjda resenärer", "Tåg i tid")):
        sheet.row(126 + 34 * n, XS, (measure, "70 %", "72 %", "Ja"))
        sheet.put(note, 50, 138 + 34 * n, 9, "Helvetica-Oblique")
    rows = sheet.read().rows
    is_comment = note[0].isupper()
    assert name(rows[0]) == ("Nöjda resenärer" if is_comment else f"Nöjda resenärer {note}")
    assert field(rows[0], "comment") == (note if is_comment else "")


def test_a_sentence_right_above_a_header_is_no_line_of_it(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.put("Klimatpåverkan ska upphöra", 50, 104, 12, BOLD)
    sheet.put(
        "Målet bedöms nås till 2040. Resandet kan antas öka igen när fler reser.", 50, 122, 11
    )
    xs = (50.0, 330.0, 380.0, 430.0)
    sheet.row(136, xs, ("Mått", "2029", "2030", "2031"), 11)
    sheet.row(152, xs, ("Nöjda resenärer, procent", "61", "64", "66"), 11)
    sheet.row(168, xs, ("Tåg i tid, procent", "91", "94", "96"), 11)
    rows = sheet.read().rows
    assert [results(row) for row in rows] == [["61", "64", "66"], ["91", "94", "96"]]
    assert {field(row, "target") for row in rows} == {""}
