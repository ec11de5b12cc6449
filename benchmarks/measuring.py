"""What the benchmarks share: measuring processes, limits (bars), the machine, and RESULTS.md."""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
SECTIONS = ("bars", "compare", "jobs", "growth")
"""The sections of RESULTS.md, in order."""
CLOCK_TIMES = re.compile(rb'"(?:started|ended)AtTime": "[^"]*"')
"""The times in a manifest, which differ in every run."""
_HEAD = """# Results

Written by `make bench ARGS=--write`; benchmarks/README.md tells what is measured and how.
"""
_BARS = "| by | bar | limit | measured | |\n| --- | --- | ---: | ---: | --- |"


@dataclass(frozen=True)
class Spent:
    """What a process took: seconds by the clock and of the processor, and its peak memory in MB.

    Includes processes that it started and waited for; memory is that of the largest.
    """

    seconds: float
    processor: float
    memory: float


class ProcessFailed(Exception):
    """A measured process ended with an error; the message is the last line of its stderr."""


class Stopwatch:
    """Time since it was made, of this process and those that it has waited for."""

    def __init__(self) -> None:
        self._seconds, self._processor = time.perf_counter(), _processor()

    def spent(self) -> Spent:
        """The time until now, and the most memory that this process held so far."""
        return Spent(
            time.perf_counter() - self._seconds,
            _processor() - self._processor,
            max(map(peak, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))),
        )


def peak(who: int) -> float:
    """Megabytes that this process, or the largest that it has waited for, held at its peak."""
    return _megabytes(resource.getrusage(who).ru_maxrss)


def measure(command: Sequence[str | Path]) -> tuple[Spent, str]:
    """What a process took, and what it printed. Raises ProcessFailed.

    Linux counts the memory of the process that starts another as the other's, too: measure from
    one that has loaded nothing.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        began = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), stdout=out, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            lines = errors.read().strip().splitlines()
            raise ProcessFailed(lines[-1] if lines else f"exit code {process.returncode}")
        spent = Spent(seconds, used.ru_utime + used.ru_stime, _megabytes(used.ru_maxrss))
        return spent, out.read()


def child(script: str, *arguments: str | Path) -> Any:
    """What a script prints as JSON on its last line, run with ``--child``. Raises ProcessFailed."""
    _, text = measure([sys.executable, script, "--child", *arguments])
    return json.loads(text.strip().splitlines()[-1])


def styrmatt(*arguments: str | Path) -> list[str | Path]:
    """The command of the program as it is installed beside this Python."""
    return [sys.executable, "-m", "styrmatt", *arguments]


def median(spent: Iterable[Spent]) -> Spent:
    """The medians of several times, and the most memory."""
    all_of_them = list(spent)
    return Spent(
        statistics.median(one.seconds for one in all_of_them),
        statistics.median(one.processor for one in all_of_them),
        max(one.memory for one in all_of_them),
    )


def log(text: str) -> None:
    """Print on stderr how far a benchmark is."""
    print(text, file=sys.stderr, flush=True)


def numbers(text: str) -> tuple[int, ...]:
    """Numbers with commas between them, as an option has them."""
    return tuple(int(part) for part in text.split(",") if part)


def pages(path: Path) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def real_reports() -> list[Path]:
    """The real reports that lie beside the project; none where it stands alone."""
    return sorted((SHARED / "reports").glob("*.pdf"))


def samples() -> list[Path]:
    """The sample reports of the project."""
    return sorted((ROOT / "data" / "raw").glob("*.pdf"))


def longest() -> Path:
    """The real report with most pages, or else the sample."""
    reports = real_reports() or samples()
    if not reports:
        sys.exit("There is no report at hand; name one.")
    return max(reports, key=pages)


def installed(package: str) -> str | None:
    """The version of a package; None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


@dataclass(frozen=True)
class Bar:
    """A limit that was promised for a measured value."""

    what: str
    value: float
    limit: float
    unit: str = ""
    at_least: bool = False
    detail: str = ""

    def row(self, script: str) -> str:
        """Its row in the table of all bars."""
        sign = "at least" if self.at_least else "at most"
        is_met = self.value >= self.limit if self.at_least else self.value <= self.limit
        told = "met" if is_met else "**not met**"
        if self.limit and self.value != self.limit:
            away = abs(self.value / self.limit - 1)
            told += f", {away:.0%} {'above' if self.value > self.limit else 'below'}"
        limit, value = (f"{_figure(v)}{self.unit}" for v in (self.limit, self.value))
        more = f" ({self.detail})" if self.detail else ""
        return f"| {script} | {self.what} | {sign} {limit} | {value}{more} | {told} |"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown: the first column is text, figures stand to the right."""
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])


def publish(script: str, text: str, bars: Sequence[Bar], *, write: bool) -> None:
    """Print what a benchmark found; with ``write`` also put it into its section of RESULTS.md."""
    rows = [bar.row(script) for bar in bars]
    print("\n".join([_BARS, *rows, "", text]))
    if write:
        old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
        RESULTS.write_text(with_section(old, script, text, rows), encoding="utf-8")
        log(f"{RESULTS.name} is written.")


def with_section(old: str, script: str, text: str, bars: Sequence[str]) -> str:
    """The text of RESULTS.md with another section, and with its bars among those of others."""
    held = {name: _section(old, name) for name in SECTIONS}
    others = [
        row
        for row in held["bars"].splitlines()
        if row.startswith("| ") and not row.startswith((f"| {script} |", *_BARS.splitlines()))
    ]
    in_order = sorted([*others, *bars], key=lambda row: SECTIONS.index(row.split(" | ")[0][2:]))
    held |= {script: text, "bars": "\n".join(["## Bars", "", _BARS, *in_order])}
    marked = [
        f"<!-- made: {name} -->\n{held[name].strip()}\n<!-- /made: {name} -->"
        for name in SECTIONS
        if held[name]
    ]
    return "\n\n".join([_HEAD.strip(), *marked]) + "\n"


def _section(text: str, name: str) -> str:
    found = re.search(rf"(?s)<!-- made: {name} -->\n(.*?)\n<!-- /made: {name} -->", text)
    return found[1] if found else ""


def machine(*packages: str) -> str:
    """A sentence on the machine, its load, the versions of what ran, the day and the commit."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    libraries = ", ".join(f"{name} {installed(name)}" for name in packages if installed(name))
    return (
        f"{date.today()}, commit {_commit()}. {_cpu_model()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GB, {platform.system()}; load {os.getloadavg()[0]:.1f} at the end. "
        f"Python {platform.python_version()}{', ' if libraries else ''}{libraries}."
    )


def _cpu_model() -> str:
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.exists() else ""
    found = re.search(r"model name\s*: (.*)", text)
    return found[1] if found else platform.processor() or platform.machine()


def _commit() -> str:
    def git(*words: str) -> str:
        command = ["git", "-C", str(ROOT), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changed = git(
            "status", "--porcelain", "--untracked-files=no", "--", "src", "benchmarks/*.py"
        )
        return git("rev-parse", "--short", "HEAD") + (" with changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _processor() -> float:
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _megabytes(rss: int) -> float:
    """Linux counts in kilobytes, macOS in bytes."""
    return rss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")
