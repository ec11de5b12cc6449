"""Words of tables that are left alone tell how words are written that lines break."""

from __future__ import annotations

from pathlib import Path

import pytest
from covers import read_cover
from test_headings_of_results import heading, report

from styrmatt.extract.words_elsewhere import WordsElsewhere


def kept(elsewhere: str, *lines: str) -> tuple[str, ...]:
    words = WordsElsewhere()
    words.add(elsewhere.splitlines())
    return words.of_broken(lines)


@pytest.mark.parametrize(
    ("elsewhere", "line", "words"),
    [
        ("Adobe-licenser 410 tkr", "Antal Adobe-", ("Adobe-licenser",)),
        ("Adobelicenser 410", "Antal Adobe- ", ("Adobelicenser",)),
        ("ADOBE-LICENSER", "antal adobe-", ("ADOBE-LICENSER",)),
        ("Adobe-licenser", "Antal Adobe", ()),
        ("Adobe-licenser", "Antal Ado", ()),
        ("Adobe-", "Antal Adobe-", ()),
        ("Ny-byn", "Antal ny-", ("Ny-byn",)),
        ("410 1-2 3-4", "perioden 1-", ()),
        ("kursa kursa kursa kursa", "en kur-", ("kursa", "kursa", "kursa")),
        ("b-kurser a-kurser", "en a-", ()),
    ],
)
def test_words_are_kept_that_begin_as_a_broken_word_does(
    elsewhere: str, line: str, words: tuple[str, ...]
) -> None:
    assert kept(elsewhere, "Först.", line, "sedan") == words


def test_what_is_kept_does_not_depend_on_the_order() -> None:
    one = kept("kursplan kurslokal\nkursplan", "kurs-")
    assert one == kept("kursplan\nkursplan kurslokal", "kurs-")
    assert one == ("kurslokal", "kursplan", "kursplan")


@pytest.mark.parametrize("first", ["vux", "vux-"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_table_that_is_left_alone_tells_how_a_measure_is_written(
    tmp_path: Path, first: str, order: int
) -> None:
    measures = (
        ("Styrmått", "Mål 2031", "Status"),
        ("Antal vux-\nkurser", "Öka", "Nått"),
        ("Antal hembesök hos nyblivna föräldrar", "Öka", "Nått"),
    )
    costs = (
        ("Kostnadsslag", "Utgift", "Ram"),
        (f"{first}kurser", "12 500", "11 000"),
        ("Lokaler", "3 100", "3 000"),
        ("Resor", "400", "400"),
    )
    pages = ((heading("Kunskap"), measures), (heading("Ekonomi"), costs))[::order]
    found = report(tmp_path, *pages)
    assert found.measures[0].measure == f"Antal {first}kurser"
    assert not any("kurser" in (narrative.text or "") for narrative in found.narratives)


@pytest.mark.parametrize("hyphen", ["-\n", "\u00ad\n", "\ufffe", "\x02", "\x02\r\n"])
@pytest.mark.parametrize(
    ("printed", "body"),
    [
        ("Barn-|och utbildningsnämnden", "barn- och utbildningsnämnden"),
        ("Barn- och utbild|ningsnämnden", "barn- och utbildningsnämnden"),
        ("Kommunfull|mäktige", None),
    ],
)
def test_the_name_of_a_board_may_be_broken_on_the_cover(
    printed: str, body: str | None, hyphen: str
) -> None:
    name = printed.replace("-|" if "-|" in printed else "|", hyphen)
    assert read_cover(f"{name}\nÅrsredovisning 2031\nRegion Tallmo").body == body
