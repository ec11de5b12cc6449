"""Other readers that styrmatt is compared with, and the floor: each reads a PDF into rows of cells.

    python benchmarks/rivals.py pdfplumber REPORT.pdf    read one report and print nothing

Each is used as its documentation shows first; where that finds none of the tables of such reports,
with the setting that does. What is not installed is left out: `pip install -r
benchmarks/requirements.txt`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

Row = list[str]
"""The cells of a table's row."""


def pdfplumber(path: Path) -> list[Row]:
    """extract_tables and extract_text, page by page; the reference of the bars."""
    import pdfplumber

    rows: list[Row] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            rows += [[cell or "" for cell in row] for t in page.extract_tables() for row in t]
            page.extract_text()
            page.close()
    return rows


def camelot(path: Path) -> list[Row]:
    """Tables with rulings."""
    import camelot

    tables = camelot.read_pdf(str(path), pages="all", flavor="lattice")
    return [_texts(row) for table in tables for row in table.df.to_numpy()]


def tabula(path: Path) -> list[Row]:
    """It decides for each page whether there are rulings. Needs Java."""
    import tabula

    options = {"header": None}
    tables = tabula.read_pdf(str(path), pages="all", pandas_options=options, silent=True)
    return [_texts(row) for table in tables for row in table.to_numpy()]


def pymupdf(path: Path) -> list[Row]:
    """Tables and text."""
    import pymupdf

    rows: list[Row] = []
    with pymupdf.open(path) as pdf:
        for page in pdf:
            for table in page.find_tables().tables:
                rows += [_texts(row) for row in table.extract()]
            page.get_text()
    return rows


def tablers(path: Path) -> list[Row]:
    """Every line of a rectangle counts as a ruling, too."""
    import tablers

    settings = tablers.TfSettings(vertical_strategy="lines", horizontal_strategy="lines")
    pdf = tablers.Document(path)
    return [
        [cell.text or "" if cell else "" for cell in row.cells]
        for page in pdf.pages()
        for table in tablers.find_tables(page=page, extract_text=True, tf_settings=settings)
        for row in table.rows
    ]


def img2table(path: Path) -> list[Row]:
    """Tables in the picture of a page, with the PDF's own text."""
    from img2table.document import PDF

    tables = PDF(path).extract_tables()
    found = [table for of_page in tables.values() for table in of_page]
    return [[cell.value or "" for cell in row] for t in found for row in t.content.values()]


def floor(path: Path) -> list[Row]:
    """PDFium walks every page once: each character's code and box, each object, also in forms."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for n in range(text.count_chars()):
                raw.FPDFText_GetUnicode(text, n)
                raw.FPDFText_GetLooseCharBox(text, n, ctypes.byref(box))
            for _ in page.get_objects():
                pass
            page.close()
    return []


def _texts(row: object) -> Row:
    return ["" if cell is None else str(cell) for cell in row]  # type: ignore[attr-defined]


REFERENCE, FLOOR = "pdfplumber", "floor"
RIVALS: dict[str, tuple[str, Callable[[Path], list[Row]]]] = {
    REFERENCE: ("pdfplumber", pdfplumber),
    "camelot": ("camelot-py", camelot),
    "tabula": ("tabula-py", tabula),
    "PyMuPDF": ("pymupdf", pymupdf),
    "tablers": ("tablers", tablers),
    "img2table": ("img2table", img2table),
    FLOOR: ("pypdfium2", floor),
}
"""By name: the package that has to be installed, and how it reads a report."""

if __name__ == "__main__":
    RIVALS[sys.argv[1]][1](Path(sys.argv[2]))
