"""What tells of all documents is written again and again, and does not cost more and more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import StandIns

from styrmatt.errors import DefectError
from styrmatt.export.store import series_register as registers
from styrmatt.export.store import writer as parquet
from styrmatt.export.store.series_register import (
    REGISTER_PATH,
    SeriesRegister,
    read_register,
    registered_documents,
)
from styrmatt.export.store.transaction import open_transaction, root_lock
from styrmatt.pipeline import write_reports as writing
from styrmatt.pipeline.run import Options, Result, run_reports
from styrmatt.records import Series, SeriesMember


def series(organisation: str, number: int) -> Series:
    member = SeriesMember(
        document_id=f"{organisation}-2020",
        fiscal_year=2020,
        item_id=f"{organisation}-m{number}",
        name="Andel nöjda",
        reason="founding",
        score=1.0,
        candidates=("ms-other",) if number % 2 else (),
        present=True,
    )
    return Series(
        series_id=f"ms-{number}-{organisation}",
        kind="measure",
        organisation=organisation,
        name="Andel nöjda",
        names=("Andel nöjda",),
        first_year=2020,
        last_year=2020,
        members=(member,),
    )


def written(root: Path, given: dict[str, list[Series]]) -> bytes:
    """The register's bytes after these were put into it."""
    with root_lock(root), open_transaction(root) as stage:
        register = SeriesRegister(root)
        for organisation, rows in given.items():
            register.put(organisation, tuple(rows))
        register.write(stage)
        stage.commit()
    return (root / REGISTER_PATH).read_bytes()


ALL = {name: [series(name, number) for number in range(4)] for name in ("Alby", "Ekby", "Ulby")}


def test_the_register_is_the_same_whether_written_at_once_or_one_after_another(
    tmp_path: Path,
) -> None:
    at_once = written(tmp_path / "once", ALL)
    for name in reversed(ALL):
        one_after_another = written(tmp_path / "more", {name: ALL[name]})
    assert one_after_another == at_once
    assert list(read_register(tmp_path / "once")) == sorted(
        (row for rows in ALL.values() for row in rows), key=lambda row: row.series_id
    )
    assert registered_documents(tmp_path / "more") == {f"{name}-2020" for name in ALL}


def test_only_the_rows_that_changed_are_gone_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, ALL)
    checked: list[str] = []
    monkeypatch.setattr(registers, "check_row", lambda _, row, where: checked.append(row.series_id))
    made: list[int] = []
    as_rows = registers.as_rows
    monkeypatch.setattr(
        registers, "as_rows", lambda table, name: made.append(len(table)) or as_rows(table, name)
    )
    register = SeriesRegister(tmp_path)
    first, *others = register.series_of("EKBY")
    register.put("Ekby", (replace(first, name="Andel trygga"), *others))
    assert checked == [first.series_id]
    assert made == [4]


def test_a_bad_series_is_no_part_of_the_register(tmp_path: Path) -> None:
    written(tmp_path, ALL)
    register = SeriesRegister(tmp_path)
    before = register.series_of("Ekby")
    with pytest.raises(DefectError, match="row 4"):
        register.put("Ekby", (*before, replace(before[0], name=" ")))
    assert register.series_of("Ekby") == before


def test_a_register_with_other_columns_is_read_row_by_row(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    whole = written(tmp_path, ALL)
    table = pq.read_table(tmp_path / REGISTER_PATH)
    pq.write_table(table.drop_columns(["predecessor_series_id"]), tmp_path / REGISTER_PATH)
    assert len(SeriesRegister(tmp_path).series_of("Alby")) == 4
    assert written(tmp_path, {}) == whole


def test_documents_get_the_time_that_finishing_takes(
    tmp_path: Path, stages: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a second for each document, and ten to write what tells of all of them."""
    now = [0.0]
    closed: list[float] = []
    monkeypatch.setattr(
        writing, "time", SimpleNamespace(monotonic=lambda: now[0], perf_counter=lambda: now[0])
    )
    monkeypatch.setattr(writing, "_BATCH_SHARE", 1)
    close, add = parquet.DocumentBatch.close, parquet.DocumentBatch.add

    def slow_close(batch: parquet.DocumentBatch) -> None:
        close(batch)
        now[0] += 10
        closed.append(now[0])

    def slow_add(batch: parquet.DocumentBatch, *args: Any, **kwargs: Any) -> Any:
        now[0] += 1
        return add(batch, *args, **kwargs)

    monkeypatch.setattr(parquet.DocumentBatch, "close", slow_close)
    monkeypatch.setattr(parquet.DocumentBatch, "add", slow_add)
    outcomes = list(run_reports(list(reports(tmp_path, 60)), Options(tmp_path / "out")))
    assert all(isinstance(outcome, Result) for outcome in outcomes)
    assert len(closed) < 12
    assert len(closed) * 10 < 2 * len(outcomes)


def reports(folder: Path, count: int) -> Iterator[Path]:
    for number in range(count):
        path = folder / f"{number:03}.pdf"
        path.write_text(f"report-{number:03} 2020", encoding="utf-8")
        yield path
