"""A table as a browser sets it: merged cells, full-width rows, turned headers, coloured edges."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from goaltables.cells import Cell
from goaltables.content import Line, Table
from goaltables.looks import EDGE_WIDTH, PALETTES
from goaltables.tables import LIGHT_TYPE, WIDE
from goaltables.web_marks import value_html

ALIGN = {"l": "left", "r": "right", "c": "center"}
LONG, HIGH = 520.0, 330.0
"""Points: how long a table is that is set sideways, and the room across it."""


def table_html(table: Table, look: dict[str, Any]) -> str:
    """The table, its columns as wide as the content says."""
    head = "".join(_header(table, n, look) for n in range(len(table.header)))
    body = "".join(_line(table, n, look) for n in range(len(table.lines)))
    size = look["table_size"]
    widths = "".join(
        f'<col style="width:{100 * width / sum(table.widths):.1f}%">' for width in table.widths
    )
    out = (
        f'<table style="border-collapse:collapse;width:100%;font-size:{size}pt">'
        f"<colgroup>{widths}</colgroup><thead>{head}</thead><tbody>{body}</tbody></table>"
    )
    return _sideways(out, look["sideways"]) if look["sideways"] else out


def _sideways(table: str, way: str) -> str:
    turn = {
        "up": f"translate(0,{LONG}pt) rotate(-90deg)",
        "down": f"translate({HIGH}pt,0) rotate(90deg)",
    }[way]
    inner = f"position:absolute;width:{LONG}pt;transform-origin:0 0;transform:{turn}"
    return (
        f'<div style="position:relative;height:{LONG}pt"><div style="{inner}">{table}</div></div>'
    )


def _rule(look: dict[str, Any]) -> str:
    line = f"{look['rule_width']}pt solid {look['rule_colour']}"
    return {"grid": f"border:{line};", "horizontal": f"border-bottom:{line};"}.get(
        look["rules"], ""
    )


def _pad(look: dict[str, Any]) -> str:
    return f"padding:{look['pad_y']}pt {look['pad_x']}pt;vertical-align:top;"


def _span(cells: Sequence[Cell], n: int) -> int:
    end = n + 1
    while end < len(cells) and cells[end].left:
        end += 1
    return end - n


def _header(table: Table, n: int, look: dict[str, Any]) -> str:
    out = ""
    for column, cell in enumerate(table.header[n]):
        if cell.left or cell.above:
            continue
        below = n + 1
        while below < len(table.header) and table.header[below][column].above:
            below += 1
        span = _span(table.header[n], column)
        align = "center" if span > 1 else ALIGN[table.align[column]]
        text = "<br>".join(map(escape, cell.printed.split("//")))
        if column in look["turned_header"]:
            text = f'<span style="writing-mode:vertical-rl;transform:rotate(180deg)">{text}</span>'
        style = f"{_rule(look)}{_pad(look)}text-align:{align};background:{look['header_fill']}"
        out += f'<th colspan="{span}" rowspan="{below - n}" style="{style}">{text}</th>'
    return f"<tr>{out}</tr>"


def _line(table: Table, n: int, look: dict[str, Any]) -> str:
    line = table.lines[n]
    if line.kind in WIDE:
        return _wide(line, len(table.widths), look)
    out = ""
    for column, cell in enumerate(line.cells):
        if cell.left or cell.above:
            continue
        below = n + 1
        while below < len(table.lines) and _is_above(table.lines[below], column):
            below += 1
        style = f"{_rule(look)}{_pad(look)}text-align:{ALIGN[table.align[column]]};"
        shown = value_html(cell, look)
        if look["marks"] == "shade" and cell.signs:
            style += f"background:{PALETTES[look['palette']][cell.signs[0].status]};"
            shown = escape(cell.printed)
        if look["marks"] == "edge" and cell.signs:
            colour = PALETTES[look["palette"]][cell.signs[0].status]
            style += f"border-left:{EDGE_WIDTH}pt solid {colour}"
            shown = escape(cell.printed)
        out += f'<td rowspan="{below - n}" style="{style}">{shown}</td>'
    return f"<tr>{out}</tr>"


def _is_above(line: Line, column: int) -> bool:
    return line.kind == "row" and line.cells[column].above


def _wide(line: Line, columns: int, look: dict[str, Any]) -> str:
    fill = {"comment": "", "sub": look["sub_fill"]}.get(line.kind, look["group_fill"])
    weight = "normal" if line.kind in LIGHT_TYPE else "bold"
    style = f"{_rule(look)}{_pad(look)}font-weight:{weight};background:{fill or 'none'}"
    return f'<tr><td colspan="{columns}" style="{style}">{escape(line.cells[0].printed)}</td></tr>'
