"""The Chromium renderer: HTML and CSS, printed by a headless browser."""

from __future__ import annotations

import string
import subprocess
import tempfile
from html import escape
from pathlib import Path

from typeset import fonts, marks
from typeset.blocks import Block, Cell, Figure, Heading, Mark, PageBreak, Para, Probe, Table, groups
from typeset.breaking import break_lines, soften
from typeset.model import Report
from typeset.plain import settled
from typeset.probing import Dyes
from typeset.style import Style
from typeset.words import alternative, cell_word, words

SHEET = Path(__file__).with_name("page.css")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)


class Writer:
    """Writes the blocks as one HTML page."""

    def __init__(self, report: Report, style: Style, dyes: Dyes) -> None:
        self.report, self.style, self.dyes = report, style, dyes

    def page(self, blocks: list[Block]) -> str:
        """The whole document."""
        body, breaking = [], False
        for block in blocks:
            if isinstance(block, PageBreak):
                breaking = True
                continue
            body.append(
                f'<div class="new">{self._block(block)}</div>' if breaking else self._block(block)
            )
            breaking = False
        return (
            '<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8">'
            f"<title>{escape(self.report.title)}</title><style>{self._css()}</style></head>"
            f"<body>{''.join(body)}</body></html>"
        )

    def _css(self) -> str:
        """The style sheet, with the style's values filled in."""
        style = self.style
        symbols = ""
        if "symbol" in (style.markers, style.trend_kind()):
            uri = marks.data_uri(fonts.symbol_font(), "font/ttf")
            symbols = f"@font-face {{ font-family: '{fonts.SYMBOL_FAMILY}'; src: url({uri}) }}"
        rule = f".5pt solid {style.rule_colour}"
        rules = {"full": f"border: {rule}", "horizontal": f"border-bottom: {rule}"}
        return string.Template(SHEET.read_text(encoding="utf-8")).substitute(
            symbols=symbols,
            width=style.page[0],
            height=style.page[1],
            margins=" ".join(f"{margin}pt" for margin in style.margins),
            running=self._running(),
            size=style.size,
            font=style.font,
            align="justify" if style.justify else "left",
            heading_font=style.heading_font,
            indent=style.table_indent,
            table_size=style.table_size,
            table_font=style.table_font or style.font,
            valign=style.valign,
            rule=rules.get(style.rules, ""),
            thead="table-header-group" if style.repeat_header else "table-row-group",
            split="auto" if style.split_rows else "avoid",
            header_shade=style.header_shade or "none",
            header_colour=style.header_colour,
            zebra="#f2f2f2" if style.zebra else "none",
            marks_align="center" if style.marks_align == "centre" else "left",
            shift_x=style.mark_shift[0],
            shift_y=-style.mark_shift[1],
        )

    def _running(self) -> str:
        if self.style.running == "none":
            return ""
        text = words()["running"]
        page = (
            text["page"]
            .replace("{page}", '" counter(page) "')
            .replace("{pages}", '" counter(pages) "')
        )
        label = "  ".join(
            (text["labels"][1], self.report.doc_id, text["labels"][2], self.report.doc_version)
        )
        font = f"font:8pt '{self.style.heading_font}'"
        return f'@top-right{{content:"{page}";{font}}}@top-left{{content:"{label}";{font}}}'

    def _text(
        self,
        text: str,
        probe: Probe | None = None,
        width: float = 0.0,
        font: str = "",
        size: float = 0.0,
    ) -> str:
        """Escaped text; where a width is given it is hyphenated: softly, or broken into lines
        beforehand.

        The browser has no Swedish patterns of its own, and its soft hyphens stay in the file's
        text: hard breaks look
        like the text of most reports, soft ones like that of some.
        """
        if width and self.style.hyphenate == "soft":
            text = soften(text)
        elif width and self.style.hyphenate == "hard":
            text = "\n".join(
                break_lines(
                    soften(text), width * 0.985, lambda piece: fonts.text_width(piece, font, size)
                )
            )
        shown = escape(text).replace("\n", "<br>")
        colour = self.dyes.colour(probe)
        return f'<span style="color:{colour}">{shown}</span>' if colour else shown

    def _block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return f"<h{block.level + 1}>{self._text(block.text, block.probe)}</h{block.level + 1}>"
        if isinstance(block, Para):
            size = self.style.size * (0.8 if block.small else 1)
            width = self.style.text_width() - (14 if block.bullet else 0)
            text = self._text(block.text, block.probe, width, self.style.font, size)
            if block.bullet:
                return f"<ul><li>{text}</li></ul>"
            return f'<p class="small">{text}</p>' if block.small else f"<p>{text}</p>"
        if isinstance(block, Figure):
            drawing = marks.chart_svg(self.style.text_width(), block.height)
            return f'<div class="figure">{drawing}</div>'
        assert isinstance(block, Table)
        return self._table(block)

    def _table(self, table: Table) -> str:
        total = sum(table.widths)
        scale = (self.style.text_width() - self.style.table_indent) / total
        out = [f'<table class="{table.role}"><colgroup>']
        out += [f'<col style="width:{width / total * 100:.2f}%">' for width in table.widths]
        out.append("</colgroup>")
        if table.header:
            out.append(
                "<thead><tr>"
                + "".join(f"<th>{self._text(text)}</th>" for text in table.header)
                + "</tr></thead>"
            )
        for rows in groups(table.rows):
            out.append("<tbody>")
            for row in rows:
                cells = (
                    self._cell(cell, width * scale - 7)
                    for cell, width in zip(row, table.widths, strict=True)
                    if cell is not None
                )
                out.append("<tr>" + "".join(cells) + "</tr>")
            out.append("</tbody>")
        return "".join(out) + "</table>"

    def _cell(self, cell: Cell, width: float) -> str:
        span = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        if not cell.marks:
            raised = f"<sup>{cell.superscript}</sup>" if cell.superscript else ""
            right = ' class="r"' if cell.right else ""
            text = self._text(
                cell.text,
                cell.probe,
                width,
                self.style.table_font or self.style.font,
                self.style.table_size,
            )
            return f"<td{span}{right}>{text}{raised}</td>"
        shades = [mark for mark in cell.marks if marks.kind(self.style, mark) == "shade"]
        if shades:
            ground = marks.fill(self.style, shades[0]) or "none"
            return f'<td{span} style="background:{ground}!important"></td>'
        return f'<td{span} class="m">' + "".join(self._mark(mark) for mark in cell.marks) + "</td>"

    def _mark(self, mark: Mark) -> str:
        kind, size = marks.kind(self.style, mark), self.style.mark_size
        alt = escape(alternative(mark)) if self.style.alt_text else ""
        if kind in ("picture", "jpeg"):
            uri = marks.data_uri(*marks.picture_bytes(self.style, mark))
            look = f"width:{size}pt;height:{size}pt"
            return f'<div><img src="{uri}" alt="{alt}" style="{look}"></div>'
        colour = marks.fill(self.style, mark) or self.style.colours().outline
        if kind in ("glyph", "symbol"):
            family = fonts.SYMBOL_FAMILY if kind == "symbol" else self.style.glyph_font
            look = f"font:{size}pt '{family}';color:{colour}"
            return f'<div class="t" style="{look}">{marks.glyph(self.style, mark)}</div>'
        if kind == "word":
            colour = "#000" if mark.role == "trend" else colour
            return f'<div class="t" style="color:{colour}">{cell_word(mark)}</div>'
        drawing = marks.svg(self.style, mark, size)
        if alt:
            uri = marks.data_uri(drawing.encode(), "image/svg+xml")
            return f'<div><img src="{uri}" alt="{alt}"></div>'
        return f"<div>{drawing}</div>"


def print_page(page: str) -> bytes:
    """The page as the browser prints it, with a profile of its own that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                "chromium",
                *FLAGS,
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={target}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return settled(target.read_bytes())


def render(
    report: Report, style: Style, blocks: list[Block], probing: bool
) -> tuple[bytes, dict[Probe, int]]:
    """The printed file and, when probing, the page of every place."""
    dyes = Dyes(blocks, probing)
    pdf = print_page(Writer(report, style, dyes).page(blocks))
    return pdf, dyes.pages(pdf) if probing else {}
