"""Makes the picture of docs/ARCHITECTURE.md: the rooms of the code and who imports whom.

    python docs/make_rooms_picture.py [OUT.svg]

A room is a folder below ``src``. Which rooms there are, how many modules each holds and what it
imports is read from the files, so the picture cannot say anything else than the code does.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
STAGES: Final = {
    "extract": "what stands on the paper",
    "normalize": "what it means",
    "export": "Parquet, and back",
    "audit": "checks and comparisons",
}
"""The stages in the order in which a report passes them."""
FLOW: Final = ("report.pdf, .txt", "ExtractedReport", "Extract", "Parquet files", "findings")
"""What goes into the first stage, from each to the next, and out of the last."""
ABOVE: Final = ("cli.py", "commands", "console", "review", "pipeline", "__main__.py")
"""What knows the stages. Every other top-level module or folder can be used by them."""
WIDTH: Final = 1320
GAP: Final = 28
BOX: Final = 46
"""Height of a room, in pixels."""
STEP: Final = 82
"""From one floor of rooms to the next."""
COLOURS: Final = {
    "extract": "#dbeafe",
    "normalize": "#dcfce7",
    "export": "#fef3c7",
    "audit": "#fce7f3",
    "pipeline": "#ede9fe",
    "other": "#f3f4f6",
}

Point = tuple[float, float]


def room_of(module: Sequence[str]) -> str:
    """``extract/marks`` for (extract, marks, find); the stage or the module itself at the door."""
    return "/".join(module[:2]) if len(module) > 2 else module[0]


@cache
def modules() -> Mapping[str, int]:
    """Each room and the number of its modules."""
    files = (path.relative_to(SRC) for path in sorted(SRC.rglob("*.py")))
    return Counter(room_of(file.parts) for file in files if file.name != "__init__.py")


@cache
def imports() -> Mapping[str, frozenset[str]]:
    """Each room and the other rooms that it imports from, at the top of modules or within."""
    found: dict[str, set[str]] = {room: set() for room in modules()}
    for path in SRC.rglob("*.py"):
        room = room_of(path.relative_to(SRC).parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("styrmatt."):
                parts = (node.module or "").split(".")[1:]
                is_module = SRC.joinpath(*parts).with_suffix(".py").exists()
                found.setdefault(room, set()).add(room_of(parts if is_module else [*parts, ""]))
    return {room: frozenset(others - {room}) for room, others in found.items()}


def below(stage: str) -> dict[str, frozenset[str]]:
    """The rooms of a stage with those of the same stage that they import from."""
    rooms = [room for room in modules() if room.startswith(f"{stage}/")]
    return {room: imports()[room] & frozenset(rooms) for room in rooms}


def floors(graph: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """The rooms by floor, the lowest first: each stands above all that it imports from."""
    left, out = dict(graph), []
    while left:
        free = sorted(room for room, others in left.items() if not others & left.keys())
        if not free:
            raise SystemExit(f"These import each other in a circle: {sorted(left)}")
        out.append(free)
        for room in free:
            del left[room]
    return out


def direct(graph: Mapping[str, frozenset[str]], room: str) -> list[str]:
    """What a room imports from, without what it could reach by way of another of them."""

    def reach(start: str) -> frozenset[str]:
        return graph[start].union(*map(reach, graph[start]))

    return sorted(o for o in graph[room] if not any(o in reach(x) for x in graph[room] - {o}))


def box(x: float, y: float, width: float, height: float, colour: str, lines: Sequence[str]) -> str:
    """A box with its first line in bold."""
    middle = y + height / 2 - (len(lines) - 1) * 8 + 4.5
    parts = [
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6" fill="{colour}" '
        'stroke="#6b7280"/>'
    ]
    for n, line in enumerate(lines):
        look = 'font-weight="bold"' if n == 0 else 'fill="#4b5563" font-size="12"'
        parts.append(text(x + width / 2, middle + 16 * n, line, f'text-anchor="middle" {look}'))
    return "\n".join(parts)


def text(x: float, y: float, content: str, look: str = "") -> str:
    """A line of text."""
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(content)}</text>'


def arrow(start: Point, end: Point, look: str) -> str:
    """A line from one point to another, with a head."""
    return f'<path d="M{start[0]:g} {start[1]:g} L{end[0]:g} {end[1]:g}" {look}/>'


def folder(name: str) -> str:
    """``swedish/``, ``urls.py``."""
    return name if name.endswith(".py") else f"{name}/"


def counted(number: int) -> str:
    """``1 module``, ``2 modules``."""
    return f"{number} module" + ("s" if number != 1 else "")


def stage(name: str, x: float, y: float, width: float, height: float) -> str:
    """A stage: its rooms by floors, the lines of who imports whom between them."""
    graph, middles, parts = below(name), {}, []
    levels = floors(graph)
    bottom = y + height - 14 - BOX
    for level, rooms in enumerate(levels):
        each = (width - 20 - 10 * (len(rooms) - 1)) / len(rooms)
        for n, room in enumerate(rooms):
            at = (x + 10 + n * (each + 10), bottom - level * STEP)
            middles[room] = (at[0] + each / 2, at[1])
            lines = (room.partition("/")[2], counted(modules()[room]))
            parts.append(box(*at, each, BOX, "white", lines))
    lines_ = [
        arrow((middles[room][0], middles[room][1] + BOX), middles[other], LINE)
        for room in graph
        for other in direct(graph, room)
    ]
    frame = box(x, y, width, height, COLOURS[name], ())
    title = text(x + 12, y + 22, f"{name}/", 'font-weight="bold" font-size="16"')
    about = text(x + 12, y + 40, STAGES[name], 'fill="#4b5563"')
    door = text(
        x + width - 12,
        y + 22,
        f"{counted(modules().get(name, 0))} at the door" if modules().get(name) else "",
        'text-anchor="end" fill="#4b5563" font-size="12"',
    )
    return "\n".join([frame, title, about, door, *lines_, *parts])


LINE: Final = 'stroke="#9ca3af" fill="none" marker-end="url(#head)"'
DATA: Final = 'stroke="#1d4ed8" stroke-width="2.5" fill="none" marker-end="url(#data)"'


def row(rooms: Sequence[tuple[str, str]], x: float, y: float, width: float, colour: str) -> str:
    """Boxes side by side, each of a name and what stands below it."""
    each = (width - 10 * (len(rooms) - 1)) / len(rooms)
    return "\n".join(
        box(x + n * (each + 10), y, each, BOX, colour, lines) for n, lines in enumerate(rooms)
    )


def picture() -> str:
    """The whole picture as SVG."""
    top = [name for name in ABOVE[:4] if name in modules()]
    pipeline = [room for level in floors(below("pipeline"))[::-1] for room in level]
    ground = [name for name in modules() if "/" not in name and name not in (*ABOVE, *STAGES)]
    inner, deepest = WIDTH - 2 * GAP, max(len(floors(below(name))) for name in STAGES)
    height_of_stages = 58 + deepest * STEP
    y_pipeline, y_flow = 112, 238
    y_stages = y_flow + 42
    y_ground = y_stages + height_of_stages + GAP
    height = y_ground + 118
    parts = [
        text(
            GAP,
            28,
            "Whatever stands above may import what stands below it, never the reverse.",
            HINT,
        ),
        row(
            [(folder(name), counted(modules()[name])) for name in top],
            GAP,
            44,
            inner,
            COLOURS["other"],
        ),
        box(GAP, y_pipeline, inner, 96, COLOURS["pipeline"], ()),
        text(GAP + 12, y_pipeline + 22, "pipeline/", 'font-weight="bold" font-size="16"'),
        text(GAP + 100, y_pipeline + 22, "the only one that knows all stages", 'fill="#4b5563"'),
        text(
            GAP + inner - 12,
            y_pipeline + 22,
            f"{counted(modules()['pipeline'])} at the door",
            'text-anchor="end" fill="#4b5563" font-size="12"',
        ),
        row(
            [(room.partition("/")[2], counted(modules()[room])) for room in pipeline],
            GAP + 10,
            y_pipeline + 38,
            inner - 20,
            "white",
        ),
    ]
    weights = {name: 1.0 + 0.5 * (max(map(len, floors(below(name)))) > 2) for name in STAGES}
    x, space = float(GAP), inner - GAP * (len(STAGES) - 1)
    edges = []
    for name in STAGES:
        width = space * weights[name] / sum(weights.values())
        parts.append(stage(name, x, y_stages, width, height_of_stages))
        edges.append((x, width))
        x += width + GAP
    for n, label in enumerate(FLOW):
        if n == 0:
            start, end = edges[0][0], edges[0][0] + edges[0][1] / 2 - 8
        elif n == len(FLOW) - 1:
            start, end = edges[-1][0] + edges[-1][1] / 2 + 8, WIDTH - GAP
        else:
            start = edges[n - 1][0] + edges[n - 1][1] / 2 + 8
            end = edges[n][0] + edges[n][1] / 2 - 8
        parts.append(arrow((start, y_flow + 24), (end, y_flow + 24), DATA))
        look = 'text-anchor="middle" fill="#1d4ed8" font-weight="bold"'
        parts.append(text((start + end) / 2, y_flow + 15, label, look))
    for left, width in edges:
        middle = left + width / 2
        parts.append(f'<circle cx="{middle:g}" cy="{y_flow + 24}" r="5" fill="#1d4ed8"/>')
    boxes = [(folder(name), counted(modules()[name])) for name in ground]
    boxes.append(("layouts/", f"{len(list((SRC / 'layouts').rglob('*.toml')))} files of TOML"))
    half = (len(boxes) + 1) // 2
    for n, some in enumerate((boxes[:half], boxes[half:])):
        parts.append(row(some, GAP, y_ground + n * (BOX + 10), inner, COLOURS["other"]))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" '
        'font-family="Helvetica, Arial, sans-serif" font-size="14" fill="#111827">'
    )
    marks = "".join(
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="{size}" '
        f'markerHeight="{size}" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="{colour}"/></marker>'
        for name, size, colour in (("head", 7, "#9ca3af"), ("data", 4, "#1d4ed8"))
    )
    back = f'<rect width="{WIDTH}" height="{height:g}" fill="white"/>'
    return "\n".join([head, f"<defs>{marks}</defs>", back, *parts, "</svg>", ""])


HINT: Final = 'fill="#4b5563"'


def main() -> None:
    """Write the picture."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "rooms.svg"
    out.write_text(picture(), encoding="utf-8", newline="\n")
    print(out)


if __name__ == "__main__":
    main()
