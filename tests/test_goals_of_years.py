"""Headings above tables of nothing but years that are goals, though no word says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_grid_reports import Report
from test_year_headers import ROWS, heading, printed, table

from styrmatt.errors import NoLayoutError

MORE = (("Besök per invånare", "3,1", "2,9"), ("Öppna dagar", "301", "322"))
NINE = (50.0, 220.0, 258.0, 290.0, 330.0, 368.0, 400.0, 440.0, 478.0, 510.0)
WISHES = ("*3.1 Simningen ska nå alla barn", "*3.2 Badhusen ska vara öppna för alla")
PROMISES = ("*Du lär dig simma", "*Du är trygg i vattnet")
TOLD = "Kommunens badhus har två löften till sina gäster."


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return Report(tmp_path)


def two(report: Report, *texts: str) -> list[str | None]:
    """The goals of the rows of a table of years below each heading; none where none is read."""
    for text, rows in zip(texts, (ROWS, MORE), strict=False):
        heading(report, text)
        table(report, *rows)
    return read(report)


def read(report: Report) -> list[str | None]:
    try:
        return [row.goal_heading for row in report.rows()]
    except NoLayoutError:
        return []


def test_wishes_side_by_side_are_goals(report: Report) -> None:
    assert two(report, *WISHES) == [WISHES[n][5:] for n in (0, 0, 1, 1)]


@pytest.mark.parametrize(
    "texts",
    [
        (WISHES[0],),
        (WISHES[0], WISHES[0]),
        (WISHES[0], "*3.2 Resultaträkning"),
        ("*3.1 Badhusens ekonomi", "*3.2 Personalen i siffror"),
    ],
)
def test_one_wish_alone_or_topics_are_none(report: Report, texts: tuple[str, ...]) -> None:
    assert two(report, *texts) == []


def test_a_wish_is_no_goal_where_a_word_for_goals_names_another(report: Report) -> None:
    heading(report, "*Mål 1: Fler ska simma längre")
    table(report, ("Simmare", "1", "2"), ("Längder", "3", "4"))
    assert set(two(report, *WISHES)) == {"Fler ska simma längre"}


def sexes(report: Report, *, narrow: bool, labels: tuple[str, ...] = ()) -> None:
    """A table of years over women, men and total, which may stand only a space apart."""
    top = report.y
    for n, year in enumerate(("*2030", "*2031", "*2032")):
        report.y = top
        report.line(year, NINE[1 + 3 * n] + 40)
    report.y = top - 13
    names = labels or ("Kvinnor", "Män", "Totalt")
    if narrow:
        for x, name in zip(NINE[1:], names * 3, strict=False):
            report.y = top - 13
            report.line(name, x + {"Kvinnor": -2, "Män": 1, "Totalt": -9}.get(name, 0), size=8)
    else:
        report.row("", *names * 3, xs=NINE)
    report.row("Simkurser, antal", *"123456789", xs=NINE, rule=0)
    report.row("Ledare, antal", *"987654321", xs=NINE, rule=0)
    report.y -= 20


@pytest.mark.parametrize("narrow", [True, False])
def test_a_wish_above_years_over_women_and_men_is_one_alone(
    report: Report, *, narrow: bool
) -> None:
    heading(report, WISHES[0])
    sexes(report, narrow=narrow)
    first, second = printed(report.rows())
    assert first[2] == second[2] == WISHES[0][5:]
    years = [(year, sex) for year in (2030, 2031, 2032) for sex in "KMT"]
    assert first[3] == [(*one, figure) for one, figure in zip(years, "123456789", strict=True)]


def test_staff_by_sex_below_a_topic_is_left_alone(report: Report) -> None:
    heading(report, "*Anställda i badhusen")
    sexes(report, narrow=False)
    assert read(report) == []


def test_sexes_that_cannot_be_placed_are_not_read_as_years(report: Report) -> None:
    heading(report, WISHES[0])
    sexes(report, narrow=True, labels=("Kvinnor", "Män", "Okänt"))
    heading(report, WISHES[1])
    table(report, *MORE)
    assert [row for row in read(report) if row == WISHES[0][5:]] == []


def test_a_caption_above_a_table_names_no_goal_where_a_heading_does(report: Report) -> None:
    for n, (text, rows) in enumerate(zip(WISHES, (ROWS, MORE), strict=True)):
        heading(report, text)
        report.line(f"*Tabell {n + 4}. Simning i kommunen, 2030–2031", size=8)
        table(report, *rows)
    assert read(report) == [WISHES[n][5:] for n in (0, 0, 1, 1)]


@pytest.mark.parametrize(
    "texts",
    [
        PROMISES,
        ("*Vi är en god arbetsgivare", "*Vi kan vårt yrke"),
        ("*Ni får svar", "*Ni möts väl"),
    ],
)
def test_promises_are_goals_where_the_text_says_how_many_there_are(
    report: Report, texts: tuple[str, str]
) -> None:
    report.line(TOLD, size=10)
    assert two(report, *texts) == [texts[n][1:] for n in (0, 0, 1, 1)]


@pytest.mark.parametrize(
    ("told", "texts"),
    [
        ("Kommunens badhus har goda löften till sina gäster.", PROMISES),
        ("Kommunens badhus har två simhallar och nya mål.", PROMISES),
        (TOLD, PROMISES[:1]),
        (TOLD, ("*Vi blev fler", "*Vi sålde mer")),
        (TOLD, ("*Vi i siffror", "*Vi som simmar")),
        (TOLD, ("*Resultaträkning", "*Balansräkning")),
        (TOLD, ("*Personalen", "*Sjukfrånvaro")),
    ],
)
def test_news_topics_and_promises_nobody_counted_are_none(
    report: Report, told: str, texts: tuple[str, ...]
) -> None:
    report.line(told, size=10)
    assert two(report, *texts) == []


@pytest.mark.parametrize("n", [2, 3])
def test_more_promises_than_are_told_are_none(report: Report, n: int) -> None:
    report.line(TOLD, size=10)
    for text in (*PROMISES, "*Du blir varm igen")[:n]:
        heading(report, text)
        table(report, *ROWS)
    assert len(read(report)) == (4 if n == 2 else 0)


STATED = ("*Vattnet är varmt hela året", "*Simmarna mår bra")


def below(report: Report, above: str, *texts: str) -> list[str | None]:
    """The goals read below headings that stand below another one, with a table each."""
    report.line(above, size=14)
    return two(report, *texts)


@pytest.mark.parametrize("above", ["*Personalpolitiska mål", "*2 Våra åtaganden", "*Badhusmål"])
def test_sentences_below_a_heading_for_goals_are_goals(report: Report, above: str) -> None:
    assert below(report, above, *STATED) == [STATED[n][1:] for n in (0, 0, 1, 1)]


@pytest.mark.parametrize(
    ("above", "texts"),
    [
        ("*Personalen", STATED),
        ("*Mål och ekonomi", STATED),
        ("*Personalpolitiska mål", STATED[:1]),
        ("*Personalpolitiska mål", ("*Resultaträkning", "*Balansräkning")),
        ("*Ekonomiska mål", ("*Badens intäkter och kostnader", "*Hur mycket vi har")),
        ("*Ekonomiska mål", ("*Är badet lönsamt", "*Har vi råd")),
    ],
)
def test_other_headings_there_and_sentences_elsewhere_are_none(
    report: Report, above: str, texts: tuple[str, ...]
) -> None:
    assert below(report, above, *texts) == []


def test_a_row_of_years_in_bold_is_no_heading(report: Report) -> None:
    heading(report, "*Alla barn ska kunna simma")
    table(report, ("Simmare", "1", "2"), header=("*Antal", "*2030", "*2031"))
    table(report, *ROWS, header=("Mått", "Utfall 2030", "Utfall 2031"))
    assert set(read(report)) == {"Alla barn ska kunna simma"}
