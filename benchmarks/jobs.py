"""Measures how much sooner twenty reports are done in two processes than in one, and compares them.

    python benchmarks/jobs.py                       twenty made-up reports of 20 to 74 pages
    python benchmarks/jobs.py --reports 6 --goals 2,4 --rounds 1
    python benchmarks/jobs.py --write               and write it into benchmarks/RESULTS.md

`styrmatt run` is measured from the start of the process to its end, with `--jobs 1` and with each
other number in turn, several times. What they write has to be the same, byte for byte, but for the
clock times in manifest.json. What a process costs before it can read is measured, too.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import collection
import measuring
from measuring import CLOCK_TIMES, Bar, Spent, Stopwatch, log, table

GOALS = (3, 14)
"""Of the shortest report and of the longest."""


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=20, help="how many reports")
    parser.add_argument(
        "--goals", type=measuring.numbers, default=GOALS, help="of shortest and longest"
    )
    parser.add_argument(
        "--jobs", type=measuring.numbers, default=(2,), help="numbers of processes: 2,4"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--write", action="store_true", help="write it into RESULTS.md")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args(words)
    if arguments.child:
        print(json.dumps(_read_twice(arguments.child)))
        return
    with tempfile.TemporaryDirectory() as folder:
        _compare(arguments, Path(folder))


def _compare(arguments: argparse.Namespace, folder: Path) -> None:
    reports = _reports(folder / "reports", arguments.reports, arguments.goals)
    pages = list(map(measuring.pages, reports))
    numbers = list(dict.fromkeys([1, *arguments.jobs]))
    spent: dict[int, list[Spent]] = {number: [] for number in numbers}
    different: set[str] = set()
    for turn in range(arguments.rounds):
        for number in numbers:
            log(f"  round {turn + 1} of {arguments.rounds}: --jobs {number}")
            out = folder / f"out-{turn}-{number}"
            run = ["run", *reports, "--out", out, "--jobs", str(number), "--quiet"]
            spent[number].append(measuring.measure(measuring.styrmatt(*run))[0])
            different |= differences(folder / "out-0-1", out)
    middle = {number: measuring.median(times) for number, times in spent.items()}
    small = min(reports, key=measuring.pages)
    whole, (first, second) = _start(small)
    ratios = {n: middle[1].seconds / middle[n].seconds for n in numbers}
    text = "\n\n".join(
        [
            f"## Several processes\n\n{measuring.machine('styrmatt')}",
            f"{len(reports)} made-up reports, {sum(pages)} pages ({min(pages)} to {max(pages)} "
            f"each); medians of {arguments.rounds} runs, in turn.",
            _table(middle, ratios),
            f"Files that are not the same, byte for byte: {len(different)}"
            f"{' (' + ', '.join(sorted(different)[:5]) + ')' if different else ''}.",
            f"What a process costs before it can read: {whole - first - second:.1f} s until it has "
            f"loaded the program, and {first - second:.1f} s in its first report for libraries and "
            f"dictionaries (the same {measuring.pages(small)} pages took {first:.1f} s first and "
            f"{second:.1f} s then).",
        ]
    )
    bars = [Bar("files that differ with the number of processes", len(different), 0)]
    if 2 in ratios:
        what = f"speed-up at two processes, {len(reports)} reports"
        bars.append(Bar(what, ratios[2], 1.7, at_least=True))
    measuring.publish("jobs", text, bars, write=arguments.write)


def _reports(folder: Path, count: int, goals: Sequence[int]) -> list[Path]:
    """Reports of as many organisations, from the shortest to the longest."""
    log(f"  making {count} reports")
    step = (goals[-1] - goals[0]) / max(count - 1, 1)
    made = []
    for number in range(count):
        of_this = round(goals[0] + number * step)
        kind = collection.Kind(goals=of_this, filling=collection.LIKE_REAL)
        made += collection.make(folder, 1, kind, first=number)
    return made


def differences(one: Path, other: Path) -> set[str]:
    """The files that two extracts do not have in common, byte for byte but for clock times."""
    mine, theirs = (_tree(root) for root in (one, other))
    return {name for name in mine.keys() | theirs if mine.get(name) != theirs.get(name)}


def _tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): CLOCK_TIMES.sub(b"", path.read_bytes())
        for path in root.rglob("*")
        if path.is_file() and ".styrmatt" not in path.parts
    }


def _table(middle: dict[int, Spent], ratios: dict[int, float]) -> str:
    rows = [
        (
            f"`--jobs {number}`",
            f"{took.seconds:.1f}",
            f"{ratios[number]:.2f}",
            f"{took.processor:.1f}",
            f"{took.memory:.0f}",
        )
        for number, took in middle.items()
    ]
    return table(("", "clock s", "times as fast", "CPU s", "peak MB of the largest process"), rows)


def _start(report: Path) -> tuple[float, list[float]]:
    """Seconds of a process that reads a report twice: all of them, and those of each time."""
    command = [sys.executable, __file__, "--child", report]
    spent, text = measuring.measure(command)
    return spent.seconds, json.loads(text.splitlines()[-1])


def _read_twice(report: Path) -> list[float]:
    from styrmatt.pipeline.read_report import ReadOptions, read_one

    seconds = []
    for _ in range(2):
        watch = Stopwatch()
        read_one(report, ReadOptions())
        seconds.append(watch.spent().seconds)
    return seconds


if __name__ == "__main__":
    main()
