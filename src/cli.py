"""The command line: options in, exit codes out. The one place where an error becomes a code."""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from styrmatt import __version__
from styrmatt.errors import DefectError, ExitCode, StyrmattError

if TYPE_CHECKING:
    from styrmatt.pipeline import Outcome

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
EXIT_CODES = "\b\nExit codes:\n" + "\n".join(
    f"  {int(code):2}  {code.meaning}" for code in ExitCode
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


@click.group(context_settings=CONTEXT, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="styrmatt")
def cli() -> None:
    """Goal reports of Swedish regions and municipalities, from PDF to comparable Parquet.

    \b
    Examples:
      styrmatt run                       the reports in data/raw, to data/parquet
      styrmatt run report.pdf --out out  one report, to a folder of its own
      styrmatt inspect report.pdf --page 8 -o page.png
                                         what was read there, drawn onto the page
      styrmatt check                     where the reports contradict themselves
      styrmatt schema                    the datasets and their columns
      styrmatt layouts                   the families of reports that can be read
    """


@cli.command(
    short_help="Read reports and write Parquet.",
    epilog="Exit codes: 0 done, 1 issues (--strict), 2 and up: see styrmatt --help.",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--out",
    default=Path("data/parquet"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for the Parquet datasets.",
)
@click.option(
    "--pages",
    metavar="PAGES",
    callback=page_numbers,
    help="Read these pages only: 3-40 or 3-40,45.",
)
@click.option(
    "--layouts", type=click.Path(path_type=Path), help="Folder with layouts of your own (*.toml)."
)
@click.option("--layout", metavar="NAME", help="Use this layout instead of the best match.")
@click.option(
    "--year", type=click.IntRange(1990, 2100), help="The report's year, if it prints none."
)
@click.option("--organisation", metavar="NAME", help="Whose report it is, if it does not say.")
@click.option("--password", envvar="STYRMATT_PASSWORD", help="Password of encrypted PDFs.")
@click.option("--replace", is_flag=True, help="Let another source of a report replace the first.")
@click.option("--strict", is_flag=True, help="Exit 1 where an issue is a warning or an error.")
@click.option("--quiet", is_flag=True, help="Print errors only.")
@click.option("--timings", is_flag=True, help="Show the seconds of each stage.")
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
def run(
    paths: tuple[Path, ...],
    out: Path,
    pages: tuple[int, ...] | None,
    layouts: Path | None,
    layout: str | None,
    year: int | None,
    organisation: str | None,
    password: str | None,
    replace: bool,
    strict: bool,
    quiet: bool,
    timings: bool,
    debug: bool,
) -> int:
    """Read reports and write their goals, measures and targets as Parquet.

    PATH is a PDF, a text file or a folder of them; data/raw if none is given. A report that fails
    does not stop the others, and what was written of it before stays. A file REPORT.toml beside
    REPORT.pdf may say what the report does not: year, organisation, body, board,
    document_number, layout.

    \b
    Examples:
      styrmatt run
      styrmatt run report.pdf --out out --pages 3-40
      styrmatt run reports/ --layouts my-layouts/ --strict
    """
    from styrmatt.console import display, print_summary
    from styrmatt.inputs import find_reports
    from styrmatt.pipeline import Options, run_reports

    options = Options(out, pages, layouts, layout, year, organisation, password, replace)
    reports = find_reports(paths or (Path("data/raw"),))
    outcomes: list[Outcome] = []
    with display(quiet=quiet) as shown:
        for outcome in run_reports(reports, options, shown.progress):
            shown.finished(outcome)
            outcomes.append(outcome)
    if debug:
        _print_traces(outcomes)
    if not quiet:
        print_summary(outcomes, out, timings=timings)
    return exit_code(outcomes, strict=strict)


@cli.command(
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
    metavar="PNG",
    help="Draw the page with boxes and labels instead of printing a table.",
)
@click.option(
    "--layouts", type=click.Path(path_type=Path), help="Folder with layouts of your own (*.toml)."
)
@click.option("--layout", metavar="NAME", help="Use this layout instead of the best match.")
@click.option("--password", envvar="STYRMATT_PASSWORD", help="Password of encrypted PDFs.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
def inspect(
    report: Path,
    page: int,
    output: Path | None,
    layouts: Path | None,
    layout: str | None,
    password: str | None,
    quiet: bool,
    debug: bool,
) -> None:
    """Show what was read on a page: sections, rows, cells, markers, issues.

    This is where to look when a new report comes out wrong. With -o the page is drawn with a
    box and a label around each; without, the same is printed as a table. The whole report is read
    for its legend and overview. A text file has no places and can be printed only.

    \b
    Examples:
      styrmatt inspect report.pdf --page 8
      styrmatt inspect report.pdf --page 8 -o page.png
    """
    from styrmatt.console import display, print_inspection
    from styrmatt.pipeline import inspect_page

    with display(quiet=quiet) as shown:
        inspection = inspect_page(
            report,
            page,
            picture=output,
            layouts=layouts,
            layout=layout,
            password=password,
            progress=lambda done, total: shown.progress(report, done, total),
        )
    print_inspection(inspection, output)


@cli.command(
    short_help="Find where reports contradict themselves.",
    epilog="Exit codes: 0 nothing found, 1 findings, others: see styrmatt --help.",
)
@click.argument(
    "data", required=False, default=Path("data/parquet"), type=click.Path(path_type=Path)
)
@click.option("--document", metavar="TEXT", help="Only reports whose document_id holds this.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.option("--no-write", is_flag=True, help="Do not write the findings dataset.")
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
def check(data: Path, document: str | None, form: str, no_write: bool, debug: bool) -> int:
    """Find where reports contradict themselves, or what an earlier report said.

    DATA is a folder that styrmatt run has written; data/parquet if none is given. Compared are
    totals, marks, words, results and targets; each finding has both places and both quotes. What
    cannot be compared gives none. The findings are printed, and written as a dataset beside the
    others.

    \b
    Examples:
      styrmatt check
      styrmatt check out --document 2020 --format csv
    """
    from styrmatt.console import print_findings
    from styrmatt.pipeline import check_reports

    done = check_reports(data, document=document, write=not no_write)
    print_findings(done, form)
    return int(ExitCode.FINDINGS if done.findings else ExitCode.DONE)


@cli.command(short_help="List the families of reports that can be read.")
@click.option(
    "--layouts", type=click.Path(path_type=Path), help="Folder with layouts of your own (*.toml)."
)
def layouts(layouts: Path | None) -> None:
    """List the families of reports that can be read, with the headers of their tables."""
    from styrmatt.layout import load_layouts

    for layout in load_layouts(layouts):
        click.echo(f"{layout.name}\n  {layout.title}")
        for table in layout.tables:
            click.echo(f"  {table.kind} table" + (f" {table.name!r}" if table.name else ""))
            for column in table.columns:
                needed = " (optional)" if column.optional else ""
                click.echo(f"    {column.field}{needed}: {' | '.join(column.headers)}")
            if table.words:
                click.echo(f"    words: {', '.join(table.words)}")


@cli.command(short_help="Print the datasets and their columns.")
@click.argument("datasets", nargs=-1, metavar="[DATASET]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print the columns.",
)
def schema(datasets: tuple[str, ...], form: str) -> None:
    """Print the columns of the datasets: type, whether null occurs, meaning, allowed values.

    \b
    Examples:
      styrmatt schema records
      styrmatt schema --format json
    """
    from styrmatt.export import describe

    if form == "json":
        click.echo(json.dumps(describe.as_data(datasets), ensure_ascii=False, indent=2))
    else:
        click.echo(
            describe.column_table(datasets) if form == "markdown" else describe.as_text(datasets)
        )


def exit_code(outcomes: Sequence[Outcome], *, strict: bool) -> int:
    """The code of a run: the smallest among its failures; 1 for issues that ``strict`` minds."""
    from styrmatt.pipeline import Failure

    codes = [int(o.error.exit_code) for o in outcomes if isinstance(o, Failure)]
    if codes:
        return min(codes)
    issues = (i for o in outcomes if not isinstance(o, Failure) for i in o.extract.issues)
    minded = strict and any(issue.severity in ("warning", "error") for issue in issues)
    return int(ExitCode.FINDINGS if minded else ExitCode.DONE)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and end the process with its exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = cli.main(args=arguments, prog_name="styrmatt", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except click.Abort:
        click.echo("Stopped.", err=True)
        code = 130
    except BrokenPipeError:  # the reader of our output left, as in `styrmatt schema | head`
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
        code = ExitCode.DONE
    except StyrmattError as error:
        code = _report(error, debug="--debug" in arguments)
    except Exception as error:
        defect = DefectError(
            f"styrmatt met a defect of its own ({type(error).__name__}: {error}).",
            hint="Please report it with what --debug prints.",
        )
        defect.__cause__ = error
        code = _report(defect, debug="--debug" in arguments)
    sys.exit(int(code or 0))


def _report(error: StyrmattError, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    click.echo(f"Error: {error}", err=True)
    return int(error.exit_code)


def _print_traces(outcomes: Sequence[Outcome]) -> None:
    from styrmatt.pipeline import Failure

    for outcome in outcomes:
        if isinstance(outcome, Failure):
            traceback.print_exception(outcome.error)
