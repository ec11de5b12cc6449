"""styrmatt beside what one would pick instead, and beside the floor, on the same files in one go.

    python benchmarks/compare.py                    the committed typesettings and samples
    python benchmarks/compare.py REPORT.pdf ...     these (truth beside: .truth.json, .facts.json)
    python benchmarks/compare.py --write            and write benchmarks/RESULTS.md

Each candidate reads all files in a process of its own, libraries loaded before the clock starts;
"cold" is one file from the start of the process to its end. Seconds are of the processor, because
others use the machine too. "Rows right" is the share of the truth's rows that come out whole: as
one row of a table with the measure's name, its target and its sex; "marks right" is the share of
the truth's marks that were told. A library that is not installed is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
Row = list[str]
"""The cells of a table's row."""
REFERENCE = "pdfplumber"


def styrmatt(path: Path) -> list[dict[str, Any]]:
    """The whole run, files and all: its records."""
    import pyarrow.parquet as parquet

    from styrmatt.pipeline.run import Options, run_report

    with tempfile.TemporaryDirectory() as folder:
        run_report(path, Options(Path(folder)))
        files = Path(folder).glob("records/**/*.parquet")
        return [row for file in files for row in parquet.ParquetFile(file).read().to_pylist()]


def pdfplumber(path: Path) -> list[Row]:
    import pdfplumber

    rows: list[Row] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            rows += [[cell or "" for cell in row] for t in page.extract_tables() for row in t]
            page.extract_text()
            page.close()
    return rows


def camelot(path: Path) -> list[Row]:
    import camelot

    tables = camelot.read_pdf(str(path), pages="all", flavor="lattice")
    return [[str(cell) for cell in row] for table in tables for row in table.df.to_numpy()]


def tabula(path: Path) -> list[Row]:
    import tabula

    tables = tabula.read_pdf(str(path), pages="all", pandas_options={"header": None})
    return [[str(cell) for cell in row] for table in tables for row in table.to_numpy()]


def pymupdf(path: Path) -> list[Row]:
    import pymupdf

    rows: list[Row] = []
    for page in pymupdf.open(path):
        for table in page.find_tables().tables:
            rows += [[cell or "" for cell in row] for row in table.extract()]
        page.get_text()
    return rows


def floor(path: Path) -> None:
    """PDFium walks every page's characters and objects once."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as raw

    pdf, box = pypdfium2.PdfDocument(path), raw.FS_RECTF()
    for page in pdf:
        text = page.get_textpage()
        for n in range(text.count_chars()):
            raw.FPDFText_GetUnicode(text, n)
            raw.FPDFText_GetLooseCharBox(text, n, ctypes.byref(box))
        for _ in page.get_objects():
            pass


CANDIDATES: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "styrmatt": ("styrmatt", styrmatt),
    "pdfplumber": ("pdfplumber", pdfplumber),
    "camelot": ("camelot-py", camelot),
    "tabula": ("tabula-py", tabula),
    "PyMuPDF": ("pymupdf", pymupdf),
    "floor (pypdfium2)": ("pypdfium2", floor),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("reports", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="write benchmarks/RESULTS.md")
    parser.add_argument("--only", choices=CANDIDATES, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    reports = arguments.reports or _committed()
    if arguments.only:
        print(json.dumps(_measure(arguments.only, reports)))
        return
    text = _report(reports)
    print(text)
    if arguments.write:
        RESULTS.write_text(text, encoding="utf-8")


def _committed() -> list[Path]:
    folders = (ROOT / "data" / "raw", ROOT / "tests" / "typesettings")
    return [path for folder in folders for path in sorted(folder.glob("*.pdf"))]


def _truth(path: Path) -> list[dict[str, Any]]:
    """The rows of a report's truth; none where there is none."""
    sys.path.insert(0, str(ROOT / "tests"))
    from truth import expected

    for place in (path.parent, ROOT / "tests" / "truth"):
        truth, facts = (place / f"{path.stem}.{part}.json" for part in ("truth", "facts"))
        if truth.exists() and facts.exists():
            return expected(truth, facts)
    return []


def _measure(name: str, reports: list[Path]) -> dict[str, Any]:
    """Read all reports in this process, the first once more before to load what is loaded late."""
    read = CANDIDATES[name][1]
    read(reports[0])
    wall, cpu = time.perf_counter(), _cpu()
    read_out = [read(path) for path in reports]
    seconds, processor = time.perf_counter() - wall, _cpu() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scores = [_score(name, _truth(path), out) for path, out in zip(reports, read_out, strict=True)]
    return {
        "seconds": seconds,
        "processor": processor,
        "memory": peak / (1 << 20 if sys.platform == "darwin" else 1 << 10),
        "score": [sum(column) for column in zip(*scores, strict=True)],
    }


def _cpu() -> float:
    """Seconds of the processor, of this process and those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _score(name: str, truth: list[dict[str, Any]], out: Any) -> tuple[int, int, int, int]:
    """Rows that came out whole, rows in all, marks told, marks in all."""
    marks = sum(bool(row.get(mark)) for row in truth for mark in ("status", "trend"))
    if name == "styrmatt":
        told = {_key(row): row for row in out}
        found = [(row, told.get(_key(row))) for row in truth]
        rows = sum(mine is not None for _, mine in found)
        right = sum(
            bool(row.get(mark)) and mine is not None and mine.get(mark) == row[mark]
            for row, mine in found
            for mark in ("status", "trend")
        )
        return rows, len(truth), right, marks
    cells = [{_squeezed(cell) for cell in row} for row in out or ()]
    rows = sum(any(_in(row, cell_set) for cell_set in cells) for row in truth)
    return rows, len(truth), 0, marks


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    target = row.get("target_text") or ""
    return _squeezed(row["measure"]), _squeezed(target), row["sex"]


def _in(row: dict[str, Any], cells: set[str]) -> bool:
    """Whether the cells of a table's row are the measure, the target and, for women or men, K or M.

    The measure may have a lead-in before it.
    """
    measure, target, sex = _key(row)
    has_measure = any(cell.endswith(measure) for cell in cells)
    has_sex = sex == "T" or sex.casefold() in cells
    return has_measure and has_sex and (not target or target in cells)


def _squeezed(text: str) -> str:
    """Letters and figures alone: no candidate is asked to mend hyphens."""
    from styrmatt.words import squeeze

    return squeeze(text)


def _report(reports: list[Path]) -> str:
    installed = {
        name: found for name, (package, _) in CANDIDATES.items() if (found := _is(package))
    }
    measured = {name: _child(name, reports) for name in installed}
    measured = {name: found for name, found in measured.items() if found is not None}
    cold = {name: _cold(name, max(reports, key=_pages)) for name in ("styrmatt", REFERENCE)}
    reference = measured[REFERENCE]["processor"]
    lines = [
        "# Results",
        "",
        "Written by `python benchmarks/compare.py --write`; what is measured is told there.",
        "",
        f"{len(reports)} reports, {sum(map(_pages, reports))} pages. {_machine()}",
        "",
        "| | CPU s | of pdfplumber | clock s | peak MB | rows right | marks right |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, found in measured.items():
        rows, all_rows, marks, all_marks = found["score"]
        share = f"{found['processor'] / reference:.2f}"
        scored = all_rows and not name.startswith("floor")
        lines.append(
            f"| {name} {installed[name]} | {found['processor']:.1f} | {share} "
            f"| {found['seconds']:.1f} | {found['memory']:.0f} "
            f"| {f'{rows} of {all_rows}' if scored else ''} "
            f"| {(f'{marks} of {all_marks}' if marks else 'none') if scored else ''} |"
        )
    lines += [
        "",
        f"Cold, the longest report alone ({max(map(_pages, reports))} pages), start to end: "
        f"styrmatt {cold['styrmatt']:.1f} s, {REFERENCE} {cold[REFERENCE]:.1f} s of the processor: "
        f"{cold['styrmatt'] / cold[REFERENCE]:.2f}.",
        "",
    ]
    return "\n".join(lines)


def _is(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _child(name: str, reports: list[Path]) -> dict[str, Any] | None:
    command = [sys.executable, __file__, "--only", name, *map(str, reports)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        print(f"{name} failed: {ended.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    found: dict[str, Any] = json.loads(ended.stdout.strip().splitlines()[-1])
    return found


def _cold(name: str, report: Path) -> float:
    """Seconds of the processor of a process that reads one report and ends."""
    with tempfile.TemporaryDirectory() as folder:
        code = (
            f"import sys; sys.path.insert(0, {str(ROOT / 'benchmarks')!r})\n"
            "from pathlib import Path; import compare; compare.pdfplumber(Path(sys.argv[1]))"
        )
        run = ["-m", "styrmatt", "run", str(report), "--out", folder, "--quiet"]
        before = _cpu()
        arguments = run if name == "styrmatt" else ["-c", code, str(report)]
        subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
        return _cpu() - before


def _pages(path: Path) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(path))


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before."
    )


if __name__ == "__main__":
    main()
