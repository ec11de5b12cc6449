"""Sets a report by a browser: HTML and CSS, printed by Chromium."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import pypdfium2
from typeset.breaking import soften
from typeset.html import print_page

from goaltables.content import Block, Report
from goaltables.looks import DEFAULTS
from goaltables.tell import Teller
from goaltables.web_cards import cards_html
from goaltables.web_marks import signs_html, text_html
from goaltables.web_table import table_html

_CSS = """
@page { size: %(wide)spt %(high)spt; margin: %(margins)s;
        @bottom-left { content: "%(foot)s"; font: 7.5pt "%(font)s" }
        @bottom-right { content: counter(page); font: 7.5pt "%(font)s" } }
* { box-sizing: border-box; -webkit-print-color-adjust: exact; print-color-adjust: exact }
body { margin: 0; font: %(size)spt/1.3 "%(font)s" }
h1, h2, h3, h4 { line-height: 1.2; margin: .6em 0 .25em; break-after: avoid; color: %(colour)s }
p { margin: 0 0 .5em; text-align: %(align)s; orphans: 2; widows: 2 }
.columns { column-fill: auto } .columns > :first-child { margin-top: 0 }
.columns table { break-inside: avoid }
.new { break-before: page }
.grid { display: grid; break-inside: avoid; margin-bottom: 8pt }
.status { display: flex; align-items: center; gap: 5pt; margin: -2pt 0 6pt }
.card { break-inside: avoid } .top { display: flex; justify-content: space-between; gap: 6pt }
.fact { background: %(fact)s; padding: 6pt 8pt; margin: 4pt 0 9pt; break-inside: avoid }
.photo { background: linear-gradient(#b9d3e6, #6f8f5f); margin: 0 0 6pt }
.legend span { margin-right: 14pt }
"""


class WebSetter(Teller):
    """Writes the blocks as one HTML page, and collects what is true."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.style: dict[str, Any] = {**DEFAULTS, **report.style}
        self.page_count = 0
        self.parts: list[str] = []

    def set(self) -> bytes:
        """The bytes of the PDF; the rows get the pages on which their names are found in it."""
        for block in self.report.blocks:
            getattr(self, f"_{block.kind}")(block)
        title = escape(str(self.report.told["title"]))
        data = print_page(
            f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>{title}</title>'
            f"<style>{_CSS % self._values()}</style></head><body>"
            f"{''.join(self.parts)}</body></html>"
        )
        self.page_count = _with_pages(data, self.rows)
        return data

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
            "fact": style["fact"],
        }

    def _line(self, text: str) -> str:
        return text_html(soften(text) if self.style["hyphenate"] else text)

    # --- blocks

    def _page(self, block: Block) -> None:
        self.parts.append('<div class="new"></div>')

    def _upper(self, block: Block) -> None:
        self._heading(block)
        self.goal_above()

    def _heading(self, block: Block) -> None:
        self.headed(block)
        marks = signs_html(block.cell, self.style, block.level) if block.cell else ""
        tag, size = f"h{block.level}", self.style["heading_sizes"][block.level - 1]
        text = self._line(block.text)
        self.parts.append(f'<{tag} style="font-size: {size}pt">{marks}{text}</{tag}>')

    def _text(self, block: Block) -> None:
        self.parts.append(f"<p>{self._line(block.text)}</p>")

    def _bullet(self, block: Block) -> None:
        self.parts.append(f"<ul><li>{self._line(block.text)}</li></ul>")

    def _small(self, block: Block) -> None:
        self.parts.append(f'<p style="font-size: .78em">{self._line(block.text)}</p>')

    def _gap(self, block: Block) -> None:
        self.parts.append(f'<div style="height: {block.text}pt"></div>')

    def _status(self, block: Block) -> None:
        """The mark and the words of a goal, below its heading."""
        assert block.cell is not None
        self.assess(block.cell)
        marks, words = signs_html(block.cell, self.style, 4), text_html(block.cell.printed)
        self.parts.append(f'<div class="status">{marks}<span>{words}</span></div>')

    def _legend(self, block: Block) -> None:
        """The legend: one line for each mark, or all of them in one line."""
        entries = [
            (signs_html(cell, self.style), text_html(f"{cell.printed} {words}".strip()))
            for cell, words in self.report.legend
        ]
        if block.text == "line":
            spans = "".join(f"<span>{marks}{words}</span>" for marks, words in entries)
            self.parts.append(f'<p class="legend">{spans}</p>')
            return
        self.parts += (
            f'<div class="status">{marks}<span>{words}</span></div>' for marks, words in entries
        )

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

    def _table(self, block: Block) -> None:
        table = self.report.tables[block.text]
        look = {**self.style, **table.style}
        self.parts.append(
            table_html(table, look) if table.cards is None else cards_html(table, look)
        )
        self.tabled(table, dict.fromkeys(range(len(table.lines)), 0))


def _with_pages(data: bytes, rows: list[dict[str, Any]]) -> int:
    """Note the page of each row: the first that has its name behind that of the row before.

    What comes back is the number of pages.
    """
    document = pypdfium2.PdfDocument(data)
    texts = [_squeezed(page.get_textpage().get_text_bounded()) for page in document]
    at, number = 0, 0
    for row in rows:
        name = _squeezed(row["measure"])
        while (found := texts[number].find(name, at)) < 0:
            number, at = number + 1, 0
        at = found
        row["page"] = number + 1
    return len(texts)


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
