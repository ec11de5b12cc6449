"""A page whose text cannot be read is told, with what it is instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from draw import Sheet
from paper import page, text
from PIL import Image

from styrmatt.errors import NoLayoutError, NoTextError
from styrmatt.extract.legibility import (
    PageKind,
    no_text_error,
    page_kind,
    unreadable_warnings,
    with_marked_holes,
    with_unreadable_pages,
)
from styrmatt.extract.model.page import Page

LINES = [word for n in range(6) for word in text(f"Row {n} of a table 80 %", 20, 60 + 20 * n)]


def with_holes(share: int) -> Page:
    """Six lines in which one of ``share`` words lacks a letter."""
    words = [replaced(n, share) for n in range(len(LINES))]
    return page(words)


def replaced(n: int, share: int):  # type: ignore[no-untyped-def]
    word = LINES[n]
    return word._replace(text=word.text[:-1] + "(cid:7)") if n % share == 0 else word


def test_a_page_with_text_is_not_told() -> None:
    assert page_kind(page(LINES)) == "text" and unreadable_warnings(page(LINES), None) == []


def test_letters_that_a_font_does_not_name_are_told_with_the_font() -> None:
    holed = with_holes(4)
    (warning,) = unreadable_warnings(holed, "12")
    assert warning.kind == "unreadable_characters" and warning.severity == "warning"
    assert "page 1" in warning.message and "5 characters" in warning.message


def test_one_odd_letter_and_marks_of_a_nameless_font_are_not_told() -> None:
    lines = [word for n in range(30) for word in text(f"Row {n} of a table 80 %", 20, 20 * n)]
    odd = lines[0]._replace(text="Ro(cid:7)")
    marks = [word._replace(text="(cid:1)", x0=300) for word in lines[::7]]
    assert page_kind(page([odd, *lines[1:], *marks])) == "text"


def test_a_font_that_names_no_letter_is_told() -> None:
    words = [word._replace(text="(cid:3)(cid:9)(cid:3)") for word in LINES]
    assert page_kind(page(words)) == "holes"


def curves(sheet: Sheet, lines: int, letters: int, size: float = 7) -> None:
    for row in range(lines):
        for n in range(letters):
            sheet.circle(20 + n * size, 30 + 14 * row, size / 2.2, fill="#000000")


@pytest.mark.parametrize(
    ("lines", "letters", "kind"),
    [(8, 30, "curves"), (5, 8, "curves"), (2, 30, "drawing"), (12, 3, "drawing")],
)
def test_letters_as_curves_stand_in_lines_and_marks_do_not(
    tmp_path: Path, lines: int, letters: int, kind: PageKind
) -> None:
    sheet = Sheet()
    curves(sheet, lines, letters)
    assert page_kind(sheet.page(tmp_path)) == kind


def test_a_table_as_curves_below_a_heading_with_letters_is_told(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(20, 20, "A heading that is text and no curves")
    curves(sheet, 8, 30)
    (warning,) = unreadable_warnings(sheet.page(tmp_path), None)
    assert warning.kind == "text_as_curves"


def test_a_scan_and_a_page_with_a_small_picture_are_two_things(tmp_path: Path) -> None:
    scan, small = Sheet(), Sheet()
    scan.picture((0, 0, 300, 300), Image.new("RGB", (20, 20), "#eeeeee"))
    scan.text(280, 295, "7")
    small.picture((0, 0, 40, 40), Image.new("RGB", (20, 20), "#eeeeee"))
    small.text(280, 295, "7")
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    assert page_kind(scan.page(tmp_path / "a")) == "picture"
    assert page_kind(small.page(tmp_path / "b")) == "text"


def test_a_blank_page_is_not_told_and_a_drawing_is(tmp_path: Path) -> None:
    blank = page([])
    drawing = Sheet()
    drawing.line([(10, 10), (200, 90)])
    assert page_kind(blank) == "blank" and unreadable_warnings(blank, None) == []
    assert unreadable_warnings(drawing.page(tmp_path), None)[0].kind == "empty_page"


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["picture", "picture"], "no text layer: its pages are pictures"),
        (["blank", "curves"], "text is drawn as curves"),
        (["drawing"], "hold drawings without text"),
        (["blank", "blank"], "no text: its pages are blank"),
        (["holes"], "fonts do not say"),
        (["text"], "figures and no words"),
        ([], "blank"),
    ],
)
def test_each_kind_of_report_without_text_has_its_sentence(
    kinds: list[PageKind], said: str
) -> None:
    error = no_text_error("a.pdf", kinds, ())
    assert said in error.message and error.hint


def test_only_what_a_program_can_read_off_a_picture_goes_through_ocr() -> None:
    hints = {kind: no_text_error("a.pdf", [kind], ()).hint or "" for kind in ("picture", "blank")}
    assert "ocrmypdf" in hints["picture"].lower() and "OCR" not in hints["blank"]


def test_attached_files_come_before_anything_else() -> None:
    names = [f"report-{n}.pdf" for n in range(9)]
    error = no_text_error("a.pdf", ["blank"], names)
    assert "report-5.pdf and 3 more" in error.message and "Save the report from it" in str(error)


NO_LAYOUT = NoLayoutError("No layout fits a.pdf: x (10%).", hint="Name one.")


def test_that_no_layout_fits_is_not_the_error_where_no_page_can_be_read() -> None:
    kinds: dict[int, PageKind] = {2: "holes", 3: "holes", 4: "blank"}
    error = with_unreadable_pages(NO_LAYOUT, "a.pdf", kinds, ())
    assert isinstance(error, NoTextError) and "pages 2, 3" in error.message
    assert "No layout" not in error.message


def test_pages_that_cannot_be_read_are_said_before_the_layout() -> None:
    kinds: dict[int, PageKind] = {1: "text", 7: "curves"}
    error = with_unreadable_pages(NO_LAYOUT, "a.pdf", kinds, ())
    assert isinstance(error, NoLayoutError)
    assert error.message.startswith("Part of a.pdf cannot be read (page 7): its text is drawn")
    assert error.message.endswith(NO_LAYOUT.message)


@pytest.mark.parametrize(
    "kinds", [["picture", "text", "text"], ["text", "blank"], ["text", "text", "text", "picture"]]
)
def test_a_cover_that_is_a_picture_is_no_reason(kinds: list[PageKind]) -> None:
    assert with_unreadable_pages(NO_LAYOUT, "a", dict(enumerate(kinds, 1)), ()) is NO_LAYOUT


def test_words_with_holes_get_one_sign_and_marks_stay() -> None:
    (letter, mark, *rest) = LINES
    holed = page([letter._replace(text="R(cid:7)w"), mark._replace(text="(cid:1)"), *rest])
    marked = with_marked_holes(holed)
    assert [word.text for word in marked.words[:2]] == ["R\ufffdw", "(cid:1)"]
    whole = page(LINES)
    assert with_marked_holes(whole) is whole
