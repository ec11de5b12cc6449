"""Measures how long the page for people takes to answer, with many reports or a very long one.

    python benchmarks/page.py                  1,000 reports
    python benchmarks/page.py --reports 200
    python benchmarks/page.py --lines 100000   one report of so many lines on 2,000 pages

The reports are the samples' extract under other names. Each view is asked for three times, by the
cookie that the first address gives; printed are the seconds of the first and of the fastest, the
size of the answer, and the most memory that the server held. Needs styrmatt[review].
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from styrmatt.pipeline.run import Options, run_reports
from styrmatt.pipeline.use_cases.check import check_reports
from styrmatt.records import AUDITS, DATASETS

RAW = Path(__file__).parents[1] / "data" / "raw"
SAMPLE = "region-adalen-2023-annual"
YEARS = range(2014, 2024)
PAGES = 2000
TIMES = 3


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=1000, help="number of reports")
    parser.add_argument("--lines", type=int, help="lines of one report instead")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "parquet"
        list(run_reports(sorted(RAW.glob("*.pdf")), Options(root)))
        check_reports(root)
        if asked.lines:
            lengthen(root, asked.lines)
            views = [f"/report/{SAMPLE}", f"/report/{SAMPLE}?page={PAGES - 1}", "/queue"]
        else:
            multiply(root, asked.reports)
            one = sorted(file.stem for file in (root / "documents").rglob(f"{SAMPLE}-*"))[0]
            views = ["/", f"/report/{one}?page=5", f"/image/{one}/5/1200", "/queue", "/findings"]
            views += ["/?q=patienter", "/?q=patienterna+xyzzy", "/series/ms-130aca5b77b14a"]
        with server(root) as (opener, base, memory, started):
            print(f"{'view':<60} first  fastest      kB")
            print(f"{'(start)':<60} {started:5.2f}")
            for view in views:
                seconds, size = timed(opener, base + view)
                print(f"{view:<60} {seconds[0]:5.2f}  {min(seconds):7.2f}  {size / 1000:6.0f}")
            print(f"memory of the server: {memory() / 1000:.0f} MB")


def timed(opener: Any, address: str) -> tuple[list[float], int]:
    """The seconds of each of some requests, and the bytes of the answer."""
    found, size = [], 0
    for _ in range(TIMES):
        started = time.perf_counter()
        with opener.open(address) as answer:
            size = len(answer.read())
        found.append(time.perf_counter() - started)
    return found, size


@contextmanager
def server(root: Path) -> Iterator[tuple[Any, str, Any, float]]:
    """A server of the extract: its opener, address, memory in kB, and the seconds of its start."""
    started = time.perf_counter()
    command = [sys.executable, "-u", "-m", "styrmatt", "review", str(root), "--no-open"]
    with subprocess.Popen(
        [*command, "--port", "0", "--sources", str(RAW)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        seconds = time.perf_counter() - started
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        opener.open(found[0]).read()
        status = Path(f"/proc/{process.pid}/status")

        def memory() -> int:
            highest = re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="utf-8"))
            return int(highest[1]) if highest else 0

        yield opener, found[0].split("/?")[0], memory, seconds
        process.terminate()


def with_column(table: pa.Table, name: str, values: list[Any]) -> pa.Table:
    """The table with other values in a column, where it has that column."""
    at = table.schema.get_field_index(name)
    if at < 0:
        return table
    field = table.schema.field(at)
    return table.set_column(at, field, pa.array(values, type=field.type))


def multiply(root: Path, count: int) -> None:
    """Put so many reports in place of those that are there: 10 years of each organisation."""
    for dataset in (*DATASETS, *AUDITS):
        files = sorted((root / dataset).rglob("*.parquet"))
        tables = [(file, pq.read_table(file)) for file in files]
        for file, _ in tables:
            file.unlink()
        for number in range(count):
            file, table = tables[number % len(tables)]
            year = YEARS[number // len(tables) % len(YEARS)]
            id = f"{file.stem}-{number}"
            organisation = f"Region {number // (len(tables) * len(YEARS)):03}"
            for name, value in (
                ("document_id", id),
                ("fiscal_year", year),
                ("organisation", organisation),
            ):
                table = with_column(table, name, [value] * len(table))
            target = root / dataset / f"year={year}" / f"{id}.parquet"
            target.parent.mkdir(exist_ok=True)
            pq.write_table(table, target, compression="zstd")


def lengthen(root: Path, lines: int) -> None:
    """Give one report so many lines, a third of them in doubt, on 2,000 pages."""
    (file,) = (root / "records").rglob(f"{SAMPLE}.parquet")
    one = pq.read_table(file)
    metadata = one.schema.metadata
    table = pa.concat_tables([one] * (lines // len(one) + 1)).slice(0, lines)
    numbers = range(lines)
    ids = [f"m-{n // 2:07}" for n in numbers]
    pages = [1 + n * PAGES // lines for n in numbers]
    for name, values in {
        "measure_id": ids,
        "record_id": [f"{id}-{'KM'[n % 2]}" for n, id in enumerate(ids)],
        "sex": ["KM"[n % 2] for n in numbers],
        "row_no": [n + 1 for n in numbers],
        "page": pages,
        "page_last": pages,
        "review": [["target_unparsed"] if n % 3 == 0 else [] for n in numbers],
    }.items():
        table = with_column(table, name, values)
    pq.write_table(table.replace_schema_metadata(metadata), file, compression="zstd")
    (file,) = (root / "documents").rglob(f"{SAMPLE}.parquet")
    one = pq.read_table(file)
    longer = with_column(one, "page_count", [PAGES]).replace_schema_metadata(one.schema.metadata)
    pq.write_table(longer, file)


if __name__ == "__main__":
    main()
