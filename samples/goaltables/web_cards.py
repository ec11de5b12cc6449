"""Cards, paragraphs and lists as a browser sets them."""

from __future__ import annotations

from html import escape
from typing import Any

from goaltables.cards import filled, label, listed, look_of, name_column, run
from goaltables.cells import Cell
from goaltables.content import Line, Table
from goaltables.looks import PALETTES
from goaltables.web_marks import signs_html, value_html


def cards_html(table: Table, style: dict[str, Any]) -> str:
    """All cards of a table, with the goals above them."""
    look = {**style, **look_of(table)}
    out: list[str] = []
    cards: list[str] = []
    for line in table.lines:
        if line.kind == "row":
            cards.append(_card(table, line, look))
            continue
        out.append(_grid(cards, look))
        cards = []
        if line.kind == "page":
            out.append('<div class="new"></div>')
        else:
            size = look["table_size"] * 1.35
            text = escape(line.cells[0].printed)
            font = f"bold {size}pt '{look['font']}'"
            out.append(f'<div style="font:{font};margin:8pt 0 4pt">{text}</div>')
    return "".join([*out, _grid(cards, look)])


def _grid(cards: list[str], look: dict[str, Any]) -> str:
    """Cards beside each other; one a line in plain flow, where a page may cut them."""
    if look["per_row"] == 1:
        gap = f"margin-bottom:{look['gap']}pt"
        return "".join(f'<div style="{gap}">{card}</div>' for card in cards)
    shape = f"grid-template-columns:repeat({look['per_row']},1fr);gap:{look['gap']}pt"
    ranks = [cards[n : n + look["per_row"]] for n in range(0, len(cards), look["per_row"])]
    return "".join(f'<div class="grid" style="{shape}">{"".join(rank)}</div>' for rank in ranks)


def _frame(table: Table, line: Line, look: dict[str, Any]) -> str:
    colour, pad = look["frame_colour"], look["pad"]
    if "status" in (colour, look["ground"]):
        sign = line.cells[table.roles.index("status")].signs[0]
        colour = PALETTES[look["palette"]][sign.status]
    ground = colour if look["ground"] == "status" else look["ground"]
    out = {
        "line": f"border:.7pt solid {colour}",
        "cells": f"border:.7pt solid {colour}",
        "round": f"border:.7pt solid {colour};border-radius:6pt;background:{look['ground']}",
        "fill": f"background:{ground}",
        "edge": f"border-left:3.5pt solid {colour};background:{look['ground']}",
        "top": f"border-top:3pt solid {colour};background:{ground}",
        "title": f"border:.7pt solid {colour}",
        "rule": f"border-top:.8pt solid {colour}",
        "none": "",
    }[look["frame"]]
    size = look["table_size"]
    avoid = "break-inside:auto;" if look["breaks"] else ""
    return f"{avoid}{out};padding:{pad}pt;font-size:{size}pt;line-height:{1.28 * size}pt"


def _card(table: Table, line: Line, look: dict[str, Any]) -> str:
    name = line.cells[name_column(table)]
    frame = _frame(table, line, look)
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
            corner = signs_html(cell, look).strip()
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
    return f'<div class="card" style="{frame}">{top}{_body(parts, look)}</div>'


def _body(parts: list[tuple[int, Cell, Cell]], look: dict[str, Any]) -> str:
    weight = "bold" if look["label_bold"] else "normal"
    size = look["table_size"] * look["label_size"]
    label_style = f"font-weight:{weight};font-size:{size}pt;color:{look['label_colour']}"
    labelled = [
        (
            f'<span style="{label_style}">{escape(label(head, look))}</span>',
            value_html(cell, look),
        )
        for _, head, cell in parts
        if head.printed
    ]
    rest = "".join(
        f'<div style="margin-top:4pt">{value_html(cell, look)}</div>'
        for _, head, cell in parts
        if not head.printed
    )
    if look["labels"] == "left":
        rule = f"border-top:.5pt solid {look['frame_colour']};" if look["frame"] == "cells" else ""
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
