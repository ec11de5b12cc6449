"""Codes in brackets behind the names of goals: boards, or part of the name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from test_grid_reports import Report

from styrmatt.extract.grid.content import content_of
from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.goals.known_boards import known_boards
from styrmatt.normalize.normalize import normalize
from styrmatt.records import Extract
from styrmatt.swedish.board_codes import BoardReader

WORDS = load_layouts()[0].words
BOARDS = BoardReader(WORDS.targets.also)


def known(names: Sequence[str], *texts: str) -> set[str]:
    """The codes that are taken for boards."""
    return set(known_boards(names, texts, BOARDS, WORDS))


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["Fler simmar (KS, XYN)", "Fler går (PLN)", "Alla läser"], {"KS", "XYN", "PLN"}),
        (["Fler simmar (KS/SOC)", "Fler går (SOC)"], {"KS", "SOC"}),
        (["Fler simmar (KS)", "Alla läser", "Alla räknar"], {"KS"}),
        (["Alla läser (BUN)", "Alla räknar", "Alla simmar"], {"BUN"}),
    ],
)
def test_codes_behind_most_goals_and_those_known_everywhere_are_boards(
    names: Sequence[str], codes: set[str]
) -> None:
    assert known(names) == codes


@pytest.mark.parametrize(
    "names",
    [
        ["Fler klarar svenskan (SFI)", "Alla läser", "Alla räknar"],
        ["Fler klarar svenskan (SFI)", "Nöjda kunder (NKI)"],
        ["Engagemanget ökar (HME)", "Besök görs i tid (BVC)", "Alla läser (LGR)"],
        ["Arbetet följer Agenda 2030 (FN)", "Alla läser", "Alla räknar"],
        ["Fler simmar (ks)", "Alla läser (minst 8)"],
        ["(KS)", "Alla läser"],
    ],
)
def test_other_brackets_belong_to_the_name(names: Sequence[str]) -> None:
    assert known(names) == set()


@pytest.mark.parametrize(
    "text",
    [
        "PLN parknämnden, QRN idrotts- och fritidsnämnden",
        "Här redovisas parknämnden (PLN) och de andra.",
        "PLN = Nämnden ... PLN: planeringsutskottet",
        "Förkortningar: KLU klimatutskottet, PLN Plan- och\nlandsbygdsnämnd",
    ],
)
def test_a_list_of_boards_in_short_tells_what_a_code_is(text: str) -> None:
    assert known(["Fler parker (PLN)", "Alla läser", "Alla räknar (HME)"], text) == {"PLN"}


@pytest.mark.parametrize(
    "text",
    [
        "Parknämnden mäter HME varje år.",
        "HME mäts av kommunstyrelsen (KS).",
        "Engagemanget (HME) följs av nämnden.",
        "Siffran inom parentes är målet. Nämnden följer det.",
    ],
)
def test_a_text_about_other_codes_or_brackets_tells_nothing(text: str) -> None:
    assert known(["Engagemanget ökar (HME)", "Alla läser", "Alla räknar"], text) == set()


def test_a_sentence_about_the_brackets_tells_what_they_hold() -> None:
    names = ["Fler parker (PLN, PARK)", "Alla läser", "Alla räknar"]
    said = "Den nämnd som svarar för målet anges inom parentes efter det."
    assert known(names, said) == {"PLN", "PARK"}
    assert known(names, "Nämnden följer målen. Inom parentes står året.") == set()


HEADER = ("*Mått", "*2030", "*2031", "*Målvärde", "*Status")


def read(report: Report) -> Extract:
    """What is made of a drawn report."""
    report.canvas.save()
    layout, printed = read_report(report.path, load_layouts())
    return normalize(printed, layout, {}, "test")


def test_a_goal_is_told_without_its_boards_which_are_kept(tmp_path: Path) -> None:
    report = Report(tmp_path)
    for goal, name in (("Fler simmar (KS, FRN)", "Bad"), ("Alla läser mer (BUN)", "Lån")):
        report.line(f"*{goal}", size=12)
        report.row(*HEADER)
        report.row(f"Andel {name.lower()}", "70 %", "72 %", "75 %", "Uppnått")
        report.row(f"Antal {name.lower()}", "30", "31", "30", "Uppnått")
        report.y -= 20
    extract = read(report)
    found = [(goal.goal, tuple(goal.boards)) for goal in extract.goals]
    assert found == [("Fler simmar", ("KS", "FRN")), ("Alla läser mer", ("BUN",))]
    assert [record.board for record in extract.records] == [None, None, "BUN", "BUN"]


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        (("KS", "KS, BUN", "PLN/KS", "Samtliga"), 4),
        (("KS", "BUN,", "SOC"), 3),
        (("KSN", "Samtliga nämnder", "SOCN"), 3),
        (("SOC", "BUN", "Anna Ek"), 1),
        (("Samtliga", "Alla", "KS"), 1),
        (("Kommunchef", "KS", "Rektor"), 1),
    ],
)
def test_cells_of_several_codes_and_of_all_boards_are_boards(
    cells: Sequence[str], count: int
) -> None:
    assert content_of(cells, 0, WORDS).boards == count


def test_a_cell_for_all_boards_in_a_column_of_codes_is_who_is_responsible(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.line("*Fler simmar", size=12)
    report.row("*Mått", "*2031", "*Målvärde", "*Ansvarig")
    for name, who in (("Bad", "KSN"), ("Lån", "KSN, PLN"), ("Tid", "BUN"), ("Ork", "Samtliga")):
        report.row(f"Andel {name.lower()}", "72 %", "75 %", who)
    records = read(report).records
    assert [record.board for record in records] == ["KSN", "KSN, PLN", "BUN", None]
    assert [record.responsible for record in records] == [None, None, None, "Samtliga"]
