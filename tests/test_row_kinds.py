"""A column of letters or words that say of what kind each row is: goal or measure."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_coded_groups import GOALS, MEASURES
from test_grid_reports import Report, goals, names

from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts
from styrmatt.printed import ExtractedReport

XS = (40.0, 85.0, 115.0, 320.0, 365.0, 410.0, 470.0, 555.0)
HEADER = ("", "*Kod", "*Mål / mått", "*2030", "*2031", "*Målvärde", "*Bedömning")
CODES = ("A", "A1", "A2", "B", "B1", "B2")
NUMBERS = ("1", "2", "3", "4", "5", "6")


def drawn(
    folder: Path,
    kinds: tuple[str, str] = ("S", "N"),
    codes: tuple[str, ...] = CODES,
    *,
    bold: bool = True,
    judged: bool = True,
    header: str = "",
    tops: tuple[str, str] = GOALS,
) -> Report:
    """Two goals with two measures each; ``kinds`` are what stands before goals and measures."""
    report = Report(folder)
    report.row(header, *HEADER[1:], xs=XS)
    for n, code in enumerate(codes):
        star = "*" if bold and n % 3 == 0 else ""
        if n % 3 == 0:
            words = ("", "", "", "Delvis uppnått") if judged else ()
            cells = (kinds[0], code, tops[n // 3], *words)
        else:
            cells = (kinds[1], code, *MEASURES[n // 3 * 2 + n % 3 - 1])
        report.row(*(f"{star}{cell}" for cell in cells), xs=XS)
    return report


def read(report: Report) -> ExtractedReport:
    report.canvas.save()
    return read_pdf(report.path, load_layouts())[1]


@pytest.mark.parametrize("judged", [True, False])
@pytest.mark.parametrize(
    ("kinds", "codes", "bold", "header"),
    [
        (("S", "N"), CODES, True, ""),
        (("S", "N"), CODES, False, "*Typ"),
        (("S", "N"), NUMBERS, True, "*S/N"),
        (("ÖM", "I"), CODES, True, ""),
        (("Mål", "Mått"), NUMBERS, False, "*Slag"),
        (("Delmål", "Indikator"), CODES, False, ""),
    ],
)
def test_rows_of_a_kind_without_figures_are_the_goals_of_the_rows_below(
    tmp_path: Path,
    kinds: tuple[str, str],
    codes: tuple[str, ...],
    bold: bool,
    header: str,
    judged: bool,
) -> None:
    report = read(drawn(tmp_path, kinds, codes, bold=bold, judged=judged, header=header))
    assert names(report.rows) == [measure[0] for measure in MEASURES]
    assert goals(report.rows) == [GOALS[0]] * 2 + [GOALS[1]] * 2
    assert [entry.goal.text for entry in report.overview] == (list(GOALS) if judged else [])


def test_tasks_without_figures_are_no_goals_and_their_column_is_said_to_be_unknown(
    tmp_path: Path,
) -> None:
    report = read(drawn(tmp_path, ("U", "N"), NUMBERS, bold=False))
    assert len(report.rows) == 6
    assert set(goals(report.rows)) == {None}
    assert [doubt.raw_text for doubt in report.doubts if doubt.kind == "unknown_header"] == [
        "U | N | N"
    ]


def test_letters_that_are_all_the_same_name_no_goal(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.row(*HEADER, xs=XS)
    for code, measure in zip(("A1", "A2", "A3", "A4"), MEASURES, strict=True):
        report.row("N", code, *measure, xs=XS)
    rows = report.rows()
    assert names(rows) == [measure[0] for measure in MEASURES]
    assert set(goals(rows)) == {None}


def test_goals_in_words_that_stand_over_their_measures_are_no_kinds(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.row(*HEADER, xs=XS)
    for n, measure in enumerate(MEASURES):
        report.row("" if n % 2 else ("Trygghet", "Klimat")[n // 2], f"{n}", *measure, xs=XS)
    assert goals(report.rows()) == ["Trygghet"] * 2 + ["Klimat"] * 2


def test_letters_for_sexes_are_no_kinds(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.row("", "*Nr", *HEADER[2:], xs=XS)
    for n, measure in enumerate(MEASURES):
        report.row("KM"[n % 2], f"{n + 1}", *measure, xs=XS)
    assert set(goals(report.rows())) == {None}


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("cut", [2, 3, 4, 5])
def test_a_goal_holds_overleaf(tmp_path: Path, cut: int, *, repeated: bool) -> None:
    report = Report(tmp_path)
    report.row(*HEADER, xs=XS)
    for n, code in enumerate(CODES):
        if n == cut:
            report.page()
            if repeated:
                report.row(*HEADER, xs=XS)
        if n % 3 == 0:
            report.row("*S", f"*{code}", f"*{GOALS[n // 3]}", "", "", "", "*Uppnått", xs=XS)
        else:
            report.row("N", code, *MEASURES[n // 3 * 2 + n % 3 - 1], xs=XS)
    rows = report.rows()
    assert names(rows) == [measure[0] for measure in MEASURES]
    assert goals(rows) == [GOALS[0]] * 2 + [GOALS[1]] * 2
