"""An extract of two years with all that readers and formats stumble over."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from conftest import make_extract

from styrmatt.export.store.extracts import read_extracts
from styrmatt.export.store.observations import ObservationRegister
from styrmatt.export.store.series_register import SeriesRegister
from styrmatt.export.store.transaction import open_transaction, root_lock
from styrmatt.export.store.writer import StoreWriter
from styrmatt.records import Component, Extract, Series, SeriesMember

SCHEMAS = Path(__file__).parent / "schemas"
DANGEROUS = (
    "=1+1",
    "+46 70 123",
    "-5 procentenheter",
    "@SUM(A1)",
    "\uff1dcmd",
    "  =HYPERLINK(A1)",
)
"""Texts that a spreadsheet would run."""


def write_extract(extract: Extract, root: Path, **options: Any) -> None:
    """Write one report below a root as a batch of its own; options of DocumentBatch.add."""
    with StoreWriter(root).batch() as batch:
        batch.add(extract, **options)


def rich_extract(document_id: str, year: int, digit: str) -> Extract:
    """A valid extract with Swedish letters, quotes, nulls, lists, structs and a minus."""
    extract = make_extract(
        document_id, year=year, source_name=f"rapport åäö {year}.pdf", source_sha256=digit * 64
    )
    women, men = extract.records
    odd: dict[str, Any] = {
        "measure_raw": "Andel nöj-\nda åkande",
        "target_text": '"Högst" 12,5; ÅÄÖ | é',
        "target_value": -12.5,
        "target_components": (
            Component(label="personer; ås", value=20.0, unit="count"),
            Component(),
        ),
    }
    seen: dict[str, Any] = {
        "series_id": "s-åkande",
        "status": "partly_met",
        "status_read_by": "vector",
        "status_bbox": (1.1, 2.2, 3.3, 4.4),
        "trend": "up",
        "outcome_value": 78.0,
        "outcome_unit": "percent",
        "outcome_year": year,
        "outcome_source": "narrative",
        "review": ("ambiguous_cells", "target_unparsed"),
        "corrected": ("status",),
        "previous_value": 1e-7,
        "previous_year": year - 1,
    }
    records = (dataclasses.replace(women, **seen), dataclasses.replace(men, **odd))
    target = dataclasses.replace(extract.targets[1], **odd_target(odd))
    goals = (
        dataclasses.replace(extract.goals[0], boards=("RS", "RUN"), assessment="met"),
        dataclasses.replace(
            extract.goals[0], goal_id=f"{document_id}-g2", goal="Öarna når alla", boards=(), page=2
        ),
    )
    issue = dataclasses.replace(extract.issues[0], raw_text="\ttab\nrad", message=DANGEROUS[0])
    document = dataclasses.replace(
        extract.document, title=f"Årsrapport {year}", period_start=date(year, 1, 1)
    )
    outcome = dataclasses.replace(
        extract.outcomes[0], outcome_year=year - 1, previous_value=70.5, previous_year=year - 2
    )
    return dataclasses.replace(
        extract,
        document=document,
        records=records,
        goals=goals,
        targets=(extract.targets[0], target),
        issues=(issue,),
        outcomes=(outcome,),
    )


def write_series(root: Path) -> None:
    """A register with one series, whose members hold lists of their own."""
    member = SeriesMember(
        document_id="tallmo-2020",
        fiscal_year=2020,
        item_id="m",
        name="Andel nöjda åkande",
        reason="founding",
        score=1.0,
        candidates=("s-1", "s-2"),
        present=True,
    )
    series = Series(
        series_id="s-åkande",
        kind="measure",
        organisation="Region Tallmo",
        name="Andel nöjda åkande",
        names=("Andel nöjda åkande", "Nöjda åkande"),
        first_year=2020,
        last_year=2021,
        members=(member,),
    )
    register = SeriesRegister(root)
    register.put("Region Tallmo", (series,))
    with root_lock(root), open_transaction(root) as stage:
        register.write(stage)
        stage.commit()


def write_observations(root: Path) -> None:
    """The register of observations of the reports below a root, each measure a series."""
    register = ObservationRegister(root)
    for extract in read_extracts(root):
        measures = tuple(dataclasses.replace(m, series_id="s-åkande") for m in extract.measures)
        register.put(dataclasses.replace(extract, measures=measures), partial=False)
    with root_lock(root), open_transaction(root) as stage:
        register.write(stage)
        stage.commit()


def odd_target(odd: dict[str, Any]) -> dict[str, Any]:
    return {name: odd[name] for name in ("target_text", "target_value", "target_components")}


def as_of_version(folder: Path, version: str) -> None:
    """Make the files below a folder what an older styrmatt wrote: with its columns alone."""
    for path in folder.rglob("*.parquet"):
        dataset = path.relative_to(folder).parts[0]
        known = json.loads((SCHEMAS / f"{version}.json").read_text(encoding="utf-8"))[dataset]
        table = pq.ParquetFile(path).read()
        footer = {**(table.schema.metadata or {}), b"styrmatt.schema_version": version.encode()}
        columns = [name for name in table.column_names if name in known]
        pq.write_table(table.select(columns).replace_schema_metadata(footer), path)


def rich_root(root: Path) -> Path:
    """A root with reports of 2020 and 2021, one of the whole region and one of a board."""
    for digit, (name, year) in enumerate(
        (("tallmo", 2020), ("tallmo-nämnd", 2020), ("tallmo", 2021))
    ):
        extract = rich_extract(f"{name}-{year}", year, str(digit))
        write_extract(extract, root, replace=False, partial=False)
    return root
