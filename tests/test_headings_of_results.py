"""Which goal and measure text is about where headings are missing, or cut by the end of a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.records import Extract

Line = tuple[str, int, bool]
"""A line of text with its size and whether it is bold."""
Table = Sequence[Sequence[str]]
FOOT = 60.0
"""The height of the last line of a page, in points from below."""
TRAVEL = (
    ("Styrmått", "Mål 2031", "Status"),
    ("Andel bussturer i rätt tid", "90 %", "Nått"),
    ("Antal hembesök hos nyblivna föräldrar", "Öka", "Nått"),
    ("Sjukfrånvaro", "Minska", "Nått"),
)
SCHOOL = (
    ("Styrmått", "Mål 2031", "Status"),
    ("Andel elever med behörighet", "90 %", "Nått"),
    ("Antal besökare på museet", "Öka", "Nått"),
)


def heading(words: str, size: int = 16) -> Line:
    return words, size, True


def words(text: str) -> Line:
    return text, 10, False


def report(folder: Path, *pages: Sequence[Line | Table]) -> Extract:
    """What is read of a report with a cover and these pages; the last line stands at the foot."""
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    for size, y, text in ((20, 700, "Region Tallmo"), (20, 670, "Årsredovisning 2031")):
        canvas.setFont("Helvetica", size)
        canvas.drawString(50, y, text)
    canvas.showPage()
    for page in pages:
        y = 790.0
        for number, item in enumerate(page):
            if isinstance(item[0], str):
                text, size, bold = item
                at = FOOT if number == len(page) - 1 and number else y
                canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
                canvas.drawString(50, at, text)
                y -= 2 * size
            else:
                y = draw_table(canvas, item, y)
        canvas.showPage()
    canvas.save()
    layout, found = read_pdf(path, load_layouts())
    return normalize(found, layout, {}, "test")


def draw_table(canvas: Canvas, rows: Table, y: float) -> float:
    """Draw a table whose top is at ``y``; where the next thing may begin.

    A line break in a cell is one.
    """
    xs = (50, 300, 420, 560)
    canvas.setLineWidth(0.5)
    canvas.line(xs[0], y, xs[-1], y)
    for number, row in enumerate(rows):
        canvas.setFont("Helvetica" if number else "Helvetica-Bold", 9)
        bottom = y - 20 - 10 * max(cell.count("\n") for cell in row)
        for x, cell in zip(xs, row, strict=False):
            for n, part in enumerate(cell.split("\n")):
                canvas.drawString(x + 3, y - 13 - 10 * n, part)
        canvas.line(xs[0], bottom, xs[-1], bottom)
        for x in xs:
            canvas.line(x, y, x, bottom)
        y = bottom
    return y - 24


def goals(extract: Extract) -> dict[str, str | None]:
    """The goal of each measure."""
    names = {goal.goal_id: goal.goal for goal in extract.goals}
    return {m.measure: names.get(m.goal_id or "") for m in extract.measures}


def results(extract: Extract) -> dict[str, float | None]:
    """The results that the text states, by measure."""
    names = {measure.measure_id: measure.measure for measure in extract.measures}
    stated = [o for o in extract.outcomes if o.source == "narrative" and o.value is not None]
    return {names.get(o.measure_id or "", "?"): o.value for o in stated}


RESULTS = (
    words("Bussarna har gått bättre i år. Andelen bussturer i rätt tid var 87 procent."),
    words("Antalet hembesök har ökat till 310 under året."),
    words("Enkäten besvarades av 1 204 personer och hemsidan hade 5 besök i minuten."),
    words("Sjukfrånvaron bland medarbetarna var 5,3 procent."),
)


@pytest.mark.parametrize("order", ["behind", "ahead", "overleaf"])
def test_text_without_any_heading_is_about_the_measures_of_the_report(
    tmp_path: Path, order: str
) -> None:
    pages = {
        "behind": ((TRAVEL, *RESULTS, words("Slut.")),),
        "ahead": ((*RESULTS, TRAVEL, words("Slut.")),),
        "overleaf": ((TRAVEL, words("Tabellen visar årets mått.")), (*RESULTS, words("Slut."))),
    }[order]
    extract = report(tmp_path, *pages)
    assert set(goals(extract).values()) == {None}
    assert results(extract) == {
        "Andel bussturer i rätt tid": 87.0,
        "Antal hembesök hos nyblivna föräldrar": 310.0,
        "Sjukfrånvaro": 5.3,
    }


def test_text_that_names_no_measure_stays_without_one_where_there_is_no_heading(
    tmp_path: Path,
) -> None:
    extract = report(
        tmp_path,
        (TRAVEL, words("Antalet besök på hemsidan var 310."), words("Väntetiden var 12 dagar.")),
    )
    assert results(extract) == {}


def test_text_ahead_of_the_first_heading_of_a_page_belongs_to_the_page_before(
    tmp_path: Path,
) -> None:
    extract = report(
        tmp_path,
        (heading("Goda resor"), TRAVEL, words("Andelen bussturer i rätt")),
        (
            words("tid var 87 procent under året."),
            heading("God skola"),
            SCHOOL,
            words("Antalet besökare på museet var 4 200."),
        ),
    )
    sections = [(n.heading, n.text) for n in extract.narratives if n.text]
    assert sections == [
        ("Goda resor", "Andelen bussturer i rätt tid var 87 procent under året."),
        ("God skola", "Antalet besökare på museet var 4 200."),
    ]
    assert results(extract) == {
        "Andel bussturer i rätt tid": 87.0,
        "Antal besökare på museet": 4200.0,
    }


@pytest.mark.parametrize(
    ("above", "below", "goal"),
    [
        ("Alla elever ska ha behörighet till", "gymnasiet", None),
        ("Alla elever ska ha behörighet och", "Museet ska vara öppet", None),
        ("ALLA ELEVER SKA HA BEHÖRIGHET", "OCH MUSEET VARA ÖPPET", None),
        ("Mål 2:", "God skola", "God skola"),
        ("Skolan i framtiden", "God skola", "God skola"),
        ("Vad vi vill nå", "God skola", "God skola"),
    ],
)
def test_the_goal_of_a_table_is_whole_where_a_page_break_cuts_its_heading(
    tmp_path: Path, above: str, below: str, goal: str | None
) -> None:
    extract = report(
        tmp_path,
        (heading("Goda resor"), TRAVEL, heading(above)),
        (heading(below), SCHOOL, words("Antalet besökare på museet var 4 200.")),
    )
    found = goals(extract)
    whole = goal or f"{above} {below}"
    assert (found["Antal besökare på museet"] or "").casefold() == whole.casefold()
    assert found["Sjukfrånvaro"] == "Goda resor"
    assert results(extract) == {"Antal besökare på museet": 4200.0}


@pytest.mark.parametrize(
    ("above", "below", "value"),
    [
        ("Antal hembesök hos", "nyblivna föräldrar", 310.0),
        ("Antal hembesök hos", "Nyblivna föräldrar", 310.0),
        ("Sjukfrånvaro", "Antal hembesök hos nyblivna föräldrar", 310.0),
        ("Antal hembesök hos nyblivna föräldrar", "Övriga siffror", None),
    ],
)
def test_the_measure_of_a_section_is_known_where_a_page_break_cuts_its_heading(
    tmp_path: Path, above: str, below: str, value: float | None
) -> None:
    extract = report(
        tmp_path,
        (heading("Goda resor"), TRAVEL, words("Så gick det."), heading(above, 12)),
        (heading(below, 12), words("Utfallet blev 310 under året, vilket är fler än i fjol.")),
    )
    expected = {} if value is None else {"Antal hembesök hos nyblivna föräldrar": value}
    assert results(extract) == expected
