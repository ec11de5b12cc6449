"""The same reports give the same bytes, whatever the order, the place, the language, the clock."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import make_extract, tree

from styrmatt.export.parquet.tables import content_hash, to_table

RAW = Path(__file__).parents[1] / "data" / "raw"
REPORTS = sorted(RAW.glob("*run-arsrapport.pdf"))


TIMES = re.compile(rb'"(?:started|ended)AtTime": "[^"]*"')
"""The only clock times there are."""


def settings(**changed: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    return kept | changed


RUNS: list[tuple[list[Path], dict[str, str]]] = [
    (REPORTS, settings(PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C", LANG="C")),
    (
        REPORTS[::-1],
        settings(PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL="sv_SE.UTF-8")
        | {"LANG": "sv_SE.UTF-8", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "0"},
    ),
]


def test_order_language_time_zone_and_hash_seed_change_no_byte(tmp_path: Path) -> None:
    trees = []
    for number, (reports, environment) in enumerate(RUNS):
        out = tmp_path / f"out-{number}"
        command = [sys.executable, "-m", "styrmatt", "run", *map(str, reports), "--quiet"]
        ended = subprocess.run(
            [*command, "--out", str(out)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert ended.returncode == 0, ended.stderr
        trees.append(tree(out))
        trees[-1]["manifest.json"] = TIMES.sub(b"", trees[-1]["manifest.json"])
    assert len(trees[0]) > 20
    assert trees[0] == trees[1]


def canonical(value: Any) -> bytes:
    """A value as docs/RUNS.md says, with nothing but the standard library."""
    text = json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=lambda date: date.isoformat(),
    )
    return text.encode()


@pytest.mark.parametrize("dataset", ["documents", "records", "claims"])
def test_the_content_hash_is_what_the_documentation_says(tmp_path: Path, dataset: str) -> None:
    table = to_table(dataset, make_extract().rows(dataset))
    for written in ({"compression": "snappy"}, {"compression": "none", "version": "1.0"}):
        pq.write_table(table, tmp_path / "x.parquet", **written)
        read = pq.ParquetFile(tmp_path / "x.parquet").read()
        lines = [canonical(read.column_names)]
        lines += [canonical(list(row.values())) for row in read.to_pylist()]
        assert hashlib.sha256(b"\n".join(lines)).hexdigest() == content_hash(table)


def test_a_known_content_has_a_known_hash() -> None:
    """Written down once: another version of pyarrow or Python must not change it."""
    columns = {
        "name": pa.array(["Andel nöjda", None]),
        "value": pa.array([80.0, 0.1], pa.float64()),
        "year": pa.array([2020, 2021], pa.int32()),
        "bbox": pa.array([[10.1, 20.5], None], pa.list_(pa.float32())),
        "day": pa.array([date(2020, 12, 31), None], pa.date32()),
        "part": pa.array([[{"sex": "K", "value": 1.0}], []]),
    }
    known = "d69d7bd6b9b694baca0fdbc739acd147e6c188b34b0c2c7249c936bee28016aa"
    assert content_hash(pa.table(columns)) == known
