"""`styrmatt inspect`: what was read on a page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from styrmatt.commands.options import (
    data_option,
    debug_option,
    engine_option,
    layout_option,
    layouts_option,
    password_option,
    rules_option,
    spacy_model_option,
)
from styrmatt.errors import UsageError
from styrmatt.extract.engine.names import EngineName


@click.command(
    short_help="Show what was read on a page.",
    epilog="Exit codes: 0 done, 2 no such page or no PDF to draw on, others: see styrmatt --help.",
)
@click.argument(
    "report", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="REPORT"
)
@click.option(
    "--page", required=True, type=click.IntRange(min=1), help="The page, from 1 at the first."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Draw the page with boxes and labels (PNG) instead of printing a table.",
)
@click.option(
    "--narrative",
    is_flag=True,
    help="Write the page's sentences, with what rules find in them, to -o (HTML).",
)
@data_option
@layouts_option
@layout_option
@rules_option
@spacy_model_option
@password_option
@engine_option
@click.option("--quiet", is_flag=True, help="Show no progress.")
@debug_option
def inspect(
    report: Path,
    page: int,
    output: Path | None,
    narrative: bool,
    data: Path,
    layouts: Path | None,
    layout: str | None,
    rules: tuple[Path, ...],
    spacy_model: str | None,
    password: str | None,
    engine: EngineName,
    quiet: bool,
    debug: bool,
) -> None:
    """Show what was read on a page: sections, rows, cells, markers, issues.

    This is where to look when a new report comes out wrong. With -o the page is drawn with a
    box and a label around each; without, the same is printed as a table. With --narrative its
    sentences are drawn for a browser, with the rules that found something in them. The whole
    report is read for its legend and overview, unless a run has read it before and kept its pages
    in --data. A text file has no places and can be printed only.

    \b
    Examples:
      styrmatt inspect data/raw/region-adalen-2022-run-arsrapport.pdf --page 4
      styrmatt inspect data/raw/region-adalen-2022-run-arsrapport.pdf --page 4 -o page.png
      styrmatt inspect data/raw/region-adalen-2022-run-arsrapport.pdf --page 4 \
        --narrative -o page.html
      styrmatt inspect report.pdf --page 2 --narrative -o page.html --rules my-rules.toml
    """
    from styrmatt.console.inspect import print_inspection, print_narrative
    from styrmatt.console.progress import display
    from styrmatt.pipeline.use_cases.inspect import inspect_narrative, inspect_page

    if narrative:
        if output is None:
            raise UsageError(
                "--narrative writes a page for a browser.", hint="Name it: -o page.html."
            )
        with display(quiet=quiet) as shown:
            count = inspect_narrative(
                report,
                page,
                output,
                layouts=layouts,
                layout=layout,
                rules=rules,
                spacy_model=spacy_model,
                password=password,
                engine=engine,
                on_page=partial(shown.on_progress, report),
                on_message=shown.on_message,
            )
        print_narrative(report, page, count, output)
        return
    with display(quiet=quiet) as shown:
        inspection = inspect_page(
            report,
            page,
            picture=output,
            layouts=layouts,
            layout=layout,
            rules=rules,
            spacy_model=spacy_model,
            password=password,
            engine=engine,
            data=data,
            on_page=partial(shown.on_progress, report),
        )
    print_inspection(inspection, output)
