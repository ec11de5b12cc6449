"""Reads goal tables of many families and counts what is right, field by field.

    python benchmarks/families.py                    every typesetting, and the samples of
                                                     other publishers
    python benchmarks/families.py --only y- --show 20
    python benchmarks/families.py --shared           the shared examples as well, where they are
    python benchmarks/families.py REPORT.pdf         reports with their truth beside them

A report's truth stands beside it as REPORT.truth.json. `silent` are wrong values that nothing
flags, `false` rows that the report does not have; both should be 0, the shares 100.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

from family_scores import Score, read, score, total, truth_of
from measuring import ROOT, SHARED

FOLDERS = (ROOT / "tests" / "families", ROOT / "tests" / "publishers")
SHARED_FOLDER = SHARED / "cases" / "columns"
SHARES = (
    "rows",
    "target_text",
    "target_value",
    "status",
    "trend",
    "goal",
    "goals",
    "outcomes",
    "forecast",
    "comment",
    "board",
    "fiscal_year",
    "organisation",
)
"""What the table prints the share of."""
_HEADS = ("row", "text", "value", "stat", "trend", "goal", "goals", "outc", "fcst", "comm", "board")
_HEADS += ("year", "org")


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the reports and print a line for each and one for all of them."""
    options = _options(arguments)
    paths = options.reports or [path for folder in FOLDERS for path in sorted(folder.glob("*.pdf"))]
    if options.shared and SHARED_FOLDER.is_dir():
        paths += sorted(SHARED_FOLDER.glob("*.pdf"))
    paths = [path for path in paths if not options.only or options.only in path.name]
    with multiprocessing.Pool(options.jobs) as pool:
        scores = dict(zip(paths, pool.map(measure, paths), strict=True))
    if options.json:
        print(json.dumps({path.stem: dict(one.counts) for path, one in scores.items()}))
        return 0
    print(table(scores))
    for path, one in scores.items():
        for line in one.log[: options.show]:
            print(f"{path.stem}: {line}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("reports", type=Path, nargs="*", help="PDFs with their truth beside them")
    parser.add_argument("--only", default="", help="files whose name holds this")
    parser.add_argument("--shared", action="store_true", help="the shared examples as well")
    parser.add_argument("--show", type=int, default=0, help="lines of each report's log")
    parser.add_argument("--json", action="store_true", help="all counts, by report")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    return parser.parse_args(arguments)


def measure(path: Path) -> Score:
    """The score of one report."""
    year, truth = truth_of(path)
    return score(read(path), truth, year)


def table(scores: dict[Path, Score]) -> str:
    """A line for each report and one for all: shares in percent, then counts."""
    width = max(len(path.stem) for path in scores) + 1
    heads = "".join(f"{head:>6}" for head in _HEADS)
    out = [f"{'':{width}}{heads}   false  wrong silent"]
    for path, one in scores.items():
        out.append(_line(path.stem, one, width))
    together = total(scores.values())
    refused = together.counts["refused"]
    out += [_line(f"all ({len(scores)}, {refused} refused)", together, width)]
    return "\n".join(out)


def _line(name: str, one: Score, width: int) -> str:
    shares = [one.share(field) for field in SHARES]
    cells = "".join("     -" if s is None else f"{100 * s:6.1f}" for s in shares)
    counts = (one.counts["rows.invented"], one.counts["wrong"], one.counts["silent"])
    refused = " refused" if one.counts["refused"] and not name.startswith("all") else ""
    return f"{name:{width}}{cells}" + "".join(f"{count:7}" for count in counts) + refused


if __name__ == "__main__":
    sys.exit(main())
