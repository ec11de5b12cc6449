"""`styrmatt run`: read reports and write Parquet."""

from __future__ import annotations

import math
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from styrmatt.commands.options import (
    DATA,
    Day,
    PathOrUrl,
    cache_option,
    check_text_option,
    debug_option,
    engine_option,
    inputs_option,
    jobs_option,
    layout_option,
    layouts_option,
    memory_option,
    ocr_option,
    page_numbers,
    password_option,
    results_option,
    rules_option,
    scheduler_option,
    spacy_model_option,
    timeout_option,
    tries_option,
)
from styrmatt.errors import ExitCode, worst
from styrmatt.extract.engine.names import EngineName
from styrmatt.pipeline.run_settings import (
    INPUT_TRANSFERS,
    RESULT_TRANSFERS,
    ClusterSettings,
    InputTransfer,
    OcrMode,
    ReadBudget,
    ResultTransfer,
)
from styrmatt.urls import Url

if TYPE_CHECKING:
    from styrmatt.pipeline.run import Outcome


@click.command(
    short_help="Read reports and write Parquet.",
    epilog="Exit codes: 0 done, 1 issues (--strict), 2 and up: see styrmatt --help.",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=PathOrUrl())
@click.option(
    "--out",
    default=DATA,
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
@layouts_option
@layout_option
@rules_option
@spacy_model_option
@click.option(
    "--year", type=click.IntRange(1990, 2100), help="The report's year, if it prints none."
)
@click.option("--organisation", metavar="NAME", help="Whose report it is, if it does not say.")
@click.option(
    "--kind", type=click.Choice(("annual", "interim")), help="Of a year, or of a part of one."
)
@click.option("--period-start", type=Day(), help="First day of the report's period.")
@click.option(
    "--period-end", type=Day(), help="Last day of it; one in the year: an interim report."
)
@password_option
@click.option(
    "--corrections",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Corrections file (CSV or TOML), instead of the corrections.csv found.",
)
@click.option(
    "--replace", is_flag=True, help="Replace a report that is in the output from another source."
)
@click.option("--force", is_flag=True, help="Read and write unchanged reports, too.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any issue is a warning or an error.")
@click.option("--quiet", is_flag=True, help="Print errors only.")
@engine_option
@ocr_option
@check_text_option
@jobs_option
@tries_option
@timeout_option
@memory_option
@scheduler_option
@inputs_option
@results_option
@cache_option
@click.option("--timings", is_flag=True, help="Show the seconds of each stage.")
@debug_option
def run(
    paths: tuple[Path | Url, ...],
    out: Path,
    pages: tuple[int, ...] | None,
    layouts: Path | None,
    layout: str | None,
    rules: tuple[Path, ...],
    spacy_model: str | None,
    year: int | None,
    organisation: str | None,
    kind: str | None,
    period_start: date | None,
    period_end: date | None,
    password: str | None,
    corrections: Path | None,
    replace: bool,
    force: bool,
    strict: bool,
    quiet: bool,
    engine: EngineName,
    ocr: OcrMode,
    check_text: bool,
    jobs: int,
    tries: int,
    timeout: float | None,
    memory: int,
    scheduler: str | None,
    inputs: InputTransfer,
    results: ResultTransfer,
    cache: int,
    timings: bool,
    debug: bool,
) -> int:
    """Read reports and write their goals, measures and targets as Parquet.

    PATH is a PDF, a text file or a folder of them; data/raw if none is given. It may be a URL, too
    (s3://bucket/reports/; needs styrmatt[cluster]). A report that fails does not stop the others,
    and what the output had of it stays. A report in the output is not read again while its file,
    the options, layouts, rules and styrmatt are the same; where only the rules for making records
    have changed, its pages are not read again. A file REPORT.toml beside REPORT.pdf may say what
    the report does not: year, organisation, body, board, document_number, kind, period_start,
    period_end, layout. A file corrections.csv (or .toml) in the folder of the reports, or in the
    one above it, has values that people correct.

    \b
    Examples:
      styrmatt run
      styrmatt run data/raw --jobs 4 --strict
      styrmatt run data/raw/region-adalen-2022-run-arsrapport.pdf --out out --pages 1-6
      styrmatt run report.pdf --layouts my-layouts/
      styrmatt run report.pdf --layouts my-layouts/ --rules my-rules.toml
      styrmatt run s3://bucket/reports/ --scheduler tcp://host:8786
    """
    from styrmatt.console.progress import display
    from styrmatt.console.quiet import libraries_silenced
    from styrmatt.console.run import print_corrections_without_report, print_summary
    from styrmatt.corrections.overrides import find_corrections
    from styrmatt.inputs import find_reports
    from styrmatt.pipeline.run import Options, run_reports
    from styrmatt.pipeline.use_cases.corrections import corrections_without_report

    cluster = cluster_settings(scheduler, inputs, results)
    named = paths or (Path("data/raw"),)
    reports = find_reports(named)
    files = find_corrections(named) if corrections is None else (corrections,)
    options = Options(
        out,
        pages=pages,
        layouts=layouts,
        layout=layout,
        rules=rules,
        spacy_model=spacy_model,
        year=year,
        organisation=organisation,
        kind=kind,
        period_start=period_start,
        period_end=period_end,
        password=password,
        replace=replace,
        force=force,
        corrections=files,
        engine=engine,
        ocr=ocr,
        check_text=check_text,
        jobs=jobs,
        tries=tries,
        budget=None if timeout == math.inf and not memory else ReadBudget(timeout, memory),
        cluster=cluster,
        cache_bytes=cache,
    )
    outcomes: list[Outcome] = []
    with libraries_silenced(quiet), display(quiet=quiet) as shown:
        for outcome in run_reports(reports, options, shown.on_progress, shown.on_message):
            shown.finished(outcome)
            outcomes.append(outcome)
    if debug:
        _print_traces(outcomes)
    unmatched = corrections_without_report(files, out)
    if not quiet:
        print_summary(outcomes, out, timings=timings)
        print_corrections_without_report(unmatched)
    return exit_code(outcomes, strict=strict) or int(bool(strict and unmatched))


def cluster_settings(
    scheduler: str | None, inputs: InputTransfer, results: ResultTransfer
) -> ClusterSettings | None:
    """The cluster that the options name; None without --scheduler.

    Raises BadOptionUsage for an option that needs --scheduler.
    """
    if scheduler is not None:
        return ClusterSettings(scheduler, inputs, results)
    given = (
        ("inputs", inputs, INPUT_TRANSFERS[0]),
        ("results", results, RESULT_TRANSFERS[0]),
    )
    for option, value, default in given:
        if value != default:
            raise click.BadOptionUsage(
                option, f"--{option} needs a cluster; name it with --scheduler tcp://HOST:8786."
            )
    return None


def exit_code(outcomes: Sequence[Outcome], *, strict: bool) -> int:
    """The exit code of a run: the worst of its failures; with ``strict`` 1 for bad issues."""
    from styrmatt.pipeline.run import Failure

    codes = [int(o.error.exit_code) for o in outcomes if isinstance(o, Failure)]
    if codes:
        return int(worst(codes))
    issues = (pair for o in outcomes if not isinstance(o, Failure) for pair in o.issues)
    is_bad = strict and any(severity in ("warning", "error") for severity, _ in issues)
    return int(ExitCode.FINDINGS if is_bad else ExitCode.DONE)


def _print_traces(outcomes: Sequence[Outcome]) -> None:
    from styrmatt.pipeline.run import Failure

    for outcome in outcomes:
        if isinstance(outcome, Failure):
            traceback.print_exception(outcome.error)
