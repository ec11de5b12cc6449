"""A small helping of `make faults`: killed runs, pairs of runs, full disks, read-only folders."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "faults.py"


@pytest.mark.skipif(sys.platform != "linux", reason="forks and small disks")
def test_runs_that_come_to_harm_lose_nothing() -> None:
    asked = ["--kills", "8", "--whole", "0", "--pairs", "1", "--full", "1", "--documents", "3"]
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), *asked, "--seconds", "30"], capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    counts = {
        what: int(count) for count, what in re.findall(r"^ +(\d+) +(\w.*)$", ended.stdout, re.M)
    }
    assert counts["kills while writing"] > 0
    assert counts["times something was lost, half written, left over or different"] == 0
