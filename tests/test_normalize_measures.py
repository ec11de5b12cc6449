from __future__ import annotations

import pytest

from styrmatt.normalize.measures.marks import MarkReader, SexReader, lit_lamp
from styrmatt.normalize.measures.name import MeasureName, MeasureReader
from styrmatt.printed import Bbox, Cell, Location, Marker
from styrmatt.swedish import dictionary
from styrmatt.swedish.board_codes import BoardReader
from styrmatt.swedish.dehyphenate import Cleaner
from styrmatt.swedish.document_words import DocumentWords
from styrmatt.vocabulary import load_vocabulary

SV = load_vocabulary("sv")
HERE = Location(1, 1, (1, 2, 3, 4))


def read(raw: str, table_kind: str | None = None) -> MeasureName:
    words = DocumentWords(["antal besök samma dag i länet"])
    return MeasureReader(Cleaner(words, SV.hyphens), words, SV.kinds).read(raw, table_kind)


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        ("Antal be-\nsök", "Antal besök", "styrmatt"),
        ("Aktivitet: Ta fram\nen plan", "Ta fram en plan", "aktivitet"),
        ("Akivitet: Ta fram\nen plan", "Ta fram en plan", "aktivitet"),
        ("Aktvitet : Ta fram", "Ta fram", "aktivitet"),
        ("AKTIVITET: Ta fram", "Ta fram", "aktivitet"),
        ("Aktivitet\nTa fram en plan", "Ta fram en plan", "aktivitet"),
        ("Aktivitet:\nTa fram en plan", "Ta fram en plan", "aktivitet"),
        ("Aktiviteter\ngenomförs i tid", "Aktiviteter genomförs i tid", "styrmatt"),
        ("Aktiviteter genomförs", "Aktiviteter genomförs", "styrmatt"),
        ("Kontrollmått: Antal", "Antal", "kontrollmatt"),
        ("Tillit: andel nöjda", "Tillit: andel nöjda", "styrmatt"),
    ],
)
def test_a_lead_in_says_the_kind(raw: str, name: str, kind: str) -> None:
    assert (read(raw).name, read(raw).kind) == (name, kind)


def test_the_tables_header_says_the_kind_where_the_cell_does_not() -> None:
    assert read("Antal besök", "Kontroll-\nmått").kind == "kontrollmatt"
    assert read("Antal besök", "kontrollmatt").kind == "kontrollmatt"
    assert read("Antal besök", "Styrmått/aktivitet").kind == "styrmatt"
    assert read("Aktivitet: Ta fram", "Kontrollmått").kind == "aktivitet"


@pytest.mark.parametrize(
    ("raw", "name", "footnote"),
    [
        ("Antal besök samma\ndag[2]", "Antal besök samma dag", "2"),
        ("Antal besök [1]", "Antal besök", "1"),
        ("Antal[1] besök[2]", "Antal besök", "1, 2"),
        ("Antal besök¹", "Antal besök", "1"),
        ("Antal besök 1)", "Antal besök", "1"),
        ("Antal besök1)", "Antal besök", "1"),
        ("Andel besök (%) 1)", "Andel besök (%)", "1"),
        ("Andel besök i %*", "Andel besök i %", "*"),
        ("Antal besök*", "Antal besök", "*"),
        ("Antal besök samma dag2", "Antal besök samma dag", "2"),
        ("Medel (ERP och 1:1)", "Medel (ERP och 1:1)", None),
        ("Besök (se bilaga (A) 1)", "Besök (se bilaga (A) 1)", None),
        ("Besök (se bilaga 1)", "Besök (se bilaga 1)", None),
        ("Ärenden via 1177", "Ärenden via 1177", None),
        ("Utsläpp av CO2", "Utsläpp av CO2", None),
        ("Yta i m²", "Yta i m²", None),
    ],
)
def test_footnote_marks_are_taken_off(raw: str, name: str, footnote: str | None) -> None:
    assert (read(raw).name, read(raw).footnote) == (name, footnote)


@pytest.mark.skipif(not dictionary.has_dictionary(), reason="no hunspell-sv")
def test_removed_hyphens_come_with_the_name() -> None:
    assert [repair.mended for repair in read("Besök i län-et").repairs] == ["länet"]


def test_board_cells_hold_codes() -> None:
    boards = BoardReader(SV.targets.also)
    assert boards.read_cell("RS") == ("RS", True)
    assert boards.read_cell("RS/RUN") == ("RS/RUN", True)
    assert boards.read_cell("Regionstyrelsen") == ("Regionstyrelsen", False)
    assert boards.read_cell("") == boards.read_cell("-") == (None, True)
    assert boards.codes("RS, RUN och PN") == ("RS", "RUN", "PN")
    assert boards.codes("RS/RUN") == ("RS", "RUN")
    assert boards.codes("Alla") == ()


def test_boards_stand_behind_a_name_in_brackets() -> None:
    boards = BoardReader(SV.targets.also)
    assert boards.split_name("God hälsa (RS, RUN)") == ("God hälsa", ("RS", "RUN"))
    assert boards.split_name("God hälsa (RS och PN).") == ("God hälsa", ("RS", "PN"))
    assert boards.split_name("God hälsa (RS, RUN") == ("God hälsa", ("RS", "RUN"))
    assert boards.split_name("God hälsa (HME index)") == ("God hälsa (HME index)", ())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (None, ()),
        ("", ()),
        ("-", ()),
        ("K", ("K",)),
        ("Kvinnor", ("K",)),
        ("m", ("M",)),
        ("Totalt", ("T",)),
        ("K/M", ("K", "M")),
        ("M och K", ("M", "K")),
        ("K M", ("K", "M")),
        ("X", None),
        ("K1", None),
        ("barn", None),
    ],
)
def test_sex_cells(text: str | None, codes: tuple[str, ...] | None) -> None:
    assert SexReader(SV.sexes, SV.targets.also).read(text) == codes


def marked(*values: str | None) -> tuple[Marker, ...]:
    return tuple(
        Marker(value, "vector", HERE, "#00b050", None if value else "two colours")
        for value in values
    )


STATUS = MarkReader("status", SV.statuses)


def test_a_mark_is_the_status() -> None:
    reading = STATUS.read(Cell("", HERE), None, marked("met"))
    assert (reading.value, reading.read_by, reading.colour, reading.problem) == (
        "met",
        "vector",
        "#00b050",
        None,
    )
    assert STATUS.read(Cell("", HERE), None, ()).problem is None
    assert STATUS.read(None, None, ()).value is None


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("Uppnått", "met", None),
        ("Delvis uppnått", "partly_met", None),
        ("Ej uppnått", "not_met", None),
        ("Målet är uppnått", "met", None),
        ("mäts ej 2020", "not_assessed", None),
        ("Q3", None, None),
        ("-", None, None),
        ("Utreds", None, "unknown_status_text"),
        ("Uppnått / delvis uppnått", None, "unknown_status_text"),
    ],
)
def test_words_in_a_status_cell(text: str, value: str | None, problem: str | None) -> None:
    reading = STATUS.read(Cell(text, HERE), text, ())
    assert (reading.value, reading.read_by) == (value, "text" if value else None)
    assert (reading.problem and reading.problem.kind) == problem
    assert reading.text == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ingen märkbar förändring", "flat"),
        ("Inga stora skillnader", "flat"),
        ("Ingen positiv förändring", None),
        ("Ingen tydlig riktning", None),
    ],
)
def test_words_in_a_trend_cell_say_that_nothing_changed_by_much(text: str, value: str | None):
    reading = MarkReader("trend", SV.trends, qualifiers=SV.legend.qualifiers).read(
        Cell(text, HERE), text, ()
    )
    assert reading.value == value
    assert (reading.problem is None) == (value is not None)


def test_a_mark_and_words_that_disagree_are_null() -> None:
    reading = STATUS.read(Cell("Uppnått", HERE), "Uppnått", marked("not_met"))
    assert (reading.value, reading.unread) == (None, True)
    assert reading.problem and reading.problem.kind == "marker_disagreement"
    assert STATUS.read(Cell("Uppnått", HERE), "Uppnått", marked("met")).value == "met"
    assert STATUS.read(Cell("Q3", HERE), "Q3", marked("met")).value == "met"


def test_unread_and_several_marks_are_null() -> None:
    for marks in (marked(None), marked("met", "not_met"), marked("met", None)):
        reading = STATUS.read(Cell("", HERE), None, marks)
        assert (reading.value, reading.unread) == (None, True)
        assert reading.problem and reading.problem.kind == "unknown_marker"
    assert STATUS.read(Cell("", HERE), None, marked("met", "met")).value == "met"


def lamps(*values: str, gap: float = 2.0, drop: float = 0.0) -> tuple[Marker, ...]:
    def box(n: int) -> Bbox:
        left = n * (10 + gap)
        return (left, n * drop, left + 10, n * drop + 10)

    return tuple(Marker(v, "vector", Location(1, 1, box(n))) for n, v in enumerate(values))


def test_the_coloured_one_of_three_equal_marks_in_a_row_is_a_lamp_that_is_lit() -> None:
    grey = "not_assessed"
    for lights in (lamps(grey, grey, "not_met"), lamps("met", grey, grey)):
        assert lit_lamp(lights) == next(lamp for lamp in lights if lamp.value != grey)
    assert lit_lamp(lamps(grey, "met", "not_met")) is None
    assert lit_lamp(lamps(grey, "met")) is None
    assert lit_lamp(lamps(grey, "met", grey, gap=11.0)) is None
    assert lit_lamp(lamps(grey, "met", grey, drop=3.0)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Underkänd", "not_met"),
        ("Nästan godkänd", "partly_met"),
        ("Stor risk", "not_met"),
        ("Viss avvikelse", "partly_met"),
        ("I fas", "met"),
        ("Inte", "not_met"),
        ("Inte klarat", "not_met"),
        ("Delvis klarat", "partly_met"),
        ("Risk för nya köer", None),
        ("Godkänd av styrelsen", None),
        ("Avvikelse i fyra fall", None),
    ],
)
def test_words_of_marks_and_risks_are_statuses_where_they_are_all_of_the_cell(
    text: str, value: str | None
) -> None:
    reader = MarkReader("status", SV.statuses, SV.status_cells, SV.legend.qualifiers)
    assert reader.read(Cell(text, HERE), text, ()).value == value
