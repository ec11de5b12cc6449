"""The office renderer: a .docx document, converted by LibreOffice as Word would print it."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from typeset import drawing, marks
from typeset.blocks import Block, Cell, Figure, Heading, Mark, PageBreak, Row, Table
from typeset.breaking import soften
from typeset.model import Report
from typeset.probing import Dyes
from typeset.style import Style
from typeset.words import cell_word, words

SIZES = {0: 1.7, 1: 1.5, 2: 1.22, 3: 1.0, 4: 1.05}


class Writer:
    """Builds the document block by block."""

    def __init__(self, report: Report, style: Style, dyes: Dyes) -> None:
        self.report, self.style, self.dyes = report, style, dyes
        self.doc = Document()
        self.breaking = False
        self.shapes = drawing.Shapes(style)
        self._page()

    def _page(self) -> None:
        section, style = self.doc.sections[0], self.style
        section.page_width, section.page_height = Pt(style.page[0]), Pt(style.page[1])
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(
            Pt, style.margins
        )
        normal = self.doc.styles["Normal"]
        normal.font.name, normal.font.size = style.font, Pt(style.size)
        normal.paragraph_format.space_after = Pt(5)
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Title"):
            self.doc.styles[name].element.get_or_add_rPr().append(
                parse_xml(f'<w:lang {nsdecls("w")} w:val="sv-SE"/>')
            )
        if style.running != "none":
            section.header_distance = Pt(30)
            section.different_first_page_header_footer = True
            self._running(section.header)

    def _running(self, header: Any) -> None:
        """Page number of pages at the right, document number and version in a small table below
        it."""
        text = words()["running"]
        line = header.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for part in (
            text["page"].replace("{page}", "|PAGE|").replace("{pages}", "|NUMPAGES|").split("|")
        ):
            run = self._run(
                line,
                part if part not in ("PAGE", "NUMPAGES") else "1",
                8,
                font=self.style.heading_font,
            )
            if part in ("PAGE", "NUMPAGES"):
                field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{part}"/>')
                run._r.addprevious(field)
                field.append(run._r)
        grid = header.add_table(2, 3, Pt(self.style.text_width()))
        values = (
            self.report.body or self.report.organisation,
            self.report.doc_id,
            self.report.doc_version,
        )
        for column, (label, value) in enumerate(zip(text["labels"], values, strict=False)):
            for row, (shown, size) in enumerate(((label, 6), (value, 8))):
                paragraph = grid.cell(row, column).paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                self._run(paragraph, shown, size, font=self.style.heading_font)

    # --- text

    def _run(
        self,
        paragraph: Any,
        text: str,
        size: float,
        bold: bool = False,
        font: str | None = None,
        colour: str | None = None,
    ) -> Any:
        run = paragraph.add_run()
        for index, part in enumerate(text.split("\n")):
            if index:
                run.add_break()
            run.add_text(part)
        run.font.size, run.font.bold = Pt(size), bold
        if font:
            run.font.name = font
            run._r.get_or_add_rPr().rFonts.set(qn("w:cs"), font)
            run._r.rPr.rFonts.set(qn("w:eastAsia"), font)
        run.font.color.rgb = RGBColor.from_string((colour or "#000000")[1:])
        return run

    def _soft(self, text: str) -> str:
        return soften(text) if self.style.hyphenate != "none" else text

    def _add(self, block: Block) -> None:
        if isinstance(block, PageBreak):
            self.breaking = True
            return
        if isinstance(block, Table):
            self._table(block)
            return
        if isinstance(block, Figure):
            picture = marks.chart_picture(self.style.text_width(), block.height)
            line = self.doc.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            line.add_run().add_picture(io.BytesIO(picture), Pt(self.style.text_width()))
            return
        paragraph = self.doc.add_paragraph(
            style=f"Heading {block.level}" if isinstance(block, Heading) and block.level else None
        )
        paragraph.paragraph_format.page_break_before = self.breaking
        self.breaking = False
        colour = self.dyes.colour(block.probe)
        if isinstance(block, Heading):
            paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = (
                Pt(9),
                Pt(3),
            )
            paragraph.paragraph_format.keep_with_next = True
            size = self.style.size * SIZES[block.level]
            self._run(
                paragraph, block.text, size, bold=True, font=self.style.heading_font, colour=colour
            )
            return
        if self.style.justify:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        text = f"\u2022 {block.text}" if block.bullet else block.text
        size = self.style.size * (0.8 if block.small else 1)
        self._run(paragraph, self._soft(text), size, font=self.style.font, colour=colour)

    # --- tables

    def _table(self, table: Table) -> None:
        rows: tuple[Row, ...] = table.rows
        if table.header:
            rows = (tuple(Cell(text, bold=True) for text in table.header), *rows)
        grid = self.doc.add_table(len(rows), len(table.widths))
        grid.autofit = False
        self._borders(grid, "none" if table.role == "legend" else self.style.rules)
        scale = (self.style.text_width() - self.style.table_indent) / sum(table.widths)
        for column, width in enumerate(table.widths):
            grid.columns[column].width = Pt(width * scale)
        for index, row in enumerate(rows):
            header = bool(table.header) and index == 0
            self._row_properties(grid.rows[index], header)
            for column, cell in enumerate(row):
                target = grid.cell(index, column)
                target.width = Pt(table.widths[column] * scale)
                if cell is None:
                    continue
                if cell.rows > 1:
                    target = target.merge(grid.cell(index + cell.rows - 1, column))
                shade = (
                    self.style.header_shade
                    if header
                    else "#f2f2f2"
                    if self.style.zebra and index % 2 == 0 and table.header
                    else None
                )
                self._cell(target, cell, shade)
        self.doc.add_paragraph().paragraph_format.space_after = Pt(2)

    def _row_properties(self, row: Any, header: bool) -> None:
        properties = row._tr.get_or_add_trPr()
        if not self.style.split_rows:
            properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if header and self.style.repeat_header:
            properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    def _borders(self, grid: Any, rules: str) -> None:
        sides = {
            "full": ("top", "left", "bottom", "right", "insideH", "insideV"),
            "horizontal": ("top", "bottom", "insideH"),
        }
        lines = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:color="{self.style.rule_colour[1:]}"/>'
            for side in sides.get(rules, ())
        )
        grid._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
        if self.style.table_indent:
            indent = int(self.style.table_indent * 20)
            grid._tbl.tblPr.append(
                parse_xml(f'<w:tblInd {nsdecls("w")} w:w="{indent}" w:type="dxa"/>')
            )

    def _cell(self, target: Any, cell: Cell, shade: str | None) -> None:
        for mark in cell.marks:
            if marks.kind(self.style, mark) == "shade":
                shade = marks.fill(self.style, mark)
        properties = target._tc.get_or_add_tcPr()
        if shade:
            properties.append(
                parse_xml(
                    f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{shade[1:]}"/>'
                )
            )
        if self.style.valign == "middle":
            properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
        for extra in target.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)
        paragraph = target.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        if cell.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for index, mark in enumerate(cell.marks):
            if index:
                paragraph = target.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(1)
            if self.style.marks_align == "centre":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._mark(paragraph, mark)
        if not cell.marks:
            colour = self.style.header_colour if cell.bold else self.dyes.colour(cell.probe)
            text = cell.text if cell.bold else self._soft(cell.text)
            self._run(
                paragraph,
                text,
                self.style.table_size,
                cell.bold,
                self.style.table_font or self.style.font,
                colour,
            )
            if cell.superscript:
                self._run(
                    paragraph, cell.superscript, self.style.table_size, font=self.style.font
                ).font.superscript = True

    def _mark(self, paragraph: Any, mark: Mark) -> None:
        kind, size = marks.kind(self.style, mark), self.style.mark_size
        colour = marks.fill(self.style, mark) or self.style.colours().outline
        if kind in ("picture", "jpeg"):
            self.shapes.picture(paragraph.add_run(), mark)
        elif kind in ("vector", "form"):
            self.shapes.vector(paragraph.add_run(), mark)
        elif kind == "glyph":
            self._run(
                paragraph,
                marks.glyph(self.style, mark),
                size,
                font=self.style.glyph_font,
                colour=colour,
            )
        elif kind == "symbol":
            run = self._run(paragraph, "", size, colour=colour)
            code = f"{ord(marks.glyph(self.style, mark)):04X}"
            run._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="{code}"/>'))
        elif kind == "word":
            text = cell_word(mark)
            self._run(
                paragraph,
                text,
                self.style.table_size,
                font=self.style.font,
                bold=mark.role != "trend",
                colour=colour if mark.role != "trend" else None,
            )

    def document(self, blocks: list[Block]) -> bytes:
        """The .docx file."""
        for block in blocks:
            self._add(block)
        self.doc.core_properties.title = self.report.title
        self.doc.core_properties.author = ""
        out = io.BytesIO()
        self.doc.save(out)
        return out.getvalue()
