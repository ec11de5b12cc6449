"""What styrmatt says about files that are no readable reports, and that nothing is lost by them."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdf
import pytest
from conftest import make_extract, tree
from extracts import write_extract
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from styrmatt.cli import main
from styrmatt.errors import ExitCode


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text per page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for text in pages:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def picture(form: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(buffer, form)
    return buffer.getvalue()


def scan() -> bytes:
    """A PDF whose page is a picture."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawImage(ImageReader(io.BytesIO(picture("PNG"))), 72, 400, 400, 400)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Hemligt")))
    writer.encrypt(password, algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


BAD: dict[str, tuple[str, Callable[[], bytes], ExitCode]] = {
    "a JPEG named .pdf": ("r.pdf", lambda: picture("JPEG"), ExitCode.UNREADABLE),
    "a PNG named .pdf": ("r.pdf", lambda: picture("PNG"), ExitCode.UNREADABLE),
    "a web page named .pdf": (
        "r.pdf",
        lambda: b"<!DOCTYPE html><html><body>Not found</body></html>",
        ExitCode.UNREADABLE,
    ),
    "words named .pdf": ("r.pdf", lambda: b"Just some words.\n", ExitCode.UNREADABLE),
    "an empty PDF file": ("r.pdf", lambda: b"", ExitCode.UNREADABLE),
    "a PDF cut off in its first page": (
        "r.pdf",
        lambda: pdf(*["En rad"] * 5)[:300],
        ExitCode.UNREADABLE,
    ),
    "a PDF cut off among its pages": (
        "r.pdf",
        lambda: (whole := pdf(*["En rad"] * 40))[: len(whole) * 6 // 10],
        ExitCode.UNREADABLE,
    ),
    "the mark of a PDF alone": ("r.pdf", lambda: b"%PDF-1.7\n", ExitCode.UNREADABLE),
    "an encrypted PDF": ("r.pdf", lambda: encrypted("sesam"), ExitCode.ENCRYPTED),
    "a scan": ("r.pdf", scan, ExitCode.NO_TEXT),
    "a PDF without a word": ("r.pdf", lambda: pdf(""), ExitCode.NO_TEXT),
    "a PDF that is no such report": ("r.pdf", lambda: pdf("Recept"), ExitCode.NO_LAYOUT),
    "an empty text": ("r.txt", lambda: b"", ExitCode.UNREADABLE),
    "a text of spaces": ("r.txt", lambda: b" \n \n", ExitCode.UNREADABLE),
    "a PDF named .txt": ("r.txt", lambda: pdf("En rad"), ExitCode.UNREADABLE),
    "a picture named .txt": ("r.txt", lambda: picture("PNG"), ExitCode.UNREADABLE),
    "a text that is no such report": ("r.txt", lambda: b"Recept\nSmula mjuk\n", ExitCode.NO_LAYOUT),
    "another kind of file": ("r.docx", lambda: b"PK\x03\x04", ExitCode.UNREADABLE),
}


def code_of(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


@pytest.fixture(autouse=True)
def no_normalizing(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of these files gets as far as the normalize stage."""

    def normalize(*_: Any) -> None:
        raise AssertionError("a file that should not have been read was read")

    monkeypatch.setitem(
        sys.modules,
        "styrmatt.normalize.normalize",
        SimpleNamespace(normalize=normalize),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gets_one_sentence_its_code_and_harms_nothing(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, content, code = BAD[case]
    (tmp_path / name).write_bytes(content())
    out = tmp_path / "out"
    write_extract(make_extract(), out, replace=False, partial=False)
    before = tree(out)
    assert code_of("run", tmp_path / name, "--out", out, "--quiet") == code
    said = capsys.readouterr().err.strip()
    assert said.startswith("Error: ") and "\n" not in said
    assert name in said
    assert said.count(". ") >= 1, "it says what to do next"
    assert "Traceback" not in said
    assert tree(out) == before


def test_the_wrong_password_is_told_apart_from_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(encrypted("sesam"))
    out = tmp_path / "out"
    assert code_of("run", path, "--out", out, "--quiet") == ExitCode.ENCRYPTED
    without = capsys.readouterr().err
    assert "--password" in without
    assert code_of("run", path, "--out", out, "--quiet", "--password", "x") == ExitCode.ENCRYPTED
    assert capsys.readouterr().err != without


def test_the_right_password_opens_the_file(tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(encrypted("sesam"))
    code = code_of("run", path, "--out", tmp_path / "out", "--quiet", "--password", "sesam")
    assert code == ExitCode.NO_LAYOUT  # it was read, and is no report


def test_an_unknown_layout_is_told_with_the_known_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(pdf("En rad"))
    code = code_of("run", path, "--out", tmp_path / "out", "--layout", "styrmat", "--quiet")
    assert code == ExitCode.USAGE
    assert "styrmatt-med-namnd" in capsys.readouterr().err
