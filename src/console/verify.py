"""Prints what a verification found, one line per report."""

from __future__ import annotations

import json
from dataclasses import asdict

from styrmatt.console.style import stdout_console
from styrmatt.pipeline.use_cases.verify import Verification


def print_verification(found: Verification, format: str) -> None:
    """Print a line per report and per problem, or JSON."""
    if format == "json":
        data = {
            "proved": found.is_proved,
            "problems": list(found.problems),
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
        is_proved = not proof.problems
        console.print(
            f"{'ok' if is_proved else 'wrong':6}{proof.document_id}: {contents}{again}",
            style="green" if is_proved else "red",
            soft_wrap=True,
        )
        for problem in proof.problems:
            console.print(f"      {problem}", soft_wrap=True)
    for problem in found.problems:
        console.print(f"wrong {problem}", style="red", soft_wrap=True)
    wrong = sum(bool(proof.problems) for proof in found.proofs)
    total = f"{len(found.proofs)} report" + ("" if len(found.proofs) == 1 else "s")
    console.print(f"{total}: {len(found.proofs) - wrong} proved, {wrong} not.", soft_wrap=True)
