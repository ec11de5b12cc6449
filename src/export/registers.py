"""The register of series: one file for all reports below a root, written with each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from styrmatt.errors import OutputError
from styrmatt.export.audits import read_rows
from styrmatt.export.changes import Staging, read_steadily
from styrmatt.export.checks import check_row
from styrmatt.export.footer import footer
from styrmatt.export.parquet import content_hash, to_table
from styrmatt.records import Series
from styrmatt.words import squeeze

PATH: Final = "series/series.parquet"
"""Where the register stands below a root."""


def read_register(root: Path) -> tuple[Series, ...]:
    """The series that are registered below ``root``; none where no run has written any.

    Raises OutputError for a file that cannot be read.
    """
    return tuple(read_rows(root / PATH, "series"))


def load_register(root: Path) -> tuple[Series, ...]:
    """The register for readers. Raises OutputError where there is none or a run was cut off."""
    if not (root / PATH).exists():
        raise OutputError(
            f"{root} holds no register of series.",
            hint=f"Run its reports once more: styrmatt run --force --out {root}.",
        )
    return read_steadily(root, lambda: read_register(root))


class Register:
    """The series below a root, by organisation: only those of one are ever linked."""

    def __init__(self, root: Path) -> None:
        self._series: dict[str, tuple[Series, ...]] = {}
        groups: dict[str, list[Series]] = {}
        for row in read_register(root):
            groups.setdefault(squeeze(row.organisation), []).append(row)
        self._series = {name: tuple(rows) for name, rows in groups.items()}

    def of(self, organisation: str) -> tuple[Series, ...]:
        """The series of an organisation."""
        return self._series.get(squeeze(organisation), ())

    def put(self, organisation: str, series: tuple[Series, ...]) -> None:
        """Let these be the series of an organisation."""
        self._series[squeeze(organisation)] = series

    def write(self, stage: Staging) -> None:
        """Stage the register beside the files of reports. Raises DefectError for a bad row."""
        import pyarrow.parquet as pq

        series = tuple(row for name in sorted(self._series) for row in self._series[name])
        for number, row in enumerate(series):
            check_row("series", row, f"series, row {number}")
        table = to_table("series", series)
        pq.write_table(
            table.replace_schema_metadata(footer("series", content_hash(table))),
            stage.put(PATH),
            compression="zstd",
            write_page_index=True,
            write_statistics=True,
        )
