"""`styrmatt sign`: signs an extract."""

from __future__ import annotations

from pathlib import Path

import click

from styrmatt.commands.options import data_argument, debug_option
from styrmatt.errors import ExitCode


@click.command(
    short_help="Sign an extract with an Ed25519 key.",
    epilog="Exit codes: 0 signed, 1 something is wrong and it was not, others: styrmatt --help.",
)
@data_argument
@click.option(
    "--key",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="KEY",
    help="Private Ed25519 key: of ssh-keygen -t ed25519, or PEM.",
)
@click.option(
    "--key-password",
    envvar="STYRMATT_KEY_PASSWORD",
    metavar="TEXT",
    help="Password of the key; better set STYRMATT_KEY_PASSWORD.",
)
@debug_option
def sign(data: Path, key: Path, key_password: str | None, debug: bool) -> int:
    """Sign an extract: the manifest and all other files, as they are now.

    DATA is a folder that styrmatt run has written; data/parquet if none is given. It is verified
    first, without its sources, and not signed where something is wrong. The signature is written
    to signature.json. A run that changes a file makes a new signature necessary. Whoever has the
    public key can see by styrmatt verify --signed-by that nothing was changed since. Needs
    styrmatt[sign].

    \b
    Examples:
      styrmatt sign --key key
      styrmatt verify --signed-by key.pub
    """
    from styrmatt.console.verify import print_verification
    from styrmatt.pipeline.use_cases.sign import sign as sign_extract

    found, signature = sign_extract(data, key, key_password)
    if signature is None:
        print_verification(found, "text")
        click.echo("Not signed.", err=True)
        return int(ExitCode.FINDINGS)
    click.echo(f"{len(signature.files)} files signed with {signature.public_key}")
    return int(ExitCode.DONE)
