"""Scans samples of the project, reads them, and prints how much of each is right.

    python benchmarks/scans.py [--keep DIR] [--dpi 200 --dpi 300] [--turn 1] [REPORT.pdf ...]

Each report is rendered at so many dots per inch, turned by so many degrees (anticlockwise), and
packed as JPEG of quality 60 into a PDF of pictures. What is read of it is compared with what is
read of the report itself, which tests hold to be without a difference to its truth. Needs
styrmatt[ocr], Tesseract and its Swedish model. With --keep, scans and what was recognised stay for
the next time.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Final

import pypdfium2
from measuring import ROOT
from PIL import Image
from rapidfuzz import fuzz

from styrmatt.pipeline.read_report import ReadOptions, read_one
from styrmatt.records import Extract, Record
from styrmatt.whitespace import squeeze

SAMPLES: Final = (
    ROOT / "data" / "raw" / "region-adalen-2022-bilaga-maluppfyllelse.pdf",
    ROOT / "data" / "raw" / "region-adalen-2022-run-arsrapport.pdf",
    ROOT / "tests" / "publishers" / "hagsjo-kommun-2022-arsredovisning.pdf",
)
TURN: Final = 1.0
QUALITY: Final = 60
COMPARED: Final = (
    "measure",
    "board",
    "goal",
    "target_text",
    "target_value",
    "target_unit",
    "status",
    "trend",
    "outcome_value",
    "comment",
)
"""Columns of records that are compared, texts without spaces and capitals."""
_SAME_NAME: Final = 85
"""Likeness (of 100) from which two names are of one measure, one of them misread."""


def scan(report: Path, target: Path, dpi: int, turn: float = TURN) -> None:
    """Write the report as pictures of its pages."""
    pages = []
    for page in pypdfium2.PdfDocument(report):
        drawn = page.render(scale=dpi / 72).to_pil().convert("RGB")
        turned = drawn.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor="white")
        packed = io.BytesIO()
        turned.save(packed, "JPEG", quality=QUALITY)
        pages.append(Image.open(packed))
    pages[0].save(
        target, "PDF", resolution=dpi, save_all=True, append_images=pages[1:], quality=QUALITY
    )


def compare(truth: Extract, found: Extract, log: list[str]) -> Counter[str]:
    """Count what is right: rows, values by column, wrong values and those that are flagged."""
    told: Counter[str] = Counter(extra=len(found.records))
    free = list(found.records)
    for row in truth.records:
        told["rows"] += 1
        mine = _same(row, free)
        if mine is None:
            log.append(f"page {row.page}: no row {row.measure!r} {row.sex}")
            continue
        free.remove(mine)
        told.update({"rows.right": 1, "extra": -1})
        for name in COMPARED:
            _count(told, name, row, mine, found, log)
    log += [f"page {row.page}: invented row {row.measure!r}" for row in free]
    told["flagged rows"] = sum(bool(record.review) for record in found.records)
    told["all rows"] = len(found.records)
    return told


def _same(row: Record, free: Iterable[Record]) -> Record | None:
    """The record of the same measure and sex; of several the one nearest in the report."""
    alike = [
        (fuzz.ratio(squeeze(one.measure), squeeze(row.measure)), -abs(one.row_no - row.row_no), one)
        for one in free
        if one.sex == row.sex
    ]
    best = max(alike, key=lambda pair: pair[:2], default=None)
    return best[2] if best and best[0] >= _SAME_NAME else None


def _count(
    told: Counter[str], name: str, row: Record, mine: Record, found: Extract, log: list[str]
) -> None:
    expected, said = getattr(row, name), getattr(mine, name)
    same = expected == said
    if isinstance(expected, str) and isinstance(said, str):
        same = squeeze(expected) == squeeze(said)
    if expected is not None:
        told.update({name: 1, f"{name}.right": int(same)})
    if same:
        return
    log.append(f"page {row.page}: {row.measure[:40]!r} {name} {expected!r} read as {said!r}")
    if said is not None:
        told.update({"wrong": 1, "wrong.flagged": int(bool(mine.review))})


def share(told: Counter[str], name: str) -> str:
    """The share of a count that is right, with the counts."""
    right, whole = told[f"{name}.right"], told[name]
    return f"{right / whole:.3f} ({right} of {whole})" if whole else "-"


def main() -> None:
    """Scan, read and compare, and print a table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", nargs="*", type=Path, default=SAMPLES)
    parser.add_argument("--dpi", action="append", type=int)
    parser.add_argument("--turn", action="append", type=float)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--verbose", action="store_true", help="print each difference")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        kinds = list(product(asked.dpi or (200, 300), asked.turn or (TURN,)))
        _measure(asked.reports, kinds, asked.keep or Path(made), asked.verbose)


def _measure(
    reports: Sequence[Path], kinds: Sequence[tuple[int, float]], keep: Path, verbose: bool
) -> None:
    print("| report | dpi | rows | invented rows | target values | statuses | trends | results |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    total: Counter[str] = Counter()
    keep.mkdir(exist_ok=True)
    for dpi, turn in kinds:
        for report in reports:
            scanned = keep / f"{report.stem}-{dpi}-{turn:g}.pdf"
            if not scanned.exists():
                scan(report, scanned, dpi, turn)
            log: list[str] = []
            truth = read_one(report, ReadOptions()).extract
            found = read_one(scanned, ReadOptions(scan_cache=keep)).extract
            told = compare(truth, found, log)
            total += told
            _print_row(report.stem, f"{dpi}, {turn:g}°", told)
            if verbose:
                print("\n".join(log))
    _print_row("all", "", total)
    wrong, flagged = total["wrong"], total["wrong.flagged"]
    print(f"\nOf {wrong} wrong values, {flagged} stand in a row with a review reason.")
    print(f"Of {total['all rows']} rows, {total['flagged rows']} have one.")
    print("Right, by column: " + ", ".join(f"{name} {share(total, name)}" for name in COMPARED))


def _print_row(name: str, dpi: str, told: Counter[str]) -> None:
    columns = ("target_value", "status", "trend", "outcome_value")
    shares = " | ".join(share(told, column) for column in columns)
    print(f"| {name} | {dpi} | {share(told, 'rows')} | {told['extra']} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
