"""`styrmatt review`: the page for people."""

from __future__ import annotations

from pathlib import Path

import click

from styrmatt.commands.options import data_argument, debug_option, password_option, sources_option
from styrmatt.errors import UsageError
from styrmatt.review.messages import LANGUAGES
from styrmatt.review.web.guard import is_loopback


@click.command(
    short_help="Open the page for people: the report beside its records.",
    epilog="Exit codes: 0 ended, 2 a library is missing or the port is taken, others: see "
    "styrmatt --help.",
)
@data_argument
@sources_option("DATA")
@click.option(
    "--corrections",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CSV",
    help="File to write corrections to; by default the one that a run would apply.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Port to serve at; 0: one that is free.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at.")
@click.option(
    "--allow-remote", is_flag=True, help="Let other machines reach it, where --host says so."
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language; by default what the browser asks for."
)
@password_option
@debug_option
def review(
    data: Path,
    sources: tuple[Path, ...],
    corrections: Path | None,
    port: int,
    host: str,
    allow_remote: bool,
    no_open: bool,
    lang: str | None,
    password: str | None,
    debug: bool,
) -> None:
    """Open the page for people: each report beside its records, what is in doubt first.

    DATA is a folder that styrmatt run has written; data/parquet if none is given. The page is
    served to this machine alone until Ctrl-C ends it. What is decided there is written to the
    corrections file, which the next styrmatt run applies. Needs styrmatt[review].

    \b
    Examples:
      styrmatt review
      styrmatt review data/parquet --port 9000 --no-open
    """
    from styrmatt.review.web.serve import ServeOptions, serve

    if not is_loopback(host) and not allow_remote:
        raise UsageError(
            f"{host} is reached from other machines.", hint="Say --allow-remote if that is meant."
        )
    if not is_loopback(host):
        click.echo(
            "Warning: other machines can reach the page. Whoever has its address can read the "
            "reports and write corrections, and the connection is not encrypted.",
            err=True,
        )
    options = ServeOptions(data, sources, corrections, host, port, lang, password)
    serve(options, lambda address: _tell(address, no_open=no_open))


def _tell(address: str, *, no_open: bool) -> None:
    import webbrowser

    click.echo(f"The page is at {address}\nCtrl-C ends it.")
    if not no_open:
        webbrowser.open(address)
