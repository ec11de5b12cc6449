"""Headers found in a text, and tables cut into rows and cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrmatt.extract.text.cut.best_path import CutRow, segment
from styrmatt.extract.text.cut.cell_words import CellLexicon
from styrmatt.extract.text.header_row import find_headers, find_unknown_headers, read_columns
from styrmatt.extract.text.lines import TextLines, read_lines
from styrmatt.extract.text.table_regions import find_regions, known_boards
from styrmatt.extract.text.tables import TextRow, read_tables
from styrmatt.layout import Layout
from styrmatt.layout_files import load_layouts
from styrmatt.swedish.board_codes import is_board_code, split_board_codes
from styrmatt.whitespace import single_spaced, squeeze

BOARDS: Layout = next(x for x in load_layouts() if x.name == "styrmatt-med-namnd")
FACTORS: Layout = next(x for x in load_layouts() if x.name == "framgangsfaktor-i-tabell")
TEXT = (
    "Här följer en rad löpande text som fyller hela bredden på sidan som vanligt.\n"
    "Den går vidare på nästa rad med lika många bokstäver som den första hade och\n"
    "slutar sedan."
)


def lines_of(text: str) -> TextLines:
    return read_lines(text, BOARDS.words.running)


def rows_of(text: str, layout: Layout = BOARDS, factors: Sequence[str] = ()) -> list[TextRow]:
    read = lines_of(text)
    regions = find_regions(find_headers(read.lines, layout), [], read)
    cells = CellLexicon(layout.words, known_boards(regions, read), tuple(factors))
    return [row for _, table in read_tables(regions, read, cells) for row in table.rows]


def told(row: TextRow) -> dict[str, str]:
    """The cells that are not empty; the measure squeezed, the others in one line."""
    cells = {name: single_spaced(cell.text) for name, cell in row.cells.items() if cell.text}
    return cells | {"measure": squeeze(cells["measure"])}


@pytest.mark.parametrize(
    "printed",
    [
        "Styrmått Styrelse/nämnd K/M Mål 2024 Måluppfyllelse Utveckling",
        "Styrmått Sty-\nrelse/\nnäm\nnd\n\nK/\nM\n\nMål 2024 Målupp\nfyllelse\n\nUtveckl-\ning",
        "Kontrollmått Nämnd K/ M Målvärde\n2024 Målupp-fyl-lelse Trend",
        "Mått\nNämnd\nKön\nMål\nStatus",
    ],
)
def test_a_header_is_known_however_it_is_broken(printed: str) -> None:
    headers = find_headers(lines_of(f"Text.\n{printed}\nAntal turer\n").lines, BOARDS)
    assert [squeeze(h.printed) for h in headers] == [squeeze(printed)]
    assert headers[0].columns[:5] == ("measure", "board", "sex", "target", "status")


def test_a_header_needs_all_columns_that_are_not_optional() -> None:
    table = BOARDS.tables_of("measures")[0]
    assert read_columns("Styrmått Mål Måluppfyllelse", table) == ("measure", "target", "status")
    assert read_columns("Styrmått Nämnd Mål", table) is None
    assert read_columns("Styrmått och mål följs upp i nämnd", table) is None


def test_words_around_a_header_do_not_join_it() -> None:
    printed = "länets\nutveckling\nFram-\ngångsfaktor\nStyrmått Mål Målupp-\nfyllelse Utveckling"
    printed += "\nKvinnor, män,"
    header = find_headers(lines_of(printed).lines, FACTORS)[0]
    assert header.columns == ("success_factor", "measure", "target", "status", "trend")


def test_a_strange_column_in_a_header_is_noticed() -> None:
    read = lines_of("Styrmått\nNämnd\nMål\nAnsvarig chef\nMåluppfyllelse\nAntal turer\n")
    assert find_headers(read.lines, BOARDS) == []
    assert find_unknown_headers(read.lines, BOARDS, []) == [(0, 5)]


HEADER = "Styrmått Nämnd\n\nK/\nM\n\nMål Måluppfyllelse Trend\n\n"


def test_board_target_and_measure_on_one_line_are_parted() -> None:
    rows = rows_of(
        f"{HEADER}Belagda vårdplatser HSN   Minska   \n\nAntal turer TN   1 200   \n\n{TEXT}\n"
    )
    assert [told(row) for row in rows] == [
        {"measure": "belagdavårdplatser", "board": "HSN", "target": "Minska"},
        {"measure": "antalturer", "board": "TN", "target": "1 200"},
    ]


def test_a_capital_word_is_no_board_among_known_ones() -> None:
    table = "Genomför projektet\nSÖK\n\nRoll i\nnätverk\n\n"
    more = "Turer\n\nTN   Öka   \n\nBesök\n\nHSN   Öka   \n\n"
    text = f"{HEADER}Samverkan\n\nTN   {table}HSN   Öka   \n\n{more}{TEXT}\n"
    assert told(rows_of(text)[0])["target"] == "Genomför projektet SÖK"


def test_the_heading_below_the_last_row_is_not_its_target() -> None:
    for target in ("0", "Öka", ""):
        rows = f"Antal turer\n\nTN   {target}   \n\nAntal besök\n\nTN   {target}   \n\n"
        text = f"{HEADER}{rows}Trafiken\n{TEXT}\n"
        assert told(rows_of(text)[-1]).get("target", "") == target


def test_a_heading_below_the_last_row_ends_the_table_without_empty_lines() -> None:
    header = "Styrmått Nämnd K/M Mål Måluppfyllelse Trend\n"
    rows = rows_of(
        f"{header}Antal turer\nTN 400\nAntal besök\nTN Öka\nTrafiken i fjällen\n{TEXT}\n"
    )
    assert [told(row).get("target") for row in rows] == ["400", "Öka"]


def test_a_dash_is_the_target_or_the_trend_by_the_empty_cells_beside_it() -> None:
    target = rows_of(
        f"{HEADER}Antal turer\n\nTN    \n- \n\n  \n \n\nBesök\n\nTN   Öka   \n\n{TEXT}\n"
    )[0]
    assert told(target)["target"] == "-"
    trend = rows_of(f"{HEADER}Antal turer\n\nTN       \n- \n\nBesök\n\nTN   Öka   \n\n{TEXT}\n")[0]
    assert told(trend) == {"measure": "antalturer", "board": "TN", "trend": "-"}


def test_signs_are_marks_and_arrows_are_trends() -> None:
    rows = rows_of(f"{HEADER}Antal turer\n\nTN Öka ● ▲\n\nAntal besök\n\nTN Öka ▼\n\n{TEXT}\n")
    assert told(rows[0])["status"] == "●" and told(rows[0])["trend"] == "▲"
    assert told(rows[1])["trend"] == "▼" and "status" not in told(rows[1])


def test_a_table_without_board_and_sex_is_cut_by_its_targets() -> None:
    header = "Styrmått Mål Måluppfyllelse\n\n"
    rows = rows_of(
        f"{header}Antal turer\nper dag\n\nÖka   \n\nAndel besök i tid\n\n95 %   \n\n{TEXT}\n"
    )
    assert [told(row).get("target") for row in rows] == ["Öka", "95 %"]


def test_merged_factor_cells_hold_for_the_rows_below() -> None:
    header = "Framgångsfaktor Styrmått Mål Måluppfyllelse Utveckling\n"
    table = "Bussar i tid\nAntal turer\n400\nAndel i tid\n90 %\nAntal resor\nÖka\n"
    rows = rows_of(f"{header}{table}{TEXT}\n", FACTORS, ["Bussar i tid"])
    assert [told(row)["success_factor"] for row in rows] == ["Bussar i tid"] * 3
    assert [told(row)["target"] for row in rows] == ["400", "90 %", "Öka"]


@pytest.mark.parametrize(
    ("text", "name", "codes"),
    [
        ("God vård (HSN, KN)", "God vård", ("HSN", "KN")),
        ("God\nvård (HSN,KN) ", "God\nvård", ("HSN", "KN")),
        ("God vård (nästan)", "God vård (nästan)", ()),
        ("Ökade intäkter ()", "Ökade intäkter ()", ()),
    ],
)
def test_boards_in_brackets_are_parted_from_the_name(
    text: str, name: str, codes: tuple[str, ...]
) -> None:
    assert split_board_codes(text) == (name, codes)


def test_a_board_code_is_a_few_capitals() -> None:
    assert [
        word for word in ("RS", "HSN", "ÖKN", "A", "Rs", "K1", "REGION") if is_board_code(word)
    ] == [
        "RS",
        "HSN",
        "ÖKN",
    ]


# --- the cutter on evidence of its own ----------------------------------------------------------


@dataclass
class Letters:
    """Each word is one letter that says which cell it is; a dot is narrative."""

    word: str
    prices: dict[str, float] = field(default_factory=dict)

    @property
    def word_count(self) -> int:
        return len(self.word)

    def spans(
        self, field: str, start: int, *, first: bool = False, continuation: bool = False
    ) -> Sequence[tuple[int, float]]:
        name = {"measure": "m", "board": "b", "sex": "s", "target": "t"}
        empty = [] if field == "measure" or continuation else [(start, -0.5)]
        end = start
        while end < self.word_count and self.word[end] == name.get(field):
            end += 1
        return [
            *empty,
            *((n, 1.0 + self.prices.get(field, 0.0)) for n in range(start + 1, end + 1)),
        ]

    def table_end(self, at: int) -> float:
        return 1.0 if set(self.word[at:]) <= {"."} else -9.0

    def opens_page(self, at: int) -> bool:
        return False

    def opens_line(self, at: int) -> bool:
        return True


def cells_of(row: CutRow) -> list[str]:
    return [span.field for span in row.spans if span.end > span.start]


def test_the_cutter_finds_rows_lines_of_a_sex_and_the_end() -> None:
    found = segment(("measure", "board", "sex", "target"), Letters("mbstststmbt.."))
    assert found is not None
    assert [cells_of(row) for row in found.rows] == [
        ["measure", "board", "sex", "target"],
        ["sex", "target"],
        ["sex", "target"],
        ["measure", "board", "target"],
    ]
    assert [row.continues_measure for row in found.rows] == [False, True, True, False]
    assert found.end == 11


def test_what_can_be_cut_in_two_ways_has_no_margin() -> None:
    found = segment(("measure", "target"), Letters("mmt"))
    assert found is not None and found.rows[0].margin < 1.0
    sure = segment(("measure", "target"), Letters("mt"))
    assert sure is not None and sure.rows[0].margin > 1.0


def test_words_that_fit_no_cell_are_not_cut() -> None:
    found = segment(("measure", "target"), Letters("xx"))
    assert found is not None and found.rows == ()


@given(st.lists(st.sampled_from(["mbt", "mmbst", "mbsttst", "mb", "mbtt"]), max_size=6))
def test_pieces_cover_every_word_of_the_table_once(parts: list[str]) -> None:
    word = "".join(parts)
    found = segment(("measure", "board", "sex", "target"), Letters(word + "..."))
    assert found is not None and found.end == len(word)
    covered = [n for row in found.rows for span in row.spans for n in range(span.start, span.end)]
    assert covered == list(range(len(word)))


NAMES = st.lists(
    st.sampled_from(
        ["Antal turer i länet", "Andel nöjda resenärer", "Besök på\nmuseer", "Sjukfrånvaro"]
    ),
    min_size=1,
    max_size=4,
    unique=True,
)
TARGETS = st.sampled_from(
    ["Öka", "Minska", "80 %", "1 200", "Plan antagen", "Minst 3", "4,5 %", "350 kr"]
)


@settings(deadline=None, max_examples=40)
@given(NAMES, st.data(), st.sampled_from(["TN", "HSN"]), st.sampled_from(["\n", "\n\n"]))
def test_made_up_tables_come_back_as_they_were(
    names: list[str], data: st.DataObject, board: str, gap: str
) -> None:
    targets = [data.draw(TARGETS) for _ in names]
    sexed = [data.draw(st.booleans()) for _ in names]
    table = "Styrmått Nämnd K/M Mål Måluppfyllelse Trend" + gap
    want = []
    for name, target, sexes in zip(names, targets, sexed, strict=True):
        lines = [f"{board} K {target}", f"M {target}"] if sexes else [f"{board} {target}"]
        table += gap.join([name, *lines]) + gap
        want += [(squeeze(name), target)] * len(lines)
    rows = rows_of(f"{table}{TEXT}\n")
    assert [(told(row)["measure"], told(row).get("target")) for row in rows] == want
