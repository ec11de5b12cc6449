"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from styrmatt.extract.engines import DEFAULT_ENGINE, ENGINES

Command = TypeVar("Command", bound=Callable[..., Any])
DATA = Path("data/parquet")
"""Where a run writes, and where the other commands look, if nothing else is said."""

data_argument = click.argument(
    "data", required=False, default=DATA, type=click.Path(path_type=Path)
)
data_option = click.option(
    "--data",
    default=DATA,
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder that styrmatt run has written.",
)
document_option = click.option(
    "--document", metavar="TEXT", help="Only reports whose document_id holds this."
)
layouts_option = click.option(
    "--layouts", type=click.Path(path_type=Path), help="Folder with layouts of your own (*.toml)."
)
layout_option = click.option(
    "--layout", metavar="NAME", help="Use this layout instead of the best match."
)
password_option = click.option(
    "--password", envvar="STYRMATT_PASSWORD", help="Password of encrypted PDFs."
)
engine_option = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=DEFAULT_ENGINE,
    show_default=True,
    help="What reads PDFs; pdfplumber is slow and serves to compare.",
)
jobs_option = click.option(
    "--jobs",
    metavar="N",
    envvar="STYRMATT_JOBS",
    default="auto",
    show_default=True,
    callback=lambda context, parameter, value: number_of_jobs(value),
    help="Read so many reports at a time, each in a process; auto: one for each core.",
)
cache_option = click.option(
    "--cache",
    metavar="SIZE",
    envvar="STYRMATT_CACHE",
    default="10GB",
    show_default=True,
    callback=lambda context, parameter, value: number_of_bytes(value),
    help="Keep the pages as read, for when only rules change: at most 500MB, 10GB; 0: none.",
)
debug_option = click.option(
    "--debug", is_flag=True, help="Show where in the program an error arose."
)


def format_option(meaning: str, *forms: str) -> Callable[[Command], Command]:
    """The option ``--format`` with these forms, the first of them if nothing is said."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help=meaning,
    )


def page_numbers(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[int, ...] | None:
    """The pages that people write as ``3-40,45``, sorted, each once. Raises BadParameter."""
    if value is None:
        return None
    pages: set[int] = set()
    for part in value.split(","):
        match = re.fullmatch(r"\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise click.BadParameter(f"{value!r} names no pages; write 3-40 or 3-40,45.")
        pages.update(range(first, last + 1))
    return tuple(sorted(pages))


def number_of_jobs(value: str) -> int:
    """How many processes ``auto`` or a number asks for. Raises BadParameter."""
    if value == "auto":
        from styrmatt.pipeline.workers import cores

        return cores()
    if not re.fullmatch(r"[1-9]\d{0,3}", value):
        raise click.BadParameter(f"{value!r} is no number of processes; write 4, or auto.")
    return int(value)


def number_of_bytes(value: str) -> int:
    """How many bytes ``500MB`` or ``10 GB`` are. Raises BadParameter."""
    match = re.fullmatch(r"(\d{1,6})\s*([kMGT]?)B?", value, re.IGNORECASE)
    if not match:
        raise click.BadParameter(f"{value!r} is no size; write 500MB or 10GB, or 0 for none.")
    thousands = " kmgt".index(match[2].lower() or " ")
    return int(match[1]) * int(1000**thousands)
