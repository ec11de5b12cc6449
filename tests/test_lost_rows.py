"""Rows that are not read are told: cut tables, rows without a header, unknown headers."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from styrmatt.cli import main
from styrmatt.errors import ExitCode
from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.printed import ExtractedReport, ExtractionWarning
from styrmatt.records import Extract

LAYOUTS = load_layouts()
HEADER = ("Styrmått", "Nämnd", "K/M", "Mål", "Måluppfyllelse", "Utveckling")
XS = (50, 250, 300, 330, 410, 490, 550)
GREEN, RED = (0, 0.69, 0.31), (0.9, 0.1, 0.1)
Row = tuple[str, str, str, str]
Draw = Callable[["Paper"], None]
TEXT = "Arbetet har fortsatt enligt plan, och fler har deltagit än under de år som gått."


class Paper:
    """A page that is drawn from top to bottom."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas, self.y = canvas, 60.0

    def line(self, words: str, x: float = 50, *, bold: bool = False, size: float = 9) -> None:
        self.words(words, x, bold=bold, size=size)
        self.y += 14

    def words(self, words: str, x: float, *, bold: bool = False, size: float = 9) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, 842 - self.y, words)

    def rule(self, *, y: float | None = None) -> None:
        height = 842 - (self.y if y is None else y)
        self.canvas.line(XS[0] - 3, height, XS[-1], height)

    def disc(self, x: float, colour: tuple[float, float, float]) -> None:
        self.canvas.setFillColorRGB(*colour)
        self.canvas.circle(x, 842 - self.y + 3, 4, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0, 0, 0)


def heading(words: str) -> Draw:
    return lambda paper: paper.line(words, bold=True, size=11)


def text(paper: Paper) -> None:
    for _ in range(3):
        paper.line(TEXT)


def table(
    *rows: Row, header: Sequence[str] = HEADER, ruled: bool = True, closed: bool = True
) -> Draw:
    """A measure table; ``closed``: a rule ends its last row."""

    def draw(paper: Paper) -> None:
        paper.y += 6
        top = paper.y - 12
        if ruled:
            paper.rule(y=top)
        for label, x in zip(header, XS, strict=False):
            paper.words(label, x, bold=True)
        if header:
            paper.y += 8
            if ruled:
                paper.rule()
            paper.y += 14
        for n, (name, board, sex, target) in enumerate(rows):
            lines = name.split("\n")
            for cell, x in zip((lines[0], board, sex, target), XS, strict=False):
                paper.words(cell, x)
            paper.disc(450, GREEN if n % 2 else RED)
            for more in lines[1:]:
                paper.y += 11
                paper.words(more, XS[0])
            paper.y += 8
            if ruled and (closed or n < len(rows) - 1):
                paper.rule()
            paper.y += 14
        if ruled:
            for x in XS:
                bottom = 842 - (paper.y - 14)
                paper.canvas.line(x - 3, 842 - top, x - 3, bottom)
        paper.y += 6

    return draw


GOALS = (heading("Strategiskt mål: Ett öppet län"), heading("Framgångsfaktor: Fler möts"))
FIRST = table(
    ("Antal mötesplatser i länet", "RS", "", "12"), ("Andel nöjda besökare", "RUN", "K", "80 %")
)
LOST: tuple[Row, ...] = (
    ("Andel resor med buss och tåg", "RS", "", "52 %"),
    ("Andel som läser varje dag", "RUN", "", "40 %"),
)


def pdf(*pages: Sequence[Draw]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setTitle("report")
    for drawings in pages:
        paper = Paper(canvas)
        for draw in drawings:
            draw(paper)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(folder: Path, *pages: Sequence[Draw], layout: str | None = None) -> ExtractedReport:
    path = folder / "report.pdf"
    path.write_bytes(pdf(*pages))
    return read_report(path, LAYOUTS, layout_name=layout)[1]


def made(printed: ExtractedReport) -> Extract:
    layout = next(one for one in LAYOUTS if one.name == "styrmatt-med-namnd")
    given = {"fiscal_year": "2022", "organisation": "Region Sjövik"}
    return normalize(printed, layout, given, "1")


def loud(printed: ExtractedReport) -> list[ExtractionWarning]:
    """What a person has to look at; that no title says the year is true of these pages."""
    return [
        doubt
        for doubt in printed.doubts
        if doubt.severity != "info" and doubt.kind != "identity_uncertain"
    ]


# -- rows without a header ------------------------------------------------------------------


@pytest.mark.parametrize("ruled", [True, False])
def test_rows_at_the_top_of_a_page_whose_table_is_nowhere(tmp_path: Path, ruled: bool) -> None:
    pages = ([*GOALS, FIRST, text], [table(*LOST, header=(), ruled=ruled), text])
    (warning,) = loud(printed := read(tmp_path, *pages))
    assert warning.kind == "rows_without_header" and warning.place and warning.place.page == 2
    assert "page 2" in warning.message and "2 rows" in warning.message
    assert "buss" in warning.raw_text.replace(" ", "")
    assert len(printed.rows) == 2 and printed.unknown_table_rows == 2
    assert not any("buss" in section.text for section in printed.sections)


def test_what_stands_below_them_does_not_belong_to_the_headings_before(tmp_path: Path) -> None:
    pages = (
        [*GOALS, FIRST, text],
        [table(*LOST, header=()), text, table(("Antal träd i staden", "RS", "", "900"))],
    )
    printed = read(tmp_path, *pages)
    assert printed.rows[-1].goal_heading is None and "page_missing" in printed.rows[-1].review
    (section,) = [s for s in printed.sections if s.place.page == 2]
    assert section.heading == ""


def test_a_goal_below_them_holds_again(tmp_path: Path) -> None:
    pages = (
        [*GOALS, FIRST, text],
        [table(*LOST, header=()), text, heading("Strategiskt mål: Ett grönt län"), FIRST],
    )
    row = read(tmp_path, *pages).rows[-1]
    assert row.goal_heading == "Ett grönt län" and row.review == ()


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_that_goes_on_is_not_told(tmp_path: Path, ruled: bool) -> None:
    pages = ([*GOALS, table(*LOST, ruled=ruled)], [table(*LOST, header=(), ruled=ruled), text])
    printed = read(tmp_path, *pages)
    assert loud(printed) == [] and len(printed.rows) == 4


def test_rows_in_the_middle_of_a_page_are_told_and_lose_no_headings(tmp_path: Path) -> None:
    pages = ([*GOALS, FIRST, text, table(*LOST, header=()), text, FIRST],)
    printed = read(tmp_path, *pages)
    assert [warning.kind for warning in loud(printed)] == ["rows_without_header"]
    assert printed.rows[-1].goal_heading == "Ett öppet län"


@pytest.mark.parametrize("drop", [0, 3])
def test_rows_whose_statuses_are_words_are_rows(tmp_path: Path, drop: float) -> None:
    """Words for statuses and trends are marks; they may stand lower than the name."""

    def rows(paper: Paper) -> None:
        for name, status in (
            ("Fler mötesplatser i länet", "Uppnått"),
            ("Bättre kartor", "Ej uppnått"),
        ):
            paper.words(name, 50)
            paper.words("Högst sju", 250)
            paper.y += drop
            paper.words(status, 330)
            paper.words("Ökar", 450)
            paper.y += 30

    printed = read(tmp_path, [*GOALS, FIRST, text, rows, text])
    assert [warning.kind for warning in loud(printed)] == ["rows_without_header"]


def test_a_legend_of_words_is_no_table(tmp_path: Path) -> None:
    def legend(paper: Paper) -> None:
        for status, trend in (("Målet är uppnått", "Ökar"), ("Målet är inte uppnått", "Minskar")):
            paper.words(status, 100)
            paper.words(trend, 300)
            paper.words("Oförändrat", 400)
            paper.y += 16

    assert loud(read(tmp_path, [*GOALS, FIRST, text, legend, text])) == []


def test_rows_with_marks_alone_are_rows(tmp_path: Path) -> None:
    def rows(paper: Paper) -> None:
        for name, way in (("Fler mötesplatser i länet", "Öka"), ("Färre som reser ensamma", "7")):
            paper.words(name, 50)
            paper.words(way, 330)
            paper.disc(450, GREEN)
            paper.disc(520, RED)
            paper.y += 20

    (warning,) = loud(read(tmp_path, [*GOALS, FIRST, text], [rows, text]))
    assert warning.kind == "rows_without_header"


def chart(paper: Paper) -> None:
    for name, wide in (("Kvinnor i ledningen", 120), ("Män i ledningen", 80)):
        paper.words(name, 50)
        paper.canvas.setFillColorRGB(*GREEN)
        paper.canvas.rect(250, 842 - paper.y, wide, 8, stroke=0, fill=1)
        paper.canvas.setFillColorRGB(0, 0, 0)
        paper.words(f"{wide // 2} %", 400)
        paper.y += 16


def legend(paper: Paper) -> None:
    for colour, words in ((GREEN, "Målet är uppnått"), (RED, "Målet är inte uppnått")):
        paper.disc(55, colour)
        paper.words(words, 70)
        paper.words("> 95 %" if colour == GREEN else "52 %", 250)
        paper.y += 16


def legend_in_a_line(paper: Paper) -> None:
    paper.words("Utveckling:", 50)
    for x, colour, words in ((110, GREEN, "Bättre än i fjol"), (300, RED, "Sämre än i fjol")):
        paper.disc(x, colour)
        paper.words(words, x + 10)
    paper.y += 16


def grid(*rows: Sequence[str]) -> Draw:
    def draw(paper: Paper) -> None:
        paper.y += 10
        for cells in rows:
            paper.rule(y=paper.y - 12)
            for cell, x in zip(cells, (50, 250, 330, 410, 490), strict=False):
                paper.words(cell, x)
            paper.y += 20
        paper.rule(y=paper.y - 12)

    return draw


@pytest.mark.parametrize(
    "other",
    [
        grid(("Anslag", "Budget", "Utfall"), ("Vård", "120", "118"), ("Kultur", "12", "9")),
        grid(("Andel", "2021", "2022"), ("Resor", "52 %", "54 %"), ("Besök", "40 %", "41 %")),
        grid(("Etapp", "Byggstart"), ("Norra sidan", "2024"), ("Södra sidan", "2026")),
        grid(("Personal", "Antal", "Andel"), ("Kvinnor", "120", "52 %"), ("Män", "99", "48 %")),
        chart,
        legend,
        legend_in_a_line,
    ],
    ids=["budget", "shares", "stages", "staff", "chart", "legend", "legend in a line"],
)
def test_what_is_no_measure_table_is_no_warning(tmp_path: Path, other: Draw) -> None:
    assert loud(read(tmp_path, [*GOALS, FIRST, text], [other, text, *GOALS, FIRST])) == []


# -- headers that the layout does not have ---------------------------------------------------


@pytest.mark.parametrize("ruled", [True, False])
def test_a_header_with_one_word_of_its_own(tmp_path: Path, ruled: bool) -> None:
    header = ("Styrmått", "Nämnd", "K/M", "Mål", "Färgkod", "Pil")
    pages = ([*GOALS, FIRST, text], [*GOALS, table(*LOST, header=header, ruled=ruled), text])
    (warning,) = loud(read(tmp_path, *pages))
    assert warning.kind == "unknown_header" and "page 2" in warning.message
    assert "Styrmått" in warning.message and "Måluppfyllelse" in warning.message


def test_a_table_with_other_words_and_the_rows_of_measures(tmp_path: Path) -> None:
    header = ("Indikator", "Ansvar", "Grupp", "Nivå", "Läge", "Pil")
    (warning,) = loud(read(tmp_path, [*GOALS, FIRST, text], [table(*LOST, header=header), text]))
    assert warning.kind == "unknown_table" and "page 2" in warning.message


def test_words_of_headers_in_a_text_are_no_table(tmp_path: Path) -> None:
    def sentences(paper: Paper) -> None:
        paper.line("Styrmått och mål beskrivs nedan. Mål och styrmått följs upp varje år av alla.")
        paper.line("Mål")
        paper.line("Styrmått")

    assert loud(read(tmp_path, [*GOALS, FIRST, text], [sentences, text])) == []


# -- tables that the page's end cuts ---------------------------------------------------------


def test_a_table_without_its_end_is_told_with_its_last_row(tmp_path: Path) -> None:
    pages = (
        [*GOALS, table(*LOST, ("Antal dagar som", "RS", "", "30"), closed=False)],
        [text, table(("Antal träd i staden", "RS", "", "900"))],
    )
    printed = read(tmp_path, *pages)
    (warning,) = loud(printed)
    assert warning.kind == "table_cut" and warning.place and warning.place.page == 1
    assert "page 1" in warning.message and "Antal dagar som" in warning.message
    assert printed.rows[2].review == ("row_cut",)
    assert printed.rows[3].goal_heading is None and printed.rows[3].review == ("page_missing",)


def test_a_name_that_breaks_off_in_a_word(tmp_path: Path) -> None:
    cut = table(*LOST, ("Andel som väljer kollektiv-", "RS", "", "30 %"))
    printed = read(tmp_path, [*GOALS, cut], [*GOALS, FIRST])
    assert [warning.kind for warning in loud(printed)] == ["table_cut"]
    assert printed.rows[2].review == ("row_cut",) and printed.rows[3].review == ()


def test_a_name_that_the_same_table_overleaf_does_not_go_on_with(tmp_path: Path) -> None:
    cut = table(*LOST, ("Andel som väljer kollektiv-", "RS", "", "30 %"))
    printed = read(tmp_path, [*GOALS, cut], [FIRST, text])
    (warning,) = loud(printed)
    assert warning.kind == "table_cut" and printed.rows[2].review == ("row_cut",)
    assert printed.rows[3].goal_heading == "Ett öppet län"


def test_a_cut_at_the_end_of_the_report(tmp_path: Path) -> None:
    printed = read(tmp_path, [text, *GOALS, table(*LOST, ("Antal", "RS", "", "3"), closed=False)])
    assert [warning.kind for warning in loud(printed)] == ["table_cut"]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_whole_table_at_the_page_end_is_not_told(tmp_path: Path, ruled: bool) -> None:
    pages = ([*GOALS, table(*LOST, ruled=ruled)], [text, *GOALS, FIRST])
    assert loud(read(tmp_path, *pages)) == []


def test_a_row_that_goes_on_overleaf_is_not_told(tmp_path: Path) -> None:
    pages = (
        [*GOALS, table(*LOST, ("Andel som väljer kollektiv-", "RS", "", "30 %"), closed=False)],
        [table(("trafik i vardagen", "", "", ""), *LOST, header=()), text],
    )
    printed = read(tmp_path, *pages)
    assert not [warning for warning in loud(printed) if warning.kind == "table_cut"]
    assert len(printed.rows) == 5


# -- pages that are missing ------------------------------------------------------------------


def foot(number: int) -> Draw:
    def draw(paper: Paper) -> None:
        paper.y = 815
        paper.line(f"Region Sjövik 2022 | {number}", 400)

    return draw


def numbered(*numbers: int) -> list[list[Draw]]:
    """Pages with a goal each, the third (number 3) with two tables and the headings of page 2."""
    pages: list[list[Draw]] = []
    for number in numbers:
        goal = heading(f"Strategiskt mål: Mål nummer {number}")
        names = () if number == 3 else (goal, heading(f"Framgångsfaktor: Faktor {number}"))
        row = table((f"Antal saker av slag {number}", "RS", "", str(10 * number)))
        pages.append([*names, row, text, foot(number)])
    return pages


def test_a_missing_page_is_told_and_takes_its_headings_along(tmp_path: Path) -> None:
    printed = read(tmp_path, *numbered(1, 3, 4, 5))
    assert {(w.kind, w.place.page) for w in loud(printed) if w.place} == {
        ("page_missing", 1),
        ("page_missing", 2),
    }
    rows = {row.cells["measure"].text: row for row in printed.rows}
    assert rows["Antal saker av slag 3"].goal_heading is None
    assert rows["Antal saker av slag 3"].review == ("page_missing",)
    assert rows["Antal saker av slag 4"].goal_heading == "Mål nummer 4"
    assert rows["Antal saker av slag 4"].review == ()


def test_pages_in_disorder_are_read_in_order(tmp_path: Path) -> None:
    printed = read(tmp_path, *numbered(1, 3, 2, 4, 5))
    assert [doubt.kind for doubt in printed.doubts] == ["page_order"] and not loud(printed)
    rows = {row.cells["measure"].text: row for row in printed.rows}
    assert rows["Antal saker av slag 3"].goal_heading == "Mål nummer 2"
    assert rows["Antal saker av slag 3"].place.page == 2  # its page in the file


def test_a_copy_of_a_page_is_not_read_again(tmp_path: Path) -> None:
    printed = read(tmp_path, *numbered(1, 2, 3, 3, 4))
    assert [w.kind for w in loud(printed)] == ["page_order"]
    assert len(printed.rows) == 4 and printed.source.page_count == 5


def test_review_reasons_and_kinds_of_issues_reach_the_records(tmp_path: Path) -> None:
    extract = made(read(tmp_path, *numbered(1, 3, 4, 5)))
    assert sum("page_missing" in record.review for record in extract.records) == 1
    assert sum(issue.kind == "page_missing" for issue in extract.issues) == 2


# -- reports without a measure, and layouts that a person names ------------------------------


def code_of(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


OTHER = ("Indikator", "Utfall 2021", "Utfall 2022", "Riktning")


def test_a_report_without_measures_is_an_error_that_lists_its_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "report.pdf", tmp_path / "out"
    path.write_bytes(
        pdf([*GOALS, grid(OTHER, ("Resor", "5", "6", "Öka"), ("Bad", "7", "8", "Öka")), text])
    )
    run = ("run", path, "--out", out, "--quiet", "--layout", "styrmatt-med-namnd", "--year", 2022)
    code = code_of(*map(str, run), "--organisation", "Region Sjövik")
    said = capsys.readouterr().err.strip()
    assert code == ExitCode.NO_MEASURES == 12
    assert "report.pdf" in said and "page 1" in said and " | ".join(OTHER) in said
    assert "\n" not in said and not list(out.glob("records/**/*.parquet"))


def test_a_header_without_rows_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf([*GOALS, table(), text]))
    assert code_of("run", path, "--out", tmp_path / "out", "--quiet") == ExitCode.NO_MEASURES
    assert "Styrmått | Nämnd" in capsys.readouterr().err


def test_a_named_layout_needs_no_column_of_its_family(tmp_path: Path) -> None:
    header = ("Styrmått", "", "", "Mål", "Måluppfyllelse")
    printed = read(
        tmp_path,
        [*GOALS, table(("Antal träd", "", "", "9"), header=header), text],
        layout="styrmatt-med-namnd",
    )
    assert len(printed.rows) == 1 and printed.rows[0].review == ()
    (doubt,) = (doubt for doubt in printed.doubts if doubt.kind == "layout_incomplete")
    assert "Utveckling" in doubt.message or "a table of" in doubt.message


def test_a_named_layout_needs_no_status_and_says_that_it_lacks(tmp_path: Path) -> None:
    header = ("Styrmått", "Nämnd", "K/M", "Mål", "", "")
    printed = read(
        tmp_path, [*GOALS, table(*LOST, header=header), text], layout="styrmatt-med-namnd"
    )
    assert len(printed.rows) == 2
    assert all("layout_incomplete" in row.review for row in printed.rows)
    kinds = {doubt.kind for doubt in loud(printed)}
    assert kinds == {"layout_incomplete", "unknown_header"}


def test_a_named_layout_that_fits_says_nothing_of_what_is_there(tmp_path: Path) -> None:
    overview = grid(("Strategiskt mål", "Framgångsfaktor"), ("Ett öppet län", "Fler möts"))
    printed = read(tmp_path, [overview, text, *GOALS, FIRST], layout="styrmatt-med-namnd")
    assert loud(printed) == []


def test_attached_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def portfolio(*drawings: Draw) -> Path:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(drawings)))
        writer.add_attachment("region-a-2022.pdf", pdf([*GOALS, FIRST]))
        path = tmp_path / f"portfolio{len(drawings)}.pdf"
        writer.write(path)
        return path

    out = ("--out", tmp_path / "out", "--quiet")
    assert code_of("run", portfolio(text), *out) == ExitCode.NO_LAYOUT
    assert "region-a-2022.pdf" in capsys.readouterr().err
    assert code_of("run", portfolio(), *out) == ExitCode.NO_TEXT
    said = capsys.readouterr().err
    assert "region-a-2022.pdf" in said and "Save the report from it" in said


# -- characters that a font does not name -----------------------------------------------------


def without_name(folder: Path, letter: str, *pages: Sequence[Draw]) -> Path:
    """A report whose fonts do not say what they show for a letter."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(*pages)))
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font.get_object()[NameObject("/Encoding")] = DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Encoding"),
                    NameObject("/BaseEncoding"): NameObject("/WinAnsiEncoding"),
                    NameObject("/Differences"): ArrayObject(
                        [NumberObject(letter.encode("cp1252")[0]), NameObject("/odd1")]
                    ),
                }
            )
    path = folder / "holes.pdf"
    writer.write(path)
    return path


def test_a_figure_that_lacks_a_digit_is_not_read(tmp_path: Path) -> None:
    path = without_name(tmp_path, "8", [*GOALS, FIRST, *[text] * 6])
    printed = read_report(path, LAYOUTS)[1]
    assert printed.rows[1].cells["target"].text == "\ufffd0 %"
    assert printed.rows[1].review == ("unreadable_characters",) and printed.rows[0].review == ()
    whole, holed = sorted(made(printed).records, key=lambda record: record.measure[:7] == "Andel n")
    assert whole.target_value == 12
    assert holed.target_value is None and "unreadable_characters" in holed.review


@pytest.mark.parametrize(
    ("sentence", "is_read"),
    [
        ("Andelen nöjda besökare var 78 procent för kvinnor.", True),
        ("Andelen nöjda besökare var 7\ufffd procent för kvinnor.", False),
        ("Andelen nöjda besökare var \ufffd8 procent för kvinnor.", False),
        ("Under \ufffdret var andelen nöjda besökare 78 procent för kvinnor.", True),
    ],
)
def test_a_sentence_whose_figure_lacks_a_digit_states_nothing(
    tmp_path: Path, sentence: str, is_read: bool
) -> None:
    printed = read(tmp_path, [*GOALS, FIRST, lambda paper: paper.line("MENING"), text])
    sections = tuple(
        replace(section, text=section.text.replace("MENING", sentence))
        for section in printed.sections
    )
    outcomes = made(replace(printed, sections=sections)).outcomes
    assert [outcome.value for outcome in outcomes] == [78.0] * is_read


def test_a_report_whose_fonts_name_no_letter_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = without_name(tmp_path, "å", [*GOALS, FIRST, text])
    assert code_of("run", path, "--out", tmp_path / "out", "--quiet") == ExitCode.NO_TEXT
    said = capsys.readouterr().err
    assert "fonts do not say which letters they show" in said and "page 1" in said
