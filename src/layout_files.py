"""Layouts from TOML files: those that ship with styrmatt, and a user's own."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from styrmatt.errors import LayoutFileError
from styrmatt.layout import Layout, LayoutTable
from styrmatt.toml_records import build_record, parse_toml, read_text, read_toml, suggestion
from styrmatt.vocabulary import load_vocabulary


def load_layouts(folder: Path | None = None) -> tuple[Layout, ...]:
    """All layouts that ship with styrmatt and those in ``folder``, by name; the folder's win.

    Raises LayoutFileError for a file that cannot be used, or a folder without layouts.
    """
    return parse_layouts(own_layouts(folder))


def own_layouts(folder: Path | None) -> tuple[tuple[str, str], ...]:
    """Name and text of each layout file in ``folder``; none where it is None.

    Raises LayoutFileError for a file that cannot be read, or a folder without layouts.
    """
    if folder is None:
        return ()
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise LayoutFileError(
            f"There is no layout (*.toml) in {folder}.", hint="Name the folder of your layouts."
        )
    return tuple((path.name, read_text(path)) for path in files)


@lru_cache(maxsize=8)
def parse_layouts(own: tuple[tuple[str, str], ...] = ()) -> tuple[Layout, ...]:
    """All layouts that ship with styrmatt and ``own`` (name and text of files), by name.

    Own ones win. Raises LayoutFileError for one that cannot be used.
    """
    shipped = (_checked(read_toml(path), path.name) for path in _shipped())
    layouts = {layout.name: layout for layout in shipped}
    mine = (_checked(parse_toml(text, name), name) for name, text in own)
    layouts |= {layout.name: layout for layout in mine}
    return tuple(layouts[name] for name in sorted(layouts))


def _shipped() -> list[Traversable]:
    folder = resources.files("styrmatt") / "layouts"
    return sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)


def _checked(content: dict[str, Any], name: str) -> Layout:
    layout: Layout = build_record(Layout, content, name)
    for table in layout.tables:
        _check_table(table, name)
    if not layout.tables_of("measures") and not layout.any_table:
        raise LayoutFileError(f"{name} has no table of kind 'measures'.")
    load_vocabulary(layout.vocabulary)
    return layout


def _check_table(table: LayoutTable, where: str) -> None:
    if table.kind == "ignored":
        if not (table.name and table.words):
            raise LayoutFileError(f"{where}: an ignored table needs a name and words.")
        return
    present = [column.field for column in table.columns]
    needed = {"measures": ("measure", "target"), "overview": ("goal", "success_factor")}[table.kind]
    for name in needed:
        if name not in present:
            raise LayoutFileError(f"{where}: the {table.kind} table needs a column {name!r}.")
    for name in table.distinguishing:
        if name not in present:
            raise LayoutFileError(
                f"{where}: distinguishing names {name!r}, no column; {suggestion(name, present)}"
            )
