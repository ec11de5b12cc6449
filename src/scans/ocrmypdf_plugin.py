"""Tells OCRmyPDF to recognise pages as styrmatt does; OCRmyPDF loads it by ``--plugin``.

OCRmyPDF turns pages level and lays the text over their pictures; what the text is, and by how much
a page is turned, it asks an engine. This one reads line by line, without ruled lines and marks,
which Tesseract takes for letters. What else a page shows goes to the folder that the
environment names, one file for each page.
"""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ocrmypdf import (
    BoundingBox,
    OcrClass,
    OcrElement,
    OcrEngine,
    OrientationConfidence,
    hookimpl,
)

from styrmatt.scans.page_text import recognise_page
from styrmatt.scans.picture import picture_of
from styrmatt.scans.scanned_page import ScannedPage, ScannedWord, to_json
from styrmatt.scans.skew import turn_of
from styrmatt.scans.tools import languages_installed, tesseract_version

if TYPE_CHECKING:
    from PIL.Image import Image

PAGES_FOLDER: Final = "STYRMATT_OCR_PAGES"
"""Environment variable with the folder for what each page shows."""


class LineEngine(OcrEngine):  # type: ignore[misc]
    """Recognises a page line by line."""

    @staticmethod
    def version() -> str:
        """Tesseract's version."""
        return tesseract_version() or "none"

    @staticmethod
    def creator_tag(options: Any) -> str:
        """What the PDF says of who recognised it."""
        return f"styrmatt, Tesseract {LineEngine.version()}"

    def __str__(self) -> str:
        return f"Tesseract {self.version()} by lines"

    @staticmethod
    def languages(options: Any) -> set[str]:
        """The languages that Tesseract has."""
        return set(languages_installed())

    @staticmethod
    def get_orientation(input_file: Path, options: Any) -> OrientationConfidence:
        """Upright: pages that stand on their side are not turned."""
        return OrientationConfidence(0, 0.0)

    @staticmethod
    def get_deskew(input_file: Path, options: Any) -> float:
        """Degrees by which the page has to be turned anticlockwise."""
        with _opened(input_file) as image:
            return turn_of(picture_of(image, _dpi(image) / 72))

    @staticmethod
    def supports_generate_ocr() -> bool:
        """True: words are handed over as they are."""
        return True

    @staticmethod
    def generate_ocr(
        input_file: Path, options: Any, page_number: int = 0
    ) -> tuple[OcrElement, str]:
        """The words of a page; ``page_number`` counts from 0. Writes how sure each is."""
        with _opened(input_file) as image:
            dpi = _dpi(image)
            found = recognise_page(image, dpi, options.languages)
            size = image.size
        folder = os.environ.get(PAGES_FOLDER)
        if folder:
            _write_page(Path(folder) / f"{page_number + 1}.json", found)
        lines = [list(words) for _, words in groupby(found.words, key=lambda one: one.bbox[1])]
        page = OcrElement(
            OcrClass.PAGE,
            bbox=BoundingBox(0, 0, *size),
            dpi=dpi,
            page_number=page_number,
            children=[_line(words, dpi / 72) for words in lines],
        )
        return page, "\n".join(" ".join(word.text for word in words) for words in lines)

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: Any) -> None:
        """Not used: :meth:`generate_ocr` is."""
        raise NotImplementedError

    @staticmethod
    def generate_pdf(input_file: Path, output_pdf: Path, output_text: Path, options: Any) -> None:
        """Not used: :meth:`generate_ocr` is."""
        raise NotImplementedError


def _opened(path: Path) -> Image:
    from PIL import Image as images

    return images.open(path)


def _dpi(image: Image) -> float:
    return float(image.info["dpi"][0])


def _line(words: list[ScannedWord], scale: float) -> OcrElement:
    """A line for OCRmyPDF, whose boxes are in pixels."""
    top, bottom = words[0].bbox[1] * scale, words[0].bbox[3] * scale
    first, last = words[0].bbox[0], max(word.bbox[2] for word in words)
    return OcrElement(
        OcrClass.LINE,
        bbox=BoundingBox(first * scale, top, last * scale, bottom),
        children=[
            OcrElement(
                OcrClass.WORD,
                bbox=BoundingBox(word.bbox[0] * scale, top, word.bbox[2] * scale, bottom),
                text=word.text,
                confidence=word.confidence / 100,
            )
            for word in words
        ],
    )


def _write_page(path: Path, page: ScannedPage) -> None:
    """Write what was found, whole or not at all: its file says that the page is done."""
    draft = path.with_suffix(".draft")
    draft.write_text(to_json(page), encoding="utf-8")
    draft.replace(path)


@hookimpl  # type: ignore[untyped-decorator]
def get_ocr_engine(options: Any) -> LineEngine:
    """The engine, for OCRmyPDF."""
    return LineEngine()
