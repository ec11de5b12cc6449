"""Definitions and comments below a measure's name, in the same cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_grid_reports import Report, comment, goals, names

from styrmatt.extract.grid.rows.below_names import is_figures_of_years
from styrmatt.printed import Row

HEADER = ("*Mått", "*2030", "*2031", "*Målvärde", "*Status")


def source(row: Row) -> str:
    return " ".join(row.cells["source"].text.split()) if "source" in row.cells else ""


NAMES = ["Andel nöjda besökare", "Antal öppna dagar", "Antal digitala besök"]
VALUES = (("70 %", "72 %", "75 %"), ("300", "310", "300"), ("150", "160", "155"))


def table(folder: Path, below: str, *, star: str = "*", down: int = 0) -> list[Row]:
    """Three measures with a text below each name; figures stand ``down`` lines below the first."""
    report = Report(folder)
    report.row(*HEADER)
    for name, values in zip(NAMES, VALUES, strict=True):
        report.row(f"{star}{name}\n{below}", *("\n" * down + value for value in values))
    return list(report.rows())


@pytest.mark.parametrize("star", ["*", ""])
@pytest.mark.parametrize("down", [0, 1, 2])
@pytest.mark.parametrize("label", ["Definition", "Så mäts det", "Mätmetod:", "Hur vi mäter"])
def test_a_definition_below_a_name_is_no_part_of_it(
    tmp_path: Path, label: str, down: int, star: str
) -> None:
    rows = table(
        tmp_path,
        f"{label}\nAlla som svarat på enkäten\n70 % (2030) 75 % (2031)",
        star=star,
        down=down,
    )
    assert names(rows) == NAMES
    assert [row.cells["target"].text for row in rows] == [values[2] for values in VALUES]
    assert {source(row) for row in rows} == {"Alla som svarat på enkäten 70 % (2030) 75 % (2031)"}
    assert {comment(row) for row in rows} == {""}


def test_a_definition_may_run_over_the_bound_of_its_column(tmp_path: Path) -> None:
    wide = "Alla som besökte någon av anläggningarna och svarade"
    rows = table(tmp_path, f"Definition\n{wide}\npå enkäten i oktober.")
    assert names(rows) == NAMES
    assert {source(row) for row in rows} == {f"{wide} på enkäten i oktober."}
    assert [[v.cell.text for v in row.values] for row in rows] == [list(v[:2]) for v in VALUES]


def test_a_description_is_a_comment(tmp_path: Path) -> None:
    rows = table(tmp_path, "Beskrivning\nAlla som svarat\npå enkäten")
    assert names(rows) == NAMES
    assert {comment(row) for row in rows} == {"Alla som svarat på enkäten"}


def test_sentences_in_plain_type_below_a_bold_name_are_a_comment(tmp_path: Path) -> None:
    rows = table(tmp_path, "Alla som svarat på\nenkäten räknas.\n70 % (2030)")
    assert names(rows) == NAMES
    assert {comment(row) for row in rows} == {"Alla som svarat på enkäten räknas."}
    assert {source(row) for row in rows} == {"70 % (2030)"}


@pytest.mark.parametrize("star", ["*", ""])
@pytest.mark.parametrize(
    "below", ["i kommunens badhus", "(procent)", "Per 1 000 inv.", "definition"]
)
def test_what_goes_on_a_name_is_part_of_it(tmp_path: Path, below: str, star: str) -> None:
    rows = table(tmp_path, below, star=star)
    assert names(rows) == [f"{name} {below}" for name in NAMES]
    assert not any(map(comment, rows)) and not any(map(source, rows))


def test_a_plain_name_keeps_its_sentences(tmp_path: Path) -> None:
    rows = table(tmp_path, "Alla ska vara nöjda.", star="")
    assert names(rows) == [f"{name} Alla ska vara nöjda." for name in NAMES]


def test_rows_below_a_bold_row_stay_rows(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.row(*HEADER)
    report.row("*Alla besökare ska trivas", "*70 %", "*72 %", "*75 %", "*Ja", rule=0)
    for name, values in zip(NAMES, VALUES, strict=True):
        report.row(f"{name} ska vara fler.", *values, rule=0)
    assert names(report.rows())[1:] == [f"{name} ska vara fler." for name in NAMES]


def test_comments_over_the_width_follow_definitions(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.line("*Mål: En öppen kommun", size=11)
    report.row(*HEADER)
    for name, values in zip(NAMES, VALUES, strict=True):
        report.row(f"*{name}\nDefinition\nAlla som svarat på enkäten", *values)
        report.row("Fler har svarat än i fjol, och det är bra för alla som bor i kommunen i år.")
    rows = report.rows()
    assert names(rows) == NAMES
    assert goals(rows) == ["En öppen kommun"] * 3
    assert {comment(row)[:14] for row in rows} == {"Fler har svara"}
    assert {source(row) for row in rows} == {"Alla som svarat på enkäten"}


OF_YEARS = "70 % (2030), 75 % (2031)"


@pytest.mark.parametrize("lead", ["", "Beskrivning: "])
def test_a_text_below_a_name_is_no_comment_where_a_row_below_is_one(
    tmp_path: Path, lead: str
) -> None:
    report = Report(tmp_path)
    report.row(*HEADER)
    said = "Fler svarade."
    for n, (name, values) in enumerate(zip(NAMES, VALUES, strict=True)):
        report.row(f"*{name}\n{lead}Alla som svarat på en\nenkät räknas.\n{OF_YEARS}", *values)
        if n < 2:
            report.row(f"{said} Det är bra för alla som bor i kommunen, och för andra besökare.")
    rows = report.rows()
    assert names(rows) == NAMES
    assert [comment(row)[: len(said)] for row in rows] == [said, said, ""]
    assert {source(row) for row in rows} == {
        f"{lead}Alla som svarat på en enkät räknas. {OF_YEARS}"
    }


def test_a_text_below_a_name_that_a_word_says_is_a_comment_stays_one(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.row(*HEADER)
    for name, values in zip(NAMES, VALUES, strict=True):
        report.row(f"*{name}\nKommentar: Alla har svarat.", *values)
        report.row("Det är bra för alla som bor i kommunen, och för alla andra besökare i år.")
    rows = report.rows()
    assert names(rows) == NAMES
    assert {comment(row)[:26] for row in rows} == {"Alla har svarat. Det är br"}


def test_texts_below_names_are_comments_where_only_other_rows_have_comments_below(
    tmp_path: Path,
) -> None:
    report = Report(tmp_path)
    report.row(*HEADER)
    report.row(f"*{NAMES[0]}\nAlla som svarat på en\nenkät var nöjda.", *VALUES[0])
    report.row(f"*{NAMES[1]}", *VALUES[1])
    report.row("Det är bra för alla som bor i kommunen, och för alla andra besökare i år.")
    rows = report.rows()
    assert names(rows) == NAMES[:2]
    assert [comment(row)[:6] for row in rows] == ["Alla s", "Det är"]


@pytest.mark.parametrize(
    "text",
    [
        OF_YEARS,
        "-1,5 % (2024), 0,0 % (2025), 1,0 % (2026)",
        "<3,0 (2024), <2,5 (2025)",
        "minst 80 kr (2024)",
        "2024: 85 %, 2025: 90 %",
        "1 200 st (2030); 1 300 st (2031)",
    ],
)
def test_figures_with_their_years_are_no_comment(text: str) -> None:
    assert is_figures_of_years(text)


@pytest.mark.parametrize(
    "text",
    ["Alla svarade (2024)", "Målet var 80 % (2024) och nåddes.", "85 %", "Enkät 2024", "2024", ""],
)
def test_other_texts_are_not_figures_with_years(text: str) -> None:
    assert not is_figures_of_years(text)


@pytest.mark.parametrize(
    ("below", "is_comment"),
    [
        ("Fler har svarat än i fjol.", True),
        ("*Nästa mål är att alla trivs.", False),
    ],
)
def test_a_sentence_on_a_ground_as_wide_as_the_table_belongs_to_its_last_row(
    tmp_path: Path, below: str, is_comment: bool
) -> None:
    report = Report(tmp_path)
    report.row(*HEADER)
    for name, values in zip(NAMES, VALUES, strict=True):
        report.row(name, *values)
    report.canvas.setFillGray(0.93)
    report.canvas.rect(50, report.y - 7, 495, 19, stroke=0, fill=1)
    report.canvas.setFillGray(0)
    report.row(below, rule=0)
    rows = report.rows()
    assert names(rows) == NAMES
    assert [comment(row) for row in rows] == ["", "", below if is_comment else ""]


def padded(
    folder: Path, label: str, gap: float, *, rule: bool = False, closed: bool = False
) -> list[Row]:
    """Measures with a labelled text below each name, and a comment on a ground below that.

    ``gap`` is the white space above the label, ``rule`` draws a ruling in it; ``closed`` draws one
    well above the last ground.
    """
    report = Report(folder)
    report.row(*HEADER)
    for name, values in zip(NAMES, VALUES, strict=True):
        report.row(f"*{name}", *values, rule=0)
        report.y += 18 - gap - 9
        if rule:
            report.canvas.line(50, report.y + 10, 545, report.y + 10)
        for text in (label, "Alla som svarat på enkäten.", OF_YEARS):
            report.line(text, 53, size=8, down=10)
        if closed and name is NAMES[-1]:
            report.canvas.line(50, report.y + 5, 545, report.y + 5)
        report.y -= 8
        report.canvas.setFillGray(0.93)
        report.canvas.rect(50, report.y - 5, 495, 18, stroke=0, fill=1)
        report.canvas.setFillGray(0)
        report.line("Fler har svarat än i fjol.", 53, down=20)
    return list(report.rows())


@pytest.mark.parametrize("gap", [2.0, 5.0, 8.0])
@pytest.mark.parametrize("label", ["Beskrivning", "Definition", "Mätmetod:"])
def test_a_label_may_have_space_above_it(tmp_path: Path, label: str, gap: float) -> None:
    rows = padded(tmp_path, label, gap)
    assert names(rows) == NAMES
    assert [comment(row) for row in rows] == ["Fler har svarat än i fjol."] * 3
    assert {source(row) for row in rows} == {f"Alla som svarat på enkäten. {OF_YEARS}"}


def test_a_row_of_its_own_that_a_word_for_definitions_leads_is_no_comment_beside_another(
    tmp_path: Path,
) -> None:
    rows = padded(tmp_path, "Beskrivning", 8.0, rule=True)
    assert names(rows) == NAMES
    assert [comment(row) for row in rows] == ["Fler har svarat än i fjol."] * 2 + [""]


def test_a_ground_behind_the_ruling_that_ends_a_table_is_no_comment(tmp_path: Path) -> None:
    rows = padded(tmp_path, "Definition", 5.0, closed=True)
    assert names(rows) == NAMES
    assert {source(row) for row in rows} == {f"Alla som svarat på enkäten. {OF_YEARS}"}


def small(folder: Path, *texts: str, size: float = 6.5, mark: bool = False) -> list[Row]:
    """Measures between rulings, with lines in small type below each name, and no other cell."""
    report = Report(folder)
    report.row(*HEADER)
    for name, values in zip(NAMES, VALUES, strict=True):
        report.row(f"*{name}", *values, rule=0)
        report.y += 6
        for n, text in enumerate(texts):
            if mark and not n:
                report.canvas.setFillColor("#00b050")
                report.canvas.circle(500, report.y + 2, 3, stroke=0, fill=1)
                report.canvas.setFillColor("#000000")
            report.line(text, 53, size, down=size + 1.5)
        report.canvas.line(50, report.y + 4, 545, report.y + 4)
        report.y -= 8
    return list(report.rows())


def test_small_text_below_a_name_alone_is_no_row(tmp_path: Path) -> None:
    rows = small(tmp_path, "Median från att någon ringer till att alla är på plats,", "sekunder")
    texts = "Median från att någon ringer till att alla är på plats, sekunder"
    assert names(rows) == NAMES
    assert {source(row) for row in rows} == {texts}
    assert not any(map(comment, rows))


@pytest.mark.parametrize(("text", "size"), [("per 1 000 invånare", 6.5), ("Per invånare", 9)])
def test_small_text_that_goes_on_a_name_or_is_no_smaller_is_part_of_it(
    tmp_path: Path, text: str, size: float
) -> None:
    assert names(small(tmp_path, text, size=size)) == [f"{name} {text}" for name in NAMES]


def test_small_text_with_a_mark_of_its_own_may_be_a_row(tmp_path: Path) -> None:
    found = names(small(tmp_path, "Badhuset i centrum", mark=True))
    assert found.count("Badhuset i centrum") == len(NAMES)
