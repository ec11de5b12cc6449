"""Sets a report with cards by a browser: HTML and CSS, printed by Chromium."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import pypdfium2
from typeset.html import print_page

from goaltables.cards import filled, label, listed, look_of, name_column, run
from goaltables.cells import Cell, Sign
from goaltables.content import Block, Line, Report, Table
from goaltables.looks import BALL, DEFAULTS, GLYPHS, PALETTES
from goaltables.web_table import table_html

ARROWS = {
    "u": "M1 6 5 1 9 6H6.4V9H3.6V6Z",
    "f": "M4 1 9 5 4 9V6.4H1V3.6H4Z",
    "d": "M1 4 5 9 9 4H6.4V1H3.6V4Z",
}
"""Block arrows in a box of 10 by 10."""


_RING = f'<circle cx="5" cy="5" r="4.3" fill="none" stroke="{BALL}" stroke-width=".8"/>'
BALLS = {
    "g": f'<circle cx="5" cy="5" r="4.6" fill="{BALL}"/>',
    "y": f'{_RING}<path d="M5 .7A4.3 4.3 0 0 1 5 9.3Z" fill="{BALL}"/>',
    "r": _RING,
}
"""Discs of one colour in a box of 10 by 10: full, half full, empty."""


def _light(sign: Sign, look: dict[str, Any]) -> str:
    """A standing traffic light of three lamps; those that are not lit are outlines."""
    lamps = ""
    for n, status in enumerate("ryg"):
        colour = PALETTES[look["palette"]][status]
        paint = f'fill="{colour}"' if status == sign.status else 'fill="none"'
        lamps += f'<circle cx="5" cy="{5 + 10 * n}" r="4" {paint} stroke="#777" stroke-width=".6"/>'
    size = look["mark_size"]
    box = f'width="{size / 3}pt" height="{size}pt" viewBox="0 0 10 30"'
    return f'<svg {box} style="flex:none">{lamps}</svg>'


def printed(report: Report) -> bytes:
    """The PDF of a report as the browser prints it."""
    return print_page(_Writer(report).page())


def with_pages(data: bytes, rows: list[dict[str, Any]]) -> int:
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


class _Writer:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.style: dict[str, Any] = {**DEFAULTS, **report.style}

    def page(self) -> str:
        """The whole document."""
        body = "".join(getattr(self, f"_{block.kind}")(block) for block in self.report.blocks)
        title = escape(str(self.report.told["title"]))
        return (
            f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>{title}</title>'
            f"<style>{self._css()}</style></head><body>{body}</body></html>"
        )

    def _css(self) -> str:
        style = self.style
        top, right, bottom, left = style["margins"]
        sizes = style["heading_sizes"]
        foot = escape(f"{self.report.told['organisation']} – {self.report.told['title']}")
        colour = style["heading_colour"]
        heads = "".join(
            f"h{n}{{font-size:{size}pt;margin:{size * 0.8}pt 0 {size * 0.35}pt;color:{colour}}}"
            for n, size in enumerate(sizes, 1)
        )
        return (
            f"@page{{size:{style['page'][0]}pt {style['page'][1]}pt;"
            f"margin:{top}pt {right}pt {bottom}pt {left}pt;"
            f"@bottom-left{{content:'{foot}';font:7.5pt '{style['font']}'}}"
            f"@bottom-right{{content:counter(page);font:7.5pt '{style['font']}'}}}}"
            f"body{{margin:0;font:{style['size']}pt/1.3 '{style['font']}'}}{heads}"
            "p{margin:0 0 6pt}.grid{display:grid;break-inside:avoid;margin-bottom:8pt}"
            ".status{display:flex;align-items:center;gap:5pt;margin:-2pt 0 6pt}"
            "*{box-sizing:border-box;-webkit-print-color-adjust:exact;print-color-adjust:exact}"
            ".card{break-inside:avoid}.top{display:flex;justify-content:space-between;gap:6pt}"
            ".new{break-before:page}"
        )

    # --- blocks

    def _page(self, block: Block) -> str:
        return '<div class="new"></div>'

    def _heading(self, block: Block) -> str:
        signs = block.cell.signs if block.cell else ()
        marks = "".join(self._sign(s, self.style, block.level) + " " for s in signs)
        return f"<h{block.level}>{marks}{escape(block.text)}</h{block.level}>"

    _upper = _heading

    def _text(self, block: Block) -> str:
        return f"<p>{escape(block.text)}</p>"

    def _bullet(self, block: Block) -> str:
        return f"<ul><li>{escape(block.text)}</li></ul>"

    def _small(self, block: Block) -> str:
        return f'<p style="font-size:.78em">{escape(block.text)}</p>'

    def _gap(self, block: Block) -> str:
        return f'<div style="height:{block.text}pt"></div>'

    def _status(self, block: Block) -> str:
        assert block.cell is not None
        marks = "".join(self._sign(s, self.style, 4) for s in block.cell.signs)
        return f'<div class="status">{marks}<span>{escape(block.cell.printed)}</span></div>'

    def _legend(self, block: Block) -> str:
        lines = (
            f'<div class="status">{"".join(self._sign(s, self.style, 4) for s in cell.signs)}'
            f"<span>{escape(f'{cell.printed} {words}'.strip())}</span></div>"
            for cell, words in self.report.legend
        )
        return "".join(lines)

    def _table(self, block: Block) -> str:
        table = self.report.tables[block.text]
        if table.cards is None:
            return self._rows(table)
        look = {**self.style, **table.style, **look_of(table)}
        out, cards = [], []
        for line in table.lines:
            if line.kind == "row":
                cards.append(self._card(table, line, look))
                continue
            out.append(self._grid(cards, look))
            cards = []
            if line.kind == "page":
                out.append('<div class="new"></div>')
            else:
                size = look["table_size"] * 1.35
                text = escape(line.cells[0].printed)
                font = f"bold {size}pt '{look['font']}'"
                out.append(f'<div style="font:{font};margin:8pt 0 4pt">{text}</div>')
        return "".join([*out, self._grid(cards, look)])

    def _rows(self, table: Table) -> str:
        """A table with rulings."""
        return table_html(table, {**self.style, **table.style}, self._value)

    # --- cards

    def _grid(self, cards: list[str], look: dict[str, Any]) -> str:
        """Cards beside each other; one a line in plain flow, where a page may cut them."""
        if look["per_row"] == 1:
            gap = f"margin-bottom:{look['gap']}pt"
            return "".join(f'<div style="{gap}">{card}</div>' for card in cards)
        shape = f"grid-template-columns:repeat({look['per_row']},1fr);gap:{look['gap']}pt"
        ranks = [cards[n : n + look["per_row"]] for n in range(0, len(cards), look["per_row"])]
        return "".join(f'<div class="grid" style="{shape}">{"".join(rank)}</div>' for rank in ranks)

    def _frame(self, table: Table, line: Line, look: dict[str, Any]) -> str:
        colour, pad = look["frame_colour"], look["pad"]
        if colour == "status":
            sign = line.cells[table.roles.index("status")].signs[0]
            colour = PALETTES[look["palette"]][sign.status]
        out = {
            "line": f"border:.7pt solid {colour}",
            "cells": f"border:.7pt solid {colour}",
            "round": f"border:.7pt solid {colour};border-radius:6pt;background:{look['ground']}",
            "fill": f"background:{look['ground']}",
            "edge": f"border-left:3.5pt solid {colour};background:{look['ground']}",
            "title": f"border:.7pt solid {colour}",
            "rule": f"border-top:.8pt solid {colour}",
            "none": "",
        }[look["frame"]]
        size = look["table_size"]
        avoid = "break-inside:auto;" if look["breaks"] else ""
        return f"{avoid}{out};padding:{pad}pt;font-size:{size}pt;line-height:{1.28 * size}pt"

    def _card(self, table: Table, line: Line, look: dict[str, Any]) -> str:
        name = line.cells[name_column(table)]
        frame = self._frame(table, line, look)
        weight = "bold" if look["name_bold"] else "normal"
        if look["form"] == "run":
            text = escape(run(table, line, look))
            name_span = f'<span style="font-weight:{weight}">{escape(name.printed)}.</span>'
            return f'<div class="card" style="{frame}">{name_span} {text}</div>'
        if look["form"] == "list":
            bullet = f"{look['bullet']} " if look["bullet"] else ""
            text = escape(listed(table, line, look))
            return f'<div class="card" style="{frame}">{bullet}{text}</div>'
        parts = list(filled(table, line))
        corner = ""
        for n, head, cell in list(parts):
            if look["mark_at"] != "value" and table.roles[n] == "status" and cell.signs:
                corner = "".join(self._sign(s, look, 0) for s in cell.signs)
                parts.remove((n, head, cell))
        size = look["table_size"] * look["name_size"]
        head_style = f"font-weight:{weight};font-size:{size}pt;line-height:{size * 1.28}pt"
        title = f'<span style="{head_style}">{escape(name.printed)}</span>'
        first = f"{corner}{title}" if look["mark_at"] == "name" else f"{title}{corner}"
        justify = "justify-content:flex-start;" if look["mark_at"] == "name" else ""
        top = f'<div class="top" style="{justify}margin-bottom:3pt">{first}</div>'
        if look["name_label"]:
            n = name_column(table)
            parts.insert(0, (n, table.header[0][n], name))
            top = ""
        return f'<div class="card" style="{frame}">{top}{self._body(parts, look)}</div>'

    def _body(self, parts: list[tuple[int, Cell, Cell]], look: dict[str, Any]) -> str:
        weight = "bold" if look["label_bold"] else "normal"
        size = look["table_size"] * look["label_size"]
        label_style = f"font-weight:{weight};font-size:{size}pt;color:{look['label_colour']}"
        labelled = [
            (
                f'<span style="{label_style}">{escape(label(head, look))}</span>',
                self._value(cell, look),
            )
            for _, head, cell in parts
            if head.printed
        ]
        rest = "".join(
            f'<div style="margin-top:4pt">{self._value(cell, look)}</div>'
            for _, head, cell in parts
            if not head.printed
        )
        if look["labels"] == "left":
            rule = (
                f"border-top:.5pt solid {look['frame_colour']};" if look["frame"] == "cells" else ""
            )
            left = f"width:{100 * look['left_share']}%;vertical-align:top;padding:1pt 4pt 1pt 0"
            body = "".join(
                f'<tr><td style="{rule}{left}">{one}</td>'
                f'<td style="{rule}padding:1pt 0">{value}</td></tr>'
                for one, value in labelled
            )
            style = "border-collapse:collapse;width:100%;font-size:inherit"
            out = f'<table style="{style}">{body}</table>'
        elif look["labels"] == "tiles":
            cells = "".join(f"<div>{one}<br>{value}</div>" for one, value in labelled)
            out = f'<div style="display:flex;gap:10pt;justify-content:space-between">{cells}</div>'
        elif look["labels"] == "above":
            out = "".join(
                f'<div style="margin-bottom:3pt">{one}<br>{value}</div>' for one, value in labelled
            )
        elif look["two"]:
            cells = "".join(f"<div>{one} {value}</div>" for one, value in labelled)
            out = f'<div style="display:grid;grid-template-columns:1fr 1fr">{cells}</div>'
        else:
            out = "".join(f"<div>{one} {value}</div>" for one, value in labelled)
        return out + rest

    def _value(self, cell: Cell, look: dict[str, Any]) -> str:
        marks = "".join(self._sign(sign, look, 0) + " " for sign in cell.signs)
        return f"{marks}{escape(cell.printed)}"

    def _sign(self, sign: Sign, look: dict[str, Any], level: int) -> str:
        kind = look["arrows" if sign.trend else "marks"]
        size = look["heading_sizes"][level - 1] * 0.8 if level else look["mark_size"]
        colour = PALETTES[look["palette"]].get(sign.status or "k", "#404040")
        if kind == "word":
            return escape(str(look["words"].get(sign.trend or sign.status, "")))
        if kind in GLYPHS:
            return f'<span style="color:{colour}">{GLYPHS[kind][sign.trend or sign.status]}</span>'
        if sign.trend:
            shape = f'<path d="{ARROWS[sign.trend]}" fill="{colour}"/>'
        elif kind == "ball":
            shape = BALLS[sign.status]
        elif kind == "light":
            return _light(sign, look)
        elif kind == "edge":
            shape = f'<rect width="10" height="10" fill="{colour}"/>'
        elif sign.status == "w":
            shape = '<circle cx="5" cy="5" r="4.4" fill="none" stroke="#606060" stroke-width=".7"/>'
        else:
            shape = f'<circle cx="5" cy="5" r="4.6" fill="{colour}"/>'
        look_at = f'width="{size}pt" height="{size}pt" viewBox="0 0 10 10"'
        return f'<svg {look_at} style="vertical-align:-1pt;flex:none">{shape}</svg>'
