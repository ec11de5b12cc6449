"""Says whether two versions of styrmatt read the same content out of every report here.

Each version reads the samples, the typesettings and, where they are there, the shared reports by
its own command line. Then every row of every dataset is compared, ids included, and the content
hash of every file. The last line is ``equal``, or what differs stands above it and the script
ends with 1.

    python benchmarks/same_content.py --before main~20
    python benchmarks/same_content.py --before /path/to/another/checkout --reports a.pdf b.pdf

With ``--common`` rows are paired by their ids, and compared in the columns that both versions have:
what is left equal by a change of the schema. Files and hashes are not compared then.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "reports"
SHOWN = 5
"""So many differing rows of a dataset are printed."""


def default_reports() -> list[Path]:
    """Samples, typesettings and the shared reports, PDF and text."""
    folders = (ROOT / "data" / "raw", ROOT / "tests" / "typesettings", SHARED)
    return [
        path
        for folder in folders
        for path in sorted(folder.glob("*"))
        if path.suffix in (".pdf", ".txt")
    ]


def checkout(version: str, folder: Path) -> Path:
    """The tree of a version: the folder of that name, or a commit, unpacked below ``folder``."""
    if Path(version).is_dir():
        return Path(version).resolve()
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", version], check=True, capture_output=True
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], check=True, input=packed.stdout)
    return folder


def run(tree: Path, report: Path, out: Path, options: list[str]) -> str:
    """Read one report with the code of a tree; what the command says and its exit code."""
    environment = os.environ | {"PYTHONPATH": str(tree / ".types")}
    command = [sys.executable, "-m", "styrmatt", "run", str(report), "--out", str(out)]
    ended = subprocess.run(
        [*command, "--jobs", "1", "--cache", "0", *options],
        env=environment,
        cwd=tree,
        capture_output=True,
        text=True,
    )
    return f"exit {ended.returncode}"


def rows(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    found: list[dict[str, Any]] = pq.ParquetFile(path).read().to_pylist()
    return found


def content_hash(path: Path) -> bytes:
    import pyarrow.parquet as pq

    return pq.ParquetFile(path).metadata.metadata.get(b"styrmatt.content_sha256", b"")


def differences(before: Path, after: Path) -> Iterator[str]:
    """What differs between two output roots, a line each."""
    ours, theirs = (
        {path.relative_to(root) for path in root.glob("[!.]*/**/*.parquet")}
        for root in (before, after)
    )
    yield from (f"{path}: only before" for path in sorted(ours - theirs))
    yield from (f"{path}: only after" for path in sorted(theirs - ours))
    for path in sorted(ours & theirs):
        old, new = rows(before / path), rows(after / path)
        if len(old) != len(new):
            yield f"{path}: {len(old)} rows before, {len(new)} after"
        changed = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
        for a, b in changed[:SHOWN]:
            names = [name for name in {**a, **b} if a.get(name) != b.get(name)]
            values = "; ".join(f"{name}: {a.get(name)!r} -> {b.get(name)!r}" for name in names)
            yield f"{path}: {values}"
        if len(changed) > SHOWN:
            yield f"{path}: {len(changed)} rows differ in all"
        if not changed and content_hash(before / path) != content_hash(after / path):
            yield f"{path}: the content hash differs"


def common_differences(before: Path, after: Path) -> Iterator[str]:
    """What differs between two output roots in the rows and columns that both have."""
    for path in sorted(path.relative_to(before) for path in before.glob("[!.]*/**/*.parquet")):
        if not (after / path).exists():
            yield f"{path}: only before"
            continue
        old, new = by_id(rows(before / path)), by_id(rows(after / path))
        for side, mine, others in (("before", old, new), ("after", new, old)):
            for key in sorted(mine.keys() - others.keys()):
                kind = f" ({mine[key]['kind']})" if "kind" in mine[key] else ""
                yield f"{path}: {key}{kind} only {side}"
        for key in sorted(old.keys() & new.keys()):
            a, b = old[key], new[key]
            names = [name for name in a if name in b and a[name] != b[name]]
            if names and names != ["schema_version"]:
                values = "; ".join(f"{name}: {a[name]!r} -> {b[name]!r}" for name in names)
                yield f"{path}: {key}: {values}"


def by_id(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows by the id that is their dataset's own: the first column that ends in _id."""
    return {next(str(row[name]) for name in row if name.endswith("_id")): row for row in found}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", required=True, help="a commit, or the folder of a checkout")
    parser.add_argument("--reports", nargs="+", type=Path, help="read these instead")
    parser.add_argument("--engine", default="pdfium", help="pdfium (default) or pdfplumber")
    parser.add_argument("--common", action="store_true", help="only what both versions have")
    asked = parser.parse_args()
    compare = common_differences if asked.common else differences
    reports = [path.resolve() for path in asked.reports or default_reports()]
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        (scratch / "tree").mkdir()
        trees = {"before": checkout(asked.before, scratch / "tree"), "after": ROOT}

        def both(report: Path) -> list[str]:
            outs = {side: scratch / side / report.name for side in trees}
            said = [
                run(trees[side], report, out, ["--engine", asked.engine])
                for side, out in outs.items()
            ]
            codes = [f"{said[0]} before, {said[1]} after"] if said[0] != said[1] else []
            return codes + list(compare(outs["before"], outs["after"]))

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = dict(zip(reports, pool.map(both, reports), strict=True))
        files = sum(1 for path in (scratch / "after").rglob("*.parquet"))
    for report, lines in found.items():
        print(*(f"{report.name}: {line}" for line in lines), sep="\n", end="\n" if lines else "")
    same = not any(found.values()) and files > 0
    print(f"{len(reports)} reports, {files} files compared")
    print("equal" if same else "not equal")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
