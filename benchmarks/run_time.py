"""Measures time and memory of a run of one report, by its number of pages.

    python benchmarks/run_time.py                     the longest report that is at hand
    python benchmarks/run_time.py REPORT.pdf
    python benchmarks/run_time.py --first 10,20 --times 1,2,4 REPORT.pdf

Each line of the table is a process of its own: the report's first pages, the whole report, and the
report several times over in one PDF. Seconds are by the clock and, in brackets, of the processor:
on a machine that does other things as well, only the latter says anything. Memory is the most that
the process held at any time.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import measuring

STAGES = ("read", "normalize", "write")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("report", nargs="?", type=Path, help="a PDF")
    parser.add_argument(
        "--first", type=measuring.numbers, help="numbers of first pages, as 10,20,40"
    )
    parser.add_argument(
        "--times", type=measuring.numbers, default=(1, 2, 4), help="how often over: 1,2,4"
    )
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    report = arguments.report or measuring.longest()
    if arguments.child:
        print(json.dumps(_measure(report)))
    else:
        _compare(report, arguments.first, arguments.times)


def _compare(report: Path, first: tuple[int, ...] | None, times: tuple[int, ...]) -> None:
    pages = measuring.pages(report)
    firsts = first if first is not None else [n for n in (10, 20, 40) if n < pages]
    print(f"{report.name}, {pages} pages; Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    print()
    heads = ("pages", "seconds", *STAGES, "pages/s", "memory MB", "rows")
    print("  ".join(f"{head:>13}" for head in heads))
    print(f"{'(start)':>13}  " + "  ".join(_start_line()))
    with tempfile.TemporaryDirectory() as folder:
        for count, parts in [
            *((n, [range(n)]) for n in firsts),
            *((n * pages, [range(pages)] * n) for n in times),
        ]:
            made = Path(folder) / f"{count}-pages.pdf"
            _assemble(report, parts, made)
            print("  ".join(_line(measuring.child(__file__, made))), flush=True)


def _assemble(report: Path, parts: Iterable[Iterable[int]], made: Path) -> None:
    """A PDF of some of the report's pages; several parts follow one another."""
    import pypdfium2

    source = pypdfium2.PdfDocument(report)
    out = pypdfium2.PdfDocument.new()
    for part in parts:
        out.import_pages(source, list(part))
    out.save(made)


def _start_line() -> list[str]:
    """Seconds and memory of a process that loads all libraries and reads nothing."""
    code = "import pdfplumber, pypdfium2, pyarrow.parquet, styrmatt.normalize.normalize"
    spent, _ = measuring.measure([sys.executable, "-c", code])
    gaps = ["" for _ in (*STAGES, "pages/s")]
    return [f"{text:>13}" for text in (f"{spent.seconds:.1f}", *gaps, f"{spent.memory:.0f}")]


def _measure(report: Path) -> dict[str, Any]:
    """Run one report in this process."""
    from styrmatt.pipeline.run import Options, run_report

    began, processor = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        result = run_report(report, Options(Path(folder)))
    return {
        "pages": result.document.page_count,
        "rows": result.rows["records"],
        "stages": dict(result.seconds),
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - processor,
        "memory": measuring.peak(resource.RUSAGE_SELF),
    }


def _line(measured: dict[str, Any]) -> list[str]:
    pages, seconds = measured["pages"], measured["seconds"]
    cells = (
        str(pages),
        f"{seconds:.1f} ({measured['processor']:.1f})",
        *(f"{measured['stages'][stage]:.1f}" for stage in STAGES),
        f"{pages / measured['processor']:.1f}",
        f"{measured['memory']:.0f}",
        str(measured["rows"]),
    )
    return [f"{cell:>13}" for cell in cells]


if __name__ == "__main__":
    main()
