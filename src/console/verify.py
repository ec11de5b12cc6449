"""Prints what a verification found, one line per report."""

from __future__ import annotations

import json
from dataclasses import asdict

from styrmatt.console.style import stdout_console
from styrmatt.pipeline.use_cases.verify import Proof, Verification


def print_verification(found: Verification, format: str) -> None:
    """Print a line per report and per problem, or JSON."""
    if format == "json":
        data = {
            "proved": found.is_proved,
            "problems": list(found.problems),
            "read_again": found.read_again,
            "signed": found.signed,
            "documents": [asdict(proof) for proof in found.proofs],
        }
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return
    console = stdout_console()
    for proof in found.proofs:
        contents = f"{proof.files} files, {proof.rows} rows, from {proof.source_name}"
        if proof.given_up:
            contents = f"only an issue: reading {proof.source_name} was given up"
        again = ", read again" if proof.read_again else ""
        state, style = _state(proof)
        console.print(
            f"{state:10}{proof.document_id}: {contents}{again}", style=style, soft_wrap=True
        )
        if proof.not_found:
            console.print(f"          {proof.not_found}", soft_wrap=True)
        for problem in proof.problems:
            console.print(f"          {problem}", soft_wrap=True)
    for problem in found.problems:
        console.print(f"{'wrong':10}{problem}", style="red", soft_wrap=True)
    wrong = sum(bool(proof.problems) for proof in found.proofs)
    total = f"{len(found.proofs)} report" + ("" if len(found.proofs) == 1 else "s")
    lost = sum(proof.not_found is not None and not proof.problems for proof in found.proofs)
    without = f"{lost} without a source, " if lost else ""
    proved = len(found.proofs) - wrong - lost
    console.print(f"{total}: {proved} proved, {without}{wrong} not.", soft_wrap=True)
    console.print(_meaning(found), style="dim", soft_wrap=True)


def _state(proof: Proof) -> tuple[str, str]:
    """What is said of a report, and in which style."""
    if proof.problems:
        return "wrong", "red"
    return ("ok", "green") if proof.not_found is None else ("not found", "yellow")


def _meaning(found: Verification) -> str:
    """What "proved" means with the options that were given, and what would prove more."""
    parts = ["the files are as the manifest says"]
    if found.read_again:
        parts.append("the sources give these rows")
    if found.signed:
        parts.append("the holder of the key has signed these files")
    more = []
    if not found.read_again:
        more.append("--re-extract reads the sources again and compares every row")
    if not found.signed:
        more.append("--signed-by finds what was changed together with the manifest")
    rest = f" {'; '.join(more)}." if more else ""
    return f"Proved means: {', and '.join(parts)}.{rest}"
