"""Measures styrmatt beside other readers and the floor (PDFium alone), on the same files.

    python benchmarks/compare.py                    the real reports, where they are, and samples
    python benchmarks/compare.py REPORT.pdf ...     these (truth beside: .truth.json, .facts.json)
    python benchmarks/compare.py --write            and write it into benchmarks/RESULTS.md

In the batch each reader reads all files of a group in a process of its own, its libraries loaded
before the clock starts; styrmatt writes its files, the others keep their rows. "Cold" is the
longest report alone, from the start of the process to its end. What is compared in bars is measured
several times, one reader after the other and then again, because machines grow warm and slow.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import measuring
from measuring import ROOT, Bar, ProcessFailed, Spent, log, table
from rivals import FLOOR, REFERENCE, RIVALS, Row

OURS, OURS_TOO = "styrmatt", "styrmatt --engine pdfplumber"
ENGINES = {OURS: "pdfium", OURS_TOO: "pdfplumber"}
MEASURED_OFTEN = (OURS, OURS_TOO, REFERENCE, FLOOR)
WARM = [ROOT / "tests" / "typesettings" / f"{name}.pdf" for name in ("words", "vector-full")]
"""What is read before the clock starts: reports with words and with marks, which are rendered."""


@dataclass(frozen=True)
class Group:
    """Files that are read together. ``apart``: they hold the same report, so that each has an
    output of its own."""

    name: str
    reports: tuple[Path, ...]
    apart: bool = False


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("reports", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="how often the batch is measured")
    parser.add_argument("--cold-rounds", type=int, default=5, help="and the longest report alone")
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="of camelot, tabula ... only this"
    )
    parser.add_argument("--write", action="store_true", help="write it into RESULTS.md")
    parser.add_argument("--child", choices=[*ENGINES, *RIVALS], help=argparse.SUPPRESS)
    parser.add_argument("--apart", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args(words)
    if arguments.child:
        print(json.dumps(_read(arguments.child, arguments.reports, apart=arguments.apart)))
        return
    _compare(arguments)


def groups(reports: Sequence[Path]) -> list[Group]:
    """The files to read: those named, else what is at hand."""
    if reports:
        return [Group("the reports named", tuple(reports))]
    typesettings = sorted((ROOT / "tests" / "typesettings").glob("*.pdf"))
    found = [
        Group("real reports", tuple(measuring.real_reports())),
        Group("samples", tuple(measuring.samples())),
        Group("typesettings", tuple(typesettings), apart=True),
    ]
    return [group for group in found if group.reports]


# --- in a process of its own


def _read(name: str, reports: list[Path], *, apart: bool) -> dict[str, Any]:
    """Read all reports in this process, after one that loads what is loaded late."""
    with tempfile.TemporaryDirectory() as folder:
        if name not in ENGINES:
            return _read_tables(name, reports)
        return _run(name, reports, Path(folder), apart=apart)


def _read_tables(name: str, reports: list[Path]) -> dict[str, Any]:
    import scoring

    read = RIVALS[name][1]
    for report in WARM:
        read(report)
    watch = measuring.Stopwatch()
    rows: dict[Path, list[Row]] = {report: read(report) for report in reports}
    spent = watch.spent()
    told: Counter[str] = Counter()
    for report, of_report in rows.items():
        if name != FLOOR and (truth := scoring.truth_of(report)):
            told += scoring.count_in_cells(truth, of_report)
    return {"spent": asdict(spent), "told": told, "scores": []}


def _run(name: str, reports: list[Path], folder: Path, *, apart: bool) -> dict[str, Any]:
    import scoring

    from styrmatt.pipeline.run import Options, Result, run_reports

    def run(paths: Iterable[Path], out: Path) -> dict[Path, str]:
        """The document ids of these reports, as they are written."""
        outcomes = list(run_reports(list(paths), Options(out, engine=ENGINES[name])))  # type: ignore[arg-type]
        failed = [outcome for outcome in outcomes if not isinstance(outcome, Result)]
        if failed:
            sys.exit(f"{failed[0].path.name}: {failed[0].error}")
        return {o.path: o.document.document_id for o in outcomes if isinstance(o, Result)}

    for report in WARM:
        run([report], folder / f"warm-{report.stem}")
    places = [([r], folder / str(n)) for n, r in enumerate(reports)] if apart else None
    watch = measuring.Stopwatch()
    ids = {out: run(paths, out) for paths, out in places or [(reports, folder / "all")]}
    spent = watch.spent()
    told: Counter[str] = Counter()
    scores = []
    for out, of_out in ids.items():
        for report, document_id in of_out.items():
            if truth := scoring.truth_of(report):
                told += scoring.count_in_records(truth, _records(out, document_id))
                scores.append(scoring.score(out, document_id, truth))
    return {"spent": asdict(spent), "told": told, "scores": [score for score in scores if score]}


def _records(root: Path, document_id: str) -> list[dict[str, Any]]:
    from styrmatt.export.store.scan import ExtractReader, Selection

    return list(ExtractReader(root, Selection(("records",), (), document_id)).rows("records"))


# --- from outside


class _Batch:
    """What all readers took for one group, and what they got right."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self._spent: dict[str, list[Spent]] = defaultdict(list)
        self.told: dict[str, dict[str, int]] = {}
        self.scores: dict[str, list[dict[str, float]]] = {}

    def measure(self, name: str) -> None:
        """Let a reader read the group once more."""
        words = [name, *(["--apart"] if self.group.apart else []), *map(str, self.group.reports)]
        try:
            found = measuring.child(__file__, *words)
        except ProcessFailed as error:
            log(f"    {name} failed: {error}")
            return
        self._spent[name].append(Spent(**found["spent"]))
        self.told[name], self.scores[name] = found["told"], found["scores"]

    @property
    def spent(self) -> dict[str, Spent]:
        return {name: measuring.median(spent) for name, spent in self._spent.items()}


def _compare(arguments: argparse.Namespace) -> None:
    others = [name for name, (package, _) in RIVALS.items() if measuring.installed(package)]
    often = [name for name in MEASURED_OFTEN if name in ENGINES or name in others]
    once = [n for n in others if n not in often and (not arguments.only or n in arguments.only)]
    batches = [_Batch(group) for group in groups(arguments.reports)]
    for number in range(arguments.rounds):
        for batch in batches:
            for name in [*often, *(once if number == 0 else [])]:
                log(f"  round {number + 1} of {arguments.rounds}, {batch.group.name}: {name}")
                batch.measure(name)
    reports = [report for batch in batches for report in batch.group.reports]
    longest = max(reports, key=measuring.pages)
    cold = _cold(longest, arguments.cold_rounds)
    help_time = _medians_of("--help", [measuring.styrmatt("--help")], arguments.cold_rounds)[0]
    parts = [_head(), *map(_batch_text, batches), _cold_text(longest, cold, help_time)]
    bars = _bars(batches, longest, cold, help_time)
    measuring.publish("compare", "\n\n".join(parts), bars, write=arguments.write)


def _cold(report: Path, rounds: int) -> dict[str, Spent]:
    """The medians of processes that read one report, one reader after the other, and again."""
    rivals = str(ROOT / "benchmarks" / "rivals.py")
    with tempfile.TemporaryDirectory() as folder:
        out = partial("{}/{}".format, folder)
        commands = {
            OURS: measuring.styrmatt("run", report, "--out", out("ours"), "--force", "--quiet"),
            REFERENCE: [sys.executable, rivals, REFERENCE, report],
            FLOOR: [sys.executable, rivals, FLOOR, report],
        }
        spent = _medians_of(report.name, list(commands.values()), rounds)
    return dict(zip(commands, spent, strict=True))


def _medians_of(what: str, commands: Sequence[Sequence[str | Path]], rounds: int) -> list[Spent]:
    all_spent: list[list[Spent]] = [[] for _ in commands]
    for number in range(rounds):
        log(f"  cold, round {number + 1} of {rounds}: {what}")
        for place, command in enumerate(commands):
            all_spent[place].append(measuring.measure(command)[0])
    return [measuring.median(spent) for spent in all_spent]


# --- as text


def _head() -> str:
    packages = ["styrmatt", *(package for package, _ in RIVALS.values())]
    return f"## styrmatt beside others\n\n{measuring.machine(*dict.fromkeys(packages))}"


def _batch_text(batch: _Batch) -> str:
    group = batch.group
    pages = sum(map(measuring.pages, group.reports))
    parts = [
        f"### In one process: {group.name}, {len(group.reports)} files, {pages} pages",
        _times(batch.spent),
        _right(batch),
    ]
    if any(batch.scores.values()):
        parts.append(_scores(batch))
    return "\n\n".join(parts)


def _times(spent: dict[str, Spent]) -> str:
    heads = ["", "clock s", "of pdfplumber", "of the floor"]
    heads += ["CPU s", "of pdfplumber", "of the floor", "peak MB"]
    rows = []
    for name, took in spent.items():
        row = [name]
        for part in ("seconds", "processor"):
            row.append(f"{getattr(took, part):.2f}")
            row += [_ratio(spent, name, other, part) for other in (REFERENCE, FLOOR)]
        rows.append([*row, f"{took.memory:.0f}"])
    return table(heads, rows)


def _ratio(spent: dict[str, Spent], name: str, other: str, part: str) -> str:
    if other not in spent:
        return ""
    return f"{getattr(spent[name], part) / getattr(spent[other], part):.2f}"


def _right(batch: _Batch) -> str:
    heads = ("", "rows whole", "of", "markers told", "of", "told wrong")
    rows = [
        [name, *(told.get(part, 0) for part in ("whole", "rows"))]
        + [told.get(part, 0) for part in ("marks_right", "marks", "marks_wrong")]
        for name, told in batch.told.items()
        if told
    ]
    return table(heads, rows)


_MEASURES = ("recall", "precision", "whole_row", "measure_exact", "target_text", "target_value")
_MEASURES += ("status", "status_wrong", "trend", "trend_wrong", "goals_found", "goal_assessment")
_MEASURES += ("outcome_precision", "outcome_recall")


def _scores(batch: _Batch) -> str:
    import scoring

    by_name = {name: scoring.pooled(scores) for name, scores in batch.scores.items() if scores}
    rows = [
        [f"`{measure}`", *(_score(scores.get(measure)) for scores in by_name.values())]
        for measure in _MEASURES
    ]
    return table(("by score.py", *by_name), rows)


def _score(value: float | None) -> str:
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.4f}"


def _cold_text(report: Path, cold: dict[str, Spent], help_time: Spent) -> str:
    return "\n\n".join(
        [
            f"### Cold: {report.name}, {measuring.pages(report)} pages, from start to end",
            _times(cold),
            f"`styrmatt --help`: {help_time.seconds:.2f} s, {help_time.processor:.2f} s CPU.",
        ]
    )


def _bars(
    batches: Sequence[_Batch], longest: Path, cold: dict[str, Spent], help_time: Spent
) -> list[Bar]:
    spent, name = batches[0].spent, batches[0].group.name
    bars = []
    if REFERENCE in spent:
        bars.append(_ratio_bar(f"batch ({name}), of pdfplumber", spent, REFERENCE, 0.35))
        what = "cold, start of the process to files written, of pdfplumber"
        bars.append(_ratio_bar(what, cold, REFERENCE, 0.7, by_clock=True))
    if FLOOR in spent:
        bars.append(_ratio_bar(f"goal: batch ({name}), of the floor", spent, FLOOR, 3))
    pages = measuring.pages(longest)
    bars += [
        Bar("`styrmatt --help`", help_time.seconds, 0.3, " s"),
        Bar(f"peak memory, {pages} pages", cold[OURS].memory, 300, " MB"),
    ]
    return bars + [bar for batch in batches for bar in _score_bars(batch)]


def _ratio_bar(
    what: str, spent: dict[str, Spent], other: str, limit: float, *, by_clock: bool = False
) -> Bar:
    """The worse of the two ratios counts, or that of the clock, where it is who waits."""
    clock = spent[OURS].seconds / spent[other].seconds
    cpu = spent[OURS].processor / spent[other].processor
    counts = clock if by_clock else max(clock, cpu)
    return Bar(what, counts, limit, detail=f"clock {clock:.2f}, CPU {cpu:.2f}")


def _score_bars(batch: _Batch) -> Iterable[Bar]:
    """Whole rows by score.py, no worse than by the reference engine."""
    import scoring

    scores = [scoring.pooled(batch.scores[name]) for name in ENGINES if batch.scores.get(name)]
    if len(scores) == len(ENGINES):
        ours, theirs = (score["whole_row"] for score in scores)
        what = f"whole rows by score.py ({batch.group.name}), as by `--engine pdfplumber`"
        yield Bar(what, ours, theirs, at_least=True)


if __name__ == "__main__":
    main()
