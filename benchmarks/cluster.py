"""Measures how many reports a cluster's scheduler and coordinator hand out, and their memory.

The reports are so small that reading them takes next to no time, so that handing them out is what
is measured. Scheduler and two workers are processes of this machine, on the loopback.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from distributed import Client

from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.cluster.run import read_on_cluster
from styrmatt.pipeline.read_report import ReadOptions
from styrmatt.pipeline.run_settings import ClusterSettings
from styrmatt.pipeline.workers.prefetch import file_hash


@contextmanager
def dask(part: str, *options: str) -> Iterator[int]:
    """The number of a process that runs meanwhile."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{part}", "--no-dashboard"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", *options], stderr=subprocess.DEVNULL
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def megabytes(process: int | str) -> int:
    """What a process holds of memory now; on Linux."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


def sources(folder: Path, count: int) -> Iterator[ReportSource]:
    """So many times a report that no layout fits."""
    path, options = folder / "a.txt", ReadOptions()
    path.write_text("Report\n")
    sha256, basis = file_hash(path)[0], options.basis()
    return (ReportSource(path, sha256, options, basis) for _ in range(count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="?", type=int, default=10_000)
    count = parser.parse_args().reports
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = folder / "scheduler.json"
        with dask("scheduler", "--port", "0", "--scheduler-file", name + "/scheduler.json") as pid:
            while not where.exists():
                time.sleep(0.1)
            options = ("--nworkers", "2", "--nthreads", "1", "--local-directory", name)
            with dask("worker", "--scheduler-file", str(where), *options):
                with Client(scheduler_file=str(where), set_as_default=False) as client:
                    client.wait_for_workers(2)
                cluster, began = ClusterSettings(str(where)), time.monotonic()
                answers = read_on_cluster(
                    sources(folder, count), cluster, folder, 1, lambda *_: None, print
                )
                for number, _ in enumerate(answers, 1):
                    if number in (count // 10, count):
                        rate = number / (time.monotonic() - began)
                        print(
                            f"{number} reports, {rate:.0f} a second, coordinator "
                            f"{megabytes('self')} MB, scheduler {megabytes(pid)} MB",
                            flush=True,
                        )


if __name__ == "__main__":
    main()
