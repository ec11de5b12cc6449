"""How a scan goes through a run: what is recognised, how it is read, marked and kept."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
import reportlab
from conftest import make_extract
from draw import Sheet
from paper import page, text
from PIL import Image, ImageDraw, ImageFont

import styrmatt
from styrmatt.errors import NoTextError, UsageError
from styrmatt.extract.engine.scan_page import with_scan
from styrmatt.extract.model.page import Page
from styrmatt.extract.printed_figures import FigureWord, with_differences
from styrmatt.extract.scanned_pages import scanned_pages
from styrmatt.extract.turn_back import TurnedPages
from styrmatt.normalize.scan_values import ScanValues
from styrmatt.pipeline.cache.scan_cache import scan_cache_of
from styrmatt.pipeline.read_report import ReadOptions
from styrmatt.pipeline.recognise_scans import CachedRecogniser
from styrmatt.pipeline.run import Options, run_report
from styrmatt.printed import (
    Cell,
    ExtractedReport,
    Location,
    Row,
    Section,
    SourceFile,
    packed_box,
)
from styrmatt.scans import recognise, tools
from styrmatt.scans.recognise import RecognisedPdf
from styrmatt.scans.scanned_page import ScannedPage, ScannedRule, ScannedShade, ScannedWord

needs_tools = pytest.mark.skipif(
    shutil.which("tesseract") is None or find_spec("ocrmypdf") is None,
    reason="Tesseract and OCRmyPDF are not installed",
)
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)
BOX = (10.0, 20.0, 30.0, 40.0)


def font_of(size: int) -> ImageFont.FreeTypeFont:
    """A font with Swedish letters, which Pillow's own lacks."""
    return ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf", size)


def full_page(colour: str, tmp_path: Path) -> Page:
    sheet = Sheet()
    sheet.picture((0, 0, 300, 300), Image.new("RGB", (60, 60), colour))
    folder = tmp_path / colour.strip("#")
    folder.mkdir()
    return sheet.page(folder)


def test_a_picture_of_paper_is_a_scan_and_a_photograph_is_not(tmp_path: Path) -> None:
    pages = {1: full_page("#f4f4f4", tmp_path), 2: full_page("#305030", tmp_path)}
    assert scanned_pages(["", "12"], pages.get) == [1]


def test_pages_with_text_are_not_even_opened() -> None:
    def never(number: int) -> Page:
        raise AssertionError(number)

    assert scanned_pages(["Andel elever med behörighet 85 %"] * 3, never) == []


def test_what_a_scan_shows_is_read_as_that_of_any_page() -> None:
    scan = ScannedPage(
        (ScannedWord("Öka", BOX, 9.5, True, "#000000", 96.0),),
        (ScannedRule("h", 50.0, 0.0, 90.0, 0.5),),
        (ScannedShade((0.0, 0.0, 90.0, 20.0), "#d9e2f3"),),
        ((40.0, 2.0, 50.0, 12.0),),
    )
    made = with_scan(page(text("left out", 0, 0)), scan)
    (word,) = made.words
    assert (word.text, word.bbox, word.size, word.bold) == ("Öka", BOX, 9.5, True)
    assert made.rulings[0].at == 50 and len(made.rulings) == 5
    assert made.fills[0].colour == "#d9e2f3" and made.pictures[0].bbox == (40, 2, 50, 12)


def report(box: tuple[float, float, float, float] = BOX) -> ExtractedReport:
    cell = Cell("85 %", Location(2, 2, box))
    row = Row(1, 1, {"target": cell}, Location(2, 2, box))
    section = Section("other", "Mål", ("Mål",), "Text", Location(2, 2, box), (2,), packed_box(box))
    source = SourceFile("a.pdf", "hash", "pdf", 3, (1, 2, 3), (2,))
    return ExtractedReport(source, (row, row), (), (section,), (), unsure=((2, box),))


def test_places_are_given_on_the_page_as_it_came() -> None:
    pages = TurnedPages({2: 90.0}, {2: (100.0, 100.0)})
    turned = pages.report(report((100.0, 10.0, 110.0, 20.0)))
    expected = pytest.approx((180.0, 100.0, 190.0, 110.0))
    place = turned.rows[0].cells["target"].place
    assert place.bbox == expected and turned.sections[0].line_boxes[0] == expected
    assert turned.unsure[0][1] == expected
    assert turned.rows[0].cells["target"] is turned.rows[1].cells["target"]


def test_places_of_pages_that_were_level_stay() -> None:
    assert TurnedPages({2: 0.0}, {2: (100.0, 100.0)}).report(report()) == report()


def test_values_of_a_scan_say_so_and_what_is_not_sure_is_to_be_looked_at() -> None:
    extract = make_extract()
    record = extract.records[0]
    box = record.bbox or BOX
    scans = ScanValues(frozenset({record.page}), ((record.page, box),))
    marked = scans.marked(extract)
    assert marked.records[0].read_by == "ocr"
    assert ("ocr_unsure" in marked.records[0].review) == (record.bbox is not None)
    assert all(one.read_by == "ocr" for one in marked.targets if one.record_id == record.record_id)
    assert ScanValues(frozenset(), ()).marked(extract) is extract
    assert {one.read_by for one in extract.records} == {"text"}


def word(said: str, n: int = 0, font: str = "Odd") -> FigureWord:
    return FigureWord(0, 2, BOX, said, font, Image.new("L", (1, 1)))


def test_a_font_that_swaps_figures_is_named_once() -> None:
    words = [word("83"), word("38"), word("13,8"), word("12", font="Good")]
    found = with_differences(report(), words, {0: "38", 1: "83", 2: "18,3"})
    (issue,) = found.doubts
    assert issue.severity == "error" and "The font Odd shows" in issue.message
    assert "8 for 3, 3 for 8" in issue.message and "in 3 words" in issue.message
    assert found.rows[0].review == ("text_differs",)


def test_a_single_word_that_looks_otherwise_is_an_issue_of_its_own() -> None:
    found = with_differences(report(), [word("83"), word("85"), word("45")], {0: "33"})
    (issue,) = found.doubts
    assert issue.severity == "warning" and issue.message.startswith("The text says 83")


def test_a_report_that_looks_as_it_says_stays_as_it_is() -> None:
    whole = report()
    assert with_differences(whole, [word("83")], {}) is whole


def scan_of(lines: Sequence[str], path: Path) -> Path:
    """A page with a text as a PDF that is a picture."""
    image = Image.new("RGB", (1240, 1754), "white")
    font = font_of(40)
    for n, line in enumerate(lines):
        ImageDraw.Draw(image).text((120, 160 + 90 * n), line, fill="black", font=font)
    image.save(path, "PDF", resolution=150)
    return path


def without(monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    monkeypatch.setattr(tools.shutil, "which", lambda name: None if name in programs else name)
    tools.languages_installed.cache_clear()
    monkeypatch.setattr(tools, "find_spec", lambda name: None)


def test_where_tools_are_missing_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "tesseract")
    path = scan_of(["Styrmått"], tmp_path / "scan.pdf")
    with pytest.raises(NoTextError) as raised:
        run_report(path, Options(tmp_path / "out"))
    said = str(raised.value)
    assert "its pages are pictures" in said
    assert "pip install 'styrmatt[ocr]'" in said and "apt-get install tesseract-ocr" in said


def test_text_cannot_be_checked_without_tesseract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "tesseract")
    path = scan_of(["Styrmått"], tmp_path / "scan.pdf")
    with pytest.raises(UsageError, match="apt-get install"):
        run_report(path, Options(tmp_path / "out", check_text=True))


def test_all_pages_are_asked_for_only_where_that_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "tesseract")
    path = scan_of(["Styrmått"], tmp_path / "scan.pdf")
    assert CachedRecogniser(path)([1]) is None
    with pytest.raises(NoTextError, match="install"):
        CachedRecogniser(path, force=True)([1])


def test_a_scan_is_recognised_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scan_of(["Styrmått"], tmp_path / "scan.pdf")
    asked: list[list[int]] = []

    def recognised(name: str, data: bytes, pages: Sequence[int], **_: object) -> RecognisedPdf:
        asked.append(list(pages))
        return RecognisedPdf(data, {})

    monkeypatch.setattr(recognise, "recognise", recognised)
    monkeypatch.setattr(recognise, "check_tools", lambda name: None)
    monkeypatch.setattr(tools, "missing_tools", lambda: None)
    for _ in range(2):
        found = CachedRecogniser(path, root=tmp_path)([1])
        assert found is not None
        file, scans = found
        assert file.read_bytes() == path.read_bytes()
        assert scans.source_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert asked == [[1]]
    CachedRecogniser(path, root=tmp_path, refresh=True)([1])
    assert len(asked) == 2


def test_what_is_kept_is_of_the_same_pages_mode_and_source(tmp_path: Path) -> None:
    cache = scan_cache_of(tmp_path, "hash", refresh=False)
    cache.put([1, 2], RecognisedPdf(b"pdf", {1: "{}"}), force=False)
    assert cache.get([1, 2], force=False) == RecognisedPdf(b"pdf", {1: "{}"})
    assert cache.get([1, 2], force=True) is None and cache.get([1], force=False) is None
    assert scan_cache_of(tmp_path, "other", refresh=False).get([1, 2], force=False) is None


def test_the_manifest_says_how_scans_were_treated_where_that_was_asked_for() -> None:
    assert "ocr" not in ReadOptions().basis().options
    assert ReadOptions(ocr="never").basis().options["ocr"] == "never"
    assert ReadOptions(check_text=True).basis().options["check_text"] is True


TABLE = [
    "Styrmått|Mål 2022|Måluppfyllelse",
    "Andel nöjda elever|85 %|",
    "Antal besök i simhallen|4 200|",
    "Sjukfrånvaro bland anställda|6,5 %|",
]


def scanned_table(path: Path) -> Path:
    """A turned scan of a goal table with discs: green, amber, red."""
    image = Image.new("RGB", (1654, 2339), "white")
    drawn = ImageDraw.Draw(image)
    font, large = font_of(32), font_of(48)
    drawn.text((160, 150), "Tallmo kommun", fill="black", font=large)
    drawn.text((160, 230), "Årsredovisning 2022", fill="black", font=large)
    for n, line in enumerate(TABLE):
        top = 420 + 90 * n
        for x, part in zip((180, 900, 1200), line.split("|"), strict=True):
            drawn.text((x, top + 22), part, fill="black", font=font)
        if n:
            colour = ("#00b050", "#ffc000", "#ff0000")[n - 1]
            drawn.ellipse((1240, top + 28, 1272, top + 60), fill=colour)
    for n in range(len(TABLE) + 1):
        drawn.line((160, 420 + 90 * n, 1500, 420 + 90 * n), fill="black", width=2)
    for x in (160, 880, 1180, 1500):
        drawn.line((x, 420, x, 420 + 90 * len(TABLE)), fill="black", width=2)
    turned = image.rotate(1.0, Image.Resampling.BICUBIC, fillcolor="white")
    packed = io.BytesIO()
    turned.save(packed, "JPEG", quality=60)
    Image.open(packed).save(path, "PDF", resolution=200)
    return path


@needs_tools
def test_a_scanned_table_is_read_with_its_marks_and_says_that_it_was_recognised(
    tmp_path: Path,
) -> None:
    path = scanned_table(tmp_path / "tallmo.pdf")
    out = tmp_path / "out"
    run_report(path, Options(out))
    records = styrmatt.load(out)
    assert records["target_value"].tolist() == [85.0, 4200.0, 6.5]
    assert records["status"].tolist() == ["met", "partly_met", "not_met"]
    assert set(records["status_read_by"]) == {"picture"} and set(records["read_by"]) == {"ocr"}
    documents = styrmatt.load(out, "documents")
    assert list(documents["pages_recognised"][0]) == [1]
    assert documents["source_sha256"][0] == hashlib.sha256(path.read_bytes()).hexdigest()


@needs_tesseract
def test_the_figures_of_a_text_that_is_right_are_read_alike(tmp_path: Path) -> None:
    from styrmatt.scans.compare_figures import differing_figures

    pictures = []
    for said in ("85", "4 200"):
        image = Image.new("RGB", (160, 60), "white")
        font = font_of(40)
        ImageDraw.Draw(image).text((10, 5), said, fill="black", font=font)
        pictures.append(image)
    assert differing_figures(["85", "4200"], pictures) == {}
    assert differing_figures(["35", "4200"], pictures) == {0: "85"}


def loaded_by_reading(report: Path, ocr: str) -> set[str]:
    """What of the extra a process has loaded that has read a report; NumPy is spaCy's as well."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from styrmatt.pipeline.read_report import ReadOptions, read_one\n"
        f"read_one(Path(sys.argv[1]), ReadOptions(ocr={ocr!r}))\n"
        "print(*sorted(sys.modules))\n"
    )
    command = [sys.executable, "-c", code, str(report)]
    path = os.pathsep.join(sys.path)
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    names = set(done.stdout.split())
    return names & {"ocrmypdf", "pikepdf", "styrmatt.scans.page_text", "styrmatt.scans.recognise"}


@pytest.mark.parametrize("ocr", ["auto", "never"])
def test_nothing_of_the_extra_is_loaded_for_a_report_that_has_text(ocr: str) -> None:
    report = Path(__file__).parent / "families" / "v-standing-lights.pdf"
    assert loaded_by_reading(report, ocr) == set()
