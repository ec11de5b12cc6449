"""Input that nobody sends on purpose, or somebody does: each kind beside a report that is fine.

    python benchmarks/hostile.py                    every kind, a few minutes
    python benchmarks/hostile.py superscript fifo   those whose name has one of these words

Every kind is run as `styrmatt run` with `--jobs 1`. It ends well where the command does not call it
a defect, needs no more than a minute, and writes the report beside it. Prints a line for each kind:
seconds, exit code, rows of the odd report. Exit code 1 where one does not end well.

`make faults` runs them, too; `tests/test_hostile.py` runs each by itself.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow.parquet
import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

GOOD: Final = "fine.pdf"
LIMIT: Final = 60.0
"""Seconds that a kind may take: what a person waits before thinking that it hangs. They are of the
processor, so that a busy machine does not count; one that waits for ever is ended by the clock."""
_HEAD = ("Styrmått", "Nämnd", "K/M", "Mål 2022", "Måluppfyllelse")
_XS = (50, 300, 350, 390, 470)
_ROW = 18
_ROWS = (
    ("Andel barn som når kulturskolan", "RUN", "", "70 %", "Ja"),
    ("Antal kommuner med plan för kultur", "RUN", "", "9", "Nej"),
    ("Andel nöjda besökare på biblioteken", "RUN", "", "minst 85 %", "Ja"),
)
_GIVEN_UP: Final = "report_given_up"
_DEEP: Final = 100_000
"""Levels of nesting that end a parser which calls itself."""


class Ended(NamedTuple):
    """How a run ended."""

    code: int
    seconds: float
    """By the clock."""
    processor: float
    """Seconds of the processor."""
    said: str
    """What it printed on standard error."""
    wrote: dict[str, int]
    """Records by the name of the source."""
    issues: tuple[tuple[str, str], ...]
    """Source or document, and kind, of every issue."""


@dataclass(frozen=True)
class Kind:
    """A kind of hostile input: what makes it, and how it has to end."""

    make: Callable[[Path], None]
    """Makes the files in a folder that already has the report that is fine."""
    options: tuple[str, ...] = ()
    """Options of the run; ``{}`` stands for the folder."""
    codes: tuple[int, ...] = (0,)
    issue: str | None = None
    """A kind of issue that the run has to note."""
    reads: int | None = None
    """Records that the odd report has to give; None where that is not what it is about."""
    needs_limit: bool = False
    """Whether only the budget of a report ends it."""
    good_is_read: bool = True
    """Whether the report beside it is read; not where what is wrong concerns every report."""


def page(
    canvas: Canvas,
    rows: Iterable[Sequence[str]] = _ROWS,
    *,
    organisation: str = "Region Tallmo",
    year: int = 2022,
    size: float = 9,
    step: float = _ROW,
) -> None:
    """Draw a page with a table of measures."""
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(50, 790, f"Årsrapport {year}")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(50, 770, organisation)
    canvas.setFont("Helvetica-Bold", size)
    y = 730.0
    for x, text in zip(_XS, _HEAD, strict=True):
        canvas.drawString(x, y, text.replace("2022", str(year)))
    canvas.line(50, y - 4, 545, y - 4)
    for row in rows:
        y -= step
        for x, end, text in zip(_XS, (*_XS[1:], 550), row, strict=True):
            width = canvas.stringWidth(text, "Helvetica", 1)
            fitting = min(size, (end - x - 5) / width) if width else size
            canvas.setFont("Helvetica", fitting)
            canvas.drawString(x, y, text)
        canvas.line(50, y - 4, 545, y - 4)


def pdf(*draw: Callable[[Canvas], None]) -> bytes:
    """A PDF with a page for each function that draws one."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for draw_page in draw or (page,):
        draw_page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def report(organisation: str = "Region Ekby", **how: object) -> bytes:
    """A report of a page, of another organisation than the one that is fine."""
    return pdf(lambda canvas: page(canvas, organisation=organisation, **how))  # type: ignore[arg-type]


def with_cell(*texts: str, column: int = 3) -> bytes:
    """A report in whose rows a column has these texts."""
    rows = [list(row) for row in _ROWS]
    for row, text in zip(rows, texts, strict=False):
        row[column] = text
    return report(rows=rows)


# --- what is made


def _file(name: str, content: Callable[[], bytes]) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(content()) and None


def _files(*made: Callable[[Path], None]) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        for one in made:
            one(folder)

    return make


def _bytes_name(folder: Path) -> None:
    path = os.fsencode(folder) + b"/rapport-\xe5r-2022.pdf"
    with open(path, "wb") as file:  # noqa: PTH123  (a path of bytes)
        file.write(report())


def _digits_in_running_text(canvas: Canvas) -> None:
    page(canvas, organisation="Region Ekby")
    canvas.setFont("Helvetica", 10)
    for n, text in enumerate(
        (
            "Sjukfrånvaron var ² procent under året och antalet besök ökade till ³.",
            "²  Utfallet avser helår.",
            "Andelen nöjda besökare var 8² procent. ¹ Se not.",
            "² av ³ mål uppfylldes. ¹⁄² procent av barnen nås.",
            "²³",
        )
    ):
        canvas.drawString(50, 600 - 16 * n, text)
    canvas.drawString(300, 30, "²")


def _digits_in_text(folder: Path) -> None:
    text = (
        "Region Ekby\nÅrsrapport 2022\n\n"
        "Styrmått                             Nämnd  K/M  Mål 2022   Måluppfyllelse\n"
        "Andel barn som når kulturskolan      RUN         7² %       Ja\n"
        "Antal kommuner med plan              RUN         ①          Nej\n"
        "Andel nöjda besökare                 RUN         minst 85 % Ja\n\n"
        "² Utfallet avser helår. ①② ③ av ④ mål nåddes. Andelen var ⑧⑤ procent, ٣ procent.\n"
        "Under året ökade andelen med ² procent till ㊿ och Ⅻ.\n\n        ②\n\f"
        "        ①\nSida ²\n"
    )
    (folder / "odd.txt").write_text(text, encoding="utf-8")


def _page_that_cannot_be_loaded(folder: Path) -> None:
    reader = pypdf.PdfWriter(
        clone_from=io.BytesIO(
            pdf(
                lambda canvas: page(canvas, organisation="Region Ekby"),
                lambda canvas: canvas.drawString(72, 700, "En sida till."),
                lambda canvas: page(canvas, organisation="Region Ekby"),
            )
        )
    )
    kids = reader.root_object["/Pages"]["/Kids"]
    kids[1] = ArrayObject([NumberObject(1)])  # type: ignore[index]
    buffer = io.BytesIO()
    reader.write(buffer)
    (folder / "odd.pdf").write_bytes(buffer.getvalue())


def _page_of_another_kind(folder: Path) -> None:
    """A page whose object is no page, whose size is nothing, and one without content."""
    writer = pypdf.PdfWriter(
        clone_from=io.BytesIO(pdf(*[lambda canvas: page(canvas, organisation="Region Ekby")] * 3))
    )
    second = writer.pages[1]
    second[NameObject("/MediaBox")] = ArrayObject([NumberObject(0)] * 4)
    kids = writer.root_object["/Pages"]["/Kids"]
    kids[2] = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/Font")}))  # type: ignore[index]
    buffer = io.BytesIO()
    writer.write(buffer)
    (folder / "odd.pdf").write_bytes(buffer.getvalue())


def _tree_that_contains_itself(folder: Path) -> None:
    """A tagged PDF whose structure elements are each other's kids, many times over."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(report()))
    elements = [
        writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/StructElem"),
                    NameObject("/S"): NameObject("/Figure"),
                    NameObject("/Alt"): pypdf.generic.TextStringObject("En bild"),
                    NameObject("/Pg"): writer.pages[0].indirect_reference,
                }
            )
        )
        for _ in range(40)
    ]
    for element in elements:
        element.get_object()[NameObject("/K")] = ArrayObject(elements)
        element.get_object()[NameObject("/P")] = elements[0]
    root = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructTreeRoot"),
                NameObject("/K"): ArrayObject(elements),
            }
        )
    )
    writer.root_object[NameObject("/StructTreeRoot")] = root
    writer.root_object[NameObject("/MarkInfo")] = DictionaryObject(
        {NameObject("/Marked"): pypdf.generic.BooleanObject(True)}
    )
    buffer = io.BytesIO()
    writer.write(buffer)
    (folder / "odd.pdf").write_bytes(buffer.getvalue())


def _forms_that_unfold(folder: Path) -> None:
    """Forms of which each draws the next one ten times: 10^10 rectangles from a few lines."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(report()))
    drawn = None
    for level in range(10):
        form = pypdf.generic.DecodedStreamObject()
        form.set_data(b"0 0 1 1 re f " if drawn is None else b"/X Do " * 10)
        resources = DictionaryObject()
        if drawn is not None:
            resources[NameObject("/XObject")] = DictionaryObject({NameObject("/X"): drawn})
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject([NumberObject(n) for n in (0, 0, 600, 850)]),
                NameObject("/Resources"): resources,
            }
        )
        drawn = writer._add_object(form)
        assert drawn is not None, level
    first = writer.pages[0]
    content = pypdf.generic.DecodedStreamObject()
    content.set_data(first.get_contents().get_data() + b"\n/X Do\n")  # type: ignore[union-attr]
    first[NameObject("/Contents")] = writer._add_object(content)
    resources = first["/Resources"].get_object()
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/X"): drawn})  # type: ignore[index]
    buffer = io.BytesIO()
    writer.write(buffer)
    (folder / "odd.pdf").write_bytes(buffer.getvalue())


def _stream_that_unfolds(folder: Path) -> None:
    """A page whose content is some gigabytes of spaces, packed twice."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(report()))
    packer = zlib.compressobj(6)
    block = b"0 0 m 1 1 l S " * 100_000
    packed = [packer.compress(block) for _ in range(800)]
    content = pypdf.generic.StreamObject()
    content._data = zlib.compress(b"".join([*packed, packer.flush()]), 6)
    content[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * 2)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)
    buffer = io.BytesIO()
    writer.write(buffer)
    (folder / "odd.pdf").write_bytes(buffer.getvalue())


def _map_of_shapes(canvas: Canvas) -> None:
    """2,500 small filled shapes in the column of the marks, as a map or a chart has."""
    page(canvas, organisation="Region Ekby")
    for n in range(2500):
        x, y = 472 + n % 50 * 1.4, 655 + n // 50 * 1.3
        canvas.setFillColorRGB(n % 7 / 7, n % 5 / 5, n % 3 / 3)
        path = canvas.beginPath()
        path.moveTo(x, y)
        path.lineTo(x + 3, y + 0.4)
        path.lineTo(x + 1.5, y + 3)
        path.close()
        canvas.drawPath(path, fill=1, stroke=0)


def _chart_of_outlines(canvas: Canvas) -> None:
    """2,500 small outlined squares below the table, and a line for each."""
    page(canvas, organisation="Region Ekby")
    for n in range(2500):
        x, y = 60 + n % 50 * 9.0, 100 + n // 50 * 10.0
        canvas.rect(x, y, 7, 7, fill=n % 2, stroke=1)
        canvas.line(x + 1, y + 2, x + 8, y + 2)


def _map_below_the_table(canvas: Canvas) -> None:
    """A map of 2,500 filled shapes and as many rectangles on the same page as a table."""
    page(canvas, organisation="Region Ekby")
    for n in range(2500):
        x, y = 60 + n % 50 * 9.0, 100 + n // 50 * 10.0
        canvas.setFillColorRGB(n % 7 / 7, n % 5 / 5, n % 3 / 3)
        canvas.circle(x, y, 4, fill=1, stroke=0)
        canvas.rect(x, y, 8, 3, fill=1, stroke=0)


def _leaders(canvas: Canvas) -> None:
    """A table of contents whose 20,000 dots of leaders are set one by one."""
    canvas.setFont("Helvetica", 9)
    for line in range(200):
        y = 800 - line * 3.8
        canvas.drawString(40, y, f"Avsnitt {line}")
        for dot in range(100):
            canvas.drawString(100 + dot * 4.2, y, ".")
        canvas.drawString(530, y, str(line))


def _leaders_in_one(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(40, 800, "Innehåll")
    for line in range(50):
        canvas.drawString(40, 780 - line * 12, f"Avsnitt {line} " + "." * 400 + f" {line}")


def _many_rows(canvas: Canvas) -> None:
    rows = [
        (f"Andel barn i kulturskola nummer {n}", "RUN", "", f"{n % 100} %", "Ja")
        for n in range(5000)
    ]
    page(canvas, rows, organisation="Region Ekby", size=0.13, step=0.14)


def _many_rows_on_a_long_page(folder: Path) -> None:
    buffer = io.BytesIO()
    height = 12 * 5000 + 200
    canvas = Canvas(buffer, pagesize=(595, height), invariant=1)
    canvas.translate(0, height - 842)
    rows = [
        (f"Andel barn i kulturskola nummer {n}", "RUN", "", f"{n % 100} %", "Ja")
        for n in range(5000)
    ]
    page(canvas, rows, organisation="Region Ekby", step=12)
    canvas.showPage()
    canvas.save()
    (folder / "odd.pdf").write_bytes(buffer.getvalue())


def _fifo(folder: Path) -> None:
    os.mkfifo(folder / "odd.pdf")


def _link_to(target: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "odd.pdf").symlink_to(target)


def _layout(pattern: str) -> Callable[[Path], None]:
    """A layout of one's own whose pattern for the identity is this one."""
    text = f"""
name = "egen"
title = "En egen"
vocabulary = "sv"
[headings]
[[tables]]
kind = "measures"
columns = [
  {{ field = "measure", headers = ["Styrmått"] }},
  {{ field = "target", headers = ["Mål {{year}}"] }},
  {{ field = "status", headers = ["Måluppfyllelse"], optional = true }},
]
[identity]
patterns = ['''{pattern}''']
"""

    def make(folder: Path) -> None:
        layouts = folder.parent / "layouts"
        layouts.mkdir(exist_ok=True)
        (layouts / "egen.toml").write_text(text, encoding="utf-8")

        def draw(canvas: Canvas) -> None:
            page(canvas, organisation="Region Ekby")
            canvas.drawString(50, 500, "Region " + "a" * 60)

        (folder / "odd.pdf").write_bytes(pdf(draw))

    return make


def _sidecar(content: bytes) -> Callable[[Path], None]:
    return _files(_file("odd.pdf", report), _file("odd.toml", lambda: content))


def _own_layouts(content: bytes) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / "odd.pdf").write_bytes(report())
        layouts = folder.parent / "layouts"
        layouts.mkdir(exist_ok=True)
        (layouts / "egen.toml").write_bytes(content)

    return make


def _manifest(content: bytes) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / "odd.pdf").write_bytes(report())
        out = folder.parent / "out"
        out.mkdir(exist_ok=True)
        (out / "manifest.json").write_bytes(content)

    return make


_OWN = ("--layouts", "{}/../layouts")
_SIDE = 'organisation = "Region Ekby"\nyear = 2022\n'
KINDS: Final[dict[str, Kind]] = {
    "superscript digits in cells": Kind(_file("odd.pdf", lambda: with_cell("7²", "²", "³ %"))),
    "superscript digits in running text": Kind(
        _file("odd.pdf", lambda: pdf(_digits_in_running_text)), reads=3
    ),
    "circled digits in a text file": Kind(_digits_in_text),
    "a figure of 400 digits": Kind(
        _file("odd.pdf", lambda: with_cell("9" * 400, "1" + " 000" * 100, "0," + "3" * 400))
    ),
    "a figure of 400 digits in a text file": Kind(
        _file(
            "odd.txt",
            lambda: (
                "Region Ekby\nÅrsrapport 2022\n\n"
                "Styrmått                          Nämnd  K/M  Mål 2022   Måluppfyllelse\n"
                f"Andel barn som når kulturskolan   RUN         {'9' * 400} %       Ja\n"
                "Andel nöjda besökare              RUN         minst 85 %   Ja\n\n"
                f"Andelen nöjda besökare ökade till {'8' * 400} procent.\n"
                f"{'7' * 400} av {'9' * 5000} mål uppfylldes år {'2' * 6000}.\n"
            ).encode(),
        )
    ),
    "a name that is not composed (NFD)": Kind(_file("Bo\u0308rs.pdf", report), reads=3),
    "a name with two spaces": Kind(_file("odd  report .pdf", report), reads=3),
    "a name with a newline": Kind(_file("odd\nreport\t.pdf", report), reads=3),
    "a name that is no UTF-8": Kind(_bytes_name, reads=3),
    "a name of 250 letters": Kind(_file("å" * 123 + ".pdf", report), reads=3),
    "a page that cannot be loaded": Kind(
        _page_that_cannot_be_loaded, codes=(0, 3), issue="page_failed"
    ),
    "pages without size and of another kind": Kind(_page_of_another_kind, codes=(0, 3)),
    "a sidecar with a byte order mark": Kind(_sidecar(b"\xef\xbb\xbf" + _SIDE.encode()), reads=3),
    "a sidecar in UTF-16": Kind(_sidecar(_SIDE.encode("utf-16")), codes=(0, 7)),
    "a sidecar in Latin-1": Kind(
        _sidecar('organisation = "Borås Stad"\n'.encode("latin-1")), codes=(7,)
    ),
    "a sidecar with an organisation of a million letters": Kind(
        _sidecar(f'organisation = "Region {"a" * 1_000_000}"\nyear = 2022\n'.encode()),
        codes=(0, 7, 8),
    ),
    "a sidecar with an organisation of no letters": Kind(
        _sidecar(b'organisation = " .. \\u0000 /"\nyear = 2022\n'), codes=(0, 7, 8)
    ),
    "a sidecar nested 100,000 deep": Kind(
        _sidecar(b"year = " + b"[" * _DEEP + b"]" * _DEEP), codes=(7,)
    ),
    "a sidecar with a number of 10,000 digits": Kind(
        _sidecar(b"year = " + b"9" * 10_000), codes=(7,)
    ),
    "a sidecar that is a folder": Kind(
        _files(_file("odd.pdf", report), lambda folder: (folder / "odd.toml").mkdir()), reads=3
    ),
    "a sidecar that is a pipe": Kind(
        _files(_file("odd.pdf", report), lambda folder: os.mkfifo(folder / "odd.toml")),
        codes=(0, 7),
    ),
    "an organisation of 5,000 letters": Kind(
        _file("odd.pdf", lambda: report("Region " + "Ekby" * 1250)), codes=(0, 8)
    ),
    "a target of 20,000 letters": Kind(
        _file("odd.pdf", lambda: with_cell("minst " * 3500, "9 %" * 3000))
    ),
    "a measure of 20,000 letters": Kind(
        _file("odd.pdf", lambda: with_cell("andel barn " * 1800, column=0))
    ),
    "a layout whose pattern overflows": Kind(
        _layout("(?P<organisation>a{99999999999999999999})"),
        _OWN,
        codes=(7,),
        good_is_read=False,
    ),
    "a layout whose pattern nests without end": Kind(
        _layout("(" * 5000 + "a" + ")" * 5000), _OWN, codes=(7,), good_is_read=False
    ),
    "a layout whose pattern never ends": Kind(
        _layout(r"(?P<organisation>Region (?:a|aa)+\$)"), (*_OWN, "--layout", "egen"), codes=(7,)
    ),
    "a layout nested 100,000 deep": Kind(
        _own_layouts(b"name = " + b"[" * _DEEP), _OWN, codes=(7,), good_is_read=False
    ),
    "a layout in UTF-16": Kind(
        _own_layouts('name = "x"'.encode("utf-16")), _OWN, codes=(7,), good_is_read=False
    ),
    "a manifest nested 100,000 deep": Kind(
        _manifest(b'{"documents": ' + b"[" * _DEEP), codes=(9,), good_is_read=False
    ),
    "corrections nested 100,000 deep": Kind(
        _files(
            _file("odd.pdf", report),
            _file("corrections.toml", lambda: b"correction = " + b"[" * _DEEP),
        ),
        codes=(7,),
        good_is_read=False,
    ),
    "corrections with an endless cell": Kind(
        _files(
            _file("odd.pdf", report),
            _file("corrections.csv", lambda: b"document_id;" + b"a" * 1_000_000 + b"\n"),
        ),
        codes=(7,),
        good_is_read=False,
    ),
    "a pipe in the folder": Kind(_fifo),
    "a pipe that is named": Kind(_fifo, ("{}/odd.pdf",), codes=(3,)),
    "a device that is named": Kind(_link_to("/dev/zero"), ("{}/odd.pdf",), codes=(3,)),
    "a link to itself": Kind(_link_to("odd.pdf"), codes=(0, 3)),
    "a map of 2,500 shapes in the column of marks": Kind(
        _file("odd.pdf", lambda: pdf(_map_of_shapes)), reads=3
    ),
    "a map of 5,000 shapes below the table": Kind(
        _file("odd.pdf", lambda: pdf(_map_below_the_table)), reads=3
    ),
    "a chart of 2,500 outlined squares": Kind(
        _file("odd.pdf", lambda: pdf(_chart_of_outlines)), reads=3
    ),
    "leaders of 20,000 dots": Kind(
        _file(
            "odd.pdf",
            lambda: pdf(lambda canvas: page(canvas, organisation="Region Ekby"), _leaders),
        ),
        reads=3,
    ),
    "leaders of 20,000 dots in lines": Kind(
        _file(
            "odd.pdf",
            lambda: pdf(lambda canvas: page(canvas, organisation="Region Ekby"), _leaders_in_one),
        ),
        reads=3,
    ),
    "leaders of 20,000 dots in a text file": Kind(
        _file(
            "odd.txt",
            lambda: (
                "Region Ekby\nÅrsrapport 2022\n\nInnehåll\n"
                + "".join(f"Avsnitt {n} {'.' * 400} {n}\n" for n in range(30))
                + f"Avsnitt {'.' * 20_000} 3\n{'. ' * 20_000}4\n{' ' * 20_000}5\n\f"
                "Styrmått                          Nämnd  K/M  Mål 2022   Måluppfyllelse\n"
                "Andel barn som når kulturskolan   RUN         70 %       Ja\n"
                "Andel nöjda besökare              RUN         minst 85 % Ja\n"
            ).encode(),
        ),
        codes=(0, 6, 12),
    ),
    "a structure tree that contains itself": Kind(_tree_that_contains_itself, reads=3),
    "forms that unfold without end": Kind(
        _forms_that_unfold, ("--timeout", "10"), codes=(13,), needs_limit=True, issue=_GIVEN_UP
    ),
    "a stream that unfolds to gigabytes": Kind(
        _stream_that_unfolds, ("--memory", "600MB"), codes=(13,), needs_limit=True, issue=_GIVEN_UP
    ),
    "5,000 rows on a page": Kind(_file("odd.pdf", lambda: pdf(_many_rows)), codes=(0, 6, 12, 13)),
    "5,000 rows on a long page": Kind(_many_rows_on_a_long_page, reads=5000),
}
"""By what is odd."""


Run = Callable[[list[str]], tuple[int, str]]
"""Runs styrmatt with arguments; gives its exit code and what it said on standard error."""


def run_command(arguments: list[str]) -> tuple[int, str]:
    """Run the command in a process of its own; the code -1 where it does not end."""
    command = [sys.executable, "-m", "styrmatt", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=2 * LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return -1, "it did not end"
    return done.returncode, done.stderr.decode(errors="replace")


def run_kind(kind: Kind, folder: Path, run: Run = run_command) -> Ended:
    """Run a kind in a folder of its own, with the report that is fine beside it."""
    raw, out = folder / "raw", folder / "out"
    raw.mkdir(parents=True)
    (raw / GOOD).write_bytes(pdf())
    if kind.needs_limit:  # which a busy machine could let the fine one exceed
        run(["run", str(raw), "--out", str(out), "--jobs", "1", "--quiet"])
    kind.make(raw)
    options = [option.format(raw) for option in kind.options]
    paths = [option for option in options if option.startswith(str(raw) + "/odd")]
    others = [option for option in options if option not in paths]
    arguments = ["run", str(raw), *paths, *others, "--out", str(out), "--jobs", "1", "--quiet"]
    began, worked = time.monotonic(), sum(os.times()[:4])
    code, said = run(arguments)
    processor = sum(os.times()[:4]) - worked
    return Ended(code, time.monotonic() - began, processor, said, *_written(out))


def wrong_with(kind: Kind, ended: Ended) -> list[str]:
    """In what a kind did not end well."""
    wrong = []
    if ended.code not in kind.codes:
        wrong.append(f"exit code {ended.code}: {ended.said.strip()[-300:]}")
    if "Traceback" in ended.said:
        wrong.append("a traceback was printed")
    if ended.processor > LIMIT:
        wrong.append(f"{ended.processor:.0f} seconds of the processor")
    if kind.good_is_read and not ended.wrote.get(GOOD):
        wrong.append(f"the report beside it is not there: {ended.said.strip()[-300:]}")
    if kind.issue and kind.issue not in {name for _, name in ended.issues}:
        wrong.append(f"no issue {kind.issue}")
    odd = sum(count for name, count in ended.wrote.items() if name != GOOD)
    if kind.reads is not None and odd != kind.reads:
        wrong.append(f"{odd} records of the odd report, not {kind.reads}")
    return wrong


def _written(out: Path) -> tuple[dict[str, int], tuple[tuple[str, str], ...]]:
    """Records by source, and the issues, of what was written."""
    names: dict[str, str] = {}
    wrote: dict[str, int] = {}
    for path in sorted(out.glob("documents/year=*/*.parquet")):
        row = pyarrow.parquet.ParquetFile(path).read().to_pylist()[0]
        names[row["document_id"]] = row["source_name"]
        wrote[row["source_name"]] = 0
    for path in sorted(out.glob("records/year=*/*.parquet")):
        for row in pyarrow.parquet.ParquetFile(path).read().to_pylist():
            wrote[names[row["document_id"]]] += 1
    issues = [
        (names.get(row["document_id"], row["document_id"]), row["kind"])
        for path in sorted(out.glob("issues/year=*/*.parquet"))
        for row in pyarrow.parquet.ParquetFile(path).read().to_pylist()
    ]
    return wrote, tuple(issues)


def main(words: Sequence[str]) -> int:
    """Run the kinds whose names have one of the words; print how each ended."""
    failed = 0
    chosen = {n: k for n, k in KINDS.items() if not words or any(word in n for word in words)}
    for name, kind in chosen.items():
        with tempfile.TemporaryDirectory() as folder:
            ended = run_kind(kind, Path(folder))
        wrong = wrong_with(kind, ended)
        failed += bool(wrong)
        odd = sum(count for source, count in ended.wrote.items() if source != GOOD)
        print(
            f"{'wrong' if wrong else 'well':6}{ended.seconds:6.1f} s  exit {ended.code:3}  "
            f"{odd:5} records  {name}",
            flush=True,
        )
        for sentence in wrong:
            print(f"       {sentence}", flush=True)
    print(f"{len(chosen)} kinds of hostile input, {failed} did not end well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
