"""Measures whether time stays linear and memory flat with more reports and with longer ones.

    python benchmarks/growth.py                            1, 10, 100 and 1,000 reports; 2,000 pages
    python benchmarks/growth.py --counts 1,10,100 --pages 74,300    some of it, in a minute
    python benchmarks/growth.py --write                    and write it into benchmarks/RESULTS.md

All reports are made up, each one different: many organisations, ten years of each (collection.py).
Each line is a process of its own. What a hundred thousand would take is computed from it.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import collection
import measuring
from measuring import Bar, log, table

NATIONAL = 100_000
"""Reports: of 21 regions and 290 municipalities, their boards, interim ones, of twenty years."""
LINEAR = 1.2
"""How much more a report may cost among ten times as many, and a long report hold in memory."""
_LONGER = 40
"""Pages of a report in the second estimate."""
_PAGES_OF_A_GOAL = 5
"""About, in a long report."""


@dataclass(frozen=True)
class Run:
    """What a run took, by its parts. Seconds, megabytes, and numbers."""

    reports: int
    pages: int
    seconds: float
    processor: float
    writing: float
    """Seconds from the last page read to the end."""
    again: float
    """Seconds to find that nothing has changed."""
    coordinator: float
    """Most memory of the process that writes."""
    worker: float
    """Most memory of a process that reads."""
    output: float
    files: int
    waiting: float
    """Megabytes that waited on disk between reading and writing."""
    rows: int
    series: int


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--counts", type=measuring.numbers, default=(1, 10, 100, 1000), help="1,10,100"
    )
    parser.add_argument(
        "--pages", type=measuring.numbers, default=(74, 500, 2000), help="74,500,2000"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes that read many reports")
    parser.add_argument("--known", type=Path, help="what long ones are set beside")
    parser.add_argument("--write", action="store_true", help="write it into RESULTS.md")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args(words)
    if arguments.child:
        print(json.dumps(_run(arguments.child, arguments.jobs)))
        return
    many = [_many(count, arguments.jobs) for count in arguments.counts]
    long = [_long(pages) for pages in arguments.pages]
    real = arguments.known or measuring.longest()
    log(f"  {real.name}")
    known = _alone(real)
    text = _text(many, long, known, real.name, arguments.jobs)
    measuring.publish("growth", text, _bars(many, long, known), write=arguments.write)


def _many(count: int, jobs: int) -> Run:
    """A run over so many reports."""
    with tempfile.TemporaryDirectory() as folder:
        log(f"  making {count} reports")
        collection.make(Path(folder), count, collection.Kind())
        log(f"  reading {count} reports")
        return Run(**measuring.child(__file__, folder, "--jobs", str(jobs)))


def _long(pages: int) -> Run:
    """A run over one report of about so many pages, or a few more."""
    with tempfile.TemporaryDirectory() as folder:
        log(f"  making a report of {pages} pages")
        goals = max(1, round(pages / _PAGES_OF_A_GOAL))
        while True:
            kind = collection.Kind(goals=goals, filling=collection.LIKE_REAL)
            (report,) = collection.make(Path(folder), 1, kind)
            if (made := measuring.pages(report)) >= pages:
                break
            goals += max(1, round(goals * (pages / made - 1)))
        log(f"  reading a report of {made} pages")
        return _alone(report)


def _alone(report: Path) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / report.name).symlink_to(report.resolve())
        return Run(**measuring.child(__file__, folder, "--jobs", "1"))


# --- in a process of its own


def _run(folder: Path, jobs: int) -> dict[str, Any]:
    """Run all reports of a folder in this process and those that it starts."""
    from styrmatt.pipeline.run import Options, Result, run_reports

    reports = sorted(folder.glob("*.pdf"))
    last_page = [0.0]

    def watch(path: Path, done: int, total: int) -> None:
        last_page[0] = time.perf_counter()

    with tempfile.TemporaryDirectory() as out:
        stopwatch = measuring.Stopwatch()
        results, waiting = [], 0
        for outcome in run_reports(reports, Options(Path(out), jobs=jobs), watch):
            if not isinstance(outcome, Result):
                raise SystemExit(f"{outcome.path.name}: {outcome.error}")
            waiting = waiting or _size(Path(out) / ".styrmatt")[0]
            results.append(outcome)
        end = time.perf_counter()
        spent = stopwatch.spent()
        coordinator, worker = map(measuring.peak, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        output, files = _size(Path(out))
        again = measuring.Stopwatch()
        for _ in run_reports(reports, Options(Path(out), jobs=jobs)):
            pass
        alone = sum(result.seconds["write"] for result in results)
        run = Run(
            reports=len(reports),
            pages=sum(result.document.page_count for result in results),
            seconds=spent.seconds,
            processor=spent.processor,
            writing=end - last_page[0] if len(reports) > 1 else alone,
            again=again.spent().seconds,
            coordinator=coordinator,
            worker=worker,
            output=output / 1e6,
            files=files,
            waiting=waiting / 1e6,
            rows=sum(result.rows["records"] for result in results),
            series=_series(Path(out)),
        )
    return run.__dict__


def _size(root: Path) -> tuple[int, int]:
    """Bytes and number of the files below a folder."""
    sizes = [path.stat().st_size for path in root.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


def _series(root: Path) -> int:
    import pyarrow.parquet as pq

    from styrmatt.export.store.series_register import REGISTER_PATH

    return (
        int(pq.read_metadata(root / REGISTER_PATH).num_rows)
        if (root / REGISTER_PATH).exists()
        else 0
    )


# --- as text


def _text(many: list[Run], long: list[Run], known: Run, name: str, jobs: int) -> str:
    parts = ["## Growth", measuring.machine("styrmatt")]
    if many:
        heads = ("reports", "pages", "clock s", "ms per report", "CPU ms per page", "writing s")
        heads += ("ms per report", "again s", "MB, writes", "MB, reads", "output MB", "series")
        parts += [f"### Many reports, `--jobs {jobs}`", table(heads, map(_many_row, many))]
    if long:
        heads = (
            "one report",
            "pages",
            "rows",
            "clock s",
            "CPU ms per page",
            "writing s",
            "peak MB",
        )
        rows = [_long_row("made up", run) for run in long]
        rows.append(_long_row(name, known))
        parts += ["### Long reports, one process", table(heads, rows)]
    if len(many) > 1:
        parts += [f"### {NATIONAL:,} reports", _arithmetic(many[-2], many[-1], jobs)]
    return "\n\n".join(parts)


def _many_row(run: Run) -> list[str]:
    return [
        f"{run.reports:,}",
        f"{run.pages:,}",
        f"{run.seconds:.1f}",
        f"{_each(run.seconds, run):.0f}",
        f"{1000 * run.processor / run.pages:.1f}",
        f"{run.writing:.1f}",
        f"{_each(run.writing, run):.0f}",
        f"{run.again:.1f}",
        f"{run.coordinator:.0f}",
        f"{run.worker:.0f}" if run.worker else "",
        f"{run.output:.1f}",
        f"{run.series:,}",
    ]


def _long_row(name: str, run: Run) -> list[str]:
    return [
        name,
        f"{run.pages:,}",
        f"{run.rows:,}",
        f"{run.seconds:.1f}",
        f"{1000 * run.processor / run.pages:.1f}",
        f"{run.writing:.1f}",
        f"{run.coordinator:.0f}",
    ]


def _each(seconds: float, run: Run) -> float:
    """Milliseconds per report."""
    return 1000 * seconds / run.reports


def _arithmetic(before: Run, run: Run, jobs: int) -> str:
    """What so many reports would take, by what the largest run took more than the one before."""
    more = run.reports - before.reports
    writing = max(run.writing - before.writing, 0) / more
    reading = (run.seconds - before.seconds) / more * jobs - writing * jobs
    memory = max(run.coordinator - before.coordinator, 0) / more
    pages = run.pages / run.reports
    whole = run.coordinator + memory * (NATIONAL - run.reports)

    def hours(processes: int, times: float = 1) -> str:
        return f"{NATIONAL * (times * reading / processes + writing) / 3600:.1f} h"

    def gigabytes(megabytes: float) -> str:
        return f"{NATIONAL * megabytes / run.reports / 1000:.0f} GB"

    return (
        f"From {before.reports:,} to {run.reports:,} reports one more took {reading:.3f} s of a "
        f"process to read ({pages:.0f} pages) and {writing:.3f} s to link and write, which one "
        f"process does alone and in order. {NATIONAL:,} take {NATIONAL:,} × ({reading:.3f} s / "
        f"processes + {writing:.3f} s): {hours(jobs)} with {jobs} processes on this machine, "
        f"{hours(16)} with 16 such cores; {NATIONAL * writing / 3600:.1f} h of either is the part "
        f"that is not parallel. With {_LONGER} pages each, and reading in proportion: "
        f"{hours(jobs, _LONGER / pages)} and {hours(16, _LONGER / pages)}. On disk they take "
        f"{gigabytes(run.output)} in {NATIONAL * run.files / run.reports / 1e6:.1f} million files, "
        f"and while they wait between reading and writing {gigabytes(run.waiting)} more. The "
        f"process that writes grew by {1000 * memory:.0f} kB a report: {whole / 1000:.1f} GB for "
        f"all of them; one that reads stays at {run.worker:.0f} MB."
    )


def _bars(many: list[Run], long: list[Run], known: Run) -> list[Bar]:
    bars = []
    if long:
        run = long[-1]
        what = f"peak memory, {run.pages:,} pages, times that of {known.pages} pages"
        detail = f"{run.coordinator:.0f} MB, {known.coordinator:.0f} MB"
        bars.append(Bar(what, run.coordinator / known.coordinator, 1.3, detail=detail))
    if len(long) > 1:
        ratio = (long[-1].processor / long[-1].pages) / (long[0].processor / long[0].pages)
        bars.append(
            Bar(f"CPU per page, {long[-1].pages:,} pages of {long[0].pages}", ratio, LINEAR)
        )
    if len(many) > 1:
        last, before = many[-1], many[-2]
        counts = f"{last.reports:,} reports of {before.reports:,}"
        for part in ("seconds", "writing"):
            ratio = _each(getattr(last, part), last) / _each(getattr(before, part), before)
            bars.append(Bar(f"{part} per report, {counts}", ratio, LINEAR))
        for part in ("coordinator", "worker"):
            if getattr(before, part):
                ratio = getattr(last, part) / getattr(before, part)
                bars.append(Bar(f"memory of the {part}, {counts}", ratio, LINEAR))
    return bars


if __name__ == "__main__":
    main()
