"""Options that several commands share, and the parsing of their values."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from styrmatt.extract.engine.names import DEFAULT_ENGINE, ENGINES
from styrmatt.pipeline.run_settings import (
    DEFAULT_TRIES,
    INPUT_TRANSFERS,
    OCR_MODES,
    RESULT_TRANSFERS,
)
from styrmatt.urls import Url, is_url

Command = TypeVar("Command", bound=Callable[..., Any])


class PathOrUrl(click.Path):
    """A path, or a URL that fsspec opens."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value as Url or Path."""
        if isinstance(value, str) and is_url(value):
            return Url(value)
        return super().convert(value, param, ctx)


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, as ``YYYY-MM-DD``."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The value as date."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write 2023-08-31.", param, ctx)


DATA = Path("data/parquet")
"""Where a run writes, and where the other commands read, by default."""

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


def sources_option(around: str) -> Callable[[Command], Command]:
    """The option that names reports or their folders, else those around the data named so."""
    return click.option(
        "--sources",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="PATH",
        help=f"Folder with the reports, or a report; by default the folders around {around}.",
    )


document_option = click.option(
    "--document", metavar="TEXT", help="Only reports whose document_id contains this."
)
layouts_option = click.option(
    "--layouts", type=click.Path(path_type=Path), help="Folder with your own layouts (*.toml)."
)
layout_option = click.option(
    "--layout", metavar="NAME", help="Use this layout instead of the best match."
)
rules_option = click.option(
    "--rules",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="PATH",
    help="Your own rules for results in words: a file, or a folder of *.toml.",
)
spacy_model_option = click.option(
    "--spacy-model",
    metavar="NAME",
    help="Read text with this trained spaCy pipeline: an installed one, or its folder.",
)
password_option = click.option(
    "--password", envvar="STYRMATT_PASSWORD", help="Password of encrypted PDFs."
)
engine_option = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=DEFAULT_ENGINE,
    show_default=True,
    help="Library that reads PDFs; pdfplumber is slow and there for comparison.",
)
ocr_option = click.option(
    "--ocr",
    type=click.Choice(OCR_MODES),
    default=OCR_MODES[0],
    show_default=True,
    help="Recognise the text of pages that are scans (needs styrmatt[ocr]). always: of all pages.",
)
check_text_option = click.option(
    "--check-text",
    is_flag=True,
    help="Compare figures of tables with how they look (needs Tesseract).",
)
jobs_option = click.option(
    "--jobs",
    metavar="N",
    envvar="STYRMATT_JOBS",
    default="auto",
    show_default=True,
    callback=lambda context, parameter, value: number_of_jobs(value),
    help="Number of reports read at a time, each in its own process; auto: one for each core.",
)
tries_option = click.option(
    "--tries",
    metavar="N",
    type=click.IntRange(1, 100),
    default=DEFAULT_TRIES,
    show_default=True,
    help="Give a report up after N processes have died while reading it.",
)
timeout_option = click.option(
    "--timeout",
    metavar="SECONDS",
    envvar="STYRMATT_TIMEOUT",
    default="auto",
    show_default=True,
    callback=lambda context, parameter, value: number_of_seconds(value),
    help="Give a report up that takes longer to read; auto: 50 seconds of the processor, "
    "and 1 for each page; 0: no limit.",
)
memory_option = click.option(
    "--memory",
    metavar="SIZE",
    envvar="STYRMATT_MEMORY",
    default="4GB",
    show_default=True,
    callback=lambda context, parameter, value: number_of_bytes(value),
    help="Give a report up whose process takes more memory (on Linux): 500MB, 4GB; 0: no limit.",
)
scheduler_option = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Read on the Dask cluster of this scheduler: tcp://HOST:8786, tls://..., or its file.",
)
inputs_option = click.option(
    "--inputs",
    type=click.Choice(INPUT_TRANSFERS),
    default="auto",
    show_default=True,
    help="What the cluster's workers get. ship: the bytes of each report. shared: its path or URL, "
    "which they open. auto: the URL where there is one, else the bytes.",
)
results_option = click.option(
    "--results",
    type=click.Choice(RESULT_TRANSFERS),
    default="ship",
    show_default=True,
    help="How results come back from the cluster. ship: workers send them. shared: they write them "
    "to the output folder, which they see under the same path.",
)
cache_option = click.option(
    "--cache",
    metavar="SIZE",
    envvar="STYRMATT_CACHE",
    default="10GB",
    show_default=True,
    callback=lambda context, parameter, value: number_of_bytes(value),
    help="Size of the cache of pages read, used when only rules change: 500MB, 10GB; 0: no cache.",
)
debug_option = click.option("--debug", is_flag=True, help="Show the traceback of an error.")


def format_option(meaning: str, *formats: str) -> Callable[[Command], Command]:
    """The option ``--format`` with these formats, of which the first is the default."""
    return click.option(
        "--format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help=meaning,
    )


def page_numbers(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[int, ...] | None:
    """The page numbers in a text such as ``3-40,45``, sorted, each once. Raises BadParameter."""
    if value is None:
        return None
    pages: set[int] = set()
    for part in value.split(","):
        match = re.fullmatch(r"\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise click.BadParameter(f"{value!r} is not a list of pages; write 3-40 or 3-40,45.")
        pages.update(range(first, last + 1))
    return tuple(sorted(pages))


def number_of_jobs(value: str) -> int:
    """The number of processes that ``auto`` or a number stands for. Raises BadParameter."""
    if value == "auto":
        from styrmatt.pipeline.workers.process_pool import available_cores

        return available_cores()
    if not re.fullmatch(r"[1-9]\d{0,3}", value):
        raise click.BadParameter(f"{value!r} is not a number of processes; write 4, or auto.")
    return int(value)


def number_of_seconds(value: str) -> float | None:
    """The seconds that a number stands for; None for ``auto``, infinity for 0.

    Raises BadParameter.
    """
    if value == "auto":
        return None
    if not re.fullmatch(r"\d{1,6}", value):
        raise click.BadParameter(f"{value!r} is not a number of seconds; write 60, or auto.")
    return float(value) or math.inf


def number_of_bytes(value: str) -> int:
    """The number of bytes in ``500MB`` or ``10 GB``. Raises BadParameter."""
    match = re.fullmatch(r"(\d{1,6})\s*([kMGT]?)B?", value, re.IGNORECASE)
    if not match:
        raise click.BadParameter(f"{value!r} is not a size; write 500MB or 10GB, or 0 for none.")
    exponent = " kmgt".index(match[2].lower() or " ")
    return int(match[1]) * int(1000**exponent)
