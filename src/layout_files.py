"""Layouts from TOML files: those that ship with styrmatt, and a user's own."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from styrmatt.errors import LayoutFileError
from styrmatt.layout import Headings, Layout
from styrmatt.layout_checks import check_layout
from styrmatt.toml_records import build_record, parse_toml, read_text, read_toml
from styrmatt.vocabulary import load_vocabulary
from styrmatt.whitespace import squeeze


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
    shipped = [_checked(read_toml(path), path.name) for path in _shipped()]
    general = next(layout for layout in shipped if layout.any_table)
    layouts = {layout.name: layout for layout in shipped}
    for name, text in own:
        layout = _checked(parse_toml(text, name), name)
        layouts[layout.name] = with_shared_headings(layout, general)
    return tuple(layouts[name] for name in sorted(layouts))


def parse_layout(text: str, name: str) -> Layout:
    """One layout of a user, as its file says it; ``name`` is the file. Raises LayoutFileError."""
    return _checked(parse_toml(text, name), name)


def with_shared_headings(layout: Layout, general: Layout) -> Layout:
    """A layout of any table with the lead-in words of the general one behind its own."""
    own = layout.headings
    if not layout.any_table or own.only:
        return layout
    named = (*own.goal, *own.area, *own.success_factor, *own.perspective)
    taken = {lead for pattern in named if (lead := _lead(pattern))}

    def joined(mine: tuple[str, ...], shared: tuple[str, ...]) -> tuple[str, ...]:
        others = (one for one in shared if one not in mine and _lead(one) not in taken)
        return (*mine, *others)

    shared: Headings = general.headings
    headings = replace(
        own,
        goal=joined(own.goal, shared.goal),
        area=joined(own.area, shared.area),
        success_factor=joined(own.success_factor, shared.success_factor),
        perspective=joined(own.perspective, shared.perspective),
    )
    return replace(layout, headings=headings)


def _lead(pattern: str) -> str:
    return squeeze(pattern.partition("{name}")[0])


def _shipped() -> list[Traversable]:
    folder = resources.files("styrmatt") / "layouts"
    return sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)


def _checked(content: dict[str, Any], name: str) -> Layout:
    layout: Layout = build_record(Layout, content, name)
    check_layout(layout, name)
    load_vocabulary(layout.vocabulary)
    return layout
