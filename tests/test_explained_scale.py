"""A text that explains each word of a scale gives the one between met and missed its status."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_reports import small_report

from styrmatt.extract.marks.legend.explained_scale import scale_of
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (
            "Ordet Nått betyder att nivån är uppnådd, På gång att kurvan pekar åt rätt håll "
            "utan att nivån är uppnådd och Ej nått att nivån inte är uppnådd.",
            "på gång",
        ),
        (
            "Uppnått – årsmålet är uppnått. På gång – värdet närmar sig årsmålet. "
            "Ej uppnått – årsmålet är inte uppnått.",
            "på gång",
        ),
        (
            "Ej nått betyder att målet inte är nått. Halvvägs betyder att det är en bit kvar. "
            "Nått betyder att målet är nått.",
            "halvvägs",
        ),
        (
            "Med ”nått” menas målet. ”Nått” innebär att vi är framme, ”snart framme” att arbetet "
            "pågår som det ska, och ”ej nått” att vi inte är framme.",
            "snart framme",
        ),
        (
            "Uppfyllt: vi nådde målet\nI rörelse: vi är på god väg\n"
            "Ej uppfyllt: vi nådde inte fram",
            "i rörelse",
        ),
        (
            "Nått när målet är nått, ej nått när det inte är nått. Nått betyder att målet är nått, "
            "Ej nått att det inte är det och På väg att utvecklingen går åt rätt håll.",
            "på väg",
        ),
    ],
)  # fmt: skip
def test_the_word_between_met_and_missed_is_partly_met(text: str, word: str) -> None:
    assert scale_of(text, WORDS) == dict.fromkeys((word, word.capitalize()), "partly_met")


@pytest.mark.parametrize(
    "text",
    [
        # not measured, or met after all
        "Nått betyder att målet är nått, Vilar att värde saknas och Ej nått att det inte är nått.",
        "Nått betyder att målet är nått, Grönt kort att målet är uppnått och Ej nått inte alls.",
        # nothing says where a word beside the scale stands on it
        "Nått betyder att målet är nått, Ej nått att det inte är nått, Ny att måttet är nytt.",
        # two words between the ends
        "Nått betyder att målet är nått, Berg att det går uppför, Dal att det går utför och Ej "
        "nått att målet inte är nått.",
        # one end alone
        "Nått betyder att målet är nått och På gång att kurvan pekar åt rätt håll.",
        # sentences of people, and of goals
        "Nämnden anser att målet är uppnått, Styrelsen att det delvis är det och Revisionen att "
        "det inte är uppnått.",
        "Uppnått. Skolan: barnen lär sig mer. Ej uppnått. Vården: köerna är långa.",
        # too far from each other
        "Nått betyder att målet är nått. Året var händelserikt för alla i kommunen. Vägen betyder "
        "att vi bygger. Sedan kom snön. Ej nått betyder att målet inte är nått.",
        # the middle turned round
        "Nått betyder att målet är nått, Inte nära att det är långt kvar och Ej nått att det inte "
        "är nått.",
        "",
    ],
)  # fmt: skip
def test_other_texts_explain_no_word(text: str) -> None:
    assert scale_of(text, WORDS) == {}


def test_of_two_words_between_only_one_with_words_for_getting_nearer_is_known() -> None:
    text = (
        "Nått betyder att målet är nått, Berg att vi närmar oss målet, Dal att det går utför och "
        "Ej nått att målet inte är nått."
    )
    assert scale_of(text, WORDS) == {"berg": "partly_met", "Berg": "partly_met"}


def test_a_word_between_that_a_text_explains_is_read_in_cells(tmp_path: Path) -> None:
    rows = [
        ("Nyckeltal", "2030", "2031", "Mål", "Status"),
        ("Andel nöjda besökare (%)", "71 %", "74 %", "75 %", "På gång"),
        ("Andel besök i tid (%)", "81 %", "81 %", "80 %", "Nått"),
        ("Andel öppna dagar (%)", "61 %", "60 %", "70 %", "Ej nått"),
    ]
    told = (
        "Nått betyder att nivån är uppnådd, På gång att kurvan pekar",
        "åt rätt håll och Ej nått att nivån inte är uppnådd.",
    )
    xs = (50.0, 250.0, 330.0, 410.0, 490.0)
    records = small_report(tmp_path, rows, xs, above=told).records
    assert [one.status for one in records] == ["partly_met", "met", "not_met"]
    plain = small_report(tmp_path, rows, xs, above=("Året var gott.",)).records
    assert [one.status for one in plain] == [None, "met", "not_met"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Trygg – utfallet motsvarar ambitionen. Svajig – utfallet är på god väg. "
            "Sårbar – utfallet når inte ambitionen.",
            {"trygg": "met", "svajig": "partly_met", "sårbar": "not_met"},
        ),
        (
            "Hög betyder att nivån är uppnådd och Tung att nivån inte är uppnådd.",
            {"hög": "met", "tung": "not_met"},
        ),
        (
            "I hamn = värdet ligger i nivå med målet\nUppnått delvis = en bit kvar\n"
            "På grund = värdet når inte upp till målet",
            {"i hamn": "met", "på grund": "not_met"},
        ),
        (
            "Bedömningen är Trygg (utfallet motsvarar nivån), Svajig (utfallet är på god väg) "
            "eller Sårbar (utfallet når inte nivån).",
            {"trygg": "met", "svajig": "partly_met", "sårbar": "not_met"},
        ),
    ],
)  # fmt: skip
def test_words_whose_meanings_say_it_are_the_ends(text: str, words: dict[str, str]) -> None:
    wanted = {word: value for one, value in words.items() for word in (one, one.capitalize())}
    assert scale_of(text, WORDS) == wanted


@pytest.mark.parametrize(
    "text",
    [
        # one end alone
        "Trygg – utfallet motsvarar ambitionen. Svajig – utfallet är på god väg.",
        # the meaning says two things
        "Trygg – utfallet når delvis ambitionen. Sårbar – utfallet når inte ambitionen.",
        # the same word with two meanings
        "Trygg – nivån är uppnådd. Sårbar – nivån är inte uppnådd. Trygg – nivån är inte uppnådd.",
        # people and places
        "Skolan når fler barn. Vården når inte alla.",
        # no meaning that says how it went
        "Trygg – barnen trivs. Sårbar – barnen trivs inte.",
    ],
)
def test_words_whose_meanings_leave_it_open_are_none(text: str) -> None:
    assert scale_of(text, WORDS) == {}
