"""The Chromium renderer: HTML and CSS, printed by a headless browser."""

from __future__ import annotations

import subprocess
import tempfile
from html import escape
from pathlib import Path

from typeset import fonts, marks
from typeset.blocks import Block, Cell, Heading, Mark, PageBreak, Para, Probe, Table, groups
from typeset.breaking import break_lines, soften
from typeset.model import Report
from typeset.plain import fixed_dates
from typeset.probing import Dyes
from typeset.style import Style
from typeset.words import words

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-pdf-header-footer")


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
            body.append(f'<div class="new">{self._block(block)}</div>' if breaking else self._block(block))
            breaking = False
        return (f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>{escape(self.report.title)}</title>'
                f"<style>{self._css()}</style></head><body>{''.join(body)}</body></html>")

    def _css(self) -> str:
        style = self.style
        top, right, bottom, left = style.margins
        border = {"full": f"td,th{{border:.5pt solid {style.rule_colour}}}",
                  "horizontal": f"td,th{{border-bottom:.5pt solid {style.rule_colour}}}"}.get(style.rules, "")
        head = "" if style.repeat_header else "thead{display:table-row-group}"
        split = "auto" if style.split_rows else "avoid"
        symbol = ""
        if "symbol" in (style.markers, style.trend_kind()):
            uri = marks.data_uri(fonts.symbol_font(), "font/ttf")
            symbol = f"@font-face{{font-family:'{fonts.SYMBOL_FAMILY}';src:url({uri})}}"
        return (
            f"{symbol}@page{{size:{style.page[0]}pt {style.page[1]}pt;margin:{top}pt {right}pt {bottom}pt {left}pt;{self._running()}}}"
            "@page:first{@top-left{content:none}@top-right{content:none}}"
            "*{print-color-adjust:exact}"
            f"body{{margin:0;font:{style.size}pt/1.25 '{style.font}';text-align:{'justify' if style.justify else 'left'}}}"
            f"h1,h2,h3,h4,h5{{text-align:left;font-family:'{style.heading_font}';break-after:avoid;margin:9pt 0 3pt}}"
            f"h1{{font-size:{style.size * 1.7}pt}}h2{{font-size:{style.size * 1.5}pt}}h3{{font-size:{style.size * 1.22}pt}}"
            f"h4{{font-size:{style.size}pt}}h5{{font-size:{style.size * 1.05}pt}}"
            "p{margin:0 0 6pt;orphans:2;widows:2}.new{break-before:page}.small{font-size:80%}ul{margin:0 0 4pt;padding-left:14pt}"
            f"table{{border-collapse:collapse;width:calc(100% - {style.table_indent}pt);margin:0 0 8pt {style.table_indent}pt;table-layout:fixed;"
            f"font:{style.table_size}pt/1.2 '{style.table_font or style.font}';text-align:left}}"
            f"td,th{{padding:2.5pt 3pt;vertical-align:{style.valign};text-align:left;overflow-wrap:break-word}}"
            f"{border}table.legend td{{border:0}}{head}tbody{{break-inside:{split}}}tr{{break-inside:{split}}}"
            f"th{{background:{style.header_shade or 'none'};color:{style.header_colour}}}"
            + ("tbody:nth-child(odd) td{background:#f2f2f2}table.legend td{background:none!important}" if style.zebra else "")
            + f".m{{text-align:{'center' if style.marks_align == 'centre' else 'left'}}}"
            f".m div{{line-height:0;margin:1pt 0;position:relative;left:{style.mark_shift[0]}pt;top:{-style.mark_shift[1]}pt}}"
            ".m div.t{line-height:1.2}.r{text-align:right}")

    def _running(self) -> str:
        if self.style.running == "none":
            return ""
        text = words()["running"]
        page = text["page"].replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
        label = "  ".join((text["labels"][1], self.report.doc_id, text["labels"][2], self.report.doc_version))
        font = f"font:8pt '{self.style.heading_font}'"
        return f'@top-right{{content:"{page}";{font}}}@top-left{{content:"{label}";{font}}}'

    def _text(self, text: str, probe: Probe | None = None, width: float = 0.0, font: str = "", size: float = 0.0) -> str:
        """Escaped text; where a width is given it is hyphenated: softly, or broken into lines beforehand.

        The browser has no Swedish patterns of its own, and its soft hyphens stay in the file's text: hard breaks look
        like the text of most reports, soft ones like that of some.
        """
        if width and self.style.hyphenate == "soft":
            text = soften(text)
        elif width and self.style.hyphenate == "hard":
            text = "\n".join(break_lines(soften(text), width * 0.985, lambda piece: fonts.text_width(piece, font, size)))
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
        assert isinstance(block, Table)
        return self._table(block)

    def _table(self, table: Table) -> str:
        total = sum(table.widths)
        scale = (self.style.text_width() - self.style.table_indent) / total
        out = [f'<table class="{table.role}"><colgroup>']
        out += [f'<col style="width:{width / total * 100:.2f}%">' for width in table.widths] + ["</colgroup>"]
        if table.header:
            out.append("<thead><tr>" + "".join(f"<th>{self._text(text)}</th>" for text in table.header) + "</tr></thead>")
        for rows in groups(table.rows):
            out.append("<tbody>")
            for row in rows:
                cells = (self._cell(cell, width * scale - 7) for cell, width in zip(row, table.widths) if cell is not None)
                out.append("<tr>" + "".join(cells) + "</tr>")
            out.append("</tbody>")
        return "".join(out) + "</table>"

    def _cell(self, cell: Cell, width: float) -> str:
        span = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        if not cell.marks:
            raised = f"<sup>{cell.superscript}</sup>" if cell.superscript else ""
            right = ' class="r"' if cell.right else ""
            text = self._text(cell.text, cell.probe, width, self.style.table_font or self.style.font, self.style.table_size)
            return f"<td{span}{right}>{text}{raised}</td>"
        shades = [mark for mark in cell.marks if marks.kind(self.style, mark) == "shade"]
        if shades:
            return f'<td{span} style="background:{marks.fill(self.style, shades[0]) or "none"}!important"></td>'
        return f'<td{span} class="m">' + "".join(self._mark(mark) for mark in cell.marks) + "</td>"

    def _mark(self, mark: Mark) -> str:
        kind, size = marks.kind(self.style, mark), self.style.mark_size
        alt = escape(words()["alt"][mark.status if mark.role == "status" and mark.status else mark.trend or mark.status])
        if kind in ("picture", "jpeg"):
            uri = marks.data_uri(*marks.picture_bytes(self.style, mark))
            return f'<div><img src="{uri}" alt="{alt if self.style.alt_text else ""}" style="width:{size}pt;height:{size}pt"></div>'
        colour = marks.fill(self.style, mark) or self.style.colours().outline
        if kind in ("glyph", "symbol"):
            family = fonts.SYMBOL_FAMILY if kind == "symbol" else self.style.extra.get("glyph_font", "DejaVu Sans")
            return f"<div class=\"t\" style=\"font:{size}pt '{family}';color:{colour}\">{marks.glyph(self.style, mark)}</div>"
        if kind == "word":
            text = words()["cell_words"][mark.trend if mark.role == "trend" else mark.status]
            return f'<div class="t" style="color:{colour if mark.role != "trend" else "#000"}">{text}</div>'
        drawing = marks.svg(self.style, mark, size)
        if self.style.alt_text:
            return f'<div><img src="{marks.data_uri(drawing.encode(), "image/svg+xml")}" alt="{alt}"></div>'
        return f"<div>{drawing}</div>"


def _print(page: str) -> bytes:
    """The page as the browser prints it, with a profile of its own that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        subprocess.run(["chromium", *FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()],
                       check=True, capture_output=True, timeout=180)
        return fixed_dates(target.read_bytes())


def render(report: Report, style: Style, blocks: list[Block], probing: bool) -> tuple[bytes, dict[Probe, int]]:
    """The printed file and, when probing, the page of every place."""
    dyes = Dyes(blocks, probing)
    pdf = _print(Writer(report, style, dyes).page(blocks))
    return pdf, dyes.pages(pdf) if probing else {}
