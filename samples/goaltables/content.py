"""Reads the content file of a report: its identity, its style, its flow and its tables."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goaltables.cells import Cell, parse


@dataclass(frozen=True)
class Line:
    """A row of a table as content has it.

    kind: row, goal (a full-width row that names a goal), marked (a row of cells that names a goal
    and has its mark), name (one that names the measure of the rows below, which name sexes), group
    (one that names nothing), comment (a full-width row that belongs to the row before), apart (a
    row that is no measure: a sum, a second header), page (the page ends here).
    """

    kind: str
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table; `roles` is empty where it must be left alone."""

    name: str
    header: tuple[tuple[Cell, ...], ...]
    roles: tuple[str, ...]
    widths: tuple[float, ...]
    align: str
    lines: tuple[Line, ...]
    style: dict[str, Any]
    alone: bool
    marks_mean: str
    cards: dict[str, Any] | None = None
    """How its rows look as cards; None where they are rows of a table."""


@dataclass(frozen=True)
class Block:
    """What stands on the page: heading of level 1 to 4 (`==!` names a goal, `==+` one that stands
    over the goals below it), text, bullet, small, table, legend, page, gap, bars (a chart), status
    (mark and words of the goal above it)."""

    kind: str
    text: str = ""
    level: int = 0
    goal: str | None = None
    status: str | None = None
    cell: Cell | None = None


@dataclass(frozen=True)
class Report:
    """A report: its identity for the truth, its style, its blocks and its tables by name."""

    told: dict[str, Any]
    style: dict[str, Any]
    blocks: tuple[Block, ...]
    tables: dict[str, Table]
    legend: tuple[tuple[Cell, str], ...] = ()
    allowed: tuple[str, ...] = field(default_factory=tuple)


_KINDS = {
    "#!": "goal",
    "#=": "marked",
    "#m": "name",
    "#-": "sub",
    "#": "group",
    ">": "comment",
    "~": "apart",
}


def load(path: Path, years: dict[str, Any] | None = None) -> Report:
    """The report of a content file."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = {name: _table(name, one) for name, one in told.pop("tables", {}).items()}
    style = told.pop("style", {})
    legend = tuple(
        (parse(left), right.strip())
        for left, _, right in (one.partition("|") for one in told.pop("legend", []))
    )
    blocks = tuple(_blocks(told.pop("flow")))
    return Report(told, style, blocks, tables, legend, tuple(told.pop("allowed", ())))


def _cells(line: str) -> tuple[Cell, ...]:
    return tuple(parse(one) for one in line.split("|"))


def _table(name: str, one: dict[str, Any]) -> Table:
    header = tuple(_cells(line) for line in _lines(one.get("header", "")))
    roles = tuple(one.get("roles", "").split())
    lines = tuple(_line(line) for line in _lines(one["rows"]))
    count = max(len(line.cells) for line in lines if line.kind in ("row", "apart"))
    widths = tuple(one.get("widths", [4.0] + [1.0] * (count - 1)))
    assert len(widths) == count, (name, len(widths), count)
    assert not roles or len(roles) == count, (name, roles, count)
    for row in header:
        assert len(row) == count, (name, [cell.printed for cell in row], count)
    for line in lines:
        assert line.kind not in ("row", "apart", "marked") or len(line.cells) == count, (name, line)
    return Table(
        name,
        header,
        roles,
        widths,
        one.get("align", "l" + "r" * (count - 1)).ljust(count, "r"),
        lines,
        one.get("style", {}),
        not roles,
        one.get("marks_mean", "status"),
        one.get("cards"),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


def _line(text: str) -> Line:
    if text == "---":
        return Line("page")
    for sign, kind in _KINDS.items():
        if text.startswith(sign + " "):
            rest = text[len(sign) + 1 :]
            return Line(kind, _cells(rest) if kind in ("apart", "marked") else (parse(rest),))
    return Line("row", _cells(text))


def _blocks(flow: str) -> list[Block]:
    out = []
    for text in _lines(flow):
        if text.startswith("[") and text.endswith("]"):
            kind, _, rest = text[1:-1].partition(" ")
            out.append(Block(kind, rest, cell=parse(rest) if kind == "status" else None))
        elif text.startswith("="):
            sign, _, rest = text.partition(" ")
            cell = parse(rest)
            goal = cell.text if sign[-1] in "!+" else None
            kind = "upper" if sign.endswith("+") else "heading"
            out.append(Block(kind, cell.printed, sign.count("="), goal, cell=cell))
        elif text.startswith("* "):
            out.append(Block("bullet", text[2:]))
        elif text.startswith("- "):
            out.append(Block("small", text[2:]))
        else:
            out.append(Block("text", text))
    return out
