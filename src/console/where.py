"""Prints where a value stands: source, page and box."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from styrmatt.console.style import stdout_console
from styrmatt.pipeline.use_cases.where import Place, Whereabouts
from styrmatt.whitespace import single_spaced


def print_whereabouts(found: Whereabouts, format: str, picture: Path | None) -> None:
    """Print what was found as lines or JSON, and where it was drawn."""
    if format == "json":
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
        return
    console = stdout_console()
    title = f"{found.row_id} of {found.document_id} ({found.dataset})"
    console.print(title, style="bold", soft_wrap=True)
    if found.field is not None:
        console.print(f"  {found.field}: {found.value}", soft_wrap=True)
    source = found.missing if found.source is None else str(found.source)
    console.print(f"  source: {source}", soft_wrap=True)
    console.print(f"  SHA-256: {found.source_sha256}", soft_wrap=True)
    for place in found.places:
        console.print(f"  {_line(place)}", soft_wrap=True)
    if picture is not None:
        console.print(f"  drawn to {picture}", soft_wrap=True)


def _line(place: Place) -> str:
    printed = f" (printed {place.label})" if place.label else ""
    box = "its box is not known"
    if place.bbox is not None:
        box = "box " + " ".join(f"{value:.1f}" for value in place.bbox)
    text = f": {single_spaced(place.text)}" if place.text else ""
    return f"page {place.page}{printed}, {box}, {place.what}{text}"
