"""Renders a comparison as one HTML page: without scripts, fonts or links to other files."""

from __future__ import annotations

from importlib.resources import files

from styrmatt.console.changes import COUNTED_ONLY, facts, numbers, sections, sums
from styrmatt.differences import MODES
from styrmatt.pipeline.use_cases.diff import Comparison


def html(comparison: Comparison, summary: bool) -> str:
    """The comparison as HTML; with ``summary`` only the counts."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = files("styrmatt.console").joinpath("diff.html.j2").read_text(encoding="utf-8")
    parts = [
        {
            "diff": diff,
            "mode": MODES[diff.mode],
            "facts": facts(diff),
            "sums": sums(diff),
            "numbers": numbers(diff),
            "sections": [] if summary else list(sections(diff)),
        }
        for diff in comparison.diffs
    ]
    page: str = environment.from_string(template).render(
        parts=parts, comparison=comparison, counted_only=COUNTED_ONLY
    )
    return page.rstrip() + "\n"
