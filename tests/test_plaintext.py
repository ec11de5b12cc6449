"""Plain text input, whole: made-up reports of other regions, and the real ones where they are."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from shared_reports import each_year, printed_text

from styrmatt.errors import NoLayoutError, UnreadableSourceError
from styrmatt.extract.text.text_report import read_text
from styrmatt.layout_files import load_layouts
from styrmatt.printed import ExtractedReport, Row
from styrmatt.whitespace import single_spaced, squeeze

SHARED = Path(__file__).parents[2] / "shared"
LAYOUTS = load_layouts()
BOARD_HEADER = ("Styrmått", "Nämnd", "K/M", "Mål 2023", "Målupp-\nfyllelse", "Trend")
FACTOR_HEADER = ("Fram-\ngångs-\nfaktor", "Styrmått", "Mål", "Målupp-\nfyllelse", "Utveck-\nling")

PARAGRAPH = (
    "Under året har verksamheten prövat nya arbetssätt tillsammans med länets\n"
    "kommuner, och flera av dem har redan blivit en del av vardagen. Nästa år\n"
    "väntar en genomgång av vad som ska behållas."
)


@dataclass
class Text:
    """A made-up text layer: cells of a row one below the other, as an extractor gives them."""

    between_cells: str = "\n\n"
    after_row: str = "\n\n"
    parts: list[str] = field(default_factory=list)

    def add(self, *blocks: str) -> Text:
        self.parts += [block + "\n\n" for block in blocks]
        return self

    def table(self, header: tuple[str, ...], *rows: tuple[str, ...]) -> Text:
        self.parts.append(self.between_cells.join(header) + self.after_row)
        self.parts += [
            self.between_cells.join(c for c in row if c) + self.after_row for row in rows
        ]
        return self

    def overview(self, *goals: tuple[str, ...]) -> Text:
        self.parts.append("Strategiskt mål Framgångsfaktor\n\n")
        self.parts += ["\n\n".join(goal) + "\n\n" for goal in goals]
        return self

    def __str__(self) -> str:
        return "".join(self.parts)


def board_report(text: Text | None = None) -> Text:
    text = text or Text()
    text.add(
        "Region Ådalens årsredovisning 2023",
        "Region Ådalen tog ett steg framåt. " + PARAGRAPH,
        "Invånare",
    )
    text.add("Perspektivet Invånare handlar om hur de som bor i länet möter vården och\nresorna.")
    text.overview(
        ("Trygga resor i\nhela länet\n(TN)", "Bussar som kommer i tid (TN)"),
        ("God vård när\nden behövs\n(HSN, KN)", "Korta köer (HSN)", "Levande kultur-\nliv (KN)"),
    )
    text.add(
        "Trygga resor i hela länet\nDen samlade bedömningen är att målet är uppnått. " + PARAGRAPH
    )
    text.add("Strategiskt mål: Trygga resor i hela länet\nFRAMGÅNGSFAKTOR: BUSSAR SOM KOMMER I TID")
    text.table(
        BOARD_HEADER,
        ("Andel turer som går\ninom tre minuter från\ntidtabellen", "TN   92 %   "),
        ("Resor med färdtjänst", "TN   Minska   "),
        ("Aktivitet: Ta fram en\nplan för laddplatser", "TN   Plan antagen   - "),
    )
    text.add("Förarbrist bromsade hösten\n" + PARAGRAPH)
    text.add("Strategiskt mål: God vård när den behövs\nFRAMGÅNGSFAKTOR: KORTA KÖER")
    text.table(
        BOARD_HEADER,
        ("Andel patienter som får\ntid hos läkare inom\ntre dagar", "HSN K 95 %   ", "M 95 %   "),
        ("Antal besök på jour-\nmottagning", "HSN   Färre än 4 000   "),
    )
    text.add(PARAGRAPH, "FRAMGÅNGSFAKTOR: LEVANDE KULTURLIV")
    text.table(BOARD_HEADER, ("Antal kommuner med\nfast scen", "KN   9   "))
    return text.add(PARAGRAPH)


def factor_report(text: Text | None = None) -> Text:
    text = text or Text("\n", "\n")
    text.add("Kulturnämndens årsrapport 2023", "Region Ådalen", PARAGRAPH, "Invånare")
    text.add("Perspektivet Invånare handlar om hur de som bor i länet möter kulturen.")
    text.add("Strategiskt mål: Kultur nära alla")
    text.parts.append("Strategiskt mål Måluppfyllelse Framgångsfaktor\n")
    text.parts.append("Kultur nära alla\nScener i hela länet\nBibliotek som mötes-\nplatser\n\n")
    text.add("Den samlade bedömningen är att målet delvis är uppnått. " + PARAGRAPH)
    text.add("Framgångsfaktor: Scener i hela länet")
    text.table(
        FACTOR_HEADER,
        ("Scener i hela\nlänet", "Antal kommu-\nner med fast\nscen", "11"),
        ("Scener i hela\nlänet", "Aktivitet: Ta\nfram en turné-\nplan", "Planen är\nantagen"),
    )
    text.add("Antal kommuner med fast scen\n" + PARAGRAPH)
    text.add("Framgångsfaktor: Bibliotek som mötesplatser")
    text.table(
        FACTOR_HEADER,
        ("Bibliotek som\nmötesplatser", "Andel bibliotek\nmed meröppet", "60 %"),
        ("Bibliotek som\nmötesplatser", "Besök per år", "Öka"),
    )
    return text.add(PARAGRAPH)


def read(tmp_path: Path, text: Text | str | bytes) -> ExtractedReport:
    path = tmp_path / "rapport.txt"
    path.write_bytes(text if isinstance(text, bytes) else str(text).encode())
    return read_text(path, LAYOUTS)[1]


def told(row: Row) -> tuple[str, ...]:
    """Squeezed measure, then the other cells as printed in one line."""
    cells = {name: single_spaced(cell.text) for name, cell in row.cells.items()}
    others = [cells.get(name, "") for name in ("board", "sex", "target", "status", "trend")]
    return (squeeze(cells["measure"]), *others)


BOARD_ROWS = [
    ("andelturersomgårinomtreminuterfråntidtabellen", "TN", "", "92 %", "", ""),
    ("resormedfärdtjänst", "TN", "", "Minska", "", ""),
    ("aktivitettaframenplanförladdplatser", "TN", "", "Plan antagen", "", "-"),
    ("andelpatientersomfårtidhosläkareinomtredagar", "HSN", "K", "95 %", "", ""),
    ("andelpatientersomfårtidhosläkareinomtredagar", "HSN", "M", "95 %", "", ""),
    ("antalbesökpåjourmottagning", "HSN", "", "Färre än 4 000", "", ""),
    ("antalkommunermedfastscen", "KN", "", "9", "", ""),
]
FACTOR_ROWS = [
    ("antalkommunermedfastscen", "", "", "11", "", ""),
    ("aktivitettaframenturnéplan", "", "", "Planen är antagen", "", ""),
    ("andelbibliotekmedmeröppet", "", "", "60 %", "", ""),
    ("besökperår", "", "", "Öka", "", ""),
]


def test_rows_of_another_region_with_other_boards_are_cut_whole(tmp_path: Path) -> None:
    printed = read(tmp_path, board_report())
    assert [told(row) for row in printed.rows] == BOARD_ROWS
    assert [row.measure_no for row in printed.rows] == [1, 2, 3, 4, 4, 5, 6]
    assert printed.rows[0].goal_heading == "Trygga resor i hela länet"
    assert squeeze(printed.rows[0].factor_heading or "") == "bussarsomkommeritid"
    assert {row.perspective_heading for row in printed.rows} == {"Invånare"}


def test_rows_that_begin_with_the_success_factor_are_cut_whole(tmp_path: Path) -> None:
    printed = read(tmp_path, factor_report())
    assert [told(row) for row in printed.rows] == FACTOR_ROWS
    assert squeeze(printed.rows[2].cells["success_factor"].text) == "biblioteksommötesplatser"


@pytest.mark.parametrize(
    ("cells", "rows"), [("\n", "\n"), ("\n\n", "\n\n"), ("\n", "\n\n"), ("\n \n", "\n \n \n")]
)
def test_empty_lines_between_cells_may_stand_or_lack(tmp_path: Path, cells: str, rows: str) -> None:
    boards = read(tmp_path, board_report(Text(cells, rows)))
    assert [told(row)[:4] for row in boards.rows] == [row[:4] for row in BOARD_ROWS]
    factors = read(tmp_path, factor_report(Text(cells, rows)))
    assert [told(row)[:4] for row in factors.rows] == [row[:4] for row in FACTOR_ROWS]


def test_a_text_with_an_empty_line_behind_every_line_is_read_alike(tmp_path: Path) -> None:
    lines = re.sub(r"\n{2,}", "\n", str(factor_report())).replace("\n", "\n\n")
    assert [told(row) for row in read(tmp_path, lines).rows] == FACTOR_ROWS


def test_spaces_at_line_ends_are_not_needed(tmp_path: Path) -> None:
    bare = "\n".join(line.rstrip() for line in str(board_report()).splitlines())
    assert [told(row)[:4] for row in read(tmp_path, bare).rows] == [row[:4] for row in BOARD_ROWS]


def test_tabs_between_cells_part_them(tmp_path: Path) -> None:
    text = Text().add(
        "Region Ådalens årsredovisning 2023", PARAGRAPH, "Strategiskt mål: Trygga resor"
    )
    text.parts.append("Styrmått\tNämnd\tK/M\tMål\tMåluppfyllelse\tTrend\n")
    text.parts.append("Antal resor\tTN\tK\tÖka\t\t\n\t\tM\tÖka\t\t\nAntal turer\tTN\t\t400\t\t\n\n")
    rows = read(tmp_path, text.add(PARAGRAPH)).rows
    assert [told(row)[:4] for row in rows] == [
        ("antalresor", "TN", "K", "Öka"),
        ("antalresor", "TN", "M", "Öka"),
        ("antalturer", "TN", "", "400"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_and_line_ends_make_no_difference(tmp_path: Path, encoding: str) -> None:
    data = str(board_report()).replace("\n", "\r\n").encode(encoding)
    printed = read(tmp_path, data)
    assert [told(row) for row in printed.rows] == BOARD_ROWS
    assert printed.source.kind == "text"


def test_identity_is_read_from_the_text(tmp_path: Path) -> None:
    identity = read(tmp_path, board_report()).identity
    assert identity["organisation"] == "Region Ådalen"
    assert identity["fiscal_year"] == "2023"
    assert identity["report_kind"] == "annual"
    assert read(tmp_path, factor_report()).identity["body"] == "kulturnämnden"


def test_overview_goals_have_their_factors_and_perspective(tmp_path: Path) -> None:
    overview = read(tmp_path, board_report()).overview
    assert [(squeeze(g.goal.text), len(g.factors), g.perspective) for g in overview] == [
        ("tryggaresorihelalänettn", 1, "Invånare"), ("godvårdnärdenbehövshsnkn", 2, "Invånare"),
    ]  # fmt: skip
    assert [squeeze(c.text) for c in overview[1].factors] == ["kortaköerhsn", "levandekulturlivkn"]


def test_narrative_is_sections_without_cells(tmp_path: Path) -> None:
    sections = read(tmp_path, board_report()).sections
    heading = next(s for s in sections if s.heading == "Förarbrist bromsade hösten")
    assert heading.kind == "other"
    assert heading.heading_path[:2] == ("Invånare", "Trygga resor i hela länet")
    assert "\n".join(heading.lines) == PARAGRAPH
    goal = next(s for s in sections if s.kind == "goal" and s.lines)
    assert goal.heading == "Trygga resor i hela länet"
    text = " ".join(line for section in sections for line in section.lines)
    assert "92 %" not in text and "tidtabellen" not in text


def test_no_line_of_a_report_is_lost(tmp_path: Path) -> None:
    """Every word stands in a row, the overview, a section or a header."""
    printed = read(tmp_path, board_report())
    kept = [cell.text for row in printed.rows for cell in row.cells.values()]
    kept += [c.text for goal in printed.overview for c in (goal.goal, *goal.factors)]
    kept += [text for s in printed.sections for text in (s.heading, *s.lines)]
    kept += [*BOARD_HEADER, "Strategiskt mål Framgångsfaktor"]
    words = {word for text in kept for word in text.split()}
    assert set(str(board_report()).split()) <= words


def test_a_row_cut_by_a_page_break_is_whole(tmp_path: Path) -> None:
    text = Text().add(
        "Region Ådalens årsredovisning 2023", PARAGRAPH, "Strategiskt mål: Trygga resor"
    )
    text.parts.append("Styrmått Nämnd\n\nK/\nM\n\nMål Måluppfyllelse Trend\n\n")
    text.parts.append("Antal resor \n\nTN   Öka   \n\n")
    text.parts.append("Andel resenärer som\när nöjda med\n\nTN K 80 %   \n")
    text.parts.append(" senaste resan\n\nM 80 %   \n\n")
    printed = read(tmp_path, text.add(PARAGRAPH))
    assert [told(row)[:4] for row in printed.rows] == [
        ("antalresor", "TN", "", "Öka"),
        ("andelresenärersomärnöjdamedsenasteresan", "TN", "K", "80 %"),
        ("andelresenärersomärnöjdamedsenasteresan", "TN", "M", "80 %"),
    ]
    assert (printed.rows[1].place.page, printed.rows[1].place.page_last) == (1, 2)


def test_a_header_that_a_page_repeats_goes_on_with_the_table(tmp_path: Path) -> None:
    header = "Styrmått Nämnd K/M Mål Måluppfyllelse Trend\n"
    text = "Region Ådalens årsredovisning 2023\n" + PARAGRAPH + "\nStrategiskt mål: Trygga resor\n"
    text += header + "Antal resor\nTN Öka\nAntal turer\nTN 400\n\f"
    text += header + "Antal bussar\nTN 90\n" + PARAGRAPH + "\n"
    rows = read(tmp_path, text).rows
    assert [(told(row)[0], row.table_no, row.place.page) for row in rows] == [
        ("antalresor", 1, 1), ("antalturer", 1, 1), ("antalbussar", 1, 2),
    ]  # fmt: skip


def test_what_could_be_cut_otherwise_says_so(tmp_path: Path) -> None:
    text = factor_report()
    text.add("Framgångsfaktor: Scener i hela länet")
    text.table(
        FACTOR_HEADER,
        ("Scener i hela\nlänet", "Gemensamma\nturnéer\nSöder Norr", "Samverkan\nmed andra"),
    )
    rows = read(tmp_path, text.add(PARAGRAPH)).rows
    assert [row.review for row in rows[:4]] == [()] * 4
    assert rows[4].review == ("ambiguous_cells",)


def test_a_period_in_the_cell_of_marks_is_kept_as_its_text(tmp_path: Path) -> None:
    text = board_report().add("FRAMGÅNGSFAKTOR: LEVANDE KULTURLIV")
    text.table(BOARD_HEADER, ("Antal besök", "KN   Öka  \nT2 \n \n"), ("Antal scener", "KN   7   "))
    rows = read(tmp_path, text.add(PARAGRAPH)).rows
    assert told(rows[7]) == ("antalbesök", "KN", "", "Öka", "T2", "")
    assert told(rows[8]) == ("antalscener", "KN", "", "7", "", "")


def test_status_words_stay_out_of_the_target(tmp_path: Path) -> None:
    text = board_report().add("FRAMGÅNGSFAKTOR: LEVANDE KULTURLIV")
    text.table(
        BOARD_HEADER, ("Antal besök", "KN 40 % Delvis uppnått Ökar"), ("Antal scener", "KN Öka")
    )
    rows = read(tmp_path, text.add(PARAGRAPH)).rows
    assert told(rows[7]) == ("antalbesök", "KN", "", "40 %", "Delvis uppnått", "Ökar")
    assert told(rows[8]) == ("antalscener", "KN", "", "Öka", "", "")


def test_a_table_of_figures_is_left_alone_and_told(tmp_path: Path) -> None:
    figures = (
        "Utfall 2023\nPersonal 120,5 118,0\nLokaler 14,2 15,0\nÖvrigt 3,1 2,9\nSumma 137,8 135,9"
    )
    text = factor_report().add(figures, PARAGRAPH, "Årsbudget 2023\n" + figures, PARAGRAPH)
    printed = read(tmp_path, text)
    assert [told(row) for row in printed.rows] == FACTOR_ROWS
    assert [doubt.kind for doubt in printed.doubts] == ["unknown_table"]
    assert printed.unknown_table_rows == 5
    assert dict(printed.ignored) == {"budget": 6}
    assert not any("137,8" in line for section in printed.sections for line in section.lines)


def test_a_header_with_an_unknown_column_is_told_and_gives_no_rows(tmp_path: Path) -> None:
    text = board_report().add("FRAMGÅNGSFAKTOR: LEVANDE KULTURLIV")
    strange = ("Styrmått", "Nämnd", "Mål", "Kommentar", "Måluppfyllelse")
    text.table(strange, ("Antal besök", "KN", "Öka", "Räknas om")).add(PARAGRAPH)
    printed = read(tmp_path, text)
    assert len(printed.rows) == len(BOARD_ROWS)
    assert [doubt.kind for doubt in printed.doubts] == ["unknown_header"]


def test_a_table_of_contents_gives_no_headings(tmp_path: Path) -> None:
    contents = (
        "Innehåll\nStrategiskt mål: Trygga resor i hela länet ....... 3\nKorta köer .... 4\n\n"
    )
    printed = read(tmp_path, contents + str(board_report()))
    goals = [s for s in printed.sections if s.kind == "goal"]
    assert [goal.heading for goal in goals if "..." in goal.heading] == []
    assert [told(row) for row in printed.rows] == BOARD_ROWS


def test_pages_limits_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text(str(board_report()) + "\f" + str(board_report()), encoding="utf-8")
    calls: list[tuple[int, int]] = []
    _, printed = read_text(
        path, LAYOUTS, pages={2}, progress=lambda done, total: calls.append((done, total))
    )
    assert len(printed.rows) == len(BOARD_ROWS)
    assert {row.place.page for row in printed.rows} == {2}
    assert calls == [(1, 1)] and printed.source.pages_read == (2,)


def test_a_text_without_known_tables_names_the_layouts(tmp_path: Path) -> None:
    with pytest.raises(NoLayoutError, match=r"styrmatt-med-namnd.*missed"):
        read(tmp_path, PARAGRAPH)


@pytest.mark.parametrize(
    "data", [b"", b"  \n\n", b"%PDF-1.7 ...", b"\x00\x01\x02" * 50, b"<html><p>x</p>"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        read(tmp_path, data)


@pytest.mark.skipif(not (SHARED / "reports").exists(), reason="the shared reports are not here")
@each_year()
def test_the_real_texts_are_cut_as_the_hand_transcription_has_them(year: str) -> None:
    truth = json.loads((SHARED / "truth" / f"{year}.json").read_text(encoding="utf-8"))
    sexes = {"all": "", "women": "K", "men": "M"}
    want = Counter(
        (squeeze(m["raw"]), m["board"] or "", sexes[e["sex"]], squeeze(e["target_raw"] or ""))
        for m in truth["measures"]
        for e in m["entries"]
    )
    _, printed = printed_text(year)
    got = [(*told(row)[:3], squeeze(told(row)[3])) for row in printed.rows]
    assert (want & Counter(got)).total() >= 0.98 * want.total()
    assert len(got) == want.total()
    wrong = [row for row, key in zip(printed.rows, got, strict=True) if key not in want]
    assert all("ambiguous_cells" in row.review for row in wrong)
    goals = {squeeze(goal["name"]) for goal in truth["goals"]}
    found = {squeeze(re.sub(r"\([A-Z,\s]+\)\s*$", "", g.goal.text)) for g in printed.overview}
    assert goals == found
