"""Both engines read the same: the fast one is held to the reference, record by record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from draw import Sheet
from test_whole_reports import SAMPLES, SHARED, TYPESETTINGS, YEARS, read, together

from styrmatt.errors import EncryptedSourceError, UnreadableSourceError
from styrmatt.extract.engine import pdfium_ctypes
from styrmatt.extract.engine.document import PdfDocument
from styrmatt.extract.engine.font_descents import read_descents
from styrmatt.extract.engine.names import ENGINES, EngineName
from styrmatt.extract.engine.pdfium_runs import texts_of
from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize

_NEAR = 1.5
"""Points by which a box may differ: PDFium rounds widths of characters to a thousandth."""


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Where two extracts differ; boxes may differ a little."""
    if is_dataclass(one) and type(one) is type(other):
        for field in fields(one):
            yield from differences(
                getattr(one, field.name), getattr(other, field.name), f"{path}.{field.name}"
            )
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for n, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            yield from differences(mine, theirs, f"{path}[{n}]")
    elif "box" in path and isinstance(one, float) and isinstance(other, float):
        if abs(one - other) > _NEAR:
            yield f"{path}: {one} and {other}"
    elif one != other:
        yield f"{path}: {one!r} and {other!r}"


@pytest.mark.parametrize("path", together([*TYPESETTINGS, *SAMPLES]))
def test_both_engines_give_equal_records(path: Path) -> None:
    layout, printed = read_report(path, load_layouts(), engine="pdfplumber")
    reference = normalize(printed, layout, {}, "test")
    assert list(differences(read(path), reference)) == []


@pytest.mark.slow
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
def test_both_engines_give_equal_records_of_the_shared_reports(year: str) -> None:
    path = SHARED / "reports" / f"{YEARS[year]}.pdf"
    layout, printed = read_report(path, load_layouts(), engine="pdfplumber")
    reference = normalize(printed, layout, {}, "test")
    assert list(differences(read(path), reference)) == []


@pytest.mark.skipif(not SAMPLES, reason="the samples are not here")
def test_boxes_are_the_same_in_whatever_portions_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pypdfium2.PdfDocument(SAMPLES[0]) as pdf:
        text = pdf[1].get_textpage()
        count = text.count_chars()
        whole = pdfium_ctypes.horizontal_extents(pdfium_ctypes.handle_of(text), count)
        monkeypatch.setattr(pdfium_ctypes, "_BATCH", 7)
        portions = pdfium_ctypes.horizontal_extents(pdfium_ctypes.handle_of(text), count)
        one_by_one = [text.get_charbox(n, loose=True) for n in range(count)]
        text.close()
    assert count > 70 and portions == whole
    assert [(left, right) for left, _, right, _ in one_by_one] == list(zip(*whole, strict=True))


@pytest.mark.parametrize("engine", ENGINES)
def test_damaged_and_encrypted_files_end_alike(engine: EngineName, tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7\nnothing follows")
    with pytest.raises(UnreadableSourceError):
        PdfDocument(damaged, engine=engine)
    writer = PdfWriter(clone_from=PdfReader(SAMPLES[0]))
    writer.encrypt("tall")
    locked = tmp_path / "locked.pdf"
    writer.write(locked)
    with pytest.raises(EncryptedSourceError):
        PdfDocument(locked, engine=engine)
    with pytest.raises(EncryptedSourceError):
        PdfDocument(locked, "gran", engine)
    with PdfDocument(locked, "tall", engine) as report:
        assert report.page(1).words


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_and_cropped_page_is_read_alike(turn: int, tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import RectangleObject

    writer = PdfWriter()
    page = writer.add_page(PdfReader(SAMPLES[0]).pages[2])
    left, bottom, right, top = (float(value) for value in page.mediabox)
    page.mediabox = RectangleObject((left - 20, bottom - 30, right + 10, top + 5))
    page.cropbox = RectangleObject((left + 7, bottom + 9, right - 11, top - 13))
    if turn:
        page.rotate(turn)
    path = tmp_path / "turned.pdf"
    writer.write(path)
    with (
        PdfDocument(path, engine="pdfium") as ours,
        PdfDocument(path, engine="pdfplumber") as theirs,
    ):
        one, other = ours.page(1), theirs.page(1)
        assert (one.width, one.height) == pytest.approx((other.width, other.height), abs=0.01)
        assert len(one.shapes) == len(other.shapes)
        for mine, reference in zip(one.shapes, other.shapes, strict=True):
            assert mine.bbox == pytest.approx(reference.bbox, abs=0.1)
        words = sorted(w.text for w in one.words), sorted(w.text for w in other.words)
        assert words[0] == words[1]
        assert ours.render_page(1, 1.0)[1] == pytest.approx(theirs.render_page(1, 1.0)[1], abs=0.01)


@pytest.mark.parametrize(("rotation", "turn"), [(0, 0), (90, 90), (270, 270), (180, 180)])
def test_the_letters_of_a_ligature_stay_in_order_however_the_page_is_turned(
    rotation: int, turn: float, tmp_path: Path
) -> None:
    sheet = Sheet()
    sheet.boxes = f"/Rotate {rotation}"
    sheet.text(150, 150, "\x01nns \x02er gra\x01ker", font="Ligatures", turn=turn)
    words = sheet.page(tmp_path).words
    assert [word.text for word in words] == ["finns", "fler", "grafiker"]
    assert all(0 < b.x0 - a.x1 < 4 for a, b in pairwise(words))


def test_two_letters_side_by_side_are_no_ligature(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.boxes = "/Rotate 90"
    sheet.text(150, 150, "if elf", turn=90)
    assert [word.text for word in sheet.page(tmp_path).words] == ["if", "elf"]


def test_a_character_in_two_halves_is_one() -> None:
    assert texts_of([0xD83D, 0xDFE2, 65], [0, 0, 0]) == ["\U0001f7e2", "", "A"]


def test_a_character_that_the_font_does_not_tell_is_named_by_number() -> None:
    assert texts_of([65, 66], [0, 1]) == ["A", "(cid:66)"]


def test_descents_come_from_the_file() -> None:
    font = b"1 0 obj <</FontName/ABCDEF+A#6cfa /Descent -210>> endobj <</Descent 3>>"
    assert read_descents(font) == {"Alfa": -0.21}


CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Own def /CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange
{count} beginbfchar {pairs} endbfchar endcmap end end"""


def with_ligature(path: Path, matrix: str, shown: str = "[(la) (x) (elig) (x) (ar)] TJ") -> Path:
    """A page with text set by a matrix; "x" is drawn as wide as two letters, and is "tt"."""
    from pypdf import PdfWriter
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
        NumberObject,
    )

    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    cmap, content = DecodedStreamObject(), DecodedStreamObject()
    pairs = [f"<{ord(c):02x}> <{ord(c):04x}>" for c in "aegilrt"] + ["<78> <00740074>"]
    cmap.set_data(CMAP.format(count=len(pairs), pairs=" ".join(pairs)).encode())
    content.set_data(f"BT /F1 10 Tf {matrix} Tm {shown} ET".encode())
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/FirstChar"): NumberObject(ord("a")),
            NameObject("/LastChar"): NumberObject(ord("x")),
            NameObject("/Widths"): ArrayObject(
                NumberObject(900 if n == ord("x") else 500) for n in range(ord("a"), ord("x") + 1)
            ),
            NameObject("/ToUnicode"): writer._add_object(cmap),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.write(path)
    return path


@pytest.mark.parametrize(
    ("matrix", "along"),
    [("0 1 -1 0 100 50", 1), ("0 -1 1 0 100 250", 1), ("-1 0 0 -1 250 100", 0)],
)
def test_a_ligature_in_turned_text_is_all_its_letters_in_one_box(
    matrix: str, along: int, tmp_path: Path
) -> None:
    with PdfDocument(with_ligature(tmp_path / "turned.pdf", matrix), engine="pdfium") as report:
        glyphs = report.page(1).glyphs
    assert [glyph.text for glyph in glyphs] == ["l", "a", "tt", "e", "l", "i", "g", "tt", "a", "r"]
    lengths = [glyph.bbox[along + 2] - glyph.bbox[along] for glyph in glyphs]
    assert lengths[2] == pytest.approx(9.0, abs=0.05)
    ends = sorted((glyph.bbox[along], glyph.bbox[along + 2]) for glyph in glyphs)
    assert all(b[0] - a[1] < 0.1 for a, b in pairwise(ends))


def test_turned_letters_that_are_drawn_twice_on_one_place_are_no_ligature(tmp_path: Path) -> None:
    path = with_ligature(tmp_path / "twice.pdf", "0 1 -1 0 100 50", "[(a) 500 (a) (l)] TJ")
    with PdfDocument(path, engine="pdfium") as report:
        texts = [glyph.text for glyph in report.page(1).glyphs]
    assert "aa" not in texts
