"""`styrmatt layouts`: the families of reports that can be read, and layouts of one's own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from styrmatt.commands.options import debug_option, layouts_option, password_option
from styrmatt.errors import ExitCode

_REPORT = click.Path(path_type=Path, exists=True, dir_okay=False)
_quiet_option = click.option("--quiet", is_flag=True, help="Show no progress.")


@click.group(
    invoke_without_command=True,
    short_help="List the families of reports that can be read; draft and check your own.",
)
@layouts_option
@click.pass_context
def layouts(context: click.Context, layouts: Path | None) -> None:
    """List the families of reports that can be read, with the headers of their tables.

    A report of another family is read by what its headers say. Where that is not enough, draft
    a layout of your own from the report, edit it, check it, and run with --layouts.

    \b
    Examples:
      styrmatt layouts
      styrmatt layouts --layouts my-layouts/
      styrmatt layouts draft report.pdf -o my.toml
      styrmatt layouts check my.toml report.pdf
    """
    if context.invoked_subcommand is None:
        _list_layouts(layouts)


def _list_layouts(folder: Path | None) -> None:
    from styrmatt.layout_files import load_layouts

    for layout in load_layouts(folder):
        click.echo(f"{layout.name}\n  {layout.title}")
        for table in layout.tables:
            click.echo(f"  {table.kind} table" + (f" {table.name!r}" if table.name else ""))
            for column in table.columns:
                needed = " (optional)" if column.optional else ""
                click.echo(f"    {column.field}{needed}: {' | '.join(column.headers)}")
            if table.words:
                click.echo(f"    words: {', '.join(table.words)}")
        for header in layout.columns:
            click.echo(f"    {header.role}: {' | '.join(header.headers)}")


@layouts.command(
    short_help="Write a layout from what a report prints.",
    epilog="Exit codes: 0 done, 2 no PDF, 9 the file is there already, others: see "
    "styrmatt --help.",
)
@click.argument("report", type=_REPORT, metavar="REPORT")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TOML",
    help="Write the layout to this file instead of printing it.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@password_option
@_quiet_option
@debug_option
def draft(
    report: Path, output: Path | None, force: bool, password: str | None, quiet: bool, debug: bool
) -> None:
    """Write a layout from what a report prints: 60 lines at most, to be edited by a person.

    It has the headers of the tables with the role of each column and how sure that is, the
    headings above the tables, the legend, and whose report it is. What a person has to decide
    stands in a remark with a question mark; so do headers that nobody knows, with the nearest
    role.

    \b
    Examples:
      styrmatt layouts draft report.pdf
      styrmatt layouts draft report.pdf -o my.toml
    """
    from styrmatt.console.progress import display
    from styrmatt.export.formats.atomic_output import new_file
    from styrmatt.pipeline.use_cases.draft_layout import check_not_sidecar, draft_layout

    if output is not None:
        check_not_sidecar(report, output)
    with display(quiet=quiet or output is None) as shown:
        text = draft_layout(report, password=password, on_page=partial(shown.on_progress, report))
    if output is None:
        click.echo(text, nl=False)
        return
    with new_file(output, force=force) as part:
        part.write_text(text, encoding="utf-8")
    click.echo(f"Drafted {output}. Next: styrmatt layouts check {output} {report}")


@layouts.command(
    short_help="Try a layout on reports.",
    epilog="Exit codes: 0 all matched, 1 something not, 7 the layout is wrong, others: see "
    "styrmatt --help.",
)
@click.argument("layout", type=_REPORT, metavar="TOML")
@click.argument("reports", type=_REPORT, nargs=-1, required=True, metavar="REPORT...")
@password_option
@_quiet_option
@debug_option
def check(
    layout: Path, reports: tuple[Path, ...], password: str | None, quiet: bool, debug: bool
) -> int:
    """Try a layout on reports: for each table what matched, what did not, and counts.

    Everything that the layout names has to be found in one of the reports, and every column of
    the tables that are read has to be understood.

    \b
    Examples:
      styrmatt layouts check my-layouts/tallmo.toml tallmo.pdf
    """
    from styrmatt.console.layouts import print_tried_layout
    from styrmatt.console.progress import display
    from styrmatt.pipeline.use_cases.check_layout import check_layout_on

    with display(quiet=quiet) as shown:
        tried = check_layout_on(
            layout, reports, password=password, on_page=partial(shown.on_progress, layout)
        )
    print_tried_layout(tried)
    return int(ExitCode.DONE if tried.all_matched else ExitCode.FINDINGS)
