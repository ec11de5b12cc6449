"""Sets a report by Chromium: HTML whose columns of text the browser fills.

Pages begin where the flow says so (`[page]`): what stands between fits on one page. Marks are
discs.
"""

from __future__ import annotations

from html import escape
from typing import Any

from typeset.breaking import soften
from typeset.html import print_page

from goaltables.cells import Cell
from goaltables.content import Block, Line, Report, Table
from goaltables.looks import DEFAULTS, PALETTES
from goaltables.tell import Teller

_CSS = """
@page { size: %(wide)spt %(high)spt; margin: %(margins)s;
        @bottom-left { content: "%(foot)s"; font: 7.5pt "%(font)s" }
        @bottom-right { content: counter(page); font: 7.5pt "%(font)s" } }
* { print-color-adjust: exact }
body { margin: 0; font: %(size)spt/1.3 "%(font)s" }
h1, h2, h3, h4 { line-height: 1.2; margin: .6em 0 .25em; break-after: avoid; color: %(colour)s }
p { margin: 0 0 .5em; text-align: %(align)s; orphans: 2; widows: 2 }
.columns { column-fill: auto } .columns > :first-child { margin-top: 0 }
.page { break-before: page }
table { border-collapse: collapse; width: 100%%; font-size: %(table)spt; line-height: 1.2;
        margin: 3pt 0 9pt; break-inside: avoid }
td, th { padding: %(pad)spt; text-align: left; vertical-align: top; %(rule)s }
.r { text-align: right } .c { text-align: center }
.disc { display: inline-block; width: %(mark)spt; height: %(mark)spt; border-radius: 50%% }
.fact { background: %(fact)s; padding: 6pt 8pt; margin: 4pt 0 9pt; break-inside: avoid }
.photo { background: linear-gradient(#b9d3e6, #6f8f5f); margin: 0 0 6pt }
.legend span { margin-right: 14pt }
"""
_RULES = {
    "grid": "border: .5pt solid {}",
    "horizontal": "border-bottom: .5pt solid {}",
    "none": "",
}


class WebColumns(Teller):
    """Writes the blocks as one HTML page, and collects what is true."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.style: dict[str, Any] = {**DEFAULTS, **report.style}
        self.page_count = 1
        self.parts: list[str] = []

    def set(self) -> bytes:
        """The bytes of the PDF."""
        for block in self.report.blocks:
            getattr(self, f"_{block.kind}")(block)
        title, css = escape(self.report.told["title"]), _CSS % self._values()
        return print_page(
            f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>{title}</title>'
            f"<style>{css}</style></head><body>{''.join(self.parts)}</body></html>"
        )

    def _values(self) -> dict[str, Any]:
        style = self.style
        wide, high = style["page"][::-1] if style["landscape"] else style["page"]
        top, right, bottom, left = style["margins"]
        return {
            "wide": wide,
            "high": high,
            "margins": f"{top}pt {right}pt {bottom}pt {left}pt",
            "foot": self.foot,
            "font": style["font"],
            "size": style["size"],
            "colour": style["heading_colour"],
            "align": "justify" if style["justify"] else "left",
            "table": style["table_size"],
            "pad": f"{style['pad_y']}pt {style['pad_x']}",
            "rule": _RULES[style["rules"]].format(style["rule_colour"]),
            "mark": style["mark_size"],
            "fact": style["fact"],
        }

    def _line(self, text: str) -> str:
        text = text.replace("¬", "\u00ad")
        return escape(soften(text) if self.style["hyphenate"] else text)

    def _page(self, block: Block) -> None:
        self.page_count += 1
        self.parts.append('<div class="page"></div>')

    def _heading(self, block: Block) -> None:
        self.headed(block)
        size = self.style["heading_sizes"][block.level - 1]
        tag, text = f"h{block.level}", self._line(block.text)
        self.parts.append(f'<{tag} style="font-size: {size}pt">{text}</{tag}>')

    def _text(self, block: Block) -> None:
        self.parts.append(f"<p>{self._line(block.text)}</p>")

    def _columns(self, block: Block) -> None:
        """Columns: those of the browser are equally wide; of unequal ones each is ended by hand."""
        count, *options = block.text.split()
        named = dict(zip(options[::2], options[1::2], strict=True))
        gap = named.get("gap", "18")
        if ":" in count:
            shares = " ".join(f"{one}fr" for one in count.split(":"))
            look = f"display: grid; grid-template-columns: {shares}; column-gap: {gap}pt"
            self.parts.append(f'<div style="{look}"><div>')
            return
        height = f"; height: {named['height']}pt" if "height" in named else ""
        look = f"columns: {count}; column-gap: {gap}pt{height}"
        self.parts.append(f'<div class="columns" style="{look}"><div>')

    def _next(self, block: Block) -> None:
        self.parts.append("</div><div>")

    def _end(self, block: Block) -> None:
        self.parts.append("</div></div>")

    def _photo(self, block: Block) -> None:
        self.parts.append(f'<div class="photo" style="height: {block.text}pt"></div>')

    def _fact(self, block: Block) -> None:
        heading, _, text = block.text.partition(": ")
        self.parts.append(f'<div class="fact"><b>{escape(heading)}</b><br>{self._line(text)}</div>')

    def _legend(self, block: Block) -> None:
        marks = (f"<span>{self._cell(c)} {escape(w)}</span>" for c, w in self.report.legend)
        self.parts.append(f'<p class="legend">{"".join(marks)}</p>')

    def _cell(self, cell: Cell) -> str:
        palette = PALETTES[self.style["palette"]]
        discs = (f'<i class="disc" style="background:{palette[s.status]}"></i>' for s in cell.signs)
        return f"{''.join(discs)}{self._line(cell.printed)}"

    def _table(self, block: Block) -> None:
        table = self.report.tables[block.text]
        rows = [self._row(table, line, "th") for line in table.header]
        rows += [self._row(table, line.cells, "td") for line in table.lines if _is_row(line)]
        widths = "".join(
            f'<col style="width: {100 * w / sum(table.widths):.1f}%">' for w in table.widths
        )
        self.parts.append(f"<table><colgroup>{widths}</colgroup>{''.join(rows)}</table>")
        self.tabled(table, dict.fromkeys(range(len(table.lines)), self.page_count))

    def _row(self, table: Table, cells: tuple[Cell, ...], tag: str) -> str:
        out = ""
        for cell, align in zip(cells, table.align, strict=False):
            look = f' class="{align}"' if align in "rc" else ""
            out += f"<{tag}{look}>{self._cell(cell)}</{tag}>"
        return f"<tr>{out}</tr>"


def _is_row(line: Line) -> bool:
    assert line.kind == "row", line
    return True
