"""`styrmatt rules`: the rules for results in words, and rules of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from styrmatt.commands.options import debug_option, rules_option, spacy_model_option
from styrmatt.errors import ExitCode

_FILES = click.Path(path_type=Path, exists=True)


@click.group(
    invoke_without_command=True,
    short_help="List the kinds of rules for results in words; check your own.",
)
@click.pass_context
def rules(context: click.Context) -> None:
    """List the kinds of spans that rules find in sentences, with their labels.

    A rule is a token pattern of spaCy and sentences that prove it; docs/RULES.md says how one is
    written. Rules in a file of your own add to those that ship: try a sentence, write a rule,
    check it, and run with --rules.

    \b
    Examples:
      styrmatt rules
      styrmatt rules try "I grannkommunen var andelen 45 procent."
      styrmatt rules check my-rules.toml
      styrmatt run data/raw --rules my-rules.toml
    """
    if context.invoked_subcommand is None:
        from styrmatt.console.rules import print_kinds
        from styrmatt.pipeline.use_cases.rules import shipped_kinds

        print_kinds(shipped_kinds())


@rules.command(
    short_help="Check rule files, and run their sentences.",
    epilog="Exit codes: 0 all hold, 1 a sentence does not, 7 a file or the pipeline is wrong, "
    "others: see styrmatt --help.",
)
@click.argument("files", type=_FILES, nargs=-1, required=True, metavar="PATH...")
@spacy_model_option
@debug_option
def check(files: tuple[Path, ...], spacy_model: str | None, debug: bool) -> int:
    """Check rule files of your own: each rule must do what its sentences say.

    Each pattern has to match a sentence of like, each of these has to be matched, and none of
    unlike. Rules that need a trained pipeline are tried with --spacy-model only.

    \b
    Examples:
      styrmatt rules check my-rules.toml
      styrmatt rules check my-rules/ --spacy-model sv_core_news_sm
    """
    from styrmatt.console.rules import print_checked
    from styrmatt.pipeline.use_cases.rules import check_rules

    checked = check_rules(files, spacy_model)
    print_checked(checked)
    return int(ExitCode.DONE if checked.all_hold else ExitCode.FINDINGS)


@rules.command(
    "try",
    short_help="Show the tokens of a text, and what rules find in it.",
    epilog="Exit codes: 0 done, others: see styrmatt --help.",
)
@click.argument("text", metavar="TEXT")
@rules_option
@spacy_model_option
@debug_option
def try_text(text: str, rules: tuple[Path, ...], spacy_model: str | None, debug: bool) -> None:
    """Show the tokens of each sentence with what patterns compare, and the spans found in it.

    \b
    Examples:
      styrmatt rules try "I grannkommunen var andelen 45 procent."
      styrmatt rules try "I byn var andelen 45 procent." --rules my-rules.toml
    """
    from styrmatt.console.rules import print_tried_text
    from styrmatt.pipeline.use_cases.rules import try_rules

    print_tried_text(try_rules(text, rules, spacy_model))
