"""The reportlab renderer: its own page layout, so that rows and words are cut where the style
wants them cut."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from typeset import fonts, pens, tables
from typeset.blocks import Block, Figure, Heading, PageBreak, Para, Probe, Table
from typeset.breaking import break_lines, soften
from typeset.model import Report
from typeset.style import Style
from typeset.words import words

SIZES = {0: 20.0, 1: 17.0, 2: 13.5, 3: 11.0, 4: 11.5}


@dataclass
class Rendered:
    """The file, and the page on which each probed place stands."""

    pdf: bytes
    pages: dict[Probe, int]


def register(family: str) -> tuple[str, str]:
    """Make a family's regular and bold faces known to reportlab; returns their names.

    Helvetica is one of the faces that every reader of PDFs brings along."""
    if family == "Helvetica":
        return family, f"{family}-Bold"
    names = (family, f"{family} Bold")
    for name, bold in zip(names, (False, True), strict=False):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, fonts.font_file(family, bold)))
    return names


class Page:
    """The page being set: a cursor `y` (points from the bottom) and what must happen at a page's
    end."""

    def __init__(self, style: Style, report: Report, total: int) -> None:
        self.style, self.report, self.total = style, report, total
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=style.page, invariant=1, pageCompression=1)
        self.canvas.setTitle(report.title)
        self.number = 1
        self.pages: dict[Probe, int] = {}
        self.body, self.body_bold = register(style.font)
        self.head, self.head_bold = register(style.heading_font)
        self.table, self.table_bold = register(style.table_font or style.font)
        self.pens = pens.Pens(self.canvas, style)
        self._open()

    def _open(self) -> None:
        self.y = self.style.page[1] - self.style.margins[0]
        self.empty = True
        every = {"none": 0, "all": 1, "some": 3}[self.style.running]
        if every and self.number > 1 and self.number % every == 0:
            self._running_head()

    def _running_head(self) -> None:
        """Page number, document number and version at the top, as a page template of an office
        suite prints them."""
        text = words()["running"]
        right = self.style.page[0] - self.style.margins[1]
        top = self.style.page[1] - 34
        self.canvas.setFont(self.head, 8)
        self.canvas.drawRightString(
            right, top, text["page"].format(page=self.number, pages=self.total)
        )
        labels = (
            self.report.body or self.report.organisation,
            self.report.doc_id,
            self.report.doc_version,
        )
        for index, (label, value) in enumerate(zip(text["labels"], labels, strict=False)):
            left = self.style.margins[3] + index * self.style.text_width() * 0.4
            self.canvas.setFont(self.head, 6)
            self.canvas.drawString(left, top - 12, label)
            self.canvas.setFont(self.head, 8)
            self.canvas.drawString(left, top - 21, value)
        self.y = min(self.y, top - 44)

    @property
    def room(self) -> float:
        """Height that is left on the page."""
        return self.y - self.style.margins[2]

    def turn(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.number += 1
        self._open()

    def probe(self, probe: Probe | None) -> None:
        """Note that a probed place stands on this page; the first time counts."""
        if probe is not None:
            self.pages.setdefault(probe, self.number)

    def lines(
        self,
        text: str,
        font: str,
        size: float,
        left: float,
        probe: Probe | None = None,
        bullet: bool = False,
        keep: bool = False,
    ) -> None:
        """Set a paragraph; it goes over a page break line by line unless it is kept together."""
        indent = 14.0 if bullet else 0.0
        width = self.style.text_width() - indent

        def measure(piece: str) -> float:
            return float(pdfmetrics.stringWidth(piece, font, size))

        set_lines = break_lines(
            soften(text) if self.style.hyphenate != "none" and not keep else text, width, measure
        )
        leading = size * 1.24
        if keep and self.room < leading * (len(set_lines) + 3):
            self.turn()
        for index, line in enumerate(set_lines):
            if self.room < leading:
                self.turn()
            self.y -= leading
            self.probe(probe)
            self.canvas.setFont(font, size)
            self.canvas.setFillColor(HexColor("#000000"))
            if bullet and index == 0:
                self.canvas.drawString(left, self.y + 0.2 * size, "\u2022")
            self.canvas.drawString(left + indent, self.y + 0.2 * size, line)
            self.empty = False

    def set_block(self, block: Block) -> None:
        """Set one block."""
        left = self.style.margins[3]
        if isinstance(block, PageBreak):
            if not self.empty:
                self.turn()
        elif isinstance(block, Heading):
            self.y -= 0 if self.empty else 9
            size = SIZES[block.level] * self.style.size / 11
            self.lines(block.text, self.head_bold, size, left, block.probe, keep=True)
            self.y -= 3
        elif isinstance(block, Para):
            size = self.style.size * (0.8 if block.small else 1)
            self.lines(block.text, self.body, size, left, block.probe, bullet=block.bullet)
            self.y -= 5
        elif isinstance(block, Figure):
            if self.room < block.height:
                self.turn()
            pens.chart(
                self.canvas, left, self.y - block.height, self.style.text_width(), block.height
            )
            self.y -= block.height
            self.empty = False
        elif isinstance(block, Table):
            tables.TableSetter(self, block).set()
            self.y -= 8


def render(report: Report, style: Style, blocks: list[Block]) -> Rendered:
    """Typeset the blocks; a second pass prints the number of pages in the running head."""
    total = 0
    for _ in range(2):
        page = Page(style, report, total)
        for block in blocks:
            page.set_block(block)
        total = page.number
        page.canvas.showPage()
        page.canvas.save()
    return Rendered(page.out.getvalue(), page.pages)
