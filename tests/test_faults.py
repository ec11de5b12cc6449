"""A small share of `make faults`: killed runs, pairs of runs, full disks, read-only folders."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "faults.py"
KILLS = 6
SEED = 1
"""The same runs are killed at the same calls each time."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="forks and small disks")
def test_runs_that_come_to_harm_lose_nothing() -> None:
    options = {
        "kills": KILLS,
        "whole": 0,
        "pairs": 1,
        "full": 1,
        "documents": 2,
        "seed": SEED,
        "hostile": 0,
    }
    command = [sys.executable, str(SCRIPT), *(f"--{name}={n}" for name, n in options.items())]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    counts = {
        what: int(count) for count, what in re.findall(r"^ +(\d+) +(\w.*)$", ended.stdout, re.M)
    }
    assert counts["kills while writing"] == KILLS
    assert counts["of these, after the run had ended"] < KILLS / 2  # some have little to write
    assert counts["of these, in the middle of a change"] > 0
    assert counts["times something was lost, half written, left over or different"] == 0
