"""The command line: puts the commands together, and turns errors into messages and exit codes."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click

from styrmatt import __version__
from styrmatt.commands.check import check
from styrmatt.commands.corrections import corrections
from styrmatt.commands.diff import diff
from styrmatt.commands.export import export
from styrmatt.commands.inspect import inspect
from styrmatt.commands.layouts import layouts
from styrmatt.commands.review import review
from styrmatt.commands.rules import rules
from styrmatt.commands.run import run
from styrmatt.commands.schema import schema
from styrmatt.commands.show import show
from styrmatt.commands.sign import sign
from styrmatt.commands.verify import verify
from styrmatt.commands.where import where
from styrmatt.errors import DefectError, ExitCode, StyrmattError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_INTERRUPTED = 130
"""What shells use for a command that Ctrl-C ended: 128 and the number of SIGINT."""
EXIT_CODES = "\b\nExit codes:\n" + "\n".join(
    f"  {int(code):2}  {code.meaning}" for code in ExitCode
)


@click.group(context_settings=CONTEXT, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="styrmatt")
def cli() -> None:
    """Goal reports of Swedish regions and municipalities, from PDF to comparable Parquet.

    \b
    Examples:
      styrmatt run                       the reports in data/raw, to data/parquet
      styrmatt review                    the page for people: the report beside its records
      styrmatt inspect data/raw/region-adalen-2022-run-arsrapport.pdf --page 4 -o page.png
                                         what was read there, drawn onto the page
      styrmatt check                     where the reports contradict themselves
      styrmatt show sjukfrånvaro         one measure over the years
      styrmatt where m-0af5f060eb3b1b-K
                                         source, page and box of a value
      styrmatt diff 2022 2023 --body -   what changed from one year to the next
      styrmatt corrections show          what people overruled, and what of it was applied
      styrmatt verify                    whether the extract can be proved from its sources
      styrmatt export xlsx -o out.xlsx   the data as a workbook, or in other formats
      styrmatt schema                    the datasets and their columns
      styrmatt layouts                   the families of reports that can be read
      styrmatt rules                     the rules for results in words, and your own
    """


for _command in (
    run,
    review,
    inspect,
    check,
    show,
    where,
    diff,
    corrections,
    verify,
    sign,
    export,
    schema,
    layouts,
    rules,
):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command, by default that of the command line, and exit with its exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):  # names of files and terminals may not know UTF-8
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(args=arguments, prog_name="styrmatt", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except click.Abort:
        click.echo("Stopped.", err=True)
        code = _INTERRUPTED
    except BrokenPipeError:  # whoever read our output has ended, as in `styrmatt schema | head`
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
        code = ExitCode.DONE
    except StyrmattError as error:
        code = _report(error, debug="--debug" in arguments)
    except Exception as error:
        defect = DefectError(
            f"A defect in styrmatt ended the command ({type(error).__name__}: {error}).",
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
