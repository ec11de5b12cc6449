"""What ``styrmatt inspect`` shows of a page: the list, the picture, the command."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageColor, ImageFont
from reportlab.lib.colors import HexColor, black
from reportlab.pdfgen.canvas import Canvas
from test_cli import Command, Ended, command

from styrmatt.errors import DefectError, EncryptedSourceError, ExitCode, OutputError, UsageError
from styrmatt.extract.inspect.draw import SCALE, STYLES, ascii_text, draw_page
from styrmatt.extract.inspect.page_items import PageItem, items_on_page
from styrmatt.pipeline.run import Options, run_report
from styrmatt.pipeline.use_cases.inspect import inspect_page
from styrmatt.printed import (
    Bbox,
    Cell,
    ColumnHead,
    ExtractedReport,
    ExtractionWarning,
    Location,
    Marker,
    OverviewGoal,
    Row,
    Section,
    SourceFile,
    ValueCell,
)

__all__ = ["command"]

XS = (60.0, 200.0, 260.0, 310.0, 390.0, 470.0, 540.0)
HEADERS = ("Styrmått", "Nämnd", "K/M", "Mål 2031", "Måluppfyllelse", "Utveckling")
LINES = (("Antal lån av skidor", "RS", "", "Öka"), ("Andel nöjda åkande", "RS", "", "80 %"))


def report(
    *,
    headers: Sequence[str] = HEADERS,
    leads: tuple[str, str] = ("Strategiskt mål", "Framgångsfaktor"),
    title: str = "Region Tallmo årsredovisning 2031",
    password: str | None = None,
) -> bytes:
    """A cover and a page with a table, whose first row has a green disc and an arrow."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.drawString(60, 700, title)
    canvas.showPage()
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(60, 780, f"{leads[0]}: Fler åker skidor")
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(60, 755, f"{leads[1]}: Snön ligger kvar")
    tops = (740, 715, 690, 665)
    for y in tops:
        canvas.line(XS[0], y, XS[-1], y)
    for x in XS:
        canvas.line(x, tops[0], x, tops[-1])
    canvas.setFont("Helvetica-Bold", 9)
    for x, text in zip(XS, headers, strict=False):
        canvas.drawString(x + 3, 725, text)
    canvas.setFont("Helvetica", 9)
    for y, line in zip((700, 675), LINES, strict=True):
        for x, text in zip(XS, line, strict=False):
            canvas.drawString(x + 3, y, text)
    canvas.setStrokeColor(black)
    canvas.setFillColor(HexColor("#00b050"))
    canvas.circle(405, 702, 6, fill=1)
    canvas.setFillColor(black)
    arrow = canvas.beginPath()
    points = ((485, 710), (491, 703), (487, 703), (487, 694), (483, 694), (483, 703), (479, 703))
    arrow.moveTo(*points[0])
    for point in points[1:]:
        arrow.lineTo(*point)
    arrow.close()
    canvas.drawPath(arrow, fill=1)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(
        60, 640, "Det snöade mer än förra vintern, och fler lånade skidor av regionen."
    )
    canvas.save()
    if password is None:
        return buffer.getvalue()
    writer = pypdf.PdfWriter(clone_from=buffer)
    writer.encrypt(password, algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("inspect") / "tallmo.pdf"
    made.write_bytes(report())
    return made


# --- what stands on a page


def place(page: int, bbox: Bbox | None = None, last: int | None = None) -> Location:
    return Location(page, last or page, bbox)


def marker(value: str | None, page: int = 2, doubt: str | None = None) -> Marker:
    return Marker(value, "vector", place(page, (300, 100, 310, 110)), "#00b050", doubt)


def row(measure_no: int, bbox: Bbox, cells: dict[str, Cell], **more: object) -> Row:
    given_place = more.pop("place", place(2, bbox))
    return Row(1, measure_no, MappingProxyType(cells), given_place, **more)  # type: ignore[arg-type]


def printed(**parts: object) -> ExtractedReport:
    empty: dict[str, object] = {
        "source": SourceFile("r.pdf", "0" * 64, "pdf", 3, (1, 2, 3)),
        "rows": (),
        "overview": (),
        "sections": (),
        "doubts": (),
    }
    return ExtractedReport(**(empty | parts))  # type: ignore[arg-type]


def shown(items: tuple[PageItem, ...]) -> list[tuple[str, str, str]]:
    return [(item.kind, item.name, item.text) for item in items]


def test_things_come_in_the_order_of_their_height() -> None:
    low = row(1, (10, 500, 400, 520), {})
    heading = Section("goal", "Fler åker", ("A", "Fler åker"), "", place(2, (10, 50, 90, 60)))
    doubt = ExtractionWarning(
        "unknown_table", "Left alone.", "", place(2, (10, 300, 400, 400)), "info"
    )
    items = items_on_page(printed(rows=(low,), sections=(heading,), doubts=(doubt,)), 2)
    assert [item.kind for item in items] == ["section", "note", "row"]
    assert items[0].text == "A > Fler åker"
    assert (items[1].name, items[1].how) == ("unknown_table", "info")


def test_only_what_is_on_the_page_is_shown() -> None:
    far = Section("other", "Far", ("Far",), "", place(3, (10, 50, 90, 60)))
    doubt = ExtractionWarning("identity_uncertain", "No year.", "", None)
    assert items_on_page(printed(sections=(far,), doubts=(doubt,)), 2) == ()


def test_a_cell_that_two_lines_share_is_shown_once_and_said_to_be_shared() -> None:
    name = Cell("Andel", place(2, (12, 102, 60, 112)))
    women, men = (Cell(sex, place(2, (70, y, 80, y + 10))) for sex, y in (("K", 102), ("M", 122)))
    rows = (
        row(7, (10, 100, 400, 120), {"measure": name, "sex": women}),
        row(7, (10, 120, 400, 140), {"measure": name, "sex": men}),
    )
    items = items_on_page(printed(rows=rows), 2)
    assert [(item.kind, item.name) for item in items] == [
        ("row", "measure 7.1"),
        ("cell", "measure"),
        ("cell", "sex"),
        ("row", "measure 7.2"),
        ("cell", "sex"),
    ]
    assert "cells of the line above: measure" in items[3].text


def test_a_row_cut_by_the_page_break_says_where_it_began() -> None:
    cut = Cell("Antal lån\nav skidor", place(2, (12, 790, 60, 812), last=3))
    whole = row(1, (10, 780, 400, 820), {"measure": cut}, place=place(2, (10, 780, 400, 820), 3))
    first, second = (items_on_page(printed(rows=(whole,)), page) for page in (2, 3))
    assert [(item.bbox is not None, item.since) for item in first] == [(True, None)] * 2
    assert [(item.bbox, item.since) for item in second] == [(None, 2)] * 2


def test_a_marker_shows_value_way_of_reading_and_colour() -> None:
    cell = Cell("", place(2, (290, 100, 350, 120)), (marker("met"),))
    items = items_on_page(printed(rows=(row(1, (10, 100, 400, 120), {"status": cell}),)), 2)[-1]
    assert (items.kind, items.name, items.text, items.how) == ("marker", "status", "met", "vector")
    assert items.colour == "#00b050"
    assert (items.label, items.short) == ("status: met\nvector #00b050", "status: met")


def test_a_mark_beside_text_and_an_empty_cell_have_the_labels_that_they_need() -> None:
    cells = {
        "status": Cell("Klart", place(2, (290, 100, 350, 120)), (marker("met"),)),
        "target": Cell(" ", place(2, (190, 100, 250, 120))),
    }
    items = items_on_page(printed(rows=(row(1, (10, 100, 400, 120), cells),)), 2)
    labels = {(item.kind, item.name): item.label for item in items}
    assert labels["cell", "status"] == "status"
    assert labels["marker", "status"] == "met\nvector #00b050"
    assert labels["cell", "target"] == ""


def test_cells_of_results_say_what_their_header_says() -> None:
    value = ValueCell(
        ColumnHead("result", "Utfall 2030 Kvinnor", 2030, None, "K"),
        Cell("71 %", place(2, (190, 100, 250, 120))),
    )
    whole = row(1, (10, 100, 400, 120), {}, values=(value,))
    assert shown(items_on_page(printed(rows=(whole,)), 2))[1:] == [
        ("cell", "result 2030 K", "71 %")
    ]


def test_a_marker_that_was_not_read_says_why() -> None:
    unread = marker(None, doubt="between two colours")
    cell = Cell("", place(2, (290, 100, 350, 120)), (unread,))
    items = items_on_page(printed(rows=(row(1, (10, 100, 400, 120), {"status": cell}),)), 2)[-1]
    assert items.text == "not read: between two colours"
    assert items.label.startswith("status: not read")


def test_a_goal_of_the_overview_comes_with_factors_and_marker() -> None:
    goal = Cell("Fler åker (RS)", place(2, (10, 100, 90, 110)))
    factor = Cell("Snön ligger kvar", place(2, (200, 100, 290, 110)))
    overview = OverviewGoal("Medborgare", goal, (factor,), marker("partly_met"), goal.place)
    assert shown(items_on_page(printed(overview=(overview,)), 2)) == [
        ("goal", "goal 1", "Fler åker (RS)"),
        ("cell", "success_factor", "Snön ligger kvar"),
        ("marker", "assessment", "partly_met"),
    ]


def test_tables_ignored_by_name_are_shown() -> None:
    ignored = printed(ignored_places=(("budget", place(2, (10, 100, 90, 110))),))
    assert shown(items_on_page(ignored, 2)) == [("left alone", "budget", "ignored by name")]


# --- a real page


def test_a_page_is_read_with_its_rows_markers_and_issues(path: Path) -> None:
    inspection = inspect_page(path, 2)
    assert (inspection.page_count, inspection.layout) == (2, "styrmatt-med-namnd")
    names = {(item.kind, item.name, item.text) for item in inspection.items}
    assert ("cell", "measure", "Antal lån av skidor") in names
    assert ("cell", "target", "80 %") in names
    assert ("marker", "status", "met") in names
    assert ("marker", "trend", "up") in names
    assert {item.name for item in inspection.items if item.kind == "section"} == {
        "goal",
        "success_factor",
    }
    assert all(item.bbox for item in inspection.items if item.kind in ("row", "cell", "marker"))


def test_pages_that_a_run_has_kept_are_not_read_again(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_report(path, Options(out=tmp_path, jobs=1))
    fresh = inspect_page(path, 2)

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("read once more")

    monkeypatch.setattr("styrmatt.extract.read.read_report", fail)
    monkeypatch.setattr("styrmatt.normalize.normalize.normalize", fail)
    kept = inspect_page(path, 2, picture=tmp_path / "page.png", data=tmp_path)
    assert kept == fresh
    with pytest.raises(DefectError):
        inspect_page(path, 2)
    copy = tmp_path / "other.pdf"
    copy.write_bytes(report(title="Region Tallmo årsredovisning 2032"))
    with pytest.raises(DefectError):
        inspect_page(copy, 2, data=tmp_path)


def test_issues_of_other_rules_than_those_of_the_run_are_made_anew(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_report(path, Options(out=tmp_path, jobs=1))
    fresh = inspect_page(path, 2)
    monkeypatch.setattr("styrmatt.pipeline.read_report.code_hash", lambda: "other rules")
    assert inspect_page(path, 2, data=tmp_path) == fresh


def test_a_report_that_does_not_say_its_year_can_be_inspected(tmp_path: Path) -> None:
    reader = pypdf.PdfReader(io.BytesIO(report()))
    writer = pypdf.PdfWriter()
    writer.add_page(reader.pages[1])
    with (tmp_path / "table.pdf").open("wb") as file:
        writer.write(file)
    kinds = {item.kind for item in inspect_page(tmp_path / "table.pdf", 1).items}
    assert {"row", "cell", "marker"} <= kinds


def spots(picture: Image.Image, ink: str) -> list[tuple[int, int]]:
    """Where the pixels of a colour are, as (x, y)."""
    data, wanted = picture.tobytes(), bytes(ImageColor.getrgb(ink))
    at = [n for n in range(len(data) // 3) if data[3 * n : 3 * n + 3] == wanted]
    return [(n % picture.width, n // picture.width) for n in at]


def count(picture: Image.Image, ink: str, box: Bbox, top: int) -> int:
    """Pixels of a colour in and 10 pixels around a box given in points."""
    area = (
        int(box[0] * SCALE) - 10,
        int(box[1] * SCALE) - 10 + top,
        int(box[2] * SCALE) + 10,
        int(box[3] * SCALE) + 10 + top,
    )
    return len(spots(picture.crop(area), ink))


def test_everything_seen_is_boxed_in_the_ink_of_its_kind(path: Path, tmp_path: Path) -> None:
    inspection = inspect_page(path, 2, picture=tmp_path / "page.png")
    with Image.open(tmp_path / "page.png") as file:
        picture = file.convert("RGB")
    page_height = int(842 * SCALE)
    top = next(y for y in range(200) if picture.getpixel((0, y)) == (189, 189, 189))
    assert picture.height >= page_height + top
    for item in inspection.items:
        if item.bbox is not None:
            edge = 2 * (item.bbox[2] - item.bbox[0]) * SCALE
            found = count(picture, STYLES[item.kind].colour, item.bbox, top)
            assert found > 0.6 * edge, (item, found)


def test_no_label_hides_the_marker_itself(path: Path, tmp_path: Path) -> None:
    inspection = inspect_page(path, 2)
    drawn = draw_page(path, 2, inspection.items, "title")
    bare = draw_page(path, 2, (), "title")
    (disc,) = (s for s in inspection.items if s.kind == "marker" and s.name == "status")
    assert disc.bbox is not None
    before, after = (count(p, "#00b050", disc.bbox, 44) for p in (bare, drawn))
    assert before == after > 300


def test_a_box_beyond_the_page_and_one_inside_out_are_drawn_all_the_same(path: Path) -> None:
    odd = [
        PageItem("cell", "a", "", "a", (-50, -50, 900, 1000)),
        PageItem("row", "b", "", "b", (100, 100, 100, 100)),
        PageItem("marker", "c", "", "c\nd", (590, 838, 600, 850)),
        PageItem("note", "e", "x", "e"),
    ]
    assert draw_page(path, 1, odd, "title").mode == "RGB"


def test_what_goes_on_from_before_is_named_below_the_page(path: Path) -> None:
    going = PageItem("row", "measure 3", "", "3", None, since=1)
    one, two = (draw_page(path, 2, [going] * n, "title") for n in (0, 1))
    assert two.height > one.height


def test_a_cropped_page_is_drawn_in_place(path: Path, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[1].cropbox = pypdf.generic.RectangleObject((50, 600, 560, 800))
    cropped = tmp_path / "cropped.pdf"
    with cropped.open("wb") as file:
        writer.write(file)
    (disc,) = (
        s for s in inspect_page(cropped, 2).items if s.kind == "marker" and s.name == "status"
    )
    picture = draw_page(cropped, 2, [disc], "title")
    around = [(x, y) for x, y in spots(picture, STYLES["marker"].colour) if y > 60]
    inner = spots(picture, "#00b050")
    for of in (0, 1):
        assert 0 < min(spot[of] for spot in inner) - min(spot[of] for spot in around) < 8
    assert 0 < max(y for _, y in around) - max(y for _, y in inner) < 8


# --- letters


@given(st.text(max_size=40))
def test_what_is_written_has_a_glyph(text: str) -> None:
    assert ascii_text(text).isascii()


def test_swedish_letters_keep_their_base_letter() -> None:
    assert ascii_text("Ångström – ”väl”") == 'Angstrom - "val"'


def test_the_font_is_one_that_scales() -> None:
    assert isinstance(ImageFont.load_default(13), ImageFont.FreeTypeFont)


# --- the command


@pytest.fixture
def inspected(command: Command, path: Path) -> Command:
    (command.folder / "r.pdf").write_bytes(path.read_bytes())
    return command


def table(ended: Ended) -> list[str]:
    assert ended.code == 0, ended.err
    return ended.out.splitlines()


def test_without_a_picture_the_same_is_printed_as_a_table(inspected: Command) -> None:
    title, head, *lines = table(inspected("inspect", "r.pdf", "--page", "2"))
    assert title == "r.pdf, page 2 of 2, layout styrmatt-med-namnd"
    assert head.split() == ["what", "name", "box", "how", "colour", "read"]
    (met,) = (line for line in lines if "#00b050" in line)
    assert met.split()[:2] == ["marker", "status"] and met.endswith("met")
    assert any("Antal lån av skidor" in line for line in lines)


def test_a_line_of_the_table_is_never_broken(inspected: Command) -> None:
    lines = table(inspected("inspect", "r.pdf", "--page", "2", "--quiet"))
    assert all(
        line.lstrip().startswith(("section", "row", "cell", "marker", "note", "goal", "left"))
        for line in lines[2:]
    )


def test_with_a_picture_one_line_says_what_is_on_it(inspected: Command) -> None:
    ended = inspected("inspect", "r.pdf", "--page", "2", "-o", "page.png")
    assert ended.code == 0
    assert "drawn to page.png" in ended.out and "row: 2" in ended.out
    assert (inspected.folder / "page.png").read_bytes().startswith(b"\x89PNG")


def test_a_page_without_a_table_is_no_error(inspected: Command) -> None:
    assert not any("row" in line for line in table(inspected("inspect", "r.pdf", "--page", "1")))


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("r.pdf", "--page", "3"), ExitCode.USAGE, "has 2 pages and no page 3"),
        (("r.pdf", "--page", "0"), ExitCode.USAGE, "--page"),
        (("r.pdf",), ExitCode.USAGE, "--page"),
        (("nowhere.pdf", "--page", "1"), ExitCode.USAGE, "nowhere.pdf"),
        (("r.pdf", "--page", "2", "-o", "page.jpg"), ExitCode.USAGE, "does not end in .png"),
        (("r.pdf", "--page", "2", "-o", "no/page.png"), ExitCode.OUTPUT, "no folder"),
        (("r.txt", "--page", "2", "-o", "page.png"), ExitCode.USAGE, "Leave out -o"),
        (("r.pdf", "--page", "2", "--layout", "none"), ExitCode.USAGE, "none"),
        (("r.pdf", "--page", "2", "--layouts", "none"), ExitCode.BAD_LAYOUT, "none"),
    ],
)
def test_what_cannot_be_shown_is_said(
    inspected: Command, arguments: tuple[str, ...], code: ExitCode, why: str
) -> None:
    inspected.write("r.txt", "Styrmått")
    before = {path.name for path in inspected.folder.iterdir()}
    ended = inspected("inspect", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert why in ended.err
    assert {path.name for path in inspected.folder.iterdir()} == before


def test_a_picture_that_cannot_be_written_is_an_output_error(path: Path, tmp_path: Path) -> None:
    (tmp_path / "page.png").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        inspect_page(path, 2, picture=tmp_path / "page.png")


def test_an_encrypted_report_needs_its_password(tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(report(password="snö"))
    with pytest.raises(EncryptedSourceError):
        inspect_page(locked, 2, picture=tmp_path / "page.png")
    inspect_page(locked, 2, password="snö", picture=tmp_path / "page.png")
    assert (tmp_path / "page.png").is_file()


def test_the_sidecar_names_the_layout_here_too(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "r.pdf"
    copy.write_bytes(path.read_bytes())
    (tmp_path / "r.toml").write_text('layout = "none"\n', encoding="utf-8")
    with pytest.raises(Exception, match="none"):
        inspect_page(copy, 2)
    assert inspect_page(copy, 2, layout="styrmatt-med-namnd").items


def test_a_text_is_shown_without_places(tmp_path: Path) -> None:
    shared = Path(__file__).parents[2] / "shared" / "reports"
    texts = sorted(shared.glob("*.txt")) if shared.is_dir() else []
    if not texts:
        pytest.skip("needs the shared reports")
    text = min(texts, key=lambda p: p.stat().st_size)
    seen = inspect_page(text, 8).items
    assert any(item.kind == "row" for item in seen)
    assert all(item.bbox is None for item in seen)
    with pytest.raises(UsageError):
        inspect_page(text, 8, picture=tmp_path / "page.png")
